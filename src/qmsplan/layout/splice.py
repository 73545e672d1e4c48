"""One more entry in a list of a file: a splice at the marks. Every other byte stays as it was typed."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.layout.entry import STEP, entry_lines, field_of, in_braces
from qmsplan.layout.nodes import Branch, Entry, Leaf, read_nodes
from qmsplan.load.tree import events

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qmsplan.layout.entry import Typed
    from qmsplan.layout.nodes import Node


class Edit(NamedTuple):
    """What stands from `start` to `end` gives way to `text`."""

    start: int
    end: int
    text: str


class Shape(NamedTuple):
    """A file's text, its outermost mapping, and the class of that in the model."""

    text: str
    root: Branch
    model: type


def read_shape(text: str, model: type) -> Shape:
    """The shape of a text that loads."""
    return Shape(text, read_nodes(text, events(text))[0], model)


def add_entry(text: str, model: type, name: str, fields: Mapping[str, Typed]) -> str:
    """The text of a file of class `model` with one more entry at the end of the list `name`, which may be absent.

    The entry takes the style of the list: its indentation, its blank lines, braces where the last entry has them."""
    shape = read_shape(text, model)
    inner = field_of(model, name).model or dict
    entry = next((entry for entry in shape.root.entries if entry.key == name), None)
    if entry is None:
        return apply(text, _new_list(shape, name, fields, inner))
    node = entry.node
    if isinstance(node, Leaf) or not node.entries:
        return apply(text, _first(shape, entry, fields, inner))
    if node.is_flow:
        return apply(text, _in_flow(text, node, in_braces(fields, inner)))
    return apply(text, [_below(text, node, fields, inner)])


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap; those at one place stand in their order."""
    for start, end, new in sorted(edits, key=lambda edit: (edit.start, edit.end))[::-1]:
        text = text[:start] + new + text[end:]
    return text


def end_of_node(node: Node) -> int:
    """Where the last thing in a node ends; the parser lets blocks end where the next thing starts."""
    if isinstance(node, Leaf) or node.is_flow:
        return node.end
    return end_of_node(node.entries[-1].node)


def next_line(text: str, end: int) -> int:
    """The start of the line below what ends at `end`; blocks of text end there themselves."""
    return end if text[end - 1] == "\n" else text.find("\n", end) + 1 or len(text)


def below(text: str, node: Node, column: int) -> int:
    """The start of the line below a node and the comments right of `column` that belong to it."""
    end = next_line(text, end_of_node(node))
    comments = re.compile(rf"(?:(?:[ \t]*\r?\n)*[ ]{{{column + 1},}}#[^\n]*(?:\n|\Z))*")
    match = comments.match(text, end)
    return match.end() if match else end


def lines_at(text: str, at: int, lines: Sequence[str]) -> Edit:
    """New lines at the start of a line, with the line ends of the line before; a last line without an end gets one."""
    if text[at - 1 : at] != "\n":
        newline = "\r\n" if "\r\n" in text else "\n"
        return Edit(at, at, "".join(newline + line for line in lines))
    newline = "\r\n" if text[at - 2 : at] == "\r\n" else "\n"
    return Edit(at, at, "".join(line + newline for line in lines))


def _below(text: str, node: Branch, fields: Mapping[str, Typed], model: type) -> Edit:
    """An entry below the last one of a list of dashes."""
    last = node.entries[-1]
    dash, inner = last.column, last.node
    if isinstance(inner, Branch) and inner.is_flow:
        lines = [f"{' ' * dash}- {in_braces(fields, model)}"]
    else:
        lines = entry_lines(fields, model, dash, _offset(text, last))
    if _are_parted(text, node.entries):
        lines = ["", *lines]
    return lines_at(text, below(text, inner, dash), lines)


def _offset(text: str, last: Entry) -> int:
    """How far right of its dash an entry's keys stand; the usual where they stand on lines below it."""
    if isinstance(last.node, Leaf) or not last.node.entries:
        return STEP
    first = last.node.entries[0]
    return STEP if "\n" in text[last.start : first.start] else first.start - last.start


def _are_parted(text: str, entries: Sequence[Entry]) -> bool:
    """Whether there is a blank line between all entries."""
    return len(entries) > 1 and all(_is_blank_between(text, *pair) for pair in pairwise(entries))


def _is_blank_between(text: str, one: Entry, other: Entry) -> bool:
    gap = text[next_line(text, end_of_node(one.node)) : other.start]
    return re.search(r"^[ \t]*\r?\n", gap, re.MULTILINE) is not None


def _first(shape: Shape, entry: Entry, fields: Mapping[str, Typed], model: type) -> list[Edit]:
    """The first entry of a list that is empty: below its key, or in the brackets if they are not plainly `[]`."""
    text, node, root = shape.text, entry.node, shape.root
    start = text.find(":", entry.start) + 1
    typed = text[start : node.end]
    if root.is_flow or not re.fullmatch(r"\s*(?:\[ *\]|~|null|Null|NULL)?", typed):
        if isinstance(node, Branch):
            return [Edit(node.end - 1, node.end - 1, in_braces(fields, model))]
        return [Edit(start, node.end, f" [{in_braces(fields, model)}]")]
    dash = root.column + _list_indent(root)
    lines = lines_at(text, next_line(text, node.end), entry_lines(fields, model, dash, STEP))
    return [Edit(start, node.end, ""), lines]


def _list_indent(root: Branch) -> int:
    """How far the file's other lists are indented."""
    lists = (entry.node for entry in root.entries if isinstance(entry.node, Branch) and entry.node.is_list)
    return next((node.column - root.column for node in lists if not node.is_flow), STEP)


def _in_flow(text: str, node: Branch, new: str) -> list[Edit]:
    """An entry behind the last one in brackets; on a line of its own where that one has one."""
    last = node.entries[-1]
    end, line_start = end_of_node(last.node), text.rfind("\n", 0, last.start) + 1
    rest = re.compile(r"(?P<comma>\s*,)?(?P<rest>[ \t]*(?:#[^\n]*)?(?=\r?\n))?").match(text, end)
    has_comma, has_line = bool(rest and rest["comma"]), bool(rest and rest["rest"] is not None)
    comma = [] if has_comma else [Edit(end, end, ",")]
    if rest and has_line and not text[line_start : last.start].strip():
        at = text.find("\n", rest.end()) + 1
        line = text[line_start : last.start] + new + ("," if has_comma else "")
        return [*comma, lines_at(text, at, [line])]
    return [Edit(end, end, f", {new}")]


def _new_list(shape: Shape, name: str, fields: Mapping[str, Typed], model: type) -> list[Edit]:
    """A list that is absent: behind the field before it in the model, where that keeps the order; else at the end."""
    text, root = shape.text, shape.root
    before = _field_before(shape, name)
    if root.is_flow:
        end = end_of_node(before.node)
        return [Edit(end, end, f", {name}: [{in_braces(fields, model)}]")]
    lines = [f"{' ' * root.column}{name}:", *entry_lines(fields, model, root.column + _list_indent(root), STEP)]
    if _wants_blank(text, root):
        lines = ["", *lines]
    return [lines_at(text, below(text, before.node, root.column), lines)]


def _field_before(shape: Shape, name: str) -> Entry:
    """The field that a new one goes behind."""
    place = field_of(shape.model, name).place
    entries = shape.root.entries
    after = [field_of(shape.model, entry.key).place > place for entry in entries]
    is_ordered = after == sorted(after)
    return entries[after.index(True) - 1] if is_ordered and True in after and not after[0] else entries[-1]


def _wants_blank(text: str, root: Branch) -> bool:
    """Whether one of the file's lists stands apart; the first list of a file does."""
    lists = [pair for pair in pairwise(root.entries) if isinstance(pair[1].node, Branch)]
    return not lists or any(_is_blank_between(text, *pair) for pair in lists)
