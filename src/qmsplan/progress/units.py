"""What each unit owes: the rows of a status that it leads, by what is wrong with them, and if it reported at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from typing import NamedTuple, Protocol

from qmsplan.model.period import Period
from qmsplan.model.progress import Progress
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_words import LEAD
from qmsplan.progress.measurement import Attainment
from qmsplan.progress.occurrences import OccurrenceState, State

OWED = (
    State.OVERDUE.value,
    Attainment.MISSED.value,
    Attainment.EXCEEDED.value,
    Attainment.NO_DATA.value,
    Attainment.AWAITED.value,
    State.NO_EVIDENCE.value,
    State.DUE.value,
)
"""The states in which a unit has something to do or to report, the worst first."""
_SILENCE = frozenset({Attainment.NO_DATA.value, State.NO_EVIDENCE.value, State.OVERDUE.value})


class LedRow(Protocol):
    """What a row of the status has that concerns its lead."""

    @property
    def plan(self) -> str:
        """The id of its plan."""

    @property
    def node(self) -> Node:
        """The item."""

    @property
    def lines(self) -> tuple[OccurrenceState, ...]:
        """Its due days in the window."""

    @property
    def state(self) -> State | Attainment | None:
        """The row in one word."""


class UnitStatus(NamedTuple):
    """A unit and what it owes. An item that several units lead counts for each of them."""

    code: str | None
    """None for who leads and is not in the register."""
    name: str
    rows: int
    """The items that it leads in the window; 0 for who is only a member of a group that leads some."""
    owed: dict[str, int]
    """How many of them are in each of `OWED`; those with none are left out."""
    is_silent: bool
    """True if something is to be reported, and the unit recorded nothing about the window."""
    together: dict[str, int]
    """The items that groups lead of which the unit is a member, by the groups' names. They count for the group alone,
    so that nothing is counted twice."""

    @property
    def in_order(self) -> float | None:
        """The share of its items, 0 to 1, for which nothing is owed; None if it leads none."""
        return 1 - sum(self.owed.values()) / self.rows if self.rows else None


def unit_statuses(
    rows: Iterable[LedRow],
    register: Register,
    voices: Iterable[Progress],
    window: Period,
) -> tuple[UnitStatus, ...]:
    """The units that lead some rows, and the members of groups that do, those that owe most first. `voices`
    are the progress files as they are known."""
    led: dict[tuple[str | None, str], list[str]] = {}
    items: dict[tuple[str | None, str], set[tuple[str, str]]] = {}
    for row in rows:
        for unit in leads_in(row.node, register):
            led.setdefault(unit, []).append(row.state.value if row.state else "")
            items.setdefault(unit, set()).add((row.plan, row.node.item.id))
    speakers, told = _heard(voices, window)
    found = [
        UnitStatus(
            code,
            name,
            len(states),
            _owed(states),
            not _SILENCE.isdisjoint(states) and code not in speakers and told.isdisjoint(items[code, name]),
            _together(code, led, register),
        )
        for (code, name), states in led.items()
    ]
    return tuple(sorted([*found, *_members_only(led, register)], key=_most_first))


def _members_only(led: Mapping[tuple[str | None, str], Sized], register: Register) -> Iterator[UnitStatus]:
    """Members of groups that lead, who lead nothing themselves: they owe nothing alone."""
    for unit in register.units:
        together = _together(unit.code, led, register)
        if together and (unit.code, unit.name) not in led:
            yield UnitStatus(unit.code, unit.name, 0, {}, is_silent=False, together=together)


def leads_in(node: Node, register: Register) -> list[tuple[str | None, str]]:
    """Who leads an item: code and name of units in the register, for a person those of the person's unit, the words
    alone of others."""
    found: list[tuple[str | None, str]] = []
    for mention in register.named(node, LEAD):
        if mention.unit:
            found.append((mention.unit.code, mention.unit.name))
        elif mention.text:
            found.append((None, mention.text))
    return list(dict.fromkeys(found))


def _together(code: str | None, led: Mapping[tuple[str | None, str], Sized], register: Register) -> dict[str, int]:
    groups = register.groups_of(code) if code else ()
    return {unit.name: len(led[unit.code, unit.name]) for unit in groups if (unit.code, unit.name) in led}


def _owed(states: Sequence[str]) -> dict[str, int]:
    counts = Counter(states)
    return {name: counts[name] for name in OWED if counts[name]}


def _most_first(unit: UnitStatus) -> tuple[object, ...]:
    return (*(-unit.owed.get(name, 0) for name in OWED), unit.name)


def _heard(voices: Iterable[Progress], window: Period) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The units that recorded something about a window, and the items that something was recorded about."""
    units: set[str] = set()
    items: set[tuple[str, str]] = set()
    for record in voices:
        about = [r.item for r in record.readings if r.period.overlaps(window)]
        about += [c.item for c in record.completions if c.done in window]
        items.update((record.plan, item) for item in about)
        if about and record.unit:
            units.add(record.unit)
    return frozenset(units), frozenset(items)
