"""Text of plans made safe for terminals, for the logs of CI runners and for spreadsheets (CSV), and sentences folded to
a width.

A plan's text may hold anything that YAML can. Before it is printed, control characters are written out as escapes, and
what a CI runner would take for a command (`::error`, `##[group]`) is broken up."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from qmsplan.diagnostics import Translator

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_COMMAND = re.compile(r"(?m)(?:^|(?<=\r))([^\S\r\n]*)::|##\[")


def clean(text: str) -> str:
    r"""One line without control characters: they are shown as `\x1b`, line ends as a space."""
    return _CONTROL.sub(lambda match: " " if match[0] in "\n\t" else ascii(match[0])[1:-1], text)


@dataclass(frozen=True, slots=True)
class Screen:
    """Where people read: in which language, how many columns wide, in colours or not."""

    translate: Translator
    width: int
    colours: bool
    folds: bool = field(default=False, kw_only=True)
    """Whether sentences are broken to fit, as on a terminal; in a file or a pipe each is one line."""

    def paint(self, text: str, colour: str) -> str:
        """A text in one of a terminal's colours, `paint("missing", "1;31")`, where they are shown."""
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colours else text

    def folded(self, text: str, indent: int) -> list[str]:
        """A sentence as it is shown, what goes on indented so far."""
        return folded(text, self.width if self.folds else 0, indent)


def harmless(text: str) -> str:
    """Lines that no CI runner takes for a command: `::` at a line's start and `##[` are parted by a word joiner."""
    return _COMMAND.sub(lambda match: f"{match[1]}:\u2060:" if match[1] is not None else "##\u2060[", text)


_QUOTED_COMMAND = re.compile(r"'qmsplan [^']*'|qmsplan [a-z]+ .*")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
"""What gives a text its colour takes no columns."""
_GLUE = "\ue000"


def folded(text: str, width: int, indent: int) -> list[str]:
    """Lines of at most `width` columns, those after the first indented so far. Width 0 means one line.

    What is longer than a line stays whole, and so does a command: a line break in it would be copied along."""
    if not width or len(_COLOUR.sub("", text)) <= width:
        return [text]

    fold = textwrap.TextWrapper(
        width,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )
    glued = _QUOTED_COMMAND.sub(lambda command: command[0].replace(" ", _GLUE), text)
    return [line.replace(_GLUE, " ") for line in fold.wrap(glued)]


def hanging(text: str, width: int, first: int, more: int) -> list[str]:
    """A text as lines of at most `width` columns, the first one indented by `first` columns, the others by `more`.

    What does not fit into one line is broken between words, and within a word that is longer than a line."""
    if first + len(text) <= width:
        return [" " * first + text]
    lines = textwrap.wrap(text, width - more, break_on_hyphens=False, expand_tabs=False, replace_whitespace=False)
    return [" " * (more if number else first) + line for number, line in enumerate(lines)]


_UNSAFE = "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]|#(?=#\\[)"
"""Only strings can hold these; escaped there, they are the same strings."""


def dump(value: object) -> str:
    """A value as JSON text with a line end, safe in any log; letters stay letters."""
    return harmless_json(json_text(value, 2)) + "\n"


def dump_line(value: object) -> str:
    """A value as JSON on one line."""
    return json_text(value) + "\n"


def json_text(value: object, indent: int | None = None) -> str:
    """A value as JSON whose letters stay letters; days and times are ISO 8601."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_iso)


def _iso(day: date) -> str:
    return day.isoformat()


def harmless_json(text: str) -> str:
    """The same JSON, with what a terminal obeys or a CI runner takes for a command written as escapes."""
    return re.sub(_UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", text)


MOST_COMMENT = 65_536
"""UTF-16 units that a comment on GitHub may have."""
LONGEST = 600
"""Characters of a sentence; text of a plan that it quotes may be far longer."""
_MARKUP = r"[\\`*_{}\[\]<>#|~&$]"
_REACH = r"(?i)@(?=\S)|[#!%~&$](?=\w)|:(?=//|[a-z+-])|\bwww(?=\.)|\bgh(?=-\d)"
"""What GitHub makes something of by itself: mentions, numbers of issues, addresses, signs for pictures. Parted by a
word joiner it is text."""


def inline(text: str) -> str:
    """A sentence with text of a plan in it, cut where it is too long."""
    return neutral(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def neutral(text: str) -> str:
    """Text of a plan as text: no markup, no mention, no issue, no link."""
    parted = re.sub(_REACH, lambda match: f"{match[0]}\u2060", clean(text))
    return re.sub(_MARKUP, r"\\\g<0>", parted)


def length_of(text: str) -> int:
    """The length of a text in UTF-16 units, which GitHub counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def table_head(names: Sequence[str]) -> list[str]:
    """The two lines that a table begins with in Markdown."""
    return [f"| {' | '.join(names)} |", "|" + " --- |" * len(names)]


Row: TypeAlias = "tuple[object, ...]"
"""The values of a row in the order of their columns."""
_SIGN = "[=+\\-@＝＋－＠]"
_FORMULA = re.compile(rf"""(?:^|(?<=[;\t\r\n]))(?=(?:['"]|[^\S\t\r\n])*{_SIGN})|^(?='*[\t\r])""")
"""Where a spreadsheet may begin a formula: at the start of a text, and behind a semicolon, tab or line end, where one
that parts cells by semicolons (as in Viet Nam) would begin a cell. Blanks, quotes and apostrophes before the sign do
not count."""
_SHORT = 64
_MAY_BE_FORMULA = re.compile(rf"{_SIGN}|^'*[\t\r]")


def csv_lines(rows: Iterable[Row], *, raw: bool = False) -> str:
    """Rows as CSV (RFC 4180); nothing for null. Unless `raw`, text is defused (`defuse`)."""
    file = io.StringIO()
    writer = csv.writer(file)
    known: dict[type, Callable[[Any], object]] = _AS_CSV if raw else {**_AS_CSV, str: _defused}
    writer.writerows([known[type(value)](value) for value in row] for row in rows)
    return file.getvalue()


def _defused(text: str) -> str:
    """`defuse`, which remembers short texts: ids and codes come again and again."""
    return _defused_short(text) if len(text) <= _SHORT else defuse(text)


@lru_cache(1 << 14)
def _defused_short(text: str) -> str:
    return defuse(text)


def _as_it_is(value: object) -> object:
    return value


def defuse(text: str) -> str:
    """A text with an apostrophe wherever a spreadsheet could begin a formula. docs/exports.md says how to undo it."""
    return _FORMULA.sub("'", text) if _MAY_BE_FORMULA.search(text) else text


_AS_CSV: dict[type, Callable[[Any], object]] = {
    str: _as_it_is,
    int: _as_it_is,
    date: _as_it_is,
    type(None): _as_it_is,
    bool: lambda value: "true" if value else "false",
    Decimal: lambda value: f"{value:f}",
}
