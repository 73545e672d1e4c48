"""The oracle of results: readings held against targets. From product.md, "Results".

Comments that begin with `Choice` say what product.md leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from oracle_days import Stretch, share_gone, steps, stretch
from oracle_model import Objective, Occurrence, Plan, Reading, Result, Target
from oracle_work import due_times

WORST = ("missed", "exceeded", "no_data", "awaited", "under_way", "kept", "attained", "not_measured")
"""Of several times in one window the first of these states that one of them has is the window's."""

SUMS = ("amount", "at_most", "planned")
"""The kinds of target whose readings add up over the target's time."""
QUARTER = 3
"""Months of the shortest window that shows what is measured over a longer time."""


@dataclass(frozen=True)
class Scene:
    """All that a result is judged by: readings known on the day, the window, the days to report."""

    plan: Plan
    objective: Objective
    readings: tuple[Reading, ...]
    window: Stretch
    as_of: date
    reporting: int

    @property
    def target(self) -> Target:
        """The objective's target."""
        return self.objective.target

    @property
    def seen_until(self) -> date:
        """The last day of the window that is over, at the latest the day of the status."""
        return min(self.as_of, self.window.last)

    def reported_by(self, end: date) -> date:
        """The last day on which figures up to `end` are on time."""
        return end + timedelta(days=self.reporting)


def result(plan: Plan, objective: Objective, window: Stretch, as_of: date, reporting: int) -> Result:
    """The result of an objective in a window, seen from a day."""
    known = tuple(entry for entry in plan.readings if entry.item == objective.id and entry.recorded <= as_of)
    scene = Scene(plan, objective, known, window, as_of, reporting)
    judge = {
        "words": _words,
        "level": _level,
        "change": _change,
        "planned": _planned,
        "amount": _amount,
        "at_most": _amount,
    }[objective.target.kind]
    found = judge(scene)
    heard, asked = bool(read_in(scene)), bool(_expected(scene, window))
    is_one = objective.target.kind in SUMS and (objective.target.kind == "planned" or len(_times_begun(scene)) < 2)
    if is_one and not heard and found.state not in ("attained", "exceeded"):
        # Choice 26: what was read before the window does not break a silence in it. Of several times in the window the
        # worst one is told, as always.
        # Choice 29: what later figures have reached asks for none of a time before them.
        found = replace(found, state=_open_state(scene, min(window.last, plan.time.last)))
        if _is_complete(scene):
            found, asked = replace(found, state="not_measured"), False
    if objective.target.kind != "words" and not (heard or asked):
        found = replace(found, state="not_measured")
    if objective.target.kind == "words":
        # Without a number nothing is read: it belongs to the windows in which it is due, a month too.
        asked = any(window.has(one.last) for one in due_times(objective.deadline, plan.time))
    # Choice 10: an objective is measured in a window if it is judged by a reading there or one is expected.
    return replace(found, shown=heard or asked, lines=due_lines(scene, shown=heard or asked))


# When it is measured


def measuring_times(scene: Scene) -> tuple[Stretch, ...]:
    """The times for which a reading is expected: planned periods, the frequency's steps, or times of the deadline."""
    objective, whole = scene.objective, scene.plan.time
    if objective.target.kind == "planned":
        return tuple(period for period, _ in objective.target.planned)
    if objective.frequency and objective.target.kind != "words":
        return steps(whole, objective.frequency)
    # Choice 11: without a frequency it is measured for the times of its deadline, or for those that its phrase names
    # (`4 lớp/quý`) where these are more.
    dues, each = due_times(objective.deadline, whole), objective.target.per
    times = steps(whole, each) if each and objective.target.kind != "words" else ()
    return times if len(times) > len(dues) else dues


def _expected(scene: Scene, time: Stretch) -> list[Stretch]:
    """The times to measure that end in a stretch; a window of a month expects no figure of a quarter."""
    found = [one for one in measuring_times(scene) if time.has(one.last)]
    return [one for one in found if months_of(scene.window) >= QUARTER or scene.window.holds(one)]


def _silent(scene: Scene, time: Stretch, due: date = date.max) -> Result:
    """What stands where nothing was read in a time that ends with the window or before it; `due` may end it earlier."""
    blank = _blank(scene)
    if not _expected(scene, time):
        return replace(blank, state="not_measured")
    # Choice 12: the plan's end cuts a window that is longer.
    end = min(time.last, due, scene.plan.time.last)
    return replace(blank, state=_open_state(scene, end))


def _open_state(scene: Scene, end: date) -> str:
    """What is said of figures that have not come: those of a time that ends on a day."""
    if scene.as_of <= end:
        return "under_way"
    return "awaited" if scene.as_of <= scene.reported_by(end) else "no_data"


def _blank(scene: Scene) -> Result:
    return Result(scene.plan.id, scene.objective.id, "")


# Readings that add up


def read_in(scene: Scene) -> list[Reading]:
    """The readings that speak of the window. Of what adds up: those that end in it. Of a level: those that lie in it.

    Choice 27: where none lies in a window of a quarter or more, the shortest longer one that ends with the window: the
    figure of the year is that of its last quarter's report."""
    window = scene.window
    if scene.target.kind in SUMS:
        return [entry for entry in scene.readings if window.has(entry.period.last)]
    inside = _inside(scene.readings, window)
    if inside or months_of(window) < QUARTER:
        return inside
    longer = [entry for entry in scene.readings if entry.period.last == window.last]
    return [entry for entry in longer if entry.period.first == max(one.period.first for one in longer)]


def _inside(readings: Iterable[Reading], time: Stretch) -> list[Reading]:
    return [entry for entry in readings if time.holds(entry.period)]


def months_of(period: Stretch) -> int:
    """How many months a stretch has, a begun one counted whole."""
    return 12 * (period.last.year - period.first.year) + period.last.month - period.first.month + 1


def added_up(readings: Sequence[Reading]) -> list[Reading]:
    """The readings to add: of each unit those that no longer reading of the same unit holds already."""
    return [
        entry
        for entry in readings
        if not any(
            other.unit == entry.unit and other.period != entry.period and other.period.holds(entry.period)
            for other in readings
        )
    ]


def _sum(readings: Sequence[Reading]) -> Fraction:
    return sum((entry.value or Fraction(0) for entry in added_up(readings)), Fraction(0))


# Kinds of target


def _words(scene: Scene) -> Result:
    return replace(_blank(scene), state="not_measurable")


def _level(scene: Scene) -> Result:
    """Judged by the readings of the window: cases by their sums, other values by the last one."""
    found = read_in(scene)
    if not found:
        return _silent(scene, scene.window)
    if any(entry.den is not None for entry in found):
        cases = added_up(found)
        met, of_all = sum(entry.num or 0 for entry in cases), sum(entry.den or 0 for entry in cases)
        row = replace(_blank(scene), numerator=met, denominator=of_all)
        if of_all == 0:
            return replace(row, state="no_cases")
        value = Fraction(100 * met, of_all)
        state = "attained" if meets(scene.target, value) else "missed"
        return replace(row, value=value, state=_closed(scene, state))
    # Choice 13: values that do not add up (points, days, ranks) are judged by the times at which they are measured, all
    # of which have to hold; of several years the last one is told, and in one time the period that ends last.
    found = [entry for entry in found if entry.period.last.year == max(one.period.last.year for one in found)]
    times, parts = _expected(scene, scene.window), _by_time_to_measure(scene, found)
    if not parts or (len(parts) == 1 and not (len(times) > 1 and next(iter(parts)) in times)):
        whole = _spoken(scene, sorted(added_up(found), key=lambda one: (one.period.last, one.period.first)))
        return replace(whole, state=_closed(scene, whole.state))
    judged = [_spoken(scene, part) for part in parts.values()]
    judged = [
        replace(one, state=_closed(replace(scene, window=time), one.state))
        for one, time in zip(judged, parts, strict=True)
    ]
    # Choice 30: a time that missed decides; before its end a window may still turn, so that nothing else is decided.
    for state in ("missed", "under_way", "attained"):
        if one := next((one for one in reversed(judged) if one.state == state), None):
            return one if state == "missed" else replace(one, state=_closed(scene, state))
    return _silent(scene, scene.window)


def _closed(scene: Scene, state: str) -> str:
    """A result that figures to come can still turn is none: under way, and after its end awaited or without data until
    the last of them is there."""
    times, last = _expected(scene, scene.window), min(scene.window.last, scene.plan.time.last)
    days = due_times(scene.objective.deadline, scene.plan.time)
    if state not in ("attained", "missed"):
        return state
    if not times and days and all(one.last.year > scene.window.last.year for one in days):
        return "under_way"  # Choice 31: what is due in later years only is a step on the way
    end = max((min(time.last, last) for time in times), default=last)
    if scene.as_of < end:
        return "under_way"
    told = [entry.period for entry in scene.readings]
    is_whole = all(any(time.touches(one) for one in told) for time in times)
    is_read = not times or any(one.has(end) for one in told)
    is_of_all = not any(_silent_units(scene, time) for time in times) and not _told_with_more(scene, scene.window)
    return state if is_whole and is_read and is_of_all else _open_state(scene, end)


def _by_time_to_measure(scene: Scene, found: Sequence[Reading]) -> dict[Stretch, list[Reading]]:
    """Readings by the time to measure that holds them, a longer one by itself, in order of time; all together where one
    shares no day with such a time, as with the days of a deadline."""
    times = _expected(scene, scene.window)
    groups: dict[Stretch, list[Reading]] = {}
    for entry in sorted(added_up(found), key=lambda one: (one.period.last, one.period.first)):
        holder = next((time for time in times if time.holds(entry.period)), entry.period)
        if not any(holder.touches(time) for time in times):
            return {}
        groups.setdefault(holder, []).append(entry)
    return groups


def _spoken(scene: Scene, found: Sequence[Reading]) -> Result:
    """What the values of one time say. Choice 28: values that several units told of one period are none together: it is
    missed if one of them misses it."""
    period = found[-1].period
    last = {entry.unit: entry for entry in found}
    told = [last[unit] for unit in {entry.unit for entry in found if entry.period.touches(period)}]
    is_met = all(meets(scene.target, entry.value or Fraction(0)) for entry in told)
    state = "attained" if is_met else "missed"
    return replace(_blank(scene), value=told[0].value if len(told) == 1 else None, state=state)


def _change(scene: Scene) -> Result:
    """The sum of the window held against the same part of the baseline, once the readings cover it."""
    found = added_up(read_in(scene))
    if not found:
        return _silent(scene, scene.window)
    value = _sum(found)
    base = sum((entry.baseline or Fraction(0) for entry in found), Fraction(0))
    less = 100 * (base - value) / base
    # Choice 14: of a part of the time that the window asks about no result is said, but that it is open.
    end = min(scene.window.last, scene.plan.time.last)
    _, time = next(one for one in target_times(scene) if one[0].has(end))
    start = max(scene.window.first, scene.plan.time.first)
    end = min(end, time.last) if time.last >= start else end
    if not _cover(found, start, end):
        return replace(_blank(scene), value=value, state=_open_state(scene, end))
    state = "attained" if less >= scene.target.value else "missed"
    return replace(_blank(scene), value=value, state=_closed(scene, state))


def _is_complete(scene: Scene) -> bool:
    """Whether all figures of an amount's time, those after the window among them, reach what is asked for."""
    if scene.target.kind == "planned":
        times = [one for one, _ in scene.target.planned]
        wanted = sum((number for _, number in scene.target.planned), Fraction(0))
        inside = _inside(scene.readings, Stretch(min(one.first for one in times), max(one.last for one in times), ""))
        return _sum(inside) >= wanted
    times = [whole for whole, _ in _times_begun(scene)] if scene.target.kind == "amount" else []
    return any(meets(scene.target, _sum(_inside(scene.readings, whole))) for whole in times)


def _cover(readings: Sequence[Reading], start: date, end: date) -> bool:
    """Whether every day of a stretch lies in a reading."""
    days = (start + timedelta(days=number) for number in range((end - start).days + 1))
    return all(any(entry.period.has(day) for entry in readings) for day in days)


def _amount(scene: Scene) -> Result:
    """What adds up over the target's time; of several times in a window the worst one is told."""
    found = [_amount_in(scene, whole, time) for whole, time in _times_begun(scene)]
    # Choice 15: of several times in one window the worst state, and of these the latest, stands for the window.
    if all(one.state == "not_measured" for one in found):
        return _silent(scene, scene.window)
    worst = min(reversed(found), key=lambda one: WORST.index(one.state))
    times = [whole for whole, _ in target_times(scene) if whole.touches(scene.window)]
    if len(times) < 2:
        return worst
    # Choice 33: nothing is good before the last of these times has begun; what an amount came to is told, until it is
    # decided, beside what all of them ask for, and no per cent of that where one has more than its own.
    if worst.state in ("attained", "kept") and len(found) < len(times):
        worst = replace(worst, state="under_way", late=0)
    if scene.target.kind != "amount" or worst.state not in ("under_way", "awaited", "no_data"):
        return worst
    span = Stretch(times[0].first, times[-1].last, "")
    known = _inside(scene.readings, Stretch(span.first, min(span.last, scene.window.last), ""))
    value = _sum(known) if known else None
    is_more = any((one.value or 0) > scene.target.value for one in found)
    percent = None if is_more or value is None else value / (len(times) * scene.target.value)
    return replace(worst, value=value, percent=percent, gone=share_gone(span, scene.seen_until))


def _times_begun(scene: Scene) -> list[tuple[Stretch, Stretch]]:
    """The times of an amount that share days with the window and have begun."""
    return [
        (whole, time)
        for whole, time in target_times(scene)
        if whole.touches(scene.window) and time.first <= scene.seen_until
    ]


def target_times(scene: Scene) -> tuple[tuple[Stretch, Stretch], ...]:
    """Each time over which an amount adds up, and the part of it up to its due day.

    Choice 16: the year unless the target says another. Where the deadline comes once in a plan for several years, the
    amount is to be reached once: from the plan's first day to the end of the deadline's year. Choice 17: the due day is
    the deadline's last one that lies in the time, else the time's own last day."""
    # Choice 18: a plan that begins or ends inside a year makes the year as short as the plan.
    whole, target = scene.plan.time, scene.target
    due = due_times(scene.objective.deadline, whole)
    if not target.per and scene.objective.deadline.kind == "by":
        last = date(due[0].last.year, 12, 31)
        cut = [Stretch(whole.first, min(last, whole.last), whole.code)]
    else:
        years = range(whole.first.year, whole.last.year + 1)
        every = [step for year in years for step in steps(stretch(str(year)), target.per or "year")]
        cut = [
            Stretch(max(step.first, whole.first), min(step.last, whole.last), step.code)
            for step in every
            if step.touches(whole)
        ]
    return tuple(
        (time, Stretch(time.first, max((one.last for one in due if time.has(one.last)), default=time.last), time.code))
        for time in cut
    )


def _amount_in(scene: Scene, whole: Stretch, time: Stretch) -> Result:
    """The amount of one of the target's times, up to the end of the window."""
    window = scene.window
    until = Stretch(whole.first, min(whole.last, window.last), "")
    known = _inside(scene.readings, until)
    gone = share_gone(time, scene.seen_until)
    if not known:
        both = Stretch(max(whole.first, window.first), until.last, "")
        return replace(_silent(scene, both, due=time.last), gone=gone)
    value = _sum(known)
    row = replace(_blank(scene), value=value, gone=gone)
    if scene.target.kind == "at_most":
        # Choice 19: what was kept until the due day stays `kept`, what was exceeded `exceeded`; a limit is no plan to
        # have a per cent of.
        if not meets(scene.target, value):
            return replace(row, state="exceeded")
        end = min(time.last, window.last)
        lacks = _lacking(scene, known, time.first, end) if scene.as_of > end else ""
        return replace(row, state=lacks or "kept")
    row = replace(row, percent=value / scene.target.value)
    if meets(scene.target, value):
        return replace(row, state="attained", late=_late(scene, known, time.last))
    return replace(row, state=_not_yet(scene, time, known))


def _late(scene: Scene, known: Sequence[Reading], due: date) -> int:
    """The days by which an amount was late that only work after its due day has reached.

    Choice 17: it is attained, as what is done stays done; but late, as what was missed stays visible. Readings whose
    period begins by the due day tell of the time until it. Late by the days from the due day until the work was told,
    or until the end of its period where the figures came later."""
    by_then = [entry for entry in known if entry.period.first <= due]
    if not by_then or not meets(scene.target, _sum(by_then)):
        last = _tipping(scene, known)
        return (min(last.recorded, last.period.last) - due).days if last else 0
    return 0


def _tipping(scene: Scene, known: Sequence[Reading]) -> Reading | None:
    """The reading that made the amount whole, in the order in which they were recorded."""
    made = Fraction(0)
    for entry in sorted(added_up(known), key=lambda one: one.recorded):
        made += entry.value or 0
        if meets(scene.target, made):
            return entry
    return None


def _is_final(due: date, known: Sequence[Reading]) -> bool:
    """True if each unit that reported has told the figures of the due day."""
    return {entry.unit for entry in known} == {entry.unit for entry in known if entry.period.last >= due}


def _not_yet(scene: Scene, time: Stretch, known: Sequence[Reading]) -> str:
    """The state of an amount that is not reached: under way until the due day, missed only after it."""
    due = time.last
    if due > scene.window.last or scene.as_of <= due:
        return "under_way"
    # Choice 20: after the due day it is missed only if no figures are missing.
    return _lacking(scene, known, time.first, due) or "missed"


def _lacking(scene: Scene, known: Sequence[Reading], first: date, due: date) -> str:
    """What a sum that decides nothing is after its day while figures of its time are missing; "" if none are.

    Choice 32: a time to measure of which no reading tells is missing, unless each unit that reported has told the
    figures of the due day, and it ends then or later. Until the reporting day some unit may still tell."""
    is_told, state = _is_final(due, known), _open_state(scene, due)
    times = _expected(replace(scene, window=Stretch(first, due, "")), Stretch(first, due, ""))
    if _told_with_more(scene, Stretch(first, due, "")) or any(_silent_units(scene, one) for one in times):
        return state
    holes = [hole for one in times for hole in _untold(scene, one) if not (is_told and hole.last >= due)]
    return state if holes or (state == "awaited" and not is_told) else ""


def _silent_units(scene: Scene, time: Stretch) -> set[str]:
    """The units whose part of a time is missing (decision 0030): of several that lead it those that told of an earlier
    time beside one that tells of this one."""
    told = {unit: [one.period for one in scene.readings if one.unit == unit] for unit in scene.objective.leads}
    speaking = [unit for unit, periods in told.items() if any(one.touches(time) for one in periods)]
    earlier = {unit: [one for one in periods if one.last < time.first] for unit, periods in told.items()}
    beside = [one for unit in speaking for one in earlier[unit]]
    return {
        unit
        for unit in told
        if unit not in speaking and any(one.touches(two) for one in earlier[unit] for two in beside)
    }


def _told_with_more(scene: Scene, time: Stretch) -> bool:
    """Whether a unit tells of a time only in a longer figure, while another one tells of it by itself."""
    touching = {one.unit for one in scene.readings if one.period.touches(time)}
    inside = {one.unit for one in scene.readings if time.holds(one.period)}
    return bool(inside) and touching != inside


def _tells(scene: Scene, read: Stretch, time: Stretch) -> bool:
    """Whether a reading tells of a time to measure: of one of evaluation alone only if it reaches to its end."""
    is_evaluation = (
        scene.target.kind != "planned"
        and not scene.objective.frequency
        and time in due_times(scene.objective.deadline, scene.plan.time)
    )
    return read.touches(time) and (not is_evaluation or read.last >= time.last)


def _planned(scene: Scene) -> Result:
    """The sum so far against the sum planned so far."""
    planned = scene.target.planned
    time = Stretch(min(one.first for one, _ in planned), max(one.last for one, _ in planned), "")
    until = Stretch(time.first, max(scene.window.last, time.first), "")
    known = _inside(scene.readings, until)
    # Choice 21: state and per cent hold the sum so far against all that is planned up to the window's end, and so does
    # the time: that all of it has gone says nothing.
    asked = [(one, number) for one, number in planned if one.last <= scene.window.last]
    due = max((one.last for one, _ in asked), default=time.last)
    share = share_gone(Stretch(time.first, due, ""), scene.seen_until)
    gone = None if asked and share >= 1 else share
    if not known or scene.window.first > time.last:
        return replace(_silent(scene, scene.window), gone=gone)
    value = _sum(known)
    whole = sum((number for _, number in asked), Fraction(0))
    row = replace(_blank(scene), value=value, percent=value / whole if whole else None, gone=gone)
    # Choice 22: while no planned period ends by the window's end, it is under way.
    if not asked:
        return replace(row, state="under_way")
    if value >= whole:
        return replace(row, state="attained")
    return replace(row, state=_not_yet(scene, Stretch(time.first, due, ""), known))


def meets(target: Target, value: Fraction) -> bool:
    """Whether a value is what the target asks for."""
    return {
        ">=": value >= target.value,
        ">": value > target.value,
        "<=": value <= target.value,
        "<": value < target.value,
        "=": value == target.value,
    }[target.sign]


# Due days of an objective


def due_lines(scene: Scene, *, shown: bool) -> tuple[Occurrence, ...]:
    """The days of evaluation of an objective, each with its state: on time until the reporting day."""
    found = tuple(_line(scene, time) for time in due_times(scene.objective.deadline, scene.plan.time))
    return tuple(replace(line, shown=shown and line.shown) for line in found)


def _line(scene: Scene, time: Stretch) -> Occurrence:
    row = Occurrence(scene.plan.id, scene.objective.id, time.code, time.last, "", shown=scene.window.has(time.last))
    last_day = scene.reported_by(time.last)
    days = [*_evaluating(scene, time), *_completed(scene, time)]
    if days:
        # Choice 23: late is what was recorded after the reporting day, by the days since that day.
        late = max((min(days) - last_day).days, 0)
        return replace(row, state="done_late" if late else "done", days=late, done=min(days))
    if reached := _reached(scene, time.last):
        day, late = reached
        return replace(row, state="done_late" if late else "done", days=late, done=day)
    # Choice 25: a due day of an objective without figures is awaited until the reporting day, then there are no data.
    if scene.as_of > time.last:
        state = _open_state(scene, time.last)
        return replace(row, state=state, days=max((scene.as_of - last_day).days, 0))
    return replace(row, state="due" if scene.window.has(time.last) else "upcoming")


def _evaluating(scene: Scene, time: Stretch) -> list[date]:
    """The days on which figures came that evaluate an objective for a due day."""
    # Choice 24: a reading that ends with the deadline's period or holds it evaluates it; of a due day (30/11) one whose
    # period holds that day; where the deadline comes only once any reading that holds the due day. What was read before
    # its time was over counts from its end on (decision 0028).
    alone = len(due_times(scene.objective.deadline, scene.plan.time)) == 1 or time.first == time.last
    return [
        entry.recorded
        for entry in scene.readings
        if min(entry.period.last, time.last) <= scene.as_of
        and (entry.period.last == time.last or entry.period.holds(time) or (alone and entry.period.has(time.last)))
    ]


def _reached(scene: Scene, due: date) -> tuple[date, int] | None:
    """When the amount that holds a due day was reached, and how late: an amount that was reached is evaluated too,
    without further figures. Those of the time until the due day are late after the reporting day, later work is late
    anyway."""
    times = [whole for whole, _ in target_times(scene) if whole.has(due)] if scene.target.kind == "amount" else []
    for whole in times:
        known = _inside(scene.readings, whole)
        if early := _tipping(scene, [entry for entry in known if entry.period.first <= due]):
            return early.recorded, max((early.recorded - scene.reported_by(due)).days, 0)
        if last := _tipping(scene, known):
            return last.recorded, (min(last.recorded, last.period.last) - due).days
    return None


def _completed(scene: Scene, time: Stretch) -> list[date]:
    """The days on which somebody recorded the objective itself as done for a due day."""
    times = due_times(scene.objective.deadline, scene.plan.time)
    return [
        entry.done
        for entry in scene.plan.completions
        if entry.item == scene.objective.id
        and entry.seen <= scene.as_of
        and (entry.period == time or (entry.period is None and len(times) == 1))
    ]


def _untold(scene: Scene, time: Stretch) -> list[Stretch]:
    """What of a time to measure no reading tells: the whole, or of a quarter that is told by its months those left
    out."""
    told = [entry.period for entry in scene.readings]
    inside = [period for period in told if time.touches(period)]
    if inside and months_of(time) == QUARTER and all(time.holds(period) for period in inside):
        return [month for month in steps(time, "month") if not any(month.touches(period) for period in inside)]
    return [] if any(_tells(scene, period, time) for period in told) else [time]
