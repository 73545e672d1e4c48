"""Which tokens of a target phrase are numbers (`when` in `target_cues.toml`), and what the ways to write one that take
several tokens come to (`make`): `1 500`, `2 chục`, `24 tỷ 350 triệu`, `hai phần ba`, `9 trong số 10`, `20 ± 2`.

The places of what is made stay those of what was typed. Figures that are no amount (dates, codes: `24/5/2023`,
`63/2010/NĐ-CP`, `H1`) or can't be read (`1.5.00 triệu đồng`) stand last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import gcd

from qmsplan.phrases.target_parts import COMPARING
from qmsplan.phrases.target_tokens import CODES, RATE, Matched, ScannedText, Token, is_year
from qmsplan.phrases.target_vocabulary import DIGITS, LETTERS, PEOPLE, letters_of, number

_WHOLE_PERCENT = 100
_TIMES = {"chục": 10, "tá": 12}
_BASES = {100, 1000, 10000}
"""By how many rates are counted."""


def made(typed: Sequence[Token], value: Decimal | int | str) -> Token:
    """A number that stands for all that was typed."""
    words = value if isinstance(value, str) else f"{Decimal(value).normalize():f}".replace(".", ",")
    return Token(LETTERS["number"], typed[0].start, typed[-1].end, words)


def _sign(kind: str, at: int, words: str) -> Token:
    """A token that was not typed."""
    return Token(LETTERS[kind], at, at, words)


def _whole(found: Matched, name: str) -> int:
    """A whole number of a group in digits or in words; 0 for any other."""
    words = found[name][0].words
    return DIGITS.get(words, int(words.replace(".", "")) if words.replace(".", "").isdecimal() else 0)


def _share(found: Matched, count: int, whole: int) -> list[Token]:
    """A fraction in per cent, so near that it equals the share of as many cases: 20 of 30 attain `2/3`."""
    percent = Decimal(100 * count) / whole
    return [made(found["made"], percent), _sign("percent", found["made"][-1].end, "%")]


def are_groups(found: Matched) -> bool:
    """True for `1 500`, whose second part has three digits."""
    first, *others = (token.words for token in found["made"])
    are_three = all(re.fullmatch("[0-9]{3}", words) for words in others)
    return re.fullmatch("[1-9][0-9]{0,2}", first) is not None and are_three


def _fraction(found: Matched) -> tuple[int, int]:
    """The numbers of `4/5`, `9/10`; two zeros for what is none: a day, a month."""
    part = re.fullmatch(r"0?([1-9])/0?([2-5]|10)", found["made"][0].words)
    is_less = part and int(part[1]) < int(part[2]) and (part[2] != "10" or found["led"][0].letter != LETTERS["less"])
    return (int(part[1]), int(part[2])) if part and is_less else (0, 0)


_MANY = re.compile(r"(?:hộ|hồ sơ|phiếu|số)\b")


def is_fraction(found: Matched) -> bool:
    """True for `4/5 công chức`, and for any change: `giảm 1/3 số vụ`. Of things of which there are few so many are
    meant: three communes of `ít nhất 3/5 xã`."""
    are_things = any(of.letter in letters_of("unit", "single", "label") for of in found["of"])
    is_few = are_things and not PEOPLE.match(found["of"][0].words) and not _MANY.match(found["of"][0].words)
    return _fraction(found)[0] > 0 and not (
        is_few and found["led"][0].letter in letters_of("least", "more", "most", "less")
    )


def is_among(found: Matched) -> bool:
    """True for `9 trong số 10`; not for a rate, `2 trong 100`."""
    return 0 < _whole(found, "n") <= _whole(found, "m") not in _BASES


def is_of_same(found: Matched) -> bool:
    """True for `100 hộ` and `95 hộ dùng nước sạch`, `10 hộ` and `1 hộ nghèo`."""
    what, same = (" ".join(token.words for token in found[name]).split() for name in ("what", "same"))
    return what[0] == same[0] and 0 < _whole(found, "n") < _whole(found, "m")


def is_tolerance(found: Matched) -> bool:
    """False for a value that may fall below zero, and for one with another unit than what it differs by: `95% ± 2`."""
    is_same = not found["counted"] or [token.words for token in found["counted"]] == [
        token.words for token in found["same"]
    ]
    return is_same and number(found["m"][0].words) < number(found["n"][0].words)


def _from_to(low: Token, high: Token) -> list[Token]:
    return [_sign("from", low.start, "từ"), low, _sign("to", high.start, "đến"), high]


def tolerance(found: Matched) -> list[Token]:
    """`từ 18 đến 22` for `20 ± 2`."""
    middle, by = number(found["n"][0].words), number(found["m"][0].words)
    return _from_to(made(found["n"], middle - by), made(found["m"], middle + by))


def within_part(found: Matched) -> list[Token]:
    """`từ 121.600 đến 134.400` for the 128.000 of `128.000 lượt (±5%)`."""
    middle, by = number(found["n"][0].words), number(found["m"][0].words) / _WHOLE_PERCENT
    low, high = made(found["n"], middle * (1 - by)), made(found["n"], middle * (1 + by))
    return [_sign("from", low.start, "từ"), low._replace(end=low.start), _sign("to", low.start, "đến"), high]


def is_chain(found: Matched) -> bool:
    """True for two signs in one direction."""
    return (found["one"][0].words[0] in ">≥") == (found["two"][0].words[0] in ">≥")


def chain(found: Matched) -> list[Token]:
    """`tỷ lệ từ 95% đến 98%` for `95% ≤ tỷ lệ ≤ 98%`, and for `98% ≥ tỷ lệ ≥ 95%`."""
    ends = [(found["n"][0].words, found["one"][0].words), (found["m"][0].words, found["two"][0].words)]
    (low, low_sign), (high, high_sign) = ends if found["one"][0].words[0] in "<≤" else ends[::-1]
    at = found["two"][0].start
    return [
        *found["what"],
        _sign("more", at, "trên") if low_sign in {"<", ">"} else _sign("from", at, "từ"),
        _sign("number", at, low),
        _sign("to", at, "đến dưới" if high_sign in {"<", ">"} else "đến"),
        _sign("number", at, high)._replace(end=found["m"][0].end),
    ]


_PLACE = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
_WHOLE = r"[0-9]{1,3}(?:\.[0-9]{3})+"
_SHARE_OF = re.compile(
    rf"({_WHOLE}|[0-9]{{1,4}}(?:[.,][0-9]{{1,2}})?)/({_WHOLE}|[0-9]{{1,4}})(?:,[0-9]{{1,2}})?"
)  # 8,5/10, 17/99 xã
_MONTHS, _SCALES = 12, {4, 5, 10, 100}
_POINT = re.compile(r"[0-9]{1,9}\.[0-9]{1,2}")  # decimals behind a point


_LEVELS = letters_of("least", "more", "most", "less", "equal", "from", "to", "sign", "rank")
_COMPARING = _LEVELS + letters_of("reduce", "increase", "faster")
_MEASURED = _LEVELS + letters_of("quality", "aim", "verb", "stop", "upto", "downto", "strive", "share")
_ENDING = letters_of("stop", "comma", "close", "open", "percent", "and", "link", "inside", "base", "condition")
_COUNTED = letters_of("percent", "points", "unit", "single", "dash", "scale")


def is_one(found: Matched) -> bool:
    """False for `bốn năm sáng kiến`, which is four or five, and for `đến năm 2030`."""
    counts = [DIGITS.get(token.words, 10) for token in found["made"]]
    is_run = any(one < 10 > other for one, other in pairwise(counts))
    is_time = found["made"][0].words == "năm" and any(map(is_year, found["next"]))
    return not (is_run or is_time) and _NOUNS.isdisjoint(token.words for token in found.get("led", ()))


_NOUNS = frozenset({"công ty", "tnhh", "nhóm", "lớp", "mô hình", "cụm", "khối", "tổ", "liên", "vòng"})
"""Before a number in words these make a name of it: `công ty TNHH một thành viên`."""


def in_words(found: Matched) -> list[Token]:
    """A number in words as one token."""
    return [made(found["made"], " ".join(token.words for token in found["made"]))]


def is_amount(found: Matched) -> bool:
    """True for a number that the cut into tokens left open: the rate `42/100.000`, the place `thứ hạng 12/34`, the
    share `17/99 xã`, the `0.5` of `≥ 0.5` and not the `2.1` of an outline."""
    words, before = found["number"][0].words, "".join(token.letter for token in found.get("before", ()))
    after = found["after"][0] if found["after"] else None
    if RATE.fullmatch(words) or (before == LETTERS["rank"] and _PLACE.fullmatch(words)):
        return True
    if _POINT.fullmatch(words):
        is_counted = after is not None and after.letter in _COUNTED
        return is_counted or before in _COMPARING or not (before or after)
    return _is_part(words, before, after)


def _is_part(words: str, before: str, after: Token | None) -> bool:
    """True for the score `8,5/10` and for `17/99` of `đạt 17/99 xã`, not for the day of `trước 15/6` and a third."""
    match = _SHARE_OF.fullmatch(words)
    if match is None:
        return False
    following = after.words if after else ""
    is_counted = after is not None and (after.letter in letters_of("unit", "single") or following == "kỳ")
    whole = int(match[2].replace(".", ""))
    is_all = match[1] == match[2]
    if is_counted and (whole > _MONTHS or is_all):  # no day: `12/24 xã`
        return True
    if ("," in match[1] or whole > _MONTHS) and number(match[1]) <= whole in _SCALES:  # a score: `hài lòng 4,5/5`
        return True
    if _is_ratio_or_day(match[1], before, after) or following in {"số", "tổng số"}:
        return False
    is_few = is_counted and following not in _DIVISIBLE  # `2/3 chỉ tiêu` and `3/4 km` may be two or a share
    is_few = is_few and not (before and before in COMPARING and _is_plain_fraction(match[1], whole))
    is_small = number(match[1]) <= whole and (match[1] != "1" or whole > 9)
    return is_small and (whole > 5 or (is_all and following != "") or is_few or _is_score(match[1], whole, following))


def _is_plain_fraction(part: str, whole: int) -> bool:
    """True for `2/3`, which may be two of three or a share of all; `04/05` and `2/4` only count."""
    return part[0] != "0" and whole <= _FEW and gcd(int(number(part)), whole) == 1


def _is_score(part: str, whole: int, following: str) -> bool:
    """True for `4,5/5`, `4/5 điểm` and for `mức độ hài lòng từ 4/5 trở lên`."""
    return not part.isdecimal() or following in {"điểm", "sao"} or (whole == _STARS and following == "trở lên")


_STARS = _FEW = 5


def _is_ratio_or_day(part: str, before: str, after: Token | None) -> bool:
    """True behind a word that no share follows, `trước 15/6`, and for a ratio, `đạt 1/20`."""
    is_listed = (
        before == LETTERS["comma"] and after is not None and after.letter in letters_of("unit", "single", "word")
    )
    if before and before not in _MEASURED and not is_listed:
        return True
    return part in {"1", "01"} and (after is None or after.letter in _ENDING)


_DIVISIBLE = {"chỉ tiêu", "km", "m", "ha", "m2", "m²", "m3", "m³", "km2", "km²", "tấn", "tạ", "kg", "lít", "kwh", "mw"}


def is_below_zero(found: Matched) -> bool:
    """True for `-5%`, not for `80-90%` and not for `- 5%`, a bullet."""
    (dash,), (value,), before = found["near"], found["odd"], found.get("before")
    return dash.end == value.start and (not before or before[0].end < dash.start)


def is_ordinal(found: Matched) -> bool:
    """True for the number of `1. Phấn đấu` and of `2) Phấn đấu`."""
    if "odd" not in found:
        return False
    (value,), (behind,) = found["odd"], found["behind"]
    return "," not in value.words and behind.words != ";" and behind.start == value.end


def is_many(found: Matched) -> bool:
    """True for a number that is no level: `cấp 5.000 thẻ`, `cấp 15 văn bằng`, not `cấp 3`."""
    words = found["n"][0].words
    return len(words) > 2 or (len(words) == 2 and found["what"][0].letter != LETTERS["word"])


def is_place(found: Matched) -> bool:
    """True for `hạng 12/34`."""
    part = _PLACE.fullmatch(found["n"][0].words)
    return part is not None and int(part[1]) <= int(part[2]) > _MONTHS


def one_number(found: Matched) -> list[Token]:
    """1500 for `1 500`."""
    return [made(found["made"], "".join(token.words for token in found["made"]))]


def are_billions_and_millions(found: Matched) -> bool:
    """True for the whole numbers of `24 tỷ 350 triệu`."""
    return _whole(found, "m") > 0 < _whole(found, "n")


def in_millions(found: Matched) -> list[Token]:
    """24350 for `24 tỷ 350`."""
    return [made(found["made"], _whole(found, "n") * 1000 + _whole(found, "m"))]


def is_whole_number(found: Matched) -> bool:
    """True for the 2 of `2 chục`."""
    return _whole(found, "n") > 0


def times_dozen(found: Matched) -> list[Token]:
    """20 for `2 chục`."""
    return [made(found["made"], _whole(found, "n") * _TIMES[found["by"][0].words])]


def and_half(found: Matched) -> list[Token]:
    """2,5 for the 2 of `2 ngày rưỡi`."""
    return [made(found["made"], _whole(found, "n") + Decimal("0.5"))]


def led_share(found: Matched) -> list[Token]:
    """80% for the 4/5 of `hơn 4/5 công chức`."""
    return _share(found, *_fraction(found))


def is_less_than_whole(found: Matched) -> bool:
    """True for `hai phần ba`."""
    return _whole(found, "n") < _whole(found, "m")


def share_in_words(found: Matched) -> list[Token]:
    """The per cent of `hai phần ba`."""
    return _share(found, _whole(found, "n"), _whole(found, "m"))


def share_of_same(found: Matched) -> list[Token]:
    """95% for `cứ 100 hộ có 95`."""
    return [*found["led"], *share_in_words(found)]


def among(found: Matched) -> list[Token]:
    """9/10 for `9 trong số 10`."""
    return [made(found["made"], f"{_whole(found, 'n')}/{_whole(found, 'm')}")]


_CODE = re.compile("|".join(CODES), re.IGNORECASE)


def is_code(words: str) -> bool:
    """True for a date, a span of years, the number of a document or a name such as `H1`: no amount."""
    return _CODE.fullmatch(words) is not None


def is_unread_part(reading: ScannedText, index: int) -> bool:
    """True for the number of `đạt 1.5.00 triệu đồng`: figures that count something, and are neither a number nor a day
    behind the word for one; and for `vài chục cây` and `15k lượt xem`."""
    token = reading.tokens[index]
    is_counted = reading.is_at(index + 1, letters_of("unit", "single", "scale", "percent"))
    if token.letter == LETTERS["odd"] and re.fullmatch(r"[^\W\d_]{3,}[0-9][0-9.,]*", token.words) and is_counted:
        return True  # `bình quân310 lượt`
    if re.fullmatch(r"[0-9.,]+(?:k|tr|tỷ|tỉ|e)[0-9]*", token.words):  # `15k lượt xem`
        return is_counted or reading.is_at(index - 1, letters_of("verb", "aim", "word"))
    if token.letter != LETTERS["odd"] or not re.fullmatch(r"[0-9][0-9./,]*", token.words):
        return False
    return is_counted and not reading.is_at(index - 1, letters_of("time", "link", "to", "from", "dash", "label"))


def is_plain_code(reading: ScannedText, index: int) -> bool:
    """True for a date or a document's number, which is no amount."""
    is_amount = any(test(reading, index) for test in (_is_part_of, compares_fraction, is_unread_part))
    return is_code(reading.tokens[index].words) and not is_amount


def compares_fraction(reading: ScannedText, index: int) -> bool:
    """True for the fraction of `chiếm gần 1/3 tổng thu`, which is no day of a month."""
    is_fraction = re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}", reading.tokens[index].words) is not None
    before = reading.tokens[index - 1] if index else None
    compares = before is not None and before.letter in COMPARING + letters_of("upto", "downto", "reduce", "increase")
    return is_fraction and before is not None and (compares or before.words in {"chiếm", "đạt"})


def _is_part_of(reading: ScannedText, index: int) -> bool:
    """True for the second `n/m` of `có 5/7 tiêu chí đạt, 2/7 tiêu chí cơ bản đạt`: a unit follows, so it is no day."""
    before = reading.tokens[index - 1].words if index else ""
    is_counted = reading.is_at(index + 1, letters_of("unit", "single"))
    return is_counted and re.fullmatch(r"[0-9]+/[0-9]+", reading.tokens[index].words) is not None and before != "ngày"
