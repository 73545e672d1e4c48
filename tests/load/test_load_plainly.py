"""What is read line by line is what the parser reads, or is left to it."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from fuzzing import CORPUS, mutant, parsed, plainly
from qmsplan.load.faults import Broken
from qmsplan.load.limits import LONGEST_SCALAR
from qmsplan.load.text import decode, find_forbidden
from suite import Case, cases

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = [
    "a: b\n",
    "a: b\r\nc: d\r\n",
    "# said\n\na: b # why\n  # indented\nb: c  \n",
    "a:   b\nb: x:y\nc: x#y\nd: (e)\nf: a - b\ng: 08:30\n",
    'a: "b: #c"\nb: \'c "d"\' # e\nc: ""\nd: \'\'\n',
    "a:\n  b: c\nd:\n    e: f\n",
    "a: # why\n  b: c\n",
    "a:\n  - b\n  - c d\ne:\n- f\n- g\nh: i\n",
    "a:\n  - b: c\n    d: e\n  -   b: c\n      d: e\n",
    "a:\n- b: c\n  d:\n  - e\n  - f\n- b: g\n",
    "a: |\n  b\n   c\n\n  d\n\n\ne: f\n",
    "a: |-\n  b\n  # no comment\n# a comment\nc: d\n",
    "a: >-\n  b\n  c\nd: >\n  e\n\n  f\n  g\n",
    "a:\n  - |\n    b\n  - >-\n    c\n    d\n",
    "Tên_đơn-vị.1: Phòng Nghiệp vụ…\n",
    "a: null-ish\nb: 012\nc: =x\nd: <5\n",
]
"""Read line by line, and as the parser reads them."""

NOT_PLAIN = [
    "", "a: b", "\n", "# only said\n", "b\n", "- a\n", " a: b\n", "a\n: b\n", "a:\n", "a: b\nc:\nd: e\n", "a: ~\n",
    "a: null # x\n", "null: a\n", "a:\n  -\n", "a:\n  - - b\n", "a:\n  b\n", "a: b\n  c\n", "a: b\n\n  c\n",
    "a: b\n c: d\n", "a:\n    b: c\n  d: e\n", "a:\n  - b\n c: d\n", "a:\n  b: c\n  - d\n", "a: b\na: c\n",
    "a: &x b\n", "a: *x\n", "a: !x b\n", "a: [b]\n", "a: {b: c}\n", "? a\n", "%TAG ! x:\n", "---\na: b\n",
    "a: b\n...\n", "a: b: c\n", "a: b:\n", "a: 'b''c'\n", "a: 'b'c\n", 'a: "b\\n"\n', 'a: "b"#c\n', 'a: "b\n  c"\n',
    "a:\tb\n", "a: b\tc\n", "a: @b\n", "a: `b\n", "a: -b\n", "a: ?b\n", "'a': b\n", "a b: c\n", "<<: a\n", "a:b\n",
    "a: |\n", "a: |\nb: c\n", "a: |\n\n  b\n", "a: |+\n  b\n", "a: |2\n   b\n", "a: | # b\n  c\n",
    "a: |\n  b\n \n  c\n", "a: |\n    b\n  \n    # c\n", "a: >\n  b\n   c\n", "a: |\n  b\n c\n", "a:\n  b: |\n  c\n",
    "a: o\u0323\n", "a: b\rc: d\n",
]  # fmt: skip
"""Left to the parser, whatever it says of them."""

VALUES = [
    "x",
    "x y",
    "x  ",
    "x #c",
    "x#c",
    "'q'",
    '"q"',
    '"q" #c',
    "''",
    '""',
    "x:y",
    "(a)",
    "a\u00a0b",
    "=",
    "a: b",
    "..",
]
LINES = ["t", "t u", "# c", "- t", "t: u", "", "t  ", "'t", "t"]


def lined(chance: Random) -> str:
    """A text of a few lines, most of them where they might belong."""
    lines: list[str] = []
    indent = 0
    for _ in range(chance.randint(1, 12)):
        indent = max(0, indent + chance.choice([0, 0, 0, 0, 0, 0, -4, -2, 2, 1, -1]))
        lead = " " * indent + chance.choice(["", "", "", "- ", "-  "])
        key = chance.choice([*(f"k{len(lines)}:{end}" for end in (" ", "  ", "")), "k0: ", ""])
        way = chance.random()
        if way < 0.1:
            lines.append(chance.choice(["", " ", "  # c", "# c", "    ", "      #c"]))
        elif way < 0.5:
            lines.append(lead + key + chance.choice(VALUES))
        elif way < 0.75:
            lines.append(lead + f"k{len(lines)}:" + chance.choice(["", " ", "  # c"]))
            indent += chance.choice([0, 2, 2, 4])
        else:
            lines.append(lead + key + chance.choice(["|", "|-", ">", ">-", "| ", "|+", "> #x"]))
            margin = indent + chance.choice([2, 2, 4, 1, 0, 3])
            block = [max(0, margin + chance.choice([0, 0, 0, 0, 0, 1, -1])) for _ in range(chance.randint(0, 4))]
            lines += [" " * spaces + chance.choice(LINES) for spaces in block]
    return "\n".join(lines) + chance.choice(["\n", "\n", "\n", "\n\n", "", " \n", "\n#x\n"])


@pytest.mark.parametrize("text", PLAIN)
def test_plain_lines_are_read_as_the_parser_reads_them(text: str) -> None:
    assert plainly(text) == parsed(text) is not None


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_other_lines_are_left_to_the_parser(text: str) -> None:
    assert plainly(text) is None


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_real_files_are_plain(path: Path) -> None:
    text = path.read_text("utf-8")
    assert plainly(text) == parsed(text) is not None


@pytest.mark.parametrize("case", [case for case in cases() if not find_forbidden(case.text)], ids=lambda case: case.id)
def test_cases_of_the_public_suite(case: Case) -> None:
    values = plainly(case.text)
    assert values is None or values == parsed(case.text)


@pytest.mark.parametrize("seed", range(10))
def test_lines_of_all_kinds(seed: int) -> None:
    chance = Random(seed)
    texts = [lined(chance) for _ in range(3_000)]
    read = [(text, values) for text in texts if (values := plainly(text)) is not None]
    assert [(text, values) for text, values in read if values != parsed(text)] == []
    assert len(read) > 40


@pytest.mark.parametrize("seed", range(10))
def test_spoilt_files(seed: int) -> None:
    chance = Random(seed)
    read = 0
    for number in range(40):
        try:
            text = decode(mutant(chance, number).content)
        except Broken:
            continue
        values = plainly(text)
        read += values is not None
        assert values is None or values == parsed(text)
    assert read


def test_limits() -> None:
    """What is too large for a plan is told by the parser."""
    assert plainly(f"a: {'b' * (LONGEST_SCALAR - 3)}\n") is not None
    assert plainly(f"a: {'b' * (LONGEST_SCALAR + 1)}\n") is None
    assert plainly(f"a: |-\n  {'b' * (LONGEST_SCALAR + 1)}\n") is None
    assert plainly("".join(f"{'  ' * depth}a:\n" for depth in range(14)) + f"{'  ' * 14}a: b\n") is not None
    assert plainly("".join(f"{'  ' * depth}a:\n" for depth in range(30)) + f"{'  ' * 30}a: b\n") is None
    assert plainly("".join(f"a{number}: b\n" for number in range(40_000))) is not None
    assert plainly("".join(f"a{number}: b\n" for number in range(40_001))) is None
