"""Document templates as files: where they are found, and the one way in which they fail."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from qmsplan.diagnostics import Message

BODY = "body.xml.j2"
AUDIT, REPORT, REVIEW, PROGRAMME = "audit", "report", "review", "programme"
"""The templates of papers that are made from several plans: the auditor's working paper, periodic reports, the input to
the management review, the programme of an internal audit. No plan can name them."""
_OWN = frozenset({AUDIT, REPORT, REVIEW, PROGRAMME})
LARGEST = 1024 * 1024
"""Bytes a template may have."""

LINE = "_line"
"""The attribute in which `fill` leaves the template's line."""

_NAME = re.compile(r"[a-z0-9-]{1,64}")
_PACKAGE = Path(__file__).parents[1]


class Template(NamedTuple):
    """The source of one document template and the name of its file as shown to users."""

    name: str
    file: str
    source: str


class BrokenTemplateError(Exception):
    """A template can't make the document; `line` counts from 1 in the template's own file."""

    def __init__(self, file: str, line: int, message: Message, hint: Message | None = None) -> None:
        super().__init__(f"{file}:{line}: {message.template}")
        self.file = file
        self.line = line
        self.message = message
        self.hint = hint


def find_template(name: str, workspace_folder: Path | None = None) -> Template | None:
    """The template of a name, or None: a workspace's own folder of templates goes before the built-in one."""
    if not _NAME.fullmatch(name):
        return None
    for folder in _folders(workspace_folder):
        if (path := folder / name / BODY).is_file():
            return Template(name, path.as_posix(), _read(path))
    return None


def template_names(workspace_folder: Path | None = None) -> tuple[str, ...]:
    """The names of templates for plans, in order."""
    paths = (path for folder in _folders(workspace_folder) for path in folder.glob(f"*/{BODY}"))
    return tuple(sorted({path.parent.name for path in paths if _NAME.fullmatch(path.parent.name)} - _OWN))


def own_template(name: str, workspace_folder: Path | None = None) -> Template:
    """`AUDIT`, `REPORT`, `REVIEW` or `PROGRAMME`, the workspace's own first."""
    template = find_template(name, workspace_folder)
    assert template  # noqa: S101  built in
    return template


def _folders(workspace_folder: Path | None) -> tuple[Path, ...]:
    return (workspace_folder, built_in()) if workspace_folder else (built_in(),)


def built_in() -> Path:
    """Our own folder of templates: inside the wheel, or at the top of a source checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "templates"


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        message = Message("the template can't be read: {reason}", reason=type(error).__name__)
        raise BrokenTemplateError(path.as_posix(), 1, message) from None
    if len(content) > LARGEST:
        raise BrokenTemplateError(path.as_posix(), 1, Message("the template is larger than {size} bytes", size=LARGEST))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenTemplateError(path.as_posix(), line, Message("the template is not UTF-8")) from None
