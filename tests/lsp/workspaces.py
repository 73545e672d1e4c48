"""A session on a folder, and what `qmsplan validate` says of the same texts."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qmsplan.check.findings import limited, weigh, weights_of
from qmsplan.check.workspace_checks import check_workspace
from qmsplan.cli.lsp import look
from qmsplan.diagnostics import Diagnostic, Translator
from qmsplan.load.files import File
from qmsplan.lsp.session import Session

SETTINGS = """\
kind: workspace
language: vi
units:
  - {code: SO, name: Sở Tư pháp}
  - {code: NV, name: Phòng Nghiệp vụ, parent: SO}
  - {code: HC, name: Phòng Hành chính, parent: SO}
"""
PLAN = """\
kind: plan
id: KH-2026
template: work-plan
period: 2026
head:
  type: KẾ HOẠCH
  title: Cải cách hành chính năm 2026
  issuer: SO
objectives:
  - id: MT01
    text: Giải quyết hồ sơ đúng hạn đạt ≥ 98%
    target: "≥ 98%"
    lead: Phòng Nghiệp vụ
    deadline: Quý IV năm 2026
tasks:
  - id: NV01
    text: Họp giao ban
    lead: Phòng Hành chính
    deadline: Trước 30/6/2026
    refs: [KH-2025/MT01]
events:
  - id: SK1
    text: Nghị định được ban hành
"""
BEFORE = """\
kind: plan
id: KH-2025
template: work-plan
period: 2025
head:
  type: KẾ HOẠCH
  issuer: SO
objectives:
  - id: MT01
    text: Giải quyết hồ sơ đúng hạn đạt ≥ 95%
    target: "≥ 95%"
    lead: Phòng Nghiệp vụ
    deadline: Quý IV năm 2025
"""
PROGRESS = """\
kind: progress
plan: KH-2026
unit: NV
readings:
  - item: MT01
    period: 2026-Q1
    numerator: 97
    denominator: 100
    recorded: 2026-04-05
completions:
  - item: NV01
    done: 2026-06-20
"""
FILES = {
    "qmsplan.yaml": SETTINGS,
    "plans/KH-2025.yaml": BEFORE,
    "plans/KH-2026.yaml": PLAN,
    "plans/progress/KH-2026.NV.yaml": PROGRESS,
}


def make(folder: Path) -> Path:
    """The files in a folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return folder


def session_in(folder: Path, language: str = "en") -> Session:
    """A session on a folder."""
    return Session(partial(look, folder, Translator(language)))


def validated(session: Session, texts: dict[str, str]) -> tuple[Diagnostic, ...]:
    """What `qmsplan validate` would say of the files if these were their texts."""
    folder = session.folder
    known = {file.name: file for file in folder.files}
    known |= {name: File(folder.root / name, name) for name in texts if name not in known}
    files = [
        file if name not in texts else file._replace(content=texts[name].encode("utf-8", "surrogatepass"))
        for name, file in known.items()
    ]
    return limited(weigh(check_workspace(files, folder.scope, lambda _: None), weights_of(folder.settings)))
