"""Where a cursor stands in a text, by its lines alone. `|` is the cursor."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qmsplan.load.yaml import read_yaml
from qmsplan.lsp.places import cursor_at
from rows import each_row

VALUES = {
    "id: K|H": (("id",), "K"),
    "tasks:\n  - id: NV|1": (("tasks", 0, "id"), "NV"),
    "tasks:\n- id: A\n- id: |B": (("tasks", 1, "id"), ""),
    "tasks:\n  - id: A\n    lead: Phòng |": (("tasks", 0, "lead"), "Phòng "),
    "tasks:\n  - id: A\n    activities:\n      - id: B\n  - id: C|": (("tasks", 1, "id"), "C"),
    "head:\n  title: >-\n    dòng một\n    dòng h|ai\n": (("head", "title"), "dòng h"),
    "text: |\n  a\nid: |x".replace("text: |", "text: >"): (("id",), ""),
    "refs: [A, B|]": (("refs", 1), "B"),
    "readings:\n  - {item: MT01, period: 2026|": (("readings", 0, "period"), "2026"),
    '"id": x|': (("id",), "x"),
    "a:\n  # lời ghi\n\n  b: |": (("a", "b"), ""),
}
KEYS = {
    "|": ((), "", frozenset()),
    "id: A\nta|": ((), "ta", frozenset({"id"})),
    "tasks:\n  - id: A\n    |\n    lead: B": (("tasks", 0), "", frozenset({"id", "lead"})),
    "tasks:\n  - |": (("tasks", 0), "", frozenset()),
    "tasks:\n  - id: A\n  - i|\n    lead: C": (("tasks", 1), "i", frozenset({"lead"})),
    "head:\n  title: A\n|": ((), "", frozenset({"head"})),
    "tasks:\n  -| {id: A": (("tasks", 0), "", frozenset()),
    "events:\n  - {id|": (("events", 0), "id", frozenset()),
    "tasks:\n  - {id: A, text: [b], le|": (("tasks", 0), "le", frozenset({"id", "text"})),
    "tasks:\n  - id: A\n    activities:\n      - id: B\n    le|": (("tasks", 0), "le", frozenset({"id", "activities"})),
}


def at(marked: str) -> tuple[list[str], int, int]:
    before, _, after = marked.rpartition("|")
    lines = (before + after).split("\n")
    return lines, before.count("\n"), len(before) - before.rfind("\n") - 1


@each_row("marked", VALUES)
def test_on_a_value(marked: str) -> None:
    found = cursor_at(*at(marked))
    assert (found.path, found.typed, found.is_key) == (*VALUES[marked], False)


@each_row("marked", KEYS)
def test_on_the_name_of_a_field(marked: str) -> None:
    found = cursor_at(*at(marked))
    assert (found.path, found.typed, found.beside, found.is_key) == (*KEYS[marked], True)
    assert found.start <= at(marked)[2]


names = st.sampled_from(["id", "text", "lead", "tasks", "note"])
trees = st.recursive(
    st.sampled_from(["a", "b c", "2026-Q1"]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(names, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)  # fmt: skip


def written(tree: object, indent: int) -> list[str]:
    """A tree as block YAML."""
    if isinstance(tree, str):
        return [" " * indent + tree]
    if isinstance(tree, list):
        blocks = [written(entry, indent + 2) for entry in tree]
        return [line for first, *rest in blocks for line in (" " * indent + "- " + first[indent + 2 :], *rest)]
    assert isinstance(tree, dict)
    lines: list[str] = []
    for name, value in tree.items():
        below = written(value, indent + 2)
        lines += [" " * indent + f"{name}: {value}"] if isinstance(value, str) else [" " * indent + f"{name}:", *below]
    return lines


def leaves(tree: object, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(tree, str):
        return [(path, tree)]
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree)  # type: ignore[arg-type]
    return [leaf for name, value in parts for leaf in leaves(value, (*path, name))]


@given(st.dictionaries(names, trees, min_size=1, max_size=3))
def test_the_place_of_every_value_is_the_parser_s(tree: dict[str, object]) -> None:
    lines = written(tree, 0)
    assert read_yaml("\n".join(lines)).value == tree
    expected = leaves(tree)
    ends = [number for number, line in enumerate(lines) if not line.rstrip().endswith(":")]
    for number, (path, value) in zip(ends, expected, strict=True):
        found = cursor_at(lines, number, len(lines[number]))
        assert found.path == path, (number, lines)
        assert found.typed == value
