"""What a status says of whole plans: progress, this year beside all years, states asked for, days reproduced."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from progress_samples import completion, day, plan_of, progress_of, reading, records, task
from progress_strategies import PLANS, files_of

from qmsplan.model.period import parse_period
from qmsplan.model.progress import Progress
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.progress.occurrences import FINISHED, State
from qmsplan.progress.plan import PlanProgress, plan_progress
from qmsplan.progress.status import Status, status
from qmsplan.progress.status import progress_of as weighed_progress

if TYPE_CHECKING:
    from qmsplan.model.plan import Plan

LAW = settings(max_examples=80, deadline=None, derandomize=True)
WINDOWS = st.sampled_from(["2026-Q1", "2026-Q3", "2026", "2026-08", "2027-Q1", "2026-H1", "2026-9M", "2026-2027"])
DAYS = st.dates(date(2025, 11, 1), date(2028, 3, 1))


def everything(_node: Node) -> bool:
    """Nothing is left out."""
    return True


def status_of(window: str, as_of: str, *plans: PlanProgress, states: frozenset[str] = frozenset()) -> Status:
    """The status of plans in a window."""
    return status(plans, parse_period(window), day(as_of), everything, states)


def test_progress_counts_what_is_due_in_the_window_or_was_left_to_it() -> None:
    tasks = [task("A", "Quý I"), task("B", "Quý II"), task("C", "Quý III"), task("D", "Quý IV")]
    done = records(completions=[completion("A", "2026-03-01"), completion("C", "2026-08-01")])
    found = status_of("2026-Q3", "2026-08-10", progress_of(plan_of(tasks=tasks), "2026-08-10", done))
    counted = {row.node.item.id: row.is_counted for row in found.rows}
    assert counted == {"A": False, "B": True, "C": True, "D": False}
    assert found.progress == 0.5
    (plan,) = found.plans
    assert (plan.progress, plan.whole.progress, plan.whole.entries, plan.year) == (0.5, 0.5, 4, None)


def test_what_was_done_late_in_the_window_counts_in_it() -> None:
    done = records(completions=[completion("T", "2026-08-01", "2026-Q1"), completion("T", "2026-08-02", "2026-Q2")])
    progress = progress_of(plan_of(tasks=[task("T", "Hàng quý")]), "2026-08-10", done)
    found = status_of("2026-Q3", "2026-08-10", progress)
    assert [(row.occurrence.state, row.is_counted) for row in found.rows if row.occurrence] == [
        (State.DONE_LATE, True),
        (State.DONE_LATE, True),
        (State.DUE, True),
    ]
    assert found.progress == pytest.approx(2 / 3)
    assert status_of("2026-Q2", "2026-08-10", progress).progress == 1.0


def test_what_waits_for_an_event_does_not_count_until_it_happens() -> None:
    plan = plan_of(tasks=[task("T", "Quý III"), task("W", "Sau khi có hướng dẫn")], events=[EVENT])
    done = completion("T", "2026-07-01")
    waiting = progress_of(plan, "2026-08-01", records(completions=[done]))
    assert [row.fraction for row in status_of("2026", "2026-08-01", waiting).rows] == [1.0, None]
    assert status_of("2026", "2026-08-01", waiting).progress == 1.0
    happened = records(completions=[done], events=[{"event": "E", "date": "2026-07-05"}])
    assert status_of("2026", "2026-08-01", progress_of(plan, "2026-08-01", happened)).progress == 0.5


EVENT = {"id": "E", "text": "có hướng dẫn"}


def test_plans_weigh_the_same_however_many_items_they_have() -> None:
    one = progress_of(plan_of("2026", "A", tasks=[task("T", "Quý III")]), "2026-08-01")
    many = plan_of("2026", "B", tasks=[task(f"T{number}", "Quý III") for number in range(4)])
    done = records(completions=[completion(f"T{number}", "2026-07-01") for number in range(4)])
    found = status_of("2026-Q3", "2026-08-01", one, progress_of(many, "2026-08-01", done))
    assert [plan.progress for plan in found.plans] == [0.0, 1.0]
    assert found.progress == 0.5


def test_a_plan_of_years_shows_its_year_beside_the_whole() -> None:
    plan = plan_of("2026-2030", tasks=[task("Y", "Hàng năm"), task("L", "Năm 2030")])
    done = records(completions=[completion("Y", "2026-11-01", "2026")])
    progress = progress_of(plan, "2026-12-01", done)
    (found,) = status_of("2026-Q4", "2026-12-01", progress).plans
    assert found.year
    assert (found.year.period.code, found.year.entries, found.year.totals) == ("2026", 1, {"done": 1})
    assert (found.whole.period.code, found.whole.entries) == ("2026-2030", 6)
    assert found.whole.totals == {"done": 1, "upcoming": 5}
    assert (found.year.progress, found.whole.progress) == (1.0, pytest.approx(0.1))
    (found,) = status_of("2026-2030", "2026-12-01", progress).plans
    assert found.year is None


def test_what_is_due_after_the_plan_s_end_belongs_to_the_whole() -> None:
    plan = plan_of(tasks=[task("T", "trước ngày 05 tháng kế tiếp")])
    (found,) = status_of("2026-Q4", "2026-12-01", progress_of(plan, "2026-12-01")).plans
    assert found.whole.entries == 12


def test_an_objective_counts_with_what_was_measured_of_it() -> None:
    plan = plan_of(objectives=[task("O", "Trong năm", target="100%"), task("X", "Trong năm", target="100%")])
    file = records(readings=[reading("O", "2026-Q3", "2026-09-30", numerator="3", denominator="4")])
    found = status_of("2026-Q3", "2026-10-01", progress_of(plan, "2026-10-01", file))
    assert [(row.fraction, row.is_counted) for row in found.rows] == [(0.75, True), (None, True)]
    assert found.progress == 0.75


@pytest.mark.parametrize(
    ("states", "items"),
    [
        ({"overdue"}, ["A"]),
        ({"overdue", "missed"}, ["O", "A"]),
        ({"due"}, ["O", "B"]),
        ({"attained"}, []),
        (set(), ["O", "A", "B"]),
    ],
)
def test_only_the_states_that_were_asked_for(states: set[str], items: list[str]) -> None:
    plan = plan_of(objectives=[task("O", "Quý III", target="100%")], tasks=[task("A", "Quý I"), task("B", "Quý III")])
    file = records(readings=[reading("O", "2026-08", "2026-08-30", numerator="1", denominator="2")])
    found = status_of("2026-Q3", "2026-09-01", progress_of(plan, "2026-09-01", file), states=frozenset(states))
    assert [row.node.item.id for row in found.rows] == items
    assert (found.progress is None) == bool(states)
    assert (found.plans == ()) == bool(states)


def _status(plans: list[Plan], files: list[tuple[Progress, ...]], window: str, as_of: date) -> Status:
    states = [plan_progress(plan, outline(plan), records, as_of) for plan, records in zip(plans, files, strict=True)]
    return status(states, parse_period(window), as_of, everything)


@LAW
@given(st.lists(PLANS, max_size=2, unique_by=lambda plan: plan.id), st.data(), WINDOWS, DAYS)
def test_plans_add_up_from_their_rows(plans: list[Plan], data: st.DataObject, window: str, as_of: date) -> None:
    found = _status(plans, [data.draw(files_of(plan)) for plan in plans], window, as_of)
    told = {plan.plan: plan for plan in found.plans}
    grouped = {name: list(rows) for name, rows in groupby(found.rows, key=lambda row: row.plan)}
    assert told.keys() == grouped.keys()
    for name, rows in grouped.items():
        counted = [(row.node, row.fraction) for row in rows if row.is_counted and row.fraction is not None]
        assert told[name].progress == weighed_progress(counted)
    known = [plan.progress for plan in found.plans if plan.progress is not None]
    assert found.progress == (pytest.approx(sum(known) / len(known)) if known else None)


@LAW
@given(PLANS, st.data(), WINDOWS, DAYS)
def test_the_whole_plan_holds_every_time_something_is_due(
    plan: Plan, data: st.DataObject, window: str, as_of: date
) -> None:
    files = data.draw(files_of(plan))
    (found,) = _status([plan], [files], window, as_of).plans or [None]
    if found is None:
        return
    progress = plan_progress(plan, outline(plan), files, as_of)
    assert plan.period
    begun = [entry for item in progress.items for entry in item.occurrences if _is_in_or_late(entry, plan.period.start)]
    assert sum(found.whole.totals.get(state.value, 0) for state in State) == len(begun)
    assert Counter(entry.state.value for entry in begun).items() <= found.whole.totals.items()


def _is_in_or_late(entry: object, start: date) -> bool:
    end = entry.due or entry.occurrence.period.end  # type: ignore[attr-defined]
    return end >= start or entry.state is State.OVERDUE or entry.state is State.DONE_LATE  # type: ignore[attr-defined]


@LAW
@given(PLANS, st.data(), DAYS, st.integers(0, 400))
def test_what_is_done_stays_done(plan: Plan, data: st.DataObject, as_of: date, later: int) -> None:
    files = data.draw(files_of(plan))
    before, after = (_finished(plan, files, when) for when in (as_of, as_of + timedelta(later)))
    assert before <= after


def _finished(plan: Plan, files: tuple[Progress, ...], as_of: date) -> set[tuple[object, ...]]:
    progress = plan_progress(plan, outline(plan), files, as_of)
    return {
        (item.node.item.id, entry.occurrence.period)
        for item in progress.items
        for entry in item.occurrences
        if entry.state in FINISHED
    }


@LAW
@given(PLANS, st.data(), WINDOWS, DAYS)
def test_what_is_recorded_later_changes_nothing(plan: Plan, data: st.DataObject, window: str, as_of: date) -> None:
    files = data.draw(files_of(plan))
    later = data.draw(files_of(plan, as_of + timedelta(1)))
    assert _status([plan], [(*files, *later)], window, as_of) == _status([plan], [files], window, as_of)


@LAW
@given(PLANS, st.data(), WINDOWS, DAYS)
def test_splitting_the_files_changes_nothing(plan: Plan, data: st.DataObject, window: str, as_of: date) -> None:
    files = data.draw(files_of(plan))
    split = tuple(part for file in files for part in _split(file))
    assert _status([plan], [files], window, as_of) == _status([plan], [split], window, as_of)


def _split(file: Progress) -> list[Progress]:
    """A file for each entry."""
    lists = ("readings", "completions", "events", "corrective_actions")
    return [
        Progress(kind="progress", plan=file.plan, **{name: (entry,)}) for name in lists for entry in getattr(file, name)
    ]


@pytest.mark.parametrize(
    ("field", "entry"),
    [
        ("completions", completion("T", "2026-02-01", recorded="2026-04-10")),
        ("events", {"event": "E", "date": "2026-02-01", "recorded": "2026-04-10"}),
        ("readings", reading("O", "2026-Q1", "2026-04-10", numerator="1", denominator="1")),
        (
            "corrective_actions",
            {"item": "O", "period": "2026-Q1", "cause": "c", "action": "a", "recorded": "2026-04-10"},
        ),
    ],
)
def test_a_past_day_knows_only_what_was_recorded_by_then(field: str, entry: dict[str, str]) -> None:
    plan = plan_of(
        objectives=[task("O", "Quý I", target="100%")],
        tasks=[task("T", "Quý I"), task("W", "Sau khi có hướng dẫn")],
        events=[EVENT],
    )
    states = [
        status_of("2026-Q1", as_of, progress_of(plan, as_of, *files)).rows
        for as_of in ("2026-04-09", "2026-04-10")
        for files in ([], [records(**{field: [entry]})])
    ]
    assert states[0] == states[1]
    assert states[2] != states[3]
