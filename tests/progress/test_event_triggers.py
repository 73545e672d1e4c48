"""How an event wakes what waits, what a completion names, and which happenings are dealt with."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from progress_samples import day

from qmsplan.model.period import parse_period, year
from qmsplan.model.progress import Completion
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.phrases.deadline import EventTrigger, Occurrence
from qmsplan.progress.occurrences import due_after_event, event_days, handled_days, named_occurrences
from rows import each_row

ONE, FIVE = year(2026), parse_period("2026-2030")


@each_row(
    ("trigger", "happened", "due"),
    [
        (EventTrigger("X"), "2026-05-15", "2026-12-31"),
        (EventTrigger("X", 10), "2026-05-15", "2026-05-25"),
        (EventTrigger("X", -10), "2026-05-15", "2026-05-05"),
        (EventTrigger("X", -5, working=True), "2026-05-15", "2026-05-08"),
        (EventTrigger("X", months=-1), "2026-05-31", "2026-04-30"),
        (EventTrigger("X", 0), "2026-05-16", "2026-05-16"),
        (EventTrigger("X", 5, working=True), "2026-05-15", "2026-05-22"),
        (EventTrigger("X", 5, working=True), "2026-02-12", "2026-02-26"),
        (EventTrigger("X", at_once=True), "2026-05-15", "2026-05-22"),
        (EventTrigger("X", repeats=True), "2026-05-15", "2026-12-31"),
        (EventTrigger("X", 400), "9999-12-01", "9999-12-31"),
        (EventTrigger("X", months=3), "2026-05-15", "2026-08-15"),
        (EventTrigger("X", months=3), "2026-11-30", "2027-02-28"),
        (EventTrigger("X", months=1), "2028-01-31", "2028-02-29"),
        (EventTrigger("X", months=1), "2026-06-30", "2026-07-30"),
        (EventTrigger("X", months=12), "2028-02-29", "2029-02-28"),
        (EventTrigger("X", months=3), "9999-11-30", "9999-12-31"),
    ],
)
def test_when_it_is_due(trigger: EventTrigger, happened: str, due: str) -> None:
    assert due_after_event(trigger, day(happened), ONE if happened < "9" else year(9999), CONVENTIONS) == day(due)


@each_row(
    ("period", "happened", "due"),
    [
        ("2026-2030", "2027-05-15", "2027-12-31"),
        ("2026-Q2", "2026-05-15", "2026-06-30"),
        ("2026", "2027-05-15", "2027-05-15"),
        ("2026", "2025-12-20", "2025-12-31"),
    ],
)
def test_without_days_it_is_due_with_the_year_or_the_period(period: str, happened: str, due: str) -> None:
    assert due_after_event(EventTrigger("X"), day(happened), parse_period(period), CONVENTIONS) == day(due)


def test_an_agency_may_say_how_long_after() -> None:
    own = Conventions(after_event_days=30, at_once_days=3)
    assert due_after_event(EventTrigger("X"), day("2026-05-15"), ONE, own) == day("2026-06-14")
    assert due_after_event(EventTrigger("X", at_once=True), day("2026-05-15"), ONE, own) == day("2026-05-20")
    assert due_after_event(EventTrigger("X", 10), day("2026-05-15"), ONE, own) == day("2026-05-25")


def _occurrence(code: str, due: str | None = None, event: str = "") -> Occurrence:
    return Occurrence(parse_period(code), day(due) if due else None, EventTrigger(event) if event else None)


YEARLY = [_occurrence("2026", event="X"), _occurrence("2027", event="X")]


def test_of_several_that_wait_for_one_event_each_has_its_own_year() -> None:
    events = {"x": (day("2026-05-15"), day("2027-03-01"), day("2028-01-01"))}
    assert event_days(YEARLY[1], YEARLY, events) == [day("2027-03-01")]
    assert event_days(YEARLY[0], YEARLY[:1], events) == list(events["x"])


def test_what_waits_for_nothing_has_no_happenings() -> None:
    assert event_days(_occurrence("2026", "2026-12-31"), [], {"": (day("2026-05-15"),)}) == []


NOVEMBERS = [_occurrence("2026-11-30", "2026-11-30"), _occurrence("2027-11-30", "2027-11-30")]
QUARTERS = [_occurrence(f"2026-Q{n}", str(parse_period(f"2026-Q{n}").end)) for n in (1, 2, 3, 4)]
NEXT_MONTHS = [_occurrence("2026-01", "2026-02-05"), _occurrence("2026-02", "2026-03-05")]


@each_row(
    ("code", "occurrences", "numbers"),
    [
        ("2026-11-30", NOVEMBERS, {0}),
        ("2026-11", NOVEMBERS, {0}),
        ("2026-Q4", NOVEMBERS, {0}),
        ("2026", NOVEMBERS, {0}),
        ("2027", NOVEMBERS, {1}),
        ("2026-2027", NOVEMBERS, set()),
        ("2026-10", NOVEMBERS, set()),
        ("2026-Q2", QUARTERS, {1}),
        ("2026-06", QUARTERS, {1}),
        ("2026-06-30", QUARTERS, {1}),
        ("2026-04", QUARTERS, set()),
        ("2026-H1", QUARTERS, set()),
        # the same period is meant, even if it holds the day of another one
        ("2026-02", NEXT_MONTHS, {1}),
        ("2026-01", NEXT_MONTHS, {0}),
        ("2026-03", NEXT_MONTHS, {1}),
        # what waits has no day yet
        ("2026", YEARLY, {0}),
        ("2026-Q2", YEARLY, {0}),
        ("2026-2027", YEARLY, set()),
    ],
)
def test_which_occurrences_a_period_names(code: str, occurrences: list[Occurrence], numbers: set[int]) -> None:
    assert named_occurrences(parse_period(code), occurrences) == numbers


def _done(text: str, period: str | None = None) -> Completion:
    return Completion(item="T", done=day(text), period=parse_period(period) if period else None)


@each_row(
    ("days", "completions", "found"),
    [
        (["2026-02-01"], [], {}),
        (["2026-02-01"], [_done("2026-02-01")], {"2026-02-01": "2026-02-01"}),
        (["2026-02-01"], [_done("2026-01-31")], {}),
        (["2026-02-01", "2026-05-01"], [_done("2026-06-01")], {"2026-02-01": "2026-06-01"}),
        (
            ["2026-02-01", "2026-05-01"],
            [_done("2026-06-01"), _done("2026-03-01")],
            {"2026-02-01": "2026-03-01", "2026-05-01": "2026-06-01"},
        ),
        # a period that holds a happening's day means this one
        (["2026-02-01", "2026-05-01"], [_done("2026-06-01", "2026-Q2")], {"2026-05-01": "2026-06-01"}),
        (["2026-05-01"], [_done("2026-04-20", "2026-Q2")], {"2026-05-01": "2026-04-20"}),
        # one that holds none counts like one without a period
        (["2026-03-30"], [_done("2026-04-05", "2026-Q2")], {"2026-03-30": "2026-04-05"}),
        (["2026-03-30"], [_done("2026-03-05", "2026-Q2")], {}),
    ],
)
def test_what_completions_deal_with(days: list[str], completions: list[Completion], found: dict[str, str]) -> None:
    done = handled_days([day(text) for text in days], completions)
    assert {str(happened): str(finished) for happened, finished in done.items()} == found


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
PERIODS = st.sampled_from([None, *map(parse_period, ("2026", "2026-Q1", "2026-Q2", "2026-Q4", "2026-07"))])
COMPLETIONS = st.lists(st.builds(lambda done, period: Completion(item="T", done=done, period=period), DAYS, PERIODS))


@given(st.sets(DAYS, max_size=8), COMPLETIONS, DAYS, st.integers(0, 200))
def test_what_is_dealt_with_stays_so(days: set[date], completions: list[Completion], as_of: date, more: int) -> None:
    def known(on: date) -> set[date]:
        happened = sorted(happening for happening in days if happening <= on)
        return set(handled_days(happened, [completion for completion in completions if completion.done <= on]))

    assert known(as_of) <= known(as_of + timedelta(more))


@given(st.sets(DAYS, max_size=8), COMPLETIONS, st.randoms(use_true_random=False))
def test_each_completion_deals_with_one_happening(
    days: set[date], completions: list[Completion], chance: object
) -> None:
    found = handled_days(sorted(days), completions)
    assert len(found) <= len(completions)
    assert found.keys() <= days
    assert set(found.values()) <= {completion.done for completion in completions}
    shuffled = list(completions)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert handled_days(sorted(days), shuffled) == found
