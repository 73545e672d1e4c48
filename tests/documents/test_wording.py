"""Number and date in the head: padded as the decree says, open before signing."""

from __future__ import annotations

from document_support import PROFILE

from qmsplan.documents.blocks import Day, HeadBlock
from qmsplan.documents.word_xml import cased, date_line, number_line
from rows import each_row


@each_row(
    ("typed", "printed"),
    [
        ("5/KH-TGPL", "Số: 05/KH-TGPL"),
        ("05/KH-TGPL", "Số: 05/KH-TGPL"),
        ("10/KH-TGPL", "Số: 10/KH-TGPL"),
        ("51/KH-TGPL", "Số: 51/KH-TGPL"),
        ("122/KH-UBND", "Số: 122/KH-UBND"),
        ("không số", "Số: không số"),
        ("7", "Số: 07"),
    ],
)
def test_a_number_is_padded(typed: str, printed: str) -> None:
    assert number_line(HeadBlock(line=1, number=typed, symbol="KH-X"), PROFILE) == printed


def test_an_open_number_leaves_room_before_the_symbol() -> None:
    line = number_line(HeadBlock(line=1, number="", symbol="KH-TGPL"), PROFILE)
    assert line.split() == ["Số:", "/KH-TGPL"]
    assert "      /" in line


def test_an_open_symbol_is_dotted() -> None:
    assert number_line(HeadBlock(line=1, number="", symbol=""), PROFILE).endswith("/……")


def test_a_head_without_number_has_none() -> None:
    assert number_line(HeadBlock(line=1), PROFILE) == ""


@each_row(
    ("day", "month", "printed"),
    [
        (9, 2, "ngày 09 tháng 02"),
        (10, 1, "ngày 10 tháng 01"),
        (1, 3, "ngày 01 tháng 3"),
        (22, 5, "ngày 22 tháng 5"),
        (30, 12, "ngày 30 tháng 12"),
    ],
)
def test_a_date_is_padded(day: int, month: int, printed: str) -> None:
    head = HeadBlock(line=1, place="Cà Mau", date=Day(year=2026, month=month, day=day))
    assert date_line(head, PROFILE) == f"Cà Mau, {printed} năm 2026"


def test_an_open_date_keeps_the_year() -> None:
    line = date_line(HeadBlock(line=1, place="", date=Day(year=2026)), PROFILE)
    assert line.split() == ["……,", "ngày", "tháng", "năm", "2026"]
    assert "ngày    " in line


def test_an_open_year_is_dotted() -> None:
    assert date_line(HeadBlock(line=1, place="Huế"), PROFILE).endswith("năm ……")


def test_a_head_without_place_and_date_has_no_line() -> None:
    assert date_line(HeadBlock(line=1), PROFILE) == ""


def test_braces_in_values_are_text() -> None:
    head = HeadBlock(line=1, number="", symbol="{0} {x}", place="{place}", date=Day(year=2026))
    assert "{0} {x}" in number_line(head, PROFILE)
    assert date_line(head, PROFILE).startswith("{place},")


def test_case_is_the_components() -> None:
    assert cased("Sở Tư pháp", PROFILE.styles["issuer"]) == "SỞ TƯ PHÁP"
    assert cased("Sở Tư pháp", PROFILE.styles["body"]) == "Sở Tư pháp"
