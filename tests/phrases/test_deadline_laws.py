"""What holds for any text that somebody types as a deadline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from phrase_tables import FIVE, HAND_DEADLINES, ONE
from qmsplan.diagnostics import UserError
from qmsplan.model.period import Period, half, parse_period, quarter
from qmsplan.phrases.deadline import Deadline, DeadlineKind, EventTrigger
from qmsplan.phrases.deadline_parse import LONGEST, understand_deadline
from rows import each_row

PERIODS = st.sampled_from([ONE, FIVE, quarter(2026, 3), half(2028, 1), parse_period("2025-2028"), parse_period("9999")])
TOKENS = [
    *(
        "quý",
        "Quý",
        "tháng",
        "năm",
        "hàng",
        "hằng",
        "ngày",
        "trước",
        "sau khi",
        "khi có",
        "theo",
        "giai đoạn",
        "6 tháng",
    ),
    *("9 tháng", "trong", "cả", "hết", "đến", "từ", "đầu", "cuối", "định kỳ", "thường xuyên", "và", ",", ".", "(", ")"),
    *("-", "–", "/", ";", "\n", ":", "I", "II", "III", "IV", "V", "0", "1", "3", "12", "13", "29", "31", "30/6"),
    *("2026", "2028", "2030", "văn bản", "lần", "một", "kế tiếp", "báo cáo", "kịp thời", "ngày làm việc", "kể từ"),
]
ASSEMBLED = st.lists(st.sampled_from(TOKENS), max_size=9).flatmap(
    lambda tokens: st.sampled_from([" ", ""]).map(lambda joint: joint.join(tokens))
)
HURTING = st.lists(
    st.sampled_from(
        ["hàng năm ", "hàng tháng, ", "quý I, ", "1", "-", " - ", "(", ")", "ạ", "😀", "và ", "sau khi ", "; "]
    ),
    min_size=1,
    max_size=4,
).flatmap(lambda parts: st.integers(1, LONGEST).map(lambda count: ("".join(parts) * count)[:LONGEST]))
KNOWN = st.sampled_from(HAND_DEADLINES)
MOST = 19 * 6
"""Occurrences: reports of all lengths in each of six years."""


def _holds(found: Deadline | UserError, typed: str) -> None:
    if isinstance(found, UserError):
        assert found.message.template
        return
    assert found.phrase == typed
    assert len(found.occurrences) >= 1
    ends = [(o.due or o.period.end, o.period.end, o.period.start) for o in found.occurrences]
    assert ends == sorted(ends)
    assert len(set(found.occurrences)) == len(found.occurrences)
    for occurrence in found.occurrences:
        assert occurrence.due is None or occurrence.trigger is None
        assert occurrence.due is None or occurrence.due >= occurrence.period.end
        assert parse_period(occurrence.period.code) == occurrence.period
    wakes = [occurrence.trigger.event for occurrence in found.occurrences if occurrence.trigger]
    assert found.event == next(iter(wakes), None)
    _kind_holds(found)


def _kind_holds(found: Deadline) -> None:
    if found.kind in {DeadlineKind.DATE, DeadlineKind.PERIOD, DeadlineKind.RECURRING, DeadlineKind.REFERENCE}:
        assert all(occurrence.due for occurrence in found.occurrences)
    if found.kind is DeadlineKind.CONTINUOUS:
        assert all(occurrence.is_continuous for occurrence in found.occurrences)
    if found.kind is DeadlineKind.EVENT:
        assert all(occurrence.trigger for occurrence in found.occurrences)
    assert found.kind is not DeadlineKind.REFERENCE or found.reference


@given(st.text(max_size=LONGEST + 5), PERIODS)
def test_any_text_is_a_deadline_or_a_fault(text: str, period: Period) -> None:
    _holds(understand_deadline(text, period), text)


@given(ASSEMBLED, PERIODS)
def test_any_words_of_deadlines_are_a_deadline_or_a_fault(text: str, period: Period) -> None:
    _holds(understand_deadline(text, period), text)


@given(KNOWN, PERIODS)
def test_any_known_phrase_over_any_period(text: str, period: Period) -> None:
    found = understand_deadline(text, period)
    _holds(found, text)
    assert isinstance(found, UserError) or len(found.occurrences) <= MOST


@given(HURTING, PERIODS)
def test_texts_that_repeat_are_read_at_once(text: str, period: Period) -> None:
    """Repeated words must not make a pattern try every way of splitting a text; the watchdog ends what hangs."""
    _holds(understand_deadline(text, period), text)


def _meaning(found: Deadline | UserError) -> tuple[object, ...]:
    """All but the phrase, and the case of the user's own words."""
    assert isinstance(found, Deadline)
    lower = [(o.period, o.due, o.trigger and _lowered(o.trigger)) for o in found.occurrences]
    return (found.kind, lower, found.start, (found.event or "").lower(), (found.reference or "").lower())


def _lowered(trigger: EventTrigger) -> EventTrigger:
    return trigger._replace(event=trigger.event.lower())


VARIANTS: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "hằng": lambda text: text.replace("Hàng", "Hằng").replace("hàng", "hằng"),
    "hàng": lambda text: text.replace("Hằng", "Hàng").replace("hằng", "hàng"),
    "quí": lambda text: text.replace("Quý", "Quí").replace("quý", "quí"),
    "dashes": lambda text: text.replace("-", "–") if " - " in text else text,
    "spaces": lambda text: "  " + text.replace(" ", "\u00a0 ") + " ",
    "point": lambda text: text + ".",
    "semicolon": lambda text: text + ";",
}


@each_row("variant", sorted(VARIANTS))
@each_row("text", HAND_DEADLINES)
def test_spelling_never_matters(text: str, variant: str) -> None:
    assert _meaning(understand_deadline(VARIANTS[variant](text), FIVE)) == _meaning(understand_deadline(text, FIVE))


@given(KNOWN, st.text(" .;,:\u00a0\t", max_size=5), st.text(" \u00a0\t", max_size=3))
def test_spaces_and_closing_points_do_not_matter(text: str, closing: str, opening: str) -> None:
    typed, plain = understand_deadline(opening + text + closing, FIVE), understand_deadline(text, FIVE)
    assert _meaning(typed) == _meaning(plain)


# without what a neighbour goes on with (`từ`, `trước quý`) or would take for its own: a year, a label
LISTED = st.sampled_from([text for text in HAND_DEADLINES if not re.search("20|[Tt]ừ |trước quý|:", text)])


@given(LISTED, LISTED)
def test_two_deadlines_in_a_list_are_both(one: str, other: str) -> None:
    typed = f"{one.rstrip('.')}; {other}"
    found, *parts = (understand_deadline(text, ONE) for text in (typed, one, other))
    if isinstance(found, Deadline):
        _holds(found, typed)
    if all(isinstance(part, Deadline) and part.kind in {DeadlineKind.DATE, DeadlineKind.PERIOD} for part in parts):
        assert _days(found) == set().union(*map(_days, parts))


def _days(found: Deadline | UserError) -> set[object]:
    return {entry.due for entry in found.occurrences if entry.due} if isinstance(found, Deadline) else set()


@each_row(
    ("typed", "days"),
    [
        ("Trước 30/6, cuối năm", ["2026-06-30", "2026-12-31"]),
        ("Trước 30/6 và quý IV", ["2026-06-30", "2026-12-31"]),
        ("Quý II\nQuý IV", ["2026-06-30", "2026-12-31"]),
        ("Trước quý II, quý IV", ["2026-03-31", "2026-09-30"]),
        ("Trước giữa năm", ["2026-06-30"]),
        ("Quý I, đầu năm học", ["2026-03-31", "2026-09-30"]),
        ("Đầu năm học, cuối năm học", ["2026-05-31", "2026-09-30"]),
        ("Tháng 9, đầu năm học", ["2026-09-30"]),
        ("Trước ngày 20/6 (6 tháng) và 20/12 (năm)", ["2026-06-20", "2026-12-20"]),
        ("Trước 15/9 (9 tháng)", ["2026-09-15"]),
    ],
)
def test_each_part_of_a_list_is_due_on_its_own_day(typed: str, days: list[str]) -> None:
    assert sorted(map(str, _days(understand_deadline(typed, ONE)))) == days


@given(st.dates(), st.sampled_from(["{}/{}/{:04d}", "Trước ngày {}-{}-{:04d}", "Chậm nhất {:02d}/{:02d}/{:04d}."]))
def test_any_day_is_due_on_that_day(day: object, pattern: str) -> None:
    text = pattern.format(day.day, day.month, day.year)  # type: ignore[attr-defined]
    found = understand_deadline(text, ONE)
    assert isinstance(found, Deadline)
    assert [occurrence.due for occurrence in found.occurrences] == [day]


@given(KNOWN, PERIODS)
def test_what_names_no_year_touches_the_plan(text: str, period: Period) -> None:
    found = understand_deadline(text, period)
    if isinstance(found, Deadline) and not any(str(number) in text for number in range(2020, 2032)):
        assert all(o.period.overlaps(period) for o in found.occurrences)


def test_the_quarters_of_a_list_tile_the_year() -> None:
    found = understand_deadline("quý I, II, III và IV", ONE)
    assert isinstance(found, Deadline)
    assert [occurrence.period for occurrence in found.occurrences] == [quarter(2026, which) for which in (1, 2, 3, 4)]


def test_the_longest_phrases_are_read_at_once() -> None:
    heads = ("năm ", "giai đoạn ", "hàng năm (", "đến hết ", "hàng tháng, quý, ", "từ năm ", "6 tháng ", "quý i", "( ")
    more = (
        "theo x, ",
        "sau khi x; ",
        "khi có a và ",
        "báo cáo: ",
        "2 lần/năm ",
        "ngày 5, ",
        "30/6 - ",
        "tuần đầu ",
        "Q3",
    )
    texts = [(head * LONGEST)[:LONGEST] for head in (*heads, *more)] + ["theo " + head * 20 for head in heads]
    for text in texts:
        assert isinstance(understand_deadline(text, ONE), (Deadline, UserError))


def test_what_would_be_due_too_often_is_refused() -> None:
    found = understand_deadline("ngày 05, 10, 15, 20, 25 hàng tháng", parse_period("2026-2070"))
    assert isinstance(found, UserError)
    assert found.message.template == "a deadline is due at most {count} times over a plan"
