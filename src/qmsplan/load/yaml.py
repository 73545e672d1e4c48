"""YAML text to plain dicts, lists and strings, with the place of each: the only reader of YAML, from libyaml's events.

Events are exact, fast and can't be driven into recursion or code. Every scalar stays text: the schema decides types
(`012`, `no`, `2026-02-30`). What plans don't need and attackers do is refused here: aliases, anchors, tags,
directives, second documents, depth.

What is no YAML is told in our own words: the place, the reason and the cure. The parser tells where it could not go on,
which is often a line too late, and in its own terms. The line is looked at for what people do: a space that is missing
or is not the usual one, the dash of Word, text that needs quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml
from yaml._yaml import CParser as _Parser

from qmsplan.diagnostics import DUPLICATE_KEY, REFUSED_YAML, TOO_LARGE, YAML_SYNTAX, Fix, Message, Path, ReadError, Span
from qmsplan.load.files import DEEPEST, LONGEST_SCALAR, MOST_NODES, NULLS, refuse_forbidden

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"


class Container:
    """Where a mapping or a list stands: its first and its last event, and what it holds.

    `parts` of a mapping are pairs of a key's event and the value's mark, by key, also of keys without a value; those of
    a list are the marks of its entries. The mark of a text is its event."""

    __slots__ = ("end", "parts", "start")

    def __init__(self, start: Any, parts: dict[str, tuple[Any, Mark]] | list[Mark]) -> None:
        self.start, self.end, self.parts = start, start, parts


Mark: TypeAlias = "Container | yaml.ScalarEvent"


class Placed(NamedTuple):
    """A value's mark and the event of its key; None for an entry of a list and for the whole document."""

    key: yaml.ScalarEvent | None
    mark: Mark


def report_part(mark: Mark, name: str | int) -> Placed | None:
    """What stands under a key, or at an index from 0; None if nothing does."""
    parts = mark.parts if isinstance(mark, Container) else None
    if isinstance(parts, dict):
        found = parts.get(name) if isinstance(name, str) else None
        return Placed(*found) if found else None
    is_there = isinstance(parts, list) and isinstance(name, int) and 0 <= name < len(parts)
    return Placed(None, parts[name]) if is_there else None  # type: ignore[index]


def span_of(mark: Any) -> Span:
    """The place of a mark, or of any event of the parser."""
    first, last = (mark.start, mark.end) if type(mark) is Container else (mark, mark)
    start, end = first.start_mark, last.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def style_of(mark: Mark | None) -> str:
    """How a text is typed: `|`, `>`, `'`, `"`, or "" for a plain one and for what is no text."""
    return "" if mark is None or isinstance(mark, Container) else mark.style or ""


def walk(mark: Mark, path: Path = (), key: yaml.ScalarEvent | None = None) -> Iterator[tuple[Path, Placed]]:
    """A mark and all in it, in order, each with its path."""
    yield path, Placed(key, mark)
    parts = mark.parts if isinstance(mark, Container) else ()
    if isinstance(parts, dict):
        for name, (own, value) in parts.items():
            yield from walk(value, (*path, name), own)
        return
    for index, value in enumerate(parts):
        yield from walk(value, (*path, index))


def texts_in(mark: Mark) -> Iterator[yaml.ScalarEvent]:
    """The events of all texts in a mark, keys too, in order."""
    for _, placed in walk(mark):
        yield from (one for one in placed if one is not None and not isinstance(one, Container))


class Yaml(NamedTuple):
    """A text as read: its values, every scalar as text, and where they stand; both None if it is empty."""

    value: Tree
    mark: Mark | None


def events(text: str) -> Iterator[Any]:
    """The parser's events. ReadError, in our own words, at what is no YAML."""
    event: Any = None
    parser = _Parser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    except ReadError:
        raise
    except Exception as error:  # noqa: BLE001  the parser's own, whatever it is
        raise _not_yaml(text, error) from None


def _not_yaml(text: str, error: Exception) -> ReadError:
    """What the parser says, in words that help."""
    if isinstance(error, yaml.MarkedYAMLError):
        return explain_syntax(text, error)
    return ReadError(YAML_SYNTAX, Message("this is not valid YAML ({reason})", reason=type(error).__name__))


def read_yaml(text: str, *, is_composed: bool | None = None) -> Yaml:
    """The values of the one document in a text, and where they stand. ReadError at the first fault.

    `is_composed` says that the text is in normal form C, where that is known already."""
    if is_composed is None:
        is_composed = unicodedata.is_normalized("NFC", text)
    try:
        return _Reader(text, is_composed=is_composed).document()
    except ReadError:
        raise
    except Exception as error:  # noqa: BLE001  the parser's own, whatever it is
        if isinstance(error, yaml.MarkedYAMLError) and error.problem == _TOO_DEEP and error.problem_mark:
            read_yaml(text[: error.problem_mark.index])  # deep enough to be refused at its own place
        raise _not_yaml(text, error) from None


_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml 0.2.6 (PyYAML 6.0.4) says of more than 1,000 levels, before it delivers the levels that we refuse."""


class _Reader:
    """One pass over the parser's events; every value of every file goes through it."""

    def __init__(self, text: str, *, is_composed: bool) -> None:
        self._next: Callable[[], Any] = _Parser(text).get_event
        self._text = text
        self._is_plain = is_composed and "\\" not in text and len(text) <= LONGEST_SCALAR
        self._nodes = 0

    def document(self) -> Yaml:
        """The one document of the text."""
        root = Yaml(None, None)
        while (event := self._next()) is not None:
            if isinstance(event, yaml.NodeEvent):
                root = Yaml(*self._value(event, 0))
            elif isinstance(event, yaml.DocumentStartEvent):
                _check_start(event, is_second=self._nodes > 0)
        return root

    def _value(self, event: Any, depth: int, *, is_entry: bool = False) -> tuple[Tree, Mark]:
        """The value that starts with an event, so many levels deep, and its mark."""
        self._nodes += 1
        if event.anchor is not None or event.tag is not None:
            _refuse_properties(event)
        if self._nodes > MOST_NODES:
            raise _too_large(event, Message("the file has more than {count} values", count=MOST_NODES))
        if type(event) is yaml.ScalarEvent:
            if event.value in NULLS and event.implicit[0]:
                return None, event
            return event.value if self._is_plain else _checked_text(event), event
        if depth == DEEPEST:
            raise _too_large(event, Message("values are nested deeper than {count} levels", count=DEEPEST))
        if type(event) is yaml.MappingStartEvent:
            return self._mapping(event, depth + 1, is_entry=is_entry)
        return self._list(event, depth + 1)

    def _list(self, start: Any, depth: int) -> tuple[Tree, Mark]:
        values: list[Tree] = []
        parts: list[Mark] = []
        mark = Container(start, parts)
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            value, part = self._value(event, depth, is_entry=True)
            values.append(value)
            parts.append(part)
        mark.end = event
        return values, mark

    def _mapping(self, start: Any, depth: int, *, is_entry: bool) -> tuple[Tree, Mark]:
        """A mapping, which may be the entry of a list. A key without a value is as good as none."""
        values: dict[str, Tree] = {}
        parts: dict[str, tuple[Any, Mark]] = {}
        mark = Container(start, parts)
        while type(key_event := self._next()) is not yaml.MappingEndEvent:
            key = self._value(key_event, depth)[0] if type(key_event) is yaml.ScalarEvent else None
            if type(key) is not str or key in parts or key == "<<":
                _refuse_key(key, key_event, parts, is_entry=is_entry)
            event = self._next()
            value, part = self._value(event, depth)
            parts[key] = (key_event, part)
            if value is None:
                _check_colon(event, key_event, self._text)
            else:
                values[key] = value
        mark.end = key_event
        return values, mark


def _checked_text(event: Any) -> str:
    """The text of a scalar in normal form C. ReadError if it is too long, or if an escape hides a forbidden letter."""
    value: str = event.value
    if not event.implicit[0]:
        refuse_forbidden(value, lambda _: span_of(event))
    if len(value) > LONGEST_SCALAR:
        raise _too_large(event, Message("this text is longer than {count} characters", count=LONGEST_SCALAR))
    return unicodedata.normalize("NFC", value)


def _refuse_key(key: Tree, event: Any, parts: dict[str, tuple[Any, Mark]], *, is_entry: bool) -> NoReturn:
    """Says why this can't be a key here; `parts` are the marks of the mapping so far, which may be a list's entry."""
    if type(event) is not yaml.ScalarEvent:
        if event.anchor is not None or event.tag is not None:
            _refuse_properties(event)
        hint = Message("text in double braces must be put in quotes")
        raise ReadError(REFUSED_YAML, Message("a key must be a single word or text"), span_of(event), hint)
    if not isinstance(key, str):
        raise _refused(event, Message("a key must be a single word or text"))
    if key == "<<":
        raise _refused(event, Message("merge keys (<<) are not allowed in plans"))
    first = span_of(parts[key][0])
    hint = Message("keep one of them; it was first used on line {line}", line=first.line)
    if is_entry and key == next(iter(parts)):
        hint = Message("write '- ' before '{key}' if a new entry of the list starts here", key=key)
    raise ReadError(DUPLICATE_KEY, Message("the key '{key}' stands here twice", key=key), span_of(event), hint, first)


def _check_colon(event: Any, key_event: Any, text: str) -> None:
    """`{value: 98,5}` holds a key `5` that nobody meant: a key without a colon is refused."""
    before = text[key_event.start_mark.index : event.start_mark.index].rstrip()
    if not event.value and not before.endswith(":"):
        hint = Message("text with a comma, such as 98,5, or with brackets must be put in quotes")
        raise ReadError(REFUSED_YAML, Message("a key needs a colon and a value"), span_of(key_event), hint)


def _check_start(event: Any, *, is_second: bool) -> None:
    """Directives and second documents end the reading."""
    if event.version or event.tags:
        raise _refused(event, Message("directives (%YAML, %TAG) are not allowed in plans"))
    if is_second:
        message = Message("a file holds one document; a second one starts here")
        hint = Message("delete the line '---', or move what follows to a file of its own")
        raise ReadError(REFUSED_YAML, message, span_of(event), hint)


def _refuse_properties(event: Any) -> NoReturn:
    """Says of an alias, an anchor or a tag that plans have none."""
    message = Message("tags ({name}) are not allowed in plans", name=getattr(event, "tag", None))
    if event.anchor is not None:
        message = Message("anchors (&{name}) are not allowed in plans", name=event.anchor)
    if type(event) is yaml.AliasEvent:
        message = Message("aliases (*{name}) are not allowed in plans", name=event.anchor)
    raise _refused(event, message)


def _refused(event: Any, message: Any) -> ReadError:
    return ReadError(REFUSED_YAML, message, span_of(event), Message("write the text out, or put it in quotes"))


def _too_large(event: Any, message: Any) -> ReadError:
    return ReadError(TOO_LARGE, message, span_of(event), Message("split the file or shorten the text"))


_ODD_SPACE = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
"""Spaces that look like the usual one and mean nothing to YAML; Word and web pages put U+00A0 between words."""
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


def explain_syntax(text: str, error: yaml.MarkedYAMLError) -> ReadError:
    """The fault of a text that is no YAML, at the place and with the hint that help most."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    problem = error.problem or ""
    if error.context_mark and problem in {_NEVER_CLOSED, _KEY_WITHOUT_COLON}:
        mark = error.context_mark  # where the quote opens, or the line that should be a field
    number = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark else 0
    if (
        found := _conflict_of_git(lines, number)
        or _slip_in_line(lines, number, problem)
        or _open_quote(lines, number, column)
    ):
        return found
    first = error.context_mark if problem == _NO_ENTRY else None
    if first and first.column == column and (found := _missing_dash(lines, number, first.line)):
        return found
    if problem in {_NO_FIELD, _NO_ENTRY} and (match := re.match(_HALF_QUOTED, lines[number])):
        return _needs_quotes_error(match, number + 1, Message("the text goes on after its closing quotation mark"))
    if found := _usual_mistake(lines[number], number + 1) or _usual_mistake_above(lines, number):
        return found
    span = Span(number + 1, column + 1, number + 1, column + 2)
    message = _REASONS.get(problem, Message("this is not valid YAML"))
    return ReadError(YAML_SYNTAX, message, span, _hint_by_problem(lines[number], problem))


def _open_quote(lines: list[str], number: int, column: int) -> ReadError | None:
    """A line above in which a text in quotes begins and does not end: it ends where the next one should begin, and what
    follows there is the fault."""
    before = lines[number][:column].rstrip()
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


def _usual_mistake_above(lines: list[str], number: int) -> ReadError | None:
    """A usual slip in the line above a fault, unless its text is closed there."""
    found = _usual_mistake(lines[number - 1], number) if number else None
    shown = lines[number - 1][found.span.column - 1 : found.span.end_column - 1] if found else ""
    return None if re.fullmatch(_CLOSED, shown) else found


def _hint_by_problem(line: str, problem: str) -> Message:
    """The cure where the look of the line tells none."""
    if problem == _NEVER_CLOSED and '"' in line and (typed := re.search("[“”]", line)):
        return Message('close the text with the mark " of the keyboard, not with {typed}', typed=typed[0])
    if problem == _KEY_WITHOUT_COLON:
        return Message("write 'name: value'; text that goes on from the line above stands further in than its field")
    return Message("check the indentation, the quotes and the colon on this line and the one before")


_NEVER_CLOSED = "found unexpected end of stream"
_KEY_WITHOUT_COLON = "could not find expected ':'"
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


def _conflict_of_git(lines: list[str], number: int) -> ReadError | None:
    """Both versions of a stretch of text, as git leaves them when two people changed it; or, in the line of the fault,
    one of the marks around them that is left alone."""
    first = next((index for index, line in enumerate(lines) if re.match(r"<{7}( |$)", line)), None)
    is_whole = first is not None and any(re.match(r">{7}( |$)", line) for line in lines[first:])
    if first is None or not is_whole:
        first = number
    line = lines[first].rstrip()
    if not is_whole and not re.match(r"([<>|=])\1{6}( |$)", line):
        return None
    message, hint = Message("'{mark}' is a mark that git left in the file", mark=line), Message("delete this line")
    if is_whole:
        message = Message("git left both versions of this part in the file")
        hint = Message("keep what is right, and delete the lines with <, = and >")
    return ReadError(YAML_SYNTAX, message, Span(first + 1, 1, first + 1, len(line) + 1), hint)


def _slip_in_line(lines: list[str], number: int, problem: str) -> ReadError | None:
    """A usual slip in the line; where a colon is one too many, also in the line above, which then has no field."""
    slips = (*_SLIPS, _NO_COLON) if problem == _KEY_WITHOUT_COLON else _SLIPS
    for index in (number, number - 1) if problem == _SECOND_COLON else (number,):
        line = lines[index].rstrip() if index >= 0 else ""
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
    quoted = _needs_quotes_error(needs_quotes, number, Message("{text}", text=rest)).fix if needs_quotes else None
    edits = [edit]
    for span, text in quoted.edits if quoted else ():
        shift = match.start("rest")
        edits.append((Span(number, span.column + shift, number, span.end_column + shift), text))
    return Fix(tuple(edits))


def _missing_dash(lines: list[str], number: int, first: int) -> ReadError | None:
    """A line that stands where the entries of a list start and begins with their first field, but without `- `."""
    entry = re.match(rf"^ *- +{_NAME}:", lines[first])
    match = re.match(rf"^ *(?P<here>(?P<rest>{_NAME}:.*))$", lines[number].rstrip())
    if not match or not entry or entry["name"] != match["name"]:
        return None
    return _slip_error(match, number + 1, Slip("", _NOT_A_HYPHEN, _ENTRY))


_COMMENT = r"[ \t]#(?:\s(?!(?:số|[Nn]o\.?) ?\d)|$)"
"""How a comment in the usual form begins: `# xem lại`, but not `# số 5`."""
_END = rf"(?:{_COMMENT}.*)?$"
_NEEDS_QUOTES = rf"^(?P<before>\s*+(?:- ++)*+(?:[^\s:#'\"][^:#]*+: +)?)(?P<value>[>%@`|&*!\[{{}}\],].*?){_END}"
_CLOSED = r"\[[^\[\]]*\]|\{[^{}]*\}"
_HALF_QUOTED = (
    r"^(?P<before>\s*+(?:- ++)*+(?:[^\s:#'\"]+: +)?)"
    rf"""(?P<value>(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?: +[^\s#:]|[^\s#:]).*?){_END}"""
)
_COLON_INSIDE = rf"^(?P<before>\s*+(?:- ++)*+[^\s:#]+: +)(?P<value>[^'\"\s](?:(?!{_COMMENT}).)*?:(?: .*?)??){_END}"


def _usual_mistake(line: str, number: int) -> ReadError | None:
    """The usual mistakes, by the look of a line."""
    line = line.rstrip()
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        column = indent.index("\t") + 1
        message, hint = Message("a tab can't indent YAML"), Message("indent with spaces")
        return ReadError(YAML_SYNTAX, message, Span(number, column, number, column + 1), hint)
    if match := re.match(_NEEDS_QUOTES, line):
        sign = match["value"][0]
        if sign not in ">|" or not re.fullmatch(r"[>|][+-]?\d?[+-]?(\s+#.*)?", match["value"]):
            return _needs_quotes_error(
                match, number, Message("text that starts with '{sign}' must be put in quotes", sign=sign)
            )
    if match := re.match(_COLON_INSIDE, line):
        return _needs_quotes_error(match, number, Message("text that holds a colon and a space must be put in quotes"))
    return None


def _needs_quotes_error(match: re.Match[str], number: int, message: Message) -> ReadError:
    start, typed = match.start("value"), match["value"].rstrip()
    value = typed.replace("\\", "\\\\").replace('"', '\\"')
    span = Span(number, start + 1, number, start + len(typed) + 1)
    hint, fix = Message('write "{value}"', value=value), Fix(((span, f'"{value}"'),))
    return ReadError(YAML_SYNTAX, message, span, hint, fix=fix)
