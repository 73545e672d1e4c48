"""Deadlines given as fields rather than as a phrase."""

from __future__ import annotations

from datetime import date

from phrase_tables import FIVE, ONE
from qmsplan.diagnostics import UserError
from qmsplan.model.period import Period
from qmsplan.model.structured import DeadlineForm
from qmsplan.phrases.deadline import Deadline, DeadlineKind, EventTrigger
from qmsplan.phrases.deadline_parse import understand_deadline
from rows import each_row


def _understood(form: DeadlineForm, period: Period = ONE) -> Deadline:
    found = understand_deadline(form, period)
    assert isinstance(found, Deadline)
    return found


def test_a_day() -> None:
    found = _understood(DeadlineForm(text="Xong trước Tết", due=date(2026, 2, 16)))
    assert (found.kind, found.phrase) == (DeadlineKind.DATE, "Xong trước Tết")
    assert [occurrence.due for occurrence in found.occurrences] == [date(2026, 2, 16)]


@each_row(
    ("every", "count", "last", "over_five"),
    [("month", 12, "2026-12", 60), ("quarter", 4, "2026-Q4", 20), ("half", 2, "2026-H2", 10), ("year", 1, "2026", 5)],
)
def test_every_period(every: str, count: int, last: str, over_five: int) -> None:
    found = _understood(DeadlineForm(every=every))  # type: ignore[arg-type]
    assert (found.kind, found.phrase) == (DeadlineKind.RECURRING, "")
    assert len(found.occurrences) == count
    assert found.occurrences[-1].period.code == last
    assert all(occurrence.due == occurrence.period.end for occurrence in found.occurrences)
    assert len(_understood(DeadlineForm(every=every), FIVE).occurrences) == over_five  # type: ignore[arg-type]


def test_an_event() -> None:
    found = _understood(DeadlineForm(text="Sau khi họp", event="HOP"))
    assert (found.kind, found.event) == (DeadlineKind.EVENT, "HOP")
    assert [(o.period.code, o.due, o.trigger) for o in found.occurrences] == [("2026", None, EventTrigger("HOP"))]


@each_row(
    ("text", "days", "working"),
    [
        ("Trong 10 ngày làm việc sau khi giao ngân sách", 10, True),
        ("10 ngày sau khi họp", 10, False),
        ("Chậm nhất 5 ngày trước khi họp", -5, False),
        ("Quý III năm 2026", None, False),
    ],
)
def test_the_printed_words_give_the_days_after_an_event(text: str, days: int | None, *, working: bool) -> None:
    (occurrence,) = _understood(DeadlineForm(text=text, event="E")).occurrences
    assert occurrence.trigger == EventTrigger("E", days, working)


def test_all_the_time() -> None:
    found = _understood(DeadlineForm(continuous=True))
    assert found.kind is DeadlineKind.CONTINUOUS
    assert [(o.period.code, o.due) for o in found.occurrences] == [(f"2026-Q{n}", None) for n in (1, 2, 3, 4)]
    assert all(occurrence.is_continuous for occurrence in found.occurrences)


def test_all_the_time_of_a_plan_shorter_than_a_quarter() -> None:
    from qmsplan.model.period import months

    found = _understood(DeadlineForm(continuous=True), months(2026, 2, 2))
    assert [o.period.code for o in found.occurrences] == ["2026-02"]


@each_row(
    "form",
    [
        DeadlineForm(),
        DeadlineForm(text="Quý I năm 2026"),
        DeadlineForm(due=date(2026, 1, 1), every="month"),
        DeadlineForm(event="E", continuous=True),
        DeadlineForm(due=date(2026, 1, 1), every="year", event="E", continuous=True),
    ],
)
def test_exactly_one_way_of_being_due(form: DeadlineForm) -> None:
    fault = understand_deadline(form, ONE)
    assert isinstance(fault, UserError)
    assert fault.message.template == "a structured deadline needs exactly one of due, every, event and continuous"
    assert fault.hint is not None


def test_what_never_falls_into_the_plan_says_so() -> None:
    from qmsplan.model.period import quarter

    fault = understand_deadline(DeadlineForm(every="year"), quarter(2026, 3))
    assert isinstance(fault, UserError)
    assert fault.message.template == "no such period lies inside the plan's period"
