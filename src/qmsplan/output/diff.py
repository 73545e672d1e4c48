"""What changed between two versions, for people at a terminal.

What changed between two versions, as a comment on a pull request.

What changed between two versions, for programs: the shape is described in docs/json.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from qmsplan.diff.changes import Change, ChangePlace
from qmsplan.diff.versions import PlanDiff, Version
from qmsplan.model.fields import FileModel
from qmsplan.model.period import Period
from qmsplan.model.text import short_date
from qmsplan.output.diff_words import LOOSE, Comparison, Side, Told, by_weight, side_name, tell, turn_text
from qmsplan.output.findings_markdown import MOST, inline, length_of
from qmsplan.output.safe_text import clean, dump, harmless
from qmsplan.progress.state_changes import StateChange

Say = Callable[[str], str]
Paint = Callable[[str, str], str]


def diff_text(comparison: Comparison, language: str, translate: Say, paint: Paint, width: int) -> str:
    """Headings by weight, and under each the changes with the lines that went and came."""
    return harmless("\n".join(_lines(comparison, language, translate, paint, width)) + "\n")


def _lines(comparison: Comparison, language: str, translate: Say, paint: Paint, width: int) -> Iterator[str]:
    sides = (clean(side_name(side, translate)) for side in (comparison.old, comparison.new))
    yield paint(translate("From {old} to {new}").format_map(dict(zip(("old", "new"), sides, strict=True))), "1")
    if not comparison.plans:
        yield translate("Nothing changed in meaning.")
    for head, changes in by_weight(comparison, translate):
        colour = "31" if changes[0][1].weight in LOOSE else "36"
        yield ""
        yield paint(f"{head}: {len(changes)}", f"1;{colour}")
        for diff, change in changes:
            yield from change_lines(tell(diff, change, language, translate), paint, width)
    if comparison.turns:
        day = short_date(comparison.as_of, language)
        yield ""
        yield paint(translate("What becomes of the state, as of {day}").format(day=day), "1;33")
        for plan, turn in comparison.turns:
            yield f"  {paint(clean(f'{plan}/{turn.item}'), '1')} {turn_text(turn, translate)}"


def change_lines(told: Told, paint: Paint, width: int) -> Iterator[str]:
    """What a change is about, and the lines that went and came."""
    head = f"  {paint(clean(told.where), '1')} {clean(told.what)}"
    room = width - len(told.where) - len(told.what) - 6
    about = clean(told.about)
    yield f"{head}  {paint(_cut(about, room), '2')}" if about and room > 20 else head
    for old, new in told.lines:
        if old is not None:
            yield paint(f"    - {clean(old)}", "31")
        if new is not None:
            yield paint(f"    + {clean(new)}", "32")


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


_Say = Callable[[str], str]


def diff_markdown(comparison: Comparison, language: str, translate: _Say) -> str:
    """A table for each weight, what loosens first, and the states that turn; what does not fit is counted."""
    text, room, left = "", MOST - 300, 0
    for line in _markdown_lines(comparison, language, translate):
        room -= length_of(line) + 1
        if room < 0:
            left += 1
        else:
            text += line + "\n"
    return text + ("\n" + translate("… and {count} more").format(count=left) + "\n" if left else "")


def _markdown_lines(comparison: Comparison, language: str, translate: _Say) -> Iterator[str]:
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
            yield _row(tell(diff, change, language, translate))
    if comparison.turns:
        head = translate("What becomes of the state, as of {day}")
        yield from ("", f"### {head.format(day=short_date(comparison.as_of, language))}", "")
        for plan, turn in comparison.turns:
            yield harmless(f"- **{inline(f'{plan}/{turn.item}')}** {turn_text(turn, translate)}")


def _row(told: Told) -> str:
    before = "<br>".join(inline(old) for old, _ in told.lines if old is not None)
    now = "<br>".join(inline(new) for _, new in told.lines if new is not None)
    where = f"**{inline(told.where)}**" + (f"<br>{inline(_cut_markdown(told.about))}" if told.about else "")
    return harmless(f"| {where} | {inline(told.what)} | {before} | {now} |")


def _cut_markdown(text: str) -> str:
    return text if len(text) <= 100 else text[:99].rstrip() + "…"


VERSION = 1


def diff_json(comparison: Comparison) -> str:
    """All changes, plan by plan."""
    return dump(
        {
            "version": VERSION,
            "old": _side(comparison.old),
            "new": _side(comparison.new),
            "as_of": comparison.as_of.isoformat(),
            "plans": [_plan(diff) for diff in comparison.plans],
            "changes": [change_data(diff, change) for diff in comparison.plans for change in diff.changes],
            "states": [_turn(plan, turn) for plan, turn in comparison.turns],
            "unread": list(comparison.unread),
        }
    )


def _side(side: Side) -> dict[str, object]:
    return {"revision": side.name or None, "commit": side.commit}


def _plan(diff: PlanDiff) -> dict[str, object]:
    return {"plan": diff.id, "old": _version(diff.old), "new": _version(diff.new)}


def _version(version: Version | None) -> dict[str, object] | None:
    return {"id": version.plan.id, "file": version.file} if version else None


def change_data(diff: PlanDiff, change: Change) -> dict[str, object]:
    """One change; docs/json.md."""
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


def _turn(plan: str, turn: StateChange) -> dict[str, object]:
    return {
        "plan": plan,
        "item": turn.item,
        "old": turn.old.value if turn.old else None,
        "new": turn.new.value if turn.new else None,
    }


def plain(value: Any) -> object:
    """A value of a plan as JSON has it: periods and days as codes, numbers as text, fields that say something."""
    if write := _WRITERS.get(type(value)):
        return write(value)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
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
    date: date.isoformat,
    Decimal: str,
}
