"""Where the rules on ids, units, templates and numbers speak, and where they are silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import HEAD, item, task
from workspace import diagnose, found, marks

from qmsplan.phrases.people import Register

CASES = [
    (
        "an id in another list",
        HEAD + "groups:\n" + item(id="A", text="a") + "tasks:\n" + item(id="A", text="b"),
        "11:9 QP101",
    ),
    (
        "an id below itself",
        HEAD + "tasks:\n" + item(id="A", text="a") + "    activities:\n" + item(6, id="A", text="b"),
        "11:13 QP101",
    ),
    (
        "an id of an annex",
        HEAD + "annexes:\n" + item(title="a") + "    tasks:\n" + item(6, id="A", text="a") + item(6, id="A", text="b"),
        "12:13 QP101",
    ),
    ("the same id thrice", HEAD + "tasks:\n" + item(id="A", text="a") * 3, "10:9 QP101, 12:9 QP101"),
    ("ids in another case", HEAD + "tasks:\n" + item(id="A", text="a") + item(id="a", text="a"), "10:9 QP114"),
    (
        "one number twice",
        HEAD + "tasks:\n" + item(id="A", number="1", text="a") + item(id="B", number="1.", text="b"),
        "12:13 QP116",
    ),
    (
        "a dash is no number",
        HEAD + "tasks:\n" + item(id="A", number='"-"', text="a") + item(id="B", number='"-"', text="b"),
        "",
    ),
    (
        "one number in two lists",
        HEAD + "groups:\n" + item(id="A", number="1", text="a") + "tasks:\n" + item(id="B", number="1", text="b"),
        "",
    ),
    ("nothing to say", task(text=""), "8:9 QP109"),
    ("blank lines say nothing", task(text='"  "'), "8:9 QP109"),
    ("an item above others says nothing", task(text="") + "    activities:\n" + item(6, id="A", text="a"), ""),
    ("a group of nothing", HEAD + "groups:\n" + item(id="I", number="I"), "8:9 QP109"),
    ("a code", task(lead="NV"), ""),
    ("a name in other case", task(lead="phòng nghiệp vụ"), ""),
    ("a name that holds a dash", task(lead="Phòng Hành chính – Tổng hợp và Phòng Nghiệp vụ"), ""),
    ("one of three", task(lead="NV, Phòng Ma; HCTH"), "10:15 QP105"),
    ("a list", task(lead="[NV, Phòng Ma]"), "10:16 QP105"),
    ("support", task(support="Phòng Ma"), "10:14 QP105"),
    ("a structured lead", task(lead="{unit: Phòng Ma, scope: nội dung 1}"), "10:18 QP105"),
    ("a structured lead that is known", task(lead="{unit: NV, scope: nội dung 1}"), ""),
    ("the issuer", HEAD + "  issuer: STP\n", "7:11 QP105"),
    ("both leads unknown", task(lead="Phòng Ma và Phòng Quỷ"), "10:11 QP105, 10:23 QP105"),
    ("an example's name as template", HEAD.replace("work-plan", "kpi"), "3:11 QP602"),
    ("an example's name that is no table's", HEAD.replace("work-plan", "measured-objectives"), "3:11 QP602"),
    ("a template of nowhere", HEAD.replace("work-plan", "work_plan"), "3:11 QP602"),
    ("a draft has no number", HEAD + "  symbol: KH-TGPL\n", ""),
    ("a number with its year", HEAD + "signoff:\n  number: 05/2026/KH-TGPL\n  date: 2026-01-30\n", ""),
    ("an unpadded number", HEAD + "signoff:\n  number: 5/KH-TGPL\n  date: 2026-01-30\n", "8:11 QP601"),
    ("number nought", HEAD + "signoff:\n  number: 00/KH-TGPL\n  date: 2026-01-30\n", "8:11 QP601"),
    (
        "another symbol than the head's",
        HEAD + "  symbol: KH-TGPL\nsignoff:\n  number: 05/BC-TGPL\n  date: 2026-01-30\n",
        "9:14 QP601",
    ),
    (
        "Đ in a symbol",
        HEAD.replace("Kế hoạch", "Quyết định")
        + "  symbol: QĐ-UBND\nsignoff:\n  number: 122/QĐ-UBND\n  date: 2026-01-30\n",
        "",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_names(text: str, expected: str, tmp_path: Path) -> None:
    diagnostics = [d for d in diagnose(tmp_path, {"plan.yaml": text}) if d.code != "QP805"]  # none of these is sealed
    assert list(found(diagnostics)) == marks(expected, "plan.yaml")


def test_nobody_is_unknown_where_no_unit_is_registered(tmp_path: Path) -> None:
    assert diagnose(tmp_path, {"plan.yaml": task(lead="Phòng Ma")}, register=Register()) == ()


def test_a_double_tells_where_the_first_one_stands(tmp_path: Path) -> None:
    text = HEAD + "tasks:\n" + item(id="A", text="a") + item(id="A", text="b")
    (diagnostic,) = diagnose(tmp_path, {"plan.yaml": text})
    (first,) = diagnostic.related
    assert (first.file, first.span[:2]) == ("plan.yaml", (8, 9))
    assert first.message.template == "first used here"


def test_a_second_plan_tells_where_the_first_one_stands(tmp_path: Path) -> None:
    (diagnostic,) = diagnose(tmp_path, {"a.yaml": HEAD, "b.yaml": HEAD})
    (first,) = diagnostic.related
    assert (diagnostic.file, first.file, first.span[:2]) == ("b.yaml", "a.yaml", (2, 5))
