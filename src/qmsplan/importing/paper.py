"""The parts of a paper around its text: head, title, basis, end. `conformity.zones` finds most of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from qmsplan.conformity.pieces import folded
from qmsplan.conformity.zones import AGENCY, Zones, find_zones
from qmsplan.importing.ending import END, read_ending, signs_in_columns
from qmsplan.importing.grids import Block, Grid
from qmsplan.importing.lines import TextLine, cleaned
from qmsplan.importing.making import Branch
from qmsplan.importing.outline import Outline, is_layout_part
from qmsplan.word.reader import WordParagraph

_HEAD_ZONES = ("nation", "motto", "number", "dateline", "parent", "issuer", "letter-subject")
_TITLE_ZONES = ("type", "subject")
_END_ZONES = ("recipients-label", "recipient", "position", "signatory")
_STAMPS = (
    ("urgency", re.compile(r"^(HỎA TỐC|THƯỢNG KHẨN|KHẨN)$")),
    ("secrecy", re.compile(r"^(TUYỆT MẬT|TỐI MẬT|MẬT)$")),
    ("circulation", re.compile(r"^(LƯU HÀNH NỘI BỘ|XEM XONG TRẢ LẠI|CHỈ LƯU HÀNH TRONG NỘI BỘ)$")),
)
_DRAFT = re.compile(r"^du thao( lan \d+)?$")
_NUMBER = re.compile(r"^[Ss][ốoÔỐ]\s*[:.]?\s*(?P<number>[\d]*)[\s….·_-]*/\s*(?P<symbol>\S[^\s,;]*)")
_DATE = re.compile(r"ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>\d{4})", re.IGNORECASE)
_PART_OF_DATE = re.compile(r"\b(ngày|tháng)\s*\d", re.IGNORECASE)
_PLACE = re.compile(r"^(?P<place>[^,]{1,60}?)\s*,?\s*ngày\b", re.IGNORECASE)
_ORDINAL = re.compile(r"^\d{1,2}\s*[.)/]")
_BARE_NAME = r"uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy"
_PLACE_NAME = re.compile(r"^(xa|phuong|thi tran|thi xa|huyen|quan|tinh|thanh pho|tp|dac khu)\b")
"""A place that belongs to the name above it: `ỦY BAN NHÂN DÂN` / `XÃ PHÚ THỊNH`."""
_PARTY_NUMBER = re.compile(r"^[Ss][ốo]\s*[:.]?\s*(?P<number>\d*)[\s….·_]*-\s*(?P<symbol>[A-ZĐ]+(?:/[A-ZĐ]+)+)$")
_NATION = re.compile(r"cong hoa xa hoi chu nghia|doc lap.*tu do.*hanh phuc")
_LINE = re.compile(r"^(?=.*[-–—_=*~.…]{2})[-–—_=*~.…\soO0]{3,}$")
_BASIS = re.compile(r"^(can cu|theo de nghi|xet de nghi|xet to trinh)\b")
_CARRIED_OUT = re.compile(r"^(thuc hien|theo|trien khai|xet|tren co so) ")
"""How other lines of a basis begin, which end with a semicolon: `Thực hiện Nghị quyết số 76/NQ-CP …;`."""
_RUNNING = re.compile(r"(nhu sau|cu the|sau day)\s*:?\s*\.?\s*$|\b(ban hanh|xay dung) (ke hoach|muc tieu)\b")
_TITLES = ("KẾ HOẠCH", "MỤC TIÊU CHẤT LƯỢNG", "CHƯƠNG TRÌNH", "PHƯƠNG ÁN", "ĐỀ ÁN", "QUYẾT ĐỊNH", "NGHỊ QUYẾT")
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
    is_party: bool = False
    """Whether number and symbol are parted as the Party does: `07-KH/BTG`."""


def read_paper(outline: Outline, types: Iterable[str], footers: Sequence[str] = ()) -> PaperParts:
    """The parts of a paper. `types` are the names of types of documents: `Kế hoạch`."""
    paper = PaperParts()
    zones = find_zones(outline.paragraphs, types)
    paper.has_nation = bool(zones.of("nation"))
    _read_head(paper, zones)
    blocks = list(outline.blocks)
    start, end = _end_of(blocks, zones)
    paper.end = read_ending([block for block in blocks[start:end] if isinstance(block, TextLine)])
    if drafter := paper.end.pop("drafter", None):
        paper.head["drafter"] = drafter
    if dateline := paper.end.pop("dateline", None):
        paper.head["dateline"] = dateline
    paper.after = blocks[end:]
    paper.body = _read_title(paper, zones, blocks[:start])
    if address := [text for text in footers if text]:
        paper.head["address"] = "\n".join(address)
    return paper


def _read_head(paper: PaperParts, zones: Zones) -> None:
    paper.issuer = _name(zones, "issuer")
    paper.parent = _name(zones, "parent")
    if re.fullmatch(_BARE_NAME, folded(paper.parent)) and _PLACE_NAME.match(folded(paper.issuer)):
        paper.issuer, paper.parent = f"{paper.parent} {paper.issuer}", ""
    for piece in zones.of("number"):
        if match := _NUMBER.match(cleaned(piece.text)):
            paper.number = match["number"]
            paper.head["symbol"] = match["symbol"].strip(".")
        else:
            _read_party_number(paper, cleaned(piece.text))
    for piece in zones.of("dateline"):
        _read_dateline(paper, cleaned(piece.text))


def _read_dateline(paper: PaperParts, text: str) -> None:
    if (match := _PLACE.match(text)) and any(map(str.isalpha, match["place"])):
        paper.head["place"] = match["place"].strip(" ,.…")
    if _PART_OF_DATE.search(text):
        paper.dateline = text
    if match := _DATE.search(text):
        try:
            paper.day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            paper.day = None


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
    while start and _is_beside(blocks[start - 1], heads):
        start -= 1
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
    tables = {table for text, _, table in placed if _NATION.search(text)}
    return {paragraph for _, paragraph, table in placed if table in tables}


def _is_beside(block: Block, heads: set[WordParagraph]) -> bool:
    """Whether a line stands in a layout table, so that it belongs to the end beside it."""
    if isinstance(block, Grid) or block.paragraph is None or block.paragraph in heads:
        return False
    return is_layout_part(block.paragraph)


def _read_title(paper: PaperParts, zones: Zones, blocks: Sequence[Block]) -> list[Block]:
    """Reads title and basis; the blocks of the text."""
    heads, titles = _of_zones(zones, _HEAD_ZONES), _of_zones(zones, _TITLE_ZONES)
    if any(one.place is not None and not is_layout_part(one) for one in _of_zones(zones, ("type",))):
        zones = zones._replace(pieces={**zones.pieces, "type": [], "subject": []})  # a heading of a column
        titles = set()
    parts = {piece.paragraph for piece in zones.of("subject") if _ORDINAL.match(piece.text) and not piece.is_centred}
    parts |= {
        piece.paragraph for piece in zones.of("subject") if piece.text.startswith("(") and zones.of("subject")[1:]
    }
    titles -= parts
    basis, addressed = _of_zones(zones, ("basis",)), _of_zones(zones, ("addressee",))
    for name, zone in (("type", "type"), ("title", "subject")):
        lines = [cleaned(piece.text) for piece in zones.of(zone) if piece.paragraph not in parts]
        if lines:
            paper.head[name] = "\n".join(lines) if name == "title" else lines[0].strip(" :")
    body: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) or block.paragraph in addressed:
            body.append(block)
        elif block.paragraph in basis:
            paper.basis.append(block)
        elif (
            block.paragraph in heads
            or block.paragraph in titles
            or _LINE.match(block.text)
            or (not body and _is_stamp(paper, block))
        ):
            continue
        else:
            body.append(block)
    if "type" not in paper.head:
        body = _title_line(paper, body)
    while body and isinstance(body[0], TextLine) and _is_basis(body[0]):
        paper.basis.append(body[0])
        body = body[1:]
    return body


def read_title_lines(paper: PaperParts, blocks: list[Block], types: Iterable[str]) -> list[Block]:
    """Reads the title of a paper that has no head of the decree, such as a workbook; the blocks of the text."""
    names = {folded(name) for name in types}
    for at, block in enumerate(blocks[:_FIRST]):
        if isinstance(block, TextLine) and block.folded.strip(" :") in names:
            paper.head["type"] = block.text.strip(" :")
            end = at + 1
            while end < len(blocks) and end < at + 4 and _is_subject(blocks[end]):
                end += 1
            titles = [line.text for line in blocks[at + 1 : end] if isinstance(line, TextLine)]
            if titles:
                paper.head["title"] = "\n".join(titles)
            above = [one for one in blocks[:at] if isinstance(one, TextLine)]
            return [*_above(paper, above), *blocks[end:]]
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Grid)), len(blocks))
    rest = _title_line(paper, blocks)
    if "type" in paper.head:
        below = [one for one in rest if one in blocks[:first]]
        return [*_plain_head(paper, below), *(one for one in rest if one not in below)]
    return [*_plain_head(paper, blocks[:first]), *blocks[first:]]


def _plain_head(paper: PaperParts, blocks: Sequence[Block]) -> list[Block]:
    """Reads the lines above the first table of a workbook that nothing tells but their words: names of agencies, place
    and day, the title in capitals; the other lines."""
    left: list[Block] = []
    titles: list[str] = []
    is_annex = any(isinstance(one, TextLine) and re.match(r"phu luc|\(", one.folded) for one in blocks)
    for block in blocks:
        if not isinstance(block, TextLine) or not block.is_upper:
            if isinstance(block, TextLine) and _DATE.search(block.text):
                _read_dateline(paper, block.text)
            else:
                left.append(block)
        elif _NATION.search(block.folded):
            paper.has_nation = True
        elif AGENCY.match(block.folded) and not paper.parent and not titles:
            paper.issuer, paper.parent = block.text, paper.issuer
        elif "title" in paper.head or is_annex:
            left.append(block)
        else:
            titles.append(block.text)
    if titles:
        paper.head["title"] = "\n".join(titles)
    return left


def _is_subject(block: Block) -> bool:
    return isinstance(block, TextLine) and (block.is_bold or block.is_centred)


def _is_basis(line: TextLine) -> bool:
    is_part = line.text.endswith(";") and bool(_CARRIED_OUT.match(line.folded))
    return is_part or (bool(_BASIS.match(line.folded)) and not _RUNNING.search(line.folded))


def _is_stamp(paper: PaperParts, line: TextLine) -> bool:
    """Whether a line is a stamp such as `HỎA TỐC` or `DỰ THẢO`, which the plan says in a field of its own."""
    for name, pattern in _STAMPS:
        if match := pattern.match(line.text.strip()):
            paper.head[name] = match[1]
            return True
    return _read_party_number(paper, line.text) or bool(_DRAFT.match(line.folded))


def _read_party_number(paper: PaperParts, text: str) -> bool:
    """Reads number and symbol as bodies of the Party write them: `Số 07-KH/BTG`."""
    match = _PARTY_NUMBER.match(text)
    if match is None or "symbol" in paper.head:
        return False
    paper.number, paper.head["symbol"], paper.is_party = match["number"], match["symbol"], True
    return True


def _title_line(paper: PaperParts, body: list[Block]) -> list[Block]:
    """Finds a title that names its type and its subject in one line; the blocks without it and what is above."""
    for at, block in enumerate(body[:_FIRST]):
        if not isinstance(block, TextLine) or not (block.is_bold or block.is_centred or block.is_upper):
            continue
        upper = block.text.upper()
        kind = next((name for name in _TITLES if upper.startswith(name)), None)
        if kind is None or len(block.text) > 300:
            continue
        paper.head["type"] = block.text[: len(kind)]
        titles = [block.text[len(kind) :].strip(" :")]
        end = at + 1
        while end < len(body) and end < at + 4 and _goes_on(body[end]):
            titles.append(body[end].text)  # type: ignore[union-attr]
            end += 1
        paper.head["title"] = "\n".join(filter(None, titles))
        above = [one for one in body[:at] if isinstance(one, TextLine)]
        return [*_above(paper, above), *body[end:]]
    return body


def _goes_on(block: Block) -> bool:
    return isinstance(block, TextLine) and block.is_centred and block.is_bold and not re.match(r"^[IVX]+\.", block.text)


def _above(paper: PaperParts, lines: Sequence[TextLine]) -> list[Block]:
    """What stands above a title without a head: a caption, the issuer, place and day."""
    left: list[Block] = []
    for line in lines:
        if _FILE_CAPTION.match(line.folded) and "caption" not in paper.head:
            paper.head["caption"] = line.text
        elif _DATE.search(line.text) or re.search(r"ngày.{0,12}tháng.{0,12}năm", line.text):
            _read_dateline(paper, line.text)
        elif not paper.parent and (line.is_upper or line.is_bold):
            paper.issuer, paper.parent = line.text, paper.issuer
        else:
            left.append(line)
    return left
