"""Marks inside texts: footnotes, italics, escapes, and everything that is none of them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qmsplan.model.inline import InlineNote, InlinePart, StyledText, plain_text, runs
from rows import each_row


def drawn(parts: tuple[InlinePart, ...]) -> str:
    """Parts in one line: `/italic/`, `{footnote}`."""
    return "".join(f"{{{drawn(part.runs)}}}" if isinstance(part, InlineNote) else _run(part) for part in parts)


def _run(run: StyledText) -> str:
    return f"/{run.text}/" if run.italic else run.text


CASES = [
    ("italic words", "a *b c* d", "a /b c/ d"),
    ("all of it", "*a*", "/a/"),
    ("before a point", "theo *Luật*.", "theo /Luật/."),
    ("in brackets", "(*a*)", "(/a/)"),
    ("in quotes", '"*a*"', '"/a/"'),
    ("brackets inside", "*(a)* b", "/(a)/ b"),
    ("two in a row", "*a*-*b*", "/a/-/b/"),
    ("the nearest pair", "*a *b*", "*a /b/"),
    ("a star inside a word", "x*y* z", "x*y* z"),
    ("a star that closes nothing", "a* b", "a* b"),
    ("a star alone", "*", "*"),
    ("a product", "2 * 3 * 4", "2 * 3 * 4"),
    ("a product without spaces", "5*3*2", "5*3*2"),
    ("inside a word", "a*b*c", "a*b*c"),
    ("a space inside", "* a* và *b *", "* a* và *b *"),
    ("a list's star", "* Ghi chú: *", "* Ghi chú: *"),
    ("marks of remarks", "đạt 90% (*) và 80% (*)", "đạt 90% (*) và 80% (*)"),
    ("remarks behind numbers", "90%* và 80%*", "90%* và 80%*"),
    ("more stars than one", "**a** ***", "**a** ***"),
    ("an escaped star", r"\*a\*", "*a*"),
    ("an escape inside", r"*a\*b*", "/a*b/"),
    ("two backslashes", r"\\*a", r"\*a"),
    ("a backslash before other signs", r"C:\a \[ \ ", r"C:\a \[ \ "),
    ("a footnote", "tụng^[Theo quy định.] và", "tụng{Theo quy định.} và"),
    ("a footnote alone", "^[a]", "{a}"),
    ("italic in a footnote", "a^[theo *Luật*]", "a{theo /Luật/}"),
    ("a footnote in italics", "*a^[n] b*", "/a/{n}/ b/"),
    ("a footnote ends italics", "*a*^[n]", "/a/{n}"),
    ("a star in a footnote has no partner outside", "^[*a]*", "{*a}*"),
    ("brackets in a footnote", "a^[theo [1] và [2]]", "a{theo [1] và [2]}"),
    ("a footnote in a footnote", "a^[b ^[c] d]", "a{b ^[c] d}"),
    ("footnotes side by side", "a^[b]^[c]", "a{b}{c}"),
    ("an open footnote", "a^[b", "a^[b"),
    ("a footnote in an open one", "a^[b ^[c]", "a^[b {c}"),
    ("an empty footnote", "a^[] ^[ ]", "a^[] ^[ ]"),
    ("an escaped footnote", r"a\^[b]", "a^[b]"),
    ("a power", "m^2 và x^ [1]", "m^2 và x^ [1]"),
    ("italics end with the line", "*a\nb*", "*a\nb*"),
    ("footnotes end with the line", "^[a\nb]", "^[a\nb]"),
    ("nothing", "", ""),
]


@each_row(("text", "expected"), [row[1:] for row in CASES])
def test_forms(text: str, expected: str) -> None:
    assert drawn(runs(text)) == expected


def test_plain_text_has_neither_marks_nor_footnotes() -> None:
    assert plain_text(r"Các *cơ quan*^[Theo *Luật*.] và \*") == "Các cơ quan và *"


marked = st.text(st.sampled_from("ab *^[]\\\n.("), max_size=40)


@given(marked)
def test_no_part_is_empty_and_neighbours_differ_in_look(text: str) -> None:
    parts = runs(text)
    for part in parts:
        assert part.text if isinstance(part, StyledText) else part.runs
    looks = [part.italic if isinstance(part, StyledText) else None for part in parts]
    assert all(before != after or before is None for before, after in pairwise(looks))


@given(marked)
def test_only_signs_are_lost(text: str) -> None:
    kept = "".join(run.text for part in runs(text) for run in (part.runs if isinstance(part, InlineNote) else (part,)))
    rest = iter(text)
    assert all(letter in rest for letter in kept)
    assert len(text) - len(kept) <= sum(map(text.count, "*^\\[]"))


@given(st.text())
def test_text_without_marks_is_as_typed(text: str) -> None:
    bare = text.replace("*", "").replace("^", "")
    assert plain_text(bare) == bare
    assert plain_text(plain_text(bare)) == plain_text(bare)


@given(marked)
def test_escaped_text_is_as_typed(text: str) -> None:
    escaped = text.replace("*", r"\*").replace("^", r"\^")
    assert plain_text(escaped) == text
    assert all(isinstance(part, StyledText) and not part.italic for part in runs(escaped))


@given(marked, marked)
def test_lines_do_not_know_of_each_other(first: str, second: str) -> None:
    assert drawn(runs(f"{first}\n{second}")) == f"{drawn(runs(first))}\n{drawn(runs(second))}"


@each_row("piece", ["*a", "a*", "*a*", "^[", "[", "^[x]", "[^[x]", "^[[x]", "\\*", "^[*a*]"])
def test_long_texts_are_read(piece: str) -> None:
    """The watchdog of all tests ends what is not linear."""
    assert runs(piece * 5_000)


def test_deep_brackets_are_read() -> None:
    (note,) = runs("^[" * 20_000 + "a" + "]" * 20_000)
    assert isinstance(note, InlineNote)
