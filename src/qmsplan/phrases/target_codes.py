"""Figures of a target phrase that are no amount: dates, numbers of documents and codes (`24/5/2023`, `63/2010/NĐ-CP`,
`H1`), and figures that can't be read (`…%`, `1.5.00 triệu đồng`)."""

from __future__ import annotations

import re

from qmsplan.phrases.target_lexicon import LETTERS
from qmsplan.phrases.target_patterns import PatternMatch, ScannedText
from qmsplan.phrases.target_read import COMPARING, letters_of

_CODES = (
    r"(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}",  # 2021 - 2025
    r"[0-9]+(?:/[0-9]+)*/[^\W\d_][\w./&-]*",  # 63/2010/NĐ-CP
    r"(?:0?[1-9]|[12][0-9]|3[01])(?P<s>[/.-])(?:0?[1-9]|1[0-2])(?:(?P=s)(?:[0-9]{2}|(?:19|20)[0-9]{2}))?",  # 24/5/2023
    r"(?:0?[1-9]|1[0-2])[/.-](?:19|20)[0-9]{2}",  # 6/2026
    r"[0-9]+(?:-[0-9]+)*: ?(?:19|20)[0-9]{2}(?:/\w+)?",  # 9001:2015, 01-1:2018/BYT
    r"[^\W\d_]+-[0-9][0-9.-]*|[^\W\d_]+[0-9]\.[0-9]+",  # BM-07.02, PM2.5
    r"(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9]|[hg](?:[0-5][0-9])?|/24|/7)",  # 7:30, 13h30, 24/7
    r"[0-9][^\W\d_](?:/[0-9][^\W\d_])+",  # 4G/5G
    r"[0-9]{1,4}[^\W\d_][0-9]{0,2}|[^\W\d_]+[0-9]\w*|[0-9]\.[0-9]|[0-9]{1,2}",  # 3a, H1, 4.0, 1.
)
_CODE = re.compile("|".join(_CODES), re.IGNORECASE)


def is_code(words: str) -> bool:
    """True for a date, a span of years, the number of a document or a name such as `H1`: no amount."""
    return _CODE.fullmatch(words) is not None


def is_without_number(reading: ScannedText, index: int) -> bool:
    """True for the sign of `…%` and `x%`, whose number is still to be filled in."""
    token, before = reading.tokens[index], reading.tokens[index - 1] if index else None
    if before is None or token.words not in {"%", "‰"}:
        return False
    is_letter = before.end == token.start and len(before.words) == 1 and before.letter in letters_of("word", "mark")
    return is_letter or before.words in {"…", ".", "_"}


def is_unread_part(reading: ScannedText, index: int) -> bool:
    """True for the number of `đạt 1.5.00 triệu đồng`: figures that count something, and are neither a number nor a day
    behind the word for one; and for `vài chục cây` and `15k lượt xem`."""
    token, before = reading.tokens[index], reading.letters[index - 1] if index else ""
    is_counted = reading.letters[index + 1 : index + 2] in (*letters_of("unit", "single", "scale", "percent"),)
    if token.words in {"chục", "mươi", "dăm", "tá"} and before != letters_of("single"):  # `trồng vài chục cây`
        return is_counted
    if re.fullmatch(r"[0-9.,]+(?:k|tr|tỷ|tỉ|e)[0-9]*", token.words):  # `15k lượt xem`
        return is_counted or before in (*letters_of("verb", "aim", "word"),)
    if token.letter != LETTERS["odd"] or not re.fullmatch(r"[0-9][0-9./,]*", token.words):
        return token.words == "…" and before in (*letters_of("aim", "least", "more", "most", "less", "sign"),)
    return is_counted and before not in (*letters_of("time", "link", "to", "from", "dash", "label"),)


def is_behind_point(reading: ScannedText, index: int) -> bool:
    """True for the 5 of `.5%`."""
    if (
        not index
        or reading.tokens[index - 1].words != "."
        or reading.tokens[index - 1].end < reading.tokens[index].start
    ):
        return False
    return index < 2 or reading.tokens[index - 2].end < reading.tokens[index - 1].start


def is_plain_code(reading: ScannedText, index: int) -> bool:
    """True for a date or a document's number, which is no amount."""
    is_amount = _is_part_of(reading, index) or compares_fraction(reading, index)
    return is_code(reading.tokens[index].words) and not is_amount


def compares_fraction(reading: ScannedText, index: int) -> bool:
    """True for the fraction of `chiếm gần 1/3 tổng thu`, which is no day of a month."""
    is_fraction = re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}", reading.tokens[index].words) is not None
    before = reading.tokens[index - 1] if index else None
    compares = before is not None and before.letter in COMPARING + letters_of("upto", "downto", "reduce", "increase")
    return is_fraction and before is not None and (compares or before.words == "chiếm")


def _is_part_of(reading: ScannedText, index: int) -> bool:
    """True for the second `n/m` of `có 5/7 tiêu chí đạt, 2/7 tiêu chí cơ bản đạt`: a unit follows, so it is no day."""
    before = reading.tokens[index - 1].words if index else ""
    is_counted = reading.letters[index + 1 : index + 2] in (*letters_of("unit", "single"),)
    return is_counted and re.fullmatch(r"[0-9]+/[0-9]+", reading.tokens[index].words) is not None and before != "ngày"


_RATED = frozenset(["mhz", "khz", "ghz", "hz", "kv", "v", "kva", "mva", "kw", "mm", "inch", "hp", "w", "btu"])
_NEW = re.compile("(?:mua|thay|bảo dưỡng|bảo trì|vận hành|phủ sóng|phát sóng|xây|đầu tư|thi công|đấu nối|trang bị)")
_TOTAL = re.compile(r"\b(?:tổng|thêm|công suất|sản lượng|dung lượng|mức) (?:[^0-9]+ )?$", re.IGNORECASE)


def is_rating(reading: ScannedText, match: PatternMatch) -> bool:
    """True for the size by which a thing is named that something is done to: `xây dựng trạm biến áp 110 kV`, `sóng FM
    98,6 MHz`. Behind the verb itself it is an amount: `phát triển 500 MW điện mặt trời`."""
    if not _RATED.intersection(reading.words(match.start, match.end).lower().split()):
        return False
    clause = reading.begin(match.start, letters_of("stop", "comma"))
    before = reading.words(clause, match.start)
    is_done = reading.letters[clause] in letters_of("verb", "quality", "aim", "increase") or _NEW.match(before.lower())
    return match.start > clause + 1 and bool(is_done) and not _TOTAL.search(before + " ")
