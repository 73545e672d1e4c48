"""Values as JSON and back, by the types their classes declare. What does not fit its type is refused, never guessed."""

from __future__ import annotations

import types
import typing
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Read: TypeAlias = "Callable[[Any], Any]"
_ATOMS = {str, int, bool, types.NoneType}


def plain(value: Any) -> Any:
    """A value as lists, texts and numbers. Sets are sorted, so that equal values give equal JSON."""
    if type(value) in _ATOMS:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(map(plain, value))
    return [plain(part) for part in value] if isinstance(value, tuple | list) else value


def value_of(kind: Any, given: object) -> Any:
    """The value of a type that `plain` made this of. ValueError if it made no such thing."""
    return _reader(kind)(given)


@cache
def _reader(kind: Any) -> Read:
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if kind in _ATOMS:
        return _atom(kind)
    if origin in {types.UnionType, typing.Union}:
        return _any_of([_reader(part) for part in parts])
    if origin in {list, frozenset} or (origin is tuple and parts[-1] is ...):
        return _many(origin, _reader(parts[0]))
    if origin is tuple:
        return _fixed(lambda *values: values, [_reader(part) for part in parts])
    if issubclass(kind, tuple):
        hints = typing.get_type_hints(kind)
        return _fixed(kind, [_reader(hints[name]) for name in kind._fields])
    return lambda given: kind(given)  # noqa: PLW0108  an enumeration has a call of its own


def _atom(kind: type) -> Read:
    def read(given: object) -> object:
        if type(given) is not kind:
            raise ValueError(given)
        return given

    return read


def _any_of(readers: list[Read]) -> Read:
    def read(given: object) -> Any:
        for reader in readers:
            try:
                return reader(given)
            except ValueError:
                continue
        raise ValueError(given)

    return read


def _many(container: Callable[[Any], Any], part: Read) -> Read:
    def read(given: object) -> Any:
        if not isinstance(given, list):
            raise ValueError(given)  # noqa: TRY004  one fault for all that does not fit
        return container([part(entry) for entry in given])

    return read


def _fixed(make: Callable[..., Any], parts: list[Read]) -> Read:
    def read(given: object) -> Any:
        if not isinstance(given, list) or len(given) != len(parts):
            raise ValueError(given)
        return make(*[part(entry) for part, entry in zip(parts, given, strict=True)])

    return read
