"""What changed between two versions, as a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.output.clean import harmless
from qmsplan.output.dates import short_date
from qmsplan.output.diff_words import by_weight, side_name, tell, turn_text
from qmsplan.output.markdown import MOST, inline, length_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmsplan.output.diff_words import Comparison, Told

    Say = Callable[[str], str]


def diff_markdown(comparison: Comparison, language: str, say: Say) -> str:
    """A table for each weight, what loosens first, and the states that turn; what does not fit is counted."""
    text, room, left = "", MOST - 300, 0
    for line in _lines(comparison, language, say):
        room -= length_of(line) + 1
        if room < 0:
            left += 1
        else:
            text += line + "\n"
    return text + ("\n" + say("… and {count} more").format(count=left) + "\n" if left else "")


def _lines(comparison: Comparison, language: str, say: Say) -> Iterator[str]:
    sides = (inline(side_name(side, say)) for side in (comparison.old, comparison.new))
    yield "**" + say("From {old} to {new}").format_map(dict(zip(("old", "new"), sides, strict=True))) + "**"
    if not comparison.plans:
        yield ""
        yield say("Nothing changed in meaning.")
    columns = (say("Item"), say("What changed"), say("Before"), say("Now"))
    for head, changes in by_weight(comparison, say):
        yield from ("", f"### {head} ({len(changes)})", "")
        yield f"| {' | '.join(columns)} |"
        yield "| --- | --- | --- | --- |"
        for diff, change in changes:
            yield _row(tell(diff, change, language, say))
    if comparison.turns:
        head = say("What becomes of the state, as of {day}")
        yield from ("", f"### {head.format(day=short_date(comparison.as_of, language))}", "")
        for plan, turn in comparison.turns:
            yield harmless(f"- **{inline(f'{plan}/{turn.item}')}** {turn_text(turn, say)}")


def _row(told: Told) -> str:
    before = "<br>".join(inline(old) for old, _ in told.lines if old is not None)
    now = "<br>".join(inline(new) for _, new in told.lines if new is not None)
    where = f"**{inline(told.where)}**" + (f"<br>{inline(_cut(told.about))}" if told.about else "")
    return harmless(f"| {where} | {inline(told.what)} | {before} | {now} |")


def _cut(text: str) -> str:
    return text if len(text) <= 100 else text[:99].rstrip() + "…"
