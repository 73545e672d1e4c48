"""The widths of a table's columns, for a draft whose columns would else be printed visibly wider or narrower."""

from __future__ import annotations

from collections.abc import Sequence

from qmsplan.importing.columns import TableHeading
from qmsplan.importing.making import Branch
from qmsplan.model.table_columns import BLANK, COLUMNS, KINDS, OWN, PERIOD

_VISIBLE = 6
"""Per cent of the table's width by which a column has to differ from the usual width to be told."""


def with_widths(
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
