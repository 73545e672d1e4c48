"""The paragraphs of a Word file, whoever saved it last: tracked changes as if accepted, footnotes after the text."""

from __future__ import annotations

import posixpath
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Fault, say
from qmsplan.document.word.package import Handlers, Package, open_package

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class Word(NamedTuple):
    """What a Word file says: its paragraphs that are not empty, and its own properties by name."""

    paragraphs: tuple[Paragraph, ...]
    properties: dict[str, str]


def read_word(content: bytes) -> Word:
    """The texts of a Word file. Fault if it can't be read."""
    package = open_package(content)
    main = _target(package, "", "officeDocument") or "word/document.xml"
    if main not in package.names:
        raise Fault(say("this is no Word file"), say("name a file that ends in .docx"))
    body = _Texts()
    package.parse(main, body.handlers)
    notes = {kind: _notes(package, main, kind) for kind, _ in body.notes}
    found = [*body.found, *(entry for kind, number in body.notes for entry in notes[kind].get(number, ()))]
    return Word(tuple(entry for entry in found if entry.text), _properties(package))


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
            raise Fault(
                say("the Word file shows the text of another file"), say("paste that text into it, and save it")
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
            raise Fault(say("the Word file has more paragraphs than any plan"), say("check where it comes from"))

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
