"""`qmsplan schema`: the fields of files, for editors."""

from __future__ import annotations

from qmsplan.cli.console import put
from qmsplan.cli.workspace import open_workspace, refuse_outside
from qmsplan.diagnostics import Translator
from qmsplan.documents.template import template_names
from qmsplan.load.schema import json_schema, schema_text


def command(translate: Translator) -> None:
    """Prints the schema, its descriptions in the language of the run. It offers the names of the templates, also those
    of the workspace's own."""
    place = open_workspace()
    refuse_outside(place)
    put(schema_text(json_schema(translate, template_names(place.templates))))
