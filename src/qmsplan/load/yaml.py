"""What people meant when YAML does not parse: the parser's words become ours, with the cure.

YAML text to plain dicts, lists and strings, from parser events only.

Events are exact, fast and can't be driven into recursion or code. Every scalar stays text: the schema decides types.
What plans don't need and attackers do is refused here: aliases, anchors, tags, directives, second documents, depth.

Where each value of a text stands: made only when something is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml
from yaml._yaml import CParser as _Parser

from qmsplan.diagnostics import (
    DUPLICATE_KEY,
    REFUSED_YAML,
    START,
    TOO_LARGE,
    YAML_SYNTAX,
    Message,
    Path,
    ReadError,
    Span,
)
from qmsplan.load.files import DEEPEST, LONGEST_SCALAR, MOST_NODES, NULLS, find_forbidden, forbidden

_NEEDS_QUOTES = r"^(?P<before>\s*+(?:- ++)*+(?:[^\s:#'\"][^:#]*+: +)?)(?P<value>[>%@`|&*!\[{}\],].*?)\s*$"
_CLOSED = r"\[[^\[\]]*\]|\{[^{}]*\}"
_COLON_INSIDE = r"^(?P<before>\s*(?:- +)*[^\s:#]+: +)(?P<value>[^'\"\s].*:(?: .*)?)$"


def explain_syntax(text: str, error: yaml.MarkedYAMLError) -> ReadError:
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
    return ReadError(
        YAML_SYNTAX,
        _reason(error.problem or "", error.context or ""),
        Span(number + 1, column, number + 1, column + 1),
        Message("check the indentation, the quotes and the colon on this line and the one before"),
    )


_REASONS = {
    "found unexpected end of stream": Message("a quotation mark or bracket is never closed"),
    "did not find expected ',' or ']'": Message("a list in [ ] is not closed, or a comma is missing"),
    "did not find expected ',' or '}'": Message("fields in { } are not closed, or a comma is missing"),
    "could not find expected ':'": Message("a colon is missing after the name of a field"),
    "mapping values are not allowed in this context": Message("a colon stands where none is expected"),
    "did not find expected key": Message("the name of a field is expected here; the indentation may be wrong"),
    "did not find expected '-' indicator": Message("an entry of a list is expected here; the indentation may be wrong"),
    "block sequence entries are not allowed in this context": Message("a list can't start on this line"),
    "found unknown escape character": Message("a backslash in double quotes starts an escape that does not exist"),
    "found unexpected document indicator": Message("--- or ... stands inside a text"),
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


def _reason(problem: str, context: str) -> Message:
    said = f"{problem} {context}"
    own = next((words for pattern, words in _IN_PURE_PYTHON.items() if re.match(pattern, said)), problem)
    return _REASONS.get(own, Message("this is not valid YAML"))


def _usual(line: str, number: int) -> ReadError | None:
    """The usual mistakes, by the look of a line."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        column = indent.index("\t") + 1
        message, hint = Message("a tab can't indent YAML"), Message("indent with spaces")
        return ReadError(YAML_SYNTAX, message, Span(number, column, number, column + 1), hint)
    if match := re.match(_NEEDS_QUOTES, line):
        sign = match["value"][0]
        if sign not in ">|" or not re.fullmatch(r"[>|][+-]?\d?[+-]?(\s+#.*)?", match["value"]):
            return _quote(match, number, Message("text that starts with '{sign}' must be put in quotes", sign=sign))
    if match := re.match(_COLON_INSIDE, line):
        return _quote(match, number, Message("text that holds a colon and a space must be put in quotes"))
    return None


def _quote(match: re.Match[str], number: int, message: Message) -> ReadError:
    start, end = match.span("value")
    hint = Message('write "{value}"', value=match["value"].replace("\\", "\\\\").replace('"', '\\"'))
    return ReadError(YAML_SYNTAX, message, Span(number, start + 1, number, end + 1), hint)


Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"


def events(text: str) -> Iterator[Any]:
    """The parser's events. Broken, in our own words, at what is no YAML."""
    event: Any = None
    try:
        parser = _Parser(text)
        while True:
            event = parser.get_event()
            if event is None:
                return
            yield event
    except ReadError:
        raise
    except yaml.MarkedYAMLError as error:
        raise explain_syntax(text, error) from None
    except Exception as error:  # noqa: BLE001
        span = span_of(event) if event is not None else START
        reason = type(error).__name__
        raise ReadError(YAML_SYNTAX, Message("this is not valid YAML ({reason})", reason=reason), span) from None


def span_of(event: Any) -> Span:
    """The place of an event."""
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def read_tree(text: str) -> Tree:
    """The values of the one document in a text; None if it is empty. Broken at the first fault."""
    try:
        return _read(_Parser(text).get_event, _Scalars(text))
    except ReadError:
        raise
    except Exception as error:
        if isinstance(error, yaml.MarkedYAMLError) and error.problem == _TOO_DEEP and error.problem_mark:
            read_tree(text[: error.problem_mark.index])  # deep enough to be refused at its own place
        for _ in events(text):
            pass
        raise


_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml 0.2.6 (PyYAML 6.0.4) says of more than 1,000 levels, before it delivers the levels that we refuse."""


def _read(  # noqa: C901, PLR0912  one loop, every file passes through it
    get_event: Callable[[], Any], scalars: _Scalars
) -> Tree:
    """One pass. `parent` is the open container, `key` the key that waits for its value in it."""
    stack: list[tuple[Any, str | None]] = []
    parent: Any = None
    root: Tree = None
    key: str | None = None
    key_event: Any = None
    nodes = 0
    while (event := get_event()) is not None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value: Tree = scalars.read(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            if kind is yaml.MappingEndEvent:
                _drop_nulls(parent)
            parent, key = stack.pop()
            continue
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            value = _opened(event, parent, key, len(stack))
        else:
            _check_frame(event, nodes)
            continue
        nodes += 1
        if nodes > MOST_NODES:
            raise _too_large(event, Message("the file has more than {count} values", count=MOST_NODES))
        if type(parent) is list:
            parent.append(value)
        elif parent is None:
            root = value
        elif key is None:
            if type(value) is not str or value in parent or value == "<<":
                _refuse_key(value, event, scalars.text)
            key, key_event = value, event
            continue
        else:
            if value is None:
                _check_colon(event, key_event, scalars.text)
            parent[key] = value
            key = None
        if kind is not yaml.ScalarEvent:
            stack.append((parent, key))
            parent, key = value, None
    return root


class _Scalars:
    """Scalars to text. What holds for the whole text is found out once: its form, whether it has escapes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.has_escapes = "\\" in text
        self.is_nfc = not self.has_escapes and unicodedata.is_normalized("NFC", text)

    def read(self, event: Any) -> str | None:
        """The text of a scalar event; None for a plain null."""
        value: str = event.value
        if event.tag is not None or event.anchor is not None:
            _refuse_properties(event)
        if event.implicit[0]:
            if value in NULLS:
                return None
        elif self.has_escapes and (found := find_forbidden(value)):
            raise forbidden(found[0], span_of(event))
        if len(value) > LONGEST_SCALAR:
            raise _too_large(event, Message("this text is longer than {count} characters", count=LONGEST_SCALAR))
        return value if self.is_nfc else unicodedata.normalize("NFC", value)


def _opened(event: Any, parent: Any, key: str | None, depth: int) -> Tree:
    """The empty value of a container that starts here."""
    if event.anchor is not None or event.tag is not None:
        _refuse_properties(event)
    if type(parent) is dict and key is None:
        hint = Message("text in double braces must be put in quotes")
        raise ReadError(REFUSED_YAML, Message("a key must be a single word or text"), span_of(event), hint)
    if depth == DEEPEST:
        raise _too_large(event, Message("values are nested deeper than {count} levels", count=DEEPEST))
    return {} if type(event) is yaml.MappingStartEvent else []


def _refuse_key(value: Tree, event: Any, text: str) -> NoReturn:
    """Says why this can't be a key here."""
    if not isinstance(value, str):
        raise _refused(event, Message("a key must be a single word or text"))
    if value == "<<":
        raise _refused(event, Message("merge keys (<<) are not allowed in plans"))
    first = _first_use(value, event, text)
    hint = Message("keep one of them; it was first used on line {line}", line=first.line)
    raise ReadError(DUPLICATE_KEY, Message("the key '{key}' stands here twice", key=value), span_of(event), hint, first)


def _check_colon(event: Any, key_event: Any, text: str) -> None:
    """`{value: 98,5}` holds a key `5` that nobody meant: a key without a colon is refused."""
    before = text[key_event.start_mark.index : event.start_mark.index].rstrip()
    if not event.value and not before.endswith(":"):
        hint = Message("text with a comma, such as 98,5, or with brackets must be put in quotes")
        raise ReadError(REFUSED_YAML, Message("a key needs a colon and a value"), span_of(key_event), hint)


def _first_use(key: str, second: Any, text: str) -> Span:
    """Where a mapping first had a key that it has again: among every other child of the mapping open at the second."""
    children: list[list[Any]] = [[]]
    for event in events(text):
        if type(event) is yaml.ScalarEvent and span_of(event)[:2] == span_of(second)[:2]:
            break
        if isinstance(event, yaml.NodeEvent):
            children[-1].append(event)
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            children.append([])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            children.pop()
    same = (event for event in children[-1][::2] if unicodedata.normalize("NFC", event.value) == key)
    return span_of(next(same))


def _drop_nulls(mapping: dict[str, Tree]) -> None:
    """A key without a value is as good as none; it was kept so far to see doubles."""
    if None in mapping.values():
        for key in [key for key, value in mapping.items() if value is None]:
            del mapping[key]


def _check_frame(event: Any, nodes: int) -> None:
    """Aliases, directives and second documents end the reading."""
    if isinstance(event, yaml.AliasEvent):
        raise _refused(event, Message("aliases (*{name}) are not allowed in plans", name=event.anchor))
    if isinstance(event, yaml.DocumentStartEvent):
        if event.version or event.tags:
            raise _refused(event, Message("directives (%YAML, %TAG) are not allowed in plans"))
        if nodes:
            raise _refused(event, Message("a file holds one document; a second one starts here"))


def _refuse_properties(event: Any) -> None:
    if event.anchor is not None:
        raise _refused(event, Message("anchors (&{name}) are not allowed in plans", name=event.anchor))
    raise _refused(event, Message("tags ({name}) are not allowed in plans", name=event.tag))


def _refused(event: Any, message: Any) -> ReadError:
    return ReadError(REFUSED_YAML, message, span_of(event), Message("write the text out, or put it in quotes"))


def _too_large(event: Any, message: Any) -> ReadError:
    return ReadError(TOO_LARGE, message, span_of(event), Message("split the file or shorten the text"))


Located: TypeAlias = tuple[Span | None, Span, str]
"""A key's place, its value's place and the style of its text."""


class ScalarMark(NamedTuple):
    """A text as typed: its place, and `|`, `>`, `'`, `"` or nothing."""

    span: Span
    style: str


def scalars_in(text: str) -> Iterator[ScalarMark]:
    """The texts of a text, keys too, in order. Broken where it is no YAML."""
    for event in events(text):
        if isinstance(event, yaml.ScalarEvent):
            yield ScalarMark(span_of(event), event.style or "")


def places_in(text: str) -> Iterator[tuple[Path, Located]]:
    """Every path with what stands there, as far as the text is YAML."""
    frames: list[_Frame] = []
    try:
        for event in events(text):
            if isinstance(event, yaml.AliasEvent):
                return
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                if frames and frames[-1].is_waiting_for_key:
                    return
                frames.append(_Frame(event, _next_path(frames), _pending_key(frames)))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                frame = frames.pop()
                yield frame.path, (frame.key_span, _spanning(frame.start, event), "")
                _step(frames)
            elif isinstance(event, yaml.ScalarEvent):
                if frames and frames[-1].is_waiting_for_key:
                    frames[-1].key = event
                else:
                    place = (_pending_key(frames), span_of(event), event.style or "")
                    yield _next_path(frames), place
                    _step(frames)
    except ReadError:
        return


class _Frame:
    """An open container: the key or index its next value stands under."""

    def __init__(self, start: Any, path: Path, key_span: Span | None) -> None:
        self.start, self.path, self.key_span = start, path, key_span
        self.is_list = isinstance(start, yaml.SequenceStartEvent)
        self.index = 0
        self.key: Any = None

    @property
    def is_waiting_for_key(self) -> bool:
        return not self.is_list and self.key is None


def _next_path(frames: list[_Frame]) -> Path:
    if not frames:
        return ()
    frame = frames[-1]
    return (*frame.path, frame.index if frame.is_list else unicodedata.normalize("NFC", frame.key.value))


def _pending_key(frames: list[_Frame]) -> Span | None:
    return span_of(frames[-1].key) if frames and frames[-1].key is not None else None


def _step(frames: list[_Frame]) -> None:
    if frames:
        frames[-1].index += 1
        frames[-1].key = None


def _spanning(start: Any, end: Any) -> Span:
    return Span(*span_of(start)[:2], *span_of(end)[2:])
