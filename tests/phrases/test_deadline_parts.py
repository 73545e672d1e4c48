"""How a cell falls into parts, and what in a part says only what is due."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qmsplan.phrases.deadline_text import is_qualitative, joined, pieces, readings, standard
from rows import each_row


@each_row(
    ("text", "cut"),
    [
        ("Quý I", ["Quý I"]),
        ("Quý I; Quý II", ["Quý I", "Quý II"]),
        ("Quý I\nQuý II\n", ["Quý I", "Quý II"]),
        ("Quý I, Quý II và Quý III", ["Quý I", "Quý II", "Quý III"]),
        ("Quý I, và Quý II", ["Quý I", "Quý II"]),
        ("Quý I. Báo cáo Quý II.", ["Quý I", "Báo cáo Quý II"]),
        ("30/6/2026", ["30/6/2026"]),
        ("15.8.2026", ["15.8.2026"]),
        ("Hàng năm (sau khi A, B và C)", ["Hàng năm (sau khi A, B và C)"]),
        ("Hàng năm (a), hàng quý", ["Hàng năm (a)", "hàng quý"]),
        ("a) Quý I; b) Quý II", ["a) Quý I", "b) Quý II"]),
        ("Hàng năm, sau khi có văn bản", ["Hàng năm, sau khi có văn bản"]),
        ("Hàng năm, theo văn bản", ["Hàng năm, theo văn bản"]),
        ("Hàng năm hoặc khi có yêu cầu", ["Hàng năm", "khi có yêu cầu"]),
        ("Quý I hoặc quý II", ["Quý I hoặc quý II"]),
        ("; ;", []),
        ("", []),
    ],
)
def test_the_pieces_of_a_cell(text: str, cut: list[str]) -> None:
    assert [piece.text for piece in pieces(text)] == cut


@given(st.text("ab ,;()&\n", max_size=40))
def test_pieces_put_together_again_fall_into_the_same_pieces(text: str) -> None:
    cut = pieces(text)
    if cut and text.count("(") == text.count(")") == 0:
        assert [piece.text for piece in pieces(joined(cut))] == [piece.text for piece in cut]


@each_row(
    ("text", "others"),
    [
        ("Quý I", []),
        ("- Quý I", []),
        ("Báo cáo Quý I", ["Quý I"]),
        ("Tổ chức, tổng kết trong Quý I", ["trong Quý I", "Quý I"]),
        ("Gửi báo cáo kết quả trước 15/12", ["trước 15/12"]),
        ("Thủ tục: Quý I", ["Quý I"]),
        ("Kế hoạch năm: Quý I", ["Quý I"]),
        ("Quý I: xây dựng kế hoạch", ["Quý I"]),
        ("Thường xuyên, báo cáo: Quý IV", []),
        ("Quý I (dự kiến)", ["Quý I"]),
        ("Quý I (tháng 2)", []),
        ("Quý I (trừ tháng 2)", []),
        ("Quý IV tổng kết", ["Quý IV"]),
    ],
)
def test_what_remains_without_what_is_due(text: str, others: list[str]) -> None:
    first, *found = readings(text)
    assert first == text.removeprefix("- ")
    assert [reading for reading in found if reading.startswith(("Quý", "trong", "trước"))] == others


@each_row(
    ("text", "expected"),
    [
        ("mỗi năm", "hàng năm"),
        ("Mỗi 02 năm", "hàng 02 năm"),
        ("từng quý", "hàng quý"),
        ("thường niên", "hàng năm"),
        ("sáu tháng, chín tháng", "6 tháng, 9 tháng"),
        ("T6/2026", "tháng 6/2026"),
        ("T.12", "tháng 12"),
        ("mỗi đơn vị, TT6, từng bước", "mỗi đơn vị, TT6, từng bước"),
    ],
)
def test_one_word_where_plans_have_several(text: str, expected: str) -> None:
    assert standard(text) == expected


@each_row("text", ["kịp thời", "Kịp thời.", "ĐÚNG HẠN", "ngay", "định kỳ"])
def test_words_that_name_no_time(text: str) -> None:
    assert is_qualitative(text)


@each_row("text", ["", "kịp thời trước 30/6", "thường xuyên", "ngay sau khi họp"])
def test_words_that_do(text: str) -> None:
    assert not is_qualitative(text)
