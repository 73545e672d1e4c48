"""Two texts side by side: what they have in common is cut down to a few words around the place where they part."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

AROUND = 5
"""Words that are kept before and behind a difference."""


def differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """The lines that two texts do not share, what took the place of what beside it."""
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before, after = list(old[first:last]), list(new[start:end])
        for index in range(max(len(before), len(after))):
            yield (before[index] if index < len(before) else None), (after[index] if index < len(after) else None)


def parted(old: str, new: str, longest: int = 72) -> tuple[str, str]:
    """Two lines; if they are long, the words in which they differ and a few around them."""
    if max(len(old), len(new)) <= longest:
        return old, new
    before, after = old.split(), new.split()
    least = min(len(before), len(after))
    same = next((n for n in range(least) if before[n] != after[n]), least)
    most = least - same
    ending = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return _cut(before, same, ending), _cut(after, same, ending)


def _cut(words: list[str], same: int, ending: int) -> str:
    start, end = max(same - AROUND, 0), max(len(words) - ending + AROUND, same)
    shown = " ".join(words[start:end])
    return f"{'… ' if start else ''}{shown}{' …' if end < len(words) else ''}"
