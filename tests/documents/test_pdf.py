"""PDF files: how many pages they have, and when they are refused."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from document_support import plan_with, rendered
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from conftest import need
from office import office_environment
from qmsplan.diagnostics import UserError
from qmsplan.documents import pdf
from qmsplan.documents.pdf import as_pdf

DOCUMENT = rendered(plan_with())
PLAIN = "CộngHòaXãHộiChủNghĩaViệtNamĐộcLậpTựDoHạnhPhúcÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
"""All letters of Vietnamese, among them those of the document."""


def printed(**faces: str) -> bytes:
    """A PDF of one page with faces, each used for some letters."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    fonts = DictionaryObject()
    for name, letters in faces.items():
        codes = "\n".join(f"<{number:02X}> <{ord(letter):04X}>" for number, letter in enumerate(letters))
        to_unicode = DecodedStreamObject()
        to_unicode.set_data(f"{len(letters)} beginbfchar\n{codes}\nendbfchar".encode())
        entries = {NameObject("/BaseFont"): NameObject(f"/BAAAAA+{name}")}
        entries[NameObject("/ToUnicode")] = writer._add_object(to_unicode)
        fonts[NameObject(f"/{name}")] = writer._add_object(DictionaryObject(entries))
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What LibreOffice is to print, a PDF for each document."""
    prints: list[bytes] = []

    def run(folder: Path, sources: Sequence[Path]) -> str:
        for source, content in zip(sources, prints, strict=False):
            (folder / source.with_suffix(".pdf").name).write_bytes(content)
        return ""

    monkeypatch.setattr(pdf, "_run_office", run)
    return prints


def test_a_pdf_in_fonts_that_have_all_letters(office: list[bytes]) -> None:
    office += [printed(Tinos=PLAIN), printed(LiberationSerif=PLAIN, Symbols="√")]
    assert [made.pages for made in as_pdf([DOCUMENT, DOCUMENT])] == [1, 1]


@pytest.mark.parametrize(
    ("faces", "letters"),
    [
        ({"Tinos": "".join(c for c in PLAIN if c < "\u1ea0"), "Other": "ạếộụ"}, "ạ"),
        ({"Tinos": "CongHoa"}, "À"),
    ],
    ids=["letters of another font", "no letters at all"],
)
def test_a_font_that_lacks_letters_is_refused(faces: dict[str, str], letters: str, office: list[bytes]) -> None:
    office.append(printed(**faces))
    with pytest.raises(UserError) as fault:
        as_pdf([DOCUMENT])
    assert "the font in place of Times New Roman lacks" in fault.value.message.template
    assert letters in dict(fault.value.message.values)["letters"]


def test_a_font_of_other_widths_is_refused(office: list[bytes]) -> None:
    office.append(printed(DejaVuSans=PLAIN))
    with pytest.raises(UserError) as fault:
        as_pdf([DOCUMENT])
    assert dict(fault.value.message.values) == {"font": "DejaVuSans"}


def test_libreoffice_without_any_font_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("soffice")
    (tmp_path / "fonts.conf").write_text("<fontconfig><dir>/nothing</dir></fontconfig>", "utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    with pytest.raises(UserError, match="LibreOffice made no PDF") as fault:
        as_pdf([DOCUMENT])
    assert "font" in dict(fault.value.message.values)["reason"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no pdf"])
def test_what_is_no_pdf_is_told(content: bytes, office: list[bytes]) -> None:
    office.append(content)
    with pytest.raises(UserError, match="LibreOffice made no PDF"):
        as_pdf([DOCUMENT])


def test_where_libreoffice_made_nothing(office: list[bytes]) -> None:
    with pytest.raises(UserError, match="LibreOffice made no PDF"):
        as_pdf([DOCUMENT])


def test_libreoffice_lays_out_several_files_in_one_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("soffice")
    for name, value in office_environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    short, long = as_pdf([DOCUMENT, rendered(plan_with(closing=("Một đoạn văn bản dài. " * 300,)))])
    assert (short.pages, long.pages > 1) == (1, True)
    assert short.content.startswith(b"%PDF-")
