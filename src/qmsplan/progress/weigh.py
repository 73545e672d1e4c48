"""How far a plan is: what its items attained, weighed up the tree. Weights compare the items of one parent."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmsplan.diagnostic import Path
    from qmsplan.model.outline import Node


def weighed(parts: Iterable[tuple[float, float]]) -> float | None:
    """The mean of values by their weights, given as (weight, value); None if nothing weighs anything."""
    given = [(weight, value) for weight, value in parts if weight]
    total = sum(weight for weight, _ in given)
    return sum(weight * value for weight, value in given) / total if total else None


def progress_of(found: Iterable[tuple[Node, float]]) -> float | None:
    """The progress of a plan, 0 to 1, from that of its items; an item may be given several times.

    What an item itself attained stands before what stands below it; an item without a result of its own is as far as
    the items below it. Items of which nothing is known do not count."""
    own: dict[Path, list[float]] = defaultdict(list)
    nodes: dict[Path, Node] = {}
    for node, value in found:
        own[node.path].append(value)
        line: Node | None = node
        while line is not None and line.path not in nodes:
            nodes[line.path] = line
            line = line.parent
    return _rolled_up(nodes, {path: sum(values) / len(values) for path, values in own.items()})


def _rolled_up(nodes: Mapping[Path, Node], own: Mapping[Path, float]) -> float | None:
    below: dict[Path, list[tuple[float, float]]] = defaultdict(list)
    for path, node in sorted(nodes.items(), key=_deepest_first):
        value = own[path] if path in own else weighed(below[path])
        if value is not None:
            weight = 1 if node.item.weight is None else node.item.weight
            below[node.parent.path if node.parent else ()].append((weight, value))
    return weighed(below[()])


def _deepest_first(entry: tuple[Path, Node]) -> tuple[int, str]:
    return (-entry[1].depth, repr(entry[0]))
