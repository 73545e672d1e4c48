"""What is wrong with the settings of a workspace: what the loader says, and `rules:` that name no code."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from qmsplan.check.choice import faults_of_choice
from qmsplan.check.ignores import let_pass, read_permits, unused
from qmsplan.load.faults import MOST

if TYPE_CHECKING:
    from qmsplan.diagnostic import Diagnostic
    from qmsplan.load.document import Document


def check_settings(document: Document) -> tuple[Diagnostic, ...]:
    """The diagnostics of `qmsplan.yaml`, in order."""
    if document.value is None:
        return document.diagnostics
    permits, faults = read_permits(document.source)
    wrong = islice(faults_of_choice(document), MOST)
    kept, used = let_pass((*document.diagnostics, *wrong, *faults), permits)
    return tuple(sorted([*kept, *unused(permits, used)], key=lambda diagnostic: diagnostic.order))
