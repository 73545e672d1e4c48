"""The properties and the zip of a Word file. python-docx owns the parts; here they get the same bytes on any day and
system, and the long text of a document goes straight into the zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import NamedTuple

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from qmsplan.documents.word_xml import escape

_LONGEST_PROPERTY = 255
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What Word files every property under that is not its own."""

STAMP = datetime(2020, 3, 5, tzinfo=UTC)
"""The time in the properties of files, the same on any day: that of Decree 30/2020/NĐ-CP."""
_ENTRY_STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of the zip: the earliest that a zip can hold."""
_DOCUMENT = "word/document.xml"
_FOOTNOTES = "word/footnotes.xml"
_PLACE = "qmsplan"


class Properties(NamedTuple):
    """What the file says about itself; `custom` has names and values of properties that are not Word's own, such as
    `("qmsplan-plan", "TGPL-KHMT-2026")`."""

    title: str
    author: str
    stamp: datetime
    custom: tuple[tuple[str, str], ...] = ()


def set_properties(document: Document, properties: Properties) -> None:
    """Writes the properties into a document that has none yet."""
    core, stamp = document.core_properties, properties.stamp
    core.title, core.author = properties.title[:_LONGEST_PROPERTY], properties.author[:_LONGEST_PROPERTY]
    core.created = core.modified = stamp.astimezone(UTC) if stamp.tzinfo else stamp
    if properties.custom:
        package = document.part.package
        name, kind = PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
        package.relate_to(Part(name, kind, _custom(properties).encode(), package), RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _custom(properties: Properties) -> str:
    """The part with the file's own properties, for which python-docx has no words. They are numbered from 2, as the
    format wants it: 0 and 1 have meanings of their own."""
    entries = "".join(
        f'<property fmtid="{_USER_PROPERTIES}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.custom, 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{entries}</Properties>'
    )


def place() -> etree._ProcessingInstruction:
    """Marks where a text goes in that `packed` takes."""
    return etree.ProcessingInstruction(_PLACE)


def packed(document: Document, texts: Iterable[Iterable[str]] = (), footnotes: Iterable[str] = ()) -> bytes:
    """The bytes of a document. Each of `texts` is XML that goes in at a place marked in it, piece by piece: that of a
    report on a province has tens of megabytes, which are never in memory at once. `footnotes` are read after them."""
    plain, result = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(result, "w") as target:
        for name in sorted(source.namelist()):  # [Content_Types].xml is the first, the footnotes follow the document
            entry = zipfile.ZipInfo(name, _ENTRY_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            with target.open(entry, "w") as file:
                for piece in _pieces(name, source.read(name), texts, footnotes):
                    file.write(piece)
    return result.getvalue()


def _pieces(name: str, content: bytes, texts: Iterable[Iterable[str]], footnotes: Iterable[str]) -> Iterator[bytes]:
    if name == _DOCUMENT:
        for piece, text in zip(content.split(etree.tostring(place())), chain(texts, ((),)), strict=True):
            yield piece
            yield from (block.encode() for block in text)
    elif name == _FOOTNOTES:
        start, end, root = content.rpartition(b"</")
        yield start
        yield from (note.encode() for note in footnotes)
        yield end + root
    else:
        yield content
