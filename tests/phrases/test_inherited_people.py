"""Lead and support are inherited downward, each on its own."""

from __future__ import annotations

from typing import Any

from qmsplan.load.pydantic_errors import build
from qmsplan.model.plan import Plan
from qmsplan.model.structured import Assignment
from qmsplan.phrases.item_tree import outline


def _people(*groups: dict[str, Any]) -> dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]]:
    tree = {"kind": "plan", "id": "P", "template": "t", "period": "2026", "head": {"type": "Kế hoạch"}}
    plan = build(Plan, {**tree, "groups": list(groups)})
    assert isinstance(plan, Plan)
    return {node.item.id: (node.lead, node.support) for node in outline(plan)}


def _item(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "text": name, **fields}


def test_lead_and_support_are_inherited_apart() -> None:
    own_lead = _item("B", lead="NV", activities=[_item("C")])
    own_support = _item("D", support=["HC", "TT"], activities=[_item("E", lead="TT")])
    found = _people(_item("A", lead="VP", support="SNV", tasks=[own_lead, own_support]))
    assert found == {
        "A": (("VP",), ("SNV",)),
        "B": (("NV",), ("SNV",)),
        "C": (("NV",), ("SNV",)),
        "D": (("VP",), ("HC", "TT")),
        "E": (("TT",), ("HC", "TT")),
    }


def test_nobody_is_inherited_from_nobody_or_from_a_neighbour() -> None:
    found = _people(_item("A", tasks=[_item("B", support="SNV"), _item("C")]))
    assert found == {"A": ((), ()), "B": ((), ("SNV",)), "C": ((), ())}


def test_structured_people_are_inherited_as_they_are() -> None:
    found = _people(_item("A", support={"unit": "VP", "scope": "PCI"}, tasks=[_item("B")]))
    assert found["B"] == ((), (Assignment(unit="VP", scope="PCI"),))
