"""The workspace that a command works in, as its settings say: its folders, the day in its time zone.

Its plans are read by `workspace`; who asks how a phrase is understood needs none."""

from __future__ import annotations

import os
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from qmsplan.cli.console import CommandError, tell_message
from qmsplan.diagnostics import Message, ReadError, Severity, Translator, UserError
from qmsplan.load.document import Document, read_content, read_file
from qmsplan.load.files import MARK, find_workspace, read_bytes, shown
from qmsplan.model.fields import read_date
from qmsplan.model.period import Period, quarter_of
from qmsplan.model.settings import FOLDERS, Settings, leads_out, read_zone
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.people import Register


class OpenWorkspace(NamedTuple):
    """A workspace as found: its folder, its settings, and the document they came from.

    The settings are the defaults if the file has errors (then `document.value` is None), or if there is none."""

    root: Path
    settings: Settings
    document: Document | None

    @property
    def register(self) -> Register:
        """The units and people that the settings name."""
        return Register.of(self.settings)

    @property
    def plans_folder(self) -> Path:
        """The folder of plans and progress files."""
        return self.root / self.settings.plans

    @property
    def templates(self) -> Path:
        """The folder of the workspace's own templates."""
        return self.root / self.settings.templates

    @property
    def output(self) -> Path:
        """The folder of documents that are made."""
        return self.root / self.settings.output


def read_settings(root: Path) -> OpenWorkspace:
    """The settings of a workspace."""
    path, name = root / MARK, shown(root / MARK)
    try:
        document = _settings_in(read_bytes(path), name)
    except ReadError:
        document = read_file(path, name)
    return _open_place(root, document)


@lru_cache(maxsize=1)
def _settings_in(content: bytes, name: str) -> Document:
    """Some settings are read twice, for the language and for the command; they are parsed once."""
    return read_content(content, name)


def _open_place(root: Path, document: Document | None) -> OpenWorkspace:
    value = document.value if document else None
    return OpenWorkspace(root, value if isinstance(value, Settings) else Settings(kind="workspace"), document)


def open_workspace(near: Path | None = None) -> OpenWorkspace:
    """The workspace around a path; a folder without one is taken as it is, with the default settings."""
    start = near if near is None or os.path.isdir(near) else near.parent  # noqa: PTH112  no name is too long for it
    root = find_workspace(start)
    return read_settings(root) if root else _open_place((start or Path.cwd()).absolute(), None)


def require_workspace() -> OpenWorkspace:
    """The workspace around the current folder. Stop if there is none."""
    root = find_workspace()
    if root is None:
        raise no_workspace(Message("go to the folder of your plans, or make a new one with 'qmsplan init'"))
    place = read_settings(root)
    refuse_outside(place)
    return place


def no_workspace(hint: Message) -> CommandError:
    """The answer where there is no workspace."""
    return CommandError(Message("there is no {name} in this folder or above it", name=MARK), hint)


def refuse_outside(place: OpenWorkspace) -> None:
    """Stop if a folder of the settings lies outside the workspace, by its name (`../x`) or by a link: a cloned
    qmsplan.yaml must not make a command read or write elsewhere. `validate` tells the place (QP927)."""
    for name in FOLDERS:
        folder = getattr(place.settings, name)
        if leads_out(folder) or name in linked_outside(place):
            message = Message("the folder '{folder}' lies outside the workspace", folder=folder)
            raise CommandError(message, Message("name a folder inside it under '{name}' in qmsplan.yaml", name=name))


def linked_outside(place: OpenWorkspace) -> frozenset[str]:
    """The settings, such as `output`, whose folders are links that lead out of the workspace, or lie behind one."""
    root = os.path.realpath(place.root)
    reals = {name: os.path.join(root, getattr(place.settings, name)) for name in FOLDERS}  # noqa: PTH118  any text
    return frozenset(name for name, real in reals.items() if not Path(os.path.realpath(real)).is_relative_to(root))


def refuse_broken_settings(place: OpenWorkspace) -> None:
    """Stop if qmsplan.yaml has errors: what it says of folders, units and days is not known then."""
    if place.document and place.document.value is None:
        found = next((one for one in place.document.diagnostics if one.severity is Severity.ERROR), None)
        where = f"{found.file}:{found.span.line}:{found.span.column}" if found else place.document.source.name
        message = Message("the settings have errors: {file}", file=where)
        raise CommandError(message, Message("see them with 'qmsplan validate'"))


def today(place: OpenWorkspace) -> date:
    """The day it is in the workspace's time zone."""
    return datetime.now(zone_of(place)).date()


def zone_of(place: OpenWorkspace) -> ZoneInfo:
    """The time zone of the workspace. Stop if it is not known."""
    try:
        return read_zone(place.settings.timezone)
    except UserError as fault:
        raise CommandError(fault.message, fault.hint) from None


def window_of(typed: str | None, day: date) -> Period:
    """The period that is looked at: `Quý III` as typed; the quarter of the day if none is."""
    return quarter_of(day) if typed is None else asked_period(typed, day).period


def day_of(typed: str | None, place: OpenWorkspace, translate: Translator) -> date:
    """The day to look from; today if none is typed. A day to come is said to be one: nothing of it is known yet."""
    now = today(place)
    day = now if typed is None else read_date(typed)
    if day > now:
        tell_message(Message("{day} is still to come: this is what is known today", day=day), translate)
    return day
