"""Target phrases held against tuples that were worked out by hand."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from target_samples import EXAMPLES, TYPED, Says

from qmsplan.model.phrases import Row, find
from qmsplan.model.target import Target
from qmsplan.model.target_phrases import FORMS, SLOTS, understand_target
from qmsplan.model.words import phrase


def _understood(text: str) -> Target:
    found = understand_target(text)
    assert isinstance(found, Target), f"{text!r}: {found}"
    return found


def _as_said(target: Target) -> Says:
    return Says(
        target.phrase,
        target.comparator.value,
        f"{target.value:f}",
        target.unit,
        target.population.casefold(),
        target.baseline.value if target.baseline else None,
        target.is_commitment,
        target.is_conditional,
    )


@pytest.mark.parametrize("row", FORMS, ids=[row.example for row in FORMS])
def test_the_example_of_a_row_is_read_by_that_row(row: Row[Target]) -> None:
    found = find(FORMS, SLOTS, phrase(row.example))
    assert found is not None
    assert found[0] is row


@pytest.mark.parametrize("says", [*EXAMPLES, *TYPED], ids=[says.phrase for says in (*EXAMPLES, *TYPED)])
def test_what_a_phrase_says(says: Says) -> None:
    assert _as_said(_understood(says.phrase)) == says._replace(population=says.population.casefold())


@pytest.mark.parametrize(
    "says",
    [
        pytest.param(Says("ít nhất 02 sáng kiến", ">=", "2", "sáng kiến"), id="a unit of two words: 'sáng'"),
        pytest.param(Says("03 đơn vị được kiểm tra", ">=", "3", "đơn vị", "được kiểm tra"), id="'đơn'"),
        pytest.param(Says("không quá 5 hồ sơ", "<=", "5", "hồ sơ"), id="'hồ'"),
        pytest.param(
            Says("từ 90% số vụ việc đạt chất lượng khá trở lên", ">=", "90", "%", "số vụ việc đạt chất lượng khá"),
            id="the population before 'trở lên' is dropped",
        ),
    ],
)
def test_what_a_phrase_should_say(says: Says) -> None:
    """Refusing such a phrase would be as good as understanding it; a wrong unit is neither."""
    found = understand_target(says.phrase)
    assert not isinstance(found, Target) or _as_said(found) == says


@pytest.mark.parametrize("text", ["90% - 95%", "90 % – 95 %"])
def test_a_range_is_not_its_lower_end(text: str) -> None:
    assert not isinstance(understand_target(text), Target)


def test_a_named_year_is_not_the_previous_one() -> None:
    found = understand_target("giảm 10% so với năm 2021")
    assert not isinstance(found, Target) or found.baseline != "previous_year"


@pytest.mark.parametrize("text", ["giảm 10% so với quý trước", "giảm 10% so với", "cắt giảm 5% so với kế hoạch"])
def test_a_baseline_that_is_not_known_is_not_dropped(text: str) -> None:
    assert not isinstance(understand_target(text), Target)


@pytest.mark.parametrize("text", ["100% người được TGPL", "Phấn đấu giảm tỷ lệ TTHC quá hạn 10% so với năm trước"])
def test_the_population_keeps_its_capitals(text: str) -> None:
    assert _understood(text).population in text


@pytest.mark.parametrize(
    ("standard", "variant"),
    [
        (">98%", "> 98 %"),
        (">98%", ">98%."),
        (">98%", ">\u00a098\u00a0%"),
        (">98%", "Đạt >98%"),
        (">98%", "ĐẠT >98%;"),
        ("100%", "đảm bảo 100%"),
        ("100%", "Bảo đảm 100 %"),
        ("100%", "tỷ lệ đạt 100%"),
        ("100%", "100 phần trăm"),
        ("từ 90% trở lên", "Từ  90 %  trở lên"),
        ("ít nhất 01 lần/năm", "Ít nhất 1 lần/năm."),
        ("ít nhất 01 lần/năm", "tối thiểu 01 lần/năm"),
        ("không quá 12 vụ", "Tối đa 12 vụ"),
        ("giảm 10% so với năm trước", "GIẢM 10 % SO VỚI NĂM TRƯỚC"),
        ("≥ 95%", ">= 95%"),
    ],
)
def test_a_spelling_means_the_same(standard: str, variant: str) -> None:
    assert _as_said(_understood(variant)) == _as_said(_understood(standard))._replace(phrase=variant)


@pytest.mark.parametrize("text", [says.phrase for says in (*EXAMPLES, *TYPED) if not says.phrase.isascii()])
def test_decomposed_text_means_the_same(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert _as_said(_understood(decomposed)) == _as_said(_understood(text))._replace(phrase=decomposed)


@pytest.mark.parametrize(
    ("text", "value", "is_met"),
    [
        *[(">98%", "98", False), (">98%", "98.01", True), (">98%", "97.99", False), (">98%", "100", True)],
        *[("100%", "100", True), ("100%", "99.99", False), ("từ 90% trở lên", "90", True)],
        *[("không quá 12 vụ", "12", True), ("không quá 12 vụ", "13", False), ("không quá 12 vụ", "0", True)],
        *[("dưới 5%", "5", False), ("dưới 5%", "4.99", True), ("top 5", "5", True), ("top 5", "6", False)],
        *[("top 5", "1", True), ("bằng không", "0", True), ("bằng không", "0.01", False), ("= 0", "0.0", True)],
        *[("giảm 10% so với năm trước", "10", True), ("giảm 10% so với năm trước", "9.9", False)],
        *[("tăng 5% so với cùng kỳ", "5", True), ("tăng 5% so với cùng kỳ", "-5", False)],
    ],
)
def test_what_meets_a_target(text: str, value: str, is_met: bool) -> None:  # noqa: FBT001
    assert _understood(text).is_met_by(Decimal(value)) is is_met


@pytest.mark.parametrize(
    ("text", "is_relative", "counts_shares"),
    [
        (">98%", False, True),
        ("không quá 12 vụ", False, False),
        ("giảm 10% so với năm trước", True, False),
        ("tăng 5% so với cùng kỳ", True, False),
        ("top 5", False, False),
    ],
)
def test_what_readings_a_target_asks_for(text: str, is_relative: bool, counts_shares: bool) -> None:  # noqa: FBT001
    target = _understood(text)
    assert (target.is_relative, target.counts_shares) == (is_relative, counts_shares)
