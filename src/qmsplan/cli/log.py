"""`qmsplan log`: how the targets and deadlines of an item, or of a whole plan, changed through git."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from qmsplan.cli.console import argument, choice, flag, put, screen
from qmsplan.cli.find_plan import FoundPlan, find_plan_or_item, no_such_item
from qmsplan.cli.parameters import complete_plan_or_item
from qmsplan.cli.workspace import OpenWorkspace, plan_files, require_workspace, zone_of
from qmsplan.diagnostics import Translator
from qmsplan.diff.plans import PlanDiff, Version, about, has_item, step
from qmsplan.git import Commit, Repository, history, open_repository, read_blobs, resolve
from qmsplan.load.document import read_content
from qmsplan.model.inline import plain_text
from qmsplan.model.plan import Plan
from qmsplan.output.log import ItemHistory, LogEntry, SignoffState, log_json, log_markdown, log_text
from qmsplan.phrases.item_tree import outline
from qmsplan.seal import holds


class LogOptions(NamedTuple):
    """What the user asked for, as typed."""

    name: str = argument(
        "ITEM", "The item, ITEM or PLAN/ITEM, or a whole plan, also by its file.", complete_plan_or_item, needed=True
    )
    every: bool = flag("--all", "Show changes of every field, not of targets and deadlines only.")
    form: Literal["text", "markdown", "json"] = choice("--format", "How the history is written.")


def command(options: LogOptions, translate: Translator) -> None:
    """Prints the steps that changed the item, newest first."""
    place = require_workspace()
    repository = open_repository(place.root)
    chosen = find_plan_or_item(options.name, plan_files(place))
    past = past_of(repository, resolve(repository, "HEAD"), repository.inside(chosen.file.path.absolute()))
    versions = (chosen.plan, *(one for turned in past.steps for one in (turned.after, *turned.before) if one))
    if chosen.item and not any(has_item(version, chosen.item) for version in versions):
        raise no_such_item(chosen.item, versions)
    entries = tuple(_log_entries(chosen, past, place, every=options.every))
    if repository.is_shallow:  # the first commit of such a clone seems to add what was there before it
        entries = tuple(entry for entry in entries if entry.commit is None or entry.commit.has_parents)
    text = _words_of(chosen.plan, chosen.item)
    life = ItemHistory(chosen.plan.id, chosen.item, text, entries, repository.is_shallow, past.unread)
    if options.form == "json":
        put(log_json(life))
    elif options.form == "markdown":
        put(log_markdown(life, translate))
    else:
        put(log_text(life, screen(translate)))


class Turned(NamedTuple):
    """A commit that changed a plan's file: the plan after it, and in each of its parents; None where it was no plan."""

    commit: Commit
    file: str
    after: Plan | None
    before: tuple[Plan | None, ...]


class Past(NamedTuple):
    """The commits that changed a plan, newest first, and the `commit:file` of versions that are no readable plan."""

    steps: tuple[Turned, ...]
    unread: tuple[str, ...]


def past_of(repository: Repository, commit: str, path: str) -> Past:
    """All versions of a file up to a commit. A version that is no plan is passed over: the one after it is compared
    with the one before it."""
    steps = history(repository, commit, path)
    ids = dict.fromkeys(
        name for taken in steps for name in (taken.after.id if taken.after else None, *taken.before) if name
    )
    plans = {name: _plan_in(content) for name, content in read_blobs(repository, ids)}
    earlier = {taken.after.id: taken.before[0] if taken.before else None for taken in reversed(steps) if taken.after}
    found, unread, file = [], [], path
    for taken in steps:
        file = taken.after.path if taken.after else file
        if taken.after and plans[taken.after.id] is None:
            unread.append(f"{taken.commit.id[:7]}:{file}")
            continue
        before = tuple(_readable(name, plans, earlier) for name in taken.before)
        found.append(Turned(taken.commit, file, plans[taken.after.id] if taken.after else None, before))
    return Past(tuple(found), tuple(unread))


def _plan_in(content: bytes) -> Plan | None:
    value = read_content(content, "").value
    return value if isinstance(value, Plan) else None


def _readable(name: str | None, plans: dict[str, Plan | None], earlier: dict[str, str | None]) -> Plan | None:
    """A version, or the nearest one before it that is a plan."""
    seen = set()
    while name and name not in seen and plans.get(name) is None:
        seen.add(name)
        name = earlier.get(name)
    return plans.get(name) if name else None


def _log_entries(chosen: FoundPlan, past: Past, place: OpenWorkspace, *, every: bool) -> Iterator[LogEntry]:
    """The commits that changed something, newest first; what is not committed stands before them."""
    known = next((turned.after for turned in past.steps), None)
    file = past.steps[0].file if past.steps else chosen.file.name
    if diff := _diff_of((known,), chosen.plan, chosen.item, place, file=file, every=every):
        yield LogEntry(diff, file, _signed(chosen.plan))
    for turned in past.steps:
        if diff := _diff_of(turned.before, turned.after, chosen.item, place, file=turned.file, every=every):
            signed = _signed(turned.after) if turned.after else None
            yield LogEntry(diff, turned.file, signed, _in_zone(turned.commit, zone_of(place)))


def _in_zone(commit: Commit, zone: ZoneInfo) -> Commit:
    """A commit with its time on the clocks of the workspace; at the ends of the calendar on those of its author."""
    try:
        return commit._replace(date=commit.date and commit.date.astimezone(zone))
    except OverflowError:
        return commit


def _diff_of(
    before: tuple[Plan | None, ...],
    after: Plan | None,
    item: str | None,
    place: OpenWorkspace,
    *,
    file: str,
    every: bool,
) -> PlanDiff | None:
    if len(before) == 1 and before[0] == after:
        return None
    changes = about(step(before, after, place.settings.deadlines), item, (after, *before), every=every)
    if not changes:
        return None
    old = next((plan for plan in before if plan), None)
    return PlanDiff(Version(file, old) if old else None, Version(file, after) if after else None, tuple(changes))


def _signed(plan: Plan) -> SignoffState | None:
    if plan.signoff is None:
        return SignoffState(plan.earlier[-1], None, is_amended=True) if plan.earlier else None
    return SignoffState(plan.signoff, holds(plan, plan.signoff.digest) if plan.signoff.digest else None)


def _words_of(plan: Plan, item: str | None) -> str:
    words = next((node.item.text for node in outline(plan) if node.item.id == item), ())
    return plain_text(" ".join(words if item else plan.head.title))
