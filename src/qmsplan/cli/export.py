"""`qmsplan export`: plans and records as calendars and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.choices import day_of, items_of, no_such_plan, tell_broken
from qmsplan.cli.console import Stop
from qmsplan.cli.exits import BROKEN, CLEAN
from qmsplan.cli.export_files import Job, write_export
from qmsplan.cli.files import Place, plan_files, require_workspace
from qmsplan.cli.progress_bar import progress_bar
from qmsplan.cli.survey import MANY
from qmsplan.diagnostic import Severity, say
from qmsplan.language import translator
from qmsplan.load.workspace import read_one_by_one
from qmsplan.model.people import Register
from qmsplan.progress.item_rows import unit_rows
from qmsplan.progress.plan_tables import Look, plan_tables
from qmsplan.progress.tables import ROWS, Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qmsplan.diagnostic import Diagnostic

ALARM_DAYS = 7
_OF_CALENDAR = ("plans", "items", "occurrences")


class Wish(NamedTuple):
    """What the user asked for, as typed."""

    form: str
    output: str | None
    as_of: str | None
    plans: Sequence[str]
    unit: str | None
    tables: Sequence[str]
    is_raw: bool
    alarm_days: int | None
    open_only: bool


def export(wish: Wish, language: str) -> int:
    """Writes the files; the exit code."""
    _refuse_what_does_not_fit(wish)
    place = require_workspace()
    register = Register(place.settings.units)
    look = Look(
        day_of(wish.as_of, place),
        register,
        place.settings.deadlines,
        items_of(register, wish.unit),
        shows_empty_plans=wish.unit is None,
        tables=frozenset(_OF_CALENDAR if wish.form == "ics" else wish.tables or ROWS),
    )
    unit = register.find(wish.unit) if wish.unit else None
    tables = tuple(name for name in ROWS if not wish.tables or name in wish.tables)
    alarm_days = ALARM_DAYS if wish.alarm_days is None else wish.alarm_days
    job = Job(wish.form, wish.output, tables, wish.is_raw, look.as_of, unit, alarm_days, wish.open_only, language)
    found: list[Diagnostic] = []
    write_export(job, place, _chunks(place, wish, look, found, language))
    return BROKEN if tell_broken(place, found, language) else CLEAN


def _refuse_what_does_not_fit(wish: Wish) -> None:
    given = {"--raw": wish.is_raw, "--alarm-days": wish.alarm_days is not None, "--open-only": wish.open_only}
    fitting = {"csv": {"--raw"}, "ics": {"--alarm-days", "--open-only"}}.get(wish.form, set())
    given["--table"] = bool(wish.tables) and wish.form == "ics"
    for option in (name for name, is_given in given.items() if is_given and name not in fitting):
        message = say("{option} does not fit {format}", option=option, format=wish.form)
        raise Stop(message, say("see '{command} --help'", command="qmsplan export"))
    if unknown := [name for name in wish.tables if name not in ROWS]:
        raise Stop(
            say("there is no table '{name}'", name=unknown[0]), say("write one of: {choices}", choices=", ".join(ROWS))
        )


def _chunks(place: Place, wish: Wish, look: Look, found: list[Diagnostic], language: str) -> Iterator[Tables]:
    """The units, then plan after plan; what is wrong with their files is added to `found`. Stop on unknown plans."""
    yield Tables(units=unit_rows(look.register))
    files = plan_files(place)
    missing, known = set(wish.plans), list[str]()
    with progress_bar(len(files) if len(files) >= MANY else 0, translator(language)("exporting")) as advance:
        for key, bundle, diagnostics in read_one_by_one(place.root, files, _admits(wish.plans, known)):
            found += diagnostics
            if bundle.plans:
                yield plan_tables(bundle.plans[0].plan, [record.progress for record in bundle.records], look)
            if bundle.plans or any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics):
                missing.discard(key or "")
            advance(len(bundle.plans) + len(bundle.records))
    if missing:
        raise no_such_plan(sorted(missing), known)


def _admits(names: Sequence[str], known: list[str]) -> Callable[[str | None], bool]:
    """The plans that are named, or all; the ids that there are are added to `known`."""

    def admit(key: str | None) -> bool:
        if key is not None:
            known.append(key)
        return not names or key in names

    return admit
