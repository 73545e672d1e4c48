"""Papers imported by tests: all that is understood of each is held in `data/told/importing`."""

from __future__ import annotations

from typing import Any

from goldens import tell
from importing.spoilt_word_files import draft_faults, options
from qmsplan.diagnostics import Translator
from qmsplan.importing.importer import Imported, import_file, report_lines


def drafted(content: bytes, ending: str = ".docx", **changes: Any) -> Imported:
    """The draft of a paper, in which nothing is wrong; `changes` are other options than those of all tests."""
    found = import_file(content, ending, options()._replace(**changes))
    assert list(draft_faults(found)) == []
    report = report_lines(found, "paper", Translator("en"), wrote_units=None)
    tell("\n".join((found.text.decode(), found.progress.decode(), *report)))
    return found
