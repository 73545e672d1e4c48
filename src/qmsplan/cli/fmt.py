"""`qmsplan fmt`: plans, progress files and settings in the one canonical layout."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from qmsplan.check.workers import in_two
from qmsplan.cli.console import Exit, progress_bar, put_line
from qmsplan.cli.options import FmtOptions
from qmsplan.cli.settings import OpenWorkspace, no_workspace, open_workspace, refuse_outside
from qmsplan.cli.workspace import named_files, plan_files, tell_findings
from qmsplan.cli.write import held, replace_unchanged
from qmsplan.diagnostics import Diagnostic, Message, ReadError, Translator
from qmsplan.load.document import as_diagnostic
from qmsplan.load.files import MARK, File, find_workspace, read_bytes, shown
from qmsplan.yaml_edit.format import FormattedFile, lay_out

MANY = 100
"""Files from which on laying them out takes long enough for a progress bar."""


def command(options: FmtOptions, translate: Translator) -> int:
    """Writes the files in the canonical layout, or tells which are not in it. The exit code is 2 if one has errors."""
    place = open_workspace(options.paths[0] if options.paths else None)
    refuse_outside(place)
    files = _files_meant(place, options.paths or ())
    faults: list[Diagnostic] = []
    changed = 0
    with progress_bar(len(files), Message("checking"), translate, MANY) as advance:
        work = partial(_lay_out, is_check=options.check)
        layouts = in_two(work, files, len(files)) if options.check else map(work, files)
        for file, layout in zip(files, layouts, strict=True):
            faults += layout.diagnostics
            if layout.content is not None:
                put_line(_told_line(file, layout, translate, is_check=options.check))
                changed += 1
            advance(1)
    if faults:
        tell_findings(faults, place, translate)
        return Exit.BROKEN
    return Exit.FINDINGS if options.check and changed else Exit.CLEAN


def _files_meant(place: OpenWorkspace, paths: Sequence[Path]) -> tuple[File, ...]:
    """The files meant. A link found in a folder is left alone: what it leads to is laid out where it stands."""
    if paths:
        found: tuple[File, ...] = tuple(named_files(paths))
    elif place.document is None:
        raise no_workspace(Message("name the files to lay out, or make a workspace with 'qmsplan init'"))
    else:
        mark = place.root / MARK
        found = (File(mark, shown(mark)), *plan_files(place))
    return tuple(file for file in found if file.path in paths or not file.path.is_symlink())


def _lay_out(file: File, *, is_check: bool) -> FormattedFile:
    """What became of a file; its content is None if it has errors, or if it is in the canonical layout already.

    It is read, laid out and replaced while nobody else writes in its workspace, so that no record is lost."""
    folder = file.path.parent
    with nullcontext() if is_check else held(find_workspace(folder) or folder):
        try:
            content = read_bytes(file.path)
            layout = lay_out(content, file.name)
        except ReadError as broken:
            return FormattedFile(None, (), (as_diagnostic(file.name, broken),))
        if layout.content == content:
            return layout._replace(content=None)
        if layout.content is not None and not is_check:
            replace_unchanged(file.path, content, layout.content)
        return layout


def _told_line(file: File, layout: FormattedFile, translate: Translator, *, is_check: bool) -> str:
    message = Message("would be laid out: {file}") if is_check else Message("laid out: {file}")
    line = translate(message, file=file.name)
    changes = "; ".join(translate(change) for change in layout.changes)
    return f"{line} ({changes})" if changes else line
