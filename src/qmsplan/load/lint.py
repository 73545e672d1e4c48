"""What a text says about itself that no value shows any more: its Unicode form, comments that cut text off."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Span
from qmsplan.load.text import span_at

if TYPE_CHECKING:
    from collections.abc import Iterator

IGNORE = "qmsplan: ignore"
"""The words of comments that let a finding pass (`ignores.py`)."""

_HASH = rf" +#(?=[^\s#!])(?!{IGNORE}\b)"


def first_not_nfc(text: str) -> Span:
    """The first character of a text that is not in normal form C."""
    composed = unicodedata.normalize("NFC", text) + "\0"
    index = next(i for i, (old, new) in enumerate(zip(text, composed, strict=False)) if old != new)
    return span_at(text, index, 1)


def texts_cut_by_comment(text: str) -> Iterator[Span]:
    """Places where ` #x` right behind plain text was meant as text: `Phòng #1`. A comment has a space after #."""
    if "#" not in text or " #" not in text or not re.search(r"[^\s#]" + _HASH, text):
        return
    import yaml

    from qmsplan.load.tree import events, span_of

    lines = text.split("\n")
    for event in events(text):
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0]:
            _, _, line, column = span_of(event)
            if match := re.match(_HASH, lines[line - 1][column - 1 :]):
                start = column + match.end() - 1
                yield Span(line, start, line, start + 1)
