"""What can't be: hours of a session, and days of what was corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import objective, progress, reading, task
from workspace import diagnose, found, marks


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("7h30 - 11h30; 13h30 - 17h", []),
        ("Thứ 2: 7h30 - 11h30, thứ 3: 7h30 - 11h30", []),
        ("ca 1: 6h - 14h, ca 2: 14h - 22h, ca 3: 22h - 6h", []),
        ("11h30 - 7h30", ["QP216"]),
        ("7h30 - 25h30", ["QP216"]),
        ("từ 8 giờ đến 8 giờ", ["QP216"]),
    ],
)
def test_hours_of_a_day(hours: str, expected: list[str], tmp_path: Path) -> None:
    diagnostics = diagnose(tmp_path, {"plan.yaml": task(hours=f'"{hours}"')})
    assert [one.code for one in diagnostics if one.code == "QP216"] == expected


EARLIER = "[{numerator: 9, denominator: 10, recorded: 2026-04-10}, {recorded: 2026-04-12}]"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (reading(earlier="[{numerator: 9, denominator: 10, recorded: 2026-04-14}]"), ""),
        (reading(earlier="[{numerator: 9, denominator: 10, recorded: 2026-04-15}]"), "9:15 QP216"),
        (reading(earlier=EARLIER), "9:70 QP304"),
        (progress("events", {"event": "luat", "date": "2026-03-30", "recorded": "2026-03-31",
            "earlier": "[{date: 2026-03-29, recorded: 2027-01-02}]"}), "4:12 QP106, 7:15 QP216"),
    ],
)  # fmt: skip
def test_what_a_correction_replaced_is_older_and_whole(record: str, expected: str, tmp_path: Path) -> None:
    diagnostics = diagnose(tmp_path, {"plan.yaml": objective(), "progress.yaml": record})
    assert list(found(diagnostics)) == marks(expected, "progress.yaml")


@pytest.mark.parametrize(("aggregation", "advice"), [("cumulative", "the figure of before"), ("sum", "the value 0")])
def test_a_running_total_without_a_figure_is_not_nothing(aggregation: str, advice: str, tmp_path: Path) -> None:
    quarters = [("2026-Q1", "2026-04-10"), ("2026-Q2", "2026-07-10"), ("2026-Q4", "2026-12-31")]
    entries = [{"item": "MT01", "period": one, "value": "30", "recorded": day} for one, day in quarters]
    plan = objective(text="Trồng rừng", target="ít nhất 1.000 ha", aggregation=aggregation)
    diagnostics = diagnose(tmp_path, {"plan.yaml": plan, "progress.yaml": progress("readings", *entries)})
    (gap,) = (one for one in diagnostics if one.code == "QP310")
    assert advice in str(gap.hint)


ODD = [
    ("từ 4,2/5 trở lên", "5,6", "QP338"),
    ("từ 4,2/5 trở lên", "4,9", ""),
    ("92/100 điểm", "105", "QP338"),
    ("từ 3,5 sao trở lên", "7", "QP338"),
    ("từ 6,5 điểm trở lên", "65", "QP338"),
    ("50 người", "5000", "QP338"),
    ("50 người", "4900", ""),
    ("120 tỷ đồng", "97200", "QP338"),
    ("≥ 1000", "12000", ""),  # a number without a unit is a count as well as a score
    ("không quá 5 ổ dịch", "600", ""),  # bad news hides nothing
    ("không quá 36 giờ", "-4", "QP341"),
    ("300 triệu đồng", "30000000 đồng", ""),  # the unit is told alone, by QP321
    ("từ -5 độ C trở lên", "-4", ""),
    ("không quá 2 giờ 30 phút", "3", "QP338"),  # a target in two units is counted in the smaller one
    ("không quá 2 giờ 30 phút", "3 phút", ""),
    ("không quá 2 giờ 30 phút", "45", ""),
    ("chi không quá 1 tỷ 250 triệu đồng", "1,3", "QP338"),
]


@pytest.mark.parametrize(("target", "figure", "code"), ODD)
def test_a_value_that_can_not_be(target: str, figure: str, code: str, tmp_path: Path) -> None:
    entry = {"item": "MT01", "period": "2026", "value": f'"{figure}"', "recorded": "2027-01-05"}
    texts = {"plan.yaml": objective(text="a", target=f'"{target}"'), "progress.yaml": progress("readings", entry)}
    codes = {"QP328", "QP338", "QP341"}
    assert [one.code for one in diagnose(tmp_path, texts) if one.code in codes] == [code] * bool(code)


@pytest.mark.parametrize(
    ("text", "target", "code"),
    [
        ("Lợi nhuận trước thuế", "ít nhất 12 tỷ đồng", ""),
        ("Cán cân thương mại", "ít nhất 12 triệu USD", ""),
        ("Lãi ròng", "12 triệu USD", ""),
        ("Biến động nhân sự", "không quá 5 người", ""),
        ("Doanh thu", "ít nhất 12 tỷ đồng", "QP328"),  # a warning: it may have been paid back
        ("Doanh thu^[không kể lợi nhuận]", "ít nhất 12 tỷ đồng", "QP328"),  # a footnote is no part of the statement
        ("Số lỗ hổng bảo mật", "không quá 5 lỗ hổng", "QP341"),
    ],
)
def test_a_profit_or_a_difference_may_be_below_nothing(text: str, target: str, code: str, tmp_path: Path) -> None:
    entry = {"item": "MT01", "period": "2026", "value": '"-3"', "recorded": "2027-01-05"}
    plan = objective(text=text, target=target)
    found = diagnose(tmp_path, {"plan.yaml": plan, "progress.yaml": progress("readings", entry)})
    assert [one.code for one in found if one.code in {"QP328", "QP341"}] == [code] * bool(code)


@pytest.mark.parametrize(
    ("target", "figure", "code"),
    [
        ("600 mẫu", "50%", "QP321"),
        ("từ 4 điểm trở lên", "92%", "QP321"),
        ("95%", "92%", ""),
        ("dưới 100‰", "11%", "QP321"),
        # words that make it another number
        ("không quá 6 ngày", "6 ngày rưỡi", "QP321"),
        ("không quá 6 ngày", "6 ngày (ước)", "QP321"),
        ("không quá 6 ngày", "6 ngày làm việc", ""),
        ("ít nhất 0,85", "0,8 lần hơn", "QP321"),
        ("ít nhất 6 triệu đồng", "5 triệu hai", "QP321"),
        ("≥ 85", "86 triệu", "QP321"),
        ("ít nhất 0,85", "0,8 điểm", ""),
        ("ít nhất 6 dự án", "5 dự án đầu tư", ""),
        ("không quá 6 học sinh", "5 học sinh yếu kém", ""),
    ],
)
def test_a_part_is_no_count(target: str, figure: str, code: str, tmp_path: Path) -> None:
    entry = {"item": "MT01", "period": "2026", "value": f'"{figure}"', "recorded": "2027-01-05"}
    texts = {"plan.yaml": objective(text="a", target=target), "progress.yaml": progress("readings", entry)}
    assert [one.code for one in diagnose(tmp_path, texts) if one.code == "QP321"] == [code] * bool(code)


@pytest.mark.parametrize(
    ("text", "fields", "figures", "code"),
    [
        # a share falls by points or by a part of itself: a word, the base, or the figures say that it is one
        ("Tỷ lệ hộ nghèo", {}, {"value": '"7,8"', "baseline": "8"}, "QP340"),
        ("Hộ nghèo", {"base": "8%"}, {"value": '"7,8%"'}, "QP340"),
        ("Hộ nghèo", {"unit": '"%"'}, {"value": '"7,8"', "baseline": "8"}, "QP340"),
        ("Hộ nghèo", {}, {"value": '"7,8%"', "baseline": '"8%"'}, "QP340"),
        ("Hộ nghèo", {}, {"numerator": "78", "denominator": "1000", "baseline": '"8%"'}, "QP340"),
        ("Hộ nghèo", {}, {"value": '"7,8"', "baseline": "8"}, ""),
        ("Số vụ tai nạn", {"unit": '"%"'}, {"value": "19", "baseline": "20"}, ""),
        # without them a figure in per cent may be the change
        ("Hộ nghèo", {}, {"value": '"1,2%"'}, "QP321"),
        ("Hộ nghèo", {"base": '"8"'}, {"value": '"1,2%"'}, "QP321"),
        ("Hộ nghèo", {}, {"change": '"1,2%"'}, ""),
        ("Mức tiêu hao", {"base": '"20"'}, {"value": '"19,7"'}, ""),  # of litres there are no points
        ("Mức độ hài lòng", {"base": "90%"}, {"value": '"89,1%"'}, "QP340"),
    ],
)
def test_per_cent_of_what_changes_by_per_cent(
    text: str, fields: dict[str, str], figures: dict[str, str], code: str, tmp_path: Path
) -> None:
    entry = {"item": "MT01", "period": "2026"} | figures | {"recorded": "2027-01-05"}
    texts = {
        "plan.yaml": objective(text=text, target="giảm 1%", **fields),
        "progress.yaml": progress("readings", entry),
    }
    asked = [one.code for one in diagnose(tmp_path, texts) if one.code in {"QP321", "QP340"}]
    assert asked == [code] * bool(code)


@pytest.mark.parametrize(
    ("target", "cases", "code"),
    [
        ("≥ 98%", "103/100", "QP303"),
        ("thu đạt 105% dự toán", "103/100", ""),
        ("chi không vượt 100% dự toán", "103/100", ""),
        ("95% số hồ sơ", "103/100", "QP303"),
    ],
)
def test_more_than_all_is_a_share_of_what_was_planned_alone(target: str, cases: str, code: str, tmp_path: Path) -> None:
    numerator, _, denominator = cases.partition("/")
    entry = {"item": "MT01", "period": "2026", "numerator": numerator, "denominator": denominator}
    texts = {
        "plan.yaml": objective(text="a", target=f'"{target}"'),
        "progress.yaml": progress("readings", entry | {"recorded": "2027-01-05"}),
    }
    assert [one.code for one in diagnose(tmp_path, texts) if one.code == "QP303"] == [code] * bool(code)


@pytest.mark.parametrize(
    ("target", "missed"), [("giảm 5 vụ so với cùng kỳ năm 2025", 0), ("giảm 30% so với cùng kỳ", 1)]
)
def test_so_many_fewer_are_meant_of_the_year_and_per_cent_of_each_part(
    target: str, missed: int, tmp_path: Path
) -> None:
    """One fewer in a quarter, of five in the year, was a miss of each."""
    entry = {"item": "MT01", "period": "2026-Q1", "value": "4", "baseline": "5", "recorded": "2026-07-05"}
    texts = {"plan.yaml": objective(text="Số vụ", target=target), "progress.yaml": progress("readings", entry)}
    assert [one.code for one in diagnose(tmp_path, texts)].count("QP305") == missed


def test_a_count_below_nothing_is_none_whatever_it_comes_to(tmp_path: Path) -> None:
    entry = {"item": "MT01", "period": "2026", "value": "-1", "recorded": "2027-01-05"}
    plan = objective(text="a", target="không quá 5 ổ dịch", aggregation="latest")
    found = diagnose(tmp_path, {"plan.yaml": plan, "progress.yaml": progress("readings", entry)})
    assert "QP341" in {one.code for one in found}


@pytest.mark.parametrize(
    ("base", "meant"),
    [
        ("9O%", "90"),
        ("1O0 vụ (năm 2025)", "100"),
        ("2l5", "215"),
        ("5l", ""),
        ("CO2 40 kg", ""),
        ("90%", ""),
        ("5 I", ""),
    ],
)
def test_a_letter_among_digits(base: str, meant: str, tmp_path: Path) -> None:
    told = [one for one in diagnose(tmp_path, {"plan.yaml": objective(base=f'"{base}"')}) if one.code == "QP354"]
    assert [dict(one.hint.values)["text"] for one in told if one.hint] == [meant] * bool(meant)


@pytest.mark.parametrize(
    ("tables", "sums"),
    [
        (["60 50"], ["110"]),
        (["60 40"], []),
        (["3 2 1"], []),  # they only compare
        (["60", "40"], []),  # one set in two tables
        (["60", "50"], ["60", "50"]),
        (["60:60+40 40:70+30"], []),  # below each heading 100
        (["60:40+20 40"], []),
        (["60:70+20 40:70+20"], []),  # the headings come to 100
        (["0:70+20 0:70+20"], ["180"]),
        (["0:60 0:40+?"], ["K1-1-1"]),  # the group weighed 1 in place of 40
        (["0:60+40 0:?"], ["K1-1"]),
    ],
)
def test_weights_of_kpis(tables: list[str], sums: list[str], tmp_path: Path) -> None:
    """`60:40+20` is a group of 60 with items of 40 and 20; 0 stands for a heading, ? for an item without a weight."""
    plan = objective().partition("objectives:")[0] + "sections:\n"
    for number, table in enumerate(tables, 1):
        lists: dict[str, list[str]] = {"groups": [], "objectives": []}
        for at, entry in enumerate(table.split()):
            weight, _, parts = entry.partition(":")
            below = [
                f"{{id: K{number}-{at}-{n}, text: t, weight: {w}}}".replace(", weight: ?", "")
                for n, w in enumerate(parts.split("+"))
                if w
            ]
            own = (f", weight: {weight}" if weight != "0" else "") + f", objectives: [{', '.join(below)}]"
            lists["groups" if below else "objectives"].append(f"{{id: K{number}-{at}, text: t{own}}}")
        told = "".join(f"    {name}: [{', '.join(found)}]\n" for name, found in lists.items() if found)
        plan += f"  - number: '{number}'\n    title: A\n    table: {{kind: kpi}}\n{told}"
    found_in = diagnose(tmp_path, {"plan.yaml": plan})
    assert [str(one.message.values[0][1]) for one in found_in if one.code == "QP353"] == sums
