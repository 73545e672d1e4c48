"""What the rules on ISO 9001 coverage share: the objectives that count, and what readings say of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qmsplan.model.standards import load_standard
from qmsplan.progress.measure import attainments
from qmsplan.rules.base import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.outline import Node
    from qmsplan.model.record import Reading
    from qmsplan.progress.measure import Attainment
    from qmsplan.rules.base import Context, Entry


_USUAL = "iso9001-2015"


def cite(context: Context, point: str) -> str:
    """`TCVN ISO 9001:2015, 6.2.2 a`: where the plan's edition asks for a point; without an edition `ISO 9001, …`."""
    edition = context.plan.plan.standard if context.plan else None
    return load_standard(edition).cite(point) if edition else f"ISO 9001, {load_standard(_USUAL).by_name[point].clause}"


def objectives(context: Context) -> Iterator[Node]:
    """The objectives of a plan that promises something; a blank form promises nothing."""
    if context.plan and not context.plan.plan.form:
        yield from (node for node in context.nodes if node.is_objective)


def below(context: Context, node: Node) -> tuple[Node, ...]:
    """All items under an item."""
    depth = len(node.path)
    return tuple(other for other in context.nodes if len(other.path) > depth and other.path[:depth] == node.path)


def judged(context: Context, wanted: Attainment) -> Iterator[tuple[Place, Node, Reading]]:
    """The readings inside the plan's period of which each alone says so; those of earlier years may be baselines."""
    period = context.plan.plan.period if context.plan else None
    of_item: dict[str, list[Entry]] = defaultdict(list)
    for (item, _), entries in context.series.items():
        of_item[item] += entries
    for item, found in of_item.items():
        node = context.by_id.get(item)
        if node is None:
            continue
        readings = [reading for _, _, reading in found]
        for (file, index, reading), attainment in zip(found, attainments(node, readings), strict=True):
            if attainment is wanted and (period is None or reading.period.end >= period.start):
                yield Place(file, ("readings", index)), node, reading
