"""What plans don't need and attackers do is refused at its place: aliases, tags, depth, size, second documents."""

from __future__ import annotations

from itertools import pairwise

import pytest
from loading import HEAD, document, found, preamble

from qmsplan.load.document import read_content
from qmsplan.load.files import DEEPEST, LONGEST_SCALAR
from qmsplan.load.yaml import read_yaml
from rows import each_row

BOMB = 'a: &a ["lol"]\n' + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in pairwise("abcdefgh"))

REFUSED = [
    ("alias bomb", BOMB, "1:4 QP005"),
    ("an alias alone", preamble("*x"), "7:11 QP005"),
    ("a cycle", HEAD + "preamble: &x {b: *x}\n", "7:11 QP005"),
    ("an anchor", preamble("&x y"), "7:11 QP005"),
    ("an anchor on a list", HEAD + "basis: &x\n  - y\n", "7:8 QP005"),
    ("an anchor on a key", HEAD + "&x basis: y\n", "7:1 QP005"),
    ("an alias as a key", HEAD + "*x : y\n", "7:1 QP005"),
    ("a tag", preamble("!x y"), "7:11 QP005"),
    ("a tag of YAML", preamble("!!bool x"), "7:11 QP005"),
    ("a tag of Python", preamble("!!python/object/apply:os.system [id]"), "7:11 QP005"),
    ("a tag on a mapping", HEAD + "head: !x\n  type: y\n", None),
    ("the tag that says no tag", preamble("! y"), "7:11 QP005"),
    ("a merge key", HEAD + "<<: y\n", "7:1 QP005"),
    ("a merge of mappings", HEAD + "  <<: {type: x}\n", "7:3 QP005"),
    ("a directive", "%YAML 1.1\n---\n" + HEAD, "1:1 QP005"),
    ("a directive of tags", "%TAG ! tag:x,2000:\n---\n" + HEAD, "1:1 QP005"),
    ("a version that is not spoken", "%YAML 1.3\n---\n" + HEAD, "1:1 QP004"),
    ("two documents", HEAD + "---\n" + HEAD, "7:1 QP005"),
    ("a second document of nothing", HEAD + "---\n", "7:1 QP005"),
    ("a third one", "---\n---\n---\n", "2:1 QP005"),
    ("a list as a key", HEAD + "[a]: y\n", "7:1 QP005"),
    ("double braces", preamble("{{ title }}"), "7:12 QP005"),
    ("a mapping as a key", HEAD + "? {a: b}\n: y\n", "7:3 QP005"),
    ("a key of nothing", HEAD + ": y\n", "7:1 QP004"),
    ("null as a key", HEAD + "~: y\n", "7:1 QP005"),
    (
        "a number cut at its comma",
        HEAD + "objectives: [{id: A, text: b, target: {comparator: '>', value: 98,5}}]\n",
        "7:67 QP005",
    ),
    ("an open brace", preamble("{a"), "7:12 QP005"),
    ("a key without a value in braces", HEAD + "tasks: [{id: A, text: b, note}]\n", "7:26 QP005"),
]

DOUBLES = [
    ("at the top", HEAD + "id: B\n", "7:1 QP006", 2),
    ("below", HEAD + "  type: B\n", "7:3 QP006", 6),
    ("in braces", HEAD + "tasks: [{id: A, text: b, id: C}]\n", "7:26 QP006", 7),
    ("one in quotes", HEAD + '"id": B\n', "7:1 QP006", 2),
    ("an empty one", HEAD + "basis:\nbasis: x\n", "8:1 QP006", 7),
    ("another empty one", HEAD + "basis: x\nbasis:\n", "8:1 QP006", 7),
    ("composed and decomposed", HEAD + "pho\u0300ng: a\nph\u00f2ng: b\n", "8:1 QP006", 7),
    ("decomposed by an escape", HEAD + '"pho\\u0300ng": a\nph\u00f2ng: b\n', "8:1 QP006", 7),
    ("beside a value of that name", HEAD + "basis: closing\nclosing: a\nclosing: b\n", "9:1 QP006", 8),
    ("beside a list of that name", HEAD + "basis: [closing]\nclosing: a\nclosing: b\n", "9:1 QP006", 8),
    ("beside the same key deeper down", HEAD + "tasks:\n  - id: A\n    text: b\n    id: C\n", "10:5 QP006", 8),
]


@each_row(("text", "expected"), [row[1:] for row in REFUSED])
def test_what_is_refused(text: str, expected: str | None) -> None:
    assert found(text) == [expected or found(text)[0]]
    assert document(text).value is None


@each_row(("text", "expected", "first"), [row[1:] for row in DOUBLES])
def test_double_keys_and_where_the_first_one_stands(text: str, expected: str, first: int) -> None:
    assert found(text) == [expected]
    (diagnostic,) = document(text).diagnostics
    (related,) = diagnostic.related
    assert related.span.line == first


@each_row(
    ("text", "expected"),
    [
        ("--- # one document\n" + HEAD, []),
        (HEAD + "...\n", []),
        ("---\n", ["1:1 QP010"]),
        ("~\n", ["1:1 QP010"]),
        ("''\n", ["1:1 QP010"]),
        ("kế hoạch\n", ["1:1 QP010"]),
        ("- kind: plan\n", ["1:1 QP010"]),
        ("{}\n", ["1:1 QP010"]),
        ("id: KH\n", ["1:1 QP010"]),
        ("id: KH\nkind: Plan\n", ["2:7 QP010"]),
        ("kind:\nid: KH\n", ["1:1 QP010"]),
        ("kind: [plan]\n", ["1:7 QP010"]),
        ("kind: {plan: x}\n", ["1:7 QP010"]),
    ],
)
def test_a_file_is_one_document_with_a_kind(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@each_row(
    ("name", "text", "kind"),
    [
        ("qmsplan.yaml", "units: []\n", "workspace"),
        ("a.yaml", "readings: []\n", "progress"),
        ("a.yaml", "id: A\n", "plan"),
    ],
)
def test_the_kind_of_a_file_is_guessed_by_what_it_holds(name: str, text: str, kind: str) -> None:
    (diagnostic,) = read_content(text.encode(), name).diagnostics
    assert diagnostic.hint is not None
    assert dict(diagnostic.hint.values) == {"kind": kind}


@each_row("text", ["kind: [plan]\n", "kind:\n  - plan\n", "kind: {plan: x}\n"])
def test_no_value_of_python_is_shown(text: str) -> None:
    (diagnostic,) = document(text).diagnostics
    assert not any("[" in value or "{" in value for _, value in diagnostic.message.values)


@each_row("count", [21, 1_000, 10_000])
@each_row("opening", ["[", "{a: ", "- ", "? - "])
def test_depth_is_refused_at_the_level_beyond_the_deepest(opening: str, count: int) -> None:
    (place,) = found(opening * count)
    assert place.endswith(("QP007", "QP005"))
    assert place.startswith("1:")


def test_the_deepest_level_is_allowed() -> None:
    assert isinstance(read_yaml("[" * DEEPEST + "]" * DEEPEST).value, list)
    assert found("[" * DEEPEST + "]" * DEEPEST) == ["1:1 QP010"]
    assert found("[" * (DEEPEST + 1)) == ["1:21 QP007"]
    assert found("{a: " * (DEEPEST + 1)) == ["1:81 QP007"]
    assert found("- " * (DEEPEST + 1)) == ["1:41 QP007"]


def test_ten_thousand_levels_of_blocks() -> None:
    text = "".join(" " * level + "a:\n" for level in range(1_300))
    assert found(text) == ["21:21 QP007"]


def test_the_longest_text_is_allowed_and_one_letter_more_is_not() -> None:
    assert found(preamble("ạ" * LONGEST_SCALAR)) == []
    assert found(preamble("ạ" * (LONGEST_SCALAR + 1))) == ["7:11 QP007"]
    assert found(preamble('"' + "ạ" * (LONGEST_SCALAR + 1) + '"')) == ["7:11 QP007"]
    assert found(preamble("|\n  " + "ạ" * (LONGEST_SCALAR + 1))) == ["7:11 QP007"]


def test_a_number_of_a_hundred_thousand_digits_is_long_text() -> None:
    assert found(HEAD.replace("2026", "1" * 100_000)) == ["4:9 QP007"]
    assert found(HEAD.replace("2026", "1" * 20_000)) == ["4:9 QP013"]


def test_a_key_longer_than_yaml_allows() -> None:
    (place,) = found(HEAD + "k" * 1_025 + ": x\n")
    assert place.endswith("QP004")


def test_the_most_values_are_allowed_and_one_more_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmsplan.load.yaml.MOST_NODES", 2_000)
    text = "- a\n" * 1_999
    assert found(text) == ["1:1 QP010"]
    assert found(text + "- a\n") == ["2000:3 QP007"]
