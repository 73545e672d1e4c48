"""Where the page numbers of a section begin, for which python-docx has no word."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr

_AFTER = (
    *("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter"),
    *("w:docGrid", "w:printerSettings", "w:sectPrChange"),
)
"""What stands behind the kind of page numbers in a section."""


def start_numbers(section: CT_SectPr, *, anew: bool) -> None:
    """Lets page numbers begin at 1 again, or run on from the section before. Their form stays: `i, ii`."""
    kind = section.find(qn("w:pgNumType"))
    if anew and kind is None:
        kind = OxmlElement("w:pgNumType")
        section.insert_element_before(kind, *_AFTER)
    if anew:
        kind.set(qn("w:start"), "1")
    elif kind is not None:
        kind.attrib.pop(qn("w:start"), None)
        if not kind.attrib:
            section.remove(kind)
