"""A periodic report to a Word file: what its template sees (dicts, lists, text, whole numbers; the list stands in
`templates/README.md`), and the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from qmsplan.diagnostics import Path
from qmsplan.documents.blocks import Table, bare, marked
from qmsplan.documents.fill import fill
from qmsplan.documents.markup import read_blocks
from qmsplan.documents.plan_view import joint_names
from qmsplan.documents.report_words import (
    bar_of,
    day_text,
    flat,
    gap_text,
    plan_name,
    remedy_lines,
    result_text,
    row_text,
    subject_of,
    target_text,
    verdict_text,
)
from qmsplan.documents.template import Template
from qmsplan.documents.word_base import BaseDocument, Properties
from qmsplan.documents.word_writer import write_docx
from qmsplan.load.report_text import ReportText
from qmsplan.model.period import Period
from qmsplan.model.plan import Annex, Plan, Section, Signatory
from qmsplan.model.progress import AuditFinding
from qmsplan.model.text import bare as unmarked_letters
from qmsplan.model.text import period_text, roman, short_periods
from qmsplan.phrases.item_tree import Node, names_text
from qmsplan.phrases.people import Register
from qmsplan.progress.cut_off import Calendar
from qmsplan.progress.occurrences import FINISHED, State
from qmsplan.progress.plan import ActionState
from qmsplan.progress.report import ActionStatus, DueItem, Frame, Report, ReportLine, ReportPart
from qmsplan.progress.status import Totals
from qmsplan.progress.verdict import BAD, GOOD, Attainment


class Letter(NamedTuple):
    """What a report is besides its numbers: who issues it, to whom, its calendar, what people wrote for it."""

    unit: str
    """Code of the issuing unit; empty if its plans name none."""
    register: Register
    calendar: Calendar
    text: ReportText
    to: str | None = None
    direction_first: bool = False
    """Whether the first part tells what was directed before what is late, as an agency above expects it."""
    has_charts: bool = False
    """Whether the workspace asks for a page of bars."""
    changed: frozenset[str] = frozenset()
    """The ids of plans that are not what was signed: they are named without the number of their sign-off."""
    amended: frozenset[str] = frozenset()
    """The ids of plans of which the revision in force on the report's day is not at hand."""


def counts_of(totals: Totals, lines: Iterable[ReportLine]) -> dict[str, int]:
    """The totals of a status as the numbers of a report's sentences. `objectives` is the sum of the numbers behind it
    up to `not_measurable`, `work` that of the rest; `partial` of these have some of their figures and lack others, and
    `kept` of those that are attained are limits that may still be exceeded, or were not."""
    numbers = {
        "objectives": sum(totals.objectives.values()),
        "attained": totals.of_objectives(*GOOD),
        "missed": totals.of_objectives(*BAD),
        "under_way": totals.of_objectives(Attainment.UNDER_WAY),
        "unclear": totals.of_objectives(Attainment.UNCLEAR),
        "awaited": totals.of_objectives(Attainment.AWAITED),
        "no_data": totals.of_objectives(Attainment.NO_DATA, Attainment.NO_BASELINE),
        "partial": sum(line.row.is_silent and any(one.has_figures for one in line.measurements) for line in lines),
        "kept": totals.of_objectives(Attainment.KEPT),
        "no_cases": totals.of_objectives(Attainment.NO_CASES),
        "not_measurable": totals.of_objectives(Attainment.NOT_MEASURABLE),
        "work": sum(totals.work.values()),
        "done": totals.of_work(*FINISHED),
        "overdue": totals.of_work(State.OVERDUE),
        "no_evidence": totals.of_work(State.NO_EVIDENCE),
        "waiting": totals.of_work(State.WAITING),
    }
    closed = sum(numbers[name] for name in ("done", "overdue", "no_evidence", "waiting"))
    return {**numbers, "open": numbers["work"] - closed}


def _is_draft(report: Report, letter: Letter, signs: dict[str, str]) -> bool:
    """True while something is left to be written, or a plan is not the signed one that it names: the document is
    stamped as a draft."""
    text = letter.text
    written = (text.situation, text.results, text.shortcomings, text.proposals, signs["position"], signs["name"])
    has_causes = text.causes or not any(line.unanswered for _, line in report.late)
    is_proven = (letter.changed | letter.amended).isdisjoint(part.plan.id for part in report.parts)
    return not (all(written) and has_causes and is_proven)


def report_view(report: Report, letter: Letter, symbol: str) -> dict[str, Any]:
    """The values of the template; `symbol` is the short form of the document's type."""
    frame, text = report.frame, letter.text
    period = period_text(frame.period, "vi")
    plans = [part.plan for part in report.parts]
    to = (bare(text.to) or letter.to or _addressee(letter)).rstrip(" .;")
    addressees = [one.strip(" -.") for one in re.split(r"[;\n]", to) if one.strip(" -.")]
    shown = _Rows(letter, frame)
    own = _own(plans, letter)
    signs = _signatory(own, text)
    bars = _charts(report, shown.name) if letter.has_charts else []
    counts = counts_of(report.status.totals, (line for part in report.parts for line in part.lines))
    return {
        "title": bare(text.title) or subject_of(plans, period),
        "head": _head(plans, letter, symbol, frame.as_of),
        "to": to,
        "addressees": addressees,
        "period": _span(frame.period),
        "next": _span(frame.next) if frame.next else {"text": "", "code": "", "start": "", "end": ""},
        "window": _days(frame.window) if letter.calendar.is_chosen else {"start": "", "end": ""},
        "calendar": letter.calendar.title_for(frame.period),
        "as_of": day_text(frame.as_of),
        "made": day_text(frame.made),
        "counts": counts,
        "late": [shown.row(line, part.plan) for part, line in report.late],
        "told_above": sum(line.is_told_above for part in report.parts for line in part.lines),
        "silent": [shown.row(line, part.plan) for part, line in report.silent],
        "silence": _silence(report, counts),
        "silent_units": [bare(unit.name) for unit in report.status.units if unit.is_silent],
        "is_draft": _is_draft(report, letter, signs),
        "direction_first": letter.direction_first,
        "charts": bars[:MOST_BARS],
        "charts_left": max(len(bars) - MOST_BARS, 0),
        "plans": [shown.part(part, number, len(plans)) for number, part in enumerate(report.parts, 1)],
        "next_ordinal": roman(len(report.parts) + 1),
        "charts_ordinal": roman(len(report.parts) + 2),
        "remedies": [row for part in report.parts for row in shown.remedies(part.remedies)],
        "upcoming": [shown.due(due) for part in report.parts for due in part.upcoming],
        "text": {name: "\n".join(map(marked, value.split("\n"))) for name, value in text._asdict().items()},
        "recipients": bare(text.recipients) or _recipients(own, addressees, letter.register),
        "signatory": signs,
        "cosigners": [_signing(one) for one in own.cosigners] if own else [],
    }


def _silence(report: Report, counts: dict[str, int]) -> str:
    """What is known of objectives that lack figures, and where they are counted if not among those without: `đều đã có
    một phần số liệu; 01 mục tiêu đã tính là chưa đạt`."""
    missed = sum(line.row.is_missed for _, line in report.silent)
    numbers = {
        "đã có một phần số liệu": counts["partial"],
        "đã tính là chưa đạt": missed,
        "đánh giá theo số liệu đã có": len(report.silent) - missed - counts["no_data"],
    }
    whole, told = len(report.silent), []
    for words, number in numbers.items():
        of_all = words if whole == 1 else f"đều {words}"
        told += [of_all if number == whole else f"{number:02d} mục tiêu {words}"] if number > 0 else []
    is_part = bool(told) and told[0][:1].isdigit()
    return "trong đó " * is_part + "; ".join(told)


MOST_BARS = 24
"""Targets on the page of bars; how many are left out stands below them."""


def _charts(report: Report, name: Callable[[str], str]) -> list[dict[str, Any]]:
    """A bar for each target that has a value and a number to hold it against, those of missed objectives first. `name`
    gives the names of units."""
    lines = [line for part in report.parts for line in part.lines]
    return [
        {"text": row_text(line.row.node.item.text), **bar}
        for line in sorted(lines, key=lambda line: not line.row.is_missed)
        for measurement in line.measurements
        if (bar := bar_of(measurement, name))
    ]


def _ordinal(node: Node) -> str:
    """The number of an item in the first column of a table: `3.2`, without the stop that it has in a text."""
    return bare(node.item.number or "").removesuffix(".")


def _span(period: Period) -> dict[str, str]:
    return {"text": period_text(period, "vi"), "code": period.code, **_days(period)}


def _days(period: Period) -> dict[str, str]:
    return {"start": day_text(period.start), "end": day_text(period.end)}


def _own(plans: Sequence[Plan], letter: Letter) -> Plan | None:
    """The first plan that the issuer of the report has issued itself."""
    return next((plan for plan in plans if (plan.head.issuer or "") == letter.unit), None)


_INNER = ("phòng", "văn phòng", "tổ", "khoa", "bộ phận", "thanh tra")
_HEADS = {
    "sở": "Giám đốc Sở",
    "trung tâm": "Giám đốc Trung tâm",
    "bệnh viện": "Giám đốc Bệnh viện",
    "học viện": "Giám đốc Học viện",
    "viện": "Viện trưởng",
    "trường": "Hiệu trưởng",
    "chi cục": "Chi cục trưởng",
    "cục": "Cục trưởng",
}
"""Who heads an agency, by the first words of its name. A people's committee is addressed itself, also by its rooms."""


def _is_inner(letter: Letter) -> bool:
    """Whether a department inside of an agency reports: `Phòng Nghiệp vụ`."""
    unit = letter.register.by_code.get(letter.unit)
    return unit is not None and f"{unit.name.lower()} ".startswith(tuple(f"{word} " for word in _INNER))


def _addressee(letter: Letter) -> str:
    """The agency above; a department inside of an agency reports to its head: `Giám đốc Trung tâm`."""
    parent = letter.register.above(letter.unit)
    above = parent.name if parent else ""
    if not _is_inner(letter):
        return above
    return next((head for kind, head in _HEADS.items() if above.lower().startswith(f"{kind} ")), above)


def _head(plans: Sequence[Plan], letter: Letter, symbol: str, as_of: date) -> dict[str, Any]:
    own, unit = _own(plans, letter), letter.register.by_code.get(letter.unit)
    parent = letter.register.above(letter.unit)
    above = " ".join(own.head.parent_text) if own else ""
    together = joint_names(own, letter.register) if own else ""
    typed = together or (in_sentences(" ".join(own.head.issuer_text), letter.register) if own else "")
    after = (own.head.symbol or "").partition("-")[2] if own else ""
    return {
        "parent": parent.name if parent else bare(above),
        "issuer": bare(typed) or (unit.name if unit else letter.unit),
        "issuer_text": bare("\n".join(own.head.issuer_text)) if own and together else "",
        "symbol": f"{symbol}-{bare(after) or letter.unit or '…'}",
        "place": bare(_place(plans, own, letter)),
        "year": as_of.year,
    }


def in_sentences(typed: str, register: Register) -> str:
    """The names of agencies that a head has in capitals, as the register writes them: they stand in sentences too. As
    typed if one is not registered; without their places where the head leaves these out, `Sở Nội vụ tỉnh M`."""
    names = typed.split(" - ") if typed.isupper() else []
    found = [(name, meant) for name in names for unit in register.units if (meant := _meant(name, unit.name))]
    return typed if not names or [name for name, _ in found] != names else " - ".join(meant for _, meant in found)


def _place(plans: Sequence[Plan], own: Plan | None, letter: Letter) -> str:
    """The place of its own plan; of a department that issues none, that of the agency it belongs to."""
    if own or not _is_inner(letter):
        return (own.head.place if own else None) or ""
    above = letter.register.above(letter.unit)
    return next((one.head.place for one in plans if above and one.head.issuer == above.code and one.head.place), "")


def _recipients(own: Plan | None, addressees: Sequence[str], register: Register) -> str:
    """Those of the plan; whom the report is addressed to is not named a second time."""
    lines = [bare(line) for line in own.recipients] if own else []
    units = [unit for one in addressees if (unit := register.find(one))]
    said = {"như trên", *(unit.code.lower() for unit in units)}
    others = [
        line
        for line in lines
        if (name := _named(line)).lower() not in said and not any(_meant(name, one) for one in addressees)
    ]
    return "\n".join([*(["- Như trên;"] if addressees else []), *(others or ["- Lưu: VT."])])


def _named(line: str) -> str:
    """Whom a recipient's line names: `Sở Tư pháp` for `- Sở Tư pháp; (B/c)`."""
    return re.sub(r"\([^()]*\)|^[-–\s]+", "", line).strip(" .;,")


_PLACES = frozenset(("tỉnh", "thành", "huyện", "quận", "thị", "xã", "phường"))
"""Words after which an agency's name goes on with its place."""


def _meant(typed: str, name: str) -> str:
    """What a text says of an agency's name, with the initials of some of its words or without its place: of `Sở Nông
    nghiệp và Môi trường tỉnh Hậu Lộc`, `Sở NN&MT` says `Sở Nông nghiệp và Môi trường`. "" for another name."""
    left = [word for word in re.finditer(r"\w+", name) if word[0].lower() != "và"]
    for word in re.findall(r"\w+", typed.replace("&", "")):
        size = len(word)
        if left and left[0][0].lower() == word.lower():
            del left[:1]
        elif word.isupper() and size > 1 and _are_initials(word.lower(), [one[0].lower() for one in left[:size]]):
            del left[:size]
        elif word.lower() != "và":
            return ""
    if left and left[0][0].lower() not in _PLACES:
        return ""
    return name[: left[0].start()].rstrip() if left else name


def _are_initials(letters: str, words: Sequence[str]) -> bool:
    """Whether words begin with these letters, with their marks or without: `UBND`, `GDĐT`."""
    pairs = zip(letters, words, strict=False)
    return len(letters) == len(words) and all(one in {word[0], unmarked_letters(word)[0]} for one, word in pairs)


def _signatory(own: Plan | None, text: ReportText) -> dict[str, str]:
    signs = own.signatory if own else None
    if text.position or text.name or signs is None:
        return {"position": bare(text.position), "name": bare(text.name), "instruction": ""}
    return _signing(signs)


def _signing(signs: Signatory) -> dict[str, str]:
    return {"position": bare("\n".join(signs.position)), "name": bare(signs.name or ""), "instruction": ""}


class _Rows:
    """Turns lines of a report into rows of tables."""

    def __init__(self, letter: Letter, frame: Frame) -> None:
        self.register, self._unit, self._changed, self._frame = letter.register, letter.unit, letter.changed, frame

    def part(self, part: ReportPart, number: int, count: int) -> dict[str, Any]:
        """A plan with its rows and the ordinal of its annex. Rows of a plan that numbers nothing are counted. Among
        several, units give their plans the same title: one of another issuer than the report's is named with it, unless
        its title does that."""
        issuer, name = part.plan.head.issuer, plan_name(part.plan, self.number(part.plan))
        if issuer and issuer != self._unit and count > 1 and self.name(issuer).casefold() not in name.casefold():
            name += f" của {self.name(issuer)}"
        rows = list(self.rows(part))
        if not any(row["number"] for row in rows):
            for at, row in enumerate((row for row in rows if row["kind"] == "item"), 1):
                row["number"] = str(at)
        return {
            "ordinal": roman(number),
            "id": part.plan.id,
            "name": name,
            "counts": counts_of(part.totals, part.lines),
            "left_out": part.left_out,
            "needs_answer": any(one.row.is_overdue or one.row.is_missed or one.remedies for one in part.lines),
            "rows": rows,
            "upcoming": [self.due(due) for due in part.upcoming],
        }

    def number(self, plan: Plan) -> str:
        """The number that was in force on the report's day: none of a plan that was signed later, or is not what was
        signed."""
        signed = plan.revision_on(self._frame.as_of)
        is_signed = signed and signed.date <= self._frame.made and plan.id not in self._changed
        return signed.number if signed and is_signed else ""

    def rows(self, part: ReportPart) -> Iterator[dict[str, Any]]:
        """The rows, headings above the first row of what they gather."""
        own = {id(line.row.node) for line in part.lines}
        said: set[int] = set()
        paths = (line.row.node.path for line in part.lines)
        places = [path[:2] if path[0] in {"sections", "annexes"} else () for path in paths]
        for line, place, before in zip(part.lines, places, (None, *places), strict=False):
            if len(set(places)) > 1 and place != before:
                yield from _part_heading(part.plan, place)
            for node in [*line.row.node.upward][:0:-1]:  # from the outermost heading on
                if id(node) not in said and id(node) not in own and node.item.text:
                    yield {"kind": "group", "number": _ordinal(node), "text": flat(node.item.text)}
                said.add(id(node))
            yield self.row(line, part.plan)

    def row(self, line: ReportLine, plan: Plan) -> dict[str, Any]:
        """One row, its texts a line each."""
        return {
            "kind": "item",
            **_item(line.row.node),
            "plan": plan.id,
            "target": target_text(line),
            "due": day_text(line.row.occurrence.due) if line.row.occurrence and not line.row.result else "",
            "result": result_text(line, self.name),
            "gap": gap_text(line),
            "missing": short_periods(line.row.missing, "vi"),
            "verdict": verdict_text(line),
            "verdict_code": line.row.state.value if line.row.state else "",
            "is_overdue": line.row.is_overdue,
            "is_missed": line.row.is_missed,
            "unanswered": line.unanswered,
            "unanswered_in": short_periods(line.unremedied, "vi"),
            **self.answer(line.remedies),
            "lead": self.lead(line.row.node),
            "unit": "; ".join(self.name(code) for code in line.reporters) or self.lead(line.row.node),
        }

    def answer(self, remedies: Sequence[ActionStatus]) -> dict[str, str]:
        """Why, what is done, and by when."""
        causes = list(dict.fromkeys(bare(cause) for remedy in remedies for cause in remedy.action.cause))
        actions = dict.fromkeys(bare(action) for remedy in remedies for action in remedy.action.action)
        ends = [end for remedy in remedies if (end := _end(remedy))]
        return {
            "cause": "\n".join(causes),
            "remedy": "\n".join([*actions, *ends]),
            "first_cause": "".join(causes[:1]),
            "ends": " ".join(ends),
        }

    def remedies(self, remedies: Sequence[ActionStatus]) -> Iterator[dict[str, Any]]:
        """The corrective actions on a plan."""
        counts = Counter(remedy.node.item.id for remedy in remedies)
        yield from (self.remedy(remedy, is_single=counts[remedy.node.item.id] == 1) for remedy in remedies)

    def remedy(self, remedy: ActionStatus, *, is_single: bool) -> dict[str, Any]:
        """A corrective action; `is_single` if there is no other on its item."""
        action = remedy.action
        found = {"number": "", "text": _found(action)} if isinstance(action, AuditFinding) else {}
        return {
            **_item(remedy.node),
            **found,
            "period": period_text(action.period, "vi"),
            "is_single": is_single,
            "cause": bare("\n".join(action.cause)),
            "action": bare("\n".join(remedy_lines(action))) or "Chưa báo cáo",
            "lead": self.name(action.actor or "") or self.lead(remedy.node),
            "due": day_text(action.due),
            "done": day_text(remedy.done),
            "days": remedy.days,
            "check": _check(remedy),
        }

    def due(self, due: DueItem) -> dict[str, Any]:
        """Work of the next period."""
        late = f" (quá hạn {due.days} ngày)" if due.days else " (còn lại của kỳ báo cáo)" if due.is_left else ""
        return {**_item(due.node), "due": f"{day_text(due.due)}{late}", "lead": self.lead(due.node)}

    def lead(self, node: Node) -> str:
        """Who leads an item, each as the register names it; what is not registered stays as typed."""
        phrases = (entry if isinstance(entry, str) else entry.unit for entry in node.lead)
        return bare(names_text(unit.name if (unit := self.register.find(phrase)) else phrase for phrase in phrases))

    def name(self, code: str) -> str:
        """The name of a unit; what is not registered stays as typed."""
        unit = self.register.by_code.get(code)
        return unit.name if unit else bare(code)


def _part_heading(plan: Plan, place: Path) -> Iterator[dict[str, Any]]:
    """The heading of a section or annex, whose items have numbers of their own."""
    if place:
        branch: Section | Annex = getattr(plan, str(place[0]))[place[1]]
        title = flat(branch.title)
        if isinstance(branch, Annex):
            title = ". ".join(filter(None, [f"Phụ lục {branch.number or ''}".strip(), title]))
        number = "" if isinstance(branch, Annex) else bare(branch.number or "")
        yield {"kind": "group", "number": number, "text": title}


def _item(node: Node) -> dict[str, Any]:
    return {"id": node.item.id, "number": _ordinal(node), "text": row_text(node.item.text)}


def _found(finding: AuditFinding) -> str:
    """A finding of an internal audit in a table: `Đánh giá nội bộ, 9.1.1: Chưa lưu phiếu khảo sát`."""
    return f"Đánh giá nội bộ, {finding.clause}: {flat(finding.finding).rstrip(' .;')}"


def _check(remedy: ActionStatus) -> str:
    """What a check of a corrective action found (ISO 9001:2015, 10.2.1 d); "" before it is done."""
    if remedy.state is ActionState.CLOSED and remedy.action.effective:
        return "Đã kiểm tra, có hiệu lực"
    if remedy.state in {ActionState.CLOSED, ActionState.INEFFECTIVE}:
        return "Đã kiểm tra, chưa có hiệu lực"
    return "Chưa kiểm tra hiệu lực" if remedy.state is ActionState.UNVERIFIED else ""


def _end(remedy: ActionStatus) -> str:
    """When an action was done, or is to be."""
    if remedy.done:
        checked = ", chưa có hiệu lực" if remedy.state is ActionState.INEFFECTIVE else ""
        return f"Xong ngày {day_text(remedy.done)}{checked}."
    late = f", quá hạn {remedy.days} ngày" if remedy.days else ""
    return f"Thời hạn {day_text(remedy.action.due)}{late}." if remedy.action.due else ""


_TYPE = "Báo cáo"


def render_report(report: Report, letter: Letter, template: Template, base: BaseDocument) -> bytes:
    """The Word file of a report. BrokenTemplateError if the template can't make it."""
    values = report_view(report, letter, base.profile.types[_TYPE])
    properties = Properties(f"{_TYPE} {values['title']}", values["head"]["issuer"])
    tables: list[Table] = []
    text = [fill(template, {"report": values}, tables)]
    del values  # as large as the text, which nobody holds either once it is read
    return write_docx(read_blocks(text.pop(), template.file, tables), base, properties)
