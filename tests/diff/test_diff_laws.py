"""What holds for any two versions of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from diff_samples import Standing, plans
from hypothesis import given, settings

from qmsplan.diff.changes import ORDER, ChangeKind, Weight
from qmsplan.diff.plans import changes_between
from qmsplan.model.plan import Plan
from values import is_model, replace


@given(plans())
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert changes_between(plan, plan) == ()


@settings(max_examples=25)
@given(plans(), plans())
def test_the_changes_lead_from_the_one_to_the_other(old: Plan, new: Plan) -> None:
    assert Standing(old, new).apply(changes_between(old, new)) == new


@given(plans(), plans())
def test_back_and_forth_are_the_same_changes(old: Plan, new: Plan) -> None:
    there, back = changes_between(old, new), changes_between(new, old)
    assert (not there) == (not back) == (old == new)
    fields = sorted((change.where.key[1:], change.field) for change in there if change.kind is ChangeKind.CHANGED)
    if not {change.where.kind for change in there} & {"sections", "annexes"}:  # their keys count from the old version
        assert fields == sorted(
            (change.where.key[1:], change.field) for change in back if change.kind is ChangeKind.CHANGED
        )


@given(plans(), plans())
def test_what_loosens_stands_first(old: Plan, new: Plan) -> None:
    weights = [ORDER[change.weight] for change in changes_between(old, new)]
    assert weights == sorted(weights)


@settings(max_examples=10)
@given(plans())
def test_every_changed_leaf_is_reported(plan: Plan) -> None:
    for path, other in _each_leaf_changed(plan, ()):
        (change,) = changes_between(plan, other)
        assert change.kind is ChangeKind.CHANGED, path
        names = tuple(part for part in path if isinstance(part, str))
        assert change.field in {names[start:end] for start in range(len(names)) for end in range(len(names) + 1)}
        assert change.old != change.new


def _each_leaf_changed(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The same instance with one text, or one list of texts, changed; ids and titles are what parts are known by."""
    for name, part in value:
        place = (*path, name)
        if name in {"id", "kind"} or part is None:
            continue
        if is_model(part):
            changed: Any = [(inner, {name: other}) for inner, other in _each_leaf_changed(part, place)]
        elif isinstance(part, str):
            changed = [(place, {name: part + "!"})]
        elif isinstance(part, tuple) and all(isinstance(entry, str) for entry in part) and name in _TEXTS:
            changed = [(place, {name: (*part, "một dòng nữa")})]
        elif isinstance(part, tuple) and part and all(map(is_model, part)) and name in _LISTS:
            changed = [
                (inner, {name: (*part[:index], other, *part[index + 1 :])})
                for index, entry in enumerate(part)
                for inner, other in _each_leaf_changed(entry, (*place, index))
            ]
        else:
            continue
        yield from ((inner, replace(value, **kept)) for inner, kept in changed)


_TEXTS = frozenset(
    ("text", "measures", "deliverables", "note", "basis", "preamble", "closing", "recipients", "funding")
)
_LISTS = frozenset(("groups", "objectives", "tasks", "activities", "events"))


def test_all_weights_have_an_order() -> None:
    assert list(ORDER) == list(Weight)
