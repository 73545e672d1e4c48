"""All that is understood of each phrase of the tables, in one golden file: when a stretch begins, what a target counts
and from when, what a refusal says. The tables beside it say what is right of the little that a reader asks. And the
same of each phrase with one thing changed, near the bounds of what is understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from test_people_roles import REGISTERS
from test_real_phrases import registers

from phrase_tables import DATA, rows
from qmsplan.diagnostics import UserError
from qmsplan.model.period import Period, parse_period
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.target_parse import understand_targets

_Typing = Callable[[str, int, Sequence[str]], str]
SHOWN = 3
"""Occurrences of a deadline that are shown at its start; of the others the last, and their number."""


def _plain(value: Any) -> str:
    """`2026-01-01..2026-03-31`, `BHXH`, `giảm`: a value as a reader of the golden wants it."""
    if isinstance(value, Period):
        return f"{value.start}..{value.end}"
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return f"({_told(value)})"
    return str(getattr(value, "code", None) or getattr(value, "name", value))


def _told(value: Any) -> str:
    """The fields of a value that say something: those that are not as they are by default."""
    usual = value._field_defaults
    return ", ".join(
        f"{name} {_plain(part)}"
        for name, part in zip(value._fields, value, strict=True)
        if name not in {"phrase", "text", "occurrences"} and part != usual.get(name, "")
    )


def _refusal(fault: UserError) -> str:
    said = (message.template.format(**dict(message.values)) for message in (fault.message, fault.hint) if message)
    return f"refused: {' | '.join(said)}"


def _deadline(phrase: str, period: Period) -> Iterator[str]:
    found = understand_deadline(phrase, period)
    if isinstance(found, UserError):
        yield _refusal(found)
        return
    yield _told(found)
    many = found.occurrences
    for one in many if len(many) <= SHOWN + 1 else [*many[:SHOWN], many[-1]]:
        day = "" if one.due == one.period.end else f" due {one.due}"
        yield f"{_plain(one.period)}{day}{f' {_told(one.trigger)}' if one.trigger else ''}"
    if len(many) > SHOWN + 1:
        yield f"{len(many)} in all"


def _targets(phrase: str) -> Iterator[str]:
    found = understand_targets(phrase)
    yield from [_refusal(found)] if isinstance(found, UserError) else map(_told, found)


def _as_typed(phrase: str, at: int, others: Sequence[str]) -> str:
    return phrase


def _without_marks(phrase: str) -> str:
    plain = unicodedata.normalize("NFD", phrase.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _changed(phrase: str, at: int, others: Sequence[str]) -> str:
    """A phrase of a table with one thing changed, of each phrase another one. Its words are those of a phrase above it:
    a row added at the end of a table changes none of the others."""
    words, other = phrase.split(" "), others[(at * 37 + 11) % (at + 1)].split(" ")
    place = at // len(_CHANGES) % len(words)
    return _CHANGES[at % len(_CHANGES)](words, place, other)


_CHANGES: tuple[Callable[[list[str], int, list[str]], str], ...] = (
    lambda words, place, _: " ".join([*words[:place], *words[place + 1 :]]),
    lambda words, place, other: " ".join([*words[:place], *other[len(other) // 2 :]]),
    lambda words, place, _: " ".join([*words[: place + 1], *words[place:]]),
    lambda words, place, other: " ".join([*words[:place], other[0], *words[place:]]),
    lambda words, place, _: " ".join([*words[:place], *words[place : place + 2][::-1], *words[place + 2 :]]),
    lambda words, place, other: " ".join([*words[:place], other[-1], *words[place + 1 :]]),
    lambda words, place, _: " ".join(words[: place + 1]),
    lambda words, place, other: " ".join([*other[: len(other) // 2], *words[place:]]),
    lambda words, place, _: " ".join(words[place:]),
    lambda words, place, _: " ".join([*words[:place], "12", *words[place:]]),
    lambda words, place, other: " ".join([*words[: place + 1], *other[:2], *words[place + 1 :]]),
    lambda words, place, _: " ".join([*words[:place], "và", *words[place:]]),
    lambda words, place, _: " ".join([*words[:place], "không", *words[place:]]),
    lambda words, _, other: f"{' '.join(words)}, {' '.join(other)}",
    lambda words, place, _: f"{' '.join(words[:place])} ({' '.join(words[place:])})",
    lambda words, *_: " ".join(words).upper(),
    lambda words, *_: _without_marks(" ".join(words)),
    lambda words, *_: re.sub(r"\d", lambda digit: str(9 - int(digit[0])), " ".join(words)),
)
"""A word left out, doubled, behind the next; the phrase up to it, from it on; another phrase's words, a number, `and`,
`not` in its place or before it; another phrase behind it; in brackets; in capitals; without marks; other digits."""


def _table(name: str, typed: _Typing) -> Iterator[list[str]]:
    """The rows of a table, each phrase as it is typed here."""
    found = list(rows(name))
    column = 1 if "people" in name else 0
    others = [row[column] for row in found]
    for at, row in enumerate(found):
        yield [*row[:column], typed(row[column], at, others), *row[column + 1 :]]


def _lines(typed: _Typing) -> Iterator[tuple[str, Iterator[str]]]:
    """Each phrase with what it is read for, and what is understood of it."""
    for table in ("deadlines", "own-deadlines", "hand-deadlines"):
        for phrase, period, _ in _table(table, typed):
            yield f"{phrase} [{period}]", _deadline(phrase, parse_period(period))
    for table in ("targets", "own-targets", "hand-targets"):
        for phrase, _ in _table(table, typed):
            yield phrase, _targets(phrase)
    known = registers()
    for table, registry in (("people", known), ("own-people", known), ("people-roles", REGISTERS)):
        for letter, phrase, _ in _table(table, typed):
            mentions = registry[letter].mentions(phrase)
            yield f"{phrase} [{letter}]", (f"{mention.text!r} {_told(mention)}" for mention in mentions)


@pytest.mark.parametrize(("name", "typed"), [("readings", _as_typed), ("readings-changed", _changed)])
def test_all_that_is_understood_of_a_phrase(name: str, typed: _Typing, *, rewrite: bool) -> None:
    read = "".join(f"{phrase} => {'; '.join(told)}".replace("\n", "\\n") + "\n" for phrase, told in _lines(typed))
    golden = DATA / f"{name}.txt"
    if rewrite:
        golden.write_text(read, "utf-8")
    assert read.splitlines() == golden.read_text("utf-8").splitlines()


def test_the_part_for_a_time_is_a_piece_of_what_is_typed() -> None:
    for phrase in (row[0] for table in ("targets", "own-targets") for row in rows(table)):
        found = understand_targets(phrase)
        for target in () if isinstance(found, UserError) else found:
            assert not target.time or target.phrase.strip("()") in phrase
