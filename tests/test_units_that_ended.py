"""Who answers for what a unit led that there is no more: in the status, the reminders and the forms the same."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmsplan.cli.app import run
from qmsplan.diagnostics import Translator
from qmsplan.forms.contents import FormScope, form_content, form_plans
from qmsplan.load.files import File
from qmsplan.load.workspace import read_workspace
from qmsplan.model.period import parse_period
from qmsplan.model.settings import Settings, Unit
from qmsplan.phrases.people import Register

if TYPE_CHECKING:
    from pathlib import Path

UNITS = (
    Unit(code="BTV", name="Ban Thư viện", until=date(2026, 6, 30), succeeded_by=("PTV",)),
    Unit(code="PTV", name="Phòng Thư viện"),
    Unit(code="CU", name="Tổ cũ", until=date(2026, 3, 31)),
)
PLAN = """kind: plan
id: KH
template: work-plan
period: 2026
head: {type: Kế hoạch}
tasks:
  - {id: N1, text: Kiểm kê sách, lead: Ban Thư viện, deadline: Trước 31/5/2026}
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plans").mkdir()
    units = "".join(
        f"  - {{code: {unit.code}, name: {unit.name}"
        + (f", until: {unit.until}" if unit.until else "")
        + (f", succeeded_by: {unit.succeeded_by[0]}" if unit.succeeded_by else "")
        + "}\n"
        for unit in UNITS
    )
    (tmp_path / "qmsplan.yaml").write_text(f"kind: workspace\nunits:\n{units}", "utf-8")
    (tmp_path / "plans/kh.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_units_that_answer_on_a_day() -> None:
    register = Register(UNITS)
    assert register.answering({"BTV"}, date(2026, 6, 30)) == {"BTV"}  # `until` is the last day
    assert register.answering({"BTV"}, date(2026, 7, 1)) == {"PTV"}
    assert register.answering({"CU"}, date(2026, 7, 1)) == {"CU"}  # nobody took its work over: it is not lost


def test_a_chain_and_a_circle_of_units() -> None:
    gone = date(2025, 12, 31)
    chain = (Unit(code="A", name="A", until=gone, succeeded_by=("B",)), Unit(code="B", name="B", until=gone))
    assert Register(chain).answering({"A"}, date(2026, 1, 1)) == {"B"}
    circle = (chain[0], Unit(code="B", name="B", until=gone, succeeded_by=("A",)))
    assert Register(circle).answering({"A"}, date(2026, 1, 1)) == {"A"}


def test_successors_of_its_own_go_before_those_of_the_unit_above() -> None:
    """Of two parts of an agency that was split in two, one went whole to the first half; nobody names who took over the
    other."""
    gone = date(2026, 6, 30)
    register = Register((
        Unit(code="H", name="Huyện", until=gone, succeeded_by=("X1", "X2")),
        Unit(code="P", name="Phòng P", parent="H", until=gone, succeeded_by=("X1",)),
        Unit(code="Q", name="Phòng Q", parent="H", until=gone),
        Unit(code="X1", name="Xã Một"),
        Unit(code="X2", name="Xã Hai"),
    ))  # fmt: skip
    assert register.within("X1") == {"X1", "H", "P", "Q"}
    assert register.within("X2") == {"X2", "H", "Q"}
    answers = {code: register.answering({code}, date(2026, 7, 1)) for code in "HPQ"}
    assert answers == {"H": {"X1", "X2"}, "P": {"X1"}, "Q": {"X1", "X2"}}


def test_a_report_of_who_ended_is_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "plans/kh.yaml").write_text(PLAN.replace("{type:", "{issuer: BTV, type:"), "utf-8")
    for period, is_told in (("2026-Q2", False), ("2026-Q3", True)):
        run(["report", period, "--as-of", "2026-10-10", "--format", "json"])
        assert ("--unit PTV" in capsys.readouterr().err) == is_told


@pytest.mark.parametrize(("day", "code"), [("2026-06-15", "BTV"), ("2026-08-10", "PTV")])
@pytest.mark.usefixtures("place")
def test_status_and_reminders_name_the_same(day: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["status", "--as-of", day, "--format", "json"])
    assert [unit["code"] for unit in json.loads(capsys.readouterr().out)["units"]] == [code]
    run(["remind", "--as-of", day, "--format", "json"])
    assert [digest["unit"] for digest in json.loads(capsys.readouterr().out)["digests"]] == [code]


@pytest.mark.parametrize(("day", "code"), [(date(2026, 6, 15), "BTV"), (date(2026, 8, 10), "PTV")])
def test_forms_ask_the_same(place: Path, day: date, code: str) -> None:
    settings = Settings(kind="workspace", units=UNITS)
    file = place / "plans/kh.yaml"
    workspace = read_workspace(place, settings, [File(file, "kh.yaml")])
    window = parse_period("2026-Q2" if day.month == 6 else "2026-Q3")
    plans = form_plans([(named.plan, kept) for named, kept in workspace.plans()], window, day, settings)
    sizes = {
        unit.code: form_content(FormScope(unit, window, day, Translator("vi")), plans, workspace.register).size
        for unit in UNITS
    }
    assert {name for name, size in sizes.items() if size} == {code}


def test_a_record_goes_to_the_file_of_who_took_over(place: Path) -> None:
    assert run(["record", "N1", "--done", "2026-07-20", "--recorded", "2026-08-10", "--evidence", "Biên bản"]) == 0
    (written,) = (path for path in (place / "plans").rglob("*.yaml") if path.name != "kh.yaml")
    assert "unit: PTV" in written.read_text("utf-8")


def test_forms_of_all_leave_nothing_out_that_reminders_tell(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody took over the work of CU: its form is written, as `remind` and `status` name it. That of BTV is not."""
    monkeypatch.setattr("qmsplan.cli.form.today", lambda _: date(2026, 7, 10))
    left = "  - {id: N2, text: Thanh lý sách, lead: Tổ cũ, deadline: Trước 31/5/2026}\n"
    (place / "plans/kh.yaml").write_text(PLAN + left, "utf-8")
    assert run(["form", "export", "--all-units", "--period", "2026-Q2", "--output-dir", "forms"]) == 0
    assert sorted(path.name for path in (place / "forms").iterdir()) == ["CU-2026-Q2.xlsx", "PTV-2026-Q2.xlsx"]
