"""Blocks to WordprocessingML: what stands where, what is kept together."""

from __future__ import annotations

import pytest
from document_support import (
    PROFILE,
    WP,
    A,
    W,
    attribute,
    has,
    names,
    paragraphs,
    part,
    style_of,
    styled,
    text_of,
    texts,
    written,
    written_document,
)

from qmsplan.documents.word_xml import twips, width_of
from rows import each_row

SIGNATURE = "<signature><recipient>- Lưu: VT.</recipient><position>GIÁM ĐỐC</position><name>A</name></signature>"
TABLE = "<table widths='1 1'><row><cell><para>a</para></cell><cell><para>b</para></cell></row></table>"
WIDE = PROFILE.page.width - PROFILE.page.left - PROFILE.page.right


def body(content: bytes) -> list[str]:
    """What stands in the body, in order: `p`, `tbl`, `sectPr`."""
    inside = part(content).find(f"{W}body")
    assert inside is not None
    return [element.tag.removeprefix(W) for element in inside]


def lines_drawn(content: bytes) -> list[float]:
    """The lengths of the drawn lines in points."""
    return [int(extent.get("cx", "")) / 12700 for extent in part(content).iter(f"{WP}extent")]


def test_text_runs() -> None:
    content = written("<para>a <b>b</b><i>c</i></para>")
    runs = list(part(content).iter(f"{W}r"))
    looks = [{element.tag.removeprefix(W) for element in run.find(f"{W}rPr") or ()} for run in runs]
    assert [text_of(run) for run in runs] == ["a ", "b", "c"]
    assert looks == [set(), {"b", "bCs"}, {"i", "iCs"}]


def test_spaces_and_tabs_are_kept() -> None:
    content = written("<para>  a   b\tc  </para>")
    assert texts(content) == ["  a   b\tc  "]
    space = "{http://www.w3.org/XML/1998/namespace}space"
    assert all(text.get(space) == "preserve" for text in part(content).iter(f"{W}t"))


def test_a_head_has_names_left_and_nation_right() -> None:
    content = written(
        "<head><parent>Sở</parent><issuer>Trung tâm</issuer><number/><symbol>KH-X</symbol><place>Huế</place>"
        "<date year='2026' month='' day=''/><stamp>Dự thảo</stamp></head>"
    )
    table = part(content).find(f".//{W}tbl")
    assert table is not None
    cells = [[text_of(p) for p in cell.iter(f"{W}p")] for cell in table.iter(f"{W}tc")]
    assert cells[0] == ["SỞ", "TRUNG TÂM", ""]
    assert cells[1] == [PROFILE.words.nation, PROFILE.words.motto, ""]
    assert cells[2][0].split() == ["Số:", "/KH-X"]
    assert cells[2][1] == "DỰ THẢO"
    assert cells[3][0].startswith("Huế, ngày")
    assert attribute(table.find(f"{W}tblPr/{W}tblStyle")) == "TableNormal"


@each_row(
    ("symbol", "place", "columns", "is_whole"),
    [
        ("KH-X", "Huế", 2, True),
        ("KHLT-SYT-SGDĐT-BHXH", "Huế", 3, True),
        ("KHLT-SYT-SGDĐT-BHXH", "Đặc khu Phú Quốc", 2, False),
    ],
)
def test_a_long_symbol_takes_the_room_that_the_date_leaves(
    symbol: str, place: str, columns: int, *, is_whole: bool
) -> None:
    head = f"<issuer>A</issuer><number/><symbol>{symbol}</symbol><place>{place}</place><date/>"
    table = next(part(written(f"<head>{head}</head>")).iter(f"{W}tbl"))
    assert len(list(table.iter(f"{W}gridCol"))) == columns
    assert bool(list(table.iter(f"{W}noBreakHyphen"))) == is_whole


def test_lines_of_the_head_are_in_proportion_to_the_text() -> None:
    content = written("<head><issuer>Trung tâm</issuer></head>")
    issuer, motto = lines_drawn(content)
    assert 1 / 3 <= issuer / width_of("TRUNG TÂM", 13) <= 1 / 2
    assert motto == pytest.approx(width_of(PROFILE.words.motto, 14), rel=0.02)


def test_a_long_agency_breaks_evenly() -> None:
    content = written("<head><issuer>Trung tâm Trợ giúp pháp lý nhà nước</issuer></head>")
    (issuer,) = (p for p in paragraphs(content) if style_of(p) == "Issuer")
    indent = issuer.find(f"{W}pPr/{W}ind")
    assert int(attribute(indent, "left")) > 0
    assert attribute(indent, "left") == attribute(indent, "right")


def test_the_nation_fits_on_one_line() -> None:
    right = WIDE * (1 - PROFILE.head.left_share) / 25.4 * 72
    assert width_of(PROFILE.words.nation, PROFILE.styles["nation"].size) * 1.02 < right


def test_the_stamp_is_a_box_around_its_text() -> None:
    content = written("<head><stamp>Dự thảo</stamp></head>")
    (stamp,) = (p for p in paragraphs(content) if style_of(p) == "Stamp")
    indent = stamp.find(f"{W}pPr/{W}ind")
    column = twips(WIDE * PROFILE.head.left_share)
    inner = column - 2 * int(attribute(indent, "left"))
    assert 1.2 < inner / 20 / width_of("DỰ THẢO", 13) < 2
    style = next(s for s in part(content, "word/styles.xml").iter(f"{W}style") if attribute(s, "styleId") == "Stamp")
    assert len(list(style.find(f"{W}pPr/{W}pBdr") or ())) == 4


def test_a_head_without_stamp_has_none() -> None:
    assert styled(written("<head><issuer>x</issuer></head>"), "Stamp") == []


def test_a_title_with_its_line() -> None:
    content = written("<title><type>Kế hoạch</type><subject>Một\nHai dài hơn</subject></title>")
    assert styled(content, "Type") == ["KẾ HOẠCH"]
    assert styled(content, "Subject") == ["Một", "Hai dài hơn"]
    (line,) = lines_drawn(content)
    assert line == pytest.approx(width_of("Hai dài hơn", 14) * 0.4, rel=0.02)


def test_a_title_without_subject_has_no_line() -> None:
    assert lines_drawn(written("<title><type>Kế hoạch</type></title>")) == []


def test_drawn_lines_are_solid_black_shapes_with_numbers_of_their_own() -> None:
    content = written("<head><issuer>x</issuer></head><title><type>x</type><subject>y</subject></title>")
    document = part(content)
    numbers = [properties.get("id") for properties in document.iter(f"{WP}docPr")]
    assert numbers == ["1", "2", "3"]
    assert {line.get("w") for line in document.iter(f"{A}ln")} == {str(round(PROFILE.head.rule_width * 12700))}
    assert {shape.get("prst") for shape in document.iter(f"{A}prstGeom")} == {"line"}


def test_a_signature_is_one_row_that_does_not_break() -> None:
    content = written("<para>x</para>", SIGNATURE)
    (row,) = part(content).iter(f"{W}tr")
    assert row.find(f"{W}trPr/{W}cantSplit") is not None
    left, right = row.iter(f"{W}tc")
    assert [text_of(p) for p in left.iter(f"{W}p")] == ["Nơi nhận:", "- Lưu: VT."]
    assert [text_of(p) for p in right.iter(f"{W}p")] == ["GIÁM ĐỐC", *[""] * PROFILE.signature.blank_lines, "A"]


def test_a_signature_without_recipients_has_no_label() -> None:
    content = written(
        "<signature><dateline>Huế, ngày …</dateline><position>P</position><instruction>(ký)</instruction></signature>"
    )
    assert styled(content, "RecipientsLabel") == []
    assert list(texts(content)) == ["Huế, ngày …", "P", "(ký)"]


def test_an_empty_signature_is_nothing() -> None:
    assert body(written("<para>x</para><signature><name></name></signature>"))[0:2] == ["p", "p"]


def test_the_last_text_is_kept_with_the_signature() -> None:
    first, last = (p for p in paragraphs(written("<para>a</para><para>b</para>", SIGNATURE)) if style_of(p) == "Body")
    assert not has(first, "keepNext")
    assert has(last, "keepNext")


def test_the_last_row_is_kept_with_the_signature() -> None:
    rows = "".join(f"<row><cell><para>{n}</para></cell><cell/></row>" for n in range(3))
    content = written(f"<table widths='1 1'>{rows}</table>", SIGNATURE)
    first, second, last, *_ = part(content).iter(f"{W}tr")
    for row, kept in ((first, False), (second, True), (last, True)):  # a sum does not stand alone
        assert all(has(paragraph, "keepNext") is kept for paragraph in row.iter(f"{W}p"))
    assert body(content) == ["tbl", "p", "tbl", "p", "sectPr"]


def test_those_who_sign_and_the_recipients_of_a_joint_document_are_one_table_with_names_at_one_height() -> None:
    one = "<signer><position>GIÁM ĐỐC</position><name>A</name></signer>"
    other = "<signer><position>KT. GIÁM ĐỐC</position><position>PHÓ GIÁM ĐỐC</position><name>B</name></signer>"
    below = "<signature><recipient>- Lưu: VT.</recipient></signature>"
    content = written(f"<signers lines='false'>{one}{other}</signers>", below)
    assert body(content) == ["tbl", "p", "sectPr"]
    above, recipients = part(content).iter(f"{W}tr")
    assert len({len(list(cell.iter(f"{W}p"))) for cell in above.iter(f"{W}tc")}) == 1
    assert all(has(paragraph, "keepNext") for paragraph in above.iter(f"{W}p"))
    assert [text_of(cell) for cell in recipients.iter(f"{W}tc")] == ["Nơi nhận:- Lưu: VT.", ""]


@each_row("names, rows", [("abcd", ["ab", "cd"]), ("abcdefg", ["abc", "def", " g "])])
def test_no_signer_of_several_stands_alone_at_the_left(names: str, rows: list[str]) -> None:
    content = written("<signers>" + "".join(f"<signer><name>{name}</name></signer>" for name in names) + "</signers>")
    assert [
        "".join(text_of(cell) or " " for cell in row.iter(f"{W}tc")) for row in part(content).iter(f"{W}tr")
    ] == rows


def test_tables_are_held_apart() -> None:
    assert body(written(TABLE, TABLE)) == ["tbl", "p", "tbl", "p", "sectPr"]


def test_text_after_a_table_keeps_a_distance() -> None:
    content = written(TABLE, "<para>x</para>", "<para>y</para>")
    first, second = (p for p in paragraphs(content) if style_of(p) == "Body")
    assert attribute(first.find(f"{W}pPr/{W}spacing"), "before") == str(PROFILE.table.gap_after * 20)
    assert not has(second, "spacing")


def test_a_table_does_not_end_the_file() -> None:
    assert body(written(TABLE)) == ["tbl", "p", "sectPr"]
    assert body(written("<para>x</para>")) == ["p", "sectPr"]
    assert body(written()) == ["p", "sectPr"]


def test_every_cell_ends_with_a_paragraph() -> None:
    content = written("<head/>", TABLE, "<table widths='1'><row><cell/></row></table>", SIGNATURE)
    for cell in part(content).iter(f"{W}tc"):
        assert list(cell)[-1].tag == f"{W}p"


def test_a_table_without_rows_is_nothing() -> None:
    assert body(written("<table widths='1'/>")) == ["p", "sectPr"]


@each_row("orientation", ["portrait", "landscape"])
@each_row("widths", ["1", "1 1 1", "5 24 32.5 12.5 10 16", "1 2 3 5 7 11 13"])
def test_columns_fill_the_text_width(orientation: str, widths: str) -> None:
    cells = "<cell/>" * len(widths.split())
    content = written(f"<table widths='{widths}'><row>{cells}</row></table>", orientation=orientation)
    table = part(content).find(f".//{W}tbl")
    assert table is not None
    grid = [int(attribute(column, "w")) for column in table.iter(f"{W}gridCol")]
    page = PROFILE.page
    width = page.width if orientation == "portrait" else page.height
    assert sum(grid) == int(attribute(table.find(f"{W}tblPr/{W}tblW"), "w"))
    assert sum(grid) == pytest.approx(twips(width - page.left - page.right), abs=2)
    assert [int(attribute(cell, "w")) for cell in table.iter(f"{W}tcW")] == grid
    assert attribute(table.find(f"{W}tblPr/{W}tblLayout"), "type") == "fixed"


def test_header_rows_repeat_and_stay_with_what_follows() -> None:
    content = written(
        "<table widths='1'><row kind='header'><cell><para style='table-text'>h</para></cell></row>"
        "<row kind='group'><cell><para style='table-center'>g</para></cell></row>"
        "<row><cell><para>i</para></cell></row></table>"
    )
    header, group, item = part(content).iter(f"{W}tr")
    assert header.find(f"{W}trPr/{W}tblHeader") is not None
    assert group.find(f"{W}trPr/{W}tblHeader") is None
    kept = [has(paragraph, "keepNext") for row in (header, group, item) for paragraph in row.iter(f"{W}p")]
    assert kept == [True, True, False]
    assert attribute(header.find(f"{W}tc/{W}tcPr/{W}vAlign")) == "center"


@pytest.mark.parametrize(("letters", "is_kept"), [(10, True), (400, True), (800, False), (4000, False)])
def test_only_short_rows_stay_whole(letters: int, is_kept: bool) -> None:  # noqa: FBT001
    content = written(
        f"<table widths='1 1'><row><cell><para>{'chữ ' * (letters // 4)}</para></cell><cell/></row></table>"
    )
    (row,) = part(content).iter(f"{W}tr")
    assert (row.find(f"{W}trPr/{W}cantSplit") is not None) is is_kept


def test_merged_cells() -> None:
    content = written(
        "<table widths='1 1 1'>"
        "<row kind='header'><cell rows='2'><para>a</para></cell><cell columns='2'><para>b</para></cell></row>"
        "<row kind='header'><cell><para>c</para></cell><cell><para>d</para></cell></row></table>"
    )
    upper, lower = part(content).iter(f"{W}tr")
    spans = [attribute(cell.find(f"{W}tcPr/{W}gridSpan")) for cell in upper.iter(f"{W}tc")]
    merges = [cell.find(f"{W}tcPr/{W}vMerge") for row in (upper, lower) for cell in row.iter(f"{W}tc")]
    assert spans == ["", "2"]
    assert [None if merge is None else attribute(merge) for merge in merges] == ["restart", None, "", None, None]
    assert texts(content) == ["a", "b", "c", "d"]


def test_a_head_of_two_rows_is_as_high_as_its_merged_cells() -> None:
    """Where it repeats, LibreOffice would make it as high as the cells of one row."""
    rows = (
        "<row kind='header'><cell rows='2'><para>Thời gian hoàn thành</para></cell><cell><para>b</para></cell></row>"
        "<row kind='header'><cell><para>c</para></cell></row><row><cell/><cell/></row>"
    )
    content = written(f"<table widths='1 7'>{rows}</table>")
    heights = [int(attribute(height)) for height in part(content).iter(f"{W}trHeight")]
    assert heights == [276, 3 * 276]  # the merged cell has four lines


def test_the_post_of_one_of_three_breaks_between_its_words() -> None:
    posts = ("GIÁM ĐỐC SỞ Y TẾ", "GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO", "BÍ THƯ TỈNH ĐOÀN")
    signers = "".join(f"<signer><position>{post}</position></signer>" for post in posts)
    found = written(f"<signers lines='false'>{signers}</signers>")
    assert all(len(word) <= len("BÍ THƯ TỈNH ĐOÀN") for text in texts(found) for word in text.split(" "))


def test_footnotes_are_numbered_through_the_file() -> None:
    content = written_document(
        "<section><para>a<footnote>một <b>đậm</b></footnote></para></section>",
        "<annex><table widths='1'><row><cell><para>b<footnote>hai</footnote></para></cell></row></table></annex>",
    )
    marks = [attribute(mark, "id") for mark in part(content).iter(f"{W}footnoteReference")]
    notes = part(content, "word/footnotes.xml")
    assert marks == ["1", "2"]
    assert [(attribute(note, "id"), text_of(note)) for note in notes] == [
        ("-1", ""),
        ("0", ""),
        ("1", " một đậm"),
        ("2", " hai"),
    ]
    assert "word/footnotes.xml" in names(content)
    assert [attribute(note, "id") for note in part(content, "word/settings.xml").iter(f"{W}footnote")] == ["-1", "0"]


def test_without_footnotes_there_are_only_the_lines_above_them() -> None:
    notes = list(part(written("<para>a</para>"), "word/footnotes.xml"))
    assert [(attribute(note, "type"), text_of(note)) for note in notes] == [
        ("separator", ""),
        ("continuationSeparator", ""),
    ]


def test_a_page_break_is_in_the_paragraph_that_follows() -> None:
    first, second = (
        p for p in paragraphs(written("<para>a</para><page-break/><para>b</para>")) if style_of(p) == "Body"
    )
    assert not has(first, "pageBreakBefore")
    assert has(second, "pageBreakBefore")


@pytest.mark.parametrize("block", [TABLE, "<head/>", "<title><type>x</type></title>", SIGNATURE])
def test_a_page_break_before_what_is_no_text_has_a_paragraph(block: str) -> None:
    content = written("<para>a</para><page-break/>", block)
    broken = [p for p in paragraphs(content) if has(p, "pageBreakBefore")]
    assert [style_of(p) for p in broken] == ["Gap"]


def test_breaks_at_the_ends_break_nothing() -> None:
    content = written("<para>a</para><page-break/>")
    assert not [p for p in paragraphs(content) if has(p, "pageBreakBefore")]
    assert (
        len([p for p in paragraphs(written("<page-break/><page-break/><para>a</para>")) if has(p, "pageBreakBefore")])
        == 1
    )


def test_spacers_are_empty_lines() -> None:
    assert styled(written("<spacer lines='3'/>"), "Body") == ["", "", ""]


def test_sections_end_in_a_paragraph_that_holds_their_page() -> None:
    content = written_document(
        "<section><para>a</para></section>", "<section orientation='landscape'><para>b</para></section>"
    )
    assert body(content) == ["p", "p", "p", "sectPr"]
    assert len(list(part(content).iter(f"{W}sectPr"))) == 2
    headers = {
        element.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        for element in part(content).iter(f"{W}headerReference")
    }
    assert len(headers) == 1


def test_upper_case_reaches_runs_with_looks() -> None:
    assert styled(written("<para style='annex-title'>khung <i>nhiệm vụ</i></para>"), "AnnexTitle") == ["KHUNG NHIỆM VỤ"]
