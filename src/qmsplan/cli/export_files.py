"""The files of an export: each is written whole or not at all, whatever the number of plans."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from qmsplan.cli.console import PipeClosedError, Stop, is_terminal, put
from qmsplan.cli.files import shown
from qmsplan.cli.outputs import refuse_yaml
from qmsplan.cli.write import writing_whole
from qmsplan.diagnostic import say
from qmsplan.language import sentence, translator
from qmsplan.progress.tables import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from qmsplan.cli.files import Place
    from qmsplan.model.units import Unit
    from qmsplan.progress.tables import Tables

STDOUT = "-"
FOLDERS = frozenset({"csv", "ndjson"})
"""The formats with a file for each table."""
_IN_MEMORY, _PIECE = 1 << 20, 1 << 16

Row = tuple[object, ...]


class Job(NamedTuple):
    """What to write, and where."""

    form: str
    output: str | None
    tables: tuple[str, ...]
    is_raw: bool
    as_of: date
    unit: Unit | None
    alarm_days: int
    open_only: bool
    language: str


def write_export(job: Job, place: Place, chunks: Iterable[Tables]) -> None:
    """Writes the files of a format and prints their names."""
    target = _target(job, place)
    if job.form in FOLDERS:
        _write_folder(job, target, chunks)
        return
    with _opened(target) as file:
        {"ics": _write_calendar, "json": _write_json, "xlsx": _write_workbook}[job.form](job, file, chunks)
    _told(target)


def _target(job: Job, place: Place) -> Path | None:
    """Where to write to; None for stdout."""
    if job.output == STDOUT:
        if job.form in FOLDERS and len(job.tables) != 1:
            message = say("only one table can be written to stdout")
            raise Stop(message, say("name it with --table, or a folder with --output"))
        if job.form == "xlsx" and is_terminal(sys.stdout):
            raise Stop(say("a workbook can't be shown on a terminal"), say("name a file with --output"))
        return None
    if job.output is not None:
        refuse_yaml(Path(job.output))
        return Path(job.output)
    folder = place.root / place.settings.output / "export"
    unit = f"-{job.unit.code}" if job.unit else ""
    return folder / (f"{job.form}{unit}" if job.form in FOLDERS else f"qmsplan{unit}.{job.form}")


@contextmanager
def _opened(target: Path | None) -> Iterator[BinaryIO]:
    """A file, or what goes to stdout once it is complete."""
    if target:
        with writing_whole(target) as file:
            yield file
        return
    with SpooledTemporaryFile(_IN_MEMORY) as spool:
        yield cast("BinaryIO", spool)
        spool.seek(0)
        _put_bytes(cast("BinaryIO", spool))


def _put_bytes(file: BinaryIO) -> None:
    try:
        sys.stdout.flush()
        while piece := file.read(_PIECE):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise PipeClosedError from None


def _told(target: Path | None) -> None:
    if target:
        put(f"{shown(target)}\n")


def _rows(job: Job, chunk: Tables) -> Iterator[tuple[str, tuple[Row, ...]]]:
    for name, rows in zip(chunk._fields, chunk, strict=True):
        if rows and name in job.tables:
            yield name, rows


def _columns(table: str) -> tuple[str, ...]:
    return ROWS[table]._fields  # type: ignore[attr-defined,no-any-return]


def _write_folder(job: Job, folder: Path | None, chunks: Iterable[Tables]) -> None:
    if folder and folder.exists() and not folder.is_dir():
        message = say("'{file}' is no folder", file=shown(folder))
        raise Stop(message, say("name a folder: this format has a file for each table"))
    from qmsplan.output.table_text import csv_lines, json_lines

    targets = {name: folder / f"{name}.{job.form}" if folder else None for name in job.tables}
    with ExitStack() as stack:
        files = {name: stack.enter_context(_opened(target)) for name, target in targets.items()}
        if job.form == "csv":
            for name, file in files.items():
                file.write(csv_lines([_columns(name)], raw=True).encode())
        for chunk in chunks:
            for name, rows in _rows(job, chunk):
                is_csv = job.form == "csv"
                text = csv_lines(rows, raw=job.is_raw) if is_csv else json_lines(_columns(name), rows)
                files[name].write(text.encode())
    for target in targets.values():
        _told(target)


def _write_json(job: Job, file: BinaryIO, chunks: Iterable[Tables]) -> None:
    """Rows of a table stand together, plans come one after another: each table waits in a file of its own."""
    from qmsplan.output.table_text import json_document, json_lines

    with ExitStack() as stack:
        waiting = {name: stack.enter_context(TemporaryFile()) for name in job.tables}
        for chunk in chunks:
            for name, rows in _rows(job, chunk):
                waiting[name].write(json_lines(_columns(name), rows).encode())
        for part in waiting.values():
            part.seek(0)
        tables = ((name, (line.decode() for line in part)) for name, part in waiting.items())
        file.writelines(piece.encode() for piece in json_document(job.as_of, tables))


def _write_workbook(job: Job, file: BinaryIO, chunks: Iterable[Tables]) -> None:
    from qmsplan.output.table_words import columns_of
    from qmsplan.output.workbook import Guide, write_workbook

    say_in = translator(job.language)
    columns = [column for name in job.tables for column in columns_of(name)]
    told = [(column.table, column.name, column.type, sentence(column.meaning, say_in)) for column in columns]
    guide = Guide("columns", ("table", "column", "type", "meaning"), told)
    write_workbook(file, {name: _columns(name) for name in job.tables}, (_rows(job, chunk) for chunk in chunks), guide)


def _write_calendar(job: Job, file: BinaryIO, chunks: Iterable[Tables]) -> None:
    from qmsplan.output.calendar import Style, dues_in, write_calendar

    translate = translator(job.language)
    name = translate("Due days of plans")
    name = f"{name}: {job.unit.name}" if job.unit else name
    dues = (due for chunk in chunks for due in dues_in(chunk, open_only=job.open_only))
    style = Style(job.as_of, job.alarm_days, job.language, translate, name)
    file.writelines(write_calendar(dues, style))
