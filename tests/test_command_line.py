"""The typer application: what is loaded when, in which language it speaks, and what it says of mistyped arguments."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

from qmsplan import __version__
from qmsplan.cli.app import COMMANDS, PLACEHOLDER, application, load_command, run
from qmsplan.cli.commands import WORK_BY_COMMAND
from rows import each_row

LOADED = """
import sys
from qmsplan.cli.app import run
code = run(sys.argv[1:])
print(code, *sorted(name for name in sys.modules if name.startswith("qmsplan.cli.")), file=sys.stderr)
"""
LIGHT = {"qmsplan.cli.app", "qmsplan.cli.console"}


def loaded(*arguments: str, folder: Path) -> tuple[str, set[str]]:
    """The exit code of a command line in a process of its own, and the modules of the room that it loaded."""
    command = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    code, *modules = done.stderr.splitlines()[-1].split()
    return code, set(modules)


@pytest.mark.parametrize(
    ("arguments", "code"), [(("--help",), "0"), (("--version",), "0"), ((), "2"), (("statsu",), "2")]
)
def test_no_command_is_loaded_until_it_runs(arguments: tuple[str, ...], code: str, tmp_path: Path) -> None:
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\nlanguage: en\n", "utf-8")
    assert loaded(*arguments, folder=tmp_path) == (code, LIGHT)


def test_help_of_a_command_loads_none(tmp_path: Path) -> None:
    code, modules = loaded("explain", "--help", folder=tmp_path)
    assert code == "0"
    assert {name for name in COMMANDS if f"qmsplan.cli.{name}" in modules} == set()


def test_every_command_has_its_work() -> None:
    assert list(WORK_BY_COMMAND) == list(COMMANDS)


@each_row("name", COMMANDS)
def test_the_function_of_a_command_takes_what_is_asked(name: str) -> None:
    module, function, options = WORK_BY_COMMAND[name]
    taken = signature(getattr(import_module(f"qmsplan.cli.{module}"), function)).parameters.values()
    kinds = [parameter.annotation for parameter in taken]
    assert kinds == [*([options.__name__] if options else []), "Translator"]
    offers = [field.autocompletion for field in (options._field_defaults.values() if options else ())]  # type: ignore[attr-defined]
    for module, _, function in (offer.partition(":") for offer in offers if offer):
        assert callable(getattr(import_module(f"qmsplan.cli.{module}"), function))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_speaks_both_languages(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for language in ("vi", "en"):
        assert run(["--lang", language, name, "--help"]) == 0
        told.append(capsys.readouterr().out)
    vietnamese, english = told
    assert f"Usage: qmsplan {name} [OPTIONS]" in english
    assert f"Cách dùng: qmsplan {name} [TÙY CHỌN]" in vietnamese
    words = [load_command(name).help, *(parameter.help for parameter in load_command(name).params)]
    first_words = [" ".join(text.split()[:3]) for text in words if text]
    assert [text for text in first_words if text in " ".join(vietnamese.split())] == []
    placeholders = {word for parameter in load_command(name).params for word in _placeholders(parameter)}
    usage_and_names = "\n".join(re.findall(r"(?m)^(?:Cách dùng: .*|  \S+(?: \S+)*)", vietnamese))
    assert placeholders & set(re.findall(r"\w+", usage_and_names)) == set()


@each_row("name", COMMANDS)
def test_what_is_written_to_has_one_name_in_all_commands(name: str) -> None:
    written = [parameter.opts for parameter in load_command(name).params if "-o" in parameter.opts]
    assert all(options[0] == "--output" for options in written)


def _placeholders(parameter: Any) -> list[str]:
    """What stands for a value: `FILE` and `PLAN` in `FILE.docx|PLAN`. Every parameter that takes a value has one."""
    assert parameter.metavar or parameter.is_flag
    return PLACEHOLDER.findall(parameter.metavar or "")


def test_every_command_has_its_module_and_no_module_is_forgotten() -> None:
    listed = application().list_commands(None)  # type: ignore[arg-type]
    assert listed == list(COMMANDS)
    assert [load_command(name).name for name in COMMANDS] == listed


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--lang", "en", "--version"], ["--version", "--lang", "en"], ["--version", "--lang=vi"]],
)
def test_the_version(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 0
    assert capsys.readouterr().out == f"qmsplan {__version__}\n"


@pytest.mark.parametrize(
    "line",
    [
        "render --out ", "render --out=", "render --out \t", "report 2026 -o ", "export csv --output ",
        "export csv --output=", "fmt ",
        "validate ", "init ", "record M --into ", "verify ", "dashboard -o ", "remind --output ", "form read ",
        "import ", "check-docx ", "check-docx a.docx --fix --output ", "validate --baseline ", "status --plan ",
        "record M --note ", "diff ",
    ],
)  # fmt: skip
def test_nothing_that_is_empty_stands_for_the_current_folder(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plans").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run(["--lang", "en", *line.split(" ")]) == 2
    assert " is empty\n  hint: " in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["plans"]


@pytest.mark.parametrize("arguments", [[], ["--lang", "en"]])
def test_without_a_command_help_is_shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert f"\n  {'log':10}" in out
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["--lang", "en", "status", "--nothing"], "en"),
        (["status", "--lang", "en", "--nothing"], "en"),
        (["status", "--nothing", "--lang=en"], "en"),
        (["--nothing", "--lang", "en"], "en"),
        (["nothing", "--lang", "en"], "en"),
        (["status", "--help", "--lang", "en"], "en"),
        (["--lang", "vi", "status", "--lang", "en", "--nothing"], "en"),
        (["status", "--nothing", "--", "--lang", "en"], "vi"),
        (["status", "--nothing"], "vi"),
    ],
)
def test_the_language_may_stand_anywhere(
    arguments: list[str],
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LC_ALL")
    run(arguments)
    told = "".join(capsys.readouterr())
    assert any(word in told for word in ("hint: ", "Usage: ")) == (language == "en")


@pytest.mark.parametrize(
    ("arguments", "text", "hint"),
    [
        (["statsu"], "there is no command 'statsu'", "did you mean 'status'?"),
        (["it's"], "there is no command 'it's'", "see 'qmsplan --help'"),
        (["status", "--quater", "3"], "there is no option --quater", "did you mean '--quarter'?"),
        (["--versoin"], "there is no option --versoin", "did you mean '--version'?"),
        (["status", "--no-cache"], "there is no option --no-cache", "see 'qmsplan status --help'"),
        (["validate", "--no-cach"], "there is no option --no-cach", "see 'qmsplan validate --help'"),
        (["status", "-x"], "there is no option -x", "see 'qmsplan status --help'"),
        (["status", "--lang", "xx"], "this value does not fit --lang", "write one of: vi, en"),
        (["--lang", "xx", "--version"], "this value does not fit --lang", "write one of: vi, en"),
        (["--lang"], "the option --lang needs a value", "see 'qmsplan --help'"),
        (["record", "M1", "--value"], "the option --value needs a value", "see 'qmsplan record --help'"),
        (["export", "doc"], "this value does not fit ics|csv|json|ndjson|xlsx|parquet", "write one of: ics, csv, json"),
        (["amend", "KH"], "--reason is missing", "see 'qmsplan amend --help'"),
        (["report", "Q1", "--format", "json", "-o", "x"], "--output does not fit json", "see 'qmsplan report --help'"),
        (["report", "2026", "--format", "json", "--pdf"], "--pdf does not fit json", "see 'qmsplan report --help'"),
        (["audit", "-o", "x"], "--output does not fit text", "see 'qmsplan audit --help'"),
        (["sign"], "PLAN is missing", "see 'qmsplan sign --help'"),
        (
            ["schema", "a (b)", "c"],
            "there are more arguments than expected: a (b) c",
            "put a text with spaces in quotes; see also 'qmsplan schema --help'",
        ),
    ],
)
def test_mistyped_arguments(
    arguments: list[str],
    text: str,
    hint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QMSPLAN_LANG", "en")
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"qmsplan: {text}\n  hint: {hint}")
