"""What holds the house up: no long file, no circle, no name twice; pages and goldens for all there is."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_type_hints

import pytest
import yaml
from jsonschema import Draft202012Validator

from qmsplan.check.catalogue import RULES, entries, read_page
from qmsplan.cli import settings
from qmsplan.cli.app import run
from qmsplan.cli.options import ExportOptions, StatusOptions, ValidateOptions
from qmsplan.diagnostics import Translator
from qmsplan.documents.template import template_names
from qmsplan.load.schema import json_schema, schema_text
from qmsplan.output.formats import FORMATS
from rows import each_row

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src").rglob("*.py"))
CASES = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests" / "cases").rglob("case"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def formats_of(options: type) -> tuple[str, ...]:
    """The words that `--format` of a command takes."""
    return get_type_hints(options)["form"].__args__


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions() -> list[tuple[str, int]]:
    found = []
    for path in MODULES:
        for node in ast.walk(tree(path)):
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


@each_row("entry", entries())
def test_every_code_has_a_page_in_both_languages(entry: object) -> None:
    page = read_page(entry)  # type: ignore[arg-type]
    assert page.texts["vi"]
    assert page.texts["en"]
    assert page.texts["vi"] != page.texts["en"]


def test_every_page_has_its_code() -> None:
    folders = [ROOT / "src" / "qmsplan" / room / "pages" for room in ("rules", "conformity", "forms")]
    pages = [path for folder in folders for path in folder.glob("*.md")]
    assert {path.stem for path in pages} == {entry.code for entry in entries()}


def imports_of(path: Path) -> set[str]:
    """The modules of this program that a file imports, anywhere in it, for types too."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qmsplan"):
            found |= {name for alias in node.names for name in (node.module, f"{node.module}.{alias.name}")}
    return found


def test_files_import_each_other_in_no_circle() -> None:
    names = {
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__"): path
        for path in MODULES
    }
    needs = {name: {other for other in imports_of(path) if other in names} - {name} for name, path in names.items()}
    while free := {name for name, others in needs.items() if not others}:
        needs = {name: others - free for name, others in needs.items() if name not in free}
    assert needs == {}


def test_the_page_on_architecture_names_what_exists_in_at_most_ten_stops() -> None:
    ways = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("\n### ")[1:]
    assert len(ways) == 8
    for way in ways:
        stops = re.findall(r"^\d+\. `([\w/]+\.py)` `(\w+)`", way, re.MULTILINE)
        assert 5 <= len(stops) <= 10
        for file, name in stops:
            module = ast.parse((ROOT / "src" / "qmsplan" / file).read_text("utf-8"))
            assert name in {getattr(node, "name", None) for node in module.body}, f"{file} has no {name}"


def test_decisions_that_hold_name_files_that_exist() -> None:
    files = ["/" + path.as_posix() for path in ROOT.glob("[!.]*/**/*.*")]
    for decision in (ROOT / "docs" / "decisions").glob("*.md"):
        text = decision.read_text("utf-8")
        named = [] if "ithdrawn by" in text[:300] else re.findall(r"`([\w./-]+\.(?:py|toml|j2))`", text)
        assert [name for name in named if not any(file.endswith("/" + name) for file in files)] == [], decision.name


def test_no_name_of_a_class_is_used_twice() -> None:
    found = Counter(
        node.name
        for path in MODULES
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in found.items() if count > 1] == []


@each_row("name", [name for name in FORMATS if name != "text"])
def test_every_format_has_a_golden(name: str) -> None:
    assert f"validate --format {name}" in CASES


@each_row("name", formats_of(StatusOptions)[1:])
def test_every_status_format_has_a_golden(name: str) -> None:
    assert f"--format {name}" in CASES


@each_row("name", formats_of(ExportOptions))
def test_every_export_format_has_a_golden(name: str) -> None:
    assert f"export {name} " in CASES


def test_the_command_line_knows_all_formats() -> None:
    assert tuple(FORMATS) == formats_of(ValidateOptions)


def test_the_settings_are_understood_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\nlanguage: en\n", "utf-8")
    (tmp_path / "plans").mkdir()
    monkeypatch.chdir(tmp_path)
    settings._settings_in.cache_clear()  # an earlier test may have read the very same settings
    read = []
    once = settings.read_content
    monkeypatch.setattr(settings, "read_content", lambda *given: read.append(given) or once(*given))
    assert [run(["validate"]), run(["validate"])] == [0, 0]
    assert len(read) == 1
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\nplans: other\n", "utf-8")
    assert run(["validate"]) == 2
    assert len(read) == 2


def test_the_schema_in_the_repository_is_current() -> None:
    """Made by `qmsplan --lang vi schema > schema/qmsplan.schema.json`; the files under plans/ name it."""
    expected = schema_text(json_schema(Translator("vi"), template_names()))
    assert (ROOT / "schema" / "qmsplan.schema.json").read_text("utf-8") == expected


@each_row("typed", ["number: 01", "id: 1", "text: 5", "deadline: 2026", "funding: 1.5", "measures: [1, b]", "lead: 2"])
def test_the_schema_takes_texts_without_quotes_as_validate_does(typed: str) -> None:
    """An editor that marks what `validate` takes teaches its user to look away."""
    fields = {"id": "A", "text": "Việc"} | yaml.safe_load(typed)
    head = {"kind": "plan", "id": "P", "template": "work-plan", "period": 2026, "head": {"type": "K", "title": 2026}}
    validator = Draft202012Validator(json.loads(schema_text(json_schema(Translator("en"), template_names()))))
    assert list(validator.iter_errors(head | {"tasks": [fields]})) == []
    assert [error.validator for error in validator.iter_errors(head | {"tasks": [fields | {"text": {"a": 1}}]})]


def test_titles_and_descriptions_exist_in_both_languages() -> None:
    english, vietnamese = (json_schema(Translator(language))["$defs"] for language in ("en", "vi"))
    for name, definition in english.items():
        for field, described in definition["properties"].items():
            other = vietnamese[name]["properties"][field]
            assert described.get("description") != other.get("description") or "description" not in described
            assert {"title", "description"} & described.keys(), f"{name}.{field}"


@each_row("path", sorted((ROOT / "plans").rglob("*.yaml")))
def test_every_plan_names_the_schema(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).resolve() == ROOT / "schema" / "qmsplan.schema.json"


def test_the_extension_is_built_from_a_lock_file_that_names_no_registry() -> None:
    lock = json.loads((ROOT / "editors" / "vscode" / "package-lock.json").read_text("utf-8"))
    wanted = json.loads((ROOT / "editors" / "vscode" / "package.json").read_text("utf-8"))
    assert lock["packages"][""]["devDependencies"] == wanted["devDependencies"]
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
