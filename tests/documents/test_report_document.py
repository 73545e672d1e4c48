"""The report as a Word file: its text and structure, its first page, templates of a workspace, the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from document_support import (
    BASE,
    W,
    attribute,
    loaded,
    paragraphs,
    part,
    plan_with,
    real_register,
    style_of,
    styled,
    text_of,
)
from report_support import TGPL, letter, of_the_centre, records_on, rendered_report, report_on, sample

from office import pages_in
from qmsplan.documents.report_view import render_report
from qmsplan.documents.report_words import bar_of
from qmsplan.documents.template import BODY, REPORT, BrokenTemplateError, find_template, own_template, template_names
from qmsplan.documents.word_writer import write_docx
from qmsplan.load.pydantic_errors import build
from qmsplan.load.report_text import HEADINGS, ReportText
from qmsplan.model.period import year
from qmsplan.model.plan import Item, Plan
from qmsplan.model.progress import Progress
from qmsplan.progress.report import Report
from rows import each_row

HERE = Path(__file__).parent
CENTRE = letter("TGPL", register=real_register())
WRITTEN = ReportText(*(f"Lời văn của {name}." for name in ReportText._fields))


def structure(content: bytes) -> str:
    """Each paragraph with its style, cells of a table a line each, sections with their orientation."""
    lines = []
    for element in part(content).iter():
        if element.tag == f"{W}p" and (text := text_of(element)):
            lines.append(f"{style_of(element)} | {text}")
        elif element.tag == f"{W}tr":
            lines.append("--- row")
        elif element.tag == f"{W}pgSz":
            lines.append(f"=== {attribute(element, 'orient') or 'portrait'}")
    return "\n".join(lines) + "\n"


def printed(content: bytes) -> str:
    """All paragraphs, a line each."""
    return "\n".join(text_of(paragraph) for paragraph in paragraphs(content))


@pytest.mark.parametrize(
    ("name", "code", "as_of", "text"),
    [
        ("BC-TGPL-2026-Q3", "2026-Q3", "2026-10-14", ReportText()),
        ("BC-TGPL-2026-9M", "2026-9M", "2026-11-21", WRITTEN),
    ],
)
def test_text_and_structure(name: str, code: str, as_of: str, text: ReportText, *, rewrite: bool) -> None:
    content = rendered_report(of_the_centre(code, as_of), CENTRE._replace(text=text))
    golden = HERE / "reports" / f"{name}.txt"
    if rewrite:
        golden.write_text(structure(content), "utf-8")
    assert structure(content) == golden.read_text("utf-8")


def test_the_annexes_are_landscape_and_the_letter_is_not() -> None:
    sizes = [attribute(size, "orient") for size in part(rendered_report(of_the_centre(), CENTRE)).iter(f"{W}pgSz")]
    assert sizes == ["", "landscape", "landscape"]


def test_parts_of_the_report_in_their_order() -> None:
    content = rendered_report(of_the_centre(), CENTRE)
    assert [text.partition(".")[0] for text in styled(content, "Heading1")] == ["I", "II", "III", "IV", "V"]
    assert [text for text in styled(content, "Heading2") if text[0] == "3"] == ["3. Nguyên nhân"]


def test_everything_that_people_wrote_is_printed_and_no_placeholder_is_left() -> None:
    content = rendered_report(of_the_centre(), CENTRE._replace(text=WRITTEN))
    text = printed(content)
    missing = [name for name in HEADINGS if f"Lời văn của {name}." not in text and name != "position"]
    assert missing == []
    assert "LỜI VĂN CỦA POSITION." in text.upper()
    assert "[Đơn vị bổ sung" not in text


def test_what_nobody_wrote_is_seen() -> None:
    assert printed(rendered_report(of_the_centre(), CENTRE)).count("[Đơn vị bổ sung") == 5


def test_a_report_without_trouble_says_so() -> None:
    report = of_the_centre("2026-Q1", "2026-03-31")
    assert report.late == ()
    text = printed(rendered_report(report, CENTRE))
    assert "Không có nội dung quá hạn, không có mục tiêu chưa đạt" in text


def test_no_plan_can_use_the_template() -> None:
    assert REPORT not in template_names()
    assert find_template(REPORT) == own_template(REPORT)


def test_a_workspace_has_its_own(tmp_path: Path) -> None:
    path = tmp_path / REPORT / BODY
    path.parent.mkdir()
    path.write_text("<document><section><para>{{ report.title }}</para></section></document>", "utf-8")
    own = render_report(sample(), letter(), own_template(REPORT, tmp_path), BASE)
    assert [text_of(paragraph) for paragraph in paragraphs(own)][:1] == [
        "Kết quả thực hiện mục tiêu chất lượng quý III năm 2026"
    ]


def test_a_fault_in_it_is_told_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / REPORT / BODY
    path.parent.mkdir()
    path.write_text("<document>\n<section>\n<para>{{ report.titel }}</para></section></document>", "utf-8")
    with pytest.raises(BrokenTemplateError) as raised:
        render_report(sample(), letter(), own_template(REPORT, tmp_path), BASE)
    assert raised.value.line == 3


def test_the_first_page_tells_what_is_late_and_why(tmp_path: Path) -> None:
    (tmp_path / "bc.docx").write_bytes(rendered_report(of_the_centre(), CENTRE))
    words = " ".join(pages_in(tmp_path, "-enc", "UTF-8")["bc"][0].split())
    for said in ("02 nội dung quá hạn, 01 mục tiêu chưa đạt", "Chậm 235 ngày", "126/130", "Thời hạn 30/11/2026"):
        assert said in words


def test_the_counts_of_missed_objectives_agree_with_the_first_page() -> None:
    plans = [loaded(TGPL / f"{name}.yaml") for name in ("TGPL-KHMT-2026", "TGPL-NV-KHMT-2026")]
    found = report_on([(plan, records_on(plan)) for plan in plans])
    text = printed(rendered_report(found, CENTRE))
    assert "Có 01 mục tiêu chưa đạt" in text
    assert "02 mục tiêu chưa đạt" in text
    assert "Trong đó 01 mục tiêu chưa đạt đã gồm trong mục tiêu chưa đạt nêu tại Mục I." in text


def test_what_is_not_clear_is_not_under_way() -> None:
    forest = Item(id="A", text=("Diện tích rừng",), target=("45.000 ha",), deadline="Năm 2026")
    plan = plan_with(period=year(2026), objectives=(forest,))
    readings = [
        {"item": "A", "period": period, "value": value, "recorded": "2026-07-01"}
        for period, value in (("2026-Q1", "44000"), ("2026-Q2", "44500"))
    ]
    progress = build(Progress, {"kind": "progress", "plan": plan.id, "readings": readings})
    text = printed(rendered_report(report_on([(plan, (progress,))], "2026-Q2")))
    assert "01 mục tiêu chưa rõ số liệu có cộng dồn hay không" in text
    assert "mục tiêu đang thực hiện" not in text


def test_a_document_without_sections_is_still_a_file() -> None:
    """Pieces of the main part are written one by one; none at all is a piece too."""
    from qmsplan.documents.markup import read_blocks
    from qmsplan.documents.word_base import Properties

    blocks = read_blocks("<document><section/></document>", "x")
    assert part(write_docx(blocks, BASE, Properties("t", "a"))).tag == f"{W}document"


def test_a_report_on_nothing_but_the_future() -> None:
    """No plan but the template still holds: what it says of plans is a list."""
    with pytest.raises(BrokenTemplateError):
        rendered_report(report_on([]))


def crowd(late: int, coming: int) -> Report:
    """A report with so much that is late, and so much that comes."""
    deadlines = ["Quý I năm 2026"] * late + ["Quý IV năm 2026"] * coming
    tasks = tuple(
        Item(id=f"T{number}", text=(f"Việc thứ {number}",), deadline=deadline)
        for number, deadline in enumerate(deadlines, 1)
    )
    return report_on([(plan_with(period=year(2026), tasks=tasks), ())], as_of="2026-10-14")


def test_an_annex_without_rows_has_no_table_of_headings_alone() -> None:
    plan = plan_with(period=year(2026), tasks=(Item(id="T", text=("Việc",), deadline="30/9/2026"),))
    content = rendered_report(report_on([(plan, ())], as_of="2026-09-20"))
    assert "Phụ lục này không nêu 01 nội dung" in printed(content)
    assert "Đơn vị báo cáo" not in printed(content)


@each_row(("late", "left"), [(1, ""), (5, ""), (6, "Còn 01 nội dung khác"), (25, "Còn 20 nội dung khác")])
def test_the_first_page_names_no_more_than_fits(late: int, left: str) -> None:
    text = printed(rendered_report(crowd(late, 0)))
    assert f"Có {late:02d} nội dung quá hạn" in text
    assert ("Còn " in text) == bool(left)
    assert left in text
    assert text.count("Việc thứ") == min(late, 5) + late


@each_row(("coming", "annexes"), [(0, ["Phụ lục"]), (15, ["Phụ lục"]), (16, ["Phụ lục I", "Phụ lục II"])])
def test_long_lists_of_what_comes_are_an_annex(coming: int, annexes: list[str]) -> None:
    content = rendered_report(crowd(1, coming))
    assert styled(content, "AnnexNumber") == annexes
    assert ("nhiệm vụ trọng tâm" in printed(content)) == (coming == 0)
    assert printed(content).count("Việc thứ") == 2 + coming  # what comes is told once: it does not concern the period


@each_row(
    "text",
    ["{{ 7*7 }}", "</w:t></w:r><w:p>", "<b>x</b> & ]]>", "{% for x in y %}", "=cmd|'/C calc'!A0", "Đạt ≥ 98,5% – “½”"],
)
def test_what_is_typed_comes_out_as_typed(text: str) -> None:
    """From the plan, its records, the register and what people wrote."""
    item = Item(id="M", number=text, text=(text,), target=(">98%",), lead=(text,), deadline="Trong năm 2026")
    plan = plan_with(period=year(2026), objectives=(item,), recipients=(text,))
    records = build(
        Progress,
        {
            "kind": "progress",
            "plan": "P-1",
            "unit": text,
            "readings": [
                {"item": "M", "period": "2026-Q3", "numerator": "1", "denominator": "2", "recorded": "2026-10-01"}
            ],
            "corrective_actions": [
                {
                    "item": "M",
                    "period": "2026-Q3",
                    "cause": text,
                    "action": text,
                    "lead": text,
                    "recorded": "2026-10-02",
                }
            ],
        },
    )
    words = ReportText(*(text for _ in ReportText._fields))
    content = rendered_report(report_on([(plan, (records,))], as_of="2026-10-14"), letter("TGPL", words, to=text))
    assert printed(content).count(text) >= 15


def test_of_several_actions_on_one_item_each_names_its_time_and_one_cause_stands_once() -> None:
    item = Item(id="M", text=("Sản phẩm lỗi",), target=("<2,5%",), lead=("NV",), deadline="Hằng quý")
    read = {"item": "M", "numerator": "5", "denominator": "100", "recorded": "2026-10-01"}
    acted = {"item": "M", "cause": "Mực kém", "action": "Đổi mực", "lead": "NV", "recorded": "2026-10-02"}
    months = ("2026-07", "2026-09")
    data = {"kind": "progress", "plan": "P-1", "unit": "NV"}
    data |= {"readings": [{**read, "period": month} for month in months]}
    data |= {"corrective_actions": [{**acted, "period": month} for month in months]}
    report = report_on(
        [(plan_with(period=year(2026), objectives=(item,)), (build(Progress, data),))], as_of="2026-10-14"
    )
    page = printed(rendered_report(report, letter("NV", ReportText()))).replace("\u00a0", " ")
    assert [page.count(f"- Sản phẩm lỗi (tháng {month} năm 2026): Mực kém") for month in (7, 9)] == [1, 1]
    assert "Mực kém\nMực kém" not in page


def test_a_page_of_bars_where_the_workspace_asks_for_it() -> None:
    report, about = of_the_centre(), CENTRE
    without = render_report(report, about, own_template(REPORT), BASE)
    content = render_report(report, about._replace(has_charts=True), own_template(REPORT), BASE)
    assert "KẾT QUẢ SO VỚI CHỈ TIÊU" not in printed(without)
    page = printed(content).replace("\u00a0", " ")
    assert "KẾT QUẢ SO VỚI CHỈ TIÊU QUÝ III NĂM 2026" in page
    assert re.search(r"Kết quả cụ thể tại (các )?Phụ lục I.*, biểu đồ tại Phụ lục I+ kèm theo", page)
    told = [
        str(shape.get("descr")) for shape in part(content).iter() if shape.tag.endswith("}docPr") and shape.get("descr")
    ]
    assert "126/130 (96,92%), chưa đạt; chỉ tiêu >98%" in told
    assert all(re.search(r"\d.*; chỉ tiêu ", words) for words in told)
    assert content == render_report(report, about._replace(has_charts=True), own_template(REPORT), BASE)


def test_the_page_of_bars_says_how_many_it_leaves_out() -> None:
    """30 targets of two plans: 24 have a bar, first those that are missed, though they stand in the second plan."""
    pairs = []
    for name, met in (("A", "10"), ("B", "9")):
        items = [
            {"id": f"{name}{n}", "text": f"{name}{n}", "target": "100%", "deadline": "Hàng quý"} for n in range(15)
        ]
        readings = [
            {"item": item["id"], "period": "2026-Q3", "numerator": met, "denominator": "10", "recorded": "2026-10-02"}
            for item in items
        ]
        head = {"type": "KẾ HOẠCH"}
        plan = {"kind": "plan", "id": name, "template": "t", "period": "2026", "head": head, "objectives": items}
        pairs.append((build(Plan, plan), (build(Progress, {"kind": "progress", "plan": name, "readings": readings}),)))
    report = report_on(pairs, as_of="2026-10-14")
    page = printed(render_report(report, CENTRE._replace(has_charts=True), own_template(REPORT), BASE))
    bars = page[page.index("KẾT QUẢ SO VỚI CHỈ TIÊU") :]
    assert [bars.count(f"\n{name}{number}\n") for name in "BA" for number in (0, 8, 14)] == [1, 1, 1, 1, 1, 0]
    assert "Ngoài ra còn 06 chỉ tiêu có số liệu" in bars


@each_row(
    ("target", "fields", "drawn"),
    [
        (">98%", {"numerator": "126", "denominator": "130"}, (98, 100)),
        ("1.200 cây", {"value": "300"}, (25, 100)),
        ("không quá 5 vụ/năm", {"value": "10"}, (100, 50)),
        ("giảm 10% so với năm trước", {"value": "60", "baseline": "50"}, None),
        ("0 vụ", {"value": "0"}, None),
        (">98%", None, None),
    ],
)
def test_a_bar_is_a_value_beside_its_target(
    target: str, fields: dict[str, str] | None, drawn: tuple[int, int] | None
) -> None:
    plan = build(
        Plan,
        {
            "kind": "plan",
            "id": "P",
            "template": "t",
            "period": "2026",
            "head": {"type": "KẾ HOẠCH"},
            "objectives": [{"id": "M", "text": "m", "target": target, "deadline": "Hàng quý", "frequency": "quarter"}],
        },
    )
    readings = [{"item": "M", "period": "2026-Q3", "recorded": "2026-10-01", **fields}] if fields else []
    record = build(Progress, {"kind": "progress", "plan": "P", "readings": readings})
    assert isinstance(plan, Plan)
    assert isinstance(record, Progress)
    (line,) = report_on([(plan, (record,))]).parts[0].lines
    bar = bar_of(line.measurements[0], str)
    assert (bar and (bar["value"], bar["goal"])) == drawn
