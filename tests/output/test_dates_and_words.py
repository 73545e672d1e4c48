"""Days, periods, numbers and states as readers of each language write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from output_samples import InEnglish

from qmsplan.diagnostics import ENGLISH, Translator
from qmsplan.model.period import Period, parse_period
from qmsplan.model.structured import Baseline, Comparator
from qmsplan.model.text import decimal_text, figure_text, period_text, roman, short_date, shortened
from qmsplan.output.words import measured_text, share_text, state_word
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.occurrences import State
from qmsplan.progress.verdict import Attainment
from rows import each_row

Q3 = parse_period("2026-Q3")
TWO = Target("", Comparator.REDUCE, Decimal(2), "%", Baseline.UNSTATED, in_points=True)


@each_row(
    ("iso", "vietnamese"),
    [
        ("2026-01-30", "30/01/2026"),
        ("2026-02-09", "09/02/2026"),
        ("2014-03-05", "05/3/2014"),
        ("2026-06-30", "30/6/2026"),
        ("2026-09-01", "01/9/2026"),
        ("2018-10-23", "23/10/2018"),
        ("2026-12-31", "31/12/2026"),
        ("2028-02-29", "29/02/2028"),
    ],
)
def test_a_day_in_both_languages(iso: str, vietnamese: str) -> None:
    assert short_date(date.fromisoformat(iso), "vi") == vietnamese
    assert short_date(date.fromisoformat(iso), "en") == iso


def test_no_day_is_nothing() -> None:
    assert (short_date(None, "vi"), short_date(None, "en")) == ("", "")


@given(st.dates(date(1000, 1, 1)))
def test_every_day_keeps_the_padding_of_the_decree(day: date) -> None:
    found = re.fullmatch(r"(\d\d)/(0[12]|[3-9]|1[0-2])/(\d{4})", short_date(day, "vi"))
    assert found is not None
    assert (int(found[1]), int(found[2]), int(found[3])) == (day.day, day.month, day.year)


@each_row(
    ("code", "vietnamese"),
    [
        ("2026", "năm 2026"),
        ("2026-Q1", "quý I năm 2026"),
        ("2026-Q2", "quý II năm 2026"),
        ("2026-Q3", "quý III năm 2026"),
        ("2026-Q4", "quý IV năm 2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026-H2", "6 tháng cuối năm 2026"),
        ("2026-9M", "9 tháng năm 2026"),
        ("2026-02", "tháng 2 năm 2026"),
        ("2026-12", "tháng 12 năm 2026"),
        ("2026-2030", "giai đoạn 2026 - 2030"),
    ],
)
def test_a_period_in_both_languages(code: str, vietnamese: str) -> None:
    assert period_text(parse_period(code), "vi") == vietnamese
    assert period_text(parse_period(code), "en") == code


@each_row(
    ("start", "end", "vietnamese", "english"),
    [
        (date(2026, 6, 30), date(2026, 6, 30), "ngày 30/6/2026", "2026-06-30"),
        (date(2026, 3, 1), date(2026, 6, 30), "từ 01/3/2026 đến 30/6/2026", "2026-03-01/2026-06-30"),
        (
            *(date(2026, 9, 1), date(2027, 1, 31)),
            *("học kỳ I năm học 2026 - 2027", "term I of the school year 2026-2027"),
        ),
    ],
)
def test_a_period_without_a_name_is_told_by_its_days(start: date, end: date, vietnamese: str, english: str) -> None:
    assert period_text(Period(start, end), "vi") == vietnamese
    assert period_text(Period(start, end), "en") == english


@each_row(
    ("value", "vietnamese", "english"),
    [
        ("100", "100", "100"),
        ("98.50", "98,5", "98.5"),
        ("96.923076923", "96,92", "96.92"),
        ("97.826086956", "97,83", "97.83"),
        ("99.998", "100", "100"),
        ("0", "0", "0"),
        ("0.05", "0,05", "0.05"),
        ("1000", "1000", "1000"),
        ("-3.25", "-3,25", "-3.25"),
        ("12.0", "12", "12"),
        ("1E+2", "100", "100"),
    ],
)
def test_a_number_has_at_most_two_decimals(value: str, vietnamese: str, english: str) -> None:
    assert decimal_text(Decimal(value), "vi") == vietnamese
    assert decimal_text(Decimal(value), "en") == english


@each_row(
    ("value", "bounds", "text"),
    [
        ("97.826086956", ("98",), "97,83"),
        ("97.998", ("98",), "97,998"),
        ("97.99961", ("98",), "97,9996"),
        ("98", ("98",), "98"),
        ("98.004", ("98",), "98,004"),
        ("98.004", (), "98"),
        ("2.0004", ("2",), "2,0004"),
        ("99.998", ("98", "0", "100"), "99,998"),
        ("0.001", ("0", "100"), "0,001"),
        ("99.99999999999999999999999999", ("100",), "99,99999999999999999999999999"),
        ("66.66666666666666666666666667", ("66.66666666666666666666666667",), "66,67"),
        ("66.6667", ("66.66666666666666666666666667",), "66,6667"),
        ("66.6", ("66.66666666666666666666666667",), "66,6"),
    ],
)
def test_rounding_never_carries_a_value_over_what_it_is_held_against(
    value: str, bounds: tuple[str, ...], text: str
) -> None:
    assert decimal_text(Decimal(value), "vi", map(Decimal, bounds)) == text


def test_there_is_no_negative_nothing() -> None:
    assert decimal_text(Decimal("-0.001"), "en") == "0"


@each_row(
    ("measurement", "vietnamese", "english"),
    [
        (None, "", ""),
        (Measurement(Q3, Attainment.NO_DATA), "no data", "no data"),
        (Measurement(Q3, Attainment.NO_CASES, None, 0, 0), "no cases", "no cases"),
        (Measurement(Q3, Attainment.NOT_MEASURABLE), "not measurable", "not measurable"),
        (Measurement(Q3, Attainment.ATTAINED, Decimal(12)), "12", "12"),
        (Measurement(Q3, Attainment.MISSED, Decimal(12600) / 130, 126, 130), "96,92% (126/130)", "96.92% (126/130)"),
        (Measurement(Q3, Attainment.ATTAINED, Decimal(100), 231, 231), "100% (231/231)", "100% (231/231)"),
        (
            Measurement(Q3, Attainment.MISSED, Decimal("4.1"), change=Decimal("1.9"), baseline=Decimal(6), target=TWO),
            "1,9 percentage points (6 → 4,1%)",
            "1.9 percentage points (6 → 4.1%)",
        ),
    ],
)
def test_a_measurement_keeps_numerator_and_denominator(
    measurement: Measurement | None, vietnamese: str, english: str
) -> None:
    assert measured_text(measurement, InEnglish("vi")) == vietnamese
    assert measured_text(measurement, Translator("en")) == english


def test_what_misses_its_target_does_not_read_as_if_it_met_it() -> None:
    almost = Measurement(Q3, Attainment.MISSED, Decimal(4999900) / 50000, 49999, 50000)
    assert measured_text(almost, Translator("en")) == "99.998% (49999/50000)"


@each_row("state", [*State, *Attainment])
def test_every_state_has_a_word_and_no_two_the_same(state: State | Attainment) -> None:
    others = [other for other in (*State, *Attainment) if other.value != state.value]
    assert state_word(state, ENGLISH) not in {state_word(other, ENGLISH) for other in others}


def test_words_go_through_the_catalogue() -> None:
    assert state_word(State.OVERDUE, Translator("vi")) == "quá hạn"
    assert measured_text(Measurement(Q3, Attainment.NO_DATA), Translator("vi")) == "chưa có số liệu"


@each_row(
    ("share", "text"),
    [
        (None, "–"),
        (0.0, "0%"),
        (1.0, "100%"),
        (0.9999, "99%"),
        (0.0001, "1%"),
        (2 / 3, "67%"),
        (0.29, "29%"),
        (1 / 3 + 1 / 3 + 1 / 3, "100%"),
    ],
)
def test_only_what_is_whole_reads_as_whole(share: float | None, text: str) -> None:
    assert share_text(share) == text


@each_row("hundredths", range(101))
def test_a_share_of_hundredths_keeps_its_hundredths(hundredths: int) -> None:
    assert share_text(hundredths / 100) == f"{hundredths}%"


@each_row(
    ("text", "most", "cut", "between_words"),
    [
        ("ngắn", 10, "ngắn", "ngắn"),
        ("một hai ba bốn", 10, "một hai b…", "một hai…"),
        ("một hai, ba bốn", 9, "một hai,…", "một hai…"),
        ("x" * 20, 10, "x" * 9 + "…", "x" * 9 + "…"),
        ("một  hai", 5, "một…", "một…"),
    ],
)
def test_long_texts_are_cut(text: str, most: int, cut: str, between_words: str) -> None:
    assert shortened(text, most) == cut
    assert shortened(text, most, whole_words=True) == between_words


def test_roman_numerals() -> None:
    wanted = {1: "I", 4: "IV", 9: "IX", 14: "XIV", 19: "XIX", 40: "XL", 58: "LVIII", 89: "LXXXIX", 1994: "MCMXCIV"}
    assert {number: roman(number) for number in wanted} == wanted
    assert len({roman(number) for number in range(1, 90)}) == 89


@each_row(
    ("value", "text"),
    [("999", "999"), ("1357", "1.357"), ("-1234567.5", "-1.234.567,5"), ("0.5", "0,5"), ("-0.5", "-0,5")],
)
def test_documents_print_points_between_thousands(value: str, text: str) -> None:
    assert figure_text(Decimal(value)) == text
