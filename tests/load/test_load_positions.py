"""Schema errors are told in our sentences, at exactly the place that must be changed."""

from __future__ import annotations

from loading import HEAD, PROGRESS, document, found

from qmsplan.load.document import Source, read_content
from qmsplan.model.settings import Settings
from rows import each_row

TASK = HEAD + "tasks:\n  - id: A\n    text: b\n"
UNKNOWN = "the field '{name}' is not known here"
MISSING = "the field '{name}' is missing"
TEXT = "text is expected here"
LIST = "a list is expected here"
FIELDS = "fields are expected here, each as 'name: value'"
FORM = "text or fields are expected here, not a list"
CHOICE = "this value is not one of the choices"
SINGLE = "a single value is expected here, not a list or a mapping"
FLAG = "'{text}' is neither true nor false"
NUMBER = "'{text}' is not a number"

CASES = [
    ("unknown at the top", HEAD + "periode: 1\n", "7:1-8", "QP012", UNKNOWN),
    ("unknown below", HEAD + "  tilte: 1\n", "7:3-8", "QP012", UNKNOWN),
    ("unknown in a list", TASK + "    leads: NV\n", "10:5-10", "QP012", UNKNOWN),
    ("unknown in braces", HEAD + "tasks: [{id: A, text: b, leads: NV}]\n", "7:26-31", "QP012", UNKNOWN),
    ("unknown, holding a list", HEAD + "nhiệm vụ:\n  - a\n", "7:1-9", "QP012", UNKNOWN),
    ("unknown, in quotes", HEAD + '"peri\\u006fde": 1\n', "7:1-15", "QP012", UNKNOWN),
    ("unknown, a path of its own", HEAD + "a.b: 1\n", "7:1-4", "QP012", UNKNOWN),
    ("missing at the top", HEAD.replace("id: KH\n", ""), "1:1-11", "QP011", MISSING),
    ("missing in a list", HEAD + "tasks:\n  - text: b\n    lead: NV\n", "8:5-12", "QP011", MISSING),
    ("missing in braces", HEAD + "tasks: [{text: b}]\n", "7:9-18", "QP011", MISSING),
    ("missing in a field", HEAD + "signatory:\n  name: A\n", "7:1-10", "QP011", MISSING),
    ("missing three levels down", TASK + "    activities:\n      - text: c\n", "11:9-16", "QP011", MISSING),
    ("missing in a list of braces", HEAD + "tasks:\n  - {text: b}\n", "8:5-14", "QP011", MISSING),
    ("a list for text", TASK + "    number: [1]\n", "10:13-16", "QP013", TEXT),
    ("a long list for text", TASK + "    number:\n      - 1\n", "10:5-11", "QP013", TEXT),
    ("a mapping for text", TASK + "    number: {a: 1}\n", "10:13-19", "QP013", TEXT),
    ("a mapping for lines", HEAD + "preamble: {a: 1}\n", "7:11-17", "QP013", LIST),
    ("a list in lines", HEAD + "preamble:\n  - a\n  - [b]\n", "9:5-8", "QP013", TEXT),
    ("text for a list", HEAD + "tasks: x\n", "7:8-9", "QP013", LIST),
    ("text for fields", HEAD.replace("head:\n  type: Kế hoạch", "head: x"), "5:7-8", "QP013", FIELDS),
    ("text in a list of fields", HEAD + "tasks:\n  - x\n", "8:5-6", "QP013", FIELDS),
    ("a list for fields", HEAD + "signatory: [x]\n", "7:12-15", "QP013", FIELDS),
    ("a word for a flag", HEAD + "form: yes\n", "7:7-10", "QP013", FLAG),
    ("a block of text for a flag", HEAD + "form: |\n  yes\n", "7:7-8", "QP013", FLAG),
    ("a list for a flag", HEAD + "form: [true]\n", "7:7-13", "QP013", SINGLE),
    ("a list for an id", HEAD.replace("id: KH", "id: [KH]"), "2:5-9", "QP013", SINGLE),
    ("a wrong id of a list", TASK + "    refs: [A, đ]\n", "10:15-16", "QP013", "'{text}' can't be an id"),
    ("a wrong id alone", TASK + "    refs: đ\n", "10:11-12", "QP013", "'{text}' can't be an id"),
    ("a list for a deadline", TASK + "    deadline: [a]\n", "10:15-18", "QP013", FORM),
    ("an empty form of a deadline", TASK + "    deadline: {}\n", None, "", ""),
    ("unknown in a form", TASK + "    deadline:\n      evry: year\n", "11:7-11", "QP012", UNKNOWN),
    ("a choice in a form", TASK + "    deadline:\n      every: week\n", "11:14-18", "QP013", CHOICE),
    (
        "a day in a form",
        TASK + "    deadline: {due: 2026-02-30}\n",
        "10:21-31",
        "QP013",
        "there is no such day: {text}",
    ),
    (
        "a value in a form of a list",
        TASK + "    target:\n      - comparator: '>'\n        value: .nan\n",
        "12:16-20",
        "QP013",
        NUMBER,
    ),
    (
        "a value in a form alone",
        TASK + "    target:\n      comparator: '>'\n      value: .nan\n",
        "12:14-18",
        "QP013",
        NUMBER,
    ),
    ("a choice in a form alone", TASK + "    target: {comparator: '~', value: 1}\n", "10:26-29", "QP013", CHOICE),
    ("unknown in a form alone", TASK + "    lead:\n      unit: NV\n      scop: a\n", "12:7-11", "QP012", UNKNOWN),
    ("missing in a form alone", TASK + "    lead:\n      scope: a\n", "10:5-9", "QP011", MISSING),
    ("a form alone in braces", TASK + "    lead: {unit: NV, scop: a}\n", "10:22-26", "QP012", UNKNOWN),
    ("a list in people", TASK + "    lead: [NV, [HCTH]]\n", "10:16-22", "QP013", FORM),
    ("nothing in people", TASK + "    lead:\n      - NV\n      -\n", "12:8-8", "QP013", FIELDS),
    (
        "a reading",
        PROGRESS + "readings:\n  - item: A\n    period: 2026-Q9\n    recorded: 2026-04-14\n",
        "5:13-20",
        "QP013",
        "'{text}' is not a period",
    ),
    ("missing in a reading", PROGRESS + "readings:\n  - item: A\n    period: 2026\n", "4:5-12", "QP011", MISSING),
]

places = each_row(("text", "place", "code", "message"), [row[1:] for row in CASES])


def described(text: str) -> list[tuple[str, str, str]]:
    result = []
    for entry in document(text).diagnostics:
        assert entry.span.line == entry.span.end_line
        place = f"{entry.span.line}:{entry.span.column}-{entry.span.end_column}"
        result.append((place, entry.code, entry.message.template))
    return result


@places
def test_places_and_sentences(text: str, place: str | None, code: str, message: str) -> None:
    assert described(text) == ([(place, code, message)] if place else [])


@each_row("field", ["plan", "horizons", "results", "schedule"])
def test_each_key_that_is_no_period_is_told_at_itself(field: str) -> None:
    found = described(f"{TASK}    {field}:\n      2026-Q5: 3\n      Q1: 4\n      2026: 5\n")
    assert [(place, code) for place, code, _ in found] == [("11:7-14", "QP013"), ("12:7-9", "QP013")]


@places
def test_lines_of_windows_move_nothing(text: str, place: str | None, code: str, message: str) -> None:
    assert described(text.replace("\n", "\r\n")) == ([(place, code, message)] if place else [])


@places
def test_letters_beside_a_fault_move_nothing_but_columns(text: str, place: str | None, code: str, message: str) -> None:
    moved = described("# Đạt 😀\n\n" + text.replace("\n", "   # ghi chú 😀\n"))
    line, column = (place or "0:0-0").partition("-")[0].split(":")
    starts = [(found_place.partition("-")[0], *rest) for found_place, *rest in moved]
    assert starts == ([(f"{int(line) + 2}:{column}", code, message)] if place else [])


@places
def test_every_error_has_a_hint(text: str, place: str | None, code: str, message: str) -> None:
    assert all(entry.hint or message == SINGLE for entry in document(text).diagnostics)


def test_all_faults_of_a_file_are_told_together() -> None:
    text = HEAD + "form: yes\ntasks:\n  - id: đ\n  - text: x\n    leed: a\n"
    assert sorted(found(text)) == ["10:5 QP011", "11:5 QP012", "7:7 QP013", "9:9 QP013"]


def test_all_faults_are_told() -> None:
    assert len(found(HEAD + "".join(f"k{number}: 1\n" for number in range(5_000)))) == 5_000


@each_row(
    ("typed", "meant"), [("dealine", "deadline"), ("leed", "lead"), ("tagret", "target"), ("measure", "measures")]
)
def test_a_misspelt_field_is_answered_with_the_right_one(typed: str, meant: str) -> None:
    (diagnostic,) = document(TASK + f"    {typed}: x\n").diagnostics
    assert diagnostic.hint
    assert diagnostic.hint.values == (("name", meant),)


def test_the_choices_are_named() -> None:
    (diagnostic,) = document(TASK + "    deadline: {every: week}\n").diagnostics
    assert diagnostic.hint
    assert diagnostic.hint.values == (("choices", "month, quarter, half, year"),)


BLOCK = "preamble: |\n  một\n\n    hai\n  ba\nclosing: x\n"


@each_row(
    ("text", "index", "expected"),
    [
        (BLOCK, 0, (2, 3, 2, 6)),
        (BLOCK, 1, (4, 5, 4, 8)),
        (BLOCK, 2, (5, 3, 5, 5)),
        (BLOCK, 3, (1, 11, 1, 12)),
        ("preamble: |\n  một\n  hai", 1, (3, 3, 3, 6)),
        ("preamble: |-\n  một\n  hai\n\n\n# x\n", 1, (3, 3, 3, 6)),
        ("preamble: |\n  một", 0, (2, 3, 2, 6)),
        ("preamble: |\r\n  một\r\n  hai\r\n", 1, (3, 3, 3, 6)),
        ("preamble: >\n  một\n  hai\n\n  ba\n", 0, (2, 3, 2, 6)),
        ("preamble: >\n  một\n  hai\n\n  ba\n", 1, (5, 3, 5, 5)),
        ("preamble: >\n  một\n  hai\n\n  ba\n", 2, (1, 11, 1, 12)),
        ("preamble: >-\n\n  một\n  hai", 0, (3, 3, 3, 6)),
        ("preamble: >\n", 0, (1, 11, 1, 12)),
        ("preamble: một\n  hai\n", 0, (1, 1, 1, 9)),
        ("preamble: một hai\n", 0, (1, 11, 1, 18)),
        ('preamble: "một\\nhai"\n', 1, (1, 11, 1, 21)),
        ("preamble:\n  - một\n  - hai\n", 1, (3, 5, 3, 8)),
        ("preamble: [một, hai]\n", 1, (1, 17, 1, 20)),
        ("preamble:\n  - |\n    một\n  - hai\n", 0, (2, 5, 2, 6)),
    ],
)
def test_lines_of_a_text_have_places(text: str, index: int, expected: tuple[int, ...]) -> None:
    assert Source("x", text).locate(("preamble", index)) == expected


def test_folded_text_is_told_by_its_first_line() -> None:
    text = "a:\n  deadline: >-\n    một\n    hai\n"
    assert Source("x", text).locate(("a", "deadline")) == (3, 5, 3, 8)
    assert Source("x", text).locate(("a",))[:2] == (1, 1)


@each_row(
    ("path", "expected"),
    [
        ((), (1, 1, 1, 6)),
        (("a",), (1, 1, 1, 2)),
        (("a", 0), (2, 5, 2, 10)),
        (("a", 0, "b"), (2, 8, 2, 9)),
        (("a", 0, "d"), (3, 8, 3, 9)),
        (("a", 0, "nowhere", 7), (2, 5, 2, 9)),
        (("a", 9), (1, 1, 1, 2)),
        (("nowhere",), (1, 1, 1, 3)),
        ((7,), (1, 1, 1, 3)),
    ],
)
def test_places_of_paths(path: tuple[str | int, ...], expected: tuple[int, ...]) -> None:
    text = "a:\n  - b: c\n    d: e\nf: [g]\n"
    assert Source("x", text).locate(path)[:2] == expected[:2]


@each_row("text", ["", "# x\n", "'", "\t", "a: >98%"])
def test_a_text_without_values_has_one_place(text: str) -> None:
    assert Source("x", text).locate(("a", 0)) == (1, 1, 1, 1)
    assert Source("x", text).locate_key(("a",)) == (1, 1, 1, 1)


def test_days_alone_are_reporting_days() -> None:
    """`reporting: 20` is short for `reporting: {days: 20}`."""
    for typed in ("20", "{days: 20}"):
        found = read_content(f"kind: workspace\nreporting: {typed}\n".encode(), "qmsplan.yaml").value
        assert isinstance(found, Settings)
        assert (found.reporting.days, found.reporting.calendar) == (20, "nd09-2019")
    (wrong,) = read_content(b"kind: workspace\nreporting: 400\n", "qmsplan.yaml").diagnostics
    assert (wrong.span.line, wrong.span.column) == (2, 12)
