"""Random workspaces for the oracle, and the files that say the same in the format of docs/plan-format.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st
from oracle_days import Stretch, month_end, steps, stretch
from oracle_model import Completion, Deadline, Happened, Objective, Plan, Reading, Target, Task, Workspace
from oracle_work import due_times

PLAN_TIMES = ("2026", "2026", "2026", "2026-2030", "2023", "2026-H2", "2027")
"""A year's plan above all; one that is closed, one for five years, one that begins with July, one of the next year."""
UNITS = ("A", "B")
RHYTHMS = ("month", "quarter", "half-year", "year")
EVENT_DAYS = 15

SHARES = (Target("level", ">=", Fraction(95), "%"), Target("level", "<", Fraction(5), "%"))
LEVELS = (
    Target("level", ">=", Fraction(8), "điểm"),
    Target("level", "<", Fraction(2), "ngày"),
    Target("level", "<=", Fraction(5), "hạng"),
)
AMOUNTS = (
    Target("amount", ">=", Fraction(1200), "cây"),
    Target("amount", ">=", Fraction(4), "lần", per="year"),
    Target("amount", ">=", Fraction(2), "lớp", per="quarter"),
    Target("at_most", "<=", Fraction(5), "vụ", per="year"),
    Target("at_most", "<=", Fraction(3), "vụ", per="quarter"),
    Target("at_most", "<", Fraction(12), "vụ"),
)
OTHERS = (Target("change", value=Fraction(10)), Target("words"))


@st.composite
def workspaces(draw: st.DrawFn) -> Workspace:
    """One to three plans with tasks of every kind, objectives of every kind of target, and what was recorded."""
    times = draw(st.lists(st.sampled_from(PLAN_TIMES), min_size=1, max_size=3))
    all_plans = tuple(draw(plans(f"P{number}", stretch(code))) for number, code in enumerate(times, 1))
    return Workspace(all_plans, draw(st.sampled_from((15, 15, 5))))


@st.composite
def plans(draw: st.DrawFn, name: str, time: Stretch) -> Plan:
    """One plan with its records."""
    tasks = tuple(Task(f"T{n}", draw(deadlines(time)), draw(st.sampled_from(UNITS))) for n in range(draw(_few)))
    objectives = tuple(draw(objectives_of(f"O{n}", time)) for n in range(draw(_few)))
    readings = tuple(entry for one in objectives for entry in draw(readings_of(one, time)))
    completions = tuple(entry for one in tasks for entry in draw(completions_of(one, time)))
    happened = ()
    if draw(st.booleans()):
        day = min(
            time.first + timedelta(days=draw(st.integers(-20, 400))), time.last
        )  # what comes later is another plan's
        happened = (Happened("E", day, day + timedelta(days=draw(st.integers(0, 20)))),)
    return Plan(name, time, tasks, objectives, readings, completions, happened)


_few = st.integers(0, 3)


@st.composite
def deadlines(
    draw: st.DrawFn, time: Stretch, kinds: Sequence[str] = ("by", "every", "yearly", "event", "always")
) -> Deadline:
    """A deadline of one of the kinds, inside the plan's time."""
    kind = draw(st.sampled_from(kinds))
    if kind == "by":
        quarter = draw(st.sampled_from(steps(time, "quarter")))
        day = draw(st.sampled_from((quarter.last, quarter.last - timedelta(days=31), quarter.first)))
        return Deadline("by", draw(st.sampled_from((quarter, stretch(day.isoformat()), _end_of(time)))))
    if kind == "every":
        return Deadline("every", rhythm=draw(st.sampled_from([one for one in RHYTHMS if steps(time, one)])))
    if kind == "yearly":
        return Deadline("yearly", part=draw(st.sampled_from(("08", "12", "Q3", "Q4"))))
    if kind == "event":
        days, months = draw(st.sampled_from(((None, None), (EVENT_DAYS, None), (None, 1), (None, 3), (None, 12))))
        return Deadline("event", event="E", days=days, months=months)
    return Deadline("always")


def _end_of(time: Stretch) -> Stretch:
    """The plan's own time where a deadline can name it, else its last year."""
    return stretch(time.code if "H" not in time.code else str(time.last.year))


@st.composite
def objectives_of(draw: st.DrawFn, name: str, time: Stretch) -> Objective:
    """An objective with a target of any kind."""
    target = draw(
        st.one_of(*(st.sampled_from(some) for some in (SHARES, LEVELS, AMOUNTS, AMOUNTS, OTHERS)), _planned(time))
    )
    frequency = draw(st.sampled_from((None, "quarter", *(one for one in RHYTHMS if steps(time, one)))))
    deadline = draw(deadlines(time, ("by", "by", "every", "yearly")))
    if deadline.kind == "by" and time.last.year > time.first.year:
        # What is to be measured after a deadline in the middle of a plan for several years nobody says.
        deadline = Deadline("by", time)
    leads = draw(st.sampled_from((UNITS[:1], UNITS))) if frequency else UNITS[:1]
    return Objective(name, target, deadline, frequency, leads)


@st.composite
def _planned(draw: st.DrawFn, time: Stretch) -> Target:
    """Values planned for each quarter of the plan's first year, or for each month of its first half."""
    rhythm = draw(st.sampled_from(("quarter", "month")))
    periods = [one for one in steps(time, rhythm) if one.first.year == time.first.year]
    values = [Fraction(draw(st.integers(1, 20))) for _ in periods]
    return Target("planned", ">=", sum(values, Fraction(0)), "lớp", planned=tuple(zip(periods, values, strict=True)))


PARTS = (*(f"-Q{number}" for number in (1, 2, 3, 4)), "-H1", "-H2", "", "-01", "-03", "-08", "-12")
PERIODS = st.lists(st.sampled_from(PARTS), max_size=6, unique=True).map(sorted)
"""Periods of a year that were read, mostly quarters. They are parts of each other or apart, none cross."""


@st.composite
def readings_of(draw: st.DrawFn, objective: Objective, time: Stretch) -> list[Reading]:
    """What units read, in periods that are parts of each other or apart, never crossing."""
    target = objective.target
    if target.kind == "words":
        return []
    found = []
    # Values that do not add up are read by one unit.
    for unit in UNITS if target.unit == "%" or target.kind != "level" else UNITS[:1]:
        # Planned values are of the first year.
        years = 1 if target.planned else min(time.last.year - time.first.year + 1, 2)
        for year in range(time.first.year, time.first.year + years):
            for period in draw(PERIODS):
                known = stretch(f"{year}{period}")
                # A figure of half a year says nothing of an amount of each quarter.
                fits = not target.per or any(step.holds(known) for step in steps(stretch(str(year)), target.per))
                if time.holds(known) and fits:
                    recorded = known.last + timedelta(days=draw(st.sampled_from((-4, 0, 1, 10, 15, 16, 40))))
                    found.append(draw(_figure(objective, unit, known, recorded)))
    return found


@st.composite
def _figure(draw: st.DrawFn, objective: Objective, unit: str, period: Stretch, recorded: date) -> Reading:
    target = objective.target
    if target.kind == "level" and target.unit == "%":
        cases = draw(st.sampled_from((0, 0, 1, 20, 100)))
        met = cases if draw(st.booleans()) else draw(st.integers(0, cases))
        return Reading(objective.id, unit, period, recorded, num=met, den=cases)
    if target.kind == "change":
        base = draw(st.integers(1, 20))
        return Reading(
            objective.id, unit, period, recorded, value=Fraction(draw(st.integers(0, 25))), baseline=Fraction(base)
        )
    most = {"cây": 700, "điểm": 10}.get(target.unit, 7)
    value = Fraction(draw(st.integers(0, most)))
    if target.unit in ("điểm", "ngày"):
        value += Fraction(draw(st.sampled_from((0, 5, 25))), 100)
    return Reading(objective.id, unit, period, recorded, value=value)


@st.composite
def completions_of(draw: st.DrawFn, task: Task, time: Stretch) -> list[Completion]:
    """Some occurrences of a task finished: early, on the day, late; recorded at once or later."""
    kind = task.deadline.kind
    if kind == "always":
        times: tuple[Stretch, ...] = steps(time, "quarter")[:6]
    elif kind == "event":
        times = (time,)
    else:
        times = due_times(task.deadline, time)[:14]
    found = []
    for one in times:
        if not draw(st.booleans()):
            continue
        if kind == "always":
            done = one.first + timedelta(days=draw(st.integers(0, 80)))
        else:
            done = one.last + timedelta(days=draw(st.sampled_from((-100, -20, -1, 0, 1, 9, 95))))
        named = one if kind != "event" and (len(times) > 1 or draw(st.booleans())) else None
        lag = draw(st.sampled_from((None, 0, 3, 30)))
        recorded = None if lag is None else done + timedelta(days=lag)
        found.append(Completion(task.id, task.lead, done, named, recorded))
    return found


LOOK_BACK = (-40, -1, 0, 1, 4, 5, 10, 15, 16, 100)
"""Days after the end of a window from which it is looked at."""


class Asked(NamedTuple):
    """A workspace, the day it is seen from, and the window that is asked for, or none."""

    workspace: Workspace
    as_of: date
    window: Stretch | None


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """A random question. Half the time a window is looked at from about its end."""
    window, day = draw(windows()), draw(days())
    if window is not None and draw(st.booleans()):
        day = window.last + timedelta(days=draw(st.sampled_from(LOOK_BACK)))
    return Asked(draw(workspaces()), day, window)


def days() -> st.SearchStrategy[date]:
    """A day to look from: around ends of quarters and reporting days above all, a leap day, the new year, any day."""
    ends = [month_end(year, month) for year in (2026, 2027) for month in (3, 6, 9, 12)]
    near = [end + timedelta(days=days) for end in ends for days in (-1, 0, 1, 14, 15, 16)]
    odd = [date(2023, 12, 31), date(2024, 1, 16), date(2028, 2, 29), date(2026, 1, 1), date(2026, 2, 17)]
    return st.one_of(st.sampled_from(near), st.sampled_from(odd), st.dates(date(2025, 11, 1), date(2028, 6, 30)))


def windows() -> st.SearchStrategy[Stretch | None]:
    """No window, or one of each length."""
    parts = ("", "-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2", "-9M", "-02", "-06", "-11", "-12")
    codes = [f"{year}{part}" for year in (2026, 2026, 2026, 2027, 2023) for part in parts]
    return st.one_of(st.none(), st.sampled_from(codes).map(stretch), st.just(stretch("2026-2030")))


# Files

SETTINGS = """kind: workspace
language: en
reporting:
  days: {reporting}
units:
  - {code: A, name: Phòng A}
  - {code: B, name: Phòng B}
"""
RHYTHM_WORDS = {"month": "Hàng tháng", "quarter": "Hàng quý", "half-year": "6 tháng một lần", "year": "Hàng năm"}
PER_WORDS = {"": "", "month": "/tháng", "quarter": "/quý", "year": "/năm"}
SIGN_WORDS = {">=": "ít nhất", "<=": "không quá", "<": "dưới", ">": "trên", "=": "bằng"}
EVENT = "Ủy ban ban hành Kế hoạch"


def write_files(workspace: Workspace, folder: Path) -> None:
    """Writes a workspace as qmsplan reads it: settings, each plan, a progress file for each unit that recorded."""
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    (folder / "qmsplan.yaml").write_text(SETTINGS.replace("{reporting}", str(workspace.reporting)), "utf-8")
    for plan in workspace.plans:
        (folder / "plans" / f"{plan.id}.yaml").write_text(plan_text(plan), "utf-8")
        for unit in UNITS:
            if text := progress_text(plan, unit):
                (folder / "plans" / f"{plan.id}-{unit}.yaml").write_text(text, "utf-8")


def plan_text(plan: Plan) -> str:
    """A plan as YAML."""
    lines = [
        "kind: plan",
        f"id: {plan.id}",
        "template: work-plan",
        f"period: {plan.time.code}",
        "head: {issuer: A, type: Kế hoạch}",
        "events:",
        f"  - {{id: E, text: {EVENT}}}",
    ]
    if plan.tasks:
        lines.append("tasks:")
        lines += [
            f"  - {{id: {one.id}, text: Việc, lead: {one.lead}, deadline: {phrase(one.deadline)}}}"
            for one in plan.tasks
        ]
    if plan.objectives:
        lines.append("objectives:")
        lines += [objective_text(one) for one in plan.objectives]
    return "\n".join(lines) + "\n"


def objective_text(objective: Objective) -> str:
    """An objective as one line of YAML."""
    text = "Số vụ" if objective.target.kind == "change" else "Chất lượng"  # cases add up, a quality does not
    parts = [f"id: {objective.id}", f"text: {text}", f"lead: {'; '.join(objective.leads)}"]
    parts += [f"deadline: {phrase(objective.deadline)}", f'target: "{target_phrase(objective.target)}"']
    if objective.frequency:
        parts.append(f"frequency: {objective.frequency}")
    if objective.target.planned:
        parts.append("plan: {" + ", ".join(f"{one.code}: {value}" for one, value in objective.target.planned) + "}")
    return "  - {" + ", ".join(parts) + "}"


def phrase(deadline: Deadline) -> str:
    """A deadline as it is typed in Word."""
    if deadline.kind == "every":
        return RHYTHM_WORDS[deadline.rhythm]
    if deadline.kind == "yearly":
        words = f"Quý {deadline.part[1]}" if deadline.part[0] == "Q" else f"Tháng {deadline.part}"
        return f"{words} hàng năm"
    if deadline.kind == "event":
        if deadline.months is not None:
            return f"{deadline.months} tháng sau khi {EVENT}"
        return f"Sau khi {EVENT}" if deadline.days is None else f"Trong vòng {deadline.days} ngày kể từ khi {EVENT}"
    if deadline.kind == "always":
        return "Thường xuyên"
    assert deadline.time is not None
    return _time_phrase(deadline.time)


def _time_phrase(time: Stretch) -> str:
    if time.first == time.last:
        return f"Trước {time.last.day}/{time.last.month}/{time.last.year}"
    if "Q" in time.code:
        return f"Quý {time.code[-1]} năm {time.code[:4]}"
    return f"Trong năm {time.code}" if len(time.code) == 4 else f"Năm {time.code[:4]} - {time.code[5:]}"


def target_phrase(target: Target) -> str:
    """A target as it is typed in Word."""
    if target.kind == "words":
        return "nâng cao chất lượng"
    if target.kind == "change":
        return f"giảm {target.value}% so với năm trước"
    if target.unit == "hạng":
        return f"top {target.value}"
    return f"{SIGN_WORDS[target.sign]} {target.value} {target.unit}{PER_WORDS[target.per]}"


def progress_text(plan: Plan, unit: str) -> str:
    """What one unit recorded on a plan as YAML; the first one records the events too. Empty if it recorded nothing."""
    lists = {
        "readings": [reading_text(one) for one in plan.readings if one.unit == unit],
        "completions": [completion_text(one) for one in plan.completions if one.unit == unit],
        "events": [_event_text(one) for one in plan.happened] if unit == UNITS[0] else [],
    }
    lines = [line for name, entries in lists.items() if entries for line in (f"{name}:", *entries)]
    return "\n".join(["kind: progress", f"plan: {plan.id}", f"unit: {unit}", *lines]) + "\n" if lines else ""


def reading_text(reading: Reading) -> str:
    """A reading as one line of YAML."""
    parts = [f"item: {reading.item}", f"period: {reading.period.code}", f"recorded: {reading.recorded}"]
    names = {"value": reading.value, "numerator": reading.num, "denominator": reading.den, "baseline": reading.baseline}
    parts += [f"{name}: {_number(value)}" for name, value in names.items() if value is not None]
    return "  - {" + ", ".join([*parts, "evidence: Báo cáo"]) + "}"


def _number(value: Fraction | int) -> str:
    return str(value) if Fraction(value).denominator == 1 else f"{float(value):.2f}"


def completion_text(entry: Completion) -> str:
    """A completion as one line of YAML."""
    parts = [f"item: {entry.item}", f"done: {entry.done}"]
    parts += [f"period: {entry.period.code}"] if entry.period else []
    parts += [f"recorded: {entry.recorded}"] if entry.recorded else []
    return "  - {" + ", ".join([*parts, "evidence: Biên bản"]) + "}"


def _event_text(entry: Happened) -> str:
    return f"  - {{event: {entry.event}, date: {entry.day}, recorded: {entry.recorded or entry.day}}}"
