"""What an agency settles about its deadlines: whether `trước` includes the day, and how long after an event."""

from __future__ import annotations

from datetime import date

import pytest

from phrase_tables import FIVE, ONE
from qmsplan.diagnostics import UserError
from qmsplan.load.pydantic_errors import build
from qmsplan.model.plan import Plan
from qmsplan.model.settings import CONVENTIONS, Conventions, Settings
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.item_tree import outline
from rows import each_row

STRICT = Conventions(before="strict")


def _dues(text: str, conventions: Conventions) -> list[str]:
    found = understand_deadline(text, ONE, conventions)
    assert isinstance(found, Deadline)
    return [str(occurrence.due) for occurrence in found.occurrences]


@each_row(
    ("text", "inclusive", "strict"),
    [
        ("Trước 30/6/2026", "2026-06-30", "2026-06-29"),
        ("Trước ngày 01/3/2026", "2026-03-01", "2026-02-28"),
        ("Xong trước 30/6", "2026-06-30", "2026-06-29"),
        ("trước ngày 30/11 hàng năm", "2026-11-30", "2026-11-29"),
        ("Hàng năm, trước ngày 30/11", "2026-11-30", "2026-11-29"),
        ("Trước ngày 15/01 năm sau", "2027-01-15", "2027-01-14"),
        # those that say the same in both
        ("Chậm nhất 30/6/2026", "2026-06-30", "2026-06-30"),
        ("Đến hết ngày 30/6/2026", "2026-06-30", "2026-06-30"),
        ("30/6/2026", "2026-06-30", "2026-06-30"),
        ("trước quý III/2026", "2026-06-30", "2026-06-30"),
        ("trước tháng 6/2026", "2026-05-31", "2026-05-31"),
        ("trước hết quý II/2026", "2026-06-30", "2026-06-30"),
    ],
)
def test_before_a_day(text: str, inclusive: str, strict: str) -> None:
    assert _dues(text, CONVENTIONS) == [inclusive]
    assert _dues(text, STRICT) == [strict]


def test_before_a_day_of_every_month() -> None:
    assert _dues("trước ngày 05 tháng kế tiếp", STRICT)[0] == "2026-02-04"
    assert _dues("trước ngày 25 hàng tháng", STRICT)[-1] == "2026-12-24"


def test_an_outline_reads_deadlines_by_the_conventions() -> None:
    task = {"id": "T", "text": "T", "deadline": "Trước 30/6/2026"}
    tree = {"kind": "plan", "id": "P", "template": "t", "period": "2026", "head": {"type": "KẾ HOẠCH"}, "tasks": [task]}
    plan = build(Plan, tree)
    for conventions, day in ((CONVENTIONS, date(2026, 6, 30)), (STRICT, date(2026, 6, 29))):
        deadline = outline(plan, conventions)[0].deadline
        assert isinstance(deadline, Deadline)
        assert deadline.occurrences[0].due == day
    assert outline(plan) == outline(plan, CONVENTIONS)


def test_the_settings_of_a_workspace() -> None:
    assert build(Settings, {"kind": "workspace"}).deadlines == CONVENTIONS
    tree = {"before": "strict", "after_event_days": "30", "at_once_days": "3"}
    found = build(Settings, {"kind": "workspace", "deadlines": tree}).deadlines
    assert found == Conventions(before="strict", after_event_days=30, at_once_days=3)


@each_row("days", ["367", "-1", "1.000", "x", "999999999999"])
def test_days_that_no_convention_has(days: str) -> None:
    with pytest.raises(UserError):
        build(Settings, {"kind": "workspace", "deadlines": {"after_event_days": days}})


def test_other_conventions_are_another_deadline() -> None:
    """The same phrase over the same plan is another deadline by other conventions."""
    assert understand_deadline("Trước 30/6/2026", FIVE) == understand_deadline("Trước 30/6/2026", FIVE, Conventions())
    assert understand_deadline("Trước 30/6/2026", FIVE) != understand_deadline("Trước 30/6/2026", FIVE, STRICT)
