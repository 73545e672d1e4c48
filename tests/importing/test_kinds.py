"""Kinds of papers that the importer learned after it worked: a few lines each, and the item that must come of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from importing.answers import items_of
from importing.spoilt_word_files import draft_faults, options
from importing.word_files import CENTRE, RIGHT, Paper
from qmsplan.importing.importer import Imported, import_file


def imported(fill: Callable[[Paper], Any]) -> Imported:
    paper = Paper()
    paper.head(["SỞ X"], "Số: 04/KH-SX", "X, ngày 05 tháng 01 năm 2026")
    paper.title("KẾ HOẠCH", "Công tác năm 2026")
    fill(paper)
    found = import_file(paper.bytes(), ".docx", options())
    assert list(draft_faults(found)) == []
    return found


def items(found: Imported) -> dict[str, dict[str, str]]:
    return {item["text"]: item for item in items_of(found.plan, {})}


def test_who_leads_a_whole_list_stands_below_it() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. NỘI DUNG", "b")
        for at, unit in ((1, "Tổ Tuyên truyền"), (2, "Công an xã")):
            paper.para(f"{at}. Công tác {at}", "b")
            paper.lines(f"- Việc {at}a;", f"- Việc {at}b.", f"Đơn vị chủ trì: {unit}; Đơn vị phối hợp: Các ấp.")

    found = items(imported(fill))
    assert (found["Việc 1b"]["lead"], found["Việc 2a"]["lead"]) == ("Tổ Tuyên truyền", "Công an xã")
    assert found["Việc 2a"]["support"] == "Các ấp"


def test_headings_may_stand_in_the_first_column() -> None:
    rows = [
        ["Mục tiêu", "Giảm hồ sơ trễ hạn"],
        ["Chỉ tiêu", "Dưới 1%"],
        ["Trách nhiệm", "Văn phòng"],
        ["Thời hạn", "Quý IV/2026"],
    ]
    found = items(imported(lambda paper: paper.table(rows, bold_rows=0)))["Giảm hồ sơ trễ hạn"]
    assert (found["target"], found["lead"], found["deadline"]) == ("Dưới 1%", "Văn phòng", "Quý IV/2026")


def test_columns_may_be_made_with_blanks() -> None:
    def fill(paper: Paper) -> None:
        paper.para("STT     Nội dung     Người phụ trách     Thời gian", "b")
        paper.para("1     Khai giảng     Cô Hạnh     05/9/2026")
        paper.para("HIỆU TRƯỞNG", "b", RIGHT)
        paper.para("Trần Thị Mận", "b", RIGHT)

    found = imported(fill)
    assert items(found)["Khai giảng"]["lead"] == "Cô Hạnh"
    assert found.plan.signatory is not None
    assert found.plan.signatory.name == "Trần Thị Mận"


def test_groups_stand_beside_their_items() -> None:
    def fill(paper: Paper) -> None:
        table = paper.table(
            [
                ["Lĩnh vực", "Nội dung", "Chủ trì", "Từ ngày", "Đến ngày"],
                ["Văn nghệ", "Hội diễn", "Đội", "01/11/2026", "20/11/2026"],
                ["", "Thi vẽ", "Tổ Mỹ thuật", "05/10/2026", "10/10/2026"],
            ]
        )
        table.cell(1, 0).merge(table.cell(2, 0))

    found = items(imported(fill))["Thi vẽ"]
    assert (found["group"], found["start"], found["deadline"]) == ("Văn nghệ", "05/10/2026", "10/10/2026")


def test_details_with_letters_make_a_task_of_their_heading() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. NHIỆM VỤ", "b")
        for at in (1, 2):
            paper.para(f"{at}. Việc {at}", "b")
            paper.lines(f"a) Nội dung: làm việc {at}.", "b) Đơn vị thực hiện: Đoàn khối", "c) Thời gian: Quý I/2026")

    found = items(imported(fill))["Việc 2"]
    assert (found["lead"], found["deadline"], found["measures"]) == ("Đoàn khối", "Quý I/2026", "làm việc 2")


def test_a_unit_may_have_its_duty_on_its_own_line() -> None:
    def fill(paper: Paper) -> None:
        paper.para("III. TỔ CHỨC THỰC HIỆN", "b")
        paper.lines("1. Sở Nội vụ", "- Theo dõi, đôn đốc;", "- Tổng hợp báo cáo.", "2. Báo tỉnh: Tăng cường tin, bài.")

    found = items(imported(fill))
    assert found["Theo dõi, đôn đốc"]["lead"] == "Sở Nội vụ"
    assert found["Tăng cường tin, bài"]["lead"] == "Báo tỉnh"


def test_a_sentence_that_a_page_cut_goes_on() -> None:
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Thời gian"],
        ["1", "Tự động hóa quy", "Phòng Tin học", "Quý II"],
        ["", "trình cấp phép", "", ""],
    ]
    assert "Tự động hóa quy trình cấp phép" in items(imported(lambda paper: paper.table(rows)))


def test_two_posts_side_by_side_and_a_caption_line() -> None:
    def fill(paper: Paper) -> None:
        paper.para("(Ban hành kèm theo Quyết định số 30/QĐ-SX ngày 05/01/2026)", "i", CENTRE)
        paper.para("1. Kinh phí:", "b")
        paper.para("Từ nguồn chi thường xuyên.")
        paper.para("Người lập\t\t\t\tTRƯỞNG PHÒNG", "b")
        paper.para()
        paper.para("Lê Lan\t\t\t\tTrần Tú", "b")

    plan = imported(fill).plan
    assert plan.annexes == ()
    assert [flat.title for flat in plan.sections] == [("Kinh phí:",)]
    assert (plan.signatory and plan.signatory.name, plan.boxes[0].name) == ("Trần Tú", "Lê Lan")


@pytest.mark.parametrize(("kind", "objectives", "tasks"), [("objectives", 2, 0), ("tasks", 0, 2)])
def test_the_user_says_what_rows_are(kind: Any, objectives: int, tasks: int) -> None:
    paper = Paper()
    paper.title("KẾ HOẠCH", "Công tác năm 2026")
    paper.table([["TT", "Nội dung", "Chủ trì"], ["1", "Việc A", "Tổ 1"], ["2", "Việc B", "Tổ 2"]])
    plan = import_file(paper.bytes(), ".docx", options()._replace(kind=kind)).plan
    assert (len(plan.objectives), len(plan.tasks)) == (objectives, tasks)
