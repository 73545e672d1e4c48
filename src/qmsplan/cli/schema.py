"""`qmsplan schema`: the JSON Schema of the file format, for editors."""

from collections.abc import Callable

import typer

from qmsplan.cli.console import put
from qmsplan.load.schema import json_schema, schema_text


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    del language

    @app.command("schema", help=translate("Print the JSON Schema of the files, for editors."))
    def command() -> None:

        put(schema_text(json_schema(translate)))
