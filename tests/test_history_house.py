"""What holds `diff`, `log` and `verify` up: goldens of every format, layers, what a command loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qmsplan.cli import diff_command, log_command, verify_command

ROOT = Path(__file__).parents[1]
CASE = (ROOT / "tests" / "cases" / "history" / "versions" / "case").read_text("utf-8")
HEAVY = {"rich", "jinja2", "docx", "lxml", "multiprocessing", "asyncio"}


@pytest.mark.parametrize("command", [diff_command, log_command])
def test_every_format_has_a_golden_in_both_languages(command: object) -> None:
    name = command.__name__.rpartition(".")[2].removesuffix("_command")  # type: ignore[attr-defined]
    lines = [line for line in CASE.splitlines() if line.startswith(name)]
    for form in command.Format.__args__[1:]:  # type: ignore[attr-defined]
        assert any(f"--format {form}" in line for line in lines)
    assert any("--lang en" in line for line in lines)
    assert any("--lang en" not in line for line in lines)


def test_verify_has_goldens() -> None:
    lines = [line for line in CASE.splitlines() if line.startswith("verify")]
    assert len(lines) > 5
    assert verify_command.Format.__args__[0] == "text"


def loaded_by(*arguments: str) -> set[str]:
    script = (
        "import sys; from qmsplan.__main__ import main\n"
        f"sys.argv = ['qmsplan', *{arguments!r}]\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print('LOADED', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("diff", "HEAD..HEAD", "--as-of", "2026-11-21"),
        ("diff", "HEAD..HEAD", "--as-of", "2026-11-21", "--format", "markdown"),
        ("log", "TGPL-KHMT-2026/MT03", "--format", "json"),
        ("verify", "TGPL-KHMT-2026"),
        ("diff", "--help"),
    ],
)
def test_a_command_loads_only_what_it_needs(arguments: tuple[str, ...]) -> None:
    loaded = loaded_by(*arguments)
    assert loaded & HEAVY == set()
    assert "qmsplan.rules" not in loaded
    assert "--help" not in arguments or "qmsplan.vcs.git" not in loaded
