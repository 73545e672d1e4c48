"""Which items of which plans carry out or help along which others: the cascade from a plan to those below it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.progress.plan import ItemProgress, PlanProgress


class Dangling(NamedTuple):
    """A reference that leads nowhere: `item` is empty where the plan itself has it."""

    plan: str
    item: str
    ref: str


class Links:
    """All items by `plan/item`, and who carries out or supports each, in the order of plans and documents."""

    def __init__(self, plans: Iterable[PlanProgress]) -> None:
        self.plans = {progress.plan.id: progress for progress in plans if not progress.plan.form}
        self.items: dict[str, ItemProgress] = {}
        for name, progress in self.plans.items():
            self.items.update({f"{name}/{item.node.item.id}": item for item in progress.items})
        self.carriers: dict[str, list[str]] = defaultdict(list)
        self.supporters: dict[str, list[str]] = defaultdict(list)
        for ref, item in self.items.items():
            _add(self.carriers, item.node.item.implements, ref)
            _add(self.supporters, item.node.item.supports, ref)
        self._below: dict[str, frozenset[str]] = {}

    def parents(self) -> list[str]:
        """The ids of plans that another one is derived from or carries out, in order."""
        named = {ref for progress in self.plans.values() for ref in progress.plan.implements}
        named.update(ref for refs in (self.carriers, self.supporters) for ref, found in refs.items() if found)
        return sorted({_plan(ref) for ref in named} & self.plans.keys())

    def dangling(self) -> tuple[Dangling, ...]:
        """References to plans or items that are not there."""
        known = self.plans.keys() | self.items.keys()
        return tuple(found for found in self._references() if found.ref not in known)

    def _references(self) -> Iterator[Dangling]:
        for name, progress in self.plans.items():
            yield from (Dangling(name, "", ref) for ref in progress.plan.implements)
            for item in progress.items:
                refs = (*item.node.item.implements, *item.node.item.supports)
                yield from (Dangling(name, item.node.item.id, ref) for ref in refs)

    def below(self, ref: str) -> frozenset[str]:
        """All that carries an item out, directly or by steps; never the item itself, even in a circle."""
        if ref not in self._below:
            found: set[str] = set()
            left = list(self.carriers.get(ref, ()))
            while left:
                carrier = left.pop()
                if carrier not in found:
                    found.add(carrier)
                    left += self.carriers.get(carrier, ())
            self._below[ref] = frozenset(found - {ref})
        return self._below[ref]


def _add(links: dict[str, list[str]], refs: Iterable[str], ref: str) -> None:
    for wanted in dict.fromkeys(refs):
        if wanted != ref:
            links[wanted].append(ref)


def _plan(ref: str) -> str:
    return ref.partition("/")[0]
