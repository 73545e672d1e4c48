"""Finds the workspace and its files."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.console import Stop
from qmsplan.diagnostic import say
from qmsplan.load.file import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.load.document import Document
    from qmsplan.model.settings import Settings

MARK = "qmsplan.yaml"
_ENDINGS = (".yaml", ".yml")


class Place(NamedTuple):
    """A workspace as found: its folder, its settings (the defaults if they are broken), and the file they came from."""

    root: Path
    settings: Settings
    document: Document | None


def find_workspace(start: Path | None = None) -> Path | None:
    """The nearest folder at or above `start` that holds qmsplan.yaml."""
    here = (start or Path.cwd()).absolute()
    return next((folder for folder in (here, *here.parents) if (folder / MARK).is_file()), None)


def read_settings(root: Path) -> Place:
    """The settings of a workspace."""
    from qmsplan.load.document import read_file
    from qmsplan.load.faults import Broken
    from qmsplan.load.text import read_bytes

    path, name = root / MARK, shown(root / MARK)
    try:
        document = _settings_in(read_bytes(path), name)
    except Broken:
        document = read_file(path, name)
    return _place(root, document)


def language_of(root: Path) -> str:
    """The language of a workspace, from the line that says it: commands that read no YAML need not load its reader."""
    try:
        lines = _LANGUAGE.findall((root / MARK).read_bytes())
    except OSError:
        lines = []
    return lines[0].decode() if len(lines) == 1 else read_settings(root).settings.language


_LANGUAGE = re.compile(rb"^language: *(vi|en) *(?:#.*)?\r?$", re.MULTILINE)


@lru_cache(maxsize=1)
def _settings_in(content: bytes, name: str) -> Document:
    """Read once for the language and once for the command, understood once."""
    from qmsplan.load.document import read_content

    return read_content(content, name)


def _place(root: Path, document: Document | None) -> Place:
    from qmsplan.model.settings import Settings

    value = document.value if document else None
    return Place(root, value if isinstance(value, Settings) else Settings(kind="workspace"), document)


def open_workspace(near: Path | None = None) -> Place:
    """The workspace around a path; a folder without one is taken as it is, with the default settings."""
    start = near if near is None or near.is_dir() else near.parent
    root = find_workspace(start)
    return read_settings(root) if root else _place((start or Path.cwd()).absolute(), None)


def require_workspace() -> Place:
    """The workspace around the current folder. Stop if there is none, or if its settings are broken."""
    root = find_workspace()
    if root is None:
        raise Stop(
            say("there is no {name} in this folder or above it", name=MARK),
            say("go to the folder of your plans, or make a new one with 'qmsplan init'"),
        )
    return read_settings(root)


def shown(path: Path) -> str:
    """A path as users are told it: relative to the current folder, with forward slashes."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()


def plan_files(place: Place) -> tuple[File, ...]:
    """All YAML files under the workspace's folder of plans, in the order of their names."""
    folder = place.root / place.settings.plans
    if place.document is None and not folder.is_dir():
        return ()
    if not folder.is_dir():
        raise Stop(
            say("there is no folder '{folder}'", folder=shown(folder)),
            say("create it, or set 'plans' in {name}", name=MARK),
        )
    return tuple(yaml_files(folder))


def yaml_files(folder: Path) -> Iterator[File]:
    """The YAML files in a folder. Hidden ones are left alone; links are followed to files, not to folders."""
    return (File(Path(path), name) for path, name in yaml_names(folder))


def is_plan_name(path: str) -> bool:
    """Whether a path below the folder of plans is one that `yaml_names` tells of."""
    return path.endswith(_ENDINGS) and not any(part.startswith(".") for part in path.split("/"))


def yaml_names(folder: Path) -> Iterator[tuple[str, str]]:
    """The paths of the YAML files in a folder and the names they are shown under: `File` without the making of paths,
    which takes longer than all else there is to do for a file that did not change."""
    within = shown(folder)
    is_around = set(within.split("/")) <= {".", "..", ""}  # the folder holds the current one: names do not start alike
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        start = within + base.removeprefix(str(folder)).replace(os.sep, "/") + "/"
        for name in sorted(names):
            if name.endswith(_ENDINGS) and not name.startswith("."):
                path = os.path.join(base, name)  # noqa: PTH118
                yield path, shown(Path(path)) if is_around else start + name


def named_files(paths: Iterable[Path]) -> Iterator[File]:
    """The files that paths name; folders stand for the YAML files in them. Stop if one is not there."""
    for path in paths:
        if path.is_dir():
            yield from yaml_files(path)
        elif path.exists() or path.is_symlink():
            yield File(path, shown(path))
        else:
            raise Stop(say("there is no file '{file}'", file=path.as_posix()), say("check the spelling"))
