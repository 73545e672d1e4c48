"""Ways to write a number that take several tokens: `1 500`, `2 chục`, `24 tỷ 350 triệu`, `hai phần ba`, `9 trong số
10`, `20 ± 2`. Each becomes the tokens of the usual way; their places stay those of what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from qmsplan.phrases.target_lexicon import LETTERS, number


class Token(NamedTuple):
    """A token: the letter of its kind, its place in the text (`end` exclusive), its words in lower case."""

    letter: str
    start: int
    end: int
    words: str


Taken = tuple[tuple[Token, ...], int]
"""The tokens that stand for a numeral, and how many tokens it took."""

NUMBER, _PERCENT, _FROM, _TO, _MORE, _LESS, _UPTO = (
    LETTERS[kind] for kind in ("number", "percent", "from", "to", "more", "less", "upto")
)
_PARTS = {"hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "mười": 10}
_COUNTS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4}
_TIMES = {"chục": 10, "tá": 12}
_FRACTION = re.compile(r"0?([1-9])/0?([2-5]|10)")
_COUNTED_BEHIND = {LETTERS[kind] for kind in ("aim", "verb", "least", "more", "most", "less", "roughly", "upto")}
_FOR = {"cho", "thu hút", "cấp", "phát", "đón", "khám"}
_LIMITS = {LETTERS[kind] for kind in ("least", "more", "most", "less", "reduce", "increase")}
_WORDS = {LETTERS[kind] for kind in ("word", "unit", "single", "label", "noun", "verb", "time", "place")}
_AMONG = ("trong số", "trong tổng số", "trên", "trên tổng số")


def with_numerals(found: Sequence[Token]) -> list[Token]:
    """Tokens with each numeral in the usual way."""
    kept: list[Token] = []
    index = 0
    while index < len(found):
        taken = None
        if found[index].letter == NUMBER or found[index].letter == LETTERS["odd"] or found[index].words in _HEADS:
            taken = next(filter(None, (way(found, index) for way in _WAYS)), None)
        tokens, count = taken or ((found[index],), 1)
        kept += tokens
        index += count
    return kept


def _at(found: Sequence[Token], index: int) -> str:
    return found[index].words if 0 <= index < len(found) else ""


def _is_number(found: Sequence[Token], index: int) -> bool:
    return 0 <= index < len(found) and found[index].letter == NUMBER


def _whole(typed: str) -> bool:
    return "," not in typed and "/" not in typed


def _spanning(one: Token, other: Token, value: Decimal | int | str, letter: str = NUMBER) -> Token:
    """A number that stands for all from one token to another."""
    words = value if isinstance(value, str) else f"{Decimal(value).normalize():f}".replace(".", ",")
    return Token(letter, one.start, other.end, words)


def _sign(letter: str, at: int, words: str) -> Token:
    """A token that was not typed."""
    return Token(letter, at, at, words)


def _share(one: Token, other: Token, count: Decimal | int, whole: Decimal | int) -> tuple[Token, ...]:
    """A fraction in per cent, to two decimals."""
    percent = (Decimal(100) * count / whole).quantize(Decimal("0.01"))
    return (_spanning(one, other, percent), _sign(_PERCENT, other.end, "%"))


def _thousands(found: Sequence[Token], index: int) -> Taken | None:
    """`1 500` behind words that a count stands behind, and three groups: `1 250 500`. Any other stays, and is asked
    about: `Khu phố 3 120 hộ` has 120."""
    end = index + 1
    while _is_number(found, end) and len(found[end].words) == 3 and found[end].words.isdecimal():
        end += 1
    first, count = found[index], end - index
    is_group = count > 1 and re.fullmatch("[1-9][0-9]{0,2}", first.words) and end < len(found)
    if not is_group or count > 4 or found[end].letter not in _WORDS | {NUMBER}:
        return None
    before = found[index - 1] if index else None
    if count < 3 and before and before.letter not in _COUNTED_BEHIND and before.words not in _FOR:
        return None
    return (_spanning(first, found[end - 1], "".join(token.words for token in found[index:end])),), count


def _billions(found: Sequence[Token], index: int) -> Taken | None:
    """`24 tỷ 350 triệu đồng` in millions."""
    next_at = index + 2 + (_at(found, index + 2) == "đồng")
    if _at(found, index + 1) not in {"tỷ", "tỷ đồng"} or not _is_number(found, next_at):
        return None
    if not _at(found, next_at + 1).startswith("triệu") or not _whole(found[index].words + found[next_at].words):
        return None
    value = number(found[index].words) * 1000 + number(found[next_at].words)
    return (_spanning(found[index], found[next_at], value),), next_at + 1 - index


def _dozens(found: Sequence[Token], index: int) -> Taken | None:
    by = _TIMES.get(_at(found, index + 1))
    if by is None or not found[index].words.isdecimal() or _at(found, index + 2) in {"", "dược", "điền"}:
        return None
    return (_spanning(found[index], found[index + 1], int(found[index].words) * by),), 2


def _half(found: Sequence[Token], index: int) -> Taken | None:
    """`nửa ngày`, `1/2 giờ`."""
    is_half = found[index].words in {"nửa", "1/2", "01/2"}
    if not is_half or _at(found, index + 1) not in {"ngày", "giờ", "buổi", "ngày làm việc", "giờ làm việc"}:
        return None
    return (_spanning(found[index], found[index], "0,5"),), 1


def _fraction(found: Sequence[Token], index: int) -> Taken | None:
    """`Hơn 4/5 công chức`, `chiếm 1/4 dân số`; the fraction of `Giảm 2/7` stays."""
    part = _FRACTION.fullmatch(found[index].words)
    at = index - 1 - (_at(found, index - 1) == "có")
    if part is None or not index or int(part[1]) >= int(part[2]):
        return None
    is_compared = found[at].letter in _LIMITS and (part[2] != "10" or found[at].letter != _LESS)
    is_compared = is_compared or (found[index - 1].words == "chiếm" and index + 1 < len(found))
    return (_share(found[index], found[index], int(part[1]), int(part[2])), 1) if is_compared else None


def _fraction_in_words(found: Sequence[Token], index: int) -> Taken | None:
    """`hai phần ba số giáo viên`."""
    count, whole = _COUNTS.get(found[index].words), _PARTS.get(_at(found, index + 2))
    if count is None or whole is None or _at(found, index + 1) != "phần" or count >= whole:
        return None
    if re.fullmatch("(?:19|20)[0-9]{2}", _at(found, index + 3)):
        return None
    return _share(found[index], found[index + 2], count, whole), 3


def _among(found: Sequence[Token], index: int) -> Taken | None:
    """`9/10` for `9 trong số 10`; what is counted by a hundred or a thousand is a rate, and ten of the best a rank."""
    end = index + 1
    while end < min(index + 4, len(found)) and found[end].letter != NUMBER:
        end += 1
    among = " ".join(token.words for token in found[index + 1 : end])
    if among not in _AMONG or not _is_number(found, end) or _at(found, index - 1) in {"lớp", "khối"}:
        return None
    one, other = found[index].words, found[end].words
    behind = {word for token in found[end + 1 : end + 9] for word in token.words.split()}
    if (
        not _whole(one + other)
        or len(found) < end + 2
        or found[end + 1].letter not in _WORDS
        or behind & {"đầu", "nhất"}
    ):
        return None
    count, whole = number(one), number(other)
    if whole in {100, 1000, 10000} or count > whole:
        return None
    return (_spanning(found[index], found[end], f"{one}/{other}", LETTERS["odd"]),), end + 1 - index


_BEST = frozenset({"đầu", "nhất"})


def _of_so_many(found: Sequence[Token], index: int) -> Taken | None:
    """`có 95% hộ` for `cứ 100 hộ có 95 hộ`."""
    if found[index].words != "cứ" or not _is_number(found, index + 1):
        return None
    second = next((at for at in range(index + 2, len(found)) if found[at].letter == NUMBER), 0)
    led = next((at for at in range(index + 2, second) if found[at].words in {"có", "đạt"}), 0)
    what = found[index + 2 : led - (_at(found, led - 1) == "thì")]
    if not led or not what or [t.words for t in found[second + 1 : second + 1 + len(what)]] != [t.words for t in what]:
        return None
    count, whole = number(found[second].words), number(found[index + 1].words)
    if not 0 < count < whole:
        return None
    return (*found[led:second], *_share(found[second], found[second], count, whole)), second + 1 - index


def _tolerance(found: Sequence[Token], index: int) -> Taken | None:
    """`từ 18 đến 22` for `20 ± 2`; a value that may fall below zero stays as it is, and one with another unit than what
    it may differ by: `95% ± 2`."""
    at = next((at for at in (index + 1, index + 2) if _at(found, at) == "±"), 0)
    if not at or not _is_number(found, at + 1) or not _is_number(found, index):
        return None
    if at == index + 2 and _at(found, at + 2) != found[index + 1].words:
        return None
    middle, by = number(found[index].words), number(found[at + 1].words)
    if by >= middle:
        return None
    low = _spanning(found[index], found[at], middle - by)
    high = _spanning(found[at + 1], found[at + 1], middle + by)
    return (_sign(_FROM, low.start, "từ"), low, _sign(_TO, high.start, "đến"), high), at + 2 - index


def _chain(found: Sequence[Token], index: int) -> Taken | None:
    """`tỷ lệ từ 95% đến 98%` for `95% ≤ tỷ lệ ≤ 98%`, and for `98% ≥ tỷ lệ ≥ 95%`."""
    one = index + 1 + (_at(found, index + 1) == "%")
    signs = [at for at in range(one, len(found)) if found[at].words in {"<", ">", "≤", "≥", "<=", ">="}][:2]
    if not _is_number(found, index) or len(signs) < 2 or signs[0] != one or not _is_number(found, signs[1] + 1):
        return None
    first, last = (found[at] for at in signs)
    if any(token.letter in {NUMBER, LETTERS["comma"]} or token.words == ";" for token in found[one + 1 : signs[1]]):
        return None
    if (first.words[0] in ">≥") != (last.words[0] in ">≥"):
        return None
    ends = [(found[index], first), (found[signs[1] + 1], last)]
    (low, low_sign), (high, high_sign) = ends if first.words[0] in "<≤" else ends[::-1]
    at, end = last.start, found[signs[1] + 1].end
    tokens = (
        _sign(_MORE, at, "trên") if low_sign.words in {"<", ">"} else _sign(_FROM, at, "từ"),
        Token(NUMBER, at, at, low.words),
        _sign(_TO, at, "đến dưới" if high_sign.words in {"<", ">"} else "đến"),
        Token(NUMBER, at, end, high.words),
    )
    return (*found[one + 1 : signs[1]], *tokens), signs[1] + 2 - index


def _same_share(found: Sequence[Token], index: int) -> Taken | None:
    """`42/45` for `42/45 (93,3%)`."""
    part = re.fullmatch(r"([0-9.]+)/([0-9.]+)", found[index].words)
    inside = [token.words for token in found[index + 1 : index + 5]]
    if part is None or inside[:1] != ["("] or inside[2:] != ["%", ")"] or not _is_number(found, index + 2):
        return None
    count, whole = (int(one.replace(".", "") or 0) for one in part.groups())
    share = number(inside[1])
    is_same = whole > 0 and abs(100 * Decimal(count) / whole - share) < Decimal("0.06" if share % 1 else "0.6")
    return ((found[index]._replace(end=found[index + 4].end),), 5) if is_same else None


_WAYS: tuple[Callable[[Sequence[Token], int], Taken | None], ...] = (
    _thousands,
    _billions,
    _dozens,
    _half,
    _fraction,
    _fraction_in_words,
    _among,
    _of_so_many,
    _tolerance,
    _chain,
    _same_share,
)
_HEADS = {*_COUNTS, "nửa", "cứ"}
"""Words that a numeral may begin with."""
