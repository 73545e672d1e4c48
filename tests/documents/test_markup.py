"""The block language as text: what the grammar refuses, at which line."""

from __future__ import annotations

import re

import pytest
from document_support import ROOT, source

from qmsplan.documents.fill import fill
from qmsplan.documents.markup import GRAMMAR, read_markup
from qmsplan.documents.markup import ROOT as DOCUMENT
from qmsplan.documents.profile import STYLES
from qmsplan.documents.template import BrokenTemplateError
from rows import each_row


def fault_of(body: str) -> BrokenTemplateError:
    """The fault of a body that starts at line 3 of its template."""
    template = source(body)
    with pytest.raises(BrokenTemplateError) as raised:
        read_markup(fill(template, {}), template.file)
    return raised.value


def told(fault: BrokenTemplateError) -> str:
    return fault.message.template.format(**dict(fault.message.values))


@each_row(
    ("body", "line", "words"),
    [
        ("<para>x</para>\n<paragraph>x</paragraph>", 4, "there is no block <paragraph>"),
        ("<para>\n<br/></para>", 4, "there is no block <br>"),
        ("<w:p/>", 3, "there is no block <w:p>"),
        ("<para>x</para>\n\n<cell/>", 5, "<cell> can't stand in <section>"),
        ("<section/>", 3, "<section> can't stand in <section>"),
        ("<para><b>x\n<i><b>y</b></i></b></para>", 4, "<b> can't stand in <i>"),
        ("<footnote>x</footnote>", 3, "<footnote> can't stand in <section>"),
        ("<para>\n<footnote>x<footnote>y</footnote></footnote></para>", 4, "<footnote> can't stand in <footnote>"),
        ("\n<para colour='red'>x</para>", 4, "<para> has no attribute 'colour'"),
        ("<para style='nice'>x</para>", 3, "'nice' is no value for 'style' of <para>"),
        ("<heading>x</heading>", 3, "<heading> needs the attribute 'level'"),
        ("<heading level='5'>x</heading>", 3, "'5' is no value for 'level' of <heading>"),
        ("<heading level='١'>x</heading>", 3, "'١' is no value"),
        ("<heading level=''>x</heading>", 3, "'' is no value"),
        ("<table/>", 3, "<table> needs the attribute 'widths'"),
        ("<table widths=''/>", 3, "'' is no value for 'widths'"),
        ("<table widths='0 1'/>", 3, "'0 1' is no value for 'widths'"),
        ("<table widths='1 nan'/>", 3, "'1 nan' is no value"),
        ("<table widths='1 -1'/>", 3, "'1 -1' is no value"),
        (f"<table widths='{'1 ' * 64}'/>", 3, "is no value for 'widths'"),
        ("<table widths='1'>\n<row kind='footer'/></table>", 4, "'footer' is no value for 'kind' of <row>"),
        ("<table widths='1'><row>\n<cell columns='0'/></row></table>", 4, "'0' is no value for 'columns'"),
        ("<table widths='1'><row>\n<cell rows='-1'/></row></table>", 4, "'-1' is no value for 'rows'"),
        ("<spacer lines='999'/>", 3, "'999' is no value for 'lines'"),
        ("<spacer/>", 3, "<spacer> needs the attribute 'lines'"),
        ("<head><date month='13'/></head>", 3, "'13' is no value for 'month' of <date>"),
        ("\nwords", 2, "text can't stand directly in <section>"),
        ("<table widths='1'>\n\n<row>words</row></table>", 5, "text can't stand directly in <row>"),
        ("<page-break>x</page-break>", 3, "text can't stand directly in <page-break>"),
        ("<para>\n<b>x</para></b>", 4, "the template does not make well-formed XML: mismatched tag"),
        ("<para>x", 3, "mismatched tag"),
        ("\n<signature>\n<name>x</name>\n\n", 4, "mismatched tag"),
        ("<para a='1' a='2'/>", 3, "duplicate attribute"),
        ("<para _line='9'/>", 3, "duplicate attribute"),
        ("<para>&nbsp;</para>", 3, "undefined entity"),
        ("<para>a & b</para>", 3, "not well-formed"),
        ("<para>a < b</para>", 3, "not well-formed"),
        ("<para>\n<![CDATA[x]]></para>", 3, "must not use CDATA"),
        ("<?php x ?>", 2, "must not hold processing instructions"),
        ("<para>&#7;</para>", 3, "invalid character"),
    ],
)
def test_a_fault_is_told_at_its_line(body: str, line: int, words: str) -> None:
    fault = fault_of(body)
    assert words in told(fault)
    assert (fault.file, fault.line) == ("test.xml.j2", line)


def test_a_fault_in_what_a_macro_makes_is_told_in_the_macro() -> None:
    fault = fault_of("{% macro m() %}\n<nonsense/>\n{% endmacro %}\n\n\n{{ m() }}")
    assert fault.line == 4


def test_a_hint_names_what_is_allowed() -> None:
    assert "cell" in str(fault_of("<table widths='1'><row><para/></row></table>").hint)
    assert "portrait" in str(fault_of("</section><section orientation='up'>").hint)
    assert "style" in str(fault_of("<para colour='red'/>").hint)


@each_row(
    "text",
    [
        '<!DOCTYPE document [<!ENTITY x SYSTEM "file:///etc/passwd">]><document>&x;</document>',
        '<!DOCTYPE document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><document/>',
        "<!DOCTYPE document><document/>",
    ],
)
def test_document_types_are_refused(text: str) -> None:
    with pytest.raises(BrokenTemplateError) as raised:
        read_markup(text, "f")
    assert "document type" in raised.value.message.template


@each_row("text", ["", " ", "words", "<section/>", "<para>x</para>", "<document/><document/>"])
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(BrokenTemplateError):
        read_markup(text, "f")


@each_row("text", ["\ud800", "\x00", "\x1b", "\ufffe"])
def test_characters_that_xml_can_not_hold_are_refused(text: str) -> None:
    with pytest.raises(BrokenTemplateError):
        read_markup(f"<document><section><para>{text}</para></section></document>", "f")


def test_depth_is_no_danger() -> None:
    with pytest.raises(BrokenTemplateError) as raised:
        read_markup("<document><section><para>" + "<b><i>" * 100_000, "f")
    assert "can't stand" in raised.value.message.template


def test_a_declaration_and_comments_are_fine() -> None:
    root = read_markup('<?xml version="1.0"?><!-- a --><document><!-- <b> --><section/></document>', "f")
    assert [child.name for child in root.children] == ["section"]


def test_text_is_kept_whole() -> None:
    long = "ạ & <b> ]]> \U0001f600" * 5000
    from qmsplan.documents.word_xml import escape

    root = read_markup(f"<document><section><para>{escape(long)}</para></section></document>", "f")
    section = next(iter(root.children))
    assert next(iter(section.children)).text == long


def test_the_grammar_is_closed() -> None:
    named = {child for shape in GRAMMAR.values() for child in shape.children}
    assert named | {DOCUMENT} == GRAMMAR.keys()
    assert all(shape.required <= shape.attributes.keys() for shape in GRAMMAR.values())


README = (ROOT / "templates" / "README.md").read_text("utf-8")


@each_row("name", sorted(GRAMMAR))
def test_every_element_is_in_the_manual(name: str) -> None:
    assert f"`{name}`" in README
    for attribute in GRAMMAR[name].attributes:
        assert re.search(rf"\| `{name}` \|.*`{attribute}`", README)


def test_every_style_is_in_the_manual() -> None:
    listed = re.search(r"Styles: `([^`]*)`", README)
    assert listed
    assert set(listed[1].split()) == STYLES
