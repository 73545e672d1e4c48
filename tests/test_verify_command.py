"""`qmsplan verify`: Word files as they come back from their readers, and sign-offs."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import RGBColor

from git_repositories import Made
from office import converted
from qmsplan.cli.app import run
from qmsplan.documents.plan_view import render
from qmsplan.documents.profile import load_profile
from qmsplan.documents.template import find_template
from qmsplan.documents.word_base import open_base
from qmsplan.load.document import read_content
from qmsplan.model.plan import Plan
from qmsplan.phrases.people import Register
from qmsplan.seal import digest

ROOT = Path(__file__).parents[1]
PLANS = ["MTCL-MAU", "MTCL-VIDU", "STP-CCHC-2026-2030", "TGPL-KHDT-2026", "TGPL-KHMT-2026", "UBND-KH122-2023"]
PLAN = """kind: plan
id: KHMT
template: objectives-table
period: 2026
head: {type: KẾ HOẠCH, title: Mục tiêu chất lượng năm 2026}
objectives:
  - {id: MT01, number: "01", text: Tỷ lệ hồ sơ đúng hạn đạt 100%, target: 100%, lead: Phòng Nghiệp vụ}
  - {id: MT02, number: "02", text: Mức độ hài lòng của người dân đạt 98%, target: 98%, lead: Phòng Nghiệp vụ}
"""
MONEY = """money_unit: triệu đồng
table: {columns: [text, {field: budget, title: Số tiền}]}
objectives:"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "ws"
    (folder / "plans").mkdir(parents=True)
    (folder / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    (folder / "plans" / "khmt.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    def call(*names: str, code: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        assert run(["--lang", "en", "verify", "--format", "json", *map(str, names)]) == code
        return dict(json.loads(capsys.readouterr().out))

    return call


@pytest.mark.parametrize("name", ["KHMT.pdf", "gone.pdf", "scan.PNG"])
def test_a_file_that_cannot_be_read_back_is_told(
    name: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "KHMT.pdf").write_bytes(b"%PDF-1.7\n")
    assert run(["--lang", "en", "verify", name]) == 2
    errors = capsys.readouterr().err
    assert f"'{name}' is neither a plan nor a Word file" in errors
    assert ".docx" in errors


def rendered(folder: Path, name: str = "KHMT") -> Path:
    assert run(["render", name, "--out", str(folder)]) == 0
    return folder / f"{name}.docx"


def edited(path: Path, old: str, new: str) -> Path:
    """The file after somebody typed something else into it, with other eyes and hands than ours."""
    document = docx.Document(str(path))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(entry for cell in cells for entry in cell.paragraphs)]
    for paragraph in paragraphs:
        if old in paragraph.text:
            paragraph.runs[0].text = paragraph.text.replace(old, new)
            for run_ in paragraph.runs[1:]:
                run_.text = ""
    document.save(str(path))
    return path


def with_property(path: Path, name: str, value: str) -> Path:
    """The file with a property of its own, as `render` writes it and Word keeps it."""
    custom = f'<Properties><property name="{name}"><lpwstr>{value}</lpwstr></property></Properties>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.namelist():
            if entry != "docProps/custom.xml":
                new.writestr(entry, old.read(entry))
        new.writestr("docProps/custom.xml", custom)
    path.write_bytes(buffer.getvalue())
    return path


def test_word_files_saved_again_by_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    converted([rendered(tmp_path, name) for name in PLANS], "docx", tmp_path / "again")
    capsys.readouterr()
    for name in PLANS:
        answer = ask(tmp_path / "again" / f"{name}.docx", "--plan", name)
        assert answer["differences"] == []
        assert answer["proved"] is True


def test_a_change_is_told_with_its_field(workspace: Path, ask: Callable[..., Any]) -> None:
    path = edited(rendered(workspace), "đạt 98%", "đạt 95%")
    (found,) = ask(path, "--plan", "KHMT", code=1)["differences"]
    assert (found["owner"], found["field"]) == ("MT02", "text")
    assert found["plan"].endswith("đạt 98%")
    assert found["file"].endswith("đạt 95%")


def test_a_common_text_is_told_of_its_own_row(workspace: Path, ask: Callable[..., Any]) -> None:
    path = rendered(workspace)
    document = docx.Document(str(path))
    row = next(row for table in document.tables for row in table.rows if row.cells[0].text == "02")
    cell = next(cell for cell in row.cells if cell.text == "Phòng Nghiệp vụ")
    cell.paragraphs[0].runs[0].text = "Phòng khác"
    document.save(str(path))
    (found,) = ask(path, "--plan", "KHMT", code=1)["differences"]
    assert (found["owner"], found["field"], found["file"]) == ("MT02", "lead", "Phòng khác")


def test_cells_that_changed_places_within_their_row(workspace: Path, ask: Callable[..., Any]) -> None:
    """Below a row that is gone, too."""
    path = rendered(workspace)
    document = docx.Document(str(path))
    first, second = (row for table in document.tables for row in table.rows if row.cells[0].text in {"01", "02"})
    first._tr.getparent().remove(first._tr)
    one, other = (second.cells[number].paragraphs[0].runs[0] for number in (1, 2))
    one.text, other.text = other.text, one.text
    document.save(str(path))
    told = [one for one in ask(path, "--plan", "KHMT", code=1)["differences"] if one["file"] is not None]
    assert [(one["owner"], one["field"], one["elsewhere"]) for one in told] == [
        ("MT02", "text", "swapped"),
        ("MT02", "lead", "swapped"),
    ]


LINES = """sections:
  - number: I
    title: CHỈ TIÊU
    objectives:
      - {id: O1, number: 1., text: Hộ thoát nghèo, unit: hộ, plan: {2026-Q1: 20 hộ}, lead: Phòng Kinh tế}
      - {id: O2, number: 2., text: Lớp nghề, unit: lớp, plan: {2026-Q1: 20 lớp}, lead: Phòng Kinh tế}
"""


def test_lines_below_items_are_told_with_the_item_above_them(
    workspace: Path, ask: Callable[..., dict[str, Any]]
) -> None:
    head = PLAN.partition("objectives:")[0].replace("objectives-table", "work-plan")
    (workspace / "plans" / "khmt.yaml").write_text(head + LINES, "utf-8")
    path = rendered(workspace)
    document = docx.Document(str(path))
    below = next(at for at, one in enumerate(document.paragraphs) if "Lớp nghề" in one.text)
    for paragraph in document.paragraphs[below:]:
        paragraph.text = paragraph.text.replace("20 lớp", "2 lớp").replace("Kinh tế", "Văn hóa")
    document.save(str(path))
    told = [(one["owner"], one["field"], one["part"]) for one in ask(path, code=1)["differences"]]
    assert told == [("O2", "lead", None), ("O2", None, "Quý I năm 2026")]


def test_a_line_retyped_as_that_of_another_item_is_no_line_of_the_other(
    workspace: Path, ask: Callable[..., dict[str, Any]]
) -> None:
    head = PLAN.partition("objectives:")[0].replace("objectives-table", "work-plan")
    lines = LINES.replace("Lớp nghề, unit: lớp, plan: {2026-Q1: 20 lớp}", "Lớp nghề, plan: {2026-Q1: 30 hộ}")
    (workspace / "plans" / "khmt.yaml").write_text(head + lines, "utf-8")
    path = rendered(workspace)
    document = docx.Document(str(path))
    line = next(one for one in document.paragraphs if "20 hộ" in one.text)
    line.text = line.text.replace("20 hộ", "30 hộ")
    document.save(str(path))
    (found,) = ask(path, code=1)["differences"]
    assert (found["owner"], found["elsewhere"], found["file"]) == ("O1", None, line.text)


def test_cells_that_two_rows_have_exchanged_are_told_once(workspace: Path, ask: Callable[..., dict[str, Any]]) -> None:
    path = rendered(workspace)
    document = docx.Document(str(path))
    first, second = (document.tables[1].rows[at].cells[0].paragraphs[0].runs[0] for at in (1, 2))
    first.text, second.text = second.text, first.text
    document.save(str(path))
    (found,) = ask(path, code=1)["differences"]
    assert (found["owner"], found["other"], found["elsewhere"]) == ("MT01", "MT02", "exchanged")
    assert (found["field"], found["plan"], found["file"]) == ("number", "01", "02")


def test_a_figure_that_moves_into_an_empty_cell_of_its_row(workspace: Path, ask: Callable[..., Any]) -> None:
    """Or shares one; and a row that is gone, which is told once. Columns are told by all their headings."""
    table = "{columns: [number, text, 2026-Q1, 2026-Q2, 2026-Q3], numbered: true}\n"
    plan = PLAN.replace("objectives:", f"table: {table}objectives:").replace("lead:", "plan: {2026-Q1: 95%}, lead:")
    (workspace / "plans" / "khmt.yaml").write_text(plan, "utf-8")
    path = rendered(workspace)
    document = docx.Document(str(path))
    first, second = (row for table in document.tables for row in table.rows if row.cells[0].text in {"01", "02"})
    assert first.cells[2].text == "95%"
    merged = docx.Document(str(path))
    cells = next(row for table in merged.tables for row in table.rows if row.cells[0].text == "01").cells
    cells[1].merge(cells[2])
    merged.save("merged.docx")
    (found,) = ask(Path("merged.docx"), "--plan", "KHMT", code=1)["differences"]
    assert (found["file"], found["elsewhere"]) == ("95%", "merged")
    first.cells[3].paragraphs[0].add_run("95%")
    first.cells[2].paragraphs[0].runs[0].text = ""
    second._tr.getparent().remove(second._tr)
    document.save(str(path))
    found = ask(path, "--plan", "KHMT", code=1)["differences"]
    assert [(one["owner"], one["plan"], one["file"], one["elsewhere"]) for one in found] == [
        ("MT01", "95%", None, "swapped"),
        ("MT01", None, "95%", "swapped"),
        ("MT02", "02 | Mức độ hài lòng của người dân đạt 98% | 95%", None, "gone"),
    ]
    assert "Quý II" in found[1]["part"]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [((0, 3), (0, 4), ("MT01", "joined")), ((0, 2), (0, 3), ("MT01", "joined")), ((0, 2), (1, 2), ("MT02", "merged"))],
)
def test_a_figure_that_spreads_over_empty_cells(
    first: tuple[int, int], last: tuple[int, int], told: tuple[str, str], workspace: Path, ask: Callable[..., Any]
) -> None:
    """It then stands for other quarters, or for the item below."""
    table = "table: {columns: [number, text, 2026-Q1, 2026-Q2, 2026-Q3]}\n"
    plan = PLAN.replace("objectives:", f"{table}objectives:").replace("lead:", "plan: {2026-Q1: 95}, lead:", 1)
    (workspace / "plans" / "khmt.yaml").write_text(plan, "utf-8")
    path = rendered(workspace)
    document = docx.Document(str(path))
    rows = [row for table in document.tables for row in table.rows if row.cells[0].text in {"01", "02"}]
    rows[first[0]].cells[first[1]].merge(rows[last[0]].cells[last[1]])
    document.save(str(path))
    (found,) = ask(path, "--plan", "KHMT", code=1)["differences"]
    assert (found["owner"], found["elsewhere"]) == told


def test_a_changed_plan_is_told_as_well(workspace: Path, ask: Callable[..., Any]) -> None:
    path = rendered(workspace)
    (workspace / "plans" / "khmt.yaml").write_text(PLAN.replace("Mức độ", "Tỷ lệ"), "utf-8")
    (found,) = ask(path, "--plan", "KHMT", code=1)["differences"]
    assert found["owner"] == "MT02"


def test_the_sentence_that_people_read(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = edited(rendered(workspace), "đạt 98%", "đạt 95%")
    before = path.read_bytes()
    capsys.readouterr()
    assert run(["--lang", "en", "verify", str(path), "--plan", "KHMT"]) == 1
    out = capsys.readouterr().out
    assert "the plan says       Mức độ hài lòng của người dân đạt 98%" in out
    assert "the Word file says  Mức độ hài lòng của người dân đạt 95%" in out
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in workspace.iterdir()) == ["KHMT.docx", "plans", "qmsplan.yaml"]


def test_the_file_itself_says_which_plan_it_is(workspace: Path, ask: Callable[..., Any]) -> None:
    path = with_property(rendered(workspace), "qmsplan-plan", "KHMT")
    answer = ask(path)
    assert answer["plan"] == "KHMT"
    assert answer["properties"] == {"qmsplan-plan": "KHMT"}


def test_a_paper_of_an_earlier_program_lacks_what_that_did_not_print(workspace: Path, ask: Callable[..., Any]) -> None:
    plan = PLAN.replace("id: KHMT", "id: TIEN").replace("objectives:", MONEY).replace("target: 98%,", "budget: 5,")
    (workspace / "plans" / "tien.yaml").write_text(plan, "utf-8")
    old = rendered(workspace, "TIEN")
    document = docx.Document(str(old))
    line = next(one for one in document.paragraphs if one.text == "Đơn vị tính: triệu đồng")
    line._p.getparent().remove(line._p)
    document.save(str(old))
    assert len(ask(old, code=1)["differences"]) == 1
    found = ask(with_property(old, "qmsplan-plan", "TIEN"))
    assert (found["proved"], found["newer"]) == (True, ["Đơn vị tính: triệu đồng"])


def test_a_joint_paper_of_an_earlier_program_names_its_agencies_otherwise(
    workspace: Path, ask: Callable[..., Any]
) -> None:
    head = "{issuer_text: [SỞ TƯ PHÁP, CÔNG AN TỈNH], type: KẾ HOẠCH, title: Phối hợp}"
    annex = "cosigners: [{position: GIÁM ĐỐC}]\nannexes:\n  - {number: I, title: Lịch, text: Có}\n"
    plan = PLAN.replace("{type: KẾ HOẠCH, title: Mục tiêu chất lượng năm 2026}", head) + annex
    (workspace / "plans" / "khmt.yaml").write_text(plan, "utf-8")
    path = edited(rendered(workspace), "SỞ TƯ PHÁP và CÔNG AN TỈNH", "SỞ TƯ PHÁP CÔNG AN TỈNH")
    assert len(ask(path, "--plan", "KHMT", code=1)["differences"]) == 1
    found = ask(with_property(path, "qmsplan-layout", "2"), "--plan", "KHMT")
    assert found["proved"]
    assert "của SỞ TƯ PHÁP và CÔNG AN TỈNH" in found["newer"][0]
    other = edited(path, "SỞ TƯ PHÁP CÔNG AN TỈNH", "SỞ TƯ PHÁP CÔNG AN XÃ")
    assert len(ask(other, "--plan", "KHMT", code=1)["differences"]) == 1


SUMS = """kind: plan
id: KHMT
template: objectives-table
period: {period}
head: {{type: KẾ HOẠCH, title: Năm học, issuer_text: [SỞ TƯ PHÁP, CÔNG AN TỈNH]}}
cosigners: [{{position: GIÁM ĐỐC}}]
table:
  columns: [number, text, target, {columns}, {{field: budget, title: Số tiền}}]
objectives:
  - {{id: A, number: "1", text: Số lớp, target: 40 lớp, budget: 5, plan: {first}}}
  - {{id: B, number: "2", text: Số buổi, target: 44 buổi, budget: 10, plan: {second}}}
annexes:
  - {{number: I, title: Lịch, text: Có}}
"""
"""Figures that one layout prints stand in other cells of another: a year's totals, and quarters given by months."""
SCHOOL_YEAR = SUMS.format(
    period="2026-09-01/2027-08-31",
    columns="{field: 2026-Q4, cumulative: true}, {field: 2027-Q1, cumulative: true}",
    first="{2026-Q4: 10, 2027-Q1: 12}",
    second="{2026-Q4: 22, 2027-Q1: 10}",
)
CALENDAR_YEAR = SUMS.format(
    period="2026",
    columns="2026-Q1, {field: 2026-Q2, cumulative: true}",
    first="{2026-01: 2, 2026-02: 4, 2026-03: 4, 2026-Q2: 12}",
    second="{2026-Q1: 22, 2026-Q2: 10}",
)


@pytest.mark.parametrize("typed", [SCHOOL_YEAR, CALENDAR_YEAR], ids=["school year", "calendar year"])
def test_papers_of_all_layouts_are_true_and_forged_ones_are_found(
    typed: str, workspace: Path, ask: Callable[..., Any]
) -> None:
    """Those without a layout are taken for that which they are most like."""
    (workspace / "plans" / "khmt.yaml").write_text(typed, "utf-8")
    plan, template = read_content(typed.encode(), "khmt.yaml").value, find_template("objectives-table")
    assert isinstance(plan, Plan)
    assert template
    base, path = open_base(load_profile("nd30-2020")), workspace / "KHMT.docx"
    for layout, name in ((2, "2"), (3, "3"), (4, "4"), (1, "none")):
        path.write_bytes(render(plan, Register(), template, base, layout=layout))
        found = ask(with_property(path, "qmsplan-layout", name), "--plan", "KHMT")
        assert found["proved"], (layout, name)
        assert found["newer"]
        forged = ask(edited(path, "22", "23"), "--plan", "KHMT", code=1)["differences"]
        assert {one["file"] for one in forged} == {"23"}, (layout, name)
    path.write_bytes(render(plan, Register(), template, base, layout=2))
    later = edited(path, "SỞ TƯ PHÁP CÔNG AN TỈNH", "SỞ TƯ PHÁP và CÔNG AN TỈNH")  # as layout 3 has it
    assert ask(with_property(later, "qmsplan-layout", "2"), "--plan", "KHMT", code=1)["differences"]


def test_words_that_nobody_sees_are_told(workspace: Path, ask: Callable[..., Any]) -> None:
    path = rendered(workspace)
    document = docx.Document(str(path))
    document.paragraphs[-1].add_run(" (trừ hồ sơ khó)").font.color.rgb = RGBColor(255, 255, 255)
    document.save(str(path))
    assert "(trừ hồ sơ khó)" in ask(path, code=1)["besides"][0]


def test_a_file_that_does_not_say_its_plan(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = with_property(rendered(workspace), "other", "x")
    assert run(["--lang", "en", "verify", str(path)]) == 2
    assert "--plan ID" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["gone.docx", "folder.docx", "text.docx"])
def test_what_is_no_word_file(workspace: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (workspace / "folder.docx").mkdir()
    (workspace / "text.docx").write_text("x", "utf-8")
    assert run(["--lang", "en", "verify", name, "--plan", "KHMT"]) == 2
    assert "hint" in capsys.readouterr().err


def test_a_plan_that_is_not_there(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "verify", "NOTHING"]) == 2
    assert "no plan has the id 'NOTHING'\n  hint: the plans are:" in capsys.readouterr().err


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    found = Made(tmp_path / "r")
    found.write("qmsplan.yaml", "kind: workspace\nunits: [{code: A, name: Trung tâm}]\n")
    text = PLAN.replace("head: {", "head: {issuer: A, ")
    found.commit("một", **{"plans/kế hoạch.yaml": text})
    monkeypatch.chdir(found.root)
    return found


def test_a_word_file_of_an_earlier_revision(made: Made, ask: Callable[..., Any]) -> None:
    path = rendered(made.root)
    units = "kind: workspace\nunits: [{code: A, name: Chi cục}]\n"
    text = (made.root / "plans" / "kế hoạch.yaml").read_text("utf-8").replace("98%", "95%")
    made.commit("hai", **{"plans/kế hoạch.yaml": text, "qmsplan.yaml": units})
    assert len(ask(path, "--plan", "KHMT", code=1)["differences"]) == 2
    answer = ask(path, "--plan", "KHMT", "--rev", "HEAD~1")
    assert answer["source"] == "HEAD~1:plans/kế hoạch.yaml"
    assert answer["commit"] == made.git("rev-parse", "HEAD~1")


def test_a_template_of_an_earlier_revision(made: Made, ask: Callable[..., Any]) -> None:
    built_in = (ROOT / "templates" / "objectives-table" / "body.xml.j2").read_text("utf-8")
    own = built_in.replace(
        "<para>{{ plan.closing }}</para>", "<para>{{ plan.closing }}</para>\n  <para>Mẫu riêng của cơ quan</para>"
    )
    made.commit("mẫu riêng", **{"templates/objectives-table/body.xml.j2": own})
    path = rendered(made.root)
    made.git("rm", "-r", "--quiet", "templates")
    made.commit("bỏ mẫu")
    assert [one["field"] for one in ask(path, "--plan", "KHMT", code=1)["differences"]] == [None]
    assert ask(path, "--plan", "KHMT", "--rev", "HEAD~1")["differences"] == []


def test_a_plan_that_was_not_there_yet(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    made.commit("hai", **{"plans/q.yaml": PLAN.replace("KHMT", "KHQ")})
    assert run(["--lang", "en", "verify", "KHQ", "--rev", "HEAD~1"]) == 2
    assert "qmsplan log KHQ" in capsys.readouterr().err


def sealed_plan(**changes: str) -> str:
    signed = PLAN + "signoff: {number: 51/KH-TGPL, date: 2026-02-09}\n"
    plan = read_content(signed.encode(), "x").value
    assert isinstance(plan, Plan)
    found = signed.replace("2026-02-09}", f'2026-02-09, digest: "{digest(plan)}"}}')
    for old, new in changes.items():
        found = found.replace(old, new)
    return found


def test_a_sealed_plan_and_a_changed_one(workspace: Path, ask: Callable[..., Any]) -> None:
    path = workspace / "plans" / "khmt.yaml"
    path.write_text("# nhận xét\n" + sealed_plan(), "utf-8")
    assert ask("KHMT")["seals"][0]["holds"] is True
    path.write_text(sealed_plan(Mức="Mực"), "utf-8")
    answer = ask("plans/khmt.yaml", code=1)
    assert answer["seals"][0]["holds"] is False
    assert answer["proved"] is False


def test_the_digest_alone(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace / "plans" / "khmt.yaml"
    path.write_text(sealed_plan(), "utf-8")
    assert run(["--lang", "en", "verify", "KHMT", "--format", "digest"]) == 0
    told = capsys.readouterr().out
    assert told.strip() in sealed_plan()
    path.write_text("# x\n" + sealed_plan(), "utf-8")
    assert run(["--lang", "en", "verify", "KHMT", "--format", "digest"]) == 0
    assert capsys.readouterr().out == told
    path.write_text(sealed_plan(Mức="Mực"), "utf-8")
    assert run(["--lang", "en", "verify", "KHMT", "--format", "digest"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "qmsplan log KHMT" in err
    capsys.readouterr()
    assert run(["--lang", "en", "verify", "a.docx", "--format", "digest"]) == 2
    assert "'--format digest' is for plans, and 'a.docx' is a Word file" in capsys.readouterr().err


def test_sign_offs_that_prove_nothing(
    workspace: Path, ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "plans" / "khmt.yaml"
    assert ask("KHMT", code=1)["seals"] == []
    path.write_text(PLAN + "signoff: {number: 51/KH-TGPL, date: 2026-02-09}\n", "utf-8")
    assert ask("KHMT", code=1)["seals"][0]["holds"] is None
    path.write_text(sealed_plan(**{"qmsplan-2:": "qmsplan-99:"}), "utf-8")
    assert run(["--lang", "en", "verify", "KHMT"]) == 1
    assert "newer qmsplan" in capsys.readouterr().out
    path.write_text(sealed_plan(), "utf-8")
    assert run(["--lang", "en", "verify", "KHMT"]) == 0
    assert "the plan is what was signed" in capsys.readouterr().out
