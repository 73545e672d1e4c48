"""The parameters of commands: how an option is made, what is looked at when one is typed, and those that several
commands share. What a shell offers for a value is named by the module of `cli` and its function: `completion:plans`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import typer

from qmsplan.cli.console import CommandError
from qmsplan.diagnostics import Message
from qmsplan.load.files import find_forbidden, find_workspace, shown


def option(
    names: str,
    metavar: str,
    told: str,
    complete: str | None = None,
    *,
    default: object = None,
    check: Callable[..., Any] | None = None,
) -> Any:
    """An option that takes a value: `option("--output -o", "FILE", …)`. `told` is its help, `complete` gives what a
    shell offers, `check` looks at what was typed."""
    offers = cast("Any", complete)  # `cli.app` puts the function there
    return typer.Option(default, *names.split(), metavar=metavar, autocompletion=offers, callback=check, help=told)


def choice(name: str, told: str) -> Any:
    """An option that takes one of the words of its field's type, `form: Literal["text", "json"]`; the first of them if
    it is not given and the field must have one (`cli.app` looks at the type)."""
    return typer.Option(None, name, help=told)


def argument(
    metavar: str, told: str, complete: str | None = None, *, default: object = None, needed: bool = False
) -> Any:
    """An argument; as with `option`. Stop where it is `needed` and not given."""
    value, offers = ... if needed else default, cast("Any", complete)
    return typer.Argument(value, metavar=metavar, autocompletion=offers, show_default=False, help=told)


def flag(name: str, told: str) -> Any:
    """An option that takes no value."""
    return typer.Option(False, name, help=told)  # noqa: FBT003  the default


Place = TypeVar("Place", Path | None, str | None)


def inside(value: Place) -> Place:
    """A file or folder to write to, as typed. Stop if it is a relative one, such as `../x`, that leads out of the
    workspace, by its name or by a link: who means a place elsewhere names it in full."""
    path = Path(value) if value is not None else None
    root = find_workspace()
    if path and root and not path.is_absolute() and not path.resolve().is_relative_to(root.resolve()):
        message = Message("'{file}' lies outside the workspace", file=shown(path))
        raise CommandError(message, Message("write its full path if it is to lie there"))
    return value


def unit_option(told: str, name: str = "--unit") -> Any:
    """An option that takes a unit by its code, name or alias, such as `--unit`; `told` is its help."""
    return option(name, "UNIT", told, "completion:units")


def plan_option(told: str) -> Any:
    """The option `--plan` with this help, which takes the id of a plan."""
    return option("--plan", "ID", told, "completion:plans")


def period_option(told: str) -> Any:
    """The option `--period` with this help: `2026-Q3`, `Quý III`."""
    return option("--period", "PERIOD", told, "completion:periods")


def output_option(told: str, metavar: str = "PATH", names: str = "--output -o") -> Any:
    """The option `--output` with this help: a file or folder to write to, `inside` the workspace."""
    return option(names, metavar, told, check=inside)


def out_folder(told: str) -> Any:
    """The same, of a command that writes Word files into a folder. `--out` is its older name."""
    return output_option(told, "DIR", "--output --out -o")


AS_OF = option("--as-of", "DATE", "The day to look from, 2026-09-30 or 30/9/2026; today if not given.")
"""Of the commands that show how things stand."""

OF_UNIT = unit_option("Only items that this unit leads or supports: its code, name or alias.")
"""Of the commands that show the items of one unit."""

PLAN = argument("PLAN", "The plan, by file or id.", "completion:plans", needed=True)
"""Of the commands that change one plan."""

FAIL_ON = choice("--fail-on", "What makes the exit code 1: errors only, or warnings too.")
IGNORE = option("--ignore", "CODES", "All findings but these.")
"""Of the commands that tell findings."""

SHOW_CHANGE = flag("--dry-run", "Write nothing; show what would change in the file.")
"""Of the commands that sign and amend."""

PDF = flag("--pdf", "A PDF beside each Word file, made by LibreOffice.")
"""Of the commands that make Word files."""

QUIET = flag("--quiet", "Show no progress bar.")
"""Of the commands that read many plans."""


def typed_text(text: str, option: str, *, is_line: bool = True) -> str:
    """What stands behind an option, in the form that texts of plans have: normal form C, no white space around it.
    Stop if it is empty or holds a character that can't stand in a plan, or (for `is_line`) a line end."""
    settled = unicodedata.normalize("NFC", text).strip()
    if not settled or find_forbidden(settled) or (is_line and "\n" in settled):
        message = Message("'{option}' is empty, or holds a character that can't stand in a plan", option=option)
        raise CommandError(message, Message("type it again"))
    return settled
