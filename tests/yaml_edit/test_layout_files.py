"""Whole files: what is broken is left alone, what no line shows is said, the repository's own files are in order."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from laying import HEAD

from qmsplan.cli.new import starter
from qmsplan.load.document import read_content
from qmsplan.yaml_edit import format as formatting
from qmsplan.yaml_edit.format import lay_out
from rows import each_row

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "plans").rglob("*.yaml"), *(ROOT / "templates").rglob("*.yaml"), ROOT / "qmsplan.yaml"])
IN_ORDER = [path for path in FILES if not {"stp", "ubnd"} & set(path.parts)]
MARK = b"\xef\xbb\xbf"


@each_row("path", FILES)
def test_every_file_of_the_repository_can_be_laid_out(path: Path) -> None:
    content = path.read_bytes()
    found = lay_out(content, path.name)
    assert found.diagnostics == ()
    assert found.content is not None
    before, after = (read_content((text.decode()).encode(), "x") for text in (content, found.content))
    assert before.value == after.value
    assert lay_out(found.content, path.name) == found


@each_row("path", IN_ORDER)
def test_the_files_of_the_repository_are_in_the_canonical_layout(path: Path) -> None:
    """Made by `qmsplan fmt` and `qmsplan fmt templates`."""
    assert lay_out(path.read_bytes(), path.name).content == path.read_bytes()


@each_row("name", ["plan.yaml", "progress.yaml", "qmsplan.yaml"])
def test_files_to_start_from_are_in_the_canonical_layout(name: str) -> None:
    text = starter(name, id="KH-2026", year="2026").encode()
    found = lay_out(text, name)
    assert found.content == text


@each_row(
    ("content", "code"),
    [
        (b"", "QP010"),
        (b"\xff", "QP002"),
        (HEAD.encode() + b"\x00", "QP003"),
        (HEAD.encode() + b"closing: >98%\n", "QP004"),
        (HEAD.encode() + b"closing: &a b\n", "QP005"),
        (HEAD.encode() + b"id: b\n", "QP006"),
        (b"[" * 100, "QP007"),
        (b"kind: other\n", "QP010"),
        (b"kind: plan\n", "QP011"),
        (HEAD.encode() + b"closng: a\n", "QP012"),
        (HEAD.encode() + b"form: yes\n", "QP013"),
    ],
)
def test_what_is_broken_is_told_and_left_alone(content: bytes, code: str) -> None:
    found = lay_out(content, "x")
    assert found.content is None
    assert code in {diagnostic.code for diagnostic in found.diagnostics}


def said(content: bytes) -> list[str]:
    found = lay_out(content, "x")
    assert found.content == HEAD.encode()
    return [change.template for change in found.changes]


def test_what_no_line_shows_is_said() -> None:
    crlf = HEAD.replace("\n", "\r\n")
    assert said(HEAD.encode()) == []
    assert said(MARK + HEAD.encode()) == ["byte order mark removed"]
    assert said(crlf.encode()) == ["line endings changed to LF"]
    assert said(HEAD.replace("\n", "\r\n", 1).encode()) == ["line endings changed to LF"]
    assert said(unicodedata.normalize("NFD", HEAD).encode()) == ["letters are composed (Unicode NFC)"]
    assert len(said(MARK + unicodedata.normalize("NFD", crlf).encode())) == 3


def test_comments_are_composed_too() -> None:
    text = f"# Kế hoạch\n{HEAD}# Đạt\n"
    assert lay_out(unicodedata.normalize("NFD", text).encode(), "x").content == text.encode()


@pytest.mark.parametrize(
    "spoilt",
    [
        HEAD.replace("KH\n", "KX\n"),
        HEAD.replace("# a\n", ""),
        HEAD + "# another\n",
        HEAD + "closing: a\n",
        HEAD + "note:\n",
        HEAD + "kind: plan\n",
        "",
    ],
)
def test_a_layout_that_says_something_else_is_not_taken(spoilt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the writer wrong, the proof would find it."""
    text = HEAD + "# a\n"
    monkeypatch.setattr(formatting, "write_nodes", lambda *_: spoilt)
    found = lay_out(text.encode(), "x")
    if spoilt == HEAD + "note:\n":
        return
    assert found.content is None
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["QP902"]


def test_a_layout_that_would_be_too_large_to_be_read_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Brackets hold deep things in little space; each level of a block costs spaces."""
    rows = ", ".join(["{id: A, text: b}"] * 130)
    text = f"{HEAD}tasks: {'[{id: A, text: b, tasks: ' * 8}[{rows}]{'}]' * 8}\n"
    assert lay_out(text.encode(), "x").diagnostics == ()
    monkeypatch.setattr(formatting, "LARGEST", len(text) + 1)
    found = lay_out(text.encode(), "x")
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["QP902"]


def test_remarks_survive() -> None:
    """`#1` behind plain text stays where validate finds it (QP009)."""
    text = HEAD + "closing: Phòng #1\n"
    found = lay_out(text.encode(), "x")
    assert found.content == text.replace(" #1", "  #1").encode()
