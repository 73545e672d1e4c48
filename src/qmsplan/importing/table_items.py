"""A table as the items of a plan: groups, items with their fields, and the columns that print them again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qmsplan.importing.column_words import field_of_heading, is_total, money_unit
from qmsplan.importing.columns import WHOLE, ChosenColumn, choose_fields, money_by_years, with_widths
from qmsplan.importing.follow_up import as_followed
from qmsplan.importing.lines import Grid, GridCell, GridRow, TextLine
from qmsplan.importing.making import (
    Branch,
    Making,
    amount,
    branches,
    fits,
    has_bullet,
    names_objective,
    new_item,
    split_ordinal,
)
from qmsplan.importing.table_head import TableHead, TableHeading, find_head, paint, repeat_above, rows_below, upright
from qmsplan.importing.table_rows import (
    NUMBER,
    OF_HEADING,
    ReadTable,
    SideBySide,
    TableRest,
    TypedSums,
    differences,
    fill_cell,
    heading_of,
    heads_rows,
    is_above,
    is_heading,
    is_high,
    is_total_row,
    rank_of_number,
    spread,
    stored_columns,
    typed_sums,
)
from qmsplan.model.table import COLUMNS, KINDS
from qmsplan.model.text import plain

_LONGEST_NUMBER = 12
"""Letters of what may stand in a column of numbers: `Mục tiêu 1:`."""

_STORES = ("plan", "horizons", "results", "schedule")
"""Where the values of periods go."""
_VALUES = frozenset({"number", "target", "base", "threshold", "unit", "weight", "budget", "funding", "score"})
"""Fields of which no value is a day."""


def table_branch(grid: Grid, making: Making) -> Branch:
    """The fields of a plan, section or annex that print a table: `table` and the items."""
    grid = upright(grid)
    head = find_head(grid)
    if head is None or not any(cell.lines for row in grid.rows[head.end :] for cell in row.cells):
        return _free(grid, head)
    rows = rows_below(grid, head)
    repeat_above(rows, head.headings)
    is_painted = paint(rows, head.headings, making.year)
    texts = [_texts(rows, heading) for heading in head.headings]
    columns = choose_fields(head.headings, texts, making.year, making.last_year)
    columns = money_by_years(columns, texts, making.year, making.unit_above)
    columns = tuple(_settled(column, texts[at], columns, making) for at, column in enumerate(columns))
    fields = {column.field for column in columns}
    if not fields & {"text", "objective", "task", "activities"}:
        return _free(grid, head)
    kind = making.kind or _item_kind(columns, texts)
    columns, is_side = spread(columns, rows)
    if kind == "tasks":
        columns = tuple(column._replace(is_running=False) for column in columns)  # only targets are held against sums
    source = ReadTable(rows, columns, making, kind, {})
    branch: Branch = {}
    rest = (SideBySide if is_side else _Rows)(source, branch).read()
    if any(column.is_unsaid and column.store == "plan" for column in columns):
        _ask(branch, making, "plan", "horizons")
    if is_painted:
        _ask(branch, making, "schedule")
    making.days += _odd_days(rows, columns)
    return {"table": _table_form(grid, head, source, rest, is_side=is_side), **branch}


def _odd_days(rows: Sequence[GridRow], columns: Sequence[ChosenColumn]) -> Iterator[str]:
    """The cells of a workbook that hold days where others of their column hold none: `C7: 1/2`."""
    for column in columns:
        if column.field in {"deadline", "start"}:
            continue
        cells = [cell for row in rows if (cell := column.heading.cell(row)) and cell.lines]
        days = [cell.lines[0] for cell in cells if cell.lines[0].day_in]
        if len(days) * 2 <= len(cells) or (days and (column.store or column.field in _VALUES)):
            yield from (f"{line.day_in}: {line.text}" for line in days)


def _ask(branch: Branch, making: Making, *fields: str) -> None:
    """Marks the first values of a table that stand in some fields: planned ones whose headings leave open whether they
    were reached, and bars that only a colour marks."""
    stored = ((item, name) for _, item in branches(branch) for name in fields if item.get(name))
    if first := next(stored, None):
        making.guess(*first)


def _texts(rows: Sequence[GridRow], heading: TableHeading) -> list[str]:
    found = ((row, cell) for row in rows if (cell := heading.cell(row)))
    return [cell.text for row, cell in found if len(row.filled) != 1 or cell.width <= heading.width]


def _item_kind(columns: Sequence[ChosenColumn], texts: Sequence[Sequence[str]]) -> str:
    numbers = [text for at, one in enumerate(columns) if one.field == "number" for text in texts[at] if text]
    are_named = bool(numbers) and all(map(names_objective, numbers))
    names = [field_of_heading(column.heading.title) for column in columns if column.field in {"text", "objective"}]
    has_target = any(column.field == "target" for column in columns) or not {"objective", "indicator"}.isdisjoint(names)
    return "objectives" if are_named or has_target else "tasks"


def _settled(
    column: ChosenColumn, texts: Sequence[str], columns: Sequence[ChosenColumn], making: Making
) -> ChosenColumn:
    """A column whose values fit its field; what does not becomes a field of the plan's own."""
    filled = [text for text in texts if text.strip()]
    title = column.heading.title
    column, role = as_followed(column, filled, columns, making)
    if column.field == "number" and sum(len(text) <= _LONGEST_NUMBER for text in filled) * 2 < len(filled):
        column = column._replace(field="")
    if column.store in {"plan", "schedule"}:
        return column
    if column.field == "budget":
        others = [one for one in columns if one.field == "budget"]
        if filled and not all(amount(text) for text in filled):
            column = column._replace(field="funding" if len(others) == 1 else "")
        unit = money_unit(title) or money_unit(column.heading.under) or making.unit_above
        making.money_unit = making.money_unit or unit
        if unit and unit != making.money_unit:
            column = column._replace(field="")  # a plan counts all its money in one unit
    elif sum(fits(column.field, text) for text in filled) * 2 < len(filled) or column.field == "refs":
        column = column._replace(field="")
    if not column.field and filled and title:
        under = column.heading.under
        is_told_twice = sum(one.heading.title == title for one in columns) > 1
        name = making.own_field(f"{title} ({under})" if under and is_told_twice else title)
        if column.period:
            making.own_periods[name] = column.period
        elif role:
            making.roles[name] = role
        return column._replace(field=f"fields.{name}")
    return column


class _Rows:
    """Reads rows of which each is an item, a group or a sum."""

    def __init__(self, source: ReadTable, branch: Branch) -> None:
        self.source, self.branch = source, branch
        self.groups: list[tuple[int, Branch]] = []
        self.items: list[tuple[str, Branch]] = []
        self.last: Branch | None = None
        self.parent: Branch | None = None
        """The item whose number reaches over the rows that follow."""
        self.parts_left = 0
        self.free: list[list[str]] = []
        self.adds_up = False
        self.sums: list[TypedSums] = []

    def read(self) -> TableRest:
        """Reads all rows into the branch."""
        last = max((at for at, row in enumerate(self.source.rows) if row.filled), default=-1)
        rows = self.source.rows[: last + 1]
        for at, row in enumerate(rows):
            self.row(row, [one for one in rows[at + 1 :] if one.filled])
        self.source.making.sums += differences(self.sums, self.source.columns)
        return TableRest(self.free, len(self.source.rows) - 1 - last, self.adds_up)

    def row(self, row: GridRow, below: Sequence[GridRow]) -> None:
        if not row.filled:
            return
        has_sums = bool(typed_sums(row, self.source.columns))
        group = self.summed_group(row, below) or (None if has_sums else self.group_of(row, below))
        if is_total_row(row):
            self.total(row)
        elif group is not None and not (group[0] or below or has_sums) and self.last is not None:  # `Ghi chú: …`
            self.free.append([row.filled[0].text, *([""] * (len(self.source.columns) - 1))])
        elif group is not None:
            self.open_group(*group)
            self.sum_up(row)
            for cell, column in self.shared(row, is_group=True):
                fill_cell(self.groups[-1][1], column, cell, self.source)
        elif self.goes_on(row):
            self.more(row)
        else:
            self.item(row)

    def summed_group(self, row: GridRow, below: Sequence[GridRow]) -> tuple[str, list[TextLine]] | None:
        """Number and text of a heading that has the sums of the rows below it; None for a row of another kind."""
        text = self.source.cell(row, "text")
        if text is None or not heads_rows(row, below, self.source, self.numbers()):
            return None
        return self.source.number(row), text.lines

    def group_of(self, row: GridRow, below: Sequence[GridRow]) -> tuple[str, list[TextLine]] | None:
        """Number and text of a heading over the items below it; None for a row of another kind."""
        is_above_them = is_above(row, below, self.source, self.numbers())
        shared = [cell for cell, _ in self.shared(row, is_group=is_above_them)]
        filled = [cell for cell in row.filled if cell not in shared]
        width = self.source.width
        if row.above or not filled or len(self.source.columns) < 2:
            return None
        first = filled[0]
        if len(filled) == 1:
            number_cell = self.source.cell(row, "number")
            is_wide = first.width * 2 > width or (first.width > 1 and (len(row.cells) <= 2 or first is number_cell))
            is_title = is_heading(first) and number_cell in {first, None} and len(first.text) > 3
            if is_wide or is_title or (first is number_cell and len(first.text) > _LONGEST_NUMBER):
                return heading_of(first)
            text = self.source.cell(row, "text")
            return ("", first.lines) if first is text and is_heading(first) and self.last is None else None
        if len(filled) == 2 and NUMBER.match(first.text.strip()):
            second = filled[1]
            is_wide = second.width > 1 and second.width * 2 > width - 1
            is_high = bool(re.match(r"^([IVXLC]+|[A-Z])\b", first.text.strip()))
            is_group = is_heading(second) or (is_high and len(self.source.columns) > 3)
            if is_wide or (len(self.source.columns) > 2 and is_group):
                return first.text.strip(), second.lines
        return None

    def shared(self, row: GridRow, *, is_group: bool) -> list[tuple[GridCell, ChosenColumn]]:
        """The cells of a row with a letter or Roman number that say who or when and reach over rows below it, so that
        they may be a group's; all of them if it is one."""
        if not is_high(self.source.number(row), self.numbers()):
            return []
        columns = [one for one in self.source.columns if one.field in OF_HEADING]
        cells = [(cell, one) for one in columns if (cell := one.heading.cell(row))]
        return [(cell, one) for cell, one in cells if (is_group or cell.height > 1) and cell.lines]

    def numbers(self) -> list[str]:
        """The numbers of the groups that are open."""
        return [str(group.get("number", "")) for _, group in self.groups]

    def sum_up(self, row: GridRow) -> None:
        """Notes the sums of a heading: those of money are added up again, others stay with the group as typed."""
        group = self.groups[-1][1]
        for at, cell in typed_sums(row, self.source.columns, counts_targets=True).items():
            column = self.source.columns[at]
            if column.field != "budget":
                column = column._replace(store="horizons" if column.store == "plan" else column.store)
                fill_cell(group, column, cell, self.source)
        self.note_sums(row, group)

    def note_sums(self, row: GridRow, branch: Branch) -> None:
        found = typed_sums(row, self.source.columns)
        money = {at: cell.text for at, cell in found.items() if self.source.columns[at].field == "budget"}
        if money:
            self.adds_up = True
            words = " ".join(cell.text for cell in row.filled if cell.text not in money.values())
            self.sums.append(TypedSums(words, branch, money))

    def note_whole(self, row: GridRow, item: Branch) -> None:
        """Notes what a column of sums beside those of the sources has for an item; without such sources it is the
        item's amount."""
        columns = self.source.columns
        for at, cell in typed_sums(row, columns).items():
            heading = columns[at].heading
            is_whole = columns[at].period == WHOLE or (heading.under and is_total(heading.title))
            if columns[at].field == "budget" and is_whole:
                item.setdefault("budget", [{"amount": amount(cell.text)}])
                self.sums.append(TypedSums(str(item.get("text", "")), {"tasks": [item]}, {at: cell.text}))

    def open_group(self, number: str, lines: list[TextLine]) -> None:
        group = new_item(number, lines)
        rank = self.close_groups(number)
        holder = self.groups[-1][1] if self.groups else self.branch
        is_objective = names_objective(number) and self.source.kind == "tasks"
        if is_objective:
            self.source.making.guess(group)
        else:
            for item in holder.get(self.source.kind, ()):
                self.source.making.guess(item)  # it stands above the group, and is printed below it
        holder.setdefault("objectives" if is_objective else "groups", []).append(group)
        self.groups.append((rank, group))
        self.items, self.last, self.parent = [], None, None

    def close_groups(self, number: str) -> int:
        """Closes the groups that end where an item or a group with a number begins; the rank of the number."""
        rank = rank_of_number(number, self.numbers())
        while self.groups and self.groups[-1][0] >= rank:
            self.groups.pop()
        return rank

    def total(self, row: GridRow) -> None:
        """A row of sums. Money is added up again when it is printed; what else the row says stands beside its sum."""
        columns = self.source.columns
        sums = {c.heading.column for c in columns if c.field == "budget"}
        texts = [(cell.text if (cell := c.heading.cell(row)) else "") for c in columns]
        if sums and (any(cell.column in sums for cell in row.filled) or not any(map(amount, texts))):
            number = plain(row.filled[0].text).removeprefix("cộng").strip(" .")
            groups = [group for _, group in self.groups if plain(str(group.get("number", ""))).strip(" .)") == number]
            is_of_all = not (groups or number) or not self.groups or plain(row.filled[0].text).startswith("tổng")
            if is_of_all or groups:
                self.note_sums(row, self.branch if is_of_all else groups[-1])
            self.adds_up = True
            texts = ["" if c.heading.column in sums else text for c, text in zip(columns, texts, strict=True)]
        if any(text and not is_total(text) and text != row.filled[0].text for text in texts) or not sums:
            self.free.append(texts)

    def goes_on(self, row: GridRow) -> bool:
        """Whether a row has more of the item above: neither its number nor its text begins here."""
        if self.last is None:
            return False
        text = self.source.cell(row, "text")
        number = self.source.cell(row, "number")
        if number and number.lines:
            return False
        if not (text and text.lines):
            return True
        alone = all(cell is text for cell in row.filled)
        return alone and text.lines[0].text[:1].islower()  # the end of a sentence that a page break cut

    def more(self, row: GridRow) -> None:
        assert self.last is not None  # noqa: S101
        for column in self.source.columns:
            cell = column.heading.cell(row)
            if cell is not None and cell.lines:
                fill_cell(self.last, column, cell, self.source)

    def item(self, row: GridRow) -> None:
        if (beside := self.source.cell(row, "group")) and beside.lines:
            self.groups = []
            self.open_group(*heading_of(beside))
        item: Branch = {}
        number = self.source.cell(row, "number")
        if number and number.lines:
            item["number"] = number.text
        spans = number is not None and number.height > 1 and bool(number.lines)
        text = self.source.cell(row, "text")
        if spans and number is not None and text is not None and text.height < number.height:
            self.parent = {"number": number.text}
            self.parts_left = number.height
            self.place(self.parent)
            item.pop("number")
        elif number is not None and number.lines:
            self.parent = None
        self.fill(item, row)
        self.note_whole(row, item)
        if self.parent is not None and self.parts_left:
            self.parts_left -= 1
            self.parent.setdefault("activities", []).append(item)
            self.last = item
            return
        if "number" not in item and (lines := item.get("text", "")) and "number" not in self.source.fields:
            found, rest = split_ordinal(lines)
            if found:
                item["number"], item["text"] = found, rest
        self.place(item)
        self.last = item

    def fill(self, item: Branch, row: GridRow) -> None:
        """Gives an item what stands in the cells of its row; the one above it what reaches over all its parts."""
        for column in self.stored(row):
            cell = self.owned(row, column)
            if cell is None or column.field in {"number", "group"} or not cell.lines:
                continue
            holder = self.parent if self.parent is not None and cell.height >= self.parts_left > 1 else item
            for over in self.reached(cell, column):
                fill_cell(holder, over, cell, self.source)
            if column.store and cell.width > column.heading.width:
                self.source.making.guess(holder, next(name for name in _STORES if name in holder))

    def reached(self, cell: GridCell, column: ChosenColumn) -> Sequence[ChosenColumn]:
        """The columns that a cell gives its value to: a bar over months to each of them, a value over quarters to the
        last one, by the end of which it is to be attained."""
        if not column.store:
            return [column]
        stored = [one for one in self.source.columns if one.store]
        over = [one for one in stored if cell.column <= one.heading.column < cell.column + cell.width]
        return over if column.store == "schedule" else [over[-1]._replace(store=column.store, value=column.value)]

    def stored(self, row: GridRow) -> Sequence[ChosenColumn]:
        """The columns with the place where this item's values of periods go."""
        held = {at: self.owned(row, one) for at, one in enumerate(self.source.columns) if one.store == "plan"}
        texts = {at: cell.text for at, cell in held.items() if cell and cell.lines}
        return stored_columns(row, self.source, texts)

    def owned(self, row: GridRow, column: ChosenColumn) -> GridCell | None:
        """The cell of a column: one that starts here, or one from above that holds for this row too."""
        cell = column.heading.cell(row)
        if cell is not None:
            return cell
        above = next((c for at, c in row.above.items() if column.heading.is_over(at)), None)
        is_shared = above is not None and column.field not in {"number", "text"}
        return None if not is_shared or (self.parent is not None and self.parts_left) else above

    def place(self, item: Branch) -> None:
        """Puts an item below the one whose number it goes on: `1.1` below `1`."""
        number = str(item.get("number", "")).strip(" .)")
        is_part = not number and has_bullet(str(item.get("text", ""))) and bool(self.items)
        while self.items and not is_part:
            above = self.items[-1][0]
            if above and number.startswith(f"{above}."):
                break
            if re.fullmatch(r"[a-zđ]", number) and re.fullmatch(r"[\d.]+", above):
                break
            if is_high(above, ()) and number[:1].isdigit():
                break  # `1` below `I`, which says more than a heading does
            self.items.pop()
        if is_high(number, self.numbers()):
            self.close_groups(number)
        holder = self.items[-1][1] if self.items else self.groups[-1][1] if self.groups else self.branch
        holder.setdefault(self.source.kind, []).append(item)
        if number:
            self.items.append((number, item))


def _table_form(grid: Grid, head: TableHead, source: ReadTable, rest: TableRest, *, is_side: bool) -> Branch:
    kind, own = _table_kind(source, is_side=is_side), source.making.own
    columns = [_column_form(column, kind, source.also, own) for column in source.columns]
    form = _laid_out(grid, head, with_widths(columns, head.headings, grid.widths, kind, tuple(own)), kind)
    if "budget" in {column.field for column in source.columns} and rest.adds_up != (kind == "budget"):
        form["total"] = "true" if rest.adds_up else "false"
    return form | _rows_below(rest.rows, rest.blank)


def _laid_out(grid: Grid, head: TableHead | None, columns: list[Branch | str], kind: str) -> Branch:
    """A table of a kind with its columns, and how it lies on its page."""
    form: Branch = {"kind": kind, "columns": columns}
    if grid.is_landscape is not None:
        form["orientation"] = "landscape" if grid.is_landscape else "portrait"
    if head and head.is_numbered:
        form["numbered"] = "true"
    return form


def _rows_below(rows: Sequence[Sequence[str]], blank: int) -> Branch:
    return {**({"rows": rows} if rows else {}), **({"blank": str(blank)} if blank else {})}


_KINDS_BY_FIELD = (
    ("kpi", {"weight", "threshold"}),
    ("budget", {"budget"}),
    ("sessions", {"hours", "place", "participants"}),
    ("indicators", {"unit", "base", "method", "target", "source"}),
)
"""Kinds of tables, each told by any of some fields; the first that fits counts."""


def _table_kind(source: ReadTable, *, is_side: bool) -> str:
    """The kind of a table by its columns."""
    fields = {column.field for column in source.columns}
    if is_side:
        return "framework"
    if any(column.store == "schedule" for column in source.columns):
        return "schedule"
    told = (kind for kind, names in _KINDS_BY_FIELD if names & fields and (kind != "sessions" or "deadline" in fields))
    if kind := next(told, ""):
        return kind
    if source.kind == "objectives":
        return "objectives"
    people = [column for column in source.columns if column.field in {"lead", "support"}]
    is_under = all(column.heading.under for column in people)
    return "tasks" if is_under else "free"


def _column_form(column: ChosenColumn, kind: str, also: dict[str, list[str]], own: Mapping[str, str]) -> Branch | str:
    """A column of the table: its name, or its name with the headings that differ from those of the kind."""
    name = column.field.removeprefix("fields.")
    names = [name, *also.get(column.field, ())]
    written = "+".join(names) if name else ""
    known = KINDS[kind]
    heading = column.heading
    usual = known.titles.get(name) or (COLUMNS[name].title if name in COLUMNS else "")
    form: Branch = {"field": written} if written else {}
    is_own = column.field.startswith("fields.") and f"({heading.under})" not in own.get(name, "")
    if heading.title and (heading.title != usual or name == "budget") and not is_own:
        form["title"] = heading.title
    if heading.under and heading.under != known.under.get(name):
        form["under"] = heading.under
    if name == "budget" and column.period:
        return form | ({"period": column.period} if column.period != WHOLE else {})
    if name == "budget" and heading.under and not is_total(heading.title):
        form["source"] = heading.title
        form.pop("title", None)
    return written if written and len(form) == 1 else form


def _free(grid: Grid, head: TableHead | None) -> Branch:
    """A table that holds no items: its rows as they are."""
    end = head.end if head else 0
    headings = head.headings if head else tuple(TableHeading(at, 1, "") for at in range(grid.width))
    texts = [[cell.text if (cell := heading.cell(row)) else "" for heading in headings] for row in grid.rows[end:]]
    rows = [row for row in texts if any(row)]
    columns: list[Branch | str] = [
        {"title": heading.title or "-", **({"under": heading.under} if heading.under else {})} for heading in headings
    ]
    table = _laid_out(grid, head, with_widths(columns, headings, grid.widths, "free"), "free")
    return {"table": table | _rows_below(rows, len(texts) - len(rows))}
