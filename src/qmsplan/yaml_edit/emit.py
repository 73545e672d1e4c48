"""Values to lines of YAML: ruamel.yaml's round-trip dumper emits them; what it is told here is the policy.

Our reader takes every scalar as text, so the policy is about texts only: which fields stand without quotes because the
model types them (`period: 2026`), which texts other readers of YAML would take for a number, a date or a choice of two
(`"01"`, `"no"`), when a text is folded, and how deep lines are indented (docs/decisions/0009 and 0021)."""

from __future__ import annotations

import re
import typing
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, lru_cache
from io import StringIO
from typing import Annotated, Any, NamedTuple, TypeAlias

from ruamel.yaml.emitter import RoundTripEmitter, ScalarAnalysis
from ruamel.yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.resolver import BaseResolver
from ruamel.yaml.tag import Tag

from qmsplan.load.files import NULLS
from qmsplan.model.fields import FileModel, OneOrMany, ScalarField, lines_of

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
"""What is put into a file: a text as typed, such as `"2026-Q1"`, a list, or fields by name."""
Node: TypeAlias = "list[Event]"
"""A text, list or mapping as ruamel.yaml's emitter takes it: its events, in order."""


class FieldKind(Enum):
    """How the text of a field is read."""

    TEXT = "text"
    """As text: what looks like a number or a date to other readers of YAML is quoted."""
    LINES = "lines"
    """As paragraphs, one a line; blank lines and the ends of lines mean nothing."""
    TYPED = "typed"
    """As a number, a date, a period or a choice of two: never quoted."""


class Field(NamedTuple):
    """The place of a field in its mapping, the kind of its text, and the class of the mappings in it, if any."""

    place: int
    kind: FieldKind
    model: type[FileModel] | None


UNKNOWN = Field(10_000, FieldKind.TEXT, None)
"""A field that the model does not know; it goes last."""


@cache
def fields_of(model: type[FileModel] | None) -> dict[str, Field]:
    """The fields of a class of the file format by name, such as `period` of `Plan`."""
    if model is None:
        return {}
    hints = typing.get_type_hints(model, include_extras=True)
    return {name: _field(place, hints[name]) for place, name in enumerate(model.model_fields)}


def field_of(model: type[FileModel] | None, name: str) -> Field:
    """What the model says about a field."""
    return fields_of(model).get(name, UNKNOWN)


def part_of(field: Field, name: str) -> Field:
    """What the model says about a part of a field: of a class's fields by their names, of values by period (`plan:
    {2026-Q1: 20}`), which are all of the field's kind."""
    if field.model is None and field.kind is FieldKind.TYPED:
        return UNKNOWN._replace(kind=field.kind)
    return field_of(field.model, name)


def _field(place: int, hint: Any) -> Field:
    parts = list(_parts(hint))
    model = next((part for part in parts if isinstance(part, type) and issubclass(part, FileModel)), None)
    return Field(place, next((kind for part in parts if (kind := _kind(part))), FieldKind.TEXT), model)


def _parts(hint: Any) -> Iterator[Any]:
    """A type with everything in it: members of unions, items of lists, annotations."""
    yield hint
    if typing.get_origin(hint) is Annotated:
        yield from hint.__metadata__
        yield from _parts(hint.__origin__)
    else:
        for part in typing.get_args(hint):
            yield from _parts(part)


def _kind(mark: Any) -> FieldKind | None:
    if isinstance(mark, OneOrMany) and mark.func is lines_of:
        return FieldKind.LINES
    if isinstance(mark, ScalarField):
        is_text = mark.schema["type"] == "string" and mark.kind is str
        return FieldKind.TEXT if is_text else FieldKind.TYPED
    return None


WIDTH = 110
"""Columns of a line, where words allow it."""
LEAST = 40
"""Columns that folded text has at any depth."""
UNLIMITED = 1_000_000
"""A width that no line reaches: texts of at most 20,000 characters are read."""


class Layout(NamedTuple):
    """How lines are laid out. The defaults are those of `qmsplan fmt`."""

    step: int = 2
    """Columns that fields stand deeper than the key that holds them."""
    dash: int = 2
    """Columns that a dash stands deeper than the key of its list; 0 where dashes stand below the key's first letter."""
    offset: int = 2
    """Columns from a dash to the first field of its entry: 4 in `-   item: A`."""
    width: int = WIDTH
    """Columns of a line; longer texts are folded."""
    quote: str = '"'
    """The quotation mark for texts that need one; the other one is taken where this one would need escapes."""


CANONICAL = Layout()

_TYPED_LIKE = re.compile(
    r"[-+]?\.?[0-9][0-9_.:+-]*(?:e[-+]?[0-9]+)?|0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[t ].*|null|true|false|yes|no|on|off|=|<<",
    re.IGNORECASE | re.ASCII,
)
_JOINT = re.compile(r"(?<=\S) (?=\S)")
_DOCUMENT_MARKS = ("---", "...")
_WORDS_ONLY = re.compile(r"\w(?:[\w.,;/%()+-]|(?<! ) (?=[\w(-]))*")
_ONE_WORD = re.compile(r"[^\W_][\w.%/-]*")


def looks_typed(value: str) -> bool:
    """True for what YAML 1.1 or 1.2 takes for a number, a date or a choice of two when it is not quoted."""
    return _TYPED_LIKE.fullmatch(value) is not None


def is_foldable(value: str) -> bool:
    """Whether a text on one line may be folded: only at a single space between words, with none at its ends."""
    return value == value.strip() and _JOINT.search(value) is not None


def settled(value: str, kind: FieldKind, style: str = "") -> str:
    """A text without what means nothing in it: in paragraphs, white space at the ends and doubled blank lines."""
    if kind is not FieldKind.LINES or "\n" not in value or not value.strip():
        return value
    if style == "|":
        return "\n".join(_dedented(_tidied(value))) + "\n"
    paragraphs = [line.strip() for line in value.split("\n") if line.strip()]
    return paragraphs[0] if len(paragraphs) == 1 else "\n".join(paragraphs) + "\n"


def _tidied(value: str) -> list[str]:
    """Lines without trailing white space, none of them blank at the ends, no two blank ones together."""
    lines = [line.rstrip() for line in value.split("\n")]
    kept = [line for above, line in zip(["", *lines], lines, strict=False) if line or above]
    return kept if kept[-1] else kept[:-1]


def _dedented(lines: list[str]) -> list[str]:
    """The lines moved left together; the first one starts at the margin, and only spaces indent."""
    margin = min(indent_of(line) for line in lines if line)
    moved = [line[margin:] if indent_of(line) == len(line) - len(line.lstrip()) else line.lstrip() for line in lines]
    return [moved[0].lstrip(), *moved[1:]]


def indent_of(line: str) -> int:
    """The blanks that a line begins with."""
    return len(line) - len(line.lstrip(" "))


def scalar(value: str | None, kind: FieldKind, style: str = "", *, is_quoted: bool = False) -> Node:
    """The node of a text. `style` is how it stands in the file, `|` or `>` or nothing; `is_quoted`: in any case.

    The event's own style says no more than the policy: `|`, `>`, `"` for escapes, `'` for quotation marks of either
    kind, nothing where the emitter is free."""
    if value is None:
        return [_TextEvent("", None)]
    if "\n" in value:
        chosen = ">" if style == ">" and _is_folded(value) else "|" if _is_literal(value) else '"'
        return [_TextEvent(value, chosen)]
    return _on_one_line(value, is_quoted, kind is FieldKind.TYPED)


@lru_cache(maxsize=4096)
def _on_one_line(value: str, is_quoted: bool, is_typed: bool) -> Node:  # noqa: FBT001  keywords take half the gain
    """The node of a text of one line. It is kept: a workspace tells the same names, units, periods and fields in each
    of its files."""
    is_quoted = is_quoted or value in NULLS or (not is_typed and (looks_typed(value) or value != value.strip()))
    return [_TextEvent(value, "'" if is_quoted else None, is_typed=is_typed)]


_TEXT_TAG = Tag(suffix=BaseResolver.DEFAULT_SCALAR_TAG)


class _TextEvent(ScalarEvent):
    """A text without a tag: the policy above has settled what needs quotes, so that no resolver is asked (it is what
    takes most time in ruamel.yaml's own way to events). Only of an empty text the emitter wants a tag. `is_bare`: it
    is made of words and stands without quotes, so that nothing is left to decide but whether it fits."""

    __slots__ = ("is_bare", "is_typed")
    anchor = comment = None
    implicit = (True, True, True)

    def __init__(self, value: str, style: str | None, *, is_typed: bool = False) -> None:
        self.value, self.style, self.ctag = value, style, None if value else _TEXT_TAG  # what bases do in four calls
        self.is_typed, self.is_bare = is_typed, style is None and _analysis_of_words(value) is not None


def _is_literal(value: str) -> bool:
    """Whether a text may stand below `|` or `|-`: no white space hides in it, and its first line is not indented."""
    lines = value.removesuffix("\n").split("\n")
    first = next((line for line in lines if line), "")
    if not first or first[0] == " " or not lines[-1]:
        return False
    return not any(line != line.rstrip() or line.startswith("\t") for line in lines)


def _is_folded(value: str) -> bool:
    """Whether a text may stand below `>`: the rules of folding leave its lines as they are."""
    lines = value.removesuffix("\n").split("\n")
    return bool(lines[-1]) and not any(line != line.strip() for line in lines)


def key(name: str) -> Node:
    """The node of the name of a field."""
    if "\n" in name:
        return [_TextEvent(name, '"')]
    return _on_one_line(name, name.startswith(_DOCUMENT_MARKS), False)  # noqa: FBT003


def mapping(pairs: Iterable[tuple[Node, Node]], *, is_flow: bool = False) -> Node:
    """The node of fields."""
    events: Node = []
    parts = list(pairs)
    for name, value in parts:
        events += name
        events += value
    start = MappingStartEvent(None, None, implicit=True, flow_style=is_flow, nr_items=len(parts))
    return [start, *events, MappingEndEvent()]


def sequence(items: Iterable[Node], *, is_flow: bool = False) -> Node:
    """The node of a list."""
    start = SequenceStartEvent(None, None, implicit=True, flow_style=is_flow)
    return [start, *(event for item in items for event in item), SequenceEndEvent()]


def node_of(
    value: Value, field: Field, *, is_flow: bool = False, is_quoted: bool = False, quoted: Collection[str] = ()
) -> Node:
    """The node of a value of a field. In quotes even without need: a text that is_quoted, fields that are `quoted`."""
    if isinstance(value, str):
        return scalar(value, field.kind, is_quoted=is_quoted)
    if isinstance(value, Mapping):
        parts = ((name, part, part_of(field, name)) for name, part in value.items())
        pairs = ((key(name), node_of(part, inner, is_quoted=name in quoted)) for name, part, inner in parts)
        return mapping(pairs, is_flow=is_flow)
    kind = FieldKind.TEXT if field.kind is FieldKind.LINES else field.kind
    return sequence([node_of(part, field._replace(kind=kind), quoted=quoted) for part in value], is_flow=is_flow)


def emit(node: Node, layout: Layout = CANONICAL, column: int = 0) -> list[str]:
    """The lines of a node that starts at a column, without their ends; a negative column moves them to the left."""
    stream = StringIO()
    _Emitter(stream, layout, column).emit_all(node)
    lines = stream.getvalue().removesuffix("\n").split("\n")
    if column < 0:
        return [line[-column:] for line in lines]
    return [" " * column + line if line else "" for line in lines]


class _Emitter(RoundTripEmitter):
    """ruamel.yaml's emitter with our choice of quotation marks and of the places where folded lines end."""

    MAX_SIMPLE_KEY_LENGTH = 995
    stream: Any = None
    """A plain attribute: ruamel.yaml's asks at each piece that is written whether there is one."""
    use_version = None
    """The version of YAML that ruamel.yaml's emitter asks its serializer for: the newest, 1.2."""

    def __init__(self, stream: StringIO, layout: Layout, shift: int) -> None:
        super().__init__(stream, width=UNLIMITED, allow_unicode=True, brace_single_entry_mapping_in_flow_sequence=True)
        self.best_map_indent, self.best_sequence_indent = layout.step, layout.dash + layout.offset
        self.sequence_dash_offset = layout.dash
        self.layout, self.shift = layout, shift

    def emit_all(self, node: Node) -> None:
        """Writes a document of one node. ruamel.yaml's way looks at each event whether enough others follow it."""
        frame = (StreamStartEvent(), DocumentStartEvent()), node, (DocumentEndEvent(), StreamEndEvent())
        events: Any = deque(event for part in frame for event in part)
        self.events = events  # ruamel.yaml looks at the next one to know what is empty
        while events:
            self.event = events.popleft()
            self.state()

    def expect_block_mapping_key(self, first: Any = False) -> None:  # noqa: FBT002  as ruamel.yaml's
        """The fields from here on whose names and values are made of words and fit on a line, and the name of the one
        behind them: ruamel.yaml's way, by six states and two analyses each, takes five times as long, and such fields
        are most of a file."""
        if not self._is_bare_name(self.event):
            super().expect_block_mapping_key(first)
            return
        self.write_indent()
        events: Any = self.events
        room = self.layout.width - self.shift - self.column
        lines, column = [f"{self.event.value}:"], self.column
        while True:
            value = events[0]
            is_whole = isinstance(value, _TextEvent) and value.is_bare and len(lines[-1]) + len(value.value) < room
            if not is_whole:
                break
            lines[-1] += f" {events.popleft().value}"
            if not self._is_bare_name(events[0]):
                break
            lines.append(f"{events.popleft().value}:")
        self.write_indicator(f"\n{' ' * column}".join(lines), need_whitespace=False)
        self.column = column + len(lines[-1])
        if is_whole:
            self.state = self.expect_block_mapping_key
        else:
            self.event = events.popleft()
            self.states.append(self.expect_block_mapping_key)
            self.expect_node(mapping=True)

    def _is_bare_name(self, event: Any) -> bool:
        return isinstance(event, _TextEvent) and event.is_bare and len(event.value) < self.MAX_SIMPLE_KEY_LENGTH

    def process_anchor(self, indicator: str) -> bool:
        """Whether the node has an anchor: none that we write has one."""
        del indicator
        return False

    def process_tag(self) -> None:
        """Writes the tag of the node: none that we write has one."""

    def analyze_scalar(self, scalar: Any) -> Any:
        """What styles a text allows (ruamel.yaml looks at each letter): all of them if it is made of words; of several
        lines those that the policy chooses from.

        `...` and `---` mean something only where a line starts, and no value is there; a tab may stand within plain
        text, and it has to where text was typed so and must stay plain."""
        if "\n" in scalar:
            return _analysis(scalar, is_multiline=True)
        if found := _analysis_of_words(scalar):
            return found
        text = f"x{scalar}" if scalar.startswith(_DOCUMENT_MARKS) else scalar
        if self.event.is_typed:
            text = text.replace("\t", " ")
        analysis = super().analyze_scalar(text)
        analysis.scalar = scalar
        return analysis

    def choose_scalar_style(self) -> Any:
        """Plain where the grammar and the policy allow it, else the file's quotation mark; folded where it is long."""
        wanted, value = self.event.style, self.event.value
        style = super().choose_scalar_style()
        if style in {"|", ">"} or wanted == '"':
            return style
        if style == "" and self.flow_level and not self.simple_key_context and not _ONE_WORD.fullmatch(value):
            style = "'"  # commas, colons and question marks mean something to some readers here
        if style:
            style = self._quotation_mark(value)
        return ">" if self._is_too_long(value, style) else style

    def _quotation_mark(self, value: str) -> str:
        if not self.analysis.allow_single_quoted or self.analysis.multiline:
            return '"'
        if self.layout.quote == '"' and ('"' in value or "\\" in value):
            return "'"
        return self.layout.quote

    def _is_too_long(self, value: str, style: str) -> bool:
        if self.flow_level or self.simple_key_context or self.event.is_typed:
            return False
        escaped = {"'": "'", '"': '"\\\t'}.get(style, "")
        quotes = 2 * bool(style) + sum(map(value.count, escaped))
        return self.shift + self.column + 1 + len(value) + quotes > self.layout.width and is_foldable(value)

    def check_simple_key(self) -> bool:
        """Whether the key that comes may stand before a colon on one line: with escapes, every key may."""
        return self.event.style == '"' or len(self.event.value) < self.MAX_SIMPLE_KEY_LENGTH

    def determine_block_hints(self, text: Any) -> Any:
        """Only `-`: no text below `|` or `>` starts with a space, and one with a blank line needs no number."""
        _, _, chomping = super().determine_block_hints(text)
        return chomping, 0, chomping

    def write_plain(self, text: Any, split: object = None) -> None:
        """A text without quotes, at once: it stands on one line (ruamel.yaml looks for line ends, letter by letter)."""
        del split
        if text:
            self.write_indicator(text, need_whitespace=True)

    def write_literal(self, text: Any, comment: Any = None) -> None:
        """A text line by line (ruamel.yaml looks for line ends, letter by letter)."""
        del comment
        hints, _, _ = self.determine_block_hints(text)
        self.write_indicator(f"|{hints}", need_whitespace=True)
        for line in text.removesuffix("\n").split("\n"):
            self.write_line_break()
            if line:
                self.write_indent()
                self.stream.write(line)
        self.write_line_break()

    def write_folded(self, text: Any, comment: Any) -> None:
        """Each paragraph on lines within the width: ruamel.yaml breaks behind the width, and where it meets BEL."""
        room = max(self.layout.width - self.shift - (self.indent or 0), LEAST)
        super().write_folded("\n".join(_with_breaks(line, room) for line in text.split("\n")), comment)


@lru_cache(maxsize=4096)
def _analysis_of_words(text: str) -> ScalarAnalysis | None:
    """That of a text that is made of words; None of another one. It is kept: most texts of a file are names of fields.

    Words allow every style; behind a comma in a list in brackets there would be another item."""
    return _analysis(text, allow_flow_plain="," not in text) if _WORDS_ONLY.fullmatch(text) else None


def _analysis(text: str, *, is_multiline: bool = False, allow_flow_plain: bool = False) -> ScalarAnalysis:
    return ScalarAnalysis(
        text,
        empty=False,
        multiline=is_multiline,
        allow_flow_plain=allow_flow_plain,
        allow_block_plain=not is_multiline,
        allow_single_quoted=not is_multiline,
        allow_double_quoted=True,
        allow_block=True,
    )


def _with_breaks(text: str, room: int) -> str:
    """A paragraph with BEL before each space that ends a line of at most `room` columns."""
    lines: list[str] = []
    for word in _JOINT.split(text):
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\a ".join(lines)
