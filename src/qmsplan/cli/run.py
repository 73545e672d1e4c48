"""From arguments to an exit code: language, then typer. Nothing escapes as a traceback."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from qmsplan.cli.app import run_app
from qmsplan.cli.console import PipeClosedError, Stop, say_error, settle_streams
from qmsplan.cli.exits import BROKEN, INTERRUPTED, PIPE_CLOSED
from qmsplan.cli.files import find_workspace, language_of
from qmsplan.cli.switches import DEBUG
from qmsplan.diagnostic import Fault
from qmsplan.language import choose, translator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


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
    except Stop as stop:
        say_error(stop.text, stop.hint, translator(language))
        return stop.code
    except Fault as fault:  # an argument or a setting that can't be read as what it should be
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


def _our_fault(error: Exception, say: Callable[[str], str]) -> int:
    reason = f"{type(error).__name__}: {error}"
    try:
        if isinstance(error, OSError) and error.strerror:
            name = f" ({error.filename})" if error.filename else ""
            sys.stderr.write(f"qmsplan: {error.strerror}{name}\n")
        else:
            template = say("an error of qmsplan itself: {reason}; set QMSPLAN_DEBUG=1 to see more, and report it")
            sys.stderr.write(f"qmsplan: {template.format(reason=reason)}\n")
    except OSError:
        pass
    return BROKEN


def _silence_stdout() -> None:
    """Python flushes stdout once more at exit; a closed pipe would complain there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
