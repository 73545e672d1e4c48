"""One term for one thing: no message and no page for users has a term that docs/glossary.md rules out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "src" / "qmsplan" / "locale" / "vi" / "LC_MESSAGES" / "qmsplan.po"


def refused() -> list[str]:
    """The terms of the last column of the table."""
    rows = re.findall(r"(?m)^\| (?!thing|---)(.+) \|$", (ROOT / "docs" / "glossary.md").read_text("utf-8"))
    return [term.strip() for row in rows for term in row.split(" | ")[3].split(";")]


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    said = [str(text) for message in catalogue if message.id for text in (message.id, message.string)]
    return said + [line for page in pages() for line in page.read_text("utf-8").splitlines()]


def pages() -> list[Path]:
    """What users read beside messages."""
    patterns = ("README*.md", "docs/*.md", "src/qmsplan/*/pages/*.md", "src/qmsplan/pages/*.md")
    return [page for pattern in patterns for page in ROOT.glob(pattern) if page.name != "glossary.md"]


def test_the_table_names_terms() -> None:
    assert len(refused()) > 15


@pytest.mark.parametrize("term", refused())
def test_no_message_uses_another_term(term: str, sentences: list[str]) -> None:
    alone = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)")
    found = [text for text in sentences if term in text and alone.search(text)]
    assert found == []
