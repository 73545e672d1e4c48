"""Words of the calendar to periods, and what is due in them over the plan's period.

`read_when` reads the rows of `calendar_words` from left to right, alone, in lists and in ranges, with the words before
them (`trước`, `đến hết`). What a phrase leaves out is its neighbour's: `Quý II và Quý III/2026` is two quarters of
2026, `tháng 3, 6, 9` three months; a year that nobody names is every year of the plan. `due_when` makes a deadline of
the result."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise, starmap
from typing import NamedTuple

from qmsplan.model import period as calendar
from qmsplan.model.period import Period, between, no_such_day, quarter_of, real_day, steps
from qmsplan.model.text import count
from qmsplan.phrases.calendar_words import OF_YEAR, SLOTS, TABLES, year_part
from qmsplan.phrases.deadline import (
    MOST,
    Deadline,
    DeadlineKind,
    DeadlineScope,
    DecidedFault,
    Occurrence,
    apart,
    deadline_of,
    steps_of,
    too_often,
)
from qmsplan.phrases.tables import PhraseRow, PhraseWords, caught, expression, filled

_OPEN = frozenset({"từ", "kể từ", "bắt đầu từ", "tính từ"})
_NEUTRAL = frozenset(SLOTS["neutral"].split("|"))
"""Words before a period that add nothing to it. `trước` asks for the time before it; with those of `_OPEN` it has only
a beginning."""
_ON = " trở đi"
# between two periods: a dash or `đến` makes a range of them, a comma, `và` or `+` a list
_JOIN = r"(?P<range> ?[-÷] ?| (?:cho )?(?:đến|tới) (?:hết )?)| ?[,;&+] ?(?:và )?| và "
_BRACKETS = r"(?P<outside>[^()]*)\((?P<inside>[^()]*)\)"
_NUMBER = r"(?:ngày )?(?P<number>[ivx]{1,5}|[0-9]{1,2})(?:(?: ?/ ?| năm )(?P<year>[0-9]{4}|0{1,3}))?(?![\w/.])"
"""A number whose quarter, month or day a neighbour names; with a year it is a month."""
_MONTH_ROW, _QUARTER_ROW, _DAY_OF_MONTH_ROW = (
    next(row for row in OF_YEAR if row.pattern == filled(pattern, SLOTS))
    for pattern in ("tháng {month}", "quý {quarter}", "{day} tháng {month}{solar}")
)
_YEAR_ROW = next(row for row in OF_YEAR if row.resolve is year_part)


class _CalendarRow(NamedTuple):
    """A row of the tables of `calendar_words`: of how many months it means a part, and what may follow its words."""

    row: PhraseRow[Period]
    months: int
    ending: str


def _calendar_row(row: PhraseRow[Period], months: int) -> _CalendarRow:
    may_be_next = months == 12 and row.resolve is not year_part
    ending = "end" if "(?P<own>" in row.pattern else "behind_or_next" if may_be_next else "behind"
    return _CalendarRow(row, months, SLOTS[ending])


_ROWS = tuple(_calendar_row(row, months) for months, rows in TABLES.items() for row in rows)


class Atom(NamedTuple):
    """One period as read: a row with its words. `months` is the length of what it is a part of; `row` is None while the
    number waits for a neighbour (`05` of `05 và 20/6`)."""

    row: PhraseRow[Period] | None
    months: int
    words: PhraseWords
    is_before: bool
    is_each: bool = False

    @property
    def year(self) -> int | None:
        """The year that is named; None without one."""
        named = self.words.get("year") or self.words.get("own")
        return int(named) if named else None

    def part(self, base: Period) -> Period:
        """The period that the words mean in a year, quarter or month, or in the one after it (`năm sau`)."""
        assert self.row  # noqa: S101
        return self.row.resolve(self.words, _after(base, self.months) if self.words.get("next") else base)


class When(NamedTuple):
    """What was read: periods, each from one atom to another. `is_open` if the only one has a beginning and no end.
    `is_turned` if they run backwards in the year that only one of them names, so that the others' may be another;
    `goes_on` if that is the first, and a spring behind it: `tháng 12/2026, tháng 1`."""

    spans: tuple[tuple[Atom, Atom], ...]
    is_open: bool
    is_turned: bool = False
    goes_on: bool = False

    @property
    def is_range(self) -> bool:
        """True for one time from a beginning to an end: `từ ngày 06/7 đến ngày 08/7`."""
        return len(self.spans) == 1 and self.spans[0][0] is not self.spans[0][1]

    @property
    def names_years(self) -> bool:
        """True if a year is named."""
        return any(atom.year is not None for span in self.spans for atom in span)

    def of_any_year(self) -> When:
        """The same without the named years."""
        return self._replace(spans=tuple((_of_any_year(first), _of_any_year(last)) for first, last in self.spans))

    @property
    def is_after_each(self) -> bool:
        """True if it is after each month or quarter: `ngày 10 tháng sau`."""
        return any(first.words.get("next") and first.months < 12 for first, _ in self.spans)

    @property
    def is_over_new_year(self) -> bool:
        """True for a list without years that runs backwards from autumn to spring: `tháng 9, 11, 01, 3`."""
        firsts = [
            first._replace(words={**first.words, "year": "2001"}) for first, _ in self.spans if first.months == 12
        ]
        return not self.names_years and any(starmap(_is_over_new_year, pairwise(firsts)))

    @property
    def is_each(self) -> bool:
        """True if its own words say that it comes again: `hàng năm`, or parts of every quarter or month."""
        return any(first.is_each or first.months < 12 for first, _ in self.spans)


def _of_any_year(atom: Atom) -> Atom:
    row = _YEAR_ROW if atom.words.keys() == {"own"} else atom.row
    return atom._replace(row=row, words={**atom.words, "year": "", "own": ""})


def _after(base: Period, months: int) -> Period:
    day = base.end + timedelta(1)
    if months == 1:
        return calendar.months(day.year, day.month, day.month)
    return quarter_of(day) if months == 3 else calendar.year(day.year)


_NAMING = ("quý", "tháng", "năm", "hè", "trung thu", "giỗ tổ", "nguyên tiêu", "đoan ngọ", "vu lan")
"""Words without which nothing names a time, unless it has a number."""


@lru_cache(maxsize=512)
def read_when(text: str) -> When | None:
    """The periods that a text names; None if it holds anything else."""
    folded = text.lower()
    if not any(word in folded for word in _NAMING) and not any(map(str.isdecimal, folded)):
        return None
    if "(" in folded and (brackets := expression(_BRACKETS).fullmatch(folded)):
        folded = brackets["outside"] + brackets["inside"]
    scan = _Scan(folded.removesuffix(_ON))
    scan.is_open = folded.endswith(_ON)
    return scan.when() if scan.reads_all() else None


class _Scan:
    """A text read from left to right: atoms, and where it stands."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.last = ""
        """The words of the last atom that is no mere number."""
        self.atoms: list[Atom] = []
        self.ranges: set[int] = set()
        """The numbers of the atoms that end a range."""
        self.bare: set[int] = set()
        """Those of the atoms that are mere numbers: `6, 9` of `tháng 3, 6, 9`."""
        self.sharing: set[int] = set()
        """Those of the atoms that have their part from the one before: the second of `ngày 20 tháng 6, tháng 12`."""
        self.is_before = self.is_open = self.is_bound = False
        self.is_day_before: bool | None = None  # does `trước` stand before a day, or before a stretch?

    def reads_all(self) -> bool:
        """Reads as far as rows and numbers go; True if that is to the end."""
        while self._reads_one():
            if self.at == len(self.text):
                return True
            join = expression(_JOIN).match(self.text, self.at)
            if not join:
                return False
            self.at = join.end()
            if join["range"]:
                self.ranges.add(len(self.atoms))
        return False

    def _reads_one(self) -> bool:
        joined = start = self.at
        while self._skips_bound():
            self.is_bound, start = True, self.at
        atom = self._row()
        if not atom and (atom := self._number()):
            self.bare.add(len(self.atoms))
        elif atom:
            is_alone = start > joined or ";" in self.text[:joined][-2:]  # `ngày 10 tháng 9, trước tháng 12`
            shared = atom if is_alone else self._same_part(atom)
            self.sharing |= {len(self.atoms)} if shared is not atom else set()
            atom, self.last = shared, self.text[start : self.at]
        if atom:
            self.atoms.append(atom)
        return atom is not None

    def _same_part(self, atom: Atom) -> Atom:
        """Of a month or quarter in a list the part that is named of the one before it: `ngày 20 tháng 6 và tháng 12`,
        `đầu quý II, quý IV`. A fault where that names several days, `ngày 5, 20 tháng 6, tháng 12`, a day of the lunar
        calendar, `rằm tháng 7, tháng 8`, or one that there is not: `ngày 30 tháng 1, tháng 2`."""
        slot, unit = ("quarter", "quý") if atom.row is _QUARTER_ROW else ("month", "tháng")
        head = self.atoms[-1] if self.atoms and len(self.atoms) not in self.ranges else atom
        is_lunar, is_part = bool(head.words.get("lunar")), head.row is not atom.row and f"{unit} " in self.last
        if atom.row not in {_MONTH_ROW, _QUARTER_ROW} or not (is_part and (head.words.get(slot) or is_lunar)):
            return atom
        if is_lunar or len(self.atoms) - 1 in self.ranges or any(one.row is None for one in self.atoms[-2:]):
            raise apart(self.text)
        lent = head._replace(words={**head.words, "year": "", **atom.words})
        day = lent.words.get("day")
        if slot == "month" and day and not real_day(_LEAP, count(lent.words["month"]), int(day)):
            fault = no_such_day(f"{day}/{lent.words['month']}")
            raise DecidedFault(fault.message, fault.hint)
        return lent

    def _skips_bound(self) -> bool:
        """Skips words that only say how the period behind them is meant; True if there were any."""
        head = self.text[self.at : self.at + 40].split(" ")[:4]
        for size in range(len(head) - 1, 0, -1):
            words = " ".join(head[:size])
            is_before, is_iso = words == "trước" and head[1] != "cuối", words == "ngày" and head[1][4:5] == "-"
            if is_iso or words == "trước" or words in _NEUTRAL or words in _OPEN:
                self.is_before = is_before or (self.is_before and not expression("hết|cuối").search(words))
                self.is_day_before = None if is_before else self.is_day_before
                self.is_open |= words in _OPEN
                self.at += len(words) + 1
                return True
        return False

    def _row(self) -> Atom | None:
        for row, months, ending in _ROWS:
            words = expression(row.pattern).match(self.text, self.at)
            end = expression(ending).match(self.text, words.end()) if words else None
            if words and end:
                is_each = "hàng " in words[0]
                self.at = end.end()
                found = caught(words) | {name: value for name, value in end.groupdict().items() if value}
                return Atom(row, months, found, self._is_before(found), is_each)
        return None

    def _is_before(self, words: PhraseWords) -> bool:
        """True for what is due before it begins: behind `trước`, or behind its like; never for `trước cuối năm`."""
        is_day, third = bool(words.get("day")), words.get("third")
        self.is_day_before = is_day if self.is_day_before is None else self.is_day_before
        is_edge = third == "cuối" or (third == "giữa" and not (words.get("month") or words.get("quarter")))
        return self.is_before and is_day == self.is_day_before and not is_edge

    def _number(self) -> Atom | None:
        match = expression(_NUMBER).match(self.text, self.at)
        if not match:
            return None
        self.at = match.end()
        number, year = match["number"], match["year"] or ""
        if match[0].startswith("ngày") and number.isdecimal() and not 1 <= int(number) <= 31:
            raise no_such_day(number)
        head = self.atoms[-1] if self.atoms else None
        slot = "day" if match[0].startswith("ngày") or not head else _slot_of(head.words)
        if head and head.row is _DAY_OF_MONTH_ROW and not match[0].startswith("ngày"):
            slot = "month"  # `ngày 10 tháng 3, 6, 9`
        if head and slot != "day" and (slot == "quarter" or number.isdecimal()):
            return head._replace(words={**head.words, slot: number, "year": year})
        if not number.isdecimal():
            return None
        return Atom(
            _MONTH_ROW if year else None, 12, {"month" if year else "day": number, "year": year}, self.is_before
        )

    def when(self) -> When | None:
        """What was read, with what atoms leave out filled in; None if they do not belong together."""
        atoms = _with_years(_with_rows(self.atoms), self.ranges | self.sharing)
        spans = self._spans(atoms)
        is_open = self.is_open and not self.ranges
        if spans is None or (is_open and len(spans) != 1) or not all(map(_belongs, spans)):
            return None
        if not self._years_are_meant(atoms):
            return None
        lent = list(self._lent(atoms))
        goes_on = any(_is_over_new_year(first, last) for first, last, is_of_first in lent if is_of_first)
        return When(tuple(spans), is_open, any(_is_turned(first, last) for first, last, _ in lent), goes_on)

    def _spans(self, atoms: Sequence[Atom]) -> list[tuple[Atom, Atom]] | None:
        """The first and last atom of each range, and each other atom as both; None where a range goes on."""
        spans: list[tuple[Atom, Atom]] = []
        for number, atom in enumerate(atoms):
            if number not in self.ranges:
                spans.append((atom, atom))
                continue
            if number - 1 in self.ranges:
                return None
            spans[-1] = (spans[-1][0], atom)
        return spans

    def _lent(self, atoms: Sequence[Atom]) -> Iterator[tuple[Atom, Atom, bool]]:
        """Neighbours that were typed with different years, or of which one has its year from the other; and if only the
        first was typed with one."""
        for at, (before, after) in enumerate(pairwise(atoms), 1):
            first, last = self.atoms[at - 1].year, self.atoms[at].year
            if first != last and at not in self.ranges | self.sharing and not self.bare & {at - 1, at}:
                yield before, after, last is None

    def _years_are_meant(self, atoms: Sequence[Atom]) -> bool:
        """False for a lone number such as 2026 that may be something else: it is a year beside other years, or behind a
        word that stands before times only."""
        years = {"own", "year", "next"}
        bare = [bool(atom.words.get("own")) and atom.words.keys() <= years for atom in atoms]
        return not any(bare) or ((len(bare) > 1 or self.is_bound) and all(atom.words.keys() <= years for atom in atoms))


_LEAP = 2024


def _slot_of(words: PhraseWords) -> str:
    """What a number beside a period names: its day, else its month or quarter; of the full moon the lunar month."""
    return next((slot for slot in ("day", "lunar", "month", "quarter") if words.get(slot)), "day")


def _with_rows(atoms: Sequence[Atom]) -> list[Atom]:
    """Numbers that waited for what follows become periods like it: `05` of `05 và 20/6` is a day of June."""
    done: list[Atom] = []
    for atom in reversed(atoms):
        slot, following = "day", done[-1] if done else None
        if atom.row is None and following and following.words.get(slot := _slot_of(following.words)):
            done.append(following._replace(words={**following.words, slot: atom.words["day"]}))
        else:
            done.append(atom)
    return done[::-1]


def _with_years(atoms: Sequence[Atom], tied: Collection[int]) -> list[Atom]:
    """A missing year is that of the next atom that names one, else that of the last; of one that is tied to it over a
    new year the one before or after it: 2026 of `ngày 20 tháng 12, tháng 01/2027`. `tied` are the places of atoms that
    end a range or have their part from the atom before."""
    done = list(atoms)
    for step in (-1, 1):
        year = ""
        before: Atom | None = None
        for place in range(len(done))[::step]:
            atom = done[place]
            if atom.months == 12 and atom.year is None and not atom.words.get("next"):
                done[place] = atom._replace(words={**atom.words, "year": year})
                is_tied = (place if step > 0 else place + 1) in tied
                if before and is_tied and _is_over_new_year(*(before, done[place])[::step]):
                    done[place] = atom._replace(words={**atom.words, "year": str(int(year) + step)})
            before = done[place]
            year = before.words.get("year") or before.words.get("own") or year
    return done


def _is_turned(first: Atom, last: Atom) -> bool:
    """True for times that run backwards in a year that only one of them named: `quý IV, quý I/2027`, of which the other
    is that of another year."""
    if first.year is None or first.year != last.year or not (first.row and last.row) or first.months != last.months:
        return False
    year = calendar.year(first.year)
    return last.part(year).end < first.part(year).start


def _is_over_new_year(first: Atom, last: Atom) -> bool:
    """True for times from autumn or winter to spring that run backwards in one year: `từ 30/12 đến 05/01`."""
    if not _is_turned(first, last) or not (first.row and last.row and first.year):
        return False
    year = calendar.year(first.year)
    return first.part(year).start.month >= 9 and last.part(year).end.month <= 5


def _belongs(span: tuple[Atom, Atom]) -> bool:
    first, last = span
    if first.row is None or last.row is None:
        return False
    alike = first.months == last.months and (first.year is None) == (last.year is None)
    return first is last or (alike and not last.is_before)


class _Part(NamedTuple):
    """A period, the year, quarter or month that it is a part of (`base`, None where a year is named), and its first
    atom."""

    found: Period
    base: Period | None
    first: Atom


def due_when(when: When | None, scope: DeadlineScope) -> Deadline | None:
    """What is due in some periods, or before them. None if there are none, if one that comes again has no end, or if a
    year is unknown."""
    if when is None or (when.is_open and when.is_each) or when.is_turned:
        return None
    years = 1 if when.names_years else scope.period.end.year - scope.period.start.year + 1
    if len(when.spans) * years * 12 // when.spans[0][0].months > MOST:
        raise too_often()
    parts = [part for span in when.spans for part in _parts(span, scope.period)]
    for part in parts:
        if part.base and part.first.months < 12 and part.base.start <= scope.period.end < part.found.start:
            steps_of(scope.period, part.first.months)  # the end of a last quarter that the plan does not hold
    occurrences = [_occurrence(part, when, scope) for part in parts]
    inside = [
        occurrence
        for part, occurrence in zip(parts, occurrences, strict=True)
        if part.first.year is not None or occurrence.period.overlaps(scope.period)
    ]
    deadline = deadline_of(_kind(when, parts, inside), inside)
    is_one = len(deadline.occurrences) == 1 and deadline.kind is DeadlineKind.PERIOD
    return deadline._replace(start=deadline.occurrences[0].period.start) if is_one else deadline


def _parts(span: tuple[Atom, Atom], plan: Period) -> Iterator[_Part]:
    """The period of the named year, or that of each year, quarter or month of the plan."""
    first, last = span
    if first.year is not None and last.year is not None and first.months == 12:
        start, end = (atom.part(calendar.year(atom.year or 0)) for atom in span)
        yield _Part(start if first is last else between(start, end), None, first)
        return
    years = plan.years() if first.year is None else (calendar.year(first.year),)
    for base in (step for year in years for step in steps(year, first.months)):
        start = first.part(base)
        yield _Part(start if first is last else between(start, last.part(base)), base, first)


def _occurrence(part: _Part, when: When, scope: DeadlineScope) -> Occurrence:
    found, first = part.found, part.first
    due = found.end
    if first.is_before and (found.start < found.end or scope.conventions.before == "strict"):
        due = found.start - timedelta(1)
    if part.base and first.words.get("next"):
        return Occurrence(part.base, due)
    if when.is_open:
        end = _open_end(part, scope.period)
        return Occurrence(Period(found.start, end), end)
    return Occurrence(Period(due, due) if first.is_before else found, due)


def _open_end(part: _Part, plan: Period) -> date:
    """What has only a beginning ends with its year, or with the plan if the year is named."""
    is_inside = part.base is None and part.found.start in plan
    return plan.end if is_inside else calendar.year(part.found.start.year).end


def _kind(when: When, parts: Sequence[_Part], occurrences: Sequence[Occurrence]) -> DeadlineKind:
    comes_again = len(occurrences) > len(when.spans)
    if when.is_each or comes_again:
        return DeadlineKind.RECURRING
    days = (part.first.is_before or part.found.start == part.found.end for part in parts)
    return DeadlineKind.DATE if all(days) and not when.is_open else DeadlineKind.PERIOD
