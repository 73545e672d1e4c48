"""What is no target, structured targets, and the percentages that a statement names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from target_samples import EXAMPLES, REFUSED, TYPED

from qmsplan.diagnostic import Fault
from qmsplan.model.target import Baseline, Comparator, Target, TargetForm
from qmsplan.model.target_phrases import FORMS, LONGEST, number, percentages, understand_target

LAW = settings(max_examples=100, deadline=None, derandomize=True)
TOKENS = [
    *("đạt", "Đảm bảo", "phấn đấu", "tỷ lệ", "có", "không có", "từ", "trở lên", "ít nhất", "trên", "dưới", "không quá"),
    *(
        "giảm",
        "cắt giảm",
        "tăng",
        "so với",
        "năm trước",
        "cùng kỳ",
        "bằng không",
        "top",
        "(nếu có)",
        ">",
        ">=",
        "≤",
        "=",
    ),
    *("0", "5", "98", "98,5", "1.000", "100", "%", "phần trăm", "vụ", "lần/năm", "hồ sơ", "viên chức", ",", "."),
]
ASSEMBLED = st.lists(st.sampled_from(TOKENS), max_size=9).flatmap(
    lambda tokens: st.sampled_from([" ", ""]).map(lambda joint: joint.join(tokens))
)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_target_shows_forms_that_are(text: str) -> None:
    fault = understand_target(text)
    assert isinstance(fault, Fault)
    assert fault.message.template == "the target '{phrase}' is not understood"
    assert dict(fault.message.values) == {"phrase": text}
    assert fault.hint is not None
    forms = dict(fault.hint.values)["forms"].split("; ")
    assert 1 <= len(forms) <= 3
    assert set(forms) <= {row.example for row in FORMS}


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("giảm mười % so với năm trước", "giảm 10% so với năm trước"),
        ("trên tám mươi %", "trên 80%"),
        ("top năm", "top 5"),
    ],
)
def test_the_nearest_forms_are_shown(text: str, near: str) -> None:
    fault = understand_target(text)
    assert isinstance(fault, Fault)
    assert fault.hint is not None
    assert near in dict(fault.hint.values)["forms"].split("; ")


def test_a_long_phrase_is_refused_before_it_is_read() -> None:
    fault = understand_target("100% " + "x" * (LONGEST - 4))
    assert isinstance(fault, Fault)
    assert fault.message.template == "a target has at most {count} characters"
    assert dict(fault.message.values) == {"count": "500"}
    assert isinstance(understand_target("100% " + "x" * (LONGEST - 5)), Target)


def _holds(text: str) -> None:
    found = understand_target(text)
    if isinstance(found, Fault):
        assert found.message.template
        return
    assert found.phrase == text
    assert found.value.is_finite()
    assert found.value >= 0
    assert (found.baseline is not None) == found.is_relative


@LAW
@given(st.text(max_size=LONGEST + 5))
def test_any_text_is_a_target_or_a_fault(text: str) -> None:
    _holds(text)


@LAW
@given(ASSEMBLED)
def test_any_words_of_targets_are_a_target_or_a_fault(text: str) -> None:
    _holds(text)


@LAW
@given(st.sampled_from([says.phrase for says in (*EXAMPLES, *TYPED)]), st.text(" .;,:\u00a0\t", max_size=4))
def test_closing_points_do_not_matter(text: str, closing: str) -> None:
    typed, plain = understand_target(text + closing), understand_target(text)
    assert isinstance(typed, Target)
    assert isinstance(plain, Target)
    assert (typed.comparator, typed.value, typed.unit) == (plain.comparator, plain.value, plain.unit)


@LAW
@given(st.integers(0, 999_999), st.integers(0, 99), st.sampled_from([">", "≥", "≤", "<", "="]))
def test_every_percentage_is_read_exactly(whole: int, hundredths: int, sign: str) -> None:
    found = understand_target(f"{sign}{whole},{hundredths:02d}%")
    assert isinstance(found, Target)
    assert found.value == Decimal(whole) + Decimal(hundredths) / 100


@LAW
@given(st.integers(0, 999_999_999))
def test_points_separate_thousands(count: int) -> None:
    assert number(f"{count:,}".replace(",", ".")) == count
    found = understand_target(f"ít nhất {count:,} vụ".replace(",", "."))
    assert isinstance(found, Target)
    assert (found.value, found.unit) == (count, "vụ")


def test_the_longest_phrases_are_read_at_once() -> None:
    """Repeated slots must not make a pattern try every way of splitting a text."""
    heads = (
        "đạt ",
        "giảm ",
        "từ 9% ",
        "có tỷ lệ ",
        "phấn đấu đảm bảo ",
        "1.000.",
        "9",
        "không có ",
        "giảm 5% so với ",
        "% ",
    )
    for head in heads:
        for text in ((head * LONGEST)[:LONGEST], (head * LONGEST)[: LONGEST - 10] + " bằng khôn"):
            assert isinstance(understand_target(text), (Target, Fault))


def test_a_structured_target() -> None:
    form = TargetForm(
        text="Giảm khiếu nại",
        comparator="reduce",
        value=Decimal("10.5"),
        unit="%",
        baseline="same_period",
        population="khiếu nại của công dân",
        commitment=True,
        conditional=True,
    )
    assert understand_target(form) == Target(
        "Giảm khiếu nại",
        Comparator.REDUCE,
        Decimal("10.5"),
        "%",
        Baseline.SAME_PERIOD,
        "khiếu nại của công dân",
        is_commitment=True,
        is_conditional=True,
    )


def test_a_structured_target_without_words_states_its_values() -> None:
    found = understand_target(TargetForm(comparator=">=", value=Decimal(12), unit="vụ"))
    assert isinstance(found, Target)
    assert (found.phrase, found.comparator, found.baseline) == (">= 12 vụ", Comparator.AT_LEAST, None)
    assert not found.is_commitment
    assert not found.is_conditional


def test_a_structured_target_is_a_percentage_unless_it_says_otherwise() -> None:
    found = understand_target(TargetForm(comparator=">", value=Decimal(98)))
    assert isinstance(found, Target)
    assert (found.phrase, found.unit, found.counts_shares) == ("> 98 %", "%", True)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Mức độ hài lòng của người được trợ giúp pháp lý đạt >98%", [(">", "98")]),
        ("Đạt 100% chỉ tiêu đề ra trong Kế hoạch số 50/KH-TGPL ngày 30/01/2026", [("", "100")]),
        ("từ 90% số vụ việc đạt chất lượng khá, tốt trở lên", [("từ", "90")]),
        (
            "Trên 80% người thực hiện; ít nhất 75% đơn vị, tối thiểu 50 % các Phòng",
            [("trên", "80"), ("ít nhất", "75"), ("tối thiểu", "50")],
        ),
        ("95% thủ tục được xử lý nhanh hơn 10% thời gian", [("", "95"), ("", "10")]),
        ("giảm 10% so với năm trước, tăng 5,5% so với cùng kỳ", [("giảm", "10"), ("tăng", "5.5")]),
        ("không quá 1.000 %", [("không quá", "1000")]),
        ("80 % số hồ sơ", [("", "80")]),
        ("năm 2026 100% viên chức", [("", "100")]),
        ("≥95% và ≤ 5%", [("≥", "95"), ("≤", "5")]),
        ("TCVN ISO 9001:2015, mức độ 3", []),
        ("phần trăm %", []),
        ("", []),
    ],
)
def test_the_percentages_of_a_statement(statement: str, expected: list[tuple[str, str]]) -> None:
    assert percentages(statement) == tuple((word, Decimal(value)) for word, value in expected)


@pytest.mark.parametrize("statement", ["đạt 98.5%", "đạt 99,12345%"])
def test_a_percentage_is_never_cut_out_of_a_longer_number(statement: str) -> None:
    assert not {value for _, value in percentages(statement)} & {Decimal(5), Decimal(2345), Decimal(12345)}


@LAW
@given(st.text(max_size=200))
def test_any_statement_has_some_percentages_or_none(statement: str) -> None:
    assert all(value.is_finite() and value >= 0 for _, value in percentages(statement))
