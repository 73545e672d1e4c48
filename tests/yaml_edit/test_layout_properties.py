"""What holds for every plan, however it is typed: laid out once is laid out, and nothing is said differently."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import Any

from hypothesis import assume, given, note
from hypothesis import strategies as st
from messy import Typist, trees

from qmsplan.load.document import Source, read_content
from qmsplan.yaml_edit.format import lay_out
from qmsplan.yaml_edit.nodes import Comment, find_notes


def notes(text: str) -> list[Comment]:
    return list(find_notes(Source("", text)))


def comments(text: str) -> list[str]:
    return sorted(found.text for found in notes(text) if found.text)


def check_file(tree: dict[str, Any], seed: int) -> None:
    """What `fmt` promises, of one file."""
    text = Typist(Random(seed)).file(tree)
    note(text)
    before = read_content(text.encode(), "x")
    assume(before.value is not None)
    found = lay_out(text.encode(), "x")
    assert found.diagnostics == ()
    assert found.content is not None
    laid = found.content.decode()
    note(laid)
    after = read_content(laid.encode(), "x")
    assert after.value == before.value
    told = Counter(d.code for d in before.diagnostics)
    told["QP009"] -= len(re.findall(r"^[ -]*\? \w+ +#[^\s#!]", text, re.MULTILINE))  # behind a key nothing is cut off
    assert Counter(d.code for d in after.diagnostics) == +told - Counter({"QP008": 1})
    assert comments(laid) == comments(text.replace("\r\n", "\n"))
    assert lay_out(found.content, "x").content == found.content
    assert "\r" not in laid
    assert not any(laid[blank.start :].startswith("\n\n") for blank in notes(laid) if not blank.text)


@given(trees, st.integers(0, 2**32))
def test_every_way_of_typing_a_file(tree: dict[str, Any], seed: int) -> None:
    check_file(tree, seed)
