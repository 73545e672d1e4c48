"""`qmsplan new`: what it lists, and plans of each template with the user's own id, period, title and issuer. The worked
example of docs/templates.md is run."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import docx
import pytest

from qmsplan.cli.app import run
from qmsplan.documents.template import samples, template_names
from qmsplan.load.document import read_file
from qmsplan.model.plan import Plan
from rows import each_row

ROOT = Path(__file__).parents[1]
SETTINGS = """kind: workspace
language: en
units:
  - {code: TT, name: Trung tâm Mẫu}
  - {code: HC, name: Phòng Hành chính, parent: TT}
  - {code: CM, name: Phòng Chuyên môn, parent: TT}
"""
ASKED = ["--period", "2027", "--title", "Thử", "--issuer", "Trung tâm Mẫu"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    (tmp_path / "plans").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan_in(folder: Path, name: str) -> Plan:
    """The plan in a file of the workspace."""
    plan = read_file(folder / "plans" / f"{name}.yaml", name).value
    assert isinstance(plan, Plan)
    return plan


@pytest.mark.parametrize("name", samples())
def test_a_plan_of_each_template_validates_and_prints(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "plan", "KH-2", "--template", name, *ASKED]) == 0
    plan = plan_in(folder, "KH-2")
    assert (plan.id, plan.head.issuer, plan.head.title) == ("KH-2", "TT", ("Thử",))
    assert plan.form or (plan.period and plan.period.code == "2027")
    years = set(re.findall(r"20[23]\d", (folder / "plans" / "KH-2.yaml").read_text("utf-8")))
    assert years - {"2027"} == {"indicators": {"2026", "2030"}, "measured-objectives": {"2026"}}.get(name, set())
    capsys.readouterr()
    assert run(["validate", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["diagnostics"] == []
    assert run(["fmt", "--check", "plans"]) == 0
    assert run(["render", "KH-2"]) == 0


def test_the_years_of_a_long_plan_and_last_year_move_along(folder: Path) -> None:
    assert run(["new", "--template", "framework-table", "--period", "2031-2035"]) == 0
    assert plan_in(folder, "KHUNG-2031-2035").head.title == ("Cải cách hành chính giai đoạn 2031 - 2035",)
    assert run(["new", "--template", "indicators", "--period", "2028"]) == 0
    assert "Thực hiện 2027" in (folder / "plans" / "CHI-TIEU-2028.yaml").read_text("utf-8")


def test_the_symbol_keeps_the_samples_type(folder: Path) -> None:
    sample = (Path(__file__).parents[1] / "templates" / "samples" / "kpi.yaml").read_text("utf-8")
    (folder / "templates" / "samples").mkdir(parents=True)
    own = folder / "templates" / "samples" / "giao-viec.yaml"
    own.write_text(sample.replace("symbol: KH-ABC", "symbol: PGV-ABC"), "utf-8")
    assert run(["new", "--template", "giao-viec", *ASKED]) == 0
    assert plan_in(folder, "KPI-2027").head.symbol == "PGV-TT"


@pytest.mark.parametrize("asked", [["new"], ["new", "plan"], ["new", "--period", "2027"]])
def test_without_a_name_all_are_listed(folder: Path, asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "templates" / "samples").mkdir(parents=True)
    (folder / "templates" / "samples" / "cua-minh.yaml").write_text(
        "# vi: Lịch trực\n# en: Duty roster\nkind: plan\n", "utf-8"
    )
    assert run(asked) == 2
    told = capsys.readouterr()
    listed = dict(line.split(maxsplit=1) for line in told.out.splitlines())
    assert list(listed) == list(samples(folder / "templates"))
    assert set(template_names()) < set(listed)
    assert listed["cua-minh"] == "Duty roster"
    assert all(words != name for name, words in listed.items())
    assert "--template NAME" in told.err
    run(["--lang", "vi", *asked])
    assert "Lịch trực" in capsys.readouterr().out
    assert not list((folder / "plans").iterdir())


def test_an_unknown_template_names_those_there_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "plan", "KH-2", "--template", "work"]) == 2
    assert "work-plan" in capsys.readouterr().err
    assert not list((folder / "plans").iterdir())


def test_an_id_is_made_and_no_file_is_overwritten(folder: Path) -> None:
    for _ in range(2):
        assert run(["new", "--template", "kpi", *ASKED]) == 0
    assert [path.name for path in sorted((folder / "plans").iterdir())] == ["KPI-2027-2.yaml", "KPI-2027.yaml"]
    assert (plan_in(folder, "KPI-2027-2").id, plan_in(folder, "KPI-2027").head.symbol) == ("KPI-2027-2", "KH-TT")
    assert {str(item.lead[0]) for group in plan_in(folder, "KPI-2027").groups for item in group.objectives} == {
        "Phòng Chuyên môn"
    }


@pytest.mark.parametrize("name", ["null", "true", "1", "2026-01-01", "1e5", "no"])
def test_ids_that_yaml_could_take_for_something_else(folder: Path, name: str) -> None:
    assert run(["new", "plan", name]) == 0
    assert plan_in(folder, name).id == name
    assert run(["validate"]) == 0


def test_an_id_that_is_taken_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "plan", "A"]) == 0
    (folder / "plans" / "A.yaml").rename(folder / "plans" / "b.yaml")
    capsys.readouterr()
    assert run(["--lang", "en", "new", "plan", "A"]) == 2
    assert capsys.readouterr().err == "qmsplan: another plan already has the id 'A'\n  hint: choose another id\n"


@pytest.mark.parametrize("name", ["KẾ", unicodedata.normalize("NFD", "KẾ"), "NUL", "../x", "a b", "\u212aH", ""])
def test_ids_that_can_be_no_file_s_name_are_refused(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", "new", "plan", name]) == 2
    told = "can't name a file on Windows, which keeps" if name == "NUL" else "can't be an id\n  hint: use up to 64"
    assert told in capsys.readouterr().err
    assert not list((folder / "plans").iterdir())


@pytest.mark.parametrize(
    "title", ["null", "a: b # c", '"x"', "- y", unicodedata.normalize("NFD", "Kế hoạch"), "hai\ndòng"]
)
def test_any_title_is_a_text(folder: Path, title: str) -> None:
    issuer = unicodedata.normalize("NFD", "Trung tâm Mẫu")
    assert run(["new", "plan", "A", "--template", "work-plan", "--title", title, "--issuer", issuer]) == 0
    assert plan_in(folder, "A").head.title == (" ".join(unicodedata.normalize("NFC", title).split()),)
    assert run(["validate", "--fail-on", "warning"]) == 0


def test_progress_needs_the_folder_of_plans(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plans").rmdir()
    assert run(["new", "progress", "KH"]) == 2
    assert "there is no folder 'plans'" in capsys.readouterr().err


def test_the_schema_offers_the_names_of_templates(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "templates" / "giao-viec").mkdir(parents=True)
    (folder / "templates" / "giao-viec" / "body.xml.j2").write_text("<document/>", "utf-8")
    assert run(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    names, others = schema["$defs"]["Plan"]["properties"]["template"]["anyOf"]
    assert names["enum"] == list(template_names(folder / "templates"))
    assert "giao-viec" in names["enum"]
    assert re.fullmatch(others["pattern"], "khac")
    assert '"default": null' not in json.dumps(schema)


@pytest.mark.parametrize("page", ["templates.md", "templates.vi.md"])
def test_the_worked_example_of_the_manual_works(folder: Path, page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    own = folder / "templates" / "giao-viec"
    own.mkdir(parents=True)
    for name, language in (("body.xml.j2", "jinja"), ("sample.yaml", "yaml")):
        (block,) = re.findall(rf"(?s)```{language}\n(.*?)```", text)
        (own / name).write_text(block, "utf-8")
    (commands,) = re.findall(r"(?s)```\n(qmsplan new --template giao-viec.*?)```", text)
    for line in commands.splitlines():
        assert run(line.split()[1:]) == 0
    words = [paragraph.text for paragraph in docx.Document(str(folder / "build" / "GV-2027.docx")).paragraphs]
    assert words[-5:-2] == ["1. Đón đại biểu", "Người làm: Phòng Hành chính. Hạn: 12/3/2027.", "Xe: Xe 16 chỗ"]


@each_row("page", ["templates.md", "templates.vi.md"])
def test_the_manual_shows_every_template(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    language = "vi" if ".vi." in page else "en"
    for name, sample in samples().items():
        assert f"`{name}`\n{sample.purpose(language)}.\n\n![{name}](pictures/{name}.png)" in text
        assert 1000 < (ROOT / "docs" / "pictures" / f"{name}.png").stat().st_size < 60_000
