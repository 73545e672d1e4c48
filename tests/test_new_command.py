"""`qmsplan new plan` with a template: its example with the user's own id, period, title and issuer."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmsplan.cli.app import run
from qmsplan.documents.template import template_names
from qmsplan.load.document import read_file
from qmsplan.model.plan import Plan

SETTINGS = "kind: workspace\nlanguage: en\nunits:\n  - code: TT\n    name: Trung tâm Mẫu\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    (tmp_path / "plans").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("template", template_names())
def test_a_plan_of_each_template(folder: Path, template: str) -> None:
    asked = ["--template", template, "--period", "2027", "--title", "Thử", "--issuer", "Trung tâm Mẫu"]
    assert run(["new", "plan", "KH-2", *asked]) == 0
    plan = read_file(folder / "plans" / "KH-2.yaml", "KH-2.yaml").value
    assert isinstance(plan, Plan)
    assert (plan.id, plan.template, plan.head.issuer, plan.head.title) == ("KH-2", template, "TT", ("Thử",))
    assert plan.period
    assert plan.period.code == "2027"
    assert run(["render", "KH-2"]) == 0


def test_an_unknown_template_names_those_there_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "plan", "KH-2", "--template", "work"]) == 2
    assert "work-plan" in capsys.readouterr().err
    assert not list((folder / "plans").iterdir())
