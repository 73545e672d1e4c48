"""How the text of a YAML scalar becomes a value. Every scalar reaches the schema as text: `012`, `no`, `2026-02-30`
mean nothing until a field says what it expects, so a bad date is refused at its own line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic_core import core_schema

from qmsplan.diagnostic import Fault, say
from qmsplan.model.period import Period, parse_period

_CLAUSE = re.compile(r"\d{1,2}(\.\d{1,2}){0,3}( ?[a-z])?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LONG = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_COUNT = re.compile(r"[0-9]{1,12}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,9})?")
_SEAL = re.compile(r"qmsplan-[0-9]{1,4}:[a-z0-9-]{1,32}:[0-9a-f]{16,128}")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")


class Scalar:
    """How the text of a scalar becomes a value of `kind`: `read` understands the text, or raises a Fault. A value of
    the kind is taken as it is. `schema` is what the JSON Schema says of the text: `type="string", pattern="^…$"`."""

    def __init__(self, kind: type, read: Callable[[str], Any], **schema: object) -> None:
        self.kind, self.read, self.schema = kind, lru_cache(_REMEMBERED)(read), schema

    def parse(self, value: object) -> object:
        """The value of a text; Fault if it is a list or a mapping, or if it can't be read."""
        if isinstance(value, str):
            return self.read(value)
        if isinstance(value, self.kind):
            return value
        raise Fault(say("a single value is expected here, not a list or a mapping"))

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, object]:
        return dict(self.schema)


_REMEMBERED = 2_000
"""Texts of which each kind of scalar keeps the meaning: days, periods and ids come again and again."""


_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))}
"""Names that no file can have on Windows."""


def read_id(text: str) -> str:
    """An id: ASCII letters, digits, `.`, `_`, `-`; it also names output files."""
    if _ID.fullmatch(text) and text.partition(".")[0].upper() not in _DEVICES:
        return text
    raise Fault(
        say("'{text}' can't be an id", text=text),
        say("use up to 64 unaccented letters, digits, '.', '_' or '-', starting with a letter or a digit"),
    )


def read_ref(text: str) -> str:
    """The id of a plan, or of an item of a plan: `TGPL-KHMT-2026/MT01`."""
    plan, slash, item = text.partition("/")
    read_id(plan)
    if slash:
        read_id(item)
    return text


def read_clause(text: str) -> str:
    """The number of a clause of a standard: `9.2`, `6.2.1`, `10.2.1 a`."""
    if _CLAUSE.fullmatch(text):
        return text
    raise Fault(say("'{text}' is not the number of a clause", text=text), say("write 9.2 or 6.2.1"))


def read_seal(text: str) -> str:
    """The digest of a plan with the name of its scheme: `qmsplan-1:sha256:…`."""
    if _SEAL.fullmatch(text):
        return text
    raise Fault(say("this is no digest of a plan"), say("'qmsplan sign' writes it; take it back from where it was cut"))


def read_date(text: str) -> date:
    """`2026-02-09` or `9/2/2026`. Fault names an impossible day."""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _LONG.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise Fault(say("'{text}' is not a date", text=text), say("write 2026-02-09 or 09/02/2026"))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Fault(say("there is no such day: {text}", text=text), say("check the day and the month")) from None


def in_parts(day: date) -> dict[str, str]:
    """`year`, `month` and `day` for a sentence: each language puts them in its own order."""
    return {"year": f"{day.year:04d}", "month": f"{day.month:02d}", "day": f"{day.day:02d}"}


def read_count(text: str) -> int:
    """A whole number of at least 0, without separators."""
    if _COUNT.fullmatch(text):
        return int(text)
    if _THOUSANDS.fullmatch(text):
        hint = say("write {digits}, without a thousands separator", digits=re.sub(r"[.,]", "", text))
        raise Fault(say("'{text}' is not a whole number", text=text), hint)
    raise Fault(say("'{text}' is not a whole number", text=text), say("write digits only, such as 231"))


def read_number(text: str) -> Decimal:
    """A decimal number with a comma or a point: `98,5`. Three digits after the sign could be thousands: refused."""
    if _NUMBER.fullmatch(text) and not _THOUSANDS.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _THOUSANDS.fullmatch(text):
        raise Fault(
            say("'{text}' can be read in two ways", text=text),
            say("write thousands without a separator, and decimals with one, two or more than three digits"),
        )
    raise Fault(say("'{text}' is not a number", text=text), say("write 98 or 98,5"))


def read_measured(text: str) -> Decimal:
    """A measured value as typed: `98,7%`, `12 vụ`, `3`. The unit is the target's and is not kept."""
    words = text.removesuffix("%").split()
    return read_number(words[0] if words else text)


def read_flag(text: str) -> bool:
    """`true` or `false`; `có` and `không` are the same in Vietnamese."""
    if text in {"true", "có"}:
        return True
    if text in {"false", "không"}:
        return False
    raise Fault(say("'{text}' is neither true nor false", text=text), say("write true or false"))


_DATE_PATTERN = r"^(\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})$"
_PERIOD_PATTERN = r"^(\d{4}(-(Q[1-4]|H[12]|9M|0[1-9]|1[0-2]|\d{4}))?|\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?)$"
_REF_PATTERN = f"^{_ID.pattern}(/{_ID.pattern})?$"

Id = Annotated[str, Scalar(str, read_id, type="string", pattern=f"^{_ID.pattern}$")]
Ref = Annotated[str, Scalar(str, read_ref, type="string", pattern=_REF_PATTERN)]
Seal = Annotated[str, Scalar(str, read_seal, type="string", pattern=f"^{_SEAL.pattern}$")]
Day = Annotated[date, Scalar(date, read_date, type="string", pattern=_DATE_PATTERN)]
Clause = Annotated[str, Scalar(str, read_clause, type=["string", "number"], pattern=f"^{_CLAUSE.pattern}$")]
Count = Annotated[int, Scalar(int, read_count, type="integer", minimum=0)]
Measured = Annotated[Decimal, Scalar(Decimal, read_measured, type=["string", "number"])]
Flag = Annotated[bool, Scalar(bool, read_flag, type="boolean")]
PeriodCode = Annotated[Period, Scalar(Period, parse_period, type=["string", "integer"], pattern=_PERIOD_PATTERN)]
