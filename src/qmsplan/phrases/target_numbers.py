"""Which tokens of a target phrase are numbers, and which words mean something else beside one: the first cues.

`KINDS` settles kinds that depend on neighbours (`năm` is five or a year, `quá` a limit before a number alone);
`NUMERALS` are ways to write a number that take several tokens: `1 500`, `2 chục`, `24 tỷ 350 triệu`, `hai phần ba`, `9
trong số 10`, `20 ± 2`. Each makes the tokens of the usual way; their places stay those of what was typed. Figures that
are no amount (dates, codes: `24/5/2023`, `63/2010/NĐ-CP`, `H1`) or can't be read (`1.5.00 triệu đồng`) stand last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from qmsplan.model.text import ROMAN
from qmsplan.phrases.target_parts import COMPARING
from qmsplan.phrases.target_tokens import RATE, Cue, Matched, ScannedText, Token, is_year
from qmsplan.phrases.target_vocabulary import DIGITS, LETTERS, PEOPLE, letters_of, number

_WHOLE_PERCENT = 100
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
    """A fraction in per cent, so near that it equals the share of as many cases: 20 of 30 attain `2/3`."""
    percent = Decimal(100 * count) / whole
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


_MANY = re.compile(r"(?:hộ|hồ sơ|phiếu|số)\b")


def _is_fraction(found: Matched) -> bool:
    """True for `4/5 công chức`, and for any change: `giảm 1/3 số vụ`. Of things of which there are few so many are
    meant: three communes of `ít nhất 3/5 xã`."""
    are_things = any(of.letter in letters_of("unit", "single") for of in found["of"])
    is_few = are_things and not PEOPLE.match(found["of"][0].words) and not _MANY.match(found["of"][0].words)
    return _fraction(found)[0] > 0 and not (is_few and found["led"][0].letter in _kinds("least,more,most,less"))


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


def _is_small_part(found: Matched) -> bool:
    return number(found["m"][0].words) < _WHOLE_PERCENT


def _within_part(found: Matched) -> list[Token]:
    """`từ 121.600 đến 134.400` for the 128.000 of `128.000 lượt (±5%)`."""
    middle, by = number(found["n"][0].words), number(found["m"][0].words) / _WHOLE_PERCENT
    low, high = _made(found["n"], middle * (1 - by)), _made(found["n"], middle * (1 + by))
    return [_sign("from", low.start, "từ"), low._replace(end=low.start), _sign("to", low.start, "đến"), high]


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


_PLACE = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
_WHOLE = r"[0-9]{1,3}(?:\.[0-9]{3})+"
_SHARE_OF = re.compile(
    rf"({_WHOLE}|[0-9]{{1,4}}(?:[.,][0-9]{{1,2}})?)/({_WHOLE}|[0-9]{{1,4}})(?:,[0-9]{{1,2}})?"
)  # 8,5/10, 17/99 xã
_MONTHS, _SCALES = 12, {4, 5, 10, 100}
_RATE_BASE = re.compile(r"1(?:0{3,6}|0{0,2}\.000(?:\.000)?)|100")  # what a rate is counted by: 100.000
_POINT = re.compile(r"[0-9]{1,9}\.[0-9]{1,2}")  # decimals behind a point


def _kinds(line: str) -> str:
    return letters_of(*line.split(","))


_COMPARING = "least,more,most,less,equal,from,to,sign,rank,reduce,increase,faster"
_MEASURED = _kinds("quality,least,more,most,less,equal,from,to,sign,rank,aim,verb,stop,upto,downto,strive,share")
_ENDING = "stop,comma,close,open,percent,and,link,inside,base,condition"
_COUNTED = "percent,points,unit,single,dash,scale"


def _is_one(found: Matched) -> bool:
    """False for `bốn năm sáng kiến`, which is four or five, and for `đến năm 2030`."""
    counts = [DIGITS.get(token.words, 10) for token in found["made"]]
    is_run = any(one < 10 > other for one, other in pairwise(counts))
    is_time = found["made"][0].words == "năm" and any(map(is_year, found["next"]))
    return not (is_run or is_time) and _NOUNS.isdisjoint(token.words for token in found.get("led", ()))


_NOUNS = frozenset({"công ty", "tnhh", "nhóm", "lớp", "mô hình", "cụm", "khối", "tổ", "liên", "vòng"})
"""Before a number in words these make a name of it: `công ty TNHH một thành viên`."""


def _in_words(found: Matched) -> list[Token]:
    return [_made(found["made"], " ".join(token.words for token in found["made"]))]


def _is_amount(found: Matched) -> bool:
    """True for a number that the cut into tokens left open: the rate `42/100.000`, the place `thứ hạng 12/34`, the
    share `17/99 xã`, the `0.5` of `≥ 0.5` and not the `2.1` of an outline."""
    words, before = found["number"][0].words, "".join(token.letter for token in found.get("before", ()))
    after = found["after"][0] if found["after"] else None
    if RATE.fullmatch(words) or (before == LETTERS["rank"] and _PLACE.fullmatch(words)):
        return True
    if _POINT.fullmatch(words):
        is_counted = after is not None and after.letter in _kinds(_COUNTED)
        return is_counted or before in _kinds(_COMPARING) or not (before or after)
    return _is_part(words, before, after)


def _is_part(words: str, before: str, after: Token | None) -> bool:
    """True for the score `8,5/10` and for `17/99` of `đạt 17/99 xã`, not for the day of `trước 15/6` and a third."""
    match = _SHARE_OF.fullmatch(words)
    if match is None:
        return False
    following = after.words if after else ""
    is_counted = after is not None and (after.letter in _kinds("unit,single") or following == "kỳ")
    whole = int(match[2].replace(".", ""))
    is_all = match[1] == match[2]
    if is_counted and (whole > _MONTHS or is_all):  # no day: `12/24 xã`
        return True
    if ("," in match[1] or whole > _MONTHS) and number(match[1]) <= whole in _SCALES:  # a score: `hài lòng 4,5/5`
        return True
    if _is_ratio_or_day(match[1], before, after) or following in {"số", "tổng số"}:
        return False
    is_few = is_counted and following not in _DIVISIBLE  # `2/3 chỉ tiêu` and `3/4 km` may be two or a share
    is_small = number(match[1]) <= whole and (match[1] != "1" or whole > 9)
    return is_small and (whole > 5 or (is_all and following != "") or is_few or _is_score(match[1], whole, following))


def _is_score(part: str, whole: int, following: str) -> bool:
    """True for `4,5/5`, `4/5 điểm` and for `mức độ hài lòng từ 4/5 trở lên`."""
    return not part.isdecimal() or following in {"điểm", "sao"} or (whole == _STARS and following == "trở lên")


_STARS = 5


def _is_ratio_or_day(part: str, before: str, after: Token | None) -> bool:
    """True behind a word that no share follows, `trước 15/6`, and for a ratio, `đạt 1/20`."""
    is_listed = before == LETTERS["comma"] and after is not None and after.letter in _kinds("unit,single,word")
    if before and before not in _MEASURED and not is_listed:
        return True
    return part in {"1", "01"} and (after is None or after.letter in _kinds(_ENDING))


_DIVISIBLE = {"chỉ tiêu", "km", "m", "ha", "m2", "m²", "m3", "m³", "km2", "km²", "tấn", "tạ", "kg", "lít", "kwh", "mw"}


def _is_below_zero(found: Matched) -> bool:
    """True for `-5%`, not for `80-90%` and not for `- 5%`, a bullet."""
    (dash,), (value,), before = found["near"], found["odd"], found.get("before")
    return dash.end == value.start and (not before or before[0].end < dash.start)


def _is_ordinal(found: Matched) -> bool:
    """True for the number of `1. Phấn đấu` and of `2) Phấn đấu`."""
    if "odd" not in found:
        return False
    (value,), (behind,) = found["odd"], found["behind"]
    return "," not in value.words and behind.words != ";" and behind.start == value.end


def _is_many(found: Matched) -> bool:
    """True for a number that is no level: `cấp 5.000 thẻ`, `cấp 15 văn bằng`, not `cấp 3`."""
    words = found["n"][0].words
    return len(words) > 2 or (len(words) == 2 and found["what"][0].letter != LETTERS["word"])


def _is_no_name(found: Matched) -> bool:
    """True for an amount behind a word that a number names: `cấp 3,2 tỷ đồng`, `địa bàn quận 2.315 tỷ đồng`."""
    words = found["n"][0].words
    return "," in words or re.fullmatch(_WHOLE, words) is not None


def _is_place(found: Matched) -> bool:
    part = _PLACE.fullmatch(found["n"][0].words)
    return part is not None and int(part[1]) <= int(part[2]) > _MONTHS


_DIGITS = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mốt|tư|lăm"
NUMBER_SLOTS = {
    "begin": "(?:^|(?<={stop}))",
    "behind": "(?:^|(?<=(?P<before>{any})))",
    "per": "(?:{slash}|{number}{unit,single,word}{0,2}{=trên})",
    "counted": f"{{{_COUNTED}}}",
    "numeral": f"(?<!{{=vài}})(?!{{=năm}}{{=trước|ngoái|nay|qua|sau|liền|kế|học|kế hoạch}})"
    f"(?!{{=một}}{{=số|phần|trong|cách|vài|ít|chút|cửa|mặt}})(?P<made>{{={_DIGITS}}}{{={_DIGITS}|mươi|trăm}}{{0,5}})"
    f"(?!{{={_DIGITS}|mươi|trăm}})(?=(?P<next>{{any}}?))",
}
"""Patterns that these cues use by name."""

# fmt: off
KINDS: tuple[Cue, ...] = (
    Cue(f"(?<={{{_COMPARING}}}){{numeral}}", "ít nhất năm lớp", _is_one, _in_words),
    Cue("{numeral}(?={=%|phần trăm})", "chín mươi phần trăm", _is_one, _in_words),
    Cue("(?:^|(?<={aim,verb,stop,strive,each})){numeral}(?={unit}|{any}{slash}{time})", "tổ chức hai đợt/năm",
        _is_one, _in_words),
    Cue("(?<!{time})(?!{=năm}{to,dash}{number}){numeral}(?={to,dash}(?:{number}|{=" + _DIGITS + "}))",
        "hai đến ba lớp", _is_one, _in_words),
    Cue("(?:^|(?<={stop,comma,and}))(?P<led>{word,verb}{1,2})(?!{=năm}){numeral}"
        "(?={unit}|{=đợt|kỳ|khóa|giải|tổ|nhóm})", "phát động ba đợt ra quân", _is_one, _in_words),
    Cue(f"(?:{{equal,downto}}|{{=về}}|{{stop=:}})(?P<made>{{=không|không có}})(?=$|{{{_ENDING}}})", "bằng không",
        None, lambda found: [_made(found["made"], "0")]),
    Cue("(?P<rank>{place=hạng|thứ hạng|vị trí|thứ bậc|thứ})(?=(?P<n>{odd,number=/}))", "thứ hạng 12/34", _is_place),
    Cue("{behind}(?P<number>{odd})(?=(?P<after>{any}?))", "đạt 17/99 xã", _is_amount),
    Cue("{per}(?P<scale>{=một|1|01})(?={scale})", "35 giường bệnh trên một vạn dân"),
    Cue("{per}(?P<scale>{number})", "3 lỗi trên 1.000 dòng lệnh",
        lambda found: _RATE_BASE.fullmatch(found["scale"][0].words) is not None),
    Cue("{slash}(?P<scale>{number})(?={time})", "1 lần/06 tháng",
        lambda found: len(found["scale"][0].words) < 3 and found["scale"][0].words.isdecimal()),
    Cue("{behind}(?P<near>{dash})(?P<odd>{number})", "-5%", _is_below_zero),
    Cue("{open}{^close}*{close}?|{begin}(?P<odd>{number})(?=(?P<behind>{stop,close}))", "1. Phấn đấu", _is_ordinal),
    Cue("(?:^|(?<={stop,comma}))(?P<verb>{rank=xếp hạng})(?={number}(?:{unit}|{=di}{=tích}))", "xếp hạng 2 di tích"),
    Cue("{number}(?P<unit>{=tổ chức|cải tiến})", "công nhận 5 tổ chức"),
    Cue("(?P<none>{=không})(?={^stop,comma,number}{0,4}{=nào})", "không quý nào dưới 96%"),
    Cue("(?P<curb>{=không})(?={^stop,comma,number}{0,4}{=quá}{number})", "không phải chờ quá 2 giờ"),
    Cue("(?:^|(?<={stop,comma}))(?P<verb>{=cấp})(?=(?P<n>{number})(?P<what>{word,noun}|{counted}))", "cấp 5.000 thẻ",
        _is_many),
    Cue("(?P<word>{label})(?=(?P<n>{number}))", "học bổng cấp 3,2 tỷ đồng", _is_no_name),
    Cue("(?<!{number})(?P<label>{=bộ})(?={number}{=tiêu chí|chỉ tiêu|câu hỏi})", "Bộ 83 tiêu chí"),
    Cue("(?P<time>{each})(?=(?P<n>{any}))", "trong quý I",
        lambda found: is_year(found["n"][0]) or found["n"][0].words in ROMAN),
    Cue("(?P<time>{=trong năm|trong quý|trong tháng})(?={number}(?!{counted}|{word}))", "trong tháng 6"),
    Cue("(?:{unit}{any}?(?P<label>{=mức|ở mức})|{single,word}(?P<label2>{=mức}))(?=(?P<n>{number})(?!{counted}))",
        "sự cố mức 1", lambda found: len(found["n"][0].words) == 1),
)
# fmt: on
"""Words and numbers whose kind depends on what stands beside them."""

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
    Cue("(?:(?<!{=tại|ở})|(?={any}{1,2}{=số|tổng số}))(?P<led>{reduce,increase}{least,more}?"
        "|{least,more,most,less}{=có}?(?={any}{^stop,comma,close})"
        "|{=chiếm}(?={any}{any})|(?<={=chiếm}){least,more,most,less}(?={any}(?:{stop,comma,close}|$)))"
        "(?P<made>{odd,number=/})(?!{=điểm|sao|tiêu chí})(?=(?P<of>{any}?))", "hơn 4/5 công chức",
        _is_fraction, lambda found: _share(found, *_fraction(found))),
    Cue("(?P<made>(?P<n>{=một|hai|ba|bốn}){=phần}(?P<m>{=hai|ba|tư|bốn|năm|mười}))(?!{number})", "hai phần ba số hộ",
        lambda found: _whole(found, "n") < _whole(found, "m"),
        lambda found: _share(found, _whole(found, "n"), _whole(found, "m"))),
    Cue("(?<!{=lớp|khối})(?P<made>(?P<n>{number})(?:{=trong số|trong tổng số|trên tổng số|trên})(?P<m>{number}))"
        "(?={word,unit,single,label,noun,verb,time,place})(?!{any}{1,8}{first,highest})", "9 trong số 10 khách hàng",
        _is_among, lambda found: [_made(found["made"], f"{found['n'][0].words}/{found['m'][0].words}")]),
    Cue("(?P<made>(?P<n>{number}){=trong}(?P<m>{number}))(?={word,unit,single,noun})", "ít nhất 3 trong 5 xã",
        _is_among, lambda found: [_made(found["made"], f"{found['n'][0].words}/{found['m'][0].words}")]),
    Cue("(?P<made>(?P<n>{=một|hai|ba|bốn}){=trong|trong số}(?P<m>{=hai|ba|bốn|năm|sáu}))(?={word,unit,single,noun})",
        "ít nhất một trong hai sáng kiến", _is_among,
        lambda found: [_made(found["made"], f"{_whole(found, 'n')}/{_whole(found, 'm')}")]),
    Cue("(?P<made>{=cứ}(?P<m>{number})(?P<what>{^number,stop,comma,open}{1,6}?){=thì}?(?P<led>{=có|đạt}"
        "{^number,stop,comma}{0,3}?)(?P<n>{number}))(?=(?P<same>{^number,stop,comma}{1,6}))",
        "cứ 100 hộ có 95 hộ dùng nước sạch", _is_of_same,
        lambda found: [*found["led"], *_share(found, _whole(found, "n"), _whole(found, "m"))]),
    Cue("(?P<made>(?P<n>{number})(?P<counted>{any}?){mark=±}(?P<m>{number}))(?=(?P<same>{any}?))", "20 ± 2 °C",
        _is_tolerance, _tolerance),
    Cue("(?<!{least,more,most,less,sign,reduce,increase,from,to,dash,upto,downto,roughly})(?P<made>(?P<n>{number}))(?={scale}?{unit,single}|{label})(?P<counted>{any}{1,2})(?P<gone>{open}?{mark=±}"
        "(?P<m>{number}){percent}{close}?)", "128.000 lượt (±5%)", _is_small_part, _within_part),
    Cue("(?P<made>(?P<n>{number}){percent}?(?P<one>{sign})(?P<what>{^number,comma,stop,sign}{1,15})(?P<two>{sign})"
        "(?P<m>{number}))", "95% ≤ tỷ lệ ≤ 98%", _is_chain, _chain),
)
# fmt: on

_CODES = (
    r"(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}",  # 2021 - 2025
    r"[0-9]+(?:/[0-9]+)*/[^\W\d_][\w./&-]*",  # 63/2010/NĐ-CP
    r"(?:0?[1-9]|[12][0-9]|3[01])(?P<s>[/.-])(?:0?[1-9]|1[0-2])(?:(?P=s)(?:[0-9]{2}|(?:19|20)[0-9]{2}))?",  # 24/5/2023
    r"(?:0?[1-9]|1[0-2])[/.-](?:19|20)[0-9]{2}",  # 6/2026
    r"[0-9]+(?:-[0-9]+)*: ?(?:19|20)[0-9]{2}(?:/\w+)?",  # 9001:2015, 01-1:2018/BYT
    r"[^\W\d_]+-[0-9][0-9.-]*|[^\W\d_]+[0-9]\.[0-9]+",  # BM-07.02, PM2.5
    r"(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9]|[hg](?:[0-5][0-9])?|h?/24h?|/7)",  # 7:30, 13h30, 24/7
    r"[0-9][^\W\d_](?:/[0-9][^\W\d_])+",  # 4G/5G
    r"[^\W\d_]\+[0-9]{1,2}",  # J+1
    r"[0-9],[0-9]{1,3}[^\W\d_mghlktvwđ]",  # 0,05S
    r"[0-9]{1,4}[^\W\d_][0-9]{0,2}|[^\W\d_]+[0-9]\w*|[0-9]\.[0-9]|[0-9]{1,2}",  # 3a, H1, 4.0, 1.
)
_CODE = re.compile("|".join(_CODES), re.IGNORECASE)


def is_code(words: str) -> bool:
    """True for a date, a span of years, the number of a document or a name such as `H1`: no amount."""
    return _CODE.fullmatch(words) is not None


def is_unread_part(reading: ScannedText, index: int) -> bool:
    """True for the number of `đạt 1.5.00 triệu đồng`: figures that count something, and are neither a number nor a day
    behind the word for one; and for `vài chục cây` and `15k lượt xem`."""
    token, before = reading.tokens[index], reading.letters[index - 1] if index else ""
    is_counted = reading.letters[index + 1 : index + 2] in (*letters_of("unit", "single", "scale", "percent"),)
    if token.letter == LETTERS["odd"] and re.fullmatch(r"[^\W\d_]{3,}[0-9][0-9.,]*", token.words) and is_counted:
        return True  # `bình quân310 lượt`
    if re.fullmatch(r"[0-9.,]+(?:k|tr|tỷ|tỉ|e)[0-9]*", token.words):  # `15k lượt xem`
        return is_counted or before in (*letters_of("verb", "aim", "word"),)
    if token.letter != LETTERS["odd"] or not re.fullmatch(r"[0-9][0-9./,]*", token.words):
        return False
    return is_counted and before not in (*letters_of("time", "link", "to", "from", "dash", "label"),)


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
    is_counted = reading.letters[index + 1 : index + 2] in (*letters_of("unit", "single"),)
    return is_counted and re.fullmatch(r"[0-9]+/[0-9]+", reading.tokens[index].words) is not None and before != "ngày"
