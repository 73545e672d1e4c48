"""What a command line of `qmsplan status` asks for, understood: the window, the day, the items, the states.

Where a status reads from: the files as they are, or as a git revision has them.

`qmsplan status --rollup`: plans of units beside those that they carry out.

`qmsplan status`: what is done, overdue, missed.

The options of `qmsplan status`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

import typer

from qmsplan.check.workers import in_two
from qmsplan.cli.console import BROKEN, CLEAN, FINDINGS, CommandError, progress_bar, put, screen_width, wants_colours
from qmsplan.cli.findings import MANY
from qmsplan.cli.workspace import (
    MARK,
    OpenWorkspace,
    day_of,
    is_plan_name,
    no_such_plan,
    plan_files,
    require_workspace,
    tell_broken,
    unit_called,
)
from qmsplan.diagnostics import Message, UserError, translator
from qmsplan.git import Blob, Repository, files_of, open_repository, read_blobs, resolve
from qmsplan.load.document import Document, Source, read_content, read_file
from qmsplan.load.files import File
from qmsplan.load.workspace import Workspace, gather
from qmsplan.model.period import Period, parse_period, quarter, quarter_of
from qmsplan.model.settings import Settings
from qmsplan.model.text import ordinal
from qmsplan.output import status_data
from qmsplan.output.cascade import cascade_json, write_cascade
from qmsplan.output.status import StatusView, write_table
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.people import Register
from qmsplan.progress.cascade import Cascade, cascade
from qmsplan.progress.measurement import Attainment
from qmsplan.progress.occurrences import State
from qmsplan.progress.plan import PlanProgress, plan_progress
from qmsplan.progress.status import Status, status

_ONE = Message("leave out one of the two")


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


def one_of(first: str | None, second: str | None) -> str | None:
    """The period, which may be named in two ways. Stop if both are used and differ."""
    if first is not None and second is not None and first != second:
        raise CommandError(
            Message("two periods were asked for: {first} and {second}", first=first, second=second), _ONE
        )
    return first if second is None else second


def as_of_in(wish: StatusOptions, place: OpenWorkspace) -> date:
    """The day to look from."""
    return day_of(wish.as_of, place)


def window_in(wish: StatusOptions, as_of: date) -> Period:
    """The period that was asked for; the quarter of the day if none was."""
    if wish.quarter is not None and wish.period is not None:
        raise CommandError(Message("a quarter and a period were asked for"), _ONE)
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
    except UserError:
        hint = Message("write III, 3, Q3 or 2026-Q3; what is no quarter goes after '--period': '--period 2026-H1'")
        raise UserError(Message("'{text}' is no quarter", text=typed), hint) from None
    if period != quarter_of(period.start):
        raise UserError(
            Message("'{text}' is no quarter", text=typed), Message("write '--period {code}'", code=period.code)
        )
    return period


def plans_in(wish: StatusOptions, workspace: Workspace) -> frozenset[str]:
    """The ids of plans that were asked for; none means all. Stop if there is no such plan."""
    chosen = frozenset(_parted(wish.plans))
    known = [named.plan.id for named, _ in workspace.plans()]
    unknown = chosen.difference(known)
    if unknown:
        raise no_such_plan(sorted(unknown), known)
    return chosen


def states_in(wish: StatusOptions) -> frozenset[str]:
    """The states and attainments that were asked for; none means all."""
    known = [state.value for state in (*State, *Attainment)]
    chosen = [state.lower().replace("-", "_") for state in _parted(wish.states)]
    unknown = [state for state in chosen if state not in known]
    if unknown:
        message = Message("there is no state '{name}'", name=unknown[0])
        raise CommandError(message, Message("the states are: {names}", names=", ".join(known)))
    return frozenset(chosen)


def keep_in(wish: StatusOptions, register: Register) -> Callable[[Node], bool]:
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


def workspace_now(place: OpenWorkspace, language: str, *, is_quiet: bool) -> Workspace:
    """All plans and records as the files hold them."""
    files = plan_files(place)
    translate = translator(language)
    with progress_bar(0 if is_quiet or len(files) < MANY else len(files), translate("reading")) as advance:
        documents = _counted(in_two(_read, files, len(files)), advance)
        return gather(documents, place.root, place.settings)


def _read(file: File) -> Document:
    """A document without its text, which nobody needs any more and which would have to be sent between processes."""
    return read_file(file.path, file.name)._replace(source=Source(file.name, ""))


def _counted(documents: Iterable[Document], advance: Callable[[int], None]) -> Iterator[Document]:
    for document in documents:
        yield document
        advance(1)


def place_at(revision: str, place: OpenWorkspace) -> tuple[OpenWorkspace, tuple[Document, ...]]:
    """The settings that a revision has, and the documents of its plans. Stop if it has no workspace here."""
    repository = open_repository(place.root)
    commit = resolve(repository, revision)
    found = _documents(repository, revision, files_of(repository, commit, repository.inside(place.root / MARK)))
    if not found:
        message = Message("the revision {revision} has no {name} here", revision=revision, name=MARK)
        raise CommandError(message, Message("name a later revision; 'git log {name}' shows when it came", name=MARK))
    value = found[0].value
    then = OpenWorkspace(place.root, value if isinstance(value, Settings) else Settings(kind="workspace"), found[0])
    folder = repository.inside(place.root / then.settings.plans)
    blobs = [blob for blob in files_of(repository, commit, folder) if is_plan_name(blob.path[len(folder) :])]
    return then, _documents(repository, revision, blobs)


def _documents(repository: Repository, revision: str, blobs: Sequence[Blob]) -> tuple[Document, ...]:

    contents = read_blobs(repository, (blob.id for blob in blobs))
    return tuple(
        read_content(content, f"{revision}:{blob.path}") for blob, (_, content) in zip(blobs, contents, strict=True)
    )


def refuse_others(wish: StatusOptions) -> None:
    """Stop if an option was given that says nothing of a cascade."""
    given = {
        "--unit": wish.units,
        "--lead": wish.leads,
        "--state": wish.states,
        "--format": wish.form if wish.form in {"csv", "markdown"} else "",
        "--fail-on": [name for name in wish.fail_on if name == "overdue"],
    }
    for name, value in given.items():
        if value:
            hint = Message(
                "'--rollup' goes with '--plan', '--period', '--as-of', '--format json' and '--fail-on missed'"
            )
            raise CommandError(Message("'--rollup' can't be combined with '{name}'", name=_shown(name, wish)), hint)


def _shown(name: str, wish: StatusOptions) -> str:
    return f"{name} {wish.form}" if name == "--format" else f"{name} overdue" if name == "--fail-on" else name


def rolled_up(plans: Iterable[PlanProgress], window: Period, as_of: date, wanted: frozenset[str]) -> Cascade:
    """The cascade. Stop if a plan was asked for that no other one carries out."""
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


def show_status(wish: StatusOptions, language: str) -> int:
    """Prints the status; the exit code."""
    if wish.rollup:
        refuse_others(wish)
    place = require_workspace()
    as_of = as_of_in(wish, place)
    window, states = window_in(wish, as_of), states_in(wish)
    if wish.revision is None:
        workspace = workspace_now(place, language, is_quiet=wish.quiet)
    else:
        place, documents = place_at(wish.revision, place)
        workspace = gather(documents, place.root, place.settings)
    chosen = plans_in(wish, workspace)
    found: Status | Cascade
    if wish.rollup:
        found = rolled_up(_plans(workspace, as_of), window, as_of, chosen)
        put(write(found, wish.form, _titles(workspace), language))
    else:
        keep = keep_in(wish, workspace.register)
        found = status(_plans(workspace, as_of, chosen), window, as_of, keep, states)
        put(_written(found, wish.form, workspace, language))
    return _code(found, wish, place, workspace, language)


def _code(
    found: Status | Cascade, wish: StatusOptions, place: OpenWorkspace, workspace: Workspace, language: str
) -> int:
    if tell_broken(place, workspace.diagnostics, language):
        return BROKEN
    is_late = "overdue" in wish.fail_on and isinstance(found, Status) and found.overdue
    return FINDINGS if is_late or ("missed" in wish.fail_on and found.missed) else CLEAN


def _plans(workspace: Workspace, as_of: date, chosen: frozenset[str] = frozenset()) -> Iterator[PlanProgress]:
    """The chosen plans as of a day; all, if none is named."""
    means = workspace.settings.deadlines
    return (
        plan_progress(named.plan, outline(named.plan, means), [record.progress for record in records], as_of, means)
        for named, records in workspace.plans()
        if not chosen or named.plan.id in chosen
    )


def _written(found: Status, form: str, workspace: Workspace, language: str) -> str:

    translate = translator(language)
    if form == "json":
        return status_data.status_json(found)
    if form == "csv":
        return status_data.status_csv(found)
    if form == "markdown":
        return status_data.status_markdown(found, language, translate)

    return write_table(found, StatusView(language, translate, screen_width(), wants_colours(), _titles(workspace)))


def _titles(workspace: Workspace) -> dict[str, str]:
    return {named.plan.id: " ".join((named.plan.head.type, *named.plan.head.title)) for named, _ in workspace.plans()}


Format = Literal["table", "json", "csv", "markdown"]


class StatusFailOn(StrEnum):
    """What can make the exit code 1."""

    NONE = "none"
    OVERDUE = "overdue"
    MISSED = "missed"


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    code_help = translate("The period to look at: 2026-Q3, 2026-H1, 2026-9M, 2026-09, 2026 or 2026-2030.")
    quarter_help = translate("The quarter, III, 3, Q3 or 2026-Q3; today's quarter if not given.")
    period_help = translate("The same as PERIOD.")
    as_of_help = translate("The day to look from, 2026-09-30 or 30/9/2026; today if not given.")
    plan_help = translate("Only these plans, parted by commas; may be given several times.")
    unit_help = translate(
        "Only items that this unit leads or supports: its code, name or alias; may be given several times."
    )
    lead_help = translate("Only items that this unit leads; may be given several times.")
    state_help = translate("Only what is in these states, such as overdue,missed; may be given several times.")
    rev_help = translate("Read plans, records and settings as this git revision has them: HEAD~1, main, a tag.")
    rollup_help = translate("Show how the plans of units carry out those above them.")
    format_help = translate("How the status is written.")
    fail_help = translate("What makes the exit code 1; may be given several times.")
    quiet_help = translate("Show no progress bar.")
    form_meta, fail_meta = "table|json|csv|markdown", "overdue|missed|none"

    @app.command("status", help=translate("Show what is done, due, overdue and missed."))
    def command(  # noqa: PLR0913  an option each
        *,
        code: Annotated[str | None, typer.Argument(metavar="PERIOD", help=code_help)] = None,
        quarter: Annotated[str | None, typer.Option("--quarter", "-q", metavar="QUARTER", help=quarter_help)] = None,
        period: Annotated[str | None, typer.Option("--period", metavar="PERIOD", help=period_help)] = None,
        as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=as_of_help)] = None,
        plan: Annotated[list[str] | None, typer.Option("--plan", metavar="ID", help=plan_help)] = None,
        unit: Annotated[list[str] | None, typer.Option("--unit", metavar="UNIT", help=unit_help)] = None,
        lead: Annotated[list[str] | None, typer.Option("--lead", metavar="UNIT", help=lead_help)] = None,
        state: Annotated[list[str] | None, typer.Option("--state", metavar="STATES", help=state_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar=form_meta, help=format_help)] = "table",
        fail_on: Annotated[
            list[StatusFailOn] | None, typer.Option("--fail-on", metavar=fail_meta, help=fail_help)
        ] = None,
        rev: Annotated[str | None, typer.Option("--rev", metavar="REV", help=rev_help)] = None,
        rollup: Annotated[bool, typer.Option("--rollup", help=rollup_help)] = False,
        quiet: Annotated[bool, typer.Option("--quiet", help=quiet_help)] = False,
    ) -> None:

        choices = tuple(choice.value for choice in fail_on or ())
        window = one_of(code, period)
        lists = (tuple(plan or ()), tuple(unit or ()), tuple(lead or ()), tuple(state or ()))
        raise typer.Exit(
            show_status(StatusOptions(quarter, window, as_of, *lists, form, choices, rollup, quiet, rev), language)
        )
