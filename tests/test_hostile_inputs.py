"""Inputs of attackers and of bad luck, one row each, through the commands: told at a place, and no file changed.

The loader's own tests look closer; this table is what is promised of `validate` and `fmt` together."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from qmsplan.cli.app import run

HEAD = "kind: plan\nid: KH\ntemplate: work-plan\nperiod: 2026\nhead:\n  type: KẾ HOẠCH\n"
"""Lines 1 to 6; what a row adds starts on line 7."""
RECORD = "kind: progress\nplan: KH\nreadings:\n  - item: A\n    period: 2026\n    recorded: 2026-04-14\n"
BOMB = 'a: &a ["lol"]\n' + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in pairwise("abcdefghij"))
NFD = unicodedata.normalize("NFD", "phòng")


def value(typed: str) -> str:
    """A text field with a value, from column 11 of line 7."""
    return f"{HEAD}preamble: {typed}\n"


def reading(typed: str) -> str:
    """A progress file whose line 7 is a field of a reading."""
    return f"{RECORD}    {typed}\n"


ROWS: dict[str, tuple[str | bytes, str]] = {
    "alias bomb": (BOMB, "1:4 QP005"),
    "a cycle": (HEAD + "a: &x {b: *x}\n", "7:4 QP005"),
    "an anchor twice": (HEAD + "a: &x b\nc: &x d\n", "7:4 QP005"),
    "250 levels in brackets": (value("[" * 250), "7:30 QP007"),
    "250 levels of blocks": ("".join("  " * level + "a:\n" for level in range(250)), "21:41 QP007"),
    "100 000 levels": ("[" * 100_000, "1:21 QP007"),
    "a text of 20 MB": (HEAD.encode() + b"preamble: " + b"a" * 20_000_000, "1:1 QP007"),
    "10 MB of keys": (b"".join(b"k%07d: a\n" % number for number in range(900_000)), "1:1 QP007"),
    "one key twice": (HEAD + "id: B\n", "7:1 QP006"),
    "one key composed and not": (f"{HEAD}phòng: a\n{NFD}: b\n", "8:1 QP006"),
    "a key of 1025 letters": (HEAD + "k" * 1_025 + ": x\n", "7:1 QP004"),
    "a tab that indents": (HEAD + "basis:\n\t- a\n", "8:1 QP004"),
    "a mark later on": (HEAD + "pre\ufeffamble: x\n", "7:4 QP003"),
    "UTF-16": (HEAD.encode("utf-16"), "1:1 QP002"),
    "cp1258": ("kind: plan\ntitle: Đa\n".encode("cp1258"), "2:8 QP002"),
    "a NUL": (value("a\0b"), "7:12 QP003"),
    "an escape sequence": (value("a\x1b[31mb"), "7:12 QP003"),
    "a NUL escaped": (value('"\\0"'), "7:11 QP003"),
    "an escape sequence escaped": (value('"\\e[31m"'), "7:11 QP003"),
    "no character, escaped": (value('"\\uFFFE"'), "7:11 QP003"),
    "a surrogate escaped": (value('"\\ud800"'), "7:14 QP004"),
    "beyond Unicode": (value('"\\U00110000"'), "7:14 QP004"),
    "text turned around": (value("a\u202eb"), "7:12 QP003"),
    "a next line": (value("a\x85b"), "7:12 QP003"),
    "a line separator": (value("a\u2028b"), "7:12 QP003"),
    "a lone carriage return": (value("a\rb"), "7:12 QP003"),
    "a call of Python": (value("!!python/object/apply:os.system [id]"), "7:11 QP005"),
    "a tag": (value("!foo x"), "7:11 QP005"),
    "a tag of YAML": (value("!!int x"), "7:11 QP005"),
    "a merge": (HEAD + "<<: {a: b}\n", "7:1 QP005"),
    "a directive": ("%YAML 1.1\n---\n" + HEAD, "1:1 QP005"),
    "a version of tomorrow": ("%YAML 1.3\n---\n" + HEAD, "1:1 QP004"),
    "two documents": (HEAD + "---\n" + HEAD, "7:1 QP005"),
    "nothing": (b"", "1:1 QP010"),
    "only a comment": ("# a\n", "1:1 QP010"),
    "only a word": ("a\n", "1:1 QP010"),
    "only null": ("~\n", "1:1 QP010"),
    "not a number": (reading("value: .nan"), "7:12 QP013"),
    "endless": (reading("value: -.inf"), "7:12 QP013"),
    "beyond all numbers": (reading("value: 1e999"), "7:12 QP013"),
    "a number of 5000 digits": (reading("numerator: " + "9" * 5_000), "7:16 QP013"),
    "thousands with a point": (reading("numerator: 1.000"), "7:16 QP013"),
    "thousands or decimals": (reading("value: 1.000"), "7:12 QP013"),
    "a list for a number": (reading("value: [98,5]"), "7:12 QP013"),
    "a number cut in two": (reading("value: {a: 98,5}"), "7:19 QP005"),
    "a number in base 16, begun": (reading("numerator: 0x_"), "7:16 QP013"),
    "no such day": (RECORD.replace("2026-04-14", "2026-13-45"), "6:15 QP013"),
    "a sign without quotes": (value(">98%"), "7:11 QP004"),
    "another sign without quotes": (value("%98"), "7:11 QP004"),
    "a colon without quotes": (value("Quý I: 20%"), "7:11 QP004"),
    "an at sign": (value("@x"), "7:11 QP004"),
    "double braces": (value("{{ title }}"), "7:12 QP005"),
    "a quote that never ends": (value('"a'), "7:11 QP004"),
    "letters that look alike": (value("Ð"), "7:11 QP003"),
    "an id that climbs": (HEAD.replace("KH\n", "../KH\n"), "2:5 QP013"),
    "an id that is a device": (HEAD.replace("KH\n", "CON\n"), "2:5 QP013"),
}
"""A name, the file, and the first thing that must be said about it."""

HARMLESS = {
    "a mark at the start": "\ufeff" + HEAD,
    "lines of Windows": HEAD.replace("\n", "\r\n"),
    "words that were choices once": value("no"),
    "octal digits": HEAD + "basis: 010\n",
    "a time": value("8:30"),
    "a comma": value("98,5"),
    "a formula": value('"=cmd|x"'),
    "a template": value('"{{ 7*7 }} {% x %} {_{ x }_}"'),
    "markup": value("a </w:t> <w:p/> & [/red] :smile:x"),
    "a command of a runner": value('"::error::x ##[command]y"'),
    "an equals sign": value("="),
    "an emoji": value("😀"),
}


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QMSPLAN_DEBUG", "1")
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    (tmp_path / "plans").mkdir()
    return tmp_path / "plans"


@pytest.mark.parametrize(("content", "expected"), ROWS.values(), ids=ROWS)
def test_what_is_refused(content: str | bytes, expected: str, plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    path = plans / "a.yaml"
    path.write_bytes(raw)
    assert run(["validate", "--format", "json"]) == 1
    errors = [entry for entry in json.loads(capsys.readouterr().out)["diagnostics"] if entry["severity"] == "error"]
    assert f"{errors[0]['line']}:{errors[0]['column']} {errors[0]['code']}" == expected
    assert run(["validate"]) == 1
    assert run(["fmt"]) == 2
    told = capsys.readouterr()
    assert not set(told.out + told.err) & set("\0\x1b\x85\u2028\u202e\r")
    assert path.read_bytes() == raw


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_is_only_text(text: str, plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (plans / "a.yaml").write_bytes(text.encode())
    assert run(["validate", "--format", "json"]) == 0
    before = capsys.readouterr().out
    assert run(["fmt"]) == 0
    capsys.readouterr()
    assert run(["validate", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["diagnostics"]) == len(json.loads(before)["diagnostics"])


def test_five_thousand_faults_are_all_told(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (plans / "a.yaml").write_text(HEAD + "".join(f"k{number}: 1\n" for number in range(5_000)), "utf-8")
    assert run(["validate", "--format", "json"]) == 1
    assert sum(one["code"] == "QP012" for one in json.loads(capsys.readouterr().out)["diagnostics"]) == 5_000


def test_files_that_a_killed_writer_left_are_no_plans(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (plans / "a.yaml").write_text(HEAD, "utf-8")
    (plans / ".a.yaml.x1y2.qmstmp").write_text("kind: [", "utf-8")
    assert run(["validate"]) == 0
    assert run(["fmt", "--check"]) == 0
    assert "qmstmp" not in capsys.readouterr().out


FOLDERS = ("plans", "templates", "output")
COMMANDS = (
    *("validate", "validate --format github", "validate --format json", "status", "status --rollup", "render", "fmt"),
    *(
        "audit --format docx",
        "export csv",
        "export ics",
        "report 2026-Q1",
        "new plan X",
        "record MT01",
        "verify KH",
        "log KH",
    ),
)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        *((name, "validate") for name in FOLDERS),
        *((FOLDERS[number % len(FOLDERS)], command) for number, command in enumerate(COMMANDS[1:])),
    ],
)
def test_no_setting_becomes_a_command_of_a_ci(
    name: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that no disk can have, whose name would be a workflow command in the log of a CI runner."""
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    settings = (tmp_path / "qmsplan.yaml").read_text("utf-8")
    folder = "a" * 300 + r"\n::error file=app.py::injected\n##[group]y"
    (tmp_path / "qmsplan.yaml").write_text(f'{settings}{name}: "{folder}"\n', "utf-8")
    capsys.readouterr()
    run(["--lang", "en", *command.split()])
    told = "".join(capsys.readouterr())
    lines = [line for line in told.splitlines() if "::error file=qmsplan.yaml,line=" not in line]
    assert [line for line in lines if line.lstrip().startswith("::") or "##[" in line or "\x1b" in line] == []
    assert "QMSPLAN_DEBUG" not in told, "an internal error"
    assert "File name too long" not in told
    if command == "validate":
        assert told.startswith("error[QP013]: no folder can have this name\n")
        assert f"--> qmsplan.yaml:{len(settings.splitlines()) + 1}:" in told
