"""What a rule is: a code, a name, and a function from a context to findings. It sees values, never text or lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qmsplan.diagnostic import Path, Severity, Text
from qmsplan.model.bundle import Bundle, Named, Record
from qmsplan.model.citations import Citation, citations
from qmsplan.model.conventions import CONVENTIONS, Conventions
from qmsplan.model.outline import Node, outline
from qmsplan.model.people import Register
from qmsplan.model.record import days_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmsplan.model.record import Completion, Reading
    from qmsplan.model.settings import Settings


class Place(NamedTuple):
    """A place as rules know it: a file's name and the path of keys in it."""

    file: str
    path: Path


class Finding(NamedTuple):
    """What a rule found: where, and what to tell. `first` is a second place that explains it."""

    place: Place
    message: Text
    hint: Text | None = None
    first: Place | None = None
    words: str | None = None
    """The words meant where the place is a longer text: as the value has them, not as they are typed."""


class Cited(NamedTuple):
    """A document that a line of evidence cites, and the day on which the entry was recorded."""

    at: tuple[str, str, int, int]
    """File, list, entry and line."""
    recorded: date | None
    citation: Citation

    @property
    def place(self) -> Place:
        """The line."""
        file, name, index, number = self.at
        return Place(file, (name, index, "evidence", number))


class Context:
    """One plan id: its plans (one, if all is well), the records on it, and what all plans share."""

    def __init__(
        self,
        bundle: Bundle,
        register: Register,
        templates: frozenset[str] = frozenset(),
        *,
        is_whole: bool = True,
        conventions: Conventions = CONVENTIONS,
    ) -> None:
        """`is_whole` is False if a file on this plan could not be read: what seems to be missing may stand in it."""
        self.bundle, self.register, self.templates = bundle, register, templates
        self.is_whole, self.conventions = is_whole, conventions

    @cached_property
    def plan(self) -> Named | None:
        """The plan that the records are about."""
        return self.bundle.plans[0] if self.bundle.plans else None

    @property
    def records(self) -> tuple[Record, ...]:
        """The progress files on this plan."""
        return self.bundle.records

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The items of the plan in document order."""
        return outline(self.plan.plan, self.conventions) if self.plan else ()

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """The items by id; the first of doubles."""
        return {node.item.id: node for node in reversed(self.nodes)}

    @cached_property
    def series(self) -> dict[tuple[str, int | None], list[Entry]]:
        """The readings by item and number of the target, in the order of the files."""
        found: dict[tuple[str, int | None], list[Entry]] = {}
        for record in self.records:
            for index, reading in enumerate(record.progress.readings):
                found.setdefault((reading.item, reading.target), []).append((record.file, index, reading))
        return found

    @cached_property
    def cited(self) -> tuple[Cited, ...]:
        """The documents that readings and completions cite as evidence."""
        found: list[Cited] = []
        for record in self.records:
            found += _cited(record.file, "readings", record.progress.readings)
            found += _cited(record.file, "completions", record.progress.completions)
        return tuple(found)

    @cached_property
    def known_until(self) -> date | None:
        """The last day that the records tell of. Rules about what is late look from it, never from today's date: the
        same files always have the same findings."""
        return max((day for record in self.records for day in days_in(record.progress)), default=None)

    def at(self, node: Node, *path: str | int) -> Place:
        """A place in an item."""
        return self.in_plan(*node.path, *path)

    def in_plan(self, *path: str | int) -> Place:
        """A place in the plan's file."""
        return Place(self.plan.file if self.plan else "", path)


def _cited(file: str, name: str, entries: Sequence[Reading | Completion]) -> Iterator[Cited]:
    for index, entry in enumerate(entries):
        for number, text in enumerate(entry.evidence):
            for citation in citations(text):
                yield Cited((file, name, index, number), entry.recorded, citation)


class Issued(NamedTuple):
    """The number that a plan was signed with, in which year and by which agency."""

    place: Place
    issuer: str
    number: str
    year: int


class Aim(NamedTuple):
    """A target of an objective, and what its readings came to over the plan's period."""

    place: Place
    item: str
    words: str
    """The statement without its numbers, as a digest."""
    key: str
    """`+` for the more the better or `-`, and the unit; only what has one key can be compared."""
    value: str
    result: str | None
    has_note: bool = False


class SettingsContext(NamedTuple):
    """The settings of a workspace, the name of their file, and what they may name."""

    file: str
    settings: Settings
    profiles: frozenset[str] = frozenset()
    """The document formats there are."""

    def at(self, *path: str | int) -> Place:
        """A place in the settings."""
        return Place(self.file, path)


class Answer(NamedTuple):
    """An item that answers a point of the standard, or reads as if it did (`is_marked` is false)."""

    point: str
    item: str
    place: Place
    years: tuple[int, ...]
    due: tuple[str, ...]
    """The days it is due, ISO 8601, in order; none where that is not known."""
    is_marked: bool


class Charge(NamedTuple):
    """A unit below the issuer that is to carry the issuer's objectives."""

    unit: str
    name: str
    place: Place
    is_demanded: bool
    """True if an item asks for the unit's own plan, and its day has passed."""


class Quality(NamedTuple):
    """What a plan tells the rules on ISO 9001 coverage: several plans of an agency and a year answer together."""

    place: Place
    standard: str | None
    issuer: str
    name: str
    """The issuer's."""
    years: tuple[int, int]
    """The first and the last."""
    is_yearly: bool
    """True if it is held to what the standard asks for each year: it has an edition, and one whole year."""
    carries: frozenset[str]
    """The plans that it or its items carry out: it is derived from them."""
    objectives: int
    tasks: int
    has_policy: bool
    is_told: bool
    """True if it says whom it is sent to."""
    answers: tuple[Answer, ...] = ()
    charges: tuple[Charge, ...] = ()


class Facts(NamedTuple):
    """What one plan id tells the rules that look at the whole workspace."""

    plan: str | None
    items: frozenset[str] = frozenset()
    refs: tuple[tuple[Place, str], ...] = ()
    issuer: str = ""
    period: str | None = None
    """The code of the plan's period."""
    issued: Issued | None = None
    aims: tuple[Aim, ...] = ()
    is_whole: bool = True
    """False if a file could not be read: what seems to be missing anywhere may stand in it."""
    quality: Quality | None = None


Entry: TypeAlias = "tuple[str, int, Reading]"
"""A reading with the name of its file and its index there."""

Check: TypeAlias = Callable[[Context], Iterator[Finding]]
CheckSettings: TypeAlias = Callable[[SettingsContext], Iterator[Finding]]
CheckAll: TypeAlias = Callable[[Iterable[Facts]], Iterator[Finding]]


class Rule(NamedTuple):
    """A rule looks at one plan with its records (`check`), at the facts of all of them (`check_all`), or at the
    settings (`check_settings`)."""

    code: str
    name: str
    severity: Severity
    check: Check | None = None
    check_all: CheckAll | None = None
    check_settings: CheckSettings | None = None
