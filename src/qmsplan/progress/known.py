"""What of the records was known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from qmsplan.model.record import Progress


def known_on(record: Progress, as_of: date) -> Progress:
    """A progress file without what was recorded, done or had happened only after a day."""
    return record.replaced(
        readings=tuple(entry for entry in record.readings if entry.recorded <= as_of),
        completions=tuple(
            entry for entry in record.completions if max(entry.done, entry.recorded or entry.done) <= as_of
        ),
        events=tuple(entry for entry in record.events if max(entry.date, entry.recorded or entry.date) <= as_of),
        corrective_actions=tuple(entry for entry in record.corrective_actions if entry.recorded <= as_of),
    )
