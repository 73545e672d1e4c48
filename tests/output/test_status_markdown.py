"""The status as a Markdown table."""

from __future__ import annotations

import re

from output_samples import HOSTILE, sample, status_of, task_status, written

from rows import each_row


def test_the_sample_in_markdown() -> None:
    assert written("markdown", sample()) == (
        "**Status of quý III năm 2026, as of 21/11/2026**\n"
        "\n"
        "- Objectives 1: 1 missed\n"
        "- Work 2: 1 done late · 1 overdue\n"
        "- progress 33%\n"
        "- Nothing reported by 1 unit: Ban chỉ đạo ISO\n"
        "- 1 item outside this period\n"
        "\n"
        "| Plan | Item | Content | Lead | Due | Result, state |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| P | MT03 | Mức độ hài lòng đạt \\>98% | Phòng Nghiệp vụ |  | missed: 96,92% (126/130) |\n"
        "| P | NV5 | Đánh giá nội bộ | Ban chỉ đạo ISO | 31/3/2026 | overdue 235 days |\n"
        "| P | NV6 | Họp xem xét | A; B | 30/9/2026 | done late 2 days |\n"
    )


def test_english_has_days_of_iso_8601_and_points() -> None:
    found = written("markdown", sample(), language="en")
    assert "**Status of 2026-Q3, as of 2026-11-21**" in found
    assert "| 2026-03-31 |" in found
    assert "missed: 96.92% (126/130)" in found


def test_nothing_to_show_is_a_table_without_rows() -> None:
    found = written("markdown", status_of({}, {}, "2026-Q3", "2026-11-21"), language="en")
    assert found.splitlines()[3:] == [
        "| Plan | Item | Content | Lead | Due | Result, state |",
        "| --- | --- | --- | --- | --- | --- |",
    ]


def _cells(text: str) -> list[str]:
    """The cells of the only row, as Markdown parts them."""
    lines = written("markdown", task_status(text), language="en").split("\n")
    assert len(lines) == 9
    return re.split(r"(?<!\\)\|", lines[7])[1:-1]


@each_row(
    ("text", "escaped"),
    [
        ("a | b", "a \\| b"),
        ("a \\| b", "a \\\\\\| b"),
        ("**x** _y_ `z`", "\\*\\*x\\*\\* \\_y\\_ \\`z\\`"),
        ("[a](http://x)", "\\[a\\](http:\u2060//x)"),
        ("![a](x)", "!\\[a\\](x)"),
        ("<script>&amp;", "\\<script\\>\\&\u2060amp;"),
        ("# 1 ~~x~~", "\\# 1 \\~\\~\u2060x\\~\\~"),
        ("{x}", "\\{x\\}"),
        ("@team a@b.vn #12", "@\u2060team a@\u2060b.vn \\#\u206012"),
        ("https://x", "https:\u2060//x"),
        ("a\x1bb", "a\\\\x1bb"),
    ],
)
def test_markdown_of_others_is_escaped(text: str, escaped: str) -> None:
    assert _cells(text)[2] == f" {escaped} "


@each_row("text", [*HOSTILE, "|", "\\", "a\n\n| b |", "x\\\n|", "`|`"])
def test_hostile_text_stays_in_its_cell(text: str) -> None:
    cells = _cells(text)
    assert len(cells) == 6
    assert [cell.strip() for cell in (cells[0], cells[1], cells[4], cells[5])] == [
        "P",
        "T",
        "2026-09-30",
        "due in this period",
    ]


@each_row("text", HOSTILE)
def test_no_line_is_a_command_of_a_runner(text: str) -> None:
    found = written("markdown", task_status(text), language="en")
    assert "##[" not in found
    assert not any(line.lstrip().startswith("::") for line in found.splitlines())
