"""The cascade for people (a table for each plan that others carry out, then what is wrong) and as JSON
(docs/json.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qmsplan.diagnostics import Message
from qmsplan.model.text import PeriodWords, number_text, short_period, shortened
from qmsplan.output.safe_text import clean, dump
from qmsplan.output.status import StatusView, console_of, print_parts, written_on
from qmsplan.output.status_data import VERSION, measurement_data
from qmsplan.output.words import LOOKS, behind_number, due_word, measured_text, missing_text, result_word
from qmsplan.phrases.item_tree import names_text
from qmsplan.phrases.target import Target
from qmsplan.progress.cascade import CarrierResult, Cascade, CascadeBranch, Conflict, TargetRollup
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.status import StatusRow

Cells = tuple[Text | Padding | Table, Text, Text]


def write_cascade(found: Cascade, view: StatusView) -> str:
    """Tables, totals and lists as one text."""
    console = console_of(view)
    heading = view.translate(
        "Plans of units beside those above them, {period}, as of {day}",
        period=PeriodWords(found.window),
        day=found.as_of,
    )
    console.print(Text(heading, "bold"))
    for plan, branches in groupby(found.branches, key=lambda branch: branch.plan):
        console.print(Text.assemble("\n", (clean(plan), "bold cyan"), "  ", clean(view.titles.get(plan, ""))))
        console.print(_branch_table(branches, view))
    _print_totals(console, found, view)
    _print_lists(console, found, view)
    return written_on(console)


def _branch_table(branches: Iterable[CascadeBranch], view: StatusView) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), show_edge=False, header_style="bold")
    table.add_column(view.translate("Objective, and who carries it out"), ratio=4, overflow="fold")
    table.add_column(view.translate("Result"), width=17, overflow="fold")  # 96,92% (126/130)
    table.add_column(view.translate("State"), width=18)
    for branch in branches:
        for cells in _branch_cells(branch, view):
            table.add_row(*cells)
    return table


def _branch_cells(branch: CascadeBranch, view: StatusView) -> Iterator[Cells]:
    name = Table.grid(padding=(0, 2, 0, 0))  # the words hang below each other, not below the id
    name.add_row(Text(clean(branch.node.item.id), "bold"), shortened(clean(branch.node.words), 90, whole_words=True))
    rollups = branch.rollups
    yield (name, *_own_cells(branch, view))
    for entry in rollups:
        if len(rollups) > 1:
            yield (_indented(clean(entry.target.phrase), 2), *_result_cells(entry.own, view))
        yield from _rollup_cells(entry, branch, view)
    if not rollups:
        yield from (
            (_indented(clean(ref)), Text(), _task_state(branch.states.get(ref), view)) for ref in branch.carriers
        )
    for ref in branch.supporters:
        yield _indented(view.translate("supported by {item}", item=clean(ref)), style="dim"), Text(), Text()
    if not branch.is_covered:
        yield _indented(view.translate("nobody carries it out"), style="bold red"), Text(), Text()


def _indented(words: str, columns: int = 4, style: str = "") -> Padding:
    return Padding(Text(words, style), (0, 0, 0, columns))


def _own_cells(branch: CascadeBranch, view: StatusView) -> tuple[Text, Text]:
    if len(branch.rollups) == 1:
        return _result_cells(branch.rollups[0].own, view)
    if not branch.node.is_objective:
        return Text(), _task_state(branch.states.get(branch.ref), view)
    is_vague = not branch.rollups
    return Text("–" if is_vague else ""), Text(view.translate("not measurable") if is_vague else "", "dim")


def _task_state(row: StatusRow | None, view: StatusView) -> Text:
    """The state of a task that an item above leaves to units: its worst due day in the window; nothing without one."""
    if row is None or row.worst is None:
        return Text()
    return Text(due_word(row.worst, view.translate, is_objective=False), LOOKS[row.worst].style)


def _rollup_cells(entry: TargetRollup, branch: CascadeBranch, view: StatusView) -> Iterator[Cells]:
    if entry.total:
        count = sum(part.is_added for part in entry.parts)
        name = view.translate("the units together ({count})", count=count)
        result, state = _result_cells(entry.total, view)
        yield _indented(name, 2), result, _with_agreement(state, entry, view)
    for ref in entry.shorter:
        words = view.translate("{plan} is for a part of this time only", plan=clean(ref.partition("/")[0]))
        yield _indented(words, 4, "yellow"), Text(), Text()
    known = {part.ref: part for part in entry.parts}
    for ref in dict.fromkeys((*branch.carriers, *known)):
        part = known.get(ref)
        yield (
            _carrier_cells(part, view)
            if part
            else (_indented(clean(ref)), Text(view.translate("no data"), "dim"), Text())
        )


def _carrier_cells(part: CarrierResult, view: StatusView) -> Cells:
    result, state = _result_cells(part.measurement, view)
    if not part.is_added:
        state = Text.assemble(state, "\n", (view.translate("not added"), "dim"))
    return _indented(clean(part.ref)), result, state


def _with_agreement(state: Text, entry: TargetRollup, view: StatusView) -> Text:
    if entry.agrees is None:
        return state
    word, style = (view.translate("agrees"), "green") if entry.agrees else (view.translate("differs"), "bold red")
    return Text.assemble(state, "\n", (word, style))


def _result_cells(measurement: Measurement, view: StatusView) -> tuple[Text, Text]:
    state = Text(result_word(measurement, view.translate), LOOKS[measurement.attainment].style)
    if measurement.missing and measurement.has_figures:
        state = Text.assemble(state, "\n", (missing_text(measurement, view.translate), "yellow"))
    return Text(measured_text(measurement, view.translate) if measurement.has_figures else "–"), state


def _print_totals(console: Console, found: Cascade, view: StatusView) -> None:
    totals = found.totals
    told = (
        Message("{count} objective(s)", count=totals["objectives"]),
        Message("{count} carried out", count=totals["covered"]),
        Message("{count} by nobody", count=totals["uncovered"]),
        Message("{count} target(s) asking for less than above", count=totals["conflicts"]),
        Message("{count} differing result(s)", count=totals["differing"]),
    )
    console.print()
    print_parts(console, "", [Text(view.translate(one)) for one in told])


def _print_lists(console: Console, found: Cascade, view: StatusView) -> None:
    translate = view.translate
    dangling = [f"{'/'.join(filter(None, (entry.plan, entry.item)))} → {entry.ref}" for entry in found.dangling]
    lists = (
        (translate("Nobody carries these out"), [branch.ref for branch in found.uncovered]),
        (translate("These carry out nothing of the plan above"), found.unlinked),
        (translate("These references lead nowhere"), dangling),
        (translate("Targets asking for less than above"), [_conflict(*entry, view) for entry in found.conflicts]),
    )
    for heading, lines in lists:
        if lines:
            console.print(Text("\n" + heading, "bold red"))
        for line in lines:
            console.print(Text("  " + clean(line)))


def _conflict(branch: CascadeBranch, entry: TargetRollup, conflict: Conflict, view: StatusView) -> str:
    if len(conflict.refs) == 1:
        below = f"{conflict.refs[0]}: {conflict.target.phrase}"
    else:
        value = _value_text(conflict.target, view)
        below = view.translate("{items} together: {value}", items=", ".join(conflict.refs), value=value)
    above, wanted = entry.target.phrase, conflict.above
    if wanted.value is not None and wanted.value != entry.target.value:  # what is planned for a part of the time
        above = f"{_value_text(wanted, view)} ({short_period(conflict.time, view.translate.language)})"
    return view.translate("{below}; above, {above}", below=below, above=f"{branch.ref}: {above}")


def _value_text(target: Target, view: StatusView) -> str:
    """The number of a target with its unit: `19 tỷ đồng`, `95%`."""
    if target.value is None:
        return ""
    return number_text(target.value, view.translate.language) + behind_number(target.quantity)


def cascade_json(found: Cascade) -> str:
    """The cascade as JSON."""
    value = {
        "version": VERSION,
        "period": found.window.code,
        "as_of": found.as_of,
        "branches": [_branch(branch) for branch in found.branches],
        "totals": found.totals,
        "uncovered": [branch.ref for branch in found.uncovered],
        "unlinked": list(found.unlinked),
        "dangling": [entry._asdict() for entry in found.dangling],
    }
    return dump(value)


def _branch(branch: CascadeBranch) -> dict[str, object]:
    return {
        "plan": branch.plan,
        "item": branch.node.item.id,
        "kind": branch.node.kind,
        "text": branch.node.words,
        "lead": names_text(branch.node.lead),
        "covered": branch.is_covered,
        "carriers": list(branch.carriers),
        "supporters": list(branch.supporters),
        "states": {ref: row.worst for ref, row in branch.states.items()},
        "targets": [_sum_data(entry) for entry in branch.rollups],
    }


def _sum_data(entry: TargetRollup) -> dict[str, object]:
    return {
        "target": entry.target.phrase,
        "own": measurement_data(entry.own),
        "rolled_up": measurement_data(entry.total) if entry.total else None,
        "agrees": entry.agrees,
        "parts": [
            {"item": part.ref, "added": part.is_added, "measurement": measurement_data(part.measurement)}
            for part in entry.parts
        ],
        "missing": list(entry.missing),
        "shorter": list(entry.shorter),
        "conflicts": [
            {
                "items": list(conflict.refs),
                "target": conflict.target.phrase,
                "value": str(conflict.target.value),
                "above": str(conflict.above.value),
                "period": conflict.time.code,
            }
            for conflict in entry.conflicts
        ],
    }
