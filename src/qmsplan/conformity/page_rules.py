"""Rules on the sheet: paper, margins, page numbers (QD1xx)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

from docx.enum.section import WD_HEADER_FOOTER, WD_ORIENT
from docx.oxml.ns import qn
from docx.section import Section as WordSection
from docx.shared import Length, Mm

from qmsplan.conformity.paper import (
    NOT_CENTRED,
    ConformityRule,
    Paper,
    PaperFault,
    fills_pages,
    has_head,
    look_faults,
    set_align,
    told,
)
from qmsplan.conformity.pieces import DocumentPiece, whole_piece
from qmsplan.diagnostics import Message
from qmsplan.model.text import Figures
from qmsplan.word.package import start_numbers
from qmsplan.word.paragraph import WordParagraph

_TOLERANCE = 0.6
"""Millimetres; Word rounds centimetres and inches."""
_ADDRESS = re.compile(r"^(dia chi|tru so)\b|\b(dien thoai|dt|email|e-mail|website|fax)\s*:")
"""How the line with the address of an agency is known, folded."""
_SIDES = {"top": ("right", "left"), "bottom": ("left", "right"), "left": ("top", "bottom"), "right": ("bottom", "top")}
"""Where each margin goes when a page is turned, to either side."""


def _mm(value: Length | None) -> float | None:
    return None if value is None else value.mm


def _paper_size(paper: Paper) -> Iterator[PaperFault]:
    page = paper.profile.page
    wrong = [section for section in paper.sections if not _is_sheet(section, page.width, page.height)]
    if wrong:
        message = Message(
            "the page is {found} mm, not {wanted} mm ({source})",
            found="{:.0f} × {:.0f}".format(*(_mm(side) or 0 for side in (wrong[0].page_width, wrong[0].page_height))),
            wanted=f"{page.width:g} × {page.height:g}",
            source=paper.page_source,
        )
        yield PaperFault(message, fix=partial(_set_sheet, wrong, page.width, page.height))


def _is_sheet(section: WordSection, width: float, height: float) -> bool:
    found = sorted(side.mm for side in (section.page_width, section.page_height) if side is not None)
    near = (abs(one - other) <= 1.5 for one, other in zip(found, sorted((width, height)), strict=False))
    return len(found) < 2 or all(near)


def _is_wide(section: WordSection) -> bool:
    """Whether a page lies on its side."""
    return (section.page_width or 0) > (section.page_height or 0)


def _set_sheet(sections: list[WordSection], width: float, height: float) -> None:
    for section in sections:
        sides = (height, width) if _is_wide(section) else (width, height)
        section.page_width, section.page_height = map(Mm, sides)


def _orientation(paper: Paper) -> Iterator[PaperFault]:
    """Sections on their side without a table. How an annex lies is left open."""
    starts = [piece.paragraph.section for piece in paper.zones.of("annex-number", "annex-title", "annex-info")]
    with_tables = {one.section for one in paper.content.paragraphs if one.depth and one.plain}
    judged = list(enumerate(paper.sections))[: max(1, min(starts, default=len(paper.sections)))]
    with_tables -= set() if paper.zones.has("table") else {0}
    wrong = [section for index, section in judged if _is_wide(section) and index not in with_tables]
    if wrong:
        message = Message("the page lies on its side, and holds no table ({source})", source=paper.page_source)
        yield PaperFault(message, fix=partial(_turn, wrong))


def _turn(sections: list[WordSection]) -> None:
    for section in sections:
        section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = WD_ORIENT.PORTRAIT


_MARGINS = {
    "top": Message("the top margin is {found} mm, not {wanted} mm ({source})"),
    "bottom": Message("the bottom margin is {found} mm, not {wanted} mm ({source})"),
    "left": Message("the left margin is {found} mm, not {wanted} mm ({source})"),
    "right": Message("the right margin is {found} mm, not {wanted} mm ({source})"),
}


def _margin_rule(code: str, side: str) -> ConformityRule:
    def check(paper: Paper) -> Iterator[PaperFault]:
        bounds = getattr(paper.profile.page, f"range_{side}")
        wrong = [section for section in paper.sections if not _is_margin(paper, section, side)]
        if wrong:
            message = _MARGINS[side].filled(
                found=Figures(round(_margin(wrong[0], side) or 0, 1)),
                wanted=Figures(*bounds),
                source=paper.page_source,
            )
            yield PaperFault(message, fix=partial(_set_margin, wrong, side, bounds))

    return ConformityRule(code, (), check)


def _margin(section: WordSection, side: str) -> float | None:
    """A margin in mm; what is kept for binding is part of the left one. Word notes a top margin that must not grow as a
    negative number."""
    found = _mm(getattr(section, f"{side}_margin"))
    return None if found is None else abs(found) + ((_mm(section.gutter) or 0) if side == "left" else 0)


def _is_margin(paper: Paper, section: WordSection, side: str) -> bool:
    """Whether a margin is allowed. On a page that lies on its side the margins may have been turned with it."""

    def fits(name: str, other: str) -> bool:
        low, high = getattr(paper.profile.page, f"range_{name}")
        found = _margin(section, other)
        return found is None or low - _TOLERANCE <= found <= high + _TOLERANCE

    if fits(side, side):
        return True
    return _is_wide(section) and any(all(fits(name, turned[way]) for name, turned in _SIDES.items()) for way in (0, 1))


def _set_margin(sections: list[WordSection], side: str, bounds: tuple[float, float]) -> None:
    for section in sections:
        gutter = (_mm(section.gutter) or 0) if side == "left" else 0
        wanted = min(max(_margin(section, side) or 0, bounds[0]), bounds[1]) - gutter
        if wanted < 0:
            section.gutter, wanted = Mm(0), bounds[0]
        setattr(section, f"{side}_margin", Mm(wanted))


# Page numbers


def _numbers_in(paper: Paper, part: str) -> list[DocumentPiece]:
    """The page numbers in a header or footer."""
    runs = {
        paragraph: tuple(run for run in paragraph.runs if run.field.split(maxsplit=1)[:1] == ["PAGE"])
        for paragraph in paper.content.margins.get(part, ())
    }
    return [DocumentPiece(paragraph, found) for paragraph, found in runs.items() if found]


def _numbers(paper: Paper, kind: str) -> list[DocumentPiece]:
    """The page numbers in headers, or in footers."""
    parts = dict.fromkeys(paper.part_of(section, kind, WD_HEADER_FOOTER.PRIMARY) for section in paper.sections)
    return [piece for part in parts for piece in _numbers_in(paper, part)]


def _has_numbers(paper: Paper) -> bool:
    return bool(_numbers(paper, "header") or _numbers(paper, "footer"))


_numbers_above = partial(_numbers, kind="header")


_INSERT = Message("in Word: Insert, Page Number, Top of Page, in the middle")


def _no_number(paper: Paper) -> Iterator[PaperFault]:
    if not _has_numbers(paper):
        message = Message("the pages have no numbers ({source})", source=paper.page_source)
        yield PaperFault(message, (), _INSERT)


def _number_place(paper: Paper) -> Iterator[PaperFault]:
    numbers = [one.paragraph for one in _numbers_above(paper)]
    if not numbers:
        message = Message(
            "the page number stands at the bottom of the page, not at the top ({source})", source=paper.page_source
        )
        yield PaperFault(message, (), _INSERT)
    wrong = [one for one in numbers if one.look.align != "center" and not _is_framed(one)]
    style = paper.profile.styles["page-number"]._replace(cite=paper.profile.page.cite)
    yield from told(paper, style, wrong, NOT_CENTRED, fix=partial(set_align, align="center"))


def _is_framed(paragraph: WordParagraph) -> bool:
    """Whether it is placed by a frame, a tab or a text box, which tells more than its alignment."""
    frame = paragraph.element.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
    return frame is not None or paragraph.in_box or "\t" in paragraph.text


def _header_words(paper: Paper) -> list[WordParagraph]:
    """What stands above the text of every page: page numbers, the name of the agency."""
    parts = {paper.part_of(section, "header", WD_HEADER_FOOTER.PRIMARY) for section in paper.sections}
    head = {id(piece.paragraph) for pieces in paper.zones.pieces.values() for piece in pieces}
    found = (one for part in sorted(parts) for one in paper.content.margins.get(part, ()) if id(one) not in head)
    return [one for one in found if any(map(str.isalnum, one.text))]


def _words_above(paper: Paper) -> Iterator[PaperFault]:
    """Words beside the page number: `Trang 2/5`, the name of the agency on every page."""
    wrong = tuple(one for one in _header_words(paper) if any(map(str.isalpha, one.text)))
    if wrong:
        message = Message(
            "words stand above the text of every page: '{found}'; the form has only the number of the page ({source})",
            found=wrong[0].plain[:40],
            source=paper.page_source,
        )
        yield PaperFault(message, wrong, Message("leave only the number of the page in the header"))


def _addresses(paper: Paper) -> list[DocumentPiece]:
    """The lines of the agency's address at the foot of the first page."""
    section = next(iter(paper.sections), None)
    kinds = (WD_HEADER_FOOTER.FIRST_PAGE, WD_HEADER_FOOTER.PRIMARY)
    parts = dict.fromkeys(paper.part_of(section, "footer", kind) for kind in kinds) if section else {}
    pieces = [whole_piece(one) for part in parts for one in paper.content.margins.get(part, ())]
    return [piece for piece in pieces if _ADDRESS.search(piece.folded)]


def _address(paper: Paper) -> Iterator[PaperFault]:
    recipient = paper.profile.styles["recipient"]
    style = recipient.called("Địa chỉ cơ quan", "address of the agency", sizes=(11, 12), cite="Mục III, khoản 4")
    yield from look_faults(paper, style, _addresses(paper), "align")


def _number_look(paper: Paper) -> Iterator[PaperFault]:
    """The look of page numbers; of one whose figures the file does not hold that of its instruction, as in Word."""
    found = []
    for number in _numbers_above(paper):
        shown = tuple(run for run in number.runs if run.text) or tuple(run._replace(text="2") for run in number.runs)
        found.append(replace(number, runs=shown))
    yield from look_faults(paper, "page-number", found, "align bold")


def _first_number(paper: Paper) -> Iterator[PaperFault]:
    first, usual = paper.sections[0], WD_HEADER_FOOTER.PRIMARY
    kinds = [kind for kind in ("header", "footer") if _numbers_in(paper, paper.part_of(first, kind, usual))]
    if not kinds or not paper.profile.page.hide_first_number:
        return
    message = Message("the first page shows its number ({source})", source=paper.page_source)
    if not first.different_first_page_header_footer:
        fix = partial(setattr, first, "different_first_page_header_footer", True)  # noqa: FBT003  setattr's own signature
        yield PaperFault(message, (), None, fix)
    elif any(_numbers_in(paper, paper.part_of(first, kind, WD_HEADER_FOOTER.FIRST_PAGE)) for kind in kinds):
        yield PaperFault(message, (), Message("take the number out of the header or footer of the first page"))


def _number_form(paper: Paper) -> Iterator[PaperFault]:
    kinds = [kind for section in paper.sections for kind in section._sectPr.findall(qn("w:pgNumType"))]  # noqa: SLF001
    wrong = [kind for kind in kinds if kind.get(qn("w:fmt"), "decimal") not in {"decimal", "numberInDash"}]
    if wrong:
        message = Message("the page numbers are not Arabic ({source})", source=paper.page_source)
        yield PaperFault(message, (), None, partial(_make_arabic, wrong))


def _make_arabic(kinds: list[Any]) -> None:
    for kind in kinds:
        kind.attrib.pop(qn("w:fmt"), None)


def _annex_numbers(paper: Paper) -> Iterator[PaperFault]:
    """Page numbers that run on into an annex. One without a page of its own is not judged, nor one whose numbers are
    not shown."""
    annexes = paper.zones.of("annex-number")
    ends = [*(piece.paragraph.number for piece in annexes[1:]), len(paper.content.paragraphs) + 1]
    running = [piece for piece, end in zip(annexes, ends, strict=True) if _runs_on(paper, piece, end)]
    if running:
        style = paper.profile.styles["page-number"]._replace(cite="Mục III, khoản 1")
        message = Message("{style}: they run on, and each annex is numbered anew ({source})")
        hint = Message("in Word: Breaks, Next Page before the annex; then Page Number, Format, Start at 1")
        sections = [section for section, before in (_section_of(paper, piece) for piece in running) if not before]
        if len(sections) == len(running):
            yield from told(paper, style, running, message, fix=lambda _: _start_anew(sections))
        else:
            yield from told(paper, style, running, message, hint)


def _runs_on(paper: Paper, piece: DocumentPiece, end: int) -> bool:
    """Whether the page numbers of an annex, which ends before a paragraph, are shown and go on from those before it."""
    section, before = _section_of(paper, piece)
    if before:
        return _is_broken(piece, before) and _is_numbered(paper, piece)
    kind = section._sectPr.find(qn("w:pgNumType"))  # noqa: SLF001
    if piece.paragraph.section == 0 or (kind is not None and kind.get(qn("w:start")) in {"0", "1"}):
        return False
    pages = [one for one in paper.content.paragraphs if piece.paragraph.number <= one.number < end]
    is_shown = not section.different_first_page_header_footer or fills_pages(pages)
    return is_shown and _is_numbered(paper, piece)


def _section_of(paper: Paper, piece: DocumentPiece) -> tuple[WordSection, list[WordParagraph]]:
    """The section of an annex, and the paragraphs in it before the annex and the head of the annex."""
    index = piece.paragraph.section
    heads = {id(one.paragraph) for head in paper.attached for each in head.zones.pieces.values() for one in each}
    before = [one for one in paper.content.paragraphs if one.section == index and one.number < piece.paragraph.number]
    is_own = not any(one.plain and id(one) not in heads for one in before)
    return paper.sections[min(index, len(paper.sections) - 1)], [] if is_own else before


def _is_broken(piece: DocumentPiece, before: list[WordParagraph]) -> bool:
    """Whether an annex begins on a new page: it says so, or a page ends at the last of the paragraphs before it that
    has text, or below it."""
    last = max((at for at, one in enumerate(before) if one.plain and not one.place), default=0)
    breaks = (mark.get(qn("w:type")) == "page" for one in before[last:] for mark in one.element.iter(qn("w:br")))
    return piece.paragraph.look.new_page or any(breaks)


def _is_numbered(paper: Paper, piece: DocumentPiece) -> bool:
    """Whether the pages of the section that an annex stands in show their numbers."""
    for section in reversed(paper.sections[: piece.paragraph.section + 1]):
        parts = [paper.part_of(section, kind, WD_HEADER_FOOTER.PRIMARY) for kind in ("header", "footer")]
        if any(parts):  # else it has those of the section before it
            return any(_numbers_in(paper, part) for part in parts)
    return False


def _start_anew(sections: list[WordSection]) -> None:
    for section in sections:
        start_numbers(section._sectPr, anew=True)  # noqa: SLF001


PAGE_RULES = (
    ConformityRule("QD101", (), _paper_size),
    _margin_rule("QD102", "top"),
    _margin_rule("QD103", "bottom"),
    _margin_rule("QD104", "left"),
    _margin_rule("QD105", "right"),
    ConformityRule("QD106", (has_head,), _orientation),
    ConformityRule("QD107", (attrgetter("is_long"),), _no_number),
    ConformityRule("QD108", (_has_numbers,), _number_place),
    ConformityRule("QD109", (_numbers_above,), _number_look),
    ConformityRule("QD110", (_has_numbers,), _first_number),
    ConformityRule("QD111", (_numbers_above,), _number_form),
    ConformityRule("QD113", (_header_words,), _words_above),
    ConformityRule("QD114", (_addresses,), _address),
    ConformityRule("QD112", ("annex-number",), _annex_numbers),
)
