"""Units and persons as files register and name them."""

import re
from typing import Annotated

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.fields import Day, FileModel, Id, OneOrMany, ScalarField, lines_of, one_or_many

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


def _read_email(text: str) -> str:
    """One address: `nghiepvu@tgpl.example.vn`."""
    if _EMAIL.fullmatch(text):
        return text
    hint = Message("write one address such as phong@donvi.gov.vn, without a name")
    raise UserError(Message("'{text}' is not an e-mail address", text=text), hint)


Email = Annotated[str, ScalarField(str, _read_email, type="string", pattern=f"^{_EMAIL.pattern}$")]


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
    """Codes of the units and persons that a group stands for: what the group leads or supports is theirs too."""
    until: Day | None = None
    """The last day on which there was this unit. Plans that give it work due later are warned of."""
    succeeded_by: Annotated[tuple[str, ...], OneOrMany(one_or_many)] = ()
    """Codes of the units that took over its work: what it still leads in older plans is shown for them too."""
    email: Email | None = None
    """The address that `qmsplan remind` writes to."""


class Person(FileModel):
    """A person who can be responsible; what the person leads or supports, the person's unit owes."""

    name: str
    """Full name without title or form of address: `Nguyễn Văn An`."""
    post: str | None = None
    """The post: `Phó Giám đốc`."""
    unit: str
    """Code of the unit that the person works in."""
    code: Id | None = None
    """What plans and commands may call the person, instead of the name."""
    email: Email | None = None
    """The e-mail address."""
    aliases: Annotated[tuple[str, ...], OneOrMany(lines_of)] = ()
    """Other spellings found in documents: `đ/c An`."""


class Assignment(FileModel):
    """A responsibility for which a phrase says too little."""

    unit: str
    """Code or name of the unit or person."""
    scope: str | None = None
    """What part of the item it is responsible for."""
