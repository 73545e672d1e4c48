"""Files of other word processors (`.doc`, `.odt`, `.rtf`) as Word files, made by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from qmsplan.diagnostics import Message, UserError
from qmsplan.word.package import LARGEST_FILE

OTHER_FORMS = frozenset({".doc", ".odt", ".rtf"})
"""Endings of files that LibreOffice turns into Word files."""
_PROGRAMS = ("soffice", "libreoffice", "soffice.com")
_SECONDS = 60


def as_word(content: bytes, ending: str) -> bytes:
    """A file of another word processor as a Word file. UserError if there is no LibreOffice, or if it can't do it.

    LibreOffice gets a folder and a profile of its own, so a running one is neither disturbed nor waited for, and no
    macro runs."""
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    hint = Message("open it in Word or LibreOffice and save it as .docx")
    if program is None:
        raise UserError(Message("a file of this kind needs LibreOffice, which is not here"), hint)
    with tempfile.TemporaryDirectory(prefix="qmsplan-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"paper{ending}")
        source.write_bytes(content)
        command = [program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(Path(folder, "out")), str(source)]
        try:
            subprocess.run(  # noqa: S603  the program found on the path, and names of our own
                command,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
                stdin=subprocess.DEVNULL,
                env=dict(os.environ),
            )
            made = Path(folder, "out", "paper.docx")
            if made.stat().st_size <= LARGEST_FILE:
                return made.read_bytes()
        except subprocess.TimeoutExpired:
            raise UserError(
                Message("LibreOffice needs more than {seconds} seconds for it", seconds=_SECONDS), hint
            ) from None
        except OSError:
            pass
    raise UserError(Message("LibreOffice can't read it"), hint)
