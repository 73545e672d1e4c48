"""The page of a code as text and as Markdown."""

from __future__ import annotations

from output_samples import InEnglish

from qmsplan.check.catalogue import RulePage
from qmsplan.diagnostics import Translator
from qmsplan.output.formats import first_sentence, flowing, markdown_page, plain_page
from rows import each_row

BAD = "kind: plan\nid: A  # error: QP101:5\n# error below: QP101:1\nid: B\n"
PAGE = RulePage({"vi": "Một.\nCách sửa: hai.", "en": "One\nline.\nTo fix it, two."}, BAD, "kind: plan\n")


def test_a_page_as_text() -> None:
    assert plain_page(PAGE, InEnglish("vi")) == (
        "Một.\nCách sửa: hai.\n\nWrong:\n\n    kind: plan\n    id: A\n    id: B\n\nRight:\n\n    kind: plan\n"
    )


def test_a_page_as_markdown() -> None:
    assert markdown_page(PAGE, Translator("en")) == (
        "One line. To fix it, two.\n\n"
        "Wrong:\n\n```yaml\nkind: plan\nid: A\nid: B\n```\n\n"
        "Right:\n\n```yaml\nkind: plan\n```\n"
    )


@each_row(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("One: two. Three.", "One"),
        ("One (6.2.1 b). Two.", "One (6.2.1 b)."),
        ("One `a: b` c. Two", "One `a: b` c."),
        ("One", "One"),
        ("", ""),
    ],
)
def test_the_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_lines_flow() -> None:
    assert flowing("a\nb\n\n c ") == "a b c"
