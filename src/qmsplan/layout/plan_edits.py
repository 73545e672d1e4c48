"""Edits of a plan's text that leave every byte outside of them as it was; new lines are in the canonical layout."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from qmsplan.diagnostic import Fault, say
from qmsplan.layout.canonical import write
from qmsplan.layout.fields import fields_of
from qmsplan.layout.nodes import Branch, Entry, Leaf, read_nodes
from qmsplan.layout.notes import find_notes
from qmsplan.layout.splice import end_of_node, next_line
from qmsplan.layout.write import STEP
from qmsplan.load.tree import events
from qmsplan.model.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmsplan.layout.nodes import Node

Fields = dict[str, Any]
"""Names and typed texts, or lists and further fields."""


class Dropped(NamedTuple):
    """A text without a field, and the comments that stood in it."""

    text: str
    comments: tuple[str, ...] = ()


def add_field(text: str, name: str, value: object, above: Sequence[str] = ()) -> str:
    """The text with a field that it did not have, at its place among the others. `above` its first entry: comments."""
    root = _root(text)
    fields = _fields(root)
    lines = _lines(name, value)
    lines[1:1] = [" " * STEP + comment for comment in above]
    if name in fields:
        return _instead(text, fields[name], lines, root.entries[0].column)
    at = next_line(text, end_of_node(_before(name, root, fields).node))
    return _insert(text, at, _indented(lines, root.entries[0].column), has_gap=bool(re.search(r"\n\r?\n", text)))


def turn_field(text: str, old: str, name: str, value: object, above: Sequence[str] = ()) -> str:
    """The text with a new field in the place of an old one; `above` the new one's first entry: comments."""
    root = _root(text)
    lines = _lines(name, value)
    lines[1:1] = [" " * STEP + comment for comment in above]
    return _instead(text, _fields(root)[old], lines, root.entries[0].column)


def add_entry(text: str, name: str, entry: Fields, above: Sequence[str] = ()) -> str:
    """The text with one more entry at the end of a list."""
    found = _fields(_root(text)).get(name)
    if found is None or _is_empty(found.node):
        return add_field(text, name, [entry], above)
    last = _list(found).entries[-1]
    lines = [*above, *_dedented(_lines(name, [entry])[1:])]
    return _insert(text, next_line(text, end_of_node(last.node)), _indented(lines, last.column))


def replace_entry(text: str, name: str, index: int, entry: Fields) -> str:
    """The text with another entry of a list in the place of one; comments of the old one stand above it."""
    old = _list(_fields(_root(text))[name]).entries[index]
    return _instead(text, old, _dedented(_lines(name, [entry])[1:]), old.column)


def extend_field(text: str, name: str, more: Fields) -> str:
    """The text with more fields at the end of a field that has some."""
    found = _fields(_root(text))[name]
    if isinstance(found.node, Leaf) or found.node.is_flow:
        raise _in_brackets(name)
    last = found.node.entries[-1]
    return _insert(
        text, next_line(text, end_of_node(last.node)), _indented(_dedented(_lines(name, more)[1:]), last.column)
    )


def drop_field(text: str, name: str) -> Dropped:
    """The text without a field; one of two blank lines around it goes too."""
    found = _fields(_root(text)).get(name)
    if found is None:
        return Dropped(text)
    start, end = _whole_lines(text, found)
    before, after = text[:start], text[end:]
    gap = re.search(r"(?:(?<=\n)|^)[ \t]*\r?\n\Z", before)
    if gap and (not after.strip() or re.match(r"[ \t]*\r?\n", after)):
        before = before[: gap.start()]
    return Dropped(before + after, tuple(_comments(text, start, end)))


def _root(text: str) -> Branch:
    root, _ = read_nodes(text, list(events(text)))
    if root.is_flow:
        raise _in_brackets("kind")
    return root


def _in_brackets(name: str) -> Fault:
    message = say("'{name}' is written in brackets, which can't be edited line by line", name=name)
    return Fault(message, say("run 'qmsplan fmt' on the file, then again this command"))


def _fields(root: Branch) -> dict[str, Entry]:
    return {unicodedata.normalize("NFC", entry.key): entry for entry in root.entries}


def _list(entry: Entry) -> Branch:
    node = entry.node
    if isinstance(node, Leaf) or node.is_flow or not node.is_list:
        raise _in_brackets(entry.key)
    return node


def _is_empty(node: Node) -> bool:
    return node.value is None if isinstance(node, Leaf) else not node.entries


def _before(name: str, root: Branch, fields: Mapping[str, Entry]) -> Entry:
    """The entry that a new field comes after: the nearest that goes before it in the canonical layout."""
    order = fields_of(Plan)
    earlier = [field for field in order if field in fields and order[field].place < order[name].place]
    return fields[earlier[-1]] if earlier else root.entries[-1]


def _lines(name: str, value: object) -> list[str]:
    """A field in the canonical layout."""
    return write(json.dumps({name: value}, ensure_ascii=False) + "\n", Plan).text.splitlines()


def _dedented(lines: Sequence[str]) -> list[str]:
    return [line[STEP:] for line in lines]


def _indented(lines: Sequence[str], column: int) -> list[str]:
    return [" " * column + line if line else "" for line in lines]


def _insert(text: str, at: int, lines: Sequence[str], *, has_gap: bool = False) -> str:
    """Lines put in where a line starts, or at the end; a blank line parts them from fields above and below."""
    end = "\r\n" if "\r\n" in text else "\n"
    start = "" if at == 0 or text[at - 1] == "\n" else end
    if has_gap:
        lines = ["", *lines] if text[:at].strip() and not re.search(r"\n[ \t]*\r?\n\Z", text[:at]) else lines
        lines = [*lines, ""] if text[at:].strip() and not re.match(r"[ \t]*\r?\n", text[at:]) else lines
    return text[:at] + start + "".join(line + end for line in lines) + text[at:]


def _instead(text: str, entry: Entry, lines: Sequence[str], column: int) -> str:
    start, end = _whole_lines(text, entry)
    kept = [*_comments(text, start, end), *lines]
    return _insert(text[:start] + text[end:], start, _indented(kept, column))


def _whole_lines(text: str, entry: Entry) -> tuple[int, int]:
    return text.rfind("\n", 0, entry.start) + 1, next_line(text, end_of_node(entry.node))


def _comments(text: str, start: int, end: int) -> list[str]:
    return [note.text for note in find_notes(text, list(events(text))) if note.text and start <= note.start < end]
