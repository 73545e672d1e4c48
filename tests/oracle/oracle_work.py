"""The oracle of occurrences: what is due when, and its state. From product.md, "Occurrences" and "A window".

Comments that begin with `Choice` say what product.md leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from oracle_days import Stretch, month_end, quarter_of, steps, stretch
from oracle_model import Completion, Deadline, Happened, Occurrence, Plan, Task

DONE = ("done", "done_late", "evidenced")
"""The states of what is finished."""


def due_times(deadline: Deadline, plan: Stretch) -> tuple[Stretch, ...]:
    """The times by whose last day something is due; none while that hangs on an event."""
    if deadline.kind == "by":
        assert deadline.time is not None
        return (deadline.time,)
    if deadline.kind == "every":
        return steps(plan, deadline.rhythm)
    if deadline.kind == "yearly":
        years = range(plan.first.year, plan.last.year + 1)
        return tuple(stretch(f"{year}-{deadline.part}") for year in years)
    return ()


def occurrences(plan: Plan, task: Task, window: Stretch, as_of: date) -> tuple[Occurrence, ...]:
    """All occurrences of a task, each with its state as of the day and whether the window shows it."""
    done = [entry for entry in plan.completions if entry.item == task.id and entry.seen <= as_of]
    if task.deadline.kind == "always":
        return tuple(_continuous(plan, task, done, window, as_of))
    if task.deadline.kind == "event":
        return (_after_event(plan, task, done, window, as_of),)
    times = due_times(task.deadline, plan.time)
    return tuple(
        _finished_or_due(
            Occurrence(plan.id, task.id, time.code, time.last, ""), _naming(done, time, times), window, as_of
        )
        for time in times
    )


def _naming(done: Sequence[Completion], time: Stretch, times: Sequence[Stretch]) -> list[date]:
    """The days on which an occurrence was done: a completion names it by its period, or it is the only one."""
    # Choice 1: a completion without a period finishes only an item with one occurrence.
    alone = len(times) == 1
    return [entry.done for entry in done if entry.period == time or (alone and entry.period is None)]


def _finished_or_due(row: Occurrence, days: list[date], window: Stretch, as_of: date) -> Occurrence:
    """The state of what has a due day. `shown`: due in the window, left over from before it, or finished in it."""
    assert row.due is not None
    # Choice 2: of several completions of one occurrence the earliest counts.
    done = min(days, default=None)
    shown = window.has(row.due) or (done is not None and window.has(done)) or _left_over(row.due, done, window, as_of)
    if done is not None:
        late = max((done - row.due).days, 0)
        return replace(row, state="done_late" if late else "done", days=late, done=done, shown=shown)
    if as_of > row.due:
        return replace(row, state="overdue", days=(as_of - row.due).days, shown=shown)
    # Choice 3: what is not yet due and lies outside the window is upcoming, also where the window comes later than it.
    return replace(row, state="due" if window.has(row.due) else "upcoming", shown=shown)


def _left_over(due: date, done: date | None, window: Stretch, as_of: date) -> bool:
    """True for what was due before the window and was still open when the window began."""
    # Choice 4: it stays left over in that window's view after it was done, in the window or later.
    # Choice 5: seen from a day before the window, only what is overdue by then is left over.
    return due < window.first and due < as_of and (done is None or done >= window.first)


def _continuous(
    plan: Plan, task: Task, done: Sequence[Completion], window: Stretch, as_of: date
) -> Iterator[Occurrence]:
    """Each quarter of the plan, with or without evidence; never overdue."""
    for quarter in steps(plan.time, "quarter"):
        days = [entry.done for entry in done if _evidences(entry, quarter)]
        row = Occurrence(plan.id, task.id, quarter.code, None, "", shown=quarter.touches(window))
        if days:
            yield replace(row, state="evidenced", done=min(days))
        # Choice 6: a quarter that has not begun is upcoming, one that runs is due, one that ends without evidence lacks
        # it from its last day on.
        else:
            missing = "due" if quarter.last > as_of else "no_evidence"
            yield replace(row, state="upcoming" if quarter.first > as_of else missing)


def _evidences(entry: Completion, quarter: Stretch) -> bool:
    """Whether a completion is the evidence of a quarter."""
    # Choice 7: by the period that it names, by the day it was done if it names none.
    if entry.period is None:
        return quarter.has(entry.done)
    return entry.period.holds(quarter) or quarter.holds(entry.period)


def _after_event(plan: Plan, task: Task, done: Sequence[Completion], window: Stretch, as_of: date) -> Occurrence:
    """What waits for an event; once that is recorded it has a due day like anything else."""
    seen = [entry for entry in plan.happened if entry.event == task.deadline.event and entry.seen <= as_of]
    days = [entry.done for entry in done]
    row = Occurrence(plan.id, task.id, plan.time.code, None, "")
    if seen:
        return _finished_or_due(replace(row, due=_due_after(task.deadline, seen[0])), days, window, as_of)
    if days:
        # Choice 8: what is done although nobody recorded the event is done, in time.
        return replace(row, state="done", done=min(days), shown=window.has(min(days)))
    # Choice 9: what waits is not due in any window, so no window shows it; `--all` does.
    return replace(row, state="waiting")


def _due_after(deadline: Deadline, happened: Happened) -> date:
    if deadline.months is not None:
        # Choice 7b: months end on the corresponding day of the calendar, on the month's last day where it has none.
        month = happened.day.month - 1 + deadline.months
        last = month_end(happened.day.year + month // 12, month % 12 + 1)
        return date(last.year, last.month, min(happened.day.day, last.day))
    if deadline.days is None:
        return date(happened.day.year, 12, 31)
    return happened.day + timedelta(days=deadline.days)


def last_begun_quarter(number: int, as_of: date) -> Stretch:
    """A quarter that was named without a year: the last one with that number that has begun by the day."""
    this_year = stretch(f"{as_of.year}-Q{number}")
    return this_year if this_year.first <= as_of else stretch(f"{as_of.year - 1}-Q{number}")


def window_or_quarter(window: Stretch | None, as_of: date) -> Stretch:
    """The window that was asked for; without one the quarter of the day."""
    return window or quarter_of(as_of)
