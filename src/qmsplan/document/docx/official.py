"""The blocks whose look the decree fixes: head, title and signature (annex I, parts 1 to 5, 7 and 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.document.docx.markup import PLAIN, Layout, paragraph, points, text_run, twips
from qmsplan.document.docx.measure import balanced, lines_of, width_of
from qmsplan.document.docx.rule import rule
from qmsplan.document.docx.table import plain_table
from qmsplan.document.wording import cased, date_line, number_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmsplan.document.blocks import Head, Signature, Title
    from qmsplan.document.docx.sheet import Sheet
    from qmsplan.document.profile import SignatureLook


def head(block: Head, sheet: Sheet) -> str:
    """Agency and nation side by side, then number and date on one row, which the head of an annex does without."""
    left, right = _columns(sheet, sheet.profile.head.left_share)
    words, look = sheet.profile.words, sheet.profile.head
    parents, _ = _centered("parent", block.parent, left, sheet)
    issuer, issuer_length = _centered("issuer", block.issuer, left, sheet)
    motto, motto_length = _centered("motto", (words.motto,), right, sheet)
    names = parents + issuer + rule(sheet, issuer_length * look.issuer_rule_share)
    nation = _line("nation", words.nation, sheet) + motto + rule(sheet, motto_length * look.motto_rule_share)
    has_reference = (block.number, block.symbol, block.place, block.date, block.stamp) != (None,) * 5
    rows = ((names, nation), _reference(block, left, sheet)) if has_reference else ((names, nation),)
    return plain_table((left, right), rows)


def _reference(block: Head, width: int, sheet: Sheet) -> tuple[str, str]:
    """Number and date, which stand on one row."""
    gap = Layout(before=points(sheet.profile.head.gap_after_names))
    number = _line("number", number_line(block, sheet.profile), sheet, gap)
    stamp = _stamp(block.stamp, width, sheet) if block.stamp else ""
    return number + stamp, _line("dateline", date_line(block, sheet.profile), sheet, gap)


def title(block: Title, sheet: Sheet) -> str:
    """Type, subject, and the line under them."""
    look = sheet.profile.head
    subject, length = _centered("subject", block.subject, sheet.text_width, sheet)
    below = rule(sheet, length * look.subject_rule_share, look.gap_after_title)
    return _line("type", block.type, sheet) + subject + below


def signature(block: Signature, sheet: Sheet) -> str:
    """Recipients on the left, who signs on the right, in a row that does not break; nothing if there is neither."""
    if not any((block.recipients, block.dateline, block.position, block.instruction, block.name)):
        return ""
    look = sheet.profile.signature
    left, right = _columns(sheet, look.left_share)
    recipients = [("recipients-label", sheet.profile.words.recipients)] if block.recipients else []
    recipients += [("recipient", text) for text in block.recipients]
    return plain_table((left, right), ((_below_gap(recipients, sheet), _below_gap(_signatory(block, look), sheet)),))


def _signatory(block: Signature, look: SignatureLook) -> list[tuple[str, str]]:
    lines = [("dateline", block.dateline)] if block.dateline else []
    lines += [("position", text) for text in block.position]
    lines += [("instruction", block.instruction)] if block.instruction else []
    return [*lines, *[("signatory", "")] * look.blank_lines, ("signatory", block.name or "")]


def _below_gap(lines: Sequence[tuple[str, str]], sheet: Sheet) -> str:
    first = Layout(before=points(sheet.profile.signature.gap_before))
    return "".join(_line(style, text, sheet, PLAIN if index else first) for index, (style, text) in enumerate(lines))


def _columns(sheet: Sheet, left_share: float) -> tuple[int, int]:
    left = round(sheet.text_width * left_share)
    return left, sheet.text_width - left


def _line(style: str, text: str, sheet: Sheet, layout: Layout = PLAIN) -> str:
    return paragraph(style, text_run(cased(text, sheet.profile.styles[style])), layout)


def _centered(style: str, texts: tuple[str, ...], width: int, sheet: Sheet) -> tuple[str, float]:
    """Paragraphs that break evenly in a column, and the length in points of their longest line."""
    look = sheet.profile.styles[style]
    room = (width - twips(sheet.profile.head.gutter)) / 20
    size, longest, lines = look.size, 0.0, ""
    for text in (cased(text, look) for text in texts):
        limit = balanced(text, size, room)
        longest = max(longest, *lines_of(text, size, limit))
        margin = max(0, (width - points(limit)) // 2)
        is_long = width_of(text, size) > limit
        lines += _line(style, text, sheet, Layout(indent=(margin, margin)) if is_long else PLAIN)
    return lines, longest


def _stamp(text: str, width: int, sheet: Sheet) -> str:
    """A box that is a little wider than its text."""
    style = sheet.profile.styles["stamp"]
    margin = max(0, (width - points(width_of(cased(text, style), style.size) * 1.5)) // 2)
    return _line("stamp", text, sheet, Layout(indent=(margin, margin)))
