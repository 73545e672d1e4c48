"""The colours of states on a terminal."""

from __future__ import annotations

from qmsplan.progress.measure import Attainment
from qmsplan.progress.occurrence import State
from qmsplan.progress.trend import Direction

STYLES: dict[State | Attainment, str] = {
    State.DONE: "green",
    State.DONE_LATE: "yellow",
    State.OVERDUE: "bold red",
    State.DUE: "bold yellow",
    State.UPCOMING: "dim",
    State.WAITING: "cyan",
    State.EVIDENCED: "green",
    State.NO_EVIDENCE: "yellow",
    State.NO_DEADLINE: "magenta",
    Attainment.ATTAINED: "green",
    Attainment.MISSED: "bold red",
    Attainment.NO_DATA: "dim",
    Attainment.NO_BASELINE: "yellow",
    Attainment.NO_CASES: "cyan",
    Attainment.NOT_MEASURABLE: "dim",
}
TRENDS = {Direction.BETTER: "green", Direction.WORSE: "red", Direction.SAME: "dim", Direction.UNKNOWN: "dim"}
