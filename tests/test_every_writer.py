"""Every command that writes, killed and met by a full disk at each kind of step that changes the workspace.

Each file is the old one or the new one, nothing blames the program, and the same command finishes the work."""

from __future__ import annotations

import os
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent / "forms")]

from form_workspace import export, fill, make_agency  # noqa: E402

from disk import disturbed_runs  # noqa: E402
from fixed_clock import stop_clock  # noqa: E402
from importing.papers import PAPERS  # noqa: E402
from qmsplan.cli import render, workspace  # noqa: E402
from qmsplan.cli.app import run  # noqa: E402
from qmsplan.cli.write import SUFFIX  # noqa: E402
from qmsplan.documents.pdf import Pdf  # noqa: E402

DAY = ("--as-of", "2026-11-27")
NOT_COMPOSED = """\
kind: plan
id: KH-NFD
template: work-plan
period: 2026
head: {issuer: TT, type: KE\u0302\u0301 HOẠCH, title: Việc}
tasks:
  - {deadline: Quý II năm 2026, lead: Phòng Nghiệp vụ, id: V9, text: Việc}
"""
TO_BE_SIGNED = """\
kind: plan
id: KH-KY
template: work-plan
period: 2026
standard: iso9001-2015
head: {issuer: TT, type: KẾ HOẠCH, symbol: KH-TT, title: Duy trì hệ thống, place: Cà Mau}
sections:
  - {number: I, title: MỤC ĐÍCH, text: Làm cho tốt./.}
objectives:
  - {id: M1, text: Đúng hạn, target: 98%, lead: Phòng Nghiệp vụ, deadline: Hằng quý}
recipients: ["- Sở Tư pháp;", "- Lưu: VT."]
signatory: {position: GIÁM ĐỐC, name: Nguyễn Văn A}
"""
COMMANDS: dict[str, tuple[str, ...]] = {
    "fixes": ("validate", "--fix"),
    "known findings": ("validate", "--baseline", "known.json", "--write-baseline"),
    "layout": ("fmt",),
    "record": ("record", "KH-2026/V1", "--done", "2026-10-29", "--evidence", "Quyết định số 1/QĐ-TT"),
    "sign-off": ("sign", "KH-KY", "--number", "02/KH-TT", "--date", "2026-02-09"),
    "new revision": ("amend", "KH-DA-KY", "--reason", "Thêm việc"),
    "new workspace": ("init", "new"),
    "new plan": ("new", "plan", "KH-MOI", "--template", "work-plan", "--period", "2026"),
    "documents": ("render", "KH-2026", "KH-NFD"),
    "texts of a report": ("report", "2026-Q3", "--new-text", *DAY),
    "dashboard": ("dashboard", *DAY),
    "e-mails": ("remind", "--format", "eml", *DAY),
    "forms": ("form", "export", "--period", "2026-Q4", "--all-units"),
    "filled forms": ("form", "read", "NV.xlsx", "HC.xlsx", "--report", "faults.xlsx"),
    "import": ("import", "duties.docx", "--write-units"),
    "import of results": ("import", "KH-NAM.xlsx", "--progress"),
    "Word fixes": ("check-docx", "duties.docx", "--fix", "--output", "fixed.docx"),
    "tables": ("export", "csv", "--table", "plans", "--table", "items", *DAY),
    "columns": ("export", "parquet", "--table", "plans", "--table", "items", *DAY),
    "report and its PDF": ("report", "2026-Q3", "--unit", "NV", "--pdf", *DAY),
}
MADE_BY = {
    "check_docx": ("Word fixes",),
    "dashboard": ("dashboard",),
    "export": ("tables", "columns"),
    "fmt": ("layout",),
    "form": ("forms", "filled forms"),
    "import_files": ("import",),
    "new": ("new workspace", "new plan"),
    "record": ("record",),
    "remind": ("e-mails",),
    "render": ("documents",),
    "report": ("texts of a report",),
    "sign": ("sign-off",),
    "checking": ("fixes",),
    "validate": ("known findings",),
}
"""The modules that write, each with the commands that do."""
ANEW = {"import", "import of results"}
"""Commands that never finish what was begun: a plan that is there gets a neighbour under another id."""
KILLED = ("filled forms", "columns")
"""Those of several files that are killed too; `record/test_record_survives.py` kills the writing of one file, and the
way to the disk is the same for all."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a child is forked for each run")


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace with something to do for each of the commands."""
    with pytest.MonkeyPatch.context() as patch:
        folder = make_agency(tmp_path_factory.mktemp("writers") / "home", patch)
        (folder / "plans" / "nfd.yaml").write_text(NOT_COMPOSED, "utf-8")
        (folder / "plans" / "ky.yaml").write_text(TO_BE_SIGNED, "utf-8")
        (folder / "plans" / "da-ky.yaml").write_text(TO_BE_SIGNED.replace("KH-KY", "KH-DA-KY"), "utf-8")
        assert run(["sign", "KH-DA-KY", "--number", "01/KH-TT", "--date", "2026-02-05"]) == 0
        assert run(["export", "parquet", "--table", "plans", "--table", "items", *DAY]) == 0  # of what is old by now
        (folder / "plans" / "ky.yaml").write_text(TO_BE_SIGNED.replace("Duy trì", "Cải tiến"), "utf-8")
        (folder / "duties.docx").write_bytes(PAPERS["units_as_headings"]())
        (folder / "KH-NAM.xlsx").write_bytes(_workbook())
        export("--all-units", "--output-dir", "forms")
        for unit, item in (("NV", "TYLE"), ("HC", "HCTL")):
            done = {(f"readings|KH-2026|{item}|", "num"): 99, (f"readings|KH-2026|{item}|", "den"): 100}
            fill(done, f"forms/{unit}-2026-Q4.xlsx", f"{unit}.xlsx")
        yield folder


def _workbook() -> bytes:
    """A sheet of objectives with the results of the year."""
    import io

    from openpyxl import Workbook

    book = Workbook()
    for row in (
        ("Kế hoạch thực hiện mục tiêu chất lượng năm 2026",),
        ("TT", "Mục tiêu chất lượng", "Chỉ tiêu", "Đơn vị chủ trì", "Thời hạn", "Kết quả năm 2026"),
        (1, "Giải quyết hồ sơ đúng hạn", "≥ 95%", "Phòng Nghiệp vụ", "Quý IV năm 2026", "97%"),
        (2, "Văn bản đúng thể thức", "≥ 98%", "Phòng Hành chính", "Quý IV năm 2026", "99%"),
    ):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    """The contents of a folder, without what a killed write leaves; of a workbook that tells its time, that it is
    whole."""
    found = (path for path in folder.rglob("*") if path.is_file() and SUFFIX not in os.fspath(path))
    return {
        path.relative_to(folder).as_posix(): b"whole"
        if path.name == "faults.xlsx" and zipfile.is_zipfile(path)
        else path.read_bytes()
        for path in found
    }


def entries(folder: Path) -> frozenset[tuple[str, bytes | None]]:
    """All that a command finds in a folder: files with their contents, folders, and the names of what was left of
    writing, which nothing reads. Steps that leave the same need to be finished only once."""
    found: set[tuple[str, bytes | None]] = set(files(folder).items())
    found |= {(path.relative_to(folder).as_posix(), None) for path in folder.rglob("*") if path.is_dir()}
    return frozenset(found | {(name.rsplit(".", 2)[0], None) for name in left(folder)})


def put_aside(folder: Path) -> dict[str, bytes]:
    """The tables that a killed export had put aside, as where the next one puts them back to."""
    found = {}
    for path in folder.rglob(f".*{SUFFIX}/*.old/**/*.parquet"):
        target, _, place = path.relative_to(folder).as_posix().partition("/.")
        found[f"{target}/{place.partition('/')[2].replace('.old/', '/', 1)}"] = path.read_bytes()
    return found


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(f"*{SUFFIX}*")]


@pytest.mark.parametrize(
    ("mode", "name"), [*(("kill", name) for name in KILLED), *(("fail", name) for name in COMMANDS)]
)
def test_disturbed_at_every_step(
    mode: str, name: str, agency: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    stop_clock(monkeypatch)
    monkeypatch.setattr(render, "find_office", str)  # LibreOffice works in a folder of its own, and takes seconds
    monkeypatch.setattr(render, "as_pdf", lambda files: [Pdf(b"%PDF " + file, 1) for file in files])
    home = tmp_path / "home"
    shutil.copytree(agency, home)
    line = ["--lang", "en", *COMMANDS[name]]
    undisturbed, *runs = disturbed_runs(home, line, kills=mode == "kill")
    code, old, new = undisturbed.code, files(home), files(undisturbed.folder)
    assert code in {0, 1}
    assert new != old
    assert runs
    finished = {entries(home)}
    for disturbed in runs:
        copy, step = disturbed.folder, f"{disturbed.folder.name}: {disturbed.step}"
        now = put_aside(copy) | files(copy)
        assert now.keys() <= old.keys() | new.keys(), step
        assert all(now.get(file) in (old.get(file), new.get(file)) for file in new), step
        assert "internal error" not in disturbed.told, step
        if mode == "kill":
            assert disturbed.code == -9
        else:
            assert disturbed.code or now == new, (step, disturbed)
            assert left(copy) == []
        state = entries(copy)
        if now == new or name in ANEW or state in finished:
            continue
        finished.add(state)
        monkeypatch.chdir(copy)
        assert run(line) == code, step
        assert files(copy) == new, step


def test_every_module_that_writes_is_disturbed_in_one_of_its_commands() -> None:
    writes = re.compile(
        r"from qmsplan\.cli\.write import .*(?:SUFFIX|put_file|replace_unchanged|write_new|write_whole|writing)"
    )
    modules = {
        path.stem for path in Path(workspace.__file__).parent.glob("*.py") if writes.search(path.read_text("utf-8"))
    }
    assert modules == set(MADE_BY)
    assert {name for names in MADE_BY.values() for name in names} <= set(COMMANDS)
