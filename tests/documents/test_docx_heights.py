"""The guess at how high rows get, and which rows may therefore break across pages."""

from __future__ import annotations

from document_support import BASE, PROFILE, W, part, written
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.documents.blocks import Cell, Para, Row, Run, with_slots
from qmsplan.documents.word_table import Heights
from qmsplan.documents.word_xml import Counters, Sheet

SHEET = Sheet(PROFILE, BASE.ids, "landscape", Counters())


def cell(letters: int = 1, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(1, (Para(1, "table-text", (Run("x" * letters),)),), columns, rows)


def heights_of(*rows: tuple[Cell, ...], widths: tuple[int, ...] = (2000, 2000)) -> list[float]:
    heights = Heights(widths, SHEET)
    placed = with_slots([Row(1, "item", cells) for cells in rows], len(widths))
    return [heights.next(row.slots) for row in placed]


@given(st.integers(0, 2000), st.integers(1, 8), st.lists(st.integers(0, 200), min_size=8, max_size=8))
def test_rows_below_a_merged_cell_are_together_as_high_as_it(letters: int, rows: int, others: list[int]) -> None:
    table = [(cell(letters, rows), cell(others[0])), *((cell(others[index]),) for index in range(1, rows))]
    (alone,) = heights_of((cell(letters), Cell(1, ())))
    assert sum(heights_of(*table)) >= alone - 0.01


def may_break(content: bytes) -> list[bool]:
    return [row.find(f"{W}trPr/{W}cantSplit") is None for row in part(content).iter(f"{W}tr")]


def test_a_row_that_a_merged_cell_makes_high_may_break() -> None:
    words = "chữ " * 600
    content = written(
        f"<table widths='1 1'><row><cell rows='2'><para>{words}</para></cell><cell><para>a</para></cell></row>"
        "<row><cell><para>b</para></cell></row><row><cell/><cell/></row></table>"
    )
    assert may_break(content) == [False, True, False]


def test_short_rows_below_a_merged_cell_stay_whole() -> None:
    content = written(
        "<table widths='1 1'><row><cell rows='2'><para>x</para></cell><cell><para>a</para></cell></row>"
        "<row><cell><para>b</para></cell></row></table>"
    )
    assert may_break(content) == [False, False]
