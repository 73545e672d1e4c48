"""`qmsplan diff`: what changed in meaning."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.console import put, say_error, screen_width, wants_colours
from qmsplan.cli.exits import BROKEN, CLEAN, FINDINGS
from qmsplan.cli.files import Place, plan_files, require_workspace
from qmsplan.cli.revisions import Question, read_question
from qmsplan.cli.versions import comparable, read_plans, read_sides
from qmsplan.diagnostic import say
from qmsplan.diff.pairs import PlanDiff, Version, compare
from qmsplan.language import translator
from qmsplan.model.scalar import read_date
from qmsplan.output.diff_words import Comparison, Side
from qmsplan.vcs.repository import Repository, open_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from qmsplan.model.record import Progress
    from qmsplan.progress.plan import PlanProgress
    from qmsplan.progress.standing import Turn


class Wish(NamedTuple):
    """What the user asked for, as typed."""

    names: Sequence[str]
    as_of: str | None
    form: str
    exit_code: bool


def show_diff(wish: Wish, language: str) -> int:
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


def _as_of(typed: str | None, place: Place) -> date:
    if typed is not None:
        return read_date(typed)
    from qmsplan.cli.choices import today

    return today(place)


def _compare(question: Question, repository: Repository, place: Place, as_of: date) -> Comparison:
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


def _turns(diffs: Iterable[PlanDiff], place: Place, as_of: date) -> Iterator[tuple[str, Turn]]:
    """What stands otherwise by the records of today; they are only looked for if anything can."""
    touched = [diff for diff in diffs if diff.may_turn]
    if not touched:
        return
    from qmsplan.progress.standing import turns_between

    ids = {version.plan.id for diff in touched for version in (diff.old, diff.new) if version}
    records = _records(place, ids)
    for diff in touched:
        sides = (_progress(version, records, place, as_of) for version in (diff.old, diff.new))
        yield from ((diff.id, turn) for turn in turns_between(*sides))


def _progress(
    version: Version | None, records: dict[str, list[Progress]], place: Place, as_of: date
) -> PlanProgress | None:
    if version is None:
        return None
    from qmsplan.model.outline import outline
    from qmsplan.progress.plan import plan_progress

    means = place.settings.deadlines
    plan = version.plan
    return plan_progress(plan, outline(plan, means), records.get(plan.id, ()), as_of, means)


def _records(place: Place, ids: set[str]) -> dict[str, list[Progress]]:
    """The records on some plans, as they are now. A file that does not hold an id is not about it."""
    from qmsplan.load.document import read_content
    from qmsplan.load.faults import Broken
    from qmsplan.load.text import read_bytes
    from qmsplan.model.record import Progress

    found: dict[str, list[Progress]] = {name: [] for name in ids}
    marks = [name.encode() for name in ids]
    for file in plan_files(place):
        try:
            content = read_bytes(os.fspath(file.path))
        except Broken:
            continue
        if b"progress" in content and any(mark in content for mark in marks):
            value = read_content(content, file.name).value
            if isinstance(value, Progress) and value.plan in found:
                found[value.plan].append(value)
    return found


def _written(comparison: Comparison, form: str, language: str) -> str:
    translate = translator(language)
    if form == "json":
        from qmsplan.output.diff_data import diff_json

        return diff_json(comparison)
    if form == "markdown":
        from qmsplan.output.diff_markdown import diff_markdown

        return diff_markdown(comparison, language, translate)
    from qmsplan.output.diff_text import diff_text
    from qmsplan.output.text import painter

    return diff_text(comparison, language, translate, painter(colours=wants_colours()), screen_width())


def _tell_unread(names: Sequence[str], language: str) -> None:
    sys.stdout.flush()
    say_error(
        say("files with errors were left out: {names}", names=", ".join(names)),
        say("see them with 'qmsplan validate'; one of an older revision may be written for an older qmsplan"),
        translator(language),
    )
