"""`qmsplan.yaml`: what marks a folder as a workspace, and the register of its units and people.

It says how the agency reads deadline phrases that leave something open, and how it reports: its calendar of cut-off
days, and to whom."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import PureWindowsPath
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.fields import Day, FileModel, Flag, Id, OneOrMany, ScalarField, lines_of, one_or_many, read_count
from qmsplan.model.text import plain

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


def _read_email(text: str) -> str:
    """One address: `nghiepvu@tgpl.example.vn`."""
    if _EMAIL.fullmatch(text):
        return text
    hint = Message("write one address such as phong@donvi.gov.vn, without a name")
    raise UserError(Message("'{text}' is not an e-mail address", text=text), hint)


Email = Annotated[str, ScalarField(str, _read_email, type="string", pattern=f"^{_EMAIL.pattern}$")]


class Unit(FileModel):
    """An agency, department, role or group of people that can be responsible."""

    code: Id
    """What plans and commands call the unit: `TGPL`, `NV`."""
    name: str
    """The full official name."""
    parent: str | None = None
    """Code of the unit it belongs to."""
    aliases: Annotated[tuple[str, ...], OneOrMany(lines_of)] = ()
    """Other spellings found in documents."""
    members: Annotated[tuple[str, ...], OneOrMany(one_or_many)] = ()
    """Codes of the units and persons that a group stands for: what the group leads or supports is theirs too."""
    until: Day | None = None
    """The last day on which there was this unit. Plans that give it work due later are warned of."""
    succeeded_by: Annotated[tuple[str, ...], OneOrMany(one_or_many)] = ()
    """Codes of the units that took over its work: what it still leads in older plans is shown for them too."""
    email: Email | None = None
    """The address that `qmsplan remind` writes to."""


def names_of_units(units: Sequence[Unit]) -> dict[str, str]:
    """The names of units by their codes; of units of one name that belong to different ones each with the name of that:
    `Tổ Hành chính Khoa Nội` and `Tổ Hành chính Khoa Ngoại`."""
    names = {unit.code: unit.name for unit in units}
    alike: dict[str, list[Unit]] = {}
    for unit in units:
        alike.setdefault(plain(unit.name), []).append(unit)
    for shared in alike.values():
        above = {unit.parent for unit in shared}
        if 1 < len(shared) == len(above) and above <= names.keys():
            names |= {unit.code: f"{unit.name} {names[unit.parent or '']}" for unit in shared}
    return names


class Person(FileModel):
    """A person who can be responsible; what the person leads or supports, the person's unit owes."""

    name: str
    """Full name without title or form of address: `Nguyễn Văn An`."""
    post: str | None = None
    """The post: `Phó Giám đốc`."""
    unit: str
    """Code of the unit that the person works in."""
    code: Id | None = None
    """What plans and commands may call the person, instead of the name."""
    email: Email | None = None
    """The e-mail address."""
    aliases: Annotated[tuple[str, ...], OneOrMany(lines_of)] = ()
    """Other spellings found in documents: `đ/c An`."""


MOST_DAYS = 366


def _read_days(text: str) -> int:
    number = read_count(text)
    if number > MOST_DAYS:
        raise UserError(Message("at most {count} days are possible here", count=MOST_DAYS))
    return number


Days = Annotated[
    int, ScalarField(int, _read_days, type=["integer", "string"], pattern="^[0-9]+$", minimum=0, maximum=MOST_DAYS)
]


class Conventions(FileModel):
    """How the agency reads deadline phrases that leave something open."""

    before: Literal["inclusive", "strict"] = "inclusive"
    """Whether `trước 30/6/2026` includes that day (`inclusive`) or ends the day before (`strict`)."""
    after_event_days: Days | None = None
    """Calendar days for what is due `sau khi …`; without it, the end of the year in which the event happened."""
    at_once_days: Days = 5
    """Working days for what is due `ngay sau khi …`."""


CONVENTIONS = Conventions.model_construct()
"""How phrases are meant where the settings say nothing."""


def _read_day(text: str) -> int:
    number = read_count(text)
    if not 1 <= number <= 31:
        raise UserError(Message("there is no day {day} in any month", day=text), Message("days are 1 to 31"))
    return number


DayOfMonth = Annotated[
    int, ScalarField(int, _read_day, type=["integer", "string"], pattern="^[0-9]+$", minimum=1, maximum=31)
]


LONGEST_NAME, LONGEST_PATH = 255, 1000
"""Bytes that disks allow for the name of a folder, and that leave room for the files in it."""


def _read_folder(text: str) -> str:
    """A folder relative to qmsplan.yaml: `plans`, `ke-hoach/2026`. UserError if no disk can have one of that name."""
    names = re.split(r"[/\\]", text)
    is_too_long = len(text.encode()) > LONGEST_PATH or any(len(name.encode()) > LONGEST_NAME for name in names)
    if is_too_long or not text.strip() or not text.isprintable():
        raise UserError(
            Message("no folder can have this name"), Message("write a short name on one line, such as plans")
        )
    return text


Folder = Annotated[str, ScalarField(str, _read_folder, type="string")]


class CutOff(FileModel):
    """The last day of the data of each kind of report, in the last month of its period."""

    month: DayOfMonth | None = None
    """Of a monthly report; 31 stands for the last day of any month."""
    quarter: DayOfMonth | None = None
    """Of a quarterly report."""
    half: DayOfMonth | None = None
    """Of a report on the first or last six months."""
    nine_months: DayOfMonth | None = None
    """Of a report on nine months, for which the decree names no day."""
    year: DayOfMonth | None = None
    """Of a report on a year or on several."""


class Reporting(FileModel):
    """What periodic reports need to know of the agency."""

    calendar: Literal["calendar", "nd09-2019"] = "nd09-2019"
    """The calendar of cut-off days: `nd09-2019` (Decree 09/2019/NĐ-CP, day 14), if nothing is given, or `calendar`
    (ends of months)."""
    cut_off: CutOff = CutOff.model_construct()
    """Days that the agency has set itself; the calendar's hold for the others."""
    days: Days = 15
    """Days after a period in which its figures are on time: those of quarter III until 15/10."""
    charts: Flag = False
    """Whether periodic reports have a page of bars, the result of each objective beside its target."""
    to: str | None = None
    """Whom reports are addressed to; the agency above the issuer if not given."""


REPORTING = Reporting.model_construct()
"""How reports are made where the settings say nothing."""


class DaysAlone(BeforeValidator):
    """Marks the field `reporting`: `15` alone is short for `{days: 15}`."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, object]:
        days = {"type": ["integer", "string"], "pattern": "^[0-9]+$", "minimum": 0, "maximum": MOST_DAYS}
        return {"anyOf": [handler(schema), days]}


def _as_days(value: object) -> object:
    return {"days": value} if isinstance(value, str) else value


class Settings(FileModel):
    """The settings of a workspace."""

    kind: Literal["workspace"]
    """`workspace`: this folder is a workspace of qmsplan."""
    language: Literal["vi", "en"] = "vi"
    """The language of messages."""
    timezone: str = "Asia/Ho_Chi_Minh"
    """The time zone that says what day it is."""
    profile: str = "nd30-2020"
    """The official format of documents."""
    plans: Folder = "plans"
    """The folder of plans and progress files."""
    templates: Folder = "templates"
    """The folder of the workspace's own document templates."""
    output: Folder = "build"
    """The folder that documents are written to."""
    deadlines: Conventions = CONVENTIONS
    """How deadline phrases are read where they leave something open."""
    reporting: Annotated[Reporting, DaysAlone(_as_days)] = REPORTING
    """Periodic reports: `15` alone for the days after a period in which its figures are on time; with cut-off days or
    an addressee as fields."""
    rules: dict[str, Literal["error", "warning", "note", "off"]] | None = None
    """How much findings weigh, by code or name: `no-lead: off`, `QP405: error`."""
    units: tuple[Unit, ...] = ()
    """Agencies, departments, roles and groups that plans name."""
    people: tuple[Person, ...] = ()
    """Persons that plans name, each with the unit that owes what the person leads."""

    @cached_property
    def names_by_code(self) -> dict[str, str]:
        """The names by which readers know units and persons whose codes plans type: `NV`, `Phòng Nghiệp vụ`. Of two
        units with one name only the code tells which is meant."""
        known = {person.code: person.name for person in self.people if person.code}
        known |= names_of_units(self.units)
        often = Counter(known.values())
        return {code: name for code, name in known.items() if often[name] == 1}


SETTINGS = Settings.model_construct(kind="workspace")
"""The settings of a workspace that says nothing of its own."""


def read_zone(name: str) -> ZoneInfo:
    """The time zone of a name. UserError if it is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = Message("write a name such as Asia/Ho_Chi_Minh under 'timezone' in qmsplan.yaml")
        raise UserError(Message("the time zone '{name}' is not known", name=name), hint) from None


FOLDERS = ("plans", "templates", "output")
"""The settings that name folders."""


def leads_out(folder: str) -> bool:
    """Whether a folder lies outside of where it is named: `../x`. By the rules of Windows and of other systems at once,
    as one repository is used on several."""
    path = folder.replace("\\", "/")
    if path.startswith("/") or PureWindowsPath(folder).drive:
        return True
    return os.path.normpath(path).replace(os.sep, "/").split("/")[0] == ".."
