"""`qmsplan schema`: the JSON Schema of the file format, for editors."""

from __future__ import annotations

import typer

from qmsplan.cli.console import put
from qmsplan.diagnostics import translator
from qmsplan.load.schema import json_schema, schema_text


def command(ctx: typer.Context) -> None:
    """Prints the schema, its descriptions in the language of the run."""
    put(schema_text(json_schema(translator(ctx.obj))))
