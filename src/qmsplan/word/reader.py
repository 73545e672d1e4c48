"""The zip of a Word file, opened with care: it may be anything, and anything may have been done to it.

The paragraphs of a Word file, whoever saved it last: tracked changes as if accepted, footnotes after the text."""

from __future__ import annotations

import io
import posixpath
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import NamedTuple
from xml.parsers import expat

from qmsplan.diagnostics import Message, UserError

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a Word file."""
LARGEST_PART = 64 * 1024 * 1024
LARGEST_ALL = 256 * 1024 * 1024
MOST_PARTS = 2000
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_READABLE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Handlers(NamedTuple):
    """What is told of an XML text: starts with their attributes, ends and characters. Names are `namespace name`."""

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None]
    characters: Callable[[str], None]


class Package:
    """The parts of a Word file by name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = frozenset(archive.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of a part. Fault if it is broken or larger than a part may be."""
        try:
            with self.archive.open(name) as part:
                content = part.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            raise _broken() from None
        if len(content) > LARGEST_PART:
            raise _too_large()
        return content

    def parse(self, name: str, handlers: Handlers) -> None:
        """Tells the handlers what an XML part holds, in one pass. Fault if it is no XML, or declares a type."""
        content = self.read(name)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = handlers.start
        parser.EndElementHandler = handlers.end
        parser.CharacterDataHandler = handlers.characters
        parser.StartDoctypeDeclHandler = _refuse_type
        try:
            parser.Parse(content, True)  # noqa: FBT003  expat's own signature
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise (error if isinstance(error, UserError) else _broken()) from None


def open_package(content: bytes) -> Package:
    """The parts of a Word file. Fault if it is none, or not one that is safe to read."""
    if content.startswith(_OLD_WORD):
        raise UserError(
            Message("this is a file of an older Word, or one with a password"),
            Message("open it in Word and save it as .docx without a password"),
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise UserError(Message("this is no Word file"), Message("name a file that ends in .docx")) from None
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_ALL:
        raise _too_large()
    names = [entry.filename for entry in entries]
    is_odd = len(set(names)) != len(names) or any(".." in name.split("/") or name.startswith("/") for name in names)
    if is_odd or any(entry.flag_bits & 1 or entry.compress_type not in _READABLE for entry in entries):
        raise _broken()
    return Package(archive)


def _refuse_type(*_: object) -> None:
    raise UserError(
        Message("the Word file declares a document type, which no Word file does"), Message("do not open it")
    )


def _too_large() -> UserError:
    return UserError(Message("the Word file is larger inside than any plan"), Message("check where it comes from"))


def _broken() -> UserError:
    return UserError(
        Message("the Word file is broken"), Message("open it in Word, which may mend it, and save it again")
    )


MOST = 100_000
"""Paragraphs of a file."""
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
_INCLUDED = frozenset({"altChunk", "subDoc"})
_NOTES = ("footnote", "endnote")
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
    """The texts of a Word file. Fault if it can't be read."""
    package = open_package(content)
    main = _target(package, "", "officeDocument") or "word/document.xml"
    if main not in package.names:
        raise UserError(Message("this is no Word file"), Message("name a file that ends in .docx"))
    body = _Texts()
    package.parse(main, body.handlers)
    notes = {kind: _notes(package, main, kind) for kind, _ in body.notes}
    found = [*body.found, *(entry for kind, number in body.notes for entry in notes[kind].get(number, ()))]
    return PlacedWord(tuple(entry for entry in found if entry.text), _properties(package))


def _notes(package: Package, main: str, kind: str) -> dict[str, list[Paragraph]]:
    """The paragraphs of all footnotes, or endnotes, by their number."""
    notes, name = _Texts(), _target(package, main, f"{kind}s")
    if name in package.names and name:
        package.parse(name, notes.handlers)
    return notes.by_note


def normal(text: str) -> str:
    """A text as it is compared: composed, with single spaces, without what can't be seen."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


class _Texts:
    """Takes what the parser tells. A paragraph may hold others, in text boxes."""

    def __init__(self) -> None:
        self.found: list[Paragraph] = []
        self.notes: list[tuple[str, str]] = []
        self.by_note: dict[str, list[Paragraph]] = {}
        self.open: list[list[str]] = []
        self.skipping = self.tables = self.rows = 0
        self.is_text = False
        self.row: int | None = None
        self.note: str | None = None
        self.handlers = Handlers(self.start, self.end, self.take)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if self.skipping or kind in _SKIPPED:
            self.skipping += 1
        elif kind == "p" and _is_word(name):
            self.open.append([])
        elif kind == "t":
            self.is_text = True
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
        elif kind.removesuffix("Reference") in _NOTES:
            self.refer(kind, attributes)

    def refer(self, kind: str, attributes: dict[str, str]) -> None:
        number = next((value for name, value in attributes.items() if name.rpartition(" ")[2] == "id"), "")
        if kind in _NOTES:
            self.note = number
        else:
            self.notes.append((kind.removesuffix("Reference"), number))

    def end(self, name: str) -> None:
        kind = name.rpartition(" ")[2]
        if self.skipping:
            self.skipping -= 1
        elif kind == "p" and _is_word(name):
            self.close()
        elif kind == "t":
            self.is_text = False
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

    def take(self, text: str) -> None:
        if self.is_text and self.open and not self.skipping:
            self.open[-1].append(text)


def _is_word(name: str) -> bool:
    """Drawings have paragraphs of their own kind."""
    return "wordprocessingml" in name.partition(" ")[0]


def _target(package: Package, source: str, kind: str) -> str | None:
    """The part that another one, or the file, refers to as its main text or its footnotes."""
    folder, _, base = source.rpartition("/")
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    if relations not in package.names:
        return None
    found: list[str] = []

    def start(_: str, attributes: dict[str, str]) -> None:
        if attributes.get("Type", "").endswith(f"/{kind}") and attributes.get("TargetMode") != "External":
            found.append(attributes.get("Target", ""))

    package.parse(relations, Handlers(start, _ignore, _ignore))
    return posixpath.normpath(posixpath.join("/", folder, found[0])).lstrip("/") if found else None


def _properties(package: Package) -> dict[str, str]:
    """The properties that are not Word's own."""
    name = "docProps/custom.xml"
    if name not in package.names:
        return {}
    found: dict[str, str] = {}
    names: list[str] = []

    def start(_: str, attributes: dict[str, str]) -> None:
        names.extend([attributes["name"]] if "name" in attributes else [])

    def take(text: str) -> None:
        if names:
            found[names[-1]] = found.get(names[-1], "") + text

    package.parse(name, Handlers(start, _ignore, take))
    return {name: text.strip() for name, text in found.items()}


def _ignore(*_: object) -> None:
    """What is told of no interest."""


def texts_of(paragraphs: Iterable[Paragraph]) -> list[str]:
    """The texts alone."""
    return [paragraph.text for paragraph in paragraphs]
