"""The cascade for people and for programs."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from typing import Any

from output_samples import HOSTILE, InEnglish

from qmsplan.load.pydantic_errors import build
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.output.cascade import cascade_json, write_cascade
from qmsplan.output.status import StatusView
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.cascade import Cascade, cascade
from qmsplan.progress.plan import PlanProgress, plan_progress
from rows import each_row

AS_OF = date(2026, 12, 31)


def plan_as_of(name: str, objectives: list[dict[str, Any]], *readings: dict[str, Any], **more: Any) -> PlanProgress:
    """A plan with its readings."""
    head = {"kind": "plan", "id": name, "template": "t", "period": "2026", "head": {"type": "KH"}}
    plan = build(Plan, {**head, "objectives": objectives, **more})
    recorded = [{"recorded": "2026-10-14", "period": "2026-Q3", **reading} for reading in readings]
    progress = build(Progress, {"kind": "progress", "plan": name, "readings": recorded})
    return plan_progress(plan, outline(plan), [progress], AS_OF)


def sample(text: str = "Mức độ hài lòng") -> Cascade:
    """Two units below one plan: both promise less, one is silent; objectives nobody carries out; a wrong reference."""
    deadline = {"deadline": "Trong năm"}
    top = plan_as_of(
        "P",
        [
            {"id": "O", "text": [text], "target": ">98%", **deadline},
            {"id": "N", "text": "Số vụ", "target": ["ít nhất 12 vụ", "100%"], **deadline},
            {"id": "V", "text": "Cải tiến", **deadline},
        ],
        {"item": "O", "numerator": "9", "denominator": "10"},
    )
    below = plan_as_of(
        "A",
        [
            {"id": "O", "text": "a", "target": "97%", "implements": "P/O", **deadline},
            {"id": "S", "text": "a", "target": "97%", "supports": "P/O", **deadline},
            {"id": "X", "text": "a", "target": "97%", **deadline},
        ],
        {"item": "O", "numerator": "8", "denominator": "10"},
        implements=["P", "Q"],
    )
    other = plan_as_of(
        "B",
        [
            {"id": "N", "text": "a", "target": "ít nhất 5 vụ", "implements": "P/N", **deadline},
            {"id": "V", "text": "a", "implements": "P/V", **deadline},
            {"id": "O", "text": "a", "target": ">98%", "implements": "A/O", **deadline},
        ],
        {"item": "O", "numerator": "7", "denominator": "7"},
    )
    return cascade([top, below, other], parse_period("2026"), AS_OF)


def text_of(found: Cascade, width: int = 120, language: str = "en", title: str = "KẾ HOẠCH") -> str:
    """The cascade as people see it."""
    return write_cascade(found, StatusView(InEnglish(language), width, colours=False, titles={"P": title}))


def lines_of(found: Cascade) -> list[str]:
    return [" ".join(line.split()) for line in text_of(found, 200).splitlines()]


def test_what_people_see() -> None:
    found = lines_of(sample())
    assert found[0] == "Plans of units beside those above them, 2026, as of 2026-12-31"
    start = found.index("O Mức độ hài lòng 90% (9/10) under way")
    assert found[start : start + 6] == [
        "O Mức độ hài lòng 90% (9/10) under way",
        "the units together (1) 80% (8/10) under way",
        "differs",
        "A/O 80% (8/10) under way",
        "B/O 100% (7/7) under way",
        "not added",
    ]
    assert "supported by A/S" in found
    assert "N Số vụ" in found
    assert "ít nhất 12 vụ – under way" in found
    assert "B/N no data" in found
    assert "V Cải tiến – not measurable" in found


def test_what_is_not_as_it_should_be_is_listed() -> None:
    found = lines_of(sample())
    totals = "6 objectives · 4 carried out · 2 by nobody · 2 targets asking for less than above · 2 differing results"
    assert totals in found
    assert found[found.index("Nobody carries these out") :][:3] == ["Nobody carries these out", "A/S", "A/X"]
    assert found[found.index("These carry out nothing of the plan above") + 1] == "A/X"
    assert found[found.index("These references lead nowhere") + 1] == "A → Q"
    below = found[found.index("Targets asking for less than above") + 1 :][:2]
    assert below == ["A/O: 97%; above, P/O: >98%", "B/N: ít nhất 5 vụ; above, P/N: ít nhất 12 vụ"]


def test_counts_of_several_units_promise_together() -> None:
    deadline, count = {"deadline": "Trong năm"}, "ít nhất 12 vụ"
    top = plan_as_of("P", [{"id": "O", "text": "a", "target": count, **deadline}])
    units = [
        plan_as_of(name, [{"id": "O", "text": "a", "target": "ít nhất 5 vụ", "implements": "P/O", **deadline}])
        for name in "AB"
    ]
    found = lines_of(cascade([top, *units], parse_period("2026"), AS_OF))
    assert found[-1] == "A/O, B/O together: 10 vụ; above, P/O: ít nhất 12 vụ"


def test_vietnamese_days_periods_and_commas() -> None:
    found = text_of(sample(), language="vi")
    assert "Plans of units beside those above them, năm 2026, as of 31/12/2026" in found


@each_row("width", [60, 80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert max(len(line.rstrip()) for line in text_of(sample(), width).splitlines()) <= width


def test_the_words_of_an_objective_hang_below_each_other() -> None:
    found = text_of(sample("Mức độ hài lòng của người dân đối với sự phục vụ"), 60).splitlines()
    at = next(number for number, line in enumerate(found) if line.startswith("O  Mức độ"))
    assert found[at + 1].startswith("   ")
    assert found[at + 1][3] != " "


@each_row("text", HOSTILE)
def test_hostile_text_is_not_obeyed(text: str) -> None:
    found = text_of(sample(text), title=text)
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in found.replace("\n", ""))
    assert "\u202e" not in found


def test_what_programs_read() -> None:
    found = json.loads(cascade_json(sample()))
    assert found["version"] == 2
    assert (found["period"], found["as_of"]) == ("2026", "2026-12-31")
    assert found["totals"] == {"objectives": 6, "covered": 4, "uncovered": 2, "conflicts": 2, "differing": 2}
    assert (found["uncovered"], found["unlinked"]) == (["A/S", "A/X"], ["A/X"])
    assert found["dangling"] == [{"plan": "A", "item": "", "ref": "Q"}]
    branch = next(entry for entry in found["branches"] if (entry["plan"], entry["item"]) == ("P", "O"))
    assert (branch["carriers"], branch["supporters"], branch["covered"]) == (["A/O"], ["A/S"], True)
    (target,) = branch["targets"]
    assert (target["target"], target["agrees"], target["missing"]) == (">98%", False, [])
    assert (target["own"]["numerator"], target["rolled_up"]["numerator"]) == (9, 8)
    assert [(part["item"], part["added"]) for part in target["parts"]] == [("A/O", True), ("B/O", False)]
    conflict = {"items": ["A/O"], "target": "97%", "value": "97", "above": "98", "period": "2026"}
    assert target["conflicts"] == [conflict]


def test_nothing_to_show() -> None:
    found = cascade([], parse_period("2026"), AS_OF)
    assert json.loads(cascade_json(found))["branches"] == []
    assert "0 objectives" in text_of(found)
