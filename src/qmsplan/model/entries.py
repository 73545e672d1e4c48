"""The entries of progress files, by the lists they stand in."""

from __future__ import annotations

from typing import TypeAlias

from qmsplan.model.record import Completion, CorrectiveAction, Happening, Reading

Entry: TypeAlias = Reading | Completion | Happening | CorrectiveAction
LISTS: dict[str, type[Entry]] = {
    "readings": Reading,
    "completions": Completion,
    "events": Happening,
    "corrective_actions": CorrectiveAction,
}
"""The lists of a progress file and the class of their entries."""


def list_of(entry: Entry) -> str:
    """The name of the list that an entry stands in."""
    return next(name for name, model in LISTS.items() if isinstance(entry, model))
