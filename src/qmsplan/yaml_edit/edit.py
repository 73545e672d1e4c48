"""One new entry of a list as YAML: on lines of its own, or in braces.

One more entry in a list of a file: a splice at the marks. Every other byte stays as it was typed.

Some fields of an entry of a list changed in place: only their lines change."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple, TypeAlias

from qmsplan.load.yaml import events
from qmsplan.yaml_edit.format import UNKNOWN, Field, FieldKind, fields_of, one_line, yaml_lines
from qmsplan.yaml_edit.nodes import YamlBranch, YamlEntry, YamlLeaf, YamlNode, read_nodes

STEP = 2
"""Spaces a level, where the file does not show its own."""
Typed: TypeAlias = "str | list[str]"
"""What stands behind a key: a text as typed, or a list of texts."""

_PLAIN_IN_BRACES = re.compile(r"[^\W_][\w.%/-]*")


def entry_lines(fields: Mapping[str, Typed], model: type, dash: int, offset: int) -> list[str]:
    """The lines of an entry whose dash stands at column `dash`, its keys `offset` columns further; ends left out."""
    lines = [line for name in fields for line in field_lines(name, fields[name], model, dash + offset)]
    return [" " * dash + "-".ljust(offset) + lines[0].lstrip(" "), *lines[1:]]


def field_lines(name: str, value: Typed, model: type, indent: int) -> Iterator[str]:
    """The lines of a key at column `indent` and its value."""
    kind = field_of(model, name).kind
    start, deeper = f"{' ' * indent}{name}:", indent + STEP
    if isinstance(value, str):
        first, *rest = yaml_lines(YamlLeaf(value, "", 0), kind, len(start) + 1, deeper)
        yield f"{start} {first}"
        yield from rest
        return
    yield start
    yield from (f"{' ' * deeper}- {one_line(text, FieldKind.TEXT)}" for text in value)


def in_braces(fields: Mapping[str, Typed], model: type) -> str:
    """An entry on one line."""
    return f"{{{', '.join(pair_in_braces(name, value, model) for name, value in fields.items())}}}"


def pair_in_braces(name: str, value: Typed, model: type) -> str:
    """A key and its value on one line, safe in braces too."""
    kind = field_of(model, name).kind
    texts = [value] if isinstance(value, str) else value
    shown = ", ".join(_in_braces(text, kind) for text in texts)
    return f"{name}: {shown}" if isinstance(value, str) else f"{name}: [{shown}]"


def field_of(model: type, name: str) -> Field:
    """What the model says about a field."""
    return fields_of(model).get(name, UNKNOWN)


def _in_braces(text: str, kind: FieldKind) -> str:
    is_plain = _PLAIN_IN_BRACES.fullmatch(text) and one_line(text, kind) == text
    return text if is_plain else json.dumps(text, ensure_ascii=False)


class Edit(NamedTuple):
    """What stands from `start` to `end` gives way to `text`."""

    start: int
    end: int
    text: str


class FileShape(NamedTuple):
    """A file's text, its outermost mapping, and the class of that in the model."""

    text: str
    root: YamlBranch
    model: type


def read_shape(text: str, model: type) -> FileShape:
    """The shape of a text that loads."""
    return FileShape(text, read_nodes(text, events(text))[0], model)


def add_entry(text: str, model: type, name: str, fields: Mapping[str, Typed]) -> str:
    """The text of a file of class `model` with one more entry at the end of the list `name`, which may be absent.

    The entry takes the style of the list: its indentation, its blank lines, braces where the last entry has them."""
    shape = read_shape(text, model)
    inner = field_of(model, name).model or dict
    entry = next((entry for entry in shape.root.entries if entry.key == name), None)
    if entry is None:
        return apply(text, _new_list(shape, name, fields, inner))
    node = entry.node
    if isinstance(node, YamlLeaf) or not node.entries:
        return apply(text, _first(shape, entry, fields, inner))
    if node.is_flow:
        return apply(text, _in_flow(text, node, in_braces(fields, inner)))
    return apply(text, [_below(text, node, fields, inner)])


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap; those at one place stand in their order."""
    for start, end, new in sorted(edits, key=lambda edit: (edit.start, edit.end))[::-1]:
        text = text[:start] + new + text[end:]
    return text


def end_of_node(node: YamlNode) -> int:
    """Where the last thing in a node ends; the parser lets blocks end where the next thing starts."""
    if isinstance(node, YamlLeaf) or node.is_flow:
        return node.end
    return end_of_node(node.entries[-1].node)


def next_line(text: str, end: int) -> int:
    """The start of the line below what ends at `end`; blocks of text end there themselves."""
    return end if text[end - 1] == "\n" else text.find("\n", end) + 1 or len(text)


def below(text: str, node: YamlNode, column: int) -> int:
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


def _below(text: str, node: YamlBranch, fields: Mapping[str, Typed], model: type) -> Edit:
    """An entry below the last one of a list of dashes."""
    last = node.entries[-1]
    dash, inner = last.column, last.node
    if isinstance(inner, YamlBranch) and inner.is_flow:
        lines = [f"{' ' * dash}- {in_braces(fields, model)}"]
    else:
        lines = entry_lines(fields, model, dash, _offset(text, last))
    if _are_parted(text, node.entries):
        lines = ["", *lines]
    return lines_at(text, below(text, inner, dash), lines)


def _offset(text: str, last: YamlEntry) -> int:
    """How far right of its dash an entry's keys stand; the usual where they stand on lines below it."""
    if isinstance(last.node, YamlLeaf) or not last.node.entries:
        return STEP
    first = last.node.entries[0]
    return STEP if "\n" in text[last.start : first.start] else first.start - last.start


def _are_parted(text: str, entries: Sequence[YamlEntry]) -> bool:
    """Whether there is a blank line between all entries."""
    return len(entries) > 1 and all(_is_blank_between(text, *pair) for pair in pairwise(entries))


def _is_blank_between(text: str, one: YamlEntry, other: YamlEntry) -> bool:
    gap = text[next_line(text, end_of_node(one.node)) : other.start]
    return re.search(r"^[ \t]*\r?\n", gap, re.MULTILINE) is not None


def _first(shape: FileShape, entry: YamlEntry, fields: Mapping[str, Typed], model: type) -> list[Edit]:
    """The first entry of a list that is empty: below its key, or in the brackets if they are not plainly `[]`."""
    text, node, root = shape.text, entry.node, shape.root
    start = text.find(":", entry.start) + 1
    typed = text[start : node.end]
    if root.is_flow or not re.fullmatch(r"\s*(?:\[ *\]|~|null|Null|NULL)?", typed):
        if isinstance(node, YamlBranch):
            return [Edit(node.end - 1, node.end - 1, in_braces(fields, model))]
        return [Edit(start, node.end, f" [{in_braces(fields, model)}]")]
    dash = root.column + _list_indent(root)
    lines = lines_at(text, next_line(text, node.end), entry_lines(fields, model, dash, STEP))
    return [Edit(start, node.end, ""), lines]


def _list_indent(root: YamlBranch) -> int:
    """How far the file's other lists are indented."""
    lists = (entry.node for entry in root.entries if isinstance(entry.node, YamlBranch) and entry.node.is_list)
    return next((node.column - root.column for node in lists if not node.is_flow), STEP)


def _in_flow(text: str, node: YamlBranch, new: str) -> list[Edit]:
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


def _new_list(shape: FileShape, name: str, fields: Mapping[str, Typed], model: type) -> list[Edit]:
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


def _field_before(shape: FileShape, name: str) -> YamlEntry:
    """The field that a new one goes behind."""
    place = field_of(shape.model, name).place
    entries = shape.root.entries
    after = [field_of(shape.model, entry.key).place > place for entry in entries]
    is_ordered = after == sorted(after)
    return entries[after.index(True) - 1] if is_ordered and True in after and not after[0] else entries[-1]


def _wants_blank(text: str, root: YamlBranch) -> bool:
    """Whether one of the file's lists stands apart; the first list of a file does."""
    lists = [pair for pair in pairwise(root.entries) if isinstance(pair[1].node, YamlBranch)]
    return not lists or any(_is_blank_between(text, *pair) for pair in lists)


def amend_entry(
    text: str, model: type, place: tuple[str, int], fields: Mapping[str, Typed], dropped: Collection[str]
) -> str:
    """The text with fields of the entry at (list, index) set or dropped. The first field of the model never is."""
    name, index = place
    inner = field_of(model, name).model or dict
    (found,) = (entry.node for entry in read_shape(text, model).root.entries if entry.key == name)
    return apply(text, _edits(text, found.entries[index].node, inner, fields, dropped))  # type: ignore[union-attr,arg-type]


def _edits(
    text: str, node: YamlBranch, model: type, fields: Mapping[str, Typed], dropped: Collection[str]
) -> Iterator[Edit]:
    there = {entry.key: entry for entry in node.entries}
    for name in sorted(fields, key=lambda name: field_of(model, name).place):
        if name in there:
            yield _changed(text, node, there[name], fields[name], model)
        else:
            before = _kept_field_before(node, name, model, dropped)
            yield _added(text, node, before, (name, fields[name]), model)
    yield from _gone(text, node, dropped)


def _kept_field_before(node: YamlBranch, name: str, model: type, dropped: Collection[str]) -> YamlEntry:
    """The last of the fields that stay and stand before this one in the model."""
    place = field_of(model, name).place
    return [entry for entry in node.entries if field_of(model, entry.key).place < place and entry.key not in dropped][
        -1
    ]


def _changed(text: str, node: YamlBranch, entry: YamlEntry, value: Typed, model: type) -> Edit:
    """A field with another value; comments beside and right below it stay, and never become text of a block."""
    end = end_of_node(entry.node)
    has_comments = below(text, entry.node, node.column) > next_line(text, end)
    end = entry.start + len(text[entry.start : end].rstrip("\r\n"))
    is_last = not text[end : next_line(text, end)].strip()
    lines = [] if node.is_flow else list(field_lines(entry.key, value, model, node.column))
    if not lines or (len(lines) > 1 and (has_comments or not is_last)):
        return Edit(entry.start, end, pair_in_braces(entry.key, value, model))
    newline = "\r\n" if "\r\n" in text else "\n"
    return Edit(entry.start, end, newline.join(lines).lstrip(" "))


def _added(text: str, node: YamlBranch, before: YamlEntry, pair: tuple[str, Typed], model: type) -> Edit:
    name, value = pair
    if node.is_flow:
        end = end_of_node(before.node)
        return Edit(end, end, f", {pair_in_braces(name, value, model)}")
    return lines_at(text, below(text, before.node, node.column), list(field_lines(name, value, model, node.column)))


def _gone(text: str, node: YamlBranch, dropped: Collection[str]) -> Iterator[Edit]:
    """Fields taken away: those that head the entry up to the first that stays, others with their lines."""
    heading = list(takewhile(lambda entry: entry.key in dropped, node.entries))
    if heading:
        yield Edit(node.entries[0].start, node.entries[len(heading)].start, "")
    for before, entry in pairwise(node.entries[max(len(heading) - 1, 0) :]):
        if entry.key not in dropped:
            continue
        if node.is_flow:
            yield Edit(end_of_node(before.node), end_of_node(entry.node), "")
        else:
            start = text.rfind("\n", 0, entry.start) + 1
            yield Edit(start, next_line(text, end_of_node(entry.node)), "")
