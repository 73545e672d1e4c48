"""The table of a plan, section, annex or group as a block: one way for all kinds and all columns.

What is printed follows from columns as data (`model.table`) and the items; templates only say where a table
stands. A branch that chose a table itself holds it as `branch["table"]` (see `plan_view`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from qmsplan.documents.blocks import Cell, Para, Row, RowKind, Table, text_lines, with_slots
from qmsplan.documents.table_choice import (
    ITEMS,
    NO_CHOICE,
    SIDE,
    Branch,
    TableColumn,
    all_items,
    columns_of,
    counted,
    joined_texts,
    numbered,
    share_text,
    sum_of,
    texts_of,
    value_of,
)
from qmsplan.documents.table_spans import span_rows
from qmsplan.model.table import COLUMNS, KINDS, TableKind, money_text
from qmsplan.model.text import plain

_INHERITED = ("lead", "deadline")
"""What a row shows of the items above where its own says nothing."""
_TOTAL = frozenset({"tổng cộng", "tổng số", "tổng", "cộng"})
"""What a row of sums is called."""
_SPANNED = frozenset({"number", "lead", "support"})
"""What stands once beside all parts of an item that is only a number."""


class TableCell(NamedTuple):
    """A cell: its paragraphs, each the text of a field; how many rows it spans."""

    texts: tuple[str, ...]
    rows: int = 1


class TableRow(NamedTuple):
    """A row: the cells by the index of their column. A column without one is covered from above."""

    kind: RowKind
    cells: Mapping[int, TableCell]


class PrintedTable(NamedTuple):
    """What the rows of a table are made from: its columns, how rows are laid out, and the choices of the plan."""

    columns: tuple[TableColumn, ...]
    kind: TableKind
    choice: Branch

    @property
    def tells_targets(self) -> bool:
        """Whether no column has the targets, so that the text of an item has to tell them."""
        return not any("target" in column.fields for column in self.columns)

    @property
    def adds_up(self) -> bool:
        """Whether sums of money are added up."""
        wanted = self.choice["total"]
        is_wanted = self.choice["kind"] == "budget" if wanted == "" else bool(wanted)
        return is_wanted and any("budget" in column.fields for column in self.columns)

    @property
    def typed_total(self) -> Sequence[str]:
        """The row that the plan typed for what its sums do not say, `Tổng cộng | | 70`; empty if there is none."""
        sums = {at for at, column in enumerate(self.columns) if "budget" in column.fields}
        typed = (row for row in self.choice["rows"] if plain(next(filter(None, row), "")) in _TOTAL)
        bare = (row for row in typed if not any(text for at, text in enumerate(row) if at in sums))
        return next(bare, ()) if self.adds_up and self.kind.layout != "spans" else ()


_SIDE_BY_SIDE = frozenset({"objective", "task", "activities"})
"""Columns that only a table of items side by side can fill, whatever the template is for."""


def table_of(branch: Branch, kind: str = "free") -> tuple[Table | None, str]:
    """The table of a branch, None if it has no rows, and the line above it. `kind` is for a branch that chose none."""
    choice = {**NO_CHOICE, "money_unit": branch.get("money_unit", ""), **(branch.get("table") or {})}
    choice["has_own_headings"] = branch.get("has_own_headings", True)
    is_side_by_side = any(form.get("field") in _SIDE_BY_SIDE for form in choice["columns"])
    choice["kind"] = "framework" if is_side_by_side else choice["kind"] or kind
    chosen = KINDS[choice["kind"]]
    items = list(all_items(branch))
    if not items and not choice["rows"] and not choice["blank"]:
        return None, ""
    columns = tuple(columns_of(choice, chosen, items))
    source = PrintedTable(columns, chosen, choice)
    rows = [*_rows(source, branch), *_free_rows(source)]
    if chosen.layout == "spans":
        source, rows = _without_empty_spans(source, rows)
    if not source.columns:
        return None, ""
    printed = [*_header(source), *(_row(source.columns, row) for row in rows)]
    widths = tuple(column.width for column in source.columns)
    return Table(0, widths, tuple(with_slots(printed, len(widths)))), _line_above(source, branch, items)


def _line_above(source: PrintedTable, branch: Branch, items: Iterable[Branch]) -> str:
    """The unit of money, where no heading says it: `Đơn vị tính: triệu đồng`; beside a column of units it is named as
    that of money."""
    unit = source.choice["money_unit"]
    has_money = any(item["budget"] for item in items) and branch.get("tells_money_unit", True)
    if not has_money or not _lacks_money_unit(source.columns, unit):
        return ""
    units = ("đơn vị tính", "đvt")
    has_units = any("unit" in one.fields or one.title.casefold().startswith(units) for one in source.columns)
    return f"Đơn vị {'tiền' if has_units and source.choice['has_own_headings'] else 'tính'}: {unit}"


_NO_MONEY = re.compile(r"\b(?:cộng|hợp|hội) đồng\b|\bt[ỷỉ] (?:lệ|trọng)\b")
_IN_MONEY = re.compile(r"(?:\b|\d)(?:đ|đồng|vnđ|vnd|usd|trđ)\b|\b(?:nghìn|ngàn|triệu|tỷ|tỉ)\b")
"""Words for money in a heading: `ĐVT: 1.000đ`, `Kinh phí (triệu)`; `Hợp đồng` and `Tỷ lệ` are none."""


def _lacks_money_unit(columns: Iterable[TableColumn], unit: str) -> bool:
    """Whether columns hold money, and no heading says in what it is counted: those that the plan titles itself."""
    money = [column for column in columns if "budget" in column.fields and not column.is_share]
    heads = _NO_MONEY.sub("", " ".join(f"{column.under} {column.title}" for column in money).casefold())
    return bool(money and unit) and unit.casefold() not in heads and not _IN_MONEY.search(heads)


def _rows(source: PrintedTable, branch: Branch) -> Iterator[TableRow]:
    if source.kind.layout == "spans":
        yield from _span_rows(source, branch)
        return
    yield from _branch_rows(source, branch, {})
    if source.adds_up:
        yield _total(source, branch, "Tổng cộng", source.typed_total)


def _branch_rows(source: PrintedTable, branch: Branch, above: Mapping[str, str]) -> Iterator[TableRow]:
    yield from _group_rows(source, branch, above)
    for item in (item for name in ITEMS for item in branch[name]):
        yield from _item_rows(source, item, above)


def _inherit(item: Branch, above: Mapping[str, str]) -> dict[str, str]:
    return {name: item[name] or above.get(name, "") for name in _INHERITED}


def _group_rows(source: PrintedTable, branch: Branch, above: Mapping[str, str]) -> Iterator[TableRow]:
    """Groups as rows across the table, or beside their items where there is a column for them."""
    at = next((index for index, column in enumerate(source.columns) if column.fields == ("group",)), None)
    for group in branch["groups"]:
        rows = list(_branch_rows(source, group, _inherit(group, above)))
        if source.adds_up and at is None:
            rows.append(_total(source, group, f"Cộng {group['number']}".rstrip(" .")))
        if at is None:
            yield TableRow("group", _group_cells(source, group))
            yield from rows
            continue
        for index, row in enumerate(rows):
            own = {at: TableCell((numbered(group, group["text"]),), len(rows))} if not index else {}
            yield row._replace(cells={key: cell for key, cell in row.cells.items() if key != at} | own)


def _group_cells(source: PrintedTable, group: Branch) -> dict[int, TableCell]:
    """A number in its column, and the text over all others, or over those before what the group says itself that its
    rows do not repeat, such as its weight; number and text together where there is no column for numbers."""
    cells = {0: TableCell((numbered(group, group["text"]),))}
    if source.columns[0].fields == ("number",) and len(source.columns) > 1:
        cells = {0: TableCell((group["number"],)), 1: TableCell((group["text"],))}
    named = {"text", *(SIDE if source.kind.layout == "spans" else ())}
    text = max((at for at, one in enumerate(source.columns) if named & {*one.fields}), default=len(source.columns))
    beside = {at: tuple(texts_of(one, group, {})) for at, one in enumerate(source.columns) if at > text}
    said = [at for at, texts in beside.items() if texts]
    if {field for at in said for field in source.columns[at].fields} <= {*_INHERITED}:
        return cells
    return cells | {at: TableCell(texts) for at, texts in beside.items() if at >= said[0]}


def _item_rows(source: PrintedTable, item: Branch, above: Mapping[str, str]) -> Iterator[TableRow]:
    if source.kind.layout == "numbered":
        yield from _numbered_rows(source, item, above)
        return
    inherited = _inherit(item, above)
    yield TableRow("item", _cells(source, item, inherited))
    yield from _branch_rows(source, item, inherited)


def _numbered_rows(source: PrintedTable, item: Branch, above: Mapping[str, str]) -> Iterator[TableRow]:
    """An item in a row, then what stands below it. Without text its number spans the rows below, with who leads and
    helps. An objective below a task that is no more than a statement stands among the task's results."""
    parts = item["tasks"] + item["activities"]
    inherited = _inherit(item, above)
    if parts and not item["text"] and not any(map(_stands_alone, parts)):
        yield from _rows_beside(source, item, parts, inherited)
        return
    yield TableRow("item", _cells(source, item, inherited))
    yield from _group_rows(source, item, inherited)
    for part in (*filter(_tells_more, item["objectives"]), *parts):
        yield from _numbered_rows(source, part, inherited)


def _rows_beside(
    source: PrintedTable, item: Branch, parts: Sequence[Branch], inherited: Mapping[str, str]
) -> Iterator[TableRow]:
    """The rows of the parts of an item that is only a number, which stands once beside them, with its people."""
    spanned = [at for at, column in enumerate(source.columns) if set(column.fields) <= _SPANNED]
    beside = {at: TableCell(tuple(texts_of(source.columns[at], item, inherited)), len(parts)) for at in spanned}
    for part in parts:
        cells = _cells(source, part, _inherit(part, inherited), labelled=True)
        yield TableRow("item", {at: cell for at, cell in cells.items() if at not in spanned} | beside)
        beside = {}


_SAID = frozenset({"text", "target", "group", "objective", "task", "activities", "budget-source", "unit"})


def _tells_more(item: Branch) -> bool:
    """Whether an item has more than a text and a target."""
    fields = (item.get(name) for name in COLUMNS if name not in _SAID)
    return any(fields) or bool(item["objectives"]) or _has_parts(item) or bool(item["fields"])


def _has_parts(item: Branch) -> bool:
    return any(item[name] for name in ("groups", "tasks", "activities"))


def _stands_alone(item: Branch) -> bool:
    """Whether an item can't share the people of the one above: it has its own, or rows below it."""
    return bool(item["lead"] or item["support"] or _has_parts(item) or any(map(_tells_more, item["objectives"])))


def _cells(
    source: PrintedTable, item: Branch, inherited: Mapping[str, str], *, labelled: bool = False
) -> dict[int, TableCell]:
    words = numbered(item, item["text"]) if labelled else item["text"]
    unsaid = [COLUMNS["target"].before + item["unsaid"]] if source.tells_targets and item["unsaid"] else []
    is_numbered = source.kind.layout == "numbered"
    bare = [_statement(part) for part in item["objectives"] if is_numbered and not _tells_more(part)]
    results = [" ".join(bare)] if bare else []
    cells = {}
    for index, column in enumerate(source.columns):
        texts = list(texts_of(column, item, inherited))
        if column.fields[:1] == ("text",):
            texts[: bool(item["text"])] = [words, *unsaid]
        if "deliverables" in column.fields:
            after = bool(item["deliverables"])
            texts[after:after] = results
        cells[index] = TableCell(tuple(texts))
    return cells


def _statement(item: Branch) -> str:
    return f"{item['text']} ({item['unsaid']})" if item["unsaid"] else str(item["text"])


def _total(source: PrintedTable, branch: Branch, words: str, typed: Sequence[str] = ()) -> TableRow:
    """A row with the sums of all items of a branch, and beside them what the plan typed: its words, then the others."""
    items = list(all_items(branch))
    first = next(index for index, column in enumerate(source.columns) if "budget" in column.fields)
    texts = dict(enumerate(typed))
    filled = [index for index, text in texts.items() if text]
    if filled:
        words, first = typed[filled[0]], min(first, *filled[1:2])
    cells = {
        index: TableCell((_sum_text(items, column) if "budget" in column.fields else texts.get(index, ""),))
        for index, column in enumerate(source.columns)
        if index >= first
    }
    return TableRow("total", {0: TableCell((words,)), **cells} if first else cells)


def _sum_text(items: Iterable[Branch], column: TableColumn) -> str:
    """The money of all items in a column, or its share of the whole table's."""
    total = sum((sum_of(item, column) for item in counted(items, column)), Decimal(0))
    return share_text(total, column) if column.is_share else money_text(total)


def _span_rows(source: PrintedTable, branch: Branch) -> Iterator[TableRow]:
    """Objectives, tasks and activities side by side (`span_rows`), with their details."""
    details = [column for column in source.columns if column.fields and column.fields[0] not in SIDE]
    names = tuple(column.fields for column in details)
    for row in span_rows(branch, names, partial(_said_in, details), tells_targets=source.tells_targets):
        if row["kind"] == "group":
            yield TableRow("group", _group_cells(source, row))
            continue
        cells = {}
        for index, column in enumerate(source.columns):
            if not column.fields:
                cells[index] = TableCell(())  # to be filled in by hand
            elif held := row[SIDE.get(column.fields[0], column.fields[0])]:
                cells[index] = TableCell(tuple(_span_texts(column, held)), held["rows"])
        yield TableRow("item", cells)


def _said_in(columns: Sequence[TableColumn], field: str, at: int, item: Branch) -> str:
    """What an item says in a field of one of these columns, a weight as it is and not as a share."""
    is_plain = field in COLUMNS and not field.startswith("budget")
    return str(item.get(field, "")) if is_plain else value_of(field, columns[at], item)


_SIDE_TEXTS = {"number": "number", "objective": "text", "task": "labelled", "activities": "labelled"}


def _span_texts(column: TableColumn, held: Branch) -> Iterator[str]:
    first = column.fields[0]
    return iter((held[_SIDE_TEXTS[first]],)) if first in SIDE else joined_texts(column, held)


def _without_empty_spans(source: PrintedTable, rows: list[TableRow]) -> tuple[PrintedTable, list[TableRow]]:
    """The table without the columns that nobody asked for and that have nothing in any row."""
    kept = [
        index
        for index, column in enumerate(source.columns)
        if column.is_asked
        or set(column.fields[:1]) & {"number", "objective", "activities"}
        or any(any(row.cells[index].texts) for row in rows if index in row.cells)
    ]
    places = {old: new for new, old in enumerate(kept)}
    moved = [row._replace(cells={places[at]: cell for at, cell in row.cells.items() if at in places}) for row in rows]
    return source._replace(columns=tuple(source.columns[index] for index in kept)), moved


def _free_rows(source: PrintedTable) -> Iterator[TableRow]:
    """Rows that the plan typed as they are, and empty ones."""
    for texts in (row for row in source.choice["rows"] if row is not source.typed_total):
        padded = [*texts, *[""] * len(source.columns)]
        yield TableRow("item", {index: TableCell((padded[index],)) for index in range(len(source.columns))})
    for _ in range(source.choice["blank"]):
        yield TableRow("item", {index: TableCell(()) for index in range(len(source.columns))})


def _header(source: PrintedTable) -> Iterator[Row]:
    """The headings: one row, or two where some stand below a common one."""
    columns, usual, keeps = source.columns, {*source.kind.under.values()}, source.choice["has_own_headings"]
    heads = [(under, list(members)) for under, members in groupby(columns, key=attrgetter("under"))]
    heads = [  # one column needs no common heading, unless the plan typed it
        ("" if len(group) == 1 and under in usual and not (keeps and group[0].is_under_typed) else under, group)
        for under, group in heads
    ]
    has_two = any(under for under, _ in heads)
    first: list[Cell] = []
    second: list[Cell] = []
    for under, group in heads:
        if under:
            first.append(_cell((under,), "table-header", columns=len(group)))
            second += [_cell((column.title,), "table-header") for column in group]
        else:
            first += [_cell((column.title,), "table-header", rows=2 if has_two else 1) for column in group]
    numbers = range(1, len(columns) + 1) if source.choice["numbered"] else ()
    third = [_cell((f"({number})",), "table-header") for number in numbers]
    return (Row(0, "header", tuple(cells)) for cells in (first, second, third) if cells)


def _row(columns: Sequence[TableColumn], row: TableRow) -> Row:
    if row.kind == "item":
        looked = (
            ("table-center" if columns[at].is_centered else "table-text", row.cells[at]) for at in sorted(row.cells)
        )
        return Row(0, row.kind, tuple([_cell(cell.texts, look, rows=cell.rows) for look, cell in looked]))
    spans = list(pairwise([*sorted(row.cells), len(columns)]))
    if row.kind == "total":  # its words, if the first column is none of sums; it is not kept with what follows
        looks = ["table-center" if at or "budget" in columns[0].fields else "table-text" for at, _ in spans]
    else:
        looks = ["table-center" if columns[at].is_centered and len(spans) > 1 else "table-group" for at, _ in spans]
    cells = [
        _cell(row.cells[at].texts, look, columns=end - at, is_bold=look != "table-group")
        for (at, end), look in zip(spans, looks, strict=True)
    ]
    return Row(0, row.kind, tuple(cells))


def _cell(texts: Iterable[str], style: str, *, columns: int = 1, rows: int = 1, is_bold: bool = False) -> Cell:
    lines = [line for text in texts if text for line in text_lines(str(text), is_bold=is_bold)]
    return Cell(0, tuple([Para(0, style, line) for line in lines]), columns, rows)
