"""The oracle and the program, held against cases worked out by hand. Each row says how the figure comes about."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from oracle_days import stretch
from oracle_model import (
    Completion,
    Deadline,
    Happened,
    Objective,
    Occurrence,
    Plan,
    Reading,
    Result,
    Target,
    Task,
    Workspace,
)
from oracle_status import status
from oracle_work import last_begun_quarter
from seam import program

YEAR = Deadline("by", stretch("2026"))
QUARTERLY = Deadline("every", rhythm="quarter")
THIRD = Deadline("by", stretch("2026-Q3"))
EVENT = Deadline("event", event="E")
CONTINUOUS = Deadline("always")


def day(text: str) -> date:
    """`9-30` is 30 September 2026; a year may stand before it."""
    parts = [int(part) for part in text.split("-")]
    return date(*parts) if len(parts) == 3 else date(2026, *parts)


def finished(done: str, period: str | None = None, recorded: str | None = None) -> Completion:
    return Completion("T", "A", day(done), stretch(period) if period else None, day(recorded) if recorded else None)


def work(
    deadline: Deadline,
    window: str,
    as_of: str,
    *entries: Completion,
    event: str | None = None,
    plan: str = "2026",
) -> str:
    """The rows of one task: `+` before those that the window shows, name, state, days. The program says the same of
    those that are shown."""
    happened = (Happened("E", day(event)),) if event else ()
    one = Plan("P", stretch(plan), tasks=(Task("T", deadline),), completions=entries, happened=happened)
    mine, theirs = (tell(Workspace((one,)), day(as_of), stretch(window)).occurrences for tell in (status, program))
    assert [_work(row) for row in theirs if row.shown] == [_work(row) for row in mine if row.shown]
    return ", ".join(map(_work, mine))


def _work(row: Occurrence) -> str:
    return f"{'+' if row.shown else ''}{row.period} {row.state} {row.days}".removesuffix(" 0")


@pytest.mark.parametrize(
    ("window", "as_of", "entries", "expected"),
    [
        ("2026-Q3", "9-29", (), "+2026-Q3 due"),
        ("2026-Q3", "9-30", (), "+2026-Q3 due"),  # the due day itself is in time
        ("2026-Q3", "10-1", (), "+2026-Q3 overdue 1"),
        ("2026-Q1", "9-30", (), "2026-Q3 upcoming"),
        ("2026-Q4", "9-30", (), "2026-Q3 upcoming"),  # not overdue yet: nothing is left over
        ("2026-Q4", "10-1", (), "+2026-Q3 overdue 1"),  # left over from before the window
        ("2027-Q1", "2027-1-10", (), "+2026-Q3 overdue 102"),  # 31 + 30 + 31 + 10
        ("2026-Q1", "2-10", (finished("2-1"),), "+2026-Q3 done"),  # brought forward: finished in the window
        ("2026-Q2", "5-10", (finished("2-1"),), "2026-Q3 done"),  # neither due nor finished in it
        ("2026-Q4", "11-10", (finished("9-30"),), "2026-Q3 done"),
        ("2026-Q4", "11-10", (finished("10-12"),), "+2026-Q3 done_late 12"),
        ("2026-Q3", "10-11", (finished("10-12"),), "+2026-Q3 overdue 11"),  # nobody knows yet
        ("2026-Q3", "10-4", (finished("9-30", None, "10-5"),), "+2026-Q3 overdue 4"),  # done, but not yet recorded
        ("2026-Q3", "10-5", (finished("9-30", None, "10-5"),), "+2026-Q3 done"),
        ("2026-Q4", "2027-2-1", (finished("2027-1-15"),), "+2026-Q3 done_late 107"),  # open all through the window
        ("2026-Q3", "11-1", (finished("10-8"), finished("9-1", None, "10-20")), "+2026-Q3 done"),  # the earliest counts
    ],
)
def test_a_task_with_one_due_day(window: str, as_of: str, entries: tuple[Completion, ...], expected: str) -> None:
    assert work(THIRD, window, as_of, *entries) == expected


def test_what_recurs_is_due_each_time_and_finished_by_name() -> None:
    rows = "2026-Q1 done_late 3, +2026-Q2 overdue 20, +2026-Q3 due, 2026-Q4 upcoming"
    assert work(QUARTERLY, "2026-Q3", "7-20", finished("4-3", "2026-Q1")) == rows


def test_every_year_of_a_five_year_plan_is_an_occurrence() -> None:
    rows = "2026 overdue 411, +2027 overdue 46, +2028 due, 2029 upcoming, 2030 upcoming"
    done = finished("2027-1-20", "2026")
    yearly = Deadline("every", rhythm="year")
    assert work(yearly, "2028", "2028-2-15", plan="2026-2030") == "+" + rows
    assert work(yearly, "2028", "2028-2-15", done, plan="2026-2030") == rows.replace("overdue 411", "done_late 20")


def test_a_part_of_every_year_ends_on_its_last_day() -> None:
    february = Deadline("yearly", part="02")
    assert work(february, "2028-02", "2028-2-29", plan="2028").endswith("2028-02 due")  # leap day
    assert work(february, "2028-02", "2028-3-1", plan="2028") == "+2028-02 overdue 1"


def test_what_waits_for_an_event() -> None:
    assert work(EVENT, "2026", "6-1") == "2026 waiting"
    assert work(EVENT, "2026", "6-1", event="6-2") == "2026 waiting"  # not known yet
    assert work(EVENT, "2026", "6-2", event="6-2") == "+2026 due"
    assert work(EVENT, "2026-Q3", "7-2", event="6-2") == "2026 upcoming"
    assert work(EVENT, "2027-Q1", "2027-1-5", event="6-2") == "+2026 overdue 5"  # due 31 December of the event's year
    within = Deadline("event", event="E", days=15)
    assert work(within, "2026-Q2", "6-20", event="6-2") == "+2026 overdue 3"  # due 17 June
    assert work(EVENT, "2026-Q2", "6-20", finished("6-3")) == "+2026 done"


def test_continuous_work_is_never_overdue() -> None:
    rows = "2026-Q1 evidenced, +2026-Q2 no_evidence, +2026-Q3 no_evidence, 2026-Q4 upcoming"
    third = rows.replace("+2026-Q2", "2026-Q2")
    assert work(CONTINUOUS, "2026-Q3", "7-20", finished("3-3", "2026-Q1")) == third
    assert work(CONTINUOUS, "2026-08", "7-20", finished("3-3")) == third
    assert work(CONTINUOUS, "2026-9M", "7-20", finished("3-3", "2026-02")) == "+" + rows


def test_a_quarter_without_a_year_is_the_last_one_that_has_begun() -> None:
    assert last_begun_quarter(4, day("2027-1-10")) == stretch("2026-Q4")
    assert last_begun_quarter(4, day("9-30")) == stretch("2025-Q4")
    assert last_begun_quarter(4, day("10-1")) == stretch("2026-Q4")
    assert last_begun_quarter(1, day("1-1")) == stretch("2026-Q1")


def figure(period: str, recorded: str, value: int | str, unit: str = "A", baseline: int | None = None) -> Reading:
    """A value, or `40/50` cases."""
    base = None if baseline is None else Fraction(baseline)
    if isinstance(value, str):
        met, cases = value.split("/")
        return Reading("O", unit, stretch(period), day(recorded), num=int(met), den=int(cases))
    return Reading("O", unit, stretch(period), day(recorded), value=Fraction(value), baseline=base)


def measured(
    target: Target,
    window: str,
    as_of: str,
    *readings: Reading,
    deadline: Deadline = YEAR,
    frequency: str | None = "quarter",
    plan: str = "2026",
) -> str:
    """The result of one objective: `+` if shown, state, value, per cent of the plan, share of the time."""
    one = Plan("P", stretch(plan), objectives=(Objective("O", target, deadline, frequency),), readings=readings)
    [mine], theirs = (tell(Workspace((one,)), day(as_of), stretch(window)).results for tell in (status, program))
    # The program leaves out a plan that has nothing to do with the window.
    for row in theirs or [mine]:
        assert (row.state, row.shown) == (mine.state, mine.shown)
        if mine.shown:
            assert _figures(row) == _figures(mine)
    return ("+" if mine.shown else "") + " ".join([mine.state, *_figures(mine)])


def _figures(row: Result) -> list[str]:
    """Value, per cent of the plan and share of the time as fractions; the program's are rounded."""
    found = [one for one in (row.value, row.percent, row.gone) if one is not None]
    return [str(one.limit_denominator(1826)) for one in found]


SHARE = Target("level", ">=", Fraction(95))


@pytest.mark.parametrize(
    ("window", "as_of", "readings", "expected"),
    [
        ("2026-Q1", "4-12", (figure("2026-Q1", "4-10", "95/100"),), "+attained 95"),
        ("2026-Q1", "4-12", (figure("2026-Q1", "4-10", "94/100"),), "+missed 94"),
        ("2026-Q1", "4-9", (figure("2026-Q1", "4-10", "94/100"),), "+awaited"),  # recorded on the tenth
        ("2026-Q1", "4-15", (), "+awaited"),  # 31 March and fifteen days
        ("2026-Q1", "4-16", (), "+no_data"),
        ("2026-08", "9-20", (), "not_measured"),  # no quarter ends in August
        ("2026-09", "10-16", (), "not_measured"),  # a month expects no figure of a quarter
        ("2026-Q1", "3-31", (), "+under_way"),  # the window runs
        ("2026-Q1", "4-16", (figure("2026-Q1", "4-10", "0/0"),), "+no_cases"),
        # 90/100 and 10/10: 100 of 110, not the mean of 90 and 100 per cent
        (
            "2026-H1",
            "7-20",
            (figure("2026-Q1", "4-10", "90/100"), figure("2026-Q2", "7-10", "10/10")),
            "+missed 1000/11",
        ),
        # the half-year of one unit stands for its own quarter, not for the quarters of another (reliability.md, 4)
        (
            "2026-H1",
            "7-20",
            (
                figure("2026-H1", "7-10", "100/100", "A"),
                figure("2026-Q1", "4-10", "50/60", "A"),
                figure("2026-Q1", "4-10", "180/200", "B"),
                figure("2026-Q2", "7-10", "180/200", "B"),
            ),
            "+missed 92",  # 460 of 500
        ),
        (
            "2026-Q1",
            "7-20",
            (figure("2026-H1", "7-10", "100/100"),),
            "+no_data",
        ),  # half a year says nothing of a quarter
        ("2025-Q4", "1-5", (), "not_measured"),
    ],
)
def test_a_level(window: str, as_of: str, readings: tuple[Reading, ...], expected: str) -> None:
    assert measured(SHARE, window, as_of, *readings) == expected


def test_the_last_quarter_is_judged_by_the_figure_of_the_year_where_it_has_none_of_its_own() -> None:
    year, half = figure("2026", "2027-1-10", "90/100"), figure("2026-H2", "2027-1-10", "97/100")
    own = figure("2026-Q4", "2027-1-10", "96/100")
    assert measured(SHARE, "2026-Q4", "2027-1-20", year) == "+missed 90"
    assert measured(SHARE, "2026-Q4", "2027-1-20", year, half) == "+attained 97"
    assert measured(SHARE, "2026-Q4", "2027-1-20", year, half, own) == "+attained 96"
    assert measured(SHARE, "2026-12", "2027-1-20", year, half, own) == "not_measured"


def test_a_due_day_is_measured_in_its_month() -> None:
    november = Deadline("by", stretch("2026-11-30"))
    assert measured(SHARE, "2026-11", "12-16", deadline=november, frequency=None) == "+no_data"
    assert measured(SHARE, "2026-10", "12-16", deadline=november, frequency=None) == "not_measured"


def test_a_level_without_frequency_is_measured_on_its_due_day() -> None:
    assert measured(SHARE, "2026-Q3", "10-20", frequency=None) == "not_measured"
    assert measured(SHARE, "2026-Q4", "2027-1-15", frequency=None) == "+awaited"  # the quarter in which the year ends
    assert measured(SHARE, "2026", "2027-1-16", frequency=None) == "+no_data"


TREES = Target("amount", ">=", Fraction(1200), "cây")
FIRST, SECOND = figure("2026-Q1", "4-3", 400), figure("2026-Q2", "7-3", 800)
LAST = figure("2026-Q4", "2027-1-8", 300)
LITTLE = figure("2026-Q2", "7-3", 100)


@pytest.mark.parametrize(
    ("window", "as_of", "readings", "expected"),
    [
        ("2026-Q1", "4-5", (FIRST,), "+under_way 400 1/3 18/73"),  # 90 of 365 days
        ("2026-Q1", "11-5", (FIRST, SECOND), "+under_way 400 1/3 18/73"),  # at the window's end
        ("2026-H1", "7-5", (FIRST, SECOND), "+attained 1200 1 181/365"),  # reached at once
        ("2026", "7-5", (FIRST, LITTLE), "+under_way 500 5/12 186/365"),
        ("2026", "12-31", (FIRST, LITTLE), "+under_way 500 5/12 1"),  # until the due day
        ("2026", "2027-1-1", (FIRST, LITTLE), "+awaited 500 5/12 1"),
        ("2026", "2027-1-8", (FIRST, LITTLE, LAST), "+missed 800 2/3 1"),  # the last figures are there
        ("2026", "2027-1-15", (FIRST, LITTLE), "+awaited 500 5/12 1"),
        ("2026", "2027-1-16", (FIRST, LITTLE), "+missed 500 5/12 1"),
        # measured before the window, silent in it
        ("2026-Q3", "10-15", (FIRST, LITTLE), "+awaited 500 5/12 273/365"),
        ("2026-Q3", "10-16", (FIRST, LITTLE), "+no_data 500 5/12 273/365"),
        # one unit told the last quarter, the other one still has until 15 January
        ("2026", "2027-1-10", (FIRST, figure("2026-Q4", "2027-1-8", 5, "B")), "+awaited 405 27/80 1"),
        ("2026", "2027-1-16", (FIRST, figure("2026-Q4", "2027-1-8", 5, "B")), "+missed 405 27/80 1"),
        ("2026-08", "9-2", (FIRST, LITTLE), "not_measured 500 5/12 243/365"),  # no quarter ends in August
        ("2026-Q1", "4-16", (), "+no_data 18/73"),
        ("2026", "2027-1-16", (), "+no_data 1"),  # nobody said anything: not missed
    ],
)
def test_an_amount_adds_up_over_the_year(window: str, as_of: str, readings: tuple[Reading, ...], expected: str) -> None:
    assert measured(TREES, window, as_of, *readings) == expected


def test_an_amount_is_due_on_its_due_day() -> None:
    by_november = Deadline("by", stretch("2026-11-30"))
    assert measured(TREES, "2026", "11-30", FIRST, deadline=by_november) == "+under_way 400 1/3 1"
    assert measured(TREES, "2026", "12-16", FIRST, deadline=by_november) == "+missed 400 1/3 1"
    late = figure("2026-12", "12-31", 800)  # after the due day, but in the year that it adds up over
    assert measured(TREES, "2026", "12-31", FIRST, late, deadline=by_november) == "+attained 1200 1 1"


def test_an_amount_of_each_quarter() -> None:
    classes = Target("amount", ">=", Fraction(2), "lớp", per="quarter")
    one, two = figure("2026-Q1", "4-3", 3), figure("2026-Q2", "7-3", 1)
    assert measured(classes, "2026-Q1", "4-5", one, two, deadline=QUARTERLY) == "+attained 3 3/2 1"
    assert measured(classes, "2026-Q2", "7-5", one, two, deadline=QUARTERLY) == "+missed 1 1/2 1"
    assert measured(classes, "2026", "7-5", one, two, deadline=QUARTERLY) == "+missed 1 1/2 1"
    assert (
        measured(classes, "2026", "4-5", one, deadline=QUARTERLY) == "+under_way 5/91"
    )  # the second quarter runs: 5 of 91 days


def test_a_plan_that_begins_with_july() -> None:
    assert (
        measured(TREES, "2026-Q3", "10-5", figure("2026-Q3", "10-3", 600), plan="2026-H2") == "+under_way 600 1/2 1/2"
    )
    assert measured(TREES, "2026-Q2", "10-5", figure("2026-Q3", "10-3", 600), plan="2026-H2") == "not_measured"
    assert work(QUARTERLY, "2026-Q3", "7-1", plan="2026-H2") == "+2026-Q3 due, 2026-Q4 upcoming"


def test_a_quarter_without_figures_stands_for_the_year_of_an_amount_of_each_quarter() -> None:
    classes = Target("amount", ">=", Fraction(2), "lớp", per="quarter")
    second = figure("2026-Q2", "7-3", 5)
    assert measured(classes, "2026", "7-5", second, deadline=QUARTERLY) == "+no_data 1"  # of the first quarter
    assert measured(classes, "2026-Q2", "7-5", second, deadline=QUARTERLY) == "+attained 5 5/2 1"


def test_an_amount_with_one_deadline_in_five_years_is_reached_once() -> None:
    five = Deadline("by", stretch("2026-2030"))
    first, second = figure("2026", "2027-1-3", 700), figure("2027", "2028-1-3", 400)
    shown = measured(TREES, "2027", "2028-1-5", first, second, deadline=five, frequency="year", plan="2026-2030")
    assert shown == "+under_way 1100 11/12 365/913"  # 730 of 1826 days


def test_an_amount_of_each_year_of_five() -> None:
    yearly = Deadline("every", rhythm="year")
    first, second = figure("2026", "2027-1-3", 1300), figure("2027-Q1", "2027-4-3", 300)
    shown = measured(TREES, "2027", "2027-4-5", first, second, deadline=yearly, plan="2026-2030")
    assert shown == "+under_way 300 1/4 19/73"  # 95 of 365 days


CASES = Target("at_most", "<=", Fraction(5), "vụ")


@pytest.mark.parametrize(
    ("window", "as_of", "readings", "expected"),
    [
        ("2026-Q1", "4-5", (figure("2026-Q1", "4-3", 5),), "+kept 5 18/73"),
        ("2026-03", "4-5", (figure("2026-03", "4-3", 6),), "+exceeded 6 18/73"),  # in March, at once
        ("2026", "2027-2-1", (figure("2026", "2027-1-3", 5),), "+kept 5 1"),
        ("2026-Q2", "8-1", (figure("2026-Q1", "4-3", 4), figure("2026-Q2", "7-3", 2)), "+exceeded 6 181/365"),
        ("2026-Q1", "8-1", (figure("2026-Q1", "4-3", 4), figure("2026-Q2", "7-3", 2)), "+kept 4 18/73"),
    ],
)
def test_an_amount_that_must_not_be_passed(
    window: str, as_of: str, readings: tuple[Reading, ...], expected: str
) -> None:
    assert measured(CASES, window, as_of, *readings) == expected


def test_a_change_is_held_against_the_same_part_of_the_baseline() -> None:
    fewer = Target("change", value=Fraction(10))
    one, two = figure("2026-Q1", "4-3", 9, baseline=10), figure("2026-Q2", "7-3", 19, baseline=20)
    assert measured(fewer, "2026-Q1", "7-20", one, two) == "+attained 9"
    assert measured(fewer, "2026-Q2", "7-20", one, two) == "+missed 19"  # 5 per cent less
    assert measured(fewer, "2026-H1", "7-20", one, two) == "+missed 28"  # 28 against 30


PARTS = tuple((stretch(f"2026-Q{number}"), Fraction(value)) for number, value in enumerate((20, 45, 45, 40), 1))
PLANNED = Target("planned", ">=", Fraction(150), "lớp", planned=PARTS)


@pytest.mark.parametrize(
    ("window", "as_of", "readings", "expected"),
    [
        ("2026-Q1", "4-5", (figure("2026-Q1", "4-3", 20),), "+attained 20 1 18/73"),
        ("2026-Q2", "7-5", (figure("2026-Q1", "4-3", 25), figure("2026-Q2", "7-3", 40)), "+attained 65 1 181/365"),
        ("2026-Q2", "7-5", (figure("2026-Q1", "4-3", 25), figure("2026-Q2", "7-3", 35)), "+missed 60 12/13 181/365"),
        ("2026-Q2", "7-5", (figure("2026-Q1", "4-3", 25),), "+awaited 25 5/13 181/365"),
        ("2026-Q2", "7-16", (figure("2026-Q1", "4-3", 25),), "+no_data 25 5/13 181/365"),  # silent in the window
        ("2026", "7-5", (figure("2026-Q1", "4-3", 25),), "+under_way 25 1/6 186/365"),  # of 150
        ("2026-Q1", "4-16", (), "+no_data 18/73"),
        # no planned period ends in August or February
        ("2026-08", "9-5", (figure("2026-Q1", "4-3", 25),), "not_measured 25 5/13 243/365"),
        ("2026-02", "3-5", (figure("2026-01", "2-3", 5),), "not_measured 5 59/365"),
    ],
)
def test_values_planned_by_period(window: str, as_of: str, readings: tuple[Reading, ...], expected: str) -> None:
    assert measured(PLANNED, window, as_of, *readings, frequency=None) == expected


def lines(target: Target, as_of: str, *readings: Reading, deadline: Deadline = YEAR, window: str = "2026") -> str:
    one = Plan("P", stretch("2026"), objectives=(Objective("O", target, deadline),), readings=readings)
    [mine], [theirs] = (tell(Workspace((one,)), day(as_of), stretch(window)).results for tell in (status, program))
    assert [_work(line) for line in theirs.lines] == [_work(line) for line in mine.lines if line.shown]
    return ", ".join(_work(line).removeprefix("+") for line in mine.lines)


def test_a_reading_is_on_time_until_the_reporting_day() -> None:
    fourth = Deadline("by", stretch("2026-Q4"))
    assert lines(SHARE, "2027-1-15", deadline=fourth, window="2026-Q4") == "2026-Q4 awaited"
    assert lines(SHARE, "2027-1-16", deadline=fourth) == "2026-Q4 no_data 1"
    assert lines(SHARE, "2027-1-20", figure("2026-Q4", "2027-1-15", "1/1"), deadline=fourth) == "2026-Q4 done"
    assert lines(SHARE, "2027-1-20", figure("2026-Q4", "2027-1-18", "1/1"), deadline=fourth) == "2026-Q4 done_late 3"
    # a reading of the year holds the last day of the quarter: never attained and overdue at once (reliability.md, 5)
    assert lines(SHARE, "2027-1-20", figure("2026", "12-30", "1/1"), deadline=fourth) == "2026-Q4 done"


def test_nothing_is_attained_and_without_data_at_once() -> None:
    # the figure of the year for a deadline that comes once: late, but it is the evaluation
    assert lines(SHARE, "2027-1-20", figure("2026", "2027-1-10", "1/1"), deadline=THIRD) == "2026-Q3 done_late 87"
    # where it comes each quarter half a year evaluates the second one; the first has no figure of its own
    found = lines(SHARE, "7-20", figure("2026-H1", "7-10", "1/1"), deadline=QUARTERLY)
    assert found == "2026-Q1 no_data 96, 2026-Q2 done, 2026-Q3 due, 2026-Q4 due"
    # 1200 of 1200 trees by July: the later due days ask for nothing more
    found = lines(TREES, "2027-3-1", FIRST, SECOND, deadline=QUARTERLY)
    assert found == "2026-Q1 done, 2026-Q2 done, 2026-Q3 done, 2026-Q4 done"


def test_an_amount_that_is_reached_is_evaluated() -> None:
    assert lines(TREES, "2027-3-1", FIRST, SECOND) == "2026 done"
    assert lines(TREES, "2027-3-1", FIRST) == "2026 no_data 45"  # since 15 January


def test_the_first_quarter_counted_on_10_april_is_on_time() -> None:
    found = lines(SHARE, "4-20", figure("2026-Q1", "4-10", "40/40"), deadline=QUARTERLY)
    assert found == "2026-Q1 done, 2026-Q2 due, 2026-Q3 due, 2026-Q4 due"


def test_totals_are_of_what_is_shown_and_a_missing_window_is_the_quarter_of_the_day() -> None:
    plan = Plan(
        "P", stretch("2026"), tasks=(Task("T", QUARTERLY), Task("U", EVENT)), objectives=(Objective("O", SHARE, YEAR),)
    )
    found = status(Workspace((plan,)), day("5-2"))
    assert found.window == stretch("2026-Q2")
    assert found.totals == {"overdue": 1, "due": 1}
    assert found.result_totals == {}
