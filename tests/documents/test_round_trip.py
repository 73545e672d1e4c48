"""What is typed comes out of the Word file as typed: every field, every template, any text."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date
from itertools import cycle
from typing import Any

import pytest
from document_support import REGISTER, paragraphs, part, plan_with, rendered, text_of, texts
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from goldens import forget
from qmsplan.load.document import read_content
from qmsplan.model.inline import plain_text
from qmsplan.model.period import year
from qmsplan.model.plan import Annex, Head, Item, Plan, Section, Signatory, Signoff
from rows import each_row
from values import fields_of, is_model

HOSTILE = [
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# comment #}",
    "{_{ x }_} {_% x %_}",
    "<w:p>",
    "</w:t></w:r></w:p><w:p><w:r><w:t>x",
    "<b>bold</b> <para> </document>",
    "<!-- comment -->",
    "<?xml version='1.0'?>",
    "<![CDATA[x]]>",
    "]]>",
    "A & B",
    "&amp; &lt; &#65; &nbsp; &undefined;",
    "\"double\" 'single' `back`",
    "two  three   spaces",
    "tab\there",
    "[red]red[/red] [/] :smile:",
    "::error::x",
    "##[command]x",
    "=cmd|'/C calc'!A0",
    "- starts with a dash",
    "+ starts with a plus",
    "$(reboot) `reboot` ; rm -rf /",
    "../../../etc/passwd",
    "%s %d %n {0} {x} {",
    "' OR 1=1 --",
    "\\n \\t \\0 \\",
    "Đạt ≥ 98,5% – “trích” … № ½ ²",
    "Ấ ấ Ợ ợ Ữ ữ Ỵ ỵ Đ đ",
    "Mu\u0323c tie\u0302u",
    "漢字 カタカナ 한국어 Ω Ж ع",
    "😀 👩‍👩‍👧‍👦 🇻🇳 \U0001f9ff",
    "no-break\u00a0space and\u3000ideographic",
    "Z̷̢̛a̶l̸g̵o̷",
    "x" * 20_000,
    "từ " * 5_000 + "hết",
    "." * 3,
    "0",
    "None",
    "nan",
    "1e999",
]
FIELDS: dict[str, Callable[[str], dict[str, Any]]] = {
    "basis": lambda text: {"basis": (text,)},
    "preamble": lambda text: {"preamble": (text,)},
    "section title": lambda text: {"sections": (Section(number="I", title=(text,)),)},
    "section text": lambda text: {"sections": (Section(text=(text,)),)},
    "section number": lambda text: {"sections": (Section(number=text, title=("t",)),)},
    "item text": lambda text: {"tasks": (Item(id="A", text=(text,)),)},
    "item number": lambda text: {"tasks": (Item(id="A", number=text, text=("t",)),)},
    "measures": lambda text: {"tasks": (Item(id="A", text=("t",), measures=(text,)),)},
    "deliverables": lambda text: {"objectives": (Item(id="A", text=("t",), deliverables=(text,)),)},
    "evaluation": lambda text: {"tasks": (Item(id="A", text=("t",), evaluation=(text,)),)},
    "funding": lambda text: {"tasks": (Item(id="A", text=("t",), funding=(text,)),)},
    "note": lambda text: {"tasks": (Item(id="A", text=("t",), note=(text,)),)},
    "group": lambda text: {"groups": (Item(id="A", text=(text,)),)},
    "child": lambda text: {"tasks": (Item(id="A", text=("t",), tasks=(Item(id="B", text=(text,)),)),)},
    "closing": lambda text: {"closing": (text,)},
    "recipients": lambda text: {"recipients": (text,)},
    "position": lambda text: {"signatory": Signatory(position=(text,))},
    "instruction": lambda text: {"signatory": Signatory(position=("P",), instruction=text)},
    "name": lambda text: {"signatory": Signatory(position=("P",), name=text)},
}
"""Fields that every template prints, each filled with one text."""

NOT_IN_FORMS: dict[str, Callable[[str], dict[str, Any]]] = {
    "lead": lambda text: {"objectives": (Item(id="A", text=("t",), lead=(text,)),)},
    "support": lambda text: {"objectives": (Item(id="A", text=("t",), support=(text,)),)},
    "deadline": lambda text: {"objectives": (Item(id="A", text=("t",), deadline=text),)},
    "title": lambda text: {"head": Head(type="Kế hoạch", title=(text,))},
    "place": lambda text: {"head": Head(type="Kế hoạch", place=text)},
    "symbol": lambda text: {"head": Head(type="Kế hoạch", symbol=text)},
    "signed number": lambda text: {"signoff": Signoff(number=f"x{text}", date=date(2026, 2, 9))},
    "annex text": lambda text: {"annexes": (Annex(title=("A",), text=(text,)),)},
    "annex info": lambda text: {"annexes": (Annex(title=("A",), info=(text,)),)},
    "annex item": lambda text: {"annexes": (Annex(title=("A",), tasks=(Item(id="A", text=(text,)),)),)},
}
UPPER: dict[str, Callable[[str], dict[str, Any]]] = {
    "type": lambda text: {"head": Head(type=text)},
    "issuer": lambda text: {"head": Head(type="T", issuer=text)},
    "issuer text": lambda text: {"head": Head(type="T", issuer_text=(text,))},
}
"""Fields that the decree prints in capitals."""

PLANS = ("work-plan", "objectives-table", "narrative-plan", "framework-table")
TEMPLATES = (*PLANS, "objectives-form")
UNMARKED = {
    *("section number", "item number", "recipients", "position", "instruction", "name"),
    *("title", "place", "symbol", "signed number"),
}
"""Fields without inline marks."""

PLACES = [
    *((name, template, make) for name, make in FIELDS.items() for template in TEMPLATES),
    *((name, template, make) for name, make in NOT_IN_FORMS.items() for template in PLANS),
]
NAMES = [f"{name}-{template}" for name, template, _ in PLACES]


def all_text(content: bytes) -> str:
    """The whole document, a line for each paragraph."""
    return "\n".join(texts(content))


def whole_text(content: bytes) -> str:
    """The same with the empty paragraphs."""
    return "\n".join(map(text_of, paragraphs(content)))


def as_read(text: str) -> str:
    """What XML makes of line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@each_row(("name", "template", "make"), PLACES)
def test_every_field_comes_out_as_typed(name: str, template: str, make: Callable[[str], dict[str, Any]]) -> None:
    typed = "<w:p> {{ 7*7 }} & ]]>  “ạ” 😀"
    assert typed in all_text(rendered(plan_with(template, **make(typed))))


@each_row("template", TEMPLATES)
@each_row("name", UPPER)
def test_capitals_change_nothing_but_the_case(template: str, name: str) -> None:
    typed = "<w:p> {{ 7*7 }} & ]]>  “ạ” 😀"
    found = all_text(rendered(plan_with(template, **UPPER[name](typed))))
    assert typed.upper() in found.upper()


@each_row(("text", "template"), list(zip(HOSTILE, cycle(TEMPLATES), strict=False)))
def test_hostile_text_comes_out_as_typed(text: str, template: str) -> None:
    item = Item(id="A", text=(text,), measures=(text, text))
    found = all_text(rendered(plan_with(template, preamble=(text,), objectives=(item,), recipients=(text,))))
    assert found.count(text) >= 5
    forget()


@each_row("text", HOSTILE)
def test_other_eyes_than_ours_read_the_same(text: str) -> None:
    document = Document(io.BytesIO(rendered(plan_with(preamble=(text,)))))
    found = [Paragraph(element, document._body).text for element in document.element.body.iter(qn("w:p"))]
    assert text in found
    forget()


@each_row("text", [text for text in HOSTILE if "\t" not in text])
def test_from_the_users_file_to_word(text: str) -> None:
    start = "kind: plan\nid: P\ntemplate: work-plan\nperiod: 2026\nhead: {type: T}\n"
    yaml = f"{start}preamble: {json.dumps(text, ensure_ascii=False)}\n"
    plan = read_content(yaml.encode(), "p.yaml").value
    assert isinstance(plan, Plan)
    wanted = plan.preamble[0]
    assert wanted in texts(rendered(plan))
    forget()


def test_several_lines_are_several_paragraphs_in_order() -> None:
    found = texts(rendered(plan_with(preamble=("một", "hai", "ba"))))
    place = found.index("một")
    assert found[place : place + 3] == ["một", "hai", "ba"]


LETTERS = st.characters(
    exclude_categories=("Cs", "Cc"),
    include_characters="\t\n\r",
    exclude_characters="\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufffe\uffff",
)
"""What XML can hold, but for five characters that Unicode keeps for programs: all that a plan may have, and more."""
TEXT = st.text(LETTERS, max_size=80) | st.text(st.sampled_from("aB *^[]\\<&{(.\n"), max_size=80)


@given(TEXT, st.sampled_from(PLACES))
def test_any_text_in_any_field_comes_out(text: str, place: tuple[str, str, Callable[[str], dict[str, Any]]]) -> None:
    name, template, make = place
    found = whole_text(rendered(plan_with(template, **make(text))))
    assert as_read(text if name in UNMARKED else plain_text(text)) in found


@given(st.lists(st.text(LETTERS, min_size=1, max_size=30), max_size=6))
@settings(max_examples=12)
def test_any_lines_stay_in_order(lines: list[str]) -> None:
    found = whole_text(rendered(plan_with(preamble=tuple(lines))))
    assert as_read("\n".join(map(plain_text, lines))) in found


@given(TEXT)
@settings(max_examples=12)
def test_any_text_makes_properties_that_are_well_formed(text: str) -> None:
    content = rendered(plan_with(head=Head(type=text, title=(text,), issuer_text=(text,))))
    core = part(content, "docProps/core.xml")
    title = next(element for element in core if element.tag.endswith("title")).text or ""
    assert as_read(title) == as_read(f"{text} {text}"[:255])  # a return that was written as `&#13;` is read as one


def full_plan(template: str) -> Plan:
    """A plan with a text of its own in every field that is printed."""

    def item(name: str, **more: Any) -> Item:
        fields = (
            *("measures", "deliverables", "evaluation", "funding", "note"),
            *("method", "source", "monitor", "risk", "place", "participants"),
        )
        words = ("base", "threshold", "score", "start", "hours")
        return Item(
            id=name,
            number=f"{name}.",
            text=(f"{name} text", f"{name} more"),
            lead=(f"{name} lead",),
            support=(f"{name} support",),
            deadline=f"{name} deadline",
            **{field: (f"{name} {field} 1", f"{name} {field} 2") for field in fields},
            **{field: f"{name} {field}" for field in words},
            **more,
        )

    inner = item("N1", tasks=(item("N2", activities=(item("N3"),)),))
    section = Section(
        number="II", title=("part",), text=("part text",), tasks=(inner,), sections=(Section(text=("deep",)),)
    )
    return plan_with(
        template,
        head=Head(issuer="TGPL", type="T", title=("title 1", "title 2"), symbol="KH-X", place="town"),
        basis=("basis 1", "basis 2"),
        preamble=("preamble",),
        sections=(section,),
        objectives=(item("O1"),),
        groups=(Item(id="G", number="A", text=("group",), objectives=(item("O2"),)),),
        closing=("closing",),
        recipients=("- one;", "- two."),
        signatory=Signatory(position=("KT. A", "B"), instruction="(sign)", name="Name"),
        period=year(2026),
    )


NOT_PRINTED = {"kind", "id", "template", "form", "refs", "target", "issuer", "caption", "dateline"} | {
    "implements",
    "policy",
}


def printed(value: Any, name: str = "") -> list[str]:
    """The texts of a plan's printed fields, in the order of the fields."""
    if name in NOT_PRINTED or value is None:
        return []
    if isinstance(value, str):
        return [value]
    if is_model(value):
        return [text for name in fields_of(value) for text in printed(getattr(value, name), name)]
    if type(value) is tuple:
        return [text for entry in value for text in printed(entry, name)]
    return []


@pytest.mark.parametrize("template", PLANS)
def test_no_printed_field_is_lost(template: str) -> None:
    plan = full_plan(template)
    found = all_text(rendered(plan))
    assert [text for text in printed(plan) if text not in found] == []


def test_a_form_loses_nothing_that_forms_have() -> None:
    plan = full_plan("objectives-form")
    found = all_text(rendered(plan)).lower()
    lost = {text for text in printed(plan) if text.lower() not in found}
    assert {re.sub(r"^\w\d ", "", text) for text in lost} == {"lead", "support", "deadline", "KH-X", "town"}


def test_what_a_form_prints_of_its_head() -> None:
    head = Head(
        caption="Phụ lục 3", issuer_text=("… TÊN",), type="MỤC TIÊU", title=("NĂM ....",), dateline="……, ngày …"
    )
    found = texts(rendered(plan_with("objectives-form", head=head, form=True, signatory=Signatory(position=("P",)))))
    assert found == ["Phụ lục 3", "… TÊN", "MỤC TIÊU NĂM ....", "……, ngày …", "P"]


def test_responsibility_and_deadline_are_inherited_in_the_table() -> None:
    child = Item(id="B", text=("con",))
    group = Item(id="G", text=("nhóm",), lead=("Phòng A",), deadline="Quý I", objectives=(child,))
    assert texts(rendered(plan_with("objectives-table", groups=(group,)), REGISTER))[-3:] == ["con", "Phòng A", "Quý I"]
