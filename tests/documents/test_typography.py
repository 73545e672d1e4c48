"""What breaks between two lines and what does not: numbers of documents, titles of annexes."""

from __future__ import annotations

import pytest
from document_support import W, attribute, paragraphs, part, texts, written

LONG = "Kết quả quý III năm 2026: Kế hoạch thực hiện mục tiêu chất lượng của Trung tâm năm 2026"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kế hoạch số 51/KH-TGPL ngày 09/02/2026", 1),
        ("Nghị định số 09/2019/NĐ-CP, Quyết định số 19/2014/QĐ-TTg", 2),
        ("Quyết định số 12/QĐ-BCĐ-ISO", 2),
        ("Số:      /KH-TGPL", 0),
        ("từ 6/2026-9/2026, pa-nô, Cà Mau - Bạc Liêu, TCVN ISO 9001:2015", 0),
    ],
)
def test_the_hyphens_of_a_documents_number_end_no_line(text: str, count: int) -> None:
    content = written(f"<para>{text}</para>")
    assert len(list(part(content).iter(f"{W}noBreakHyphen"))) == count
    assert texts(content) == [text]


@pytest.mark.parametrize(("text", "is_indented"), [("Phân công nhiệm vụ", False), (LONG, True)])
def test_the_lines_of_an_annexs_title_are_about_equally_long(text: str, *, is_indented: bool) -> None:
    (title, *_) = paragraphs(written(f'<para style="annex-title">{text}</para>'))
    indent = title.find(f"{W}pPr/{W}ind")
    assert (indent is not None) == is_indented
    if indent is not None:
        assert attribute(indent, "left") == attribute(indent, "right") != "0"


def test_headings_are_not_justified() -> None:
    styles = part(written("<heading level='1'>I. MỤC</heading>"), "word/styles.xml")
    justified = {
        attribute(style, "styleId")
        for style in styles.iter(f"{W}style")
        if (place := style.find(f"{W}pPr/{W}jc")) is not None and attribute(place) == "both"
    }
    assert not {name for name in justified if name.startswith("Heading")}
