"""Cues: what the words around a number of a target phrase make of it, before its forms are read.

`không để … vượt quá 3 vụ` is a limit of three, `5% (max)` at most 5%, `(kết quả năm 2025: 76%)` no target. A new way to
say a thing is a row of `target_cues.toml`, with a function of `target_conditions` where more has to be true than its
pattern says. `target_rewriting` says what the groups of a pattern do."""

from __future__ import annotations

from qmsplan.phrases import target_conditions
from qmsplan.phrases.tables import table_beside
from qmsplan.phrases.target_numbers import KINDS, NUMBER_SLOTS, NUMERALS
from qmsplan.phrases.target_tokens import Cue

_TABLES = table_beside(__file__)
CUE_SLOTS: dict[str, str] = NUMBER_SLOTS | _TABLES["slots"]
"""Patterns that cues use by name, beside the kinds of words."""


def _cue(row: dict[str, str]) -> Cue:
    functions = {key: getattr(target_conditions, row[key]) for key in ("when", "make") if key in row}
    return Cue(row["pattern"], row["example"], **functions)


CUES = (*KINDS, *NUMERALS, *map(_cue, _TABLES["cues"]))
"""Which of several comes first does not matter, but that limits are found before what is set aside."""
