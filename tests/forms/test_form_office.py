"""Forms saved by LibreOffice, as .xlsx and as .ods: what was typed comes back, what was hidden stays hidden."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from form_workspace import FORM, export, fill, make_agency, read
from openpyxl import Workbook, load_workbook

from conftest import need
from qmsplan.cli.app import run
from qmsplan.word.package import run_office

TYLE, V2, LAW = "readings|KH-2026|TYLE", "completions|KH-2026|V2|0|2026-Q4", "events|KH-2026|luat-moi"
CAUSE = "corrective_actions|KH-2026|TYLE|0|2026-Q4"
ANSWERS = {
    (TYLE, "num"): "1.120",
    (TYLE, "den"): 1121,
    (TYLE, "evidence"): "=1+1 là tên văn bản\nBáo cáo số 12/BC-NV",
    ("readings|KH-2026|THANG|1|2026-10", "value"): (0.987, "0.0%"),
    (V2, "done"): "03/04/2026",
    (V2, "evidence"): "Báo cáo số 13/BC-NV",
    (LAW, "on"): "1/11/2026",
    (CAUSE, "cause"): "Một",
    (CAUSE, "action"): "Hai",
    ("audit|KH-2026|V1", "cause"): "=Ba",
}
FINDING = (
    "record",
    "V1",
    "--clause",
    "9.1.1",
    "--audited",
    "NV",
    "--finding",
    "=1+1 sổ chưa ký",
    "--period",
    "2026-Q4",
)


def test_forms_saved_by_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One filled in and one untouched as .xlsx; .ods is made .xlsx in the same way when it is read."""
    office = need("soffice")
    make_agency(tmp_path / "ws", monkeypatch)
    assert run([*FINDING, "--unit", "HC", "--quiet"]) == 0
    export()
    untouched = Path("untouched.xlsx")
    shutil.copy(FORM, untouched)
    fill(ANSWERS)
    saved = tmp_path / "saved"
    saved.mkdir()
    run_office(office, [Path(FORM), untouched], "xlsx", saved, 120)
    assert load_workbook(saved / "untouched.xlsx")["_qmsplan"].sheet_state != "visible"
    code, (form,) = read(capsys, str(saved / "untouched.xlsx"))
    assert (code, form["entries"], form["faults"]) == (0, [], [])
    run_office(office, [saved / Path(FORM).name], "ods", saved, 120)
    code, (form,) = read(capsys, str(saved / Path(FORM).with_suffix(".ods").name))
    assert (code, form["faults"]) == (0, [])
    named = [entry["item"] or entry["event"] for entry in form["entries"]]
    assert sorted(named) == ["THANG", "TYLE", "TYLE", "V1", "V2", "luat-moi"]
    assert "cause: =Ba" in Path("plans/progress/KH-2026-HC.yaml").read_text("utf-8")
    written = Path("plans/progress/KH-2026-NV.yaml").read_text("utf-8")
    for line in ("numerator: 1120", "value: 98,7%", "done: 2026-04-03", "=1+1 là tên văn bản\n", "date: 2026-11-01"):
        assert line in written
    assert read(capsys, str(saved / Path(FORM).name))[1][0]["unchanged"] == 6


def test_a_form_of_which_only_the_values_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a spreadsheet in a browser may make of it: no looks, no locks, numbers for digits, merely hidden."""
    make_agency(tmp_path / "ws", monkeypatch)
    export()
    fill(
        {(TYLE, "num"): 99.0, (TYLE, "den"): 100.0, (V2, "done"): date(2026, 11, 20), (V2, "evidence"): "Báo cáo số 1"}
    )
    source, bare = load_workbook(FORM), Workbook()
    bare.remove(bare.worksheets[0])
    for sheet in source.worksheets:
        page = bare.create_sheet(sheet.title)
        page.sheet_state = "hidden" if sheet.title.startswith("_") else "visible"
        for row in sheet.iter_rows(values_only=True):
            page.append([None if value is None or str(value).startswith("=") else value for value in row])
    bare.save("NV-2026-Q4.xlsx")
    code, (form,) = read(capsys, "NV-2026-Q4.xlsx")
    assert (code, form["faults"]) == (0, [])
    assert [entry["item"] for entry in form["entries"]] == ["TYLE", "V2"]
