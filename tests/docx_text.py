"""The text of a Word file as a reader meets it, taken from the XML itself: paragraphs in order, cells row by row."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_text(content: bytes) -> str:
    """Body paragraphs joined by line ends."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = ET.fromstring(package.read("word/document.xml"))
    return "\n".join(_paragraph(paragraph) for paragraph in root.iter(f"{W}p"))


def _paragraph(paragraph: ET.Element) -> str:
    parts = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(node.text or "" if node.tag == f"{W}t" else parts.get(node.tag, "") for node in paragraph.iter())
