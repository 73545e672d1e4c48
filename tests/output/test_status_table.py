"""The status for people."""

from __future__ import annotations

import re
import unicodedata

import pytest
from output_samples import HOSTILE, sample, status_of, task_status

from qmsplan.output.status import MOST_ROWS, StatusView, write_table

TITLES = {"P": "KẾ HOẠCH duy trì, cải tiến Hệ thống quản lý chất lượng"}


def _view(width: int = 120, *, colours: bool = False, language: str = "en") -> StatusView:
    return StatusView(language, str, width, colours, TITLES)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def test_heading_title_totals_and_lists() -> None:
    found = _lines(write_table(sample(), _view()))
    assert found[0] == "Status of 2026-Q3, as of 2026-11-21"
    assert found[2].startswith("P  KẾ HOẠCH duy trì")
    assert "4 in all · 1 done late · 1 overdue · 1 waiting for an event · 1 no deadline · 1 missed" in found
    assert (
        found[found.index("Overdue, oldest first") + 1]
        == "  P/NV5: 235 day(s), 163 of them working days, due 2026-03-31"
    )
    assert found[found.index("Objectives missed") + 1] == "  P/MT03: 96.92% (126/130), no corrective action"


def test_progress_stands_in_the_head_of_each_plan() -> None:
    assert _lines(write_table(sample(), _view()))[3] == "Progress: 2026-Q3 65% · the whole plan 65%"
    whole = status_of({"tasks": [{"id": "T", "text": "t", "deadline": "Quý I"}]}, {}, "2026", "2026-08-01")
    assert _lines(write_table(whole, _view()))[3] == "Progress: 2026 0%"


def test_a_plan_of_years_shows_its_year_beside_the_whole() -> None:
    plan = {"period": "2026-2030", "tasks": [{"id": "T", "text": "t", "deadline": "Hàng năm"}]}
    records = {"completions": [{"item": "T", "done": "2026-11-01", "period": "2026"}]}
    found = _lines(write_table(status_of(plan, records, "2026-Q4", "2026-12-01"), _view()))
    assert found[3] == "Progress: 2026-Q4 100%"
    table = [line.split() for line in found[4:10]]
    assert table[0] == ["2026", "2026-2030"]
    assert table[2:] == [
        ["Progress", "100%", "20%"],
        ["Times", "due", "or", "measured", "1", "5"],
        ["done", "1", "1"],
        ["upcoming", "0", "4"],
    ]


@pytest.mark.parametrize(
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
    text = write_table(found, _view(200))
    assert words in text
    assert text.count("better than") == 1


def test_many_rows_are_told_a_line_a_plan() -> None:
    count = MOST_ROWS + 1
    tasks = [{"id": f"T{number}", "text": "t", "deadline": "Quý I năm 2026"} for number in range(count)]
    found = _lines(write_table(status_of({"tasks": tasks}, {}, "2026-Q3", "2026-08-01"), _view()))
    line = next(line for line in found if line.startswith("P "))
    assert line.split()[-4:] == ["0%", str(count), "0", "0"]
    assert sum(line.startswith("  P/T") for line in found) == 50
    assert f"  … and {count - 50} more: narrow it down with --plan, --unit or --state" in found
    short = write_table(status_of({"tasks": tasks[:-1]}, {}, "2026-Q3", "2026-08-01"), _view())
    assert short.count("  P/T") == MOST_ROWS


def test_vietnamese_days_and_commas() -> None:
    found = write_table(sample(), _view(language="vi"))
    assert "Status of quý III năm 2026, as of 21/11/2026" in found
    assert "due 31/3/2026" in found
    assert "96,92% (126/130)" in found


def test_what_is_well_has_no_lists() -> None:
    found = write_table(task_status("Việc"), _view())
    assert "Overdue, oldest first" not in found
    assert "Objectives missed" not in found


def test_nothing_to_show() -> None:
    found = _lines(write_table(status_of({}, {}, "2026-Q3", "2026-11-21"), _view()))
    assert [line for line in found if line] == ["Status of 2026-Q3, as of 2026-11-21", "0 in all"]


@pytest.mark.parametrize("width", [60, 80, 100, 110, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert max(len(line) for line in _lines(write_table(sample(), _view(width)))) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_every_item_state_and_lead_is_readable(width: int) -> None:
    found = write_table(sample(), _view(width))
    for word in ("MT03", "NV5", "NV6", "NV7", "2026-03-31", "missed", "overdue", "done late", "96%", "100%"):
        assert word in found


def test_a_wide_screen_shows_bars() -> None:
    assert "██████████ 100%" in write_table(sample(), _view(120))
    assert "░░░░░░░░░░   0%" in write_table(sample(), _view(120))
    assert "█" not in write_table(sample(), _view(80))


def test_colours_only_where_they_are_wanted() -> None:
    assert "\x1b" not in write_table(sample(), _view())
    painted = write_table(sample(), _view(colours=True))
    assert "\x1b[1;31moverdue" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == write_table(sample(), _view())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_not_obeyed(text: str) -> None:
    found = write_table(task_status(text), StatusView("en", str, 120, colours=False, titles={"P": text}))
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in found.replace("\n", ""))
    assert "\u202e" not in found


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/]", ":smile:", "{x}", "[bold", "\\[x]"])
def test_markup_of_others_comes_out_as_typed(text: str) -> None:
    found = write_table(task_status(text), StatusView("en", str, 120, colours=False, titles={"P": text}))
    assert found.count(text) == 3


def test_long_text_is_shortened() -> None:
    found = write_table(task_status("Xây dựng " * 60), _view(80))
    assert "…" in found
    assert len(found.splitlines()) < 20
