"""Typer's own sentences in the user's language: usage lines, help texts, mistakes in the arguments.

The typer application: one line for each command.

From arguments to an exit code: language, then typer. Nothing escapes as a traceback."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from qmsplan import __version__
from qmsplan.cli import (
    audit,
    diff,
    explain,
    export,
    fmt,
    init,
    log,
    new,
    phrases,
    record,
    render,
    report,
    schema,
    sign,
    status,
    validate,
    verify,
)
from qmsplan.cli.console import (
    BROKEN,
    CLEAN,
    DEBUG,
    INTERRUPTED,
    PIPE_CLOSED,
    CommandError,
    PipeClosedError,
    put,
    say_error,
    settle_streams,
)
from qmsplan.cli.workspace import find_workspace, language_of
from qmsplan.diagnostics import Message, UserError, choose, translator


def parts_in(translate: Callable[[str], str]) -> tuple[type[TyperCommand], type[TyperGroup]]:
    """The classes of commands and of the application that describe themselves in a language."""

    class Worded:
        def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
            pieces = self.collect_usage_pieces(ctx)
            formatter.write_usage(ctx.command_path, _worded(pieces, translate), prefix=translate("Usage: "))

        def get_help_option(self, ctx: Any) -> Any:
            return _described(super().get_help_option(ctx), translate)  # type: ignore[misc]

        def get_params(self, ctx: Any) -> Any:
            return [_without_type(parameter) for parameter in super().get_params(ctx)]  # type: ignore[misc]

    class Command(Worded, TyperCommand):
        pass

    class Group(Worded, TyperGroup):
        pass

    return Command, Group


def _without_type(parameter: Any) -> Any:
    """Arguments are told by their name alone; `<list[Path]>` helps no clerk."""
    if parameter.param_type_name == "argument":
        parameter.display_type_rich = lambda **_: ""
    return parameter


def _worded(pieces: list[str], translate: Callable[[str], str]) -> str:
    words = {"[OPTIONS]": translate("[OPTIONS]"), "COMMAND [ARGS]...": translate("COMMAND [ARGS]...")}
    return " ".join(words.get(piece, piece) for piece in pieces)


def _described(option: Any, translate: Callable[[str], str]) -> Any:
    if option is not None:
        option.help = translate("Show this message and leave.")
    return option


def mistake(error: Any) -> CommandError:
    """A mistake in the arguments, in our own words. `error` is one of typer's exceptions for wrong use."""
    kind = type(error).__name__
    context = getattr(error, "ctx", None)
    hint = Message("see '{command} --help'", command=context.command_path if context else "qmsplan")
    parameter = getattr(error, "param", None)
    name = _name(parameter) or str(getattr(error, "param_hint", "") or "")
    if kind == "NoSuchOption":
        return CommandError(Message("there is no option {name}", name=error.option_name), hint)
    if kind == "MissingParameter":
        return CommandError(Message("{name} is missing", name=name), hint)
    if kind == "BadParameter":
        return CommandError(Message("this value does not fit {name}", name=name), _choices(parameter) or hint)
    if kind == "BadOptionUsage":
        return CommandError(Message("the option {name} needs a value", name=error.option_name), hint)
    return CommandError(_by_message(str(error.message)), hint)


def _by_message(message: str) -> Message:
    """Mistakes that typer tells apart by nothing but its English words."""
    if "No such command" in message:
        return Message("there is no command '{name}'", name=message.partition("'")[2].partition("'")[0])
    if "unexpected extra argument" in message:
        return Message("there are more arguments than expected: {names}", names=message.rpartition("(")[2].rstrip(")"))
    return Message("the arguments can't be understood: {reason}", reason=message)


def _name(parameter: Any) -> str:
    if parameter is None:
        return ""
    options = [option for option in parameter.opts if option.startswith("--")]
    return options[0] if options else str(parameter.metavar or parameter.name)


def _choices(parameter: Any) -> Message | None:
    shown = str(getattr(parameter, "metavar", None) or "")
    return Message("write one of: {choices}", choices=shown.replace("|", ", ")) if "|" in shown else None


COMMANDS = (
    init,
    new,
    validate,
    fmt,
    explain,
    schema,
    phrases,
    status,
    audit,
    record,
    render,
    export,
    report,
    sign,
    verify,
    diff,
    log,
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
    translate = translator(language)
    command_class, group_class = parts_in(translate)
    app = typer.Typer(
        name="qmsplan",
        cls=group_class,
        help=translate("Quality plans as text: checked, followed up and printed as official documents."),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root(translate))
    for command in COMMANDS:
        command.add(app, language, translate)
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


def _root(translate: Callable[[str], str]) -> Callable[..., None]:
    def root(
        lang: str = typer.Option("", "--lang", metavar="vi|en", help=translate("Language of messages.")),
        version: bool = typer.Option(False, "--version", help=translate("Print the version and leave.")),  # noqa: FBT001, FBT003
    ) -> None:
        """The options before the command; `cli.run` has already taken a language it knows."""
        if lang:
            raise typer.BadParameter(translate("choose vi or en"), param_hint="--lang")
        if version:
            typer.echo(f"qmsplan {__version__}")
            raise typer.Exit

    return root


def run(arguments: Sequence[str]) -> int:
    """The exit code of a command line."""
    settle_streams()
    wish, rest = _without_language(arguments)
    try:
        return _run(wish, rest)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(wish: str | None, rest: list[str]) -> int:
    language = _language(wish)
    os.environ["LANGUAGE"] = language  # typer's own sentences come from our catalogues too
    try:
        return run_app(rest, language)
    except CommandError as stop:
        say_error(stop.text, stop.hint, translator(language))
        return stop.code
    except UserError as fault:  # an argument or a setting that can't be read as what it should be
        say_error(fault.message, fault.hint, translator(language))
        return BROKEN
    except PipeClosedError:
        _silence_stdout()
        return PIPE_CLOSED
    except Exception as error:  # the last line of defence
        if os.environ.get(DEBUG):
            raise
        return _our_fault(error, translator(language))


def _without_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """`--lang` may stand anywhere; it is needed before the commands describe themselves."""
    wish, rest = None, []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument == "--lang":
            wish = next(waiting, "")
        elif argument.startswith("--lang="):
            wish = argument.removeprefix("--lang=")
        else:
            rest.append(argument)
    if wish not in {None, "vi", "en"}:
        rest = ["--lang", str(wish), *rest]  # typer says what is wrong with it
    return wish, rest


def _language(wish: str | None) -> str:
    wishes = [wish, os.environ.get("QMSPLAN_LANG")]
    if not any(wishes):
        root = find_workspace()
        wishes += [language_of(root) if root else None]
        wishes += [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    return choose(*wishes)


def _our_fault(error: Exception, translate: Callable[[str], str]) -> int:
    reason = f"{type(error).__name__}: {error}"
    try:
        if isinstance(error, OSError) and error.strerror:
            name = f" ({error.filename})" if error.filename else ""
            sys.stderr.write(f"qmsplan: {error.strerror}{name}\n")
        else:
            template = translate("an error of qmsplan itself: {reason}; set QMSPLAN_DEBUG=1 to see more, and report it")
            sys.stderr.write(f"qmsplan: {template.format(reason=reason)}\n")
    except OSError:
        pass
    return BROKEN


def _silence_stdout() -> None:
    """Python flushes stdout once more at exit; a closed pipe would complain there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
