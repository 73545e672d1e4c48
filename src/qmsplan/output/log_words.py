"""The life of an item as it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.output.dates import short_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from qmsplan.diff.pairs import PlanDiff
    from qmsplan.model.plan import Earlier, Signoff


class Signed(NamedTuple):
    """The sign-off in force, and whether its digest is that of the version; None if there is none to compare."""

    signoff: Signoff | Earlier
    holds: bool | None
    is_amended: bool = False
    """True for a version that is to replace what was signed, and is not signed yet."""


class Entry(NamedTuple):
    """A step that changed something. One without a commit is not committed yet."""

    diff: PlanDiff
    file: str
    signed: Signed | None
    commit: str | None = None
    author: str = ""
    email: str = ""
    date: datetime | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """The steps of an item, or of a whole plan, newest first."""

    plan: str
    item: str | None
    text: str
    entries: tuple[Entry, ...]
    is_cut: bool
    """True if the clone does not hold the beginning."""
    unread: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`PLAN/ITEM`, or the plan."""
        return f"{self.plan}/{self.item}" if self.item else self.plan


def signed_text(signed: Signed | None, language: str, say: Callable[[str], str]) -> str:
    """What was in force."""
    if signed is None:
        return say("not signed")
    day = short_date(signed.signoff.date, language)
    if signed.is_amended:
        pattern = say("draft of an amendment; in force: {number}, {day}")
        return pattern.format(number=signed.signoff.number, day=day)
    words = {None: say("signed: {number}, {day}"), True: say("signed: {number}, {day}; the digest matches")}
    changed = say("signed: {number}, {day}; changed since")
    return words.get(signed.holds, changed).format(number=signed.signoff.number, day=day)
