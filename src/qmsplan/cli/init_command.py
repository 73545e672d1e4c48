"""`qmsplan init`: a workspace that validates, shows a status and renders at once."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from qmsplan.cli.console import put
from qmsplan.cli.files import MARK, shown


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    del language
    folder_help = say("The folder of the new workspace; this folder if not given.")

    @app.command("init", help=say("Make a workspace to start from."))
    def command(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=folder_help)] = Path()) -> None:
        for path in _make(folder, say):
            put(f"{shown(path)}\n")
        put(say("Next: qmsplan validate, qmsplan status, qmsplan render") + "\n")


def _make(folder: Path, say: Callable[[str], str]) -> tuple[Path, ...]:
    from qmsplan.cli.starter import starter
    from qmsplan.cli.write import write_new
    from qmsplan.load.schema import json_schema, schema_text

    year = str(datetime.now().astimezone().year)
    name = f"KHMT-{year}"
    files = {
        folder / MARK: starter("qmsplan.yaml"),
        folder / "plans" / f"{name}.yaml": starter("plan.yaml", id=name, year=year),
        folder / "plans" / f"{name}.progress.yaml": starter("progress.yaml", id=name, year=year),
        folder / "qmsplan.schema.json": schema_text(json_schema(say)),
    }
    if not (folder / ".gitignore").exists():
        files[folder / ".gitignore"] = "/build/\n"
    present = [path for path in files if path.exists()]
    if present:
        write_new(present[0], "")  # says that it is already there, before anything is written
    for path, text in files.items():
        write_new(path, text)
    return tuple(files)
