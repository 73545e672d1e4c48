"""Diagnostics as Markdown, for a comment on a pull request or the summary of a run."""

from __future__ import annotations

import re
from urllib.parse import quote

from qmsplan.diagnostics import Diagnostic, Severity
from qmsplan.output.findings import FindingsReport, severity_word, told, totals
from qmsplan.output.safe_text import clean, harmless

MOST = 65_536
"""Characters that a comment on GitHub may have, in UTF-16 as its pages count them."""
LONGEST = 600
"""Characters of a sentence; plan text that it quotes may be far longer."""

_MARKUP = r"[\\`*_{}\[\]<>#|~&$]"
_REACH = r"(?i)@(?=\S)|[#!%~&$](?=\w)|:(?=//|[a-z+-])|\bwww(?=\.)|\bgh(?=-\d)"
"""What pages make of text by itself: mentions, numbers of issues, addresses, signs for pictures. Parted, it is text."""


def write_markdown(report: FindingsReport) -> str:
    """The totals and a table, the errors first; what does not fit is counted in a last line."""
    translate = report.translate
    if not report.diagnostics:
        return "**" + translate("Nothing wrong, files: {files}").format(files=len(report.files)) + "**\n"
    head = (translate("Line"), translate("Code"), translate("Finding"))
    text = f"**{totals(report)}**\n\n| {' | '.join(head)} |\n| --- | --- | --- |\n"
    weights = list(Severity)
    rows = [_row(report, found) for found in sorted(report.diagnostics, key=lambda one: weights.index(one.severity))]
    room = MOST - length_of(text) - 200
    for number, row in enumerate(rows):
        room -= length_of(row)
        if room < 0:
            return text + "\n" + translate("… and {count} more").format(count=len(rows) - number) + "\n"
        text += row
    return text


def _row(report: FindingsReport, diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.file}:{diagnostic.span.line}"
    target = f"{report.link}{quote(diagnostic.file, '/', errors='surrogatepass')}#L{diagnostic.span.line}"
    code = f"{severity_word(diagnostic.severity, report.translate)} {diagnostic.code}"
    sentences = "<br>".join(inline(line) for line in told(report, diagnostic))
    return harmless(f"| [{inline(place)}]({target}) | {code} | {sentences} |\n")


def inline(text: str) -> str:
    """A sentence with plan text in it, cut where it is too long."""
    return neutral(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def neutral(text: str) -> str:
    """Plan text as text: it is no markup, mentions nobody, refers to no issue, and links to nothing."""
    parted = re.sub(_REACH, lambda match: f"{match[0]}\u2060", clean(text))
    return re.sub(_MARKUP, r"\\\g<0>", parted)


def length_of(text: str) -> int:
    """The length of a text as GitHub counts it, in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
