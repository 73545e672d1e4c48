"""The git program: found once, run without a shell, and kept from running anything that a repository names.

A repository is data of somebody's: its settings may name programs (pagers, filters, signature checkers, transports)
and its objects may be missing. Only commands that need none of these are run, and what could start one is turned off.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Fault, say

if TYPE_CHECKING:
    from qmsplan.diagnostic import Text

_SETTINGS = (
    "core.quotePath=false",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "color.ui=false",
    "diff.external=",
    f"diff.orderFile={os.devnull}",
    "diff.renameLimit=2000",
    "i18n.logOutputEncoding=UTF-8",
    "log.showRoot=true",
    "log.showSignature=false",
    "protocol.allow=never",
)
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
"""What the user's own environment may say to git; hooks set the rest for a git of theirs, not for ours."""


class GitError(Exception):
    """A git command failed: its words, for whoever knows what they mean there."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@cache
def find_git() -> str:
    """The path of the program, never one from the current folder. Fault if there is none."""
    name = "git.exe" if os.name == "nt" else "git"
    folders = (folder for folder in os.get_exec_path() if Path(folder).is_absolute())
    found = next(filter(None, (shutil.which(str(Path(folder, name))) for folder in folders)), None)
    if found is None:
        raise Fault(
            say("git is not installed, and the history of plans is kept in git"),
            say("install it from https://git-scm.com, or ask your IT staff to"),
        )
    return found


def command(*arguments: str) -> list[str]:
    """A git command as a list of arguments."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return [find_git(), "--no-pager", *settings, *arguments]


def environment() -> dict[str, str]:
    """English, no prompts, no locks, no fetching of what is missing, no replaced objects, no magic in names."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return kept | _ENVIRONMENT


_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
}


def run(folder: Path, *arguments: str) -> bytes:
    """What a git command prints, run in a folder. GitError if it fails."""
    try:
        done = subprocess.run(  # noqa: S603  a list, never a shell
            command(*arguments),
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise Fault(_not_started(error.strerror), say("check that 'git --version' works")) from None
    if done.returncode:
        raise GitError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def _not_started(reason: str | None) -> Text:
    return say("git can't be started: {reason}", reason=reason or "OSError")


def failed(error: GitError) -> Fault:
    """The fault of a git command that failed for a reason that nobody foresaw."""
    reason = error.words.splitlines()[0] if error.words else "?"
    return Fault(say("git can't tell: {reason}", reason=reason), say("run 'git fsck' to see whether all is well"))
