"""A target phrase as it is typed: its spelling (`2 giờ` for `2h`), figures that are no amount (dates, numbers of
documents, codes: `24/5/2023`, `63/2010/NĐ-CP`, `H1`) or can't be read (`…%`, `1.5.00 triệu đồng`), and comparing words
with a wrong mark (`dưói 5 vụ`, `khong qua 48 gio`): without its marks such a word is one of the lexicon, and as it is
typed it is none, so that the value alone would be read as "at least so much"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from qmsplan.model.text import bare, phrase
from qmsplan.phrases.tables import Expression
from qmsplan.phrases.target_lexicon import LETTERS, OTHER_WORDS, WORDS
from qmsplan.phrases.target_patterns import PatternMatch, ScannedText
from qmsplan.phrases.target_read import COMPARING, FoundTarget, letters_of

_SIGNS = {"＜": "<", "＞": ">", "＝": "=", "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "≮": "≥", "≯": "≤", "％": "%"}
_SIGNS |= {"&lt;": "<", "&gt;": ">", "&le;": "≤", "&ge;": "≥", "&amp;": "&", "→": " đến ", "+/-": "±"}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_LIMITED = (
    "hơn|trên|dưới|ít nhất|tối thiểu|không dưới|không quá|tối đa|giảm|tăng thêm|tăng|trong vòng|trong|quá|[≥≤]"
    "|[<>=](?= ?[0-9]h)"
)
_WAYS = (
    (
        "",
        r"(?<!\w)(tối thiểu|ít nhất|tối đa|không quá|trên|dưới|đạt|hơn|từ|đến|giảm|tăng|còn)(?=[0-9])",
        r"\1 ",
    ),  # từ90%
    ("+", r"([<>=≥≤] ?)\+(?=[0-9])", r"\1"),  # NPS ≥ +40
    ("h", rf"({_LIMITED})( ?[0-9]+(?:,[0-9]+)?) ?h(?!\w)(?!/[0-9])", r"\1\2 giờ"),  # tối đa 2h
    ("h/", r"(?<=[0-9])h(?=/[^\W\d_])", " giờ"),  # 2h/tháng
    ("đ", r"(?<=[0-9]\.[0-9]{3})đ(?!\w)", " đ"),  # 450.000đ
    ("tr", r"(?<=[0-9]) ?tr(?:\.? ?đ|\.? ?đồng)(?!\w)", " triệu đồng"),  # 2,5 tr.đ/người
    ("c-ta", r"h[eé]c-ta(?!\w)", "ha"),
    ("độ c", r"(?<=[0-9]) độ C(?!\w)", " °C"),
    ("trên mỗi", r"(?<= trên )mỗi (?=[0-9])", ""),  # 2 lỗi trên mỗi 100 hồ sơ
    ("%o", r"%o(?!\w)", "‰"),
    ("≈", r"(?<!≈)≈(?!≈)", " khoảng "),
    ("~", r"(?<![0-9%] )(?<![0-9%~])~(?= ?[0-9])", " khoảng "),  # ~80%, not 80~90%
    ("±", r"(không quá|không vượt quá|tối đa|dưới|≤|<) ?±", r"\1 "),  # không quá ±2%
    ("(-)", r"\(-\) ?(?=[0-9])", "-"),  # below zero, and no bullet
    ("/", r"(?<=[0-9]) ?(sao|điểm)/([0-9]+) ?\1\b", r"/\2 \1"),  # 4,5 sao/5 sao
    ("24", r" ?(?:\(X\)|X(?=.*[0-9]))(?!\w)".replace("X", "(?:24/7|24h?/24h?|24/24 ?giờ)"), ""),  # at all hours
    (
        " ",
        r"(?<![0-9./])(?<![0-9] )(?:0[0-9]{2,3}[ .][0-9]{3,4}[ .]|1[89]00[ .])[0-9]{2,4}(?:[ .][0-9]{2,4})?(?![0-9./])",
        "",
    ),  # 0236 3881 888
)
"""Ways of writing: what a phrase of such a way holds, the expression, and what is read instead."""


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def respelt(typed: str) -> str:
    """A text in the spelling of the grammar: without invisible letters, `<` for the wide `＜` of input methods and for
    `&lt;`, lines parted by `;`, `2 giờ` for `2h`."""
    seen = "".join(letter for letter in typed if unicodedata.category(letter) != "Cf")
    seen = phrase(_SIGN.sub(lambda sign: _SIGNS[sign[0]], seen).replace("\n", "; "))
    lowered = seen.lower()
    for held, wanted, written in _WAYS:
        if held in lowered:
            seen = _expression(wanted).sub(written, seen)
    return phrase(seen)


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
_CODE = Expression("|".join(_CODES))


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
    if token.letter == LETTERS["odd"] and re.fullmatch(r"[^\W\d_]{3,}[0-9][0-9.,]*", token.words) and is_counted:
        return True  # `bình quân310 lượt`
    if re.fullmatch(r"[0-9.,]+(?:k|tr|tỷ|tỉ|e)[0-9]*", token.words):  # `15k lượt xem`
        return is_counted or before in (*letters_of("verb", "aim", "word"),)
    if token.letter != LETTERS["odd"] or not re.fullmatch(r"[0-9][0-9./,]*", token.words):
        return token.words == "…" and before in (*letters_of("aim", "least", "more", "most", "less", "sign"),)
    return is_counted and before not in (*letters_of("time", "link", "to", "from", "dash", "label"),)


def is_behind_point(reading: ScannedText, index: int) -> bool:
    """True for the 5 of `.5%` and `,5%`."""
    if (
        not index
        or reading.tokens[index - 1].words not in {".", ","}
        or reading.tokens[index - 1].end < reading.tokens[index].start
    ):
        return False
    return index < 2 or reading.tokens[index - 2].end < reading.tokens[index - 1].start


def is_plain_code(reading: ScannedText, index: int) -> bool:
    """True for a date or a document's number, which is no amount."""
    is_amount = any(test(reading, index) for test in (_is_part_of, compares_fraction, is_unread_part))
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
_TOTAL = Expression(r"\b(?:tổng|thêm|công suất|sản lượng|dung lượng|mức) (?:[^0-9]+ )?$")


def is_rating(reading: ScannedText, match: PatternMatch) -> bool:
    """True for the size by which a thing is named that something is done to: `xây dựng trạm biến áp 110 kV`, `sóng FM
    98,6 MHz`. Behind the verb itself it is an amount: `phát triển 500 MW điện mặt trời`."""
    if not _RATED.intersection(reading.words(match.start, match.end).lower().split()):
        return False
    clause = reading.begin(match.start, letters_of("stop", "comma"))
    before = reading.words(clause, match.start)
    is_done = reading.letters[clause] in letters_of("verb", "quality", "aim", "increase") or _NEW.match(before.lower())
    return match.start > clause + 1 and bool(is_done) and not _TOTAL.search(before + " ")


_CHANGES = ("reduce", "increase", "faster", "upto", "downto")
_BEFORE = ("least", "more", "most", "less", "equal", "highest", "curb", "none", "near", "roughly", *_CHANGES)
_FIRST = ("curb", "none", "reduce", "increase")
"""Kinds of words that say at the beginning of a part how its value is meant: `Giảm tỷ lệ hộ nghèo 2%`."""
_BEHIND = ("up", "down")
_LED_BY = letters_of("aim", "link", "inside", "mean")
_PARTED_BY = letters_of("stop", "comma", "open", "close")
_MOST_TOKENS = 5


def slip_beside(reading: ScannedText, found: Sequence[FoundTarget]) -> tuple[str, str] | None:
    """Words beside a number, and the comparing word that they are but for their marks; None if there are none."""
    numbers = [index for index, letter in enumerate(reading.letters) if letter == "N"]
    places = [place for number in numbers for place in _before(reading, number)]
    for entry in found:
        ends = range(min(entry.end + 3, len(reading.letters)), entry.end, -1)
        places += [(entry.end, end, _BEHIND) for end in ends]
        if "none" in entry.words:  # `không để qua 5 vụ` is no `không để`
            ends = range(min(entry.start + _MOST_TOKENS, len(reading.letters)), entry.start, -1)
            places += [(entry.start, end, _BEFORE) for end in ends]
    return next((slip for start, end, kinds in places if (slip := _slip(reading, start, end, kinds))), None)


def _before(reading: ScannedText, number: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Stretches of tokens before a number that may be a comparing word, longest first, with the kinds that stand
    there."""
    begin = reading.begin(number, _PARTED_BY)
    ends = [number]
    while len(ends) < 3 and ends[-1] > begin and reading.letters[ends[-1] - 1] in _LED_BY:
        ends.append(ends[-1] - 1)
    for end in ends:
        yield from ((start, end, _BEFORE) for start in range(max(end - _MOST_TOKENS, begin), end))
    yield from ((begin, end, _FIRST) for end in range(min(begin + 3, number), begin, -1))


def _slip(reading: ScannedText, start: int, end: int, kinds: tuple[str, ...]) -> tuple[str, str] | None:
    typed = " ".join(reading.words(start, end).lower().split())
    word = _by_bare_words(kinds).get(bare(typed)) if len(typed) <= _LONGEST_WORDS else None
    if word is None or typed in _known():
        return None
    is_other = typed in OTHER_WORDS and not reading.text.isascii()
    return None if is_other else (typed, word)


@cache
def _by_bare_words(kinds: tuple[str, ...]) -> dict[str, str]:
    """The words of some kinds by what is left of them without marks."""
    return {bare(word): word for kind in kinds for word in WORDS[kind].split("|")}


@cache
def _known() -> frozenset[str]:
    return frozenset(word for kind in LETTERS.keys() & WORDS.keys() for word in WORDS[kind].split("|"))


_LONGEST_WORDS = 30
"""Characters of the longest words that are looked at."""
