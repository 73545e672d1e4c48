"""XML namespaces, relationship types and content types of a Word file.

`word/theme.xml`: black on white in the profile's font. Validators miss it; nothing of ours refers to it.

`word/styles.xml`: one paragraph style a component, named in Vietnamese, so that clerks can edit the file.

The small parts of a Word file, each a whole XML text.

The zip around the parts: the same input gives the same bytes, on any day and system."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from qmsplan.documents.profile import Profile, TextStyle
from qmsplan.documents.word_xml import JUSTIFY, escape, paragraph, points, style_id, twips

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SETTING = "http://schemas.microsoft.com/office/word"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"

MAIN = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships"'
DRAWN = (
    f'{MAIN} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:wps="{SHAPE}"'
)
THEME = f'xmlns:a="{_DRAWING}/main"'
CORE = (
    f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
EXTENDED = f'xmlns="{_OFFICE}/extended-properties"'
CUSTOM = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What every property that is not Word's own is filed under."""
RELATIONSHIPS = f'xmlns="{_PACKAGE}/relationships"'
CONTENT_TYPES = f'xmlns="{_PACKAGE}/content-types"'

CORE_RELATION = f"{_PACKAGE}/relationships/metadata/core-properties"
PACKAGE_TYPE = "application/vnd.openxmlformats-package"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def relation(kind: str) -> str:
    """The relationship type of a part: `styles`, `header` and so on."""
    return f"{_OFFICE}/relationships/{kind}"


def word_type(kind: str) -> str:
    """The content type of a part of `word/`."""
    return f"{_WORD_TYPE}.{kind}+xml"


_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "000000",
    "lt2": "FFFFFF",
    **{f"accent{number}": "000000" for number in range(1, 7)},
    "hlink": "0000FF",
    "folHlink": "800080",
}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_part(font: str) -> str:
    """The whole part."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    fonts = f'<a:latin typeface="{escape(font)}"/><a:ea typeface=""/><a:cs typeface=""/>'
    lines = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in (6350, 12700, 19050))
    return (
        f'{DECLARATION}<a:theme {THEME} name="qmsplan"><a:themeElements>'
        f'<a:clrScheme name="qmsplan">{colours}</a:clrScheme><a:fontScheme name="qmsplan">'
        f"<a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="qmsplan"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


SINGLE = 240
_BUILT_IN = frozenset({"header", "footnote text", "heading 1", "heading 2", "heading 3", "heading 4"})
"""Names that Word knows itself; it shows them in the user's language."""

_SIDES = ("top", "left", "bottom", "right")
_BOX = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="2" w:color="auto"/>' for side in _SIDES)
_NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
_TABLE_NORMAL = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    + "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in _SIDES)
    + "</w:tblCellMar></w:tblPr></w:style>"
)
_FOOTNOTE_REFERENCE = (
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


def styles_part(profile: Profile) -> str:
    """The whole part."""
    components = "".join(_component(key, style) for key, style in sorted(profile.styles.items()))
    return (
        f"{DECLARATION}<w:styles {MAIN}>{_defaults(profile)}{_NORMAL}{_TABLE_NORMAL}{_table_grid(profile)}"
        f"{_FOOTNOTE_REFERENCE}{components}</w:styles>"
    )


def _defaults(profile: Profile) -> str:
    font = escape(profile.font)
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f"{_size(profile.styles['body'].size)}"
        f'<w:lang w:val="{profile.language}" w:eastAsia="{profile.language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr><w:widowControl/>{_spacing(0, 0, 1)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _table_grid(profile: Profile) -> str:
    look = profile.table
    line = f'w:val="single" w:sz="{round(look.border * 8)}" w:space="0" w:color="auto"'
    borders = "".join(f"<w:{side} {line}/>" for side in (*_SIDES, "insideH", "insideV"))
    margins = {"top": look.cell_top, "left": look.cell_side, "bottom": look.cell_top, "right": look.cell_side}
    cells = "".join(f'<w:{side} w:w="{twips(margin)}" w:type="dxa"/>' for side, margin in margins.items())
    return (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{cells}</w:tblCellMar></w:tblPr></w:style>"
    )


def _component(key: str, style: TextStyle) -> str:
    custom = "" if style.name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id(key)}"><w:name w:val="{escape(style.name)}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_layout(style)}</w:pPr><w:rPr>{_looks(style)}</w:rPr>'
        "</w:style>"
    )


def _layout(style: TextStyle) -> str:
    return (
        ("<w:keepNext/>" if style.keep_next else "")
        + (f"<w:pBdr>{_BOX}</w:pBdr>" if style.box else "")
        + _spacing(style.before, style.after, style.line)
        + (f'<w:ind w:firstLine="{twips(style.first)}"/>' if style.first else "")
        + f'<w:jc w:val="{JUSTIFY[style.align]}"/>'
        + (f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else "")
    )


def _spacing(before: float, after: float, line: float) -> str:
    height = round(line * SINGLE)
    return f'<w:spacing w:before="{points(before)}" w:after="{points(after)}" w:line="{height}" w:lineRule="auto"/>'


def _looks(style: TextStyle) -> str:
    return ("<w:b/><w:bCs/>" if style.bold else "") + ("<w:i/><w:iCs/>" if style.italic else "") + _size(style.size)


def _size(size: float) -> str:
    """A font size, which Word counts in half points."""
    return f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'


_LONGEST_PROPERTY = 255
_NOTE_MARKS = {-1: "separator", 0: "continuationSeparator"}


class Properties(NamedTuple):
    """What the file says about itself."""

    title: str
    author: str
    stamp: datetime
    custom: tuple[tuple[str, str], ...] = ()
    """Names and values of the file's own properties."""


def parts_of(footnotes: str, profile: Profile, properties: Properties) -> dict[str, str]:
    """The parts beside the main one, by name; that of the footnotes only if there are any."""
    parts = {
        "word/styles.xml": styles_part(profile),
        "word/settings.xml": _settings(profile, footnotes),
        "word/fontTable.xml": _fonts(profile),
        "word/theme.xml": theme_part(profile.font),
        "word/header.xml": _header(),
        "docProps/app.xml": _APPLICATION,
        "docProps/core.xml": _core(properties),
    }
    if properties.custom:
        parts["docProps/custom.xml"] = _custom(properties)
    return parts | ({"word/footnotes.xml": _footnotes(footnotes)} if footnotes else {})


_APPLICATION = f"{DECLARATION}<Properties {EXTENDED}><Application>qmsplan</Application></Properties>"


def _core(properties: Properties) -> str:
    stamp = properties.stamp.astimezone(UTC) if properties.stamp.tzinfo else properties.stamp
    when = f"{stamp:%Y-%m-%dT%H:%M:%SZ}"
    return (
        f"{DECLARATION}<cp:coreProperties {CORE}><dc:title>{escape(properties.title[:_LONGEST_PROPERTY])}</dc:title>"
        f"<dc:creator>{escape(properties.author[:_LONGEST_PROPERTY])}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
    )


def _custom(properties: Properties) -> str:
    """Numbered from 2, as the format wants it: 0 and 1 have meanings of their own."""
    entries = "".join(
        f'<property fmtid="{USER_PROPERTIES}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.custom, 2)
    )
    return f"{DECLARATION}<Properties {CUSTOM}>{entries}</Properties>"


def _settings(profile: Profile, footnotes: str) -> str:
    marks = "".join(f'<w:footnote w:id="{number}"/>' for number in _NOTE_MARKS)
    return (
        f'{DECLARATION}<w:settings {MAIN}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        + (f"<w:footnotePr>{marks}</w:footnotePr>" if footnotes else "")
        + f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{SETTING}" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{profile.language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )


def _fonts(profile: Profile) -> str:
    look = (
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/>'
    )
    return f'{DECLARATION}<w:fonts {MAIN}><w:font w:name="{escape(profile.font)}">{look}</w:font></w:fonts>'


def _header() -> str:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    return f"{DECLARATION}<w:hdr {MAIN}>{paragraph('page-number', field)}</w:hdr>"


def _footnotes(notes: str) -> str:
    marks = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}">{paragraph("footnote", f"<w:r><w:{kind}/></w:r>")}</w:footnote>'
        for number, kind in _NOTE_MARKS.items()
    )
    return f"{DECLARATION}<w:footnotes {MAIN}>{marks}{notes}</w:footnotes>"


_STAMP = (1980, 1, 1, 0, 0, 0)
_RELATED = ("styles", "settings", "fontTable", "theme", "header", "footnotes")
_NUMBERS = {kind: f"rId{number}" for number, kind in enumerate(_RELATED, 1)}
HEADER_ID = _NUMBERS["header"]
_OUTER = (
    ("rId1", relation("officeDocument"), "word/document.xml"),
    ("rId2", CORE_RELATION, "docProps/core.xml"),
    ("rId3", relation("extended-properties"), "docProps/app.xml"),
    ("rId4", relation("custom-properties"), "docProps/custom.xml"),
)
_TYPES = {
    "word/document.xml": word_type("document.main"),
    **{f"word/{kind}.xml": word_type(kind) for kind in _NUMBERS},
    "word/theme.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": f"{PACKAGE_TYPE}.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}


DOCUMENT = "word/document.xml"


def pack(document: Sequence[bytes], parts: dict[str, str]) -> bytes:
    """The file's bytes, with the relations and types of the parts that are there. The main part comes in pieces: of a
    report on a province it has tens of megabytes, which are never in one place."""
    parts = {DOCUMENT: "", **parts}
    related = {
        "_rels/.rels": _relations((number, kind, name) for number, kind, name in _OUTER if name in parts),
        "word/_rels/document.xml.rels": _relations(
            (number, relation(kind), f"{kind}.xml") for kind, number in _NUMBERS.items() if f"word/{kind}.xml" in parts
        ),
    }
    texts = {"[Content_Types].xml": _content_types(parts), **related, **parts}
    return _zip({name: document if name == DOCUMENT else (text.encode(),) for name, text in texts.items()})


def _zip(parts: dict[str, Sequence[bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.file_size = sum(map(len, pieces))
            with archive.open(entry, "w") as file:
                for piece in pieces:
                    file.write(piece)
    return buffer.getvalue()


def _relations(entries: Iterable[tuple[str, str, str]]) -> str:
    inner = (f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>' for number, kind, target in entries)
    return f"{DECLARATION}<Relationships {RELATIONSHIPS}>{''.join(inner)}</Relationships>"


def _content_types(parts: dict[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items() if name in parts
    )
    return (
        f"{DECLARATION}<Types {CONTENT_TYPES}>"
        f'<Default Extension="rels" ContentType="{PACKAGE_TYPE}.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
