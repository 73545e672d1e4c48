"""`qmsplan diff`: what changed in meaning between two revisions, or between one and the files as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from qmsplan.cli.console import BROKEN, CLEAN, FINDINGS, argument, flag, option, put, screen_width, wants_colours
from qmsplan.cli.find_plan import files_about
from qmsplan.cli.versions import RevisionQuestion, comparable, read_plans, read_question, read_sides
from qmsplan.cli.workspace import OpenWorkspace, day_of, plan_files, require_workspace, tell_left_out
from qmsplan.diagnostics import Message, translator
from qmsplan.diff.plans import PlanDiff, Version, compare
from qmsplan.git import Repository, open_repository
from qmsplan.load.document import read_content
from qmsplan.model.progress import Progress
from qmsplan.output.diff import diff_json, diff_markdown, diff_text
from qmsplan.output.diff_words import Comparison, Side
from qmsplan.output.findings import painter
from qmsplan.progress.plan import ItemStateChange, PlanProgress, plan_as_of, state_changes

Format = Literal["text", "markdown", "json"]


class DiffOptions(NamedTuple):
    """What the user asked for, as typed."""

    names: list[str] | None = argument(
        "REV|FILE", "What to compare: REV, REV..REV or REV...REV, then files; HEAD with the files as they are now."
    )
    as_of: str | None = option(
        "--as-of", "DATE", "The day that states are seen from, 2026-09-30 or 30/9/2026; today if not given."
    )
    form: Format = option("--format", "text|markdown|json", "How the changes are written.", default="text")
    exit_code: bool = flag("--exit-code", "Exit with 1 if anything changed in meaning.")


def command(options: DiffOptions, language: str) -> int:
    """Prints what changed. The exit code is 2 if a file could not be read."""
    place = require_workspace()
    repository = open_repository(place.root)
    question = read_question(options.names or (), repository)
    if not question.paths:
        question = question._replace(paths=(repository.inside(place.root / place.settings.plans),))
    comparison = _compare(question, repository, place, day_of(options.as_of, place))
    put(_written(comparison, options.form, language))
    if comparison.unread:
        hint = Message("see them with 'qmsplan validate'; one of an older revision may be written for an older qmsplan")
        tell_left_out(comparison.unread, hint, language)
        return BROKEN
    return FINDINGS if options.exit_code and comparison.plans else CLEAN


def _compare(question: RevisionQuestion, repository: Repository, place: OpenWorkspace, as_of: date) -> Comparison:
    sides = read_sides(question, repository)
    old, new = comparable(
        read_plans(sides.old, question.old.name),
        read_plans(sides.new, question.new.name if question.new else None),
        sides.moved,
    )
    diffs = compare(old.plans, new.plans, sides.moved, place.settings.deadlines)
    turns = tuple(_turns(diffs, place, as_of))
    commit = question.new.commit if question.new else None
    names = Side(*question.old), Side(question.new.name if question.new else "", commit)
    return Comparison(*names, diffs, turns, as_of, (*old.told, *new.told))


def _turns(diffs: Iterable[PlanDiff], place: OpenWorkspace, as_of: date) -> Iterator[tuple[str, ItemStateChange]]:
    """The items whose state differs between the two sides by the records of today, which are read only if a change can
    have such an effect."""
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
    return plan_as_of(version.plan, records.get(version.plan.id, ()), place.settings, as_of)


def _records(place: OpenWorkspace, ids: set[str]) -> dict[str, list[Progress]]:
    """The records on some plans, as they are now."""
    found: dict[str, list[Progress]] = {name: [] for name in ids}
    for plan, file in files_about(ids, plan_files(place)):
        value = read_content(file.content or b"", file.name).value
        if isinstance(value, Progress):
            found[plan].append(value)
    return found


def _written(comparison: Comparison, form: str, language: str) -> str:
    translate = translator(language)
    if form == "json":
        return diff_json(comparison)
    if form == "markdown":
        return diff_markdown(comparison, language, translate)

    return diff_text(comparison, language, translate, painter(colours=wants_colours()), screen_width())
