"""docs/signing.md, in both languages: its commands run, in their order, and say what the page says they do.

A block of ```console holds commands behind `$ ` and what they print. `<!-- edit: "old" -> "new" -->` changes the plan.
`pytest tests/test_signing_pages.py --rewrite` writes what they print anew."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from qmsplan.cli.app import run
from qmsplan.load.document import read_file
from qmsplan.model.plan import Plan

HERE = Path(__file__).parent
PAGES = {"en": HERE.parents[0] / "docs" / "signing.md", "vi": HERE.parents[0] / "docs" / "signing.vi.md"}
_EDIT = re.compile(r'<!-- edit: "(.*)" -> "(.*)" -->')
_COMMAND = re.compile(r"\$ (qmsplan .*)")
PLAN = Path("plans") / "KHMT-2026.yaml"


class Walk:
    """A page read from top to bottom, while its commands run."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.codes: list[int] = []
        self.lines: list[str] = []
        self.is_console = False

    def take(self, line: str) -> None:
        """The next line; what commands printed is left out and printed anew."""
        if line.startswith("```"):
            self.is_console = line == "```console"
            self.lines.append(line)
        elif not self.is_console:
            self.lines.append(line)
            if edit := _EDIT.fullmatch(line):
                self.edit(*edit.groups())
        elif command := _COMMAND.fullmatch(line):
            self.lines.append(line)
            self.codes.append(run(shlex.split(command[1])[1:]))
            seen = self.capsys.readouterr()
            self.lines += (seen.out + seen.err).rstrip("\n").splitlines()

    def edit(self, old: str, new: str) -> None:
        """What a reader of the page does in an editor."""
        text = PLAN.read_text("utf-8")
        assert old in text
        PLAN.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("language", PAGES)
def test_the_commands_of_the_page(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, rewrite: bool
) -> None:
    shutil.copytree(HERE / "data" / "signing", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QMSPLAN_LANG", language)
    page = PAGES[language].read_text("utf-8")
    walk = Walk(capsys)
    for line in page.splitlines():
        walk.take(line)
    found = "\n".join(walk.lines) + "\n"
    if rewrite:
        PAGES[language].write_text(found, "utf-8")
        page = found
    assert found == page
    assert set(walk.codes) == {0, 1}, "all but the change of a signed plan goes well"
    assert walk.codes.count(1) == 1
    plan = read_file(PLAN, "x").value
    assert isinstance(plan, Plan)
    assert plan.revision == 2
    assert plan.signoff


def blocks(language: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", PAGES[language].read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_both_pages_show_the_same_commands_and_examples() -> None:
    commands = {language: _COMMAND.findall(page.read_text("utf-8")) for language, page in PAGES.items()}
    assert commands["en"] == commands["vi"]
    assert len(commands["en"]) >= 8
    assert blocks("en") == blocks("vi") != []


def test_the_example_is_what_the_commands_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(HERE / "data" / "signing", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    (first, *_) = (command for command in _COMMAND.findall(PAGES["en"].read_text("utf-8")) if "--number" in command)
    assert run(shlex.split(first)[1:]) == 0
    assert blocks("en")[0] in PLAN.read_text("utf-8")
