"""What stands around a value and may change its meaning, so that the value alone would be read wrong.

A bare `5%` is "at least 5%" only where nothing says otherwise. `lệch 5%`, `giảm thời gian chờ 15 phút`, `bằng 110% so
với năm trước`, `85% hoặc 90%`, `năm 2026 đạt 85%, năm 2030 đạt 95%` say otherwise: each is a finding, never the value
without its words. A word that is harmless beside a number is a word that leads in (`target_vocabulary`, kinds `aim`,
`verb`, `link`) or the usual end of what is measured (`MEASURED`). One that qualifies the number is told, and so is one
that is not known before a share; before a count (`5 vụ`) it is a part of what is counted, unless it is a comparing word
with other marks (`target_parse`). `target_vocabulary` holds both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from qmsplan.diagnostics import Message
from qmsplan.model.structured import Baseline, Comparator
from qmsplan.phrases import target_vocabulary as lex
from qmsplan.phrases.tables import Expression, table_beside
from qmsplan.phrases.target import NO_CHANGE, UPPER_LIMITS, Target
from qmsplan.phrases.target_context import EARLIER
from qmsplan.phrases.target_forms import BY_OR_TO, MOST_OR_LEAST
from qmsplan.phrases.target_parts import FoundTarget
from qmsplan.phrases.target_tokens import ScannedText
from qmsplan.phrases.target_vocabulary import ENDS, LETTERS, NAMING, letters_of, number

_LEADS = letters_of("aim", "link", "inside", "verb", "from", "to", "strive", "each", "share")
_REDUCE, _INCREASE, _BASE, _COMMA, _AND, _SHARE, _AIM = (
    LETTERS[kind] for kind in ("reduce", "increase", "base", "comma", "and", "share", "aim")
)
_TABLE = table_beside(__file__)
_OF_WHOLE, _REPORTED, _COUNTED = (Expression(_TABLE[name]) for name in ("of_whole", "reported", "counted"))
"""What a share may be of: `đạt 3-4% so với tổng số đảng viên`, `đạt 95% so với kế hoạch`."""
_ALL = 100
_THOUSANDS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")


class _Clause(NamedTuple):
    """A value with the words around it that speak of nothing else: the tokens from `begin` to `end` (exclusive)."""

    reading: ScannedText
    entry: FoundTarget
    target: Target
    begin: int
    end: int

    @property
    def is_share(self) -> bool:
        """True for per cent."""
        return self.target.quantity == "%"

    @property
    def is_plain(self) -> bool:
        """True for a value that no word compares: `5%`, not `từ 5%`."""
        return not self.entry.compared and self.target.comparator is Comparator.AT_LEAST

    @property
    def before(self) -> list[str]:
        """The words before the value."""
        return [token.words for token in self.reading.tokens[self.begin : self.entry.start]]

    @property
    def last(self) -> set[str]:
        """The last word before the value, and the last two; none if it begins the clause."""
        return {self.before[-1], " ".join(self.before[-2:])} if self.before else set()

    @property
    def behind(self) -> str:
        """The text behind the value."""
        return self.reading.words(self.entry.end, self.end)

    def behind_base(self) -> tuple[str, bool, str]:
        """The text behind the value up to `so với`, whether that stands there, and the text behind it."""
        at = self.reading.letters.find(_BASE, self.entry.end, self.end)
        if at < 0:
            return self.behind, False, ""
        return self.reading.words(self.entry.end, at), True, self.reading.words(at + 1, self.end)

    @property
    def is_last(self) -> bool:
        """True if the clause ends with its value."""
        return self.entry.end >= self.end or self.reading.letters[self.entry.end] in ENDS

    @property
    def near(self) -> int:
        """Where the words begin that a message shows."""
        return max(self.begin, self.entry.start - 3)


def doubts_of(reading: ScannedText, found: Sequence[FoundTarget], targets: Sequence[Target]) -> Iterator[Message]:
    """Why targets that were found may mean something else than what was read."""
    for index, (entry, target) in enumerate(zip(found, _flat(targets), strict=False)):
        begin = max(found[index - 1].end if index else 0, reading.begin(entry.start, ENDS))
        end = found[index + 1].start if index + 1 < len(found) else len(reading.letters)
        clause = _Clause(reading, entry, target, begin, min(end, reading.first(ENDS, entry.end)))
        words = reading.words(clause.near, entry.end)
        if other := _of_other_year(clause):
            yield Message(BEYOND.template, words=other)
        elif counted := _counts_what_changes(clause):
            yield Message(OF_ALL.template, words=counted)
        elif any(is_unclear(clause) for is_unclear in _UNCLEAR):
            yield reading.unclear(clause.near, min(clause.end, entry.end + 3))
        elif _is_by_or_to(clause):
            yield Message(BY_OR_TO.template, words=words)
        elif _may_be_limit(clause):
            yield Message(MOST_OR_LEAST.template, words=words)


def _of_other_year(clause: _Clause) -> str:
    """A year in brackets behind a value that goes beyond it, so that it may be asked for later: `(năm 2027: 95%)` of
    `đạt 85% (năm 2027: 95%)`; "" if there is none."""
    reading, target = clause.reading, clause.target
    opened = reading.first(ENDS, clause.entry.end)
    brackets = _OTHER_YEAR.match(reading.words(opened, len(reading.letters)))
    if brackets is None or target.is_relative or target.value is None:
        return ""
    other = number(brackets["value"])
    is_upper = target.comparator in UPPER_LIMITS | {Comparator.RANK}
    is_beyond = other < target.value if is_upper else other > (target.upper or target.value)
    return reading.words(opened, reading.first(letters_of("close"), opened) + 1) if is_beyond else ""


BEYOND = Message("'{words}' goes beyond the target: was it reached before, or is it asked for later?")
_OTHER_YEAR = Expression(r"\(năm 20[0-9]{2}(?: ?:| đạt| là)? (?P<value>[0-9][0-9.,]*)(?![0-9.,])")


def _counts_what_changes(clause: _Clause) -> str:
    """How many of what there is are to fall or rise, where nobody says by how much: `2 trên 3 tiêu chí` of `giảm 2 trên
    3 tiêu chí`; "" where a value tells something else."""
    reading, entry = clause.reading, clause.entry
    is_change = clause.target.is_relative or _last_change(reading, clause.begin, entry.start) is not None
    if clause.is_share or not is_change:
        return ""
    found = _OF_ALL.search(reading.words(clause.begin, clause.end))
    return found[0] if found and found[0].endswith(clause.target.quantity) else ""


OF_ALL = Message("'{words}' says how many are to change, and not by how much")
_OF_ALL = Expression(r"(?:\bcả|\b\d+ (?:trên|trong)(?: tổng số)?) \d+ (?:tiêu chí|chỉ tiêu|chỉ số|nội dung|mặt)\b")


def _is_held_against_other(clause: _Clause) -> bool:
    """True for a rate that is `cao hơn bình quân cả nước ít nhất 5%`, which may be by per cent of it or by points."""
    target = clause.target
    is_change = clause.is_share and target.is_relative and not target.in_points and target.baseline is Baseline.OTHER
    is_more = not {"more", "less"}.isdisjoint(clause.entry.words)
    return is_change and is_more and clause.reading.letters[clause.begin] == _SHARE


def _is_no_amount(clause: _Clause) -> bool:
    """True for 12.500%, for points that nothing changes by: `tỷ lệ giảm nước 1,5 điểm phần trăm`, for a number in words
    of which nobody says what they count: `VND 120 billion`, and for more than there is: `save 100% of files` (kept, and
    not saved as money is)."""
    if clause.is_share and clause.target.falls and not clause.target.in_points and clause.target.value is not None:
        is_all_spared = clause.target.value == _ALL and clause.entry.words.get("reduce", "") in {"save", "tiết kiệm"}
        if is_all_spared or clause.target.value > _ALL:
            return True
    is_points = clause.target.quantity in {"điểm phần trăm", "điểm %", "thousand", "million", "billion"}
    return is_points or (clause.is_share and _THOUSANDS.fullmatch(clause.entry.words.get("n", "")) is not None)


def _flat(targets: Sequence[Target]) -> Iterator[Target]:
    """The targets with what each case has to attain behind them, in the order of the text."""
    for target in targets:
        yield target
        if target.criterion:
            yield from _flat([target.criterion])


def _is_qualified(clause: _Clause) -> bool:
    """True if a word right before a value, or before the words that lead in to it, makes something else of it."""
    reading, entry = clause.reading, clause.entry
    start = reading.back(entry.start, _LEADS, clause.near)
    qualifying = lex.EVEN_COMPARED if entry.compared else lex.QUALIFYING
    if entry.target.comparator is Comparator.RANK:
        qualifying -= lex.RANKING
    if _has(reading, range(max(start - 1, clause.begin), entry.start), qualifying):
        return True
    last = clause.before[-1] if clause.before else ""
    if last in lex.NO and entry.target.value != 0 and not _is_compound(reading, entry.start - 1, last):
        return True
    if last in lex.MEAN and entry.target.value == 1:  # `bình quân 01 bác sĩ …`
        return True
    is_undirected = entry.target.quantity == "%" and last in lex.UNDIRECTED  # `cải thiện 5%`
    return not entry.compared and (is_undirected or _has(reading, range(clause.begin, entry.start), lex.ANYWHERE))


def _is_qualified_behind(clause: _Clause) -> bool:
    """True for a value with nothing but a word behind it that leaves it open: `6 ngày ước`, `95% (dự kiến)`."""
    reading, end = clause.reading, clause.entry.end
    start = end + reading.letters.startswith(LETTERS["open"], end)
    words = " ".join(token.words for token in reading.tokens[start : reading.first(ENDS, start)])
    return words in lex.QUALIFYING_BEHIND


def _has(reading: ScannedText, places: range, words: frozenset[str]) -> bool:
    return any(_ends_in(reading, at, words) for at in places)


def _ends_in(reading: ScannedText, index: int, words: frozenset[str]) -> bool:
    """True if one of some words, of up to three tokens, ends at a token and is no part of another word."""
    ends = (" ".join(token.words for token in reading.tokens[max(index - count, 0) : index + 1]) for count in (2, 1, 0))
    found = next((end for end in ends if end in words), "")
    return bool(found) and not _is_compound(reading, index, found)


def _is_compound(reading: ScannedText, index: int, words: str) -> bool:
    """True for words that end at a token, if the one before makes another word of them: `niên giám thống kê`."""
    first = index - len(words.split())
    before = reading.tokens[first].words if first >= 0 else ""
    return any(before in lex.COMPOUNDS.get(key, ()) for key in (words, words.partition(" ")[0]))


_UNKNOWN = LETTERS["word"]
_STRANGE = letters_of("word", "named")


def _is_unled(clause: _Clause) -> bool:
    """True for a bare share at the end of its clause behind a word that is not known: it may be a part of what is
    measured or qualify the value (`tỷ lệ hài lòng lưng lửng 95%`), and no word such as `đạt` parts the two."""
    reading, entry, begin = clause.reading, clause.entry, clause.begin
    if not (clause.is_plain and clause.is_share and clause.before) or clause.target.value in {0, 100}:
        return False
    is_end = clause.is_last or reading.letters[entry.end] == _AND
    is_known = reading.letters[entry.start - 1] not in _STRANGE and clause.before[-1] not in lex.POINTING
    if is_known or not (is_end or reading.letters[begin] == _SHARE) or not clause.last.isdisjoint(lex.MEASURED):
        return False
    if len(clause.before[-1]) > 1 and reading.words(entry.start - 1, entry.start).isupper():  # `CN-XD 28%`
        return False
    is_part = entry.start - begin < 3 and begin > 0 and reading.letters.count("N") > 1  # `mầm non 70%, tiểu học 85%`
    return not (is_part or _is_in_row(reading, entry))


_SHARE_OF_ONE = f"N[{letters_of('percent')}]"
_ROW = re.compile(
    f"{_SHARE_OF_ONE}(?:[{letters_of('comma', 'stop')}][{NAMING}]{{1,5}}{_SHARE_OF_ONE})+(?={letters_of('stop')}|$)"
)


def _is_in_row(reading: ScannedText, entry: FoundTarget) -> bool:
    """True for a share in a row of shares that each have their subject: `tỷ lệ hài lòng của người bệnh nội trú 93%,
    ngoại trú 90%`."""
    return any(row.start() <= entry.start < row.end() for row in _ROW.finditer(reading.letters))


def _is_interrupted(clause: _Clause) -> bool:
    """True for one or two words that are not known between a number and the word that leads in to it or changes it:
    `đạt lưng lửng 95%`, `giảm lưng lửng 5%`, `từ lưng lửng 5 lớp`; and for `giảm không 5%`, `từ 80% không lên 90%`."""
    reading, entry = clause.reading, clause.entry
    number = reading.letters.find("N", entry.start, entry.end)
    last = reading.letters.rfind("N", entry.start, entry.end)
    if entry.target.is_relative and "roughly" in entry.words:  # `giảm khoảng 5%`
        return True
    if any(token.words in lex.NO for token in reading.tokens[entry.start : max(last, entry.start)]):
        return entry.words.keys().isdisjoint({"none", "over"}) and entry.target.value != 0
    start = reading.back(number, _UNKNOWN, max(clause.begin, number - 3))
    if not max(clause.begin, number - 3) < start < number:
        return False
    words = [token.words for token in reading.tokens[start:number]]
    leads = reading.tokens[start - 1]
    is_name = leads.words == "mức" and start - 1 == clause.begin  # `Mức ăn 22.000 đ`
    is_harm = lex.ADVERSE.fullmatch(" ".join(words)) is not None  # `giảm nợ đọng 50%`
    if is_name or is_harm or not lex.MEASURED.isdisjoint({words[-1], " ".join(words)}):
        return False
    return leads.words in lex.BEFORE_VALUES or leads.letter in _LEADING


_LEADING = letters_of("reduce", "increase", "from", "least", "most")


def _passes_length(clause: _Clause) -> bool:
    """True for `không để mất điện quá 2 giờ` and `không để tồn quá 8`, where nothing is counted: no more
    than that, or none that is more."""
    behind = clause.reading.letters[clause.entry.end : clause.end]
    return "none" in clause.entry.words and clause.target.value == 0 and _PASSED_LENGTH.match(behind) is not None


_THINGS = letters_of("unit", "single", "label", "noun", "place")
_PASSED_LENGTH = re.compile(f"[^N{_THINGS}]*{letters_of('over')}N(?:[{letters_of('time', 'duration')}]|$)")


def _is_reported(clause: _Clause) -> bool:
    return is_reported(clause.reading, clause.entry)


def is_reported(reading: ScannedText, entry: FoundTarget) -> bool:
    """True for what was attained in another time: `kết quả năm 2025: 1.120 vụ`."""
    start = reading.begin(entry.start, letters_of("stop", "comma"))
    while start > 0 and reading.tokens[start - 1].words == ":":
        start = reading.begin(start - 1, letters_of("stop", "comma"))
    if entry.compared:
        return False
    first = reading.begin(entry.start, letters_of("stop"))
    is_counted = _COUNTED.search(reading.words(first, entry.end))  # of `12.560 người, 3.215 hộ` both
    return bool(is_counted or _REPORTED.match(reading.words(start, entry.start)))


def _names_change(clause: _Clause) -> bool:
    """True for a change that is a name, that goes either way, or that words before its number qualify: `vào tăng trưởng
    đạt 45%`, `tăng hoặc giảm 5%`, `tăng trưởng ngấp nghé 10%`."""
    reading, entry = clause.reading, clause.entry
    at = reading.letters.find("N", entry.start, entry.end) - 1
    is_qualified = at > entry.start and _ends_in(reading, at, lex.PHRASES)
    is_name = clause.before[-1:] and clause.before[-1] in {*lex.NAMES_CHANGE, "hoặc", "/"}
    return clause.target.is_relative and bool(is_qualified or is_name)


def _is_by_or_to(clause: _Clause) -> bool:
    """True for a value behind a word of change that its form did not use: `giảm số vụ 2 vụ` may be by two or to two."""
    reading, entry, target = clause.reading, clause.entry, clause.target
    if target.upper is not None and _RAISED.search(reading.words(clause.begin, entry.end)):
        return True
    if target.is_relative or target.value is None or {"upto", "downto"} & entry.words.keys():
        return False
    place = _last_change(reading, clause.begin, entry.start)
    return _changes_before(clause) if place is None else not _says_level(clause, place)


_RAISED = Expression(
    r"\b(?:nâng|đưa|mở rộng|cải thiện|phát triển)(?: [^\W\d]+){0,8}(?<! đạt) từ \d[\d.,]* ?"
    r"(?:%|[^\W\d]+ (?:[^\W\d]+ )?(?:đến|tới))"
)
"""Verbs of what is raised, behind which `từ 60% đến 80%` may be from where and to where; `từ 5 đến 7 đảng viên` is so
many."""


def _may_be_level(clause: _Clause) -> bool:
    """True for `vượt 95% kế hoạch`, which may be more than 95% of the plan or 95% more than planned, and for the range
    of `vượt từ 8-10%`."""
    target, words = clause.target, clause.entry.words
    if not clause.is_share or target.value is None:
        return False
    is_high = target.value >= NO_CHANGE
    if words.get("least", "").endswith("vượt"):  # `đạt và vượt 5% dự toán`
        return not is_high
    return words.get("more", "").startswith("vượt") and (is_high if target.is_relative else "upper" in words)


def _last_change(reading: ScannedText, begin: int, end: int) -> int | None:
    """The place of the last word of change between two tokens; None if there is none."""
    return next((at for at in range(end - 1, begin - 1, -1) if _is_change(reading, at)), None)


def _is_change(reading: ScannedText, index: int) -> bool:
    """True for a word of change that is no part of a name and does not stand behind a number."""
    if reading.letters[index] not in (_REDUCE, _INCREASE):
        return False
    return not index or (reading.tokens[index - 1].words not in lex.NOUN_BEFORE and reading.letters[index - 1] != "N")


def _changes_before(clause: _Clause) -> bool:
    """True if the change is named before a colon or a comma: `giảm nợ xấu: 2%`, `cắt giảm, đơn giản hóa ít nhất 20% chi
    phí`, `tai nạn giảm trên cả 3 tiêu chí, mỗi tiêu chí từ 5%`."""
    reading, entry, begin = clause.reading, clause.entry, clause.begin
    if begin < 2:
        return False
    start = reading.begin(begin - 1, ENDS)
    place = _last_change(reading, start, begin - 1)
    if reading.tokens[begin - 1].words != ":":
        is_near = (place == start and begin - start < 3) or reading.tokens[begin].words == "mỗi"
        return reading.letters[begin - 1] == _COMMA and place is not None and is_near
    if place is None:
        return reading.tokens[start].words == "giảm nghèo"
    if reading.letters[place] == _INCREASE:  # `nâng tỷ lệ hài lòng: 90%` is the level to reach
        is_level = entry.target.quantity == "%" and (entry.target.value or 0) >= NO_CHANGE
    else:  # as is `giảm nợ xấu: tối đa 2%`
        is_level = entry.target.comparator in UPPER_LIMITS
    return not is_level and not reading.holds(letters_of("upto", "downto", "number"), place, begin)


def _says_level(clause: _Clause, place: int) -> bool:
    """True for a value behind a word of change that says itself that it is the one to reach, or counts for whom."""
    entry, target = clause.entry, clause.target
    between = clause.reading.letters[place : entry.start]
    if clause.reading.holds(letters_of("upto", "downto"), place, entry.start):
        return True
    if clause.reading.tokens[entry.start - 1].words in lex.FOR_WHOM and not clause.is_share:
        return True  # `giảm học phí cho 200 sinh viên`
    if between[0] == _REDUCE:
        return target.comparator is Comparator.LESS or bool({"sign", "down"} & entry.words.keys())
    is_rate = clause.is_share and _SHARE in between and target.comparator is not Comparator.BETWEEN
    is_high = is_rate and target.value is not None and target.value >= NO_CHANGE
    return is_high or between[-1] == _AIM or "aim" in entry.words


def _is_compared_in_english(clause: _Clause) -> bool:
    """True for `20 more classes than last year`, `3 times as many`, `5% up on 2025`."""
    number = clause.reading.letters.rfind("N", clause.entry.start, clause.entry.end)
    return _THAN.search(clause.reading.words(number, clause.end)) is not None


_THAN = Expression(r"\b(?:(?<=[0-9] )more|than|as (?:many|much|high|large|low)|on (?:last year|20[0-9]{2}))\b")
_LACKING = Expression(r"(?:\bthiếu|\bthừa|\bdôi dư|\bchênh lệch)$")


def _is_compared(clause: _Clause) -> bool:
    """True for a level that is held against another time, or against something that it is no share of. A range says
    itself between which parts of it: `bằng 105 - 110% năm trước`."""
    target, is_equal = clause.target, "equal" in clause.entry.words
    is_beyond = clause.is_share and target.value is not None and target.value > 100
    if target.is_relative or (target.comparator is Comparator.BETWEEN and (is_equal or is_beyond)):
        return False
    what, is_base, base = clause.behind_base()
    if is_base:  # not `15 viên chức còn thiếu so với định mức`
        is_of_whole = target.quantity in {"%", "‰"} and _OF_WHOLE.match(base)
        return not (_LACKING.search(what) or is_of_whole)
    is_earlier = EARLIER.match(clause.behind) is not None
    if target.quantity == "lần" and (is_earlier or (is_equal and target.value and target.value % 1)):
        return True
    if is_equal or is_beyond:
        return target.value != 0 and is_earlier
    place = clause.reading.letters.find(_BASE, clause.begin, clause.entry.start)
    return place >= 0 and EARLIER.match(clause.reading.words(place + 1, clause.entry.start)) is not None


def _is_conditional(clause: _Clause) -> bool:
    """True for a value that only says when something else is done: `khi đạt 90% thì dừng`."""
    reading, entry = clause.reading, clause.entry
    words = [token.words for token in reading.tokens[clause.begin : entry.end]]
    behind = [token.words for token in reading.tokens[entry.end : clause.end + 3]]
    if behind[:1] == ["làm"] and behind[1:2] in (["cơ sở"], ["căn"], ["mốc"], ["chuẩn"]):  # `lấy mức 85% làm cơ sở`
        return True
    if "khi" in " ".join(words).split() and {"upto", "downto"} & entry.words.keys():  # `cảnh báo khi tồn kho còn 15%`
        return True
    return bool({"nếu", "hễ"} & set(words)) or (bool({"khi", "trường hợp"} & set(words)) and "thì" in behind)


def _may_be_limit(clause: _Clause) -> bool:
    """True for a bare share or number of what is to be kept small, for a temperature, and for a small bare rate of
    anything: it may be the most."""
    reading, entry, target = clause.reading, clause.entry, clause.target
    if target.comparator is not Comparator.AT_LEAST or target.value == 0 or entry.compared - {"upto"}:
        return False
    start = clause.begin
    while start > 0 and reading.tokens[start - 1].words == ":":  # `Tỷ lệ nợ xấu: 2%`
        start = reading.begin(start - 1, letters_of("stop", "comma"))
    start = reading.ahead(start, letters_of("strive", "aim", "each", "and"), entry.start)
    is_rate = target.quantity in {"%", "‰"} and target.value is not None and target.value <= _SMALL
    if target.quantity.lower() in {"°c", "°f"} or _happens(reading, entry, start, is_rate=is_rate):
        return True
    before = reading.letters[entry.start - 1]
    is_bare = clause.is_last and clause.begin == 0 and before in (_UNKNOWN, LETTERS["single"])
    is_share = reading.letters[start] == _SHARE and before != _AIM
    if is_rate and "upto" not in entry.words and clause.before and (is_bare or is_share):
        return True
    adverse = lex.ADVERSE.match(reading.words(start, entry.start))
    if adverse is None or (clause.is_share and adverse[0].lower().endswith("sĩ số")):  # of those on the roll
        return False
    return not adverse["far"] or clause.is_share


def _happens(reading: ScannedText, entry: FoundTarget, start: int, *, is_rate: bool) -> bool:
    """True for a bare number of cases of what nobody strives for: `năm 2025 có 05 trường hợp nộp báo cáo muộn`."""
    before = reading.words(start, entry.start).lower()
    if before and not _HAPPENING.search(before):
        return False
    words = reading.words(entry.start, reading.first(LETTERS["stop"] + "N", entry.end))
    harm = lex.ADVERSE.match(_NUMBER.sub("", words))  # `3 khiếu nại`, `2 lần trễ hạn`
    if harm and not harm["far"]:
        return True
    return (is_rate or entry.target.quantity.startswith(_CASES)) and lex.HARM.search(words) is not None


_NUMBER = re.compile(r"^\D*[0-9][0-9.,]*\s*")
_HAPPENING = re.compile(r"\b(?:có|còn|xảy ra|phát sinh|ghi nhận)$")
_CASES = ("vụ", "trường hợp", "ca", "hồ sơ", "sự cố", "người", "đơn", "lỗi", "sản phẩm")
_SMALL = 15
"""Per cent up to which a bare rate (`tỷ lệ sinh viên nước ngoài 5%`) may as well be a limit."""

_UNCLEAR: tuple[Callable[[_Clause], bool], ...] = (
    *(_is_qualified, _is_qualified_behind, _names_change, _is_compared, _is_compared_in_english, _is_conditional),
    *(_is_unled, _is_interrupted),
    *(_passes_length, _is_reported, _may_be_level, _is_held_against_other, _is_no_amount),
)
"""What makes another value of one: the words of its clause."""
