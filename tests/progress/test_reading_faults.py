"""Readings that `validate` calls errors count nowhere, and are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from progress_samples import day, item_of, plan_of, progress_of, reading, records
from test_results import DAY, Q1, Q2, YEAR, looked_at, told

from qmsplan.cli.app import run
from qmsplan.progress.occurrences import State
from qmsplan.progress.verdict import Attainment
from rows import each_row


@each_row(
    ("target", "wrong"),
    [
        ("≥ 2,5 tỷ đồng", ("2600 triệu đồng",)),
        ("không quá 15 phút", ("2 giờ",)),
        ("ít nhất 02 lớp", ("5", "9")),  # what is counted is no share
        ("Điểm trung bình ≥ 8,5/10", ("5", "10")),
        ("pH 6-9", ("5", "10")),
        ("Không quá 0,5 vụ/1000 dân", ("30", "8000")),
        ("không quá 48 giờ", ("9", "10")),
        (">= 95%", ("101", "100")),
        ("không quá 5 khiếu nại", ("-3",)),
    ],
)
def test_a_reading_with_an_error_is_no_figure(target: str, wrong: tuple[str, ...]) -> None:
    found = looked_at("2026", "2027-02-01", target, ("2026", "2027-01-05", *wrong), **YEAR)
    (row,) = found.rows
    assert row.attainment is Attainment.NO_DATA
    assert [line.state for line in row.lines] == [State.NO_DATA]


def test_values_planned_in_another_unit_are_no_plan() -> None:
    planned = {"plan": {"2026-Q1": "500 triệu đồng", "2026-Q2": "1 tỷ đồng"}, **YEAR}
    found = told("2026-Q2", "2026-07-20", "ít nhất 2 tỷ đồng", (*Q1, "0.5"), (*Q2, "0.5"), **planned)
    assert (found.attainment, found.planned) == (Attainment.UNDER_WAY, 2)


@pytest.mark.parametrize(
    ("target", "figure", "as_of", "state"),
    [
        ("giảm 10% so với năm trước", {"value": "36"}, "2027-02-01", State.NO_DATA),  # its baseline is not known
        ("giảm 10% so với năm trước", {"value": "36", "baseline": "50"}, "2027-02-01", State.DONE),
        (">= 95%", {"value": "97"}, "2026-11-25", State.DUE),  # recorded, and the day is still to come
        (">= 95%", {"value": "97"}, "2026-11-30", State.DONE),
    ],
)
def test_what_can_not_be_judged_evaluates_nothing(
    target: str, figure: dict[str, str], as_of: str, state: State
) -> None:
    plan = plan_of(objectives=[{"id": "O", "text": "O", "target": target, **DAY}])
    file = records(readings=[reading("O", "2026", "2026-11-20", **figure)])
    (line,) = item_of(progress_of(plan, as_of, file), "O").occurrences
    assert line.state is state
    assert line.done == (day("2026-11-20") if state is State.DONE else None)


def test_what_is_left_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "qmsplan.yaml").write_text(
        "kind: workspace\nunits: [{code: P, name: Phòng}]\nrules: {QP321: off}\n", "utf-8"
    )
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/p.yaml").write_text(
        "kind: plan\nid: KH\ntemplate: objectives-table\nperiod: 2026\nhead: {issuer: P, type: Kế hoạch}\nobjectives:\n"
        "  - {id: A, text: Doanh thu, target: ≥ 2 tỷ đồng, lead: P, deadline: Năm 2026}\n",
        "utf-8",
    )
    (tmp_path / "plans/r.yaml").write_text(
        "kind: progress\nplan: KH\nreadings: [{item: A, period: 2026, value: 2600 triệu đồng, recorded: 2026-12-31}]\n",
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)
    for command in (("status",), ("report",), ("dashboard", "--period"), ("export", "xlsx", "--period")):
        run([*command, "2026", "--as-of", "2027-02-01"])
        said = capsys.readouterr().err
        assert (
            "không hợp lý nên không được tính: KH (A của năm 2026: 2600 triệu đồng ('triệu đồng' không phải đơn vị"
            in said
        )
