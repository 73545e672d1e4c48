"""A plan together with the records that report on it, and the names of the files they came from."""

from __future__ import annotations

from typing import NamedTuple

from qmsplan.model.plan import Plan
from qmsplan.model.record import Progress


class Named(NamedTuple):
    """A plan and the file it stands in."""

    file: str
    plan: Plan


class Record(NamedTuple):
    """A progress file: its name, what it records, and which evidence files are not there, not inside or empty."""

    file: str
    progress: Progress
    absent: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()


class Bundle(NamedTuple):
    """Everything that files say under one plan id. More than one plan is a fault that a rule tells."""

    plans: tuple[Named, ...]
    records: tuple[Record, ...]
