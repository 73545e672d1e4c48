"""What stands between plan text and every terminal or log."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_COMMAND = re.compile(r"(?m)(?:^|(?<=\r))([^\S\r\n]*)::|##\[")


def clean(text: str) -> str:
    r"""One line without control characters: they are shown as `\x1b`, line ends as a space."""
    return _CONTROL.sub(lambda match: " " if match[0] in "\n\t" else ascii(match[0])[1:-1], text)


def harmless(text: str) -> str:
    """Lines that no CI runner takes for a command: `::` at a line's start and `##[` are parted by a word joiner."""
    return _COMMAND.sub(lambda match: f"{match[1]}:\u2060:" if match[1] is not None else "##\u2060[", text)


def shortened(text: str, length: int) -> str:
    """At most so many characters, the last of them `…` if some were cut off."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
