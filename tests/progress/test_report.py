"""What a periodic report says: the status of its period, what is late first, who said so, what comes next."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from progress_samples import completion, day, item_of, plan_of, progress_of, reading, records, task
from progress_strategies import PLANS, files_of

from qmsplan.model.period import parse_period, quarter
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.model.settings import REPORTING, Settings
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_parse import understand_targets
from qmsplan.progress.cut_off import calendar_of
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.occurrences import State
from qmsplan.progress.plan import known_on
from qmsplan.progress.report import Frame, Report, ReportPart, action_statuses, gap, report_of, reporters
from qmsplan.progress.report import frame_of as frame_in
from qmsplan.progress.status import StatusScope, status_of, totals_of
from qmsplan.progress.verdict import Attainment
from rows import each_row

CODES = ["2026-Q1", "2026-Q3", "2026", "2026-08", "2027-Q1", "2026-H1", "2026-9M"]
DECREE = calendar_of(REPORTING)
SETTINGS = Settings.model_construct(kind="workspace")


def frame_of(code: str, as_of: str) -> Frame:
    """A report's time by the decree, spoken of and made on one day."""
    return frame_in(parse_period(code), DECREE, day(as_of), day(as_of))


def report(plan: Plan, code: str, as_of: str, *files: Progress) -> Report:
    """The report on a plan."""
    return report_of([(plan, files)], SETTINGS, frame_of(code, as_of))


def part(plan: Plan, code: str, as_of: str, *files: Progress) -> ReportPart:
    """What a report says of a plan."""
    (found,) = report(plan, code, as_of, *files).parts
    return found


SATISFIED = {"target": ">98%", "deadline": "Trong năm"}
ACTION: dict[str, Any] = {"cause": "Thiếu người", "action": "Bố trí thêm", "recorded": "2026-10-16"}


def test_a_report_made_later_speaks_of_the_last_day_of_its_period() -> None:
    """Quarter III, made on 20/10: the figures of the quarter that came in October count, work done in October not."""
    plan = plan_of(
        objectives=[task("M", "Hàng quý", target=">98%"), task("S", "Hàng quý", target=">98%")],
        tasks=[task("A", "Quý III năm 2026"), task("B", "Quý II năm 2026"), task("C", "Quý IV năm 2026")],
    )
    file = records(
        readings=[reading("M", "2026-Q3", "2026-10-10", numerator="1", denominator="2")],
        completions=[completion("A", "2026-10-05"), completion("B", "2026-09-29", recorded="2026-10-09")],
        corrective_actions=[{"item": "M", "period": "2026-Q3", **ACTION}],
    )
    frame = frame_in(parse_period("2026-Q3"), DECREE, day("2026-10-20"), None)
    assert (frame.as_of, frame.made) == (day("2026-09-30"), day("2026-10-20"))
    found = report_of([(plan, [file])], SETTINGS, frame)
    assert found.status.totals[:2] == ({"missed": 1, "no_data": 1}, {"due": 1, "done_late": 1})
    assert [len(line.remedies) for _, line in found.late] == [1]
    assert [line.row.node.item.id for _, line in found.silent] == ["S"]
    # due on the very last day of the period, and not done on it: neither overdue nor of the next one
    assert [(due.node.item.id, due.is_left) for due in found.parts[0].upcoming] == [
        ("A", True), ("M", False), ("S", False), ("C", False)
    ]  # fmt: skip
    early = report_of([(plan, [file])], SETTINGS, frame_in(parse_period("2026-Q3"), DECREE, day("2026-10-09"), None))
    assert early.status.totals.objectives == {"awaited": 2}
    running = frame_in(parse_period("2026"), DECREE, day("2026-11-28"), None)
    assert (running.as_of, running.made) == (day("2026-11-28"), day("2026-11-28"))


def test_nothing_to_say_is_no_part() -> None:
    assert report(plan_of("2027", tasks=[task("T", "Trong năm")]), "2026-Q3", "2026-10-14").parts == ()


def test_a_monthly_report_does_not_ask_for_what_is_measured_each_quarter() -> None:
    plan = plan_of(objectives=[task("M", "Hàng quý", target=">98%")])
    file = records(readings=[reading("M", "2026-Q3", "2026-10-10", numerator="1", denominator="2")])
    assert report(plan, "2026-09", "2026-10-20", file).parts == ()


def test_what_is_late_stands_before_what_is_missed_and_a_shortfall_is_told_once() -> None:
    low = {"numerator": "1", "denominator": "2"}
    plan = plan_of(
        objectives=[task("M", **SATISFIED)],
        tasks=[task("B", "Quý III năm 2026"), task("A", "Quý I năm 2026"), task("C", "Quý IV năm 2026")],
    )
    unit = plan_of(name="U", objectives=[task("MU", implements=["P/M"], **SATISFIED)])
    file = records(readings=[reading("M", "2026-Q3", "2026-10-14", **low)])
    own = records(readings=[reading("MU", "2026-Q3", "2026-10-14", **low)]).replaced(plan="U")
    found = report_of([(plan, [file]), (unit, [own])], SETTINGS, frame_of("2026-Q3", "2026-10-14"))
    assert [line.row.node.item.id for _, line in found.late] == ["A", "B", "M"]
    assert found.status.totals.objectives == {"missed": 2}


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
    assert [remedy.action.period.code for remedy in found.remedies] == ["2026-Q1", "2026-Q3"]
    assert [remedy.days for remedy in found.remedies] == [0, 10]
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
    known = [reporters(known_on(file, day(f"2026-10-{number}")) for file in files) for number in (13, 19, 20)]
    assert known == [{}, {"M": ("NV",)}, {"M": ("NV", "HCTH")}]


@each_row(
    ("code", "as_of", "expected"),
    [
        ("2026-Q2", "2026-07-01", ["A 2026-07-31", "B 2026-09-30", "D 2026-09-30"]),
        ("2026-Q3", "2026-08-14", ["D 2026-09-30", "C 2026-12-31", "D 2026-12-31"]),
        ("2026-Q3", "2026-10-14", ["C 2026-12-31", "D 2026-12-31"]),
        ("2026-9M", "2026-10-14", ["C 2026-12-31", "D 2026-12-31"]),
        ("2026-06", "2026-07-01", ["A 2026-07-31"]),
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


def test_what_fell_due_early_in_the_next_period_is_told_there_as_overdue() -> None:
    plan = plan_of(tasks=[task("B", "Quý III năm 2026"), task("A", "Quý II năm 2026")])
    found = part(plan, "2026-H1", "2026-11-28")
    assert [line.row.node.item.id for line in found.lines if line.is_late] == ["A"]
    assert [(due.node.item.id, due.due.isoformat(), due.days) for due in found.upcoming] == [("B", "2026-09-30", 59)]


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


@each_row(
    ("phrase", "value", "expected"),
    [
        (">98%", "96.923076", "-1.076924"),  # as recorded
        (">98%", "98", "0"),
        (">98%", "99.999", "1.999"),
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


@each_row("attainment", [Attainment.NO_DATA, Attainment.NO_CASES, Attainment.NO_BASELINE])
def test_no_distance_without_a_result(attainment: Attainment) -> None:
    assert gap(measurement(">98%", "50", attainment)) is None
    assert gap(measurement(">98%", None, Attainment.MISSED)) is None
    assert gap(Measurement(quarter(2026, 3), Attainment.NOT_MEASURABLE)) is None


@st.composite
def _cases(draw: st.DrawFn) -> tuple[list[tuple[Plan, tuple[Progress, ...]]], Frame]:
    plans = draw(st.lists(PLANS, max_size=2, unique_by=lambda plan: plan.id))
    as_of = draw(st.dates(date(2025, 11, 1), date(2028, 3, 1)))
    made = as_of + timedelta(draw(st.integers(0, 60)))
    frame = frame_in(parse_period(draw(st.sampled_from(CODES))), DECREE, as_of, as_of)._replace(made=made)
    return [(plan, draw(files_of(plan))) for plan in plans], frame


@given(_cases())
def test_a_report_says_what_the_status_says(case: tuple[list[tuple[Plan, tuple[Progress, ...]]], Frame]) -> None:
    """Same window, same days, same sets: each row, result, day and number of a report is one of the status."""
    plans, frame = case
    found = report_of(plans, SETTINGS, frame)
    told = status_of(plans, StatusScope(SETTINGS, frame.as_of, frame.period, made=frame.made))
    assert found.status == told
    rows = {(row.plan, row.node.path): row for row in told.rows}
    for part_ in found.parts:
        assert all(line.row == rows[line.row.plan, line.row.node.path] for line in part_.lines)
        own = [row for row in told.rows if row.plan == part_.plan.id]
        assert part_.totals == totals_of(own)
        assert len(part_.lines) + part_.left_out == len(own)
        overdue = {(row.node.path, line.due) for row in own for line in row.lines if line.state is State.OVERDUE}
        assert overdue.isdisjoint((due.node.path, due.due) for due in part_.upcoming)
    wrong = [row for row in told.rows if row.is_overdue or row.is_missed]
    assert len(found.late) + sum(line.is_told_above for p in found.parts for line in p.lines) == len(wrong)
    assert [line.row for _, line in found.silent] == list(told.silent)


def test_causes_of_what_is_left_over_from_before_are_told_in_later_reports() -> None:
    """Three months overdue, June and July with a cause: the report of quarter IV tells both, and that one has none."""
    plan = plan_of(tasks=[task("A", "Ngày 25 tháng 6, tháng 7, tháng 8 năm 2026")])
    file = records(corrective_actions=[{"item": "A", "period": code, **ACTION} for code in ("2026-06", "2026-07")])
    (line,) = part(plan, "2026-Q4", "2026-12-31", file).lines
    assert [remedy.action.period.code for remedy in line.remedies] == ["2026-06", "2026-07"]
    assert (len(line.row.lines), line.row.unanswered) == (3, 1)


def test_a_quarters_own_work_that_is_due_behind_it_and_late_is_told_as_late() -> None:
    """The report of quarter III, due on 15 October: the page of quarter III did not say that it was late."""
    plan = plan_of(tasks=[task("A", "Ngày 15 quý kế tiếp")])
    in_time, late = (part(plan, "2026-Q3", as_of) for as_of in ("2026-10-15", "2026-10-20"))
    assert [due.due for due in in_time.upcoming] == [day("2026-10-15")]
    assert ([line.due for line in late.lines[0].row.lines][-1:], late.upcoming) == ([day("2026-10-15")], ())


def test_what_is_due_next_is_seen_from_the_day_the_report_speaks_of() -> None:
    """The report of May, made in November: June's objective without a figure is due in June, whatever it is today."""
    plan = plan_of(objectives=[task("M", "Hàng tháng", target=">98%")], tasks=[task("A", "30/6/2026")])
    frame = frame_in(parse_period("2026-05"), DECREE, day("2026-05-31"), day("2026-11-30"))
    (found,) = report_of([(plan, [])], SETTINGS, frame).parts
    assert [(due.node.item.id, due.due.month) for due in found.upcoming] == [("M", 6), ("A", 6)]
