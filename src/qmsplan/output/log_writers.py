"""The life of an item: for people, for pasting, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.output.clean import clean, harmless
from qmsplan.output.dates import short_date
from qmsplan.output.diff_data import change_data, plain
from qmsplan.output.diff_text import change_lines
from qmsplan.output.diff_words import readable, tell
from qmsplan.output.dump import dump
from qmsplan.output.log_words import signed_text
from qmsplan.output.markdown import inline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmsplan.output.log_words import Entry, Life

    Say = Callable[[str], str]
    Paint = Callable[[str, str], str]

VERSION = 1


def log_text(life: Life, language: str, say: Say, paint: Paint, width: int) -> str:
    """A block for each step."""
    return harmless("\n".join(_lines(life, language, say, paint, width)) + "\n")


def _lines(life: Life, language: str, say: Say, paint: Paint, width: int) -> Iterator[str]:
    yield paint(clean(life.name), "1") + (f"  {clean(life.text)}" if life.text else "")
    if not life.entries:
        yield say("No change is known.")
    for entry in life.entries:
        yield ""
        yield paint(" · ".join(map(clean, _head(entry, language, say))), "1;33")
        yield f"  {clean(signed_text(entry.signed, language, say))}"
        for change in readable(entry.diff):
            told = tell(entry.diff, change, language, say)
            yield from change_lines(told._replace(about="") if told.where == life.name else told, paint, width)
    if life.is_cut:
        yield ""
        yield say("This clone holds only the last commits; earlier steps are not known: git fetch --unshallow")


def _head(entry: Entry, language: str, say: Say) -> list[str]:
    if entry.commit is None or entry.date is None:
        return [say("not committed yet")]
    return [short_date(entry.date.date(), language), entry.commit[:7], entry.author, entry.subject]


def log_markdown(life: Life, language: str, say: Say) -> str:
    """A table, a row for each change."""
    head = (
        *(say("Day"), say("Commit"), say("Author"), say("Item")),
        *(say("What changed"), say("Before"), say("Now"), say("Sign-off")),
    )
    lines = [f"**{inline(life.name)}** {inline(life.text)}".rstrip(), "", f"| {' | '.join(head)} |"]
    lines.append("|" + " --- |" * len(head))
    for entry in life.entries:
        lines += _rows(entry, language, say)
    return "\n".join(lines) + "\n"


def _rows(entry: Entry, language: str, say: Say) -> Iterator[str]:
    if entry.commit and entry.date:
        about = f"{entry.commit[:7]} {entry.subject}"
        first = [short_date(entry.date.date(), language), about, entry.author]
    else:
        first = ["", say("not committed yet"), ""]
    for change in readable(entry.diff):
        told = tell(entry.diff, change, language, say)
        old, new = ("<br>".join(inline(line) for line in side if line is not None) for side in _sides(told.lines))
        cells = [
            *map(inline, (*first, told.where, told.what)),
            old,
            new,
            inline(signed_text(entry.signed, language, say)),
        ]
        yield harmless(f"| {' | '.join(cells)} |")


def _sides(lines: tuple[tuple[str | None, str | None], ...]) -> tuple[list[str | None], list[str | None]]:
    return [old for old, _ in lines], [new for _, new in lines]


def log_json(life: Life) -> str:
    """The shape is described in docs/json.md."""
    return dump(
        {
            "version": VERSION,
            "plan": life.plan,
            "item": life.item,
            "text": life.text or None,
            "entries": [_entry(entry) for entry in life.entries],
            "is_cut": life.is_cut,
            "unread": list(life.unread),
        }
    )


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "commit": entry.commit,
        "author": entry.author or None,
        "email": entry.email or None,
        "date": entry.date.isoformat() if entry.date else None,
        "subject": entry.subject or None,
        "file": entry.file,
        "signoff": plain(entry.signed.signoff) if entry.signed else None,
        "amended": entry.signed.is_amended if entry.signed else False,
        "digest_matches": entry.signed.holds if entry.signed else None,
        "changes": [change_data(entry.diff, change) for change in entry.diff.changes],
    }
