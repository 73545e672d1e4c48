"""Writes templates/base.docx from the numbers of the decree: `python tools/base_docx.py [--check]`.

The file has a paragraph style for every component of a document (`Quốc hiệu`, `Trích yếu` …), the page, the header with
the page number, and the parts that every Word file needs. Its text shows the styles and is never printed."""  # noqa: INP001

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from typing import TYPE_CHECKING

from docx.enum.section import WD_HEADER_FOOTER
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.hdrftr import HeaderPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart
from docx.shared import Mm, Pt
from generated import ROOT

from qmsplan.documents.profile import load_profile
from qmsplan.documents.word_base import packed
from qmsplan.documents.word_xml import style_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document
    from docx.styles.style import ParagraphStyle

    from qmsplan.documents.profile import PageFormat, Profile, TextStyle

BASE = ROOT / "templates" / "base.docx"
PROFILE = "nd30-2020"

ALIGNMENT = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
SIDES = ("top", "left", "bottom", "right")
GUIDE = (
    "Tệp này giữ kiểu chữ, khổ giấy, lề, đầu trang và chân trang của mọi văn bản do qmsplan lập. Đổi một kiểu (Styles) "
    "trong Word rồi lưu lại; chữ trên trang này chỉ để xem kiểu, không được in. Xem templates/README.vi.md."
)
WORD = nsdecls("w")
APPLICATION = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>qmsplan</Application></Properties>"
)
CORE = f"<cp:coreProperties {nsdecls('cp', 'dc', 'dcterms')}/>"


def theme_xml(font: str) -> str:
    """Black on white in one font: what Word shows under "theme colours" and "theme fonts"; no style refers to it."""
    known = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "000000", "lt2": "FFFFFF"}
    accents = {f"accent{number}": "000000" for number in range(1, 7)}
    colours = {**known, **accents, "hlink": "0000FF", "folHlink": "800080"}
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    fonts = f'<a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme {nsdecls("a")} name="qmsplan"><a:themeElements><a:clrScheme name="qmsplan">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="qmsplan"><a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="qmsplan"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def settings_xml(profile: Profile) -> str:
    """What Word is told of the file as a whole; mode 15 is that of Word 2013 and later."""
    return (
        f'<w:settings {WORD}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{profile.language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )


def fonts_xml(font: str) -> str:
    """The font, described so that a program that lacks it can choose one like it."""
    look = (
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/>'
    )
    return f'<w:fonts {WORD}><w:font w:name="{font}">{look}</w:font></w:fonts>'


def footnotes_xml() -> str:
    """The two lines that stand above footnotes; those of a document are put below them."""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{style_id("footnote")}"/></w:pPr>'
        f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f"<w:footnotes {WORD}>{lines}</w:footnotes>"


def styles_xml(profile: Profile) -> str:
    """The font and language of everything, and the styles of tables and of footnote marks. Word's own other styles are
    hidden from its list until somebody uses them."""
    font, size = profile.font, round(profile.styles["body"].size * 2)
    no_margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in SIDES)
    line = f'w:val="single" w:sz="{round(profile.table.border * 8)}" w:space="0" w:color="auto"'
    lines = "".join(f"<w:{side} {line}/>" for side in (*SIDES, "insideH", "insideV"))
    top, side = Mm(profile.table.cell_top).twips, Mm(profile.table.cell_side).twips
    cells = "".join(
        f'<w:{name} w:w="{width}" w:type="dxa"/>' for name, width in zip(SIDES, (top, side) * 2, strict=True)
    )
    return (
        f'<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" '
        f'w:eastAsia="{font}" w:cs="{font}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{profile.language}" w:eastAsia="{profile.language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        '</w:pPr></w:pPrDefault></w:docDefaults><w:latentStyles w:defLockedState="0" w:defUIPriority="99" '
        'w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblCellMar>{no_margins}</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{cells}</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
    )


def add_style(document: Document, key: str, look: TextStyle, priority: int) -> None:
    """The paragraph style of one component. Its id is ASCII; its name is the one that clerks read, beside Word's own if
    it has one: Word lists `Heading 1,Mục cấp 1`."""
    style: ParagraphStyle = document.styles.add_style(  # type: ignore[assignment]
        look.name, WD_STYLE_TYPE.PARAGRAPH, bool(look.alias)
    )
    style.element.styleId = style_id(key)
    if look.alias:
        alias = OxmlElement("w:aliases", {qn("w:val"): look.alias})
        style.element.find(qn("w:name")).addnext(alias)
    style.base_style = document.styles["Normal"]
    style.priority, style.quick_style = priority, True
    set_font(style, look)
    set_layout(style, look)


def set_font(style: ParagraphStyle, look: TextStyle) -> None:
    """Weight and size, for complex scripts too: Word takes those for letters that it does not place."""
    font = style.font
    font.size = Pt(look.size)
    font.bold = font.cs_bold = look.bold or None
    font.italic = font.cs_italic = look.italic or None
    size = font.element.rPr.find(qn("w:sz"))
    size.addnext(OxmlElement("w:szCs", {qn("w:val"): size.get(qn("w:val"))}))


def set_layout(style: ParagraphStyle, look: TextStyle) -> None:
    """Gaps, alignment and the like."""
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(look.before), Pt(look.after), float(look.line)
    layout.alignment = ALIGNMENT[look.align]
    layout.keep_with_next = look.keep_next or None
    layout.first_line_indent = Mm(look.first) if look.first else None
    properties = style.element.get_or_add_pPr()
    if look.level:
        properties.append(OxmlElement("w:outlineLvl", {qn("w:val"): str(look.level - 1)}))
    if look.box:
        lines = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="2" w:color="auto"/>' for side in SIDES)
        box = parse_xml(f"<w:pBdr {WORD}>{lines}</w:pBdr>")
        properties.insert_element_before(box, "w:spacing")


def set_page(document: Document, page: PageFormat) -> None:
    """The sheet and its margins, and a first page without a number."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance = section.footer_distance = Mm(page.number_from_top)
    section.gutter = Mm(0)
    section.different_first_page_header_footer = page.hide_first_number


def header_xml() -> str:
    """The number of the page."""
    return (
        f'<w:hdr {nsdecls("w", "r")}><w:p><w:pPr><w:pStyle w:val="{style_id("page-number")}"/></w:pPr>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p></w:hdr>'
    )


def base_docx(profile: Profile) -> bytes:
    """The whole file."""
    package = Package()

    def part(kind: type[XmlPart], name: str, content_type: str, text: str) -> XmlPart:
        return kind(PackURI(name), content_type, parse_xml(text), package)

    body = f"<w:document {nsdecls('w', 'r')}><w:body><w:sectPr/></w:body></w:document>"
    main = part(DocumentPart, "/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN, body)
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    related: Mapping[str, tuple[type[XmlPart], str, str, str]] = {
        RELATIONSHIP_TYPE.STYLES: (StylesPart, "/word/styles.xml", CONTENT_TYPE.WML_STYLES, styles_xml(profile)),
        RELATIONSHIP_TYPE.SETTINGS: (
            SettingsPart,
            "/word/settings.xml",
            CONTENT_TYPE.WML_SETTINGS,
            settings_xml(profile),
        ),
        RELATIONSHIP_TYPE.FONT_TABLE: (
            XmlPart,
            "/word/fontTable.xml",
            CONTENT_TYPE.WML_FONT_TABLE,
            fonts_xml(profile.font),
        ),
        RELATIONSHIP_TYPE.THEME: (XmlPart, "/word/theme.xml", CONTENT_TYPE.OFC_THEME, theme_xml(profile.font)),
        RELATIONSHIP_TYPE.FOOTNOTES: (XmlPart, "/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, footnotes_xml()),
        RELATIONSHIP_TYPE.HEADER: (HeaderPart, "/word/header.xml", CONTENT_TYPE.WML_HEADER, header_xml()),
    }
    numbers = {kind: main.relate_to(part(*given), kind) for kind, given in related.items()}
    outer = {
        RELATIONSHIP_TYPE.CORE_PROPERTIES: ("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, CORE),
        RELATIONSHIP_TYPE.EXTENDED_PROPERTIES: (
            "/docProps/app.xml",
            CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
            APPLICATION,
        ),
    }
    for kind, given in outer.items():
        package.relate_to(part(XmlPart, *given), kind)
    document: Document = main.document  # type: ignore[attr-defined]
    section = document.element.body.get_or_add_sectPr()
    section.add_headerReference(WD_HEADER_FOOTER.PRIMARY, numbers[RELATIONSHIP_TYPE.HEADER])
    set_page(document, profile.page)
    for priority, (key, look) in enumerate(profile.styles.items(), 1):
        add_style(document, key, look, priority)
    show_styles(document, profile)
    return packed(document)


def show_styles(document: Document, profile: Profile) -> None:
    """A text for whoever opens the file: each style's name, set in it."""
    document.add_paragraph(GUIDE, profile.styles["body"].name)
    for look in profile.styles.values():
        document.add_paragraph(look.alias or look.name, look.name)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts by name: another zlib may pack the same parts into other bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def main() -> int:
    """Writes the file if its parts are not as they should be; with `--check` only 1 says so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    content = base_docx(load_profile(PROFILE))
    if BASE.is_file() and parts_of(BASE.read_bytes()) == parts_of(content):
        return 0
    sys.stdout.write(f"{'stale: ' if check else ''}{BASE.relative_to(ROOT).as_posix()}\n")
    if not check:
        BASE.write_bytes(content)
    return int(check)


if __name__ == "__main__":
    raise SystemExit(main())
