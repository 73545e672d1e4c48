"""Bytes of a file to its bytes in the canonical layout, and the proof that nothing else has changed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Diagnostic, Text, say
from qmsplan.layout.attach import attach
from qmsplan.layout.nodes import read_nodes
from qmsplan.layout.notes import find_notes
from qmsplan.layout.write import write_nodes
from qmsplan.load.document import as_diagnostic, read_document
from qmsplan.load.faults import LAYOUT_NOT_SAFE, NOT_NFC, Broken, diagnose
from qmsplan.load.limits import LARGEST
from qmsplan.load.source import Source
from qmsplan.load.text import decode
from qmsplan.load.tree import events, read_tree

if TYPE_CHECKING:
    from qmsplan.load.document import Document
    from qmsplan.load.tree import Tree

_MARK = "\ufeff".encode()


class Layout(NamedTuple):
    """A file laid out: its bytes, None if it is left alone; what changes that no line shows; and what is wrong."""

    content: bytes | None
    changes: tuple[Text, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Written(NamedTuple):
    """A text in the canonical layout, and the comments of the text it was made from, sorted."""

    text: str
    comments: list[str]


def lay_out(content: bytes, name: str) -> Layout:
    """The canonical layout of a file's bytes. A file that is broken, or whose meaning would change, is left alone."""
    try:
        document = read_document(Source(name, decode(content)))
    except Broken as broken:
        return Layout(None, (), (as_diagnostic(name, broken),))
    if document.value is None:
        return Layout(None, (), document.diagnostics)
    text = unicodedata.normalize("NFC", document.source.text.replace("\r\n", "\n"))
    laid = write(text, type(document.value))
    if laid.text != text and not _is_same(document, text, laid):
        return Layout(None, (), (_not_safe(name),))
    return Layout(laid.text.encode(), tuple(_changes(content, document.source)))


def write(text: str, model: type | None) -> Written:
    """A text in normal form C and with LF line ends in the canonical layout; without a model, fields stay in order."""
    parsed = list(events(text))
    notes = list(find_notes(text, parsed))
    root, entries = read_nodes(text, parsed)
    head = attach(root, entries, notes)
    return Written(write_nodes(root, head, model), sorted(note.text for note in notes if note.text))


def _is_same(document: Document, text: str, laid: Written) -> bool:
    """Whether value, typed texts, remarks and comments are those of the old text, and a second run changes nothing."""
    after = read_document(Source("", laid.text))
    if after.value != document.value or len(laid.text.encode()) > LARGEST:
        return False
    if _meaning(read_tree(laid.text)) != _meaning(read_tree(text)) or _remarks(after) != _remarks(document):
        return False
    return write(laid.text, type(document.value)) == laid


def _meaning(tree: Tree) -> object:
    """A tree whose texts of several lines are told by their paragraphs."""
    if isinstance(tree, dict):
        return {key: _meaning(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_meaning(value) for value in tree]
    if tree is None or "\n" not in tree:
        return tree
    lines = [line.strip() for line in tree.split("\n") if line.strip()]
    return lines[0] if len(lines) == 1 else lines


def _remarks(document: Document) -> Counter[str]:
    """The warnings of a document, without the one that fmt mends."""
    return Counter(remark.code for remark in document.diagnostics if remark.code != NOT_NFC.code)


def _not_safe(name: str) -> Diagnostic:
    message = say("this file can't be laid out without changing what it says; it was left as it is")
    return diagnose(name, LAYOUT_NOT_SAFE, message, hint=say("please report it, with the file"))


def _changes(content: bytes, source: Source) -> list[Text]:
    found = []
    if content.startswith(_MARK):
        found.append(say("the byte order mark goes"))
    if "\r\n" in source.text:
        found.append(say("line ends become LF"))
    if not source.is_composed:
        found.append(say("letters are composed (Unicode NFC)"))
    return found
