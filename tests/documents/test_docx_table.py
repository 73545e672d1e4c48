"""Cells of Word tables: what is written once and used again must look as if written each time."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from document_support import W, attribute, has, part, style_of, text_of, texts, written
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.documents.word_xml import escape


def rows_of(*rows: str, columns: int = 2) -> list[Element]:
    content = written(f"<table widths='{'1 ' * columns}'>{''.join(rows)}</table>")
    return list(part(content).iter(f"{W}tr"))


def row(*cells: str, kind: str = "item") -> str:
    return f"<row kind='{kind}'>{''.join(f'<cell>{cell}</cell>' for cell in cells)}</row>"


def para(text: str, style: str = "") -> str:
    return f"<para{f' style={style!r}' if style else ''}>{text}</para>"


def paragraphs_of(row: Element) -> list[Element]:
    return list(row.iter(f"{W}p"))


def test_equal_texts_keep_their_styles() -> None:
    (found,) = rows_of(row(para("a"), para("a", "table-center")))
    assert [style_of(paragraph) for paragraph in paragraphs_of(found)] == ["TableText", "TableCenter"]


def test_equal_texts_keep_their_looks() -> None:
    (found,) = rows_of(row(para("a"), para("<b>a</b>"), para("<i>a</i>"), para("a")), columns=4)
    looks = [[mark for mark in ("b", "i") if run.find(f"{W}rPr/{W}{mark}") is not None] for run in found.iter(f"{W}r")]
    assert looks == [[], ["b"], ["i"], []]


def test_equal_texts_in_kept_rows_are_kept() -> None:
    group, item = rows_of(
        row(para("a", "table-text"), para("a", "table-text"), kind="group"), row(para("a"), para("a"))
    )
    assert [has(paragraph, "keepNext") for paragraph in paragraphs_of(group)] == [True, True]
    assert [has(paragraph, "keepNext") for paragraph in paragraphs_of(item)] == [False, False]


def test_equal_footnotes_are_footnotes_each() -> None:
    found = rows_of(*[row(para("a<footnote>b</footnote>"), "")] * 3)
    numbers = [attribute(mark, "id") for row in found for mark in row.iter(f"{W}footnoteReference")]
    assert numbers == ["1", "2", "3"]


@pytest.mark.parametrize("cell", ["", "<para></para>"])
def test_a_cell_without_words_has_a_paragraph(cell: str) -> None:
    (found,) = rows_of(row(cell, para("a")))
    first, _ = found.iter(f"{W}tc")
    assert [text_of(paragraph) for paragraph in first.iter(f"{W}p")] == [""]


@given(st.lists(st.sampled_from(["", "a", "Văn phòng Sở", "<&>\"'", "a\u00a0b", "a  b"]), min_size=1, max_size=8))
def test_any_repetition_comes_out_as_typed(cells: list[str]) -> None:
    table = "".join(row(para(escape(text))) for text in cells)
    assert texts(written(f"<table widths='1'>{table}</table>")) == [text for text in cells if text]


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_spans_add_up_in_every_row(spans: list[int]) -> None:
    """Cells of so many rows below each other, beside single ones: each row of the file has two cells."""
    table = ""
    for span in spans:
        table += f"<row><cell rows='{span}'>{para('x')}</cell><cell/></row>" + "<row><cell/></row>" * (span - 1)
    found = rows_of(table)
    assert len(found) == sum(spans)
    merges = [row.find(f"{W}tc/{W}tcPr/{W}vMerge") for row in found]
    kinds = ["" if merge is None else attribute(merge) or "continue" for merge in merges]
    wanted = [kind for span in spans for kind in ([""] if span == 1 else ["restart"] + ["continue"] * (span - 1))]
    assert kinds == wanted
