"""Values for several times in one phrase: `đạt 80% năm 2026, 90% năm 2027`, `quý I 20%, quý II 45%`.

`timed_targets` cuts such a phrase into parts that each hold one time and one value, and has each part read without its
time as a phrase of its own. `time_periods` says which periods of a plan a target's time means; `stray_times`
and `several_times` which times stand beside values and are held by none of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations
from typing import NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period, span_of_years, year
from qmsplan.model.text import phrase
from qmsplan.phrases.calendar_parse import due_when, read_when
from qmsplan.phrases.deadline import DeadlineScope
from qmsplan.phrases.deadline_text import in_vietnamese
from qmsplan.phrases.tables import Expression, expression, filled_slots, table_beside
from qmsplan.phrases.target import Target, is_alike
from qmsplan.phrases.target_parts import FoundTarget, parts_of
from qmsplan.phrases.target_tokens import ScannedText
from qmsplan.phrases.target_vocabulary import LETTERS, WORDS, letters_of

_PATTERNS = filled_slots(table_beside(__file__))
_TIME, _OF_YEAR, _NO_LIST, _ALONE, _WHOLE_TERM, _NAMED_TIME, _REMAINDER = (
    Expression(_PATTERNS[name])
    for name in ("time", "of_year", "no_list", "alone", "whole_term", "named_time", "remainder")
)
"""What they stand for is said in the table."""
_NAMED_YEAR = re.compile(_PATTERNS["year"])
_HELD = "\x00"
_SEPARATOR = re.compile(_PATTERNS["separator"])
_NUMBER = re.compile(r"(?<![\w.,/])[0-9][0-9.,]*")
_LEAD_KINDS = ("aim", "least", "more", "most", "less", "equal", "strive", "downto", "from")
_LEAD_WORDS = {words for kind in _LEAD_KINDS for words in WORDS[kind].split("|")}
_LEAD = "|".join(map(re.escape, sorted(_LEAD_WORDS, key=len, reverse=True)))
_LEADS = Expression(rf"(?:(?:{_LEAD}|[<>≥≤=]+)(?!\w)\s*)+$")
_SHARES = frozenset({"%", "‰", "điểm", "bậc", "hạng"})
"""Units of what does not add up over several times."""


class _Piece(NamedTuple):
    """A part of a phrase that names a time."""

    typed: str
    bare: str
    """The part without its time."""
    time: str
    is_till: bool
    """True for a time by whose end the value is reached: `đến năm 2027`, `đến 30/9`."""
    is_led: bool
    """True for a day or a part of a year that the part begins with, so that it is no part of what is counted: `Đến 30/6
    giải ngân 50%`, `6 tháng đầu năm giải ngân 55%`."""


def timed_targets(
    typed: str, understand: Callable[[str], tuple[Target, ...] | UserError], *, is_understood: bool = False
) -> tuple[Target, ...] | None:
    """The targets of a phrase that names a value for each of several times, or one for a day that it begins with; None
    for any other phrase. One that is understood otherwise (`80% kế hoạch năm 2026, 90% kế hoạch năm 2027`) has to name
    what it counts once alone, or to begin each part with its day."""
    cut = _pieces(phrase(typed.replace("\n", "; ")))
    are_led = bool(cut) and all(piece.is_led for piece in cut)
    is_other = is_understood and not (are_led or all(_is_bare(piece.bare) for piece in cut[1:]))
    is_lone = len(cut) < 2 and not (are_led and "31/12" not in cut[0].typed)  # by then the plan's own value is reached
    if is_other or is_lone:
        return None
    found: list[Target] = []
    for piece in cut:
        read = understand(_whole(cut[0].bare, piece.bare))
        if isinstance(read, UserError) or len(read) != 1:
            return None
        is_subset = piece.typed.lower().startswith("trong đó")
        found.append(read[0]._replace(phrase=piece.typed, time=piece.time, is_subset=is_subset))
    is_plain = all(t.is_measurable and not t.criterion and not t.per for t in found)
    wholes = [  # `4.200 căn nhà, riêng năm 2026: 750 căn`
        found[0]._replace(time=one.time, unit=one.unit if found[0].unit.startswith(f"{one.unit} ") else found[0].unit)
        for one in found[1:]
    ]
    if not is_plain or not all(map(is_alike, wholes, found[1:])):
        return None
    return None if _overlap(cut, found) else tuple(found)


def _pieces(text: str) -> Sequence[_Piece]:
    """The parts of a phrase; none unless each holds one time and a number. Before `riêng quý III đạt 80%` the first
    part may be for the plan's own time."""
    times = _TIME.finditer(text)
    held = _TIME.sub(_HELD, text)
    if _HELD not in held or _HELD in text or _NO_LIST.search(held):
        return ()
    parts: list[str] = []
    for part in _parts(held):
        is_whole = parts and _NUMBER.search(parts[-1]) and (_HELD in parts[-1] or _ALONE.match(part))
        if parts and not is_whole:
            parts[-1] += ", " + part
        else:
            parts.append(part)
    cut = [_piece(part, [next(times) for _ in range(part.count(_HELD))]) for part in parts]
    names = [piece.time.lower() for piece in cut]
    are_whole = all(_NUMBER.search(part) for part in parts) and not any(_HELD in piece.bare for piece in cut)
    return cut if are_whole and all(names[1:] or names) and len(set(names)) == len(names) else ()


def _piece(part: str, times: Sequence[re.Match[str]]) -> _Piece:
    if not times:
        return _Piece(part, part, "", is_till=False, is_led=True)
    first, *others = times
    is_day, typed = first["day"] is not None, part
    part = _ALONE.sub(_HELD, part)
    is_led = part.startswith(_HELD) and (is_day or _OF_YEAR.search(first[0]) is not None)
    for match in others if is_led else ():  # `Lũy kế 9 tháng giải ngân 75% kế hoạch năm 2026`
        part = _HELD + part[1:].replace(_HELD, match[0], 1)
    for match in times:
        typed = typed.replace(_HELD, match[0], 1)
    bare = _bare(part) if part.count(_HELD) == 1 else part
    return _Piece(typed.strip(), bare, _time(first), is_till=is_day or first["till"] is not None, is_led=is_led)


def _parts(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for match in _SEPARATOR.finditer(text):
        if match[0] in "()":
            depth += 1 if match[0] == "(" else -1
        elif depth == 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _bare(part: str) -> str:
    """A part without its time: `Tỷ lệ hài lòng: ≥ 85%` of `Tỷ lệ hài lòng: năm 2026 ≥ 85%`."""
    before, after = (side.strip() for side in part.split(_HELD))
    after = after.removeprefix(":").removeprefix("-").strip()
    return f"{before.rstrip(',')} {after.lstrip(',').strip()}".strip(" ,")


def _time(match: re.Match[str]) -> str:
    """A time as the words of the calendar say it: `năm 2026` for `2026`, `9 tháng đầu năm` for `9 tháng`."""
    time = re.sub("^t(?=[0-9])", "tháng ", match["day"] or match["time"], flags=re.IGNORECASE)
    if time.endswith(" tháng"):
        return f"{time} đầu năm"
    return f"năm {time}" if time[0] == "2" else time


def _whole(first: str, bare: str) -> str:
    """A part with the words that only the first one has: `Trồng mới 120 ha` for `120 ha` behind `Trồng mới 100 ha`."""
    number, own = _NUMBER.search(first), _NUMBER.search(bare)
    if not number or not own:
        return bare
    before, lead = _WHOLE_TERM.sub("", first[: number.start()]), bare[: own.start()]
    if not lead.strip():
        return before + bare
    return f"{_LEADS.sub('', before)}{bare}" if _is_bare(bare) and bare != first else bare


def _is_bare(part: str) -> bool:
    """True for a part that names nothing before its number but how it compares: `đạt ít nhất 90%`."""
    number = _NUMBER.search(part)
    lead = part[: number.start()].strip() if number else part
    return not lead or _LEADS.fullmatch(lead) is not None


def _overlap(cut: Sequence[_Piece], found: Sequence[Target]) -> bool:
    """True for times that hold the same days, or that are reached by their end, where what they count adds up: 120
    classes `cả năm` may be all of them or those of the second half. What `riêng` says of a part of the whole does not
    overlap with that: `4.200 căn giai đoạn 2026-2030, riêng năm 2026: 750 căn`."""
    if not cut[0].time:
        return not all(_known(piece.time) for piece in cut[1:])
    periods = [_known(piece.time) for piece in cut]
    if all(periods) and all(_is_own_part(piece, periods[0]) for piece in cut[1:]) and len(cut) > 1:
        cut, found, periods = cut[1:], found[1:], periods[1:]
    if not all(periods) or len(set(periods)) < len(periods):
        return True
    adds_up = found[0].quantity not in _SHARES and not found[0].is_relative
    is_unclear = any(target.upper is not None for target in found) or any(len(times) > 1 for times in periods)
    if adds_up and is_unclear:  # of two ranges the sum is none, and of two quarters 40 may be that of each
        return True
    shares_days = any(one.overlaps(other) for a, b in combinations(periods, 2) for one in a for other in b)
    return adds_up and (shares_days or (len(cut) > 1 and any(piece.is_till for piece in cut)))


def _is_own_part(piece: _Piece, whole: tuple[Period, ...]) -> bool:
    """True for a part of a longer time that its words set apart."""
    inside = all(part in whole[0] and part != whole[0] for part in _known(piece.time))
    return len(whole) == 1 and inside and piece.typed.lower().startswith(("riêng", "trong đó"))


@cache
def _known(time: str) -> tuple[Period, ...]:
    return _periods(time, span_of_years(2026, 2026))


def time_periods(target: Target, plan: Period) -> tuple[Period, ...]:
    """The periods for which a target is meant, in a plan: the first quarter of each of its years for `quý I`, of `đến
    30/6` the year up to the day; none for a target of the plan's own time."""
    return _periods(target.time, plan) if target.time else ()


def untimely(target: Target, plan: Period, due: date) -> UserError | None:
    """A fault if a value stands for one time alone that neither the plan nor its deadline ends with: `đến năm 2028 đạt
    80%`, due in 2030, would be judged in other years too."""
    if target.time or not _NAMED_YEAR.search(target.phrase):
        return None
    cut = _pieces(phrase(target.phrase))
    times = _periods(cut[0].time, plan) if len(cut) == 1 and _NAMED_YEAR.search(cut[0].time) else ()
    own = [time.end for time in times if time in plan or time.start > plan.end]
    if not own or max(own) in (plan.end, due):
        return None
    return UserError(STRAY_TIME.filled(words=cut[0].time), TIME_ELSEWHERE)


def _periods(time: str, plan: Period) -> tuple[Period, ...]:
    try:
        found = due_when(read_when(time), DeadlineScope(plan))
    except UserError:
        return ()
    periods = tuple(entry.period for entry in found.occurrences) if found else ()
    is_day = expression(_PATTERNS["day"]).fullmatch(time) is not None
    return tuple(Period(year(period.end.year).start, period.end) for period in periods) if is_day else periods


PIECE_ENDS = letters_of("stop", "comma", "and", "open", "close", "dash", "condition", "base")
_LED_IN = letters_of("strive", "aim", "verb", "link", "inside", "share", "each", "up")
_DURATIONS = letters_of("link", "inside", "time", "duration", "number", "each", "age", "verb", "from")
_NUMERAL = Expression(r"\d|\bquý [ivx]+\b")


def stray_times(reading: ScannedText, found: Sequence[FoundTarget]) -> Iterator[Message]:
    """Times that stand beside a value and say nothing of what it counts."""
    for part in parts_of(reading, found):
        begin = part.found.start if part.begin < 0 else part.begin
        sides = [*_pieces_of(reading, begin, part.found.start), *_pieces_of(reading, part.found.end, part.close)]
        if begin and reading.tokens[begin - 1].words == ":":  # `Học kỳ I: 95%`
            sides += _pieces_of(reading, reading.begin(begin - 1, LETTERS["stop"]), begin - 1)
        sides = [side for side in sides if reading.letters[: side[0]].rstrip(_LED_IN)[-1:] != LETTERS["base"]]
        words = [reading.words(*side) for side in sides]
        letters = [reading.letters[slice(*side)] for side in sides]
        told = [*filter(_is_day, words), *filter(_REMAINDER.search, words)]
        if not any(side.strip(_DURATIONS) for side in letters):
            sides_read = zip(words, letters, strict=True)
            told += [words for words, side in sides_read if "N" in side and not read_when(words)]
        for one in told:
            yield STRAY_TIME.filled(words=one)


def several_times(reading: ScannedText, found: Sequence[FoundTarget]) -> Iterator[Message]:
    """Values of several times in one phrase: which of them the plan promises for its own period is not said."""
    known: set[str] = set()
    for index, entry in enumerate(found):
        begin = found[index - 1].end if index else 0
        end = found[index + 1].start if index + 1 < len(found) else len(reading.tokens)
        before = re.split(r"[;,.]|\bvà\b", reading.words(begin, entry.start))[-1]
        behind = re.split(r"[;,.]|\bvà\b", reading.words(entry.end, end))[0]
        times: set[str] = set()
        for side in (before, behind):
            plain = re.split(r"so với|so sánh với|kế hoạch|dự toán|(?<!cả )năm học", side.lower())[0]
            times |= {match[0] for match in _NAMED_TIME.finditer(plain)}
        if times and known and not times & known:
            yield STRAY_TIME.filled(words=min(times))
        known |= times
        if "from" in entry.words and {"upto", "downto"} & entry.words.keys():  # `từ 90% quý I lên 95% quý IV`
            inner = reading.words(entry.start, entry.end)
            starts = () if _NAMED_YEAR.search(inner) else _NAMED_TIME.finditer(inner)
            yield from (STRAY_TIME.filled(words=time[0]) for time in starts)


STRAY_TIME = Message("'{words}' is a time, which a target does not hold")
TIME_ELSEWHERE = Message("write the time as 'deadline', and values of several times as 'plan' or 'horizons'")


def _is_day(words: str) -> bool:
    """True for words that name another time than a whole year: the end of a year is the plan's own time, if all values
    are for the same year."""
    typed = phrase(in_vietnamese(words)) if len(words) <= _LONGEST_TIME else ""
    when = read_when(typed) if _NUMERAL.search(typed) else None
    due = due_when(when, _ANY_YEAR)
    days = (entry.due for entry in due.occurrences if entry.due) if due else ()
    return any((day.month, day.day) != (12, 31) for day in days) and "năm học" not in words.lower()


_LONGEST_TIME = 60
_ANY_YEAR = DeadlineScope(year(2026))


def _pieces_of(reading: ScannedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts between commas, brackets and the like, without words that lead in."""
    first = start
    for index in range(start, end + 1):
        if index == end or reading.letters[index] in PIECE_ENDS:
            last = reading.back(index, _LED_IN, first)
            if first < last and reading.letters[first:last] != LETTERS["case"]:
                yield first, last
            first = index + 1
