"""Where findings are kept between runs: a file for each workspace, in the user's folder for such things."""

from __future__ import annotations

import os
import sys
import time
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from qmsplan.check.kept import LARGEST, Head, Kept, pack, unpack
from qmsplan.check.memory import Ground, Memory
from qmsplan.cli.switches import OFF
from qmsplan.load.look import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKSPACES = 50
"""Those used last are kept."""


class Cache:
    """The file that holds what is kept of a workspace."""

    def __init__(self, path: Path, tool: str) -> None:
        self._path = path
        self.kept = _read(path, tool) or Kept(Head(tool))

    def memory(self, ground: Ground) -> Memory:
        """What is remembered on this ground."""
        return Memory(self.kept, ground, time.time_ns())

    def save(self, kept: Kept) -> None:
        """Keeps this instead, whole or not at all. A cache that can't be written is no fault of a run."""
        content = pack(kept) if kept != self.kept else b""
        if not content or len(content) > LARGEST:
            return
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _replace(self._path, content)
            _forget_old(self._path.parent)
        except OSError:
            return


def open_cache(root: Path) -> Cache | None:
    """The cache of a workspace; None if there shall be or can be none."""
    folder = None if os.environ.get(OFF) else cache_folder()
    tool = _tool() if folder else None
    if folder is None or tool is None:
        return None
    return Cache(folder / f"{digest_of(os.fsencode(root))}.cache", tool)


def cache_folder() -> Path | None:
    """XDG_CACHE_HOME goes before the platform's own place; None if there is none."""
    told = os.environ.get
    home = os.path.expanduser("~")  # noqa: PTH111  Path.home raises where there is none
    usual = {"win32": told("LOCALAPPDATA", ""), "darwin": f"{home}/Library/Caches"}.get(sys.platform, f"{home}/.cache")
    folder = Path(told("XDG_CACHE_HOME") or usual)
    return folder / "qmsplan" if folder.is_absolute() else None


def _read(path: Path, tool: str) -> Kept | None:
    """What is kept there, if it is a file of this user and not damaged."""
    try:
        with path.open("rb") as file:
            told = os.fstat(file.fileno())
            is_ours = not hasattr(os, "getuid") or told.st_uid == os.getuid()
            return unpack(file.read(), tool) if is_ours and told.st_size <= LARGEST else None
    except OSError:
        return None


def _replace(path: Path, content: bytes) -> None:
    """Not `write_whole`: loading it takes longer than the whole answer, and a loss of power may have this file."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _forget_old(folder: Path) -> None:
    with os.scandir(folder) as entries:
        files = sorted(entries, key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    for entry in files[WORKSPACES:]:
        Path(entry).unlink(missing_ok=True)


def _tool() -> str | None:
    """A digest of this program, of what it reads YAML with, and of the Python it runs on; None if it can't be told.

    The contents count: a fresh installation in a CI has other times, a line changed in a checkout the same version."""
    try:
        parts = [sys.version.encode(), sys.platform.encode()]
        parts += [_module(*name) for name in (("yaml", "__init__.py"), ("pydantic", "version.py"))]
        for path in sorted(_files(os.path.dirname(os.path.dirname(__file__)))):  # noqa: PTH120
            with open(path, "rb") as file:  # noqa: PTH123  Path.open takes twice the time
                parts.append(file.read())
    except OSError:
        return None
    return digest_of(b"\0".join(parts))


def _module(name: str, file: str) -> bytes:
    found = PathFinder.find_spec(name)
    return Path(found.origin).with_name(file).read_bytes() if found and found.origin else b""


_APART = {"__pycache__", "locale", "pages", "output", "layout", "vcs", "diff"}
"""Folders that no finding follows from."""


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                if not entry.name.endswith(".md"):  # the rules' pages
                    yield entry.path
            elif entry.name not in _APART:
                yield from _files(entry.path)
