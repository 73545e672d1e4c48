"""`qmsplan import`: what it writes, what it refuses, what it tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from importing.papers import PAPERS
from importing.word_files import Paper
from qmsplan.cli.app import run
from qmsplan.cli.console import Exit
from qmsplan.diagnostics import UserError
from qmsplan.importing import importer
from qmsplan.load.document import read_file
from qmsplan.model.plan import Plan


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "qmsplan.yaml").write_text(
        "kind: workspace\nunits:\n  - code: BV\n    name: Bệnh viện đa khoa huyện K\n", "utf-8"
    )
    (tmp_path / "plans").mkdir()
    (tmp_path / "Kế hoạch 2026.docx").write_bytes(PAPERS["text_boxes"]())
    (tmp_path / "duties.docx").write_bytes(PAPERS["units_as_headings"]())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan(path: Path) -> Plan:
    value = read_file(path, path.name).value
    assert isinstance(value, Plan)
    return value


def test_a_draft_is_written_and_passes_fmt_and_render(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "vi", "import", "Kế hoạch 2026.docx"]) == Exit.CLEAN
    told = capsys.readouterr().out.splitlines()
    path = workspace / "plans" / "KE-HOACH-2026.yaml"
    assert plan(path).head.issuer == "BV"
    assert told[-1].startswith("đã đưa vào kế hoạch 100% của 179 chữ")
    assert "# đoán khi nhập: xem lại" not in path.read_text("utf-8") or any("xem lại" in line for line in told)
    assert run(["fmt", "--check", str(path)]) == Exit.CLEAN
    assert run(["render", "KE-HOACH-2026", "--check"]) == Exit.CLEAN


def test_nothing_is_overwritten(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = workspace / "plans" / "mine.yaml"
    target.write_text("mine", "utf-8")
    assert run(["--lang", "en", "import", "duties.docx", "--into", str(target)]) == Exit.BROKEN
    assert "already there" in capsys.readouterr().err
    assert target.read_text("utf-8") == "mine"
    assert run(["import", "duties.docx"]) == Exit.CLEAN
    assert run(["import", "duties.docx"]) == Exit.CLEAN  # another id, another file
    assert sorted(path.name for path in target.parent.iterdir()) == ["DUTIES-2.yaml", "DUTIES.yaml", "mine.yaml"]


def test_dry_run_writes_nothing_and_prints_the_plan(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "duties.docx", "--dry-run"]) == Exit.CLEAN
    said = capsys.readouterr()
    assert said.out.startswith("# duties.docx\nkind: plan\n")
    assert yaml.safe_load(said.out)["kind"] == "plan", "what is told of it stands on the other stream"
    assert "100%" in said.err
    assert list((workspace / "plans").iterdir()) == []


def test_the_report_as_data(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "duties.docx", "Kế hoạch 2026.docx", "--format", "json", "--compare"]) == Exit.CLEAN
    told = json.loads(capsys.readouterr().out)
    first, second = told["files"]
    assert (told["version"], first["plan"], first["items"]) == (1, "DUTIES", 5)
    for one in (first, second):
        assert one["words"]["placed"] + one["words"]["reported"] == one["words"]["total"]
    assert {unit["name"] for unit in first["units"]} >= {"Sở Y tế", "Sở Nông nghiệp và Môi trường"}
    assert first["differences"]  # the lead of a heading is printed below it
    assert second["differences"] == []
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
    assert [name for name in first if f"`{name}`" not in page.partition("## A baseline")[0]] == []


def test_units_are_written_when_asked(workspace: Path) -> None:
    assert run(["import", "duties.docx", "--write-units"]) == Exit.CLEAN
    settings = (workspace / "qmsplan.yaml").read_text("utf-8")
    assert "name: Sở Nông nghiệp và Môi trường" in settings
    assert "name: Ủy ban nhân dân tỉnh Lâm Sơn" in settings
    assert plan(workspace / "plans" / "DUTIES.yaml").head.issuer == "UBNDLS"
    assert run(["fmt", "--check", "qmsplan.yaml"]) == Exit.CLEAN


def test_persons_are_written_too(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = Paper()
    paper.head(["BỆNH VIỆN ĐA KHOA HUYỆN K"], "Số: 04/KH-BV", "K, ngày 05 tháng 01 năm 2026")
    paper.title("KẾ HOẠCH", "Công tác năm 2026")
    rows = [
        ["TT", "Nội dung", "Chủ trì"],
        ["1", "Họp", "Đ/c Nguyễn Văn A – Phó Giám đốc"],
        ["2", "Thi", "bà Trần Thị B"],
    ]
    paper.table(rows)
    (workspace / "a.docx").write_bytes(paper.bytes())
    assert run(["--lang", "en", "import", "a.docx", "--write-units"]) == Exit.CLEAN
    settings = (workspace / "qmsplan.yaml").read_text("utf-8")
    assert "people:\n  - name: Nguyễn Văn A\n    post: Phó Giám đốc\n    unit: BV\n  - name: Trần Thị B" in settings
    assert run(["fmt", "--check", "qmsplan.yaml"]) == Exit.CLEAN
    capsys.readouterr()
    paper.table([["TT", "Nội dung", "Chủ trì"], ["1", "Sửa nhà", "Ông Lê Văn C"]])
    (workspace / "b.docx").write_bytes(paper.bytes())
    assert run(["--lang", "en", "import", "b.docx", "--write-units"]) == Exit.CLEAN
    told = capsys.readouterr().out
    assert "put into qmsplan.yaml" in told
    assert "  - name: Lê Văn C" in told
    assert run(["--lang", "en", "validate", "plans/A.yaml"]) == Exit.CLEAN
    assert "Nguyễn Văn A" not in capsys.readouterr().out


def test_the_folder_of_plans_is_made(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "plans").rmdir()
    assert run(["import", "duties.docx"]) == Exit.CLEAN
    assert plan(workspace / "plans" / "DUTIES.yaml").id == "DUTIES"
    (workspace / "plans" / "DUTIES.yaml").unlink()
    (workspace / "plans").rmdir()
    (workspace / "plans").write_text("", "utf-8")
    assert run(["--lang", "en", "import", "duties.docx"]) == Exit.BROKEN
    assert "there is no folder 'plans'" in capsys.readouterr().err


def test_options_of_the_draft(workspace: Path) -> None:
    arguments = ["import", "duties.docx", "--id", "PCTT-2026", "--template", "narrative-plan", "--into", "other/x.yaml"]
    assert run(arguments) == Exit.CLEAN
    made = plan(workspace / "other" / "x.yaml")
    assert (made.id, made.template) == ("PCTT-2026", "narrative-plan")
    assert run(["import", "Kế hoạch 2026.docx", "--as", "tasks"]) == Exit.CLEAN
    section = plan(workspace / "plans" / "KE-HOACH-2026.yaml").sections[0]
    assert (len(section.tasks), len(section.objectives)) == (2, 0)


@pytest.mark.parametrize(
    "arguments",
    [
        ["duties.docx", "--template", "nothing"],
        ["duties.docx", "Kế hoạch 2026.docx", "--id", "A"],
        ["duties.docx", "--id", "a b"],
        ["missing.docx"],
        ["qmsplan.yaml"],
        ["plans"],
    ],
)
def test_wrong_use_is_refused(workspace: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "import", *arguments]) == Exit.BROKEN
    assert capsys.readouterr().err
    assert list((workspace / "plans").iterdir()) == []


def test_a_file_that_is_too_large_is_refused(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    large = workspace / "large.docx"
    with large.open("wb") as file:
        file.truncate(40 * 2**20)
    assert importer.LARGEST < 40 * 2**20
    assert run(["--lang", "en", "import", "large.docx"]) == Exit.BROKEN
    assert "larger than 32 MB" in capsys.readouterr().err


def test_a_draft_may_be_as_long_as_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = {"text": "à" * 50}
    length = len(importer.draft_text(draft))
    monkeypatch.setattr(importer, "LARGEST_PLAN", length)
    assert len(importer.draft_text(draft)) == length
    monkeypatch.setattr(importer, "LARGEST_PLAN", length - 1)
    with pytest.raises(UserError):
        importer.draft_text(draft)


def test_results_that_nobody_asked_for_are_in_nobody_s_way(workspace: Path) -> None:
    results = workspace / "plans" / "DUTIES.progress.yaml"
    results.write_text("mine", "utf-8")
    assert run(["import", "duties.docx"]) == Exit.CLEAN
    assert results.read_text("utf-8") == "mine"


def test_one_broken_file_does_not_stop_the_others(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "locked.docx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert run(["--lang", "en", "import", "locked.docx", "duties.docx"]) == Exit.BROKEN
    assert "password" in capsys.readouterr().err
    assert plan(workspace / "plans" / "DUTIES.yaml").id == "DUTIES"


def test_without_a_workspace_the_draft_lies_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.docx").write_bytes(PAPERS["one_table"]())
    monkeypatch.chdir(tmp_path)
    assert run(["import", "a.docx"]) == Exit.CLEAN
    assert plan(tmp_path / "A.yaml").head.type == "KẾ HOẠCH"
