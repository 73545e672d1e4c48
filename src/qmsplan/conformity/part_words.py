"""Words by which parts of a paper are known, without tone marks and in small letters (`pieces.folded`)."""

from __future__ import annotations

import re

from docx.oxml.ns import qn

from qmsplan.conformity.levels import BULLET
from qmsplan.conformity.pieces import DocumentPiece, folded
from qmsplan.word.paragraph import WordParagraph, normal

_STAMP = re.compile(
    r"(hỏa tốc|hoả tốc|thượng khẩn|khẩn|tối mật|tuyệt mật|mật|lưu hành nội bộ|xem xong trả lại)( \(?hẹn giờ.*)?"
)
"""Marks of urgency, secrecy and circulation."""
_ODD_STAMP = re.compile(r"(rất |tối |đại )?(khẩn cấp|hỏa tốc|thượng khẩn|khẩn)|hỏa tốc khẩn|gấp|rất gấp|cấp bách")
"""What people stamp instead."""
DRAFT = re.compile(r"^du thao\b")
AGENCY = re.compile(
    r"^(uy ban|ubnd|hdnd|hoi dong|so|bo|trung tam|phong|cuc|chi cuc|tong cuc|ban|truong|benh vien|van phong|vien|"
    r"thanh tra|toa an|dai hoc|hoc vien|cong ty|dang uy|dang bo|hoi|lien doan|"
    r"mat tran|quy|to|cong an|tong cong ty|bao|dai|to chuc|"
    r"thu vien|bao tang|kho bac|chi nhanh|xa|phuong|don vi|tram|nha may|xi nghiep|doan|cong doan|tinh doan|thanh doan|"
    r"tinh uy|thanh uy)\b"
)
"""How the names of agencies begin, without tone marks."""
END = re.compile(r"^noi nhan\b.{0,30}$")
"""The line above the recipients, folded."""
POST = re.compile(
    r"^(tm\.|kt\.|tl\.|tuq\.|q\.|t/m|k/t|pho |giam doc|tong giam doc|chu tich|truong |thu truong|bo truong|chanh |"
    r"cuc truong|vien truong|hieu truong|chu nhiem|quyen |tong thu ky|thu ky|bi thu|vu truong|chi cuc truong|to truong|"
    r"doi truong|tram truong|lanh dao |ke toan truong|chi huy truong|chinh uy)"
)
"""How the lines above the names of those who sign begin, folded: `kt. giam doc`."""
WITHOUT_SUBJECT = frozenset(
    {"giay gioi thieu", "giay nghi phep", "giay uy quyen", "phieu gui", "phieu chuyen", "phieu bao", "hop dong"}
)
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
_STROKES = r"-_\u2010-\u2015\u2212\u2500\u2501\u23af\u00af\u203e*=~.\s"
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
OTHER_TYPES = (
    "nghị định",
    "thông tư",
    "luật",
    "pháp lệnh",
    "lệnh",
    "công văn",
    "đơn",
    "giấy xác nhận",
    "mục tiêu chất lượng",
)
ISSUED = frozenset({"quyet dinh", "nghi quyet", "thong tu", "nghi dinh", "chi thi"})
"""Types whose title is followed by who issues them: `GIÁM ĐỐC SỞ TƯ PHÁP`."""
CONTRACT = re.compile(r"^(hop dong|phu luc hop dong)( [^:;.]{2,60})?$")
TELEGRAM = re.compile(r"\bdien\s*:?$")
"""The end of the line above whom a telegram is sent to: `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:`."""
OPEN_NAMES = frozenset({"uy ban nhan dan", "ubnd", "hoi dong nhan dan", "hdnd", "dang uy", "van phong", "trung tam"})
HEADS = frozenset({"chu tich", "bo truong", "thu truong", "giam doc", "tong giam doc", "hieu truong", "chanh an"})
"""Posts that issue papers themselves, as a line above the name: `CHỦ TỊCH` / `ỦY BAN NHÂN DÂN`."""
PLACE_NAME = re.compile(r"^(xa|phuong|thi tran|thi xa|huyen|quan|tinh|thanh pho|tp|dac khu)\b")
"""A place that belongs to the name above it: `ỦY BAN NHÂN DÂN` / `XÃ PHÚ THỊNH`."""
TYPED_LINE = re.compile(rf"^(?=.{{3}})[{_STROKES}]+([oO]0?[oO][{_STROKES}]+)?$")
"""A line made of hyphens, underscores or the like: `_______`, `---o0o---`."""
_LONGEST_ADDRESSEE = 90
_LEFT_MOST = 60.0
"""Millimetres of indent up to which a line stands on the left."""
_BLANKS = 12
"""Blanks before a line that move it to the right."""
_NO_AGENCY = re.compile(r"(xã|phường|số|tổ)\b|\w+ \d", re.IGNORECASE)
"""Parts of an address that begin as agencies do without tone marks: `số 12 đường …`, `phòng 302`."""


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
