"""What holds `diff`, `log` and `verify` up: goldens of every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmsplan.cli import diff, verify

ROOT = Path(__file__).parents[1]
CASE = (ROOT / "tests" / "cases" / "history" / "versions" / "case").read_text("utf-8")


@pytest.mark.parametrize(("name", "formats"), [("diff", diff.Format), ("log", diff.LogFormat)])
def test_every_format_has_a_golden_in_both_languages(name: str, formats: object) -> None:
    lines = [line for line in CASE.splitlines() if line.startswith(name)]
    for form in formats.__args__[1:]:  # type: ignore[attr-defined]
        assert any(f"--format {form}" in line for line in lines)
    assert any("--lang en" in line for line in lines)
    assert any("--lang en" not in line for line in lines)


def test_verify_has_goldens() -> None:
    lines = [line for line in CASE.splitlines() if line.startswith("verify")]
    assert len(lines) > 5
    assert verify.Format.__args__[0] == "text"
