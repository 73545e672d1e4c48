"""The smallest pieces of WordprocessingML: escaped text, runs, paragraphs, and the units they are measured in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qmsplan.document.profile import Align

JUSTIFY: dict[Align, str] = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_PIECES = re.compile(r"(\r\n|[\r\n\t])")
_BREAKS = {"\t": "<w:tab/>", "\r\n": "<w:br/>", "\r": "<w:br/>", "\n": "<w:br/>"}


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


@cache
def style_id(style: str) -> str:
    """The id of a component's style: `heading-1` -> `Heading1`."""
    return style.title().replace("-", "")


def text_run(text: str, properties: str = "") -> str:
    """A run; line breaks and tabs become elements of their own, spaces stay as they are."""
    if not text:
        return ""
    pieces = (text,) if text.isprintable() else _PIECES.split(text)
    inner = "".join([_piece(piece) for piece in pieces if piece])
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{looks}{inner}</w:r>"


def _piece(piece: str) -> str:
    if piece in _BREAKS:
        return _BREAKS[piece]
    return f'<w:t xml:space="preserve">{escape(piece)}</w:t>'


class Layout(NamedTuple):
    """What one paragraph adds to its style. Lengths are twips."""

    keep_next: bool = False
    page_break_before: bool = False
    indent: tuple[int, int] | None = None
    """From the left and from the right; the first line's indent is then none."""
    height: int | None = None
    """An exact line height."""
    before: int | None = None
    after: int | None = None
    section: str = ""
    """The properties of the section that ends here."""


PLAIN = Layout()


def paragraph(style: str, inner: str, layout: Layout = PLAIN) -> str:
    """A paragraph in a component's style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{_added(layout)}</w:pPr>{inner}</w:p>'


def _added(layout: Layout) -> str:
    if layout is PLAIN:
        return ""
    return (
        ("<w:keepNext/>" if layout.keep_next else "")
        + ("<w:pageBreakBefore/>" if layout.page_break_before else "")
        + _spacing(layout)
        + ('<w:ind w:left="{}" w:right="{}" w:firstLine="0"/>'.format(*layout.indent) if layout.indent else "")
        + layout.section
    )


def _spacing(layout: Layout) -> str:
    before = f' w:before="{layout.before}"' if layout.before is not None else ""
    after = f' w:after="{layout.after}"' if layout.after is not None else ""
    height = f' w:line="{layout.height}" w:lineRule="exact"' if layout.height is not None else ""
    return f"<w:spacing{before}{after}{height}/>" if before or after or height else ""
