"""`qmsplan fmt`: plans, progress files and settings in the one canonical layout.

The options of `qmsplan fmt`."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from qmsplan.cli.console import BROKEN, CLEAN, FINDINGS, CommandError, progress_bar, put, tell
from qmsplan.cli.findings import report_of
from qmsplan.cli.workspace import MARK, OpenWorkspace, named_files, open_workspace, plan_files, shown
from qmsplan.cli.write import write_whole
from qmsplan.diagnostics import Diagnostic, Message, ReadError, sentence, translator
from qmsplan.load.document import as_diagnostic
from qmsplan.load.files import File, read_bytes
from qmsplan.output.findings import write_text
from qmsplan.output.safe_text import clean
from qmsplan.yaml_edit.format import FormattedFile, lay_out

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


def _files(place: OpenWorkspace, paths: Sequence[Path]) -> tuple[File, ...]:
    """The files meant. A link found in a folder is left alone: what it leads to is laid out where it stands."""
    if paths:
        found: tuple[File, ...] = tuple(named_files(paths))
    elif place.document is None:
        raise CommandError(
            Message("there is no {name} in this folder or above it", name=MARK),
            Message("name the files to lay out, or make a workspace with 'qmsplan init'"),
        )
    else:
        mark = place.root / MARK
        found = (File(mark, shown(mark)), *plan_files(place))
    return tuple(file for file in found if file.path in paths or not file.path.is_symlink())


def _other_layouts(
    files: Sequence[File], faults: list[Diagnostic], language: str
) -> Iterator[tuple[File, FormattedFile]]:
    """The files whose layout is not canonical; what is wrong with the rest joins the faults."""
    translate = translator(language)
    with progress_bar(len(files) if len(files) >= MANY else 0, translate("checking")) as advance:
        for file in files:
            try:
                content = read_bytes(file.path)
                layout = lay_out(content, file.name)
            except ReadError as broken:
                content, layout = b"", FormattedFile(None, (), (as_diagnostic(file.name, broken),))
            faults += layout.diagnostics
            if layout.content not in {None, content}:
                yield file, layout
            advance(1)


def _line(file: File, layout: FormattedFile, language: str, *, is_check: bool) -> str:
    translate = translator(language)
    name = clean(file.name)
    line = sentence(
        Message("would be laid out: {file}", file=name) if is_check else Message("laid out: {file}", file=name),
        translate,
    )
    changes = "; ".join(sentence(change, translate) for change in layout.changes)
    return f"{line} ({changes})\n" if changes else f"{line}\n"


def _tell(faults: Sequence[Diagnostic], place: OpenWorkspace, language: str) -> None:
    if faults:
        tell(write_text(report_of(tuple(faults), place, language)).rstrip())


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    paths_help = translate("Files or folders to lay out; the whole workspace if none is named.")
    check_help = translate("Write nothing; exit with 1 if a file would change.")

    @app.command("fmt", help=translate("Write plans, progress files and settings in one layout."))
    def command(
        paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help=paths_help)] = None,
        check: Annotated[bool, typer.Option("--check", help=check_help)] = False,  # noqa: FBT002
    ) -> None:

        raise typer.Exit(lay_out_files(tuple(paths or ()), language, is_check=check))
