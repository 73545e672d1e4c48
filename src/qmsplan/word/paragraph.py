"""A paragraph of a Word file with all that the file says of it: its runs, where it stands; the number that Word itself
puts before it (`1.`, `a)`, `-`), which stands in no text of the file; and its letters where they are coded for the
fonts used before Unicode: TCVN3 (`.VnTime`) and VNI (`VNI-Times`).

Which code a text is in follows from the font it is shown in, never from its letters: `tØnh` in `.VnTime` reads `tỉnh`,
in Times New Roman it is what it says."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from qmsplan.model.old_letters import from_tcvn3, from_vni
from qmsplan.model.text import roman
from qmsplan.word.looks import Looks, RunLook, WordParagraphLook, flag_of, level_look, value_of, whole
from qmsplan.word.package import related_parts


def code_of(font: str) -> str:
    """The code that the texts of a font are in: `tcvn3`, `vni`, or "" for Unicode."""
    name = font.strip().lower()
    return "tcvn3" if name.startswith(".vn") else "vni" if name.startswith("vni-") else ""


def decoded(text: str, font: str) -> str:
    """A text as its writer meant it. Fonts such as `.VnTimeH` show every letter as a capital."""
    code = code_of(font)
    if code == "vni":
        return from_vni(text)
    if code == "tcvn3":
        return from_tcvn3(text).upper() if font.strip().endswith("H") else from_tcvn3(text)
    return text


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
        is_number = self.part != "body" and _PAGE_NUMBER.fullmatch(run.field)
        return "" if run.text or is_number else f"{{{run.field}}}"  # the run without text stands where the field begins


def normal(text: str) -> str:
    """A text as it is compared: composed, with single spaces, without what can't be seen."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def is_steady(instruction: str) -> bool:
    """Whether Word would not print another text when it works the field out anew: `PAGE`, and not `QUOTE 80`."""
    words = instruction.split(maxsplit=1)
    return (words[0].upper() if words else "") in _STEADY


_MOST = 4000
_AFTER = {"nothing": "", "space": " "}
_BULLET = "-"
"""Stands for the sign of a list without numbers, which is a picture of a symbol font as a rule."""


class NumberLevel(NamedTuple):
    """A level of a list: `pattern` is `%1.%2.`, `form` Word's name of the kind of number."""

    start: int
    form: str
    pattern: str
    after: str


class Numbering:
    """The lists of a file, counted on from paragraph to paragraph."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[int, int], NumberLevel] = {}
        self._abstract: dict[int, int] = {}
        self.looks: dict[tuple[int, int], dict[str, Any]] = {}
        self.bold: dict[tuple[int, int], bool] = {}
        """Whether the numbers of a level are bold, where the level says it."""
        self._counts: dict[int, dict[int, int]] = defaultdict(dict)
        for part in related_parts(document.part, RELATIONSHIP_TYPE.NUMBERING):
            if isinstance(part, XmlPart):
                self._read(part.element)

    def _read(self, root: Any) -> None:
        abstract = {whole(one.get(qn("w:abstractNumId"))): one for one in root.findall(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            identifier, base = whole(number.get(qn("w:numId"))), whole(value_of(number, "abstractNumId"), -1)
            if base not in abstract:
                continue
            self._abstract[identifier] = base
            overrides = number.findall(qn("w:lvlOverride"))
            for level in (level for one in (abstract[base], *overrides) for level in one.findall(qn("w:lvl"))):
                self._read_level((identifier, whole(level.get(qn("w:ilvl")))), level)
            for override in overrides:
                key = (identifier, whole(override.get(qn("w:ilvl"))))
                start = value_of(override, "startOverride")
                if start is not None and key in self._levels:
                    self._levels[key] = self._levels[key]._replace(start=whole(start, 1))
                    self._abstract[identifier] = -1 - identifier  # it counts by itself

    def _read_level(self, key: tuple[int, int], level: Any) -> None:
        self._levels[key] = NumberLevel(
            whole(value_of(level, "start"), 1),
            value_of(level, "numFmt") or "decimal",
            value_of(level, "lvlText") or "",
            _AFTER.get(value_of(level, "suff") or "tab", " "),
        )
        self.looks[key] = level_look(level.find(qn("w:pPr")))
        if (bold := flag_of(level.find(qn("w:rPr")), "b")) is not None:
            self.bold[key] = bold

    def next(self, place: tuple[int, int]) -> str:
        """What stands before the next paragraph of a list and level: `2.1. `; "" if the file has no such list."""
        level = self._levels.get(place)
        if level is None:
            return ""
        identifier, depth = place
        counts = self._counts[self._abstract[identifier]]
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return f"{_BULLET}{level.after}"

        def shown(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            found = self._levels.get((identifier, other), level)
            return formatted(counts.get(other, found.start), found.form)

        text = re.sub(r"%([1-9])", shown, level.pattern)
        return f"{text}{level.after}" if text.strip() else ""

    def is_bold(self, place: tuple[int, int], paragraph: Any, looks: Looks) -> bool:
        """Whether a paragraph's number is bold: its list says it, or else the mark at the end of the paragraph."""
        properties = paragraph.find(qn("w:pPr"))
        if place in self.bold or properties is None:
            return self.bold.get(place, False)
        return looks.run(properties, value_of(properties, "pStyle"), None).bold


def formatted(number: int, form: str) -> str:
    """A number in one of Word's forms: 4 is `iv` in `lowerRoman`."""
    if form in {"lowerRoman", "upperRoman"} and 0 < number < _MOST:
        return roman(number) if form == "upperRoman" else roman(number).lower()
    if form in {"lowerLetter", "upperLetter"} and 0 < number < _MOST:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    if form == "decimalZero":
        return f"{number:02}"
    return "" if form == "none" else str(number)
