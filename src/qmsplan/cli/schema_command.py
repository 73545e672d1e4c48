"""`qmsplan schema`: the JSON Schema of the file format, for editors."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable

import typer

from qmsplan.cli.console import put


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    del language

    @app.command("schema", help=say("Print the JSON Schema of the files, for editors."))
    def command() -> None:
        from qmsplan.load.schema import json_schema, schema_text

        put(schema_text(json_schema(say)))
