"""Spoilt Word files end in a draft that loads, or in a fault with a hint. More: `python tools/fuzz.py --word`."""

from __future__ import annotations

from random import Random

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from importing.spoilt_word_files import corpus, faults, options, spoilt
from importing.word_files import Paper
from qmsplan.diagnostics import Message, Translator, UserError
from qmsplan.importing import importer
from qmsplan.importing.importer import import_file
from rows import each_row

EACH = 3


@pytest.mark.parametrize("round_", range(2))
def test_spoilt_word_files(round_: int) -> None:
    for seed in range(round_ * EACH, (round_ + 1) * EACH):
        assert list(faults(spoilt(Random(seed)))) == [], f"python tools/fuzz.py --word --seed {seed} --count 1"


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".pdf", ""])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"\xff" * 50])
def test_what_is_no_paper_is_refused_with_a_hint(ending: str, content: bytes) -> None:
    with pytest.raises(UserError) as told:
        import_file(content, ending, options())
    assert told.value.hint is not None


def test_half_a_file_is_refused() -> None:
    with pytest.raises(UserError):
        import_file(corpus()[0][:3000], ".docx", options())


@each_row(
    ("ending", "content", "words"),
    [
        *((ending, b"", "empty") for ending in (".docx", ".doc", ".xlsx", ".xls")),
        (".docx", b"<html><p>K</p></html>", "web page"),
        (".xlsx", b"<html><p>K</p></html>", "web page"),
        (".doc", b"%PDF-1.7", "PDF"),
        (".xls", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (".xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "save it without one"),
        (".xlsx", Paper().bytes(), "Word file"),
        (".docx", Paper().bytes(), "no text"),
    ],
)
def test_what_is_no_plan_is_called_what_it_is(ending: str, content: bytes, words: str) -> None:
    with pytest.raises(UserError) as fault:
        import_file(content, ending, options())
    translate, hint = Translator("en"), fault.value.hint
    assert words in translate(fault.value.message) + (translate(hint) if hint else "")


def test_a_draft_that_no_plan_can_be_made_of_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is known that comes so far."""
    monkeypatch.setattr(importer, "_MOST_FAULTS", 0)
    with pytest.raises(UserError) as fault:
        import_file(corpus()[0], ".docx", options())
    assert fault.value.message.template == "no plan can be made of this file"
    assert fault.value.hint == Message("check that it is a plan, and save it in Word again")


def test_a_paper_that_was_scanned_is_refused() -> None:
    paper = Paper()
    paper.para("Trang 1").add_run()._r.append(parse_xml(f"<w:drawing {nsdecls('w', 'a')}><a:blip/></w:drawing>"))
    with pytest.raises(UserError, match="scanned"):
        import_file(paper.bytes(), ".docx", options())
