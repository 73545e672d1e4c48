"""The life of an item as it is told.

The life of an item: for people, for pasting, for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from qmsplan.diff.versions import PlanDiff
from qmsplan.model.plan import Earlier, Signoff
from qmsplan.model.text import short_date
from qmsplan.output.diff import change_data, change_lines, plain
from qmsplan.output.diff_words import readable, tell
from qmsplan.output.findings_markdown import inline
from qmsplan.output.safe_text import clean, dump, harmless


class Signed(NamedTuple):
    """The sign-off in force, and whether its digest is that of the version; None if there is none to compare."""

    signoff: Signoff | Earlier
    holds: bool | None
    is_amended: bool = False
    """True for a version that is to replace what was signed, and is not signed yet."""


class LogEntry(NamedTuple):
    """A step that changed something. One without a commit is not committed yet."""

    diff: PlanDiff
    file: str
    signed: Signed | None
    commit: str | None = None
    author: str = ""
    email: str = ""
    date: datetime | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """The steps of an item, or of a whole plan, newest first."""

    plan: str
    item: str | None
    text: str
    entries: tuple[LogEntry, ...]
    is_cut: bool
    """True if the clone does not hold the beginning."""
    unread: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`PLAN/ITEM`, or the plan."""
        return f"{self.plan}/{self.item}" if self.item else self.plan


def signed_text(signed: Signed | None, language: str, translate: Callable[[str], str]) -> str:
    """What was in force."""
    if signed is None:
        return translate("not signed")
    day = short_date(signed.signoff.date, language)
    if signed.is_amended:
        pattern = translate("draft of an amendment; in force: {number}, {day}")
        return pattern.format(number=signed.signoff.number, day=day)
    words = {None: translate("signed: {number}, {day}"), True: translate("signed: {number}, {day}; the digest matches")}
    changed = translate("signed: {number}, {day}; changed since")
    return words.get(signed.holds, changed).format(number=signed.signoff.number, day=day)


Say = Callable[[str], str]
Paint = Callable[[str, str], str]

VERSION = 1


def log_text(life: Life, language: str, translate: Say, paint: Paint, width: int) -> str:
    """A block for each step."""
    return harmless("\n".join(_lines(life, language, translate, paint, width)) + "\n")


def _lines(life: Life, language: str, translate: Say, paint: Paint, width: int) -> Iterator[str]:
    yield paint(clean(life.name), "1") + (f"  {clean(life.text)}" if life.text else "")
    if not life.entries:
        yield translate("No change is known.")
    for entry in life.entries:
        yield ""
        yield paint(" · ".join(map(clean, _head(entry, language, translate))), "1;33")
        yield f"  {clean(signed_text(entry.signed, language, translate))}"
        for change in readable(entry.diff):
            told = tell(entry.diff, change, language, translate)
            yield from change_lines(told._replace(about="") if told.where == life.name else told, paint, width)
    if life.is_cut:
        yield ""
        yield translate("This clone holds only the last commits; earlier steps are not known: git fetch --unshallow")


def _head(entry: LogEntry, language: str, translate: Say) -> list[str]:
    if entry.commit is None or entry.date is None:
        return [translate("not committed yet")]
    return [short_date(entry.date.date(), language), entry.commit[:7], entry.author, entry.subject]


def log_markdown(life: Life, language: str, translate: Say) -> str:
    """A table, a row for each change."""
    head = (
        *(translate("Day"), translate("Commit"), translate("Author"), translate("Item")),
        *(translate("What changed"), translate("Before"), translate("Now"), translate("Sign-off")),
    )
    lines = [f"**{inline(life.name)}** {inline(life.text)}".rstrip(), "", f"| {' | '.join(head)} |"]
    lines.append("|" + " --- |" * len(head))
    for entry in life.entries:
        lines += _rows(entry, language, translate)
    return "\n".join(lines) + "\n"


def _rows(entry: LogEntry, language: str, translate: Say) -> Iterator[str]:
    if entry.commit and entry.date:
        about = f"{entry.commit[:7]} {entry.subject}"
        first = [short_date(entry.date.date(), language), about, entry.author]
    else:
        first = ["", translate("not committed yet"), ""]
    for change in readable(entry.diff):
        told = tell(entry.diff, change, language, translate)
        old, new = ("<br>".join(inline(line) for line in side if line is not None) for side in _sides(told.lines))
        cells = [
            *map(inline, (*first, told.where, told.what)),
            old,
            new,
            inline(signed_text(entry.signed, language, translate)),
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


def _entry(entry: LogEntry) -> dict[str, object]:
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
