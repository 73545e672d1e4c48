"""Bytes to text: size, encoding and characters are settled here, before any parser sees them."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Span, say
from qmsplan.load.faults import FORBIDDEN_CHARACTER, NOT_UTF8, TOO_LARGE, UNREADABLE, Broken

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1024 * 1024
"""Bytes a file may have."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
"""What XML can't hold, terminals obey, or hides text from its reader: controls, bidi marks, lone surrogates."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most `LARGEST` bytes. Broken if it is anything else."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Broken(UNREADABLE, say("this is not a regular file"), hint=say("name a YAML file"))
            content = file.read(LARGEST + 1)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        hint = say("check the name and the permissions")
        raise Broken(UNREADABLE, say("the file can't be read: {reason}", reason=reason), hint=hint) from None
    if len(content) > LARGEST:
        raise Broken(
            TOO_LARGE,
            say("the file is larger than {size} bytes", size=LARGEST),
            hint=say("split it: several progress files may belong to one plan"),
        )
    return content


def decode(content: bytes) -> str:
    """UTF-8 text without a byte order mark. Broken at the first byte or character that can't stand in a plan."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise Broken(NOT_UTF8, say("the file is UTF-16"), hint=say("save it as UTF-8"))
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        byte = f"0x{error.object[error.start]:02X}"
        raise Broken(
            NOT_UTF8,
            say("the byte {byte} is not UTF-8", byte=byte),
            span_at(before, len(before), 1),
            say("save the file as UTF-8; older Vietnamese encodings (TCVN3, VNI, cp1258) are not read"),
        ) from None
    if _may_hold_forbidden(content) and (found := FORBIDDEN.search(text)):
        raise forbidden(found[0], span_at(text, found.start(), 1))
    return text


_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_LEADS = (b"\xc2", b"\xe2\x80", b"\xe2\x81", b"\xef\xbb", b"\xef\xbf")


def _may_hold_forbidden(content: bytes) -> bool:
    """Cheaper on bytes, and enough for nearly every file: the first bytes of all forbidden characters."""
    return any(lead in content for lead in _LEADS) or len(content.translate(None, _CONTROLS)) != len(content)


def forbidden(character: str, span: Span) -> Broken:
    """The fault of a character that must not stand in a plan."""
    name = f"U+{ord(character):04X} {unicodedata.name(character, 'control')}"
    return Broken(
        FORBIDDEN_CHARACTER,
        say("the character {character} can't stand in a plan", character=name),
        span,
        say("delete it; it is invisible or hides text"),
    )


def span_at(text: str, index: int, length: int) -> Span:
    """The span of `length` characters on one line, from an index into the text."""
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Span(line, column, line, column + length)
