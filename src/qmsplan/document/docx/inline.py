"""Runs and footnotes inside a paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.document.blocks import Run
from qmsplan.document.docx.markup import paragraph, text_run
from qmsplan.document.wording import cased

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmsplan.document.blocks import Footnote, Inline
    from qmsplan.document.docx.sheet import Sheet
    from qmsplan.document.profile import Style

_REFERENCE = '<w:rStyle w:val="FootnoteReference"/>'
_MARK = f"<w:r><w:rPr>{_REFERENCE}</w:rPr><w:footnoteRef/></w:r>"


def inline(content: Iterable[Run | Footnote], style: Style, sheet: Sheet) -> str:
    """The content of a paragraph of this style."""
    return "".join([_run(part, style) if isinstance(part, Run) else _reference(part, sheet) for part in content])


def words_of(content: Inline) -> str:
    """The text alone; that of footnotes stands elsewhere."""
    if len(content) == 1 and isinstance(only := content[0], Run):
        return only.text
    return "".join([part.text for part in content if isinstance(part, Run)])


def _run(run: Run, style: Style) -> str:
    text, bold, italic = run
    looks = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    return text_run(cased(text, style), looks)


def _reference(note: Footnote, sheet: Sheet) -> str:
    number = len(sheet.counters.footnotes) + 1
    content = _MARK + text_run(" ") + inline(note.content, sheet.profile.styles["footnote"], sheet)
    sheet.counters.footnotes.append(f'<w:footnote w:id="{number}">{paragraph("footnote", content)}</w:footnote>')
    return f'<w:r><w:rPr>{_REFERENCE}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
