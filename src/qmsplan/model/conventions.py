"""How an agency means what deadline phrases leave open."""

from __future__ import annotations

from typing import Annotated, Literal

from qmsplan.diagnostic import Fault, say
from qmsplan.model.scalar import Scalar, read_count
from qmsplan.model.shape import FileModel

MOST_DAYS = 366


def _read_days(text: str) -> int:
    number = read_count(text)
    if number > MOST_DAYS:
        raise Fault(say("at most {count} days are possible here", count=MOST_DAYS))
    return number


Days = Annotated[int, Scalar(int, _read_days, type="integer", minimum=0, maximum=MOST_DAYS)]


class Conventions(FileModel):
    """How an agency means what deadline phrases leave open."""

    before: Literal["inclusive", "strict"] = "inclusive"
    """Whether `trước 30/6/2026` includes that day (`inclusive`) or ends the day before (`strict`)."""
    after_event_days: Days | None = None
    """Calendar days for what is due `sau khi …`; without it, the end of the year in which the event happened."""
    at_once_days: Days = 5
    """Working days for what is due `ngay sau khi …`."""


CONVENTIONS = Conventions()
"""How phrases are meant where the settings say nothing."""
