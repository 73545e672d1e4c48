"""`qmsplan status`: what is done, due, overdue and missed in a window of time; with `--rollup`, how the plans of units
carry out those above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qmsplan.cli.completion import quietly
from qmsplan.cli.console import CommandError, Exit, put, screen_width, wants_colours
from qmsplan.cli.find_plan import workspace_at
from qmsplan.cli.in_force import PlansInForce, PlansRead
from qmsplan.cli.items import ItemFilter, parted, wanted
from qmsplan.cli.options import StatusOptions
from qmsplan.cli.settings import OpenWorkspace, day_of, require_workspace, window_of
from qmsplan.cli.workspace import plan_files
from qmsplan.diagnostics import Message, Severity, Translator
from qmsplan.load.files import MARK, File
from qmsplan.model.period import Period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.output.cascade import cascade_json, write_cascade
from qmsplan.output.safe_text import neutral
from qmsplan.output.status import SMALL, StatusView, write_table
from qmsplan.output.status_data import STATUS_FORMATS
from qmsplan.output.words import state_names
from qmsplan.phrases.asked import asked_quarter, asked_states
from qmsplan.progress.cascade import cascade
from qmsplan.progress.occurrences import State
from qmsplan.progress.plan import PlanProgress, plan_as_of
from qmsplan.progress.status import StatusPart, StatusRow, StatusScope, facts_in, joined, part_of
from qmsplan.progress.units import RowFacts
from qmsplan.progress.verdict import Attainment


@quietly
def states(incomplete: str) -> Iterator[tuple[str, str]]:
    """States and attainments; behind a comma another one: `done,overdue`."""
    before = incomplete.rpartition(",")[0]
    start = f"{before}," if before else ""
    return ((f"{start}{state.value}", "") for state in (*State, *Attainment))


_ONE = Message("leave out one of the two")


def one_of(first: str | None, second: str | None) -> str | None:
    """The period, which may be named in two ways. Stop if both are used and differ."""
    if first is not None and second is not None and first != second:
        raise CommandError(
            Message("two periods were asked for: {first} and {second}", first=first, second=second), _ONE
        )
    return first if second is None else second


def window_in(options: StatusOptions, as_of: date) -> Period:
    """The period that was asked for; the quarter of the day if none was."""
    if options.quarter is not None and options.period is not None:
        raise CommandError(Message("a quarter and a period were asked for"), _ONE)
    return window_of(options.period, as_of) if options.quarter is None else asked_quarter(options.quarter, as_of).period


def files_in(options: StatusOptions, place: OpenWorkspace) -> tuple[OpenWorkspace, tuple[File, ...]]:
    """The files of plans as they are, or as a revision has them, and the workspace with the settings of that time. Stop
    if the revision has no workspace here."""
    if options.rev is None:
        return place, plan_files(place)
    past = workspace_at(options.rev, place)
    if past.document is None:
        message = Message("the revision {revision} has no {name} here", revision=options.rev, name=MARK)
        raise CommandError(message, Message("name a later revision; 'git log {name}' shows when it came", name=MARK))
    return OpenWorkspace(place.root, past.settings, past.document), past.files()


def refuse_others(options: StatusOptions) -> None:
    """Stop if an option was given that does not go with `--rollup`."""
    given = {
        "--unit": options.unit,
        "--lead": options.lead,
        "--state": options.state,
        f"--format {options.form}": options.form in {"csv", "markdown"},
        "--fail-on overdue": "overdue" in (options.fail_on or ()),
    }
    if unfit := next((name for name, value in given.items() if value), None):
        hint = Message("'--rollup' goes with '--plan', '--period', '--as-of', '--format json' and '--fail-on missed'")
        raise CommandError(Message("'--rollup' can't be combined with '{name}'", name=unfit), hint)


def command(options: StatusOptions, translate: Translator) -> int:
    """Prints the status. The exit code is 1 if what `--fail-on` names is there, 2 if a file could not be read."""
    options = options._replace(period=one_of(options.code, options.period))
    if options.rollup:
        refuse_others(options)
    place = require_workspace()
    as_of = day_of(options.as_of, place, translate)
    window, states = window_in(options, as_of), asked_states(options.state or (), state_names())
    place, files = files_in(options, place)
    register = place.register
    asked = ItemFilter(register, wanted(options.unit, register), wanted(options.lead, register))
    scope = StatusScope(place.settings, as_of, window, asked, states)
    chosen = frozenset(parted(options.plan or ()))
    in_force = PlansInForce(place, as_of, window) if options.rev is None else None
    work = StatusWork(scope, options, translate)
    reader = PlansRead[PlanSeen](place, work, in_force, translate)
    plans = list(reader.each(files, chosen, reads_all=options.rollup, is_quiet=options.quiet))
    broken = sorted({one.file for one in reader.diagnostics if one.severity is Severity.ERROR})
    left_out = translate("without files that have errors: {files}", files=", ".join(broken)) if broken else ""
    if options.rollup:
        is_late, has_missed = _print_rollup(plans, scope, chosen, options, translate)
    else:
        is_late, has_missed = _print_status(plans, left_out, scope, options, translate)
    fail_on = options.fail_on or ()
    fails = ("overdue" in fail_on and is_late) or ("missed" in fail_on and has_missed)
    return reader.tell_last(as_of, Exit.FINDINGS if fails else Exit.CLEAN)


class PlanSeen(NamedTuple):
    """What is kept of a plan that was read. The plan itself is not: thousands of plans need too much memory."""

    id: str
    title: str
    """Without the kind of document, which most plans share: `Thực hiện Mục tiêu …`."""
    part: StatusPart[StatusRow] | None = None
    """What it gives to a status that is shown on a screen."""
    facts: StatusPart[RowFacts] | None = None
    """What it gives to a status that is written as data."""
    rows: tuple[str, ...] = ()
    """Its rows as data."""
    progress: PlanProgress | None = None
    """For `--rollup`."""


@dataclass(frozen=True)
class StatusWork:
    """Computes what a plan gives to the status; also in a second process."""

    scope: StatusScope
    options: StatusOptions
    translate: Translator

    def __call__(self, plan: Plan, records: list[Progress]) -> PlanSeen:
        """What is kept of a plan."""
        seen = PlanSeen(plan.id, " ".join(plan.head.title) or plan.head.full_title)
        if self.options.rollup:
            return seen._replace(progress=plan_as_of(plan, records, self.scope.settings, self.scope.as_of))
        part, form = part_of((plan, records), self.scope), STATUS_FORMATS.get(self.options.form)
        if part is None or form is None:
            return seen._replace(part=part)
        rows = form.rows(part.every, self.translate, everything=self.options.everything)
        return seen._replace(facts=facts_in(part), rows=tuple(rows))


def _print_rollup(
    plans: Sequence[PlanSeen], scope: StatusScope, chosen: frozenset[str], options: StatusOptions, translate: Translator
) -> tuple[bool, bool]:
    """Prints the cascade; whether anything is overdue, which it does not tell, and whether a total misses a target.
    Stop if a plan was asked for that no other one carries out."""
    progresses = (plan.progress for plan in plans if plan.progress)
    found = cascade(progresses, scope.window, scope.as_of, chosen)
    if absent := chosen - {branch.plan for branch in found.branches}:
        message = Message("no plan carries out '{id}'", id=", ".join(sorted(absent)))
        raise CommandError(message, Message("a plan names the one above it under 'implements', and so do its items"))
    if options.form == "json":
        put(cascade_json(found))
    else:
        view = StatusView(translate, screen_width(), wants_colours(), _titles(plans))
        put(write_cascade(found, view))
    return False, found.missed


def _print_status(
    plans: Sequence[PlanSeen],
    left_out: str,
    scope: StatusScope,
    options: StatusOptions,
    translate: Translator,
) -> tuple[bool, bool]:
    """Prints the status, and which files it is without; whether anything is overdue, and whether a target is missed."""
    if form := STATUS_FORMATS.get(options.form):
        found = joined((plan.facts for plan in plans if plan.facts), scope)
        for text in form.whole(found, (row for plan in plans for row in plan.rows), translate):
            put(text)
        if left_out and options.form == "markdown":  # data for programs: exit code and stderr
            put(f"\n**{neutral(left_out)}**\n")
        return bool(found.overdue), bool(found.missed)
    status = joined((plan.part for plan in plans if plan.part), scope)
    is_small = len({row.plan for row in status.rows}) == 1 and len(status.rows) <= SMALL
    view = StatusView(
        translate,
        screen_width(),
        wants_colours(),
        _titles(plans),
        items=options.items or options.by is not None or is_small,
        everything=options.everything,
        by=options.by or "plan",
        is_bare=bool(options.state),
        left_out=left_out,
    )
    put(write_table(status, view))
    return bool(status.overdue), bool(status.missed)


def _titles(plans: Sequence[PlanSeen]) -> dict[str, str]:
    return {plan.id: plan.title for plan in plans}
