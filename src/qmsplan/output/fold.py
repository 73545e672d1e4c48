"""Sentences on a screen: broken between words, where a terminal would break them anywhere."""

from __future__ import annotations

import re

_COMMAND = re.compile(r"'qmsplan [^']*'|qmsplan [a-z]+ .*")
_GLUE = "\ue000"


def folded(text: str, width: int, indent: int) -> list[str]:
    """Lines of at most `width` columns, those after the first indented so far. Width 0 means one line.

    What is longer than a line stays whole, and so does a command: a line break in it would be copied along."""
    if not width or len(text) <= width:
        return [text]
    import textwrap

    fold = textwrap.TextWrapper(
        width,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )
    glued = _COMMAND.sub(lambda command: command[0].replace(" ", _GLUE), text)
    return [line.replace(_GLUE, " ") for line in fold.wrap(glued)]
