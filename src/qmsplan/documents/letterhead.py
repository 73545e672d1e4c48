"""The letterhead of a workspace: the words and pictures that its own `base.docx` prints at the top and the foot of the
pages. A sign-off seals them; styles, margins and fonts it does not, as they change no word of what was signed."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from hashlib import sha256
from pathlib import Path

from qmsplan.diagnostics import ReadError
from qmsplan.documents.template import UNREADABLE
from qmsplan.load.files import read_bytes

BASE = "base.docx"
"""The Word file in the folder of templates that all documents are written into."""
LARGEST = 16 * 1024 * 1024
"""Bytes of a base document: letterheads have pictures."""

_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml", re.IGNORECASE)
_PICTURE = re.compile(r"word/media/", re.IGNORECASE)
_WORDS = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
"""The text of runs, whatever prefix the file gives Word's namespace."""


def letterhead_digest(workspace_folder: Path) -> str:
    """The digest of the letterhead in a folder of templates, `sha256:3f…`; "" where there is none, `UNREADABLE` for a
    file that can't be read, which `render` tells."""
    path = workspace_folder / BASE
    if not (path.exists() or path.is_symlink()):
        return ""
    try:
        return digest_of_letterhead(read_bytes(path, LARGEST))
    except ReadError:
        return UNREADABLE


def digest_of_letterhead(content: bytes) -> str:
    """The digest of the letterhead in the bytes of a base document; "" if it prints nothing but the page number."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = sorted(package.namelist())
            words = [_words(_part(package, name)) for name in names if _MARGIN.fullmatch(name)]
            pictures = sorted(sha256(_part(package, name)).hexdigest() for name in names if _PICTURE.match(name))
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return UNREADABLE
    printed = [*sorted(filter(None, words)), *pictures]
    return "sha256:" + sha256("\n".join(printed).encode()).hexdigest() if printed else ""


def _words(part: bytes) -> str:
    """The words of a header or footer without numbers of pages, which Word keeps as it last showed them."""
    from html import unescape  # here and not above: 1 ms that only a letterhead of one's own has a use for

    texts = _WORDS.findall(part.decode("utf-8", "replace"))
    text = unicodedata.normalize("NFC", unescape("".join(texts)))
    return "" if text.strip(" -–").isdigit() else " ".join(text.split())


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(LARGEST)
