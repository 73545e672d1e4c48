"""The workbook of a form as spreadsheets see it, and the workbook that goes back with its cells marked."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from form_workspace import FORM, cell_of, export, fill, make_agency, read, tell_workbook
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from qmsplan.cli.app import run
from qmsplan.diagnostics import Message, Severity
from qmsplan.forms.reading import read_form
from qmsplan.forms.take_over import FormAnswer
from qmsplan.forms.values import FormFault
from qmsplan.forms.workbook import write_form_report

TYLE, LOP = "readings|KH-2026|TYLE", "readings|KH-2026|LOP"
GIAM, CAUSE = "readings|KH-2026|GIAM", "corrective_actions|KH-2026|TYLE|0|2026-Q4"
V2, LAW = "completions|KH-2026|V2|0|2026-Q4", "events|KH-2026|luat-moi"
WHOLE = {
    (TYLE, "num"): 99,
    (TYLE, "den"): 100,
    (LOP, "value"): 1300,
    (GIAM, "value"): 80,
    (GIAM, "baseline"): 100,
    **{(CAUSE, column): "thiếu người" for column in ("cause", "action")},
}
"""Rows in which nothing is missing."""


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_agency(tmp_path / "ws", monkeypatch)
    export()
    return folder


@pytest.mark.usefixtures("agency")
def test_its_sheets_and_what_is_hidden() -> None:
    book = load_workbook(FORM)
    sheets = ["Số liệu", "Hoàn thành", "Sự kiện", "Khắc phục", "Phát hiện đánh giá"]
    assert book.sheetnames == [*sheets, "Hướng dẫn", "_qmsplan"]
    assert book["_qmsplan"].sheet_state == "veryHidden"
    facts = {row[0]: row[1] for row in book["_qmsplan"].iter_rows(values_only=True) if row[0]}
    assert facts == {
        "form": "2",
        "unit": "NV",
        "period": "2026-Q4",
        "workspace": "Phòng Nghiệp vụ < Trung tâm Thử nghiệm",
        "language": "vi",
    }
    for sheet in book.worksheets[:4]:
        assert sheet.column_dimensions["A"].hidden
        assert sheet.row_dimensions[1].hidden


@pytest.mark.usefixtures("agency")
def test_only_answers_are_open_and_each_is_a_text_cell() -> None:
    for sheet in load_workbook(FORM).worksheets[:4]:
        assert sheet.protection.sheet
        columns = {sheet.cell(1, at).value: at for at in range(1, sheet.max_column + 1)}
        for row in range(5, sheet.max_row + 1):
            for name in ("plan", "item", "asked", "period", "last"):
                assert name not in columns or sheet.cell(row, columns[name]).protection.locked
        open_cells = [cell for row in sheet.iter_rows(min_row=5) for cell in row if not cell.protection.locked]
        assert open_cells
        assert {cell.number_format for cell in open_cells} == {"@"}
    sheet = load_workbook(FORM).worksheets[0]
    closed = cell_of(LOP, "num").partition("!")[2]
    assert sheet[closed].protection.locked


@pytest.mark.usefixtures("agency")
def test_answers_are_checked_as_they_are_typed() -> None:
    book = load_workbook(FORM)
    kinds = {
        sheet.title: sorted({check.type for check in sheet.data_validations.dataValidation if check.type})
        for sheet in book.worksheets[:4]
    }
    assert kinds["Số liệu"] == ["custom"]
    assert kinds["Khắc phục"] == ["custom", "list"]


@pytest.mark.usefixtures("agency")
def test_nothing_in_it_is_a_formula() -> None:
    with zipfile.ZipFile(FORM) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert all("<f>" not in page for page in pages)
    sheet = load_workbook(FORM).worksheets[0]
    assert (sheet["E5"].value, sheet["E5"].data_type) == ("=1+1 hồ sơ", "s")


def test_every_cell_of_a_form_and_of_what_goes_back(agency: Path) -> None:
    """First a quarter of which nothing is known, then what is recorded, in English and of the other department."""
    tell_workbook(FORM)
    fill({**WHOLE, (V2, "done"): "26/11/2026", (LAW, "on"): "03/04/2026", (CAUSE, "due"): "01/12/2026"})
    assert run(["form", "read", FORM]) == 0
    assert run(["--lang", "en", "form", "export", "--all-units", "--period", "2026-Q4", "--output-dir", "en"]) == 0
    for name in ("NV", "HC"):
        tell_workbook(f"en/{name}-2026-Q4.xlsx")
    fill({(TYLE, "num"): "=HYPERLINK(1)", (LOP, "evidence"): "Sổ", (V2, "done"): "mai"})
    assert run(["form", "read", FORM, "--report", "ket-qua.xlsx"]) == 1
    tell_workbook("ket-qua.xlsx")


@pytest.mark.usefixtures("agency")
def test_the_same_files_give_the_same_bytes() -> None:
    before = Path(FORM).read_bytes()
    export("--unit", "Phòng Nghiệp vụ", "--output-dir", "other")
    assert Path("other/NV-2026-Q4.xlsx").read_bytes() == before


@pytest.mark.usefixtures("agency")
def test_without_a_period_it_is_the_quarter_of_the_day() -> None:
    before = Path(FORM).read_bytes()
    Path(FORM).unlink()
    assert run(["form", "export", "--unit", "NV"]) == 0
    assert Path(FORM).read_bytes() == before


@pytest.mark.usefixtures("agency")
def test_an_english_form_is_read_by_anybody(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "form", "export", "--unit", "NV", "--period", "2026-Q4", "--output-dir", "en"]) == 0
    english = "en/NV-2026-Q4.xlsx"
    assert load_workbook(english).sheetnames[:4] == ["Figures", "Work done", "Events of plans", "Corrective actions"]
    fill({(TYLE, "num"): 99, (TYLE, "den"): 100, (V2, "done"): "26/11/2026"}, english)
    code, (form,) = read(capsys, english)
    assert (code, len(form["entries"])) == (0, 2)


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize("typed", [99, "chưa rõ"])
def test_a_form_that_was_filled_in_is_not_written_over(typed: object, capsys: pytest.CaptureFixture[str]) -> None:
    export()
    fill({(TYLE, "num"): typed})
    sheet = load_workbook(FORM)["Số liệu"]
    looks = [sheet[cell_of(TYLE, column).partition("!")[2]].alignment.horizontal for column in ("num", "note")]
    assert looks == ["right", None]
    before = Path(FORM).read_bytes()
    assert run(["form", "export", "--unit", "NV", "--period", "2026-Q4"]) == 2
    assert Path(FORM).read_bytes() == before
    assert "đã được điền" in capsys.readouterr().err


@pytest.mark.usefixtures("agency")
def test_the_workbook_that_goes_back(capsys: pytest.CaptureFixture[str]) -> None:
    fill({(TYLE, "num"): "=HYPERLINK(1)", (TYLE, "den"): 100, (V2, "done"): "mai"})
    assert run(["form", "read", FORM, "--report", "ket-qua.xlsx"]) == 1
    book = load_workbook("ket-qua.xlsx")
    sheets = ["Số liệu", "Hoàn thành", "Sự kiện", "Khắc phục", "Phát hiện đánh giá"]
    assert book.sheetnames == ["Kết quả", *(f"NV {name}" for name in sheets)]
    told = [[cell.value for cell in row] for row in book["Kết quả"].iter_rows(min_row=3)]
    assert [row[1:3] for row in told] == [[cell_of(TYLE, "num"), "QF301"], [cell_of(V2, "done"), "QF303"]]
    marked = book["NV Số liệu"][cell_of(TYLE, "num").partition("!")[2]]
    assert (marked.value, marked.data_type) == ("=HYPERLINK(1)", "s")
    assert marked.fill.fgColor.rgb == "FFFFC7CE"
    assert "QF301" in marked.comment.text
    assert re.search(r"Số liệu!J5: lỗi\[QF301\]", capsys.readouterr().out)


@pytest.mark.usefixtures("agency")
def test_a_cell_has_the_colour_of_the_worst_that_is_told_of_it() -> None:
    sheet, _, cell = cell_of(TYLE, "num").partition("!")
    told = [
        FormFault("QF301", sheet, cell, Message("x"), severity=severity)
        for severity in (Severity.NOTE, Severity.ERROR, Severity.WARNING)
    ]
    told += [
        FormFault("QF302", sheet, cell_of(LOP, column).partition("!")[2], Message("x"), severity=severity)
        for column, severity in (("value", Severity.NOTE), ("note", Severity.WARNING))
    ]
    answer = FormAnswer(FORM, read_form(Path(FORM).read_bytes()), tuple(told))
    Path("a.xlsx").write_bytes(write_form_report([answer], str))
    tell_workbook("a.xlsx")
    assert load_workbook("a.xlsx")["NV Số liệu"][cell].fill.fgColor.rgb == "FFFFC7CE"


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize("name", ["plans/kh.yaml", FORM])
def test_the_report_is_written_over_nothing_that_matters(name: str) -> None:
    before = Path(name).read_bytes()
    assert run(["form", "read", FORM, "--report", name]) == 2
    assert Path(name).read_bytes() == before


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize(
    "arguments",
    [
        ["export"],
        ["export", "--period", "2026-Q4"],
        ["export", "--unit", "XX", "--period", "2026-Q4"],
        ["export", "--unit", "NV", "--period", "2026-Q9"],
        ["export", "--unit", "NV", "--all-units", "--period", "2026-Q4"],
        ["export", "--unit", "NV", "--period", "2026-Q4", "--dry-run"],
        ["read"],
        ["read", FORM, "--unit", "NV"],
    ],
)
def test_mistakes_in_the_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["form", *arguments]) == 2
    assert capsys.readouterr().err.startswith("qmsplan: ")


@pytest.mark.usefixtures("agency")
def test_a_dry_run_shows_the_change_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    fill({(TYLE, "num"): 99, (TYLE, "den"): 100})
    assert run(["form", "read", FORM, "--dry-run"]) == 0
    assert "+    numerator: 99" in capsys.readouterr().out
    assert not Path("plans/progress").exists()


@pytest.mark.usefixtures("agency")
def test_the_open_xml_validator_finds_nothing() -> None:
    fill({(TYLE, "num"): "x", (V2, "done"): "mai"}, FORM, "NV.xlsx")
    assert run(["form", "read", "NV.xlsx", "--report", "ket-qua.xlsx"]) == 1
    for name in (FORM, "ket-qua.xlsx"):
        assert OpenXmlValidator().validate(name).errors == []
