"""Where rules must speak, and where they must be silent: the edges that the pages do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from texts import HEAD, PROGRESS, completion, item, objective, progress, reading, task
from workspace import diagnose, found

from qmsplan.model.people import Register

if TYPE_CHECKING:
    from pathlib import Path

NO_PERIOD = HEAD.replace("period: 2026\n", "")
FORM = HEAD.replace("period: 2026\n", "form: true\n")
YEARS = HEAD.replace("period: 2026\n", "period: 2026-2030\n")
BARE = "objectives:\n" + item(id="MT01", text="Nâng cao chất lượng")

ONE_PLAN = [
    # ids
    ("an id in another list", HEAD + "groups:\n" + item(id="A", text="a") + "tasks:\n" + item(id="A", text="b"), "11:9 QP101"),
    ("an id below itself", HEAD + "tasks:\n" + item(id="A", text="a") + "    activities:\n" + item(6, id="A", text="b"), "11:13 QP101"),
    ("an id of an annex", HEAD + "annexes:\n" + item(title="a") + "    tasks:\n" + item(6, id="A", text="a") + item(6, id="A", text="b"), "12:13 QP101"),
    ("the same id thrice", HEAD + "tasks:\n" + item(id="A", text="a") * 3, "10:9 QP101, 12:9 QP101"),
    ("ids in another case", HEAD + "tasks:\n" + item(id="A", text="a") + item(id="a", text="a"), ""),
    # units
    ("a code", task(lead="NV"), ""),
    ("a name in other case", task(lead="phòng nghiệp vụ"), ""),
    ("a name that holds a dash", task(lead="Phòng Hành chính – Tổng hợp và Phòng Nghiệp vụ"), ""),
    ("one of three", task(lead="NV, Phòng Ma; HCTH"), "10:11 QP105"),
    ("a list", task(lead="[NV, Phòng Ma]"), "10:16 QP105"),
    ("support", task(support="Phòng Ma"), "10:14 QP105"),
    ("a structured lead", task(lead="{unit: Phòng Ma, scope: nội dung 1}"), "10:11 QP105"),
    ("a structured lead that is known", task(lead="{unit: NV, scope: nội dung 1}"), ""),
    ("the issuer", HEAD + "  issuer: STP\n", "7:11 QP105"),
    ("both leads unknown", task(lead="Phòng Ma và Phòng Quỷ"), "10:11 QP105, 10:11 QP105"),
    # deadlines
    ("a deadline of another year", task(deadline="Trước 30/6/2027"), "10:15 QP201"),
    ("a deadline on the last day", task(deadline="31/12/2026"), ""),
    ("one of several years outside", YEARS + "tasks:\n" + item(id="A", text="a", deadline="Quý I năm 2031"), "10:15 QP201"),
    ("inside several years", YEARS + "tasks:\n" + item(id="A", text="a", deadline="Quý I năm 2030"), ""),
    ("an inherited deadline is told once", HEAD + "groups:\n" + item(id="A", text="a", deadline="Năm 2027") + "    tasks:\n" + item(6, id="B", text="b"), "10:15 QP201"),
    ("an impossible day", task(deadline="30/02/2026"), "10:15 QP202"),
    ("an impossible month", task(deadline="Tháng 13"), "10:15 QP202"),
    ("an impossible quarter", task(deadline="Quý 0 năm 2026"), "10:15 QP202"),
    ("no phrase at all", task(deadline='""'), "10:15 QP202"),
    ("an endless phrase", task(deadline="Quý I " * 60), "10:15 QP202"),
    ("a form with two ways", task(deadline="{due: 2026-06-30, every: quarter}"), "10:15 QP202"),
    ("a form with no way", task(deadline="{text: Hàng quý}"), "10:15 QP202"),
    ("a form", task(deadline="{text: Hàng quý, every: quarter}"), ""),
    ("a form with an unknown event", task(deadline="{event: X}"), "10:23 QP106"),
    ("words of an event need no declaration", task(deadline="Sau khi UBND tỉnh ban hành Kế hoạch"), ""),
    # period
    ("a form has no period", FORM + BARE, ""),
    ("no period, no items", NO_PERIOD, "2:5 QP203"),
    ("no period: deadlines are not blamed", objective(deadline="Quý III").replace("period: 2026\n", ""), "2:5 QP203"),
    ("years of the plan may be cited", YEARS + "preamble: Căn cứ Mục tiêu chất lượng năm 2029\n", ""),
    ("a year after the plan", YEARS + "preamble: Căn cứ Mục tiêu chất lượng năm 2031\n", "7:11 QP205"),
    ("the basis", HEAD + "basis:\n  - Luật Trợ giúp pháp lý\n  - Mục tiêu chất lượng năm 2025\n", "9:5 QP205"),
    ("a line of a block", HEAD + "preamble: |\n  Đoạn một.\n\n  Mục tiêu chất lượng năm 2025\n", "10:3 QP205"),
    ("another sentence", HEAD + "preamble: Mục tiêu chất lượng. Năm 2025 đã qua\n", ""),
    ("another thing of that year", HEAD + "preamble: Tổng kết công tác năm 2025\n", ""),
    # targets
    ("a bare number", objective(target="98"), "10:13 QP301"),
    ("two bare digits after a comma", objective(target="12,55"), "10:13 QP301"),
    ("the second of a list", objective(target='[">98%", nâng cao]'), "10:22 QP301"),
    ("other words for the same", objective(text="Mức độ hài lòng đạt trên 98%"), ""),
    ("the same number, another comparison", objective(text="Mức độ hài lòng đạt 98%"), "10:13 QP302"),
    ("one of the percentages agrees", objective(text="Trên 98% hài lòng, 80% rất hài lòng"), ""),
    ("no percentage stated", objective(text="Người dân hài lòng"), ""),
    ("a target that counts", objective(text="Đạt 98%", target="ít nhất 01 lần/năm"), ""),
    ("a decimal comma", objective(text="Đạt trên 98,5%", target='">98,5%"'), ""),
    # coverage
    ("an objective of nothing", HEAD + BARE, "8:9 QP401, 8:9 QP402, 8:9 QP403, 8:9 QP404, 8:9 QP405"),
    ("tasks are no objectives", HEAD + "tasks:\n" + item(id="A", text="a"), ""),
    ("measures in tasks below", objective(measures="") + "    tasks:\n" + item(6, id="A", text="a"), ""),
    ("what the tasks below say", objective(lead="", deadline="", deliverables="") + "    tasks:\n" + item(6, id="A", text="a", lead="NV", deadline="Quý I", evaluation="Phiếu"), ""),
    ("evaluation without deliverables", objective(deliverables="", evaluation="Đếm phiếu"), ""),
    ("a structured target", objective(target="{comparator: '>', value: '98'}"), ""),
    # document
    ("a template of nowhere", HEAD.replace("work-plan", "work_plan"), "3:11 QP602"),
    ("a draft has no number", HEAD + "  symbol: KH-TGPL\n", ""),
    ("a number with its year", HEAD + "signoff:\n  number: 05/2026/KH-TGPL\n  date: 2026-01-30\n", ""),
    ("an unpadded number", HEAD + "signoff:\n  number: 5/KH-TGPL\n  date: 2026-01-30\n", "8:11 QP601"),
    ("number nought", HEAD + "signoff:\n  number: 00/KH-TGPL\n  date: 2026-01-30\n", "8:11 QP601"),
    ("another symbol than the head's", HEAD + "  symbol: KH-TGPL\nsignoff:\n  number: 05/BC-TGPL\n  date: 2026-01-30\n", "9:11 QP601"),
    ("Đ in a symbol", HEAD + "  symbol: QĐ-UBND\nsignoff:\n  number: 122/QĐ-UBND\n  date: 2026-01-30\n", ""),
]  # fmt: skip

WITH_PROGRESS = [
    ("one time needs no period", task(deadline="Quý I"), completion(), ""),
    ("no deadline needs no period", task(), completion(), ""),
    ("continuous work needs no period", task(deadline="Thường xuyên"), completion(), ""),
    ("an event needs no period", task(deadline="Sau khi có hướng dẫn"), completion(), ""),
    ("each year, no period", task(deadline="Hàng năm").replace("2026", "2026-2030"), completion(), "4:11 QP206"),
    ("each year, a quarter", task(deadline="Hàng năm").replace("2026", "2026-2030"), completion(period="2026-Q1"), "6:13 QP206"),
    ("each year, a year", task(deadline="Hàng năm").replace("2026", "2026-2030"), completion(period="2027"), ""),
    ("an inherited deadline", HEAD + "groups:\n" + item(id="A", text="a", deadline="Hàng quý") + "    tasks:\n" + item(6, id="NV01", text="b"), completion(), "4:11 QP206"),
    ("an unknown item of each list", task(), progress("completions", {"item": "X", "done": "2026-01-05"}) + "corrective_actions:\n" + item(item="Y", period="2026", cause="a", action="b", recorded="2026-01-05"), "4:11 QP104, 7:11 QP104"),
    ("an event that is declared", HEAD + "events:\n" + item(id="SK", text="Ban hành"), progress("events", {"event": "SK", "date": "2026-01-05"}), ""),
    ("an event that is not", HEAD, progress("events", {"event": "SK", "date": "2026-01-05"}), "4:12 QP106"),
    ("the unit of the file", HEAD, PROGRESS + "unit: MA\n", "3:7 QP105"),
    ("a share of more than all", objective(), reading(numerator="101"), "6:16 QP303"),
    ("all of all", objective(), reading(numerator="100"), ""),
    ("no case arose", objective(), reading(numerator="0", denominator="0"), ""),
    ("a value and a fraction", objective(), reading(value="99"), "4:5 QP304"),
    ("half a fraction", objective(), reading(denominator=""), "4:5 QP304"),
    ("a value alone", objective(text="Kiểm tra", target="ít nhất 01 lần/năm"), reading(numerator="", denominator="", value="2 lần"), ""),
    ("exactly at a strict target", objective(), reading(numerator="98"), "4:5 QP305"),
    ("missed without a target", objective(target="", text="Nâng cao chất lượng"), reading(numerator="0"), "plan 8:9 QP405"),
    ("a target that is not understood misses nothing", objective(target="nâng cao"), reading(numerator="0"), "plan 10:13 QP301"),
    ("a period of the year before", objective(), reading(period="2025-Q4"), "5:13 QP204"),
    ("evidence in a list", objective(), reading(files="[a.pdf, b.pdf]"), "9:13 QP501, 9:20 QP501"),
    ("evidence outside by an absolute name", objective(), reading(files="/etc/passwd"), "9:12 QP501"),
    ("evidence that is a folder", objective(), reading(files='"."'), "9:12 QP501"),
    ("evidence without a name", objective(), reading(files='""'), "9:12 QP501"),
    ("evidence with a name too long for a disk", objective(), reading(files="a" * 300), "9:12 QP501"),
    ("evidence with the longest name in Vietnamese", objective(), reading(files="Đạt" * 90), "9:12 QP501"),
]  # fmt: skip


def marks(text: str, file: str) -> list[tuple[str, int, int, str]]:
    """`9:13 QP501, plan 8:9 QP405` as what is found; places are in `file` unless another stands before them."""
    result = []
    for mark in filter(None, text.split(", ")):
        *name, place, code = mark.split(" ")
        line, column = place.split(":")
        result.append((f"{name[0]}.yaml" if name else file, int(line), int(column), code))
    return sorted(result)


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in ONE_PLAN], ids=[row[0] for row in ONE_PLAN])
def test_one_plan(text: str, expected: str, tmp_path: Path) -> None:
    assert list(found(diagnose(tmp_path, {"plan.yaml": text}))) == marks(expected, "plan.yaml")


@pytest.mark.parametrize(
    ("plan", "record", "expected"), [row[1:] for row in WITH_PROGRESS], ids=[row[0] for row in WITH_PROGRESS]
)
def test_a_plan_and_its_progress(plan: str, record: str, expected: str, tmp_path: Path) -> None:
    diagnostics = diagnose(tmp_path, {"plan.yaml": plan, "progress.yaml": record})
    assert list(found(diagnostics)) == marks(expected, "progress.yaml")


@pytest.mark.parametrize(("period", "expected"), [("2026-Q3", ()), ("2026", ()), ("2026-Q2", ("QP305",))])
def test_an_action_of_an_overlapping_period_answers_a_miss(period: str, expected: tuple[str, ...], tmp_path: Path) -> None:
    action = item(item="MT01", period=period, cause="Thiếu người", action="Bổ sung", recorded="2026-10-16")
    record = reading(period="2026-Q3", numerator="90") + "corrective_actions:\n" + action
    diagnostics = diagnose(tmp_path, {"plan.yaml": objective(), "progress.yaml": record})
    assert tuple(diagnostic.code for diagnostic in diagnostics) == expected


def test_evidence_may_be_cited_without_a_file(tmp_path: Path) -> None:
    files = {"plan.yaml": objective(), "progress.yaml": reading(evidence="Báo cáo số 35/BC-TGPL")}
    assert diagnose(tmp_path, files) == ()


def test_nobody_is_unknown_where_no_unit_is_registered(tmp_path: Path) -> None:
    assert diagnose(tmp_path, {"plan.yaml": task(lead="Phòng Ma")}, register=Register()) == ()


def test_a_double_tells_where_the_first_one_stands(tmp_path: Path) -> None:
    text = HEAD + "tasks:\n" + item(id="A", text="a") + item(id="A", text="b")
    (diagnostic,) = diagnose(tmp_path, {"plan.yaml": text})
    (first,) = diagnostic.related
    assert (first.file, first.span[:2]) == ("plan.yaml", (8, 9))
    assert first.message.template == "first used here"


def test_a_second_plan_tells_where_the_first_one_stands(tmp_path: Path) -> None:
    (diagnostic,) = diagnose(tmp_path, {"a.yaml": HEAD, "b.yaml": HEAD})
    (first,) = diagnostic.related
    assert (diagnostic.file, first.file, first.span[:2]) == ("b.yaml", "a.yaml", (2, 5))
