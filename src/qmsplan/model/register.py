"""Units as files register and name them."""

from __future__ import annotations

from typing import Annotated

from qmsplan.model.fields import FileModel, Id, OneOrMany, lines_of, one_or_many


class Unit(FileModel):
    """An agency, department, role or group of people that can be responsible."""

    code: Id
    """What plans and commands call the unit: `TGPL`, `NV`."""
    name: str
    """The full official name."""
    parent: str | None = None
    """Code of the unit it belongs to."""
    aliases: Annotated[tuple[str, ...], OneOrMany(lines_of)] = ()
    """Other spellings found in documents."""
    members: Annotated[tuple[str, ...], OneOrMany(one_or_many)] = ()
    """Codes of the units that a group stands for: what the group leads or supports is theirs too."""


class Assignment(FileModel):
    """A responsibility for which a phrase says too little."""

    unit: str
    """Code or name of the unit."""
    scope: str | None = None
    """What part of the item it is responsible for."""
