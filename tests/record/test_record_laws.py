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

from qmsplan.model.fields import read_measured
from qmsplan.model.period import parse_period
from qmsplan.model.progress import LISTS, Reading
from qmsplan.record.entry import ACTION, COMPLETION, EVENT, FINDING, READING, make_entry

days = st.dates(date(1900, 1, 1)).flatmap(
    lambda day: st.sampled_from([str(day), f"{day.day}/{day.month}/{day.year:04}"])
)
TYPES: dict[str, Any] = {
    **dict.fromkeys(("note", "correction", "cause", "action", "lead", "verified_by", "evidence"), words),
    "files": st.lists(words.filter(lambda text: "\n" not in text), min_size=1, max_size=3),
    **dict.fromkeys(("recorded", "done", "due", "date", "verified_on"), days),
    **dict.fromkeys(("value", "change", "baseline"), measured),
    **dict.fromkeys(("numerator", "denominator"), st.one_of(counts, st.just("007"))),
    "period": periods,
    "target": st.sampled_from("123"),
    "effective": st.sampled_from(["yes", "no", "có", "không", "true"]),
    "event": st.just("QD"),
    "item": st.just("MT1"),
    "clause": st.sampled_from(["9.1.1", "10.2"]),
    **dict.fromkeys(("unit", "finding"), words),
}
NEEDED = {
    READING: {"item", "period"},
    COMPLETION: {"item", "done"},
    EVENT: {"event", "date"},
    ACTION: {"item", "period", "cause", "action"},
    FINDING: {"item", "period", "clause", "unit", "finding"},
}
TODAY = date(2026, 10, 14)


def fields_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """What may be given for a kind."""
    fields = [name for name in LISTS[kind].model_fields if name != "earlier"]
    needed = {name: TYPES[name] for name in fields if name in NEEDED[kind]}
    return st.fixed_dictionaries(needed, optional={name: TYPES[name] for name in fields if name not in needed})


wishes = st.sampled_from(list(LISTS)).flatmap(lambda kind: st.tuples(st.just(kind), fields_of(kind)))


@given(files, st.integers(0, 2**32), wishes)
def test_what_is_recorded_reads_back(tree: dict[str, Any], seed: int, wish: tuple[str, dict[str, Any]]) -> None:
    before = Typist(Random(seed)).file(tree)
    old = value_of(before)
    assume(old is not None)
    assert old
    made = make_entry(*wish, TODAY)
    after = with_entry(before, made.name, made.fields)
    note(after)
    assert value_of(after) == replace(old, **{made.name: (*getattr(old, made.name), made.value)})
    assert comments(after) == comments(before)


@given(fields_of(READING))
def test_the_entry_says_what_was_given(fields: dict[str, Any]) -> None:
    found = make_entry(READING, fields, TODAY).value
    assert isinstance(found, Reading)
    assert (found.item, found.period) == ("MT1", parse_period(fields["period"]))
    assert found.numerator == (int(fields["numerator"]) if "numerator" in fields else None)
    assert found.denominator == (int(fields["denominator"]) if "denominator" in fields else None)
    assert found.value == (read_measured(fields["value"]) if "value" in fields else None)
    if "recorded" not in fields:
        assert found.recorded == TODAY
    told = unicodedata.normalize("NFC", fields.get("evidence", "")).strip()
    assert found.evidence == tuple(line.strip() for line in told.split("\n") if line.strip())
    assert len(found.files) == len(fields.get("files", ()))
