"""What holds for every text, every path and every tree."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from loading import HEAD, PROGRESS, check_text, is_inside
from trees import PLAN, SETTINGS, mutants, paths
from trees import PROGRESS as RECORD

from qmsplan.diagnostics import Path
from qmsplan.load.document import Source, read_content
from qmsplan.load.pydantic_errors import validate
from qmsplan.load.yaml import read_yaml
from qmsplan.model.plan import Item, Plan
from qmsplan.model.progress import Progress
from qmsplan.model.settings import Settings
from rows import each_row

PIECES = [
    "kind", "plan", "id", "head", "tasks", "text", "deadline", "Kế hoạch", "a", "98", ":", ": ", "- ", "-",
    "? ", "[", "]", "{", "}", ",", "\n", "\n  ", "\n    ", "\r\n", "\r", "\t", "#", " #", " # ", "|\n", ">\n",
    "|2-\n", "'", '"', "&x", "*x", "!t", "%", "%YAML 1.3\n", "@", "`", "---\n", "...\n", "<<", "~", "\\",
    "\\u0301", "\\ud800", "o\u0323", "\x00", "\x85", "\u2028", "\u202e", "\ufeff", "\ud800", "😀",
]  # fmt: skip

yaml_like = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
plans_spoilt = st.tuples(st.integers(0, len(HEAD)), yaml_like).map(lambda cut: HEAD[: cut[0]] + cut[1] + HEAD[cut[0] :])
texts = st.one_of(st.text(max_size=60), yaml_like, plans_spoilt)
keys = st.one_of(st.sampled_from(["kind", "head", "type", "tasks", "id", "a", ""]), st.integers(-2, 3))
some_paths = st.lists(keys, max_size=4).map(tuple)

KINDS: dict[str, tuple[type, dict[str, Any]]] = {
    "plan": (Plan, PLAN),
    "progress": (Progress, RECORD),
    "workspace": (Settings, SETTINGS),
}


@given(texts)
@example("kind: [plan]\n")
@example("kind: {a: b}\n")
@example(HEAD + "period: ٠٠٠٠\n")
@example(HEAD.replace("2026", "٠٠٠٠"))
@example(HEAD.replace("2026", "0000-0000"))
@example(HEAD + "basis: '\ud800'\n")
@example(HEAD + "basis: '\x00'\n")
@example("\ud800")
@example("\ufeff")
@example(HEAD.replace("\n", "\r") + "basis: x #1\r")
@example(HEAD + "basis: a\r\r\r  b #1\n")
@example("? a\n? a\n")
@example("a: b\n\x85c: d #e")
def test_any_text_gives_a_document(text: str) -> None:
    check_text(text)


@given(plans_spoilt, some_paths)
@example("a\rb: c", ("a",))
@example("a: |\r  b\r  c", ("a", 1))
@example("a: |\n", ("a", 0))
@example("a: |", ("a", 0))
@example("a: |\n  b", ("a", 5))
@example("", ())
def test_any_path_has_a_place_inside_the_text(text: str, path: Path) -> None:
    source = Source("x", text)
    assert is_inside(source.lines, source.locate(path))
    assert is_inside(source.lines, source.locate_key(path))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text("xyz \n", max_size=8)), unique_by=lambda pair: pair[0]))
def test_what_is_located_is_what_stands_there(pairs: list[tuple[str, str]]) -> None:
    text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in pairs)
    for line, (key, value) in enumerate(pairs, 1):
        assert Source("x", text).locate((key,)) == (line, 4, line, 4 + len(json.dumps(value)))
        assert Source("x", text).locate_key((key,)) == (line, 1, line, 2)


@each_row("kind", KINDS)
def test_every_place_of_a_tree_is_found_again(kind: str) -> None:
    """JSON is YAML: each value of a tree, written as JSON, is located exactly."""
    tree = KINDS[kind][1]
    text = json.dumps(tree, ensure_ascii=False)
    assert read_yaml(text).value == tree
    source = Source("x", text)
    for path in paths(tree):
        span = source.locate(path)
        value: Any = tree
        for part in path:
            value = value[part]
        assert text[span.column - 1 : span.end_column - 1] == json.dumps(value, ensure_ascii=False)


@given(st.sampled_from(list(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), mutants(KINDS[kind][1]))))
def test_a_tree_is_a_value_or_told_to_be_none(spoilt: tuple[str, dict[str, Any]]) -> None:
    model, tree = KINDS[spoilt[0]][0], spoilt[1]
    value, faults = validate(model, tree)
    assert (value is None) == bool(faults)
    if value is not None:
        assert model.model_validate(dict(value)) == value


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_may_be_spoilt_alone(kind: str) -> None:
    """Not by chance: each place of a valid tree gets each shape of value once."""
    model, tree = KINDS[kind]
    for path in paths(tree):
        for spoilt in ("", "x", "٠٠٠٠", [], ["x"], [None], [[]], {}, {"bogus": "x"}):
            other = json.loads(json.dumps(tree))
            if not path:
                continue
            target = other
            for part in path[:-1]:
                target = target[part]
            target[path[-1]] = spoilt
            value, faults = validate(model, other)
            assert (value is None) == bool(faults)


@given(mutants(PLAN))
def test_faults_of_trees_are_told_inside_their_text(tree: dict[str, Any]) -> None:
    text = json.dumps(tree, indent=1)
    read = read_content(text.encode(), "x")
    for diagnostic in read.diagnostics:
        assert is_inside(text.split("\n"), diagnostic.span)


@each_row("text", [HEAD, PROGRESS, HEAD + "basis: >98%\n", HEAD + "bogus: 1\n", ""])
def test_every_prefix_of_a_text_gives_a_document(text: str) -> None:
    for length in range(len(text)):
        check_text(text[:length])


@given(
    st.dictionaries(st.sampled_from("pqrst"), st.text(max_size=3)).flatmap(lambda own: st.permutations([*own.items()]))
)
def test_equal_items_have_one_hash_whatever_the_order_of_their_fields(pairs: list[tuple[str, str]]) -> None:
    one = Item(id="T1", fields={name: (text,) for name, text in pairs})
    other = Item(id="T1", fields={name: (text,) for name, text in sorted(pairs)})
    assert (one, hash(one)) == (other, hash(other))
