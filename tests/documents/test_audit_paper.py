"""The auditor's working paper: its values, its blocks, and that it is the same file each time."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
from document_support import BASE, plan_with

from qmsplan.audit.values import AgencyAudit, ObjectiveAudit, Spot, Verdict, line_of
from qmsplan.diagnostics import Message
from qmsplan.documents.audit_view import VERDICTS, AuditPaper, audit_view, head_of, render_paper
from qmsplan.documents.template import AUDIT, own_template, template_names
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Head, Item
from qmsplan.model.settings import Unit
from qmsplan.model.standards import load_standard
from qmsplan.model.text import PeriodWords
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.verdict import Attainment
from qmsplan.rules.findings import Location
from rows import each_row

POINTS = load_standard("iso9001-2015").by_name
REGISTER = Register((Unit(code="STP", name="Sở Tư pháp"), Unit(code="TGPL", name="Trung tâm", parent="STP")))
DAY = date(2026, 11, 5)


def agency(text: str = "Hài lòng >98%", period: str = "2026", *, is_missing: bool = True) -> AgencyAudit:
    item = Item(id="MT01", number="01", text=(text,))
    node = Node(("objectives", 0), "objective", item, None, is_leaf=True, deadline=None, targets=(), lead=())
    spot = Spot("target", text, Location("plans/tgpl/a.yaml", ("objectives", 0, "target")), 7)
    due = Message("'{id}' was due on {due} and is not recorded as done", id="NV5", due=date(2026, 2, 3))
    measured = Measurement(parse_period("2026"), Attainment.MISSED, Decimal("98.9899"), 98, 99)
    lines = (
        line_of(POINTS["measurable"], spot),
        line_of(POINTS["measured"], evidence=("Báo cáo số 1", "../evidence/so-lieu.csv")),
    )
    objective = ObjectiveAudit("KH", node, spot, (measured,), lines)
    shared = line_of(POINTS["audit"], missing=(due,) if is_missing else ())
    return AgencyAudit(
        "TGPL", "Trung tâm", parse_period(period), "TCVN ISO 9001:2015", ("KH",), (shared,), (objective,)
    )


def paper(unit: str = "") -> AuditPaper:
    return AuditPaper(DAY, REGISTER, own_template(AUDIT), BASE, unit)


def view(given: AgencyAudit) -> dict[str, Any]:
    return audit_view(given, paper())


def opened(given: AgencyAudit, unit: str = "") -> Any:
    return docx.Document(io.BytesIO(render_paper(given, paper(unit))))


def test_the_values() -> None:
    values = view(agency())
    assert [values[name] for name in ("issuer", "parent", "unit", "year", "as_of")] == [
        "Trung tâm",
        "Sở Tư pháp",
        "Trung tâm",
        2026,
        "05/11/2026",
    ]
    assert values["counts"] == {"recorded": 1, "missing": 1, "open": 1, "to_judge": 0}
    (objective,) = values["objectives"]
    assert objective["result"] == "98/99 (98,99%), chưa đạt"
    due = "'NV5' đến hạn ngày 03/02/2026 mà chưa ghi hoàn thành"
    assert values["missing"] == [{"clause": "9.2", "text": due, "owners": ""}]
    measurable, measured, audit = values["points"]
    assert [point["clause"] for point in values["points"]] == ["6.2.1 b", "9.1", "9.2"]
    assert measurable["verdicts"] == "Có ghi: mục tiêu 01"
    assert measured["evidence"] == "Báo cáo số 1; so-lieu.csv"
    assert audit["is_missing"]


def test_all_who_lead_are_named() -> None:
    given = agency()
    node = given.objectives[0].node._replace(lead=("TGPL", "Tổ công tác liên ngành"))
    values = view(given._replace(objectives=(given.objectives[0]._replace(node=node),)))
    assert values["objectives"][0]["lead"] == "Trung tâm; Tổ công tác liên ngành"


def test_a_point_lacks_something_if_one_objective_does() -> None:
    given = agency()
    (one,) = given.objectives
    lacking = line_of(POINTS["measured"], missing=(Message("no readings"),))
    values = view(given._replace(objectives=(one, one._replace(lines=(one.lines[0], lacking)))))
    points = {point["clause"]: point["is_missing"] for point in values["points"]}
    assert points == {"6.2.1 b": False, "9.1": True, "9.2": True}


@each_row(("period", "words"), [("2026", "năm 2026"), ("2026-2030", "giai đoạn 2026 - 2030")])
def test_the_title_names_the_period(period: str, words: str) -> None:
    assert str(view(agency(period=period))["title"]).endswith(words)


def test_what_all_objectives_share_is_told_once() -> None:
    given = agency()
    (one,) = given.objectives
    trend = line_of(
        POINTS["trend"],
        verdict=Verdict.TO_JUDGE,
        remark=Message("in {period} worse than the period before", period=PeriodWords(parse_period("2026-Q3"))),
    )
    several = [one._replace(node=one.node._replace(item=Item(id=f"MT0{n}")), lines=(trend,)) for n in (1, 2, 3)]
    several[2] = several[2]._replace(lines=(trend._replace(remark=None, verdict=Verdict.OPEN),))
    (point,) = view(given._replace(lines=(), objectives=tuple(several)))["points"]
    assert point["verdicts"] == "Cần xem xét: mục tiêu MT01, MT02\nChưa phát sinh: mục tiêu MT03"
    assert point["remarks"] == "Quý III năm 2026 kém hơn kỳ trước (MT01, MT02)"
    (point,) = view(given._replace(lines=(), objectives=tuple(several[:2])))["points"]
    assert point["verdicts"] == "Cần xem xét: cả 02 mục tiêu"
    assert point["remarks"] == "Quý III năm 2026 kém hơn kỳ trước"


def test_an_agency_that_is_not_registered_has_no_parent() -> None:
    assert view(agency()._replace(issuer="a.yaml", name=""))["parent"] == ""


def test_an_agency_that_is_typed_keeps_the_one_above_it_and_is_named_as_registered() -> None:
    head = Head(type="KẾ HOẠCH", issuer_text=("TRUNG TÂM",), parent_text=("SỞ Y TẾ",))
    plan: Any = SimpleNamespace(plan=plan_with(head=head))
    shown = head_of(agency()._replace(issuer="TRUNG TÂM", name="TRUNG TÂM", progress=(plan,)), paper())
    assert (shown["issuer"], shown["parent"], shown["unit"]) == ("Trung tâm", "SỞ Y TẾ", "Trung tâm")


def test_every_verdict_has_its_words_and_none_claims_that_a_clause_is_met() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert not any("đáp ứng" in word.lower() for word in VERDICTS.values())


def test_the_paper() -> None:
    document = opened(agency())
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "PHIẾU GHI CHÉP ĐÁNH GIÁ NỘI BỘ" in [text.upper() for text in texts]
    assert "I. NỘI DUNG CÒN THIẾU" in texts
    assert "IV. NHẬN XÉT, KIẾN NGHỊ CỦA NGƯỜI ĐÁNH GIÁ" in texts
    form, gaps, objectives, points = document.tables[1:5]
    assert [cell.text for row in form.rows[:3] for cell in row.cells] == [
        "Mã số biểu mẫu:",
        "Ngày đánh giá:",
        "Đơn vị được đánh giá: Trung tâm",
        "Người được gặp:",
        "Chuẩn mực: TCVN ISO 9001:2015",
        "Người đánh giá:",
    ]
    assert gaps.rows[1].cells[1].text == "'NV5' đến hạn ngày 03/02/2026 mà chưa ghi hoàn thành"
    assert objectives.rows[1].cells[3].text == "98/99 (98,99%), chưa đạt"
    assert [cell.text for cell in points.rows[1].cells] == [
        "6.2.1 b",
        "Có chỉ tiêu để đối chiếu kết quả",
        "Có ghi: mục tiêu 01",
        "",
    ]


def test_the_unit_that_is_audited_is_named() -> None:
    form = opened(agency(), "Phòng Nghiệp vụ").tables[1]
    assert form.rows[1].cells[0].text == "Đơn vị được đánh giá: Phòng Nghiệp vụ"


def test_where_nothing_is_missing_nothing_is_listed() -> None:
    texts = [paragraph.text for paragraph in opened(agency(is_missing=False)).paragraphs]
    assert "II. NỘI DUNG ĐÁNH GIÁ" in texts
    assert not any("CÒN THIẾU" in text for text in texts)


def test_the_same_audit_is_the_same_file() -> None:
    first, second = (render_paper(agency(), paper()) for _ in range(2))
    assert first == second


def test_words_of_a_plan_are_no_markup() -> None:
    document = opened(agency("<cell> & {{ 7 * 7 }} {% raise %}"))
    assert any("<cell> & {{ 7 * 7 }} {% raise %}" in cell.text for table in document.tables for cell in table._cells)


def test_it_is_no_template_for_plans(tmp_path: Path) -> None:
    assert AUDIT not in template_names()
    own = tmp_path / AUDIT / "body.xml.j2"
    own.parent.mkdir()
    own.write_text("<document><section/></document>", "utf-8")
    assert own_template(AUDIT, tmp_path).source == "<document><section/></document>"
    assert AUDIT not in template_names(tmp_path)
