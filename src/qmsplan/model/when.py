"""Reads the words of `stretches.py` alone, in lists and in ranges, with what stands before them (`trước`, `đến hết`).

Each word is looked at once, from left to right. What a phrase leaves out (`Quý II và Quý III/2026`, `tháng 3, 6, 9`) is
its neighbour's; a year that nobody names is each year of the plan."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Fault, say
from qmsplan.model import period as calendar
from qmsplan.model.period import quarter_of
from qmsplan.model.phrases import caught, compiled, expression, may_fit
from qmsplan.model.stretches import END, OF_YEAR, SLOTS, STARTS, TABLES, YEAR, YEAR_OR_NEXT

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from qmsplan.model.period import Period
    from qmsplan.model.phrases import Row, Words

_OPEN = frozenset({"từ", "kể từ", "bắt đầu từ", "tính từ"})
_NEUTRAL = frozenset(
    {
        *("hoàn thành", "xong", "thực hiện", "dự kiến", "khoảng", "vào", "trong", "cả", "là", "ngay", "các", "tại"),
        *(
            "đến hết",
            "cho đến",
            "đến",
            "tới",
            "hết",
            "từ nay",
            "từ nay cho",
            "trước hết",
            "không muộn hơn",
            "không chậm hơn",
        ),
        *(
            "chậm nhất",
            "muộn nhất",
            "hạn cuối",
            "hạn chót",
            "thời gian",
            "thời hạn",
            "thời điểm",
            "giai đoạn",
            "nhiệm kỳ",
        ),
    }
)
"""Words before a stretch that add nothing to it. `trước` asks for the time before it, those of `_OPEN` let it begin."""
_ON = " trở đi"
_JOIN = r"(?P<range> ?- ?| (?:cho )?(?:đến|tới) (?:hết )?)| ?[,;&+] ?(?:và )?| và "
_BRACKETS = r"(?P<outside>[^()]*)\((?P<inside>[^()]*)\)"
_NUMBER = r"(?:ngày )?(?P<number>[ivx]{1,5}|[0-9]{1,2})(?:(?: ?/ ?| năm )(?P<year>[0-9]{4}|0{1,3}))?(?![\w/.])"
"""A number whose quarter, month or day a neighbour names; with a year it is a month."""
_MONTH_ROW = next(row for row in OF_YEAR if row.pattern == "tháng {month}")
_YEAR_ROW = next(row for row in OF_YEAR if row.pattern == "năm")


class _Entry(NamedTuple):
    row: Row[Period]
    months: int
    ending: str
    starts: tuple[str, ...]


def _entry(row: Row[Period], months: int) -> _Entry:
    comes_next = months == 12 and row.pattern != "năm"
    ending = END if "{own}" in row.pattern else YEAR_OR_NEXT if comes_next else YEAR
    slot = row.pattern[1:].partition("}")[0]
    starts = STARTS[slot] if row.pattern.startswith("{") else (row.pattern.partition(" ")[0],)
    return _Entry(row, months, ending, starts)


_ENTRIES = tuple(_entry(row, months) for months, rows in TABLES.items() for row in rows)


class Atom(NamedTuple):
    """One stretch: a row's words. `months` is the length of what it is a part of; `row` is None while unknown."""

    row: Row[Period] | None
    months: int
    words: Words
    is_before: bool
    is_each: bool = False

    @property
    def year(self) -> int | None:
        """The year that is named."""
        named = self.words.get("year") or self.words.get("own")
        return int(named) if named else None

    def part(self, base: Period) -> Period:
        """The stretch that it is of a year, quarter or month, or of the one after it."""
        assert self.row  # noqa: S101
        return self.row.resolve(self.words, _after(base, self.months) if self.words.get("next") else base)


class When(NamedTuple):
    """Stretches, each from one atom to another; `is_open` if nothing says where the only one ends."""

    spans: tuple[tuple[Atom, Atom], ...]
    is_open: bool

    @property
    def names_years(self) -> bool:
        """True if a year is named."""
        return any(atom.year is not None for span in self.spans for atom in span)

    def of_any_year(self) -> When:
        """The same without the years that are named."""
        return self._replace(spans=tuple((_of_any_year(first), _of_any_year(last)) for first, last in self.spans))

    @property
    def is_each(self) -> bool:
        """True if it comes again by its own words."""
        return any(first.is_each or first.months < 12 for first, _ in self.spans)


def _of_any_year(atom: Atom) -> Atom:
    row = _YEAR_ROW if atom.words.keys() == {"own"} else atom.row
    return atom._replace(row=row, words={**atom.words, "year": "", "own": ""})


def _after(base: Period, months: int) -> Period:
    day = base.end + timedelta(1)
    if months == 1:
        return calendar.months(day.year, day.month, day.month)
    return quarter_of(day) if months == 3 else calendar.year(day.year)


@lru_cache(maxsize=512)
def read_when(text: str) -> When | None:
    """The stretches of a text, or None if it holds anything else."""
    folded = text.lower()
    if not any(word in folded for word in ("quý", "tháng", "năm")) and not any(map(str.isdecimal, folded)):
        return None
    if "(" in folded and (brackets := expression(_BRACKETS).fullmatch(folded)):
        folded = brackets["outside"] + brackets["inside"]
    scan = _Scan(folded.removesuffix(_ON))
    scan.is_open = folded.endswith(_ON)
    return scan.when() if scan.reads_all() else None


class _Scan:
    """The state of reading a text from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.entries = [entry for entry in _ENTRIES if may_fit(entry.row, text)]
        self.atoms: list[Atom] = []
        self.ranges: set[int] = set()
        """The numbers of the atoms that end a range."""
        self.is_before = self.is_open = self.is_bound = False

    def reads_all(self) -> bool:
        """Reads to the end, or as far as it is able to."""
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
        while self._skips_bound():
            self.is_bound = True
        atom = self._row() or self._number()
        if atom:
            self.atoms.append(atom)
        return atom is not None

    def _skips_bound(self) -> bool:
        """True if the next word or words only say how the stretch after them is meant."""
        head = self.text[self.at : self.at + 40].split(" ")[:4]
        for size in range(len(head) - 1, 0, -1):
            words = " ".join(head[:size])
            is_before = words == "trước" and head[1] != "cuối"
            is_iso = words == "ngày" and head[1][4:5] == "-"
            if is_before or is_iso or words in _NEUTRAL or words in _OPEN or words == "trước":
                self.is_before |= is_before
                self.is_open |= words in _OPEN
                self.at += len(words) + 1
                return True
        return False

    def _row(self) -> Atom | None:
        for row, months, ending, starts in self.entries:
            if not self.text.startswith(starts, self.at):
                continue
            words = compiled(row, SLOTS).match(self.text, self.at)
            end = expression(ending).match(self.text, words.end()) if words else None
            if words and end:
                is_each = "hàng " in words[0]
                self.at = end.end()
                return Atom(row, months, {**caught(words), **_named(end)}, self.is_before, is_each)
        return None

    def _number(self) -> Atom | None:
        match = expression(_NUMBER).match(self.text, self.at)
        if not match:
            return None
        self.at = match.end()
        number, year = match["number"], match["year"] or ""
        if match[0].startswith("ngày") and number.isdecimal() and not 1 <= int(number) <= 31:
            raise Fault(say("there is no such day: {text}", text=number), say("check the day and the month"))
        head = self.atoms[-1] if self.atoms else None
        slot = "day" if match[0].startswith("ngày") or not head else _slot_of(head.words)
        if head and slot != "day" and (slot == "quarter" or number.isdecimal()):
            return head._replace(words={**head.words, slot: number, "year": year})
        if not number.isdecimal():
            return None
        return Atom(
            _MONTH_ROW if year else None, 12, {"month" if year else "day": number, "year": year}, self.is_before
        )

    def when(self) -> When | None:
        """What was read, once every atom is complete; None if they don't belong together."""
        atoms = _with_years(_with_rows(self.atoms))
        spans: list[tuple[Atom, Atom]] = []
        for number, atom in enumerate(atoms):
            if number not in self.ranges:
                spans.append((atom, atom))
            elif number - 1 in self.ranges:
                return None
            else:
                spans[-1] = (spans[-1][0], atom)
        is_open = self.is_open and not self.ranges
        fits = all(map(_belongs, spans)) and (len(spans) == 1 or not is_open) and self._years_are_meant(atoms)
        return When(tuple(spans), is_open) if fits else None

    def _years_are_meant(self, atoms: Sequence[Atom]) -> bool:
        """A number such as 2026 is a year beside other years, or after a word that only stands before times."""
        bare = [bool(atom.words.get("own")) and "month" not in atom.words for atom in atoms]
        years = {"own", "year", "next"}
        return not any(bare) or ((len(bare) > 1 or self.is_bound) and all(atom.words.keys() <= years for atom in atoms))


def _named(end: re.Match[str]) -> Words:
    return {name: value for name, value in end.groupdict().items() if value}


def _slot_of(words: Words) -> str:
    """What a number after or before a stretch names: its day, else its quarter or month."""
    return next((slot for slot in ("day", "month", "quarter") if slot in words), "day")


def _with_rows(atoms: Sequence[Atom]) -> list[Atom]:
    """Numbers that waited for what follows (`05 và 20/6`) become stretches like it."""
    done: list[Atom] = []
    for atom in reversed(atoms):
        slot, following = "day", done[-1] if done else None
        if atom.row is None and following and (slot := _slot_of(following.words)) in following.words:
            done.append(following._replace(words={**following.words, slot: atom.words["day"]}))
        else:
            done.append(atom)
    return done[::-1]


def _with_years(atoms: Sequence[Atom]) -> list[Atom]:
    """A missing year is the next one's that is named, else the last one's."""
    for backwards in (True, False):
        year, done = "", []
        for atom in reversed(atoms) if backwards else atoms:
            takes = atom.months == 12 and atom.year is None and not atom.words.get("next")
            done.append(atom._replace(words={**atom.words, "year": year}) if takes else atom)
            year = atom.words.get("year") or atom.words.get("own") or year
        atoms = done[::-1] if backwards else done
    return list(atoms)


def _belongs(span: tuple[Atom, Atom]) -> bool:
    first, last = span
    if first.row is None or last.row is None:
        return False
    alike = first.months == last.months and (first.year is None) == (last.year is None)
    return first is last or (alike and not last.is_before)
