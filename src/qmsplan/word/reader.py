"""The one reader of Word files: paragraphs in the order of the page, with their text as it is printed and the look of
every run.

Tracked changes are read as if accepted. What Word does not show (hidden text, drawings for a Word that is not there) is
not read. Automatic numbers are read, though no text holds them. `read_word` gives plain texts, `read_paragraphs` all
there is to know of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from lxml import etree

from qmsplan.diagnostics import Message, UserError
from qmsplan.word import lines
from qmsplan.word.besides import Besides, is_other_form, shown_besides, unknown_properties
from qmsplan.word.looks import SINGLE, Looks, RunLook, child_of, length, value_of, whole
from qmsplan.word.package import open_word, related_parts, safe_root
from qmsplan.word.paragraph import (
    CellPlace,
    DrawnLine,
    Numbering,
    WordParagraph,
    WordRun,
    code_of,
    decoded,
    is_steady,
    normal,
)

MOST = 100_000
"""Paragraphs of a file."""
_SKIPPED = frozenset({"del", "moveFrom", "delText", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange"})
_INCLUDED = frozenset({"altChunk", "subDoc"})
_NOTES = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
_ABOVE = "above"
"""What stands above all notes of a page, the line that parts them from the text: the notes that have a type."""
_NOTED = {
    **dict.fromkeys(("ins", "moveTo"), "has_changes"),
    **dict.fromkeys(("commentReference", "commentRangeStart"), "has_comment"),
    **dict.fromkeys(("blip", "imagedata"), "has_picture"),
}
"""Elements that a paragraph is only noted to have."""
_PIECES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS = re.compile(
    r"dings|marlett|mt extra|ms outlook|bookshelf|monotype sorts|opensymbol|zwadobe|mdl2|fluent icon|emoji"
    r"|bar ?code|3 ?of ?9|code ?(39|93|128)|\bean ?(8|13)|\bupc",
    re.IGNORECASE,
)
"""Names of fonts that print a picture, bars or nothing for each letter: Wingdings and its like."""
_PICTURES = {code: 0xF000 + code for code in range(0x21, 0x7F)}
_LOWEST_ROW = 6.0
"""Points: a row that is lower shows nothing."""
_LOWEST_LINE = 0.7
"""How high a line must be for its letters to be read, as a share of their size."""


class Paragraph(NamedTuple):
    """A paragraph's text; the table row that it stands in, counted from 1; and further its table, its column in the
    table's grid, from 0, the name of its style, and whether its cell goes on from the one above it."""

    text: str
    row: int | None = None
    table: int = 0
    column: int = 0
    style: str = ""
    goes_down: bool = False


class PlacedWord(NamedTuple):
    """What a Word file says: its paragraphs that are not empty, one for each cell that is, and its own properties by
    name."""

    paragraphs: tuple[Paragraph, ...]
    properties: dict[str, str]
    margins: tuple[str, ...] = ()
    """What headers and footers say, but for page numbers, and what stands above all notes. They stand on every page,
    and may lie over its text."""
    besides: Mapping[Besides, int] = MappingProxyType({})
    """What is shown besides text, and how often: `{"line": 3}`."""
    settings: Mapping[str, int] = MappingProxyType({})
    """Settings that may change what is seen, by their names in the file, and how often: `{"outline": 1}`."""
    unseen: tuple[str, ...] = ()
    """Words that stand in the file and on no page: hidden, white, too small, off the paper."""


class WordContent(NamedTuple):
    """A Word file as read: its paragraphs, those of its headers and footers by the name of their part, and the document
    for what python-docx itself tells."""

    document: Document
    paragraphs: tuple[WordParagraph, ...]
    margins: dict[str, tuple[WordParagraph, ...]]
    notes: tuple[WordParagraph, ...]


def _told(paragraphs: Sequence[WordParagraph]) -> Iterator[Paragraph]:
    """Those with text; and the first of an empty cell, so that what moves into it is seen."""
    placed = list(map(_placed, paragraphs))
    cells = {one.place for one, shown in zip(paragraphs, placed, strict=True) if shown.text}
    for one, shown in zip(paragraphs, placed, strict=True):
        if shown.text or (shown.row and one.place not in cells):
            cells.add(one.place)
            yield shown


def _placed(paragraph: WordParagraph) -> Paragraph:
    """A paragraph with its place in the table around it, if there is one."""
    if paragraph.place is None or paragraph.part != "body":
        return Paragraph(paragraph.seen, style=paragraph.look.style)
    *_, cell = paragraph.element.iterancestors(qn("w:tc"))
    spans = (value_of(one.find(qn("w:tcPr")), "gridSpan") for one in cell.itersiblings(qn("w:tc"), preceding=True))
    column = sum(whole(span, 1) for span in spans)
    merged = child_of(cell.find(qn("w:tcPr")), "vMerge")
    goes_down = merged is not None and merged.get(qn("w:val"), "continue") != "restart"
    place = paragraph.place
    return Paragraph(paragraph.seen, place.row, place.table, column, paragraph.look.style, goes_down)


def read_word(content: bytes) -> PlacedWord:
    """The texts of a Word file. UserError if it can't be read."""
    document = open_word(content)
    read = read_paragraphs(document)
    looks, numbering = Looks(document), Numbering(document)
    separators = [one for kind in _NOTES for one in _notes(document, kind, looks, numbering).get(_ABOVE, ())]
    margins = (one.seen for part in (*read.margins.values(), separators) for one in part)
    said = tuple(text for text in margins if any(map(str.isalnum, text)))
    related = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER, *_NOTES.values())
    parts = (document.part, *(part for kind in related for part in _related(document.part, kind)))
    roots = [part.element for part in parts]
    shown, settings = shown_besides(document, roots), unknown_properties(document, roots)
    every = (one for part in (read.paragraphs, read.notes, *read.margins.values()) for one in part)
    unseen = (normal("".join(run.text for run in one.runs if not run.is_seen)) for one in every)
    texts = _told((*read.paragraphs, *read.notes))
    return PlacedWord(tuple(texts), _properties(document), said, shown, settings, tuple(filter(None, unseen)))


def read_paragraphs(document: Document) -> WordContent:
    """Everything that a document says, with the look of its text. Notes stand in the order of their marks."""
    looks, numbering = Looks(document), Numbering(document)
    looks.levels = numbering.looks
    walk = _Walk(document, "body", looks, numbering)
    body = walk.read(safe_root(document.part))
    kinds = {kind: _notes(document, kind, looks, numbering) for kind in dict.fromkeys(kind for kind, _ in walk.notes)}
    notes = (one for kind, number in walk.notes for one in kinds[kind].get(number, ()))
    return WordContent(document, tuple(body), _margins(document), tuple(notes))


def _margins(document: Document) -> dict[str, tuple[WordParagraph, ...]]:
    """The paragraphs of headers and footers, by the names of their parts."""
    margins = {}
    for kind in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
        for part in _related(document.part, kind):
            walk = _Walk(document, kind.rpartition("/")[2], Looks(document), Numbering(document))
            margins[str(part.partname)] = tuple(walk.read(safe_root(part)))
    return margins


def _related(source: Any, kind: str) -> Iterator[XmlPart]:
    """The XML parts that a part or the package refers to in this way."""
    return (part for part in related_parts(source, kind) if isinstance(part, XmlPart))


def _notes(document: Document, kind: str, looks: Looks, numbering: Numbering) -> dict[str, list[WordParagraph]]:
    """The paragraphs of all footnotes, or endnotes, by their number."""
    found: dict[str, list[WordParagraph]] = {}
    for part in _related(document.part, _NOTES[kind]):
        walk = _Walk(document, kind, looks, numbering)
        walk.read(safe_root(part))
        found |= walk.by_note
    return found


def _properties(document: Document) -> dict[str, str]:
    """The properties that are not Word's own."""
    return {
        entry.get("name", ""): "".join(entry.itertext()).strip()
        for part in _related(document.part.package, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
        for entry in safe_root(part)
    }


@dataclass
class _Field:
    """A field that is open: its instruction, the run that holds it, and whether its result has begun."""

    instruction: str = ""
    shown: bool = False
    run: tuple[Any, RunLook] | None = None


def _kind_of(tag: str) -> str:
    """The name of an element; "" of the paragraphs and runs of drawings, which are of their own kind."""
    space, _, kind = tag.rpartition("}")
    is_drawn = kind in {"p", "r", "t", "br"} and "wordprocessingml" not in space
    return "" if is_drawn and not (kind == "t" and space.endswith("/math")) else kind


class _Walk:
    """One pass over a part. A paragraph may hold others, in text boxes: they come before it."""

    def __init__(self, document: Document, part: str, looks: Looks, numbering: Numbering) -> None:
        self.document, self.part, self.looks, self.numbering = document, part, looks, numbering
        self.found: list[WordParagraph] = []
        self.notes: list[tuple[str, str]] = []
        self.by_note: dict[str, list[WordParagraph]] = {}
        self.open: list[WordParagraph] = []
        self.runs: list[tuple[Any, RunLook]] = []
        self.fields: list[_Field] = []
        self.tables: list[lines.WordTable] = []
        self.boxed: list[float | None] = []
        """The text boxes that are open: where each stands."""
        self.shades: list[str] = []
        self.areas: list[lines.PageArea] = []
        """Those of the cells that are open; `pages` are those of the sections."""
        self.pages = lines.page_areas(document.element)
        self.placed: list[lines.TableAreas] = []
        self.counted = [0, 0, 0]
        """Outermost tables, and their rows and the cells of the row."""
        self.section = self.hidden_rows = self.turned = self.lost = 0
        """`lost` counts what is open around the text and hides it, tables off the page and cells covered by others."""
        self.note: str | None = None
        self.cache: dict[tuple[bytes, str | None, str | None, str], RunLook] = {}

    def read(self, root: Any) -> list[WordParagraph]:
        """The paragraphs of a part."""
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if not isinstance(element.tag, str):
                continue
            kind = _kind_of(element.tag)
            if event == "end":
                self.end(kind)
            elif kind in _SKIPPED or is_other_form(element):
                if kind in {"del", "moveFrom"} and self.open:
                    self.open[-1].has_changes = True
                walker.skip_subtree()
            else:
                self.start(kind, element)
        return self.found

    def start(self, kind: str, element: Any) -> None:
        """What an element says when it begins."""
        step = getattr(self, f"on_{kind}", None)
        if step is not None:
            step(element)
        elif kind in _PIECES and self.runs and element.getparent() is self.runs[-1][0]:
            self._add(_PIECES[kind])
        elif kind in _INCLUDED:
            raise UserError(
                Message("the Word file shows the text of another file"), Message("paste that text into it, and save it")
            )
        elif kind in _NOTES:
            is_note = element.get(qn("w:type"), "normal") == "normal"
            self.note = element.get(qn("w:id"), "") if is_note else _ABOVE
        elif kind.removesuffix("Reference") in _NOTES:
            self.notes.append((kind.removesuffix("Reference"), element.get(qn("w:id"), "")))
        elif kind in _NOTED and self.open:
            setattr(self.open[-1], _NOTED[kind], True)

    def end(self, kind: str) -> None:
        """What an element says when it ends."""
        if kind == "p":
            self._close()
        elif kind == "r" and self.runs:
            self.runs.pop()
        elif kind == "fldSimple":
            self.fields.pop()
        elif kind == "txbxContent":
            self.boxed.pop()
        elif kind == "bdo":
            self.turned = max(self.turned - 1, 0)
        elif kind == "tbl":
            self.tables.pop()
            self.placed.pop()
        elif kind == "tr" and self.hidden_rows:
            self.hidden_rows -= 1
        elif kind == "tc":
            self.shades.pop()
            self.areas.pop()
            if self.tables:
                self.lost -= self.tables[-1].is_covered()
                self.tables[-1].end_cell(self.found)

    def on_p(self, element: Any) -> None:
        """A paragraph begins."""
        look = self.looks.paragraph(element, self.tables[-1].style if self.tables else None)
        place = CellPlace(*self.counted) if self.tables else None
        paragraph = WordParagraph(len(self.found) + len(self.open) + 1, element, look, self.part, place)
        paragraph.in_box, paragraph.depth, paragraph.section = bool(self.boxed), len(self.tables), self.section
        paragraph.left_at = self.boxed[-1] if self.boxed else lines.frame_left(element.find(qn("w:pPr")))
        if look.numbering:
            paragraph.ordinal = self.numbering.next(look.numbering)
            paragraph.ordinal_bold = self.numbering.is_bold(look.numbering, element, self.looks)
        self.open.append(paragraph)

    def _close(self) -> None:
        paragraph = self.open.pop()
        paragraph.number = len(self.found) + 1
        self.found.append(paragraph)
        if self.note is not None:
            self.by_note.setdefault(self.note, []).append(paragraph)
        if len(self.found) > MOST:
            raise UserError(
                Message("the Word file has more paragraphs than any plan"), Message("check where it comes from")
            )

    def on_r(self, element: Any) -> None:
        """A run begins."""
        if not self.open:
            return
        paragraph = self.open[-1]
        properties = element.find(qn("w:rPr"))
        own = etree.tostring(properties) if properties is not None else b""
        style = value_of(paragraph.element.find(qn("w:pPr")), "pStyle")
        table = self.tables[-1].style if self.tables else None
        shade = self._shade(self.looks.paragraph_fill(paragraph.element.find(qn("w:pPr"))))
        key = (own, style, table, shade)
        if key not in self.cache:
            self.cache[key] = self.looks.run(element, style, table, shade)
        look = self.cache[key]
        if self.hidden_rows:
            look = look._replace(hidden=True)
        elif self.lost or self._is_cut_off(paragraph, look.size):
            look = look._replace(faint=True)
        self.runs.append((element, look))

    @property
    def area(self) -> lines.PageArea:
        """The area of the page or cell that is open; a box has its own, which nobody works out."""
        if self.areas:
            return self.areas[-1]
        return self.pages[min(self.section, len(self.pages) - 1) if self.part == "body" else -1]

    def _is_cut_off(self, paragraph: WordParagraph, size: float) -> bool:
        """Whether lines are too low to show their letters, or some of them stand off the paper."""
        look = paragraph.look
        high = look.line * size * SINGLE if look.rule == "auto" else look.line
        if look.rule != "atLeast" and high < size * _LOWEST_LINE:
            return True
        if self.boxed or paragraph.left_at is not None:
            return False
        has_tabs = bool(look.tab) and paragraph.element.find(f"{qn('w:r')}/{qn('w:tab')}") is not None
        return self.area.is_off(look, has_tabs=has_tabs)

    def _add(self, text: str) -> None:
        if not self.open or not self.runs:
            return
        element, look = self.runs[-1]
        shown = [one for one in self.fields if one.shown]
        if len(shown) < len(self.fields):
            return  # inside an instruction
        field = next((one for one in shown if not is_steady(one.instruction)), shown[-1] if shown else _Field())
        if code_of(look.font):
            text = decoded(text, look.font)
        if _SYMBOLS.search(look.plain_font):
            text = text.translate(_PICTURES)
        self.open[-1].runs.append(
            WordRun(text[::-1] if self.turned else text, look, element, field.instruction.strip())
        )

    def on_bdo(self, element: Any) -> None:
        """Letters that are set from right to left, whatever they are: `95` is printed `59`."""
        self.turned += element.get(qn("w:val")) == "rtl"

    def on_t(self, element: Any) -> None:
        """Letters."""
        if self.runs and element.getparent() is self.runs[-1][0]:
            self._add(element.text or "")
        elif self.open and not self.runs:
            self.runs.append((element, RunLook()))
            self._add(element.text or "")
            self.runs.pop()

    def on_softHyphen(self, _: Any) -> None:  # noqa: N802  Word's name
        """A place where a word may break; in the old Vietnamese code the letter ư."""
        if self.runs and code_of(self.runs[-1][1].font) == "tcvn3":
            self._add("\u00ad")

    def on_sym(self, element: Any) -> None:
        """A sign that is named by its number in a font."""
        code = element.get(qn("w:char"), "")
        number = int(code, 16) if len(code) in range(1, 6) and not set(code) - set("0123456789abcdefABCDEF") else 0x25A1
        if 0xF020 <= number <= 0xF0FF:
            font = element.get(qn("w:font"), "").lower()
            is_plain = "dings" not in font and not ("symbol" in font and number > 0xF03F)
            number = number - 0xF000 if is_plain else number
        self._add(chr(number) if number not in range(0xD800, 0xE000) else "\u25a1")

    def on_instrText(self, element: Any) -> None:  # noqa: N802  Word's name
        """A piece of a field's instruction."""
        if self.fields and not self.fields[-1].shown:
            self.fields[-1].instruction += element.text or ""
            self.fields[-1].run = self.runs[-1] if self.runs else None

    def on_fldSimple(self, element: Any) -> None:  # noqa: N802  Word's name
        """A field in one element."""
        self.fields.append(_Field(element.get(qn("w:instr"), ""), shown=True))
        self._mark(self.fields[-1])

    def on_fldChar(self, element: Any) -> None:  # noqa: N802  Word's name
        """A field begins, shows its result, or ends."""
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and kind == "separate":
            self.fields[-1].shown = True
            self._mark(self.fields[-1])
        elif self.fields and kind == "end":
            field = self.fields.pop()
            if not field.shown:
                self._mark(field)

    def _mark(self, field: _Field) -> None:
        """Notes in the paragraph that a field begins here."""
        if self.open and (text := field.instruction.strip()):
            element, look = field.run or (self.open[-1].element, RunLook())
            self.open[-1].runs.append(WordRun("", look, element, text))

    def on_txbxContent(self, element: Any) -> None:  # noqa: N802  Word's name
        """A text box begins."""
        self.boxed.append(lines.left_of(element))

    def on_tbl(self, element: Any) -> None:
        """A table begins."""
        if not self.tables:
            self.counted[0] += 1
        self.tables.append(lines.WordTable(element, self.looks))
        self.placed.append(lines.TableAreas(element, self.area))

    def on_tr(self, element: Any) -> None:
        """A row begins. One that is hidden, or too low for letters, shows nothing."""
        if len(self.tables) == 1:
            self.counted[1:] = [self.counted[1] + 1, 0]
        if self.tables:
            self.tables[-1].next_row()
        properties = element.find(qn("w:trPr"))
        height = length(value_of(properties, "trHeight")) or 0
        is_low = value_of(properties, "trHeight", "hRule") == "exact" and height < _LOWEST_ROW
        if self.hidden_rows or is_low or child_of(properties, "hidden") is not None:
            self.hidden_rows += 1

    def on_tc(self, element: Any) -> None:
        """A cell begins."""
        if len(self.tables) == 1:
            self.counted[2] += -1 if self.tables[0].is_turned else 1
        if self.tables:
            self.tables[-1].cells.append((len(self.found), element))
            self.lost += self.tables[-1].is_covered()
        self.areas.append(self.placed[-1].of_cell(element) if self.placed else self.area)
        fill = self.looks.fill(element.find(qn("w:tcPr"))) or ""
        if fill in {"", "auto"} and self.tables:
            fill = self.looks.table_fill(self.tables[-1].style)
        self.shades.append(self._shade(fill))

    def _shade(self, fill: str) -> str:
        """What colour stands behind letters: its own, or that of what is around it."""
        return fill if fill not in {"", "auto"} else self.shades[-1] if self.shades else ""

    def on_sectPr(self, _: Any) -> None:  # noqa: N802  Word's name
        """A section of pages ends with this paragraph."""
        self.section += 1

    def on_prstGeom(self, element: Any) -> None:  # noqa: N802  Word's name
        """A drawn shape."""
        if self.open and element.get("prst") in lines.LINE_SHAPES:
            self.open[-1].lines.append(lines.shape_line(element))

    def on_inline(self, element: Any) -> None:
        """A drawing in the line of the text, or beside it."""
        if self.open and (flat := lines.flat_length(element)):
            self.open[-1].lines.append(DrawnLine(flat))

    on_anchor = on_inline

    def on_shape(self, element: Any) -> None:
        """A shape as old Words draw it; some are lines."""
        if self.open and "vml" in element.tag and lines.is_vml_line(element):
            self.open[-1].lines.append(lines.vml_line(element))

    on_line = on_rect = on_shape
