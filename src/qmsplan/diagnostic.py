"""What is wrong, and where: values that every layer passes on and only `output` turns into sentences."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""A place in a document as the keys and list indexes (from 0) that lead to it."""


class Span(NamedTuple):
    """A stretch of text; lines and columns count from 1, in code points, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)
"""The place of what concerns a file as a whole."""


class Text(NamedTuple):
    """A sentence for users in no language yet: an English template, the key of the catalogues, and its values."""

    template: str
    values: tuple[tuple[str, str], ...] = ()


def say(template: str, /, **values: object) -> Text:
    """A `Text`. The catalogues are collected from the calls of this function."""
    return Text(template, tuple((name, str(value)) for name, value in values.items()))


class Severity(StrEnum):
    """How much a finding weighs: only errors make a run fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Related(NamedTuple):
    """A second place that explains a finding, such as "first used here"."""

    file: str
    span: Span
    message: Text


class Diagnostic(NamedTuple):
    """One fault of a user's file. `file` is as shown to the user, with forward slashes."""

    code: str
    name: str
    severity: Severity
    message: Text
    file: str
    span: Span = START
    hint: Text | None = None
    related: tuple[Related, ...] = ()

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """Sort key: file, place, code, so that reports are stable."""
        return (self.file, self.span, self.code, self.message.template)


class Fault(ValueError):
    """Text of a user that can't be read as what it should be. Caught at the boundary, never shown as a traceback."""

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message.template)
        self.message = message
        self.hint = hint
