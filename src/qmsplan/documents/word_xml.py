"""The smallest pieces of WordprocessingML as text (escaped text, runs, footnotes, paragraphs) and the units they are
measured in; the lines of the head in words; how wide text gets, for lines drawn in proportion to it and for titles that
break evenly. Rows and paragraphs are text because python-docx takes ten times as long to build them as objects."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from qmsplan.documents.blocks import Day, DrawnBar, Footnote, HeadBlock, Inline, Orientation, Run
from qmsplan.documents.profile import Profile, TextStyle
from qmsplan.model.text import entries

_HYPHENED = re.compile(
    r"(?:(?<![\w/])\d{1,5}|(?<=[ \u00a0]))/(?:\d{4}/)?[A-ZĐ][A-ZĐa-zđ0-9.&]*(?:-[A-ZĐ0-9][A-ZĐa-zđ0-9.&]*)+"
    r"|(?<![\w/-])(?:[a-zđà-ỹ]{1,4}(?:-[a-zđà-ỹ]{1,4}){1,2}|[A-ZĐ]{1,5}-\d{1,5})(?![\w/-])"
)
"""What has hyphens at which no line ends: the number of a document, `01/NQ-CP`, `19/2014/QĐ-TTg`, also an open
one; a borrowed word, `pa-nô`, `ki-lô-mét`; a code, `QT-05`."""
NO_BREAK = "\ufdd4"
"""Stands for a hyphen at which no line breaks; no text holds it (a Unicode noncharacter)."""
_PIECES = re.compile(r"(\r\n|[\r\n\t\ufdd4])")
_BREAKS = {NO_BREAK: "<w:noBreakHyphen/>", "\t": "<w:tab/>", "\r\n": "<w:br/>", "\r": "<w:br/>", "\n": "<w:br/>"}


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def points(value: float) -> int:
    """Points in twentieths of a point."""
    return round(value * 20)


def emus(twentieths: float) -> int:
    """Twentieths of a point in English metric units, which drawings use."""
    return round(twentieths * 635)


def escape(text: str) -> str:
    """Text for an element or an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def style_id(style: str) -> str:
    """The id that our base document gives the style of a component: `heading-1` -> `Heading1`."""
    return style.title().replace("-", "")


def text_run(text: str, properties: str = "", *, is_whole: bool = True) -> str:
    """A run; line breaks, tabs and the hyphens of document numbers become elements, spaces stay as they are. Not
    `is_whole`: a number too long for its column may break at its hyphens."""
    if not text:
        return ""
    text = unbroken(text) if is_whole else text
    pieces = (text,) if text.isprintable() else _PIECES.split(text)
    inner = "".join([_piece(piece) for piece in pieces if piece])
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{looks}{inner}</w:r>"


def _piece(piece: str) -> str:
    if piece in _BREAKS:
        return _BREAKS[piece]
    return f'<w:t xml:space="preserve">{escape(piece)}</w:t>'


def unbroken(text: str) -> str:
    """A text with no-break hyphens (`NO_BREAK`) where no line may end."""
    return _HYPHENED.sub(lambda found: found[0].replace("-", NO_BREAK), text) if "-" in text else text


class ParagraphLayout(NamedTuple):
    """What one paragraph adds to its style; lengths in twips (twentieths of a point)."""

    keep_next: bool = False
    page_break_before: bool = False
    indent: tuple[int, int] | None = None
    """From the left and from the right; the first line's indent is then none."""
    height: int | None = None
    """An exact line height."""
    before: int | None = None
    after: int | None = None


PLAIN = ParagraphLayout()


def _added(layout: ParagraphLayout) -> str:
    if layout is PLAIN:
        return ""
    return (
        ("<w:keepNext/>" if layout.keep_next else "")
        + ("<w:pageBreakBefore/>" if layout.page_break_before else "")
        + _spacing(layout)
        + ('<w:ind w:left="{}" w:right="{}" w:firstLine="0"/>'.format(*layout.indent) if layout.indent else "")
    )


def _spacing(layout: ParagraphLayout) -> str:
    before = f' w:before="{layout.before}"' if layout.before is not None else ""
    after = f' w:after="{layout.after}"' if layout.after is not None else ""
    height = f' w:line="{layout.height}" w:lineRule="exact"' if layout.height is not None else ""
    return f"<w:spacing{before}{after}{height}/>" if before or after or height else ""


_LEADING_NUMBER = re.compile(r"\d+")


def number_line(head: HeadBlock, profile: Profile) -> str:
    """`Số: 05/KH-TGPL`; before signing with room for the number. Empty if the head has neither number nor symbol."""
    if head.number is None and head.symbol is None:
        return ""
    open_number = profile.words.open_number.format(symbol=head.symbol or profile.words.open_symbol)
    number = _padded_number(head.number, profile) if head.number else open_number
    return profile.words.number.format(number=number)


def date_line(head: HeadBlock, profile: Profile) -> str:
    """`Cà Mau, ngày 05 tháng 02 năm 2026`, open where the head is. Empty if the head has neither place nor date."""
    if head.place is None and head.date is None:
        return ""
    return profile.words.date.format(place=head.place or profile.words.open_place, **_parts(head.date, profile))


def cased(text: str, style: TextStyle) -> str:
    """The text in the case of its component."""
    return text.upper() if style.case == "upper" else text


def _padded_number(typed: str, profile: Profile) -> str:
    match = _LEADING_NUMBER.match(typed)
    if not match:
        return typed
    return _padded(int(match[0]), profile.padding.number_below) + typed[match.end() :]


def _parts(date: Day | None, profile: Profile) -> dict[str, str]:
    words, padding = profile.words, profile.padding
    return {
        "day": _padded(date.day, padding.day_below) if date and date.day else words.open_day,
        "month": _padded(date.month, padding.month_below) if date and date.month else words.open_month,
        "year": str(date.year) if date and date.year else words.open_year,
    }


def _padded(number: int, below: int) -> str:
    return f"{number:02d}" if number < below else str(number)


class Counters:
    """What one file has so far: shapes and footnotes are numbered, and table paragraphs that occur again are kept."""

    def __init__(self) -> None:
        self.drawings = 0
        self.footnotes: list[str] = []
        self.paragraphs: dict[tuple[str, Run], str] = {}
        """Table paragraphs of one run, by style and run."""


class Sheet(NamedTuple):
    """What the writer of a section has to know: the numbers of the format, the ids of the styles in the base document
    (`{"heading-1": "Heading1"}`), the orientation of the page, and what the file has so far."""

    profile: Profile
    ids: Mapping[str, str]
    orientation: Orientation
    counters: Counters

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in twips."""
        page = self.profile.page
        sides = twips(page.width), twips(page.height)
        return sides if self.orientation == "portrait" else (sides[1], sides[0])

    @property
    def text_width(self) -> int:
        """Between the side margins, in twips."""
        return self.size[0] - twips(self.profile.page.left) - twips(self.profile.page.right)

    @property
    def text_height(self) -> int:
        """Between the upper and the lower margin, in twips."""
        return self.size[1] - twips(self.profile.page.top) - twips(self.profile.page.bottom)

    def paragraph(self, style: str, inner: str, layout: ParagraphLayout = PLAIN) -> str:
        """A paragraph in a component's style."""
        return f'<w:p><w:pPr><w:pStyle w:val="{self.ids[style]}"/>{_added(layout)}</w:pPr>{inner}</w:p>'

    def next_drawing(self) -> int:
        """A number for a shape, from 1."""
        self.counters.drawings += 1
        return self.counters.drawings


FOOTNOTE_MARK = "footnote-reference"
"""The character style of the small number of a footnote."""


def inline(content: Iterable[Run | Footnote | DrawnBar], style: TextStyle, sheet: Sheet) -> str:
    """The content of a paragraph of this style."""
    return "".join([_run(part, style) if isinstance(part, Run) else _drawn_or_noted(part, sheet) for part in content])


def _drawn_or_noted(part: Footnote | DrawnBar, sheet: Sheet) -> str:
    return _bar(part, sheet) if isinstance(part, DrawnBar) else _reference(part, sheet)


def words_of(content: Inline) -> str:
    """The text alone; that of footnotes stands elsewhere."""
    if len(content) == 1 and isinstance(only := content[0], Run):
        return only.text
    return "".join([part.text for part in content if isinstance(part, Run)])


def _run(run: Run, style: TextStyle) -> str:
    text, bold, italic = run
    looks = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    return text_run(cased(text, style), looks)


def _reference(note: Footnote, sheet: Sheet) -> str:
    number = len(sheet.counters.footnotes) + 1
    look = f'<w:rPr><w:rStyle w:val="{sheet.ids[FOOTNOTE_MARK]}"/></w:rPr>'
    text = text_run(" ") + inline(note.content, sheet.profile.styles["footnote"], sheet)
    content = sheet.paragraph("footnote", f"<w:r>{look}<w:footnoteRef/></w:r>{text}")
    sheet.counters.footnotes.append(f'<w:footnote w:id="{number}">{content}</w:footnote>')
    return f'<w:r>{look}<w:footnoteReference w:id="{number}"/></w:r>'


SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:wps="{SHAPE}"'
)
"""Named where something is drawn: a base document of somebody else's need not know them."""
_BAR_WIDTH, _BAR_HEIGHT, _GOAL_WIDTH = 130, 9, 2
"""Points."""
_EMPTY, _FILLED, _GOAL = "DDDDDD", "595959", "000000"


def _bar(bar: DrawnBar, sheet: Sheet) -> str:
    """A bar as a group of rectangles, which has its meaning as its alternative text."""
    width, height = emus(points(_BAR_WIDTH)), emus(points(_BAR_HEIGHT))
    first = sheet.next_drawing()
    parts = [(0, width, _EMPTY), (0, round(width * bar.value / 100), _FILLED)]
    if bar.goal is not None:
        thick = emus(points(_GOAL_WIDTH))
        parts.append((min(round(width * bar.goal / 100), width - thick), thick, _GOAL))
    shapes = "".join(
        f'<wps:wsp><wps:cNvPr id="{sheet.next_drawing()}" name="{color}"/><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="{left}" y="0"/><a:ext cx="{length}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr>'
        "<wps:bodyPr/></wps:wsp>"
        for left, length, color in parts
        if length
    )
    return (
        f'<w:r><mc:AlternateContent {NAMESPACES} xmlns:wpg="{_GROUP}"><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{first}" name="Biểu đồ {first}" descr="{escape(bar.words)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="{width}" cy="{height}"/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


_BREAKING: dict[str, Any] = tomllib.loads(Path(__file__).with_name("line_breaks.toml").read_text("utf-8"))
_ADVANCES: dict[str, int] = {chr(at): int(width) for at, width in enumerate(_BREAKING["widths"].split(), ord(" "))}
_ADVANCES |= _BREAKING["others"]
"""Widths of letters in thousandths of their size."""
_UNKNOWN = 600
SLACK = 1.02
"""Other programs break lines a little earlier."""


def width_of(text: str, size: float) -> float:
    """The width of bold text on one line, in the unit of `size`."""
    return sum(map(_advance, text)) * size / 1000


@cache
def _advance(letter: str) -> int:
    """Tone marks take no room: a letter is as wide as the one it is made of."""
    if letter in _ADVANCES:
        return _ADVANCES[letter]
    base = unicodedata.normalize("NFD", letter)
    if len(base) > 2:
        return _advance(unicodedata.normalize("NFC", base[:2]))
    return _ADVANCES.get(base[0], 0 if unicodedata.combining(letter) else _UNKNOWN)


def _any_of(name: str) -> str:
    """A pattern for any word of a list: `năm|quý|tháng`."""
    return "|".join(entries(_BREAKING[name]))


_COUNTED = re.compile(rf"\b({_any_of('counted')})[ ](?=[\dIVX]|ISO\b)", re.IGNORECASE)
"""A word and the number that belongs to it."""
_SPAN = re.compile(r"(?<=\d)[ ]([-\u2013])[ ](?=\d)")
"""A span of years: `2026 - 2030`."""
_COMPOUND = re.compile(rf"\w+ \w+ - (?!(?:{_any_of('agencies')})\b)\w+ \w+", re.IGNORECASE)
"""A name of two words of two syllables, `Hành chính - Tổng hợp`, and not of two agencies."""
_JOINTS = re.compile(rf"[ ](?=(?:{_any_of('joints')})\b)|(?<![\dIVX])[ ](?=năm\b)", re.IGNORECASE)
"""Blanks at which a title may be parted: before a word that begins what is said next. `chất lượng` is none."""
_PLACE = r"(?:tỉnh|thành phố|xã|phường|đặc khu)(?: \w+){1,3}$"
_NAMES = re.compile(rf"\b({_any_of('names')}|{_PLACE})", re.IGNORECASE)
"""Words of several syllables in the names of agencies, and the place at their end: no line ends inside them."""
_AND = re.compile(r"\b(và) ", re.IGNORECASE)
_SHORTEST = 0.4
"""How long each line of a title is at least, as a share of the longest one, to end where its sense does."""


def bound(text: str, size: float = 0, limit: float = 0) -> str:
    """A title, heading or post with no-break blanks where no line may end: `năm 2026`, `2026 - 2030`, `TCVN ISO 9001`;
    `Hành chính - Tổng hợp` where it is at most `limit` wide, in the unit of `size`. Else the line ends with the dash:
    one that begins with it looks like an entry of a list. Of a text wider than `limit` lines end before a word that
    begins what is said next, `… chất lượng` / `của Trung tâm`, if it takes no more lines so."""
    text = _SPAN.sub("\u00a0\\1\u00a0", _COUNTED.sub("\\1\u00a0", text))
    for found in _COMPOUND.findall(text):
        whole = found.replace(" ", "\u00a0")
        text = text.replace(found, whole if _fits(found, size, limit) else whole.replace("-\u00a0", "- "))
    return _phrased(text, size, limit / SLACK) if limit else text


def name_bound(text: str, size: float, limit: float) -> str:
    """The name of an agency with no-break blanks in words of several syllables, if a line of a column would end inside
    one, `ỦY BAN NHÂN` / `DÂN TỈNH HÀ SƠN`."""
    if _fits(text, size, limit):
        return text
    kept = _NAMES.sub(lambda name: name[0].replace(" ", "\u00a0") if _fits(name[0], size, limit) else name[0], text)
    kept = _AND.sub("\\1\u00a0", kept).replace(" - ", "\u00a0- ")
    if _even_lines(kept, size, limit)[-1] < _SHORTEST * limit:
        kept = "\u00a0".join(kept.rsplit(" ", 1))  # its last word does not stand alone
    is_other = _even_lines(kept, size, limit) != _even_lines(text, size, limit)
    return kept if is_other and _fits(kept.rsplit(" ", 1)[-1], size, limit) else text


def _even_lines(text: str, size: float, limit: float) -> list[float]:
    return lines_of(text, size, balanced(text, size, limit) / SLACK)


def _fits(text: str, size: float, limit: float) -> bool:
    return width_of(text, size) * SLACK <= limit


def _phrased(text: str, size: float, limit: float) -> str:
    """The text with blanks only where it may be parted, if it takes no more lines so, and these are about equal."""
    phrases = " ".join(part.replace(" ", "\u00a0") for part in _JOINTS.split(text))
    fewest, lines = lines_of(text, size, limit), lines_of(phrases, size, balanced(phrases, size, limit * SLACK))
    is_even = len(lines) == len(fewest) > 1 and max(lines) <= limit and min(lines) >= _SHORTEST * max(lines)
    return phrases if is_even else text


def lines_of(text: str, size: float, limit: float) -> list[float]:
    """The widths of the lines that text takes when none may be wider than `limit`. Several blanks, left for a number or
    a day, are as wide as that."""
    space = width_of(" ", size)
    lines: list[float] = []
    for blanks, word in re.findall(r"([ \t\n]*)([^ \t\n]+)", text.strip()):
        gap, width = space * len(blanks), width_of(word, size)
        if lines and lines[-1] + gap + width <= limit:
            lines[-1] += gap + width
        else:
            lines.append(width)
    return lines or [0.0]


def balanced(text: str, size: float, limit: float) -> float:
    """The least width at which text takes no more lines than at `limit`, so that no word is left alone."""
    count = len(lines_of(text, size, limit / SLACK))
    low, high = limit / count / 2, limit / SLACK
    while high - low > size / 4:
        middle = (low + high) / 2
        fits = max(lines := lines_of(text, size, middle)) <= middle and len(lines) <= count
        low, high = (low, middle) if fits else (middle, high)
    return min(high * SLACK, limit)
