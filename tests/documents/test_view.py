"""A plan as templates see it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from document_support import PLAN_FILES, REGISTER, loaded, plan_with

from qmsplan.documents.plan_view import view_of
from qmsplan.model.period import span_of_years, year
from qmsplan.model.plan import Annex, Event, Head, Item, Plan, Section, Signatory, Signoff
from qmsplan.model.structured import Assignment, DeadlineForm, TargetForm
from qmsplan.phrases.people import Register
from qmsplan.phrases.target import target_text, unsaid_target
from rows import each_row


def seen(**fields: object) -> dict[str, Any]:
    return view_of(plan_with(**fields), REGISTER)


def seen_item(**fields: object) -> dict[str, Any]:
    item = Item(id="A", text=("x",), **fields)  # type: ignore[arg-type]
    event = Event(id="ban-hanh", text=("Sau khi Kế hoạch được ban hành", "Sau khi ban hành"))
    view: dict[str, Any] = seen(tasks=(item,), events=(event,))["tasks"][0]
    return view


def leaves(value: object) -> set[type]:
    if isinstance(value, dict):
        return {dict} | {kind for part in value.values() for kind in leaves(part)}
    if isinstance(value, list):
        return {list} | {kind for part in value for kind in leaves(part)}
    return {type(value)}


@each_row("path", [path for path in PLAN_FILES if path.parent.name != "progress"])
def test_templates_get_plain_values_only(path: object) -> None:
    assert leaves(view_of(loaded(path), REGISTER)) <= {dict, list, str, int, bool}  # type: ignore[arg-type]


def test_every_kind_of_value_is_plain() -> None:
    item = Item(
        id="A",
        text=("a", "b"),
        target=("98%", TargetForm(text="đạt 98,5%", comparator=">=", value=Decimal("98.5"))),
        lead=("X", Assignment(unit="TGPL", scope="phần chung")),
        deadline=DeadlineForm(due=date(2026, 2, 9)),
        refs=("P", "Q/A"),
    )
    signoff = Signoff(number="5/KH", date=date(2026, 2, 9))
    plan = seen(
        period=year(2026),
        sections=(Section(number="I", text=("t",), tasks=(item,)),),
        annexes=(Annex(title=("A",), objectives=(item,)),),
        groups=(item,),
        signoff=signoff,
        signatory=Signatory(position=("GIÁM ĐỐC",)),
    )
    assert leaves(plan) <= {dict, list, str, int, bool}


def test_what_is_absent_is_empty() -> None:
    plan = seen()
    assert plan["basis"] == plan["preamble"] == plan["number"] == plan["head"]["place"] == ""
    assert plan["sections"] == plan["annexes"] == plan["tasks"] == []
    assert plan["signatory"] == {"position": "", "name": "", "instruction": "", "second_position": ""}


def test_lines_are_one_text() -> None:
    assert seen(basis=("a", "b"))["basis"] == "a\nb"


def test_people_stand_on_one_line() -> None:
    view = seen_item(lead=("Phòng A", "Phòng B"), support=(Assignment(unit="TGPL", scope="phần chung"), "X"))
    assert view["lead"] == "Phòng A; Phòng B"
    assert view["support"] == "Trung tâm Trợ giúp pháp lý nhà nước (phần chung); X"


def test_a_code_alone_prints_as_the_name_and_other_phrases_as_typed() -> None:
    """In a plan signed when codes were printed it stays one."""
    name = "Trung tâm Trợ giúp pháp lý nhà nước"
    assert seen_item(lead=("TGPL",), support=("TGPL", "Phòng A"))["lead"] == name
    assert seen_item(lead=("TGPL và Phòng A",))["lead"] == "TGPL và Phòng A"
    task = Item(id="A", text=("a",), lead=("TGPL",))
    for units, printed in (((), "TGPL"), (("TGPL: Trung tâm cũ",), "Trung tâm cũ")):
        signed = seen(tasks=(task,), signoff=Signoff(number="5/KH", date=date(2026, 2, 9), units=units))
        assert signed["tasks"][0]["lead"] == printed
    assert seen_item(lead=(Assignment(unit="Người lạ"),))["lead"] == "Người lạ"


def test_a_plan_signed_with_codes_prints_them_though_work_was_assigned_to_one_by_name() -> None:
    """Its sign-off has the names of assigned units alone; one that is signed today has those of all."""
    tasks = (
        Item(id="A", text=("a",), lead=(Assignment(unit="TGPL"),)),
        Item(id="B", text=("b",), lead=("TGPL", "STP")),
    )
    for units, printed in ((("TGPL: Trung tâm",), "TGPL; STP"), (("TGPL: Trung tâm", "STP: Sở"), "Trung tâm; Sở")):
        signed = seen(tasks=tasks, signoff=Signoff(number="5/KH", date=date(2026, 2, 9), units=units))
        assert [task["lead"] for task in signed["tasks"]] == ["Trung tâm", printed]


@each_row(
    ("form", "words"),
    [
        (DeadlineForm(text="khi có yêu cầu", event="ban-hanh"), "khi có yêu cầu"),
        (DeadlineForm(due=date(2026, 6, 30)), "Chậm nhất ngày 30/6/2026"),
        (DeadlineForm(due=date(2026, 2, 5)), "Chậm nhất ngày 05/02/2026"),
        (DeadlineForm(every="month"), "Hàng tháng"),
        (DeadlineForm(every="quarter"), "Hàng quý"),
        (DeadlineForm(every="half"), "6 tháng một lần"),
        (DeadlineForm(every="year"), "Hàng năm"),
        (DeadlineForm(event="ban-hanh"), "Sau khi Kế hoạch được ban hành"),
        (DeadlineForm(event="other"), "other"),
        (DeadlineForm(continuous=True), "Thường xuyên"),
    ],
)
def test_structured_deadlines_in_words(form: DeadlineForm, words: str) -> None:
    assert seen_item(deadline=form)["deadline"] == words


@each_row(
    ("form", "words"),
    [
        (TargetForm(text="phấn đấu *98,5%*", comparator=">=", value=Decimal("98.5")), "phấn đấu 98,5%"),
        (TargetForm(comparator="between", value=Decimal(85), upper=Decimal(90)), "từ 85% đến 90%"),
        (
            TargetForm(comparator="between", value=Decimal(5), upper=Decimal(8), unit="vụ", excludes_upper=True),
            "từ 5 đến dưới 8 vụ",
        ),
        (TargetForm(comparator=">=", value=Decimal(3), upper=Decimal(9), unit="vụ"), "từ 3 vụ trở lên"),
        (
            TargetForm(comparator="<=", value=Decimal(3), unit="vụ", per="năm", commitment=True),
            "phấn đấu không quá 3 vụ/năm",
        ),
        (
            TargetForm(comparator="reduce", value=Decimal(2), points=True, baseline="year", baseline_text="năm 2025"),
            "giảm 2 điểm phần trăm so với năm 2025",
        ),
    ],
)
def test_structured_targets_are_printed_in_words(form: TargetForm, words: str) -> None:
    item = Item(id="MT01", text=("Hồ sơ",), target=(form,))
    assert target_text(item) == words
    assert unsaid_target(item) == words


def test_a_typed_deadline_is_as_typed() -> None:
    assert seen_item(deadline="Quý  I năm 2026.")["deadline"] == "Quý  I năm 2026."


ITALIC = "\ufdd0a\ufdd1"
"""`*a*` as templates get it."""


def test_texts_of_the_parts_have_marks() -> None:
    item = dict.fromkeys(("text", "measures", "deliverables", "evaluation", "funding", "note"), ("*a*",))
    view = seen(
        basis=("*a*",),
        preamble=("*a*",),
        closing=("*a*",),
        sections=(Section(title=("*a*",), text=("*a*",)),),
        tasks=(Item(id="A", lead=("*a*",), support=("*a*",), deadline="*a*", **item),),  # type: ignore[arg-type]
        annexes=(Annex(title=("*a*",), info=("*a*",), text=("*a*",)),),
    )
    section, task, annex = view["sections"][0], view["tasks"][0], view["annexes"][0]
    assert {view["basis"], view["preamble"], view["closing"], section["title"], section["text"]} == {ITALIC}
    assert {task[name] for name in (*item, "lead", "support", "deadline")} == {ITALIC}
    assert {annex["title"], annex["info"], annex["text"]} == {ITALIC}


def test_each_line_and_each_part_has_its_own_marks() -> None:
    assert seen(preamble=("*a*", "*a", "a*"))["preamble"] == f"{ITALIC}\n*a\na*"
    assert seen_item(lead=("*a", "a*", "*a*"))["lead"] == f"*a; a*; {ITALIC}"


def test_words_of_structured_forms_have_marks() -> None:
    view = seen_item(lead=(Assignment(unit="*a*", scope="*a*"),), deadline=DeadlineForm(text="*a*", every="year"))
    assert (view["lead"], view["deadline"]) == (f"*a* ({ITALIC})", ITALIC)


def test_names_and_numbers_have_none() -> None:
    head = Head(type="*a*", title=("*a*",), symbol="*a*", place="*a*", issuer_text=("*a*",))
    view = seen(
        head=head,
        signatory=Signatory(position=("*a*",), name="*a*"),
        recipients=("*a*",),
        signoff=Signoff(number="*a*", date=date(2026, 2, 9)),
        sections=(Section(number="*a*"),),
    )
    shown = {view["head"][name] for name in ("type", "title", "symbol", "place", "issuer_text")}
    assert shown | {view["signatory"]["position"], view["recipients"], view["number"]} == {"*a*"}
    assert view["sections"][0]["number"] == "*a*"
    assert seen_item(number="*a*", target=("*a*",))["target"] == "*a*"


def test_characters_that_marks_use_are_no_text() -> None:
    assert seen(preamble=("a\ufdd0b",), recipients=("a\ufdd2b",))["preamble"] == "ab"
    assert seen(recipients=("a\ufdd2b",))["recipients"] == "ab"


@each_row(
    ("number", "label"),
    [
        ("I", "I. "),
        ("1", "1. "),
        ("a", "a) "),
        ("đ", "đ) "),
        ("I.", "I. "),
        ("b)", "b) "),
        ("1.2", "1.2. "),
        (None, ""),
        ("", ""),
    ],
)
def test_labels_of_sections(number: str | None, label: str) -> None:
    assert seen(sections=(Section(number=number),))["sections"][0]["label"] == label


@each_row(("number", "label"), [("3.1.", "3.1. "), ("01", "01 "), (None, "")])
def test_labels_of_items(number: str | None, label: str) -> None:
    assert seen_item(number=number)["label"] == label


def test_names_stand_for_codes() -> None:
    head = seen()["head"]
    assert (head["issuer"], head["parent"]) == ("Trung tâm Trợ giúp pháp lý nhà nước", "Sở Tư pháp")


def test_an_agency_without_one_above() -> None:
    head = seen(head=Head(issuer="STP", type="Kế hoạch"))["head"]
    assert (head["issuer"], head["parent"]) == ("Sở Tư pháp", "")


def test_an_unknown_code_is_as_typed() -> None:
    head = view_of(plan_with(), Register())["head"]
    assert (head["issuer"], head["parent"]) == ("TGPL", "")


def test_no_issuer_at_all() -> None:
    assert seen(head=Head(type="Kế hoạch"))["head"]["issuer"] == ""


def test_an_unsigned_plan_has_the_year_it_is_for() -> None:
    assert seen(period=year(2026))["date"] == {"year": 2026, "month": "", "day": ""}
    assert seen(period=span_of_years(2026, 2030))["date"]["year"] == 2026
    assert seen()["date"] == {"year": "", "month": "", "day": ""}


def test_a_signed_plan_has_number_and_date() -> None:
    plan = seen(period=year(2026), signoff=Signoff(number="51/KH-TGPL", date=date(2025, 12, 30)))
    assert plan["number"] == "51/KH-TGPL"
    assert plan["date"] == {"year": 2025, "month": 12, "day": 30}


def test_only_what_is_neither_signed_nor_a_form_is_a_draft() -> None:
    signoff = Signoff(number="51/KH-TGPL", date=date(2026, 2, 9))
    assert seen()["is_draft"] is True
    assert seen(signoff=signoff)["is_draft"] is False
    assert seen(form=True)["is_draft"] is False


def test_periods_are_codes() -> None:
    assert seen(period=span_of_years(2026, 2030))["period"] == "2026-2030"


def test_the_plan_is_not_changed() -> None:
    plan = plan_with(basis=("a",))
    view_of(plan, REGISTER)["basis"] = "b"
    assert isinstance(plan, Plan)
    assert plan.basis == ("a",)
