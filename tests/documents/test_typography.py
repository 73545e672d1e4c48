"""What breaks between two lines and what does not: numbers of documents, titles of annexes."""

from __future__ import annotations

import pytest
from document_support import W, attribute, paragraphs, part, texts, written

from qmsplan.documents.word_xml import bound, width_of
from rows import each_row

LONG = "Kết quả quý III năm 2026: Kế hoạch thực hiện mục tiêu chất lượng của Trung tâm năm 2026"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kế hoạch số 51/KH-TGPL ngày 09/02/2026", 1),
        ("Nghị định số 09/2019/NĐ-CP, Quyết định số 19/2014/QĐ-TTg", 2),
        ("Quyết định số 12/QĐ-BCĐ-ISO", 2),
        ("Số:      /KH-TGPL", 1),
        ("từ 6/2026-9/2026, khao-sat-2026.csv, Cà Mau - Bạc Liêu, TCVN ISO 9001:2015", 0),
        ("pa-nô, băng rôn; 12 ki-lô-mét", 3),
        ("theo quy trình QT-05, biểu mẫu BM-12; XN-CĐHA, T1-3", 2),
    ],
)
def test_the_hyphens_of_a_documents_number_and_of_a_borrowed_word_end_no_line(text: str, count: int) -> None:
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


@each_row(
    ("typed", "lines"),
    [
        ("Kết quả quý III năm 2026", "Kết quả quý_III năm_2026"),
        ("GIAI ĐOẠN 2026 - 2030", "GIAI ĐOẠN_2026_-_2030"),
        ("theo TCVN ISO 9001:2015", "theo TCVN_ISO_9001:2015"),
        ("PHÒNG HÀNH CHÍNH - TỔNG HỢP", "PHÒNG HÀNH_CHÍNH_-_TỔNG_HỢP"),
        ("mục tiêu của năm học", "mục tiêu của năm học"),
    ],
)
def test_where_no_line_of_a_title_ends(typed: str, lines: str) -> None:
    assert bound(typed, 13, 200).replace("\u00a0", "_") == lines


def test_a_line_of_a_title_ends_before_what_is_said_next() -> None:
    title = "Kết quả quý III năm 2026 thực hiện Mục tiêu chất lượng năm 2026 của Phòng Nghiệp vụ"
    assert [part.replace("\u00a0", " ") for part in bound(title, 14, 453).split(" ")] == [
        *("Kết quả quý III năm 2026", "thực hiện Mục tiêu chất lượng", "năm 2026", "của Phòng Nghiệp vụ"),
    ]
    uneven = "Kết quả thực hiện Mục tiêu chất lượng quý III năm 2026 của Phòng Nghiệp vụ"
    assert "chất lượng" in bound(uneven, 14, 453)  # else `Kết quả` would stand alone


def test_a_name_that_fits_its_column_without_the_gutter_is_not_parted_at_its_dash() -> None:
    content = written("<head><issuer>PHÒNG HÀNH CHÍNH - TỔNG HỢP</issuer></head>")
    column = int(attribute(next(part(content).iter(f"{W}gridCol")), "w"))
    issuer = next(one for one in paragraphs(content) if "TỔNG" in "".join(one.itertext()))
    indent = issuer.find(f"{W}pPr/{W}ind")
    taken = 0 if indent is None else int(attribute(indent, "left")) * 2
    assert "".join(issuer.itertext()).replace("\u00a0", "_") == "PHÒNG HÀNH_CHÍNH_-_TỔNG_HỢP"
    assert (column - taken) / 20 >= width_of("HÀNH CHÍNH - TỔNG HỢP", 13)


def test_a_name_that_is_wider_than_its_column_breaks_behind_the_dash() -> None:
    assert bound("HÀNH CHÍNH - TỔNG HỢP", 13, 100).replace("\u00a0", "_") == "HÀNH_CHÍNH_- TỔNG_HỢP"
