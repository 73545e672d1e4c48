"""Values of the file format as tests change and walk them, whatever kind of class they are of."""

from __future__ import annotations

import dataclasses
from typing import Any

from qmsplan.model.fields import FileModel


def replace(value: Any, /, **changes: Any) -> Any:
    """The same with changes: of a class of the file format, or of a dataclass."""
    return value.replaced(**changes) if isinstance(value, FileModel) else dataclasses.replace(value, **changes)


def is_model(value: object) -> bool:
    """True for an instance of a class of the file format, and for the class."""
    return isinstance(value, FileModel) or (isinstance(value, type) and issubclass(value, FileModel))


def fields_of(value: Any) -> tuple[str, ...]:
    """The names of the fields of an instance or a class."""
    return tuple((value if isinstance(value, type) else type(value)).model_fields)
