"""What the exit codes mean, everywhere.

Environment variables that switch something; a module of its own, so that asking costs nothing.

Streams: UTF-8 whatever the locale says, colours only where they are welcome.

A progress bar on a terminal for long work, nothing elsewhere.

Where a CI's pages show the files, so that a comment on a pull request leads to the line."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from rich.console import Console
from rich.progress import Progress

from qmsplan.diagnostics import Message, sentence
from qmsplan.output.safe_text import clean, folded

CLEAN = 0
FINDINGS = 1
BROKEN = 2
"""Wrong use, or input that stopped the work."""
INTERRUPTED = 130
PIPE_CLOSED = 141


DEBUG = "QMSPLAN_DEBUG"
"""Set it to see the traceback of an error of ours."""


class CommandError(Exception):
    """The command can't go on: what to tell the user, and the exit code."""

    def __init__(self, text: Message, hint: Message | None = None, code: int = BROKEN) -> None:
        super().__init__(text.template)
        self.text, self.hint, self.code = text, hint, code


class PipeClosedError(Exception):
    """Nobody reads what we write any more: `qmsplan status | head`."""


def settle_streams() -> None:
    """A Vietnamese sentence must come out under any locale; what can't be encoded is escaped, never fatal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def wants_colours(stream: object = None) -> bool:
    """True on a terminal without NO_COLOR, or where FORCE_COLOR is set (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream or sys.stdout) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: object) -> bool:
    """True if a person sits at the other end."""
    asked = getattr(stream, "isatty", None)
    return bool(asked and asked())


def screen_width() -> int:
    """Columns of the terminal, or COLUMNS; 120 where there is neither."""
    return max(shutil.get_terminal_size((120, 24)).columns, 60)


def put(text: str) -> None:
    """Data goes to stdout."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise PipeClosedError from None


def tell(text: str) -> None:
    """Talk goes to stderr."""
    sys.stderr.write(text + "\n")


def say_error(text: Message, hint: Message | None, translate: Callable[[str], str]) -> None:
    """What stopped the work, and what to do; on a terminal broken between words."""
    width = screen_width() if is_terminal(sys.stderr) else 0
    lines = folded(f"qmsplan: {clean(sentence(text, translate))}", width, 2)
    if hint:
        head = f"  {translate('hint')}: "
        lines += folded(head + clean(sentence(hint, translate)), width, len(head))
    tell("\n".join(lines))


@contextmanager
def progress_bar(total: int, doing: str) -> Iterator[Callable[[int], None]]:
    """A function that is told how many more are done, under a word for the work. A total of 0 is short work: no bar."""
    if not total or not is_terminal(sys.stderr):
        yield lambda _count: None
        return

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda count: bar.advance(task, count)


def source_link() -> str:
    """What stands before a file's name in a link; "" where no CI tells, and links are relative to the repository."""
    told = os.environ.get
    github, repository = told("GITHUB_SERVER_URL"), told("GITHUB_REPOSITORY")
    if github and repository:
        return _under(f"{github}/{repository}/blob", told("GITHUB_SHA"), told("GITHUB_WORKSPACE"))
    gitlab = told("CI_PROJECT_URL")
    return _under(f"{gitlab}/-/blob", told("CI_COMMIT_SHA"), told("CI_PROJECT_DIR")) if gitlab else ""


def _under(pages: str, commit: str | None, checkout: str | None) -> str:
    """The current folder's address among the pages of a commit."""
    if not commit or not checkout:
        return ""
    try:
        folder = os.path.relpath(".", checkout).replace(os.sep, "/")
    except ValueError:
        return ""
    if folder == ".." or folder.startswith("../"):
        return ""
    return f"{pages}/{commit}/" + ("" if folder == "." else quote(folder) + "/")
