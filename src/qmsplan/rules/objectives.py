"""An objective that does not say what will be done (ISO 9001:2015, 6.2.2 a).

An objective that does not say who is responsible (ISO 9001:2015, 6.2.2 c).

An objective that does not say when it will be completed (ISO 9001:2015, 6.2.2 d).

An objective that does not say how its results will be evaluated (ISO 9001:2015, 6.2.2 e).

An objective that does not say what would count as attained (ISO 9001:2015, 6.2.1 b)."""

from __future__ import annotations

from collections.abc import Iterator

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.structured import Comparator
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import Target
from qmsplan.rules.base import Context, Finding, Rule, below, cite, objectives

_DOING = frozenset({"task", "activity"})


def no_measure(context: Context) -> Iterator[Finding]:
    """Objectives with neither measures nor tasks, which do not say either what result a task is to have."""
    for node in objectives(context):
        is_result = node.parent is not None and node.parent.kind in _DOING
        if not node.item.measures and node.is_leaf and not is_result:
            yield Finding(
                context.at(node, "id"),
                Message("the objective '{id}' does not say what will be done", id=node.item.id),
                Message("add 'measures', or tasks below it ({cited})", cited=cite(context, "doing")),
            )


NO_MEASURE = Rule("QP401", "no-measure", Severity.WARNING, no_measure)


def no_lead(context: Context) -> Iterator[Finding]:
    """Objectives without a lead of their own, above or below them."""
    for node in objectives(context):
        if not node.lead and not any(child.item.lead for child in below(context, node)):
            yield Finding(
                context.at(node, "id"),
                Message("the objective '{id}' does not say who is responsible", id=node.item.id),
                Message("add 'lead' ({cited})", cited=cite(context, "responsible")),
            )


NO_LEAD = Rule("QP402", "no-lead", Severity.WARNING, no_lead)


def no_deadline(context: Context) -> Iterator[Finding]:
    """Objectives without a deadline of their own, above or below them."""
    if context.plan and context.plan.plan.period is None:
        return  # deadlines mean nothing without a period, which another rule asks for
    for node in objectives(context):
        if node.deadline is None and not any(child.item.deadline for child in below(context, node)):
            yield Finding(
                context.at(node, "id"),
                Message("the objective '{id}' does not say when it will be completed", id=node.item.id),
                Message("add 'deadline' ({cited})", cited=cite(context, "deadline")),
            )


NO_DEADLINE = Rule("QP403", "no-deadline", Severity.WARNING, no_deadline)


def no_evaluation(context: Context) -> Iterator[Finding]:
    """Objectives without a way to evaluate them."""
    for node in objectives(context):
        if not _says_how(context, node):
            yield Finding(
                context.at(node, "id"),
                Message("the objective '{id}' does not say how its results will be evaluated", id=node.item.id),
                Message("add 'deliverables' or 'evaluation' ({cited})", cited=cite(context, "evaluation")),
            )


def _says_how(context: Context, node: Node) -> bool:
    if node.item.deliverables or node.item.evaluation:
        return True
    return any(entry.item.deliverables or entry.item.evaluation for entry in below(context, node))


NO_EVALUATION = Rule("QP404", "no-evaluation", Severity.WARNING, no_evaluation)


def not_measurable(context: Context) -> Iterator[Finding]:
    """Objectives without a target, and targets without a number."""
    for node in objectives(context):
        if not node.targets:
            yield Finding(
                context.at(node, "id"),
                Message("the objective '{id}' has no target and can't be measured", id=node.item.id),
                Message(
                    "add 'target', such as '>=95%' or 'ít nhất 01 lần/năm' ({cited})", cited=cite(context, "measurable")
                ),
            )
        for index, target in enumerate(node.targets):
            if isinstance(target, Target) and target.comparator is Comparator.QUALITATIVE:
                yield Finding(
                    context.at(node, "target", node.typed_at(index)),
                    Message("the target '{target}' names no number and can't be measured", target=target.phrase),
                    Message(
                        "say how much, such as '>=95%' or 'ít nhất 01 lần/năm' ({cited})",
                        cited=cite(context, "measurable"),
                    ),
                )


NOT_MEASURABLE = Rule("QP405", "not-measurable", Severity.WARNING, not_measurable)


RULES = (
    NO_MEASURE,
    NO_LEAD,
    NO_DEADLINE,
    NO_EVALUATION,
    NOT_MEASURABLE,
)
