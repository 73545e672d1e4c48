"""`qmsplan export parquet`: a folder for each table, which takes its place once all tables are complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from shutil import rmtree
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import BinaryIO, cast

from qmsplan.cli.console import CommandError, shown, tell_message
from qmsplan.cli.write import SUFFIX, not_written
from qmsplan.diagnostics import Message
from qmsplan.output.tables import ParquetPart, engine, write_parquet
from qmsplan.progress.tables import Tables

_ENDINGS = frozenset({".parquet"})
_PUT_ASIDE = ".old"
"""What the folder of a former table ends with while the new one takes its place."""


def write_parquet_folder(tables: Sequence[str], target: Path, chunks: Iterable[Tables], language: str) -> None:
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
            tell_message(told, language)
        with ExitStack() as stack:
            made = Path(stack.enter_context(TemporaryDirectory(prefix=".", suffix=SUFFIX, dir=target)))
            parts = {}
            for name in tables:
                file = stack.enter_context(NamedTemporaryFile(suffix=".ndjson", dir=made))
                parts[name] = ParquetPart(name, cast("BinaryIO", file), Path(file.name))
            _fill(parts, chunks)
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


def _fill(parts: dict[str, ParquetPart], chunks: Iterable[Tables]) -> None:
    for chunk in chunks:
        plan = chunk.plans[0] if chunk.plans else None
        for name, rows in zip(chunk._fields, chunk, strict=True):
            if rows and name in parts:
                parts[name].add(rows, plan)


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
