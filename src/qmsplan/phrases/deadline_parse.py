"""Deadline phrases to deadlines: `understand_deadline("Quý I và quý III/2026", year(2026))`.

A phrase is read as a whole by the forms of `deadline_forms`, `deadline_events` and NESTED below; else a cell with
several deadlines is cut into pieces that are each understood (`deadline_text`). Bullets, labels and words that only say
what is done (`Báo cáo trước ngày 15/12`) are left off where a part is not understood with them. `Quý III năm 2026`
goes: `whole` -> the row `{when}` of CALENDAR -> `calendar_parse.read_when` -> `due_when`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period, span_of_years, steps, year
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.model.structured import DeadlineForm
from qmsplan.model.text import phrase
from qmsplan.phrases.calendar_parse import due_when, read_when
from qmsplan.phrases.calendar_words import STRETCHES
from qmsplan.phrases.deadline import (
    Deadline,
    DeadlineKind,
    DeadlineScope,
    DecidedFault,
    Occurrence,
    apart,
    deadline_of,
    read_deadline_form,
    steps_of,
)
from qmsplan.phrases.deadline_events import WORDED, time_and_no_event
from qmsplan.phrases.deadline_forms import CALENDAR, SLOTS, Meaning, of_plan, other_days
from qmsplan.phrases.deadline_text import (
    Piece,
    dated_paper,
    expected_time,
    fault_in_english,
    in_vietnamese,
    is_english,
    is_qualitative,
    joined,
    misspelt,
    objection,
    own_words,
    pieces,
    readings,
    rounds_apart,
    standard,
)
from qmsplan.phrases.tables import (
    PhraseRow,
    PhraseWords,
    expression,
    filled_slots,
    fits,
    nearest,
    rows_of,
    table_beside,
)

MOST_PIECES = 12
"""Phrases with more pieces are read as a whole only: the time for any text stays short."""
LONGEST_PIECE = 120
"""Characters up to which several pieces together are tried as one form without the user's own words."""

_A_MONTH, _A_YEAR = timedelta(31), timedelta(366)

LONGEST = 300
"""Characters of a phrase; longer ones are refused. No deadline needs more, and the forms stay fast."""


def _inside(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """What the inner words say of each time that the outer words name."""
    outer = DeadlineParse(scope).nested(expression(_BARE_YEAR).sub("năm ", words["outer"]))
    if outer is None:
        return None
    other = expression("^hoặc (?=(?:mỗi )?khi )")
    if other.match(words["inner"]) or outer.kind in {
        DeadlineKind.CONTINUOUS,
        DeadlineKind.EVENT,
        DeadlineKind.COMBINED,
    }:
        return _with_other(outer, other.sub("", words["inner"]), scope)
    inner = DeadlineParse(scope._replace(period=_years_of(outer))).nested(words["inner"])
    if inner is None or (inner.kind is DeadlineKind.CONTINUOUS and (inner.start or _has_days(outer))):
        return None  # `quý III (từ tháng 8)`: until when? `trước 30/6 (liên tục)`: on that day?
    if expression(_OTHERS).match(words["inner"]):
        is_once = {outer.kind, inner.kind} <= {DeadlineKind.DATE, DeadlineKind.PERIOD}
        return _together(outer, inner) if is_once else None
    is_timed = inner.kind in {DeadlineKind.DATE, DeadlineKind.PERIOD, DeadlineKind.RECURRING}
    return _dated(outer, inner, words) if is_timed else _of_each(outer, words, scope)


def _with_other(outer: Deadline, inner: str, scope: DeadlineScope) -> Meaning:
    """A deadline without times of its own, such as an event, and what the inner words say, or what sets it."""
    found = DeadlineParse(scope).nested(inner)
    if found and found.kind is DeadlineKind.REFERENCE and outer.kind is DeadlineKind.CONTINUOUS:
        return outer._replace(reference=found.reference)
    return _together(outer, found) if found else None


def _has_days(found: Deadline) -> bool:
    return any(entry.period.start == entry.period.end for entry in found.occurrences)


_OTHERS = r"(?:riêng|còn|đối với|các|những|khối|cấp|xã|phường|trường|đơn vị|cơ quan|đợt|lần|vòng)(?!\w)"
"""How a bracket begins that sets a time for others, or for a second time: `15/9 (riêng các xã miền núi trước 30/9)`."""


def _years_of(outer: Deadline) -> Period:
    """The whole years that some times lie in."""
    return Period(year(outer.occurrences[0].period.start.year).start, year(outer.occurrences[-1].period.end.year).end)


def _dated(outer: Deadline, inner: Deadline, words: PhraseWords) -> Meaning:
    """The days that the inner words name for the times of the outer ones: `6 tháng đầu năm (trước 05/7)`; the outer
    times, where the inner words say what these are a part of: `tháng 6 (quý II)`. None unless there is a day for each
    of them; a fault where the two contradict each other: `tháng 6 (quý III)`, `quý III (từ 15/6 đến 30/9)`."""
    times = [entry.period for entry in outer.occurrences]
    inner = _of_last_months(inner, times)
    inside = tuple(entry for entry in inner.occurrences if entry.is_of(times))
    if inner.kind is DeadlineKind.RECURRING and inside:
        inner = inner._replace(occurrences=inside)
    holders = [{one for one in inner.occurrences if entry.is_of([one.period])} for entry in outer.occurrences]
    when = read_when(words["inner"])
    is_range = when is not None and when.is_range and _years_of(inner) != inner.occurrences[0].period
    are_held = all(holders) and set().union(*holders) == set(inner.occurrences)
    if inner.kind is DeadlineKind.PERIOD and are_held and not is_range:
        return outer
    if len(inner.occurrences) < len(times) or inner.kind is DeadlineKind.COMBINED:
        return None
    is_report = expression("(?<!\\w)(?:sơ kết|tổng kết|báo cáo)(?!\\w)").search(words["outer"]) is not None
    fits = [{time for time in times if _is_for(entry, time, is_report=is_report)} for entry in inner.occurrences]
    if not all(fits) or set().union(*fits) != set(times):
        raise UserError(
            Message("'{inner}' is no part of '{outer}'", inner=words["inner"], outer=words["outer"]),
            Message("correct one of them; a day outside of a time is taken for that of its report only soon after it"),
        )
    return inner._replace(kind=DeadlineKind.RECURRING) if outer.kind is DeadlineKind.RECURRING else inner


def _is_for(entry: Occurrence, time: Period, *, is_report: bool) -> bool:
    """True if an occurrence lies in a time, or if its day is that of a report on it: after a month or more, within half
    of how long that was; any other stretch only if the words say that it is one (`is_report`)."""
    half = (time.end - time.start) / 2 if time.end - time.start >= _LEAST_REPORTED else timedelta(0)
    is_soon = entry.due is not None and entry.due <= time.end + half
    is_day = is_report or entry.period.start == entry.period.end
    return entry.is_of([time]) or (is_day and is_soon and time.start <= entry.period.start)


_LEAST_REPORTED = timedelta(27)
"""The first and the last day of a month are so far apart at least."""


def _of_each(outer: Deadline, words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """An event or a document for each of the outer times."""
    first, *others = (scope._replace(period=occurrence.period) for occurrence in outer.occurrences)
    reading = DeadlineParse(first)
    found = [reading.nested(words["inner"]), *(reading.again(other) for other in others)]
    read = [inner for inner in found if inner]
    if len(read) < len(found):
        return None
    occurrences = (occurrence for deadline in read for occurrence in deadline.occurrences)
    return deadline_of(read[0].kind, occurrences)._replace(reference=read[0].reference)


def _rhythm(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """The days of what comes again: `báo cáo quý trước ngày 15 của tháng đầu quý sau`."""
    found = DeadlineParse(scope).nested(words["inner"])
    if found is None and words["rhythm"] == "tháng":  # `báo cáo tháng trước ngày 20`: of each month
        found = DeadlineParse(scope).nested(f"{words['inner']} hàng tháng")
    if found is None or any(entry.due is None for entry in found.occurrences):
        return None
    named = steps if found.kind is DeadlineKind.DATE else steps_of  # `hàng quý, trước 15/10, 15/1, 15/4`
    times = named(scope.period, RHYTHMS[words["rhythm"]])
    times = (scope.period,) if not times and _has_days(found) else times
    found = _of_last_months(found, times)
    return found._replace(kind=DeadlineKind.RECURRING) if len(found.occurrences) >= len(times) > 0 else None


def _of_last_months(found: Deadline, times: Sequence[Period]) -> Deadline:
    """Of days after each month only those after the last month of some times: `ngày 10 tháng sau` for a quarter."""
    is_after = all(entry.due and entry.due > entry.period.end for entry in found.occurrences)
    ends = {time.end for time in times}
    kept = tuple(entry for entry in found.occurrences if entry.period.end in ends)
    return found._replace(occurrences=kept) if is_after else found


def _but_for(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """What comes again, without some of its times (`hàng tháng, trừ tháng 7`), or with other days in them: `hàng tháng
    trước ngày 25, riêng tháng 12 trước ngày 20`. What is due on days of the next month belongs to its own: `trước ngày
    05 tháng sau, riêng tháng 12 trước ngày 28/12`. None unless the times are some of those that come again; a fault
    if fewer days are given for them."""
    outer, excepted = DeadlineParse(scope).nested(words["outer"]), due_when(read_when(words["which"]), scope)
    if outer is None or excepted is None or any(entry.due is None for entry in outer.occurrences):
        return None
    own = _those_of(excepted, outer)
    kept = [entry for entry in outer.occurrences if entry not in own]
    if not own or not kept:
        return None
    if not words.get("inner"):
        return deadline_of(outer.kind, kept)
    inside = scope._replace(period=_years_of(excepted))
    ways = (words["inner"], f"{words['inner']} {words['which']}", f"{words['inner']} hàng tháng")
    found = next(filter(None, (DeadlineParse(inside).nested(way) for way in ways)), None)
    days = _those_of(excepted, found) if found else []
    if found is None or (len(days) < len(found.occurrences) and found.kind is not DeadlineKind.RECURRING):
        return None
    if len(days) < len(own):
        raise other_days(f"{words['which']}: {words['inner']}")
    return deadline_of(outer.kind, [*kept, *days])


def _those_of(times: Deadline, found: Deadline) -> list[Occurrence]:
    """The occurrences for some times; if there are none, those on days in them."""
    spans = [entry.period for entry in times.occurrences]
    own = [entry for entry in found.occurrences if entry.is_of(spans)]
    return own or [entry for entry in found.occurrences if entry.is_due_in(spans)]


def _from_then_on(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """What comes again, from a beginning on: `ngày 01 hàng tháng, bắt đầu từ tháng 3/2026`."""
    outer, when = DeadlineParse(scope).nested(words["outer"]), read_when(f"từ {words['since'].lower()}")
    begun = due_when(when, scope) if when and when.is_open else None
    if outer is None or outer.kind is not DeadlineKind.RECURRING or begun is None or len(begun.occurrences) > 1:
        return None
    start = begun.occurrences[0].period.start
    return deadline_of(outer.kind, (entry for entry in outer.occurrences if entry.due and entry.due >= start))


def _by_day_too(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """An event, with the day by which it is done all the same: `Trước mùa mưa bão (xong trước 30/4)`."""
    outer = DeadlineParse(scope).nested(words["outer"])
    inner = DeadlineParse(scope).part(words["inner"], CALENDAR)
    return _together(outer, inner) if outer and inner and outer.kind is DeadlineKind.EVENT else None


def _before_its_day(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """Before an event whose day stands in brackets: the calendar decides, `Trước mùa mưa bão (30/4)`."""
    outer = DeadlineParse(scope).nested(f"trước {words['outer']}")
    if outer is None or outer.kind is not DeadlineKind.EVENT:
        return None
    if found := DeadlineParse(scope).part(f"trước {words['inner']}", CALENDAR):
        return found
    message = Message("there is no such day: {text}", text=words["inner"])
    raise DecidedFault(message, Message("check the day and the month"))


def _over_years(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """What comes again in each year of a range: `từ 2026 đến 2028, mỗi năm trước 30/11`."""
    years = span_of_years(int(words["first"]), int(words["last"]))
    found = DeadlineParse(scope._replace(period=years)).nested(words["inner"])
    dues = {entry.due.year for entry in found.occurrences if entry.due} if found else set()
    is_yearly = found and found.kind is DeadlineKind.RECURRING and len(dues) == len(years.years())
    return of_plan(found, scope) if found and is_yearly else None


def _half_and_year(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """A report on the first half and one on the year, each with its day."""
    found = [DeadlineParse(scope).nested(words[part]) for part in ("half", "year")]
    if not all(found):
        return None
    return _together(*(deadline for deadline in found if deadline))._replace(kind=DeadlineKind.RECURRING)


def _together(*found: Deadline) -> Deadline:
    """All that is due in some deadlines."""
    if len(found) == 1:
        return found[0]
    kinds = {deadline.kind for deadline in found}
    occurrences = (occurrence for deadline in found for occurrence in deadline.occurrences)
    reference = next((deadline.reference for deadline in found if deadline.reference), None)
    kind = kinds.pop() if len(kinds) == 1 else DeadlineKind.COMBINED
    return deadline_of(kind, occurrences)._replace(reference=reference)


_BARE_YEAR = r"^(?=20[0-9]{2}(?: và (?:hàng năm|(?:các|những) năm .*))?$)"
"""Where a phrase begins that is nothing but a year."""

RHYTHMS = {"tháng": 1, "quý": 3, "6 tháng": 6, "9 tháng": 12, "6 tháng đầu năm": 12, "6 tháng cuối năm": 12}
RHYTHMS |= {"9 tháng đầu năm": 12, "cả năm": 12, "năm": 12}
"""What reports are made for, and the months after which the next one is due."""


_TABLES = table_beside(__file__)
_SLOTS = filled_slots(_TABLES["slots"], {**SLOTS, "rhythms": "|".join(sorted(RHYTHMS, reverse=True))})
LABELLED, DAY_TOO, NESTED = (rows_of(_TABLES[name], globals(), _SLOTS) for name in ("labelled", "day_too", "nested"))
"""Forms with labels; of an event that would take the day in brackets for words of its own; of two deadlines, of which
the second says more about the first."""

FORMS: tuple[PhraseRow[Meaning], ...] = (*CALENDAR, *LABELLED, *DAY_TOO, *WORDED, *NESTED)
_WITHOUT_WORDS = (*CALENDAR, *LABELLED)
_WITH_WORDS = (*DAY_TOO, *WORDED, *NESTED)


class DeadlineParse:
    """One attempt to read a phrase. Faults of forms that fit are kept for the case that nothing else does."""

    def __init__(self, scope: DeadlineScope) -> None:
        self.scope = scope
        self.faults: list[UserError] = []
        self.fit: tuple[PhraseRow[Meaning], PhraseWords] | None = None
        """The form that fitted last, with what its slots caught."""

    def nested(self, text: str) -> Meaning:
        """What a phrase inside another one says; it can't hold a third one."""
        found = self.part(text, CALENDAR) or self.part(text, WORDED)
        if found is None and self.faults:
            raise self.faults[0]
        return found

    def again(self, scope: DeadlineScope) -> Meaning:
        """What the form that fitted last says for another period."""
        return self.fit[0].resolve(self.fit[1], scope) if self.fit else None

    def whole(self, typed: str) -> Meaning:
        """What a phrase says as a whole, else in parts. None if it is not understood."""
        typed = rounds_apart(typed)
        text = expression(_BARE_YEAR).sub("năm ", phrase(typed))
        is_cell = "\n" in typed.strip()
        found = self._as_it_stands(text, _WITHOUT_WORDS) if is_cell else self.part(text, _WITHOUT_WORDS)
        if found:
            return found
        cut = pieces(typed)
        return self._in_parts(cut) if 1 < len(cut) <= MOST_PIECES else self.part(text, _WITH_WORDS)

    def part(self, text: str, forms: Sequence[PhraseRow[Meaning]]) -> Meaning:
        """What the first form that fits says of a part, if need be without the words that only say what is done."""
        if "\n" in text:
            return self._as_it_stands(text.replace("\n", " "), forms)
        attempts = (self._as_it_stands(reading, forms) for reading in readings(text))
        return next((found for found in attempts if found), None) or self._beside_paper(text, forms)

    def _beside_paper(self, text: str, forms: Sequence[PhraseRow[Meaning]]) -> Meaning:
        """When a paper is due that names the year it is about: a plan before that time is over, a result around or
        after its end. None where no year fits all days, as January 2026 for the results of 2026."""
        paper = dated_paper(text) if " 20" in text or "/20" in text else None
        about = due_when(read_when(paper.time), self.scope) if paper else None
        found = self.part(paper.rest, forms) if paper and about else None
        if paper is None or about is None or found is None:
            return None
        end, days = about.occurrences[-1].period.end, [entry.due for entry in found.occurrences]
        first, last = (-_A_MONTH, _A_YEAR) if paper.is_result else (-2 * _A_YEAR, timedelta(0))
        return found if all(day and end + first <= day <= end + last for day in days) else None

    def _as_it_stands(self, text: str, forms: Sequence[PhraseRow[Meaning]]) -> Meaning:
        read = text if forms is WORDED or forms is _WITH_WORDS else standard(text)
        for row, words in fits(forms, read):
            try:
                found = row.resolve(words, self.scope)
            except DecidedFault:
                raise
            except UserError as fault:
                self.faults.append(fault)
                continue
            if found:
                self.fit = row, words
                return found
        return None

    def _in_parts(self, cut: Sequence[Piece]) -> Meaning:
        """What the pieces say, put together so that each part is understood. `rests[n]` is what the pieces from n on
        say, worked out from the last piece backwards, so that each is looked at once."""
        rests: list[list[Deadline] | None] = [None] * len(cut) + [[]]
        for start in reversed(range(len(cut))):
            rests[start] = self._from(cut, start, rests)
        return _together(*rests[0]) if rests[0] else None

    def _from(self, cut: Sequence[Piece], start: int, rests: Sequence[list[Deadline] | None]) -> list[Deadline] | None:
        """What the pieces from `start` on say: the longest form without own words that leaves a rest which is
        understood, else the shortest form with own words."""
        ends = [end for end in range(start + 1, len(rests)) if rests[end] is not None]
        texts = [joined(cut[start:end]) for end in ends]
        short = [(text, end) for text, end in zip(texts, ends, strict=True) if len(text) <= LONGEST_PIECE]
        for forms, tried in ((_WITHOUT_WORDS, short[::-1]), (_WITH_WORDS, zip(texts, ends, strict=True))):
            for text, end in tried:
                found = self.part(text, forms)
                if found:
                    return [found, *(rests[end] or ())]
        return rests[start + 1] if is_qualitative(cut[start].text) else None


@lru_cache(maxsize=4096)
def understand_deadline(
    typed: str | DeadlineForm, period: Period, conventions: Conventions = CONVENTIONS
) -> Deadline | UserError:
    """A deadline over the plan's period; or the fault, with the forms that are nearest to the phrase."""
    try:
        return (
            _read(typed, DeadlineScope(period, conventions))
            if isinstance(typed, str)
            else _as_printed(read_deadline_form(typed, period), typed, period, conventions)
        )
    except UserError as fault:
        return fault_in_english(fault, typed) if isinstance(typed, str) and is_english(typed) else fault
    except OverflowError:  # a day after 9999-12-31
        return UserError(Message("no such period lies inside the plan's period"), Message("check the plan's period"))


def _as_printed(found: Deadline, form: DeadlineForm, period: Period, conventions: Conventions) -> Deadline:
    """A structured deadline that waits for an event, with the days that its printed words give it: 10 working days of
    `trong 10 ngày làm việc sau khi giao ngân sách`."""
    said = understand_deadline(form.text, period, conventions) if form.event and form.text else None
    triggers = {one.trigger for one in said.occurrences if one.trigger} if isinstance(said, Deadline) else set()
    if form.event is None or len(triggers) != 1:
        return found
    trigger = triggers.pop()._replace(event=form.event)
    return found._replace(occurrences=tuple(one._replace(trigger=trigger) for one in found.occurrences))


def _read(typed: str, scope: DeadlineScope) -> Deadline:
    if len(typed) > LONGEST:
        raise UserError(
            Message("a deadline has at most {count} characters", count=LONGEST), Message("move the rest to the note")
        )
    reading = DeadlineParse(scope)
    said = in_vietnamese(typed)
    found = reading.whole(said)
    if not found:
        raise reading.faults[0] if reading.faults else misspelt(phrase(said)) or _not_understood(typed)
    if is_english(typed):
        found = _with_own_events(found, typed)
    time = expected_time(phrase(said))
    expected = DeadlineParse(scope).nested(time) if time else None
    if expected and _is_over_before(found, expected):  # `Dự kiến quý III, chậm nhất 30/6`
        raise apart(typed)
    if fault := objection(typed, phrase(said), found, scope.period):
        raise fault
    return found._replace(phrase=typed)


def _with_own_events(found: Deadline, typed: str) -> Deadline:
    """A deadline with its events in the words of the English phrase. UserError if one of them is a time."""
    kept = []
    for entry in found.occurrences:
        trigger = entry.trigger and entry.trigger._replace(event=own_words(entry.trigger.event, typed))
        if trigger and not trigger.event:
            raise time_and_no_event(typed)
        kept.append(entry._replace(trigger=trigger))
    return found._replace(occurrences=tuple(kept), event=found.event and own_words(found.event, typed))


def _is_over_before(found: Deadline, other: Deadline) -> bool:
    """True if all that is due is so before another deadline's times begin."""
    days = [entry.due for entry in found.occurrences]
    return all(day and day < entry.period.start for day in days for entry in other.occurrences)


def _not_understood(typed: str) -> UserError:
    cut = pieces(typed)
    if cut and all(is_qualitative(piece.text) for piece in cut):
        return UserError(
            Message("'{phrase}' names no time", phrase=typed),
            Message("name a day, such as 'trước 30/6/2026', or write 'thường xuyên' for what goes on all the time"),
        )
    forms = nearest((*STRETCHES, *FORMS), typed)
    return UserError(
        Message("the deadline '{phrase}' is not understood", phrase=typed),
        Message("forms that are understood: {forms}", forms="; ".join(forms)),
    )
