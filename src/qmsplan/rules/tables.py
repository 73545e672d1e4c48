"""Rules on the tables that a plan asks for: columns, own fields, targets that nobody reads, money, starts
(QP612 to QP615, QP631, QP635, QP636), weights of KPIs (QP353)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice

from qmsplan.diagnostics import Message, Path, Severity, UserError, listed, reads
from qmsplan.model.period import parse_period, steps
from qmsplan.model.plan import Annex, Plan, Section
from qmsplan.model.table import COLUMNS, SEVERAL, ColumnForm, Money, TableForm, is_source, names_of, parts_of
from qmsplan.phrases.deadline import Deadline, DeadlineScope
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import unsaid_target
from qmsplan.progress.occurrences import start_day
from qmsplan.rules.base import Context, Rule, of_plan
from qmsplan.rules.findings import Finding

_TELLING = frozenset({"target", "text", "objective", "task", "activities"})
"""Columns that tell a target: its own, or those with the words of an item, which take it up."""


def target_not_printed(context: Context, plan: Plan) -> Iterator[Finding]:
    """Targets that no word of their item says, in a table whose columns the plan chose without any that tells them, or
    in a template of the workspace's own that prints no targets."""
    tells = context.templates.telling.get(plan.template)
    hint = Message("add 'target' to the 'columns' of the table")
    if tells is False:
        hint = Message("let the template print it: {place} in templates/{template}/body.xml.j2",
            place="{{ item.target }}", template=plan.template)  # fmt: skip
    for node in context.nodes if not tells else ():
        is_left_out = node.item.target and (tells is False or _tells_no_target(_table_of(plan, node)))
        if is_left_out and unsaid_target(node.item):
            message = Message("the target of '{id}' is printed nowhere", id=node.item.id)
            yield Finding(context.at(node, "target"), message, hint)


def _tells_no_target(table: TableForm | None) -> bool:
    """Whether a table has columns of the plan's choice, and none of them tells a target."""
    names = names_of(table) if table else []
    return bool(names) and _TELLING.isdisjoint(part for name in names for part in parts_of(name))


def _table_of(plan: Plan, node: Node) -> TableForm | None:
    """The table that an item is printed in, where the plan chose one."""
    branch: Plan | Section | Annex | None = plan
    path = node.path
    while branch and path[0] in {"sections", "annexes"}:
        branch, path = getattr(branch, str(path[0]))[path[1]], path[2:]
    return branch.table if branch else None


def unknown_column(context: Context, plan: Plan) -> Iterator[Finding]:
    """Columns that are no field of items, no period and no own field of the plan."""
    known = {*COLUMNS, *SEVERAL, *(plan.fields or {})}
    for path, name in _columns_in(plan):
        for part in parts_of(name):
            if part not in known and not reads(parse_period, part):
                yield Finding(
                    context.in_plan(*path),
                    Message("there is no column '{name}'", name=part),
                    Message("write a field of items, a period such as 2026-Q1, or a name that 'fields' declares"),
                )


def _columns_in(plan: Plan) -> Iterator[tuple[Path, str]]:
    """The names of the columns of all tables, each with its place."""
    for path, table in _tables_in(plan, ()):
        for index, column in enumerate(table.columns):
            if isinstance(column, str):
                yield (*path, "columns", index), column
            elif column.field is not None:
                yield (*path, "columns", index, "field"), column.field


def _tables_in(branch: Plan | Section | Annex, path: Path) -> Iterator[tuple[Path, TableForm]]:
    if branch.table:
        yield (*path, "table"), branch.table
    for name in ("sections", "annexes"):
        for index, part in enumerate(getattr(branch, name, ())):
            yield from _tables_in(part, (*path, name, index))


def undeclared_field(context: Context, plan: Plan) -> Iterator[Finding]:
    """Own fields of items that the plan does not declare."""
    declared = plan.fields or {}
    for node in context.nodes:
        for name in node.item.fields or {}:
            if name not in declared:
                yield Finding(
                    context.at(node, "fields", name),
                    Message("the plan does not declare the field '{name}'", name=name),
                    Message("declare it once in the plan, under 'fields', with its heading"),
                )


def start_of_work(context: Context) -> Iterator[Finding]:
    """Starts that are not understood, or that lie after the deadline."""
    for node in context.nodes:
        if node.item.start is None or context.period is None:
            continue
        start = start_day(node.item, DeadlineScope(context.period, context.settings.deadlines))
        if isinstance(start, UserError):
            yield Finding(context.at(node, "start"), start.message, start.hint)
        elif isinstance(start, date) and isinstance(node.deadline, Deadline):
            last = max((found.due or found.period.end for found in node.deadline.occurrences), default=start)
            if start > last:
                message = Message("'{id}' is to begin on {start}, after it is due on {due}",
                                  id=node.item.id, start=start, due=last)  # fmt: skip
                yield Finding(context.at(node, "start"), message, Message("correct 'start' or 'deadline'"))


def money_in_no_column(context: Context, plan: Plan) -> Iterator[Finding]:
    """Sums of money for which a table with a column for each source, or each time, has none."""
    for node in (node for node in context.nodes if node.item.budget):
        kinds = _kinds_of_sums(_table_of(plan, node))
        for index, money in enumerate(node.item.budget):
            lacking = (kind for kind in kinds if not any(_is_for(one, money) for one in kind))
            yield from (_in_no_column(context, node, index, kind) for kind in islice(lacking, 1))


def _in_no_column(context: Context, node: Node, index: int, columns: list[ColumnForm]) -> Finding:
    """The finding on a sum that none of the columns for its source, or for its time, is for."""
    money = node.item.budget[index]
    field = "source" if any(one.period in {None, money.period} for one in columns) else "period"
    place = (index, field) if getattr(money, field) else (index,) if len(node.item.budget) > 1 else ()
    return Finding(
        context.at(node, "budget", *place),
        Message("no column of the table is for this sum, so that the columns do not come to the whole"),
        Message("write its '{field}' as a column of the table has it, or add a column", field=field),
    )


def _kinds_of_sums(table: TableForm | None) -> list[list[ColumnForm]]:
    """The columns for sums by their source, and those by their time: each kind comes to the whole. Columns that have
    both belong to either, and are a kind of their own where there are no others."""
    forms = [column for column in table.columns if not isinstance(column, str)] if table else []
    columns = [one for one in forms if one.field and "budget" in parts_of(one.field)]
    by_source, by_time = [one for one in columns if one.source], [one for one in columns if one.period]
    kinds = [kind for kind in (by_source, by_time) if not all(one.source and one.period for one in kind)]
    return kinds or [by_source] * bool(by_source)


def _is_for(column: ColumnForm, money: Money) -> bool:
    """Whether a sum stands in a column."""
    return is_source(column.source, money.source) and column.period in {None, money.period}


def sum_not_of_parts(context: Context) -> Iterator[Finding]:
    """Sums of money that the parts of their item do not add up to."""
    with_money = [node for node in context.nodes if node.item.budget]
    holders = {above.path for node in with_money if node.parent for above in node.parent.upward}
    added: dict[Path, Decimal] = {}
    for node in with_money:
        if node.path not in holders:
            for above in node.upward:
                added[above.path] = added.get(above.path, Decimal(0)) + _amount_of(node)
    for node in with_money:
        if _amount_of(node) != added[node.path]:
            name = node.item.id
            yield Finding(
                context.at(node, "budget"),
                Message("the parts of '{id}' come to {added}, its own sum is {own}",
                    id=name, added=added[node.path], own=_amount_of(node)),
                Message("totals count the parts; correct one of them, or leave out the sum of '{id}'", id=name),
            )  # fmt: skip


def _amount_of(node: Node) -> Decimal:
    return sum((money.amount for money in node.item.budget), Decimal(0))


_ROOM = {"portrait": 165, "landscape": 247}
"""Millimetres for text on a page (annex I, part I, I.2 and I.3)."""
_LEAST, _LEAST_NUMBER, _LEAST_MARK, _LEAST_VALUE = 14, 8, 6.5, 11
"""Millimetres that a column needs at least for its longest word: any; of numbers; of a month's mark; of a figure."""
_STEPS = {"months": 1, "quarters": 3, "years": 12}
"""Names that stand for several columns, with the months of each."""


def too_many_columns(context: Context, plan: Plan) -> Iterator[Finding]:
    """Tables whose columns can't all be as wide as their longest word on the page that they stand on."""
    for path, table in _tables_in(plan, ()):
        page = table.orientation or ("portrait" if path[0] == "sections" else "landscape")
        if sum(_least_width(name, table, context) for name in names_of(table)) <= _ROOM[page]:
            continue
        hint = Message("write 'orientation: landscape' under 'table', or leave columns out")
        if page == "landscape":
            hint = Message("leave columns out, put two into one ('lead+support'), or make two tables")
        yield Finding(
            context.in_plan(*path, "columns"), Message("the table has more columns than the page has room for"), hint
        )


def _least_width(name: str, table: TableForm, context: Context) -> float:
    """The millimetres that a column, or those that a name stands for, need at least."""
    if name in _STEPS:
        count = len(list(steps(context.period, _STEPS[name]))) if context.period else 0
        return count * (_LEAST_MARK if table.kind == "schedule" else _LEAST_VALUE)
    if name == "number":
        return _LEAST_NUMBER
    return _LEAST_VALUE if reads(parse_period, name) else _LEAST


_WHOLE, _PERCENT = Decimal(100), Decimal(10)
"""What weights come to, and one that was surely meant as a part of it: 3, 4 and 2 only compare."""


def weights_not_hundred(context: Context, plan: Plan) -> Iterator[Finding]:
    """Weights of KPIs that come to 100 neither in their table, nor in each group, nor in all such tables together;
    items without one beside others that are parts of 100."""
    yield from _without_weight(context)
    tables: dict[int, list[Node]] = {}
    has_kpis = any(table.kind == "kpi" for _, table in _tables_in(plan, ()))
    for node in context.nodes if has_kpis else ():
        table = _table_of(plan, node)
        if table and table.kind == "kpi" and node.item.weight is not None:
            tables.setdefault(id(table), []).append(node)
    wholes = [_sums(nodes) for nodes in tables.values()]
    is_part = sum(whole for _, _, whole in wholes) == _WHOLE
    for nodes, (by_group, below, whole) in zip(tables.values(), wholes, strict=True):
        is_whole = is_part or _WHOLE in {below, whole} or by_group == {_WHOLE}
        if not is_whole and any((node.item.weight or 0) >= _PERCENT for node in nodes):
            message = Message("the weights of this table come to {sum}, not to 100", sum=whole)
            hint = Message("check them: each item counts with its share of the sum")
            yield Finding(context.at(nodes[0], "weight"), message, hint)


def _without_weight(context: Context) -> Iterator[Finding]:
    """Items that weigh 1, as they have no weight, beside others whose weights, or those of what stands below them, were
    surely meant as parts of 100."""
    own = [(node, node.item.weight) for node in context.nodes if node.item.weight is not None]
    weighed = {above.path for node, _ in own for above in node.upward}
    parts = {above.path[:-1] for node, weight in own if weight >= _PERCENT for above in node.upward}
    bare: dict[Path, list[Node]] = {}
    for node in context.nodes:
        if node.path[:-1] in parts and node.path not in weighed:
            bare.setdefault(node.path[:-1], []).append(node)
    for nodes in bare.values():
        ids = listed(node.item.id for node in nodes)
        message = Message("without a weight {ids} counts as 1, beside items with one", ids=ids)
        hint = Message("write its weight, 0 if it is only followed")
        yield Finding(context.at(nodes[0], "id"), message, hint)


def _sums(nodes: list[Node]) -> tuple[set[Decimal], Decimal, Decimal]:
    """What weights come to below each heading, at the lowest items that have one, and at the highest."""
    own = {node.path: node.item.weight or Decimal(0) for node in nodes}
    above = {node.path: [one.path for one in node.upward if one is not node and one.path in own] for node in nodes}
    holders = {path for paths in above.values() for path in paths}
    by_group: dict[Path, Decimal] = {}
    for node in nodes:
        heading = node.parent.path if node.parent else ()
        by_group[heading] = by_group.get(heading, Decimal(0)) + own[node.path]
    below = sum((weight for path, weight in own.items() if path not in holders), Decimal(0))
    return set(by_group.values()), below, sum((own[path] for path in own if not above[path]), Decimal(0))


RULES = (
    Rule("QP353", "weights-not-hundred", Severity.NOTE, of_plan(weights_not_hundred)),
    Rule("QP612", "target-not-printed", Severity.WARNING, of_plan(target_not_printed)),
    Rule("QP613", "unknown-column", Severity.ERROR, of_plan(unknown_column)),
    Rule("QP614", "undeclared-field", Severity.ERROR, of_plan(undeclared_field)),
    Rule("QP615", "start-of-work", Severity.WARNING, start_of_work),
    Rule("QP631", "too-many-columns", Severity.WARNING, of_plan(too_many_columns)),
    Rule("QP635", "money-in-no-column", Severity.WARNING, of_plan(money_in_no_column)),
    Rule("QP636", "sum-not-of-parts", Severity.WARNING, sum_not_of_parts),
)
