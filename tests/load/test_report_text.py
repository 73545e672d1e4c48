"""The text file of a report: fixed headings, comments, and every fault at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.check.catalogue import find_entry, read_page
from qmsplan.diagnostics import Diagnostic
from qmsplan.load.report_text import HEADINGS, ReportText, read_report_file, read_report_text, stub
from rows import each_row


def read(text: str) -> ReportText:
    found, faults = read_report_text(text, "bc.md")
    assert faults == ()
    return found


def faults_of(text: str) -> list[Diagnostic]:
    return list(read_report_text(text, "bc.md")[1])


def places(text: str) -> list[tuple[int, int, str]]:
    return [(fault.span.line, fault.span.column, fault.code) for fault in faults_of(text)]


def test_each_line_below_a_heading_is_a_paragraph() -> None:
    found = read("# Tình hình chung\nMột.\n\n- Hai;\n\n# Nguyên nhân\nBa.\n")
    assert found.situation == "Một.\n- Hai;"
    assert found.causes == "Ba."
    assert found.proposals == ""


@each_row(
    "heading",
    [
        "# Tồn tại, hạn chế",
        "## Tồn tại, hạn chế ##",
        "#Tồn tại, hạn chế:",
        "### 2. TỒN TẠI, HẠN CHẾ",
        "  # III. tồn tại,  hạn chế.",
        "# 2) Tồn tại, hạn chế\r",
    ],
)
def test_headings_are_known_however_they_are_typed(heading: str) -> None:
    assert read(f"{heading}\nx\n").shortcomings == "x"


def test_comments_are_not_printed_and_keep_the_lines() -> None:
    text = "<!-- mở đầu\nhai dòng -->\n# Kính gửi\n<!-- gợi ý -->\nSở <!-- x --> Tư pháp\n# Lạ\n"
    found, faults = read_report_text(text, "bc.md")
    assert found.to == "Sở  Tư pháp"
    assert [fault.span.line for fault in faults] == [6]


def test_a_comment_that_is_not_closed_hides_the_rest() -> None:
    assert read("# Nguyên nhân\na\n<!-- b\n# Lạ\n").causes == "a"


@each_row(
    ("text", "expected"),
    [
        ("# Tình hình\nx\n", [(1, 1, "QP903")]),
        ("x\ny\n# Nguyên nhân\nz\n", [(1, 1, "QP903"), (2, 1, "QP903")]),
        ("# Nguyên nhân\na\n\n  ## nguyên nhân\nb\n", [(4, 3, "QP903")]),
        ("#\nx\n", [(1, 1, "QP903")]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_faults_at_their_lines(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert [place for place in places(text) if place[0] in {line for line, _, _ in expected}] == expected
    assert bool(places(text)) == bool(expected)


def test_a_heading_twice_points_at_the_first() -> None:
    (fault,) = faults_of("# Nguyên nhân\na\n# Nguyên nhân\nb\n")
    assert [related.span.line for related in fault.related] == [1]


def test_an_unknown_heading_tells_those_there_are() -> None:
    (fault,) = faults_of("# Tình hình\nx\n")
    assert fault.hint
    assert dict(fault.hint.values)["names"].startswith("Trích yếu; Kính gửi; Tình hình chung")


def test_text_below_an_unknown_heading_is_one_fault() -> None:
    found, faults = read_report_text("# Nguyên nhân\na\n# Lạ\nb\nc\n", "bc.md")
    assert len(faults) == 1
    assert found.causes == "a"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\xfe#", "QP002"), (b"# Nguy\xeann", "QP002"), ("# Nguyên nhân\na\u202eb".encode(), "QP003")],
)
def test_bytes_that_are_no_text(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "bc.md"
    path.write_bytes(content)
    text, faults = read_report_file(path, "bc.md")
    assert text == ReportText()
    assert [fault.code for fault in faults] == [code]


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bc.md"
    path.write_bytes(b"\xef\xbb\xbf" + "# Nguyên nhân\r\na\r\nb\r\n".encode())
    assert read_report_file(path, "bc.md")[0].causes == "a\nb"


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert [fault.code for fault in read_report_file(tmp_path, "bc.md")[1]] == ["QP001"]


def test_the_stub_has_every_heading_and_says_nothing_yet() -> None:
    text = stub()
    assert read(text) == ReportText()
    assert text.count("# ") == len(HEADINGS) == len(ReportText._fields)
    assert tuple(HEADINGS) == ReportText._fields


WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="#<-"), min_size=1, max_size=20)


@given(st.dictionaries(st.sampled_from(sorted(HEADINGS)), st.lists(WORDS, min_size=1, max_size=4), min_size=1))
def test_what_is_written_below_its_heading_is_read(texts: dict[str, list[str]]) -> None:
    parts = [f"# {HEADINGS[field]}\n" + "\n\n".join(lines) + "\n" for field, lines in texts.items()]
    found = read("\n".join(parts))._asdict()
    assert {field: text for field, text in found.items() if text} == {
        field: "\n".join(lines) for field, lines in texts.items()
    }


def test_the_examples_of_its_page() -> None:
    entry = find_entry("report-text")
    assert entry
    page = read_page(entry)
    assert [fault.code for fault in faults_of(page.bad)] == [entry.code]
    assert faults_of(page.good) == []
