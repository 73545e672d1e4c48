"""ISO 9001 coverage: what several plans of an agency and a year answer together, and where the rules are silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from texts import OBJECTIVE, item
from workspace import REGISTER, diagnose, found, marks

from qmsplan.diagnostics import Diagnostic
from qmsplan.model.settings import Unit
from qmsplan.phrases.people import Register

AUDIT = {"id": "NV5", "text": "Đánh giá nội bộ", "lead": "HCTH", "deadline": "Quý III năm 2026", "clauses": "9.2"}
REVIEW = {"id": "NV6", "text": "Lãnh đạo họp", "lead": "HCTH", "deadline": "Quý IV năm 2026", "clauses": "9.3"}
MORE = {"policy": "Quyết định số 12/QĐ-TGPL", "recipients": "Các phòng"}
FUNDED = OBJECTIVE | {"funding": "Kinh phí thường xuyên"}


def plan(*tasks: dict[str, str], objective: dict[str, str] | None = None, **fields: str) -> str:
    """A plan of TGPL for 2026 of the edition of 2015, told on line 5. Empty fields are left out."""
    head = {"id": "KH", "template": "work-plan", "period": "2026", "standard": "iso9001-2015"}
    given = head | {"head": "{type: Kế hoạch, issuer: " + fields.pop("issuer", "TGPL") + "}"} | fields
    text = "kind: plan\n" + "".join(f"{name}: {value}\n" for name, value in given.items() if value)
    if objective is not None:
        text += "objectives:\n" + item(**objective)
    return text + ("tasks:\n" + "".join(item(**task) for task in tasks) if tasks else "")


def record(*entries: dict[str, str], plan: str = "KH") -> str:
    return f"kind: progress\nplan: {plan}\ncompletions:\n" + "".join(item(**entry) for entry in entries)


def told(root: Path, *texts: str, wanted: tuple[str, ...] = ()) -> tuple[Diagnostic, ...]:
    """The findings of this family in files a.yaml, b.yaml …"""
    files = {f"{letter}.yaml": text for letter, text in zip("abcdef", texts, strict=False)}
    return tuple(entry for entry in diagnose(root, files, wanted) if entry.code.startswith("QP7"))


def check(root: Path, expected: str, *texts: str) -> None:
    assert list(found(told(root, *texts))) == marks(expected, "a.yaml")


FULL = plan(AUDIT, REVIEW, objective=FUNDED, **MORE)
EMPTY = plan({"id": "NV1", "text": "Một việc"})
OTHER = {"id": "KH2"}
DERIVED = {"id": "KH2", "implements": "KH", "issuer": "NV"}
CLAUSELESS = {"clauses": ""}
NEVER = {"deadline": ""}
YEARLY = {"deadline": "Hàng năm"}
NEXT, LAST = {"deadline": "Quý IV năm 2027"}, {"deadline": "Quý IV năm 2025"}
WORK = {"id": "NV9", "text": "Một việc"}
NEW = {"standard": "iso9001-2026"}

SYSTEMS = [
    ("all is there", (FULL,), ""),
    ("neither", (EMPTY,), "5:11 QP701, 5:11 QP702"),
    ("no edition, no duty", (plan({"id": "NV1", "text": "a"}, standard=""),), ""),
    ("a form", (plan(form="true"),), ""),
    ("parts of the audit's clause", (plan(AUDIT | {"clauses": "9.2.2"}, REVIEW | {"clauses": "9.3.1"}),), ""),
    ("9.20 is no part of 9.2", (plan(AUDIT | {"clauses": "9.20"}, REVIEW),), "5:11 QP701, 12:14 QP709"),
    ("words are no mark", (plan(AUDIT | CLAUSELESS, REVIEW),), "5:11 QP701"),
    ("another plan of the agency", (plan(REVIEW), plan(AUDIT, **OTHER)), ""),
    ("another plan without edition", (plan(REVIEW), plan(AUDIT, standard="", **OTHER)), ""),
    ("the plan of another agency", (plan(REVIEW), plan(AUDIT, REVIEW, issuer="STP", **OTHER)), "5:11 QP701"),
    ("the agency by its name", (plan(REVIEW, issuer="Trung tâm Trợ giúp pháp lý nhà nước"), plan(AUDIT, **OTHER)), ""),
    ("two plans, told where most is done", (EMPTY, plan(AUDIT, {"id": "X", "text": "x"}, **OTHER)), "b 5:11 QP702"),
    ("that of another year", (plan(REVIEW), plan(AUDIT | LAST, REVIEW | LAST, period="2025", **OTHER)), "5:11 QP701"),
    ("half a year", (plan(period="2026-H1"),), ""),
    ("five years alone", (plan(period="2026-2030"),), ""),
    (
        "each year of a plan of five",
        (plan(AUDIT | YEARLY, REVIEW | YEARLY, period="2026-2030", **OTHER), EMPTY),
        "",
    ),
    (
        "one year of a plan of five",
        (plan(AUDIT | {"deadline": "Quý III năm 2027"}, period="2026-2030", **OTHER), plan(REVIEW)),
        "b 5:11 QP701",
    ),
    ("each year of a plan of two", (plan(AUDIT | NEVER, REVIEW | NEVER, period="2025-2026", **OTHER), EMPTY), ""),
    ("a deadline that is not understood", (plan(AUDIT | {"deadline": "Hôm nào"}, REVIEW),), ""),
    ("no deadline", (plan(AUDIT | {"deadline": ""}, REVIEW),), ""),
    ("derived from a plan that has them", (FULL, plan(**DERIVED)), ""),
    ("derived, and the audit is the department's work", (plan(REVIEW), plan(AUDIT, **DERIVED)), ""),
    ("derived from an own plan", (plan(period="2026-2030"), plan(REVIEW, implements="KH", **OTHER)), "b 5:11 QP701"),
    (
        "derived from a framework of years",
        (plan(issuer="STP", period="2026-2030"), plan(AUDIT, implements="KH", **OTHER)),
        "b 5:11 QP702",
    ),
    ("a ring of plans", (plan(implements="KH2"), plan(**DERIVED)), ""),
    ("a broken plan may hold them", (EMPTY, "kind: plan\nid: X\nbogus: 1\n"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "texts", "expected"), SYSTEMS, ids=[case[0] for case in SYSTEMS])
def test_audit_and_review_of_a_year(name: str, texts: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    check(tmp_path, expected, *texts)


def hints(diagnostics: tuple[Diagnostic, ...]) -> list[dict[str, str]]:
    """The values of hints, each with those of the hint that it cites the standard for."""
    found = [dict(entry.hint.values) for entry in diagnostics if entry.hint]
    return [dict(values.pop("hint").values) | values if "hint" in values else values for values in found]


def test_an_item_that_reads_like_the_audit_is_named(tmp_path: Path) -> None:
    texts = plan(REVIEW), plan(AUDIT | CLAUSELESS, {"id": "Z", "text": "z"}, **OTHER)
    assert hints(told(tmp_path, *texts)) == [{"id": "NV5", "clause": "9.2", "cited": "TCVN ISO 9001:2015, 9.2"}]


def test_the_edition_of_the_plan_is_cited(tmp_path: Path) -> None:
    assert hints(told(tmp_path, plan(REVIEW, standard="iso9001-2026")))[0]["cited"] == "ISO 9001:2026, 9.2"
    without_letter = told(tmp_path, plan(AUDIT, REVIEW, objective=FUNDED, standard="iso9001-2026", recipients="x"))
    assert hints(without_letter)[0]["cited"] == "ISO 9001:2026, 6.2.1"


ORDER = [
    ("after", "Quý III năm 2026", "Quý IV năm 2026", ""),
    ("on one day", "Quý IV năm 2026", "Quý IV năm 2026", ""),
    ("the day before", "30/9/2026", "29/9/2026", "16:15 QP703"),
    ("in the year's first half", "Quý III năm 2026", "Quý II năm 2026", "16:15 QP703"),
    ("the last review counts", "Quý III năm 2026", "Hàng quý", ""),
    ("the first audit counts", "Hàng quý", "Quý II năm 2026", ""),
    ("nobody knows", "Quý III năm 2026", "Sau khi có văn bản của Sở", ""),
]


@pytest.mark.parametrize(("name", "audit", "review", "expected"), ORDER, ids=[case[0] for case in ORDER])
def test_the_review_looks_at_the_audit(name: str, audit: str, review: str, expected: str, tmp_path: Path) -> None:
    check(tmp_path, expected, plan(AUDIT | {"deadline": audit}, REVIEW | {"deadline": review}))


@pytest.mark.parametrize(("audited", "is_told"), [("30/6/2025", False), ("31/3/2025", True), ("31/12/2025", False)])
def test_the_audit_of_the_year_before_is_enough_for_twelve_months(audited: str, is_told: bool, tmp_path: Path) -> None:  # noqa: FBT001
    before = plan(AUDIT | {"deadline": audited}, REVIEW | {"deadline": "31/12/2025"}, period="2025", **OTHER)
    diagnostics = told(tmp_path, plan(AUDIT, REVIEW | {"deadline": "30/6/2026"}), before)
    assert [entry.code for entry in diagnostics] == ["QP703"] * is_told


DONE = {"item": "NV5", "done": "2026-09-18", "evidence": "Báo cáo"}
LATER = {"item": "NV1", "done": "2026-10-01"}
RECORDS = [
    ("nothing recorded", (), ""),
    ("records up to the day", ({"item": "NV1", "done": "2026-09-30"},), ""),
    ("records go on", (LATER,), "11:15 QP704"),
    ("records go on past both", ({"item": "NV1", "done": "2027-01-04"},), "11:15 QP704, 16:15 QP704"),
    ("done", (DONE, LATER), ""),
    ("done late", (DONE | {"done": "2026-10-02"}, LATER), ""),
    ("done but recorded later", (DONE | {"recorded": "2026-10-09"}, LATER), ""),
    ("done without evidence", (DONE | {"evidence": ""},), "b 4:11 QP710"),
    ("done with a file", (DONE | {"evidence": "", "files": "a.yaml"},), ""),
    ("another item without evidence", (LATER | {"done": "2026-04-01"},), ""),
]


@pytest.mark.parametrize(("name", "entries", "expected"), RECORDS, ids=[case[0] for case in RECORDS])
def test_audits_that_are_late_or_not_proven(
    name: str, entries: tuple[dict[str, str], ...], expected: str, tmp_path: Path
) -> None:
    work = {"id": "NV1", "text": "Một việc", "deadline": "Cả năm 2026"}
    check(tmp_path, expected, plan(AUDIT, REVIEW, work), *([record(*entries)] if entries else []))


@pytest.mark.parametrize("figures", [(), ("1",)])
def test_an_audit_that_is_an_objective_is_late_without_its_figure(figures: tuple[str, ...], tmp_path: Path) -> None:
    text = plan(REVIEW, WORK, objective=FUNDED | AUDIT | {"target": "ít nhất 01 lần/năm"}, **MORE)
    readings = [item(item="NV5", period="2026", value=one, recorded="2026-09-28") for one in figures]
    entries = record({"item": "NV9", "done": "2026-11-20"}) + "readings:\n" * bool(readings) + "".join(readings)
    assert [entry.code for entry in told(tmp_path, text, entries)] == ["QP704"] * (not figures)


def test_an_audit_in_parts_is_late_part_by_part(tmp_path: Path) -> None:
    part = {"text": "Đánh giá một phòng", "deadline": "Quý II năm 2026"}
    parts = "    tasks:\n" + item(6, id="P1", **part) + item(6, id="P2", **part)
    text = plan(REVIEW, AUDIT | {"deadline": ""}) + parts
    late = told(tmp_path, text, record({"item": "P1", "done": "2026-07-01", "evidence": "Biên bản"}))
    assert [(entry.code, dict(entry.message.values)["id"]) for entry in late] == [("QP704", "P2")]
    unproven = told(tmp_path, text, record({"item": "P1", "done": "2026-06-01"}))
    assert [entry.code for entry in unproven] == ["QP710"]


def objectives(**fields: str) -> str:
    return plan(AUDIT, REVIEW, **({"objective": FUNDED} | MORE | fields))  # type: ignore[arg-type]


BARE = objectives(objective=OBJECTIVE)  # type: ignore[arg-type]
TELLING = plan({"id": "T", "text": "Quán triệt tới viên chức"}, **OTHER)
COVERAGE = [
    ("no policy", (objectives(policy=""),), "5:11 QP706"),
    ("a policy in the other plan", (objectives(policy=""), plan(policy="Quyết định", **OTHER)), ""),
    ("no objectives, no policy", (plan(AUDIT, REVIEW),), ""),
    ("no recipients", (objectives(recipients=""),), "5:11 QP705"),
    ("an item tells of them", (objectives(recipients=""), TELLING), ""),
    ("an item is marked", (objectives(recipients=""), plan({"id": "T", "text": "a", "clauses": "7.4"}, **OTHER)), ""),
    ("a department's plan without recipients", (objectives(), plan(objective=FUNDED, **DERIVED)), ""),
    ("no resources", (BARE,), "5:11 QP707"),
    ("resources in a section", (BARE + "sections: [{title: TỔ CHỨC, text: Kinh phí thực hiện do Sở cấp}]\n",), ""),
    ("resources in a section of a section", (BARE + "sections: [{sections: [{title: NGUỒN LỰC}]}]\n",), ""),
    ("resources in an annex", (BARE + "annexes: [{title: a, text: Dự toán}]\n",), ""),
    ("resources among the measures", (BARE.replace("Lấy phiếu", "Bố trí nhân lực lấy phiếu"),), ""),
    ("a derived plan has those of the other", (objectives(), plan(objective=OBJECTIVE, **DERIVED)), ""),
    ("a plan without edition", (plan(objective=OBJECTIVE, standard=""),), ""),
    ("another edition", (objectives(), plan(WORK, **NEW, **OTHER)), "b 5:11 QP711"),
    ("another edition in another year", (FULL, plan(AUDIT | NEXT, REVIEW | NEXT, period="2027", **NEW, **OTHER)), ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "texts", "expected"), COVERAGE, ids=[case[0] for case in COVERAGE])
def test_policy_recipients_resources_editions(name: str, texts: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    check(tmp_path, expected, *texts)


@pytest.mark.parametrize(
    ("clause", "edition", "column"),
    [
        ("9.2", "2015", None),
        ("6.2.1 a", "2015", None),
        ("6.2.1a", "2015", None),
        ("8.5.7", "2015", 14),
        ("[9.1, 9.4]", "2015", 20),
        ("11", "2015", 14),
        ("3.1", "2015", 14),
        ("8.5.7", "2026", None),
        ("6.1.3", "2026", None),
        ("11.1", "2026", 14),
    ],
)
def test_clauses_of_the_edition(clause: str, edition: str, column: int | None, tmp_path: Path) -> None:
    text = plan({"id": "T", "text": "a", "clauses": clause}, AUDIT, REVIEW, standard=f"iso9001-{edition}")
    check(tmp_path, f"10:{column} QP709" if column else "", text)


DEMAND = {"id": "NV3", "text": "Các phòng xây dựng Mục tiêu chất lượng của phòng", "lead": "Phòng Nghiệp vụ"} | {
    "deadline": "Quý I năm 2026",
    "clauses": "6.2",
}
SINCE = {"item": "NV9", "done": "2026-04-01"}


def demanding(leads: str = "NV", **changes: str) -> str:
    """A plan whose objective has this lead (line 14), and a task that asks for departments' plans (lead on line 21)."""
    return plan(DEMAND | changes, AUDIT, REVIEW, WORK, objective=FUNDED | {"lead": leads}, **MORE)


def own_plan(issuer: str = "NV", **fields: str) -> str:
    return plan(objective=FUNDED, **({"issuer": issuer, "implements": "KH", "id": f"KH-{issuer}"} | fields))


CARRYING = own_plan(implements="").replace("    funding", "    implements: KH/MT01\n    funding")
BOTH = "Phòng Nghiệp vụ, Phòng Hành chính - Tổng hợp"
DEMANDS = [
    ("late", (demanding(), record(SINCE)), "21:11 QP708"),
    ("not yet late", (demanding(), record(SINCE | {"done": "2026-03-31"})), ""),
    ("nothing recorded", (demanding(),), ""),
    ("recorded as done", (demanding(), record(SINCE, {"item": "NV3", "done": "2026-03-02"})), ""),
    ("there is one", (demanding(), record(SINCE), own_plan()), ""),
    ("its items carry out the agency's", (demanding(), record(SINCE), CARRYING), ""),
    ("the agency's own objectives", (demanding(text="Xây dựng Mục tiêu chất lượng của Trung tâm"), record(SINCE)), ""),
    ("not marked", (demanding(clauses=""), record(SINCE)), ""),
    ("the agency itself", (demanding(lead="TGPL"), record(SINCE)), ""),
    ("last year's plan", (demanding(), record(SINCE), own_plan(period="2025")), "21:11 QP708"),
    ("both departments", (demanding(lead=BOTH), record(SINCE)), "21:11 QP708, 21:11 QP708"),
    ("a department like one that has a plan", (demanding("HCTH", clauses=""), own_plan()), "14:11 QP708"),
    ("one that leads no objective", (demanding(clauses=""), own_plan()), ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "texts", "expected"), DEMANDS, ids=[case[0] for case in DEMANDS])
def test_departments_without_a_plan(name: str, texts: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    assert [entry for entry in found(told(tmp_path, *texts)) if entry[3] == "QP708"] == marks(expected, "a.yaml")


@pytest.mark.parametrize(("name", "is_told"), [("Phòng Truyền thông", True), ("Lãnh đạo Trung tâm", False)])
def test_only_units_of_one_kind_are_compared(name: str, is_told: bool, tmp_path: Path) -> None:  # noqa: FBT001
    register = Register((*REGISTER.units, Unit(code="X", name=name, parent="TGPL")))
    files = {"a.yaml": demanding("X", clauses=""), "b.yaml": own_plan()}
    codes = [entry.code for entry in diagnose(tmp_path, files, register=register) if entry.code.startswith("QP7")]
    assert codes == ["QP708"] * is_told


@pytest.mark.parametrize(("issuer", "told_names"), [("E", []), ("NV", []), ("HCTH", ["Phòng Nghiệp vụ mới"])])
def test_the_plan_of_who_took_a_units_work_over_is_its_own(issuer: str, told_names: list[str], tmp_path: Path) -> None:
    ended = Unit(code="NV", name="Phòng Nghiệp vụ", parent="TGPL", until=date(2026, 6, 30), succeeded_by=("E",))
    others = [unit for unit in REGISTER.units if unit.code != "NV"]
    register = Register((*others, ended, Unit(code="E", name="Phòng Nghiệp vụ mới", parent="TGPL")))
    files = {"a.yaml": demanding(clauses=""), "b.yaml": own_plan(issuer)}
    found = [one for one in diagnose(tmp_path, files, register=register) if one.code == "QP708"]
    assert [dict(one.message.values)["name"] for one in found] == told_names


@pytest.mark.parametrize("others", [(plan(REVIEW, **OTHER),), (plan(REVIEW, **OTHER), demanding(), own_plan())])
def test_one_file_is_told_what_it_is_told_among_all(others: tuple[str, ...], tmp_path: Path) -> None:
    texts = (plan(AUDIT, id="KH1"), *others)
    everything = told(tmp_path, *texts)
    for letter in "abcd"[: len(texts)]:
        name = f"{letter}.yaml"
        alone = told(tmp_path, *texts, wanted=(name,))
        assert alone == tuple(entry for entry in everything if entry.file == name)


def test_one_file_of_another_agency_reads_no_more_than_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qmsplan.check import run_checks

    seen: list[str] = []
    real = run_checks.read_bundle
    monkeypatch.setattr(
        run_checks, "read_bundle", lambda files, *how: seen.extend(file.name for file in files) or real(files, *how)
    )
    told(tmp_path, FULL, plan(issuer="STP", **OTHER), plan(REVIEW, id="KH3"), wanted=("b.yaml",))
    assert seen == ["b.yaml"]
    seen.clear()
    told(tmp_path, FULL, plan(issuer="STP", **OTHER), plan(REVIEW, id="KH3"), wanted=("c.yaml",))
    assert seen == ["c.yaml", "a.yaml"]
