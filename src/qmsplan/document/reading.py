"""A checked tree of elements to blocks: one function a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmsplan.diagnostic import say
from qmsplan.document.blocks import (
    Cell,
    Day,
    Flow,
    Footnote,
    Head,
    Heading,
    Inline,
    PageBreak,
    Para,
    Row,
    Run,
    Section,
    Signature,
    Spacer,
    Table,
    Title,
)
from qmsplan.document.grid import Misfit, slots_of
from qmsplan.document.marks import obeyed, unmarked
from qmsplan.document.markup import Element, read_markup
from qmsplan.document.template import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_CELL_STYLES = {"header": "table-header", "group": "table-group", "item": "table-text"}


def read_blocks(text: str, file: str) -> tuple[Section, ...]:
    """The document in the block language. TemplateFault, at the template's line, if it is none."""
    root = read_markup(text, file)
    try:
        sections = tuple(_section(element) for element in root.children)
    except _Wrong as wrong:
        raise TemplateFault(file, wrong.line, *wrong.told) from None
    if not sections:
        raise TemplateFault(file, root.line, say("the document has no <section>"))
    return sections


class _Wrong(Exception):
    """Something that the grammar can't see."""

    def __init__(self, line: int, *told: Any) -> None:
        super().__init__(line)
        self.line = line
        self.told = told


def _section(element: Element) -> Section:
    kind: Any = element.name
    orientation: Any = element.attributes.get("orientation", "portrait")
    blocks = tuple(block for child in element.children for block in _READERS[child.name](child))
    element.parts.clear()  # a report on a province has a quarter of a million elements, and needs them once
    return Section(kind=kind, orientation=orientation, blocks=blocks, line=element.line)


def _paras(element: Element, style: str = "body") -> Iterable[Para]:
    named: Any = element.attributes.get("style", style)
    return [Para(element.line, named, content) for content in _lines(element)]


def _headings(element: Element) -> Iterator[Heading]:
    level: Any = element.attributes["level"]
    return (Heading(level=level, content=content, line=element.line) for content in _lines(element))


def _lines(element: Element) -> tuple[Inline, ...]:
    """The content line by line; nothing at all is no line."""
    if not element.parts:
        return ()
    if len(element.parts) == 1 and isinstance(only := element.parts[0], str):
        texts = only.split("\n")
        if all(map(str.isprintable, texts)):  # the usual case, without marks and at once
            return tuple([(Run(text),) if text else () for text in texts])
    lines: list[list[Run | Footnote]] = [[]]
    for part in obeyed(_runs(element, frozenset())):
        if isinstance(part, Footnote):
            lines[-1].append(part)
            continue
        first, *others = part.text.split("\n")
        lines[-1] += [part._replace(text=first)] if first else []
        lines += [[part._replace(text=text)] if text else [] for text in others]
    return () if lines == [[]] else tuple(map(tuple, lines))


def _runs(element: Element, looks: frozenset[str]) -> Iterator[Run | Footnote]:
    """Looks add up on the way down; the grammar lets no element stand in itself, so this ends soon."""
    for part in element.parts:
        if isinstance(part, str):
            yield Run(text=part, bold="b" in looks, italic="i" in looks)
        elif part.name == "footnote":
            yield Footnote(content=tuple(_flat(obeyed(_runs(part, frozenset())))))
        else:
            yield from _runs(part, looks | {part.name})


def _flat(parts: Iterable[Run | Footnote]) -> Iterator[Run]:
    """A footnote has no footnotes: what one would say stands in the text."""
    for part in parts:
        yield from part.content if isinstance(part, Footnote) else (part,)


def _head(element: Element) -> Iterator[Head]:
    date = next((Day(**child.attributes) for child in element.children if child.name == "date"), None)  # type: ignore[arg-type]
    yield Head(
        parent=_texts(element, "parent"),
        issuer=_texts(element, "issuer"),
        number=_text(element, "number"),
        symbol=_text(element, "symbol"),
        place=_text(element, "place"),
        date=date,
        stamp=_text(element, "stamp"),
        line=element.line,
    )


def _title(element: Element) -> Iterator[Title]:
    yield Title(type=_text(element, "type") or "", subject=_texts(element, "subject"), line=element.line)


def _signature(element: Element) -> Iterator[Signature]:
    yield Signature(
        recipients=_texts(element, "recipient"),
        dateline=_text(element, "dateline"),
        position=_texts(element, "position"),
        instruction=_text(element, "instruction"),
        name=_text(element, "name"),
        line=element.line,
    )


def _texts(element: Element, name: str) -> tuple[str, ...]:
    """The lines of all elements of a name; an empty element has none."""
    texts = (unmarked(child.text) for child in element.children if child.name == name)
    return tuple(line for text in texts if text for line in text.split("\n"))


def _text(element: Element, name: str) -> str | None:
    """The text of the one element of a name, line breaks and all; None if it is not there."""
    found = [unmarked(child.text) for child in element.children if child.name == name]
    if len(found) > 1:
        raise _Wrong(element.line, say("<{name}> has more than one <{part}>", name=element.name, part=name))
    return found[0] if found else None


def _table(element: Element) -> Iterator[Table]:
    widths: Any = element.attributes["widths"]
    table = Table(widths=widths, rows=tuple(_row(child) for child in element.children), line=element.line)
    kinds = [row.kind for row in table.rows]
    if "header" in kinds[kinds.count("header") :]:
        row = next(row for row, above in zip(table.rows[1:], kinds, strict=False) if above != "header" == row.kind)
        raise _Wrong(row.line, say("header rows stand above all other rows"))
    try:
        list(slots_of(table))
    except Misfit as misfit:
        hint = say("count the cells, their columns, and the cells above that reach down by rows")
        raise _Wrong(misfit.line, misfit.message, hint) from None
    yield table


def _row(element: Element) -> Row:
    kind: Any = element.attributes.get("kind", "item")
    style = _CELL_STYLES[kind]
    return Row(element.line, kind, tuple([_cell(child, style) for child in element.children]))


def _cell(element: Element, style: str) -> Cell:
    spans: Any = element.attributes
    paras = tuple([para for child in element.children for para in _paras(child, style)])
    return Cell(element.line, paras, **spans)


def _page_break(element: Element) -> Iterator[PageBreak]:
    yield PageBreak(line=element.line)


def _spacer(element: Element) -> Iterator[Spacer]:
    lines: Any = element.attributes["lines"]
    yield Spacer(lines=lines, line=element.line)


_READERS: dict[str, Callable[[Element], Iterable[Flow]]] = {
    "head": _head,
    "title": _title,
    "heading": _headings,
    "para": _paras,
    "table": _table,
    "signature": _signature,
    "page-break": _page_break,
    "spacer": _spacer,
}
