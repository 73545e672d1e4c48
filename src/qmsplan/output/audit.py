"""An audit for people (what is on record for each point, with places and evidence; what is missing; what a person has
to judge) and as JSON (docs/json.md)."""

from __future__ import annotations

from collections.abc import Iterator

from qmsplan.audit.values import AgencyAudit, Audit, AuditLine, ObjectiveAudit, Spot, Verdict
from qmsplan.diagnostics import ENGLISH, Translator
from qmsplan.model.standards import Point
from qmsplan.model.text import PeriodWords, shortened
from qmsplan.output.diff import field_word
from qmsplan.output.safe_text import Screen, clean, dump, hanging, harmless
from qmsplan.output.status_data import measurement_data
from qmsplan.output.words import measured_text, notes_of, result_word
from qmsplan.progress.verdict import Attainment


def verdict_word(verdict: Verdict, translate: Translator) -> str:
    """A verdict in words."""
    return {
        Verdict.RECORDED: translate("on record"),
        Verdict.MISSING: translate("missing"),
        Verdict.OPEN: translate("not applicable yet"),
        Verdict.TO_JUDGE: translate("needs review"),
    }[verdict]


def title_of(point: Point, language: str) -> str:
    """What a point asks for, in our words."""
    return point.vi if language == "vi" else point.en


_COLOURS = {Verdict.RECORDED: "36", Verdict.MISSING: "1;31", Verdict.OPEN: "2", Verdict.TO_JUDGE: "33"}
_MARKS = {Verdict.RECORDED: "○", Verdict.MISSING: "✗", Verdict.OPEN: "·", Verdict.TO_JUDGE: "?"}
_INDENT = 13
_BOLD, _DIM, _RED, _HEADING = "1", "2", "31", "1;36"


class AuditView(Screen):
    """How an audit is shown."""

    def lines(self, text: str, indent: int = 0, colour: str = "") -> Iterator[str]:
        """A text without control characters, broken to fit the screen, all its lines indented and in one colour."""
        for line in hanging(clean(text), self.width, indent, indent):
            yield " " * indent + self.paint(line[indent:], colour) if colour else line


def write_audit(found: Audit, view: AuditView) -> str:
    """Each agency with its objectives, then totals, then all that is missing and all that a person has to judge.

    The lines are made as text, not by rich: an audit of fifty plans has 20,000 of them."""
    lines = [*(line for agency in found.agencies for line in _agency_lines(agency, found, view))]
    lines += _total_lines(found, view)
    lines += _missing_lines(found, view)
    lines += _judged_lines(found, view)
    return harmless("".join(f"{line.rstrip()}\n" for line in lines))


def _agency_lines(agency: AgencyAudit, found: Audit, view: AuditView) -> Iterator[str]:
    heading = view.translate(
        "{standard}: {name}, {period}, as of {day}",
        standard=agency.standard,
        name=agency.name,
        period=PeriodWords(agency.period),
        day=found.as_of,
    )
    yield from view.lines(heading, colour=_BOLD)
    yield from view.lines(view.translate("Plans: {names}", names=", ".join(agency.plans)), colour=_DIM)
    yield ""
    yield view.paint(view.translate("All plans together"), _HEADING)
    for line in agency.lines:
        yield from _point_lines(line, view)
    for objective in agency.objectives:
        yield from _objective_lines(objective, view)
    yield ""


def _objective_lines(found: ObjectiveAudit, view: AuditView) -> Iterator[str]:
    yield ""
    yield f"{view.paint(clean(f'{found.plan}/{found.node.item.id}'), _HEADING)}  {_place_words(found.spot)}"
    yield from view.lines(found.node.words, 2)
    yield from _result_lines(found, view)
    for line in found.lines:
        yield from _point_lines(line, view)


def _result_lines(found: ObjectiveAudit, view: AuditView) -> Iterator[str]:
    """The result of each target, once one of them has figures; of several each with its target."""
    measurements = [one for one in found.measurements if one.attainment is not Attainment.NOT_MEASURED]
    label, has_several = view.translate("Result"), len(measurements) > 1
    for measured in measurements if any(one.has_figures for one in measurements) else ():
        name = f"{label} ({measured.target.phrase})" if has_several and measured.target else label
        word = [result_word(measured, view.translate)] if measured.has_figures else []
        words = [measured_text(measured, view.translate), *word, *notes_of(measured, view.translate)]
        yield from view.lines(f"{name}: {', '.join(words)}", 2)


def _point_lines(line: AuditLine, view: AuditView) -> Iterator[str]:
    """The point with its verdict; below it the fields that answer, the evidence and what is missing."""
    yield from _head_lines(line, view)
    for spot in line.spots:
        yield from _spot_lines(spot, view)
    evidence, missing = view.translate("evidence"), view.translate("missing")
    for proof in line.evidence:
        yield from view.lines(f"{evidence}: {proof}", _INDENT)
    for text in line.missing:
        yield from view.lines(f"{missing}: {view.translate(text)}", _INDENT, _RED)
    if line.remark:
        yield from view.lines(view.translate(line.remark), _INDENT, _DIM)


def _head_lines(line: AuditLine, view: AuditView) -> list[str]:
    """`✓ 6.2.1 b  Has a target to hold results against: answered`, mark and verdict in the verdict's colour."""
    mark, colour = _MARKS[line.verdict], _COLOURS[line.verdict]
    title, verdict = title_of(line.point, view.translate.language), verdict_word(line.verdict, view.translate)
    lines = hanging(f"{mark} {line.point.clause:<{_INDENT - 4}}{title}: {verdict}", view.width, 2, _INDENT)
    lines[0] = lines[0].replace(f"{mark} ", view.paint(f"{mark} ", colour), 1)
    left = verdict
    for index in reversed(range(len(lines))):  # a verdict of several words may be broken between two lines
        part = left if lines[index].endswith(left) else lines[index].strip()
        lines[index] = lines[index].removesuffix(part) + view.paint(part, colour)
        left = left.removesuffix(part).rstrip()
        if not left:
            break
    return lines


def _spot_lines(spot: Spot, view: AuditView) -> Iterator[str]:
    """The field and its place, then as many of its words as there is room for; in a narrow window on a line below."""
    place, margin = f"{field_word((spot.field,), view.translate)} {_place_words(spot)}", " " * _INDENT
    words = clean(view.translate(spot.text))
    room = view.width - _INDENT - len(place) - 2
    if room >= min(24, len(words)):
        yield f"{margin}{place}  {view.paint(shortened(words, room), _DIM)}"
    else:
        yield margin + place
        yield margin + view.paint(shortened(words, view.width - _INDENT), _DIM)


def _place_words(spot: Spot) -> str:
    return clean(f"{spot.place.file}:{spot.line}")


def _total_lines(found: Audit, view: AuditView) -> list[str]:
    """How many points have each verdict, on one line if they fit."""
    parts = {
        f"{count} {verdict_word(verdict, view.translate)}": _COLOURS[verdict]
        for verdict, count in found.totals.items()
        if count
    }
    painted = [view.paint(words, colour) for words, colour in parts.items()]
    return [" · ".join(painted)] if len(" · ".join(parts)) <= view.width else painted


def _missing_lines(found: Audit, view: AuditView) -> Iterator[str]:
    entries = list(_missing_entries(found, view))
    if entries:
        yield ""
        yield view.paint(view.translate("What is missing"), _COLOURS[Verdict.MISSING])
    for name, text in entries:
        first, *more = view.lines(f"{name}: {text}", 2)
        yield first.replace(clean(name), view.paint(clean(name), _BOLD), 1)
        yield from more


def _missing_entries(found: Audit, view: AuditView) -> Iterator[tuple[str, str]]:
    for agency in found.agencies:
        for name, line in _owned(agency):
            for text in line.missing:
                yield f"{name}, {line.point.clause}", view.translate(text)


def _owned(agency: AgencyAudit) -> Iterator[tuple[str, AuditLine]]:
    """All lines, each with what it is about: the agency, or an objective such as `TGPL-KHMT-2026/MT01`."""
    yield from ((agency.name, line) for line in agency.lines)
    for one in agency.objectives:
        yield from ((f"{one.plan}/{one.node.item.id}", line) for line in one.lines)


def _judged_lines(found: Audit, view: AuditView) -> Iterator[str]:
    """The points that only a person can judge, each once with the objectives that it is about."""
    owners: dict[Point, list[str]] = {}
    for agency in found.agencies:
        for name, line in _owned(agency):
            if line.verdict is Verdict.TO_JUDGE:
                owners.setdefault(line.point, []).append(name)
    if owners:
        yield ""
        yield view.paint(view.translate("What a person has to judge"), _COLOURS[Verdict.TO_JUDGE])
    for point, names in owners.items():
        title = f"{point.clause} {title_of(point, view.translate.language)}"
        yield from view.lines(f"{title}: {', '.join(names)}", 2)


VERSION = 2


def audit_json(found: Audit, translate: Translator) -> str:
    """All lines of all agencies."""

    def line(given: AuditLine) -> dict[str, object]:
        return {
            "clause": given.point.clause,
            "point": given.point.name,
            "title": title_of(given.point, translate.language),
            "verdict": given.verdict.value,
            "answers": [
                {"field": spot.field, "file": spot.place.file, "line": spot.line, "text": ENGLISH(spot.text)}
                for spot in given.spots
            ],
            "evidence": list(given.evidence),
            "missing": [translate(text) for text in given.missing],
            "remark": translate(given.remark) if given.remark else None,
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
    return dump({"version": VERSION, "as_of": found.as_of, "agencies": agencies, "totals": totals})


def _objective(found: ObjectiveAudit) -> dict[str, object]:
    return {
        "plan": found.plan,
        "item": found.node.item.id,
        "text": found.node.words,
        "file": found.spot.place.file,
        "line": found.spot.line,
        "measurements": [measurement_data(entry) for entry in found.measurements],
    }
