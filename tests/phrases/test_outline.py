"""A plan's items in document order, with their places and what they inherit."""

from __future__ import annotations

from typing import Any

from qmsplan.diagnostics import UserError
from qmsplan.load.pydantic_errors import build
from qmsplan.model.plan import Plan
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.target import Target
from rows import each_row

HEAD = {"type": "KẾ HOẠCH"}


def _plan(**fields: Any) -> Plan:
    found = build(Plan, {"kind": "plan", "id": "P", "template": "t", "period": "2026", "head": HEAD, **fields})
    assert isinstance(found, Plan)
    return found


def _item(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "text": name, **fields}


def _by_id(plan: Plan) -> dict[str, Node]:
    return {node.item.id: node for node in outline(plan)}


def _phrase(node: Node) -> str | None:
    return node.deadline.phrase if isinstance(node.deadline, Deadline) else None


WHOLE = _plan(
    groups=[_item("G", objectives=[_item("G.O", tasks=[_item("G.O.T", activities=[_item("G.O.T.A")])])])],
    objectives=[_item("O1"), _item("O2", activities=[_item("O2.A")], tasks=[_item("O2.T")])],
    tasks=[_item("T")],
    activities=[_item("A")],
    sections=[
        {"title": "I", "sections": [{"title": "1", "tasks": [_item("S.S.T")]}], "tasks": [_item("S.T")]},
        {"title": "II", "objectives": [_item("S2.O")]},
    ],
    annexes=[
        {"title": "PL", "groups": [_item("X.G", tasks=[_item("X.G.T")])]},
        {"title": "PL2", "tasks": [_item("Y.T")]},
    ],
)


def test_a_target_that_says_too_little_is_read_with_its_unit() -> None:
    node = _by_id(_plan(objectives=[_item("A", target="không quá 8", unit="ngày làm việc")]))["A"]
    (target,) = node.targets
    assert isinstance(target, Target)
    assert (target.value, target.unit) == (8, "ngày làm việc")


def test_items_stand_in_document_order() -> None:
    assert [node.item.id for node in outline(WHOLE)] == [
        *("G", "G.O", "G.O.T", "G.O.T.A", "O1", "O2", "O2.T", "O2.A", "T", "A"),
        *("S.T", "S.S.T", "S2.O"),
        *("X.G", "X.G.T", "Y.T"),
    ]


@each_row(
    ("name", "path"),
    [
        ("G", ("groups", 0)),
        ("G.O.T.A", ("groups", 0, "objectives", 0, "tasks", 0, "activities", 0)),
        ("O2", ("objectives", 1)),
        ("O2.A", ("objectives", 1, "activities", 0)),
        ("S.S.T", ("sections", 0, "sections", 0, "tasks", 0)),
        ("S2.O", ("sections", 1, "objectives", 0)),
        ("X.G.T", ("annexes", 0, "groups", 0, "tasks", 0)),
        ("Y.T", ("annexes", 1, "tasks", 0)),
    ],
)
def test_a_path_leads_to_the_item(name: str, path: tuple[str | int, ...]) -> None:
    assert _by_id(WHOLE)[name].path == path


def test_every_path_leads_to_its_own_item() -> None:
    for node in outline(WHOLE):
        place: Any = WHOLE
        for step in node.path:
            place = place[step] if isinstance(step, int) else getattr(place, step)
        assert place is node.item


@each_row(
    ("name", "kind", "is_leaf", "depth", "parent"),
    [
        ("G", "group", False, 0, None),
        ("G.O", "objective", False, 1, "G"),
        ("G.O.T", "task", False, 2, "G.O"),
        ("G.O.T.A", "activity", True, 3, "G.O.T"),
        ("O1", "objective", True, 0, None),
        ("S.S.T", "task", True, 0, None),
        ("X.G.T", "task", True, 1, "X.G"),
    ],
)
def test_the_place_of_an_item(name: str, kind: str, is_leaf: bool, depth: int, parent: str | None) -> None:  # noqa: FBT001
    node = _by_id(WHOLE)[name]
    assert (node.kind, node.is_leaf, node.depth) == (kind, is_leaf, depth)
    assert (node.parent.item.id if node.parent else None) == parent
    assert node.is_objective == (kind == "objective")


def test_a_deadline_is_inherited_until_an_item_has_its_own() -> None:
    nodes = _by_id(
        _plan(
            objectives=[
                _item(
                    "O",
                    deadline="Quý I năm 2026",
                    tasks=[
                        _item("O.T", activities=[_item("O.T.A"), _item("O.T.B", deadline="Thường xuyên")]),
                        _item("O.U"),
                    ],
                )
            ],
            tasks=[_item("T")],
        )
    )
    assert [_phrase(nodes[name]) for name in ("O", "O.T", "O.T.A", "O.T.B", "O.U", "T")] == [
        *("Quý I năm 2026", "Quý I năm 2026", "Quý I năm 2026", "Thường xuyên", "Quý I năm 2026", None)
    ]


def test_those_who_lead_are_inherited_and_those_who_help_are_not() -> None:
    nodes = _by_id(
        _plan(
            tasks=[
                _item(
                    "T",
                    lead="Phòng Nghiệp vụ",
                    support="Văn phòng",
                    activities=[_item("T.A"), _item("T.B", lead=["X", {"unit": "Y", "scope": "tiêu chí chung"}])],
                )
            ]
        )
    )
    assert nodes["T.A"].lead == ("Phòng Nghiệp vụ",)
    assert nodes["T.A"].item.support == ()
    assert [entry if isinstance(entry, str) else entry.unit for entry in nodes["T.B"].lead] == ["X", "Y"]


def test_targets_are_not_inherited() -> None:
    nodes = _by_id(
        _plan(objectives=[_item("O", target=["75% đơn vị; 50% phòng", "mức độ 3", ">98%"], tasks=[_item("O.T")])])
    )
    one, other, refused, last = nodes["O"].targets
    assert [isinstance(target, Target) for target in (one, other, refused, last)] == [True, True, False, True]
    assert isinstance(refused, UserError)
    assert [nodes["O"].typed_at(index) for index in range(4)] == [0, 0, 1, 2]
    assert nodes["O.T"].targets == ()


def test_a_deadline_that_is_not_understood_is_inherited_as_a_fault() -> None:
    nodes = _by_id(_plan(tasks=[_item("T", deadline="kịp thời", activities=[_item("T.A")])]))
    assert isinstance(nodes["T"].deadline, UserError)
    assert nodes["T.A"].deadline is nodes["T"].deadline


def test_structured_deadlines_and_targets() -> None:
    target = {"comparator": ">", "value": "98"}
    nodes = _by_id(_plan(objectives=[_item("O", deadline={"due": "30/6/2026"}, target=[target])]))
    deadline = nodes["O"].deadline
    assert isinstance(deadline, Deadline)
    assert [str(occurrence.due) for occurrence in deadline.occurrences] == ["2026-06-30"]
    assert isinstance(nodes["O"].targets[0], Target)


def test_a_form_without_period_has_no_deadlines() -> None:
    tasks = [_item("T", deadline="Trong năm")]
    plan = build(Plan, {"kind": "plan", "id": "P", "template": "t", "form": "true", "head": HEAD, "tasks": tasks})
    assert _by_id(plan)["T"].deadline is None


def test_deadlines_unfold_over_the_period_of_the_plan() -> None:
    deadline = _by_id(_plan(period="2026-2028", tasks=[_item("T", deadline="Hàng năm")]))["T"].deadline
    assert isinstance(deadline, Deadline)
    assert [occurrence.period.code for occurrence in deadline.occurrences] == ["2026", "2027", "2028"]


def test_a_plan_without_items_has_an_empty_outline() -> None:
    assert outline(_plan(sections=[{"title": "I", "text": "a\nb"}])) == ()
