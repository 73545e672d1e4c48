"""The classes of the file format: the dataclasses that type checkers, pydantic and `dataclasses` take them for.

`dataclasses` takes a tenth of a whole check to load, and as long again to write and compile six methods for each class.
Here all classes share one set of methods, and a class becomes a real dataclass once somebody asks for its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

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


def is_form(kind: object) -> bool:
    """True for a class of the file format."""
    return isinstance(kind, type) and "_needed" in vars(kind)


def names_in(form: Any) -> AbstractSet[str]:
    """The fields of a class."""
    return form._names  # type: ignore[no-any-return]  # noqa: SLF001


def needed_in(form: Any) -> AbstractSet[str]:
    """The fields that must be given."""
    return form._needed  # type: ignore[no-any-return]  # noqa: SLF001


def _made(cls: Any) -> Any:
    own = (name for name, kind in cls.__annotations__.items() if not kind.startswith("ClassVar"))
    cls._names = dict.fromkeys((*getattr(cls, "_names", ()), *own)).keys()
    cls._needed = frozenset(name for name in cls._names if not hasattr(cls, name))
    cls.__dataclass_fields__ = _Fields()
    for name, method in vars(_Methods).items():
        if name not in _EVERY_CLASS_HAS:
            setattr(cls, name, method)
    return cls


class _Fields:
    """Stands where the fields will be until somebody asks for them."""

    def __get__(self, _form: object, cls: Any) -> Any:
        import dataclasses

        made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)
        return made.__dataclass_fields__


class _Methods:
    """What all classes share."""

    def __init__(self: Any, **given: Any) -> None:
        """What is not given is the default, which the class holds. TypeError for what it has no field for, or lacks."""
        if not self._needed <= given.keys() <= self._names:
            raise TypeError(_fault(type(self).__name__, given.keys() - self._names, self._needed - given.keys()))
        self.__dict__.update(given)

    def __repr__(self: Any) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._names)})"

    def __eq__(self: Any, other: object) -> bool:
        return _values(self) == _values(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(_values(self))

    def __setattr__(self, name: str, _value: object) -> None:
        _refuse(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        _refuse(f"cannot delete field {name!r}")


_EVERY_CLASS_HAS = {"__module__", "__doc__", "__dict__", "__weakref__"}


def _fault(name: str, unknown: AbstractSet[str], missing: AbstractSet[str]) -> str:
    return f"{name} has no {', '.join(sorted(unknown))}" if unknown else f"{name} needs {', '.join(sorted(missing))}"


def _refuse(reason: str) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(reason)


def _values(form: Any) -> tuple[Any, ...]:
    return tuple([getattr(form, name) for name in form._names])  # noqa: SLF001
