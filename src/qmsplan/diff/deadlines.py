"""Whether a new deadline asks for a thing later than the old one, or earlier."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from qmsplan.diff.change import Weight
from qmsplan.model.deadline import Deadline

if TYPE_CHECKING:
    from datetime import date

    from qmsplan.diagnostic import Fault


def weigh_deadlines(old: Deadline | Fault | None, new: Deadline | Fault | None) -> Weight:
    """Later if by some day fewer things are due than were; else earlier if by some day more are."""
    if old is None or new is None:
        return Weight.OTHER if old is new else Weight.EARLIER if old is None else Weight.LATER
    if not isinstance(old, Deadline) or not isinstance(new, Deadline):
        return Weight.UNCLEAR
    pairs = list(zip_longest(_days(old), _days(new)))
    if any(after is None or (before is not None and after > before) for before, after in pairs):
        return Weight.LATER
    if any(before is None or (after is not None and after < before) for before, after in pairs):
        return Weight.EARLIER
    return Weight.OTHER if _waiting(old) == _waiting(new) else Weight.UNCLEAR


def _days(deadline: Deadline) -> list[date]:
    return sorted(occurrence.due for occurrence in deadline.occurrences if occurrence.due)


def _waiting(deadline: Deadline) -> set[object]:
    """What has no day yet: what waits for an event, and what is continuous."""
    return {occurrence for occurrence in deadline.occurrences if occurrence.due is None}
