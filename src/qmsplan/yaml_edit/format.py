"""What the model says about a field: its place among the others, and what its text may look like without quotes.

One text as YAML: plain where that is safe, in quotes where it is not, folded at words where it is long.

Entries to lines: fields in the order of the model, two spaces a level, dashes indented.

Bytes of a file to its bytes in the canonical layout, and the proof that nothing else has changed."""

from __future__ import annotations

import re
import typing
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from itertools import dropwhile
from typing import Annotated, Any, NamedTuple

from qmsplan.diagnostics import LAYOUT_NOT_SAFE, NOT_NFC, Diagnostic, Message, ReadError, diagnose
from qmsplan.load.document import Document, Source, as_diagnostic, read_document
from qmsplan.load.files import LARGEST, NULLS, decode
from qmsplan.load.yaml import Tree, events, read_yaml
from qmsplan.model.fields import FileModel, OneOrMany, ScalarField, lines_of
from qmsplan.yaml_edit.nodes import YamlBranch, YamlEntry, YamlLeaf, attach, cuts, find_notes, read_nodes


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
"""A field without a value may have any name; it goes last."""


@cache
def fields_of(model: type[FileModel] | None) -> dict[str, Field]:
    """The fields of a class of the file format."""
    if model is None:
        return {}
    hints = typing.get_type_hints(model, include_extras=True)
    return {name: _field(place, hints[name]) for place, name in enumerate(model.model_fields)}


def _field(place: int, hint: Any) -> Field:
    parts = list(_parts(hint))
    model = next((part for part in parts if isinstance(part, type) and issubclass(part, FileModel)), None)
    return Field(place, next((kind for part in parts if (kind := _kind(part))), FieldKind.TEXT), model)


def _parts(hint: Any) -> typing.Iterator[Any]:
    """A type with everything in it: members of unions, items of lists, marks."""
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

_STARTS_PLAIN = re.compile(r"[^ \t\-?:,\[\]{}#&*!|>'\"%@`]|[-?:](?=[^ \t])")
_HOLDS_SYNTAX = re.compile(r":(?=[ \t]|$)|[ \t]#|\n")
_NUMBER_LIKE = re.compile(
    r"[-+]?\.?[0-9][0-9_.:+-]*(?:[eE][-+]?[0-9]+)?|0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)", re.IGNORECASE
)
_TIME_LIKE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[Tt ].*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "=", "<<"})
_JOINT = re.compile(r"(?<=\S) (?=\S)")


def yaml_lines(leaf: YamlLeaf, kind: FieldKind, column: int, indent: int, *, stays_plain: bool = False) -> list[str]:
    """What stands behind a key or dash that ends before `column`, then the lines below it, at their indent."""
    value = _settled(leaf, kind)
    if value is None:
        return [""]
    if "\n" in value:
        folded = _folded(value, indent) if leaf.style == ">" else []
        return folded or _literal(value, indent) or [_escaped(value)]
    line = one_line(value, FieldKind.TYPED if stays_plain else kind)
    if stays_plain or column + len(line) <= WIDTH or value != value.strip() or not _JOINT.search(value):
        return [line]
    return [">-", *_at_words(value, indent)]


def one_line(value: str, kind: FieldKind) -> str:
    """A text on one line: plain if no reader of YAML can take it for anything else."""
    if _may_be_plain(value, kind):
        return value
    if ('"' in value or "\\" in value) and not ("\t" in value or "\n" in value):
        return "'" + value.replace("'", "''") + "'"
    return _escaped(value)


def _may_be_plain(value: str, kind: FieldKind) -> bool:
    if not _STARTS_PLAIN.match(value) or _HOLDS_SYNTAX.search(value) or value[-1] in " \t" or value in NULLS:
        return False
    return kind is FieldKind.TYPED or not (looks_typed(value) or value != value.strip() or "\t" in value)


def looks_typed(value: str) -> bool:
    """True for what YAML 1.1 or 1.2 takes for a number, a date or a choice of two when it is not quoted."""
    return value.lower() in _WORDS or bool(_NUMBER_LIKE.fullmatch(value) or _TIME_LIKE.fullmatch(value))


def _escaped(value: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        value = value.replace(plain, escaped)
    return f'"{value}"'


def _settled(leaf: YamlLeaf, kind: FieldKind) -> str | None:
    """The text without what means nothing in it: in paragraphs, white space at the ends and doubled blank lines."""
    value = leaf.value
    if value is None or kind is not FieldKind.LINES or "\n" not in value or not value.strip():
        return value
    if leaf.style == "|":
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
    margin = min(_indent(line) for line in lines if line)
    moved = [line[margin:] if _indent(line) == len(line) - len(line.lstrip()) else line.lstrip() for line in lines]
    return [moved[0].lstrip(), *moved[1:]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _literal(value: str, indent: int) -> list[str]:
    """A block whose lines are the text's; nothing where white space would hide in it."""
    body = value.removesuffix("\n")
    lines = body.split("\n")
    first = body.lstrip("\n")
    if not first or first[0] == " " or not lines[-1]:
        return []
    if any(line != line.rstrip() or line.startswith("\t") for line in lines):
        return []
    return ["|" if body != value else "|-", *(" " * indent + line if line else "" for line in lines)]


def _folded(value: str, indent: int) -> list[str]:
    """A block of paragraphs, each folded at words; nothing where its rules would change the text."""
    body = value.removesuffix("\n")
    lines = body.split("\n")
    if not lines[-1] or any(line != line.strip() for line in lines):
        return []
    folded = [part for line in lines for part in ("", *_at_words(line, indent))]
    return [">" if body != value else ">-", *folded[1:]]


def _at_words(text: str, indent: int) -> Iterator[str]:
    """A paragraph on lines of at most `WIDTH` columns; only a single space between words may end a line."""
    room = max(WIDTH - indent, LEAST)
    line = ""
    for word in _JOINT.split(text):
        if line and len(line) + 1 + len(word) > room:
            yield " " * indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield " " * indent + line


STEP = 2
"""Spaces a level."""


def write_nodes(root: YamlBranch, head: list[str], model: type | None) -> str:
    """The text of a file whose outermost mapping is of a class of the model, if of any."""
    whole = Field(0, FieldKind.TEXT, model)
    lines = [*_without_blanks_first(head), *_branch(root, 0, whole)]
    return "\n".join(lines) + "\n"


def _ordered(branch: YamlBranch, model: type | None) -> list[YamlEntry]:
    fields = {} if branch.is_list else fields_of(model)
    return sorted(branch.entries, key=lambda entry: fields.get(entry.key, UNKNOWN).place)


def _branch(branch: YamlBranch, indent: int, field: Field) -> Iterator[str]:
    """The entries of a mapping or list whose field in the model is `field`, and the comments that close it."""
    write = _item if branch.is_list else _pair
    for number, entry in enumerate(_ordered(branch, field.model)):
        if number == 0:
            entry.before = _without_blanks_first(entry.before)
        yield from write(entry, indent, field)
    yield from _at(indent, branch.after)


def _pair(entry: YamlEntry, indent: int, outer: Field) -> Iterator[str]:
    """A key and its value."""
    field = fields_of(outer.model).get(entry.key, UNKNOWN)
    start = f"{' ' * indent}{one_line(entry.key, FieldKind.TEXT)}:"
    yield from _at(indent, entry.before)
    if isinstance(entry.node, YamlLeaf) or not entry.node.entries:
        yield from _value(entry, start, indent, field.kind)
    else:
        yield start + _comment(entry)
        yield from _branch(entry.node, indent + STEP, field)


def _item(entry: YamlEntry, indent: int, field: Field) -> Iterator[str]:
    """A dash and what it stands for; comments of the first field of a mapping stand above the dash."""
    start = " " * indent + "-"
    node = entry.node
    if isinstance(node, YamlLeaf) or not node.entries:
        yield from _at(indent, entry.before)
        yield from _value(entry, start, indent, FieldKind.TEXT if field.kind is FieldKind.LINES else field.kind)
        return
    first = _ordered(node, field.model)[0]
    beside = [entry.beside] if entry.beside else []
    yield from _at(indent, [*entry.before, *beside, *_without_blanks_first(first.before)])
    first.before = []
    line, *rest = _branch(node, indent + STEP, field)
    yield f"{start} {line.lstrip()}"
    yield from rest


def _value(entry: YamlEntry, start: str, indent: int, kind: FieldKind) -> Iterator[str]:
    """A text or empty brackets behind a key or dash."""
    if isinstance(entry.node, YamlLeaf):
        is_plain = cuts(entry.beside)
        first, *rest = yaml_lines(entry.node, kind, len(start) + 1, indent + STEP, stays_plain=is_plain)
    else:
        first, rest = "[]" if entry.node.is_list else "{}", []
    yield f"{start} {first}".rstrip(" ") + _comment(entry)
    yield from rest


def _comment(entry: YamlEntry) -> str:
    return f"  {entry.beside}" if entry.beside else ""


def _at(indent: int, lines: Iterable[str]) -> Iterator[str]:
    return (" " * indent + line if line else "" for line in lines)


def _without_blanks_first(lines: list[str]) -> list[str]:
    return list(dropwhile(lambda line: not line, lines))


_MARK = "\ufeff".encode()


class FormattedFile(NamedTuple):
    """A file laid out: its bytes, None if it is left alone; what changes that no line shows; and what is wrong."""

    content: bytes | None
    changes: tuple[Message, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class FormattedText(NamedTuple):
    """A text in the canonical layout, and the comments of the text it was made from, sorted."""

    text: str
    comments: list[str]


def lay_out(content: bytes, name: str) -> FormattedFile:
    """The canonical layout of a file's bytes. A file that is broken, or whose meaning would change, is left alone."""
    try:
        document = read_document(Source(name, decode(content)))
    except ReadError as broken:
        return FormattedFile(None, (), (as_diagnostic(name, broken),))
    if document.value is None:
        return FormattedFile(None, (), document.diagnostics)
    text = unicodedata.normalize("NFC", document.source.text.replace("\r\n", "\n"))
    laid = write(text, type(document.value))
    if laid.text != text and not _is_same(document, text, laid):
        return FormattedFile(None, (), (_not_safe(name),))
    return FormattedFile(laid.text.encode(), tuple(_changes(content, document.source)))


def write(text: str, model: type | None) -> FormattedText:
    """A text in normal form C and with LF line ends in the canonical layout; without a model, fields stay in order."""
    parsed = list(events(text))
    notes = list(find_notes(text, parsed))
    root, entries = read_nodes(text, parsed)
    head = attach(root, entries, notes)
    return FormattedText(write_nodes(root, head, model), sorted(note.text for note in notes if note.text))


def _is_same(document: Document, text: str, laid: FormattedText) -> bool:
    """Whether value, typed texts, remarks and comments are those of the old text, and a second run changes nothing."""
    after = read_document(Source("", laid.text))
    if after.value != document.value or len(laid.text.encode()) > LARGEST:
        return False
    if _meaning(read_yaml(laid.text).value) != _meaning(read_yaml(text).value) or _remarks(after) != _remarks(document):
        return False
    return write(laid.text, type(document.value)) == laid


def _meaning(tree: Tree) -> object:
    """A tree whose texts of several lines are told by their paragraphs."""
    if isinstance(tree, dict):
        return {key: _meaning(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_meaning(value) for value in tree]
    if tree is None or "\n" not in tree:
        return tree
    lines = [line.strip() for line in tree.split("\n") if line.strip()]
    return lines[0] if len(lines) == 1 else lines


def _remarks(document: Document) -> Counter[str]:
    """The warnings of a document, without the one that fmt mends."""
    return Counter(remark.code for remark in document.diagnostics if remark.code != NOT_NFC.code)


def _not_safe(name: str) -> Diagnostic:
    message = Message("this file can't be laid out without changing what it says; it was left as it is")
    return diagnose(name, LAYOUT_NOT_SAFE, message, hint=Message("please report it, with the file"))


def _changes(content: bytes, source: Source) -> list[Message]:
    found = []
    if content.startswith(_MARK):
        found.append(Message("the byte order mark goes"))
    if "\r\n" in source.text:
        found.append(Message("line ends become LF"))
    if not source.is_composed:
        found.append(Message("letters are composed (Unicode NFC)"))
    return found
