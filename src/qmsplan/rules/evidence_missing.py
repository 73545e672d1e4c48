"""An evidence file that is not there, or not in the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Names under `files` of readings and completions that lead nowhere or out of the workspace."""
    for record in context.records:
        for name in ("readings", "completions"):
            for index, entry in enumerate(getattr(record.progress, name)):
                for number, file in enumerate(entry.files):
                    place = Place(record.file, (name, index, "files", number))
                    if file in record.outside:
                        hint = say("keep evidence inside the workspace, named relative to this file")
                        yield Finding(place, say("the evidence '{file}' lies outside the workspace", file=file), hint)
                    elif file in record.absent:
                        hint = say("add the file, correct its name, or cite the document under 'evidence'")
                        yield Finding(place, say("there is no file '{file}'", file=file), hint)


RULE = Rule("QP501", "evidence-missing", Severity.ERROR, check)
