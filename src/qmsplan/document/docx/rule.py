"""The solid lines under agency, motto and title: drawn shapes, as the decree's readers and checkers expect them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.document.docx.markup import Layout, emus, paragraph, points
from qmsplan.document.docx.namespaces import SHAPE

if TYPE_CHECKING:
    from qmsplan.document.docx.sheet import Sheet

_ROOM = 3
"""Points that the line's own paragraph is high, beside the gap above the line."""


def rule(sheet: Sheet, length: float, after: float = 0) -> str:
    """A centred horizontal line, `length` in points, in a low paragraph of its own; `after` is the gap below it."""
    look = sheet.profile.head
    layout = Layout(height=points(look.rule_gap + _ROOM), after=points(after))
    return paragraph("rule", _line(sheet, length) if length else "", layout)


def _line(sheet: Sheet, length: float) -> str:
    look = sheet.profile.head
    width, thickness = emus(points(length)), emus(points(look.rule_width))
    gap = emus(points(look.rule_gap))
    number = sheet.next_drawing()
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{gap}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="Đường kẻ {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{thickness}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>'
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
