"""The program's status against the oracle's, over random workspaces, days and windows; and laws of every status."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle_days import Stretch, stretch
from oracle_model import Answer, Occurrence, Result, Workspace
from oracle_status import status
from oracle_work import DONE
from seam import look
from workspaces import UNITS, days, windows, workspaces, write_files

Teller = Callable[[Workspace, date, Stretch | None], Answer]
"""What answers a status: the oracle, or the program."""

NEAR = Fraction(1, 10_000)
"""The program prints four decimals."""

QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
modest = settings(max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=QUIET)
few = settings(modest, max_examples=25)
"""Laws call the program several times for each example; the whole file stays under 30 seconds."""


def program(workspace: Workspace, as_of: date, window: Stretch | None) -> Answer:
    """The program's answer over the files of a workspace."""
    with tempfile.TemporaryDirectory() as folder:
        write_files(workspace, Path(folder))
        return look(Path(folder), as_of, window)


tellers = pytest.mark.parametrize("tell", [status, program], ids=["oracle", "program"])


def work_row(row: Occurrence) -> str:
    """An occurrence in one line, to compare and to read in a failure."""
    return f"{row.plan}/{row.item} {row.period} due {row.due}: {row.state} {row.days}, done {row.done}"


def differing(mine: Result, theirs: Result) -> list[str]:
    """The fields in which two results differ."""
    found = [
        f"{name}: oracle {getattr(mine, name)}, program {getattr(theirs, name)}"
        for name in ("state", "numerator", "denominator")
        if getattr(mine, name) != getattr(theirs, name)
    ]
    for name in ("value", "percent", "gone"):
        one, two = getattr(mine, name), getattr(theirs, name)
        if (one is None) != (two is None) or (one is not None and abs(one - two) > NEAR):
            found.append(f"{name}: oracle {one}, program {two}")
    return [f"{mine.plan}/{mine.item} {text}" for text in found]


@modest
@given(workspaces(), days(), windows())
def test_every_occurrence_has_the_state_and_days_that_the_oracle_says(
    workspace: Workspace, as_of: date, window: Stretch | None
) -> None:
    mine, theirs = status(workspace, as_of, window), program(workspace, as_of, window)
    assert theirs.window == mine.window
    assert sorted(map(work_row, theirs.occurrences)) == sorted(map(work_row, mine.occurrences))


@modest
@given(workspaces(), days(), windows())
def test_every_objective_has_the_result_that_the_oracle_says(
    workspace: Workspace, as_of: date, window: Stretch | None
) -> None:
    mine, theirs = status(workspace, as_of, window), program(workspace, as_of, window)
    told = {(row.plan, row.item): row for row in theirs.results}
    assert sorted(told) == sorted((row.plan, row.item) for row in mine.results)
    assert [text for row in mine.results for text in differing(row, told[row.plan, row.item])] == []


@modest
@given(workspaces(), days(), windows())
def test_every_due_day_of_an_objective_has_the_state_that_the_oracle_says(
    workspace: Workspace, as_of: date, window: Stretch | None
) -> None:
    mine, theirs = status(workspace, as_of, window), program(workspace, as_of, window)
    lines = [sorted(work_row(line) for row in answer.results for line in row.lines) for answer in (theirs, mine)]
    assert lines[0] == lines[1]


@modest
@given(workspaces(), days(), windows())
def test_a_window_shows_and_counts_what_the_oracle_shows_and_counts(
    workspace: Workspace, as_of: date, window: Stretch | None
) -> None:
    mine, theirs = status(workspace, as_of, window), program(workspace, as_of, window)
    for rows in ("occurrences", "results"):
        shown = [
            sorted((row.plan, row.item, getattr(row, "period", "")) for row in getattr(answer, rows) if row.shown)
            for answer in (theirs, mine)
        ]
        assert shown[0] == shown[1]
    assert (theirs.totals, theirs.result_totals) == (mine.totals, mine.result_totals)


# Laws


@tellers
@few
@given(workspaces(), days(), windows())
def test_totals_are_the_sums_of_their_rows(
    tell: Teller, workspace: Workspace, as_of: date, window: Stretch | None
) -> None:
    answer = tell(workspace, as_of, window)
    assert answer.totals == Counter(row.state for row in answer.occurrences if row.shown)
    assert answer.result_totals == Counter(row.state for row in answer.results if row.shown)


@tellers
@few
@given(workspaces(), days())
def test_the_quarters_tile_what_is_due_in_the_year(tell: Teller, workspace: Workspace, as_of: date) -> None:
    def due_in(window: Stretch) -> list[str]:
        rows = tell(workspace, as_of, window).occurrences
        return [work_row(replace(row, state="")) for row in rows if row.due and row.shown and window.has(row.due)]

    quarters = [row for number in (1, 2, 3, 4) for row in due_in(stretch(f"2026-Q{number}"))]
    assert sorted(quarters) == sorted(due_in(stretch("2026")))


@tellers
@few
@given(workspaces(), days(), st.integers(1, 400), windows())
def test_what_is_done_stays_done(
    tell: Teller, workspace: Workspace, as_of: date, later: int, window: Stretch | None
) -> None:
    window = window or stretch("2026-Q4")
    first = tell(workspace, as_of, window)
    second = tell(workspace, date.fromordinal(as_of.toordinal() + later), window)
    names = [
        {(row.plan, row.item, row.period) for row in answer.occurrences if row.state in DONE}
        for answer in (first, second)
    ]
    assert names[0] <= names[1]


@few
@given(workspaces(), days(), windows())
def test_the_totals_of_plans_and_of_units_add_up_to_those_of_all(
    workspace: Workspace, as_of: date, window: Stretch | None
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_files(workspace, Path(folder))
        whole = look(Path(folder), as_of, window)
        by_plan = [look(Path(folder), as_of, window, "--plan", plan.id) for plan in workspace.plans]
        by_unit = [look(Path(folder), as_of, window, "--unit", unit) for unit in UNITS]
    for parts in (by_plan, by_unit):
        assert sum((Counter(part.totals) for part in parts), Counter()) == whole.totals
        assert sum((Counter(part.result_totals) for part in parts), Counter()) == whole.result_totals


def known_on(workspace: Workspace, day: date) -> Workspace:
    """A workspace with only the records that had been made by a day."""
    return replace(
        workspace,
        plans=tuple(
            replace(
                plan,
                readings=tuple(entry for entry in plan.readings if entry.recorded <= day),
                completions=tuple(entry for entry in plan.completions if entry.seen <= day),
                happened=tuple(entry for entry in plan.happened if entry.seen <= day),
            )
            for plan in workspace.plans
        ),
    )


@tellers
@few
@given(workspaces(), days(), windows())
def test_a_past_day_never_changes_when_later_records_come(
    tell: Teller, workspace: Workspace, as_of: date, window: Stretch | None
) -> None:
    assert tell(known_on(workspace, as_of), as_of, window) == tell(workspace, as_of, window)
