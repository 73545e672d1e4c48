"""The words that a finding means are told at their own columns, or the whole place is."""

from __future__ import annotations

import json
import re
import unicodedata

import yaml
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.check.exact_place import narrow, typed_instead
from qmsplan.diagnostics import Span
from qmsplan.load.document import Source
from rows import each_row

PATH = ("lead", 0)
PLAIN = "lead: Phòng A; Phòng B\nnext: Phòng C\n"
NFD = unicodedata.normalize("NFD", PLAIN)
FOLDED = "lead: >-\n  Phòng A;\n  Phòng B và\n  Phòng C\nnext: Phòng D\n"

FOUND = [
    ("the first", PLAIN, "Phòng A", "1:7-14"),
    ("the last", PLAIN, "Phòng B", "1:16-23"),
    ("letters beyond one byte", "lead: 🐝 Sở; Đội Ị\n", "Đội Ị", "1:13-18"),
    ("a longer name that starts alike", "lead: Phòng An, Phòng A\n", "Phòng A", "1:17-24"),
    ("a longer word that ends alike", "lead: HCNV và NV\n", "NV", "1:15-17"),
    ("signs at its ends", "lead: A (B) C\n", "(B)", "1:9-12"),
    ("more white space than in the words", "lead: Phòng  A; Phòng \t B\n", "Phòng B", "1:17-26"),
    ("a comment behind", "lead: Phòng A; B # B\n", "B", "1:16-17"),
    ("a list", "lead: [Phòng A; B]\n", "B", "1:17-18"),
    ("on the next line", "lead:\n  Phòng A; B\n", "B", "2:12-13"),
    ("Windows lines", "lead: A; B\r\nnext: B\r\n", "B", "1:10-11"),
    # letters and marks apart
    ("marks apart", NFD, "Phòng B", "1:17-25"),
    ("marks apart in the words before", unicodedata.normalize("NFD", "lead: Sở Nội vụ; B\n"), "B", "1:23-24"),
    ("more than one mark on a letter", unicodedata.normalize("NFD", "lead: A; Bộ\n"), "Bộ", "1:10-14"),
    # quotes
    ("double quotes", 'lead: "Phòng A; Phòng B"\n', "Phòng B", "1:17-24"),
    ("a quote before", 'lead: "\\"A\\"; B"\n', "B", "1:15-16"),
    ("a quote in the words", 'lead: "A; \\"B\\" C"\n', '"B" C', "1:11-18"),
    ("letters by number", 'lead: "A; \\x42\\u1ea1\\U00001ea1"\n', "Bạạ", "1:11-31"),
    ("a line end by escape", 'lead: "A\\nB"\n', "B", "1:11-12"),
    ("single quotes", "lead: 'Phòng A; Phòng B'\n", "Phòng B", "1:17-24"),
    ("a single quote before", "lead: 'O''A; B'\n", "B", "1:14-15"),
    ("a single quote in the words", "lead: 'A; O''B C'\n", "O'B", "1:11-15"),
    ("a single quote first", "lead: '''A'' B'\n", "'A'", "1:8-13"),
    ("no escape in single quotes", "lead: 'A\\n B'\n", "B", "1:12-13"),
    # blocks
    ("a line of a block", "lead: |\n  A;\n  - Phòng B\n", "Phòng B", "3:5-12", 1),
    ("quotes in a block are letters", "lead: |\n  \"A''\"; B\n", "B", "2:10-11", 0),
    ("a folded text's first line", FOLDED, "Phòng A", "2:3-10"),
    ("a folded text's next line", FOLDED, "Phòng B", "3:3-10"),
    ("a folded text's last line", FOLDED, "Phòng C", "4:3-10"),
    ("a folded text at the end of the file", "lead: >-\n  A\n  B", "B", "3:3-4"),
    ("a folded text's paragraph", "lead: >\n  A\n  B\n\n  C\n  B\n", "B", "6:3-4", 1),
]

KEPT = [
    ("twice", "lead: A; B; A\n", "A", "1:7-14"),
    ("not there", PLAIN, "Phòng C", "1:7-23"),
    ("a part of a word", "lead: HCNV; A\n", "NV", "1:7-14"),
    ("no words", PLAIN, " ", "1:7-23"),
    ("what only looks like an escape", 'lead: "A\\\\n; n"\n', "n", "1:7-16"),
    ("all of it", "lead: 'Phòng A'\n", "Phòng A", "1:7-16"),
    ("other marks", "lead: Phòng A; B\n", "Phong A", "1:7-17"),
    ("a mark by number", 'lead: "A; Bo\\u0302"\n', "Bô", "1:7-20"),
    ("over two lines of a folded text", "lead: >-\n  A; Phòng\n  B\n", "Phòng B", "2:3-11"),
    ("once whole, once over two lines", "lead: >-\n  Phòng B, Phòng\n  B; A\n", "Phòng B", "2:3-17"),
    ("in two paragraphs' first", "lead: >-\n  A\n\n  B\n", "B", "2:3-4", 0),
    ("in the text below", "lead: >-\n  A; C\n# B\nnext: B\n", "B", "2:3-7"),
    ("in the comment behind a block's sign", "lead: | # B\n  A\n  B\n", "B", "1:7-12", 5),
    ("a text of several lines stays with its key", "lead: A;\n  Phòng B\n", "Phòng B", "1:1-5"),
    ("a quoted text of several lines", 'lead: "A;\n  Phòng B"\n', "Phòng B", "1:1-5"),
    ("a list as a whole", "lead:\n  - A; B\n", "lead", "1:1-5", None),
]


def place(mark: str) -> Span:
    line, columns = mark.split(":")
    first, last = columns.split("-")
    return Span(int(line), int(first), int(line), int(last))


def narrowed(text: str, words: str, index: int | None = 0) -> Span:
    source = Source("a.yaml", text)
    path = ("lead",) if index is None else ("lead", index)
    return narrow(source, path, words)


@each_row("row", FOUND)
def test_words_stand_at_their_own_place(row: tuple[str, str, str, str, int]) -> None:
    _, text, words, expected, *index = row
    assert narrowed(text, words, *index) == place(expected)


@each_row("row", KEPT)
def test_the_whole_place_is_kept(row: tuple[str, str, str, str, int]) -> None:
    _, text, words, expected, *index = row
    assert narrowed(text, words, *index) == place(expected)


@each_row(
    ("text", "words", "new", "instead"),
    [
        ("lead: A; B c\n", "B c", "C: d", None),  # the text would be a field
        ("lead: A; B c\n", "B c", "C d", "C d"),
        ("lead: 'A; B'\n", "B", "C'd", "C''d"),
        ('lead: "A; B"\n', "B", 'C"d', 'C\\"d'),
        ("lead: >-\n  A;\n  B\n", "", "C", None),  # what is told is the first line of a paragraph
        ("lead: >-\n  A; D\n  B\n", "D", "C: d", "C: d"),
        ("lead: |\n  A; D\n", "D", "C: d", "C: d"),
        ("lead: |\n  D\n", "D", "C", "C"),
        ("lead: B; B c; B\n", "B", "C", None),  # which of them is meant nobody knows, and the others would go
        ("lead: A; B\n  c\n", "B c", "C", None),
    ],
)
def test_how_words_are_typed_instead(text: str, words: str, new: str, instead: str | None) -> None:
    source = Source("a.yaml", text)
    assert typed_instead(source, PATH, narrow(source, PATH, words), words, new) == instead


WORDS = st.text("abạỞđ'\"\\ \t;,#\u0302", min_size=1, max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
TYPED = {
    "'": lambda text: "'" + text.replace("'", "''") + "'",
    '"': json.dumps,
    '""': lambda text: json.dumps(text, ensure_ascii=False),
    "|": lambda text: f"|\n  {text}",
    ">": lambda text: f">\n  {text}",
}


@given(st.lists(WORDS, min_size=1, max_size=4), st.data(), st.sampled_from(sorted(TYPED)))
def test_the_place_reads_as_the_words(names: list[str], data: st.DataObject, style: str) -> None:
    value = "x " + "; ".join(names) + " x"
    source = Source("a.yaml", f"lead: {TYPED[style](value)}\n")
    assert yaml.safe_load(source.text)["lead"].strip() == value
    words = data.draw(st.sampled_from(names))
    whole = source.locate(PATH)
    found = narrow(source, PATH, words)
    assert whole[:2] <= found[:2]
    assert found[2:] <= whole[2:]
    if found != whole:
        typed = source.lines[found.line - 1][found.column - 1 : found.end_column - 1]
        read = yaml.safe_load(f"{style[0]}{typed}{style[0]}") if style[0] in "'\"" else typed
        assert read.split() == words.split()
    elif words.isalpha():
        assert len(re.findall(rf"(?<!\w){words}(?!\w)", value)) != 1
