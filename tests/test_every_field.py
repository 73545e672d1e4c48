"""No documented field may crash a command: plans, records and settings with a value in every field of the schema, and
every command run over them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from qmsplan.cli.app import run
from qmsplan.diagnostics import Translator
from qmsplan.load.schema import json_schema

DIGEST = "qmsplan-1:sha256:" + "0" * 64
REPEATED = {"groups", "objectives", "tasks", "activities", "sections"}
"""Fields of a class that may hold the class itself: they are filled down to the second level."""

VALUES: dict[tuple[str, str], Any] = {
    ("Item", "deadline"): "Quý III năm 2026",
    ("Item", "lead"): "Phòng Nghiệp vụ",
    ("Item", "support"): "Phòng Tổng hợp",
    ("Item", "target"): "từ 95% trở lên",
    ("Item", "refs"): "CU",
    ("Item", "implements"): "CU/V1",
    ("Item", "supports"): "CU/V1",
    ("Item", "clauses"): "9.1",
    ("Assignment", "unit"): "NV",
    ("DeadlineForm", "due"): "2026-09-30",
    ("DeadlineForm", "every"): None,  # the others each exclude it
    ("DeadlineForm", "event"): None,
    ("DeadlineForm", "continuous"): None,
    ("TargetForm", "comparator"): "between",
    ("TargetForm", "value"): 95,
    ("TargetForm", "upper"): 100,
    ("TargetForm", "baseline"): None,  # a baseline is only for changes
    ("TargetForm", "points"): None,
    ("Plan", "implements"): "CU",
    ("Plan", "period"): 2026,
    ("Plan", "form"): False,
    ("Head", "issuer"): "TT",
    ("Signoff", "number"): "51/KH-TT",
    ("Earlier", "number"): "50/KH-TT",
    ("Earlier", "date"): "2026-01-05",
    ("Reading", "target"): 1,
    ("Reading", "value"): None,  # a share has cases
    ("Reading", "change"): None,
    ("Reading", "numerator"): 97,
    ("Reading", "denominator"): 100,
    ("Reading", "files"): "minh-chung.txt",
    ("Completion", "files"): "minh-chung.txt",
    ("CorrectiveAction", "files"): "minh-chung.txt",
    ("CorrectiveAction", "effective"): "yes",
    ("AuditFinding", "files"): "minh-chung.txt",
    ("AuditFinding", "effective"): "yes",
    ("AuditFinding", "clause"): "9.1.1",
    ("AuditFinding", "unit"): "NV",
    ("Unit", "parent"): None,
    ("Unit", "members"): None,
    ("Unit", "until"): None,
    ("Unit", "succeeded_by"): None,
    ("Person", "unit"): "NV",
    ("Person", "code"): "AN",
    ("Person", "email"): "an@donvi.example.vn",
    ("Item", "plan"): {"2026-Q1": 20},
    ("Item", "horizons"): {"2030": "từ 98% trở lên"},
    ("Item", "results"): {"2025": "91%"},
    ("Item", "schedule"): {"2026-03": "KS"},
    ("Item", "start"): "Tháng 3/2026",
    ("Item", "frequency"): "quarter",
    ("Item", "aggregation"): "cumulative",
    ("Item", "fields"): {"dia_diem": "Hội trường"},
    ("Plan", "fields"): {"dia_diem": "Địa điểm"},
    ("TableForm", "columns"): ["number", "text", "target", "lead", "deadline", "budget", "dia_diem", "2026-Q1"],
    ("TableForm", "rows"): [["1", "Hàng tự do"]],
    ("TableForm", "blank"): 1,
    ("ColumnForm", "field"): "text",
    ("ColumnForm", "width"): 12,
    ("Money", "amount"): 12,
    ("Settings", "rules"): {"QP401": "note"},
}
"""What a field is given where the schema alone does not tell a value that means something; None leaves it out."""

BY_TYPE = {"boolean": True, "integer": 3, "string": "Văn bản", "array": None}


@cache
def definitions() -> dict[str, Any]:
    return json_schema(Translator("en"))["$defs"]  # type: ignore[no-any-return]


class Filler:
    """Makes values of the schema's classes, each item with an id of its own."""

    def __init__(self, *, structured: bool) -> None:
        self.structured = structured
        self.filled: set[tuple[str, str]] = set()
        self.ids: dict[str, list[str]] = {"Item": [], "Event": []}

    def made(self, name: str, depth: int = 0, **fixed: Any) -> dict[str, Any]:
        """A value of a class; `fixed` goes before what would be made up."""
        found: dict[str, Any] = {}
        for field, schema in definitions()[name]["properties"].items():
            if name in {"Item", "Section"} and field in REPEATED and depth > 1:
                continue
            value = fixed[field] if field in fixed else self.value(name, field, schema, depth)
            if value is not None:
                found[field] = value
                self.filled.add((name, field))
        return found

    def value(self, name: str, field: str, schema: dict[str, Any], depth: int) -> Any:
        form = self.form_in(schema) if self.structured else None
        if form and form in {"DeadlineForm", "TargetForm", "Assignment", "ColumnForm"}:
            return self.made(form, depth)
        if (name, field) in VALUES:
            return VALUES[name, field]
        if field == "id":
            self.ids[name].append(f"{name[0]}{len(self.ids[name])}")
            return self.ids[name][-1]
        return self.by_schema(schema, depth)

    def form_in(self, schema: dict[str, Any]) -> str | None:
        if "$ref" in schema:
            return str(schema["$ref"].rpartition("/")[2])
        parts = (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *([schema["items"]] if "items" in schema else ()))
        return next((found for part in parts if (found := self.form_in(part))), None)

    def by_schema(self, schema: dict[str, Any], depth: int) -> Any:
        if "$ref" in schema:
            return self.made(schema["$ref"].rpartition("/")[2], depth + 1)
        if "anyOf" in schema or "oneOf" in schema:
            return self.by_schema((schema.get("anyOf") or schema["oneOf"])[0], depth)
        if "examples" in schema:
            return schema["examples"][0]
        if schema.get("type") == "object":
            return {"2026-Q1": 12}
        if "enum" in schema or "const" in schema:
            return schema["enum"][0] if "enum" in schema else schema["const"]
        if schema.get("type") == "array":
            return [self.by_schema(schema["items"], depth)]
        pattern = schema.get("pattern", "")
        if pattern.startswith("^qmsplan-"):
            return DIGEST
        if "\\d{4}-\\d{2}-\\d{2}|" in pattern:
            return "2026-03-05"
        if "Q[1-4]" in pattern:
            return "2026-Q1"
        kind = schema["type"]
        return BY_TYPE[kind] if isinstance(kind, str) else 12


OLD = {
    "kind": "plan",
    "id": "CU",
    "template": "work-plan",
    "period": 2026,
    "head": {"type": "KẾ HOẠCH", "issuer": "TT", "place": "Cà Mau"},
    "recipients": ["- Lưu: VT."],
    "tasks": [{"id": "V1", "text": "Việc", "weight": 2, "lead": "NV", "deadline": "Quý IV năm 2026"}],
}
UNITS = [
    {"code": "TT", "name": "Trung tâm Mẫu"},
    {"code": "NV", "name": "Phòng Nghiệp vụ", "parent": "TT", "aliases": "P. NV"},
    {"code": "TH", "name": "Phòng Tổng hợp", "parent": "TT", "members": ["NV"]},
]


def workspace(folder: Path, template: str, *, structured: bool) -> set[tuple[str, str]]:
    """Writes the files (JSON is YAML); the fields that have a value."""
    filler = Filler(structured=structured)
    plan = filler.made("Plan", id="MOI", template=template)
    objective = plan["objectives"][0]["id"]
    task = plan["tasks"][0]["id"]
    progress = filler.made("Progress", plan="MOI", unit="NV")
    lists = (("readings", objective), ("completions", task), ("corrective_actions", objective), ("audit", task))
    for name, item in lists:
        progress[name][0]["item"] = item
    progress["events"][0]["event"] = filler.ids["Event"][0]
    filler.made("Unit")
    plans = folder / "plans"
    plans.mkdir()
    settings = filler.made("Settings", units=UNITS, plans="plans", templates="templates", output="build")
    settings |= {"timezone": "Asia/Ho_Chi_Minh", "profile": "nd30-2020"}
    files = {"qmsplan.yaml": settings, "plans/cu.yaml": OLD, "plans/moi.yaml": plan, "plans/moi-nv.yaml": progress}
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (plans / "minh-chung.txt").write_text("x", "utf-8")
    return filler.filled


COMMANDS = [
    "validate --no-cache",
    "validate --format sarif",
    "validate --format markdown",
    "fmt",
    "status --as-of 2026-11-21",
    "status --as-of 2026-11-21 --format json",
    "status --as-of 2026-11-21 --format csv",
    "status --as-of 2026-11-21 --format markdown",
    "status --rollup --as-of 2026-11-21",
    "status --rollup --as-of 2026-11-21 --format json",
    "audit --as-of 2026-11-21",
    "audit --as-of 2026-11-21 --format json",
    "audit --as-of 2026-11-21 --format docx",
    "render",
    "verify build/MOI.docx",
    "verify MOI",
    "report 2026-Q3 --as-of 2026-11-21",
    "report 2026-Q3 --as-of 2026-11-21 --format json",
    "export ics -o out/a.ics --as-of 2026-11-21",
    "export csv -o out/csv --as-of 2026-11-21",
    "export json -o out/a.json --as-of 2026-11-21",
    "export ndjson -o out/ndjson --as-of 2026-11-21",
    "export xlsx -o out/a.xlsx --as-of 2026-11-21",
    "record V1 --plan CU --done 2026-11-20 --recorded 2026-11-20 --evidence x --into plans/cu-nv.yaml",
    "sign CU --number 60/KH-TT --date 2026-02-01 --signer X --position Y",
    "verify CU",
    "amend CU --reason x",
    "render CU",
]
"""In this order: later ones use what earlier ones made."""

TEMPLATES = ("objectives-form", "narrative-plan", "framework-table")


DOCUMENTS = [command for command in COMMANDS if command.startswith(("render", "verify MOI", "audit", "fmt"))]
"""What a plan's template may matter to."""


@pytest.mark.parametrize(
    ("template", "structured", "commands"),
    [
        ("work-plan", False, COMMANDS),
        ("objectives-table", True, COMMANDS),
        *((template, True, DOCUMENTS) for template in TEMPLATES),
    ],
    ids=["all, phrases", "all, structured", *TEMPLATES],
)
def test_every_command_takes_every_field(
    template: str,
    structured: bool,  # noqa: FBT001
    commands: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    workspace(tmp_path, template, structured=structured)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QMSPLAN_LANG", "en")
    for command in commands:
        code = run(command.split())
        told = "".join(capsys.readouterr())
        assert "QMSPLAN_DEBUG" not in told, command  # what an internal error names
        assert code in {0, 1}, (command, told)


def test_no_field_is_left_out(tmp_path: Path) -> None:
    filled = set()
    for name in ("phrases", "structured"):
        (tmp_path / name).mkdir()
        filled |= workspace(tmp_path / name, "work-plan", structured=name == "structured")
    left_out = {(name, field) for name, value in definitions().items() for field in value["properties"]} - filled
    assert left_out == {key for key, value in VALUES.items() if value is None}
