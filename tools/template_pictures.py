"""Pictures of the plans that `qmsplan new` offers, for docs/templates.md: docs/pictures/<name>.png, the page with the
table of each. LibreOffice lays the pages out, pdftoppm (poppler) draws them.

    python tools/template_pictures.py [NAME…]"""  # noqa: INP001

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from qmsplan.cli.app import run
from qmsplan.cli.render import as_pdf
from qmsplan.documents.template import samples

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 60_000
"""Bytes of a picture."""
DOTS_AN_INCH = 56
WITH_TABLE = {"framework-table", "indicators", "narrative-plan", "schedule", "budget", "measured-objectives"}
"""Plans whose second page shows what they are for."""


def documents(names: list[str]) -> dict[str, bytes]:
    """The Word file of each plan, made in a workspace as `qmsplan init` leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        run(["--lang", "vi", "init"])
        for name in names:
            run(["new", "plan", name, "--template", name, "--period", "2027"])
        run(["render", *names])
        made = {name: Path("build", f"{name}.docx").read_bytes() for name in names}
        os.chdir(ROOT)
        return made


def draw(name: str, pdf: bytes, pages: int) -> None:
    """One page as a picture in shades of grey, small enough for a repository."""
    page = str(min(1 + (name in WITH_TABLE), pages))
    options = ["-png", "-gray", "-r", str(DOTS_AN_INCH), "-f", page, "-singlefile", "-", str(PICTURES / name)]
    subprocess.run(["pdftoppm", *options], input=pdf, check=True)  # noqa: S603, S607  a program of the system
    size = (PICTURES / f"{name}.png").stat().st_size
    sys.stdout.write(f"{name}: {size} bytes{' TOO LARGE' if size > LARGEST else ''}\n")


if __name__ == "__main__":
    wanted = sys.argv[1:] or list(samples())
    made = documents(wanted)
    for found, pdf in zip(made, as_pdf(list(made.values())), strict=True):
        draw(found, pdf.content, pdf.pages)
