"""Sign-offs put into the file of a plan, and taken back into the chain of earlier ones: bytes in, bytes out.

Every function leaves the other bytes of the file as they were, a byte order mark too, and raises UserError where its
layout does not allow that. `file` is the file's name as the user knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qmsplan.diagnostics import UserError
from qmsplan.load.document import read_content
from qmsplan.load.files import decode, encode
from qmsplan.model.plan import Earlier, Endorsement, Plan, Signoff
from qmsplan.seal import Role, digest, endorsed, parts_of
from qmsplan.yaml_edit.edit import (
    YamlFile,
    add_entry,
    drop,
    odd_layout,
    replace_entry,
    set_fields,
    set_value,
    turn_field,
)
from qmsplan.yaml_edit.emit import Value

_ANY = "FILE"
"""What stands for a file whose name is not told."""


def sealed(plan: Plan, signoff: Signoff) -> Plan:
    """The plan with a sign-off and the digest of the two."""
    signed = plan.replaced(signoff=signoff)
    return signed.replaced(signoff=signoff.replaced(digest=digest(signed), parts=parts_of(signed)))


def with_signoff(before: bytes, plan: Plan, signed: Plan, file: str = _ANY) -> bytes:
    """The bytes of a plan with the sign-off of `signed`, which is new or seals what the plan has."""
    told, opened = _typed(signed.signoff), _opened(before, file)
    if plan.signoff is None:
        return _bytes(before, set_value(opened, ("signoff",), told), signed)
    new = {name: value for name, value in told.items() if not getattr(plan.signoff, name)}
    return _bytes(before, set_fields(opened, ("signoff",), new), signed)


def with_endorsement(before: bytes, plan: Plan, role: Role, entry: Endorsement, file: str = _ANY) -> bytes:
    """The bytes of a plan with one more reviewer or approver; somebody's old entry gives way to the new one."""
    entry = entry.replaced(digest=endorsed(plan, role, entry))
    entries: tuple[Endorsement, ...] = getattr(plan, role)
    place = next((index for index, other in enumerate(entries) if other.name == entry.name), len(entries))
    opened = _opened(before, file)
    if place < len(entries):
        opened = replace_entry(opened, (role, place), _typed(entry))
    else:
        opened = add_entry(opened, (role,), _typed(entry))
    wanted: Any = {role: (*entries[:place], entry, *entries[place + 1 :])}
    return _bytes(before, opened, plan.replaced(**wanted))


def amended(
    before: bytes, plan: Plan, signoff: Signoff, reason: Sequence[str], file: str = _ANY, *, partly: bool = False
) -> bytes:
    """The bytes of a plan as a draft of its next revision, its sign-off among the earlier ones. `partly`: the revision
    amends and supplements the signed document, and does not replace it."""
    ended = Earlier(
        number=signoff.number,
        date=signoff.date,
        signer=signoff.signer,
        position=signoff.position,
        issuer=signoff.issuer,
        partly=partly,
        digest=signoff.digest,
        reason=tuple(reason),
        reviewed=plan.reviewed,
        approved=plan.approved,
    )
    opened = _opened(before, file)
    comments: list[str] = []
    for name in ("reviewed", "approved", "signoff" if plan.earlier else "earlier"):  # an empty list gives way too
        opened, found = drop(opened, (name,))
        comments += found
    if plan.earlier:
        opened = add_entry(opened, ("earlier",), _typed(ended), comments)
    else:
        opened = turn_field(opened, "signoff", "earlier", [_typed(ended)], comments)
    wanted = plan.replaced(reviewed=(), approved=(), signoff=None, earlier=(*plan.earlier, ended))
    return _bytes(before, opened, wanted)


def _opened(before: bytes, file: str) -> YamlFile:
    return YamlFile(file, decode(before), Plan)


def _bytes(before: bytes, edited: YamlFile, wanted: Plan) -> bytes:
    """The bytes of the edited file. UserError if they can't be read as the plan that was wanted."""
    content = encode(edited.text, before)
    document = read_content(content, edited.name)
    if document.value is None and document.diagnostics:
        raise UserError(document.diagnostics[0].message, document.diagnostics[0].hint)
    if document.value != wanted:
        raise odd_layout(edited.name)
    return content


def _typed(value: Any) -> dict[str, Value]:
    """An entry as it is typed: without empty fields, a list of one line as a line."""
    told = dict(value)
    return {name: _value(name, part) for name, part in told.items() if part is not None and part not in ((), False)}


def _value(name: str, value: Any) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, tuple):
        return str(value)
    parts = [part if isinstance(part, str) else _typed(part) for part in value]
    first = parts[0]
    is_line = isinstance(first, str) and first == first.strip() != "" and "\n" not in first
    return first if len(parts) == 1 and is_line and name != "parts" else parts
