"""The period that a column's heading names."""

from __future__ import annotations

import re
from collections.abc import Callable

from qmsplan.importing.column_words import words_of
from qmsplan.model.text import ROMAN

_YEAR = r"(?:năm )?(20\d\d)"
_QUARTER = re.compile(rf" (?:quý|q) ?(iv|i{{1,3}}|[1-4])(?: {_YEAR})? ")
_MONTH = re.compile(rf" (?:tháng|t) ?(1[0-2]|0?[1-9])(?: {_YEAR})? ")
_PART = re.compile(
    rf" (6 tháng đầu năm|6 tháng cuối năm|6 tháng đầu|6 tháng cuối|6 tháng|9 tháng(?: đầu năm)?)(?: {_YEAR})? "
)
_WHOLE = re.compile(rf" (?:[a-zà-ỹđ]+ )*(?:{_YEAR}|học (20\d\d) 20\d\d) ")
_BEFORE = re.compile(
    r"^ (?:(?:(?:ước )?(?:thực hiện|th)|kết quả|kế hoạch|kh|chỉ tiêu|mục tiêu|số liệu|giá trị|l[ũu][ỹy] kế|cộng dồn"
    r"|từ đầu năm|tính|đến|hết|cuối) )+(?=quý|tháng|6|9|q\d|t\d)"
)
"""What may stand before the name of a period: `Thực hiện quý I`, `Lũy kế thực hiện đến hết quý II`."""
_RUNNING = re.compile(r" (?:l[ũu][ỹy] kế|cộng dồn|từ đầu năm|đến (?:(?:hết|cuối) )?(?:quý|tháng)) ")
_BY_THEN = re.compile(r" đến (?:(?:hết|cuối) )?(?:năm )?20\d\d ")
_REMARK = re.compile(r"(?<=\d)\s*\([^\d()]+\)\s*$")
"""What may stand in brackets behind a period: `Năm 2025 (ước thực hiện)`."""
_LARGEST_PERIOD = 30
_BARE = re.compile(r" (\d{1,2}|iv|i{1,3}) ")
_KIND_OF_BARE = re.compile(r" (tháng|quý) ")
"""What bare numbers of columns count: `1` … `12` below `Tháng thực hiện`, `I` … `IV` below `Quý`."""


def period_of(title: str, under: str, year: int) -> str:
    """The code of the period that a heading names: `Quý I` is `2026-Q1` in a plan for 2026. "" if it names none."""
    text = _BEFORE.sub(" ", words_of(_REMARK.sub("", title)))
    if len(text) > _LARGEST_PERIOD:
        return ""
    if _BARE.fullmatch(text) and (kind := _KIND_OF_BARE.search(words_of(under))):
        text = f" {kind[1]}{text}"
    told = re.search(r"20\d\d", under)
    return _code(text, int(told[0]) if told else year, re.Pattern.fullmatch)


def period_in(title: str, year: int) -> str:
    """The code of the period that a title names somewhere: `Theo dõi mục tiêu chất lượng quý II năm 2026`; "" if
    none."""
    return _code(words_of(title), year, re.Pattern.search)


def _code(text: str, year: int, find: Callable[[re.Pattern[str], str], re.Match[str] | None]) -> str:
    """The code of the period that a pattern finds in words; without a year of its own it is of the one given."""
    if match := find(_QUARTER, text):
        number = ROMAN.get(match[1], 0) or int(match[1] if match[1].isdecimal() else 0)
        return f"{match[2] or year}-Q{number}" if 1 <= number <= 4 else ""
    if match := find(_MONTH, text):
        return f"{match[2] or year}-{int(match[1]):02d}"
    if match := find(_PART, text):
        code = "9M" if match[1].startswith("9") else "H2" if "cuối" in match[1] else "H1"
        return f"{match[2] or year}-{code}"
    return (match[1] or match[2]) if (match := find(_WHOLE, text)) else ""


def is_running(title: str, under: str) -> bool:
    """Whether a column of a period has running totals from the start of the year: `Lũy kế` below `Quý II`."""
    return any(_RUNNING.search(words_of(text)) for text in (title, under))


def is_by_then(title: str) -> bool:
    """Whether a column has what is reached by the end of a year, `Đến năm 2028`: such values do not add up as what each
    year adds does."""
    return bool(_BY_THEN.search(words_of(title)))
