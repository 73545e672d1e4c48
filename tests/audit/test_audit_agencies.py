"""What plans answer together, which plans belong together, and that places are those of the texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from audited import OBJECTIVE, audited, head, items, objective, progress, reading, told
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.audit.values import AuditLine, Verdict
from qmsplan.diagnostics import ENGLISH

AUDIT = {"id": "NV5", "text": "Đánh giá nội bộ", "lead": "NV", "deadline": "Quý III năm 2026", "clauses": "9.2"}
REVIEW = {"id": "NV6", "text": "Lãnh đạo họp", "lead": "NV", "deadline": "Quý IV năm 2026", "clauses": "9.3"}
DONE = {"item": "NV5", "done": "2026-09-18", "evidence": "Báo cáo số 110"}
BOTH = head() + items("tasks", AUDIT, REVIEW)


def line(root: Path, name: str, *texts: str, as_of: str = "2026-11-21", plan: str = "KH") -> AuditLine:
    agencies = [agency for agency in audited(root, *texts, as_of=as_of).agencies if plan in agency.plans]
    (found,) = (line for line in agencies[0].lines if line.point.name == name)
    return found


HELD_ONCE = AUDIT | {"target": "ít nhất 01 lần/năm"}
COUNTED = {"item": "NV5", "period": "2026", "value": "1", "recorded": "2026-09-28", "evidence": "Báo cáo"}

HELD = [
    ("not yet due", (BOTH,), "2026-09-30", "open deadline@a:11"),
    ("overdue", (BOTH,), "2026-10-01", "missing deadline@a:11 -'{id}' was due on {due} and is not recorded as done"),
    ("done", (BOTH, progress("completions", DONE)), "2026-10-01", "recorded deadline@a:11 completions@b:4"),
    ("done after that day", (BOTH, progress("completions", DONE)), "2026-09-17", "open deadline@a:11"),
    ("done without evidence", (BOTH, progress("completions", DONE | {"evidence": ""})), "2026-10-01",
     "missing deadline@a:11 completions@b:4 -'{id}' is recorded as done without any evidence"),
    ("in another plan of the agency", (head() + items("tasks", REVIEW), head(id="KH2") + items("tasks", AUDIT)),
     "2026-09-30", "open deadline@b:11"),
    ("done in the next year", (BOTH, progress("completions", DONE | {"done": "2027-01-08"})), "2027-01-10",
     "recorded deadline@a:11 completions@b:4"),
    ("in the plan of another agency",
     (head() + items("tasks", REVIEW), head(id="KH2", issuer="NV") + items("tasks", AUDIT)), "2026-09-30",
     "missing -no item has 'clauses: {clause}'"),
    ("an objective without figures", (head() + items("objectives", HELD_ONCE),), "2026-11-21",
     "missing deadline@a:11 -'{id}' was due on {due} and is not recorded as done"),
    ("an objective whose figure is none",
     (head() + items("objectives", HELD_ONCE), progress("readings", COUNTED | {"value": "0"})), "2026-11-21",
     "missing deadline@a:11 -'{id}' was due on {due} and is not recorded as done"),
    ("an objective with its figure",
     (head() + items("objectives", HELD_ONCE), progress("readings", COUNTED)), "2026-11-21",
     "recorded deadline@a:11 readings@b:4"),
    ("not marked", (head() + items("tasks", AUDIT | {"clauses": ""}),), "2026-09-30",
     "missing -'{id}' may be it, but is not marked with 'clauses: {clause}'"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "texts", "as_of", "expected"), HELD, ids=[case[0] for case in HELD])
def test_the_audit_of_the_year(name: str, texts: tuple[str, ...], as_of: str, expected: str, tmp_path: Path) -> None:
    assert told(line(tmp_path, "audit", *texts, as_of=as_of)) == expected


FOUND = {
    "item": "NV6",
    "period": "2026-Q3",
    "clause": "9.1.1",
    "unit": "NV",
    "finding": "Chưa lưu phiếu khảo sát",
    "correction": "Đã lưu bổ sung",
    "due": "2026-10-31",
    "recorded": "2026-09-20",
}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-09-19", "recorded deadline@a:11 completions@b:4"),
        ("2026-10-31", "recorded deadline@a:11 completions@b:4 audit@c:4"),
        ("2026-11-01",
         "missing deadline@a:11 completions@b:4 audit@c:4 -the action for {period} was due on {due}"),
    ],
)  # fmt: skip
def test_what_an_audit_found_is_followed_up(as_of: str, expected: str, tmp_path: Path) -> None:
    texts = (BOTH, progress("completions", DONE), progress("audit", FOUND))
    found = line(tmp_path, "audit", *texts, as_of=as_of)
    assert told(found) == expected
    assert (
        "9.1.1, Phòng Nghiệp vụ: Chưa lưu phiếu khảo sát" in [ENGLISH(spot.text) for spot in found.spots]
        or as_of < "2026-09-20"
    )


def test_when_the_review_is_due_and_what_proves_it(tmp_path: Path) -> None:
    before = line(tmp_path, "review", BOTH)
    assert before.remark
    assert before.remark.values == (("due", (date(2026, 12, 31),)),)
    done = progress("completions", DONE | {"item": "NV6", "done": "2026-12-15", "evidence": "Biên bản số 9"})
    after = line(tmp_path, "review", BOTH, done, as_of="2027-01-04")
    assert (after.verdict, after.evidence, after.remark) == (Verdict.RECORDED, ("Biên bản số 9",), None)


def test_each_year_of_a_plan_of_years_is_looked_at_by_itself(tmp_path: Path) -> None:
    plan = head(period="2026-2027") + items("tasks", AUDIT | {"deadline": "Hàng năm"}, REVIEW)
    done = progress("completions", DONE | {"period": "2026", "done": "2026-12-01"})
    verdicts = [
        line(tmp_path, "audit", plan, done, as_of=day).verdict for day in ("2025-05-01", "2026-12-02", "2027-05-01")
    ]
    assert verdicts == [Verdict.OPEN, Verdict.RECORDED, Verdict.OPEN]
    assert line(tmp_path, "audit", plan, done, as_of="2028-01-01").verdict is Verdict.MISSING


OTHERS = [
    ("policy", "named", (head() + "policy: Quyết định số 12\n" + items("tasks", AUDIT),), "recorded policy@a:7"),
    ("policy", "in the other plan", (BOTH, head(id="KH2") + "policy: x\n"), "recorded policy@b:7"),
    ("policy", "not named", (BOTH,), "missing -no plan names the quality policy"),
    ("communicated", "recipients", (objective("recipients: Các phòng\n"),), "recorded recipients@a:7"),
    ("communicated", "an item", (head() + items("tasks", AUDIT | {"clauses": "7.4"}),), "recorded text@a:9"),
    ("communicated", "words", (head() + items("tasks", AUDIT | {"text": "Quán triệt"}),), "recorded text@a:9"),
    ("communicated", "an item done",
     (head() + items("tasks", AUDIT | {"clauses": "7.4"}), progress("completions", DONE)),
     "recorded text@a:9 completions@b:4"),
    ("communicated", "nothing", (BOTH,), "missing -neither recipients nor an item that makes the objectives known"),
    ("cascaded", "nothing asked", (BOTH,), "open"),
    ("cascaded", "a department's plan", (objective(), head(id="KH-NV", issuer="NV") + "implements: KH\n"),
     "recorded implements@b:7"),
    ("cascaded", "a department's items",
     (objective(), head(id="KH-NV", issuer="NV") + items("objectives", OBJECTIVE | {"implements": "KH/MT01"})),
     "recorded implements@b:16"),
    ("cascaded", "one of two", (objective(lead="[NV, HCTH]"), head(id="KH-NV", issuer="NV") + "implements: KH\n"),
     "missing implements@b:7 -'{name}' has no plan of its own"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("point", "what", "texts", "expected"), OTHERS, ids=[f"{case[0]}: {case[1]}" for case in OTHERS]
)
def test_what_plans_answer_together(
    point: str, what: str, texts: tuple[str, ...], expected: str, tmp_path: Path
) -> None:
    assert told(line(tmp_path, point, *texts)) == expected


@pytest.mark.parametrize(("as_of", "verdict"), [("2026-03-31", Verdict.OPEN), ("2026-04-01", Verdict.MISSING)])
def test_a_departments_plan_is_asked_for_from_its_day_on(as_of: str, verdict: Verdict, tmp_path: Path) -> None:
    asks = {"id": "NV3", "text": "Các phòng xây dựng mục tiêu", "lead": "NV", "deadline": "Quý I", "clauses": "6.2"}
    assert line(tmp_path, "cascaded", head() + items("tasks", asks), as_of=as_of).verdict is verdict


def test_plans_of_an_agency_and_a_period_are_one(tmp_path: Path) -> None:
    texts = (
        head(id="B"),
        head(id="A"),
        head(id="C", period="2026-2030"),
        head(id="D", issuer="NV"),
        head(id="E", period="2027"),
        head(id="F").replace("standard: iso9001-2015\n", ""),
    )
    assert [agency.plans for agency in audited(tmp_path, *texts).agencies] == [("A", "B"), ("C",), ("D",), ("E",)]
    assert [agency.plans for agency in audited(tmp_path, *texts, plans=("B", "D")).agencies] == [("B",), ("D",)]


def test_a_named_plan_is_answered_by_the_others_of_its_agency(tmp_path: Path) -> None:
    (agency,) = audited(tmp_path, BOTH, head(id="KH2") + items("objectives", OBJECTIVE), plans=("KH2",)).agencies
    found = {line.point.name: told(line) for line in agency.lines}
    assert found["review"] == "open deadline@a:16"
    assert [entry.plan for entry in agency.objectives] == ["KH2"]


def test_totals_are_the_sum_of_the_lines(tmp_path: Path) -> None:
    found = audited(tmp_path, objective("recipients: x\n") + items("tasks", AUDIT), progress("readings", reading()))
    lines = [line for agency in found.agencies for line in agency.all_lines]
    assert sum(found.totals.values()) == len(lines) == 5 + 14
    for verdict, count in found.totals.items():
        assert count == sum(line.verdict is verdict for line in lines)


def test_every_spot_stands_on_its_line(tmp_path: Path) -> None:
    """The line of the text that a spot names holds the spot's field, or its words."""
    texts = (objective("recipients: Các phòng\n") + items("tasks", AUDIT, REVIEW), progress("readings", reading()))
    lines = {f"{letter}.yaml": text.splitlines() for letter, text in zip("ab", texts, strict=True)}
    (agency,) = audited(tmp_path, *texts).agencies
    for spot in (spot for line in agency.all_lines for spot in line.spots):
        there = lines[spot.place.file][spot.line - 1]
        assert spot.field in there or "item: MT01" in there


days = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31))


@given(days, days)
def test_what_is_known_only_grows(tmp_path_factory: pytest.TempPathFactory, one: date, other: date) -> None:
    """A later day sees every completion and reading that an earlier one saw."""
    root = tmp_path_factory.mktemp("w")
    texts = (
        objective() + items("tasks", AUDIT, REVIEW),
        progress("readings", reading(), reading(period="2026-Q2", recorded="2026-07-14")),
        progress("completions", DONE, DONE | {"item": "NV6", "done": "2026-12-15"}),
    )
    sooner, later = sorted((str(one), str(other)))
    seen = []
    for day in (sooner, later):
        found = audited(root, *texts, as_of=day)
        spots = {spot for agency in found.agencies for line in agency.all_lines for spot in line.spots}
        seen.append({spot.place for spot in spots if spot.field == "completions"})
        measured = {line.point.name: line for line in found.agencies[0].objectives[0].lines}["measured"]
        seen[-1] |= {spot.place for spot in measured.spots}
    assert seen[0] <= seen[1]
