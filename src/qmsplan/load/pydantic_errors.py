"""Pydantic at work: what exactly is wrong with a tree that is no value of the model, in our own sentences."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from typing import Any, get_args

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
from qmsplan.model.fields import FORM_TAG, TEXT_TAG, FileModel


def validate(
    model: type[FileModel], tree: object
) -> tuple[Any, list[tuple[Path, LoaderCode, Message, Message | None]]]:
    """A value of the model and no faults, or None and every fault with its path."""
    try:
        return model.model_validate(tree), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        return None, [
            (_path(detail["loc"]), *_sentence(detail, model, suggests=number < MOST_SUGGESTIONS))
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


def _sentence(detail: Any, model: type[FileModel], *, suggests: bool) -> tuple[LoaderCode, Message, Message | None]:
    """Our words for one of pydantic's errors."""
    kind, field = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    context = detail.get("ctx") or {}
    fault = context.get("error")
    if isinstance(fault, UserError):
        return WRONG_VALUE, fault.message, fault.hint
    if kind == "missing":
        return MISSING_FIELD, Message("the field '{name}' is missing", name=field), _example(field)
    if kind == "extra_forbidden":
        return (
            UNKNOWN_FIELD,
            Message("the field '{name}' is not known here", name=field),
            _spelling(model, field) if suggests else _SEE,
        )
    if kind == "literal_error":
        choices = context.get("expected", "").replace("'", "").replace(" or ", ", ")
        return (
            WRONG_VALUE,
            Message("this value is not one of the choices"),
            Message("write one of: {choices}", choices=choices),
        )
    message, hint = _SHAPES.get(kind, (_OTHER, None))
    return WRONG_VALUE, message, hint


_OTHER = Message("this value does not fit the field")
_LIST = (Message("a list is expected here"), Message("put each entry on its own line, after '- '"))
_SHAPES: dict[str, tuple[Message, Message]] = {
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


@cache
def _names(model: type[FileModel]) -> tuple[str, ...]:
    seen: dict[type[FileModel], None] = {}
    waiting: list[Any] = [model]
    while waiting:
        kind = waiting.pop()
        if not (isinstance(kind, type) and issubclass(kind, FileModel)):
            waiting += get_args(kind)
        elif kind not in seen:
            seen[kind] = None
            waiting += [field.annotation for field in kind.model_fields.values()]
    return tuple(name for kind in seen for name in kind.model_fields)


def _spelling(model: type[FileModel], field: str) -> Message:
    near = difflib.get_close_matches(field, _names(model), 1)
    if near:
        return Message("did you mean '{name}'?", name=near[0])
    return _SEE


_SEE = Message("remove it, or see 'qmsplan schema' for the fields there are")


_EXAMPLES = {"id": "id: KHMT-2026", "text": "text: …", "period": "period: 2026", "recorded": "recorded: 2026-04-14"}


def _example(field: str) -> Message:
    return Message("add it, such as '{example}'", example=_EXAMPLES.get(field, f"{field}: …"))
