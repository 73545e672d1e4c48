"""The oracle of results: readings held against targets. From product.md, "Results".

Comments that begin with `Choice` say what product.md leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from oracle_days import LENGTHS, Stretch, share_gone, steps, stretch
from oracle_model import Objective, Occurrence, Plan, Reading, Result, Target
from oracle_work import due_times

WORST = ("missed", "exceeded", "no_data", "awaited", "under_way", "kept", "attained", "not_measured")
"""Of several times in one window the first of these states that one of them has is the window's."""


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
    # Choice 10: an objective is measured in a window if a reading lies in it or one is expected in it.
    shown = bool(_inside(known, window)) or bool(_expected(scene, window))
    return replace(found, shown=shown, lines=due_lines(scene))


# When it is measured


def measuring_days(scene: Scene) -> tuple[date, ...]:
    """The days up to which a reading is expected: ends of the frequency's steps, of planned periods, or due days."""
    objective, whole = scene.objective, scene.plan.time
    if objective.frequency:
        return tuple(step.last for step in steps(whole, objective.frequency))
    if objective.target.kind == "planned":
        return tuple(period.last for period, _ in objective.target.planned)
    # Choice 11: without a frequency it is measured for the days on which it is evaluated, its due days.
    return tuple(time.last for time in due_times(objective.deadline, whole))


def _expected(scene: Scene, time: Stretch) -> list[date]:
    return [day for day in measuring_days(scene) if time.has(day)]


def _silent(scene: Scene, time: Stretch, due: date = date.max) -> Result:
    """What stands where nothing was read in a time that ends with the window or before it; `due` may end it earlier."""
    blank = _blank(scene)
    ends = _expected(scene, time)
    if not ends:
        return replace(blank, state="not_measured")
    # Choice 12: while the window runs, nothing read is awaited too; the plan's end cuts a window that is longer.
    end = min(time.last, due, scene.plan.time.last)
    return replace(blank, state="no_data" if scene.as_of > scene.reported_by(end) else "awaited")


def _blank(scene: Scene) -> Result:
    return Result(scene.plan.id, scene.objective.id, "")


# Readings that add up


def _inside(readings: Iterable[Reading], time: Stretch) -> list[Reading]:
    return [entry for entry in readings if time.holds(entry.period)]


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
    found = _inside(scene.readings, scene.window)
    if not found:
        return _silent(scene, scene.window)
    if any(entry.den is not None for entry in found):
        cases = added_up(found)
        met, of_all = sum(entry.num or 0 for entry in cases), sum(entry.den or 0 for entry in cases)
        row = replace(_blank(scene), numerator=met, denominator=of_all)
        if of_all == 0:
            return replace(row, state="no_cases")
        value = Fraction(100 * met, of_all)
        return replace(row, value=value, state="attained" if meets(scene.target, value) else "missed")
    # Choice 13: values that do not add up (points, days, ranks) are judged by the period that ends last.
    # Of two that end on one day the longer one.
    last = max(found, key=lambda entry: (entry.period.last, -entry.period.first.toordinal()))
    assert last.value is not None
    return replace(_blank(scene), value=last.value, state="attained" if meets(scene.target, last.value) else "missed")


def _change(scene: Scene) -> Result:
    """The sum of the window held against the same part of the baseline; provisional while the year is not whole."""
    found = added_up(_inside(scene.readings, scene.window))
    if not found:
        return _silent(scene, scene.window)
    value = _sum(found)
    base = sum((entry.baseline or Fraction(0) for entry in found), Fraction(0))
    less = 100 * (base - value) / base
    whole = any(found[0].period.first.year == year.first.year for year in steps(scene.window, "year"))
    # Choice 14: attained and missed are said of a part of a year too, marked provisional.
    state = "attained" if less >= scene.target.value else "missed"
    return replace(_blank(scene), value=value, state=state, provisional=not whole)


def _amount(scene: Scene) -> Result:
    """What adds up over the target's time; of several times in a window the worst one is told."""
    found = [
        _amount_in(scene, whole, time)
        for whole, time in target_times(scene)
        if whole.touches(scene.window) and time.first <= scene.seen_until
    ]
    if not found:
        return _silent(scene, scene.window)
    # Choice 15: of several times in one window the worst state, and of these the latest, stands for the window.
    return min(reversed(found), key=lambda one: WORST.index(one.state))


def target_times(scene: Scene) -> tuple[tuple[Stretch, Stretch], ...]:
    """Each year or quarter over which an amount adds up, and the part of it up to its due day.

    Choice 16: the year unless the target says another, also in a plan for several years. Choice 17: it ends on the last
    due day of the deadline that lies in it, else with the time itself; what is measured after it does not count."""
    # Choice 18: a plan that begins or ends inside a year makes the year as short as the plan.
    whole = scene.plan.time
    cut = [
        Stretch(max(step.first, whole.first), min(step.last, whole.last), step.code)
        for year in range(whole.first.year, whole.last.year + 1)
        for step in steps(stretch(str(year)), scene.target.per or "year")
        if step.touches(whole)
    ]
    days = [time.last for time in due_times(scene.objective.deadline, whole)]
    return tuple(
        (time, Stretch(time.first, max((day for day in days if time.has(day)), default=time.last), time.code))
        for time in cut
    )


def _amount_in(scene: Scene, whole: Stretch, time: Stretch) -> Result:
    """The amount of one of the target's times, up to the end of the window."""
    window = scene.window
    known = [
        entry
        for entry in scene.readings
        if time.first <= entry.period.first <= time.last and entry.period.last <= window.last
    ]
    known = [entry for entry in known if _months_of_target(scene) >= _months_of(entry.period)]
    if not known:
        both = Stretch(max(whole.first, window.first), min(whole.last, window.last), "")
        return _silent(scene, both, due=time.last)
    value = _sum(known)
    limit = scene.target.value
    row = replace(
        _blank(scene),
        value=value,
        percent=value / limit if limit else None,
        gone=share_gone(time, scene.seen_until),
    )
    if scene.target.kind == "at_most":
        # Choice 19: what was kept until the due day stays `kept`, what was exceeded `exceeded`.
        return replace(row, state="kept" if meets(scene.target, value) else "exceeded")
    if meets(scene.target, value):
        return replace(row, state="attained")
    return replace(row, state=_not_yet(scene, time.last, known))


def _months_of_target(scene: Scene) -> int:
    return LENGTHS[scene.target.per or "year"]


def _months_of(period: Stretch) -> int:
    return 12 * (period.last.year - period.first.year) + period.last.month - period.first.month + 1


def _not_yet(scene: Scene, due: date, known: Sequence[Reading]) -> str:
    """The state of an amount that is not reached: under way until the due day, missed only after it."""
    if due > scene.window.last or scene.as_of <= due:
        return "under_way"
    # Choice 20: after the due day it is awaited until the reporting day, unless each unit that reported has told the
    # figures of the due day; only then, or after the reporting day, it is missed.
    units = {entry.unit for entry in known}
    final = {entry.unit for entry in known if entry.period.last >= due}
    if scene.as_of <= scene.reported_by(due) and units != final:
        return "awaited"
    return "missed"


def _planned(scene: Scene) -> Result:
    """The sum so far against the sum planned so far."""
    planned = scene.target.planned
    time = Stretch(min(one.first for one, _ in planned), max(one.last for one, _ in planned), "")
    until = Stretch(time.first, max(scene.window.last, time.first), "")
    known = _inside(scene.readings, until)
    if not known or scene.window.first > time.last:
        return _silent(scene, scene.window)
    value = _sum(known)
    # Choice 21: the window's state holds the sum so far against all that is planned up to the window's end;
    # per cent are of what is planned for periods that are over on the day.
    asked = [(one, number) for one, number in planned if one.last <= scene.window.last]
    over = sum((number for one, number in asked if one.last <= scene.seen_until), Fraction(0))
    row = replace(
        _blank(scene),
        value=value,
        percent=value / over if over else None,
        gone=share_gone(time, scene.seen_until),
    )
    # Choice 22: while no planned period ends by the window's end, it is under way.
    if not asked:
        return replace(row, state="under_way")
    if value >= sum(number for _, number in asked):
        return replace(row, state="attained")
    return replace(row, state=_not_yet(scene, max(one.last for one, _ in asked), known))


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


def due_lines(scene: Scene) -> tuple[Occurrence, ...]:
    """The days of evaluation of an objective, each with its state: on time until the reporting day."""
    return tuple(_line(scene, time) for time in due_times(scene.objective.deadline, scene.plan.time))


def _line(scene: Scene, time: Stretch) -> Occurrence:
    row = Occurrence(scene.plan.id, scene.objective.id, time.code, time.last, "", shown=scene.window.has(time.last))
    last_day = scene.reported_by(time.last)
    days = [*_evaluating(scene, time), *_completed(scene, time)]
    if days:
        # Choice 23: late is what was recorded after the reporting day, by the days since that day.
        late = max((min(days) - last_day).days, 0)
        return replace(row, state="done_late" if late else "done", days=late, done=min(days))
    if scene.as_of > last_day:
        return replace(row, state="overdue", days=(scene.as_of - last_day).days)
    return replace(row, state="due" if scene.window.has(time.last) else "upcoming")


def _evaluating(scene: Scene, time: Stretch) -> list[date]:
    """The days on which figures came that evaluate an objective for a due day."""
    # Choice 24: a reading evaluates a due day if its period holds that day, or if it reached the amount.
    found = [entry.recorded for entry in scene.readings if entry.period.has(time.last)]
    if scene.target.kind not in ("amount", "at_most"):
        return found
    for _, until_due in target_times(scene):
        if until_due.has(time.last):
            found.extend(_decided(scene, until_due))
    return found


def _decided(scene: Scene, time: Stretch) -> list[date]:
    """The day on which the known readings first reached the amount, or went past the limit, if they did."""
    known = [entry for entry in scene.readings if time.first <= entry.period.first <= time.last]
    known = [entry for entry in known if _months_of(entry.period) <= _months_of_target(scene)]
    for day in sorted({entry.recorded for entry in known}):
        value = _sum([entry for entry in known if entry.recorded <= day])
        if meets(scene.target, value) == (scene.target.kind == "amount"):
            return [day]
    return []


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
