"""Fields stand in the order of the model's classes, two spaces a level; brackets become blocks."""

from __future__ import annotations

from random import Random
from textwrap import dedent

from laying import HEAD, laid, plan

from qmsplan.model.plan import Annex, Head, Item, Plan, Section, Signoff
from qmsplan.model.progress import Progress, Reading
from qmsplan.model.settings import Settings, Unit
from qmsplan.model.structured import Assignment, DeadlineForm, TargetForm
from qmsplan.yaml_edit.emit import Field, FieldKind, fields_of
from rows import each_row

CLASSES = [Plan, Head, Item, Section, Annex, Signoff, Progress, Reading, Settings, Unit, DeadlineForm, TargetForm]


@each_row("model", CLASSES)
def test_the_places_are_those_of_the_class(model: type) -> None:
    names = list(model.model_fields)
    assert sorted(fields_of(model), key=lambda name: fields_of(model)[name].place) == names


@each_row(
    ("model", "name", "kind", "inner"),
    [
        (Plan, "kind", FieldKind.TEXT, None),
        (Plan, "id", FieldKind.TEXT, None),
        (Plan, "period", FieldKind.TYPED, None),
        (Plan, "form", FieldKind.TYPED, None),
        (Plan, "head", FieldKind.TEXT, Head),
        (Plan, "basis", FieldKind.LINES, None),
        (Plan, "tasks", FieldKind.TEXT, Item),
        (Item, "number", FieldKind.TEXT, None),
        (Item, "text", FieldKind.LINES, None),
        (Item, "lead", FieldKind.TEXT, Assignment),
        (Item, "deadline", FieldKind.TEXT, DeadlineForm),
        (Item, "target", FieldKind.TEXT, TargetForm),
        (Item, "refs", FieldKind.TEXT, None),
        (Item, "tasks", FieldKind.TEXT, Item),
        (Signoff, "date", FieldKind.TYPED, None),
        (Reading, "numerator", FieldKind.TYPED, None),
        (Reading, "value", FieldKind.TYPED, None),
        (Reading, "recorded", FieldKind.TYPED, None),
        (Reading, "files", FieldKind.TEXT, None),
        (Unit, "aliases", FieldKind.LINES, None),
        (DeadlineForm, "due", FieldKind.TYPED, None),
        (DeadlineForm, "every", FieldKind.TEXT, None),
        (TargetForm, "comparator", FieldKind.TEXT, None),
    ],
)
def test_what_the_model_says_of_a_field(model: type, name: str, kind: FieldKind, inner: type | None) -> None:
    found = fields_of(model)[name]
    assert found == Field(found.place, kind, inner)


def test_no_class_has_no_fields() -> None:
    assert fields_of(None) == {}


EXAMPLE = """
    basis: Luật
    tasks:
      - id: A
        number: "1"
        text: một
        target:
          comparator: ">="
          value: 98
          unit: lần
        lead:
          - Phòng Nghiệp vụ
          - unit: NV
            scope: phần đầu
        deadline:
          text: Quý I
          due: 2026-03-31
        activities:
          - id: B
            text: hai
    recipients: |
      - Như trên;
      - Lưu: VT.
    signoff:
      number: 51/KH
      date: 2026-02-09
"""


def test_the_canonical_layout_is_left_alone() -> None:
    assert laid(plan(EXAMPLE)) == plan(EXAMPLE)


@each_row("seed", range(8))
def test_any_order_of_the_outer_fields_gives_the_same_text(seed: int) -> None:
    blocks: list[str] = []
    for line in plan(EXAMPLE).splitlines(keepends=True):
        if line[0] == " ":
            blocks[-1] += line
        else:
            blocks.append(line)
    Random(seed).shuffle(blocks)
    assert laid("".join(blocks)) == plan(EXAMPLE)


def test_inner_fields_are_put_in_order_too() -> None:
    typed = """
    signoff:
      date: 2026-02-09
      number: 51/KH
    tasks:
      - activities:
          - text: hai
            id: B
        deadline:
          due: 2026-03-31
          text: Quý I
        lead:
          - Phòng Nghiệp vụ
          - scope: phần đầu
            unit: NV
        target:
          unit: lần
          value: 98
          comparator: ">="
        text: một
        number: "1"
        id: A
    recipients: |
      - Như trên;
      - Lưu: VT.
    basis: Luật
    """
    assert laid(plan(typed)) == plan(EXAMPLE)


def test_brackets_become_blocks() -> None:
    typed = """
    {"basis": Luật, tasks: [{id: A, "number": "1", text: một,
     target: {comparator: ">=", value: "98", unit: lần}, lead: [Phòng Nghiệp vụ, {unit: NV, scope: phần đầu}],
        deadline: {text: Quý I, due: "2026-03-31"}, activities: [{id: B, text: hai}]}],
      recipients: "- Như trên;\\n- Lưu: VT.", signoff: {number: 51/KH, date: 2026-02-09},
      kind: plan, id: KH, template: work-plan, head: {type: KẾ HOẠCH}}
    """
    assert laid(dedent(typed)) == plan(EXAMPLE)


@each_row(
    ("typed", "expected"),
    [
        ("tasks: []\n", "tasks: []\n"),
        ("tasks: [   ]\n", "tasks: []\n"),
        ("tasks:\n- id: A\n  text: a\n  deadline: { }\n", "tasks:\n  - id: A\n    text: a\n    deadline: {}\n"),
        ("tasks:\n-   id: A\n    text: a\n", "tasks:\n  - id: A\n    text: a\n"),
        ("tasks:\n-\n      id: A\n      text: a\n", "tasks:\n  - id: A\n    text: a\n"),
        ("basis:\n- a\n- 'b: c'\n- 01\n", 'basis:\n  - a\n  - "b: c"\n  - "01"\n'),
        ("basis:\n- |\n  a\n  b\n", "basis:\n  - |\n    a\n    b\n"),
        ("note: ~\n", "note:\n"),
        ("note:\nclosing: null\n", "closing:\nnote:\n"),
        ("'closing': x\n", "closing: x\n"),
        ("? closing\n: x\n", "closing: x\n"),
        ("closing:    x   \n", "closing: x\n"),
        ("closing:\n  x\n", "closing: x\n"),
        ("closing: x", "closing: x\n"),
        ("closing: x\n...\n", "closing: x\n"),
    ],
)
def test_small_things(typed: str, expected: str) -> None:
    assert laid(HEAD + typed) == HEAD + expected


def test_a_document_mark_goes() -> None:
    assert laid("---\n" + HEAD) == HEAD


def test_a_field_without_a_value_and_without_a_meaning_stays_last() -> None:
    assert laid("chú thích:\n" + HEAD) == HEAD + "chú thích:\n"
    assert laid("'1':\n" + HEAD) == HEAD + '"1":\n'
