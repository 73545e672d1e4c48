"""What the public YAML test suite holds and we read can be laid out, without a change of value or comment."""

from __future__ import annotations

from qmsplan.diagnostics import ReadError
from qmsplan.load.document import Source
from qmsplan.load.files import find_forbidden
from qmsplan.load.yaml import read_yaml
from qmsplan.yaml_edit.format import write
from rows import each_row
from suite import Case, cases


def is_read(case: Case) -> bool:
    """Whether the case is a mapping or a list that may stand in a file."""
    try:
        return not find_forbidden(case.text) and isinstance(read_yaml(case.text).value, dict | list)
    except ReadError:
        return False


CASES = [case for case in cases() if is_read(case)]


@each_row("case", CASES)
def test_a_case_keeps_its_value_and_its_comments(case: Case) -> None:
    laid = write(Source("", case.text), None)
    assert read_yaml(laid.text).value == read_yaml(case.text).value
    assert write(Source("", laid.text), None) == laid


def test_there_are_cases() -> None:
    assert len(CASES) >= 115
