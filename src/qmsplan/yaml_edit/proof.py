"""The proof that an edited text says what the old one said, and exactly the change that was asked for."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from qmsplan.diagnostics import TOO_LARGE, Message, ReadError, UserError
from qmsplan.load.document import Source, texts_cut_by_comment
from qmsplan.load.pydantic_errors import validate
from qmsplan.load.yaml import Tree, events, read_yaml
from qmsplan.model.fields import FileModel
from qmsplan.yaml_edit.emit import Value
from qmsplan.yaml_edit.nodes import find_notes


class Expected(NamedTuple):
    """What an edit was to do: the values of the new text, its comments, and where the old text may differ from it."""

    wanted: Tree
    start: int
    """Index into the old text: what stands before it is the same in the new one."""
    end: int
    """Index into the old text: what stands behind it is the same in the new one."""
    came: tuple[str, ...] = ()
    """Comments that are put in."""
    went: tuple[str, ...] = ()
    """Comments that are taken out; the caller puts them elsewhere."""


def prove(name: str, model: type[FileModel], before: str, after: str, expected: Expected) -> str:
    """The new text. UserError if it is no YAML, says anything else, loses or gains a comment, gains a warning, or
    changes bytes elsewhere; the file is laid out too oddly then, and `qmsplan fmt` helps.

    A text that is too large to be read passes: whoever reads it next says so, with the place."""
    head, tail = before[: expected.start], before[expected.end :]
    if not (after.startswith(head) and after.endswith(tail) and len(after) >= len(head) + len(tail)):
        raise odd_layout(name)
    try:
        tree = read_yaml(after).value
    except ReadError as broken:
        if broken.code is TOO_LARGE:
            return after
        raise odd_layout(name) from None
    if tree != expected.wanted and not _are_equal(model, tree, expected.wanted):
        raise odd_layout(name)
    comments = Counter(comments_in(before))
    comments.subtract(expected.went)
    comments.update(expected.came)
    if +comments != Counter(comments_in(after)) or min(comments.values(), default=0) < 0:
        raise odd_layout(name)
    if _cut_texts(after) > _cut_texts(before):
        raise odd_layout(name)
    return after


def comments_in(text: str) -> list[str]:
    """The comments of a text, in order, without white space at their ends."""
    return [note.text for note in find_notes(text, events(text)) if note.text]


def _cut_texts(text: str) -> int:
    """How many comments `validate` takes for a part of the text before them (QP009)."""
    return len(list(texts_cut_by_comment(Source("", text))))


def tree_of(value: Value) -> Tree:
    """A value as the reader gives it: texts in Unicode normal form C, lists and mappings of their own."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {name: tree_of(part) for name, part in value.items()}
    return [tree_of(part) for part in value]


def odd_layout(name: str) -> UserError:
    """The refusal of an edit that can't be made alone; `name` is the file as the user knows it."""
    message = Message("the file is laid out so that this can't be changed alone; nothing was written")
    return UserError(message, Message("run 'qmsplan fmt {file}', then this command again", file=name))


def _are_equal(model: type[FileModel], one: Tree, other: Tree) -> bool:
    """Whether two trees have the same value: the line end behind the last paragraph of a text may mean nothing."""
    values = [validate(model, tree)[0] for tree in (one, other)]
    return values[0] is not None and values[0] == values[1]
