"""The JSON Schema of the file format: pydantic's, with titles and descriptions in the user's language."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from qmsplan.load.document import MODELS
from qmsplan.load.files import shown
from qmsplan.model.fields import FileModel

_FOLDER_NAME = "^[a-z0-9-]{1,64}$"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(translate: Callable[[str], str], templates: Sequence[str] = ()) -> dict[str, Any]:
    """One schema for all kinds of files, chosen by `kind`. `templates` are the names that editors offer for `template`;
    any other name of a folder is right too."""
    definitions: dict[str, Any] = {}
    for model in MODELS.values():
        schema = model.model_json_schema()
        definitions |= schema.pop("$defs", {})
        definitions[model.__name__] = schema
    schema = {
        "$schema": DIALECT,
        "title": "qmsplan",
        "type": "object",
        "properties": {"kind": {"enum": list(MODELS)}},
        "required": ["kind"],
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/{model.__name__}"},
            }
            for kind, model in MODELS.items()
        ],
        "$defs": dict(sorted(definitions.items())),
    }
    for model in _classes_below(FileModel):
        if model.__name__ in definitions:
            for origin in reversed(model.__mro__[: model.__mro__.index(FileModel)]):  # its own words go before others
                _describe(definitions[model.__name__]["properties"], origin)
    if templates:
        definitions["Plan"]["properties"]["template"] |= {"anyOf": [{"enum": [*templates]}, {"pattern": _FOLDER_NAME}]}
    translated: dict[str, Any] = _with_mappings_changed(schema, partial(_in_language, translate))
    return translated


def _classes_below(model: type[FileModel]) -> Iterator[type[FileModel]]:
    for below in model.__subclasses__():
        yield below
        yield from _classes_below(below)


_WORDS = ("title", "description")


def _with_mappings_changed(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """A schema with all its mappings changed, inner ones first."""
    if isinstance(value, list):
        return [_with_mappings_changed(entry, change) for entry in value]
    return (
        change({key: _with_mappings_changed(entry, change) for key, entry in value.items()})
        if isinstance(value, dict)
        else value
    )


def _in_language(translate: Callable[[str], str], mapping: dict[str, Any]) -> dict[str, Any]:
    """A mapping in the language of the user, without the default of a field that may be left out: an editor that
    completes the field would write `null` or `[]` behind its name."""
    words = {key: " ".join(text.split()) for key in _WORDS if isinstance(text := mapping.get(key), str)}
    told = mapping | {key: translate(text) for key, text in words.items()}
    return {key: entry for key, entry in told.items() if key != "default" or entry}


_TEXT_OR_NUMBER = ["string", "number"]
"""Without booleans: an editor would offer `true` and `false` for every text."""


def _as_typed(mapping: dict[str, Any]) -> dict[str, Any]:
    """A mapping of the schema for values as editors see them: to YAML `number: 01`, `id: 1`, `title: 2026` are numbers,
    to qmsplan any text without quotes is a text. Words of a choice stay strings."""
    is_text = mapping.get("type") == "string" and not {"enum", "const"} & mapping.keys()
    return mapping | {"type": _TEXT_OR_NUMBER} if is_text else mapping


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
    return json.dumps(_with_mappings_changed(schema, _as_typed), ensure_ascii=False, indent=2) + "\n"


_SCHEMAS = ("qmsplan.schema.json", "schema/qmsplan.schema.json")


def progress_start(root: Path, folder: Path, plan: str, unit: str | None) -> str:
    """The first lines of a progress file in a folder, on a plan, of the unit that keeps it."""
    return schema_line(root, folder) + f"kind: progress\nplan: {plan}\n" + (f"unit: {unit}\n" if unit else "")


def schema_line(root: Path, folder: Path) -> str:
    """The first line of a file in a folder, which names the workspace's schema to the YAML language server; nothing if
    the workspace has none."""
    schema = next((path for path in _SCHEMAS if (root / path).is_file()), None)
    if schema is None:
        return ""
    return f"# yaml-language-server: $schema={shown(root / schema, folder)}\n"
