"""What people meant when YAML does not parse: the parser's words become ours, with the cure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Span, Text, say
from qmsplan.load.faults import YAML_SYNTAX, Broken

if TYPE_CHECKING:
    import yaml

_NEEDS_QUOTES = r"^(?P<before>\s*+(?:- ++)*+(?:[^\s:#'\"][^:#]*+: +)?)(?P<value>[>%@`|&*!\[{}\],].*?)\s*$"
_CLOSED = r"\[[^\[\]]*\]|\{[^{}]*\}"
_COLON_INSIDE = r"^(?P<before>\s*(?:- +)*[^\s:#]+: +)(?P<value>[^'\"\s].*:(?: .*)?)$"


def explain_syntax(text: str, error: yaml.MarkedYAMLError) -> Broken:
    """The fault of a text that is no YAML, at the place and with the hint that help most."""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and error.problem == "found unexpected end of stream":
        mark = error.context_mark  # where the quote opens
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1) if mark else 0
    for index in (number, number - 1):
        if 0 <= index < len(lines) and (found := _usual(lines[index], index + 1)):
            shown = lines[index][found.span.column - 1 : found.span.end_column - 1]
            if index == number or not re.fullmatch(_CLOSED, shown):
                return found
    column = (mark.column if mark else 0) + 1
    return Broken(
        YAML_SYNTAX,
        _reason(error.problem or "", error.context or ""),
        Span(number + 1, column, number + 1, column + 1),
        say("check the indentation, the quotes and the colon on this line and the one before"),
    )


_REASONS = {
    "found unexpected end of stream": say("a quotation mark or bracket is never closed"),
    "did not find expected ',' or ']'": say("a list in [ ] is not closed, or a comma is missing"),
    "did not find expected ',' or '}'": say("fields in { } are not closed, or a comma is missing"),
    "could not find expected ':'": say("a colon is missing after the name of a field"),
    "mapping values are not allowed in this context": say("a colon stands where none is expected"),
    "did not find expected key": say("the name of a field is expected here; the indentation may be wrong"),
    "did not find expected '-' indicator": say("an entry of a list is expected here; the indentation may be wrong"),
    "block sequence entries are not allowed in this context": say("a list can't start on this line"),
    "found unknown escape character": say("a backslash in double quotes starts an escape that does not exist"),
    "found unexpected document indicator": say("--- or ... stands inside a text"),
}
"""What libyaml says, in words that help."""


_IN_PURE_PYTHON = {
    r"expected ',' or '\]'": "did not find expected ',' or ']'",
    r"expected ',' or '}'": "did not find expected ',' or '}'",
    r"mapping values are not allowed here": "mapping values are not allowed in this context",
    r"sequence entries are not allowed here": "block sequence entries are not allowed in this context",
    r"expected <block end>.*collection": "did not find expected '-' indicator",
    r"expected <block end>": "did not find expected key",
    r"found unknown escape character": "found unknown escape character",
    r"found unexpected document separator": "found unexpected document indicator",
}
"""The same in the words of the parser that is used where libyaml is missing; the context follows the problem."""


def _reason(problem: str, context: str) -> Text:
    said = f"{problem} {context}"
    own = next((words for pattern, words in _IN_PURE_PYTHON.items() if re.match(pattern, said)), problem)
    return _REASONS.get(own, say("this is not valid YAML"))


def _usual(line: str, number: int) -> Broken | None:
    """The usual mistakes, by the look of a line."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        column = indent.index("\t") + 1
        message, hint = say("a tab can't indent YAML"), say("indent with spaces")
        return Broken(YAML_SYNTAX, message, Span(number, column, number, column + 1), hint)
    if match := re.match(_NEEDS_QUOTES, line):
        sign = match["value"][0]
        if sign not in ">|" or not re.fullmatch(r"[>|][+-]?\d?[+-]?(\s+#.*)?", match["value"]):
            return _quote(match, number, say("text that starts with '{sign}' must be put in quotes", sign=sign))
    if match := re.match(_COLON_INSIDE, line):
        return _quote(match, number, say("text that holds a colon and a space must be put in quotes"))
    return None


def _quote(match: re.Match[str], number: int, message: Text) -> Broken:
    start, end = match.span("value")
    hint = say('write "{value}"', value=match["value"].replace("\\", "\\\\").replace('"', '\\"'))
    return Broken(YAML_SYNTAX, message, Span(number, start + 1, number, end + 1), hint)
