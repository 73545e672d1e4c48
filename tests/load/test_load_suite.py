"""The public YAML test suite: every case is read as it should be or refused; where libyaml differs is written down."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from loading import HEAD, check_text

from qmsplan.diagnostics import ReadError
from qmsplan.load.yaml import Tree, read_yaml
from rows import each_row
from suite import Case, cases

CASES = cases()

NOT_READ = {
    "2JQS", "2LFX", "58MP", "5T43", "6BCT", "6CA3", "6LVF", "7Z25", "8XYN", "96NN/0", "96NN/1", "A2M4", "BEC7",
    "CFD4", "DBG4", "DK3J", "DK95/0", "DK95/3", "DK95/4", "FP8R", "FRK4", "HM87/0", "HWV9", "M7A3", "MUS6/5",
    "MUS6/6", "NHX8", "NKF9", "Q5MG", "QT73", "R4YG", "S3PD", "SM9W/1", "UKK6/0", "W5VH", "Y79Y/1", "Y79Y/10",
}  # fmt: skip
"""YAML 1.2 that libyaml does not read: empty keys, tabs after indentation, bare documents, odd directives."""

READ_ALL_THE_SAME = ["9C9N", "9JBA", "CVW2", "DK95/1", "G5U8", "QB6E", "S98Z", "SU5Z", "X4QW", "Y79Y/3", "YJV2"]
"""No YAML, and read by libyaml: comments without a space before them, closing brackets at the margin."""

FORBIDDEN = "G4RS"
"""It holds an escape that makes a backspace."""

OTHER_VALUE = ["652Z", "L24T/1"]
"""`{ ?a: b }` is a key of its own here; a last line of spaces without a line end."""


def verdict(case: Case) -> str:
    """`read`, or the code of the refusal."""
    try:
        read_yaml(case.text)
    except ReadError as broken:
        return broken.code.code
    return "read"


def is_value(tree: Tree, value: Any) -> bool:
    """Whether a tree, all of whose scalars are text, stands for a value; numbers are compared as numbers."""
    if isinstance(value, dict):
        filled = {key: entry for key, entry in value.items() if entry is not None}
        return (
            isinstance(tree, dict) and tree.keys() == filled.keys() and all(is_value(tree[k], filled[k]) for k in tree)
        )
    if isinstance(value, list):
        return isinstance(tree, list) and len(tree) == len(value) and all(map(is_value, tree, value))
    if isinstance(value, bool):
        return isinstance(tree, str) and tree.lower() == str(value).lower()
    if isinstance(value, int | float):
        return isinstance(tree, str) and (float(tree) if tree[:2] not in {"0x", "0o"} else int(tree, 0)) == value
    return tree == value


@each_row("case", CASES)
def test_a_case_ends_as_it_should(case: Case) -> None:
    found = verdict(case)
    if case.id in NOT_READ:
        assert found == "QP004"
    elif case.id in READ_ALL_THE_SAME:
        assert found == "read"
    elif case.id == FORBIDDEN:
        assert found == "QP003"
    elif case.is_wrong:
        assert found in {"QP004", "QP005"}
    else:
        assert found in {"read", "QP005"}


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 402
    assert sum(case.is_wrong for case in CASES) == 94
    assert Counter(map(verdict, CASES)) == {"read": 177, "QP004": 107, "QP005": 117, "QP003": 1}


@each_row("case", [case for case in CASES if case.json])
def test_a_value_is_the_one_meant(case: Case) -> None:
    if verdict(case) == "read":
        value = json.loads(case.json or "")
        assert is_value(read_yaml(case.text).value, value) == (case.id not in OTHER_VALUE)


@each_row("case", CASES)
def test_no_case_raises_or_leads_out_of_its_text(case: Case) -> None:
    check_text(case.text)
    check_text(HEAD + case.text)
    check_text(HEAD + "basis:\n" + "".join(f"  {line}" for line in case.text.splitlines(keepends=True)))
