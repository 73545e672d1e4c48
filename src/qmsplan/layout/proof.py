"""The proof that an edit of a plan did what it was meant to do, and nothing else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Fault, say
from qmsplan.layout.notes import find_notes
from qmsplan.load.document import Document, read_content
from qmsplan.load.tree import events

if TYPE_CHECKING:
    from qmsplan.model.plan import Plan

_MARK = "\ufeff".encode()


def edited(before: bytes, text: str, wanted: Plan) -> bytes:
    """The bytes of an edited text. Fault if, read again, it is not the plan that was wanted, or lost a comment."""
    content = (_MARK if before.startswith(_MARK) else b"") + text.encode()
    old, new = read_content(before, ""), read_content(content, "")
    if new.value != wanted or _remarks(new) != _remarks(old):
        message = say("this file can't be edited without changing what it says; it was left as it is")
        raise Fault(message, say("run 'qmsplan fmt' on the file, then again this command"))
    return content


def _remarks(document: Document) -> tuple[Counter[str], Counter[str]]:
    """The comments of a document and its warnings."""
    text = document.source.text
    comments = Counter(note.text for note in find_notes(text, events(text)) if note.text)
    return comments, Counter(diagnostic.code for diagnostic in document.diagnostics)
