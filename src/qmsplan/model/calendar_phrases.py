"""The forms of deadlines that the calendar alone decides.

A newcomer adds a row to `CALENDAR`, or a word to `stretches.py`, and nothing else. A row whose slots hold something
that it can't use resolves to None: it does not fit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from qmsplan.model.deadline import Deadline, Kind, Occurrence, always, deadline_of, every
from qmsplan.model.period import LONGEST, Period, span_of_years, steps, year
from qmsplan.model.phrases import Row
from qmsplan.model.rhythm import each, every_step, read_steps, spread
from qmsplan.model.unfold import due_when
from qmsplan.model.when import read_when
from qmsplan.model.words import count

if TYPE_CHECKING:
    from qmsplan.model.deadline import Scope
    from qmsplan.model.phrases import Words

Found: TypeAlias = Deadline | None

_NUMBERS = "[0-9]{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười một|mười hai|mười"
SLOTS = {
    "when": r"(?P<when>\S.*)",
    "steps": r"(?P<steps>\S.*)",
    "step": "(?:theo )?(?:định kỳ )?hàng (?P<step>năm|quý|tháng|[0-9]{1,2} tháng)",
    "span": "(?P<first>[0-9]{4}) ?(?:-|đến|đến năm) ?(?P<last>[0-9]{4})",
    "always": "(?:thường xuyên|liên tục|hàng (?:ngày|tuần)|quanh năm|xuyên suốt|(?:trong )?suốt (?:cả )?năm)",
    "at_least": "(?:(?:ít nhất|tối thiểu|không dưới|không ít hơn|từ|định kỳ|tổ chức|thực hiện) )*",
    "times": f"(?P<times>{_NUMBERS})",
    "number": f"(?P<number>{_NUMBERS})",
    "part": "(?P<part>năm|quý|tháng|6 tháng)",
    "one": "(?:(?:0?1|một) )?",
    "unit": "(?P<unit>năm|quý|tháng|6 tháng|tuần|ngày)",
    "within": "(?:(?:(?:chậm|muộn) nhất|không quá|tối đa|trong vòng|trong thời (?:hạn|gian)|trong|sau|là) )*",
    "days": rf"(?P<number>{_NUMBERS})(?: ?\([^()]{{1,20}}\))? (?P<days>ngày làm việc|ngày|tuần|tháng)",
    "since": "(?:sau khi|kể từ khi|kể từ ngày|kể từ|tính từ (?:khi|ngày)|từ khi|từ ngày|sau ngày|sau)",
    "words": r"(?P<words>\w.*)",
    "outer": r"(?P<outer>[^()]+?)",
    "inner": r"(?P<inner>[^()]+)",
}
UNIT_MONTHS = {"năm": 12, "6 tháng": 6, "quý": 3, "tháng": 1}
"""Shorter units, weeks and days, are as good as all the time."""
UNIT_DAYS = {"ngày": 1, "ngày làm việc": 1, "tuần": 7, "tháng": 30}


def _when(words: Words, scope: Scope) -> Found:
    when = read_when(words["when"])
    return due_when(when, scope) if when else None


def _when_each(words: Words, scope: Scope) -> Found:
    """The stretch of every year; a year that is named can't come again."""
    when = read_when(words["when"])
    found = due_when(when, scope) if when and not when.names_years else None
    return found._replace(kind=Kind.RECURRING, start=None) if found else None


def _steps(words: Words, scope: Scope) -> Found:
    wanted = read_steps(words["steps"])
    return every_step(wanted, scope.period) if wanted else None


def _step_when(words: Words, scope: Scope) -> Found:
    """A part of each step (`hàng năm, trước 30/11`), or each step of a stretch (`hàng quý, giai đoạn 2026 - 2030`)."""
    months = UNIT_MONTHS.get(words["step"]) or int(words["step"].split()[0])
    when = read_when(words["when"]) or (read_when(words["when"] + " hàng tháng") if months == 1 else None)
    if when is None:
        return None
    found = due_when(when, scope)
    if found and not when.names_years and {first.months for first, _ in when.spans} == {months}:
        return found._replace(kind=Kind.RECURRING, start=None)
    parts = [step for occurrence in found.occurrences for step in steps(occurrence.period, months)] if found else []
    return _of_plan(every(parts), scope) if parts else None


def _when_from_then_on(words: Words, scope: Scope) -> Found:
    """The stretch of the year that is named and of each one after it."""
    when = read_when(words["when"])
    years = {first.year for first, _ in when.spans} if when else set()
    if when is None or len(years) != 1 or None in years:
        return None
    first = year(years.pop() or 0)
    period = Period(first.start, max(first.end, scope.period.end))
    found = due_when(when.of_any_year(), scope._replace(period=period))
    return _of_plan(found, scope) if found else None


def _when_over_years(words: Words, scope: Scope) -> Found:
    years = span_of_years(int(words["first"]), int(words["last"]))
    found = _when_each(words, scope._replace(period=years))
    return _of_plan(found, scope) if found else None


def _of_plan(found: Deadline, scope: Scope) -> Deadline:
    """Of years before and after the plan too, only the plan's count; all, if none of them is the plan's."""
    inside = [occurrence for occurrence in found.occurrences if occurrence.period.overlaps(scope.period)]
    return deadline_of(Kind.RECURRING, inside or found.occurrences)


def _always_in(words: Words, scope: Scope) -> Found:
    """All the time of a stretch. After a comma only one as long as a year says so; others are due besides."""
    found = _when(words, scope) or _steps({"steps": words["when"]}, scope)
    if not found or found.kind is Kind.DATE:
        return None
    if words.get("comma") and (found.kind is Kind.RECURRING or not all(steps(o.period, 12) for o in found.occurrences)):
        return None
    return always(*(occurrence.period for occurrence in found.occurrences))


def _times(words: Words, scope: Scope) -> Found:
    """So many times in every unit."""
    length, times = UNIT_MONTHS.get(words["unit"]), count(words["times"])
    if not times:
        return None
    units = steps(scope.period, length) if length else ()
    return every(part for unit in units for part in spread(times, unit)) if length else always(scope.period)


def _times_when(words: Words, scope: Scope) -> Found:
    found, times = _when(words, scope), count(words["times"])
    if not found or not times:
        return None
    return _of_plan(every(part for entry in found.occurrences for part in spread(times, entry.period)), scope)


def _every_so_many(words: Words, scope: Scope) -> Found:
    length, number = UNIT_MONTHS.get(words["unit"]), count(words["number"] or "1")
    if not number or (length or 0) * number > 12 * LONGEST:
        return None
    return every(each(length * number, scope.period)) if length else always(scope.period)


def _days_after(words: Words, scope: Scope) -> Found:
    """Calendar days after a day. Working days are counted after events only, which progress records."""
    found = _when(words, scope) if words["days"] != "ngày làm việc" else None
    if not found:
        return None
    ends = [occurrence.period.end + timedelta(_days(words)) for occurrence in found.occurrences]
    return deadline_of(
        Kind.DATE if len(ends) == 1 else Kind.RECURRING, (Occurrence(Period(day, day), day) for day in ends)
    )


def _days_after_each(words: Words, scope: Scope) -> Found:
    """Calendar days after every month, quarter, half or year of the plan."""
    if words["days"] == "ngày làm việc":
        return None
    parts = steps(scope.period, UNIT_MONTHS[words["part"]])
    return deadline_of(Kind.RECURRING, (Occurrence(part, part.end + timedelta(_days(words))) for part in parts))


def _days(words: Words) -> int:
    return count(words["number"]) * UNIT_DAYS[words["days"]]


CALENDAR: tuple[Row[Found], ...] = (
    Row(
        "{when}",
        _when,
        "Trước 30/6/2026",
        "A stretch, a list or a range of stretches: done by its last day. `trước` a month, quarter or year: by the day "
        "before it. Without a year each year of the plan is meant.",
    ),
    Row("{when} hàng năm", _when_each, "Tháng 01 hàng năm", "The stretch of every year of the plan."),
    Row(
        "{steps}",
        _steps,
        "Hàng tháng, quý, 6 tháng, 9 tháng và năm",
        "At the end of every such step; beside the year, 6 months are the first half.",
    ),
    Row(
        "{step},? {when}", _step_when, "Hàng năm, trước ngày 30/11", "A part of every step, or every step of a stretch."
    ),
    Row(
        "hàng năm,? \\(?(?:theo )?giai đoạn\\)?",
        lambda w, p: every(p.period.years()),
        "Hằng năm, giai đoạn",
        "Every year.",
    ),
    Row(
        "(?P<when>\\S.*?)(?: hàng năm)?,? \\(?(?:trong )?(?:giai đoạn|các năm|từ năm) \\(?{span}\\)?",
        _when_over_years,
        "Quý IV hàng năm, giai đoạn 2026 - 2030",
        "The stretch of every year of a range of years.",
    ),
    Row(
        "{when},? và (?:các|những) năm (?:sau|tiếp theo|tiếp sau|kế tiếp)(?: đó)?",
        _when_from_then_on,
        "Năm 2026 và các năm tiếp theo",
        "The stretch of a year and of each year after it.",
    ),
    Row(
        "{always}(?:(?:, | và | ){always})*",
        lambda w, p: always(p.period),
        "Thường xuyên",
        "Never overdue, but evidence is expected each quarter.",
    ),
    Row(
        "{always}(?:(?:, | và | ){always})*(?P<comma>,)? {when}",
        _always_in,
        "Thường xuyên trong năm 2026",
        "All the time of a stretch, with evidence each quarter.",
    ),
    Row(
        "(?:trong )?(?:suốt|xuyên suốt) {when}",
        _always_in,
        "Suốt quý III năm 2026",
        "All the time of a stretch, with evidence each quarter.",
    ),
    Row(
        "{at_least}{times} lần(?: ?/ ?| hàng | trong | mỗi | ){one}{unit}",
        _times,
        "Ít nhất 01 lần/năm",
        "So many times, spread evenly and due at ends of months.",
    ),
    Row(
        "{at_least}(?:hàng|0?1|một) {unit},? {at_least}{times} lần",
        _times,
        "Mỗi năm hai lần",
        "So many times, spread evenly and due at ends of months.",
    ),
    Row(
        "{at_least}{times} lần(?: ?/ ?| hàng | mỗi ){unit}, {when}",
        _when_each,
        "01 lần/năm, vào quý IV",
        "The stretch of every year.",
    ),
    Row(
        "{at_least}{times} lần(?: ?/ ?| trong | vào | ){when}",
        _times_when,
        "02 lần trong năm 2026",
        "So many times in a stretch, spread evenly and due at ends of months.",
    ),
    Row(
        "(?:(?:theo|định kỳ|hàng|cứ) )*(?:{number} )?{unit}(?: ?/ ?| ){one}lần",
        _every_so_many,
        "6 tháng một lần",
        "Once in so many months, quarters or years.",
    ),
    Row(
        "(?:(?:theo|định kỳ|hàng|cứ) )+{number} {unit}",
        _every_so_many,
        "Mỗi 02 năm",
        "Once in so many months, quarters or years.",
    ),
    Row(
        "{within}{days} {since} (?:khi )?(?:kết thúc|hết) {part}",
        _days_after_each,
        "Chậm nhất 10 ngày sau khi kết thúc quý",
        "So many calendar days after every month, quarter or year.",
    ),
    Row(
        "{within}{days},? {since} {when}",
        _days_after,
        "Trong vòng 10 ngày kể từ ngày 30/6/2026",
        "So many calendar days after a day.",
    ),
)
"""Forms without words of the user's own."""
