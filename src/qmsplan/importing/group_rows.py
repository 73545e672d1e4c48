"""Rows of a table that head others or add them up: their rank, and sums that their rows don't add up to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from qmsplan.importing.cells import is_total
from qmsplan.importing.columns import ChosenColumn
from qmsplan.importing.grids import GridCell, GridRow
from qmsplan.importing.making import CHILDREN, Branch, amount, decimal
from qmsplan.model.table import money_text
from qmsplan.model.text import ROMAN

_ADDED = frozenset({"budget", "weight", "score"})
"""Fields whose figures a row above others adds up."""


NUMBER = re.compile(r"^(?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*|[a-zđ])?\s*[.)/]?$")
"""What may stand alone in the column of numbers."""


class SumDifference(NamedTuple):
    """A sum that the rows below, or all rows, don't add up to: the row's words, the sum as typed, the sum of the
    rows: `Tổng cộng`, `2.400`, `2.337,5`."""

    row: str
    typed: str
    added: str


class TypedSums(NamedTuple):
    """The sums of money of a row: its words, the branch whose items it adds up, the sums by the place of the column."""

    row: str
    branch: Branch
    sums: Mapping[int, str]


def typed_sums(row: GridRow, columns: Sequence[ChosenColumn]) -> dict[int, GridCell]:
    """The cells of a row with sums, by the place of their column."""
    found = {}
    for at, column in enumerate(columns):
        cell = column.heading.cell(row) if column.field in _ADDED else None
        if cell is not None and amount(cell.text):
            found[at] = cell
    return found


def are_sums_of(row: GridRow, below: Sequence[GridRow], columns: Sequence[ChosenColumn]) -> bool:
    """Whether every sum of a row is that of the rows below it."""
    sums = typed_sums(row, columns)
    added = [typed_sums(one, columns) for one in below]
    return bool(sums) and all(
        decimal(cell.text) == sum(decimal(one[at].text) for one in added if at in one) for at, cell in sums.items()
    )


def differences(rows: Sequence[TypedSums], columns: Sequence[ChosenColumn]) -> Iterator[SumDifference]:
    """The sums of money that the items don't add up to."""
    is_parted = all(column.heading.under for column in columns if column.field == "budget")
    if sum(column.field == "budget" for column in columns) > 1 and not is_parted:
        return  # which of the amounts each column has is not known
    for row in rows:
        for at, typed in row.sums.items():
            source = columns[at].heading.title if columns[at].heading.under else ""
            added = _added(row.branch, "" if is_total(source) else source)
            if added != decimal(typed):
                yield SumDifference(row.row, typed, money_text(added))


def _added(branch: Branch, source: str) -> Decimal:
    """The money of all items below a branch, of one source or of all."""
    found = Decimal(0)
    for item in (item for name in CHILDREN for item in branch.get(name, ())):
        found += _added(item, source)
        for part in item.get("budget", ()):
            found += decimal(part["amount"]) if source in {"", part.get("source")} else 0
    return found


def is_total_row(row: GridRow) -> bool:
    """Whether a row is called one of sums, in its first cell or behind its number: `Tổng cộng`."""
    filled = row.filled
    return is_total(filled[0].text) or (len(filled) > 1 and len(filled[0].text) < 4 and is_total(filled[1].text))


def is_filled(row: GridRow) -> bool:
    """Whether anything stands in a row."""
    return any(cell.lines for cell in row.cells)


def is_heading(cell: GridCell) -> bool:
    """Whether a cell looks like a heading: bold, or in capitals."""
    return all(line.is_bold or line.is_upper for line in cell.lines)


def rank_of_number(number: str, above: Sequence[str]) -> int:
    """How high a group stands: `A` above `I`, `I` above `1`, and these above groups without number."""
    bare = number.strip(" .)/")
    if not bare:
        return 90
    if bare.isalpha() and bare.isupper() and (bare.lower() not in ROMAN or _follows(bare, above)):
        return 10
    if bare.lower() in ROMAN:
        return 20
    return 30 + bare.count(".") if bare[0].isdigit() else 60


def _follows(letter: str, above: Sequence[str]) -> bool:
    return len(letter) == 1 and any(
        len(one.strip(" .)")) == 1 and ord(letter) - ord(one.strip(" .)")) == 1 and one[0] not in "IVX" for one in above
    )


def heads_rows(row: GridRow, below: Sequence[GridRow], columns: Sequence[ChosenColumn], groups: Sequence[str]) -> bool:
    """Whether a row with sums heads the rows below it: it has nothing but number, text and sums, rows of a lower rank
    follow, and it has a letter, a Roman number or a text that looks like a heading, or its sums are those of these
    rows. `groups` are the numbers of the groups around it."""
    text, number = _cell(row, columns, "text"), _number(row, columns)
    sums = typed_sums(row, columns).values()
    said = [cell for cell in row.filled if cell not in sums and cell is not _cell(row, columns, "number")]
    if row.above or text is None or said != [text] or not NUMBER.match(number) or not below or is_total_row(below[0]):
        return False
    rank = rank_of_number(number, groups)
    ranks = [rank_of_number(_number(one, columns), [number]) for one in below]
    if ranks[0] <= rank and not (not number and _number(below[0], columns)):
        return False
    end = next((at for at, one in enumerate(ranks) if one <= rank or is_total_row(below[at])), len(below))
    parts = [one for one, its in zip(below[:end], ranks, strict=False) if its == ranks[0]]
    return is_heading(text) or 10 <= rank <= 20 or are_sums_of(row, parts, columns)


def _cell(row: GridRow, columns: Sequence[ChosenColumn], field: str) -> GridCell | None:
    column = next((one for one in columns if one.field == field), None)
    return column.heading.cell(row) if column else None


def _number(row: GridRow, columns: Sequence[ChosenColumn]) -> str:
    cell = _cell(row, columns, "number")
    return cell.text.strip() if cell else ""
