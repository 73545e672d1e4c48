"""27 tables of real plans: a small plan of each shape is rendered, and its headings and a row are read back with
python-docx. `tests/data/tables/real-tables.tsv` says where a plan holds each of their 178 columns."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import Any

import docx
from document_support import REGISTER, ROOT, rendered

from qmsplan.load.pydantic_errors import build
from qmsplan.model.plan import Plan
from rows import each_row

LEAST = 0.85
"""The share of columns that plans must hold and print."""


def _real_tables() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in (ROOT / "tests/data/tables/real-tables.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            table, column, field = line.split("\t")
            found[table].append((column, field))
    return found


TABLES = _real_tables()
VALUES = {
    "number": "7",
    "target": "≥ 95%",
    "deadline": "Quý III năm 2026",
    "frequency": "quarter",
    "weight": "20",
    "start": "Tháng 3/2026",
    "budget": "1250",
}
"""What items are given where any text would not do; `PRINTED` is how it comes out."""
PRINTED = {"frequency": "Hằng quý", "budget": "1.250", "budget:2026": "1.250", "budget-source": "Ngân sách"}
SPECIAL = {
    "(numbered)": {"table": {"numbered": "true"}},
    "(blank)": {"table": {"blank": "2"}},
    "(text)": {"text": "Đề cương báo cáo"},
}


def _column(title: str, field: str) -> dict[str, str]:
    _, _, period = field.partition("/")
    base, _, year = field.partition(":")
    held = period or (f"f{sum(map(ord, title))}" if field == "own" else base)
    return {"field": held, "title": title, **({"period": year} if year else {})}


def plan_of(columns: list[tuple[str, str]]) -> Plan:
    """A plan with one item that says something in each of the columns."""
    item: dict[str, Any] = {"id": "V1", "number": "7", "text": "Nội dung công việc"}
    own: dict[str, str] = {}
    money: dict[str, str] = {"amount": VALUES["budget"], "source": "Ngân sách", "period": "2026"}
    table: dict[str, Any] = {"kind": "indicators", "columns": []}
    annex: dict[str, Any] = {"title": "Bảng"}
    for title, field in columns:
        if field.startswith("("):
            table |= SPECIAL.get(field, {}).get("table", {})
            annex |= {"text": "Đề cương báo cáo"} if field == "(text)" else {}
            table |= {"total": "true"} if field == "(total)" else {}
            continue
        if field == "-":
            continue
        column = _column(title, field)
        table["columns"].append(column)
        name, _, period = field.partition("/")
        if period:
            item.setdefault(name, {})[period] = "40"
        elif field == "own":
            own[column["field"]] = title
            item.setdefault("fields", {})[column["field"]] = f"giá trị {title}"
        elif field.startswith("budget"):
            item["budget"] = [money]
        elif field not in {"number", "text", "group"}:
            item[field] = VALUES.get(field, f"giá trị {title}")
    if any(field == "(months)" for _, field in columns):
        table |= {"kind": "schedule"}
        item["start"] = VALUES["start"]
        table["columns"].insert(1, {"field": "months"})
    people = {"signatory": {"position": "GIÁM ĐỐC", "name": "Người ký"}}
    boxes = {"boxes": [{"label": label} for label in ("NGƯỜI LẬP", "NGƯỜI XEM XÉT", "NGƯỜI PHÊ DUYỆT")]}
    group = {"id": "G", "text": "Tên nhóm", "objectives": [item]}
    tree = {
        "kind": "plan",
        "id": "P",
        "template": "narrative-plan",
        "period": "2026",
        "fields": own,
        "head": {"type": "Kế hoạch", "issuer": "STP"},
        **people,
        **boxes,
        "annexes": [{**annex, "table": table, "groups": [group]}],
    }
    return build(Plan, tree)  # type: ignore[no-any-return]


def wanted(title: str, field: str) -> str:
    """What the cell of a column must hold."""
    if field == "group":
        return "Tên nhóm"
    if field == "text":
        return "Nội dung công việc"
    if "/" in field:
        return "40"
    return PRINTED.get(field) or VALUES.get(field) or f"giá trị {title}"


def beside(field: str, document: Any, rows: list[list[str]]) -> bool:
    """Whether what stands beside the columns is printed: totals, boxes, numbered columns, empty rows, a text."""
    texts = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return {
        "(numbered)": any(row[0] == "(1)" for row in rows),
        "(blank)": not any(rows[-1]) and not any(rows[-2]),
        "(text)": "Đề cương báo cáo" in texts,
        "(months)": sum("x" in row for row in rows) == 1 and "T7" in rows[1],
        "(total)": rows[-1][0] == "Tổng cộng" and "1.250" in rows[-1],
        "(boxes)": any("NGƯỜI PHÊ DUYỆT" in text for text in cells),
        "(signature)": any("Người ký" in text for text in cells),
    }[field]


@each_row("name", sorted(TABLES))
def test_a_table_of_this_shape_prints(name: str) -> None:
    columns = TABLES[name]
    document = docx.Document(io.BytesIO(rendered(plan_of(columns), REGISTER)))
    heads = [(title, field) for title, field in columns if field[0] not in "(-"]
    table = next(table for table in document.tables if heads[0][0] in {cell.text for cell in table.rows[0].cells})
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    texts = [wanted(*head) for head in heads]
    row = max(rows, key=lambda row: sum(text in row for text in texts))
    for (title, field), text in zip(heads, texts, strict=True):
        at = next(row.index(title) for row in rows[:2] if title in row)
        assert row[at].partition("\n")[0] == text, (title, field)
    for _, field in columns:
        assert field[0] != "(" or beside(field, document, rows), field


def test_plans_hold_most_of_the_columns() -> None:
    fields = [field for columns in TABLES.values() for _, field in columns]
    assert (len(TABLES), len(fields)) == (27, 178)
    assert sum(field != "-" for field in fields) >= len(fields) * LEAST
