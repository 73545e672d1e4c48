"""Files of other office programs as Word files (`.doc`, `.odt`, `.rtf`) or as workbooks (`.ods`, `.xls`), made by
LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from qmsplan.diagnostics import Message, UserError
from qmsplan.word.package import LARGEST_FILE

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


def office_program() -> str | None:
    """The path of LibreOffice's program; None if it is not installed."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def run_office(program: str, sources: Sequence[Path], to: str, folder: Path, seconds: int) -> str:
    """Writes files in another form into a folder, all by one run: `to` is LibreOffice's name of it, such as
    `pdf:writer_pdf_Export`. TimeoutExpired or OSError if it does not run; a file that it can't make is missing. What
    it complained of first is given back, such as `No fonts could be found on the system.`; "" if there is nothing.

    LibreOffice gets a profile of its own in that folder, so a running one is neither disturbed nor waited for, and no
    macro runs."""
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
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
