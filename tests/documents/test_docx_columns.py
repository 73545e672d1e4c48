"""Column widths: what the template shares out, but no word broken while there is room for it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from document_support import PROFILE, W, attribute, part, written
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.documents.word_table import widened
from qmsplan.documents.word_xml import points, twips, width_of
from rows import each_row

WIDTHS = st.lists(st.integers(1, 5000), min_size=1, max_size=12)


@each_row(
    ("widths", "least", "expected"),
    [
        ([100, 200, 300], [50, 50, 50], [100, 200, 300]),
        ([100, 200, 300], [150, 0, 0], [150, 200, 250]),
        ([100, 200, 300], [100, 200, 300], [100, 200, 300]),
        ([10, 300, 300], [110, 0, 0], [110, 250, 250]),
        ([10, 300, 300], [111, 0, 0], [111, 250, 249]),
        ([10, 300, 310], [100, 0, 0], [100, 260, 260]),
        ([10, 300, 300], [200, 290, 0], [200, 290, 120]),
        ([10, 20, 30], [100, 0, 0], [60, 0, 0]),
        ([10, 20, 30], [100, 10, 100], [25, 10, 25]),
        ([60], [100], [60]),
        ([2000, 1500, 100], [0, 1000, 1600], [1000, 1000, 1600]),
    ],
)
def test_the_widest_give(widths: list[int], least: list[int], expected: list[int]) -> None:
    assert widened(widths, least) == expected


@given(st.data(), WIDTHS)
def test_what_fits_gets_its_room(data: st.DataObject, widths: list[int]) -> None:
    share = sum(widths) // len(widths)
    least = data.draw(st.lists(st.integers(0, share), min_size=len(widths), max_size=len(widths)))
    found = widened(widths, least)
    assert sum(found) == sum(widths)
    assert all(width >= need for width, need in zip(found, least, strict=True))
    for before, after, need in zip(widths, found, least, strict=True):
        assert after <= max(before, need)


@given(st.data(), WIDTHS)
def test_any_wishes_fill_the_table(data: st.DataObject, widths: list[int]) -> None:
    least = data.draw(st.lists(st.integers(0, 10**6), min_size=len(widths), max_size=len(widths)))
    found = widened(widths, least)
    assert sum(found) == sum(widths)
    assert all(width >= 0 for width in found)
    assert found == widened(widths, least)


@given(st.data(), WIDTHS)
def test_wide_columns_stay_wide(data: st.DataObject, widths: list[int]) -> None:
    """Of two columns that give, and could give more, the one that was wider is not narrower afterwards."""
    least = data.draw(st.lists(st.integers(0, 1000), min_size=len(widths), max_size=len(widths)))
    found = sorted(zip(widths, widened(widths, least), least, strict=True))
    giving = [after for before, after, floor in found if floor < after < before]
    assert all(after <= later + 1 for after, later in pairwise(giving))


def grid_of(content: bytes) -> list[int]:
    return [int(attribute(column, "w")) for column in part(content).iter(f"{W}gridCol")]


def room_for(word: str, style: str = "table-text") -> float:
    return width_of(word, points(PROFILE.styles[style].size)) + 2 * twips(PROFILE.table.cell_side)


@each_row("word", ["TT", "nghiêng", "111/2025/NĐ", "Nghiên", "CHUYỂN", "1,08\u00a0điểm", "≥ 95,25%", "QT-0105"])
@each_row("style", ["table-text", "table-header", "table-center"])
def test_a_column_has_room_for_its_longest_word(word: str, style: str) -> None:
    content = written(
        f"<table widths='1 50 50'><row><cell><para style='{style}'>a {word} b</para></cell><cell/><cell/></row></table>"
    )
    first, second, third = grid_of(content)
    assert room_for(word, style) <= first <= room_for(word, style) * 1.05
    assert abs(second - third) <= 1


def test_a_line_may_end_after_a_hyphen() -> None:
    wide = written("<table widths='1 50'><row><cell><para>nghiêng nghiêng</para></cell><cell/></row></table>")
    also = written("<table widths='1 50'><row><cell><para>nghiên-nghiêng</para></cell><cell/></row></table>")
    assert grid_of(wide) == grid_of(also)


def test_words_of_several_looks_are_one_word() -> None:
    plain = written("<table widths='1 50'><row><cell><para>nghiêng</para></cell><cell/></row></table>")
    mixed = written("<table widths='1 50'><row><cell><para>ngh<i>iê</i>ng</para></cell><cell/></row></table>")
    assert grid_of(plain) == grid_of(mixed)


def test_cells_over_several_columns_ask_for_nothing() -> None:
    content = written(
        "<table widths='1 1'><row kind='group'><cell columns='2'><para>" + "x" * 90 + "</para></cell></row></table>"
    )
    first, second = grid_of(content)
    assert abs(first - second) <= 1


def test_one_endless_word_leaves_the_others_their_words() -> None:
    content = written(
        f"<table widths='1 1 1'><row><cell><para>{'x' * 20_000}</para></cell><cell><para>nghiêng</para></cell>"
        "<cell/></row></table>"
    )
    _, second, _ = grid_of(content)
    assert second >= room_for("nghiêng")


def test_many_columns_have_narrow_margins_before_a_word_is_cut() -> None:
    """Ten words of 14 mm have no room on a portrait page with margins of 1.9 mm on each side."""
    cells = "<cell><para>nghiêng</para></cell>" * 10
    content = written(f"<table widths='{' '.join('1' * 10)}'><row>{cells}</row></table>")
    word = width_of("nghiêng", points(PROFILE.styles["table-text"].size))
    assert 10 * room_for("nghiêng") > sum(grid_of(content))
    margins = [int(attribute(side, "w")) for side in part(content).iterfind(f".//{W}tcMar/*")]
    assert len(margins) == 20
    assert min(grid_of(content)) >= word + 2 * margins[0]


def test_empty_columns_keep_their_margins() -> None:
    content = written(f"<table widths='1 1'><row><cell><para>{'x' * 20_000}</para></cell><cell/></row></table>")
    assert grid_of(content)[1] >= 2 * twips(PROFILE.table.cell_side)


def test_columns_with_room_are_as_the_template_says() -> None:
    content = written(
        "<table widths='1 2'><row><cell><para>a b c</para></cell><cell><para>d</para></cell></row></table>"
    )
    first, second = grid_of(content)
    assert second == pytest.approx(2 * first, abs=2)
