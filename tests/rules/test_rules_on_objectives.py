"""Where the rules on targets and on ISO 9001 coverage speak, and where they are silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import HEAD, OBJECTIVE, item, objective, task
from workspace import diagnose, found, marks

from qmsplan.diagnostics import ENGLISH
from qmsplan.model.plan import Item
from qmsplan.phrases.item_tree import item_targets
from qmsplan.phrases.target import Target
from rows import each_row

STANDARD = HEAD.replace(
    "period: 2026\n", "period: 2026-2027\nstandard: iso9001-2015\npreamble: Kinh phí trong dự toán được giao\n"
)
BARE = "objectives:\n" + item(id="MT01", text="Nâng cao chất lượng")

RESULT = "    objectives:\n" + item(6, **OBJECTIVE | {"measures": ""})

CASES = [
    ("a bare number", objective(target="đạt 98"), "10:13 QP301"),
    ("two bare digits after a comma", objective(target="đạt 12,55"), "10:13 QP301"),
    ("the second of a list", objective(target='[">98%", mức độ 3]'), "10:22 QP301"),
    ("behind a phrase of two", objective(text="a", target="['5 vụ; 3 lớp', đạt 98]"), "10:29 QP301"),
    ("a direction without a number", objective(target="nâng cao mức hài lòng"), "10:13 QP405"),
    ("a direction behind a phrase of two", objective(text="a", target="['5 vụ; 3 lớp', nâng cao]"), "10:29 QP405"),
    ("a direction of a task", HEAD + "tasks:\n" + item(id="A", text="a", target="nâng cao"), ""),
    ("other words for the same", objective(text="Mức độ hài lòng đạt trên 98%"), ""),
    ("the same number, another comparison", objective(text="Mức độ hài lòng đạt 98%"), "10:13 QP302"),
    (
        "the same in other words",
        objective(text="Giảm đơn thư 10% so với năm 2025", target="giảm 10% so với năm trước"),
        "",
    ),
    ("more is not at least", objective(text="Hài lòng vượt 98%", target="đạt 98%"), "10:13 QP302"),
    ("at least or exactly all", objective(text="Đạt đúng 100%", target="100%"), ""),
    ("a range and its lower end", objective(text="Đạt từ 80% đến 90%", target="từ 80%"), "10:13 QP302"),
    ("a range", objective(text="Đạt từ 80 đến 90%", target="80% - 90%"), ""),
    ("a criterion", objective(text="Đảm bảo 95% hồ sơ xong sớm hơn 10% thời gian quy định", target="95%"), ""),
    ("the criterion alone", objective(text="95% hồ sơ xong sớm hơn 10% so với quy định", target="nhanh hơn 10%"), ""),
    ("what is set aside", objective(text="Người không thuộc trường hợp giảm 10% biên chế"), ""),
    ("two paragraphs", objective(text="[Hài lòng đạt trên 98%, Hồ sơ đạt 100%]", target="['>98%', 100%]"), ""),
    (
        "points are not per cent",
        objective(text="Tăng 2% so với năm 2025", target="tăng 2 điểm phần trăm"),
        "10:13 QP302",
    ),
    (
        "the second target of a phrase",
        objective(text="75% đơn vị; 60% phòng", target="75% đơn vị; 50% phòng"),
        "10:13 QP302",
    ),
    ("a statement too long to read", objective(text="50% " + "x" * 2000), ""),
    ("one of the percentages agrees", objective(text="Trên 98% hài lòng, 80% rất hài lòng"), ""),
    ("no percentage stated", objective(text="Người dân hài lòng"), ""),
    ("a target that counts", objective(text="Đạt 98%", target="ít nhất 01 lần/năm"), ""),
    (
        "transposed digits of an amount",
        objective(text="Giải quyết không quá 48 giờ", target="không quá 84 giờ"),
        "10:13 QP302",
    ),
    ("an amount of each part", objective(text="Mở 2 lớp, mỗi lớp ít nhất 30 người", target="ít nhất 60 người"), ""),
    ("the same amount in other words", objective(text="Tối đa 48 giờ", target="<= 48 giờ"), ""),
    ("amounts of different things", objective(text="Mở ít nhất 02 lớp", target="ít nhất 60 người"), ""),
    ("a decimal comma", objective(text="Đạt trên 98,5%", target='">98,5%"'), ""),
    ("an objective of nothing", HEAD + BARE, "8:9 QP402, 8:9 QP405"),
    (
        "the same in a plan of the standard",
        STANDARD + BARE,
        "10:9 QP401, 10:9 QP402, 10:9 QP403, 10:9 QP404, 10:9 QP405",
    ),
    ("tasks are no objectives", HEAD + "tasks:\n" + item(id="A", text="a"), ""),
    ("measures in tasks below", objective(measures="") + "    tasks:\n" + item(6, id="A", text="a"), ""),
    (
        "the result that a task is to have",
        task(lead="NV", deadline="Quý I") + RESULT,
        "",
    ),
    ("a group does nothing", STANDARD + "groups:\n" + item(id="I", text="a") + RESULT, "13:13 QP401"),
    (
        "what the tasks below say",
        objective(lead="", deadline="", deliverables="")
        + "    tasks:\n"
        + item(6, id="A", text="a", lead="NV", deadline="Quý I", evaluation="Phiếu"),
        "",
    ),
    ("evaluation without deliverables", objective(deliverables="", evaluation="Đếm phiếu"), ""),
    ("a structured target", objective(target="{comparator: '>', value: '98'}"), ""),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_objectives(text: str, expected: str, tmp_path: Path) -> None:
    assert list(found(diagnose(tmp_path, {"plan.yaml": text}))) == marks(expected, "plan.yaml")


@pytest.mark.parametrize(
    ("text", "target", "said"),
    [
        ("Giải quyết không quá 48 giờ", "không quá 84 giờ", "không quá 48 giờ"),
        ("Tỷ lệ lỗi dưới 2,5%", "dưới 5%", "dưới 2,5%"),
        ("Hài lòng trên 98%", "trên 95%", "trên 98%"),
        ("Hài lòng đạt 98%", "ít nhất 95%", "98%"),
    ],
)
def test_what_a_statement_says_is_named_in_words(text: str, target: str, said: str, tmp_path: Path) -> None:
    found_here = diagnose(tmp_path, {"plan.yaml": objective(text=text, target=target)})
    (message,) = (one.message for one in found_here if one.code == "QP302")
    assert ENGLISH(message).startswith(f"the statement says {said}, ")


@pytest.mark.parametrize(
    ("text", "target", "codes"),
    [
        *[("Số vụ tai nạn", "3 vụ", {"QP301"}), ("Nợ xấu", "3%", {"QP301"}), ("Tỷ lệ hao hụt", "0,3%", {"QP301"})],
        *[("Số khiếu nại", "5 khiếu nại", {"QP301"}), ("Chi phí quảng cáo", "300 triệu đồng", {"QP301"})],
        *[("Số lần dừng máy", "4 lần", {"QP301"}), ("Công nợ quá hạn", "500 triệu đồng", {"QP301"})],
        *[("Tỷ lệ thất thoát", "12%", {"QP301"}), ("Tiêu hao nhiên liệu (lít/100 km)", "9", {"QP301"})],
        ("Thời gian tàu chờ cầu (giờ)", "12", {"QP301"}),
        # the change, or what is reached by it
        *[("Giảm số vụ vi phạm", "17", {"QP301"}), ("Giảm tỷ lệ hộ nghèo", "1,5%", {"QP301"})],
        *[("Thu ngân sách tăng", "10%", {"QP301"}), ("Giảm văn bản giấy", "100%", set())],
        ("Sản lượng nước", '12500"\n    unit: "1.000 m3', {"QP301"}),
        # what says which values are enough, or is done about it, is not asked about
        *[("Số vụ tai nạn", "không quá 3 vụ", set()), ("Nợ xấu", "dưới 3%", set()), ("Số vụ tai nạn", "0 vụ", set())],
        *[("Thu hồi nợ xấu", "300 triệu đồng", set()), ("Giải quyết khiếu nại", "20 đơn", set())],
        *[("Tiếp nhận khiếu nại", "100%", set()), ("Tỷ lệ hài lòng", "95%", set()), ("Trồng cây", "1.200 cây", set())],
        ("Phòng cháy, chữa cháy", "2 lớp", set()),
        # the mean of the quarters, or what each is to attain
        *[("Tiếp dân", "bình quân 5 buổi/quý", {"QP301"}), ("Tiếp dân", "bình quân 20 buổi/năm", set())],
    ],
)
def test_a_bare_number_of_what_should_be_few_is_asked_about(
    text: str, target: str, codes: set[str], tmp_path: Path
) -> None:
    """A target of three accidents was attained by 900."""
    plan = objective(text=text, target=f'"{target}"')
    assert {one.code for one in diagnose(tmp_path, {"plan.yaml": plan})} & {"QP301"} == codes


@pytest.mark.parametrize(
    ("period", "deadline", "target", "codes"),
    [
        ("2026-2030", "Năm 2030", "đến năm 2028 đạt 80%", {"QP301"}),
        ("2026-2030", "Năm 2030", "80% vào năm 2028", {"QP301"}),
        ("2026-2030", "Năm 2030", "giai đoạn 2026-2028 đạt 3 lớp", {"QP301"}),
        ("2026-2030", "Năm 2028", "đến năm 2028 đạt 80%", set()),
        ("2026-2030", "Năm 2030", "đến năm 2030 đạt 80%", set()),
        ("2026-2030", "Năm 2030", "80% (năm 2025: 70%)", set()),
        ("2026-2030", "Năm 2030", "giảm 5%/năm so với năm 2025", {"QP301"}),
        ("2026-2030", "Năm 2030", "giảm 5%/năm so với năm trước", set()),
        ("2026-2030", "Năm 2030", "Tăng trưởng bình quân 8%/năm", {"QP301"}),
        ("2026", "Trong năm 2026", "giảm 5%/năm so với năm 2025", set()),
        ("2026", "Trong năm 2026", "đến năm 2028 đạt 80%", {"QP301"}),
        ("2026", "Trong năm 2026", "Năm 2026 đạt 80%", set()),
        ("2026", "Trong năm 2026", "2 lớp/6 tháng", set()),
    ],
)
def test_a_value_for_a_time_that_nothing_else_ends_with_is_asked_about(
    period: str, deadline: str, target: str, codes: set[str], tmp_path: Path
) -> None:
    """80 % by 2028 was judged in each year to 2030."""
    plan = objective(text="Số hóa", target=f'"{target}"', deadline=deadline)
    plan = plan.replace("period: 2026\n", f"period: {period}\n")
    assert {one.code for one in diagnose(tmp_path, {"plan.yaml": plan})} & {"QP301"} == codes


@each_row(
    ("text", "target", "unit", "reads"),
    [
        ("Số vụ vi phạm tối đa", "17", "vụ", "<= 17 vụ"),
        ("Số vụ vi phạm (tối đa)", "17", "vụ", "<= 17 vụ"),
        ("Thời gian xử lý không vượt quá", "5", "ngày", "<= 5 ngày"),
        ("Số lớp tối thiểu", "4", "lớp", ">= 4 lớp"),
    ],
)
def test_words_before_a_bare_number_say_which_values_are_enough(text: str, target: str, unit: str, reads: str) -> None:
    """`Số vụ vi phạm tối đa`, 17: 12 violations were missed."""
    ((_, found),) = item_targets(Item(id="A", text=(text,), target=(target,), unit=unit))
    assert isinstance(found, Target)
    assert f"{found.comparator} {found.value} {found.unit}" == reads


@pytest.mark.parametrize(
    ("text", "target", "codes"),
    [
        ("Doanh thu đạt 12 tỷ đồng", "13 tỷ đồng", {"QP302"}),
        ("Tồn không quá 10 vụ", "không quá 12 vụ", {"QP302"}),
        ("Thời gian không quá 3 ngày", "không quá 5 ngày", {"QP302"}),
        ("Tiêm phòng 120.000 con gia súc", "125.000 con", {"QP302"}),
        ("Điểm khảo sát từ 8 điểm trở lên", "từ 8,5 điểm trở lên", {"QP302"}),
        ("Xếp hạng top 5", "top 3", {"QP302"}),
        ("Ít nhất 2 lần/năm", "ít nhất 2 lần/quý", {"QP302"}),
        ("Tăng 5% so với năm 2024", "tăng 5% so với năm 2025", {"QP302"}),
        ("Không có tai nạn", "không quá 1 vụ", {"QP302"}),
        # the same, or not the only value that the statement or the item has
        ("Doanh thu đạt 12 tỷ đồng", "12 tỷ đồng", set()),
        ("Doanh thu đạt 12 tỷ đồng", "ít nhất 12 tỷ đồng", set()),
        ("Xếp hạng top 5", "top 5", set()),
        ("Không có tai nạn", "0 vụ", set()),
        ("Tổ chức 8 lớp trong năm", "2 lớp/quý", set()),
        ("Mở 5 lớp, mỗi lớp ít nhất 30 học viên", "ít nhất 150 học viên", set()),
        ("Tỷ lệ hài lòng từ 95% đến 100%", "từ 95% trở lên", set()),
        ("Tăng 5% so với năm trước", "tăng 5% so với năm 2025", set()),
        ("Giảm 10 vụ so với năm trước", "không quá 40 vụ", set()),
    ],
)
def test_the_only_value_of_a_statement_is_that_of_its_target(
    text: str, target: str, codes: set[str], tmp_path: Path
) -> None:
    plan = objective(text=text, target=f'"{target}"')
    assert {one.code for one in diagnose(tmp_path, {"plan.yaml": plan})} & {"QP302"} == codes
