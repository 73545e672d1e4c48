"""Understands deadline phrases. The forms stand in `calendar_phrases.py`, `worded_phrases.py` and `NESTED` below, the
words of the calendar in `stretches.py`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Fault, say
from qmsplan.model import deadline_parts as parts
from qmsplan.model.calendar_phrases import CALENDAR, SLOTS, Found
from qmsplan.model.conventions import CONVENTIONS
from qmsplan.model.deadline import Deadline, Kind, Scope, deadline_of, read_form
from qmsplan.model.phrases import Row, fits, nearest
from qmsplan.model.stretches import STRETCHES
from qmsplan.model.structured import DeadlineForm
from qmsplan.model.worded_phrases import WORDED
from qmsplan.model.words import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmsplan.model.conventions import Conventions
    from qmsplan.model.period import Period
    from qmsplan.model.phrases import Words

LONGEST = 300
"""Longer phrases are refused: no deadline needs more, and the forms stay fast."""


def _inside(words: Words, scope: Scope) -> Found:
    """What the inner words say of each time that the outer words name."""
    outer = Reading(scope).nested(words["outer"])
    if outer is None:
        return None
    if outer.kind in {Kind.CONTINUOUS, Kind.EVENT, Kind.COMBINED}:
        inner = Reading(scope).nested(words["inner"])
        if inner and inner.kind is Kind.REFERENCE and outer.kind is Kind.CONTINUOUS:
            return outer._replace(reference=inner.reference)
        return _together(outer, inner) if inner else None
    first, *others = (scope._replace(period=occurrence.period) for occurrence in outer.occurrences)
    reading = Reading(first)
    found = [reading.nested(words["inner"]), *(reading.again(other) for other in others)]
    return _of_each(outer, [inner for inner in found if inner]) if all(found) else None


def _of_each(outer: Deadline, found: Sequence[Deadline]) -> Deadline:
    is_timed = found[0].kind in {Kind.DATE, Kind.PERIOD, Kind.RECURRING}
    kind = outer.kind if is_timed and outer.kind is Kind.RECURRING else found[0].kind
    occurrences = (occurrence for deadline in found for occurrence in deadline.occurrences)
    return deadline_of(kind, occurrences)._replace(reference=found[0].reference)


def _together(*found: Deadline) -> Deadline:
    """Everything that is due in some deadlines."""
    if len(found) == 1:
        return found[0]
    kinds = {deadline.kind for deadline in found}
    occurrences = (occurrence for deadline in found for occurrence in deadline.occurrences)
    reference = next((deadline.reference for deadline in found if deadline.reference), None)
    kind = kinds.pop() if len(kinds) == 1 else Kind.COMBINED
    return deadline_of(kind, occurrences)._replace(reference=reference)


NESTED: tuple[Row[Found], ...] = (
    Row(
        "{outer} ?\\({inner}\\)",
        _inside,
        "Hàng năm (Sau khi UBND tỉnh ban hành Kế hoạch)",
        "For each time of the words before the brackets, what the words inside say.",
    ),
    Row(
        "(?P<outer>.+?),? (?P<inner>(?:(?:ngay )?sau khi|theo) .+)",
        _inside,
        "Hàng năm theo văn bản, Kế hoạch của Sở Nội vụ",
        "For each time of the first words, after an event or as another document says.",
    ),
)
"""Forms made of two others."""

LABELLED: tuple[Row[Found], ...] = (
    Row(
        "(?P<outer>[^:;]+): (?P<inner>[^:;]+)",
        _inside,
        "Hàng năm: trước ngày 15/12",
        "For each time of the words before the colon, what the words after it say.",
    ),
)

FORMS: tuple[Row[Found], ...] = (*CALENDAR, *LABELLED, *WORDED, *NESTED)
_WITHOUT_WORDS = (*CALENDAR, *LABELLED)
_WITH_WORDS = (*WORDED, *NESTED)


class Reading:
    """One attempt at a phrase. Faults of forms that fit are kept for the case that nothing else does."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.faults: list[Fault] = []
        self.fit: tuple[Row[Found], Words] | None = None
        """The form that fitted last, with what its slots caught."""

    def nested(self, text: str) -> Found:
        """A phrase inside another one, which holds no third one."""
        found = self.part(text, CALENDAR) or self.part(text, WORDED)
        if found is None and self.faults:
            raise self.faults[0]
        return found

    def again(self, scope: Scope) -> Found:
        """The form that fitted, for another time."""
        return self.fit[0].resolve(self.fit[1], scope) if self.fit else None

    def whole(self, typed: str) -> Found:
        """A phrase as a whole, else in parts."""
        text = phrase(typed)
        is_cell = "\n" in typed.strip()
        found = self._as_it_stands(text, _WITHOUT_WORDS) if is_cell else self.part(text, _WITHOUT_WORDS)
        if found:
            return found
        cut = parts.pieces(typed)
        return self._in_parts(cut) if 1 < len(cut) <= parts.MOST_PIECES else self.part(text, _WITH_WORDS)

    def part(self, text: str, forms: Sequence[Row[Found]]) -> Found:
        """What the first form that fits says, if need be without what only says what is due."""
        if "\n" in text:
            return self._as_it_stands(text.replace("\n", " "), forms)
        readings = (self._as_it_stands(reading, forms) for reading in parts.readings(text))
        return next((found for found in readings if found), None)

    def _as_it_stands(self, text: str, forms: Sequence[Row[Found]]) -> Found:
        read = text if forms is WORDED or forms is _WITH_WORDS else parts.standard(text)
        for row, words in fits(forms, SLOTS, read):
            try:
                found = row.resolve(words, self.scope)
            except Fault as fault:
                self.faults.append(fault)
                continue
            if found:
                self.fit = row, words
                return found
        return None

    def _in_parts(self, cut: Sequence[parts.Piece]) -> Found:
        """The pieces put together so that each part is understood, read from the last one backwards."""
        rests: list[list[Deadline] | None] = [None] * len(cut) + [[]]
        for start in reversed(range(len(cut))):
            rests[start] = self._from(cut, start, rests)
        return _together(*rests[0]) if rests[0] else None

    def _from(
        self, cut: Sequence[parts.Piece], start: int, rests: Sequence[list[Deadline] | None]
    ) -> list[Deadline] | None:
        """The longest calendar form that leaves a rest which is understood, else the shortest one with own words."""
        ends = [end for end in range(start + 1, len(rests)) if rests[end] is not None]
        texts = [parts.joined(cut[start:end]) for end in ends]
        short = [(text, end) for text, end in zip(texts, ends, strict=True) if len(text) <= parts.LONGEST_PIECE]
        for forms, tried in ((_WITHOUT_WORDS, short[::-1]), (_WITH_WORDS, zip(texts, ends, strict=True))):
            for text, end in tried:
                found = self.part(text, forms)
                if found:
                    return [found, *(rests[end] or ())]
        return rests[start + 1] if parts.is_qualitative(cut[start].text) else None


@lru_cache(maxsize=4096)
def understand_deadline(
    typed: str | DeadlineForm, period: Period, conventions: Conventions = CONVENTIONS
) -> Deadline | Fault:
    """A deadline over the plan's period, or the fault that says why it is none and which forms are near."""
    try:
        return _read(typed, Scope(period, conventions)) if isinstance(typed, str) else read_form(typed, period)
    except Fault as fault:
        return fault


def _read(typed: str, scope: Scope) -> Deadline:
    if len(typed) > LONGEST:
        raise Fault(say("a deadline has at most {count} characters", count=LONGEST), say("move the rest to the note"))
    reading = Reading(scope)
    found = reading.whole(typed)
    if found:
        return found._replace(phrase=typed)
    raise reading.faults[0] if reading.faults else _not_understood(typed)


def _not_understood(typed: str) -> Fault:
    cut = parts.pieces(typed)
    if cut and all(parts.is_qualitative(piece.text) for piece in cut):
        return Fault(
            say("'{phrase}' names no time", phrase=typed),
            say("name a day, such as 'trước 30/6/2026', or write 'thường xuyên' for what goes on all the time"),
        )
    return Fault(
        say("the deadline '{phrase}' is not understood", phrase=typed),
        say("forms that are: {forms}", forms="; ".join(nearest((*STRETCHES, *FORMS), typed))),
    )
