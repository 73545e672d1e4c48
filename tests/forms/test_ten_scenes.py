"""Forms as they come back in an office: untouched, filled, wrong, sorted, late, twice."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from form_workspace import FORM, MINE, cell_of, export, faults, fill, make_agency, read, texts
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from fixed_clock import DAY
from qmsplan.cli.app import run

TYLE, LOP, GIAM = "readings|KH-2026|TYLE", "readings|KH-2026|LOP", "readings|KH-2026|GIAM"
THANG = "readings|KH-2026|THANG|1|2026-10"
V1, V2 = "completions|KH-2026|V1", "completions|KH-2026|V2|0|2026-Q4"
LAW, CAUSE = "events|KH-2026|luat-moi", "corrective_actions|KH-2026|TYLE|0|2026-Q4"

CLASSES = "Mở lớp tập huấn, target: 1.200 người"


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_agency(tmp_path / "ws", monkeypatch)
    export()
    return folder


@pytest.mark.usefixtures("agency")
def test_an_untouched_form_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = texts()
    code, (form,) = read(capsys)
    assert (code, form["entries"], form["faults"], form["unchanged"]) == (0, [], [], 0)
    assert texts() == before


@pytest.mark.usefixtures("agency")
def test_numbers_and_days_as_people_type_them(capsys: pytest.CaptureFixture[str]) -> None:
    fill(
        {
            (TYLE, "num"): "1.120",
            (TYLE, "den"): "1 121",
            (TYLE, "evidence"): "Báo cáo số 12/BC-NV ngày 27/11/2026\n\n  Sổ theo dõi",
            (LOP, "value"): 1300,
            (GIAM, "value"): 90.0,
            (GIAM, "baseline"): "100",
            (THANG, "value"): (0.987, "0.0%"),
            ("readings|KH-2026|THANG|1|2026-11", "value"): "98,7 %",
            (V1, "done"): datetime(2026, 11, 20),  # noqa: DTZ001  as openpyxl has it
            (V1, "evidence"): "Quyết định số 5/QĐ-TT",
            (V2, "done"): "27/11/2026",
            (V2, "evidence"): "Báo cáo số 13/BC-NV",
            (LAW, "on"): "03/04/2026",
        }
    )
    code, (form,) = read(capsys)
    assert (code, form["faults"]) == (0, [])
    assert len(form["entries"]) == 8
    written = Path(MINE).read_text("utf-8")
    for line in (
        "numerator: 1120\n    denominator: 1121",
        "value: 98,7%",
        "value: 90\n    baseline: 100",
        "done: 2026-11-20",
        "done: 2026-11-27",
        "event: luat-moi\n    date: 2026-04-03",
        "Báo cáo số 12/BC-NV ngày 27/11/2026\n      Sổ theo dõi",
    ):
        assert line in written
    assert written.count("value: 98,7%") == 2
    assert run(["validate", MINE]) == 0


@pytest.mark.usefixtures("agency")
def test_what_is_no_number_and_no_day_is_told_with_its_cell(capsys: pytest.CaptureFixture[str]) -> None:
    before = texts()
    fill({(TYLE, "num"): 12.5, (TYLE, "den"): "một trăm", (V2, "done"): "cuối tháng", (LOP, "value"): 5})
    code, (form,) = read(capsys)
    assert code == 1
    assert faults(form) == [
        f"{cell_of(TYLE, 'num')} QF301",
        f"{cell_of(TYLE, 'den')} QF301",
        f"{cell_of(V2, 'done')} QF303",
        f"{cell_of(LOP, 'value')} QP305",  # what the rules say of the rest is told at once, not in a second round
    ]
    assert texts() == before, "nothing of a form is taken over if something of it is wrong"


@pytest.mark.usefixtures("agency")
def test_all_faults_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Cells that can't be read, cells that are closed, rows that are not finished, and what the rules say of others."""
    wrong = {
        (TYLE, "num"): 101,
        (TYLE, "den"): 100,
        (LOP, "num"): 5,
        (LOP, "value"): "nhiều",
        (GIAM, "value"): 95,
        (CAUSE, "action"): "Bố trí thêm người",
        (CAUSE, "due"): "sớm",
    }
    fill(wrong)
    _, (form,) = read(capsys)
    assert sorted(fault.rpartition(" ")[::2] for fault in faults(form)) == sorted(
        [
            (cell_of(LOP, "value"), "QF302"),
            (cell_of(LOP, "num"), "QF204"),
            (cell_of(GIAM, "value"), "QP306"),
            (cell_of(CAUSE, "cause"), "QF306"),
            (cell_of(CAUSE, "due"), "QF303"),
            (cell_of(TYLE, "num"), "QP303"),
        ]
    )
    fill({(TYLE, "num"): 50, **dict.fromkeys(wrong.keys() - {(TYLE, "num"), (TYLE, "den"), (CAUSE, "due")})})
    fill({(CAUSE, "cause"): "Thiếu người"})
    _, (form,) = read(capsys)
    codes = [fault.rpartition(" ")[2] for fault in faults(form)]
    assert codes == ["QF303", "QF306"], "no QP305 besides: the action of the missed target is begun"


@pytest.mark.usefixtures("agency")
def test_the_rules_of_record_hold(capsys: pytest.CaptureFixture[str]) -> None:
    fill({(TYLE, "num"): 101, (TYLE, "den"): 100})
    code, (form,) = read(capsys)
    assert code == 1
    assert [fault.rpartition(" ")[0] for fault in faults(form)] == [cell_of(TYLE, "num")]
    assert form["faults"][0]["code"].startswith("QP")
    fill({(TYLE, "num"): 80})
    code, (form,) = read(capsys, FORM, "--dry-run")
    assert faults(form) == [f"{cell_of(TYLE, 'num')} QP305"]
    assert cell_of(CAUSE, "cause") in form["faults"][0]["hint"]
    fill({(CAUSE, "cause"): "Thiếu người", (CAUSE, "action"): "Bố trí thêm người", (CAUSE, "due"): "31/12/2026"})
    code, (form,) = read(capsys)
    assert (code, form["faults"], len(form["entries"])) == (0, [], 2)


@pytest.mark.usefixtures("agency")
def test_rows_sorted_and_columns_moved(capsys: pytest.CaptureFixture[str]) -> None:
    fill({(TYLE, "num"): 99, (TYLE, "den"): 100, (LOP, "value"): 1300})
    book = load_workbook(FORM)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=sheet.max_row)]
    moved = [[row[0], row[1], *reversed(row[2:])] for row in (*rows[:4], *reversed(rows[4:]))]
    for number, row in enumerate(moved, 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
            if isinstance(value, str):
                sheet.cell(number, column).data_type = "s"
    book.save(FORM)
    code, (form,) = read(capsys)
    assert (code, form["faults"]) == (0, [])
    assert sorted(entry["item"] for entry in form["entries"]) == ["LOP", "TYLE"]


@pytest.mark.usefixtures("agency")
def test_somebody_recorded_something_else_meanwhile(capsys: pytest.CaptureFixture[str]) -> None:
    fill({(TYLE, "num"): 99, (TYLE, "den"): 100, (LOP, "value"): 1300})
    record = ["record", "TYLE", "--period", "2026-Q4", "--num", "96", "--den", "100", "--unit", "NV", "--quiet"]
    assert run(record) == 0
    before = texts()
    code, (form,) = read(capsys)
    assert (code, faults(form)) == (1, [f"{cell_of(TYLE, 'num')} QF401"])
    assert "96" in form["faults"][0]["message"]
    assert "99" in form["faults"][0]["message"]
    assert texts() == before


@pytest.mark.usefixtures("agency")
def test_an_older_untouched_form_overwrites_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    record = ["record", "TYLE", "--period", "2026-Q4", "--num", "96", "--den", "100", "--unit", "NV", "--quiet"]
    assert run(record) == 0
    before = texts()
    code, (form,) = read(capsys)
    assert (code, faults(form), form["faults"][0]["severity"]) == (0, [f"{cell_of(TYLE, 'num')} QF402"], "note")
    assert texts() == before


@pytest.mark.usefixtures("agency")
def test_what_is_read_twice_is_recorded_once(capsys: pytest.CaptureFixture[str]) -> None:
    fill(
        {
            (TYLE, "num"): 99,
            (TYLE, "den"): 100,
            (V1, "done"): "20/11/2026",
            (V1, "evidence"): "Quyết định số 5/QĐ-TT",
            (LAW, "on"): "1/11/2026",
            (CAUSE, "cause"): "Một",
            (CAUSE, "action"): "Hai",
        }
    )
    assert len(read(capsys)[1][0]["entries"]) == 4
    before = texts()
    code, (form,) = read(capsys)
    assert (code, form["entries"], form["faults"], form["unchanged"]) == (0, [], [], 4)
    assert texts() == before


@pytest.mark.usefixtures("agency")
def test_a_fresh_form_corrects_what_is_recorded(capsys: pytest.CaptureFixture[str]) -> None:
    fill({(TYLE, "num"): 99, (TYLE, "den"): 100, (CAUSE, "cause"): "Một", (CAUSE, "action"): "Hai"})
    assert read(capsys)[0] == 0
    Path(FORM).unlink()
    export()
    fill({(TYLE, "num"): 98, (CAUSE, "action-done"): "26/11/2026"})
    code, (form,) = read(capsys)
    assert (code, form["faults"], [entry["replaced"] for entry in form["entries"]]) == (0, [], [True, True])
    written = Path(MINE).read_text("utf-8")
    assert "numerator: 98\n    denominator: 100" in written
    assert "done: 2026-11-26" in written
    assert written.count("- item") == 2


def test_two_departments_at_once(agency: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export("--all-units")
    other = "build/form/HC-2026-Q4.xlsx"
    fill({(TYLE, "num"): 99, (TYLE, "den"): 100})
    fill({("readings|KH-2026|HCTL", "num"): 50, ("readings|KH-2026|HCTL", "den"): 50}, other)
    code, forms = read(capsys, FORM, other)
    assert (code, [form["written"] for form in forms]) == (0, [True, True])
    assert sorted(path.name for path in (agency / "plans" / "progress").iterdir()) == [
        "KH-2026-HC.yaml",
        "KH-2026-NV.yaml",
    ]
    assert run(["validate"]) == 0


def test_the_form_of_a_quarter_shows_what_was_reported_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_agency(tmp_path / "ws", monkeypatch)
    record = ["record", "TYLE", "--period", "2026-Q3", "--num", "96", "--den", "99", "--unit", "NV", "--quiet"]
    assert run(record) == 0
    export()
    sheet = load_workbook(FORM).worksheets[0]
    assert sheet["I5"].value == "Quý III năm 2026: 96/99 (96,97%)"
    assert date(2026, 11, 27) == DAY.date()


@pytest.mark.usefixtures("agency")
def test_what_stands_in_comments_on_other_sheets_and_below_merged_cells_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    book = load_workbook(fill({(TYLE, "num"): 126, (TYLE, "den"): 130, (V1, "done"): "ngày 20 tháng 11 năm 2026"}))
    first, last = (cell_of(start, "done").partition("!")[2] for start in (V1, V2))
    figures = cell_of(TYLE, "num").partition("!")[2]
    book["Số liệu"][figures].comment = Comment("chưa tính tháng 12", "Lan")
    book["Hoàn thành"].merge_cells(f"{first}:{last}")
    book.create_sheet("Bổ sung")["B2"] = "126/130"
    copy = book.copy_worksheet(book["Số liệu"])
    book.save(FORM)
    code, (form,) = read(capsys)
    assert code == 1
    wanted = {"Bổ sung!B2 QF405", f"{copy.title}! QF109", f"Số liệu!{figures} QF405", f"Hoàn thành!{first} QF202"}
    assert wanted == {one for one in faults(form) if "QF" in one}


@pytest.mark.usefixtures("agency")
def test_letters_that_are_struck_out_are_no_answer_and_text_boxes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    book = load_workbook(fill({(TYLE, "num"): "126", (TYLE, "den"): "130", (LOP, "value"): "KHOANG"}))
    figures, value = (cell_of(*at).partition("!")[2] for at in ((TYLE, "num"), (LOP, "value")))
    book["Số liệu"][figures].font = Font(strike=True)
    book.save(FORM)
    parts = {name: ZipFile(FORM).read(name) for name in ZipFile(FORM).namelist()}
    rich = b"<si><r><rPr><strike/></rPr><t>120</t></r><r><t>130</t></r></si>"
    parts["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + rich + b"</sst>"
    )
    inline, shared = b' t="inlineStr"><is><t>KHOANG</t></is>', b' t="s"><v>0</v>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(inline, shared)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    relations = b'<Relationships><Relationship Id="r1" Target="../drawings/drawing1.xml"/></Relationships>'
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations
    parts["xl/drawings/drawing1.xml"] = "<a><txBody><p><r><t>Số tạm tính</t></r></p></txBody></a>".encode()
    with ZipFile(FORM, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    code, (form,) = read(capsys)
    wanted = {f"Số liệu!{figures} QF301", f"Số liệu!{value} QF302", "Số liệu! QF405"}
    assert (code, wanted) == (1, set(faults(form)))


@pytest.mark.parametrize(
    ("now", "columns"),
    [
        ("Số cuộc họp, target: 12 cuộc", ("asked", "target")),
        ("Mở lớp, target: 200 người", ("asked", "target")),
        (f"{CLASSES}, horizons: {{2026: 900 người}}", ("target",)),  # the value of the period alone
        (f"{CLASSES}, aggregation: cumulative", ("target",)),
    ],
)
def test_an_answer_to_what_the_plan_says_no_more_is_told(
    now: str, columns: tuple[str, ...], agency: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill({(TYLE, "num"): 126, (TYLE, "den"): 130, (LOP, "value"): 1300})
    plan = agency / "plans" / "kh.yaml"
    plan.write_text(plan.read_text("utf-8").replace(CLASSES, now), "utf-8")
    code, (form,) = read(capsys)
    told = [f"{cell_of(LOP, column)} QF406" for column in columns]
    assert (code, [one for one in faults(form) if "QF4" in one]) == (0, told)


@pytest.mark.usefixtures("agency")
def test_a_file_of_another_kind_is_called_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    old = b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le")
    for content, words in ((b"", "empty"), (b"%PDF-1.7", "PDF"), (b"<html>", "web page"), (old, "older Word")):
        Path("x.xlsx").write_bytes(content)
        (form,) = read(capsys, "x.xlsx")[1]
        assert words in form["faults"][0]["message"]
