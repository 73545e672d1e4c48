"""The program's status against the oracle's, over random workspaces, days and windows.

Laws of every status stand in `progress/test_status.py`."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import suppress
from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from oracle_days import stretch
from oracle_model import Answer, Occurrence, Plan, Result, Workspace
from oracle_results import WORST
from oracle_status import status
from oracle_work import last_begun_quarter
from seam import look, program
from workspaces import UNITS, Asked, asked, days, write_files

STATES = ("done", "done_late", "overdue", "due", "upcoming", "waiting", "evidenced", "no_evidence")
UNSEEN = ("upcoming", "waiting", "not_measured")
"""What a window seldom or never shows."""
EVERY = {*STATES, *WORST, "no_cases", "not_measurable"}
NEAR = Fraction(1, 10_000)
"""The program prints four decimals."""
QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
STEPS = (Phase.explicit, Phase.generate, Phase.shrink)
modest = settings(
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=QUIET,
    phases=STEPS,
    report_multiple_bugs=False,
)
few = settings(modest, max_examples=10)
"""Laws call the program several times for each example; of the oracle they hold as it says the same."""


def work_row(row: Occurrence) -> str:
    """An occurrence in one line, to compare and to read in a failure."""
    return f"{row.plan}/{row.item} {row.period} due {row.due}: {row.state} {row.days}, done {row.done}"


def work_differs(mine: Answer, theirs: Answer) -> list[str]:
    """Occurrences of tasks that the window shows in one answer only; others that the oracle does not know so."""
    one, two = ({work_row(row) for row in answer.occurrences if row.shown} for answer in (mine, theirs))
    more = set(map(work_row, theirs.occurrences)) - set(map(work_row, mine.occurrences)) - two
    return [f"program: {row}" for row in (two - one) | more] + [f"oracle: {row}" for row in one - two]


def result_differs(mine: Result, theirs: Result) -> list[str]:
    """The fields in which two results of an objective differ. What the window does not show needs no figures."""
    names = ["state", "shown"]
    names += ["numerator", "denominator", "value", "percent", "late"] if mine.shown else []
    # The share of the time says something beside a value.
    names += ["gone"] if mine.shown and mine.value is not None else []
    pairs = [(name, getattr(mine, name), getattr(theirs, name)) for name in names]
    found = [f"{name}: oracle {one}, program {two}" for name, one, two in pairs if not _same(one, two)]
    lines = [{work_row(line) for line in result.lines} for result in (mine, theirs)]
    found += [f"program: due day {line}" for line in lines[1] - lines[0]]
    found += [
        f"oracle: due day {work_row(line)}" for line in mine.lines if line.shown and work_row(line) not in lines[1]
    ]
    return [f"{mine.plan}/{mine.item} {text}" for text in found]


def _same(one: object, two: object) -> bool:
    if isinstance(one, Fraction) and isinstance(two, Fraction):
        return abs(one - two) <= NEAR
    return one == two


def results_differ(mine: Answer, theirs: Answer) -> list[str]:
    """All differences of results; the program leaves out what has nothing to do with the window."""
    told = {(row.plan, row.item): row for row in theirs.results}
    found = []
    for row in mine.results:
        if (row.plan, row.item) in told:
            found += result_differs(row, told[row.plan, row.item])
        elif row.shown:
            found.append(f"{row.plan}/{row.item} is missing")
    return found


class AllSeenError(Exception):
    """Ends the looking for states once there is one of each."""


def states_in(answer: Answer) -> set[str]:
    return {row.state for row in (*answer.occurrences, *answer.results) if row.shown or row.state in UNSEEN}


def test_the_program_says_what_the_oracle_says_of_every_state() -> None:
    seen: set[str] = set()

    @modest
    @given(asked())
    def compare(one: Asked) -> None:
        mine, theirs = status(*one), program(*one)
        seen.update(states_in(mine))
        assert theirs.window == mine.window
        assert work_differs(mine, theirs) == []
        assert results_differ(mine, theirs) == []
        assert (theirs.totals, theirs.result_totals) == (mine.totals, mine.result_totals)

    @settings(modest, max_examples=90, phases=(Phase.generate,), derandomize=False)
    @given(asked())
    def look_further(one: Asked) -> None:
        if seen == EVERY:
            raise AllSeenError
        seen.update(states_in(status(*one)))

    compare()
    for start in range(8):  # from several starts: the first examples of each are small, and those that follow alike
        with suppress(AllSeenError):
            seed(start)(look_further)()
    assert seen == EVERY


@few
@given(st.integers(1, 4), days())
def test_a_quarter_without_a_year_is_the_last_one_that_has_begun(number: int, as_of: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_files(Workspace((Plan("P1", stretch("2026")),)), Path(folder))
        assert look(Path(folder), as_of, None, "--quarter", str(number)).window == last_begun_quarter(number, as_of)


@few
@given(asked())
def test_the_totals_of_plans_and_of_units_add_up_to_those_of_all(one: Asked) -> None:
    workspace, as_of, window = one
    with tempfile.TemporaryDirectory() as folder:
        write_files(workspace, Path(folder))
        whole = look(Path(folder), as_of, window)
        by_plan = [look(Path(folder), as_of, window, "--plan", plan.id) for plan in workspace.plans]
        by_unit = [look(Path(folder), as_of, window, "--unit", unit) for unit in UNITS]
    both = {(plan.id, one.id) for plan in workspace.plans for one in plan.objectives if len(one.leads) > 1}
    twice = Counter(row.state for row in whole.results if row.shown and (row.plan, row.item) in both)
    for parts, more in ((by_plan, Counter[str]()), (by_unit, twice)):
        assert sum((Counter(part.totals) for part in parts), Counter()) == whole.totals
        assert sum((Counter(part.result_totals) for part in parts), Counter()) == Counter(whole.result_totals) + more
