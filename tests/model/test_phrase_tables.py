"""The machinery of phrase tables: the first row that fits, slots, and the examples that are near."""

from __future__ import annotations

import re

import pytest
from phrase_samples import EXAMPLES as DEADLINES
from phrase_samples import TYPED as MORE_DEADLINES
from target_samples import EXAMPLES as TARGETS
from target_samples import TYPED as MORE_TARGETS

from qmsplan.model import deadline_phrases, target_phrases
from qmsplan.model.phrases import Row, find, nearest
from qmsplan.model.words import phrase

ROWS = (
    Row("quý {number}", lambda words, _period: "quarter " + words["number"], "Quý 1"),
    Row("(?:trong )?quý {number}(?: năm {year})?", lambda _words, _period: "longer", "Trong quý 1"),
    Row("{any}", lambda _words, _period: "anything", "gì cũng được"),
)
SLOTS = {"number": r"(?P<number>\d)", "year": r"(?P<year>\d{4})", "any": r"(?P<any>x+)"}
TABLES = {
    "deadline": (deadline_phrases.FORMS, deadline_phrases.SLOTS),
    "target": (target_phrases.FORMS, target_phrases.SLOTS),
}


def test_the_first_row_that_fits_the_whole_text_wins() -> None:
    assert find(ROWS, SLOTS, "quý 3") == (ROWS[0], {"number": "3"})
    assert find(ROWS, SLOTS, "quý 3 ") is None
    assert find(ROWS, SLOTS, "xx") == (ROWS[2], {"any": "xx"})


def test_a_slot_that_caught_nothing_is_empty() -> None:
    assert find(ROWS, SLOTS, "trong quý 3") == (ROWS[1], {"number": "3", "year": ""})
    assert find(ROWS, SLOTS, "quý 3 năm 2026") == (ROWS[1], {"number": "3", "year": "2026"})


def test_a_count_in_a_pattern_is_no_slot() -> None:
    rows = (Row(r"năm \d{4}", lambda _words, _period: "year", "Năm 2026"),)
    assert find(rows, {}, "năm 2026") == (rows[0], {})


def test_near_examples_come_nearest_first_and_are_at_most_three() -> None:
    assert nearest(ROWS, "Trong quý 2")[0] == "Trong quý 1"
    assert len(nearest(deadline_phrases.FORMS, "quý tháng năm")) <= 3


def test_without_a_near_one_the_first_examples_are_shown() -> None:
    assert nearest(ROWS, "zzzzzzzzzzzzzzzz") == ("Quý 1", "Trong quý 1", "gì cũng được")


@pytest.mark.parametrize("table", sorted(TABLES))
def test_examples_are_unlike_each_other(table: str) -> None:
    examples = [phrase(row.example) for row in TABLES[table][0]]
    assert len(set(examples)) == len(examples)


@pytest.mark.parametrize(
    ("table", "text"),
    [
        *[("deadline", due.phrase) for due in (*DEADLINES, *MORE_DEADLINES)],
        *[("target", says.phrase) for says in (*TARGETS, *MORE_TARGETS) if not says.conditional],
    ],
)
def test_passing_rows_over_by_their_words_never_passes_over_one_that_fits(table: str, text: str) -> None:
    """`find` skips rows whose fixed words the text lacks; trying every row must say the same."""
    rows, slots = TABLES[table]
    found = find(rows, slots, phrase(text))  # type: ignore[misc]
    fitting = next(row for row in rows if re.fullmatch(_filled(row.pattern, slots), phrase(text), re.IGNORECASE))
    assert found is not None
    assert found[0] is fitting


def _filled(pattern: str, slots: dict[str, str]) -> str:
    for name, slot in slots.items():
        pattern = pattern.replace("{" + name + "}", slot)
    return pattern
