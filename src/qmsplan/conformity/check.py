"""A Word file held against the official format: all findings, how many rules could be judged, and the mended file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from lxml import etree

from qmsplan.check.catalogue import find_entry
from qmsplan.conformity.body_rules import BODY_RULES
from qmsplan.conformity.end_rules import END_RULES
from qmsplan.conformity.head_rules import HEAD_RULES, OTHER_RULES, follows_others
from qmsplan.conformity.letter_rules import LETTER_RULES
from qmsplan.conformity.page_rules import PAGE_RULES
from qmsplan.conformity.paper import ConformityRule, Paper, PaperFault, part_lines
from qmsplan.conformity.pieces import folded
from qmsplan.diagnostics import START, Diagnostic, Message, Related, Severity, Span, UserError
from qmsplan.documents.profile import Profile
from qmsplan.word.package import broken, open_word
from qmsplan.word.paragraph import WordParagraph
from qmsplan.word.reader import WordContent, read_paragraphs

CONFORMITY_RULES: tuple[ConformityRule, ...] = (*PAGE_RULES, *LETTER_RULES, *HEAD_RULES, *BODY_RULES, *END_RULES)
_SHOWN = 60
"""Letters of a paragraph that are marked as its place."""


class PaperCheck(NamedTuple):
    """A paper as judged. `judged` of `of` rules had what they look at."""

    content: WordContent
    found: tuple[PaperFault, ...]
    judged: int
    of: int

    @property
    def mendable(self) -> tuple[PaperFault, ...]:
        """The faults that `mended` takes away."""
        return tuple(one for one in self.found if one.fix is not None)


def check_paper(content: bytes, profile: Profile, is_told: Callable[[str], bool] = lambda _: True) -> PaperCheck:
    """Judges a Word file by the rules whose codes are told. UserError if it can't be read."""
    with _values_read():
        return _judge(open_word(content), profile, is_told)


@contextmanager
def _values_read() -> Iterator[None]:
    """UserError where python-docx stumbles over a value that no Word writes, such as a page `x` wide."""
    try:
        yield
    except UserError:
        raise
    except (ValueError, KeyError, OverflowError, InvalidXmlError, etree.XMLSyntaxError):
        raise broken() from None


def _judge(document: Document, profile: Profile, is_told: Callable[[str], bool]) -> PaperCheck:
    paper = Paper(read_paragraphs(document), profile)
    held = (OTHER_RULES,) if follows_others(paper) else CONFORMITY_RULES
    rules = [rule for rule in held if is_told(rule.code)]
    judged = [rule for rule in rules if rule.is_judged(paper)]
    found = [fault for rule in judged for fault in rule.faults(paper)]
    for head in paper.attached:
        of_head = [rule for rule in rules if rule in HEAD_RULES and rule.is_judged(head)]
        found += [fault for rule in of_head for fault in rule.faults(head)]
    return PaperCheck(paper.content, tuple(found), len(judged), len(rules))


def diagnostics_of(checked: PaperCheck, file: str) -> Iterator[Diagnostic]:
    """The faults as findings of a file; a line is a paragraph, counted from 1."""
    for fault in checked.found:
        entry = find_entry(fault.code)
        name, severity = (entry.name, entry.severity) if entry else (fault.code, Severity.WARNING)
        spans = [_span(place) for place in fault.places if place.part == "body"]
        more = len(fault.places) - 1
        related = (Related(file, spans[1], Message("and {count} more place(s)", count=more)),) if len(spans) > 1 else ()
        hint = fault.hint or (Message("'--fix' fixes it") if fault.fix else None)
        yield Diagnostic(fault.code, name, severity, fault.message, file, spans[0] if spans else START, hint, related)


def _span(place: WordParagraph) -> Span:
    return Span(place.number, 1, place.number, 1 + min(len(place.plain), _SHOWN))


def why_not_mended(content: bytes) -> Message | None:
    """Why a file is only checked: a change would break its signature, its protection or its macros. None if it can be
    mended."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        main = archive.read("word/document.xml") if "word/document.xml" in names else b""
    if any(name.startswith("_xmlsignatures/") for name in names):
        return Message("it carries a digital signature, which any change would break")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return Message("it has macros")
    settings = open_word(content).settings.element
    protection = settings.find(qn("w:documentProtection"))
    is_enforced = protection is not None and protection.get(qn("w:enforcement"), "0") in {"1", "true", "on"}
    if is_enforced or settings.find(qn("w:writeProtection")) is not None:
        return Message("it is protected against changes")
    if b"http://purl.oclc.org/ooxml" in main or not main:
        return Message("it is saved in a form that is only read")
    return None


class MendedPaper(NamedTuple):
    """A Word file after mending, and how many faults were mended."""

    content: bytes
    faults: int


def mend_paper(content: bytes, profile: Profile, is_told: Callable[[str], bool] = lambda _: True) -> MendedPaper:
    """The Word file with everything mended that a machine may mend; of its other parts every byte stays. UserError if
    words would not stay what they are."""
    with _values_read():
        document = open_word(content)
        words = _words(document)
        for part in document.part.package.iter_parts():
            if isinstance(part, XmlPart):
                part_lines(part.element)
        untouched = _parts(document)
        checked = _judge(document, profile, is_told)
        for fault in checked.found:
            if fault.fix is not None:
                fault.fix()
        changed = {name: blob for name, blob in _parts(document).items() if untouched.get(name) != blob}
    if not changed:
        return MendedPaper(content, 0)
    new = _repacked(content, changed)
    if _words(open_word(new)) != words:
        raise UserError(
            Message("fixing it would change words, so nothing is written"),
            Message("fix what is reported in Word itself"),
        )
    return MendedPaper(new, len(checked.mendable))


def _parts(document: Document) -> dict[str, bytes]:
    """The XML parts of a document as python-docx writes them, by their names in the zip."""
    parts = document.part.package.iter_parts()
    return {str(part.partname).lstrip("/"): part.blob for part in parts if isinstance(part, XmlPart)}


def _words(document: Document) -> list[str]:
    """The text of a file but for what is mended in it: places of tone marks, dashes, and zeros before numbers."""
    read = read_paragraphs(document)
    margins = [paragraph for part in read.margins.values() for paragraph in part]
    texts = (re.sub(r"\b0(?=[1-9]\b)", "", folded(one.text)) for one in (*read.paragraphs, *read.notes, *margins))
    return [re.sub("[\u2010-\u2015\u2212]", "-", text).replace(" ", "").replace("\u0189", "d") for text in texts]


def _repacked(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The zip with some parts exchanged."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for entry in source.infolist():
            archive.writestr(entry, changed.get(entry.filename, source.read(entry.filename)), entry.compress_type)
    return target.getvalue()
