"""From options to entries: what kind of record they make, and the fields of it as they will be typed."""

from __future__ import annotations

import os
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from qmsplan.cli.console import Stop
from qmsplan.diagnostic import START, say
from qmsplan.load.explain import build
from qmsplan.load.text import find_forbidden, forbidden
from qmsplan.model.entries import LISTS, Entry
from qmsplan.model.period import Period
from qmsplan.model.scalar import read_date
from qmsplan.model.shape import FileModel

if TYPE_CHECKING:
    from qmsplan.layout.entry import Typed

Options: TypeAlias = "dict[str, str | list[str]]"
"""What was given, by the names of the options; only those that were."""

READING, COMPLETION, EVENT, ACTION = LISTS
"""The kinds of records, by the lists they stand in."""

_PROOF = {"recorded": "recorded", "evidence": "evidence", "file": "files", "note": "note"}
FIELDS: dict[str, dict[str, str]] = {
    READING: {
        **{name: name for name in ("target", "period", "value", "baseline", "change")},
        "num": "numerator",
        "den": "denominator",
        **_PROOF,
    },
    COMPLETION: {"period": "period", "done": "done", **_PROOF},
    EVENT: {"event": "event", "on": "date", "recorded": "recorded", "note": "note"},
    ACTION: {name: name for name in ("period", "cause", "action", "lead", "due", "recorded")} | {"action-done": "done"},
}
"""Which options each kind takes, and the fields that they fill."""

_MARKS = {
    READING: {"num", "den", "value", "baseline", "change", "target"},
    EVENT: {"event", "on"},
    ACTION: {"cause", "action", "lead", "due", "action-done"},
    COMPLETION: {"done"},
}
"""The options that tell a kind."""


class Made(NamedTuple):
    """An entry: the list it belongs to, its fields as typed, and its value."""

    name: str
    fields: dict[str, Typed]
    value: Entry


def kinds_of(options: Options, *, is_objective: bool) -> tuple[str, ...]:
    """What is recorded: one kind, or a reading with the corrective action it calls for. Stop if options do not fit."""
    kinds = [kind for kind, marks in _MARKS.items() if marks & options.keys()]
    if not kinds:
        kinds = [READING if is_objective else COMPLETION]
    if len(kinds) > 1 and kinds != [READING, ACTION]:
        told = " ".join(f"--{name}" for name in sorted(set().union(*_MARKS.values()) & options.keys()))
        raise Stop(say("these options make records of several kinds: {options}", options=told), _SEPARATELY)
    foreign = sorted(options.keys() - set().union(*(FIELDS[kind] for kind in kinds)))
    if foreign:
        told = " ".join(f"--{name}" for name in foreign)
        raise Stop(say("these options do not go with the others: {options}", options=told), SEE_HELP)
    return tuple(kinds)


_SEPARATELY = say("record them one after the other; only a reading and its corrective action go together")
SEE_HELP = say("'qmsplan record --help' says which options belong together")


class Maker(NamedTuple):
    """What the entries of a run share: what they are about, the day they are recorded, the folder of their file."""

    subject: dict[str, str]
    day: date
    folder: Path
    is_part: bool = False
    """They change entries that are there already, and may lack what a whole one needs."""


def make_entry(kind: str, options: Options, maker: Maker) -> Made:
    """The entry of a kind from its options. A Fault tells what can't be read."""
    model = LISTS[kind]
    given = {field: options[name] for name, field in FIELDS[kind].items() if name in options}
    about = {name: text for name, text in maker.subject.items() if name in _names(model)}
    fields: dict[str, Any] = {name: _settled(value) for name, value in (about | given).items()}
    if "files" in fields:
        fields["files"] = [_relative(name, maker.folder) for name in fields["files"]]
    if "evidence" in fields:
        fields["evidence"] = "\n".join(fields["evidence"])
    if "recorded" not in fields and not _is_of_the_day(kind, fields, maker.day):
        fields["recorded"] = maker.day.isoformat()
    needed = {name: text for name, text in _FILLERS.items() if maker.is_part and name in _names(model)}
    value = build(model, needed | fields)
    order = (name for name in _names(model) if name in fields)
    return Made(kind, {name: _typed(fields[name], getattr(value, name)) for name in order}, value)


_FILLERS = {"cause": "…", "action": "…", "done": "2000-01-01", "date": "2000-01-01", "recorded": "2000-01-01"}


def _names(model: type[FileModel]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def _is_of_the_day(kind: str, fields: dict[str, Any], day: date) -> bool:
    """Completions and events without a day of record were recorded on the day they tell."""
    told = fields.get({COMPLETION: "done", EVENT: "date"}.get(kind, ""))
    return told is not None and read_date(told) == day


def _settled(value: str | list[str]) -> str | list[str]:
    """Text in normal form C without white space at its ends. Stop if a character in it can't stand in a plan."""
    if isinstance(value, list):
        return [str(_settled(text)) for text in value]
    text = unicodedata.normalize("NFC", value).strip()
    if found := find_forbidden(text):
        fault = forbidden(found[0], START)
        raise Stop(fault.message, fault.hint)
    return text


def _typed(typed: Typed, value: object) -> Typed:
    """Dates, periods and counts in one form; everything else as it was typed; a list of one as that one."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return value.code
    if isinstance(value, int):
        return str(value)
    return typed[0] if isinstance(typed, list) and len(typed) == 1 else typed


def _relative(name: str, folder: Path) -> str:
    try:
        return Path(os.path.relpath(name, folder)).as_posix()
    except ValueError:  # another drive
        return Path(name).as_posix()
