"""What to say of a field that a place of a file has not: the name that was probably meant, never the refused one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args

from qmsplan.diagnostics import Message
from qmsplan.load.yaml import Tree
from qmsplan.model.field_words import FIELD_WORDS, fields_called, folded
from qmsplan.model.fields import FORM_TAG, TEXT_TAG, FileModel
from qmsplan.model.plan import Item

DID_YOU_MEAN = "did you mean '{name}'?"
"""The hint that names the field that was probably meant."""
SEE_SCHEMA = Message("remove it, or see 'qmsplan schema' for the fields there are")
_MOST_PLACES = 3
"""How many places of a field are named; more would not help to find the right one."""
_OWN = Message("for a column of your own, declare it under 'fields' of the plan and give it under 'fields' of the item")


def unknown_field_hint(model: type[FileModel], path: tuple[int | str, ...], tree: Tree) -> Message:
    """The hint for the unknown field at the end of a path into a file of this model: `('tasks', 0, 'thoi_han')`."""
    typed = str(path[-1])
    classes = _classes_at(model, path[:-1])
    fields = {name: field.annotation for kind in classes for name, field in kind.model_fields.items()}
    plain = _plain(typed)
    if plain in _every_name(model) and plain != typed.lower():
        return Message("type '{name}' again: the name holds a quotation mark or a sign that can't be seen", name=plain)
    fitting = [name for name, kind in fields.items() if _takes(kind, value_at(tree, path))]
    meant = _meant(plain, fitting) or _meant(plain, list(fields))
    if not meant and (name := _elsewhere(model, typed)):
        return _where(name, classes, model)
    if meant := meant or _near(plain, fitting) or _near(plain, list(fields)):
        return Message("did you mean '{name}'?", name=meant)
    if near := difflib.get_close_matches(plain, [name for name in _every_name(model) if name != typed], 1):
        return Message("did you mean '{name}'?", name=near[0])
    return _OWN if Item in classes else SEE_SCHEMA


def _plain(typed: str) -> str:
    """A name as it was meant: without quotation marks, dashes and what can't be seen around it or in it."""
    usual = re.sub(r"[^\w\s.-]|[\u00ad\u200b-\u200f\u2060\ufeff]", "", re.sub(r"[–—−]", "-", typed))
    return " ".join(usual.lower().split()).strip(" -_").replace(" ", "_")


def _meant(plain: str, names: list[str]) -> str | None:
    """The one of these fields that a name means: it itself, or what people call it."""
    if plain in names:
        return plain
    called = [name for name in fields_called(plain) if name in names]
    if called:
        return called[0]
    words = {folded(word): name for name in reversed(names) for word in FIELD_WORDS.get(name, ())}
    near = difflib.get_close_matches(folded(plain), words, 1, 0.85)
    return words[near[0]] if near else None


def _elsewhere(model: type[FileModel], typed: str) -> str | None:
    """The field of another place that a name means: `title` of `head` for `title` or `trích yếu` at the top."""
    names = _every_name(model)
    return typed if typed in names else next((name for name in fields_called(_plain(typed)) if name in names), None)


def _where(name: str, classes: set[type[FileModel]], model: type[FileModel]) -> Message:
    if name in model.model_fields:
        return Message("'{name}' stands at the top of the file, without indentation: move it there", name=name)
    places = list(dict.fromkeys(_places(classes, name) or _places({model}, name)))
    shown = ", ".join(f"'{place}'" for place in places[:_MOST_PLACES]) + ", …" * (len(places) > _MOST_PLACES)
    return Message("'{name}' stands under {places}: move it there, or look at the indentation", name=name, places=shown)


def _near(plain: str, names: list[str]) -> str | None:
    """The one of these fields whose letters are most like those of a name."""
    return next(iter(difflib.get_close_matches(plain, names, 1)), None)


def _classes_at(model: type[FileModel], path: tuple[int | str, ...]) -> set[type[FileModel]]:
    """The classes whose fields may stand at a path; none where the keys are the user's own."""
    found = {model}
    for part in path:
        if isinstance(part, str) and part not in {TEXT_TAG, FORM_TAG}:
            found = {
                below
                for kind in found
                if part in kind.model_fields
                for below in _models_in(kind.model_fields[part].annotation)
            }
    return found


def _models_in(annotation: Any) -> Iterator[type[FileModel]]:
    if isinstance(annotation, type) and issubclass(annotation, FileModel):
        yield annotation
    else:
        for part in get_args(annotation):
            yield from _models_in(part)


def _takes(annotation: Any, value: Tree) -> bool:
    """Whether a field may hold a value of this shape: a text, or fields."""
    held = value[0] if isinstance(value, list) and value else value
    holds_fields = any(_models_in(annotation))
    return holds_fields if isinstance(held, dict) else not holds_fields or _holds_text(annotation)


def _holds_text(annotation: Any) -> bool:
    return annotation is str or any(map(_holds_text, get_args(annotation)))


def value_at(tree: Tree, path: tuple[int | str, ...]) -> Tree:
    """What stands at a path: `VT` at `("recipients", 0, "Lưu")`. A lone value stands for the list of which it is the
    only entry; None for a field that is not there."""
    for part in path:
        if isinstance(tree, dict):
            tree = tree.get(str(part))
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
    return tree


@cache
def _every_name(model: type[FileModel]) -> tuple[str, ...]:
    """The names of all fields in a kind of file."""
    return tuple(name for kind in _kinds_from({model}) for name in kind.model_fields)


def _kinds_from(start: Iterable[type[FileModel]]) -> list[type[FileModel]]:
    """These classes and all that stand in their fields, the nearest first."""
    found = list(start)
    for kind in found:  # it grows as it is walked
        below = (held for field in kind.model_fields.values() for held in _models_in(field.annotation))
        found += [held for held in dict.fromkeys(below) if held not in found]
    return found


def _places(start: Iterable[type[FileModel]], name: str) -> list[str]:
    """The fields under which a field may stand, the nearest first: `head` for `issuer`."""
    return [
        above
        for kind in _kinds_from(start)
        for above, field in kind.model_fields.items()
        if any(name in held.model_fields for held in _models_in(field.annotation))
    ]
