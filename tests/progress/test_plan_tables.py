"""The rows of an export: one for each thing, ids that join, numbers as recorded, nothing that depends on files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from progress_samples import completion, day, done_and_all, item_of, plan_of, progress_of, reading, records, task
from progress_strategies import PLANS, files_of

from qmsplan.load.pydantic_errors import build
from qmsplan.model.period import parse_period, quarter_of
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.model.settings import Person, Settings, Unit
from qmsplan.output.status_data import measurement_data
from qmsplan.phrases.item_tree import outline
from qmsplan.phrases.people import Register
from qmsplan.progress.plan import known_on, plan_progress
from qmsplan.progress.plan_tables import plan_tables, spans, unit_rows
from qmsplan.progress.status import StatusScope, keeps_all, status_of
from qmsplan.progress.tables import TABLES, MeasurementRow, Tables
from rows import each_row

DAYS = st.dates(date(2025, 11, 1), date(2028, 3, 1))
REGISTER = Register(
    (
        Unit(code="TT", name="Trung tâm"),
        Unit(code="NV", name="Phòng Nghiệp vụ", parent="TT", aliases=("Nghiệp vụ",)),
        Unit(code="HC", name="Phòng Hành chính", parent="TT"),
        Unit(code="CP", name="Các phòng thuộc Trung tâm", parent="TT", members=("NV", "HC")),
    )
)


def tables(
    plan: Plan,
    as_of: str | date,
    *files: Progress,
    register: Register = REGISTER,
    keep: Any = keeps_all,
    wanted: frozenset[str] = frozenset(TABLES),
) -> Tables:
    settings = Settings.model_construct(kind="workspace", units=register.units, people=register.people)
    scope = StatusScope(settings, day(str(as_of)), quarter_of(day(str(as_of))), keep)
    return plan_tables(scope.progress(plan, files), scope, wanted)


def test_the_tables_have_the_rows_that_they_say() -> None:
    assert tuple(TABLES) == Tables._fields


def test_a_plan() -> None:
    plan = plan_of(
        "2026",
        head={"type": "KẾ HOẠCH", "issuer": "TT", "title": ["Thực hiện", "*Mục tiêu*"]},
        signoff={"number": "51/KH-TT", "date": "9/2/2026"},
        standard="iso9001-2015",
    )
    (row,) = tables(plan, "2026-03-01").plans
    assert row == (
        *("P", "KẾ HOẠCH", "Thực hiện Mục tiêu", "51/KH-TT", date(2026, 2, 9), "TT"),
        *("2026", date(2026, 1, 1), date(2026, 12, 31), "t", "iso9001-2015"),
    )


def test_units() -> None:
    assert unit_rows(REGISTER)[1] == ("NV", "Phòng Nghiệp vụ", "TT", None, None)


def test_items_stand_in_document_order_with_what_they_inherit() -> None:
    below = [task("B", lead="HC", weight="2", clauses=["9.2", "9.3"])]
    plan = plan_of(
        tasks=[task("A", "Quý I năm 2026.", lead=["Phòng Nghiệp vụ;", {"unit": "HC"}], activities=below), task("C")]
    )
    first, second, third = tables(plan, "2026-03-01").items
    assert (first.item_id, first.parent_id, first.position, first.depth, first.kind, first.is_leaf) == (
        *("A", None, 1, 0, "task", False),
    )
    assert (first.lead, first.deadline, first.deadline_kind) == ("Phòng Nghiệp vụ; HC", "Quý I năm 2026.", "period")
    assert (second.item_id, second.parent_id, second.position, second.depth) == ("B", "A", 2, 1)
    assert (second.lead, second.deadline, second.weight, second.clauses) == ("HC", "Quý I năm 2026.", 2, "§ 9.2; § 9.3")
    assert (third.deadline, third.deadline_kind, third.weight, third.measures) == (None, None, None, None)


def test_texts_are_without_marks_and_lines_stay_lines() -> None:
    item = task("O", "Trong năm", text="Đạt *100%*^[theo tháng]\nhồ sơ", measures=["- Một.", "- *Hai*."])
    (row,) = tables(plan_of(objectives=[item]), "2026-03-01").items
    assert (row.text, row.measures) == ("Đạt 100% hồ sơ", "- Một.\n- Hai.")


def test_structured_targets_and_deadlines_are_told_in_words() -> None:
    target = {"comparator": "between", "value": "85", "upper": "90", "excludes_upper": "true"}
    item = {"id": "M", "text": "Hồ sơ", "target": target, "deadline": {"due": "2026-11-30"}}
    plan = plan_of(objectives=[item])
    found = tables(plan, "2026-03-01")
    assert (found.items[0].target, found.items[0].deadline) == ("từ 85% đến dưới 90%", "Chậm nhất ngày 30/11/2026")
    assert (found.targets[0].upper, found.targets[0].excludes_value, found.targets[0].excludes_upper) == (
        90,
        False,
        True,
    )


def test_a_deadline_that_is_not_understood_keeps_its_words() -> None:
    (row,) = tables(plan_of(tasks=[task("T", "Quý V năm 2026")]), "2026-03-01").items
    assert (row.deadline, row.deadline_kind) == ("Quý V năm 2026", None)


def test_targets_are_numbered_as_readings_name_them() -> None:
    plan = plan_of(objectives=[task("O", target=[">98,5%", "nâng cao", "giảm 10% so với năm trước"])])
    first, second, third = tables(plan, "2026-03-01").targets
    assert first[:6] == ("P", "O", 1, ">98,5%", ">", Decimal("98.5"))
    assert (second.target, second.comparator, second.value) == (2, "qualitative", None)
    assert (third.target, third.comparator, third.baseline) == (3, "reduce", "previous_year")


def test_a_target_that_is_not_understood_is_still_a_row() -> None:
    plan = plan_of(objectives=[task("O", target="xyz 12")])
    rows = tables(plan, "2026-03-01").targets
    assert [(row.phrase, row.comparator) for row in rows] in ([("xyz 12", None)], [("xyz 12", "qualitative")])


def test_responsibilities_name_units_members_of_groups_and_who_is_not_registered() -> None:
    item = task("T", lead="Nghiệp vụ", support=["Các phòng thuộc Trung tâm", "Công an xã"])
    rows = tables(plan_of(tasks=[item]), "2026-03-01").responsibilities
    assert [(row.role, row.unit_id, row.name) for row in rows] == [
        ("lead", "NV", "Phòng Nghiệp vụ"),
        ("support", "CP", "Các phòng thuộc Trung tâm"),
        ("support", "HC", "Phòng Hành chính"),
        ("support", "NV", "Phòng Nghiệp vụ"),
        ("support", None, "Công an xã"),
    ]


def test_responsibilities_name_persons_with_their_units_and_the_roles_that_phrases_say() -> None:
    register = Register(REGISTER.units, (Person(name="Lê Thị Hoa", post="Trưởng phòng", unit="HC"),))
    item = task("T", lead="Phòng Nghiệp vụ; phối hợp: đ/c Lê Thị Hoa", monitor="Bà Lê Thị Hoa, ông Trần Ba")
    rows = tables(plan_of(tasks=[item]), "2026-03-01", register=register).responsibilities
    assert [row[2:] for row in rows] == [
        ("lead", "NV", "Phòng Nghiệp vụ", None, None),
        ("support", "HC", "Phòng Hành chính", "Lê Thị Hoa", "Trưởng phòng"),
        ("monitor", "HC", "Phòng Hành chính", "Lê Thị Hoa", "Trưởng phòng"),
    ]


def test_links() -> None:
    item = task("T", refs=["Q", "Q"], implements=["Q/A", "Q/B"], supports="R/C")
    rows = tables(plan_of(tasks=[item], implements="Q"), "2026-03-01").links
    assert rows == (
        ("P", None, "implements", "Q", None),
        ("P", "T", "refs", "Q", None),
        ("P", "T", "implements", "Q", "A"),
        ("P", "T", "implements", "Q", "B"),
        ("P", "T", "supports", "R", "C"),
    )


def test_occurrences() -> None:
    file = records(completions=[completion("T", "2026-04-02", "2026-Q1")])
    rows = tables(plan_of(tasks=[task("T", "Hàng quý")]), "2026-07-10", file).occurrences
    assert [(row.occurrence, row.due, row.state, row.done, row.days_late) for row in rows] == [
        ("2026-Q1", date(2026, 3, 31), "done_late", date(2026, 4, 2), 2),
        ("2026-Q2", date(2026, 6, 30), "overdue", None, 10),
        ("2026-Q3", date(2026, 9, 30), "due", None, 0),
        ("2026-Q4", date(2026, 12, 31), "upcoming", None, 0),
    ]


def test_an_occurrence_says_what_it_waits_for_in_words() -> None:
    plan = plan_of(events=[{"id": "E", "text": "có hướng dẫn"}], tasks=[task("T", {"event": "E"})])
    (row,) = tables(plan, "2026-07-10").occurrences
    assert (row.due, row.state, row.waits_for, row.waiting_since) == (
        *(None, "waiting", "có hướng dẫn", date(2026, 1, 1)),
    )


def test_sums_of_money_have_their_unit_source_and_time() -> None:
    sums = [{"amount": "1250", "source": "Ngân sách tỉnh"}, {"amount": "310,75", "period": "2026"}]
    plan = plan_of(objectives=[task("O", budget=sums)], money_unit="nghìn đồng")
    found = tables(plan, "2026-03-01")
    assert [row[1:] for row in found.budgets] == [
        ("O", 1, Decimal(1250), "nghìn đồng", "Ngân sách tỉnh", None),
        ("O", 2, Decimal("310.75"), "nghìn đồng", None, "2026"),
    ]
    assert found.items[0].budget == Decimal("1560.75")


def test_a_value_typed_with_its_unit_is_a_number() -> None:
    plan = plan_of(objectives=[task("V", target="không quá 48 giờ")])
    found = tables(plan, "2026-08-01", records(readings=[reading("V", "2026-Q1", "2026-04-14", value="40 giờ")]))
    values = [found.readings[0].value, *(row.value for row in found.measurements if row.value)]
    assert {(type(value), value) for value in values} == {(Decimal, Decimal(40))}


def test_readings_keep_every_digit_and_measurements_add_cases_up() -> None:
    file = records(
        unit="NV",
        readings=[
            reading("O", "2026-Q1", "2026-04-14", numerator="96", denominator="98", evidence=["BC 1", "BC 2"]),
            reading("O", "2026-Q2", "2026-07-14", numerator="1", denominator="1"),
            reading("V", "2026-Q1", "2026-04-14", value="12,250000001"),
        ],
    )
    plan = plan_of(objectives=[task("O", target=">98%"), task("V", target="không quá 13 vụ")])
    found = tables(plan, "2026-08-01", file)
    assert [(r.item_id, r.entry, r.period, r.numerator, r.value, r.attainment) for r in found.readings] == [
        ("O", 1, "2026-Q1", 96, None, "missed"),
        ("O", 2, "2026-Q2", 1, None, "attained"),
        ("V", 1, "2026-Q1", None, Decimal("12.250000001"), "kept"),
    ]
    assert (found.readings[0].evidence, found.readings[0].recorded_by, found.readings[0].target) == (
        "BC 1\nBC 2",
        "NV",
        1,
    )
    half = next(row for row in found.measurements if (row.item_id, row.span) == ("O", "half"))
    assert (half.period, half.numerator, half.denominator, half.value, half.attainment, half.recorded) == (
        *("2026-H1", 97, 99, Decimal("97.979797980"), "missed", date(2026, 7, 14)),
    )


def test_what_is_typed_stays_typed_in_measurements() -> None:
    file = records(readings=[reading("V", "2026-Q1", "2026-04-14", value="999999999999999,123456789")])
    found = tables(plan_of(objectives=[task("V", target="không quá 13 điểm")]), "2026-04-30", file)
    assert next(row.value for row in found.measurements if row.period == "2026-Q1") == Decimal(
        "999999999999999.123456789"
    )


def test_what_was_recorded_later_is_no_row() -> None:
    plan = plan_of(objectives=[task("O", "Hàng quý", target="100%")], events=[{"id": "E", "text": "e"}])
    file = records(
        readings=[reading("O", "2026-Q1", "2026-04-14", value="100")],
        completions=[completion("O", "2026-04-01", "2026-Q1", recorded="2026-04-14")],
        events=[{"event": "E", "date": "2026-04-01", "recorded": "2026-04-14"}],
        corrective_actions=[{"item": "O", "period": "2026-Q1", "cause": "c", "action": "a", "recorded": "2026-04-14"}],
    )
    before, after = tables(plan, "2026-04-13", file), tables(plan, "2026-04-14", file)
    names = ("readings", "completions", "events", "corrective_actions")
    assert [len(getattr(before, name)) for name in names] == [0, 0, 0, 0]
    assert [len(getattr(after, name)) for name in names] == [1, 1, 1, 1]


def test_a_corrective_action_has_all_that_was_recorded_of_it() -> None:
    plan = plan_of(objectives=[task("O", "Hàng quý", target="100%")])
    more = {"correction": "r", "evidence": "Biên bản số 3", "files": ["b.pdf"], "done": "2026-05-30"}
    checked = {"verified_on": "2026-07-20", "verified_by": "Tổ ISO", "effective": "không"}
    action = {"item": "O", "period": "2026-Q1", "cause": "c", "action": "a", "recorded": "2026-04-14"}
    (row,) = tables(plan, "2026-08-01", records(corrective_actions=[action | more | checked])).corrective_actions
    assert (row.correction, row.evidence, row.files) == ("r", "Biên bản số 3", "b.pdf")
    assert (row.verified_on, row.verified_by, row.effective) == (day("2026-07-20"), "Tổ ISO", False)


def test_records_on_items_that_there_are_not_are_left_out() -> None:
    file = records(
        readings=[reading("X", "2026-Q1", "2026-04-14", value="1")], completions=[completion("X", "2026-04-01")]
    )
    found = tables(plan_of(tasks=[task("T")]), "2026-05-01", file)
    assert found.readings == found.completions == ()


def test_only_items_that_are_kept_and_their_records() -> None:
    plan = plan_of(tasks=[task("A", "Hàng quý"), task("B", "Quý I năm 2026")])
    file = records(completions=[completion("A", "2026-03-01", "2026-Q1"), completion("B", "2026-03-01")])
    found = tables(plan, "2026-05-01", file, keep=lambda _plan, node: node.item.id == "B")
    assert {row.item_id for rows in (found.items, found.occurrences, found.completions) for row in rows} == {"B"}
    assert found.items[0].position == 2
    assert tables(plan, "2026-05-01", keep=lambda _plan, _node: False) == Tables()


def test_only_tables_that_are_wanted() -> None:
    found = tables(plan_of(tasks=[task("A", "Hàng quý")]), "2026-05-01", wanted=frozenset({"occurrences"}))
    assert len(found.occurrences) == 4
    assert found.plans == found.items == ()


def test_a_form_has_no_rows() -> None:
    tree = {"kind": "plan", "id": "P", "template": "t", "form": "true", "period": "2026", "head": {"type": "X"}}
    assert tables(build(Plan, {**tree, "tasks": [task("T", "Trong năm")]}), "2026-12-31") == Tables()


@each_row(
    ("period", "as_of", "expected"),
    [
        ("2026", "2026-01-01", "quarter 2026-Q1, half 2026-H1, nine_months 2026-9M, year 2026"),
        ("2026", "2026-03-31", "quarter 2026-Q1, half 2026-H1, nine_months 2026-9M, year 2026"),
        ("2026", "2026-04-01", "quarter 2026-Q1, quarter 2026-Q2, half 2026-H1, nine_months 2026-9M, year 2026"),
        ("2026", "2025-12-31", ""),
        ("2026-H2", "2026-07-01", "quarter 2026-Q3, half 2026-H2"),
        ("2026-03-01/2026-06-30", "2026-05-01", "quarter 2026-Q2, plan 2026-03-01/2026-06-30"),
        ("2026-2027", "2026-01-02", "quarter 2026-Q1, half 2026-H1, nine_months 2026-9M, year 2026, plan 2026-2027"),
    ],
)
def test_periods_that_have_begun_are_measured(period: str, as_of: str, expected: str) -> None:
    assert ", ".join(f"{span} {part.code}" for span, part in spans(parse_period(period), day(as_of))) == expected


@given(PLANS, st.data(), DAYS)
def test_an_occurrence_row_for_each_occurrence(plan: Plan, data: st.DataObject, as_of: date) -> None:
    files = data.draw(files_of(plan))
    progress = plan_progress(plan, outline(plan), files, as_of)
    rows = tables(plan, as_of, *files).occurrences
    states = [entry for item in progress.items for entry in item.occurrences]
    assert [(row.state, row.due, row.done, row.days_late) for row in rows] == [
        (entry.state.value, entry.due, entry.done, entry.days) for entry in states
    ]
    assert sum(row.state in {"done", "done_late", "evidenced"} for row in rows) == done_and_all(progress)[0]


@given(PLANS, st.data(), DAYS)
def test_measurements_say_what_status_says(plan: Plan, data: st.DataObject, as_of: date) -> None:
    files = data.draw(files_of(plan))
    progress = progress_of(plan, str(as_of), *files)
    for row in tables(plan, as_of, *files).measurements:
        found = item_of(progress, row.item_id).measured(parse_period(row.period))
        (same,) = [entry for entry in found if entry.number == row.target]
        assert (same.attainment.value, same.value and round(same.value, 9), same.planned) == (
            row.attainment,
            row.value,
            row.planned,
        )
        assert (same.numerator, same.denominator) == (row.numerator, row.denominator)
        (line,) = [entry for entry in status_lines(plan, files, as_of, row) if entry["number"] == row.target]
        assert (line["final"], line["missing"]) == (row.is_final, row.missing.split("; ") if row.missing else [])
        assert line["days_late"] == row.days_late
        assert not row.is_final or row.period_end < as_of or row.kind in {"amount", "at_most_amount", "planned"}


def status_lines(plan: Plan, files: tuple[Progress, ...], as_of: date, row: MeasurementRow) -> list[dict[str, Any]]:
    """What the JSON of the status over a row's period says of each target of its item, with the days late that its CSV
    has."""
    found = status_of(
        [(plan, files)], StatusScope(Settings.model_construct(kind="workspace"), as_of, parse_period(row.period))
    )
    one = next(one for one in found.every if one.item == row.item_id)
    due = [(line.due, line.days) for line in one.lines if line.due and line.due in found.window]
    return [
        {
            **measurement_data(entry),
            "number": entry.number,
            "days_late": entry.days_late or max(due, default=(as_of, 0))[1],
        }
        for entry in one.measurements
    ]


@given(PLANS, st.data(), DAYS)
def test_files_may_come_in_any_order_and_be_split(plan: Plan, data: st.DataObject, as_of: date) -> None:
    files = data.draw(files_of(plan))
    expected = tables(plan, as_of, *files)
    assert tables(plan, as_of, *data.draw(st.permutations(files))) == expected
    kinds = ("readings", "completions", "events", "corrective_actions")
    one = [records(plan="P")]  # and the entries of all files, each kind in a file of its own
    one += [_only(files, kind) for kind in kinds]
    assert tables(plan, as_of, *one) == expected


def _only(files: tuple[Progress, ...], kind: str) -> Progress:
    from values import replace

    entries = tuple(entry for file in reversed(files) for entry in getattr(file, kind))
    return replace(records(), **{kind: entries})


@given(PLANS, st.data(), DAYS)
def test_keys_are_unique_and_join(plan: Plan, data: st.DataObject, as_of: date) -> None:
    found = tables(plan, as_of, *data.draw(files_of(plan)))
    for name, table in TABLES.items():
        rows = getattr(found, name)
        assert len({tuple(getattr(row, column) for column in table.key) for row in rows}) == len(rows), name
    items = {row.item_id for row in found.items}
    for name in ("targets", "responsibilities", "occurrences", "measurements", "readings", "completions"):
        assert {row.item_id for row in getattr(found, name)} <= items
    assert {row.parent_id for row in found.items} <= {*items, None}
    numbers = {(row.item_id, row.target) for row in found.targets}
    assert {(row.item_id, row.target) for row in found.measurements} <= numbers


@given(PLANS, st.data(), DAYS)
def test_known_on_is_what_progress_counts(plan: Plan, data: st.DataObject, as_of: date) -> None:
    files = data.draw(files_of(plan))
    known = [known_on(file, as_of) for file in files]
    assert [known_on(file, as_of) for file in known] == known
    assert tables(plan, as_of, *known) == tables(plan, as_of, *files)
    assert plan_progress(plan, outline(plan), known, as_of) == plan_progress(plan, outline(plan), files, as_of)
