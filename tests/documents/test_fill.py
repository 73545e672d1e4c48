"""Templates are programs of somebody: what they may do, and how they fail, at which line."""

from __future__ import annotations

import re

import pytest
from document_support import plan_with, source

from qmsplan.documents import fill as module
from qmsplan.documents.fill import fill
from qmsplan.documents.plan_view import view_of
from qmsplan.documents.template import BrokenTemplateError, Template
from qmsplan.model.plan import Item
from qmsplan.model.table import TableForm
from qmsplan.phrases.people import Register
from rows import each_row

VALUES = {
    "plan": {"text": "A & <w:p>", "lines": "a\nb", "items_of": [{"id": "x"}], "count": 3, "flag": True, "none": ""}
}


def filled(body: str) -> str:
    """What a template with this body at line 3 gives, without the marks of its lines."""
    return re.sub(r' _line="\d+"', "", fill(source(body), VALUES))


def fault_of(body: str) -> BrokenTemplateError:
    with pytest.raises(BrokenTemplateError) as raised:
        fill(source(body), VALUES)
    assert raised.value.file == "test.xml.j2"
    return raised.value


def told(fault: BrokenTemplateError) -> str:
    return fault.message.template.format(**dict(fault.message.values))


def test_what_the_plan_says_wrongly_is_told_with_its_words() -> None:
    plan = plan_with(objectives=(Item(id="A"),), table=TableForm(columns=("plan-total",)))
    with pytest.raises(BrokenTemplateError) as raised:
        fill(source("{{ plan|table }}"), {"plan": view_of(plan, Register())})
    assert "'plan-total' is not a period" in told(raised.value)


def test_values_are_escaped() -> None:
    assert "<para>A &amp; &lt;w:p&gt;</para>" in filled("<para>{{ plan.text }}</para>")


def test_values_are_not_templates() -> None:
    values = {"plan": {"text": "{{ 7*7 }} {% x %} {# y #}"}}
    assert "{{ 7*7 }} {% x %} {# y #}" in fill(source("<para>{{ plan.text }}</para>"), values)


def test_attributes_are_escaped() -> None:
    values = {"plan": {"text": '" kind="group'}}
    assert "<row kind='&#34; kind=&#34;group'/>" in re.sub(
        r' _line="\d+"', "", fill(source("<row kind='{{ plan.text }}'/>"), values)
    )


def test_what_macros_make_is_not_escaped_twice() -> None:
    body = "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}<para>{{ m(plan.text) }}</para>"
    assert "<para><b>A &amp; &lt;w:p&gt;</b></para>" in filled(body)


@each_row(
    ("expression", "result"),
    [
        ("plan.count + 1", "4"),
        ("plan.count * 2", "6"),
        ("7 % 4", "3"),
        ("[plan.count, 9]|max", "9"),
        ("plan.items_of|length", "1"),
        ("plan.lines.split('\\n')|join('-')", "a-b"),
        ("plan.none|default('x', true)", "x"),
        ("plan.get('count')", "3"),
        ("'yes' if plan.text.startswith('A') else 'no'", "yes"),
        ("range(3)|join", "012"),
        ("plan.text|lower|upper|trim|first", "A"),
    ],
)
def test_what_templates_can_do(expression: str, result: str) -> None:
    assert f"<para>{result}</para>" in filled(f"<para>{{{{ {expression} }}}}</para>")


@each_row(
    "body",
    [
        "{% include '/etc/passwd' %}",
        "{% include 'body.xml.j2' %}",
        "{% extends 'x' %}",
        "{% import 'os' as os %}",
        "{% from 'x' import y %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ plan.__class__ }}",
        "{{ plan['__class__'].x }}",
        "{{ plan|attr('__class__') }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ range.__self__ }}",
        "{{ self }}",
        "{{ self.__init__ }}",
        "{{ plan.split.__func__ }}",
        "{{ plan.update({}) }}",
        "{{ plan.items_of.append(1) }}",
        "{{ plan.text|safe }}",
        "{{ plan.text|tojson }}",
        "{{ lipsum() }}",
        "{{ dict(a=1) }}",
        "{% autoescape false %}{{ plan.text }}{% endautoescape %}",
        "{%- autoescape true %}{{ plan.text }}{% endautoescape %}",
        "{{ 9 ** 9 }}",
        "{{ 'x' * 10000000000 }}",
        "{{ [1] * 10 }}",
        "{{ 1000001 * 2 }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ '{:>9999999999}'.format(1) }}",
        "{{ 'x'.ljust(9999999999) }}",
        "{{ 'x'.replace('', 'y') }}",
        "{% for i in range(100000000) %}{% endfor %}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        "{{ 1 / 0 }}",
        "{{ 'a' + 1 }}",
        "{{ plan.flag }}",
        "{{ plan }}",
        "{{ plan.items_of }}",
        "{{ plan.items }}",
        "{{ plan.items_of[5] }}",
        "{% if %}",
        "{% endfor %}",
        "{{ “x” }}",
        "{{ plan.text | nofilter }}",
        "{% unknown %}",
    ],
)
def test_what_templates_can_not_do_is_told_at_its_line(body: str) -> None:
    assert fault_of(f"\n\n{body}").line == 5


@each_row(
    ("body", "name"),
    [
        ("{{ nothing }}", "nothing"),
        ("{{ plan.nothing }}", "nothing"),
        ("{{ plan.nothing.more }}", "nothing"),
        ("{% if plan.nothing %}{% endif %}", "nothing"),
        ("{% for x in nothing %}{% endfor %}", "nothing"),
        ("{{ plan.text if plan.none }}", "text"),
    ],
)
def test_an_undefined_name_is_told(body: str, name: str) -> None:
    fault = fault_of(f"<para>\n{body}</para>")
    assert fault.line == 4
    assert "not defined" in fault.message.template or name == "text"
    if name != "text":
        assert dict(fault.message.values)["name"] == name
        assert fault.hint


def test_faults_in_macros_and_loops_are_told_where_they_are() -> None:
    body = "{% macro m(x) %}\n{{ x.nothing }}\n{% endmacro %}\n{% for x in plan.items_of %}\n{{ m(x) }}\n{% endfor %}"
    assert fault_of(body).line == 4


def test_an_unclosed_block_is_told() -> None:
    """Where it begins, and not where the template ends."""
    fault = fault_of("{% for x in plan.items_of %}{% endfor %}\n{%- for x in plan.items_of %}\n<para>x</para>\n")
    assert "endfor" in told(fault)
    assert fault.line == fault_of("{% for x in plan.items_of %}").line + 1


def test_deep_brackets_are_no_crash() -> None:
    assert "RecursionError" in told(fault_of("{{ " + "(" * 5000 + " }}"))


def test_output_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_DOCUMENT", 1000)
    fault = fault_of("{% for i in range(99) %}<para>{{ plan.text }}</para>{% endfor %}")
    assert "larger" in fault.message.template


def lines_in(text: str) -> dict[str, int]:
    """The line that each element was marked with."""
    return {name: int(line) for name, line in re.findall(r'<([\w-]+)[^>]* _line="(\d+)"', text)}


def test_every_start_tag_has_the_line_of_the_template() -> None:
    text = (
        "<document>\n{# <not>\na comment #}\n{% if true -%}\n\n<one/>\n{%- endif %}\n"
        "{% set x = '<string>' %}\n<two\n a='1'/><three/>\n"
        "{% raw %}<four>{{ }}</four>\n{% endraw %}\n<five/></document>"
    )
    found = fill(Template("t", "t", text), {})
    assert lines_in(found) == {"document": 1, "one": 6, "two": 9, "three": 10, "four": 11, "five": 13}
    assert "string" not in found


def test_windows_line_ends_do_not_shift_lines() -> None:
    found = fill(Template("t", "t", "<a>\r\n{% if true %}\r\n<b/>\r\n{% endif %}\r\n<c/></a>"), {})
    assert lines_in(found) == {"a": 1, "b": 3, "c": 5}


def test_markup_in_values_gets_no_line() -> None:
    assert "&lt;w:p&gt;" in fill(source("<para>{{ plan.text }}</para>"), VALUES)
