"""A table as the items of a plan: what its columns stand for, its rows as items, and the form that prints it again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qmsplan.importing.column_words import field_of_detail, field_of_heading, is_total, is_who, money_unit, period_of
from qmsplan.importing.columns import ChosenColumn, choose_fields
from qmsplan.importing.follow_up import as_followed
from qmsplan.importing.lines import Grid, GridCell, GridRow, TableHeading, TextLine
from qmsplan.importing.making import (
    PARTS,
    Branch,
    Making,
    are_amounts,
    branches,
    fits,
    guess,
    is_no_amount,
    is_time,
    names_objective,
)
from qmsplan.importing.table_cells import (
    LONGEST_NUMBER,
    WHOLE,
    ReadTable,
    TableRest,
    money_by_years,
    read_side_by_side,
    spread,
)
from qmsplan.importing.table_head import TableHead, find_head, headings_of, is_form, rows_below, upright
from qmsplan.importing.table_rows import read_rows
from qmsplan.model.table import BLANK, COLUMNS, KINDS, OWN, PERIOD
from qmsplan.model.text import plain

_LEAST_PERIODS = 3
"""Columns of a schedule."""
_VALUES = frozenset({"number", "target", "base", "threshold", "unit", "weight", "budget", "funding", "score"})
"""Fields of which no value is a day."""
_KEYS = dict.fromkeys(("objective", "task", "activities"), "text")
"""Where the cells of a column go that is called after a list of items."""


def table_branch(grid: Grid, making: Making, unit_above: str = "") -> Branch:
    """The fields of a plan, section or annex that print a table: `table` and the items. `unit_above` is the unit of
    money that the line above it names."""
    grid = upright(grid)
    head = find_head(grid)
    if is_form(grid):
        return _free(grid, TableHead(0, 1, headings_of(grid, 0, 1), is_numbered=False), making)
    if head is None or not any(cell.lines for row in grid.rows[head.end :] for cell in row.cells):
        return _free(grid, head, making)
    rows = rows_below(grid, head)
    repeat_above(rows, head.headings)
    is_painted = paint(rows, head.headings, making.year)
    texts = [_texts(rows, heading) for heading in head.headings]
    columns = choose_fields(head.headings, texts, making.year, making.last_year)
    columns = money_by_years(columns, texts, making.year, unit_above)
    if not {column.field for column in columns} & {"text", "objective", "task", "activities"}:
        return _free(grid, head, making)
    columns = tuple(_settled(column, texts[at], columns, making, unit_above) for at, column in enumerate(columns))
    kind = making.kind or _item_kind(columns, texts)
    columns, is_side = spread(columns, rows)
    if kind == "tasks":
        columns = tuple(_of_task(column, texts[at], making) for at, column in enumerate(columns))
    source = ReadTable(rows, columns, making, kind, {})
    branch: Branch = {}
    rest = (read_side_by_side if is_side else read_rows)(source, branch)
    for column in (one for one in columns if one.is_unsaid and one.store in {"plan", ""}):
        _ask(branch, *(("plan", "horizons") if column.store else (_KEYS.get(column.field, column.field),)))
    if is_painted:
        _ask(branch, "schedule")
    making.days += _odd_days(rows, columns)
    return {"table": _table_form(grid, head, source, rest, is_side=is_side), **branch}


def _of_task(column: ChosenColumn, texts: Sequence[str], making: Making) -> ChosenColumn:
    """A column beside tasks: its values are no running totals, as only targets are held against sums; days below a
    quarter, `15/5`, are times."""
    filled = [text for text in texts if text.strip()]
    if column.store == "plan" and filled and all(is_time(text, making.year, making.last_year) for text in filled):
        column = column._replace(store="schedule", is_unsaid=False)
    return column._replace(is_running=False)


def _odd_days(rows: Sequence[GridRow], columns: Sequence[ChosenColumn]) -> Iterator[str]:
    """The cells of a workbook that hold days where others of their column hold none: `C7: 1/2`."""
    for column in columns:
        if column.field in {"deadline", "start"}:
            continue
        cells = [cell for row in rows if (cell := column.heading.cell(row)) and cell.lines]
        days = [cell.lines[0] for cell in cells if cell.lines[0].day_in]
        if len(days) * 2 <= len(cells) or (days and (column.store or column.field in _VALUES)):
            yield from (f"{line.day_in}: {line.text}" for line in days)


def _ask(branch: Branch, *fields: str) -> None:
    """Marks the first values of a table that stand in some fields: planned ones whose headings leave open whether they
    were reached, and bars that only a colour marks."""
    parts = (item for list_, item in branches(branch) if list_ != "groups")
    stored = ((item, name) for item in parts for name in fields if item.get(name))
    if first := next(stored, None):
        guess(*first)


def _texts(rows: Sequence[GridRow], heading: TableHeading) -> list[str]:
    """The cells below a heading, but those that head the rows below them: wider ones, or alone among the numbers."""
    found = ((row, cell) for row in rows if (cell := heading.cell(row)))
    widest = 0 if field_of_heading(heading.title) == "number" else heading.width
    return [cell.text for row, cell in found if len(row.filled) != 1 or cell.width <= widest]


def _item_kind(columns: Sequence[ChosenColumn], texts: Sequence[Sequence[str]]) -> str:
    numbers = [text for at, one in enumerate(columns) if one.field == "number" for text in texts[at] if text]
    are_named = bool(numbers) and all(map(names_objective, numbers))
    names = [field_of_heading(column.heading.title) for column in columns if column.field in {"text", "objective"}]
    has_target = any(column.field == "target" for column in columns) or not {"objective", "indicator"}.isdisjoint(names)
    return "objectives" if are_named or has_target else "tasks"


def _settled(
    column: ChosenColumn, texts: Sequence[str], columns: Sequence[ChosenColumn], making: Making, unit_above: str
) -> ChosenColumn:
    """A column whose values fit its field; what does not becomes a field of the plan's own."""
    filled = [text for text in texts if text.strip()]
    column, role = as_followed(column, filled, columns, making)
    if column.store in {"plan", "schedule"}:
        return column
    if column.field == "budget":
        column = _as_money(column, filled, columns, making, unit_above)
    elif not _holds(column.field, filled) or (column.field == "budget-source" and not _has_money(columns)):
        column = column._replace(field="")
    title, under = column.heading.title, column.heading.under
    if column.field or not (filled and title):
        return column
    is_told_twice = sum(one.heading.title == title for one in columns) > 1
    name = making.own_field(f"{title} ({under})" if under and is_told_twice else title)
    if column.period:
        making.own_periods[name] = column.period
    elif role:
        making.roles[name] = role
    elif is_who(title) and not field_of_detail(title) and _are_parts(filled):  # and no `Đơn vị chủ trì`
        making.units[name] = title
    return column._replace(field=f"fields.{name}")


def _holds(field: str, texts: Sequence[str]) -> bool:
    """Whether the field of a column holds most of its values."""
    if field in {"lead", "support", "monitor"}:
        return not texts or not _are_parts(texts)
    if field == "number":
        return sum(len(text) <= LONGEST_NUMBER for text in texts) * 2 >= len(texts)
    return field != "refs" and sum(fits(field, text) for text in texts) * 2 >= len(texts)


def _has_money(columns: Sequence[ChosenColumn]) -> bool:
    """Whether a column has amounts, of which another one may say the source."""
    return any(one.field == "budget" for one in columns)


def _are_parts(texts: Sequence[str]) -> bool:
    """Whether cells mark the part of the unit whose name stands above them: `CT`, `PH`."""
    return all(plain(text) in PARTS for text in texts)


def _as_money(
    column: ChosenColumn, texts: Sequence[str], columns: Sequence[ChosenColumn], making: Making, unit_above: str
) -> ChosenColumn:
    """A column of money as the plan holds it: it counts all its money in one unit."""
    if any(map(str.isalpha, texts)) and all(map(is_no_amount, texts)):
        return column._replace(field="")  # `x` below `Ngân sách` and below `Xã hội hóa` says where the money comes from
    if texts and not are_amounts(texts):
        column = column._replace(field="funding" if sum(one.field == "budget" for one in columns) == 1 else "")
    unit = money_unit(column.heading.title) or money_unit(column.heading.under) or unit_above
    making.money_unit = making.money_unit or unit
    return column._replace(field="") if unit and unit != making.money_unit else column


_SAME = re.compile(r"[-–\s]*(?:n\.?\s?t|như trên|[\"”″〃]|''|//)[-–\s.]*", re.IGNORECASE)


_SAME_AS = re.compile(
    r"[-–\s]*như (?:mục|số|stt|tt|nội dung|nhiệm vụ)(?: số)? (?P<number>[\w.]+?)[-–\s.]*", re.IGNORECASE
)


def is_same(text: str) -> bool:
    """Whether a cell only says that what stands above, or in another row, holds here too: `nt`, `Như mục 1`."""
    return bool(_SAME.fullmatch(text) or _SAME_AS.fullmatch(text))


def repeat_above(rows: Sequence[GridRow], headings: Sequence[TableHeading]) -> None:
    """Gives cells that only say that another one holds for them too, the one above (`nt`) or that of a row with a
    number (`Như mục 1`), what stands there."""
    numbers = next((one for one in headings if field_of_heading(one.title) == "number"), None)
    for heading in headings:
        above: GridCell | None = None
        numbered: dict[str, GridCell] = {}
        cells = ((row, cell) for row in rows if (cell := heading.cell(row)) and cell.lines)
        for row, cell in cells:
            if source := _source_of(cell.text, above, numbered):
                cell.content, cell.is_repeated = source.content, True
            elif not _SAME_AS.fullmatch(cell.text):
                above = cell
            if numbers and (number := numbers.cell(row)):
                numbered[number.text.strip(" .)")] = cell  # the nearest: each group may count from 1


def _source_of(text: str, above: GridCell | None, numbered: Mapping[str, GridCell]) -> GridCell | None:
    """The cell that a text points to: the one above, or that of the row with a number; None for other texts."""
    if named := _SAME_AS.fullmatch(text):
        return numbered.get(named["number"])
    return above if _SAME.fullmatch(text) else None


def paint(rows: Sequence[GridRow], headings: Sequence[TableHeading], year: int) -> bool:
    """Puts marks into the cells of months and quarters that only their colour marks, as bars of a schedule; whether
    there are any. The colour of a whole row or column is none of a bar, nor one beside values."""
    periods = [one for one in headings if period_of(one.title, one.under, year)]
    if len(periods) < _LEAST_PERIODS:
        return False
    cells = {}
    for at, row in enumerate(rows):
        own = {cell.column for one in periods if (cell := one.cell(row))}
        usual = {cell.colour for cell in row.cells if cell.column not in own}
        for one in periods:
            cell = one.cell(row)
            if cell and cell.colour and cell.colour not in usual:
                cells[at, one.column] = cell
    marks = [cell for row in rows for one in periods if (cell := one.cell(row)) and cell.lines]
    if any(len(cell.text) > 1 or cell.text.isdigit() for cell in marks):
        return False
    whole = {
        one.column for one in periods if len(rows) > 2 and all((at, one.column) in cells for at in range(len(rows)))
    }
    bars = [cell for (_, column), cell in cells.items() if column not in whole and not cell.lines]
    for cell in bars:
        cell.content.append(TextLine("x"))
    return bool(bars)


_VISIBLE = 6
"""Per cent of the table's width by which a column has to differ from the usual width to be told."""


def _with_widths(
    columns: Sequence[Branch | str],
    headings: Sequence[TableHeading],
    widths: Sequence[int],
    kind: str,
    own: Sequence[str] = (),
) -> list[Branch | str]:
    """The columns of a table with their shares of its width in per cent, if any of them visibly differs from the usual
    one: `{field: text, title: Nội dung, width: 46}`.

    `widths` are those of the file's grid in twips; a grid with equal columns says nothing, as programs write it where
    nobody set a width."""
    if len(columns) < 2 or sum(widths) <= 0 or max(widths) - min(widths) < _VISIBLE:
        return list(columns)
    typed = [sum(widths[one.column : one.column + one.width]) for one in headings]
    if len(typed) != len(columns) or not all(width > 0 for width in typed):
        return list(columns)
    shares = [100 * width / sum(typed) for width in typed]
    usual = [_usual(column, kind, own) for column in columns]
    if all(abs(share - 100 * width / sum(usual)) < _VISIBLE for share, width in zip(shares, usual, strict=True)):
        return list(columns)
    forms = [{"field": column} if isinstance(column, str) and column else dict(column or {}) for column in columns]
    return [{**form, "width": f"{max(round(share), 1)}"} for form, share in zip(forms, shares, strict=True)]


def _usual(column: Branch | str, kind: str, own: Sequence[str]) -> float:
    """The share of the width that a column has by itself."""
    name = column if isinstance(column, str) else str(column.get("field", ""))
    first = name.partition("+")[0]
    of_kind = dict(zip(KINDS[kind].columns.split(), map(float, KINDS[kind].widths.split()), strict=False))
    if name in of_kind:
        return of_kind[name]
    if first in COLUMNS:
        return COLUMNS[first].width
    if first in own:
        return OWN.width
    return (3.4 if kind == "schedule" else PERIOD.width) if first else BLANK.width


def _table_form(grid: Grid, head: TableHead, source: ReadTable, rest: TableRest, *, is_side: bool) -> Branch:
    kind, own = _table_kind(source, is_side=is_side), source.making.own
    columns = [_column_form(column, kind, source.also, own) for column in source.columns]
    form = _laid_out(grid, head, _with_widths(columns, head.headings, grid.widths, kind, tuple(own)), kind)
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


def _free(grid: Grid, head: TableHead | None, making: Making) -> Branch:
    """A table that holds no items: its rows as they are."""
    end = head.end if head else 0
    if head and any(field_of_heading(one.title) == "number" for one in head.headings):
        making.free_tables.append(" | ".join(one.title for one in head.headings))
    headings = head.headings if head else tuple(TableHeading(at, 1, "") for at in range(grid.width))
    texts = [[cell.text if (cell := heading.cell(row)) else "" for heading in headings] for row in grid.rows[end:]]
    rows = [row for row in texts if any(row)]
    columns: list[Branch | str] = [
        {"title": heading.title or "-", **({"under": heading.under} if heading.under else {})} for heading in headings
    ]
    table = _laid_out(grid, head, _with_widths(columns, headings, grid.widths, "free"), "free")
    return {"table": table | _rows_below(rows, len(texts) - len(rows))}
