"""Editions of ISO 9001 as data: what each asks of plans and records, and which fields answer it.

The files beside this one (`iso9001-2015.toml`) hold the points; rules and `qmsplan audit` look at them by name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message
from qmsplan.model.text import plain

_FOLDER = Path(__file__).parent


class Point(NamedTuple):
    """Something that an edition asks for: `audit`, clause 9.2. The head of `iso9001-2015.toml` says what each field
    holds."""

    name: str
    number: str
    letter: str
    scope: str
    vi: str
    en: str
    fields: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """As `plain` makes them, so that they are made comparable once."""

    @property
    def clause(self) -> str:
        """The clause: `6.2.1 a`, or the number alone where no letter is established."""
        return f"{self.number} {self.letter}".rstrip()

    def is_answered_by(self, clauses: Iterable[str]) -> bool:
        """True if an item with these `clauses` answers it: `9.2.2` is a part of `9.2`."""
        return any(is_part(clause, wanted) for clause in clauses for wanted in self.clauses)

    def is_likely_in(self, text: str) -> bool:
        """True if a text, made comparable by `plain`, has words by which it is likely to be about this."""
        return any(word in text for word in self.words)


class Standard:
    """One edition. `name` is what Vietnamese plans cite: `TCVN ISO 9001:2015`."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.name: str = data["name"]
        self.edition: str = data["edition"]
        self.is_complete: bool = data["complete"]
        self.numbers = frozenset(data["numbers"])
        self.points = tuple(_point(entry) for entry in data["point"])
        self._answered: dict[tuple[str, ...], frozenset[str]] = {}

    @cached_property
    def by_name(self) -> dict[str, Point]:
        """The points by the names that rules use: `audit`, `policy`."""
        return {point.name: point for point in self.points}

    def has(self, clause: str) -> bool:
        """True if the edition has this clause; where not all its numbers are known, if it has the chapter."""
        number = clause_number(clause)
        return number in self.numbers if self.is_complete else number.partition(".")[0] in self.numbers

    def answered_by(self, clauses: tuple[str, ...]) -> frozenset[str]:
        """The names of the points that an item with these clauses answers: `("9.2.2",)` -> `{"audit"}`."""
        if clauses not in self._answered:  # a plan's items have the same few
            self._answered[clauses] = frozenset(point.name for point in self.points if point.is_answered_by(clauses))
        return self._answered[clauses]

    def cite(self, name: str) -> str:
        """The clause of a point as messages cite it: `TCVN ISO 9001:2015, 6.2.2 a`."""
        return f"{self.name}, {self.by_name[name].clause}"

    def citing(self, name: str, hint: Message) -> Message:
        """A hint with the clause of a point behind it: `add 'lead' (TCVN ISO 9001:2015, 6.2.2 c)`."""
        return Message("{hint} ({cited})", hint=hint, cited=self.cite(name))


def clause_number(clause: str) -> str:
    """The number without the letter of a point: `6.2.1 a` -> `6.2.1`."""
    return re.sub(r" ?[a-z]$", "", clause)


def is_part(clause: str, of: str) -> bool:
    """True if a clause is another one or a part of it."""
    number = clause_number(clause)
    return number == of or number.startswith(f"{of}.")


def _point(entry: dict[str, Any]) -> Point:
    fields, clauses = tuple(entry.get("fields", ())), tuple(entry.get("clauses", ()))
    words = tuple(plain(word) for word in entry.get("words", ()))
    name, number, scope = entry["name"], entry["number"], entry["scope"]
    return Point(name, number, entry.get("letter", ""), scope, entry["vi"], entry["en"], fields, clauses, words)


@cache
def load_standard(name: str) -> Standard:
    """The edition of a name that plans give under `standard`: `iso9001-2015`."""
    return Standard(tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8")))
