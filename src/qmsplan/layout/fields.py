"""What the model says about a field: its place among the others, and what its text may look like without quotes."""

from __future__ import annotations

import typing
from enum import Enum
from functools import cache
from typing import Annotated, Any, NamedTuple

from qmsplan.model.scalar import Scalar
from qmsplan.model.shape import FileModel, OneOrMany, lines_of


class Kind(Enum):
    """How the text of a field is read."""

    TEXT = "text"
    """As text: what looks like a number or a date to other readers of YAML is quoted."""
    LINES = "lines"
    """As paragraphs, one a line; blank lines and the ends of lines mean nothing."""
    TYPED = "typed"
    """As a number, a date, a period or a choice of two: never quoted."""


class Field(NamedTuple):
    """The place of a field in its mapping, the kind of its text, and the class of the mappings in it, if any."""

    place: int
    kind: Kind
    model: type[FileModel] | None


UNKNOWN = Field(10_000, Kind.TEXT, None)
"""A field without a value may have any name; it goes last."""


@cache
def fields_of(model: type[FileModel] | None) -> dict[str, Field]:
    """The fields of a class of the file format."""
    if model is None:
        return {}
    hints = typing.get_type_hints(model, include_extras=True)
    return {name: _field(place, hints[name]) for place, name in enumerate(model.model_fields)}


def _field(place: int, hint: Any) -> Field:
    parts = list(_parts(hint))
    model = next((part for part in parts if isinstance(part, type) and issubclass(part, FileModel)), None)
    return Field(place, next((kind for part in parts if (kind := _kind(part))), Kind.TEXT), model)


def _parts(hint: Any) -> typing.Iterator[Any]:
    """A type with everything in it: members of unions, items of lists, marks."""
    yield hint
    if typing.get_origin(hint) is Annotated:
        yield from hint.__metadata__
        yield from _parts(hint.__origin__)
    else:
        for part in typing.get_args(hint):
            yield from _parts(part)


def _kind(mark: Any) -> Kind | None:
    if isinstance(mark, OneOrMany) and mark.func is lines_of:
        return Kind.LINES
    if isinstance(mark, Scalar):
        is_text = mark.schema["type"] == "string" and mark.kind is str
        return Kind.TEXT if is_text else Kind.TYPED
    return None
