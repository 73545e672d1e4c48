"""The line of a fault and the carets under it: always under the right letters, never wider than the screen."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from output_samples import diagnostic, report, span

from qmsplan.output.findings import write_text
from rows import each_row

LETTERS = st.text("aăâbcđeêgiơưụệốĐÀ -:\"'漢字", min_size=1, max_size=300)


def _columns(text: str) -> int:
    """Columns on a terminal."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def _excerpt(line: str, column: int, end: int, width: int = 120) -> tuple[str, str]:
    """The line as shown and the line of carets, both without the gutter."""
    rows = write_text(report(diagnostic("x", span(1, column, end)), lines=(line,), width=width)).splitlines()
    return rows[3].removeprefix("1 | "), rows[4].removeprefix("  | ")


def _marked(shown: str, carets: str) -> str:
    """The letters that the carets stand under."""
    start, end = carets.index("^"), len(carets)
    found, column = "", 0
    for letter in shown:
        if start <= column < end:
            found += letter
        column += _columns(letter)
    return found


@each_row(
    ("line", "column", "end", "carets"),
    [
        ("deadline: Quý V", 11, 16, "          ^^^^^"),
        ("tên: Hoà", 6, 9, "     ^^^"),
        ("漢字: x", 5, 6, "      ^"),
        ("漢字", 1, 3, "^^^^"),
        (unicodedata.normalize("NFD", "tiếng: x"), 10, 11, "       ^"),
        ("a\tb", 3, 4, "  ^"),
        ("abc", 2, 2, " ^"),
        ("abc", 2, 99, " ^^"),
    ],
)
def test_carets_stand_under_the_letters(line: str, column: int, end: int, carets: str) -> None:
    shown, found = _excerpt(line, column, end)
    assert found == carets
    assert shown == line.replace("\t", " ")


def test_a_long_line_is_cut_behind_the_place() -> None:
    shown, carets = _excerpt("deadline: " + "x" * 200, 1, 9, width=60)
    assert shown == "deadline: " + "x" * 44 + "…"
    assert carets == "^^^^^^^^"


def test_a_long_line_is_cut_around_the_place() -> None:
    shown, carets = _excerpt("a" * 100 + "BAD" + "c" * 100, 101, 104, width=60)
    assert shown == "…" + "a" * 18 + "BAD" + "c" * 33 + "…"
    assert carets == " " * 19 + "^^^"


def test_a_long_line_is_cut_before_the_place() -> None:
    shown, carets = _excerpt("a" * 100 + "BAD", 101, 104, width=60)
    assert shown == "…" + "a" * 18 + "BAD"
    assert carets == " " * 19 + "^^^"


def test_a_long_stretch_is_marked_as_far_as_it_is_shown() -> None:
    shown, carets = _excerpt("text: " + "x" * 500, 7, 507, width=80)
    assert _columns(shown) == 75
    assert carets == " " * 6 + "^" * 68


@given(LETTERS, st.data(), st.integers(60, 140))
def test_the_marked_letters_are_those_of_the_place(line: str, data: st.DataObject, width: int) -> None:
    column = data.draw(st.integers(1, len(line)))
    end = data.draw(st.integers(column + 1, len(line) + 1))
    if not line.strip():
        return
    shown, carets = _excerpt(line, column, end, width)
    wanted = line[column - 1 : end - 1]
    assert wanted.startswith(_marked(shown, carets).rstrip("…"))
    assert _marked(shown, carets)[0] == wanted[0]


@given(st.text("abcđệơ: ", min_size=1, max_size=400), st.data(), st.integers(60, 140))
def test_no_line_is_wider_than_the_screen(line: str, data: st.DataObject, width: int) -> None:
    column = data.draw(st.integers(1, len(line)))
    text = write_text(report(diagnostic("x", span(1, column, column + 1)), lines=(line,), width=width))
    assert max(map(_columns, text.splitlines())) <= width


def test_wide_letters_do_not_run_over_the_screen() -> None:
    shown, _ = _excerpt("漢" * 200, 1, 2, width=80)
    assert _columns(shown) <= 76


def test_carets_stand_right_behind_what_was_made_visible() -> None:
    shown, carets = _excerpt("a\x1bb", 3, 4)
    assert _marked(shown, carets) == "b"
