"""The end of a paper: recipients, who signs, who signs beside them, boxes of a management system."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qmsplan.conformity import pieces as words
from qmsplan.conformity.pieces import columns, folded
from qmsplan.importing.column_words import any_of
from qmsplan.importing.lines import TextLine, cleaned
from qmsplan.importing.making import Branch, has_bullet
from qmsplan.phrases.people_find import without_address
from qmsplan.word.paragraph import WordParagraph

_BOX = re.compile(rf"^({any_of('boxes')})\b")
_LONGEST_BOX = 40


class _Piece(NamedTuple):
    text: str
    at: int
    """The number of the paragraph: a gap shows room for a signature."""


def read_ending(lines: Sequence[TextLine]) -> Branch:
    """Recipients, signatory, cosigners and boxes from the lines of the end."""
    found: Branch = {}
    signers: list[list[_Piece]] = []
    for group in _groups(lines):
        is_end = any(words.END.match(folded(piece.text)) for piece in group)
        signers.append(_read_recipients(group, found) if is_end else group)
    signers = [group for group in signers if group]
    boxes = [group for group in signers if _BOX.match(folded(group[0].text))]
    if boxes:  # also `Lập` and `Duyệt` beside `Kiểm tra`, but not `CÔNG TY A` above `GIÁM ĐỐC`
        posts = [any(words.is_post(piece.text) for piece in group[:2]) for group in signers]
        boxes = [
            one for one, has_post in zip(signers, posts, strict=True) if one in boxes or (one[1:] and not has_post)
        ]
    signed = [_signer(group, found) for group in signers if group not in boxes]
    signatory, *cosigners = [one for one in signed if one] or [{}]
    parts = {"signatory": signatory, "cosigners": cosigners, "boxes": [_box(group) for group in boxes]}
    return found | {name: part for name, part in parts.items() if part}


def _groups(lines: Sequence[TextLine]) -> list[list[_Piece]]:
    """The lines of each column: by the cells of a table, or by tabs and indents."""
    groups: dict[object, list[_Piece]] = defaultdict(list)
    sides = _Sides()
    for line in lines:
        for key, piece in () if words.TYPED_LINE.match(line.text) else sides.of(line):
            groups[key].append(piece)
    return list(groups.values())


class _Sides:
    """Tells in which column each line of an end stands, line by line."""

    def __init__(self) -> None:
        self.is_open = False
        """Whether the recipients have begun."""
        self.is_signed = False
        """Whether a post stands above: below it comes a name, also at the left edge."""

    def of(self, line: TextLine) -> Iterator[tuple[object, _Piece]]:
        """The parts of a line, each with the key of its column."""
        paragraph = line.paragraph
        if line.cell is not None:
            yield line.cell[1], _Piece(line.text, line.cell[0])
        elif paragraph is None:
            return
        elif paragraph.place is not None:
            yield (paragraph.place.table, paragraph.place.cell), _Piece(line.text, line.number)
        elif len(pieces := [cleaned(piece.text) for piece in columns(paragraph)]) > 1:
            self.is_open = self.is_open or bool(words.END.match(folded(pieces[0])))
            keys = ("L", *range(len(pieces) - 2), "R")  # the outer two go on in lines without tabs
            yield from ((key, _Piece(text, line.number)) for key, text in zip(keys, pieces, strict=True))
        else:
            yield self._side(line, paragraph), _Piece(line.text, line.number)

    def _side(self, line: TextLine, paragraph: WordParagraph) -> str:
        if words.END.match(line.folded):
            self.is_open = True
            self.is_signed = self.is_signed or _is_post(line.text)
            return "L"
        self.is_signed = self.is_signed or (self.is_open and _is_post(line.text))
        is_recipient = has_bullet(line.text) or (words.stands_left(paragraph) and not self.is_signed)
        return "L" if self.is_open and is_recipient else "R"


def _is_post(text: str) -> bool:
    """Whether a line is a post in capitals, as it stands above a name: `KT. GIÁM ĐỐC`."""
    return text == text.upper() and words.is_post(text)


def begins_ending(line: TextLine) -> bool:
    """Whether the end of a workbook begins with a line: `Nơi nhận:`, `NGƯỜI LẬP`, `GIÁM ĐỐC`, place and day."""
    return bool(words.END.match(line.folded)) or is_box(line) or words.is_date(line.folded) or _is_post(line.text)


def is_signing(line: TextLine) -> bool:
    """Whether a line in capitals heads the column of somebody who signs: `KT. GIÁM ĐỐC`, `NGƯỜI LẬP`."""
    return _is_post(line.text) or (line.is_upper and is_box(line))


def heads_signature(line: TextLine) -> bool:
    """Whether a line may head such a column beside others: `Người lập`, `Giám đốc`."""
    return is_box(line) or words.is_post(line.text)


def is_box(line: TextLine) -> bool:
    """Whether a line heads a box in which somebody signs: `Người lập`, `SOÁT XÉT`."""
    return bool(_BOX.match(line.folded)) and len(line.text) < _LONGEST_BOX


def signs_in_columns(block: object) -> bool:
    """Whether a line has two posts side by side, parted by tabs or blanks."""
    if not isinstance(block, TextLine) or block.paragraph is None or block.paragraph.place is not None:
        return False
    texts = [cleaned(piece.text) for piece in columns(block.paragraph)]
    return len(texts) > 1 and any(_is_post(text) or _BOX.match(folded(text)) for text in texts)


def _read_recipients(group: list[_Piece], found: Branch) -> list[_Piece]:
    """Takes the recipients out of a column; what stands above them."""
    at = next(i for i, piece in enumerate(group) if words.END.match(folded(piece.text)))
    below = [piece.text for piece in group[at + 1 :]]
    label = group[at].text
    rest = label.partition(":")[2].strip()
    if rest:
        below.insert(0, rest)
    if below and words.DRAFTER.match(below[-1]) and not has_bullet(below[-1]) and len(below) > 1:
        found["drafter"] = below.pop()
    if below:
        found["recipients"] = "\n".join(below)
    return group[:at]


def _signer(group: Sequence[_Piece], found: Branch) -> Branch:
    """Post, instruction, second post and name of who signs."""
    pieces = list(group)
    if pieces and words.is_date(folded(pieces[0].text)):
        found["dateline"] = pieces.pop(0).text
    instructions = [piece for piece in pieces if words.is_signing_mark(piece.text)]
    pieces = [piece for piece in pieces if piece not in instructions]
    if not pieces:
        return {}
    name = _take_name(pieces)
    gaps = (at for at in range(1, len(pieces)) if pieces[at].at - pieces[at - 1].at > 2)
    end = next(gaps, len(pieces))
    parts = {
        "name": name,
        "instruction": " ".join(piece.text for piece in instructions),
        "second_position": "\n".join(piece.text for piece in pieces[end:]),
    }
    position = "\n".join(piece.text for piece in pieces[:end])
    return {"position": position} | {field: text for field, text in parts.items() if text}


def _take_name(pieces: list[_Piece]) -> str:
    """Takes the name out of the lines of who signs, with a rank or title on the line above it; "" if there is none."""
    last = pieces[-1].text
    if _is_post(last) or (len(pieces) == 1 and last == last.upper()):
        return ""
    pieces.pop()
    if len(pieces) > 1 and not without_address(pieces[-1].text):
        return f"{pieces.pop().text} {last}"
    return last


def _box(group: Sequence[_Piece]) -> Branch:
    box: Branch = {"label": group[0].text}
    rest = [piece.text for piece in group[1:] if not words.is_signing_mark(piece.text)]
    if len(rest) > 1:
        box["position"] = "\n".join(rest[:-1])
    if rest:
        box["name" if len(rest) > 1 or not words.is_post(rest[0]) else "position"] = rest[-1]
    return box
