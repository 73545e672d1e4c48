"""A text of YAML as a tree that knows where everything stands, and what the parser drops: comments and blank lines.

The tree is built from the marks of the reader of plans, which are exact in every style. Each
comment is given to the entry it speaks of: the one below it, the one beside it, or the block that it closes."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import yaml

from qmsplan.load.document import BLOCKS, Source
from qmsplan.load.files import NULLS
from qmsplan.load.yaml import Container, Mark

_NOTE = re.compile(r"^(?:[ \t]*\n)+|#[^\n]*", re.MULTILINE)
_SIGN = re.compile(r"#|\n[ \t]*(?=\n)")
"""Stands where there may be a comment or a blank line, but for the first line of a text."""
_HEADER = re.compile(r"[|>](?P<marks>[-+0-9]*)[ \t]*(?P<comment>#[^\n]*)?")


class Comment(NamedTuple):
    """A comment, or blank lines together (their text is empty), and where it starts."""

    start: int
    column: int
    text: str
    is_alone: bool
    """Nothing else stands on its line."""
    behind: int
    """Where the spaces before it start."""


def find_notes(source: Source) -> Iterator[Comment]:
    """The comments of a text, and the blank lines if its line ends are LF, in order.

    Between scalars stand only indicators, white space and comments: there, every `#` starts a comment."""
    text = source.text
    signs = [sign.start() for sign in _SIGN.finditer(text)]
    if not signs and not text.lstrip(" \t").startswith("\n"):
        return  # nothing to look for, as in what `record` writes
    scalars = source.texts
    starts = [*(scalar.start_mark.index for scalar in scalars), len(text)]
    gaps = dict.fromkeys((0, *(bisect_right(starts, sign) for sign in signs)))
    for gap in gaps:  # the others, most of them, are not looked through
        before = scalars[gap - 1] if gap else None
        header = _HEADER.match(text, starts[gap - 1]) if before and before.style in BLOCKS else None
        if header and header["comment"]:
            yield _note(text, header.start("comment"), header["comment"])
        for match in _NOTE.finditer(text, end_of(before, text) if before else 0, starts[gap]):
            yield _note(text, match.start(), match[0].rstrip())


def end_of(scalar: Any, text: str) -> int:
    """Where a scalar ends. The parser counts blank lines to the block above; they are its own only with `|+`."""
    start: int = scalar.start_mark.index
    end: int = scalar.end_mark.index
    if scalar.style not in BLOCKS:
        return end
    header = _HEADER.match(text, start)
    last = scalar.value.rstrip("\n").rpartition("\n")[2]
    if (header and "+" in header["marks"]) or last.isspace():  # a line of spaces only that belongs to the text
        return end
    filled = start + len(text[start:end].rstrip(" \t\r\n"))
    return min(end, text.find("\n", filled) + 1 or end)


def _note(text: str, index: int, found: str) -> Comment:
    line = text[text.rfind("\n", 0, index) + 1 : index]
    behind = index - len(line) + len(line.rstrip(" "))
    return Comment(index, len(line), found.rstrip(), not line.strip(), behind)


YamlNode: TypeAlias = "YamlLeaf | YamlBranch"
_DASH = re.compile(r"#[^\n]*|-")
_QUESTION_MARK = re.compile(r"#[^\n]*|\?")
_COLON = re.compile(r"#[^\n]*|:")


@dataclass(slots=True)
class YamlLeaf:
    """A text as typed, in Unicode normal form C; `value` is None for a plain null."""

    value: str | None
    style: str
    """`|`, `>`, `'`, `"`, or nothing for plain text."""
    start: int
    end: int

    def header_end(self, text: str) -> int:
        """Where the `|` or `>` of a block with its `+`, `-` or number ends."""
        header = _HEADER.match(text, self.start)
        return header.end("marks") if header else self.end


@dataclass(slots=True, eq=False)
class YamlBranch:
    """A mapping or a list. `after`: comments behind its last entry."""

    is_list: bool
    is_flow: bool
    column: int
    owner: YamlEntry | None
    start: int = 0
    end: int = 0
    entries: list[YamlEntry] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class YamlEntry:
    """A field of a mapping, or an item of a list (its key is empty). `before`: comments and blank lines above it."""

    key: str
    start: int
    """Where its key, the `?` before its key, or its dash stands."""
    column: int
    mark: int
    """Right behind its colon or dash: where its value may start."""
    parent: YamlBranch
    node: YamlNode
    before: list[str] = field(default_factory=list)
    beside: str = ""


def last_in(node: YamlNode) -> YamlNode:
    """The last value in a node: a text, or what is empty."""
    while isinstance(node, YamlBranch) and node.entries:
        node = node.entries[-1].node
    return node


def read_nodes(source: Source) -> tuple[YamlBranch, list[YamlEntry]]:
    """The outermost mapping or list of a text, and all entries in the order they start. ReadError at the first fault
    of the text."""
    root = YamlBranch(is_list=False, is_flow=False, column=0, owner=None)
    reader = _Reader(source.text)
    mark = source.yaml.mark
    if isinstance(mark, Container):
        root = reader.branch(mark)
        reader.fill(root, mark)
    return root, reader.order


class _Reader:
    """One walk through the marks of a text; `at` is how far it has come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.order: list[YamlEntry] = []
        self.at = 0

    def branch(self, mark: Container) -> YamlBranch:
        """A mapping or list without its entries."""
        start, end, is_flow = mark.start.start_mark, mark.end.end_mark.index, bool(mark.start.flow_style)
        return YamlBranch(isinstance(mark.parts, list), is_flow, start.column, None, start.index, end)

    def fill(self, branch: YamlBranch, mark: Container) -> None:
        """Reads the entries of a mapping or list."""
        self.at = mark.start.end_mark.index if branch.is_flow else branch.start
        if isinstance(mark.parts, list):
            for part in mark.parts:
                begin = self._dash(branch, _start_of(part))
                self._add(branch, part, "", begin, branch.column, begin if branch.is_flow else begin + 1)
        else:
            for key, part in mark.parts.values():
                begin = self._first_of(_QUESTION_MARK, self.at, key.start_mark.index)
                self.at = key.end_mark.index
                colon = self._first_of(_COLON, self.at, _start_of(part))
                name = unicodedata.normalize("NFC", key.value)
                self._add(branch, part, name, begin, self._column(begin), colon + 1)
        self.at = branch.end

    def _add(self, parent: YamlBranch, part: Mark, key: str, start: int, column: int, mark: int) -> None:
        """An entry and all that is in it."""
        node = self.branch(part) if isinstance(part, Container) else self._leaf(part)
        entry = YamlEntry(key, start, column, min(mark, node.start), parent, node)
        parent.entries.append(entry)
        self.order.append(entry)
        if isinstance(node, YamlBranch) and isinstance(part, Container):
            node.owner = entry
            self.fill(node, part)
        else:
            self.at = end_index(part)

    def _leaf(self, event: yaml.ScalarEvent) -> YamlLeaf:
        return YamlLeaf(text_of(event), event.style or "", _start_of(event), end_of(event, self.text))

    def _first_of(self, sign: re.Pattern[str], start: int, end: int) -> int:
        """Where an indicator stands between two marks, outside of comments; the end if it does not."""
        found = (match.start() for match in sign.finditer(self.text, start, end) if match[0][0] != "#")
        return next(found, end)

    def _dash(self, parent: YamlBranch, start: int) -> int:
        """Where the dash of an item stands that starts at `start`; events do not tell."""
        if parent.is_flow:
            return start
        dashes = [match.start() for match in _DASH.finditer(self.text, self.at, start) if match[0] == "-"]
        return next((dash for dash in reversed(dashes) if self._column(dash) == parent.column), start)

    def _column(self, index: int) -> int:
        return index - self.text.rfind("\n", 0, index) - 1


def _start_of(mark: Mark) -> int:
    """Where a value starts: an index into the text."""
    first: Any = mark.start if isinstance(mark, Container) else mark
    start: int = first.start_mark.index
    return start


def end_index(mark: Mark) -> int:
    """Where the last event of a value ends; for a block text, behind the blank lines that follow it."""
    last: Any = mark.end if isinstance(mark, Container) else mark
    end: int = last.end_mark.index
    return end


def text_of(event: yaml.ScalarEvent) -> str | None:
    """A text as typed, in Unicode normal form C; None for a plain null."""
    if event.implicit[0] and event.value in NULLS:
        return None
    return unicodedata.normalize("NFC", event.value)


def attach(root: YamlBranch, entries: list[YamlEntry], notes: Iterable[Comment]) -> list[str]:
    """Gives the comments and blank lines to the entries; returns those that head the file."""
    head: list[str] = []
    above = [head, *(entry.before for entry in entries[1:])]
    blank: list[str] = []  # an empty line that waits for what stands below it
    place = 0
    for note in notes:
        while place < len(entries) and entries[place].start < note.start:
            above[place] += blank
            blank = []
            place += 1
        last = entries[place - 1] if place else None
        if not note.text:
            blank = blank if last and _is_within(note, last) else [""]
        elif note.is_alone:
            follower = entries[place] if place < len(entries) else None
            lines = _place_of(note, root, last, follower) if last else head
            lines += [*blank, note.text]
            blank = []
        else:
            _beside(note, root, last, head)
    if place < len(entries):
        above[place] += blank
    return head


def _is_within(note: Comment, entry: YamlEntry) -> bool:
    """True between a key and its text, or inside empty brackets: no other entry is there to be meant."""
    return note.start < entry.node.end and (isinstance(entry.node, YamlLeaf) or not entry.node.entries)


def _place_of(note: Comment, root: YamlBranch, last: YamlEntry, follower: YamlEntry | None) -> list[str]:
    """The lines that a comment alone on its line joins. A comment indented deeper than what follows closes a block."""
    if _is_within(note, last):
        return last.before
    limit = follower.column if follower else -1
    for branch in _closed(last, follower):
        inside = note.start < branch.end if branch.is_flow else limit < branch.column <= note.column
        if inside:
            return branch.after
    return follower.before if follower else root.after


def _closed(last: YamlEntry, follower: YamlEntry | None) -> Iterator[YamlBranch]:
    """The containers that end between two entries, inner ones first."""
    if follower and follower.parent.owner is last:
        return
    branch: YamlBranch | None = last.parent
    while branch and not (follower and branch is follower.parent):
        yield branch
        branch = branch.owner.parent if branch.owner else None


def _beside(note: Comment, root: YamlBranch, last: YamlEntry | None, head: list[str]) -> None:
    """A comment behind something: it belongs to the entry that this is a part of; a second one stands above."""
    entry = last
    while entry and entry.parent.is_flow and note.start >= entry.parent.end:
        entry = entry.parent.owner
    if entry is None or note.start >= root.end:
        (root.after if last else head).append(note.text)
    elif cuts(note.text) and is_behind_plain_text(note, entry):
        entry.before += [entry.beside] if entry.beside else []
        entry.beside = note.text
    elif entry.beside or cuts(note.text):
        entry.before.append(note.text)
    else:
        entry.beside = note.text


def cuts(comment: str) -> bool:
    """`#1` behind plain text is taken for a part of it (QP009): it may not come to stand there, nor disappear."""
    return comment[1:2] not in {"", " ", "\t", "#", "!"}


def is_behind_plain_text(note: Comment, entry: YamlEntry) -> bool:
    """Whether a comment stands right behind the plain text of an entry."""
    return isinstance(entry.node, YamlLeaf) and not entry.node.style and entry.node.end == note.behind
