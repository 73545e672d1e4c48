"""The zip of a Word file, opened with care: it may be anything, and anything may have been done to it."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from qmsplan.diagnostic import Fault, say

if TYPE_CHECKING:
    from collections.abc import Callable

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
            raise (error if isinstance(error, Fault) else _broken()) from None


def open_package(content: bytes) -> Package:
    """The parts of a Word file. Fault if it is none, or not one that is safe to read."""
    if content.startswith(_OLD_WORD):
        raise Fault(
            say("this is a file of an older Word, or one with a password"),
            say("open it in Word and save it as .docx without a password"),
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Fault(say("this is no Word file"), say("name a file that ends in .docx")) from None
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_ALL:
        raise _too_large()
    names = [entry.filename for entry in entries]
    is_odd = len(set(names)) != len(names) or any(".." in name.split("/") or name.startswith("/") for name in names)
    if is_odd or any(entry.flag_bits & 1 or entry.compress_type not in _READABLE for entry in entries):
        raise _broken()
    return Package(archive)


def _refuse_type(*_: object) -> None:
    raise Fault(say("the Word file declares a document type, which no Word file does"), say("do not open it"))


def _too_large() -> Fault:
    return Fault(say("the Word file is larger inside than any plan"), say("check where it comes from"))


def _broken() -> Fault:
    return Fault(say("the Word file is broken"), say("open it in Word, which may mend it, and save it again"))
