"""What a report's template gets: head, addressee, recipients, rows, first page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from document_support import REGISTER, loaded, plan_with, real_register
from report_support import letter, of_the_centre, recorded, report_on, sample, view_of_report

from qmsplan.load.report_text import ReportText
from qmsplan.model.period import year
from qmsplan.model.plan import Annex, Head, Item, Signatory
from qmsplan.model.settings import Reporting, Unit
from qmsplan.phrases.people import Register
from qmsplan.progress.cut_off import calendar_of
from rows import each_row

CENTRE = letter("TGPL", register=real_register())


def small(recipients: tuple[str, ...] = (), **fields: Any) -> Any:
    """The view of a report on a plan with one late task."""
    late = Item(id="T", number="1", text=("Việc",), deadline="Quý I năm 2026", lead=("- Phòng A.",))
    plan = plan_with(period=year(2026), tasks=(late,), recipients=recipients, **fields)
    return report_on([(plan, ())])


def test_the_head() -> None:
    head = view_of_report(of_the_centre(), CENTRE)["head"]
    assert head == {
        "parent": "Sở Tư pháp",
        "issuer": "Trung tâm Trợ giúp pháp lý nhà nước",
        "symbol": "BC-TGPL",
        "issuer_text": "",
        "place": "",
        "year": 2026,
    }


def test_the_issuer_as_typed() -> None:
    view = view_of_report(sample())
    assert view["head"]["issuer"] == "Tên cơ quan ban hành"
    assert view["head"]["symbol"] == "BC-ABC"
    assert view["head"]["place"] == "Cà Mau"
    assert view["to"] == ""


def test_a_unit_without_plans_of_its_own() -> None:
    register = Register((*REGISTER.units, Unit(code="NV", name="Phòng Nghiệp vụ", parent="TGPL")))
    view = view_of_report(small(), letter("NV", register=register))
    assert view["head"]["parent"] == "Trung tâm Trợ giúp pháp lý nhà nước"
    assert view["head"]["symbol"] == "BC-NV"
    assert view["signatory"] == {"position": "", "name": "", "instruction": ""}
    assert view["recipients"] == "- Như trên;\n- Lưu: VT."


@each_row(
    ("name", "above", "expected"),
    [
        ("Phòng Nghiệp vụ", "Trung tâm Trợ giúp pháp lý nhà nước", "Giám đốc Trung tâm"),
        ("Văn phòng", "Sở Tư pháp", "Giám đốc Sở"),
        ("Khoa Nội", "Bệnh viện Đa khoa", "Giám đốc Bệnh viện"),
        ("Tổ Toán", "Trường THPT Phan Ngọc Hiển", "Hiệu trưởng"),
        ("Phòng Hành chính", "Chi cục Kiểm lâm", "Chi cục trưởng"),
        ("Phòng Tư pháp", "Ủy ban nhân dân xã Tân Thành", "Ủy ban nhân dân xã Tân Thành"),
        ("Trung tâm Trợ giúp pháp lý nhà nước", "Sở Tư pháp", "Sở Tư pháp"),
    ],
)
def test_a_department_reports_to_the_head_of_its_agency(name: str, above: str, expected: str) -> None:
    register = Register((Unit(code="A", name=above), Unit(code="B", name=name, parent="A")))
    assert view_of_report(small(), letter("B", register=register))["to"] == expected


@each_row(
    ("text", "option", "expected"),
    [("", None, "Sở Tư pháp"), ("", "Bộ Tư pháp", "Bộ Tư pháp"), ("UBND tỉnh", "Bộ Tư pháp", "UBND tỉnh")],
)
def test_whom_it_is_addressed_to(text: str, option: str | None, expected: str) -> None:
    assert view_of_report(small(), letter("TGPL", ReportText(to=text), to=option))["to"] == expected


@each_row(
    ("typed", "printed"),
    [
        (("- Sở Tư pháp; (B/c)", "- Lưu: VT."), "- Như trên;\n- Lưu: VT."),
        (("- STP;", "- Lưu: VT."), "- Như trên;\n- Lưu: VT."),
        (("- Như trên;", "- Phòng Sở Tư pháp;"), "- Như trên;\n- Phòng Sở Tư pháp;"),
        ((), "- Như trên;\n- Lưu: VT."),
        (("- Sở TP (báo cáo);", "- Sở Tài chính;"), "- Như trên;\n- Sở Tài chính;"),
    ],
)
def test_recipients_name_the_addressee_once(typed: tuple[str, ...], printed: str) -> None:
    assert view_of_report(small(typed), letter("TGPL"))["recipients"] == printed


@each_row(
    ("typed", "printed"),
    [
        ("- Sở NN&MT;", ""),
        ("- Sở Nông nghiệp và MT;", ""),
        ("- Sở Nông nghiệp và Môi trường tỉnh Hậu Lộc;", ""),
        ("- Sở Nông nghiệp;", "- Sở Nông nghiệp;\n"),
        ("- Sở NN;", "- Sở NN;\n"),
        ("- Phòng Nông nghiệp và Môi trường;", "- Phòng Nông nghiệp và Môi trường;\n"),
    ],
)
def test_initials_of_the_addressee(typed: str, printed: str) -> None:
    view = view_of_report(small((typed, "- Lưu: VT.")), letter("TGPL", to="Sở Nông nghiệp và Môi trường tỉnh Hậu Lộc"))
    assert view["recipients"] == f"- Như trên;\n{printed}- Lưu: VT."


@each_row(
    ("typed", "registered", "printed"),
    [
        ("UBND XÃ HÒA BÌNH", "Ủy ban nhân dân xã Hòa Bình", "Ủy ban nhân dân xã Hòa Bình"),
        ("UBND TỈNH M", "Ủy ban nhân dân tỉnh M", "Ủy ban nhân dân tỉnh M"),
        ("SỞ GD&ĐT", "Sở Giáo dục và Đào tạo tỉnh M", "Sở Giáo dục và Đào tạo"),
        ("SỞ KHOA HỌC CÔNG NGHỆ", "Sở Khoa học và Công nghệ", "Sở Khoa học và Công nghệ"),
        ("SỞ NỘI VỤ", "Sở Nội vụ tỉnh Bà Rịa - Vũng Tàu", "Sở Nội vụ"),
        ("SỞ NỘI VỤ", "Sở Tư pháp", "SỞ NỘI VỤ"),
    ],
)
def test_capitals_of_a_head_are_a_name_in_sentences(typed: str, registered: str, printed: str) -> None:
    register = Register((Unit(code="A", name=registered),))
    view = view_of_report(small(head=Head(type="Kế hoạch", issuer_text=(typed,))), letter(register=register))
    assert view["head"]["issuer"] == printed


def test_what_people_wrote_goes_before_the_plan() -> None:
    text = ReportText(title="Về việc khác", recipients="- A;", position="KT. GIÁM ĐỐC", name="B", causes="*Một*\nHai")
    signed = Signatory(position=("GIÁM ĐỐC",), name="C", instruction="(ký)")
    view = view_of_report(small(signatory=signed), letter("TGPL", text))
    assert (view["title"], view["recipients"]) == ("Về việc khác", "- A;")
    assert view["signatory"] == {"position": "KT. GIÁM ĐỐC", "name": "B", "instruction": ""}
    assert view["text"]["causes"].endswith("\nHai")
    assert view_of_report(small(signatory=signed), letter("TGPL"))["signatory"]["name"] == "C"


def test_the_window_and_who_orders_it() -> None:
    view = view_of_report(of_the_centre(), CENTRE)
    assert view["window"] == {"start": "", "end": ""}  # the workspace names no calendar
    chosen = CENTRE._replace(calendar=calendar_of(Reporting(calendar="nd09-2019")))
    assert view_of_report(of_the_centre(), chosen)["window"] == {"start": "15/6/2026", "end": "14/9/2026"}
    assert view["calendar"] == "Nghị định số 09/2019/NĐ-CP"
    assert view["as_of"] == "21/11/2026"
    assert (view["period"]["text"], view["next"]["text"]) == ("quý III năm 2026", "quý IV năm 2026")
    assert view_of_report(of_the_centre("2026-9M"), CENTRE)["calendar"] == ""


def test_at_the_end_of_time_nothing_comes_next() -> None:
    late = Item(id="T", text=("Việc",), deadline="Quý I năm 9999")
    plan = plan_with(period=year(9999), tasks=(late,))
    assert view_of_report(report_on([(plan, ())], "9999-Q4"))["next"]["text"] == ""


def test_what_is_late_comes_with_days_cause_and_remedy() -> None:
    late = view_of_report(of_the_centre(), CENTRE)["late"]
    assert [(row["id"], row["gap"].replace("\u00a0", " "), bool(row["cause"])) for row in late] == [
        ("NV3.2", "Chậm 235 ngày", False),
        ("NV5", "Chậm 52 ngày", False),
        ("MT03", "Thấp hơn 1,08 điểm phần trăm", True),
    ]
    assert late[2]["unit"] == "Phòng Nghiệp vụ"
    assert late[2]["remedy"].endswith("Thời hạn 30/11/2026.")


MISSES = """kind: plan
id: P
template: objectives-table
period: 2026
head: {type: KẾ HOẠCH, title: T}
objectives:
  - {id: M1, text: Hồ sơ đúng hạn, target: ≥ 98%, frequency: quarter, lead: A, deadline: Trong năm 2026}
"""
RECORDS = """kind: progress
plan: P
unit: A
readings:
  - {item: M1, period: 2026-Q1, numerator: 97, denominator: 100, recorded: 2026-04-05}
  - {item: M1, period: 2026-Q2, numerator: 97, denominator: 100, recorded: 2026-07-05}
  - {item: M1, period: 2026-Q3, numerator: 90, denominator: 100, recorded: 2026-10-05}
corrective_actions:
  - {item: M1, period: 2026-Q1, cause: [Thiếu người], action: [Bổ sung], done: 2026-06-30, recorded: 2026-04-10}
  - {item: M1, period: 2026-Q2, cause: [Máy hỏng], action: [Sửa], done: 2026-07-30, effective: false,
     verified_on: 2026-08-30, recorded: 2026-07-10}
"""


def test_a_miss_that_the_actions_on_earlier_ones_leave_out_is_told(tmp_path: Path) -> None:
    for name, text in (("plan.yaml", MISSES), ("records.yaml", RECORDS)):
        (tmp_path / name).write_text(text, "utf-8")
    plan, records = loaded(tmp_path / "plan.yaml"), recorded(tmp_path / "records.yaml")
    (row,) = view_of_report(report_on([(plan, (records,))], "2026-9M", "2026-10-20"))["late"]
    assert (row["unanswered"], row["unanswered_in"]) == (1, "quý III/2026")
    assert row["ends"] == "Xong ngày 30/6/2026. Xong ngày 30/7/2026, chưa có hiệu lực."
    (row,) = view_of_report(report_on([(plan, (records,))], "2026-H1", "2026-07-20"))["late"]
    assert (row["unanswered"], row["unanswered_in"]) == (0, "")


def test_before_the_cause_was_recorded_there_is_none() -> None:
    late = view_of_report(of_the_centre(as_of="2026-10-15"), CENTRE)["late"]
    assert [(row["id"], row["cause"], row["remedy"]) for row in late if row["is_missed"]] == [("MT03", "", "")]


def test_a_joint_report_names_all_who_issue_it_and_the_annexes_of_its_rows() -> None:
    late = Item(id="T", number="1", text=("Việc",), deadline="Quý I năm 2026")
    head = Head(type="KẾ HOẠCH", title=("Mục tiêu",), issuer_text=("SỞ NỘI VỤ", "SỞ Y TẾ"))
    annexes = tuple(Annex(number=no, title=(f"DANH MỤC {no}",), tasks=(late.replaced(id=no),)) for no in ("I", "II"))
    plan = plan_with(period=year(2026), head=head, annexes=annexes, cosigners=(Signatory(position=("GIÁM ĐỐC",)),))
    view = view_of_report(report_on([(plan, ())]), letter(""))
    assert view["head"]["issuer"] == "SỞ NỘI VỤ và SỞ Y TẾ"
    assert view["head"]["issuer_text"] == "SỞ NỘI VỤ\nSỞ Y TẾ"
    rows = view["plans"][0]["rows"]
    assert [row["text"] for row in rows if row["kind"] == "group"] == [
        "Phụ lục I. DANH MỤC I",
        "Phụ lục II. DANH MỤC II",
    ]


def test_headings_stand_once_above_what_they_gather() -> None:
    plan = view_of_report(of_the_centre(), CENTRE)["plans"][0]
    assert [(row["kind"], row["number"]) for row in plan["rows"]][:3] == [
        ("group", "3"),
        ("item", "3.2"),
        ("item", "5"),
    ]


def test_rows_of_a_plan_that_numbers_nothing_are_counted() -> None:
    def numbers(*given: str | None) -> list[str]:
        tasks = tuple(
            Item(id=f"T{at}", number=number, text=("Việc",), deadline="Quý I năm 2026", lead=("Phòng A",))
            for at, number in enumerate(given)
        )
        view = view_of_report(report_on([(plan_with(period=year(2026), tasks=tasks), ())]))
        return [row["number"] for row in view["plans"][0]["rows"]]

    assert numbers(None, None) == ["1", "2"]
    assert numbers("5", None) == ["5", ""]


def test_a_plan_of_another_agency_is_named_with_it_once() -> None:
    tasks = (Item(id="T", text=("Việc",), deadline="Quý I năm 2026", lead=("Phòng A",)),)
    titles = ("Công tác năm 2026", "Công tác năm 2026 của Sở Tư pháp")
    heads = [Head(issuer="STP", type="Kế hoạch", title=(title,)) for title in titles]
    plans = [(plan_with(head=head, period=year(2026), tasks=tasks), ()) for head in heads]
    names = [plan["name"] for plan in view_of_report(report_on(plans), letter("TGPL"))["plans"]]
    assert names == ["Kế hoạch công tác năm 2026 của Sở Tư pháp"] * 2


def test_totals_are_those_of_the_rows() -> None:
    view = view_of_report(of_the_centre(), CENTRE)
    for name, total in view["counts"].items():
        assert total == sum(plan["counts"][name] for plan in view["plans"])


def test_leads_have_no_dash_and_no_point() -> None:
    assert view_of_report(small(), letter("TGPL"))["late"][0]["lead"] == "Phòng A"


def test_all_values_are_plain() -> None:
    """Templates get no objects: what they could call, they will."""
    view = view_of_report(of_the_centre(), CENTRE)
    assert json.loads(json.dumps(view)) == view


def test_noncharacters_of_marks_are_not_typed() -> None:
    plan = plan_with(
        head=Head(issuer="TGPL", type="Kế hoạch", title=("A\ufdd0B",), symbol="KH-\ufdd2X"),
        period=year(2026),
        tasks=(Item(id="T", number="\ufdd3", text=("V\ufdd0",), deadline="Quý I năm 2026", lead=("\ufdd1L",)),),
    )
    assert not any(
        sign in json.dumps(view_of_report(report_on([(plan, ())]), letter("TGPL")), ensure_ascii=False)
        for sign in "\ufdd0\ufdd1\ufdd2\ufdd3"
    )
