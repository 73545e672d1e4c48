"""Every code has a page, and every page is a test: its bad example is wrong as marked, its good one not at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from workspace import Example, diagnose, found, plan_parts

from qmsplan.check.catalogue import CatalogueEntry, entries, find_entry, read_page
from qmsplan.diagnostics import Diagnostic
from rows import each_row

ENTRIES = entries()
SECTIONS = ["vi", "en", "bad", "good"]
NOT_SHOWN = {
    *("unreadable-file", "not-utf8", "too-large"),
    *("template-fault", "outdated-baseline", "layout-not-safe", "report-text", "findings-not-shown"),
    "base-departs-from-decree",
}
"""What no YAML text can show; other tests show it."""
SHOWN = [entry for entry in ENTRIES if entry.name not in NOT_SHOWN and entry.code.startswith("QP")]
"""Rules on Word files (QD) are shown by tests/conformity/test_seeded_faults.py, faults of forms (QF) by tests/forms."""

every_page = each_row("entry", ENTRIES)
every_example = pytest.mark.parametrize("entry", SHOWN, ids=lambda entry: entry.name)


def text_of(entry: CatalogueEntry) -> str:
    return entry.page.read_text("utf-8")


@every_page
def test_a_page_has_its_title_and_its_four_sections(entry: CatalogueEntry) -> None:
    weight = "" if entry.code.startswith("QP") else f" ({entry.severity.value})"
    assert text_of(entry).splitlines()[0] == f"# {entry.code} {entry.name}{weight}"
    assert re.findall(r"^## (\w+)$", text_of(entry), re.MULTILINE) == SECTIONS


@every_page
def test_a_page_explains_in_both_languages(entry: CatalogueEntry) -> None:
    texts = read_page(entry).texts
    assert set(texts) == {"vi", "en"}
    assert texts["vi"] != texts["en"]
    assert "Cách sửa:" in texts["vi"]
    assert "To fix it," in texts["en"]


@every_page
def test_a_page_is_short_and_fits_a_terminal(entry: CatalogueEntry) -> None:
    for text in read_page(entry).texts.values():
        lines = text.splitlines()
        assert 3 <= len(lines) <= 9
        assert max(map(len, lines)) <= 80


@every_page
def test_a_page_has_one_block_in_each_example(entry: CatalogueEntry) -> None:
    language = "yaml" if entry in SHOWN else "text"
    assert re.findall(r"^```(\w*)$", text_of(entry), re.MULTILINE) == [language, "", language, ""]
    page = read_page(entry)
    assert page.bad.strip()
    assert page.good.strip()


def told(entry: CatalogueEntry, example: Example, folder: Path) -> list[Diagnostic]:
    """The findings in an example. Sign-offs in it are typed by hand, so only the rule on that minds it."""
    diagnostics = diagnose(folder, example.files, existing=example.existing)
    return [diagnostic for diagnostic in diagnostics if diagnostic.code == entry.code or diagnostic.code != "QP805"]


@every_example
def test_the_bad_example_is_wrong_exactly_as_marked_and_the_good_one_clean(
    entry: CatalogueEntry, tmp_path: Path
) -> None:
    bad, good = (plan_parts(text) for text in (read_page(entry).bad, read_page(entry).good))
    for name in ("bad", "good"):
        (tmp_path / name).mkdir()
    diagnostics = told(entry, bad, tmp_path / "bad")
    assert found(diagnostics) == bad.expected
    assert {diagnostic.code for diagnostic in diagnostics} == {entry.code}
    assert {(one.name, one.severity) for one in diagnostics} == {(entry.name, entry.severity)}
    assert all(one.hint is not None for one in diagnostics)
    assert good.expected == ()
    assert found(told(entry, good, tmp_path / "good")) == ()


SECOND_PLACES = {
    "QP210": {"the item above it"},
    "QP211": {"the day of signing"},
    "QP215": {"the other entry"},
    "QP311": {"the other reading"},
    "QP319": {"the other objective"},
    "QP503": {"cited here too"},
    "QP358": {"the other reading"},
    "QP608": {"the day of signing"},
    "QP711": {"the other plan"},
    "QP804": {"the earlier revision"},
}
"""What findings say of a second place that they show; others show where something was first used."""


@every_example
def test_a_second_place_is_called_what_it_is(entry: CatalogueEntry, tmp_path: Path) -> None:
    diagnostics = told(entry, plan_parts(read_page(entry).bad), tmp_path)
    labels = {place.message.template for one in diagnostics for place in one.related}
    assert labels <= SECOND_PLACES.get(entry.code, {"first used here"})


def test_codes_and_names_are_unique() -> None:
    assert len({entry.code for entry in ENTRIES}) == len(ENTRIES)
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
    assert [entry.code for entry in ENTRIES] == sorted(entry.code for entry in ENTRIES)
    assert all(re.fullmatch(r"Q[DFP]\d{3}", entry.code) for entry in ENTRIES)


def test_no_page_is_left_without_a_code() -> None:
    folders = {entry.page.parent for entry in ENTRIES}
    assert {page for folder in folders for page in folder.glob("*.md")} == {entry.page for entry in ENTRIES}


@every_page
def test_an_entry_is_found_by_code_and_name_in_any_case(entry: CatalogueEntry) -> None:
    assert find_entry(entry.code) == find_entry(entry.code.lower()) == find_entry(entry.name.upper()) == entry


def test_an_unknown_code_has_no_entry() -> None:
    assert find_entry("QP999") is None
    assert find_entry("") is None


def test_blocks_are_taken_apart() -> None:
    block = "kind: plan  # error: QP001:2, QP002:3\n--- # a/b.yaml\n# exists: c.pdf\n# error below: QP003:1\nx\n"
    example = plan_parts(block)
    assert example.files == {
        "plan.yaml": "kind: plan  # error: QP001:2, QP002:3\n",
        "a/b.yaml": "# exists: c.pdf\n# error below: QP003:1\nx\n",
    }
    assert example.existing == {"c.pdf": "a scan"}
    assert example.expected == (("a/b.yaml", 3, 1, "QP003"), ("plan.yaml", 1, 2, "QP001"), ("plan.yaml", 1, 3, "QP002"))
