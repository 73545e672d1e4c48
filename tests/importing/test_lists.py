"""Lists of lines as objectives and tasks: which lines are the items, and which belong to the one above."""

from __future__ import annotations

from importing.test_kinds import imported, items
from importing.word_files import Paper

AIMS = ("Kiểm nghiệm ít nhất 850 mẫu.", "Tỷ lệ phiếu trả đúng hẹn đạt 97% trở lên.")


def test_bold_sentences_below_a_heading_of_objectives_own_the_dashes_below_them() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. MỤC TIÊU VÀ BIỆN PHÁP THỰC HIỆN", "b")
        for at, aim in enumerate((*AIMS, "Không để thu hồi phiếu."), start=1):
            paper.para(f"{at}. {aim}", "b")
            paper.lines(f"- Việc {at}a;", f"- Việc {at}b trong 05 ngày.")

    found = imported(fill)
    section = found.plan.sections[0]
    assert [item.number for item in section.objectives] == ["1.", "2.", "3."]
    assert section.objectives[1].measures == ("- Việc 2a;", "- Việc 2b trong 05 ngày.")
    assert section.objectives[1].target == ("97%",)
    assert {guess.field for guess in found.guesses} == {"", "target"}


def test_plain_sentences_own_their_dashes_and_the_lines_of_a_label() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. CHỈ TIÊU", "b")
        for at, aim in enumerate(AIMS, start=1):
            paper.lines(f"{at}. {aim}", "- Biện pháp:", f"+ Việc {at};", "- Thời gian: Quý IV/2026")

    second = imported(fill).plan.sections[0].objectives[1]
    assert (second.measures, second.deadline) == (("+ Việc 2;",), "Quý IV/2026")


def test_headings_of_fields_hold_the_dashes_with_targets() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. MỤC TIÊU", "b")
        paper.lines("1. Về đào tạo:", "- Mở 03 lớp tập huấn;", "- 100% công chức mới được tập huấn.")
        paper.lines("2. Về giải quyết hồ sơ:", "- 98% hồ sơ đúng hạn.", "Các phòng thực hiện tốt.")

    section = imported(fill).plan.sections[0]
    assert [(part.title, len(part.objectives)) for part in section.sections] == [
        (("Về đào tạo:",), 2),
        (("Về giải quyết hồ sơ:",), 1),
    ]


def test_headings_that_are_no_sentences_stay_headings() -> None:
    def fill(paper: Paper) -> None:
        paper.para("II. NHIỆM VỤ VÀ GIẢI PHÁP", "b")
        for text in ("Công tác tuyên truyền", "Công tác chuyên môn"):
            paper.para(f"1. {text}", "b")
            paper.lines("- Việc a;", "- Việc b.")

    assert imported(fill).plan.sections[0].sections[0].title == ("Công tác tuyên truyền",)


def test_ids_in_a_second_section_begin_with_its_number() -> None:
    def fill(paper: Paper) -> None:
        for section in ("I. CÔNG TÁC CHUYÊN MÔN", "II. CÔNG TÁC KHÁC"):
            paper.para(section, "b")
            groups = [["A", "TUYÊN TRUYỀN", ""], ["1", "Mở lớp", "Phòng A"], ["1", "Thi", "Phòng B"]]
            groups += [["B", "KIỂM TRA", ""], ["1", "Kiểm tra", "Phòng A"]]
            paper.table([["TT", "Nội dung", "Chủ trì"], *groups])

    plan = imported(fill).plan
    assert [task.id for group in plan.sections[1].groups for task in group.tasks] == ["II.A.1", "II.A.1-2"]


def test_a_sentence_over_two_lines_is_one() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. MỤC TIÊU", "b")
        paper.para("1. Điều trị tăng huyết áp đạt trên 70 %\nsố người đã phát hiện")
        paper.lines("2. Khám thai đạt 90%", "số phụ nữ có thai", "- Lập danh sách", "theo ấp.")
        paper.lines("3. Sinh tại cơ sở y tế đạt trên", "95% số ca sinh")

    found = items(imported(fill))
    assert "measures" not in found["Điều trị tăng huyết áp đạt trên 70 % số người đã phát hiện"]
    assert found["Khám thai đạt 90% số phụ nữ có thai"]["measures"] == "- Lập danh sách theo ấp"
    assert found["Sinh tại cơ sở y tế đạt trên 95% số ca sinh"]["target"] == ">95%"


def test_a_target_is_what_stands_behind_a_colon_or_between_two_values() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. CHỈ TIÊU", "b")
        paper.lines("1. Phụ nữ có thai khám thai đủ 4 lần: ≥ 90%;", "2. Mức độ hài lòng đạt từ 80% đến 85%.")

    found = [item.target for item in imported(fill).plan.sections[0].objectives]
    assert found == [("≥ 90%",), ("từ 80% đến 85%",)]


def test_a_label_may_stand_alone_without_a_colon() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. Mục tiêu chất lượng và biện pháp", "b")
        for at, look in ((1, "i"), (2, "b")):
            paper.para(f"{at}. {AIMS[at - 1].rstrip('.')}", "b")
            paper.para("Biện pháp thực hiện", look)
            paper.lines(f"- Việc {at}a;", f"- Việc {at}b.", "Đơn vị chủ trì: Phòng Đào tạo", "Thời hạn: 31/12/2026")

    found = imported(fill)
    for at, item in enumerate(found.plan.sections[0].objectives, start=1):
        assert item.measures == (f"- Việc {at}a;", f"- Việc {at}b.")
        assert (item.lead, item.deadline) == (("Phòng Đào tạo",), "31/12/2026")
    assert found.words.left == ()


def test_headings_may_be_bold_and_nothing_else() -> None:
    def fill(paper: Paper) -> None:
        paper.para("Mục đích", "b")
        paper.para("Nâng cao chất lượng phục vụ.")
        paper.para("Nhiệm vụ", "b")
        for what, unit in (("Trưng bày chuyên đề", "Phòng Trưng bày"), ("Số hóa phiếu", "Phòng Kiểm kê")):
            paper.para(what, "b")
            paper.lines("+ Việc nhỏ.", f"Thực hiện: {unit}", "Hoàn thành: Tháng 5/2026")
        paper.para("Tổ chức thực hiện", "b")
        paper.para("Phòng Hành chính theo dõi.")

    found = imported(fill)
    assert [part.title for part in found.plan.sections] == [("Mục đích",), ("Nhiệm vụ",), ("Tổ chức thực hiện",)]
    second = found.plan.sections[1].tasks[1]
    assert (second.lead, second.deadline, second.measures) == (("Phòng Kiểm kê",), "Tháng 5/2026", ("+ Việc nhỏ.",))
    assert ("NV2", "measures") in [tuple(guess) for guess in found.guesses]


def test_an_objective_may_have_a_table_of_its_own() -> None:
    def fill(paper: Paper) -> None:
        paper.para("I. MỤC TIÊU CHẤT LƯỢNG", "b")
        for at in (1, 2):
            paper.para(f"Mục tiêu {at}: Tỷ lệ tổn thất dưới {at + 3},5%", "b")
            rows = [
                ["TT", "Biện pháp thực hiện", "Người thực hiện", "Thời hạn"],
                ["1", f"Việc {at}", "Đội A", "Quý II"],
            ]
            paper.table(rows)

    found = imported(fill)
    second = found.plan.sections[0].sections[1].objectives[0]
    assert (second.number, second.target, second.tasks[0].text) == ("Mục tiêu 2:", ("dưới 5,5%",), ("Việc 2",))
    assert found.words.left == ()


def test_a_second_paper_in_the_file_is_told() -> None:
    def fill(paper: Paper) -> None:
        paper.para("Các phòng thực hiện.")
        paper.head(["SỞ X"], "Số: 05/KH-SX", "X, ngày 06 tháng 01 năm 2026")
        paper.title("KẾ HOẠCH", "Đánh giá nội bộ năm 2026")
        paper.table([["TT", "Nội dung", "Chủ trì"], ["1", "Lập chương trình", "Ban ISO"]])

    assert imported(fill).notes["more_papers"] == ("2: 05/KH-SX",)
    assert imported(lambda paper: paper.para("Các phòng thực hiện.")).notes["more_papers"] == ()


def test_what_is_listed_below_a_time_is_due_in_it() -> None:
    def fill(paper: Paper) -> None:
        for month, unit in (("Tháng 9/2026", "Ban Giám hiệu"), ("Tháng 10/2026", "Tổ Toán - Tin")):
            paper.para(month, "b")
            paper.lines(f"- Việc chung ({unit}).", "- Họp (lần hai).")

    found = imported(fill)
    second = found.plan.groups[1]
    assert (second.deadline, second.tasks[0].lead) == ("Tháng 10/2026", ("Tổ Toán - Tin",))
    assert (second.tasks[1].text, second.tasks[1].lead) == (("Họp (lần hai).",), ())
    assert {guess.field for guess in found.guesses} == {"deadline", "lead"}


def test_a_bracket_may_say_who_and_when_without_a_verb() -> None:
    def fill(paper: Paper) -> None:
        paper.para("II. NHIỆM VỤ", "b")
        paper.lines(
            "a) Soát xét 12 quy trình (Phòng Pháp chế, Quý I/2026).", "b) Ban hành sổ tay (bản thứ 5, năm 2026)."
        )

    first, second = imported(fill).plan.sections[0].tasks
    assert (first.lead, first.deadline) == (("Phòng Pháp chế",), "Quý I/2026")
    assert (second.lead, second.text) == ((), ("Ban hành sổ tay (bản thứ 5, năm 2026).",))


def test_labels_on_lines_of_one_paragraph_are_no_lost_words() -> None:
    def fill(paper: Paper) -> None:
        paper.para("1. MỤC TIÊU VÀ GIẢI PHÁP", "b")
        for at in (1, 2):
            lines = (f"- Việc {at}", "Đơn vị thực hiện: Phòng A", "Thời gian: Quý II")
            paper.para("\n".join((f"1.{at}. Chờ không quá {at}0 phút", "Giải pháp:", *lines)))

    found = imported(fill)
    assert found.words.left == ()
    assert found.plan.sections[0].objectives[1].measures == ("- Việc 2",)


def test_a_task_that_is_struck_out_is_told() -> None:
    def fill(paper: Paper) -> None:
        table = paper.table([["TT", "Nội dung", "Chủ trì"], ["1", "Mua máy", "Phòng A"], ["2", "Sửa máy", "Phòng B"]])
        table.cell(2, 1).paragraphs[0].runs[0].font.strike = True

    assert imported(fill).notes["left_out"] == ("Sửa máy",)


def test_a_risk_is_the_item_of_a_plan_of_risks() -> None:
    """Not what is expected of its treatment, which may say more."""
    rows = [
        ["STT", "Rủi ro", "Biện pháp xử lý", "Kết quả mong đợi"],
        ["1", "Vỡ ống", "Thay ống cũ", "Không quá 02 lần vỡ ống"],
    ]
    (item,) = items(imported(lambda paper: paper.table(rows), "Xử lý rủi ro năm 2026")).values()
    assert (item["text"], item["deliverables"]) == ("Vỡ ống", "Không quá 02 lần vỡ ống")
