"""The JSON Schema of the file format: pydantic's, with titles and descriptions in the user's language."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from qmsplan.load.document import MODELS
from qmsplan.model.fields import FileModel
from qmsplan.model.progress import AuditFinding

_FOLDER_NAME = "^[a-z0-9-]{1,64}$"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(translate: Callable[[str], str], templates: Sequence[str] = ()) -> dict[str, Any]:
    """One schema for all kinds of files, chosen by `kind`. `templates` are the names that editors offer for `template`;
    any other name of a folder is right too."""
    definitions: dict[str, Any] = {}
    choices = []
    for kind, model in MODELS.items():
        schema = model.model_json_schema()
        definitions |= schema.pop("$defs", {})
        definitions[model.__name__] = schema
        choices.append(
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/{model.__name__}"},
            }
        )
    schema = {
        "$schema": DIALECT,
        "title": "qmsplan",
        "type": "object",
        "properties": {"kind": {"enum": list(MODELS)}},
        "required": ["kind"],
        "allOf": choices,
        "$defs": dict(sorted(definitions.items())),
    }
    models: list[type[FileModel]] = [*FileModel.__subclasses__(), AuditFinding]
    for model in models:
        for origin in reversed(
            model.__mro__[: model.__mro__.index(FileModel)]
        ):  # its own words go before inherited ones
            _describe(definitions.get(model.__name__, {}).get("properties", {}), origin)
    if templates:
        definitions["Plan"]["properties"]["template"] |= {"anyOf": [{"enum": [*templates]}, {"pattern": _FOLDER_NAME}]}
    translated: dict[str, Any] = _translated(_without_empty_defaults(schema), translate)
    return translated


def _without_empty_defaults(value: Any) -> Any:
    """The schema without the defaults of fields that may be left out: an editor that completes a field would write
    `null` or `[]` behind its name."""
    if isinstance(value, list):
        return [_without_empty_defaults(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_empty_defaults(entry) for key, entry in value.items() if key != "default" or entry}


_TEXT_OR_NUMBER = ["string", "number"]
"""Without booleans: an editor would offer `true` and `false` for every text."""


def _as_typed(value: Any) -> Any:
    """The schema for values as editors see them: to YAML `number: 01`, `id: 1`, `title: 2026` are numbers, to qmsplan
    any text without quotes is a text. Words of a choice stay strings."""
    if isinstance(value, list):
        return [_as_typed(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    typed = {key: _as_typed(entry) for key, entry in value.items()}
    is_text = value.get("type") == "string" and not {"enum", "const"} & value.keys()
    return typed | {"type": _TEXT_OR_NUMBER} if is_text else typed


def _describe(properties: dict[str, Any], model: type) -> None:
    """Gives the fields their descriptions: the strings under them in the source of the class."""
    for pair in pairwise(_classes_in(model.__module__)[model.__name__].body):
        match pair:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                described = properties[name] | {"description": inspect.cleandoc(text)}
                properties[name] = dict(sorted(described.items()))


@cache
def _classes_in(module: str) -> dict[str, ast.ClassDef]:
    """The classes in the source of a module; Python's own search for one class parses all of it each time."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {part.name: part for part in tree.body if isinstance(part, ast.ClassDef)}


def schema_text(schema: dict[str, Any]) -> str:
    """The schema as it is written to files, for editors."""
    return json.dumps(_as_typed(schema), ensure_ascii=False, indent=2) + "\n"


def sentences() -> Iterator[str]:
    """Every title and description, for the catalogues."""
    seen: dict[str, None] = {}

    def note(text: str) -> str:
        seen.setdefault(text)
        return text

    json_schema(note)
    yield from seen


def _translated(value: Any, translate: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_translated(entry, translate) for entry in value]
    if not isinstance(value, dict):
        return value
    return {key: _entry(key, entry, translate) for key, entry in value.items()}


def _entry(key: str, entry: Any, translate: Callable[[str], str]) -> Any:
    if key in {"title", "description"} and isinstance(entry, str):
        return translate(_flowing(entry))
    return _translated(entry, translate)


def _flowing(text: str) -> str:
    return " ".join(text.split())
