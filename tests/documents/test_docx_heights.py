"""The guess at how high rows get, and which rows may therefore break across pages."""

from __future__ import annotations

import pytest
from document_support import BASE, PROFILE, W, part, written
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.documents.blocks import Cell, Para, Row, Run, Table, slots_of
from qmsplan.documents.word_table import Heights
from qmsplan.documents.word_xml import Counters, Sheet

SHEET = Sheet(PROFILE, BASE.ids, "landscape", Counters())
LINE = 12 * 20 * 1.15
GAPS = 40


def cell(letters: int = 1, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(1, (Para(1, "table-text", (Run("x" * letters),)),), columns, rows)


def heights_of(*rows: tuple[Cell, ...], widths: tuple[int, ...] = (2000, 2000)) -> list[float]:
    table = Table(1, tuple(1 / len(widths) for _ in widths), tuple(Row(1, "item", cells) for cells in rows))
    heights = Heights(widths, SHEET)
    return [heights.next(slots) for _, slots in slots_of(table)]


def test_one_line() -> None:
    assert heights_of((cell(), cell())) == [pytest.approx(LINE + GAPS)]


def test_the_highest_cell_counts() -> None:
    one, two = heights_of((cell(), cell()), (cell(), cell(100)))
    assert two > 5 * one


def test_paragraphs_add_up() -> None:
    twice = Cell(1, cell().paras * 2)
    assert heights_of((twice, cell())) == [pytest.approx(2 * (LINE + GAPS))]


def test_empty_cells_have_no_height_of_their_own() -> None:
    assert heights_of((Cell(1, ()), Cell(1, ()))) == [0]


def test_wide_cells_take_fewer_lines() -> None:
    (narrow,) = heights_of((cell(100), cell()))
    (wide,) = heights_of((cell(100, columns=2),))
    assert wide < narrow


def test_a_cell_over_several_rows_makes_the_last_one_high() -> None:
    merged = heights_of((cell(400, rows=3), cell()), (cell(),), (cell(),))
    (alone,) = heights_of((cell(400), cell()))
    assert merged[:2] == [pytest.approx(LINE + GAPS)] * 2
    assert sum(merged) == pytest.approx(alone)


def test_a_cell_that_its_rows_have_room_for_adds_nothing() -> None:
    assert heights_of((cell(30, rows=2), cell(100)), (cell(100),)) == heights_of(
        (cell(1, rows=2), cell(100)), (cell(100),)
    )


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=12))
def test_heights_of_rows_without_merged_cells_do_not_depend_on_each_other(letters: list[tuple[int, int]]) -> None:
    rows = [(cell(left), cell(right)) for left, right in letters]
    alone = [heights_of(row)[0] for row in rows]
    assert heights_of(*rows) == pytest.approx(alone)


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
