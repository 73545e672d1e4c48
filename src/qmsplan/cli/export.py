"""`qmsplan export`: plans and records as calendars and tables.

Each file is written whole or not at all, whatever the number of plans: they are read one after another, many by two
processes, and written as their rows come."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from shutil import rmtree
from tempfile import NamedTemporaryFile, SpooledTemporaryFile, TemporaryDirectory, TemporaryFile
from typing import BinaryIO, NamedTuple, cast

from qmsplan.cli.console import (
    CommandError,
    PipeClosedError,
    is_terminal,
    output_full,
    put_line,
    refuse_unfit,
    tell_message,
)
from qmsplan.cli.in_force import PlansInForce, PlansRead
from qmsplan.cli.items import items_of
from qmsplan.cli.options import ExportOptions
from qmsplan.cli.settings import OpenWorkspace, day_of, require_workspace, window_of
from qmsplan.cli.workspace import plan_files
from qmsplan.cli.write import SUFFIX, not_written, refuse_yaml, writing_whole
from qmsplan.diagnostics import Message, Translator
from qmsplan.load.files import shown
from qmsplan.model.period import Period, quarter_of
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.model.settings import Unit
from qmsplan.output.due_days import ALARM_DAYS, CALENDAR_TABLES, CalendarStyle, dues_in, write_calendar
from qmsplan.output.safe_text import csv_lines
from qmsplan.output.status import heading_text
from qmsplan.output.status_data import sheet_rows, status_columns
from qmsplan.output.tables import ParquetPart, columns_of, engine, json_document, json_lines, write_parquet
from qmsplan.output.workbook import Cover, Guide, write_workbook
from qmsplan.progress.plan_tables import person_rows, plan_tables, unit_rows
from qmsplan.progress.status import Status, StatusScope, keeps_all, rows_in
from qmsplan.progress.tables import TABLES, Tables


def table_names() -> list[tuple[str, str]]:
    """What a shell completes for TABLE."""
    return [(name, "") for name in TABLES]


STDOUT = "-"
FOLDERS = frozenset({"csv", "ndjson", "parquet"})
"""The formats with a file, or a folder, for each table."""
_IN_MEMORY, _PIECE = 1 << 20, 1 << 16

Row = tuple[object, ...]


class ExportJob(NamedTuple):
    """What to write, and where: the options, with what they come to in this workspace."""

    options: ExportOptions
    tables: tuple[str, ...]
    as_of: date
    window: Period
    """The period of the status, where a format shows it."""
    unit: Unit | None
    translate: Translator

    @property
    def form(self) -> str:
        """The format: `csv`."""
        return self.options.form


class PlanRows(NamedTuple):
    """What a plan gives to an export, or the register does."""

    tables: Tables
    status: tuple[Row, ...] = ()
    """The rows of its status in the period that is asked for, where a format shows it."""


def write_export(job: ExportJob, place: OpenWorkspace, found: Iterable[PlanRows]) -> None:
    """Writes the files of a format and prints their names."""
    target, tables = _export_target(job, place), (one.tables for one in found)
    if job.form == "parquet" and target:
        write_parquet_folder(job.tables, target, tables, job.translate)
        _print_name(target)
        return
    if job.form in FOLDERS:
        _write_folder(job, target, tables)
        return
    with _opened_target(target) as file:
        if job.form == "xlsx":
            _write_workbook(job, file, found)
        else:
            {"ics": _write_calendar, "json": _write_json}[job.form](job, file, tables)
    _print_name(target)


def _export_target(job: ExportJob, place: OpenWorkspace) -> Path | None:
    """Where to write to; None for stdout."""
    if job.options.output == STDOUT:
        if job.form == "parquet":
            raise CommandError(Message("parquet is a folder of files"), Message("name a folder with --output"))
        if job.form in FOLDERS and len(job.tables) != 1:
            message = Message("only one table can be written to stdout")
            raise CommandError(message, Message("name it with --table, or a folder with --output"))
        if job.form == "xlsx" and is_terminal(sys.stdout):
            raise CommandError(Message("a workbook can't be shown on a terminal"), Message("name a file with --output"))
        return None
    if job.options.output is not None:
        refuse_yaml(Path(job.options.output))
        return Path(job.options.output)
    folder = place.output / "export"
    unit = f"-{job.unit.code}" if job.unit else ""
    return folder / (f"{job.form}{unit}" if job.form in FOLDERS else f"qmsplan{unit}.{job.form}")


@contextmanager
def _opened_target(target: Path | None) -> Iterator[BinaryIO]:
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
    except OSError as error:
        raise output_full(error) from None


def _print_name(target: Path | None) -> None:
    if target:
        put_line(shown(target))


def _rows_wanted(job: ExportJob, chunk: Tables) -> Iterator[tuple[str, tuple[Row, ...]]]:
    for name, rows in zip(chunk._fields, chunk, strict=True):
        if rows and name in job.tables:
            yield name, rows


def _write_folder(job: ExportJob, folder: Path | None, chunks: Iterable[Tables]) -> None:
    if folder and folder.exists() and not folder.is_dir():
        message = Message("'{file}' is no folder", file=shown(folder))
        raise CommandError(message, Message("name a folder: this format has a file for each table"))

    targets = {name: folder / f"{name}.{job.form}" if folder else None for name in job.tables}
    is_csv = job.form == "csv"
    with ExitStack() as stack:
        files = {name: stack.enter_context(_opened_target(target)) for name, target in targets.items()}
        for name, file in files.items() if is_csv else ():
            file.write(csv_lines([TABLES[name].columns], raw=True).encode())
        for name, rows in (table for chunk in chunks for table in _rows_wanted(job, chunk)):
            text = csv_lines(rows, raw=job.options.raw) if is_csv else json_lines(TABLES[name].columns, rows)
            files[name].write(text.encode())
    for target in targets.values():
        _print_name(target)


def _write_json(job: ExportJob, file: BinaryIO, chunks: Iterable[Tables]) -> None:
    """Writes one object. Rows of a table stand together in it, but plans are read one after another: until the last one
    is read, each table waits in a temporary file of its own."""
    with ExitStack() as stack:
        waiting = {name: stack.enter_context(TemporaryFile()) for name in job.tables}
        for chunk in chunks:
            for name, rows in _rows_wanted(job, chunk):
                waiting[name].write(json_lines(TABLES[name].columns, rows).encode())
        for part in waiting.values():
            part.seek(0)
        tables = ((name, (line.decode() for line in part)) for name, part in waiting.items())
        file.writelines(piece.encode() for piece in json_document(job.as_of, tables))


def _write_workbook(job: ExportJob, file: BinaryIO, chunks: Iterable[PlanRows]) -> None:
    """Writes a workbook: the status first, unless only some tables are asked for, then the tables and their guide."""
    translate = job.translate
    columns = [column for name in job.tables for column in columns_of(name)]
    told = [(column.table, column.name, column.type, translate(column.meaning)) for column in columns]
    guide = Guide("columns", ("table", "column", "type", "meaning"), told)
    tables = {name: TABLES[name].columns for name in job.tables}
    if job.tables != tuple(TABLES):
        write_workbook(file, tables, (_rows_wanted(job, chunk.tables) for chunk in chunks), guide)
        return
    empty = Status(job.window, job.as_of, ())
    cover = Cover(translate("Status"), heading_text(empty, job.translate), status_columns(translate))
    parts = (chain(_rows_wanted(job, chunk.tables), [(cover.name, chunk.status)]) for chunk in chunks)
    write_workbook(file, tables, parts, guide, cover)


def _write_calendar(job: ExportJob, file: BinaryIO, chunks: Iterable[Tables]) -> None:
    name = job.translate("Due days of plans")
    name = f"{name}: {job.unit.name}" if job.unit else name
    dues = (due for chunk in chunks for due in dues_in(chunk, open_only=job.options.open_only))
    days = ALARM_DAYS if job.options.alarm_days is None else job.options.alarm_days
    style = CalendarStyle(job.as_of, days, job.translate, name)
    file.writelines(write_calendar(dues, style))


def command(options: ExportOptions, translate: Translator) -> int:
    """Writes the files and prints their names. The exit code is 2 if a file of the workspace could not be read."""
    _refuse_what_does_not_fit(options)
    place = require_workspace()
    register, as_of = place.register, day_of(options.as_of, place, translate)
    read = frozenset(CALENDAR_TABLES if options.form == "ics" else options.table or TABLES)
    read |= {"plans"} if options.form == "parquet" else set()  # the names of its folders are made of agency and year
    unit = register.find(options.unit) if options.unit else None
    tables = tuple(name for name in TABLES if not options.table or name in options.table)
    window = window_of(options.period, as_of)
    job = ExportJob(options, tables, as_of, window, unit, translate)
    keep = items_of(register, options.unit) if options.unit is not None else keeps_all
    scope = StatusScope(place.settings, as_of, window, keep)
    has_status = options.form == "xlsx" and not options.table
    work = ExportWork(scope, read, has_status, translate)
    reader = PlansRead[PlanRows](place, work, PlansInForce(place, as_of), translate)
    found = reader.each(plan_files(place), frozenset(options.plan or ()))
    of_register = PlanRows(Tables(units=unit_rows(register), people=person_rows(register)))
    write_export(job, place, chain([of_register], found))
    return reader.tell_last(as_of)


def _refuse_what_does_not_fit(options: ExportOptions) -> None:
    form = options.form
    unfit = {
        "--raw": options.raw and form != "csv",
        "--alarm-days": options.alarm_days is not None and form != "ics",
        "--open-only": options.open_only and form != "ics",
        "--period": options.period is not None and (form != "xlsx" or options.table),
        "--table": options.table and form == "ics",
    }
    refuse_unfit(unfit, form, "qmsplan export")
    if unknown := [name for name in options.table or () if name not in TABLES]:
        raise CommandError(
            Message("there is no table '{name}'", name=unknown[0]),
            Message("write one of: {choices}", choices=", ".join(TABLES)),
        )


@dataclass(frozen=True)
class ExportWork:
    """Computes the rows of a plan; also in a second process."""

    scope: StatusScope
    tables: frozenset[str]
    """The tables that are wanted."""
    has_status: bool
    """Whether the status is shown too."""
    translate: Translator

    def __call__(self, plan: Plan, records: list[Progress]) -> PlanRows:
        """The rows of a plan."""
        quarter = replace(self.scope, window=quarter_of(self.scope.as_of))  # that of the tables, whatever is asked for
        progress = quarter.progress(plan, records)
        status: tuple[Row, ...] = ()
        if self.has_status and self.scope.concerns(plan, records):
            seen = progress if self.scope.window == quarter.window else self.scope.progress(plan, records)
            status = tuple(sheet_rows(rows_in(seen, self.scope), self.translate))
        return PlanRows(plan_tables(progress, quarter, self.tables), status)


_ENDINGS = frozenset({".parquet"})
_PUT_ASIDE = ".old"
"""What the folder of a former table ends with while the new one takes its place."""


def write_parquet_folder(tables: Sequence[str], target: Path, chunks: Iterable[Tables], translate: Translator) -> None:
    """Writes the tables into a folder and replaces those of a former export. Stop if there is anything in the way that
    no export has written, or if the disk refuses."""
    engine()  # told before anything is read
    for name in tables:
        _refuse_others_files(target / name)
    try:
        target.mkdir(parents=True, exist_ok=True)
        for place in _put_back(target):
            told = Message(
                "an export was broken off; the table that it had put aside is back: {file}", file=shown(place)
            )
            tell_message(told, translate)
        with ExitStack() as stack:
            made = Path(stack.enter_context(TemporaryDirectory(prefix=".", suffix=SUFFIX, dir=target)))
            parts = {}
            for name in tables:
                file = stack.enter_context(NamedTemporaryFile(suffix=".ndjson", dir=made))
                parts[name] = ParquetPart(name, cast("BinaryIO", file), Path(file.name))
            for chunk in chunks:
                plan = chunk.plans[0] if chunk.plans else None
                for name, rows in zip(chunk._fields, chunk, strict=True):
                    if rows and name in parts:
                        parts[name].add(rows, plan)
            for name, part in parts.items():
                write_parquet(part, made / name)
            for name in tables:
                _take_place(made / name, target / name)
    except OSError as error:
        raise not_written(target, error) from None


def _put_back(target: Path) -> Iterator[Path]:
    """The tables of a former export that a killed run had put aside, each back at its place; its folder goes."""
    for left in sorted(target.glob(f".*{SUFFIX}")):
        for old in sorted(left.glob(f"*{_PUT_ASIDE}")):
            place = target / old.stem
            if not place.exists():
                old.rename(place)
                rmtree(left, ignore_errors=True)
                yield place


def _take_place(new: Path, place: Path) -> None:
    """Puts a folder where one of a former export may stand, which comes back if that fails. Without a new one the
    former goes: its table has no rows any more."""
    old = new.with_name(f"{new.name}{_PUT_ASIDE}")
    if place.exists():
        place.rename(old)
    try:
        if new.exists():
            new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise


def _refuse_others_files(folder: Path) -> None:
    """Stop if a folder that is to be replaced holds anything but Parquet files."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CommandError(Message("'{file}' is no folder", file=shown(folder)), Message("name another folder"))
    if not folder.exists():
        return
    others = [
        path for path in folder.rglob("*") if path.is_symlink() or (path.is_file() and path.suffix not in _ENDINGS)
    ]
    if others:
        message = Message("'{file}' is not from an export", file=shown(others[0]))
        raise CommandError(message, Message("name another folder, or move the file away"))
