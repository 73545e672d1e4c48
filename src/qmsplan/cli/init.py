"""Files to start from.

`qmsplan init`: a workspace that validates, shows a status and renders at once."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from qmsplan.cli.console import put
from qmsplan.cli.workspace import MARK, shown
from qmsplan.cli.write import write_new
from qmsplan.load.schema import json_schema, schema_text

_FOLDER = Path(__file__).with_name("starter")


def starter(name: str, **values: str) -> str:
    """The text of a starter file, its `{names}` filled in."""
    text = (_FOLDER / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def schema_line(root: Path, folder: Path) -> str:
    """The line that names the workspace's schema to the YAML language server; nothing if there is none."""
    schema = next((path for path in _SCHEMAS if (root / path).is_file()), None)
    if schema is None:
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(root / schema, folder)).as_posix()}\n"


_SCHEMAS = ("qmsplan.schema.json", "schema/qmsplan.schema.json")


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    del language
    folder_help = translate("The folder of the new workspace; this folder if not given.")

    @app.command("init", help=translate("Make a workspace to start from."))
    def command(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=folder_help)] = Path()) -> None:
        for path in _make(folder, translate):
            put(f"{shown(path)}\n")
        put(translate("Next: qmsplan validate, qmsplan status, qmsplan render") + "\n")


def _make(folder: Path, translate: Callable[[str], str]) -> tuple[Path, ...]:

    year = str(datetime.now().astimezone().year)
    name = f"KHMT-{year}"
    files = {
        folder / MARK: starter("qmsplan.yaml"),
        folder / "plans" / f"{name}.yaml": starter("plan.yaml", id=name, year=year),
        folder / "plans" / f"{name}.progress.yaml": starter("progress.yaml", id=name, year=year),
        folder / "qmsplan.schema.json": schema_text(json_schema(translate)),
    }
    if not (folder / ".gitignore").exists():
        files[folder / ".gitignore"] = "/build/\n"
    present = [path for path in files if path.exists()]
    if present:
        write_new(present[0], "")  # says that it is already there, before anything is written
    for path, text in files.items():
        write_new(path, text)
    return tuple(files)
