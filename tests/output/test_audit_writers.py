"""An audit as text and as JSON: layout in narrow and wide windows, no control characters, the same facts in both."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from qmsplan.audit.values import AgencyAudit, Audit, ObjectiveAudit, Spot, Verdict, as_typed, line_of
from qmsplan.diagnostics import Message, Translator
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Item
from qmsplan.model.standards import load_standard
from qmsplan.output.audit import AuditView, audit_json, write_audit
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.verdict import Attainment
from qmsplan.rules.findings import Location
from rows import each_row

POINTS = load_standard("iso9001-2015").by_name
EVIL = "Chỉ tiêu \x1b[31mđỏ\u202e\n::error::x"


def spot(field: str, text: str = "lời", line: int = 7) -> Spot:
    return Spot(field, as_typed(text), Location("plans/kế hoạch.yaml", (field,)), line)


def found(text: str = "lời", value: Decimal | None = None) -> Audit:
    item = Item(id="MT01", text=(text,))
    node = Node(("objectives", 0), "objective", item, None, is_leaf=True, deadline=None, targets=(), lead=())
    lines = (
        line_of(POINTS["measurable"], spot("target", text)),
        line_of(POINTS["doing"], missing=(Message("neither measures nor tasks"),)),
        line_of(POINTS["relevant"], spot("text", text), verdict=Verdict.TO_JUDGE),
        line_of(POINTS["measured"], spot("readings", "2026-Q1: 9/9"), evidence=(text, text)),
    )
    period = parse_period("2026")
    measured = Measurement(period, Attainment.ATTAINED, value, 9, 9) if value is not None else None
    objective = ObjectiveAudit("KH", node, spot("id"), (measured,) if measured else (), lines)
    due = Message("'{id}' was due on {due} and is not recorded as done", id="NV5", due=date(2026, 9, 30))
    shared = (
        line_of(POINTS["audit"], spot("deadline"), missing=(due,)),
        line_of(POINTS["review"], verdict=Verdict.OPEN, remark=Message("due on {due}", due=(date(2026, 12, 31),))),
    )
    agency = AgencyAudit("TGPL", "Trung tâm", period, "TCVN ISO 9001:2015", ("KH",), shared, (objective,))
    return Audit(date(2026, 11, 21), (agency,))


def written(audit: Audit, language: str = "en", width: int = 100, *, colours: bool = False) -> str:
    return write_audit(audit, AuditView(Translator(language), width, colours))


def shape(text: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(text)
    return value


def test_a_line_is_one_line_with_its_place() -> None:
    lines = written(found()).splitlines()
    assert "  ○ 6.2.1 b  Has a target to hold results against: on record" in lines
    assert "             target plans/kế hoạch.yaml:7  lời" in lines
    assert "  ✗ 6.2.2 a  The measures and tasks: missing" in lines
    assert "             missing: neither measures nor tasks" in lines
    assert "2 on record · 2 missing · 1 not applicable yet · 1 needs review" in lines
    assert "  KH/MT01, 6.2.2 a: neither measures nor tasks" in lines
    judged = "  6.2.1 d Relevant to conformity of services and customer satisfaction: KH/MT01"
    assert lines[-2:] == ["What a person has to judge", judged]


def test_days_are_written_as_the_language_does() -> None:
    assert "'NV5' was due on 2026-09-30 and" in written(found())
    assert "'NV5' đến hạn ngày 30/9/2026" in written(found(), "vi")
    assert "đến hạn ngày 31/12/2026" in written(found(), "vi")


@each_row("width", [60, 80, 100, 120, 200])
@each_row("language", ["vi", "en"])
def test_no_line_is_wider_than_the_window(width: int, language: str) -> None:
    text = written(found("một câu rất dài " * 40), language, width)
    assert max(map(len, text.splitlines())) <= width
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_a_narrow_window_has_the_words_below_the_place() -> None:
    lines = written(found("x" * 90), width=60).splitlines()
    place = lines.index("             target plans/kế hoạch.yaml:7")
    assert lines[place + 1].strip() == "x" * 46 + "…"


def test_a_result_is_told_with_its_cases() -> None:
    from decimal import Decimal

    assert "  Result: 100% (9/9), attained" in written(found(value=Decimal(100)))
    assert "Result" not in written(found())


def test_colours_are_only_where_they_are_wished() -> None:
    assert "\x1b[" not in written(found())
    assert "\x1b[" in written(found(), colours=True)


def test_text_of_a_plan_is_only_text() -> None:
    text = written(found(EVIL))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\x1b" not in audit_json(found(EVIL), Translator("en"))
    assert shape(audit_json(found(EVIL), Translator("en")))["agencies"][0]["objectives"][0]["points"][0]["answers"] == [
        {"field": "target", "file": "plans/kế hoạch.yaml", "line": 7, "text": EVIL}
    ]


def test_the_json_has_the_shape_that_the_docs_tell() -> None:
    value = shape(audit_json(found(), Translator("vi")))
    assert (value["version"], value["as_of"]) == (2, "2026-11-21")
    assert value["totals"] == {"recorded": 2, "missing": 2, "open": 1, "to_judge": 1}
    (agency,) = value["agencies"]
    assert list(agency) == ["issuer", "name", "period", "standard", "plans", "points", "objectives"]
    assert agency["points"][1] == {
        "clause": "9.3",
        "point": "review",
        "title": "Cuộc họp xem xét của lãnh đạo",
        "verdict": "open",
        "answers": [],
        "evidence": [],
        "missing": [],
        "remark": "đến hạn ngày 31/12/2026",
    }
    (objective,) = agency["objectives"]
    assert list(objective) == ["plan", "item", "text", "file", "line", "measurements", "points"]
    assert objective["points"][3]["evidence"] == ["lời"]


def test_nothing_to_audit_is_no_fault() -> None:
    assert written(Audit(date(2026, 1, 1), ())) == "\n"
    assert shape(audit_json(Audit(date(2026, 1, 1), ()), Translator("en")))["agencies"] == []
