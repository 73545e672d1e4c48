"""The language of a workspace is the one that its settings mean, however it was found out."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmsplan.cli.app import COMMANDS, language_of, run
from qmsplan.cli.settings import read_settings

SETTINGS = {
    "plain": ("kind: workspace\nlanguage: en\n", "en"),
    "first line": ("language: en\nkind: workspace", "en"),
    "with a comment": ("kind: workspace\nlanguage:   vi   # tiếng Việt\n", "vi"),
    "Windows": ("kind: workspace\r\nlanguage: en\r\n", "en"),
    "absent": ("kind: workspace\n", "vi"),
    "quoted": ("kind: workspace\nlanguage: 'en'\n", "en"),
    "in braces": ("{kind: workspace, language: en}\n", "en"),
    "in a comment": ("kind: workspace\n# language: en\n", "vi"),
    "of something else": ("kind: workspace\nunits:\n  - code: A\n    name: |\n      x\n      language: en\n", "vi"),
    "on the next line": ("kind: workspace\nlanguage:\n  en\n", "en"),
    "unknown": ("kind: workspace\nlanguage: fr\n", "vi"),
    "joined": ("kind: workspace\nlanguage: en fr\n", "vi"),
    "nowhere": ("kind: workspace\n", "vi"),
    "escaped": ('kind: workspace\n"l\\x61nguage": en\n', "en"),
    "twice": ("kind: workspace\nlanguage: en\nlanguage: en\n", "vi"),
    "empty": ("", "vi"),
}


@pytest.mark.parametrize(("text", "language"), SETTINGS.values(), ids=SETTINGS)
def test_the_line_and_the_settings_say_the_same(text: str, language: str, tmp_path: Path) -> None:
    (tmp_path / "qmsplan.yaml").write_bytes(text.encode())
    assert language_of(tmp_path) == read_settings(tmp_path).settings.language == language


def test_settings_that_cannot_be_read_are_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "qmsplan.yaml").mkdir()
    assert language_of(tmp_path) == "vi"


def test_help_lists_every_command_with_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert [name for name, told in COMMANDS.items() if f" {name} {told}" not in shown] == []


@pytest.mark.parametrize("name", ["validate", "status", "target", "fmt"])
def test_a_command_alone_describes_all_its_options(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", name, "--help"]) == 0
    assert f"Usage: qmsplan {name} " in (out := capsys.readouterr().out)
    assert "--help" in out


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "staus"]) == 2
    assert "staus" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["status"], ["--help"], ["deadline", "Quý III năm 2026"]])
def test_a_language_of_the_environment_that_we_do_not_speak_is_told(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QMSPLAN_LANG", "fr")
    assert run(arguments) == 2
    told = capsys.readouterr().err
    assert "QMSPLAN_LANG" in told
    assert "'vi'" in told
    assert run(["--lang", "en", "--version"]) == 0


def test_a_language_of_the_environment_may_be_a_locale(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QMSPLAN_LANG", "en_GB.UTF-8")
    assert run(["--version"]) == 0
    assert capsys.readouterr().err == ""
