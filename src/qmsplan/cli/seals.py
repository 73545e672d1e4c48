"""What commands ask about the seals of plans: what the workspace's own files print around them, and which plans are not
what was signed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cached_property

from qmsplan.cli.console import say_error
from qmsplan.cli.workspace import OpenWorkspace
from qmsplan.diagnostics import Message, listed, translator
from qmsplan.documents.template import letterhead_digest, template_digests
from qmsplan.model.plan import Plan
from qmsplan.seal import OwnForms, is_sealed, prints_as_sealed


class SealCheck:
    """Whether a plan is not what was signed, in its words or in the form that prints it. The forms are read once, and
    only if a plan has a seal."""

    def __init__(self, place: OpenWorkspace) -> None:
        self._folder = place.root / place.settings.templates

    def __call__(self, plan: Plan) -> bool:
        """Whether the plan has a seal that does not hold."""
        return is_sealed(plan.signoff) and not prints_as_sealed(plan, self.forms(plan.template))

    def forms(self, template: str) -> OwnForms:
        """The digests of the workspace's own template of a name and of its letterhead."""
        return OwnForms(self._digests.get(template, ""), self._letterhead)

    @cached_property
    def _digests(self) -> dict[str, str]:
        return template_digests(self._folder)

    @cached_property
    def _letterhead(self) -> str:
        return letterhead_digest(self._folder)


def tell_broken_seals(broken: Sequence[str], language: str) -> None:
    """Says in a line which plans, by id, are not what was signed: their figures are not those of the signed
    document."""
    if broken:
        sys.stdout.flush()
        names = listed(broken)
        say_error(
            Message("not as they were signed: {names}", names=names),
            Message("see what was changed: qmsplan verify {plan}", plan=broken[0]),
            translator(language),
        )
