"""What a writer of diagnostics is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Report:
    """Diagnostics and what is needed to tell them: the language, the colours, the lines of the files."""

    diagnostics: tuple[Diagnostic, ...]
    translate: Callable[[str], str]
    paint: Callable[[str, str], str]
    line: Callable[[str, int], str]
    """The text of a line of a file, "" if there is none."""
    width: int = 120
    """Columns of the screen; longer lines are cut around the place that matters."""
    language: str = "en"
    files: tuple[str, ...] = ()
    """The names of all files that were checked, with findings or without."""
    fails: frozenset[Severity] = frozenset({Severity.ERROR})
    """What makes the run fail."""
    link: str = ""
    """What stands before a file's name in a link to it; "" for links relative to the repository."""
    folds: bool = False
    """Whether sentences are broken between words to fit the screen; in a file or a pipe each is one line."""
