"""A plan's file opened to be edited: found, locked, read, and replaced only if nobody else changed it meanwhile."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.choices import no_such_plan
from qmsplan.cli.console import Stop, put, tell
from qmsplan.cli.files import Place, open_workspace, plan_files, require_workspace, shown
from qmsplan.cli.lock import held
from qmsplan.cli.write import write_whole
from qmsplan.diagnostic import Severity, say
from qmsplan.load.document import read_content
from qmsplan.load.faults import Broken
from qmsplan.load.file import File
from qmsplan.load.text import decode, read_bytes
from qmsplan.model.plan import Plan
from qmsplan.output.clean import harmless
from qmsplan.output.recorded import unified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmsplan.diagnostic import Diagnostic


class Opened(NamedTuple):
    """A plan to be edited: where it stands, its bytes, what they say, and what keeps them from being read."""

    place: Place
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
        except Broken as broken:
            raise Stop(broken.message, broken.hint) from None
        document = read_content(before, file.name)
        plan = document.value if isinstance(document.value, Plan) else None
        if document.value and not plan:
            hint = say("name the file or the id of a plan")
            raise Stop(say("'{file}' is no plan", file=file.name), hint)
        yield Opened(place, file, before, plan, document.diagnostics)


def write_edited(opened: Opened, after: bytes, *, is_rehearsal: bool) -> None:
    """Replaces the file, or shows what would change in it. Stop if somebody else changed it meanwhile."""
    if is_rehearsal:
        put(harmless(unified(opened.file.name, decode(opened.before), decode(after))))
        return
    try:
        is_same = read_bytes(opened.file.path) == opened.before
    except Broken:
        is_same = False
    if not is_same:
        message = say("'{file}' was changed by another program meanwhile", file=opened.file.name)
        raise Stop(message, say("look at the file, then try again"))
    write_whole(opened.file.path, after)


def errors_of(opened: Opened, language: str) -> list[Diagnostic]:
    """The errors of the plan's own file, as `validate` finds them."""
    from qmsplan.check.choice import weigh, weights_of
    from qmsplan.cli.survey import Errand, survey

    seen = survey(Errand(opened.place, (opened.file.path,), language))
    found = weigh(seen.diagnostics, weights_of(opened.place.settings))
    return [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]


def show(found: Sequence[Diagnostic], place: Place, language: str) -> None:
    """Tells what is wrong, as `validate` does."""
    from qmsplan.cli.report import report_of
    from qmsplan.output.text import write_text

    tell(write_text(report_of(tuple(found), place, language)).rstrip("\n"))


def _find(name: str) -> tuple[Place, File]:
    path = Path(name)
    if path.exists() or path.is_symlink():
        return open_workspace(path), File(path, shown(path))
    place = require_workspace()
    plans = _plans(place)
    if name not in plans:
        raise no_such_plan([name], plans)
    return place, plans[name]


def _plans(place: Place) -> dict[str, File]:
    """The files of the workspace's plans by id."""
    from qmsplan.load.workspace import read_workspace

    files = {file.name: file for file in plan_files(place)}
    workspace = read_workspace(place.root, place.settings, files.values())
    return {named.plan.id: files[named.file] for named, _ in workspace.plans()}
