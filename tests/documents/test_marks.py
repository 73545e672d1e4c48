"""Inline marks from a plan's text through a template into runs and footnotes."""

from __future__ import annotations

from document_support import part, plan_with, rendered, source, styled
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.documents.blocks import Footnote, Para, Run, bare, marked, obeyed, unmarked
from qmsplan.documents.fill import fill
from qmsplan.documents.markup import read_blocks
from qmsplan.model.inline import InlineNote, runs
from rows import each_row

CHARACTERS = "\ufdd0\ufdd1\ufdd2\ufdd3"
TYPED = r"Các *cơ quan*^[Theo *Luật* & <Nghị định>.] và \* {{ x }}"
SHOWN = (
    Run("Các "),
    Run("cơ quan", italic=True),
    Footnote((Run("Theo "), Run("Luật", italic=True), Run(" & <Nghị định>."))),
    Run(" và * {{ x }}"),
)

typed_texts = st.text(st.sampled_from("aB *^[]\\<&{%\n"), max_size=40) | st.text(max_size=20).map(
    lambda text: "".join(letter for letter in text if letter.isprintable())
)


def read(body: str, text: str) -> tuple[object, ...]:
    """The blocks that a template with this body makes of a text in a plan's preamble and head."""
    values = {"plan": {"text": marked(text), "lines": marked(text).split("\n")}}
    (section,) = read_blocks(fill(source(body), values), "f")
    return section.blocks


def content(body: str, text: str = TYPED) -> tuple[Run | Footnote, ...]:
    (block,) = read(body, text)
    assert isinstance(block, Para)
    return block.content


def test_marks_become_runs_and_footnotes() -> None:
    assert content("<para>{{ plan.text }}</para>") == SHOWN


def test_text_around_keeps_its_look() -> None:
    found = content("<para><b>1. </b>{{ plan.text }}.</para>", "*a*^[n]")
    assert found == (Run("1. ", bold=True), Run("a", italic=True), Footnote((Run("n"),)), Run("."))


def test_looks_of_the_template_add_up() -> None:
    found = content("<para><b>{{ plan.text }}</b></para>", "a *b*^[n]")
    assert found == (Run("a ", bold=True), Run("b", bold=True, italic=True), Footnote((Run("n"),)))


@each_row(
    ("expression", "shown"),
    [
        ("plan.text|upper", (Run("A "), Run("B", italic=True), Footnote((Run("N"),)))),
        ("'x' ~ plan.text", (Run("xa "), Run("b", italic=True), Footnote((Run("n"),)))),
        ("(plan.text ~ '<')|upper", (Run("A "), Run("B", italic=True), Footnote((Run("N"),)), Run("<"))),
        ("[plan.text, 'c']|join('; ')", (Run("a "), Run("b", italic=True), Footnote((Run("n"),)), Run("; c"))),
        ("plan.text.split(' ')|last", (Run("b", italic=True), Footnote((Run("n"),)))),
        ("plan.text|trim|first", (Run("a"),)),
        ("plan.text or 'c'", (Run("a "), Run("b", italic=True), Footnote((Run("n"),)))),
    ],
)
def test_what_templates_do_to_text_leaves_marks_whole(expression: str, shown: tuple[Run | Footnote, ...]) -> None:
    assert content(f"<para>{{{{ {expression} }}}}</para>", "a *b*^[n]") == shown


def test_a_footnote_in_a_footnote_is_its_text() -> None:
    found = content("<para>x<footnote>{{ plan.text }}</footnote></para>", "a^[b *c*]")
    assert found == (Run("x"), Footnote((Run("a"), Run("b "), Run("c", italic=True))))


def test_where_only_words_stand_marks_are_left_out() -> None:
    (title,) = read("<title><type>{{ plan.text }}</type><subject>{{ plan.text }}</subject></title>", "a *b*^[n] c")
    assert title[1:] == ("a b c", ("a b c",))  # type: ignore[index]


def test_a_title_of_a_footnote_alone_is_none() -> None:
    (title,) = read("<title><type/><subject>{{ plan.text }}</subject></title>", "^[n]")
    assert title[1:] == ("", ())  # type: ignore[index]


def test_lines_end_marks() -> None:
    blocks = read("<para>{{ plan.text }}</para>", "*a*\nb *c\nd*")
    assert [block.content for block in blocks] == [  # type: ignore[attr-defined]
        (Run("a", italic=True),),
        (Run("b *c"),),
        (Run("d*"),),
    ]


def test_a_long_text_is_not_torn() -> None:
    """The parser hands long texts over in pieces."""
    found = content("<para>{{ plan.text }}</para>", "x" * 8_150 + " *" + "y" * 20_000 + "*^[" + "z" * 20_000 + "]")
    texts = ["".join(run.text for run in p.content) if isinstance(p, Footnote) else p.text for p in found]
    assert "".join(texts) == "x" * 8_150 + " " + "y" * 20_000 + "z" * 20_000
    assert all(p.italic for p in found if isinstance(p, Run) and "y" in p.text)
    assert sum(isinstance(p, Footnote) for p in found) == 1


@each_row(
    ("torn", "shown"),
    [
        ("\ufdd0a", [Run("a", italic=True)]),
        ("a\ufdd1b", [Run("a"), Run("b")]),
        ("a\ufdd3b", [Run("a"), Run("b")]),
        ("a\ufdd2b", [Run("a"), Footnote((Run("b"),))]),
        ("a\ufdd2", [Run("a")]),
        ("\ufdd2a\ufdd2b\ufdd3", [Footnote((Run("a"), Run("b")))]),
    ],
)
def test_what_a_template_tore_is_mended(torn: str, shown: list[Run | Footnote]) -> None:
    assert list(obeyed([Run(torn)])) == shown


def test_a_block_s_own_footnote_stays() -> None:
    note = Footnote((Run("n"),))
    assert list(obeyed([Run("\ufdd0a"), note, Run("b\ufdd1c")])) == [
        Run("a", italic=True),
        note,
        Run("b", italic=True),
        Run("c"),
    ]


def test_characters_of_a_plan_are_no_marks() -> None:
    assert bare(f"a{CHARACTERS}b") == "ab"
    assert marked(f"{CHARACTERS}a *b*{CHARACTERS}") == "a \ufdd0b\ufdd1"


def test_unmarked_drops_footnotes_and_marks_only() -> None:
    assert unmarked(marked("a *b*^[c]d")) == "a bd"
    assert unmarked("\ufdd2a\ufdd2b\ufdd3c") == "ac"
    assert unmarked("a*") == "a*"


@given(typed_texts)
def test_any_text_becomes_what_its_marks_say(typed: str) -> None:
    expected = [
        Footnote(tuple(Run(run.text, italic=run.italic) for run in part.runs))
        if isinstance(part, InlineNote)
        else Run(part.text, italic=part.italic)
        for part in runs(typed)
    ]
    assert list(obeyed([Run(marked(typed))])) == expected


@given(typed_texts, st.sampled_from(["text", "text|upper", "text|first", "text|last", "text[1:]", "text[:-1]"]))
def test_any_text_makes_blocks_whatever_a_template_does(typed: str, expression: str) -> None:
    body = f"<title><type>{{{{ plan.{expression} }}}}</type></title><para>{{{{ plan.{expression} }}}}</para>"
    body += f"<heading level='1'>{{{{ plan.{expression} }}}}</heading>"
    for block in read(body.replace("plan.text|", "plan.text|default('x')|"), typed or "x"):
        assert not set(repr(block)) & set(CHARACTERS)
    assert read(body, typed or "x")


def test_marks_in_the_word_file() -> None:
    content = rendered(plan_with(preamble=("Theo *Luật*^[Số *10*.].",), closing=(r"2 * 3 \*",)))
    assert "Theo Luật." in styled(content, "Body")
    assert "2 * 3 *" in styled(content, "Body")
    notes = part(content, "word/footnotes.xml")
    assert "".join(notes.itertext()).strip() == "Số 10."
