"""The tree of elements to blocks."""

from __future__ import annotations

import pytest

from qmsplan.documents.blocks import (
    Cell,
    Day,
    Footnote,
    HeadBlock,
    PageBreak,
    Para,
    Run,
    SectionBlock,
    Signature,
    Signer,
    Slot,
    Table,
    Title,
)
from qmsplan.documents.markup import read_blocks
from qmsplan.documents.template import BrokenTemplateError
from rows import each_row


def sections(inner: str) -> tuple[SectionBlock, ...]:
    return read_blocks(f"<document>{inner}</document>", "f")


def blocks(inner: str) -> tuple[object, ...]:
    (section,) = sections(f"<section>{inner}</section>")
    return section.blocks


def paras(inner: str) -> list[str]:
    """The texts of paragraphs, their runs joined with `|`."""
    return ["|".join(run.text for run in block.content if isinstance(run, Run)) for block in blocks(inner)]  # type: ignore[attr-defined]


def test_sections_and_annexes() -> None:
    found = sections("<section/><annex orientation='landscape'/><section orientation='portrait'/>")
    assert [(part.kind, part.orientation) for part in found] == [
        ("section", "portrait"),
        ("annex", "landscape"),
        ("section", "portrait"),
    ]


def test_a_document_of_nothing_is_none() -> None:
    with pytest.raises(BrokenTemplateError):
        sections("")
    assert blocks("") == ()


def test_lines_make_paragraphs() -> None:
    assert paras("<para>a\nb\nc</para>") == ["a", "b", "c"]
    assert paras("<para>a\r\nb\rc</para>") == ["a", "b", "c"]


def test_an_empty_text_makes_no_paragraph() -> None:
    assert blocks("<para></para><heading level='1'/><para style='basis'/>") == ()


def test_spaces_are_kept() -> None:
    assert paras("<para>  a  b\t </para>") == ["  a  b\t "]
    assert paras("<para> </para>") == [" "]


def test_an_empty_line_between_lines_is_a_paragraph() -> None:
    assert paras("<para>a\n\nb</para>") == ["a", "", "b"]


def test_looks_add_up() -> None:
    (block,) = blocks("<para>a<b>b<i>c</i></b><i>d</i></para>")
    assert block == Para(
        line=1,
        style="body",
        content=(
            Run(text="a"),
            Run(text="b", bold=True),
            Run(text="c", bold=True, italic=True),
            Run(text="d", italic=True),
        ),
    )


def test_lines_inside_looks_make_paragraphs_too() -> None:
    first, second = blocks("<para>a<b>b\nc</b>d</para>")
    assert first == Para(line=1, style="body", content=(Run(text="a"), Run(text="b", bold=True)))
    assert second == Para(line=1, style="body", content=(Run(text="c", bold=True), Run(text="d")))


def test_a_footnote_stays_where_it_is() -> None:
    (block,) = blocks("<para>a<footnote>n<b>m</b></footnote>.</para>")
    note = Footnote(content=(Run(text="n"), Run(text="m", bold=True)))
    assert block == Para(line=1, style="body", content=(Run(text="a"), note, Run(text=".")))


def test_a_heading() -> None:
    assert blocks("<heading level='2'>x</heading>") == (Para(line=1, style="heading-2", content=(Run(text="x"),)),)


def test_a_head() -> None:
    (head,) = blocks(
        "<head><parent>P</parent><issuer>I\nJ</issuer><number/><symbol>S</symbol><place>C</place>"
        "<date year='2026' month='' day=''/><stamp>D</stamp></head>"
    )
    assert head == HeadBlock(
        line=1,
        parent=("P",),
        issuer=("I", "J"),
        number="",
        symbol="S",
        place="C",
        date=Day(year=2026),
        stamp=("D",),
    )


def test_what_a_head_leaves_out_is_none() -> None:
    assert blocks("<head/>") == (HeadBlock(line=1),)
    assert blocks("<head><parent/></head>") == (HeadBlock(line=1),)


def test_title_and_signature() -> None:
    assert blocks("<title><type>T</type><subject>a\nb</subject></title>") == (
        Title(line=1, type="T", subject=("a", "b")),
    )
    (found,) = blocks(
        "<signature><recipient>a\nb</recipient><recipient>c</recipient><position>P</position><name/></signature>"
    )
    assert found == Signature(line=1, recipient=("a", "b", "c"), signer=Signer(position=("P",), name=""))


def test_breaks() -> None:
    assert blocks("<page-break/><spacer lines='3'/>") == (
        PageBreak(line=1),
        *[Para(line=1, style="body", content=())] * 3,
    )


def test_a_table() -> None:
    (table,) = blocks(
        "<table widths='1 3'><row kind='header'><cell columns='2'><para>h</para></cell></row>"
        "<row kind='group'><cell columns='2'><para>g</para></cell></row>"
        "<row><cell><para>a\nb</para></cell><cell/></row></table>"
    )
    assert isinstance(table, Table)
    assert table.widths == (0.25, 0.75)
    assert [row.kind for row in table.rows] == ["header", "group", "item"]
    assert [[para.style for cell in row.cells for para in cell.paras] for row in table.rows] == [
        ["table-header"],
        ["table-group"],
        ["table-text", "table-text"],
    ]


def faults(inner: str, line: int = 1) -> str:
    with pytest.raises(BrokenTemplateError) as raised:
        blocks(inner)
    assert raised.value.line == line
    return raised.value.message.template.format(**dict(raised.value.message.values))


def test_two_of_what_there_is_one_of() -> None:
    assert "more than one <number>" in faults("<head><number/><number/></head>")
    assert "more than one <name>" in faults("<signature><name>a</name><name>b</name></signature>")


def test_header_rows_stand_first() -> None:
    cell = "<cell/>"
    rows = f"<row>{cell}</row><row kind='header' _line='7'>{cell}</row>"
    assert "header rows" in faults(f"<table widths='1'>{rows}</table>", 7)


@each_row(
    ("rows", "line", "words"),
    [
        ("<row _line='4'><cell/></row>", 4, "has 3 column(s), this row fills 1"),
        ("<row _line='4'/>", 4, "this row fills 0"),
        ("<row _line='4'><cell columns='2'/><cell columns='2'/></row>", 4, "this row fills 4"),
        ("<row _line='4'><cell/><cell/><cell/><cell/></row>", 4, "this row fills 4"),
        ("<row><cell rows='2'/><cell/><cell/></row><row _line='5'><cell/><cell/><cell/></row>", 5, "this row fills 4"),
        (
            "<row><cell/><cell rows='2'/><cell/></row><row _line='5'><cell columns='3'/></row>",
            5,
            "reaches down from above",
        ),
        ("<row _line='4'><cell rows='2'/><cell/><cell/></row>", 4, "below the table's last row"),
    ],
)
def test_cells_that_do_not_fill_the_table(rows: str, line: int, words: str) -> None:
    assert words in faults(f"<table widths='1 1 1'>{rows}</table>", line)


def slots(rows: str, columns: int) -> list[list[tuple[int, int, bool]]]:
    """Column, columns and whether a cell starts there, row by row."""
    (table,) = blocks(f"<table widths='{'1 ' * columns}'>{rows}</table>")
    assert isinstance(table, Table)
    return [[(slot.column, slot.columns, slot.cell is not None) for slot in row.slots] for row in table.rows]


def test_a_header_of_two_levels() -> None:
    rows = (
        "<row kind='header'><cell rows='2'/><cell columns='2'/><cell rows='2'/></row>"
        "<row kind='header'><cell/><cell/></row><row><cell/><cell/><cell/><cell/></row>"
    )
    assert slots(rows, 4) == [
        [(0, 1, True), (1, 2, True), (3, 1, True)],
        [(0, 1, False), (1, 1, True), (2, 1, True), (3, 1, False)],
        [(0, 1, True), (1, 1, True), (2, 1, True), (3, 1, True)],
    ]


def test_a_block_of_two_by_three() -> None:
    rows = "<row><cell/><cell columns='2' rows='3'/></row><row><cell/></row><row><cell/></row>"
    assert slots(rows, 3) == [
        [(0, 1, True), (1, 2, True)],
        [(0, 1, True), (1, 2, False)],
        [(0, 1, True), (1, 2, False)],
    ]


def test_slots_know_their_cells() -> None:
    (table,) = blocks("<table widths='1'><row><cell><para>x</para></cell></row></table>")
    assert isinstance(table, Table)
    (slot,) = table.rows[0].slots
    assert slot == Slot(Cell(line=1, paras=(Para(line=1, style="table-text", content=(Run(text="x"),)),)), 0, 1)
