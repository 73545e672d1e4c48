"""What the public YAML test suite holds and we read can be laid out, without a change of value or comment."""

from __future__ import annotations

import pytest

from qmsplan.layout.canonical import write
from qmsplan.load.faults import Broken
from qmsplan.load.text import find_forbidden
from qmsplan.load.tree import read_tree
from suite import Case, cases


def is_read(case: Case) -> bool:
    """Whether the case is a mapping or a list that may stand in a file."""
    try:
        return not find_forbidden(case.text) and isinstance(read_tree(case.text), dict | list)
    except Broken:
        return False


CASES = [case for case in cases() if is_read(case)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_keeps_its_value_and_its_comments(case: Case) -> None:
    laid = write(case.text, None)
    assert read_tree(laid.text) == read_tree(case.text)
    assert write(laid.text, None) == laid


def test_there_are_cases() -> None:
    assert len(CASES) >= 115
