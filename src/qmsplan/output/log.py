"""The history of an item or plan: as text, as Markdown, as JSON (docs/json.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from qmsplan.diagnostics import Message, Translator
from qmsplan.diff.plans import PlanDiff
from qmsplan.git import Commit
from qmsplan.model.plan import Earlier, Signoff
from qmsplan.model.text import short_date
from qmsplan.output.diff import before_and_now, change_data, change_lines, change_text, plain, readable
from qmsplan.output.safe_text import Screen, clean, dump, folded, harmless, inline, table_head


class SignoffState(NamedTuple):
    """The sign-off in force. `holds` says whether its digest is that of the version; None if there is none to
    compare."""

    signoff: Signoff | Earlier
    holds: bool | None
    is_amended: bool = False
    """True for a version that is to replace what was signed, and is not signed yet."""


class LogEntry(NamedTuple):
    """A step that changed something; without a commit it is not committed yet."""

    diff: PlanDiff
    file: str
    signed: SignoffState | None
    commit: Commit | None = None


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """The steps of an item, or of a whole plan, newest first."""

    plan: str
    item: str | None
    text: str
    entries: tuple[LogEntry, ...]
    is_cut: bool
    """True for a shallow clone, which does not hold the beginning."""
    unread: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`PLAN/ITEM`, or the plan."""
        return f"{self.plan}/{self.item}" if self.item else self.plan


def signed_text(signed: SignoffState | None, translate: Translator) -> str:
    """Which sign-off was in force, in words."""
    if signed is None:
        return translate("not signed")
    number, day = signed.signoff.number, signed.signoff.date
    if signed.is_amended:
        return translate("draft of an amendment; in force: {number}, {day}", number=number, day=day)
    words = {
        None: Message("signed: {number}, {day}"),
        True: Message("signed: {number}, {day}; the digest matches"),
        False: Message("signed: {number}, {day}; changed since"),
    }
    return translate(words[signed.holds], number=number, day=day)


VERSION = 1


def log_text(life: ItemHistory, screen: Screen) -> str:
    """A block for each step."""
    return harmless("\n".join(_history_lines(life, screen)) + "\n")


def _history_lines(life: ItemHistory, screen: Screen) -> Iterator[str]:
    translate, paint = screen.translate, screen.paint
    name, *more = folded("  ".join(map(clean, filter(None, (life.name, life.text)))), screen.width, 2)
    yield paint(clean(life.name), "1") + name.removeprefix(clean(life.name))
    yield from more
    if not life.entries:
        yield translate("No change is known.")
    for entry in life.entries:
        yield ""
        yield paint(" · ".join(map(clean, _commit_words(entry.commit, translate))), "1;33")
        yield f"  {clean(signed_text(entry.signed, translate))}"
        for change in readable(entry.diff):
            shown = change_text(entry.diff, change, translate)
            yield from change_lines(shown._replace(about="") if shown.where == life.name else shown, screen)
    if life.is_cut:
        yield ""
        yield _told_shallow(translate)


def _told_shallow(translate: Translator) -> str:
    return translate("This clone holds only the last commits; earlier steps are not known: git fetch --unshallow")


def _commit_day(commit: Commit, translate: Translator) -> str:
    return short_date(commit.date.date(), translate.language) if commit.date else translate("day unknown")


def _commit_words(commit: Commit | None, translate: Translator) -> list[str]:
    if commit is None:
        return [translate("not committed yet")]
    return [_commit_day(commit, translate), commit.id[:7], commit.author, commit.subject]


def log_markdown(life: ItemHistory, translate: Translator) -> str:
    """A table with a row for each change."""
    head = (
        *(translate("Day"), translate("Commit"), translate("Author"), translate("Item")),
        *(translate("What changed"), translate("Before"), translate("Now"), translate("Sign-off")),
    )
    lines = [f"**{inline(life.name)}** {inline(life.text)}".rstrip(), "", *table_head(head)]
    for entry in life.entries:
        lines += _markdown_rows(entry, translate)
    if life.is_cut:
        lines += ["", _told_shallow(translate)]
    return "\n".join(lines) + "\n"


def _markdown_rows(entry: LogEntry, translate: Translator) -> Iterator[str]:
    first = ["", translate("not committed yet"), ""]
    if commit := entry.commit:
        first = [_commit_day(commit, translate), f"{commit.id[:7]} {commit.subject}", commit.author]
    for change in readable(entry.diff):
        shown = change_text(entry.diff, change, translate)
        about, signed = (*first, shown.where, shown.what), signed_text(entry.signed, translate)
        cells = (*map(inline, about), *before_and_now(shown), inline(signed))
        yield harmless(f"| {' | '.join(cells)} |")


def log_json(life: ItemHistory) -> str:
    """The history as JSON."""
    return dump(
        {
            "version": VERSION,
            "plan": life.plan,
            "item": life.item,
            "text": life.text or None,
            "entries": [_entry_data(entry) for entry in life.entries],
            "is_cut": life.is_cut,
            "unread": list(life.unread),
        }
    )


def _entry_data(entry: LogEntry) -> dict[str, object]:
    commit = entry.commit
    return {
        "commit": commit.id if commit else None,
        "author": (commit and commit.author) or None,
        "email": (commit and commit.email) or None,
        "date": commit.date if commit else None,
        "subject": (commit and commit.subject) or None,
        "file": entry.file,
        "signoff": plain(entry.signed.signoff) if entry.signed else None,
        "amended": entry.signed.is_amended if entry.signed else False,
        "digest_matches": entry.signed.holds if entry.signed else None,
        "changes": [change_data(entry.diff, change) for change in entry.diff.changes],
    }
