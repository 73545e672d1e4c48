"""What holds the house up: sizes, pages, goldens."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from qmsplan.check.catalogue import entries, read_page
from qmsplan.cli import export_command, status_command, validate_command
from qmsplan.cli.outputs import FORMATS as NAMES
from qmsplan.cli.run import run
from qmsplan.language import translator
from qmsplan.load import document
from qmsplan.load.schema import json_schema, schema_text
from qmsplan.output.formats import FORMATS
from qmsplan.rules import RULES

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src").rglob("*.py"))
CASES = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests" / "cases").rglob("case"))


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions() -> list[tuple[str, int]]:
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                name = f"{path.relative_to(ROOT)}:{node.name}"
                found.append((name, (node.end_lineno or 0) - node.lineno + 1))
    return found


def test_no_file_is_too_long_to_be_read_in_one_sitting() -> None:
    assert [path.name for path in MODULES if lines_of(path) > 500] == []


def test_no_function_is_longer_than_a_screen() -> None:
    assert [name for name, length in functions() if length > 60] == []


def test_codes_are_unique_and_in_families() -> None:
    codes = [entry.code for entry in entries()]
    assert len(set(codes)) == len(codes)
    assert len({entry.name for entry in entries()}) == len(codes)
    assert len(RULES) >= 40


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.code)
def test_every_code_has_a_page_in_both_languages(entry: object) -> None:
    page = read_page(entry)  # type: ignore[arg-type]
    assert page.texts["vi"]
    assert page.texts["en"]
    assert page.texts["vi"] != page.texts["en"]


def test_every_rule_module_stands_in_rules() -> None:
    folder = ROOT / "src" / "qmsplan" / "rules"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "base", "coverage", "quality", "systems"}
    assert modules == {rule.name.replace("-", "_") for rule in RULES}
    assert modules == {path.stem for path in folder.glob("*.md")}


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "text"])
def test_every_format_has_a_golden(name: str) -> None:
    assert f"validate --format {name}" in CASES


@pytest.mark.parametrize("name", status_command.Format.__args__[1:])
def test_every_status_format_has_a_golden(name: str) -> None:
    assert f"--format {name}" in CASES


@pytest.mark.parametrize("name", export_command.Format.__args__)
def test_every_export_format_has_a_golden(name: str) -> None:
    assert f"export {name} " in CASES


def test_the_command_line_knows_all_formats() -> None:
    assert tuple(FORMATS) == NAMES == validate_command.Format.__args__


def test_the_settings_are_understood_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\nlanguage: en\n", "utf-8")
    (tmp_path / "plans").mkdir()
    monkeypatch.chdir(tmp_path)
    read = []
    once = document.read_content
    monkeypatch.setattr(document, "read_content", lambda *given: read.append(given) or once(*given))
    assert [run(["validate"]), run(["validate"])] == [0, 0]
    assert len(read) == 1
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\nplans: other\n", "utf-8")
    assert run(["validate"]) == 2
    assert len(read) == 2


def test_the_schema_in_the_repository_is_current() -> None:
    """Made by `qmsplan --lang vi schema > schema/qmsplan.schema.json`; the files under plans/ name it."""
    expected = schema_text(json_schema(translator("vi")))
    assert (ROOT / "schema" / "qmsplan.schema.json").read_text("utf-8") == expected


def test_titles_and_descriptions_exist_in_both_languages() -> None:
    english, vietnamese = (json_schema(translator(language))["$defs"] for language in ("en", "vi"))
    for name, definition in english.items():
        for field, described in definition["properties"].items():
            other = vietnamese[name]["properties"][field]
            assert described.get("description") != other.get("description") or "description" not in described
            assert {"title", "description"} & described.keys(), f"{name}.{field}"


@pytest.mark.parametrize("path", sorted((ROOT / "plans").rglob("*.yaml")), ids=lambda path: path.name)
def test_every_plan_names_the_schema(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).resolve() == ROOT / "schema" / "qmsplan.schema.json"
