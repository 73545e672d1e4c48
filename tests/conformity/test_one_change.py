"""What is told when one thing of a faultless paper is changed: of each paragraph its words, its look and its place. The
seeded faults say what is right of a few changes; this holds all."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import deepcopy
from itertools import islice

import docx
import papers
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from seeded import paragraphs

from goldens import tell
from qmsplan.conformity.check import check_paper
from qmsplan.diagnostics import Translator
from qmsplan.documents.profile import load_profile

PROFILE = load_profile("nd30-2020")
ENGLISH = Translator("en")


def _left_out(one: Paragraph) -> None:
    one._p.getparent().remove(one._p)


def _doubled(one: Paragraph) -> None:
    one._p.addnext(deepcopy(one._p))


def _above_the_one_before(one: Paragraph) -> None:
    if (before := one._p.getprevious()) is not None:
        before.addprevious(one._p)


def _in_capitals(one: Paragraph) -> None:
    for run in one.runs:
        run.text = run.text.upper() if run.text != run.text.upper() else run.text.lower()


def _without_its_last_letter(one: Paragraph) -> None:
    one.runs[-1].text = one.runs[-1].text[:-1]


def _behind_a_blank_and_a_comma(one: Paragraph) -> None:
    one.runs[0].text = f" ,{one.runs[0].text}"


def _bold(one: Paragraph) -> None:
    for run in one.runs:
        run.bold = not run.bold


def _slanted(one: Paragraph) -> None:
    for run in one.runs:
        run.italic = not run.italic


def _larger(one: Paragraph) -> None:
    for run in one.runs:
        run.font.size = Pt(run.font.size.pt + 2)


def _smaller(one: Paragraph) -> None:
    for run in one.runs:
        run.font.size = Pt(run.font.size.pt - 2)


def _underlined_in_its_first_half(one: Paragraph) -> None:
    run = one.runs[0]
    rest = deepcopy(run._r)
    run._r.addnext(rest)
    half = len(run.text) // 2
    one.runs[1].text = run.text[half:]
    run.text = run.text[:half]
    run.underline = True


def _at_the_right(one: Paragraph) -> None:
    one.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _with_an_indent(one: Paragraph) -> None:
    one.paragraph_format.left_indent = Mm(10)
    one.paragraph_format.first_line_indent = Mm(5)


def _with_gaps(one: Paragraph) -> None:
    one.paragraph_format.space_before = one.paragraph_format.space_after = Pt(8)
    one.paragraph_format.line_spacing = 1.6


CHANGES: tuple[Callable[[Paragraph], None], ...] = (
    _left_out,
    _in_capitals,
    _larger,
    _doubled,
    _bold,
    _behind_a_blank_and_a_comma,
    _at_the_right,
    _above_the_one_before,
    _slanted,
    _without_its_last_letter,
    _with_gaps,
    _smaller,
    _underlined_in_its_first_half,
    _with_an_indent,
)


def _tell(content: bytes, place: int, change: Callable[[Paragraph], None]) -> None:
    document: Document = docx.Document(io.BytesIO(content))
    one = next(islice(filter(_has_words, paragraphs(document)), place, None))
    text = one.text[:30]
    change(one)
    found = check_paper(papers.saved(document), PROFILE).found
    said = (f"{one.code} {ENGLISH(one.message)}" for one in found)
    tell(f"{text!r}{change.__name__.replace('_', ' ')}: {'; '.join(said)}")


def _has_words(one: Paragraph) -> bool:
    return bool(one.text.strip() and one.runs and one.runs[0].font.size)


@pytest.mark.parametrize(("base", "of_each"), [("letter", 3), ("decision", 1), ("plan", 1), ("regulation", 1)])
def test_one_thing_is_changed(base: str, of_each: int) -> None:
    """All changes of each paragraph, or a few, of the next paragraph the next ones."""
    made = getattr(papers, base)()
    content = papers.saved(made)
    for place, _ in enumerate(filter(_has_words, paragraphs(made))):
        for at in range(of_each):
            _tell(content, place, CHANGES[(place * of_each + at) % len(CHANGES)])
