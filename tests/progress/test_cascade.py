"""Plans of units beside the one they carry out: coverage, sums from below, conflicts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from cascade_samples import AS_OF, aggregate, branch_of, cascade_of, cases, count, objective, unit
from hypothesis import given
from hypothesis import strategies as st
from progress_samples import day, plan_of, progress_of, task

from qmsplan.load.pydantic_errors import build
from qmsplan.model.progress import Progress
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.plan import PlanProgress, plan_progress
from rows import each_row

TOP = objective()


def carrier(name: str, *readings: dict[str, Any], above: object = "P/O", target: object = ">98%") -> PlanProgress:
    """A unit's plan whose only objective carries out one or more above."""
    return unit(name, objective(target=target, implements=above), readings=readings, implements="P")


def test_cases_of_units_add_up_and_percentages_never() -> None:
    found = aggregate(unit("P", TOP), carrier("A", cases(1, 1, 2)), carrier("B", cases(1, 98, 98), cases(2, 0, 0)))
    assert found.total
    assert (found.total.numerator, found.total.denominator, found.total.attainment) == (99, 100, "under_way")
    assert [(part.ref, part.is_added) for part in found.parts] == [("A/O", True), ("B/O", True)]
    assert [part.measurement.value for part in found.parts] == [50, 100]
    closed = aggregate(unit("P", TOP), carrier("A", cases(4, 1, 2)), carrier("B", cases(4, 98, 98)), window="2026-Q4")
    assert closed.total
    assert closed.total.attainment == "attained"


def test_the_own_result_stands_beside_the_sum() -> None:
    units = carrier("A", cases(1, 3, 4)), carrier("B", cases(1, 5, 6))
    same = aggregate(unit("P", TOP, readings=(cases(1, 8, 10),)), *units)
    assert (same.own.numerator, same.own.denominator, same.agrees) == (8, 10, True)
    other = aggregate(unit("P", TOP, readings=(cases(1, 9, 10),)), *units)
    assert (other.own.numerator, other.agrees) == (9, False)
    assert aggregate(unit("P", TOP), *units).agrees is None


def test_only_the_window_counts() -> None:
    plans = unit("P", TOP), carrier("A", cases(1, 1, 1), cases(2, 2, 3)), carrier("B", cases(2, 4, 4))
    quarter = aggregate(*plans, window="2026-Q2").total
    assert quarter
    assert (quarter.numerator, quarter.denominator) == (6, 7)


def test_a_unit_without_readings_is_missing_and_nothing_is_said_to_agree() -> None:
    found = aggregate(unit("P", TOP, readings=(cases(1, 1, 1),)), carrier("A", cases(1, 1, 1)), carrier("B"))
    assert (found.missing, found.agrees) == (("B/O",), None)
    assert aggregate(unit("P", TOP), carrier("A")).total is None


def test_a_share_without_its_cases_is_told_and_not_added() -> None:
    found = aggregate(unit("P", TOP), carrier("A", cases(1, 1, 1)), carrier("B", count(1, "50%")))
    assert [(part.ref, part.is_added) for part in found.parts] == [("A/O", True), ("B/O", False)]
    assert found.total
    assert (found.total.numerator, found.total.denominator) == (1, 1)


def test_without_cases_there_is_nothing_to_attain() -> None:
    found = aggregate(unit("P", TOP), carrier("A", cases(1, 0, 0)), carrier("B", cases(1, 0, 0))).total
    assert found
    assert (found.attainment, found.value, found.denominator) == ("no_cases", None, 0)


@pytest.mark.parametrize(
    ("target", "values", "total", "attainment"),
    [
        ("ít nhất 12 vụ", ("5", "7"), 12, "attained"),
        ("ít nhất 12 vụ", ("5", "6"), 11, "under_way"),
        ("không quá 12 vụ", ("5", "8"), 13, "exceeded"),
        ("ít nhất 12 vụ/năm", ("5", "7"), 12, "attained"),
    ],
)
def test_counts_add_up(target: str, values: tuple[str, str], total: int, attainment: str) -> None:
    units = (carrier(name, count(1, value), target=target) for name, value in zip("AB", values, strict=True))
    found = aggregate(unit("P", objective(target=target)), *units).total
    assert found
    assert (found.value, found.attainment) == (total, attainment)


@pytest.mark.parametrize("target", ["tối đa 05 ngày", "top 5", "đạt 90 điểm trở lên", "giảm 10% so với năm trước"])
def test_what_does_not_add_up_is_only_listed(target: str) -> None:
    found = aggregate(unit("P", objective(target=target)), carrier("A", count(1, "4"), target=target))
    assert (found.total, found.missing) == (None, ())
    assert [(part.ref, part.is_added) for part in found.parts] == [("A/O", False)]


GRANDCHILD = unit("G", objective(implements=["C/O", "P/O"]), readings=(cases(1, 3, 4),))


def test_what_a_grandchild_measured_counts_once_inside_its_parent() -> None:
    child = carrier("C", cases(1, 8, 10))
    found = aggregate(unit("P", TOP), child, GRANDCHILD)
    assert found.total
    assert (found.total.numerator, found.total.denominator) == (8, 10)
    assert [(part.ref, part.is_added) for part in found.parts] == [("C/O", True), ("G/O", False)]


def test_a_child_without_readings_is_as_far_as_those_below_it() -> None:
    found = aggregate(unit("P", TOP), carrier("C"), unit("G", objective(implements="C/O"), readings=(cases(1, 3, 4),)))
    assert found.total
    assert (found.total.numerator, found.total.denominator, found.missing) == (3, 4, ())


def test_below_two_children_a_grandchild_counts_once() -> None:
    below = unit("G", objective(implements=["A/O", "B/O"]), readings=(cases(1, 3, 4),))
    silent = aggregate(unit("P", TOP), carrier("A"), carrier("B"), below).total
    assert silent
    assert (silent.numerator, silent.denominator) == (3, 4)
    found = aggregate(unit("P", TOP), carrier("A", cases(1, 8, 10)), carrier("B"), below).total
    assert found
    assert (found.numerator, found.denominator) == (8, 10)


def test_plans_that_carry_out_each_other_in_a_circle_end_somewhere() -> None:
    one = unit("A", objective(implements=["P/O", "B/O"]), readings=(cases(1, 3, 4),))
    other = unit("B", objective(implements=["P/O", "A/O"]), readings=(cases(1, 5, 6),))
    top = unit("P", objective(implements="A/O"))
    found = aggregate(top, one, other).total
    assert found
    assert (found.numerator, found.denominator) == (3, 4)


def test_who_carries_an_objective_and_who_does_not() -> None:
    group = task("G", objectives=[objective("G1"), objective("G2")])
    top = unit("P", TOP, objective("X"), objective("S"), groups=[group])
    below = unit(
        "A",
        objective("A1", implements="P/O"),
        objective("A2", implements="P/G"),
        objective("A3", supports="P/S"),
        objective("A4"),
        implements="P",
    )
    found = cascade_of(top, below)
    assert {branch.ref: branch.is_covered for branch in found.branches} == {
        "P/G": True,
        "P/G1": True,
        "P/G2": True,
        "P/O": True,
        "P/X": False,
        "P/S": False,
    }
    assert branch_of(found, "P/S").supporters == ("A/A3",)
    assert [branch.ref for branch in found.uncovered] == ["P/X", "P/S"]
    assert found.unlinked == ("A/A4",)


def test_an_objective_is_carried_out_through_a_task_below_it() -> None:
    top = unit("P", objective(tasks=[task("T")]))
    below = progress_of(plan_of("2026", "A", tasks=[task("B", "Quý I", implements="P/T")]), "2026-12-31")
    found = cascade_of(top, below)
    assert branch_of(found).is_covered
    assert branch_of(found, "P/T").carriers == ("A/B",)


def test_references_that_lead_nowhere() -> None:
    below = unit("A", objective(implements=["P/NO", "Q/O"], supports="P"), implements=["P", "Q"])
    found = cascade_of(unit("P", TOP), below)
    assert [(entry.plan, entry.item, entry.ref) for entry in found.dangling] == [
        ("A", "", "Q"),
        ("A", "O", "P/NO"),
        ("A", "O", "Q/O"),
    ]


def test_plans_that_nobody_carries_out_and_forms_are_left_out() -> None:
    form = unit("F", objective(implements="P/O"), form="true", implements="P")
    assert cascade_of(unit("P", TOP), form).branches == ()
    assert cascade_of(unit("P", TOP), unit("Q", TOP)) == cascade_of()


def test_only_the_plans_that_were_asked_for() -> None:
    plans = unit("P", TOP), carrier("A"), unit("B", objective(implements="A/O"))
    assert {branch.plan for branch in cascade_of(*plans).branches} == {"P", "A"}
    assert {branch.plan for branch in cascade_of(*plans, wanted=frozenset({"A"})).branches} == {"A"}


@pytest.mark.parametrize(
    ("above", "targets", "conflicts"),
    [
        (">98%", [">98%", ">99%"], []),
        (">98%", [">=98%", ">99%"], [("A/O",)]),
        ("100%", [">98%", ">98%"], [("A/O",), ("B/O",)]),
        ("tối đa 05 ngày", ["tối đa 07 ngày", "tối đa 03 ngày"], [("A/O",)]),
        ("ít nhất 12 vụ", ["ít nhất 5 vụ", "ít nhất 7 vụ"], []),
        ("ít nhất 12 vụ", ["ít nhất 5 vụ", "ít nhất 6 vụ"], [("A/O", "B/O")]),
        ("không quá 12 vụ", ["không quá 5 vụ", "không quá 8 vụ"], [("A/O", "B/O")]),
        ("ít nhất 12 vụ", ["ít nhất 5 vụ", ">98%"], []),
        (">98%", ["ít nhất 5 vụ", "ít nhất 5 vụ"], []),
    ],
)
def test_less_is_promised_below(above: str, targets: list[str], conflicts: list[tuple[str, ...]]) -> None:
    units = [carrier(name, target=target) for name, target in zip("AB", targets, strict=True)]
    found = cascade_of(unit("P", objective(target=above)), *units)
    assert [conflict.refs for _, _, conflict in found.conflicts] == conflicts
    assert found.totals["conflicts"] == len(conflicts)


@pytest.mark.parametrize(
    ("above", "below", "value"),
    [
        ({"target": "1.000 ha", "plan": {"2026": "150", "2027": "850"}}, "150 ha", None),
        ({"target": "1.000 ha", "plan": {"2026": "150", "2027": "850"}}, "140 ha", 150),
        ({"target": "giảm còn dưới 2%", "horizons": {"2026": "4,8%"}}, "dưới 4,8%", None),
        ({"target": "giảm còn dưới 2%", "horizons": {"2026": "4,8%"}}, "dưới 5%", "4.8"),
        ({"target": "1.000 ha"}, "150 ha", None),  # of a year nothing is said
        ({"target": "≥ 95%", "deadline": "Hằng năm"}, "≥ 90%", 95),
    ],
)
def test_a_plan_of_a_year_is_held_against_what_the_longer_one_plans_for_it(
    above: dict[str, Any], below: str, value: int | str | None
) -> None:
    top = progress_of(plan_of("2026-2030", "P", objectives=[task("O", "Năm 2030") | above]), AS_OF)
    found = cascade_of(top, carrier("A", target=below)).conflicts
    assert [conflict.above.value for _, _, conflict in found] == ([] if value is None else [Decimal(value)])


def test_a_carrier_with_a_target_of_another_kind_is_told_as_the_status_tells_it() -> None:
    """13 of at most 12 fires below `giảm ít nhất 20% so với năm 2025` were 'no data'."""
    fires = tuple(count(quarter, value) for quarter, value in ((1, "5"), (2, "6"), (3, "2")))
    below = carrier("A", *fires, target="không quá 12 vụ")
    above = objective(target="giảm ít nhất 20% so với năm 2025", base="15 vụ (năm 2025)", unit="vụ")
    (part,) = aggregate(unit("P", above), below).parts
    told = part.measurement
    assert (part.ref, told.value, told.attainment, part.is_added) == ("A/O", 13, "exceeded", False)


@each_row(
    ("above", "below", "conflicts"),
    [
        # plans of half-years are held against the sum of the year; before there are all of an agency, none is
        ("120 lớp", {"A": ("2026-H1", "50 lớp"), "A2": ("2026-H2", "60 lớp")}, ["110 < 120 2026"]),
        ("120 lớp", {"A": ("2026-H1", "50 lớp"), "A2": ("2026-H2", "70 lớp")}, []),
        ("120 lớp", {"A": ("2026-H1", "50 lớp"), "A2": ("2026-H1", "60 lớp")}, []),
        ("120 lớp", {"A": ("2026-H1", "50 lớp"), "B": ("2026", "60 lớp")}, []),
        ("120 lớp", {"A": ("2026-H1", "30 lớp"), "A2": ("2026-H2", "30 lớp"), "B": ("2026", "60 lớp")}, []),
        ("90 lớp", {"A": ("2026-H1", "30 lớp"), "A2": ("2026-H2", "9 lớp"), "B": ("2026", "50 lớp")}, ["89 < 90 2026"]),
        ("300 giường", {"A": ("2026-H1", "290 giường"), "A2": ("2026-H2", "290 giường")}, []),  # they stay
        # counts for each time are those of the whole
        ("4 lớp/năm", {"A": ("2026", "1 lớp"), "B": ("2026", "2 lớp")}, ["3 < 4 2026"]),
        ("4 lớp/năm", {"A": ("2026", "2 lớp"), "B": ("2026", "2 lớp/năm")}, []),
        ("16 lớp", {"A": ("2026", "1 lớp/quý"), "B": ("2026", "3 lớp/quý")}, []),
        ("16 lớp", {"A": ("2026", "1 lớp/quý"), "B": ("2026", "2 lớp/quý")}, ["12 < 16 2026"]),
        ("16 lớp", {"A": ("2026-H1", "5 lớp/quý"), "A2": ("2026-H2", "2 lớp/quý")}, ["14 < 16 2026"]),
        ("không quá 5 vụ/năm", {"A": ("2026", "không quá 3 vụ"), "B": ("2026", "không quá 4 vụ")}, ["7 < 5 2026"]),
    ],
)  # fmt: skip
def test_counts_below_are_added_up_over_the_time_above(
    above: str, below: dict[str, tuple[str, str]], conflicts: list[str]
) -> None:
    plans = [plan_of("2026", "P", objectives=[objective(target=above)])]
    for name, (period, target) in below.items():
        plan = plan_of(period, name, objectives=[objective(target=target, implements="P/O")], implements="P")
        plans.append(plan.replaced(head=plan.head.replaced(issuer=name[0])))
    found = cascade_of(*(plan_progress(plan, outline(plan), (), day(AS_OF)) for plan in plans))
    told = [f"{one.target.value} < {one.above.value} {one.time.code}" for _, _, one in found.conflicts]
    assert told == conflicts


def test_targets_of_one_unit_answer_each_other_in_their_order() -> None:
    top = unit("P", objective(target=[">98%", "ít nhất 12 vụ", "dưới 5%"]))
    below = carrier("A", target=["ít nhất 12 vụ", ">98%", "dưới 7%"])
    found = branch_of(cascade_of(top, below))
    assert [[conflict.refs for conflict in entry.conflicts] for entry in found.rollups] == [[], [], [("A/O",)]]


def test_an_objective_without_a_number_has_carriers_and_no_sum() -> None:
    found = branch_of(cascade_of(unit("P", objective(target=None)), carrier("A", cases(1, 1, 1))))
    assert (found.carriers, found.rollups) == (("A/O",), ())


NAMES = ["A", "B", "C", "D"]


@st.composite
def _units(draw: st.DrawFn) -> list[PlanProgress]:
    """Units that carry out the plan above, or one another, each with some cases or none."""
    units = []
    for place, name in enumerate(NAMES):
        above = draw(st.lists(st.sampled_from(["P/O", *(f"{other}/O" for other in NAMES[:place])]), unique=True))
        below = draw(st.integers(0, 9))
        readings = (cases(1, draw(st.integers(0, below)), below),) if draw(st.booleans()) else ()
        units.append(unit(name, objective(implements=above), readings=readings))
    return units


@given(_units(), st.data())
def test_the_sum_is_that_of_the_parts_that_are_added(units: list[PlanProgress], data: st.DataObject) -> None:
    found = cascade_of(unit("P", TOP), *units)
    for branch in found.branches:
        for entry in branch.rollups:
            added = [part.measurement for part in entry.parts if part.is_added]
            if entry.total is None:
                assert added == []
                continue
            assert entry.total.numerator == sum(part.numerator or 0 for part in added)
            assert entry.total.denominator == sum(part.denominator or 0 for part in added)
    assert found.totals["objectives"] == found.totals["covered"] + found.totals["uncovered"]
    assert found.totals["objectives"] == sum(branch.node.is_objective for branch in found.branches)
    shuffled = data.draw(st.permutations(units))
    again = cascade_of(unit("P", TOP), *sorted(shuffled, key=lambda progress: progress.plan.id))
    assert again == found


@given(_units())
def test_nothing_counts_twice(units: list[PlanProgress]) -> None:
    """Of two items that are added, none carries out the other, directly or by steps."""
    below = {f"{progress.plan.id}/O": set(progress.items[0].node.item.implements) for progress in units}
    for branch in cascade_of(unit("P", TOP), *units).branches:
        for entry in branch.rollups:
            added = {part.ref for part in entry.parts if part.is_added}
            for ref in added:
                line, left = set(), set(below[ref])
                while left:
                    line.add(name := left.pop())
                    left |= below.get(name, set()) - line
                assert not line & added


def test_money_of_units_is_added_up_in_the_unit_above() -> None:
    """300 and 250 million are 0,55 billion; 1200 and 900 million promise 2,1 billion, no less than 2."""
    top = unit("P", objective(target="ít nhất 2 tỷ đồng"), readings=(count(1, "0.55"),))
    below = [
        carrier(name, count(1, read), target=f"ít nhất {target} triệu đồng")
        for name, read, target in (("A", "300", "1.200"), ("B", "250", "900"))
    ]
    found = aggregate(top, *below)
    assert found.total
    assert (f"{found.total.value:f}", found.agrees, found.conflicts, found.missing) == ("0.55", True, (), ())
    (conflict,) = aggregate(top, below[1]).conflicts
    assert f"{conflict.target.value:f}" == "0.9"  # with zeros it may be read as 900


def test_a_unit_plan_of_half_the_year_is_said_to_be_one() -> None:
    """61 of the first half are the agency's, 35 of the second the unit's: nothing differs."""
    top = unit("P", objective(target="120 lớp"), readings=(count(1, "61"), count(3, "36")))
    plan = plan_of("2026-H2", "A", objectives=[objective(target="60 lớp", implements="P/O")], implements="P")
    file = build(Progress, {"kind": "progress", "plan": "A", "readings": [count(3, "35")]})
    found = aggregate(top, progress_of(plan, "2026-12-31", file))
    assert (found.shorter, found.agrees) == (("A/O",), None)


@pytest.mark.parametrize(
    ("target", "entry", "above", "state"),
    [
        (">98%", cases(3, 99, 100), "2026-Q3", "no_data"),  # the other unit's cases may turn it
        (">98%", cases(3, 90, 100), "2026-Q3", "no_data"),
        ("không quá 5 vụ", count(3, "2"), "2026-Q3", "no_data"),
        ("không quá 5 vụ", count(3, "6"), "2026-Q3", "exceeded"),  # whatever is still to come
        ("5 lớp", count(3, "5"), "2026-Q3", "attained"),
    ],
)
def test_a_total_that_lacks_a_unit_is_no_result(target: str, entry: dict[str, Any], above: str, state: str) -> None:
    """Q3 of one of two units was that of both: 99 of 100, attained."""
    fields = {"target": target, "frequency": "quarter"}
    told, silent = (
        unit(name, objective(implements="P/O", **fields), readings=read) for name, read in (("A", (entry,)), ("B", ()))
    )
    found = aggregate(unit("P", objective(**fields)), told, silent, window=above)
    assert found.total
    assert (found.total.attainment, found.missing) == (state, ("B/O",))


def test_a_sum_over_the_year_names_the_times_that_a_unit_left_out() -> None:
    fields = {"target": "≥ 95%", "frequency": "quarter"}
    whole, partly = (
        unit(name, objective(implements="P/O", **fields), readings=tuple(cases(number, 95, 100) for number in read))
        for name, read in (("A", (1, 2, 3)), ("B", (1, 2)))
    )
    found = aggregate(unit("P", objective(**fields)), whole, partly)
    assert found.total
    assert [time.code for time in found.total.missing] == ["2026-Q3"]
    assert [[time.code for time in part.measurement.missing] for part in found.parts] == [[], ["2026-Q3"]]


def test_a_task_and_those_that_carry_it_out_have_their_states() -> None:
    def doing(name: str, *done: str, due: str = "Quý III năm 2026", **more: Any) -> PlanProgress:
        file = build(
            Progress,
            {
                "kind": "progress",
                "plan": name,
                "completions": [{"item": "T", "done": day, "recorded": day} for day in done],
            },
        )
        assert isinstance(file, Progress)
        return progress_of(plan_of("2026", name, tasks=[task("T", due, **more)], **_above(name)), AS_OF, file)

    in_other_quarters = [
        doing("C", "2026-02-02", due="Quý I năm 2026", implements="P/T"),
        doing("D", due="Quý IV năm 2026", implements="P/T"),
    ]
    done = doing("A", "2026-09-02", implements="P/T")
    found = cascade_of(doing("P"), done, doing("B", implements="P/T"), *in_other_quarters)
    (branch,) = found.branches
    states = {"P/T": "overdue", "A/T": "done", "B/T": "overdue", "C/T": "done", "D/T": "due"}
    assert {ref: row.worst for ref, row in branch.states.items()} == states


def _above(name: str) -> dict[str, Any]:
    return {} if name == "P" else {"implements": "P"}
