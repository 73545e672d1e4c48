"""The text of a paper as parts inside parts: which lines are headings, and what stands below each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qmsplan.conformity.pieces import ARTICLE
from qmsplan.importing.column_words import any_of, field_of_detail, unit_of
from qmsplan.importing.lines import Block, Grid, TextLine, joined
from qmsplan.importing.making import BARE_LABEL, has_bullet, is_listed, split_ordinal, without_bullet
from qmsplan.model.text import ROMAN

_BIG = re.compile(r"^(phan (thu )?([ivxlc]+|nhat|hai|ba|tu|nam|\d+)|chuong ([ivxlc]+|\d+))\b")
_LONGEST_HEADING, _LONGEST_PLAIN = 300, 150
"""Letters of a heading, and of one that is not bold."""
_NAMED = 57
"""The rank of `Mục tiêu 1:`, which stands below the headings that are only numbered."""
_COMMON, _UNNUMBERED = 65, 70
"""The ranks of headings without number, below all numbered ones: of those that any plan has, and of others."""
_COMMON_HEADING = re.compile(rf"^({any_of('common_headings')})\b.{{0,40}}$")


@dataclass
class Part:
    """A part of the text: its number and heading, the lines and tables before the parts inside it."""

    rank: int = 0
    number: str = ""
    title: list[TextLine] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    keeps_text: bool = False
    """True where lines with details stay text, as in a part beside it that can't be anything else."""
    lists_objectives: bool = False
    """True where numbered lines are objectives whatever they say, as in a paper of objectives."""
    is_below_objectives: bool = False
    """True where a heading above names objectives."""

    @property
    def lines(self) -> list[TextLine]:
        """The lines that stand in it before its parts."""
        return [block for block in self.blocks if isinstance(block, TextLine)]

    @property
    def heading(self) -> str:
        """The heading on one line."""
        return joined(self.title)

    @property
    def has_tables(self) -> bool:
        """Whether a table stands in it before its parts."""
        return any(isinstance(block, Grid) for block in self.blocks)

    @property
    def has_lines_alone(self) -> bool:
        """Whether nothing stands in it but lines."""
        return not (self.parts or self.has_tables)


def read_parts(blocks: Sequence[Block]) -> Part:
    """The parts of a text; what stands before the first heading is in the part that holds them."""
    blocks = _whole(blocks)
    ranks = _headings(blocks)
    root = Part()
    stack = [root]
    for at, block in enumerate(blocks):
        rank = ranks.get(at)
        if rank is None:
            stack[-1].blocks.append(block)
            continue
        assert isinstance(block, TextLine)  # noqa: S101
        if rank == 0:
            stack[-1].title.append(block)  # the second line of a heading
            continue
        while stack[-1].rank >= rank:
            stack.pop()
        number, rest = ("", block.text) if rank in {1, 2, _COMMON, _UNNUMBERED} else split_ordinal(block.text)
        both = unit_and_duty(rest) if number and not block.is_bold else None
        part = Part(rank, number, [TextLine(both[0] if both else rest, "", block.paragraph, is_bold=block.is_bold)])
        if both:
            part.blocks.append(TextLine(both[1], "", block.paragraph))
        stack[-1].parts.append(part)
        stack.append(part)
    return root


def _whole(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, lines of a list with the lines below them that go on with their sentence."""
    found: list[Block] = []
    for block in blocks:
        above = found[-1] if found else None
        if isinstance(block, TextLine) and isinstance(above, TextLine) and _goes_on(above, block):
            found[-1] = above.with_more(block)
        else:
            found.append(block)
    return found


def _goes_on(above: TextLine, line: TextLine) -> bool:
    """Whether a line without number or dash ends the sentence of a list that the line above begins."""
    is_open = is_listed(above.text) and not above.text.endswith((".", ";", ":", "!", "?"))
    is_next = line.text[:1].islower() or _VALUE_FIRST.match(line.text) is not None
    return is_open and is_next and not is_listed(line.text) and not _is_detail(line)


_VALUE_FIRST = re.compile(r"\d[\d.,]* ?(?:%|[^\W\d_A-ZĐ]{2})")
"""A line that begins with a value, whose sentence stands above: `95% khách hàng hài lòng`."""


def rank_of(line: TextLine) -> int:
    """How high the number of a line stands: 10 for `A.`, 20 for `I.`, 30 for `1.`, 40 for `1.1.`, 57 for `Mục tiêu 1:`,
    60 for `a)`; 0 for a line without number."""
    if _BIG.match(line.folded):
        return 1
    if ARTICLE.match(line.folded):
        return 2
    number, _ = split_ordinal(line.text)
    plain = number.strip(" .)/:-–")
    if not plain:
        return 0
    if plain[0].isdigit():
        return 30 + 10 * plain.count(".") if plain.count(".") < 3 else 55
    if plain.isupper():
        return 20 if plain.lower() in ROMAN and plain not in {"C", "D", "L"} else 10
    return _NAMED if is_named(number) else 60 if len(plain) == 1 else 0


def is_named(number: str) -> bool:
    """Whether a number says itself what it counts, as that of `Mục tiêu 1: ...` does."""
    return re.match(r"[^\W\d_]{2,} ", number) is not None


def _headings(blocks: Sequence[Block]) -> dict[int, int]:
    """The rank of each heading by its place; 0 for the second line of one."""
    found: dict[int, int] = {}
    weak: dict[int, int] = {}
    for at, block in enumerate(blocks):
        if not isinstance(block, TextLine):
            continue
        rank = rank_of(block)
        if _is_strong(block, rank):
            found[at] = rank
        elif rank == 0 and at - 1 in found and found[at - 1] in {0, 1} and block.is_centred and block.is_bold:
            found[at] = 0
        elif rank == 0 and _is_common(block, _below(blocks, at)):
            found[at] = _COMMON
        elif rank == 0 and _is_unnumbered(block, _below(blocks, at)):
            found[at] = _UNNUMBERED
        elif rank and rank < 60:
            weak[at] = rank
    found |= _agreed(blocks, weak, found)
    return dict(sorted(found.items()))


def _is_strong(line: TextLine, rank: int) -> bool:
    if not rank or len(line.text) > _LONGEST_HEADING or _is_detail(line):
        return False
    if rank in {1, 2, 10, 20}:
        return line.is_bold or line.is_upper or (len(line.text) <= _LONGEST_PLAIN and not line.text.endswith(";"))
    _, rest = split_ordinal(line.text)
    return line.is_bold or (rest == rest.upper() and any(map(str.isalpha, rest)))


def _is_detail(line: TextLine) -> bool:
    """Whether a line is a detail: `Kinh phí: 10 triệu đồng`, or `- Biện pháp:`, whose value is below; `3. Kinh phí:`
    may be a heading."""
    label, colon, value = without_bullet(line.text).partition(":")
    has_value = bool(value.strip()) or (bool(colon) and has_bullet(line.text))
    return has_value and bool(field_of_detail(split_ordinal(label)[1]))


def _below(blocks: Sequence[Block], at: int) -> Block | None:
    return blocks[at + 1] if at + 1 < len(blocks) else None


def _is_common(line: TextLine, below: Block | None) -> bool:
    """Whether a bold line without number is a heading that any plan has: `Nhiệm vụ`, also above another heading."""
    if not line.is_bold or line.is_italic or not _COMMON_HEADING.match(line.folded) or below is None:
        return False
    if BARE_LABEL.fullmatch(line.text.strip(" .:")) and isinstance(below, TextLine) and has_bullet(below.text):
        return False
    return not line.text.endswith((".", ";", ",")) and not _is_detail(line)


def _is_unnumbered(line: TextLine, below: Block | None) -> bool:
    """Whether a bold line without number heads what follows it."""
    if not line.is_bold or line.is_italic or has_bullet(line.text) or len(line.text) > _LONGEST_PLAIN:
        return False
    is_label = BARE_LABEL.fullmatch(line.text) and isinstance(below, TextLine) and has_bullet(below.text)
    if is_label or _is_detail(line) or line.text.endswith((".", ";", ",")):
        return False
    return below is not None and not (isinstance(below, TextLine) and below.is_bold and not rank_of(below))


def _agreed(blocks: Sequence[Block], weak: dict[int, int], found: dict[int, int]) -> dict[int, int]:
    """Numbered lines that are not bold are headings if all of one list look like headings."""
    lists: list[tuple[int, list[int]]] = []
    open_lists: dict[int, list[int]] = {}
    for at in sorted({*weak, *found}):
        if at in found:
            rank = found[at]
            open_lists = {other: members for other, members in open_lists.items() if rank and other < rank}
            continue
        rank = weak[at]
        open_lists = {other: members for other, members in open_lists.items() if other <= rank}
        if rank not in open_lists:
            open_lists[rank] = []
            lists.append((rank, open_lists[rank]))
        open_lists[rank].append(at)
    return {at: rank for rank, members in lists if _are_headings(blocks, members, rank) for at in members}


def _are_headings(blocks: Sequence[Block], members: Sequence[int], rank: int) -> bool:
    """Whether all of a list look like headings; in a list of units some may have their duty on the same line, and of
    `Mục tiêu 1:`, `Mục tiêu 2:` some may have no details below them."""
    if rank == _NAMED:
        below = [_below(blocks, at) for at in members]
        return any(isinstance(block, TextLine) and _is_detail(block) for block in below)
    lines = [(line, _below(blocks, at)) for at in members if isinstance(line := blocks[at], TextLine)]
    plain = [line for line, below in lines if _looks_like_one(line, below, rank)]
    others = [line for line, _ in lines if line not in plain]
    if not others:
        return True
    are_units = bool(plain) and all(unit_of(split_ordinal(line.text)[1]) for line in plain)
    return are_units and all(unit_and_duty(line.text) for line in others)


def unit_and_duty(text: str) -> tuple[str, str] | None:
    """The parts of `3. Báo và Đài tỉnh: tăng cường tin, bài`; None for another line."""
    label, colon, duty = text.partition(":")
    return (f"{label}:", duty.strip()) if colon and duty.strip() and unit_of(split_ordinal(label)[1]) else None


def _looks_like_one(line: TextLine, below: Block | None, rank: int) -> bool:
    _, rest = split_ordinal(line.text)
    if len(rest) > _LONGEST_PLAIN or line.text.endswith((".", ";", ",")) or _is_detail(line):
        return False
    if ":" in rest.rstrip(": ") or below is None:
        return False
    return isinstance(below, Grid) or (not _is_detail(below) and rank_of(below) != rank)
