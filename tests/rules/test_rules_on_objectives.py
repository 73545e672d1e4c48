"""Where the rules on targets and on ISO 9001 coverage speak, and where they are silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from texts import HEAD, item, objective
from workspace import diagnose, found, marks

if TYPE_CHECKING:
    from pathlib import Path

BARE = "objectives:\n" + item(id="MT01", text="Nâng cao chất lượng")

CASES = [
    ("a bare number", objective(target="98"), "10:13 QP301"),
    ("two bare digits after a comma", objective(target="12,55"), "10:13 QP301"),
    ("the second of a list", objective(target='[">98%", nâng cao]'), "10:22 QP301"),
    ("other words for the same", objective(text="Mức độ hài lòng đạt trên 98%"), ""),
    ("the same number, another comparison", objective(text="Mức độ hài lòng đạt 98%"), "10:13 QP302"),
    ("one of the percentages agrees", objective(text="Trên 98% hài lòng, 80% rất hài lòng"), ""),
    ("no percentage stated", objective(text="Người dân hài lòng"), ""),
    ("a target that counts", objective(text="Đạt 98%", target="ít nhất 01 lần/năm"), ""),
    ("a decimal comma", objective(text="Đạt trên 98,5%", target='">98,5%"'), ""),
    ("an objective of nothing", HEAD + BARE, "8:9 QP401, 8:9 QP402, 8:9 QP403, 8:9 QP404, 8:9 QP405"),
    ("tasks are no objectives", HEAD + "tasks:\n" + item(id="A", text="a"), ""),
    ("measures in tasks below", objective(measures="") + "    tasks:\n" + item(6, id="A", text="a"), ""),
    (
        "what the tasks below say",
        objective(lead="", deadline="", deliverables="")
        + "    tasks:\n"
        + item(6, id="A", text="a", lead="NV", deadline="Quý I", evaluation="Phiếu"),
        "",
    ),
    ("evaluation without deliverables", objective(deliverables="", evaluation="Đếm phiếu"), ""),
    ("a structured target", objective(target="{comparator: '>', value: '98'}"), ""),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_objectives(text: str, expected: str, tmp_path: Path) -> None:
    assert list(found(diagnose(tmp_path, {"plan.yaml": text}))) == marks(expected, "plan.yaml")
