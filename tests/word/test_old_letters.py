"""Five hundred words of TCVN3 and of VNI, letter by letter: what an old font shows is what is read."""

from __future__ import annotations

import re
from pathlib import Path

from qmsplan.model.old_letters import tcvn3, vni
from qmsplan.word.paragraph import decoded
from rows import each_row

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "plans" / "ubnd" / "UBND-KH122-2023.yaml").read_text("utf-8")
WORDS = list(dict.fromkeys(re.findall(r"[^\W\d_]+", TEXT)))[:500]
LETTERS = "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


def coded(text: str, code: dict[str, str]) -> str:
    return "".join(code.get(letter, letter) for letter in text)


def tcvn3_code() -> dict[str, str]:
    return {letter: chr(number) for number, letter in tcvn3().items()}


def vni_code() -> dict[str, str]:
    return {letter: typed for typed, letter in vni().items()}


def test_there_are_five_hundred_different_words() -> None:
    assert len(WORDS) == 500


@each_row("word", [" ".join(WORDS[at : at + 50]) for at in range(0, 500, 50)])
def test_words_of_tcvn3(word: str) -> None:
    code = tcvn3_code()
    assert decoded(coded(word.lower(), code), ".VnTime") == word.lower()
    assert decoded(coded(word.lower(), code), ".VnTimeH") == word.upper()
    assert decoded(coded(word, code), "Times New Roman") == coded(word, code)


@each_row("word", [" ".join(WORDS[at : at + 50]) for at in range(0, 500, 50)])
def test_words_of_vni(word: str) -> None:
    assert decoded(coded(word, vni_code()), "VNI-Times") == word


def test_every_vietnamese_letter_is_in_both_codes() -> None:
    assert set(LETTERS) <= set(tcvn3_code())
    own = set("ìíÌÍ")  # VNI has these where Unicode has them
    assert set(LETTERS + LETTERS.upper()) - own <= set(vni_code())


@each_row(
    ("font", "typed", "seen"),
    [
        (".VnTime", "tØnh Phó Thä", "tỉnh Phú Thọ"),
        (".VnTime", "n\u00adíc", "nước"),
        (".VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
        ("VNI-Times", "Keá hoaïch naêm 2026", "Kế hoạch năm 2026"),
        ("VNI-Helve", "Chöông trình ñaøo taïo", "Chương trình đào tạo"),
    ],
)
def test_words_as_old_files_have_them(font: str, typed: str, seen: str) -> None:
    assert decoded(typed, font) == seen
