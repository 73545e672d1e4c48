"""Changes by hand: what they are called, where they stand, what they weigh."""

from __future__ import annotations

from diff_samples import objective, only_change, plan_of

from qmsplan.diff.changes import ChangeKind, Weight
from qmsplan.diff.plans import changes_between
from rows import each_row


def weight_of(field: str, old: object, new: object) -> Weight:
    before, after = (plan_of(objectives=[objective(**{field: value} if value else {})]) for value in (old, new))
    return only_change(before, after).weight


@each_row(
    ("old", "new", "weight"),
    [
        (">98%", ">95%", Weight.LOOSENED),
        (">95%", ">98%", Weight.TIGHTENED),
        (">98%", "98%", Weight.LOOSENED),
        ("98%", ">98%", Weight.TIGHTENED),
        ("100%", "95%", Weight.LOOSENED),
        ("từ 95% đến 100%", "từ 95% trở lên", Weight.OTHER),  # shares end at 100
        ("từ 95% trở lên", "từ 95% đến 100%", Weight.OTHER),
        ("bằng 100%", "100%", Weight.OTHER),
        ("từ 95% đến 100%", "từ 90% trở lên", Weight.LOOSENED),
        ("từ 90% đến 95%", "từ 90% trở lên", Weight.LOOSENED),
        ("từ 90% trở lên", "từ 95% đến 100%", Weight.TIGHTENED),
        ("từ 90% đến 95%", "từ 92% đến 98%", Weight.UNCLEAR),
        ("120%", "95%", Weight.LOOSENED),  # of a plan's number, not of cases
        ("top 5", "top 3", Weight.TIGHTENED),
        ("bằng 0%", "không quá 0%", Weight.OTHER),
        ("dưới 5%", "dưới 8%", Weight.LOOSENED),
        ("không quá 12 vụ", "không quá 10 vụ", Weight.TIGHTENED),
        ("không quá 12 vụ", "dưới 12 vụ", Weight.TIGHTENED),
        ("giảm 10% so với năm trước", "giảm 5% so với năm trước", Weight.LOOSENED),
        ("giảm 10% so với năm trước", "giảm trên 10% so với năm trước", Weight.TIGHTENED),
        ("giảm 10% so với năm trước", "tăng 10% so với năm trước", Weight.UNCLEAR),
        ("giảm 10% so với năm trước", "giảm 5% so với năm 2020", Weight.UNCLEAR),
        ("2 giờ trở xuống", "90 phút trở xuống", Weight.TIGHTENED),
        ("2 giờ trở xuống", "120 phút trở xuống", Weight.OTHER),
        ("không quá 1 ngày", "không quá 8 giờ", Weight.UNCLEAR),  # of work, or of the clock
        (">98%", "không quá 12 vụ", Weight.UNCLEAR),
        (">98%", "nâng cao", Weight.LOOSENED),
        ("nâng cao", ">98%", Weight.TIGHTENED),
        ("nâng cao", "tăng cường", Weight.UNCLEAR),
        (">98%", None, Weight.LOOSENED),
        (None, ">98%", Weight.TIGHTENED),
        ([">98%", "100%"], [">98%"], Weight.LOOSENED),
        ([">98%"], [">98%", "100%"], Weight.TIGHTENED),
        ([">98%", "50%"], [">99%", "40%"], Weight.LOOSENED),
        (">98%", "phấn đấu >98%", Weight.LOOSENED),
        ("98%", "98 %", Weight.OTHER),
        ("98%", ">= 98%", Weight.OTHER),
        (">98%", "không rõ điều gì 1 2 3", Weight.UNCLEAR),
        (
            {"comparator": "between", "value": "5", "upper": "8", "unit": "vụ"},
            {"comparator": "between", "value": "5", "upper": "9", "unit": "vụ"},
            Weight.LOOSENED,
        ),
        (
            {"comparator": "=", "value": "5", "unit": "vụ"},
            {"comparator": "=", "value": "6", "unit": "vụ"},
            Weight.UNCLEAR,
        ),
    ],
)
def test_weights_of_targets(old: object, new: object, weight: Weight) -> None:
    assert weight_of("target", old, new) is weight


@each_row(
    ("field", "old", "new", "weight"),
    [
        ("plan", {"2026-Q2": "250", "2026-Q4": "450"}, {"2026-Q2": "250", "2026-Q4": "430"}, Weight.LOOSENED),
        ("plan", {"2026-Q2": "250"}, {"2026-Q2": "260"}, Weight.TIGHTENED),
        ("plan", {"2026-Q1": "20", "2026-Q2": "250"}, {"2026-Q1": "20"}, Weight.LOOSENED),
        ("plan", None, {"2026-Q1": "20"}, Weight.TIGHTENED),
        ("horizons", {"2030": "giảm còn dưới 3%"}, {"2030": "giảm còn dưới 4%"}, Weight.LOOSENED),
        ("horizons", {"2030": ">= 95%"}, {"2030": ">= 97%"}, Weight.TIGHTENED),
        ("results", {"2025": "80%"}, {"2025": "81%"}, Weight.OTHER),
    ],
)
def test_weights_of_values_by_period(field: str, old: object, new: object, weight: Weight) -> None:
    before, after = (
        plan_of(objectives=[objective(target="ít nhất 970 lớp", **({field: values} if values else {}))])
        for values in (old, new)
    )
    change = only_change(before, after)
    assert change.weight is weight
    assert change.field[0] == field
    assert len(change.field) == 2


@each_row(
    ("target", "old", "new", "weight"),
    [
        ("giảm còn dưới 2%", "4,8%", "4,9%", Weight.LOOSENED),  # a number alone has the target's direction
        ("giảm còn dưới 2%", "4,8%", "3%", Weight.TIGHTENED),
        (">= 95%", "90%", "85%", Weight.LOOSENED),
    ],
)
def test_a_bare_value_of_another_period_is_weighed_as_it_is_judged(
    target: str, old: str, new: str, weight: Weight
) -> None:
    before, after = (plan_of(objectives=[objective(target=target, horizons={"2028": value})]) for value in (old, new))
    assert only_change(before, after).weight is weight


@each_row(
    ("old", "new", "weight"),
    [
        ("Quý I năm 2026", "Quý II năm 2026", Weight.LATER),
        ("Quý II năm 2026", "Quý I năm 2026", Weight.EARLIER),
        ("Trước 30/6/2026", "Trước 15/7/2026", Weight.LATER),
        ("Hàng tháng", "Hàng quý", Weight.LATER),
        ("Hàng quý", "Hàng tháng", Weight.EARLIER),
        ("Quý I năm 2026", "Thường xuyên", Weight.LATER),
        ("Thường xuyên", "Quý I năm 2026", Weight.EARLIER),
        ("Quý I năm 2026", "Sau khi có hướng dẫn", Weight.LATER),
        ("Sau khi có hướng dẫn", "Sau khi có kinh phí", Weight.UNCLEAR),
        ("Quý I năm 2026", None, Weight.LATER),
        (None, "Quý I năm 2026", Weight.EARLIER),
        ("Quý I năm 2026", "kịp thời vào lúc 7 giờ 99", Weight.UNCLEAR),
        ("Quý I năm 2026", "Quý 1/2026", Weight.OTHER),
        ("Quý I năm 2026", "31/3/2026", Weight.OTHER),
        ({"due": "2026-06-30"}, {"due": "2026-07-01"}, Weight.LATER),
        ("Quý I và quý III năm 2026", "Quý II năm 2026", Weight.LATER),
    ],
)
def test_weights_of_deadlines(old: object, new: object, weight: Weight) -> None:
    assert weight_of("deadline", old, new) is weight


@each_row(
    ("target", "field", "old", "new", "weight"),
    [
        ("500 ha", "aggregation", "sum", "final", Weight.UNCLEAR),
        ("500 ha", "aggregation", None, "latest", Weight.UNCLEAR),
        ("500 ha", "aggregation", None, "sum", Weight.OTHER),  # as it was understood
        ("500", "unit", "triệu đồng", "nghìn đồng", Weight.LOOSENED),
        ("500", "unit", "ha", "mẫu", Weight.UNCLEAR),
        ("giảm 10% so với năm 2025", "base", "100 vụ", "120 vụ", Weight.LOOSENED),  # at most 90, then 108
        ("giảm 10 vụ so với năm 2025", "base", "120 vụ", "100 vụ", Weight.TIGHTENED),
        ("tăng 10% so với năm 2025", "base", "100 vụ", "120 vụ", Weight.TIGHTENED),
        ("tăng 10% so với năm 2025", "base", "100 vụ", None, Weight.UNCLEAR),
        ("tăng 10% so với năm 2025", "base", "100 (năm 2025)", "120 (năm 2024)", Weight.UNCLEAR),
        ("không quá 90 vụ", "base", "100 vụ", "120 vụ", Weight.OTHER),
        ("90 phút trở xuống", "frequency", "quarter", "year", Weight.LOOSENED),
        ("90 phút trở xuống", "frequency", "quarter", "month", Weight.TIGHTENED),
        ("90 phút trở xuống", "frequency", None, "quarter", Weight.UNCLEAR),
        ("500 lượt người", "frequency", "quarter", "year", Weight.OTHER),  # a sum is judged once
        ("17", "text", "Số vụ vi phạm tối đa", "Số vụ vi phạm phát hiện", Weight.UNCLEAR),  # at most, then at least
        ("17", "text", "Số vụ vi phạm", "Số vụ vi phạm trong năm", Weight.OTHER),
    ],
)
def test_weights_of_fields_beside_a_target(
    target: str, field: str, old: str | None, new: str | None, weight: Weight
) -> None:
    before, after = (
        plan_of(objectives=[objective(target=target, **({field: value} if value else {}))]) for value in (old, new)
    )
    assert only_change(before, after).weight is weight


def test_responsibility_is_reported_by_field() -> None:
    old = plan_of(objectives=[objective(lead="NV", support="HCTH")])
    new = plan_of(objectives=[objective(lead=["NV", "TGPL"], support="HCTH")])
    change = only_change(old, new)
    assert (change.where.name, change.field, change.old, change.new) == ("MT01", ("lead",), ("NV",), ("NV", "TGPL"))
    assert change.text == "MT01"


def test_items_are_matched_by_id_never_by_index() -> None:
    old = plan_of(objectives=[objective("A", target=">98%"), objective("B", target=">50%")])
    new = plan_of(objectives=[objective("Z"), objective("A", target=">98%"), objective("B", target=">50%")])
    change = only_change(old, new)
    assert (change.kind, change.where.name) == (ChangeKind.ADDED, "Z")


def test_removing_a_promise_weighs_as_loosening_it() -> None:
    old = plan_of(objectives=[objective("A", target=">98%"), objective("B")])
    removed = [
        change.where.name
        for change in changes_between(old, plan_of(objectives=[]))
        if change.kind is ChangeKind.REMOVED
    ]
    assert removed == ["A", "B"]
    weights = [change.weight for change in changes_between(old, plan_of(objectives=[]))]
    assert weights == [Weight.LOOSENED, Weight.OTHER]


def test_a_new_order_names_only_what_was_overtaken() -> None:
    old = plan_of(objectives=[objective(name) for name in "ABCDE"])
    new = plan_of(objectives=[objective(name) for name in "EABCD"])
    change = only_change(old, new)
    assert (change.kind, change.where.name) == (ChangeKind.MOVED, "E")
    assert change.new.after is None  # type: ignore[attr-defined]


def test_a_new_parent_is_a_move_and_its_later_deadline_weighs() -> None:
    first = {"id": "G1", "text": "x", "deadline": "Quý I năm 2026"}
    second = {"id": "G2", "text": "x", "deadline": "Quý IV năm 2026"}
    old = plan_of(groups=[{**first, "objectives": [objective("A")]}, second])
    new = plan_of(groups=[first, {**second, "objectives": [objective("A")]}])
    moved = next(change for change in changes_between(old, new) if change.kind is ChangeKind.MOVED)
    assert moved.where.name == "A"
    assert moved.weight is Weight.LATER
    assert moved.new.parent.name == "G2"  # type: ignore[attr-defined]
    typed = {**objective("A"), "deadline": "Quý IV năm 2026"}
    new = plan_of(groups=[first, {**second, "objectives": [typed]}])
    found = {change.kind: change.weight for change in changes_between(old, new)}
    assert found == {ChangeKind.MOVED: Weight.OTHER, ChangeKind.CHANGED: Weight.LATER}, "told once, where it is typed"


def test_an_inherited_deadline_changes_where_it_is_typed() -> None:
    old = plan_of(groups=[{"id": "G", "text": "x", "deadline": "Quý I năm 2026", "objectives": [objective("A")]}])
    new = plan_of(groups=[{"id": "G", "text": "x", "deadline": "Quý II năm 2026", "objectives": [objective("A")]}])
    change = only_change(old, new)
    assert (change.where.name, change.field, change.weight) == ("G", ("deadline",), Weight.LATER)


def test_sections_are_matched_by_title_then_number() -> None:
    first, second = (
        {"number": "I", "title": "MỤC ĐÍCH", "text": "a"},
        {"number": "II", "title": "NỘI DUNG", "text": "b"},
    )
    old = plan_of(sections=[first, second])
    new = plan_of(sections=[{"number": "I", "title": "MỚI"}, {**first, "number": "II"}, {**second, "number": "III"}])
    found = changes_between(old, new)
    assert [(change.kind, change.where.name, change.field) for change in found] == [
        (ChangeKind.ADDED, "I MỚI", ()),
        (ChangeKind.CHANGED, "II MỤC ĐÍCH", ("number",)),
        (ChangeKind.CHANGED, "III NỘI DUNG", ("number",)),
    ]
    change = only_change(old, plan_of(sections=[{**first, "title": "MỤC TIÊU"}, second]))
    assert (change.field, change.old, change.new) == (("title",), ("MỤC ĐÍCH",), ("MỤC TIÊU",))


def test_head_basis_and_signoff() -> None:
    old = plan_of(head={"type": "KẾ HOẠCH", "title": "Một"}, basis="Luật 1")
    new = plan_of(
        head={"type": "KẾ HOẠCH", "title": "Hai"}, basis="Luật 2", signoff={"number": "5/KH", "date": "2026-01-30"}
    )
    fields = {change.field for change in changes_between(old, new)}
    assert fields == {("head", "title"), ("basis",), ("signoff",)}
    signed = plan_of(
        head={"type": "KẾ HOẠCH", "title": "Hai"}, basis="Luật 2", signoff={"number": "6/KH", "date": "2026-01-30"}
    )
    assert only_change(new, signed).field == ("signoff", "number")


def test_a_longer_period_is_later() -> None:
    found = changes_between(plan_of(period="2026"), plan_of(period="2026-2027"))
    assert [change.weight for change in found] == [Weight.LATER]


def test_two_items_with_one_id_are_told_apart_by_their_order() -> None:
    old = plan_of(objectives=[objective("A", note="1"), objective("A", note="2")])
    new = plan_of(objectives=[objective("A", note="1"), objective("A", note="3")])
    change = only_change(old, new)
    assert (change.where.key[2], change.old, change.new) == (1, ("2",), ("3",))
