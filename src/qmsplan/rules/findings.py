"""What a rule found, and where; and what is kept of each plan for the rules that look at several: the objectives of two
years, the plans of an agency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from qmsplan.diagnostics import Message, Path
from qmsplan.model.period import Period

Made = TypeVar("Made")


class Location(NamedTuple):
    """A place in a file: `plans/a.yaml` and `("objectives", 0, "target")`."""

    file: str
    path: Path


class Finding(NamedTuple):
    """What a rule found: where, what is wrong, and what to do about it."""

    place: Location
    message: Message
    hint: Message | None = None
    first: Location | None = None
    """A second place that explains it, such as the first use of an id that is used twice."""
    words: str | None = None
    """The words meant where the place is a longer text, as the value has them and not as they are typed."""
    instead: str | None = None
    """What mends it in place of the words, or of the whole text without words."""
    is_guess: bool = False
    """True if something else may be meant: an id that is only near."""
    first_says: Message = Message("first used here")
    """What is said of the second place."""


class IssuedNumber(NamedTuple):
    """The number that a plan was signed with (`05/KH-TGPL`), in which year and by which agency."""

    place: Location
    issuer: str
    number: str
    year: int


class TargetResult(NamedTuple):
    """A target of an objective, and what its readings came to over the plan's period."""

    place: Location
    item: str
    words: str
    """The statement without its numbers: two years' objectives with the same words are the same objective."""
    key: str
    """`+` if more is better or `-` if less is, and the unit: `+%`. Only targets with one key are compared."""
    value: Decimal
    result: Decimal | None
    has_note: bool = False

    @property
    def statement(self) -> tuple[str, str]:
        """What the targets of the same objective in two plans have in common."""
        return self.words, self.key


class Answer(NamedTuple):
    """An item that answers a point of the standard by its `clauses`, or only reads as if it did."""

    point: str
    """The point's name: `audit`, `review`."""
    item: str
    place: Location
    years: tuple[int, ...]
    due: tuple[date, ...]
    """The days it is due, in order; none where that is not known."""
    is_marked: bool
    """False if only its words are about the point."""


class DelegatedUnit(NamedTuple):
    """A unit below the issuer that has to carry out the issuer's objectives."""

    unit: str
    name: str
    place: Location
    is_demanded: bool
    """True if an item asks for the unit's own plan, and its day has passed."""
    before: frozenset[str] = frozenset()
    """The units whose work it took over within the plan's period, and whose plan does as well."""


class IsoFacts(NamedTuple):
    """What the rules on ISO 9001 coverage know of a plan; the plans of an agency and a year answer together."""

    place: Location
    standard: str | None
    issuer: str
    name: str
    """The issuer's name."""
    years: tuple[int, int]
    """The first and the last year of the plan."""
    is_yearly: bool
    """True if it has to meet what the standard asks for each year: it has an edition, and is for one whole year."""
    carries: frozenset[str]
    """The plans that it or its items implement."""
    objectives: int
    tasks: int
    has_policy: bool
    has_recipients: bool
    answers: tuple[Answer, ...] = ()
    delegated: tuple[DelegatedUnit, ...] = ()


class PlanFacts(NamedTuple):
    """What the rules that look at several plans know of one plan id."""

    plan: str | None
    items: frozenset[str] = frozenset()
    refs: tuple[tuple[Location, str], ...] = ()
    issuer: str = ""
    period: Period | None = None
    issued: IssuedNumber | None = None
    target_results: tuple[TargetResult, ...] = ()
    is_whole: bool = True
    """False if a file could not be read: what seems to be missing anywhere may stand in it."""
    iso: IsoFacts | None = None
    files: tuple[str, ...] = ()
    """The names of the files about it, the plan's first."""
    unread: frozenset[str] = frozenset()
    """The ids of plans that are there, but whose files have errors."""
