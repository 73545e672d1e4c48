"""The status for people."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from output_samples import HOSTILE, InEnglish, sample, status_of, task_status

from qmsplan.diagnostics import Translator
from qmsplan.output.status import MOST_ROWS, WIDE, StatusView, bar, write_table
from rows import each_row

TITLES = {"P": "KẾ HOẠCH duy trì, cải tiến Hệ thống quản lý chất lượng"}


def _view(width: int = 120, *, colours: bool = False, language: str = "en", **rows: Any) -> StatusView:
    return StatusView(InEnglish(language), width, colours, TITLES, **rows)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def test_the_summary_answers_first() -> None:
    found = _lines(write_table(sample(), _view()))
    assert found == [
        "Status of 2026-Q3, as of 2026-11-21",
        "Objectives 1: 1 missed",
        "Work 2: 1 done late · 1 overdue",
        "Overdue 1, longest first",
        "   235 days  P/NV5  Ban chỉ đạo ISO: Đánh giá nội bộ",
        "Missed 1",
        "  96.92% (126/130) / >98%  P/MT03  Phòng Nghiệp vụ; no corrective action: Mức độ hài lòng đạt >98%",
        "Nothing reported by 1 unit: Ban chỉ đạo ISO",
        *found[8:15],
        "1 item outside this period (--all) · rows: --items",
    ]
    assert [line.split() for line in found[8:15]] == [
        ["No", "figures,", "Due,"],
        ["Unit", "in", "order", "Overdue", "Missed", "no", "evidence", "figures", "awaited"],
        ["Ban", "chỉ", "đạo", "ISO", "░░░░░░░░░░", "1", "·", "·", "·"],
        ["Phòng", "Nghiệp", "vụ", "░░░░░░░░░░", "·", "1", "·", "·"],
        ["Progress,", "Progress,", "No", "figures,"],
        ["Plan", "this", "period", "whole", "plan", "Overdue", "Missed", "no", "evidence"],
        ["P", *TITLES["P"].split(), "███▎░░░░░░", "33%", "33%", "1", "1", "·"],
    ]


def test_a_long_lead_leaves_room_for_the_words() -> None:
    task = {"id": "T", "text": "Đánh giá nội bộ", "lead": "Phòng Hành chính - Tổng hợp và Phòng Nghiệp vụ"}
    found = status_of({"tasks": [task | {"deadline": "Quý I"}]}, {}, "2026-Q3", "2026-08-01")
    assert "   123 days  P/T  Phòng Hành chính - Tổng…: Đánh giá nội bộ" in _lines(write_table(found, _view(60)))
    assert _lines(write_table(found, _view(36)))[3:5] == ["   123 days  P/T", "    Phòng Hành…: Đánh giá nội bộ"]


def test_no_name_is_cut() -> None:
    """It can't be looked up then."""
    objectives = [{"id": f"TRUY-XUAT-{n}", "text": "t", "target": "5 lớp", "deadline": "Hằng quý"} for n in range(9)]
    text = write_table(status_of({"objectives": objectives}, {}, "2026-Q1", "2026-08-01"), _view(40))
    assert "No figures for 9 periods: P/TRUY-XUAT-0 2026-Q1 and 8 more" in " ".join(text.split())


def test_the_period_that_asks_for_evidence_is_whole() -> None:
    found = status_of({"tasks": [{"id": "T", "text": "t", "deadline": "Thường xuyên"}]}, {}, "2026-Q3", "2026-08-01")
    assert "quý III/2026" in write_table(found, _view(80, language="vi", items=True))


def test_a_time_that_has_not_begun_is_said() -> None:
    found = status_of({"tasks": [{"id": "T", "text": "t", "deadline": "Quý IV"}]}, {}, "2026-Q4", "2026-08-01")
    assert _lines(write_table(found, _view()))[0] == "Status of 2026-Q4, as of 2026-08-01. This period has not begun."


def test_one_row_an_objective_its_due_days_below() -> None:
    objectives = [{"id": "O", "text": "o", "target": "1.200 cây", "deadline": "Hàng quý"}]
    readings = [{"item": "O", "period": "2026-Q1", "value": "400", "recorded": "2026-04-20"}]
    found = status_of({"objectives": objectives}, {"readings": readings}, "2026-H1", "2026-07-10")
    rows = [line.split("  ")[-1].strip() for line in _lines(write_table(found, _view(items=True)))[-7:] if line]
    assert rows == [
        "under way",
        "400/1200 cây (33.33%) ███▎░░░░░░",
        "49.59% of the time gone",
        "evaluated late 5 days",
        "counted from 2026-04-15, the",
        "last day to report",
        "figures awaited",
    ]


@each_row(
    ("share", "words"),
    [
        (None, ""),
        (0, "░░░░░░░░░░"),
        (0.012, "░░░░░░░░░░"),
        (0.015, "▏░░░░░░░░░"),
        (0.5, "█████░░░░░"),
        (0.99, "█████████▉"),
        (1, "██████████"),
        (1.3, "██████████"),
    ],
)
def test_bars(share: float | None, words: str) -> None:
    assert bar(share) == words


def test_bars_are_left_out_where_they_do_not_fit() -> None:
    assert "█" in write_table(sample(), _view(WIDE, items=True))
    assert not {"█", "░"} & set(write_table(sample(), _view(WIDE - 1, items=True)))


@each_row(("by", "heads"), [("plan", ["P"]), ("unit", ["A; B", "Ban chỉ đạo ISO", "Phòng Nghiệp vụ"])])
def test_rows_by_plan_and_by_unit(by: str, heads: list[str]) -> None:
    found = write_table(sample(), _view(items=True, by=by))
    places = [found.index(f"\n\n{head}") for head in heads]
    assert places == sorted(places)


def test_all_shows_what_does_not_concern_the_time() -> None:
    assert "NV7" not in write_table(sample(), _view(items=True))
    assert "NV7" in write_table(sample(), _view(everything=True))


@each_row(
    ("window", "then", "words"),
    [
        ("2026-Q3", "2026-Q2", "better than before"),
        ("2026-Q3", "2025-Q3", "better than a year ago"),
        ("2026", "2025", "better than a year ago"),
    ],
)
def test_trends_in_words(window: str, then: str, words: str) -> None:
    cases = {"item": "O", "denominator": "10", "recorded": "2026-09-30"}
    readings = [{**cases, "period": then, "numerator": "9"}, {**cases, "period": window, "numerator": "10"}]
    objectives = [{"id": "O", "text": "o", "target": "100%", "deadline": "Trong năm"}]
    found = status_of({"objectives": objectives}, {"readings": readings}, window, "2026-10-01")
    text = write_table(found, _view(200, items=True))
    assert words in text
    assert text.count("better than") == 1


def test_rows_are_printed_up_to_a_thousand() -> None:
    tasks = [{"id": f"T{number}", "text": "t", "deadline": "Quý I năm 2026"} for number in range(MOST_ROWS + 1)]
    found = _lines(write_table(status_of({"tasks": tasks}, {}, "2026-Q3", "2026-08-01"), _view(items=True)))
    assert sum(line.startswith("T") for line in found) == MOST_ROWS
    assert found[-1] == "… and 1 more: narrow it down with --plan, --unit or --state"


def test_vietnamese_days_and_commas() -> None:
    found = write_table(sample(), _view(language="vi", items=True))
    assert "Status of quý III năm 2026, as of 21/11/2026" in found
    assert "31/3/2026" in found
    assert "96,92% (126/130)" in found


def test_nothing_to_show() -> None:
    found = _lines(write_table(status_of({}, {}, "2026-Q3", "2026-11-21"), _view()))
    assert found == ["Status of 2026-Q3, as of 2026-11-21", "nothing is due or measured in this period"]


@each_row("width", [60, 80, 100, 110, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert max(len(line) for line in _lines(write_table(sample(), _view(width, items=True)))) <= width


@each_row("width", [80, 120])
def test_every_item_state_and_lead_is_readable(width: int) -> None:
    found = write_table(sample(), _view(width, items=True))
    for word in ("MT03", "NV5", "NV6", "2026-03-31", "missed", "overdue", "done late", "96.92%"):
        assert word in found


def test_colours_only_where_they_are_wanted() -> None:
    assert "\x1b" not in write_table(sample(), _view())
    painted = write_table(sample(), _view(colours=True, items=True))
    assert "\x1b[1;31moverdue" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == write_table(sample(), _view(items=True))


@each_row("text", HOSTILE)
def test_hostile_text_is_not_obeyed(text: str) -> None:
    found = write_table(
        task_status(text), StatusView(Translator("en"), 120, colours=False, titles={"P": text}, items=True)
    )
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in found.replace("\n", ""))
    assert "\u202e" not in found


@each_row("text", ["[red]x[/red]", "[/]", ":smile:", "{x}", "[bold", "\\[x]"])
def test_markup_of_others_comes_out_as_typed(text: str) -> None:
    found = write_table(
        task_status(text), StatusView(Translator("en"), 120, colours=False, titles={"P": text}, items=True)
    )
    assert found.count(text) >= 3


def test_long_text_is_shortened() -> None:
    found = write_table(task_status("Xây dựng " * 60), _view(80))
    assert "…" in found
    assert len(found.splitlines()) < 20
