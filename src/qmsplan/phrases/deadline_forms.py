"""The forms of deadlines that the calendar alone decides. Add one as a row of CALENDAR; those with words of the user's
own stand in `deadline_events`.

Words for periods of the calendar (`quý III năm 2026`, `giữa tháng 6`) stand in `calendar_words`; the slot `{when}`
takes them all. A row whose slots hold something that it can't use resolves to None: it does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import LONGEST, Period, span_of_years, steps, year
from qmsplan.model.text import count
from qmsplan.phrases.calendar_parse import due_when, each, every_step, read_steps, read_when
from qmsplan.phrases.calendar_words import WEEKDAY, spread
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
from qmsplan.phrases.deadline_cut import names_deed, readings
from qmsplan.phrases.deadline_days import (
    BRANCHES,
    DAYS,
    STEMS,
    UNIT_MONTHS,
    Meaning,
    before_new_year,
    each_term,
    each_week,
    one_term,
    school_time,
    spans_of,
)
from qmsplan.phrases.tables import PhraseRow, PhraseWords, expression

_NUMBERS = "[0-9]{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười một|mười hai|mười"
SLOTS = {
    "when": r"(?P<when>\S.*)",
    "steps": r"(?P<steps>\S.*)",
    "step": "(?:theo )?(?:định kỳ )?hàng (?P<step>năm|quý|tháng|[0-9]{1,2} tháng)",
    "span": "(?P<first>[0-9]{4}) ?(?:-|đến|đến năm) ?(?P<last>[0-9]{4})",
    "always": "(?:(?:nhiệm vụ|công việc|hoạt động|công tác|thực hiện) )?(?:thường xuyên|liên tục|hàng (?:ngày|tuần)"
    "|quanh năm|xuyên suốt|(?:trong )?suốt (?:cả )?năm)",
    "weekdays": "(?:(?:vào|các|(?P<before>trước)|chậm nhất|muộn nhất|hết|đến hết) )*"
    rf"(?:(?:buổi )?(?:sáng|trưa|chiều|tối) )?(?:ngày )?(?P<weekdays>{WEEKDAY}"
    rf"(?:(?:,| và|, và| &| \+) {WEEKDAY})*)",
    "at_least": "(?:(?:ít nhất|tối thiểu|không dưới|không ít hơn|từ|định kỳ|tổ chức|thực hiện) )*",
    "times": f"(?P<times>{_NUMBERS})",
    "number": f"(?P<number>{_NUMBERS})",
    "once_in": f"(?:(?:theo|định kỳ|hàng|cứ) )*(?:(?P<number>{_NUMBERS}) )?(?P<unit>năm|quý|tháng|6 tháng|tuần|ngày)"
    "(?: ?/ ?| )(?:(?:0?1|một) )?lần",
    "on_days": r"(?:, (?:vào )?| vào |: ?| ?\((?=[^()]*\)$)|,? (?=(?:bắt đầu|kể|tính|từ)\b))(?P<when>\S.*?)\)?",
    "part": "(?P<part>năm|quý|tháng|6 tháng)",
    "one": "(?:(?:0?1|một) )?",
    "unit": "(?P<unit>năm|quý|tháng|6 tháng|tuần|ngày)",
    "within": "(?:(?:(?:chậm|muộn) nhất|không (?:chậm|muộn) hơn|không quá|tối đa|trong vòng|trong thời (?:hạn|gian)"
    "|trong|sau|là) )*",
    "days": rf"(?P<number>{_NUMBERS})(?: ?\([^()]{{1,20}}\))?(?: |(?<=[0-9]))"
    "(?P<days>ngày làm việc|ngày|tuần|tháng|năm|giờ|h)",
    "tet": "tết(?: (?:nguyên đán|âm lịch|cổ truyền))?(?: (?:năm |xuân )?(?P<named>"
    f"(?:{'|'.join(STEMS)}) (?:{'|'.join(BRANCHES)})))?(?:,? (?:năm )?(?P<year>[0-9]{{4}})| hàng năm)?",
    "ahead": "(?:(?:(?:chậm|muộn|trễ) nhất|không (?:chậm|muộn|trễ) hơn|ít nhất|tối thiểu|trước|hạn cuối|là) )*",
    "since": "(?:sau khi|kể từ khi|kể từ ngày|kể từ|tính từ(?: khi| ngày)?|từ khi|từ ngày|sau ngày|sau)",
    "words": r"(?P<words>\w.*)",
    "outer": r"(?P<outer>[^()]+?)",
    "inner": r"(?P<inner>[^()]+)",
}


class DecidedFault(UserError):
    """A fault of a phrase that its parts would hide: `02 lần/năm, trước 15/6` is no twice a year and a 15 June."""


def _when(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    when = read_when(words["when"])
    return due_when(when, scope) if when else None


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
    whens = [read_when(f"{day[1]}/{span.end.month}/{span.end.year}") for span in spans]
    found = [due_when(when, scope) for when in whens if when]
    return deadline_of(DeadlineKind.DATE, (entry for each in found if each for entry in each.occurrences))


def _lasting(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """Days or months of which the number is given too: `02 ngày (18-19/6/2026)`; None if there are not so many."""
    when = read_when(words["when"])
    found = due_when(when, scope) if when else None
    if not found or any(entry.trigger for entry in found.occurrences):
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
    found = due_when(when, scope) if when else None
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
    if whole - {months, 12}:  # `hàng tháng, ngày 10 quý sau`, `hàng quý, cuối tháng`
        raise DecidedFault(
            Message("'{phrase}' names times that don't go together", phrase=f"hàng {words['step']}, {words['when']}"),
            Message("write each day by which something is done, once"),
        )
    if found and not when.names_years and whole == {months}:
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
        return due_when(when, scope) if when else None
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
    if (
        words.get("comma")
        and not is_begun
        and (found.kind is DeadlineKind.RECURRING or not all(steps(o.period, 12) for o in found.occurrences))
    ):
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
    found = due_when(when, scope) if when else None
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
    found = due_when(when, scope) if when else None
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


# fmt: off
CALENDAR: tuple[PhraseRow[Meaning], ...] = (
    PhraseRow("{outer}(?:,| ?(?P<open>\\()) ?"
              "(?=(?:hoàn thành |xong )?(?:trước|chậm nhất|muộn nhất|không (?:muộn|chậm) hơn|không quá|hạn) )"
              "(?P<when>[^()]+?)(?P<each> hàng năm)?(?(open)\\))", _day_of_stretch,
              "Quý IV/2026, trước ngày 15/12", "A day of the stretch that is named before it."),
    PhraseRow("(?:bắt đầu(?: từ)?|(?:thực hiện )?từ|(?P<after>sau)) {outer}[,;]? (?:và )?"
              "(?:(?:hoàn thành|kết thúc|xong) |(?=trước )){when}",
              _from_to,
              "Bắt đầu tháng 3, kết thúc tháng 9/2026", "From the one time on, done by the end of the other."),
    PhraseRow("(?:kể |bắt đầu )?từ (?:ngày|khi|lúc|thời điểm|sau khi|sau) [^0-9;,()]+? (?:cho )?(?:đến|tới)"
              " (?:hết )?{when}", _when,
              "Từ ngày ký đến hết ngày 31/12/2026", "From an event on: done by the end of the time."),
    PhraseRow("(?:bắt đầu(?: (?:thực hiện|triển khai|áp dụng|tổ chức|vận hành))?(?: (?:kể )?từ| vào)?|"
              "(?:thực hiện|triển khai|áp dụng|vận hành) (?:kể )?từ|(?P<bare>(?:kể )?từ(?! nay | đầu năm$)))"
              " {when}", _start,
              "Bắt đầu từ tháng 3 đến hết tháng 9/2026", "A stretch with its end; a start alone is no deadline."),
    PhraseRow("(?:trong )?{number} (?P<lasting>ngày|buổi|tháng|quý|năm)(?:, (?:dự kiến )?| ?\\(|"
              "(?:(?<=ngày)|(?<=buổi)) (?=[0-9]))"
              "(?P<when>[^()]+)\\)?", _lasting,
              "03 ngày, từ ngày 06/7/2026 đến ngày 08/7/2026",
              "Days, months or years of which the number is given too."),
    PhraseRow("{when}", _when,
              "Trước 30/6/2026",
              "A stretch, a list or a range of stretches: done by its last day. `trước` a month, quarter or year: by "
              "the day before it. Without a year each year of the plan is meant."),
    PhraseRow("{when} hàng năm", _when_each, "Tháng 01 hàng năm", "The stretch of every year of the plan."),
    PhraseRow("{steps}", _steps,
              "Hàng tháng, quý, 6 tháng, 9 tháng và năm",
              "At the end of every such step; beside the year, 6 months are the first half."),
    PhraseRow("{step},? {when}", _step_when,
              "Hàng năm, trước ngày 30/11", "A part of every step, or every step of a stretch."),
    PhraseRow("{step},? (?P<deed>[^0-9,;:()]{2,80}?),? (?P<when>(?:vào|trong|trước|chậm nhất|muộn nhất) [^;:()]+)",
              _step_deed,
              "Hàng năm tổ chức hội nghị vào quý IV", "A part of every step, or every step of a stretch."),
    PhraseRow("hàng năm,? \\(?(?:theo )?giai đoạn\\)?", lambda w, p: every(p.period.years()),
              "Hằng năm, giai đoạn", "Every year."),
    PhraseRow("(?P<when>\\S.*?)(?: hàng năm)?,? \\(?(?:trong )?(?:giai đoạn|các năm|từ năm) \\(?{span}\\)?",
              _when_in_years,
              "Quý IV hàng năm, giai đoạn 2026 - 2030", "The stretch of every year of a range of years."),
    PhraseRow("(?P<when>\\S.*?)(?: hàng năm)?,? \\(?(?:trong )?các năm (?P<years>[0-9]{4}"
              "(?:(?:, | và |, và )[0-9]{4})+)\\)?", _when_in_years,
              "Tháng 3 và tháng 9 các năm 2026, 2028", "The stretches of each of some years."),
    PhraseRow("(?P<when>\\S.*?) hàng năm,? \\(?(?:bắt đầu |tính )?(?:kể )?từ năm (?P<first>[0-9]{4})\\)?",
              _when_in_years,
              "Tháng 12 hàng năm, bắt đầu từ năm 2027", "The stretch of every year of the plan from one year on."),
    PhraseRow("{when},? và (?:(?:duy trì|thực hiện|tiếp tục)(?: trong| ở)? )?"
              "(?:(?:các|những) năm (?:sau|tiếp theo|tiếp sau|kế tiếp)(?: đó)?|hàng năm)",
              _when_from_then_on,
              "Năm 2026 và các năm tiếp theo", "The stretch of a year and of each year after it."),
    PhraseRow("{weekdays} (?:của )?hàng tuần(?:,? {when})?", each_week,
              "Chiều thứ Sáu hằng tuần", "A day of every week, or several of them."),
    PhraseRow("hàng tuần(?:,? |: ?| ?\\()(?:(?:0?1|một) (?:lần|buổi),? )?(?:(?P<deed>[^0-9,;:()]{2,80}?),? )??"
              "(?<!lần )(?<!đợt ){weekdays}\\)?"
              "(?:,? {when})?", each_week,
              "Hằng tuần, vào thứ Hai và thứ Năm", "A day of every week, or several of them."),
    PhraseRow("{always}(?:(?:, | và | ){always})*", lambda w, p: always(p.period),
              "Thường xuyên", "Never overdue, but evidence is expected each quarter."),
    PhraseRow("{always}(?:(?:, | và | ){always})*(?P<comma>,)? {when}", _always_in,
              "Thường xuyên trong năm 2026", "All the time of a stretch, with evidence each quarter."),
    PhraseRow("(?:trong )?(?:suốt|xuyên suốt) {when}", _always_in,
              "Suốt quý III năm 2026", "All the time of a stretch, with evidence each quarter."),
    PhraseRow("{at_least}{times} lần(?: ?/ ?| hàng | trong | mỗi | ){one}{unit}", _times,
              "Ít nhất 01 lần/năm", "A number of times, spread evenly and due at ends of months."),
    PhraseRow("{at_least}(?:hàng|0?1|một) {unit},? {at_least}{times} lần", _times,
              "Mỗi năm hai lần", "A number of times, spread evenly and due at ends of months."),
    PhraseRow("{at_least}{times} lần(?: ?/ ?| hàng | mỗi ){one}{unit}{on_days}", _times_on,
              "02 lần/năm vào tháng 5 và tháng 11",
              "A number of times in every unit, on the days or in the stretches named."),
    PhraseRow("{at_least}(?:hàng|0?1|một) {unit},? {at_least}{times} lần{on_days}", _times_on,
              "Mỗi tháng 01 lần, vào ngày 15",
              "A number of times in every unit, on the days or in the stretches named."),
    PhraseRow("{at_least}{times} (?:lần|đợt|kỳ|cuộc|buổi|lớp)"
              "(?P<long> ?[x×] ?[0-9]{1,2} (?:ngày|buổi)(?: ?/ ?(?:đợt|lớp))?)?(?: trong năm| hàng năm)?(?:{on_days})?",
              _times_named,
              "02 đợt (tháng 4, tháng 10)", "As many stretches of the calendar as there are times."),
    PhraseRow("{at_least}{times} lần(?: ?/ ?| trong | vào | )(?!(?:năm|quý|tháng),)(?P<when>\\S.*?)(?: hàng năm)?",
              _times_when,
              "02 lần trong năm 2026", "A number of times in a stretch, spread evenly and due at ends of months."),
    PhraseRow("{once_in}", _every_so_many,
              "6 tháng một lần", "Once in so many months, quarters or years."),
    PhraseRow("{once_in}{on_days}", _every_so_many_on,
              "02 năm/lần (2026, 2028)",
              "Once in so many months, quarters or years: on the days named, or from a beginning on."),
    PhraseRow("(?P<when>[^;:()]+?)(?:, | ?\\((?=[^()]*\\)$)){once_in}\\)?", _every_so_many_on,
              "Tháng 6, tháng 12 (6 tháng/lần)",
              "Once in so many months, quarters or years: on the days named, or from a beginning on."),
    PhraseRow("(?:(?:theo|định kỳ|hàng|cứ) )+{number} {unit}", _every_so_many,
              "Mỗi 02 năm", "Once in so many months, quarters or years."),
    *DAYS,
    PhraseRow("(?:(?P<inside>trong|cả|(?P<whole>suốt)|toàn|hết|đến|cuối) |trước khi (?:kết thúc|hết) )+"
              "(?:{part}|(?P<plan>giai đoạn|thời kỳ|kỳ kế hoạch))", _each_or_whole,
              "Trước khi kết thúc quý",
              "By the end of every month, quarter or year; `trong quý` in a plan of one quarter alone, `cả giai "
              "đoạn` in one of several years."),
    PhraseRow("trước khi (?:kết thúc|hết) {when}", _when,
              "Trước khi kết thúc năm 2026", "By the last day of the time."),
    PhraseRow("(?:(?:trong|kết thúc|cuối|hết|xong|trước khi) )*học kỳ (?P<term>i{1,2}|[12])", one_term,
              "Học kỳ I", "In a plan over two years, such as 2025-2026, that term of the school year between them."),
    PhraseRow("(?:(?:trong|kết thúc|(?P<first>đầu)|cuối|hết|theo) )*(?:mỗi|từng|hàng|các) học kỳ", each_term,
              "Cuối mỗi học kỳ",
              "In a plan over two years, such as 2025-2026, both terms: by the end of January and of May."),
    PhraseRow("{at_least}(?:(?:hàng|mỗi|từng) học kỳ,? {at_least}(?P<times>[0-9]{1,2}|một|hai|ba) lần|"
              "(?P<number>[0-9]{1,2}|một|hai|ba) lần(?: ?/ ?| mỗi | một | trong mỗi )học kỳ)",
              lambda w, p: each_term({"times": w["times"] or w["number"]}, p),
              "02 lần/học kỳ", "A number of times in each term, spread evenly and due at ends of months."),
    PhraseRow("(?:(?:vào|trong|từ|ngay|hoàn thành) )*(?:(?P<whole>cả|trong|suốt)"
              "|(?P<third>đầu|giữa|cuối|trước|hết|kết thúc|tổng kết))"
              " (?:khi (?:bắt đầu|vào) )?năm học"
              "(?: mới)?", school_time,
              "Đầu năm học", "The beginning of a school year is September, the middle January, the end May; before it "
              "is August. In a plan over two years that of the school year between them, else of every year."),
    PhraseRow("(?:hoàn thành )?trước (?:dịp )?{tet}", before_new_year,
              "Trước Tết Nguyên đán", "By the day before the lunar new year."),
)
"""Forms without words of the user's own."""
# fmt: on
