"""How one field may be typed in more than one way. Pydantic and the quick reader of `load` follow the same markers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA: dict[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}
"""Pydantic's settings for every class of the file format."""

TEXT_TAG, FORM_TAG = "§text", "§form"
"""Union tags as pydantic puts them into error paths; no key of a plan looks like them."""


class Before:
    """Marks a list field: `prepare` turns what else may be typed there into the list that the schema describes."""

    def __init__(self, prepare: Callable[[object], object]) -> None:
        self.prepare = prepare

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.prepare, handler(source))

    def __get_pydantic_json_schema__(self, schema: object, handler: Callable[[object], Any]) -> dict[str, object]:
        described = handler(schema)
        return {"anyOf": [described["items"], described]}


class ByShape:
    """Marks `str | Form`: text is a phrase, a mapping is the structured form, so a fault is told about one of them."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[object], Any]) -> Any:
        from pydantic_core import core_schema

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
