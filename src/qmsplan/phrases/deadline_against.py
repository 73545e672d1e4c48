"""Deadlines whose words speak against what was understood: `Thứ Hai, ngày 15/5/2026` is a Friday.

`deadline_parse` asks `objection` once a phrase is understood, so that such a phrase is refused and not read by half.
And days in prose that no calendar has: `ngày 31/02/2026`, `ngày 35 tháng 01 năm 2026`."""

from __future__ import annotations

from collections.abc import Iterator

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period, no_such_day, real_day
from qmsplan.model.text import bare
from qmsplan.phrases.calendar_parse import read_when
from qmsplan.phrases.calendar_words import LUNAR, WEEKDAY, weekday_number
from qmsplan.phrases.deadline import Deadline, DeadlineKind, apart
from qmsplan.phrases.deadline_spellings import standard
from qmsplan.phrases.tables import Expression, expression, filled_slots, table_beside

_PATTERNS = filled_slots(table_beside(__file__), {"weekday": WEEKDAY, "lunar": LUNAR})


def _form(name: str) -> Expression:
    """An expression of `deadline_against.toml` by its name."""
    return expression(_PATTERNS[name])


def _misnamed_day(text: str, found: Deadline) -> str:
    """The words that name a day by another day of the week than it is: `Thứ Hai, ngày 15/5/2026`; "" if none. Of a day
    without a year any year of the deadline will do."""
    years = {(entry.due or entry.period.end).year for entry in found.occurrences}
    for name in ("named_before", "named_behind"):
        for match in _form(name).finditer(text):
            named = weekday_number(match["name"])
            day, month = int(match["day"]), int(match["month"])
            known = {int(match["year"])} if match["year"] else years
            meant = [one for year in known if (one := real_day(year, month, day))]
            if meant and not any(one.weekday() == named for one in meant):
                return match[0]
    return ""


_TIME_WORDS = {bare(word): word for word in _PATTERNS["time_words"].split()}
_OTHER_WORDS = frozenset(_PATTERNS["other_words"].split())


def misspelt(text: str) -> UserError | None:
    """The fault of a word that is one for times but for its marks: `trươc` for `trước`. Of words that have a meaning of
    their own only the first of a phrase and those before a number: `Đấu quý III`, `Quỹ II`."""
    words = [match[0].lower() for match in expression(r"[^\W\d_]+").finditer(text)]
    before = list(_form("before_time").finditer(text))
    first = {match["word"].lower() for match in before if match.start() == 0 and match["time"]}
    numbered = {match["word"].lower() for match in before if not match["time"]}
    for word in words:
        meant = _TIME_WORDS.get(bare(word))
        if meant is None or word in {meant, "sáu"} or (word == "ngay" and word not in numbered):
            continue
        is_numbered = word in numbered and meant in {"quý", "tháng", "ngày"}  # not `Thông tư 80/2021/TT-BTC`
        if word not in _OTHER_WORDS or word in first or is_numbered:
            return UserError(
                Message("'{words}' may be '{word}' with other marks", words=word, word=meant),
                Message("did you mean '{name}'?", name=meant),
            )
    return None


def _is_doubled(text: str, found: Deadline) -> bool:
    """True for two readings of one deadline that were taken for two: `dự kiến 15/6, chậm nhất 30/6`, of which only the
    second is due, `02 tháng/lần, bắt đầu từ tháng 3`, which moves the steps, and years with what is due in each of
    them."""
    if expression("24/(?:7|24)").fullmatch(text):  # a day, or all the time?
        return True
    if any(_form(name).search(text) for name in ("focus", "between", "lost_length")):
        return True
    if len(found.occurrences) < 2:
        return False
    if found.kind is DeadlineKind.COMBINED:
        return any(_form(name).fullmatch(text) for name in ("opened", "years_of_each"))
    beside = _form("last_beside").fullmatch(text)
    is_once = found.kind in {DeadlineKind.DATE, DeadlineKind.PERIOD}
    return is_once and beside is not None and not _form("latest").search(beside["first"])


def objection(typed: str, text: str, found: Deadline, plan: Period) -> UserError | None:
    """What speaks against that a phrase is due as it was understood; `text` is the phrase as the forms have read it."""
    if slip := misspelt(text):
        return slip
    if misnamed := _misnamed_day(text, found):
        return no_such_day(misnamed)
    if half := _form("half_lunar").search(text):
        return UserError(
            Message("'{day}' may be a day of the lunar calendar like the one behind it, or not", day=half["day"]),
            Message("write 'âm lịch' behind each day of the lunar calendar, and the year behind the others"),
        )
    if found.kind is DeadlineKind.COMBINED and _form("step_before").fullmatch(text):  # `thường xuyên; trước 15/6`
        return UserError(
            Message("'{words}' may be the last day of what goes on, or the day of something else", words=typed),
            Message("write 'thường xuyên đến 15/6', 'ngày 15 hàng tháng' or 'thường xuyên; báo cáo trước 15/6'"),
        )
    when = read_when(standard(text))
    if when and (when.goes_on or (len(plan.years()) > 1 and (when.is_turned or when.is_over_new_year))):
        return UserError(
            Message("'{phrase}' may go on in the next year, or not", phrase=typed),
            Message("write the year behind each time"),
        )
    return apart(typed) if _is_doubled(text, found) else None


_WRITTEN_DAY, _LUNAR = _form("written_day"), _form("behind_day")
_LEAP = 2024


def impossible_days(text: str) -> Iterator[str]:
    """The days that a text names and that do not exist, as typed: `ngày 31/02/2026`."""
    if "/" not in text and "ngày" not in text.lower():  # most lines
        return
    for match in _WRITTEN_DAY.finditer(text):
        told = [match[name] for name in match.re.groupindex]
        day, month, year = next(told[start : start + 3] for start in range(0, 12, 3) if told[start] is not None)
        if _LUNAR.match(text, match.end()):
            continue
        if not real_day(int(year or _LEAP), int(month), int(day)):
            yield match[0]
