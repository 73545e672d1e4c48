"""YAML text to plain dicts, lists and strings, with the place of each: the only reader of YAML, from libyaml's events.

Events are exact, fast and can't be driven into recursion or code. Every scalar stays text: the schema decides types
(`012`, `no`, `2026-02-30`). What plans don't need and attackers do is refused here: aliases, anchors, tags,
directives, second documents, depth."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml
from yaml._yaml import CParser as _Parser

from qmsplan.diagnostics import DUPLICATE_KEY, REFUSED_YAML, TOO_LARGE, YAML_SYNTAX, Message, Path, ReadError, Span
from qmsplan.load.files import DEEPEST, LONGEST_SCALAR, MOST_NODES, NULLS, refuse_forbidden
from qmsplan.load.yaml_slips import explain_syntax

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
