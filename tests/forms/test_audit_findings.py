"""What an internal audit found, in the form of the unit that was audited."""

from __future__ import annotations

from pathlib import Path

import pytest
from form_workspace import FORM, cell_of, export, faults, fill, make_agency, read, texts
from openpyxl import load_workbook

from qmsplan.cli.app import run

OTHERS = "plans/progress/KH-2026-HC.yaml"
"""The file of the unit that audits."""
FOUND = ("Chưa lưu phiếu khảo sát tháng 8", "=Chưa ký sổ")


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """HC has audited NV and noted two findings about V1, and one at itself."""
    folder = make_agency(tmp_path / "ws", monkeypatch)
    for finding in FOUND:
        about(finding, "Phòng Nghiệp vụ")
    about("Của phòng khác", "HC")
    Path(OTHERS).write_text(Path(OTHERS).read_text("utf-8").replace("finding: Của", "finding: Việc của"), "utf-8")
    export("--all-units")
    return folder


def about(finding: str, unit: str, *more: str) -> None:
    """Notes a finding."""
    said = ["record", "V1", "--clause", "9.1.1", "--audited", unit, "--finding", finding, "--period", "2026-Q3"]
    assert run([*said, "--unit", "HC", "--quiet", *more]) == 0


def row(finding: str) -> str:
    """The start of the key of a finding's row."""
    sheet = load_workbook(FORM)["Phát hiện đánh giá"]
    columns = {sheet.cell(1, at).value: at for at in range(1, sheet.max_column + 1)}
    rows = range(5, sheet.max_row + 1)
    return next(str(sheet.cell(at, 1).value) for at in rows if sheet.cell(at, columns["finding"]).value == finding)


@pytest.mark.usefixtures("agency")
def test_a_unit_sees_what_was_found_at_it_and_nothing_else() -> None:
    sheet = load_workbook(FORM)["Phát hiện đánh giá"]
    ids = [cell.value for cell in sheet[1]][2:]
    found = [dict(zip(ids, [cell.value for cell in line][2:], strict=True)) for line in sheet.iter_rows(min_row=5)]
    assert [line["finding"] for line in found] == list(FOUND)
    assert (found[0]["item"], found[0]["period"], found[0]["clause"]) == ("V1", "Quý III năm 2026", "9.1.1")
    assert "verified-on" not in ids, "whether it was put right is for those to say who audited"
    (own,) = load_workbook("build/form/HC-2026-Q4.xlsx")["Phát hiện đánh giá"].iter_rows(min_row=5)
    assert "Việc của phòng khác" in [cell.value for cell in own]
    other = load_workbook("build/form/HC-2026-Q4.xlsx")["Hoàn thành"]
    assert all("|V1|" not in str(line[0].value) for line in other.iter_rows(min_row=5)), (
        "who audits does not report on V1"
    )


@pytest.mark.usefixtures("agency")
def test_what_is_done_about_it_is_added_to_the_finding_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = map(row, FOUND)
    fill(
        {
            (first, "correction"): "Đã thu thập 12 phiếu",
            (first, "cause"): "Chưa phân công",
            (first, "action"): "Phân công lưu phiếu",
            (first, "lead"): "NV",
            (first, "due"): "30/12/2026",
            (second, "action-done"): "26/11/2026",
            (second, "evidence"): "Sổ trực",
        }
    )
    code, (form,) = read(capsys)
    assert (code, form["faults"], [entry["replaced"] for entry in form["entries"]]) == (0, [], [True, True])
    assert [path.name for path in Path("plans/progress").iterdir()] == ["KH-2026-HC.yaml"]
    text = Path(OTHERS).read_text("utf-8")
    assert "due: 2026-12-30" in text
    assert "done: 2026-11-26" in text
    assert text.count("- item: V1") == 3
    assert text.count("recorded: 2026-11-27") == 3, "a finding keeps its day"
    assert run(["validate"]) == 0
    before = texts()
    code, (form,) = read(capsys)
    assert (code, form["entries"], form["unchanged"], texts()) == (0, [], 2, before)


@pytest.mark.usefixtures("agency")
def test_answers_never_go_to_another_finding(capsys: pytest.CaptureFixture[str]) -> None:
    """A finding is put before the others, one is worded anew, and one is answered by somebody else, after the form
    was made."""
    first, second = map(row, FOUND)
    fill({(first, "cause"): "Chưa phân công", (second, "cause"): "Quên"})
    text = Path(OTHERS).read_text("utf-8")
    start = text.index("  - item: V1")
    one, rest = text[start:].split("  - item: V1", 2)[1:]
    more = "  - item: V1" + one.replace(FOUND[0], "Việc thứ ba")
    Path(OTHERS).write_text(text[:start] + more + "  - item: V1" + one + "  - item: V1" + rest, "utf-8")
    code, (form,) = read(capsys, FORM, "--dry-run")
    assert (code, form["faults"]) == (0, [])
    assert len(form["entries"]) == 2
    Path(OTHERS).write_text(Path(OTHERS).read_text("utf-8").replace("khảo sát tháng 8", "khảo sát tháng 9"), "utf-8")
    code, (form,) = read(capsys)
    assert (code, faults(form)) == (1, [f"{cell_of(first, 'cause')} QF201"])


@pytest.mark.usefixtures("agency")
def test_two_who_answer_the_same_finding(capsys: pytest.CaptureFixture[str]) -> None:
    first = row(FOUND[0])
    fill({(first, "cause"): "Chưa phân công"})
    said = ["record", "V1", "--clause", "9.1.1", "--period", "2026-Q3", "--finding", FOUND[0], "--cause", "Thiếu tủ"]
    assert run([*said, "--audited", "Phòng Nghiệp vụ", "--unit", "HC", "--replace", "--quiet"]) == 0
    code, (form,) = read(capsys)
    assert (code, faults(form)) == (1, [f"{cell_of(first, 'cause')} QF401"])
    assert "Thiếu tủ" in form["faults"][0]["message"]


@pytest.mark.usefixtures("agency")
def test_the_day_that_the_auditors_set_is_not_to_be_typed(capsys: pytest.CaptureFixture[str]) -> None:
    about("Có hạn", "NV", "--due", "2026-12-15")
    export("--output-dir", "new", "--unit", "NV")
    form_name = "new/NV-2026-Q4.xlsx"
    sheet = load_workbook(form_name)["Phát hiện đánh giá"]
    key = next(str(line[0].value) for line in sheet.iter_rows(min_row=5) if "Có hạn" in [cell.value for cell in line])
    fill({(key, "due"): "20/12/2026"}, form_name)
    code, (form,) = read(capsys, form_name)
    assert (code, faults(form)) == (1, [f"{cell_of(key, 'due', form_name)} QF204"])


@pytest.mark.usefixtures("agency")
def test_a_form_of_an_earlier_qmsplan_has_no_such_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    book = load_workbook(FORM)
    del book["Phát hiện đánh giá"]
    book.save(FORM)
    assert faults(read(capsys)[1][0]) == ["! QF109"]
    book["_qmsplan"]["B1"] = "1"
    book.save(FORM)
    code, (form,) = read(capsys)
    assert (code, form["faults"]) == (0, [])
