"""What the items below a target add up to. What counts once, and how, is told in docs/decisions/0013."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.progress.level import Known, adds_up, sum_of
from qmsplan.progress.measure import Measurement, held_against, measurable, measures, of_target
from qmsplan.progress.promise import is_below, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.outline import Node
    from qmsplan.model.period import Period
    from qmsplan.model.record import Reading
    from qmsplan.model.target import Target
    from qmsplan.progress.links import Links


class Part(NamedTuple):
    """What one item below measured of a target above it."""

    ref: str
    """`plan/item`."""
    measurement: Measurement
    """Its readings in the window against its own target."""
    is_added: bool
    """False where its cases are in those of another item that it carries out, or where they do not add up."""


class Conflict(NamedTuple):
    """A target below that promises less than the one above: of one item, or of all carriers together."""

    refs: tuple[str, ...]
    target: Target


class Sum(NamedTuple):
    """A target of an item above: its own result beside what the items below it add up to."""

    target: Target
    own: Measurement
    rolled: Measurement | None
    """None where nothing was measured below, or where results of this kind do not add up."""
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    """Direct carriers of which nothing was measured, neither by themselves nor below them."""
    conflicts: tuple[Conflict, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether the own result and the sum are the same; None unless both are known and no carrier is missing."""
        if self.rolled is None or self.missing or self.own.value is None:
            return None
        if self.rolled.denominator is not None and self.own.denominator is not None:
            return (self.own.numerator, self.own.denominator) == (self.rolled.numerator, self.rolled.denominator)
        return self.own.value == self.rolled.value


def sums_of(ref: str, links: Links, window: Period) -> Iterator[Sum]:
    """What an item's targets come to from below: one for each that can be measured."""
    node, readings = links.items[ref].node, links.items[ref].readings
    own = {found.number: found for found in measures(node, readings, window)}
    for index, target in measurable(node):
        found = _found_below(ref, index, links, window)
        added = _counted_once({name: entry for name, entry in found.items() if _adds_up(target, entry)}, links)
        parts = tuple(_part(name, found[name], name in added, links, window) for name in found)
        carriers = links.carriers.get(ref, ())
        missing = tuple(name for name in carriers if not ({name} | links.below(name)) & found.keys())
        conflicts = tuple(_conflicts(ref, index, target, links))
        yield Sum(target, own[index + 1], _rolled(target, added, window), parts, missing, conflicts)


class _Found(NamedTuple):
    at: int
    readings: list[Reading]


def _found_below(ref: str, index: int, links: Links, window: Period) -> dict[str, _Found]:
    """The items below that have readings in the window on the same target, by name; none of them twice."""
    found: dict[str, _Found] = {}
    seen, left = {ref}, [(ref, index)]
    while left:
        above, at = left.pop(0)
        for name in links.carriers.get(above, ()):
            match = counterpart(links.items[above].node, at, links.items[name].node)
            if name in seen or match is None:
                continue
            seen.add(name)
            left.append((name, match))
            item = links.items[name]
            readings = Known(item.node.targets[match], of_target(item.node, item.readings, match)).inside(window)  # type: ignore[arg-type]
            if readings:
                found[name] = _Found(match, readings)
    return found


def counterpart(above: Node, index: int, node: Node) -> int | None:
    """The target of an item below that answers one above: of those in the same unit the one in the same place."""
    wanted = next(target for at, target in measurable(above) if at == index)
    place = [at for at, target in measurable(above) if _kind(target) == _kind(wanted)].index(index)
    same = [at for at, target in measurable(node) if _kind(target) == _kind(wanted)]
    return same[place] if place < len(same) else None


def _kind(target: Target) -> tuple[str, bool]:
    return target.quantity, target.is_relative


def _counted_once(found: dict[str, _Found], links: Links) -> dict[str, list[Reading]]:
    """Without the items whose cases are in those of another that they carry out."""
    return {
        name: entry.readings
        for name, entry in found.items()
        if not any(_stands_for(other, name, links) for other in found)
    }


def _stands_for(other: str, name: str, links: Links) -> bool:
    """Of two that carry out each other, in a circle, the first by name stands for both."""
    return name in links.below(other) and (other not in links.below(name) or other < name)


def _adds_up(target: Target, found: _Found) -> bool:
    """A share adds up only with its numerator and denominator: percentages are never averaged."""
    if target.counts_shares:
        return all(reading.denominator is not None for reading in found.readings)
    return adds_up(target) and not target.is_relative


def _rolled(target: Target, added: dict[str, list[Reading]], window: Period) -> Measurement | None:
    readings = [reading for entries in added.values() for reading in entries]
    if not readings:
        return None
    return held_against(target, sum_of(target, readings), window, max(reading.recorded for reading in readings))


def _part(name: str, found: _Found, is_added: bool, links: Links, window: Period) -> Part:  # noqa: FBT001
    item = links.items[name]
    own = {entry.number: entry for entry in measures(item.node, item.readings, window)}
    return Part(name, own[found.at + 1], is_added)


def _conflicts(ref: str, index: int, target: Target, links: Links) -> Iterator[Conflict]:
    """Shares and levels are compared one by one; counts together, for each carrier has a part of them."""
    carriers = tuple(links.carriers.get(ref, ()))
    matches = [counterpart(links.items[ref].node, index, links.items[name].node) for name in carriers]
    below = {
        name: links.items[name].node.targets[match]
        for name, match in zip(carriers, matches, strict=True)
        if match is not None
    }
    targets: dict[str, Target] = below  # type: ignore[assignment]
    if not target.is_relative and adds_up(target):
        whole = together(tuple(targets.values()), target) if len(targets) == len(carriers) else None
        if whole and is_below(whole, target):
            yield Conflict(carriers, whole if len(carriers) > 1 else targets[carriers[0]])
        return
    yield from (Conflict((name,), other) for name, other in targets.items() if is_below(other, target))
