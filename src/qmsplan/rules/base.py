"""What a rule is: a code, a name, and a function from a context to findings. It sees values, never text or lines.

What the rules on ISO 9001 coverage share: the objectives that count, and what readings say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeAlias

from qmsplan.diagnostics import Message, Path, Severity
from qmsplan.model.inline import plain_text
from qmsplan.model.plan import Annex, Plan, Section
from qmsplan.model.progress import Bundle, Completion, Named, Reading, Record, entries_of, recorded_on
from qmsplan.model.settings import CONVENTIONS, Conventions, Settings
from qmsplan.model.standards import load_standard
from qmsplan.model.text import Citation, citations, plain
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.people import Register
from qmsplan.progress.measurement import Attainment, attainments


class Location(NamedTuple):
    """A place as rules know it: a file's name and the path of keys in it."""

    file: str
    path: Path


class Finding(NamedTuple):
    """What a rule found: where, and what to tell. `first` is a second place that explains it."""

    place: Location
    message: Message
    hint: Message | None = None
    first: Location | None = None
    words: str | None = None
    """The words meant where the place is a longer text: as the value has them, not as they are typed."""


class CitedDocument(NamedTuple):
    """A document that a line of evidence cites, and the day on which the entry was recorded."""

    at: tuple[str, str, int, int]
    """File, list, entry and line."""
    recorded: date | None
    citation: Citation

    @property
    def place(self) -> Location:
        """The line."""
        file, name, index, number = self.at
        return Location(file, (name, index, "evidence", number))


class PlacedText(NamedTuple):
    """A line of a plan: where it stands, as typed, and made comparable (`model.text.plain`)."""

    path: Path
    text: str
    comparable: str


_SPEAKING = ("text", "measures", "deliverables", "note")
"""Fields of an item in which somebody may speak of what the standard asks for."""


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
    def series(self) -> dict[tuple[str, int | None], list[LocatedReading]]:
        """The readings by item and number of the target, in the order of the files."""
        found: dict[tuple[str, int | None], list[LocatedReading]] = {}
        for record in self.records:
            for index, reading in enumerate(record.progress.readings):
                found.setdefault((reading.item, reading.target), []).append((record.file, index, reading))
        return found

    @cached_property
    def cited(self) -> tuple[CitedDocument, ...]:
        """The documents that readings and completions cite as evidence."""
        found: list[CitedDocument] = []
        for record in self.records:
            found += _cited(record.file, "readings", record.progress.readings)
            found += _cited(record.file, "completions", record.progress.completions)
        return tuple(found)

    @cached_property
    def texts(self) -> tuple[PlacedText, ...]:
        """The lines of the plan in words: first the narrative's, then those of the items."""
        return tuple(_texts(self.plan.plan, self.nodes)) if self.plan else ()

    @cached_property
    def known_until(self) -> date | None:
        """The last day that the records tell of. Rules about what is late look from it, never from today's date: the
        same files always have the same findings."""
        return max(
            (recorded_on(entry) for record in self.records for entry in entries_of(record.progress)), default=None
        )

    def at(self, node: Node, *path: str | int) -> Location:
        """A place in an item."""
        return self.in_plan(*node.path, *path)

    def in_plan(self, *path: str | int) -> Location:
        """A place in the plan's file."""
        return Location(self.plan.file if self.plan else "", path)


def _texts(plan: Plan, nodes: Iterable[Node]) -> Iterator[PlacedText]:
    fields = [(("preamble",), plan.preamble), *_narrative(plan, ()), (("closing",), plan.closing)]
    fields += [((*node.path, name), getattr(node.item, name)) for node in nodes for name in _SPEAKING]
    for path, lines in fields:
        yield from (PlacedText((*path, index), line, plain(plain_text(line))) for index, line in enumerate(lines))


def _narrative(branch: Plan | Section | Annex, path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for name in ("sections", "annexes"):
        for index, part in enumerate(getattr(branch, name, ())):
            place = (*path, name, index)
            yield (*place, "title"), part.title
            yield (*place, "text"), part.text
            yield from _narrative(part, place)


def _cited(file: str, name: str, entries: Sequence[Reading | Completion]) -> Iterator[CitedDocument]:
    for index, entry in enumerate(entries):
        for number, text in enumerate(entry.evidence):
            for citation in citations(text):
                yield CitedDocument((file, name, index, number), entry.recorded, citation)


class IssuedNumber(NamedTuple):
    """The number that a plan was signed with, in which year and by which agency."""

    place: Location
    issuer: str
    number: str
    year: int


class TargetResult(NamedTuple):
    """A target of an objective, and what its readings came to over the plan's period."""

    place: Location
    item: str
    words: str
    """The statement without its numbers, by which two years' objectives are known to be the same."""
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

    def at(self, *path: str | int) -> Location:
        """A place in the settings."""
        return Location(self.file, path)


class Answer(NamedTuple):
    """An item that answers a point of the standard, or reads as if it did (`is_marked` is false)."""

    point: str
    item: str
    place: Location
    years: tuple[int, ...]
    due: tuple[str, ...]
    """The days it is due, ISO 8601, in order; none where that is not known."""
    is_marked: bool


class DelegatedUnit(NamedTuple):
    """A unit below the issuer that is to carry the issuer's objectives."""

    unit: str
    name: str
    place: Location
    is_demanded: bool
    """True if an item asks for the unit's own plan, and its day has passed."""


class IsoFacts(NamedTuple):
    """What a plan tells the rules on ISO 9001 coverage: several plans of an agency and a year answer together."""

    place: Location
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
    charges: tuple[DelegatedUnit, ...] = ()


class PlanFacts(NamedTuple):
    """What one plan id tells the rules that look at the whole workspace."""

    plan: str | None
    items: frozenset[str] = frozenset()
    refs: tuple[tuple[Location, str], ...] = ()
    issuer: str = ""
    period: str | None = None
    """The code of the plan's period."""
    issued: IssuedNumber | None = None
    target_results: tuple[TargetResult, ...] = ()
    is_whole: bool = True
    """False if a file could not be read: what seems to be missing anywhere may stand in it."""
    quality: IsoFacts | None = None


LocatedReading: TypeAlias = "tuple[str, int, Reading]"
"""A reading with the name of its file and its index there."""

Check: TypeAlias = Callable[[Context], Iterator[Finding]]
CheckSettings: TypeAlias = Callable[[SettingsContext], Iterator[Finding]]
CheckAll: TypeAlias = Callable[[Iterable[PlanFacts]], Iterator[Finding]]


class Rule(NamedTuple):
    """A rule looks at one plan with its records (`check`), at the facts of all of them (`check_all`), or at the
    settings (`check_settings`)."""

    code: str
    name: str
    severity: Severity
    check: Check | None = None
    check_all: CheckAll | None = None
    check_settings: CheckSettings | None = None


_USUAL = "iso9001-2015"


def cite(context: Context, point: str) -> str:
    """`TCVN ISO 9001:2015, 6.2.2 a`: where the plan's edition asks for a point; without an edition `ISO 9001, …`."""
    edition = context.plan.plan.standard if context.plan else None
    return load_standard(edition).cite(point) if edition else f"ISO 9001, {load_standard(_USUAL).by_name[point].clause}"


def objectives(context: Context) -> Iterator[Node]:
    """The objectives of a plan that promises something; a blank form promises nothing."""
    if context.plan and not context.plan.plan.form:
        yield from (node for node in context.nodes if node.is_objective)


def below(context: Context, node: Node) -> tuple[Node, ...]:
    """All items under an item."""
    depth = len(node.path)
    return tuple(other for other in context.nodes if len(other.path) > depth and other.path[:depth] == node.path)


def judged(context: Context, wanted: Attainment) -> Iterator[tuple[Location, Node, Reading]]:
    """The readings inside the plan's period of which each alone says so; those of earlier years may be baselines."""
    period = context.plan.plan.period if context.plan else None
    of_item: dict[str, list[LocatedReading]] = defaultdict(list)
    for (item, _), entries in context.series.items():
        of_item[item] += entries
    for item, found in of_item.items():
        node = context.by_id.get(item)
        if node is None:
            continue
        readings = [reading for _, _, reading in found]
        for (file, index, reading), attainment in zip(found, attainments(node, readings), strict=True):
            if attainment is wanted and (period is None or reading.period.end >= period.start):
                yield Location(file, ("readings", index)), node, reading
