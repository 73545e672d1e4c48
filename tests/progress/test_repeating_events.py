"""What is asked for anew with every happening of an event, and what several kinds of deadlines in one cell become."""

from __future__ import annotations

import pytest
from progress_samples import completion, day, item_of, plan_of, progress_of, records, shown, task

from qmsplan.model.progress import Progress
from qmsplan.progress.occurrences import OccurrenceState

EVENTS = [{"id": "NS", "text": "có thay đổi về nhân sự\nthay đổi nhân sự"}]
WHENEVER = "Khi có thay đổi về nhân sự"


def _found(
    deadline: str, as_of: str, *files: Progress, period: str = "2026", **fields: object
) -> list[OccurrenceState]:
    plan = plan_of(period, tasks=[task("T", deadline)], events=EVENTS, **fields)
    return list(item_of(progress_of(plan, as_of, *files), "T").occurrences)


def _happened(*days: str) -> Progress:
    return records(events=[{"event": "NS", "date": text} for text in days])


def _done(*entries: tuple[str, str | None]) -> Progress:
    return records(completions=[completion("T", done, period) for done, period in entries])


def test_it_waits_as_long_as_nothing_has_happened() -> None:
    (found,) = _found(WHENEVER, "2026-12-31")
    assert (found.state, found.due, found.since) == ("waiting", None, day("2026-01-01"))


def test_each_happening_is_due_by_itself() -> None:
    found = _found(WHENEVER, "2026-12-01", _happened("2026-02-01", "2026-05-01"))
    assert shown(found) == ["due", "due"]
    assert [entry.occurrence.period.code for entry in found] == ["2026-02-01", "2026-05-01"]
    assert [str(entry.due) for entry in found] == ["2026-12-31", "2026-12-31"]


@pytest.mark.parametrize("deadline", [WHENEVER, "Mỗi khi thay đổi nhân sự", "khi có thay đổi về nhân sự."])
def test_any_wording_of_the_event_wakes_it(deadline: str) -> None:
    assert shown(_found(deadline, "2026-12-01", _happened("2026-02-01"))) == ["due"]


def test_completions_deal_with_happenings_in_order_of_time() -> None:
    files = (_happened("2026-02-01", "2026-05-01", "2026-08-01"), _done(("2026-03-01", None), ("2026-06-01", None)))
    assert shown(_found(WHENEVER, "2027-01-10", *files)) == ["done", "done", "overdue +10"]


def test_a_completion_may_name_the_time_of_its_happening() -> None:
    files = (_happened("2026-02-01", "2026-05-01"), _done(("2026-06-01", "2026-Q2")))
    assert shown(_found(WHENEVER, "2026-12-01", *files)) == ["due", "done"]


def test_working_days_after_each_happening() -> None:
    found = _found("Chậm nhất 05 ngày làm việc kể từ khi thay đổi nhân sự", "2026-03-01", _happened("2026-02-12"))
    assert [(str(entry.due), entry.state) for entry in found] == [("2026-02-26", "overdue")]


def test_what_happens_by_itself_stands_beside_what_recurs() -> None:
    deadline = "Quý I hàng năm và khi có thay đổi về nhân sự"
    assert shown(_found(deadline, "2026-05-01", period="2026-2027")) == ["overdue +31", "upcoming", "waiting"]
    files = (_happened("2026-04-02"), _done(("2026-03-30", "2026-Q1"), ("2026-04-20", None)))
    assert shown(_found(deadline, "2026-05-01", *files, period="2026-2027")) == ["done", "upcoming", "done"]


def test_what_goes_on_all_the_time_beside_what_is_due_once() -> None:
    deadline = "Thường xuyên; báo cáo trước 15/12/2026"
    file = records(
        completions=[
            completion("T", "2026-02-10", evidence="Công văn số 1"),
            completion("T", "2026-12-10", "2026-12-15", evidence="Báo cáo số 2"),
        ]
    )
    assert shown(_found(deadline, "2026-12-20", file)) == [
        "evidenced",
        "no_evidence",
        "no_evidence",
        "done",
        "evidenced",
    ]
    assert shown(_found(deadline, "2026-12-20"))[3] == "overdue +5"


def test_each_year_s_happenings_of_a_yearly_one() -> None:
    deadline = "Hàng năm (khi có thay đổi về nhân sự)"
    found = _found(deadline, "2027-06-01", _happened("2026-02-01", "2026-05-01"), period="2026-2027")
    assert shown(found) == ["overdue +152", "overdue +152", "waiting"]


@pytest.mark.parametrize(
    ("signed", "since"), [("2025-12-20", "2026-01-01"), ("2026-02-09", "2026-02-09"), (None, "2026-01-01")]
)
def test_it_waits_since_the_plan_was_signed(signed: str | None, since: str) -> None:
    signoff = {"signoff": {"number": "1/KH", "date": signed}} if signed else {}
    (found,) = _found("Sau khi có hướng dẫn", "2026-12-31", **signoff)
    assert (found.state, found.since) == ("waiting", day(since))


def test_what_waits_for_each_year_waits_since_its_year() -> None:
    found = _found("Hàng năm (Sau khi có hướng dẫn)", "2027-06-01", period="2026-2027")
    assert [str(entry.since) for entry in found] == ["2026-01-01", "2027-01-01"]


def test_only_what_waits_has_a_since() -> None:
    assert [entry.since for entry in _found("Hàng quý", "2026-06-01")] == [None] * 4
