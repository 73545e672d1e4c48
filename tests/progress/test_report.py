"""What a periodic report says: the rows of the status, what is late first, who said so, what comes next."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from progress_samples import completion, day, item_of, plan_of, progress_of, reading, records, task
from progress_strategies import PLANS, files_of

from qmsplan.model.period import parse_period, quarter
from qmsplan.model.settings import REPORTING
from qmsplan.phrases.item_tree import outline
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_parse import understand_targets
from qmsplan.progress.measurement import Attainment, Measurement
from qmsplan.progress.plan import plan_progress
from qmsplan.progress.report import (
    Counts,
    Frame,
    Report,
    ReportPart,
    action_statuses,
    calendar_of,
    gap,
    next_period,
    report_part,
    reporters,
    window_of,
)
from qmsplan.progress.status import status

if TYPE_CHECKING:
    from qmsplan.model.plan import Plan
    from qmsplan.model.progress import Progress
    from qmsplan.phrases.item_tree import Node

LAW = settings(max_examples=100, deadline=None, derandomize=True)
CODES = ["2026-Q1", "2026-Q3", "2026", "2026-08", "2027-Q1", "2026-H1", "2026-9M"]
DECREE = calendar_of(REPORTING)


def everything(_node: Node) -> bool:
    """Nothing is left out."""
    return True


def frame_of(code: str, as_of: str) -> Frame:
    """A report's time by the decree."""
    period = parse_period(code)
    return Frame(period, window_of(period, DECREE), day(as_of), next_period(period))


def part(plan: Plan, code: str, as_of: str, *files: Progress) -> ReportPart:
    """What a report says of a plan."""
    found = report_part(progress_of(plan, as_of, *files), files, frame_of(code, as_of), everything)
    assert found
    return found


def ids(found: ReportPart) -> list[str]:
    return [line.row.node.item.id for line in found.lines]


SATISFIED = {"target": ">98%", "deadline": "Trong năm"}
ACTION: dict[str, Any] = {"cause": "Thiếu người", "action": "Bố trí thêm", "recorded": "2026-10-16"}


def verdict(as_of: str, *files: Progress, code: str = "2026-Q3", **fields: object) -> str:
    """The verdict on the only item of a plan."""
    kind = "objectives" if "target" in fields else "tasks"
    return str(part(plan_of(**{kind: [task("T", **fields)]}), code, as_of, *files).lines[0].verdict)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(126, 130, "missed"), (99, 100, "attained"), (98, 100, "missed"), (0, 0, "no_cases")],
)
def test_verdicts_on_objectives(numerator: int, denominator: int, expected: str) -> None:
    share = {"numerator": str(numerator), "denominator": str(denominator)}
    files = records(readings=[reading("T", "2026-Q3", "2026-10-14", **share)])
    assert verdict("2026-10-14", files, **SATISFIED) == expected
    assert verdict("2026-10-13", files, **SATISFIED) == "no_data"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2026-09-29", "due"), ("2026-09-30", "due"), ("2026-10-01", "overdue"), ("2026-06-30", "upcoming")],
)
def test_verdicts_on_work_around_its_day(as_of: str, expected: str) -> None:
    assert verdict(as_of, deadline="Quý III năm 2026") == expected


def test_an_objective_without_data_after_its_day_is_overdue() -> None:
    assert verdict("2026-12-31", code="2026", **SATISFIED) == "no_data"
    assert verdict("2027-01-01", code="2026", **SATISFIED) == "overdue"


@pytest.mark.parametrize(
    ("done", "inside"),
    [
        ("2026-06-14", False),
        ("2026-06-15", True),
        ("2026-09-13", True),
        ("2026-09-14", True),
        ("2026-09-15", False),
        ("2026-09-30", False),
    ],
)
def test_what_is_done_within_the_window_of_the_data(done: str, inside: bool) -> None:  # noqa: FBT001
    plan = plan_of(tasks=[task("T", "Quý III năm 2026")])
    found = part(plan, "2026-Q3", "2026-11-21", records(completions=[completion("T", done)]))
    assert found.counts.done == 1
    assert found.counts.done_in_window == inside


def test_work_of_other_years_is_only_counted() -> None:
    plan = plan_of("2026-2030", tasks=[task("T", "Trước 30/6/2028"), task("U", "Quý III năm 2026"), task("V")])
    found = part(plan, "2026-Q3", "2026-10-14")
    assert ids(found) == ["U", "V"]
    assert found.left_out == 1
    assert (found.counts.work, found.counts.overdue, found.counts.open) == (3, 1, 2)


def test_items_that_only_gather_others_are_no_rows() -> None:
    plan = plan_of(objectives=[task("M", tasks=[task("T", "Quý III năm 2026")])])
    assert ids(part(plan, "2026-Q3", "2026-10-14")) == ["T"]


def test_nothing_to_say_is_no_part() -> None:
    progress = progress_of(plan_of("2027", tasks=[task("T", "Trong năm")]), "2026-10-14")
    assert report_part(progress, (), frame_of("2026-Q3", "2026-10-14"), everything) is None


def test_what_is_late_comes_first_and_oldest_first() -> None:
    low = {"numerator": "1", "denominator": "2"}
    plan = plan_of(
        objectives=[task("M", **SATISFIED)],
        tasks=[task("B", "Quý III năm 2026"), task("A", "Quý I năm 2026"), task("C", "Quý IV năm 2026")],
    )
    files = records(readings=[reading("M", "2026-Q3", "2026-10-14", **low)])
    found = part(plan, "2026-Q3", "2026-10-14", files)
    report = Report(frame_of("2026-Q3", "2026-10-14"), (found,))
    assert [line.row.node.item.id for _, line in report.late] == ["A", "B", "M"]
    assert report.counts == found.counts


def test_causes_and_actions_stand_with_their_period() -> None:
    low = {"numerator": "1", "denominator": "2"}
    plan = plan_of(objectives=[task("M", **SATISFIED)])
    files = records(
        readings=[reading("M", "2026-Q3", "2026-10-14", **low)],
        corrective_actions=[
            {"item": "M", "period": "2026-Q3", **ACTION, "due": "2026-11-30"},
            {"item": "M", "period": "2026-Q1", **ACTION},
            {"item": "M", "period": "2026-Q2", **ACTION, "done": "2026-05-05"},
        ],
    )
    found = part(plan, "2026-Q3", "2026-12-10", files)
    assert [remedy.action.period.code for remedy in found.lines[0].remedies] == ["2026-Q3"]
    assert [remedy.action.period.code for remedy in found.remedies] == ["2026-Q3", "2026-Q1"]
    assert [remedy.days for remedy in found.remedies] == [10, 0]
    assert part(plan, "2026-Q3", "2026-10-15", files).remedies == ()


@pytest.mark.parametrize(
    ("as_of", "days", "is_done"),
    [("2026-11-29", 0, False), ("2026-11-30", 0, False), ("2026-12-01", 1, False), ("2026-12-02", 0, True)],
)
def test_an_action_around_its_day(as_of: str, days: int, is_done: bool) -> None:  # noqa: FBT001
    plan = plan_of(objectives=[task("M", **SATISFIED)])
    action = {"item": "M", "period": "2026-Q3", **ACTION, "due": "2026-11-30", "done": "2026-12-02"}
    item = item_of(progress_of(plan, as_of, records(corrective_actions=[action])), "M")
    (found,) = action_statuses(item, frame_of("2026-Q3", as_of))
    assert (found.days, found.done is not None) == (days, is_done)


def test_who_reported_is_told_once_it_is_known() -> None:
    files = [
        records(unit="NV", readings=[reading("M", "2026-Q3", "2026-10-14", value="1")]),
        records(unit="HCTH", completions=[completion("M", "2026-10-01", recorded="2026-10-20")]),
        records(completions=[completion("N", "2026-01-01")]),
    ]
    assert reporters(files, day("2026-10-13")) == {}
    assert reporters(files, day("2026-10-19")) == {"M": ("NV",)}
    assert reporters(files, day("2026-10-20")) == {"M": ("NV", "HCTH")}


@pytest.mark.parametrize(
    ("code", "as_of", "expected"),
    [
        ("2026-Q2", "2026-07-01", ["A 2026-07-31", "B 2026-09-30", "D 2026-09-30"]),
        ("2026-Q3", "2026-10-14", ["C 2026-12-31", "D 2026-12-31"]),
        ("2026-9M", "2026-10-14", ["C 2026-12-31", "D 2026-12-31"]),
        ("2026-06", "2026-07-01", ["A 2026-07-31"]),
        ("2026-Q4", "2026-12-31", []),
    ],
)
def test_what_is_due_next_in_order_of_its_day(code: str, as_of: str, expected: list[str]) -> None:
    plan = plan_of(
        tasks=[
            task("B", "Quý III năm 2026"),
            task("C", "Quý IV năm 2026"),
            task("A", "Tháng 7 năm 2026"),
            task("D", "Hàng quý"),
        ]
    )
    files = records(completions=[completion("B", "2026-07-20")] if as_of > "2026-08" else [])
    found = part(plan, code, as_of, files).upcoming
    assert [f"{due.node.item.id} {due.due}" for due in found] == expected


def measurement(phrase: str, value: str | None, attainment: Attainment, change: str | None = None) -> Measurement:
    understood = understand_targets(phrase)
    assert isinstance(understood, tuple)
    assert isinstance(understood[0], Target)
    return Measurement(
        quarter(2026, 3),
        attainment,
        None if value is None else Decimal(value),
        target=understood[0],
        change=None if change is None else Decimal(change),
    )


@pytest.mark.parametrize(
    ("phrase", "value", "expected"),
    [
        (">98%", "96.923076", "-1.08"),  # from 96,92 as it is shown
        (">98%", "98", "0"),
        (">98%", "99.999", "1.99"),
        ("100%", "100", "0"),
        ("không quá 12 vụ", "15", "3"),
        ("không quá 12 vụ", "10", "-2"),
        ("top 5", "4", "-1"),
        ("từ 85% đến 95%", "90", "0"),
        ("từ 85% đến 95%", "80", "-5"),
        ("từ 85% đến 95%", "97.5", "2.5"),
    ],
)
def test_how_far_from_the_target(phrase: str, value: str, expected: str) -> None:
    assert gap(measurement(phrase, value, Attainment.ATTAINED)) == Decimal(expected)


def test_the_change_is_what_is_compared() -> None:
    assert gap(measurement("giảm 10% so với năm trước", "44", Attainment.ATTAINED, "12")) == 2


@pytest.mark.parametrize("attainment", [Attainment.NO_DATA, Attainment.NO_CASES, Attainment.NO_BASELINE])
def test_no_distance_without_a_result(attainment: Attainment) -> None:
    assert gap(measurement(">98%", "50", attainment)) is None
    assert gap(measurement(">98%", None, Attainment.MISSED)) is None
    assert gap(Measurement(quarter(2026, 3), Attainment.NOT_MEASURABLE)) is None


@st.composite
def _case(draw: st.DrawFn) -> tuple[Plan, tuple[Progress, ...], Frame]:
    plan = draw(PLANS)
    files = draw(files_of(plan))
    as_of = draw(st.dates(date(2025, 11, 1), date(2028, 3, 1)))
    return plan, files, frame_of(draw(st.sampled_from(CODES)), str(as_of))


CASES = _case()


@LAW
@given(CASES)
def test_a_report_says_what_the_status_says(case: tuple[Plan, tuple[Progress, ...], Frame]) -> None:
    """Its rows are rows of the status for the same period and day, in their order, and none that is late is missing."""
    plan, files, frame = case
    progress = plan_progress(plan, outline(plan), files, frame.as_of)
    expected = status((progress,), frame.period, frame.as_of, everything)
    found = report_part(progress, files, frame, everything)
    shown = [line.row for line in found.lines] if found else []
    assert [row for row in expected.rows if row in shown] == shown
    assert {id(row.node) for row in (*expected.overdue, *expected.missed)} <= {id(row.node) for row in shown}
    telling = [row for row in expected.rows if row.occurrence or (row.measurement and row.measurement.target)]
    assert len(shown) + (found.left_out if found else 0) == len(telling)


@LAW
@given(CASES)
def test_totals_are_the_sums_of_their_rows(case: tuple[Plan, tuple[Progress, ...], Frame]) -> None:
    plan, files, frame = case
    progress = plan_progress(plan, outline(plan), files, frame.as_of)
    found = report_part(progress, files, frame, everything)
    counts = found.counts if found else Counts()
    expected = status((progress,), frame.period, frame.as_of, everything)
    measured = Counter(row.measurement.attainment.value for row in expected.rows if row.measurement)
    assert counts.objectives == counts.attained + counts.missed + counts.no_data + counts.no_cases
    assert counts.work == counts.done + counts.overdue + counts.no_evidence + counts.waiting + counts.open
    assert counts.done_in_window <= counts.done
    assert counts.attained == measured["attained"]
    assert counts.missed == measured["missed"] == len(expected.missed)
    assert counts.no_data == measured["no_data"] + measured["no_baseline"]
    assert counts.no_cases == measured["no_cases"]


@LAW
@given(PLANS.flatmap(lambda plan: st.tuples(st.just(plan), files_of(plan))))
def test_what_is_done_belongs_to_one_quarter(case: tuple[Plan, tuple[Progress, ...]]) -> None:
    """Of a row's day of completion: it lies in the window of exactly one quarterly report."""
    plan, files = case
    progress = plan_progress(plan, outline(plan), files, date(2029, 1, 1))
    windows = [window_of(quarter(number, which), DECREE) for number in range(2025, 2031) for which in (1, 2, 3, 4)]
    done = [state.done for item in progress.items for state in item.occurrences if state.done]
    assert all(sum(found in window for window in windows) == 1 for found in done)
