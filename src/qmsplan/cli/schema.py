"""`qmsplan schema`: the JSON Schema of the file format, for editors."""

from __future__ import annotations

import typer

from qmsplan.cli.console import put
from qmsplan.cli.workspace import open_workspace, refuse_outside
from qmsplan.diagnostics import translator
from qmsplan.documents.template import template_names
from qmsplan.load.schema import json_schema, schema_text


def command(ctx: typer.Context) -> None:
    """Prints the schema, its descriptions in the language of the run. It offers the names of the templates, also those
    of the workspace's own."""
    place = open_workspace()
    refuse_outside(place)
    put(schema_text(json_schema(translator(ctx.obj), template_names(place.root / place.settings.templates))))
