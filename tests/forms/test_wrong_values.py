"""Wrong values in a form, each told with its cell and its code; and files that are no form at all."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from form_workspace import FORM, PLAN, SETTINGS, cell_of, export, faults, fill, make_agency, read, texts
from openpyxl import load_workbook

TYLE, LOP, GIAM = "readings|KH-2026|TYLE", "readings|KH-2026|LOP", "readings|KH-2026|GIAM"
V1, V2 = "completions|KH-2026|V1", "completions|KH-2026|V2|0|2026-Q4"
LAW, CAUSE = "events|KH-2026|luat-moi", "corrective_actions|KH-2026|TYLE|0|2026-Q4"
NUMBERS = {(TYLE, "num"): 99, (TYLE, "den"): 100}
WHOLE = {
    **NUMBERS,
    (LOP, "value"): 1300,
    (GIAM, "value"): 80,
    (GIAM, "baseline"): 100,
    **{(CAUSE, column): "thiếu người" for column in ("cause", "action")},
}
"""Rows in which nothing is missing."""
MIDNIGHT = datetime(2026, 11, 20)  # noqa: DTZ001  as openpyxl has days

COUNTS: list[object] = [
    12.5,
    "12,5",
    "một trăm",
    "-3",
    -3,
    "98%",
    (0.5, "0%"),
    MIDNIGHT,
    True,
    "126/130",
    "1.12",
    "1,120.5",
    "0.006",
]
VALUES: list[object] = ["mười hai", "1.120", "≥ 98", MIDNIGHT, True, "12 - 15", "98,7,5", "khoảng 100", "<0,3%"]
DAYS: list[object] = [
    *("Cuối tháng", "31/02/2026", "13/13/2026", "27/11", "27/11/26", "11-2026", "Quý IV", "2026/11/27", 46000, "46000"),
]
WRONG = [
    *((TYLE, "num", value, "QF301") for value in COUNTS),
    *((LOP, "value", value, "QF302") for value in VALUES),
    *((V2, "done", value, "QF303") for value in DAYS),
    (GIAM, "baseline", "như năm trước", "QF302"),
    (LAW, "on", "khi luật có hiệu lực", "QF303"),
    (CAUSE, "effective", "một phần", "QF304"),
    (CAUSE, "due", "sớm", "QF303"),
    (TYLE, "evidence", "chữ \u202e ngược", "QF305"),
    (TYLE, "note", "\u200b", "QF305"),
    (TYLE, "num", "#DIV/0!", "QF301"),
    (V2, "done", "28/11/2026", "QF307"),
    (LAW, "on", "01/01/2027", "QF307"),
    (CAUSE, "verified-on", datetime(2027, 1, 1), "QF307"),  # noqa: DTZ001
    (LOP, "num", 5, "QF204"),
    (TYLE, "baseline", 5, "QF204"),
    (TYLE, "value", 0.975, "QF407"),
]
"""A row's key, a column, what is typed there, and the code. `1.120` of what is measured may be a decimal."""


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with an unfilled form, made once."""
    folder = tmp_path_factory.mktemp("forms") / "ws"
    with pytest.MonkeyPatch.context() as patch:
        make_agency(folder, patch)
        export()
    return folder


@pytest.fixture
def agency(blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_agency(tmp_path / "ws", monkeypatch)
    shutil.copytree(blank / "build", tmp_path / "ws" / "build")
    return tmp_path / "ws"


def test_there_are_forty_wrong_values() -> None:
    assert len(WRONG) >= 40


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize("at", range(max(Counter(key for key, *_ in WRONG).values())))
def test_a_wrong_value_is_told_with_its_cell(at: int, capsys: pytest.CaptureFixture[str]) -> None:
    """One wrong value in each row: the first ones of all rows in one form, the second ones in the next."""
    by_row = {key: [entry for entry in WRONG if entry[0] == key] for key, *_ in WRONG}
    wrong = [entries[at] for entries in by_row.values() if at < len(entries)]
    before = texts()
    fill({**WHOLE, **{(key, column): value for key, column, value, _ in wrong}})
    done, (form,) = read(capsys)
    told = sorted(f"{cell_of(key, column)} {code}" for key, column, _, code in wrong)
    assert (done, sorted(faults(form))) == (1, told)
    assert texts() == before


UNFINISHED = [
    ({(TYLE, "num"): 5}, TYLE, "den"),
    ({(TYLE, "den"): 5}, TYLE, "num"),
    ({(LOP, "note"): "đã mở lớp"}, LOP, "value"),
    ({(V2, "evidence"): "Báo cáo"}, V2, "done"),
    ({(LAW, "note"): "đã có"}, LAW, "on"),
    ({(CAUSE, "cause"): "thiếu người"}, CAUSE, "action"),
    ({(CAUSE, "action"): "thêm người"}, CAUSE, "cause"),
]


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize(("answers", "key", "column"), UNFINISHED)
def test_a_row_that_is_not_finished_is_told_at_the_empty_cell(
    answers: Any, key: str, column: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(answers)
    code, (form,) = read(capsys)
    assert code == 1
    assert f"{cell_of(key, column)} QF306" in faults(form)


@pytest.mark.usefixtures("agency")
def test_all_wrong_cells_of_a_form_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    fill({(TYLE, "num"): "x", (TYLE, "den"): "y", (LOP, "value"): "z", (V1, "done"): "t"})
    assert [fault.rpartition(" ")[2] for fault in faults(read(capsys)[1][0])] == ["QF301", "QF301", "QF302", "QF303"]


def spoilt_row(change: Callable[[Any], None]) -> None:
    book = load_workbook(FORM)
    change(book)
    book.save(FORM)


def add_row(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet.cell(sheet.max_row + 1, 10).value = 5


def double_row(book: Any) -> None:
    sheet = book.worksheets[0]
    for at in range(1, 9):
        sheet.cell(30, at).value = sheet.cell(5, at).value
    sheet.cell(30, 10).value, sheet.cell(30, 11).value = 1, 2


def sort_visible_columns_only(book: Any) -> None:
    sheet = book.worksheets[0]
    for at in range(3, sheet.max_column + 1):
        first, second = sheet.cell(5, at), sheet.cell(6, at)
        first.value, second.value = second.value, first.value
    sheet.cell(5, 12).value = 1300


def drop_column(book: Any) -> None:
    book.worksheets[0].delete_cols(10)


def drop_sheet(book: Any) -> None:
    del book[book.worksheets[1].title]


def twice_the_same_column(book: Any) -> None:
    book.worksheets[0].cell(1, 40).value = "num"


def row_of_another_period(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet["A5"].value = "readings|KH-2026|TYLE|1|2025-Q3|0"
    sheet["H5"].value = "Quý III năm 2025"
    sheet["J5"].value, sheet["K5"].value = 1, 1


def row_of_another_unit(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet["A5"].value = "readings|KH-2026|HCTL|1|2026-Q4|0"
    sheet["J5"].value, sheet["K5"].value = 1, 1


def row_that_leads_elsewhere(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet["A5"].value = "readings|../../etc/passwd|TYLE|1|2026-Q4|0"
    sheet["J5"].value, sheet["K5"].value = 1, 1


SPOILT = [
    (add_row, "QF201"),
    (double_row, "QF203"),
    (sort_visible_columns_only, "QF202"),
    (drop_column, "QF109"),
    (drop_sheet, "QF109"),
    (twice_the_same_column, "QF109"),
    (row_of_another_period, "QF108"),
    (row_of_another_unit, "QF201"),
    (row_that_leads_elsewhere, "QF201"),
]


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize(("change", "code"), SPOILT)
def test_a_form_that_was_taken_apart_is_told(
    change: Callable[[Any], None], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts()
    fill(NUMBERS)
    spoilt_row(change)
    done, (form,) = read(capsys)
    assert done == 1
    assert code in {fault["code"] for fault in form["faults"]}
    assert texts() == before


@pytest.mark.usefixtures("agency")
def test_a_formula_needs_its_result(capsys: pytest.CaptureFixture[str]) -> None:
    book = load_workbook(FORM)
    book.worksheets[0]["J5"].value = "=50+49"
    book.worksheets[0]["K5"].value = 100
    book.save(FORM)  # openpyxl keeps no results
    assert faults(read(capsys)[1][0]) == ["Số liệu!J5 QF301"]


def zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The form with one of its parts replaced."""
    with zipfile.ZipFile(FORM) as archive:
        return zipped({entry: archive.read(entry) for entry in archive.namelist()} | {name: content})


def plain_workbook() -> bytes:
    book, packed = load_workbook(FORM), io.BytesIO()
    del book["_qmsplan"]
    book.save(packed)
    return packed.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "hahaha">]><a>&b;</a>'
FILES: list[tuple[str, Callable[[], bytes], str]] = [
    ("a text", lambda: b"so lieu quy IV", "QF101"),
    ("nothing", lambda: b"", "QF101"),
    ("a cut workbook", lambda: Path(FORM).read_bytes()[:3000], "QF101"),
    ("a Word file", lambda: zipped({"word/document.xml": b"<w/>"}), "QF101"),
    ("XML that is none", lambda: with_part("xl/workbook.xml", b"<workbook"), "QF101"),
    ("entities", lambda: with_part("xl/sharedStrings.xml", LAUGHS), "QF101"),
    ("an old workbook", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "QF101"),
    ("a password", lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "QF102"),
    ("a zip bomb", lambda: with_part("xl/bomb.xml", b" " * (129 << 20)), "QF103"),
    ("a thousand parts", lambda: zipped({f"xl/{at}.xml": b"" for at in range(1000)}), "QF103"),
    ("another workbook", plain_workbook, "QF104"),
]


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize(("name", "make", "code"), FILES, ids=[name for name, _, _ in FILES])
def test_a_file_that_is_no_form(
    name: str, make: Callable[[], bytes], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("x.xlsx").write_bytes(make())
    done, (form,) = read(capsys, "x.xlsx")
    assert (done, faults(form)) == (1, [f"! {code}"]), name


def identity(row: int, value: str) -> None:
    book = load_workbook(FORM)
    book["_qmsplan"].cell(row, 2).value = value
    book.save(FORM)


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize(
    ("row", "value", "code"), [(1, "3", "QF105"), (1, "x", "QF104"), (2, "XX", "QF107"), (3, "Quý 9", "QF108")]
)
def test_an_identity_that_does_not_fit(row: int, value: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    identity(row, value)
    assert faults(read(capsys)[1][0]) == [f"! {code}"]


def test_the_form_of_another_agency(agency: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (agency / "qmsplan.yaml").write_text(SETTINGS.replace("Trung tâm Thử nghiệm", "Trung tâm khác"), "utf-8")
    assert faults(read(capsys)[1][0]) == ["! QF106"]


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize(("name", "code"), [("HC-2026-Q4", "QF107"), ("NV-2026-Q3", "QF108"), ("NV-2026-Q4 (1)", "")])
def test_the_name_of_the_file_has_to_fit(name: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(FORM, f"{name}.xlsx")
    assert faults(read(capsys, f"{name}.xlsx")[1][0]) == ([f"! {code}"] if code else [])


def test_a_plan_that_has_lost_the_item(agency: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (agency / "plans" / "kh.yaml").write_text(PLAN.replace("id: V1,", "id: V9,"), "utf-8")
    assert read(capsys)[0] == 0, "nobody filled it in"
    fill({(V1, "done"): "20/11/2026"})
    assert faults(read(capsys)[1][0]) == [f"{cell_of(V1, 'done')} QF201"]


def test_a_broken_progress_file_stops_the_form(agency: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (agency / "plans" / "progress").mkdir()
    (agency / "plans" / "progress" / "nv.yaml").write_text("kind: progress\nplan: KH-2026\nunit: NV\nreadings: 5\n")
    fill(NUMBERS)
    assert faults(read(capsys)[1][0]) == ["! QF404"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="folders can't be closed there")
def test_a_folder_that_may_not_be_written(agency: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(NUMBERS)
    (agency / "plans").chmod(0o500)
    try:
        assert faults(read(capsys)[1][0]) == ["! QF404"]
    finally:
        (agency / "plans").chmod(0o700)


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize("typed", ["20%", (0.2, "0%")])
def test_a_share_of_what_is_counted_is_refused(typed: object, capsys: pytest.CaptureFixture[str]) -> None:
    """20 % of 1,200 classes were 20 classes: the sign was dropped."""
    before = texts()
    fill({(LOP, "value"): typed})
    code, (form,) = read(capsys)
    assert (code, texts()) == (1, before)
    assert "QP321" in {one.rpartition(" ")[2] for one in faults(form)}
