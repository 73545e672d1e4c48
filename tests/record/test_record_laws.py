"""What was recorded reads back as it was given, in whatever file it goes."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import assume, given, note
from hypothesis import strategies as st

from values import replace

sys.path.insert(0, str(Path(__file__).parents[1] / "yaml_edit"))

from messy import Typist
from splicing import comments, counts, files, measured, periods, value_of, with_entry, words

from qmsplan.cli.record_entry import Maker, make_entry
from qmsplan.forms.values import ACTION, COMPLETION, EVENT, FIELDS, FINDING, READING
from qmsplan.model.fields import read_measured
from qmsplan.model.period import parse_period
from qmsplan.model.progress import Reading

days = st.dates(date(1900, 1, 1)).flatmap(
    lambda day: st.sampled_from([str(day), f"{day.day}/{day.month}/{day.year:04}"])
)
TYPES: dict[str, Any] = {
    **dict.fromkeys(("note", "correction", "cause", "action", "lead", "verified-by"), words),
    **dict.fromkeys(
        ("evidence", "file"), st.lists(words.filter(lambda text: "\n" not in text), min_size=1, max_size=3)
    ),
    **dict.fromkeys(("recorded", "done", "due", "on", "action-done", "verified-on"), days),
    **dict.fromkeys(("value", "change", "baseline"), measured),
    **dict.fromkeys(("num", "den"), st.one_of(counts, st.just("007"))),
    "period": periods,
    "target": st.sampled_from("123"),
    "effective": st.sampled_from(["yes", "no", "có", "không", "true"]),
    "event": st.just("QD"),
    "clause": st.sampled_from(["9.1.1", "10.2"]),
    **dict.fromkeys(("audited", "finding"), words),
}
NEEDED = {
    READING: {"period"},
    COMPLETION: {"done"},
    EVENT: {"event", "on"},
    ACTION: {"period", "cause", "action"},
    FINDING: {"period", "clause", "audited", "finding"},
}


def options_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """What may be given for a kind."""
    needed = {name: TYPES[name] for name in FIELDS[kind] if name in NEEDED[kind]}
    return st.fixed_dictionaries(needed, optional={name: TYPES[name] for name in FIELDS[kind] if name not in needed})


wishes = st.sampled_from(list(FIELDS)).flatmap(lambda kind: st.tuples(st.just(kind), options_of(kind)))
maker = Maker({"item": "MT1"}, date(2026, 10, 14), Path.cwd())


@given(files, st.integers(0, 2**32), wishes)
def test_what_is_recorded_reads_back(tree: dict[str, Any], seed: int, wish: tuple[str, dict[str, Any]]) -> None:
    before = Typist(Random(seed)).file(tree)
    old = value_of(before)
    assume(old is not None)
    assert old
    made = make_entry(*wish, maker)
    after = with_entry(before, made.name, made.fields)
    note(after)
    assert value_of(after) == replace(old, **{made.name: (*getattr(old, made.name), made.value)})
    assert comments(after) == comments(before)


@given(options_of(READING))
def test_the_entry_says_what_was_given(options: dict[str, Any]) -> None:
    found = make_entry(READING, options, maker).value
    assert isinstance(found, Reading)
    assert (found.item, found.period) == ("MT1", parse_period(options["period"]))
    assert found.numerator == (int(options["num"]) if "num" in options else None)
    assert found.denominator == (int(options["den"]) if "den" in options else None)
    assert found.value == (read_measured(options["value"]) if "value" in options else None)
    if "recorded" not in options:
        assert found.recorded == maker.day
    given_lines = tuple(unicodedata.normalize("NFC", text).strip() for text in options.get("evidence", ()))
    assert found.evidence == given_lines
    assert len(found.files) == len(options.get("file", ()))
