"""Blocks to the main part of a Word file: one function a block, sections around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

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
from qmsplan.documents.word_package import DECLARATION, DRAWN, HEADER_ID, Properties, pack, parts_of
from qmsplan.documents.word_table import table
from qmsplan.documents.word_xml import Counters, ParagraphLayout, Sheet, inline, paragraph, points, twips

Write: TypeAlias = Callable[[Flow, Sheet, ParagraphLayout], str]

_TABLES = (HeadBlock, Table, Signature)
_TEXTS = (Para, Heading, Spacer)
_LOW = ParagraphLayout(height=points(1))
"""For a paragraph that Word wants and nobody should see."""


def write_docx(sections: Sequence[SectionBlock], profile: Profile, properties: Properties) -> bytes:
    """The Word file."""
    counters = Counters()
    body = [_section(section, sections, profile, counters).encode() for section in sections]
    document = [f"{DECLARATION}<w:document {DRAWN}><w:body>".encode(), *body, b"</w:body></w:document>"]
    return pack(document, parts_of("".join(counters.footnotes), profile, properties))


def _section(section: SectionBlock, sections: Sequence[SectionBlock], profile: Profile, counters: Counters) -> str:
    sheet = Sheet(profile, section.orientation, counters)
    content = "".join(_blocks(section.blocks, sheet))
    properties = _section_properties(section, sheet, is_first=section is sections[0])
    if section is not sections[-1]:
        return content + paragraph("gap", "", ParagraphLayout(height=points(1), section=properties))
    is_closed = bool(section.blocks) and not isinstance(section.blocks[-1], _TABLES)
    return content + ("" if is_closed else paragraph("gap", "", _LOW)) + properties


def _section_properties(section: SectionBlock, sheet: Sheet, *, is_first: bool) -> str:
    page, annex = sheet.profile.page, sheet.profile.annex
    width, height = sheet.size
    margins = {"top": page.top, "right": page.right, "bottom": page.bottom, "left": page.left}
    sides = " ".join(f'w:{side}="{twips(margin)}"' for side, margin in margins.items())
    from_top = twips(page.number_from_top)
    is_annex = section.kind == "annex"
    hides = annex.hide_first_number if is_annex else is_first and page.hide_first_number
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{HEADER_ID}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"'
        + (' w:orient="landscape"/>' if width > height else "/>")
        + f'<w:pgMar {sides} w:header="{from_top}" w:footer="{from_top}" w:gutter="0"/>'
        + ('<w:pgNumType w:start="1"/>' if is_annex and annex.restart_page_numbers else "")
        + ("<w:titlePg/>" if hides else "")
        + "</w:sectPr>"
    )


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
            yield paragraph("gap", "", ParagraphLayout(page_break_before=True, height=points(1)))
    yield _WRITERS[type(block)](block, sheet, layout)
    if isinstance(block, _TABLES) and isinstance(after, _TABLES):
        yield paragraph("gap", "", ParagraphLayout(keep_next=keeps))


def _para(block: Para, sheet: Sheet, layout: ParagraphLayout) -> str:
    return _text(block.style, block.content, sheet, layout)


def _heading(block: Heading, sheet: Sheet, layout: ParagraphLayout) -> str:
    return _text(f"heading-{block.level}", block.content, sheet, layout)


def _text(style: str, content: Inline, sheet: Sheet, layout: ParagraphLayout) -> str:
    return paragraph(style, inline(content, sheet.profile.styles[style], sheet), layout)


def _spacer(block: Spacer, _sheet: Sheet, layout: ParagraphLayout) -> str:
    return paragraph("body", "", layout) + paragraph("body", "") * (block.lines - 1)


_WRITERS: Mapping[type, Callable[..., str]] = {
    Para: _para,
    Heading: _heading,
    Spacer: _spacer,
    Table: table,
    HeadBlock: lambda block, sheet, _: word_head.head(block, sheet),
    Title: lambda block, sheet, _: word_head.title(block, sheet),
    Signature: lambda block, sheet, _: word_head.signature(block, sheet),
}
