"""Sign-offs put into the text of a plan, and taken back into the chain of earlier ones: bytes in, bytes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmsplan.layout.plan_edits import add_entry, add_field, drop_field, extend_field, replace_entry, turn_field
from qmsplan.layout.proof import edited
from qmsplan.load.text import decode
from qmsplan.model.plan import Earlier, Endorsement, Plan, Signoff
from qmsplan.seal.digest import digest, endorsed
from qmsplan.seal.parts import parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmsplan.seal.digest import Role


def sealed(plan: Plan, signoff: Signoff) -> Plan:
    """The plan with a sign-off and the digest of the two."""
    signed = plan.replaced(signoff=signoff)
    return signed.replaced(signoff=signoff.replaced(digest=digest(signed), parts=parts_of(signed)))


def with_signoff(before: bytes, plan: Plan, signed: Plan) -> bytes:
    """The bytes of a plan with the sign-off of `signed`, which is new or seals what the plan has. Fault if unsafe."""
    text, told = decode(before), _typed(signed.signoff)
    if plan.signoff is None:
        return edited(before, add_field(text, "signoff", told), signed)
    new = {name: value for name, value in told.items() if not getattr(plan.signoff, name)}
    return edited(before, extend_field(text, "signoff", new), signed)


def with_endorsement(before: bytes, plan: Plan, role: Role, entry: Endorsement) -> bytes:
    """The bytes of a plan with one more reviewer or approver; somebody's old entry gives way. Fault if unsafe."""
    entry = entry.replaced(digest=endorsed(plan, role, entry))
    entries: tuple[Endorsement, ...] = getattr(plan, role)
    place = next((index for index, other in enumerate(entries) if other.name == entry.name), len(entries))
    text = decode(before)
    if place < len(entries):
        text = replace_entry(text, role, place, _typed(entry))
    else:
        text = add_entry(text, role, _typed(entry))
    wanted: Any = {role: (*entries[:place], entry, *entries[place + 1 :])}
    return edited(before, text, plan.replaced(**wanted))


def amended(before: bytes, plan: Plan, signoff: Signoff, reason: Sequence[str]) -> bytes:
    """The bytes of a plan as a draft of its next revision, its sign-off among the earlier ones. Fault if unsafe."""
    ended = Earlier(
        number=signoff.number,
        date=signoff.date,
        signer=signoff.signer,
        position=signoff.position,
        digest=signoff.digest,
        reason=tuple(reason),
        reviewed=plan.reviewed,
        approved=plan.approved,
    )
    text = decode(before)
    comments: list[str] = []
    for name in ("reviewed", "approved", *(("signoff",) if plan.earlier else ())):
        text, found = drop_field(text, name)
        comments += found
    if plan.earlier:
        text = add_entry(text, "earlier", _typed(ended), comments)
    else:
        text, found = drop_field(text, "earlier")  # an empty list
        comments += found
        text = turn_field(text, "signoff", "earlier", [_typed(ended)], comments)
    wanted = plan.replaced(reviewed=(), approved=(), signoff=None, earlier=(*plan.earlier, ended))
    return edited(before, text, wanted)


def _typed(value: Any) -> dict[str, Any]:
    """An entry as it is typed: without empty fields, a list of one line as a line."""
    told = dict(value)
    return {name: _value(name, part) for name, part in told.items() if part is not None and part != ()}


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, tuple):
        return str(value)
    parts = [part if isinstance(part, str) else _typed(part) for part in value]
    return parts[0] if len(parts) == 1 and isinstance(parts[0], str) and name != "parts" else parts
