"""Where tables break across pages, as LibreOffice lays them out: at every place of a page's foot."""

from __future__ import annotations

import re

import pytest
from document_support import PLAN_FILES, loaded, real_register, rendered, texts, written

from office import pages_in

SHIFTS = range(6)
HEADER = (
    "<row kind='header'><cell><para>HEADER</para></cell><cell><para>b</para></cell><cell><para>c</para></cell></row>"
)
GROUPS = (
    "<row kind='group'><cell columns='3'><para>GROUP</para></cell></row>"
    "<row kind='group'><cell columns='3'><para>INNER</para></cell></row>"
)
FRAMEWORKS = {
    path.stem: path for path in PLAN_FILES if path.parent.name != "progress" and "framework" in path.read_text()
}


def items(words: int) -> str:
    """Two rows under one cell, the first of so many words."""
    return (
        f"<row><cell rows='2'><para>FIRST</para></cell><cell><para>{'dài ' * words}</para></cell><cell/></row>"
        "<row><cell><para>SECOND</para></cell><cell/></row>"
    )


def after_rows(shift: int, words: int) -> bytes:
    """Group rows near the foot of the page, below other rows."""
    filling = "<row><cell><para>x</para></cell><cell/><cell/></row>" * (20 + shift)
    table = f"<table widths='1 1 1'>{HEADER}{filling}{GROUPS}{items(words)}</table>"
    return written(table, orientation="landscape")


def after_text(shift: int, words: int) -> bytes:
    """A table that starts near the foot of the page."""
    table = f"<table widths='1 1 1'>{HEADER}{items(words)}</table>"
    return written("<para>x</para>" * (15 + shift), table, orientation="landscape")


CASES = {
    f"{make.__name__}-{words}-{shift}": (make, shift, words)
    for make in (after_rows, after_text)
    for words in (3, 400)
    for shift in SHIFTS
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("breaks")
    framework = {name: rendered(loaded(path), real_register()) for name, path in FRAMEWORKS.items()}
    made = {name: make(shift, words) for name, (make, shift, words) in CASES.items()}
    for name, content in {**made, **framework}.items():
        (folder / f"{name}.docx").write_bytes(content)
    return pages_in(folder)


def first_page(pages: list[str], word: str) -> int:
    return next(number for number, page in enumerate(pages) if word in page)


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("after_rows")])
def test_group_rows_stay_with_their_first_row(pages: dict[str, list[str]], name: str) -> None:
    found = [first_page(pages[name], word) for word in ("GROUP", "INNER", "FIRST")]
    assert found == [found[0]] * 3


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("after_text")])
def test_header_rows_stay_with_the_first_row(pages: dict[str, list[str]], name: str) -> None:
    assert first_page(pages[name], "HEADER") == first_page(pages[name], "FIRST")


def test_the_cases_reach_the_foot_of_the_page(pages: dict[str, list[str]]) -> None:
    """Some groups stand on the first page and some on the second; so do the tables that start late."""
    for start, word in (("after_rows", "GROUP"), ("after_text", "HEADER")):
        assert {first_page(pages[name], word) for name in CASES if name.startswith(start)} == {0, 1}


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_no_word_of_a_framework_is_broken(pages: dict[str, list[str]], name: str) -> None:
    shown = set(" ".join(pages[name]).split())
    words = {word for text in texts(rendered(loaded(FRAMEWORKS[name]), real_register())) for word in text.split()}
    broken = {word for word in words - shown if not set(re.split("(?<=-)", word)) - {""} <= shown}
    assert broken == set()


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_every_page_of_a_framework_has_the_header(pages: dict[str, list[str]], name: str) -> None:
    assert all("3- Hoạt động" in page for page in pages[name])
