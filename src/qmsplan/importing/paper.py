"""The parts of a paper around its text: head, title, basis, end. `conformity.zones` finds most of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from qmsplan.conformity.pieces import AGENCY, BASIS, END, OTHER_NATION, PLACE_NAME, folded, is_date
from qmsplan.conformity.zones import Zones, find_zones
from qmsplan.diagnostics import Message, UserError
from qmsplan.importing.column_words import any_of, money_unit
from qmsplan.importing.ending import read_ending, signs_in_columns
from qmsplan.importing.lines import Block, Grid, TextLine, cleaned, lines_in
from qmsplan.importing.making import Branch, split_ordinal
from qmsplan.importing.outline import NATION, Outline, is_layout_part, read_outline
from qmsplan.model.text import DAY_IN_WORDS, day_of
from qmsplan.word.paragraph import WordParagraph
from qmsplan.word.reader import WordContent

_HEAD_ZONES = ("nation", "motto", "number", "dateline", "parent", "issuer", "letter-subject")
_END_ZONES = ("recipients-label", "recipient", "position", "signatory")
_STAMPS = (
    ("urgency", re.compile(r"^(HỎA TỐC|THƯỢNG KHẨN|KHẨN)$")),
    ("secrecy", re.compile(r"^(TUYỆT MẬT|TỐI MẬT|MẬT)$")),
    ("circulation", re.compile(r"^(LƯU HÀNH NỘI BỘ|XEM XONG TRẢ LẠI|CHỈ LƯU HÀNH TRONG NỘI BỘ)$")),
)
_DRAFT = re.compile(r"^du thao( lan \d+)?$")
_NUMBER = re.compile(r"^[Ss][ốoÔỐ]\s*[:.]?\s*(?P<number>[\d]*)[\s….·_-]*/\s*(?P<symbol>\S[^\s,;]*)")
DATE = re.compile(rf"ngày\s*{DAY_IN_WORDS}", re.IGNORECASE)
"""In words alone: a day in figures belongs to a paper that the text cites."""
_PART_OFDATE = re.compile(r"\b(ngày|tháng)\s*\d", re.IGNORECASE)
_PLACE = re.compile(r"^(?P<place>[^,]{1,60}?)\s*,?\s*ngày\b", re.IGNORECASE)
_ORDINAL = re.compile(r"^\d{1,2}\s*[.)/]")
_BARE_NAME = r"uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy"
_PARTY_NUMBER = re.compile(
    r"^[Ss][ốo]\s*[:.]?\s*(?P<number>\d*)[\s….·_]*-\s*(?P<symbol>[A-ZĐ][A-Za-zĐđ]*(?:/[A-ZĐ]+(?:-[A-ZĐ]+)*)+)$"
)
_STATE = "cong hoa xa hoi chu nghia"
_LINE = re.compile(r"^(?=.*[-–—_=*~.…]{2})[-–—_=*~.…\soO0]{3,}$")
_CARRIED_OUT = re.compile(r"^(thuc hien|theo|trien khai|xet|tren co so) ")
"""How other lines of a basis begin, which end with a semicolon: `Thực hiện Nghị quyết số 76/NQ-CP …;`."""
_RUNNING = re.compile(r"(nhu sau|cu the|sau day)\s*:?\s*\.?\s*$|\b(ban hanh|xay dung) (ke hoach|muc tieu)\b")
TITLES = tuple(any_of("titles").split("|"))
_LAST = 10
"""Lines among which a signature without recipients is looked for."""
_FIRST = 40
"""Lines among which a title is looked for."""
_FILE_CAPTION = re.compile(r"^(phu luc( so)?( [ivx]+| \d+)?|vi du|mau( so)? [\w.-]+)\s*:?$")


@dataclass
class PaperParts:
    """A paper: the fields of its head and end, and the blocks of its text and of what stands behind the end."""

    head: Branch = field(default_factory=dict)
    parent: str = ""
    issuer: str = ""
    number: str = ""
    day: date | None = None
    dateline: str = ""
    """The line of place and day, if it says more than a place and a year: `Cà Mau, ngày    tháng 3 năm 2026`."""
    basis: list[TextLine] = field(default_factory=list)
    end: Branch = field(default_factory=dict)
    body: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    has_nation: bool = False
    others: list[str] = field(default_factory=list)
    """Place, number and symbol of the further papers in the same file, each with a head of its own: `2: 05/KH-SX`."""
    paragraphs: frozenset[int] = frozenset()
    """The numbers of its paragraphs in a Word file."""
    is_party: bool = False
    """Whether number and symbol are parted as the Party does: `07-KH/BTG`."""


def read_paper(content: WordContent, types: Iterable[str], chosen: int = 0) -> PaperParts:
    """The parts of a paper. `types` are the names of types of documents: `Kế hoạch`. Of several papers in a file it is
    the first one, or the one that is chosen, from 1; UserError if there is none."""
    outline, paper = read_outline(content), PaperParts()
    others = list(_other_papers(outline.blocks))
    paper.others = [f"{at}: {number}" for at, (_, number) in enumerate(others, 2) if at != chosen]
    refuse_other_than(len(others) + 1, chosen)
    begin = others[chosen - 2][0] if chosen > 1 else 0
    end = next((at for at, number in others if at > begin and number[0].isdigit()), 0)
    outline = _between(outline, begin, end)
    paper.paragraphs = frozenset(one.number for one in outline.paragraphs)
    zones = find_zones(outline.paragraphs, (*types, *TITLES))
    paper.has_nation = bool(zones.of("nation"))
    _read_head(paper, zones)
    blocks = list(outline.blocks)
    start, end = _end_of(blocks, zones)
    paper.end = read_ending([block for block in blocks[start:end] if isinstance(block, TextLine)])
    if drafter := paper.end.pop("drafter", None):
        paper.head["drafter"] = drafter
    if dateline := paper.end.pop("dateline", None):
        paper.head["dateline"] = dateline
        if "place" not in paper.head:
            read_dateline(paper, str(dateline))
    paper.after = blocks[end:]
    paper.body = _read_title(paper, zones, blocks[:start])
    footers = dict.fromkeys(cleaned(one.text) for part in content.margins.values() for one in part)
    if address := [text for text in footers if any(map(str.isalpha, text))]:
        paper.head["address"] = "\n".join(address)
    return paper


def refuse_other_than(count: int, chosen: int) -> None:
    """UserError if a file holds fewer papers than the one that is chosen."""
    if chosen > count:
        raise UserError(
            Message("there is no paper {number} in the file, it holds {count}", number=chosen, count=count),
            Message("leave '--paper' out to see which ones it holds"),
        )


_HEIGHT = 8
"""Lines among which a head has both the name of the nation and its number."""


def _other_papers(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Further names of the nation among the blocks, each with the number that stands near it, but for that of the
    paper, which the heads of annexes repeat."""
    lines = [(at, block) for at, block in enumerate(blocks) if isinstance(block, TextLine)]
    heads = [i for i, (_, one) in enumerate(lines) if OTHER_NATION.match(one.folded) or one.folded.startswith(_STATE)]
    known: set[str] | None = None
    for head in heads:
        near = lines[max(head - _HEIGHT // 2, 0) : head + _HEIGHT]
        numbers = ["".join(found) for _, line in near if (found := _number_in(line.text))]
        if known is None:
            known = set(numbers)
        elif numbers and not known & set(numbers):
            yield lines[head][0], numbers[0]
            known |= set(numbers)


def _between(outline: Outline, begin: int, end: int) -> Outline:
    """The paper from the head with the name of the nation in one block to that in another one, from the start or to
    the end of the file for 0."""
    first, of_first = _start_of_head(outline, begin) if begin else (0, 0)
    last, of_last = _start_of_head(outline, end) if end else (len(outline.blocks), len(outline.paragraphs))
    return Outline(outline.blocks[first:last], outline.paragraphs[of_first:of_last])


def _start_of_head(outline: Outline, nation: int) -> tuple[int, int]:
    """The block and the paragraph with which a head begins that has the name of the nation in this block: what is
    printed beside and above it, an agency's name, belongs to it."""
    start, blocks = nation, outline.blocks
    while start and _is_of_head(blocks[start - 1], blocks[nation]):
        start -= 1
    first = blocks[start]
    assert isinstance(first, TextLine)  # noqa: S101
    place = next((at for at, one in enumerate(outline.paragraphs) if one is first.paragraph), len(outline.paragraphs))
    return start, place


def _is_of_head(block: Block, nation: Block) -> bool:
    if isinstance(block, Grid) or isinstance(nation, Grid) or block.paragraph is None or nation.paragraph is None:
        return False
    place, beside = block.paragraph.place, nation.paragraph.place
    return place.table == beside.table if place and beside else place is beside and block.is_upper


def _read_head(paper: PaperParts, zones: Zones) -> None:
    paper.parent, paper.issuer = _parted(_name(zones, "parent"), _name(zones, "issuer"))
    for piece in zones.of("number"):
        read_number(paper, cleaned(piece.text))
    for piece in zones.of("dateline"):
        read_dateline(paper, cleaned(piece.text))


def _parted(parent: str, issuer: str) -> tuple[str, str]:
    """The agency above and the one that issues the paper; `ỦY BAN NHÂN DÂN` and `XÃ A` below it are one name."""
    is_one = re.fullmatch(_BARE_NAME, folded(parent)) and PLACE_NAME.match(folded(issuer))
    return ("", f"{parent} {issuer}") if is_one else (parent, issuer)


def read_dateline(paper: PaperParts, text: str) -> None:
    """Reads place and day from their line: `Cà Mau, ngày 05 tháng 02 năm 2026`."""
    if (match := _PLACE.match(text)) and any(map(str.isalpha, match["place"])):
        paper.head["place"] = match["place"].strip(" ,.…")
    if _PART_OFDATE.search(text):
        paper.dateline = text
    if match := DATE.search(text):
        paper.day = day_of(match)


def _name(zones: Zones, zone: str) -> str:
    """A name over several lines in one, as it is printed."""
    pieces = [cleaned(piece.text) for piece in zones.of(zone)]
    return " ".join(text for text in pieces if not _LINE.match(text))


def _of_zones(zones: Zones, names: Sequence[str]) -> set[WordParagraph]:
    return {piece.paragraph for piece in zones.of(*names)}


def _end_of(blocks: Sequence[Block], zones: Zones) -> tuple[int, int]:
    """Where the end of the paper begins, and where what is behind it."""
    found = _of_zones(zones, _END_ZONES)
    heads = _of_zones(zones, _HEAD_ZONES)
    heads |= _other_heads(blocks)
    found -= heads
    at = [i for i, block in enumerate(blocks) if isinstance(block, TextLine) and block.paragraph in found]
    if not at:
        at = [i for i, block in enumerate(blocks) if isinstance(block, TextLine) and END.match(block.folded)]
    if not at:
        at = [i for i, block in enumerate(blocks) if _is_beside(block, heads)][-1:]
    if not at:
        last = [i for i, block in enumerate(blocks) if isinstance(block, TextLine)][-_LAST:]
        first = next((i for i in last if signs_in_columns(blocks[i])), len(blocks))
        at = [i for i in last if i >= first]
    if not at:
        return len(blocks), len(blocks)
    start, end = at[0], at[-1] + 1
    while start and (
        _is_beside(above := blocks[start - 1], heads)
        or (isinstance(above, TextLine) and above.paragraph is not None and is_date(above.folded))
    ):
        start -= 1  # place and day stand above those who sign, as forms have it
    while end < len(blocks) and _is_beside(blocks[end], heads):
        end += 1
    return start, end


def _other_heads(blocks: Sequence[Block]) -> set[WordParagraph]:
    """The paragraphs of layout tables with a head of the nation: that of the paper, and those of annexes."""
    placed = [
        (block.folded, block.paragraph, block.paragraph.place.table)
        for block in blocks
        if isinstance(block, TextLine) and block.paragraph is not None and block.paragraph.place is not None
    ]
    tables = {table for text, _, table in placed if NATION.search(text)}
    return {paragraph for _, paragraph, table in placed if table in tables}


def _is_beside(block: Block, heads: set[WordParagraph]) -> bool:
    """Whether a line stands in a layout table, so that it belongs to the end beside it."""
    if isinstance(block, Grid) or block.paragraph is None or block.paragraph in heads:
        return False
    return is_layout_part(block.paragraph)


def _read_title(paper: PaperParts, zones: Zones, blocks: Sequence[Block]) -> list[Block]:
    """Reads title and basis; the blocks of the text."""
    above = _of_zones(zones, _HEAD_ZONES) | _read_names(paper, zones)
    basis, addressed = _of_zones(zones, ("basis",)), _of_zones(zones, ("addressee",))
    body: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) or block.paragraph in addressed:
            body.append(block)
        elif block.paragraph in basis:
            paper.basis.append(block)
        elif block.paragraph not in above and not _is_above_text(paper, block, is_first=not body):
            body.append(block)
    if "type" not in paper.head:
        body = _title_line(paper, body)
    while body and isinstance(body[0], TextLine) and is_basis(body[0]):
        paper.basis.append(body[0])
        body = body[1:]
    return body


def _read_names(paper: PaperParts, zones: Zones) -> set[WordParagraph]:
    """Reads the type of a paper and what it is about; the paragraphs that say them."""
    types, subject = zones.of("type"), zones.of("subject")
    if any(one.paragraph.place is not None and not is_layout_part(one.paragraph) for one in types):
        return set()  # a heading of a column
    text = {one.paragraph for one in subject if _ORDINAL.match(one.text) and not one.is_centred}
    if len(subject) > 1:
        text |= {one.paragraph for one in subject if one.text.startswith("(")}
    types, subject = ([one for one in pieces if one.paragraph not in text] for pieces in (types, subject))
    if types:
        paper.head["type"] = cleaned(types[0].text).strip(" :")
    if subject:
        paper.head["title"] = "\n".join(cleaned(one.text) for one in subject)
    return {one.paragraph for one in (*types, *subject)}


def _is_above_text(paper: PaperParts, line: TextLine, *, is_first: bool) -> bool:
    """Whether a line is drawn, or a stamp or the name of the nation before the first line of the text."""
    if _LINE.match(line.text):
        return True
    return is_first and (_is_stamp(paper, line) or bool(OTHER_NATION.match(line.folded)))


def is_basis(line: TextLine) -> bool:
    """Whether a line names what the document is based on: `Căn cứ Luật …;`."""
    if line.text.endswith(";") and (_CARRIED_OUT.match(line.folded) or BASIS.match(line.folded)):
        return True
    return bool(BASIS.match(line.folded)) and not _RUNNING.search(line.folded)


def _is_stamp(paper: PaperParts, line: TextLine) -> bool:
    """Whether a line is a stamp such as `HỎA TỐC` or `DỰ THẢO`, which the plan says in a field of its own."""
    for name, pattern in _STAMPS:
        if match := pattern.match(line.text.strip()):
            paper.head[name] = match[1]
            return True
    return read_number(paper, line.text) or bool(_DRAFT.match(line.folded))


def _number_in(text: str) -> tuple[str, str, str] | None:
    """Number, mark and symbol of a line, also as bodies of the Party write them: `14`, `/`, `KH-PCC1` of `Số:
    14/KH-PCC1`; `07`, `-`, `KH/BTG` of `Số 07-KH/BTG`."""
    found = ((pattern.match(text), mark) for pattern, mark in ((_NUMBER, "/"), (_PARTY_NUMBER, "-")))
    return next(((one["number"], mark, one["symbol"].strip(".")) for one, mark in found if one), None)


def read_number(paper: PaperParts, text: str) -> bool:
    """Reads a line with number and symbol, if none was read."""
    found = _number_in(text)
    if found is None or "symbol" in paper.head:
        return False
    paper.number, mark, symbol = found
    if any(map(str.isalnum, symbol)):
        paper.head["symbol"] = symbol
    paper.is_party = mark == "-"
    return True


def _title_line(paper: PaperParts, body: list[Block]) -> list[Block]:
    """Finds a title that names its type and its subject in one line; the blocks without it and what is above."""
    reader = HeadLines(paper, TITLES)
    for at, block in enumerate(body[:_FIRST]):
        if isinstance(block, TextLine) and (block.is_bold or block.is_centred or block.is_upper):
            if not reader.type_of(block) or len(block.text) > _LONGEST_TITLE:
                continue
            end = at + 1
            while end < min(len(body), at + 1 + _MOST_TITLES) and _goes_on(body[end]):
                end += 1
            return [*reader.read(list(lines_in(body[:end]))), *body[end:]]
    return body


def _goes_on(block: Block) -> bool:
    return isinstance(block, TextLine) and block.is_centred and block.is_bold and not re.match(r"^[IVX]+\.", block.text)


_LONGEST_TITLE, _LONGEST_DATE = 300, 90
_MOST_TITLES = 3
_NAMED = re.compile(r"^(tên )?(đơn vị|cơ quan|phòng|phòng, ban|bộ phận)\s*:\s*(?P<name>\S.*)$", re.IGNORECASE)
"""A line that names the issuer: `Đơn vị: Phòng Kinh tế xã Bình Minh`."""
_ANNEX = re.compile(r"^(phu luc|\(? ?(ban hanh )?kem theo)\b")


class HeadLines:
    """Reads the lines above a text or a table whose head no table lays out: agencies, number, day, type and title."""

    def __init__(self, paper: PaperParts, types: Iterable[str]) -> None:
        self.paper, self.types = paper, sorted(map(folded, (*types, *TITLES)), key=len, reverse=True)
        self.titles: list[str] = []
        self.is_open = False
        """Whether the line above is a type or a part of the title, so that the title may go on."""
        self.is_annex = False
        self.is_above_type = False
        """Whether a line below names the type, so that capitals here are those of an agency."""

    def read(self, lines: Sequence[TextLine]) -> list[TextLine]:
        """The lines that are no part of a head."""
        self.is_annex = any(_ANNEX.match(line.folded) for line in lines) and not any(map(self.type_of, lines))
        named = next((at for at, line in enumerate(lines) if self.type_of(line)), 0)
        left = []
        for at, line in enumerate(lines):
            self.is_above_type = at < named
            left += [] if self._takes(line) else [line]
        self.paper.parent, self.paper.issuer = _parted(self.paper.parent, self.paper.issuer)
        if self.titles:
            self.paper.head["title"] = "\n".join(self.titles)
        return left

    def type_of(self, line: TextLine) -> str:
        """The type of paper that a line begins with, in small letters without marks; "" if it names none."""
        found = re.match(rf"(?:(?:bang|phieu|bieu) )?(?:{'|'.join(self.types)})(?=[ :]|$)", line.folded)
        return found[0] if found else ""

    def _takes(self, line: TextLine) -> bool:
        paper, was_open = self.paper, self.is_open
        self.is_open = False
        if self.is_above_type and _FILE_CAPTION.match(line.folded) and "caption" not in paper.head:
            paper.head["caption"] = line.text
        elif _LINE.match(line.text) or line.text == "*":
            return True
        elif NATION.search(line.folded):
            paper.has_nation = True
        elif DATE.search(line.text) and len(line.text) < _LONGEST_DATE and not line.text.startswith("("):
            read_dateline(paper, line.text)
        elif not (read_number(paper, line.text) or self._is_title(line, was_open=was_open)):
            return self._is_agency(line)
        return True

    def _is_title(self, line: TextLine, *, was_open: bool) -> bool:
        if len(line.text) > _LONGEST_TITLE or is_basis(line) or self.is_annex or split_ordinal(line.text)[0]:
            return False
        named = self.type_of(line)
        if named and "type" not in self.paper.head:
            self.paper.head["type"] = line.text[: len(named)]
            self.titles += [rest] if (rest := line.text[len(named) :].strip(" :")) else []
            self.is_open = True
            return True
        is_like = line.is_upper or line.is_bold or line.is_centred
        goes_on = was_open and (not self.titles or is_like) and not line.text.endswith((".", ":"))
        goes_on = goes_on and not named and not (line.is_upper and AGENCY.match(line.folded))
        alone = line.is_upper and not (self.titles or self.is_above_type or AGENCY.match(line.folded))
        if (goes_on or alone) and len(self.titles) < _MOST_TITLES:
            self.titles.append(line.text)
            self.is_open = True
            return True
        return False

    def _is_agency(self, line: TextLine) -> bool:
        paper = self.paper
        named = None if money_unit(line.text) else _NAMED.match(line.text)
        is_name = AGENCY.match(line.folded) or (self.is_above_type and not any(map(str.isdigit, line.text)))
        if named is None and not ((line.is_upper or line.is_bold) and is_name):
            return False
        is_below = bool(self.titles) or "type" in paper.head
        if paper.issuer and (named or is_below or paper.parent):
            return False
        paper.issuer, paper.parent = named["name"].strip() if named else line.text, paper.issuer
        return True
