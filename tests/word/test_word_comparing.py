"""Differences of texts, and the field that each is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.diagnostics import UserError
from qmsplan.documents import compare_word
from qmsplan.documents.compare_word import MOST, Origin, Origins, TextDifference, differences
from qmsplan.documents.profile import load_profile
from qmsplan.word.reader import Paragraph
from rows import each_row

LINES = st.lists(st.sampled_from(["a", "b", "Rà soát", "Báo cáo"]), max_size=12)


def found(plan: list[str], file: list[str]) -> list[TextDifference]:
    return list(differences([Paragraph(text) for text in plan], [Paragraph(text) for text in file], lambda _: None))


@given(LINES)
def test_the_same_texts_do_not_differ(lines: list[str]) -> None:
    assert found(lines, lines) == []


@given(LINES, LINES)
def test_something_is_told_exactly_if_the_texts_differ(plan: list[str], file: list[str]) -> None:
    assert bool(found(plan, file)) == (plan != file)


@given(LINES, LINES)
def test_all_that_is_told_stands_in_its_text(plan: list[str], file: list[str]) -> None:
    for one in found(plan, file):
        assert one.plan is None or one.plan in plan
        assert one.file is None or one.file in file
    assert len(plan) - len(file) == sum((one.plan is not None) - (one.file is not None) for one in found(plan, file))


def test_one_paragraph_beside_the_other() -> None:
    assert found(["a", "98%", "c"], ["a", "95%", "c", "d"]) == [
        TextDifference(None, "98%", "95%"),
        TextDifference(None, None, "d"),
    ]


def test_of_a_stretch_with_more_paragraphs_those_alike_stand_side_by_side_once() -> None:
    plan = ["Lấy phiếu đánh giá mỗi quý", "Họp xét kết quả mỗi quý"]
    file = ["Lấy phiếu đánh giá mỗi tháng", "Một việc mới", "Họp xét kết quả mỗi tháng"]
    assert found(plan, file) == [
        TextDifference(None, plan[0], file[0]),
        TextDifference(None, None, file[1]),
        TextDifference(None, plan[1], file[2]),
    ]


def test_a_file_of_another_plan_is_refused_without_a_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing costs the square of the paragraphs, so beyond a number of them nothing is compared."""
    monkeypatch.setattr(compare_word, "SequenceMatcher", lambda *_: pytest.fail("a comparison is begun"))
    with pytest.raises(UserError):
        found([f"a{n}" for n in range(MOST + 1)], [f"b{n}" for n in range(MOST + 1)])


def test_of_very_many_paragraphs_none_is_held_against_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are compared once, paragraphs once; a stretch that would need more than so many pairs is told in order."""
    begun = []
    real = compare_word.SequenceMatcher
    monkeypatch.setattr(compare_word, "SequenceMatcher", lambda *given: begun.append(given) or real(*given))
    assert len(found([f"a{n}" for n in range(60)], [f"b{n}" for n in range(MOST // 60 + 1)])) == 60
    assert len(begun) == 2


def rows(*texts: str) -> list[Paragraph]:
    """A table: a word a row, its letters the cells."""
    return [Paragraph(text, row, 1, at) for row, one in enumerate(texts, 1) for at, text in enumerate(one.split("|"))]


A, B, C = "1|Họp xét|10|Phòng A", "2|Lập hồ sơ|10|Phòng A", "3|Báo cáo|20|Phòng B"


@each_row(
    ("file", "told"),
    [
        ((B, A, C), [("moved", B)]),
        ((A, B, A, C), [("again", A)]),
        ((B, C, A.replace("10", "30")), [("moved", A.replace("10", "30")), ("", "30")]),
        ((C, A, B.replace("10", "30")), [("moved", C), ("", "30")]),
    ],
)
def test_a_row_that_stands_elsewhere_is_told_as_that(file: tuple[str, ...], told: list[tuple[str, str]]) -> None:
    found = differences(rows(A, B, C), rows(*file), lambda _: None)
    assert [(one.elsewhere, (one.file or "").replace(" | ", "|")) for one in found] == told


def test_a_long_plan_may_differ_at_both_of_its_ends() -> None:
    texts = [f"việc {n}" for n in range(2 * MOST)]
    assert found(texts, ["mở đầu", *texts[1:-1], "kết thúc"]) == [
        TextDifference(None, texts[0], "mở đầu"),
        TextDifference(None, texts[-1], "kết thúc"),
    ]


VIEW = {
    "id": "P",
    "period": "2026",
    "basis": "Căn cứ Luật\nCăn cứ Nghị định",
    "head": {"title": "Kế hoạch năm 2026"},
    "objectives": [
        {"id": "A", "text": "Hồ sơ đúng hạn", "lead": "Phòng Nghiệp vụ", "target": "100%", "label": "01 "},
        {"id": "B", "text": "Hài lòng", "lead": "Phòng Nghiệp vụ", "target": "100%", "label": "02 "},
    ],
    "sections": [
        {"title": "MỤC ĐÍCH", "label": "I. ", "text": "Nâng cao chất lượng", "objectives": [], "sections": []}
    ],
}


def origin_of(texts: list[tuple[str, int | None]], index: int) -> Origin | None:
    return Origins(VIEW).of([Paragraph(*entry) for entry in texts], index)


@each_row(
    ("text", "origin"),
    [
        ("Căn cứ Nghị định", Origin("", ("basis",))),
        ("KẾ HOẠCH NĂM 2026", Origin("", ("head", "title"))),
        ("Hài lòng", Origin("B", ("text",))),
        ("Phối hợp: Hài lòng", Origin("B", ("text",))),
        ("Nâng cao chất lượng", Origin("I. MỤC ĐÍCH", ("text",))),
        ("STT", None),
        ("Cà Mau, ngày 09 tháng 02 năm 2026", None),
    ],
)
def test_fields_of_paragraphs(text: str, origin: Origin | None) -> None:
    assert origin_of([(text, None)], 0) == origin


def test_a_row_tells_which_item_a_common_text_belongs_to() -> None:
    rows = [
        ("01", 1),
        ("Hồ sơ đúng hạn", 1),
        ("Phòng Nghiệp vụ", 1),
        ("02", 2),
        ("Hài lòng", 2),
        ("Phòng Nghiệp vụ", 2),
    ]
    assert origin_of(rows, 2) == Origin("A", ("lead",))
    assert origin_of(rows, 5) == Origin("B", ("lead",))


def test_a_figure_that_is_no_field_of_its_row_is_told_by_its_column() -> None:
    styles = load_profile("nd30-2020").styles
    head, text, day = (styles[name].name for name in ("table-header", "table-text", "dateline"))
    rows = [
        Paragraph("Cà Mau, ngày 30 tháng 6 năm 2026", None, 0, 0, day),
        *(Paragraph(words, 1, 2, at, head) for at, words in enumerate(("TT", "Mục tiêu", "Kinh phí"))),
        *(Paragraph(words, 2, 2, at, text) for at, words in enumerate(("02", "Hài lòng", "01"))),
        *(Paragraph(words, 3, 2, at, text) for at, words in ((0, "Tổng cộng"), (2, "1.560,75"))),
    ]
    items = [{"id": "A", "number": "01"}, {"id": "B", "text": "Hài lòng", "deadline": "30 tháng 6 năm 2026"}]
    origins = Origins({"objectives": items}, styles)
    assert [origins.of(rows, index) for index in (0, 6, 8)] == [
        Origin("", (), day),
        Origin("B", (), "Kinh phí"),
        Origin("", (), "Kinh phí"),
    ]
