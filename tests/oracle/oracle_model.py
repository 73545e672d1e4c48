"""An abstract workspace for the oracle: what was promised and what was recorded, without any file or phrase."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from oracle_days import Stretch, stretch


@dataclass(frozen=True)
class Deadline:
    """When something is due. `kind` says which of the other fields counts.

    by: by the end of `time` (`2026-Q3`, a day `2026-08-15`). every: at the end of each `rhythm` (`quarter`).
    yearly: the same part of each year of the plan (`part` `01`, `Q4`). event: after `event`; due at the end of the year
    in which it happened, or so many `days` or calendar `months` after it. always: continuous, with evidence each
    quarter."""

    kind: str
    time: Stretch | None = None
    rhythm: str = ""
    part: str = ""
    event: str = ""
    days: int | None = None
    months: int | None = None


@dataclass(frozen=True)
class Target:
    """What an objective is to attain.

    kind: level, amount, at_most, change, planned, words (no number). `sign`: >=, >, <=, <, =. `value`, `unit` as typed:
    98 %, 2 lớp. `per`: the rhythm in which an amount is to be reached each time (`quarter`), else the year. `planned`:
    the value of each period. Of a change, `value` is the per cent by which to reduce."""

    kind: str
    sign: str = ">="
    value: Fraction = Fraction(0)
    unit: str = "%"
    per: str = ""
    planned: tuple[tuple[Stretch, Fraction], ...] = ()


@dataclass(frozen=True)
class Task:
    """A task and its deadline."""

    id: str
    deadline: Deadline
    lead: str = "A"


@dataclass(frozen=True)
class Objective:
    """A quality objective: its target, the deadline of its evaluation, and its frequency if one is given."""

    id: str
    target: Target
    deadline: Deadline
    frequency: str | None = None
    leads: tuple[str, ...] = ("A",)


@dataclass(frozen=True)
class Reading:
    """A result: a value, or cases out of all cases (`num`, `den`), of a period, written down by a unit on a day."""

    item: str
    unit: str
    period: Stretch
    recorded: date
    value: Fraction | None = None
    num: int | None = None
    den: int | None = None
    baseline: Fraction | None = None


@dataclass(frozen=True)
class Completion:
    """An item, or the occurrence that `period` names, is done."""

    item: str
    unit: str
    done: date
    period: Stretch | None = None
    recorded: date | None = None

    @property
    def seen(self) -> date:
        """The first day that knows of it."""
        return max(self.done, self.recorded or self.done)


@dataclass(frozen=True)
class Happened:
    """An event of a plan happened."""

    event: str
    day: date
    recorded: date | None = None

    @property
    def seen(self) -> date:
        """The first day that knows of it."""
        return max(self.day, self.recorded or self.day)


@dataclass(frozen=True)
class Plan:
    """A plan for a time (`2026`, `2026-2030`), with all that was recorded on it."""

    id: str
    time: Stretch
    tasks: tuple[Task, ...] = ()
    objectives: tuple[Objective, ...] = ()
    readings: tuple[Reading, ...] = ()
    completions: tuple[Completion, ...] = ()
    happened: tuple[Happened, ...] = ()


@dataclass(frozen=True)
class Workspace:
    """Plans, and the days after a period in which its figures may still be reported."""

    plans: tuple[Plan, ...]
    reporting: int = 15


@dataclass(frozen=True)
class Occurrence:
    """One time that something is due: `period` is its name, `state` and `days` (late or overdue) as of the day."""

    plan: str
    item: str
    period: str
    due: date | None
    state: str
    days: int = 0
    done: date | None = None
    shown: bool = False


@dataclass(frozen=True)
class Result:
    """What an objective has come to in the window.

    `value` so far; `percent` of the plan (1 is all of it) and `gone`, the share of the time, of amounts and of values
    planned by period; `numerator` and `denominator` of shares."""

    plan: str
    item: str
    state: str
    value: Fraction | None = None
    percent: Fraction | None = None
    gone: Fraction | None = None
    numerator: int | None = None
    denominator: int | None = None
    late: int = 0
    """Days after its due day of an amount that was reached only by later work."""
    shown: bool = False
    lines: tuple[Occurrence, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The status: every occurrence of every task, every objective, and the totals of what the window shows."""

    window: Stretch
    as_of: date
    occurrences: tuple[Occurrence, ...]
    results: tuple[Result, ...]
    totals: dict[str, int] = field(default_factory=dict)
    """Shown occurrences of tasks in each state."""
    result_totals: dict[str, int] = field(default_factory=dict)
    """Shown objectives in each state of a result."""


def of(code: str) -> Stretch:
    """Short for `stretch` in tables of cases."""
    return stretch(code)
