"""How text looks in the end, what Word numbers itself, and text in codes from before Unicode."""

from __future__ import annotations

import io
from itertools import chain

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from lxml import etree

from blank_word import blank_word
from goldens import facts, tell
from importing.more_papers import PAPERS as MORE
from importing.papers import PAPERS as FIRST
from qmsplan.word.lines import is_vml_line
from qmsplan.word.paragraph import decoded, formatted
from qmsplan.word.reader import WordContent, read_paragraphs, read_word
from rows import each_row

PAPERS = {**FIRST, **MORE}


def read(document: docx.document.Document) -> WordContent:
    found = read_paragraphs(document)
    for one in (*found.paragraphs, *found.notes, *chain(*found.margins.values())):
        where = {name: value for name, value in vars(one).items() if name not in {"element", "look", "runs"} and value}
        runs = (f"{run.text!r} {run.field} {facts(run.look)}" for run in one.runs)
        tell("; ".join([" ".join(f"{name} {facts(value)}" for name, value in where.items()), facts(one.look), *runs]))
    return found


def saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_run_has_what_its_styles_the_theme_and_the_defaults_say() -> None:
    document = blank_word()
    base = document.styles.add_style("Gốc", 1)
    base.font.size, base.font.bold = Pt(13), True
    own = document.styles.add_style("Con", 1)
    own.base_style, own.font.italic = base, True
    own.paragraph_format.space_after, own.paragraph_format.first_line_indent = Pt(6), Mm(12.7)
    strong = document.styles.add_style("Chữ", 2)
    strong.font.bold = True
    paragraph = document.add_paragraph("a", style="Con")
    paragraph.add_run("b", style="Chữ")
    paragraph.add_run("c").font.size = Pt(20)
    found = read(document).paragraphs[0]
    assert [(run.look.size, run.look.bold, run.look.italic) for run in found.runs] == [
        (13, True, True),
        (13, False, True),  # bold in two styles is not bold
        (20, True, True),
    ]
    assert found.runs[0].look.font == "Cambria"  # the theme of python-docx's own template
    assert (found.look.after, round(found.look.first, 1), found.look.style) == (6, 12.7, "Con")


def test_a_circle_of_styles_and_odd_numbers_are_no_trouble() -> None:
    document = blank_word()
    one, two = (document.styles.add_style(name, 1) for name in ("Một", "Hai"))
    one.base_style, two.base_style = two, one
    paragraph = document.add_paragraph("x", style="Một")
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:spacing {nsdecls("w")} w:after="99999999999999999999" w:line="x"/>'))
    found = read(document).paragraphs[0]
    assert (found.text, found.look.after, round(found.look.line, 2)) == ("x", 10, 1.15)  # the defaults


def test_automatic_numbers_are_read_with_the_paragraphs_that_have_no_text() -> None:
    document = blank_word()
    for text in ("một", "", "ba"):
        document.add_paragraph(text, style="List Number")
    found = read_word(saved(document)).paragraphs
    assert [one.text for one in found] == ["1. một", "2.", "3. ba"]


@each_row(
    ("number", "form", "text"),
    [(4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (27, "lowerLetter", "aa"), (3, "decimalZero", "03")],
)
def test_numbers_of_lists(number: int, form: str, text: str) -> None:
    assert formatted(number, form) == text


@each_row(
    ("coded", "font", "text"),
    [
        ("tØnh Phó Thä", ".VnTime", "tỉnh Phú Thọ"),
        ("n\u00ad\u00edc", ".VnTime", "nước"),
        ("céng hßa", ".VnTimeH", "CỘNG HÒA"),
        ("Coäng hoøa xaõ hoäi", "VNI-Times", "Cộng hòa xã hội"),
        ("ñöôïc", "VNI-Times", "được"),
        ("Ñoäc laäp", "VNI-Times", "Độc lập"),
        ("tØnh", "Times New Roman", "tØnh"),
    ],
)
def test_text_in_old_codes_is_read_by_its_font(coded: str, font: str, text: str) -> None:
    assert decoded(coded, font) == text


def test_a_soft_hyphen_is_a_letter_in_the_old_code_and_nothing_elsewhere() -> None:
    document = blank_word()
    for font in (".VnTime", "Times New Roman"):
        run = document.add_paragraph().add_run("t")
        run.font.name = font
        run._r.append(parse_xml(f"<w:softHyphen {nsdecls('w')}/>"))
        run._r.append(parse_xml(f"<w:t {nsdecls('w')}>a</w:t>"))
    assert [one.text for one in read_word(saved(document)).paragraphs] == ["tưa", "ta"]


def test_cells_that_are_merged_or_nested_are_read_once() -> None:
    document = blank_word()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "gộp"
    table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "lồng"
    found = [(one.text, one.depth, one.place) for one in read(document).paragraphs if one.text]
    assert found == [("gộp", 1, (1, 1, 1)), ("lồng", 2, (1, 2, 1))]


def test_changes_and_comments_are_seen() -> None:
    document = blank_word()
    paragraph = document.add_paragraph("giữ ")
    for kind, inner in (("ins", "<w:t>mới</w:t>"), ("del", "<w:delText>cũ</w:delText>")):
        xml = f'<w:{kind} {nsdecls("w")} w:id="1" w:author="a"><w:r>{inner}</w:r></w:{kind}>'
        paragraph._p.append(parse_xml(xml))
    found = read(document).paragraphs[0]
    assert (found.text, found.has_changes, found.has_comment) == ("giữ mới", True, False)
    assert found.element.tag == qn("w:p")


@each_row(
    ("looks", "is_line"),
    [
        ('type="#_x0000_t32"', True),
        ('o:hr="t" style="width:0;height:20pt"', True),
        ('style="width:80pt;height:1pt"', True),
        ('style="width:80pt;height:20pt"', False),
        ('type="#_x0000_t75" o:hr="f"', False),
    ],
)
def test_which_old_drawings_are_lines(looks: str, is_line: bool) -> None:  # noqa: FBT001
    names = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    assert is_vml_line(etree.fromstring(f"<v:rect {names} {looks}/>")) is is_line


@pytest.mark.parametrize("name", PAPERS)
def test_all_that_is_seen_of_a_paper_made_by_hand(name: str) -> None:
    """Looks, numbers, places and notes of papers as offices make them: held, not judged."""
    assert read(docx.Document(io.BytesIO(PAPERS[name]()))).paragraphs
