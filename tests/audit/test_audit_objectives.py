"""What one objective answers, point by point: verdict, fields with their lines, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from audited import OBJECTIVE as FULL
from audited import SETTINGS, audited, head, items, objective, progress, reading, told

from qmsplan.audit.values import AuditLine, ObjectiveAudit
from qmsplan.diagnostics import ENGLISH

Q2 = {"period": "2026-Q2", "recorded": "2026-07-14"}
Q3 = {"period": "2026-Q3", "recorded": "2026-10-14"}
MISSED = reading(numerator="90")
ACTION = {"item": "MT01", "period": "2026-Q1", "cause": "a", "action": "b", "recorded": "2026-04-20"}
DONE = ACTION | {"due": "2026-06-30", "done": "2026-06-30", "evidence": "Biên bản số 3"}
EFFECTIVE = DONE | {"verified_on": "2026-07-20", "effective": "yes"}
QUARTERLY = {"frequency": "hằng quý"}
NO_MEANS = "no funding, and no text on money, people or means"
NOTHING = items("tasks", {"id": "NV1", "text": "Việc khác"})
"""Nothing on resources is said elsewhere."""


def only(root: Path, *texts: str, as_of: str = "2026-11-21") -> ObjectiveAudit:
    (agency,) = audited(root, *texts, as_of=as_of).agencies
    (found,) = agency.objectives
    return found


def line(root: Path, name: str, *texts: str, as_of: str = "2026-11-21") -> AuditLine:
    (found,) = (line for line in only(root, *texts, as_of=as_of).lines if line.point.name == name)
    return found


def under(name: str, *entries: dict[str, str]) -> str:
    return items(name, *entries, indent="    ")


CASES = [
    ("measurable", "a target", objective(), "recorded target@a:10"),
    ("measurable", "none", objective(target=""), "missing -it has no target"),
    ("measurable", "a direction", objective(target="nâng cao"), "missing target@a:10 -the target has no number"),
    ("requirements", "a basis", objective("basis: Luật Trợ giúp pháp lý;\n"), "recorded basis@a:7"),
    ("requirements", "a reference", objective(refs="KH"), "recorded refs@a:16"),
    ("requirements", "a preamble", objective("preamble: Thực hiện Quyết định số 19\n"), "to_judge preamble@a:7"),
    ("requirements", "none", objective(), "missing -neither a legal basis nor a document that it refers to"),
    ("relevant", "a clause", objective(clauses="9.1.2"), "recorded clauses@a:16"),
    ("relevant", "a clause of another matter", objective(clauses="7.2"), "to_judge text@a:9"),
    ("relevant", "only words", objective(), "to_judge text@a:9"),
    ("updated", "a draft", objective(), "to_judge"),
    ("updated", "signed", objective("signoff: {number: 51/KH-TGPL, date: 2026-02-09}\n"), "to_judge signoff@a:7"),
    ("doing", "measures", objective(), "recorded measures@a:11"),
    ("doing", "none", objective(measures=""), "missing -neither measures nor tasks"),
    (
        "doing",
        "tasks below",
        objective(measures="") + under("tasks", {"id": "A", "text": "a"}, {"id": "B", "text": "b"}),
        "recorded text@a:17 text@a:19",
    ),
    (
        "doing",
        "the result of a task",
        head() + items("tasks", {"id": "A", "text": "a"}) + under("objectives", FULL | {"measures": ""}),
        "recorded text@a:9",
    ),
    ("resources", "its own", objective(), "recorded funding@a:15"),
    ("resources", "denied", objective(funding="Không có kinh phí"), "to_judge funding@a:15"),
    ("method", "nothing", objective(), "to_judge"),
    ("resources", "none", objective(funding="") + NOTHING, f"missing -{NO_MEANS}"),
    (
        "resources",
        "of the item above",
        head() + items("groups", {"id": "I", "funding": "x"}) + under("objectives", FULL | {"funding": ""}),
        "recorded funding@a:9",
    ),
    (
        "resources",
        "in a section",
        objective("sections: [{title: a, text: Kinh phí do ngân sách cấp}]\n", funding=""),
        "to_judge text@a:7",
    ),
    ("responsible", "its own", objective(), "recorded lead@a:12"),
    (
        "responsible",
        "of the item above",
        head() + items("groups", {"id": "I", "lead": "NV"}) + under("objectives", FULL | {"lead": ""}),
        "recorded lead@a:9",
    ),
    (
        "responsible",
        "of the item below",
        objective(lead="") + under("tasks", {"id": "A", "text": "a", "lead": "HCTH"}),
        "recorded lead@a:18",
    ),
    ("responsible", "nobody", objective(lead=""), "missing -nobody is named"),
    ("deadline", "its own", objective(), "recorded deadline@a:13"),
    ("deadline", "none", objective(deadline=""), "missing -no deadline"),
    (
        "deadline",
        "not understood",
        objective(deadline="Hôm nào"),
        "missing deadline@a:13 -the deadline is not understood",
    ),
    ("evaluation", "results", objective(), "recorded deliverables@a:14"),
    ("evaluation", "both", objective(evaluation="x"), "recorded evaluation@a:16 deliverables@a:14"),
    ("evaluation", "none", objective(deliverables=""), "missing -no expected result, and no way to judge it"),
]  # fmt: skip


@pytest.mark.parametrize(("point", "what", "plan", "expected"), CASES, ids=[f"{case[0]}: {case[1]}" for case in CASES])
def test_fields_of_the_plan(point: str, what: str, plan: str, expected: str, tmp_path: Path) -> None:
    assert told(line(tmp_path, point, plan)) == expected


NO_READING = "missing -no reading for {periods}"
MEASURED = [
    ("nothing passed", (), "2026-04-14", "open"),
    ("two weeks are over", (), "2026-04-15", "open"),
    ("the reporting days are over", (), "2026-04-16", NO_READING),
    ("in time", (reading(),), "2026-04-15", "recorded readings@b:4"),
    ("recorded on that day", (reading(recorded="2026-04-16"),), "2026-04-16", "recorded readings@b:4"),
    ("recorded later than that day", (reading(),), "2026-04-13", "open"),
    ("a quarter left out", (reading(), reading(**Q3)), "2026-10-16",
     "missing readings@b:4 readings@b:10 -no reading for {periods}"),
    ("a half covers two", (reading(period="2026-H1", recorded="2026-07-14"),), "2026-07-15", "recorded readings@b:4"),
    ("without evidence", (reading(evidence=""),), "2026-04-20", "missing readings@b:4 -no evidence for {periods}"),
    ("a file as evidence", (reading(evidence="", files="a.yaml"),), "2026-04-20", "recorded readings@b:4"),
    ("a file that is not there", (reading(files="x.pdf"),), "2026-04-20",
     "missing readings@b:4 -there is no file '{file}'"),
    ("of another item", (reading(item="MT02"),), "2026-04-20", NO_READING),
    ("with an error", (reading(numerator="101"),), "2026-04-20",
     NO_READING + " -{item} in {period}: {value} ({why})"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "readings", "as_of", "expected"), MEASURED, ids=[case[0] for case in MEASURED])
def test_readings(name: str, readings: tuple[dict[str, str], ...], as_of: str, expected: str, tmp_path: Path) -> None:
    texts = [objective(**QUARTERLY), *([progress("readings", *readings)] if readings else [])]
    assert told(line(tmp_path, "measured", *texts, as_of=as_of)) == expected


def test_which_periods_are_missed(tmp_path: Path) -> None:
    found = line(tmp_path, "measured", objective(**QUARTERLY), progress("readings", reading(**Q2)), as_of="2027-01-20")
    assert [ENGLISH(text) for text in found.missing] == ["no reading for 2026-Q1, 2026-Q3, 2026-Q4"]


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2026-12-31", "open"), ("2027-01-15", "open"), ("2027-01-16", NO_READING)]
)
def test_a_target_of_a_year_is_measured_at_its_end(as_of: str, expected: str, tmp_path: Path) -> None:
    assert told(line(tmp_path, "measured", objective(target="ít nhất 01 lần/năm"), as_of=as_of)) == expected


def test_before_its_day_an_objective_owes_no_figures(tmp_path: Path) -> None:
    plan = objective(target="top 3", deadline="Quý IV năm 2026")
    for day, expected in (("2026-11-30", []), ("2027-01-16", ["no reading for 2026-Q4"])):
        found = line(tmp_path, "measured", plan, as_of=day)
        assert [ENGLISH(text) for text in found.missing] == expected
        words = objective(target="nâng cao", deadline="Quý IV năm 2026")  # with nothing to measure
        assert bool(line(tmp_path, "monitored", words, as_of=day).missing) == bool(expected)


def test_each_target_of_each_month_is_asked_for_once_and_a_baseline_for_none(tmp_path: Path) -> None:
    plan = objective(target='[">98%", "12 lớp"]', frequency="hằng tháng")
    bare = {"numerator": "", "denominator": "", "value": "99%", "evidence": ""}
    readings = [reading(**bare, period=f"2026-0{month}") for month in (3, 1)]
    readings += [reading(**bare | {"value": "3"}, period="2026-Q1", target="2"), reading(**bare, period="2025-Q1")]
    found = line(tmp_path, "measured", plan, progress("readings", *readings), as_of="2026-04-20")
    assert [ENGLISH(text) for text in found.missing] == [
        "no reading for 2026-02",
        "no evidence for 2026-01, 2026-Q1, 2026-03",
    ]


def test_a_plan_of_years_is_measured_year_by_year(tmp_path: Path) -> None:
    plan = head(period="2026-2030") + items("objectives", FULL | {"deadline": "Hằng năm"})
    found = line(tmp_path, "measured", plan, as_of="2028-03-01")
    assert [ENGLISH(text) for text in found.missing] == ["no reading for 2026, 2027"]


def test_evidence_is_told_once(tmp_path: Path) -> None:
    record = progress("readings", reading(), reading(**Q2), reading(**Q3, files="[a.yaml, b.yaml]"))
    assert line(tmp_path, "measured", objective(), record).evidence == ("Báo cáo", "a.yaml", "b.yaml")


MONITORED = [
    ("the last reading", ("readings", reading(), reading(**Q2)), "recorded readings@b:10"),
    ("a completion", ("completions", {"item": "MT01", "done": "2026-04-01"}), "recorded completions@b:4"),
    ("nothing", (), "missing -neither a reading nor a completion"),
]


@pytest.mark.parametrize(("name", "records", "expected"), MONITORED, ids=[case[0] for case in MONITORED])
def test_follow_up(name: str, records: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    texts = [objective(**QUARTERLY), *([progress(*records)] if records else [])]  # type: ignore[arg-type]
    assert told(line(tmp_path, "monitored", *texts)) == expected


TRENDS = [
    ("one period", (reading(),), "open"),
    ("worse", (reading(), reading(**Q2, numerator="95")),
     "to_judge readings@b:4 readings@b:10 in {period} worse than the period before"),
    ("better", (reading(**Q2), reading(numerator="95")),
     "to_judge readings@b:10 readings@b:4 in {period} better than the period before"),
    ("a gap", (reading(), reading(**Q3)),
     "to_judge readings@b:4 readings@b:10 {period} can't be compared with the period before"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "readings", "expected"), TRENDS, ids=[case[0] for case in TRENDS])
def test_periods_are_compared(name: str, readings: tuple[dict[str, str], ...], expected: str, tmp_path: Path) -> None:
    found = line(tmp_path, "trend", objective(), progress("readings", *readings))
    remark = found.remark.template if found.remark and found.verdict == "to_judge" else ""
    assert f"{told(found)} {remark}".strip() == expected


ACTIONS = [
    ("no miss", (reading(),), (), "2026-11-21", "open"),
    ("a miss", (MISSED,), (), "2026-11-21", "missing -no corrective action for {periods}"),
    ("a miss and an action", (MISSED,), (ACTION,), "2026-11-21", "open corrective_actions@c:4"),
    ("an action of another period", (MISSED,), (ACTION | {"period": "2026-Q2"},), "2026-11-21",
     "missing corrective_actions@c:4 -no corrective action for {periods}"),
    ("an action recorded later", (MISSED,), (ACTION,), "2026-04-19", "missing -no corrective action for {periods}"),
    ("due", (MISSED,), (ACTION | {"due": "2026-06-30"},), "2026-06-30", "open corrective_actions@c:4"),
    ("overdue", (MISSED,), (ACTION | {"due": "2026-06-30"},), "2026-07-01",
     "missing corrective_actions@c:4 -the action for {period} was due on {due}"),
    ("done, not checked", (MISSED,), (DONE,), "2026-07-01",
     "missing corrective_actions@c:4 -nobody has checked whether the action for {period} helped"),
    ("done without evidence", (MISSED,), (EFFECTIVE | {"evidence": ""},), "2026-08-01",
     "missing corrective_actions@c:4 -no evidence for the action for {period}"),
    ("effective", (MISSED,), (EFFECTIVE,), "2026-08-01", "recorded corrective_actions@c:4"),
    ("without effect", (MISSED,), (EFFECTIVE | {"effective": "no"},), "2026-08-01",
     "missing corrective_actions@c:4 -the action for {period} did not help, and no other followed"),
    ("done later than that day", (MISSED,), (ACTION | {"due": "2026-06-30", "done": "2026-07-02"},), "2026-07-01",
     "missing corrective_actions@c:4 -the action for {period} was due on {due}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "readings", "actions", "as_of", "expected"), ACTIONS, ids=[case[0] for case in ACTIONS]
)
def test_misses_and_actions(
    name: str,
    readings: tuple[dict[str, str], ...],
    actions: tuple[dict[str, str], ...],
    as_of: str,
    expected: str,
    tmp_path: Path,
) -> None:
    texts = [objective(), progress("readings", *readings)]
    texts += [progress("corrective_actions", *actions)] if actions else []
    assert told(line(tmp_path, "action", *texts, as_of=as_of)) == expected


@pytest.mark.parametrize(
    ("signoff", "expected"),
    [
        ("", "missing -the plan has no number and date: it is a draft"),
        ("signoff: {number: 51/KH-TGPL, date: 2026-02-09}\n", "recorded signoff@a:7"),
    ],
)
def test_the_edition_of_2026_asks_whether_it_is_written_down(signoff: str, expected: str, tmp_path: Path) -> None:
    plan = head(standard="iso9001-2026") + signoff + items("objectives", FULL)
    assert told(line(tmp_path, "documented", plan)) == expected


def test_the_words_of_spots(tmp_path: Path) -> None:
    plan = objective(
        lead="[NV, {unit: HCTH, scope: tổng hợp}]", deadline="{due: 2026-06-30}", measures="['- Một;', '- Hai.']"
    )
    records = progress(
        "readings",
        reading(),
        reading(period="2026-Q2", numerator="", denominator="", value="98,7%"),
        reading(period="2026-Q3", numerator="", denominator="", change="-2"),
    )
    found = {one.point.name: [ENGLISH(spot.text) for spot in one.spots] for one in only(tmp_path, plan, records).lines}
    assert found["responsible"] == ["NV; HCTH (tổng hợp)"]
    assert found["deadline"] == ["due: 2026-06-30"]
    assert found["doing"] == ["Một; Hai."]
    assert found["measured"] == ["2026-Q1: 99/100", "2026-Q2: 98.7", "2026-Q3: -2"]


def test_a_blank_form_has_no_objectives_to_audit(tmp_path: Path) -> None:
    assert audited(tmp_path, objective("form: true\n")).agencies == ()


def test_the_result_of_the_plan_as_of_a_day(tmp_path: Path) -> None:
    records = progress("readings", reading(), reading(**Q2, numerator="95"))
    (before,), (after,) = (
        only(tmp_path, objective(), records, as_of=day).measurements for day in ("2026-05-01", "2026-08-01")
    )
    assert (before.numerator, before.denominator, before.attainment) == (99, 100, "under_way")
    assert (after.numerator, after.denominator, after.attainment) == (194, 200, "under_way"), "the year is not over"


@pytest.mark.parametrize(
    ("days", "as_of", "missing"),
    [(15, "2026-07-15", []), (15, "2026-07-16", ["2026-Q2"]), (5, "2026-07-06", ["2026-Q2"]), (30, "2026-07-30", [])],
)
def test_figures_are_missing_from_the_reporting_day_of_the_workspace_on(
    tmp_path: Path, days: int, as_of: str, missing: list[str]
) -> None:
    """The same days after which the status says `no_data` for quarter II."""
    settings = SETTINGS.replaced(reporting=SETTINGS.reporting.replaced(days=days))
    texts = objective(**QUARTERLY), progress("readings", reading())
    (agency,) = audited(tmp_path, *texts, as_of=as_of, settings=settings).agencies
    (found,) = (one for one in agency.objectives[0].lines if one.point.name == "measured")
    assert [ENGLISH(text) for text in found.missing] == [f"no reading for {code}" for code in missing]


@pytest.mark.parametrize("typed", ["hằng quý", "quarter"])
def test_how_often_it_is_measured_is_said_in_words(typed: str, tmp_path: Path) -> None:
    found = line(tmp_path, "method", head() + items("objectives", FULL | {"method": "Sổ", "frequency": typed}))
    assert "each quarter" in [ENGLISH(spot.text) for spot in found.spots]
