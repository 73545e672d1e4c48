"""Each comment to the entry it speaks of: the one below it, the one beside it, or the block it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.layout.nodes import Branch, Entry, Leaf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.layout.notes import Note


def attach(root: Branch, entries: list[Entry], notes: Iterable[Note]) -> list[str]:
    """Gives the comments and blank lines to the entries; returns those that head the file."""
    head: list[str] = []
    blank, place = False, 0
    for note in notes:
        while place < len(entries) and entries[place].start < note.start:
            _part(head if place == 0 else entries[place].before, is_wanted=blank)
            blank = False
            place += 1
        last = entries[place - 1] if place else None
        if not note.text:
            blank = blank or not (last and _is_within(note, last))
        elif note.is_alone:
            follower = entries[place] if place < len(entries) else None
            lines = _place_of(note, root, last, follower) if last else head
            _part(lines, is_wanted=blank)
            lines.append(note.text)
            blank = False
        else:
            _beside(note, root, last, head)
    if place < len(entries):
        _part(entries[place].before if place else head, is_wanted=blank)
    return head


def _part(lines: list[str], *, is_wanted: bool) -> None:
    if is_wanted:
        lines.append("")


def _is_within(note: Note, entry: Entry) -> bool:
    """True between a key and its text, or inside empty brackets: no other entry is there to be meant."""
    return note.start < entry.node.end and (isinstance(entry.node, Leaf) or not entry.node.entries)


def _place_of(note: Note, root: Branch, last: Entry, follower: Entry | None) -> list[str]:
    """The lines that a comment alone on its line joins. A comment indented deeper than what follows closes a block."""
    if _is_within(note, last):
        return last.before
    limit = follower.column if follower else -1
    for branch in _closed(last, follower):
        inside = note.start < branch.end if branch.is_flow else limit < branch.column <= note.column
        if inside:
            return branch.after
    return follower.before if follower else root.after


def _closed(last: Entry, follower: Entry | None) -> Iterator[Branch]:
    """The containers that end between two entries, inner ones first."""
    if follower and follower.parent.owner is last:
        return
    branch: Branch | None = last.parent
    while branch and not (follower and branch is follower.parent):
        yield branch
        branch = branch.owner.parent if branch.owner else None


def _beside(note: Note, root: Branch, last: Entry | None, head: list[str]) -> None:
    """A comment behind something: it belongs to the entry that this is a part of; a second one stands above."""
    entry = last
    while entry and entry.parent.is_flow and note.start >= entry.parent.end:
        entry = entry.parent.owner
    if entry is None or note.start >= root.end:
        (root.after if last else head).append(note.text)
    elif entry.beside or (cuts(note.text) and not _is_behind_plain_text(note, entry)):
        entry.before.append(note.text)
    else:
        entry.beside = note.text


def cuts(comment: str) -> bool:
    """`#1` behind plain text is taken for a part of it (QP009): it may not come to stand there, nor disappear."""
    return comment[1:2] not in {"", " ", "\t", "#", "!"}


def _is_behind_plain_text(note: Note, entry: Entry) -> bool:
    return isinstance(entry.node, Leaf) and not entry.node.style and entry.node.end == note.behind
