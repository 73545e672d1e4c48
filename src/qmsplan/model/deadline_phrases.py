"""The forms of deadline phrases. A newcomer adds a row to `FORMS` and nothing else."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Fault, say
from qmsplan.model import period as calendar
from qmsplan.model.deadline import (
    Deadline,
    DeadlineForm,
    Kind,
    Occurrence,
    after,
    always,
    as_set_by,
    by,
    every,
    read_form,
    within,
)
from qmsplan.model.period import Period, steps
from qmsplan.model.phrases import Row, find, nearest
from qmsplan.model.words import ordinal, phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.model.phrases import Words

LONGEST = 300
"""Longer phrases are refused: no deadline needs more, and the forms stay fast."""

SLOTS = {
    "year": r"(?P<year>[0-9]{4})",
    "until": r"(?P<until>[0-9]{4})",
    "quarter": r"(?P<quarter>[ivx]+|[0-9]{1,2})",
    "month": r"(?P<month>[0-9]{1,2})",
    "day": r"(?P<day>[0-9]{1,2})",
    "half": r"(?P<half>đầu|cuối)",
    "step": r"(?P<step>tháng|quý|6 tháng|năm)",
    "words": r"(?P<words>\S.*)",
    "by": r"(?:(?:xong )?(?:trước|chậm nhất|đến|đến hết|hết|trước hết|hoàn thành trước|trong) )?(?:ngày )?",
    "in": r"(?:(?:trong|cả|hết|đến hết|trước hết|chậm nhất|suốt) )?",
}
STEP_MONTHS = {"tháng": 1, "quý": 3, "6 tháng": 6, "năm": 12}


def _day(words: Words, year: int) -> date:
    try:
        return date(year, int(words["month"]), int(words["day"]))
    except ValueError:
        text = f"{words['day']}/{words['month']}/{year}"
        raise Fault(say("there is no such day: {text}", text=text), say("check the day and the month")) from None


def _quarter(words: Words, year: int) -> Period:
    number = ordinal(words["quarter"])
    if number is None or not 1 <= number <= 4:
        shown = words["quarter"].upper()
        raise Fault(say("there is no quarter {quarter}", quarter=shown), say("quarters are I, II, III and IV"))
    return calendar.quarter(year, number)


def _each_year(period: Period, part: Callable[[int], Period]) -> Deadline:
    parts = tuple(part(year.start.year) for year in period.years())
    return every(parts) if len(parts) > 1 else within(parts[0])


def _every_year(period: Period, part: Callable[[int], Period]) -> Deadline:
    return every(tuple(part(year.start.year) for year in period.years()))


def _half(words: Words, year: int) -> Period:
    return calendar.half(year, 1 if words["half"] == "đầu" else 2)


def _month(words: Words, year: int) -> Period:
    return calendar.months(year, int(words["month"]), int(words["month"]))


def _day_every_year(words: Words, period: Period) -> Deadline:
    days = (_day(words, year.start.year) for year in period.years())
    return Deadline("", Kind.RECURRING, tuple(Occurrence(Period(day, day), day) for day in days))


def _years(words: Words, _period: Period) -> Period:
    return calendar.span_of_years(int(words["year"]), int(words["until"]))


def _reports(words: Words, whole: Period) -> Deadline:
    """Monthly, quarterly, 6-month, 9-month and yearly reports together, of one year or of every year."""
    period = calendar.year(int(words["year"])) if words["year"] else whole
    nine = tuple(calendar.months(year.start.year, 1, 9) for year in period.years())
    parts = (part for length in (1, 3, 6, 12) for part in steps(period, length) if length != 6 or part.start.month == 1)
    return every(tuple(sorted({*parts, *nine}, key=lambda part: (part.end, part.start))))


FORMS: tuple[Row[Deadline], ...] = (
    Row("{in}năm {year}", lambda w, p: within(calendar.year(int(w["year"]))), "Trong năm 2026"),
    Row("{in}năm", lambda w, p: _each_year(p, calendar.year), "Trong năm"),
    Row("{in}quý {quarter}(?: năm |/|-| ){year}", lambda w, p: within(_quarter(w, int(w["year"]))), "Quý I năm 2026"),
    Row("{in}quý {quarter}(?: hàng năm)", lambda w, p: _every_year(p, lambda y: _quarter(w, y)), "Quý I hàng năm"),
    Row("{in}quý {quarter}", lambda w, p: _each_year(p, lambda y: _quarter(w, y)), "Quý III"),
    Row("{in}tháng {month}(?: năm |/|-){year}", lambda w, p: within(_month(w, int(w["year"]))), "Tháng 9/2026"),
    Row("{in}tháng {month} hàng năm", lambda w, p: _every_year(p, lambda y: _month(w, y)), "Tháng 01 hàng năm"),
    Row("{in}tháng {month}", lambda w, p: _each_year(p, lambda y: _month(w, y)), "Tháng 9"),
    Row("{by}{day}[/-]{month}[/-]{year}", lambda w, p: by(_day(w, int(w["year"]))), "Trước 30/6/2026"),
    Row(
        "{by}{day} tháng {month} năm {year}",
        lambda w, p: by(_day(w, int(w["year"]))),
        "Trước ngày 15 tháng 08 năm 2026",
    ),
    Row("{by}{day}[/-]{month} hàng năm", _day_every_year, "Trước ngày 30/11 hàng năm"),
    Row("{in}6 tháng {half} năm {year}", lambda w, p: within(_half(w, int(w["year"]))), "6 tháng đầu năm 2026"),
    Row("{in}6 tháng {half} năm", lambda w, p: _each_year(p, lambda y: _half(w, y)), "6 tháng cuối năm"),
    Row(
        "(?:năm |giai đoạn |từ năm )*{year} ?(?:-|đến|đến năm) ?{until}",
        lambda w, p: within(_years(w, p)),
        "Năm 2026 - 2030",
    ),
    Row(
        "hàng tháng, quý, 6 tháng, 9 tháng và (?:hàng )?năm(?: {year})?",
        _reports,
        "Hàng tháng, quý, 6 tháng, 9 tháng và năm",
    ),
    Row(
        "(?:theo )?(?:định kỳ )?hàng {step}",
        lambda w, p: every(steps(p, STEP_MONTHS[w["step"]])),
        "Theo định kỳ hàng năm",
    ),
    Row(
        "hàng năm, giai đoạn \\(?{year} ?- ?{until}\\)?",
        lambda w, p: every(_years(w, p).years()),
        "Hằng năm, giai đoạn (2021-2025)",
    ),
    Row("hàng năm, giai đoạn", lambda w, p: every(p.years()), "Hằng năm, giai đoạn"),
    Row("thường xuyên|liên tục|thường xuyên trong năm", lambda w, p: always(p), "Thường xuyên"),
    Row(
        "(?:ngay )?(?:sau khi|khi) {words}",
        lambda w, p: after(w["words"], p),
        "Sau khi có văn bản triển khai của Sở Nội vụ",
    ),
    Row(
        "hàng năm \\((?:ngay )?(?:sau khi|khi) {words}\\)",
        lambda w, p: after(w["words"], p)._replace(occurrences=tuple(Occurrence(y, None) for y in p.years())),
        "Hàng năm (Sau khi UBND tỉnh ban hành Kế hoạch)",
    ),
    Row(
        "hàng năm theo {words}",
        lambda w, p: every(p.years())._replace(kind=Kind.REFERENCE, reference=w["words"]),
        "Hàng năm theo văn bản, Kế hoạch của Sở Nội vụ",
    ),
    Row("(?:thực hiện )?theo {words}", lambda w, p: as_set_by(w["words"], p), "Theo Kế hoạch của tỉnh"),
)


@lru_cache(maxsize=4096)
def understand_deadline(typed: str | DeadlineForm, period: Period) -> Deadline | Fault:
    """A deadline over the plan's period, or the fault that says why it is none and which forms are near."""
    try:
        return _read(typed, period) if isinstance(typed, str) else read_form(typed, period)
    except Fault as fault:
        return fault


def _read(typed: str, period: Period) -> Deadline:
    if len(typed) > LONGEST:
        raise Fault(say("a deadline has at most {count} characters", count=LONGEST), say("move the rest to the note"))
    found = find(FORMS, SLOTS, phrase(typed))
    if not found:
        raise Fault(
            say("the deadline '{phrase}' is not understood", phrase=typed),
            say("forms that are: {forms}", forms="; ".join(nearest(FORMS, typed))),
        )
    row, words = found
    return row.resolve(words, period)._replace(phrase=typed)
