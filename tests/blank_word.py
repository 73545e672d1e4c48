"""The empty Word file that papers of tests begin with."""

from __future__ import annotations

import io
from functools import cache

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE

KEPT_TABLES = {"Normal Table", "Table Grid"}
UNUSED = ("stylesWithEffects", "customXml", "thumbnail")
"""Ends of the relations to parts that nobody asks for."""


def blank_word() -> Document:
    """python-docx's own, without its 100 looks of tables that no paper uses and a second set of all its styles: 0.8 MB
    of XML, which each opening and saving would go through."""
    return docx.Document(io.BytesIO(_blank()))


@cache
def _blank() -> bytes:
    document = docx.Document()
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in KEPT_TABLES:
            style.element.getparent().remove(style.element)
    for relations in (document.part.package.rels, document.part.rels):
        for name in [name for name, relation in relations.items() if relation.reltype.endswith(UNUSED)]:
            del relations[name]
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
