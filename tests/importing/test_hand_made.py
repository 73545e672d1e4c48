"""Papers of offices, made by hand: how many of their fields are right, and that every word is placed or reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from importing.answers import wrong_fields
from importing.drafts import drafted
from importing.more_papers import PAPERS as MORE
from importing.papers import PAPERS

Make = Callable[[], tuple[bytes, dict[str, Any]]]
LEAST = 0.95
"""The share of fields that must be right in each paper."""


@pytest.mark.parametrize("make", [*PAPERS.values(), *MORE.values()], ids=lambda make: make.__name__)
def test_the_fields_of_a_paper(make: Make) -> None:
    content, answer = make()
    found = drafted(content)
    wrong, count = wrong_fields(found.plan, answer)
    assert count > 20
    assert len(wrong) <= (1 - LEAST) * count, wrong
    assert found.words.share > 0.94


def test_a_paper_that_lacks_a_sentence_in_the_draft_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account would notice: it is made from the two texts, not from what the importer believes."""
    from qmsplan.importing import sections

    content, _ = PAPERS["silent_annex"]()
    monkeypatch.setattr(sections, "paragraphs", lambda _: "")
    found = drafted(content)
    assert any("Ngăn ngừa tai nạn điện" in one.text for one in found.words.left)
    assert found.words.placed + found.words.reported == found.words.total
