"""The words of an audit, in the catalogues under these English names.

An audit for people: for each point its verdict, the fields that answer with their places, the evidence, the gaps.

An audit for programs: JSON, described in docs/json.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from qmsplan.audit.values import AgencyAudit, Audit, AuditLine, ObjectiveAudit, Spot, Verdict
from qmsplan.diagnostics import Message, sentence
from qmsplan.model.inline import plain_text
from qmsplan.model.standards import Point
from qmsplan.model.text import period_text, short_date
from qmsplan.output.safe_text import clean, dump
from qmsplan.output.terminal import console_of, print_hanging, written_on
from qmsplan.output.words import measured_text, state_word
from qmsplan.progress.measurement import Measurement


def verdict_word(verdict: Verdict, translate: Callable[[str], str]) -> str:
    """A verdict in words."""
    return {
        Verdict.ANSWERED: translate("answered"),
        Verdict.MISSING: translate("missing"),
        Verdict.OPEN: translate("nothing asked yet"),
        Verdict.TO_JUDGE: translate("to be judged"),
    }[verdict]


def title_of(point: Point, language: str) -> str:
    """What a point asks, in our words."""
    return point.vi if language == "vi" else point.en


def objective_text(found: ObjectiveAudit) -> str:
    """The objective's words on one line, without marks."""
    return plain_text(" ".join(found.node.item.text))


def told(text: Message, language: str, translate: Callable[[str], str]) -> str:
    """What is missing or to be remarked, its days as readers of the language write them."""
    words = sentence(text, translate)
    return re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda day: short_date(date.fromisoformat(day[0]), language), words)


_STYLES = {Verdict.ANSWERED: "green", Verdict.MISSING: "bold red", Verdict.OPEN: "dim", Verdict.TO_JUDGE: "yellow"}
_MARKS = {Verdict.ANSWERED: "✓", Verdict.MISSING: "✗", Verdict.OPEN: "·", Verdict.TO_JUDGE: "?"}
_INDENT = 13


class AuditView(NamedTuple):
    """How an audit is shown: the language, the width of the screen, colours or not."""

    language: str
    translate: Callable[[str], str]
    width: int
    colours: bool


def write_audit(found: Audit, view: AuditView) -> str:
    """Each agency with its objectives, then totals, then all that is missing."""
    console = console_of(view)
    for agency in found.agencies:
        _print_agency(console, agency, found, view)
    _print_totals(console, found, view)
    _print_missing(console, found, view)
    written = written_on(console)
    return "".join(f"{line.rstrip()}\n" for line in written.splitlines())


def _print_agency(console: Console, agency: AgencyAudit, found: Audit, view: AuditView) -> None:
    pattern = view.translate("{standard}: {name}, {period}, as of {day}")
    period, day = period_text(agency.period, view.language), short_date(found.as_of, view.language)
    heading = pattern.format(standard=agency.standard, name=agency.name, period=period, day=day)
    console.print(Text(clean(heading), "bold"))
    console.print(Text(clean(view.translate("Plans: {names}").format(names=", ".join(agency.plans))), "dim"))
    console.print(Text("\n" + view.translate("All plans together"), "bold cyan"))
    for line in agency.lines:
        _print_line(console, line, view)
    for objective in agency.objectives:
        _print_objective(console, objective, view)
    console.print()


def _print_objective(console: Console, found: ObjectiveAudit, view: AuditView) -> None:
    name = clean(f"{found.plan}/{found.node.item.id}")
    console.print(Text.assemble("\n", (name, "bold cyan"), f"  {_at(found.spot)}"))
    console.print(Padding(Text(clean(objective_text(found))), (0, 0, 0, 2)))
    for measured in found.measurements:
        if measured.value is not None:
            label, word = view.translate("Result"), state_word(measured.attainment, view.translate)
            console.print(f"  {label}: {measured_text(measured, view.language, view.translate)}, {word}")
    for line in found.lines:
        _print_line(console, line, view)


def _print_line(console: Console, line: AuditLine, view: AuditView) -> None:
    style = _STYLES[line.verdict]
    head = Text.assemble(
        (f"{_MARKS[line.verdict]} ", style),
        f"{line.point.clause:<{_INDENT - 4}}",
        title_of(line.point, view.language),
        ": ",
        (verdict_word(line.verdict, view.translate), style),
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


def _facts(line: AuditLine, view: AuditView) -> Iterator[Text]:
    evidence, missing = view.translate("evidence"), view.translate("missing")
    for proof in line.evidence:
        yield Text(clean(f"{evidence}: {proof}"))
    for text in line.missing:
        yield Text(clean(f"{missing}: {told(text, view.language, view.translate)}"), "red")
    if line.remark:
        yield Text(clean(told(line.remark, view.language, view.translate)), "dim")


def _at(spot: Spot) -> str:
    return clean(f"{spot.place.file}:{spot.line}")


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _print_totals(console: Console, found: Audit, view: AuditView) -> None:
    parts = [
        Text(f"{count} {verdict_word(verdict, view.translate)}", _STYLES[verdict])
        for verdict, count in found.totals.items()
        if count
    ]
    console.print(Text(" · ").join(parts))


def _print_missing(console: Console, found: Audit, view: AuditView) -> None:
    entries = list(_missing(found, view))
    if entries:
        console.print(Text("\n" + view.translate("What is missing"), "bold red"))
    for name, text in entries:
        console.print(Padding(Text.assemble((clean(name), "bold"), f": {clean(text)}"), (0, 0, 0, 2)))


def _missing(found: Audit, view: AuditView) -> Iterator[tuple[str, str]]:
    for agency in found.agencies:
        owners = [(agency.name, line) for line in agency.lines]
        owners += [(f"{one.plan}/{one.node.item.id}", line) for one in agency.objectives for line in one.lines]
        for name, line in owners:
            for text in line.missing:
                yield f"{name}, {line.point.clause}", told(text, view.language, view.translate)


VERSION = 1


def audit_json(found: Audit, language: str, translate: Callable[[str], str]) -> str:
    """All lines of all agencies."""

    def line(given: AuditLine) -> dict[str, object]:
        return {
            "clause": given.point.clause,
            "point": given.point.name,
            "title": title_of(given.point, language),
            "verdict": given.verdict.value,
            "answers": [{**_spot(spot), "text": spot.text} for spot in given.spots],
            "evidence": list(given.evidence),
            "missing": [sentence(text, translate) for text in given.missing],
            "remark": sentence(given.remark, translate) if given.remark else None,
        }

    def agency(given: AgencyAudit) -> dict[str, object]:
        return {
            "issuer": given.issuer,
            "name": given.name,
            "period": given.period.code,
            "standard": given.standard,
            "plans": list(given.plans),
            "points": [line(entry) for entry in given.lines],
            "objectives": [
                {**_objective(entry), "points": [line(one) for one in entry.lines]} for entry in given.objectives
            ],
        }

    totals = {verdict.value: count for verdict, count in found.totals.items()}
    agencies = [agency(entry) for entry in found.agencies]
    return dump({"version": VERSION, "as_of": found.as_of.isoformat(), "agencies": agencies, "totals": totals})


def _spot(spot: Spot) -> dict[str, object]:
    return {"field": spot.field, "file": spot.place.file, "line": spot.line}


def _objective(found: ObjectiveAudit) -> dict[str, object]:
    return {
        "plan": found.plan,
        "item": found.node.item.id,
        "text": objective_text(found),
        "file": found.spot.place.file,
        "line": found.spot.line,
        "measurements": [_measurement(entry) for entry in found.measurements],
    }


def _measurement(found: Measurement) -> dict[str, object]:
    return {
        "target": found.target.phrase if found.target else None,
        "attainment": found.attainment.value,
        "value": None if found.value is None else str(round(found.value, 4)),
        "numerator": found.numerator,
        "denominator": found.denominator,
    }
