"""What an editor is told while somebody types is what `qmsplan validate` says of the same text."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from lsp.workspaces import FILES, make, session_in, validated
from qmsplan.cli.lsp import look
from qmsplan.diagnostics import Diagnostic, Message, Severity, Span, Translator
from qmsplan.lsp.session import Folder, Session, actions

PIECES = (
    "MT01",
    "NV01",
    "KH-2025",
    "≥ 98%",
    "Quý IV năm 2026",
    "\n",
    "  ",
    ": ",
    "- ",
    '"',
    "[",
    "😀",
    "id",
    "issuer: SO",
)


def spoilt(text: str, chance: random.Random) -> str:
    """A text with one random change: something cut out, put in, or typed twice."""
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.choice((0, 1, 1, 3, 12, 40)))
    return text[:start] + chance.choice((*PIECES, "", text[start:end] * 2)) + text[end:]


def test_findings_while_typing_are_those_of_validate(tmp_path: Path) -> None:
    session = session_in(make(tmp_path))
    chance = random.Random(18)
    names = [name for name in FILES if name != "qmsplan.yaml"]
    texts: dict[str, str] = {}
    for step in range(200):
        name = chance.choice(names)
        before = FILES[name] if step % 3 == 0 else texts.get(name, FILES[name])
        texts[name] = spoilt(before, chance) if before else FILES[name]
        session.put(name, texts[name])
        expected = validated(session, texts)
        for known in names:
            own = tuple(found for found in expected if found.file == known)
            assert session.diagnostics(known) == own, (step, known)


def test_what_is_closed_counts_as_it_is_on_the_disk(tmp_path: Path) -> None:
    session = session_in(make(tmp_path))
    session.put("plans/KH-2026.yaml", FILES["plans/KH-2026.yaml"].replace("id: MT01", "id: MT07"))
    told = {found.code for found in session.diagnostics("plans/progress/KH-2026.NV.yaml")}
    assert "QP104" in told or "QP103" in told, told
    session.close("plans/KH-2026.yaml")
    assert session.diagnostics("plans/progress/KH-2026.NV.yaml") == tuple(
        found for found in validated(session, {}) if found.file == "plans/progress/KH-2026.NV.yaml"
    )


def test_a_comment_stands_above_the_text_that_is_told_of(tmp_path: Path) -> None:
    """Not inside of a text on several lines."""
    session, name = session_in(make(tmp_path)), "plans/KH-2026.yaml"
    head = FILES[name].count("\n")
    session.put(name, f"{FILES[name]}preamble: |\n  Một\n  Hai\nclosing: Ba\n")
    told = [
        Diagnostic("QP402", "x", Severity.NOTE, Message("x"), name, Span(head + n, 1, head + n, 2))
        for n in (1, 2, 3, 4)
    ]
    above = [change.span.line - head for action in actions(session, name, tuple(told)) for change in action.changes]
    assert above == [1, 1, 1, 4]


def test_files_come_and_go(tmp_path: Path) -> None:
    session = session_in(make(tmp_path))
    (tmp_path / "plans" / "KH-2025.yaml").unlink()
    session.changed_on_disk("plans/KH-2025.yaml")
    assert "QP107" in {found.code for found in session.diagnostics("plans/KH-2026.yaml")}
    make(tmp_path)
    session.changed_on_disk("plans/KH-2025.yaml")
    assert "QP107" not in {found.code for found in session.diagnostics("plans/KH-2026.yaml")}


def test_saved_settings_are_read_anew(tmp_path: Path) -> None:
    session = session_in(make(tmp_path))
    session.put("plans/KH-2026.yaml", FILES["plans/KH-2026.yaml"].replace("Phòng Hành chính", "Phòng Tài vụ"))
    assert "QP105" in {found.code for found in session.diagnostics("plans/KH-2026.yaml")}
    (tmp_path / "qmsplan.yaml").write_text(FILES["qmsplan.yaml"].replace("Phòng Hành chính", "Phòng Tài vụ"), "utf-8")
    session.changed_on_disk("qmsplan.yaml")
    assert "QP105" not in {found.code for found in session.diagnostics("plans/KH-2026.yaml")}


def test_no_state_of_the_keyboard_breaks_an_answer(tmp_path: Path) -> None:
    from qmsplan.lsp.help import complete, hover
    from qmsplan.lsp.places import cursor_at, folds, symbols
    from qmsplan.lsp.session import id_at

    session = session_in(make(tmp_path))
    chance = random.Random(5000)
    for _ in range(400):
        name = chance.choice(tuple(FILES))
        text = FILES[name]
        for _ in range(chance.randrange(1, 4)):
            text = spoilt(text, chance) if text else FILES[name]
        session.put(name, text)
        lines = text.splitlines() or [""]
        line = chance.randrange(len(lines))
        column = chance.randrange(len(lines[line]) + 1)
        cursor = cursor_at(lines, line, column)
        offered = complete(session, name, cursor)
        assert all(0 <= one.start <= column for one in offered)
        hover(session, name, cursor, cursor.typed)
        source = session.document(name).source
        id_at(source, line + 1, column + 1)
        list(actions(session, name, session.diagnostics(name)))
        symbols(session.last_good(name))
        list(folds(source))


def test_a_target_is_told_with_the_unit_beside_it(tmp_path: Path) -> None:
    """The editor told of `12` a bare number, and status of 12 classes."""
    from qmsplan.lsp.help import hover
    from qmsplan.lsp.places import cursor_at

    session, name = session_in(make(tmp_path)), "plans/KH-2026.yaml"
    text = FILES[name].replace('target: "≥ 98%"', 'target: "12"\n    unit: lớp')
    session.put(name, text)
    lines = text.splitlines()
    line = next(number for number, one in enumerate(lines) if 'target: "12"' in one)
    assert "lớp" in hover(session, name, cursor_at(lines, line, lines[line].index("12")), "12").partition("```\n")[0]


def test_an_objective_with_its_figures_is_evaluated_in_the_editor_too(tmp_path: Path) -> None:
    """Status and report called it evaluated, and the editor done."""
    from qmsplan.lsp.help import hover
    from qmsplan.lsp.places import cursor_at

    def late_in_2026() -> Folder:
        return look(tmp_path, Translator("en"))._replace(today=lambda: date(2026, 12, 31))

    make(tmp_path)
    session, name = Session(late_in_2026), "plans/KH-2026.yaml"
    text = FILES[name].replace('target: "≥ 98%"', "support: Phòng Hành chính")
    session.put(name, text)
    session.put("plans/progress/KH-2026.NV.yaml", FILES["plans/progress/KH-2026.NV.yaml"].replace("NV01", "MT01"))
    lines = text.splitlines()
    line = next(number for number, one in enumerate(lines) if "id: MT01" in one)
    told = hover(session, name, cursor_at(lines, line, lines[line].index("MT01")), "MT01")
    assert "2026-Q4: evaluated" in told


def test_items_are_offered_in_a_file_that_was_never_whole(tmp_path: Path) -> None:
    from qmsplan.lsp.help import complete
    from qmsplan.lsp.places import cursor_at

    session = session_in(make(tmp_path))
    text = "kind: progress\nplan: KH-2026\nreadings:\n  - item: \n"
    session.put("plans/new.yaml", text)
    offered = complete(session, "plans/new.yaml", cursor_at(text.split("\n"), 3, 10))
    assert [one.label for one in offered] == ["MT01"]
