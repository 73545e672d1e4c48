"""Some fields of an entry of a list changed in place: only their lines change."""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from qmsplan.layout.entry import field_lines, field_of, pair_in_braces
from qmsplan.layout.splice import Edit, apply, below, end_of_node, lines_at, next_line, read_shape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from qmsplan.layout.entry import Typed
    from qmsplan.layout.nodes import Branch, Entry


def amend_entry(
    text: str, model: type, place: tuple[str, int], fields: Mapping[str, Typed], dropped: Collection[str]
) -> str:
    """The text with fields of the entry at (list, index) set or dropped. The first field of the model never is."""
    name, index = place
    inner = field_of(model, name).model or dict
    (found,) = (entry.node for entry in read_shape(text, model).root.entries if entry.key == name)
    return apply(text, _edits(text, found.entries[index].node, inner, fields, dropped))  # type: ignore[union-attr,arg-type]


def _edits(
    text: str, node: Branch, model: type, fields: Mapping[str, Typed], dropped: Collection[str]
) -> Iterator[Edit]:
    there = {entry.key: entry for entry in node.entries}
    for name in sorted(fields, key=lambda name: field_of(model, name).place):
        if name in there:
            yield _changed(text, node, there[name], fields[name], model)
        else:
            before = _field_before(node, name, model, dropped)
            yield _added(text, node, before, (name, fields[name]), model)
    yield from _gone(text, node, dropped)


def _field_before(node: Branch, name: str, model: type, dropped: Collection[str]) -> Entry:
    """The last of the fields that stay and stand before this one in the model."""
    place = field_of(model, name).place
    return [entry for entry in node.entries if field_of(model, entry.key).place < place and entry.key not in dropped][
        -1
    ]


def _changed(text: str, node: Branch, entry: Entry, value: Typed, model: type) -> Edit:
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


def _added(text: str, node: Branch, before: Entry, pair: tuple[str, Typed], model: type) -> Edit:
    name, value = pair
    if node.is_flow:
        end = end_of_node(before.node)
        return Edit(end, end, f", {pair_in_braces(name, value, model)}")
    return lines_at(text, below(text, before.node, node.column), list(field_lines(name, value, model, node.column)))


def _gone(text: str, node: Branch, dropped: Collection[str]) -> Iterator[Edit]:
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
