"""What a form asks for: the time that a target is measured over, what is owed from before, nothing that is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from form_workspace import FORM, MINE, cell_of, export, faults, fill, make_agency, read
from openpyxl import load_workbook

from qmsplan.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_agency(tmp_path / "ws", monkeypatch)


def keys(sheet: int) -> list[str]:
    """The keys of the rows of a sheet, without the list and the plan: `TYLE|1|2026-Q4|0`."""
    page = load_workbook(FORM).worksheets[sheet]
    found = (str(page.cell(row, 1).value or "") for row in range(5, page.max_row + 1))
    return [key.split("|", 2)[2] for key in found if "|" in key]


def record(*lines: str) -> None:
    Path("plans/progress").mkdir(exist_ok=True)
    text = "kind: progress\nplan: KH-2026\nunit: NV\nreadings:\n"
    Path(MINE).write_text(text + "".join(f"  - {{{line}}}\n" for line in lines), "utf-8")


YEARLY = "item: GIAM, period: 2026, value: 18, baseline: 21, recorded: 2026-11-01"


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize("lines", [(), (YEARLY,)])
def test_a_change_over_the_year_is_asked_over_the_year(lines: Sequence[str]) -> None:
    record("item: TYLE, period: 2026-Q1, value: 96, recorded: 2026-04-02", *lines)
    export()
    assert [key for key in keys(0) if key.startswith("GIAM")] == ["GIAM|1|2026|0"]
    value = load_workbook(FORM)[cell_of("readings|KH-2026|GIAM", "value").partition("!")[0]]
    cell = value[cell_of("readings|KH-2026|GIAM", "value").partition("!")[2]].value
    assert (cell is not None) is bool(lines)


@pytest.mark.usefixtures("agency")
def test_what_was_measured_before_stands_in_its_own_unit() -> None:
    """The % of `giảm 10%` is of the change: 21 cases are no 21%."""
    record("item: GIAM, period: 2025, value: 21, recorded: 2026-01-05")
    export()
    said = [str(cell.value) for row in load_workbook(FORM).worksheets[0].iter_rows() for cell in row if cell.value]
    assert any(text.endswith("2025: 21") for text in said)


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", "400 người\n(cả kế hoạch: 1.200 người)"),
        (
            "aggregation: cumulative, ",
            "1200 người lũy kế đến hết quý IV năm 2026 (riêng kỳ này: 400)\n(cả kế hoạch: 1.200 người)",
        ),
    ],
)
def test_the_target_of_the_period_stands_before_that_of_the_whole_plan(more: str, told: str) -> None:
    """A running total is held against what is planned until then, so that is what the form says."""
    plan = Path("plans/kh.yaml")
    text = plan.read_text("utf-8")
    planned = f"target: 1.200 người, {more}plan: {{2026-Q3: 800, 2026-Q4: 400}}, frequency: quarter,"
    plan.write_text(text.replace("target: 1.200 người,", planned), "utf-8")
    export()
    said = [str(cell.value) for row in load_workbook(FORM).worksheets[0].iter_rows() for cell in row if cell.value]
    assert any(text.startswith(told) for text in said)


@pytest.mark.usefixtures("agency")
def test_what_is_owed_from_before_has_rows() -> None:
    """The form answers what `remind` asks for: figures of the second quarter, and the miss of the third."""
    record(
        "item: TYLE, period: 2026-Q1, value: 96, recorded: 2026-04-02",
        "item: TYLE, period: 2026-Q3, value: 80, recorded: 2026-10-02",
    )
    export()
    assert [key for key in keys(0) if key.startswith("TYLE")] == ["TYLE|1|2026-Q4|0", "TYLE|1|2026-Q2|0"]
    asked = [key for key in keys(3) if key.startswith("TYLE")]
    assert asked == ["TYLE|0|2026-Q2|0", "TYLE|0|2026-Q3|0", "TYLE|0|2026-Q4|0"]


@pytest.mark.usefixtures("agency")
def test_whom_a_lead_means_is_asked_and_reminded(capsys: pytest.CaptureFixture[str]) -> None:
    """A person stands for the person's unit (docs/plan-format.md, people); the words of a lead tell who supports."""
    settings = Path("qmsplan.yaml")
    settings.write_text(settings.read_text("utf-8") + "people:\n  - {name: Lê Thị Hoa, unit: HC}\n", "utf-8")
    plan = Path("plans/kh.yaml")
    text = plan.read_text("utf-8").replace("30/10/2026", "30/10/2026, support: Phòng Nghiệp vụ")
    text = text.replace("quy trình, lead: Phòng Nghiệp vụ", "quy trình, lead: đồng chí Lê Thị Hoa")
    text = text.replace("quý, lead: Phòng Nghiệp vụ", "quý, lead: Phòng Nghiệp vụ phối hợp Phòng Hành chính")
    plan.write_text(text, "utf-8")
    export("--all-units")
    roles = {}
    for unit in ("NV", "HC"):
        page = load_workbook(f"build/form/{unit}-2026-Q4.xlsx").worksheets[1]
        rows = [[str(cell.value) for cell in row] for row in page.iter_rows(min_row=5)]
        roles[unit] = {
            item: next(cell for cell in row if cell in {"chủ trì", "phối hợp"})
            for row in rows
            for item in ("V1", "V2")
            if f"|{item}|" in row[0]
        }
    assert roles == {"NV": {"V1": "phối hợp", "V2": "chủ trì"}, "HC": {"V1": "chủ trì", "V2": "phối hợp"}}
    capsys.readouterr()
    run(["--lang", "en", "remind", "--unit", "HC"])
    told = capsys.readouterr().out
    assert "KH-2026/V1" in told
    assert "KH-2026/V2" not in told
    plan.write_text(
        text.replace("lead: Phòng Nghiệp vụ phối hợp Phòng Hành chính", "lead: 'Phối hợp: Phòng Hành chính'")
    )
    run(["--lang", "en", "remind", "--unit", "HC"])
    assert "KH-2026/V2" in capsys.readouterr().out, "nobody else leads it"


@pytest.mark.usefixtures("agency")
def test_only_the_time_that_missed_is_called_missed() -> None:
    record(
        "item: THANG, period: 2026-10, value: 80, recorded: 2026-11-02",
        "item: THANG, period: 2026-11, value: 99, recorded: 2026-11-20",
    )
    export()
    rows = load_workbook(FORM).worksheets[3].iter_rows(min_row=5, values_only=True)
    words = {row[0].split("|")[4]: [text for text in row if text == "chưa đạt"] for row in rows if "THANG" in row[0]}
    assert {code: bool(found) for code, found in words.items() if code > "2026-09"} == {
        "2026-10": True,
        "2026-11": False,
        "2026-12": False,
    }


@pytest.mark.usefixtures("agency")
def test_answers_to_what_is_owed_are_taken(capsys: pytest.CaptureFixture[str]) -> None:
    record("item: TYLE, period: 2026-Q3, value: 80, recorded: 2026-10-02")
    export()
    action = "corrective_actions|KH-2026|TYLE|0|2026-Q3"
    fill(
        {("readings|KH-2026|TYLE|1|2026-Q2", "value"): 97, (action, "cause"): "Thiếu người", (action, "action"): "Thêm"}
    )
    code, (form,) = read(capsys)
    assert (code, [fault["code"] for fault in form["faults"]]) == (0, ["QP309"]), "taken, and told that it is late"
    text = Path(MINE).read_text("utf-8")
    assert "2026-Q2" in text
    assert "Thiếu người" in text


@pytest.mark.usefixtures("agency")
def test_a_number_with_the_unit_of_its_objective_is_that_number(capsys: pytest.CaptureFixture[str]) -> None:
    """Also when the form is read once more; another unit is asked about."""
    plan = Path("plans/kh.yaml")
    text = plan.read_text("utf-8").replace("target: 1.200 người,", "target: '≤ 0,435 kWh/m3',")
    text = text.replace("target: ≥ 95%", "target: ≥ 85")
    plan.write_text(text.replace("target: 98%, frequency: month", "target: '≤ 0,5 mg/l', frequency: month"), "utf-8")
    export()
    month = "readings|KH-2026|THANG|1|2026-11"
    fill({("readings|KH-2026|LOP", "value"): "0,4305 kWh/m³", (month, "value"): "0,25mg/l"})
    fill({("readings|KH-2026|TYLE", "value"): "86 điểm"})
    code, (form,) = read(capsys)
    assert (code, form["faults"], len(form["entries"])) == (0, [], 3)
    assert "0,4305\n" in Path(MINE).read_text("utf-8")
    code, (form,) = read(capsys)
    assert (code, form["faults"], form["unchanged"]) == (0, [], 3)
    Path(MINE).unlink()
    fill({("readings|KH-2026|LOP", "value"): "0,43 kWh/m2", (month, "value"): "0,25 mg/m3"})
    fill({("readings|KH-2026|TYLE", "value"): "86 triệu"})
    code, (form,) = read(capsys)
    assert (code, [fault["code"] for fault in form["faults"]]) == (1, ["QP321"] * 3)


@pytest.mark.usefixtures("agency")
def test_text_beside_the_table_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    export()
    fill({("readings|KH-2026|TYLE", "num"): 96, ("readings|KH-2026|TYLE", "den"): 100})
    book = load_workbook(FORM)
    sheet = book.worksheets[0]
    sheet["Z5"].value, sheet.cell(sheet.max_row + 2, 5).value = "BC 80", "Các số liệu trên chưa đối chiếu"
    book.save(FORM)
    code, (form,) = read(capsys)
    assert (code, faults(form)) == (0, [f"{sheet.title}!Z5 QF405", f"{sheet.title}!E{sheet.max_row} QF405"])
    assert "BC 80" in form["faults"][0]["message"]
    assert form["entries"], "the rest is taken"
