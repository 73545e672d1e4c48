"""The words for states, in the catalogues under these English names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.model.inline import plain_text
from qmsplan.model.wording import decimal_text
from qmsplan.progress.measure import Attainment
from qmsplan.progress.occurrence import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from qmsplan.progress.measure import Measurement
    from qmsplan.progress.status import StatusRow

__all__ = ["decimal_text", "item_text", "lead_text", "measured_text", "number_text", "state_word"]


def state_word(state: State | Attainment, say: Callable[[str], str]) -> str:
    """A state in words."""
    return {
        State.DONE: say("done"),
        State.DONE_LATE: say("done late"),
        State.OVERDUE: say("overdue"),
        State.DUE: say("due this quarter"),
        State.UPCOMING: say("upcoming"),
        State.WAITING: say("waiting for an event"),
        State.EVIDENCED: say("continuous, evidenced"),
        State.NO_EVIDENCE: say("continuous, no evidence"),
        State.NO_DEADLINE: say("no deadline"),
        Attainment.ATTAINED: say("attained"),
        Attainment.MISSED: say("missed"),
        Attainment.NO_DATA: say("no data"),
        Attainment.NO_BASELINE: say("no baseline"),
        Attainment.NO_CASES: say("no cases"),
        Attainment.NOT_MEASURABLE: say("not measurable"),
    }[state]


def number_text(value: Decimal, language: str) -> str:
    """All decimals of a number that was typed."""
    text = f"{value:f}"
    return text.replace(".", ",") if language == "vi" else text


def measured_text(measurement: Measurement | None, language: str, say: Callable[[str], str]) -> str:
    """`96,92% (126/130)`, `12`, `12% (50 → 44)`, or why there is no value; "" for what is no objective."""
    if measurement is None:
        return ""
    if measurement.change is not None:
        return _change_text(measurement, measurement.change, language)
    if measurement.value is None or measurement.attainment is Attainment.NO_BASELINE:
        return state_word(measurement.attainment, say)
    text = decimal_text(measurement.value, language)
    if measurement.denominator is None:
        return text
    return f"{text}% ({measurement.numerator}/{measurement.denominator})"


def _change_text(measurement: Measurement, change: Decimal, language: str) -> str:
    """The change in the direction asked for, and from what to what."""
    unit = "" if measurement.target and measurement.target.is_difference else "%"
    text = decimal_text(change, language) + unit
    if measurement.value is None or measurement.baseline is None:
        return text
    return f"{text} ({decimal_text(measurement.baseline, language)} → {decimal_text(measurement.value, language)})"


def lead_text(row: StatusRow) -> str:
    """Who leads, as typed, without the closing point of a sentence."""
    names = (entry if isinstance(entry, str) else entry.unit for entry in row.node.lead)
    return "; ".join(plain_text(name).rstrip(" .;") for name in names)


def item_text(row: StatusRow) -> str:
    """The item's words on one line, without marks."""
    return plain_text(" ".join(row.node.item.text))
