"""Blocks to a Word file: python-docx opens the base document and makes its sections, one function writes each kind of
block as text, and the text goes into the file while it is packed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from qmsplan.documents import word_head
from qmsplan.documents.blocks import (
    Flow,
    HeadBlock,
    Heading,
    Inline,
    PageBreak,
    Para,
    SectionBlock,
    Signature,
    Spacer,
    Table,
    Title,
)
from qmsplan.documents.profile import Profile
from qmsplan.documents.word_base import BaseDocument
from qmsplan.documents.word_package import Properties, packed, place, set_properties
from qmsplan.documents.word_table import table
from qmsplan.documents.word_xml import Counters, ParagraphLayout, Sheet, inline, points

_TABLES = (HeadBlock, Table, Signature)
_TEXTS = (Para, Heading, Spacer)
_LOW = 1
"""Points that a paragraph is high which Word wants and nobody should see."""


def write_docx(sections: Sequence[SectionBlock], base: BaseDocument, properties: Properties) -> bytes:
    """The Word file. Sections are written one after the other while the file is packed."""
    document, counters = docx.Document(io.BytesIO(base.content)), Counters()
    set_properties(document, properties)
    _set_sections(document, sections, base)
    sheets = (Sheet(base.profile, base.ids, section.orientation, counters) for section in sections)
    texts = (_text_of(section, sheet, sections) for section, sheet in zip(sections, sheets, strict=True))
    return packed(document, texts, counters.footnotes)


def _set_sections(document: Document, sections: Sequence[SectionBlock], base: BaseDocument) -> None:
    """Takes the text out of the base document, and marks for each section where its own text goes. All but the last end
    in a paragraph that holds their page."""
    body = document.element.body
    body.clear_content()
    last = body.get_or_add_sectPr()
    section = document.sections[0]
    for number, block in enumerate(sections):
        if number:
            section = document.add_section()
            end = last.getprevious()
            end.style = base.ids["gap"]
            Paragraph(end, document).paragraph_format.line_spacing = Pt(_LOW)
        last.addprevious(place())
        _set_page(section, block, base.profile, is_first=not number)
        _set_numbers(last, restarts=block.kind == "annex" and base.profile.annex.restart_page_numbers)


def _set_page(section: Section, block: SectionBlock, profile: Profile, *, is_first: bool) -> None:
    """The page of a section. It starts as a copy of the section before it."""
    page, annex = profile.page, profile.annex
    is_portrait = block.orientation == "portrait"
    short, long = Mm(page.width), Mm(page.height)
    section.orientation = WD_ORIENT.PORTRAIT if is_portrait else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (short, long) if is_portrait else (long, short)
    hides = annex.hide_first_number if block.kind == "annex" else is_first and page.hide_first_number
    section.different_first_page_header_footer = hides


def _set_numbers(section: CT_SectPr, *, restarts: bool) -> None:
    """Whether page numbers start at 1 again, for which python-docx has no word."""
    for old in section.findall(qn("w:pgNumType")):
        section.remove(old)
    if restarts:
        section.insert_element_before(OxmlElement("w:pgNumType", {qn("w:start"): "1"}), "w:titlePg")


def _text_of(section: SectionBlock, sheet: Sheet, sections: Sequence[SectionBlock]) -> Iterator[str]:
    """The paragraphs and tables of a section. A table does not end a file: Word wants a paragraph below it."""
    yield from _blocks(section.blocks, sheet)
    is_closed = bool(section.blocks) and not isinstance(section.blocks[-1], _TABLES)
    if section is sections[-1] and not is_closed:
        yield sheet.paragraph("gap", "", ParagraphLayout(height=points(_LOW)))


def _blocks(blocks: Sequence[Flow], sheet: Sheet) -> Iterator[str]:
    for block, before, after in zip(blocks, (None, *blocks[:-1]), (*blocks[1:], None), strict=False):
        if not isinstance(block, PageBreak):
            yield from _block(block, before, after, sheet)


def _block(block: Flow, before: Flow | None, after: Flow | None, sheet: Sheet) -> Iterator[str]:
    """What stands before a signature is kept with it, tables are held apart, and a page break goes into the paragraph
    that follows it, or into one made for it."""
    keeps, breaks = isinstance(after, Signature), isinstance(before, PageBreak)
    gap = points(sheet.profile.table.gap_after) if isinstance(before, Table) else None
    if isinstance(block, _TEXTS):
        layout = ParagraphLayout(keep_next=keeps, page_break_before=breaks, before=gap)
    else:
        layout = ParagraphLayout(keep_next=keeps)
        if breaks:
            yield sheet.paragraph("gap", "", ParagraphLayout(page_break_before=True, height=points(_LOW)))
    if isinstance(block, Table):
        yield from table(block, sheet, layout)
    else:
        yield _WRITERS[type(block)](block, sheet, layout)
    if isinstance(block, _TABLES) and isinstance(after, _TABLES):
        yield sheet.paragraph("gap", "", ParagraphLayout(keep_next=keeps))


def _para(block: Para, sheet: Sheet, layout: ParagraphLayout) -> str:
    return _text(block.style, block.content, sheet, layout)


def _heading(block: Heading, sheet: Sheet, layout: ParagraphLayout) -> str:
    return _text(f"heading-{block.level}", block.content, sheet, layout)


def _text(style: str, content: Inline, sheet: Sheet, layout: ParagraphLayout) -> str:
    return sheet.paragraph(style, inline(content, sheet.profile.styles[style], sheet), layout)


def _spacer(block: Spacer, sheet: Sheet, layout: ParagraphLayout) -> str:
    return sheet.paragraph("body", "", layout) + sheet.paragraph("body", "") * (block.lines - 1)


_WRITERS: Mapping[type, Callable[..., str]] = {
    Para: _para,
    Heading: _heading,
    Spacer: _spacer,
    HeadBlock: lambda block, sheet, _: word_head.head(block, sheet),
    Title: lambda block, sheet, _: word_head.title(block, sheet),
    Signature: lambda block, sheet, _: word_head.signature(block, sheet),
}
