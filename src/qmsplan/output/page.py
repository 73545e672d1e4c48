"""The page of a code, for the terminal and as Markdown: what is wrong, how to mend it, a bad and a good example."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.check.catalogue import Page


def plain_page(page: Page, language: str, say: Callable[[str], str]) -> str:
    """The text, and the examples indented below it."""
    parts = [page.texts[language]]
    for title, block in ((say("Wrong:"), page.bad), (say("Right:"), page.good)):
        parts.append(f"{title}\n\n" + "\n".join("    " + line for line in _lines(block)))
    return "\n\n".join(parts) + "\n"


def markdown_page(page: Page, language: str, say: Callable[[str], str]) -> str:
    """The text, and the examples as blocks of code below it."""
    parts = [flowing(page.texts[language])]
    for title, block in ((say("Wrong:"), page.bad), (say("Right:"), page.good)):
        parts.append(f"{title}\n\n```yaml\n" + "\n".join(_lines(block)) + "\n```")
    return "\n\n".join(parts) + "\n"


def flowing(text: str) -> str:
    """A text of short lines as one line."""
    return " ".join(text.split())


def first_sentence(text: str) -> str:
    """The first sentence of a flowing text, up to its colon if it has one; code between backticks is never cut."""
    ends = (match.start() for match in re.finditer(r"(?<=[.:]) ", text))
    end = next((end for end in ends if text.count("`", 0, end) % 2 == 0), len(text))
    return text[:end].rstrip(":")


def _lines(block: str) -> list[str]:
    """An example without the marks that make it a test."""
    lines = (line for line in block.splitlines() if not re.match(r"\s*# error", line))
    return [re.sub(r"\s*# error: .*$", "", line) for line in lines]
