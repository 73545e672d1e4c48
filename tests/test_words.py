"""Every word of the source documents stands in order in the Word files made from the repository's plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from docx_text import docx_text
from qmsplan.cli.app import run
from words import missing_words, words

HERE = Path(__file__).parent
SOURCES = {
    "TGPL-KHMT-2026": "000.txt",
    "TGPL-KHDT-2026": "001.txt",
    "UBND-KH122-2023": "002.txt",
    "STP-CCHC-2026-2030": "003.txt",
    "MTCL-MAU": "004-form.txt",
    "MTCL-VIDU": "004-example.txt",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("build")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(HERE.parent)
        assert run(["render", "--out", str(out)]) == 0
    return out


@pytest.mark.parametrize(("plan", "source"), SOURCES.items())
def test_no_word_of_the_source_is_missing(built: Path, plan: str, source: str) -> None:
    rendered = docx_text((built / f"{plan}.docx").read_bytes())
    assert missing_words((HERE / "sources" / source).read_text("utf-8"), rendered) == []


def test_the_measure_notices_one_word() -> None:
    text = (HERE / "sources" / "000.txt").read_text("utf-8")
    all_words = words(text)
    assert len(all_words) > 700
    without = " ".join(all_words[:300] + all_words[301:])
    assert [word for _, word in missing_words(text, without)] == [all_words[300]]


def test_the_measure_notices_words_that_changed_places() -> None:
    assert missing_words("một hai ba", "hai một ba")
