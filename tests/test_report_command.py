"""`qmsplan report` as users meet it: the same numbers as the status, whose reports there are, what is written."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docx_text import docx_text
from qmsplan.check import workers
from qmsplan.cli import settings
from qmsplan.cli.app import run

UNITS = """kind: workspace
units:
  - {code: STP, name: Sở Tư pháp}
  - {code: TT, name: Trung tâm, parent: STP}
  - {code: NV, name: Phòng Nghiệp vụ, parent: TT}
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a plan of each of two agencies."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text(UNITS, "utf-8")
    for code in ("STP", "TT"):
        plan = (
            f"kind: plan\nid: {code}-2026\ntemplate: work-plan\nperiod: 2026\nhead:\n  issuer: {code}\n"
            "  type: Kế hoạch\n  title: Duy trì\ntasks:\n"
            "  - {id: A, text: Việc A, lead: Trung tâm, deadline: Quý III năm 2026}\n"
            "  - {id: B, text: Việc B, lead: Sở Tư pháp, deadline: Quý III năm 2026}\n"
            "  - {id: C, text: Việc C, lead: Sở Tư pháp, deadline: Quý III năm 2026}\n"
        )
        (tmp_path / "plans" / f"{code}.yaml").write_text(plan, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def reports(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    """The numbers of the reports."""
    assert run(["report", *arguments, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["version"] == 2
    return list(found["reports"])


def items(report: dict[str, Any]) -> dict[str, list[str]]:
    return {plan["plan"]: [row["item"] for row in plan["rows"]] for plan in report["plans"]}


@pytest.mark.parametrize(
    ("period", "as_of"),
    [
        ("2026-Q1", "2027-03-01"),
        ("2026-Q3", "2026-10-14"),
        ("2026-9M", "2026-10-14"),
        ("2026", "2026-03-14"),
    ],
)
def test_the_numbers_are_those_of_the_status(
    real: Path, capsys: pytest.CaptureFixture[str], period: str, as_of: str
) -> None:
    assert run(["status", "--period", period, "--as-of", as_of, "--format", "json"]) == 0
    status = json.loads(capsys.readouterr().out)
    rows = [
        row for report in reports(capsys, period, "--as-of", as_of) for plan in report["plans"] for row in plan["rows"]
    ]
    shown = [{name: value for name, value in row.items() if name != "reported_by"} for row in rows]
    assert all(row in status["rows"] for row in shown)
    told = {f"{row['plan']}/{row['item']}" for row in shown}
    assert told >= {*status["overdue"], *status["missed"], *status["no_data"]}


def test_a_report_for_each_agency(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = reports(capsys, "2026-Q3", "--as-of", "2026-10-14")
    assert [(report["name"], report["unit"]) for report in found] == [
        ("BC-STP-2026-Q3", "STP"),
        ("BC-TT-2026-Q3", "TT"),
    ]
    assert [items(report) for report in found] == [{"STP-2026": ["A", "B", "C"]}, {"TT-2026": ["A", "B", "C"]}]


def test_a_unit_over_the_plans_of_those_below_and_what_it_leads(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (above,) = reports(capsys, "2026-Q3", "--unit", "STP", "--as-of", "2026-10-14")
    (below,) = reports(capsys, "2026-Q3", "--unit", "Trung tâm", "--as-of", "2026-10-14")
    assert items(above) == {"STP-2026": ["A", "B", "C"], "TT-2026": ["A", "B", "C"]}
    assert items(below) == {"STP-2026": ["A"], "TT-2026": ["A", "B", "C"]}


def test_a_unit_reports_on_what_it_records(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "kind: progress\nplan: TT-2026\nunit: NV\ncompletions:\n  - {item: B, done: 2026-09-14}\n"
    (small / "plans" / "p.yaml").write_text(text, "utf-8")
    (report,) = reports(capsys, "2026-Q3", "--unit", "NV", "--as-of", "2026-10-14")
    assert items(report) == {"TT-2026": ["B"]}
    assert report["totals"]["work"] == {"done": 1}
    assert report["plans"][0]["rows"][0]["reported_by"] == ["NV"]


def test_the_words_of_people_come_into_the_file(real: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "2026-Q3", "--unit", "TGPL", "--as-of", "2026-11-21"]) == 0
    text = docx_text((real / "build" / "reports" / "BC-TGPL-2026-Q3.docx").read_bytes())
    assert "Ngay từ đầu năm, Trung tâm đã ban hành Mục tiêu chất lượng" in text
    assert "DỮ LIỆU MẪU" not in text
    assert "[Đơn vị bổ sung" not in text


def test_texts_beside_the_plans_and_texts_of_units_without_plans(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "plans" / "tt").mkdir()
    (small / "plans" / "TT.yaml").rename(small / "plans" / "tt" / "TT.yaml")
    assert run(["report", "2026-Q3", "--as-of", "2026-10-14", "--new-text"]) == 0
    assert capsys.readouterr().out.split() == [
        "plans/reports/BC-STP-2026-Q3.md",
        "plans/tt/reports/BC-TT-2026-Q3.md",
    ]
    (small / "plans" / "reports" / "BC-STP-2026-Q3.md").unlink()
    assert run(["report", "2026-Q3", "--as-of", "2026-10-14", "--new-text"]) == 0
    said = capsys.readouterr()
    assert said.out.split() == ["plans/reports/BC-STP-2026-Q3.md"]
    assert "plans/tt/reports/BC-TT-2026-Q3.md" in said.err
    assert run(["report", "2026-Q3", "--as-of", "2026-10-14", "--new-text"]) == 2
    capsys.readouterr()
    text = "# Kính gửi\nUBND tỉnh\n"
    (small / "plans" / "reports" / "BC-TT-2026-Q3.md").write_text(text, "utf-8")
    (small / "plans" / "tt" / "reports" / "BC-TT-2026-Q3.md").unlink()
    assert run(["report", "2026-Q3", "--as-of", "2026-10-14", "--to", "Bộ Tư pháp", "--out", "o"]) == 0
    assert "Kính gửi: UBND tỉnh\n" in docx_text((small / "o" / "BC-TT-2026-Q3.docx").read_bytes())
    assert "Kính gửi: Bộ Tư pháp\n" in docx_text((small / "o" / "BC-STP-2026-Q3.docx").read_bytes())
    assert run(["report", "2026-Q3", "--as-of", "2026-10-14", "--to", "Bộ Tư pháp; Sở Nội vụ", "--out", "o"]) == 0
    told = docx_text((small / "o" / "BC-STP-2026-Q3.docx").read_bytes())
    assert "Kính gửi:\n- Bộ Tư pháp;\n- Sở Nội vụ.\n" in told
    assert "kính báo cáo Bộ Tư pháp, Sở Nội vụ./." in told


def test_a_character_that_no_document_holds_is_told_at_its_option(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", "report", "2026-Q3", "--to", "Bộ\x07Tư pháp"]) == 2
    assert "'--to' is empty, or holds a character that can't stand in a plan" in capsys.readouterr().err


def test_a_report_with_a_faulty_text_is_not_made_and_the_others_are(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "plans" / "reports").mkdir()
    (small / "plans" / "reports" / "BC-TT-2026-Q3.md").write_text("# Lạ\n", "utf-8")
    assert run(["report", "2026-Q3", "--as-of", "2026-10-14"]) == 1
    out, err = capsys.readouterr()
    assert out.split() == ["build/reports/BC-STP-2026-Q3.docx"]
    assert "QP903" in err


def test_broken_files_are_told_and_fail_the_run(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / "plans" / "x.yaml").write_text("kind: plan\nid: X\n", "utf-8")
    assert run(["report", "2026-Q3", "--as-of", "2026-10-14"]) == 2
    out, err = capsys.readouterr()
    assert len(out.split()) == 2
    assert "plans/x.yaml" in err


def test_nothing_but_the_files_is_left_and_the_bytes_are_the_same(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("a", "b"):
        assert run(["report", "2026-Q3", "--as-of", "2026-10-14", "--out", folder]) == 0
    names = sorted(path.name for path in (small / "a").iterdir())
    assert names == ["BC-STP-2026-Q3.docx", "BC-TT-2026-Q3.docx"]
    assert all((small / "a" / name).read_bytes() == (small / "b" / name).read_bytes() for name in names)


def test_two_processes_make_the_same_files_and_tell_the_same(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = small / "plans" / "reports"
    texts.mkdir()
    (texts / "BC-TT-2026-Q3.md").write_text("# nothing\n", "utf-8")
    found = []
    for least in (workers.WORTH_TWO, 1):
        monkeypatch.setattr(workers, "WORTH_TWO", least)
        code = run(["report", "2026-Q3", "--as-of", "2026-10-20"])
        files = {path.name: path.read_bytes() for path in (small / "build" / "reports").iterdir()}
        found.append((code, files, capsys.readouterr()))
    assert found[0] == found[1]
    assert found[0][0] == 1
    assert list(found[0][1]) == ["BC-STP-2026-Q3.docx"]


def test_the_settings_say_the_window_and_the_addressee(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = "reporting:\n  calendar: calendar\n  to: UBND tỉnh\n"
    (small / "qmsplan.yaml").write_text(UNITS + settings, "utf-8")
    assert run(["report", "2026-Q3", "--as-of", "2026-10-14"]) == 0
    text = docx_text((small / "build" / "reports" / "BC-TT-2026-Q3.docx").read_bytes())
    told = "số liệu tính từ ngày 01/7/2026 đến hết ngày 30/9/2026, các đơn vị gửi đến ngày 14/10/2026):"
    assert told in text
    assert "Kính gửi: UBND tỉnh\n" in text


@pytest.mark.parametrize("day", ["0", "32", "x"])
def test_a_cut_off_that_no_month_has_is_refused_at_its_place(
    small: Path, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    (small / "qmsplan.yaml").write_text(f"{UNITS}reporting:\n  cut_off:\n    quarter: {day}\n", "utf-8")
    assert run(["validate"]) == 1
    assert "qmsplan.yaml:8:14" in capsys.readouterr().out


def test_without_a_day_it_is_todays(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "today", lambda _place: date(2026, 10, 5))
    (found, _) = reports(capsys, "2026-Q3")
    assert (found["as_of"], found["made"]) == ("2026-09-30", "2026-10-05")
    assert found["totals"]["work"] == {"due": 3}
    (now, _) = reports(capsys, "2026-Q3", "--as-of", "2026-10-05")
    assert now["plans"][0]["rows"][0]["lines"][0]["days_late"] == 5


@pytest.mark.parametrize("command", [("report", "2026-Q3"), ("render",)])
def test_without_libreoffice_a_pdf_is_refused_before_anything_is_written(
    command: tuple[str, ...], small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("qmsplan.word.package.shutil.which", lambda _name: None)
    assert run(["--lang", "en", *command, "--pdf", "--out", "o"]) == 2
    assert "a PDF is made by LibreOffice, which is not installed" in capsys.readouterr().err
    assert not (small / "o").exists()


@pytest.mark.parametrize("command", [("report", "2026-Q3"), ("audit",)])
def test_what_is_asked_for_may_stand_in_a_file_that_could_not_be_read(
    command: tuple[str, ...], small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (small / "plans").iterdir():
        file.write_text(file.read_text("utf-8") + "<<<<<<< HEAD\n", "utf-8")
    assert run(["--lang", "en", *command]) == 2
    assert "files with errors were left out: plans/STP.yaml, plans/TT.yaml" in capsys.readouterr().err
