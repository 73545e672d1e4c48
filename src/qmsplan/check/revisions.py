"""Earlier revisions of a plan, as git keeps them: the one in force while an amendment is a draft.

Each is proven by the digest that the plan keeps of it (`earlier`)."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path

from qmsplan.diagnostics import UserError
from qmsplan.git import Versions, open_repository, resolve
from qmsplan.load.document import Document, read_content
from qmsplan.model.plan import Earlier, Plan
from qmsplan.seal import holds


class Revisions:
    """What the files of a workspace held when they were signed. git is asked once for all plans."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, plan: Plan, ended: Earlier, path: Path, name: str) -> Document | None:
        """The text of a plan as it was signed with an earlier sign-off, under the file's own name; None if git has
        none."""
        versions = self._versions.of(path) if self._versions else ()
        # the newest version is most often what was read from there a moment ago
        read = (read_content(content, name) for content in versions)
        return next((one for one in read if _is_revision(one.value, plan.id, ended)), None)

    @property
    def is_cut_off(self) -> bool:
        """Whether git holds only the last commits, as the clone of a CI does."""
        return self._versions is not None and self._versions.repository.is_shallow

    @cached_property
    def _versions(self) -> Versions | None:
        """None without git."""
        try:
            repository = open_repository(self._root)
            return Versions(repository, resolve(repository, "HEAD"))
        except UserError:
            return None


def _is_revision(plan: object, name: str, ended: Earlier) -> bool:
    """Whether a plan is what was signed with an earlier sign-off; one without a digest is known by its number."""
    signoff = plan.signoff if isinstance(plan, Plan) and plan.id == name else None
    if not isinstance(plan, Plan) or signoff is None or (signoff.number, signoff.date) != (ended.number, ended.date):
        return False
    return signoff.digest == ended.digest and (ended.digest is None or bool(holds(plan, ended.digest)))


def in_force_of(plan: Plan, root: Path, path: Path, name: str) -> Plan | None:
    """The revision in force of a plan whose amendment nobody has signed yet; None of any other plan, and where its text
    is not at hand."""
    if plan.signoff or not plan.earlier:
        return None
    try:
        found = _at(root, resolve(open_repository(root), "HEAD")).of(plan, plan.earlier[-1], path.absolute(), name)
    except UserError:  # a clone that is not whole
        _at.cache_clear()
        return None
    return found.value if found and isinstance(found.value, Plan) else None


@lru_cache(maxsize=1)
def _at(root: Path, _commit: str) -> Revisions:
    """An editor checks with each key; what git has changes with a commit only."""
    return Revisions(root)
