"""What a paper is cut into: a piece is a paragraph, or the part of one that stands in a column made with tabs. The
words by which its parts are known, without tone marks and in small letters (`folded`). And the levels of its text:
`Chương I` with its title, `I.`, `Điều 1.`, `1.`, `a)`, `-`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from docx.oxml.ns import qn

from qmsplan.model.text import CAPITALS, bare, entries
from qmsplan.word.paragraph import WordParagraph, WordRun, normal, runs_by_line

WORDS: dict[str, str] = tomllib.loads(Path(__file__).with_name("paper_words.toml").read_text("utf-8"))
"""The words by which the parts of a paper are known, in lists."""


def any_of(name: str) -> str:
    """A pattern for any word of a list."""
    return "|".join(entries(WORDS[name]))


_COLUMNS = re.compile(r"\t+|[ \u00a0]{5,}")
"""What parts two columns that are made without a table."""
_OPEN = re.compile(r"(^|[Ss]ố:?|ngày|tháng|năm)\s*$")
"""Ends of texts in which blanks are left for a number or a day, or that are empty."""
_BOXES = 100.0
"""Points that two boxes stand apart at least that are columns."""
_CLAUSE_LETTER = re.compile(r"(?<=\d[ \u00a0])[a-h](?=[\s);,.]|$)|(?<=\bđiểm )[a-zđ]\b")


@dataclass(frozen=True)
class DocumentPiece:
    """Letters that belong to one component."""

    paragraph: WordParagraph
    runs: tuple[WordRun, ...]
    is_column: bool = False
    """Whether it is one of several columns that tabs make, so that its paragraph does not say where it stands."""

    @cached_property
    def text(self) -> str:
        """Its text as it is compared: composed, single blanks."""
        is_first = self.runs[0] is self.paragraph.runs[0] if self.runs else not self.paragraph.runs
        start = self.paragraph.ordinal if is_first else ""
        return normal(start + "".join(run.text for run in self.runs if not run.look.hidden))

    @cached_property
    def folded(self) -> str:
        """Its text without tone marks, in small letters."""
        return folded(self.text)

    @cached_property
    def letters(self) -> tuple[WordRun, ...]:
        """The runs that show something."""
        return tuple(run for run in self.runs if run.text.strip() and run.has_look and run.is_seen)

    @cached_property
    def is_bold(self) -> bool:
        """Whether most of its letters are bold."""
        bold = sum(len(run.text) for run in self.letters if run.look.bold)
        return bold * 2 > sum(len(run.text) for run in self.letters)

    @property
    def is_italic(self) -> bool:
        """Whether all of its letters are italic."""
        return bool(self.letters) and all(run.look.italic for run in self.letters)

    @cached_property
    def is_upper(self) -> bool:
        """Whether it is shown in capitals. The letter of a clause is no word: `(9.3.2 a)`."""
        letters = "".join(run.text.upper() if run.look.caps else run.text for run in self.letters)
        letters = _CLAUSE_LETTER.sub("", letters)
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
    return " ".join(bare(text.replace("Ð", "Đ")).split())  # the first is an Icelandic letter that looks the same


TEXT_LEVELS = ("body", "clause", "point", "bullet", "article")
"""Levels that are text: sizes, indents and gaps are asked of them."""
ROMAN = re.compile(r"^[IVXL]{1,6}\s*[.)]\s*\S")
OTHER_ROMAN = re.compile(r"^[IVX]{1,6}\s?[/–-]\s*\S")
"""How some offices number parts: `I/ Căn cứ`, `I- MỤC ĐÍCH`."""
PART = re.compile(r"^(phan (thu )?([ivxlc]+|nhat|hai|ba|tu|nam|\d+)|chuong ([ivxlc]+|\d+)|(tieu )?muc (\d+|[ivxl]+))\b")
_PART_ALONE = re.compile(rf"{PART.pattern}[\s.:]*$")
"""A number whose title stands below it: `Chương I`."""
ARTICLE = re.compile(r"^dieu \d+\s*[.:]")
BULLET = re.compile(r"^[-–—+•*·]\s*\S")
_CAPITAL = f"[{CAPITALS}]"
_CLAUSE = re.compile(
    rf"^\d{{1,2}}(\.\d{{1,2}})*\s*[.)]\s*\S|^\d{{1,2}}(\.\d{{1,2}})+\s+\S"
    rf"|^\d{{1,2}}\s?(/\s|/(?!\w+[-/])|[-–]\s?){_CAPITAL}"  # `1/ Mục đích`, and not `12/KH-UBND`
)
_POINT = re.compile(rf"^[a-zđ]{{1,2}}\s*\)\s*\S|^\([a-hđ]\)\s*\S|^[a-zđ]\s?[./:](?=\s|{_CAPITAL})|^[a-zđ]\s?[-–]\s")
_ODD_ROMAN = re.compile(r"^[IVXL]{1,6}\s?([/:]|[-–](?=\s))\s*(?!v\b)\S")
_ODD_ARTICLE = re.compile(rf"^Điều \d+\s*([/)]|[-–]\s|$|(?<=\s){_CAPITAL})")
"""Numbers with a mark that is not the decree's, taken for such where they are bold: `I/ MỤC ĐÍCH`, `Điều 1 Tên`."""
MARK = re.compile(r"^(?P<number>Điều \d+|[IVXL]{1,6}|\d{1,2}(?!\.?\d)|\(?[a-zđ]{1,2})(?P<mark>\s?[.)/:–-])?")
"""A number and the mark after it: `Điều 1` and `:`; no decimal."""
OPERATIVE = re.compile(r"^(quyet dinh|quyet nghi|nghi quyet)\s*:?$")
"""The line above the articles: `QUYẾT ĐỊNH:`."""
_LONGEST_PART = 120
_LONGEST_TITLE = 250


def body_level(piece: DocumentPiece) -> str:
    """What a paragraph of the text is: `part`, `section` (`I.`), `article`, `clause`, `point`, `bullet`, `body`, or
    `other` for what stands in the middle."""
    text, plain = piece.folded, piece.text
    is_short = len(plain) < _LONGEST_PART
    is_bold = piece.is_bold or piece.paragraph.ordinal_bold
    is_heading = _PART_ALONE.match(text) or piece.is_bold or piece.is_upper  # and no `Chương I của Nghị định này`
    levels = (
        ("part", is_short and is_heading and PART.match(text)),
        ("section", ROMAN.match(plain) or ((is_bold or piece.is_upper) and _ODD_ROMAN.match(plain))),
        ("article", ARTICLE.match(text) or (is_bold and is_short and _ODD_ARTICLE.match(plain))),
        ("other", piece.is_centred),
        ("clause", _CLAUSE.match(plain)),
        ("point", _POINT.match(plain)),
        ("bullet", BULLET.match(plain)),
    )
    return next((name for name, is_one in levels if is_one), "body")


_UNIT_LINE = re.compile(r"^\(?(?:don vi tinh|dvt)\s*:.{1,40}$")
"""`Đơn vị tính: triệu đồng` above a table, which the decree says nothing of; inside one it is a heading as others."""


def body_pieces(paragraphs: Iterable[WordParagraph]) -> Iterator[tuple[str, DocumentPiece]]:
    """The paragraphs of a text with the names of their levels. `part-title` is the title below `Chương I`, `operative`
    the line `QUYẾT ĐỊNH:`."""
    titled = False
    for paragraph in paragraphs:
        piece = whole_piece(paragraph)
        if not piece.text or paragraph.in_box or (not paragraph.depth and _UNIT_LINE.match(piece.folded)):
            continue
        name = "table" if paragraph.depth else body_level(piece)
        name = "operative" if name in {"other", "body"} and OPERATIVE.match(piece.folded) else name
        if titled and name in {"other", "body"} and len(piece.text) < _LONGEST_TITLE and not piece.text.endswith("."):
            yield "part-title", piece
            continue  # a title may go on on the next line
        first, *more = lines(paragraph)
        if more and _PART_ALONE.match(first.folded):
            yield "part", first
            yield from (("part-title", line) for line in more)
            continue
        titled = name == "part" and bool(_PART_ALONE.match(piece.folded))
        yield name, piece


_STAMP = re.compile(rf"({any_of('stamps')})( \(?hẹn giờ.*)?")
"""Marks of urgency, secrecy and circulation."""
_ODD_STAMP = re.compile(r"(rất |tối |đại )?(khẩn cấp|hỏa tốc|thượng khẩn|khẩn)|hỏa tốc khẩn|gấp|rất gấp|cấp bách")
"""What people stamp instead."""
DRAFT = re.compile(r"^du thao\b")
AGENCY = re.compile(rf"^(?!{any_of('no_agencies')})({any_of('agencies')})\b")
"""How the names of agencies begin, without tone marks; `Bộ chỉ số`, `Quy chế` and `Bản đồ` begin titles, and `Ban Đô
thị` is an agency."""
END = re.compile(r"^noi nhan\b.{0,30}$")
"""The line above the recipients, folded."""
POST = re.compile(rf"^({any_of('posts')})")
"""How the lines above the names of those who sign begin, folded: `kt. giam doc`."""
WITHOUT_SUBJECT = frozenset(entries(WORDS["without_subject"]))
"""Types without a line on what they are about: by their forms in Annex III (1.8, 1.10), or by custom (letters of
authority and slips, which form 1.4 names among the papers that have one)."""
NATION = re.compile(r"cong hoa xa hoi chu nghia|^cong hoa x")
OTHER_NATION = re.compile(r"^dang cong san viet nam$|^doan (tncs|thanh nien cong san) ho chi minh$")
"""What stands in the place of the nation in papers of the Party and of the Youth Union."""
MOTTO = re.compile(r"doc lap.*tu do.*hanh phuc")
NUMBER = re.compile(r"^so\s*[:.]?\s*[\d\s….·_-]*/|^so\s*:")
DATE = re.compile(
    r"\bngay\b.{0,14}\bthang\b.{0,14}\bnam\b"
    r"|^[^;:()/\d]{0,40}\bngay\s*\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}\.?$|\bngay\s*\d{1,2}\s+thang\s*\d{1,2}\s?[/.-]\s?\d{4}"
    r"|^[^,;:()/]{2,40},\s*(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|(ngay )?thang\s*\d{1,2}\s*(nam|/)\s*\d{4})\.?$"
)
"""A day, also in the short forms that the decree does not have: `Cà Mau, 05/02/2026`."""
_STROKES = r"-_…\u2010-\u2015\u2212\u2500\u2501\u23af\u00af\u203e*=~.\s"
HEAD_LINE = re.compile(rf"^so\s*[:.]|\bthang\b.{{0,14}}\bnam\b|doc lap|^[{_STROKES}]+$|^(v/v|ve viec)\b")
"""What may still stand below a head in a table of its own."""
LETTER = re.compile(r"^(v/v|ve viec)\b")
BASIS = re.compile(r"^(can cu|theo de nghi|xet de nghi|xet to trinh)\b")
RUNNING = re.compile(
    r"(nhu sau|cu the|sau day)\s*:?\s*$|:$|\b(ban hanh|xay dung|trien khai) (ke hoach|bao cao|muc tieu)"
)
ADDRESSEE = re.compile(r"^kinh gui\b")
CHAIR = re.compile(r"^(chu tri|chu toa)")
"""Those who sign minutes."""
DRAFTER = re.compile(
    r"^([A-ZĐ][\w.]{0,9}|[A-ZĐ][A-ZĐ.&, ]{1,20}|[a-zđ]{1,5}\.)\s?\(\d{1,4}\)$|^[A-ZĐ][A-ZĐ.&, ]{0,20}\d{1,3}$"
)
"""Who typed the paper, and how many copies: `PL.(300)`, `TH, NC 12`."""
_SIGNED = re.compile(r"^[(\[]|^(da ky|ky so|ky ten)$|^(nguoi ky|ky boi|ky ngay|ngay ky|thoi gian ky|chu ky)\b.*:")
"""What stands where somebody signs and is neither post nor name: `(Ký, đóng dấu)`, `Người ký: …`."""
OTHER_TYPES = tuple(entries(WORDS["other_types"]))
ISSUED = frozenset(entries(WORDS["issued"]))
"""Types whose title is followed by who issues them: `GIÁM ĐỐC SỞ TƯ PHÁP`."""
CONTRACT = re.compile(r"^(hop dong|phu luc hop dong)( [^:;.]{2,60})?$")
TELEGRAM = re.compile(r"\bdien\s*:?$")
"""The end of the line above whom a telegram is sent to: `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:`."""
OPEN_NAMES, HEADS = (frozenset(entries(WORDS[name])) for name in ("open_names", "heads"))
"""Names that go on on the next line, and posts that issue papers themselves: `CHỦ TỊCH` / `ỦY BAN NHÂN DÂN`."""
PLACE_NAME = re.compile(r"^(xa|phuong|thi tran|thi xa|huyen|quan|tinh|thanh pho|tp|dac khu)\b")
"""A place that belongs to the name above it: `ỦY BAN NHÂN DÂN` / `XÃ PHÚ THỊNH`."""
TYPED_LINE = re.compile(rf"^(?=.{{3}})[{_STROKES}]+([oO]0?[oO][{_STROKES}]+)?$")
"""A line made of hyphens, underscores or the like: `_______`, `---o0o---`."""
_LONGEST_ADDRESSEE = _LONGEST_DATE = 90
_LEFT_MOST = 60.0
"""Millimetres of indent up to which a line stands on the left."""
_BLANKS = 12
"""Blanks before a line that move it to the right."""
_NO_AGENCY = re.compile(r"(xã|phường|số|tổ)\b|\w+ \d", re.IGNORECASE)
"""Parts of an address that begin as agencies do without tone marks: `số 12 đường …`, `phòng 302`."""


_ROMANS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def number_value(text: str) -> int:
    """What a number in figures, or a Roman one, says: `XIV` is 14."""
    if text.isdecimal():
        return int(text)
    values = [_ROMANS[letter] for letter in text.lower()]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def is_stamp(text: str) -> bool:
    """Whether a text is a mark of urgency, secrecy or circulation and nothing else: `HỎA TỐC`, not `MẶT TRẬN`."""
    plain = normal(text).strip(" .").lower()
    return _STAMP.fullmatch(plain) is not None or is_odd_stamp(text)


def is_odd_stamp(text: str) -> bool:
    """Whether a text is a mark of urgency in other words than the decree's three: `KHẨN CẤP`."""
    plain = normal(text).strip(" .!").lower()
    return text.isupper() and not _STAMP.fullmatch(plain) and _ODD_STAMP.fullmatch(plain) is not None


def names_agency(text: str) -> bool:
    """Whether a text begins with the name of an agency in capital letters: `Sở Nội vụ`."""
    return text[:1].isupper() and bool(AGENCY.match(folded(text))) and not _NO_AGENCY.match(text)


def is_typed_line(piece: DocumentPiece) -> bool:
    """Whether a line is typed, as hyphens, underlined blanks or the dots before a tab, and not drawn."""
    leaders = [tab.get(qn("w:leader"), "none") for tab in piece.paragraph.element.iter(qn("w:tab"))]
    is_led = any("\t" in run.text for run in piece.runs) and any(leader != "none" for leader in leaders)
    blanks = not piece.text and (is_led or any(run.look.underline and run.text.strip("\n") for run in piece.runs))
    return blanks or TYPED_LINE.match(piece.text) is not None


def is_date(text: str) -> bool:
    """Whether a folded line says place and day: `ca mau, ngay 05 thang 02 nam 2026`."""
    is_other = text.startswith(("(", "can cu", "so:")) or LETTER.match(text)
    return bool(DATE.search(text)) and len(text) < _LONGEST_DATE and not is_other


def is_post(text: str) -> bool:
    """Whether a line begins as a post does: `Phó Giám đốc`. Trương is a name, Trưởng a post."""
    return bool(POST.match(folded(text))) and not text.lower().startswith("trương ")


def is_signing_mark(text: str) -> bool:
    """Whether a line says that, how or when somebody signs: `(Đã ký)`, `Thời gian ký: 05/02/2026`."""
    return bool(_SIGNED.match(folded(text)))


def is_addressee(piece: DocumentPiece) -> bool:
    """Whether a line below `Kính gửi:` goes on with the list: after a dash, or, wrongly without one, as an agency's
    name with the mark of a list at its end."""
    is_named = len(piece.text) < _LONGEST_ADDRESSEE and piece.text.endswith((";", "."))
    return bool(BULLET.match(piece.text)) or (is_named and names_agency(piece.text))


def stands_left(paragraph: WordParagraph) -> bool:
    """Whether a line at the end of a paper belongs to the recipients: neither centred nor moved to the right by its
    indent, a tab or many blanks, as the name below `GIÁM ĐỐC` is. One with a bullet does."""
    look = paragraph.look
    if look.align in {"center", "right"} or look.left >= _LEFT_MOST:
        return False
    return bool(BULLET.match(paragraph.text.lstrip())) or not paragraph.text.startswith(("\t", " " * _BLANKS))
