"""Columns of values, and rows that head others or add them up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from importing.test_kinds import imported, items
from importing.word_files import Paper
from qmsplan.importing.importer import Imported


def of_table(rows: Sequence[Sequence[str]], title: str = "Công tác năm 2026", bold: Sequence[int] = ()) -> Imported:
    def fill(paper: Paper) -> None:
        table = paper.table([list(row) for row in rows])
        for at in bold:
            for cell in table.rows[at].cells:
                for run in cell.paragraphs[0].runs:
                    run.bold = True

    return imported(fill, title)


def test_the_column_with_values_is_the_target_and_words_are_the_name_of_the_indicator() -> None:
    for words in ("Giá trị cần đạt", "Mức cần đạt", "Kế hoạch giao", "Ngưỡng"):
        rows = [
            ["STT", "Mục tiêu", "Chỉ số đo lường", words, "Bộ phận thực hiện"],
            ["01", "Giảm thất thoát nước", "Tỷ lệ nước không doanh thu", "≤ 14,2%", "Xí nghiệp Mạng lưới"],
            ["02", "Khắc phục sự cố", "Tỷ lệ sự cố xử lý trong 6 giờ", "≥ 95%", "Phòng Kỹ thuật"],
            ["03", "Không tai nạn", "Số vụ tai nạn", "0 vụ", "Toàn Công ty"],
        ]
        found = items(of_table(rows))["Khắc phục sự cố"]
        assert (found["target"], found["fields.chi_so_do_luong"]) == ("≥ 95%", "Tỷ lệ sự cố xử lý trong 6 giờ"), words


def test_values_that_go_on_from_where_it_stood_are_the_states_of_their_years() -> None:
    """They do not add up; what is done in each year does."""
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Hiện trạng 2025", "2026", "2027", "2028"],
        ["1", "Trường đạt chuẩn quốc gia", "trường", "4", "5", "5", "7"],
        ["2", "Hộ nghèo còn lại", "hộ", "300", "210", "150", "120"],
        ["3", "Phòng học xây mới", "phòng", "", "6", "6", "4"],
    ]
    found = items(of_table(rows, "Phát triển giáo dục giai đoạn 2026 - 2028"))
    for name, value in (("Trường đạt chuẩn quốc gia", "5"), ("Hộ nghèo còn lại", "150")):
        assert found[name]["horizons.2027"] == value
        assert "plan.2027" not in found[name]
    assert found["Phòng học xây mới"]["plan.2026"] == "6"
    rows[0][3] = "Thực hiện 2025"
    found = items(of_table(rows, "Phát triển giáo dục giai đoạn 2026 - 2028"))
    assert found["Trường đạt chuẩn quốc gia"]["horizons.2027"] == "5"


def test_bare_numbers_below_month_are_times() -> None:
    rows = [
        ["TT", "Nội dung kiểm tra", "Đơn vị chủ trì", "Tháng"],
        ["1", "Kiểm tra môi trường", "Phòng Môi trường", "4"],
        ["2", "Kiểm tra lao động", "Phòng Lao động", "5, 10"],
    ]
    for heading in ("Tháng", "Tháng hoàn thành"):
        rows[0][3] = heading
        assert [one["deadline"] for one in items(of_table(rows)).values()] == ["Tháng 4", "Tháng 5, 10"]


@pytest.mark.parametrize(
    ("headings", "row", "fields", "asked"),
    [
        ("TT | Yêu cầu | Đơn vị | Hạn", "Bổ sung hồ sơ | Phòng A | Quý II", {"deadline": "Quý II"}, ["text"]),
        ("TT | Yêu cầu | Ý kiến", "Rà soát danh mục thuốc hiếm | ", {"kind": "tasks"}, ["text"]),
        (
            "TT | Lĩnh vực | Việc | Ghi chú",
            "Dược | Kiểm tra thuốc | Gấp",
            {"text": "Kiểm tra thuốc", "note": "Gấp"},
            [],
        ),
        ("TT | Họ và tên | Việc | Hạn", "Lê A | Trực | Quý I", {"text": "Trực", "lead": "Lê A"}, []),
        ("No./TT | Việc | Hạn", "Trực | Quý I", {"number": "1"}, []),
        ("TT | Việc | Hạn | Kết quả", "Trực | Quý I | Hoàn thành", {"deliverables": "Hoàn thành"}, ["deliverables"]),
        ("TT | Việc | Kinh phí (đồng) | Nguồn", "In | 5000 | NSNN", {"money": "5000 NSNN"}, []),
        ("TT | Việc | Nguồn | Kinh phí (đồng)", "In | NSNN | 5000", {"money": "5000 NSNN"}, []),
        ("TT | Việc | Hạn | Nguồn", "In | Quý I | NSNN", {"fields.nguon": "NSNN"}, []),
        ("Mã chỉ tiêu cấp trên | Việc | Hạn", "In | Quý I", {"fields.ma_chi_tieu_cap_tren": "1"}, []),
        ("Mã số biểu mẫu: | BM-01 | Ngày đánh giá:", "Kho | 01/02/2026", None, []),
        ("TT | Việc làm mới (người) | Tổng | Ghi chú", "120 | 5 | Ước", None, []),
        ("TT | Họ và tên | Nhiệm vụ trong tổ | Ghi chú", "Lê A | Tổ trưởng | ", None, []),
        ("TT | Việc | Chủ trì/Phối hợp", "In | Tổ A/Tổ B", {"lead": "Tổ A/Tổ B"}, ["lead"]),
        ("TT | Việc | Hạn | Chủ trì (Cơ quan phối hợp)", "In | Quý I | Tổ A", {"lead": "Tổ A"}, []),
        ("TT | Việc: | Hạn: | Chủ trì:", "In | Quý I | Tổ A", {"deadline": "Quý I", "lead": "Tổ A"}, []),
    ],
)
def test_columns_whose_headings_leave_open_what_they_are(
    headings: str, row: str, fields: dict[str, str] | None, asked: list[str]
) -> None:
    found = of_table([headings.split(" | "), ["1", *row.split(" | ")]])
    told = [one for one in items(found).values() if one["kind"] != "groups"]
    assert found.notes["free_tables"] == (() if fields or ":" in headings else (headings,))
    assert [{name: one[name] for name in fields} for one in told] == [fields] if fields else told == []
    assert [guess.field for guess in found.guesses if guess.field != "money_unit"] == asked


def test_of_steps_below_a_heading_of_times_the_last_is_the_deadline_and_is_asked_about() -> None:
    def fill(paper: Paper) -> None:
        rows = [
            ["TT", "Tên văn bản", "Thời gian trình", ""],
            ["", "", "UBND", "HĐND"],
            ["1", "Nghị quyết", "Tháng 4", "Tháng 7"],
        ]
        table = paper.table(rows, bold_rows=2)
        table.cell(0, 2).merge(table.cell(0, 3))
        for at in (0, 1):
            table.cell(0, at).merge(table.cell(1, at))

    found = imported(fill)
    assert items(found)["Nghị quyết"]["deadline"] == "Tháng 7"
    assert [guess.field for guess in found.guesses] == ["deadline"]


def test_ids_that_the_paper_prints_are_kept_and_asked_about_where_it_prints_them_twice() -> None:
    def fill(paper: Paper) -> None:
        for heading, numbers in (("I. CHUNG", "12"), ("II. CÁC PHÒNG", ("MT1", "MT2", "MT2"))):
            paper.para(heading, "b")
            rows = [[number, f"Tỷ lệ {at}", "98%"] for at, number in enumerate(numbers)]
            paper.table([["Mã", "Mục tiêu", "Chỉ tiêu"], *rows])

    found = imported(fill)
    ids = [[one.id for one in section.objectives] for section in found.plan.sections]
    assert ids == [["I.MT1", "I.MT2"], ["MT1", "MT2", "II.MT2"]]
    assert [guess for guess in found.guesses if guess.field == "id"] == [("II.MT2", "id")]


def test_levels_are_targets_and_fines_are_none() -> None:
    rows = [
        ["TT", "Mục tiêu", "Mức", "Trách nhiệm", "Mức phạt"],
        ["1", "Hồ sơ số hóa đúng quy chuẩn", "≥ 97%", "Phòng Số hóa", "5%"],
        ["2", "Tài liệu chỉnh lý", "120 mét", "Phòng Thu thập", "3%"],
    ]
    assert [one["target"] for one in items(of_table(rows)).values()] == ["≥ 97%", "120 mét"]


def test_the_agencys_own_target_counts_beside_what_the_one_above_sets_it() -> None:
    rows = [
        ["TT", "Nội dung", "Chỉ tiêu tỉnh giao", "Chỉ tiêu Thành đoàn", "Ban phụ trách"],
        ["1", "Số đoàn viên kết nạp mới", "2.000", "2.150", "Ban Tổ chức"],
    ]
    found = items(of_table(rows))["Số đoàn viên kết nạp mới"]
    assert (found["target"], found["fields.chi_tieu_tinh_giao"]) == ("2.150", "2.000")


def test_who_and_when_may_stand_below_what_is_done() -> None:
    done = "- Liên kết 20 doanh nghiệp, tổ chức 02 ngày hội.\nChủ trì: Phòng Đào tạo.\nThời gian: Quý II năm 2026."
    found = items(of_table([["Mục tiêu", "Kế hoạch thực hiện"], ["90% sinh viên có việc làm", done]]))
    item = found["90% sinh viên có việc làm"]
    assert (item["lead"], item["deadline"], item["target"]) == ("Phòng Đào tạo", "Quý II năm 2026", "90%")


def test_the_last_year_of_a_plan_has_the_target_and_the_year_before_it_is_the_base() -> None:
    rows = [
        ["STT", "Tên chỉ tiêu", "ĐVT", "Năm gốc 2025 (ước thực hiện)", "Năm 2026", "Mục tiêu đến năm 2030"],
        ["1", "Thu nhập", "triệu đồng", "62,5", "67", "95"],
        ["2", "Tỷ lệ hộ nghèo", "%", "2,9", "2,3", "dưới 1"],
        ["3", "Số bác sĩ", "người", "2", "3 - 4", "4 - 5"],
    ]
    found = items(of_table(rows, "Phát triển kinh tế giai đoạn 2026 - 2030"))
    assert [found[name]["target"] for name in ("Thu nhập", "Tỷ lệ hộ nghèo", "Số bác sĩ")] == ["95", "dưới 1", "4 - 5"]
    assert (found["Thu nhập"]["base"], found["Thu nhập"]["horizons.2026"]) == ("62,5", "67")
    assert found["Số bác sĩ"]["horizons.2026"] == "3 - 4"


def test_the_sum_of_the_years_is_the_target_where_a_column_has_it() -> None:
    for words in ("Tổng", "Cộng 5 năm", "Giai đoạn 2026 - 2030"):
        rows = [
            ["TT", "Chỉ tiêu", "ĐVT", words, "2026", "2027", "2028", "2029", "2030"],
            ["1", "Số lớp tập huấn", "lớp", "15", "3", "3", "3", "3", "3"],
            ["2", "Tỷ lệ cơ quan công bố lại", "%", "", "80", "85", "90", "95", "100"],
        ]
        found = of_table(rows, "Năng suất chất lượng giai đoạn 2026 - 2030")
        item = items(found)["Số lớp tập huấn"]
        assert (item["target"], item["plan.2026"], item["plan.2030"]) == ("15", "3", "3"), words
        assert items(found)["Tỷ lệ cơ quan công bố lại"]["target"] == "100"
        assert [guess for guess in found.guesses if guess.field == "target"] == [("MT2", "target")]


def test_a_count_of_the_last_year_may_be_a_part_of_a_sum_and_is_asked_about() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "2026", "2027", "2028"],
        ["1", "Số lớp tập huấn", "lớp", "8", "10", "12"],
        ["2", "Tỷ lệ đúng hạn", "%", "80", "85", "90"],
        ["3", "Số sổ tay", "", "1", "2", "2"],
        ["4", "Tỷ lệ hài lòng", "", "80", "85", "90"],
    ]
    found = of_table(rows, "Năng suất chất lượng giai đoạn 2026 - 2028")
    assert [guess.where for guess in found.guesses if guess.field == "target"] == ["MT1", "MT3"]


def test_running_totals_are_no_parts_of_a_sum_but_the_way_their_readings_count() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm", "Lũy kế đến hết quý I", "Lũy kế 6 tháng"],
        ["1", "Số cây trồng", "cây", "900", "400", "700"],
    ]
    found = items(of_table(rows))["Số cây trồng"]
    assert (found["aggregation"], found["horizons.2026-Q1"], found["horizons.2026-H1"]) == ("cumulative", "400", "700")
    reached = [[*rows[0][:4], "Thực hiện quý I", "Lũy kế thực hiện 6 tháng"], rows[1]]
    found = items(of_table(reached))["Số cây trồng"]
    assert "aggregation" not in found, "the quarter's own figures stand beside their sum"
    assert (found["results.2026-Q1"], found["fields.luy_ke_thuc_hien_6_thang"]) == ("400", "700")


def test_values_of_periods_that_hold_each_other_are_no_parts_of_a_sum() -> None:
    rows = [["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 6 tháng", "Kế hoạch 9 tháng", "Kế hoạch năm"]]
    found = items(of_table([*rows, ["1", "Số lớp", "lớp", "10", "15", "20"]]))["Số lớp"]
    assert (found["target"], found["horizons.2026-H1"], found["horizons.2026-9M"]) == ("20", "10", "15")


def test_what_is_reached_by_the_end_of_a_year_is_no_part_of_a_sum() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Hiện trạng 2025", "Đến năm 2026", "Kế hoạch đến hết năm 2028", "Đến năm 2030"],
        ["1", "Số vùng trồng có mã số", "120", "150", "220", "300"],
    ]
    found = items(of_table(rows, "Chuyển đổi số giai đoạn 2026 - 2030"))["Số vùng trồng có mã số"]
    assert (found["target"], found["horizons.2026"], found["horizons.2028"]) == ("300", "150", "220")


@pytest.mark.parametrize("target", ["92", "90 - 92", "≥ 92", "< 95"])
def test_years_that_go_on_from_the_year_before_are_states_whatever_sign_the_target_has(target: str) -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "TH 2025", "KH 2026", "KH 2027", "KH 2028"],
        ["1", "Sản lượng lương thực", "nghìn tấn", "85,5", "87,2", "89", target],
    ]
    found = items(of_table(rows, "Kế hoạch giai đoạn 2026 - 2028"))["Sản lượng lương thực"]
    assert (found["horizons.2026"], found["horizons.2027"]) == ("87,2", "89")


def test_an_item_has_its_values_of_years_all_as_numbers_or_all_as_printed() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Mục tiêu giai đoạn", "Năm 2026", "Năm 2027"],
        ["1", "Trồng cây", "cây", "900", "400", "500"],
        ["2", "Hộ nghèo", "%", "dưới 1", "2", "dưới 1"],
    ]
    found = items(of_table(rows, "Phát triển giai đoạn 2026 - 2027"))
    assert (found["Trồng cây"]["plan.2026"], found["Trồng cây"]["plan.2027"]) == ("400", "500")
    assert (found["Hộ nghèo"]["horizons.2026"], found["Hộ nghèo"]["horizons.2027"]) == ("2", "dưới 1")


def test_percentages_of_quarters_are_planned_and_what_says_more_stays_as_printed() -> None:
    rows = [
        ["TT", "Chỉ số", "ĐVT", "Chỉ tiêu năm", "Quý I", "Quý II"],
        ["1", "Tàu lắp thiết bị", "%", "98%", "95%", "96,5%"],
        ["2", "Hồ sơ trễ hạn", "%", "≤ 2%", "4%", "3%"],
        ["3", "Đơn quá hạn", "%", "≤ 1%", "≤ 1%", "≤ 1%"],
    ]
    found = items(of_table(rows))
    firsts = [(one.get("plan.2026-Q1"), one.get("plan.2026-Q2"), one.get("horizons.2026-Q1")) for one in found.values()]
    assert firsts == [("95", "96.5", None), ("4", "3", None), (None, None, "≤ 1%")]


def test_months_of_a_school_year_go_on_in_the_next_year_and_their_marks_are_times() -> None:
    head = ["TT", "Nội dung", "Tháng 9", "Tháng 10", "Tháng 11", "Tháng 12", "Tháng 01"]
    rows = [["1", "Hồ sơ chuyên môn", "x", "", "x", "", ""], ["2", "Dạy thêm", "", "x", "x", "x", "x"]]
    found = of_table([head, *rows], "Kiểm tra nội bộ năm học 2026 - 2027")
    first, second = items(found).values()
    assert first["deadline"] == "Tháng 9 năm 2026; tháng 11 năm 2026"
    assert second["deadline"] == "Tháng 10 năm 2026 đến tháng 1 năm 2027"
    assert b'"2027-01": x' in found.text
    assert [guess.field for guess in found.guesses] == ["deadline", "deadline"]


MONEY = (
    ["TT", "Nội dung hoạt động", "Đơn vị thực hiện", "Kinh phí (triệu đồng)", "Ghi chú"],
    ["A", "BIỂU DIỄN", "", "980", ""],
    ["1", "Đêm giao thừa", "Phòng Biểu diễn", "620", "Trực tiếp"],
    ["2", "Phục vụ biên giới", "Phòng Biểu diễn", "360", ""],
    ["B", "TRIỂN LÃM", "", "240", ""],
    ["3", "Triển lãm ảnh", "Phòng Mỹ thuật", "240", ""],
    ["TỔNG CỘNG", "", "", "1.220", ""],
)


def test_rows_with_the_sums_of_the_rows_below_are_groups_and_own_no_money() -> None:
    found = of_table(MONEY)
    groups = [item for item in items(found).values() if item["kind"] == "groups"]
    assert [(group["number"], group["money"]) for group in groups] == [("A", ""), ("B", "")]
    assert (found.sums, found.words.left) == ((), ())


def test_money_by_years_is_money_and_no_objective() -> None:
    rows = [
        ["TT", "Nội dung", "Tổng (triệu đồng)", "2026", "2027", "2028"],
        ["1", "Xây phòng học", "8.400", "4.200", "2.800", "1.400"],
        ["2", "Thiết bị", "760", "250", "250", "250"],
        ["", "Tổng cộng", "9.150", "4.450", "3.050", "1.650"],
    ]
    found = of_table(rows, "Phát triển giáo dục giai đoạn 2026 - 2028")
    assert found.text.count(b"- amount: 1400\n        period: 2028") == 1
    assert (found.text.count(b"amount: "), b"target" in found.text) == (6, False)
    assert [tuple(one) for one in found.sums] == [("Thiết bị", "760", "750")]


def test_sums_that_do_not_add_up_are_told() -> None:
    rows = [list(row) for row in MONEY]
    rows[1][3], rows[6][3] = "900", "1.300"
    found = of_table(rows)
    assert [tuple(one) for one in found.sums] == [("A BIỂU DIỄN", "900", "980"), ("TỔNG CỘNG", "1.300", "1.220")]


def test_plain_rows_with_numbers_head_the_parts_that_they_add_up() -> None:
    rows = [
        ["TT", "Nội dung chi", "Kinh phí (triệu đồng)"],
        ["1", "Đào tạo", "50"],
        ["1.1", "Lớp văn thư", "20"],
        ["1.2", "Lớp đánh giá viên", "30"],
        ["2", "Chứng nhận", "80"],
    ]
    found = items(of_table(rows))
    assert (found["Đào tạo"]["kind"], found["Chứng nhận"]["kind"]) == ("groups", "tasks")
    assert found["Lớp văn thư"]["group"] == "Đào tạo"


def test_the_next_number_behind_the_parts_of_a_group_stands_beside_it() -> None:
    def fill(paper: Paper) -> None:
        rows = [["TT", "Nội dung", "Chủ trì", "Thời gian"], ["1", "Tham mưu", "", ""], ["1.1", "Rà soát", "A", "Quý I"]]
        table = paper.table(
            [*rows, ["2", "Tuyên truyền", "", ""], ["2.1", "Hội nghị", "B", "Quý II"], ["3", "In", "C", ""]]
        )
        table.cell(1, 1).merge(table.cell(1, 3))

    plan = imported(fill).plan
    assert [[task.id for task in group.tasks] for group in plan.groups] == [["1.1"], ["2.1"]]
    assert [task.number for task in plan.tasks] == ["3"]


def test_a_sum_of_sources_may_be_all_that_a_row_says() -> None:
    def fill(paper: Paper) -> None:
        head = ["TT", "Nội dung", "Kinh phí (triệu đồng)", "", ""]
        rows = [head, ["", "", "Tổng số", "Ngân sách", "Xã hội hóa"]]
        rows += [["1", "Hội thảo", "50", "", ""], ["2", "In ấn", "70", "40", "20"]]
        table = paper.table(rows, bold_rows=2)
        table.cell(0, 2).merge(table.cell(0, 4))
        for at in (0, 1):
            table.cell(0, at).merge(table.cell(1, at))

    found = imported(fill)
    assert items(found)["Hội thảo"]["money"] == "50"
    assert [tuple(one) for one in found.sums] == [("In ấn", "70", "60")]


def test_headings_with_weights_hold_the_rows_that_they_add_up() -> None:
    rows = [
        ["STT", "Chỉ số KPI", "Chỉ tiêu", "Trọng số"],
        ["I", "Tài chính", "", "40"],
        ["1", "Doanh thu", "≥ 30 tỷ đồng", "25"],
        ["2", "Lợi nhuận", "≥ 2 tỷ đồng", "15"],
        ["II", "Khách hàng", "", "60"],
        ["3", "Hài lòng", "≥ 90%", "60"],
    ]
    found = items(of_table(rows))
    assert (found["Tài chính"]["kind"], found["Tài chính"]["weight"]) == ("groups", "40")
    assert found["Hài lòng"]["group"] == "Khách hàng"


def test_a_column_that_names_the_objective_of_a_task_is_no_target() -> None:
    rows = [
        ["STT", "Việc cần làm", "Phục vụ mục tiêu", "Người thực hiện", "Hoàn thành"],
        ["1", "Mua bộ chuẩn", "Mục tiêu 1", "Phòng A", "30/6/2026"],
        ["2", "Rút ngắn quy trình", "Mục tiêu 2", "Phòng B", "28/02/2026"],
    ]
    found = items(of_table(rows))["Mua bộ chuẩn"]
    assert (found["kind"], found["fields.phuc_vu_muc_tieu"]) == ("tasks", "Mục tiêu 1")


def test_the_line_above_a_table_names_the_unit_of_its_money() -> None:
    def fill(paper: Paper) -> None:
        for unit, amount in (("nghìn đồng", "20.000"), ("triệu đồng", "35")):
            paper.para(f"(Đơn vị tính: {unit})", "i")
            paper.table([["TT", "Nội dung chi", "Thành tiền"], ["1", f"Tập huấn {amount}", amount]])

    found = imported(fill)
    assert found.plan.money_unit == "nghìn đồng"
    assert items(found)["Tập huấn 20.000"]["money"] == "20000"
    assert items(found)["Tập huấn 35"]["fields.thanh_tien"] == "35"  # a plan counts in one unit


def test_a_unit_of_money_that_nothing_names_is_guessed() -> None:
    found = of_table([["TT", "Nội dung chi", "Thành tiền"], ["1", "Tập huấn", "35"]])
    assert (found.plan.money_unit, [tuple(guess) for guess in found.guesses]) == (
        "triệu đồng",
        [("KH-2026", "money_unit")],
    )


def test_a_column_may_have_who_and_when() -> None:
    rows = [
        ["Nội dung", "Người thực hiện, thời gian"],
        ["Cân đo trẻ", "Cô Hạnh - Tháng 9, 12"],
        ["Họp phụ huynh", "Ban Giám hiệu"],
    ]
    found = items(of_table(rows))
    assert (found["Cân đo trẻ"]["lead"], found["Cân đo trẻ"]["deadline"]) == ("Cô Hạnh", "Tháng 9, 12")
    assert (found["Họp phụ huynh"]["lead"], found["Họp phụ huynh"]["deadline"]) == ("Ban Giám hiệu", "")
    rows[0][1], rows[1][1] = "Thời gian - Người thực hiện", "Tháng 9, 12: Cô Hạnh"
    found = items(of_table(rows))
    assert (found["Cân đo trẻ"]["lead"], found["Cân đo trẻ"]["deadline"]) == ("Cô Hạnh", "Tháng 9, 12")


@pytest.mark.parametrize(
    ("headings", "rows", "deadlines"),
    [
        ("Từ|Đến", ("01/3/2026|30/4/2026", "Quý IV|Quý IV", "Hằng tháng|"), ["30/4/2026", "Quý IV", "Hằng tháng"]),
        ("Bắt đầu|Kết thúc", ("01/3/2026|", "Quý IV|Quý IV", "Hằng quý|31/12/2026"), ["", "Quý IV", "31/12/2026"]),
    ],
)
def test_a_time_over_begin_and_end_is_the_end(headings: str, rows: Sequence[str], deadlines: list[str]) -> None:
    """So is what says only how often, if no end stands beside it."""
    cells = [["Công việc", "Thời gian", "Thời gian"], ["", *headings.split("|")]]
    cells += [[f"Việc {at}", *row.split("|")] for at, row in enumerate(rows)]

    def fill(paper: Paper) -> None:
        table = paper.table([[*row] for row in cells], bold_rows=2)
        for top, left, bottom, right in ((0, 0, 1, 0), (0, 1, 0, 2), (3, 1, 3, 2)):
            table.cell(bottom, right).text = ""
            table.cell(top, left).merge(table.cell(bottom, right))

    assert [one.get("deadline", "") for one in items(imported(fill)).values()] == deadlines


def test_marks_of_weeks_and_days_below_quarters_are_times() -> None:
    def fill(paper: Paper) -> None:
        rows = [["TT", "Nội dung", "Tháng 3", "Tháng 3", "Tháng 4", "Tháng 4"], ["", "", "T1", "T2", "T1", "T2"]]
        table = paper.table(
            [*rows, ["1", "Khảo sát", "x", "x", "", ""], ["2", "Báo cáo", "", "x", "x", ""]], bold_rows=2
        )
        for top, left, bottom, right in ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)):
            table.cell(bottom, right).text = ""
            table.cell(top, left).merge(table.cell(bottom, right))

    found = items(imported(fill))
    assert found["Khảo sát"]["deadline"] == "Tháng 3 năm 2026"
    assert found["Báo cáo"]["deadline"] == "Tháng 3 năm 2026 đến tháng 4 năm 2026"
    days = [["TT", "Nội dung", "Q1", "Q2", "Q3", "Q4"], ["1", "Đánh giá nội bộ", "", "15/5", "", "15/11"]]
    assert items(of_table(days))["Đánh giá nội bộ"]["deadline"] == "15/5; 15/11"


def test_marks_below_names_of_units_say_who_leads_and_supports() -> None:
    no_units = (
        "Chủ trì|Phối hợp",
        "Đơn vị chủ trì|Đơn vị phối hợp",
        "Hội nghị|Ban hành văn bản",
        "Tổ chức|Phòng, chống",
    )
    for above in ("Văn phòng|Phòng Tài chính", *no_units):
        rows = [
            ["TT", "Nhiệm vụ", *above.split("|"), "Thời hạn"],
            ["1", "Lập dự toán", "PH", "CT", "30/6/2026"],
            ["2", "Trực", "x", "", "Hằng tuần"],
        ]
        found = of_table(rows)
        told = [(one["lead"], one["support"]) for one in items(found).values()]
        is_named = above.startswith("Văn phòng")
        assert told == ([("Phòng Tài chính", "Văn phòng"), ("Văn phòng", "")] if is_named else [("", "")] * 2)
        assert [guess.field for guess in found.guesses] == (["lead", "support", "lead"] if is_named else [])

    def fill(paper: Paper) -> None:
        for cell in ("CT", "Bố trí xe"):  # the same heading above what is no mark
            paper.lines(f"Phụ lục {cell}", look="b")
            paper.table([["TT", "Nhiệm vụ", "Văn phòng", "Thời hạn"], ["1", f"Việc {cell}", cell, "Quý I"]])

    assert [one["lead"] for one in items(imported(fill)).values()] == ["Văn phòng", ""]


def test_a_row_below_with_a_unit_of_its_own_is_a_further_objective() -> None:
    def fill(paper: Paper) -> None:
        rows = [["TT", "Chỉ tiêu", "ĐVT", "TH 2025", "KH 2026"], ["1", "Trồng rừng", "ha", "120", "150"]]
        table = paper.table([*rows, ["", "", "cây", "24.000", "30.000"], ["2", "Chăm sóc", "ha", "300", "320"]])
        for column in (0, 1):
            table.cell(1, column).merge(table.cell(2, column))

    found = imported(fill).plan.objectives
    assert [(one.text, one.unit, one.target) for one in found] == [
        (("Trồng rừng",), "ha", ("150",)),
        (("Trồng rừng",), "cây", ("30.000",)),
        (("Chăm sóc",), "ha", ("320",)),
    ]


def test_a_bare_sum_may_be_that_of_the_group_or_of_all() -> None:
    rows = [["Lĩnh vực", "Nội dung", "Kinh phí (triệu đồng)"], ["A", "Việc 1", "10"], ["B", "Việc 2", "20"]]
    for typed, told in (("20", []), ("30", []), ("25", [("25", "30")])):
        sums = of_table([*rows, ["", "Cộng", typed]]).sums
        assert [(one.typed, one.added) for one in sums] == told


def test_a_row_across_the_table_may_be_the_objective_of_the_rows_below() -> None:
    def fill(paper: Paper) -> None:
        rows = [["TT", "Công việc thực hiện", "Người thực hiện", "Thời gian"]]
        for at in (1, 2):
            rows += [[f"Mục tiêu {at}: 9{at}% xe đúng hẹn", "", "", ""], [f"{at}.1", f"Việc {at}", "Tổ A", "Quý I"]]
        table = paper.table(rows)
        for row in (1, 3):
            table.cell(row, 0).merge(table.cell(row, 3))

    second = imported(fill).plan.objectives[1]
    assert (second.number, second.target, second.tasks[0].text) == ("Mục tiêu 2:", ("92%",), ("Việc 2",))


def test_a_heading_above_a_single_column_is_kept() -> None:
    def fill(paper: Paper) -> None:
        rows = [["TT", "Tên chỉ tiêu", "ĐVT", "Năm 2025", "", "Năm 2026"], ["", "", "", "Kế hoạch", "Ước TH", "Giao"]]
        rows += [["1", "Hồ sơ trực tuyến", "%", "85", "88,3", "≥ 92"]]
        table = paper.table(rows, bold_rows=2)
        table.cell(0, 3).merge(table.cell(0, 4))
        for at in (0, 1, 2):
            table.cell(0, at).merge(table.cell(1, at))

    assert imported(fill).words.left == ()


def test_duties_with_a_time_that_stay_text_are_told() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. TỔ CHỨC THỰC HIỆN", "b")
        paper.para("1. Phòng Tài chính: bố trí kinh phí, hoàn thành trong quý I/2026.")
        paper.para("2. Phòng Điều dưỡng: tổng hợp, báo cáo trước ngày 15/12/2026.")
        paper.para("3. Các phòng: cử người tham gia theo Công văn số 5/CV ngày 02/01/2026.")

    found = imported(fill)
    assert [line.split(":")[0][-10:] for line in found.notes["duties"]] == [" Tài chính", "Điều dưỡng"]


def test_who_is_looked_at_does_not_lead_and_a_cell_may_name_several_clauses() -> None:
    rows = [
        ["TT", "Đơn vị được đánh giá", "Nội dung", "Điều khoản", "Đoàn đánh giá", "Ngày"],
        ["1", "Phòng Hành chính", "Hồ sơ", "7.5", "Nhóm 1", "12/5/2026"],
        ["2", "Phòng Nghiệp vụ", "Dịch vụ", "8.1; 8.5", "Nhóm 2", "13/5/2026"],
    ]
    found = items(of_table(rows))["Dịch vụ"]
    assert (found["lead"], found["participants"], found["clauses"]) == ("Nhóm 2", "Phòng Nghiệp vụ", "8.1 8.5")


def test_units_may_begin_with_a_capital_and_the_own_target_stand_below_the_year() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Đơn vị", "Năm 2026", "Năm 2026"],
        ["", "", "", "Tỉnh giao", "Xã phấn đấu"],
        ["1", "Thu ngân sách", "Tỷ đồng", "48", "50"],
        ["2", "Sản lượng lúa", "Tấn", "5.200", "5.300"],
    ]

    def fill(paper: Paper) -> None:
        table = paper.table(rows, bold_rows=2)
        table.cell(0, 4).paragraphs[0].clear()
        table.cell(0, 3).merge(table.cell(0, 4))
        for column in range(3):
            table.cell(0, column).merge(table.cell(1, column))

    found = items(imported(fill, "Phát triển kinh tế năm 2026"))["Thu ngân sách"]
    assert (found["unit"], found["target"], found["fields.tinh_giao"], found["lead"]) == ("Tỷ đồng", "50", "48", "")


def test_the_line_above_names_the_money_of_years_and_a_column_has_their_sums() -> None:
    def fill(paper: Paper) -> None:
        paper.para("Đơn vị tính: triệu đồng")
        head = ["STT", "Nội dung", "Tổng kinh phí", "Năm 2026", "Năm 2027", "Đơn vị thực hiện"]
        rows = [["A", "Máy móc", "900", "400", "500", ""], ["1", "Máy tiện", "900", "400", "500", "Đội A"]]
        paper.table([head, *rows, ["", "Tổng cộng", "900", "400", "500", ""], ["Ghi chú: chưa gồm thuế."] + [""] * 5])

    found = imported(fill, "Khuyến công giai đoạn 2026 - 2027")
    item = items(found)["Máy tiện"]
    assert (item["kind"], item["group"], item["money"], found.sums) == ("tasks", "Máy móc", "400 500", ())
    assert [group.text for group in found.plan.groups] == [("Máy móc",)], "a note below the table heads nothing"


def test_a_bracket_may_say_who_supports_and_by_when_it_is_done() -> None:
    text = "Biên soạn tờ gấp (Phòng Tư pháp; hoàn thành trước 30/4/2026)."

    def fill(paper: Paper) -> None:
        paper.para("I. NHIỆM VỤ", "b")
        paper.para(f"1. {text}")
        paper.para("2. Thi trực tuyến (Đoàn xã chủ trì, phối hợp Phòng Tư pháp; tháng 8/2026).")

    first, second = items(imported(fill)).values()
    assert (first["text"], first["lead"], first["deadline"]) == (text.rstrip("."), "Phòng Tư pháp", "trước 30/4/2026")
    assert (second["lead"], second["support"], second["deadline"]) == ("Đoàn xã", "Phòng Tư pháp", "tháng 8/2026")


def test_a_table_below_the_bare_name_of_an_objective_says_what_it_is() -> None:
    def fill(paper: Paper) -> None:
        for at, text in (("1", "Chăm sóc 100% đối tượng"), ("2", "Đào tạo 50 người")):
            paper.para(f"Mục tiêu {at}", "b")
            paper.table([["Nội dung", text], ["Đơn vị chủ trì", "Phòng A"], ["Thời hạn", "30/9/2026"]], bold_rows=0)

    found = items(imported(fill))
    assert [(one["kind"], one["number"], one["lead"]) for one in found.values()] == [
        ("objectives", "Mục tiêu 1", "Phòng A"),
        ("objectives", "Mục tiêu 2", "Phòng A"),
    ]


def test_weights_may_be_shares_and_details_with_a_value_make_an_objective() -> None:
    rows = [
        ["STT", "Mục tiêu", "Chỉ tiêu", "Trọng số", "Phụ trách"],
        ["A", "An toàn", "", "37,5%", ""],
        ["1", "Tai nạn lao động", "0 vụ", "25%", "Phòng A"],
        ["2", "Diễn tập", "4 lần", "12,5%", "Đội B"],
        ["B", "Khai thác", "", "60%", ""],
        ["3", "Hao hụt", "0,3%", "60%", "Phòng C"],
    ]
    found = items(of_table(rows))
    assert [one["weight"] for one in found.values()] == ["37.5", "25", "12.5", "60", "60"]
    assert (found["Diễn tập"]["group"], found["Hao hụt"]["group"]) == ("An toàn", "Khai thác")

    def fill(paper: Paper) -> None:
        paper.para("I. MỤC TIÊU CHẤT LƯỢNG", "b")
        for at in (1, 2):
            paper.para(f"{at}. Nâng cao chất lượng {at}", "b")
            paper.lines("- Chỉ tiêu: 99,5% trở lên;", "- Phụ trách: Phòng A;", "- Thời gian: tháng 12/2026.")

    found = items(imported(fill))
    assert {one["kind"] for one in found.values()} == {"objectives"}
    assert {(one["target"], one["lead"]) for one in found.values()} == {("99,5% trở lên", "Phòng A")}


def test_objectives_of_the_agency_stand_above_those_of_its_units() -> None:
    rows = [
        ["TT", "Mục tiêu của Viện", "Mục tiêu của đơn vị", "Phụ trách"],
        ["1", "100% đề tài nghiệm thu đúng hạn", "100% hồ sơ đầy đủ theo quy định", "Phòng A"],
        ["2", "Doanh thu 80 tỷ đồng", "Ký hợp đồng 90 tỷ đồng", "Phòng B"],
    ]
    found = items(of_table(rows))
    assert found["Doanh thu 80 tỷ đồng"]["target"] == "80 tỷ đồng"
    assert (found["Ký hợp đồng 90 tỷ đồng"]["kind"], found["Ký hợp đồng 90 tỷ đồng"]["lead"]) == ("tasks", "Phòng B")


def test_a_heading_over_the_first_columns_is_a_group() -> None:
    def fill(paper: Paper) -> None:
        head = ["TT", "Công việc", "Chủ trì", "Tháng 1", "Tháng 2", "Tháng 3", "Tháng 4"]
        table = paper.table([head, ["I. Chuẩn bị", *[""] * 6], ["1", "Viết", "Phòng B", "", "x", "", ""]])
        table.cell(1, 0).merge(table.cell(1, 2))

    found = items(imported(fill, "Công tác năm 2026"))
    assert (found["Chuẩn bị"]["kind"], found["Viết"]["group"]) == ("groups", "Chuẩn bị")


def test_a_value_over_two_quarters_is_that_of_the_last_one() -> None:
    def fill(paper: Paper) -> None:
        rows = [
            ["TT", "Chỉ tiêu", "ĐVT", "Năm 2026", "Quý I", "Quý II", "Quý III"],
            ["1", "Số lớp", "lớp", "6", "2", "", "4"],
        ]
        table = paper.table(rows)
        table.cell(1, 4).merge(table.cell(1, 5))

    found = imported(fill, "Bồi dưỡng năm 2026")
    item = items(found)["Số lớp"]
    assert ("plan.2026-Q1" in item, item["plan.2026-Q2"], item["plan.2026-Q3"]) == (False, "2", "4")
    assert "plan" in [guess.field for guess in found.guesses]


def test_a_row_that_shares_who_leads_with_the_rows_below_heads_them() -> None:
    def fill(paper: Paper) -> None:
        rows = [
            ["TT", "Nội dung", "Chỉ tiêu", "Đơn vị chủ trì"],
            ["I", "Đào tạo", "", "Phòng Đào tạo"],
            ["1", "Tốt nghiệp đúng hạn", "≥ 75%", ""],
            ["2", "Chương trình kiểm định", "05 chương trình", ""],
        ]
        table = paper.table(rows)
        table.cell(1, 3).merge(table.cell(3, 3))

    item = items(imported(fill, "Mục tiêu năm 2026"))["Tốt nghiệp đúng hạn"]
    assert (item["group"], item["lead"], item["target"]) == ("Đào tạo", "Phòng Đào tạo", "≥ 75%")


def test_what_a_row_of_sums_says_besides_stands_beside_its_sum() -> None:
    rows = [
        ["STT", "Hạng mục", "Số phòng", "Kinh phí (1.000 đ)", "Nguồn vốn"],
        ["1", "Sửa mái", "4", "250.000", "Huyện"],
        ["2", "Xây bếp", "1", "380.000", "Xã hội hóa"],
        ["", "Tổng cộng", "5", "640.000", "Huyện và xã hội hóa"],
    ]
    found = of_table(rows)
    assert found.plan.table is not None
    assert found.plan.table.rows == (("", "Tổng cộng", "5", "", "Huyện và xã hội hóa"),)
    assert [(one.typed, one.added) for one in found.sums] == [("640.000", "630.000")]
    assert found.plan.money_unit == "nghìn đồng"
    assert [one.text for one in found.words.left] == ["640.000"]
    assert "Tổng cộng 5 630.000 Huyện và xã hội hóa" in " ".join(one.text for one in found.printed)


def test_remarks_that_are_times_are_deadlines_where_no_column_is_for_them() -> None:
    rows = [["STT", "Công việc", "Chủ trì", "Ghi chú"], ["1", "Tập huấn", "Phòng A", "Quý II/2026"]]
    assert items(of_table(rows))["Tập huấn"]["deadline"] == "Quý II/2026"
    mixed = items(of_table([*rows, ["2", "In sách", "Phòng B", "Theo dự toán"]]))
    assert (mixed["Tập huấn"]["deadline"], mixed["In sách"]["note"]) == ("Quý II/2026", "Theo dự toán")


def test_months_that_are_marked_are_surer_than_a_note() -> None:
    head = ["STT", "Công việc", "Chủ trì", "Tháng 1", "Tháng 2", "Tháng 3", "Ghi chú"]
    rows = [
        ["1", "Luân chuyển sách", "Phòng A", "x", "", "x", "Mỗi quý 1 lần"],
        ["2", "Tập huấn", "B", "", "x", "", ""],
    ]
    for last in ("", "Theo dự toán"):
        rows[1][6] = last
        first, second = items(of_table([head, *rows])).values()
        assert (first["note"], first["deadline"]) == ("Mỗi quý 1 lần", "Tháng 1 năm 2026; tháng 3 năm 2026")
        assert second["deadline"] == "Tháng 2 năm 2026"


def test_money_by_its_sources_needs_no_heading_that_calls_it_money() -> None:
    def fill(paper: Paper) -> None:
        rows = [
            ["TT", "Dự án", "Tổng mức đầu tư", "Kế hoạch 2026 (nghìn đồng)", ""],
            ["", "", "", "Ngân sách tỉnh", "Ngân sách xã"],
            ["I", "Chuyển tiếp", "900", "300", "200"],
            ["1", "Đường A", "400", "100", "150"],
            ["2", "Cầu B", "500", "200", "50"],
        ]
        table = paper.table(rows)
        table.cell(0, 3).merge(table.cell(0, 4))

    plan = imported(fill, "Đầu tư công năm 2026").plan
    (group,) = plan.groups
    assert (group.text, [item.budget[0].source for item in group.tasks]) == (("Chuyển tiếp",), ["Ngân sách tỉnh"] * 2)
    assert plan.money_unit == "nghìn đồng"


def test_tables_in_english_and_names_of_things_are_read() -> None:
    rows = [["No.", "Quality objective", "Target", "Responsible person", "Action plan", "Due date"]]
    found = items(of_table([*rows, ["1", "On-time delivery", "≥ 98%", "Trần Văn A", "Weekly review", "31/12/2026"]]))
    item = found["On-time delivery"]
    assert (item["target"], item["lead"], item["measures"]) == ("≥ 98%", "Trần Văn A", "Weekly review")
    rows = [["TT", "Tên thiết bị", "Nội dung", "Thời hạn"], ["1", "Cân A", "Hiệu chuẩn", "Tháng 3/2026"]]
    assert "Cân A" in items(of_table(rows))


def test_a_cell_may_say_that_another_one_holds_for_it_too() -> None:
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Ngày cập nhật"],
        ["1", "Việc A", "Phòng A", "Phòng B", "05/7/2026"],
        ["2", "Việc C", "Phòng C", "nt", "06/7/2026"],
        ["3", "Việc D", "Như mục 1", "Như mục 9", "-nt-"],
    ]
    found = of_table(rows)
    item, last = items(found)["Việc C"], items(found)["Việc D"]
    assert (item["support"], item.get("deadline", "")) == ("Phòng B", "")
    assert (last["lead"], last["support"], last["fields.ngay_cap_nhat"]) == ("Phòng A", "Như mục 9", "06/7/2026")
    assert ([guess.where for guess in found.guesses], found.words.left) == (["NV2", "NV3", "NV3"], ())
    groups = [["I", "NHÓM MỘT", "", "", ""], ["1", "Việc B", "Phòng E", "", ""], ["II", "NHÓM HAI", "", "", ""]]
    found = of_table([rows[0], ["1", "Việc đầu", "Phòng D", "", ""], *groups, *rows[1:]])
    assert items(found)["Việc D"]["lead"] == "Phòng A", "the nearest"
    assert "NV1" in [guess.where for guess in found.guesses], "printed below the groups"


def test_a_roman_number_heads_the_rows_whose_figures_it_adds_up_and_holds_those_beside_its_own() -> None:
    head = ["TT", "Nội dung", "ĐVT", "Kế hoạch năm (lượt)", "Quý I", "Quý II", "Thực hiện"]
    rows = [
        ["I", "Tuyên truyền", "", "12", "6", "6", "Phòng A"],
        ["1", "Họp thôn", "cuộc", "8", "4", "4", ""],
        ["2", "Phát thanh", "buổi", "4", "2", "2", "Phòng B"],
        ["II", "Người dân hài lòng", "", "95", "90", "95", "Phòng C"],
        ["1", "Khảo sát", "lượt", "2", "1", "1", "Phòng D"],
        ["", "Tổng số: 03 nội dung", "", "", "", "", ""],
    ]
    found = items(of_table([head, *rows]))
    heading, first, held, part = (found[row[1]] for row in (rows[0], rows[1], rows[3], rows[4]))
    assert (heading["kind"], heading["target"], heading["horizons.2026-Q1"]) == ("groups", "12", "6")
    assert (first["group"], first["lead"], first["plan.2026-Q2"]) == ("Tuyên truyền", "Phòng A", "4")
    assert (held["kind"], part["id"], len(found)) == ("objectives", "MTII.1", 5)


def test_the_unit_of_values_may_stand_in_their_heading() -> None:
    rows = [["TT", "Chỉ tiêu", "Kế hoạch năm (%)"], ["1", "Hài lòng", "≥ 95"], ["2", "Xử lý", "3 giờ"]]
    found = items(of_table(rows))
    assert (found["Hài lòng"]["unit"], found["Xử lý"].get("unit")) == ("%", None)


def test_results_beside_those_that_are_expected_are_what_happened() -> None:
    told = ("Sản phẩm|Kết quả đến 30/6", "Kết quả thực hiện đến 30/6|Sản phẩm", "Kết quả|Sản phẩm", "Kết quả|")
    for headings in told:
        first, second = headings.split("|")
        rows = [
            ["TT", "Nội dung", "Chủ trì", "Kết thúc", first, second],
            ["1", "Sửa quy trình", "Phòng A", "31/3/2026", "Hoàn thành 25/3/2026", "Quy trình"],
            ["2", "Đào tạo", "Phòng A", "30/9/2026", "Đang thực hiện", "Danh sách"],
        ]
        if first == "Sản phẩm":
            rows[1:] = [[*row[:4], row[5], row[4]] for row in rows[1:]]
        found = of_table([row[: 6 if second else 5] for row in rows])
        item = items(found)["Đào tạo"]
        assert "Đang thực hiện" in [text for key, text in item.items() if key.startswith("fields.ket_qua")], headings
        assert (item.get("deliverables"), found.happened) == ("Danh sách" if second else None, {"completions": 1})
