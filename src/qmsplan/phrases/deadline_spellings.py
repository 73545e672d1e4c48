"""Deadlines in one spelling where plans have several: `hàng năm` for `mỗi năm` and `thường niên`; without hours."""

from __future__ import annotations

import re

from qmsplan.phrases.calendar_words import LUNAR, WEEKDAY
from qmsplan.phrases.tables import Expression, table_beside

_TABLE = table_beside(__file__)
_SLOT = re.compile(r"\{([a-z_]+)\}")
_SLOTS = {"weekday": WEEKDAY, "lunar": LUNAR}


def _filled(pattern: str) -> str:
    """A pattern with what its `{slots}` stand for."""
    return _SLOT.sub(lambda slot: _SLOTS[slot[1]], pattern)


for _name, _pattern in _TABLE["slots"].items():
    _SLOTS[_name] = _filled(_pattern)
_SPELLINGS = tuple((Expression(_filled(wanted)), written) for wanted, written in _TABLE["spellings"])


def standard(text: str) -> str:
    """A calendar phrase with one spelling where plans have several: `hàng năm` for `từng năm`; without its hours."""
    for wanted, written in _SPELLINGS:
        text = wanted.sub(written, text)
    return text.strip()
