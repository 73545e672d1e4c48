"""What the cells of a row give to items: their fields, also several in one cell; and objectives, tasks and activities
side by side, where the rows that a cell reaches over tell whose detail it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from qmsplan.importing.column_words import field_of_detail, fields_of_parts, is_total, money_unit, period_of
from qmsplan.importing.columns import UNIT_BEHIND, VALUE, ChosenColumn, named_step
from qmsplan.importing.details import who_and_when
from qmsplan.importing.lines import GridCell, GridRow, TextLine, joined
from qmsplan.importing.making import (
    Branch,
    Making,
    amount,
    are_amounts,
    are_states,
    decimal,
    fits,
    guess,
    hold_each_other,
    is_measured,
    is_no_amount,
    is_time,
    lost_notes,
    measured,
    new_item,
    numbered,
    planned_steps,
    put,
    without_bullet,
)
from qmsplan.model.table import COLUMNS

WHOLE = "*"
"""In place of a period: the column has the sums of all years."""
LONGEST_NUMBER = 12
"""Letters of what may stand in a column of numbers: `Mục tiêu 1:`."""


_SPLIT_OUT = ("target", "funding", "note", "support", "deadline", "unit")
"""Fields that a line in the cell of another one may give: `Ghi chú: …`."""


class ReadTable(NamedTuple):
    """A table with what its columns stand for."""

    rows: Sequence[GridRow]
    columns: tuple[ChosenColumn, ...]
    making: Making
    kind: str
    """`objectives` or `tasks`: the list that items go to."""
    also: dict[str, list[str]]
    """The fields that lines of a column named themselves, by the column's own."""

    def note_also(self, field: str, name: str) -> None:
        """Notes that lines in the column of a field name another one, which has no column."""
        known = self.also.setdefault(field, [])
        printed = name.removeprefix("fields.")
        if name != field and printed not in {*self.fields, *known}:
            known.append(printed)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(column.field for column in self.columns)

    @property
    def width(self) -> int:
        """How many columns the grid below the headings has."""
        return max((one.heading.column + one.heading.width for one in self.columns), default=1)

    def cell(self, row: GridRow, field: str) -> GridCell | None:
        """The cell of a row in the column of a field; None if there is none."""
        column = next((one for one in self.columns if one.field == field), None)
        return column.heading.cell(row) if column else None

    def said(self, row: GridRow, field: str) -> GridCell | None:
        """The cell of a row in the column of a field, if it says something."""
        cell = self.cell(row, field)
        return cell if cell and cell.lines else None

    def number(self, row: GridRow) -> str:
        """What stands in a row's column of numbers."""
        cell = self.cell(row, "number")
        return cell.text.strip() if cell else ""


class TableRest(NamedTuple):
    """What a table has besides its items: rows that are no items, how many rows are empty, and whether its money is
    added up."""

    rows: Sequence[Sequence[str]] = ()
    blank: int = 0
    adds_up: bool = False


def is_of_amounts(column: ChosenColumn) -> bool:
    """Whether a column says of amounts where they come from, so that these are read before it."""
    return column.field == "budget-source"


def fill_cell(item: Branch, column: ChosenColumn, cell: GridCell, source: ReadTable) -> None:
    """Gives an item what stands in one of its cells."""
    making = source.making
    parts = _parts_of(item, column, cell, source)
    kept = [line for name, line in parts if not name]
    beside = [(name, line) for name, line in parts if name]
    beside += [("note", note) for note in lost_notes(column.field, kept)]
    is_alone = is_of_amounts(column) and "budget" not in item
    if kept and (is_alone or not fits(column.field, joined(kept))):
        own = making.own_field(column.heading.title)  # `Hằng tuần` among frequencies that a plan can hold
        beside += [(f"fields.{own}", line) for line in kept]
    elif kept:
        fill_field(item, column, kept)
    for name, line in beside:
        put(item, name, [line])
        source.note_also(column.field, name)
    if column.field == "target" and "unit" not in source.fields and VALUE.fullmatch(item.get("target", "")):
        unit = UNIT_BEHIND.search(column.heading.title)
        item |= {"unit": unit[1]} if unit else {}
    if cell.is_repeated:
        guess(item, column.store or column.field)


_NamedLine: TypeAlias = tuple[str, TextLine]
"""A line of a cell with the field that it names itself; "" for that of its column."""


def _parts_of(item: Branch, column: ChosenColumn, cell: GridCell, source: ReadTable) -> list[_NamedLine]:
    """The lines of a cell, also parted into who and when; of remarks those that are times are the deadline of an item
    without one."""
    making, columns = source.making, source.fields
    parts: list[_NamedLine] = [("", line) for line in cell.lines]
    if column.field == "lead" and "deadline" in fields_of_parts(column.heading.title):
        parts = [part for line in cell.lines for part in _who_and_when(line, making)]
    if column.field in {"lead", "support"}:
        parts = [(name, piece) for name, line in parts for piece in _at_roles(line)]
    parts = [(name, line) if name else _split_out(column.field, line, columns) for name, line in parts]
    if column.field != "note" or "deadline" in columns or "schedule" in item:  # its months are surer
        return parts
    times = [line for name, line in parts if not name and is_time(line.text, making.year, making.last_year)]
    if times:
        guess(item, "deadline")
    return [("deadline", line) if line in times else (name, line) for name, line in parts]


_ROLE = re.compile(
    r"[.;,]?\s+(?=(?:(?:Đơn vị|Cơ quan) )?(?:Chủ trì|Phối hợp|Phụ trách|Theo dõi|Giám sát) ?:)", re.IGNORECASE
)


def _at_roles(line: TextLine) -> list[TextLine]:
    """A line of those who lead, parted where it names another role: `Chủ trì: Phòng A. Phối hợp: Phòng B`."""
    pieces = _ROLE.split(line.text)
    return [TextLine(piece, "", line.paragraph) for piece in pieces] if len(pieces) > 1 else [line]


_BETWEEN = re.compile(r"\s*(?:\s[-–—]|[:;,])\s+")


def _who_and_when(line: TextLine, making: Making) -> list[tuple[str, TextLine]]:
    """A line of such a column as who, and when: `Tổ Nuôi - Quý IV/2025` as `Tổ Nuôi` and `Quý IV/2025`, and so
    `Quý IV/2025: Tổ Nuôi`."""
    who, when = who_and_when(line.text.rstrip(")"))
    for sign in _BETWEEN.finditer("" if who and when else line.text):
        if is_time(line.text[: sign.start()], making.year, making.last_year):
            when, who = line.text[: sign.start()], line.text[sign.end() :]
    if not when:
        return [("", line)]
    found = [("", who), ("deadline", when)] if who else [("deadline", when)]
    return [(name, TextLine(text, "", line.paragraph)) for name, text in found]


def _split_out(field: str, line: TextLine, columns: frozenset[str]) -> tuple[str, TextLine]:
    """The field that a line names itself, and its value: `Phối hợp: Phòng A` in the column of who leads, and who and
    when below what is done, where no column is for that."""
    typed = without_bullet(line.text)
    label, colon, value = typed.partition(":")
    if not colon or not value.strip() or len(label) > 40:
        return "", line
    name = field_of_detail(label)
    if field in {"lead", "support"}:
        allowed = {"lead", "support", "monitor"}
    elif field == "measures" and name in {"lead", "support", "deadline"} - columns:
        allowed = {name}
    else:
        before = next((f for f in _SPLIT_OUT if COLUMNS[f].before and f"{label}: " == COLUMNS[f].before), "")
        name, allowed = before or name, {before}
    if name not in allowed or not name:
        return "", line
    return name, TextLine(value.strip(), "", line.paragraph)


def fill_field(item: Branch, column: ChosenColumn, lines: Sequence[TextLine]) -> None:
    """Puts the lines of a cell where its column goes."""
    text = column.value or joined(lines)
    if column.store:
        is_number = column.store != "plan" or column.value or is_measured(text)
        store = column.store if is_number else "horizons"
        item.setdefault(store, {})[column.field] = measured(text) if store == "plan" else text
        if column.is_running:
            item["aggregation"] = "cumulative"
            guess(item, "aggregation")
    elif column.period == WHOLE:
        return  # the sums of the years are added up when they are printed
    elif column.field == "budget":
        source = column.heading.title if column.heading.under and not column.period else ""
        if not ((source and is_total(source)) or is_no_amount(text)):
            part = {"amount": amount(text) or str(decimal(text)), "period": column.period, "source": source}
            item.setdefault("budget", []).append({name: value for name, value in part.items() if value})
    elif is_of_amounts(column):
        for part in item["budget"]:
            part.setdefault("source", text)
    elif column.field == "deadline" and (step := named_step(column.heading.title, text)):
        put(item, column.field, [TextLine(step)])
    else:
        put(item, column.field, lines)


def stored_columns(row: GridRow, source: ReadTable, texts: Mapping[int, str]) -> Sequence[ChosenColumn]:
    """Columns with the place where a row's values of periods go, which are given by the column: all to `plan`, as
    numbers, or all to `horizons`, as printed: also what is no sum of parts, or holds the value of another period.
    Results of the year before stand for the base."""
    columns = source.columns
    base, before, target, unit = (
        one.text if (one := source.cell(row, name)) else ""
        for name in ("base", str(source.making.year - 1), "target", "unit")
    )
    steps = {columns[at].field: text for at, text in texts.items()}
    is_state = hold_each_other(steps) or are_states(base or before, steps, target)
    if not is_state and all(map(is_measured, texts.values())):
        return columns
    planned = dict(zip(texts, planned_steps(list(texts.values()), target, unit), strict=False))
    found = list(columns)
    for at in texts:
        found[at] = columns[at]._replace(store="plan" if planned else "horizons", value=planned.get(at, ""))
    return found


def heading_of(cell: GridCell) -> tuple[str, list[TextLine]]:
    """The number with which the lines of a heading begin, and the lines without it."""
    number, first = numbered(cell.lines[0])
    return number, [first, *cell.lines[1:]]


class _Reach(NamedTuple):
    """An item, the list it stands in, and the rows that its cell reaches over."""

    item: Branch
    level: str
    start: int
    end: int


INHERITED = frozenset({"lead", "support", "deadline"})
"""Details that hold for the activities below too, so that they may stand with the objective."""


_LEVELS = ("objective", "task", "activities")


def spread(columns: tuple[ChosenColumn, ...], rows: Sequence[GridRow]) -> tuple[tuple[ChosenColumn, ...], bool]:
    """Whether objectives, tasks and activities stand side by side; so do measures beside a text over several rows."""
    fields = {column.field for column in columns}
    if fields & {"objective", "task", "activities"}:
        return columns, True
    text = next((column for column in columns if column.field == "text"), None)
    if text is None or "measures" not in fields:
        return columns, False
    cells = [cell for row in rows if (cell := text.heading.cell(row)) and len(row.filled) > 1]
    if not any(cell.height > 1 for cell in cells):
        return columns, False
    names = {"text": "objective", "measures": "activities"}
    return tuple(column._replace(field=names.get(column.field, column.field)) for column in columns), True


def read_side_by_side(source: ReadTable, branch: Branch) -> TableRest:
    """Reads the rows of a table with objectives, tasks and activities side by side into a branch."""
    return _SideBySide(source, branch).read()


class _SideBySide:
    def __init__(self, source: ReadTable, branch: Branch) -> None:
        self.source, self.branch = source, branch
        self.holder = branch
        self.reach: list[_Reach] = []
        self.objective: _Reach | None = None
        self.task: _Reach | None = None
        self.is_shared = False
        """True where several tasks of an objective stand in one cell, so that the activities beside are the
        objective's."""
        self.parted: set[str] = set()
        """Columns with several cells beside one objective: what stands in them is said of the activities."""

    def read(self) -> TableRest:
        """Reads all rows."""
        for at, row in enumerate(self.source.rows):
            if self._is_group(row):
                self._open_group(row.filled)
                continue
            if beside := self.source.said(row, "group"):
                self._open_group([beside])
            if row.filled:
                self._items(at, row)
        details = [
            (at, cell, column)
            for at, row in enumerate(self.source.rows)
            if not self._is_group(row)
            for column in self.source.columns
            if (cell := column.heading.cell(row)) is not None
            if cell.lines and column.field not in {*_LEVELS, "number", "group"}
        ]
        details.sort(key=lambda detail: is_of_amounts(detail[2]))
        self.parted = {column.field for at, cell, column in details if self._is_part(at, at + cell.height)}
        for at, cell, column in details:
            self._detail(at, cell, column)
        return TableRest()

    def _is_group(self, row: GridRow) -> bool:
        if row.above or len(row.filled) not in {1, 2}:
            return False
        *before, last = row.filled
        return last.width * 2 > self.source.width and all(len(cell.text) < 8 for cell in before)

    def _open_group(self, filled: Sequence[GridCell]) -> None:
        number, lines = heading_of(filled[-1]) if len(filled) == 1 else (filled[0].text, filled[-1].lines)
        group = new_item(number, lines)
        self.branch.setdefault("groups", []).append(group)
        self.holder, self.objective, self.task = group, None, None

    def _items(self, at: int, row: GridRow) -> None:
        number = self.source.cell(row, "number")
        if objective := self.source.cell(row, "objective"):
            self._put_objective(at, objective, number)
        if task := self.source.cell(row, "task"):
            self._put_tasks(at, task, number)
        if activities := self.source.said(row, "activities"):
            owner = self.objective if self.is_shared else self.task or self.objective
            self._put(at, activities, "activities", owner, _labelled(activities.lines))

    def _put_objective(self, at: int, cell: GridCell, number: GridCell | None) -> None:
        if cell.lines or (number and number.lines):
            item = new_item(number.text if number else "", cell.lines)
            self.holder.setdefault("objectives", []).append(item)
            self.objective = _Reach(item, "objectives", at, at + max(cell.height, number.height if number else 1))
            self.reach.append(self.objective)
            self.task, self.is_shared = None, False
        elif self.objective and at >= self.objective.end:
            self.objective = None

    def _put_tasks(self, at: int, cell: GridCell, number: GridCell | None) -> None:
        if cell.lines:
            tasks, end = _labelled(cell.lines), at + cell.height
            above = self.objective
            self.is_shared = len(tasks) > 1 and above is not None and at == above.start and end >= above.end
            if number and number.lines and "objective" not in self.source.fields:
                for item in tasks:
                    item.setdefault("number", number.text)
            self.task = self._put(at, cell, "tasks", above, tasks)
        elif self.task and at >= self.task.end:
            self.task = None

    def _put(self, at: int, cell: GridCell, level: str, owner: _Reach | None, items: Sequence[Branch]) -> _Reach:
        """Puts the items of a cell below their owner; the last one with its rows."""
        holder = owner.item if owner else self.holder
        holder.setdefault(level, []).extend(items)
        self.reach += (_Reach(item, level, at, at + cell.height) for item in items)
        return self.reach[-1]

    def _is_part(self, start: int, end: int) -> bool:
        """Whether rows are some of those of an objective, but not all."""
        return any(
            reach.start <= start and end <= reach.end and (start, end) != (reach.start, reach.end)
            for reach in _of(self.reach, "objectives")
        )

    def _owners(self, at: int, end: int, field: str) -> Sequence[_Reach]:
        """The items that a detail belongs to: those whose rows are the rows of its cell, else those around or in
        them."""
        inside = [reach for reach in self.reach if reach.start >= at and reach.end <= end]
        around = [reach for reach in self.reach if reach.start <= at and end <= reach.end]
        same = [reach for reach in inside if (reach.start, reach.end) == (at, end)]
        tasks, wider, alone = _of(same, "tasks"), _of(same, "objectives")[:1], _of(same, "activities")
        if not tasks and len(alone) == 1 and field in self.parted - INHERITED:
            return alone
        if wider and len(tasks) != 1:
            return wider
        if tasks:
            return tasks[-1:]
        objective = next(iter(_of(around, "objectives")), None)
        if objective and at == objective.start and end >= objective.end:
            return [objective]
        first = [reach for reach in around if reach.start == at]
        return _of(inside, "tasks") or _of(first, "tasks")[-1:] or _of(inside, "activities") or around[-1:]

    def _detail(self, at: int, cell: GridCell, column: ChosenColumn) -> None:
        for owner in self._owners(at, at + cell.height, column.field):
            fill_cell(owner.item, column, cell, self.source)


def _of(found: Sequence[_Reach], level: str) -> list[_Reach]:
    return [reach for reach in found if reach.level == level]


def _labelled(lines: Sequence[TextLine]) -> list[Branch]:
    """The items of a cell: one for each line that begins with a number, and the lines below it with it."""
    found: list[Branch] = []
    for line in lines:
        number, rest = numbered(line)
        if number or not found:
            found.append(new_item(number, [rest]))
        else:
            put(found[-1], "text", [line])
    return found


def money_by_years(
    columns: Sequence[ChosenColumn], texts: Sequence[Sequence[str]], year: int, unit_above: str
) -> tuple[ChosenColumn, ...]:
    """Columns for years as those of money, where a heading or the line above the table names a unit of money and none
    names another measure: `Tổng (triệu đồng) | 2026 | 2027`. A column of the whole adds them up again."""
    told = unit_above or any(money_unit(part) for one in columns for part in one.heading[2:])
    fields = {one.field for one in columns}
    codes = [period_of(one.heading.title, one.heading.under, year) for one in columns]
    years = [at for at, code in enumerate(codes) if code.isdecimal() and columns[at].store in {"", "plan"}]
    amounts = [text for at in years for text in texts[at] if text.strip()]
    named = any(one.field == "target" and not code for one, code in zip(columns, codes, strict=True))
    whole = [at for at, one in enumerate(columns) if one.field == "budget" and _is_whole(at, years, texts)]
    others = named or fields & {"unit", "base"} or sum(one.field == "budget" for one in columns) > len(whole)
    if others or len(years) < 2 or not told or not are_amounts(amounts):
        return tuple(columns)
    found = list(columns)
    for at, one in enumerate(columns):
        if at in years:
            found[at] = one._replace(field="budget", store="", period=codes[at], is_unsaid=False)
        elif at in whole or (not one.field and is_total(one.heading.title) and are_amounts(texts[at])):
            found[at] = one._replace(field="budget", period=WHOLE)
    return tuple(found)


def _is_whole(at: int, years: Sequence[int], texts: Sequence[Sequence[str]]) -> bool:
    """Whether a column of money has the sums of those of the years."""
    columns = [texts[at], *(texts[year] for year in years)]
    if len({len(column) for column in columns}) > 1:
        return False
    return all(decimal(whole) == sum(map(decimal, parts)) for whole, *parts in zip(*columns, strict=True))
