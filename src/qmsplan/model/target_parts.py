"""Which words of a text belong to which of its targets, and which target is only a criterion of the one before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.model.structured import Comparator
from qmsplan.model.target import Target
from qmsplan.model.target_words import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmsplan.model.phrases import Words
    from qmsplan.model.target_scan import Reading


def letters_of(*kinds: str) -> str:
    """The letters of some kinds of words."""
    return "".join(LETTERS[kind] for kind in kinds)


STOP, COMMA, AND, SUBSET, SHARE = (LETTERS[kind] for kind in ("stop", "comma", "and", "subset", "share"))
_LEAD_IN = letters_of(
    "aim", "verb", "strive", "share", "each", "and", "subset", "comma", "dash", "odd", "number", "place"
)
_DIRECT = re.compile(f"[{COMMA}{AND}][{_LEAD_IN}]*$")
"""A comma or `và` right before a target, but for the words that lead in to it."""
_AFTER = letters_of("stop", "comma", "close", "condition", "base", "and")
_SHARED = frozenset({Comparator.REDUCE, Comparator.INCREASE, Comparator.MORE, Comparator.AT_MOST, Comparator.LESS})
_COMPARING = {"sign", "least", "more", "most", "less", "equal", "from", "up", "down", "upto", "downto", "rank", "none"}
_CASES = {"có", "đạt", "được", "trong", "đạt được"}
"""Words right before a value that every case is to have."""


class Found(NamedTuple):
    """A target where it stands: its tokens (`end` exclusive) and what its slots caught."""

    target: Target
    start: int
    end: int
    words: Words
    is_shared: bool = False
    """The comparator is that of the target before it: `giảm 20% quy định và 20% chi phí`."""


class Part(NamedTuple):
    """A target with the tokens that speak of it: from `begin` to its start, and from its end to `close`."""

    found: Found
    begin: int
    close: int
    criterion: Part | None = None


class _Joint(NamedTuple):
    """Where one target's words end and the next one's begin, or that the next is a criterion."""

    close: int
    begin: int
    is_criterion: bool = False


def parts_of(reading: Reading, found: Sequence[Found]) -> list[Part]:
    """The targets of a text in order, criteria hung below what they belong to."""
    found = list(_with_shared(reading, found))
    letters = reading.letters
    stop = letters.find(STOP, found[-1].end)
    close = len(letters) if stop < 0 else stop
    parts: list[Part] = []
    for index in range(len(found) - 1, 0, -1):
        joint = _joint(reading, found[index - 1], found[index])
        part = Part(found[index], joint.begin, close, parts.pop() if _hangs(parts) else None)
        parts.append(part._replace(begin=-1) if joint.is_criterion else part)
        close = joint.close
    first = letters.rfind(STOP, 0, found[0].start) + 1
    parts.append(Part(found[0], first, close, parts.pop() if _hangs(parts) else None))
    return parts[::-1]


def _hangs(parts: Sequence[Part]) -> bool:
    return bool(parts) and parts[-1].begin < 0


def _with_shared(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """A bare value behind `và` is compared like the one before it."""
    before: Found | None = None
    for entry in found:
        if before and _shares(reading, before, entry):
            one, other = entry.target, before.target
            target = one._replace(
                comparator=other.comparator,
                baseline=other.baseline,
                in_points=other.in_points,
                is_strict=other.is_strict,
            )
            entry = entry._replace(target=target, is_shared=True)  # noqa: PLW2901
        yield entry
        before = entry


def _shares(reading: Reading, before: Found, entry: Found) -> bool:
    value, unit = entry.target.value, entry.target.quantity
    return (
        not _COMPARING & entry.words.keys()
        and reading.letters[entry.start - 1] == AND
        and STOP not in reading.letters[before.end : entry.start]
        and before.target.comparator in _SHARED
        and unit == before.target.quantity
        and (unit != "%" or (value is not None and value < 100))
        and not entry.target.is_relative
        and entry.target.comparator is Comparator.AT_LEAST
    )


def _joint(reading: Reading, one: Found, other: Found) -> _Joint:
    between = reading.letters[one.end : other.start]
    if STOP in between:
        return _Joint(one.end + between.index(STOP), one.end + between.rindex(STOP) + 1)
    if _is_criterion(reading, between, one, other):
        return _Joint(other.start, other.start, is_criterion=True)
    cut = one.end + _cut(between, reading.letters[other.end : other.end + 1])
    return _Joint(cut, cut)


def _is_criterion(reading: Reading, between: str, one: Found, other: Found) -> bool:
    """Whether a value behind a share says what each case has to attain."""
    target = other.target
    if not one.target.counts_shares or not between or "equal" in other.words:
        return False
    if SUBSET in between or SHARE in between or LETTERS["purpose"] in between or _DIRECT.search(between):
        return False
    if "faster" in other.words or (COMMA not in between and AND not in between):
        return True
    before = reading.words(other.start - 1, other.start).lower()
    return target.quantity != "%" and not target.is_relative and before in _CASES


def _cut(between: str, following: str) -> int:
    """Where the words of one target end: at `trong đó`, or at the separator that the next one begins with."""
    if SUBSET in between:
        return between.index(SUBSET)
    if direct := _DIRECT.search(between):
        return direct.start()
    if COMMA in between:
        return between.rindex(COMMA)
    looks_back = not following or following in _AFTER
    for kind in ("share", "noun", "purpose", "and"):
        letter = LETTERS[kind]
        if letter in between and (looks_back or kind not in {"share", "noun"}):
            return between.rindex(letter)
    return len(between)
