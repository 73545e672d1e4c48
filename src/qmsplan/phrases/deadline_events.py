"""The forms of deadlines that hold words of the user's own: an event to wait for (`sau khi …`), or a document that sets
the time (`theo Kế hoạch …`): what the rows of `deadline_events.toml` mean."""

from __future__ import annotations

from functools import partial

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.settings import MOST_DAYS
from qmsplan.model.text import count
from qmsplan.phrases.calendar_parse import read_when
from qmsplan.phrases.deadline import (
    Deadline,
    DeadlineKind,
    DeadlineScope,
    EventTrigger,
    Occurrence,
    as_set_by,
    deadline_of,
)
from qmsplan.phrases.deadline_forms import HOURS, SLOTS, UNIT_DAYS, UNIT_MONTHS, Meaning, when_due
from qmsplan.phrases.tables import PhraseRow, PhraseWords, expression, filled_slots, rows_of, table_beside

_MOST_MONTHS = 60  # after an event, as long as the longest plans are
_YEARLY = "hàng năm"


def _after(trigger: EventTrigger, scope: DeadlineScope) -> Deadline:
    """Due after an event, or before it; every year, if the event's words end with `hàng năm`, and again after each
    occurrence of `mỗi đợt`."""
    _refuse_times(trigger.event)
    if expression("(?:mỗi|từng|each|every) ").match(trigger.event):
        trigger = trigger._replace(repeats=True)
    is_yearly = trigger.event.lower().endswith(_YEARLY)
    periods = scope.period.years() if is_yearly else (scope.period,)
    return deadline_of(DeadlineKind.EVENT, (Occurrence(period, None, trigger) for period in periods))


_TABLES = table_beside(__file__)
_SLOTS = filled_slots(_TABLES["slots"], SLOTS)


def _refuse_times(event: str) -> None:
    """UserError if the words of an event are a time of the calendar, for which nobody will record an event."""
    rest = expression(_SLOTS["ended"]).sub("", event, count=1)
    bound = expression(r".* (?P<when>(?:đến|tới|trước|chậm nhất) .*[0-9].*)").fullmatch(rest)
    if bound and read_when(bound["when"]):  # `có yêu cầu đến hết năm 2026`
        rest = bound["when"]
    if expression(_SLOTS["length"]).fullmatch(rest):
        raise UserError(
            Message("'{words}' ends with a length of time that may be a part of the event", words=event),
            Message("write it first, such as 'trong vòng 5 ngày sau khi kết thúc đợt kiểm tra'"),
        )
    named = expression("^(?:(?:mỗi|từng|hàng|và|ngày)(?: |$))+").sub("", rest.lower())
    first = expression(r"[,;:].*| (?:và|hoặc)(?!\w).*").sub("", named)
    is_unit = first in {"", *UNIT_MONTHS, *UNIT_DAYS} or expression(_SLOTS["feast_or_term"]).fullmatch(first)
    if read_when(first) or is_unit:
        raise time_and_no_event(event)


def time_and_no_event(words: str) -> UserError:
    """The fault of a time that stands where an event is named: `sau quý III`, `after every Friday`."""
    return UserError(
        Message("'{words}' is a time and no event", words=words),
        Message("write the day by which it is done, such as 'trước 30/6/2026'"),
    )


def _waits(words: PhraseWords, scope: DeadlineScope, *, repeats: bool = False) -> Meaning:
    return _after(EventTrigger(words["words"], repeats=repeats), scope)


def _repeating(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    return _waits(words, scope, repeats=True)


def _at_once(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    return _after(EventTrigger(words["words"], at_once=True), scope)


def _counted(words: PhraseWords, scope: DeadlineScope, sign: int, unless: str = "$") -> Meaning:
    """So many days or months after an event, or before it (`sign` -1). None for some words: `sau đợt tập huấn 3 ngày`
    may be how long that is."""
    if expression(unless).match(words["words"]):
        return None
    number = count(words["number"])
    if words["days"] in UNIT_MONTHS:
        months = number * UNIT_MONTHS[words["days"]]
        trigger = EventTrigger(words["words"], months=sign * months)
        return _after(trigger, scope) if 0 < months <= _MOST_MONTHS else None
    days = -(-number // 24) if words["days"] in HOURS else number * UNIT_DAYS[words["days"]]
    if not 0 < days <= MOST_DAYS:
        return None
    return _after(EventTrigger(words["words"], sign * days, working=words["days"] == "ngày làm việc"), scope)


_in_days, _in_days_behind = partial(_counted, sign=1), partial(_counted, sign=1, unless=_SLOTS["lasting"])
_ahead = partial(_counted, sign=-1, unless=_SLOTS["no_start"])


def _before(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """Before an event; None if its day stands behind it, for nobody would wait for it: `trước Quốc khánh 2/9`."""
    return (
        None
        if expression(_SLOTS["dated"]).fullmatch(words["words"])
        else _after(EventTrigger(words["words"], 0), scope)
    )


def _before_day(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """By the day of an event; None for a day of the calendar that no row knows."""
    return (
        None if expression(_SLOTS["no_day"]).match(words["words"]) else _after(EventTrigger(words["words"], 0), scope)
    )


def _as_set_by(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    document = words["words"]
    if expression(_SLOTS["untimed"]).fullmatch(document):
        raise UserError(
            Message("'{words}' names no document that sets the time", words=document),
            Message("name the document, such as 'theo Kế hoạch số 15/KH-UBND', or write the day"),
        )
    if not document.lower().endswith(_YEARLY):
        return as_set_by(document, scope.period)
    years = (Occurrence(year, year.end) for year in scope.period.years())
    return deadline_of(DeadlineKind.REFERENCE, years)._replace(reference=document)


def _as_set_by_when(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    found = when_due(words, scope)
    document = expression(",?(?: ngay)?$").sub("", words["words"])
    return found._replace(kind=DeadlineKind.REFERENCE, reference=document) if found else None


WORDED: tuple[PhraseRow[Meaning], ...] = rows_of(_TABLES["worded"], globals(), _SLOTS)
"""Forms with words of the user's own."""
