"""The framework template: the table, and which parts of a plan get pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from document_support import REGISTER, SAMPLES, W, loaded, part, plan_with, rendered, text_of, texts

from qmsplan.documents.blocks import Cell, Flow, Para, Row, SectionBlock, Table
from qmsplan.documents.plan_view import blocks_of
from qmsplan.documents.template import find_template
from qmsplan.model.plan import Annex, Item, Plan, Signatory
from qmsplan.model.plan import Section as Part
from qmsplan.model.table import TableForm
from rows import each_row

TASK = Item(id="T", number="2.1.", text=("việc",), lead=("Văn phòng",))
OBJECTIVE = Item(id="O", number="1", text=("1.1. mục tiêu",), tasks=(TASK,))
GROUP = Item(id="I", number="I", text=("NHÓM",), objectives=(OBJECTIVE,))
ANNEX = Annex(title=("KHUNG",), groups=(GROUP,))
ALL = TableForm(
    columns=(
        *("number", "objective", "task", "activities", "deliverables+evaluation"),
        *("lead", "support", "deadline", "funding+note"),
    )
)
"""All columns of a framework, with something in them or not."""


def sections_of(plan: Plan) -> tuple[SectionBlock, ...]:
    template = find_template("framework-table")
    assert template
    return blocks_of(plan, REGISTER, template)


def made(**fields: Any) -> tuple[SectionBlock, ...]:
    return sections_of(plan_with("framework-table", **fields))


def kinds(section: SectionBlock) -> list[str]:
    return [type(block).__name__ for block in section.blocks]


def tables(blocks: Iterable[Flow]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def cells(row: Row) -> list[str]:
    return [_text(cell) for cell in row.cells]


def _text(cell: Cell) -> str:
    return "|".join("".join(getattr(run, "text", "") for run in para.content) for para in cell.paras)


def rows(*items: Item) -> Iterator[list[str]]:
    """The cells of the rows below the header, of an annex with these objectives."""
    (section,) = made(annexes=(Annex(title=("A",), objectives=items),))
    (table,) = tables(section.blocks)
    return map(cells, table.rows[1:])


def test_a_plan_that_is_only_an_annex_prints_only_the_annex() -> None:
    (section,) = made(annexes=(ANNEX,))
    assert (section.kind, section.orientation) == ("annex", "landscape")
    assert kinds(section) == ["Para", "Para", "Para", "Table"]


@each_row(
    "field",
    [
        {"basis": ("Căn cứ",)},
        {"preamble": ("Như sau",)},
        {"closing": ("./.",)},
        {"recipients": ("- VT",)},
        {"sections": (Part(number="I", title=("T",)),)},
        {"signatory": Signatory(position=("GIÁM ĐỐC",))},
        {"signatory": Signatory(position=(), name="Nguyễn Văn A")},
    ],
)
def test_whatever_else_is_said_has_pages_before_the_annex(field: dict[str, Any]) -> None:
    text, annex = made(annexes=(ANNEX,), **field)
    assert (text.kind, text.orientation) == ("section", "portrait")
    assert kinds(text)[:2] == ["HeadBlock", "Title"]
    assert tables(text.blocks) == []
    assert annex.kind == "annex"


@each_row(
    "field",
    [
        {"groups": (GROUP,)},
        {"objectives": (OBJECTIVE,)},
        {"tasks": (TASK,)},
        {"sections": (Part(objectives=(OBJECTIVE,)),)},
    ],
)
def test_a_table_in_the_text_makes_its_pages_wide(field: dict[str, Any]) -> None:
    (section,) = made(**field)
    assert (section.kind, section.orientation) == ("section", "landscape")
    assert kinds(section) == ["HeadBlock", "Title", "Table", "Signature"]


def test_a_plan_with_nothing_in_it_has_a_head() -> None:
    (section,) = made()
    assert kinds(section) == ["HeadBlock", "Title", "Signature"]


def test_the_word_table_in_a_text_is_no_table() -> None:
    (section,) = made(preamble=("<table widths='1'>",))
    assert section.orientation == "portrait"


def test_an_annex_may_have_a_head_of_its_own() -> None:
    (section,) = made(annexes=(Annex(number="II", title=("KHUNG",), head=True, groups=(GROUP,)),))
    assert kinds(section) == ["HeadBlock", "Para", "Para", "Para", "Table"]
    assert [block.style for block in section.blocks if isinstance(block, Para)] == ["type", "subject", "annex-info"]


def test_money_of_a_group_stands_once_beside_its_name() -> None:
    """Below each objective again it looked as if each of them had it."""
    groups = (GROUP.replaced(funding=("2 tỷ đồng",), support=("Phòng A",), objectives=(OBJECTIVE, OBJECTIVE)),)
    (section,) = made(annexes=(ANNEX.replaced(groups=groups),))
    (table,) = tables(section.blocks)
    found = [cells(row) for row in table.rows if row.kind != "header"]
    assert [row.count("2 tỷ đồng") for row in found] == [1, 0, 0]
    assert [row.count("Phòng A") for row in found] == [1, 1, 1]


def test_the_header_repeats_and_group_rows_go_across() -> None:
    (section,) = made(annexes=(ANNEX.replaced(table=ALL),))
    (table,) = tables(section.blocks)
    assert [row.kind for row in table.rows] == ["header", "group", "item"]
    header, group, _ = table.rows
    assert cells(header)[:2] == ["TT", "1- Mục tiêu/Chỉ tiêu/ Nội dung"]
    assert cells(group) == ["I", "NHÓM"]
    assert [cell.columns for cell in group.cells] == [1, 8]


def test_a_row() -> None:
    task = Item(
        id="T",
        number="2.1.",
        text=("việc",),
        lead=("P", "Q"),
        support=("R",),
        deadline="Hàng năm",
        deliverables=("- a;", "- b."),
        evaluation=("đánh giá",),
        funding=("10 triệu",),
        note=("dự kiến",),
        activities=(Item(id="A", number="3.1.", text=("x",)), Item(id="B", number="3.2.", text=("y",))),
    )
    assert list(rows(Item(id="O", number="1", text=("1.1. mục tiêu",), tasks=(task,)))) == [
        [
            *("1", "1.1. mục tiêu", "2.1. việc", "3.1. x|3.2. y", "- a;|- b.|đánh giá"),
            *("P; Q", "R", "Hàng năm", "10 triệu|Ghi chú: dự kiến"),
        ]
    ]


def test_tasks_without_an_objective_leave_its_columns_empty() -> None:
    (section,) = made(annexes=(Annex(title=("A",), tasks=(TASK,), table=ALL),))
    (table,) = tables(section.blocks)
    assert cells(table.rows[1]) == ["", "", "2.1. việc", "", "", "Văn phòng", "", "", ""]


def test_numbers_and_titles_of_annexes() -> None:
    first, second = made(
        annexes=(Annex(number="I", title=("A",)), Annex(number="II", title=("B",), info=("(Kèm theo)",)))
    )
    made_line = (
        "(Kèm theo Kế hoạch số      /KH-TGPL ngày      tháng      năm      của Trung tâm Trợ giúp pháp lý nhà nước)"
    )
    assert [_para(block) for block in first.blocks] == ["Phụ lục I", "A", made_line]
    assert [_para(block) for block in second.blocks] == ["Phụ lục II", "B", "(Kèm theo)"]


def _para(block: Any) -> str:
    return "".join(run.text for run in block.content)


def test_the_sample_shows_every_shape_of_row() -> None:
    _, annex = sections_of(loaded(SAMPLES["framework-table"]))
    (table,) = tables(annex.blocks)
    spans = [[cell.rows for cell in row.cells] for row in table.rows if row.kind == "item"]
    assert spans == [
        [2, 2, 1, 1, 1, 1, 1, 1, 1],
        [1] * 7,
        [2, 2, 2, 1, 1, 2, 1, 1, 1],
        [1] * 5,
        [1] * 9,
    ]


def test_italics_inside_a_text() -> None:
    item = Item(id="X", text=("hồ sơ (*trừ hồ sơ mật*).",))
    plan = plan_with("framework-table", annexes=(Annex(title=("A",), objectives=(item,)),))
    italic = [run for run in part(rendered(plan)).iter(f"{W}r") if run.find(f"{W}rPr/{W}i") is not None]
    assert [text_of(run) for run in italic] == ["trừ hồ sơ mật"]
    assert "hồ sơ (trừ hồ sơ mật)." in texts(rendered(plan))
