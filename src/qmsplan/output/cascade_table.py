"""The cascade for people: a table for each plan that others carry out, then what is not as it should be."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from qmsplan.model.wording import period_text, short_date
from qmsplan.output.clean import clean, shortened
from qmsplan.output.screen import console_of, written_on
from qmsplan.output.styles import STYLES
from qmsplan.output.words import measured_text, number_text, state_word, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from qmsplan.output.status_table import View
    from qmsplan.progress.cascade import Branch, Cascade
    from qmsplan.progress.measure import Measurement
    from qmsplan.progress.rollup import Conflict, Part, Sum

    Cells = tuple[Text, Text, Text]


def write_cascade(found: Cascade, view: View) -> str:
    """Tables, totals and lists as one text."""
    console = console_of(view)
    heading = view.say("Plans of units beside those above them, {period}, as of {day}").format(
        period=period_text(found.window, view.language), day=short_date(found.as_of, view.language)
    )
    console.print(Text(heading, "bold"))
    for plan, branches in groupby(found.branches, key=lambda branch: branch.plan):
        console.print(Text.assemble("\n", (clean(plan), "bold cyan"), "  ", clean(view.titles.get(plan, ""))))
        console.print(_table(branches, view))
    _print_totals(console, found, view)
    _print_lists(console, found, view)
    return written_on(console)


def _table(branches: Iterable[Branch], view: View) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), show_edge=False, header_style="bold")
    table.add_column(view.say("Objective, and who carries it out"), ratio=4, overflow="fold")
    table.add_column(view.say("Result"), ratio=1, min_width=16, overflow="fold")
    table.add_column(view.say("State"), ratio=1, min_width=16)
    for branch in branches:
        for cells in _rows(branch, view):
            table.add_row(*cells)
    return table


def _rows(branch: Branch, view: View) -> Iterator[Cells]:
    name = Text.assemble((clean(branch.node.item.id), "bold"), "  ", shortened(clean(text_of(branch.node)), 90))
    sums = branch.sums
    yield (name, *_own(branch, view))
    for entry in sums:
        if len(sums) > 1:
            yield (Text("  " + clean(entry.target.phrase)), *_result(entry.own, view))
        yield from _sum(entry, branch, view)
    if not sums:
        yield from ((Text(f"    {clean(ref)}"), Text(), Text()) for ref in branch.carriers)
    for ref in branch.supporters:
        yield Text("    " + view.say("supported by {item}").format(item=clean(ref)), "dim"), Text(), Text()
    if not branch.is_covered:
        yield Text("    " + view.say("nobody carries it out"), "bold red"), Text(), Text()


def _own(branch: Branch, view: View) -> tuple[Text, Text]:
    if len(branch.sums) == 1:
        return _result(branch.sums[0].own, view)
    is_vague = branch.node.is_objective and not branch.sums
    return Text("–" if is_vague else ""), Text(view.say("not measurable") if is_vague else "", "dim")


def _sum(entry: Sum, branch: Branch, view: View) -> Iterator[Cells]:
    if entry.rolled:
        count = sum(part.is_added for part in entry.parts)
        name = view.say("the units together ({count})").format(count=count)
        result, state = _result(entry.rolled, view)
        yield Text("  " + name), result, _with_agreement(state, entry, view)
    known = {part.ref: part for part in entry.parts}
    for ref in dict.fromkeys((*branch.carriers, *known)):
        part = known.get(ref)
        yield _part(part, view) if part else (Text(f"    {clean(ref)}"), Text(view.say("no data"), "dim"), Text())


def _part(part: Part, view: View) -> Cells:
    result, state = _result(part.measurement, view)
    if not part.is_added:
        state = Text.assemble(state, "\n", (view.say("not added"), "dim"))
    return Text(f"    {clean(part.ref)}"), result, state


def _with_agreement(state: Text, entry: Sum, view: View) -> Text:
    if entry.agrees is None:
        return state
    word, style = (view.say("agrees"), "green") if entry.agrees else (view.say("differs"), "bold red")
    return Text.assemble(state, "\n", (word, style))


def _result(measurement: Measurement, view: View) -> tuple[Text, Text]:
    state = Text(state_word(measurement.attainment, view.say), STYLES[measurement.attainment])
    has_value = measurement.value is not None or measurement.change is not None
    return Text(measured_text(measurement, view.language, view.say) if has_value else "–"), state


def _print_totals(console: Console, found: Cascade, view: View) -> None:
    totals = found.totals
    words = (
        view.say("{count} objectives").format(count=totals["objectives"]),
        view.say("{count} carried out").format(count=totals["covered"]),
        view.say("{count} by nobody").format(count=totals["uncovered"]),
        view.say("{count} targets below those above").format(count=totals["conflicts"]),
        view.say("{count} results that differ").format(count=totals["differing"]),
    )
    console.print(Text("\n" + " · ".join(words)))


def _print_lists(console: Console, found: Cascade, view: View) -> None:
    say = view.say
    dangling = [_dangling(entry.plan, entry.item, entry.ref) for entry in found.dangling]
    lists = (
        (say("Nobody carries these out"), [branch.ref for branch in found.uncovered]),
        (say("These carry out nothing of the plan above"), found.unlinked),
        (say("These references lead nowhere"), dangling),
        (say("Targets below those above"), [_conflict(*entry, view) for entry in found.conflicts]),
    )
    for heading, lines in lists:
        if lines:
            console.print(Text("\n" + heading, "bold red"))
        for line in lines:
            console.print(Text("  " + clean(line)))


def _dangling(plan: str, item: str, ref: str) -> str:
    return f"{plan}/{item} → {ref}" if item else f"{plan} → {ref}"


def _conflict(branch: Branch, entry: Sum, conflict: Conflict, view: View) -> str:
    if len(conflict.refs) == 1:
        below = f"{conflict.refs[0]}: {conflict.target.phrase}"
    else:
        value = number_text(conflict.target.value, view.language) if conflict.target.value is not None else ""
        below = view.say("{items} together: {value}").format(items=", ".join(conflict.refs), value=value)
    return view.say("{below}; above, {above}").format(below=below, above=f"{branch.ref}: {entry.target.phrase}")
