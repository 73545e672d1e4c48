"""`qmsplan diff`: what changed in meaning.

The options of `qmsplan diff`."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Literal, NamedTuple

import typer

from qmsplan.cli.console import BROKEN, CLEAN, FINDINGS, put, say_error, screen_width, wants_colours
from qmsplan.cli.versions import RevisionQuestion, comparable, read_plans, read_question, read_sides
from qmsplan.cli.workspace import OpenWorkspace, plan_files, require_workspace, today
from qmsplan.diagnostics import Message, ReadError, translator
from qmsplan.diff.versions import PlanDiff, Version, compare
from qmsplan.git import Repository, open_repository
from qmsplan.load.document import read_content
from qmsplan.load.files import read_bytes
from qmsplan.model.fields import read_date
from qmsplan.model.progress import Progress
from qmsplan.output.diff import diff_json, diff_markdown, diff_text
from qmsplan.output.diff_words import Comparison, Side
from qmsplan.output.findings import painter
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.plan import PlanProgress, plan_progress
from qmsplan.progress.state_changes import ItemStateChange, state_changes


class DiffOptions(NamedTuple):
    """What the user asked for, as typed."""

    names: Sequence[str]
    as_of: str | None
    form: str
    exit_code: bool


def show_diff(wish: DiffOptions, language: str) -> int:
    """Prints what changed; the exit code."""
    place = require_workspace()
    repository = open_repository(place.root)
    question = read_question(wish.names, repository)
    if not question.paths:
        question = question._replace(paths=(repository.inside(place.root / place.settings.plans),))
    comparison = _compare(question, repository, place, _as_of(wish.as_of, place))
    put(_written(comparison, wish.form, language))
    if comparison.unread:
        _tell_unread(comparison.unread, language)
        return BROKEN
    return FINDINGS if wish.exit_code and comparison.plans else CLEAN


def _as_of(typed: str | None, place: OpenWorkspace) -> date:
    if typed is not None:
        return read_date(typed)

    return today(place)


def _compare(question: RevisionQuestion, repository: Repository, place: OpenWorkspace, as_of: date) -> Comparison:
    sides = read_sides(question, repository)
    old, new = comparable(
        read_plans(sides.old, question.old.name),
        read_plans(sides.new, question.new.name if question.new else None),
        sides.moved,
    )
    diffs = compare(old.plans, new.plans, sides.moved, place.settings.deadlines)
    state_changes = tuple(_state_changes(diffs, place, as_of))
    commit = question.new.commit if question.new else None
    names = Side(*question.old), Side(question.new.name if question.new else "", commit)
    return Comparison(*names, diffs, state_changes, as_of, (*old.told, *new.told))


def _state_changes(
    diffs: Iterable[PlanDiff], place: OpenWorkspace, as_of: date
) -> Iterator[tuple[str, ItemStateChange]]:
    """What stands otherwise by the records of today; they are only looked for if anything can."""
    touched = [diff for diff in diffs if diff.may_change_states]
    if not touched:
        return

    ids = {version.plan.id for diff in touched for version in (diff.old, diff.new) if version}
    records = _records(place, ids)
    for diff in touched:
        sides = (_progress(version, records, place, as_of) for version in (diff.old, diff.new))
        yield from ((diff.id, turn) for turn in state_changes(*sides))


def _progress(
    version: Version | None, records: dict[str, list[Progress]], place: OpenWorkspace, as_of: date
) -> PlanProgress | None:
    if version is None:
        return None

    means = place.settings.deadlines
    plan = version.plan
    return plan_progress(plan, outline(plan, means), records.get(plan.id, ()), as_of, means)


def _records(place: OpenWorkspace, ids: set[str]) -> dict[str, list[Progress]]:
    """The records on some plans, as they are now. A file that does not hold an id is not about it."""
    found: dict[str, list[Progress]] = {name: [] for name in ids}
    marks = [name.encode() for name in ids]
    for file in plan_files(place):
        try:
            content = read_bytes(os.fspath(file.path))
        except ReadError:
            continue
        if b"progress" in content and any(mark in content for mark in marks):
            value = read_content(content, file.name).value
            if isinstance(value, Progress) and value.plan in found:
                found[value.plan].append(value)
    return found


def _written(comparison: Comparison, form: str, language: str) -> str:
    translate = translator(language)
    if form == "json":
        return diff_json(comparison)
    if form == "markdown":
        return diff_markdown(comparison, language, translate)

    return diff_text(comparison, language, translate, painter(colours=wants_colours()), screen_width())


def _tell_unread(names: Sequence[str], language: str) -> None:
    sys.stdout.flush()
    say_error(
        Message("files with errors were left out: {names}", names=", ".join(names)),
        Message("see them with 'qmsplan validate'; one of an older revision may be written for an older qmsplan"),
        translator(language),
    )


Format = Literal["text", "markdown", "json"]


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    names_help = translate(
        "What to compare: REV, REV..REV or REV...REV, then files; HEAD with the files as they are now."
    )
    as_of_help = translate("The day that states are seen from, 2026-09-30 or 30/9/2026; today if not given.")
    format_help = translate("How the changes are written.")
    exit_help = translate("Exit with 1 if anything changed in meaning.")
    form_meta = "text|markdown|json"

    @app.command("diff", help=translate("Show what changed in meaning between two revisions."))
    def command(
        names: Annotated[list[str] | None, typer.Argument(metavar="REV|FILE", help=names_help)] = None,
        as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=as_of_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar=form_meta, help=format_help)] = "text",
        exit_code: Annotated[bool, typer.Option("--exit-code", help=exit_help)] = False,  # noqa: FBT002
    ) -> None:

        raise typer.Exit(show_diff(DiffOptions(tuple(names or ()), as_of, form, exit_code), language))
