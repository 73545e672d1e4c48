"""What every family of rules works with: the context of a plan, and `Rule`.

A rule is a function from values to findings. It sees neither text nor lines; `check.run_checks` runs the rules and
turns the path of a finding into line and column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from qmsplan.diagnostics import Message, Path, Severity
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period
from qmsplan.model.plan import Annex, Plan, Section
from qmsplan.model.progress import LISTS, Bundle, Completion, Reading, Record, entries_of, recorded_on
from qmsplan.model.settings import SETTINGS, Settings
from qmsplan.model.standards import Point, load_standard
from qmsplan.model.structured import Assignment
from qmsplan.model.text import plain
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.people import Register
from qmsplan.phrases.target import Target
from qmsplan.progress.cut_off import Calendar, calendar_of
from qmsplan.progress.measurement import measurable
from qmsplan.progress.objective_facts import ObjectiveFacts, recorded_facts
from qmsplan.progress.plan import PlanProgress, plan_progress
from qmsplan.progress.reading_faults import Measured, all_measured
from qmsplan.rules.findings import Finding, Location

Entry_co = TypeVar("Entry_co", covariant=True)


class LocatedEntry(NamedTuple, Generic[Entry_co]):
    """An entry of a progress file and where it stands: file, list (`readings`), index from 0."""

    record: Record
    field: str
    number: int
    entry: Entry_co

    def at(self, *path: str | int) -> Location:
        """The place of the entry, or of something in it."""
        return Location(self.record.file, (self.field, self.number, *path))


ITEM_LISTS = ("readings", "completions", "corrective_actions", "audit")
"""The lists of progress files whose entries name an item."""


class PlacedText(NamedTuple):
    """A line of a plan: where it stands, as typed, and made comparable (`model.text.plain`)."""

    path: Path
    text: str
    comparable: str


_TEXT_FIELDS = ("text", "measures", "deliverables", "note")
"""Fields of an item that may speak of resources and other things the standard asks for."""


class KnownTemplates(NamedTuple):
    """The templates of a workspace, and what else it prints plans with."""

    digests: Mapping[str, str] = {}
    """Those of plans by name, each with the digest of a workspace's own one, "" for a built-in one."""
    letterhead: str = ""
    """The digest of what the workspace's own base document prints on every page."""
    telling: Mapping[str, bool] = {}
    """Whether the workspace's own templates print targets (or may); of one that is not in it the plan's table says
    that."""
    examples: frozenset[str] = frozenset()
    """The plans that `qmsplan new --template` starts from, which are called like no template."""


NO_TEMPLATES = KnownTemplates()


@dataclass(frozen=True, eq=False)
class Context:
    """What a rule looks at: one plan id with its plans (one, if all is well), the records on it, and the register."""

    bundle: Bundle
    register: Register
    settings: Settings = SETTINGS
    templates: KnownTemplates = NO_TEMPLATES
    is_whole: bool = True
    """False if a file on this plan could not be read: what seems to be missing may stand in it."""
    reported: Period | None = None
    """The period that a unit reports on with what is checked: its form is the report."""
    unread: frozenset[str] = frozenset()
    """The ids of the plans whose files have errors."""
    in_force: Context | None = None
    """The same records beside the revision in force, where the plan is the draft of an amendment."""
    drafted: frozenset[str] = frozenset()
    """The ids of the items of that draft, where the plan is the revision in force."""

    @property
    def records(self) -> tuple[Record, ...]:
        """What is recorded of the plan, file by file."""
        return self.bundle.records

    @cached_property
    def plan(self) -> Plan | None:
        """The plan that the records are about; of several with one id the first."""
        return self.bundle.plans[0].plan if self.bundle.plans else None

    @cached_property
    def file(self) -> str:
        """The name of the plan's file; "" without a plan."""
        return self.bundle.plans[0].file if self.bundle.plans else ""

    @property
    def period(self) -> Period | None:
        """The plan's period; None without a plan, and for a blank form."""
        return self.plan.period if self.plan else None

    @property
    def edition(self) -> str | None:
        """The edition of the standard that the plan belongs to: `iso9001-2015`."""
        return self.plan.standard if self.plan else None

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The items of the plan in document order."""
        return outline(self.plan, self.settings.deadlines) if self.plan else ()

    @cached_property
    def measurable(self) -> list[tuple[Node, int, Target]]:
        """The targets that readings can be held against, each with its item and its index there."""
        return [(node, *found) for node in self.nodes for found in measurable(node)]

    @cached_property
    def place_of(self) -> dict[Path, int]:
        """Where the items stand among `nodes`, by their paths."""
        return {node.path: at for at, node in enumerate(self.nodes)}

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """The items by id; of two with one id the first."""
        return {node.item.id: node for node in reversed(self.nodes)}

    @cached_property
    def _lists(self) -> list[dict[str, list[LocatedEntry[Any]]]]:
        """The entries of each file by their list; made once, as many rules go through the same lists."""
        return [
            {
                field: [LocatedEntry(record, field, *found) for found in enumerate(getattr(record.progress, field))]
                for field in LISTS
            }
            for record in self.records
        ]

    def entries(self, *fields: str) -> list[LocatedEntry[Any]]:
        """The entries of some lists, file by file."""
        return [found for lists in self._lists for field in fields for found in lists[field]]

    @cached_property
    def readings(self) -> list[LocatedEntry[Reading]]:
        """All readings, in the order of the files."""
        return self.entries("readings")

    @cached_property
    def completions(self) -> list[LocatedEntry[Completion]]:
        """All completions, in the order of the files."""
        return self.entries("completions")

    @cached_property
    def readings_by_item(self) -> dict[str, list[LocatedEntry[Reading]]]:
        """The readings by the id of their item."""
        found: dict[str, list[LocatedEntry[Reading]]] = defaultdict(list)
        for reading in self.readings:
            found[reading.entry.item].append(reading)
        return found

    @cached_property
    def measured_items(self) -> tuple[tuple[Node, list[LocatedEntry[Reading]]], ...]:
        """The items of the plan that have readings, each with these."""
        found = ((self.by_id.get(item), entries) for item, entries in self.readings_by_item.items())
        return tuple((node, entries) for node, entries in found if node)

    @property
    def measured_objectives(self) -> Iterator[tuple[Node, list[LocatedEntry[Reading]]]]:
        """Those that are objectives."""
        return ((node, entries) for node, entries in self.measured_items if node.is_objective)

    @cached_property
    def _recorded(self) -> dict[Path, ObjectiveFacts]:
        """The items that have readings with these, by their path; made once, as several rules ask what they say."""
        return {node.path: self._facts_of(node) for node in self.nodes if node.item.id in self.readings_by_item}

    def _facts_of(self, node: Node) -> ObjectiveFacts:
        found = self.readings_by_item.get(node.item.id, ())
        units = [one.record.progress.unit or "" for one in found]
        return recorded_facts(node, [one.entry for one in found], self.period, units, self.register)

    def recorded_facts(self, node: Node) -> ObjectiveFacts:
        """An item with all its readings."""
        return self._recorded.get(node.path) or self._facts_of(node)

    @cached_property
    def measured(self) -> tuple[tuple[LocatedEntry[Reading], Measured], ...]:
        """All readings, each with the target that it is about."""
        found: dict[str, Iterator[Measured]] = {}
        for item, entries in self.readings_by_item.items():
            node = self.by_id.get(item)
            read = self.recorded_facts(node).measured if node else all_measured([one.entry for one in entries], None)
            found[item] = iter(read)
        return tuple((one, next(found[one.entry.item])) for one in self.readings)

    @cached_property
    def readings_by_target(self) -> dict[tuple[str, int | None], list[LocatedEntry[Reading]]]:
        """The readings by the id of their item and the number of the target that they name."""
        found: dict[tuple[str, int | None], list[LocatedEntry[Reading]]] = defaultdict(list)
        for reading in self.readings:
            found[reading.entry.item, reading.entry.target].append(reading)
        return found

    @cached_property
    def responsible(self) -> tuple[tuple[Location, str | Assignment], ...]:
        """Who leads and supports items, and who leads corrective actions (ISO 9001:2015, 10.2), each with its place.
        Where persons are registered, those who watch over items and check actions too."""
        found: list[tuple[Location, str | Assignment]] = []
        for node in self.nodes:
            monitor = node.item.monitor if self.register.people else ()
            for name, people in (("lead", node.item.lead), ("support", node.item.support), ("monitor", monitor)):
                found += [(self.at(node, name, index), typed) for index, typed in enumerate(people)]
        for action in self.entries("corrective_actions", "audit"):
            checker = action.entry.verified_by if self.register.people else None
            for name, one in (("lead", action.entry.lead), ("verified_by", checker)):
                found += [(action.at(name), one)] if one else []
        return tuple(found)

    @cached_property
    def texts(self) -> tuple[PlacedText, ...]:
        """The lines of the plan in words: those of the narrative, then those of the items."""
        return tuple(_texts_of_plan(self.plan, self.nodes)) if self.plan else ()

    def likely_about(self, point: Point) -> PlacedText | None:
        """The first line of the plan that is likely to be about a point of the standard."""
        return next((line for line in self.texts if point.is_likely_in(line.comparable)), None)

    @cached_property
    def calendar(self) -> Calendar:
        """The days on which the workspace's reports close."""
        return calendar_of(self.settings.reporting)

    @cached_property
    def known_until(self) -> date | None:
        """The last day on which something was recorded. Rules about what is late look from this day, never from
        today's date: the same files always have the same findings."""
        days = (recorded_on(entry) for record in self.records for entry in entries_of(record.progress))
        return max(days, default=None)

    def progress(self, nodes: Sequence[Node], as_of: date) -> PlanProgress:
        """Items of the plan, which must be there, as of a day."""
        assert self.plan is not None  # noqa: S101
        records = [record.progress for record in self.records]
        return plan_progress(self.plan, nodes, records, as_of, self.settings)

    def at(self, node: Node, *path: str | int) -> Location:
        """A place in an item."""
        return Location(self.file, (*node.path, *path))

    def at_target(self, node: Node, index: int) -> Location:
        """The phrase of an item that holds one of its targets, from 0."""
        return self.at(node, "target", node.typed_at(index))

    def lines(self, *fields: str) -> Iterator[tuple[Location, str]]:
        """The lines of some fields of the plan, such as its basis, each with its place."""
        for name in fields:
            yield from ((self.in_plan(name, at), line) for at, line in enumerate(getattr(self.plan, name, ())))

    def lines_of_items(self, *fields: str) -> Iterator[tuple[Location, Any]]:
        """The lines (or whoever leads) of some fields of all items, each with its place."""
        for node in self.nodes:
            for name in fields:
                for at, line in enumerate(getattr(node.item, name)):
                    yield self.at(node, name, at), line

    def in_plan(self, *path: str | int) -> Location:
        """A place in the plan's file."""
        return Location(self.file, path)


def _texts_of_plan(plan: Plan, nodes: Iterable[Node]) -> Iterator[PlacedText]:
    fields = [(("preamble",), plan.preamble), *narrative(plan), (("closing",), plan.closing)]
    fields += [((*node.path, name), getattr(node.item, name)) for node in nodes for name in _TEXT_FIELDS]
    for path, lines in fields:
        yield from (PlacedText((*path, index), line, plain(plain_text(line))) for index, line in enumerate(lines))


def narrative(branch: Plan | Section | Annex, path: Path = ()) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The titles and texts of the sections and annexes of a plan, each with its path."""
    for name in ("sections", "annexes"):
        for index, part in enumerate(getattr(branch, name, ())):
            place = (*path, name, index)
            yield (*place, "title"), part.title
            yield (*place, "text"), part.text
            yield from narrative(part, place)


Made = TypeVar("Made")


class SettingsContext(NamedTuple):
    """The settings of a workspace, the name of their file, and the document formats that they may name."""

    file: str
    settings: Settings
    profiles: frozenset[str] = frozenset()
    linked_outside: frozenset[str] = frozenset()
    """The settings whose folders are links that lead out of the workspace: `output`."""

    def at(self, *path: str | int) -> Location:
        """A place in the settings."""
        return Location(self.file, path)


def issuer_of(plan: Plan, register: Register) -> tuple[str, str]:
    """Code and name of the agency that issues a plan, `("TGPL", "Trung tâm Trợ giúp pháp lý")`; of one that is not
    registered both as typed, "" if none is named."""
    typed = plan.head.issuer or " ".join(plan.head.issuer_text)
    unit = register.by_code.get(typed) or (register.find(typed) if typed else None)
    return (unit.code, unit.name) if unit else (typed, typed)


Subject = TypeVar("Subject")


class Rule(NamedTuple, Generic[Subject]):
    """A rule: its code, its name, how much its findings weigh, and what finds them in a plan with its records
    (`Context`), between plans (`Iterable[PlanFacts]`), in what plans of an agency describe
    together (`Iterable[ManagementSystem]`), or in the settings (`SettingsContext`)."""

    code: str
    name: str
    severity: Severity
    check: Callable[[Subject], Iterable[Finding]]


CheckPlan: TypeAlias = Callable[[Context, Plan], Iterator[Finding]]


def of_plan(check: CheckPlan) -> Callable[[Context], Iterable[Finding]]:
    """What a rule looks at only where the plan of the records is there."""
    return lambda context: check(context, context.plan) if context.plan else ()


def cite(context: Context, point: str, hint: Message) -> Message:
    """A hint that names where the standard asks for it, `add 'lead' (TCVN ISO 9001:2015, 6.2.2 c)`; alone in a plan
    that does not belong to the standard, which asks nothing of it."""
    return load_standard(context.edition).citing(point, hint) if context.edition else hint


def objectives(context: Context) -> Iterator[Node]:
    """The objectives of a plan; none of a blank form, which promises nothing."""
    if context.plan and not context.plan.form:
        yield from (node for node in context.nodes if node.is_objective)


def repeated(things: Iterable[Made], key: Callable[[Made], object]) -> Iterator[tuple[Made, Made]]:
    """Each thing whose key an earlier one has, with the first of those; what has no key is left out."""
    seen: dict[object, Made] = {}
    for thing in things:
        if known := key(thing):
            first = seen.setdefault(known, thing)
            if first is not thing:
                yield thing, first


def below(context: Context, node: Node) -> tuple[Node, ...]:
    """All items under an item: in document order they follow it at once."""
    first = last = context.place_of.get(node.path, len(context.nodes)) + 1
    while last < len(context.nodes) and context.nodes[last].path[: len(node.path)] == node.path:
        last += 1
    return context.nodes[first:last]
