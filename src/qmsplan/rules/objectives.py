"""Rules on what an objective has to say (measures, lead, deadline, evaluation, target: QP401 to QP405), and on what the
words of an item say beside its target and its threshold (QP302, QP320)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.period import TERM
from qmsplan.model.structured import Comparator
from qmsplan.phrases.item_tree import Node, threshold_of
from qmsplan.phrases.people_words import LEAD
from qmsplan.phrases.tables import Expression
from qmsplan.phrases.target import Target, accepted
from qmsplan.phrases.target_parse import understand_targets
from qmsplan.phrases.target_vocabulary import number
from qmsplan.progress.measurement import has_share, measurable, warned
from qmsplan.rules.base import Context, Rule, below, cite, objectives
from qmsplan.rules.findings import Finding

_DOING = frozenset({"task", "activity"})


def _objectives_of_iso(context: Context) -> Iterator[Node]:
    """The objectives of a plan that belongs to ISO 9001: a list of indicators without `standard` owes it nothing."""
    return objectives(context) if context.edition else iter(())


def _lacking(context: Context, node: Node, message: Message, point: str, hint: Message) -> Finding:
    return Finding(context.at(node, "id"), message, cite(context, point, hint))


def no_measure(context: Context) -> Iterator[Finding]:
    """Objectives that do not say what will be done (ISO 9001:2015, 6.2.2 a); one below a task says what it brings."""
    for node in _objectives_of_iso(context):
        is_result = node.parent is not None and node.parent.kind in _DOING
        if not node.item.measures and node.is_leaf and not is_result:
            message = Message("the objective '{id}' does not say what will be done", id=node.item.id)
            yield _lacking(context, node, message, "doing", Message("add 'measures', or tasks below it"))


def no_lead(context: Context) -> Iterator[Finding]:
    """Objectives that do not say who is responsible, neither themselves nor above or below them (6.2.2 c): a phrase
    that names only who supports does not say it."""
    for node in objectives(context):
        names_nobody = next(context.register.named(node, LEAD), None) is None
        if names_nobody and not any(child.item.lead for child in below(context, node)):
            message = Message("the objective '{id}' does not say who is responsible", id=node.item.id)
            yield _lacking(context, node, message, "responsible", Message("add 'lead'"))


def no_deadline(context: Context) -> Iterator[Finding]:
    """Objectives that do not say when they will be completed, neither themselves nor above or below them (6.2.2 d)."""
    if context.plan and context.period is None:
        return  # QP203 asks for the period, without which no deadline is understood
    for node in _objectives_of_iso(context):
        if node.deadline is None and not any(child.item.deadline for child in below(context, node)):
            message = Message("the objective '{id}' does not say when it will be completed", id=node.item.id)
            yield _lacking(context, node, message, "deadline", Message("add 'deadline'"))


def no_evaluation(context: Context) -> Iterator[Finding]:
    """Objectives that do not say how their results will be evaluated, nor the items below them (6.2.2 e)."""
    for node in _objectives_of_iso(context):
        items = [node.item, *(child.item for child in below(context, node))]
        if not any(item.deliverables or item.evaluation for item in items):
            message = Message("the objective '{id}' does not say how its results will be evaluated", id=node.item.id)
            yield _lacking(context, node, message, "evaluation", Message("add 'deliverables' or 'evaluation'"))


def not_measurable(context: Context) -> Iterator[Finding]:
    """Objectives that do not say what would count as attained: no target, one without a number, or one that gives it
    only roughly, such as `khoảng 80%` (6.2.1 b)."""
    for node in objectives(context):
        if not node.targets:
            yield Finding(
                context.at(node, "id"),
                Message("the objective '{id}' has no target and can't be measured", id=node.item.id),
                cite(context, "measurable", Message("add 'target', such as '>=95%' or 'ít nhất 01 lần/năm'")),
            )  # fmt: skip
        for index, target in enumerate(node.targets):
            if isinstance(target, Target) and not target.is_measurable:
                is_rough = target.comparator is Comparator.ABOUT
                yield Finding(
                    context.at_target(node, index),
                    Message("the target '{target}' only says about how much, and can't be measured",
                            target=target.phrase)
                    if is_rough
                    else Message("the target '{target}' names no number and can't be measured", target=target.phrase),
                    cite(context, "measurable", Message("say how much, such as '>=95%' or 'ít nhất 01 lần/năm'")),
                )  # fmt: skip


_COMPARED = frozenset(Comparator) - {Comparator.EQUAL, Comparator.RANK, Comparator.ABOUT, Comparator.QUALITATIVE}


_SHORTENED = frozenset({"giờ", "ngày", "triệu đồng", "tỷ đồng"})
"""Units that a statement may write otherwise: `48h`, `5 tỷ`."""


def statement_target_mismatch(context: Context) -> Iterator[Finding]:
    """Targets that the words of their item contradict: `Đạt 95% hồ sơ …` beside `target: 98%`, `không quá 48 giờ`
    beside `không quá 84 giờ`."""
    for node in context.nodes:
        for index, target in enumerate(node.targets):
            stated = _contradiction(node, target) if isinstance(target, Target) else None
            if not stated or not isinstance(target, Target):
                continue
            yield Finding(
                context.at_target(node, index),
                Message("the statement says {stated}, the target says {target}", stated=stated, target=target.phrase),
                Message("make them agree: the document prints the statement, the status is computed from the target"),
            )


_ALARM = Expression(r"(?:ngưỡng|mức|giới hạn)\s+(?:cảnh báo|báo động|can thiệp)[^\d;.]{0,20}(\d[\d.]*(?:,\d+)?)")


def other_threshold(context: Context) -> Iterator[Finding]:
    """Thresholds that the words of their item contradict: `ngưỡng cảnh báo 85%` beside `threshold: < 80%`; and those
    that no result can be held against."""
    for node in context.nodes:
        item = node.item
        words = [*item.text, *(typed for typed in item.target if isinstance(typed, str))]
        stated = [found[1] for text in words for found in _ALARM.finditer(text)] if item.threshold else []
        known = {number(one) for one in re.findall(r"\d[\d.]*(?:,\d+)?", item.threshold or "")}
        if stated and known and not any(number(one) in known for one in stated):
            yield Finding(
                context.at(node, "threshold"),
                Message("the words of '{id}' name the threshold {stated}, the field says {threshold}",
                    id=item.id, stated=stated[0], threshold=item.threshold),
                Message("make them agree: both are printed"),
            )  # fmt: skip
        elif item.threshold and measurable(node):
            yield from _idle_threshold(context, node, item.threshold)


def _idle_threshold(context: Context, node: Node, threshold: str) -> Iterator[Finding]:
    """A threshold that no result can be held against: it has no number, or one of another unit than the targets, one of
    several, or it warns of what is good."""
    if warned(node):
        return
    targets = [target for _, target in measurable(node)]
    units = list(dict.fromkeys(target.quantity for target in targets))
    held = [target for target in targets if threshold_of(threshold, target.quantity)]
    hint = Message("write such as '< 85%' or '< 90% kế hoạch quý'")
    limit = threshold_of(threshold)
    if not limit:
        message = Message("'{threshold}' is not one number, so that nothing warns of it", threshold=threshold)
    elif not held:
        message = Message("'{threshold}' is not in the unit of the target, '{unit}', so that nothing warns of it",
            threshold=threshold, unit=", ".join(units))  # fmt: skip
    elif limit.of_plan and not has_share(targets[0]):
        message = Message("'{threshold}' is a share of what is planned, which '{target}' has not, so that nothing warns"
            " of it", threshold=threshold, target=targets[0].phrase)  # fmt: skip
        hint = Message("write the value itself, such as '< 85%'")
    elif len(held) > 1:
        message = Message("'{threshold}' may be of {count} targets, so that nothing warns of it",
            threshold=threshold, count=len(held))  # fmt: skip
        hint = Message("make an item of each target, with a threshold of its own")
    else:
        message = Message("'{threshold}' would warn of what is good for the target, '{target}', so that nothing does")
        if held[0].comparator is Comparator.BETWEEN:
            message = Message("'{threshold}' does not say from which side it warns, so that nothing does")
        message = message.filled(threshold=threshold, target=held[0].phrase)
        hint = Message("write '< 85%' to be warned of less, '> 95%' of more")
    yield Finding(context.at(node, "threshold"), message, hint)


def _contradiction(node: Node, target: Target) -> str | None:
    """What the statement says instead; None if it names the target's value, or nothing that is measured like it."""
    text = "; ".join(node.item.text)
    unit = target.quantity.lower()
    found = _stated_values(text)
    only = _only_other(found, target) if len(node.targets) == 1 else None
    if target.comparator not in _COMPARED or not (unit in text.lower() or unit in _SHORTENED):
        return only and only.phrase
    stated = [other for other in found if _is_alike(other, target)]
    if not stated or any(_is_same_value(other, target) for other in stated):
        return only and only.phrase
    near = [other for other in stated if other.value == target.value] or stated
    return "; ".join(_words_of(other) for other in near)


def _only_other(stated: Sequence[Target], target: Target) -> Target | None:
    """The only value of a statement, where it is measured like the only target of its item, and is another: what else
    should it be about? The words that say which values are enough may differ, a bare number has none."""
    if len(stated) != 1 or stated[0].is_conditional or stated[0].time or target.time:
        return None
    other = stated[0]
    if other.comparator is Comparator.EQUAL and other.value == 0 and target.comparator in _LIMITS:
        return other if target.value and not target.counts_shares else None  # `không có tai nạn` beside `1 vụ`
    is_same = (other.quantity, other.is_relative, other.in_points, other.is_rank) == (
        target.quantity, target.is_relative, target.in_points, target.is_rank)  # fmt: skip
    if not is_same or bool(other.per) != bool(target.per):
        return None
    if other.per_months and target.per_months and other.per != target.per:  # 8 a year are 2 in each quarter
        ours, theirs = ({TERM: 6}.get(length, length) for length in (target.per_months, other.per_months))
        return other if (other.value or 0) * ours != (target.value or 0) * theirs else None
    is_other = (other.value, other.upper) != (target.value, target.upper) and accepted(other) != accepted(target)
    years = {other.baseline_year, target.baseline_year} - {None}
    return other if is_other or other.per != target.per or len(years) > 1 else None


_LIMITS = frozenset({Comparator.AT_MOST, Comparator.LESS})


def _stated_values(text: str) -> list[Target]:
    """The values that a statement promises, criteria among them."""
    found = understand_targets(text)
    stated = [one for target in found for one in (target, target.criterion)] if isinstance(found, tuple) else []
    return [target for target in stated if target and target.is_measurable]


def _is_alike(stated: Target, target: Target) -> bool:
    """Whether a value in the statement can only mean what the target measures: any percentage, or an amount compared in
    the same way in the same unit. An amount of a part (`mỗi lớp ít nhất 30 học viên`) stands beside the whole."""
    if target.quantity == "%":
        return stated.quantity == "%"
    same = (stated.comparator, stated.unit) == (target.comparator, target.unit)
    return same and stated.population in ("", target.population)


def _is_same_value(stated: Target, target: Target) -> bool:
    """Whether a value in the statement is the target's: the same words, or words that accept the same shares."""
    if (stated.is_relative, stated.in_points) != (target.is_relative, target.in_points):
        return False
    if _limits_of(stated) == _limits_of(target):
        return True
    return not target.is_relative and accepted(stated) == accepted(target)


def _limits_of(target: Target) -> tuple[object, ...]:
    return (target.comparator, target.value, target.upper, target.excludes_value, target.excludes_upper)


_WORDS = {
    Comparator.AT_LEAST: "",
    Comparator.MORE: "trên",
    Comparator.AT_MOST: "không quá",
    Comparator.LESS: "dưới",
    Comparator.EQUAL: "đúng",
    Comparator.ABOUT: "khoảng",
    Comparator.REDUCE: "giảm",
    Comparator.INCREASE: "tăng",
    Comparator.BETWEEN: "từ",
}
"""How a value that a statement promises is named, in the words of plans."""


def _words_of(target: Target) -> str:
    unit = "%" if target.quantity == "%" else f" {target.unit}"
    value = f"{target.value}{unit}" + (f" đến {target.upper}{unit}" if target.upper is not None else "")
    return f"{_WORDS.get(target.comparator, '')} {value}".strip().replace(".", ",")


RULES = (
    Rule("QP302", "statement-target-mismatch", Severity.ERROR, statement_target_mismatch),
    Rule("QP320", "other-threshold", Severity.WARNING, other_threshold),
    Rule("QP401", "no-measure", Severity.WARNING, no_measure),
    Rule("QP402", "no-lead", Severity.WARNING, no_lead),
    Rule("QP403", "no-deadline", Severity.WARNING, no_deadline),
    Rule("QP404", "no-evaluation", Severity.WARNING, no_evaluation),
    Rule("QP405", "not-measurable", Severity.WARNING, not_measurable),
)
