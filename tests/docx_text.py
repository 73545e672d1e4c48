"""The text of a Word file as a reader meets it, taken from the XML itself: paragraphs in order, cells row by row, the
footnotes last, each with its number."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_text(content: bytes) -> str:
    """Body paragraphs and footnotes joined by line ends."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [name for name in ("word/document.xml", "word/footnotes.xml") if name in package.namelist()]
        roots = [ET.fromstring(package.read(name)) for name in parts]
    lines = [_paragraph(paragraph) for root in roots[:1] for paragraph in root.iter(f"{W}p")]
    notes = [note for root in roots[1:] for note in root.iter(f"{W}footnote") if not note.get(f"{W}type")]
    return "\n".join([*lines, *(f"{note.get(f'{W}id')}{_paragraph(note)}" for note in notes)])


def _paragraph(paragraph: ET.Element) -> str:
    return "".join(map(_piece, paragraph.iter()))


def _piece(node: ET.Element) -> str:
    """A footnote's mark is its number."""
    if node.tag == f"{W}footnoteReference":
        return node.get(f"{W}id", "")
    return (
        node.text or ""
        if node.tag == f"{W}t"
        else {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}.get(node.tag, "")
    )
