"""How text of a Word file looks in the end: what its runs, paragraphs and styles say, the styles that these rest on,
the theme's fonts, and what the file says of all text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from qmsplan.word.package import related_parts

WORD_NAMES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("word_names.toml").read_text("utf-8"))
"""Names of elements, settings and colours in Word files."""
_LARGEST = 100_000
"""Numbers of a file beyond this one, in its own units, are cut to it."""
POINTS_PER_MM = 72 / 25.4
_POINTS = {"": 0.05, "pt": 1, "in": 72, "cm": 72 / 2.54, "mm": POINTS_PER_MM, "pc": 12, "pi": 12}
"""Points of a length by its unit; one without a unit is in twentieths of a point."""
_TOGGLES = ("b", "i", "caps", "strike", "dstrike", "vanish", "cs")
"""Flags that two styles on one text turn off again when both set them."""
_ALIGNS = {"both": "justify", "distribute": "justify", "start": "left", "end": "right", "centre": "center"}
_THEMED = {"text": "dark", "background": "light", "tx": "dk", "bg": "lt", "dark": "dk", "light": "lt"}
_LINKS = {"hyperlink": "hlink", "followedHyperlink": "folHlink"}
"""What a theme calls the colours that text has by other names: `text1` is its `dk1`."""
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WORDS_OWN = "Times New Roman"
SINGLE = 1.15
"""The height of a line in single spacing as a share of the font's size."""
_FARTHEST = 100
"""Half points that letters may be raised or lowered; beyond, they stand in another line."""
_LEAST_SIZE, _LEAST_WIDTH, _LEAST_CONTRAST = 4.0, 30, 60
"""Points, width of letters in percent and difference of brightness (0-255) below which nobody reads a text."""
_CLOSEST = -0.15
"""How much nearer to each other letters may stand, as a share of their size; a figure is half as wide as it is high."""
_MAPPED = {"text1": "t1", "text2": "t2", "background1": "bg1", "background2": "bg2"}
"""How a file's settings call the colours of text that they may exchange for each other."""


class RunLook(NamedTuple):
    """How letters look. `font` is that of letters with marks; size in points; `color` is `auto` or `FF0000`."""

    font: str = _WORDS_OWN
    size: float = 10
    bold: bool = False
    italic: bool = False
    caps: bool = False
    underline: bool = False
    color: str = "auto"
    hidden: bool = False
    """Word does not print it, or prints it struck through."""
    faint: bool = False
    """Printed, but nobody can read it: white, tiny, squeezed."""
    marked: bool = False
    """Whether a colour lies behind it, as a marker pen leaves it."""
    plain_font: str = _WORDS_OWN
    """The font of figures and of letters without marks."""
    moved: bool = False
    """Whether it is raised or lowered: `10` with a raised nought is printed as a power."""


class WordParagraphLook(NamedTuple):
    """How a paragraph looks: gaps in points, indents in mm. `line` is a share of single spacing, or points where
    `rule` is `exact` or `atLeast`."""

    style: str = ""
    align: str = "left"
    left: float = 0
    right: float = 0
    first: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    rule: str = "auto"
    contextual: bool = False
    new_page: bool = False
    """Whether it begins on a new page."""
    tab: float = 0
    """Points to the farthest place that a tab leads to."""
    border: str = ""
    """The kind of the line that is drawn above or below it as its border: `single`, `dashed`."""
    numbering: tuple[int, int] | None = None
    """Number of the list and level from 0 of a paragraph that Word numbers itself."""


_Found = dict[str, Any]


_qualified = cache(lambda name: qn(f"w:{name}"))
"""A name of our own, `rPr`, as lxml wants it."""


def value_of(parent: Any, name: str, attribute: str = "val") -> str | None:
    """An attribute of a child element, by their short names; None if either is missing."""
    child = child_of(parent, name)
    return None if child is None else child.get(_qualified(attribute))


def length(text: str | None) -> float | None:
    """A length in points: `240` (twentieths), `12pt`, `1.27cm`. None if it is none."""
    match = re.fullmatch(r"(-?\d{1,9}(?:\.\d{1,9})?)(pt|in|cm|mm|pc|pi)?", (text or "").strip())
    if match is None:
        return None
    return max(-_LARGEST, min(_LARGEST, float(match[1]))) * _POINTS[match[2] or ""]


def child_of(parent: Any, name: str) -> Any:
    """A child element by its short name; None if there is none, or no parent."""
    return parent.find(_qualified(name)) if parent is not None else None


def cell_width(properties: Any) -> float | None:
    """The width of a cell in points; None if the file does not say it."""
    is_length = value_of(properties, "tcW", "type") in {None, "dxa"}
    return length(value_of(properties, "tcW", "w")) if is_length else None


def whole(text: str | None, default: int = 0) -> int:
    """A whole number of a file; the default if it is none."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default


def flag_of(parent: Any, name: str) -> bool | None:
    """Whether a property that is on or off is on: `b`; None if nothing is said of it."""
    child = child_of(parent, name)
    return None if child is None else child.get(_qualified("val"), "1") not in {"0", "false", "off"}


class Looks:
    """The looks of one file's text; each style is worked out once."""

    def __init__(self, document: Document) -> None:
        root = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}
        self._default = {
            style.get(qn("w:type")): style.get(qn("w:styleId"))
            for style in self._styles.values()
            if style.get(qn("w:default")) in {"1", "true", "on"}
        }
        self._theme, self._colors = theme_fonts(document), theme_colors(document)
        mapping = document.settings.element.find(qn("w:clrSchemeMapping"))
        self._mapped = (
            {} if mapping is None else {one: mapping.get(qn(f"w:{two}"), one) for one, two in _MAPPED.items()}
        )
        defaults = root.find(qn("w:docDefaults"))
        run, paragraph = (child_of(child_of(defaults, f"{kind}Default"), kind) for kind in ("rPr", "pPr"))
        self._run_defaults, self._paragraph_defaults = self._run(run), _paragraph(paragraph)
        self._known: dict[tuple[str | None, str], _Found] = {}
        self.levels: dict[tuple[int, int], _Found] = {}
        """What the lists of the file say of the indents of their levels."""

    def name_of(self, style: str | None) -> str:
        """The name of a paragraph style by its id: `heading 1`."""
        found = self._styles.get(style or self._default.get("paragraph"))
        return value_of(found, "name") or ""

    def table_borders(self, style: str | None) -> list[Any]:
        """The borders that a table's style and those it rests on give to its cells, those that count most last."""
        found = (element.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}") for element in self._chain(style))
        return [borders for borders in found if borders is not None]

    def _chain(self, style: str | None) -> list[Any]:
        """A style and those that it rests on, the last first; a circle is cut."""
        found: list[Any] = []
        while style in self._styles and self._styles[style] not in found:
            found.insert(0, self._styles[style])
            style = value_of(self._styles[style], "basedOn")
        return found

    def _styled(self, style: str | None, kind: str) -> _Found:
        """What a style and those it rests on say of letters (`rPr`) or of paragraphs (`pPr`)."""
        if (style, kind) not in self._known:
            merged: _Found = {}
            for element in self._chain(style):
                properties = element.find(qn(f"w:{kind}"))
                merged |= self._run(properties) if kind == "rPr" else _paragraph(properties)
            self._known[style, kind] = merged
        return self._known[style, kind]

    def paragraph(self, element: Any, table_style: str | None = None) -> WordParagraphLook:
        """The look of a paragraph that stands in a table of a style, or in none."""
        properties = element.find(qn("w:pPr"))
        style = value_of(properties, "pStyle") or self._default.get("paragraph")
        direct = _paragraph(properties)
        styled = self._styled(style, "pPr")
        found = self._paragraph_defaults | (self._styled(table_style, "pPr") if table_style else {}) | styled
        listed = {"list": styled.get("list"), "level": styled.get("level", 0)} | direct
        numbering = (listed["list"], listed["level"]) if listed.get("list") else None
        if numbering and direct.get("list"):
            found |= self.levels.get(numbering, {})
        elif numbering:
            found = self.levels.get(numbering, {}) | found
        found |= direct
        return _paragraph_look(found, self.name_of(style))._replace(numbering=numbering)

    def of_style(self, style: str | None) -> tuple[RunLook, WordParagraphLook]:
        """The look of letters and paragraphs that have a style and say nothing themselves; None: no style at all."""
        letters = dict.fromkeys(_TOGGLES, False) | self._run_defaults | self._styled(style, "rPr")
        lines = self._paragraph_defaults | self._styled(style, "pPr")
        return _run_look(letters, ""), _paragraph_look(lines, self.name_of(style))

    def run(self, element: Any, paragraph_style: str | None, table_style: str | None, shade: str = "") -> RunLook:
        """The look of a run in a paragraph and a table of these styles, on a background of this colour."""
        properties = element.find(qn("w:rPr"))
        direct = self._run(properties)
        levels = [
            self._styled(table_style, "rPr") if table_style else {},
            self._styled(paragraph_style or self._default.get("paragraph"), "rPr"),
            self._styled(value_of(properties, "rStyle"), "rPr"),
        ]
        found = dict(self._run_defaults)
        for level in levels:
            found |= level
        for name in _TOGGLES:
            is_odd = sum(level.get(name, False) for level in levels) % 2 == 1
            found[name] = is_odd or self._run_defaults.get(name, False)
        return _run_look(found | direct, shade)

    def _run(self, properties: Any) -> _Found:
        """What one element says of letters."""
        if properties is None:
            return {}
        found: _Found = {name: flag for name in _TOGGLES if (flag := flag_of(properties, name)) is not None}
        found |= self._fonts(properties.find(qn("w:rFonts")))
        size = whole(value_of(properties, "sz"), -1)
        if size >= 0:
            found["size"] = size / 2
        for name in ("color", "highlight", "u", "w", "spacing", "position", "vertAlign", "szCs"):
            if (value := value_of(properties, name)) is not None:
                found[name] = value
        if color := self._themed(properties.find(qn("w:color")), "theme"):
            found["color"] = color
        if (fill := self.fill(properties)) is not None:
            found["shade"] = fill
        if (effect := properties.find(f"{_W14}textFill")) is not None:
            found["color"] = self._effect(effect) or found.get("color", "auto")
        return found

    def paragraph_fill(self, properties: Any) -> str:
        """The colour behind a paragraph, by itself or its style; "" if neither says one."""
        styles = self._chain(value_of(properties, "pStyle") or self._default.get("paragraph"))
        told = [self.fill(one) for one in (*(style.find(qn("w:pPr")) for style in styles), properties)]
        return next((one for one in reversed(told) if one is not None), "")

    def table_fill(self, style: str | None) -> str:
        """The colour behind the cells of a table by its style; "" if it says none."""
        told = [self.fill(one.find(qn(f"w:{kind}"))) for one in self._chain(style) for kind in ("tblPr", "tcPr")]
        return next((one for one in reversed(told) if one is not None), "")

    def fill(self, properties: Any) -> str | None:
        """The colour behind a text, paragraph or cell, with that of its pattern: `FFFF00`; None if nothing is said of
        it."""
        shade = child_of(properties, "shd")
        if shade is None:
            return None
        fill = self._themed(shade, "themeFill") or shade.get(qn("w:fill"))
        pattern = shade.get(qn("w:val"), "clear")
        if pattern in {"clear", "nil"}:
            return fill
        share = 100 if pattern == "solid" else min(whole(pattern[3:]), 100) if pattern.startswith("pct") else 50
        ink = self._themed(shade, "theme") or shade.get(qn("w:color")) or "auto"
        paper = "FFFFFF" if fill in {None, "auto"} else fill
        return _mixed("000000" if ink == "auto" else ink, str(paper), f"{round(share * 2.55):02X}")

    def _themed(self, element: Any, name: str) -> str:
        """The colour that an element takes from the theme, which goes before a named one; "" if it takes none. `name`
        is what its attributes start with: `theme` for `themeColor` and `themeTint`."""
        if element is None:
            return ""
        whole_name = f"{name}Color" if name == "theme" else name
        color = self._color(element.get(qn(f"w:{whole_name}"), ""))
        tint, shade = (element.get(qn(f"w:{name}{kind}"), "") for kind in ("Tint", "Shade"))
        return _mixed(_mixed(color, "FFFFFF", tint), "000000", shade) if color else ""

    def _color(self, name: str) -> str:
        """A colour of the theme by what text calls it: `background1`, `bg1`; "" if it has none."""
        name = self._mapped.get(name, name)
        kind, number = name.rstrip("12"), name[len(name.rstrip("12")) :]
        kind = _THEMED.get(kind, kind)
        return self._colors.get(_LINKS.get(name) or f"{_THEMED.get(kind, kind)}{number}", "")

    def _effect(self, fill: Any) -> str:
        """The colour that newer Words fill letters with, the brightest of several; white if they are left open, "" if
        the file names none."""
        if fill.find(f"{_W14}noFill") is not None:
            return "FFFFFF"
        named = [one.get(f"{_W14}val", "") for one in fill.iter(f"{_W14}srgbClr")]
        named += [self._color(one.get(f"{_W14}val", "")) for one in fill.iter(f"{_W14}schemeClr")]
        return max((one for one in named if one), key=lambda color: brightness(color, 0), default="")

    def _fonts(self, fonts: Any) -> _Found:
        """The fonts of letters with marks (`hAnsi`), without (`ascii`) and of those set as another script's (`cs`); the
        theme's goes before a named one."""
        found: _Found = {}
        for script in () if fonts is None else ("hAnsi", "ascii", "cs"):
            suffix = "theme" if script == "cs" else "Theme"
            themed, named = fonts.get(qn(f"w:{script}{suffix}")) or "", fonts.get(qn(f"w:{script}"))
            if font := self._theme.get(themed[:5]) or named:
                found[f"{script} font"] = font
        return found


def _paragraph_look(found: _Found, style: str) -> WordParagraphLook:
    return WordParagraphLook(style, **{name: found[name] for name in found.keys() & set(WordParagraphLook._fields)})


def _run_look(found: _Found, shade: str) -> RunLook:
    marker = WORD_NAMES["highlights"].get(found.get("highlight", ""), "")
    color, size = str(found.get("color", "auto")), found.get("size", 10.0)
    with_marks = found.get("hAnsi font") or found.get("ascii font") or _WORDS_OWN
    without = found.get("ascii font") or with_marks
    if found["cs"]:  # as text of a script such as Arabic, which has a font and a size of its own
        with_marks = without = found.get("cs font") or _WORDS_OWN
        size = whole(found.get("szCs"), 20) / 2
    shift, position = whole(found.get("position")), found.get("vertAlign", "baseline")
    is_moved = abs(shift) > _FARTHEST or not _CLOSEST * size < whole(found.get("spacing")) / 20 + 0.01 < 5 * size
    is_small = size < _LEAST_SIZE or whole(found.get("w"), 100) < _LEAST_WIDTH
    is_lost = _is_lost(color, marker or found.get("shade", "") or shade)
    is_blacked_out = bool(marker) and color == "auto" and brightness(marker, 255) < _LEAST_CONTRAST
    return RunLook(
        with_marks,
        size,
        found["b"],
        found["i"],
        found["caps"],
        found.get("u", "none") != "none",
        color,
        found["vanish"] or found["strike"] or found["dstrike"],
        is_small or is_moved or is_lost or is_blacked_out,
        found.get("highlight", "none") not in {"none", "white"},
        without,
        bool(shift) or position not in {"baseline", ""},
    )


def _mixed(color: str, other: str, share: str) -> str:
    """A colour mixed with another one; `share` is what is kept of it, of 255, in hexadecimal figures."""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,2}", share) or not re.fullmatch(r"[0-9A-Fa-f]{6}", color):
        return color
    kept, pairs = int(share, 16) / 255, ((color[at : at + 2], other[at : at + 2]) for at in (0, 2, 4))
    return "".join(f"{round(int(one, 16) * kept + int(two, 16) * (1 - kept)):02X}" for one, two in pairs)


def brightness(color: str, default: float) -> float:
    """How bright a colour such as `FF0000` is, from 0 to 255; the default for `auto` and what is no colour."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", color):
        return default
    red, green, blue = (int(color[start : start + 2], 16) for start in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _is_lost(color: str, ground: str) -> bool:
    """Whether text of a colour can't be told from its background. `auto` is black, or white where it is dark."""
    behind = brightness(ground, 255)
    return color != "auto" and abs(brightness(color, 0) - behind) < _LEAST_CONTRAST


def _paragraph(properties: Any) -> _Found:
    """What one element says of a paragraph."""
    if properties is None:
        return {}
    found: _Found = {}
    if (align := value_of(properties, "jc")) is not None:
        found["align"] = _ALIGNS.get(align, align)
    found |= dict(_indents(properties.find(qn("w:ind")))) | dict(_spacing(properties.find(qn("w:spacing"))))
    for name, flag in (("contextual", "contextualSpacing"), ("new_page", "pageBreakBefore")):
        if (is_on := flag_of(properties, flag)) is not None:
            found[name] = is_on
    stops = [length(stop.get(qn("w:pos"))) or 0 for stop in properties.iterfind(f"{qn('w:tabs')}/{qn('w:tab')}")]
    if stops:
        found["tab"] = max(stops)
    border = properties.find(qn("w:pBdr"))
    if border is not None:
        kinds = (value_of(border, side) or "" for side in ("top", "bottom"))
        found["border"] = next((kind for kind in kinds if kind not in {"", "none", "nil"}), "")
    listed = properties.find(qn("w:numPr"))
    if listed is not None:
        found["list"] = whole(value_of(listed, "numId"))
        found["level"] = max(0, min(8, whole(value_of(listed, "ilvl"))))
    return found


def _indents(element: Any) -> Iterator[tuple[str, float]]:
    if element is None:
        return
    for name, others in (("left", ("left", "start")), ("right", ("right", "end"))):
        for other in others:
            if (size := length(element.get(qn(f"w:{other}")))) is not None:
                yield name, size / 72 * 25.4
    first, hanging = length(element.get(qn("w:firstLine"))), length(element.get(qn("w:hanging")))
    if hanging is not None:
        yield "first", -hanging / 72 * 25.4
    elif first is not None:
        yield "first", first / 72 * 25.4


_AUTO_GAP = 14.0
"""Points that Word leaves where a gap is left to it."""


def _spacing(element: Any) -> Iterator[tuple[str, Any]]:
    if element is None:
        return
    for name in ("before", "after"):
        if (size := length(element.get(qn(f"w:{name}")))) is not None:
            yield name, max(size, 0)
        if element.get(qn(f"w:{name}Autospacing")) in {"1", "true", "on"}:
            yield name, _AUTO_GAP
    line, rule = length(element.get(qn("w:line"))), element.get(qn("w:lineRule"), "auto")
    if line is not None:
        yield "line", line / 12 if rule == "auto" else line
        yield "rule", rule


def level_look(properties: Any) -> _Found:
    """What a level of a list says of its paragraphs: their indents."""
    return {name: value for name, value in _paragraph(properties).items() if name in {"left", "right", "first"}}


def theme_fonts(document: Document) -> Mapping[str, str]:
    """The fonts that the theme gives to titles (`major`) and to text (`minor`)."""
    theme = _theme(document)
    fonts = ((kind, theme.find(f".//{_A}{kind}Font/{_A}latin")) for kind in ("major", "minor") if theme is not None)
    return {kind: font.get("typeface", "") for kind, font in fonts if font is not None}


def theme_colors(document: Document) -> Mapping[str, str]:
    """The colours of the theme by its own names: `{"dk1": "000000", "lt1": "FFFFFF"}`."""
    theme = _theme(document)
    scheme = theme.find(f".//{_A}clrScheme") if theme is not None else None
    entries = ((one.tag.rpartition("}")[2], next(iter(one), None)) for one in (() if scheme is None else scheme))
    return {name: one.get("lastClr") or one.get("val", "") for name, one in entries if one is not None}


def _theme(document: Document) -> Any:
    """The theme of a file; None if it has none that can be read."""
    part = next(related_parts(document.part, RELATIONSHIP_TYPE.THEME), None)
    try:
        return None if part is None else parse_xml(part.blob)
    except etree.XMLSyntaxError:
        return None
