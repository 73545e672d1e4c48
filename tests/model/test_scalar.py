"""Scalars: what each field takes, and what it says of the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.diagnostics import ENGLISH, Message, UserError
from qmsplan.model.fields import (
    Clause,
    Count,
    Day,
    Flag,
    Id,
    Measured,
    PeriodCode,
    Ref,
    ScalarField,
    Seal,
    read_count,
    read_date,
    read_flag,
    read_id,
    read_measured,
    read_number,
    read_ref,
    read_weight,
    ungrouped_count,
)
from qmsplan.model.plan import Frequency, read_frequency
from qmsplan.model.settings import DayOfMonth, Days, Email
from qmsplan.model.table import Amount
from rows import each_row


def _fault(read: Callable[[str], object], text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        read(text)
    return caught.value


@each_row(
    ("text", "iso"),
    [
        ("2026-02-09", "2026-02-09"),
        ("9/2/2026", "2026-02-09"),
        ("09/02/2026", "2026-02-09"),
        ("09/2/2026", "2026-02-09"),
        ("22-5-2023", "2023-05-22"),
        ("5.3.2014", "2014-03-05"),
        ("29/02/2028", "2028-02-29"),
        ("2028-02-29", "2028-02-29"),
        ("31/12/9999", "9999-12-31"),
    ],
)
def test_a_date_is_read_day_first_or_as_iso(text: str, iso: str) -> None:
    assert read_date(text) == date.fromisoformat(iso)


@each_row(
    "text",
    [
        *("2026-02-30", "2026-02-29", "29/02/2026", "29/2/2100", "30/02/2028", "31/04/2026", "31/4/2026", "31/11/2026"),
        *("00/01/2026", "0/1/2026", "1/0/2026", "01/13/2026", "2026-13-01", "2026-00-10", "32/1/2026", "0000-01-01"),
    ],
)
def test_an_impossible_day_is_named(text: str) -> None:
    fault = _fault(read_date, text)
    assert fault.message.template == "there is no such day: {text}"
    assert dict(fault.message.values) == {"text": text}


@each_row(
    "text",
    [
        *(
            "",
            "2026",
            "2026-2-9",
            "20260209",
            "9/2/26",
            "9/2",
            "2026/02/09",
            "02-2026",
            "9 tháng 2 năm 2026",
            "hôm nay",
        ),
        *(
            "2026-02-09T00:00",
            " 2026-02-09",
            "2026-02-09\n",
            "1700006400",
            "0",
            "９/2/2026x",
            "-9/2/2026",
            "009/2/2026",
        ),
    ],
)
def test_what_is_no_date_says_how_to_write_one(text: str) -> None:
    fault = _fault(read_date, text)
    assert fault.message.template == "'{text}' is not a date"
    assert fault.hint is not None
    assert "2026-02-09" in fault.hint.template


@given(st.dates())
def test_every_day_is_read_in_both_forms(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day}/{day.month}/{day.year:04d}") == day
    assert read_date(f"{day.day:02d}-{day.month:02d}-{day.year:04d}") == day


@each_row(("text", "count"), [("0", 0), ("1", 1), ("012", 12), ("231", 231), ("9" * 12, 10**12 - 1)])
def test_a_count_is_digits(text: str, count: int) -> None:
    assert read_count(text) == count


@each_row(("text", "digits"), [("1.000", "1000"), ("1,000", "1000"), ("12.345.678", "12345678")])
def test_a_count_with_thousands_separators_says_how_to_write_it(text: str, digits: str) -> None:
    fault = _fault(read_count, text)
    assert fault.message.template == "'{text}' is not a whole number"
    assert fault.hint is not None
    assert dict(fault.hint.values) == {"digits": digits}


@each_row(
    ("text", "digits"),
    [("1.120", "1120"), ("1,120", "1120"), ("1.120.000", "1120000"), ("1.12", "1.12"), ("1,120.500", "1,120.500"),
     ("126", "126")],
)  # fmt: skip
def test_a_whole_number_is_typed_with_signs_between_thousands(text: str, digits: str) -> None:
    """At a command and in a form, by one rule."""
    assert ungrouped_count(text) == digits


@each_row(
    "text",
    ["", "+1", "1.5", "1,5", "1_000", "1 000", "0x1F", "1e3", "mười", "nan", "²", "1\n", "không"],
)
def test_what_is_no_count_is_refused(text: str) -> None:
    fault = _fault(read_count, text)
    assert fault.message.template == "'{text}' is not a whole number"
    assert dict(fault.message.values) == {"text": text}
    assert fault.hint is not None


def test_a_count_below_nothing_is_called_one() -> None:
    assert _fault(read_count, "-1").message == Message("'{text}' is less than 0", text="-1")


@each_row(
    ("text", "value"),
    [
        *[("98,5", "98.5"), ("98.5", "98.5"), ("98", "98"), ("0", "0"), ("012", "12"), ("-3,25", "-3.25"), ("+5", "5")],
        *[("1.250,5", "1250.5"), ("-12.345.678,90", "-12345678.90"), ("1.250,500", "1250.5")],
        # two signs of a kind part thousands, whatever they are
        *[("1 200", "1200"), ("1 250 000,5", "1250000.5"), ("-1\u00a0200", "-1200"), ("1,200.5", "1200.5")],
        *[("12.345.678", "12345678"), ("1.200.000.000", "1200000000"), ("1,200,000", "1200000")],
        *[
            ("0,1234", "0.1234"),
            ("0,125", "0.125"),  # thousands begin with another digit
            ("-0.006", "-0.006"),
            ("1234,5", "1234.5"),
            ("1234,567", "1234.567"),
            ("100,00", "100"),
            ("9" * 15, "9" * 15),
        ],
    ],
)
def test_a_number_has_a_comma_or_a_point(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@each_row("text", ["1.000", "1,000", "-1.250", "98,500", "1,234.567", "999,999"])
def test_a_number_that_can_be_read_in_two_ways_is_refused(text: str) -> None:
    fault = _fault(read_number, text)
    assert fault.message.template == "'{text}' can be read in two ways"
    assert fault.hint is not None
    for _, way in fault.hint.values:  # what the hint says can be typed
        read_number(str(way))


@each_row(
    "text",
    [
        *("", "-", ",", "1e999", "1E5", "nan", "NaN", "inf", "-Infinity", "1_0", "1 0", "98,", ",5", "1,2,3", "1.2.3"),
        *("0 125", "0x10", "½", "98%", "９８x", "1,1234567890", "--1", "True", "98,5\n"),
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    fault = _fault(read_number, text)
    assert fault.message.template == "'{text}' is not a number"
    assert dict(fault.message.values) == {"text": text}
    assert fault.hint is not None


@each_row(("text", "value"), [("40", "40"), ("12,5%", "12.5"), ("7.25 %", "7.25"), ("0", "0")])
def test_a_weight_is_a_number_or_per_cent(text: str, value: str) -> None:
    assert read_weight(text) == Decimal(value)


@each_row("text", ["33.333", "33,333%", "0,125", "12,3456"])
def test_a_weight_has_two_decimals_and_is_no_number_of_thousands(text: str) -> None:
    assert _fault(read_weight, text).message.template == "'{text}' has more than two decimals"


@each_row(
    ("read", "text"),
    [(read_count, "٣"), (read_number, "٣"), (read_number, "９８,５"), (read_date, "٢٠٢٦-٠١-٠١"), (read_measured, "٣%")],
)
def test_digits_of_other_scripts_are_refused(read: Callable[[str], object], text: str) -> None:
    """The JSON Schema of the same fields, and every editor, take ASCII digits only."""
    with pytest.raises(UserError):
        read(text)


@each_row(
    ("text", "value"),
    [
        *[("98,7%", "98.7"), ("98.7 %", "98.7"), ("12 vụ", "12"), ("3", "3"), (" 5 % ", "5"), ("98,7\u00a0%", "98.7")],
        *[("1 200", "1200"), ("1 200 hồ sơ", "1200"), ("12vụ", "12"), ("0,5mg/l", "0.5"), ("12m2 sàn", "12")],
        *[("2 lần/năm", "2"), ("97,5 phần trăm", "97.5"), ("-4,5%", "-4.5"), ("03 sáng kiến cấp cơ sở", "3")],
    ],
)
def test_a_measured_value_may_carry_its_unit(text: str, value: str) -> None:
    assert read_measured(text) == Decimal(value)


@each_row(
    "text",
    [
        "",
        "%",
        "vụ",
        "vụ 12",
        "1.000 hồ sơ",
        "nan%",
        "khoảng 5%",
        ">98%",
        "0 125",
        "12 5 vụ",
        "12 - 15",
        "98o",
        "12h30",
        "1e3",
    ],
)
def test_a_measured_value_starts_with_a_number(text: str) -> None:
    with pytest.raises(UserError):
        read_measured(text)


def test_a_hard_space_parts_a_number_from_its_unit() -> None:
    assert read_measured("12\u00a0vụ") == 12


@given(st.decimals(-(10**9), 10**9, places=2))
def test_two_decimals_are_read_with_comma_and_point(value: Decimal) -> None:
    text = f"{value:f}"
    assert read_number(text) == read_number(text.replace(".", ",")) == value
    assert read_measured(text.replace(".", ",") + "%") == value


@given(
    st.text(max_size=40),
    st.sampled_from([read_date, read_count, read_number, read_measured, read_flag, read_id, read_ref]),
)
def test_any_text_is_a_value_or_a_fault(text: str, read: Callable[[str], object]) -> None:
    try:
        read(text)
    except UserError as fault:
        assert fault.message.template  # noqa: PT017  other exceptions are the failure


@each_row(("text", "flag"), [("true", True), ("có", True), ("false", False), ("không", False)])
def test_a_flag(text: str, flag: bool) -> None:  # noqa: FBT001
    assert read_flag(text) is flag


@each_row("text", ["", "True", "TRUE", "yes", "no", "on", "0", "1", "Có", "~"])
def test_what_is_no_flag_is_refused(text: str) -> None:
    fault = _fault(read_flag, text)
    assert fault.message.template == "'{text}' is neither true nor false"


@each_row("text", ["A", "0", "TGPL-KHMT-2026", "NV3.1", "a_b", "MT01", "x" * 64, "1."])
def test_an_id(text: str) -> None:
    assert read_id(text) == text
    assert read_ref(text) == text
    assert read_ref(f"{text}/{text}") == f"{text}/{text}"


@each_row("text", ["", " ", "-A", ".A", "_A", "a b", "Đề-án", "a/b", "a\\b", "..", "x" * 65, "A\n", "a:b"])
def test_what_is_no_id_is_refused(text: str) -> None:
    fault = _fault(read_id, text)
    assert fault.message.template == "'{text}' can't be an id"
    assert dict(fault.message.values) == {"text": text}
    assert fault.hint is not None


@each_row("text", ["", "/", "A/", "/A", "A/B/C", "A//B", "A/..", "../A", "Đ/A", "A /B"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_ref(text)


@each_row("value", [[], {}, None, ["2026-02-09"], {"a": "b"}])
def test_a_list_or_a_mapping_is_no_scalar(value: object) -> None:
    with pytest.raises(UserError) as caught:
        ScalarField(date, read_date).parse(value)
    assert caught.value.message.template == "a single value is expected here, not a list or a mapping"


@each_row(
    ("field", "text"),
    [
        *((field, "?!") for field in (Id, Ref, Day, Count, Measured, Flag, PeriodCode, Seal, Clause, Amount)),
        *((field, "?!") for field in (Email, Frequency, Days, DayOfMonth)),
        (Email, "Nguyễn An <an@donvi.vn>"),
        (Email, "an@donvi"),
        (Days, "1000"),
        (DayOfMonth, "32"),
    ],
)
def test_a_scalar_tells_editors_its_type_and_refuses_what_is_none(field: object, text: str) -> None:
    (mark,) = get_args(field)[1:]
    assert "type" in mark.__get_pydantic_json_schema__(None, None)
    assert _fault(mark.parse, text).message


def test_a_scalar_reads_text() -> None:
    assert ScalarField(date, read_date).parse("9/2/2026") == date(2026, 2, 9)


@each_row("text", ["CON", "con", "NUL.1", "Com1", "LPT9.x"])
def test_an_id_is_no_device_of_windows(text: str) -> None:
    assert "Windows" in _fault(read_id, text).message.template


@each_row("text", ["CONG", "COM10", "x.CON", "NULL"])
def test_an_id_may_look_like_a_device(text: str) -> None:
    assert read_id(text) == text


@each_row(
    ("read", "text", "hint"),
    [
        (read_number, "2.800", "write 2800 if thousands are meant, 2,8 if not"),
        (read_number, "12,345.678", "write 12345678, without a thousands separator"),
        (read_number, "9999999999999999", "a number has 15 digits at most"),
        (read_count, "9999999999999", "a number has 12 digits at most"),
        (read_count, "30%", "write 30, without a unit"),
        (read_count, "0,7", "write whole numbers in place of shares, such as 3 and 7 for 0,3 and 0,7"),
    ],
)
def test_the_hint_says_what_to_write(read: Callable[[str], object], text: str, hint: str) -> None:
    found = _fault(read, text).hint
    assert found
    assert ENGLISH(found) == hint


@each_row(
    ("text", "value"),
    [
        ("quarter", "quarter"),
        ("hằng quý", "quarter"),
        ("Mỗi quý một lần", "quarter"),
        ("1 lần/quý", "quarter"),
        ("3 tháng/lần", "quarter"),
        ("6 tháng một lần", "half-year"),
        ("01 lần/năm", "year"),
        ("Mỗi học kỳ", "term"),
        ("tháng", "month"),
    ],
)
def test_how_often_something_is_measured(text: str, value: str) -> None:
    assert read_frequency(text) == value
    assert _fault(read_frequency, f"{text} hoặc khi cần").hint
