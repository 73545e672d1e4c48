"""Which documents a text cites."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from qmsplan.model.text import Citation, citations
from rows import each_row

CASES = [
    ("Báo cáo số 35/BC-TGPL ngày 14/4/2026", [("35/BC-TGPL", date(2026, 4, 14))]),
    ("Báo cáo số 35/BC-TGPL, ngày 14 tháng 4 năm 2026", [("35/BC-TGPL", date(2026, 4, 14))]),
    ("Quyết định số 19/2014/QĐ-TTg ngày 05/3/2014 của Thủ tướng", [("19/2014/QĐ-TTg", date(2014, 3, 5))]),
    (
        "Số 05/QĐ-TGPL ngày 5-3-2026; số 6/TB-TGPL ngày 6.3.2026",
        [
            ("05/QĐ-TGPL", date(2026, 3, 5)),
            ("6/TB-TGPL", date(2026, 3, 6)),
        ],
    ),
    ("(Kế hoạch số 50/KH-TGPL ngày 30/01/2026)", [("50/KH-TGPL", date(2026, 1, 30))]),
    ("Kế hoạch số 50/KH-TGPL ngày 30 / 01 / 2026", [("50/KH-TGPL", date(2026, 1, 30))]),
    ("Kế hoạch số 50/KH-TGPL ngày 30 tháng 1/2026", [("50/KH-TGPL", date(2026, 1, 30))]),
    ("Biên bản họp ngày 30/11/2026", []),
    ("Kế hoạch số 50/KH-TGPL", []),
    ("số liệu đến ngày 30/11/2026", []),
    ("số 35/BC-TGPL ngày 30/02/2026", []),
    ("số 35/BC-TGPL và danh sách ngày 14/4/2026", []),
    ("hồ sơ 35/BC-TGPL ngày 14/4/2026", []),
    ("ngày 14/4/2026", []),
    ("", []),
]


@each_row(("text", "expected"), CASES)
def test_documents_with_number_and_day(text: str, expected: list[tuple[str, date]]) -> None:
    assert [citation[:2] for citation in citations(text)] == expected


@given(st.integers(1, 9999), st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.booleans())
def test_every_day_is_read_however_it_is_padded(number: int, day: date, padded: bool) -> None:  # noqa: FBT001
    written = f"{day:%d/%m/%Y}" if padded else f"{day.day}/{day.month}/{day.year}"
    words = f"{number}/STP-VP ngày {written}"
    assert citations(f"Công văn số {words};") == (Citation(f"{number}/STP-VP", day, words),)


@given(st.text("số ngày0123456789/-. BC", max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(citation.words in text and citation.words.startswith(citation.number) for citation in citations(text))
