"""`verify` is not fooled by a Word file whose layout cuts a number off, covers it or sets another beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from printed_file import AFTER, BEFORE, HOLDS, changed, printed, put
from qmsplan.cli.app import run
from rows import each_row


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A printed plan, in whose workspace all these tests run."""
    folder = tmp_path_factory.mktemp("printed")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield printed(folder)


def look(properties: str) -> str:
    return put(BEFORE) + put("95", properties) + put(AFTER)


LETTERS = {
    "letters of a script without marks": '<w:cs/><w:szCs w:val="2"/>',
    "figures of another font than the letters": '<w:rFonts w:ascii="Wingdings" w:hAnsi="Times New Roman"/>',
    "a font without ink": '<w:rFonts w:ascii="ZWAdobeF" w:hAnsi="ZWAdobeF"/>',
    "bars": '<w:rFonts w:ascii="Free 3 of 9" w:hAnsi="Free 3 of 9"/>',
    "half over each other": '<w:spacing w:val="-80"/>',
    "a pattern behind them": '<w:color w:val="000000"/><w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>',
    "a dense pattern": '<w:color w:val="333333"/><w:shd w:val="pct90" w:color="000000" w:fill="FFFFFF"/>',
    "a black marker": '<w:highlight w:val="black"/>',
    "raised to a power": '<w:vertAlign w:val="superscript"/>',
    "half raised": '<w:position w:val="12"/>',
    "two lines in one": '<w:eastAsianLayout w:combine="1"/>',
    "hollow": "<w:outline/>",
    "embossed": "<w:emboss/>",
    "pressed in": "<w:imprint/>",
    "a frame around each": '<w:bdr w:val="single" w:sz="96"/>',
}
PARAGRAPH = {
    "a low line": '<w:spacing w:line="120" w:lineRule="exact"/>',
    "a low share of a line": '<w:spacing w:line="60" w:lineRule="auto"/>',
    "no line at all": '<w:spacing w:line="0" w:lineRule="exact"/>',
    "a negative line": '<w:spacing w:line="-60"/>',
    "past the left edge": '<w:ind w:left="-3000" w:firstLine="0"/>',
    "past the left edge, its first line": '<w:ind w:left="0" w:hanging="3000"/>',
    "past the left edge by letters": '<w:ind w:leftChars="-2000" w:left="0"/>',
    "past the right edge": '<w:ind w:right="-20000"/>',
    "begins beyond the right edge": '<w:ind w:left="12000"/>',
    "a tab that ends beyond the edge": '<w:tabs><w:tab w:val="left" w:pos="29000"/></w:tabs>',
    "a pattern behind it": '<w:shd w:val="solid" w:color="000000" w:fill="auto"/><w:rPr/>',
    "a frame": '<w:pBdr><w:top w:val="single" w:sz="96"/></w:pBdr>',
    "hyphens before a tab": '<w:tabs><w:tab w:val="left" w:leader="hyphen" w:pos="100"/></w:tabs>',
}
ELSEWHERE = {
    "black cells by the style of the table": (
        *("styles", 'w:styleId="TableGrid">'),
        '<w:tblStylePr w:type="wholeTable"><w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr></w:tblStylePr>',
    ),
    "a narrow page": ("document", "<w:sectPr>", '<w:pgSz w:w="3000" w:h="11906"/>'),
    "numbers of lines": ("document", "<w:sectPr>", "<w:lnNumType w:countBy='1'/>"),
    "narrow columns": ("document", "<w:sectPr>", '<w:cols w:num="30" w:space="700"/>'),
    "a grid for letters": ("document", "<w:sectPr>", '<w:docGrid w:type="linesAndChars" w:charSpace="-40000"/>'),
    "a page border": ("document", "<w:sectPr>", '<w:pgBorders><w:top w:val="single" w:sz="96"/></w:pgBorders>'),
    "a coloured page": ("document", "<w:body>", '<w:background w:color="000000"/>'),
    "a row cut off": ("document", "<w:trPr>", '<w:trHeight w:val="200" w:hRule="exact"/>'),
    "a cell of the row swallowed by the one before": ("document", "<w:tcPr>", '<w:hMerge w:val="continue"/>'),
    "a cell without width": ("document", "<w:tcPr>", "<w:tcFitText/>"),
    "turned letters": ("document", "<w:tcPr>", '<w:textDirection w:val="btLr"/>'),
    "a header for even pages": ("header", "</w:p>", put("80")),
    "styles of another file": ("settings", "</w:settings>", "<w:linkStyles/>"),
    "colours that stand for others": (
        "settings",
        "</w:settings>",
        '<w:clrSchemeMapping w:bg1="dark1" w:t1="light1" w:bg2="dark2" w:t2="light2"/>',
    ),
}
RUNS = {
    "the mark of a note without text": f'{HOLDS}<w:r><w:footnoteReference w:id="9"/></w:r>',
    "far tabs in the same run": '<w:r><w:tab/><w:t xml:space="preserve">' + HOLDS.partition('preserve">')[2],
}


@each_row("way", LETTERS)
def test_letters_that_nobody_reads_as_the_plan_says(way: str, file: Path) -> None:
    assert run(["verify", str(changed(file, look(LETTERS[way])))]) == 1


@each_row("way", PARAGRAPH)
def test_a_paragraph_that_shows_less_or_more(way: str, file: Path) -> None:
    tab = "<w:r><w:tab/></w:r>" if "tab" in way else ""
    assert (
        run(
            [
                "verify",
                str(changed(file, tab + look('<w:color w:val="000000"/>'), ("document", "<w:pPr>", PARAGRAPH[way]))),
            ]
        )
        == 1
    )


@each_row("way", ELSEWHERE)
def test_a_page_or_a_table_that_shows_less_or_more(way: str, file: Path) -> None:
    assert (
        run(["verify", str(changed(file, look('<w:color w:val="000000" w:themeColor="text1"/>'), ELSEWHERE[way]))]) == 1
    )


@each_row("way", RUNS)
def test_runs_that_show_less_or_more(way: str, file: Path) -> None:
    far = '<w:tabs><w:tab w:val="left" w:pos="29000"/></w:tabs>'
    assert run(["verify", str(changed(file, RUNS[way], ("document", "<w:pPr>", far)))]) == 1


WORD = (
    "<w:zoom w:percent='87'/><w:proofState w:spelling='clean'/><w:revisionView w:formatting='0'/>"
    "<w:hideSpellingErrors/><w:displayBackgroundShape/>"
    "<w:rsids><w:rsidRoot w:val='00AB12CD'/></w:rsids><w:themeFontLang w:val='vi-VN'/>"
)
"""What Word writes into the settings of a file that somebody opened, looked at and saved."""
CHANGE = '<w:rPrChange w:id="1" w:author="A"><w:rPr><w:vanish/></w:rPr></w:rPrChange>'


@each_row(("change", "color", "code"), [("", "FFFFFF", 0), (CHANGE, "FFFFFF", 1), ("", "112233", 1)])
def test_what_word_writes_by_itself_hides_nothing_but_changes(change: str, color: str, code: int, file: Path) -> None:
    runs = '<w:proofErr w:type="spellStart"/>' + look(f'<w:noProof/><w:lang w:val="vi-VN"/>{change}')
    page = ("document", "<w:body>", f'<w:background w:color="{color}"/>')
    assert run(["verify", str(changed(file, runs, page, ("settings", "</w:settings>", WORD)))]) == code
