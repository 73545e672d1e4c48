"""The block language as text: XML to a tree of elements, checked against the grammar, each at its template's line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from qmsplan.diagnostic import Text, say
from qmsplan.document.grammar import GRAMMAR, ROOT, Shape
from qmsplan.document.template import LINE, TemplateFault

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARK = re.compile(rb' _line="([0-9]+)"')
_OUTSIDE = Shape(children=frozenset({ROOT}))


class Element:
    """A checked element: its attributes as values, its text and elements in order."""

    __slots__ = ("attributes", "line", "name", "parts", "shape")

    def __init__(self, name: str, line: int, shape: Shape, attributes: dict[str, object]) -> None:
        self.name = name
        self.line = line
        self.shape = shape
        self.attributes = attributes
        self.parts: list[Element | str] = []

    @property
    def children(self) -> list[Element]:
        """The elements directly inside."""
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """The text directly inside."""
        return "".join(part for part in self.parts if isinstance(part, str))


def read_markup(text: str, file: str) -> Element:
    """The root element. TemplateFault at the first thing that the grammar doesn't have."""
    reader = _Reader(file)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.take_text
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    parser.StartCdataSectionHandler = reader.refuse_cdata
    parser.ProcessingInstructionHandler = reader.refuse_instruction
    try:
        parser.Parse(text, True)  # noqa: FBT003  expat's own signature
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        hint = say("close every tag, and write & as &amp; and < as &lt; in the template's own text")
        message = say("the template does not make well-formed XML: {reason}", reason=reason)
        reader.fail(message, hint, _line_at(text.encode(), parser.ErrorByteIndex))
    except UnicodeEncodeError:
        reader.fail(say("the text has a character that a document can't hold"))
    return reader.root.children[0]


def _line_at(text: bytes, index: int) -> int:
    """The template's line of the last tag that starts before a place which no handler has seen."""
    end = text.find(b">", index)
    marks = _MARK.findall(text, 0, end if end > 0 else len(text))
    return int(marks[-1]) if marks else 1


class _Reader:
    """Builds the tree from the parser's events. Iterative, so depth is no danger; the grammar keeps it small."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.line = 1
        self.root = Element("", 1, _OUTSIDE, {})
        self.stack = [self.root]
        self.open: set[str] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if line := attributes.pop(LINE, None):
            self.line = int(line)
        parent = self.stack[-1]
        if name not in parent.shape.children or name in self.open:
            self.refuse(name, parent)
        shape = GRAMMAR[name]
        values = self.values(name, shape, attributes) if attributes or shape.required else {}
        element = Element(name, self.line, shape, values)
        parent.parts.append(element)
        self.stack.append(element)
        self.open.add(name)

    def refuse(self, name: str, parent: Element) -> NoReturn:
        allowed = _known(parent.shape.children)
        if name not in GRAMMAR:
            self.fail(say("there is no block <{name}>", name=name), allowed)
        self.fail(say("<{name}> can't stand in <{place}>", name=name, place=parent.name or "document"), allowed)

    def values(self, name: str, shape: Shape, attributes: dict[str, str]) -> dict[str, object]:
        if missing := shape.required - attributes.keys():
            self.fail(say("<{name}> needs the attribute '{attribute}'", name=name, attribute=min(missing)))
        return {key: self.value(name, shape, key, typed) for key, typed in attributes.items()}

    def value(self, name: str, shape: Shape, key: str, typed: str) -> object:
        if key not in shape.attributes:
            message = say("<{name}> has no attribute '{attribute}'", name=name, attribute=key)
            self.fail(message, _known(shape.attributes))
        try:
            return shape.attributes[key](typed)
        except ValueError as error:
            message = say("'{value}' is no value for '{attribute}' of <{name}>", value=typed, attribute=key, name=name)
            self.fail(message, say("allowed: {names}", names=str(error)))

    def end(self, name: str) -> None:
        self.stack.pop()
        self.open.remove(name)

    def take_text(self, text: str) -> None:
        element = self.stack[-1]
        if element.shape.has_text:
            element.parts.append(text)
        elif text.strip():
            hint = say("put it into a block such as <para>")
            self.fail(say("text can't stand directly in <{name}>", name=element.name), hint, element.line)

    def refuse_doctype(self, *_: object) -> None:
        self.fail(say("a template must not declare a document type"))

    def refuse_cdata(self) -> None:
        self.fail(say("a template must not use CDATA: text is escaped by itself"))

    def refuse_instruction(self, *_: object) -> None:
        self.fail(say("a template must not hold processing instructions"))

    def fail(self, message: Text, hint: Text | None = None, line: int | None = None) -> NoReturn:
        raise TemplateFault(self.file, line or self.line, message, hint)


def _known(names: Iterable[str]) -> Text:
    return say("allowed: {names}", names=", ".join(sorted(names)))
