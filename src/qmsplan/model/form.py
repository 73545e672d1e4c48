"""The classes of the file format: what the standard `dataclass` makes, in a sixth of the time.

`dataclasses` writes and compiles six methods for each class, which takes longer than reading a plan does. Here all
classes share one set. Type checkers, pydantic and `dataclasses` itself see the dataclass that it is."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  others import it from here
else:

    def dataclass(*, frozen: bool, kw_only: bool) -> Callable[[type], type]:
        """A frozen dataclass of keyword arguments; there is no other kind here."""
        assert frozen  # noqa: S101
        assert kw_only  # noqa: S101
        return _made


def _made(cls: type) -> Any:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)
    fields = dataclasses.fields(made)
    made._names = dict.fromkeys(field.name for field in fields).keys()  # noqa: SLF001
    open_ = {field.name: field.default_factory for field in fields if field.default is dataclasses.MISSING}
    made._makes = {name: make for name, make in open_.items() if make is not dataclasses.MISSING}  # noqa: SLF001
    made._needed = open_.keys() - made._makes  # noqa: SLF001
    for name, method in vars(_Methods).items():
        if name not in _EVERY_CLASS_HAS:
            setattr(made, name, method)
    return made


def _fault(name: str, unknown: AbstractSet[str], missing: AbstractSet[str]) -> str:
    return f"{name} has no {', '.join(sorted(unknown))}" if unknown else f"{name} needs {', '.join(sorted(missing))}"


class _Methods:
    """What all classes share."""

    def __init__(self: Any, **given: Any) -> None:
        """What is not given is the default, which the class holds. TypeError for what it has no field for, or lacks."""
        if not self._needed <= given.keys() <= self._names:
            raise TypeError(_fault(type(self).__name__, given.keys() - self._names, self._needed - given.keys()))
        for name, make in self._makes.items():
            if name not in given:
                given[name] = make()
        self.__dict__.update(given)

    def __repr__(self: Any) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._names)})"

    def __eq__(self: Any, other: object) -> bool:
        return _values(self) == _values(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(_values(self))

    def __setattr__(self, name: str, _value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_EVERY_CLASS_HAS = {"__module__", "__doc__", "__dict__", "__weakref__"}


def _values(form: Any) -> tuple[Any, ...]:
    return tuple([getattr(form, name) for name in form._names])  # noqa: SLF001
