"""Kinds of papers that the importer learned after it worked: a few lines each, and the item that must come of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from docx.shared import Mm

from importing.drafts import drafted
from importing.flat_items import items_of
from importing.word_files import CENTRE, MOTTO, NATION, RIGHT, Paper
from qmsplan.importing.account import word_differences
from qmsplan.importing.importer import Imported


def imported(fill: Callable[[Paper], Any], title: str = "Công tác năm 2026") -> Imported:
    paper = Paper()
    paper.head(["SỞ X"], "Số: 04/KH-SX", "X, ngày 05 tháng 01 năm 2026")
    paper.title("KẾ HOẠCH", title)
    fill(paper)
    return drafted(paper.bytes())


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


def test_lines_with_values_below_a_heading_of_objectives_are_objectives() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. MỤC TIÊU CỤ THỂ", "b")
        paper.lines("- 100% người bệnh được khám định kỳ (Phòng A chủ trì, hoàn thành quý II).")
        paper.lines("- Phấn đấu 95% gia đình hài lòng (Phòng B chủ trì, hoàn thành trong năm 2026).")

    found = items(imported(fill))
    assert {(item["kind"], item["target"]) for item in found.values()} == {
        ("objectives", "100%"),
        ("objectives", "95%"),
    }


def test_letters_before_the_details_of_a_task_are_not_missed() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. NỘI DUNG", "b")
        for at in (1, 2):
            paper.lines(f"{at}. Tự đánh giá {at}", "a) Chủ trì: Phòng A.", "b) Thời gian: Quý III.")

    found = imported(fill)
    assert (items(found)["Tự đánh giá 2"]["lead"], found.words.left) == ("Phòng A", ())


def test_what_is_numbered_as_an_objective_is_one_in_a_table_and_in_lines() -> None:
    def fill(paper: Paper) -> None:
        rows = [["TT", "Nội dung", "Thời gian"]]
        rows += [["Mục tiêu 1:", "Người bệnh hài lòng đạt 92%", "Quý I"], ["Mục tiêu 2:", "Giảm chờ khám", "Quý II"]]
        paper.table(rows)
        paper.para("II. NỘI DUNG", "b")
        for at in (3, 4):
            paper.lines(
                f"{at}. Mục tiêu {at}: Đón 45.00{at} lượt khách.", "- Chủ trì: Phòng A.", "- Thời gian: cả năm."
            )

    found = items(imported(fill))
    assert {item["kind"] for item in found.values()} == {"objectives"}
    assert found["Người bệnh hài lòng đạt 92%"]["target"] == "92%"
    assert found["Mục tiêu 3: Đón 45.003 lượt khách"]["target"] == "45.003 lượt khách"


def test_headings_may_stand_in_the_first_column() -> None:
    rows = [
        ["Mục tiêu", "Giảm hồ sơ trễ hạn"],
        ["Chỉ tiêu", "Dưới 1%"],
        ["Trách nhiệm", "Văn phòng"],
        ["Thời hạn", "Quý IV/2026"],
    ]
    found = items(imported(lambda paper: paper.table(rows, bold_rows=0)))["Giảm hồ sơ trễ hạn"]
    assert (found["target"], found["lead"], found["deadline"]) == ("Dưới 1%", "Văn phòng", "Quý IV/2026")


def test_a_form_for_each_item_below_the_other_is_an_item_each() -> None:
    def fill(paper: Paper) -> None:
        for at in (1, 2):
            rows = [["Mục tiêu", f"Việc {at}"], ["Trách nhiệm", f"Phòng {at}"], ["Thời hạn", f"Quý {'I' * at}/2026"]]
            paper.table(rows, bold_rows=0)

    found = items(imported(fill))
    assert {text: (item["lead"], item["deadline"]) for text, item in found.items()} == {
        "Việc 1": ("Phòng 1", "Quý I/2026"),
        "Việc 2": ("Phòng 2", "Quý II/2026"),
    }


def test_of_two_columns_of_time_the_one_with_times_is_the_deadline() -> None:
    rows = [
        ["TT", "Nội dung thanh tra", "Thời hạn", "Thời gian triển khai", "Đơn vị chủ trì"],
        ["1", "Thanh tra đất đai", "45 ngày", "Quý II/2026", "Phòng A"],
    ]
    found = imported(lambda paper: paper.table(rows))
    item = items(found)["Thanh tra đất đai"]
    assert item["deadline"] == "Quý II/2026"
    assert "45 ngày" in found.text.decode()


def test_a_group_with_weight_and_lead_adds_up_its_rows_and_prints_its_weight() -> None:
    rows = [
        ["TT", "Mục tiêu", "Trọng số", "Chỉ tiêu", "Chủ trì"],
        ["I", "Thu ngân sách", "40", "", "Đội A"],
        ["1", "Thu nộp", "25", "1.250 tỷ đồng", ""],
        ["2", "Nợ thuế", "15", "0 hồ sơ", "Đội B"],
    ]
    found = imported(lambda paper: paper.table(rows))
    (group,) = found.plan.groups
    assert (group.weight, group.lead, [item.weight for item in group.objectives]) == (40, ("Đội A",), [25, 15])
    assert "40" in {line.text for line in found.printed}


LED = "Việc 4 (Phó Trưởng Ban chủ trì)"


def test_lists_below_months_may_be_numbered() -> None:
    def fill(paper: Paper) -> None:
        for month in (1, 4):
            paper.para(f"Tháng {month}", "b")
            paper.lines(f"1. Việc {month} (Phó Trưởng Ban chủ trì).", f"2. Họp {month}.")

    found = items(imported(fill))
    assert (found[LED]["lead"], found[LED]["deadline"]) == ("Phó Trưởng Ban", "Tháng 4")
    assert found["Họp 1"]["deadline"] == "Tháng 1"


def test_columns_of_school_years_and_their_terms() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Thực hiện năm học 2025-2026", "Kế hoạch năm học 2026-2027"],
        ["1", "Tỷ lệ tốt nghiệp", "98,5%", "≥ 99%"],
    ]
    found = imported(lambda paper: paper.table(rows), "Năm học 2026-2027")
    assert items(found)["Tỷ lệ tốt nghiệp"]["target"] == "≥ 99%"
    assert found.plan.objectives[0].results == {"2025-09-01/2026-05-31": "98,5%"}
    rows = [["TT", "Chỉ tiêu", "ĐVT", "2025-2026", "Học kỳ I", "HK II", "Cả năm"], ["1", "Giải", "giải", *"3235"]]
    item = items(imported(lambda paper: paper.table(rows), "Năm học 2026-2027"))["Giải"]
    plan = {"plan.2026-09-01/2027-01-31": "2", "plan.2027-02-01/2027-05-31": "3"}
    assert item.items() >= {"target": "5", "results.2025-09-01/2026-05-31": "3", **plan}.items()
    item = items(imported(lambda paper: paper.table(rows), "Năm 2026"))["Giải"]
    assert item["plan.2026-02-01/2026-05-31"] == "3", "the second term of a year comes before its first"
    rows = [["TT", "Chỉ tiêu", "ĐVT", "2026-2027", "2028-2030", "Tổng"], ["1", "Giải", "giải", "2", "3", "5"]]
    item = items(imported(lambda paper: paper.table(rows), "Giai đoạn 2026-2030"))["Giải"]
    assert (item["target"], item["fields.2026_2027"]) == ("5", "2"), "two years, and none of a school"


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


def test_values_of_quarters_are_planned_and_asked_about_where_the_headings_do_not_say() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm", "Quý I", "Quý II"],
        ["1", "Sản lượng", "m³", "9.600", "2.250", "7.350"],
        ["2", "Thất thoát", "%", "≤ 14", "≤ 15", "≤ 14"],
    ]
    found = imported(lambda paper: paper.table(rows))
    first, second = items(found)["Sản lượng"], items(found)["Thất thoát"]
    assert (first["plan.2026-Q1"], first["plan.2026-Q2"]) == ("2250", "7350")
    assert (second["horizons.2026-Q1"], second["horizons.2026-Q2"]) == ("≤ 15", "≤ 14")
    assert [tuple(guess) for guess in found.guesses] == [("MT1", "plan")]


def test_departments_beside_the_tasks_of_their_staff_are_groups() -> None:
    def fill(paper: Paper) -> None:
        rows = [
            ["Bộ phận", "Nội dung công việc", "Mức phải đạt", "Tần suất", "Trọng số", "Phụ trách"],
            ["Bộ phận Nghiệp vụ", "Bổ sung sách", "3.500 bản", "06 tháng/lần", "40", "Lò Thị Thu"],
            ["", "Số hóa tài liệu", "ít nhất 90", "Hằng tuần", "60", "Hà Văn Dũng"],
            ["Tổng trọng số", "", "", "", "100", ""],
        ]
        table = paper.table(rows)
        table.cell(1, 0).merge(table.cell(2, 0))

    found = items(imported(fill))
    item = found["Số hóa tài liệu"]
    assert (item["group"], item["lead"], item["weight"]) == ("Bộ phận Nghiệp vụ", "Hà Văn Dũng", "60")
    assert (item["target"], item["fields.tan_suat"]) == ("ít nhất 90", "Hằng tuần")
    assert found["Bổ sung sách"]["frequency"] == "half-year"


def test_activities_before_their_targets_are_the_items() -> None:
    rows = [
        ["TT", "Hoạt động", "Chỉ tiêu", "Đơn vị thực hiện", "Thời gian"],
        ["1", "Giám sát vệ sinh tay", "Từ 85% trở lên", "Khoa Nội", "Hằng tháng"],
        ["2", "Tập huấn nhân viên mới", "100% nhân viên mới", "Phòng A", "Quý I"],
    ]
    found = items(imported(lambda paper: paper.table(rows)))
    assert found["Giám sát vệ sinh tay"]["target"] == "Từ 85% trở lên"


def test_targets_stand_beside_the_names_of_indicators_also_several_in_a_cell() -> None:
    rows = [
        ["STT", "Tên KPI", "Chỉ tiêu", "Phương pháp theo dõi"],
        ["1", "Chất lượng khám", "- Chuyển tuyến < 5%;\n- Hài lòng ≥ 90%", "Phần mềm"],
        ["2", "Khiếu nại", "≤ 2 vụ/tháng", "Sổ trực"],
    ]
    found = items(imported(lambda paper: paper.table(rows)))
    assert found["Chất lượng khám"]["target"] == "Chuyển tuyến < 5%; Hài lòng ≥ 90%"
    assert (found["Khiếu nại"]["target"], found["Khiếu nại"]["method"]) == ("≤ 2 vụ/tháng", "Sổ trực")


def test_sentences_below_a_heading_of_objectives_are_objectives_if_they_have_targets() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I- MỤC TIÊU", "b")
        paper.lines("1.1. 95% trở lên đơn vị đối thoại định kỳ.", "1.2. 100% đoàn viên được phổ biến luật.")

    found = items(imported(fill))["100% đoàn viên được phổ biến luật"]
    assert (found["kind"], found["number"]) == ("objectives", "1.2")


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


def test_a_label_may_have_its_value_in_the_lines_below_it() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I- NHIỆM VỤ", "b")
        for at, what in ((1, "Hội thi tay nghề"), (2, "Tuần lễ văn hóa")):
            paper.para(f"1.{at}. {what}", "b")
            paper.lines("\uf0d8 Phụ trách: Ban Tuyên giáo.", "+ Đơn vị cùng thực hiện: Sở Y.", "+ Sản phẩm, hồ sơ:")
            paper.lines(f"* Kế hoạch {at};", "* Báo cáo.")

    found = items(imported(fill))["Tuần lễ văn hóa"]
    assert (found["lead"], found["support"]) == ("Ban Tuyên giáo", "Sở Y")
    assert found["deliverables"] == "* Kế hoạch 2; * Báo cáo"


def test_a_heading_that_says_it_is_an_objective_holds_the_details_below_it() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. NỘI DUNG", "b")
        paper.lines("Mục tiêu 1: 98% hồ sơ đúng hạn", "* Biện pháp thực hiện:", "- Rà soát thủ tục;", "- Công khai.")
        paper.lines("* Trách nhiệm: Văn phòng chủ trì", "* Thời gian: Quý I", "Mục tiêu 2: Giảm 20% đơn thư")
        paper.lines("Mục tiêu 3: 100% công chức được tập huấn.", "* Trách nhiệm: Văn phòng")

    found = imported(fill)
    objectives = found.plan.sections[0].objectives
    assert [item.number for item in objectives] == ["Mục tiêu 1:", "Mục tiêu 2:", "Mục tiêu 3:"]
    first = objectives[0]
    assert (first.target[0], first.deadline, first.lead[0]) == ("98%", "Quý I", "Văn phòng chủ trì")
    assert first.measures == ("- Rà soát thủ tục;", "- Công khai.")


def test_numbers_before_labels_are_no_text_and_no_loss() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. MỤC TIÊU", "b")
        for at, share in ((1, "95%"), (2, "90%")):
            paper.para(f"{at}. Mục tiêu {at}: Đào tạo", "b")
            paper.lines(f"{at}.1. Chỉ tiêu: {share} đúng hạn", f"{at}.2. Biện pháp:", "- Tăng cường;", "- Học lại.")
            paper.lines(f"{at}.3. Chủ trì: Phòng Đào tạo", f"{at}.4. Thời gian: Tháng 8/2026")

    found = imported(fill)
    objectives = found.plan.sections[0].objectives
    assert [item.target for item in objectives] == [("95% đúng hạn",), ("90% đúng hạn",)]
    assert objectives[1].measures == ("- Tăng cường;", "- Học lại.")
    assert found.words.left == ()


def test_letters_stand_below_the_number_before_them() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. GIẢI PHÁP", "b")
        paper.lines("1. Kiện toàn mạng lưới. Chủ trì: Phòng A. Thời gian: Quý I.", "2. Tập huấn:")
        paper.lines("a) Mở 04 lớp. Chủ trì: Phòng B. Thời gian: Quý II;", "b) Cử 02 cán bộ đi học;", "3. Báo cáo.")

    tasks = imported(fill).plan.sections[0].tasks
    assert [(task.number, [part.number for part in task.tasks]) for task in tasks] == [
        ("1.", []),
        ("2.", ["a)", "b)"]),
        ("3.", []),
    ]


def test_names_of_indicators_before_values_of_quarters_are_no_targets() -> None:
    rows = [
        ["STT", "Mục tiêu", "Chỉ số đo lường", "Quý I", "Quý II", "Phụ trách"],
        ["1", "Giảm nhiễm khuẩn", "Tỷ lệ nhiễm khuẩn", "≤ 2,5", "≤ 2,3", "Khoa Ngoại"],
        ["2", "Vệ sinh tay", "Tỷ lệ tuân thủ", "80%", "≥ 82%", "Khoa Nội"],
    ]
    found = items(imported(lambda paper: paper.table(rows)))["Giảm nhiễm khuẩn"]
    assert "target" not in found
    assert found["fields.chi_so_do_luong"] == "Tỷ lệ nhiễm khuẩn"


def test_a_unit_may_have_its_duty_on_its_own_line() -> None:
    def fill(paper: Paper) -> None:
        paper.para("III. TỔ CHỨC THỰC HIỆN", "b")
        paper.lines("1. Sở Nội vụ", "- Theo dõi, đôn đốc;", "- Tổng hợp báo cáo.", "2. Báo tỉnh: Tăng cường tin, bài.")

    found = items(imported(fill))
    assert found["Theo dõi, đôn đốc"]["lead"] == "Sở Nội vụ"
    assert found["Tăng cường tin, bài"]["lead"] == "Báo tỉnh"


def test_headings_may_say_that_a_unit_leads() -> None:
    def fill(paper: Paper) -> None:
        paper.para("II. NHIỆM VỤ", "b")
        for letter, unit in (("a", "Phòng A"), ("b", "Phòng B")):
            paper.para(f"{letter}) {unit} chủ trì:", "b")
            paper.lines(f"- Xây dựng kế hoạch {letter};", f"- Báo cáo {letter}.")

    assert items(imported(fill))["Báo cáo b"]["lead"] == "Phòng B"


def test_a_sentence_that_a_page_cut_goes_on() -> None:
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Thời gian"],
        ["1", "Tự động hóa quy", "Phòng Tin học", "Quý II"],
        ["", "trình cấp phép", "", ""],
    ]
    assert "Tự động hóa quy trình cấp phép" in items(imported(lambda paper: paper.table(rows)))


def test_the_line_of_an_annex_may_end_on_the_next_line() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. NHIỆM VỤ", "b")
        paper.para("Như phụ lục.")
        for text in ("Phụ lục I", "DANH MỤC DỰ ÁN"):
            paper.para(text, "b", CENTRE)
        paper.para("(Kèm theo Kế hoạch số 04/KH-SX ngày 05 tháng 01 năm 2026", "i", CENTRE)
        paper.para("của Sở X)", "i", CENTRE)
        paper.table([["STT", "Dự án", "Chủ trì"], ["1", "Nâng cấp mạng", "Sở Y"]])

    (annex,) = imported(fill).plan.annexes
    assert annex.info == ("(Kèm theo Kế hoạch số 04/KH-SX ngày 05 tháng 01 năm 2026", "của Sở X)")
    assert not annex.text


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
    plan = drafted(paper.bytes(), kind=kind).plan
    assert (len(plan.objectives), len(plan.tasks)) == (objectives, tasks)


def test_line_breaks_part_the_head_and_the_title() -> None:
    paper = Paper()
    table = paper.document.add_table(1, 2)
    paper.para("SỞ Y TẾ\nBỆNH VIỆN K\nSố: 07/KH-BVK", "b", CENTRE, table.cell(0, 0))
    paper.para(f"{NATION}\n{MOTTO}\nHuế, ngày 05 tháng 01 năm 2026", "b", CENTRE, table.cell(0, 1))
    paper.para("KẾ HOẠCH\nCông tác năm 2026", "b", CENTRE)
    paper.para("Bệnh viện ban hành Kế hoạch như sau:")
    plan = drafted(paper.bytes()).plan
    assert (plan.head.issuer_text, plan.head.parent_text) == (("BỆNH VIỆN K",), ("SỞ Y TẾ",))
    assert plan.head.title == ("Công tác năm 2026",)
    assert (plan.signoff and plan.signoff.number, plan.head.type) == ("07/KH-BVK", "KẾ HOẠCH")


def test_a_division_beside_the_one_that_issues_is_not_below_it() -> None:
    paper = Paper()
    paper.head(["UBND XÃ PHÚ THỊNH", "PHÒNG KINH TẾ"], "Số: 02/KH-PKT", "Phú Thịnh, ngày 05 tháng 01 năm 2026")
    paper.title("KẾ HOẠCH", "Công tác năm 2026")
    paper.table(
        [["TT", "Nội dung", "Chủ trì"], ["1", "Việc A", "Phòng Văn hóa - Xã hội"], ["2", "Việc B", "Tổ Một cửa"]]
    )
    units = {unit.name: unit for unit in drafted(paper.bytes()).units.units}
    assert units["Phòng Văn hóa - Xã hội"].parent == units["Phòng Kinh tế"].parent
    assert units["Tổ Một cửa"].parent == units["Phòng Kinh tế"].code


def test_the_agency_above_and_a_day_without_number_are_kept_and_printed() -> None:
    paper = Paper()
    paper.head(["SỞ Y TẾ", "BỆNH VIỆN K"], "Số:     /KH-BVK", "Huế, ngày     tháng 3 năm 2026")
    paper.title("KẾ HOẠCH", "Công tác năm 2026")
    paper.para("Bệnh viện ban hành Kế hoạch như sau:")
    found = drafted(paper.bytes())
    assert (found.plan.head.issuer_text, found.plan.head.parent_text) == (("BỆNH VIỆN K",), ("SỞ Y TẾ",))
    assert found.plan.signoff is None
    assert {"SỞ Y TẾ", "Huế, ngày tháng 3 năm 2026"} <= {one.text for one in found.printed}
    assert found.words.left == ()


def test_a_paper_of_the_party() -> None:
    paper = Paper()
    table = paper.document.add_table(1, 2)
    for text, look in (("TỈNH ỦY A", ""), ("BAN TỔ CHỨC", "b"), ("*", ""), ("Số 21-KH/BTCTU", "")):
        paper.para(text, look, CENTRE, table.cell(0, 0))
    for text in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Huế, ngày 18 tháng 3 năm 2026"):
        paper.para(text, "b", CENTRE, table.cell(0, 1))
    paper.para("KẾ HOẠCH", "b", CENTRE)
    paper.para("chuyển đổi số năm 2026", "b", CENTRE)
    paper.para("I- NHIỆM VỤ", "b")
    paper.para("1- Số hóa hồ sơ (Phòng Cán bộ chủ trì, các phòng phối hợp; hoàn thành trong quý II/2026).")
    paper.para("2- Tập huấn phần mềm (Văn phòng chủ trì; hoàn thành trước 30/9/2026).")
    found = drafted(paper.bytes())
    assert (found.plan.head.parent_text, found.plan.head.issuer_text) == (("TỈNH ỦY A",), ("BAN TỔ CHỨC",))
    assert found.plan.signoff is not None
    assert found.plan.signoff.number == "21-KH/BTCTU"
    item = items(found)["Số hóa hồ sơ (Phòng Cán bộ chủ trì, các phòng phối hợp; hoàn thành trong quý II/2026)"]
    assert (item["number"], item["lead"], item["support"]) == ("1-", "Phòng Cán bộ", "các phòng")
    assert item["deadline"] == "trong quý II/2026"
    assert [one.text for one in found.words.left] == ["ĐẢNG CỘNG SẢN VIỆT NAM"]  # drafts print the head of the State


def test_objectives_in_lines_keep_their_number_and_how_often_they_are_measured() -> None:
    paper = Paper()
    paper.head(["VĂN PHÒNG"], "Số: 04/MT-VP", "X, ngày 05 tháng 01 năm 2026")
    paper.title("MỤC TIÊU CHẤT LƯỢNG", "Năm 2026")
    for at, text in ((1, "100% văn bản đến được chuyển trong ngày"), (2, "Tối thiểu 95% báo cáo đúng hạn")):
        paper.lines(
            f"Mục tiêu {at}: {text}.", "- Cách đo: thống kê;", "- Tần suất đo: Hằng quý;", "- Trách nhiệm: Tổ 1."
        )
    paper.table([["Người lập", "Soát xét", "PHÊ DUYỆT"], ["Lê Lan", "Trần Tú", "Đỗ An"]])
    found = drafted(paper.bytes())
    item = items(found)["Tối thiểu 95% báo cáo đúng hạn"]
    assert (item["kind"], item["id"], item["number"], item["lead"]) == ("objectives", "MT2", "Mục tiêu 2:", "Tổ 1")
    assert item["frequency"] == "quarter"
    assert [(box.label, box.name) for box in found.plan.boxes] == [
        ("Người lập", "Lê Lan"),
        ("Soát xét", "Trần Tú"),
        ("PHÊ DUYỆT", "Đỗ An"),
    ]


def test_widths_are_told_where_they_differ_visibly() -> None:
    def fill(paper: Paper) -> None:
        table = paper.table([["TT", "Nội dung", "Chủ trì", "Ghi chú"], ["1", "Việc A", "Tổ 1", "x"]])
        for column, width in zip(table.columns, (10, 40, 20, 90), strict=True):
            column.width = Mm(width)

    found = imported(fill).plan
    table = next(part.table for part in (found, *found.sections) if part.table)
    assert [float(getattr(column, "width", None) or 0) for column in table.columns] == [6, 25, 13, 56]


def test_a_comparison_tells_words_and_not_where_lines_end() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I.MỤC TIÊU", "b")
        paper.para("Nâng cao chất lượng.")
        paper.para("II. NHIỆM VỤ", "b")
        paper.para("1. Tập huấn (Đầu mối: Tổ 1; phối hợp: Tổ 2; thời gian: Quý II).")

    found = imported(fill)
    told = list(word_differences(found.printed, found.source))
    assert [one.file for one in told if one.file] == ["1. Tập huấn (Đầu mối: Tổ 1; phối hợp: Tổ 2; thời gian: Quý II)."]
    assert all("MỤC TIÊU" not in (one.plan or "") for one in told)


def _by_tabs(paper: Paper) -> None:
    paper.para("NGƯỜI LẬP\tKẾ TOÁN TRƯỞNG\tGIÁM ĐỐC", "b")
    paper.para("Lê Lan\tThS. Trần Tú\tBSCKII. Đỗ An", "b")


def _in_small_letters(paper: Paper) -> None:
    paper.table([["Người lập", "Ban Chỉ đạo", "Lãnh đạo duyệt"], ["Lê Lan", "ThS. Trần Tú", "BSCKII. Đỗ An"]])


def _boxes_without_post(paper: Paper) -> None:
    paper.table([["LẬP", "KIỂM TRA", "DUYỆT"], ["Lê Lan", "Trần Tú", "Đỗ An"]])


def _below_recipients(paper: Paper) -> None:
    paper.para("Nơi nhận:\tTRƯỞNG PHÒNG", "b")
    paper.lines("- Như trên;", "- Lưu: VT.")
    paper.para("\tThượng tá Đỗ An", "b")


def _rank_above(paper: Paper) -> None:
    paper.end(["- Lưu: VT."], ["TRƯỞNG PHÒNG"], "Thượng tá")
    paper.para("Đỗ An", "b", CENTRE, paper.document.tables[-1].cell(0, 1))


def _below_each_other(paper: Paper) -> None:
    paper.lines("Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "TS. Đỗ An")


def _by_a_machine(paper: Paper) -> None:
    paper.end(["- Như trên;", "PL.(12)"], ["GIÁM ĐỐC"], "TRƯƠNG THỊ HOA")
    room = paper.document.tables[-1].cell(0, 1).paragraphs[1:]
    for paragraph, text in zip(room, ("Đã ký", "Người ký: Trương Thị Hoa", "Thời gian ký: 05/02/2026"), strict=False):
        paragraph.add_run(text)


SIGNED: dict[str, tuple[Callable[[Paper], Any], list[tuple[str, str]]]] = {
    "three columns by tabs": (
        _by_tabs,
        [("KẾ TOÁN TRƯỞNG", "ThS. Trần Tú"), ("GIÁM ĐỐC", "BSCKII. Đỗ An"), ("NGƯỜI LẬP", "Lê Lan")],
    ),
    "no line in capitals": (
        _in_small_letters,
        [("Lãnh đạo duyệt", "BSCKII. Đỗ An"), ("Người lập", "Lê Lan"), ("Ban Chỉ đạo", "ThS. Trần Tú")],
    ),
    "boxes beside a box": (_boxes_without_post, [("LẬP", "Lê Lan"), ("KIỂM TRA", "Trần Tú"), ("DUYỆT", "Đỗ An")]),
    "a name moved by one tab": (_below_recipients, [("TRƯỞNG PHÒNG", "Thượng tá Đỗ An")]),
    "all at the left edge": (_below_each_other, [("KT. HIỆU TRƯỞNG PHÓ HIỆU TRƯỞNG", "TS. Đỗ An")]),
    "what a machine writes, and a name like a post": (_by_a_machine, [("GIÁM ĐỐC", "TRƯƠNG THỊ HOA")]),
    "a rank on its own line": (_rank_above, [("TRƯỞNG PHÒNG", "Thượng tá Đỗ An")]),
}


@pytest.mark.parametrize("kind", SIGNED)
def test_those_who_sign_are_read_with_rank_and_title(kind: str) -> None:
    fill, wanted = SIGNED[kind]

    def end(paper: Paper) -> None:
        paper.para("I. NHIỆM VỤ", "b")
        paper.para("Tập huấn.")
        fill(paper)

    found = imported(end)
    signers = [*filter(None, [found.plan.signatory]), *found.plan.cosigners]
    told = [(" ".join(one.position), one.name) for one in signers]
    assert [*told, *((box.label, box.name) for box in found.plan.boxes)] == wanted
    assert found.words.left == ()


def test_sentences_that_say_who_and_by_when_are_tasks_with_their_whole_text() -> None:
    said = [
        "Giao Phòng Kinh tế chủ trì, phối hợp với Trạm Thú y khu vực tổ chức tiêm phòng, xong trước ngày 30/4/2026",
        "Rà soát thủ tục (Văn phòng chủ trì, các phòng phối hợp), hoàn thành trong quý II/2026",
        "Niêm yết đường dây nóng do Công an xã chủ trì, xong trước ngày 15/3/2026",
        "Các đơn vị chủ trì báo cáo trước ngày 20 tháng 12 năm 2026",
        "Văn phòng rà soát báo cáo theo Nghị định 30/2020/NĐ-CP, ngày 05/3/2020",
    ]

    def fill(paper: Paper) -> None:
        paper.para("I. NHIỆM VỤ", "b")
        for at, text in enumerate(said):
            paper.para(f"{at + 1}. {text}.")

    drafted_plan = imported(fill)
    found = items(drafted_plan)
    assert [tuple(found[text].get(name, "") for name in ("lead", "support", "deadline")) for text in said] == [
        ("Phòng Kinh tế", "Trạm Thú y khu vực", "trước ngày 30/4/2026"),
        ("Văn phòng", "các phòng", "trong quý II/2026"),
        ("Công an xã", "", "trước ngày 15/3/2026"),
        ("", "", "trước ngày 20 tháng 12 năm 2026"),
        ("", "", ""),
    ]
    printed = [line.text for line in drafted_plan.printed]
    assert [line for line in printed if "Chủ trì thực hiện" in line or "Thời gian thực hiện" in line] == []


def test_what_is_none_of_something_is_its_own_target() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. CHỈ TIÊU", "b")
        paper.lines("- Không có đơn thư khiếu nại kéo dài;", "- Số hóa 1.500 hồ sơ.", "- 98% hồ sơ đúng hạn.")

    found = imported(fill)
    assert items(found)["Không có đơn thư khiếu nại kéo dài"]["target"] == "Không có đơn thư khiếu nại kéo dài"
    assert not any("Chỉ tiêu:" in line.text for line in found.printed)


def test_the_sentence_behind_who_supports_says_by_when() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. NHIỆM VỤ", "b")
        for at in (1, 2):
            paper.para(f"{at}. Việc {at}. Chủ trì: Phòng A; phối hợp: Trạm B. Hoàn thành trước ngày 30/4/2026.")

    item = items(imported(fill))["Việc 1"]
    assert (item["lead"], item["support"], item["deadline"]) == ("Phòng A", "Trạm B", "trước ngày 30/4/2026")


def test_headings_above_dashes_of_objectives_are_none() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. MỤC TIÊU", "b")
        paper.lines(
            "1. Mục tiêu chung: Nâng cao chất lượng.", "2. Mục tiêu cụ thể", "- 95% hài lòng;", "- 98% đúng hạn."
        )

    assert [item["target"] for item in items(imported(fill)).values()] == ["95%", "98%"]


def test_the_number_of_what_a_task_is_about_is_no_task() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. NỘI DUNG", "b")
        for at in (1, 2):
            paper.lines(f"Hiệu chuẩn máy {at}", f"- Mã: TB-0{at}.", "- Chủ trì: Phòng A.", "- Thời gian: Quý II.")

    found = items(imported(fill))
    assert [(one["text"], one["measures"]) for one in found.values()] == [
        ("Hiệu chuẩn máy 1", "- Mã: TB-01"),
        ("Hiệu chuẩn máy 2", "- Mã: TB-02"),
    ]


def test_groups_whose_items_have_letters_stand_beside_each_other() -> None:
    def fill(paper: Paper) -> None:
        rows = ["TT|Nội dung|Chủ trì|Hạn", "1|Tham mưu||", "a|Tham mưu A|Phòng A|Quý I", "2|Tuyên truyền||"]
        table = paper.table([row.split("|") for row in [*rows, "a|Hội nghị|Phòng B|Quý III"]])
        table.cell(1, 1).merge(table.cell(1, 3))

    found = [(one["text"], one["group"]) for one in items(imported(fill)).values() if one["kind"] == "tasks"]
    assert found == [("Tham mưu A", "Tham mưu"), ("Hội nghị", "Tuyên truyền")]


def test_items_whose_place_is_taken_are_counted_from_the_first_id() -> None:
    def fill(paper: Paper) -> None:
        for number, below in (("I", "234"), ("II", "   ")):
            paper.para(f"{number}. MỤC TIÊU", "b")
            rows = [[mark.strip(), f"Mục tiêu {mark}{at}", "≥ 90%"] for at, mark in enumerate(("1", *below))]
            paper.table([["TT", "Mục tiêu", "Chỉ tiêu"], *rows])

    (_, second) = imported(fill).plan.sections
    assert [one.id for one in second.objectives] == ["II.MT1", "II.MT1-2", "II.MT1-3", "II.MT1-4"]
