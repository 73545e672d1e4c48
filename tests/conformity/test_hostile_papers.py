"""Files made to hurt, large files, odd files: a sentence with a hint, never a traceback, never more than a few seconds."""  # noqa: E501

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import papers
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.conformity.check import check_paper, mend_paper, why_not_mended
from qmsplan.diagnostics import UserError
from qmsplan.documents.profile import load_profile
from qmsplan.word import reader
from rows import each_row

PROFILE = load_profile("nd30-2020")
PLAN = papers.saved(papers.plan())
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_part(content: bytes, name: str, part: bytes | str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for entry in source.namelist():
            if entry != name:
                archive.writestr(entry, source.read(entry))
        archive.writestr(name, part)
    return target.getvalue()


def body(xml: str) -> bytes:
    return with_part(PLAN, "word/document.xml", f"<w:document {W}><w:body>{xml}</w:body></w:document>")


def part_of(name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(PLAN)).read(name)


def is_answered(content: bytes) -> bool:
    """Whether a file is judged and mended, or refused with a hint."""
    try:
        check_paper(content, PROFILE)
        mend_paper(content, PROFILE)
    except UserError as told:
        return told.hint is not None
    return True


ODD = {
    "nothing": "",
    "no section": "<w:p/>",
    "a field that never ends": '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 50,
    "fields that never began": '<w:p><w:r><w:fldChar w:fldCharType="end"/><w:fldChar/></w:r></w:p>' * 50,
    "text without a run": "<w:p><w:t>a</w:t></w:p><w:r><w:t>b</w:t></w:r><w:t>c</w:t>",
    "odd signs": '<w:p><w:r><w:sym/><w:sym w:char="ZZZZ"/><w:sym w:char="D800"/><w:sym w:char="FFFFF"/></w:r></w:p>',
    "odd numbers": '<w:p><w:pPr><w:ind w:left="1e9"/><w:numPr><w:numId w:val="-7"/><w:ilvl w:val="999"/></w:numPr></w:pPr></w:p>',  # noqa: E501
    "rows without a table": "<w:tr><w:tc><w:p/></w:tc></w:tr>",
    "a cell in a cell": "<w:tbl><w:tr><w:tc><w:tc><w:p/></w:tc></w:tc></w:tr></w:tbl>",
    "sizes of no use": '<w:p><w:r><w:rPr><w:sz w:val="x"/><w:w w:val="%"/><w:color/></w:rPr><w:t>a</w:t></w:r></w:p>',
    "an empty line": '<w:p><w:r><w:pict><v:line xmlns:v="urn:schemas-microsoft-com:vml" from="," to=""/></w:pict></w:r></w:p>',  # noqa: E501
    "a page without a size": '<w:p/><w:sectPr><w:pgSz w:w="x"/><w:pgMar/></w:sectPr>',
}


@each_row("name", ODD)
def test_odd_files_are_judged_or_refused(name: str) -> None:
    assert is_answered(body(ODD[name]))


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "word/header1.xml", "word/theme/theme1.xml"])
@pytest.mark.parametrize("content", ["", "<x/>", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "\x00"])
def test_broken_parts_are_judged_or_refused(part: str, content: str) -> None:
    assert is_answered(with_part(PLAN, part, content))


@given(st.integers(0, 2**32))
def test_files_with_changed_bytes_are_judged_or_refused(seed: int) -> None:
    """The bytes of the parts, which a zip with sums of its own would refuse as a whole."""
    chance = random.Random(seed)
    name = chance.choice(["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/header1.xml"])
    part = bytearray(part_of(name))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(part))
        part[at : at + chance.randint(0, 40)] = chance.choice([b"", b"0", b"</w:p>", b"<w:tbl>", b"-1", b"x" * 9])
    assert is_answered(with_part(PLAN, name, bytes(part)))


def test_too_many_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reader.MOST <= 100_000
    monkeypatch.setattr(reader, "MOST", 1_000)
    with pytest.raises(UserError):
        check_paper(body("<w:p/>" * 1_001), PROFILE)


@each_row(
    ("name", "part"),
    [
        ("_xmlsignatures/sig1.xml", "<x/>"),
        ("word/vbaProject.bin", "x"),
        (
            "word/settings.xml",
            f'<w:settings {W}><w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>',
        ),
    ],
)
def test_signed_protected_and_macro_files_are_only_checked(name: str, part: str) -> None:
    assert why_not_mended(with_part(PLAN, name, part))
    assert why_not_mended(PLAN) is None


def test_text_in_a_box_and_in_another_form_is_judged_once(tmp_path: Path) -> None:
    document = papers.plan()
    box = (
        f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'  # noqa: E501
        "<w:t>Khung chữ</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document.paragraphs[-1]._p.append(parse_xml(box))
    found = check_paper(papers.saved(document), PROFILE)
    assert [one.plain for one in found.content.paragraphs if one.in_box] == ["Khung chữ"]
    assert found.found == ()
