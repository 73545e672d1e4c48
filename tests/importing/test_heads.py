"""Heads of papers: bodies of the Youth Union and the Party, two agencies in one cell, and how names come out of
capitals."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from importing.drafts import drafted
from importing.word_files import CENTRE, MOTTO, NATION, RIGHT, Paper
from qmsplan.diagnostics import Translator, UserError
from qmsplan.importing.importer import Imported, report_lines


def of_head(left: Sequence[str], right: Sequence[str], number: str) -> Imported:
    paper = Paper()
    table = paper.document.add_table(2, 2)
    for column, texts in ((0, left), (1, right)):
        for text in texts:
            paper.para(text, "b", CENTRE, table.cell(0, column))
    paper.para(number, "", CENTRE, table.cell(1, 0))
    paper.para("Thái Hòa, ngày 10 tháng 02 năm 2026", "i", CENTRE, table.cell(1, 1))
    paper.title("KẾ HOẠCH", "Công tác năm 2026")
    paper.table([["TT", "Nội dung", "Chủ trì"], ["1", "Ra quân", "Ban Phong trào Tỉnh đoàn, xã Đông An"]])
    return drafted(paper.bytes())


YOUTH, STATE = ("ĐOÀN TNCS HỒ CHÍ MINH",), (NATION, MOTTO)


@pytest.mark.parametrize(
    ("left", "right", "number", "issuer", "parent"),
    [
        (
            ["BAN CHẤP HÀNH", "TỈNH ĐOÀN THÁI HÒA", "***"],
            YOUTH,
            "Số: 245-KH/TĐTN-PT",
            "BAN CHẤP HÀNH TỈNH ĐOÀN THÁI HÒA",
            "",
        ),
        (["TỈNH ỦY", "BAN TUYÊN GIÁO"], ("ĐẢNG CỘNG SẢN VIỆT NAM",), "Số 07-KH/BTG", "BAN TUYÊN GIÁO", "TỈNH ỦY"),
        (["UBND XÃ ĐỒNG TÂM", "TRẠM Y TẾ"], STATE, "Số: 05/KH-TYT", "TRẠM Y TẾ", "UBND XÃ ĐỒNG TÂM"),
    ],
)
def test_heads_of_any_body(left: list[str], right: tuple[str, ...], number: str, issuer: str, parent: str) -> None:
    found = of_head(left, right, number)
    head = found.plan.head
    assert (" ".join(head.issuer_text), " ".join(head.parent_text)) == (issuer, parent)
    assert found.plan.signoff is not None
    assert found.plan.signoff.number == number.removeprefix("Số").strip(": ")
    assert len(found.plan.tasks) == 1
    assert [one.text for one in found.words.left] == [text for text in right if text not in STATE]


def test_a_joint_plan() -> None:
    paper = Paper()
    table = paper.document.add_table(1, 2)
    left = ["UBND TỈNH M", "LIÊN NGÀNH: SỞ Y TẾ - BẢO HIỂM XÃ HỘI", "Số: 09/KHLN-SYT-BHXH"]
    for column, texts in ((0, left), (1, (NATION, MOTTO))):
        for at, text in enumerate(texts):
            paper.para(text, "b" if at else "", CENTRE, table.cell(0, column))
    paper.title("KẾ HOẠCH LIÊN NGÀNH", "Phối hợp phát triển bảo hiểm y tế giai đoạn 2026 - 2030")
    paper.para("I. NHIỆM VỤ", "b")
    paper.para("1. Sở Y tế")
    paper.para("a) Rà soát người chưa tham gia; thời gian: tháng 5, tháng 10 hằng năm.")
    paper.para("b) Sơ kết năm 2028, tổng kết năm 2030.")
    paper.para("Đơn vị chủ trì")  # names nobody
    found = drafted(paper.bytes())
    head = found.plan.head
    assert (head.type, found.plan.period.code) == ("KẾ HOẠCH LIÊN NGÀNH", "2026-2030")
    assert head.title == ("Phối hợp phát triển bảo hiểm y tế giai đoạn 2026 - 2030",)
    assert (head.parent_text, head.issuer_text) == ((left[0],), (left[1],))
    assert len(found.notes["duties"]) == 2


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("BAN CHẤP HÀNH TỈNH ĐOÀN THÁI HÒA", "Ban Chấp hành Tỉnh đoàn Thái Hòa"),
        ("TỔNG CÔNG TY BƯU ĐIỆN VIỆT NAM", "Tổng công ty Bưu điện Việt Nam"),
        ("TRẠM KHUYẾN NÔNG ĐÔNG AN", "Trạm Khuyến nông Đông An"),
    ],
)
def test_names_in_capitals_get_small_letters_but_where_names_have_capitals(issuer: str, name: str) -> None:
    assert name in [unit.name for unit in of_head([issuer], STATE, "Số: 05/KH-X").units.units]


def test_names_whose_small_letters_are_guessed_are_told() -> None:
    assert of_head(["TRƯỜNG TRUNG CẤP KỸ THUẬT PHƯƠNG MAI"], STATE, "Số: 05/KH-X").units.guessed == (
        "Trường Trung cấp kỹ thuật phương mai",
    )


def test_a_joint_plan_and_a_table_without_a_head_have_their_titles() -> None:
    joint = Paper()
    joint.head(["SỞ X", "CÔNG AN TỈNH"], "Số: 05/KHLT-SX-CA", "X, ngày 05 tháng 01 năm 2026")
    for text in ("KẾ HOẠCH LIÊN TỊCH", "Phối hợp phổ biến pháp luật năm 2026", "Hai cơ quan thống nhất như sau:"):
        joint.para(text)
    head = drafted(joint.bytes()).plan.head
    assert (head.type, head.title) == ("KẾ HOẠCH LIÊN TỊCH", ("Phối hợp phổ biến pháp luật năm 2026",))
    bare = Paper()
    for text in ("CÔNG TY CẤP NƯỚC Đ", "BẢNG MỤC TIÊU CHẤT LƯỢNG NĂM 2026"):
        bare.para(text)
    bare.table([["TT", "Mục tiêu", "Chỉ tiêu"], ["1", "Thất thoát nước", "≤ 14%"]])
    head = drafted(bare.bytes()).plan.head
    assert (head.issuer_text, head.type) == (("CÔNG TY CẤP NƯỚC Đ",), "BẢNG MỤC TIÊU CHẤT LƯỢNG")


@pytest.mark.parametrize("in_table", [True, False])
def test_a_second_paper_of_the_file_is_told_and_not_mixed_with_the_first(*, in_table: bool) -> None:
    def add(paper: Paper, number: str, work: str) -> None:
        if in_table:
            paper.head(["UBND XÃ TÂN HÒA"], f"Số: {number}", "Tân Hòa, ngày 15 tháng 01 năm 2026")
        else:
            for text in ("UBND XÃ TÂN HÒA", NATION, MOTTO, f"Số: {number}", "Tân Hòa, ngày 15 tháng 01 năm 2026"):
                paper.para(text, "b", CENTRE)
        paper.title("KẾ HOẠCH", f"{work} năm 2026")
        paper.table([["TT", "Nhiệm vụ", "Chủ trì"], ["1", work, "Văn phòng"]])
        paper.lines("Nơi nhận:", "- Lưu: VT.")
        paper.para("CHỦ TỊCH", "b", RIGHT)
        paper.para("Lê Văn Sáu", "b", RIGHT)

    paper = Paper()
    add(paper, "21/KH-UBND", "Rà soát")
    add(paper, "22/KH-UBND", "Đánh giá")
    found = drafted(paper.bytes())
    assert found.notes["more_papers"] == ("2: 22/KH-UBND",)
    assert "Rà soát" in found.text.decode()
    assert "Đánh giá" not in found.text.decode()
    assert "Đánh giá" in {one.text for one in found.words.left}
    second = drafted(paper.bytes(), paper=2)
    assert (second.plan.head.symbol, second.notes["more_papers"], second.words.left) == ("KH-UBND", (), ())
    assert [task.text for task in second.plan.tasks] == [("Đánh giá",)]
    with pytest.raises(UserError):
        drafted(paper.bytes(), paper=3)


def test_tracked_changes_and_comments_are_told() -> None:
    paper = Paper()
    paper.title("KẾ HOẠCH", "Công tác năm 2026")
    line = paper.para("Thực hiện trong năm ")
    paper.deleted(line, "2025")
    paper.inserted(line, "2026")
    noted = paper.para("Giao các phòng thực hiện.")
    noted._p.append(parse_xml(f"<w:commentRangeStart {nsdecls('w')} w:id='1'/>"))
    found = drafted(paper.bytes())
    assert (found.notes["changed"], found.notes["commented"]) == (
        ("Thực hiện trong năm 2026",),
        ("Giao các phòng thực hiện.",),
    )
    told = list(report_lines(found, "f", Translator("en"), wrote_units=None))
    assert "tracked changes, taken as accepted; look at them in Word:" in told
