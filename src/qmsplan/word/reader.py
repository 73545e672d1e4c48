"""Word files of other people: opened with care, since a file may be anything and anything may have been done to it, and
read with python-docx.

`open_word` gives the document, `read_word` its paragraphs, whoever saved it last: tracked changes as if accepted,
footnotes after the text."""

from __future__ import annotations

import io
import posixpath
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import PartFactory, XmlPart
from lxml import etree

from qmsplan.diagnostics import Message, UserError

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a Word file."""
LARGEST_PART = 64 * 1024 * 1024
LARGEST_ALL = 256 * 1024 * 1024
"""Bytes of one part and of all parts together, unpacked."""
MOST_PARTS = 2000
MOST_TAGS = 4_000_000
"""Start and end tags of all parts together: each costs some hundred bytes of memory."""

PartFactory.part_type_for |= {
    CONTENT_TYPE.WML_FOOTNOTES: XmlPart,
    CONTENT_TYPE.WML_ENDNOTES: XmlPart,
    CONTENT_TYPE.OFC_CUSTOM_PROPERTIES: XmlPart,
}
"""Parts that python-docx would leave as bytes."""

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_READABLE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_TYPES = "[Content_Types].xml"
_MAIN_TYPES = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
"""What python-docx does not take for a Word file though it is one: with macros, or a template."""
_STRICT = {
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}
"""Names of the standard's strict form, in which Word can save too, and those that python-docx knows."""


def open_word(content: bytes, *, pictures: bool = False) -> Document:
    """The document of a Word file, without pictures and the like if they are not asked for. UserError if it is no Word
    file, or not one that is safe to read."""
    try:
        return docx.Document(_plain(_checked(content), pictures=pictures))
    except UserError:
        raise
    except Exception:  # noqa: BLE001  python-docx raises whatever a broken file makes it stumble over
        raise broken() from None


def _checked(content: bytes) -> zipfile.ZipFile:
    """The zip of a Word file, of which nothing is unpacked yet."""
    if content.startswith(_OLD_WORD):
        raise UserError(
            Message("this is a file of an older Word, or one with a password"),
            Message("open it in Word and save it as .docx without a password"),
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise _no_word_file() from None
    entries = archive.infolist()
    sizes = [entry.file_size for entry in entries]
    if len(entries) > MOST_PARTS or sum(sizes) > LARGEST_ALL or max(sizes, default=0) > LARGEST_PART:
        raise _too_large()
    names = [entry.filename for entry in entries]
    is_odd = len(set(names)) != len(names) or any(".." in name.split("/") or name.startswith("/") for name in names)
    if is_odd or any(entry.flag_bits & 1 or entry.compress_type not in _READABLE for entry in entries):
        raise broken()
    if _TYPES not in names:
        raise _no_word_file()
    return archive


def _plain(archive: zipfile.ZipFile, *, pictures: bool) -> io.BytesIO:
    """A copy for python-docx: XML parts, and pictures if they are asked for; without what it would stumble over."""
    kept = {name for name in archive.namelist() if pictures or name.lower().endswith((".xml", ".rels"))}
    copy, tags = io.BytesIO(), 0
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(kept):
            part = archive.read(name)
            if name.lower().endswith((".xml", ".rels")):
                tags += part.count(b"<")
                if tags > MOST_TAGS:
                    raise _too_large()
                part = _plain_part(name, part, kept)
            target.writestr(name, part)
    return copy


def _plain_part(name: str, part: bytes, kept: set[str]) -> bytes:
    """An XML part with the names that python-docx knows, and without relations to parts that are not there."""
    for strict, known in _STRICT.items():
        part = part.replace(strict, known)
    if name == _TYPES:
        for kind in _MAIN_TYPES:
            part = part.replace(kind, CONTENT_TYPE.WML_DOCUMENT_MAIN.encode())
    if not name.lower().endswith(".rels"):
        return part
    folder = posixpath.join("/", posixpath.dirname(posixpath.dirname(name)))
    relations = etree.fromstring(part, etree.XMLParser(resolve_entities=False))
    for relation in list(relations):
        target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
        if relation.get("TargetMode") != "External" and target.lstrip("/") not in kept:
            relations.remove(relation)
    return bytes(etree.tostring(relations))


def _no_word_file() -> UserError:
    return UserError(Message("this is no Word file"), Message("name a file that ends in .docx"))


def _too_large() -> UserError:
    return UserError(Message("the Word file is larger inside than any plan"), Message("check where it comes from"))


def broken() -> UserError:
    """What is told of a file that python-docx can't read."""
    return UserError(
        Message("the Word file is broken"), Message("open it in Word, which may mend it, and save it again")
    )


MOST = 100_000
"""Paragraphs of a file."""
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
_INCLUDED = frozenset({"altChunk", "subDoc"})
_NOTES = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
_PIECES = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


class Paragraph(NamedTuple):
    """A paragraph's text, and the table row that it stands in, counted from 1."""

    text: str
    row: int | None = None


class PlacedWord(NamedTuple):
    """What a Word file says: its paragraphs that are not empty, and its own properties by name."""

    paragraphs: tuple[Paragraph, ...]
    properties: dict[str, str]


def read_word(content: bytes) -> PlacedWord:
    """The texts of a Word file. UserError if it can't be read."""
    document = open_word(content)
    body = _Texts(_safe(document.part))
    notes = {kind: _notes(document, kind) for kind, _ in body.notes}
    found = [*body.found, *(entry for kind, number in body.notes for entry in notes[kind].get(number, ()))]
    return PlacedWord(tuple(entry for entry in found if entry.text), _properties(document))


def texts_of(paragraphs: Iterable[Paragraph]) -> list[str]:
    """The texts alone."""
    return [paragraph.text for paragraph in paragraphs]


def normal(text: str) -> str:
    """A text as it is compared: composed, with single spaces, without what can't be seen."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def _safe(part: XmlPart) -> Any:
    """The XML of a part. UserError if it declares a document type: python-docx would leave out the text of its
    entities."""
    if part.element.getroottree().docinfo.doctype:
        raise UserError(
            Message("the Word file declares a document type, which no Word file does"), Message("do not open it")
        )
    return part.element


def _related(source: Any, kind: str) -> Iterator[XmlPart]:
    """The XML parts that a part or the package refers to in this way."""
    for relation in source.rels.values():
        if relation.reltype == kind and not relation.is_external and isinstance(relation.target_part, XmlPart):
            yield relation.target_part


def _notes(document: Document, kind: str) -> dict[str, list[Paragraph]]:
    """The paragraphs of all footnotes, or endnotes, by their number."""
    return {
        number: paragraphs
        for part in _related(document.part, _NOTES[kind])
        for number, paragraphs in _Texts(_safe(part)).by_note.items()
    }


def _properties(document: Document) -> dict[str, str]:
    """The properties that are not Word's own."""
    return {
        entry.get("name", ""): "".join(entry.itertext()).strip()
        for part in _related(document.part.package, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
        for entry in _safe(part)
    }


class _Texts:
    """The paragraphs of a part. A paragraph may hold others, in text boxes: they come before it."""

    def __init__(self, root: Any) -> None:
        self.found: list[Paragraph] = []
        self.notes: list[tuple[str, str]] = []
        self.by_note: dict[str, list[Paragraph]] = {}
        self.open: list[list[str]] = []
        self.skipping = self.tables = self.rows = 0
        self.row: int | None = None
        self.note: str | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            space, _, kind = element.tag.rpartition("}")
            if kind == "p" and "wordprocessingml" not in space:
                kind = ""  # drawings have paragraphs of their own kind
            (self.start if event == "start" else self.end)(kind, element)

    def start(self, kind: str, element: Any) -> None:
        if self.skipping or kind in _SKIPPED:
            self.skipping += 1
        elif kind == "p":
            self.open.append([])
        elif kind == "t" and self.open:
            self.open[-1].append(element.text or "")
        elif kind in _PIECES and self.open:
            self.open[-1].append(_PIECES[kind])
        elif kind == "tbl":
            self.tables += 1
        elif kind == "tr" and self.tables == 1:
            self.rows += 1
            self.row = self.rows
        elif kind in _INCLUDED:
            raise UserError(
                Message("the Word file shows the text of another file"), Message("paste that text into it, and save it")
            )
        elif kind in _NOTES:
            self.note = _id(element)
        elif kind.removesuffix("Reference") in _NOTES:
            self.notes.append((kind.removesuffix("Reference"), _id(element)))

    def end(self, kind: str, _: Any) -> None:
        if self.skipping:
            self.skipping -= 1
        elif kind == "p":
            self.close()
        elif kind == "tbl":
            self.tables -= 1
        elif kind == "tr" and self.tables == 1:
            self.row = None

    def close(self) -> None:
        paragraph = Paragraph(normal("".join(self.open.pop())), self.row)
        self.found.append(paragraph)
        if self.note is not None:
            self.by_note.setdefault(self.note, []).append(paragraph)
        if len(self.found) > MOST:
            raise UserError(
                Message("the Word file has more paragraphs than any plan"), Message("check where it comes from")
            )


def _id(element: Any) -> str:
    """The number of a note or of a reference to one."""
    return next((value for name, value in element.items() if name.rpartition("}")[2] == "id"), "")
