"""What is mended in a Word file: looks, and formulas that the decree fixes letter by letter; no other word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.font import Font
from docx.text.parfmt import ParagraphFormat

from qmsplan.conformity.pieces import DocumentPiece
from qmsplan.word.paragraph import WordParagraph, WordRun

_BEHIND_CONTEXTUAL = (
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:outlineLvl"),
    *("w:rPr", "w:sectPr", "w:pPrChange"),
)
"""What stands behind `contextualSpacing` in the settings of a paragraph."""
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def _with_letters(runs: Iterable[WordRun]) -> Iterator[tuple[WordRun, Font]]:
    """The runs that hold text, with their font settings: others mark where a field begins, or are formulas."""
    return ((run, Font(run.element)) for run in runs if run.has_look)


def set_sizes(pieces: Iterable[DocumentPiece], low: float, high: float) -> None:
    """Brings letters to the nearest size that is allowed."""
    for piece in pieces:
        for run, font in _with_letters(piece.runs):
            if not low <= run.look.size <= high:
                font.size = Pt(min(max(run.look.size, low), high))


def set_flags(pieces: Iterable[DocumentPiece], name: str, *, value: bool) -> None:
    """Switches `bold`, `italic` or `all_caps` on or off."""
    for piece in pieces:
        for _, font in _with_letters(piece.runs):
            setattr(font, name, value)


def part_lines(root: Any) -> None:
    """Cuts runs at their line breaks, so that a line can be mended without the one above it. Nothing is shown
    otherwise."""
    for mark in list(root.iter(qn("w:br"))):
        run = mark.getparent()
        if run.tag != qn("w:r") or mark.get(qn("w:type")) is not None or mark.getnext() is None:
            continue
        rest = run.makeelement(run.tag, run.attrib, run.nsmap)
        if (look := run.find(qn("w:rPr"))) is not None:
            rest.append(deepcopy(look))
        rest.extend(list(mark.itersiblings()))
        run.addnext(rest)


def set_align(paragraphs: Iterable[WordParagraph], align: str) -> None:
    """Places paragraphs; what stands in the middle has no indent of its first line."""
    for paragraph in paragraphs:
        layout = ParagraphFormat(paragraph.element)
        layout.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
        if align == "center" and paragraph.look.first:
            layout.first_line_indent = Mm(0)


def set_first_line(paragraphs: Iterable[WordParagraph], indent: float) -> None:
    """Lets first lines begin at an indent in mm."""
    for paragraph in paragraphs:
        layout = ParagraphFormat(paragraph.element)
        layout.left_indent, layout.first_line_indent = Mm(0), Mm(indent)


def set_gap(paragraphs: Iterable[WordParagraph], points: float) -> None:
    """Leaves a gap after paragraphs, though the next one has the same style."""
    for paragraph in paragraphs:
        ParagraphFormat(paragraph.element).space_after = Pt(points)
        properties = paragraph.element.get_or_add_pPr()
        spacing = properties.find(qn("w:spacing"))
        for side in ("before", "after"):
            spacing.attrib.pop(qn(f"w:{side}Autospacing"), None)
        if paragraph.look.contextual:
            for old in properties.findall(qn("w:contextualSpacing")):
                properties.remove(old)
            own = properties.makeelement(qn("w:contextualSpacing"), {qn("w:val"): "0"}, None)
            properties.insert_element_before(own, *_BEHIND_CONTEXTUAL)


def set_line(paragraphs: Iterable[WordParagraph], ratio: float) -> None:
    """Sets the space between lines as a share of single spacing."""
    for paragraph in paragraphs:
        ParagraphFormat(paragraph.element).line_spacing = ratio


def set_font(runs: Iterable[WordRun], name: str) -> None:
    """Puts letters into a font; what the theme says of them goes."""
    for run, font in _with_letters(runs):
        font.name = name
        fonts = run.element.rPr.find(qn("w:rFonts"))
        for theme in _THEMES:
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), name)


def set_black(runs: Iterable[WordRun]) -> None:
    """Makes letters black."""
    for _, font in _with_letters(runs):
        font.color.rgb = RGBColor(0, 0, 0)


def set_unmarked(runs: Iterable[WordRun]) -> None:
    """Takes the colour away that letters are marked with."""
    for run, font in _with_letters(runs):
        font.highlight_color = WD_COLOR_INDEX.WHITE
        run.element.rPr.find(qn("w:highlight")).set(qn("w:val"), "none")


def edit_text(paragraph: WordParagraph, pattern: str, replace: str | Callable[[re.Match[str]], str]) -> None:
    """Replaces what a pattern matches in a paragraph, though it may be parted into several runs. What replaces it gets
    the look of its first letter."""
    pieces = _own_texts(paragraph)
    joined = "".join(piece.text or "" for piece in pieces)
    for match in reversed(list(re.finditer(pattern, joined))):
        new = replace(match) if callable(replace) else match.expand(replace)
        _replace(pieces, match.start(), match.end(), new)


def set_formula(found: Sequence[DocumentPiece], words: str) -> None:
    """Writes the words that the decree fixes for a component into its first piece, letter by letter: what is right
    already keeps its run."""
    piece = found[0]
    pieces = _own_texts(piece.paragraph)
    joined, own = "".join(text.text or "" for text in pieces), "".join(run.text for run in piece.runs).strip()
    start = joined.find(own)
    changes = SequenceMatcher(None, own, words, autojunk=False).get_opcodes() if start >= 0 else []
    for kind, first, last, to_first, to_last in reversed(changes):
        if kind == "insert":
            letter = min(first, len(own) - 1)  # what is put in goes to the run of the letter beside it
            new = words[to_first:to_last]
            new = new + own[letter] if letter == first else own[letter] + new
            _replace(pieces, start + letter, start + letter + 1, new)
        elif kind != "equal":
            _replace(pieces, start + first, start + last, words[to_first:to_last])


def _replace(pieces: list[Any], start: int, end: int, new: str) -> None:
    position, done = 0, False
    for piece in pieces:
        text = piece.text or ""
        first, last = max(start - position, 0), min(end - position, len(text))
        position += len(text)
        if first > len(text) or last < 0 or (first >= last and (done or first == len(text))):
            continue
        piece.text = text[:first] + ("" if done else new) + text[max(last, first) :]
        done = True


def compose(paragraph: WordParagraph) -> None:
    """Composes letters and their marks into one (NFC), though a mark may stand in the next run."""
    pieces = _own_texts(paragraph)
    for before, piece in pairwise(pieces):
        text = piece.text or ""
        marks = len(text) - len(text.lstrip("".join(letter for letter in text if unicodedata.combining(letter))))
        if marks and before.text:
            before.text, piece.text = before.text + text[:marks], text[marks:]
    for piece in pieces:
        if piece.text:
            piece.text = unicodedata.normalize("NFC", piece.text)


def _own_texts(paragraph: WordParagraph) -> list[Any]:
    """The texts that stand in a paragraph itself and not in a text box of it."""
    own = paragraph.element
    return [text for text in own.iter(qn("w:t")) if next(text.iterancestors(qn("w:p"))) is own]
