"""YAML text to plain dicts, lists and strings, from parser events only.

Events are exact, fast and can't be driven into recursion or code. Every scalar stays text: the schema decides types.
What plans don't need and attackers do is refused here: aliases, anchors, tags, directives, second documents, depth."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

import yaml

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # libyaml is not built in: the pure parser has the same events and is 40 times slower
    from yaml import Loader as _Parser  # type: ignore[assignment]

from qmsplan.diagnostic import START, Span, say
from qmsplan.load.faults import DUPLICATE_KEY, REFUSED_YAML, TOO_LARGE, YAML_SYNTAX, Broken
from qmsplan.load.limits import DEEPEST, LONGEST_SCALAR, MOST_NODES, NULLS
from qmsplan.load.syntax import explain_syntax
from qmsplan.load.text import find_forbidden, forbidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    except Broken:
        raise
    except yaml.MarkedYAMLError as error:
        raise explain_syntax(text, error) from None
    except Exception as error:  # noqa: BLE001
        span = span_of(event) if event is not None else START
        reason = type(error).__name__
        raise Broken(YAML_SYNTAX, say("this is not valid YAML ({reason})", reason=reason), span) from None


def span_of(event: Any) -> Span:
    """The place of an event."""
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def read_tree(text: str) -> Tree:
    """The values of the one document in a text; None if it is empty. Broken at the first fault."""
    try:
        return _read(_Parser(text).get_event, _Scalars(text))
    except Broken:
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
            raise _too_large(event, say("the file has more than {count} values", count=MOST_NODES))
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
            raise _too_large(event, say("this text is longer than {count} characters", count=LONGEST_SCALAR))
        return value if self.is_nfc else unicodedata.normalize("NFC", value)


def _opened(event: Any, parent: Any, key: str | None, depth: int) -> Tree:
    """The empty value of a container that starts here."""
    if event.anchor is not None or event.tag is not None:
        _refuse_properties(event)
    if type(parent) is dict and key is None:
        hint = say("text in double braces must be put in quotes")
        raise Broken(REFUSED_YAML, say("a key must be a single word or text"), span_of(event), hint)
    if depth == DEEPEST:
        raise _too_large(event, say("values are nested deeper than {count} levels", count=DEEPEST))
    return {} if type(event) is yaml.MappingStartEvent else []


def _refuse_key(value: Tree, event: Any, text: str) -> NoReturn:
    """Says why this can't be a key here."""
    if not isinstance(value, str):
        raise _refused(event, say("a key must be a single word or text"))
    if value == "<<":
        raise _refused(event, say("merge keys (<<) are not allowed in plans"))
    first = _first_use(value, event, text)
    hint = say("keep one of them; it was first used on line {line}", line=first.line)
    raise Broken(DUPLICATE_KEY, say("the key '{key}' stands here twice", key=value), span_of(event), hint, first)


def _check_colon(event: Any, key_event: Any, text: str) -> None:
    """`{value: 98,5}` holds a key `5` that nobody meant: a key without a colon is refused."""
    before = text[key_event.start_mark.index : event.start_mark.index].rstrip()
    if not event.value and not before.endswith(":"):
        hint = say("text with a comma, such as 98,5, or with brackets must be put in quotes")
        raise Broken(REFUSED_YAML, say("a key needs a colon and a value"), span_of(key_event), hint)


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
        raise _refused(event, say("aliases (*{name}) are not allowed in plans", name=event.anchor))
    if isinstance(event, yaml.DocumentStartEvent):
        if event.version or event.tags:
            raise _refused(event, say("directives (%YAML, %TAG) are not allowed in plans"))
        if nodes:
            raise _refused(event, say("a file holds one document; a second one starts here"))


def _refuse_properties(event: Any) -> None:
    if event.anchor is not None:
        raise _refused(event, say("anchors (&{name}) are not allowed in plans", name=event.anchor))
    raise _refused(event, say("tags ({name}) are not allowed in plans", name=event.tag))


def _refused(event: Any, message: Any) -> Broken:
    return Broken(REFUSED_YAML, message, span_of(event), say("write the text out, or put it in quotes"))


def _too_large(event: Any, message: Any) -> Broken:
    return Broken(TOO_LARGE, message, span_of(event), say("split the file or shorten the text"))
