"""A small agency with two departments, and a clerk who fills in their forms as Excel would leave them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from fixed_clock import DAY, stop_clock
from goldens import tell
from qmsplan.cli.app import run

SETTINGS = """\
kind: workspace
language: vi
units:
  - {code: TT, name: Trung tâm Thử nghiệm}
  - {code: NV, name: Phòng Nghiệp vụ, parent: TT}
  - {code: HC, name: Phòng Hành chính, parent: TT}
"""
PLAN = """\
kind: plan
id: KH-2026
template: objectives-table
period: 2026
head: {issuer: TT, type: KẾ HOẠCH, title: Mục tiêu chất lượng, symbol: KH-TT}
objectives:
  - {id: TYLE, text: "=1+1 hồ sơ", target: ≥ 95%, lead: Phòng Nghiệp vụ, support: Phòng Hành chính, deadline: Hằng quý}
  - {id: LOP, text: Mở lớp tập huấn, target: 1.200 người, lead: Phòng Nghiệp vụ, deadline: Trong năm 2026}
  - {id: GIAM, text: Giảm đơn thư, target: giảm 10% so với năm trước, lead: Phòng Nghiệp vụ, deadline: Trong năm 2026}
  - {id: THANG, text: Trực điện thoại, target: 98%, frequency: month, lead: Phòng Nghiệp vụ, deadline: Hằng tháng}
  - {id: HCTL, text: Văn bản đúng thể thức, target: 98%, lead: Phòng Hành chính, deadline: Hằng quý}
tasks:
  - {id: V1, text: Xây dựng quy trình, lead: Phòng Nghiệp vụ, deadline: 30/10/2026}
  - {id: V2, text: Báo cáo quý, lead: Phòng Nghiệp vụ, deadline: Hằng quý}
  - {id: V3, text: Rà soát theo luật mới, lead: Phòng Nghiệp vụ, deadline: Sau khi luật có hiệu lực}
events:
  - {id: luat-moi, text: luật có hiệu lực}
"""
FORM = "build/form/NV-2026-Q4.xlsx"
MINE = "plans/progress/KH-2026-NV.yaml"


def make_agency(folder: Path, monkeypatch: pytest.MonkeyPatch, day: datetime = DAY) -> Path:
    """A workspace in a folder, which becomes the current one, on a fixed day."""
    stop_clock(monkeypatch, day)
    (folder / "plans").mkdir(parents=True)
    (folder / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    (folder / "plans" / "kh.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(folder)
    return folder


def export(*arguments: str) -> None:
    """Writes forms for the fourth quarter; of NV if nothing else is said."""
    assert run(["form", "export", "--period", "2026-Q4", *(arguments or ["--unit", "NV"])]) == 0


def fill(answers: Mapping[tuple[str, str], object], source: str = FORM, target: str | None = None) -> str:
    """A form with values typed into it: `{("readings|KH-2026|TYLE", "num"): 38}`, by the start of a row's key. Texts
    are typed as texts, also those that begin with `=`; a tuple is a value and its number format."""
    book = load_workbook(source)
    left = dict(answers)
    for sheet in book.worksheets:
        if not str(sheet["A1"].value).startswith("qmsplan:key"):
            continue
        columns = {sheet.cell(1, at).value: at for at in range(1, sheet.max_column + 1)}
        for row in range(5, sheet.max_row + 1):
            for start, column in [pair for pair in left if str(sheet.cell(row, 1).value or "").startswith(pair[0])]:
                value, cell = left.pop((start, column)), sheet.cell(row, columns[column])
                if isinstance(value, tuple):
                    value, cell.number_format = value
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
    assert not left, f"no such cells: {left}"
    book.save(target or source)
    return target or source


def read(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit code and what came of each form, as data."""
    capsys.readouterr()
    code = run(["--lang", "en", "form", "read", *(arguments or [FORM]), "--format", "json"])
    forms = json.loads(capsys.readouterr().out)["forms"]
    for form in forms:
        facts = {name: value for name, value in form.items() if value and name not in {"entries", "faults"}}
        tell("\n".join(map(one_line, [facts, *form["entries"], *form["faults"]])))
    return code, forms


def one_line(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


_PARTS = re.compile(
    r"<sheetData/?>(?:.*</sheetData>)?"
    r"|(?<=>)(?=<(?:sheetView |col |dataValidation |xf |font>|fill>|border>))",
    re.DOTALL,
)
_TOLD = re.compile(r"xl/(worksheets/sheet\d+|styles|comments\d+)\.xml|docProps/core.xml")


def tell_workbook(file: str) -> None:
    """Tells all that is in a workbook: each cell with its text and its look, each note, and what else a sheet has."""
    with zipfile.ZipFile(file) as archive:
        for name in filter(_TOLD.fullmatch, sorted(archive.namelist())):
            tell(name + _PARTS.sub("\n", archive.read(name).decode().partition("?>")[2]))
    for sheet in load_workbook(file).worksheets:
        tell(sheet.title)
        for row in sheet:
            tell(" | ".join(f"{cell.coordinate}[{cell.style_id}] {cell.value or ''}" for cell in row if cell.has_style))


def faults(form: dict[str, Any]) -> list[str]:
    """`Số liệu!J7 QF301` for each fault."""
    return [f"{fault['sheet'] or ''}!{fault['cell'] or ''} {fault['code']}" for fault in form["faults"]]


def cell_of(start: str, column: str, source: str = FORM) -> str:
    """The sheet and name of a cell: `Số liệu!J7`."""
    places = _places(Path(source).read_bytes())
    return next(place for (key, name), place in places.items() if key.startswith(start) and name == column)


@cache
def _places(content: bytes) -> dict[tuple[str, str], str]:
    """The cells of a form, each by the key of its row and the name of its column."""
    return {
        (str(row[0].value or ""), str(head.value)): f"{sheet.title}!{cell.coordinate}"
        for sheet in reversed(load_workbook(raw(content)).worksheets)
        for row in sheet.iter_rows(5)
        for head, cell in zip(sheet[1], row, strict=True)
    }


def texts() -> dict[str, str]:
    """All plan and progress files, by name."""
    return {path.as_posix(): path.read_text("utf-8") for path in sorted(Path("plans").rglob("*.yaml"))}


def raw(content: bytes) -> io.BytesIO:
    """Bytes as a file."""
    return io.BytesIO(content)
