"""The machinery of phrase tables: the first row that fits, slots, and the examples that are near."""

from __future__ import annotations

import re
from typing import Any

from phrase_tables import HAND_DEADLINES
from qmsplan.model.text import phrase
from qmsplan.phrases import calendar_words, deadline_parse
from qmsplan.phrases.tables import PhraseRow, filled_slots, fits, nearest, needed, rows_of
from rows import each_row

ROWS = (
    PhraseRow(r"quý (?P<number>\d)", lambda words, _period: "quarter " + words["number"], "Quý 1"),
    PhraseRow(
        r"(?:trong )?quý (?P<number>\d)(?: năm (?P<year>\d{4}))?", lambda _words, _period: "longer", "Trong quý 1"
    ),
    PhraseRow("(?P<any>x+)", lambda _words, _period: "anything", "gì cũng được"),
)


def test_slots_are_filled_in_one_after_the_other_and_a_count_is_none() -> None:
    slots = filled_slots({"digit": "[0-9]", "year": "(?P<year>{digit}{4})"})
    typed = {"pattern": "năm {year}", "meaning": "year", "example": "Năm 2026", "means": "The year."}
    rows = rows_of([typed], {"year": len}, slots)
    assert rows == (PhraseRow("năm (?P<year>[0-9]{4})", len, "Năm 2026", "The year."),)


def test_near_examples_come_nearest_first_and_are_at_most_three() -> None:
    assert nearest(ROWS, "Trong quý 2")[0] == "Trong quý 1"
    assert len(nearest(deadline_parse.FORMS, "quý tháng năm")) <= 3


def test_without_a_near_one_the_first_examples_are_shown() -> None:
    assert nearest(ROWS, "zzzzzzzzzzzzzzzz") == ("Quý 1", "Trong quý 1", "gì cũng được")


def test_the_examples_of_deadlines_are_unlike_each_other() -> None:
    rows: tuple[PhraseRow[Any], ...] = (*calendar_words.STRETCHES, *deadline_parse.FORMS)
    examples = [phrase(row.example) for row in rows]
    assert len(set(examples)) == len(examples)


@each_row("text", HAND_DEADLINES)
def test_passing_rows_over_by_their_words_never_passes_over_one_that_fits(text: str) -> None:
    """`fits` skips rows whose fixed words the text lacks; trying every row must say the same."""
    rows = deadline_parse.FORMS
    fitting = [row for row in rows if re.fullmatch(row.pattern, phrase(text), re.IGNORECASE)]
    assert [row for row, _ in fits(rows, phrase(text))] == fitting


@each_row(
    ("pattern", "words"),
    [
        (r"năm \d{4}", (("năm ",),)),
        (r"Quý (?:i{1,3}x|iv ?)(?!v), ?x{0,2}y", (("Quý ",), ("x", "iv"), (",",), ("y",))),
        ("tháng|quý|năm (?:nay|sau)", (("tháng", "quý", "năm "),)),
        (r"(?:tới|hết) (?P<till>(?:ngày|n\(?) (?:tháng|\w))", (("tới", "hết"), ("ngày", "n"))),
        (r"t\.? ?[0-9]+? \(xong\)", (("t",), (" (xong)",))),
        (r"(?:a(?:b|c))?d*?(e)?(?(e)\))(f|\))", (("f", ")"),)),
        (r"(?:riêng|trong đó) ?\x00", (("riêng", "trong đó"),)),
    ],
)
def test_the_words_that_a_pattern_needs(pattern: str, words: tuple[tuple[str, ...], ...]) -> None:
    assert needed(pattern) == words
