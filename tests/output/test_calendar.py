"""Calendars read back with vobject: days, names that stay, alarms, and lines as RFC 5545 wants them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import vobject
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.diagnostics import Translator
from qmsplan.output.due_days import MOST_SUMMARY, CalendarStyle, dues_in, uid, write_calendar
from qmsplan.progress.tables import ItemRow, OccurrenceRow, PlanRow, Tables
from rows import each_row

YEAR = ("2026", date(2026, 1, 1), date(2026, 12, 31))
PLAN = PlanRow("P", "KẾ HOẠCH", "THỰC HIỆN MỤC TIÊU", "51/KH-TGPL", date(2026, 2, 9), "TGPL", *YEAR, "t", None)
EMPTY = ItemRow(*("P", "MT01", None, 1, 0, "objective", True), *(None,) * 14)
ITEM = EMPTY._replace(
    number="01.", text="Đạt 98%; đúng hạn, đủ hồ sơ", lead="Phòng Nghiệp vụ", deadline="Quý III năm 2026"
)
OPEN = OccurrenceRow("P", "MT01", "once", *YEAR, date(2026, 9, 30), "upcoming", None, 0, None, None)
DONE = OPEN._replace(state="done_late", done=date(2026, 10, 2), days_late=2)


def style(language: str = "vi", as_of: date = date(2026, 8, 1), alarm_days: int = 7) -> CalendarStyle:
    return CalendarStyle(as_of, alarm_days, Translator(language), "Thời hạn")


def made(
    *occurrences: OccurrenceRow, item: ItemRow = ITEM, how: CalendarStyle | None = None, open_only: bool = False
) -> bytes:
    tables = Tables(plans=(PLAN,), items=(item,), occurrences=occurrences)
    return b"".join(write_calendar(dues_in(tables, open_only=open_only), how or style()))


def event(*occurrences: OccurrenceRow, **fields: Any) -> Any:
    return vobject.readOne(made(*occurrences, **fields).decode()).vevent


def test_an_event_as_a_clerk_wants_it() -> None:
    found = event(OPEN)
    assert found.summary.value == "Đến hạn: 01. Đạt 98%; đúng hạn, đủ hồ sơ"
    assert found.description.value.splitlines() == [
        "Nội dung: 01. Đạt 98%; đúng hạn, đủ hồ sơ",
        "Chủ trì: Phòng Nghiệp vụ",
        "Thời hạn: Quý III năm 2026",
        "Trạng thái: chưa đến hạn, tính đến ngày 01/8/2026",
        "Kế hoạch: Kế hoạch số 51/KH-TGPL ngày 09/02/2026 THỰC HIỆN MỤC TIÊU",
    ]
    assert found.dtstart.value == date(2026, 9, 30)
    assert not isinstance(found.dtstart.value, datetime)
    assert found.transp.value == "TRANSPARENT"
    assert found.categories.value == ["P"]


def test_an_event_in_english() -> None:
    found = event(OPEN._replace(state="overdue", days_late=3), how=style("en", date(2026, 10, 3)))
    assert found.summary.value.startswith("Overdue: 01. Đạt")
    assert "State: overdue 3 days, as of 2026-10-03" in found.description.value


def test_an_objective_without_figures_is_late_with_its_report() -> None:
    found = event(OPEN._replace(state="no_data", days_late=3), how=style(as_of=date(2026, 10, 18)))
    assert found.summary.value == "Chưa có số liệu: 01. Đạt 98%; đúng hạn, đủ hồ sơ"
    assert "Trạng thái: chưa có số liệu, chậm báo cáo 3 ngày, tính đến ngày 18/10/2026" in found.description.value


def test_an_item_without_words_or_number() -> None:
    found = event(OPEN, item=EMPTY)
    assert found.summary.value == "Đến hạn: MT01"
    assert "Chủ trì" not in found.description.value


def test_the_name_does_not_follow_the_day_or_the_words() -> None:
    moved = OPEN._replace(due=date(2026, 11, 30), period="2026-Q4")
    assert event(OPEN).uid.value == event(moved, item=EMPTY).uid.value == uid(OPEN) == "P/MT01/once@qmsplan"


def test_stamps_come_from_the_day_that_is_looked_from() -> None:
    first, later = event(OPEN), event(OPEN, how=style(as_of=date(2026, 8, 2)))
    assert first.dtstamp.value == datetime(2026, 8, 1, tzinfo=UTC)
    assert int(later.sequence.value) == int(first.sequence.value) + 1
    assert int(event(OPEN, how=style(as_of=date(2019, 1, 1))).sequence.value) == 0
    assert made(OPEN) == made(OPEN)


@each_row(("days", "moment"), [(7, "2026-09-23T08:00"), (1, "2026-09-29T08:00"), (0, "2026-09-30T08:00")])
def test_the_alarm_goes_off_in_the_morning(days: int, moment: str) -> None:
    found = event(OPEN, how=style(alarm_days=days))
    midnight = datetime.fromisoformat("2026-09-30T00:00")
    assert midnight + found.valarm.trigger.value == datetime.fromisoformat(moment)
    assert found.valarm.action.value == "DISPLAY"
    assert found.valarm.trigger.value == timedelta(days=-days, hours=8)


def test_what_is_done_says_so_and_has_no_alarm() -> None:
    found = event(DONE)
    assert found.summary.value.startswith("Đã đánh giá: 01.")  # its target may be missed
    assert "đã đánh giá, chậm 2 ngày (02/10/2026), tính đến" in found.description.value
    task = event(DONE, item=ITEM._replace(kind="task"))
    assert task.summary.value.startswith("Đã xong: 01.")
    assert "hoàn thành chậm 2 ngày (02/10/2026), tính đến" in task.description.value
    assert "valarm" not in found.contents
    assert b"VEVENT" not in made(DONE, open_only=True)
    assert made(OPEN, DONE, open_only=True) == made(OPEN)


def test_what_has_no_day_is_no_event() -> None:
    waiting = OPEN._replace(due=None, state="waiting")
    assert b"VEVENT" not in made(waiting, waiting._replace(state="no_evidence"))


def test_a_calendar_without_events_is_a_calendar() -> None:
    assert vobject.readOne(made().decode()).contents["x-wr-calname"][0].value == "Thời hạn"


@each_row("length", [MOST_SUMMARY - 5, MOST_SUMMARY - 4, MOST_SUMMARY - 3, 500])
def test_a_long_text_is_cut_in_the_heading_only(length: int) -> None:
    text = ("mục tiêu " * 100)[:length].strip()
    found = event(OPEN, item=ITEM._replace(text=text))
    words = found.summary.value.removeprefix("Đến hạn: ")
    assert len(words) <= MOST_SUMMARY
    assert words == f"01. {text}" or (words.endswith("…") and f"01. {text}".startswith(words[:-1] + " "))
    assert f"Nội dung: 01. {text}\n" in found.description.value


TEXTS = st.text(
    st.sampled_from("\\;,:\"'nN=@|^ Đạ😀") | st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=90
)


@given(TEXTS, TEXTS)
def test_any_text_comes_back_and_lines_are_folded(text: str, lead: str) -> None:
    text, lead = " ".join(text.split()), " ".join(lead.split())
    content = made(OPEN, item=ITEM._replace(text=text or "x", lead=lead or None))
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or not line for line in lines)  # no letter is torn apart
    assert b"\n" not in content.replace(b"\r\n", b"")
    found = vobject.readOne(content.decode()).vevent.description.value
    assert f"Nội dung: 01. {text or 'x'}\n" in found
    assert not lead or f"\nChủ trì: {lead}\n" in found


def test_events_stand_apart() -> None:
    content = made(OPEN, DONE._replace(occurrence="2026-Q4"))
    names = [found.uid.value for found in vobject.readOne(content.decode()).vevent_list]
    assert names == ["P/MT01/once@qmsplan", "P/MT01/2026-Q4@qmsplan"]
    assert len(re.findall(b"BEGIN:VCALENDAR", content)) == 1
