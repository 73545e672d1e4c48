"""Texts checked as a small workspace, and the example blocks of pages taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from goldens import tell_findings
from qmsplan.check.run_checks import CheckScope, check_settings
from qmsplan.check.workspace_checks import check_workspace
from qmsplan.diagnostics import Diagnostic
from qmsplan.load.document import read_content
from qmsplan.load.files import File
from qmsplan.model.settings import Settings, Unit
from qmsplan.phrases.people import Register
from qmsplan.rules.base import KnownTemplates

Found: TypeAlias = tuple[str, int, int, str]
"""File, line and column (both from 1), code."""

REGISTER = Register(
    (
        Unit(code="TGPL", name="Trung tâm Trợ giúp pháp lý nhà nước"),
        Unit(code="NV", name="Phòng Nghiệp vụ", parent="TGPL"),
        Unit(code="HCTH", name="Phòng Hành chính - Tổng hợp", parent="TGPL"),
    )
)
SETTINGS = "qmsplan.yaml"
TEMPLATES = KnownTemplates(dict.fromkeys(("work-plan", "objectives-table", "objectives-form"), ""))

_SEPARATOR = re.compile(r"^--- # (\S+)$")
_EXISTS = re.compile(r"^# (exists|empty): (\S+)$")
_MARK = re.compile(r"# error( below)?: (QP\d{3}:\d+(?:, QP\d{3}:\d+)*)$")


@dataclass(frozen=True, slots=True)
class Example:
    """An example block: its files, the evidence that is to exist and its text, and what is marked as wrong in it."""

    files: dict[str, str]
    existing: dict[str, str]
    expected: tuple[Found, ...]


def plan_parts(block: str) -> Example:
    """The files of a block. `--- # name` starts a file, `# error: CODE:column` marks its own line or the one below."""
    name = "plan.yaml"
    files: dict[str, list[str]] = {name: []}
    existing: dict[str, str] = {}
    expected: list[Found] = []
    for line in block.splitlines():
        if match := _SEPARATOR.match(line):
            name = match[1]
            files[name] = []
            continue
        files[name].append(line)
        if match := _EXISTS.match(line):
            existing[match[2]] = "a scan" if match[1] == "exists" else ""
        if match := _MARK.search(line):
            number = len(files[name]) + bool(match[1])
            pairs = [mark.split(":") for mark in match[2].split(", ")]
            expected += [(name, number, int(column), code) for code, column in pairs]
    texts = {name: "".join(f"{line}\n" for line in lines) for name, lines in files.items() if lines}
    return Example(texts, existing, tuple(sorted(expected)))


def diagnose(
    root: Path,
    files: Mapping[str, str],
    wanted: Iterable[str] = (),
    register: Register = REGISTER,
    existing: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Diagnostic, ...]:
    """All diagnostics of texts written to a folder, `qmsplan.yaml` among them, whose register then holds."""
    for name, text in (*existing.items(), *files.items()):
        _write(root / name, text)
    own = read_content(files[SETTINGS].encode(), SETTINGS).value if SETTINGS in files else None
    scope = CheckScope(root, register, TEMPLATES, frozenset(wanted))
    if isinstance(own, Settings):
        scope = scope._replace(register=Register.of(own), settings=own)
    plans = [File(root / name, name) for name in files if name != SETTINGS]
    found = of_settings(files.get(SETTINGS)) + check_workspace(plans, scope, lambda _: None)
    tell_findings(found)
    return found


def of_settings(text: str | None) -> tuple[Diagnostic, ...]:
    """All diagnostics of the settings."""
    if text is None:
        return ()
    return check_settings(read_content(text.encode(), SETTINGS), frozenset({"nd30-2020"}))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def found(diagnostics: Iterable[Diagnostic]) -> tuple[Found, ...]:
    """Diagnostics as the marks of pages write them."""
    return tuple(sorted((entry.file, entry.span.line, entry.span.column, entry.code) for entry in diagnostics))


def marks(text: str, file: str) -> list[Found]:
    """`9:13 QP501, plan 8:9 QP405` as what is found; places are in `file` unless another stands before them."""
    result = []
    for mark in filter(None, text.split(", ")):
        *name, place, code = mark.split(" ")
        line, column = place.split(":")
        result.append((f"{name[0]}.yaml" if name else file, int(line), int(column), code))
    return sorted(result)
