"""A level over the parts of its time and from several units: nothing that is missed is hidden by what is attained."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from progress_samples import day, item_of, plan_of, progress_of, reading, records, task
from test_results import Q1, Q2, Q3, Q4, QUARTERLY, SETTINGS, YEAR, looked_at, told

from qmsplan.model.period import parse_period
from qmsplan.model.settings import Settings, Unit
from qmsplan.progress.owed import owed_times
from qmsplan.progress.report import gap
from qmsplan.progress.status import Status, StatusScope, status_of
from rows import each_row

HOURS = {"target": "không quá 48 giờ", "frequency": "hằng quý"}


@pytest.mark.parametrize("deadline", [YEAR, QUARTERLY])
@pytest.mark.parametrize(
    ("hours", "as_of", "state", "met", "value"),
    [
        (("60", "40", "30"), "2026-11-30", "missed", (2, 3), "60"),
        (("60", "40", "50"), "2026-11-30", "missed", (1, 3), "50"),
        (("40", "30", "48"), "2026-10-20", "under_way", (3, 3), "48"),
        (("60", "40", "30", "20"), "2027-02-01", "missed", (3, 4), "60"),
        (("40", "40", "30", "20"), "2027-02-01", "attained", (4, 4), "20"),
    ],
)
def test_a_level_measured_each_quarter_has_to_hold_in_each(
    deadline: dict[str, str], hours: tuple[str, ...], as_of: str, state: str, met: tuple[int, int], value: str
) -> None:
    """Of hours nothing adds up: the last quarter is not the year."""
    numbers = [(*when, number) for when, number in zip((Q1, Q2, Q3, Q4), hours, strict=False)]
    found = told("2026", as_of, HOURS["target"], *numbers, frequency="hằng quý", **deadline)
    assert (found.attainment, str(found.value)) == (state, value)
    assert found.parts
    assert (found.parts.met, found.parts.of, found.parts.months) == (*met, 3)
    for window, number in zip(("2026-Q1", "2026-Q2", "2026-Q3"), hours, strict=False):
        quarter = told(window, as_of, HOURS["target"], *numbers, frequency="hằng quý", **deadline)
        assert (quarter.attainment == "attained") is (int(number) <= 48)


@each_row(
    ("frequency", "window", "periods", "months"),
    [
        ("month", "2026-Q1", ("2026-01", "2026-02", "2026-03"), 1),
        ("half-year", "2026", ("2026-H1", "2026-H2"), 6),
        ("year", "2024-2026", ("2024", "2025"), 12),
    ],
)
def test_the_length_of_a_part_is_told_in_months(
    frequency: str, window: str, periods: tuple[str, ...], months: int
) -> None:
    """February and a year too are as long as they are called."""
    numbers = [(period, "2027-01-05", "60") for period in periods]
    phrase = "không quá 48 giờ/năm" if frequency == "year" else HOURS["target"]
    found = told(window, "2027-02-01", phrase, *numbers, frequency=frequency, period="2024-2026")
    assert found.parts == (0, len(periods), months)


@each_row(
    ("target", "counts", "state", "value"),
    [("ít nhất 4 lớp/quý", ("4", "3", "5"), "missed", 3), ("không quá 2 vụ/quý", ("1", "3", "2"), "exceeded", 3)],
)
def test_the_year_of_an_amount_of_each_quarter_says_that_it_is_of_a_quarter(
    target: str, counts: tuple[str, ...], state: str, value: int
) -> None:
    """`3/4 lớp` of a year with twelve lessons is that of its second quarter."""
    numbers = [(*when, number) for when, number in zip((Q1, Q2, Q3), counts, strict=True)]
    found = told("2026", "2026-11-30", target, *numbers, **YEAR)
    assert (found.attainment, found.value, found.parts) == (state, value, (2, 3, 3))
    early = (*numbers[:2], (Q3[0], "2026-09-10", counts[2]))
    going_on = told("2026", "2026-09-20", target, *early, **YEAR)
    assert going_on.parts == ((2, 3, 3) if state == "missed" else (1, 2, 3)), "a limit may still be exceeded"


def test_a_longer_reading_stands_for_its_parts_and_hides_no_other() -> None:
    numbers = (("2026-H1", "2026-07-10", "60"), (*Q3, "40"))
    found = told("2026", "2026-11-30", HOURS["target"], *numbers, frequency="hằng quý", **YEAR)
    assert (found.attainment, found.value) == ("missed", 60)
    whole = told("2026", "2027-02-01", HOURS["target"], *numbers, ("2026", "2027-01-10", "45"), frequency="hằng quý")
    assert (whole.attainment, whole.value, whole.parts) == ("attained", 45, None)


def test_shares_of_the_quarters_add_up_and_a_missed_quarter_is_seen() -> None:
    numbers = ((*Q1, "96", "97"), (*Q2, "121", "122"), (*Q3, "126", "130"))
    found = told("2026", "2026-11-30", ">98%", *numbers, frequency="hằng quý", **YEAR)
    assert (found.attainment, found.numerator, found.denominator) == ("under_way", 343, 349)
    assert found.parts
    assert (found.parts.met, found.parts.of) == (2, 3)


def test_one_share_and_one_plain_value_do_not_add_up() -> None:
    """98/100 and then 80 % of nobody knows how many: the year is not 98 %."""
    found = told("2026", "2027-02-01", ">98%", (*Q1, "99", "100"), (*Q2, "80"), frequency="hằng quý", **YEAR)
    assert (found.attainment, found.value) == ("missed", 80)


RISING = {"plan": {"2026-Q1": "50", "2026-Q2": "60", "2026-Q3": "70", "2026-Q4": "80"}, **YEAR}
EVEN = {"plan": {f"2026-Q{number}": "98" for number in (1, 2, 3, 4)}, **YEAR}
HALVES = {"plan": {"2026-Q2": "85", "2026-Q4": "90"}, **YEAR}


@each_row(
    ("fields", "shares", "as_of", "state", "value", "met"),
    [
        # each quarter is held against its own value; the last one that was read is told, and the year is under way
        (RISING, ("45", "61", "72"), "2026-11-30", "under_way", "72", (2, 3)),
        (RISING, ("45/100", "61/100", "72/100"), "2026-11-30", "under_way", "72", (2, 3)),
        (RISING, ("45", "61", "72", "85"), "2027-02-01", "attained", "85", (3, 4)),
        (RISING, ("45",), "2026-05-01", "under_way", "45", None),
        # so where the same is planned for each: one rule for all that is planned
        (EVEN, ("90", "99", "99"), "2026-11-30", "under_way", "99", (2, 3)),
        (EVEN, ("90", "99", "99", "98"), "2027-02-01", "attained", "98", (3, 4)),
        # a quarter for which nothing is planned is none of the steps
        (HALVES, ("70", "86", "80"), "2026-11-30", "under_way", "86", None),
        (HALVES, ("70",), "2026-05-30", "under_way", "70", None),
    ],
)
def test_the_year_of_a_level_planned_by_quarter(
    fields: dict[str, Any], shares: tuple[str, ...], as_of: str, state: str, value: str, met: tuple[int, int] | None
) -> None:
    """72 % of 70 by September was missed in November, held against the 80 % of December; that March missed its 50 %
    was nowhere."""
    numbers = [(*when, *share.split("/")) for when, share in zip((Q1, Q2, Q3, Q4), shares, strict=False)]
    found = told("2026", as_of, f">= {fields['plan']['2026-Q4']}%", *numbers, **fields)
    assert (found.attainment, str(found.value)) == (state, value)
    assert (found.parts and found.parts[:2]) == met


@each_row("target", ["ít nhất 4 lớp/quý", "không quá 5 vụ/quý"])
def test_a_phrase_that_names_a_quarter_asks_for_each(target: str) -> None:
    """Without `frequency` too, though the deadline is the year's end: the second quarter was nowhere."""
    numbers = (*Q1, "4"), (*Q3, "5")
    quarter = told("2026-Q2", "2026-11-30", target, *numbers, **YEAR)
    assert (quarter.attainment, quarter.is_final) == ("no_data", False)
    whole = told("2026", "2026-11-30", target, *numbers, **YEAR)
    assert [time.code for time in whole.missing] == ["2026-Q2"]
    (row,) = looked_at(
        "2026", "2027-03-01", target.replace("quý", "tháng"), ("2026-01", "2026-02-05", "4"), **YEAR
    ).rows
    assert [time.code for time in row.missing] == [f"2026-{month:02}" for month in range(2, 13)]


def test_what_was_evaluated_before_its_time_lacks_the_time_itself() -> None:
    """A rank of June is no rank of the fourth quarter: the year was told as final."""
    found = told("2026", "2027-02-01", "top 10", (*Q2, "9"), deadline="Quý IV năm 2026")
    assert (found.attainment, [time.code for time in found.missing], found.is_final) == ("no_data", ["2026-Q4"], False)
    half = told("2026", "2027-02-01", ">= 90%", ("2026-H1", "2026-07-05", "45", "50"), **YEAR)
    assert ([time.code for time in half.missing], half.is_final) == (["2026"], False), "its due day says no data"
    sums = told("2026", "2026-11-20", "ít nhất 120 lượt", (*Q1, "22"), plan={"2026-Q1": "20", "2026-Q4": "100"}, **YEAR)
    assert (sums.attainment, sums.is_final) == ("under_way", False)


def test_an_amount_of_each_year_does_not_vanish_from_the_whole_plan() -> None:
    for as_of, state in (("2026-12-31", "under_way"), ("2027-01-10", "awaited"), ("2027-02-01", "no_data")):
        found = looked_at("2026-2030", as_of, "04 lần/năm", period="2026-2030", deadline="Năm 2026 - 2030")
        assert [row.attainment for row in found.rows] == [state]


def test_a_quarter_that_a_habit_leaves_out_is_told_everywhere() -> None:
    """Measured in the first two quarters and in the last: `validate` and `remind` asked for the third, the status of
    that quarter and of the year did not."""
    numbers = (*Q1, "96"), (*Q2, "97"), (*Q4, "99")
    assert told("2026-Q3", "2027-02-01", ">= 95%", *numbers, **YEAR).attainment == "no_data"
    assert [time.code for time in told("2026", "2027-02-01", ">= 95%", *numbers, **YEAR).missing] == ["2026-Q3"]
    assert told("2026-Q3", "2026-10-15", ">= 95%", *numbers[:2], **YEAR).attainment == "not_measured"
    assert told("2026-Q3", "2026-11-01", ">= 95%", *numbers[:2], **YEAR).attainment == "no_data"


UNITS = {"id": "O", "text": "O", "target": "từ 90% trở lên", "lead": "NHOM", "deadline": "Hàng quý"}


def _of_units(
    window: str, as_of: str, item: dict[str, Any], settings: Settings = SETTINGS, **entries: list[dict[str, Any]]
) -> Status:
    files = [records(unit=unit, readings=found) for unit, found in entries.items()]
    return status_of([(plan_of(objectives=[item]), files)], StatusScope(settings, day(as_of), parse_period(window)))


def _share(recorded: str, share: str, period: str = "2026-Q1", **more: str) -> dict[str, Any]:
    met, _, cases = share.partition("/")
    fields = {"numerator": met, "denominator": cases} if cases else {"value": met}
    return reading("O", period, recorded, **fields, **more)


@pytest.mark.parametrize(
    ("one", "other", "state", "seen"),
    [
        ("95%", "80%", "missed", {"A": 95, "B": 80}),
        ("95/100", "80%", "missed", {"A": 95, "B": 80}),
        ("80%", "95/100", "missed", {"A": 80, "B": 95}),
        ("95%", "91%", "attained", {"A": 95, "B": 91}),
        ("95/100", "80/100", "missed", {}),
        ("95/100", "80/10000", "missed", {}),
        ("95/100", "9/10", "attained", {}),
    ],
)
@pytest.mark.parametrize("days", [("2026-04-08", "2026-04-10"), ("2026-04-10", "2026-04-08"), ("2026-04-10",) * 2])
def test_values_of_several_units_are_never_one_of_them(
    one: str, other: str, state: str, seen: dict[str, int], days: tuple[str, str]
) -> None:
    for window in ("2026-Q1", "2026"):
        found = _of_units(window, "2026-04-20", UNITS, A=[_share(days[0], one)], B=[_share(days[1], other)])
        result = found.rows[0].result
        assert result
        is_decided = window == "2026-Q1" or (state == "missed" and bool(seen))
        assert result.attainment == (state if is_decided else "under_way")
        assert {entry.unit: entry.value for entry in result.by_unit} == seen
        assert (result.value is None) is bool(seen)


def test_values_of_several_units_have_no_trend() -> None:
    """None of them is the result of all, in the one quarter or in the other."""
    for later in ([_share("2026-07-10", "96%", "2026-Q2")], []):
        found = _of_units("2026-Q2", "2026-07-20", UNITS, A=[_share("2026-04-10", "80%"), *later],
            B=[_share("2026-04-10", "95%"), _share("2026-07-10", "91%", "2026-Q2")])  # fmt: skip
        result = found.rows[0].result
        assert result
        assert result.trend.previous == "unknown"


def test_a_unit_that_takes_over_is_no_second_opinion() -> None:
    found = _of_units("2026", "2026-07-20", {**UNITS, "deadline": "Trong năm 2026"},
        A=[_share("2026-04-10", "80%")], B=[_share("2026-07-10", "95%", "2026-Q2")])  # fmt: skip
    result = found.rows[0].result
    assert result
    assert (result.attainment, result.value, result.by_unit) == ("under_way", 95, ())


LESS = {**UNITS, "target": "giảm 10% so với năm 2025", "deadline": "Trong năm 2026"}


def test_a_value_without_baseline_does_not_destroy_the_result_of_the_lead() -> None:
    """18 after 21 is 14,29 % less; a supporting unit typed 47,5 of the last quarter beside it."""
    entries = {
        "A": [_share("2027-01-05", "18", "2026", baseline="21")],
        "B": [_share("2027-01-06", "47.5", "2026-Q4")],
    }
    result = _of_units("2026", "2027-02-01", LESS, **entries).rows[0].result
    assert result
    assert result.attainment == "attained"
    assert {entry.unit: (entry.value, entry.attainment.value) for entry in result.by_unit} == {
        "A": (18, "attained"),
        "B": (Decimal("47.5"), "no_baseline"),
    }


_SILENT = ("2026-Q3", frozenset("B"))


@pytest.mark.parametrize(
    ("as_of", "other", "expected"),
    [
        ("2026-10-10", ("Q1", "Q2"), [(*_SILENT, "awaited")]),
        ("2026-10-20", ("Q1", "Q2"), [(*_SILENT, "no_data")]),
        ("2026-10-20", (), []),  # nobody knows that B has a part
    ],
)
def test_the_part_of_a_unit_is_owed_by_that_unit_alone(
    as_of: str, other: tuple[str, ...], expected: list[tuple[str, frozenset[str], str]]
) -> None:
    item = task("O", target="50 lượt/quý", frequency="quarter", deadline="Hằng quý")
    told = {"A": ("Q1", "Q2", "Q3"), "B": other}
    files = [
        records(unit=unit, readings=[_share("2026-10-05", "20", f"2026-{quarter}") for quarter in quarters])
        for unit, quarters in told.items()
    ]
    plan = plan_of(objectives=[item])
    assert plan.period
    found = owed_times(item_of(progress_of(plan, as_of, *files), "O"), plan.period, day(as_of))
    assert [(one.period.code, one.units, str(one.state)) for one in found if not one.is_missed] == expected


@pytest.mark.parametrize("plan", [{}, {"plan": {"2026-Q1": "20", "2026-Q2": "20", "2026-Q3": "20", "2026-Q4": "40"}}])
@pytest.mark.parametrize(("others", "state"), [(("Q1", "Q2"), "no_data"), (("Q1",), "missed")])
def test_a_sum_that_lacks_the_part_of_a_unit_that_told_each_time_is_no_miss(
    others: tuple[str, ...], state: str, plan: dict[str, Any]
) -> None:
    item = task("O", "Quý III năm 2026", target="100 lượt" if plan else "60 lượt", **plan)
    entries = {
        "A": [_share("2026-10-05", "9", f"2026-{quarter}") for quarter in ("Q1", "Q2", "Q3")],
        "B": [_share("2026-10-05", "8", f"2026-{quarter}") for quarter in others],
    }
    (row,) = _of_units("2026-Q3", "2026-10-20", item, **entries).rows
    assert row.result
    assert row.result.attainment == state
    assert [time.code for time in row.missing] == (["2026-Q3"] if state == "no_data" else [])


@each_row(("ended", "state"), [("2026-06-30", "missed"), ("2026-09-30", "no_data"), (None, "no_data")])
def test_a_unit_that_ended_lacks_in_no_later_sum(ended: str | None, state: str) -> None:
    units = (Unit(code="B", name="Phòng B", until=ended and day(ended)), Unit(code="A", name="A"))
    entries = {
        "A": [_share("2026-10-05", "9", f"2026-{quarter}") for quarter in ("Q1", "Q2", "Q3")],
        "Phòng B": [_share("2026-10-05", "8", f"2026-{quarter}") for quarter in ("Q1", "Q2")],
    }
    settings = SETTINGS.model_copy(update={"units": units})
    (row,) = _of_units(
        "2026-Q3", "2026-10-20", task("O", "Quý III năm 2026", target="60 lượt"), settings, **entries
    ).rows
    assert row.result
    assert row.result.attainment == state


BEDS = {"target": "300 giường", "aggregation": "latest", "frequency": "quarter"}
LEADS = SETTINGS.model_copy(update={"units": (Unit(code="B", name="Phòng B"), Unit(code="C", name="Phòng C"))})


@pytest.mark.parametrize("window", ["2026-Q2", "2026-H1"])
@pytest.mark.parametrize(
    ("item", "told_by_b", "told_by_c", "value"),
    [
        (BEDS, "150 160", "150", (160, 160)),
        ({"target": "không quá 5 vụ"}, "0 0", "0", (0, 0)),
        ({"target": "6 lớp/quý"}, "3 2", "3", (2, 8)),
        ({"target": "20 lớp", "deadline": "6 tháng đầu năm"}, "3 2", "3", (8, 8)),
        ({"target": "từ 8 điểm", "frequency": "quarter"}, "9 7", "9", (7, None)),
    ],
)
def test_a_lead_that_told_beside_another_is_missing_when_it_does_not(
    item: dict[str, Any], told_by_b: str, told_by_c: str, value: tuple[int, int | None], window: str
) -> None:
    """Decision 0030: half of the figures is no result, in the quarter and in the half-year that ends with it."""
    entries = {
        unit: [_share("2026-07-05", number, f"2026-Q{at}") for at, number in enumerate(told.split(), 1)]
        for unit, told in (("B", told_by_b), ("C", told_by_c))
    }
    item = {"id": "O", "text": "O", "lead": "Phòng B; Phòng C", "deadline": "Trong năm 2026", **item}
    for as_of, state in (("2026-07-10", "awaited"), ("2026-07-20", "no_data")):
        (row,) = _of_units(window, as_of, item, LEADS, **entries).rows
        assert row.result
        assert (row.result.attainment, row.result.value) == (state, value[window == "2026-H1"])
    assert row.result.missing_of == {("Phòng C",): [parse_period("2026-Q2")]}
    alone = {**item, "lead": "Phòng B"}  # who leads it alone took the other's part over
    assert not _of_units(window, "2026-07-20", alone, LEADS, **entries).rows[0].missing


def test_what_a_lead_had_in_the_first_quarter_is_not_what_there_is_at_the_end_of_the_year() -> None:
    """10 and 20 in the first quarter, 12 of one of them in the last: 32 were held against the target of the year."""
    item = {"id": "O", "text": "O", "lead": "Phòng B; Phòng C", "deadline": "Trong năm 2026"}
    item |= {"target": "30 cán bộ", "aggregation": "latest", "frequency": "year"}
    entries = {
        "B": [_share("2026-04-05", "10", "2026-Q1"), _share("2027-01-05", "12", "2026-Q4")],
        "C": [_share("2026-04-05", "20", "2026-Q1")],
    }
    (row,) = _of_units("2026", "2027-01-20", item, LEADS, **entries).rows
    assert row.result
    assert (row.result.attainment, row.result.value) == ("no_data", 12)
    assert row.result.missing_of == {("Phòng C",): [parse_period("2026")]}


def test_a_half_year_beside_the_quarters_of_another_unit() -> None:
    """Of 3 and 7 the second quarter had 4: with 2 of the other unit 6 of 6, and in no case a miss."""
    item = {"id": "O", "text": "O", "lead": "Phòng B; Phòng C", "target": "6 lớp/quý", "deadline": "Trong năm 2026"}
    entries = {
        "B": [_share("2026-07-05", "3", "2026-Q1"), _share("2026-07-05", "2", "2026-Q2")],
        "C": [_share("2026-07-05", "3", "2026-Q1"), _share("2026-07-05", "7", "2026-H1")],
    }
    for window, state, missing in (("2026-Q2", "no_data", ["2026-Q2"]), ("2026-H1", "attained", [])):
        (row,) = _of_units(window, "2026-07-20", item, LEADS, **entries).rows
        assert row.result
        assert (row.result.attainment, [time.code for time in row.missing]) == (state, missing)
        assert row.result.trend.previous == "unknown"
    plan = plan_of(objectives=[item])
    assert plan.period
    files = [records(unit=unit, readings=found) for unit, found in entries.items()]
    assert not owed_times(item_of(progress_of(plan, "2026-07-20", *files), "O"), plan.period, day("2026-07-20"))


@each_row(
    ("item", "told_by_c", "told_by_e", "value"),
    [
        ({"target": "40 cán bộ", "aggregation": "latest"}, "28", "30", 30),
        ({"target": "100 tỷ đồng", "aggregation": "cumulative"}, "45", "75", 75),
        ({"target": "dưới 40 hộ", "aggregation": "final"}, "50", "35", 35),
    ],
)
def test_the_heir_of_a_unit_tells_for_it(item: dict[str, Any], told_by_c: str, told_by_e: str, value: int) -> None:
    units = (Unit(code="C", name="C", until=day("2026-06-30"), succeeded_by=("E",)), Unit(code="E", name="E"))
    item = {"id": "O", "text": "O", "lead": "C", "deadline": "Trong năm 2026", **item}
    entries = {
        "C": [_share("2026-06-28", told_by_c, "2026-Q2")],
        "E": [_share("2026-10-05", told_by_e, "2026-Q3")],
    }
    for window in ("2026-Q3", "2026-9M", "2026"):
        (row,) = _of_units(window, "2026-10-20", item, SETTINGS.model_copy(update={"units": units}), **entries).rows
        assert row.result
        assert row.result.value == value


def test_the_baseline_of_a_period_counts_once_for_all_units() -> None:
    """10 and 5 of the first quarter after 20 in that quarter a year before: a quarter less."""
    entries = {
        "A": [_share("2025-04-10", "20", "2025-Q1"), _share("2026-04-10", "10")],
        "B": [_share("2026-04-10", "5")],
    }
    item = {**LESS, "target": "giảm 10% so với cùng kỳ", "deadline": "Hàng quý"}
    result = _of_units("2026-Q1", "2026-04-20", item, **entries).rows[0].result
    assert result
    assert (result.baseline, result.value, result.change) == (20, 15, 25)


CHANGES = [
    # one quarter, or half the quarters, is no result of the year
    ("giảm 10% so với năm 2025", [(*Q3[:1], "2026-10-10", "5", "6")], "2026-11-30", "under_way"),
    ("tăng 5% so với cùng kỳ", [(*Q1, "105", "100"), (*Q2, "104", "100")], "2026-11-30", "under_way"),
    ("tăng 5% so với cùng kỳ", [(*Q1, "105", "100"), (*Q2, "104", "100")], "2027-01-10", "awaited"),
    ("tăng 5% so với cùng kỳ", [(*Q1, "105", "100"), (*Q2, "104", "100")], "2027-02-01", "no_data"),
    ("tăng 5% so với cùng kỳ", [(*Q, "105", "100") for Q in (Q1, Q2, Q3, Q4)], "2027-02-01", "attained"),
    ("tăng 5% so với cùng kỳ", [("2026", "2027-01-10", "104", "100")], "2027-02-01", "missed"),
]


@each_row(("target", "numbers", "as_of", "state"), CHANGES)
def test_a_change_over_a_part_of_the_year_is_not_the_year_s(
    target: str, numbers: list[tuple[str, ...]], as_of: str, state: str
) -> None:
    entries = [reading("O", when, recorded, value=now, baseline=then) for when, recorded, now, then in numbers]
    item = {**LESS, "target": target, "frequency": "hằng quý"}
    result = _of_units("2026", as_of, item, A=entries).rows[0].result
    assert result
    assert result.attainment == state
    first = _of_units(entries[0]["period"], as_of, item, A=entries).rows[0].result
    assert first
    assert first.attainment in {"attained", "missed"}


def test_the_baseline_of_a_year_is_known_while_the_year_goes_on() -> None:
    """50 in 2025; quarters I to III of 2026 are in. Nothing is lacking but the last quarter."""
    quarters = [reading("O", when, recorded, value="9") for when, recorded in (Q1, Q2, Q3)]
    entries = [reading("O", "2025", "2026-01-10", value="50"), *quarters]
    item = {**LESS, "target": "giảm 20% số vụ so với năm 2025"}
    for window in ("2026", "2026-Q1", "2026-Q3"):
        result = _of_units(window, "2026-11-30", item, A=entries).rows[0].result
        assert result
        assert result.attainment == "under_way"
    entries.append(reading("O", *Q4, value="9"))
    result = _of_units("2026", "2027-02-01", item, A=entries).rows[0].result
    assert result
    assert (result.attainment, result.change) == ("attained", 28)
    alone = _of_units("2026", "2027-02-01", item, A=entries[1:]).rows[0].result
    assert alone
    assert alone.attainment == "no_baseline"


@each_row(
    ("window", "as_of", "state"),
    [("2026-Q3", "2026-10-05", "awaited"), ("2026-Q3", "2026-11-30", "no_data"), ("2026-9M", "2026-11-30", "no_data")],
)
def test_a_share_that_lacks_a_unit_is_no_result(window: str, as_of: str, state: str) -> None:
    """80 of 100 of one unit were those of both, a miss, whatever the other one still reports."""
    known = [reading("O", *when, numerator="98", denominator="100") for when in (Q1, Q2)]
    last = reading("O", "2026-Q3", "2026-10-03", numerator="80", denominator="100")
    item = {**UNITS, "target": "≥ 95%", "deadline": "Năm 2026"}
    result = _of_units(window, as_of, item, A=[*known, last], B=known).rows[0].result
    assert result
    assert result.attainment == state


def test_quarters_whose_figures_did_not_come_are_told_of_the_year() -> None:
    """Ten days to report in the sample year: by 30/11 the figures of three quarters are missing."""
    none = looked_at("2026", "2026-11-30", HOURS["target"], frequency="hằng quý", **YEAR)
    assert [part.code for part in none.rows[0].missing] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert none.rows[0].attainment == "under_way"
    one = looked_at("2026", "2026-10-10", HOURS["target"], (*Q1, "40"), frequency="hằng quý", **YEAR)
    assert [part.code for part in one.rows[0].missing] == ["2026-Q2"]
    assert one.rows[0].attainment == "under_way"
    quarter = looked_at("2026-Q2", "2026-10-10", HOURS["target"], frequency="hằng quý", **YEAR)
    assert (quarter.rows[0].attainment, quarter.rows[0].missing) == ("no_data", ())
    reached = looked_at("2026", "2026-11-30", "10 lớp", (*Q1, "10"), frequency="hằng quý", **YEAR)
    assert (reached.rows[0].attainment, reached.rows[0].missing) == ("attained", ())


@each_row(
    ("window", "as_of", "is_final"),
    [
        ("2026-Q3", "2026-09-30", False),
        ("2026-Q3", "2026-10-20", True),
        ("2026-H2", "2026-11-30", False),
        ("2026", "2026-11-30", False),
        ("2026", "2027-02-01", True),
    ],
)
def test_nothing_is_final_before_its_time_is_over(window: str, as_of: str, is_final: object) -> None:
    numbers = [(*when, "40") for when in (Q1, Q2, ("2026-Q3", "2026-09-29"), ("2026-Q4", "2027-01-10"))]
    found = told(window, as_of, HOURS["target"], *numbers, frequency="hằng quý", **YEAR)
    assert (found.attainment, found.is_final) == (
        "attained" if is_final or window == "2026-Q3" else "under_way",
        is_final,
    )


def test_a_unit_whose_figures_of_a_quarter_are_missing_is_silent_in_the_year() -> None:
    """Nothing was told of three quarters: the unit stands in the table and among those that reported nothing."""
    none = looked_at("2026", "2026-11-30", HOURS["target"], frequency="hằng quý", **YEAR)
    (unit,) = none.units
    assert (unit.owed, unit.is_silent) == ({"no_data": 1}, True)
    assert none.silent == none.rows
    assert (none.totals.objectives, none.totals.missing) == ({"under_way": 1}, 1)
    one = looked_at("2026", "2026-11-30", HOURS["target"], (*Q1, "40"), frequency="hằng quý", **YEAR)
    assert (one.units[0].owed, one.units[0].is_silent) == ({"no_data": 1}, False)


def test_an_evaluation_that_comes_is_owed() -> None:
    found = looked_at("2026-Q4", "2026-11-30", HOURS["target"], frequency="hằng quý", **YEAR)
    assert found.units[0].owed == {"due": 1}


@each_row(("window", "planned", "behind"), [("2026-Q3", 90, -3), ("2026-H1", 50, 2), ("2026", 120, -33)])
def test_what_is_planned_by_now_is_the_bar_in_every_column(window: str, planned: int, behind: int) -> None:
    """20 + 30 + 40 + 30 persons planned, 22 + 30 + 35 came: by September 3 too few, not 33."""
    plan = {"plan": {"2026-Q1": "20", "2026-Q2": "30", "2026-Q3": "40", "2026-Q4": "30"}, **YEAR}
    numbers = (*Q1, "22"), (*Q2, "30"), (*Q3, "35"), (*Q4, "0")
    found = told(window, "2027-02-01", "ít nhất 120 lượt người", *numbers, **plan)
    assert (found.planned, gap(found)) == (planned, behind)


@each_row(
    ("share", "state", "apart"),
    [("82", "attained", 0), ("90", "attained", 0), ("79", "missed", -1), ("91", "missed", 1)],
)
def test_a_range_of_which_less_is_planned_at_first_reaches_from_there_to_its_end(
    share: str, state: str, apart: int
) -> None:
    """80 planned of `từ 85% đến 90%`: 82 % was missed, as if 80 % alone were right."""
    plan = {"plan": {"2026-Q1": "80", "2026-Q2": "85"}, **YEAR}
    found = told("2026-Q1", "2026-05-01", "từ 85% đến 90%", (*Q1, share), **plan)
    assert (found.attainment, gap(found)) == (state, apart)


def test_a_range_of_each_quarter_over_a_half_year() -> None:
    """35 cases in six months lie within twice `từ 10 đến 20`, and not 15 above it."""
    found = told("2026-H1", "2026-08-01", "từ 10 đến 20 vụ/quý", ("2026-H1", "2026-07-02", "35"), **YEAR)
    assert (found.attainment, gap(found)) == ("attained", 0)
