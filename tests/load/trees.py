"""Valid trees of each kind of file, and ways to spoil them: what YAML text can become before a schema sees it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from qmsplan.diagnostics import Path

ITEM = {
    "id": "MT01",
    "number": "01",
    "text": "Mức độ hài lòng đạt >98%",
    "target": [">98%", {"comparator": ">=", "value": "98,5", "unit": "%", "commitment": "true"}],
    "measures": "- Một\n- Hai\n",
    "lead": ["NV", {"unit": "HCTH", "scope": "nội dung 1"}],
    "support": "TGPL",
    "deadline": {"text": "Hàng quý", "every": "quarter"},
    "deliverables": ["Báo cáo"],
    "refs": ["KH/MT02"],
    "implements": "KH-TREN/MT01",
    "supports": ["KH-TREN/MT02", "KH-TREN"],
    "clauses": "9.2",
    "weight": "2",
    "tasks": [{"id": "NV01", "text": "Việc", "deadline": "Quý I", "activities": [{"id": "HD01", "text": "Hoạt động"}]}],
}
SEAL = "qmsplan-1:sha256:0123456789abcdef"
PLAN = {
    "kind": "plan",
    "id": "KH",
    "template": "work-plan",
    "period": "2026-2030",
    "form": "false",
    "standard": "iso9001-2015",
    "implements": "KH-TREN",
    "policy": "Chính sách chất lượng số 01",
    "head": {"type": "Kế hoạch", "issuer": "TGPL", "title": "Một\nhai", "symbol": "KH-TGPL"},
    "basis": ["Luật Trợ giúp pháp lý"],
    "sections": [{"number": "I", "title": "MỤC ĐÍCH", "sections": [{"text": "- Một\n+ Hai"}], "tasks": [ITEM]}],
    "groups": [{"id": "A", "text": "Nhóm", "objectives": [ITEM]}],
    "events": [{"id": "SK", "text": "Ban hành"}],
    "signatory": {"position": "GIÁM ĐỐC", "name": "Nguyễn Văn A"},
    "reviewed": [{"name": "B", "position": "PHÓ GIÁM ĐỐC", "date": "2026-01-29", "digest": SEAL}],
    "earlier": [{"number": "04/KH-TGPL", "date": "2026-01-05", "digest": SEAL, "reason": "Sai sót"}],
    "signoff": {"number": "05/KH-TGPL", "date": "2026-01-30", "signer": "A", "digest": SEAL, "parts": ["/:abcd"]},
    "annexes": [{"title": "Phụ lục", "head": "có", "tasks": [ITEM]}],
}
PROGRESS = {
    "kind": "progress",
    "plan": "KH",
    "unit": "NV",
    "readings": [
        {"item": "MT01", "period": "2026-Q1", "numerator": "9", "denominator": "10", "recorded": "14/4/2026"},
        {"item": "MT02", "period": "2026", "value": "98,7%", "recorded": "2026-04-14", "files": ["a.pdf", "b.pdf"]},
    ],
    "completions": [{"item": "NV01", "done": "2026-02-09", "evidence": "Biên bản", "files": "a.pdf"}],
    "events": [{"event": "SK", "date": "2026-02-09"}],
    "corrective_actions": [
        {
            "item": "MT01",
            "period": "2026-Q1",
            "cause": "a",
            "action": "b",
            "due": "2026-05-01",
            "recorded": "2026-04-16",
        }
    ],
}
SETTINGS = {
    "kind": "workspace",
    "language": "vi",
    "rules": {"no-lead": "off", "QP405": "error"},
    "units": [{"code": "NV", "name": "Phòng Nghiệp vụ", "parent": "TGPL", "aliases": ["Nghiệp vụ"]}],
}

TEXTS = [
    "", " ", "x", "MT01", "Đ1", "yes", "true", "false", "có", "012", "2026", "2026-Q1", "2026-02-30",
    "30/6/2026", "98,5", "1.000", ".nan", "-1", "0", "quarter", "week", ">=", "plan", "work-plan", "vi",
    "một\nhai", "\n", "off", "warning", "a" * 70,
    "٠٠٠٠", "0000", "0000-0000", "0001-9999", "§text", "§form", "$ref", "__class__",
]  # fmt: skip
FIELDS = sorted(
    {"kind", "bogus", "§form", "self", "args", *PLAN, *PROGRESS, *SETTINGS, *ITEM, "unit", "scope", "every", "due"}
)

values = st.recursive(
    st.sampled_from(TEXTS),
    lambda inner: (
        st.lists(st.one_of(inner, st.none()), max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=3)
        | st.sampled_from([ITEM, PLAN["head"]])
    ),
    max_leaves=6,
)
"""Text, lists that may hold nulls, mappings that hold none: `read_yaml` makes no others."""

changes = st.tuples(
    st.sampled_from(["replace", "remove", "add", "wrap", "unwrap"]),
    st.integers(0, 10_000),
    st.sampled_from(FIELDS),
    values,
)


def mutants(tree: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A valid tree with none to three changes."""
    wanted = st.one_of(st.lists(changes, max_size=1), st.lists(changes, max_size=3))
    return wanted.map(lambda made: _changed(tree, made))


def _changed(tree: dict[str, Any], wanted: list[tuple[str, int, str, Any]]) -> dict[str, Any]:
    result = copy.deepcopy(tree)
    for how, where, field, value in wanted:
        places = list(paths(result))
        path = places[where % len(places)]
        _change(result, path, how, field, copy.deepcopy(value))
    return result


def _change(tree: Any, path: Path, how: str, field: str, value: Any) -> None:
    if not path:
        tree[field] = value
        return
    for part in path[:-1]:
        tree = tree[part]
    last: Any = path[-1]
    current = tree[last]
    if how == "remove":
        del tree[last]
    elif how == "wrap":
        tree[last] = [current]
    elif how == "unwrap" and isinstance(current, list) and current and current[0] is not None:
        tree[last] = current[0]
    elif how == "add" and isinstance(current, dict):
        current[field] = value
    elif how == "add" and isinstance(current, list):
        current.append(value)
    else:
        tree[last] = value


def paths(tree: Any, path: Path = ()) -> Iterator[Path]:
    """All places of a tree."""
    yield path
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from paths(value, (*path, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from paths(value, (*path, index))
