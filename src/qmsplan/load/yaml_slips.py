"""What is no YAML, in our own words: the place, the reason and the cure.

The parser tells where it could not go on, which is often a line too late, and in its own terms. The line is looked at
for what people do: a space that is missing or is not the usual one, the dash of Word, text that needs quotes. In
braces and brackets the parser's place is exact."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile
from typing import NamedTuple

import yaml

from qmsplan.diagnostics import YAML_SYNTAX, Fix, Message, ReadError, Span

_ODD_SPACE = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
"""Spaces that look like the usual one and mean nothing to YAML; Word and web pages put U+00A0 between words."""
_ODD_INDENT = rf"^ *{_ODD_SPACE}"
_NAME = r"(?P<name>[^\W\d][\w.-]*(?: [\w.-]+){0,5})"
_START = r"^ *+(?:- ++)*+"
"""What stands before the name of a field. It is never tried shorter, as no name starts with a dash or a space."""


_FIELD = Message("write '{name}: {rest}'")
_ENTRY = Message("write '- {rest}', with a hyphen and a space")
_SPACE = Message("delete it and press the space bar; such spaces come from Word and web pages")


class Slip(NamedTuple):
    """A usual slip: the look of its line, whose group `here` is the place, and what to say. Groups called `name` and
    `rest` go into the hint. `right` is what belongs where `here` and all before `rest` stands; None if that is not
    sure."""

    pattern: str
    message: Message
    hint: Message
    right: str | None = None


_NO_USUAL_SPACE = Message("this space is not the usual one (U+00A0 or the like)")
_NOT_A_HYPHEN = Message("an entry of a list starts with '- ', a hyphen and a space")
_SLIPS = (
    Slip(rf"{_START}(?:[-–—] *)?(?P<here>{_ODD_SPACE}+)", _NO_USUAL_SPACE, _SPACE, " "),
    Slip(rf"{_START}{_NAME}:(?P<here>{_ODD_SPACE}+)", _NO_USUAL_SPACE, _SPACE, " "),
    Slip(
        rf"{_START}{_NAME}(?P<here>:)(?P<rest>[^\s/:].*)$", Message("a space is missing after the colon"), _FIELD, ": "
    ),
    Slip(
        rf"{_START}{_NAME}(?P<here>[：∶﹕꞉])\s*(?P<rest>.*)$",
        Message("this sign only looks like a colon"),
        _FIELD,
        ": ",
    ),
    Slip(r"^ *(?P<here>[–—−‒―•●▪◦·*+])\s*(?P<rest>[^\s*].*)$", _NOT_A_HYPHEN, _ENTRY, "- "),
    Slip(r"^ *(?P<here>-)(?P<rest>[^\s-].*)$", _NOT_A_HYPHEN, _ENTRY, "- "),
)
_NO_COLON = Slip(
    rf"{_START}(?P<here>{_NAME} *[=;,] *(?P<rest>\S.*))$",
    Message("a colon is missing after the name of a field"),
    _FIELD,
)


class Fault(NamedTuple):
    """Where the parser could not go on, line and column from 0, and what it says of it. `context` is where it began
    what it could not end: a quote, a bracket, a list."""

    lines: list[str]
    number: int
    column: int
    problem: str
    context: yaml.Mark | None

    @property
    def line(self) -> str:
        """The line of the fault."""
        return self.lines[self.number]

    @property
    def opened(self) -> yaml.Mark | None:
        """The bracket that is not closed, if that is the fault."""
        return self.context if self.problem in _UNCLOSED else None

    @property
    def reason(self) -> Message:
        """What the parser says, in words that help."""
        return _REASONS.get(self.problem, Message("this is not valid YAML"))

    @property
    def hint(self) -> Message:
        """The cure where the look of the line tells none."""
        if self.problem == _NEVER_CLOSED and '"' in self.line and (typed := re.search("[“”]", self.line)):
            return Message('close the text with the mark " of the keyboard, not with {typed}', typed=typed[0])
        if self.problem == _KEY_WITHOUT_COLON:
            return Message(
                "write 'name: value'; text that goes on from the line above stands further in than its field"
            )
        return Message("check the indentation, the quotes and the colon on this line and the one before")


def explain_syntax(text: str, error: yaml.MarkedYAMLError) -> ReadError:
    """The fault of a text that is no YAML, at the place and with the hint that help most."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    problem = error.problem or ""
    if error.context_mark and problem in {_NEVER_CLOSED, _KEY_WITHOUT_COLON}:
        mark = error.context_mark  # where the quote opens, or the line that should be a field
    number = min(mark.line, len(lines) - 1) if mark else 0
    fault = Fault(lines, number, mark.column if mark else 0, problem, error.context_mark)
    found = next((found for look in _LOOKS if (found := look(fault))), None)
    return found or _error_at(number, fault.column, fault.reason, fault.hint)


_FIELDS = rf"{_START}(?:[^\W\d][\w.-]*: +)?\{{ *[^\W\d][\w.-]*:(?: |$)"
"""A line with fields in braces: `- {id: A, text: Việc}`."""
_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')"""
_VALUE_BEFORE = re.compile(rf"(?:{_QUOTED} *|(?:[^,:\[\]{{}}\"']|[,:](?! ))*)\Z")
_VALUE = re.compile(rf" *(?P<value>(?:{_QUOTED})?(?:[^,\[\]{{}}]|,(?! |$))*)")
"""A value in brackets, whose own commas have no space behind them: `98,5%`."""


def _bracket_in_fields(fault: Fault) -> ReadError | None:
    """A bracket without its other one within `{id: A, lead: [B, C}`."""
    opened, sign = fault.opened, fault.line[fault.column : fault.column + 1]
    if opened is None or not _is_in_fields(fault.lines, opened.line, opened.column + 1):
        return None
    if opened.line == fault.number and sign not in {"", "]", "}"}:
        return None  # a value that needs quotes
    closing = _UNCLOSED[fault.problem]
    if sign == "]" and closing == "}":
        message, hint = Message("no '[' stands before this ']'"), Message("delete it, or write '[' before it")
        return _error_at(fault.number, fault.column, message, hint)
    return _error_at(opened.line, opened.column, fault.reason, Message("write '{sign}' where it ends", sign=closing))


def _value_in_fields(fault: Fault) -> ReadError | None:
    """The one value within `{id: A, target: %98}` that needs quotes, or before which a comma is missing."""
    line, number, column = fault.line, fault.number, fault.column
    if not _is_in_fields(fault.lines, number, column):
        return None
    is_colon = line[column : column + 1] == ":"
    if is_colon and (name := re.search(r"[^\s:] ([a-z_]+)$", line[:column])):
        hint = Message("put a comma before '{name}' if it is a field, or else the whole text in quotes", name=name[1])
        return _error_at(number, name.start(1), fault.reason, hint)
    match = _VALUE.match(line, next(_VALUE_BEFORE.finditer(line[:column])).start())
    if match is None or not match["value"]:
        return _error_at(number, column, fault.reason, fault.hint)
    sign = match["value"][0]
    if fault.problem == _NEVER_CLOSED:
        hint = Message('write "{value}"', value=match["value"].strip(f"{sign} "))
        return _error_at(number, column, fault.reason, hint)
    message = _STARTS_WITH.filled(sign=sign)
    if sign in "\"'":
        message = _GOES_ON
    elif is_colon:
        message = _HOLDS_COLON
    return _needs_quotes_error(match, number, message)


def _is_in_fields(lines: list[str], number: int, column: int) -> bool:
    """Whether fields in braces, which may begin on a line above, are open at a place."""
    first = next((index for index in range(number, -1, -1) if re.match(_FIELDS, lines[index])), number)
    before = re.sub(_QUOTED, "", "\n".join([*lines[first:number], lines[number][:column]]))
    return bool(re.match(_FIELDS, lines[first])) and before.count("{") > before.count("}")


def _behind_fields(fault: Fault) -> ReadError | None:
    """What stands behind the brace that closes the fields of a line."""
    if fault.problem not in {_NO_FIELD, _NO_ENTRY} or not re.match(_FIELDS, fault.line[: fault.column]):
        return None
    message = Message("the line goes on after the brace that closes the fields")
    hint = Message("delete it, or put the whole text in quotes")
    return _error_at(fault.number, fault.column, message, hint)


def _error_at(line: int, column: int, message: Message, hint: Message) -> ReadError:
    """A fault at a letter; line and column from 0."""
    return ReadError(YAML_SYNTAX, message, Span(line + 1, column + 1, line + 1, column + 2), hint)


def _open_quote(fault: Fault) -> ReadError | None:
    """A line above in which a text in quotes begins and does not end: it ends where the next one should begin, and what
    follows there is the fault."""
    lines, number = fault.lines, fault.number
    before = fault.line[: fault.column].rstrip()
    sign = before[-1:]
    if sign not in {'"', "'"} or before.count(sign) > 1:
        return None
    index = next((index for index in range(number - 1, -1, -1) if sign in lines[index]), 0)
    match = re.match(rf"{_START}(?:{_NAME}: +)?{sign}(?P<value>[^{sign}]*)$", lines[index].rstrip())
    if match is None:
        return None
    span = Span(index + 1, match.start("value"), index + 1, match.end() + 1)
    more = takewhile(lambda line: not re.match(rf"\s*(?:- |{_NAME}:)", line), lines[index + 1 : number])
    hint = Message('write "{value}"', value=" ".join([match["value"], *map(str.strip, more)]).strip())
    return ReadError(YAML_SYNTAX, _REASONS[_NEVER_CLOSED], span, hint)


def _half_quoted(fault: Fault) -> ReadError | None:
    """Text behind a text in quotes: `"A" và B`."""
    match = re.match(_HALF_QUOTED, fault.line) if fault.problem in {_NO_FIELD, _NO_ENTRY} else None
    return _needs_quotes_error(match, fault.number, _GOES_ON) if match else None


def _usual_mistake(fault: Fault) -> ReadError | None:
    """A usual mistake in the line, or in the one above unless its text is closed there."""
    if (found := _mistake_in(fault.line, fault.number)) or fault.number == 0:
        return found
    above = fault.lines[fault.number - 1]
    found = _mistake_in(above, fault.number - 1)
    shown = above[found.span.column - 1 : found.span.end_column - 1] if found else ""
    return None if re.fullmatch(_CLOSED, shown) else found


_STARTS_WITH = Message("text that starts with '{sign}' must be put in quotes")
_HOLDS_COLON = Message("text that holds a colon and a space must be put in quotes")
_GOES_ON = Message("the text goes on after its closing quotation mark")
_NEVER_CLOSED = "found unexpected end of stream"
_KEY_WITHOUT_COLON = "could not find expected ':'"
_UNCLOSED = {"did not find expected ',' or ']'": "]", "did not find expected ',' or '}'": "}"}
_SECOND_COLON = "mapping values are not allowed in this context"
_NO_FIELD = "did not find expected key"
_NO_ENTRY = "did not find expected '-' indicator"
_REASONS = {
    _NEVER_CLOSED: Message("a quotation mark or bracket is never closed"),
    "did not find expected ',' or ']'": Message("a list in [ ] is not closed, or a comma is missing"),
    "did not find expected ',' or '}'": Message("fields in { } are not closed, or a comma is missing"),
    _KEY_WITHOUT_COLON: Message("a colon is missing after the name of a field"),
    _SECOND_COLON: Message("a colon stands where none is expected"),
    _NO_FIELD: Message("the name of a field is expected here; the indentation may be wrong"),
    _NO_ENTRY: Message("an entry of a list is expected here; the indentation may be wrong"),
    "block sequence entries are not allowed in this context": Message("a list can't start on this line"),
    "found unknown escape character": Message("a backslash in double quotes starts an escape that does not exist"),
    "found unexpected document indicator": Message("--- or ... stands inside a text"),
}
"""What libyaml says, in words that help."""


def _conflict_of_git(fault: Fault) -> ReadError | None:
    """Both versions of a stretch of text, as git leaves them when two people changed it; or, in the line of the fault,
    one of the marks around them that is left alone."""
    lines = fault.lines
    first = next((index for index, line in enumerate(lines) if re.match(r"<{7}( |$)", line)), None)
    is_whole = first is not None and any(re.match(r">{7}( |$)", line) for line in lines[first:])
    if first is None or not is_whole:
        first = fault.number
    line = lines[first].rstrip()
    if not is_whole and not re.match(r"([<>|=])\1{6}( |$)", line):
        return None
    message, hint = Message("'{mark}' is a mark that git left in the file", mark=line), Message("delete this line")
    if is_whole:
        message = Message("git left both versions of this part in the file")
        hint = Message("keep what is right, and delete the lines with <, = and >")
    return ReadError(YAML_SYNTAX, message, Span(first + 1, 1, first + 1, len(line) + 1), hint)


def _slip_in_line(fault: Fault) -> ReadError | None:
    """A usual slip in the line; where a colon is one too many, also in the line above, which then has no field. Lines
    above that odd spaces indent are taken for text of the field before them."""
    number, problem = fault.number, fault.problem
    indented = takewhile(lambda index: re.match(_ODD_INDENT, fault.lines[index]), range(number - 1, -1, -1))
    if above := list(indented):
        number = above[-1]
    slips = (*_SLIPS, _NO_COLON) if problem == _KEY_WITHOUT_COLON else _SLIPS
    for index in (number, number - 1) if problem == _SECOND_COLON else (number,):
        line = fault.lines[index].rstrip() if index >= 0 else ""
        for slip in slips:
            if match := re.match(slip.pattern, line):
                return _slip_error(match, index + 1, slip)
    return None


def _slip_error(match: re.Match[str], number: int, slip: Slip) -> ReadError:
    start, end = match.span("here")
    fix = _fix_of_slip(match, number, slip.right) if slip.right else None
    groups = {name: text for name, text in match.groupdict().items() if name != "here"}
    if needs_quotes := re.match(_NEEDS_QUOTES, groups.get("rest") or ""):
        groups["rest"] = f'"{needs_quotes["value"]}"'
    hint = slip.hint.filled(**groups)
    return ReadError(YAML_SYNTAX, slip.message, Span(number, start + 1, number, end + 1), hint, fix=fix)


def _fix_of_slip(match: re.Match[str], number: int, right: str) -> Fix:
    """The place as it should be; each odd space becomes one, as the columns of an indentation count."""
    start, end = match.span("here")
    if "rest" not in match.groupdict():
        return Fix(((Span(number, start + 1, number, end + 1), right * (end - start)),))
    rest = match["rest"]
    edit = (Span(number, start + 1, number, match.start("rest") + 1), right if rest else right.rstrip())
    needs_quotes = re.match(_NEEDS_QUOTES, rest)
    quoted = _needs_quotes_error(needs_quotes, number - 1, _GOES_ON).fix if needs_quotes else None
    edits = [edit]
    for span, text in quoted.edits if quoted else ():
        shift = match.start("rest")
        edits.append((Span(number, span.column + shift, number, span.end_column + shift), text))
    return Fix(tuple(edits))


def _missing_dash(fault: Fault) -> ReadError | None:
    """A line that stands where the entries of a list start and begins with their first field, but without `- `."""
    first = fault.context
    if fault.problem != _NO_ENTRY or first is None or first.column != fault.column:
        return None
    entry = re.match(rf"^ *- +{_NAME}:", fault.lines[first.line])
    match = re.match(rf"^ *(?P<here>(?P<rest>{_NAME}:.*))$", fault.line.rstrip())
    if not match or not entry or entry["name"] != match["name"]:
        return None
    return _slip_error(match, fault.number + 1, Slip("", _NOT_A_HYPHEN, _ENTRY))


_COMMENT = r"[ \t]#(?:\s(?!(?:số|[Nn]o\.?) ?\d)|$)"
"""How a comment in the usual form begins: `# xem lại`, but not `# số 5`."""
_END = rf"(?:{_COMMENT}.*)?$"
_NEEDS_QUOTES = rf"^(?P<before>\s*+(?:- ++)*+(?:[^\s:#'\"][^:#]*+: +)?)(?P<value>[>%@`|&*!\[{{}}\],].*?){_END}"
_CLOSED = r"\[[^\[\]]*\]|\{[^{}]*\}"
_HALF_QUOTED = r"^(?P<before>\s*+(?:- ++)*+(?:[^\s:#'\"]+: +)?)" rf"(?P<value>{_QUOTED}(?: +[^\s#:]|[^\s#:]).*?){_END}"
_COLON_INSIDE = rf"^(?P<before>\s*+(?:- ++)*+[^\s:#]+: +)(?P<value>[^'\"\s](?:(?!{_COMMENT}).)*?:(?: .*?)??){_END}"


def _mistake_in(line: str, number: int) -> ReadError | None:
    """A usual mistake, by the look of a line; its number from 0."""
    line = line.rstrip()
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return _error_at(number, indent.index("\t"), Message("a tab can't indent YAML"), Message("indent with spaces"))
    if re.match(_FIELDS, line):
        return None
    if match := re.match(_NEEDS_QUOTES, line):
        sign = match["value"][0]
        if sign not in ">|" or not re.fullmatch(r"[>|][+-]?\d?[+-]?(\s+#.*)?", match["value"]):
            return _needs_quotes_error(match, number, _STARTS_WITH.filled(sign=sign))
    match = re.match(_COLON_INSIDE, line)
    return _needs_quotes_error(match, number, _HOLDS_COLON) if match else None


def _needs_quotes_error(match: re.Match[str], number: int, message: Message) -> ReadError:
    start, typed = match.start("value"), match["value"].rstrip()
    value = typed.replace("\\", "\\\\").replace('"', '\\"')
    span = Span(number + 1, start + 1, number + 1, start + len(typed) + 1)
    hint, fix = Message('write "{value}"', value=value), Fix(((span, f'"{value}"'),))
    return ReadError(YAML_SYNTAX, message, span, hint, fix=fix)


_LOOKS: tuple[Callable[[Fault], ReadError | None], ...] = (
    *(_conflict_of_git, _bracket_in_fields, _value_in_fields, _slip_in_line, _open_quote, _missing_dash),
    *(_half_quoted, _behind_fields, _usual_mistake),
)
"""What is looked for, in this order: the first that is found is told."""
