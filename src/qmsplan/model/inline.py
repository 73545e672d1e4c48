r"""Marks inside the texts of plans: `^[note]` is a footnote, `*words*` are italic, `\*` and `\^` print the sign itself.

A mark ends on the line it starts on. What is no mark stays as typed, so `2 * 3` and `(*)` need no escape. Documents
print the parts (`runs`), everything else reads the text without marks (`plain_text`)."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias


class StyledText(NamedTuple):
    """A stretch of text in one style."""

    text: str
    italic: bool = False


class InlineNote(NamedTuple):
    """A footnote, at the place in the text where its number is printed."""

    runs: tuple[StyledText, ...]


InlinePart: TypeAlias = StyledText | InlineNote


def runs(text: str) -> tuple[InlinePart, ...]:
    """The parts of a text in order, none of them empty. Takes time linear in the text's length."""
    if not _may_have_marks(text):
        return (StyledText(text),) if text else ()
    around, notes, last = list[str](), list[InlineNote](), 0
    for start, end in _notes(text):
        notes.append(InlineNote(tuple(_styled(text[start + 2 : end]))))
        around.append(text[last:start])
        last = end + 1
    parts: list[InlinePart] = []
    left = iter(notes)
    for run in _styled(_NOTE.join([*around, text[last:]])):  # words in italics may go on behind a footnote
        for number, piece in enumerate(run.text.split(_NOTE) if notes else [run.text]):
            parts += [next(left)] if number else []
            parts += [StyledText(piece, run.italic)] if piece else []
    return tuple(parts)


def plain_text(text: str) -> str:
    """The text without marks and footnotes, which names, deadlines and screens go by."""
    if not _may_have_marks(text):
        return text
    return "".join(part.text for part in runs(text) if isinstance(part, StyledText))


def _may_have_marks(text: str) -> bool:
    return ("*" in text or "^" in text) and _NOTE not in text


_NOTE = "\0"
"""Stands for a footnote in the text around it; no text of a plan holds it."""
_BRACKETS = re.compile(r"\\[*^]|\^\[|[\[\]\n]")
_OPEN = r"(?<![^\W_])(?<!\*)\*(?=[^\s*)\]},.;:!?])"
_CLOSE = r"(?<![\s*(\[{])\*(?![^\W_])(?!\*)"
"""Stars that may begin and end words in italics: beside a letter, a digit or another star is none (`2*3`)."""
_ESCAPE = r"\\[*^]"
_ITALIC = re.compile(rf"{_ESCAPE}|{_OPEN}((?:{_ESCAPE}|(?!{_ESCAPE}|{_OPEN}|{_CLOSE})[^\n])++){_CLOSE}")


def _styled(text: str) -> Iterator[StyledText]:
    """The stretches of a text in one style, none of them empty. A star counts if it has its partner on the line."""
    last = 0
    for match in _ITALIC.finditer(text):
        if match[1]:
            yield from _unescaped(text[last : match.start()])
            yield from _unescaped(match[1], italic=True)
            last = match.end()
    yield from _unescaped(text[last:])


def _unescaped(text: str, *, italic: bool = False) -> Iterator[StyledText]:
    if text:
        yield StyledText(re.sub(r"\\([*^])", r"\1", text), italic)


def _notes(text: str) -> list[tuple[int, int]]:
    """Where footnotes begin and end. Brackets inside pair up, and a footnote in a footnote is text."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(text):
        if match[0] == "\n":
            opened.clear()
        elif match[0].endswith("["):
            opened.append(match.start())
        elif match[0] == "]" and opened:
            start, end = opened.pop(), match.start()
            if text[start] == "^" and text[start + 2 : end].strip():
                found[bisect(found, (start,)) :] = [(start, end)]
    return found
