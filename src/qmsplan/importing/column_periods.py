"""The period that a column's heading names."""

from __future__ import annotations

import re

from qmsplan.importing.column_words import words_of
from qmsplan.model.text import ROMAN

_YEAR = r"(?:năm )?(20\d\d)"
_QUARTER = re.compile(rf" (?:quý|q) ?(iv|i{{1,3}}|[1-4])(?: {_YEAR})? ")
_MONTH = re.compile(rf" (?:tháng|t) ?(1[0-2]|0?[1-9])(?: {_YEAR})? ")
_PART = re.compile(
    rf" (6 tháng đầu năm|6 tháng cuối năm|6 tháng đầu|6 tháng cuối|6 tháng|9 tháng(?: đầu năm)?)(?: {_YEAR})? "
)
_WHOLE = re.compile(rf" (?:[a-zà-ỹđ]+ )*{_YEAR} ")
_BEFORE = re.compile(
    r"^ (?:(?:ước )?(?:thực hiện|th)|kết quả(?: thực hiện)?|kế hoạch|kh|chỉ tiêu|mục tiêu|số liệu|giá trị) "
    r"(?=quý|tháng|6|9|q\d|t\d)"
)
"""What may stand before the name of a period: `Thực hiện quý I`."""
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
    own = int(told[0]) if told else year
    if match := _QUARTER.fullmatch(text):
        number = ROMAN.get(match[1], 0) or int(match[1] if match[1].isdecimal() else 0)
        return f"{match[2] or own}-Q{number}" if 1 <= number <= 4 else ""
    if match := _MONTH.fullmatch(text):
        return f"{match[2] or own}-{int(match[1]):02d}"
    if match := _PART.fullmatch(text):
        code = "9M" if match[1].startswith("9") else "H2" if "cuối" in match[1] else "H1"
        return f"{match[2] or own}-{code}"
    return match[1] if (match := _WHOLE.fullmatch(text)) else ""
