"""The auditor's working paper: its values, its blocks, and that it is the same file each time."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import docx
import pytest
from document_support import BASE

from qmsplan.audit.objective import LOOKS as OBJECTIVE
from qmsplan.audit.values import AgencyAudit, ObjectiveAudit, Spot, Verdict, line_of
from qmsplan.diagnostics import Message
from qmsplan.documents.audit_view import FIELDS, VERDICTS, audit_view, render_audit
from qmsplan.documents.template import AUDIT, own_template, template_names
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Item
from qmsplan.model.register import Unit
from qmsplan.model.standards import load_standard
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.measurement import Attainment, Measurement
from qmsplan.rules.base import Location

if TYPE_CHECKING:
    from pathlib import Path

POINTS = load_standard("iso9001-2015").by_name
REGISTER = Register((Unit(code="STP", name="Sở Tư pháp"), Unit(code="TGPL", name="Trung tâm", parent="STP")))
DAY = date(2026, 11, 5)
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


def agency(text: str = "Hài lòng >98%", period: str = "2026", *, is_missing: bool = True) -> AgencyAudit:
    item = Item(id="MT01", number="01", text=(text,))
    node = Node(("objectives", 0), "objective", item, None, is_leaf=True, deadline=None, targets=(), lead=())
    spot = Spot("target", text, Location("plans/tgpl/a.yaml", ("objectives", 0, "target")), 7)
    due = Message("'{id}' was due on {due} and is not recorded as done", id="NV5", due="2026-02-03")
    measured = Measurement(parse_period("2026"), Attainment.MISSED, Decimal("98.9999"), 98, 99)
    lines = (
        line_of(POINTS["measurable"], spot),
        line_of(POINTS["measured"], evidence=("Báo cáo số 1", "Báo cáo số 2")),
    )
    objective = ObjectiveAudit("KH", node, spot, (measured,), lines)
    shared = line_of(POINTS["audit"], missing=(due,) if is_missing else ())
    return AgencyAudit(
        "TGPL", "Trung tâm", parse_period(period), "TCVN ISO 9001:2015", ("KH",), (shared,), (objective,)
    )


def view(given: AgencyAudit) -> dict[str, Any]:
    return audit_view(given, DAY, REGISTER)


def opened(given: AgencyAudit) -> Any:
    return docx.Document(io.BytesIO(render_audit(given, DAY, REGISTER, own_template(AUDIT), BASE, STAMP)))


def test_the_values() -> None:
    values = view(agency())
    assert (values["issuer"], values["parent"], values["year"], values["as_of"]) == (
        "Trung tâm",
        "Sở Tư pháp",
        2026,
        "05/11/2026",
    )
    assert values["counts"] == {"answered": 1, "missing": 1, "open": 1, "to_judge": 0}
    (objective,) = values["objectives"]
    assert objective["result"] == "98,99% (98/99), chưa đạt"
    assert objective["lines"][0]["answers"] == "Chỉ tiêu: Hài lòng >98% (a.yaml:7)"
    assert objective["lines"][1]["evidence"] == "- Báo cáo số 1\n- Báo cáo số 2"
    assert values["lines"][0]["remarks"] == "'NV5' đến hạn ngày 03/02/2026 mà chưa ghi hoàn thành"


@pytest.mark.parametrize(("period", "words"), [("2026", "năm 2026"), ("2026-2030", "giai đoạn 2026 - 2030")])
def test_the_title_names_the_period(period: str, words: str) -> None:
    assert str(view(agency(period=period))["title"]).endswith(words)


def test_long_texts_are_cut() -> None:
    (line, _) = view(agency("chữ " * 200))["objectives"][0]["lines"]
    assert line["answers"].endswith("… (a.yaml:7)")
    assert len(line["answers"]) < 150


def test_an_agency_that_is_not_registered_has_no_parent() -> None:
    assert view(agency()._replace(issuer="a.yaml", name=""))["parent"] == ""


def test_every_verdict_has_its_words() -> None:
    assert set(VERDICTS) == set(Verdict)


@pytest.mark.parametrize("edition", ["iso9001-2015", "iso9001-2026"])
def test_every_field_that_answers_has_a_name(edition: str) -> None:
    named = {name for point in load_standard(edition).points if point.name in OBJECTIVE for name in point.fields}
    assert named - {"history", "tasks", "activities"} <= set(FIELDS)  # tasks are told by their texts


def test_the_paper() -> None:
    document = opened(agency())
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "PHIẾU GHI CHÉP ĐÁNH GIÁ NỘI BỘ" in [text.upper() for text in texts]
    assert "I. NỘI DUNG CÒN THIẾU" in texts
    assert "III. NHẬN XÉT, KIẾN NGHỊ CỦA NGƯỜI ĐÁNH GIÁ" in texts
    gaps, points = [table for table in document.tables if table.rows[0].cells[0].text == "Điều khoản"]
    assert [cell.text for cell in gaps.rows[1].cells] == [
        "9.2",
        "Các kế hoạch",
        "'NV5' đến hạn ngày 03/02/2026 mà chưa ghi hoàn thành",
    ]
    assert points.rows[3].cells[0].text == "Mục tiêu 01. Hài lòng >98% (KH). Kết quả: 98,99% (98/99), chưa đạt."
    assert points.rows[4].cells[4].text.strip() == "Đáp ứng"


def test_where_nothing_is_missing_nothing_is_listed() -> None:
    texts = [paragraph.text for paragraph in opened(agency(is_missing=False)).paragraphs]
    assert "I. NỘI DUNG XEM XÉT" in texts
    assert not any("CÒN THIẾU" in text for text in texts)


def test_the_same_audit_is_the_same_file() -> None:
    first, second = (render_audit(agency(), DAY, REGISTER, own_template(AUDIT), BASE, STAMP) for _ in range(2))
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
