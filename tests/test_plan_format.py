"""docs/plan-format.md, in both languages, says what the model and the phrase tables say today."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmsplan.phrases import deadline_parse, target_forms
from qmsplan.phrases.calendar_words import STRETCHES
from rows import each_row
from tool_files import load_tool

ROOT = Path(__file__).parents[1]
ROWS = (*STRETCHES, *deadline_parse.FORMS, *target_forms.FORMS)


tool = load_tool("plan_format")
TEXTS: dict[str, str] = {language: path.read_text("utf-8") for language, path in tool.PAGES.items()}


def test_the_pages_are_current() -> None:
    assert [path.name for path in tool.stale()] == [], "run: python tools/plan_format.py"


def test_the_vietnamese_page_has_vietnamese_heads_and_types() -> None:
    cells = [cell.strip() for line in TEXTS["vi"].splitlines() if line.startswith("|") for cell in line.split("|")]
    assert [cell for cell in cells if cell in tool.VIETNAMESE or cell.startswith("list of ") or " or " in cell] == []


@each_row("language", ["en", "vi"])
def test_every_form_stands_in_the_page(language: str) -> None:
    assert len(ROWS) > 60
    assert [row.example for row in ROWS if f"`{row.example}`" not in TEXTS[language].replace("\\|", "|")] == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_field_stands_in_the_page_with_its_meaning(language: str) -> None:
    page = tool.Page(language)
    told = {name for kind, parts in tool.FILES.items() for name in (kind, *parts)}
    assert told == set(page.definitions)
    for name in told:
        for field, described in page.definitions[name]["properties"].items():
            assert "description" in described, f"{name}.{field} has no description"
            assert f"`{field}`" in TEXTS[language]
            assert " ".join(described["description"].split()).replace("|", "\\|") in TEXTS[language]


def test_both_pages_have_the_same_tables() -> None:
    shapes = [[line.count("|") for line in text.splitlines() if line.startswith("|")] for text in TEXTS.values()]
    assert shapes[0] == shapes[1]


def test_a_changed_page_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = tmp_path / "plan-format.md"
    changed.write_text(TEXTS["en"] + "more\n", "utf-8")
    monkeypatch.setattr(tool, "PAGES", {"en": changed})
    assert tool.stale() == {changed: TEXTS["en"]}


@each_row("row", ROWS)
def test_every_form_says_what_it_means(row: object) -> None:
    means = row.means  # type: ignore[attr-defined]
    assert len(means) > 3
    assert means == means.strip()
