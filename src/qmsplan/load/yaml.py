"""YAML text to plain dicts, lists and strings, with the place of each: the only reader of YAML, from libyaml's events.

Events are exact, fast and can't be driven into recursion or code. Every scalar stays text: the schema decides types
(`012`, `no`, `2026-02-30`). What plans don't need and attackers do is refused here: aliases, anchors, tags,
directives, second documents, depth. What is no YAML is told in our own words, with the cure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml
from yaml._yaml import CParser as _Parser

from qmsplan.diagnostics import (
    DUPLICATE_KEY,
    REFUSED_YAML,
    TOO_LARGE,
    YAML_SYNTAX,
    Message,
    ReadError,
    Span,
)
from qmsplan.load.files import DEEPEST, LONGEST_SCALAR, MOST_NODES, NULLS, refuse_forbidden
from qmsplan.load.syntax import explain_syntax

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


def style_of(mark: Mark) -> str:
    """How a text is typed: `|`, `>`, `'`, `"`, or "" for a plain one and for what is no text."""
    return "" if isinstance(mark, Container) else mark.style or ""


def texts_in(mark: Mark) -> Iterator[yaml.ScalarEvent]:
    """The events of all texts in a mark, keys too, in order."""
    waiting: list[Mark] = [mark]
    while waiting:
        mark = waiting.pop()
        if not isinstance(mark, Container):
            yield mark
        elif isinstance(mark.parts, dict):
            for key, value in reversed(mark.parts.values()):
                waiting += (value, key)
        else:
            waiting += reversed(mark.parts)


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
        return _read(_Parser(text).get_event, text, is_composed=is_composed)
    except ReadError:
        raise
    except Exception as error:  # noqa: BLE001  the parser's own, whatever it is
        if isinstance(error, yaml.MarkedYAMLError) and error.problem == _TOO_DEEP and error.problem_mark:
            read_yaml(text[: error.problem_mark.index])  # deep enough to be refused at its own place
        raise _not_yaml(text, error) from None


_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml 0.2.6 (PyYAML 6.0.4) says of more than 1,000 levels, before it delivers the levels that we refuse."""


def _read(  # noqa: C901, PLR0912, PLR0915  one loop, every value of every file passes through it
    get_event: Callable[[], Any], text: str, *, is_composed: bool
) -> Yaml:
    """One pass. `parent` is the open container, `here` its marks, `key` the key that waits for its value in it."""
    is_plain = is_composed and "\\" not in text and len(text) <= LONGEST_SCALAR
    stack: list[tuple[Any, Any]] = []
    parent: Any = None
    here: Any = None
    root = Yaml(None, None)
    key: str | None = None
    key_event: Any = None
    nodes = 0
    while (event := get_event()) is not None:
        kind = type(event)
        mark = event
        if kind is yaml.ScalarEvent:
            if event.tag is not None or event.anchor is not None:
                _refuse_properties(event)
            value: Tree = event.value
            if value in NULLS and event.implicit[0]:
                value = None
            elif not is_plain:
                value = _checked(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            here.end = event
            parent, here = stack.pop()
            continue
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            value = _opened(event, parent, key_event, len(stack))
            mark = Container(event, {} if type(value) is dict else [])
        else:
            _check_frame(event, nodes)
            continue
        nodes += 1
        if nodes > MOST_NODES:
            raise _too_large(event, Message("the file has more than {count} values", count=MOST_NODES))
        if type(parent) is list:
            parent.append(value)
            here.parts.append(mark)
        elif parent is None:
            root = Yaml(value, mark)
        elif key_event is None:
            if type(value) is not str or value in here.parts or value == "<<":
                _refuse_key(value, event, here.parts, is_entry=type(stack[-1][0]) is list)
            key, key_event = value, event
            continue
        else:
            if value is None:  # a key without a value is as good as none
                _check_colon(event, key_event, text)
            else:
                parent[key] = value
            here.parts[key] = (key_event, mark)
            key = key_event = None
        if mark is not event:
            stack.append((parent, here))
            parent, here = value, mark
    return root


def _checked(event: Any) -> str:
    """The text of a scalar in normal form C. ReadError if it is too long, or if an escape hides a forbidden letter."""
    value: str = event.value
    if not event.implicit[0]:
        refuse_forbidden(value, lambda _: span_of(event))
    if len(value) > LONGEST_SCALAR:
        raise _too_large(event, Message("this text is longer than {count} characters", count=LONGEST_SCALAR))
    return unicodedata.normalize("NFC", value)


def _opened(event: Any, parent: Any, key_event: Any, depth: int) -> Tree:
    """The empty value of a container that starts here."""
    if event.anchor is not None or event.tag is not None:
        _refuse_properties(event)
    if type(parent) is dict and key_event is None:
        hint = Message("text in double braces must be put in quotes")
        raise ReadError(REFUSED_YAML, Message("a key must be a single word or text"), span_of(event), hint)
    if depth == DEEPEST:
        raise _too_large(event, Message("values are nested deeper than {count} levels", count=DEEPEST))
    return {} if type(event) is yaml.MappingStartEvent else []


def _refuse_key(value: Tree, event: Any, parts: dict[str, tuple[Any, Mark]], *, is_entry: bool) -> NoReturn:
    """Says why this can't be a key here; `parts` are the marks of the mapping so far, which may be a list's entry."""
    if not isinstance(value, str):
        raise _refused(event, Message("a key must be a single word or text"))
    if value == "<<":
        raise _refused(event, Message("merge keys (<<) are not allowed in plans"))
    first = span_of(parts[value][0])
    hint = Message("keep one of them; it was first used on line {line}", line=first.line)
    if is_entry and value == next(iter(parts)):
        hint = Message("write '- ' before '{key}' if a new entry of the list starts here", key=value)
    raise ReadError(DUPLICATE_KEY, Message("the key '{key}' stands here twice", key=value), span_of(event), hint, first)


def _check_colon(event: Any, key_event: Any, text: str) -> None:
    """`{value: 98,5}` holds a key `5` that nobody meant: a key without a colon is refused."""
    before = text[key_event.start_mark.index : event.start_mark.index].rstrip()
    if not event.value and not before.endswith(":"):
        hint = Message("text with a comma, such as 98,5, or with brackets must be put in quotes")
        raise ReadError(REFUSED_YAML, Message("a key needs a colon and a value"), span_of(key_event), hint)


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
