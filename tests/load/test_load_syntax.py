"""What people type when they forget the quotes: each usual mistake has its place, its reason and its cure."""

from __future__ import annotations

import json

from loading import HEAD, covered, document, found, preamble

from rows import each_row

SIGN = "text that starts with '{sign}' must be put in quotes"
COLON = "text that holds a colon and a space must be put in quotes"
TAB = "a tab can't indent YAML"
OPEN = "a quotation mark or bracket is never closed"
KEY = "the name of a field is expected here; the indentation may be wrong"
ENTRY = "an entry of a list is expected here; the indentation may be wrong"
NO_COLON = "a colon is missing after the name of a field"
NO_COLON_HERE = "a colon stands where none is expected"
NO_LIST_HERE = "a list can't start on this line"

MISTAKES = [
    (">98%", SIGN),
    (">=98%", SIGN),
    ("> 98%", SIGN),
    ("%98", SIGN),
    ("@x", SIGN),
    ("`x`", SIGN),
    ("|x", SIGN),
    ("[a] và [b]", SIGN),
    ("[a", SIGN),
    ("]a", SIGN),
    ("}a", SIGN),
    (",a", SIGN),
    ("&", SIGN),
    (r'>98% "\"', SIGN),
    ("Quý I: 20%", COLON),
    ("Chủ trì: NV: HCTH", COLON),
    ("Chủ trì:", COLON),
    ("http://x/y: z", COLON),
]


@each_row(("value", "message"), MISTAKES)
@each_row("before", ["preamble: ", "basis:\n  - a\n  - note: "])
def test_text_that_needs_quotes(before: str, value: str, message: str) -> None:
    text = f"{HEAD}{before}{value}\n"
    (diagnostic,) = document(text).diagnostics
    assert (diagnostic.code, diagnostic.message.template) == ("QP004", message)
    assert covered(text, diagnostic.span) == value


@each_row("behind", [" # xem lại: b", "  # x", " #", "  ", "\r", " # a\r"])
@each_row("value", [">98%", "Quý I: 20%", "Quý I:", "'a' b", "[a] và [b]", "Sơ kết: đợt # số 5"])
def test_a_comment_behind_it_and_the_end_of_the_line_stay_outside_the_quotes(value: str, behind: str) -> None:
    text = preamble(f"{value}{behind}")
    (diagnostic,) = document(text).diagnostics
    assert covered(text, diagnostic.span) == value
    assert diagnostic.fix
    assert [right for _, right in diagnostic.fix.edits] == [json.dumps(value, ensure_ascii=False)]


@each_row("value", [row[0] for row in MISTAKES])
def test_the_cure_cures(value: str) -> None:
    (diagnostic,) = document(preamble(value)).diagnostics
    assert diagnostic.hint
    assert diagnostic.hint.template == 'write "{value}"'
    read = document(preamble(f'"{dict(diagnostic.hint.values)["value"]}"'))
    assert read.diagnostics == ()
    assert read.value
    assert read.value.preamble == (value,)  # type: ignore[union-attr]


@each_row(
    "value",
    ["> \n  a", ">-\n  a", "|\n  a", "|2-\n   a", "|+ # ghi chú\n  a", '"a: b"', "'>98%'", "a:b", "10:30", "a]"],
)
def test_what_looks_alike_but_is_yaml(value: str) -> None:
    assert found(preamble(value)) == []


PLACES = [
    ("a tab before a list", "basis:\n\t- a\n", "8:1", TAB),
    ("a tab after spaces", "basis:\n  \t- a\n", "8:3", TAB),
    ("a tab that ends a block", "preamble: |\n  a\n\tb\n", "9:1", TAB),
    ("a percentage in a list", "basis:\n  - a\n  - %98\n", "9:5", SIGN),
    ("a nested list", "basis:\n  - - @x\n", "8:7", SIGN),
    ("a quote that is never closed", "preamble: 'a\nbasis: x\nclosing: y\n", "7:11", OPEN),
    ("a double quote that is never closed", 'preamble: "a\nbasis: x\n', "7:11", OPEN),
    ("a quote that the next one closes", 'preamble: "a\nclosing: it\'s\nbasis: "b"\n', "7:11", OPEN),
    ("text behind a quote", 'preamble: "Kế hoạch" số 5\n', "7:11", "the text goes on after its closing quotation mark"),
    ("a field too far in", "preamble: a\n  basis: b\n", "8:8", NO_COLON_HERE),
    ("a field too far out", "tasks:\n  - id: A\n   text: b\n", "9:4", ENTRY),
    ("a list behind a field", "preamble: - a\n", "7:11", NO_LIST_HERE),
    ("no colon", "preamble\nbasis: x\n", "7:1", NO_COLON),
    ("brackets of the line before are not to blame", "basis: [a, b]\n  closing: x\n", "8:3", KEY),
    ("braces of the line before are not to blame", "tasks:\n  - {id: A, text: b}\n   text: c\n", "9:4", ENTRY),
    ("brackets left open on the line before are", "basis: [a, b\nclosing: x\n", "7:8", SIGN),
]


@each_row(("rest", "place", "message"), [row[1:] for row in PLACES])
def test_the_place_of_other_mistakes(rest: str, place: str, message: str) -> None:
    (diagnostic,) = document(HEAD + rest).diagnostics
    assert found(HEAD + rest) == [f"{place} QP004"]
    assert diagnostic.message.template == message
    assert diagnostic.hint


@each_row("rest", [row[1] for row in PLACES])
def test_the_same_places_in_lines_of_windows(rest: str) -> None:
    text = HEAD + rest
    assert found(text.replace("\n", "\r\n")) == found(text)


def test_a_colon_in_a_list_is_a_field_where_text_is_expected() -> None:
    assert found(HEAD + "basis:\n  - Quý I: 20%\n") == ["8:5 QP013"]


def test_nothing_is_read_behind_the_first_fault() -> None:
    read = document(preamble(">98%") + "bogus: 1\n")
    assert read.value is None
    assert len(read.diagnostics) == 1
