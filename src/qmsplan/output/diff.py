"""What changed between two revisions: as text for a terminal, as Markdown for a pull request, as JSON
(docs/json.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from qmsplan.diff.changes import Change, ChangePlace
from qmsplan.diff.plans import PlanDiff, Version
from qmsplan.model.fields import FileModel, MeasuredNumber
from qmsplan.model.period import Period
from qmsplan.model.text import short_date, shortened
from qmsplan.output.diff_words import (
    LOOSE,
    ChangeText,
    Comparison,
    Side,
    by_weight,
    change_text,
    side_name,
    state_change_text,
)
from qmsplan.output.safe_text import MOST_COMMENT, Paint, Translate, clean, dump, harmless, inline, length_of
from qmsplan.progress.plan import ItemStateChange


def diff_text(comparison: Comparison, language: str, translate: Translate, paint: Paint, width: int) -> str:
    """A heading for each weight, and under it the changes with the lines that went and came."""
    return harmless("\n".join(_lines(comparison, language, translate, paint, width)) + "\n")


def _lines(comparison: Comparison, language: str, translate: Translate, paint: Paint, width: int) -> Iterator[str]:
    sides = (clean(side_name(side, translate)) for side in (comparison.old, comparison.new))
    yield paint(translate("From {old} to {new}").format_map(dict(zip(("old", "new"), sides, strict=True))), "1")
    if not comparison.plans:
        yield translate("Nothing changed in meaning.")
    for head, changes in by_weight(comparison, translate):
        colour = "31" if changes[0][1].weight in LOOSE else "36"
        yield ""
        yield paint(f"{head}: {len(changes)}", f"1;{colour}")
        for diff, change in changes:
            yield from change_lines(change_text(diff, change, language, translate), paint, width)
    if comparison.state_changes:
        day = short_date(comparison.as_of, language)
        yield ""
        yield paint(translate("Effect on status as of {day}").format(day=day), "1;33")
        for plan, turn in comparison.state_changes:
            yield f"  {paint(clean(f'{plan}/{turn.item}'), '1')} {state_change_text(turn, translate)}"


def change_lines(change: ChangeText, paint: Paint, width: int) -> Iterator[str]:
    """What a change is about, and the lines that went and came."""
    head = f"  {paint(clean(change.where), '1')} {clean(change.what)}"
    room = width - len(change.where) - len(change.what) - 6
    about = clean(change.about)
    yield f"{head}  {paint(shortened(about, room), '2')}" if about and room > 20 else head
    for old, new in change.lines:
        if old is not None:
            yield paint(f"    - {clean(old)}", "31")
        if new is not None:
            yield paint(f"    + {clean(new)}", "32")


def diff_markdown(comparison: Comparison, language: str, translate: Translate) -> str:
    """A table for each weight, what loosens first, then the states that change; a last line counts what does not
    fit."""
    text, room, left = "", MOST_COMMENT - 300, 0
    for line in _markdown_lines(comparison, language, translate):
        room -= length_of(line) + 1
        if room < 0:
            left += 1
        else:
            text += line + "\n"
    return text + ("\n" + translate("… and {count} more").format(count=left) + "\n" if left else "")


def _markdown_lines(comparison: Comparison, language: str, translate: Translate) -> Iterator[str]:
    sides = (inline(side_name(side, translate)) for side in (comparison.old, comparison.new))
    yield "**" + translate("From {old} to {new}").format_map(dict(zip(("old", "new"), sides, strict=True))) + "**"
    if not comparison.plans:
        yield ""
        yield translate("Nothing changed in meaning.")
    columns = (translate("Item"), translate("What changed"), translate("Before"), translate("Now"))
    for head, changes in by_weight(comparison, translate):
        yield from ("", f"### {head} ({len(changes)})", "")
        yield f"| {' | '.join(columns)} |"
        yield "| --- | --- | --- | --- |"
        for diff, change in changes:
            yield _row(change_text(diff, change, language, translate))
    if comparison.state_changes:
        head = translate("Effect on status as of {day}")
        yield from ("", f"### {head.format(day=short_date(comparison.as_of, language))}", "")
        for plan, turn in comparison.state_changes:
            yield harmless(f"- **{inline(f'{plan}/{turn.item}')}** {state_change_text(turn, translate)}")


def _row(change: ChangeText) -> str:
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
    if write := _WRITERS.get(type(value)):
        return write(value)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, FileModel):
        return {name: plain(part) for name, part in value if part is not False and part not in _NOTHING}
    return value


def _place(place: ChangePlace) -> dict[str, object]:
    after = place.after.name if place.after else None
    return {"parent": place.parent.name, "list": place.field, "after": after}


_NOTHING: tuple[object, ...] = (None, (), "")
_WRITERS: dict[type, Callable[[Any], object]] = {
    ChangePlace: _place,
    Period: lambda period: period.code,
    Decimal: str,
    MeasuredNumber: str,
}
