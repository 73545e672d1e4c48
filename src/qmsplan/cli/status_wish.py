"""What a command line of `qmsplan status` asks for, understood: the window, the day, the items, the states."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.choices import day_of, no_such_plan, unit_called
from qmsplan.cli.console import Stop
from qmsplan.diagnostic import Fault, say
from qmsplan.model.period import Period, parse_period, quarter, quarter_of
from qmsplan.model.words import ordinal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from qmsplan.cli.files import Place
    from qmsplan.load.workspace import Workspace
    from qmsplan.model.outline import Node
    from qmsplan.model.people import Register

_ONE = say("leave out one of the two")


class Wish(NamedTuple):
    """What the user asked for, as typed."""

    quarter: str | None = None
    period: str | None = None
    as_of: str | None = None
    plans: Sequence[str] = ()
    units: Sequence[str] = ()
    leads: Sequence[str] = ()
    states: Sequence[str] = ()
    form: str = "table"
    fail_on: Sequence[str] = ()
    rollup: bool = False
    quiet: bool = False
    revision: str | None = None


def one_of(first: str | None, second: str | None) -> str | None:
    """The period, which may be named in two ways. Stop if both are used and differ."""
    if first is not None and second is not None and first != second:
        raise Stop(say("two periods were asked for: {first} and {second}", first=first, second=second), _ONE)
    return first if second is None else second


def as_of_in(wish: Wish, place: Place) -> date:
    """The day to look from."""
    return day_of(wish.as_of, place)


def window_in(wish: Wish, as_of: date) -> Period:
    """The period that was asked for; the quarter of the day if none was."""
    if wish.quarter is not None and wish.period is not None:
        raise Stop(say("a quarter and a period were asked for"), _ONE)
    if wish.period is not None:
        return parse_period(wish.period.upper())
    return quarter_of(as_of) if wish.quarter is None else _quarter(wish.quarter, as_of.year)


def _quarter(typed: str, year: int) -> Period:
    """`III`, `3`, `Q3` are quarters of a year; `2026-Q3` names its own."""
    number = ordinal(typed.strip().lower().removeprefix("q"))
    if number is not None and number <= 1000:
        return quarter(year, number)
    try:
        period = parse_period(typed.upper())
    except Fault:
        hint = say("write III, 3, Q3 or 2026-Q3; what is no quarter goes after '--period': '--period 2026-H1'")
        raise Fault(say("'{text}' is no quarter", text=typed), hint) from None
    if period != quarter_of(period.start):
        raise Fault(say("'{text}' is no quarter", text=typed), say("write '--period {code}'", code=period.code))
    return period


def plans_in(wish: Wish, workspace: Workspace) -> frozenset[str]:
    """The ids of plans that were asked for; none means all. Stop if there is no such plan."""
    chosen = frozenset(_parted(wish.plans))
    known = [named.plan.id for named, _ in workspace.plans()]
    unknown = chosen.difference(known)
    if unknown:
        raise no_such_plan(sorted(unknown), known)
    return chosen


def states_in(wish: Wish) -> frozenset[str]:
    """The states and attainments that were asked for; none means all."""
    from qmsplan.progress.measure import Attainment
    from qmsplan.progress.occurrence import State

    known = [state.value for state in (*State, *Attainment)]
    chosen = [state.lower().replace("-", "_") for state in _parted(wish.states)]
    unknown = [state for state in chosen if state not in known]
    if unknown:
        message = say("there is no state '{name}'", name=unknown[0])
        raise Stop(message, say("the states are: {names}", names=", ".join(known)))
    return frozenset(chosen)


def keep_in(wish: Wish, register: Register) -> Callable[[Node], bool]:
    """Items that one of the units, a unit below it or a group it belongs to leads; or, for `--unit`, supports."""
    involved, leading = _codes(wish.units, register), _codes(wish.leads, register)

    def keep(node: Node) -> bool:
        if leading and leading.isdisjoint(register.involved(node.lead)):
            return False
        return not involved or not involved.isdisjoint(register.involved((*node.lead, *node.support)))

    return keep


def _codes(typed: Iterable[str], register: Register) -> frozenset[str]:
    units = [unit for text in typed for unit in _units(text, register)]
    return frozenset().union(*(register.within(unit) for unit in units))


def _units(typed: str, register: Register) -> list[str]:
    """The codes of one unit, whose name may hold commas itself, or of several parted by commas."""
    whole = register.find(typed)
    if whole or "," not in typed:
        return [(whole or unit_called(register, typed)).code]
    return [unit_called(register, part).code for part in _parted([typed])]


def _parted(typed: Iterable[str]) -> list[str]:
    return [part.strip() for text in typed for part in text.split(",") if part.strip()]
