"""What holds for any text that somebody types as a deadline."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from phrase_samples import EXAMPLES, FIVE, ONE, TYPED

from qmsplan.diagnostic import Fault
from qmsplan.model.deadline import Deadline, Kind
from qmsplan.model.deadline_phrases import LONGEST, understand_deadline
from qmsplan.model.period import Period, half, parse_period, quarter

LAW = settings(max_examples=100, deadline=None, derandomize=True)
PERIODS = st.sampled_from([ONE, FIVE, quarter(2026, 3), half(2028, 1), parse_period("2025-2028")])
TOKENS = [
    *("quý", "Quý", "tháng", "năm", "hàng", "hằng", "ngày", "trước", "sau khi", "khi", "theo", "giai đoạn", "6 tháng"),
    *("9 tháng", "trong", "cả", "hết", "đến", "từ", "đầu", "cuối", "định kỳ", "thường xuyên", "và", ",", ".", "(", ")"),
    *(
        "-",
        "–",
        "/",
        "I",
        "II",
        "III",
        "IV",
        "V",
        "0",
        "1",
        "3",
        "12",
        "13",
        "29",
        "31",
        "2026",
        "2028",
        "2030",
        "văn bản",
    ),
]
ASSEMBLED = st.lists(st.sampled_from(TOKENS), max_size=9).flatmap(
    lambda tokens: st.sampled_from([" ", ""]).map(lambda joint: joint.join(tokens))
)
KNOWN = st.sampled_from([due.phrase for due in (*EXAMPLES, *TYPED) if not due.phrase.startswith("Hàng tháng,")])
MOST = 19 * 6
"""Occurrences: reports of all lengths in each of six years."""


def _holds(found: Deadline | Fault, typed: str) -> None:
    if isinstance(found, Fault):
        assert found.message.template
        return
    assert found.phrase == typed
    assert 1 <= len(found.occurrences) <= MOST
    for occurrence in found.occurrences:
        assert occurrence.due is None or occurrence.due == occurrence.period.end
        assert occurrence.due is not None or found.kind in {Kind.CONTINUOUS, Kind.EVENT}
    ends = [(occurrence.period.end, occurrence.period.start) for occurrence in found.occurrences]
    assert ends == sorted(ends)
    assert len(set(found.occurrences)) == len(found.occurrences)
    assert (found.kind is Kind.EVENT) == (found.event is not None)
    assert (found.kind is Kind.REFERENCE) == (found.reference is not None)


@LAW
@given(st.text(max_size=LONGEST + 5), PERIODS)
def test_any_text_is_a_deadline_or_a_fault(text: str, period: Period) -> None:
    _holds(understand_deadline(text, period), text)


@settings(LAW, max_examples=100)
@given(ASSEMBLED, PERIODS)
def test_any_words_of_deadlines_are_a_deadline_or_a_fault(text: str, period: Period) -> None:
    _holds(understand_deadline(text, period), text)


@LAW
@given(KNOWN, PERIODS)
def test_any_known_phrase_over_any_period(text: str, period: Period) -> None:
    _holds(understand_deadline(text, period), text)


@LAW
@given(KNOWN, st.text(" .;,:\u00a0\t", max_size=5), st.text(" \u00a0\t", max_size=3))
def test_spaces_and_closing_points_do_not_matter(text: str, closing: str, opening: str) -> None:
    typed, plain = understand_deadline(opening + text + closing, FIVE), understand_deadline(text, FIVE)
    assert isinstance(typed, Deadline)
    assert isinstance(plain, Deadline)
    assert (typed.kind, typed.occurrences, typed.event) == (plain.kind, plain.occurrences, plain.event)


@LAW
@given(st.dates(), st.sampled_from(["{}/{}/{:04d}", "Trước ngày {}-{}-{:04d}", "Chậm nhất {:02d}/{:02d}/{:04d}."]))
def test_any_day_is_due_on_that_day(day: object, pattern: str) -> None:
    text = pattern.format(day.day, day.month, day.year)  # type: ignore[attr-defined]
    found = understand_deadline(text, ONE)
    assert isinstance(found, Deadline)
    assert [occurrence.due for occurrence in found.occurrences] == [day]


def test_the_longest_phrases_are_read_at_once() -> None:
    """Repeated slots must not make a pattern try every way of splitting a text."""
    heads = ("năm ", "giai đoạn ", "hàng năm (", "đến hết ", "hàng tháng, quý, ", "từ năm ", "6 tháng ", "quý i", "( ")
    texts = [(head * LONGEST)[:LONGEST] for head in heads] + ["theo " + head * 20 for head in heads]
    for text in texts:
        assert isinstance(understand_deadline(text, ONE), (Deadline, Fault))
