"""Spoilt Word files end in a draft that loads, or in a fault with a hint. More: `python tools/fuzz.py --word`."""

from __future__ import annotations

from random import Random

import pytest

from importing.spoilt_word_files import corpus, faults, options, spoilt
from qmsplan.diagnostics import UserError
from qmsplan.importing.importer import import_file

EACH = 6


@pytest.mark.parametrize("round_", range(4))
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
