"""What changed between two revisions, in words: as text for a terminal, as Markdown for a pull request, and as JSON
(docs/json.md). `log` and `verify` say changes, fields and values in the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, Translator
from qmsplan.diff.changes import SECTIONS, Change, ChangeKind, ChangePlace, Weight
from qmsplan.diff.plans import PlanDiff, Version
from qmsplan.model.fields import SHARE_SIGNS, FileModel, MeasuredNumber
from qmsplan.model.period import Period, parse_period
from qmsplan.model.plan import Earlier, Endorsement, Signoff
from qmsplan.model.structured import Assignment, DeadlineForm, TargetForm
from qmsplan.model.text import number_text, period_text, shared_ends, short_date, short_period, shortened
from qmsplan.output.safe_text import MOST_COMMENT, Screen, clean, dump, harmless, inline, length_of, table_head
from qmsplan.output.words import state_word
from qmsplan.progress.occurrences import State
from qmsplan.progress.plan import ItemStateChange
from qmsplan.progress.verdict import Attainment

_FIELDS = {
    "text": Message("text"),
    "audit": Message("audit finding"),
    "note": Message("remark"),
    "number": Message("ordinal"),
    "title": Message("title"),
    "refs": Message("references"),
    "clauses": Message("clauses of the standard"),
    "basis": Message("legal basis"),
    "closing": Message("closing"),
    "policy": Message("quality policy"),
    "signatory.name": Message("name of the signatory"),
    "signatory.position": Message("post of the signatory"),
    "signoff": Message("sign-off"),
    "signoff.number": Message("number"),
    "signoff.date": Message("day of issue"),
    "signoff.signer": Message("name of the signatory"),
    "signoff.position": Message("post of the signatory"),
    "earlier": Message("earlier sign-offs"),
    "replaces": Message("which plan it replaces or amends"),
    "stamps": Message("marks above the head"),
    "reviewed": Message("reviews"),
    "approved": Message("approvals"),
    "head.title": Message("title"),
    "head.type": Message("type of document"),
    "head.issuer": Message("issuing agency"),
    "table": Message("table"),
    "implements": Message("carries out"),
    "tasks": Message("task"),
    "activities": Message("activity"),
    "method": Message("how it is measured"),
    "source": Message("source of figures"),
    "money.source": Message("source of money"),
    "readings": Message("figures of a period"),
    "completions": Message("completion"),
    "corrective_actions": Message("corrective action"),
    "audit_findings": Message("finding of an audit"),
}
"""The words of fields, by their paths, where they are not the titles that editors show."""
_BY_KEY = frozenset({"plan", "horizons", "results", "schedule", "fields"})
"""Fields with a value for each period, or for each of the plan's own fields."""


def field_word(field: Sequence[str], translate: Translator) -> str:
    """A field in words: `head.title` is `title`, `plan.2026-Q2` is `planned values, quarter II of 2026`; of one without
    a word of its own the title that editors show."""
    if word := _FIELDS.get(".".join(field)):
        return translate(word)
    if len(field) > 1 and field[0] in _BY_KEY:
        key = field[1] if field[0] == "fields" else short_period(parse_period(field[1]), translate.language)
        return f"{field_word(field[:1], translate)}, {key}"
    if word := _FIELDS.get(field[-1]):
        return translate(word)
    title = translate(field[-1].replace("_", " ").title())  # as the schema has it
    return title[:1].lower() + title[1:]


def kind_word(kind: str, translate: Translator) -> str:
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


def value_lines(value: Any, translate: Translator) -> list[str]:
    """A value in words, one line for each of its parts; no line for nothing."""
    if value in _NOTHING:
        return []
    if isinstance(value, Mapping):
        return [f"{key}: {'; '.join(value_lines(part, translate))}" for key, part in value.items()]
    if isinstance(value, tuple) and not isinstance(value, Period):
        return [line for part in value for line in value_lines(part, translate)]
    return [_one_line(value, translate)]


_NOTHING: tuple[object, ...] = (None, (), "")


def _one_line(value: Any, translate: Translator) -> str:
    if isinstance(value, bool):
        return translate("yes") if value else translate("no")
    if write := _WRITERS.get(type(value)):
        return write(value, translate.language)
    if isinstance(value, DeadlineForm) and value.text:
        return value.text
    return _fields(value, translate) if isinstance(value, FileModel) else str(value)


_WRITERS: dict[type, Callable[[Any, str], str]] = {
    Period: period_text,
    date: short_date,
    Decimal: number_text,
    MeasuredNumber: lambda value, language: (
        number_text(value, language) + ("" if value.unit in SHARE_SIGNS else " ") + value.unit
    ),
    Signoff: lambda value, language: f"{value.number}, {short_date(value.date, language)}",
    Earlier: lambda value, language: f"{value.number}, {short_date(value.date, language)}",
    Endorsement: lambda value, language: f"{value.name}, {short_date(value.date, language)}",
    Assignment: lambda value, _: f"{value.unit} ({value.scope})" if value.scope else value.unit,
    TargetForm: lambda value, language: (
        value.text or f"{value.comparator} {number_text(value.value, language)} {value.unit}"
    ),
}


def _fields(value: Any, translate: Translator) -> str:
    """A structured value on one line, with the names of its fields."""
    kind = type(value).__name__.lower()  # `money`, whose source is not that of figures
    parts = {name: value_lines(part, translate) for name, part in value if part is not False}
    return "; ".join(
        f"{field_word((kind, name), translate)}: {', '.join(lines)}" for name, lines in parts.items() if lines
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


def side_name(side: Side, translate: Translator) -> str:
    """`HEAD (1a2b3c4)`; for files that are not committed, words for that."""
    if side.commit is None:
        return translate("the files as they are now")
    return side.name if side.commit.startswith(side.name) else f"{side.name} ({side.commit[:7]})"


def weight_word(weight: Weight, translate: Translator) -> str:
    """A weight in words; "" for OTHER."""
    return {
        Weight.LOOSENED: translate("loosened"),
        Weight.LATER: translate("later"),
        Weight.UNCLEAR: translate("to be looked at"),
        Weight.TIGHTENED: translate("tightened"),
        Weight.EARLIER: translate("earlier"),
        Weight.OTHER: "",
    }[weight]


def by_weight(comparison: Comparison, translate: Translator) -> Iterator[tuple[str, list[tuple[PlanDiff, Change]]]]:
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


def change_text(diff: PlanDiff, change: Change, translate: Translator) -> ChangeText:
    """A change in words."""
    where = _part_name(diff, change, translate)
    weight = weight_word(change.weight, translate)
    if change.kind is ChangeKind.CHANGED:
        what = field_word(change.field, translate)
        old, new = (value_lines(value, translate) for value in (change.old, change.new))
        lines = tuple(
            (before, after) if before is None or after is None else parted(before, after)
            for before, after in differing(old, new)
        )
        return ChangeText(where, f"{what}, {weight}" if weight else what, change.text, lines)
    happened = translate(_HAPPENED[change.kind], kind=kind_word(change.where.kind, translate))
    return ChangeText(where, happened, change.text, tuple(_moved_or_promised(change, translate)))


def _part_name(diff: PlanDiff, change: Change, translate: Translator) -> str:
    kind, name = change.where.kind, change.where.name
    if kind == "plan":
        return diff.id
    return f"{diff.id}, {kind_word(kind, translate)} {name}".rstrip() if kind in SECTIONS else f"{diff.id}/{name}"


_HAPPENED = {
    ChangeKind.ADDED: Message("{kind} added"),
    ChangeKind.REMOVED: Message("{kind} removed"),
    ChangeKind.MOVED: Message("{kind} moved"),
}


def _moved_or_promised(change: Change, translate: Translator) -> Iterator[tuple[str | None, str | None]]:
    """For a moved part where it stood and stands; for one that came or went what it promises."""
    if isinstance(change.old, ChangePlace) and isinstance(change.new, ChangePlace):
        yield _place_text(change.old, translate), _place_text(change.new, translate)
        return
    value = change.new if change.kind is ChangeKind.ADDED else change.old
    for field in ("target", "deadline", "lead"):
        if shown := value_lines(getattr(value, field, None), translate):
            line = f"{field_word((field,), translate)}: {'; '.join(shown)}"
            yield (None, line) if change.kind is ChangeKind.ADDED else (line, None)


def _place_text(place: ChangePlace, translate: Translator) -> str:
    parent = place.parent.name
    if place.after:
        return translate("in {parent}, after {name}", parent=parent, name=place.after.name)
    return translate("in {parent}, first", parent=parent)


def state_change_text(turn: ItemStateChange, translate: Translator) -> str:
    """How the state of an item would change."""
    if turn.old is State.OVERDUE:
        return translate("would no longer be overdue") + _state_now(turn, translate)
    if turn.new is State.OVERDUE:
        return translate("would be overdue")
    if turn.old is Attainment.MISSED:
        return translate("would no longer be missed") + _state_now(turn, translate)
    if turn.new is Attainment.MISSED:
        return translate("would be missed")
    old, new = (state_word(state, translate) if state else "–" for state in (turn.old, turn.new))
    return f"{old} → {new}"


def _state_now(turn: ItemStateChange, translate: Translator) -> str:
    return f" ({state_word(turn.new, translate)})" if turn.new else ""


AROUND = 5
"""Words that are shown before and behind a difference."""


def differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """The lines that two texts do not share, what is gone beside what took its place."""
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from zip_longest(old[first:last], new[start:end])


def parted(old: str, new: str, longest: int = 72) -> tuple[str, str]:
    """Two lines that differ; of long ones the words in which they differ, with a few around them."""
    if max(len(old), len(new)) <= longest:
        return old, new
    before, after = old.split(), new.split()
    same, ending = shared_ends(before, after)
    return _words_around(before, same, ending), _words_around(after, same, ending)


def _words_around(words: list[str], same: int, ending: int) -> str:
    start, end = max(same - AROUND, 0), max(len(words) - ending + AROUND, same)
    shown = " ".join(words[start:end])
    return f"{'… ' if start else ''}{shown}{' …' if end < len(words) else ''}"


def diff_text(comparison: Comparison, screen: Screen) -> str:
    """A heading for each weight, and under it the changes with the lines that went and came."""
    return harmless("\n".join(_text_lines(comparison, screen)) + "\n")


def _without_changes(comparison: Comparison, translate: Translator) -> Iterator[str]:
    """What stands above the changes: that there are none, or what was not compared, of which nobody knows."""
    if comparison.unread:
        yield translate("Not compared, as it can't be read: {files}", files=clean(", ".join(comparison.unread)))
    elif not comparison.plans:
        yield translate("Nothing changed in meaning.")


def _text_lines(comparison: Comparison, screen: Screen) -> Iterator[str]:
    translate, paint = screen.translate, screen.paint
    old, new = (clean(side_name(side, translate)) for side in (comparison.old, comparison.new))
    yield paint(translate("From {old} to {new}", old=old, new=new), "1")
    yield from _without_changes(comparison, translate)
    for head, changes in by_weight(comparison, translate):
        colour = "31" if changes[0][1].weight in LOOSE else "36"
        yield ""
        yield paint(f"{head}: {len(changes)}", f"1;{colour}")
        for diff, change in changes:
            yield from change_lines(change_text(diff, change, translate), screen)
    if comparison.state_changes:
        yield ""
        yield paint(translate("Effect on status as of {day}", day=comparison.as_of), "1;33")
        for plan, turn in comparison.state_changes:
            yield f"  {paint(clean(f'{plan}/{turn.item}'), '1')} {state_change_text(turn, translate)}"


def change_lines(change: ChangeText, screen: Screen) -> Iterator[str]:
    """What a change is about, and the lines that went and came."""
    head = f"  {screen.paint(clean(change.where), '1')} {clean(change.what)}"
    room = screen.width - len(change.where) - len(change.what) - 6
    about = clean(change.about)
    yield f"{head}  {screen.paint(shortened(about, room), '2')}" if about and room > 20 else head
    for old, new in change.lines:
        if old is not None:
            yield screen.paint(f"    - {clean(old)}", "31")
        if new is not None:
            yield screen.paint(f"    + {clean(new)}", "32")


def diff_markdown(comparison: Comparison, translate: Translator) -> str:
    """A table for each weight, what loosens first, then the states that change; a last line counts what does not
    fit."""
    text, room, left = "", MOST_COMMENT - 300, 0
    for line in _markdown_lines(comparison, translate):
        room -= length_of(line) + 1
        if room < 0:
            left += 1
        else:
            text += line + "\n"
    return text + ("\n" + translate("… and {count} more", count=left) + "\n" if left else "")


def _markdown_lines(comparison: Comparison, translate: Translator) -> Iterator[str]:
    old, new = (inline(side_name(side, translate)) for side in (comparison.old, comparison.new))
    yield f"**{translate('From {old} to {new}', old=old, new=new)}**"
    for line in _without_changes(comparison, translate):
        yield from ("", inline(line))
    columns = (translate("Item"), translate("What changed"), translate("Before"), translate("Now"))
    for head, changes in by_weight(comparison, translate):
        yield from ("", f"### {head} ({len(changes)})", "")
        yield from table_head(columns)
        for diff, change in changes:
            yield _markdown_row(change_text(diff, change, translate))
    if comparison.state_changes:
        yield from ("", f"### {translate('Effect on status as of {day}', day=comparison.as_of)}", "")
        for plan, turn in comparison.state_changes:
            yield harmless(f"- **{inline(f'{plan}/{turn.item}')}** {state_change_text(turn, translate)}")


def _markdown_row(change: ChangeText) -> str:
    where = f"**{inline(change.where)}**" + (f"<br>{inline(shortened(change.about, 100))}" if change.about else "")
    return harmless(f"| {' | '.join((where, inline(change.what), *before_and_now(change)))} |")


def before_and_now(change: ChangeText) -> tuple[str, str]:
    """The lines that went and those that came, each as a cell of a Markdown table."""
    before = "<br>".join(inline(old) for old, _ in change.lines if old is not None)
    return before, "<br>".join(inline(new) for _, new in change.lines if new is not None)


VERSION = 1


def diff_json(comparison: Comparison) -> str:
    """All changes, plan by plan."""
    return dump(
        {
            "version": VERSION,
            "old": _side(comparison.old),
            "new": _side(comparison.new),
            "as_of": comparison.as_of,
            "plans": [
                {"plan": diff.id, "old": _version(diff.old), "new": _version(diff.new)} for diff in comparison.plans
            ],
            "changes": [change_data(diff, change) for diff in comparison.plans for change in diff.changes],
            "states": [_state_change(plan, turn) for plan, turn in comparison.state_changes],
            "unread": list(comparison.unread),
        }
    )


def _side(side: Side) -> dict[str, object]:
    return {"revision": side.name or None, "commit": side.commit}


def _version(version: Version | None) -> dict[str, object] | None:
    return {"id": version.plan.id, "file": version.file} if version else None


def change_data(diff: PlanDiff, change: Change) -> dict[str, object]:
    """One change, as docs/json.md describes it."""
    return {
        "plan": diff.id,
        "kind": change.kind.value,
        "weight": change.weight.value,
        "part": change.where.kind,
        "item": None if change.where.kind == "plan" else change.where.name,
        "field": ".".join(change.field) or None,
        "old": plain(change.old),
        "new": plain(change.new),
        "text": change.text or None,
    }


def _state_change(plan: str, turn: ItemStateChange) -> dict[str, object]:
    return {
        "plan": plan,
        "item": turn.item,
        "old": turn.old.value if turn.old else None,
        "new": turn.new.value if turn.new else None,
    }


def plain(value: Any) -> object:
    """A value of a plan as JSON: periods as codes, days as ISO 8601, numbers as text, structured values without empty
    fields."""
    if write := _AS_DATA.get(type(value)):
        return write(value)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, FileModel):
        return {name: plain(part) for name, part in value if part is not False and part not in _NOTHING}
    return value


def _place_data(place: ChangePlace) -> dict[str, object]:
    after = place.after.name if place.after else None
    return {"parent": place.parent.name, "list": place.field, "after": after}


_AS_DATA: dict[type, Callable[[Any], object]] = {
    ChangePlace: _place_data,
    Period: lambda period: period.code,
    Decimal: str,
    MeasuredNumber: str,
}
