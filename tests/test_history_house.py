"""What holds `diff`, `log` and `verify` up: goldens of every format."""

from __future__ import annotations

from pathlib import Path
from typing import get_type_hints

from qmsplan.cli.history import DiffOptions, LogOptions
from rows import each_row

ROOT = Path(__file__).parents[1]
CASE = (ROOT / "tests" / "cases" / "history" / "versions" / "case").read_text("utf-8")


@each_row(("name", "options"), [("diff", DiffOptions), ("log", LogOptions)])
def test_every_format_has_a_golden_in_both_languages(name: str, options: type) -> None:
    lines = [line for line in CASE.splitlines() if line.startswith(name)]
    for form in get_type_hints(options)["form"].__args__[1:]:
        assert any(f"--format {form}" in line for line in lines)
    assert any("--lang en" in line for line in lines)
    assert any("--lang en" not in line for line in lines)


def test_verify_has_goldens() -> None:
    lines = [line for line in CASE.splitlines() if line.startswith("verify")]
    assert len(lines) > 5
