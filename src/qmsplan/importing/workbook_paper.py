"""The lines of a workbook above its first table and below its last one: head, title, who signs.

Most agencies leave them without any look, so that only their words tell what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qmsplan.conformity.part_words import AGENCY
from qmsplan.conformity.pieces import folded
from qmsplan.importing.annexes import annex_starts
from qmsplan.importing.ending import begins_ending, read_ending
from qmsplan.importing.grids import Block, Grid
from qmsplan.importing.lines import TextLine
from qmsplan.importing.paper import DATE, NATION, TITLES, PaperParts, is_basis, read_dateline, read_number

_LONGEST_TITLE, _LONGEST_DATE = 200, 90
_MOST_TITLES = 3
_NAMED = re.compile(r"^(tên )?(đơn vị|cơ quan|phòng|phòng, ban|bộ phận)\s*:\s*(?P<name>\S.*)$", re.IGNORECASE)
"""A line that names the issuer: `Đơn vị: Phòng Kinh tế xã Bình Minh`."""
_ANNEX = re.compile(r"^(phu luc|\(? ?(ban hanh )?kem theo)\b")


def workbook_paper(blocks: Sequence[Block], types: Iterable[str]) -> PaperParts:
    """The paper that a workbook is. `types` are the names of types of documents: `Kế hoạch`."""
    paper = PaperParts()
    tables = [at for at, block in enumerate(blocks) if isinstance(block, Grid)]
    first, behind = (tables[0], tables[-1] + 1) if tables else (len(blocks), len(blocks))
    head = [block for block in blocks[:first] if isinstance(block, TextLine)]
    tail = [block for block in blocks[behind:] if isinstance(block, TextLine)]
    signs = next((at for at, line in enumerate(tail) if begins_ending(line)), len(tail))
    paper.end = read_ending(tail[signs:])
    if dateline := paper.end.pop("dateline", None):
        read_dateline(paper, str(dateline))
    rest = _Head(paper, {folded(name) for name in (*types, *TITLES)}).read(head)
    body = [*rest, *blocks[first:behind], *tail[:signs]]
    starts = annex_starts(body)
    paper.body = body[: starts[0]] if starts else body
    paper.after = body[starts[0] :] if starts else []
    return paper


class _Head:
    """Reads the lines above the first table."""

    def __init__(self, paper: PaperParts, types: set[str]) -> None:
        self.paper, self.types = paper, types
        self.titles: list[str] = []
        self.is_open = False
        """Whether the line above is a type or a part of the title, so that the title may go on."""
        self.is_annex = False

    def read(self, lines: Sequence[TextLine]) -> list[TextLine]:
        """The lines that are no part of a head."""
        self.is_annex = any(_ANNEX.match(line.folded) for line in lines)
        left = [line for line in lines if not self._takes(line)]
        if self.titles:
            self.paper.head["title"] = "\n".join(self.titles)
        return left

    def _takes(self, line: TextLine) -> bool:
        paper, was_open = self.paper, self.is_open
        self.is_open = False
        if NATION.search(line.folded):
            paper.has_nation = True
        elif DATE.search(line.text) and len(line.text) < _LONGEST_DATE and not line.text.startswith("("):
            read_dateline(paper, line.text)
        elif not (read_number(paper, line) or self._is_title(line, was_open=was_open)):
            return self._is_agency(line)
        return True

    def _is_title(self, line: TextLine, *, was_open: bool) -> bool:
        if len(line.text) > _LONGEST_TITLE or is_basis(line) or self.is_annex:
            return False
        words = line.folded.strip(" :")
        named = max((name for name in self.types if f"{words} ".startswith(f"{name} ")), key=len, default="")
        if named and "type" not in self.paper.head:
            self.paper.head["type"] = line.text[: len(named)]
            self.titles += [rest] if (rest := line.text[len(named) :].strip(" :")) else []
            self.is_open = True
            return True
        is_like = line.is_upper or line.is_bold or line.is_centred
        goes_on = was_open and (not self.titles or is_like) and not line.text.endswith((".", ":"))
        goes_on = goes_on and not named and not (line.is_upper and AGENCY.match(line.folded))
        alone = line.is_upper and not self.titles and not AGENCY.match(line.folded)
        if (goes_on or alone) and len(self.titles) < _MOST_TITLES:
            self.titles.append(line.text)
            self.is_open = True
            return True
        return False

    def _is_agency(self, line: TextLine) -> bool:
        paper = self.paper
        named = _NAMED.match(line.text)
        if named is None and not ((line.is_upper or line.is_bold) and AGENCY.match(line.folded)):
            return False
        is_below = bool(self.titles) or "type" in paper.head
        if paper.issuer and (named or is_below or paper.parent):
            return False
        paper.issuer, paper.parent = named["name"].strip() if named else line.text, paper.issuer
        return True
