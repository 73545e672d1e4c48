"""The fields of plans and records as spots of an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from qmsplan.check.audit.values import Spot
from qmsplan.model.inline import plain_text
from qmsplan.model.record import Completion, CorrectiveAction, Reading
from qmsplan.model.structured import DeadlineForm, TargetForm
from qmsplan.model.units import Assignment
from qmsplan.rules.base import Place
from qmsplan.rules.coverage import below

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmsplan.model.bundle import Record
    from qmsplan.model.outline import Node
    from qmsplan.rules.base import Context

Entry = TypeVar("Entry", Reading, Completion, CorrectiveAction)


def own(context: Context, node: Node, name: str) -> tuple[Spot, ...]:
    """A field of an item, if it is filled in."""
    value = getattr(node.item, name)
    return (Spot(name, words(value), context.at(node, name)),) if value else ()


def inherited(context: Context, node: Node, name: str) -> tuple[Spot, ...]:
    """A field of the item, of the nearest item above it that has it, else of the items below."""
    nearest: Node | None = node
    while nearest:
        if found := own(context, nearest, name):
            return found
        nearest = nearest.parent
    return tuple(spot for other in below(context, node) for spot in own(context, other, name))


def of_plan(context: Context, name: str) -> tuple[Spot, ...]:
    """A field of the plan, if it is filled in."""
    value = getattr(context.plan.plan, name) if context.plan else None
    return (Spot(name, words(value), context.in_plan(name)),) if value else ()


def words(value: object) -> str:
    """What a field says, on one line."""
    if isinstance(value, tuple):
        return "; ".join(filter(None, (words(part).strip(" ;").removeprefix("- ") for part in value)))
    if isinstance(value, Assignment):
        return f"{value.unit} ({value.scope})" if value.scope else value.unit
    if isinstance(value, (TargetForm, DeadlineForm)):
        return value.text or _form(value)
    return " ".join(plain_text(str(value)).split())


def _form(value: TargetForm | DeadlineForm) -> str:
    return ", ".join(f"{name}: {part}" for name, part in value if part)


def recorded(
    context: Context, name: str, kind: type[Entry], items: frozenset[str], as_of: date
) -> Iterator[tuple[Spot, Entry, Record]]:
    """The entries of a list in progress files that are about some items and were known on a day."""
    for record in context.records:
        for index, entry in enumerate(getattr(record.progress, name)):
            if isinstance(entry, kind) and entry.item in items and _known(entry) <= as_of:
                yield Spot(name, _entry(entry), Place(record.file, (name, index, "item"))), entry, record


def _known(entry: Reading | Completion | CorrectiveAction) -> date:
    return max(entry.done, entry.recorded or entry.done) if isinstance(entry, Completion) else entry.recorded


def _entry(entry: Reading | Completion | CorrectiveAction) -> str:
    """`2026-Q3: 126/130`, `2026-09-18`, `2026-Q3: Bố trí 02 viên chức trực`."""
    if isinstance(entry, Completion):
        return f"{entry.period.code}: {entry.done}" if entry.period else str(entry.done)
    if isinstance(entry, CorrectiveAction):
        return f"{entry.period.code}: {words(entry.action)}"
    if entry.denominator is not None and entry.numerator is not None:
        return f"{entry.period.code}: {entry.numerator}/{entry.denominator}"
    value = next((given for given in (entry.value, entry.change, entry.numerator) if given is not None), "–")
    return f"{entry.period.code}: {value}"


def evidence_of(entry: Reading | Completion) -> tuple[str, ...]:
    """The documents and files that prove an entry."""
    return (*(words(line) for line in entry.evidence), *entry.files)
