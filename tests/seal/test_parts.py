"""The short digests of a plan's parts: they show the place of every change, and nothing where nothing changed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from sealing import FULL, GONE, is_bound, leaves, other, plan_of, put_at, value_at

from qmsplan.model.plan import Event, Item, Section
from qmsplan.seal import MARK, WIDTH, differences, parts_of
from rows import each_row
from values import is_model, replace

PLAN = put_at(plan_of(FULL), ("signoff", "template"), GONE)
SEALED = parts_of(PLAN)
BOUND = [path for path in leaves(PLAN) if is_bound(path)]


def first(plan: Any) -> Any:
    return differences(plan, SEALED)[0]


def test_nothing_differs_from_itself() -> None:
    assert differences(PLAN, SEALED) == []


@each_row("path", BOUND)
def test_the_place_of_every_changed_leaf_is_shown(path: tuple[Any, ...]) -> None:
    value = value_at(PLAN, path)
    found = first(put_at(PLAN, path, other(value)))
    owner = value_at(PLAN, path[:-1])
    if path[-1] == "id" and isinstance(owner, Event):
        assert (found.kind, found.part) == ("gone", "/events.SK")  # no deadline prints the one of the other name
    elif path[-1] == "id" and isinstance(owner, Item):
        assert (found.kind, found.path) == ("added", path[:-1])  # by another id it is another item
    elif value is True and _listed(path) == len(path):
        assert (found.kind, found.path) == ("taken", path[:-1])  # false is as good as nothing
    else:
        field = max(place for place, part in enumerate(path) if isinstance(part, str))
        assert (found.kind, found.path) in {("changed", path[: field + 1]), ("changed", path[: _listed(path)])}


def _listed(path: tuple[Any, ...]) -> int:
    """Where the path of a list ends that holds texts and forms: it is told as a whole."""
    return next((at for at in range(1, len(path)) if type(path[at]) is int and not _is_parts(path[:at])), len(path))


def _is_parts(path: tuple[Any, ...]) -> bool:
    return all(map(is_model, value_at(PLAN, path)))


def test_a_changed_field_is_told_with_its_item() -> None:
    changed = put_at(PLAN, ("groups", 0, "objectives", 0, "text"), ("Khác",))
    assert first(changed) == ("changed", ("groups", 0, "objectives", 0, "text"), "M3", "text")
    assert len(differences(changed, SEALED)) == 1


def test_the_first_of_several_changes_in_document_order() -> None:
    changed = replace(PLAN, preamble=("Khác",), closing=("Khác",))
    assert [difference.field for difference in differences(changed, SEALED)] == ["preamble", "closing"]


def test_a_new_item() -> None:
    changed = replace(PLAN, tasks=(*PLAN.tasks, Item(id="V9", text=("Việc",))))
    assert first(changed) == ("added", ("tasks", 1), "V9", "")


def test_an_item_that_is_gone_is_told_where_its_list_is() -> None:
    changed = put_at(PLAN, ("groups", 0, "tasks", 0), GONE)
    assert first(changed) == ("gone", ("groups", 0, "tasks"), "V3", "")


def test_another_order() -> None:
    changed = put_at(PLAN, ("groups", 0, "tasks"), tuple(reversed(PLAN.groups[0].tasks)))
    assert [*differences(changed, SEALED)] == [("order", ("groups", 0, "tasks"), "N2", "tasks")]


def test_an_item_that_moved_is_still_itself() -> None:
    moved = replace(PLAN, tasks=(), activities=(*PLAN.activities, *PLAN.tasks))
    kinds = {difference.kind for difference in differences(moved, SEALED)}
    assert kinds == {"order", "taken"}


def test_a_field_that_was_taken_out() -> None:
    assert first(put_at(PLAN, ("groups", 0, "note"), ())) == ("taken", ("groups", 0), "N2", "")
    assert first(put_at(PLAN, ("closing",), ())) == ("taken", (), "/", "")


def test_a_section_in_front_of_the_others() -> None:
    changed = replace(PLAN, sections=(Section(text=("Mới",)), *PLAN.sections))
    assert first(changed).path[:1] == ("sections",)


def test_a_signature_that_was_changed() -> None:
    assert PLAN.signoff
    changed = replace(PLAN, signoff=replace(PLAN.signoff, number="52/KH-TGPL"))
    assert first(changed) == ("changed", ("signoff", "number"), "/signoff", "number")


@each_row("kept", [(), ("",), ("rác",), ("M3:",), (":::",), ("M3:abc /:xyz",)])
def test_marks_that_were_spoilt_are_no_fault_of_ours(kept: tuple[str, ...]) -> None:
    found = list(differences(PLAN, kept))
    assert bool(found) is any(kept)
    assert {difference.kind for difference in found} <= {"changed", "added", "gone", "order", "taken"}


def test_the_lines_are_short_and_hold_every_part_once() -> None:
    words = " ".join(SEALED).split()
    assert all(len(line) <= WIDTH or " " not in line for line in SEALED)
    assert len({word.partition(":")[0] for word in words}) == len(words)
    assert all(len(word.partition(":")[2]) % MARK == 0 for word in words)
    assert {"/", "/head", "/events.SK", "M3", "/sections.0"} <= {word.partition(":")[0] for word in words}


def test_a_long_name_has_a_line_of_its_own() -> None:
    plan = replace(PLAN, tasks=tuple(Item(id="V" * 61 + str(n), text=("x",)) for n in range(3)))
    assert all(len(line) <= WIDTH or " " not in line for line in parts_of(plan))


def test_a_line_is_as_full_as_may_be() -> None:
    """To its very last letter, in one of sixty plans."""
    widths = set()
    for length in range(1, 61):
        lines = parts_of(replace(PLAN, tasks=tuple(Item(id=name, text=("a",)) for name in ("A" * length, "B" * 20))))
        widths |= {len(line) for line in lines if " " in line}
        assert all(len(line) + 1 + len(below.split()[0]) > WIDTH for line, below in pairwise(lines))
    assert max(widths) == WIDTH
