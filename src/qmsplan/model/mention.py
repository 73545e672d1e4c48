"""What a responsibility phrase says of one of those it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qmsplan.model.units import Unit

UNIT, NEAR, GROUP, ROLE, UNKNOWN = "unit", "near", "group", "role", "unknown"
"""How a mention is understood: a registered unit, nearly one, an open group, a role without a unit, not at all."""


class Mention(NamedTuple):
    """A name in a phrase. `unit` is who is named or meant; of a group or a role, the unit it belongs to."""

    text: str
    kind: str
    unit: Unit | None = None
    scope: str | None = None
    """The part of the item it is responsible for: the words after `đối với`."""
    remark: str | None = None
    """A post or other words beside the name: `Cơ quan Thường trực của Hội đồng`."""
    meant: str | None = None
    """The registered spelling that a near name comes close to."""
    line: int = 0
    """The line of the phrase it stands on, from 0; blank lines do not count."""
