"""A plan as of a day: what was recorded later does not count, what is done stays done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from progress_samples import completion, day, done_and_all, item_of, plan_of, progress_of, reading, records, shown, task
from progress_strategies import PLANS, files_of

from qmsplan.load.pydantic_errors import build
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Plan
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.occurrences import FINISHED
from qmsplan.progress.plan import plan_progress

DAYS = st.dates(date(2025, 11, 1), date(2028, 3, 1))
Q3 = parse_period("2026-Q3")


@pytest.mark.parametrize(
    ("as_of", "state"), [("2026-03-29", "due"), ("2026-03-30", "done"), ("2026-04-01", "done"), ("2026-12-31", "done")]
)
def test_a_completion_counts_from_its_day_on(as_of: str, state: str) -> None:
    progress = progress_of(
        plan_of(tasks=[task("T", "Quý I năm 2026")]), as_of, records(completions=[completion("T", "2026-03-30")])
    )
    assert shown(item_of(progress, "T").occurrences) == [state]


@pytest.mark.parametrize(
    ("as_of", "attainment"), [("2026-10-13", "not_measured"), ("2026-10-14", "missed"), ("2026-10-20", "attained")]
)
def test_a_reading_counts_from_the_day_it_was_recorded(as_of: str, attainment: str) -> None:
    plan = plan_of(objectives=[task("O", target=">98%")])
    file = records(
        readings=[
            reading("O", "2026-08", "2026-10-14", numerator="96", denominator="98"),
            reading("O", "2026-09", "2026-10-20", numerator="100", denominator="100"),
        ]
    )
    (found,) = item_of(progress_of(plan, as_of, file), "O").measured(Q3)
    assert found.attainment == attainment


def test_corrective_actions_count_from_the_day_they_were_recorded() -> None:
    action = {"item": "O", "period": "2026-Q3", "cause": "c", "action": "a", "recorded": "2026-10-16"}
    plan, file = plan_of(objectives=[task("O", target=">98%")]), records(corrective_actions=[action])
    assert item_of(progress_of(plan, "2026-10-15", file), "O").actions == ()
    assert len(item_of(progress_of(plan, "2026-10-16", file), "O").actions) == 1


def test_events_are_known_by_id_and_by_words() -> None:
    plan = plan_of(events=[{"id": "E", "text": "UBND tỉnh ban hành Kế hoạch."}])
    file = records(events=[{"event": "E", "date": "2026-05-15"}])
    assert not progress_of(plan, "2026-05-14", file).events
    assert set(progress_of(plan, "2026-05-15", file).events) == {"E", "ubnd tỉnh ban hành kế hoạch"}


def test_an_event_may_have_several_wordings() -> None:
    plan = plan_of(events=[{"id": "E", "text": ["UBND tỉnh ban hành Kế hoạch", "Có kế hoạch."]}])
    found = progress_of(plan, "2026-05-15", records(events=[{"event": "E", "date": "2026-05-15"}])).events
    assert set(found) == {"E", "ubnd tỉnh ban hành kế hoạch", "có kế hoạch"}


def test_only_objectives_are_measured() -> None:
    progress = progress_of(plan_of(objectives=[task("O", target="100%")], tasks=[task("T")]), "2026-12-31")
    assert item_of(progress, "O").measured(Q3) != ()
    assert item_of(progress, "T").measured(Q3) == ()


def test_items_stand_in_document_order_with_their_own_records() -> None:
    plan = plan_of(tasks=[task("A", "Quý I năm 2026", activities=[task("B")]), task("C", "Quý I năm 2026")])
    progress = progress_of(plan, "2026-04-02", records(completions=[completion("C", "2026-03-01")]))
    assert [item.node.item.id for item in progress.items] == ["A", "B", "C"]
    assert [shown(item.occurrences) for item in progress.items] == [[], ["overdue +2"], ["done"]]
    assert done_and_all(progress) == (1, 2)


def test_records_of_several_files_come_together() -> None:
    plan = plan_of(tasks=[task("T", "Hàng quý")])
    files = (
        records(completions=[completion("T", "2026-03-01", "2026-Q1")]),
        records(completions=[completion("T", "2026-06-01", "2026-Q2")]),
    )
    assert done_and_all(progress_of(plan, "2026-07-01", *files)) == (2, 4)


def test_a_form_has_no_progress() -> None:
    head = {"type": "MỤC TIÊU CHẤT LƯỢNG"}
    tree = {"kind": "plan", "id": "P", "template": "t", "form": "true", "head": head, "tasks": [task("T", "Trong năm")]}
    plan = build(Plan, tree)
    assert plan_progress(plan, outline(plan), (), day("2026-12-31")).items == ()


@given(PLANS, st.data(), DAYS, st.integers(0, 400))
def test_what_is_done_stays_done(plan: Plan, data: st.DataObject, as_of: date, later: int) -> None:
    files = data.draw(files_of(plan))
    nodes = outline(plan)
    before = plan_progress(plan, nodes, files, as_of)
    after = plan_progress(plan, nodes, files, as_of + timedelta(later))
    for earlier, now in zip(before.items, after.items, strict=True):
        later_states = {(entry.occurrence, entry.state in FINISHED) for entry in now.occurrences}
        assert len(earlier.occurrences) <= len(now.occurrences)
        for old in earlier.occurrences:
            assert old.state not in FINISHED or (old.occurrence, True) in later_states
    assert done_and_all(before)[0] <= done_and_all(after)[0]


@given(PLANS, st.data(), DAYS)
def test_a_state_agrees_with_its_days(plan: Plan, data: st.DataObject, as_of: date) -> None:
    for item in plan_progress(plan, outline(plan), data.draw(files_of(plan)), as_of).items:
        for entry in item.occurrences:
            assert (entry.days > 0) == (entry.state in {"overdue", "no_data", "done_late"})
            assert (entry.done is not None) == (entry.state in FINISHED)
            assert entry.done is None or entry.done <= as_of
            if entry.state == "overdue":
                assert entry.due is not None
                assert entry.days == (as_of - entry.due).days
            if entry.state in {"due", "upcoming"} and entry.due:
                assert entry.due >= as_of


@given(PLANS, st.data(), DAYS)
def test_what_comes_later_changes_nothing(plan: Plan, data: st.DataObject, as_of: date) -> None:
    """The state of a past day is the same whether or not the files have grown since."""
    nodes = outline(plan)
    files, more = data.draw(files_of(plan)), data.draw(files_of(plan, first=as_of + timedelta(1)))
    assert plan_progress(plan, nodes, files, as_of) == plan_progress(plan, nodes, [*files, *more], as_of)
