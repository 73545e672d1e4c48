"""Pydantic at work: what exactly is wrong with a tree that is no value of the model, in our own sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

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
from qmsplan.load.field_hints import SEE_SCHEMA, unknown_field_hint, value_at
from qmsplan.load.yaml import Tree
from qmsplan.model.fields import FORM_TAG, TEXT_TAG, FileModel


def validate(model: type[FileModel], tree: Any) -> tuple[Any, list[tuple[Path, LoaderCode, Message, Message | None]]]:
    """A value of the model and no faults, or None and every fault with its path."""
    try:
        return model.model_validate(tree), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        return None, [
            (_path(detail["loc"]), *_sentence(detail, model, tree if number < MOST_SUGGESTIONS else None))
            for number, detail in enumerate(details)
        ]


def build(model: type[FileModel], tree: object) -> Any:
    """A value of the model. Fault with the first thing that is wrong with the tree."""
    value, faults = validate(model, tree)
    for _, _, message, hint in faults:
        raise UserError(message, hint)
    return value


def _path(loc: Iterable[int | str]) -> Path:
    return tuple(part for part in loc if part not in {TEXT_TAG, FORM_TAG})


def _sentence(detail: Any, model: type[FileModel], tree: Tree) -> tuple[LoaderCode, Message, Message | None]:
    """Our words for one of pydantic's errors. Without a tree, nothing is guessed about what was meant."""
    kind, path = detail["type"], _path(detail["loc"])
    field = str(path[-1]) if path else ""
    context = detail.get("ctx") or {}
    fault = context.get("error")
    if isinstance(fault, UserError):
        return WRONG_VALUE, fault.message, fault.hint
    if kind == "missing":
        return (
            MISSING_FIELD,
            Message("the field '{name}' is missing", name=field),
            Message("add it, such as '{example}'", example=_example(path)),
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


_EXAMPLES = {
    "id": "KHMT-2026",
    "period": "2026",
    "recorded": "2026-04-14",
    "done": "2026-04-14",
    "template": "objectives-table",
    "type": "Kế hoạch",
    "plan": "KHMT-2026",
    "item": "MT01",
    "code": "VP",
    "name": "Văn phòng",
    "unit": "VP",
    "position": "GIÁM ĐỐC",
    "event": "SK01",
    "date": "2026-04-14",
    "comparator": '">="',
    "value": "95%",
    "clause": "9.1.1",
}
"""What a missing field could say."""
_IDS = {"groups": "N", "objectives": "MT", "tasks": "NV", "activities": "HD", "events": "SK"}
"""How ids of items begin, by the list that they stand in."""


def _example(path: Path) -> str:
    """A missing field as it could be typed: `id: MT03` for the third objective."""
    field, above = str(path[-1]), path[-3:-1]
    if field == "id" and len(above) == 2 and above[0] in _IDS and isinstance(above[1], int):
        return f"id: {_IDS[str(above[0])]}{above[1] + 1:02d}"
    return f"{field}: {_EXAMPLES.get(field, '…')}"


def _missing_dash(path: Path, tree: Tree) -> Message:
    """The hint for fields where a list of entries is expected: their first line lacks the `- ` of an entry, or has
    another sign in its place: `– id: A`, `-id: A`."""
    held = value_at(tree, path)
    first = re.sub(r"^[^\w]+", "", next(iter(held))) if isinstance(held, dict) and held else ""
    return Message("write '- {name}:', with a hyphen and a space, for each entry", name=first) if first else _LIST[1]
