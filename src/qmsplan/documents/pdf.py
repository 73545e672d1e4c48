"""Word files as PDF files, laid out by LibreOffice, with a look at the fonts that it took.

The documents are set in Times New Roman. Where that font is not installed, LibreOffice takes one of the same widths; if
that font lacks Vietnamese letters (Liberation Serif 1.07 lacks 52 of them), single letters come from a third font; if
there is none, all letters come from one of other widths. Then lines and pages break elsewhere than in Word, and the PDF
is refused."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.word.package import office_program, run_office

_SECONDS, _SECONDS_A_FILE = 60, 5

_MAPPED = re.compile(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]{4,})>")
_SAME_WIDTHS = ("TimesNewRoman", "LiberationSerif", "Tinos", "LiberationSans", "Arimo", "Carlito", "Caladea")
"""Faces as wide as those that documents are set in: Times New Roman, and Arial, Calibri or Cambria in a base document
of somebody else."""
_NAMED = re.compile(r'(?:w:ascii|typeface)="([^"+]+)"')
"""A font that a Word file names."""
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


class Pdf(NamedTuple):
    """A PDF file and the number of its pages."""

    content: bytes
    pages: int


def find_office() -> str:
    """The path of LibreOffice's program. UserError if it is not installed."""
    found = office_program()
    if found is None:
        hint = Message("install LibreOffice, or open the Word file and save it as PDF there")
        raise UserError(Message("a PDF is made by LibreOffice, which is not installed"), hint)
    return found


def as_pdf(documents: Sequence[bytes]) -> list[Pdf]:
    """Word files as PDF files, all by one run of LibreOffice. UserError if it fails, or if a PDF mixes fonts."""
    with tempfile.TemporaryDirectory(prefix="qmsplan-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        sources = [folder / f"{number}.docx" for number in range(len(documents))]
        for source, content in zip(sources, documents, strict=True):
            source.write_bytes(content)
        said = _run_office(folder, sources)
        return [_checked(folder / f"{number}.pdf", content, said) for number, content in enumerate(documents)]


def _run_office(folder: Path, sources: Sequence[Path]) -> str:
    seconds = _SECONDS + _SECONDS_A_FILE * len(sources)
    try:
        return run_office(find_office(), sources, "pdf:writer_pdf_Export", folder, seconds)
    except subprocess.TimeoutExpired:
        hint = Message("name fewer plans, or open the Word file and save it as PDF there")
        raise UserError(Message("LibreOffice needs more than {seconds} seconds", seconds=seconds), hint) from None
    except OSError as error:
        raise _failed(type(error).__name__) from None


def _failed(reason: str) -> UserError:
    hint = Message("open the Word file and save it as PDF there")
    return UserError(Message("LibreOffice made no PDF: {reason}", reason=reason), hint)


def _checked(file: Path, document: bytes, said: str) -> Pdf:
    """A PDF that shows all letters of the document in the fonts that it is set in. `said` is what LibreOffice
    complained of."""
    # here and not above: it takes 0.1 seconds to load, and most runs that make Word files make no PDF
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        content = file.read_bytes()
        pages = PdfReader(io.BytesIO(content)).pages
        faces = _faces(pages)
    except (OSError, PyPdfError, KeyError, ValueError) as error:
        raise _failed(said or type(error).__name__) from None
    main = {name: letters for name, letters in faces.items() if not _stands_in(letters)}
    own = set().union(*main.values())
    if lacking := sorted(letter for letter in _letters(document) if not {letter.lower(), letter.upper()} & own):
        letters = " ".join(lacking[:5])
        raise UserError(
            Message("no PDF was made: the font in place of Times New Roman lacks {letters}", letters=letters), _INSTALL
        )
    if main and not any(name.startswith((*_SAME_WIDTHS, *_named(document))) for name in main):
        message = Message(
            "no PDF was made: {font} took the place of Times New Roman, and is not as wide", font=min(main)
        )
        raise UserError(message, _INSTALL)
    return Pdf(content, len(pages))


_INSTALL = Message("install 'fonts-liberation2' or 'fonts-croscore', or Times New Roman itself")


def _parts(document: bytes, pattern: str) -> str:
    """The XML of the parts of a Word file whose names have a pattern."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if re.fullmatch(pattern, name))


def _named(document: bytes) -> set[str]:
    """The fonts that a Word file names, as PDF files write them: `TimesNewRoman`."""
    return {name.replace(" ", "") for name in _NAMED.findall(_parts(document, r"word/.*\.xml"))}


def _letters(document: bytes) -> set[str]:
    """The Vietnamese letters of a Word file's text, as typed: `ạ`, `Đ`."""
    texts = _TEXT.findall(_parts(document, r"word/document\.xml"))
    return {letter for text in texts for letter in text if _is_vietnamese(letter)}


def _faces(pages: Sequence[Any]) -> dict[str, set[str]]:
    """The letters that each face of a PDF, such as `LiberationSerif-Bold`, is used for."""
    found: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        fonts = page["/Resources"].get_object().get("/Font", {}).get_object()
        for font in (reference.get_object() for reference in fonts.values()):
            if "/ToUnicode" in font:
                codes = _MAPPED.findall(font["/ToUnicode"].get_object().get_data())
                text = "".join(bytes.fromhex(code.decode()).decode("utf-16-be", "replace") for code in codes)
                found[str(font["/BaseFont"]).rpartition("+")[2]].update(filter(str.isalpha, text))
    return found


def _stands_in(letters: set[str]) -> bool:
    """True for a face that is used for letters with marks only: it stands in for one that lacks them. A font that a
    document is set in is used for plain letters too, as no Vietnamese line does without them."""
    return not any(letter.isascii() for letter in letters)


def _is_vietnamese(letter: str) -> bool:
    """Whether a letter has a mark that Vietnamese uses; `×` and `÷` stand among such letters and are none."""
    is_latin = "\u00c0" <= letter <= "\u00fd" and letter.isalpha()
    return letter in "ăđĩũơưĂĐĨŨƠƯ" or is_latin or "\u1ea0" <= letter <= "\u1ef9"
