"""Small plans, random plans, and changes applied by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from qmsplan.diff.changes import CHILDREN, ROOT, Change, ChangeKind, Key, plan_parts
from qmsplan.diff.plans import changes_between, without_parts
from qmsplan.load.pydantic_errors import build
from qmsplan.model.plan import Plan
from values import replace


def plan_of(**fields: Any) -> Plan:
    """A plan with these fields."""
    known = {"kind": "plan", "id": "P", "template": "t", "period": "2026", "head": {"type": "KẾ HOẠCH"}}
    found = build(Plan, known | fields)
    assert isinstance(found, Plan)
    return found


def objective(name: str = "MT01", **fields: Any) -> dict[str, Any]:
    return {"id": name, "text": name, **fields}


def only_change(old: Plan, new: Plan) -> Change:
    (change,) = changes_between(old, new)
    return change


class Standing:
    """A plan in parts that changes are applied to, with nothing of the other version but what the changes say."""

    def __init__(self, old: Plan, new: Plan) -> None:
        parts = plan_parts(old, new)[0]
        self.values: dict[Key, Any] = {key: without_parts(part.value) for key, part in parts.items()}
        self.lists: dict[tuple[Key, str], list[Key]] = {
            (key, name): list(keys) for key, part in parts.items() for name, keys in part.children.items()
        }

    def apply(self, changes: Iterable[Change]) -> Plan:
        found = list(changes)
        for change in found:
            if change.kind is ChangeKind.REMOVED:
                self.take_out(change.where.key)
                del self.values[change.where.key]
            elif change.kind is ChangeKind.MOVED:
                self.take_out(change.where.key)
            elif change.kind is ChangeKind.ADDED:
                self.values[change.where.key] = change.new
            else:
                key = change.where.key
                self.values[key] = _with(self.values[key], change.field, change.new)
        waiting = [change for change in found if change.kind in {ChangeKind.ADDED, ChangeKind.MOVED}]
        while waiting:
            left = [change for change in waiting if not self.put_in(change)]
            assert len(left) < len(waiting)
            waiting = left
        return self.whole(ROOT)

    def take_out(self, key: Key) -> None:
        for keys in self.lists.values():
            if key in keys:
                keys.remove(key)

    def put_in(self, change: Change) -> bool:
        place: Any = change.place if change.kind is ChangeKind.ADDED else change.new
        keys = self.lists.setdefault((place.parent.key, place.field), [])
        if place.after and place.after.key not in keys:
            return False
        keys.insert(keys.index(place.after.key) + 1 if place.after else 0, change.where.key)
        return True

    def whole(self, key: Key) -> Any:
        value = self.values[key]
        held: dict[str, Any] = {
            name: tuple(self.whole(child) for child in self.lists.get((key, name), ()))
            for name in CHILDREN
            if hasattr(value, name)
        }
        return replace(value, **held)


def _with(value: Any, field: tuple[str, ...], new: object) -> Any:
    name, *rest = field
    if name in {"plan", "horizons"}:  # a value for each of several periods
        values = dict(getattr(value, name) or {}) | {rest[0]: new}
        return replace(value, **{name: {code: held for code, held in values.items() if held is not None} or None})
    return replace(value, **{name: _with(getattr(value, name), tuple(rest), new) if rest else new})


TARGETS = [">98%", "100%", "không quá 12 vụ", "dưới 5%", "nâng cao", {"comparator": ">=", "value": "3", "unit": "vụ"}]
DEADLINES = ["Quý I năm 2026", "Trong năm", "Hàng quý", "Thường xuyên", "kịp thời", {"due": "2026-06-30"}]
BY_PERIOD: list[dict[str, Any]] = [
    {},
    {"plan": {"2026-Q1": "2"}},
    {"plan": {"2026-Q1": "3", "2026-Q2": "2"}, "horizons": {"2030": "100%"}},
]
IDS = ["A", "B", "C", "D", "E"]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans that have much in common: few ids, few titles, few values."""

    def item(depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {"id": draw(st.sampled_from(IDS)), "text": draw(st.sampled_from(["x", "y", "x\ny"]))}
        if draw(st.booleans()):
            found["target"] = draw(st.lists(st.sampled_from(TARGETS), max_size=2))
        found |= draw(st.sampled_from(BY_PERIOD))
        if draw(st.booleans()):
            found["deadline"] = draw(st.sampled_from(DEADLINES))
        if draw(st.booleans()):
            found["lead"] = draw(st.sampled_from(["NV", {"unit": "NV", "scope": "một"}]))
        if depth and draw(st.booleans()):
            found["activities"] = items(depth - 1)
        return found

    def items(depth: int) -> list[dict[str, Any]]:
        return [item(depth) for _ in range(draw(st.integers(0, 3)))]

    def sections(depth: int) -> list[dict[str, Any]]:
        return [
            {
                "title": draw(st.sampled_from(["", "Một", "Hai"])),
                "number": draw(st.sampled_from(["I", "II"])),
                "text": draw(st.sampled_from(["", "x"])),
                "tasks": items(0),
                "sections": sections(depth - 1) if depth else [],
            }
            for _ in range(draw(st.integers(0, 2)))
        ]

    fields: dict[str, Any] = {
        "objectives": items(1),
        "groups": items(1),
        "sections": sections(1),
        "annexes": [{"title": title} for title in draw(st.lists(st.sampled_from(["Một", "Hai"]), max_size=2))],
        "events": [{"id": name, "text": name} for name in draw(st.lists(st.sampled_from(IDS), max_size=2))],
        "head": {"type": "KẾ HOẠCH", "title": draw(st.sampled_from(["", "Một"]))},
        "basis": draw(st.sampled_from(["", "Luật"])),
        "period": draw(st.sampled_from(["2026", "2026-2027"])),
    }
    if draw(st.booleans()):
        fields["signatory"] = {"position": draw(st.sampled_from(["", "GIÁM ĐỐC"]))}
    if draw(st.booleans()):
        fields["signoff"] = {"number": draw(st.sampled_from(["1", "2"])), "date": "2026-01-05"}
    return plan_of(**fields)
