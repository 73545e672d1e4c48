"""What of a target phrase no form has used: a number, a sign or a comparing word left over is a finding.

`bé hơn 5%` must never become "at least 5%" because `bé` is not known. `left_over` looks at every number and every
comparing word of a text whose targets were found, and says which one means nothing in them; `is_alone` whether an
amount without any other word for a target may count as one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from qmsplan.diagnostics import Message
from qmsplan.model.structured import Comparator
from qmsplan.phrases.tables import Expression
from qmsplan.phrases.target import UPPER_LIMITS, Target
from qmsplan.phrases.target_doubts import doubts_of
from qmsplan.phrases.target_forms import DIRECTION, LONE
from qmsplan.phrases.target_numbers import is_plain_code
from qmsplan.phrases.target_parts import COMPARING, FoundTarget, doubts_between, with_shared
from qmsplan.phrases.target_times import PIECE_ENDS, several_times, stray_times
from qmsplan.phrases.target_tokens import PatternMatch, ScannedText, is_year
from qmsplan.phrases.target_vocabulary import ADVERSE, LETTERS, letters_of, number

_COMMA = LETTERS["comma"]
_STOPS = letters_of("stop", "comma")
_BREAKS = letters_of("stop", "comma", "and")
_LEADS = letters_of("aim", "link", "inside", "from", "verb")
_SURE = letters_of("least", "more", "most", "less", "highest")
"""Kinds of comparing words of which those of several syllables compare wherever a number follows."""
_SIGN_LETTER, _MARK, _UP, _DOWN, _SHARE = (LETTERS[kind] for kind in ("sign", "mark", "up", "down", "share"))
_APPLIED = Expression(
    "(?:duy trì (?:hiệu lực|áp dụng|hệ thống|chứng nhận)"
    "|áp dụng|triển khai|thí điểm|hợp tác|liên kết|xây dựng|mở rộng|kiểm tra|lắp đặt|ký kết) ",
)
"""Verbs of what is done at so many places: `áp dụng ISO 15189:2022 tại 04 khoa`, where no other number stands."""
_LONG = letters_of("time", "duration")


def is_alone(reading: ScannedText, match: PatternMatch, asking: Collection[str]) -> bool:
    """True for an amount that is the only one of its part of a sentence, or that no word ties to what stands before:
    `Trồng mới 1.200 cây`, not the five of `95% hồ sơ của 5 đơn vị`."""
    letters = reading.letters
    others = [other for other in reading.matches if other.row.pattern in asking]
    earlier = [other for other in others if other.end <= match.start]
    before = reading.words(match.start - 1, match.start).lower() if match.start else ""
    if earlier and _is_added(reading, match, before, earlier[-1]):
        return True
    if (not others and _is_of_change(reading, match, before)) or _is_where(reading, before):
        return False
    stop = reading.first(_STOPS + LETTERS["open"], match.end)
    behind = any(match.end <= other.start < stop for other in others)
    is_rate = _is_measure(reading, reading.begin(match.start, _STOPS))  # `tỷ lệ trẻ tiêm đủ 8 loại vắc xin đạt 95%`
    if behind and is_rate and _counts(reading, match):
        return False
    start = max((other.end for other in earlier), default=0)
    is_tied = reading.is_at(match.start - 1, letters_of("link", "inside", "slash", "open"))
    is_first = start <= max(letters.rfind(LETTERS[kind], 0, match.start) for kind in ("stop", "comma", "and", "subset"))
    return (is_first or start == 0) and not (is_tied and behind)


def _is_of_change(reading: ScannedText, match: PatternMatch, before: str) -> bool:
    """True for `giảm cả 3 tiêu chí`, which says nothing of how much."""
    return before == "cả" and reading.holds(letters_of("reduce", "increase"), 0, match.start)


def _is_where(reading: ScannedText, before: str) -> bool:
    """True behind a word for a time or a place, unless the places are what is counted: `áp dụng … tại 04 khoa`."""
    is_place = before in {"tại", "ở", "với"} and reading.letters.count("N") == 1 and _APPLIED.match(reading.text)
    return before in _TIMED_BY or (before in _INSIDE and not is_place)


_TIMED_BY = frozenset({"tháng", "quý", "ngày"})
_INSIDE = frozenset({"trong", "tại", "của", "ở", "thuộc", "với"})


def _is_added(reading: ScannedText, match: PatternMatch, before: str, earlier: PatternMatch) -> bool:
    """True for an amount beside the one before it: `04 lớp cho 320 lượt người`, `25 dự án với vốn 600 triệu USD`."""
    is_last = "N" not in reading.letters[match.end : reading.first(_STOPS, match.end)]
    if before in {"cho", "với"} and _counts(reading, match) and _counts(reading, earlier):
        return True
    if before == "cho" and is_last and _counts(reading, match):  # `hoàn trả 50% học phí cho 30 sinh viên`
        return True
    is_money = reading.tokens[match.end - 1].words.endswith(("đồng", "usd"))
    return is_money and "với" in {token.words for token in reading.tokens[earlier.end : match.start]}


def _is_measure(reading: ScannedText, clause: int) -> bool:
    """True for a clause that begins with what is measured, a rate or a length of time: a number inside its name is no
    value."""
    is_time = reading.words(clause, clause + 2).lower() in {"thời gian", "thời lượng"}
    return is_time or reading.is_at(clause, letters_of("share", "noun"))


def _counts(reading: ScannedText, match: PatternMatch) -> bool:
    """True for an amount that is no share: `04 lớp`, and `320 lượt người` of `04 lớp cho 320 lượt người`."""
    return not reading.holds(letters_of("percent", "points"), match.start, match.end)


_OPEN = (LONE, DIRECTION)
"""The forms that take no number as their own."""
_LENGTHS = {"trong 5 ngày", "phản hồi kiến nghị trong vòng 48 giờ"}
"""The examples of the forms for a length of time, which may be a part of what is counted."""


def left_over(reading: ScannedText, found: Sequence[FoundTarget], targets: Sequence[Target]) -> Message | None:
    """What the targets found in a text do not use; None if nothing is left over."""
    shared = list(with_shared(reading, found))
    doubts = chain(doubts_of(reading, shared, targets), doubts_between(reading, shared))
    is_ranked = any(entry.target.is_rank for entry in found)
    used = _used(reading, found, targets)
    left = (_left(reading, index, used, is_ranked=is_ranked) for index in range(len(reading.letters)))
    times = chain(several_times(reading, found), stray_times(reading, found))
    return next(chain(filter(None, left), _left_of_values(reading, found), doubts, times), None)


def unused_comparison(reading: ScannedText) -> Message | None:
    """Why a text without a number is no mere direction: a word in it compares (`ít nhất giải nhất`), and not with an
    earlier time, as in `cao hơn năm trước`; None if none does."""
    held = _indexes(match for match in reading.matches if match.row not in _OPEN)
    for index in re.finditer(_COMPARES_NOTHING, reading.letters):
        if index.start() not in held and "năm 20" not in reading.words(index.start(), len(reading.letters)).lower():
            return reading.unclear(index.start(), index.start() + 4)
    return None


_COMPARES_NOTHING = (
    f"(?<!{LETTERS['curb']})[{letters_of('least', 'more', 'most', 'less', 'sign', 'roughly')}]"
    f"(?!.*[{letters_of('base', 'earlier')}])"
)


def said_of(targets: Sequence[Target]) -> str:
    """What targets keep of a text in its own words, in lower case: what they count, and what they start from."""
    kept = [text for target in targets for text in (target.population, target.baseline_text)]
    inner = [target.criterion for target in targets if target.criterion]
    return " ".join(kept).lower() + (f" {said_of(inner)}" if inner else "")


class _Used(NamedTuple):
    """Which letters of a text its targets are made of, which a form holds besides, which are lengths of time; and what
    the targets keep of the text in its own words."""

    taken: frozenset[int]
    held: frozenset[int]
    lengths: frozenset[int]
    said: str


def _used(reading: ScannedText, found: Sequence[FoundTarget], targets: Sequence[Target]) -> _Used:
    taken = frozenset(index for entry in found for index in range(entry.start, entry.end))
    closed = [match for match in reading.matches if match.row not in _OPEN]
    lengths = _indexes(match for match in closed if match.row.example in _LENGTHS)
    return _Used(taken, taken | _indexes(closed), lengths, said_of(targets))


def _left(reading: ScannedText, index: int, used: _Used, *, is_ranked: bool) -> Message | None:
    """Why the token at a place is left over: a number or a comparing word that no form has used. Of ranks `cao nhất` is
    none: `20 tỉnh có chỉ số cao nhất`."""
    letter = reading.letters[index]
    if letter == "N" and _is_parted(reading, index):
        return reading.unread(index - 1, index + 2)
    if letter == "N":
        return reading.unsaid(index, index + 2) if _says_nothing(reading, index, used) else None
    if letter == LETTERS["odd"]:
        is_known = index in used.taken or is_plain_code(reading, index)
        return None if is_known else reading.unread(index, index + 2)
    if index in used.held or (is_ranked and letter == LETTERS["highest"]) or not _compares(reading, index):
        return None
    return reading.unclear(index, min(index + 4, len(reading.tokens)))


def _indexes(matches: Iterable[PatternMatch]) -> frozenset[int]:
    return frozenset(index for match in matches for index in range(match.start, match.end))


def _says_nothing(reading: ScannedText, index: int, used: _Used) -> bool:
    """True for a number that belongs to nothing: no target has it, no word names something by it."""
    if index in used.taken:
        return False
    if _counts_after_name(reading, index) or (index not in used.held and not _is_named(reading, index, used.said)):
        return True
    return index in used.lengths and _is_unsaid(reading, index, used)


def _is_unsaid(reading: ScannedText, index: int, used: _Used) -> bool:
    """True for a length of time beside a target that does not keep it: `tối đa 15 phút …, 60 phút …`."""
    letters, is_within = reading.letters, _is_within(reading, index)
    if not (is_within or _is_beside(reading, index, used.taken)):
        return False
    before = max((at for at in used.taken if at < index), default=index)
    is_parted = _COMMA in letters[before:index] or (before == index and is_within)
    is_parted = is_parted and reading.is_at_or_end(index + 2, _STOPS)
    is_listed = is_parted or reading.is_at(max(index - 1, 0), letters_of("comma", "and"))
    return is_listed or reading.tokens[index].words not in used.said


def _is_parted(reading: ScannedText, index: int) -> bool:
    """True for a number that may be the head of the next one: 1.500 of `1 500 trẻ`, but not of `Quý 1 500 trẻ`."""
    typed = reading.text[reading.tokens[index].start : reading.tokens[min(index + 1, len(reading.tokens) - 1)].end]
    return _PARTED.fullmatch(typed) is not None


_PARTED = re.compile(r"\d{1,3}\s\d{3}")


def _left_of_values(reading: ScannedText, found: Sequence[FoundTarget]) -> Iterator[Message]:
    letters = reading.letters
    for entry in found:
        yield from _repeated(reading, entry)
        end, near = reading.first(_STOPS, entry.end), max(entry.start - 2, 0)
        if _goes_on(letters[entry.end : end], entry.target.comparator) or _is_compared_behind(reading, entry, end):
            yield reading.unclear(entry.start, end)
        if _is_denied(reading, entry) or _is_aside(reading, entry):
            yield reading.unclear(near, entry.end)
        if _is_cut(reading, entry) or _may_change(reading, entry):
            yield reading.unclear(near, entry.end + 2)
        if names_duration(reading, entry):
            words = reading.words(entry.start, entry.end)
            yield Message("'{words}' may be a part of the name of a rate", words=words)


def _goes_on(after: str, comparator: Comparator) -> bool:
    """True if `trở xuống`, or `trở lên` behind what is an end itself, stands behind a value; `2-3 đề tài cấp tỉnh trở
    lên` says of which kind they are."""
    is_ranged = comparator is Comparator.BETWEEN and after.find(_UP) > 1
    is_end = comparator in UPPER_LIMITS | {Comparator.BETWEEN} and not is_ranged and "N" not in after
    return _DOWN in after or (_UP in after and is_end)


def _is_cut(reading: ScannedText, entry: FoundTarget) -> bool:
    """True for a value that goes on behind its end (`1 giáo viên/25 trẻ`, `1 tỷ rưỡi`), for one below zero (`tăng
    trưởng âm 2%`) and for a sign with another one before it (`~> 90%`)."""
    before = reading.tokens[entry.start - 1] if entry.start else None
    is_glued = before is not None and before.end == reading.tokens[entry.start].start
    if (
        is_glued
        and reading.letters[entry.start] == _SIGN_LETTER
        and before
        and before.letter in letters_of("dash", "mark")
    ):
        return True
    behind = reading.letters[entry.end : entry.end + 2]
    inside = {token.words for token in reading.tokens[entry.start : entry.end + 1]}
    digits = [token.words for token in reading.tokens[entry.end - 1 : entry.end + 1]]
    if digits in (["con", "số"], ["chữ", "số"]):  # `tăng trưởng 2 con số`
        return True
    return behind in (LETTERS["slash"] + "N", _MARK + "N") or not inside.isdisjoint({"rưỡi", "âm"})


def _may_change(reading: ScannedText, entry: FoundTarget) -> bool:
    """True for a value that may be that of a change: a bare share at the end of what is reduced or increased, `giảm số
    người nghiện mỗi năm 5%`, may be by 5% or down to 5%."""
    letters, target = reading.letters, entry.target
    if entry.words.get("none", "").lower() == "không để" and target.value == 0:  # `không để số vụ cháy tăng`
        end = reading.first(_BREAKS + LETTERS["base"], entry.end)
        changes = letters_of("reduce", "increase", "more", "less")
        return not reading.holds("N", entry.end, end) and reading.holds(changes, entry.end, end)
    if target.is_rank and target.comparator is Comparator.MORE:  # `vượt 2 bậc` is no rank above the second
        return True
    if target.quantity != "%" or target.value is None or letters[entry.start - 1 : entry.start] == LETTERS["aim"]:
        return False
    if target.comparator is Comparator.INCREASE:  # `nâng tỷ lệ hài lòng 90%`: a rate does not rise by so much
        is_rate = _SHARE in letters[entry.start : entry.end] and LETTERS["base"] not in letters[entry.end :]
        return is_rate and not target.in_points and target.value >= _NO_RISE
    return (
        target.comparator is Comparator.AT_LEAST
        and entry.compared in ({"up"}, {"from"}, set())
        and _ends_change(reading, entry)
    )


def _ends_change(reading: ScannedText, entry: FoundTarget) -> bool:
    """True for the only number of its clause, at whose end it stands behind a word of change."""
    begin, end = reading.begin(entry.start, _BREAKS), entry.end
    is_end = reading.is_at_or_end(end, PIECE_ENDS) or (reading.is_at(end, _LINKS) and reading.is_at(end + 1, _TIMED))
    is_alone = is_end and not reading.holds("N", begin, entry.start)
    return is_alone and reading.holds(letters_of("reduce", "increase"), begin, entry.start)


_NO_RISE = 30
_LINKS, _TIMED = letters_of("link", "inside"), letters_of("time", "label")


def _repeated(reading: ScannedText, entry: FoundTarget) -> Iterator[Message]:
    """The number in brackets behind a value may only say the value again: `02 (hai) lớp`."""
    opened = reading.letters.find(LETTERS["open"], entry.start, entry.end)
    for index in range(opened, entry.end) if opened >= 0 else ():
        if reading.letters[index] == "N" and number(reading.tokens[index].words) != entry.target.value:
            yield reading.unsaid(index, index + 2)


_OF_PAPERS = {"số", "điều", "khoản", "tiêu chuẩn", "phiên bản", "trang", "nghị quyết", "iso", "tcvn", "qcvn", "quốc lộ"}
_OF_PAPERS |= {"bộ", "iso/iec", "tcvn iso", "tcvn iso/iec", "vilas", "tổng đài", "hotline", "đường dây nóng"}
"""Names whose numbers may be large or stand before anything: `Quyết định số 150`, `quốc lộ 279`."""


def _counts_after_name(reading: ScannedText, index: int) -> bool:
    """True for a number behind a word that names by numbers, if something counted stands behind it or it is large:
    `đợt 3 lớp` may be three classes; and for the 3 of `cứ 3 tháng có 2 buổi`."""
    before, number_typed = reading.tokens[index - 1] if index else None, reading.tokens[index].words
    if before is not None and before.words == "cứ":
        return reading.is_at(index + 1, _LONG)
    if before is None or before.letter != LETTERS["label"] or before.words in _OF_PAPERS or " số" in before.words:
        return False
    is_counted = reading.is_at(index + 1, letters_of("unit", "single"))
    return is_counted or (
        number_typed[0].isdecimal() and number(number_typed) >= 100 and not is_year(reading.tokens[index])
    )


def _is_named(reading: ScannedText, index: int, said: str) -> bool:
    """True for a year, and for a number that words before it make a part of what a target counts, or of a name."""
    token, before = reading.tokens[index], reading.letters[index - 1] if index else ""
    is_part = reading.tokens[index - 1].words in {"cả", "từng"} if index else False
    if is_part and "%" in reading.text[: token.start]:  # `giảm 5% trên cả 3 tiêu chí`: of each of them
        return True
    clause = reading.begin(index, _STOPS)
    end = reading.first(_STOPS, index)
    is_rate = _is_measure(reading, clause)
    is_part = is_part or (is_rate and "N" in reading.letters[index + 1 : end])
    is_part = is_part or (bool(before) and before in letters_of("link", "inside", "slash", "label", "place", "time"))
    return is_year(token) or (is_part and token.words in said)


def _compares(reading: ScannedText, index: int) -> bool:
    """True for a comparing word or sign that stands right before a number, though no form used it, and for `cao hơn`
    before anything else: `20 hồ sơ nhiều hơn năm trước` may be twenty more."""
    letters, letter = reading.letters, reading.letters[index]
    words = reading.tokens[index].words
    if letter == _SIGN_LETTER or (letter in COMPARING and words.endswith(" hơn")):
        return True
    if letter not in COMPARING:
        return letter == _MARK and _is_mark_of_value(reading, index)
    is_sure = letter in _SURE and (" " in words or words in {"vượt", "max", "min"})
    after = reading.ahead(index + 1, _LEADS, min(index + 3, len(letters)))
    return letters[after : after + 1] == "N" or (is_sure and _compares_far(reading, index))


def _compares_far(reading: ScannedText, index: int) -> bool:
    """True for a word that compares a number further behind it, or none: `(tối đa)`."""
    words, letters = reading.tokens[index].words, reading.letters
    if reading.is_at_or_end(index + 1, letters_of("stop", "close")):
        return words != "vượt"
    before_number, number, _ = letters[index + 1 : reading.first(_STOPS, index)].partition("N")
    is_name = words == "vượt" and before_number.startswith(LETTERS["word"])  # `số vụ vượt biên giảm 15%`
    return number != "" and not (is_name and set(before_number) & set(letters_of("reduce", "increase", "sign") + _SURE))


def _is_mark_of_value(reading: ScannedText, index: int) -> bool:
    """True for a mathematical sign or an arrow (`↑ 5%`), and for any mark that touches the number behind it but those
    that only open a text."""
    mark, letters = reading.tokens[index], reading.letters
    if mark.words in "↑↓↗↘⬆⬇|":
        return True
    if letters[index + 1 : index + 2] != "N":
        return False
    is_near = mark.end == reading.tokens[index + 1].start and mark.words not in {'"', "'", "“", "•", "*", "["}
    return is_near or unicodedata.category(mark.words) == "Sm"


def _is_beside(reading: ScannedText, index: int, taken: frozenset[int]) -> bool:
    """True for a token whose sentence holds a target."""
    return not taken.isdisjoint(range(reading.begin(index, LETTERS["stop"]), reading.first(LETTERS["stop"], index)))


def _is_within(reading: ScannedText, index: int) -> bool:
    """True for a length behind `trong`, in which something is to be done: `…; phản ánh khẩn trong 2 giờ`."""
    return index > 0 and reading.words(index - 1, index).lower() in {"trong", "trong vòng", "trong thời hạn"}


def _is_compared_behind(reading: ScannedText, entry: FoundTarget, end: int) -> bool:
    """True for a comparing word behind its value: `3 vụ tối đa`, `5% là cao nhất`."""
    last = reading.back(end, LETTERS["close"], min(entry.end + 1, end)) - 1  # `5% (tối đa)`
    if reading.words(last - 1, last + 1).lower() == "hoặc tương đương":  # `90% hoặc tương đương`
        return True
    if last < entry.end or reading.letters[last] not in _SURE or entry.compared:
        return False
    is_near = last == entry.end or reading.tokens[last - 1].words in {"là", "("}
    return is_near or (" " in reading.tokens[last].words and reading.letters[last] != LETTERS["highest"])


def _is_denied(reading: ScannedText, entry: FoundTarget) -> bool:
    """True for `không đạt 5%`, for `không yêu cầu đạt 90%`, and for a value to be held down that is read as one to be
    attained."""
    clause = reading.begin(entry.start, _STOPS)
    is_no = reading.tokens[clause].words in {"không", "chưa", "chẳng", "đừng", "miễn"}
    if is_no and reading.letters[clause] != LETTERS["aim"] and entry.target.value != 0:
        names = reading.tokens[clause + 1].words == "đạt" and entry.target.comparator in UPPER_LIMITS
        return "none" not in entry.words and clause < entry.start and not names  # `chưa đạt không quá 2%`
    if entry.target.comparator not in {Comparator.AT_LEAST, Comparator.RANK}:
        return False
    start, letters = entry.start, reading.letters
    begin = reading.begin(start, _STOPS)
    if LETTERS["curb"] in letters[begin:start]:
        return True
    while start > begin and (
        letters[start - 1] in letters_of("aim", "verb") or reading.tokens[start - 1].words in {"được", "tới", "đến"}
    ):
        start -= 1
    is_found = reading.words(begin, begin + 3).lower() == "tỷ lệ phát hiện"  # `tỷ lệ phát hiện mẫu không đạt ≥ 2%`
    return start > begin and reading.tokens[start - 1].words in {"không", "chưa"} and not is_found


def _is_change_in(reading: ScannedText, opened: int, reached: Target) -> bool:
    """True for a change before a bracket in what is reached: by points of a share, or in its unit."""
    clause = reading.letters[reading.begin(opened, _STOPS) : opened]
    is_share = reached.quantity == "%"
    counted = letters_of("points") if is_share else letters_of("unit", "single", "word")
    return bool(re.search(f"[{letters_of('increase')}][^N]*N[{counted}]", clause))


_OF_PLAN = re.compile("(?:chỉ tiêu|kế hoạch|dự toán|mục tiêu|tổng|số)")
_COUNT_BEFORE = re.compile(
    f"^[^{letters_of('percent', 'points', 'reduce', 'increase', 'downto', 'upto')}]*N[^{letters_of('stop', 'comma')}]*$"
)


def _is_aside(reading: ScannedText, entry: FoundTarget) -> bool:
    """True for a value in brackets that no word compares: beside another target it says what is, not what will be."""
    opened = reading.letters.rfind(LETTERS["open"], 0, entry.start)
    is_inside = opened >= 0 and LETTERS["close"] not in reading.letters[opened : entry.start]
    behind = reading.tokens[entry.end].words if entry.end < len(reading.tokens) else ""
    if entry.target.quantity == "%" and _OF_PLAN.match(behind):  # `1.850 sinh viên (đạt 100% chỉ tiêu)`
        return False
    is_near = reading.is_at_or_end(entry.end, letters_of("close", "base"))
    is_said = opened >= 0 and reading.words(opened + 1, entry.start).lower() in {"đạt", "chiếm", "tỷ lệ", "đạt tỷ lệ"}
    if is_near and is_said and _COUNT_BEFORE.search(reading.letters[:opened]):  # `07 thư viện (đạt 58,3%)`
        return False
    is_reached = opened >= 0 and reading.tokens[opened + 1].words in {"đạt", "lên", "thành"}
    if is_reached and is_near and _is_change_in(reading, opened, entry.target):  # `tăng 3 điểm phần trăm (đạt 71%)`
        return False
    if is_near and entry.target.is_relative and reading.holds("N", 0, max(opened, 0)):
        return False  # `còn 1,2% (giảm 0,3%)`, `12 ngày (giảm 3 ngày so với quy định)`
    compares = entry.compared or LETTERS["subset"] in reading.letters[max(opened, 0) : entry.start]
    return is_inside and not compares and reading.holds(letters_of("number", "none"), 0, max(opened, 0))


def names_duration(reading: ScannedText, entry: FoundTarget) -> bool:
    """True for `<30 ngày` of `Tỷ lệ tái nhập viện <30 ngày`: a rate is no length of time; and for what happens within
    one and is to be kept small: `tử vong trong vòng 24 giờ`."""
    start = reading.begin(entry.start, _STOPS)
    last = reading.letters[max(entry.end - 2, entry.start) : entry.end]
    has_length = last[-1] in _LONG and last[0] != LETTERS["slash"]
    adverse = ADVERSE.match(reading.words(start, entry.start)) if "inside" in entry.words else None
    is_rate = reading.letters[start : start + 1] == _SHARE or (adverse is not None and not adverse["far"])
    return has_length and is_rate and entry.target.is_measurable
