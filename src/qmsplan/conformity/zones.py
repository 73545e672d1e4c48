"""Which component of a document each paragraph is: head, title, text, end, annexes. One wrong zone makes many wrong
findings, so what is not recognised belongs to no component and is not judged."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from qmsplan.conformity import pieces as words
from qmsplan.conformity.ends import INFO, annex_pieces, annex_start, attached_heads, find_end, is_in_table, posts_by_row
from qmsplan.conformity.pieces import DocumentPiece, body_pieces, cells, columns, folded, lines, whole_piece
from qmsplan.word.lines import is_solid_border
from qmsplan.word.paragraph import CellPlace, DrawnLine, WordParagraph

_HEAD_LINES = 45
"""Paragraphs with text among which a head is looked for."""
_LONGEST_TITLE = 6
_SIGNS = (words.NATION, words.MOTTO, words.NUMBER)
"""By what a head is known, beside place and date."""
LINED = frozenset({"motto", "issuer", "subject"})
"""Components with a line below them."""
_LINELESS = frozenset({"nation", "number", "dateline", "letter-subject"})
"""Components without one: a line that is drawn in their paragraphs is that of another component."""
_ASIDE = frozenset({"typed-line", "stamp", "annex-info"})
"""What may stand between the lines of a component, or between it and the line below it."""
_LONGEST_SHORT = 110.0
"""Points up to which a line is too short for the motto."""
_JOINT = (" lien tich", " lien nganh", " phoi hop")
"""How the type of a paper of several agencies ends: `KẾ HOẠCH LIÊN TỊCH`."""
_WARD = re.compile(r"(?:xã|phường|thị trấn|đặc khu)\b", re.IGNORECASE)


class Zones(NamedTuple):
    """The pieces of each component by its name in the profile (`nation`, `body`), in order, and what sort of paper it
    is: `titled` (with the name of its type), `letter`, `form` (with another title), or `other`."""

    pieces: dict[str, list[DocumentPiece]]
    kind: str
    typed_lines: tuple[DocumentPiece, ...] = ()
    """Lines made of hyphens where one should be drawn."""
    drawn: Mapping[str, DrawnLine] = MappingProxyType({})
    """Those of LINED with a drawn line below them, and that line."""
    attached: tuple[Zones, ...] = ()
    """The heads above a regulation and the annexes that come with the paper."""

    def has(self, *names: str) -> bool:
        """Whether all of these components were found."""
        return all(self.pieces.get(name) for name in names)

    @property
    def type(self) -> str:
        """The name of the paper's type, folded: `nghi quyet`; "" if it has none."""
        return folded(self.pieces["type"][0].text) if self.has("type") else ""

    def of(self, *names: str) -> list[DocumentPiece]:
        """The pieces of some components."""
        return [piece for name in names for piece in self.pieces.get(name, ())]


def find_zones(paragraphs: Sequence[WordParagraph], types: Iterable[str]) -> Zones:
    """The components of a paper. `types` are the names of types: `Kế hoạch`."""
    return _Finder(paragraphs, frozenset(map(folded, (*types, *words.OTHER_TYPES)))).find()


def is_head(paragraphs: Sequence[WordParagraph]) -> bool:
    """Whether paragraphs hold the head of a paper: nation and motto, or number and symbol."""
    shown = [folded(one.plain) for one in paragraphs if one.plain]
    return any(sign.search(text) for text in shown for sign in _SIGNS)


class _Known:
    """What is known of a paper up to the line that is read: by it the next line is told."""

    def __init__(self, types: frozenset[str]) -> None:
        self.types = types
        self.pieces: dict[str, list[DocumentPiece]] = defaultdict(list)
        self.last = ""
        """The component of the line above."""
        self.drawn: dict[str, DrawnLine] = {}

    def has(self, name: str) -> bool:
        """Whether a component was found."""
        return bool(self.pieces.get(name))

    def add(self, name: str, piece: DocumentPiece) -> None:
        """Puts a piece to its component."""
        self.pieces[name].append(piece)
        self.last = self.last if name in _ASIDE else name

    def place_of(self, name: str) -> CellPlace | None:
        """The cell that a component begins in."""
        return self.pieces[name][0].paragraph.place if self.has(name) else None

    def type_in(self, text: str) -> str:
        """The type that a folded line names: `ke hoach`; "" if it names none."""
        name = text.rstrip(" :.")
        if words.CONTRACT.match(name):
            return "hop dong"
        bare = next((name.removesuffix(end) for end in _JOINT if name.endswith(end)), name)
        return next((known for known in (name, bare) if known in self.types), "")

    @property
    def type(self) -> str:
        """The type of the paper; "" if it has none that is known."""
        return self.type_in(self.pieces["type"][0].folded) if self.has("type") else ""

    @property
    def table(self) -> int:
        """The number of the table that the head stands in; 0 if it stands in none."""
        place = self.place_of("nation")
        return place.table if place else 0


# What the lines of each stage are: the first row that fits says to which component a line belongs, "" to none

_Row: TypeAlias = tuple[str, Callable[[_Known, DocumentPiece], object]]


def _component(rows: Iterable[_Row], known: _Known, line: DocumentPiece) -> str:
    return next((name for name, fits in rows if fits(known, line)), "")


def _is_more_of_letter_subject(known: _Known, line: DocumentPiece) -> bool:
    """Whether a line stands below what a letter is about, in its cell."""
    subject = known.pieces.get("letter-subject")
    return subject is not None and bool(line.text) and subject[-1].paragraph.place == line.paragraph.place


def _is_agency(known: _Known, line: DocumentPiece) -> bool:
    """Whether a line of the left column is the name of an agency: in capitals, or bold and wrongly in small letters."""
    is_name = line.is_upper or (line.is_bold and words.AGENCY.match(line.folded))
    return bool(is_name) and not (words.DRAFT.match(line.folded) or known.has("number"))


_HEAD: tuple[_Row, ...] = (
    ("typed-line", lambda _, line: words.is_typed_line(line)),
    ("nation", lambda _, line: words.NATION.search(line.folded)),
    ("motto", lambda _, line: words.MOTTO.search(line.folded)),
    ("", lambda _, line: words.OTHER_NATION.match(line.folded)),
    ("number", lambda known, line: words.NUMBER.match(line.folded) and not known.has("number")),
    ("dateline", lambda known, line: words.is_date(line.folded) and not known.has("dateline")),
    ("stamp", lambda _, line: words.is_stamp(line.text)),
    ("letter-subject", lambda _, line: words.LETTER.match(line.folded)),
)
_LEFT_OF_HEAD: tuple[_Row, ...] = (*_HEAD, ("letter-subject", _is_more_of_letter_subject), ("issuer", _is_agency))


def _is_type_again(known: _Known, line: DocumentPiece) -> bool:
    """`KẾ HOẠCH` twice, or two types."""
    return not known.has("subject") and line.is_upper and line.is_centred and bool(known.type_in(line.folded))


def _is_below_issued(known: _Known, line: DocumentPiece) -> bool:
    """Whether a line in capitals stands below what a decision is about: who decides, or its text."""
    subject = known.pieces.get("subject")
    if not subject or known.type not in words.ISSUED or not line.is_upper:
        return False
    return not subject[-1].is_upper or "subject" in known.drawn  # else the subject goes on, wrongly in capitals


def _begins_part(known: _Known, line: DocumentPiece) -> bool:
    """Whether a line begins what stands below the title: a part, the basis, an addressee."""
    if words.ROMAN.match(line.text) or words.OTHER_ROMAN.match(line.text) or _is_telegram_to(known, line):
        return True
    return any(start.match(line.folded) for start in (words.PART, words.BASIS, words.ADDRESSEE))


def _is_telegram_to(known: _Known, line: DocumentPiece) -> bool:
    return known.type == "cong dien" and bool(words.TELEGRAM.search(line.folded))


def _is_elsewhere(known: _Known, line: DocumentPiece) -> bool:
    """Whether a line stands in a cell, and the type in another one or in none."""
    place = line.paragraph.place
    return place is not None and place != known.pieces["type"][-1].paragraph.place


def _looks_like_text(known: _Known, line: DocumentPiece) -> bool:
    """Whether a line below the subject looks like the text or its first heading."""
    subject = known.pieces.get("subject")
    if not subject:
        return False
    is_title = (line.is_bold or line.is_centred) and len(subject) < _LONGEST_TITLE
    return not is_title or (subject[0].is_centred and not line.is_centred)


_TITLE: tuple[_Row, ...] = (
    ("type", _is_type_again),
    ("authority", lambda known, line: line.is_centred and _is_below_issued(known, line)),
    ("", _is_below_issued),
    ("", lambda known, line: known.type in words.WITHOUT_SUBJECT and not (line.is_bold and line.is_centred)),
    ("annex-info", lambda known, line: known.has("subject") and INFO.match(line.folded)),  # a regulation by itself
    ("", _begins_part),
    ("", _is_elsewhere),
    ("", _looks_like_text),
    ("subject", lambda _, line: line.text),
)


def _is_more_addressees(known: _Known, line: DocumentPiece) -> bool:
    """Whether a line goes on with the list of addressees, which an entry such as `- Sở Nội vụ.` ends."""
    if known.last != "addressee" or not line.text:
        return False
    last = known.pieces["addressee"][-1].text
    is_ended = bool(words.BULLET.match(last)) and last.endswith(".") and not words.BULLET.match(line.text)
    return bool(line.paragraph.place) or (not is_ended and words.is_addressee(line))


def _is_basis(known: _Known, line: DocumentPiece) -> bool:
    """Whether a line says what the paper is based on, also as what stands behind ';'."""
    if words.BASIS.match(line.folded) and (line.is_italic or not words.RUNNING.search(line.folded)):
        return True
    return known.last == "basis" and line.is_italic and known.pieces["basis"][-1].text.endswith(";")


def _is_authority(known: _Known, line: DocumentPiece) -> bool:
    """Whether a line above the basis says who decides: `GIÁM ĐỐC SỞ TƯ PHÁP`."""
    return known.type in words.ISSUED and line.is_upper and not _is_text(known, line)


def _is_text(known: _Known, line: DocumentPiece) -> bool:
    return known.has("basis") or not line.is_centred or bool(words.PART.match(line.folded))


_OPENING: tuple[_Row, ...] = (
    ("addressee", lambda _, line: words.ADDRESSEE.match(line.folded)),
    ("telegram-addressee", _is_telegram_to),
    ("telegram-addressee", lambda known, line: known.last == "telegram-addressee" and words.BULLET.match(line.text)),
    ("addressee", _is_more_addressees),
    ("basis", lambda known, line: not line.paragraph.place and _is_basis(known, line)),
    ("authority", _is_authority),
)


class _Finder:
    def __init__(self, paragraphs: Sequence[WordParagraph], types: frozenset[str]) -> None:
        self.paragraphs, self.known = paragraphs, _Known(types)
        self.found = self.known.pieces
        self.loose: list[DrawnLine] = []
        """Lines of a head made with tabs or boxes: below which of its columns they stand is told by their length."""
        self.is_turned = False
        """Whether nation and motto stand at the left, wrongly, before a tab."""

    def find(self) -> Zones:
        kind = "other"
        head = start = self._head() if self._has_head() else 0
        if self.found:
            kind, start = self._title(start)
        annex = annex_start(self.paragraphs, start)
        heads = list(attached_heads(self.paragraphs, annex)) if start < annex < len(self.paragraphs) else []
        end, ends = find_end(self.paragraphs, head, start, min([annex, *(head.start for head in heads)]))
        pieces = list(body_pieces(self.paragraphs[start:end])) if self.found or ends else []
        self.found.update(ends)
        if annex < len(self.paragraphs):
            pieces += annex_pieces(self.paragraphs, annex, len(heads), self.known.types)
        for name, piece in pieces:
            self.found[name].append(piece)
        self.found["text"] = [piece for name in words.TEXT_LEVELS for piece in self.found.get(name, ())]
        attached = tuple(_Finder(self.paragraphs[head], self.known.types).head() for head in heads)
        return self._zones(kind, attached)

    def head(self) -> Zones:
        """The components of paragraphs that are a head and nothing else."""
        self._head()
        return self._zones("attached")

    def _zones(self, kind: str, attached: tuple[Zones, ...] = ()) -> Zones:
        typed = self.found.pop("typed-line", ())
        return Zones(dict(self.found), kind, tuple(typed), self.known.drawn, attached)

    # The head

    def _has_head(self) -> bool:
        shown = [folded(one.plain) for one in self.paragraphs if one.plain][:_HEAD_LINES]
        return sum(any(map(sign.search, shown)) for sign in _SIGNS) + any(map(words.is_date, shown)) >= 2

    def _head(self) -> int:
        """Finds the components of the head; where it ends."""
        shown = itertools.accumulate(bool(one.plain) for one in self.paragraphs)
        for index, (paragraph, count) in enumerate(zip(self.paragraphs, shown, strict=True)):
            if count > _HEAD_LINES or self._ends_head(paragraph, folded(paragraph.plain)):
                end = index
                break
            self._head_paragraph(paragraph)
        else:
            end = len(self.paragraphs)
        self._part_agencies()
        self._place_loose()
        return end

    def _head_paragraph(self, paragraph: WordParagraph) -> None:
        """Puts the lines of a paragraph, and what is drawn in it, to the components that they belong to."""
        pieces = list(cells(paragraph))
        self.is_turned = self.is_turned or (len(pieces) > 1 and bool(words.NATION.search(pieces[0][1].folded)))
        own = ""
        for column, piece in pieces:
            rows = _LEFT_OF_HEAD if (column > 0) is self.is_turned else _HEAD
            if name := _component(rows, self.known, piece):
                self.known.add(name, piece)
                own = name
        if paragraph.lines and not own and (not paragraph.place or self._is_loose()):
            self.loose += paragraph.lines
        else:
            self._lines_below(own or self._above(paragraph), paragraph)

    def _ends_head(self, paragraph: WordParagraph, text: str) -> bool:
        table = self.known.table
        if table and is_in_table(paragraph, table):
            return False
        if table and text and not paragraph.place and not words.HEAD_LINE.search(text):
            return True
        is_opening = words.ADDRESSEE.match(text) or words.BASIS.match(text) or words.ROMAN.match(paragraph.plain)
        return bool(self._type_in(paragraph) or is_opening) or self._is_title_in_one(paragraph, text)

    def _is_title_in_one(self, paragraph: WordParagraph, text: str) -> bool:
        """Whether a line has the type and what it is about: `KẾ HOẠCH NĂM HỌC 2026-2027`."""
        piece = whole_piece(paragraph)
        is_title = not paragraph.place and piece.is_centred and piece.is_bold
        if not is_title or not any(text.startswith(f"{name} ") for name in self.known.types):
            return False
        return not _WARD.match(paragraph.plain)  # without tone marks `PHƯỜNG AN PHƯỚC` is a `phương án`

    def _part_agencies(self) -> None:
        """Parts the names of the agencies above and of the one that issues: the last name of the left column."""
        groups: list[list[DocumentPiece]] = []
        table = self.known.table
        names = self.found.pop("issuer", [])
        for piece in [one for one in names if is_in_table(one.paragraph, table)] if table else names:
            has_parent = bool(groups) and not groups[0][0].is_bold  # then all that is bold is the one name below it
            goes_on = has_parent and piece.is_bold and groups[-1][-1].is_bold
            if not groups or (not goes_on and _starts_name(piece, groups[-1][-1])):
                groups.append([])
            groups[-1].append(piece)
        for group in groups:
            is_issuer = group is groups[-1] or (group[0].is_bold and self._is_joint)
            self.found["issuer" if is_issuer else "parent"] += group

    @cached_property
    def _is_joint(self) -> bool:
        """Whether several agencies issue the paper, each with its name in bold letters: the type says so, `KẾ HOẠCH
        LIÊN TỊCH`, or their heads sign side by side."""
        titles = (folded(one.plain) for one in self.paragraphs[:_HEAD_LINES])
        if any(text.endswith(_JOINT) and self.known.type_in(text) for text in titles):
            return True
        return any(len(posts) > 1 for posts in posts_by_row(self.paragraphs).values())

    # The lines drawn in it

    def _lines_below(self, name: str, paragraph: WordParagraph) -> None:
        """Gives what is drawn in a paragraph to the component above. Two lines, and those of a paragraph that goes over
        both columns, may stand below either."""
        if name in _LINELESS or len(paragraph.lines) > 1 or len(columns(paragraph)) > 1:
            self.loose += paragraph.lines
        elif name in LINED and (paragraph.lines or paragraph.look.border):
            before = self.known.drawn.get(name)
            if before and before.length is not None and paragraph.lines and name != "subject":
                self.loose += [self.known.drawn.pop(name), *paragraph.lines]  # one is the motto's, drawn in this column
                return
            border = DrawnLine(None, is_solid_border(paragraph.look.border))
            self.known.drawn[name] = paragraph.lines[0] if paragraph.lines else border

    def _place_loose(self) -> None:
        """Gives lines of which only the length tells below what they stand to the motto and the agency."""
        self.loose.sort(key=lambda line: line.length or 0)
        lacking = {"motto", "issuer"} - set(self.known.drawn)
        if len(self.loose) == 1 and len(lacking) > 1:
            lacking = {"issuer"} if 0 < (self.loose[0].length or 0) < _LONGEST_SHORT else {"motto"}
        for name in sorted(lacking, reverse=True)[: len(self.loose)]:
            self.known.drawn[name] = self.loose.pop(-1 if name == "motto" else 0)

    def _is_loose(self) -> bool:
        """Whether the head has its two columns by tabs or in boxes, not in a table."""
        paragraph = self.found["nation"][0].paragraph if self.known.has("nation") else None
        return bool(paragraph and not paragraph.place and (paragraph.in_box or len(columns(paragraph)) > 1))

    def _above(self, paragraph: WordParagraph) -> str:
        """The component that the line in a paragraph without text belongs to: the last one, if it stands in the same
        cell; else that in the row above, of a head whose lines have a row of their own."""
        here = paragraph.place
        if self.known.has(self.known.last) and here in {None, self.found[self.known.last][-1].paragraph.place}:
            return self.known.last
        for name in ("issuer", "motto"):
            place = self.found[name][-1].paragraph.place if self.known.has(name) else None
            if here and place and here == place._replace(row=place.row + 1):
                return name
        return ""

    # Title, addressee, basis

    def _type_in(self, paragraph: WordParagraph) -> str:
        """The type that a paragraph, or its first line, names."""
        return self.known.type_in(folded(paragraph.plain)) or self.known.type_in(lines(paragraph)[0].folded)

    def _title(self, start: int) -> tuple[str, int]:
        """Finds type and subject, or the addressee of a letter, and the basis; the kind of paper, and where the text
        begins."""
        shown = [index for index in range(start, len(self.paragraphs)) if self.paragraphs[index].plain]
        index = next((one for one in shown[:_LONGEST_TITLE] if self._type_in(self.paragraphs[one])), None)
        if index is None:
            return self._kind_without_type(shown), self._opening(start)
        first, *more = lines(self.paragraphs[index])
        self.known.add("type", first)
        for one in more:
            self.known.add("subject", one)
        self._lines_below(self.known.last, self.paragraphs[index])
        if self._type_in(self.paragraphs[index]) == "hop dong":
            return "form", self._opening(index + 1)  # what a contract holds is for the two who make it
        position = self._subject(index + 1)
        if self.loose and self.known.has("subject"):  # all three lines are drawn in one paragraph of the head
            self.known.drawn.setdefault("subject", self.loose.pop())
        return "letter" if self.known.type == "cong van" else "titled", self._opening(position)

    def _kind_without_type(self, shown: Sequence[int]) -> str:
        """What a paper is whose type no line names; `shown` are the paragraphs with text below its head."""
        is_letter = self.known.has("letter-subject")
        if not is_letter and shown and self._is_named(whole_piece(self.paragraphs[shown[0]])):
            return "form"
        is_sent = any(words.ADDRESSEE.match(folded(self.paragraphs[one].plain)) for one in shown[:3])
        return "letter" if is_sent or is_letter else "other"

    def _is_named(self, piece: DocumentPiece) -> bool:
        """Whether a paper without a type that the decree knows has a title of another kind, as forms have."""
        number = self.found["number"][0].text if self.known.has("number") else ""
        is_title = piece.is_upper and piece.is_bold and piece.is_centred
        return is_title and not re.search(r"/[A-ZĐ][A-Za-zyĐ]{1,3}-", number)

    def _subject(self, position: int) -> int:
        """Finds the title below the type; where it ends."""
        for at in range(position, len(self.paragraphs)):
            paragraph, piece = self.paragraphs[at], self._untyped(self.paragraphs[at])
            name = _component(_TITLE, self.known, piece) if piece.text else ""
            if name:
                self.known.add(name, piece)
            elif piece.text:
                return at
            self._lines_below(self.known.last, paragraph)
            is_lined = paragraph.lines or paragraph.look.border or words.is_typed_line(whole_piece(paragraph))
            is_last = name == "subject" and not (piece.is_bold or piece.is_centred)
            if is_last or (not name and is_lined and self.known.has("subject")):
                return at + 1
        return len(self.paragraphs)

    def _untyped(self, paragraph: WordParagraph) -> DocumentPiece:
        """A paragraph without the line that is typed in it, below the subject as a rule."""
        pieces = lines(paragraph)
        typed = [one for one in pieces if words.is_typed_line(one)]
        for one in typed:
            self.known.add("typed-line", one)
        if not typed:
            return whole_piece(paragraph)
        return DocumentPiece(paragraph, tuple(run for one in pieces if one not in typed for run in one.runs))

    def _opening(self, position: int) -> int:
        """Finds addressees and basis; where the text begins."""
        for at in range(position, len(self.paragraphs)):
            for piece in _parted(self.paragraphs[at]):
                if name := _component(_OPENING, self.known, piece):
                    self.known.add(name, piece)
                elif piece.text and (at - position > _LONGEST_TITLE or _is_text(self.known, piece)):
                    return at
        return len(self.paragraphs)


def _starts_name(piece: DocumentPiece, above: DocumentPiece) -> bool:
    """Whether a line begins the name of another agency, and does not go on with the one above it."""
    if above.is_bold != piece.is_bold:
        return True
    goes_on = above.folded in words.OPEN_NAMES | words.HEADS or words.PLACE_NAME.match(piece.folded)
    return bool(words.AGENCY.match(piece.folded)) and not goes_on


def _parted(paragraph: WordParagraph) -> tuple[DocumentPiece, ...]:
    """The lines of a paragraph that holds several addressees, or several lines of the basis."""
    first, *more = pieces = lines(paragraph)
    is_list = words.ADDRESSEE.match(first.folded) and all(map(words.is_addressee, more))
    if is_list or all(words.BASIS.match(piece.folded) for piece in pieces):
        return pieces
    return (whole_piece(paragraph),)
