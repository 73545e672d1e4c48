"""CSV and JSON of tables: every value comes back, no text is a formula, and the apostrophes can be taken away again."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qmsplan.output.safe_text import csv_lines, defuse
from qmsplan.output.tables import json_document, json_lines
from rows import each_row

DOCS = Path(__file__).parents[2] / "docs"
SIGNS = "=+-@＝＋－＠"
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "- Xây dựng kế hoạch",
    "@SUM(A1)",
    "\t=1",
    "\tabc",
    "\rabc",
    "\r=1",
    " =1",
    "\u00a0=1",
    "\u3000＝1",
    "  \t -1+1|cmd",
    "'=1",
    "''@x",
    '"=1"',
    "' =1",
    "a;=1",
    "a;\"=cmd|' /C calc'!A0\"",
    "a;\n- b",
    "dòng một\n=2\n- ba",
    '=HYPERLINK("http://x";"y")',
    "\n=1",
]
HARMLESS = ["", "a", "a=b", "3-4", "MT-01", "'quoted'", "98,5%", "a@b.vn", "a, =b", "Sở; Phòng", "' a", "a;b\n c"]
TEXTS = st.text(
    st.sampled_from(SIGNS + "'\" ;,\t\r\n\u00a0aĐ1") | st.characters(exclude_categories=["Cs"]), max_size=12
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(0, 10**12),
    st.dates(),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=9),
)


def restored(text: str) -> str:
    """The text that was defused, by the program in docs/exports.md."""
    scope: dict[str, object] = {"text": text}
    (program,) = re.findall(r"```python\n(.*?)```", (DOCS / "exports.md").read_text("utf-8"), re.DOTALL)
    exec(program, scope)
    return str(scope["restored"])


def cells_as_vietnamese_excel(text: str) -> list[str]:
    """The cells that a reader makes of a field's text that parts cells by semicolons and knows no quotes inside."""
    return re.split(r"[;\t\r\n]", text)


@each_row("text", HOSTILE)
def test_a_formula_is_defused(text: str) -> None:
    found = defuse(text)
    assert found != text
    assert not found.startswith((*SIGNS, "\t", "\r"))
    for cell in cells_as_vietnamese_excel(found):
        assert not cell.strip().strip('"').strip().startswith(tuple(SIGNS))
    assert restored(found) == text


@each_row("text", HARMLESS)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert defuse(text) == text == restored(text)


@each_row("language", ["en", "vi"])
def test_both_pages_show_the_same_programs(language: str) -> None:
    name = "exports.md" if language == "en" else "exports.vi.md"
    shown = re.findall(r"```(?:python|sql)\n.*?```", (DOCS / name).read_text("utf-8"), re.DOTALL)
    assert shown == re.findall(r"```(?:python|sql)\n.*?```", (DOCS / "exports.md").read_text("utf-8"), re.DOTALL)
    assert len(shown) == 11


@given(TEXTS)
def test_defusing_can_be_undone_for_any_text(text: str) -> None:
    found = defuse(text)
    assert restored(found) == text
    assert not found.lstrip().startswith(tuple(SIGNS))


def test_defusing_takes_time_by_the_length() -> None:
    for text in ("\n" * 20_000, "' " * 10_000, ";" * 20_000 + "=", "'" * 20_000 + "="):
        assert len(defuse(text)) <= 2 * len(text)


def test_numbers_and_days_are_no_formulas() -> None:
    rows = [(-1, Decimal("-1.50"), date(2026, 9, 30), True, False, None, Decimal("1E+2"), Decimal("1E-9"))]
    assert csv_lines(rows) == "-1,-1.50,2026-09-30,true,false,,100,0.000000001\r\n"


def test_csv_is_quoted_as_the_standard_says() -> None:
    assert csv_lines([('a"b', "c,d", "e\nf", "Đạt")]) == '"a""b","c,d","e\nf",Đạt\r\n'


@given(st.lists(st.tuples(VALUES, VALUES), max_size=4))
def test_csv_comes_back(rows: list[tuple[object, ...]]) -> None:
    found = list(csv.reader(io.StringIO(csv_lines(rows, raw=True), newline="")))
    assert found == [[_told(value) for value in row] for row in rows]
    defused = list(csv.reader(io.StringIO(csv_lines(rows), newline="")))
    back = [
        [restored(cell) if isinstance(value, str) else cell for cell, value in zip(cells, row, strict=True)]
        for cells, row in zip(defused, rows, strict=True)
    ]
    assert back == found


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@given(st.lists(st.tuples(VALUES, VALUES), max_size=4))
def test_json_comes_back(rows: list[tuple[object, ...]]) -> None:
    lines = json_lines(("a", "b"), rows)
    found = [json.loads(line, parse_float=Decimal) for line in lines.split("\n")[:-1]]
    assert [(entry["a"], entry["b"]) for entry in found] == [tuple(_as_json(value) for value in row) for row in rows]
    pieces = json_document(date(2026, 11, 21), [("first", lines.splitlines(keepends=True)), ("second", [])])
    whole = json.loads("".join(pieces), parse_float=Decimal)
    assert whole == {"version": 1, "as_of": "2026-11-21", "tables": {"first": found, "second": []}}


def _as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def test_json_is_harmless_in_any_log() -> None:
    line = json_lines(("a",), [("##[error] \u202e \x9b \x1b \u2028",)])
    assert line.isprintable() or line.rstrip("\n").isprintable()
    assert "##[" not in line
    assert json.loads(line) == {"a": "##[error] \u202e \x9b \x1b \u2028"}
