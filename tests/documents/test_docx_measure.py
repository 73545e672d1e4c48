"""Widths of text: near enough for lines in proportion to it, and for titles that break evenly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.documents.word_xml import SLACK, balanced, bound, lines_of, name_bound, width_of
from rows import each_row

MILLIMETRE = 72 / 25.4


@each_row(
    ("text", "size", "millimetres"),
    [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, 95.7), ("Độc lập - Tự do - Hạnh phúc", 14, 60.5)],
)
def test_known_widths(text: str, size: float, millimetres: float) -> None:
    assert width_of(text, size) / MILLIMETRE == pytest.approx(millimetres, abs=0.5)


def test_tone_marks_take_no_room() -> None:
    assert width_of("ấầẩẫậ", 10) == width_of("aaaaa", 10)
    assert width_of("ợ", 10) == width_of("ơ", 10) > width_of("o", 10)
    assert width_of("Đ", 10) == width_of("D", 10)


def test_both_unicode_forms_are_as_wide() -> None:
    import unicodedata

    text = "Mục tiêu chất lượng"
    decomposed = unicodedata.normalize("NFD", text)
    assert width_of(decomposed, 10) == pytest.approx(width_of(text, 10), rel=0.02)


def test_unknown_letters_have_some_width() -> None:
    assert width_of("漢😀", 10) > 0
    assert width_of("\u0301", 10) == 0


def test_lines_break_at_words() -> None:
    assert len(lines_of("một hai ba", 10, 1000)) == 1
    assert len(lines_of("một hai ba", 10, 1)) == 3
    assert lines_of("", 10, 100) == [0.0]
    assert lines_of("số      /KH-ABC", 10, 1000) == [width_of("số      /KH-ABC", 10)]  # blanks for a number


def test_a_title_breaks_evenly() -> None:
    title = "Duy trì, cải tiến Hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO 9001:2015 của Trung tâm"
    limit = 160 * MILLIMETRE
    narrow = balanced(title, 14, limit)
    assert narrow < limit
    lines = lines_of(title, 14, narrow)
    assert len(lines) == len(lines_of(title, 14, limit / SLACK))
    assert min(lines) > 0.6 * max(lines)


@given(st.text(alphabet="aáâ mnoôơ. KẾHOẠCH-", max_size=200), st.floats(20, 600))
def test_balancing_never_needs_more_room_or_lines(text: str, limit: float) -> None:
    narrow = balanced(text, 14, limit)
    assert narrow <= limit
    assert len(lines_of(text, 14, narrow)) <= len(lines_of(text, 14, limit / SLACK))


def test_two_agencies_may_be_parted_at_the_dash_between_them() -> None:
    assert "\u00a0" not in bound("ỦY BAN NHÂN DÂN - ỦY BAN MẶT TRẬN TỔ QUỐC")
    assert bound("PHÒNG HÀNH CHÍNH - TỔNG HỢP").endswith("HÀNH\u00a0CHÍNH\u00a0-\u00a0TỔNG\u00a0HỢP")


@each_row(
    ("name", "whole"),
    [
        ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH HÀ SƠN", ["PHỤC VỤ", "HÀNH CHÍNH CÔNG", "TỈNH HÀ SƠN"]),
        ("BỆNH VIỆN Y HỌC CỔ TRUYỀN VÀ PHỤC HỒI CHỨC NĂNG", ["CỔ TRUYỀN", "PHỤC HỒI", "VÀ PHỤC"]),
        ("TRUNG TÂM ỨNG DỤNG TIẾN BỘ KHOA HỌC VÀ CÔNG NGHỆ", ["TIẾN BỘ", "VÀ CÔNG NGHỆ"]),
    ],
)
def test_no_line_of_an_agency_ends_inside_words_that_belong_together(name: str, whole: list[str]) -> None:
    kept = name_bound(name, 13, 60 * MILLIMETRE)
    assert all(words.replace(" ", "\u00a0") in kept for words in whole)
    assert kept.replace("\u00a0", " ") == name


def test_a_name_too_long_for_its_column_ends_inside_no_part_of_it_and_not_with_one_word() -> None:
    kept = name_bound("TRƯỜNG TRUNG HỌC PHỔ THÔNG CHUYÊN NGUYỄN THỊ MINH KHAI", 13, 57 * MILLIMETRE)
    assert kept == "TRƯỜNG TRUNG\u00a0HỌC PHỔ\u00a0THÔNG CHUYÊN NGUYỄN THỊ MINH\u00a0KHAI"
