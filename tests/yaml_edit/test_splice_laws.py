"""What holds for every progress file, however it is typed: it says what it said and the new entry, no line is lost."""

from __future__ import annotations

from difflib import SequenceMatcher
from random import Random
from typing import Any

from hypothesis import assume, given, note
from hypothesis import strategies as st
from messy import Typist
from splicing import comments, entries, entry_of, files, in_order, pairs, value_of, with_entry, with_fields

from qmsplan.model.progress import Progress
from values import replace

MEASURES = ("value", "numerator", "denominator", "change")


def typed(tree: dict[str, Any], seed: int, *, is_cut: bool) -> tuple[str, Progress]:
    """A text of the tree that loads, and what it records; perhaps without its last line end."""
    text = Typist(Random(seed)).file(tree)
    text = text.rstrip("\r\n") if is_cut else text
    value = value_of(text)
    assume(value is not None)
    assert value
    note(text)
    return text, value


def lost_lines(before: str, after: str) -> list[str]:
    """Lines that are not there any more, or that are changed."""
    old, new = before.splitlines(), after.splitlines()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {number for start, _, size in blocks for number in range(start, start + size)}
    return [line for number, line in enumerate(old) if number not in kept]


@given(tree=files, seed=st.integers(0, 2**32), entry=entries, is_cut=st.booleans())
def test_an_entry_more(tree: dict[str, Any], seed: int, entry: tuple[str, dict[str, Any]], *, is_cut: bool) -> None:
    before, value = typed(tree, seed, is_cut=is_cut)
    name, fields = entry
    after = with_entry(before, name, in_order(name, fields))
    note(after)
    expected = replace(value, **{name: (*getattr(value, name), entry_of(name, fields))})
    assume(value_of(before.rstrip("\r\n") + "\n") == value)  # a block text that ends with the file, without a line end
    assert value_of(after) == expected
    assert comments(after) == comments(before)
    assert len(lost_lines(before, after)) <= 2
    assert ("\r\n" in after) == ("\r\n" in before)


@given(tree=files, seed=st.integers(0, 2**32), pair=pairs, is_cut=st.booleans())
def test_an_entry_changed(
    tree: dict[str, Any], seed: int, pair: tuple[str, dict[str, Any], dict[str, Any]], *, is_cut: bool
) -> None:
    name, there, fields = pair
    tree = {**tree, name: [*tree.get(name, ()), there]}
    before, value = typed(tree, seed, is_cut=is_cut)
    old = getattr(value, name)
    index = seed % len(old)
    new = {key: text for key, text in in_order(name, fields).items() if key not in {"item", "event"}}
    told = entry_of(name, fields)
    dropped = [key for key in MEASURES if getattr(old[index], key, None) is not None and key not in new]
    after = with_fields(before, (name, index), new, dropped)
    note(after)
    changed = replace(old[index], **{key: getattr(told, key) for key in new}, **dict.fromkeys(dropped))
    assume(value_of(before.rstrip("\r\n") + "\n") == value)
    assert value_of(after) == replace(value, **{name: (*old[:index], changed, *old[index + 1 :])})
    assert comments(after) == comments(before)


@given(files, st.integers(0, 2**32), st.lists(entries, min_size=2, max_size=5))
def test_many_entries_one_after_the_other(
    tree: dict[str, Any], seed: int, given_entries: list[tuple[str, dict[str, Any]]]
) -> None:
    text, value = typed(tree, seed, is_cut=False)
    found = comments(text)
    for name, fields in given_entries:
        text = with_entry(text, name, in_order(name, fields))
        value = replace(value, **{name: (*getattr(value, name), entry_of(name, fields))})
    note(text)
    assert value_of(text) == value
    assert comments(text) == found
