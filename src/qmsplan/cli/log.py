"""The versions of one plan through git, each with what it was made from.

`qmsplan log`: the life of an item through git.

The options of `qmsplan log`."""

from collections.abc import Callable, Iterator
from typing import Annotated, Literal, NamedTuple

import typer

from qmsplan.cli.console import CLEAN, put, screen_width, wants_colours
from qmsplan.cli.find_plan import Chosen, choose
from qmsplan.cli.workspace import OpenWorkspace, require_workspace
from qmsplan.diagnostics import translator
from qmsplan.diff.versions import PlanDiff, Version, about, step
from qmsplan.git import Commit, Repository, history, open_repository, read_blobs, resolve
from qmsplan.load.document import read_content
from qmsplan.model.inline import plain_text
from qmsplan.model.plan import Plan
from qmsplan.output.findings import painter
from qmsplan.output.log import ItemHistory, LogEntry, SignoffState, log_json, log_markdown, log_text
from qmsplan.phrases.item_tree import outline
from qmsplan.seal import holds


class Turned(NamedTuple):
    """A step with its plans: after it, and in each commit that it was made from."""

    commit: Commit
    file: str
    after: Plan | None
    before: tuple[Plan | None, ...]


class Past(NamedTuple):
    """The steps of a plan, newest first, and what could not be read."""

    steps: tuple[Turned, ...]
    unread: tuple[str, ...]


def past_of(repository: Repository, commit: str, path: str) -> Past:
    """All versions of a file. One that is no plan is passed over, and held against the one before it."""
    steps = history(repository, commit, path)
    ids = dict.fromkeys(
        name for taken in steps for name in (taken.after.id if taken.after else None, *taken.before) if name
    )
    plans = {name: _plan(content) for name, content in read_blobs(repository, ids)}
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


def _plan(content: bytes) -> Plan | None:
    value = read_content(content, "").value
    return value if isinstance(value, Plan) else None


def _readable(name: str | None, plans: dict[str, Plan | None], earlier: dict[str, str | None]) -> Plan | None:
    """A version, or the nearest one before it that is a plan."""
    seen = set()
    while name and name not in seen and plans.get(name) is None:
        seen.add(name)
        name = earlier.get(name)
    return plans.get(name) if name else None


class LogOptions(NamedTuple):
    """What the user asked for, as typed."""

    name: str
    form: str
    every: bool


def show_log(wish: LogOptions, language: str) -> int:
    """Prints the life of an item; the exit code."""
    place = require_workspace()
    repository = open_repository(place.root)
    chosen = choose(wish.name, place)
    past = past_of(repository, resolve(repository, "HEAD"), repository.inside(chosen.file.path.absolute()))
    entries = tuple(_entries(chosen, past, place, every=wish.every))
    text = _text(chosen.plan, chosen.item)
    life = ItemHistory(chosen.plan.id, chosen.item, text, entries, repository.is_shallow, past.unread)
    put(_written(life, wish.form, language))
    return CLEAN


def _entries(chosen: Chosen, past: Past, place: OpenWorkspace, *, every: bool) -> Iterator[LogEntry]:
    """Steps that changed something, newest first; before all, what is not committed."""
    known = next((turned.after for turned in past.steps), None)
    file = past.steps[0].file if past.steps else chosen.file.name
    if diff := _diff((known,), chosen.plan, chosen.item, place, file=file, every=every):
        yield LogEntry(diff, file, _signed(chosen.plan))
    for turned in past.steps:
        if diff := _diff(turned.before, turned.after, chosen.item, place, file=turned.file, every=every):
            commit = turned.commit
            signed = _signed(turned.after) if turned.after else None
            yield LogEntry(
                diff, turned.file, signed, commit.id, commit.author, commit.email, commit.date, commit.subject
            )


def _diff(
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


def _text(plan: Plan, item: str | None) -> str:
    words = next((node.item.text for node in outline(plan) if node.item.id == item), ())
    return plain_text(" ".join(words if item else plan.head.title))


def _written(life: ItemHistory, form: str, language: str) -> str:

    translate = translator(language)
    if form == "json":
        return log_json(life)
    if form == "markdown":
        return log_markdown(life, language, translate)

    return log_text(life, language, translate, painter(colours=wants_colours()), screen_width())


Format = Literal["text", "markdown", "json"]


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    name_help = translate("The item, ITEM or PLAN/ITEM, or a whole plan.")
    all_help = translate("Tell changes of every field, not of targets and deadlines only.")
    format_help = translate("How the history is written.")

    @app.command("log", help=translate("Show who changed an objective when, and what was signed."))
    def command(
        name: Annotated[str, typer.Argument(metavar="ITEM", help=name_help)],
        every: Annotated[bool, typer.Option("--all", help=all_help)] = False,  # noqa: FBT002
        form: Annotated[Format, typer.Option("--format", metavar="text|markdown|json", help=format_help)] = "text",
    ) -> None:

        raise typer.Exit(show_log(LogOptions(name, form, every), language))
