"""Progress files typed in every way, and entries to put into them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from hypothesis import strategies as st
from messy import ids, texts

from qmsplan.load.document import Source, read_content
from qmsplan.load.pydantic_errors import build
from qmsplan.model.progress import LISTS, Progress, ProgressEntry
from qmsplan.yaml_edit.edit import YamlFile, add_entry, set_fields
from qmsplan.yaml_edit.nodes import find_notes

days = st.dates().map(str)
periods = st.sampled_from(["2026", "2026-Q1", "2026-09", "2026-H1", "2026-9M", "2026-2030", "2026-03-01/2026-06-30"])
counts = st.integers(0, 10**6).map(str)
measured = st.sampled_from(["98,7%", "1.10", "-3", "12 vụ", "0"])
words = texts.filter(lambda text: text.strip() == text != "")
"""Texts as options give them: without white space at their ends, never empty."""
proof = {"evidence": words, "files": st.lists(words, min_size=1, max_size=3), "note": words}

ENTRIES = {
    "readings": st.fixed_dictionaries(
        {"item": ids, "period": periods, "recorded": days},
        optional={
            "target": st.sampled_from("123"),
            "numerator": counts,
            "denominator": counts,
            "value": measured,
            "baseline": measured,
            "change": measured,
            **proof,
        },
    ),
    "completions": st.fixed_dictionaries(
        {"item": ids, "done": days}, optional={"period": periods, "recorded": days, **proof}
    ),
    "events": st.fixed_dictionaries({"event": ids, "date": days}, optional={"recorded": days, "note": words}),
    "corrective_actions": st.fixed_dictionaries(
        {"item": ids, "period": periods, "cause": words, "action": words, "recorded": days},
        optional={"lead": words, "due": days, "done": days},
    ),
}
files = st.fixed_dictionaries(
    {"kind": st.just("progress"), "plan": st.just("KH")},
    optional={"unit": words, **{name: st.lists(entry, max_size=3) for name, entry in ENTRIES.items()}},
)
entries = st.sampled_from(list(ENTRIES)).flatmap(lambda name: ENTRIES[name].map(lambda fields: (name, fields)))
pairs = st.sampled_from(list(ENTRIES)).flatmap(lambda name: st.tuples(st.just(name), ENTRIES[name], ENTRIES[name]))
"""A list and two entries of it."""


def value_of(text: str) -> Progress | None:
    """What a text records; None if it does not load."""
    value = read_content(text.encode(), "x").value
    return value if isinstance(value, Progress) else None


def entry_of(name: str, fields: Mapping[str, Any]) -> ProgressEntry:
    """The value of an entry's fields."""
    entry: ProgressEntry = build(LISTS[name], dict(fields))
    return entry


def in_order(name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in the order of the model; a list of one as that one."""
    alone = {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in fields.items()}
    return {key: alone[key] for key in LISTS[name].model_fields if key in alone}


def comments(text: str) -> list[str]:
    """The comments of a text, sorted."""
    text = text.replace("\r\n", "\n")
    return sorted(note.text for note in find_notes(Source("", text)) if note.text)


def with_entry(text: str, name: str, fields: Mapping[str, Any]) -> str:
    """The text of a progress file with one more entry."""
    return add_entry(YamlFile("x.yaml", text, Progress), (name,), fields).text


def with_fields(text: str, place: tuple[str, int], fields: Mapping[str, Any], dropped: Collection[str] = ()) -> str:
    """The text of a progress file with fields of an entry set or dropped."""
    return set_fields(YamlFile("x.yaml", text, Progress), place, {**fields, **dict.fromkeys(dropped)}).text
