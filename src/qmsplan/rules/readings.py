"""Rules on readings that say nothing that can be true, and count nowhere for it (QP303, QP304, QP307, QP312, QP321,
QP341): `progress.reading_faults` says what they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from qmsplan.diagnostics import Severity
from qmsplan.progress.reading_faults import ONE_VALUE, plan_faults, value_fault
from qmsplan.rules.base import Context, Rule
from qmsplan.rules.findings import Finding


def _with_fault(context: Context, code: str) -> Iterator[Finding]:
    """The readings with the fault of a code, and what is wrong with each."""
    for found, measured in context.measured:
        for own, fault in measured.faults:
            if own == code:
                yield Finding(found.at(*([fault.field] if fault.field else [])), fault.message, fault.hint)


def reading_without_value(context: Context) -> Iterator[Finding]:
    """Readings without a value, with half a fraction, or with a value and what it is computed from; also as they were
    before they were corrected, which a status of an earlier day shows."""
    yield from _with_fault(context, "QP304")
    for found in context.readings:
        for at, old in enumerate(found.entry.earlier):
            if message := value_fault(old):
                yield Finding(found.at("earlier", at), message, ONE_VALUE)


def other_unit(context: Context) -> Iterator[Finding]:
    """Values typed with another unit than that of their target, those planned by period and those of readings."""
    for node in context.nodes:
        for fault in plan_faults(node):
            yield Finding(context.at(node, "plan", fault.field), fault.message, fault.hint)
    yield from _with_fault(context, "QP321")


RULES = (
    Rule("QP303", "numerator-above-denominator", Severity.ERROR, partial(_with_fault, code="QP303")),
    Rule("QP304", "reading-without-value", Severity.ERROR, reading_without_value),
    Rule("QP307", "unknown-target", Severity.ERROR, partial(_with_fault, code="QP307")),
    Rule("QP312", "fraction-of-count", Severity.ERROR, partial(_with_fault, code="QP312")),
    Rule("QP321", "other-unit", Severity.ERROR, other_unit),
    Rule("QP341", "below-nothing", Severity.ERROR, partial(_with_fault, code="QP341")),
)
