"""The law over both languages: a number or a comparing word that the meaning does not use is a finding."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qmsplan.diagnostics import UserError
from qmsplan.model.period import year
from qmsplan.model.structured import Comparator
from qmsplan.phrases.calendar_parse import read_when
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_parse import understand_targets
from qmsplan.phrases.target_vocabulary import OTHER_WORDS, WORDS
from rows import each_row

SUBJECTS = ("Tỷ lệ hồ sơ", "Hộ nghèo", "Thu ngân sách", "Doanh nghiệp", "Chi phí", "Số vụ")
FILLERS = ("bản", "xanh", "tổng", "quận ba", "khá", "theo hướng", "mới", "phi")
ALIKE = {
    "least": {Comparator.AT_LEAST},
    "more": {Comparator.MORE, Comparator.INCREASE},
    "most": {Comparator.AT_MOST},
    "less": {Comparator.LESS, Comparator.REDUCE},
}


def numbers_of(target: Target) -> set[Decimal]:
    """The numbers that a target uses."""
    inner = numbers_of(target.criterion) if target.criterion else set()
    return {number for number in (target.value, target.upper) if number is not None} | inner


@given(
    st.sampled_from(SUBJECTS),
    st.lists(
        st.tuples(st.sampled_from(["", *FILLERS]), st.integers(11, 89), st.sampled_from(["%", "ha", "vụ"])), max_size=4
    ),
    st.sampled_from([" ", ", ", " và "]),
)
def test_every_amount_is_a_target_or_a_finding(subject: str, amounts: list[tuple[str, int, str]], joint: str) -> None:
    typed = f"{subject} " + joint.join(f"{word} đạt {value} {unit}" for word, value, unit in amounts)
    found = understand_targets(typed)
    if not isinstance(found, UserError) and amounts:
        used = set().union(*map(numbers_of, found))
        assert {Decimal(value) for _, value, _ in amounts} <= used


@given(st.sampled_from(sorted(ALIKE)), st.data(), st.sampled_from(SUBJECTS), st.sampled_from(["", *FILLERS]))
def test_every_comparing_word_compares_or_is_a_finding(kind: str, data: st.DataObject, subject: str, word: str) -> None:
    compared = data.draw(st.sampled_from(WORDS[kind].split("|")))
    found = understand_targets(f"{subject} {word} {compared} 37%")
    if not isinstance(found, UserError):
        assert {target.comparator for target in found} <= ALIKE[kind]


@given(
    st.sampled_from(["Tỷ lệ hài lòng", "Hộ dân dùng nước sạch", "Công suất sử dụng giường bệnh"]),
    st.from_regex(r"[qxkv][uươê][eiêâ][ptm] [qxkv][ơưă][kx]", fullmatch=True),
    st.integers(16, 99),
)
def test_a_share_right_behind_words_that_nobody_knows_is_a_finding(subject: str, unknown: str, value: int) -> None:
    for way in ("", "đạt ", "giảm ", "ở mức "):
        assert isinstance(understand_targets(f"{subject} {way}{unknown} {value}%"), UserError)
    assert isinstance(understand_targets(f"{subject} {unknown} đạt {value}%"), tuple)


@each_row("sign", ["<", "＜", "&lt;", "≤", "≦", "<=", "=<", "< hoặc =", "<\u200b", "bé hơn", "dưới"])
def test_no_way_to_write_less_becomes_more(sign: str) -> None:
    found = understand_targets(f"tỷ lệ trễ hạn {sign} 5%")
    assert isinstance(found, tuple)
    assert found[0].comparator in {Comparator.LESS, Comparator.AT_MOST}


@each_row(
    "text",
    [">=.5%", "≈≈ 5%", "± 5%", "tăng gần 5%", "không đạt 5%", "95% trở xuống ≥", "85% ± 2", "Có 1/9 xã đạt chuẩn"],
)
def test_a_sign_or_word_that_is_left_over_is_told(text: str) -> None:
    assert isinstance(understand_targets(text), UserError)


@each_row("text", ["5 < t < 10", "5 = t ≤ 10", "01 200 ha"])
def test_what_is_told_names_what_was_typed(text: str) -> None:
    found = understand_targets(text)
    assert isinstance(found, UserError)
    ((_, words),) = found.message.values
    assert words
    assert str(words) in text


MARKED = sorted(
    {
        word
        for kind in ("least", "more", "most", "less", "highest", "curb", "none", "reduce", "increase", "downto")
        for word in WORDS[kind].split("|")
        if not word.isascii()
    }
)
ALL_WORDS = {word for line in WORDS.values() for word in line.split("|")} | OTHER_WORDS
TONES = "\u0300\u0301\u0303\u0309\u0323"


def with_other_mark(word: str, place: int, tone: str, *, is_plain: bool) -> str:
    """A word whose letter at a place has another tone, and no other mark if `is_plain`: `dươi` for `dưới`."""
    if word[place] == "đ":
        return word[:place] + "d" + word[place + 1 :]
    letter = unicodedata.normalize("NFD", word[place])
    kept = letter[0] if is_plain else "".join(mark for mark in letter if mark not in TONES)
    return word[:place] + unicodedata.normalize("NFC", kept + tone) + word[place + 1 :]


@given(st.sampled_from(MARKED), st.data(), st.sampled_from(["", "Số vụ "]), st.sampled_from(["vụ", "%", "giờ"]))
def test_a_comparing_word_with_another_mark_never_compares_otherwise(
    word: str, data: st.DataObject, before: str, unit: str
) -> None:
    place = data.draw(st.sampled_from([at for at, letter in enumerate(word) if not letter.isascii()]))
    typed = with_other_mark(word, place, data.draw(st.sampled_from(["", *TONES])), is_plain=data.draw(st.booleans()))
    found = understand_targets(f"{before}{typed} 37 {unit}")
    if typed not in ALL_WORDS and not isinstance(found, UserError):
        right = understand_targets(f"{before}{word} 37 {unit}")
        assert isinstance(right, tuple)
        assert [target.comparator for target in found] == [target.comparator for target in right]


WAYS = ("{} lần", "{} đợt", "không {}", "ít nhất {}")


@given(
    st.sampled_from(["trước", "trong", "chậm nhất", "đến"]),
    st.integers(1, 12),
    st.sampled_from(WAYS),
    st.integers(2, 9),
)
def test_what_stands_before_a_time_may_not_say_more_of_it(bound: str, month: int, way: str, count: int) -> None:
    typed = f"kiểm tra {way.format(count)} {bound} tháng {month}/2026"
    found = understand_deadline(typed, year(2026))
    assert isinstance(found, UserError) or len(found.occurrences) == count


TIMES = (
    "trước 30/6",
    "đến ngày 15/6/2026",
    "trong quý III",
    "vào tháng 6",
    "trong 6 tháng đầu năm",
    "trong 2 ngày làm việc",
    "sau 3 tháng",
    "trong vòng 24 giờ",
)


@given(
    st.sampled_from(TIMES),
    st.sampled_from(["", "hồ sơ ", "tỷ lệ hài lòng "]),
    st.sampled_from(["", "đạt ", "ít nhất ", "dưới ", "giảm "]),
    st.integers(31, 89),
    st.sampled_from(["{time} {value}", "{value} {time}", "{value}, {time}", "{time}, {value}", "{value} ({time})"]),
)
def test_a_time_beside_a_value_is_a_part_of_what_is_counted_or_a_finding(
    time: str, subject: str, way: str, value: int, order: str
) -> None:
    found = understand_targets(order.format(time=time, value=f"{subject}{way}{value} %"))
    if isinstance(found, UserError):
        return
    kept = " ".join(f"{target.population} {target.baseline_text} {target.time}" for target in found)
    assert all(number in kept for number in re.findall(r"[0-9]+|III", time))
    assert not any(read_when(target.population.strip("()")) for target in found)


TIMED = (
    "Trước quý II/2026",
    "Giữa tháng 6/2026",
    "Nửa đầu năm 2026",
    "Trừ tháng 7, hàng tháng",
    "Từ 01/3 đến 30/6/2026",
)


@given(st.sampled_from(TIMED), st.data())
def test_a_time_with_another_mark_never_becomes_another_time(phrase: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([at for at, letter in enumerate(phrase) if not letter.isascii()]))
    tone = data.draw(st.sampled_from(["", *TONES]))
    found = understand_deadline(with_other_mark(phrase, place, tone, is_plain=data.draw(st.booleans())), year(2026))
    right = understand_deadline(phrase, year(2026))
    if isinstance(found, Deadline):
        assert isinstance(right, Deadline)
        assert found.occurrences == right.occurrences


def test_a_count_of_the_year_is_none_of_each_quarter() -> None:
    found = understand_targets("Mỗi quý 5 lớp, cả năm 20 lớp")
    assert isinstance(found, tuple)
    assert [(target.value, target.per) for target in found] == [(5, "quý"), (20, "")]


def test_a_short_month_is_the_time_of_its_value_and_a_named_year_the_base_of_a_factor() -> None:
    months, factor = understand_targets("T6: 50%; T12: 100%"), understand_targets("Doanh thu gấp đôi năm 2025")
    assert isinstance(months, tuple)
    assert isinstance(factor, tuple)
    assert [target.time for target in months] == ["tháng 6", "tháng 12"]
    assert factor[0].baseline_text == "năm 2025"


def test_no_bracket_is_left_in_what_is_counted() -> None:
    found = understand_targets("Thu phí 3,2 tỷ đồng (bằng 100% dự toán)")
    assert [target.population for target in found] == ["Thu phí", "dự toán"]
