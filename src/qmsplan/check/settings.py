"""What is wrong with the settings of a workspace: what the loader and the rules say, and `rules:` that name no code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.check.bundle import diagnose
from qmsplan.check.choice import faults_of_choice
from qmsplan.check.ignores import let_pass, read_permits, unused
from qmsplan.model.settings import Settings
from qmsplan.rules import RULES
from qmsplan.rules.base import SettingsContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.diagnostic import Diagnostic
    from qmsplan.load.document import Document


def check_settings(document: Document, profiles: frozenset[str] = frozenset()) -> tuple[Diagnostic, ...]:
    """The diagnostics of `qmsplan.yaml`, in order. `profiles` are the document formats it may name."""
    if document.value is None:
        return document.diagnostics
    permits, faults = read_permits(document.source)
    wrong = (*faults_of_choice(document), *_by_rules(document, profiles))
    kept, used = let_pass((*document.diagnostics, *wrong, *faults), permits)
    return tuple(sorted([*kept, *unused(permits, used)], key=lambda diagnostic: diagnostic.order))


def _by_rules(document: Document, profiles: frozenset[str]) -> Iterator[Diagnostic]:
    source, settings = document.source, document.value
    if not isinstance(settings, Settings):
        return
    context = SettingsContext(source.name, settings, profiles)
    for rule in RULES:
        if rule.check_settings:
            for finding in rule.check_settings(context):
                yield diagnose(rule, finding, lambda _: source)
