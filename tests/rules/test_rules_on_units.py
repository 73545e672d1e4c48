"""Where the rules on responsible units speak, and where they are silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from texts import HEAD, PROGRESS, item, objective, progress, task
from workspace import REGISTER, diagnose, found, marks

from qmsplan.diagnostics import Severity
from qmsplan.model.settings import Person, Unit
from qmsplan.phrases.people import Register

CASES = [
    # near names
    ("nearly a name", task(lead="Phòng Nghiêp vụ"), "10:11 QP108"),
    ("nearly a name in support", task(support="NV; Phòng Hành chính - Tông hợp"), "10:18 QP108"),
    ("both kinds", task(lead="Phòng Nghiêp vụ; Phòng Ma"), "10:11 QP108, 10:28 QP105"),
    ("twice", task(lead="Phòng Nghiêp vụ, Phòng Nghiệp vu"), "10:11 QP108, 10:28 QP108"),
    ("in a list", task(lead="[NV, Phòng Nghiêp vụ]"), "10:16 QP108"),
    # codes are never near
    ("a structured lead", task(lead="{unit: Phòng Nghiêp vụ, scope: nội dung 1}"), "10:18 QP105"),
    ("the issuer", HEAD + "  issuer: Trung tâm Trợ giúp pháp lý nhà nươc\n", "7:11 QP105"),
    ("a phrase as the issuer", HEAD + "  issuer: các cơ quan, đơn vị\n", "7:11 QP105"),
    # what needs no register
    ("an open group", task(lead="NV", support="các cơ quan, đơn vị có liên quan"), ""),
    ("a group of a unit", task(lead="Các phòng thuộc Trung tâm Trợ giúp pháp lý nhà nước"), ""),
    ("a role", task(lead="Trưởng phòng; viên chức được giao nhiệm vụ"), ""),
    ("a scope", task(lead='"NV (đối với chỉ số PAPI, PAR INDEX, SIPAS); HCTH đối với tiêu chí chung"'), ""),
    ("a remark", task(lead="NV - Cơ quan Thường trực của Hội đồng"), ""),
    ("a footnote", task(lead="NV^[Theo Quyết định số 5, của Giám đốc.]"), ""),
    ("the head of an unknown unit", task(lead="Trưởng phòng Ma"), "10:11 QP105"),
    # lines of a block
    ("the line of a block", task(lead="|\n      - NV;\n      - Phòng Ma"), "12:9 QP105"),
    ("the line after a blank one", task(lead="|\n      NV\n\n      Phòng Nghiêp vụ"), "13:7 QP108"),
    ("a block in a list", task(lead="\n      - NV\n      - |\n        HCTH\n        Phòng Ma"), "14:9 QP105"),
    (
        "two blocks in a list",
        task(support="\n      - |\n        Phòng Ma\n      - |\n        NV\n        Phòng Quỷ"),
        "12:9 QP105, 15:9 QP105",
    ),
    (
        "told once, not for every item below",
        HEAD + "tasks:\n" + item(id="A", text="a", lead="Phòng Ma") + "    activities:\n" + item(6, id="B", text="b"),
        "10:11 QP105",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_units(text: str, expected: str, tmp_path: Path) -> None:
    assert list(found(diagnose(tmp_path, {"plan.yaml": text}))) == marks(expected, "plan.yaml")


@pytest.mark.parametrize(("unit", "expected"), [("NV", []), ("Phòng Nghiệp vụ", []), ("Phòng Nghiêp vụ", ["QP105"])])
def test_the_unit_of_a_progress_file(unit: str, expected: list[str], tmp_path: Path) -> None:
    files = {"plan.yaml": task(lead="NV"), "progress.yaml": PROGRESS + f"unit: {unit}\n"}
    assert [diagnostic.code for diagnostic in diagnose(tmp_path, files)] == expected


ACTION = {"item": "MT01", "period": "2026-Q1", "cause": "Thiếu", "action": "Bổ sung", "recorded": "2026-04-14"}


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("", ""),
        ("NV", ""),
        ("Trưởng phòng Nghiệp vụ", ""),
        ("viên chức được giao nhiệm vụ", ""),
        ("Phòng Ma", "9:11 QP105"),
        ("NV; Phòng Nghiêp vụ", "9:15 QP108"),
        ("Trưởng phòng Ma và HCTH", "9:11 QP105"),
        ("|\n      - NV\n      - Phòng Ma", "11:9 QP105"),
    ],
)
def test_the_lead_of_a_corrective_action(lead: str, expected: str, tmp_path: Path) -> None:
    files = {"plan.yaml": objective(), "progress.yaml": progress("corrective_actions", {**ACTION, "lead": lead})}
    assert list(found(diagnose(tmp_path, files))) == marks(expected, "progress.yaml")


def test_the_lead_of_a_corrective_action_on_no_plan(tmp_path: Path) -> None:
    files = {"progress.yaml": progress("corrective_actions", {**ACTION, "lead": "Phòng Ma"})}
    assert [diagnostic.code for diagnostic in diagnose(tmp_path, files)] == ["QP103", "QP105"]


def test_a_near_name_is_told_with_the_right_one(tmp_path: Path) -> None:
    (diagnostic,) = diagnose(tmp_path, {"plan.yaml": task(lead="NV; Phòng Hành chính - Tông hợp (đối với PCI)")})
    assert diagnostic.severity is Severity.WARNING
    assert diagnostic.message.values == (("name", "Phòng Hành chính - Tông hợp"),)
    assert diagnostic.hint is not None
    assert diagnostic.hint.values == (("name", "Phòng Hành chính - Tổng hợp"),)


def test_a_misspelling_that_is_registered_is_none(tmp_path: Path) -> None:
    register = Register((*REGISTER.units, Unit(code="NV2", name="Phòng Nghiêp vụ")))
    assert diagnose(tmp_path, {"plan.yaml": task(lead="Phòng Nghiêp vụ")}, register=register) == ()


def test_nobody_is_near_where_no_unit_is_registered(tmp_path: Path) -> None:
    assert diagnose(tmp_path, {"plan.yaml": task(lead="Phòng Nghiêp vụ")}, register=Register()) == ()


ENDED = Register(
    (
        Unit(code="CU", name="Phòng Cũ", until=date(2026, 6, 30), succeeded_by=("MOI",)),
        Unit(code="MOI", name="Phòng Mới"),
    ),
    (Person(name="Lê Văn Hai", unit="CU"),),
)
DONE = progress("completions", {"item": "NV01", "done": "2026-09-01", "period": "2026"})
DONE_ONCE = progress("completions", {"item": "NV01", "done": "2026-03-31", "period": "2026-Q1"})
ENDINGS = [
    ("due before its last day", task(lead="CU", deadline="Quý II năm 2026"), "", ""),
    ("due later", task(lead="CU", deadline="Quý III năm 2026"), "", "10:11 QP112"),
    ("support", task(lead="MOI", support="CU", deadline="Quý III năm 2026"), "", "11:14 QP112"),
    ("a person of it", task(lead="đ/c Lê Văn Hai", deadline="Quý III năm 2026"), "", "10:11 QP112"),
    ("without a day", task(lead="CU"), "", ""),
    ("in a later plan", task(lead="CU").replace("2026", "2027"), "", "10:11 QP112"),
    ("done", task(lead="CU", deadline="Quý III năm 2026"), DONE, ""),
    ("done once of many times", task(lead="CU", deadline="Hằng quý"), DONE_ONCE, "10:11 QP112"),
    (
        "once in a plan, where it is typed",
        HEAD
        + "tasks:\n"
        + item(id="A", text="a", lead="CU", deadline="Trong năm 2026")
        + "    activities:\n"
        + item(6, id="B", text="b")
        + item(6, id="C", text="c", lead="CU"),
        "",
        "10:11 QP112",
    ),
    ("a later plan's issuer", HEAD.replace("2026", "2027") + "  issuer: CU\n", "", "7:11 QP112"),
    ("an issuer that ends in the plan's time", HEAD + "  issuer: CU\n", "", ""),
]


@pytest.mark.parametrize(("text", "record", "expected"), [row[1:] for row in ENDINGS], ids=[row[0] for row in ENDINGS])
def test_units_that_ended(text: str, record: str, expected: str, tmp_path: Path) -> None:
    files = {"plan.yaml": text} | ({"progress.yaml": record} if record else {})
    told = diagnose(tmp_path, files, register=ENDED)
    assert [entry for entry in found(told) if entry[-1] == "QP112"] == marks(expected, "plan.yaml")


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("Ông Lê Văn Hay", "Lê Văn Hai"),
        ("đ/c Lê Van Hai", "Lê Văn Hai"),
        ("Bà Trần Thị Không Có", None),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_one(lead: str, name: str | None, tmp_path: Path) -> None:
    (entry,) = (entry for entry in diagnose(tmp_path, {"plan.yaml": task(lead=lead)}, register=ENDED))
    assert entry.code == "QP105"
    assert (name or "'people'") in str(entry.hint)


def test_a_lead_that_names_only_who_supports_names_nobody(tmp_path: Path) -> None:
    wrong = objective(lead='"Phối hợp: MOI"', deadline="Quý I năm 2026")
    assert "QP402" in {entry.code for entry in diagnose(tmp_path, {"plan.yaml": wrong}, register=ENDED)}


@pytest.mark.parametrize(("ended", "told"), [(None, ["QP318"]), (date(2026, 6, 30), [])])
def test_a_unit_that_ended_is_not_asked_for_the_figures_of_later_times(
    ended: date | None, told: list[str], tmp_path: Path
) -> None:
    line = "  - {{item: MT01, period: 2026-Q{0}, value: 5, recorded: {1}-05}}\n"
    lines = [
        line.format(quarter, month)
        for quarter, month in ((1, "2026-04"), (2, "2026-07"), (3, "2026-10"), (4, "2027-01"))
    ]
    files = {
        "plan.yaml": objective(lead="A; B", target="50 lớp", deadline="Quý IV năm 2026"),
        **{f"{unit}.yaml": f"{PROGRESS}unit: {unit}\nreadings:\n" + "".join(lines[:until])
           for unit, until in (("A", 4), ("B", 2))},
    }  # fmt: skip
    register = Register((Unit(code="A", name="Phòng A"), Unit(code="B", name="Phòng B", until=ended)))
    found = [one.code for one in diagnose(tmp_path, files, register=register)]
    assert [code for code in found if code == "QP318"] == told


def test_units_that_share_a_code_are_told_of_their_code_alone(tmp_path: Path) -> None:
    register = Register(tuple(Unit(code="CL", name=name) for name in ("Phòng Một", "Phòng Hai")))
    files = {"plan.yaml": task(lead="Phòng Một", support="Phòng Hai; Phòng Ma")}
    told = [str(dict(one.message.values)["name"]) for one in diagnose(tmp_path, files, register=register)]
    assert told == ["Phòng Ma"]


@pytest.mark.parametrize(("people", "told"), [("[{name: Lê Thị Hoa, unit: P}]", ["progress.yaml"]), ("[]", [])])
def test_who_checked_an_action_is_looked_up_where_persons_are_registered(
    people: str,
    told: list[str],
    tmp_path: Path,
) -> None:
    action = "period: 2026-Q1, cause: a, action: b, done: 2026-05-01, verified_on: 2026-06-01, effective: yes"
    files = {
        "qmsplan.yaml": f"kind: workspace\nunits: [{{code: P, name: Phòng Một}}]\npeople: {people}\n",
        "plan.yaml": HEAD + "objectives:\n  - {id: A, text: a, target: 95%, lead: P, deadline: Năm 2026}\n",
        "progress.yaml": "kind: progress\nplan: KH\ncorrective_actions:\n"
        f"  - {{item: A, {action}, verified_by: Phòng Ma, recorded: 2026-04-02}}\n",
    }
    found = [one for one in diagnose(tmp_path, files) if one.code == "QP105"]
    assert [one.file for one in found] == told
