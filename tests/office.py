"""Word files before LibreOffice: the pages that it lays out, in a font that these tests name and find themselves.

The documents are set in Times New Roman, for which LibreOffice takes a font of the same widths. Old releases of
Liberation Serif lack most Vietnamese letters; then words get letters of other fonts and pages break elsewhere. So
LibreOffice is shown one font only, one that has the letters; where there is none, tests of pages skip and say so."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from unittest.mock import patch
from xml.sax.saxutils import escape

import pytest

from conftest import need
from qmsplan.word.package import run_office

FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos")
"""Fonts with the widths of Times New Roman."""
LETTERS = "1ea1 1ef9 1b0 111"
"""ạ ỹ ư đ: a font that has these has all Vietnamese letters."""
FONTS = """<?xml version="1.0"?>
<fontconfig>
  {folders}
  <cachedir>{cache}</cachedir>
  <selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>{accepted}</acceptfont></selectfont>
  <alias binding="same"><family>Times New Roman</family><prefer><family>{family}</family></prefer></alias>
</fontconfig>
"""


@cache
def _serif() -> tuple[str, tuple[Path, ...]] | None:
    """The first of the families that has the letters, and the files of its faces."""
    lister = need("fc-list")
    for family in FAMILIES:
        command = [lister, f"{family}:charset={LETTERS}", "--format", "%{file}\n"]
        found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.split("\n")
        files = tuple(sorted({Path(name) for name in found if name}))
        if files:
            return family, files
    return None


def office_environment(folder: Path) -> dict[str, str]:
    """The environment in which LibreOffice sees that font and no other."""
    serif = _serif()
    if serif is None:
        reason = f"no font with the widths of Times New Roman has all Vietnamese letters (one of {', '.join(FAMILIES)})"
        if os.environ.get("QMSPLAN_ALL_TOOLS"):
            pytest.fail(f"{reason}, and QMSPLAN_ALL_TOOLS is set")
        pytest.skip(f"{reason}: install fonts-liberation2 or fonts-croscore")
    family, files = serif
    faces = folder / "faces"  # one release of the font, though an older one may lie beside it
    faces.mkdir(exist_ok=True)
    for file in files:
        face = faces / file.name
        if not face.exists():
            face.write_bytes(file.read_bytes())
    config = folder / "fonts.conf"
    accepted = f"<glob>{escape(str(faces))}/*</glob>"
    folders, cached = f"<dir>{escape(str(faces))}</dir>", folder / "cache"
    text = FONTS.format(folders=folders, cache=cached, accepted=accepted, family=family)
    config.write_text(text, "utf-8")
    return {"FONTCONFIG_FILE": str(config)}


def converted(files: Iterable[Path], to: str, into: Path) -> None:
    """The files in another format, in the folder `into`."""
    office = need("soffice")
    own = into / ".office"
    own.mkdir(parents=True, exist_ok=True)
    with patch.dict(os.environ, office_environment(own)):
        run_office(office, list(files), to, into, 170)


def pages_in(folder: Path, *reading: str) -> dict[str, list[str]]:
    """The text of every page of every Word file in a folder, by the file's name without its ending, hyphens at which no
    line ends as others; `reading` are options of pdftotext, `-layout` if none is given."""
    reader = need("pdftotext")
    converted(sorted(folder.glob("*.docx")), "pdf", folder)
    found = {}
    for path in folder.glob("*.pdf"):
        done = subprocess.run(
            [reader, *(reading or ("-layout",)), str(path), "-"], capture_output=True, check=True, timeout=60
        )
        found[path.stem] = done.stdout.decode().replace("\u2011", "-").split("\f")[:-1]
    return found
