"""What the classes of the file format share: their base, and how one field may be typed in more than one way."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import core_schema

TEXT_TAG, FORM_TAG = "§text", "§form"
"""Union tags as pydantic puts them into error paths; no key of a plan looks like them."""


class FileModel(BaseModel):
    """A mapping of a file: frozen, and no field that the class does not have.

    The strings under the fields are their descriptions. Nothing reads them at start; `load.schema` takes them from the
    source for the JSON Schema, the hover texts of editors and docs/plan-format.md."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def replaced(self, **changes: Any) -> Self:
        """The same with other values in some fields, which are taken as they are."""
        return self.model_copy(update=changes)


class OneOrMany(BeforeValidator):
    """Marks a list field: `func` turns what else may be typed there into the list that the schema describes."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, object]:
        described = handler(schema)
        return {"anyOf": [described["items"], described]}


class TextOrForm:
    """Marks `str | Form`: text is a phrase, a mapping is the structured form, so a fault is told about one of them."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        form = next(part for part in source.__args__ if part is not str)
        return core_schema.tagged_union_schema({TEXT_TAG: core_schema.str_schema(), FORM_TAG: handler(form)}, shape_of)


def shape_of(value: object) -> str | None:
    """The union tag of a value; None for a list, which is neither."""
    if isinstance(value, str):
        return TEXT_TAG
    return None if isinstance(value, (list, tuple)) else FORM_TAG


def one_or_many(value: object) -> object:
    """A value alone is a list of one."""
    return value if isinstance(value, (list, tuple)) else [value]


def lines_of(value: object) -> object:
    """Text is split at its line ends, one paragraph a line; blank lines only separate."""
    if not isinstance(value, str):
        return value
    if "\n" not in value:
        line = value.strip()
        return [line] if line else []
    return [line for typed in value.split("\n") if (line := typed.strip())]
