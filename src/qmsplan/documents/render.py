"""A plan to a Word file: values for the template, the template's blocks, the file."""

from __future__ import annotations

from datetime import datetime

from qmsplan import __version__
from qmsplan.documents.blocks import SectionBlock
from qmsplan.documents.fill import fill
from qmsplan.documents.markup import read_blocks
from qmsplan.documents.plan_view import view_of
from qmsplan.documents.template import Template
from qmsplan.documents.word_base import BaseDocument
from qmsplan.documents.word_package import Properties
from qmsplan.documents.word_writer import write_docx
from qmsplan.model.plan import Plan
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.phrases.people import Register
from qmsplan.seal import OwnForms, digest, prints_as_sealed


def blocks_of(
    plan: Plan, register: Register, template: Template, conventions: Conventions = CONVENTIONS
) -> tuple[SectionBlock, ...]:
    """The document that a template makes of a plan. BrokenTemplateError if it can't."""
    return read_blocks(fill(template, {"plan": view_of(plan, register, conventions)}), template.file)


def render(
    plan: Plan,
    register: Register,
    template: Template,
    base: BaseDocument,
    stamp: datetime,
    *,
    conventions: Conventions = CONVENTIONS,
) -> bytes:
    """The Word file of a plan; `stamp` is the time that it names as that of its making. BrokenTemplateError if
    the template can't make it."""
    return write_docx(blocks_of(plan, register, template, conventions), base, _properties(plan, register, stamp))


def as_printed(plan: Plan, own: OwnForms) -> Plan:
    """The plan that may be printed: one that is not what was signed, that another template or letterhead would print,
    or whose sign-off was typed without a seal, is a draft without number and day."""
    return plan if prints_as_sealed(plan, own) else plan.replaced(signoff=None)


PLAN_PROPERTY = "qmsplan-plan"
"""The property of a Word file that names its plan."""


def _properties(plan: Plan, register: Register, stamp: datetime) -> Properties:
    unit = register.by_code.get(plan.head.issuer or "")
    author = unit.name if unit else " ".join(plan.head.issuer_text)
    return Properties(plan.head.full_title, author, stamp, tuple(_origin(plan).items()))


def _origin(plan: Plan) -> dict[str, str]:
    """What the file was made from, for those who find it years later; Word keeps it when it saves the file again."""
    return {
        PLAN_PROPERTY: plan.id,
        "qmsplan-revision": str(plan.revision),
        "qmsplan-digest": digest(plan),
        "qmsplan-version": __version__,
    }
