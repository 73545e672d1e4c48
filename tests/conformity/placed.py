"""Faultless papers whose components do not stand in the text where a reader sees them: a head in the header of the
first page, recipients and signature in text boxes."""

from __future__ import annotations

from collections.abc import Iterable

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from kinds import BOX
from papers import letter, plan, write
from seeded import find


def boxed(where: Paragraph, paragraphs: Iterable[Paragraph], left: int) -> None:
    """Moves paragraphs into a text box that a paragraph holds, so many points from the left."""
    box = parse_xml(BOX.format(nsdecls("w")))
    shape = next(one for one in box.iter() if one.tag.endswith("}shape"))
    shape.set("style", f"position:absolute;margin-left:{left}pt;margin-top:500pt;width:200pt")
    content = box.find(f".//{qn('w:txbxContent')}")
    for paragraph in list(paragraphs):
        content.append(paragraph._p)
    where._p.append(box)


def head_in_header() -> Document:
    """The head is the header of the first page."""
    document = letter()
    header = document.sections[0].first_page_header
    header._element.insert(0, document.tables[0]._tbl)
    return document


def head_in_only_header() -> Document:
    """A paper of one page, whose only header holds the head."""
    document = head_in_header()
    section = document.sections[0]
    table = section.first_page_header._element.find(qn("w:tbl"))
    section.different_first_page_header_footer = False
    for paragraph in section.header.paragraphs:
        for child in list(paragraph._p):
            paragraph._p.remove(child)
    section.header._element.insert(0, table)
    return document


def _ends(document: Document, recipients: int | None, signature: int | None) -> Document:
    """Puts the two columns of the end into boxes that the paragraphs of these indexes hold; None leaves a column as
    paragraphs at the end of the text."""
    table = document.tables[-1]
    holders = [paragraph for paragraph in document.paragraphs if paragraph.text]
    for cell, index, left in zip(table.rows[0].cells, (recipients, signature), (0, 260), strict=True):
        if index is None:
            for paragraph in cell.paragraphs:
                table._tbl.addprevious(paragraph._p)
        else:
            boxed(holders[index], cell.paragraphs, left)
    table._tbl.getparent().remove(table._tbl)
    return document


def signature_in_box() -> Document:
    """The box is held by a paragraph in the middle of the text."""
    return _ends(plan(), None, 6)


def ends_in_boxes() -> Document:
    """Both boxes are held by the first paragraph of the text; the signature comes first in the file."""
    return _ends(letter(), -1, 1)


def second_post() -> Document:
    """The chairman of a council signs; below the signature stands the post in his own agency."""
    document = plan()
    cell = document.tables[-1].cell(0, 1)
    for paragraph, text in zip(cell.paragraphs, ("", "CHỦ TỊCH", "", "", "Trần Thị Bình"), strict=True):
        paragraph.runs[0].text = text
    cell.paragraphs[-1].insert_paragraph_before()._p.getparent().replace(
        cell.paragraphs[-2]._p, write(cell, "PHÓ GIÁM ĐỐC SỞ TƯ PHÁP", 14, "b")._p
    )
    return document


def closed_by_a_line() -> Document:
    """The seal of a signature made by a machine, and a line typed below the end of the paper."""
    document = _ends(plan(), None, None)
    signed = find(document, "PHÓ GIÁM ĐỐC")._p
    for text in ("Thời gian ký: 05/02/2026 10:00", "Người ký: Trần Thị Bình", "Đã ký"):
        signed.addnext(write(document, text, 14)._p)
    write(document, "_______", 14)
    return document


PLACED = (closed_by_a_line, second_post, head_in_header, head_in_only_header, signature_in_box, ends_in_boxes)
