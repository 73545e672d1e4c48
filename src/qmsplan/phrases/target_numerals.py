"""Ways to write a number that take several tokens: `1 500`, `2 chục`, `24 tỷ 350 triệu`, `hai phần ba`, `9 trong số
10`, `20 ± 2`. Each is a cue that makes the tokens of the usual way; their places stay those of what was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qmsplan.phrases.target_lexicon import DIGITS, LETTERS, number
from qmsplan.phrases.target_patterns import Cue, Matched
from qmsplan.phrases.target_tokens import Token

_TIMES = {"chục": 10, "tá": 12}
_BASES = {100, 1000, 10000}
"""By how many rates are counted."""


def _made(typed: Sequence[Token], value: Decimal | int | str) -> Token:
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
    """A fraction in per cent, to two decimals."""
    percent = (Decimal(100) * count / whole).quantize(Decimal("0.01"))
    return [_made(found["made"], percent), _sign("percent", found["made"][-1].end, "%")]


def _are_groups(found: Matched) -> bool:
    first, *others = (token.words for token in found["made"])
    are_three = all(re.fullmatch("[0-9]{3}", words) for words in others)
    return re.fullmatch("[1-9][0-9]{0,2}", first) is not None and are_three


def _fraction(found: Matched) -> tuple[int, int]:
    """The numbers of `4/5`, `9/10`; two zeros for what is none: a day, a month."""
    part = re.fullmatch(r"0?([1-9])/0?([2-5]|10)", found["made"][0].words)
    is_less = part and int(part[1]) < int(part[2]) and (part[2] != "10" or found["led"][0].letter != LETTERS["less"])
    return (int(part[1]), int(part[2])) if part and is_less else (0, 0)


def _is_among(found: Matched) -> bool:
    return 0 < _whole(found, "n") <= _whole(found, "m") not in _BASES


def _is_of_same(found: Matched) -> bool:
    """True for `100 hộ` and `95 hộ dùng nước sạch`, `10 hộ` and `1 hộ nghèo`."""
    what, same = (" ".join(token.words for token in found[name]).split() for name in ("what", "same"))
    return what[0] == same[0] and 0 < _whole(found, "n") < _whole(found, "m")


def _is_tolerance(found: Matched) -> bool:
    """False for a value that may fall below zero, and for one with another unit than what it differs by: `95% ± 2`."""
    is_same = not found["counted"] or [token.words for token in found["counted"]] == [
        token.words for token in found["same"]
    ]
    return is_same and number(found["m"][0].words) < number(found["n"][0].words)


def _tolerance(found: Matched) -> list[Token]:
    middle, by = number(found["n"][0].words), number(found["m"][0].words)
    low, high = _made(found["n"], middle - by), _made(found["m"], middle + by)
    return [_sign("from", low.start, "từ"), low, _sign("to", high.start, "đến"), high]


def _is_chain(found: Matched) -> bool:
    return (found["one"][0].words[0] in ">≥") == (found["two"][0].words[0] in ">≥")


def _chain(found: Matched) -> list[Token]:
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


# fmt: off
NUMERALS: tuple[Cue, ...] = (
    Cue("(?:^|(?<={aim,verb,least,more,most,less,roughly,upto})|(?<={=cho|phát|đón|khám})|(?={number}{number}{number}))"
        "(?P<made>{number}{number}{1,3})(?={word,unit,single,label,noun,verb,place})", "dạy bơi cho 1 500 học sinh",
        _are_groups, lambda found: [_made(found["made"], "".join(token.words for token in found["made"]))]),
    Cue("(?P<made>(?P<n>{number})(?:{=tỷ}{=đồng}?|{=tỷ đồng})(?P<m>{number}))(?={=triệu|triệu đồng})",
        "24 tỷ 350 triệu đồng", lambda found: _whole(found, "m") > 0 < _whole(found, "n"),
        lambda found: [_made(found["made"], _whole(found, "n") * 1000 + _whole(found, "m"))]),
    Cue("(?P<made>(?P<n>{number})(?P<by>{=chục|tá}))(?!{=dược|điền})(?={any})", "tặng 2 chục suất quà",
        lambda found: _whole(found, "n") > 0,
        lambda found: [_made(found["made"], _whole(found, "n") * _TIMES[found["by"][0].words])]),
    Cue("(?P<made>{odd=/}|{half=nửa})(?={=phút|ngày|giờ|buổi|tuần|tháng|năm|ngày làm việc|giờ làm việc|tỷ đồng"
        "|triệu đồng}|{scale}|{=điểm}(?:{stop,comma}|$))", "trong nửa ngày",
        lambda found: found["made"][0].words in {"nửa", "1/2", "01/2"}, lambda found: [_made(found["made"], "0,5")]),
    Cue("(?P<led>{least,more,most,less,reduce,increase}{=có}?|{=chiếm}(?={any}{any}))(?P<made>{odd,number=/})",
        "hơn 4/5 công chức", lambda found: _fraction(found)[0] > 0, lambda found: _share(found, *_fraction(found))),
    Cue("(?P<made>(?P<n>{=một|hai|ba|bốn}){=phần}(?P<m>{=hai|ba|tư|bốn|năm|mười}))(?!{number})", "hai phần ba số hộ",
        lambda found: _whole(found, "n") < _whole(found, "m"),
        lambda found: _share(found, _whole(found, "n"), _whole(found, "m"))),
    Cue("(?<!{=lớp|khối})(?P<made>(?P<n>{number})(?:{=trong số|trong tổng số|trên tổng số|trên})(?P<m>{number}))"
        "(?={word,unit,single,label,noun,verb,time,place})(?!{any}{1,8}{first,highest})", "9 trong số 10 khách hàng",
        _is_among, lambda found: [_made(found["made"], f"{found['n'][0].words}/{found['m'][0].words}")]),
    Cue("(?P<made>(?P<n>{number}){=trong}(?P<m>{number}))(?={word,unit,single,noun})", "ít nhất 3 trong 5 xã",
        _is_among, lambda found: [_made(found["made"], f"{found['n'][0].words}/{found['m'][0].words}")]),
    Cue("(?P<made>{=cứ}(?P<m>{number})(?P<what>{^number,stop,comma,open}{1,6}?){=thì}?(?P<led>{=có|đạt}"
        "{^number,stop,comma}{0,3}?)(?P<n>{number}))(?=(?P<same>{^number,stop,comma}{1,6}))",
        "cứ 100 hộ có 95 hộ dùng nước sạch", _is_of_same,
        lambda found: [*found["led"], *_share(found, _whole(found, "n"), _whole(found, "m"))]),
    Cue("(?P<made>(?P<n>{number})(?P<counted>{any}?){mark=±}(?P<m>{number}))(?=(?P<same>{any}?))", "20 ± 2 °C",
        _is_tolerance, _tolerance),
    Cue("(?P<made>(?P<n>{number}){percent}?(?P<one>{sign})(?P<what>{^number,comma,stop,sign}{1,15})(?P<two>{sign})"
        "(?P<m>{number}))", "95% ≤ tỷ lệ ≤ 98%", _is_chain, _chain),
)
# fmt: on
