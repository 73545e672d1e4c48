"""Every scalar is text until a field says what it expects; nothing is guessed, nothing loses a digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from loading import HEAD, document, found, preamble, reading

from qmsplan.model.period import year
from rows import each_row


def value_of(text: str, *path: str | int) -> Any:
    """A value in a document that is clean."""
    read = document(text)
    assert read.diagnostics == ()
    value: Any = read.value
    for part in path:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value


WORDS = [
    "yes",
    "no",
    "on",
    "off",
    "NO",
    "Yes",
    "true",
    "false",
    "y",
    "012",
    "08",
    "0o14",
    "0x1F",
    "0x_",
    "1_000",
    "1.000",
    "3.10",
    "98,5",
    "1e999",
    ".nan",
    ".inf",
    "-.inf",
    "8:30",
    "2026-02-30",
    "2026-13-45",
    "2026-02-09T10:20:18+0700",
    "=",
    "<<",
    "nULL",
    "+5",
    "1" * 5_000,
]


@each_row("word", WORDS)
def test_text_stays_as_typed(word: str) -> None:
    assert value_of(preamble(word), "preamble") == (word,)
    assert value_of(preamble(f"'{word}'"), "preamble") == (word,)
    assert value_of(f"{HEAD}preamble: |\n  {word}\n", "preamble") == (word,)


@each_row("number", ["01", "3.10", "012", "I", "3.1.", "1e3", "08"])
def test_an_ordinal_stays_as_typed(number: str) -> None:
    text = f"{HEAD}tasks:\n  - id: A\n    text: b\n    number: {number}\n"
    assert value_of(text, "tasks", 0, "number") == number


@each_row("null", ["", "~", "null", "Null", "NULL"])
def test_a_plain_null_is_no_value(null: str) -> None:
    assert value_of(preamble(null), "preamble") == ()
    assert value_of(preamble(f"'{null}'"), "preamble") == ((null,) if null else ())


def test_a_null_does_not_fill_a_required_field() -> None:
    assert found(HEAD.replace("id: KH", "id: ~")) == ["1:1 QP011"]


def test_a_null_in_a_list_is_told() -> None:
    assert found(f"{HEAD}basis:\n  - a\n  -\n") == ["9:4 QP013"]


@each_row(("typed", "expected"), [("true", True), ("false", False), ("có", True), ("không", False)])
def test_a_choice_of_two(typed: str, expected: bool) -> None:  # noqa: FBT001
    assert value_of(HEAD + f"form: {typed}\n", "form") is expected
    assert value_of(HEAD + f"form: '{typed}'\n", "form") is expected


@each_row("typed", ["yes", "no", "on", "off", "True", "TRUE", "1", "0", "x", "''", "Có"])
def test_other_words_are_no_choice_of_two(typed: str) -> None:
    assert found(HEAD + f"form: {typed}\n") == ["7:7 QP013"]


@each_row(("typed", "expected"), [("0", 0), ("231", 231), ("012", 12), ("999999999999", 999999999999)])
def test_a_count(typed: str, expected: int) -> None:
    assert value_of(reading(f"numerator: {typed}"), "readings", 0, "numerator") == expected


@each_row(
    "typed",
    [
        "1.000",
        "1,000",
        "1.0",
        "98,5",
        "-1",
        "+1",
        "1e3",
        "0x10",
        "1_000",
        ".nan",
        ".inf",
        "một",
        "''",
        "12 vụ",
        "1" * 13,
        "1" * 19_999,
    ],
)
def test_what_is_no_count(typed: str) -> None:
    assert found(reading(f"numerator: {typed}")) == ["7:16 QP013"]


def test_a_thousands_separator_is_named_in_the_hint() -> None:
    (diagnostic,) = document(reading("numerator: 1.000")).diagnostics
    assert diagnostic.hint
    assert diagnostic.hint.values == (("digits", "1000"),)


@each_row(
    ("typed", "expected"),
    [
        ("98,5", "98.5"),
        ("98.5", "98.5"),
        ("98,7%", "98.7"),
        ("12 vụ", "12"),
        ("-3", "-3"),
        ("'98,5'", "98.5"),
        ("5 %", "5"),
    ],
)
def test_a_measured_value(typed: str, expected: str) -> None:
    assert value_of(reading(f"value: {typed}"), "readings", 0, "value") == Decimal(expected)


@each_row("typed", [".nan", ".inf", "1e999", "1.000", "1,000", "nan", "Infinity", "98;5", "'%'", "'%98'"])
def test_what_is_no_measured_value(typed: str) -> None:
    assert found(reading(f"value: {typed}")) == ["7:12 QP013"]


def test_a_list_where_a_number_is_expected() -> None:
    assert found(reading("value: [98,5]")) == ["7:12 QP013"]
    assert found(reading("numerator: [98]")) == ["7:16 QP013"]


@each_row(
    ("typed", "expected"),
    [
        ("2026-02-09", date(2026, 2, 9)),
        ("9/2/2026", date(2026, 2, 9)),
        ("09.02.2026", date(2026, 2, 9)),
        ("29-2-2028", date(2028, 2, 29)),
        ("'2026-02-09'", date(2026, 2, 9)),
    ],
)
def test_a_day(typed: str, expected: date) -> None:
    text = reading("").replace("recorded: 2026-04-14", f"recorded: {typed}")
    assert value_of(text, "readings", 0, "recorded") == expected


@each_row(
    "typed",
    [
        "2026-02-30",
        "2026-13-45",
        "29/2/2026",
        "0000-01-01",
        "2026-2-9",
        "20260209",
        "9/2/26",
        "hôm nay",
        "''",
        "0",
        "1700006400",
        "2026-02-09T10:20:18",
    ],
)
def test_what_is_no_day(typed: str) -> None:
    text = reading("").replace("recorded: 2026-04-14", f"recorded: {typed}")
    assert found(text) == ["6:15 QP013"]


@each_row("typed", ["2026", "'2026'", '"2026 "'])
def test_a_period(typed: str) -> None:
    assert value_of(HEAD.replace("period: 2026", f"period: {typed}"), "period") == year(2026)


@each_row(
    "typed",
    [
        "0000",
        "2026-13",
        "2026-Q5",
        "2026-H3",
        "2026.0",
        "26",
        "2030-2026",
        "Quý I",
        "yes",
        "''",
        "0000-0000",
        "0001-9999",
        "٠٠٠٠",
        "2026-0000",
    ],
)
def test_what_is_no_period(typed: str) -> None:
    assert found(HEAD.replace("period: 2026", f"period: {typed}")) == ["4:9 QP013"]


@each_row("typed", ["KH", "kh-2026", "TGPL-KHMT-2026", "1.2_3", "012", "no", "x" * 64])
def test_an_id(typed: str) -> None:
    assert value_of(HEAD.replace("id: KH", f"id: {typed}"), "id") == typed


@each_row("typed", ["Đ1", "a b", "-a", ".a", "a/b", "..", "''", "x" * 65, "a\u0300", '"a\\n"'])
def test_what_is_no_id(typed: str) -> None:
    assert "2:5 QP013" in found(HEAD.replace("id: KH", f"id: {typed}"))
