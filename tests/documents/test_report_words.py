"""Results, gaps and verdicts of a report in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from document_support import plan_with
from report_support import report_on

from qmsplan.diagnostics import Translator
from qmsplan.documents.report_words import (
    NBSP,
    VERDICTS,
    gap_text,
    plan_name,
    result_text,
    row_text,
    subject_of,
    target_text,
    verdict_text,
)
from qmsplan.load.pydantic_errors import build
from qmsplan.model.period import year
from qmsplan.model.plan import Head, Item, Plan, Section
from qmsplan.model.progress import Progress
from qmsplan.model.structured import TargetForm
from qmsplan.output.words import measured_text
from qmsplan.progress.occurrences import State
from qmsplan.progress.report import ReportLine
from qmsplan.progress.verdict import Attainment
from rows import each_row


def line_of(item: Item, kind: str = "objectives", as_of: str = "2026-10-14", **entries: Any) -> ReportLine:
    """The row of the only item of a plan."""
    plan = plan_with("objectives-table", period=year(2026), **{kind: (item,)})
    records = build(Progress, {"kind": "progress", "plan": "P-1", **entries})
    found = report_on([(plan, (records,))], "2026-Q3", as_of).status
    return ReportLine((*found.rows, *found.rest)[0], (), (), is_told_above=False)


def objective(*targets: str | TargetForm) -> Item:
    return Item(id="M", text=("Mục tiêu",), target=targets, deadline="Trong năm 2026")


def measured(*readings: dict[str, str], targets: tuple[str, ...]) -> tuple[str, str, str]:
    """The three texts of an objective."""
    entries = [{"item": "M", "period": "2026-Q3", "recorded": "2026-10-14", **reading} for reading in readings]
    line = line_of(objective(*targets), readings=entries)
    return target_text(line), as_typed(result_text(line)), as_typed(gap_text(line))


def as_typed(text: str) -> str:
    """With plain spaces, for tables that are easy to read."""
    return text.replace(NBSP, " ")


def test_a_number_never_parts_from_its_word() -> None:
    readings = [{"item": "M", "period": "2026-Q3", "recorded": "2026-10-14", "value": "15"}]
    line = line_of(objective("không quá 12 vụ"), readings=readings)
    assert (result_text(line), gap_text(line)) == (f"15{NBSP}vụ", f"Cao hơn 3{NBSP}vụ")
    late = line_of(Item(id="T", text=("Việc",), deadline="Quý III năm 2026"), "tasks")
    assert gap_text(late) == f"Chậm 14{NBSP}ngày"


def test_each_time_that_is_counted_is_told() -> None:
    """Quarter II, done in July, was in the totals of the third quarter, and in no line."""
    done = [{"item": "T", "period": "2026-Q2", "done": "2026-07-02"}]
    line = line_of(Item(id="T", text=("Việc",), deadline="Hằng quý"), "tasks", "2026-09-20", completions=done)
    told = "Hoàn thành chậm: hạn 30/6/2026 (xong 02/7/2026, chậm 2 ngày)"
    assert as_typed(result_text(line)).split("\n") == ["Chưa hoàn thành", "Chưa đến hạn: hạn 30/9/2026", told]
    twice = line_of(Item(id="T", text=("Việc",), deadline="Trước 15/7/2026 và trước 15/9/2026"), "tasks", "2026-09-20")
    assert as_typed(result_text(twice)) == "Quá hạn: hạn 15/7/2026 (chậm 67 ngày), hạn 15/9/2026 (chậm 5 ngày)"
    waited = Item(id="T", text=("Việc",), deadline="Quý I: sau khi có văn bản; quý III")
    first = [{"item": "T", "period": "2026-Q1", "done": "2026-07-02"}]
    line = line_of(waited, "tasks", "2026-09-20", completions=first)
    assert as_typed(result_text(line)).split("\n")[1] == "Hoàn thành: quý I/2026 (xong 02/7/2026)"


@each_row(
    ("target", "reading", "result", "distance"),
    [
        (">98%", {"numerator": "126", "denominator": "130"}, "126/130 (96,92%)", "Thấp hơn 1,08 điểm phần trăm"),
        (">98%", {"numerator": "49", "denominator": "50"}, "49/50 (98%)", "Bằng chỉ tiêu"),
        ("100%", {"numerator": "9", "denominator": "9"}, "9/9 (100%)", "Bằng chỉ tiêu"),
        ("ít nhất 95%", {"value": "97,5%"}, "97,5%", "Cao hơn 2,5 điểm phần trăm"),
        ("100%", {"numerator": "0", "denominator": "0"}, "Chưa phát sinh", "–"),
        ("không quá 12 vụ", {"value": "15"}, "15 vụ", "Cao hơn 3 vụ"),
        ("không quá 12 vụ", {"value": "10"}, "10 vụ", "Thấp hơn 2 vụ"),
        ("top 5", {"value": "4"}, "4", "Hơn 1 bậc"),
        ("top 5", {"value": "7"}, "7", "Kém 2 bậc"),
        ("từ 85% đến 95%", {"value": "90"}, "90%", "Trong mức chỉ tiêu"),
        (
            "giảm 10% so với năm trước",
            {"value": "44", "baseline": "50"},
            "Giảm 12% (50 → 44)",
            "Cao hơn 2 điểm phần trăm",
        ),
        (
            "giảm 10% so với năm trước",
            {"value": "55", "baseline": "50"},
            "Tăng 10% (50 → 55)",
            "Thấp hơn 20 điểm phần trăm",
        ),
        ("giảm 10% so với năm trước", {"value": "44"}, "44", "–"),
        (
            "tăng 10% so với năm trước",
            {"value": "60", "baseline": "50"},
            "Tăng 20% (50 → 60)",
            "Cao hơn 10 điểm phần trăm",
        ),
        ("giảm 10% so với năm trước", {"change": "12%"}, "Giảm 12%", "Cao hơn 2 điểm phần trăm"),
    ],
)
def test_results(target: str, reading: dict[str, str], result: str, distance: str) -> None:
    found = measured(reading, targets=(target,))
    assert found[1].removesuffix(" hạng") == result
    assert found[2] == distance


def test_the_value_of_a_change_has_the_unit_of_its_item() -> None:
    item = Item(
        id="M", text=("Chi phí",), target=("giảm 10% so với năm trước",), unit="triệu đồng", deadline="Năm 2026"
    )
    entry = {"item": "M", "period": "2026-Q3", "recorded": "2026-10-14", "value": "44", "baseline": "50"}
    line = line_of(item, readings=[entry])
    assert as_typed(result_text(line)) == "Giảm 12% (50 → 44 triệu đồng)"
    assert measured_text(line.measurements[0], Translator("vi")) == "12% (50 → 44 triệu đồng)"


def test_several_targets_have_numbers() -> None:
    readings = ({"target": "1", "numerator": "1", "denominator": "2"}, {"target": "2", "value": "3"})
    target, result, distance = measured(*readings, targets=("100%", "ít nhất 02 vụ"))
    assert target == "(1) 100%\n(2) ít nhất 02 vụ"
    assert result == "(1) 1/2 (50%)\n(2) 3/2 vụ (150%)"
    assert distance == "(1) Thấp hơn 50 điểm phần trăm\n(2) Cao hơn 1 vụ"


@each_row(
    "targets, texts",
    [
        ((">98%",), (">98%", "Không đo trong kỳ", "–")),
        (("Tốt", "Khá"), ("(1) Tốt\n(2) Khá", "", "")),
    ],
)
def test_no_reading(targets: tuple[str, ...], texts: tuple[str, str, str]) -> None:
    assert measured(targets=targets) == texts


def work(deadline: str, done: str = "", as_of: str = "2026-10-14", **fields: str) -> tuple[str, str, str, str]:
    """The four texts of a task."""
    entries = [{"item": "T", "done": done, **fields}] if done else []
    line = line_of(Item(id="T", text=("Việc",), deadline=deadline), "tasks", as_of, completions=entries)
    return target_text(line), result_text(line), as_typed(gap_text(line)), verdict_text(line)


@each_row(
    ("deadline", "done", "texts"),
    [
        ("Quý III năm 2026.", "", ("Quý III năm 2026 (hạn 30/9/2026)", "Chưa hoàn thành", "Chậm 14 ngày", "Quá hạn")),
        ("Trước 30/9/2026", "", ("Trước 30/9/2026", "Chưa hoàn thành", "Chậm 14 ngày", "Quá hạn")),
        (
            "Quý III năm 2026",
            "2026-09-30",
            ("Quý III năm 2026 (hạn 30/9/2026)", "Hoàn thành ngày 30/9/2026", "Đúng hạn", "Hoàn thành"),
        ),
        (
            "Quý III năm 2026",
            "2026-09-28",
            ("Quý III năm 2026 (hạn 30/9/2026)", "Hoàn thành ngày 28/9/2026", "Trước hạn", "Hoàn thành"),
        ),
        (
            "Quý III năm 2026",
            "2026-10-03",
            ("Quý III năm 2026 (hạn 30/9/2026)", "Hoàn thành ngày 03/10/2026", "Chậm 3 ngày", "Hoàn thành chậm"),
        ),
        ("Quý IV năm 2026", "", ("Quý IV năm 2026 (hạn 31/12/2026)", "Chưa đến hạn", "–", "Chưa đến hạn")),
        ("Thường xuyên", "", ("Thường xuyên", "Chưa có minh chứng", "–", "Chưa có minh chứng")),
        (
            "Sau khi có hướng dẫn",
            "",
            ("Sau khi có hướng dẫn", "Chưa phát sinh (chờ có hướng dẫn)", "–", "Chưa phát sinh"),
        ),
        ("kịp thời nhé", "", ("kịp thời nhé", "Chưa rõ thời hạn", "–", "Chưa rõ thời hạn")),
    ],
)
def test_work(deadline: str, done: str, texts: tuple[str, ...]) -> None:
    assert work(deadline, done) == texts


def test_evidence() -> None:
    found = work("Thường xuyên", "2026-09-01", period="2026-Q3", evidence="Sổ")
    assert found == ("Thường xuyên", "Có minh chứng thực hiện", "–", "Đang thực hiện")


@each_row(("as_of", "word"), [("2027-01-15", "Chờ số liệu"), ("2027-01-16", "Chưa có số liệu")])
def test_an_objective_is_never_late_work(as_of: str, word: str) -> None:
    late = plan_with("objectives-table", period=year(2026), objectives=(objective(">98%"),))
    (found,) = report_on([(late, ())], "2026", as_of).parts[0].lines
    assert (result_text(found), verdict_text(found), found.is_late) == (word, word, False)


def test_every_state_has_a_word() -> None:
    assert set(VERDICTS) == {*State, *Attainment}


def test_marks_of_plans_are_left_out() -> None:
    line = line_of(objective(TargetForm(text=">98% *tốt*^[nốt]", comparator=">", value=Decimal(98), unit="%")))
    assert "*" not in target_text(line)
    assert "nốt" not in target_text(line)


def plan(title: str, kind: str = "KẾ HOẠCH", **fields: Any) -> Plan:
    return plan_with(head=Head(type=kind, title=(title,)), period=year(2026), **fields)


@each_row(
    ("title", "subject"),
    [
        ("Thực hiện mục tiêu chất lượng năm 2026", "Kết quả thực hiện mục tiêu chất lượng quý III năm 2026"),
        ("Duy trì Hệ thống năm 2026", "Kết quả thực hiện Kế hoạch duy trì Hệ thống quý III năm 2026"),
        ("Cải cách giai đoạn 2026 - 2030", "Kết quả thực hiện Kế hoạch cải cách quý III năm 2026"),
        ("ISO 9001 năm 2026", "Kết quả thực hiện Kế hoạch ISO 9001 quý III năm 2026"),
        ("", "Kết quả thực hiện Kế hoạch quý III năm 2026"),
    ],
)
def test_subjects(title: str, subject: str) -> None:
    assert subject_of([plan(title)], "quý III năm 2026") == subject


def test_a_title_in_english_is_quoted_as_it_is() -> None:
    found = subject_of([plan("Quality objectives 2026", kind="QUALITY PLAN")], "quý I năm 2026")
    assert found == "Kết quả thực hiện Quality plan “Quality objectives 2026” quý I năm 2026"


def test_the_subject_of_several_plans() -> None:
    found = subject_of([plan("A"), plan("B")], "năm 2026")
    assert found == "Kết quả thực hiện mục tiêu, nhiệm vụ theo các kế hoạch năm 2026"


def test_a_title_in_capitals_is_spelt_as_in_the_text() -> None:
    spelt = plan("THỰC HIỆN MỤC TIÊU ISO", sections=(Section(text=("Nay thực hiện Mục tiêu ISO của Sở.",)),))
    assert plan_name(spelt) == "Kế hoạch thực hiện Mục tiêu ISO"
    assert plan_name(plan("THỰC HIỆN MỤC TIÊU")) == "Kế hoạch thực hiện mục tiêu"


def test_a_signed_plan_has_its_number() -> None:
    assert plan_name(plan("Duy trì"), "51/KH-TGPL") == "Kế hoạch số 51/KH-TGPL duy trì"


@each_row(
    ("typed", "shown"),
    [
        ("không có vụ việc không đạt,", "Không có vụ việc không đạt"),
        ("Đạt 90% trở lên;", "Đạt 90% trở lên"),
        ("pH từ 6 đến 8.", "pH từ 6 đến 8"),
        ("100% hồ sơ", "100% hồ sơ"),
    ],
)
def test_a_row_begins_like_a_sentence(typed: str, shown: str) -> None:
    assert row_text([typed]) == shown
