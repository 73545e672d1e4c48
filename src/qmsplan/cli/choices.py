"""What commands that look at progress have in common: the day, the unit, what can't be read."""

from __future__ import annotations

import sys
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qmsplan.cli.console import Stop, say_error
from qmsplan.diagnostic import Severity, Text, say
from qmsplan.language import translator
from qmsplan.model.scalar import read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qmsplan.cli.files import Place
    from qmsplan.diagnostic import Diagnostic
    from qmsplan.model.outline import Node
    from qmsplan.model.people import Register
    from qmsplan.model.units import Unit

_MOST_UNITS = 20


def today(place: Place) -> date:
    """The day it is in the workspace's time zone."""
    name = place.settings.timezone
    try:
        return datetime.now(ZoneInfo(name)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = say("write a name such as Asia/Ho_Chi_Minh under 'timezone' in qmsplan.yaml")
        raise Stop(say("the time zone '{name}' is not known", name=name), hint) from None


def day_of(typed: str | None, place: Place) -> date:
    """The day to look from; today if none is typed."""
    return today(place) if typed is None else read_date(typed)


def items_of(register: Register, typed: str | None) -> Callable[[Node], bool]:
    """Items that a unit, a unit below it or a group it belongs to leads or supports; all if none is typed."""
    if typed is None:
        return lambda _node: True
    codes = register.within(unit_called(register, typed).code)
    return lambda node: not codes.isdisjoint(register.involved((*node.lead, *node.support)))


def unit_called(register: Register, typed: str) -> Unit:
    """The unit with a code, name or alias. Stop with the nearest one if there is none."""
    unit = register.find(typed)
    if unit is None:
        near = register.closest(typed)
        hint = say("did you mean '{name}'?", name=near) if near else _units(register)
        raise Stop(say("no unit is called '{name}'", name=typed), hint)
    return unit


def no_such_plan(unknown: Iterable[str], known: Iterable[str]) -> Stop:
    """The answer to ids that no plan has, with the first of those there are."""
    hint = say("the plans are: {names}", names=", ".join(islice(known, 12)))
    return Stop(say("no plan has the id '{id}'", id=", ".join(unknown)), hint)


def _units(register: Register) -> Text:
    codes = [unit.code for unit in register.units]
    shown = codes if len(codes) <= _MOST_UNITS else [*codes[:_MOST_UNITS], "…"]
    return say("the units are: {names}", names=", ".join(shown))


def tell_broken(place: Place, diagnostics: Iterable[Diagnostic], language: str) -> bool:
    """True if files were left out because of their errors, of which the user is told."""
    own = place.document.diagnostics if place.document else ()
    names = sorted({found.file for found in (*own, *diagnostics) if found.severity is Severity.ERROR})
    if names:
        sys.stdout.flush()
        say_error(
            say("files with errors were left out: {names}", names=", ".join(names)),
            say("see them with 'qmsplan validate'"),
            translator(language),
        )
    return bool(names)
