"""Tables as plans choose them: samples of six kinds of agencies, targets in words, money, schedules, columns, boxes."""

from __future__ import annotations

import io
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from document_support import ROOT, plan_with, rendered, texts

from qmsplan.cli.app import run
from qmsplan.diagnostics import UserError
from qmsplan.importing.column_words import money_unit
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Annex, Item, Section
from qmsplan.model.settings import Conventions
from qmsplan.model.table import KINDS, ColumnForm, Money, TableForm, money_text, read_amount, read_width
from qmsplan.phrases.deadline import DeadlineScope
from qmsplan.progress.occurrences import marked_periods, start_day
from rows import each_row

AGENCIES = ROOT / "tests" / "data" / "agencies"
LINK = "https://example.gov.vn/" + "a" * 60


def rows_of(content: bytes, table: int = -1) -> list[list[str]]:
    """The texts of the cells of a table, as python-docx reads them."""
    found = docx.Document(io.BytesIO(content)).tables[table]
    return [[cell.text for cell in row.cells] for row in found.rows]


def widths_of(content: bytes) -> list[int]:
    """The widths of the columns of the last table, in English metric units."""
    return [column.width for column in docx.Document(io.BytesIO(content)).tables[-1].columns]


def table(*items: Item, columns: tuple[str | ColumnForm, ...] = (), **form: Any) -> bytes:
    """The Word file of a plan with an annex that has these items."""
    chosen = TableForm(columns=columns, **form)
    return rendered(plan_with("narrative-plan", annexes=(Annex(title=("A",), objectives=items, table=chosen),)))


@pytest.fixture
def agencies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "agencies"
    shutil.copytree(AGENCIES, folder)
    monkeypatch.chdir(folder)
    return folder


def test_what_a_kind_has_no_column_for_stands_before_the_notes() -> None:
    item = Item(id="A", text=("a",), note=("n",), method=("m",))
    assert rows_of(table(item, kind="schedule"))[0][-2:] == ["Phương pháp đo", "Ghi chú"]


def test_six_agencies_validate_print_and_have_a_status(agencies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plans = sorted(path.stem for path in (agencies / "plans").glob("*.yaml"))
    assert len(plans) == 6
    assert run(["validate", "--format", "json"]) == 0
    assert '"diagnostics": []' in capsys.readouterr().out
    assert run(["render"]) == 0
    assert sorted(path.stem for path in (agencies / "build").glob("*.docx")) == plans
    assert run(["status", "--as-of", "2026-07-01"]) == 0
    assert run(["fmt", "--check"]) == 0


def test_a_target_that_no_text_says_stands_in_words() -> None:
    said = Item(id="A", text=("Tỷ lệ đúng hạn đạt 98%",), target=("98%",))
    unsaid = Item(id="B", text=("Tỷ lệ đúng hạn",), target=("98",), unit="%")
    found = texts(rendered(plan_with("work-plan", objectives=(said, unsaid))))
    assert found[-2:] == ["Tỷ lệ đúng hạn", "- Chỉ tiêu: 98%"]
    assert sum("Chỉ tiêu" in text for text in found) == 1
    for template in ("objectives-table", "narrative-plan", "framework-table", "objectives-form"):
        assert "Chỉ tiêu: 98%" in texts(rendered(plan_with(template, objectives=(unsaid,))))


def test_no_column_is_printed_empty_unless_asked_for() -> None:
    item = Item(id="A", number="1", text=("a",), target=("5 vụ",))
    assert rows_of(table(item, kind="indicators"))[0] == ["TT", "Chỉ tiêu", "Mục tiêu"]
    assert rows_of(table(item, columns=("text", "note")))[0] == ["Nội dung", "Ghi chú"]
    times = ("text", "2025-09-01/2026-05-31", "2026-2027")
    headings = rows_of(table(item, columns=times))[0]
    assert headings == ["Nội dung", "Năm học 2025 - 2026", "Giai đoạn 2026 - 2027"]
    part = Item(id="B", number="1.1", text=("b",))  # side by side in a template of tasks too
    whole = Item(id="A", text=("a",), activities=(part,))
    parted = rows_of(table(whole, columns=("objective", "activities")))
    assert parted[1:] == [["a", "1.1 b"]]


def test_every_other_field_that_is_given_has_a_column() -> None:
    item = Item(id="A", text=("a",), risk=("chậm",), method=("đếm",))
    assert rows_of(table(item, kind="sessions"))[0] == ["Nội dung", "Phương pháp đo", "Rủi ro"]


@each_row("columns, days", [((), ["6/10/2026\u00a0- 8/10/2026"]), (("start", "deadline"), ["6/10/2026", "8/10/2026"])])
def test_sessions_tell_their_first_and_last_day(columns: tuple[str, ...], days: list[str]) -> None:
    item = Item(id="A", text=("a",), start="6/10/2026", deadline="8/10/2026")
    assert [cell for cell in rows_of(table(item, kind="sessions", columns=columns))[1] if cell[0].isdigit()] == days


def test_money_is_added_up_by_group_and_in_all() -> None:
    def item(name: str, *sums: tuple[str, str]) -> Item:
        return Item(id=name, text=(name,), budget=tuple(Money(amount=read_amount(n), source=s) for n, s in sums))

    groups = (
        Item(id="G", number="I", text=("g",), tasks=(item("a", ("900", "Tỉnh"), ("100,5", "Xã")),)),
        Item(id="H", number="II", text=("h",), tasks=(item("b", ("200", "Tỉnh")),)),
    )
    columns = ("text", ColumnForm(field="budget", source="Tỉnh"), ColumnForm(field="budget", title=("Tổng",)))
    annex = Annex(title=("A",), groups=groups, table=TableForm(kind="budget", columns=columns))
    rows = rows_of(rendered(plan_with("narrative-plan", annexes=(annex,))))
    assert rows[2] == ["a", "900", "1.000,5"]
    assert [row for row in rows if row[0].startswith("Cộng")] == [
        ["Cộng I", "900", "1.000,5"],
        ["Cộng II", "200", "200"],
    ]
    assert rows[-1] == ["Tổng cộng", "1.100", "1.200,5"]


def test_a_table_that_nobody_chose_names_the_unit_of_its_money() -> None:
    item = Item(id="a", text=("a",), budget=(Money(amount=read_amount("78,5")),))
    annex = Annex(title=("A",), objectives=(item,))
    rows = rows_of(rendered(plan_with("framework-table", annexes=(annex,), money_unit="nghìn đồng")))
    assert "9- Kinh phí (nghìn đồng)" in rows[0]


def test_what_has_parts_counts_as_its_parts_in_sums_and_shares() -> None:
    def item(name: str, amount: str, weight: str, *parts: Item) -> Item:
        money = (Money(amount=read_amount(amount)),)
        return Item(id=name, text=(name,), budget=money, weight=Decimal(weight), activities=parts)

    items = (item("a", "300", "60", item("a1", "100", "20"), item("a2", "200", "40")), item("b", "100", "40"))
    group = Item(
        id="G", number="I", text=("g",), tasks=items, budget=(Money(amount=read_amount("400")),), weight=Decimal(100)
    )
    columns = (
        "text",
        ColumnForm(field="budget", title=("Tiền",)),
        ColumnForm(field="budget", share=True),
        ColumnForm(field="weight", share=True),
    )
    annex = Annex(title=("A",), groups=(group,), table=TableForm(kind="budget", columns=columns))
    rows = rows_of(rendered(plan_with("narrative-plan", annexes=(annex,))))
    assert rows[2:] == [
        ["a", "300", "75", "60"],
        ["a1", "100", "25", "20"],
        ["a2", "200", "50", "40"],
        ["b", "100", "25", "40"],
        ["Cộng I", "400", "100", ""],
        ["Tổng cộng", "400", "100", ""],
    ]


def test_a_part_turns_its_page_and_several_tables_stand_in_one_annex() -> None:
    item = Item(id="A", text=("a",))
    wide = Section(title=("Bảng",), objectives=(item,), table=TableForm(orientation="landscape"))
    content = rendered(plan_with("narrative-plan", sections=(Section(title=("Một",)), wide)))
    pages = [section.orientation for section in docx.Document(io.BytesIO(content)).sections]
    assert pages == [0, 1, 0]
    two = tuple(Section(text=(f"Biểu {n}",), objectives=(Item(id=f"X{n}", text=("x",)),)) for n in (1, 2))
    content = rendered(plan_with("narrative-plan", annexes=(Annex(title=("A",), sections=two),)))
    assert [rows_of(content, at)[-1] for at in (-2, -1)] == [["x"], ["x"]]


def test_a_long_link_leaves_room_for_the_other_columns() -> None:
    columns = ("text", "place", "note")
    usual = widths_of(table(Item(id="A", text=("a",), place=("b",)), columns=columns))
    linked = widths_of(table(Item(id="A", text=("a",), place=("b",), note=(LINK,)), columns=columns))
    assert linked[0] >= usual[0] * 0.7
    assert linked[1] >= usual[1] * 0.7


def test_a_document_number_in_a_cell_does_not_break() -> None:
    content = table(Item(id="A", text=("theo Kế hoạch số 50/KH-TGPL của Trung tâm",)), columns=("text",))
    assert b"noBreakHyphen" in docx.Document(io.BytesIO(content)).element.xml.encode()
    assert rows_of(content)[-1] == ["theo Kế hoạch số 50/KH-TGPL của Trung tâm"]


@each_row(("typed", "printed"), [("120", "120"), ("98,5", "98,5"), ("1.200.000", "1.200.000"), ("1200.50", "1.200,5")])
def test_amounts_of_money(typed: str, printed: str) -> None:
    assert money_text(read_amount(typed)) == printed


def test_shares_and_sums_so_far_are_computed() -> None:
    def item(name: str, amount: str, weight: str, **plan: str) -> Item:
        values = {f"2026-{part}": Decimal(value) for part, value in plan.items()}
        money = (Money(amount=read_amount(amount)),)
        return Item(id=name, text=(name,), budget=money, weight=Decimal(weight), plan=values or None)

    items = (item("a", "900", "7.5", Q1="20", Q2="30.5", Q3="1"), item("b", "300", "12.5"))
    columns = (
        "text",
        ColumnForm(field="2026-Q2", cumulative=True, title=("Lũy kế",)),
        ColumnForm(field="budget", title=("Tiền",)),
        ColumnForm(field="budget", share=True),
        "weight",
        ColumnForm(field="weight", share=True, title=("Phần",)),
    )
    assert rows_of(table(*items, kind="budget", columns=columns)) == [
        ["Nội dung chi", "Lũy kế", "Tiền", "Tỷ trọng (%)", "Trọng số", "Phần"],
        ["a", "50,5", "900", "75", "7,5", "37,5"],
        ["b", "", "300", "25", "12,5", "62,5"],
        ["Tổng cộng", "Tổng cộng", "1.200", "100", "", ""],
    ]


def test_a_sum_so_far_goes_on_over_a_quarter_without_a_value() -> None:
    columns = tuple(ColumnForm(field=f"2026-Q{quarter}", cumulative=True) for quarter in range(1, 5))
    values = {"2026-Q2": Decimal(20), "2026-Q4": Decimal(25)}
    item = Item(id="a", text=("a",), target=("45 lớp",), deadline="Quý IV năm 2026", plan=values)
    assert rows_of(table(item, columns=("target", *columns)))[1:] == [["45 lớp", "", "20", "20", "45"]]


def test_a_sum_so_far_takes_months_where_no_quarter_is_planned_and_no_part_beside_its_whole() -> None:
    columns = tuple(ColumnForm(field=f"2026-Q{quarter}", cumulative=True) for quarter in range(1, 5))
    months = {"2026-01": Decimal(80), "2026-02": Decimal(80), "2026-03": Decimal("80.5")}
    quarters = {"2026-05": Decimal(100), "2026-Q2": Decimal(250), "2026-Q3": Decimal(250), "2026-Q4": Decimal("259.5")}
    item = Item(id="a", text=("a",), target=("1.000 xe",), plan=months | quarters)
    found = rows_of(table(item, columns=("target", *columns)))[1:]
    assert found == [["1.000 xe", "240,5", "490,5", "740,5", "1.000"]]


def test_a_sum_so_far_of_a_school_year_goes_on_over_the_turn_of_the_year() -> None:
    """February's running total left out September to December."""
    columns = tuple(ColumnForm(field=period, cumulative=True) for period in ("2026-09", "2026-12", "2027-02"))
    values = dict.fromkeys(("2026-09", "2026-12", "2027-02"), Decimal(15))
    item = Item(id="a", text=("a",), target=("45 lớp",), plan=values)
    annex = Annex(title=("A",), objectives=(item,), table=TableForm(columns=("target", *columns)))
    plan = plan_with("narrative-plan", annexes=(annex,), period=parse_period("năm học 2026-2027"))
    assert rows_of(rendered(plan))[1:] == [["45 lớp", "15", "30", "45"]]


@each_row(
    ("target", "plan", "printed"),
    [
        ("12,5 km", {"2026-01": "0.9", "2026-02": "0.9", "2026-03": "1.1", "2026-Q2": "3.1"}, ["2,9", "3,1", ""]),
        ("12,5 km", {"2026-01": "0.9", "2026-03": "1.1", "2026-H2": "3.1"}, ["", "", ""]),  # no sum of a part
        ("95%", {"2026-01": "90", "2026-02": "90", "2026-03": "95"}, ["", "", ""]),
    ],
)
def test_a_quarter_without_a_value_has_the_sum_of_its_months(
    target: str, plan: dict[str, str], printed: list[str]
) -> None:
    values = {period: Decimal(value) for period, value in plan.items()}
    item = Item(id="a", text=("a",), target=(target,), plan=values)
    assert rows_of(table(item, columns=("target", "2026-Q1", "2026-Q2", "2026-Q3")))[1:] == [[target, *printed]]


def test_a_sum_so_far_above_a_thousand_is_printed() -> None:
    values = {"2026-Q1": Decimal(900), "2026-Q2": Decimal(1100), "2026-Q3": Decimal("1150.5")}
    item = Item(id="a", text=("a",), target=("4.200 xe",), plan=values)
    column = ColumnForm(field="2026-Q3", cumulative=True, title=("Lũy kế",))
    assert rows_of(table(item, columns=("target", column)))[1:] == [["4.200 xe", "3.150,5"]]


def test_a_schedule_shows_the_month_without_work_between_two_with_work() -> None:
    items = tuple(Item(id=f"a{month}", text=("a",), deadline=f"Tháng {month}/2026") for month in (3, 5))
    form = TableForm(kind="schedule")
    plan = plan_with(
        "narrative-plan", period=parse_period("2026"), annexes=(Annex(title=("A",), tasks=items, table=form),)
    )
    assert [cell for cell in rows_of(rendered(plan))[1] if cell[1:].isdecimal()] == ["T3", "T4", "T5"]


@pytest.mark.parametrize("unit", ["triệu đồng", "đồng"])
def test_a_table_whose_headings_do_not_say_it_tells_the_unit_of_money_above(unit: str) -> None:
    item = Item(id="a", text=("a",), budget=(Money(amount=Decimal(5)),))

    def above(title: str) -> bool:
        form = TableForm(columns=("text", ColumnForm(field="budget", title=(title,))))
        annex = Annex(title=("A",), objectives=(item,), table=form)
        content = rendered(plan_with("narrative-plan", annexes=(annex,), money_unit=unit))
        return f"Đơn vị tính: {unit}" in [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]

    for title in ("Kinh phí", "Giá trị hợp đồng", "Tỉ lệ vốn", "Quyết định duyệt"):
        assert above(title), title
    for title in (
        "Kinh phí (1.000 đồng)",
        "Chi phí (trđ)",
        "Dự toán (tr. đ)",
        "Dự toán (1.000đ)",
        "Vốn (tỷ)",
        "Chi (VNĐ)",
    ):
        assert not above(title), title


def test_beside_a_column_of_units_the_unit_of_money_is_named_as_that() -> None:
    item = Item(id="a", text=("a",), unit="lớp", budget=(Money(amount=Decimal(5)),))
    form = TableForm(columns=("text", "unit", ColumnForm(field="budget", title=("Kinh phí",))))
    plan = plan_with("narrative-plan", annexes=(Annex(title=("A",), objectives=(item,), table=form),))
    texts = [one.text for one in docx.Document(io.BytesIO(rendered(plan))).paragraphs]
    assert "Đơn vị tiền: triệu đồng" in texts
    assert money_unit("Đơn vị tiền: triệu đồng") == "triệu đồng"


def test_a_common_heading_of_one_column_is_printed_where_the_plan_typed_it() -> None:
    """Also if it is the one that the kind of table would give to several."""
    under = KINDS["tasks"].under["lead"]
    item = Item(id="a", text=("a",), lead=("P",))

    def heads(column: ColumnForm | str) -> list[str]:
        annex = Annex(title=("A",), tasks=(item,), table=TableForm(kind="tasks", columns=("text", column)))
        return rows_of(rendered(plan_with("narrative-plan", annexes=(annex,))))[0]

    assert under in heads(ColumnForm(field="lead", under=under))
    assert under not in heads("lead")


def test_shares_are_no_sum_so_far() -> None:
    values = {"2026-Q1": Decimal(80), "2026-Q2": Decimal(85)}
    share = Item(id="a", text=("a",), target=(">=90%",), plan=values)
    score = Item(id="b", text=("b",), target=("90",), unit="điểm", plan=values)
    count = Item(id="c", text=("c",), target=("200 hồ sơ",), plan=values)
    columns = ("target", ColumnForm(field="2026-Q2", cumulative=True, title=("Lũy kế",)))
    rows = rows_of(table(share, score, count, columns=columns))[1:]
    assert rows == [[">=90%", "85"], ["90", "85"], ["200 hồ sơ", "165"]]


COLUMNS_OF_MONTHS = ("number", "text", "lead", "support", "months", "deadline", "note")


@pytest.mark.parametrize(("columns", "least"), [(COLUMNS_OF_MONTHS, 33), (("number", "text", "lead", "months"), 75)])
def test_a_schedule_leaves_room_for_its_text(columns: tuple[str, ...], least: float) -> None:
    """Months have narrow margins and no more than they need; lengths in millimetres."""
    words = "Xây dựng, kiểm thử hệ thống thông tin báo cáo phục vụ chỉ đạo, điều hành"
    item = Item(id="A", text=(words,), lead=("Phòng Tổ chức cán bộ",), start="Tháng 2/2026", deadline="Trước 30/4/2026")
    form = TableForm(kind="schedule", orientation="landscape", columns=columns)
    annex = Annex(title=("A",), tasks=(item,), table=form)
    plan = plan_with("narrative-plan", annexes=(annex,)).replaced(period=parse_period("2026"))
    widths = [width / 36_000 for width in widths_of(rendered(plan))]
    assert len(widths) == len(columns) + 11
    assert widths[1] == max(widths) >= least
    assert min(widths) >= 6
    assert sum(widths) == pytest.approx(247, abs=1)


def test_a_start_that_waits_is_told_and_marks_only_the_deadline() -> None:
    scope = DeadlineScope(parse_period("2026"))
    item = Item(id="A", text=("a",), start="Sau khi dự toán được duyệt", deadline="Trước 30/6/2026")
    assert isinstance(start_day(item, scope), UserError)
    assert [part.code for part in marked_periods(item, scope)] == ["2026-06", "2026-Q2"]


def test_a_schedule_marks_no_month_of_which_nothing_is_known() -> None:
    """What waits for an event has none; what begins and ends in each of two years has none between; what goes on from
    a day has all from its month on."""
    scope = DeadlineScope(parse_period("2026-2027"))
    yearly = Item(id="A", text=("a",), start="Tháng 5", deadline="Tháng 8")
    marked = [part.code for part in marked_periods(yearly, scope) if "Q" not in part.code]
    assert marked == [f"{year}-{month:02}" for year in (2026, 2027) for month in (5, 6, 7, 8)]
    assert not marked_periods(Item(id="A", text=("a",), deadline="Sau khi có văn bản của Sở"), scope)
    going = marked_periods(Item(id="A", text=("a",), deadline="Từ 15/8/2027"), scope)
    assert [part.code for part in going] == [
        "2027-08",
        "2027-09",
        "2027-10",
        "2027-11",
        "2027-12",
        "2027-Q3",
        "2027-Q4",
    ]


def test_no_other_table_has_the_marks_of_a_schedule_of_the_plan() -> None:
    item = Item(id="a", text=("a",), target=("95%",), deadline="Hằng quý")
    kpi = Annex(title=("B",), objectives=(item,), table=TableForm(kind="kpi", columns=("text", "quarters")))
    schedule = Annex(title=("A",), tasks=(item.replaced(id="b"),), table=TableForm(kind="schedule"))
    plan = plan_with("narrative-plan", period=parse_period("2026"), annexes=(kpi, schedule))
    assert rows_of(rendered(plan), -2)[1:] == [["a\nChỉ tiêu: 95%", "", "", "", ""]]


def test_a_schedule_marks_by_the_conventions_of_the_workspace() -> None:
    item = Item(id="A", text=("a",), deadline="Trước ngày 01/7/2026")
    scope = DeadlineScope(parse_period("2026"), Conventions(before="strict"))
    assert [part.code for part in marked_periods(item, scope)] == ["2026-06", "2026-Q2"]


@each_row(("typed", "width"), [("12", "12"), ("12,5", "12.5"), ("12 %", "12"), ("12%", "12")])
def test_widths_are_shares(typed: str, width: str) -> None:
    assert str(read_width(typed)) == width


@each_row("typed", ["0", "-5", "3 cm", "%"])
def test_what_is_no_share_is_no_width(typed: str) -> None:
    with pytest.raises(UserError):
        read_width(typed)
