"""What the classes of the file format share: their base, and how one field may be typed in more than one way.

How the text of a YAML scalar becomes a value. Every scalar reaches the schema as text: `012`, `no`, `2026-02-30`
mean nothing until a field says what it expects, so a bad date is refused at its own line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import core_schema

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period, no_such_day, parse_period, real_day

TEXT_TAG, FORM_TAG = "§text", "§form"
"""Union tags as pydantic puts them into error paths; no key of a plan looks like them."""


class FileModel(BaseModel):
    """A mapping of a file: frozen, and no field that the class does not have.

    The strings under the fields are their descriptions. Nothing reads them at start; `load.schema` takes them from the
    source for the JSON Schema, the hover texts of editors and docs/plan-format.md.

    Modules with such classes do without `from __future__ import annotations`: pydantic would evaluate every annotation
    from its text, a hundredth of a start."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __hash__(self) -> int:
        """Pydantic's own can't take the mappings that some fields hold."""
        values = (frozenset(value.items()) if isinstance(value, dict) else value for value in self.__dict__.values())
        return hash((type(self), *values))

    def replaced(self, **changes: Any) -> Self:
        """The same with other values in some fields, which are taken as they are."""
        return self.model_copy(update=changes)


class OneOrMany(BeforeValidator):
    """Marks a list field: `func` turns what else may be typed there into the list that the schema describes."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, object]:
        described = handler(schema)
        return {"anyOf": [described["items"], described]}


class TextOrForm:
    """Marks `str | Form`: text is a phrase, a mapping is the structured form, so a fault is told about one of them."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        form = next(part for part in source.__args__ if part is not str)
        return core_schema.tagged_union_schema({TEXT_TAG: core_schema.str_schema(), FORM_TAG: handler(form)}, shape_of)


def shape_of(value: object) -> str | None:
    """The union tag of a value; None for a list, which is neither."""
    if isinstance(value, str):
        return TEXT_TAG
    return None if isinstance(value, (list, tuple)) else FORM_TAG


def one_or_many(value: object) -> object:
    """A value alone is a list of one."""
    return value if isinstance(value, (list, tuple)) else [value]


def lines_of(value: object) -> object:
    """Text is split at its line ends, one paragraph a line; blank lines only separate."""
    if not isinstance(value, str):
        return value
    if "\n" not in value:
        line = value.strip()
        return [line] if line else []
    return [line for typed in value.split("\n") if (line := typed.strip())]


_CLAUSE = re.compile(r"\d{1,2}(\.\d{1,2}){0,3}( ?[a-z])?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LONG = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_COUNT = re.compile(r"[0-9]{1,12}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,9})?")
_SEAL = re.compile(r"qmsplan-[0-9]{1,4}:[a-z0-9-]{1,32}:[0-9a-f]{16,128}")
_THOUSANDS = re.compile(r"(?!0[.,])[0-9]{1,3}(?:[.,][0-9]{3})+")
_SAME_THOUSANDS = re.compile(r"(?!0[.,])[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})*")
_GROUPED = re.compile(
    r"(?!0[.,])[0-9]{1,3}"
    r"(?:(?:\.[0-9]{3})+,[0-9]{1,9}|(?:,[0-9]{3})+\.(?![0-9]{3}$)[0-9]{1,9}|(?:\.[0-9]{3}){2,4}|(?:,[0-9]{3}){2,4})"
)
_BLANK_THOUSANDS = re.compile(
    "(?<![0-9.,/])(?!0)[0-9]{1,3}(?:[ \u00a0\u2007\u202f][0-9]{3})+(?![0-9/]|[.,][0-9]{3}(?![0-9]))"
)


def grouped_number(text: str) -> Decimal | None:
    """A number with signs between its thousands that can be read in one way: `1.250,5`, `1,250.5`, `12.345.678`; None
    for others, such as `1.250`."""
    if not _GROUPED.fullmatch(text):
        return None
    *whole, rest = re.split("[.,]", text)
    is_decimal = "." in text and "," in text
    return Decimal("".join(whole) + (f".{rest}" if is_decimal else rest))


def without_blanks(text: str) -> str:
    """A text without the blanks between the thousands of its numbers: `1121 hồ sơ` of `1 121 hồ sơ`."""
    return _BLANK_THOUSANDS.sub(lambda found: "".join(found[0].split()), text)


class ScalarField:
    """How the text of a scalar becomes a value of `kind`: `read` understands the text, or raises UserError. A value of
    the kind is taken as it is. `schema` is what the JSON Schema says of the text: `type="string", pattern="^…$"`."""

    def __init__(self, kind: type, read: Callable[[str], Any], **schema: object) -> None:
        self.kind, self.read, self.schema = kind, lru_cache(_REMEMBERED)(read), schema

    def parse(self, value: object) -> object:
        """The value of a text; UserError if it is a list or a mapping, or if it can't be read."""
        if isinstance(value, str):
            return self.read(value)
        if isinstance(value, self.kind):
            return value
        raise UserError(Message("a single value is expected here, not a list or a mapping"))

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
    if _ID.fullmatch(text):
        if text.partition(".")[0].upper() not in _DEVICES:
            return text
        message = Message("'{text}' can't name a file on Windows, which keeps the name for a device", text=text)
        raise UserError(message, Message("lengthen it, for example with the year"))
    raise UserError(
        Message("'{text}' can't be an id", text=text),
        Message("use up to 64 unaccented letters, digits, '.', '_' or '-', starting with a letter or a digit"),
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
    raise UserError(Message("'{text}' is not the number of a clause", text=text), Message("write 9.2 or 6.2.1"))


def read_seal(text: str) -> str:
    """The digest of a plan with the name of its scheme: `qmsplan-1:sha256:…`."""
    if _SEAL.fullmatch(text):
        return text
    raise UserError(
        Message("this is no digest of a plan"), Message("'qmsplan sign' writes it; take it back from where it was cut")
    )


def read_date(text: str) -> date:
    """`2026-02-09` or `9/2/2026`. UserError names an impossible day."""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _LONG.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise UserError(Message("'{text}' is not a date", text=text), Message("write 2026-02-09 or 09/02/2026"))
    if found := real_day(int(year), int(month), int(day)):
        return found
    raise no_such_day(text)


def read_count(text: str) -> int:
    """A whole number of at least 0, without separators."""
    if _COUNT.fullmatch(text):
        return int(text)
    if _THOUSANDS.fullmatch(text):
        hint = Message("write {digits}, without a thousands separator", digits=re.sub(r"[.,]", "", text))
        raise UserError(Message("'{text}' is not a whole number", text=text), hint)
    if re.fullmatch(r"[-–−] ?[0-9]{1,12}", text):
        raise UserError(
            Message("'{text}' is less than 0", text=text), Message("write a whole number from 0 on, such as 231")
        )
    hint = Message("write digits only, such as 231")
    if re.fullmatch(r"[0-9]{1,12} ?%", text):
        hint = Message("write {digits}, without a unit", digits=text.rstrip(" %"))
    elif re.fullmatch(r"0[.,][0-9]{1,6}", text):
        hint = Message("write whole numbers in place of shares, such as 3 and 7 for 0,3 and 0,7")
    _refuse_large(text, 12)
    raise UserError(Message("'{text}' is not a whole number", text=text), hint)


def _refuse_large(text: str, most: int) -> None:
    """UserError if a number has more digits before its comma than are kept."""
    if re.fullmatch(rf"[+-]?[0-9]{{{most + 1},}}(?:[.,][0-9]+)?", text):
        hint = Message("a number has {most} digits at most", most=most)
        raise UserError(Message("'{text}' is too large", text=text), hint)


def ungrouped_count(text: str) -> str:
    """A whole number as people type it in a form or a command, without the signs between its thousands, of which there
    are no decimals: `1120` of `1.120` and `1 120`; any other text as it is. Files hold digits alone."""
    text = without_blanks(text)
    return re.sub("[.,]", "", text) if _SAME_THOUSANDS.fullmatch(text) else text


def read_in_two_ways(text: str) -> UserError:
    """The answer to `2.800`, which may be 2800 or 2,8: both ways to write it clearly, `94,9990` for 94,999."""
    whole, written = re.sub(r"[.,]", "", text), text.replace(".", ",")
    decimal = written.rstrip("0").rstrip(",") if written.endswith("0") else f"{written}0"
    if text.count(".") + text.count(",") > 1:
        hint = Message("write {digits}, without a thousands separator", digits=whole)
    else:
        hint = Message("write {digits} if thousands are meant, {decimal} if not", digits=whole, decimal=decimal)
    return UserError(Message("'{text}' can be read in two ways", text=text), hint)


def read_number(text: str) -> Decimal:
    """A decimal number with a comma or a point: `98,5`, `1.250,5`. Three digits after the only sign could be thousands:
    refused, but for `0,125`."""
    text = without_blanks(text)
    found = grouped_number(text.removeprefix("-").removeprefix("+"))
    if found is not None:
        return -found if text.startswith("-") else found
    if _THOUSANDS.fullmatch(text.lstrip("+-")):
        raise read_in_two_ways(text)
    if _NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "."))
    _refuse_large(text, 15)
    raise UserError(Message("'{text}' is not a number", text=text), Message("write 98 or 98,5"))


_THIRD = re.compile(r"[0-9]{1,2}[.,][0-9]{3}")


def read_weight(text: str) -> Decimal:
    """How much an item weighs, in per cent or as a number, with two decimals at most: `40`, `12,5`, `7.5%`."""
    typed = text.removesuffix("%").rstrip()
    is_third = _THIRD.fullmatch(typed)  # `33.333`: of a number without its unit 33333 might be meant
    found = Decimal(0) if is_third else read_number(typed)
    if found < 0:
        hint = Message("write a number from 0 on, such as 12,5")
        raise UserError(Message("'{text}' is less than 0", text=text), hint)
    if is_third or round(found, 2) != found:
        hint = Message("write two decimals at most, such as 12,25")
        raise UserError(Message("'{text}' has more than two decimals", text=text), hint)
    return found


_UNIT = re.compile(r"(?<=[0-9])\s*([%‰]|(?:[^\W\d_]{2,}|[cdk]?m[23²³])(?:[/\s].*)?$)")
"""What may follow a number without a blank; not one letter, which may be a digit mistyped: `98o`, nor what holds more
digits: `12h30`."""
_OF_TWO = re.compile(r"\([^()]*[0-9]|[%‰]\s*/|[0-9]\s+[0-9]|^\S+\s*[-–]\s*[0-9]")
SHARE_SIGNS = frozenset({"%", "‰"})
"""What stands behind a share; of a number that is none it says that the value was meant otherwise."""


class MeasuredNumber(Decimal):
    """A number that was typed with words or a sign behind it: `0,3` of `0,3 tỷ`, `50` of `50%`. Rules hold them against
    the target's unit."""

    unit: str = ""


def read_measured(text: str) -> Decimal:
    """A measured value as typed: `98,7%`, `12 vụ`, `0,5mg/l`, `3`; none of two numbers (`50 (2025)`, `0 125`,
    `12 - 15`), and no rate of a time (`95%/năm`)."""
    joined = without_blanks(text)
    if _OF_TWO.search(joined):
        raise UserError(Message("'{text}' is not a number", text=text), Message("write 98 or 98,5"))
    number, *unit = _UNIT.sub(r" \1 ", joined).split() or [text]
    found = read_number(number if any(map(str.isdecimal, number)) else text)
    if unit:
        found = MeasuredNumber(found)
        found.unit = " ".join(unit)
    return found


def read_flag(text: str) -> bool:
    """`true` or `false`; `có` and `không` are the same in Vietnamese."""
    if text in {"true", "có"}:
        return True
    if text in {"false", "không"}:
        return False
    raise UserError(Message("'{text}' is neither true nor false", text=text), Message("write true or false"))


def read_yes_no(text: str) -> bool:
    """`yes` or `no`; `có` and `không`, `true` and `false` are the same."""
    folded = text.lower()
    if folded in {"yes", "có", "true"}:
        return True
    if folded in {"no", "không", "false"}:
        return False
    raise UserError(Message("'{text}' is neither yes nor no", text=text), Message("write yes or no"))


_DATE_PATTERN = r"^(\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})$"
_PERIOD_PATTERN = r"^(\d{4}(-(Q[1-4]|H[12]|9M|0[1-9]|1[0-2]|\d{4}))?|\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?"
_PERIOD_PATTERN += r"|[Nn]ăm học \d{4} ?[-–/] ?\d{4})$"
_REF_PATTERN = f"^{_ID.pattern}(/{_ID.pattern})?$"

Id = Annotated[str, ScalarField(str, read_id, type="string", pattern=f"^{_ID.pattern}$")]
Ref = Annotated[str, ScalarField(str, read_ref, type="string", pattern=_REF_PATTERN)]
Seal = Annotated[str, ScalarField(str, read_seal, type="string", pattern=f"^{_SEAL.pattern}$")]
Day = Annotated[date, ScalarField(date, read_date, type="string", pattern=_DATE_PATTERN)]
Clause = Annotated[str, ScalarField(str, read_clause, type=["number", "string"], pattern=f"^{_CLAUSE.pattern}$")]
Count = Annotated[
    int, ScalarField(int, read_count, type=["integer", "string"], pattern=f"^{_COUNT.pattern}$", minimum=0)
]
Measured = Annotated[Decimal, ScalarField(Decimal, read_measured, type=["number", "string"])]
Weight = Annotated[Decimal, ScalarField(Decimal, read_weight, type=["number", "string"])]
Flag = Annotated[
    bool, ScalarField(bool, read_flag, type=["boolean", "string"], enum=[True, False, "true", "false", "có", "không"])
]
YesNo = Annotated[
    bool,
    ScalarField(
        bool, read_yes_no, type=["boolean", "string"], enum=["yes", "no", "có", "không", True, False, "true", "false"]
    ),
]
PeriodCode = Annotated[Period, ScalarField(Period, parse_period, type=["string", "integer"], pattern=_PERIOD_PATTERN)]
