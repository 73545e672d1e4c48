"""A school year by its own times, through reminders, forms, status of quarters, terms and the year, report and rules.
Every number is worked out by hand.

A1 at least 70 % each term (TR): 420 of 580 is 72.41 %, 400 of 580 is 68.97 %. A2 at most 5 in the year, counted each
term (TR): 2, then 3. A3 two lessons in each term (TO): 3, then 1. A4 no fights, counted each month (TO). A5 a fall by
2 points from 6.5 % of the school year before (TR): 4.6 % is 1.9."""

from __future__ import annotations

from pathlib import Path

import pytest
from agency import Agency
from form_workspace import fill

SETTINGS = """\
kind: workspace
language: en
units:
  - {code: TR, name: Trường Trung học}
  - {code: TO, name: Tổ Toán, parent: TR}
"""
PLAN = """\
kind: plan
id: KH
template: objectives-table
period: 2025-09-01/2026-05-31
head: {issuer: TR, type: KẾ HOẠCH, title: Năm học 2025 - 2026, symbol: KH-TR, place: Hà Nội}
preamble: "Trường ban hành kế hoạch:"
objectives:
  - {id: A1, text: Học sinh khá giỏi, target: ≥ 70%, frequency: term, lead: TR, deadline: Cuối mỗi học kỳ}
  - {id: A2, text: Học sinh bỏ học, target: không quá 5 học sinh, frequency: term, lead: TR, deadline: Cuối năm học}
  - {id: A3, text: Tiết dự giờ, target: 02 tiết/học kỳ, lead: TO, deadline: Mỗi học kỳ}
  - {id: A4, text: Không có vụ bạo lực, target: không có vụ bạo lực, frequency: month, lead: TO, deadline: Cả năm học}
  - id: A5
    text: Giảm học sinh yếu
    target: giảm 2 điểm phần trăm so với năm học trước
    base: "6,5% (năm học 2024 - 2025)"
    lead: TR
    deadline: Cuối năm học
recipients: ["- Lưu: VT."]
signatory: {position: HIỆU TRƯỞNG, name: Lê Thị Mai}
"""
TERM_1, TERM_2, YEAR = "2025-09-01/2026-01-31", "2026-02-01/2026-05-31", "2025-09-01/2026-05-31"
MONTHS = ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05")


class School(Agency):
    """What the school is told of its figures."""

    def owed(self, unit: str) -> list[str]:
        """`A1 2026-Q1 no_data`."""
        (digest,) = self.data("remind", "--unit", unit)["digests"] or [{"reminders": []}]
        found = [one for one in digest["reminders"] if one["kind"] in {"figures", "missed"}]
        return sorted(f"{one['item']} {one['period']} {one['state']}" for one in found)

    def results(self, period: str, *, code: int = 0) -> dict[str, str]:
        """The state of each objective that is shown in a window, with the times whose figures are missing."""
        rows = [row for row in self.data("status", period, "--items", code=code)["rows"] if row["item"].startswith("A")]
        return {
            row["item"]: " ".join([row["measurements"][0]["attainment"], *row["measurements"][0]["missing"]])
            for row in rows
        }

    def findings(self, *codes: str) -> list[str]:
        self.capsys.readouterr()
        found = self.data("validate", code=0)["diagnostics"]
        return [one["message"] for one in found if one["code"] in codes]


def test_a_school_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    school = School({"qmsplan.yaml": SETTINGS, "plans/kh.yaml": PLAN}, monkeypatch, capsys)
    school.on("2026-02-10")
    assert school.owed("TR") == [f"A1 {TERM_1} awaited", f"A2 {TERM_1} awaited"]
    school.on("2026-04-20")  # long after the days to report
    assert school.owed("TR") == [f"A1 {TERM_1} no_data", f"A2 {TERM_1} no_data"]
    assert f"A3 {TERM_1} no_data" in school.owed("TO")
    assert [one for one in school.owed("TO") if one.startswith("A4")] == [f"A4 {one} no_data" for one in MONTHS[:7]]
    quarter = school.results("2026-Q1")
    assert quarter == {
        **dict.fromkeys(("A1", "A2", "A3"), f"no_data {TERM_1}"),
        "A4": "no_data 2026-01 2026-02 2026-03",
    }
    school.forms("2026-Q1")
    fill(
        {
            (f"readings|KH|A1|1|{TERM_1}", "num"): 420,
            (f"readings|KH|A1|1|{TERM_1}", "den"): 580,
            (f"readings|KH|A2|1|{TERM_1}", "value"): 2,
        },
        "build/form/TR-2026-Q1.xlsx",
    )
    fill(
        {
            (f"readings|KH|A3|1|{TERM_1}", "value"): 3,
            **{(f"readings|KH|A4|1|{month}", "value"): 0 for month in MONTHS[:7]},
        },
        "build/form/TO-2026-Q1.xlsx",
    )
    forms = school.read("TR-2026-Q1", "TO-2026-Q1", code=0)
    assert [len(form["entries"]) for form in forms] == [2, 8]
    assert (school.owed("TR"), school.owed("TO")) == ([], [])
    first_term = {"A1": "attained", "A2": "kept", "A3": "attained"}
    assert school.results("2026-Q1") == {**first_term, "A4": "kept"}
    assert school.results("học kỳ I") == {**first_term, "A4": "kept"}
    second_term(school)


def second_term(school: School) -> None:
    """A1 and A3 miss, and the year is over."""
    school.on("2026-06-10")
    school.says("record", "A1", "--period", TERM_2, "--num", "400", "--den", "575")
    school.says("record", "A2", "--period", TERM_2, "--value", "3")
    school.says("record", "A3", "--period", TERM_2, "--value", "1")
    school.says("record", "A5", "--period", YEAR, "--value", "4,6%")
    school.on("2026-06-20")
    assert school.owed("TR") == [f"A1 {TERM_2} missed", "A5 2026-05 missed"]
    assert school.owed("TO") == [f"A3 {TERM_2} missed", *(f"A4 {month} no_data" for month in MONTHS[7:])]
    ended = {"A1": "missed", "A2": "kept", "A3": "missed", "A4": "no_data 2026-04 2026-05"}
    assert school.results("2026-Q2") == {**ended, "A5": "missed"}
    for period in ("học kỳ II", "term II of the school year 2025-2026"):
        assert school.results(period) == {**ended, "A5": "missed"}
    year = {**ended, "A1": "attained", "A5": "missed"}  # 820 of 1,155 are 70.99 %
    assert school.results("năm học 2025-2026") == school.results("school year 2025-2026") == year
    (report,) = school.data("report", "năm học 2025-2026")["reports"]
    assert report["totals"]["objectives"] == school.data("status", "năm học 2025-2026")["totals"]["objectives"]
    missed = [
        f"'{name}' missed its target in {{}}, and no corrective action is recorded" for name in ("A3", "A1", "A5")
    ]
    term, whole = "term II of the school year 2025-2026", "school year 2025-2026"
    assert school.findings("QP305", "QP310", "QP329") == [
        one.format(time) for one, time in zip(missed, (term, term, whole), strict=True)
    ]
    school.says("record", "A3", "--period", "2026-Q1", "--value", "3")  # it would count for neither term
    school.says("record", "A4", "--period", "2026-05", "--value", "0")
    assert school.findings("QP310", "QP329") == [
        "'A4' was measured each month, but has no reading for 2026-04",
        f"the figures of 'A3' are for term I of the {whole}, {term}, and this is a reading of 2026-Q1",
    ]
