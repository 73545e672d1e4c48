"""Which files a form goes into: all or none, the unit's own or the one that is nobody's, inside the workspace."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from form_workspace import FORM, MINE, PLAN, export, faults, fill, make_agency, read, texts

from qmsplan.check.catalogue import OF_FORMS, entries
from qmsplan.cli import form as form_command
from qmsplan.cli.app import run
from qmsplan.cli.console import CommandError
from qmsplan.diagnostics import LoaderCode, Message
from qmsplan.forms import codes as form_codes
from rows import each_row

ROOT = Path(__file__).parents[2]
TYLE, OTHER = "readings|KH-2026|TYLE", "readings|KH-2027|TYLE"
FORM_CODES = [code for code in vars(form_codes).values() if isinstance(code, LoaderCode)]


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_agency(tmp_path / "ws", monkeypatch)
    (folder / "plans" / "kh2.yaml").write_text(PLAN.replace("KH-2026", "KH-2027"), "utf-8")
    export()
    return folder


@pytest.mark.usefixtures("agency")
def test_a_form_that_fills_two_files_fills_both_or_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill({(TYLE, "num"): 99, (TYLE, "den"): 100, (OTHER, "num"): 50, (OTHER, "den"): 50})
    before, write = texts(), form_command.replace_unchanged

    def refuse_second(path: Path, old: bytes | None, new: bytes) -> None:
        if "2027" in path.name:
            raise CommandError(Message("the disk is full"))
        write(path, old, new)

    with monkeypatch.context() as patch:
        patch.setattr(form_command, "replace_unchanged", refuse_second)
        code, (form,) = read(capsys)
    assert (code, faults(form), form["written"]) == (1, ["! QF404"], False)
    assert texts() == before
    code, (form,) = read(capsys)
    assert (code, len(form["entries"])) == (0, 2)
    assert len(texts()) == len(before) + 2


@pytest.mark.usefixtures("agency")
def test_an_error_in_one_file_keeps_the_others_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    fill({(TYLE, "num"): 99, (TYLE, "den"): 100, (OTHER, "num"): 51, (OTHER, "den"): 50})
    before = texts()
    assert read(capsys)[0] == 1
    assert texts() == before


def test_figures_stay_in_the_file_that_is_no_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_agency(tmp_path / "ws", monkeypatch)
    shared = Path("plans/tien-do.yaml")
    shared.write_text(
        "kind: progress\nplan: KH-2026\nreadings:\n"
        "  - {item: TYLE, period: 2026-Q4, numerator: 9, denominator: 9, recorded: 2026-11-01}\n",
        "utf-8",
    )
    export()
    fill({(TYLE, "num"): 8, ("readings|KH-2026|LOP", "value"): 1300})
    code, (form,) = read(capsys)
    assert (code, {entry["file"] for entry in form["entries"]}) == (0, {"plans/tien-do.yaml"})
    assert "numerator: 8" in shared.read_text("utf-8")
    assert not Path(MINE).exists()


@pytest.mark.usefixtures("agency")
def test_a_file_that_changes_while_it_is_read_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill({(TYLE, "num"): 99, (TYLE, "den"): 100})
    write: Callable[[Path, bytes | None, bytes], None] = form_command.replace_unchanged
    theirs = "kind: progress\nplan: KH-2026\nunit: NV\n"

    def late(path: Path, old: bytes | None, new: bytes) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(theirs, "utf-8")
        write(path, old, new)

    monkeypatch.setattr(form_command, "replace_unchanged", late)
    assert faults(read(capsys)[1][0]) == ["! QF404"]
    assert Path(MINE).read_text("utf-8") == theirs


@pytest.mark.usefixtures("agency")
def test_nothing_is_written_outside_of_the_workspace() -> None:
    settings = Path("qmsplan.yaml")
    settings.write_text(settings.read_text("utf-8") + "output: ../elsewhere\n", "utf-8")
    assert run(["form", "export", "--unit", "NV", "--period", "2026-Q4"]) == 2
    assert run(["form", "read", FORM]) == 2
    assert not Path("../elsewhere").exists()


@each_row("page", ["forms.md", "forms.vi.md"])
def test_the_pages_name_every_code(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    assert set(re.findall(r"QF\d{3}", text)) == {code.code for code in FORM_CODES}


def test_every_code_is_explained() -> None:
    """`qmsplan explain QF301` prints its page, which says the same name and weight."""
    told = {(entry.code, entry.name, entry.severity) for entry in entries() if entry.code in OF_FORMS}
    assert told == {(code.code, code.name, code.severity) for code in FORM_CODES}
    assert run(["explain", "QF401"]) == 0
