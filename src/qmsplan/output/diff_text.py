"""What changed between two versions, for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.output.clean import clean, harmless
from qmsplan.output.dates import short_date
from qmsplan.output.diff_words import LOOSE, by_weight, side_name, tell, turn_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmsplan.output.diff_words import Comparison, Told

    Say = Callable[[str], str]
    Paint = Callable[[str, str], str]


def diff_text(comparison: Comparison, language: str, say: Say, paint: Paint, width: int) -> str:
    """Headings by weight, and under each the changes with the lines that went and came."""
    return harmless("\n".join(_lines(comparison, language, say, paint, width)) + "\n")


def _lines(comparison: Comparison, language: str, say: Say, paint: Paint, width: int) -> Iterator[str]:
    sides = (clean(side_name(side, say)) for side in (comparison.old, comparison.new))
    yield paint(say("From {old} to {new}").format_map(dict(zip(("old", "new"), sides, strict=True))), "1")
    if not comparison.plans:
        yield say("Nothing changed in meaning.")
    for head, changes in by_weight(comparison, say):
        colour = "31" if changes[0][1].weight in LOOSE else "36"
        yield ""
        yield paint(f"{head}: {len(changes)}", f"1;{colour}")
        for diff, change in changes:
            yield from change_lines(tell(diff, change, language, say), paint, width)
    if comparison.turns:
        day = short_date(comparison.as_of, language)
        yield ""
        yield paint(say("What becomes of the state, as of {day}").format(day=day), "1;33")
        for plan, turn in comparison.turns:
            yield f"  {paint(clean(f'{plan}/{turn.item}'), '1')} {turn_text(turn, say)}"


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
