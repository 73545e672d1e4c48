"""Rules on what readings come to: means and values that are added up, running totals, parts beside their whole, and
where nothing says it (QP316, QP317, QP332 to QP334, QP358)."""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.period import Period
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Aggregation
from qmsplan.model.text import PeriodWords
from qmsplan.phrases.aggregation import MEAN, adds_up, counts_time
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_vocabulary import number
from qmsplan.progress.objective import subjects
from qmsplan.progress.objective_facts import ObjectiveFacts
from qmsplan.progress.readings import TargetReadings, covers, is_share, without_doubles
from qmsplan.progress.unclear import UnsureTarget
from qmsplan.rules.base import Context, LocatedEntry, Rule
from qmsplan.rules.findings import Finding


def mean_added_up(context: Context) -> Iterator[Finding]:
    """Means by their statement whose target does not say so: their readings are added up."""
    for node, index, target in context.measurable:
        if not node.is_objective or not adds_up(target) or target.is_relative or target.per:
            continue
        mean = MEAN.search(node.words)
        behind = _NUMBER.search(node.words, mean.end()) if mean else None
        is_other = behind and number(behind[0]) != target.value  # `4 lớp, trung bình 30 học viên`
        if mean and not is_other:
            yield Finding(
                context.at_target(node, index),
                Message("'{id}' speaks of a mean, and its readings are added up", id=node.item.id),
                Message("write 'bình quân' into the target: 'bình quân 60 triệu đồng'"),
            )


_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


def values_not_together(context: Context) -> Iterator[Finding]:
    """Readings of several units on one period whose values can't be put together."""
    for node, entries in context.measured_objectives:
        if len({found.record.progress.unit or "" for found in entries}) > 1:
            yield from _values_apart(context, node, entries)


def _values_apart(context: Context, node: Node, entries: list[LocatedEntry[Reading]]) -> Iterator[Finding]:
    facts = context.recorded_facts(node)
    of_number = subjects(facts)
    told: set[tuple[int | None, str]] = set()
    for found, asked in zip(entries, facts.numbers, strict=True):
        subject, period = of_number.get(asked or 0), found.entry.period
        result = subject.measured(period) if subject else None
        if result is None or not result.by_unit or (asked, period.code) in told:
            continue
        told.add((asked, period.code))
        yield Finding(
            found.at(),
            Message("the values of {units} in {period} can't be put together to one result",
                units=", ".join(entry.unit or "–" for entry in result.by_unit), period=PeriodWords(period)),
            Message("give numerator and denominator in each; where one unit answers for all, keep its reading alone"),
        )  # fmt: skip


def aggregation_unclear(context: Context) -> Iterator[Finding]:
    """Readings of which nothing says whether they add up, where the result hangs on it."""
    for node, _ in context.measured_objectives:
        for at, subject in subjects(context.recorded_facts(node)).items():
            ends = [reading.period.end for reading in subject.known.readings if subject.may_be_unclear]
            spans = subject.times_in(Period(min(ends), max(ends))) if ends else ()
            times = [subject.known.inside(time) for time in spans]
            if any(map(subject.is_unclear, times)):
                yield Finding(
                    context.at_target(node, at - 1),
                    Message("nothing says whether the figures of '{id}' add up, and its result depends on it",
                        id=node.item.id),
                    _aggregation_hint(node, subject, times),
                )  # fmt: skip


def _aggregation_hint(node: Node, subject: UnsureTarget, times: Sequence[Sequence[Reading]]) -> Message:
    if any(map(subject.is_of_same_cases, times)):
        return Message(
            "write 'aggregation: sum' if each period has cases of its own; if they are the same ones each time,"
            " 'cumulative', and record how many of them there are so far (50 of 50)"
        )
    if any(map(subject.is_turned_by_years, times)):
        return Message(
            "write '/năm' behind the number if each year is judged by its own figures, 'aggregation: sum' if those of"
            " all years add up"
        )
    if any(map(subject.is_of_longer_times, times)):
        return Message(
            "write 'aggregation: latest' if each figure is how many there were in a week or a day; if it is how many"
            " there were in its period, write the target for this: '26 buổi/quý'"
        )
    if len(node.targets) > 1:
        return Message("write one for each target, in a list: 'aggregation: [sum, latest]'")
    return Message(
        "write 'aggregation: sum' if each figure is what arose in its period, 'latest' if it is what there was at its"
        " end, 'cumulative' if it is a running total"
    )


def running_total_falls(context: Context) -> Iterator[Finding]:
    """Running totals that are less than before: what each period adds may have been typed, and the last figure stands
    for the year."""
    for node, entries in context.measured_objectives:
        yield from _falling_totals(context.recorded_facts(node), entries)


def _falling_totals(facts: ObjectiveFacts, entries: Sequence[LocatedEntry[Reading]]) -> Iterator[Finding]:
    known = {of: one for of, one in subjects(facts).items() if one.target.aggregation is Aggregation.CUMULATIVE}
    told = zip(entries, facts.numbers, strict=True) if known else ()
    last: dict[tuple[object, ...], tuple[Decimal, Period]] = {}
    for found, of in sorted(told, key=lambda one: one[0].entry.period.end):
        subject, reading = known.get(of or 0), found.entry
        value = reading.value if reading.numerator is None else Decimal(reading.numerator)
        if subject is None or value is None:
            continue
        kind = (of, found.record.progress.unit, subject.time_of(reading.period.end), reading.numerator is None)
        before, period = last.get(kind, (value, reading.period))
        if value < before and period.end < reading.period.end:
            yield Finding(
                found.at("value" if reading.numerator is None else "numerator"),
                Message("'{id}' is a running total, and it falls from {before} in {period} to {value}",
                    id=reading.item, before=before, period=PeriodWords(period), value=value),
                Message("check the number; if each figure is what arose in its period, write 'aggregation: sum',"
                    " of a share without cases 'aggregation: latest'"),
            )  # fmt: skip
        last[kind] = value, reading.period


def whole_against_parts(context: Context) -> Iterator[Finding]:
    """Readings over a time that can't be true beside those of its parts in the same file: a part is more than the
    whole, all parts come to another sum, or what there is on one day is told twice (docs/decisions/0030)."""
    for node, entries in context.measured_objectives:
        facts = context.recorded_facts(node)
        known, told = subjects(facts), defaultdict[tuple[str, int], list[LocatedEntry[Reading]]](list)
        for found, of in zip(entries, facts.numbers, strict=True):
            if of in known and _figures(found.entry):
                told[found.record.file, of].append(found)
        for (_, of), of_file in told.items():
            for whole in of_file:
                parts = [one for one in of_file if one.entry.period in whole.entry.period and one is not whole]
                yield from _contradiction(known[of].known, whole, parts)


def _figures(reading: Reading) -> tuple[Decimal, ...]:
    """What can be added up of a reading: its cases, else its value."""
    cases = (reading.numerator, reading.denominator)
    numbers = cases if is_share(reading) else (reading.value,)
    return tuple(Decimal(number) for number in numbers if number is not None)


def _contradiction(
    known: TargetReadings, whole: LocatedEntry[Reading], parts: Sequence[LocatedEntry[Reading]]
) -> Iterator[Finding]:
    reading, wanted = whole.entry, _figures(whole.entry)
    parts = [one for one in parts if len(_figures(one.entry)) == len(wanted) and one.entry.period != reading.period]
    grows = known.adds_up or is_share(reading) or known.target.aggregation is Aggregation.CUMULATIVE
    larger = [one for one in parts if grows and any(map(operator.gt, _figures(one.entry), wanted))]
    same_day = [one for one in parts if known.takes_last and one.entry.period.end == reading.period.end]
    pattern = Message("'{id}' is {value} in {period}, and {other} in {part}, which is a part of it")
    other = next((one for one in (*larger, *same_day) if _figures(one.entry) != wanted), None)
    apart = without_doubles([one.entry for one in parts])
    if other:
        shown = _shown(_figures(other.entry))
    elif known.takes_last or not grows or not covers((one.period for one in apart), reading.period):
        return
    else:
        added = tuple(sum(numbers, Decimal(0)) for numbers in zip(*map(_figures, apart), strict=True))
        is_of_same = len(wanted) > 1 and all(_figures(one)[1] == wanted[1] for one in apart)  # of 50 people each time
        if added == wanted or is_of_same:
            return
        pattern, other = Message("'{id}' is {value} in {period}, and its parts come to {other}"), parts[0]
        shown = _shown(added)
    yield Finding(
        whole.at("numerator" if is_share(reading) else "value"),
        pattern.filled(id=reading.item, value=_shown(wanted), other=shown,
            period=PeriodWords(reading.period), part=PeriodWords(other.entry.period)),
        Message("correct one of them; what is typed for the longer period stands for its parts"),
        other.at(),
        first_says=Message("the other reading"),
    )  # fmt: skip


def _shown(figures: Sequence[Decimal]) -> Decimal | str:
    """`9`, or `37/40` of cases."""
    return figures[0] if len(figures) == 1 else "/".join(map(str, figures))


def aggregation_without_target(context: Context) -> Iterator[Finding]:
    """More values of `aggregation` than targets, and sums of what never adds up: ranks, values for each of something,
    and shares told in per cent alone."""
    for node in context.nodes:
        given, targets = node.item.aggregation, node.targets
        if len(given) > max(len(targets), 1) or (given and not targets):
            yield Finding(
                context.at(node, "aggregation"),
                Message("'{id}' has {count} target(s), and 'aggregation' says {given}",
                    id=node.item.id, count=len(targets), given=len(given)),
                Message("write one value for all targets, or one for each in their order"),
            )  # fmt: skip
    for node, _, target in context.measurable:
        is_said = bool(node.item.aggregation) and target.aggregation is Aggregation.SUM
        if is_said and (hint := _instead_of_sum(context, node, target)):
            message = Message("figures in '{unit}' do not add up", unit=target.quantity or "hạng")
            yield Finding(context.at(node, "aggregation"), message, hint)


def _instead_of_sum(context: Context, node: Node, target: Target) -> Message | None:
    """What to write of figures that never add up; None of those that do."""
    measured = context.recorded_facts(node).measured if target.counts_shares else ()
    if any(one.reading.value is not None and one.target is target for one in measured):
        return Message("give numerator and denominator, whose cases add up; or write 'latest', or 'cumulative'")
    is_for_each = "/" in target.quantity and not counts_time(target)  # hours of each person add up
    return Message("write 'latest', or leave 'aggregation' out") if target.is_rank or is_for_each else None


RULES = (
    Rule("QP316", "values-not-together", Severity.WARNING, values_not_together),
    Rule("QP317", "mean-added-up", Severity.WARNING, mean_added_up),
    Rule("QP332", "aggregation-unclear", Severity.WARNING, aggregation_unclear),
    Rule("QP333", "aggregation-without-target", Severity.WARNING, aggregation_without_target),
    Rule("QP334", "running-total-falls", Severity.WARNING, running_total_falls),
    Rule("QP358", "whole-against-parts", Severity.WARNING, whole_against_parts),
)
