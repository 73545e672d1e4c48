"""What a paper is cut into: a piece is a paragraph, or the part of one that stands in a column made with tabs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qmsplan.word.paragraph import WordParagraph, WordRun, normal, runs_by_line

_COLUMNS = re.compile(r"\t+|[ \u00a0]{5,}")
"""What parts two columns that are made without a table."""
_OPEN = re.compile(r"(^|[Ss]ố:?|ngày|tháng|năm)\s*$")
"""Ends of texts in which blanks are left for a number or a day, or that are empty."""
_BOXES = 100.0
"""Points that two boxes stand apart at least that are columns."""
_CLAUSE = re.compile(r"(?<=\d[ \u00a0])[a-h](?=[\s);,.]|$)|(?<=\bđiểm )[a-zđ]\b")


class DocumentPiece(NamedTuple):
    """Letters that belong to one component."""

    paragraph: WordParagraph
    runs: tuple[WordRun, ...]
    is_column: bool = False
    """Whether it is one of several columns that tabs make, so that its paragraph does not say where it stands."""

    @property
    def text(self) -> str:
        """Its text as it is compared: composed, single blanks."""
        is_first = self.runs[0] is self.paragraph.runs[0] if self.runs else not self.paragraph.runs
        start = self.paragraph.ordinal if is_first else ""
        return normal(start + "".join(run.text for run in self.runs if not run.look.hidden))

    @property
    def letters(self) -> tuple[WordRun, ...]:
        """The runs that show something."""
        return tuple(run for run in self.runs if run.text.strip() and run.has_look and run.is_seen)

    @property
    def is_bold(self) -> bool:
        """Whether most of its letters are bold."""
        bold = sum(len(run.text) for run in self.letters if run.look.bold)
        return bold * 2 > sum(len(run.text) for run in self.letters)

    @property
    def is_italic(self) -> bool:
        """Whether all of its letters are italic."""
        return bool(self.letters) and all(run.look.italic for run in self.letters)

    @property
    def is_upper(self) -> bool:
        """Whether it is shown in capitals. The letter of a clause is no word: `(9.3.2 a)`."""
        letters = "".join(run.text.upper() if run.look.caps else run.text for run in self.letters)
        letters = _CLAUSE.sub("", letters)
        return letters.upper() == letters and any(letter.isalpha() for letter in letters)

    @property
    def is_tabbed(self) -> bool:
        """Whether tabs before it say where it stands, and not its paragraph."""
        return self.paragraph.place is None and "".join(run.text for run in self.runs).lstrip(" ").startswith("\t")

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle of its page or cell."""
        return self.paragraph.look.align == "center"


def whole_piece(paragraph: WordParagraph) -> DocumentPiece:
    """All of a paragraph."""
    return DocumentPiece(paragraph, tuple(paragraph.runs))


def lines(paragraph: WordParagraph) -> tuple[DocumentPiece, ...]:
    """The lines of a paragraph that are parted by line breaks (Shift+Enter), without empty ones; all of it if there are
    none."""
    found = runs_by_line(paragraph.runs)
    if len(found) == 1:
        return (whole_piece(paragraph),)
    pieces = [DocumentPiece(paragraph, tuple(run for run in runs if run.text)) for runs in found]
    return tuple(piece for piece in pieces if piece.text) or (whole_piece(paragraph),)


def columns(paragraph: WordParagraph) -> tuple[DocumentPiece, ...]:
    """The pieces of a paragraph whose columns are parted by tabs or many blanks: `NGƯỜI LẬP`, `KẾ TOÁN TRƯỞNG` and
    `GIÁM ĐỐC` side by side. All of it if there are none."""
    return _columns(whole_piece(paragraph))


def cells(paragraph: WordParagraph) -> Iterator[tuple[int, DocumentPiece]]:
    """The pieces of all lines of a paragraph, each with the number of its column, from 0."""
    for line in lines(paragraph):
        yield from enumerate(_columns(line))


def _columns(line: DocumentPiece) -> tuple[DocumentPiece, ...]:
    texts = [run.text for run in line.runs]
    joined = "".join(texts)
    cuts = _COLUMNS.finditer(joined) if line.paragraph.place is None else ()
    cut = next((match for match in cuts if not _OPEN.search(joined[: match.start()])), None)
    if cut is None or not joined[cut.end() :].strip():
        return (line,)
    left: list[WordRun] = []
    right: list[WordRun] = []
    start = 0
    for run, text in zip(line.runs, texts, strict=True):
        before, after = text[: max(0, cut.start() - start)], text[max(0, cut.end() - start) :]
        if before:
            left.append(run._replace(text=before))
        if after and start + len(text) > cut.end():
            right.append(run._replace(text=after))
        start += len(text)
    first, rest = (DocumentPiece(line.paragraph, tuple(runs), is_column=True) for runs in (left, right))
    return first, *_columns(rest)


def is_left_of(one: DocumentPiece, other: DocumentPiece) -> bool:
    """Whether a piece certainly stands to the left of another one: in the cell, column or box before it."""
    first, second = one.paragraph, other.paragraph
    if first is second:
        return one.is_column and other.is_column and first.plain.find(one.text) < first.plain.find(other.text)
    if first.place and second.place:
        return first.place[:2] == second.place[:2] and first.place.cell < second.place.cell
    if first.left_at is None or second.left_at is None:
        return False
    return second.left_at - first.left_at > _BOXES


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text without tone marks, in small letters, single blanks: `ĐỘC LẬP` is `doc lap`."""
    parts = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d").replace("Ð", "D"))
    return " ".join("".join(letter for letter in parts if not unicodedata.combining(letter)).lower().split())


def shown(pieces: tuple[DocumentPiece, ...]) -> Iterator[DocumentPiece]:
    """The pieces that show something."""
    yield from (piece for piece in pieces if piece.text)
