"""A year in the life of an agency, by one workspace from the signed plan to the audit: forms out, forms in, a conflict,
report, dashboard, reminders, an amended plan, a finding, exports. Every number is worked out by hand, and is the same
wherever it is told.

Objectives: MT01 at least 95 % of cases in time (NV), MT02 400 people trained in the year (NV), MT03 98 % of papers in
due form (HC), MT01 and MT03 each quarter. Work: V1 by 30/6 (NV), V2 by 30/9 (HC), V3 within 30 days of a law (NV)."""

from __future__ import annotations

import csv
from email import message_from_bytes, policy
from pathlib import Path

import duckdb
import pytest
from agency import Agency
from form_workspace import cell_of, fill
from openpyxl import load_workbook

from docx_text import docx_text

NV, HC = "build/form/NV-2026-{}.xlsx", "build/form/HC-2026-{}.xlsx"
SETTINGS = """\
kind: workspace
language: vi
reporting: {charts: true}
units:
  - {code: SO, name: Sở Thử nghiệm}
  - {code: TT, name: Trung tâm Thử nghiệm, parent: SO}
  - {code: NV, name: Phòng Nghiệp vụ, parent: TT, email: nv@tt.example}
  - {code: HC, name: Phòng Hành chính, parent: TT, email: hc@tt.example}
"""
PLAN = """\
kind: plan
id: KH-2026
template: objectives-table
standard: iso9001-2015
period: 2026
head: {issuer: TT, type: KẾ HOẠCH, title: Thực hiện mục tiêu chất lượng năm 2026, symbol: KH-TT, place: Hà Nội}
preamble: "Trung tâm ban hành Kế hoạch như sau:"
objectives:
  - id: MT01
    text: Giải quyết hồ sơ đúng hạn đạt ít nhất 95%
    target: ≥ 95%
    lead: Phòng Nghiệp vụ
    support: Phòng Hành chính
    deadline: Hằng quý
  - {id: MT02, text: Tập huấn cho 400 người, target: 400 người, lead: Phòng Nghiệp vụ, deadline: Trong năm 2026}
  - {id: MT03, text: Văn bản đúng thể thức đạt 98%, target: 98%, lead: Phòng Hành chính, deadline: Hằng quý}
tasks:
  - {id: V1, text: Xây dựng quy trình, lead: Phòng Nghiệp vụ, deadline: 30/6/2026}
  - {id: V2, text: Đánh giá nội bộ, lead: Phòng Hành chính, deadline: 30/9/2026, clauses: "9.2"}
  - {id: V3, text: Rà soát theo luật, lead: Phòng Nghiệp vụ, deadline: Trong vòng 30 ngày kể từ ngày luật có hiệu lực}
events:
  - {id: luat-moi, text: luật có hiệu lực}
recipients: ["- Sở Thử nghiệm;", "- Lưu: VT."]
signatory: {position: GIÁM ĐỐC, name: Hoàng Thị Bích}
"""


MT01, MT02, MT03 = (f"readings|KH-2026|{item}" for item in ("MT01", "MT02", "MT03"))


def test_a_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "tt"
    folder.mkdir()
    monkeypatch.chdir(folder)
    agency = Agency({"qmsplan.yaml": SETTINGS, "plans/kh.yaml": PLAN}, monkeypatch, capsys)
    agency.on("2026-01-15")
    agency.says("sign", "KH-2026", "--number", "05/KH-TT")
    first_quarter(agency)
    second_quarter(agency)
    third_quarter(agency)
    audited(agency)
    end_of_the_year(agency)


def first_quarter(agency: Agency) -> None:
    """Both units report: 38 of 40 cases, 120 people, 49 of 50 papers."""
    agency.on("2026-03-25")
    agency.forms("2026-Q1")
    agency.on("2026-04-05")
    assert agency.numbers("2026-Q1")["totals"]["objectives"] == {"awaited": 2}
    assert agency.digest("NV") == ["figures MT01"]
    fill({(MT01, "num"): 38, (MT01, "den"): 40, (MT02, "value"): 120}, NV.format("Q1"))
    fill({(MT03, "num"): "49", (MT03, "den"): "50"}, HC.format("Q1"))
    nv, hc = agency.read("NV-2026-Q1", "HC-2026-Q1")
    assert ([len(nv["entries"]), len(hc["entries"])], nv["faults"] + hc["faults"]) == ([2, 1], [])
    status = agency.numbers("2026-Q1")
    assert status["totals"] == {"objectives": {"attained": 2, "under_way": 1}, "work": {}, "missing": 0}
    assert agency.digest("NV") == agency.digest("HC") == []


def second_quarter(agency: Agency) -> None:
    """A law comes into force; NV misses its target and says why; somebody else has recorded HC's figure."""
    agency.on("2026-06-25")
    agency.forms("2026-Q2")
    agency.on("2026-07-08")
    cause = "corrective_actions|KH-2026|MT01"
    nv = {
        (MT01, "num"): 36,
        (MT01, "den"): 40,
        (MT01, "evidence"): "Báo cáo số 31/BC-NV",
        (MT02, "value"): 100,
        ("completions|KH-2026|V1", "done"): "25/6/2026",
        ("completions|KH-2026|V1", "evidence"): "Quyết định số 9/QĐ-TT",
        ("events|KH-2026|luat-moi", "on"): "10/05/2026",
        (cause, "cause"): "Thiếu người trực tháng 5",
        (cause, "action"): "Bố trí thêm 01 người trực",
        (cause, "due"): "31/7/2026",
    }
    fill(nv, NV.format("Q2"))
    fill({(MT03, "num"): 49, (MT03, "den"): 50}, HC.format("Q2"))
    agency.says("record", "MT03", "--period", "2026-Q2", "--num", "48", "--den", "50", "--unit", "HC")
    taken, refused = agency.read("NV-2026-Q2", "HC-2026-Q2", code=1)
    assert (len(taken["entries"]), taken["faults"]) == (5, [])
    (conflict,) = refused["faults"]
    assert (refused["entries"], conflict["code"]) == ([], "QF401")
    assert f"{conflict['sheet']}!{conflict['cell']}" == cell_of(MT03, "num", HC.format("Q2"))
    assert "48" in conflict["message"]
    assert "49" in conflict["message"]
    agency.forms("2026-Q2")
    fill({(MT03, "num"): 49, (MT03, "evidence"): "Sổ kiểm tra văn bản"}, HC.format("Q2"))
    (corrected,) = agency.read("HC-2026-Q2")
    assert [entry["replaced"] for entry in corrected["entries"]] == [True]

    agency.on("2026-07-10")
    status = agency.numbers("2026-Q2")
    # 36 of 40 is 90 %; 49 of 50 is 98 %; 120 and 100 of 400 people. The law of 10/5 made V3 due on 9/6, 31 days ago.
    assert status["totals"] == {
        "objectives": {"attained": 1, "missed": 1, "under_way": 1},
        "work": {"done": 1, "overdue": 1},
        "missing": 0,
    }
    assert (status["missed"], status["overdue"]) == (["KH-2026/MT01"], ["KH-2026/V3"])
    assert agency.digest("NV") == ["overdue V3", "coming MT01"]
    assert agency.digest("HC") == []
    agency.says("remind", "--format", "eml")
    (draft,) = Path("build/remind/2026-07-10").iterdir()
    mail = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert mail["To"] == "Phòng Nghiệp vụ <nv@tt.example>"
    agency.says("report", "2026-Q2")
    report = docx_text(Path("build/reports/BC-TT-2026-Q2.docx").read_bytes()).replace("\u00a0", " ")
    assert "Có 01 nội dung quá hạn, 01 mục tiêu chưa đạt" in report
    assert "đạt 01/03 mục tiêu thuộc kỳ báo cáo; 01 mục tiêu chưa đạt, 01 mục tiêu đang thực hiện." in report
    assert "Thiếu người trực tháng 5" in report


def third_quarter(agency: Agency) -> None:
    """500 people instead of 400: the plan is amended after the forms went out. An audit finds something at NV."""
    agency.on("2026-07-20")
    agency.says("record", "V3", "--done", "2026-07-20", "--evidence", "Báo cáo số 40/BC-NV")
    agency.forms("2026-Q3")
    plan = Path("plans/kh.yaml")
    plan.write_text(plan.read_text("utf-8").replace("400 người", "500 người"), "utf-8")
    assert "QP801" in agency.says("validate", code=1)
    agency.on("2026-08-03")
    agency.says("amend", "KH-2026", "--reason", "Nâng chỉ tiêu tập huấn")
    agency.says("sign", "KH-2026", "--number", "20/KH-TT")
    agency.says("validate")
    agency.says("render", "KH-2026")
    document = docx_text(Path("build/KH-2026.docx").read_bytes())
    assert "Kế hoạch này thay thế Kế hoạch số 05/KH-TT ngày 15/01/2026" in document
    assert "DỰ THẢO" not in document

    agency.on("2026-09-20")
    finding = ("--clause", "9.1.1", "--audited", "NV", "--finding", "Chưa lưu phiếu khảo sát", "--due", "2026-10-31")
    agency.says("record", "V2", "--period", "2026-Q3", *finding)
    agency.on("2026-10-08")
    done = {("completions|KH-2026|V2", "done"): "20/09/2026", ("completions|KH-2026|V2", "evidence"): "Báo cáo số 1"}
    fill({(MT01, "num"): 40, (MT01, "den"): 40, (MT02, "value"): 200}, NV.format("Q3"))  # of before the amendment
    fill({(MT03, "num"): 95, (MT03, "den"): 100, **done}, HC.format("Q3"))
    nv, hc = agency.read("NV-2026-Q3", "HC-2026-Q3")
    assert [len(form["entries"]) for form in (nv, hc)] == [2, 2]
    assert [fault["code"] for fault in hc["faults"]] == ["QP305"]
    status = agency.numbers("2026-Q3")
    # 40 of 40 cases; 420 of 500 people; 95 of 100 papers. V3, due on 9/6, was done on 20/7; V2 ten days early.
    assert status["totals"] == {
        "objectives": {"attained": 1, "missed": 1, "under_way": 1},
        "work": {"done": 1, "done_late": 1},
        "missing": 0,
    }
    assert agency.digest("HC") == ["missed MT03"]
    assert agency.digest("NV") == ["action MT01", "coming V2"], "the action of quarter II is late; a finding is due"
    actions = [(one["item"], one["state"], one["days_late"]) for one in status["actions"]]
    assert actions == [("MT01", "late", 69), ("V2", "open", 0)]


def audited(agency: Agency) -> None:
    """NV answers the finding and its action in its next form; a check finds both of use."""
    agency.on("2026-10-20")
    agency.forms("2026-Q4")
    found, action = "audit|KH-2026|V2", "corrective_actions|KH-2026|MT01|0|2026-Q2"
    answers = {
        (found, "cause"): "Chưa phân công người lưu",
        (found, "action"): "Phân công Văn thư lưu phiếu",
        (found, "action-done"): "15/10/2026",
        (found, "evidence"): "Biên bản bàn giao phiếu",
        (action, "action-done"): "30/7/2026",
    }
    fill(answers, NV.format("Q4"))
    (nv,) = agency.read("NV-2026-Q4")
    assert (nv["faults"], [entry["replaced"] for entry in nv["entries"]]) == ([], [True, True])
    assert [one["state"] for one in agency.numbers("2026-Q4")["actions"]] == ["unverified", "unverified"]
    checked = ("--verified-on", "2026-10-20", "--verified-by", "Ban ISO", "--effective", "yes", "--replace")
    agency.says("record", "V2", "--period", "2026-Q3", "--clause", "9.1.1", *checked)
    agency.says("record", "MT01", "--period", "2026-Q2", *checked)
    assert agency.numbers("2026-Q4")["actions"] == []
    (paper,) = agency.data("audit")["agencies"]
    points = {point["clause"]: point for point in paper["points"]}
    assert points["9.2"]["verdict"] == "recorded"
    assert "9.1.1, Phòng Nghiệp vụ: Chưa lưu phiếu khảo sát" in [answer["text"] for answer in points["9.2"]["answers"]]
    assert points["9.3"]["verdict"] == "missing", "nobody has planned a management review"
    (mt01,) = (one for one in paper["objectives"] if one["item"] == "MT01")
    (measured,) = mt01["measurements"]
    assert (measured["numerator"], measured["denominator"]) == (114, 120)  # 38 + 36 + 40 of 40 + 40 + 40
    missing = {point["clause"] for point in mt01["points"] if point["verdict"] == "missing"}
    assert missing >= {"9.1", "10.2"}, "quarters I and III have no evidence, nor has the action"
    file = agency.says("audit", "--paper", "review").strip()
    assert "Đánh giá nội bộ, 9.1.1, Phòng Nghiệp vụ: Chưa lưu phiếu khảo sát" in docx_text(Path(file).read_bytes())


def end_of_the_year(agency: Agency) -> None:
    """The last forms, and the numbers of the year in every export."""
    agency.on("2027-01-08")
    fill({(MT01, "num"): 50, (MT01, "den"): 50, (MT02, "value"): 100}, NV.format("Q4"))
    fill({(MT03, "num"): 100, (MT03, "den"): 100}, HC.format("Q4"))
    assert agency.read("NV-2026-Q4", "HC-2026-Q4")[1]["faults"] == []
    assert agency.numbers("2026-Q4")["totals"] == {"objectives": {"attained": 3}, "work": {}, "missing": 0}
    assert agency.digest("NV") == []
    assert agency.digest("HC") == ["missed MT03"], "nothing is done about quarter III yet"
    year = agency.numbers("2026")
    # 164 of 170 cases are 96.47 %; 520 of 500 people; 49 + 49 + 95 + 100 of 300 papers are 97.67 %.
    assert year["totals"] == {
        "objectives": {"attained": 2, "missed": 1},
        "work": {"done": 2, "done_late": 1},
        "missing": 0,
    }
    assert [(row["item"], row["measurements"][0]["value"]) for row in year["rows"] if row["measurements"]] == [
        *(("MT01", "96.4706"), ("MT02", "520"), ("MT03", "97.6667"))
    ]
    assert year["missed"] == ["KH-2026/MT03"]
    for form in ("csv", "parquet", "ics"):
        agency.says("export", form)
    readings = table("readings")
    assert len(readings) == 12
    assert sum(int(row["numerator"] or 0) for row in readings) == 164 + 293
    wanted = {("MT01", "attained", 96.47), ("MT02", "attained", 520.0), ("MT03", "missed", 97.67)}
    yearly = [row for row in table("measurements") if row["span"] == "year"]
    assert {(row["item_id"], row["attainment"], round(float(row["value"]), 2)) for row in yearly} == wanted
    folder = "build/export/parquet/measurements/**/*.parquet"
    query = "SELECT item_id, attainment, round(value, 2)::DOUBLE FROM read_parquet($folder) WHERE span = 'year'"
    assert set(duckdb.execute(query, {"folder": folder}).fetchall()) == wanted
    agency.says("export", "xlsx", "--period", "2026")
    sheet = load_workbook("build/export/qmsplan.xlsx").worksheets[0]
    told = {row[1].value: [cell.value for cell in row[5:8]] for row in sheet.iter_rows() if row[1].value}
    assert told["MT01"] == ["≥ 95%", "96,47% (164/170) (đạt 3/4 quý)", "đạt"]
    assert told["MT03"] == ["98%", "97,67% (293/300) (đạt 3/4 quý)", "chưa đạt"]
    events = Path("build/export/qmsplan.ics").read_text("utf-8").count("BEGIN:VEVENT")
    assert events == 4 + 1 + 4 + 3


def table(name: str) -> list[dict[str, str]]:
    """The rows of an exported table."""
    with Path(f"build/export/csv/{name}.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))
