"""The zip of a Word file: checked for size, number of parts and odd names before anything of it is unpacked, then
opened with python-docx. A file may come from anybody. Files of other office programs (`.doc`, `.odt`, `.rtf`, `.ods`,
`.xls`) are made Word files or workbooks by LibreOffice where it is installed. And where the page numbers of its
sections begin, for which python-docx has no word."""

from __future__ import annotations

import io
import os
import posixpath
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import PartFactory, XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
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

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_EMPTY, _LOCKED = Message("the file is empty"), Message("the file is locked with a password")
_OLD = Message("this is a file of an older Office, or one with a password")
_PDF, _PICTURE = Message("this is a PDF"), Message("this is a picture")
_STREAMS = (
    ("EncryptedPackage", _LOCKED),
    ("WordDocument", Message("this is a document of an older Word")),
    ("Book", Message("this is a workbook of an older Excel")),
    ("Workbook", Message("this is a workbook of an older Excel")),
)
"""What the files of an older Office are, and those with a password, by the names of streams in them."""
_PARTS = (
    ("word/document.xml", Message("this is a Word file")),
    ("xl/workbook.xml", Message("this is a workbook")),
    ("ppt/presentation.xml", Message("these are slides")),
    ("mimetype", Message("this is a file of LibreOffice's own kind")),
)
_BEGINNINGS = (
    (rb"%PDF", _PDF),
    (rb"\{\\rtf", Message("this is a file in rich text (RTF)")),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*|MM\x00\*", _PICTURE),
    (rb"(?:\xef\xbb\xbf)?\s*<", Message("this is a web page or another file of text with marks")),
)


def what_it_is(content: bytes) -> Message | None:
    """What a file is by what it holds, whatever its name says: `this is a PDF`; None if nothing tells."""
    if not content.strip(b"\0"):
        return _EMPTY
    if content.startswith(_OLD_OFFICE):
        return next((told for name, told in _STREAMS if name.encode("utf-16-le") in content), _OLD)
    if told := next((told for begin, told in _BEGINNINGS if re.match(begin, content)), None):
        return told
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return None
    return next((told for name, told in _PARTS if name in names), None)


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
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise _no_word_file(content) from None
    entries = archive.infolist()
    sizes = [entry.file_size for entry in entries]
    if len(entries) > MOST_PARTS or sum(sizes) > LARGEST_ALL or max(sizes, default=0) > LARGEST_PART:
        raise _too_large()
    names = [entry.filename for entry in entries]
    is_odd = any(".." in name.split("/") or name.startswith("/") for name in names)
    is_odd = is_odd or len({name.lower() for name in names}) != len(names)  # of two names alike Word may read the other
    if is_odd or any(entry.flag_bits & 1 or entry.compress_type not in _READABLE for entry in entries):
        raise broken()
    if _TYPES not in names or "xl/workbook.xml" in names:
        raise _no_word_file(content)
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


def _no_word_file(content: bytes) -> UserError:
    if told := what_it_is(content):
        return UserError(told, Message("open it in Word or LibreOffice and save it as .docx, without a password"))
    return UserError(
        Message("this is no Word file"), Message("name a .docx file; if it is one, it is damaged: copy it again")
    )


def _too_large() -> UserError:
    return UserError(Message("the Word file is larger inside than any plan"), Message("check where it comes from"))


def broken() -> UserError:
    """What is told of a file that python-docx can't read."""
    return UserError(
        Message("the Word file is broken"), Message("open it in Word, which may repair it, and save it again")
    )


def safe_root(part: XmlPart) -> Any:
    """The XML of a part. UserError if it declares a document type: python-docx would leave out the text of its
    entities."""
    if part.element.getroottree().docinfo.doctype:
        raise UserError(
            Message("the Word file declares a document type, which no Word file does"), Message("do not open it")
        )
    return part.element


def related_parts(source: Any, *kinds: str) -> Iterator[Any]:
    """The parts that a part or the package refers to in one of some ways."""
    return (one.target_part for one in source.rels.values() if one.reltype in kinds and not one.is_external)


_AFTER = (
    *("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter"),
    *("w:docGrid", "w:printerSettings", "w:sectPrChange"),
)
"""What stands behind the kind of page numbers in a section."""


def start_numbers(section: CT_SectPr, *, anew: bool) -> None:
    """Lets page numbers begin at 1 again, or run on from the section before. Their form stays: `i, ii`."""
    kind = section.find(qn("w:pgNumType"))
    if anew and kind is None:
        kind = OxmlElement("w:pgNumType")
        section.insert_element_before(kind, *_AFTER)
    if anew:
        kind.set(qn("w:start"), "1")
    elif kind is not None:
        kind.attrib.pop(qn("w:start"), None)
        if not kind.attrib:
            section.remove(kind)


OTHER_FORMS = frozenset({".doc", ".odt", ".rtf"})
"""Endings of files that LibreOffice turns into Word files."""
OTHER_SHEETS = frozenset({".ods", ".xls"})
"""Endings of files that LibreOffice turns into workbooks."""
_PROGRAMS = (
    "soffice",
    "libreoffice",
    "soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
)
"""Names on the path, then where LibreOffice's own installers put it without adding it to the path."""
_SECONDS = 60
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/Product">
<prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99.9</value></prop></item></oor:items>
"""
"""Of a profile: it was used by no older LibreOffice. Else each start tries how this computer draws, which takes longer
than to write a document."""


def office_program() -> str | None:
    """The path of LibreOffice's program; None if it is not installed."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def run_office(program: str, sources: Sequence[Path], to: str, folder: Path, seconds: int) -> str:
    """Writes files in another form into a folder, all by one run: `to` is LibreOffice's name of it, such as
    `pdf:writer_pdf_Export`. TimeoutExpired or OSError if it does not run; a file that it can't make is missing. What
    it complained of first is given back, such as `No fonts could be found on the system.`; "" if there is nothing.

    LibreOffice gets a profile of its own in that folder, so a running one is neither disturbed nor waited for, and no
    macro runs."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", to, "--outdir", str(folder), *map(str, sources)]
    done = subprocess.run(  # noqa: S603  the program found on the path, and names of our own
        command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL, env=dict(os.environ)
    )
    lines = done.stderr.decode(errors="replace").splitlines()
    return next((line for line in lines if line.strip() and not line.startswith("Warning")), "")


def as_word(content: bytes, ending: str) -> bytes:
    """A file of another word processor as a Word file. UserError if there is no LibreOffice, or if it can't do it."""
    hint = Message("open it in Word or LibreOffice and save it as .docx")
    return _converted(content, ending, "docx:MS Word 2007 XML", hint)


def as_workbook(content: bytes, ending: str) -> bytes:
    """A spreadsheet of another program as a workbook. UserError if there is no LibreOffice, or if it can't do it."""
    hint = Message("open it in Excel or LibreOffice and save it as .xlsx")
    return _converted(content, ending, "xlsx:Calc MS Excel 2007 XML", hint)


def _converted(content: bytes, ending: str, to: str, hint: Message) -> bytes:
    told = what_it_is(content)
    if told is not None and told in {_EMPTY, _LOCKED, _PDF, _PICTURE}:  # it would make something of these
        raise UserError(told, hint)
    program = office_program()
    if program is None:
        raise UserError(Message("a file of this kind needs LibreOffice, which is not here"), hint)
    with tempfile.TemporaryDirectory(prefix="qmsplan-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made = folder / f"paper{ending}", folder / "made" / f"paper.{to.partition(':')[0]}"
        source.write_bytes(content)
        made.parent.mkdir()
        try:
            run_office(program, [source], to, made.parent, _SECONDS)
            if made.stat().st_size <= LARGEST_FILE:
                return made.read_bytes()
        except subprocess.TimeoutExpired:
            raise UserError(
                Message("LibreOffice needs more than {seconds} seconds for it", seconds=_SECONDS), hint
            ) from None
        except OSError:
            pass
    raise UserError(Message("LibreOffice can't read it"), hint)
