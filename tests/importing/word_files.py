"""Word files made by hand for the tests of importing, as offices make them: with python-docx and raw XML."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from blank_word import blank_word

CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


class Paper:
    """A Word file in the making."""

    def __init__(self, *, font: str = "Times New Roman", letter: bool = False) -> None:
        self.document = blank_word()
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = font, Pt(13)
        section = self.document.sections[0]
        section.page_width, section.page_height = (Mm(216), Mm(279)) if letter else (Mm(210), Mm(297))

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def para(self, text: str = "", look: str = "", align: Any = None, into: Any = None) -> Any:
        """A paragraph; `look` holds b and i. `into` is a cell, whose first empty paragraph is used."""
        if into is None:
            paragraph = self.document.add_paragraph()
        else:
            first = into.paragraphs[0]
            is_free = len(into.paragraphs) == 1 and not first.text and not first.runs
            paragraph = first if is_free else into.add_paragraph()
        if text:
            run = paragraph.add_run(text)
            run.bold, run.italic = "b" in look or None, "i" in look or None
        if align is not None:
            paragraph.alignment = align
        return paragraph

    def lines(self, *texts: str, look: str = "", align: Any = None) -> None:
        for text in texts:
            self.para(text, look, align)

    def head(self, left: Sequence[str], number: str, dateline: str, *, parent: bool = True) -> None:
        """The usual head in a table of two columns and two rows."""
        table = self.document.add_table(2, 2)
        for at, text in enumerate(left):
            is_issuer = not parent or at == len(left) - 1
            self.para(text, "b" if is_issuer else "", CENTRE, table.cell(0, 0))
        self.para(NATION, "b", CENTRE, table.cell(0, 1))
        self.para(MOTTO, "b", CENTRE, table.cell(0, 1))
        self.para(number, "", CENTRE, table.cell(1, 0))
        self.para(dateline, "i", CENTRE, table.cell(1, 1))

    def title(self, kind: str, *subject: str) -> None:
        self.para()
        self.para(kind, "b", CENTRE)
        self.lines(*subject, look="b", align=CENTRE)

    def end(self, recipients: Sequence[str], posts: Sequence[str], name: str) -> None:
        table = self.document.add_table(1, 2)
        self.para("Nơi nhận:", "bi", None, table.cell(0, 0))
        for text in recipients:
            self.para(text, "", None, table.cell(0, 0))
        for text in posts:
            self.para(text, "b", CENTRE, table.cell(0, 1))
        for _ in range(4):
            table.cell(0, 1).add_paragraph()
        self.para(name, "b", CENTRE, table.cell(0, 1))

    def table(self, rows: Sequence[Sequence[str]], *, bold_rows: int = 1, into: Any = None) -> Any:
        """A table; in a cell, `\\n` parts paragraphs."""
        made = (into or self.document).add_table(len(rows), len(rows[0]))
        if into is None:
            made.style = "Table Grid"
        cells = made._cells  # each `made.cell` would count them all anew
        for at, row in enumerate(rows):
            for text, cell in zip(row, cells[at * len(rows[0]) :], strict=False):
                for line in text.split("\n"):
                    self.para(line, "b" if at < bold_rows else "", None, cell)
        return made

    def boxed(self, *texts: str, look: str = "b") -> None:
        """A text box anchored in a paragraph of its own."""
        bold = "<w:rPr><w:b/></w:rPr>" if "b" in look else ""
        inner = "".join(
            f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
            for text in texts
        )
        paragraph = self.document.add_paragraph()
        paragraph._p.append(
            parse_xml(
                f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape id="t" '
                f'style="width:220pt;height:60pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>'
                "</v:shape></w:pict></w:r>"
            )
        )

    def numbering(self, *levels: tuple[str, str]) -> int:
        """A list with levels such as `("upperRoman", "%1.")`; its number."""
        part = self.document.part.numbering_part.element
        number = 900 + len(part)
        inner = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (form, text) in enumerate(levels)
        )
        part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'))
        part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
        return number

    def numbered(self, paragraph: Any, number: int, level: int = 0) -> Any:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        )
        return paragraph

    def inserted(self, paragraph: Any, text: str) -> None:
        paragraph._p.append(
            parse_xml(
                f'<w:ins {nsdecls("w")} w:id="1" w:author="A"><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>'
            )
        )

    def deleted(self, paragraph: Any, text: str) -> None:
        paragraph._p.append(
            parse_xml(
                f'<w:del {nsdecls("w")} w:id="2" w:author="A"><w:r><w:delText xml:space="preserve">{text}</w:delText>'
                "</w:r></w:del>"
            )
        )

    def delete_row(self, row: Any) -> None:
        """Marks a row and its letters as deleted by a tracked change."""
        row._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="3" w:author="A"/>'))
        for run in list(row._tr.iter(qn("w:r"))):
            for text in run.iter(qn("w:t")):
                text.tag = qn("w:delText")
            parent = run.getparent()
            wrapper = parse_xml(f'<w:del {nsdecls("w")} w:id="4" w:author="A"/>')
            parent.replace(run, wrapper)
            wrapper.append(run)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)
