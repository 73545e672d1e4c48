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
    from qmsplan.rules.base import Context


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


def judged(context: Context) -> Iterator[tuple[Place, Node, Reading, Attainment]]:
    """The readings inside the plan's period with what each alone says; readings of earlier years may be baselines."""
    places: dict[str, list[tuple[Place, Reading]]] = defaultdict(list)
    for record in context.records:
        for index, reading in enumerate(record.progress.readings):
            places[reading.item].append((Place(record.file, ("readings", index)), reading))
    period = context.plan.plan.period if context.plan else None
    for item, found in places.items():
        node = context.by_id.get(item)
        readings = [reading for _, reading in found]
        for (place, reading), attainment in zip(found, attainments(node, readings) if node else (), strict=False):
            if node and (period is None or reading.period.end >= period.start):
                yield place, node, reading, attainment
