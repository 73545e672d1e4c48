"""The end of a paper: recipients, signature, who typed it. And what follows it: annexes (`Phụ lục I`), and regulations
that a decision issues (`QUY CHẾ …`, with chapters and articles of their own)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from qmsplan.conformity import pieces as words
from qmsplan.conformity.pieces import DocumentPiece, body_pieces, cells, folded, lines, whole_piece
from qmsplan.word.paragraph import CellPlace, WordParagraph

_NUMBER = re.compile(r"^phu luc(\s+(so\s*)?([ivxlc]+|\d+|[a-z])([.-]\d+)*)?\s*[.:]?$")
INFO = re.compile(r"^\(?\s*(ban hanh )?(kem theo|dinh kem)\b")
"""The note below the title of an annex: `(Kèm theo Kế hoạch số …)`."""
NOTE = re.compile(r"^\(.*\bso\b.*/.*\b(ngay\b.*(\bthang\b.*\bnam\b|/)|\d{1,2}/\d{1,2}/\d{4}).*\bcua\b.+\)\.?$")
"""What that note holds: number and symbol, day, who issues it, in brackets."""
_LONGEST_NUMBER = 40
_NOTE_LINES = 4
"""Paragraphs that a note may have."""
_NOTE_WITHIN = 5
"""Paragraphs of an annex among which its note stands: `(Kèm theo Kế hoạch số …)`."""


def annex_start(paragraphs: Sequence[WordParagraph], start: int) -> int:
    """Where the annexes begin: at `Phụ lục I`, or at the title above `(Kèm theo …)`; behind the last paragraph if there
    are none."""
    for index in range(start, len(paragraphs)):
        paragraph = paragraphs[index]
        text = folded(paragraph.plain)
        if _is_number(paragraph):
            return index
        if paragraph.depth == 0 and index > start and INFO.match(text):
            first = _title_above(paragraphs, index, start)
            if paragraph.look.align == "center" or (first < index and text.startswith("(")):
                return first
    return len(paragraphs)


def attached_heads(paragraphs: Sequence[WordParagraph], start: int) -> Iterator[slice]:
    """Where heads stand, tables with nation and motto, right above the regulation and the annexes from `start` on."""
    titles = [start, *(at for at in range(start + 1, len(paragraphs)) if _is_number(paragraphs[at]))]
    for title in titles:
        end = title
        while end and not paragraphs[end - 1].plain and not paragraphs[end - 1].place:
            end -= 1
        if not end or not paragraphs[end - 1].place:
            continue
        first = _table_start(paragraphs, end - 1)
        if any(words.NATION.match(_text(one)) for one in paragraphs[first:end]):
            yield slice(first, end)


def _table_start(paragraphs: Sequence[WordParagraph], index: int) -> int:
    """Where the table begins that a paragraph stands in; outside of tables the paragraph itself."""
    place = paragraphs[index].place
    while place and index and is_in_table(paragraphs[index - 1], place.table):
        index -= 1
    return index


def is_in_table(paragraph: WordParagraph, table: int) -> bool:
    """Whether a paragraph stands in the table of this number."""
    return paragraph.place is not None and paragraph.place.table == table


def _is_number(paragraph: WordParagraph) -> bool:
    text = folded(paragraph.plain)
    return paragraph.depth == 0 and bool(_NUMBER.match(text)) and len(text) < _LONGEST_NUMBER


def _title_above(paragraphs: Sequence[WordParagraph], index: int, start: int) -> int:
    """Where the centred lines above a note begin."""
    first = index
    while first > start and (above := paragraphs[first - 1]).plain and above.look.align == "center" and not above.depth:
        first -= 1
    return first


def annex_pieces(
    paragraphs: Sequence[WordParagraph], start: int, heads: int, types: frozenset[str]
) -> Iterator[tuple[str, DocumentPiece]]:
    """The components from where the annexes begin. `heads` of them have a head, `types` are names of types, folded:
    `quy che`."""
    first = next((at for at in range(start, len(paragraphs)) if _is_number(paragraphs[at])), len(paragraphs))
    texts = [_text(one) for one in paragraphs[start:first]]
    is_parted = any(words.PART.match(text) or words.ARTICLE.match(text) for text in texts)
    if is_parted or (heads and texts and texts[0] in types):
        yield from _regulation(paragraphs[start:first], types)
        yield from _annexes(paragraphs[first:])
    elif sum(bool(words.NATION.match(_text(one))) for one in paragraphs) < 2 + heads:  # else one holds whole documents
        yield from _annexes(paragraphs[start:])


def _text(paragraph: WordParagraph) -> str:
    return folded(paragraph.plain)


def _regulation(paragraphs: Sequence[WordParagraph], types: frozenset[str]) -> Iterator[tuple[str, DocumentPiece]]:
    """The title of a regulation, `(Kèm theo …)`, and its text."""
    end = next((at for at, one in enumerate(paragraphs) if INFO.match(_text(one))), 0)
    for paragraph in paragraphs[:end]:
        if paragraph.plain and not paragraph.depth:
            name = "attached-type" if _text(paragraph).rstrip(" :.") in types else "attached-subject"
            yield name, whole_piece(paragraph)
    note = _note(paragraphs[end : end + _NOTE_LINES])
    yield from (("annex-info", whole_piece(paragraph)) for paragraph in note)
    yield from body_pieces(paragraphs[end + len(note) :])


def _note(paragraphs: Sequence[WordParagraph]) -> Sequence[WordParagraph]:
    """The note at the beginning of a few paragraphs: those up to the one that closes its bracket."""
    if _text(paragraphs[0]).startswith("("):
        for count, paragraph in enumerate(paragraphs, 1):
            if paragraph.depth or not paragraph.plain:
                break
            if ")" in paragraph.plain:
                return paragraphs[:count]
    return paragraphs[:1]


def _annexes(paragraphs: Sequence[WordParagraph]) -> Iterator[tuple[str, DocumentPiece]]:
    """Number, title and note of each annex."""
    expects = False  # whether a title may follow
    for index, paragraph in enumerate(paragraphs):
        if paragraph.depth or not paragraph.plain:
            expects = expects and not paragraph.depth
            continue
        line = whole_piece(paragraph)
        name = _of_annex(line, expects=expects, is_first=index < _NOTE_WITHIN)
        expects = name in {"annex-number", "annex-title"}
        if name == "annex-info":
            yield from ((name, whole_piece(one)) for one in _note(paragraphs[index : index + _NOTE_LINES]))
        elif name:
            yield name, line


def _of_annex(line: DocumentPiece, *, expects: bool, is_first: bool) -> str:
    """The component that a line among annexes belongs to; "" for their text."""
    if _NUMBER.match(line.folded):
        return "annex-number"
    if INFO.match(line.folded):
        return "annex-info" if expects or is_first else ""
    is_title = expects and (line.is_centred or line.is_bold) and not words.ROMAN.match(line.text)
    return "annex-title" if is_title else ""


_LAST = 8
"""Paragraphs with text at the end of a paper among which a signature is looked for."""
_NAME_WORDS = range(2, 8)
"""Words that the name of a person has."""


def find_end(
    paragraphs: Sequence[WordParagraph], head: int, start: int, annex: int
) -> tuple[int, dict[str, list[DocumentPiece]]]:
    """Where the text that begins at `start` ends, and the components of the end, which stand before the annexes.
    `head` is where the head ends: a box of the end may be held by any paragraph behind it."""
    boxed = dict.fromkeys(one for box in _boxes(paragraphs[head:annex]) if _is_end(box) for one in box)
    text = [*(one for one in paragraphs[start:annex] if one not in boxed), *boxed]
    end, found = _end_of(text)
    is_at_boxes = end == len(text) or text[end] in boxed
    return annex if is_at_boxes else paragraphs.index(text[end]), found


def _end_of(text: Sequence[WordParagraph]) -> tuple[int, dict[str, list[DocumentPiece]]]:
    """Where the end begins among paragraphs, and its components."""
    label = next((at for at, one in enumerate(text) for _, line in cells(one) if words.END.match(line.folded)), None)
    if label is None:
        return _signature_alone(text)
    start, place = _table_start(text, label), text[label].place
    found: dict[str, list[DocumentPiece]] = defaultdict(list)
    for paragraph in text[start:]:
        if place and paragraph.plain and not is_in_table(paragraph, place.table):
            break
        for column, line in cells(paragraph):
            is_left = _is_left(line, column, place, has_signature="signature" in found)
            if name := _component(line, is_left=is_left):
                found[name].append(line)
    found |= _signed(found.pop("signature", []))
    if not found["position"]:  # minutes: those who sign stand above the recipients
        start, above = _signature_alone(text[:start])
        found |= above
    return start, found


def _component(line: DocumentPiece, *, is_left: bool) -> str:
    """What a line beside or below the recipients' label is; "" for an empty or a typed one."""
    if words.END.match(line.folded):
        return "recipients-label"
    if not line.text or words.is_typed_line(line):
        return ""
    if is_left:
        return "drafter" if words.DRAFTER.match(line.text) else "recipient"
    return "signature"


def _signature_alone(text: Sequence[WordParagraph]) -> tuple[int, dict[str, list[DocumentPiece]]]:
    """A signature without recipients: in the last table, or at the end of the text."""
    shown = [at for at, paragraph in enumerate(text) if paragraph.plain][-_LAST:]
    firsts = ((at, lines(text[at])[0]) for at in shown)
    post = next((at for at, first in firsts if _is_post(first) and first.is_upper), None)
    if post is None:
        return len(text), {}
    return post, _signed([piece for at in shown if at >= post for piece in lines(text[at])])


def _signed(pieces: Sequence[DocumentPiece]) -> dict[str, list[DocumentPiece]]:
    """Posts and name among the lines of a signature."""
    signs = [one for one in pieces if not (words.is_signing_mark(one.text) or words.is_typed_line(one))]
    posts = [piece for piece in signs if _is_post(piece) or piece.is_upper]
    if len(posts) > 1 and signs[-1] is posts[-1] and not _is_post(posts[-1]):
        is_name = posts[-1].paragraph.number - posts[-2].paragraph.number > 1  # below the room for the signature
        posts = posts[:-1] if is_name else posts
    names = [piece for piece in signs[signs.index(posts[0]) :] if piece not in posts] if posts else []
    return {"position": [piece for piece in posts if not words.is_date(piece.folded)], "signatory": names[-1:]}


def _is_left(piece: DocumentPiece, column: int, label: CellPlace | None, *, has_signature: bool) -> bool:
    """Whether a line of the end stands below the recipients' label, in its cell or at the left of the page."""
    place = piece.paragraph.place
    if label and place:
        return place.cell == label.cell and place.row >= label.row
    if column or not (piece.is_column or words.stands_left(piece.paragraph)):
        return False
    if not label and (has_signature or (piece.is_bold and _is_post(piece))):
        # post and name below the recipients, wrongly at the left
        return bool(words.BULLET.match(piece.text) or words.DRAFTER.match(piece.text))
    return True


def _boxes(paragraphs: Sequence[WordParagraph]) -> Iterator[list[WordParagraph]]:
    """The paragraphs of each text box: they may stand far from where the file holds them."""
    for (is_box, _), group in groupby(paragraphs, key=lambda one: (one.in_box, one.left_at)):
        if is_box:
            yield list(group)


def _is_end(box: Sequence[WordParagraph]) -> bool:
    """Whether a box holds the recipients, or post and name of who signs."""
    pieces = [piece for paragraph in box for piece in lines(paragraph) if piece.text]
    if any(words.END.match(piece.folded) for piece in pieces):
        return True
    is_signature = len(pieces) > 1 and pieces[0].is_upper and _is_post(pieces[0])
    return is_signature and not _is_post(pieces[-1]) and len(pieces[-1].text.split()) in _NAME_WORDS


_NO_HEAD = re.compile(words.any_of("beside_heads"))
"""Posts that stand beside that of the head in papers of one agency: `KẾ TOÁN TRƯỞNG`, `THƯ KÝ` and `CHỦ TỌA`."""


def posts_by_row(paragraphs: Sequence[WordParagraph]) -> dict[tuple[int, ...], set[int]]:
    """In which columns the heads of agencies sign, by the row of a table, or the paragraph, that they sign in."""
    found: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for paragraph in paragraphs:
        place = paragraph.place
        for column in (number for number, piece in cells(paragraph) if _is_head_of_agency(piece)):
            found[place[:2] if place else (paragraph.number,)].add(place.cell if place else column)
    return found


def _is_head_of_agency(piece: DocumentPiece) -> bool:
    return _is_post(piece) and piece.is_upper and not _NO_HEAD.match(piece.folded)


def _is_post(piece: DocumentPiece) -> bool:
    """Whether a line begins as the post of somebody who signs does, also for a meeting."""
    return words.is_post(piece.text) or bool(words.CHAIR.match(piece.folded))
