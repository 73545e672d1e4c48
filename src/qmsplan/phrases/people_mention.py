"""What a responsibility phrase names: mentions, each of one kind."""

from __future__ import annotations

from typing import NamedTuple

from qmsplan.model.settings import Person, Unit

UNIT, NEAR, PERSON, GROUP, ROLE, UNKNOWN = "unit", "near", "person", "group", "role", "unknown"
EITHER = "either"
"""The kinds of mentions: a registered unit, nearly one, a registered person, an open group, a role without a unit, not
understood; a unit or person that is named as one of two (`A hoặc B`)."""


class Mention(NamedTuple):
    """A name in a phrase. `unit` is who is named or meant; of a group or a role the unit it belongs to, of a person
    the unit that the person works in."""

    text: str
    kind: str
    unit: Unit | None = None
    scope: str | None = None
    """The part of the work it is responsible for: the words after `đối với`."""
    remark: str | None = None
    """A post, or other words beside the name: `Cơ quan Thường trực của Hội đồng`."""
    meant: str | None = None
    """The registered spelling that a near name comes close to; the other name of two."""
    line: int = 0
    """The line of the phrase it stands on, from 0; blank lines do not count."""
    role: str | None = None
    """`lead`, `support` or `monitor` where the phrase says it (`Đơn vị phối hợp: …`), whatever field it stands in."""
    person: Person | None = None
    """The person who is named."""
