"""Plan to blocks to Word: the way through the layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan import __version__
from qmsplan.document.docx.body import write_docx
from qmsplan.document.docx.parts import Properties
from qmsplan.document.fill import fill
from qmsplan.document.reading import read_blocks
from qmsplan.document.view import view_of
from qmsplan.seal.digest import digest

if TYPE_CHECKING:
    from datetime import datetime

    from qmsplan.document.blocks import Section
    from qmsplan.document.profile import Profile
    from qmsplan.document.template import Template
    from qmsplan.model.people import Register
    from qmsplan.model.plan import Plan


def blocks_of(plan: Plan, register: Register, template: Template) -> tuple[Section, ...]:
    """The document that a template makes of a plan. TemplateFault if it can't."""
    return read_blocks(fill(template, {"plan": view_of(plan, register)}), template.file)


def render(plan: Plan, register: Register, template: Template, profile: Profile, stamp: datetime) -> bytes:
    """The Word file of a plan; `stamp` is what it says of its making. TemplateFault if the template can't make it."""
    return write_docx(blocks_of(plan, register, template), profile, _properties(plan, register, stamp))


def _properties(plan: Plan, register: Register, stamp: datetime) -> Properties:
    unit = register.by_code.get(plan.head.issuer or "")
    author = unit.name if unit else " ".join(plan.head.issuer_text)
    return Properties(" ".join((plan.head.type, *plan.head.title)), author, stamp, tuple(_origin(plan).items()))


def _origin(plan: Plan) -> dict[str, str]:
    """What the file was made from, for those who find it years later; Word keeps it when it saves the file again."""
    return {
        "qmsplan-plan": plan.id,
        "qmsplan-revision": str(plan.revision),
        "qmsplan-digest": digest(plan),
        "qmsplan-version": __version__,
    }
