"""The values of an audit, and how the fields of plans and records become answers in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from qmsplan.diagnostics import Message
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period
from qmsplan.model.progress import AuditFinding, Completion, CorrectiveAction, Reading, Record
from qmsplan.model.standards import Point
from qmsplan.model.structured import Assignment, DeadlineForm, TargetForm
from qmsplan.model.text import PeriodWords
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.plan import PlanProgress, known_as
from qmsplan.rules.base import Context, below
from qmsplan.rules.findings import Location


class Verdict(StrEnum):
    """What plans and records hold on a point of the standard. Whether that meets the standard, only a person says."""

    RECORDED = "recorded"
    """The fields that belong to it are filled in, and its records are there."""
    MISSING = "missing"
    """Something that should be there is not, even if a part of it is."""
    OPEN = "open"
    """Nothing is asked for yet: its day has not come, or no case has arisen."""
    TO_JUDGE = "to_judge"
    """Only a person can say it, by what stands at the places named."""


class Spot(NamedTuple):
    """A field that answers a point: its name, its words, and its place. `line` counts from 1."""

    field: str
    text: Message
    place: Location
    line: int = 1


class AuditLine(NamedTuple):
    """A point of the standard, and what there is on it."""

    point: Point
    verdict: Verdict
    spots: tuple[Spot, ...] = ()
    evidence: tuple[str, ...] = ()
    """Documents and files, as recorded."""
    missing: tuple[Message, ...] = ()
    remark: Message | None = None


class ObjectiveAudit(NamedTuple):
    """One objective: its points, and what its readings say over the plan's period."""

    plan: str
    node: Node
    spot: Spot
    measurements: tuple[Measurement, ...]
    lines: tuple[AuditLine, ...]


class AgencyAudit(NamedTuple):
    """The plans of an agency for one period that belong to one edition. `lines` are what they answer together."""

    issuer: str
    """The agency's code in the register."""
    name: str
    period: Period
    standard: str
    plans: tuple[str, ...]
    lines: tuple[AuditLine, ...]
    objectives: tuple[ObjectiveAudit, ...]
    progress: tuple[PlanProgress, ...] = ()
    """The plans as of the day, with all their items."""

    @property
    def all_lines(self) -> Iterator[AuditLine]:
        """The lines of all plans together, then those of each objective."""
        yield from self.lines
        for objective in self.objectives:
            yield from objective.lines


class Audit(NamedTuple):
    """The audit of all agencies as of a day."""

    as_of: date
    agencies: tuple[AgencyAudit, ...]

    @property
    def totals(self) -> dict[Verdict, int]:
        """How many lines have each verdict."""
        found = [line.verdict for agency in self.agencies for line in agency.all_lines]
        return {verdict: found.count(verdict) for verdict in Verdict}


def line_of(
    point: Point,
    *spots: Spot,
    missing: tuple[Message, ...] = (),
    lacking: Message | None = None,
    evidence: tuple[str, ...] = (),
    verdict: Verdict | None = None,
    remark: Message | None = None,
) -> AuditLine:
    """A line of an audit. Without a verdict given, it is MISSING if something is missing, RECORDED if something
    is filled in, else OPEN. `lacking` is what is missing where nothing is filled in."""
    if lacking and not spots:
        missing = (*missing, lacking)
    plain = Verdict.MISSING if missing else Verdict.RECORDED if spots else Verdict.OPEN
    return AuditLine(point, verdict or plain, spots, tuple(dict.fromkeys(evidence)), missing, remark)


Entry = TypeVar("Entry", Reading, Completion, CorrectiveAction, AuditFinding)


_FREQUENCIES = {
    "month": Message("each month"),
    "quarter": Message("each quarter"),
    "term": Message("each school term"),
    "half-year": Message("each half-year"),
    "year": Message("each year"),
}


def own(context: Context, node: Node, name: str) -> tuple[Spot, ...]:
    """A field of an item as an answer, if it is filled in."""
    value = getattr(node.item, name)
    text = _FREQUENCIES[value] if name == "frequency" and value in _FREQUENCIES else as_typed(words(value))
    return (Spot(name, text, context.at(node, name)),) if value else ()


def inherited(context: Context, node: Node, name: str) -> tuple[Spot, ...]:
    """A field of the item, or of the nearest item above that has it, or else of the items below."""
    for nearest in node.upward:
        if found := own(context, nearest, name):
            return found
    return tuple(spot for other in below(context, node) for spot in own(context, other, name))


def of_plan(context: Context, name: str) -> tuple[Spot, ...]:
    """A field of the plan as an answer, if it is filled in."""
    value = getattr(context.plan, name) if context.plan else None
    return (Spot(name, as_typed(words(value)), context.in_plan(name)),) if value else ()


def as_typed(text: str) -> Message:
    """A text that every language says as it was typed."""
    return Message("{text}", text=text)


def words(value: object) -> str:
    """What a field says, on one line."""
    if isinstance(value, tuple):
        return "; ".join(filter(None, (words(part).strip(" ;").removeprefix("- ") for part in value)))
    if isinstance(value, Assignment):
        return f"{value.unit} ({value.scope})" if value.scope else value.unit
    if isinstance(value, (TargetForm, DeadlineForm)):
        return value.text or ", ".join(f"{name}: {part}" for name, part in value if part)
    return " ".join(plain_text(str(value)).split())


def recorded(
    context: Context, name: str, kind: type[Entry], items: frozenset[str], as_of: date
) -> Iterator[tuple[Spot, Entry, Record]]:
    """The entries of one list in progress files that are about some items and were known on a day."""
    for record in context.records:
        for index, newest in enumerate(getattr(record.progress, name)):
            entry = known_as(newest, as_of) if newest.item in items else None  # corrections keep the item
            if isinstance(entry, kind):
                yield Spot(name, _entry(entry, context), Location(record.file, (name, index, "item"))), entry, record


def audited_unit(finding: AuditFinding, register: Register) -> str:
    """The name of the unit that a finding is about: `Phòng Nghiệp vụ` for `NV`; as typed if the register has none."""
    unit = register.find(finding.unit)
    return unit.name if unit else finding.unit


def _entry(entry: Reading | Completion | CorrectiveAction, context: Context) -> Message:
    """An entry on one line: `2026-Q3: 126/130`, `2026-09-18`, `2026-Q3: Bố trí 02 viên chức trực`."""
    said: object
    if isinstance(entry, AuditFinding):
        return as_typed(f"{entry.clause}, {audited_unit(entry, context.register)}: {words(entry.finding)}")
    if isinstance(entry, Completion):
        said = entry.done
    elif isinstance(entry, CorrectiveAction):
        said = words(entry.action)
    elif entry.denominator is not None and entry.numerator is not None:
        said = f"{entry.numerator}/{entry.denominator}"
    else:
        said = next((given for given in (entry.value, entry.change, entry.numerator) if given is not None), "–")
    if entry.period is None:
        return Message("{text}", text=said)
    return Message("{name}: {text}", name=PeriodWords(entry.period), text=said)


def evidence_of(entry: Reading | Completion | CorrectiveAction) -> tuple[str, ...]:
    """The documents and files that prove an entry."""
    return (*(words(line) for line in entry.evidence), *entry.files)
