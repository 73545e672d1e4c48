"""Changes of plans in words, for the text and the Markdown of `diff` and for `log`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qmsplan.diff.changes import SECTIONS, Change, ChangeKind, ChangePlace, Weight
from qmsplan.diff.versions import PlanDiff
from qmsplan.output.field_words import field_word, kind_word, value_lines
from qmsplan.output.safe_text import Translate
from qmsplan.output.terminal import differing, parted
from qmsplan.output.words import state_word
from qmsplan.progress.measurement import Attainment
from qmsplan.progress.occurrences import State
from qmsplan.progress.state_changes import ItemStateChange

LOOSE = frozenset({Weight.LOOSENED, Weight.LATER, Weight.UNCLEAR})
TIGHT = frozenset({Weight.TIGHTENED, Weight.EARLIER})


_FOR_TOOLS = ("signoff", "parts")
"""A field that no reader gets anything from; only JSON has it."""


class Side(NamedTuple):
    """One of the two revisions that are compared; without a commit it is the files as they are."""

    name: str
    commit: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that changed, and the day as of which states are compared."""

    old: Side
    new: Side
    plans: tuple[PlanDiff, ...]
    state_changes: tuple[tuple[str, ItemStateChange], ...]
    """Each with the id of its plan."""
    as_of: date
    unread: tuple[str, ...] = ()
    """Files that can't be read, with their revision."""


class ChangeText(NamedTuple):
    """A change in words: what it is about, what happened, and the lines that went and came."""

    where: str
    what: str
    about: str
    lines: tuple[tuple[str | None, str | None], ...]


def side_name(side: Side, translate: Translate) -> str:
    """`HEAD (1a2b3c4)`; for files that are not committed, words for that."""
    if side.commit is None:
        return translate("the files as they are now")
    return side.name if side.commit.startswith(side.name) else f"{side.name} ({side.commit[:7]})"


def weight_word(weight: Weight, translate: Translate) -> str:
    """A weight in words; "" for OTHER."""
    return {
        Weight.LOOSENED: translate("loosened"),
        Weight.LATER: translate("later"),
        Weight.UNCLEAR: translate("to be looked at"),
        Weight.TIGHTENED: translate("tightened"),
        Weight.EARLIER: translate("earlier"),
        Weight.OTHER: "",
    }[weight]


def by_weight(comparison: Comparison, translate: Translate) -> Iterator[tuple[str, list[tuple[PlanDiff, Change]]]]:
    """The changes of all plans under three headings; empty ones are left out."""
    every = [(diff, change) for diff in comparison.plans for change in readable(diff)]
    heads = (
        (translate("Loosened, later, or to be looked at"), LOOSE),
        (translate("Tightened, earlier, or new"), TIGHT),
        (translate("Other changes"), frozenset({Weight.OTHER})),
    )
    for head, weights in heads:
        if chosen := [pair for pair in every if pair[1].weight in weights]:
            yield head, chosen


def readable(diff: PlanDiff) -> list[Change]:
    """The changes that say something to a reader."""
    return [change for change in diff.changes if change.field != _FOR_TOOLS]


def change_text(diff: PlanDiff, change: Change, language: str, translate: Translate) -> ChangeText:
    """A change in words."""
    where = _where(diff, change, translate)
    weight = weight_word(change.weight, translate)
    if change.kind is ChangeKind.CHANGED:
        what = field_word(change.field, translate)
        old, new = (value_lines(value, language, translate) for value in (change.old, change.new))
        lines = tuple(
            (before, after) if before is None or after is None else parted(before, after)
            for before, after in differing(old, new)
        )
        return ChangeText(where, f"{what}, {weight}" if weight else what, change.text, lines)
    kind = kind_word(change.where.kind, translate)
    return ChangeText(
        where, _happened(change, translate).format(kind=kind), change.text, tuple(_lines(change, language, translate))
    )


def _where(diff: PlanDiff, change: Change, translate: Translate) -> str:
    kind, name = change.where.kind, change.where.name
    if kind == "plan":
        return diff.id
    return f"{diff.id}, {kind_word(kind, translate)} {name}".rstrip() if kind in SECTIONS else f"{diff.id}/{name}"


def _happened(change: Change, translate: Translate) -> str:
    return {
        ChangeKind.ADDED: translate("{kind} added"),
        ChangeKind.REMOVED: translate("{kind} removed"),
        ChangeKind.MOVED: translate("{kind} moved"),
        ChangeKind.CHANGED: "",
    }[change.kind]


def _lines(change: Change, language: str, translate: Translate) -> Iterator[tuple[str | None, str | None]]:
    """For a moved part where it stood and stands; for one that came or went what it promises."""
    if isinstance(change.old, ChangePlace) and isinstance(change.new, ChangePlace):
        yield _place(change.old, translate), _place(change.new, translate)
        return
    value = change.new if change.kind is ChangeKind.ADDED else change.old
    for field in ("target", "deadline", "lead"):
        if shown := value_lines(getattr(value, field, None), language, translate):
            line = f"{field_word((field,), translate)}: {'; '.join(shown)}"
            yield (None, line) if change.kind is ChangeKind.ADDED else (line, None)


def _place(place: ChangePlace, translate: Translate) -> str:
    parent = place.parent.name
    if place.after:
        return translate("in {parent}, after {name}").format(parent=parent, name=place.after.name)
    return translate("in {parent}, first").format(parent=parent)


def state_change_text(turn: ItemStateChange, translate: Translate) -> str:
    """How the state of an item would change."""
    if turn.old is State.OVERDUE:
        return translate("would no longer be overdue") + _now(turn, translate)
    if turn.new is State.OVERDUE:
        return translate("would be overdue")
    if turn.old is Attainment.MISSED:
        return translate("would no longer be missed") + _now(turn, translate)
    if turn.new is Attainment.MISSED:
        return translate("would be missed")
    old, new = (state_word(state, translate) if state else "–" for state in (turn.old, turn.new))
    return f"{old} → {new}"


def _now(turn: ItemStateChange, translate: Translate) -> str:
    return f" ({state_word(turn.new, translate)})" if turn.new else ""
