"""`qmsplan status`: what is done, due, overdue and missed in a window of time; with `--rollup`, how the plans of units
carry out those above them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

import typer

from qmsplan.cli.console import BROKEN, CLEAN, FINDINGS, CommandError, put, screen_width, wants_colours
from qmsplan.cli.parameters import (
    AsOf,
    complete_period,
    complete_plan,
    complete_quarter,
    complete_unit,
    quietly,
)
from qmsplan.cli.seals import seal_is_broken, tell_broken_seals
from qmsplan.cli.versions import workspace_at
from qmsplan.cli.workspace import (
    OpenWorkspace,
    day_of,
    no_such_plan,
    require_workspace,
    tell_broken,
    unit_or_person_called,
    workspace_now,
)
from qmsplan.diagnostics import Message, translator
from qmsplan.load.document import Document, read_content
from qmsplan.load.files import MARK
from qmsplan.load.workspace import Workspace, gather
from qmsplan.model.period import Period, quarter_of
from qmsplan.model.register import Person, Unit
from qmsplan.output import status_data
from qmsplan.output.cascade import cascade_json, write_cascade
from qmsplan.output.status import SMALL, StatusView, write_table
from qmsplan.output.words import state_names
from qmsplan.phrases.asked import asked_period, asked_quarter, asked_states
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_mention import Mention
from qmsplan.phrases.people_words import LEAD
from qmsplan.progress.cascade import Cascade, cascade
from qmsplan.progress.measurement import Attainment
from qmsplan.progress.occurrences import State
from qmsplan.progress.plan import Outlook, PlanProgress, plan_progress
from qmsplan.progress.status import Status, status_of

Format = Literal["table", "json", "csv", "markdown"]
By = Literal["plan", "unit", "state"]


@quietly
def complete_state(incomplete: str) -> Iterator[tuple[str, str]]:
    """States and attainments; behind a comma another one: `done,overdue`."""
    before = incomplete.rpartition(",")[0]
    start = f"{before}," if before else ""
    return ((f"{start}{state.value}", "") for state in (*State, *Attainment))


class StatusFailOn(StrEnum):
    """What can make the exit code 1."""

    NONE = "none"
    OVERDUE = "overdue"
    MISSED = "missed"


UnitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        autocompletion=complete_unit,
        help="Only items that this unit or person leads or supports: code, name or alias; may be given several times.",
    ),
]
LeadOption = Annotated[
    list[str] | None,
    typer.Option(
        "--lead",
        metavar="UNIT",
        autocompletion=complete_unit,
        help="Only items that this unit or person leads; may be given several times.",
    ),
]
StateOption = Annotated[
    list[str] | None,
    typer.Option(
        "--state",
        metavar="STATES",
        autocompletion=complete_state,
        help="Only items in these states, such as overdue,missed; may be given several times.",
    ),
]
PlanOption = Annotated[
    list[str] | None,
    typer.Option(
        "--plan",
        metavar="ID",
        autocompletion=complete_plan,
        help="Only these plans, separated by commas; may be given several times.",
    ),
]
RevisionOption = Annotated[
    str | None,
    typer.Option(
        "--rev",
        metavar="REV",
        help="Read plans, records and settings from this git revision: HEAD~1, main, a tag.",
    ),
]
ItemsOption = Annotated[bool, typer.Option("--items", help="Print the rows below the summary.")]
AllOption = Annotated[bool, typer.Option("--all", help="Print the items too that do not concern the period.")]
ByOption = Annotated[
    By | None,
    typer.Option("--by", metavar="plan|unit|state", help="Print the rows, sorted by plan, by lead or by state."),
]
PeriodArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="PERIOD",
        autocompletion=complete_period,
        help="The period to look at: 2026-Q3, 2026-H1, 2026-9M, 2026-09, 2026 or 2026-2030.",
    ),
]


def command(  # noqa: PLR0913  an option each
    ctx: typer.Context,
    code: PeriodArgument = None,
    *,
    quarter: Annotated[
        str | None,
        typer.Option(
            "--quarter",
            "-q",
            metavar="QUARTER",
            autocompletion=complete_quarter,
            help="The quarter, III, 3, Q3 or 2026-Q3: the last one that has begun. Today's quarter if not given.",
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="PERIOD", autocompletion=complete_period, help="The same as PERIOD."),
    ] = None,
    as_of: AsOf = None,
    plan: PlanOption = None,
    unit: UnitOption = None,
    lead: LeadOption = None,
    state: StateOption = None,
    form: Annotated[
        Format, typer.Option("--format", metavar="table|json|csv|markdown", help="How the status is written.")
    ] = "table",
    fail_on: Annotated[
        list[StatusFailOn] | None,
        typer.Option(
            "--fail-on",
            metavar="overdue|missed|none",
            help="What makes the exit code 1; may be given several times.",
        ),
    ] = None,
    rev: RevisionOption = None,
    items: ItemsOption = False,
    everything: AllOption = False,
    by: ByOption = None,
    rollup: Annotated[
        bool, typer.Option("--rollup", help="Show how the plans of units carry out those above them.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress bar.")] = False,
) -> None:
    """Prints the status. The exit code is 1 if what `--fail-on` names is there, 2 if a file could not be read."""
    choices = tuple(choice.value for choice in fail_on or ())
    window = one_of(code, period)
    lists = (tuple(plan or ()), tuple(unit or ()), tuple(lead or ()), tuple(state or ()))
    rows = Rows(items or by is not None, everything, by or "plan")
    options = StatusOptions(quarter, window, as_of, *lists, form, choices, rollup, quiet, rev, rows)
    raise typer.Exit(show_status(options, ctx.obj))


_ONE = Message("leave out one of the two")


class Rows(NamedTuple):
    """Which rows are printed, and in which order."""

    items: bool = False
    everything: bool = False
    by: str = "plan"


class StatusOptions(NamedTuple):
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
    rows: Rows = Rows()


def one_of(first: str | None, second: str | None) -> str | None:
    """The period, which may be named in two ways. Stop if both are used and differ."""
    if first is not None and second is not None and first != second:
        raise CommandError(
            Message("two periods were asked for: {first} and {second}", first=first, second=second), _ONE
        )
    return first if second is None else second


def as_of_in(options: StatusOptions, place: OpenWorkspace) -> date:
    """The day to look from."""
    return day_of(options.as_of, place)


def window_in(options: StatusOptions, as_of: date) -> Period:
    """The period that was asked for; the quarter of the day if none was."""
    if options.quarter is not None and options.period is not None:
        raise CommandError(Message("a quarter and a period were asked for"), _ONE)
    if options.period is not None:
        return asked_period(options.period, as_of).period
    return quarter_of(as_of) if options.quarter is None else asked_quarter(options.quarter, as_of).period


def plans_in(options: StatusOptions, workspace: Workspace) -> frozenset[str]:
    """The ids of plans that were asked for; none means all. Stop if there is no such plan."""
    chosen = frozenset(_parted(options.plans))
    known = [named.plan.id for named, _ in workspace.plans()]
    unknown = chosen.difference(known)
    if unknown:
        raise no_such_plan(sorted(unknown), known)
    return chosen


def states_in(options: StatusOptions) -> frozenset[str]:
    """The states and attainments that were asked for; none means all."""
    return asked_states(options.states, state_names())


def keep_in(options: StatusOptions, register: Register) -> Callable[[Node], bool]:
    """A filter for items: a unit of `--lead`, a unit below it or a group that it belongs to leads them; one of `--unit`
    leads or supports them. A person is asked for by name in the same way, and not through the person's unit."""
    involved, leading = _wanted(options.units, register), _wanted(options.leads, register)

    def keep(node: Node) -> bool:
        if options.leads and not leading.are_among(register, register.named(node, LEAD)):
            return False
        return not options.units or involved.are_among(register, register.mentioned((*node.lead, *node.support)))

    return keep


class _Wanted(NamedTuple):
    """Who is asked for: codes of units with all below them, and persons."""

    codes: frozenset[str]
    persons: tuple[Person, ...]

    def are_among(self, register: Register, mentions: Iterable[Mention]) -> bool:
        """True if one of them is named, or belongs to a group that is."""
        named = list(mentions)
        is_person = any(mention.person in self.persons for mention in named if mention.person)
        return is_person or not self.codes.isdisjoint(register.codes(named))


def _wanted(typed: Iterable[str], register: Register) -> _Wanted:
    found = [one for text in typed for one in _asked(text, register)]
    units = (one for one in found if isinstance(one, Unit))
    codes = frozenset().union(*(register.within(unit.code) for unit in units))
    return _Wanted(codes, tuple(one for one in found if isinstance(one, Person)))


def _asked(typed: str, register: Register) -> list[Unit | Person]:
    """One unit or person, whose name may hold commas itself, or several parted by commas."""
    whole = register.find(typed) or register.find_person(typed)
    if whole or "," not in typed:
        return [whole or unit_or_person_called(register, typed)]
    return [unit_or_person_called(register, part) for part in _parted([typed])]


def _parted(typed: Iterable[str]) -> list[str]:
    return [part.strip() for text in typed for part in text.split(",") if part.strip()]


def place_at(revision: str, place: OpenWorkspace) -> tuple[OpenWorkspace, tuple[Document, ...]]:
    """The settings that a revision has, and the documents of its plans. Stop if it has no workspace here."""
    past = workspace_at(revision, place)
    if past.document is None:
        message = Message("the revision {revision} has no {name} here", revision=revision, name=MARK)
        raise CommandError(message, Message("name a later revision; 'git log {name}' shows when it came", name=MARK))
    documents = tuple(read_content(file.content or b"", file.name) for file in past.files())
    return OpenWorkspace(place.root, past.settings, past.document), documents


def refuse_others(options: StatusOptions) -> None:
    """Stop if an option was given that does not go with `--rollup`."""
    given = {
        "--unit": options.units,
        "--lead": options.leads,
        "--state": options.states,
        "--format": options.form if options.form in {"csv", "markdown"} else "",
        "--fail-on": [name for name in options.fail_on if name == "overdue"],
    }
    for name, value in given.items():
        if value:
            hint = Message(
                "'--rollup' goes with '--plan', '--period', '--as-of', '--format json' and '--fail-on missed'"
            )
            raise CommandError(Message("'--rollup' can't be combined with '{name}'", name=_shown(name, options)), hint)


def _shown(name: str, options: StatusOptions) -> str:
    return f"{name} {options.form}" if name == "--format" else f"{name} overdue" if name == "--fail-on" else name


def rolled_up(plans: Iterable[PlanProgress], window: Period, as_of: date, wanted: frozenset[str]) -> Cascade:
    """The plans with those that carry them out. Stop if a plan was asked for that no other one carries out."""
    found = cascade(plans, window, as_of, wanted)
    told = {branch.plan for branch in found.branches}
    if wanted - told:
        message = Message("no plan carries out '{id}'", id=", ".join(sorted(wanted - told)))
        raise CommandError(message, Message("a plan names the one above it under 'implements', and so do its items"))
    return found


def write(found: Cascade, form: str, titles: dict[str, str], language: str) -> str:
    """The cascade in the form that was asked for."""
    if form == "json":
        return cascade_json(found)

    return write_cascade(found, StatusView(language, translator(language), screen_width(), wants_colours(), titles))


def show_status(options: StatusOptions, language: str) -> int:
    """Prints the status; the exit code."""
    if options.rollup:
        refuse_others(options)
    place = require_workspace()
    as_of = as_of_in(options, place)
    window, states = window_in(options, as_of), states_in(options)
    if options.revision is None:
        named = () if options.rollup else _parted(options.plans)
        workspace = workspace_now(place, language, is_quiet=options.quiet, plans=named)
    else:
        place, documents = place_at(options.revision, place)
        workspace = gather(documents, place.root, place.settings)
    chosen = plans_in(options, workspace)
    found: Status | Cascade
    if options.rollup:
        found = rolled_up(_plans(workspace, as_of), window, as_of, chosen)
        put(write(found, options.form, _titles(workspace), language))
    else:
        keep = keep_in(options, workspace.register)
        plans = (
            (named.plan, [record.progress for record in records])
            for named, records in workspace.plans()
            if not chosen or named.plan.id in chosen
        )
        found = status_of(plans, workspace.settings, as_of, window, keep=lambda _, node: keep(node), states=states)
        put(_written(found, options, workspace, language))
    return _code(found, options, place, workspace, language)


def _code(
    found: Status | Cascade, options: StatusOptions, place: OpenWorkspace, workspace: Workspace, language: str
) -> int:
    if options.revision is None:
        is_broken = seal_is_broken(place)
        tell_broken_seals([named.plan.id for named, _ in workspace.plans() if is_broken(named.plan)], language)
    if tell_broken(place, workspace.diagnostics, language):
        return BROKEN
    is_late = "overdue" in options.fail_on and isinstance(found, Status) and found.overdue
    return FINDINGS if is_late or ("missed" in options.fail_on and found.missed) else CLEAN


def _plans(workspace: Workspace, as_of: date) -> Iterator[PlanProgress]:
    """The plans as of a day."""
    means, outlook = workspace.settings.deadlines, Outlook(reporting=workspace.settings.reporting.days)
    return (
        plan_progress(
            named.plan, outline(named.plan, means), [record.progress for record in records], as_of, means, outlook
        )
        for named, records in workspace.plans()
    )


def _written(found: Status, options: StatusOptions, workspace: Workspace, language: str) -> str:
    translate, rows = translator(language), options.rows
    if options.form == "json":
        return status_data.status_json(found, everything=rows.everything)
    if options.form == "csv":
        return status_data.status_csv(found, everything=rows.everything)
    if options.form == "markdown":
        return status_data.status_markdown(found, language, translate, everything=rows.everything)
    is_small = len({row.plan for row in found.rows}) == 1 and len(found.rows) <= SMALL
    view = StatusView(
        language,
        translate,
        screen_width(),
        wants_colours(),
        _titles(workspace),
        items=rows.items or is_small,
        everything=rows.everything,
        by=rows.by,
        is_bare=bool(options.states),
    )
    return write_table(found, view)


def _titles(workspace: Workspace) -> dict[str, str]:
    """The titles of plans by id, without the kind of document, which most of them share: `Thực hiện Mục tiêu …`."""
    heads = {named.plan.id: named.plan.head for named, _ in workspace.plans()}
    return {name: " ".join(head.title) or head.full_title for name, head in heads.items()}
