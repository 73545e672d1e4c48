"""The typer application: one line for each command."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.exceptions import TyperException

from qmsplan.cli import (
    audit_command,
    diff_command,
    explain_command,
    export_command,
    fmt_command,
    init_command,
    log_command,
    new_command,
    phrase_commands,
    record_command,
    render_command,
    report_command,
    schema_command,
    sign_command,
    status_command,
    validate_command,
    verify_command,
)
from qmsplan.cli.console import put
from qmsplan.cli.exits import BROKEN, CLEAN, INTERRUPTED
from qmsplan.cli.usage import mistake, parts_in
from qmsplan.language import translator

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = (
    init_command,
    new_command,
    validate_command,
    fmt_command,
    explain_command,
    schema_command,
    phrase_commands,
    status_command,
    audit_command,
    record_command,
    render_command,
    export_command,
    report_command,
    sign_command,
    verify_command,
    diff_command,
    log_command,
)


def run_app(arguments: list[str], language: str) -> int:
    """The exit code of what typer makes of the arguments."""
    locale = Path(__file__).parents[1] / "locale"
    gettext.bindtextdomain("qmsplan", str(locale))
    gettext.textdomain("qmsplan")
    try:
        code = _trimmed(build_app(language), arguments)(arguments, prog_name="qmsplan", standalone_mode=False)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # the message is the help itself
            put(error.message + "\n")
            return BROKEN
        raise mistake(error) from None
    except typer.Abort:
        return INTERRUPTED
    return code if isinstance(code, int) else CLEAN


def build_app(language: str) -> typer.Typer:
    """All commands, described in a language."""
    say = translator(language)
    command_class, group_class = parts_in(say)
    app = typer.Typer(
        name="qmsplan",
        cls=group_class,
        help=say("Quality plans as text: checked, followed up and printed as official documents."),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root(say))
    for command in COMMANDS:
        command.add(app, language, say)
    for info in app.registered_commands:
        info.cls = command_class
    return app


def _trimmed(app: typer.Typer, arguments: list[str]) -> typer.Typer:
    """Only the command that is asked for, or all without their options: typer takes a millisecond to describe each."""
    asked = next((argument for argument in arguments if not argument.startswith("-")), None)
    chosen = [info for info in app.registered_commands if info.name == asked]
    if chosen:
        app.registered_commands = chosen
        return app
    for info in app.registered_commands:
        info.callback = _undescribed
    return app


def _undescribed() -> None:
    """Stands for a command that is listed and never run."""


def _root(say: Callable[[str], str]) -> Callable[..., None]:
    def root(
        lang: str = typer.Option("", "--lang", metavar="vi|en", help=say("Language of messages.")),
        version: bool = typer.Option(False, "--version", help=say("Print the version and leave.")),  # noqa: FBT001, FBT003
    ) -> None:
        """The options before the command; `cli.run` has already taken a language it knows."""
        if lang:
            raise typer.BadParameter(say("choose vi or en"), param_hint="--lang")
        if version:
            from qmsplan import __version__

            typer.echo(f"qmsplan {__version__}")
            raise typer.Exit

    return root
