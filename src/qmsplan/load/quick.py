"""The quick reader: builds a model from a clean tree, and gives up at the first surprise.

It knows no messages. Whatever it does not accept goes to pydantic (`explain.py`), which is the authority on the same
classes and says what is wrong; a property test holds the two to the same verdict and the same value. Importing
pydantic costs three times what reading one plan does, and a clean plan has no need of it (docs/decisions/0002)."""

from __future__ import annotations

import sys
import types
import typing
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union

from qmsplan.model.form import is_form, names_in, needed_in
from qmsplan.model.scalar import Scalar
from qmsplan.model.shape import Before, ByShape

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

Read: TypeAlias = "Callable[[Any], Any]"

_KEPT = 2_000
"""Texts of which each kind of scalar keeps the meaning."""


class Surprise(Exception):
    """The tree is not plainly a value of the model."""


def build(model: type, tree: object) -> Any:
    """An instance of a model class from a tree. Surprise, or a Fault of a scalar, if pydantic has to look."""
    return _reader(model)(tree)


@cache
def _reader(kind: Any) -> Read:
    origin = typing.get_origin(kind)
    if origin is Annotated:
        return _marked(kind)
    if origin in {Union, types.UnionType}:
        (inner,) = (part for part in typing.get_args(kind) if part is not type(None))
        return _reader(inner)
    if origin is tuple:
        return _list_of(typing.get_args(kind)[0])
    if origin is dict:
        return _table_of(typing.get_args(kind)[1])
    if origin is Literal:
        return _one_of(frozenset(typing.get_args(kind)))
    return _instance_of(kind) if is_form(kind) else _text


def _marked(kind: Any) -> Read:
    inner, *marks = typing.get_args(kind)
    mark = marks[-1]
    if isinstance(mark, Scalar):
        return _scalar(mark.read)
    if isinstance(mark, ByShape):
        (form,) = (part for part in typing.get_args(inner) if part is not str)
        read_form = _reader(form)
        return lambda value: value if isinstance(value, str) else read_form(value)
    assert isinstance(mark, Before)  # noqa: S101
    rest, prepare = _reader(inner), mark.prepare
    return _lines(prepare) if rest is _all_text else lambda value: rest(prepare(value))


def _scalar(read: Read) -> Read:
    """Days, periods, ids and counts come again and again: what one text means is found out once."""

    @lru_cache(_KEPT)
    def read_text(value: object) -> Any:
        if type(value) is not str:
            raise Surprise
        return read(value)

    return read_text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Surprise
    return value


def _lines(prepare: Callable[[Any], Any]) -> Read:
    """Text makes a list of texts, which need not be looked at again."""
    return lambda value: tuple(prepare(value)) if type(value) is str else _all_text(prepare(value))


def _all_text(values: object) -> tuple[str, ...]:
    if type(values) is not list or not set(map(type, values)) <= _TEXT_ONLY:
        raise Surprise
    return tuple(values)


_TEXT_ONLY = {str}


def _one_of(choices: frozenset[object]) -> Read:
    def read(value: object) -> object:
        if not isinstance(value, str) or value not in choices:
            raise Surprise
        return value

    return read


def _list_of(part: Any) -> Read:
    if part is str:
        return _all_text
    read = _reader(part)

    def read_all(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Surprise
        return tuple([read(entry) for entry in value])

    return read_all


def _table_of(part: Any) -> Read:
    """Names are the user's own; only what they stand for is read."""
    read = _reader(part)

    def read_all(value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Surprise
        return {name: read(entry) for name, entry in value.items()}

    return read_all


def _instance_of(model: type) -> Read:
    required, fields = _fields(model)

    def read(value: object) -> Any:
        if not isinstance(value, dict) or not required <= value.keys():
            raise Surprise
        try:
            return model(**{name: fields[name](entry) for name, entry in value.items()})
        except (KeyError, TypeError):  # an unknown field; a list or a mapping where one text is expected
            raise Surprise from None

    return read


def _fields(model: type) -> tuple[AbstractSet[str], dict[str, Read]]:
    fields: dict[str, Read] = {}
    for name in names_in(model):
        fields[name] = _later(model, fields, name)
    return needed_in(model), fields


def _later(model: type, fields: dict[str, Read], name: str) -> Read:
    """A reader that is made when first used, because items hold items, and then takes its own place in the table."""

    def read(value: Any) -> Any:
        fields[name] = _reader(_kind_of(model, name))
        return fields[name](value)

    return read


def _kind_of(model: type, name: str) -> Any:
    """The type of one field: of a class of forty, a file uses ten, and each is compiled from its text."""
    owner = next(cls for cls in model.__mro__ if name in getattr(cls, "__annotations__", ()))
    alone = SimpleNamespace(__annotations__={name: owner.__annotations__[name]})
    return typing.get_type_hints(alone, vars(sys.modules[owner.__module__]), include_extras=True)[name]
