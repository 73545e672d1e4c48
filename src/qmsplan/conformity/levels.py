"""The levels of a text: `Chương I` with its title, `I.`, `Điều 1.`, `1.`, `a)`, `-`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qmsplan.conformity.pieces import DocumentPiece, folded, lines, whole_piece
from qmsplan.word.paragraph import WordParagraph

TEXT_LEVELS = ("body", "clause", "point", "bullet", "article")
"""Levels that are text: sizes, indents and gaps are asked of them."""
ROMAN = re.compile(r"^[IVXL]{1,6}\s*[.)]\s*\S")
OTHER_ROMAN = re.compile(r"^[IVX]{1,6}\s?[/–-]\s*\S")
"""How some offices number parts: `I/ Căn cứ`, `I- MỤC ĐÍCH`."""
PART = re.compile(r"^(phan (thu )?([ivxlc]+|nhat|hai|ba|tu|nam|\d+)|chuong ([ivxlc]+|\d+)|(tieu )?muc (\d+|[ivxl]+))\b")
_PART_ALONE = re.compile(rf"{PART.pattern}[\s.:]*$")
"""A number whose title stands below it: `Chương I`."""
ARTICLE = re.compile(r"^dieu \d+\s*[.:]")
BULLET = re.compile(r"^[-–—+•*·]\s*\S")
_CAPITAL = f"[A-ZÀ-ÝĂĐĨŨƠƯ{''.join(map(chr, range(ord('Ạ'), ord('Ỹ') + 1, 2)))}]"  # the small ones stand between
_CLAUSE = re.compile(
    rf"^\d{{1,2}}(\.\d{{1,2}})*\s*[.)]\s*\S|^\d{{1,2}}(\.\d{{1,2}})+\s+\S"
    rf"|^\d{{1,2}}\s?(/\s|/(?!\w+[-/])|[-–]\s?){_CAPITAL}"  # `1/ Mục đích`, and not `12/KH-UBND`
)
_POINT = re.compile(rf"^[a-zđ]{{1,2}}\s*\)\s*\S|^\([a-hđ]\)\s*\S|^[a-zđ]\s?[./:](?=\s|{_CAPITAL})|^[a-zđ]\s?[-–]\s")
_ODD_ROMAN = re.compile(r"^[IVXL]{1,6}\s?([/:]|[-–](?=\s))\s*(?!v\b)\S")
_ODD_ARTICLE = re.compile(rf"^Điều \d+\s*([/)]|[-–]\s|$|(?<=\s){_CAPITAL})")
"""Numbers with a mark that is not the decree's, taken for such where they are bold: `I/ MỤC ĐÍCH`, `Điều 1 Tên`."""
MARK = re.compile(r"^(?P<number>Điều \d+|[IVXL]{1,6}|\d{1,2}(?!\.?\d)|\(?[a-zđ]{1,2})(?P<mark>\s?[.)/:–-])?")
"""A number and the mark after it: `Điều 1` and `:`; no decimal."""
_OPERATIVE = re.compile(r"^(quyet dinh|quyet nghi|nghi quyet)\s*:?$")
"""The line above the articles: `QUYẾT ĐỊNH:`."""
_LONGEST_PART = 120
_LONGEST_TITLE = 250


def body_level(piece: DocumentPiece) -> str:
    """What a paragraph of the text is: `part`, `section` (`I.`), `article`, `clause`, `point`, `bullet`, `body`, or
    `other` for what stands in the middle."""
    text, plain = folded(piece.text), piece.text
    if PART.match(text) and len(text) < _LONGEST_PART and _is_heading(piece):
        return "part"
    is_bold = piece.is_bold or piece.paragraph.ordinal_bold
    if ROMAN.match(plain) or (_ODD_ROMAN.match(plain) and (is_bold or piece.is_upper)):
        return "section"
    if ARTICLE.match(text) or (_ODD_ARTICLE.match(plain) and is_bold and len(plain) < _LONGEST_PART):
        return "article"
    if piece.is_centred:
        return "other"
    for name, pattern in (("clause", _CLAUSE), ("point", _POINT), ("bullet", BULLET)):
        if pattern.match(plain):
            return name
    return "body"


def _is_heading(piece: DocumentPiece) -> bool:
    """Whether a line is a heading, and no sentence that begins with `Chương I của Nghị định này`."""
    return bool(_PART_ALONE.match(folded(piece.text))) or piece.is_bold or piece.is_upper


def body_pieces(paragraphs: Iterable[WordParagraph]) -> Iterator[tuple[str, DocumentPiece]]:
    """The paragraphs of a text with the names of their levels. `part-title` is the title below `Chương I`, `operative`
    the line `QUYẾT ĐỊNH:`."""
    titled = False
    for paragraph in paragraphs:
        piece = whole_piece(paragraph)
        if not piece.text or paragraph.in_box:
            continue
        name = "table" if paragraph.depth else body_level(piece)
        name = "operative" if name in {"other", "body"} and _OPERATIVE.match(folded(piece.text)) else name
        if titled and name in {"other", "body"} and len(piece.text) < _LONGEST_TITLE and not piece.text.endswith("."):
            yield "part-title", piece
            continue  # a title may go on on the next line
        first, *more = lines(paragraph)
        if more and _PART_ALONE.match(folded(first.text)):
            yield "part", first
            yield from (("part-title", line) for line in more)
            continue
        titled = name == "part" and bool(_PART_ALONE.match(folded(piece.text)))
        yield name, piece
