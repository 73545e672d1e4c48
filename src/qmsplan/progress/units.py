"""What each unit owes: the rows of a status that it leads, by what is wrong with them, and if it reported at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qmsplan.model.period import Period
from qmsplan.model.progress import Progress
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_words import LEAD
from qmsplan.progress.occurrences import State
from qmsplan.progress.verdict import BAD, Attainment

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


Lead = tuple[str | None, str]
"""Who leads an item: code and name of a unit; None and the words of the plan for who is not in the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """A row of a status without the words and values of its plan: what totals, lists and units are made of. Thousands
    of plans can be told with these in memory, and not with the plans."""

    plan: str
    item: str
    """The id of the item, such as `MT1`."""
    leads: tuple[Lead, ...] = ()
    attainment: Attainment | None
    """The result of an objective; None for other items."""
    due: tuple[State, ...]
    """The states of the due days that concern the window."""
    worst: State | None
    """The state of the due day that decides; None where there is none."""
    days: int
    """How many days late the due day that decides is; 0 if it is not late."""
    since: date | None
    """The day since when the item waits for its event."""
    is_in_window: bool
    missing: tuple[Period, ...] = ()
    """Of an objective with several times to measure in the window those that have passed without figures."""

    @property
    def name(self) -> str:
        """`plan/item`."""
        return f"{self.plan}/{self.item}"

    @property
    def state(self) -> State | Attainment | None:
        """The row in one word: the result of an objective, the state of the deciding due day of work."""
        return self.attainment or self.worst

    @property
    def led_by(self) -> tuple[str, ...]:
        """The names of the units that lead it: of a person the unit, of who is not registered the words of the plan."""
        return tuple(name for _, name in self.leads)

    @property
    def is_overdue(self) -> bool:
        """True if a day of it has passed and it is not done."""
        return self.worst is State.OVERDUE

    @property
    def is_missed(self) -> bool:
        """True if its target is missed or exceeded."""
        return self.attainment in BAD

    @property
    def is_silent(self) -> bool:
        """True for an objective without figures after the time to report them, or of one of the times of the window;
        and for one that can't be judged for want of a baseline."""
        return self.attainment in {Attainment.NO_DATA, Attainment.NO_BASELINE} or bool(self.missing)

    @property
    def owed(self) -> str:
        """What is to be done or reported, the worst of it, as one of `OWED`; "" for nothing. Figures are owed for each
        time that the objective is measured at, and on the day that it is evaluated."""
        if self.is_overdue or self.is_missed:
            return State.OVERDUE.value if self.is_overdue else str(self.attainment)
        if self.is_silent:
            return Attainment.NO_DATA.value
        state = self.state.value if self.state else ""
        is_due = self.attainment is not None and State.DUE in self.due
        return State.DUE.value if is_due and state not in OWED else state if state in OWED else ""


class Heard(NamedTuple):
    """What the progress files of a plan recorded about a window."""

    units: frozenset[str]
    """The units that recorded something."""
    items: frozenset[tuple[str, str]]
    """The items that something was recorded about: plan and item."""


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


def unit_statuses(rows: Iterable[RowFacts], register: Register, heard: Sequence[Heard]) -> tuple[UnitStatus, ...]:
    """The units that lead some rows, and the members of groups that do, those that owe most first. `heard` is what was
    recorded about each plan."""
    led: dict[Lead, list[str]] = {}
    items: dict[Lead, set[tuple[str, str]]] = {}
    for row in rows:
        for unit in row.leads:
            led.setdefault(unit, []).append(row.owed)
            items.setdefault(unit, set()).add((row.plan, row.item))
    speakers = frozenset[str]().union(*(one.units for one in heard))
    told = frozenset[tuple[str, str]]().union(*(one.items for one in heard))
    found = [
        UnitStatus(
            code,
            name,
            len(states),
            owed_by(states),
            not _SILENCE.isdisjoint(states) and code not in speakers and told.isdisjoint(items[code, name]),
            _together(code, led, register),
        )
        for (code, name), states in led.items()
    ]
    return tuple(sorted([*found, *_members_only(led, register)], key=_most_first))


def _members_only(led: Mapping[Lead, Sized], register: Register) -> Iterator[UnitStatus]:
    """Members of groups that lead, who lead nothing themselves: they owe nothing alone."""
    for unit in register.units:
        together = _together(unit.code, led, register)
        name = register.names[unit.code]
        if together and (unit.code, name) not in led:
            yield UnitStatus(unit.code, name, 0, {}, is_silent=False, together=together)


def leads_in(node: Node, register: Register, day: date) -> tuple[Lead, ...]:
    """Who answers on a day for an item: code and name of the units in the register that lead it, of those that took
    over the work of one, for a person those of the person's unit, the words alone of others."""
    found: list[Lead] = []
    for mention in register.named(node, LEAD):
        if mention.unit:
            codes = sorted(register.answering((mention.unit.code,), day))
            found += [(code, register.names[code]) for code in codes]
        elif mention.text:
            found.append((None, mention.text))
    return tuple(dict.fromkeys(found))


def _together(code: str | None, led: Mapping[Lead, Sized], register: Register) -> dict[str, int]:
    groups = register.groups_of(code) if code else ()
    named = [(unit.code, register.names[unit.code]) for unit in groups]
    return {name: len(led[code, name]) for code, name in named if (code, name) in led}


def owed_by(states: Iterable[str]) -> dict[str, int]:
    """How many items are in each of `OWED`; those with none are left out."""
    counts = Counter(states)
    return {name: counts[name] for name in OWED if counts[name]}


def _most_first(unit: UnitStatus) -> tuple[object, ...]:
    return (*(-unit.owed.get(name, 0) for name in OWED), unit.name)


def heard_in(records: Iterable[Progress], window: Period) -> Heard:
    """What the progress files of a plan, as they are known, recorded about a window."""
    units: set[str] = set()
    items: set[tuple[str, str]] = set()
    for record in records:
        about = [r.item for r in record.readings if r.period.overlaps(window)]
        about += [c.item for c in record.completions if c.done in window]
        items.update((record.plan, item) for item in about)
        if about and record.unit:
            units.add(record.unit)
    return Heard(frozenset(units), frozenset(items))
