"""A printed plan in a workspace of its own, and the same Word file with something changed in it."""

from __future__ import annotations

import zipfile
from pathlib import Path

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


def put(number: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{number}</w:t></w:r>'


STYLE = (
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Heir"><w:name w:val="Heir"/><w:basedOn w:val="Gone"/></w:style>'
)


def printed(folder: Path) -> Path:
    """A workspace with one plan in a folder, which has to be the current one; its Word file."""
    (folder / "plans").mkdir()
    (folder / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    (folder / "plans" / "khmt.yaml").write_text(PLAN, "utf-8")
    assert run(["render", "KHMT", "--out", "."]) == 0
    return folder / "KHMT.docx"


def changed(file: Path, runs: str, *others: tuple[str, str, str]) -> Path:
    """The file with other runs in place of the text. `others` are put in elsewhere: at the start of which part's name,
    next to which tag, what; in the text into the last element before those runs, or the first behind them."""
    target = file.with_name("changed.docx")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name).decode() if name.endswith(".xml") else None
            before, after = str(part), ""
            if name == "word/document.xml":
                assert before.count(HOLDS) == 1
                before, _, after = before.partition(HOLDS)
                after = runs + after
            elif name == "word/styles.xml":
                before = before.replace("</w:styles>", f"{STYLE}</w:styles>")
            for within, tag, new in others:
                if name.startswith(f"word/{within}") and tag in before:
                    before = before[::-1].replace(tag[::-1], (new + tag if "/" in tag else tag + new)[::-1], 1)[::-1]
                elif name.startswith(f"word/{within}"):
                    after = after.replace(tag, new + tag if "/" in tag else tag + new, 1)
            archive.writestr(name, source.read(name) if part is None else before + after)
    return target
