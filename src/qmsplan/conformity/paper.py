"""A paper that is judged, and what every rule works with: the numbers of the decree, the components, faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

from docx.enum.section import WD_HEADER_FOOTER
from docx.section import Section as WordSection

from qmsplan.conformity.pieces import DocumentPiece
from qmsplan.conformity.zones import Zones, find_zones, is_head
from qmsplan.diagnostics import Message
from qmsplan.documents.profile import CitedLaw, Profile, TextStyle
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
        """All paragraphs with text: those of the text, the notes and the margins."""
        margins = [paragraph for part in self.content.margins.values() for paragraph in part]
        return tuple(one for one in (*self.content.paragraphs, *self.content.notes, *margins) if one.runs)

    @cached_property
    def is_long(self) -> bool:
        """Whether it certainly has more than one page."""
        if len(self.sections) > 1:
            return True
        return fills_pages(self.content.paragraphs)

    def source(self, style: TextStyle | str) -> CitedLaw:
        """Where the decree says it: `Nghị định số 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 1`."""
        return self.profile.cited(style if isinstance(style, str) else style.cite)

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
Need: TypeAlias = str | Callable[[Paper], bool]
"""A component by its name, or what else a paper has to have."""


class ConformityRule(NamedTuple):
    """A rule on Word files: its code, that without which it can't be judged, and its function."""

    code: str
    needs: tuple[Need, ...]
    check: ConformityCheck

    def is_judged(self, paper: Paper) -> bool:
        """Whether a paper has what the rule looks at."""
        return all(paper.zones.has(need) if isinstance(need, str) else need(paper) for need in self.needs)


def has_head(paper: Paper) -> bool:
    """Whether it is an official document by its head, so that what is missing can be told."""
    return paper.has_head


def is_whole(paper: Paper) -> bool:
    """Whether it is an official document of a type that the decree knows, or a letter."""
    return paper.has_head and paper.zones.kind in {"titled", "letter"}


def is_annexed(paper: Paper) -> bool:
    """Whether `Phụ lục` is the annex of an official paper, and not part of a form's name."""
    return paper.has_head or paper.zones.has("annex-info")


def fills_pages(paragraphs: Iterable[WordParagraph]) -> bool:
    """Whether paragraphs certainly have more than one page."""
    shown = tuple(paragraphs)
    lines = sum(1 + len(one.text) // _LINE for one in shown if not one.depth)
    rows = {(one.place.table, one.place.row) for one in shown if one.place}
    return lines + len(rows) > _PAGE


def places_of(pieces: Iterable[DocumentPiece]) -> tuple[WordParagraph, ...]:
    """The paragraphs of pieces, each once."""
    return tuple(dict.fromkeys(piece.paragraph for piece in pieces))
