"""Small workspaces and what an audit of them finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from qmsplan.audit.audit import AuditRequest, audit
from qmsplan.audit.values import Audit, AuditLine
from qmsplan.load.document import Source, read_source
from qmsplan.load.files import File
from qmsplan.load.workspace import read_workspace
from qmsplan.model.settings import Settings, Unit

SETTINGS = Settings(
    kind="workspace",
    units=(
        Unit(code="TGPL", name="Trung tâm"),
        Unit(code="NV", name="Phòng Nghiệp vụ", parent="TGPL"),
        Unit(code="HCTH", name="Phòng Hành chính", parent="TGPL"),
    ),
)
HEAD = (
    "kind: plan\nid: {id}\ntemplate: work-plan\nperiod: {period}\nstandard: {standard}\n"
    "head: {{type: Kế hoạch, issuer: {issuer}}}\n"
)
"""Lines 1 to 6 of a plan."""

OBJECTIVE = {
    "id": "MT01",
    "text": "Mức độ hài lòng đạt >98%",
    "target": '">98%"',
    "measures": "Lấy phiếu đánh giá",
    "lead": "NV",
    "deadline": "Trong năm 2026",
    "deliverables": "Báo cáo hằng quý",
    "funding": "Kinh phí thường xuyên",
}
"""An objective that lacks nothing."""


def sources_of(files: Mapping[str, Path]) -> Callable[[str], Source]:
    """Texts by the names of their files."""
    return cache(lambda name: read_source(files[name], name))


def head(**changes: str) -> str:
    given = {"id": "KH", "period": "2026", "standard": "iso9001-2015", "issuer": "TGPL"} | changes
    return HEAD.format(**given)


def items(name: str, *entries: dict[str, str], indent: str = "") -> str:
    """A list of items; empty fields are left out."""
    text = f"{indent}{name}:\n"
    for entry in entries:
        lines = [f"{key}: {value}" for key, value in entry.items() if value]
        text += f"{indent}  - " + f"\n{indent}    ".join(lines) + "\n"
    return text


def objective(more: str = "", /, **changes: str) -> str:
    """A plan with one objective, from line 8 on; `more` are fields of the plan before it, a line each."""
    return head() + more + items("objectives", OBJECTIVE | changes)


def progress(name: str, *entries: dict[str, str], plan: str = "KH") -> str:
    """A progress file with one list; its first entry starts on line 4."""
    return f"kind: progress\nplan: {plan}\n" + items(name, *entries)


def reading(**changes: str) -> dict[str, str]:
    given = {"item": "MT01", "period": "2026-Q1", "numerator": "99", "denominator": "100", "recorded": "2026-04-14"}
    return given | {"evidence": "Báo cáo"} | changes


def audited(
    root: Path, *texts: str, as_of: str = "2026-11-21", plans: Iterable[str] = (), settings: Settings = SETTINGS
) -> Audit:
    """The audit of files a.yaml, b.yaml …"""
    files = []
    for letter, text in zip("abcdefg", texts, strict=False):
        (root / f"{letter}.yaml").write_text(text, "utf-8")
        files.append(File(root / f"{letter}.yaml", f"{letter}.yaml"))
    workspace = read_workspace(root, settings, files)
    assert workspace.diagnostics == ()
    wish = AuditRequest(frozenset(plans), lambda _node: True, date.fromisoformat(as_of))
    return audit(workspace, wish, sources_of({file.name: file.path for file in files}))


def told(line: AuditLine) -> str:
    """`missing target@a.yaml:10 -no evidence for {periods}`: verdict, fields with places, what is missing."""
    spots = [f"{spot.field}@{spot.place.file.removesuffix('.yaml')}:{spot.line}" for spot in line.spots]
    return " ".join([line.verdict.value, *spots, *(f"-{text.template}" for text in line.missing)])
