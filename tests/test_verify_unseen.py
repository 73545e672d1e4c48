"""`verify` is not fooled by a Word file that prints another number than it holds."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qmsplan.cli.app import run

PLAN = """kind: plan
id: KHMT
template: objectives-table
period: 2026
head: {type: KẾ HOẠCH, title: Mục tiêu chất lượng năm 2026}
objectives:
  - {id: MT01, number: "01", text: Tỷ lệ hồ sơ đúng hạn đạt 95%, target: 95%, lead: Phòng Nghiệp vụ}
"""
BEFORE, AFTER = "Tỷ lệ hồ sơ đúng hạn đạt ", "%"
HOLDS = f'<w:r><w:t xml:space="preserve">{BEFORE}95{AFTER}</w:t></w:r>'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def put(number: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{number}</w:t></w:r>'


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


FORMULA = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>0,8 ×</m:t></m:r></m:oMath>'  # noqa: E501
STYLE = (
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Heir"><w:name w:val="Heir"/><w:basedOn w:val="Gone"/></w:style>'
)
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
    "struck through": put(BEFORE) + put("95", "<w:strike/>") + put(AFTER),
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    (tmp_path / "plans" / "khmt.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["render", "KHMT", "--out", "."]) == 0
    return tmp_path / "KHMT.docx"


def changed(file: Path, runs: str) -> Path:
    target = file.with_name("changed.docx")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name).decode() if name.endswith(".xml") else None
            if name == "word/document.xml":
                assert part is not None
                assert part.count(HOLDS) == 1
                part = part.replace(HOLDS, runs)
            elif name == "word/styles.xml":
                part = str(part).replace("</w:styles>", f"{STYLE}</w:styles>")
            archive.writestr(name, source.read(name) if part is None else part)
    return target


@pytest.mark.parametrize("way", WAYS)
def test_another_number_is_refused_however_it_is_hidden(way: str, file: Path) -> None:
    assert run(["verify", str(changed(file, WAYS[way]))]) == 1


def test_a_box_in_the_header_may_lie_over_the_text(file: Path) -> None:
    target = file.with_name("changed.docx")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("word/header"):
                part = part.replace(b"</w:p>", box("80%").encode() + b"</w:p>", 1)
            archive.writestr(name, part)
    assert run(["verify", str(target)]) == 1


def test_the_number_itself_may_be_set_in_several_ways(file: Path) -> None:
    assert run(["verify", str(changed(file, put(BEFORE) + put("9", "<w:b/>") + signs("5") + put(AFTER)))]) == 0
    known = choice("95", "80").replace(
        "urn:nobody", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    )
    assert run(["verify", str(changed(file, put(BEFORE) + known + put(AFTER)))]) == 0
