"""A paper that is judged, and what every rule works with: the numbers of the decree, the components, faults; and how a
component has to look, held against how it looks: one fault each, in however many paragraphs. And what is mended: looks,
and formulas that the decree fixes letter by letter; no other word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from functools import cached_property, partial
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from docx.enum.section import WD_HEADER_FOOTER
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.section import Section as WordSection
from docx.shared import Mm, Pt, RGBColor
from docx.text.font import Font
from docx.text.parfmt import ParagraphFormat

from qmsplan.conformity.pieces import OPERATIVE, DocumentPiece, lines
from qmsplan.conformity.zones import LINED, Zones, find_zones, is_head
from qmsplan.diagnostics import Message
from qmsplan.documents.profile import CitedLaw, Profile, TextStyle
from qmsplan.model.text import Figures
from qmsplan.word.paragraph import WordParagraph, WordRun
from qmsplan.word.reader import WordContent

Fix: TypeAlias = Callable[[], object]
"""Mends a fault in the XML of the paper."""
_LINE = 85
"""Letters of a line of 14 points on A4."""
_PAGE = 42
"""Lines of a page."""


class PaperFault(NamedTuple):
    """One fault of one component: the first paragraph that has it, the others, and how it is mended."""

    message: Message
    places: tuple[WordParagraph, ...] = ()
    hint: Message | None = None
    fix: Fix | None = None
    code: str = ""
    """That of its rule."""


class Paper:
    """A Word file with its components, to be held against a profile."""

    def __init__(self, content: WordContent, profile: Profile, zones: Zones | None = None) -> None:
        self.content, self.profile = content, profile
        self.zones: Zones = zones or find_zones((*self._above(), *content.paragraphs), profile.types)

    def _above(self) -> tuple[WordParagraph, ...]:
        """The head of the paper, where it stands in the header of the first page: its paragraphs count backwards from
        0, and its tables from -1."""
        section = next(iter(self.sections), None)
        if section is None:
            return ()
        is_own = section.different_first_page_header_footer
        which = WD_HEADER_FOOTER.FIRST_PAGE if is_own else WD_HEADER_FOOTER.PRIMARY
        header = self.content.margins.get(self.part_of(section, "header", which), ())
        if not is_head(header):
            return ()
        for number, paragraph in enumerate(header):
            paragraph.number = number - len(header) + 1
            if paragraph.place:
                paragraph.place = paragraph.place._replace(table=-paragraph.place.table)
        return header

    def part_of(self, section: WordSection, kind: str, which: WD_HEADER_FOOTER) -> str:
        """The name of the part that a section shows as `header`, or as `footer`; "" if it names none of its own."""
        reference = getattr(section._sectPr, f"get_{kind}Reference")(which)  # noqa: SLF001  python-docx would make one
        if reference is None or reference.rId not in self.content.document.part.rels:
            return ""
        return str(self.content.document.part.related_parts[reference.rId].partname)

    @cached_property
    def attached(self) -> tuple[Paper, ...]:
        """The heads above a regulation and the annexes, each as a paper that is a head and nothing else."""
        return tuple(Paper(self.content, self.profile, zones) for zones in self.zones.attached)

    @property
    def sections(self) -> Sequence[WordSection]:
        """The sections of pages."""
        return tuple(self.content.document.sections)

    @cached_property
    def has_head(self) -> bool:
        """Whether it has the head of an official document, so that what is missing can be told."""
        if self.zones.kind == "attached":
            return False
        dated = self.zones.has("number") or self.zones.has("dateline")
        return dated and sum(self.zones.has(name) for name in ("nation", "motto", "number", "dateline", "issuer")) >= 2

    @cached_property
    def texts(self) -> tuple[WordParagraph, ...]:
        """All paragraphs: those of the text, the notes and the margins."""
        margins = (paragraph for part in self.content.margins.values() for paragraph in part)
        return (*self.content.paragraphs, *self.content.notes, *margins)

    @cached_property
    def is_long(self) -> bool:
        """Whether it certainly has more than one page."""
        return len(self.sections) > 1 or fills_pages(self.content.paragraphs)

    def source(self, style: TextStyle | str) -> CitedLaw:
        """Where the decree says it: `Nghị định số 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 1`."""
        return self.profile.cited(style if isinstance(style, str) else style.cite)

    @property
    def page_source(self) -> CitedLaw:
        """Where the decree says how pages look."""
        return self.source(self.profile.page.cite)

    def naming(self, style: TextStyle | str) -> dict[str, object]:
        """What a message on a component names, by its style or that style's name: itself and where the decree says it.

        `naming("body")` is `{"style": ComponentName("Nội dung", "body text"), "source": CitedLaw(…)}`."""
        found = self.profile.styles[style] if isinstance(style, str) else style
        return {"style": found.label, "source": self.source(found)}

    def runs(self) -> Iterator[tuple[WordParagraph, WordRun]]:
        """All runs that hold text, with their paragraphs."""
        for paragraph in self.texts:
            yield from ((paragraph, run) for run in paragraph.runs if run.has_look)


ConformityCheck: TypeAlias = Callable[[Paper], Iterator[PaperFault]]
Need: TypeAlias = str | Callable[[Paper], object]
"""A component by its name, or what else a paper has to have: something that is not empty."""


class ConformityRule(NamedTuple):
    """A rule on Word files: its code, that without which it can't be judged, and its function."""

    code: str
    needs: tuple[Need, ...]
    check: ConformityCheck

    def is_judged(self, paper: Paper) -> bool:
        """Whether a paper has what the rule looks at."""
        return all(paper.zones.has(need) if isinstance(need, str) else need(paper) for need in self.needs)

    def faults(self, paper: Paper) -> Iterator[PaperFault]:
        """What it finds in a paper that has what it looks at, with its code."""
        return (fault._replace(code=self.code) for fault in self.check(paper))


def has_head(paper: Paper) -> bool:
    """Whether it is an official document by its head, so that what is missing can be told."""
    return paper.has_head


def is_whole(paper: Paper) -> bool:
    """Whether it is an official document of a type that the decree knows, or a letter."""
    return paper.has_head and paper.zones.kind in {"titled", "letter"}


def is_letter(paper: Paper) -> bool:
    """Whether it is a letter, which alone has no type above its text."""
    return paper.zones.kind == "letter"


def decides(paper: Paper) -> bool:
    """Whether a paper has the line above its articles, or is a decision whose articles have none."""
    named = [line for one in paper.content.paragraphs for line in lines(one) if OPERATIVE.match(line.folded)]
    lacks = is_whole(paper) and paper.zones.type == "quyet dinh" and paper.zones.has("article") and len(named) < 2
    return paper.zones.has("operative") or lacks


def is_annexed(paper: Paper) -> bool:
    """Whether `Phụ lục` is the annex of an official paper, and not part of a form's name."""
    return paper.has_head or paper.zones.has("annex-info")


def fills_pages(paragraphs: Iterable[WordParagraph]) -> bool:
    """Whether paragraphs certainly have more than one page."""
    shown = tuple(paragraphs)
    lines = sum(1 + len(one.text) // _LINE for one in shown if not one.depth)
    rows = {(one.place.table, one.place.row) for one in shown if one.place}
    return lines + len(rows) > _PAGE


def places_of(parts: Iterable[DocumentPiece | WordParagraph]) -> tuple[WordParagraph, ...]:
    """The paragraphs of pieces, each once."""
    return tuple(dict.fromkeys(one.paragraph if isinstance(one, DocumentPiece) else one for one in parts))


def told(
    paper: Paper,
    style: TextStyle | str,
    wrong: Sequence[DocumentPiece] | Sequence[WordParagraph],
    message: Message,
    hint: Message | None = None,
    fix: Callable[[Any], object] | None = None,
) -> Iterator[PaperFault]:
    """The one fault of what is wrong in a component, if anything is. The message gets its values `style` and `source`
    here; `fix` mends what is wrong."""
    if wrong:
        mend = partial(fix, wrong) if fix else None
        yield PaperFault(message.filled(**paper.naming(style)), places_of(wrong), hint, mend)


_PAIRS = {"nation": ("motto", -1), "motto": ("nation", 1)}
"""Components whose sizes rise and fall together: 12 and 13, or 13 and 14."""
_ALIGNED = {"center": ("center",), "justify": ("justify",), "left": ("left", "justify"), "right": ("right",)}
NOT_CENTRED = Message("{style}: it does not stand in the middle ({source})")
NOT_JUSTIFIED = Message("{style}: the lines are not justified ({source})")
CAPITALS = Message("{style}: letters are capitals, and should not be ({source})")
MARKS = Message("correct the marks at the ends of the lines")
MISSING = Message("{style}: it is missing, or was not recognised ({source})")
FLAGS = {
    ("bold", True): Message("{style}: not all letters are bold ({source})"),
    ("bold", False): Message("{style}: letters are bold, and should not be ({source})"),
    ("italic", True): Message("{style}: not all letters are italic ({source})"),
    ("italic", False): Message("{style}: letters are italic, and should not be ({source})"),
    ("underline", False): Message("{style}: letters are underlined, and should not be ({source})"),
}
"""What is told of letters with a look that they should not have."""


def look_rule(
    code: str,
    component: str,
    *needs: Need,
    style: str = "",
    called: tuple[str, str] = ("", ""),
    skip: str = "",
    **other: Any,
) -> ConformityRule:
    """The rule that a component looks as its style in the profile, or as another `style` that is `called` otherwise,
    but for what `other` says: `case="upper"`. `skip` names what is not judged of it: `align bold`."""

    def check(paper: Paper) -> Iterator[PaperFault]:
        wanted, pieces = paper.profile.styles[style or component]._replace(**other), paper.zones.of(component)
        wanted = wanted.called(*called) if any(called) else wanted
        lacks_line = component in LINED and component not in paper.zones.drawn  # told by the rule on that line
        partner, step = _PAIRS.get(component, ("", 0))
        sizes = {run.look.size for piece in paper.zones.of(partner) for run in piece.letters}
        fitting = sizes.pop() + step if len(sizes) == 1 else 0
        yield from look_faults(paper, wanted, pieces, f"{skip} underline" if lacks_line else skip, fitting)

    return ConformityRule(code, (component, *needs), check)


def look_faults(
    paper: Paper, style: TextStyle | str, pieces: Sequence[DocumentPiece], skip: str = "", fitting: float = 0
) -> Iterator[PaperFault]:
    """What is wrong with the look of a component. `fitting` is the size that goes with those of other components."""
    wanted = paper.profile.styles[style] if isinstance(style, str) else style
    if "size" not in skip:
        yield from _sizes(paper, wanted, pieces, fitting)
    for name, value in (("bold", wanted.bold), ("italic", wanted.italic), ("underline", False)):
        if name not in skip:
            yield from flag_faults(paper, wanted, pieces, name, value=value)
    if wanted.case == "upper" and "case" not in skip:
        wrong = [piece for piece in pieces if not piece.is_upper]
        message = Message("{style}: not all letters are capitals ({source})")
        yield from told(paper, wanted, wrong, message, fix=partial(set_flags, name="all_caps", value=True))
    if "align" not in skip:
        yield from _places(paper, wanted, pieces)


def _sizes(paper: Paper, wanted: TextStyle, pieces: Sequence[DocumentPiece], fitting: float) -> Iterator[PaperFault]:
    low, high = wanted.sizes
    found = [(piece, run.look.size) for piece in pieces for run in piece.letters if not low <= run.look.size <= high]
    if found:
        message = Message(
            "{style}: the size is {found} pt, not {wanted} pt ({source})",
            found=Figures(found[0][1]),
            wanted=Figures(low, high),
        )
        low, high = (fitting, fitting) if low <= fitting <= high else (low, high)
        wrong = [piece for piece, _ in found]
        yield from told(paper, wanted, wrong, message, fix=partial(set_sizes, low=low, high=high))


def flag_faults(
    paper: Paper, style: TextStyle | str, pieces: Sequence[DocumentPiece], name: str, *, value: bool
) -> Iterator[PaperFault]:
    """Letters that are `bold`, `italic` or `underline` and should not be, or are not and should be."""
    wrong = [piece for piece in pieces if any(getattr(run.look, name) is not value for run in piece.letters)]
    yield from told(paper, style, wrong, FLAGS[name, value], fix=partial(set_flags, name=name, value=value))


def capital_faults(
    paper: Paper, style: TextStyle | str, pieces: Sequence[DocumentPiece], hint: Message
) -> Iterator[PaperFault]:
    """Capitals where small letters should stand: what is shown in capitals is mended, what is typed so has a hint."""
    is_typed = any(piece.text.upper() == piece.text for piece in pieces)
    fix = None if is_typed else partial(set_flags, name="all_caps", value=False)
    yield from told(paper, style, pieces, CAPITALS, hint if is_typed else None, fix)


def _places(paper: Paper, wanted: TextStyle, pieces: Sequence[DocumentPiece]) -> Iterator[PaperFault]:
    tabs_place = wanted.align == "center"
    whole = [piece for piece in pieces if not piece.is_column and not (tabs_place and piece.is_tabbed)]
    wrong = places_of(piece for piece in whole if piece.paragraph.look.align not in _ALIGNED[wanted.align])
    at_left = Message("{style}: it does not stand at the left ({source})")
    message = {"center": NOT_CENTRED, "justify": NOT_JUSTIFIED}.get(wanted.align, at_left)
    yield from told(paper, wanted, wrong, message, fix=partial(set_align, align=wanted.align))


def missing(paper: Paper, style: TextStyle | str) -> PaperFault:
    """The fault that a component is not there."""
    hint = Message("write it at its place, in one paragraph of its own")
    return PaperFault(MISSING.filled(**paper.naming(style)), (), hint)


def missing_rule(code: str, component: str, *, but: str = "") -> ConformityRule:
    """The rule that a component is there; not for papers of the type `but` (`bien ban`)."""

    def is_due(paper: Paper) -> bool:
        return not but or not any(one.folded.startswith(but) for one in paper.zones.of("type")[:1])

    def check(paper: Paper) -> Iterator[PaperFault]:
        if not paper.zones.has(component):
            yield missing(paper, component)

    return ConformityRule(code, (is_whole, is_due), check)


# What is mended

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
