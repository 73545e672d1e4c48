"""Words for parts of the calendar, as the rows of `calendar_words.toml`: what part of a year, quarter or month each of
them means. `calendar_parse` reads the rows alone, in lists and in ranges."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from qmsplan.diagnostics import Message, UserError
from qmsplan.model import period as calendar
from qmsplan.model.lunar import lunar_day
from qmsplan.model.period import Period, is_working_day, month_count, no_such_day, real_day, steps
from qmsplan.model.text import count, ordinal
from qmsplan.phrases.tables import PhraseRow, PhraseWords, filled_slots, rows_of, table_beside

WEEKDAY = "(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
"""A day of the week."""
LUNAR = "(?:âm lịch|lịch âm|âl|al)"
"""What stands behind a day of the lunar calendar."""
_WEEK = ("hai 2", "ba 3", "tư 4", "năm 5", "sáu 6", "bảy 7", "nhật")


def weekday_number(name: str) -> int:
    """The number of a day of the week as `date.weekday` has it: 0 of `thứ Hai`, `Thứ 2` and `T2`."""
    last = name.lower().split()[-1]
    last = last[-1] if last[-1].isdecimal() else last
    return next((number for number, names in enumerate(_WEEK) if last in names.split()), -1)


_POSITIONS = {"đầu": 0, "giữa": 1, "cuối": 2, "thứ": 0}
_TEN_DAYS = ((1, 10), (11, 20), (21, 31))
_TUAN = {"thượng": 0, "trung": 1, "hạ": 2}


def _quarter(words: PhraseWords, base: Period) -> Period:
    number = ordinal(words["quarter"]) or count(words["quarter"])
    if not 1 <= number <= 4:
        shown = words["quarter"].upper()
        raise UserError(
            Message("there is no quarter {quarter}", quarter=shown), Message("quarters are I, II, III and IV")
        )
    return calendar.quarter(base.start.year, number)


def _month(words: PhraseWords, base: Period) -> Period:
    return calendar.months(base.start.year, count(words["month"]), count(words["month"]))


def _day(words: PhraseWords, base: Period) -> Period:
    if found := real_day(base.start.year, count(words["month"]), int(words["day"])):
        return Period(found, found)
    parts = (words["day"], words["month"], str(base.start.year))
    raise no_such_day("-".join(parts[::-1]) if words.get("own") else "/".join(parts))


def _named(words: PhraseWords, base: Period) -> Period:
    """The month or quarter of a year that is named; else the year, quarter or month itself."""
    if words.get("month"):
        return _month(words, base)
    return _quarter(words, base) if words.get("quarter") else base


def year_part(words: PhraseWords, base: Period) -> Period:
    """The whole year."""
    del words
    return base


def _steps_at_an_edge(words: PhraseWords, base: Period) -> Period:
    """The first or last months or quarters; the first ones where neither `đầu` nor `cuối` says which."""
    base = _named(words, base)
    number, first, last = base.start.year, base.start.month, base.end.month
    length = count(words["n"]) * (3 if words["step"] == "quý" else 1)
    if not 0 < length <= month_count(base):
        calendar.months(number, length, length)  # the fault of a year that has not so many
        raise no_such_day(f"{words['n']} {words['step']}")
    if words.get("edge") == "cuối":
        return calendar.months(number, last + 1 - length, last)
    return calendar.months(number, first, first + length - 1)


def _half(words: PhraseWords, base: Period) -> Period:
    """The first half of a year, quarter or month, or the rest; a half month ends on day 15."""
    base = _named(words, base)
    middle = base.start.replace(day=15) if month_count(base) < 12 else calendar.half(base.start.year, 1).end
    if month_count(base) == 3:
        middle = middle.replace(month=middle.month + 1)
    return Period(base.start, middle) if words["edge"] == "đầu" else Period(middle + timedelta(1), base.end)


def _third(words: PhraseWords, base: Period) -> Period:
    """The beginning, middle or end: ten days of a month, a month of a quarter, quarter I, II or IV of a year."""
    base, position = _named(words, base), _POSITIONS[words["third"]]
    length = month_count(base)
    if length == 1:
        return _days_of(base, *_TEN_DAYS[position])
    if length == 3:
        return _month_of(base, position)
    return calendar.quarter(base.start.year, (1, 2, 4)[position])


def _month_of(base: Period, position: int) -> Period:
    number = base.start.month + position
    return calendar.months(base.start.year, number, number)


def _days_of(month: Period, first: int, last: int) -> Period:
    """Some days of a month; a day that the month does not have is its last one."""
    return Period(month.start.replace(day=first), month.start.replace(day=min(last, month.end.day)))


def _day_of(words: PhraseWords, month: Period) -> Period:
    """The day of a month, or of the first month of a quarter."""
    number = int(words["day"])
    if not 1 <= number <= 31:
        raise no_such_day(words["day"])
    return _days_of(_month_of(month, 0), min(number, _month_of(month, 0).end.day), number)


def _ten_days(words: PhraseWords, base: Period) -> Period:
    return _days_of(_month(words, base), *_TEN_DAYS[_TUAN[words["tuan"]]])


def _week(words: PhraseWords, base: Period) -> Period:
    """Seven days, counted from the first of the month; the last week is the month's last seven days."""
    month, which = _named(words, base), words["week"].removeprefix("thứ ")
    if which.startswith("cuối"):
        return Period(month.end - timedelta(6), month.end)
    number = {"đầu": 1, "đầu tiên": 1, "nhất": 1}.get(which) or count(which)
    return _days_of(month, 7 * number - 6, 7 * number)


def _weekday(words: PhraseWords, base: Period) -> Period:
    """The one day of a week of a month that has a name: `thứ Hai tuần đầu của tháng`, `thứ Sáu cuối cùng của tháng`."""
    week = _week(words, base)
    wanted = weekday_number(words["weekday"])
    days = (week.start + timedelta(number) for number in range((week.end - week.start).days + 1))
    found = next((day for day in days if day.weekday() == wanted), None)
    if found is None:
        raise no_such_day(words["weekday"])
    return Period(found, found)


_FEASTS = {"giỗ tổ": (3, 10), "trung thu": (8, 15), "nguyên tiêu": (1, 15), "đoan ngọ": (5, 5), "vu lan": (7, 15)}
"""Month and day of feasts of the lunar calendar."""
_LUNAR_MONTHS = {"giêng": 1, "tư": 4, "năm": 5, "chạp": 12}


def _lunar(words: PhraseWords, base: Period) -> Period:
    """The day of a year on which a day of the lunar calendar falls; that of its last months may be one of the year
    before. A fault where both fall in one year: `20/11 âm lịch` is 08/01/2026 and 28/12/2026."""
    if feast := words.get("feast"):
        month, day = _FEASTS[feast]
    else:
        named = words["lunar"] or words.get("month", "")
        month, day = _LUNAR_MONTHS.get(named) or count(named), int(words.get("day") or 15)
    years = (base.start.year - 1, base.start.year)
    found = [one for number in years if (one := lunar_day(number, month, day)) and one in base]
    if len(found) > 1:
        days = ", ".join(f"{one:%d/%m/%Y}" for one in found)
        raise UserError(
            Message("{text} falls on several days: {days}", text=f"{day}/{month} âm lịch", days=days),
            Message("write the one that is meant"),
        )
    if not found:
        raise no_such_day(f"{day}/{month} âm lịch")
    return Period(found[0], found[0])


def _days_at_an_edge(words: PhraseWords, base: Period) -> Period:
    """Some days or weeks at the beginning or the end of a month, quarter or year; one week where no number says how
    many."""
    base = _named(words, base)
    number = count(words.get("n") or "1") * (1 if words.get("short") == "ngày" else 7)
    if not 1 <= number <= (base.end - base.start).days + 1:
        raise no_such_day(words["n"])
    length = timedelta(number - 1)
    return Period(base.start, base.start + length) if words["edge"] == "đầu" else Period(base.end - length, base.end)


def _some_days(words: PhraseWords, base: Period) -> Period:
    """The first or last ten days, or the middle of a month: `những ngày cuối năm`."""
    if words["third"] == "giữa" or month_count(_named(words, base)) == 1:
        return _third(words, base)
    return _days_at_an_edge({**words, "n": "10", "short": "ngày", "edge": words["third"]}, base)


def _in_month(words: PhraseWords, base: Period) -> Period:
    """A month of a quarter, or a day of it."""
    first, _, rest = words["which"].partition(" ")
    ordinals = {"nhất": 0, "hai": 1, "ba": 2, "1": 0, "2": 1, "3": 2}
    month = _month_of(_named(words, base), ordinals[rest] if first == "thứ" else _POSITIONS[first])
    if words.get("day"):
        return _day_of(words, month)
    return _edge_day({**words, "quarter": ""}, month) if words.get("edge_day") else month


def _edge_month(words: PhraseWords, base: Period) -> Period:
    month = _month_of(base, 0 if words["edge"].startswith("đầu") else 11)
    return _day_of(words, month) if words.get("day") else month


def _school_year(words: PhraseWords, base: Period) -> Period:
    """September to May. Of its parts: the first term ends with January, the second with May."""
    first = base.start.year
    if words.get("to") and int(words["to"]) != first + 1:
        text = f"{first}-{words['to']}"
        raise UserError(
            Message("there is no school year {text}", text=text),
            Message("a school year ends in the next year: 2025-2026"),
        )
    if words.get("term"):
        return calendar.school_term(ordinal(words["term"]) or count(words["term"]), first)
    if third := words.get("third"):
        return (calendar.months(first, 9, 9), calendar.months(first + 1, 1, 1), calendar.months(first + 1, 5, 5))[
            _POSITIONS[third]
        ]
    return calendar.school_year(first)


def school_part(third: str, year: int) -> Period:
    """The beginning, middle or end of the school year that begins in a year; of `trước` the month before it."""
    if third == "trước":
        return calendar.months(year, 8, 8)
    return _school_year({"third": third if third in _POSITIONS else "cuối"}, calendar.year(year))


def _summer(words: PhraseWords, base: Period) -> Period:
    """June to August."""
    del words
    return calendar.months(base.start.year, 6, 8)


def school_term(term: str, year: int) -> Period:
    """A term (`ii`, `2`, `hai`) of the school year that begins in a year."""
    return _school_year({"term": term}, calendar.year(year))


def _edge_day(words: PhraseWords, base: Period) -> Period:
    """The first or last day, or working day, of a period."""
    base = _named(words, base)
    day, step = (base.end, -1) if words["edge_day"] == "cuối" else (base.start, 1)
    while words.get("working") and not is_working_day(day):
        day += timedelta(step)
    return Period(day, day)


_TABLES = table_beside(__file__)
SLOTS = filled_slots(_TABLES["slots"], {"weekday": WEEKDAY, "lunar_calendar": LUNAR})
OF_YEAR, OF_QUARTER, OF_MONTH = (rows_of(_TABLES[name], globals(), SLOTS) for name in ("year", "quarter", "month"))
"""Parts of a year, without a named one of every year of the plan; parts of every quarter, and of every month."""

TABLES: dict[int, tuple[PhraseRow[Period], ...]] = {12: OF_YEAR, 3: OF_QUARTER, 1: OF_MONTH}
"""The tables by the months of what their rows are a part of."""

STRETCHES: tuple[PhraseRow[Period], ...] = (*OF_YEAR, *OF_QUARTER, *OF_MONTH)


MOST_IN_A_MONTH = 4
"""Times in a month that are spread over its days; more often is as good as all the time."""


def spread(times: int, period: Period) -> tuple[Period, ...]:
    """So many parts of a period, as even as whole months allow; of a month, days. Fault if that is too often."""
    months = steps(period, 1)
    if len(months) == 1 < times <= MOST_IN_A_MONTH:
        days = [months[0].end.day * number // times for number in range(times + 1)]
        start = months[0].start
        return tuple(Period(start.replace(day=first + 1), start.replace(day=last)) for first, last in pairwise(days))
    if not 0 < times <= len(months):
        raise UserError(
            Message("{count} times do not fit into {months} months", count=times, months=len(months)),
            Message("name the days, such as 'ngày 15 hằng tháng', or write 'thường xuyên'"),
        )
    ends = [-(-len(months) * number // times) for number in range(times + 1)]
    return tuple(Period(months[start].start, months[end - 1].end) for start, end in pairwise(ends))
