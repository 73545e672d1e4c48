"""`qmsplan fmt`: plans, progress files and settings in the one canonical layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.cli.console import Stop, put, tell
from qmsplan.cli.exits import BROKEN, CLEAN, FINDINGS
from qmsplan.cli.files import MARK, Place, named_files, open_workspace, plan_files, shown
from qmsplan.cli.progress_bar import progress_bar
from qmsplan.cli.write import write_whole
from qmsplan.diagnostic import Diagnostic, say
from qmsplan.language import sentence, translator
from qmsplan.layout.canonical import Layout, lay_out
from qmsplan.load.document import as_diagnostic
from qmsplan.load.faults import Broken
from qmsplan.load.file import File
from qmsplan.load.text import read_bytes
from qmsplan.output.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MANY = 100
"""Files from which a progress bar is worth its loading."""


def lay_out_files(paths: Sequence[Path], language: str, *, is_check: bool) -> int:
    """Writes the named files, or the whole workspace, in the canonical layout, or tells which are not in it."""
    place = open_workspace(paths[0] if paths else None)
    faults: list[Diagnostic] = []
    changed = 0
    for file, layout in _other_layouts(_files(place, paths), faults, language):
        if not is_check:
            write_whole(file.path, layout.content or b"")
        put(_line(file, layout, language, is_check=is_check))
        changed += 1
    _tell(faults, place, language)
    if faults:
        return BROKEN
    return FINDINGS if is_check and changed else CLEAN


def _files(place: Place, paths: Sequence[Path]) -> tuple[File, ...]:
    """The files meant. A link found in a folder is left alone: what it leads to is laid out where it stands."""
    if paths:
        found: tuple[File, ...] = tuple(named_files(paths))
    elif place.document is None:
        raise Stop(
            say("there is no {name} in this folder or above it", name=MARK),
            say("name the files to lay out, or make a workspace with 'qmsplan init'"),
        )
    else:
        mark = place.root / MARK
        found = (File(mark, shown(mark)), *plan_files(place))
    return tuple(file for file in found if file.path in paths or not file.path.is_symlink())


def _other_layouts(files: Sequence[File], faults: list[Diagnostic], language: str) -> Iterator[tuple[File, Layout]]:
    """The files whose layout is not canonical; what is wrong with the rest joins the faults."""
    translate = translator(language)
    with progress_bar(len(files) if len(files) >= MANY else 0, translate("checking")) as advance:
        for file in files:
            try:
                content = read_bytes(file.path)
                layout = lay_out(content, file.name)
            except Broken as broken:
                content, layout = b"", Layout(None, (), (as_diagnostic(file.name, broken),))
            faults += layout.diagnostics
            if layout.content not in {None, content}:
                yield file, layout
            advance(1)


def _line(file: File, layout: Layout, language: str, *, is_check: bool) -> str:
    translate = translator(language)
    name = clean(file.name)
    line = sentence(
        say("would be laid out: {file}", file=name) if is_check else say("laid out: {file}", file=name), translate
    )
    changes = "; ".join(sentence(change, translate) for change in layout.changes)
    return f"{line} ({changes})\n" if changes else f"{line}\n"


def _tell(faults: Sequence[Diagnostic], place: Place, language: str) -> None:
    if faults:
        from qmsplan.cli.report import report_of
        from qmsplan.output.text import write_text

        tell(write_text(report_of(tuple(faults), place, language)).rstrip())
