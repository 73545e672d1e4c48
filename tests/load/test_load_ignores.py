"""Ignore comments: what is one, what only looks like one, and which lines it is about."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from loading import HEAD

from qmsplan.check.findings import Ignore, read_ignores
from qmsplan.load.document import IGNORE, Source
from rows import each_row


def ignores(text: str) -> list[Ignore]:
    return list(read_ignores(Source("a.yaml", text)))


def short(text: str) -> list[str]:
    """`7:5-20 for 7 8 | QP101 QP102 | reason` each."""
    return [
        f"{found.span.line}:{found.span.column}-{found.span.end_column} for {' '.join(map(str, found.lines))}"
        f" | {' '.join(found.codes)} | {found.reason}"
        for found in ignores(text)
    ]


@each_row(
    ("text", "expected"),
    [
        ("a: b # qmsplan: ignore[QP101] why\n", ["1:6-34 for 1 | QP101 | why"]),
        ("a: b  #qmsplan: ignore[QP101] why", ["1:7-34 for 1 | QP101 | why"]),
        ("a: b # more # qmsplan: ignore[QP101] why", ["1:13-41 for 1 | QP101 | why"]),
        ("# more # qmsplan: ignore[QP101] why # not\na: b", ["1:8-42 for 1 2 | QP101 | why # not"]),
        ("a: b #  qmsplan: ignore [QP101] why \t\r\n", ["1:6-36 for 1 | QP101 | why"]),
        ("a: b # qmsplan: ignore[QP101,no-lead , ,QP101] why", ["1:6-51 for 1 | QP101 no-lead | why"]),
        ("a: b # qmsplan: ignore[QP101]: why", ["1:6-35 for 1 | QP101 | why"]),
        ("a: b # qmsplan: ignore[QP101] - why not", ["1:6-40 for 1 | QP101 | why not"]),
        ("a: b # qmsplan: ignore[QP101]", ["1:6-30 for 1 | QP101 | "]),
        ("a: b # qmsplan: ignore[QP101] -", ["1:6-32 for 1 | QP101 | "]),
        ("a: b # qmsplan: ignore[] why", ["1:6-29 for 1 |  | why"]),
        ("a: b # qmsplan: ignore QP101 why", ["1:6-33 for 1 |  | "]),
        ("a: b # qmsplan: ignore", ["1:6-23 for 1 |  | "]),
        ("a: b # qmsplan: ignore[QP101", ["1:6-29 for 1 |  | "]),
        ("ạ: b # qmsplan: ignore[QP101] lý do", ["1:6-36 for 1 | QP101 | lý do"]),
        ("# qmsplan: ignore[QP101] why\na: b", ["1:1-29 for 1 2 | QP101 | why"]),
        ("\n  # qmsplan: ignore[QP101] why\n\n# more\na: b", ["2:3-31 for 2 5 | QP101 | why"]),
        ("a: b\n# qmsplan: ignore[QP101] why", ["2:1-29 for 2 2 | QP101 | why"]),
        (
            "# qmsplan: ignore[QP101] x\n# qmsplan: ignore[QP102] y\na: b # qmsplan: ignore[QP103] z",
            ["1:1-27 for 1 3 | QP101 | x", "2:1-27 for 2 3 | QP102 | y", "3:6-32 for 3 | QP103 | z"],
        ),
        ("a: 'x' # qmsplan: ignore[QP101] why", ["1:8-36 for 1 | QP101 | why"]),
        ('a: "x # y" # qmsplan: ignore[QP101] why', ["1:12-40 for 1 | QP101 | why"]),
        ("a: [b, # qmsplan: ignore[QP101] why\n  c]", ["1:8-36 for 1 | QP101 | why"]),
        ("a: # qmsplan: ignore[QP101] why\n  b: c", ["1:4-32 for 1 | QP101 | why"]),
        ("- # qmsplan: ignore[QP101] why\n  b", ["1:3-31 for 1 | QP101 | why"]),
        ("a: | # qmsplan: ignore[QP101] why\n  b", ["1:6-34 for 1 2 | QP101 | why"]),
        ("a: >- # qmsplan: ignore[QP101] why\n  b\nc: d", ["1:7-35 for 1 2 | QP101 | why"]),
        ("# qmsplan: ignore[QP101] why\na: |\n  b\n\n  c\nd: e", ["1:1-29 for 1 2 3 4 5 | QP101 | why"]),
        ("- # qmsplan: ignore[QP101] why\n  a: >-\n    b\n", ["1:3-31 for 1 | QP101 | why"]),
        ("# qmsplan: ignore[QP101] why\n- |\n  b\n- c", ["1:1-29 for 1 2 3 | QP101 | why"]),
        ("a: b # qmsplan: ignore[QP101] why\nc: |\n  d", ["1:6-34 for 1 | QP101 | why"]),
        ("a: |\n  b\n# qmsplan: ignore[QP101] why\nc: d", ["3:1-29 for 3 4 | QP101 | why"]),
        ("a: one\n  two # qmsplan: ignore[QP101] why\n", ["2:7-35 for 2 | QP101 | why"]),
    ],
)
def test_what_is_an_ignore_comment(text: str, expected: list[str]) -> None:
    assert short(text) == expected


@each_row(
    "text",
    [
        "",
        "a: b",
        "a: 'b # qmsplan: ignore[QP101] why'",
        'a: "b # qmsplan: ignore[QP101] why"',
        'a: "b\n  # qmsplan: ignore[QP101] why\n  c"',
        "a: |\n  # qmsplan: ignore[QP101] why\n  b",
        "a: |\n  b # qmsplan: ignore[QP101] why",
        "a: >\n  b\n\n  # qmsplan: ignore[QP101] why\nc: d",
        "a: b # qmsplan: ignored[QP101] why",
        "a: b # qmsplan: Ignore[QP101] why",
        "a: b # see qmsplan: ignore[QP101] why",
        "a: b # more# qmsplan: ignore[QP101] why",
        "# yaml-language-server: $schema=qmsplan.schema.json",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert ignores(text) == []


MARKED = f"# {IGNORE}[QP101] why"
plain_texts = st.lists(st.sampled_from(["a", " ", "#", " # ", MARKED, " " + MARKED, "'", '"', "\n", "\\"]), max_size=6)


@given(st.lists(plain_texts.map("".join), min_size=1, max_size=5), st.data())
def test_no_quoted_text_is_a_comment_and_every_comment_is_seen(texts: list[str], data: st.DataObject) -> None:
    """JSON is YAML: whatever texts hold, the comments behind their lines are seen and nothing else."""
    marked = [data.draw(st.booleans()) for _ in texts]
    lines = ["{", *(json.dumps(f"k{n}") + ": " + json.dumps(text) + "," for n, text in enumerate(texts)), "}"]
    comments = ["", *(f" {MARKED}" if mark else "" for mark in marked), ""]
    text = "\n".join(map("".join, zip(lines, comments, strict=True)))
    found = ignores(text)
    assert [one.span.line for one in found] == [line for line, mark in enumerate(marked, 2) if mark]
    assert all(one.lines == (one.span.line,) for one in found)


@given(plain_texts.map("".join))
def test_no_line_of_a_block_is_a_comment(text: str) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    block = "".join(f"    {line}\n" for line in lines) or "    x\n"
    found = ignores(f"{HEAD}preamble: |2  {MARKED}\n{block}{MARKED}\nform: true\n")
    first = HEAD.count("\n") + 1
    last = first + block.count("\n") + 1
    assert [one.lines for one in found] == [tuple(range(first, last)), (last, last + 1)]


def test_places_are_inside_their_lines() -> None:
    text = f"{HEAD}preamble: x {MARKED}   \n"
    (found,) = ignores(text)
    line = text.split("\n")[found.span.line - 1]
    assert line[found.span.column - 1 : found.span.end_column - 1] == MARKED
