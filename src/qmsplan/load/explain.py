"""Pydantic at work: what exactly is wrong with a tree that is no value of the model, in our own sentences."""

from __future__ import annotations

import difflib
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from qmsplan.diagnostic import Fault, Path, Text, say
from qmsplan.load.faults import MISSING_FIELD, MOST_SUGGESTIONS, UNKNOWN_FIELD, WRONG_VALUE, Code
from qmsplan.model.shape import FORM_TAG, TEXT_TAG, FileModel

if TYPE_CHECKING:
    from collections.abc import Iterable


def validate(model: type[FileModel], tree: object) -> tuple[Any, list[tuple[Path, Code, Text, Text | None]]]:
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
        raise Fault(message, hint)
    return value


def _path(loc: Iterable[int | str]) -> Path:
    return tuple(part for part in loc if part not in {TEXT_TAG, FORM_TAG})


def _sentence(detail: Any, model: type[FileModel], *, suggests: bool) -> tuple[Code, Text, Text | None]:
    """Our words for one of pydantic's errors."""
    kind, field = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    context = detail.get("ctx") or {}
    fault = context.get("error")
    if isinstance(fault, Fault):
        return WRONG_VALUE, fault.message, fault.hint
    if kind == "missing":
        return MISSING_FIELD, say("the field '{name}' is missing", name=field), _example(field)
    if kind == "extra_forbidden":
        return (
            UNKNOWN_FIELD,
            say("the field '{name}' is not known here", name=field),
            _spelling(model, field) if suggests else _SEE,
        )
    if kind == "literal_error":
        choices = context.get("expected", "").replace("'", "").replace(" or ", ", ")
        return WRONG_VALUE, say("this value is not one of the choices"), say("write one of: {choices}", choices=choices)
    message, hint = _SHAPES.get(kind, (_OTHER, None))
    return WRONG_VALUE, message, hint


_OTHER = say("this value does not fit the field")
_LIST = (say("a list is expected here"), say("put each entry on its own line, after '- '"))
_SHAPES: dict[str, tuple[Text, Text]] = {
    "string_type": (say("text is expected here"), say("write text on one line or after '|'; quote it if in doubt")),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": (say("fields are expected here, each as 'name: value'"), say("see 'qmsplan schema'")),
    "model_type": (say("fields are expected here, each as 'name: value'"), say("see 'qmsplan schema'")),
    "union_tag_not_found": (
        say("text or fields are expected here, not a list"),
        say("text with a comma, such as 98,5, or with brackets must be put in quotes"),
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


def _spelling(model: type[FileModel], field: str) -> Text:
    near = difflib.get_close_matches(field, _names(model), 1)
    if near:
        return say("did you mean '{name}'?", name=near[0])
    return _SEE


_SEE = say("remove it, or see 'qmsplan schema' for the fields there are")


_EXAMPLES = {"id": "id: KHMT-2026", "text": "text: …", "period": "period: 2026", "recorded": "recorded: 2026-04-14"}


def _example(field: str) -> Text:
    return say("add it, such as '{example}'", example=_EXAMPLES.get(field, f"{field}: …"))
