"""What follows from an entry, on the day from which it counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from qmsplan.model.period import parse_period
from qmsplan.model.plan import Event, Head, Item, Plan
from qmsplan.model.progress import (
    Completion,
    CorrectiveAction,
    EventRecord,
    Progress,
    ProgressEntry,
    Reading,
    counts_from,
    list_of,
)
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.entry_effect import EntryEffect, effect_of
from qmsplan.progress.occurrences import State
from qmsplan.progress.verdict import Attainment

Q1, Q2 = parse_period("2026-Q1"), parse_period("2026-Q2")
PLAN = Plan(
    kind="plan",
    id="KH",
    template="work-plan",
    period=parse_period("2026"),
    head=Head(type="KẾ HOẠCH"),
    objectives=(Item(id="MT", text=("x",), target=(">98%", ">=2 cuộc"), deadline="Hàng quý"),),
    tasks=(
        Item(id="NV1", text=("x",), deadline="Trước 30/6/2026"),
        Item(id="NV2", text=("x",), deadline="Trong 10 ngày kể từ ngày Quyết định được ban hành"),
        Item(id="NV3", text=("x",), deadline="Thường xuyên"),
    ),
    events=(Event(id="QD", text=("Quyết định được ban hành",)),),
)
NODES = outline(PLAN)


def effect(entry: ProgressEntry, *before: ProgressEntry) -> EntryEffect:
    def progress(*entries: ProgressEntry) -> Progress:
        lists: dict[str, Any] = {}
        for other in entries:
            lists[list_of(other)] = (*lists.get(list_of(other), ()), other)
        return Progress(kind="progress", plan="KH", **lists)

    return effect_of(entry, PLAN, NODES, ([progress(*before)], [progress(*before, entry)]))


def changed(found: EntryEffect) -> list[tuple[str, State, date | None]]:
    return [(node.item.id, state.state, state.due) for node, state in found.changed]


def reading(**fields: Any) -> Reading:
    told = {"item": "MT", "period": Q1, "numerator": 99, "denominator": 100, "recorded": date(2026, 3, 31)}
    return Reading(**{**told, **fields})


def test_a_reading_is_held_against_its_target_and_evaluates_the_period() -> None:
    found = effect(reading())
    assert found.measurement
    assert (found.measurement.attainment, found.measurement.number) == (Attainment.ATTAINED, 1)
    assert changed(found) == [("MT", State.DONE, date(2026, 3, 31))]
    late = effect(reading(recorded=date(2026, 4, 14), numerator=9))
    assert late.measurement
    assert late.measurement.attainment is Attainment.MISSED
    assert changed(late) == [("MT", State.DONE, date(2026, 3, 31))]
    assert changed(effect(reading(recorded=date(2026, 4, 16)))) == [("MT", State.DONE_LATE, date(2026, 3, 31))]


def test_readings_of_one_period_add_up() -> None:
    found = effect(reading(), reading(numerator=89)).measurement
    assert found
    assert (found.numerator, found.denominator, found.attainment) == (188, 200, Attainment.MISSED)


def test_a_reading_of_another_target() -> None:
    found = effect(
        reading(target=2, numerator=None, denominator=None, value=Decimal(3), period=parse_period("2026"))
    ).measurement
    assert found
    assert (found.number, found.attainment) == (2, Attainment.ATTAINED)
    assert effect(reading(target=7)).measurement is None


def test_a_completion() -> None:
    done = Completion(item="NV1", done=date(2026, 7, 2))
    assert changed(effect(done)) == [("NV1", State.DONE_LATE, date(2026, 6, 30))]
    assert effect(done).measurement is None
    assert changed(effect(done, done)) == []


def test_evidence_of_what_goes_on_all_the_time() -> None:
    found = effect(Completion(item="NV3", done=date(2026, 5, 2), evidence=("x",)))
    assert [state for _, state, _ in changed(found)] == [State.EVIDENCED]


def test_an_event_wakes_what_waits_for_it() -> None:
    assert changed(effect(EventRecord(event="QD", date=date(2026, 3, 2)))) == [("NV2", State.DUE, date(2026, 3, 12))]


def test_a_corrective_action_changes_no_state() -> None:
    action = CorrectiveAction(item="MT", period=Q1, cause=("x",), action=("y",), recorded=date(2026, 4, 14))
    assert effect(action, reading(numerator=1)) == (None, ())


def test_the_day_from_which_an_entry_counts() -> None:
    day, later = date(2026, 3, 2), date(2026, 3, 9)
    assert counts_from(Completion(item="A", done=day)) == day
    assert counts_from(Completion(item="A", done=day, recorded=later)) == later
    assert counts_from(EventRecord(event="A", date=day, recorded=later)) == later
    assert counts_from(EventRecord(event="A", date=later, recorded=day)) == later
    assert counts_from(reading(recorded=later)) == later
