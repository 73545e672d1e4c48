"""Where a Word file says something else than its plan."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Fault, say
from qmsplan.document.word.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qmsplan.document.word.origins import Origin
    from qmsplan.document.word.texts import Paragraph

MOST = 3000
"""Paragraphs between the first and the last difference; beyond, the file is that of another plan."""


class Difference(NamedTuple):
    """A paragraph that is another one, or only in one of the two; and the field that it shows, if it shows one."""

    origin: Origin | None
    plan: str | None
    file: str | None


def differences(
    plan: Sequence[Paragraph], file: Sequence[Paragraph], origin: Callable[[int], Origin | None]
) -> Iterator[Difference]:
    """Paragraphs that differ, in order. `origin` tells the field of a paragraph of the plan's by its index."""
    old, new = texts_of(plan), texts_of(file)
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - start
    end = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    middle, other = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(middle), len(other)) > MOST:
        raise Fault(
            say("the Word file has little in common with the plan"), say("name its plan with --plan, or a --rev")
        )
    for kind, first, last, one, another in SequenceMatcher(None, middle, other).get_opcodes():
        if kind == "equal":
            continue
        for step in range(max(last - first, another - one)):
            index = first + step if first + step < last else None
            text = other[one + step] if one + step < another else None
            known = None if index is None else origin(start + index)
            yield Difference(known, None if index is None else middle[index], text)
