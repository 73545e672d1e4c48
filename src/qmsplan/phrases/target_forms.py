"""What a target may look like, and what is none: rows, each with what it means and a phrase that has it.

A pattern is one of `target_tokens`; the functions of `target_meanings` make a target of what it caught."""

from __future__ import annotations

from typing import Any

from qmsplan.phrases import target_meanings as meant
from qmsplan.phrases.tables import PhraseRow, table_beside
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_cues import CUE_SLOTS

_TABLE = table_beside(__file__)
SLOTS: dict[str, str] = {name: CUE_SLOTS[name] for name in ("unitword", "said")} | _TABLE["slots"]


def _rows(name: str) -> tuple[PhraseRow[Any], ...]:
    """The rows of one part of the table."""
    return tuple(
        PhraseRow(row["pattern"], getattr(meant, row["meaning"]), row["example"], row.get("means", ""))
        for row in _TABLE[name]
    )


NO_TARGETS = _rows("traps") + _rows("faults")
"""Numbers that are no targets (`dưới 40 tuổi` is an age, `mức độ 3` a name) and slips (`giảm 10% so với`), which come
before all forms."""
WITHIN, LONE, DIRECTION = _rows("last")
"""A length of time, an amount and a direction that count only where nothing else is asked for."""
FORMS: tuple[PhraseRow[Target], ...] = (*_rows("forms"), WITHIN, LONE, DIRECTION)
"""What a target may look like. The first row that fits at a place counts."""

ASKING = frozenset(row.pattern for row in FORMS[:-3])
"""The forms that ask for something by their own words."""
