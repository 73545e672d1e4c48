"""How far a plan is: weights compare the items of one parent, and every level is a mean of the one below."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from progress_samples import plan_of, task

from qmsplan.phrases.item_tree import Node, outline
from qmsplan.progress.plan import progress_of, weighted_mean
from rows import each_row


def nodes_of(*items: dict[str, Any], **lists: Any) -> dict[str, Node]:
    """The nodes of a plan by their ids."""
    return {node.item.id: node for node in outline(plan_of(tasks=list(items), **lists))}


def progress(nodes: dict[str, Node], **values: float) -> float | None:
    """The progress of a plan from that of some items."""
    return progress_of([(nodes[name], value) for name, value in values.items()])


@each_row(
    ("parts", "mean"),
    [
        ([], None),
        ([(1, 0.5)], 0.5),
        ([(1, 0.0), (1, 1.0)], 0.5),
        ([(3, 1.0), (1, 0.0)], 0.75),
        ([(0, 1.0), (1, 0.25)], 0.25),
        ([(0, 1.0)], None),
    ],
)
def test_a_mean_by_weights(parts: list[tuple[float, float]], mean: float | None) -> None:
    assert weighted_mean(parts) == mean


def test_items_without_weight_weigh_one() -> None:
    nodes = nodes_of(task("A"), task("B", weight="3"), task("C", weight="0"))
    assert progress(nodes, A=1.0, B=0.0, C=1.0) == 0.25
    assert progress(nodes, A=1.0, B=1.0, C=0.0) == 1.0
    assert progress(nodes, C=1.0) is None
    assert progress(nodes) is None


def test_weights_compare_the_items_of_one_parent_only() -> None:
    small = task("S", activities=[task("S1", weight="9"), task("S2", weight="1")])
    nodes = nodes_of(small, task("T"))
    assert progress(nodes, S1=1.0, S2=0.0, T=0.0) == pytest.approx(0.45)
    assert progress(nodes, S1=0.0, S2=1.0, T=0.0) == pytest.approx(0.05)


def test_a_weight_may_have_two_decimals_and_a_sign() -> None:
    nodes = nodes_of(task("A", weight="7,5"), task("B", weight="12.5%"), task("C", weight="5"))
    assert progress(nodes, A=1.0, B=0.0, C=0.0) == pytest.approx(0.3)
    assert progress(nodes, A=0.0, B=1.0, C=0.0) == pytest.approx(0.5)


def test_a_group_weighs_what_its_items_do_if_each_has_a_weight() -> None:
    """One weight among items without any changes nothing outside their group."""
    for second, share in (({}, 0.5), ({"weight": "1"}, 0.75)):
        first = {"id": "G", "text": "G", "tasks": [task("A", weight="2"), task("B", **second)]}
        nodes = nodes_of(groups=[first, {"id": "H", "text": "H", "tasks": [task("C")]}])
        assert progress(nodes, A=1.0, B=1.0, C=0.0) == share


def test_items_of_which_nothing_is_known_do_not_count() -> None:
    nodes = nodes_of(task("A", activities=[task("A1"), task("A2")]), task("B"))
    assert progress(nodes, A1=1.0) == 1.0
    assert progress(nodes, A1=1.0, B=0.0) == 0.5


def test_what_an_item_attained_itself_stands_before_what_is_below_it() -> None:
    nodes = nodes_of(objectives=[task("O", tasks=[task("O1"), task("O2")])])
    assert progress(nodes, O=0.9, O1=0.0, O2=0.0) == 0.9
    assert progress(nodes, O1=1.0, O2=0.0) == 0.5


def test_an_item_that_is_due_several_times_is_as_far_as_the_mean_of_them() -> None:
    nodes = nodes_of(task("A"), task("B"))
    assert progress_of([(nodes["A"], 1.0), (nodes["A"], 0.0), (nodes["B"], 1.0)]) == 0.75


def test_sections_and_annexes_weigh_nothing_themselves() -> None:
    sections = [{"title": "I", "tasks": [task("A"), task("B")]}, {"title": "II", "tasks": [task("C")]}]
    nodes = nodes_of(sections=sections)
    assert progress(nodes, A=1.0, B=1.0, C=0.0) == pytest.approx(2 / 3)


VALUES = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=1, max_size=6)


@given(VALUES, st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_progress_lies_between_the_least_and_the_most(values: list[float], weights: list[int]) -> None:
    items = [task(f"T{number}", weight=str(weights[number])) for number in range(len(values))]
    found = progress(nodes_of(*items), **{f"T{number}": value for number, value in enumerate(values)})
    assert found is None or min(values) <= found <= max(values)


@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_what_is_told_changes_nothing(values: list[float], chance: Any) -> None:
    nodes = nodes_of(*(task(f"T{number}", weight=str(number)) for number in range(len(values))))
    told = [(nodes[f"T{number}"], value) for number, value in enumerate(values)]
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert progress_of(told) == pytest.approx(progress_of(shuffled))


@given(VALUES)
def test_the_same_weight_for_all_is_as_good_as_none(values: list[float]) -> None:
    told = {f"T{number}": value for number, value in enumerate(values)}
    none, same = (nodes_of(*(task(name, **weight) for name in told)) for weight in ({}, {"weight": "7"}))
    assert progress(none, **told) == pytest.approx(progress(same, **told))
