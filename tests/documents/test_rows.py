"""Items as rows of a table: which rows there are, what stands in them, and how far their cells reach."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from document_support import REGISTER, ROOT, loaded, plan_with, real_register
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.documents.blocks import Cell, Row, with_slots
from qmsplan.documents.fill import DETAIL_COLUMNS, fill, table_rows
from qmsplan.documents.plan_view import view_of
from qmsplan.documents.template import Template
from qmsplan.model.plan import Item
from rows import each_row

LISTS = ("groups", "objectives", "tasks", "activities")
DETAILS = ("deliverables", "lead", "support", "deadline", "funding", "note")


def item(number: str = "", text: str = "x", **fields: Any) -> Item:
    given: dict[str, Any] = {
        name: tuple(value) if name in LISTS else value if name == "deadline" else (value,)
        for name, value in fields.items()
    }
    return Item(id="A", number=number, text=(text,), **given)


def rows_of(columns: str = DETAIL_COLUMNS, **lists: Any) -> list[dict[str, Any]]:
    fields: Any = {name: tuple(items) for name, items in lists.items()}
    return table_rows(view_of(plan_with(**fields), REGISTER), columns)


def shown(rows: list[dict[str, Any]], *names: str) -> list[tuple[object, ...]]:
    """For each row its cells as `text` or `(text, rows)` of more than one; "" where one from above reaches down."""
    return [tuple(_shown(row[name]) for name in names) for row in rows]


def _shown(cell: Any) -> object:
    if cell == "":
        return ""
    text = cell.get("labelled", cell["text"])
    return text if cell["rows"] == 1 else (text, cell["rows"])


def test_a_row_starts_at_each_task() -> None:
    tasks = [item("2.1.", "a", lead="P"), item("2.2.", "b", lead="Q")]
    rows = rows_of(objectives=[item("1", "o", tasks=tasks)])
    assert shown(rows, "objective", "task", "lead") == [(("1 o", 2), "2.1. a", "P"), ("", "2.2. b", "Q")]
    assert rows[0]["objective"] == {"number": "1", "text": "o", "labelled": "1 o", "rows": 2}


def test_activities_that_say_nothing_more_share_a_row() -> None:
    task = item("2.1.", "t", lead="P", activities=[item("3.1.", "a"), item("3.2.", "b"), item("3.3.", "c")])
    (row,) = rows_of(objectives=[item("1", "o", tasks=[task])])
    assert row["activities"]["labelled"] == "3.1. a\n3.2. b\n3.3. c"
    assert row["activities"]["text"] == "a\nb\nc"


def test_an_activity_with_details_starts_a_row() -> None:
    activities = [item("3.1.", "a"), item("3.2.", "b"), item("3.3.", "c", deadline="Quý I", deliverables="R")]
    task = item("2.1.", "t", lead="P", deadline="Quý IV", deliverables="S", activities=activities)
    rows = rows_of(objectives=[item("1", "o", tasks=[task])])
    assert shown(rows, "objective", "task", "activities", "lead", "deadline", "deliverables") == [
        (("1 o", 2), ("2.1. t", 2), "3.1. a\n3.2. b", ("P", 2), "Quý IV", "S"),
        ("", "", "3.3. c", "", "Quý I", "R"),
    ]


def test_an_activity_after_one_with_details_has_the_tasks_again() -> None:
    activities = [item("3.1.", "a", deadline="Quý I"), item("3.2.", "b")]
    task = item("2.1.", "t", deadline="Quý IV", activities=activities)
    rows = rows_of(objectives=[item("1", "o", tasks=[task])])
    assert shown(rows, "activities", "deadline") == [("3.1. a", "Quý I"), ("3.2. b", "Quý IV")]


def test_details_come_from_the_nearest_item() -> None:
    tasks = [item("2.1.", "a", deadline="Hàng năm"), item("2.2.", "b", deadline="Quý I", lead="Q"), item("2.3.", "c")]
    rows = rows_of(objectives=[item("1", "o", lead="P", support="S", deadline="Năm 2026", tasks=tasks)])
    assert shown(rows, "lead", "support", "deadline") == [
        ("P", ("S", 3), "Hàng năm"),
        ("Q", "", "Quý I"),
        ("P", "", "Năm 2026"),
    ]


def test_equal_words_of_two_items_are_two_cells() -> None:
    rows = rows_of(objectives=[item("1", "o", tasks=[item("a", lead="P"), item("b", lead="P")])])
    assert shown(rows, "lead") == [("P",), ("P",)]


def test_what_nobody_says_is_a_cell_in_each_row() -> None:
    rows = rows_of(objectives=[item("1", "o", tasks=[item("a", lead="P"), item("b", lead="Q")])])
    assert shown(rows, "funding") == [("",), ("",)]
    assert [row["funding"]["rows"] for row in rows] == [1, 1]


def test_bare_tasks_share_the_objectives_own_activities() -> None:
    tasks = [item("2.6.", "a"), item("2.7.", "b")]
    activities = [item("3.10.", "c"), item("3.11.", "d")]
    rows = rows_of(objectives=[item("6", "o", lead="P", tasks=tasks, activities=activities)])
    assert shown(rows, "objective", "task", "activities", "lead") == [
        ("6 o", "2.6. a\n2.7. b", "3.10. c\n3.11. d", "P")
    ]


def test_otherwise_the_objectives_own_activities_stand_below_its_tasks() -> None:
    tasks = [item("2.1.", "a", deadline="Quý I")]
    rows = rows_of(objectives=[item("1", "o", tasks=tasks, activities=[item("3.1.", "b")])])
    assert shown(rows, "objective", "task", "activities") == [(("1 o", 2), "2.1. a", ""), ("", "", "3.1. b")]


def test_what_activities_hide_of_a_task_has_a_row_of_its_own() -> None:
    activities = [item("3.1.", "a", lead="Q"), item("3.2.", "b", lead="R")]
    task = item("2.1.", "t", lead="P", deadline="Quý I", activities=activities)
    rows = rows_of(objectives=[item("1", "o", tasks=[task])])
    assert shown(rows, "objective", "task", "activities", "lead", "deadline") == [
        (("1 o", 3), ("2.1. t", 3), "", "P", ("Quý I", 3)),
        ("", "", "3.1. a", "Q", ""),
        ("", "", "3.2. b", "R", ""),
    ]


def test_what_tasks_hide_of_an_objective_has_a_row_of_its_own() -> None:
    rows = rows_of(objectives=[item("1", "o", lead="P", tasks=[item("2.1.", "t", lead="Q")])])
    assert shown(rows, "objective", "task", "lead") == [(("1 o", 2), "", "P"), ("", "2.1. t", "Q")]


def test_groups_are_rows_of_their_own_and_pass_on_what_they_say() -> None:
    inner = item("A", "g", objectives=[item("1", "o"), item("2", "p", lead="Q")])
    rows = rows_of(groups=[item("I", "G", lead="P", groups=[inner])])
    assert [(row["kind"], row.get("level"), row.get("labelled")) for row in rows[:2]] == [
        ("group", 1, "I G"),
        ("group", 2, "A g"),
    ]
    assert shown(rows[2:], "objective", "lead") == [("1 o", "P"), ("2 p", "Q")]


def test_no_cell_reaches_from_one_objective_to_the_next() -> None:
    rows = rows_of(groups=[item("I", "G", lead="P", objectives=[item("1"), item("2")])])
    assert shown(rows[1:], "lead") == [("P",), ("P",)]


def test_tasks_without_an_objective() -> None:
    rows = rows_of(
        tasks=[item("1", "a", lead="P"), item("2", "b", activities=[item("-", "c", lead="Q"), item("-", "d")])]
    )
    assert shown(rows, "objective", "task", "activities", "lead") == [
        ("", "1 a", "", "P"),
        (("", 2), ("2 b", 2), "- c", "Q"),
        ("", "", "- d", ""),
    ]


def test_a_number_spans_the_activities_of_a_task_without_text() -> None:
    task = Item(id="A", number="3", text=(), activities=(item("", "a", lead="P"), item("", "b", lead="Q")))
    rows = rows_of(tasks=[task])
    assert [row["task"] and (row["task"]["number"], row["task"]["rows"]) for row in rows] == [("3", 2), ""]
    assert shown(rows, "activities", "lead") == [("a", "P"), ("b", "Q")]


def test_activities_without_a_task() -> None:
    assert shown(rows_of(activities=[item("1", "a"), item("2", "b", lead="P")]), "task", "activities", "lead") == [
        (("", 2), "1 a", ""),
        ("", "2 b", "P"),
    ]


def test_tasks_below_tasks_and_activities_below_activities() -> None:
    inner = item("2.1.1.", "b", lead="Q", activities=[item("c", activities=[item("d")])])
    rows = rows_of(objectives=[item("1", "o", tasks=[item("2.1.", "a", deadline="Quý I", tasks=[inner])])])
    assert shown(rows, "task", "activities", "lead", "deadline") == [
        ("2.1. a", "", "", ("Quý I", 2)),
        ("2.1.1. b", "c x\nd x", "Q", ""),
    ]


def test_measures_stand_with_the_activities() -> None:
    task = Item(id="A", text=("t",), measures=("m", "n"), activities=(item("3.1.", "a"),))
    (row,) = rows_of(objectives=[item("1", "o", tasks=[task])])
    assert row["activities"]["labelled"] == "m\nn\n3.1. a"


def test_a_column_of_several_fields() -> None:
    (row,) = rows_of("funding+note lead", tasks=[item("1", funding="10 triệu", note="dự kiến")])
    assert row["funding"] == {"funding": "10 triệu", "note": "dự kiến", "text": "10 triệu\ndự kiến", "rows": 1}
    assert set(row) == {"kind", "objective", "task", "activities", "funding", "lead"}


def test_a_field_that_is_in_no_column_starts_no_row() -> None:
    task = item("1", activities=[item("a"), item("b", note="n")])
    assert len(rows_of("lead", tasks=[task])) == 1


def test_nothing_makes_no_rows() -> None:
    assert rows_of() == []


# Laws over any tree of items.


@st.composite
def branches(draw: st.DrawFn) -> dict[str, tuple[Item, ...]]:
    names = count()

    def details() -> dict[str, Any]:
        chosen = draw(st.sets(st.sampled_from(DETAILS), max_size=3))
        return {name: f"{name}-{next(names)}" for name in sorted(chosen)}

    def some(kind: str, most: int, **lists: Any) -> tuple[Item, ...]:
        return tuple(
            item(
                f"n{next(names)}.", f"{kind}-{next(names)}", **details(), **{key: part() for key, part in lists.items()}
            )
            for _ in range(draw(st.integers(0, most)))
        )

    def activities() -> tuple[Item, ...]:
        return some("activity", 3)

    def tasks() -> tuple[Item, ...]:
        return some("task", 3, activities=activities)

    def objectives() -> tuple[Item, ...]:
        return some("objective", 2, tasks=tasks, activities=activities)

    groups = tuple(
        item(f"g{next(names)}", f"group-{next(names)}", objectives=objectives(), tasks=tasks())
        for _ in range(draw(st.integers(0, 2)))
    )
    return {"groups": groups, "objectives": objectives(), "tasks": tasks(), "activities": activities()}


def items_of(branch: Any) -> Iterator[Item]:
    for name in LISTS:
        for found in branch[name] if isinstance(branch, dict) else getattr(branch, name):
            yield found
            yield from items_of(found)


def cells_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    if row["kind"] == "group":
        return [{"text": row["labelled"], "rows": 1, "columns": 9}]
    names = ("objective", "task", "activities", *DETAILS)
    return [{"rows": cell["rows"], "columns": 1, "text": cell["text"]} for name in names if (cell := row[name])]


@given(branches())
def test_cells_tile_the_table(branch: Any) -> None:
    """The grid refuses what leaves a gap or overlaps."""
    rows = tuple(
        Row(1, "item", tuple(Cell(1, (), cell["columns"], cell["rows"]) for cell in cells_of(row)))
        for row in rows_of(**branch)
    )
    assert len(list(with_slots(rows, 9))) == len(rows)


@given(branches())
def test_every_item_stands_once_and_in_order(branch: Any) -> None:
    rows = rows_of(**branch)
    printed = [line for row in rows if row["kind"] == "group" for line in [row["text"]]]
    assert printed == [found.text[0] for found in items_of(branch) if found.text[0].startswith("group")]
    for kind, column in (("objective", "objective"), ("task", "task"), ("activity", "activities")):
        lines = [line for row in rows if row.get(column) for line in row[column]["text"].split("\n") if line]
        assert lines == [found.text[0] for found in items_of(branch) if found.text[0].startswith(kind)]


@given(branches())
def test_every_detail_is_shown(branch: Any) -> None:
    """What hides all that an item says does not make it go: the item gets a row."""
    rows = [row for row in rows_of(**branch) if row["kind"] == "item"]
    for name in DETAILS:
        printed = {row[name]["text"] for row in rows if row[name]} - {""}
        typed = {_typed(found, name) for found in items_of(branch) if not found.text[0].startswith("group")} - {""}
        assert printed == typed


def _typed(found: Item, name: str) -> str:
    value: Any = getattr(found, name)
    return value if isinstance(value, str) else "".join(value or ())


@given(branches())
def test_labels_are_numbers_with_texts(branch: Any) -> None:
    for row in rows_of(**branch):
        for cell in (
            [row] if row["kind"] == "group" else filter(None, (row["objective"], row["task"], row["activities"]))
        ):
            pairs = zip(cell["labelled"].split("\n"), cell["text"].split("\n"), strict=True)
            assert all(labelled.endswith(text) for labelled, text in pairs)


def test_the_framework_of_the_repository() -> None:
    plan = loaded(ROOT / "plans" / "stp" / "STP-CCHC-2026-2030.yaml")
    rows = table_rows(view_of(plan, real_register())["annexes"][0])
    assert sum(row["kind"] == "group" for row in rows) == 9
    assert sum(bool(row.get("objective")) for row in rows) == 43
    heights = [row["objective"]["rows"] for row in rows if row.get("objective")]
    assert heights[:5] == [4, 3, 2, 2, 3]
    shared = [row["task"]["labelled"] for row in rows if row.get("task") and "\n" in row["task"]["labelled"]]
    assert [text.partition(" ")[0] for text in shared] == ["2.6.", "2.8.", "2.1.", "2.2."]


@each_row("name", ["lead", "deadline"])
def test_no_row_of_the_framework_lacks_what_it_must_say(name: str) -> None:
    plan = loaded(ROOT / "plans" / "stp" / "STP-CCHC-2026-2030.yaml")
    rows = table_rows(view_of(plan, real_register())["annexes"][0])
    assert all(row[name] == "" or row[name]["text"] for row in rows if row["kind"] == "item")


def test_templates_ask_for_rows_and_columns() -> None:
    source = "{% for row in plan|rows('lead') %}{{ row.task.number }}{{ row.lead.text }};{% endfor %}"
    template = Template("t", "t.xml.j2", source)
    view = view_of(plan_with(tasks=(item("1", lead="P"), item("2", lead="Q"))), REGISTER)
    assert fill(template, {"plan": view}) == "1P;2Q;"


def test_what_a_cell_holds_goes_before_what_dicts_can_do() -> None:
    template = Template("t", "t.xml.j2", "{{ cell.items }}{{ cell.rows }}")
    assert fill(template, {"cell": {"items": "a", "rows": 2}}) == "a2"
