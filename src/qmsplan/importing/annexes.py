"""Annexes: with the word `Phụ lục`, or told only by `(Kèm theo Kế hoạch số …)`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qmsplan.importing.body import read_parts
from qmsplan.importing.grids import Block
from qmsplan.importing.lines import TextLine
from qmsplan.importing.making import Branch, Making
from qmsplan.importing.outline import is_layout_part
from qmsplan.importing.sections import fill_branch

_ANNEX = re.compile(r"^phu luc(?:\s+(?:so\s*)?(?P<number>[ivxlc]+|\d+|[a-z]))?\s*(?:[.:]\s*(?P<title>.+))?\s*[.:]?$")
_INFO = re.compile(r"^\(?\s*(ban hanh )?(kem theo|dinh kem)\b")
_HEAD = re.compile(r"cong hoa xa hoi chu nghia|doc lap.*tu do.*hanh phuc")
_OTHER_HEAD = re.compile(r"^(uy ban nhan dan|so |bo |truong |benh vien|trung tam|phong |chi cuc|cong ty)")
_MOST_TITLES = 5
_RULE = re.compile(r"^[-–—_=*~.\s]{3,}$")


def annex_starts(blocks: Sequence[Block]) -> list[int]:
    """Where annexes begin."""
    found: list[int] = []
    for at, block in enumerate(blocks):
        if not isinstance(block, TextLine):
            continue
        if (
            _ANNEX.match(block.folded)
            and (block.is_bold or block.is_centred or block.is_upper)
            and len(block.text) < 250
        ):
            found.append(at)
        elif _INFO.match(block.folded) and block.text.startswith("(") and _may_be_info(block):
            start = at
            while start and _is_title(blocks[start - 1]):
                start -= 1
            if not any(start <= one <= at for one in found):
                found.append(start)
    return [start for start, _ in _with_heads(blocks, sorted(set(found)))]


def _may_be_info(line: TextLine) -> bool:
    return line.is_centred or line.is_italic or line.is_of_workbook


def _is_title(block: Block) -> bool:
    if not isinstance(block, TextLine) or is_part_of_head(block):
        return False
    return block.is_centred or block.is_bold or (block.is_of_workbook and block.is_upper)


def is_part_of_head(line: TextLine) -> bool:
    """Whether a line is one of a head that an annex repeats."""
    return bool(_HEAD.search(line.folded)) or (line.paragraph is not None and is_layout_part(line.paragraph))


def _with_heads(blocks: Sequence[Block], starts: Sequence[int]) -> list[tuple[int, int]]:
    """The starts, each moved up to the head of the agency that stands above it."""
    found = []
    for start in starts:
        first = start
        while (
            first and isinstance(one := blocks[first - 1], TextLine) and (is_part_of_head(one) or _RULE.match(one.text))
        ):
            first -= 1
        found.append((first, start))
    return found


def read_annexes(blocks: Sequence[Block], making: Making) -> tuple[list[Block], list[Branch]]:
    """What stands before the first annex, and the annexes."""
    starts = annex_starts(blocks)
    if not starts:
        return list(blocks), []
    ends = [*starts, len(blocks)]
    return list(blocks[: starts[0]]), [_annex(blocks[start:end], making) for start, end in pairwise(ends)]


def _annex(blocks: Sequence[Block], making: Making) -> Branch:
    annex: Branch = {}
    titles: list[TextLine] = []
    infos: list[TextLine] = []
    rest = _read_titles(list(blocks), annex, titles, infos)
    if titles:
        annex["title"] = "\n".join(line.text for line in titles)
    else:
        annex["title"] = "Phụ lục" if not infos else infos[0].text.strip("()")
        making.guess(annex)
    if infos:
        annex["info"] = "\n".join(line.text for line in infos)
    fill_branch(annex, read_parts(rest), making)
    return annex


def _read_titles(rest: list[Block], annex: Branch, titles: list[TextLine], infos: list[TextLine]) -> list[Block]:
    """Reads number, title and the line below it; the blocks of the annex's text."""
    while rest and isinstance(rest[0], TextLine):
        line = rest[0]
        match = _ANNEX.match(line.folded)
        if is_part_of_head(line):
            annex["head"] = "true"
        elif match and "number" not in annex and not titles:
            if match["number"]:
                annex["number"] = line.text[match.start("number") : match.end("number")]
            if match["title"]:
                titles.append(TextLine(line.text[match.start("title") :].strip(), "", line.paragraph))
        elif (_INFO.match(line.folded) and not infos) or _is_open(infos):
            infos.append(line)
        elif not infos and not _is_text(line, titles):
            titles.append(line)
        elif not _RULE.match(line.text):
            break
        rest = rest[1:]
    return rest


def _is_open(infos: Sequence[TextLine]) -> bool:
    """Whether the bracket of `(Kèm theo Kế hoạch số …` ends on a line below."""
    text = " ".join(line.text for line in infos)
    return len(infos) == 1 and text.count("(") > text.count(")")


def _is_text(line: TextLine, titles: Sequence[TextLine]) -> bool:
    """Whether a line belongs to the text of an annex and not to its title."""
    if len(titles) >= _MOST_TITLES or re.match(r"^[IVX]+\s*[.)]", line.text):
        return True
    is_plain_title = line.is_of_workbook and line.is_upper
    return not (line.is_centred or is_plain_title or (line.is_bold and (line.is_upper or not titles)))
