"""Pydantic at work: what exactly is wrong with a tree that is no value of the model, in our own sentences.

Of a field that a place of a file has not, the name that was probably meant is told, never the refused one."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path as FilePath
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from qmsplan.diagnostics import (
    MISSING_FIELD,
    MOST_SUGGESTIONS,
    UNKNOWN_FIELD,
    WRONG_VALUE,
    LoaderCode,
    Message,
    Path,
    UserError,
)
from qmsplan.load.yaml import Tree
from qmsplan.model.fields import FORM_TAG, TEXT_TAG, FileModel, read_date
from qmsplan.model.period import NOT_A_PERIOD, Period
from qmsplan.model.plan import Item
from qmsplan.model.text import bare
from qmsplan.phrases.asked import asked_period


class FieldFault(NamedTuple):
    """What is wrong with the field at a path, and how to mend it."""

    path: Path
    code: LoaderCode
    message: Message
    hint: Message | None


def validate(model: type[FileModel], tree: Any) -> tuple[Any, list[FieldFault]]:
    """A value of the model and no faults, or None and every fault with its path."""
    try:
        return model.model_validate(tree), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        faults = [
            FieldFault(
                _place_with_key(detail["loc"]), *_sentence(detail, model, tree if number < MOST_SUGGESTIONS else None)
            )
            for number, detail in enumerate(details)
        ]
        unknown = (fault for fault in faults if fault.code is UNKNOWN_FIELD and fault.hint)
        meant = {(*fault.path[:-1], dict(fault.hint.values).get("name")) for fault in unknown if fault.hint}
        return None, [fault for fault in faults if fault.code is not MISSING_FIELD or fault.path not in meant]


def build(model: type[FileModel], tree: object) -> Any:
    """A value of the model. UserError with the first thing that is wrong with the tree."""
    value, faults = validate(model, tree)
    for fault in faults:
        raise UserError(fault.message, fault.hint)
    return value


KEY = "[key]"
"""What pydantic puts behind the path of a key that is wrong itself."""


def _place_with_key(loc: tuple[int | str, ...]) -> Path:
    """The path in the file, with `KEY` at its end where the key at it is meant."""
    return (*_path_in_file(loc), KEY) if loc[-1:] == (KEY,) else _path_in_file(loc)


def _path_in_file(loc: Iterable[int | str]) -> Path:
    """The path in the file: without the tags of pydantic."""
    return tuple(part for part in loc if part not in {TEXT_TAG, FORM_TAG, KEY})


def _sentence(detail: Any, model: type[FileModel], tree: Tree) -> tuple[LoaderCode, Message, Message | None]:
    """Our words for one of pydantic's errors. Without a tree, nothing is guessed about what was meant."""
    kind, path = detail["type"], _path_in_file(detail["loc"])
    field = str(path[-1]) if path else ""
    context = detail.get("ctx") or {}
    fault = context.get("error")
    if isinstance(fault, UserError):
        asked = _period_meant(fault, value_at(tree, (*path[:-1], "recorded")))
        return WRONG_VALUE, fault.message, Message(DID_YOU_MEAN, name=asked.code) if asked else fault.hint
    if kind == "missing":
        return (
            MISSING_FIELD,
            Message("the field '{name}' is missing", name=field),
            Message("add it, such as '{example}'", example=_example_of(path)),
        )
    if kind == "extra_forbidden":
        meant = SEE_SCHEMA if tree is None else unknown_field_hint(model, detail["loc"], tree)
        return UNKNOWN_FIELD, Message("the field '{name}' is not known here", name=field), meant
    if kind == "literal_error":
        choices = context.get("expected", "").replace("'", "").replace(" or ", ", ")
        return (
            WRONG_VALUE,
            Message("this value is not one of the choices"),
            Message("write one of: {choices}", choices=choices),
        )
    message, hint = _SHAPES.get(kind, _OTHER)
    if message is _LIST[0]:
        hint = _missing_dash(path, tree)
    elif kind == "string_type" and _is_a_line(value_at(tree, path)):
        hint = TAKEN_FOR_A_FIELD
    return WRONG_VALUE, message, hint


def _period_meant(fault: UserError, recorded: Tree) -> Period | None:
    """The period that words mean where a code is asked for, as `record --period` takes them: `Quý I năm 2026`; of
    `Học kỳ I` the last one that had begun when it was recorded. None of anything else."""
    if fault.message.template != NOT_A_PERIOD:
        return None
    typed = str(dict(fault.message.values)["text"])
    try:
        day = read_date(recorded) if isinstance(recorded, str) else None
        asked = asked_period(typed, day or date.max)
    except UserError:
        return None
    return asked.period if asked.names_year or day else None


def _is_a_line(value: Tree) -> bool:
    """Whether a text with a colon was read as one field: `Lưu: VT` as the field `Lưu`."""
    return isinstance(value, dict) and all(isinstance(held, str) for held in value.values()) and len(value) == 1


TAKEN_FOR_A_FIELD = Message("put the whole text in quotes: its colon makes it a field")
"""The hint for `- Lưu: VT` in a list of texts; its `Fix` writes the quotes."""
_OTHER: tuple[Message, Message | None] = (Message("this value does not fit the field"), None)
_LIST = (Message("a list is expected here"), Message("put each entry on its own line, after '- '"))
_SHAPES: dict[str, tuple[Message, Message | None]] = {
    "string_type": (
        Message("text is expected here"),
        Message("write text on one line or after '|'; quote it if in doubt"),
    ),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": (Message("fields are expected here, each as 'name: value'"), Message("see 'qmsplan schema'")),
    "model_type": (Message("fields are expected here, each as 'name: value'"), Message("see 'qmsplan schema'")),
    "union_tag_not_found": (
        Message("text or fields are expected here, not a list"),
        Message("text with a comma, such as 98,5, or with brackets must be put in quotes"),
    ),
}


_IDS = {"groups": "N", "objectives": "MT", "tasks": "NV", "activities": "HD", "events": "SK"}
"""How ids of items begin, by the list that they stand in."""


def _example_of(path: Path) -> str:
    """A missing field as it could be typed: `id: MT03` for the third objective."""
    field, above = str(path[-1]), path[-3:-1]
    if field == "id" and len(above) == 2 and above[0] in _IDS and isinstance(above[1], int):
        return f"id: {_IDS[str(above[0])]}{above[1] + 1:02d}"
    return f"{field}: {_table('field_examples').get(field, '…')}"


@cache
def _table(name: str) -> dict[str, str]:
    """A table of texts by field that stands beside this module."""
    return tomllib.loads(FilePath(__file__).with_name(f"{name}.toml").read_text("utf-8"))


def _missing_dash(path: Path, tree: Tree) -> Message:
    """The hint for fields where a list of entries is expected: their first line lacks the `- ` of an entry, or has
    another sign in its place: `– id: A`, `-id: A`."""
    held = value_at(tree, path)
    first = re.sub(r"^[^\w]+", "", next(iter(held))) if isinstance(held, dict) and held else ""
    return Message("write '- {name}:', with a hyphen and a space, for each entry", name=first) if first else _LIST[1]


DID_YOU_MEAN = "did you mean '{name}'?"
"""The hint that names the field, or the period, that was probably meant."""
SEE_SCHEMA = Message("remove it, or see 'qmsplan schema' for the fields there are")
_ONE_LETTER = 0.88
"""How alike two names are that differ by a letter or two, of five or more: `unit` and `units`."""
_MOST_PLACES = 3
"""How many places of a field are named; more would not help to find the right one."""
_OWN = Message("for a column of your own, declare it under 'fields' of the plan and give it under 'fields' of the item")


def unknown_field_hint(model: type[FileModel], path: tuple[int | str, ...], tree: Tree) -> Message:
    """The hint for the unknown field at the end of a path into a file of this model: `('tasks', 0, 'thoi_han')`."""
    typed = str(path[-1])
    classes = _classes_at(model, path[:-1])
    fields = {name: field.annotation for kind in classes for name, field in kind.model_fields.items()}
    plain = _name_as_meant(typed)
    if plain in _every_name(model) and plain != typed.lower():
        return Message("type '{name}' again: the name holds a quotation mark or a sign that can't be seen", name=plain)
    fitting = [name for name, kind in fields.items() if _takes_shape(kind, value_at(tree, path))]
    meant = _field_meant(plain, fitting) or _field_meant(plain, list(fields))
    meant = meant or next(iter(difflib.get_close_matches(plain, fields, 1, _ONE_LETTER)), None)
    meant = meant or _field_lacking(classes, path, tree)
    name = None if meant else _field_elsewhere(model, typed)
    if name and not (name in model.model_fields and isinstance(tree, dict) and name in tree):
        return _stands_elsewhere(name, classes, model)
    choices = (fitting, [*fields], [name for name in _every_name(model) if name != typed])
    near = [name for names in choices for name in difflib.get_close_matches(plain, names, 1)]
    if meant or near:
        return Message("did you mean '{name}'?", name=meant or near[0])
    return _OWN if Item in classes else SEE_SCHEMA


def _name_as_meant(typed: str) -> str:
    """A name as it was meant: without quotation marks, dashes and what can't be seen around it or in it."""
    usual = re.sub(r"[^\w\s.-]|[\u00ad\u200b-\u200f\u2060\ufeff]", "", re.sub(r"[–—−]", "-", typed))
    return " ".join(usual.lower().split()).strip(" -_").replace(" ", "_")


def _field_meant(plain: str, names: list[str]) -> str | None:
    """The one of these fields that a name means: it itself, or what people call it."""
    if plain in names:
        return plain
    called = [name for name in fields_called(plain) if name in names]
    if called:
        return called[0]
    words = {word: name for name in reversed(names) for word in _folded_words().get(name, ())}
    near = difflib.get_close_matches(folded(plain), words, 1, 0.85)
    return words[near[0]] if near else None


def folded(words: str) -> str:
    """Words without tone marks, capitals and signs: `Thời_hạn` and `thoi han` are `thoi han`."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in bare(words)).split())


@cache
def field_words() -> dict[str, tuple[str, ...]]:
    """The words for each field: those for `deadline` begin with `thời hạn`."""
    return {field: tuple(words.split(", ")) for field, words in _table("field_words").items()}


@cache
def _folded_words() -> dict[str, tuple[str, ...]]:
    """The words for each field, folded once: a file may have many fields that are not known."""
    return {field: tuple(map(folded, words)) for field, words in field_words().items()}


def fields_called(typed: str) -> list[str]:
    """The fields that a name may stand for, the likeliest first: `thoi_han` is `deadline`, or `due`."""
    wanted = folded(typed)
    return [field for field, words in _folded_words().items() if wanted in words]


def _field_lacking(classes: set[type[FileModel]], path: tuple[int | str, ...], tree: Tree) -> str | None:
    """The one field that is missing where an unknown one stands, if its value is one for it: `date: 2026-05-02` of a
    completion without `done`."""
    around, value = value_at(tree, path[:-1]), value_at(tree, path)
    if len(classes) != 1 or not isinstance(around, dict):
        return None
    (kind,) = classes
    missing = [name for name, field in kind.model_fields.items() if field.is_required() and name not in around]
    if len(missing) != 1 or _holds_text(kind.model_fields[missing[0]].annotation):
        return None  # a text may be anything
    try:
        kind.model_validate({missing[0]: value})
    except ValidationError as error:
        return None if any(detail["loc"][:1] == (missing[0],) for detail in error.errors()) else missing[0]
    return missing[0]


def _field_elsewhere(model: type[FileModel], typed: str) -> str | None:
    """The field of another place that a name means: `title` of `head` for `title` or `trích yếu` at the top."""
    names = _every_name(model)
    return (
        typed
        if typed in names
        else next((name for name in fields_called(_name_as_meant(typed)) if name in names), None)
    )


def _stands_elsewhere(name: str, classes: set[type[FileModel]], model: type[FileModel]) -> Message:
    if name in model.model_fields:
        return Message("'{name}' stands at the top of the file, without indentation: move it there", name=name)
    places = list(dict.fromkeys(_places(classes, name) or _places({model}, name)))
    shown = ", ".join(f"'{place}'" for place in places[:_MOST_PLACES]) + ", …" * (len(places) > _MOST_PLACES)
    return Message("'{name}' stands under {places}: move it there, or look at the indentation", name=name, places=shown)


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


def _takes_shape(annotation: Any, value: Tree) -> bool:
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
    """The fields under which a field may stand, the nearest first, and of these such as a file has once before lists:
    `signoff` for `date`, then `reviewed`."""
    return [
        above
        for kind in _kinds_from(start)
        for above, field in sorted(kind.model_fields.items(), key=lambda known: "tuple[" in str(known[1].annotation))
        if any(name in held.model_fields for held in _models_in(field.annotation))
    ]
