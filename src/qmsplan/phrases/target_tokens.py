"""A target phrase as tokens: each gets a letter for its kind (`target_lexicon.LETTERS`), which neighbours may change.

`trong` is a link, but before a number that orders one a part of a time; `năm` is five or a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from qmsplan.model.text import ROMAN
from qmsplan.phrases.target_lexicon import DIGITS, LETTERS, NUMBER, Lexicon, number

# What a text is cut into. A number counts only where nothing makes it a part of something longer: no digit, decimal or
# date sign behind it, no letters that belong to it (`3a`, `H1`). What has such parts is `odd` (a span of years, a
# document's number, a date, a standard) or `strange`.
_MEASURE = r"[ckdm]?m[23](?!\w)"  # m2, km2, m3: areas and volumes without the raised figure
_CHUNK = re.compile(
    r"(?P<odd>(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}(?![\w%])"  # 2021 - 2025
    r"|[0-9]+(?:/[0-9]+)*/[^\W\d_][\w./&-]*"  # 63/2010/NĐ-CP
    r"|[0-9]+(?:([/.-])[0-9]+)(?:\2[0-9]+)+(?![\w%])(?<![0-9]\.[0-9]{3})"  # 24-5-2023
    r"|[0-9]+(?:-[0-9]+)*: ?(?:19|20)[0-9]{2}(?:/[^\W\d_]+)?(?!\w)|[0-9]+:[0-9]+"  # 9001: 2015, 01-1:2018/BYT
    r"|[0-9]+[.,]{2,}[0-9]+"  # 9..5
    r"|[^\W\d_]+-[0-9][0-9.-]*(?!\w))"  # BM-07.02
    rf"|(?P<number>(?:{NUMBER})(?![0-9])(?![.,:/][0-9])(?!(?!{_MEASURE})[^\W\d_]+[0-9])(?![^\W\d_](?!\w))(?![*+_]))"
    rf"|(?P<strange>[0-9](?:[\w.,:/*+]*[\w*+])?|(?!{_MEASURE})[^\W\d_]+[0-9]\w*(?:\.[0-9]+)?)"
    rf"|(?P<word>{_MEASURE}|°[cf](?!\w)|[^\W\d_]+)"
    r"|(?P<sign>[<>=≥≤](?: ?[<>=≥≤])*)"
    r"|(?P<mark>[^\s\w]|_)"
)
_STOPS = dict.fromkeys(".;:!?", "stop")
_OTHERS = {",": "comma", "(": "open", ")": "close", "/": "slash", "-": "dash", "~": "dash", "÷": "dash"}
_MARKS = {mark: LETTERS[kind] for mark, kind in (_STOPS | _OTHERS).items()}
_LETTERS = {**LETTERS, "strange": LETTERS["odd"]}
_UNSETTLED = {
    LETTERS[kind] for kind in ("number", "odd", "each", "verb", "over", "aim", "label", "place", "single", "quality")
}
_PLACE = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
_WHOLE = r"[0-9]{1,3}(?:\.[0-9]{3})+"
_SHARE_OF = re.compile(
    rf"({_WHOLE}|[0-9]{{1,4}}(?:[.,][0-9]{{1,2}})?)/({_WHOLE}|[0-9]{{1,4}})(?:,[0-9]{{1,2}})?"
)  # 8,5/10, 17/99 xã
_MONTHS = 12
_BASE = r"1(?:0{3,6}|0{0,2}\.000(?:\.000)?)"  # what a rate is counted by: 100.000
RATE = re.compile(rf"(?:{NUMBER})/({_BASE})")  # 42/100.000 trẻ
_RATE_BASE = re.compile(rf"{_BASE}|100")
_POINT = re.compile(r"[0-9]{1,9}\.[0-9]{1,2}")  # decimals behind a point
_EITHER = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")  # decimals or thousands: 1,000
_YEARS = range(1900, 2200)
_COMPARING = {
    LETTERS[kind]
    for kind in ("least", "more", "most", "less", "equal", "from", "to", "sign", "rank", "reduce", "increase", "faster")
}
_MEASURED = _COMPARING - {LETTERS[kind] for kind in ("reduce", "increase", "faster")} | {
    LETTERS[kind] for kind in ("aim", "verb", "stop", "upto", "downto", "strive", "share")
}
_COUNTED = {LETTERS[kind] for kind in ("percent", "points", "unit", "single", "dash", "scale")}
_COUNTING = {LETTERS[kind] for kind in ("unit", "single", "word")}
_BEGINNING = {LETTERS[kind] for kind in ("aim", "verb", "stop", "strive", "each")}
_ENDING = {
    LETTERS[kind]
    for kind in ("stop", "comma", "close", "open", "percent", "and", "link", "inside", "base", "condition")
}
_NO_NUMBER = {
    "năm": {"trước", "ngoái", "nay", "qua", "sau", "liền", "kế", "học", "kế hoạch"},
    "một": {"số", "phần", "trong", "cách", "vài", "ít", "chút", "cửa", "mặt"},
}
"""What follows a number word that is no number: `năm trước` is last year, not five."""


class Token(NamedTuple):
    """A token: the letter of its kind, its place in the text (`end` exclusive), its words in lower case."""

    letter: str
    start: int
    end: int
    words: str


def tokens(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """The tokens of a text, in order. Every character but white space lies in one."""
    lower = _lowered(text)
    chunks = [(match.lastgroup or "", match.start(), match.end(), match.group()) for match in _CHUNK.finditer(lower)]
    words = [chunk[3] for chunk in chunks]
    found: list[Token] = []
    index = 0
    while index < len(chunks):
        kind, start, end, word = chunks[index]
        entries = lexicon.get(word, ())
        length, letter = next(
            ((n, known) for n, phrase, known in entries if words[index : index + n] == phrase), (1, "")
        )
        if length > 1:
            end = chunks[index + length - 1][2]
            word = lower[start:end]
        found.append(Token(letter or _MARKS.get(word) or _LETTERS[kind], start, end, word))
        index += length
    return tuple(_settled(found))


def _lowered(text: str) -> str:
    """A text in lower case with as many letters, so that places in it are places in the text."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


def _settled(found: Sequence[Token]) -> Iterator[Token]:
    """Tokens whose kind depends on their neighbours: numbers in words, years, numbers below zero, ordinals."""
    before, index = "", 0
    while index < len(found):
        token = found[index]
        if _is_one_per(found, index):
            token = token._replace(letter=LETTERS["scale"])
        elif token.letter in _UNSETTLED or token.words in DIGITS:
            count = _number_words(found, index, before)
            if count:
                last = found[index + count - 1]
                words = " ".join(other.words for other in found[index : index + count])
                token = Token(LETTERS["number"], token.start, last.end, words)
                index += count - 1
            else:
                token = token._replace(letter=_letter(found, index, before))
        yield token
        before, index = token.letter, index + 1


def _letter(found: Sequence[Token], index: int, before: str) -> str:
    """The letter of a token that is no number in words."""
    token = found[index]
    if token.letter == LETTERS["odd"]:
        is_rate = RATE.fullmatch(token.words) is not None
        is_number = is_rate or _is_part(found, index, before) or _is_point(found, index, before)
        is_number = is_number or (before == LETTERS["rank"] and _PLACE.fullmatch(token.words) is not None)
        return LETTERS["number"] if is_number else token.letter
    if token.letter == LETTERS["number"]:
        return _number_letter(found, index, before)
    return LETTERS.get(_kind_before_number(found, index, before), token.letter)


def _kind_before_number(found: Sequence[Token], index: int, before: str) -> str:
    """The kind of a word that means something else beside a number; "" where it does not."""
    token = found[index]
    if token.words in {"tổ chức", "cải tiến"}:
        return "unit" if before == LETTERS["number"] else ""
    if token.letter == LETTERS["over"]:
        following = found[index + 1] if index + 1 < len(found) else None
        is_counted = following and (following.letter == LETTERS["number"] or following.words in DIGITS)
        return "" if is_counted else "word"
    if token.words == "không":  # `không quý nào dưới 96%`, `không phải chờ quá 2 giờ`
        return _denied(found, index)
    if token.letter in _NAMED:
        return _kind_of_name(found, index, before)
    if token.letter == LETTERS["each"] and _is_numbered(found, index):
        return "time"
    is_graded = any(other.letter == LETTERS["unit"] for other in found[max(index - 2, 0) : index])
    is_graded = is_graded or (token.words == "mức" and before in _COUNTING)
    return "label" if token.words in {"mức", "ở mức"} and is_graded and _is_grade(found, index) else ""


_NAMED = frozenset(LETTERS[kind] for kind in ("label", "place", "single"))


def _kind_of_name(found: Sequence[Token], index: int, before: str) -> str:
    """What a word before a number is that often names by it: `rank` for the place of `thứ hạng 12/34`, `label` for the
    word before the number of a named set of criteria or questions (`Bộ 83 tiêu chí`); "" for any other."""
    words, following = found[index].words, found[index + 1 : index + 3]
    if words == "cấp" and _is_counted(found, index + 1) and before in {"", LETTERS["stop"], LETTERS["comma"]}:
        return "verb"  # `cấp 5.000 thẻ`, not `cấp 2`
    if found[index].letter == LETTERS["label"] and following and "," in following[0].words[1:]:
        return "word"  # `học bổng cấp 3,2 tỷ đồng`: no name has such a number
    part = _PLACE.fullmatch(following[0].words) if following else None
    if part and found[index].letter == LETTERS["place"]:
        return "rank" if words != "bậc" and int(part[1]) <= int(part[2]) > _MONTHS else ""
    is_set = words == "bộ" and [token.letter for token in following] == ["N", LETTERS["unit"]]
    is_set = is_set and before != "N" and following[1].words in {"tiêu chí", "chỉ tiêu", "câu hỏi", "chỉ số"}
    return "label" if is_set else ""


def _denied(found: Sequence[Token], index: int) -> str:
    """What a `không` is that says of all cases what none of them does: a limit with a number behind `quá`, else with
    `nào` none at all; "" for any other."""
    kind = ""
    for at in range(index + 1, min(index + _DENIED + 1, len(found))):
        if found[at].letter in {LETTERS["stop"], LETTERS["comma"], LETTERS["number"]}:
            break
        following = found[at + 1].letter if at + 1 < len(found) else ""
        if found[at].words == "quá" and following == LETTERS["number"]:
            return "curb"
        kind = "none" if found[at].words == "nào" else kind
    return kind


_DENIED = 5
"""Words within which `nào` or `quá` belongs to a `không`: `không phải đi lại quá 2 lần`."""


def _number_letter(found: Sequence[Token], index: int, before: str) -> str:
    """The letter of a number in digits: what a rate is counted by, and what may be no number, have their own."""
    words = found[index].words
    following = found[index + 1].letter if index + 1 < len(found) else ""
    if (before == LETTERS["slash"] or _is_per(found, index)) and _RATE_BASE.fullmatch(words):
        return LETTERS["scale"]
    if before == LETTERS["slash"] and following == LETTERS["time"] and len(words) < 3 and words.isdecimal():
        return LETTERS["scale"]  # `1 lần/06 tháng`
    is_either = _EITHER.fullmatch(words) is not None and following != LETTERS["percent"]
    is_odd = is_either or _is_below_zero(found, index) or _is_ordinal(found, index)
    return LETTERS["odd"] if is_odd else LETTERS["number"]


def _is_per(found: Sequence[Token], index: int) -> bool:
    """True for the 1.000 of `3 lỗi trên 1.000 dòng lệnh`, by which the amount before it is counted."""
    if index < 3 or found[index - 1].words != "trên":
        return False
    start = max(index - 4, 0)
    letters = "".join(token.letter for token in found[start : index - 1])
    number = letters.rfind("N")
    return number >= 0 and not letters[number + 1 :].strip("".join(_COUNTING))


def _is_one_per(found: Sequence[Token], index: int) -> bool:
    """True for `một` of `35 giường bệnh trên một vạn dân`, and for `1`."""
    is_one = found[index].words in {"một", "1", "01"} and index + 1 < len(found)
    return is_one and found[index + 1].letter == LETTERS["scale"] and _is_per(found, index)


def _is_numbered(found: Sequence[Token], index: int) -> bool:
    """True for `trong năm 2026`, `trong quý I` and `trong tháng 6`, which are times; `trong quý 2 lớp` is each."""
    if index + 1 >= len(found):
        return False
    token = found[index + 1]
    after = found[index + 2].letter if index + 2 < len(found) else ""
    is_count = token.letter == LETTERS["number"] and found[index].words.startswith("trong") and after not in _COUNTED
    return is_year(token) or (is_count and after != LETTERS["word"]) or token.words in ROMAN


def _is_counted(found: Sequence[Token], index: int) -> bool:
    """True for a number of three digits or more in front of a unit."""
    if index + 1 >= len(found) or found[index].letter != LETTERS["number"]:
        return False
    return len(found[index].words) > 2 and found[index + 1].letter in _COUNTED | _COUNTING


def _is_grade(found: Sequence[Token], index: int) -> bool:
    """True for `mức` of `sự cố mức 1`, whose number is a name."""
    following = found[index + 1].words if index + 1 < len(found) else ""
    after = found[index + 2].letter if index + 2 < len(found) else ""
    return following.isdecimal() and len(following) == 1 and after not in _COUNTED


def _is_part(found: Sequence[Token], index: int, before: str) -> bool:
    """True for the score `8,5/10` and for `17/99` of `đạt 17/99 xã`, not for the day of `trước 15/6` and a third."""
    match = _SHARE_OF.fullmatch(found[index].words)
    is_counted = index + 1 < len(found) and found[index + 1].letter in {LETTERS["unit"], LETTERS["single"]}
    is_counted = is_counted or (index + 1 < len(found) and found[index + 1].words == "kỳ")
    if (
        match and is_counted and (int(match[2].replace(".", "")) > _MONTHS or match[1] == match[2])
    ):  # no day: `12/24 xã`
        return True
    is_listed = before == LETTERS["comma"] and index + 1 < len(found) and found[index + 1].letter in _COUNTING
    if match is None or (before and before not in _MEASURED and not is_listed):
        return False
    following = found[index + 1].words if index + 1 < len(found) else ""
    if match[1] in {"1", "01"} and (not following or found[index + 1].letter in _ENDING):  # a ratio: `đạt 1/20`
        return False
    whole = int(match[2].replace(".", ""))
    is_small = number(match[1]) <= whole and (match[1] != "1" or whole > 9)
    is_whole = match[1] == match[2] and following != ""
    is_score = "," in match[1] or "." in match[1] or following == "điểm"
    is_score = is_score or (whole == 5 and following == "trở lên")  # `mức độ hài lòng từ 4/5 trở lên`
    is_few = is_counted and found[index + 1].words != "chỉ tiêu"  # `2/3 chỉ tiêu` may be two or a share
    return is_small and (whole > 5 or is_whole or is_score or is_few) and following not in {"số", "tổng số"}


def _is_point(found: Sequence[Token], index: int, before: str) -> bool:
    """True for the `0.5` of `0.5%` and of `≥ 0.5`, not for the `2.1` of an outline."""
    following = found[index + 1].letter if index + 1 < len(found) else ""
    is_value = before in _COMPARING or following in _COUNTED or not (before or following)
    return is_value and _POINT.fullmatch(found[index].words) is not None


def is_year(token: Token) -> bool:
    """True for a number that may be a year: 1900 to 2199."""
    words = token.words
    return token.letter == LETTERS["number"] and words.isdecimal() and len(words) == 4 and int(words) in _YEARS


def _is_below_zero(found: Sequence[Token], index: int) -> bool:
    """True for `-5%`, not for `80-90%` and not for `- 5%`, a bullet."""
    if not index or found[index - 1].letter != LETTERS["dash"] or found[index - 1].end < found[index].start:
        return False
    return index < 2 or found[index - 2].end < found[index - 1].start


def _is_ordinal(found: Sequence[Token], index: int) -> bool:
    """True for the number of `1. Phấn đấu` and of `2) Phấn đấu`."""
    if index + 1 >= len(found) or (index and found[index - 1].letter != LETTERS["stop"]):
        return False
    following = found[index + 1]
    opened = [token.letter for token in found[:index] if token.words in {"(", ")"}]
    if "," in found[index].words or following.words == ";" or opened[-1:] == [LETTERS["open"]]:
        return False
    return following.letter in {LETTERS["stop"], LETTERS["close"]} and following.start == found[index].end


def _number_words(found: Sequence[Token], index: int, before: str) -> int:
    """How many tokens from one on are together a number in words; 0 if they are none."""
    words = [token.words for token in found[index : index + 6]]
    if words[0] not in DIGITS:
        return 0
    count = next((n for n, word in enumerate(words) if word not in DIGITS and word not in {"mươi", "trăm"}), len(words))
    following = found[index + count] if index + count < len(found) else None
    after = following.words if following else ""
    if words[0] == "không":
        return int(count == 1 and before == LETTERS["equal"] and (not following or following.letter in _ENDING))
    if after in _NO_NUMBER.get(words[0], ()) or (words[0] == "năm" and following and is_year(following)):
        return 0
    is_compared = before in _COMPARING or after in {"%", "phần trăm"}
    per = [token.letter for token in found[index + count + 1 : index + count + 3]]  # `hai đợt/năm`
    counts = following is not None and (
        following.letter == LETTERS["unit"] or per == [LETTERS["slash"], LETTERS["time"]]
    )
    counts = counts and (not before or before in _BEGINNING)
    is_run = any(DIGITS.get(one, 10) < 10 > DIGITS.get(other, 10) for one, other in pairwise(words[:count]))
    if is_run or (index and found[index - 1].words == "vài"):  # `bốn năm sáng kiến`, `hai năm một lần`
        return 0
    is_first = _is_low_end(found, index, index + count) and before != LETTERS["time"]
    return count if is_compared or counts or is_first or (following and _is_done(found, index, following)) else 0


def _is_low_end(found: Sequence[Token], index: int, end: int) -> bool:
    """True for the first number of `hai đến ba lớp` and `ba - năm mô hình`; `năm đến 2030` is a year."""
    if end + 1 >= len(found) or found[end].letter not in {LETTERS["to"], LETTERS["dash"]}:
        return False
    upper = found[end + 1]
    return upper.words in DIGITS or (upper.letter == LETTERS["number"] and found[index].words != "năm")


_NOUNS = {"công ty", "tnhh", "nhóm", "lớp", "mô hình", "cụm", "khối", "tổ", "liên", "vòng"}
"""Before a number in words these make a name of it: `công ty TNHH một thành viên`."""
_MOST_OF_VERB = 2


def _is_done(found: Sequence[Token], index: int, following: Token) -> bool:
    """True for a number in words behind the verb of one or two syllables that a clause begins with, if what it counts
    stands behind it: `phát động ba đợt ra quân`."""
    start = next((at + 1 for at in range(index - 1, -1, -1) if found[at].letter in _CLAUSE_ENDS), 0)
    verb = found[start:index]
    is_verb = 0 < len(verb) <= _MOST_OF_VERB and all(token.letter in _VERBAL for token in verb)
    is_counted = following.letter == LETTERS["unit"] or following.words in {"đợt", "kỳ", "khóa", "giải", "tổ", "nhóm"}
    return is_verb and is_counted and found[index].words != "năm" and not {token.words for token in verb} & _NOUNS


_CLAUSE_ENDS = {LETTERS[kind] for kind in ("stop", "comma", "and")}
_VERBAL = {LETTERS[kind] for kind in ("word", "verb")}
