"""What follows the end of a document: annexes (`Phụ lục I`), and regulations that a decision issues (`QUY CHẾ …`, with
chapters and articles of their own)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qmsplan.conformity.levels import ARTICLE, PART, ROMAN, body_pieces
from qmsplan.conformity.pieces import DocumentPiece, folded, whole_piece
from qmsplan.word.paragraph import WordParagraph

_NATION = re.compile(r"cong hoa xa hoi chu nghia")
_NUMBER = re.compile(r"^phu luc(\s+(so\s*)?([ivxlc]+|\d+|[a-z]))?\s*[.:]?$")
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
        place = paragraphs[end - 1].place if end else None
        first = end
        while place and first and is_in_table(paragraphs[first - 1], place.table):
            first -= 1
        if any(_NATION.match(_text(one)) for one in paragraphs[first:end]):
            yield slice(first, end)


def is_in_table(paragraph: WordParagraph, table: int) -> bool:
    """Whether a paragraph stands in the table of this number."""
    return paragraph.place is not None and paragraph.place.table == table


def _is_number(paragraph: WordParagraph) -> bool:
    text = folded(paragraph.plain)
    return paragraph.depth == 0 and bool(_NUMBER.match(text)) and len(text) < _LONGEST_NUMBER


def _title_above(paragraphs: Sequence[WordParagraph], index: int, start: int) -> int:
    """Where the centred lines above a note begin."""
    first = index
    while first > start and _is_centred_line(paragraphs[first - 1]):
        first -= 1
    return first


def _is_centred_line(paragraph: WordParagraph) -> bool:
    return bool(paragraph.plain) and paragraph.look.align == "center" and not paragraph.depth


def annex_pieces(
    paragraphs: Sequence[WordParagraph], start: int, heads: int, types: frozenset[str]
) -> Iterator[tuple[str, DocumentPiece]]:
    """The components from where the annexes begin. `heads` of them have a head, `types` are names of types, folded:
    `quy che`."""
    first = next((at for at in range(start, len(paragraphs)) if _is_number(paragraphs[at])), len(paragraphs))
    if any(PART.match(text) or ARTICLE.match(text) for text in map(_text, paragraphs[start:first])):
        yield from _regulation(paragraphs[start:first], types)
        yield from _annexes(paragraphs[first:])
    elif sum(bool(_NATION.match(_text(one))) for one in paragraphs) < 2 + heads:  # else one holds whole documents
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
    expects = False
    for index, paragraph in enumerate(paragraphs):
        piece, text = whole_piece(paragraph), _text(paragraph)
        if paragraph.depth or not text:
            expects = expects and not paragraph.depth
            continue
        if _NUMBER.match(text):
            yield "annex-number", piece
            expects = True
        elif INFO.match(text) and (expects or index < _NOTE_WITHIN):
            yield from (("annex-info", whole_piece(line)) for line in _note(paragraphs[index : index + _NOTE_LINES]))
            expects = False
        elif expects and (piece.is_centred or piece.is_bold) and not ROMAN.match(piece.text):
            yield "annex-title", piece
        else:
            expects = False
