"""A paragraph of a Word file with all that the file says of it: its runs, its automatic number, where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from qmsplan.word.looks import RunLook, WordParagraphLook

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_STEADY = frozenset(
    {"", "PAGE", "NUMPAGES", "SECTIONPAGES", "HYPERLINK", "TOC", "PAGEREF", "NOTEREF", "FORMTEXT", "SEQ"}
)
"""Fields whose text stays when Word works them out again, or says only where something stands."""
_FIXED = frozenset({"", "HYPERLINK", "FORMTEXT"})
"""Those whose text Word never works out by itself."""
_PAGE_NUMBER = re.compile(r"(NUM|SECTION)?PAGES?(\s+\\\*\s*\w+)*", re.IGNORECASE)
"""A page number as Word makes it, and not in a form that holds another one: `PAGE \\# "80"`."""


class WordRun(NamedTuple):
    """Letters of one look. `field` is the instruction of the field that they are the result of: `QUOTE 80`."""

    text: str
    look: RunLook
    element: Any
    field: str = ""

    @property
    def has_look(self) -> bool:
        """Whether it is text of Word's own, whose look can be judged and changed: no formula."""
        return bool(self.text) and self.element.tag == qn("w:r")

    @property
    def is_seen(self) -> bool:
        """Whether somebody who holds the printed page can read it."""
        return not self.look.hidden and not self.look.faint


def runs_by_line(runs: Iterable[WordRun]) -> list[list[WordRun]]:
    """Runs parted at line breaks (Shift+Enter): those of each line."""
    found: list[list[WordRun]] = [[]]
    for run in runs:
        first, *more = run.text.split("\n")
        found[-1].append(run._replace(text=first))
        found += [[run._replace(text=text)] for text in more]
    return found


class DrawnLine(NamedTuple):
    """A line that is drawn: its length in points, None if the file does not say it, and whether it is one line without
    gaps."""

    length: float | None = None
    is_solid: bool = True


class CellPlace(NamedTuple):
    """The cell of the outermost table around a paragraph: table, row and cell, each counted from 1 in the file."""

    table: int
    row: int
    cell: int


class WordParagraph:
    """A paragraph with all that the file says of it. `number` counts the paragraphs of its part from 1, empty ones
    too."""

    def __init__(self, number: int, element: Any, look: WordParagraphLook, part: str, place: CellPlace | None) -> None:
        self.number, self.element, self.look, self.part, self.place = number, element, look, part, place
        self.runs: list[WordRun] = []
        self.ordinal = ""
        self.ordinal_bold = False
        """Whether its automatic number is bold."""
        self.in_box = False
        self.depth = 0
        """Tables around it."""
        self.section = 0
        self.left_at: float | None = None
        """Points from the left at which its text box or frame stands; None if it is in none, or nothing says it."""
        self.lines: list[DrawnLine] = []
        """The lines drawn in it."""
        self.has_changes = self.has_comment = self.has_picture = False

    @property
    def text(self) -> str:
        """What is printed, as typed: with tabs, line breaks and runs of blanks."""
        return self.ordinal + "".join(run.text for run in self.runs if not run.look.hidden)

    @property
    def plain(self) -> str:
        """The same as it is compared: composed, single blanks."""
        return normal(self.text)

    @property
    def seen(self) -> str:
        """What somebody reads on the printed page. Of a field that Word works out anew, its instruction;
        of the number of a page in a header or footer, nothing. What is raised or lowered stands as `^{0}`."""
        runs = ((self._seen(run), run.look.moved) for run in self.runs if run.is_seen)
        return normal(
            self.ordinal + "".join(f"^{{{text}}}" if moved and text.strip() else text for text, moved in runs)
        )

    def _seen(self, run: WordRun) -> str:
        """What is seen of a run: nothing of a page number in a header or footer."""
        name = run.field.split(maxsplit=1)[0].upper() if run.field else ""
        if name in _FIXED:
            return run.text
        return _worked_out(run) if self.part == "body" or not _PAGE_NUMBER.fullmatch(run.field) else ""


def _worked_out(run: WordRun) -> str:
    return "" if run.text else f"{{{run.field}}}"  # the run without text stands where the field begins


def normal(text: str) -> str:
    """A text as it is compared: composed, with single spaces, without what can't be seen."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def is_steady(instruction: str) -> bool:
    """Whether Word would not print another text when it works the field out anew: `PAGE`, and not `QUOTE 80`."""
    words = instruction.split(maxsplit=1)
    return (words[0].upper() if words else "") in _STEADY
