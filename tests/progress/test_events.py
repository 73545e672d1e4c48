"""What waits for an event, and how it wakes."""

from __future__ import annotations

import pytest
from progress_samples import completion, day, item_of, plan_of, progress_of, records, shown, task

from qmsplan.model.progress import Progress
from qmsplan.model.settings import Conventions, Settings
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.plan import plan_progress

AFTER = "Sau khi UBND tỉnh ban hành Kế hoạch"
EVENTS = [{"id": "KH-TINH", "text": "UBND tỉnh ban hành kế hoạch."}]


def _states(deadline: object, as_of: str, *files: Progress, period: str = "2026", events: object = EVENTS) -> list[str]:
    plan = plan_of(period, tasks=[task("T", deadline)], events=events)
    return shown(item_of(progress_of(plan, as_of, *files), "T").occurrences)


def _happened(day: str, event: str = "KH-TINH") -> Progress:
    return records(events=[{"event": event, "date": day}])


@pytest.mark.parametrize(
    "deadline", [AFTER, AFTER + ".", "Kể từ khi UBND tỉnh ban hành kế hoạch", {"event": "KH-TINH"}]
)
@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2026-03-01", "waiting"),
        ("2026-05-14", "waiting"),
        ("2026-05-15", "upcoming"),
        ("2026-10-01", "due"),
        ("2027-01-03", "overdue +3"),
    ],
)
def test_an_event_wakes_what_waits_for_it(deadline: object, as_of: str, state: str) -> None:
    assert _states(deadline, as_of, _happened("2026-05-15")) == [state]


@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        ("Ngay sau khi UBND tỉnh ban hành Kế hoạch", "2026-05-22"),
        ("Chậm nhất 03 ngày làm việc kể từ khi UBND tỉnh ban hành Kế hoạch", "2026-05-20"),
        ("Trong vòng 10 ngày sau khi UBND tỉnh ban hành Kế hoạch", "2026-05-25"),
        ("Trước khi UBND tỉnh ban hành Kế hoạch", "2026-05-15"),
    ],
)
def test_how_long_after_the_event_a_phrase_may_say(deadline: str, due: str) -> None:
    plan = plan_of(tasks=[task("T", deadline)], events=EVENTS)
    (found,) = item_of(progress_of(plan, "2026-05-15", _happened("2026-05-15")), "T").occurrences
    assert str(found.due) == due


def test_an_agency_may_settle_how_long_after_an_event_there_is() -> None:
    plan = plan_of(tasks=[task("T", AFTER)], events=EVENTS)
    conventions = Conventions(after_event_days=30)
    found = plan_progress(
        plan,
        outline(plan),
        [_happened("2026-05-15")],
        day("2026-06-20"),
        Settings.model_construct(kind="workspace", deadlines=conventions),
    )
    assert shown(item_of(found, "T").occurrences) == ["overdue +6"]


@pytest.mark.parametrize(
    "deadline",
    ["Sau khi có Kế hoạch của tỉnh", "Khi tỉnh ban hành Kế hoạch", "Sau khi UBND tỉnh ban hành Kế hoạch."],
)
def test_an_event_has_as_many_wordings_as_lines(deadline: str) -> None:
    text = "UBND tỉnh ban hành kế hoạch\ntỉnh ban hành kế hoạch\ncó Kế hoạch của tỉnh"
    events = [{"id": "KH-TINH", "text": text}]
    assert _states(deadline, "2026-10-01", _happened("2026-05-15"), events=events) == ["due"]


@pytest.mark.parametrize("as_of", ["2025-01-01", "2026-12-31", "2030-01-01"])
def test_what_waits_is_never_overdue(as_of: str) -> None:
    assert _states(AFTER, as_of) == ["waiting"]
    assert _states("khi có yêu cầu", as_of) == ["waiting"]


def test_what_waits_once_over_five_years_is_due_in_the_year_of_the_event() -> None:
    assert _states(AFTER, "2027-12-01", _happened("2027-05-15"), period="2026-2030") == ["due"]
    assert _states(AFTER, "2028-01-05", _happened("2027-05-15"), period="2026-2030") == ["overdue +5"]


def test_another_event_wakes_nothing() -> None:
    events = [*EVENTS, {"id": "X", "text": "một việc khác"}]
    assert _states(AFTER, "2026-12-31", _happened("2026-05-15", "X"), events=events) == ["waiting"]


def test_an_event_after_the_period_makes_it_due_on_its_own_day() -> None:
    assert _states(AFTER, "2027-02-10", _happened("2027-02-10")) == ["due"]
    assert _states(AFTER, "2027-02-11", _happened("2027-02-10")) == ["overdue +1"]


def test_what_waits_can_be_done_without_the_event() -> None:
    file = records(completions=[completion("T", "2026-04-01")])
    assert _states(AFTER, "2026-12-31", file) == ["done"]
    assert _states(AFTER, "2027-12-31", file, _happened("2026-05-15")) == ["done"]


def test_what_an_event_woke_can_be_done_late() -> None:
    assert _states(
        AFTER, "2027-12-31", _happened("2026-05-15"), records(completions=[completion("T", "2027-01-10")])
    ) == ["done_late +10"]


def test_once_a_year_after_an_event() -> None:
    deadline = "Hàng năm (Sau khi UBND tỉnh ban hành Kế hoạch)"
    assert _states(deadline, "2026-04-01", period="2026-2028") == ["waiting"] * 3
    assert _states(deadline, "2026-10-01", _happened("2026-05-15"), period="2026-2028")[0] == "due"


def test_the_event_of_one_year_does_not_wake_the_next() -> None:
    deadline = "Hàng năm (Sau khi UBND tỉnh ban hành Kế hoạch)"
    assert _states(deadline, "2026-10-01", _happened("2026-05-15"), period="2026-2028")[1:] == ["waiting", "waiting"]


def test_the_event_of_the_next_year_does_not_put_off_this_year_s_day() -> None:
    deadline = "Hàng năm (Sau khi UBND tỉnh ban hành Kế hoạch)"
    files = (_happened("2026-05-15"), _happened("2027-03-01"))
    assert _states(deadline, "2027-04-01", *files, period="2026-2028")[0] == "overdue +91"


def test_an_event_recorded_twice_is_the_same_in_any_order_of_files() -> None:
    files = (_happened("2027-02-10"), _happened("2027-02-20"))
    assert _states(AFTER, "2027-03-01", *files) == _states(AFTER, "2027-03-01", *reversed(files))


@pytest.mark.parametrize("words", ["Sở công bố chỉ số hằng năm của tỉnh", "họp giao ban quí I của năm"])
def test_words_with_synonyms_meet(words: str) -> None:
    events = [{"id": "E", "text": words}]
    assert _states(f"Sau khi {words}", "2026-10-01", _happened("2026-05-15", "E"), events=events) == ["due"]
