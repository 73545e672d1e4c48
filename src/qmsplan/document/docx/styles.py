"""`word/styles.xml`: one paragraph style a component, named in Vietnamese, so that clerks can edit the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.document.docx.markup import JUSTIFY, escape, points, style_id, twips
from qmsplan.document.docx.namespaces import DECLARATION, MAIN

if TYPE_CHECKING:
    from qmsplan.document.profile import Profile, Style

_BUILT_IN = frozenset({"header", "footnote text", "heading 1", "heading 2", "heading 3", "heading 4"})
"""Names that Word knows itself; it shows them in the user's language."""

SINGLE = 240
_BOX = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="2" w:color="auto"/>' for side in ("top", "left", "bottom", "right"))
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
    size = half_points(profile.styles["body"].size)
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{profile.language}" w:eastAsia="{profile.language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="{SINGLE}" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )


_NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
_TABLE_NORMAL = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)


def _table_grid(profile: Profile) -> str:
    look = profile.table
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    width = round(look.border * 8)
    borders = "".join(f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="auto"/>' for side in sides)
    margins = {"top": look.cell_top, "left": look.cell_side, "bottom": look.cell_top, "right": look.cell_side}
    cells = "".join(f'<w:{side} w:w="{twips(margin)}" w:type="dxa"/>' for side, margin in margins.items())
    return (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{cells}</w:tblCellMar></w:tblPr></w:style>"
    )


def _component(key: str, style: Style) -> str:
    custom = "" if style.name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id(key)}"><w:name w:val="{escape(style.name)}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_layout(style)}</w:pPr><w:rPr>{_looks(style)}</w:rPr></w:style>'
    )


def _layout(style: Style) -> str:
    return (
        ("<w:keepNext/>" if style.keep_next else "")
        + (f"<w:pBdr>{_BOX}</w:pBdr>" if style.box else "")
        + f'<w:spacing w:before="{points(style.before)}" w:after="{points(style.after)}" w:line="{round(style.line * SINGLE)}" '
        'w:lineRule="auto"/>'
        + (f'<w:ind w:firstLine="{twips(style.first)}"/>' if style.first else "")
        + f'<w:jc w:val="{JUSTIFY[style.align]}"/>'
        + (f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else "")
    )


def _looks(style: Style) -> str:
    size = half_points(style.size)
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    italic = "<w:i/><w:iCs/>" if style.italic else ""
    return f'{bold}{italic}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def half_points(size: float) -> int:
    """Points in the unit of font sizes."""
    return round(size * 2)
