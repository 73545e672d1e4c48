"""The input to the management review and the programme of the internal audit, from small workspaces to their values."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from audited import SETTINGS, audited, head, items, objective, progress, reading

from qmsplan.audit.values import AgencyAudit
from qmsplan.documents.audit_view import AuditPaper, programme_view, render_paper, review_view
from qmsplan.documents.profile import load_profile
from qmsplan.documents.template import PROGRAMME, REVIEW, own_template
from qmsplan.documents.word_base import open_base
from qmsplan.model.settings import Unit
from qmsplan.phrases.people import Register

TASK = {"id": "NV5", "text": "Đánh giá nội bộ", "lead": "HCTH", "deadline": "Quý III năm 2026", "clauses": "9.2"}
READINGS = (reading(), reading(period="2026-Q2", numerator="90", recorded="2026-07-14"))
ACTION = {"item": "MT01", "period": "2026-Q2", "cause": "Thiếu người", "action": "Bố trí thêm", "due": "2026-12-31"}
FOUND = {"item": "NV5", "period": "2026-Q3", "clause": "9.1.1", "unit": "NV", "finding": "Chưa lưu phiếu"}
DAY = {"recorded": "2026-09-20"}


def agency(root: Path, standard: str = "iso9001-2015") -> AgencyAudit:
    plan = objective().replace("iso9001-2015", standard) + items("tasks", TASK)
    records = (
        progress("readings", *READINGS)
        + items("corrective_actions", ACTION | DAY)
        + items("audit", FOUND | DAY | {"correction": "Lưu bổ sung"})
    )
    (found,) = audited(root, plan, records).agencies
    return found


def paper(template: str, found: AgencyAudit) -> AuditPaper:
    base = open_base(load_profile("nd30-2020"))
    return AuditPaper(found.progress[0].as_of, Register(SETTINGS.units), own_template(template), base)


def review(root: Path, standard: str = "iso9001-2015") -> dict[str, Any]:
    found = agency(root, standard)
    return review_view(found, paper(REVIEW, found))


def test_what_the_review_is_given(tmp_path: Path) -> None:
    values = review(tmp_path)
    (row,) = values["objectives"]
    assert row["periods"] == "Quý I: 99/100 (99%), đạt\nQuý II: 90/100 (90%), chưa đạt\nQuý III: chưa có số liệu"
    assert row["result"] == "189/200 (94,5%), đang thực hiện; chưa có số liệu quý III/2026"
    assert row["target"] == ">98%"
    # what the audit found at a unit says nothing of why the audit itself is late
    assert values["unanswered"] == ["01 lượt nhiệm vụ quá hạn chưa có hành động khắc phục"]
    assert row["is_satisfaction"]
    assert [late["days"] for late in values["late"]] == ["52\u00a0ngày"]
    assert [(action["about"], action["action"], action["state"]) for action in values["actions"]] == [
        ("Mục tiêu MT01, quý II năm 2026", "Bố trí thêm", "đang thực hiện"),
        ("Đánh giá nội bộ, 9.1.1, Phòng Nghiệp vụ: Chưa lưu phiếu", "Xử lý ngay: Lưu bổ sung", "chưa có biện pháp"),
    ]
    assert values["audit_missing"] == ["'Đánh giá nội bộ' đến hạn ngày 30/9/2026 mà chưa ghi hoàn thành"]
    assert [late["lead"] for late in values["late"]] == ["Phòng Hành chính"]
    assert (values["place"], values["year"], values["plans"]) == ("", 2026, "KH")


def test_a_clause_is_no_item_whose_id_is_alike(tmp_path: Path) -> None:
    plan = objective() + items("tasks", TASK | {"id": "9.2", "text": "Tập huấn", "clauses": "7.2"})
    (found,) = audited(tmp_path, plan).agencies
    assert review_view(found, paper(REVIEW, found))["audit_missing"] == ["Chưa có mục nào ghi 'clauses: 9.2'"]


def test_running_totals_are_told_as_such_and_the_day_of_the_paper_is_in_its_own_year(tmp_path: Path) -> None:
    limit = objective(target="không quá 3 vụ")
    read = [
        reading(numerator="", denominator="", value=value, period=f"2026-Q{quarter}", recorded=day)
        for quarter, value, day in ((1, "1", "2026-04-02"), (2, "0", "2026-07-02"), (3, "2", "2026-10-02"))
    ]
    (found,) = audited(tmp_path, limit, progress("readings", *read), as_of="2027-01-15").agencies
    values = review_view(found, paper(REVIEW, found))
    assert values["objectives"][0]["periods"].replace("\xa0", " ").split("\n")[:3] == [
        "Quý I: 1 vụ, trong mức cho phép",
        "Quý II (lũy kế): 1 vụ, trong mức cho phép",
        "Quý III (lũy kế): 3 vụ, trong mức cho phép",
    ]
    assert values["year"] == 2027


def test_a_figure_of_a_half_year_is_none_of_its_quarters(tmp_path: Path) -> None:
    score = objective(target="≥ 4,2 điểm", frequency="half-year")
    read = [
        reading(numerator="", denominator="", value=value, period=f"2026-H{half}", recorded=day)
        for half, value, day in ((1, "4.1", "2026-07-02"), (2, "4.3", "2027-01-04"))
    ]
    (found,) = audited(tmp_path, score, progress("readings", *read), as_of="2027-01-15").agencies
    (row,) = review_view(found, paper(REVIEW, found))["objectives"]
    assert row["periods"].replace("\xa0", " ").split("\n") == [
        "6 tháng đầu năm: 4,1 điểm, chưa đạt",
        "6 tháng cuối năm: 4,3 điểm, đạt",
    ]


def test_a_miss_about_which_nothing_is_done_is_told(tmp_path: Path) -> None:
    plan = objective(target='[">98%", "12 vụ"]') + items("tasks", TASK | {"deadline": "Quý II năm 2026"})
    readings = *READINGS, reading(numerator="", denominator="", value="5", target="2")
    (found,) = audited(tmp_path, plan, progress("readings", *readings), as_of="2026-08-01").agencies
    values = review_view(found, paper(REVIEW, found))
    assert values["unanswered"] == [
        "01 mục tiêu chưa đạt chưa có hành động khắc phục",
        "Chưa ghi hành động khắc phục cho quý II năm 2026 (mục tiêu MT01)",
        "01 lượt nhiệm vụ quá hạn chưa có hành động khắc phục",
    ]
    (row,) = values["objectives"]
    assert "(2) 5/12\u00a0vụ (41,67%)" in row["periods"].partition("Quý II:")[0], "each target with its unit"
    assert "Quý IV" not in row["periods"], "nothing is recorded for it, and its time is not over"


@pytest.mark.parametrize(("standard", "clause"), [("iso9001-2015", "9.3.2 f"), ("iso9001-2026", "9.3.2")])
def test_letters_stand_only_where_they_are_established(standard: str, clause: str, tmp_path: Path) -> None:
    assert review(tmp_path, standard)["clauses"][-1] == clause


def test_the_decisions_are_left_to_the_leaders(tmp_path: Path) -> None:
    found = agency(tmp_path)
    document = docx.Document(io.BytesIO(render_paper(found, paper(REVIEW, found))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "VII. QUYẾT ĐỊNH CỦA LÃNH ĐẠO (9.3.3)" in texts
    decisions = next(
        table for table in document.tables if len(table.columns) > 1 and table.rows[0].cells[1].text == "Quyết định"
    )
    assert {cell.text for row in decisions.rows[1:] for cell in row.cells[1:]} == {""}


def test_units_are_asked_about_what_they_lead(tmp_path: Path) -> None:
    found = agency(tmp_path)
    values = programme_view(found, paper(PROGRAMME, found))
    units = {unit["name"]: unit for unit in values["units"]}
    assert list(units) == ["Trung tâm", "Phòng Nghiệp vụ", "Phòng Hành chính"]
    assert all(name.startswith("kế hoạch ") for name in values["scope"].split(", ")), "none is signed"
    assert units["Trung tâm"]["clauses"] == "6.2.1, 9.2, 9.3"
    assert units["Phòng Nghiệp vụ"]["clauses"] == "6.2.1, 6.2.2, 9.1, 9.1.1, 9.1.3, 10.2"
    assert units["Phòng Hành chính"]["questions"][0] == {
        "clause": "6.2.1 e",
        "text": "Được theo dõi trong kỳ",
        "about": "nhiệm vụ NV5",
    }
    document = docx.Document(io.BytesIO(render_paper(found, paper(PROGRAMME, found))))
    assert document.tables[-1].rows[1].cells[0].text == "Trung tâm"


def test_in_the_place_of_a_unit_that_ended_its_successor_is_asked(tmp_path: Path) -> None:
    heir = Unit(code="KT", name="Phòng Kỹ thuật", parent="TGPL")
    ended = {"until": date(2025, 6, 30), "succeeded_by": ("KT",)}
    units = [one.replaced(**ended) if one.code == "NV" else one for one in SETTINGS.units]
    settings = SETTINGS.replaced(units=(*units, heir))
    (found,) = audited(tmp_path, objective(), settings=settings).agencies
    asked = programme_view(found, paper(PROGRAMME, found)._replace(register=Register(settings.units)))["units"]
    assert [unit["name"] for unit in asked] == ["Trung tâm", "Phòng Kỹ thuật"]


def test_an_agency_without_a_register_entry_is_asked_itself(tmp_path: Path) -> None:
    plan = head(issuer="Ban Khác") + items("objectives", {"id": "A", "text": "a", "target": '">98%"'})
    (found,) = audited(tmp_path, plan).agencies
    (unit,) = programme_view(found, paper(PROGRAMME, found))["units"]
    assert (unit["name"], unit["questions"][1]["about"]) == ("Ban Khác", "A")
