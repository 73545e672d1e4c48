"""The streams, exit codes, errors and the progress bar of the command line.

Data goes to stdout, talk to stderr, both in UTF-8 whatever the locale says. Nothing here loads rich or reads a plan, so
that `qmsplan --help` and a mistyped command are answered at once."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from itertools import chain

import typer

from qmsplan.diagnostics import Message, Translator, UserError
from qmsplan.output.safe_text import Screen, clean, dump_line, folded, harmless


class Exit(IntEnum):
    """The exit code of a command."""

    CLEAN = 0
    FINDINGS = 1
    BROKEN = 2
    """Wrong use, or input that stopped the work."""
    INTERRUPTED = 130
    PIPE_CLOSED = 141


DEBUG = "QMSPLAN_DEBUG"
"""The environment variable that lets the traceback of an error of ours through."""


class CommandError(UserError):
    """The command can't go on: what to tell the user, what to do about it, and the exit code."""

    def __init__(self, message: Message, hint: Message | None = None, code: int = Exit.BROKEN) -> None:
        super().__init__(message, hint)
        self.code = code


class PipeClosedError(Exception):
    """Nobody reads stdout any more: `qmsplan status | head`."""


def settle_streams() -> None:
    """Makes stdout and stderr UTF-8; what can't be encoded (a lone surrogate) is escaped, never fatal. Line
    ends stay as they are written, so that data are the same on Windows as elsewhere (CRLF in CSV). A program started
    without them (a service, pythonw, `>&-`) writes into nothing."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  open until the end
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def wants_colours() -> bool:
    """True if stdout is a terminal and NO_COLOR is not set, or if FORCE_COLOR is (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: object) -> bool:
    """True if the stream is a terminal, so that a person reads it or types into it."""
    asked = getattr(stream, "isatty", None)
    return bool(asked and asked())


def screen_width() -> int:
    """Columns of the terminal, or COLUMNS; 120 where there is neither, never less than 60."""
    return max(shutil.get_terminal_size((120, 24)).columns, 60)


def screen(translate: Translator) -> Screen:
    """What stdout is read on."""
    return Screen(translate, screen_width(), wants_colours(), folds=is_terminal(sys.stdout))


def refuse_unfit(given: Mapping[str, object], form: str, command: str) -> None:
    """Stop if one of some options was given that a format has no use for: `--output` beside `--format json`."""
    if unfit := next((name for name, value in given.items() if value), None):
        message = Message("{option} does not fit {format}", option=unfit, format=form)
        raise CommandError(message, Message("see '{command} --help'", command=command))


def put(text: str) -> None:
    """Writes data to stdout. PipeClosedError if its reader has gone."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise PipeClosedError from None
    except OSError as error:
        raise output_full(error) from None


def output_full(error: OSError) -> CommandError:
    """The answer to a stdout that takes no more, such as a file on a full disk."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  Python would try once more at its exit
    reason = error.strerror or type(error).__name__
    message = Message("the output can't be written: {reason}", reason=reason)
    return CommandError(message, Message("make room for it; what the command writes to files may be done already"))


def answer_lines(answer: Callable[[str, UserError | None], object]) -> None:
    """Answers each line of standard input by a JSON object on a line; blank ones are left out. With a line comes what
    is wrong if it is not UTF-8: a lost letter could make another phrase of it, `>98` of `>98‰`."""
    for line in sys.stdin.buffer:
        try:
            text, fault = line.decode("utf-8"), None
        except UnicodeDecodeError:
            text = line.decode("utf-8", "replace")
            fault = UserError(Message("this line is not UTF-8 text"), Message("save the list as UTF-8"))
        if text := text.lstrip("\ufeff").strip():
            put(dump_line(answer(text, fault)))


def put_line(text: str, indent: int = 2) -> None:
    """Writes a line to stdout in which a name stands: of a file, which may hold anything, or a plan's text. Indented
    ones may be there to be copied: a terminal folds them itself."""
    line = harmless(clean(text)) + "\n"
    put(line) if line.startswith(" ") else put_text(line, indent)


def put_message(message: Message, translate: Translator) -> None:
    """Writes a sentence to stdout as `put_line` does, in a language."""
    put_line(translate(message))


def put_text(text: str, indent: int = 2) -> None:
    """Writes lines for people to stdout; on a terminal folded between words, what goes on indented so far."""
    put(_on_screen(text, sys.stdout, indent))


def _on_screen(text: str, stream: object, indent: int = 2) -> str:
    """Lines as a terminal shows them whole. A command on a line of its own is to be copied, and stays one line."""
    width = screen_width() if is_terminal(stream) else 0
    lines = text.split("\n")
    return "\n".join(
        chain.from_iterable([line] if line.startswith("  qmsplan ") else folded(line, width, indent) for line in lines)
    )


def tell(text: str) -> None:
    """Writes talk to stderr; where nobody can be told (a full disk, a closed pipe), the exit code still says it."""
    try:
        sys.stderr.write(_on_screen(text, sys.stderr) + "\n")
        sys.stderr.flush()
    except OSError:
        if sys.stderr is sys.__stderr__:  # Python flushes once more at exit, and 3.11 would end with 120 then
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def tell_message(message: Message, translate: Translator) -> None:
    """Writes a sentence to stderr, in a language."""
    tell(clean(translate(message)))


def say_error(text: Message, hint: Message | None, translate: Translator) -> None:
    """Says on stderr what stopped the work and what to do; on a terminal folded between words."""
    width = screen_width() if is_terminal(sys.stderr) else 0
    lines = folded(f"qmsplan: {clean(translate(text))}", width, 2)
    if hint:
        head = f"  {translate('hint')}: "
        lines += folded(head + clean(translate(hint)), width, len(head))
    tell(harmless("\n".join(lines)))


MANY = 400
"""Files from which on reading them takes long enough for a bar."""


@contextmanager
def progress_bar(
    total: int, doing: Message, translate: Translator, many: int = MANY
) -> Iterator[Callable[[int], None]]:
    """Gives a function that takes how many more files are done. `total` is how many there are, fewer than `many` for no
    bar; `doing` is the word beside it, such as "reading"."""
    if total < many or not is_terminal(sys.stderr):
        yield lambda _count: None
        return
    label = translate(doing)
    with typer.progressbar(length=total, label=label, show_eta=True, file=sys.stderr) as bar:
        yield bar.update
