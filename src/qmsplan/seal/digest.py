"""The digest of a plan's meaning, under the name of the scheme that made it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Literal, TypeAlias

from qmsplan.seal.canonical import canonical, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.model.plan import Endorsement, Plan

Role: TypeAlias = Literal["reviewed", "approved"]

SCHEME = "qmsplan-1:sha256"
"""The scheme of new seals. Older ones stay in `_SCHEMES` for ever: a plan signed years ago still verifies."""


def digest(plan: Plan) -> str:
    """The plan's digest. Number, day, signer and post of a sign-off are part of it; reviews and approvals are not."""
    return _under(SCHEME, plan)


def digest_of_content(plan: Plan) -> str:
    """The digest of the plan as if nobody had signed it yet."""
    return digest(plan.replaced(signoff=None))


def endorsed(plan: Plan, role: Role, entry: Endorsement) -> str:
    """The digest that a reviewer's or approver's entry has to hold: of the content, and of who, when and as what."""
    return _endorsed(SCHEME, plan, role, entry)


def holds(plan: Plan, sealed: str) -> bool | None:
    """Whether a sealed plan is what was signed; None if a scheme made the seal that is not known here."""
    scheme = scheme_of(sealed)
    return _under(scheme, plan) == sealed if scheme in _SCHEMES else None


def endorsement_holds(plan: Plan, role: Role, entry: Endorsement) -> bool | None:
    """Whether the content is what was reviewed or approved; None if the scheme is not known here."""
    scheme = scheme_of(entry.digest)
    return _endorsed(scheme, plan, role, entry) == entry.digest if scheme in _SCHEMES else None


def scheme_of(sealed: str) -> str:
    """What stands before the digits: `qmsplan-1:sha256`."""
    return sealed.rpartition(":")[0]


def bound(plan: Plan) -> Plan:
    """The plan as its seal binds it: without the seal itself, and without those who may endorse it later."""
    signoff = plan.signoff and plan.signoff.replaced(digest=None, parts=())
    return plan.replaced(signoff=signoff, reviewed=(), approved=())


def _under(scheme: str, plan: Plan) -> str:
    return f"{scheme}:{_SCHEMES[scheme](bound(plan))}"


def _endorsed(scheme: str, plan: Plan, role: Role, entry: Endorsement) -> str:
    said = {"content": bound(plan.replaced(signoff=None)), "role": role, **told(entry)}
    said.pop("digest")
    return f"{scheme}:{_SCHEMES[scheme](said)}"


def _first(value: object) -> str:
    """The first scheme."""
    return sha256(canonical(value)).hexdigest()


_SCHEMES: dict[str, Callable[[object], str]] = {SCHEME: _first}
