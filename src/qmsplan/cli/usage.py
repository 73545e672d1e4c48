"""Typer's own sentences in the user's language: usage lines, help texts, mistakes in the arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from qmsplan.cli.console import Stop
from qmsplan.diagnostic import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable


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


def mistake(error: Any) -> Stop:
    """A mistake in the arguments, in our own words. `error` is one of typer's exceptions for wrong use."""
    kind = type(error).__name__
    context = getattr(error, "ctx", None)
    hint = say("see '{command} --help'", command=context.command_path if context else "qmsplan")
    parameter = getattr(error, "param", None)
    name = _name(parameter) or str(getattr(error, "param_hint", "") or "")
    if kind == "NoSuchOption":
        return Stop(say("there is no option {name}", name=error.option_name), hint)
    if kind == "MissingParameter":
        return Stop(say("{name} is missing", name=name), hint)
    if kind == "BadParameter":
        return Stop(say("this value does not fit {name}", name=name), _choices(parameter) or hint)
    if kind == "BadOptionUsage":
        return Stop(say("the option {name} needs a value", name=error.option_name), hint)
    return Stop(_by_message(str(error.message)), hint)


def _by_message(message: str) -> Text:
    """Mistakes that typer tells apart by nothing but its English words."""
    if "No such command" in message:
        return say("there is no command '{name}'", name=message.partition("'")[2].partition("'")[0])
    if "unexpected extra argument" in message:
        return say("there are more arguments than expected: {names}", names=message.rpartition("(")[2].rstrip(")"))
    return say("the arguments can't be understood: {reason}", reason=message)


def _name(parameter: Any) -> str:
    if parameter is None:
        return ""
    options = [option for option in parameter.opts if option.startswith("--")]
    return options[0] if options else str(parameter.metavar or parameter.name)


def _choices(parameter: Any) -> Text | None:
    shown = str(getattr(parameter, "metavar", None) or "")
    return say("write one of: {choices}", choices=shown.replace("|", ", ")) if "|" in shown else None
