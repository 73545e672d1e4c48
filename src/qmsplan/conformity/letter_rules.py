"""Rules on letters: font, colour, code, what nobody sees (QD2xx)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from qmsplan.conformity.fixes import compose, edit_text, set_black, set_font, set_unmarked
from qmsplan.conformity.paper import ConformityRule, Paper, PaperFault
from qmsplan.conformity.part_words import is_stamp
from qmsplan.diagnostics import Message
from qmsplan.word.old_fonts import code_of
from qmsplan.word.paragraph import WordParagraph, WordRun

_LETTERS = re.compile(r"[^\W_]")
_ETH = "\u00d0\u0189"
"""Letters that look like Đ and are not: searches do not find them."""
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad]")
_BRIGHTEST = 72
"""The greatest share of red, green and blue (0-255) of what still passes as black."""
_BLANKS = re.compile(r"\S[ \u00a0]{5,}\S")


def _runs_where(paper: Paper, wrong: Callable[[WordRun], bool]) -> tuple[tuple[WordParagraph, ...], list[WordRun]]:
    found = [(paragraph, run) for paragraph, run in paper.runs() if wrong(run)]
    return tuple(dict.fromkeys(paragraph for paragraph, _ in found)), [run for _, run in found]


def _font(paper: Paper) -> Iterator[PaperFault]:
    wanted = paper.profile.font
    places, runs = _runs_where(
        paper,
        lambda run: (
            run.look.font != wanted and not code_of(run.look.font) and bool(_LETTERS.search(run.text)) and run.is_seen
        ),
    )
    if runs:
        message = Message(
            "the font is {found}, not {wanted} ({source})",
            found=", ".join(dict.fromkeys(run.look.font for run in runs)),
            wanted=wanted,
            source=paper.source(paper.profile.page.cite),
        )
        yield PaperFault(message, places, None, partial(set_font, runs, wanted))


def _colour(paper: Paper) -> Iterator[PaperFault]:
    places, runs = _runs_where(
        paper,
        lambda run: (
            _is_coloured(run.look.color)
            and run.is_seen
            and bool(_LETTERS.search(run.text))
            and not _is_link(run)
            and not _is_stamp(run)
        ),
    )
    if runs:
        message = Message(
            "letters are not black: {found} ({source})",
            found=runs[0].look.color,
            source=paper.source(paper.profile.page.cite),
        )
        yield PaperFault(message, places, None, partial(set_black, runs))


def _marked(paper: Paper) -> Iterator[PaperFault]:
    places, runs = _runs_where(paper, lambda run: run.look.marked and run.is_seen and bool(run.text.strip()))
    if runs:
        message = Message("text is marked with a colour ({source})", source=paper.source(paper.profile.page.cite))
        yield PaperFault(message, places, None, partial(set_unmarked, runs))


def _is_stamp(run: WordRun) -> bool:
    """Whether it is a mark of urgency or secrecy, which are red (Section III, item 2): `HỎA TỐC`, not `Mặt trận`."""
    return run.text.isupper() and is_stamp(run.text)


def _is_coloured(color: str) -> bool:
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", color):
        return False
    return max(int(color[start : start + 2], 16) for start in (0, 2, 4)) > _BRIGHTEST


def _is_link(run: WordRun) -> bool:
    """Whether it is the text of a link, which Word shows blue."""
    return run.field.startswith("HYPERLINK") or run.element.getparent().tag.endswith("}hyperlink")


def _old_code(paper: Paper) -> Iterator[PaperFault]:
    places, runs = _runs_where(paper, lambda run: bool(code_of(run.look.font)) and bool(_LETTERS.search(run.text)))
    if runs:
        message = Message(
            "text is in an old code, for the font {found}, not in Unicode ({source})",
            found=runs[0].look.font,
            source=paper.source(paper.profile.page.cite),
        )
        yield PaperFault(message, places, Message("change the code with UniKey, then set the font to Times New Roman"))


def _decomposed(paper: Paper) -> Iterator[PaperFault]:
    places = tuple(one for one in paper.texts if unicodedata.normalize("NFC", one.text) != one.text)
    if places:
        message = Message(
            "letters and their tone marks are separate signs (decomposed Unicode): it looks right, but searches do not "
            "find the words"
        )
        yield PaperFault(message, places, None, partial(_each, compose, places))


def _eth(paper: Paper) -> Iterator[PaperFault]:
    places = tuple(one for one in paper.texts if set(_ETH) & set(one.text))
    if places:
        message = Message("a letter looks like Đ and is not; searches do not find the word")
        yield PaperFault(message, places, None, partial(_each, _mend_eth, places))


def _mend_eth(paragraph: WordParagraph) -> None:
    edit_text(paragraph, f"[{_ETH}]", "Đ")


def _each(mend: Callable[[WordParagraph], None], places: Iterable[WordParagraph]) -> None:
    for place in places:
        mend(place)


def _hidden(paper: Paper) -> Iterator[PaperFault]:
    places, runs = _runs_where(paper, lambda run: not run.is_seen and bool(_LETTERS.search(run.text)))
    if runs:
        message = Message("text is hidden, struck through, too small or too pale to be read")
        yield PaperFault(message, places, Message("show it or delete it before the paper is sent"))


def _changes(paper: Paper) -> Iterator[PaperFault]:
    if places := tuple(one for one in paper.content.paragraphs if one.has_changes):
        yield PaperFault(
            Message("changes are tracked and not accepted"), places, Message("in Word: Review, Accept all changes")
        )


def _comments(paper: Paper) -> Iterator[PaperFault]:
    if places := tuple(one for one in paper.content.paragraphs if one.has_comment):
        yield PaperFault(
            Message("comments are left in the paper"), places, Message("in Word: Review, Delete all comments")
        )


def _blanks(paper: Paper) -> Iterator[PaperFault]:
    pieces = paper.zones.of("body", "clause", "point", "bullet", "section")
    if places := tuple(one.paragraph for one in pieces if _BLANKS.search(one.paragraph.text)):
        message = Message("words are moved to their place with blanks")
        yield PaperFault(message, places, Message("use tabs, alignment or a table without borders"))


def _unseen(paper: Paper) -> Iterator[PaperFault]:
    if places := tuple(one for one in paper.texts if _UNSEEN.search(one.text)):
        yield PaperFault(
            Message("the text holds letters that can't be seen"), places, Message("delete the word and type it again")
        )


LETTER_RULES = (
    ConformityRule("QD201", (), _font),
    ConformityRule("QD202", (), _colour),
    ConformityRule("QD203", (), _old_code),
    ConformityRule("QD204", (), _decomposed),
    ConformityRule("QD205", (), _eth),
    ConformityRule("QD206", (), _hidden),
    ConformityRule("QD207", (), _changes),
    ConformityRule("QD208", (), _comments),
    ConformityRule("QD209", ("body",), _blanks),
    ConformityRule("QD210", (), _unseen),
    ConformityRule("QD211", (), _marked),
)
