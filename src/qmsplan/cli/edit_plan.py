"""A plan's file opened to be edited by `sign` and `amend`: found, locked, read, and replaced whole."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from qmsplan.check.findings import weigh, weights_of
from qmsplan.cli.console import CommandError, put, tell
from qmsplan.cli.find_plan import find_plan, is_no_plan
from qmsplan.cli.findings import CheckRequest, report_of, survey
from qmsplan.cli.lock import held
from qmsplan.cli.workspace import OpenWorkspace, open_workspace, plan_files, require_workspace
from qmsplan.cli.workspace_folder import shown
from qmsplan.cli.write import replace_unchanged
from qmsplan.diagnostics import Diagnostic, Message, ReadError, Severity
from qmsplan.load.document import read_content
from qmsplan.load.files import File, decode, find_forbidden, read_bytes
from qmsplan.model.plan import Plan
from qmsplan.output.findings import write_text
from qmsplan.output.record import unified
from qmsplan.output.safe_text import harmless


class Opened(NamedTuple):
    """A plan to be edited: where it stands, its bytes, what they say (None if it has errors), and what is wrong."""

    place: OpenWorkspace
    file: File
    before: bytes
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]


@contextmanager
def open_plan(name: str) -> Iterator[Opened]:
    """The plan that a file or an id names, for one writer at a time. Stop if there is none."""
    place, file = _find(name)
    with held(place.root):
        try:
            before = read_bytes(file.path)
        except ReadError as broken:
            raise CommandError(broken.message, broken.hint) from None
        document = read_content(before, file.name)
        plan = document.value if isinstance(document.value, Plan) else None
        if document.value and not plan:
            raise is_no_plan(file.name)
        yield Opened(place, file, before, plan, document.diagnostics)


def _find(name: str) -> tuple[OpenWorkspace, File]:
    if os.path.isfile(name) or os.path.islink(name):  # noqa: PTH113, PTH114  it may have errors, which are told then
        return open_workspace(Path(name)), File(Path(name), shown(Path(name)))
    place = require_workspace()
    return place, find_plan(name, plan_files(place)).file


def write_edited(opened: Opened, after: bytes, *, is_rehearsal: bool) -> None:
    """Replaces the file, or shows what would change in it. Stop if another program changed it meanwhile."""
    if is_rehearsal:
        put(harmless(unified(opened.file.name, decode(opened.before), decode(after))))
    else:
        replace_unchanged(opened.file.path, opened.before, after)


def errors_of(opened: Opened, language: str) -> list[Diagnostic]:
    """The errors of the plan's own file, as `validate` finds them."""
    seen = survey(CheckRequest(opened.place, (opened.file.path,), language))
    found = weigh(seen.diagnostics, weights_of(opened.place.settings))
    return [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]


def show(found: Sequence[Diagnostic], place: OpenWorkspace, language: str) -> None:
    """Tells on stderr what is wrong, as `validate` does."""
    tell(write_text(report_of(tuple(found), place, language)).rstrip("\n"))


def typed_text(text: str, option: str) -> str:
    """What stands behind an option, in the form that texts of plans have: normal form C, no white space around it.
    Stop if it is empty or holds a character that can't stand in a plan."""
    settled = unicodedata.normalize("NFC", text).strip()
    if not settled or find_forbidden(settled):
        message = Message("'{option}' is empty, or holds a character that can't stand in a plan", option=option)
        raise CommandError(message, Message("type it again"))
    return settled
