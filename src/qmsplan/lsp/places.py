"""What stands where in a file: the ids of plans, items, events and units, given and used; the items as a tree; the
parts that can be folded; and where a cursor stands, told by indentation alone: half-typed text has places too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from qmsplan.diagnostics import Path, ReadError, Span
from qmsplan.load.document import Document, Source
from qmsplan.load.yaml import Container, Mark, report_part, span_of, style_of, walk
from qmsplan.model.plan import REFERENCES, Plan
from qmsplan.model.progress import LISTS as RECORDS
from qmsplan.phrases.item_tree import LISTS, Node, outline

PLAN, ITEM, EVENT, UNIT = "plan", "item", "event", "unit"
_IDS: dict[str, dict[tuple[str, ...], tuple[str, bool]]] = {
    "plan": {
        ("id",): (PLAN, True),
        ("events", "id"): (EVENT, True),
        **{(name, "id"): (ITEM, True) for name in LISTS},
        ("deadline", "event"): (EVENT, False),
        **dict.fromkeys((("unit",), ("head", "issuer"), ("lead", "unit"), ("support", "unit")), (UNIT, False)),
    },
    "progress": {
        ("plan",): (PLAN, False),
        ("unit",): (UNIT, False),
        **{(name, kind): (kind, False) for name in RECORDS for kind in (ITEM, EVENT, UNIT)},
    },
    "workspace": {
        ("units", "code"): (UNIT, True),
        **dict.fromkeys((("units", "parent"), ("units", "members")), (UNIT, False)),
    },
}
"""Where ids stand, by the kind of file and the last two names of the path: of what, and whether it is given there."""


class IdPlace(NamedTuple):
    """An id somewhere in a file: `IdPlace("item", "KH-2026", "MT01", Span(12, 9, 12, 13), is_given=True)`."""

    kind: str
    plan: str
    """The plan that an item or an event is in; "" for others."""
    name: str
    span: Span
    is_given: bool
    """True where the id is given, false where it is used."""

    @property
    def subject(self) -> tuple[str, str, str]:
        """What it is the id of; all places of one id have the same."""
        return self.kind, self.plan, self.name


def ids_in(source: Source) -> Iterator[IdPlace]:
    """The ids of a file in order; none if it is no YAML."""
    try:
        tree, mark = source.yaml
    except ReadError:
        return
    if not (isinstance(tree, dict) and mark):
        return
    kind = str(tree.get("kind"))
    own = str(tree.get("id" if kind == "plan" else "plan") or "")
    known = _IDS.get(kind, {})
    scalars = ((path, scalar) for path, (_, scalar) in walk(mark) if not isinstance(scalar, Container))
    for path, scalar in scalars:
        names = tuple(part for part in path if isinstance(part, str))
        if kind == "plan" and names[-1] in REFERENCES:
            yield from _of_ref(scalar)
        elif names[-2:] in known:
            of_what, is_given = known[names[-2:]]
            plan = own if of_what in {ITEM, EVENT} else ""
            yield IdPlace(of_what, plan, scalar.value, inner(scalar), is_given=is_given)


def _of_ref(scalar: Any) -> Iterator[IdPlace]:
    """The plan, and the item if there is one, that `KH-2026/MT01` names."""
    span, (plan, slash, item) = inner(scalar), scalar.value.partition("/")
    end = span.column + len(plan)
    yield IdPlace(PLAN, "", plan, Span(span.line, span.column, span.line, end), is_given=False)
    if slash:
        yield IdPlace(ITEM, plan, item, Span(span.line, end + 1, span.line, span.end_column), is_given=False)


def inner(scalar: Any) -> Span:
    """The place of a text without its quotes."""
    span = span_of(scalar)
    quote = 1 if style_of(scalar) in {"'", '"'} else 0
    return Span(span.line, span.column + quote, span.end_line, span.end_column - quote)


class Symbol(NamedTuple):
    """A part of a file: its name, a word of what it is, where it stands, and the parts in it."""

    name: str
    detail: str
    span: Span
    parts: tuple[Symbol, ...] = ()


def symbols(document: Document) -> tuple[Symbol, ...]:
    """The items of a plan as they stand in one another; the lists of a progress file; nothing of what can't be read."""
    value = document.value
    if isinstance(value, Plan):
        return _items_below(document.source, outline(value), None)
    return tuple(_lists_of_progress(document.source)) if value is not None else ()


def _items_below(source: Source, nodes: tuple[Node, ...], parent: Node | None) -> tuple[Symbol, ...]:
    return tuple(
        Symbol(node.item.id, node.words, _span_of_item(source, node), _items_below(source, nodes, node))
        for node in nodes
        if node.parent is parent
    )


def _span_of_item(source: Source, node: Node) -> Span:
    mark: Mark | None = source.yaml.mark
    for part in node.path:
        found = report_part(mark, part) if mark else None
        mark = found.mark if found else None
    return span_of(mark) if mark else source.locate(node.path)


def _lists_of_progress(source: Source) -> Iterator[Symbol]:
    mark = source.yaml.mark
    parts = mark.parts if isinstance(mark, Container) else {}
    for name, (key, value) in parts.items() if isinstance(parts, dict) else ():
        if isinstance(value, Container):
            start, end = span_of(key), span_of(value)
            span = Span(start.line, start.column, end.end_line, end.end_column)
            yield Symbol(name, str(len(value.parts)), span)


def folds(source: Source) -> Iterator[tuple[int, int]]:
    """The first and the last line, from 1, of each part that takes several."""
    try:
        mark = source.yaml.mark
    except ReadError:
        return
    for _, (key, value) in walk(mark) if mark else ():
        start, span = span_of(value if key is None else key).line, span_of(value)
        end = span.end_line - (span.end_column == 1)
        if value is not mark and end > start and (isinstance(value, Container) or style_of(value) in {"|", ">"}):
            yield start, end


_KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s:#'"\[\]{},|>%@`-][^:#]*?)\s*:(?=\s|$)""")
_DASH = re.compile(r"-(?=\s|$)")
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_BLANK = re.compile(r"\s*(?:#.*)?$")


class Cursor(NamedTuple):
    """A place in a text: `("objectives", 0, "deadline")`, with what is typed there up to the cursor.

    On the name of a field the path is that of the mapping that the field is in."""

    path: Path
    typed: str
    start: int
    """The column, from 0, where the typed text starts."""
    is_key: bool
    key: str = ""
    """The whole name of the field that the cursor is on; "" on a value."""
    beside: frozenset[str] = frozenset()
    """On the name of a field the other fields of the mapping."""


class _Frame(NamedTuple):
    """A field or an entry of a list that is open: its column, and its name or its index."""

    column: int
    name: str | int


class _Line(NamedTuple):
    """A line in parts: the columns of its dashes, its field with its column, and where the value starts."""

    dashes: tuple[int, ...]
    column: int
    """Of the field, or of the value where there is none."""
    key: str | None
    value: int


def cursor_at(lines: Sequence[str], line: int, column: int) -> Cursor:
    """The cursor before a column of a line, both from 0."""
    frames, text_below = _open_before(lines[:line])
    if line >= len(lines):
        return Cursor((), "", 0, is_key=True)
    here, indent = lines[line], _indent(lines[line])
    if text_below is not None and (indent > text_below or (not here.strip() and column > text_below)):
        return Cursor(_path_of_frames(frames), here[indent:column], min(indent, column), is_key=False)
    found = _cursor_on_line(frames, _line_parts(here), here, column)
    return found._replace(beside=found.beside or _fields_beside(lines, line, found.start)) if found.is_key else found


def _open_before(lines: Iterable[str]) -> tuple[list[_Frame], int | None]:
    """What is open behind some lines; and the column of a field whose text stands on lines below it (`|`, `>`), as long
    as that may go on."""
    frames: list[_Frame] = []
    text_below: int | None = None
    for typed in lines:
        if text_below is not None and (not typed.strip() or _indent(typed) > text_below):
            continue
        text_below = None
        if not _BLANK.match(typed):
            parts = _line_parts(typed)
            _open_frames(frames, parts)
            if _BLOCK.match(typed[parts.value :]):
                text_below = frames[-1].column if frames else -1
    return frames, text_below


def _indent(typed: str) -> int:
    return len(typed) - len(typed.lstrip())


def _line_parts(typed: str) -> _Line:
    column, dashes = _indent(typed), []
    while _DASH.match(typed, column):
        dashes.append(column)
        column += 1 + len(typed[column + 1 :]) - len(typed[column + 1 :].lstrip())
    found = _KEY.match(typed, column)
    if found is None:
        return _Line(tuple(dashes), column, None, column)
    value = found.end() + len(typed[found.end() :]) - len(typed[found.end() :].lstrip())
    return _Line(tuple(dashes), column, found[1].strip("'\""), value)


def _open_frames(frames: list[_Frame], line: _Line) -> None:
    """Closes what ends above a line and opens what starts on it."""
    for column in line.dashes:
        while frames and frames[-1].column > column:
            frames.pop()
        last = frames[-1] if frames else None
        if last and last.column == column and isinstance(last.name, int):
            frames[-1] = _Frame(column, last.name + 1)
        else:
            frames.append(_Frame(column, 0))
    if line.key is not None:
        _close_frames(frames, line.column)
        frames.append(_Frame(line.column, line.key))


def _fields_beside(lines: Sequence[str], line: int, column: int) -> frozenset[str]:
    """The fields of the mapping whose fields stand in a column, but for the one on the line itself."""
    here = _line_parts(lines[line])
    above = [] if here.dashes else lines[line - 1 :: -1] if line else []  # behind a dash the mapping starts
    return frozenset((*_fields_until_end(above, column, starts=True), *_fields_until_end(lines[line + 1 :], column)))


def _fields_until_end(lines: Iterable[str], column: int, *, starts: bool = False) -> Iterator[str]:
    """The fields in a column, up to the line that something further left stands on. The first one of a mapping in a
    list, behind its dash, belongs to those below it: it counts where lines are read upwards and it `starts` them."""
    for parts in (_line_parts(typed) for typed in lines if not _BLANK.match(typed)):
        if parts.column == column and parts.key and (starts or not parts.dashes):
            yield parts.key
        if min((*parts.dashes, parts.column)) < column:
            return


def _close_frames(frames: list[_Frame], column: int) -> None:
    """Closes what can't hold a field in a column: fields in it or right of it, and lists whose dashes stand there."""
    while frames and frames[-1].column >= column:
        frames.pop()


def _cursor_on_line(frames: list[_Frame], line: _Line, typed: str, column: int) -> Cursor:
    """The cursor on its own line, with what is open above it."""
    if not typed[:column].strip() and line.key is None:  # an empty line: its column says what is wished for
        _close_frames(frames, column)
        return Cursor(_path_of_frames(frames), "", column, is_key=True)
    before = _Line(tuple(dash for dash in line.dashes if dash < column), line.column, None, line.value)
    _open_frames(frames, before)
    if line.key is None:
        value, start = typed[line.value : column], min(line.value, column)
        if _flows(value):
            return _in_flow(_path_of_frames(frames), value, start)
        if not line.dashes:  # behind a dash a word is in the entry just opened
            _close_frames(frames, line.column)
        return Cursor(_path_of_frames(frames), value, start, is_key=True, key=typed[line.value :].strip())
    _close_frames(frames, line.column)
    if column <= typed.index(":", line.column + len(line.key)):
        start = min(line.column, column)
        return Cursor(_path_of_frames(frames), typed[start:column], start, is_key=True, key=line.key)
    frames.append(_Frame(line.column, line.key))
    value, start = typed[line.value : column], min(line.value, column)
    return (
        _in_flow(_path_of_frames(frames), value, start)
        if _flows(value)
        else Cursor(_path_of_frames(frames), value, start, is_key=False)
    )


def _path_of_frames(frames: Sequence[_Frame]) -> Path:
    return tuple(frame.name for frame in frames)


def _flows(value: str) -> bool:
    return value[:1] in {"[", "{"}


def _in_flow(path: Path, value: str, start: int) -> Cursor:
    """The cursor behind an opened `[` or `{` of its line: `[NV, HC` or `{item: MT01, per`."""
    opened = _open_brackets(value)
    inner: list[str | int] = []
    for bracket, entries in opened:
        inner += [len(entries) - 1] if bracket == "[" else _fields_of(entries[-1:])
    bracket, entries = opened[-1] if opened else ("[", [""])
    is_key = bracket == "{" and ":" not in entries[-1]
    typed = (entries[-1] if is_key or bracket == "[" else entries[-1].partition(":")[2]).lstrip()
    beside = frozenset(_fields_of(entries) if is_key else ())
    place = start + len(value) - len(typed)
    return Cursor((*path, *inner), typed, place, is_key=is_key, key=typed if is_key else "", beside=beside)


def _open_brackets(value: str) -> list[tuple[str, list[str]]]:
    """The brackets that are not closed, each with its entries, without what is in brackets in them."""
    opened: list[tuple[str, list[str]]] = []
    for sign in value:
        if sign in "[{":
            opened.append((sign, [""]))
        elif opened and sign in "]}":
            opened.pop()
        elif opened and sign == ",":
            opened[-1][1].append("")
        elif opened:
            opened[-1][1][-1] += sign
    return opened


def _fields_of(entries: Sequence[str]) -> list[str]:
    """The fields of entries that have one: `item` of `item: MT01`."""
    return [entry.partition(":")[0].strip() for entry in entries if ":" in entry]
