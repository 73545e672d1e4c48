"""Writes the days off of state agencies: `python tools/holidays.py [--check]`. Needs the package `holidays`.

Years that a notice has settled are `confirmed`. Later ones are computed from the law and the lunar calendar, and
`estimated`: the layout of Tết and the days that are swapped are known only by the yearly notice. What the package lacks
stands in `CORRECTIONS`, with its source."""  # noqa: INP001

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from generated import ROOT, differing, write

FOLDER = ROOT / "src" / "qmsplan" / "model" / "holidays"
if Path(sys.path[0]).resolve() == Path(__file__).resolve().parent:
    del sys.path[0]  # or this file would be taken for the package of the same name

YEARS = range(2023, 2032)
LAST_CONFIRMED = 2026
LAW = "Bộ luật Lao động 2019, Điều 112"


class Correction(NamedTuple):
    """Days off and days worked that the package does not know, and who says so."""

    off: dict[date, str]
    work: dict[date, str]
    source: str


CORRECTIONS = {
    2026: Correction(
        {date(2026, 1, 2): "Nghỉ, làm bù ngày 10/01/2026"},
        {date(2026, 1, 10): "Làm bù cho ngày 02/01/2026", date(2026, 8, 22): "Làm bù cho ngày 31/8/2026"},
        "Công văn 12729/VPCP-KGVX (02/01), Thông báo 9441/TB-BNV (Tết), Công văn 3383/BNV-CVL (30/4, 01/5), "
        "Nghị quyết 28/2026/QH16 (24/11)",
    )
}


def days_of(year: int) -> tuple[dict[date, str], dict[date, str]]:
    """The days off from Monday to Friday, and the weekend days worked, in order."""
    import holidays

    known = holidays.country_holidays("VN", years=year, language="vi")
    off = {day: str(name) for day, name in known.items() if day.isoweekday() <= 5}
    work = {day: "Làm bù" for day in getattr(known, "weekend_workdays", ()) if day.year == year}
    correction = CORRECTIONS.get(year)
    if correction:
        off, work = off | correction.off, work | correction.work
    return dict(sorted(off.items())), dict(sorted(work.items()))


def source_of(year: int) -> str:
    """Where the days come from."""
    package = f"gói Python holidays {version('holidays')}"
    if year > LAST_CONFIRMED:
        return f"{LAW}; tính theo âm lịch, {package}; chưa có thông báo nghỉ"
    correction = CORRECTIONS.get(year)
    return f"{LAW}; {correction.source if correction else f'thông báo nghỉ năm {year}'}; {package}"


def text_of(year: int) -> str:
    """The file of a year."""
    off, work = days_of(year)
    status = "estimated" if year > LAST_CONFIRMED else "confirmed"
    lines = ["# Written by tools/holidays.py.", f'status = "{status}"', f'source = "{source_of(year)}"']
    for name, days in (("off", off), ("work", work)):
        if days:
            lines += ["", f"[{name}]", *(f'{day} = "{label}"' for day, label in days.items())]
    return "\n".join(lines) + "\n"


def stale() -> dict[Path, str]:
    """The files that are not as they should be, with what they should say."""
    return differing({FOLDER / f"vn-{year}.toml": text_of(year) for year in YEARS})


if __name__ == "__main__":
    raise SystemExit(write(__doc__, stale()))
