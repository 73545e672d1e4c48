"""The phrases in `data/phrases/*.tsv`, and the plans over which deadlines among them are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qmsplan.model.period import span_of_years, year

DATA = Path(__file__).parent / "data" / "phrases"
ONE, FIVE = year(2026), span_of_years(2026, 2030)


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table of cases; `\\n` stands for the end of a line within a cell."""
    for line in (DATA / f"{name}.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.replace("\\n", "\n").split("\t")


HAND_DEADLINES = tuple(dict.fromkeys(phrase for phrase, _, answer in rows("hand-deadlines") if answer != "|none"))
HAND_TARGETS = tuple(phrase for phrase, answer in rows("hand-targets") if answer != "|none")
"""What is understood of those that were worked out by hand."""
