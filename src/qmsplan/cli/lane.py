"""The fast lane: `qmsplan validate [PATH…] [--format F]` without typer, which takes longer to load than the work.

It accepts only what it is sure of; everything else, every mistake and every other option goes to typer, which defines
the same command in `validate.py` (docs/decisions/0003). A test holds the two to the same answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def plain_validate(arguments: Sequence[str], language: str) -> int | None:
    """The exit code, or None if typer has to look."""
    if not arguments or arguments[0] != "validate":
        return None
    paths, form = [], "text"
    waiting = iter(arguments[1:])
    for argument in waiting:
        if argument == "--format":
            form = next(waiting, "")
        elif argument.startswith("-"):
            return None
        else:
            paths.append(Path(argument))
    from qmsplan.cli.validate import FORMATS, validate  # noqa: PLC0415

    return validate(tuple(paths), form, language) if form in FORMATS else None
