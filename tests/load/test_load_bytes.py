"""Encodings and characters: what is no clean UTF-8 is refused at its own line and column, before any parser sees it."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from loading import HEAD, document, found, found_in_bytes, is_inside, preamble

from qmsplan.diagnostics import ReadError
from qmsplan.load.files import File, decode, find_forbidden
from qmsplan.load.workspace import key_of
from rows import each_row

PLAN = HEAD.encode()
BOM = b"\xef\xbb\xbf"

BYTES = [
    ("utf-8", PLAN, []),
    ("a byte order mark at the start", BOM + PLAN, []),
    ("two of them", BOM + BOM + PLAN, ["1:1 QP003"]),
    ("one later", PLAN + b"pre" + BOM + b"amble: x\n", ["7:4 QP003"]),
    ("positions behind it", BOM + PLAN + b"bogus: 1\n", ["7:1 QP012"]),
    ("utf-16 with a mark", HEAD.encode("utf-16"), ["1:1 QP002"]),
    ("utf-16, the other order", b"\xfe\xff" + HEAD.encode("utf-16-be"), ["1:1 QP002"]),
    ("utf-16 without a mark", "kind: plan\n".encode("utf-16-le"), ["1:2 QP003"]),
    ("utf-32", HEAD.encode("utf-32"), ["1:1 QP002"]),
    ("cp1258", "kind: plan\ntitle: Đa\n".encode("cp1258"), ["2:8 QP002"]),
    ("latin-1", "# été\n".encode("latin-1"), ["1:3 QP002"]),
    ("a byte that starts nothing", PLAN + b"preamble: Tr\xffen\n", ["7:13 QP002"]),
    ("columns count letters, not bytes", PLAN + "preamble: Đạt ".encode() + b"\xff\n", ["7:15 QP002"]),
    ("a letter cut off by the end", PLAN + b"preamble: \xe1\xba", ["7:11 QP002"]),
    ("an overlong slash", PLAN + b"preamble: \xc0\xaf\n", ["7:11 QP002"]),
    ("an encoded surrogate", PLAN + b"preamble: \xed\xa0\x80\n", ["7:11 QP002"]),
    ("beyond Unicode", PLAN + b"preamble: \xf4\x90\x80\x80\n", ["7:11 QP002"]),
    ("a Word file", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00", ["1:1 QP002"]),
    ("a picture", b"\x89PNG\r\n\x1a\n", ["1:1 QP002"]),
    ("nought", b"\x00" * 100, ["1:1 QP003"]),
    ("empty", b"", ["1:1 QP010"]),
    ("only a mark", BOM, ["1:1 QP010"]),
    ("only line ends", b"\r\n\n", ["1:1 QP010"]),
    ("only a comment", "# kế hoạch\n".encode(), ["1:1 QP010"]),
    ("lines of Windows", PLAN.replace(b"\n", b"\r\n"), []),
    ("a fault in lines of Windows", PLAN.replace(b"\n", b"\r\n") + b"bogus: 1\r\n", ["7:1 QP012"]),
    ("no line end at the end", PLAN + b"bogus: 1", ["7:1 QP012"]),
    ("lone carriage returns", PLAN.replace(b"\n", b"\r"), ["1:11 QP003"]),
    ("one of them", PLAN + b"preamble: a\r  b #1\n", ["7:12 QP003"]),
]

CHARACTERS = {
    "NUL": "\x00",
    "bell": "\x07",
    "backspace": "\b",
    "vertical tab": "\v",
    "form feed": "\f",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line": "\x85",
    "C1 control": "\x9b",
    "left-to-right mark": "\u200e",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "byte order mark": "\ufeff",
    "non-joiner": "\u200c",
    "Hangul filler": "\u3164",
    "Mongolian separator": "\u180e",
    "Braille blank": "\u2800",
    "no character": "\ufffe",
    "no character either": "\uffff",
}


@pytest.mark.parametrize(("content", "expected"), [row[1:] for row in BYTES], ids=[row[0] for row in BYTES])
def test_bytes(content: bytes, expected: list[str], tmp_path: Path) -> None:
    assert found_in_bytes(tmp_path, content) == expected
    key_of(File(tmp_path / "tệp.yaml", ""))


@pytest.mark.parametrize("character", CHARACTERS.values(), ids=CHARACTERS)
def test_a_forbidden_character_is_refused_where_it_stands(character: str, tmp_path: Path) -> None:
    assert found_in_bytes(tmp_path, preamble(f"Kế{character}hoạch").encode()) == ["7:13 QP003"]


@pytest.mark.parametrize("character", CHARACTERS.values(), ids=CHARACTERS)
def test_a_forbidden_character_is_refused_in_a_comment_too(character: str, tmp_path: Path) -> None:
    assert found_in_bytes(tmp_path, f"{HEAD}# {character}\n".encode()) == ["7:3 QP003"]


@each_row("character", CHARACTERS.values())
def test_an_escape_brings_no_forbidden_character_in(character: str) -> None:
    assert found(preamble(f'"Kế \\u{ord(character):04X} hoạch"')) == ["7:11 QP003"]


@each_row(
    "value", [r'"\0"', r'"\a"', r'"\b"', r'"\e[31m"', r'"\f"', r'"\v"', r'"\N"', r'"\L"', r'"\P"', r'"\r"', r'"\x9b"']
)
def test_short_escapes_are_refused_too(value: str) -> None:
    assert found(preamble(value)) == ["7:11 QP003"]


@each_row("value", [r'"\ud800"', r'"\U00110000"', r'"\q"', r'"\x4"', r'"\u12"'])
def test_escapes_of_nothing_are_no_yaml(value: str) -> None:
    (place,) = found(preamble(value))
    assert place.startswith("7:1")
    assert place.endswith("QP004")


def test_a_forbidden_character_in_a_key_is_refused() -> None:
    assert found(f'{HEAD}"pre\\u202Eamble": x\n') == ["7:1 QP003"]


@pytest.mark.parametrize("joiner", ["\u200d", "\ufe0f"])
def test_what_joins_emoji_stands_behind_no_letter(joiner: str, tmp_path: Path) -> None:
    assert found_in_bytes(tmp_path, preamble(f"Phòng{joiner} Nghiệp vụ").encode()) == ["7:16 QP003"]
    assert found_in_bytes(tmp_path, preamble(f"❤{joiner} 1{joiner} 👩\u200d🚒").encode()) == []


@each_row("value", ['"a\\tb"', "a\tb", "'\u00a0'", "Kế hoạch 😀", "\u200d", '"\\u00E0"', '"a\\/b"'])
def test_other_characters_are_text(value: str) -> None:
    assert found(preamble(value)) == []


def test_the_message_names_the_character() -> None:
    (diagnostic,) = document(preamble('"\\u202E"')).diagnostics
    assert diagnostic.message.values == (("character", "U+202E RIGHT-TO-LEFT OVERRIDE"),)


@given(st.binary(max_size=200))
@example(b"\xef")
@example(b"\xff\xfe\x00\x00")
@example(b"\r\r")
def test_any_bytes_are_clean_text_or_broken_inside_it(content: bytes) -> None:
    text, broken = decoded(content)
    if broken:
        assert broken.code.code in {"QP002", "QP003"}
        assert is_inside(content.decode("utf-8", "replace").split("\n"), broken.span)
    else:
        assert text.encode() in {content, content.removeprefix(BOM)}
        assert not any(unicodedata.category(letter) in {"Cs", "Cc"} for letter in text if letter not in "\t\r\n")


def decoded(content: bytes) -> tuple[str, ReadError | None]:
    try:
        return decode(content), None
    except ReadError as broken:
        return "", broken


@each_row("letter", ["\u00d0", "\u0189", "\u00f0", "\u0256"])
def test_letters_that_only_look_like_ours_are_refused(letter: str) -> None:
    """`Đ` is U+0110; its doubles compare unequal even after normalisation, and nobody sees why."""
    assert found(preamble(f"{letter}ạt")) == ["7:11 QP003"]
    assert found(preamble("\u0110ạt")) == []


@each_row("mark", ["\u200b", "\u061c", "\u034f", "\u2060", "\U000e0041"])
def test_marks_without_width_are_refused(mark: str) -> None:
    assert found(preamble(f"a{mark}b")) == ["7:12 QP003"]


def test_the_look_at_bytes_misses_no_forbidden_character() -> None:
    every = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    forbidden = [character for character in every if find_forbidden(f"a{character}b")]
    assert len(forbidden) == 245
    for character in forbidden:
        with pytest.raises(ReadError):
            decode(f"kind: plan # a{character}b".encode())
