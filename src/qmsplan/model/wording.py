"""Days, periods and numbers as readers of a language write them; documents and tables say them alike."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from qmsplan.model.period import Period

_CENT = Decimal("0.01")


def period_text(period: Period, language: str) -> str:
    """`quý III năm 2026` in Vietnamese, the code of the period in English."""
    if language != "vi":
        return period.code
    if period.start == period.end:
        return f"ngày {short_date(period.start, language)}"
    if "/" in period.code:
        return f"từ {short_date(period.start, language)} đến {short_date(period.end, language)}"
    return _named(period.code)


def _named(code: str) -> str:
    year, _, part = code.partition("-")
    if len(part) == 4:
        return f"giai đoạn {year} - {part}"
    names = {"": "", "H1": "6 tháng đầu ", "H2": "6 tháng cuối ", "9M": "9 tháng "}
    if part in names:
        return f"{names[part]}năm {year}"
    if part.startswith("Q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(part[1]) - 1]} năm {year}"
    return f"tháng {int(part)} năm {year}"


def short_date(day: date | None, language: str) -> str:
    """`09/02/2026` and `31/3/2026` in Vietnamese (padding of Decree 30/2020/NĐ-CP, II.4), ISO 8601 in English."""
    if day is None:
        return ""
    if language != "vi":
        return day.isoformat()
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def cut(value: Decimal) -> Decimal:
    """A value as it is shown: two decimals, rounded down so that 99,998 never looks like 100."""
    return value.quantize(_CENT, ROUND_DOWN) + 0


def decimal_text(value: Decimal, language: str) -> str:
    """At most two decimals of a value, `cut`; with the comma in Vietnamese."""
    text = f"{cut(value):.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "vi" else text
