"""Short plans and progress files to build tests from; what a test is about stands in the test."""

from __future__ import annotations

HEAD = "kind: plan\nid: KH\ntemplate: work-plan\nperiod: 2026\nhead:\n  type: Kế hoạch\n"
"""Lines 1 to 6 of a plan without items."""

OBJECTIVE = {
    "id": "MT01",
    "text": "Mức độ hài lòng đạt >98%",
    "target": '">98%"',
    "measures": "Lấy phiếu đánh giá",
    "lead": "NV",
    "deadline": "Trong năm 2026",
    "deliverables": "Báo cáo hằng quý",
}
"""An objective that lacks nothing."""

PROGRESS = "kind: progress\nplan: KH\n"
"""Lines 1 and 2 of a progress file."""


def item(indent: int = 2, **fields: str) -> str:
    """An entry of a list in block style; a field that is empty is left out."""
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    margin = " " * indent
    return f"{margin}- " + f"\n{margin}  ".join(lines) + "\n"


def objective(**changes: str) -> str:
    """A plan with one objective, from line 8 on; changed fields stay in their places."""
    return HEAD + "objectives:\n" + item(**(OBJECTIVE | changes))


def task(**fields: str) -> str:
    """A plan with one task, from line 8 on: id, text, then the fields."""
    return HEAD + "tasks:\n" + item(**({"id": "NV01", "text": "Tổng kết công tác năm"} | fields))


def progress(name: str, *entries: dict[str, str]) -> str:
    """A progress file with one list; its first entry starts on line 4."""
    return PROGRESS + f"{name}:\n" + "".join(item(**entry) for entry in entries)


def reading(**changes: str) -> str:
    """A progress file with one reading of MT01."""
    fields = {"item": "MT01", "period": "2026-Q1", "numerator": "99", "denominator": "100", "recorded": "2026-04-14"}
    return progress("readings", fields | changes)


def completion(**changes: str) -> str:
    """A progress file with one completion of NV01; its evidence stands last."""
    given = {"item": "NV01", "done": "2026-04-14"} | changes
    return progress("completions", given | {"evidence": changes.get("evidence", "Sổ theo dõi")})
