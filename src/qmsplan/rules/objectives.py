"""Rules on what an objective has to say: measures, lead, deadline, evaluation, target (QP401 to QP405)."""

from __future__ import annotations

from collections.abc import Iterator

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.structured import Comparator
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people_words import LEAD
from qmsplan.phrases.target import Target
from qmsplan.rules.base import Context, Finding, Rule, below, cite, objectives

_DOING = frozenset({"task", "activity"})


def _held(context: Context) -> Iterator[Node]:
    """The objectives of a plan that belongs to ISO 9001: a list of indicators without `standard` owes it nothing."""
    return objectives(context) if context.edition else iter(())


def _lacking(context: Context, node: Node, message: Message, point: str, hint: Message) -> Finding:
    return Finding(context.at(node, "id"), message, cite(context, point, hint))


def no_measure(context: Context) -> Iterator[Finding]:
    """Objectives that do not say what will be done (ISO 9001:2015, 6.2.2 a); one below a task says what it brings."""
    for node in _held(context):
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
    for node in _held(context):
        if node.deadline is None and not any(child.item.deadline for child in below(context, node)):
            message = Message("the objective '{id}' does not say when it will be completed", id=node.item.id)
            yield _lacking(context, node, message, "deadline", Message("add 'deadline'"))


def no_evaluation(context: Context) -> Iterator[Finding]:
    """Objectives that do not say how their results will be evaluated, nor the items below them (6.2.2 e)."""
    for node in _held(context):
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
                    context.at(node, "target", node.typed_at(index)),
                    Message("the target '{target}' only says about how much, and can't be measured",
                            target=target.phrase)
                    if is_rough
                    else Message("the target '{target}' names no number and can't be measured", target=target.phrase),
                    cite(context, "measurable", Message("say how much, such as '>=95%' or 'ít nhất 01 lần/năm'")),
                )  # fmt: skip


RULES = (
    Rule("QP401", "no-measure", Severity.WARNING, no_measure),
    Rule("QP402", "no-lead", Severity.WARNING, no_lead),
    Rule("QP403", "no-deadline", Severity.WARNING, no_deadline),
    Rule("QP404", "no-evaluation", Severity.WARNING, no_evaluation),
    Rule("QP405", "not-measurable", Severity.WARNING, not_measurable),
)
