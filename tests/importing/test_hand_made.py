"""Papers of offices, made by hand: that every word of them is placed or reported; what each becomes stands in
`data/told/importing/test_hand_made.txt`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importing.drafts import drafted
from importing.more_papers import PAPERS as MORE
from importing.papers import PAPERS


@pytest.mark.parametrize("make", [*PAPERS.values(), *MORE.values()], ids=lambda make: make.__name__)
def test_the_draft_of_a_paper(make: Callable[[], bytes]) -> None:
    words = drafted(make()).words
    assert words.placed > 0.94 * words.total


def test_a_paper_that_lacks_a_sentence_in_the_draft_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account would notice: it is made from the two texts, not from what the importer believes."""
    from qmsplan.importing import sections

    monkeypatch.setattr(sections, "paragraphs", lambda _: "")
    found = drafted(PAPERS["silent_annex"]())
    assert any("Ngăn ngừa tai nạn điện" in one.text for one in found.words.left)
    assert found.words.placed + found.words.reported == found.words.total
