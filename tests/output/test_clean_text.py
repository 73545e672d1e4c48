"""What stands between plan text and terminals, and logs."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from output_samples import HOSTILE

from qmsplan.output.safe_text import clean, harmless
from rows import each_row

DANGEROUS = st.text(
    st.sampled_from([*"ab :#[]%,\n\r\t\x00\x07\x1b\x7f\x85\x9b\u2028\u202e\u2066\ufeff\ud800", "ế"]), max_size=30
)


@each_row(
    ("text", "expected"),
    [
        ("Quý III năm 2026", "Quý III năm 2026"),
        ("", ""),
        ("a\nb\tc", "a b c"),
        ("\x1b[31mđỏ", r"\x1b[31mđỏ"),
        ("a\rb", r"a\rb"),
        ("a\r\nb", r"a\r b"),
        ("\x00\x07\x7f\x9b", r"\x00\x07\x7f\x9b"),
        ("\x85", r"\x85"),
        ("a\u2028b\u2029", r"a\u2028b\u2029"),
        ("\u202egnp", r"\u202egnp"),
        ("\u2066x\u2069", r"\u2066x\u2069"),
        ("\ufeffx", r"\ufeffx"),
        ("\ud800", r"\ud800"),
        ("[red]x[/red] :x: {x} %s", "[red]x[/red] :x: {x} %s"),
        ("\u00a0", "\u00a0"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_control_characters_are_shown_and_nothing_else_changes(text: str, expected: str) -> None:
    assert clean(text) == expected


@each_row("mark", ["\u200e", "\u200f"])
def test_marks_of_direction_are_shown(mark: str) -> None:
    assert mark not in clean(f"a{mark}b")


@given(DANGEROUS | st.text(max_size=60))
def test_a_cleaned_text_is_one_line_that_no_terminal_obeys(text: str) -> None:
    found = clean(text)
    assert len(found.splitlines()) <= 1
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in found)
    assert clean(found) == found
    found.encode("utf-8")


@each_row(
    ("text", "expected"),
    [
        ("a\n::error::x", "a\n:\u2060:error::x"),
        ("  \t::warning::x", "  \t:\u2060:warning::x"),
        ("a ::error::x", "a ::error::x"),
        ("x ##[command]y", "x ##\u2060[command]y"),
        ("###[a]", "###\u2060[a]"),
        ("plain", "plain"),
    ],
)
def test_commands_of_runners_are_parted(text: str, expected: str) -> None:
    assert harmless(text) == expected


def _commands(text: str) -> list[str]:
    """What a runner would take for a command: it reads lines, and looks behind leading white space."""
    return [line for line in re.split(r"\r\n|\n", text) if line.lstrip().startswith("::") or "##[" in line]


@given(st.text(st.sampled_from(":#[ \n\tax\u2060"), max_size=30) | st.sampled_from(HOSTILE))
def test_no_line_is_a_command(text: str) -> None:
    assert _commands(harmless(text)) == []
    assert harmless(text).replace("\u2060", "") == text.replace("\u2060", "")


def test_a_carriage_return_ends_a_line_too() -> None:
    assert "\r::" not in harmless("a\r::error::x")
