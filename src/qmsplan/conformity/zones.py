"""Which component of a document each paragraph is: head, title, text, end, annexes. One wrong zone makes many wrong
findings, so what is not recognised belongs to no component and is not judged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from qmsplan.conformity import pieces as words
from qmsplan.conformity.ends import INFO, EndFinder, annex_pieces, annex_start, attached_heads, posts_by_row
from qmsplan.conformity.pieces import DocumentPiece, body_pieces, cells, columns, folded, lines, whole_piece
from qmsplan.word.lines import is_solid_border
from qmsplan.word.paragraph import DrawnLine, WordParagraph

_HEAD = 45
"""Paragraphs with text among which a head is looked for."""
_LONGEST_TITLE = 6
_LINELESS = frozenset({"nation", "number", "dateline", "letter-subject"})
"""Components without a line: one that is drawn in their paragraphs is that of another one."""
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
    """Components with a drawn line below them, and that line."""
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


def _is_shared(paragraph: WordParagraph) -> bool:
    """Whether a paragraph of a head goes over both of its columns, or holds the lines of both, so that its lines may
    stand below either."""
    return len(columns(paragraph)) > 1 or len(paragraph.lines) > 1


def find_zones(paragraphs: Sequence[WordParagraph], types: Iterable[str]) -> Zones:
    """The components of a paper. `types` are the names of types: `Kế hoạch`."""
    return _Finder(paragraphs, frozenset(map(folded, (*types, *words.OTHER_TYPES)))).find()


def is_head(paragraphs: Sequence[WordParagraph]) -> bool:
    """Whether paragraphs hold the head of a paper: nation and motto, or number and symbol."""
    shown = [folded(one.plain) for one in paragraphs if one.plain]
    return any(sign.search(text) for text in shown for sign in (words.NATION, words.MOTTO, words.NUMBER))


class _Finder:
    def __init__(self, paragraphs: Sequence[WordParagraph], types: frozenset[str]) -> None:
        self.paragraphs, self.types = paragraphs, types
        self.found: dict[str, list[DocumentPiece]] = defaultdict(list)
        self.typed: list[DocumentPiece] = []
        self.drawn: dict[str, DrawnLine] = {}
        self.lined: WordParagraph | None = None
        """The last paragraph with a line."""
        self.kind = "other"
        self.last = ""
        self.loose: list[DrawnLine] = []
        """Lines of a head made with tabs or boxes: below which of its columns they stand is told by their length."""
        self.names_open: DocumentPiece | None = None
        """The last name of an agency, until it is known which one it is."""

    def find(self) -> Zones:
        head = start = self._head() if self._has_head() else 0
        if self.found:
            start = self._title(start)
        annex = annex_start(self.paragraphs, start)
        heads = list(attached_heads(self.paragraphs, annex)) if start < annex < len(self.paragraphs) else []
        ends = EndFinder(self.paragraphs, self._is_date)
        end = ends.find(head, start, min([annex, *(head.start for head in heads)]))
        self.found.update(ends.found)
        pieces = list(body_pieces(self.paragraphs[start:end])) if self.found else []
        if annex < len(self.paragraphs):
            pieces += annex_pieces(self.paragraphs, annex, len(heads), self.types)
        for name, piece in pieces:
            self.found[name].append(piece)
        self.found["text"] = [piece for name in words.TEXT_LEVELS for piece in self.found.get(name, ())]
        attached = tuple(_Finder(self.paragraphs[head], self.types).head() for head in heads)
        return Zones(dict(self.found), self.kind, tuple(self.typed), self.drawn, attached)

    def head(self) -> Zones:
        """The components of paragraphs that are a head and nothing else."""
        self._head()
        return Zones(dict(self.found), "attached", tuple(self.typed), self.drawn)

    def add(self, name: str, piece: DocumentPiece) -> None:
        """Puts a piece to its component."""
        self.found[name].append(piece)
        self.last = name
        self._lines_after(piece.paragraph, name)

    def _lines_after(self, paragraph: WordParagraph, name: str) -> None:
        if name in _LINELESS and not _is_shared(paragraph):
            self.loose += paragraph.lines
        elif name and not _is_shared(paragraph) and (paragraph.lines or paragraph.look.border):
            is_drawn = name in self.drawn and self.drawn[name].length is not None
            if is_drawn and paragraph is not self.lined and paragraph.lines and name != "subject":
                self.loose += [self.drawn.pop(name), *paragraph.lines]  # one is the motto's, drawn in this column
                return
            self.lined = paragraph
            border = DrawnLine(None, is_solid_border(paragraph.look.border))
            self.drawn[name] = paragraph.lines[0] if paragraph.lines else border

    # The head

    def _has_head(self) -> bool:
        shown = [folded(one.plain) for one in self.paragraphs if one.plain][:_HEAD]
        signs = (words.NATION, words.MOTTO, words.NUMBER)
        return sum(any(sign.search(text) for text in shown) for sign in signs) + any(map(self._is_date, shown)) >= 2

    def _is_date(self, text: str) -> bool:
        is_other = text.startswith(("(", "can cu", "so:")) or words.LETTER.match(text)
        return bool(words.DATE.search(text)) and len(text) < 90 and not is_other

    def _head(self) -> int:
        """Finds the components of the head; where it ends."""
        names: list[DocumentPiece] = []
        seen = end = 0
        is_turned = False  # nation and motto at the left, wrongly, before a tab
        for index, paragraph in enumerate(self.paragraphs):
            text = folded(paragraph.plain)
            seen += bool(text)
            if seen > _HEAD or self._ends_head(paragraph, text):
                break
            end = index + 1
            if not text:
                self._line_alone(paragraph)
                continue
            pieces = list(cells(paragraph))
            is_turned = is_turned or (len(pieces) > 1 and bool(words.NATION.search(folded(pieces[0][1].text))))
            for column, piece in pieces:
                self._head_piece(piece, names, is_right=(column > 0) is not is_turned)
            if paragraph.lines and _is_shared(paragraph):
                self.loose += paragraph.lines
            elif paragraph.lines and not paragraph.place:
                self._lines_after(paragraph, self.last)
        self._names(names)
        self._place_loose()
        return end

    def _line_alone(self, paragraph: WordParagraph) -> None:
        """A paragraph of the head without text may hold a line, drawn or typed."""
        if paragraph.lines and (self._is_loose() or not paragraph.place or _is_shared(paragraph)):
            self.loose += paragraph.lines
            return
        piece = whole_piece(paragraph)
        self.typed += [piece] if words.is_typed_line(piece) else []
        self._lines_after(paragraph, self._above(paragraph))

    def _place_loose(self) -> None:
        """Gives lines of which only the length tells below what they stand to the motto and the agency."""
        self.loose.sort(key=lambda line: line.length or 0)
        lacking = {"motto", "issuer"} - set(self.drawn)
        if len(self.loose) == 1 and len(lacking) > 1:
            lacking = {"issuer"} if 0 < (self.loose[0].length or 0) < _LONGEST_SHORT else {"motto"}
        for name in sorted(lacking, reverse=True)[: len(self.loose)]:
            self.drawn[name] = self.loose.pop(-1 if name == "motto" else 0)

    def _is_loose(self) -> bool:
        """Whether the head has its two columns by tabs or in boxes, not in a table."""
        nation = self.found.get("nation")
        paragraph = nation[0].paragraph if nation else None
        return bool(paragraph and not paragraph.place and (paragraph.in_box or len(columns(paragraph)) > 1))

    def _above(self, paragraph: WordParagraph) -> str:
        """The component that a line without text belongs to: the last one, if it stands in the same cell; else that in
        the row above, of a head whose lines have a row of their own."""
        last = self.found.get(self.last)
        if last and paragraph.place in {None, last[-1].paragraph.place}:
            return self.last
        if self.names_open and self.names_open.paragraph.place == paragraph.place:
            return "issuer"
        here = paragraph.place
        heads = (("issuer", self.names_open), ("motto", next(iter(self.found.get("motto", ())), None)))
        for name, piece in heads:
            above = piece.paragraph.place if piece else None
            if here and above and (above.table, above.row + 1, above.cell) == here:
                return name
        return ""

    def _ends_head(self, paragraph: WordParagraph, text: str) -> bool:
        table = self._table()
        if table and paragraph.place and paragraph.place.table == table:
            return False
        if table and text and not paragraph.place and not words.HEAD_LINE.search(text):
            return True
        is_opening = words.ADDRESSEE.match(text) or words.BASIS.match(text) or words.ROMAN.match(paragraph.plain)
        return bool(self._type_in(paragraph) or is_opening) or self._is_title_in_one(paragraph, text)

    def _is_title_in_one(self, paragraph: WordParagraph, text: str) -> bool:
        """Whether a line has the type and what it is about: `KẾ HOẠCH NĂM HỌC 2026-2027`."""
        piece = whole_piece(paragraph)
        is_title = not paragraph.place and piece.is_centred and piece.is_bold
        if not is_title or not any(text.startswith(f"{name} ") for name in self.types):
            return False
        return not _WARD.match(paragraph.plain)  # without tone marks `PHƯỜNG AN PHƯỚC` is a `phương án`

    def _table(self) -> int:
        """The number of the table that the head stands in; 0 if it stands in none."""
        nation = self.found.get("nation")
        place = nation[0].paragraph.place if nation else None
        return place.table if place else 0

    def _head_piece(self, piece: DocumentPiece, names: list[DocumentPiece], *, is_right: bool) -> None:
        text = folded(piece.text)
        subject, has_number = self.found.get("letter-subject"), bool(self.found.get("number"))
        goes_on = subject and subject[-1].paragraph.place == piece.paragraph.place and not is_right
        parts = (
            ("typed-line", words.is_typed_line(piece)),
            ("nation", words.NATION.search(text)),
            ("motto", words.MOTTO.search(text)),
            ("other-nation", words.OTHER_NATION.match(text)),
            ("number", words.NUMBER.match(text) and not has_number),
            ("dateline", self._is_date(text) and not self.found.get("dateline")),
            ("stamp", words.is_stamp(piece.text)),
            ("letter-subject", words.LETTER.match(text) or goes_on),
            ("name", not (words.DRAFT.match(text) or is_right or has_number) and _is_name(piece)),
        )
        part = next((name for name, is_one in parts if is_one), "")
        if part == "typed-line":
            self.typed.append(piece)
        elif part == "stamp":
            self.found[part].append(piece)
        elif part == "name":
            names.append(piece)
            self.last, self.names_open = "", piece
            self._lines_after(piece.paragraph, "issuer")
        elif part and part != "other-nation":
            self.add(part, piece)

    def _names(self, names: Sequence[DocumentPiece]) -> None:
        """Parts the names of the agencies above and of the one that issues: the last name of the left column."""
        groups: list[list[DocumentPiece]] = []
        table = self._table()
        if table:
            names = [piece for piece in names if piece.paragraph.place and piece.paragraph.place.table == table]
        for piece in names:
            has_parent = bool(groups) and not groups[0][0].is_bold  # then all that is bold is the one name below it
            goes_on = has_parent and piece.is_bold and groups[-1][-1].is_bold
            if not groups or (not goes_on and self._starts_name(piece, groups[-1][-1])):
                groups.append([piece])
            else:
                groups[-1].append(piece)
        for number, group in enumerate(groups):
            is_issuer = number == len(groups) - 1 or (group[0].is_bold and self._is_joint)
            self.found["issuer" if is_issuer else "parent"] += group

    @cached_property
    def _is_joint(self) -> bool:
        """Whether several agencies issue the paper, each with its name in bold letters: the type says so, `KẾ HOẠCH
        LIÊN TỊCH`, or their heads sign side by side."""
        titles = (folded(one.plain) for one in self.paragraphs[:_HEAD])
        if any(text.endswith(_JOINT) and self._type_of(text) for text in titles):
            return True
        return any(len(posts) > 1 for posts in posts_by_row(self.paragraphs).values())

    def _starts_name(self, piece: DocumentPiece, above: DocumentPiece) -> bool:
        """Whether a line begins the name of another agency, and does not go on with the one above it."""
        text = folded(piece.text)
        if above.is_bold != piece.is_bold:
            return True
        goes_on = folded(above.text) in words.OPEN_NAMES | words.HEADS or words.PLACE_NAME.match(text)
        return bool(words.AGENCY.match(text)) and not goes_on

    # Title, addressee, basis

    def _type_of(self, text: str) -> str:
        """The type that a line names: `ke hoach`; "" if it names none."""
        name = text.rstrip(" :.")
        if words.CONTRACT.match(name):
            return "hop dong"
        bare = next((name.removesuffix(end) for end in _JOINT if name.endswith(end)), name)
        return next((known for known in (name, bare) if known in self.types), "")

    def _own_type(self) -> str:
        """The type of the paper; "" if it has none that is known."""
        return self._type_of(folded(self.found["type"][0].text)) if self.found.get("type") else ""

    def _type_in(self, paragraph: WordParagraph) -> str:
        """The type that a paragraph, or its first line, names."""
        return self._type_of(folded(paragraph.plain)) or self._type_of(folded(lines(paragraph)[0].text))

    def _title(self, start: int) -> int:
        """Finds type and subject, or the addressee of a letter, and the basis; where the text begins."""
        shown = [index for index in range(start, len(self.paragraphs)) if self.paragraphs[index].plain]
        index = next((one for one in shown[:_LONGEST_TITLE] if self._type_in(self.paragraphs[one])), None)
        if index is None:
            self.kind = self._kind_without_type(shown)
            return self._addressee_and_basis(start)
        first, *more = lines(self.paragraphs[index])
        self.add("type", first)
        for one in more:
            self.add("subject", one)
        if self._type_in(self.paragraphs[index]) == "hop dong":
            self.kind = "form"  # what a contract holds is for the two who make it
            return self._addressee_and_basis(index + 1)
        self.kind = "letter" if self._own_type() == "cong van" else "titled"
        position = self._subject(index + 1)
        if self.loose and self.found.get("subject"):  # all three lines are drawn in one paragraph of the head
            self.drawn.setdefault("subject", self.loose.pop())
        return self._addressee_and_basis(position)

    def _kind_without_type(self, shown: Sequence[int]) -> str:
        """What a paper is whose type no line names; `shown` are the paragraphs with text below its head."""
        if not self.found.get("letter-subject") and shown and self._is_named(shown[0]):
            return "form"
        is_sent = any(words.ADDRESSEE.match(folded(self.paragraphs[one].plain)) for one in shown[:3])
        return "letter" if is_sent or self.found.get("letter-subject") else "other"

    def _is_named(self, index: int) -> bool:
        """Whether a paper without a type that the decree knows has a title of another kind, as forms have."""
        piece = whole_piece(self.paragraphs[index])
        number = self.found["number"][0].text if self.found.get("number") else ""
        is_title = piece.is_upper and piece.is_bold and piece.is_centred
        return is_title and not re.search(r"/[A-ZĐ][A-Za-zyĐ]{1,3}-", number)

    def _subject(self, position: int) -> int:
        for at in range(position, len(self.paragraphs)):
            paragraph, piece = self.paragraphs[at], self._untyped(self.paragraphs[at])
            if not piece.text:
                self._lines_after(paragraph, self.last)
                is_lined = paragraph.lines or paragraph.look.border or words.is_typed_line(whole_piece(paragraph))
                if self.found.get("subject") and is_lined:
                    return at + 1
                continue
            name = self._part_of_title(piece)
            if not name:
                return at
            if name == "annex-info":
                self.found[name].append(piece)
                continue
            self.add(name, piece)
            if name == "subject" and not piece.is_bold and not piece.is_centred:
                return at + 1
        return len(self.paragraphs)

    def _part_of_title(self, piece: DocumentPiece) -> str:
        """The component of the title that a line below the type belongs to; "" where the title ends."""
        kind, text, subject = self._own_type(), folded(piece.text), self.found.get("subject", [])
        if not subject and self._type_of(text) and piece.is_upper and piece.is_centred:
            return "type"  # `KẾ HOẠCH` twice, or two types
        goes_on = bool(subject) and subject[-1].is_upper and "subject" not in self.drawn  # wrongly in capitals
        if kind in words.ISSUED and subject and piece.is_upper and not goes_on:
            return "authority" if piece.is_centred else ""
        if kind in words.WITHOUT_SUBJECT and not (piece.is_bold and piece.is_centred):
            return ""
        if subject and INFO.match(text):
            return "annex-info"  # a regulation in a file of its own
        return "" if self._is_below_subject(piece, kind) else "subject"

    def _untyped(self, paragraph: WordParagraph) -> DocumentPiece:
        """A paragraph without the line that is typed in it, below the subject as a rule."""
        pieces = lines(paragraph)
        typed = [one for one in pieces if words.is_typed_line(one)]
        self.typed += typed
        if not typed:
            return whole_piece(paragraph)
        return DocumentPiece(paragraph, tuple(run for one in pieces if one not in typed for run in one.runs))

    def _is_below_subject(self, piece: DocumentPiece, kind: str) -> bool:
        """Whether a line is no more of what the paper is about: part, basis, addressee or text."""
        text, subject = folded(piece.text), self.found["subject"]
        is_part = words.ROMAN.match(piece.text) or words.OTHER_ROMAN.match(piece.text) or words.PART.match(text)
        is_sent_to = kind == "cong dien" and words.TELEGRAM.search(text)
        if is_sent_to or words.BASIS.match(text) or words.ADDRESSEE.match(text) or is_part:
            return True
        place, above = piece.paragraph.place, self.found["type"][-1].paragraph.place
        is_title = (piece.is_bold or piece.is_centred) and len(subject) < _LONGEST_TITLE
        if subject and subject[0].is_centred and not piece.is_centred:
            return True  # the first heading of the text
        return (place != above and place is not None) or (bool(subject) and not is_title)

    def _addressee_and_basis(self, position: int) -> int:
        for at in range(position, len(self.paragraphs)):
            unknown = (one for one in self._parted(self.paragraphs[at]) if not self._is_opening(one) and one.text)
            for piece in unknown:
                is_text = self.found.get("basis") or at - position > _LONGEST_TITLE or not piece.is_centred
                if is_text or words.PART.match(folded(piece.text)):
                    return at
                if self._own_type() in words.ISSUED and piece.is_upper:
                    self.found["authority"].append(piece)
        return len(self.paragraphs)

    def _parted(self, paragraph: WordParagraph) -> tuple[DocumentPiece, ...]:
        """The lines of a paragraph that holds several addressees, or several lines of the basis."""
        pieces = lines(paragraph)
        first, *more = pieces
        if words.ADDRESSEE.match(folded(first.text)) and all(map(words.is_addressee, more)):
            return pieces
        if all(words.BASIS.match(folded(piece.text)) for piece in pieces):
            return pieces
        return (whole_piece(paragraph),)

    def _is_opening(self, piece: DocumentPiece) -> bool:
        """Puts an addressee or a line of the basis to its component; False if it is neither."""
        text = folded(piece.text)
        if words.ADDRESSEE.match(text):
            self.add("addressee", piece)
        elif self._own_type() == "cong dien" and words.TELEGRAM.search(text):
            self.add("telegram-addressee", piece)
        elif self.last == "telegram-addressee" and words.BULLET.match(piece.text):
            self.found["telegram-addressee"].append(piece)
        elif self.last == "addressee" and text and (piece.paragraph.place or self._is_next_addressee(piece)):
            self.found["addressee"].append(piece)
        elif piece.paragraph.place:
            return False
        elif words.BASIS.match(text) and (piece.is_italic or not words.RUNNING.search(text)):
            self.add("basis", piece)
        elif self.last == "basis" and self.found["basis"][-1].text.endswith(";") and piece.is_italic and text:
            self.found["basis"].append(piece)  # what stands behind ';' goes on with the list
        else:
            return False
        return True

    def _is_next_addressee(self, piece: DocumentPiece) -> bool:
        """Whether a line goes on with the list of addressees, which an entry such as `- Sở Nội vụ.` ends."""
        last = self.found["addressee"][-1].text
        is_ended = bool(words.BULLET.match(last)) and last.endswith(".") and not words.BULLET.match(piece.text)
        return not is_ended and words.is_addressee(piece)


def _is_name(piece: DocumentPiece) -> bool:
    """Whether a line of the left column is the name of an agency: in capitals, or bold and wrongly in small letters."""
    return piece.is_upper or (piece.is_bold and bool(words.AGENCY.match(folded(piece.text))))
