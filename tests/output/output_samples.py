"""Diagnostics, plans and states that the writers are given."""

from __future__ import annotations

from datetime import date
from typing import Any

from qmsplan.diagnostics import START, Diagnostic, Message, Related, Severity, Span, Translator
from qmsplan.load.pydantic_errors import build
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.model.settings import Settings
from qmsplan.output.findings import FindingsReport
from qmsplan.output.safe_text import Screen
from qmsplan.output.status_data import STATUS_FORMATS
from qmsplan.progress.status import Status, StatusScope
from qmsplan.progress.status import status_of as status_of_plans

HOSTILE = [
    "[red]đỏ[/red]",
    "[/]",
    "::error::x",
    "::error file=a,line=1::x",
    "##[command]x",
    "\x1b[31mđỏ\x1b[0m",
    "\x1b]8;;http://x\x07",
    "\x9b31m",
    "a\nb",
    "a\r\n::error::b",
    "a\u2028b",
    "\u202egnp.exe",
    "100%",
    "%0A::error::x",
    "a,b:c",
    "{{ 7*7 }}",
    "{0}{x}",
    "<w:p>&amp;</w:p>",
    ":x: @ai #1",
    "`a` *b* _c_ | d \\",
    "=1+1",
    "\ufeffx",
    "\ud800",
]
"""What users may type, or attackers: it comes out as text wherever it is shown."""


class InEnglish(Translator):
    """English words, with the numbers and days of a language."""

    def words(self, template: str) -> str:
        """The template as it is typed in the code."""
        return template


def span(line: int, column: int, end: int) -> Span:
    """A place on one line."""
    return Span(line, column, line, end)


def diagnostic(
    message: str = "text",
    place: Span = START,
    *,
    severity: Severity = Severity.ERROR,
    hint: Message | None = None,
    related: tuple[Related, ...] = (),
    file: str = "plans/a.yaml",
    rule: tuple[str, str] = ("QP101", "duplicate-id"),
) -> Diagnostic:
    """A diagnostic whose message holds a text as typed."""
    return Diagnostic(*rule, severity, Message("it says {text}", text=message), file, place, hint, related)


def hostile(text: str) -> Diagnostic:
    """A diagnostic that holds a text wherever a user's text can come to stand."""
    first = Related(text, span(3, 1, 2), Message("see {text}", text=text))
    return diagnostic(text, span(5, 9, 13), hint=Message("{text}", text=text), related=(first,), file=text)


def report(
    *diagnostics: Diagnostic,
    lines: tuple[str, ...] = (),
    width: int = 120,
    colours: bool = False,
    files: tuple[str, ...] = (),
    fails: frozenset[Severity] = frozenset({Severity.ERROR}),
    link: str = "",
) -> FindingsReport:
    """A report on files that all have the same lines."""
    return FindingsReport(
        diagnostics,
        Screen(Translator("en"), width, colours),
        lambda _file, number: lines[number - 1] if 0 < number <= len(lines) else "",
        files,
        fails,
        link,
    )


def status_of(fields: dict[str, Any], records: dict[str, Any], window: str, as_of: str) -> Status:
    """The status of one plan `P` for 2026."""
    plan = build(Plan, {"kind": "plan", "id": "P", "template": "t", "period": "2026", "head": {"type": "KH"}, **fields})
    progress = build(Progress, {"kind": "progress", "plan": "P", **records})
    settings = Settings.model_construct(kind="workspace")
    return status_of_plans([(plan, [progress])], StatusScope(settings, date.fromisoformat(as_of), parse_period(window)))


def written(form: str, status: Status, *, language: str = "vi", everything: bool = False) -> str:
    """A status as JSON, CSV or Markdown."""
    way = STATUS_FORMATS[form]
    return "".join(
        way.whole(status, way.rows(status.every, InEnglish(language), everything=everything), InEnglish(language))
    )


def sample() -> Status:
    """One objective missed, one task overdue, one done late, one waiting."""
    return status_of(
        {
            "objectives": [
                {"id": "MT03", "text": "Mức độ hài lòng đạt >98%", "target": ">98%", "lead": "Phòng Nghiệp vụ."}
            ],
            "tasks": [
                {"id": "NV5", "text": "Đánh giá nội bộ", "lead": ["Ban chỉ đạo ISO."], "deadline": "Quý I năm 2026"},
                {"id": "NV6", "text": "Họp\nxem xét", "lead": "A; B", "deadline": "Quý III năm 2026"},
                {"id": "NV7", "text": "Khắc phục", "deadline": "Sau khi đánh giá"},
            ],
        },
        {
            "readings": [
                {
                    "item": "MT03",
                    "period": "2026-Q3",
                    "numerator": "126",
                    "denominator": "130",
                    "recorded": "2026-10-14",
                }
            ],
            "completions": [{"item": "NV6", "done": "2026-10-02"}],
        },
        "2026-Q3",
        "2026-11-21",
    )


def task_status(text: str) -> Status:
    """A plan with one task, due and not done, of this text and lead."""
    tasks = [{"id": "T", "text": [text], "lead": text, "deadline": "Quý III năm 2026"}]
    return status_of({"tasks": tasks}, {}, "2026-Q3", "2026-08-01")
