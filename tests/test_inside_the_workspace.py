"""Nothing is read or written outside of the workspace because its settings say so, and nothing is passed over in
silence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qmsplan.cli.app import run
from qmsplan.diagnostics import Message, UserError
from qmsplan.output.verify import LONGEST_SHOWN, shortened

PLAN = """\
kind: plan
id: KH
template: work-plan
period: 2026
head: {type: Kế hoạch, issuer_text: Trung tâm, place: Cà Mau}
closing: Hết./.
"""
MAIN = "import sys; from qmsplan.cli.app import run; sys.exit(run(sys.argv[1:]))"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "ws" / "plans").mkdir(parents=True)
    (tmp_path / "ws" / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    (tmp_path / "ws" / "plans" / "kh.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(tmp_path / "ws")
    return tmp_path / "ws"


WRITERS = [
    ["render"],
    ["export", "csv"],
    ["new", "plan", "MOI"],
    ["fmt"],
    ["sign", "KH", "--number", "51/KH-TT", "--signer", "A"],
    ["record", "KH/V1", "--value", "1", "--period", "2026"],
]


@pytest.mark.parametrize("arguments", WRITERS, ids=lambda arguments: arguments[0])
@pytest.mark.parametrize("setting", ["output: ../x", "plans: ../plans", "templates: /etc"])
def test_no_command_writes_outside(arguments: list[str], setting: str, folder: Path) -> None:
    (folder / "plans").rename(folder.parent / "plans")
    (folder / "plans").mkdir()
    (folder / "qmsplan.yaml").write_text(f"kind: workspace\n{setting}\n", "utf-8")
    before = sorted(folder.parent.rglob("*"))
    assert run(arguments) == 2
    assert sorted(folder.parent.rglob("*")) == before
    assert (folder.parent / "plans" / "kh.yaml").read_text("utf-8") == PLAN


NAMED = (
    "export csv --output", "export ics --output", "export json --output", "export xlsx --output",
    "export ndjson --output", "export parquet --output", "dashboard --output", "render --out", "report 2026 --out",
    "audit --format docx --out", "remind --format eml --output", "form export --all-units --output-dir",
)  # fmt: skip


@pytest.mark.parametrize("command", NAMED)
def test_a_relative_name_that_leads_out_is_refused_and_a_full_one_is_not(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.parent / "elsewhere").mkdir()
    names = ["../x", "build/../../x"]
    if os.name != "nt":  # links need rights there
        (folder / "link").symlink_to(folder.parent / "elsewhere")
        names.append("link/x")
    before = sorted(folder.parent.rglob("*"))
    for name in names:
        assert run(["--lang", "en", *command.split(), name]) == 2
        assert "outside the workspace" in capsys.readouterr().err
    assert sorted(folder.parent.rglob("*")) == before
    run(["--lang", "en", *command.split(), str(folder.parent / "elsewhere" / "x")])
    assert "outside the workspace" not in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_folder_that_is_a_link_to_elsewhere(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "elsewhere").mkdir()
    (folder / "build").symlink_to(folder.parent / "elsewhere")
    assert run(["--lang", "en", "render"]) == 2
    assert "outside the workspace" in capsys.readouterr().err
    assert list((folder.parent / "elsewhere").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_to_outside_are_told_and_never_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A cloned workspace must not print a line of a file that lies beside it, nor change it."""
    secret = "khoa: BI-MAT-7\n"
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text(secret, "utf-8")
    (folder / "plans" / "file.yaml").symlink_to(outside / "secret.yaml")
    (folder / "plans" / "kin").symlink_to(outside)
    (folder / "templates").mkdir()
    (folder / "templates" / "work-plan").symlink_to(outside)
    (outside / "body.xml.j2").write_text(f"<{secret}", "utf-8")
    for arguments in (["validate"], ["validate", "plans/kin/secret.yaml"], ["render"], ["status"], ["fmt", "--check"],
                      ["sign", "plans/file.yaml", "--number", "1/KH"], ["verify", "plans/file.yaml"]):  # fmt: skip
        assert run(arguments) in {1, 2}, arguments
    told = "".join(capsys.readouterr())
    assert "BI-MAT" not in told
    assert {name for name in ("plans/file.yaml", "plans/kin:", "work-plan/body.xml.j2") if name in told} == {
        "plans/file.yaml", "plans/kin:", "work-plan/body.xml.j2"}  # fmt: skip
    assert (outside / "secret.yaml").read_text("utf-8") == secret


def test_a_file_beside_the_workspace_may_be_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "KH"]) == 0
    (folder / "build" / "KH.docx").rename(folder.parent / "KH.docx")
    assert run(["verify", "../KH.docx"]) == 0, capsys.readouterr()


def test_settings_that_lead_out_are_told_of_a_file_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "qmsplan.yaml").write_text("kind: workspace\noutput: ../x\n", "utf-8")
    assert run(["validate", "plans/kh.yaml"]) == 1
    assert "QP927" in "".join(capsys.readouterr())
    assert run(["sign", "plans/kh.yaml", "--number", "51/KH-TT", "--signer", "A"]) == 2
    assert (folder / "plans" / "kh.yaml").read_text("utf-8") == PLAN


def test_plans_that_lie_outside_are_not_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "kh.yaml").write_text("kind: plan\nsecret: 1\n", "utf-8")
    (folder / "qmsplan.yaml").write_text("kind: workspace\nplans: ..\n", "utf-8")
    assert run(["--lang", "en", "validate"]) == 1
    told = "".join(capsys.readouterr())
    assert "QP927" in told
    assert "secret" not in told


def test_endings_in_capitals_are_read(folder: Path) -> None:
    (folder / "plans" / "kh.yaml").rename(folder / "plans" / "kh.YAML")
    assert run(["render", "KH"]) == 0


@pytest.mark.parametrize(
    ("command", "code"), [("validate", 1), ("status", 2), ("render", 1), ("export csv", 2), ("fmt --check", 2)]
)
def test_a_folder_that_may_not_be_read_is_told(
    command: str, code: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plans" / "kin").mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("kin"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert run(command.split()) == code
    told = "".join(capsys.readouterr())
    assert "plans/kin" in told
    assert "QP001" in told or command in {"status", "export csv"}  # these name it and point to 'validate'


@pytest.mark.parametrize("content", [b"<para>\xff</para>", b"x" * (1024 * 1024 + 1)], ids=["not UTF-8", "too large"])
@pytest.mark.parametrize(("name", "command"), [("work-plan", ["render"]), ("audit", ["audit", "--format", "docx"])])
def test_a_template_that_cant_be_read_is_a_diagnostic(
    content: bytes, name: str, command: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plans" / "kh.yaml").write_text(PLAN.replace("period", "standard: iso9001-2015\nperiod"), "utf-8")
    place = folder / "templates" / name
    place.mkdir(parents=True)
    (place / "body.xml.j2").write_bytes(content)
    assert run(command) == 1
    told = capsys.readouterr().err
    assert "body.xml.j2" in told
    assert "{size}" not in told


def test_faults_of_templates_are_told_where_the_pdf_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: object) -> None:
        raise UserError(Message("the fonts lack letters"), Message("install others"))

    monkeypatch.setattr("qmsplan.cli.render.find_office", lambda: "soffice")
    monkeypatch.setattr("qmsplan.cli.render.as_pdf", refuse)
    (folder / "plans" / "kh2.yaml").write_text(PLAN.replace("id: KH", "id: KH2").replace("work-plan", "hong"), "utf-8")
    (folder / "templates" / "hong").mkdir(parents=True)
    (folder / "templates" / "hong" / "body.xml.j2").write_text("<para>{{ plan.nothing }}</para>", "utf-8")
    assert run(["--lang", "en", "render", "--pdf"]) == 2
    told = capsys.readouterr().err
    assert "the fonts lack letters" in told
    assert "hong/body.xml.j2:1" in told


@pytest.mark.skipif(os.name == "nt", reason="streams are closed in another way there")
@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_process_without_streams_does_its_work(closed: str, folder: Path) -> None:
    command = f'"{sys.executable}" -c "{MAIN}" render {closed}'
    assert subprocess.run(["sh", "-c", command], check=False, capture_output=True).returncode == 0
    assert (folder / "build" / "KH.docx").is_file()


def test_a_huge_paragraph_is_not_printed_whole() -> None:
    assert len(shortened("a" * 1_000_000)) < LONGEST_SHOWN + 10
