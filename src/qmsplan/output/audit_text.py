"""An audit for people: for each point its verdict, the fields that answer with their places, the evidence, the gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.padding import Padding
from rich.text import Text

from qmsplan.check.audit.values import Verdict
from qmsplan.model.wording import period_text, short_date
from qmsplan.output.audit_words import objective_text, title_of, told, verdict_word
from qmsplan.output.clean import clean
from qmsplan.output.screen import console_of, print_hanging, written_on
from qmsplan.output.words import measured_text, state_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from qmsplan.check.audit.values import AgencyAudit, Audit, Line, ObjectiveAudit, Spot

_STYLES = {Verdict.ANSWERED: "green", Verdict.MISSING: "bold red", Verdict.OPEN: "dim", Verdict.TO_JUDGE: "yellow"}
_MARKS = {Verdict.ANSWERED: "✓", Verdict.MISSING: "✗", Verdict.OPEN: "·", Verdict.TO_JUDGE: "?"}
_INDENT = 13


class View(NamedTuple):
    """How an audit is shown: the language, the width of the screen, colours or not."""

    language: str
    say: Callable[[str], str]
    width: int
    colours: bool


def write_audit(found: Audit, view: View) -> str:
    """Each agency with its objectives, then totals, then all that is missing."""
    console = console_of(view)
    for agency in found.agencies:
        _print_agency(console, agency, found, view)
    _print_totals(console, found, view)
    _print_missing(console, found, view)
    written = written_on(console)
    return "".join(f"{line.rstrip()}\n" for line in written.splitlines())


def _print_agency(console: Console, agency: AgencyAudit, found: Audit, view: View) -> None:
    pattern = view.say("{standard}: {name}, {period}, as of {day}")
    period, day = period_text(agency.period, view.language), short_date(found.as_of, view.language)
    heading = pattern.format(standard=agency.standard, name=agency.name, period=period, day=day)
    console.print(Text(clean(heading), "bold"))
    console.print(Text(clean(view.say("Plans: {names}").format(names=", ".join(agency.plans))), "dim"))
    console.print(Text("\n" + view.say("All plans together"), "bold cyan"))
    for line in agency.lines:
        _print_line(console, line, view)
    for objective in agency.objectives:
        _print_objective(console, objective, view)
    console.print()


def _print_objective(console: Console, found: ObjectiveAudit, view: View) -> None:
    name = clean(f"{found.plan}/{found.node.item.id}")
    console.print(Text.assemble("\n", (name, "bold cyan"), f"  {_at(found.spot)}"))
    console.print(Padding(Text(clean(objective_text(found))), (0, 0, 0, 2)))
    for measured in found.measurements:
        if measured.value is not None:
            label, word = view.say("Result"), state_word(measured.attainment, view.say)
            console.print(f"  {label}: {measured_text(measured, view.language, view.say)}, {word}")
    for line in found.lines:
        _print_line(console, line, view)


def _print_line(console: Console, line: Line, view: View) -> None:
    style = _STYLES[line.verdict]
    head = Text.assemble(
        (f"{_MARKS[line.verdict]} ", style),
        f"{line.point.clause:<{_INDENT - 4}}",
        title_of(line.point, view.language),
        ": ",
        (verdict_word(line.verdict, view.say), style),
    )
    print_hanging(console, head, 2, _INDENT)
    for spot in line.spots:
        _print_spot(console, spot)
    for text in _facts(line, view):
        console.print(Padding(text, (0, 0, 0, _INDENT)))


def _print_spot(console: Console, spot: Spot) -> None:
    """The field and its place, then as many of its words as there is room for; in a narrow window on a line below."""
    place = f"{spot.field} {_at(spot)}"
    room = console.width - _INDENT - len(place) - 2
    if room >= 24:
        words = Text.assemble(place, "  ", (_shortened(clean(spot.text), room), "dim"))
    else:
        words = Text.assemble(place, "\n", (_shortened(clean(spot.text), console.width - _INDENT), "dim"))
    console.print(Padding(words, (0, 0, 0, _INDENT)))


def _facts(line: Line, view: View) -> Iterator[Text]:
    evidence, missing = view.say("evidence"), view.say("missing")
    for proof in line.evidence:
        yield Text(clean(f"{evidence}: {proof}"))
    for text in line.missing:
        yield Text(clean(f"{missing}: {told(text, view.language, view.say)}"), "red")
    if line.remark:
        yield Text(clean(told(line.remark, view.language, view.say)), "dim")


def _at(spot: Spot) -> str:
    return clean(f"{spot.place.file}:{spot.line}")


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _print_totals(console: Console, found: Audit, view: View) -> None:
    parts = [
        Text(f"{count} {verdict_word(verdict, view.say)}", _STYLES[verdict])
        for verdict, count in found.totals.items()
        if count
    ]
    console.print(Text(" · ").join(parts))


def _print_missing(console: Console, found: Audit, view: View) -> None:
    entries = list(_missing(found, view))
    if entries:
        console.print(Text("\n" + view.say("What is missing"), "bold red"))
    for name, text in entries:
        console.print(Padding(Text.assemble((clean(name), "bold"), f": {clean(text)}"), (0, 0, 0, 2)))


def _missing(found: Audit, view: View) -> Iterator[tuple[str, str]]:
    for agency in found.agencies:
        owners = [(agency.name, line) for line in agency.lines]
        owners += [(f"{one.plan}/{one.node.item.id}", line) for one in agency.objectives for line in one.lines]
        for name, line in owners:
            for text in line.missing:
                yield f"{name}, {line.point.clause}", told(text, view.language, view.say)
