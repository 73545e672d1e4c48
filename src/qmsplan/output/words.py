"""The words for states, in the catalogues under these English names.

Days as readers of a language write them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from qmsplan.model.inline import plain_text
from qmsplan.model.period import previous, year_before
from qmsplan.model.text import decimal_text, period_text, short_date
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import Attainment, Direction, Measurement
from qmsplan.progress.occurrences import State
from qmsplan.progress.status import StatusRow

_TINY = 1e-9
"""A mean of thirds that should be whole may fall short of it by less than this."""


def state_word(state: State | Attainment, translate: Callable[[str], str]) -> str:
    """A state in words."""
    return {
        State.DONE: translate("done"),
        State.DONE_LATE: translate("done late"),
        State.OVERDUE: translate("overdue"),
        State.DUE: translate("due this quarter"),
        State.UPCOMING: translate("upcoming"),
        State.WAITING: translate("waiting for an event"),
        State.EVIDENCED: translate("continuous, evidenced"),
        State.NO_EVIDENCE: translate("continuous, no evidence"),
        State.NO_DEADLINE: translate("no deadline"),
        Attainment.ATTAINED: translate("attained"),
        Attainment.MISSED: translate("missed"),
        Attainment.NO_DATA: translate("no data"),
        Attainment.NO_BASELINE: translate("no baseline"),
        Attainment.NO_CASES: translate("no cases"),
        Attainment.NOT_MEASURABLE: translate("not measurable"),
    }[state]


def number_text(value: Decimal, language: str) -> str:
    """All decimals of a number that was typed."""
    text = f"{value:f}"
    return text.replace(".", ",") if language == "vi" else text


def measured_text(measurement: Measurement | None, language: str, translate: Callable[[str], str]) -> str:
    """`96,92% (126/130)`, `12`, `12% (50 → 44)`, or why there is no value; "" for what is no objective."""
    if measurement is None:
        return ""
    if measurement.change is not None:
        return _change_text(measurement, measurement.change, language)
    if measurement.value is None or measurement.attainment is Attainment.NO_BASELINE:
        return state_word(measurement.attainment, translate)
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


def share_text(share: float | None) -> str:
    """`45%` of 0.45, rounded down so that only what is whole is 100%; a dash if it is not known."""
    return "–" if share is None else f"{int(share * 100 + _TINY)}%"


def trend_words(measurement: Measurement, translate: Callable[[str], str]) -> list[tuple[Direction, str]]:
    """How a result moved, in words; nothing where it is not known, and a year's two trends are one."""
    trend = measurement.trend
    last_year = [(trend.year_before, _year_words(trend.year_before, translate))]
    if previous(measurement.period) == year_before(measurement.period):
        return [(direction, words) for direction, words in last_year if words]
    both = [(trend.previous, _previous_words(trend.previous, translate)), *last_year]
    return [(direction, words) for direction, words in both if words]


def _previous_words(direction: Direction, translate: Callable[[str], str]) -> str:
    return {
        Direction.BETTER: translate("better than before"),
        Direction.WORSE: translate("worse than before"),
        Direction.SAME: translate("same as before"),
    }.get(direction, "")


def _year_words(direction: Direction, translate: Callable[[str], str]) -> str:
    return {
        Direction.BETTER: translate("better than a year ago"),
        Direction.WORSE: translate("worse than a year ago"),
        Direction.SAME: translate("same as a year ago"),
    }.get(direction, "")


def lead_text(row: StatusRow) -> str:
    """Who leads the item of a row."""
    return leads_of(row.node)


def item_text(row: StatusRow) -> str:
    """The words of a row's item."""
    return text_of(row.node)


def leads_of(node: Node) -> str:
    """Who leads, as typed, without the dash of a list and the closing point of a sentence."""
    names = (entry if isinstance(entry, str) else entry.unit for entry in node.lead)
    return "; ".join(plain_text(name).removeprefix("- ").rstrip(" .;") for name in names)


def text_of(node: Node) -> str:
    """An item's words on one line, without marks."""
    return plain_text(" ".join(node.item.text))


__all__ = ["period_text", "short_date"]
