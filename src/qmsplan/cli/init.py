"""`qmsplan init`: a workspace to start from, with a plan and what is recorded of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.console import argument, put, put_line, shown
from qmsplan.cli.new import starter
from qmsplan.cli.write import SUFFIX, already_there, held, write_new
from qmsplan.diagnostics import ReadError, Translator
from qmsplan.documents.template import template_names
from qmsplan.load.files import MARK, read_bytes
from qmsplan.load.schema import json_schema, schema_text

IGNORED = f"/build/\n.*{SUFFIX}\n"
"""What git leaves alone: documents, which are made from the plans, and what a killed write leaves."""
LINE_ENDS = "*.yaml text eol=lf\n"
"""Plans keep the line ends of the canonical layout when git for Windows checks them out."""


class InitOptions(NamedTuple):
    """What the user asked for, as typed."""

    folder: Path = argument("FOLDER", "The folder of the new workspace; this folder if not given.", default=Path())


def command(options: InitOptions, translate: Translator) -> None:
    """Writes the files and prints their names. Stop if one is there already and says something else.

    `qmsplan.yaml` comes last: without it the folder is no workspace, and a second run finishes what a killed one began.
    """
    texts = _starter_files(options.folder, translate)
    with held(options.folder):
        _is_there(options.folder / MARK, b"")  # of several that are there this is the one to name
        if (plans := options.folder / "plans").exists() and not plans.is_dir():
            raise already_there(plans)
        missing = [path for path, text in texts.items() if not _is_there(path, text)]
        for path in missing:
            write_new(path, texts[path])
            put_line(shown(path))
    put(translate("Next: qmsplan validate, qmsplan status, qmsplan render") + "\n")


def _starter_files(folder: Path, translate: Translator) -> dict[Path, bytes]:
    """The files of a new workspace in the order they are written. Git's own files that are there are left alone."""
    year = str(datetime.now().astimezone().year)
    name = f"KHMT-{year}"
    texts = {
        folder / "qmsplan.schema.json": schema_text(json_schema(translate, template_names())),
        folder / ".gitignore": IGNORED,
        folder / ".gitattributes": LINE_ENDS,
        folder / "plans" / f"{name}.yaml": starter("plan.yaml", id=name, year=year),
        folder / "plans" / f"{name}.progress.yaml": starter("progress.yaml", id=name, year=year),
        folder / MARK: starter("qmsplan.yaml"),
    }
    kept = {path for path in (folder / ".gitignore", folder / ".gitattributes") if path.exists()}
    return {path: text.encode() for path, text in texts.items() if path not in kept}


def _is_there(path: Path, text: bytes) -> bool:
    """Whether a run that was cut short has written the file. Stop if it holds anything else, or is qmsplan.yaml."""
    if not path.exists() and not path.is_symlink():
        return False
    try:
        is_same = path.name != MARK and read_bytes(path) == text
    except ReadError:
        is_same = False
    if not is_same:
        raise already_there(path)
    return True
