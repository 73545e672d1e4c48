"""What a clean file is still told: text cut off by a comment, letters that are not composed."""

from __future__ import annotations

import unicodedata

from loading import HEAD, document, found, preamble, shown

from rows import each_row

CUT = [
    (preamble("x #1"), ["7:13 QP009"]),
    (preamble("Phòng  #1, tầng #2"), ["7:18 QP009"]),
    (preamble("😀 #1"), ["7:13 QP009"]),
    (preamble("A# #1"), ["7:14 QP009"]),
    (HEAD + "basis:\n  - a #1\n  - b #2\n", ["8:7 QP009", "9:7 QP009"]),
    (preamble("một\n  hai #3"), ["8:7 QP009"]),
    (HEAD + "basis: [a, b] #1\n", []),
    (preamble("x # ghi chú"), []),
    (preamble("x #"), []),
    (preamble("x ## ghi chú"), []),
    (preamble("x #!"), []),
    (preamble("x#1"), []),
    (preamble('"x #1"'), []),
    (preamble("'x' #1"), []),
    (preamble("|\n  x #1"), []),
    (preamble("#1"), ["7:11 QP009"]),
    (preamble("# 1"), []),
    (HEAD + "#1\n", []),
    (HEAD + "preamble: x\n#1\n", []),
]


@each_row(("text", "expected"), CUT)
def test_text_cut_off_by_a_comment(text: str, expected: list[str]) -> None:
    assert found(text) == expected
    assert found(text.replace("\n", "\r\n")) == expected
    assert document(text).value is not None


def test_a_number_behind_the_sign_is_text_too() -> None:
    assert found(preamble("Sổ trực ban # số 3")) == ["7:23 QP009"]
    assert found(preamble("Sổ trực ban # sổ giấy")) == []


def test_a_remark_stands_beside_an_error() -> None:
    assert found(preamble("x #1") + "bogus: 1\n") == ["8:1 QP012", "7:13 QP009"]
    assert found("id: x #1\n") == ["1:1 QP010", "1:7 QP009"]


NFC = "Mục tiêu chất lượng"
NFD = unicodedata.normalize("NFD", NFC)


def test_decomposed_text_is_composed_and_told_once() -> None:
    text = preamble(NFD) + f"closing: {NFD}\n"
    read = document(text)
    assert found(text) == ["7:12 QP008"]
    assert read.value
    assert (read.value.preamble, read.value.closing) == ((NFC,), (NFC,))  # type: ignore[union-attr]


@each_row("value", [f"'{NFD}'", f'"{NFD}"', f"|\n  {NFD}", f"[{NFD}]"])
def test_in_every_style(value: str) -> None:
    read = document(preamble(value))
    assert read.value
    assert read.value.preamble == (NFC,)  # type: ignore[union-attr]


def test_an_escape_is_composed_too() -> None:
    read = document(preamble('"Mu\\u0323c"'))
    assert read.value
    assert read.value.preamble == ("Mục",)  # type: ignore[union-attr]


def test_decomposed_text_in_a_comment_is_told() -> None:
    assert found(f"{HEAD}# {NFD}\n") == ["7:4 QP008"]


def test_another_order_of_marks_is_told_where_it_starts() -> None:
    assert found(preamble("a\u0302\u0323")) == ["7:11 QP008"]
    assert found(preamble("ấ ậ o\u031b")) == ["7:15 QP008"]


@each_row("letter", ["\u212b", "\u2126", "\u0958", "\u0344"])
def test_letters_that_composing_changes_or_splits(letter: str) -> None:
    (place,) = found(preamble(f"q{letter}"))
    assert place == "7:12 QP008"


def test_unknown_fields_in_decomposed_letters_are_told_at_their_place() -> None:
    key = unicodedata.normalize("NFD", "chủ trì")
    assert found(f"{HEAD}{key}: x\n") == ["7:1 QP012", "7:3 QP008"]


def test_tone_marks_in_either_place_are_text() -> None:
    assert found(preamble("hoà hòa thuỷ thủy")) == []


ODD = [
    ("preamble: Thùc hiÖn Môc tiªu chất lượng", "7:11 QP014", "preamble: Thực hiện Mục tiêu chất lượng"),
    ("preamble: KÕ HO¹CH n¨m 2026", "7:11 QP014", "preamble: KẾ HOẠCH năm 2026"),
    ("preamble: Keá hoaïch naêm 2026", "7:11 QP014", "preamble: Kế hoạch năm 2026"),
    ("tasks: [{id: A, deadline: “Quý I”}]", "7:27 QP014", 'tasks: [{id: A, deadline: "Quý I"}]'),
    ("preamble: “Năm kỷ cương”", "", ""),
    ("preamble: 'Müller, Köln, São Paulo, 10 µm, N·m, «xin», café'", "", ""),
    ("preamble: tôt, môt viêc", "", ""),
]
"""A line, what is told of it, and the line as it is mended."""


@each_row(("line", "told", "better"), ODD)
def test_letters_of_old_fonts_and_typeset_quotes_are_told_and_mended(line: str, told: str, better: str) -> None:
    read = [one for one in document(HEAD + line + "\n").diagnostics if one.code == "QP014"]
    assert " ".join(map(shown, read)) == told
    for one in read:
        assert one.fix
        mended = list(line)
        for span, typed in sorted(one.fix.edits, reverse=True):
            mended[span.column - 1 : span.end_column - 1] = typed
        assert "".join(mended) == better


@each_row(("text", "is_sure"), [("Loïc và Loïc", False), ("Keá hoaïch", True)])
def test_one_word_of_an_old_font_typed_twice_may_be_a_name(text: str, *, is_sure: bool) -> None:
    fix = next(one.fix for one in document(f"{HEAD}preamble: {text}\n").diagnostics if one.code == "QP014")
    assert fix is not None
    assert fix.is_sure is is_sure
