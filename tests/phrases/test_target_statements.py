"""Whole statements: several targets in one, the numbers beside them, and what belongs to which."""

from __future__ import annotations

from phrase_tables import HAND_TARGETS
from qmsplan.diagnostics import UserError
from qmsplan.model.structured import Comparator
from qmsplan.model.text import phrase
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_forms import FORMS
from qmsplan.phrases.target_parse import understand_targets
from rows import each_row

SILENT = (
    (
        "+ Bảo đảm các điều kiện về cơ cấu trợ giúp viên pháp lý, số lượng người làm việc (biên chế Trung tâm Trợ "
        "giúp pháp lý nhà nước giai đoạn 2021 - 2025, không thuộc trường hợp giảm 10% biên chế sự nghiệp hưởng lương "
        "từ ngân sách nhà nước so với năm 2021), cơ sở vật chất đáp ứng yêu cầu về an toàn, an ninh thông tin"
    ),
    (
        "Thực hiện trợ giúp pháp lý trong 03 Chương trình mục tiêu quốc gia về (i) giảm nghèo và an sinh xã hội bền "
        "vững giai đoạn 2021 - 2025, (ii) xây dựng nông thôn mới giai đoạn 2021 - 2025"
    ),
    "Tăng cường thực hiện dịch vụ công trực tuyến đối với các thủ tục hành chính đủ điều kiện ở mức độ 3, mức độ 4",
    "Báo cáo đánh giá kết quả hàng tháng, quý, 6 tháng, 9 tháng và năm 2026 của Trung tâm",
    "Thực hiện Quyết định số 19/2014/QĐ-TTg ngày 05/3/2014 và Điều 9.3 của TCVN ISO 9001:2015 trong Quý IV năm 2026",
    "Mở lớp cho công chức dưới 40 tuổi theo khoản 2 Điều 5 Nghị định số 130/2005/NĐ-CP",
    "4. Thực hiện theo Kế hoạch số 50/KH-TGPL; tuyên truyền 24/7",
)
"""Sentences with numbers, none of which is a target."""
NONSENSE = ("", "  ", "...", "%", ">", ">%", "abc", "không có", "Quý III", "nan%", "::error::", "\x00", "\ud800")
"""What says nothing of a target."""


def understood(text: str) -> tuple[Target, ...]:
    """The targets of a statement that holds some."""
    found = understand_targets(text)
    assert isinstance(found, tuple), f"{text!r}: {found}"
    return found


def told(fault: UserError) -> str:
    """The message in English."""
    return fault.message.template.format(**dict(fault.message.values))


@each_row("typed", HAND_TARGETS)
def test_populations_and_phrases_are_the_statement_s_own_words(typed: str) -> None:
    for target in understood(typed):
        assert all(word in phrase(typed) for word in target.population.split())
        assert phrase(target.phrase) in phrase(typed)


@each_row("statement", SILENT)
def test_numbers_that_are_no_targets_are_passed_over(statement: str) -> None:
    found = understand_targets(statement)
    assert isinstance(found, UserError) or [target.comparator for target in found] == [Comparator.QUALITATIVE]


@each_row("statement", [statement for statement in SILENT if "(i)" not in statement])
def test_a_target_beside_them_is_the_only_one(statement: str) -> None:
    for text in (f"{statement}; đạt 97% trở lên", f"Đạt 97% trở lên. {statement}"):
        found = understood(text)
        assert [(target.comparator, str(target.value), target.unit) for target in found] == [(">=", "97", "%")]


@each_row("text", NONSENSE)
def test_nonsense_is_not_understood_and_shows_forms_that_are(text: str) -> None:
    fault = understand_targets(text)
    assert isinstance(fault, UserError)
    assert fault.message.template == "the target '{phrase}' is not understood"
    assert dict(fault.message.values) == {"phrase": text}
    assert fault.hint is not None
    forms = dict(fault.hint.values)["forms"].split("; ")
    assert 1 <= len(forms) <= 3
    assert set(forms) <= {row.example for row in FORMS}


@each_row(
    ("text", "near"),
    [
        ("năm 2019", "bằng 0%"),
        ("mức độ 3", ">98%"),
        ("từ 16 đến 18 tuổi", "từ 80% đến 90%"),
        ("top nam", "top 5"),
        ("once or twice", "at least 4 times a year"),
    ],
)
def test_the_nearest_forms_are_shown(text: str, near: str) -> None:
    fault = understand_targets(text)
    assert isinstance(fault, UserError)
    assert fault.hint is not None
    assert near in dict(fault.hint.values)["forms"].split("; ")


@each_row(
    ("text", "is_striven_for"),
    [
        ("Phấn đấu 90% hồ sơ đúng hạn, 80% trước hạn", [True, True]),
        ("Phấn đấu 90% hồ sơ đúng hạn; 80% trước hạn", [True, False]),
        ("90% hồ sơ đúng hạn; phấn đấu 80% trước hạn", [False, True]),
    ],
)
def test_a_commitment_reaches_to_the_end_of_its_sentence(text: str, is_striven_for: list[bool]) -> None:
    assert [target.is_striven_for for target in understood(text)] == is_striven_for


def test_a_condition_is_that_of_its_own_target() -> None:
    found = understood("90% hồ sơ đúng hạn, xử lý 100% kiến nghị (nếu có); 80% trước hạn")
    assert [target.is_conditional for target in found] == [False, True, False]


def test_a_phrase_of_very_many_targets_is_refused() -> None:
    assert len(understood("5%; " * 50)) == 50
    fault = understand_targets("5%; " * 51)
    assert isinstance(fault, UserError)
    assert told(fault) == "a phrase has at most 50 targets"
