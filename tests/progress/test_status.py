"""What a status says: the rows of a window, totals, what is overdue and missed, how far promises are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from progress_samples import completion, day, plan_of, reading, records, task
from progress_strategies import PLANS, files_of

from qmsplan.model.period import parse_period, quarter, year
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.model.settings import Settings
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.progress.plan import plan_progress
from qmsplan.progress.status import Status, StatusRow, StatusScope, facts_in, joined, keeps_all, part_of, status_of
from qmsplan.progress.verdict import BAD
from rows import each_row

WINDOWS = st.sampled_from(["2026-Q1", "2026-Q3", "2026", "2026-08", "2027-Q1", "2026-H1", "2026-9M", "2026-2027"])
DAYS = st.dates(date(2025, 11, 1), date(2028, 3, 1))
SETTINGS = Settings.model_construct(kind="workspace")
EVENT = {"id": "E", "text": "có hướng dẫn"}


def look(
    window: str,
    as_of: str | date,
    *plans: tuple[Plan, Sequence[Progress]],
    keep: Callable[[str, Node], bool] = keeps_all,
    states: frozenset[str] = frozenset(),
) -> Status:
    """The status of plans with their records."""
    when = day(as_of) if isinstance(as_of, str) else as_of
    return status_of(plans, StatusScope(SETTINGS, when, parse_period(window), keep=keep, states=states))


def names(rows: Sequence[StatusRow]) -> list[str]:
    """Rows as `plan/item`."""
    return [f"{row.plan}/{row.node.item.id}" for row in rows]


def shown(rows: Sequence[StatusRow]) -> list[str]:
    """The due days of rows, each as `period state`."""
    return [f"{line.occurrence.period.code} {line.state.value}" for row in rows for line in row.lines]


@each_row(
    ("deadline", "window", "done", "here", "rest"),
    [
        # due in the window
        ("Quý III năm 2026", "2026-Q3", (), ["2026-Q3 due"], []),
        ("Hàng tháng", "2026-Q3", (), [f"2026-0{n} overdue" for n in range(1, 8)] + ["2026-08 due", "2026-09 due"], []),
        ("Trong năm", "2026", (), ["2026 due"], []),
        ("Thường xuyên", "2026-Q3", (), ["2026-Q3 due"], []),
        # left over from before it
        ("Quý I năm 2026", "2026-Q3", (), ["2026-Q1 overdue"], []),
        ("Quý I năm 2026", "2026-Q2", ("2026-04-09",), ["2026-Q1 done_late"], []),
        # finished in it
        ("Quý IV năm 2026", "2026-Q3", ("2026-08-01",), ["2026-Q4 done"], []),
        # of no concern: later, done before, waiting, without a deadline
        ("Quý IV năm 2026", "2026-Q3", (), [], ["2026-Q4 upcoming"]),
        ("Quý I năm 2026", "2026-Q3", ("2026-04-09",), [], ["2026-Q1 done_late"]),
        ("Sau khi có hướng dẫn", "2026-Q3", (), [], ["2026 waiting"]),
        (None, "2026-Q3", (), [], ["2026 no_deadline"]),
    ],
)
def test_what_concerns_a_window(
    deadline: str | None, window: str, done: tuple[str, ...], here: list[str], rest: list[str]
) -> None:
    files = [records(completions=[completion("T", when) for when in done])]
    found = look(window, "2026-08-15", (plan_of(tasks=[task("T", deadline)]), files))
    assert (shown(found.rows), shown(found.rest)) == (here, rest)


def test_labels_are_those_of_the_window_not_of_today() -> None:
    plan = plan_of(tasks=[task("A", "Quý III"), task("B", "Quý IV")])
    for window, states in (("2026-Q3", ["2026-Q3 due"]), ("2026-Q4", ["2026-Q4 due"])):
        assert shown(look(window, "2026-03-01", (plan, ())).rows) == states
    assert not look("2026-Q4", "2026-03-01", (plan, ())).has_begun


def test_an_objective_is_one_row_with_its_due_days_below() -> None:
    plan = plan_of(objectives=[task("O", "Hàng tháng", target="100%")], tasks=[task("T", "Quý III")])
    file = records(readings=[reading("O", "2026-07", "2026-08-10", numerator="1", denominator="2")])
    found = look("2026-Q3", "2026-09-20", (plan, [file]))
    assert names(found.rows) == ["P/O", "P/T"]
    assert shown(found.rows[:1]) == ["2026-07 done", "2026-08 no_data", "2026-09 due"]
    assert found.totals == ({"under_way": 1}, {"due": 1}, 1)  # August; days of an objective are no work
    later = look("2026-Q3", "2026-10-20", (plan, [file]))
    assert later.totals.objectives == {"no_data": 1}, "half of July's cases; August and September are missing"


def test_forms_are_left_out_and_earlier_plans_show_what_they_left_overdue() -> None:
    tasks = [task("T", "Hàng năm")]
    plans = [
        plan_of("2026", "A", tasks=tasks, form="true"),
        plan_of("2025", "B", tasks=tasks),
        plan_of("2025-2030", "C", tasks=tasks),
        plan_of("2027", "D", tasks=tasks),
    ]
    found = look("2026-Q4", "2026-10-10", *((plan, ()) for plan in plans))
    assert [(row.plan, shown([row])) for row in found.rows] == [
        ("B", ["2025 overdue"]),
        ("C", ["2025 overdue", "2026 due"]),
    ]
    assert not found.rest


def test_what_is_overdue_stands_longest_first_and_only_wanted_items_are_told() -> None:
    tasks = [task("C", "Quý II"), task("B", "Quý I"), task("A", "Quý II"), task("D", "Quý III")]
    plans = [(plan_of("2026", name, tasks=tasks), ()) for name in ("Z", "A")]
    found = look("2026-Q3", "2026-08-01", *plans)
    assert names(found.overdue) == ["A/B", "Z/B", "A/A", "A/C", "Z/A", "Z/C"]
    assert names(found.rows) == [f"{plan}/{item}" for plan in "ZA" for item in "CBAD"]
    some = look("2026-Q3", "2026-08-01", *plans, keep=lambda plan, node: (plan, node.item.id) == ("Z", "B"))
    assert names(some.rows) == ["Z/B"]


@each_row(("period", "has_action"), [("2026-Q3", True), ("2026", True), ("2026-Q2", False)])
def test_a_corrective_action_of_the_window(period: str, has_action: bool) -> None:  # noqa: FBT001
    action = {"item": "O", "period": period, "cause": "c", "action": "a", "due": "2026-11-01", "recorded": "2026-10-16"}
    read = reading("O", "2026-Q3", "2026-10-14", numerator="126", denominator="130")
    plan = plan_of(objectives=[task("O", "Trong năm", target=">98%")])
    found = look("2026-Q3", "2026-11-21", (plan, [records(readings=[read], corrective_actions=[action])]))
    assert [bool(row.actions) for row in found.missed] == [has_action]
    assert [(entry.node.item.id, entry.days) for entry in found.actions] == [("O", 20)]


@each_row(("window", "states"), [("2026-Q2", [True]), ("2026-Q1", []), ("2026-H1", [True])])
def test_an_action_on_a_part_of_what_was_missed_answers_it(window: str, states: list[bool]) -> None:
    """The half-year is told in the quarter it ends with; QP305 and reminders take the action of its first quarter."""
    action = {"item": "O", "period": "2026-Q1", "cause": "c", "action": "a", "recorded": "2026-04-10"}
    read = reading("O", "2026-H1", "2026-07-05", numerator="90", denominator="100")
    plan = plan_of(objectives=[task("O", "Trong năm", target=">98%", frequency="half-year")])
    found = look(window, "2026-11-21", (plan, [records(readings=[read], corrective_actions=[action])]))
    assert [bool(row.actions) for row in found.missed] == states


def test_what_waits_for_an_event_does_not_count_until_it_happens() -> None:
    plan = plan_of(tasks=[task("T", "Quý III"), task("W", "Sau khi có hướng dẫn")], events=[EVENT])
    done = completion("T", "2026-07-01")
    waiting = look("2026", "2026-08-01", (plan, [records(completions=[done])]))
    assert (waiting.progress, names(waiting.waiting)) == (1.0, ["P/W"])
    happened = records(completions=[done], events=[{"event": "E", "date": "2026-07-05"}])
    assert look("2026", "2026-08-01", (plan, [happened])).progress == 0.5


def test_plans_weigh_the_same_and_show_their_whole_period() -> None:
    many = plan_of("2026", "B", tasks=[task(f"T{number}", "Quý III") for number in range(4)])
    done = records(completions=[completion(f"T{number}", "2026-07-01") for number in range(4)])
    found = look("2026-Q3", "2026-08-01", (plan_of("2026", "A", tasks=[task("T", "Quý III")]), ()), (many, [done]))
    assert [plan.in_window.progress for plan in found.plans] == [0.0, 1.0]
    assert found.progress == 0.5
    years = plan_of("2026-2030", tasks=[task("Y", "Hàng năm"), task("L", "Năm 2030")])
    (told,) = look(
        "2026-Q4", "2026-12-01", (years, [records(completions=[completion("Y", "2026-11-01", "2026")])])
    ).plans
    assert told.year
    assert (told.year.period.code, told.year.totals.work, told.year.progress) == ("2026", {"done": 1}, 1.0)
    assert told.whole.totals.work == {"done": 1, "upcoming": 5}
    late = plan_of(tasks=[task("T", "trước ngày 05 tháng kế tiếp")])
    (told,) = look("2026-Q4", "2026-12-01", (late, ())).plans
    assert sum(told.whole.totals.work.values()) == 12


def test_what_each_unit_owes_and_who_is_silent() -> None:
    units = [{"code": "NV", "name": "Phòng Nghiệp vụ"}, {"code": "TC", "name": "Phòng Tổ chức"}]
    register = SETTINGS.replaced(units=tuple(Settings(kind="workspace", units=units).units))  # type: ignore[arg-type]
    plan = plan_of(
        objectives=[task("O", "Hàng quý", target=">98%", lead="NV"), task("X", "Hàng quý", target="100%", lead="TC")],
        tasks=[task("T", "Quý I", lead=["NV", "TC"]), task("U", "Quý III", lead="Hội đồng")],
    )
    file = records(unit="NV", readings=[reading("O", "2026-Q3", "2026-10-01", numerator="9", denominator="10")])
    found = status_of([(plan, [file])], StatusScope(register, day("2026-11-01"), parse_period("2026-Q3")))
    assert [(unit.name, unit.owed, unit.is_silent) for unit in found.units] == [
        ("Phòng Nghiệp vụ", {"overdue": 1, "missed": 1}, False),
        ("Phòng Tổ chức", {"overdue": 1, "no_data": 1}, True),
        ("Hội đồng", {"overdue": 1}, True),
    ]


@each_row(
    ("states", "items"),
    [
        ({"overdue"}, ["P/A"]),
        ({"overdue", "missed"}, ["P/O", "P/A"]),
        ({"attained"}, []),
        (set(), ["P/O", "P/A", "P/B"]),
    ],
)
def test_only_the_states_that_were_asked_for(states: set[str], items: list[str]) -> None:
    plan = plan_of(objectives=[task("O", "Quý III", target="100%")], tasks=[task("A", "Quý I"), task("B", "Quý III")])
    file = records(readings=[reading("O", "2026-Q3", "2026-09-30", numerator="1", denominator="2")])
    found = look("2026-Q3", "2026-09-30", (plan, [file]), states=frozenset(states))
    assert names(found.rows) == items
    assert (found.plans == ()) == bool(states)


@given(st.lists(PLANS, max_size=2, unique_by=lambda plan: plan.id), st.data(), WINDOWS, DAYS)
def test_totals_are_the_sums_of_rows(plans: list[Plan], data: st.DataObject, window: str, as_of: date) -> None:
    found = look(window, as_of, *[(plan, data.draw(files_of(plan))) for plan in plans])
    results = Counter(row.result.attainment.value for row in found.rows if row.result)
    work = Counter(line.state.value for row in found.rows if not row.result for line in row.lines)
    assert found.totals[:2] == (dict(results), dict(work))
    parts = [plan.in_window.totals for plan in found.plans]
    assert sum((Counter(part.objectives) for part in parts), Counter()) == results
    assert sum((Counter(part.work) for part in parts), Counter()) == work
    assert all(row.fraction is None or 0 <= row.fraction <= 1 for row in found.rows)
    assert len(found.missed) == sum(results[state.value] for state in BAD)
    assert sum(line.state == "overdue" for row in found.overdue for line in row.lines) == work["overdue"]
    days = [row.occurrence.days for row in found.overdue if row.occurrence]
    assert days == sorted(days, reverse=True)


@given(PLANS, st.data(), DAYS)
def test_the_quarters_tile_what_is_due_in_a_year(plan: Plan, data: st.DataObject, as_of: date) -> None:
    files = data.draw(files_of(plan))

    def due(window: str) -> Counter[tuple[object, ...]]:
        inside = parse_period(window)
        return Counter(
            (row.node.item.id, line.occurrence, line.due)
            for row in look(window, as_of, (plan, files)).rows
            if not row.result
            for line in row.lines
            if line.due and line.due in inside
        )

    assert sum((due(quarter(2026, number).code) for number in range(1, 5)), Counter()) == due(year(2026).code)


@given(PLANS, st.data(), WINDOWS, DAYS)
def test_files_can_be_split_and_ordered_as_one_likes(plan: Plan, data: st.DataObject, window: str, as_of: date) -> None:
    files = data.draw(files_of(plan))
    other = data.draw(st.sampled_from([files[::-1], tuple(part for file in files for part in _split(file))]))
    assert look(window, as_of, (plan, files)) == look(window, as_of, (plan, other))


def _split(file: Progress) -> list[Progress]:
    """A file for each entry."""
    lists = ("readings", "completions", "events", "corrective_actions")
    return [
        Progress(kind="progress", plan=file.plan, **{name: (entry,)}) for name in lists for entry in getattr(file, name)
    ]


@given(PLANS, st.data(), WINDOWS, DAYS)
def test_what_is_recorded_later_changes_nothing(plan: Plan, data: st.DataObject, window: str, as_of: date) -> None:
    files = data.draw(files_of(plan))
    later = data.draw(files_of(plan, as_of + timedelta(1)))
    assert look(window, as_of, (plan, (*files, *later))) == look(window, as_of, (plan, files))


@given(PLANS, st.data(), WINDOWS, DAYS)
def test_nothing_overdue_by_the_window_s_end_is_left_out(
    plan: Plan, data: st.DataObject, window: str, as_of: date
) -> None:
    files = data.draw(files_of(plan))
    end = parse_period(window).end
    late = [
        (item.node.item.id, entry.occurrence)
        for item in plan_progress(plan, outline(plan), files, as_of).items
        for entry in item.occurrences
        if entry.state == "overdue" and entry.due and entry.due <= end
    ]
    found = {(r.node.item.id, line.occurrence) for r in look(window, as_of, (plan, files)).rows for line in r.lines}
    assert plan.period
    assert found.issuperset(late if plan.period.start <= end else [])


@each_row(
    ("field", "entry"),
    [
        ("completions", completion("T", "2026-02-01", recorded="2026-04-10")),
        ("events", {"event": "E", "date": "2026-02-01", "recorded": "2026-04-10"}),
        ("readings", reading("O", "2026-Q1", "2026-04-10", numerator="1", denominator="1")),
        (
            "corrective_actions",
            {"item": "O", "period": "2026-Q1", "cause": "c", "action": "a", "recorded": "2026-04-10"},
        ),
    ],
)
def test_a_past_day_knows_only_what_was_recorded_by_then(field: str, entry: dict[str, str]) -> None:
    plan = plan_of(
        objectives=[task("O", "Quý I", target="100%")],
        tasks=[task("T", "Quý I"), task("W", "Sau khi có hướng dẫn")],
        events=[EVENT],
    )
    known = [
        (found.rows, found.rest)
        for as_of in ("2026-04-09", "2026-04-10")
        for files in ([], [records(**{field: [entry]})])
        for found in [look("2026-Q1", as_of, (plan, files))]
    ]
    assert known[0] == known[1]
    assert known[2] != known[3]


@given(st.lists(PLANS, max_size=2, unique_by=lambda plan: plan.id), st.data(), WINDOWS, DAYS)
def test_a_status_says_the_same_of_rows_without_their_words(
    plans: list[Plan], data: st.DataObject, window: str, as_of: date
) -> None:
    scope = StatusScope(SETTINGS, as_of, parse_period(window))
    parts = [part for plan in plans if (part := part_of((plan, data.draw(files_of(plan))), scope))]
    whole, light = joined(parts, scope), joined([facts_in(part) for part in parts], scope)
    assert light.every == tuple(row.facts for row in whole.every)
    assert (light.totals, light.progress, light.units) == (whole.totals, whole.progress, whole.units)
    for listed in ("overdue", "missed", "silent", "waiting", "rest"):
        assert [row.name for row in getattr(light, listed)] == names(getattr(whole, listed))


def test_work_that_was_done_before_its_plan_began_stands_where_it_was_done() -> None:
    """The plan of 2027 was written in December: the fourth quarter of 2026 did it."""
    early = plan_of("2027", tasks=[task("T", deadline="Quý I năm 2027"), task("U", deadline="Quý I năm 2027")])
    done = records(completions=[{"item": "T", "done": "2026-12-20"}])
    found = status_of([(early, [done])], StatusScope(SETTINGS, day("2027-01-10"), parse_period("2026-Q4")))
    assert [(row.item, row.worst) for row in found.rows] == [("T", "done")]
    assert status_of([(early, [])], StatusScope(SETTINGS, day("2027-01-10"), parse_period("2026-Q4"))).every == ()
