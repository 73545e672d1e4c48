"""Files on the disk: how much they may hold, bytes to text, and which of them lie inside the workspace.

Size, encoding and characters are settled here, before any parser sees them. A file of a workspace that is a link to
somewhere else is never read: a cloned workspace must not print what lies beside it."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from qmsplan.diagnostics import (
    FORBIDDEN_CHARACTER,
    NOT_UTF8,
    START,
    TOO_LARGE,
    UNREADABLE,
    Fix,
    Message,
    ReadError,
    Span,
)

MARK = "qmsplan.yaml"
"""The settings file, which marks a folder as a workspace."""

LARGEST = 6 * 1024 * 1024
"""Bytes of a file: an annex of 5,000 long rows has 4.6 million."""
DEEPEST = 20
"""Containers inside each other."""
MOST_NODES = 200_000
"""Keys and values."""
LONGEST_SCALAR = 20_000
"""Characters of one text."""
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain texts that mean no value."""


_ENDINGS = (".yaml", ".yml")


def is_plan_name(path: str) -> bool:
    """Whether a path below the folder of plans is read as a plan or progress file: `tgpl/TGPL-KHMT-2026.yaml`."""
    return path.lower().endswith(_ENDINGS) and not any(part.startswith(".") for part in path.split("/"))


class File(NamedTuple):
    """A file to read and the name it is shown under."""

    path: Path
    name: str
    content: bytes | None = None
    """Read instead of what is on the disk: a file as it would be."""


def shown(path: Path, folder: Path | str = ".") -> str:
    """A path as users are told it: relative to the current folder, or to another one, with forward slashes."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()


_FORBIDDEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00d0\u00f0\u0189\u0256\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u2069\u2800\u3164\ufeff\uffa0\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]|\r(?!\n)"
    r"|(?<=[^\W\d_])[\u200d\ufe00-\ufe0f]"
)
"""What XML can't hold, terminals obey, or hides text from its reader: controls, bidi marks, lone surrogates, letters
without width or ink; and letters that look like Đ or đ and are not. What joins or colours an emoji may stand behind
one, but not behind a letter."""


def find_forbidden(text: str) -> re.Match[str] | None:
    """The first character that must not stand in a plan."""
    return re.search(_FORBIDDEN, text)


def find_workspace(start: Path | None = None) -> Path | None:
    """The nearest folder at or above `start` (the current folder if not given) that holds qmsplan.yaml."""
    here = (start or Path.cwd()).absolute()
    return next((folder for folder in (here, *here.parents) if (folder / MARK).is_file()), None)


def leads_outside(path: Path | str) -> bool:
    """Whether a file or folder of a workspace is a link, or lies behind one, that leads out of that workspace."""
    name = os.path.abspath(path)  # noqa: PTH100  without `..`, which is no folder of the workspace
    has_link, folder = os.path.islink(name), os.path.dirname(name)  # noqa: PTH114, PTH120  a call for each file read
    while not os.path.isfile(f"{folder}/{MARK}"):  # noqa: PTH113
        has_link = has_link or os.path.islink(folder)  # noqa: PTH114
        inner, folder = folder, os.path.dirname(folder)  # noqa: PTH120
        if folder == inner:
            return False
    return has_link and not Path(os.path.realpath(name)).is_relative_to(os.path.realpath(folder))


def read_bytes(path: Path | str, largest: int = LARGEST) -> bytes:
    """The bytes of a regular file of at most `largest` bytes. ReadError if it is anything else, or if its name in a
    workspace is a link to a file outside."""
    try:
        if leads_outside(path):
            raise ReadError(
                UNREADABLE,
                Message("this is a link to a file outside the workspace"),
                hint=Message("put the file itself into the workspace; files outside are not read"),
            )
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            is_regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
            content = _read_all(descriptor, largest) if is_regular else b""
        finally:
            os.close(descriptor)
    except OSError as error:
        raise ReadError(UNREADABLE, _reason(error), hint=Message("check the name and the permissions")) from None
    if not is_regular:
        if os.path.islink(path) and os.path.isdir(path):  # noqa: PTH112, PTH114  no name is too long for these
            message = Message("this is a link to a folder; such links are not followed")
            raise ReadError(UNREADABLE, message, hint=Message("put the folder itself there"))
        raise ReadError(UNREADABLE, Message("this is not a regular file"), hint=Message("name a file, not a folder"))
    return fitting(content, largest)


def content_of(file: File) -> bytes:
    """The bytes of a file; none if it can't be read, which is told where it is read as a plan."""
    if file.content is not None:
        return file.content
    try:
        return read_bytes(file.path)
    except ReadError:
        return b""


def fitting(content: bytes, largest: int = LARGEST) -> bytes:
    """A content as it is. ReadError if it is larger than a file may be."""
    if len(content) > largest:
        if largest == LARGEST:
            refuse_other_formats(content)
        raise ReadError(
            TOO_LARGE,
            Message("the file is larger than {size} bytes", size=largest),
            hint=Message(
                "split it: several progress files may belong to one plan, and a long annex may be a plan of its own"
            ),
        )
    return content


def _reason(error: OSError) -> Message:
    """Why a file can't be read; what is rare is told in the system's own words."""
    known = {
        errno.ENOENT: Message("there is no such file"),
        errno.EACCES: Message("reading this file is not allowed"),
        errno.ELOOP: Message("the link leads in a circle"),
        errno.ENAMETOOLONG: Message("the name of the file is too long"),
        errno.ENXIO: Message("this is not a regular file"),
    }
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return known.get(error.errno or 0, Message("the file can't be read: {reason}", reason=reason))


def _read_all(descriptor: int, largest: int) -> bytes:
    """At most one byte more than a file may have."""
    parts, left = [], largest + 1
    while left and (part := os.read(descriptor, min(left, 65536))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


_FORMATS = (
    (rb"PK\x03\x04(?s:.*)\bword/", "Word (.docx)"),
    (rb"PK\x03\x04(?s:.*)\bxl/", "Excel (.xlsx)"),
    (rb"PK\x03\x04", "ZIP"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word, Excel (.doc, .xls)"),
    (rb"{\\rtf", "Word (.rtf)"),
    (rb"%PDF-", "PDF"),
    (rb"\s*(?i:<!doctype html|<html)", "HTML"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "PNG, JPEG, GIF"),
    (rb"\x1f\x8b|Rar!|7z\xbc\xaf", "GZIP, RAR, 7Z"),
)
"""How files of other programs begin, and what they are called."""
_IMPORTED = ("Word", "Excel", "HTML")
"""Those that `qmsplan import` makes plans of."""


def refuse_other_formats(content: bytes) -> None:
    """Raises ReadError if a content is that of a Word, Excel or PDF file and the like, whatever its name ends in."""
    found = next((name for pattern, name in _FORMATS if re.match(pattern, content[: 4 * LARGEST])), None)
    if found:
        raise ReadError(
            NOT_UTF8,
            Message("this is a file of the format {format}, and no text", format=found),
            hint=Message("give its name the ending of its format and run 'qmsplan import' on it, or name another file")
            if found.startswith(_IMPORTED)
            else Message("copy its text into a plan that 'qmsplan new' makes, or name another file"),
        )


def decode(content: bytes) -> str:
    """UTF-8 text without a byte order mark. Broken at the first byte or character that can't stand in a plan."""
    refuse_other_formats(content)
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise ReadError(NOT_UTF8, Message("the file is UTF-16"), hint=Message("save it as UTF-8"))
    try:
        text = content.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        byte = f"0x{error.object[error.start]:02X}"
        raise ReadError(
            NOT_UTF8,
            Message("the byte {byte} is not UTF-8", byte=byte),
            span_at(before, len(before)),
            Message("save the file as UTF-8; older Vietnamese encodings (TCVN3, VNI, cp1258) are not read"),
        ) from None
    if _may_hold_forbidden(content, text):
        refuse_forbidden(text, lambda at: span_at(text, at))
    return text


def encode(text: str, before: bytes | None) -> bytes:
    """A text as the bytes of a file, behind the byte order mark that they had before."""
    return (BOM_UTF8 if before and before.startswith(BOM_UTF8) else b"") + text.encode("utf-8")


_SUSPECTS = {*range(0x20), 0x7F, 0xC2, 0xCD, 0xD8, 0xE2, 0xE3, 0xEF, 0xF3} - set(b"\t\n\r")
_HARMLESS = bytes(code for code in range(256) if code not in _SUSPECTS)
LOOKALIKES = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}
"""Letters that look like ours, and those."""
_MULTIBYTE = "\u00d0\u00f0\u0189\u0256\u115f\u1160\u17b4\u17b5\u180e"
"""Their first bytes start many Vietnamese letters too, so these are looked for as characters."""


def _may_hold_forbidden(content: bytes, text: str) -> bool:
    """Cheaper than to search, and enough for nearly every file: the first bytes of most forbidden characters."""
    if content.translate(None, _HARMLESS) or any(letter in text for letter in _MULTIBYTE):
        return True
    return "\r" in text and content.count(b"\r") != content.count(b"\r\n")


def refuse_forbidden(text: str, span: Callable[[int], Span] = lambda _: START) -> None:
    """ReadError if a text has a character that may stand in no plan; `span` says where a place in the text stands."""
    every = list(re.finditer(_FORBIDDEN, text))
    if not every:
        return
    found = next(
        (one for one in every if _right(one[0]) is not None), every[0]
    )  # what is left is told once it is mended
    character, place, right = found[0], span(found.start()), _right(found[0])
    is_typed = place.end_column == place.column + 1  # and not as an escape, the place of which is its whole text
    fix = Fix(((place, right),)) if is_typed and right is not None else None
    if right:
        hint = Message("type the Vietnamese letter {letter} (U+{code})", letter=right, code=f"{ord(right):04X}")
        message = Message("this letter looks like {letter} and is another one", letter=right)
        raise ReadError(FORBIDDEN_CHARACTER, message, place, hint, fix=fix)
    name = f"U+{ord(character):04X} {unicodedata.name(character, 'control')}"
    raise ReadError(
        FORBIDDEN_CHARACTER,
        Message("the character {character} can't stand in a plan", character=name),
        place,
        Message("delete it; it is invisible or hides text"),
        fix=fix,
    )


def _right(character: str) -> str | None:
    """What belongs in place of a forbidden character; None if that is not sure."""
    return LOOKALIKES.get(character, "" if unicodedata.category(character[0]) == "Cf" else None)


def span_at(text: str, index: int) -> Span:
    """The span of the character at an index into the text."""
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Span(line, column, line, column + 1)


HERE, ABSENT, OUTSIDE, EMPTY = "here", "absent", "outside", "empty"


def find_evidence(folder: str, name: str, root: str) -> str:
    """HERE, ABSENT, EMPTY, or OUTSIDE the workspace, whether it exists or not. Links are followed."""
    try:
        path = on_disk(folder, name)
        real, inside = (os.path.normcase(os.path.realpath(place)) for place in (path, root))
        if os.path.commonpath([real, inside]) != inside:
            return OUTSIDE
    except (OSError, ValueError):  # a name that no disk can hold, or another drive
        return OUTSIDE
    try:
        found = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return ABSENT
    if not stat.S_ISREG(found.st_mode):
        return ABSENT
    return HERE if found.st_size else EMPTY


def on_disk(folder: str, name: str, same: Callable[[str], str] = str) -> str:
    """The path that a disk has for a name as seen from a folder; as it is if there is none. Letters that the disk holds
    decomposed, as in an archive from a Mac, are the same, and so is what `same` makes equal: `str.casefold`."""
    if os.path.isabs(name):  # noqa: PTH117
        return name
    for part in name.split("/"):
        path = os.path.join(folder, part)  # noqa: PTH118  any text is a name
        if not os.path.lexists(path) and os.path.isdir(folder) and os.access(folder, os.R_OK):  # noqa: PTH112
            wanted = same(part)
            others = (one for one in sorted(os.listdir(folder)) if same(unicodedata.normalize("NFC", one)) == wanted)  # noqa: PTH208
            path = os.path.join(folder, next(others, part))  # noqa: PTH118
        folder = path
    return folder
