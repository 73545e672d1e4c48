"""How items stand, and what another version makes of them."""

from __future__ import annotations

from progress_samples import completion, plan_of, progress_of, reading, records, task

from qmsplan.progress.occurrences import State
from qmsplan.progress.plan import ItemStateChange, state_changes
from qmsplan.progress.verdict import Attainment


def changes_of(
    old: dict[str, object], new: dict[str, object], as_of: str = "2026-10-15", **known: object
) -> list[ItemStateChange]:
    """What becomes of one task or objective whose fields change."""
    name = "objectives" if "target" in old or "target" in new else "tasks"
    plans = (plan_of(**{name: [task("A", **fields)]}) for fields in (old, new))
    found = [progress_of(plan, as_of, records(**known)) for plan in plans]
    return list(state_changes(*found))


def test_nothing_turns_where_nothing_changed() -> None:
    assert changes_of({"deadline": "Quý I năm 2026"}, {"deadline": "Quý I năm 2026"}) == []


def test_a_later_deadline_ends_being_overdue() -> None:
    (turn,) = changes_of({"deadline": "Quý I năm 2026"}, {"deadline": "Quý IV năm 2026"})
    assert (turn.item, turn.text, turn.old, turn.new) == ("A", "A", State.OVERDUE, State.DUE)


def test_an_earlier_deadline_makes_it_late() -> None:
    done = [completion("A", "2026-05-01")]
    (turn,) = changes_of({"deadline": "Quý II năm 2026"}, {"deadline": "Quý I năm 2026"}, completions=done)
    assert (turn.old, turn.new) == (State.DONE, State.DONE_LATE)


def test_one_late_occurrence_is_what_an_item_is_told_by() -> None:
    done = [completion("A", "2026-03-01", "2026-Q1"), completion("A", "2026-06-01", "2026-Q2")]
    (turn,) = changes_of({"deadline": "Hàng quý"}, {"deadline": "Quý I và quý II/2026"}, completions=done)
    assert (turn.old, turn.new) == (State.OVERDUE, State.DONE)


def test_a_looser_target_is_attained() -> None:
    known = [reading("A", "2026-Q1", "2026-04-01", numerator="96", denominator="100")]
    fields = {"deadline": "Quý I năm 2026"}
    (turn,) = changes_of({**fields, "target": ">98%"}, {**fields, "target": ">95%"}, readings=known)
    assert (turn.old, turn.new) == (Attainment.MISSED, Attainment.ATTAINED)


def test_what_only_comes_or_goes_is_told_if_it_is_late_or_missed() -> None:
    empty = progress_of(plan_of(), "2026-10-15")
    late = progress_of(plan_of(tasks=[task("A", "Quý I năm 2026"), task("B", "Quý IV năm 2026")]), "2026-10-15")
    assert state_changes(empty, late) == (ItemStateChange("A", "A", None, State.OVERDUE),)
    assert state_changes(late, empty) == (ItemStateChange("A", "A", State.OVERDUE, None),)
    assert state_changes(None, late) == state_changes(empty, late)
    assert state_changes(None, None) == ()


def test_forms_have_no_state() -> None:
    form = progress_of(plan_of(form="true", tasks=[task("A", "Quý I năm 2026")]), "2026-10-15")
    assert state_changes(None, form) == ()
