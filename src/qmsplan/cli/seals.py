"""What commands ask about the seals of plans: what the workspace's own files print around them, and which plans are not
what was signed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache

from qmsplan.cli.console import say_error
from qmsplan.cli.workspace import OpenWorkspace
from qmsplan.diagnostics import Message, translator
from qmsplan.documents.letterhead import letterhead_digest
from qmsplan.documents.template import template_digests
from qmsplan.model.plan import Plan
from qmsplan.seal import OwnForms, is_sealed, prints_as_sealed

MOST = 12
"""Plans that one line names."""


def own_forms(place: OpenWorkspace, template: str) -> OwnForms:
    """The digests of the workspace's own template of a name and of its letterhead."""
    folder = place.root / place.settings.templates
    return OwnForms(template_digests(folder).get(template, ""), letterhead_digest(folder))


def seal_is_broken(place: OpenWorkspace) -> Callable[[Plan], bool]:
    """Whether a plan is not what was signed, in its words or in the form that prints it. The forms are read once, and
    only if a plan has a seal."""
    forms = cache(lambda template: own_forms(place, template))
    return lambda plan: is_sealed(plan.signoff) and not prints_as_sealed(plan, forms(plan.template))


def tell_broken_seals(broken: Sequence[str], language: str) -> None:
    """Says in a line which plans, by id, are not what was signed: their figures are not those of the signed
    document."""
    if broken:
        sys.stdout.flush()
        names = ", ".join(broken[:MOST]) + (" …" if len(broken) > MOST else "")
        say_error(
            Message("not as they were signed: {names}", names=names),
            Message("see what was changed: qmsplan verify {plan}", plan=broken[0]),
            translator(language),
        )
