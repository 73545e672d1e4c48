"""The fields of a file by their places: what they are called, what they hold, which values they may have.

All of it is told by the JSON Schema, which has the model's descriptions in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from qmsplan.diagnostics import Path, translator
from qmsplan.load.document import MODELS
from qmsplan.load.schema import json_schema

Schema: TypeAlias = "dict[str, Any]"


class KnownField(NamedTuple):
    """A field that a mapping may have."""

    name: str
    description: str
    is_list: bool
    """True if its entries stand on lines below it."""
    holds_fields: bool


class Fields:
    """The fields of the three kinds of file in one language."""

    def __init__(self, language: str) -> None:
        self._schema = json_schema(translator(language))

    def at(self, kind: str, path: Path) -> tuple[KnownField, ...]:
        """The fields that the mapping at a path may have; those of the whole file for an empty path."""
        found: dict[str, KnownField] = {}
        for schema in self._schemas(kind, path):
            for name, described in schema.get("properties", {}).items():
                variants = list(self._variants(described))
                description = described.get("description") or next(
                    (one["description"] for one in variants if "description" in one), ""
                )
                is_list = any("items" in one and self._is_mapping(one["items"]) for one in variants)
                found.setdefault(
                    name, KnownField(name, description, is_list, any("properties" in one for one in variants))
                )
        return tuple(found.values())

    def description(self, kind: str, path: Path) -> str:
        """What the field at a path is for; "" if there is none such."""
        names = [name for name in path if isinstance(name, str)]
        if not names:
            return ""
        above = path[: max(index for index, name in enumerate(path) if isinstance(name, str))]
        return next((field.description for field in self.at(kind, above) if field.name == names[-1]), "")

    def choices(self, kind: str, path: Path) -> tuple[str, ...]:
        """The values that a field may have, if they are few and known: `iso9001-2015`, `true`."""
        found: dict[str, None] = {}
        for schema in self._schemas(kind, path):
            values = schema.get("enum", [schema["const"]] if "const" in schema else [])
            for value in values:
                found.setdefault(str(value).lower() if isinstance(value, bool) else str(value))
        return tuple(found)

    def _schemas(self, kind: str, path: Path) -> Iterator[Schema]:
        if kind not in MODELS:
            yield {"properties": {"kind": {"enum": list(MODELS)}}} if not path else {"enum": list(MODELS)}
            return
        found = list(self._variants({"$ref": f"#/$defs/{MODELS[kind].__name__}"}))
        for name in path:
            found = [variant for one in found for part in _inside(one, name) for variant in self._variants(part)]
        yield from found

    def _variants(self, schema: Schema) -> Iterator[Schema]:
        """A schema and those it may stand for, references followed."""
        if "$ref" in schema:
            yield from self._variants(self._schema["$defs"][schema["$ref"].rpartition("/")[2]])
        for choice in ("anyOf", "oneOf", "allOf"):
            for one in schema.get(choice, ()):
                yield from self._variants(one)
        yield schema

    def _is_mapping(self, schema: Schema) -> bool:
        return any("properties" in one for one in self._variants(schema))


def _inside(schema: Schema, name: str | int) -> Iterator[Schema]:
    if isinstance(name, int):
        if "items" in schema:
            yield schema["items"]
    elif name in schema.get("properties", {}):
        yield schema["properties"][name]
    elif isinstance(schema.get("additionalProperties"), dict):
        yield schema["additionalProperties"]


@lru_cache(maxsize=2)
def fields_in(language: str) -> Fields:
    """The fields with descriptions in a language, made once."""
    return Fields(language)
