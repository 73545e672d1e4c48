"""`word/styles.xml`: one paragraph style a component, named in Vietnamese, so that clerks can edit the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.document.docx.markup import JUSTIFY, escape, points, style_id, twips
from qmsplan.document.docx.namespaces import DECLARATION, MAIN

if TYPE_CHECKING:
    from qmsplan.document.profile import Profile, Style

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


def _component(key: str, style: Style) -> str:
    custom = "" if style.name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id(key)}"><w:name w:val="{escape(style.name)}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_layout(style)}</w:pPr><w:rPr>{_looks(style)}</w:rPr>'
        "</w:style>"
    )


def _layout(style: Style) -> str:
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


def _looks(style: Style) -> str:
    return ("<w:b/><w:bCs/>" if style.bold else "") + ("<w:i/><w:iCs/>" if style.italic else "") + _size(style.size)


def _size(size: float) -> str:
    """A font size, which Word counts in half points."""
    return f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
