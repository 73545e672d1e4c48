"""Changes of plans, their fields and values in words: for `diff`, `log` and `verify`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, sentence
from qmsplan.diff.changes import SECTIONS, Change, ChangeKind, ChangePlace, Weight
from qmsplan.diff.plans import PlanDiff
from qmsplan.model.fields import FileModel, MeasuredNumber
from qmsplan.model.period import Period, parse_period
from qmsplan.model.plan import Earlier, Endorsement, Signoff
from qmsplan.model.register import Assignment
from qmsplan.model.structured import DeadlineForm, TargetForm
from qmsplan.model.text import period_text, short_date, short_period
from qmsplan.output.safe_text import Translate
from qmsplan.output.terminal import differing, parted
from qmsplan.output.words import number_text, state_word
from qmsplan.progress.measurement import Attainment
from qmsplan.progress.occurrences import State
from qmsplan.progress.plan import ItemStateChange

_FIELDS = {
    "text": Message("text"),
    "audit": Message("audit finding"),
    "target": Message("target"),
    "deadline": Message("deadline"),
    "lead": Message("lead"),
    "support": Message("support"),
    "measures": Message("measures"),
    "deliverables": Message("deliverables"),
    "evaluation": Message("evaluation"),
    "funding": Message("funding"),
    "note": Message("remark"),
    "number": Message("ordinal"),
    "title": Message("title"),
    "refs": Message("references"),
    "weight": Message("weight"),
    "clauses": Message("clauses of the standard"),
    "period": Message("period"),
    "basis": Message("legal basis"),
    "preamble": Message("preamble"),
    "closing": Message("closing"),
    "policy": Message("quality policy"),
    "recipients": Message("recipients"),
    "signatory": Message("signatory"),
    "signatory.name": Message("name of the signatory"),
    "signatory.position": Message("post of the signatory"),
    "signoff": Message("sign-off"),
    "signoff.number": Message("number"),
    "signoff.date": Message("day of issue"),
    "signoff.digest": Message("digest"),
    "signoff.signer": Message("name of the signatory"),
    "signoff.position": Message("post of the signatory"),
    "earlier": Message("earlier sign-offs"),
    "reviewed": Message("reviews"),
    "approved": Message("approvals"),
    "head.title": Message("title"),
    "head.type": Message("type of document"),
    "head.issuer": Message("issuing agency"),
    "head.symbol": Message("symbol"),
    "head.place": Message("place"),
    "id": Message("id"),
    "template": Message("template"),
    "events": Message("events"),
    "table": Message("table"),
    "implements": Message("carries out"),
    "tasks": Message("task"),
    "activities": Message("activity"),
    "method": Message("how it is measured"),
    "source": Message("source of figures"),
    "frequency": Message("frequency"),
    "readings": Message("figures of a period"),
    "completions": Message("completion"),
    "corrective_actions": Message("corrective action"),
    "audit_findings": Message("finding of an audit"),
}
"""The words of fields, by their paths."""
_BY_KEY = frozenset({"plan", "horizons", "results", "schedule", "fields"})
"""Fields with a value for each period, or for each of the plan's own fields."""


def field_word(field: Sequence[str], language: str, translate: Translate) -> str:
    """A field in words: `head.title` is `title`, `plan.2026-Q2` is `planned values, quarter II of 2026`; of one without
    a word of its own the title that editors show."""
    if word := _FIELDS.get(".".join(field)):
        return sentence(word, translate)
    if len(field) > 1 and field[0] in _BY_KEY:
        key = field[1] if field[0] == "fields" else short_period(parse_period(field[1]), language)
        return f"{field_word(field[:1], language, translate)}, {key}"
    title = translate(field[-1].replace("_", " ").title())  # as the schema has it
    return title[:1].lower() + title[1:]


def kind_word(kind: str, translate: Translate) -> str:
    """A kind of part in words."""
    words = {
        "plan": translate("plan"),
        "groups": translate("group"),
        "objectives": translate("objective"),
        "tasks": translate("task"),
        "activities": translate("activity"),
        "sections": translate("section"),
        "annexes": translate("annex"),
        "events": translate("event"),
    }
    return words.get(kind, kind)


def value_lines(value: Any, language: str, translate: Translate) -> list[str]:
    """A value in words, one line for each of its parts; no line for nothing."""
    if value is None or value in _NOTHING:
        return []
    if isinstance(value, Mapping):
        return [f"{key}: {'; '.join(value_lines(part, language, translate))}" for key, part in value.items()]
    if isinstance(value, tuple) and not isinstance(value, Period):
        return [line for part in value for line in value_lines(part, language, translate)]
    return [_one_line(value, language, translate)]


_NOTHING: tuple[object, ...] = ((), "")


def _one_line(value: Any, language: str, translate: Translate) -> str:
    if isinstance(value, bool):
        return translate("yes") if value else translate("no")
    if write := _WRITERS.get(type(value)):
        return write(value, language)
    if isinstance(value, DeadlineForm) and value.text:
        return value.text
    return _fields(value, language, translate) if isinstance(value, FileModel) else str(value)


_WRITERS: dict[type, Callable[[Any, str], str]] = {
    Period: period_text,
    date: short_date,
    Decimal: number_text,
    MeasuredNumber: lambda value, language: f"{number_text(value, language)} {value.unit}",
    Signoff: lambda value, language: f"{value.number}, {short_date(value.date, language)}",
    Earlier: lambda value, language: f"{value.number}, {short_date(value.date, language)}",
    Endorsement: lambda value, language: f"{value.name}, {short_date(value.date, language)}",
    Assignment: lambda value, _: f"{value.unit} ({value.scope})" if value.scope else value.unit,
    TargetForm: lambda value, language: (
        value.text or f"{value.comparator} {number_text(value.value, language)} {value.unit}"
    ),
}


def _fields(value: Any, language: str, translate: Translate) -> str:
    """A structured value on one line, with the names of its fields."""
    parts = {name: value_lines(part, language, translate) for name, part in value if part is not False}
    return "; ".join(
        f"{field_word((name,), language, translate)}: {', '.join(lines)}" for name, lines in parts.items() if lines
    )


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
        what = field_word(change.field, language, translate)
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
            line = f"{field_word((field,), language, translate)}: {'; '.join(shown)}"
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
