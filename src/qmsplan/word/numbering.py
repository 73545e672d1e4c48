"""The numbers that Word itself puts before paragraphs: `1.`, `a)`, `-`. They stand in no text of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from qmsplan.model.text import roman
from qmsplan.word.looks import Looks, flag_of, level_look, value_of, whole
from qmsplan.word.package import related_parts

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
            levels = list(abstract[base].findall(qn("w:lvl")))
            for override in number.findall(qn("w:lvlOverride")):
                levels += override.findall(qn("w:lvl"))
            for level in levels:
                key = (identifier, whole(level.get(qn("w:ilvl"))))
                self._levels[key] = NumberLevel(
                    whole(value_of(level, "start"), 1),
                    value_of(level, "numFmt") or "decimal",
                    value_of(level, "lvlText") or "",
                    _AFTER.get(value_of(level, "suff") or "tab", " "),
                )
                self.looks[key] = level_look(level.find(qn("w:pPr")))
                if (bold := flag_of(level.find(qn("w:rPr")), "b")) is not None:
                    self.bold[key] = bold
            for override in number.findall(qn("w:lvlOverride")):
                key = (identifier, whole(override.get(qn("w:ilvl"))))
                start = value_of(override, "startOverride")
                if start is not None and key in self._levels:
                    self._levels[key] = self._levels[key]._replace(start=whole(start, 1))
                    self._abstract[identifier] = -1 - identifier  # it counts by itself

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
