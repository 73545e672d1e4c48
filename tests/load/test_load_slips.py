"""What people mistype or bring along from Word, web pages and git: a row a fault, with its place, its code and the cure
that is told. Names of fields in Vietnamese are told the name that the file has for them."""

from __future__ import annotations

import time

from loading import HEAD, PROGRESS, document, shown

from qmsplan.diagnostics import ENGLISH, Translator
from qmsplan.load.document import read_content
from qmsplan.load.pydantic_errors import field_words, folded, unknown_field_hint
from qmsplan.model.fields import FileModel
from qmsplan.model.plan import Head, Item, Plan
from qmsplan.model.progress import Progress
from qmsplan.model.settings import Settings, Unit
from rows import each_row

LISTED = HEAD + "tasks:\n"
TASK = LISTED + "  - id: A\n    text: Việc\n"
"""Lines 1 to 9; what a row adds starts on line 10."""
BRACES = LISTED + "  - {id: A, text: Việc, "
"""Line 8, as far as column 24."""
HYPHEN = ", with a hyphen and a space"
SPACE = "delete it and press the space bar; such spaces come from Word and web pages"
UNSEEN = " again: the name holds a quotation mark or a sign that can't be seen"
Q3 = "write 'deadline: Quý III'"
HIDDEN = "delete it; it is invisible or hides text"
EACH = f"write '- id:'{HYPHEN}, for each entry"
MOVE = ": move it there, or look at the indentation"
HEADS = "'issuer' stands under 'head', 'signoff'"
TITLES = "'title' stands under 'head', 'sections', 'annexes', …"
QUOTE = "put the whole text in quotes: its colon makes it a field"
ADD = "add it, such as"
MEANT = "did you mean "
READ = PROGRESS + "readings:\n  - item: A\n    period: {}\n    recorded: {}\n    value: 1\n"
GIT = "keep what is right, and delete the lines with <, = and >"

SLIPS = [
    ("no space after the colon", TASK + "    deadline:Quý III\n    note: x\n", "10:13 QP004", Q3),
    ("in the last line", TASK + "    deadline:Quý III\n", "10:13 QP004", Q3),
    ("in the first line of an entry", LISTED + "  - id:A\n    text: Việc\n", "8:7 QP004", "write 'id: A'"),
    ("at the top", "kind: plan\nid:P\ntemplate: x\n", "2:3 QP004", "write 'id: P'"),
    ("before a sign that needs quotes", TASK + "    target:>=95%\n", "10:11 QP004", "write 'target: \">=95%\"'"),
    ("a wide colon", TASK + "    deadline：Quý III\n    note: x\n", "10:13 QP004", Q3),
    ("a colon forgotten", TASK + "    deadline = Quý I\n", "10:5 QP004", "write 'deadline: Quý I'"),
    ("a semicolon for it", TASK + "    deadline; Quý I\n    note: x\n", "10:5 QP004", "write 'deadline: Quý I'"),
    (
        "text that goes on too far out",
        TASK + "    của cơ quan\n    note: x\n",
        "10:5 QP004",
        "write 'name: value'; text that goes on from the line above stands further in than its field",
    ),
    ("a day under another name", PROGRESS + "completions:\n  - {item: A, date: 2026-05-02, recorded: 2026-05-03}\n",
        "4:15 QP012", MEANT + "'done'?"),
    ("a field that stands at the top already", HEAD + "  kind: Kế hoạch\n", "7:3 QP012", MEANT + "'type'?"),
    ("a sign in braces", BRACES + "target: %98, lead: B}\n", "8:33 QP004", 'write "%98"'),
    ("a number in them", BRACES + "target: >98,5%}\n", "8:33 QP004", 'write ">98,5%"'),
    ("a dash in them", BRACES + "target: - x}\n", "8:33 QP004", 'write "- x"'),
    ("on a second line", BRACES + "\n     target: @x, lead: B}\n", "9:14 QP004", 'write "@x"'),
    ("a colon in them", BRACES + "note: a: b, lead: B}\n", "8:31 QP004", 'write "a: b"'),
    ("a quote ended in them", BRACES + 'note: "a, b" c}\n', "8:31 QP004", 'write "\\"a, b\\" c"'),
    ("a quote not closed in them", BRACES + 'note: "a, lead: B}\n', "8:31 QP004", 'write "a"'),
    ("a comma forgotten in them", BRACES + "lead: B deadline: Quý I}\n", "8:33 QP004",
        "put a comma before 'deadline' if it is a field, or else the whole text in quotes"),
    ("a list not closed in them", BRACES + "lead: [B, deadline: Quý I}\n", "8:31 QP004", "write ']' where it ends"),
    ("a list not opened in them", BRACES + "lead: B], note: x}\n", "8:32 QP004", "delete it, or write '[' before it"),
    ("braces not closed", BRACES + "lead: B\n  - {id: B, text: x}\n", "8:5 QP004", "write '}' where it ends"),
    ("text behind braces", BRACES + "lead: B} x\n", "8:34 QP004", "delete it, or put the whole text in quotes"),
    ("a brace too many", BRACES + "lead: B}}\n", "8:33 QP004", "delete it, or put the whole text in quotes"),
    ("a quote not closed", TASK + '    note: "A\n    unit: x\n    deadline: "2026"\n', "10:11 QP004", 'write "A"'),
    ("over two lines", TASK + '    note: "A\n      b\n    unit: "x"\n', "10:11 QP004", 'write "A b"'),
    ("in single quotes", LISTED + "  - id: 'A\n    text: x\n    unit: 'y'\n", "8:9 QP004", 'write "A"'),
    ("in an entry", TASK + "    results:\n      - 'A\n      - 'B'\n", "11:9 QP004", 'write "A"'),
    ("text behind a quote", TASK + '    note: "A" b\n', "10:11 QP004", 'write "\\"A\\" b"'),
    ("in single quotes, a comma and a comment", TASK + "    note: 'A', b # c\n", "10:11 QP004", "write \"'A', b\""),
    ("in a list", TASK + '    results:\n      - "A"b\n      - c\n', "11:9 QP004", 'write "\\"A\\"b"'),
    ("Word's spaces as indentation", TASK + "\u00a0\u00a0\u00a0\u00a0unit: x\n    note: y\n", "10:1 QP004", SPACE),
    ("Word's space after the colon", TASK + "    deadline:\u00a0Quý I\n    note: x\n", "10:14 QP004", SPACE),
    ("Word's space after the hyphen", LISTED + "  -\u00a0id: A\n    text: Việc\n", "8:4 QP004", SPACE),
    ("Word's space as indentation", TASK + "    \u00a0deadline: Quý I\n", "10:5 QP012", f"type 'deadline'{UNSEEN}"),
    ("nothing else before a name", LISTED + "  - id: A\n\u00a0\u00a0text: Việc\n", "9:1 QP012", f"type 'text'{UNSEEN}"),
    ("a soft hyphen in a name", TASK + "    dead\u00adline: Quý I\n", "10:5 QP012", f"type 'deadline'{UNSEEN}"),
    ("quotation marks of Word", TASK + "    “note”: a\n", "10:5 QP012", f"type 'note'{UNSEEN}"),
    (
        "one of them at the end",
        TASK + '    note: "xong”\n',
        "10:11 QP004",
        'close the text with the mark " of the keyboard, not with ”',
    ),
    ("a space without width", TASK + "    note: a\u200bb\n", "10:12 QP003", HIDDEN),
    ("a byte order mark inside", TASK + "\ufeff    note: a\n", "10:1 QP003", HIDDEN),
    ("a tab", TASK + "\tdeadline: Quý I\n", "10:1 QP004", "indent with spaces"),
    ("Word's dash", LISTED + "  – id: A\n    text: Việc\n", "8:3 QP004", f"write '- id: A'{HYPHEN}"),
    ("Word's dash at the next entry", TASK + "  – id: B\n", "10:3 QP004", f"write '- id: B'{HYPHEN}"),
    ("Word's dash in a list of texts", HEAD + "basis:\n– Luật A\n– Luật B\n", "8:1 QP004", f"write '- Luật A'{HYPHEN}"),
    ("a bullet", TASK + "  • id: B\n", "10:3 QP004", f"write '- id: B'{HYPHEN}"),
    ("no space after the hyphen", TASK + "  -id: B\n", "10:3 QP004", f"write '- id: B'{HYPHEN}"),
    ("the same in the first entry", LISTED + "  -id: B\n    text: Việc\n", "8:3 QP004", f"write '- id: B'{HYPHEN}"),
    ("a hyphen forgotten", TASK + "  id: B\n    text: x\n", "10:3 QP004", f"write '- id: B'{HYPHEN}"),
    (
        "the same, further in",
        TASK + "    id: B\n    text: x\n",
        "10:5 QP006",
        "write '- ' before 'id' if a new entry of the list starts here",
    ),
    ("forgotten in the only entry", LISTED + "    id: B\n    text: x\n", "7:1 QP013", EACH),
    ("Word's dash in the only entry", LISTED + "  – id: B\n", "7:1 QP013", EACH),
    ("both versions of git", HEAD + "<<<<<<< HEAD\nbasis: a\n=======\nbasis: b\n>>>>>>> x\n", "7:1 QP004", GIT),
    ("the same inside an item", TASK + "<<<<<<< HEAD\n    note: a\n=======\n>>>>>>> x\n", "10:1 QP004", GIT),
    ("its first mark alone", HEAD + "<<<<<<< HEAD\nbasis: a\n", "7:1 QP004", "delete this line"),
    ("its middle mark alone", TASK + "=======\n    note: a\n", "10:1 QP004", "delete this line"),
    ("its mark of what both had", TASK + "||||||| 12ab34c\n    note: a\n", "10:1 QP004", "delete this line"),
    ("its last mark alone", HEAD + "basis: a\n>>>>>>> x\n", "8:1 QP004", "delete this line"),
    ("no id", HEAD + "objectives:\n  - id: MT01\n    text: a\n  - text: b\n", "10:5 QP011", f"{ADD} 'id: MT02'"),
    ("a field of the head at the top", HEAD + "issuer: A\n", "7:1 QP012", f"{HEADS}, 'earlier'{MOVE}"),
    ("its Vietnamese name", HEAD + "trích yếu: A\n", "7:1 QP012", TITLES + MOVE),
    (
        "a field of the top in an item",
        TASK + "    basis: A\n",
        "10:5 QP012",
        "'basis' stands at the top of the file, without indentation: move it there",
    ),
    ("a colon in a list of texts", HEAD + "recipients:\n- Lưu: VT.\n", "8:3 QP013", QUOTE),
    ("no template", "kind: plan\nid: P\nhead: {type: Kế hoạch}\n", "1:1 QP011", f"{ADD} 'template: objectives-table'"),
    ("a period in words", HEAD.replace("2026", "Năm 2026"), "4:9 QP013", MEANT + "'2026'?"),
    ("a term in words", READ.format("Học kỳ I", "2026-02-05"), "5:13 QP013", MEANT + "'2025-09-01/2026-01-31'?"),
    ("a quarter in words", READ.format("HK2", "2026-04-05"), "5:13 QP013", MEANT + "'2026-02-01/2026-05-31'?"),
]  # fmt: skip

OTHER_PROGRAMS = [
    (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml\x8bword/document.xml", "Word (.docx)"),
    (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml\x8bxl/workbook.xml", "Excel (.xlsx)"),
    (b"PK\x03\x04\x14\x00\x06\x00ghi-chu.txt", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "Word, Excel (.doc, .xls)"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    (b"{\\rtf1\\ansi Ke hoach}", "Word (.rtf)"),
    (b"<!DOCTYPE html>\n<html><body>", "HTML"),
    (b"PK\x03\x04" + bytes(2 * 1024 * 1024) + b"word/document.xml", "Word (.docx)"),
]


@each_row(("text", "place", "hint"), [row[1:] for row in SLIPS])
def test_a_slip_is_told_where_it_is_with_its_cure(text: str, place: str, hint: str) -> None:
    diagnostic = next(entry for entry in document(text).diagnostics if entry.severity == "error")
    assert diagnostic.hint
    assert (shown(diagnostic), ENGLISH(diagnostic.hint)) == (place, hint)
    for words in (diagnostic.message, diagnostic.hint):
        assert Translator("vi")(words) != ENGLISH(words)


@each_row(("content", "format"), OTHER_PROGRAMS)
def test_a_file_of_another_program_is_named(content: bytes, format: str) -> None:  # noqa: A002
    (diagnostic,) = read_content(content, "ke-hoach.yaml").diagnostics
    assert shown(diagnostic) == "1:1 QP002"
    assert diagnostic.message.values == (("format", format),)


@each_row("line", ["a" * 20_000, "a " * 20_000, "- " * 20_000, "\u00a0" * 20_000, "a:b," * 9_000])
def test_the_look_of_a_long_line_takes_no_time(line: str) -> None:
    start = time.process_time()
    document(f"{HEAD}basis:\n  {line}\nx")
    assert time.process_time() - start < 1


MISNAMED = [
    (Plan, ("objectives", 0, "thời hạn"), "Quý III", "deadline"),
    (Plan, ("objectives", 0, "Thoi_han"), "Quý III", "deadline"),
    (Plan, ("objectives", 0, "thời-hạn-hoàn-thành"), "Quý III", "deadline"),
    (Plan, ("tasks", 0, "chủ trì"), "NV", "lead"),
    (Plan, ("tasks", 0, "chu_tri"), "NV", "lead"),
    (Plan, ("tasks", 0, "Đơn vị phối hợp"), "NV", "support"),
    (Plan, ("tasks", 0, "kinh phí"), "12 triệu đồng", "funding"),
    (Plan, ("tasks", 0, "ghi chu"), "x", "note"),
    (Plan, ("tasks", 0, "due"), "x", "deadline"),
    (Plan, ("tasks", 0, "DEADLINE"), "x", "deadline"),
    (Plan, ("tasks", 0, "dealine"), "x", "deadline"),
    (Plan, ("objectives", 0, "chỉ tiêu"), "95%", "target"),
    (Plan, ("objectives", 0, "mục tiêu"), "Đúng hạn", "text"),
    (Plan, ("mục tiêu",), [{"id": "A"}], "objectives"),
    (Plan, ("nhiệm vụ",), [{"id": "A"}], "tasks"),
    (Plan, ("objectives", 0, "tasks", 0, "activities", 0, "hạn"), "x", "deadline"),
    (Plan, ("objectives", 0, "target", "§form", "đơn vị"), "%", "unit"),
    (Plan, ("nơi nhận",), "- Lưu: VT.", "recipients"),
    (Plan, ("head", "trích yếu"), "x", "title"),
    (Plan, ("annexes", 0, "table", "cột"), ["text"], "columns"),
    (Plan, ("signatory", "chức vụ"), "GIÁM ĐỐC", "position"),
    (Progress, ("readings", 0, "minh chứng"), "BC 35", "evidence"),
    (Progress, ("readings", 0, "tử số"), "3", "numerator"),
    (Progress, ("số liệu",), [{"item": "A"}], "readings"),
    (Progress, ("corrective_actions", 0, "nguyên nhân"), "x", "cause"),
    (Progress, ("completions", 0, "ngày hoàn thành"), "x", "done"),
    (Settings, ("đơn vị",), [{"code": "A"}], "units"),
    (Settings, ("units", 0, "tên khác"), "x", "aliases"),
    (Settings, ("units", 0, "trực thuộc"), "x", "parent"),
]


def hint(model: type[FileModel], path: tuple[str | int, ...], value: object) -> str:
    """What is said of an unknown field at a path, in English."""
    tree = value
    for part in reversed(path):
        tree = {part: tree} if isinstance(part, str) and part[0] != "§" else [tree] if part == 0 else tree
    return ENGLISH(unknown_field_hint(model, path, tree))  # type: ignore[arg-type]


@each_row(("model", "path", "value", "meant"), MISNAMED)
def test_what_people_call_a_field_leads_to_it(
    model: type[FileModel], path: tuple[str | int, ...], value: object, meant: str
) -> None:
    assert hint(model, path, value) == f"did you mean '{meant}'?"


CLASSES = [
    (Plan, (), Plan),
    (Plan, ("tasks", 0), Item),
    (Plan, ("head",), Head),
    (Progress, (), Progress),
    (Settings, (), Settings),
    (Settings, ("units", 0), Unit),
]


@each_row(("model", "path", "place"), CLASSES)
def test_every_field_is_suggested_for_one_of_its_words(
    model: type[FileModel], path: tuple[str | int, ...], place: type[FileModel]
) -> None:
    for field in place.model_fields:
        values: tuple[object, ...] = ("x", [{"id": "A"}])
        typed = [folded(word) for word in field_words()[field]]
        assert any(f"'{field}'" in hint(model, (*path, word), value) for word in typed for value in values), field


@each_row(("model", "path", "place"), CLASSES)
def test_the_refused_name_is_never_suggested(
    model: type[FileModel], path: tuple[str | int, ...], place: type[FileModel]
) -> None:
    for name in (*list(field_words())[::4], "xyz"):  # all of them took a second a class
        if name not in place.model_fields:
            told = hint(model, (*path, name), "x")
            assert f"'{name}'" not in told or told.startswith(f"'{name}' stands ")


def test_a_field_of_one_s_own_is_told_where_to_declare_it() -> None:
    assert "'fields'" in hint(Plan, ("tasks", 0, "người lái xe"), "x")
    assert "at the top of the file" in hint(Plan, ("tasks", 0, "period"), "2026")


def test_a_file_of_records_is_told_too() -> None:
    assert [shown(entry) for entry in document(PROGRESS + "số liệu:\n  - item: MT01\n").diagnostics] == ["3:1 QP012"]
