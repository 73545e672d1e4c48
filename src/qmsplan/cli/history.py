"""The versions of one plan through git, each with what it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.load.document import read_content
from qmsplan.model.plan import Plan
from qmsplan.vcs.blobs import read_blobs
from qmsplan.vcs.history import Commit, history

if TYPE_CHECKING:
    from qmsplan.vcs.repository import Repository


class Turned(NamedTuple):
    """A step with its plans: after it, and in each commit that it was made from."""

    commit: Commit
    file: str
    after: Plan | None
    before: tuple[Plan | None, ...]


class Past(NamedTuple):
    """The steps of a plan, newest first, and what could not be read."""

    steps: tuple[Turned, ...]
    unread: tuple[str, ...]


def past_of(repository: Repository, commit: str, path: str) -> Past:
    """All versions of a file. One that is no plan is passed over, and held against the one before it."""
    steps = history(repository, commit, path)
    ids = dict.fromkeys(
        name for step in steps for name in (step.after.id if step.after else None, *step.before) if name
    )
    plans = {name: _plan(content) for name, content in read_blobs(repository, ids)}
    earlier = {step.after.id: step.before[0] if step.before else None for step in reversed(steps) if step.after}
    found, unread, file = [], [], path
    for step in steps:
        file = step.after.path if step.after else file
        if step.after and plans[step.after.id] is None:
            unread.append(f"{step.commit.id[:7]}:{file}")
            continue
        before = tuple(_readable(name, plans, earlier) for name in step.before)
        found.append(Turned(step.commit, file, plans[step.after.id] if step.after else None, before))
    return Past(tuple(found), tuple(unread))


def _plan(content: bytes) -> Plan | None:
    value = read_content(content, "").value
    return value if isinstance(value, Plan) else None


def _readable(name: str | None, plans: dict[str, Plan | None], earlier: dict[str, str | None]) -> Plan | None:
    """A version, or the nearest one before it that is a plan."""
    seen = set()
    while name and name not in seen and plans.get(name) is None:
        seen.add(name)
        name = earlier.get(name)
    return plans.get(name) if name else None
