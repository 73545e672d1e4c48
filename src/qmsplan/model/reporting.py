"""How an agency reports: its calendar of cut-off days, and to whom."""

from __future__ import annotations

from typing import Annotated, Literal

from qmsplan.diagnostic import Fault, say
from qmsplan.model.scalar import Scalar, read_count
from qmsplan.model.shape import FileModel


def _read_day(text: str) -> int:
    number = read_count(text)
    if not 1 <= number <= 31:
        raise Fault(say("there is no day {day} in any month", day=text), say("days are 1 to 31"))
    return number


DayOfMonth = Annotated[int, Scalar(int, _read_day, type="integer", minimum=1, maximum=31)]


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
    """The calendar of cut-off days: `nd09-2019` (Decree 09/2019/NĐ-CP, day 14) or `calendar` (ends of months)."""
    cut_off: CutOff = CutOff()
    """Days that the agency has set itself; the calendar's hold for the others."""
    to: str | None = None
    """Whom reports are addressed to; the agency above the issuer if not given."""


REPORTING = Reporting()
"""How reports are made where the settings say nothing."""
