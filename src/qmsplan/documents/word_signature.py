"""Who signs, as the decree sets it out: recipients on the left and the signatory on the right, several who sign side by
side, and the boxes of management systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmsplan.documents.blocks import Signature, Signer, Signers
from qmsplan.documents.profile import SignatureLook
from qmsplan.documents.word_table import plain_table
from qmsplan.documents.word_xml import PLAIN, ParagraphLayout, Sheet, bound, cased, points, text_run

_MOST = 3
"""Who signs on one row."""


def signature(block: Signature, sheet: Sheet) -> str:
    """Recipients on the left, who signs on the right, in a row that does not break; nothing if there is neither."""
    if not any((block.recipients, block.dateline, block.position, block.instruction, block.name)):
        return ""
    look = sheet.profile.signature
    left, right = two_columns(sheet, look.left_share)
    recipients = [("recipients-label", sheet.profile.words.recipients)] if block.recipients else []
    recipients += [("recipient", text) for text in block.recipients]
    cells = (_below_gap(recipients, sheet), _below_gap(_signatory(block, look), sheet))
    return plain_table((left, right), (cells,), sheet)


def _signatory(block: Signature, look: SignatureLook) -> list[tuple[str, str]]:
    lines = [("dateline", block.dateline)] if block.dateline else []
    lines += [("position", text) for text in block.position]
    return [*lines, *_post_to_name(block, look)]


def _post_to_name(block: Signature | Signer, look: SignatureLook) -> list[tuple[str, str]]:
    """The lines below the post: room for the signature, a second post, the name."""
    lines = [("instruction", block.instruction)] if block.instruction else []
    second = [("position", text) for text in block.second_position]
    return [*lines, *[("signatory", "")] * look.blank_lines, *second, ("signatory", block.name or "")]


def signers(block: Signers, sheet: Sheet) -> str:
    """Those who sign side by side, three on a row; nothing if there are none."""
    if not block.signers:
        return ""
    count = min(len(block.signers), _MOST)
    share = sheet.text_width // count
    widths = [share] * (count - 1) + [sheet.text_width - share * (count - 1)]
    return plain_table(widths, _signer_rows(block, count, sheet), sheet, has_lines=block.has_lines)


def _signer_rows(block: Signers, count: int, sheet: Sheet) -> Iterator[list[str]]:
    look = sheet.profile.signature
    for start in range(0, len(block.signers), count):
        row = block.signers[start : start + count]
        cells = [_below_gap([*_above(signer), *_post_to_name(signer, look)], sheet) for signer in row]
        yield cells + [""] * (count - len(row))


def _above(signer: Signer) -> list[tuple[str, str]]:
    label = [("signatory", signer.label)] if signer.label else []
    return label + [("position", text) for text in signer.position]


def _below_gap(lines: Sequence[tuple[str, str]], sheet: Sheet) -> str:
    first = ParagraphLayout(before=points(sheet.profile.signature.gap_before))
    return "".join(
        styled_line(style, text, sheet, PLAIN if index else first) for index, (style, text) in enumerate(lines)
    )


def two_columns(sheet: Sheet, left_share: float) -> tuple[int, int]:
    """The widths of two columns, the left one with its share of the text width."""
    left = round(sheet.text_width * left_share)
    return left, sheet.text_width - left


_POSTS = frozenset({"position", "second-position"})


def styled_line(style: str, text: str, sheet: Sheet, layout: ParagraphLayout = PLAIN) -> str:
    """A paragraph of plain text in the style of a component."""
    look = sheet.profile.styles[style]
    text = cased(text, look)
    if style in _POSTS:  # they stand in half of the page
        text = bound(text, look.size, sheet.text_width / 40)
    return sheet.paragraph(style, text_run(text), layout)
