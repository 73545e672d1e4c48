"""The block language, in which templates write documents: which elements there are (`GRAMMAR`), the XML that a template
made as a checked tree of elements, and that tree as blocks. Every fault is told at the template's own line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn
from xml.parsers import expat

from qmsplan.diagnostics import Message
from qmsplan.documents import blocks
from qmsplan.documents.profile import STYLES
from qmsplan.documents.template import LINE, BrokenTemplateError

ROOT = "document"
MOST_COLUMNS = 63
"""Word has no more."""

_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?")


class ElementShape(NamedTuple):
    """What an element may have. An attribute is read by a function that raises ValueError with what is allowed."""

    attributes: Mapping[str, Callable[[str], object]] = MappingProxyType({})
    required: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    has_text: bool = False


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if typed not in choices:
            raise ValueError(", ".join(choices))
        return typed

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    @cache
    def read(typed: str) -> int:
        if not re.fullmatch(r"[0-9]{1,4}", typed) or not least <= int(typed) <= most:
            raise ValueError(f"{least} - {most}")
        return int(typed)

    return read


def _open_or(read: Callable[[str], int]) -> Callable[[str], int | None]:
    return lambda typed: read(typed) if typed else None


def read_widths(typed: str) -> tuple[float, ...]:
    """`6 26 30`, in any unit, as shares that add up to 1."""
    parts = typed.split()
    if not parts or len(parts) > MOST_COLUMNS or not all(_NUMBER.fullmatch(part) and float(part) for part in parts):
        raise ValueError("6 26 30 12 10 16")
    total = sum(map(float, parts))
    return tuple(float(part) / total for part in parts)


_STYLE = _one_of(*sorted(STYLES))
_ORIENTATION = _one_of("portrait", "landscape")
_DATE = {"year": _open_or(_whole(1, 9999)), "month": _open_or(_whole(1, 12)), "day": _open_or(_whole(1, 31))}
_SPAN = _whole(1, MOST_COLUMNS)
_PERCENT = _whole(0, 100)
_WORDS = ElementShape(has_text=True)
_FLOW = frozenset({"head", "title", "heading", "para", "table", "signature", "signers", "page-break", "spacer"})
_SIGNING = frozenset({"position", "instruction", "second-position", "name"})
_INLINE = frozenset({"b", "i", "footnote"})

GRAMMAR: Mapping[str, ElementShape] = {
    ROOT: ElementShape(children=frozenset({"section", "annex"})),
    "section": ElementShape({"orientation": _ORIENTATION}, children=_FLOW),
    "annex": ElementShape({"orientation": _ORIENTATION}, children=_FLOW),
    "head": ElementShape(
        children=frozenset({"parent", "issuer", "number", "symbol", "place", "date", "stamp", "address"})
    ),
    **dict.fromkeys(("parent", "issuer", "number", "symbol", "place", "stamp", "address"), _WORDS),
    "date": ElementShape(_DATE),
    "title": ElementShape(children=frozenset({"type", "subject"})),
    **dict.fromkeys(("type", "subject"), _WORDS),
    "heading": ElementShape({"level": _whole(1, 4)}, frozenset({"level"}), _INLINE, has_text=True),
    "para": ElementShape({"style": _STYLE}, children=_INLINE | {"bar"}, has_text=True),
    "bar": ElementShape({"value": _PERCENT, "goal": _open_or(_PERCENT)}, frozenset({"value"}), has_text=True),
    "b": ElementShape(children=_INLINE, has_text=True),
    "i": ElementShape(children=_INLINE, has_text=True),
    "footnote": ElementShape(children=frozenset({"b", "i"}), has_text=True),
    "table": ElementShape({"widths": read_widths, "made": _whole(0, 9999)}, frozenset({"widths"}), frozenset({"row"})),
    "row": ElementShape({"kind": _one_of("header", "group", "item", "total")}, children=frozenset({"cell"})),
    "cell": ElementShape({"columns": _SPAN, "rows": _whole(1, 9999)}, children=frozenset({"para"})),
    "signature": ElementShape(children=_SIGNING | {"recipient", "dateline"}),
    "signers": ElementShape({"lines": _one_of("true", "false")}, children=frozenset({"signer"})),
    "signer": ElementShape(children=_SIGNING | {"label"}),
    **dict.fromkeys((*_SIGNING, "label", "recipient", "dateline"), _WORDS),
    "page-break": ElementShape(),
    "spacer": ElementShape({"lines": _whole(1, 40)}, frozenset({"lines"})),
}
"""The block language. An element never stands inside another of its name."""


_MARK = re.compile(rb' _line="([0-9]+)"')
_STRETCH = 1024 * 1024
"""Characters that are read at once."""
_NEVER_CLOSED = {
    expat.errors.codes[one] for one in (expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_TAG_MISMATCH)
}
"""What expat says where the end of an element is missing."""
_OUTSIDE = ElementShape(children=frozenset({ROOT}))


class Element:
    """A checked element: its attributes as values, its text and elements in order."""

    __slots__ = ("attributes", "line", "name", "parts", "shape")

    def __init__(self, name: str, line: int, shape: ElementShape, attributes: dict[str, Any]) -> None:
        self.name, self.line, self.shape, self.attributes = name, line, shape, attributes
        self.parts: list[Element | str] = []

    @property
    def children(self) -> list[Element]:
        """The elements directly inside."""
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """The text directly inside."""
        return "".join(part for part in self.parts if isinstance(part, str))


def read_markup(text: str, file: str, finish: Callable[[Element], object] | None = None) -> Element:
    """The root element. BrokenTemplateError at the first thing that the grammar doesn't have. `finish` is called with
    each section as soon as it is read."""
    reader = _Reader(file, finish)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.take_text
    parser.StartDoctypeDeclHandler = reader.refusal(Message("a template must not declare a document type"))
    cdata = Message("a template must not use CDATA: text is escaped by itself")
    parser.StartCdataSectionHandler = reader.refusal(cdata)
    parser.ProcessingInstructionHandler = reader.refusal(Message("a template must not hold processing instructions"))
    try:
        for start in range(0, len(text), _STRETCH):  # expat would make a copy of the whole
            parser.Parse(text[start : start + _STRETCH], False)  # noqa: FBT003  expat's own signature
        parser.Parse("", True)  # noqa: FBT003
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        hint = Message("close every tag, and write & as &amp; and < as &lt; in the template's own text")
        message = Message("the template does not make well-formed XML: {reason}", reason=reason)
        is_open = error.code in _NEVER_CLOSED
        line = reader.stack[-1].line if is_open else _line_at(text.encode(), parser.ErrorByteIndex)
        reader.fail(message, hint, line)
    except UnicodeEncodeError:
        reader.fail(Message("the text has a character that a document can't hold"))
    return reader.root.children[0]


def _line_at(text: bytes, index: int) -> int:
    """The template's line of the last tag that starts before a place which no handler has seen."""
    end = text.find(b">", index)
    marks = _MARK.findall(text, 0, end if end > 0 else len(text))
    return int(marks[-1]) if marks else 1


class _Reader:
    """Builds the tree from the parser's events. Iterative, so depth is no danger; the grammar keeps it small."""

    def __init__(self, file: str, finish: Callable[[Element], object] | None) -> None:
        self.file = file
        self.finish = finish
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
            self.fail(Message("there is no block <{name}>", name=name), allowed)
        self.fail(Message("<{name}> can't stand in <{place}>", name=name, place=parent.name or "document"), allowed)

    def values(self, name: str, shape: ElementShape, attributes: dict[str, str]) -> dict[str, object]:
        if missing := shape.required - attributes.keys():
            self.fail(Message("<{name}> needs the attribute '{attribute}'", name=name, attribute=min(missing)))
        return {key: self.value(name, shape, key, typed) for key, typed in attributes.items()}

    def value(self, name: str, shape: ElementShape, key: str, typed: str) -> object:
        if key not in shape.attributes:
            message = Message("<{name}> has no attribute '{attribute}'", name=name, attribute=key)
            self.fail(message, _known(shape.attributes))
        try:
            return shape.attributes[key](typed)
        except ValueError as error:
            message = Message(
                "'{value}' is no value for '{attribute}' of <{name}>", value=typed, attribute=key, name=name
            )
            self.fail(message, Message("allowed: {names}", names=str(error)))

    def end(self, name: str) -> None:
        element = self.stack.pop()
        self.open.remove(name)
        if self.finish and self.stack[-1].name == ROOT:
            self.finish(element)

    def take_text(self, text: str) -> None:
        element = self.stack[-1]
        if element.shape.has_text:
            element.parts.append(text)
        elif text.strip():
            hint = Message("put it into a block such as <para>")
            self.fail(Message("text can't stand directly in <{name}>", name=element.name), hint, element.line)

    def refusal(self, message: Message) -> Callable[..., None]:
        return lambda *_: self.fail(message)

    def fail(self, message: Message, hint: Message | None = None, line: int | None = None) -> NoReturn:
        raise BrokenTemplateError(self.file, line or self.line, message, hint)


def _known(names: Iterable[str]) -> Message:
    return Message("allowed: {names}", names=", ".join(sorted(names)))


def read_blocks(text: str, file: str, tables: Sequence[blocks.Table] = ()) -> tuple[blocks.SectionBlock, ...]:
    """The document in the block language. BrokenTemplateError, at the template's line, if it is none. `tables` are
    those that stand already made where the text says `<table made="0">`.

    A section's elements are let go as soon as they are blocks: a report on a province has a quarter of a million."""
    sections: list[blocks.SectionBlock] = []
    try:
        root = read_markup(text, file, lambda element: sections.append(_section(element, tables)))
    except blocks.MarkupFault as fault:
        raise BrokenTemplateError(file, fault.line, fault.message, fault.hint) from None
    if not sections:
        raise BrokenTemplateError(file, root.line, Message("the document has no <section>"))
    return tuple(sections)


def _section(element: Element, tables: Sequence[blocks.Table]) -> blocks.SectionBlock:
    kind: Any = element.name
    content = tuple(block for child in element.children for block in _blocks(child, tables))
    element.parts.clear()
    return blocks.SectionBlock(element.line, kind, element.attributes.get("orientation", "portrait"), content)


def _blocks(element: Element, tables: Sequence[blocks.Table]) -> Iterable[blocks.Flow]:
    made = element.attributes.get("made")
    if made is None:
        return _READERS[element.name](element)
    if made >= len(tables):
        message = Message("<{name}> has no attribute '{attribute}'", name=element.name, attribute="made")
        raise blocks.MarkupFault(element.line, message)
    return [tables[made]._replace(line=element.line, widths=element.attributes["widths"])]


def _paras(element: Element, style: str = "body") -> Iterable[blocks.Para]:
    named = element.attributes.get("style", style)
    return [blocks.Para(element.line, named, content) for content in _lines(element)]


def _lines(element: Element) -> tuple[blocks.Inline, ...]:
    """The content line by line; nothing at all is no line."""
    if len(element.parts) == 1 and isinstance(only := element.parts[0], str):
        return blocks.text_lines(only)
    return blocks.lines_of(blocks.obeyed(_runs(element, frozenset())))


def _runs(element: Element, looks: frozenset[str]) -> Iterator[blocks.Run | blocks.Footnote | blocks.DrawnBar]:
    """Looks add up on the way down; the grammar lets no element stand in itself, so this ends soon."""
    for part in element.parts:
        if isinstance(part, str):
            yield blocks.Run(text=part, bold="b" in looks, italic="i" in looks)
        elif part.name == "footnote":
            yield blocks.Footnote(content=tuple(_flat(blocks.obeyed(_runs(part, frozenset())))))
        elif part.name == "bar":
            words = "".join(run.text for run in _flat(blocks.obeyed(_runs(part, frozenset()))))
            yield blocks.DrawnBar(part.attributes["value"], part.attributes.get("goal"), words)
        else:
            yield from _runs(part, looks | {part.name})


def _flat(parts: Iterable[blocks.Run | blocks.Footnote | blocks.DrawnBar]) -> Iterator[blocks.Run]:
    """A footnote has no footnotes: what one would say stands in the text."""
    for part in parts:
        if not isinstance(part, blocks.DrawnBar):
            yield from part.content if isinstance(part, blocks.Footnote) else (part,)


def _named(kind: type, element: Element) -> dict[str, Any]:
    """The fields of a block by the elements of their names: all lines where it holds several, else the one text."""
    defaults: dict[str, object] = kind._field_defaults  # type: ignore[attr-defined]
    return {
        field: (_text if default is None else _texts)(element, field.replace("_", "-"))
        for field, default in defaults.items()
        if default in {None, ()}
    }


def _head(element: Element) -> Iterator[blocks.HeadBlock]:
    date = next((blocks.Day(**child.attributes) for child in element.children if child.name == "date"), None)
    yield blocks.HeadBlock(element.line, **_named(blocks.HeadBlock, element) | {"date": date})


def _signature(element: Element) -> Iterator[blocks.Signature]:
    yield blocks.Signature(element.line, **_named(blocks.Signature, element) | {"signer": _signer(element)})


def _signers(element: Element) -> Iterator[blocks.Signers]:
    yield blocks.Signers(element.line, element.attributes.get("lines") == "true", tuple(map(_signer, element.children)))


def _signer(element: Element) -> blocks.Signer:
    return blocks.Signer(**_named(blocks.Signer, element))


def _texts(element: Element, name: str) -> tuple[str, ...]:
    """The lines of all elements of a name; an empty element has none."""
    texts = (blocks.unmarked(child.text) for child in element.children if child.name == name)
    return tuple(line for text in texts if text for line in text.split("\n"))


def _text(element: Element, name: str) -> str | None:
    """The text of the one element of a name, line breaks and all; None if it is not there."""
    found = [blocks.unmarked(child.text) for child in element.children if child.name == name]
    if len(found) > 1:
        raise blocks.MarkupFault(
            element.line, Message("<{name}> has more than one <{part}>", name=element.name, part=name)
        )
    return found[0] if found else None


def _table(element: Element) -> Iterator[blocks.Table]:
    widths, rows = element.attributes["widths"], list(map(_row, element.children))
    for row, above in zip(rows[1:], rows, strict=False):
        if above.kind != "header" == row.kind:
            raise blocks.MarkupFault(row.line, Message("header rows stand above all other rows"))
    yield blocks.Table(element.line, widths, tuple(blocks.with_slots(rows, len(widths))))


def _row(element: Element) -> blocks.Row:
    kind = element.attributes.get("kind", "item")
    return blocks.Row(element.line, kind, tuple([_cell(child, blocks.CELL_STYLES[kind]) for child in element.children]))


def _cell(element: Element, style: str) -> blocks.Cell:
    paras = tuple([para for child in element.children for para in _paras(child, style)])
    return blocks.Cell(element.line, paras, **element.attributes)


_READERS: dict[str, Callable[[Element], Iterable[blocks.Flow]]] = {
    "head": _head,
    "title": lambda element: [blocks.Title(element.line, **_named(blocks.Title, element))],
    "heading": lambda element: _paras(element, f"heading-{element.attributes['level']}"),
    "para": _paras,
    "table": _table,
    "signature": _signature,
    "signers": _signers,
    "page-break": lambda element: [blocks.PageBreak(element.line)],
    "spacer": lambda element: [blocks.Para(element.line, "body", ())] * element.attributes["lines"],
}
