"""Where a Word file says something else than its plan."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Fault, say
from qmsplan.document.word.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qmsplan.document.word.origins import Origin
    from qmsplan.document.word.texts import Paragraph

MOST = 3000
"""Paragraphs between the first and the last difference; beyond, the file is that of another plan."""

ALIKE = 0.6
"""How much of two texts must be the same for one to have taken the place of the other."""
LOOKED_AT = 300
"""Letters of a text that this is decided by."""


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
        for index, text in _pairs(range(first, last), middle, other[one:another]):
            known = None if index is None else origin(start + index)
            yield Difference(known, None if index is None else middle[index], text)


def _pairs(indexes: range, old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, str | None]]:
    """As many for as many by their order; else what is most alike, and the rest alone."""
    if len(indexes) == len(new) or len(indexes) * len(new) > MOST:
        yield from zip_longest(indexes, new)
        return
    done = 0
    for index in indexes:
        likeness = [SequenceMatcher(None, old[index][:LOOKED_AT], text[:LOOKED_AT]).ratio() for text in new[done:]]
        best = max(likeness, default=0.0)
        if best < ALIKE:
            yield index, None
            continue
        found = done + likeness.index(best)
        yield from ((None, text) for text in new[done:found])
        yield index, new[found]
        done = found + 1
    yield from ((None, text) for text in new[done:])
