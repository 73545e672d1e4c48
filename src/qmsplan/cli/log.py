"""`qmsplan log`: the life of an item through git."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.chosen import choose
from qmsplan.cli.console import put, screen_width, wants_colours
from qmsplan.cli.exits import CLEAN
from qmsplan.cli.files import require_workspace
from qmsplan.cli.history import past_of
from qmsplan.diff.life import about, step
from qmsplan.diff.pairs import PlanDiff, Version
from qmsplan.language import translator
from qmsplan.model.inline import plain_text
from qmsplan.model.outline import outline
from qmsplan.output.log_words import Entry, Life, Signed
from qmsplan.seal.digest import holds
from qmsplan.vcs.repository import open_repository, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.cli.chosen import Chosen
    from qmsplan.cli.files import Place
    from qmsplan.cli.history import Past
    from qmsplan.model.plan import Plan


class Wish(NamedTuple):
    """What the user asked for, as typed."""

    name: str
    form: str
    every: bool


def show_log(wish: Wish, language: str) -> int:
    """Prints the life of an item; the exit code."""
    place = require_workspace()
    repository = open_repository(place.root)
    chosen = choose(wish.name, place)
    past = past_of(repository, resolve(repository, "HEAD"), repository.inside(chosen.file.path.absolute()))
    entries = tuple(_entries(chosen, past, place, every=wish.every))
    text = _text(chosen.plan, chosen.item)
    life = Life(chosen.plan.id, chosen.item, text, entries, repository.is_shallow, past.unread)
    put(_written(life, wish.form, language))
    return CLEAN


def _entries(chosen: Chosen, past: Past, place: Place, *, every: bool) -> Iterator[Entry]:
    """Steps that changed something, newest first; before all, what is not committed."""
    known = next((turned.after for turned in past.steps), None)
    file = past.steps[0].file if past.steps else chosen.file.name
    if diff := _diff((known,), chosen.plan, chosen.item, place, file=file, every=every):
        yield Entry(diff, file, _signed(chosen.plan))
    for turned in past.steps:
        if diff := _diff(turned.before, turned.after, chosen.item, place, file=turned.file, every=every):
            commit = turned.commit
            signed = _signed(turned.after) if turned.after else None
            yield Entry(diff, turned.file, signed, commit.id, commit.author, commit.email, commit.date, commit.subject)


def _diff(
    before: tuple[Plan | None, ...], after: Plan | None, item: str | None, place: Place, *, file: str, every: bool
) -> PlanDiff | None:
    if len(before) == 1 and before[0] == after:
        return None
    changes = about(step(before, after, place.settings.deadlines), item, (after, *before), every=every)
    if not changes:
        return None
    old = next((plan for plan in before if plan), None)
    return PlanDiff(Version(file, old) if old else None, Version(file, after) if after else None, tuple(changes))


def _signed(plan: Plan) -> Signed | None:
    if plan.signoff is None:
        return Signed(plan.earlier[-1], None, is_amended=True) if plan.earlier else None
    return Signed(plan.signoff, holds(plan, plan.signoff.digest) if plan.signoff.digest else None)


def _text(plan: Plan, item: str | None) -> str:
    words = next((node.item.text for node in outline(plan) if node.item.id == item), ())
    return plain_text(" ".join(words if item else plan.head.title))


def _written(life: Life, form: str, language: str) -> str:
    from qmsplan.output.log_writers import log_json, log_markdown, log_text

    translate = translator(language)
    if form == "json":
        return log_json(life)
    if form == "markdown":
        return log_markdown(life, language, translate)
    from qmsplan.output.text import painter

    return log_text(life, language, translate, painter(colours=wants_colours()), screen_width())
