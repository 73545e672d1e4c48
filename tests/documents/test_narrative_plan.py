"""The narrative plan with its annex table, and annexes with a head of their own in every template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from document_support import REGISTER, ROOT, loaded, part, plan_with, real_register, rendered, styled, text_of, texts

from qmsplan.documents.blocks import Cell, HeadBlock, Row, Table
from qmsplan.documents.plan_view import blocks_of
from qmsplan.documents.template import find_template
from qmsplan.model.plan import Annex, Item, Plan, Section
from qmsplan.model.table import TableForm
from rows import each_row

PROVINCE = loaded(ROOT / "plans" / "ubnd" / "UBND-KH122-2023.yaml")
ALL = TableForm(
    columns=("number", "text+measures", "lead", "support", "deadline", "deliverables+evaluation", "note+funding")
)
"""All columns of a table of tasks, with something in them or not."""
WITH_ANNEXES = ("work-plan", "objectives-table", "narrative-plan")


def task(name: str, text: str = "", **fields: Any) -> Item:
    return Item(id=name, text=(text,) if text else (), **fields)


def table_of(plan: Plan) -> Table:
    """The only table of a plan."""
    template = find_template(plan.template)
    assert template
    sections = blocks_of(plan, REGISTER, template)
    (table,) = (block for section in sections for block in section.blocks if isinstance(block, Table))
    return table


def annexed(*tasks: Item, **fields: Any) -> tuple[Row, ...]:
    """The rows below the header of an annex with these tasks."""
    plan = plan_with("narrative-plan", annexes=(Annex(title=("A",), tasks=tasks, table=ALL, **fields),))
    return table_of(plan).rows[2:]


def cells(row: Row) -> list[str]:
    """The texts of a row's cells; `3*text` for one that reaches down over three rows."""
    return [_cell(cell) for cell in row.cells]


def _cell(cell: Cell) -> str:
    text = "|".join("".join(getattr(run, "text", "¹") for run in para.content) for para in cell.paras)
    return f"{cell.rows}*{text}" if cell.rows > 1 else text


def test_the_header_has_two_rows() -> None:
    first, second = table_of(plan_with("narrative-plan", tasks=(task("A", "a"),), table=ALL)).rows[:2]
    assert [first.kind, second.kind] == ["header", "header"]
    assert cells(first)[:3] == ["2*TT", "2*Nội dung", "Cơ quan, đơn vị"]
    assert first.cells[2].columns == 2
    assert cells(second) == ["Chủ trì", "Phối hợp"]
    (alone,) = table_of(plan_with("narrative-plan", tasks=(task("A", "a", lead=("L",)),))).rows[:-1]
    assert cells(alone)[-1] == "Chủ trì"  # a heading over one column says nothing more


def test_every_detail_has_its_column() -> None:
    (row,) = annexed(
        task(
            "A",
            "a",
            number="1",
            measures=("m",),
            lead=("L",),
            support=("S^[n]",),
            deadline="D",
            deliverables=("r",),
            evaluation=("e",),
            funding=("f",),
            note=("n",),
        )
    )
    assert cells(row) == ["1", "a|m", "L", "S¹", "D", "r|e", "n|Kinh phí: f"]


def test_groups_reach_over_all_columns_and_hand_down() -> None:
    group = task("I", "g", number="I", lead=("L",), deadline="D", tasks=(task("A", "a"),))
    heading, row = annexed(groups=(group,))
    assert heading.kind == "group"
    assert cells(heading) == ["I", "g"]
    assert heading.cells[1].columns == 6
    assert cells(row) == ["", "a", "L", "", "D", "", ""]


def test_one_number_over_two_rows() -> None:
    parts = (task("B", "b", deadline="D1", deliverables=("r1",)), task("C", "c", number="1.2", note=("n",)))
    first, second = annexed(task("A", number="1", lead=("L",), support=("S",), deadline="D", activities=parts))
    assert cells(first) == ["2*1", "b", "2*L", "2*S", "D1", "r1", ""]
    assert cells(second) == ["1.2 c", "D", "", "n"]


def test_one_number_over_one_row() -> None:
    (row,) = annexed(task("A", number="1", lead=("L",), tasks=(task("B", "b"),)))
    assert cells(row) == ["1", "b", "L", "", "", "", ""]


@each_row("own", [{"lead": ("L2",)}, {"support": ("S2",)}, {"tasks": (task("D", "d"),)}, {"groups": (task("D", "d"),)}])
def test_a_number_does_not_span_what_has_people_or_rows_of_its_own(own: dict[str, Any]) -> None:
    rows = annexed(task("A", number="1", lead=("L",), activities=(task("B", "b", **own), task("C", "c"))))
    assert cells(rows[0]) == ["1", "", "L", "", "", "", ""]
    assert "b" in cells(rows[1])
    assert cells(rows[-1]) == ["", "c", "L", "", "", "", ""]


def test_items_below_an_item_with_text_have_rows_of_their_own() -> None:
    inner = task("B", "b", activities=(task("C", "c"),))
    rows = annexed(task("A", "a", lead=("L",), deadline="D", tasks=(inner,)))
    assert [cells(row)[1:5] for row in rows] == [[text, "L", "", "D"] for text in "abc"]


def test_objectives_below_a_task_are_results() -> None:
    results = (task("B", "trên 80%,", target=("trên 80%",)), task("C", "không sót"))
    (row,) = annexed(task("A", "a", deliverables=("Báo cáo",), objectives=results))
    assert cells(row)[5] == "Báo cáo|trên 80%, không sót"


def test_objectives_below_a_part_are_results_too() -> None:
    (row,) = annexed(task("A", number="1", activities=(task("B", "b", objectives=(task("C", "c"),)),)))
    assert cells(row)[5] == "c"


def test_an_objective_of_more_than_words_is_a_row() -> None:
    results = (task("B", "b"), task("C", "c", deliverables=("r",)), task("D", "d", tasks=(task("E", "e"),)))
    rows = annexed(task("A", "a", objectives=results))
    assert [cells(row)[1] for row in rows] == ["a", "c", "d", "e"]
    assert cells(rows[0])[5] == "b"
    assert cells(rows[1])[5] == "r"


def test_objectives_that_stand_alone_are_rows() -> None:
    (row,) = annexed(objectives=(task("A", "a", deliverables=("r",)),))
    assert cells(row)[1] == "a"


def test_a_plan_without_items_has_no_table() -> None:
    plan = plan_with("narrative-plan", annexes=(Annex(title=("A",), text=("t",)),))
    assert part(rendered(plan)).find(".//{*}tblHeader") is None


def test_items_of_a_list_get_the_mark_behind_their_number() -> None:
    tasks = tuple(
        Item(id=f"a{at}", number=number, text=("t",)) for at, number in enumerate(("1", "2.", "a", "1.1", "01"))
    )
    content = rendered(plan_with("work-plan", sections=(Section(number="I", title=("A",), tasks=tasks),)))
    assert styled(content, "Body")[-5:] == ["1. t", "2. t", "a) t", "1.1 t", "01 t"]


def test_sections_are_headings_and_paragraphs() -> None:
    inner = Section(number="1", title=("Mục tiêu",), text=("- Hoạt động:", "+ a"))
    plan = plan_with(
        "narrative-plan",
        sections=(Section(number="I", title=("A",), sections=(inner,)), Section(number="1", text=("b",))),
    )
    content = rendered(plan)
    assert styled(content, "Heading1") == ["I. A"]
    assert styled(content, "Heading2") == ["1. Mục tiêu"]
    assert styled(content, "Body")[-3:] == ["- Hoạt động:", "+ a", "1. b"]


def heads(plan: Plan) -> Iterator[HeadBlock]:
    template = find_template(plan.template)
    assert template
    for section in blocks_of(plan, REGISTER, template):
        yield from (block for block in section.blocks if isinstance(block, HeadBlock))


@pytest.mark.parametrize("template", WITH_ANNEXES)
def test_an_annex_has_no_head_unless_asked_for(template: str) -> None:
    plan = plan_with(template, annexes=(Annex(number="II", title=("Tên phụ lục",), info=("(Kèm theo)",)),))
    content = rendered(plan)
    assert len(list(heads(plan))) == 1
    assert styled(content, "AnnexNumber") == ["Phụ lục II"]
    assert styled(content, "AnnexTitle") == ["TÊN PHỤ LỤC"]
    assert styled(content, "AnnexInfo") == ["(Kèm theo)"]


@pytest.mark.parametrize("template", WITH_ANNEXES)
def test_an_annex_with_a_head_is_titled_like_a_document(template: str) -> None:
    plan = plan_with(template, annexes=(Annex(title=("Tên phụ lục", "dòng hai"), head=True),))
    content = rendered(plan)
    _, head = heads(plan)
    assert (head.parent, head.issuer) == (("Sở Tư pháp",), ("Trung tâm Trợ giúp pháp lý nhà nước",))
    assert (head.number, head.symbol, head.place, head.date, head.stamp) == (None, None, None, None, ())
    assert styled(content, "Type") == ["KẾ HOẠCH", "PHỤ LỤC"]
    assert styled(content, "Subject")[1:] == ["Tên phụ lục", "dòng hai"]
    assert styled(content, "Nation") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] * 2
    assert len(styled(content, "Number")) == 1


def test_the_province_s_annex() -> None:
    rows = table_of(PROVINCE).rows
    assert [row.kind for row in rows].count("group") == 6
    assert [cells(row)[0] for row in rows if row.kind == "group"] == ["I", "II.", "III.", "IV.", "V.", "VI."]
    shared = next(row for row in rows if row.cells[0].rows == 2 and row.kind == "item")
    assert cells(shared)[0] == "2*1"
    assert cells(shared)[2:4] == ["2*Sở Tư pháp", "2*Sở Nội vụ và các cơ quan, đơn vị có liên quan"]


def test_the_province_s_footnote_and_signatory() -> None:
    content = rendered(PROVINCE, real_register())
    (note,) = (text for text in map(text_of, part(content, "word/footnotes.xml")) if text.strip())
    assert note.startswith(" Theo quy định tại Thông tư liên tịch số 10/2018/")
    assert "KT. CHỦ TỊCH" in texts(content)
    assert texts(content)[texts(content).index("KT. CHỦ TỊCH") + 1] == "PHÓ CHỦ TỊCH"
