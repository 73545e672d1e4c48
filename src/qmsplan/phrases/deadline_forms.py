"""The meanings of deadlines that the calendar alone decides; their forms are the rows of `deadline_forms.toml`, those
with words of the user's own stand in `deadline_events`.

Words for periods of the calendar (`quý III năm 2026`, `giữa tháng 6`) stand in `calendar_words`; the slot `{when}`
takes them all. A row whose slots hold something that it can't use resolves to None: it does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import TypeAlias

from qmsplan.diagnostics import Message
from qmsplan.model import period as calendar
from qmsplan.model.lunar import lunar_day
from qmsplan.model.period import LONGEST, Period, add_working_days, months_after, span_of_years, steps, year
from qmsplan.model.settings import MOST_DAYS
from qmsplan.model.text import count
from qmsplan.phrases.calendar_parse import due_when, read_when
from qmsplan.phrases.calendar_words import (
    WEEKDAY,
    each,
    every_step,
    read_steps,
    school_part,
    school_term,
    spread,
    weekday_number,
)
from qmsplan.phrases.deadline import (
    Deadline,
    DeadlineKind,
    DeadlineScope,
    DecidedFault,
    Occurrence,
    always,
    apart,
    deadline_of,
    every,
    steps_of,
    within,
)
from qmsplan.phrases.deadline_text import names_deed, readings
from qmsplan.phrases.tables import PhraseRow, PhraseWords, expression, filled_slots, rows_of, table_beside

Meaning: TypeAlias = Deadline | None

UNIT_MONTHS = {"năm": 12, "6 tháng": 6, "quý": 3, "tháng": 1}
"""Months of the units in which something comes again. Weeks and days are not among them: they count as continuous."""
HOURS = frozenset({"giờ", "h"})
UNIT_DAYS = {"ngày": 1, "ngày làm việc": 1, "tuần": 7}
_WHOLE = "(?:(?:hàng|mỗi) )?(?:quý|tháng|năm|học kỳ)(?: học)? ?[0-9ivx]"


def when_due(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """Due in the stretches that the slot `{when}` caught, or before them."""
    return due_when(read_when(words["when"]), scope)


def _day_of_stretch(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """A day inside a stretch that is named before it, or in each of several; None if it lies elsewhere, for then both
    are meant."""
    outer = next(filter(None, (read_when(text.lower()) for text in readings(words["outer"]))), None)
    inner = read_when(words["when"])
    stretches = due_when(outer, scope) if outer and not outer.is_open else None
    if outer is None or stretches is None:
        return None
    spans = [entry.period for entry in stretches.occurrences]
    found = due_when(inner, scope) if inner else _day_of_months(words["when"], spans, scope)
    inside = [entry for entry in found.occurrences if entry.is_due_in(spans)] if found else []
    is_named = inner is None or inner.names_years or not outer.names_years
    is_in_each = all(any(entry.is_due_in([span]) for entry in inside) for span in spans)
    if not found or not is_in_each or (is_named and len(inside) < len(found.occurrences)):
        return None
    if words["each"]:
        return None if outer.names_years else deadline_of(DeadlineKind.RECURRING, inside)
    is_many = len(spans) > 1 and stretches.kind is DeadlineKind.RECURRING
    once = DeadlineKind.DATE if len(inside) == 1 else found.kind
    return deadline_of(DeadlineKind.RECURRING if is_many else once, inside)


def _day_of_months(text: str, spans: Sequence[Period], scope: DeadlineScope) -> Meaning:
    """The day of each of some months: `trong tháng 4/2026, không quá ngày 25`; None unless all are months."""
    day = expression("(?:.* )?(ngày [0-9]{1,2})").fullmatch(text)
    if day is None or any(len(steps(span, 1)) != 1 for span in spans):
        return None
    found = [due_when(read_when(f"{day[1]}/{span.end.month}/{span.end.year}"), scope) for span in spans]
    return deadline_of(DeadlineKind.DATE, (entry for each in found if each for entry in each.occurrences))


def _lasting(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """Days or months of which the number is given too: `02 ngày (18-19/6/2026)`; None if there are not so many."""
    found = when_due(words, scope)
    if not found:
        return None
    if months := UNIT_MONTHS.get(words["lasting"]):
        whole = sum(len(steps(entry.period, 1)) for entry in found.occurrences)
        return found if whole == months * count(words["number"]) else None
    days = sum((entry.period.end - entry.period.start).days + 1 for entry in found.occurrences)
    number = count(words["number"])
    return found if days == number or (words["lasting"] == "buổi" and days < number) else None


def _from_to(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """From the beginning of a time, or from its end with `sau`, to the end of another one."""
    outer, when = read_when(words["outer"].lower()), read_when(words["when"])
    found = due_when(when, scope)
    if outer is None or when is None or not found or len(found.occurrences) > 1:
        return None
    years = when.names_years and not outer.names_years
    begun = due_when(outer, scope._replace(period=year(found.occurrences[0].period.start.year)) if years else scope)
    due = found.occurrences[0].due
    if not begun or len(begun.occurrences) > 1 or due is None:
        return None
    first = begun.occurrences[0].period
    start = first.end + timedelta(1) if words.get("after") else first.start
    if start > due:
        return None
    return deadline_of(DeadlineKind.PERIOD, [Occurrence(Period(start, due), due)])._replace(start=start)


def _when_each(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """The period of every year; one that names a year can't come again."""
    when = read_when(words["when"])
    found = due_when(when, scope) if when and not when.names_years else None
    return found._replace(kind=DeadlineKind.RECURRING, start=None) if found else None


def _steps(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    wanted = read_steps(words["steps"])
    return every_step(wanted, scope.period) if wanted else None


def _step_when(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """A part of each step (`hàng năm, trước 30/11`), or each step of a period (`hàng quý, giai đoạn 2026 - 2030`)."""
    months = UNIT_MONTHS.get(words["step"]) or int(words["step"].split()[0])
    when = read_when(words["when"]) or (read_when(words["when"] + " hàng tháng") if months == 1 else None)
    if when is None:
        return None
    found = due_when(when, scope)
    whole = {first.months for first, _ in when.spans}
    if when.is_after_each and max(whole) < months:  # `hàng quý, ngày 10 tháng sau`
        return None
    is_in_quarters = months == 12 and whole == {3}  # `hàng năm, ngày 20 tháng cuối quý`
    if whole - {months, 12} and not is_in_quarters:  # `hàng tháng, ngày 10 quý sau`, `hàng quý, cuối tháng`
        raise apart(f"hàng {words['step']}, {words['when']}")
    if found and not when.names_years and (whole == {months} or is_in_quarters):
        return found._replace(kind=DeadlineKind.RECURRING, start=None)
    parts = [step for span in spans_of(words["when"], found, scope) for step in steps(span, months)]
    return of_plan(every(parts), scope) if parts else None


def _step_deed(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """A part of each step, behind what is done in it."""
    return _step_when(words, scope) if names_deed(words["deed"]) else None


def _when_from_then_on(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """The period of the year that is named and of each year after it."""
    when = read_when(words["when"])
    years = {first.year for first, _ in when.spans} if when else set()
    if when is None or len(years) != 1 or None in years:
        return None
    first = year(years.pop() or 0)
    period = Period(first.start, max(first.end, scope.period.end))
    found = due_when(when.of_any_year(), scope._replace(period=period))
    return of_plan(found, scope) if found else None


def _when_in_years(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """The stretch of each year of a range or a list, or from one year on to the end of the plan."""
    when = read_when(words["when"])
    if words.get("years"):
        years = [year(int(number[0])) for number in expression("[0-9]{4}").finditer(words["years"])]
    else:
        first = int(words["first"])
        years = [*span_of_years(first, int(words.get("last") or max(scope.period.end.year, first))).years()]
    if when is None or when.names_years:
        return None
    each = [due_when(when, scope._replace(period=period)) for period in years]
    found = deadline_of(DeadlineKind.RECURRING, (one for due in each if due for one in due.occurrences))
    return found if words.get("years") else of_plan(found, scope)


def _start(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """A stretch with its end; `từ 01/7/2026` goes on from then. A fault for a mere start: `bắt đầu từ 01/7/2026`."""
    when = read_when(f"từ {words['when']}")
    if when is None or not when.is_open:
        return due_when(when, scope)
    if words["bare"] and (found := due_when(when, scope)):
        begun = of_plan(always(*(entry.period for entry in found.occurrences)), scope)
        return begun._replace(kind=DeadlineKind.CONTINUOUS, start=found.start)
    raise DecidedFault(
        Message("'{words}' says when it starts, and not when it is to be done", words=words["when"]),
        Message("write the end too, such as 'từ 01/7/2026 đến hết tháng 9/2026'"),
    )


def of_plan(found: Deadline, scope: DeadlineScope) -> Deadline:
    """Of a deadline over more years than the plan's only the plan's occurrences; all, if none is the plan's."""
    inside = [occurrence for occurrence in found.occurrences if occurrence.period.overlaps(scope.period)]
    return deadline_of(DeadlineKind.RECURRING, inside or found.occurrences)


def _always(_words: PhraseWords, scope: DeadlineScope) -> Meaning:
    return always(scope.period)


def _every_year(_words: PhraseWords, scope: DeadlineScope) -> Meaning:
    return every(scope.period.years())


def _always_in(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """Continuous over a period. After a comma only one that says whole years, or where it begins: `thường xuyên, 15/12`
    is two deadlines."""
    when = read_when(words["when"])
    found = due_when(when, scope) if when else _steps({"steps": words["when"]}, scope)
    if found and words["when"].startswith(("đến ", "cho đến ")):  # from the plan's start on
        return always(*spans_of(words["when"], found, scope))
    if not found or found.kind is DeadlineKind.DATE:
        return None
    is_begun = when is not None and (when.is_open or when.is_range)
    is_years = found.kind is not DeadlineKind.RECURRING and all(steps(one.period, 12) for one in found.occurrences)
    if words.get("comma") and not (is_begun or is_years):
        return None
    return always(*(occurrence.period for occurrence in found.occurrences))


def _times(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """So many times in every unit: twice a year."""
    length, times = UNIT_MONTHS.get(words["unit"]), count(words["times"])
    if not times:
        return None
    units = steps_of(scope.period, length) if length else ()
    return every(part for unit in units for part in spread(times, unit)) if length else always(scope.period)


def _times_on(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """The stretches of every unit, or so many times in every unit from one on; a fault unless there are as many as the
    times."""
    length, times = UNIT_MONTHS.get(words["unit"]), count(words["times"])
    if length and (begun := _since(words["when"], scope, length)):
        return _times(words, begun)
    if length is None:
        return None
    when = read_when(words["when"])
    is_finer = when and all(first.months < length for first, _ in when.spans)  # `4 lần/năm, vào cuối quý`
    found = None if is_finer else _step_when({**words, "step": words["unit"]}, scope)
    if found is None and when and not when.is_open:
        found = due_when(when, scope)
    if found and len(found.occurrences) != times * len(steps(scope.period, length)):
        raise other_days(f"{words['times']} lần: {words['when']}")
    return found


def _times_named(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """The stretches that are named for some times; a fault unless there are as many."""
    when, times = read_when(words["when"]), count(words["times"])
    if words["long"] and not words["when"]:
        raise DecidedFault(
            Message("'{words}' says how often and for how long, and not when", words=f"{times}{words['long']}"),
            Message("name the times too, such as '02 đợt (tháng 4, tháng 10)'"),
        )
    found = due_when(when, scope) if when and not when.is_open else None
    if when is None or found is None:
        return None
    years = {entry.due.year for entry in found.occurrences if entry.due}
    is_as_many = len(found.occurrences) in {times, times * len(years)}
    if len(when.spans) == 1 and not is_as_many:  # `02 lần vào quý III`: twice in it
        return None
    if not is_as_many:
        raise other_days(f"{words['times']} lần: {words['when']}")
    return found


def other_days(words: str) -> DecidedFault:
    """The fault of words that name more days or fewer than there are times: `02 lần: tháng 4`."""
    return DecidedFault(
        Message("'{words}' names other days than so many times", words=words),
        Message("name as many days as times, such as '2 lần/năm: 15/6, 15/12'"),
    )


def _since(text: str, scope: DeadlineScope, length: int) -> DeadlineScope | None:
    """The plan from the beginning on that some words name: `bắt đầu từ quý II/2026`. None for other words, and for a
    beginning inside a month, quarter, half or year: what comes again from then on may be due then or a step later."""
    named = expression("(?:(?:bắt đầu|tính|thực hiện) )?(?:kể )?từ (?P<when>.+)").fullmatch(text)
    when = read_when(f"từ {named['when']}") if named else None
    found = due_when(when, scope) if when and not when.is_range else None
    if not found or len(found.occurrences) > 1:
        return None
    start = found.occurrences[0].period.start
    is_step = length in UNIT_MONTHS.values() and start.day == 1 and (start.month - 1) % length == 0
    return scope._replace(period=Period(start, max(scope.period.end, year(start.year).end))) if is_step else None


def _times_when(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    when, times = read_when(words["when"]), count(words["times"])
    if when and len(when.spans) > 1:
        return _times_named({**words, "long": ""}, scope)
    found = when_due(words, scope)
    if not found or not times:
        return None
    return of_plan(every(part for entry in found.occurrences for part in spread(times, entry.period)), scope)


def _every_so_many(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    length, number = UNIT_MONTHS.get(words["unit"]), count(words["number"] or "1")
    if not number or (length or 0) * number > 12 * LONGEST:
        return None
    return every(each(length * number, scope.period)) if length else always(scope.period)


def _every_so_many_on(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """Once in so many months: on the days named, or from a beginning on; a fault unless there are so many of them, or,
    for longer than a year, unless they lie so far apart."""
    months = UNIT_MONTHS.get(words["unit"], 0) * count(words["number"] or "1")
    if months and (begun := _since(words["when"], scope, months)):
        return _every_so_many(words, begun)
    when = read_when(words["when"]) if months else None
    if when and when.is_open:
        raise other_days(f"{words['number']} {words['unit']}/lần: {words['when']}".strip())
    found = due_when(when, scope)
    days = [entry.due for entry in found.occurrences if entry.due] if found else []
    if not found or not days:
        return None
    apart = [12 * (day.year - before.year) + day.month - before.month for before, day in pairwise(days)]
    is_each = len(days) * months == 12 * len({day.year for day in days}) if months < 12 else {*apart} <= {months}
    if not is_each:
        raise other_days(f"{words['number']} {words['unit']}/lần: {words['when']}".strip())
    return found._replace(kind=DeadlineKind.RECURRING, start=None)


def _each_or_whole(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """The end of every month, quarter or year; `trong quý` only in a plan that is for one. The plan's end, or all its
    time, of `giai đoạn` only if it has several years."""
    if words["plan"]:
        is_clear = words["plan"] == "kỳ kế hoạch" or len(scope.period.years()) > 1
        return (always if words["whole"] else within)(scope.period) if is_clear else None
    parts = steps_of(scope.period, UNIT_MONTHS[words["part"]])
    if words["inside"]:
        return within(scope.period) if parts == (scope.period,) else None
    return every(parts)


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
    if when is None or when.is_range or when.is_open or is_report:
        return None
    if any(atom.is_before for span in when.spans for atom in span):
        return None
    found = due_when(when, scope)
    if found is None:
        return None
    is_day = all(entry.period.start == entry.period.end for entry in found.occurrences)
    if not is_day and not expression(_WHOLE).match(words["when"]):
        return None
    ends = [entry.period.end if words.get("ended") else entry.period.start for entry in found.occurrences]
    return _on(_later(words, ends, -1))


def _on(days: list[date]) -> Meaning:
    kind = DeadlineKind.DATE if len(days) == 1 else DeadlineKind.RECURRING
    return deadline_of(kind, (Occurrence(Period(day, day), day) for day in days)) if days else None


def _of_each(words: PhraseWords, scope: DeadlineScope, sign: int) -> Meaning:
    """So many days after every month, quarter, half or year of the plan; before its end or beginning (`sign` -1)."""
    parts = steps_of(scope.period, UNIT_MONTHS[words["part"]])
    days = _later(words, [part.end if words.get("ended", "hết") else part.start for part in parts], sign)
    return deadline_of(DeadlineKind.RECURRING, map(Occurrence, parts, days)) if days else None


_after_each, _before_each = partial(_of_each, sign=1), partial(_of_each, sign=-1)


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
    later = months_after(day, number * UNIT_MONTHS[unit])
    is_last = number > 0 and (day + timedelta(1)).day == 1
    return calendar.months(later.year, later.month, later.month).end if is_last else later


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
    if not (words["year"] or named):  # of a school year only the one that lies in it
        since = [day for day in since if day in scope.period] or since
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
    times = count(words.get("times") or words.get("number") or "1")
    return every(part for term in terms for part in spread(times, term))


_TABLES = table_beside(__file__)
SLOTS = filled_slots(_TABLES["slots"], {"weekday": WEEKDAY, "stems": "|".join(STEMS), "branches": "|".join(BRANCHES)})
CALENDAR: tuple[PhraseRow[Meaning], ...] = rows_of(_TABLES["calendar"], globals(), SLOTS)
"""Forms without words of the user's own."""
