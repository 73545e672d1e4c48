"""Values in words that several outputs share: states, measured values, shares, trends, who leads an item.

English here is the key of the catalogues; `translate` gives the reader's language."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from qmsplan.diagnostics import LANGUAGES, Message, Translator
from qmsplan.model.inline import plain_text
from qmsplan.model.period import previous, year_before
from qmsplan.model.progress import AuditFinding, CorrectiveAction
from qmsplan.model.text import decimal_text, short_period, short_periods
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import WHOLE, Direction, Measurement, beside_plan, measurable
from qmsplan.progress.occurrences import OccurrenceState, State
from qmsplan.progress.verdict import Attainment

_TINY = 1e-9
"""A mean of thirds that should be whole may fall short of it by less than this."""


class StateLook(NamedTuple):
    """How a state is shown: its word, its colour, and its style on a terminal."""

    word: Message
    colour: str
    style: str


GOOD, BAD, WARN, WAIT, NONE = "good", "bad", "warn", "wait", "none"
"""Colours of states."""
LOOKS: dict[State | Attainment, StateLook] = {
    State.DONE: StateLook(Message("done"), GOOD, "green"),
    State.DONE_LATE: StateLook(Message("done late"), WARN, "yellow"),
    State.OVERDUE: StateLook(Message("overdue"), BAD, "bold red"),
    State.AWAITED: StateLook(Message("figures awaited"), WARN, "yellow"),
    State.NO_DATA: StateLook(Message("no data"), WARN, "bold yellow"),
    State.DUE: StateLook(Message("due in this period"), WAIT, "bold yellow"),
    State.UPCOMING: StateLook(Message("upcoming"), WAIT, "dim"),
    State.WAITING: StateLook(Message("waiting for an event"), WAIT, "cyan"),
    State.EVIDENCED: StateLook(Message("continuous, evidenced"), GOOD, "green"),
    State.NO_EVIDENCE: StateLook(Message("continuous, no evidence"), WARN, "yellow"),
    State.NO_DEADLINE: StateLook(Message("no deadline"), NONE, "magenta"),
    Attainment.ATTAINED: StateLook(Message("attained"), GOOD, "green"),
    Attainment.MISSED: StateLook(Message("missed"), BAD, "bold red"),
    Attainment.EXCEEDED: StateLook(Message("exceeded"), BAD, "bold red"),
    Attainment.UNDER_WAY: StateLook(Message("under way"), WAIT, "cyan"),
    Attainment.KEPT: StateLook(Message("within the limit"), GOOD, "green"),
    Attainment.AWAITED: StateLook(Message("figures awaited"), WARN, "yellow"),
    Attainment.NO_DATA: StateLook(Message("no data"), WARN, "bold yellow"),
    Attainment.NOT_MEASURED: StateLook(Message("not measured in this period"), NONE, "dim"),
    Attainment.NO_BASELINE: StateLook(Message("no baseline"), WARN, "yellow"),
    Attainment.UNCLEAR: StateLook(Message("not clear if figures add up"), WARN, "yellow"),
    Attainment.NO_CASES: StateLook(Message("no cases"), NONE, "cyan"),
    Attainment.NOT_MEASURABLE: StateLook(Message("not measurable"), NONE, "dim"),
}


def line_word(line: OccurrenceState, node: Node, translate: Translator) -> str:
    """The state of a due day: an objective whose figures are there is evaluated, attained or not, and not done; of one
    without a number no figures are asked for, and it is not evaluated until that is recorded."""
    if node.is_objective and line.state in {State.AWAITED, State.NO_DATA} and not measurable(node):
        return translate("not evaluated")
    return due_word(line.state, translate, is_objective=node.is_objective)


def due_word(state: State, translate: Translator, *, is_objective: bool) -> str:
    """As `line_word`, where no item is at hand."""
    word = _EVALUATED.get(state) if is_objective else None
    return translate(word) if word else state_word(state, translate)


_EVALUATED = {State.DONE: Message("evaluated"), State.DONE_LATE: Message("evaluated late")}


def state_word(state: State | Attainment, translate: Translator) -> str:
    """A state in words."""
    return translate(LOOKS[state].word)


def result_word(measurement: Measurement, translate: Translator) -> str:
    """A result in words: `attained`; `attained, 31 day(s) late` for an amount that was reached after its day."""
    word = state_word(measurement.attainment, translate)
    if measurement.attainment is Attainment.NO_DATA and measurement.has_figures:
        return translate("figures missing")  # some are there, and stand beside it
    if not measurement.days_late:
        return word
    return translate("{word}, {days} day(s) late", word=word, days=measurement.days_late)


def state_names() -> dict[str, tuple[str, ...]]:
    """The words of all states and attainments in every language, by their codes: `{"overdue": ("quá hạn", "overdue")}`.

    For `phrases.asked.asked_states`, which reads them where they are typed."""
    languages = [Translator(language) for language in LANGUAGES]
    return {
        state.value: tuple(state_word(state, translate) for translate in languages)
        for kind in (State, Attainment)
        for state in kind
    }


def measured_text(measurement: Measurement | None, translate: Translator) -> str:
    """A measured value: `96,92% (126/130)`, `12`, `12% (50 → 44 vụ)`; a word for why there is none; "" for what is no
    objective."""
    if measurement is None:
        return ""
    parts = _parts_text(measurement, translate)
    part = f"{short_period(measurement.part, translate.language)}:" if measurement.part and parts else ""
    return " ".join(filter(None, (part, _value_text(measurement, translate), parts)))


def _value_text(measurement: Measurement, translate: Translator) -> str:
    if measurement.by_unit:
        return _units_text(measurement, translate)
    if measurement.change is not None:
        return _change_text(measurement, measurement.change, translate)
    if measurement.value is None:
        return state_word(measurement.attainment, translate)
    value = decimal_text(measurement.value, translate.language, measurement.bounds)
    text = value + unit_text(measurement)
    if measurement.planned and measurement.percent is not None:
        planned = decimal_text(measurement.planned, translate.language, (measurement.planned,)) + unit_text(measurement)
        return f"{value}/{planned} ({decimal_text(measurement.percent, translate.language, WHOLE)}%)"
    if measurement.denominator is None:
        return text
    return f"{text} ({measurement.numerator}/{measurement.denominator})"


def unit_text(measurement: Measurement) -> str:
    """The unit as it stands behind a measured value: `%` close to it, ` giờ` with a space; "" if there is none."""
    if measurement.denominator is not None:
        return measurement.share_sign
    return behind_number(measurement.unit)


def behind_number(unit: str) -> str:
    """A unit as it stands behind a number: `%` close to it, ` lớp` with a space."""
    return unit if unit in {"", "%"} else f" {unit}"


def _units_text(measurement: Measurement, translate: Translator) -> str:
    """The values of units that can't be put together: `P1 95%; P2 80% (can't be put together: …)`."""
    unit = unit_text(measurement)
    values = [
        f"{entry.unit or '–'} "
        + (decimal_text(entry.value, translate.language, (entry.value,)) + unit if entry.value is not None else "–")
        for entry in measurement.by_unit
    ]
    is_share = measurement.target is not None and measurement.target.counts_shares
    why = Message("not put together: give numerators and denominators") if is_share else Message("not put together")
    return f"{'; '.join(values)} ({translate(why)})"


_PARTS = {
    1: Message("met in {met} of {of} months"),
    3: Message("met in {met} of {of} quarters"),
    6: Message("met in {met} of {of} half-years"),
    12: Message("met in {met} of {of} years"),
}


def _parts_text(measurement: Measurement, translate: Translator) -> str:
    """In how many parts of its time a target is met, where one of them is told: `(met in 2 of 3 quarters)`."""
    parts = measurement.parts
    if parts is None or (parts.met == parts.of and measurement.part is None):
        return ""
    pattern = _PARTS.get(parts.months, Message("met in {met} of {of} times")).template
    return f"({translate(pattern, met=parts.met, of=parts.of)})"


def notes_of(measurement: Measurement, translate: Translator) -> list[str]:
    """What is said beside a result: that it is beyond its threshold, how much of the time of an amount has gone, of
    which times the figures are missing."""
    alarm = translate("warning threshold: {threshold}", threshold=measurement.alarm) if measurement.alarm else ""
    notes = alarm, time_text(measurement, translate), missing_text(measurement, translate)
    return [note for note in notes if note]


def counted_from(line: OccurrenceState, translate: Translator) -> str:
    """From which day the days late of an objective's figures count: `counted from 10/10/2026, the last day to report`;
    "" for work, and for what is not late."""
    if not line.days or line.last is None:
        return ""
    return translate("counted from {day}, the last day to report", day=line.last)


MOST_DAYS = 12
"""Due days of an item up to which each has a line; of more, those in one state share one."""


def missing_text(measurement: Measurement, translate: Translator) -> str:
    """Times whose figures did not come: `no figures for 2026-Q1, 2026-Q2; no figures of Phòng C for 2026-Q3`; "" if
    there are none."""
    told = []
    for units, times in measurement.missing_of.items():
        periods = short_periods(times, translate.language)
        told.append(
            translate("no figures of {units} for {periods}", units=", ".join(units), periods=periods)
            if units
            else translate("no figures for {periods}", periods=periods)
        )
    return "; ".join(told)


_SAYS_NOTHING = {Attainment.NOT_MEASURED, Attainment.NO_DATA, Attainment.AWAITED}
"""Results beside which the share of the time gone would read as if something had been done."""


def time_text(measurement: Measurement, translate: Translator) -> str:
    """How much of an amount's time has gone: `58,08% of the time gone`; "" for what is no amount or is final."""
    if measurement.time_share is None or measurement.is_final or measurement.attainment in _SAYS_NOTHING:
        return ""
    return translate(
        "{share} of the time gone", share=f"{decimal_text(measurement.time_share, translate.language, WHOLE)}%"
    )


def _change_text(measurement: Measurement, change: Decimal, translate: Translator) -> str:
    """A change in the direction asked for, with its baseline and value: `12% (50 → 44 vụ)`, `5 (50 → 45 vụ)`, `1,9 điểm
    phần trăm (6 → 4,1%)`."""
    target, language = measurement.target, translate.language
    unit = "" if target and target.is_difference else "%"
    if target and target.in_points and target.quantity == "%":
        unit = f" {translate('percentage points')}"
    text = decimal_text(change, language, measurement.change_bounds) + unit
    if measurement.value is None or measurement.baseline is None:
        return text
    value = decimal_text(measurement.value, language, measurement.bounds) + unit_text(measurement)
    return f"{text} ({decimal_text(measurement.baseline, language, (measurement.baseline,))} → {value})"


def share_text(share: float | None) -> str:
    """A share of 0 to 1 in whole per cent; only what is whole is `100%`, and only nothing `0%`. A dash if it is not
    known."""
    if share is None:
        return "–"
    shown = int(share * 100 + 0.5)
    is_apart = _TINY < share < 1 - _TINY
    return f"{min(max(shown, 1), 99) if is_apart else shown}%"


def trend_words(measurement: Measurement, translate: Translator) -> list[tuple[Direction, str]]:
    """How a result moved, in words; nothing where it is not known. For a year both trends are the same one."""
    trend = measurement.trend
    now, *then = trend.of_plan or (None, None, None)
    told = [(trend.previous, _PREVIOUS, then[0]), (trend.year_before, _YEAR_BEFORE, then[1])]
    is_one = previous(measurement.period) == year_before(measurement.period)
    return [
        (direction, translate(beside_plan(words[direction], now, before)))
        for direction, words, before in told[is_one:]
        if direction in words
    ]


_PREVIOUS = {
    Direction.BETTER: Message("better than before"),
    Direction.WORSE: Message("worse than before"),
    Direction.SAME: Message("same as before"),
}
_YEAR_BEFORE = {
    Direction.BETTER: Message("better than a year ago"),
    Direction.WORSE: Message("worse than a year ago"),
    Direction.SAME: Message("same as a year ago"),
}


def action_words(action: CorrectiveAction, translate: Translator) -> str:
    """A corrective action with what it is; a finding of an audit with its clause, and what the unit does about it."""
    done = plain_text(" ".join(action.action))
    if not isinstance(action, AuditFinding):
        return translate("corrective action: {text}", text=done)
    found = plain_text(" ".join(action.finding))
    found = translate("audit finding ({clause}): {text}", clause=action.clause, text=found)
    return f"{found}; {translate('corrective action: {text}', text=done)}" if done else found
