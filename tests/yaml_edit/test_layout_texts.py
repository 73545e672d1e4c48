"""One text in a field: plain, quoted, folded or kept line by line."""

from __future__ import annotations

from laying import HEAD, field, laid
from yaml import safe_load

from qmsplan.yaml_edit.emit import WIDTH, FieldKind, emit, key, looks_typed, mapping, scalar
from rows import each_row

SAME = [
    "Kế hoạch",
    "100% hồ sơ",
    "80 %",
    "… tên CQHCNN …",
    "8. ….",
    "......, ngày ... tháng ...",
    "...",
    "--- a",
    "(ký tên, đóng dấu)",
    "a, b [c] {d}",
    "a:b, http://x/y",
    "a#b",
    "-a",
    "98,5",
    "9/2/2026",
    "30/6/2026",
    "2026-Q1",
    "Quý I",
    "I",
    "3b",
    "có",
    "Nam",
    "it's",
    'the "best" one',
]
"""Plain text that stays plain, and loses quotes that it does not need."""

QUOTED = {
    ">98%": '">98%"',
    ">=98%": '">=98%"',
    "- a": '"- a"',
    "-": '"-"',
    "? a": '"? a"',
    ": a": '": a"',
    "a: b": '"a: b"',
    "a:": '"a:"',
    "a #b": '"a #b"',
    "# a": '"# a"',
    "%a": '"%a"',
    "@a": '"@a"',
    "`a`": '"`a`"',
    "[a": '"[a"',
    "]a": '"]a"',
    "{a}": '"{a}"',
    ",a": '",a"',
    "*a": '"*a"',
    "&a": '"&a"',
    "!a": '"!a"',
    "|a": '"|a"',
    "'a'": "\"'a'\"",
    '"a"': "'\"a\"'",
    '"a" it\'s': "'\"a\" it''s'",
    "a: \\b": "'a: \\b'",
    "": '""',
    " a": '" a"',
    "a ": '"a "',
    "null": '"null"',
    "~": '"~"',
    "NULL": '"NULL"',
    "true": '"true"',
    "No": '"No"',
    "off": '"off"',
    "1": '"1"',
    "01": '"01"',
    "+5": '"+5"',
    "-5": '"-5"',
    "1.": '"1."',
    "3.1.": '"3.1."',
    "1.10": '"1.10"',
    ".5": '".5"',
    "1e3": '"1e3"',
    "1_000": '"1_000"',
    "0x1F": '"0x1F"',
    "0o14": '"0o14"',
    ".inf": '".inf"',
    "-.INF": '"-.INF"',
    ".NaN": '".NaN"',
    "12:30": '"12:30"',
    "2026": '"2026"',
    "2026-04-14": '"2026-04-14"',
    "2026-04-14 10:00:00": '"2026-04-14 10:00:00"',
    "2026-04-14T10:00:00Z": '"2026-04-14T10:00:00Z"',
    "=": '"="',
    "<<": '"<<"',
    "a\tb": '"a\\tb"',
    "a\t#b": '"a\\t#b"',
}
"""Text that must be quoted, and how."""


@each_row("typed", ['"a\\u0301"', '"a\u0301"', '"\\x61\\u0301"'])
def test_letters_typed_in_parts_are_composed(typed: str) -> None:
    """`laid` finds that a second run changes nothing."""
    assert field(typed) == "\u00e1"


PARAGRAPH = " ".join(["Thường xuyên rà soát"] * 12)
FOLDED = ">-\n  " + PARAGRAPH[:104].rstrip() + "\n  " + PARAGRAPH[104:209].strip() + "\n  " + PARAGRAPH[209:].strip()


def in_quotes(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


@each_row("value", SAME)
def test_plain_text(value: str) -> None:
    assert field(value) == value
    assert field(in_quotes(value)) == value
    assert field(f"|-\n  {value}") == value
    assert field(f">\n  {value}") == value


@each_row("value", QUOTED)
def test_text_that_needs_quotes(value: str) -> None:
    assert field(in_quotes(value)) == QUOTED[value]
    assert field(QUOTED[value]) == QUOTED[value]


@each_row("value", [*SAME, *QUOTED])
def test_every_reader_of_yaml_takes_it_for_text(value: str) -> None:
    """PyYAML's own loader knows numbers, dates and choices of YAML 1.1; it stands for all that would guess."""
    lines = emit(mapping([(key("a"), scalar(value, FieldKind.TEXT))]))
    assert safe_load("\n".join(lines)) == {"a": value}


@each_row("value", ["1", "no", "2026-04-14", "1.10", "12:30", "0x1F", ".inf", "1e3"])
def test_what_looks_typed(value: str) -> None:
    assert looks_typed(value)


@each_row(
    ("name", "typed", "expected"),
    [
        ("period", '"2026"', "2026"),
        ("period", "'2026-2030'", "2026-2030"),
        ("form", '"true"', "true"),
        ("form", "có", "có"),
        ("closing", "2026", '"2026"'),
        ("closing", "no", '"no"'),
        ("closing", "2026-02-09", '"2026-02-09"'),
    ],
)
def test_the_field_says_what_needs_quotes(name: str, typed: str, expected: str) -> None:
    """A number in a field of numbers is one, and in a field of text editors must be told that it is none."""
    text = laid(f"{HEAD}{name}: {typed}\n")
    assert f"\n{name}: {expected}\n" in text


def test_numbers_and_days_of_a_reading_are_plain() -> None:
    text = """\
kind: progress
plan: "2026"
readings:
  - item: "01"
    period: 2026-Q1
    numerator: 012
    denominator: 240
    value: 98,7%
    recorded: 2026-04-14
    evidence: "35"
"""
    assert laid(text) == text
    typed = text.replace("012", "'012'").replace("240", '"240"').replace("98,7%", '"98,7%"').replace("04-14", "04-14")
    assert laid(typed.replace("2026-04-14", "'2026-04-14'").replace('"01"', "01").replace('"35"', "35")) == text


@each_row("typed", [PARAGRAPH, f'"{PARAGRAPH}"', FOLDED, FOLDED.replace(">-", ">"), PARAGRAPH.replace(" ", "\n  ")])
def test_long_text_is_folded_at_words(typed: str) -> None:
    found = field(typed)
    assert found.splitlines()[0] == ">-"
    assert all(len(line) <= WIDTH for line in found.splitlines())
    assert " ".join(line.strip() for line in found.splitlines()[1:]) == PARAGRAPH


def test_a_line_that_just_fits_is_not_folded() -> None:
    room = WIDTH - len("preamble: ")
    fits = "a " * ((room - 1) // 2) + "a" * (1 + (room - 1) % 2)
    assert field(fits) == fits
    assert field(fits + "a") == ">-\n  " + fits + "a"


def test_a_long_word_is_not_broken() -> None:
    assert field("ạ" * 300) == "ạ" * 300
    assert field("a " + "ạ" * 300) == ">-\n  a\n  " + "ạ" * 300


def test_only_a_single_space_may_end_a_line() -> None:
    text = "  ".join(["Kế"] * 60)
    assert field(f'"{text}"') == text
    text = ("dài " * 25).strip() + "   " + ("dài " * 25).strip()
    (line,) = [line for line in field(f'"{text}"').splitlines() if "   " in line.strip()]
    assert "dài   dài" in line


def test_text_with_blanks_at_its_ends_is_never_folded() -> None:
    assert field(f'" {PARAGRAPH}"') == f'" {PARAGRAPH}"'


def test_folded_text_may_start_like_anything() -> None:
    for start in ("- ", "# ", "> ", "a: ", '"', "--- ", "? ", "2026 "):
        assert field(in_quotes(start + PARAGRAPH)).startswith(f">-\n  {start}Thường")


def test_deep_text_keeps_some_room() -> None:
    head, tail = HEAD, ""
    for level in range(8):
        head += (
            "  " * 2 * level
            + "groups:\n"
            + "  " * (2 * level + 1)
            + f"- id: A{level}\n"
            + "  " * (2 * level + 2)
            + "text: a\n"
        )
    tail = "  " * 16 + f"note: {PARAGRAPH}\n"
    lines = laid(head + tail).splitlines()
    assert max(map(len, lines)) <= WIDTH


LINES = [
    ("|\n  a\n  b", "|\n  a\n  b"),
    ("|\n  - a;\n  - b.", "|\n  - a;\n  - b."),
    ("|-\n  a\n  b", "|\n  a\n  b"),
    ("|+\n  a\n  b\n\n", "|\n  a\n  b"),
    ("|\n      a\n      b", "|\n  a\n  b"),
    ("|\n  a  \n  b ", "|\n  a\n  b"),
    ("|\n  a\n\n\n  b\n\n", "|\n  a\n\n  b"),
    ("|2\n    a\n  b", "|\n  a\n  b"),
    ("|\n  a\n    b", "|\n  a\n    b"),
    ("|\n  a\n  \tb", "|\n  a\n  b"),
    ('"a\\nb"', "|\n  a\n  b"),
    ("a\n\n  b", "|\n  a\n  b"),
    (">\n  a\n\n  b", ">\n  a\n\n  b"),
    (">-\n  a\n\n  b\n", ">\n  a\n\n  b"),
    (">\n  a\n  b\n\n\n  c", ">\n  a b\n\n  c"),
    ("|\n  a", "|\n  a"),
    ("|-\n  a", "a"),
    ('"a\\n"', "a"),
    ('"\\n"', '"\\n"'),
    ("|\n  # a\n  b", "|\n  # a\n  b"),
]


@each_row(("typed", "expected"), LINES)
def test_paragraphs(typed: str, expected: str) -> None:
    assert field(typed) == expected


def test_the_lines_of_a_block_are_not_folded() -> None:
    typed = f"|\n  - {PARAGRAPH}\n  - b"
    assert field(typed) == typed


def test_paragraphs_of_folded_text_are_folded_one_by_one() -> None:
    assert field(f">\n  {PARAGRAPH}\n\n  b") == FOLDED.replace(">-", ">") + "\n\n  b"


EXACT = [
    ("|\n  a\n  b", "|\n    a\n    b"),
    ("|-\n  a\n  b", "|-\n    a\n    b"),
    ("|+\n  a\n  b\n", '"a\\nb\\n\\n"'),
    ('"a\\nb\\n"', "|\n    a\n    b"),
    ('"a \\nb"', '"a \\nb"'),
    ('" a\\nb"', '" a\\nb"'),
    ('"a\\n b"', "|-\n    a\n     b"),
    ('"a\\n\\tb"', '"a\\n\\tb"'),
    ('"\\na"', "|-\n\n    a"),
    (">\n  a\n\n  b", ">\n    a\n\n    b"),
    (">-\n  a\n\n\n  b", ">-\n    a\n\n\n    b"),
    (">\n  a\n   b", "|\n    a\n     b"),
]


@each_row(("typed", "expected"), EXACT)
def test_text_that_is_not_read_by_lines_keeps_every_character(typed: str, expected: str) -> None:
    indented = typed.replace("\n", "\n  ")
    assert laid(f"{HEAD}  symbol: {indented}\n") == f"{HEAD}  symbol: {expected}\n"
