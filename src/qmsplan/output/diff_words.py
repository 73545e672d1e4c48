"""What changed, in words that the text and the Markdown of a comparison share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diff.change import Kind, Place, Weight
from qmsplan.diff.parts import SECTIONS
from qmsplan.output.excerpt import differing, parted
from qmsplan.output.field_words import field_word, kind_word, value_lines
from qmsplan.output.words import state_word
from qmsplan.progress.measure import Attainment
from qmsplan.progress.occurrence import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from qmsplan.diff.change import Change
    from qmsplan.diff.pairs import PlanDiff
    from qmsplan.progress.standing import Turn

LOOSE = frozenset({Weight.LOOSENED, Weight.LATER, Weight.UNCLEAR})
TIGHT = frozenset({Weight.TIGHTENED, Weight.EARLIER})


_FOR_TOOLS = ("signoff", "parts")
"""A field that no reader gets anything from; only JSON has it."""


class Side(NamedTuple):
    """One of the two that are compared. Without a commit it is the files as they are."""

    name: str
    commit: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is told, and the day that the state of items is seen from."""

    old: Side
    new: Side
    plans: tuple[PlanDiff, ...]
    turns: tuple[tuple[str, Turn], ...]
    """With the id of the plan."""
    as_of: date
    unread: tuple[str, ...] = ()
    """Files that can't be read, with their revision."""


class Told(NamedTuple):
    """A change in words: what it is about, what happened, and the lines that went and came."""

    where: str
    what: str
    about: str
    lines: tuple[tuple[str | None, str | None], ...]


def side_name(side: Side, say: Callable[[str], str]) -> str:
    """`HEAD (1a2b3c4)`, or what the files are called that are not committed."""
    if side.commit is None:
        return say("the files as they are now")
    return side.name if side.commit.startswith(side.name) else f"{side.name} ({side.commit[:7]})"


def weight_word(weight: Weight, say: Callable[[str], str]) -> str:
    """A weight in words, "" for what weighs nothing."""
    return {
        Weight.LOOSENED: say("loosened"),
        Weight.LATER: say("later"),
        Weight.UNCLEAR: say("to be looked at"),
        Weight.TIGHTENED: say("tightened"),
        Weight.EARLIER: say("earlier"),
        Weight.OTHER: "",
    }[weight]


def by_weight(comparison: Comparison, say: Callable[[str], str]) -> Iterator[tuple[str, list[tuple[PlanDiff, Change]]]]:
    """The changes of all plans under three headings, of which those that are empty are left out."""
    every = [(diff, change) for diff in comparison.plans for change in readable(diff)]
    heads = (
        (say("Loosened, later, or to be looked at"), LOOSE),
        (say("Tightened, earlier, or new"), TIGHT),
        (say("Other changes"), frozenset({Weight.OTHER})),
    )
    for head, weights in heads:
        if chosen := [pair for pair in every if pair[1].weight in weights]:
            yield head, chosen


def readable(diff: PlanDiff) -> list[Change]:
    """The changes that say something to a reader."""
    return [change for change in diff.changes if change.field != _FOR_TOOLS]


def tell(diff: PlanDiff, change: Change, language: str, say: Callable[[str], str]) -> Told:
    """A change in words."""
    where = _where(diff, change, say)
    weight = weight_word(change.weight, say)
    if change.kind is Kind.CHANGED:
        what = field_word(change.field, say)
        old, new = (value_lines(value, language, say) for value in (change.old, change.new))
        lines = tuple(_shortened(*pair) for pair in differing(old, new))
        return Told(where, f"{what}, {weight}" if weight else what, change.text, lines)
    kind = kind_word(change.where.kind, say)
    return Told(where, _happened(change, say).format(kind=kind), change.text, tuple(_lines(change, language, say)))


def _where(diff: PlanDiff, change: Change, say: Callable[[str], str]) -> str:
    kind, name = change.where.kind, change.where.name
    if kind == "plan":
        return diff.id
    return f"{diff.id}, {kind_word(kind, say)} {name}".rstrip() if kind in SECTIONS else f"{diff.id}/{name}"


def _shortened(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    return (old, new) if old is None or new is None else parted(old, new)


def _happened(change: Change, say: Callable[[str], str]) -> str:
    return {
        Kind.ADDED: say("{kind} added"),
        Kind.REMOVED: say("{kind} removed"),
        Kind.MOVED: say("{kind} moved"),
        Kind.CHANGED: "",
    }[change.kind]


def _lines(change: Change, language: str, say: Callable[[str], str]) -> Iterator[tuple[str | None, str | None]]:
    """Where a moved part stood and stands; what is promised by a part that came or went."""
    if isinstance(change.old, Place) and isinstance(change.new, Place):
        yield _place(change.old, say), _place(change.new, say)
        return
    value = change.new if change.kind is Kind.ADDED else change.old
    for field in ("target", "deadline", "lead"):
        if shown := value_lines(getattr(value, field, None), language, say):
            line = f"{field_word((field,), say)}: {'; '.join(shown)}"
            yield (None, line) if change.kind is Kind.ADDED else (line, None)


def _place(place: Place, say: Callable[[str], str]) -> str:
    parent = place.parent.name
    if place.after:
        return say("in {parent}, after {name}").format(parent=parent, name=place.after.name)
    return say("in {parent}, first").format(parent=parent)


def turn_text(turn: Turn, say: Callable[[str], str]) -> str:
    """What would become of an item."""
    if turn.old is State.OVERDUE:
        return say("would no longer be overdue") + _now(turn, say)
    if turn.new is State.OVERDUE:
        return say("would be overdue")
    if turn.old is Attainment.MISSED:
        return say("would no longer be missed") + _now(turn, say)
    if turn.new is Attainment.MISSED:
        return say("would be missed")
    old, new = (state_word(state, say) if state else "–" for state in (turn.old, turn.new))
    return f"{old} → {new}"


def _now(turn: Turn, say: Callable[[str], str]) -> str:
    return f" ({state_word(turn.new, say)})" if turn.new else ""
