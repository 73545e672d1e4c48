"""Entries to lines: fields in the order of the model, two spaces a level, dashes indented."""

from __future__ import annotations

from itertools import dropwhile
from typing import TYPE_CHECKING

from qmsplan.layout.attach import cuts
from qmsplan.layout.fields import UNKNOWN, Field, Kind, fields_of
from qmsplan.layout.nodes import Leaf
from qmsplan.layout.texts import one_line, yaml_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.layout.nodes import Branch, Entry

STEP = 2
"""Spaces a level."""


def write_nodes(root: Branch, head: list[str], model: type | None) -> str:
    """The text of a file whose outermost mapping is of a class of the model, if of any."""
    whole = Field(0, Kind.TEXT, model)
    lines = [*_without_blanks_first(head), *_branch(root, 0, whole)]
    return "\n".join(lines) + "\n"


def _ordered(branch: Branch, model: type | None) -> list[Entry]:
    fields = {} if branch.is_list else fields_of(model)
    return sorted(branch.entries, key=lambda entry: fields.get(entry.key, UNKNOWN).place)


def _branch(branch: Branch, indent: int, field: Field) -> Iterator[str]:
    """The entries of a mapping or list whose field in the model is `field`, and the comments that close it."""
    write = _item if branch.is_list else _pair
    for number, entry in enumerate(_ordered(branch, field.model)):
        if number == 0:
            entry.before = _without_blanks_first(entry.before)
        yield from write(entry, indent, field)
    yield from _at(indent, branch.after)


def _pair(entry: Entry, indent: int, outer: Field) -> Iterator[str]:
    """A key and its value."""
    field = fields_of(outer.model).get(entry.key, UNKNOWN)
    start = f"{' ' * indent}{one_line(entry.key, Kind.TEXT)}:"
    yield from _at(indent, entry.before)
    if isinstance(entry.node, Leaf) or not entry.node.entries:
        yield from _value(entry, start, indent, field.kind)
    else:
        yield start + _comment(entry)
        yield from _branch(entry.node, indent + STEP, field)


def _item(entry: Entry, indent: int, field: Field) -> Iterator[str]:
    """A dash and what it stands for; comments of the first field of a mapping stand above the dash."""
    start = " " * indent + "-"
    node = entry.node
    if isinstance(node, Leaf) or not node.entries:
        yield from _at(indent, entry.before)
        yield from _value(entry, start, indent, Kind.TEXT if field.kind is Kind.LINES else field.kind)
        return
    first = _ordered(node, field.model)[0]
    beside = [entry.beside] if entry.beside else []
    yield from _at(indent, [*entry.before, *beside, *_without_blanks_first(first.before)])
    first.before = []
    line, *rest = _branch(node, indent + STEP, field)
    yield f"{start} {line.lstrip()}"
    yield from rest


def _value(entry: Entry, start: str, indent: int, kind: Kind) -> Iterator[str]:
    """A text or empty brackets behind a key or dash."""
    if isinstance(entry.node, Leaf):
        is_plain = cuts(entry.beside)
        first, *rest = yaml_lines(entry.node, kind, len(start) + 1, indent + STEP, stays_plain=is_plain)
    else:
        first, rest = "[]" if entry.node.is_list else "{}", []
    yield f"{start} {first}".rstrip(" ") + _comment(entry)
    yield from rest


def _comment(entry: Entry) -> str:
    return f"  {entry.beside}" if entry.beside else ""


def _at(indent: int, lines: Iterable[str]) -> Iterator[str]:
    return (" " * indent + line if line else "" for line in lines)


def _without_blanks_first(lines: list[str]) -> list[str]:
    return list(dropwhile(lambda line: not line, lines))
