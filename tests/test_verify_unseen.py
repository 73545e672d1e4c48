"""`verify` is not fooled by a Word file that prints another number than it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from printed_file import AFTER, BEFORE, HOLDS, changed, printed, put
from qmsplan.cli.app import run
from rows import each_row

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def signs(number: str) -> str:
    return "".join(f'<w:r><w:sym w:font="Times New Roman" w:char="F0{ord(one):02X}"/></w:r>' for one in number)


def choice(text: str, other: str) -> str:
    made = f'<mc:Choice Requires="odd">{put(text)}</mc:Choice><mc:Fallback>{put(other)}</mc:Fallback>'
    return f'<mc:AlternateContent {MC} xmlns:odd="urn:nobody">{made}</mc:AlternateContent>'


def field(instruction: str, result: str) -> str:
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{kinds[1]}{put(result)}{kinds[2]}"


def box(text: str) -> str:
    inner = f"<w:txbxContent><w:p>{put(text)}</w:p></w:txbxContent>"
    shape = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{inner}</v:textbox></v:shape>'
    return f"<w:r><w:pict>{shape}</w:pict></w:r>"


VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def shape(inner: str = "") -> str:
    style = 'style="position:absolute;width:40pt;height:16pt" fillcolor="white"'
    return f"<w:r><w:pict><v:rect {VML} {style}>{inner}</v:rect></w:pict></w:r>"


def drawing(kind: str, inner: str) -> str:
    names = {"a": "main", "wp": "wordprocessingDrawing"}
    spaces = " ".join(f'xmlns:{one}="{DRAWING}/{name}"' for one, name in names.items())
    content = f'<a:graphic><a:graphicData uri="{DRAWING}/{kind}">{inner}</a:graphicData></a:graphic>'
    extent = '<wp:extent cx="900000" cy="300000"/>'
    return f"<w:r><w:drawing {spaces}><wp:inline>{extent}{content}</wp:inline></w:drawing></w:r>"


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
FORMULA = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>0,8 ×</m:t></m:r></m:oMath>'  # noqa: E501
WAYS = {
    "a hidden run": put(BEFORE) + put("95", "<w:vanish/>") + put("80") + put(AFTER),
    "hidden, and signs in its place": put(BEFORE) + put("95", "<w:vanish/>") + signs("80") + put(AFTER),
    "signs": put(BEFORE) + signs("80") + put(AFTER),
    "hidden by a style": put(BEFORE) + put("95", '<w:rStyle w:val="Heir"/>') + signs("80") + put(AFTER),
    "for a program that nobody has": put(BEFORE) + choice("95", "80") + put(AFTER),
    "a field": put(BEFORE) + field("QUOTE 80", "95") + put(AFTER),
    "a field in one element": put(BEFORE) + f'<w:fldSimple w:instr="= 40 + 40">{put("95")}</w:fldSimple>' + put(AFTER),
    "a text box above": put(BEFORE) + put("95") + box("80") + put(AFTER),
    "white": put(BEFORE) + put("95", '<w:color w:val="FFFFFF"/>') + put(AFTER),
    "nearly white": put(BEFORE) + put("95", '<w:color w:val="F8F8F8"/>') + put(AFTER),
    "black on black": put(BEFORE)
    + put("95", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')
    + put(AFTER),
    "tiny": put(BEFORE) + put("95", '<w:sz w:val="2"/>') + put(AFTER),
    "squeezed": put(BEFORE) + put("95", '<w:w w:val="1"/>') + put(AFTER),
    "set from right to left": put(BEFORE) + f'<w:bdo w:val="rtl">{put("95")}</w:bdo>' + put(AFTER),
    "raised out of its line": put(BEFORE) + put("95", '<w:position w:val="400"/>') + put(AFTER),
    "letters over each other": put(BEFORE) + put("95", '<w:spacing w:val="-300"/>') + put(AFTER),
    "a formula": put(BEFORE) + f"{FORMULA}" + put("95") + put(AFTER),
    "pictures": put(BEFORE) + put("95", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>') + put(AFTER),
    "the number of a page": put(BEFORE) + field("PAGE", "95") + put(AFTER),
    "a number that is counted": put(BEFORE) + field("SEQ x \\r 80", "95") + put(AFTER),
    "a white box over it": put(BEFORE) + shape() + put("95") + put(AFTER),
    "letters that are drawn": put(BEFORE) + put("95") + shape('<v:textpath string="80"/>') + put(AFTER),
    "a picture": put(BEFORE) + put("95") + drawing("picture", "<a:blip/>") + put(AFTER),
    "a diagram": put(BEFORE) + put("95") + drawing("diagram", "") + put(AFTER),
    "an embedded object": put(BEFORE) + put("95") + f"<w:r><w:object>{shape()}</w:object></w:r>" + put(AFTER),
    "a line through it": put(BEFORE)
    + put("95")
    + f'<w:r><w:pict><v:line {VML} from="0,0" to="40pt,0"/></w:pict></w:r>'
    + put(AFTER),
    "a change that may be refused": put(BEFORE)
    + '<w:del w:id="1" w:author="x"><w:r><w:delText>80</w:delText></w:r></w:del>'
    + put("95")
    + put(AFTER),
    "a comment": put(BEFORE) + put("95") + '<w:r><w:commentReference w:id="0"/></w:r>' + put(AFTER),
    "above other letters": put(BEFORE)
    + f"<w:r><w:ruby><w:rt>{put('80')}</w:rt><w:rubyBase>{put('95')}</w:rubyBase></w:ruby></w:r>"
    + put(AFTER),
    "data of the file": put(BEFORE)
    + f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x"/></w:sdtPr><w:sdtContent>{put("95")}</w:sdtContent></w:sdt>'
    + put(AFTER),
    "white by the theme": put(BEFORE) + put("95", '<w:color w:val="000000" w:themeColor="background1"/>') + put(AFTER),
    "red on red": put(BEFORE) + put("95", '<w:color w:val="FF0000"/><w:highlight w:val="red"/>') + put(AFTER),
    "squeezed into a width": put(BEFORE) + put("95", '<w:fitText w:val="1"/>') + put(AFTER),
    "an element that nobody knows": f'<odd:x xmlns:odd="urn:nobody">{put(BEFORE)}</odd:x>' + put("95") + put(AFTER),
    "struck through": put(BEFORE) + put("95", "<w:strike/>") + put(AFTER),
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A printed plan, in whose workspace all these tests run."""
    folder = tmp_path_factory.mktemp("printed")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield printed(folder)


ELSEWHERE = {
    "a number in the header": ("header", "</w:p>", put("80")),
    "a box in the header, over the text": ("header", "</w:p>", box("80%")),
    "a page number that is none": ("header", "</w:p>", field('PAGE \\# "80"', "2")),
    "above the notes": ("footnotes", "</w:p>", put("80")),
    "a frame": ("document", "<w:pPr>", '<w:framePr w:x="-9000"/>'),
    "a table that floats": ("document", "<w:tblPr>", '<w:tblpPr w:tblpX="-20000"/>'),
    "a table off the page": ("document", "<w:tblPr>", '<w:tblInd w:w="-20000" w:type="dxa"/>'),
    "a cell below another one": ("document", "<w:tcPr>", "<w:vMerge/>"),
    "a row too low": ("document", "<w:trPr>", '<w:trHeight w:val="80" w:hRule="exact"/>'),
    "a row that is deleted": ("document", "<w:trPr>", '<w:del w:id="1" w:author="x"/>'),
    "letters that the file brings along": ("fontTable", "</w:font>", "<w:embedRegular/>"),
    "a part of a table by its style": (
        *("styles", 'w:styleId="TableGrid">'),
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:vanish/></w:rPr></w:tblStylePr>',
    ),
}


@each_row("way", WAYS)
def test_another_number_is_refused_however_it_is_hidden(way: str, file: Path) -> None:
    assert run(["verify", str(changed(file, WAYS[way]))]) == 1


@each_row("way", ELSEWHERE)
def test_another_number_is_refused_wherever_it_is_made(way: str, file: Path) -> None:
    assert run(["verify", str(changed(file, HOLDS, ELSEWHERE[way]))]) == 1


def test_what_is_shown_besides_text_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(changed(file, HOLDS + drawing("picture", "<a:blip/>"))), "--format", "json"]) == 1
    said = json.loads("{" + capsys.readouterr().out.partition("{")[2])
    assert said["besides"] == ["pictures that the plan does not print: 1"]
    assert said["differences"] == []


def test_the_number_itself_may_be_set_in_several_ways(file: Path) -> None:
    assert run(["verify", str(changed(file, put(BEFORE) + put("9", "<w:b/>") + signs("5") + put(AFTER)))]) == 0
    known = choice("95", "80").replace(
        "urn:nobody", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    )
    assert run(["verify", str(changed(file, put(BEFORE) + known + put(AFTER)))]) == 0
    content = f"<w:sdt><w:sdtPr/><w:sdtContent>{put('95')}</w:sdtContent></w:sdt>"
    assert run(["verify", str(changed(file, put(BEFORE) + content + put(AFTER)))]) == 0
    assert run(["verify", str(changed(file, HOLDS, ("header", "</w:p>", field("PAGE  \\* MERGEFORMAT", "2"))))]) == 0
