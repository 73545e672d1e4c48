"""Target phrases held against what they say, worked out by hand."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

from phrase_tables import HAND_TARGETS
from qmsplan.model.text import phrase
from qmsplan.phrases.tables import PhraseRow
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_cues import CUE_SLOTS, CUES, with_cues
from qmsplan.phrases.target_forms import FORMS, SLOTS
from qmsplan.phrases.target_parse import read, understand_targets
from qmsplan.phrases.target_tokens import matches, ready, tokens
from qmsplan.phrases.target_vocabulary import lexicon
from rows import each_row


def understood(text: str) -> tuple[Target, ...]:
    """The targets of a phrase that is understood."""
    found = understand_targets(text)
    assert isinstance(found, tuple), f"{text!r}: {found}"
    return found


def senses(text: str) -> tuple[Target, ...]:
    """What a phrase says, without its own words."""
    return tuple(_bare(target) for target in understood(text))


def _bare(target: Target) -> Target:
    return target._replace(phrase="", criterion=target.criterion and _bare(target.criterion))


@each_row("typed", HAND_TARGETS)
def test_a_single_target_is_shown_as_typed_and_several_in_their_own_words(typed: str) -> None:
    found = understood(typed)
    if len(found) == 1:
        assert found[0].phrase == typed
    else:
        assert [target.phrase for target in found] == sorted(
            (target.phrase for target in found), key=phrase(typed).index
        )


@each_row("row", FORMS)
def test_the_example_of_a_row_is_read_by_that_row(row: PhraseRow[Target]) -> None:
    assert row in {match.row for match in read(phrase(row.example)).matches}
    assert isinstance(understand_targets(row.example), tuple)


READY = ready(CUES, CUE_SLOTS)


@each_row("cue", CUES)
def test_a_cue_changes_the_tokens_of_its_example(cue: Any) -> None:
    place = CUES.index(cue)
    found = with_cues(tokens(phrase(cue.example), lexicon()), READY[:place])
    assert tuple(with_cues(found, READY[place : place + 1])) != tuple(found)


def test_every_row_says_what_it_means_in_its_own_words() -> None:
    assert all(row.means for row in FORMS)
    assert len({row.example for row in FORMS}) == len(FORMS)


def rows_in(text: str, *patterns: str) -> list[tuple[str, int, int]]:
    """The patterns that fit in a text, with their tokens."""
    rows = ready([PhraseRow(pattern, lambda words, _period: words, pattern) for pattern in patterns], SLOTS)
    return [(match.row.pattern, match.start, match.end) for match in matches(tokens(text, lexicon()), rows)]


def test_a_pattern_names_kinds_words_or_both() -> None:
    assert rows_in("Doanh thu gấp 2 lần", "{=gấp} {value} {unit=lần}") == [("{=gấp} {value} {unit=lần}", 2, 5)]
    assert not rows_in("Doanh thu gấp 2 vụ", "{=gấp} {value} {unit=lần}")
    assert [row for row, _, _ in rows_in("gấp 2, gấp một nửa", "{=gấp} {number}", "{=gấp|bằng} {half}")] == [
        "{=gấp} {number}",
        "{=gấp|bằng} {half}",
    ]
    assert rows_in("giảm đến hạn 5%", "{^number,stop}{1,3} {number}") == [("{^number,stop}{1,3} {number}", 0, 4)]


@each_row("text", ["100% người được TGPL", "Phấn đấu giảm tỷ lệ TTHC quá hạn 10% so với năm trước"])
def test_the_population_keeps_its_capitals(text: str) -> None:
    assert understood(text)[0].population in text


@each_row(
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
        ("ít nhất 01 lần/năm", "ít nhất 01 lần / năm"),
        ("ít nhất 01 lần/năm", "ít nhất một lần mỗi năm"),
        ("không quá 12 vụ", "Tối đa 12 vụ"),
        ("không quá 12 vụ", "không quá 12 vụ việc"),
        ("không quá 12 vụ", "nhiều nhất là 12 vụ"),
        ("giảm 10% so với năm trước", "GIẢM 10 % SO VỚI năm trước"),
        ("Phấn đấu 100% hồ sơ hoà giải", "Phấn đấu 100% hồ sơ hòa giải"),
        ("≥ 95%", ">= 95%"),
        ("75% đơn vị; 50% phòng", "75% đơn vị\n50% phòng\n"),
    ],
)
def test_a_spelling_means_the_same(standard: str, variant: str) -> None:
    assert senses(variant) == senses(standard)


@each_row("typed", HAND_TARGETS)
def test_decomposed_text_means_the_same(typed: str) -> None:
    assert senses(unicodedata.normalize("NFD", typed)) == senses(typed)


@each_row(
    ("text", "value", "is_met"),
    [
        *[(">98%", "98", False), (">98%", "98.01", True), (">98%", "97.99", False), (">98%", "100", True)],
        *[("100%", "100", True), ("100%", "99.99", False), ("từ 90% trở lên", "90", True)],
        *[("không quá 12 vụ", "12", True), ("không quá 12 vụ", "13", False), ("không quá 12 vụ", "0", True)],
        *[("dưới 5%", "5", False), ("dưới 5%", "4.99", True), ("top 5", "5", True), ("top 5", "6", False)],
        *[("top 5", "1", True), ("bằng không", "0", True), ("bằng không", "0.01", False), ("= 0", "0.0", True)],
        *[("giảm 10% so với năm trước", "10", True), ("giảm 10% so với năm trước", "9.9", False)],
        *[("giảm trên 10%", "10", False), ("giảm trên 10%", "10.1", True)],
        *[("giảm 10-15%", "9", False), ("giảm 10-15%", "12", True), ("giảm 10-15%", "20", True)],
        *[("tăng 5% so với cùng kỳ", "5", True), ("tăng 5% so với cùng kỳ", "-5", False)],
        *[("80-90%", "79.9", False), ("80-90%", "80", True), ("80-90%", "90", True), ("80-90%", "90.1", False)],
        *[("nâng cao", "1", False)],
    ],
)
def test_what_meets_a_target(text: str, value: str, is_met: bool) -> None:  # noqa: FBT001
    assert understood(text)[0].is_met_by(Decimal(value)) is is_met


@each_row(
    ("text", "properties"),
    [
        (">98%", {"is_measurable", "counts_shares"}),
        ("25% đơn vị trong năm", {"is_measurable", "counts_shares"}),
        ("không quá 12 vụ", {"is_measurable"}),
        ("giảm 10% so với năm trước", {"is_measurable", "is_relative", "falls"}),
        ("giảm 5 vụ so với năm trước", {"is_measurable", "is_relative", "falls", "is_difference"}),
        ("tăng 5% so với cùng kỳ", {"is_measurable", "is_relative"}),
        ("tăng 2 điểm phần trăm", {"is_measurable", "is_relative", "is_difference"}),
        ("tăng 2 bậc", {"is_measurable", "is_relative", "is_difference", "is_rank", "falls"}),
        ("top 5", {"is_measurable", "is_rank", "falls"}),
        ("nâng cao", set()),
    ],
)
def test_what_readings_a_target_asks_for(text: str, properties: set[str]) -> None:
    names = {"is_measurable", "counts_shares", "is_relative", "is_difference", "is_rank", "falls"}
    target = understood(text)[0]
    assert {name for name in names if getattr(target, name)} == properties


@each_row(
    ("base", "kind"),
    [
        ("năm trước", "previous_year"),
        ("kết quả năm ngoái", "previous_year"),
        ("năm liền trước", "previous_year"),
        ("cùng kỳ", "same_period"),
        ("cùng kỳ năm trước", "same_period"),
        ("cùng kỳ năm 2025", "same_period"),
        ("năm 2021", "year"),
        ("số liệu năm 2021", "year"),
        ("2021", "year"),
        ("thời gian quy định", "statutory"),
        ("quy định tại Nghị định số 63/2010/NĐ-CP", "statutory"),
        ("kế hoạch năm 2026", "plan"),
        ("chỉ tiêu được giao", "plan"),
        ("dự toán", "plan"),
        ("hiện nay", "other"),
        ("quý trước", "other"),
    ],
)
def test_what_a_change_is_compared_with(base: str, kind: str) -> None:
    (found,) = understood(f"Giảm 10% đơn thư so với {base} (nếu có)")
    assert (found.baseline, found.baseline_text, found.population) == (kind, base, "đơn thư")


@each_row(
    ("text", "quantity", "months", "year"),
    [
        ("ít nhất 01 lần/năm", "lần", 12, None),
        ("25% đơn vị mỗi quý", "%", 3, None),
        ("01 cuộc họp/tháng", "cuộc họp", 1, None),
        ("6 tháng/lần", "lần", 6, None),
        ("không quá 3 ngày/hồ sơ", "ngày/hồ sơ", None, None),
        ("giảm 10% so với năm 2021", "%", None, 2021),
        ("giảm 10% so với cùng kỳ năm 2021", "%", None, None),
    ],
)
def test_the_quantity_the_period_and_the_year(text: str, quantity: str, months: int | None, year: int | None) -> None:
    target = understood(text)[0]
    assert (target.quantity, target.per_months, target.baseline_year) == (quantity, months, year)
