"""From the place of a text to the words in it that a finding means: columns by the scalar's own quotes and escapes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from yaml.scanner import Scanner

from qmsplan.diagnostics import Path, ReadError, Span
from qmsplan.load.document import BLOCKS, Source
from qmsplan.load.yaml import read_yaml, span_of

_MARKS = "[\u0300-\u036f]*"
"""A letter typed apart from its marks is one letter of the value."""
_LETTER = re.compile(rf".{_MARKS}")
_LETTERS = {
    '"': re.compile(rf"\\(?:x[0-9A-Fa-f]{{2}}|u[0-9A-Fa-f]{{4}}|U[0-9A-Fa-f]{{8}}|.)|.{_MARKS}"),
    "'": re.compile(rf"''|.{_MARKS}"),
}
"""What stands for one letter, by the kind of quotes."""


class _Text(NamedTuple):
    """A text as the value has it, white space as one space, and the line, column and next column of each letter."""

    letters: str
    places: tuple[tuple[int, int, int], ...]


_known: WeakKeyDictionary[Source, dict[Path, _Text]] = WeakKeyDictionary()
"""What was read of each source, at which several rules find something, for as long as it is held."""


def narrow(source: Source, path: Path, words: str) -> Span:
    """The place of the words, if they stand once and on one line in the text at a path; else that of the text."""
    place = source.locate(path)
    wanted, text = " ".join(words.split()), _text_covered(source, path)
    start = _only_place(text.letters, wanted)
    if start is None or wanted == text.letters.strip():
        return place
    (line, column, _), (end_line, _, end) = text.places[start], text.places[start + len(wanted) - 1]
    return Span(line, column, line, end) if line == end_line else place


def typed_instead(source: Source, path: Path, span: Span, words: str | None, text: str) -> str | None:
    """How a text is typed at a span of the text at a path: escaped as the quotes around it want it, in quotes of its
    own where all of a plain text gives way. None where it would be read as something else, and where the words that it
    is to replace (None for the whole text) were not found there once: what stands beside them would go too."""
    place, found = source.locate(path), source.text_at(path)
    is_all = not words or " ".join(words.split()) == _text_covered(source, path).letters.strip()
    if found is None or "\n" in text or (span == place and not is_all):
        return None
    style = found.style or ""
    if span == span_of(found):
        return scalar(text, style)
    if style == "'":
        return text.replace("'", "''")
    if style == '"':
        return json.dumps(text, ensure_ascii=False)[1:-1]
    if style == ">" and span == place:
        return None  # a paragraph of several lines, of which this is the first
    is_safe = style in BLOCKS or not (": " in text or " #" in text or text.endswith(":"))
    return text if is_safe else None


def scalar(text: str, style: str = "") -> str:
    """A text as a YAML value on one line, in the quotes it had, or in none where it is read the same without them."""
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if not style and _reads_plain(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _reads_plain(text: str) -> bool:
    try:
        return read_yaml(f"a: {text}\n").value == {"a": text}
    except ReadError:
        return False


def _only_place(text: str, wanted: str) -> int | None:
    """Where the words stand, if they do so once; a part of a longer word is another word."""
    found: int | None = None
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        if _is_whole(text, at, at + len(wanted)):
            if found is not None:
                return None
            found = at
        at = text.find(wanted, at + 1)
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    joins_before = text[:start][-1:].isalnum() and text[start].isalnum()
    return not joins_before and not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


def _text_covered(source: Source, path: Path) -> _Text:
    """What the place of a path covers; nothing where it is no text's, or the head of a block."""
    known = _known.setdefault(source, {})
    if path not in known:
        place, found = source.locate(path), source.text_at(path)
        is_text = found is not None and not (found.style in BLOCKS and place.line == span_of(found).line)
        known[path] = _letters_of(source.lines, place, found) if is_text else _Text("", ())
    return known[path]


def _letters_of(lines: list[str], place: Span, text: Any) -> _Text:
    """The letters of a text, whose event it is, at a place."""
    letters: list[str] = []
    places: list[tuple[int, int, int]] = []
    for letter, at in _letters_typed(lines, _stretch_of_letters(lines, place, text), text.style or ""):
        if letter != " " or letters[-1:] != [" "]:
            letters.append(letter)
            places.append(at)
    return _Text("".join(letters), tuple(places))


def _letters_typed(lines: list[str], stretch: Span, style: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Each letter of the value and where it is typed."""
    numbers = range(stretch.line, stretch.end_line + 1)
    firsts = {stretch.line: stretch.column - 1}
    lasts = {number: len(lines[number - 1]) for number in numbers} | {stretch.end_line: stretch.end_column - 1}
    for number in numbers:
        for match in _LETTERS.get(style, _LETTER).finditer(lines[number - 1], firsts.get(number, 0), lasts[number]):
            for letter in _letters_meant(match[0], style):
                yield " " if letter.isspace() else letter, (number, match.start() + 1, match.end() + 1)
        yield " ", (number, lasts[number] + 1, lasts[number] + 1)


def _letters_meant(typed: str, style: str) -> str:
    if style == '"' and typed[0] == "\\" and len(typed) > 1:
        code = typed[2:]
        return chr(int(code, 16)) if code else Scanner.ESCAPE_REPLACEMENTS.get(typed[1], "")
    return "'" if style == "'" and typed == "''" else unicodedata.normalize("NFC", typed)


def _stretch_of_letters(lines: list[str], place: Span, text: Any) -> Span:
    """Between the quotes; of a folded text the lines of the paragraph that starts at the place. `text` is its event."""
    if text.style in _LETTERS:
        return place._replace(column=place.column + 1, end_column=place.end_column - 1)
    if text.style != ">":
        return place
    block, end = span_of(text), place.line
    while end < min(block.end_line, len(lines)) and lines[end].strip() and _has_part_in(block, end + 1):
        end += 1
    return Span(place.line, place.column, end, len(lines[end - 1].rstrip()) + 1)


def _has_part_in(block: Span, line: int) -> bool:
    """True for a line that a block has a part in; it ends where the next thing starts."""
    return line < block.end_line or block.end_column > 1
