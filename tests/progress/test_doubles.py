"""What counts as the same thing, and what may not be told twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from qmsplan.model.period import parse_period
from qmsplan.model.plan import Head, Item, Plan
from qmsplan.model.progress import (
    Completion,
    CorrectiveAction,
    EventRecord,
    Progress,
    ProgressEntry,
    Reading,
    Record,
    list_of,
)
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.entry_effect import conflicting, entries_on_same
from qmsplan.progress.measurement import target_numbers
from rows import each_row

Q1, Q2 = parse_period("2026-Q1"), parse_period("2026-Q2")
DAY = date(2026, 4, 14)
ITEM = Item(id="A", text=("A",), target=("Nâng cao chất lượng", ">=95%", ">=2 cuộc"))
PLAN = Plan(kind="plan", id="KH", template="work-plan", period=parse_period("2026"), head=Head(type="KẾ HOẠCH"),
            objectives=(ITEM,))  # fmt: skip
(NODE,) = outline(PLAN)


def reading(**fields: Any) -> Reading:
    return Reading(**{"item": "A", "period": Q1, "numerator": 1, "denominator": 2, "recorded": DAY, **fields})


def completion(**fields: Any) -> Completion:
    return Completion(**{"item": "A", "done": DAY, **fields})


def action(**fields: Any) -> CorrectiveAction:
    told = {"item": "A", "period": Q1, "cause": ("x",), "action": ("y",), "recorded": DAY}
    return CorrectiveAction(**{**told, **fields})


def happening(**fields: Any) -> EventRecord:
    return EventRecord(**{"event": "E", "date": DAY, **fields})


ROWS: dict[str, tuple[ProgressEntry, ProgressEntry, bool, bool]] = {
    "the same reading": (reading(), reading(recorded=date(2026, 5, 1), note=("x",)), True, True),
    "another value": (reading(), reading(numerator=2), True, True),
    "another period": (reading(), reading(period=Q2), False, False),
    "another item": (reading(), reading(item="B"), False, False),
    "the first target and none": (reading(), reading(target=2), True, True),
    "another target": (reading(), reading(target=3), False, False),
    "the same completion": (completion(), completion(evidence=("x",)), True, True),
    "done on another day": (completion(), completion(done=date(2026, 5, 1)), True, False),
    "done for another period": (completion(period=Q1), completion(period=Q2), False, False),
    "the same event": (happening(), happening(recorded=DAY), True, True),
    "the event once more": (happening(), happening(date=date(2026, 5, 1)), True, False),
    "another event": (happening(), happening(event="F"), False, False),
    "the same action": (action(), action(cause=("z",), due=DAY), True, True),
    "another action": (action(), action(action=("z",)), True, False),
    "a completion and a reading": (completion(), reading(), False, False),
}


def record(entry: ProgressEntry, unit: str | None = "NV") -> Record:
    lists: dict[str, Any] = {list_of(entry): (entry,)}
    return Record("x.yaml", Progress(kind="progress", plan="KH", unit=unit, **lists))


@each_row(("new", "old", "is_same", "hinders"), ROWS.values())
def test_the_same_thing(new: ProgressEntry, old: ProgressEntry, is_same: bool, hinders: bool) -> None:  # noqa: FBT001
    found = entries_on_same(new, NODE, [record(old)], "NV")
    assert [entry.entry for entry in found] == ([old] if is_same else [])
    assert len(list(conflicting(new, NODE, found))) == hinders
    again = entries_on_same(old, NODE, [record(new)], "NV")
    assert len(again) == len(found)


def test_other_units_have_their_own_readings_and_share_events() -> None:
    for entry, count in ((reading(), 0), (completion(), 0), (action(), 0), (happening(), 1)):
        assert len(entries_on_same(entry, NODE, [record(entry, "HC")], "NV")) == count


def test_places() -> None:
    progress = Progress(kind="progress", plan="KH", readings=(reading(item="B"), reading(), reading(value=Decimal(1))))
    found = entries_on_same(reading(), NODE, [Record("a.yaml", progress)], None)
    assert [(entry.file, entry.number, entry.is_equal) for entry in found] == [
        ("a.yaml", 1, True),
        ("a.yaml", 2, False),
    ]


def test_which_target_a_reading_measures() -> None:
    assert target_numbers((reading(), reading(target=1)), NODE) == [2, 1]  # the first target names no number
