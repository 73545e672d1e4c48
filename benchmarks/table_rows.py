"""Long tables: an annex rendered by qmsplan, beside the same table as one raw XML fragment put into a python-docx file.

Both run in this process, in turns and after a first run each, so that start-up counts for neither. Times are CPU, the
least of all runs: other work on the machine only adds to it."""

from __future__ import annotations

import argparse
import gc
import io
import time
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml

from qmsplan.documents.plan_view import render
from qmsplan.documents.profile import load_profile
from qmsplan.documents.template import find_template
from qmsplan.documents.word_base import open_base
from qmsplan.model.plan import Annex, Head, Item, Plan
from qmsplan.phrases.people import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEADER = (
    *("TT", "1- Mục tiêu/Chỉ tiêu/ Nội dung", "2- Nhiệm vụ", "3- Hoạt động", "4- Kết quả, sản phẩm"),
    *("5- Chủ trì", "6- Phối hợp", "7- Thời gian hoàn thành", "8- Kinh phí"),
)
GROUP = "CẢI CÁCH THỂ CHẾ"
OBJECTIVE = (
    "1.{0}. Nâng cao chất lượng công tác chỉ đạo điều hành; tổ chức thực hiện có hiệu quả các nội dung, nhiệm vụ."
)
TASK = "Tiếp tục thực hiện phương án đã được cấp có thẩm quyền phê duyệt theo đúng quy định."
ACTIVITIES = ("Rà soát, lấy ý kiến sửa đổi, bổ sung các Quy chế.", "Trình cấp có thẩm quyền xem xét, ban hành lần {0}.")
RESULTS = ("- Báo cáo rà soát;", "- Công văn, Quyết định.")
LEAD, SUPPORT, DEADLINE = "Văn phòng Sở", "Các Phòng, Trung tâm thuộc Sở", "Hàng năm"
TASKS, GROUPED = 2, 10
"""Tasks of an objective, each of them a row; objectives of a group."""
WIDTHS = (560, 2500, 2450, 2760, 1390, 1330, 1390, 1330, 790)
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
GROWTH = "10 to 12"


def objective(number: int) -> Item:
    """An objective with its tasks."""
    tasks = (_task(f"{number}-{task}", number) for task in range(TASKS))
    return Item(id=f"O{number}", number=str(number), text=(OBJECTIVE.format(number),), tasks=tuple(tasks))


def _task(name: str, number: int) -> Item:
    activities = (
        Item(id=f"A{name}-{index}", number=f"3.{index}.", text=(text.format(number),))
        for index, text in enumerate(ACTIVITIES)
    )
    return Item(
        id=f"T{name}",
        number="2.1.",
        text=(TASK,),
        lead=(LEAD,),
        support=(SUPPORT,),
        deadline=DEADLINE,
        deliverables=RESULTS,
        activities=tuple(activities),
    )


def plan_of(rows: int) -> Plan:
    """A plan whose annex has so many rows, and group rows."""
    numbers = range(1, rows // TASKS + 1)
    groups = (
        Item(
            id=f"G{first}",
            number="I",
            text=(GROUP,),
            objectives=tuple(map(objective, numbers[first : first + GROUPED])),
        )
        for first in range(0, len(numbers), GROUPED)
    )
    annex = Annex(title=("KHUNG NHIỆM VỤ",), groups=tuple(groups))
    return Plan(kind="plan", id="P", template="framework-table", head=Head(type="Kế hoạch"), annexes=(annex,))


def rendering(rows: int) -> Callable[[], bytes]:
    """Makes the Word file of such a plan."""
    plan, template, base = plan_of(rows), find_template("framework-table"), open_base(load_profile("nd30-2020"))
    if template is None:
        raise LookupError("the template is not there")
    return lambda: render(plan, Register(), template, base)


def fragment(rows: int) -> Callable[[], bytes]:
    """Makes a Word file with the same table from a string."""

    def make() -> bytes:
        document = docx.Document()
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
        properties = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        body = "".join(_rows(rows))
        table = f"<w:tbl {NAMESPACE}>{properties}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
        document.element.body.insert(0, parse_xml(table))
        content = io.BytesIO()
        document.save(content)
        return content.getvalue()

    return make


def _rows(rows: int) -> Iterator[str]:
    yield _row(
        "<w:cantSplit/><w:tblHeader/>", *(_cell(width, text) for width, text in zip(WIDTHS, HEADER, strict=True))
    )
    for number in range(1, rows // TASKS + 1):
        if number % GROUPED == 1:
            yield _row("<w:cantSplit/>", _cell(WIDTHS[0], "I"), _cell(sum(WIDTHS[1:]), GROUP, more=_SPAN))
        for task in range(TASKS):
            yield _row("<w:cantSplit/>", *_cells(number, task))


_SPAN = '<w:gridSpan w:val="8"/>'


def _cells(number: int, task: int) -> Iterator[str]:
    merge = "<w:vMerge/>" if task else '<w:vMerge w:val="restart"/>'
    yield _cell(WIDTHS[0], "" if task else str(number), more=merge)
    yield _cell(WIDTHS[1], "" if task else OBJECTIVE.format(number), more=merge)
    yield _cell(WIDTHS[2], f"2.1. {TASK}")
    yield _cell(WIDTHS[3], *(f"3.{index}. {text.format(number)}" for index, text in enumerate(ACTIVITIES)))
    yield _cell(WIDTHS[4], *RESULTS)
    for width, text in zip(WIDTHS[5:], (LEAD, SUPPORT, DEADLINE, ""), strict=True):
        yield _cell(width, text)


def _row(properties: str, *cells: str) -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, *texts: str, more: str = "") -> str:
    paras = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>' for text in texts)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{paras}</w:tc>'


def in_turns(ours: Callable[[], bytes], theirs: Callable[[], bytes], runs: int) -> tuple[float, float]:
    """The CPU seconds of both. The garbage collector waits as long for both as it does in `qmsplan`."""
    gc.set_threshold(250_000)
    costs: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs + 1):
        for make, found in zip((ours, theirs), costs, strict=True):
            gc.collect()
            start = time.process_time()
            make()
            found.append(time.process_time() - start)
    return min(costs[0][1:]), min(costs[1][1:])


def main() -> None:
    """A line of the table for each size, and two for how they grow."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    costs = {}
    for rows in (50, 500, 5000):
        costs[rows] = ours, theirs = in_turns(
            rendering(rows), fragment(rows), runs if rows < 5000 else max(runs // 3, 1)
        )
        bar = "at most 2" if rows == 500 else ""
        print(
            f"| annex of {rows:,} rows, CPU s, beside one raw XML fragment | {_shown(ours, theirs)} | {bar} |",
            flush=True,
        )
    small, large = costs[500][0], costs[5000][0]
    print(f"| annex of 5,000 rows beside one of 500, CPU s | {_shown(large, small)} | {GROWTH} |")


def _shown(ours: float, theirs: float) -> str:
    return f"{ours:.3f} | {theirs:.3f} | {ours / theirs:.2f}"


if __name__ == "__main__":
    main()
