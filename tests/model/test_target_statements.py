"""Whole statements: several targets in one, the numbers beside them, and what belongs to which."""

from __future__ import annotations

import pytest
from target_samples import NAMED, NONSENSE, SLIPS, Typed
from target_statements import SILENT, STATEMENTS

from qmsplan.diagnostics import UserError
from qmsplan.model.structured import Comparator
from qmsplan.model.text import phrase
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_forms import FORMS
from qmsplan.phrases.target_parse import understand_targets
from rows import each_row


def understood(text: str) -> tuple[Target, ...]:
    """The targets of a statement that holds some."""
    found = understand_targets(text)
    assert isinstance(found, tuple), f"{text!r}: {found}"
    return found


def told(fault: UserError) -> str:
    """The message in English."""
    return fault.message.template.format(**dict(fault.message.values))


@each_row("typed", STATEMENTS, ids=[typed.phrase[:40] for typed in STATEMENTS])
def test_the_targets_of_a_statement(typed: Typed) -> None:
    found = [target._replace(phrase="") for target in understood(typed.phrase)]
    assert [target.criterion and target.criterion._replace(phrase="") for target in found] == [
        says.criterion and says.criterion.target() for says in typed.says
    ]
    assert [target._replace(population="", criterion=None) for target in found] == [
        says._replace(criterion=None).target() for says in typed.says
    ]


@each_row("typed", STATEMENTS, ids=[typed.phrase[:40] for typed in STATEMENTS])
def test_populations_and_phrases_are_the_statement_s_own_words(typed: Typed) -> None:
    found = list(understood(typed.phrase))
    assert found or not typed.says
    for target in found:
        assert target.population in phrase(typed.phrase)
        assert phrase(target.phrase) in phrase(typed.phrase)
        assert target.population or target.comparator is Comparator.QUALITATIVE


@pytest.mark.parametrize(
    ("number", "populations"),
    [
        (7, ["số vụ việc trợ giúp pháp lý được đánh giá đạt chất lượng khá, tốt trở lên",
             "vụ việc không đạt chất lượng",
             "người thực hiện trợ giúp pháp lý tham gia các lớp tập huấn, nâng cao năng lực"]),
        (11, ["đơn vị trực thuộc", "các Phòng, Trung tâm thuộc Sở, đảm bảo thực chất và đúng quy định"]),
        (20, ["Thu hút nhân tài vào làm việc tại cơ quan Sở và các đơn vị sự nghiệp trực thuộc Sở"]),
    ],
)  # fmt: skip
def test_the_populations_of_a_statement(number: int, populations: list[str]) -> None:
    assert [target.population for target in understood(STATEMENTS[number].phrase)] == populations


@pytest.mark.parametrize("statement", SILENT, ids=[statement[:40] for statement in SILENT])
def test_numbers_that_are_no_targets_are_passed_over(statement: str) -> None:
    found = understand_targets(statement)
    assert isinstance(found, UserError) or [target.comparator for target in found] == [Comparator.QUALITATIVE]


@pytest.mark.parametrize(
    "statement", [statement for statement in SILENT if "(i)" not in statement], ids=lambda s: s[:40]
)
def test_a_target_beside_them_is_the_only_one(statement: str) -> None:
    for text in (f"{statement}; đạt 97% trở lên", f"Đạt 97% trở lên. {statement}"):
        found = understood(text)
        assert [(target.comparator, str(target.value), target.unit) for target in found] == [(">=", "97", "%")]


@each_row(("text", "reason"), NAMED, ids=[text for text, _ in NAMED])
def test_a_number_that_is_no_target_is_told_about_where_it_stands_alone(text: str, reason: str) -> None:
    fault = understand_targets(text)
    assert isinstance(fault, UserError)
    assert told(fault).endswith(reason)
    assert fault.hint is not None
    assert fault.hint.template == "forms that are understood: {forms}"


@each_row(("text", "reason"), SLIPS, ids=[text for text, _ in SLIPS])
def test_a_slip_is_told_with_its_reason(text: str, reason: str) -> None:
    fault = understand_targets(text)
    assert isinstance(fault, UserError)
    assert told(fault) == reason
    assert fault.hint is not None


@each_row("text", NONSENSE, ids=ascii)
def test_nonsense_is_not_understood_and_shows_forms_that_are(text: str) -> None:
    fault = understand_targets(text)
    assert isinstance(fault, UserError)
    assert fault.message.template == "the target '{phrase}' is not understood"
    assert dict(fault.message.values) == {"phrase": text}
    assert fault.hint is not None
    forms = dict(fault.hint.values)["forms"].split("; ")
    assert 1 <= len(forms) <= 3
    assert set(forms) <= {row.example for row in FORMS}


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("năm 2019", "bằng 0%"),
        ("mức độ 3", ">98%"),
        ("từ 16 đến 18 tuổi", "từ 80% đến 90%"),
        ("top nam", "top 5"),
    ],
)
def test_the_nearest_forms_are_shown(text: str, near: str) -> None:
    fault = understand_targets(text)
    assert isinstance(fault, UserError)
    assert fault.hint is not None
    assert near in dict(fault.hint.values)["forms"].split("; ")


@pytest.mark.parametrize(
    ("text", "is_commitment"),
    [
        ("Phấn đấu 90% hồ sơ đúng hạn, 80% trước hạn", [True, True]),
        ("Phấn đấu 90% hồ sơ đúng hạn; 80% trước hạn", [True, False]),
        ("90% hồ sơ đúng hạn; phấn đấu 80% trước hạn", [False, True]),
    ],
)
def test_a_commitment_reaches_to_the_end_of_its_sentence(text: str, is_commitment: list[bool]) -> None:
    assert [target.is_commitment for target in understood(text)] == is_commitment


def test_a_condition_is_that_of_its_own_target() -> None:
    found = understood("90% hồ sơ đúng hạn, xử lý 100% kiến nghị (nếu có); 80% trước hạn")
    assert [target.is_conditional for target in found] == [False, True, False]


def test_a_phrase_of_very_many_targets_is_refused() -> None:
    assert len(understood("5%; " * 50)) == 50
    fault = understand_targets("5%; " * 51)
    assert isinstance(fault, UserError)
    assert told(fault) == "a phrase has at most 50 targets"
