"""Blocks to a Word file: python-docx opens the base document and makes its sections, one function writes each kind of
block as text, and the text goes into the file while it is packed. The head of a document, its title and its signature
stand below, as the decree sets them out."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from qmsplan.documents import blocks
from qmsplan.documents.profile import Profile
from qmsplan.documents.word_base import BaseDocument, Properties, packed, place, set_properties
from qmsplan.documents.word_table import plain_table, table
from qmsplan.documents.word_xml import (
    NAMESPACES,
    PLAIN,
    SHAPE,
    SLACK,
    Counters,
    ParagraphLayout,
    Sheet,
    balanced,
    bound,
    cased,
    date_line,
    emus,
    inline,
    lines_of,
    name_bound,
    number_line,
    points,
    text_run,
    twips,
    width_of,
    words_of,
)
from qmsplan.word.package import start_numbers

_TABLES = (blocks.HeadBlock, blocks.Table, blocks.Signature, blocks.Signers)
_LINE_ABOVE = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="4" w:color="000000"/></w:pBdr>'
_BOX_MARGIN = 6
"""Points from the side of a column to a box in it, at least."""
_LOW = 1
"""Points that a paragraph is high which Word wants and nobody should see."""


def write_docx(sections: Sequence[blocks.SectionBlock], base: BaseDocument, properties: Properties) -> bytes:
    """The Word file. Sections are written one after the other while the file is packed."""
    document, counters = docx.Document(io.BytesIO(base.content)), Counters()
    set_properties(document, properties, base.stamp)
    _set_sections(document, sections, base)
    sheets = (Sheet(base.profile, base.ids, section.orientation, counters) for section in sections)
    texts = (_text_of(section, sheet, sections) for section, sheet in zip(sections, sheets, strict=True))
    return packed(document, texts, counters.footnotes)


def _set_sections(document: Document, sections: Sequence[blocks.SectionBlock], base: BaseDocument) -> None:
    """Takes the text out of the base document, and marks for each section where its own text goes. All but the last end
    in a paragraph that holds their page."""
    body = document.element.body
    body.clear_content()
    last = body.get_or_add_sectPr()
    section = document.sections[0]
    heads = (block for block in sections[0].blocks if isinstance(block, blocks.HeadBlock))
    address = next((head.address for head in heads), ())
    for number, block in enumerate(sections):
        if number:
            section = document.add_section()
            end = last.getprevious()
            end.style = base.ids["gap"]
            Paragraph(end, document).paragraph_format.line_spacing = Pt(_LOW)
        last.addprevious(place())
        _set_page(section, block, base.profile, is_first=not number)
        _set_address(section, address, base.ids, is_first=not number)
        start_numbers(last, anew=block.kind == "annex" and base.profile.annex.restart_page_numbers)


def _set_page(section: Section, block: blocks.SectionBlock, profile: Profile, *, is_first: bool) -> None:
    """The page of a section. It starts as a copy of the section before it."""
    page, annex = profile.page, profile.annex
    is_portrait = block.orientation == "portrait"
    short, long = Mm(page.width), Mm(page.height)
    section.orientation = WD_ORIENT.PORTRAIT if is_portrait else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (short, long) if is_portrait else (long, short)
    hides = annex.hide_first_number if block.kind == "annex" else is_first and page.hide_first_number
    section.different_first_page_header_footer = hides


def _set_address(section: Section, address: Sequence[str], ids: Mapping[str, str], *, is_first: bool) -> None:
    """The agency's address at the foot of the first page, below a line. Later sections must not take it over."""
    if not address:
        return
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    if is_first:
        section.different_first_page_header_footer = True
        first, *others = footer.paragraphs[:1] + [footer.add_paragraph() for _ in address[1:]]
        for paragraph, text in zip((first, *others), address, strict=True):
            paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph._p.style = ids["recipient"]  # noqa: SLF001  by its id: an agency may have renamed the style
            paragraph.add_run(text)
        first._p.get_or_add_pPr().insert_element_before(parse_xml(_LINE_ABOVE), "w:spacing", "w:ind", "w:jc")  # noqa: SLF001


def _text_of(section: blocks.SectionBlock, sheet: Sheet, sections: Sequence[blocks.SectionBlock]) -> Iterator[str]:
    """The paragraphs and tables of a section. A table does not end a file: Word wants a paragraph below it."""
    yield from _blocks(section, sheet)
    is_closed = bool(section.blocks) and not isinstance(section.blocks[-1], _TABLES)
    if section is sections[-1] and not is_closed:
        yield sheet.paragraph("gap", "", ParagraphLayout(height=points(_LOW)))


def _joined(flow: Iterable[blocks.Flow]) -> list[blocks.Flow]:
    """Blocks, with recipients and date below several who sign put to these."""
    found: list[blocks.Flow] = []
    for block in flow:
        above = found[-1] if found and isinstance(block, blocks.Signature) and block.signer == blocks.Signer() else None
        if (
            isinstance(block, blocks.Signature)
            and isinstance(above, blocks.Signers)
            and not (above.has_lines or above.below)
        ):
            found[-1] = above._replace(below=block)
        else:
            found.append(block)
    return found


def _blocks(section: blocks.SectionBlock, sheet: Sheet) -> Iterator[str]:
    flow = _joined(section.blocks)
    for block, before, after in zip(flow, (None, *flow[:-1]), (*flow[1:], None), strict=False):
        if not isinstance(block, blocks.PageBreak):
            yield from _block(block, before, after, sheet)


def _block(block: blocks.Flow, before: blocks.Flow | None, after: blocks.Flow | None, sheet: Sheet) -> Iterator[str]:
    """What stands before a signature is kept with it, tables are held apart, and a page break goes into the paragraph
    that follows it, or into one made for it."""
    keeps, breaks = isinstance(after, blocks.Signature | blocks.Signers), isinstance(before, blocks.PageBreak)
    gap = points(sheet.profile.table.gap_after) if isinstance(before, blocks.Table) else None
    if isinstance(block, blocks.Para):
        layout = ParagraphLayout(keep_next=keeps, page_break_before=breaks, before=gap)
    else:
        layout = ParagraphLayout(keep_next=keeps)
        if breaks:
            yield sheet.paragraph("gap", "", ParagraphLayout(page_break_before=True, height=points(_LOW)))
    if isinstance(block, blocks.Table):
        yield from table(block, sheet, layout)
    else:
        yield _WRITERS[type(block)](block, sheet, layout)
    if isinstance(block, _TABLES) and isinstance(after, _TABLES):
        room = points(_BOX_MARGIN) if isinstance(after, blocks.Signers) and after.has_lines else None
        yield sheet.paragraph("gap", "", ParagraphLayout(keep_next=keeps, after=room))


def _para(block: blocks.Para, sheet: Sheet, layout: ParagraphLayout) -> str:
    look, words, is_heading = sheet.profile.styles[block.style], words_of(block.content), "heading-" in block.style
    text = words
    if block.style in _EVEN:
        text, _, margin = _fitted(block.style, words, sheet.text_width, sheet)
        layout = _indented(layout, 0 if "\n" in text else margin)
    elif is_heading and width_of(words, look.size) > (sheet.text_width - twips(look.first)) / 20:
        text = "\u00a0".join(words.rsplit(" ", 1))  # its last word does not stand alone
    content = block.content if text is words else tuple(_with_words(block.content, text))
    inner = inline(content, look, sheet)
    return sheet.paragraph(block.style, bound(inner) if is_heading else inner, layout)


def _with_words(content: blocks.Inline, text: str) -> Iterator[blocks.Run | blocks.Footnote | blocks.DrawnBar]:
    """Content with letters of another text, as long as its own."""
    start = 0
    for part in content:
        if isinstance(part, blocks.Run):
            yield part._replace(text=text[start : start + len(part.text)])
            start += len(part.text)
        else:
            yield part


_WIDER = 0.1
"""How much wider than Word LibreOffice draws a no-break blank, as a share of its size."""
_EVEN = frozenset({"annex-title", "annex-info", "subject", "form-title"})
"""Styles of centred titles and notes: their lines are about equally long, so that no year stands alone on the last."""


_ROOM = 3
"""Points that the line's own paragraph is high, beside the gap above the line."""


def rule(sheet: Sheet, length: float, after: float = 0) -> str:
    """A centred horizontal line, `length` in points, in a low paragraph of its own; `after` is the gap below it."""
    look = sheet.profile.head
    layout = ParagraphLayout(height=points(look.rule_gap + _ROOM), after=points(after))
    return sheet.paragraph("rule", _line(sheet, length) if length else "", layout)


def _line(sheet: Sheet, length: float) -> str:
    look = sheet.profile.head
    width, thickness = emus(points(length)), emus(points(look.rule_width))
    gap = emus(points(look.rule_gap))
    number = sheet.next_drawing()
    return (
        f'<w:r><mc:AlternateContent {NAMESPACES}><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{gap}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="Đường kẻ {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{thickness}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>'
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def head(block: blocks.HeadBlock, sheet: Sheet) -> str:
    """Agency and nation side by side, then number and date on one row, which the head of an annex does without. A long
    number reaches over the column of the agency, as far as the date leaves room."""
    left, right = two_columns(sheet, sheet.profile.head.left_share)
    words, look = sheet.profile.words, sheet.profile.head
    parents, _ = _centered("parent", block.parent, left, sheet)
    issuer, issuer_length = _centered("issuer", block.issuer, left, sheet)
    motto, motto_length = _centered("motto", (words.motto,), right, sheet)
    names = parents + issuer + rule(sheet, issuer_length * look.issuer_rule_share)
    nation = styled_line("nation", words.nation, sheet) + motto + rule(sheet, motto_length * look.motto_rule_share)
    if (block.number, block.symbol, block.place, block.date) == (None,) * 4 and not block.stamp:
        return plain_table((left, right), (((1, names), (1, nation)),), sheet)
    number, date = number_line(block, sheet.profile), date_line(block, sheet.profile)
    lacking = _line_width("number", number, sheet) - left
    more = lacking if 0 < lacking <= right - _line_width("dateline", date, sheet) else 0
    widths, first = ((left, more, right - more), 2) if more else ((left, right), 1)
    gap = ParagraphLayout(before=points(look.gap_after_names))
    stamps = "".join(_stamp(text, left + more, sheet) for text in block.stamp)
    reference = _number(number, sheet, gap, is_whole=lacking <= more) + stamps
    rows = (
        ((1, names), (len(widths) - 1, nation)),
        ((first, reference), (1, styled_line("dateline", date, sheet, gap))),
    )
    return plain_table(widths, rows, sheet)


def _line_width(style: str, text: str, sheet: Sheet) -> int:
    """The twips that a text needs to stand on one line."""
    return points(width_of(text, sheet.profile.styles[style].size) * SLACK)


def _number(text: str, sheet: Sheet, layout: ParagraphLayout, *, is_whole: bool) -> str:
    """Number and symbol; what is too long for its column breaks at a hyphen, and not behind `Số:`."""
    if not is_whole:
        text = re.sub("(?<=:) +", lambda blanks: "\u00a0" * len(blanks[0]), text, count=1)
    return sheet.paragraph("number", text_run(text, is_whole=is_whole), layout)


def title(block: blocks.Title, sheet: Sheet) -> str:
    """Type, subject, and the line under them."""
    look = sheet.profile.head
    subject, length = _centered("subject", block.subject, sheet.text_width, sheet)
    below = rule(sheet, length * look.subject_rule_share, look.gap_after_title)
    return styled_line("type", block.type or "", sheet) + subject + below


_WITH_NAMES = frozenset({"parent", "issuer", "position"})
"""Styles of what holds the names of agencies."""


def _centered(style: str, texts: tuple[str, ...], width: int, sheet: Sheet) -> tuple[str, float]:
    """Paragraphs that break evenly in a column, and the length in points of their longest line."""
    fitted = [_fitted(style, text, width, sheet) for text in texts]
    lines = (styled_line(style, text, sheet, _indented(PLAIN, margin)) for text, _, margin in fitted)
    return "".join(lines), max((max(widths) for _, widths, _ in fitted), default=0)


def _fitted(style: str, typed: str, width: int, sheet: Sheet) -> tuple[str, list[float], int]:
    """A centred text with no-break blanks where none of its lines may end; the widths of these in points, about equal;
    and the indent on both sides that makes them so, 0 if there is one line.

    The gutter beside the other column stays free, but where a name takes more that should not break, such as `HÀNH
    CHÍNH - TỔNG HỢP`."""
    look, whole, room = sheet.profile.styles[style], width / 20, (width - twips(sheet.profile.head.gutter)) / 20
    text = cased(typed, look)
    if style != "motto":
        text = bound(text, look.size, whole)
    if style in _WITH_NAMES:
        text = name_bound(text, look.size, room)
    limit = balanced(text, look.size, min(whole, max(room, max(lines_of(text, look.size, 0)) * SLACK)))
    lines = lines_of(text, look.size, limit)
    wider = points(_WIDER * look.size * text.count("\u00a0"))
    return text, lines, max(0, (width - points(limit) - wider) // 2) if len(lines) > 1 else 0


def _indented(layout: ParagraphLayout, margin: int) -> ParagraphLayout:
    return layout._replace(indent=(margin, margin)) if margin > 0 else layout


def _stamp(text: str, width: int, sheet: Sheet) -> str:
    """A box that is a little wider than its text, and narrower than its column, which would cut off its sides."""
    style = sheet.profile.styles["stamp"]
    margin = max(points(_BOX_MARGIN), (width - points(width_of(cased(text, style), style.size) * 1.5)) // 2)
    return styled_line("stamp", text, sheet, ParagraphLayout(indent=(margin, margin)))


_MOST = 3
"""Who signs on one row."""


def signature(block: blocks.Signature, sheet: Sheet) -> str:
    """Recipients on the left, who signs on the right, in a row that does not break; nothing if there is neither."""
    signer = block.signer
    if not any((block.recipient, block.dateline, signer.position, signer.instruction, signer.name)):
        return ""
    widths = two_columns(sheet, sheet.profile.signature.left_share)
    return plain_table(widths, (((1, end) for end in _ends(block, sheet, widths)),), sheet)


def _ends(block: blocks.Signature, sheet: Sheet, widths: tuple[int, int], *, below: bool = False) -> Iterator[str]:
    """What stands at the left of the end of a document, and at the right."""
    recipients = [("recipients-label", sheet.profile.words.recipients)] if block.recipient else []
    recipients += [("recipient", text) for text in block.recipient]
    lines = [("dateline", block.dateline)] if block.dateline else []
    signer = _signer_lines(block.signer, sheet.profile.signature.blank_lines) if block.signer != blocks.Signer() else ()
    for column, width in zip((recipients, [*lines, *signer]), widths, strict=True):
        yield _below_gap(column, width, sheet, below=below)


def _signer_lines(signer: blocks.Signer, blank_lines: int) -> Iterator[tuple[str, str]]:
    """The label, the post, and below it room for the signature, a second post, the name."""
    if signer.label:
        yield "signatory", signer.label
    yield from (("position", text) for text in signer.position)
    if signer.instruction:
        yield "instruction", signer.instruction
    yield from [("signatory", "")] * blank_lines
    yield from (("position", text) for text in signer.second_position)
    yield "signatory", signer.name or ""


def signers(block: blocks.Signers, sheet: Sheet, layout: ParagraphLayout = PLAIN) -> str:
    """Those who sign side by side, at most three on a row; nothing if there are none. `layout` keeps them with the
    recipients of a joint document, which would stand alone on a page."""
    if not block.signers:
        return ""
    count = ceil(len(block.signers) / ceil(len(block.signers) / _MOST))
    share = sheet.text_width // count
    widths = [share] * (count - 1) + [sheet.text_width - share * (count - 1)]
    layout = layout._replace(keep_next=True) if block.below else layout
    rows = [[(1, cell) for cell in row] for row in _signer_rows(block, widths, sheet, layout)]
    if block.below:
        half = ceil(count * sheet.profile.signature.left_share)
        ends = _ends(block.below, sheet, (sum(widths[:half]), sum(widths[half:])), below=True)
        rows.append(list(zip((half, count - half), ends, strict=True)) if count > 1 else [(1, "".join(ends))])
    return plain_table(widths, rows, sheet, has_lines=block.has_lines)


def _signer_rows(
    block: blocks.Signers, widths: Sequence[int], sheet: Sheet, layout: ParagraphLayout
) -> Iterator[list[str]]:
    """Their names stand at one height, however many lines their posts take."""
    for start in range(0, len(block.signers), len(widths)):
        row = block.signers[start : start + len(widths)]
        above = [_lines_above(signer, width, sheet) for signer, width in zip(row, widths, strict=False)]
        blank = [sheet.profile.signature.blank_lines + max(above) - count for count in above]
        lines = (_signer_lines(signer, count) for signer, count in zip(row, blank, strict=True))
        cells = [
            _below_gap(one, width, sheet, layout, below=start > 0) for one, width in zip(lines, widths, strict=False)
        ]
        beside = len(widths) - len(row)
        yield [""] * (beside // 2) + cells + [""] * (beside - beside // 2)


def _lines_above(signer: blocks.Signer, width: int, sheet: Sheet) -> int:
    """The lines that stand above a name, but for the room for the signature."""
    texts = [(style, text) for style, text in _signer_lines(signer._replace(name=None), 0) if text]
    return sum(len(_fitted(style, text, width, sheet)[1]) for style, text in texts)


_EVEN_ENDS = frozenset({"position", "signatory"})


def _below_gap(
    lines: Iterable[tuple[str, str]], width: int, sheet: Sheet, layout: ParagraphLayout = PLAIN, *, below: bool = False
) -> str:
    """Lines of the end of a document in a column; `below` the names of a row of others who sign. A post or a name that
    is too long breaks evenly in the width of the column."""
    form = sheet.profile.signature
    first = layout._replace(before=points(form.gap_below if below else form.gap_before))
    paragraphs = ""
    for style, typed in lines:
        text, _, margin = _fitted(style, typed, width, sheet) if typed and style in _EVEN_ENDS else (typed, [], 0)
        paragraphs += styled_line(style, text, sheet, _indented(layout if paragraphs else first, margin))
    return paragraphs


_WRITERS: Mapping[type, Callable[..., str]] = {
    blocks.Para: _para,
    blocks.HeadBlock: lambda block, sheet, _: head(block, sheet),
    blocks.Title: lambda block, sheet, _: title(block, sheet),
    blocks.Signature: lambda block, sheet, _: signature(block, sheet),
    blocks.Signers: signers,
}


def two_columns(sheet: Sheet, left_share: float) -> tuple[int, int]:
    """The widths of two columns, the left one with its share of the text width."""
    left = round(sheet.text_width * left_share)
    return left, sheet.text_width - left


def styled_line(style: str, text: str, sheet: Sheet, layout: ParagraphLayout = PLAIN) -> str:
    """A paragraph of plain text in the style of a component."""
    return sheet.paragraph(style, text_run(cased(text, sheet.profile.styles[style])), layout)
