"""The report for a pull request: one table that no plan text can break out of, never longer than a comment may be."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from output_samples import diagnostic, report, span

from qmsplan.diagnostics import Message, Related, Severity
from qmsplan.output.findings import write_markdown
from qmsplan.output.safe_text import LONGEST, MOST_COMMENT, inline
from rows import each_row


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_a_report() -> None:
    first = Related("plans/b.yaml", span(3, 9, 13), Message("first used here"))
    found = (
        diagnostic("x", severity=Severity.WARNING),
        diagnostic("MT01", span(5, 9, 13), hint=Message("rename one"), related=(first,)),
    )
    assert write_markdown(report(*found)) == (
        "**errors: 1, warnings: 1, in 1 file**\n"
        "\n"
        "| Line | Code | Finding |\n"
        "| --- | --- | --- |\n"
        "| [plans/a.yaml:5](plans/a.yaml#L5) | error QP101 "
        "| it says MT01<br>rename one<br>first used here: plans/b.yaml:3:9 |\n"
        "| [plans/a.yaml:1](plans/a.yaml#L1) | warning QP101 | it says x |\n"
    )


def test_nothing_wrong_is_said() -> None:
    assert write_markdown(report(files=("a", "b", "c"))) == "**Nothing wrong, files: 3**\n"


def test_links_lead_to_the_pages_of_the_ci() -> None:
    text = write_markdown(report(diagnostic("x", file="kế hoạch (1).yaml"), link="https://h/r/blob/abc/sub/"))
    assert "[kế hoạch (1).yaml:1](https://h/r/blob/abc/sub/k%E1%BA%BF%20ho%E1%BA%A1ch%20%281%29.yaml#L1)" in text


@each_row(
    ("typed", "written"),
    [
        ("a | b", "a \\| b"),
        ("**x** _y_ `z` ~~u~~", "\\*\\*x\\*\\* \\_y\\_ \\`z\\` \\~\\~\u2060u\\~\\~"),
        ("[x](http://x)", "\\[x\\](http:\u2060//x)"),
        ("![x](y)", "!\\[x\\](y)"),
        ("<img src=x>", "\\<img src=x\\>"),
        ("&lt; &#64;x", "\\&\u2060lt; \\&\\#\u206064;x"),
        ("@team @org/team a@b.vn", "@\u2060team @\u2060org/team a@\u2060b.vn"),
        ("#12 GH-12 a/b#3", "\\#\u206012 GH\u2060-12 a/b\\#\u20603"),
        ("!12 %3 $4", "!\u206012 %\u20603 \\$\u20604"),
        ("https://x ftp://y www.z.vn", "https:\u2060//x ftp:\u2060//y www\u2060.z.vn"),
        (":smile: :+1:", ":\u2060smile: :\u2060+1:"),
        ("# x", "\\# x"),
        ("10:30, 98,5%, A&B", "10:30, 98,5%, A\\&\u2060B"),
        ("a\nb\r\n\x1bc", "a b\\\\r \\\\x1bc"),
        ("\\|", "\\\\\\|"),
        ("", ""),
    ],
)
def test_plan_text_is_text(typed: str, written: str) -> None:
    assert inline(typed) == written


def test_a_long_sentence_is_cut() -> None:
    assert inline("a" * LONGEST) == "a" * LONGEST
    assert inline("a" * (LONGEST + 1)) == "a" * (LONGEST - 1) + "…"


@settings(max_examples=8)
@given(st.integers(1, 700), st.integers(1, 1500), st.sampled_from("aạ😀|\\"))
def test_a_comment_is_never_too_long_and_says_how_many_are_left_out(count: int, length: int, letter: str) -> None:
    text = write_markdown(report(*[diagnostic(letter * length)] * count))
    assert units(text) <= MOST_COMMENT
    rows = text.count("\n| [")
    match = re.search(r"\n\n… and (\d+) more\n$", text)
    assert rows + (int(match[1]) if match else 0) == count
    assert (match is None) == (rows == count)


def test_the_errors_are_never_what_is_left_out() -> None:
    found = [diagnostic("w" * 500, severity=Severity.WARNING)] * 500 + [diagnostic("wrong")] * 3
    text = write_markdown(report(*found))
    assert text.count("| error QP101 | it says wrong |") == 3
    assert "… and" in text
