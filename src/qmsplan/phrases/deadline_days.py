"""Deadlines so many days after or before a time of the calendar: `trong vòng 10 ngày kể từ ngày 30/6/2026`, `chậm
nhất 5 ngày trước ngày 20/11/2026`; on days of each week, and in terms of the school year.

The slots are those of `deadline_forms`, which holds the rows of DAYS among its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias

from qmsplan.model import period as calendar
from qmsplan.model.lunar import lunar_day
from qmsplan.model.period import Period, add_working_days, months_after, steps
from qmsplan.model.settings import MOST_DAYS
from qmsplan.model.text import count
from qmsplan.phrases.calendar_parse import MOST, When, due_when, read_when, too_often
from qmsplan.phrases.calendar_words import WEEKDAY, school_part, school_term, spread, weekday_number
from qmsplan.phrases.deadline import (
    Deadline,
    DeadlineKind,
    DeadlineScope,
    Occurrence,
    always,
    deadline_of,
    every,
    steps_of,
    within,
)
from qmsplan.phrases.deadline_cut import names_deed
from qmsplan.phrases.tables import PhraseRow, PhraseWords, expression

Meaning: TypeAlias = Deadline | None

UNIT_MONTHS = {"năm": 12, "6 tháng": 6, "quý": 3, "tháng": 1}
"""Months of the units in which something comes again. Weeks and days are not among them: they count as continuous."""
HOURS = frozenset({"giờ", "h"})
UNIT_DAYS = {"ngày": 1, "ngày làm việc": 1, "tuần": 7}
_WHOLE = "(?:(?:hàng|mỗi) )?(?:quý|tháng|năm|học kỳ)(?: học)? ?[0-9ivx]"


def _days_after(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """So many days, working days, months or years after a day; months end on the same day of the month."""
    when = read_when(words["when"])
    found = due_when(when, scope) if when and not when.is_range else None
    return _on(_later(words, [entry.period.end for entry in found.occurrences])) if found else None


def _days_before(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """So many days before a day, before the beginning of a month, quarter or year, or before its end if the words say
    so. None for other stretches (`cuối năm`), of which nobody knows where they begin to the day, and for the report of
    `6 tháng trước 15/6`."""
    when = read_when(words["when"])
    is_report = words["days"] == "tháng" and count(words["number"]) in {6, 9} and words.get("led") == ""
    if when is None or when.is_range or when.is_open or _is_before(when) or is_report:
        return None
    found = due_when(when, scope)
    if found is None:
        return None
    is_day = all(entry.period.start == entry.period.end for entry in found.occurrences)
    if not is_day and not expression(_WHOLE).match(words["when"]):
        return None
    ends = [entry.period.end if words.get("ended") else entry.period.start for entry in found.occurrences]
    return _on(_later(words, ends, -1))


def _is_before(when: When) -> bool:
    return any(atom.is_before for span in when.spans for atom in span)


def _on(days: list[date]) -> Meaning:
    kind = DeadlineKind.DATE if len(days) == 1 else DeadlineKind.RECURRING
    return deadline_of(kind, (Occurrence(Period(day, day), day) for day in days)) if days else None


def _of_each(words: PhraseWords, scope: DeadlineScope, sign: int) -> Meaning:
    """So many days after every month, quarter, half or year of the plan; before its end or beginning (`sign` -1)."""
    parts = steps_of(scope.period, UNIT_MONTHS[words["part"]])
    days = _later(words, [part.end if words.get("ended", "hết") else part.start for part in parts], sign)
    return deadline_of(DeadlineKind.RECURRING, map(Occurrence, parts, days)) if days else None


def _later(words: PhraseWords, since: Iterable[date], sign: int = 1) -> list[date]:
    """The days so much later than some days, or earlier (`sign` -1); none if the unit is none to count days by."""
    days = [_day_later(day, sign * count(words["number"]), words["days"]) for day in since]
    return [day for day in days if day] if all(days) else []


def _day_later(day: date, number: int, unit: str) -> date | None:
    """The day so many `ngày`, `ngày làm việc`, `tuần`, `tháng`, `năm` after a day: 31/7 is a month after 30/6, as it
    is after the last day of June. None for hours, and for more than the longest plan."""
    if not 0 < abs(number) <= MOST_DAYS or unit in HOURS:
        return None
    if unit == "ngày làm việc":
        return add_working_days(day, number)
    if unit in {"ngày", "tuần"}:
        return day + timedelta(number * UNIT_DAYS[unit])
    if number < 0:
        return months_after(day, number * UNIT_MONTHS[unit])
    month = day.year * 12 + day.month - 1 + number * UNIT_MONTHS[unit]
    last = calendar.months(month // 12, month % 12 + 1, month % 12 + 1).end
    is_last = (day + timedelta(1)).day == 1
    return last if is_last else last.replace(day=min(day.day, last.day))


STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
"""The two words that name a lunar year: 2026 is `Bính Ngọ`."""


def before_new_year(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """By the day before the lunar new year, or so many days before it. None for a year that is named otherwise than by
    its own name."""
    first, last = scope.period.start.year, scope.period.end.year
    years = [int(words["year"])] if words["year"] else list(range(first, last + 1))
    if named := words["named"]:
        known = years if words["year"] else [*years, last + 1]
        years = [year for year in known if named == f"{STEMS[(year + 6) % 10]} {BRANCHES[(year + 8) % 12]}"]
    days = [lunar_day(year, 1, 1) for year in years]
    since = [day for day in days if day]
    return _on(_later({"number": "1", "days": "ngày", **words}, since, -1)) if since and all(days) else None


def spans_of(text: str, found: Meaning, scope: DeadlineScope) -> list[Period]:
    """The times that some words mean; from the plan's start on, if they only name an end: `đến năm 2028`."""
    spans = [occurrence.period for occurrence in found.occurrences] if found else []
    if spans and text.startswith(("đến ", "cho đến ", "tới ")):
        return [Period(min(scope.period.start, spans[0].start), spans[-1].end)]
    return spans


def each_week(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """The same day of each week, or each of several: of the whole plan, or of a stretch."""
    when = read_when(words["when"]) if words.get("when") else None
    if when is None and words.get("when"):
        return None
    found = due_when(when, scope) if when else within(scope.period)
    spans = spans_of(words.get("when", ""), found, scope)
    is_day = len(spans) == 1 and spans[0].start == spans[0].end
    if not spans or is_day or not names_deed(words.get("deed", "")):
        return None
    wanted = {weekday_number(match[0]) for match in expression(WEEKDAY).finditer(words["weekdays"])}
    all_days = (span.start + timedelta(number) for span in spans for number in range((span.end - span.start).days + 1))
    days = [day for day in all_days if day.weekday() in wanted]
    if words["before"] and scope.conventions.before == "strict":
        days = [day - timedelta(1) for day in days]
    if len(days) > MOST:
        raise too_often()
    return deadline_of(DeadlineKind.RECURRING, (Occurrence(Period(day, day), day) for day in days))


def school_time(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """A part of the school year: of the one that a plan over two years is for, else of each year of the plan."""
    first, last = scope.period.start.year, scope.period.end.year
    if words["whole"]:
        whole = Period(school_part("đầu", first).start, school_part("cuối", first).end)
        return (always if words["whole"] == "suốt" else within)(whole) if last == first + 1 else None
    starts = [first] if last == first + 1 else range(first - 1, last + 1)
    parts = [school_part(words["third"], number) for number in starts]
    inside = [part for part in parts if last == first + 1 or part.end in scope.period]
    return within(inside[0]) if len(inside) == 1 else every(inside) if inside else None


def one_term(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """A term without its school year: clear in a plan over two years, such as 2025-2026; in a plan of one year only
    the second one, for two first terms touch it."""
    first, last = scope.period.start.year, scope.period.end.year
    if last == first and words["term"] in {"ii", "2"}:
        first -= 1
    elif last != first + 1:
        return None
    return within(school_term(words["term"], first))


def each_term(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """Both terms of the school year that a plan over two years is for, or their first months; so many times in each of
    them. None for other plans, which more terms touch."""
    first, last = scope.period.start.year, scope.period.end.year
    if last != first + 1:
        return None
    terms = [school_term(term, first) for term in ("1", "2")]
    if words.get("first"):
        return every(steps(term, 1)[0] for term in terms)
    return every(part for term in terms for part in spread(count(words.get("times") or "1"), term))


# fmt: off
DAYS: tuple[PhraseRow[Meaning], ...] = (
    PhraseRow("{within}{days} {since} (?:khi )?(?:kết thúc|hết) {part}", lambda w, p: _of_each(w, p, 1),
              "Chậm nhất 10 ngày sau khi kết thúc quý",
              "A number of days or working days after every month, quarter or year."),
    PhraseRow("sau (?:khi )?(?:(?:kết thúc|hết|hàng) )+{part},? {within}{days}", lambda w, p: _of_each(w, p, 1),
              "Sau khi kết thúc quý 10 ngày",
              "A number of days or working days after every month, quarter or year."),
    PhraseRow("{within}{days},? {since} (?:(?:khi )?(?:kết thúc|hết) )?{when}", _days_after,
              "Trong vòng 10 ngày kể từ ngày 30/6/2026",
              "A number of days or working days after a date; months and years end on the same day."),
    PhraseRow("{ahead}{days},? trước (?:khi |ngày )?(?:(?P<ended>kết thúc|hết)|bắt đầu|vào|sang) {part}",
              lambda w, p: _of_each(w, p, -1),
              "Chậm nhất 05 ngày trước khi kết thúc quý",
              "A number of days or working days before the end of every month, quarter or year."),
    PhraseRow("(?P<led>{ahead}){days},? trước (?:khi |ngày (?=kết|hết|bắt))?"
              "(?:bắt đầu |(?P<ended>(?:kết thúc|hết) ))?{when}",
              _days_before,
              "Chậm nhất 5 ngày trước ngày 20/11/2026",
              "A number of days or working days before a date, or before a month, quarter or year."),
    PhraseRow("trước (?:khi |ngày (?=kết|hết))?(?P<ended>(?:kết thúc|hết) )?(?P<when>\\S.*?)(?:,? | ?\\(){ahead}{days}"
              "\\)?", _days_before,
              "Trước ngày 20/11/2026 ít nhất 5 ngày",
              "A number of days or working days before a date, or before a month, quarter or year."),
    PhraseRow("trước {ahead}{days} so với {when}", _days_before,
              "Trước 10 ngày so với ngày 30/6/2026",
              "A number of days or working days before a date, or before a month, quarter or year."),
    PhraseRow("{ahead}{days},? trước (?:dịp )?{tet}", before_new_year,
              "15 ngày trước Tết Nguyên đán", "A number of days before the lunar new year."),
    PhraseRow("trước (?:dịp )?{tet}(?:,? | ?\\(){ahead}{days}\\)?", before_new_year,
              "Trước Tết Nguyên đán 15 ngày", "A number of days before the lunar new year."),
)
"""Forms that count days from a time of the calendar."""
# fmt: on
