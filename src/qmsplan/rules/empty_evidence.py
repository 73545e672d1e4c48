"""An evidence file with nothing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Files under `files` of readings and completions that are there but hold no byte."""
    for record in context.records:
        if not record.empty:
            continue
        for name in ("readings", "completions"):
            for index, entry in enumerate(getattr(record.progress, name)):
                for number, file in enumerate(entry.files):
                    if file in record.empty:
                        yield Finding(
                            Place(record.file, (name, index, "files", number)),
                            say("the evidence '{file}' is empty", file=file),
                            say("put the scanned or exported document in its place"),
                        )


RULE = Rule("QP502", "empty-evidence", Severity.WARNING, check)
