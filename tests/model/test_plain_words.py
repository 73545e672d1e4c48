"""Text made comparable: what is the same word, and what is not."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from qmsplan.model.text import count, ordinal, phrase, plain
from rows import each_row

VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ ĐÂÊÔƠƯÁÀ.,;:-–—\u00a0",
    max_size=60,
)


@each_row(
    ("text", "expected"),
    [
        ("hoà", "hòa"),
        ("hòa", "hòa"),
        ("hoá", "hóa"),
        ("Toà án", "tòa án"),
        ("hoả tốc", "hỏa tốc"),
        ("xoã", "xõa"),
        ("hội hoạ", "hội họa"),
        ("loè", "lòe"),
        ("khoé", "khóe"),
        ("thuý", "thúy"),
        ("Uỷ ban", "ủy ban"),
        ("luỹ kế", "lũy kế"),
        ("tuỳ", "tùy"),
        ("thuỵ", "thụy"),
        ("hoà,", "hòa"),
        ("hoà (mới)", "hòa (mới)"),
        ("hoà-bình", "hòa-bình"),
    ],
)
def test_the_newer_tone_place_is_the_older_one(text: str, expected: str) -> None:
    assert plain(text) == expected


@each_row(("new", "old"), [("sức khoẻ", "sức khỏe"), ("xoẹ", "xọe"), ("oẽ", "õe")])
def test_the_other_tones_of_oe(new: str, old: str) -> None:
    assert plain(new) == plain(old)


@each_row(
    "word",
    [
        "quý",
        "quỳ",
        "quỷ",
        "quỹ",
        "quỵ",
        "hoàn",
        "toán",
        "khoản",
        "hoạt",
        "huỳnh",
        "khuỷu",
        "quýt",
        "loét",
        "hòa",
        "của",
    ],
)
def test_marks_with_only_one_place_stay(word: str) -> None:
    assert plain(word) == word
    assert plain(word.upper()) == word


@each_row(
    ("text", "expected"),
    [
        ("Phòng Hành chính – Tổng hợp", "phòng hành chính - tổng hợp"),
        ("2026 — 2030", "2026 - 2030"),
        ("a−b", "a-b"),
        ("Quý\u00a0I\t năm\n2026", "quý i năm 2026"),
        ("  Cả năm 2026.  ", "cả năm 2026"),
        ("nhân sự...", "nhân sự"),
        ("Sở Tư pháp; ", "sở tư pháp"),
        ("Thời gian : ", "thời gian"),
        ("kế\u00adhoạch", "kếhoạch"),
        ("NĐ-CP", "nđ-cp"),
        ("", ""),
        (" .;,: ", ""),
        ("a.b", "a.b"),
    ],
)
def test_case_spaces_dashes_and_closing_points(text: str, expected: str) -> None:
    assert plain(text) == expected


@each_row("text", ["Mục tiêu chất lượng", "Quý III năm 2026", "Đảm bảo", "hoà", "Thuý"])
def test_decomposed_text_is_the_same(text: str) -> None:
    assert plain(unicodedata.normalize("NFD", text)) == plain(text)
    assert plain(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFC", plain(text))


def test_the_hyphen_that_word_does_not_break() -> None:
    assert plain("2026\u20112030") == "2026-2030"


@each_row(
    ("text", "expected"),
    [
        ("Hằng năm", "hàng năm"),
        ("hàng năm", "hàng năm"),
        ("Quí III", "quý III"),
        ("Q.III/2026", "quý III/2026"),
        ("tháng 01 hằng năm", "tháng 01 hàng năm"),
        ("Qúy III", "quý III"),
        ("Q3/2026", "quý 3/2026"),
        ("QIII-2026", "quý III-2026"),
        ("q1, q2", "quý 1, quý 2"),
    ],
)
def test_synonyms_of_phrases(text: str, expected: str) -> None:
    assert phrase(text) == expected


@each_row(
    ("text", "expected"),
    [
        ("Theo NQ57, Quận 3, QĐ-UBND, Q2026, Qi10", "Theo NQ57, Quận 3, QĐ-UBND, Q2026, Qi10"),
        ("Theo NQ.57", "Theo NQ.57"),
        ("Q. III/2026", "quý III/2026"),
        ("Q.  I", "quý I"),
    ],
)
def test_q_with_a_point_is_a_word_of_its_own(text: str, expected: str) -> None:
    assert phrase(text) == expected


@each_row(
    ("text", "number"),
    [("III", 3), ("iii", 3), ("3", 3), ("03", 3), ("IV", 4), ("x", 10), ("0", 0), ("13", 13), ("Iv", 4), ("VIII", 8)],
)
def test_an_ordinal(text: str, number: int) -> None:
    assert ordinal(text) == number


@each_row("text", ["", "iiii", "vx", "ba", "-1", "1.", "xi", "Q3", "²"])
def test_what_is_no_ordinal(text: str) -> None:
    assert ordinal(text) is None


@each_row(
    ("text", "number"),
    [("02", 2), ("12", 12), ("một", 1), ("Hai", 2), ("tư", 4), ("năm", 5), ("mười hai", 12), ("MƯỜI", 10), ("0", 0)],
)
def test_a_number_in_digits_or_words(text: str, number: int) -> None:
    assert count(text) == number


@each_row("text", ["", "mười ba", "hai mươi", "-1", "1.0", "²", "x"])
def test_what_is_no_number_counts_nothing(text: str) -> None:
    assert count(text) == 0


@given(VIETNAMESE)
def test_plain_text_is_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(text) == plain(unicodedata.normalize("NFD", text)) == plain(text.upper())


@given(st.text(max_size=100))
def test_plain_text_is_one_line_without_double_spaces(text: str) -> None:
    found = plain(text)
    assert "  " not in found
    assert "\n" not in found
    assert found == found.strip(" ")
