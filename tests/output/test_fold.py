"""Sentences on a screen are broken between words; commands and long words stay whole."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from output_samples import diagnostic, report, span

from qmsplan.diagnostics import Message
from qmsplan.output.findings import write_text
from qmsplan.output.safe_text import folded
from rows import each_row
from values import replace


@each_row(
    ("text", "width", "expected"),
    [
        ("một hai ba", 0, ["một hai ba"]),
        ("một hai ba", 10, ["một hai ba"]),
        ("một hai ba", 9, ["một hai", "  ba"]),
        ("\x1b[1;33mmột hai\x1b[0m \x1b[1mba\x1b[0m", 10, ["\x1b[1;33mmột hai\x1b[0m \x1b[1mba\x1b[0m"]),
        ("  = gợi ý: một hai", 14, ["  = gợi ý: một", "  hai"]),
        ("chuyên-môn-nghiệp-vụ ba", 6, ["chuyên-môn-nghiệp-vụ", "  ba"]),
        ("khóa: qmsplan sign A --number 1", 12, ["khóa:", "  qmsplan sign A --number 1"]),
        ("xem bằng 'qmsplan explain QP205' rồi sửa", 14, ["xem bằng", "  'qmsplan explain QP205'", "  rồi sửa"]),
    ],
)
def test_lines(text: str, width: int, expected: list[str]) -> None:
    assert folded(text, width, 2) == expected


@given(st.lists(st.text("abcđêô", min_size=1, max_size=12), min_size=1), st.integers(20, 120), st.integers(0, 10))
def test_no_word_is_lost_and_no_line_too_long(words: list[str], width: int, indent: int) -> None:
    lines = folded(" ".join(words), width, indent)
    assert " ".join(lines).split() == words
    assert all(len(line) <= width for line in lines)


def test_only_a_terminal_sees_folded_sentences() -> None:
    words = " ".join(["chữ"] * 40)
    plain = report(diagnostic(words, span(1, 1, 3), hint=Message(words)), lines=("a: b",), width=60)
    assert max(map(len, write_text(plain).split("\n"))) > 150
    on_screen = write_text(replace(plain, screen=replace(plain.screen, folds=True)))
    assert max(map(len, on_screen.split("\n"))) <= 60
    assert on_screen.split() == write_text(plain).split()


def test_colours_do_not_count() -> None:
    words = " ".join(["chữ"] * 40)
    plain = report(diagnostic(words, span(1, 1, 3), hint=Message(words)), lines=("a: b",), width=60)
    painted = report(diagnostic(words, span(1, 1, 3), hint=Message(words)), lines=("a: b",), width=60, colours=True)
    lines = write_text(replace(painted, screen=replace(painted.screen, folds=True)))
    assert re.sub(r"\x1b\[[0-9;]*m", "", lines) == write_text(replace(plain, screen=replace(plain.screen, folds=True)))
