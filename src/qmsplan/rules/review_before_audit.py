"""A management review that has no internal audit to look at (ISO 9001:2015, 9.3.2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Facts, Finding, Rule
from qmsplan.rules.systems import systems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.rules.base import Answer
    from qmsplan.rules.systems import System


def check(everything: Iterable[Facts]) -> Iterator[Finding]:
    """The year's last review, where the audit of the year is due after it and none was in the twelve months before."""
    for system in systems(everything):
        reviews, audits = (_dated(system, point) for point in ("review", "audit"))
        if not reviews or not audits:
            continue
        (day, review), (first, audit) = max(reviews, key=_day), min(audits, key=_day)
        if first > day and not _was_earlier(system, day):
            yield Finding(
                review.place,
                say("the management review '{id}' is due on {day}, before the internal audit '{audit}' on {audited}",
                    id=review.item, day=day, audit=audit.item, audited=first),
                say("put the review after the audit: it looks at the audit's results ({cited})",
                    cited=system.standard.cite("review")),
            )  # fmt: skip


def _dated(system: System, point: str) -> list[tuple[str, Answer]]:
    """The due days in the year, ISO 8601."""
    return [(day, answer) for answer in system.answers(point) for day in answer.due if int(day[:4]) == system.year]


def _day(entry: tuple[str, Answer]) -> str:
    return entry[0]


def _was_earlier(system: System, day: str) -> bool:
    """True if an audit of the year before is recent enough for a review on a day."""
    before = date.fromisoformat(day)
    since = before.replace(year=before.year - 1, day=min(before.day, 28)).isoformat()
    return any(since <= due <= day for due in system.earlier_audits)


RULE = Rule("QP703", "review-before-audit", Severity.WARNING, check_all=check)
