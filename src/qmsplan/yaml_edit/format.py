"""`qmsplan fmt`: the bytes of a file in the canonical layout, and the proof that nothing else has changed.

Fields stand in the order of the model, two spaces a level, dashes indented. ruamel.yaml emits the values; the comments
and blank lines, which a YAML tree does not hold, are put between its lines at the marks of their entries. The proof
reads the new text again: same value, same comments, same warnings, and laying it out once more changes nothing."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate, dropwhile
from typing import NamedTuple

from qmsplan.diagnostics import CUT_BY_COMMENT, LAYOUT_NOT_SAFE, NOT_NFC, Diagnostic, Message, diagnose
from qmsplan.load.document import Document, Source, read_content, read_once
from qmsplan.load.files import LARGEST
from qmsplan.load.yaml import Container, Mark, Tree
from qmsplan.yaml_edit.emit import (
    Field,
    FieldKind,
    Node,
    emit,
    field_of,
    key,
    mapping,
    part_of,
    scalar,
    sequence,
    settled,
)
from qmsplan.yaml_edit.nodes import (
    Comment,
    YamlBranch,
    YamlEntry,
    YamlLeaf,
    attach,
    cuts,
    end_index,
    find_notes,
    is_behind_plain_text,
    last_in,
    read_nodes,
    text_of,
)


class FormattedFile(NamedTuple):
    """A file laid out: its bytes, None if it is left alone; what changes that no line shows; and what is wrong."""

    content: bytes | None
    changes: tuple[Message, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class FormattedText(NamedTuple):
    """A text in the canonical layout; the comments of the text it was made from, and those taken for cut text."""

    text: str
    comments: list[str]
    cut: list[str]


def lay_out(content: bytes, name: str) -> FormattedFile:
    """The canonical layout of a file's bytes. A file that is broken, or whose meaning would change, is left alone."""
    document = read_once(content, name)
    if document.value is None:
        return FormattedFile(None, (), document.diagnostics)
    source = document.source
    text = unicodedata.normalize("NFC", source.text.replace("\r\n", "\n"))
    laid = write(source if text == source.text else Source(name, text), type(document.value))
    if laid.text != text and not _is_same(document, laid):
        return FormattedFile(None, (), (_not_safe(name),))
    return FormattedFile(laid.text.encode(), tuple(_changes(content, source)))


def write(source: Source, model: type | None) -> FormattedText:
    """A text in normal form C and with LF line ends in the canonical layout; without a model, fields stay in order.
    ReadError at the first fault of the text."""
    notes = list(find_notes(source))
    lines = _lines(source, model, {note.behind for note in notes if cuts(note.text)})
    if not notes:
        return FormattedText("\n".join(lines) + "\n", [], [])
    root, entries = read_nodes(source)
    head = attach(root, entries, notes)
    comments = [note for note in notes if note.text]
    cut = _cut_texts(comments, entries)
    return FormattedText(write_nodes(root, head, lines, model), sorted(note.text for note in comments), sorted(cut))


def _cut_texts(comments: Iterable[Comment], entries: Iterable[YamlEntry]) -> Iterator[str]:
    """Comments that `validate` takes for a part of the text before them (QP009); behind a key they are none."""
    plain = {entry.node.end: entry for entry in entries if isinstance(entry.node, YamlLeaf)}
    for note in comments:
        entry = plain.get(note.behind)
        if entry and cuts(note.text) and is_behind_plain_text(note, entry):
            yield note.text


def write_nodes(root: YamlBranch, head: list[str], lines: list[str], model: type | None) -> str:
    """The lines of a file whose outermost mapping is of a class of the model, if of any, with its comments."""
    bare = "\n".join(lines) + "\n"
    placed, _ = read_nodes(Source("", bare))
    comments = _Comments(bare, lines)
    comments.put(0, 0, _without_blanks_first(head))
    comments.branch(root, placed, model)
    return comments.text()


def _ordered(branch: YamlBranch, model: type | None) -> list[YamlEntry]:
    if branch.is_list:
        return branch.entries
    return sorted(branch.entries, key=lambda entry: field_of(model, entry.key).place)


def _lines(source: Source, model: type | None, cut: Collection[int]) -> list[str]:
    """A text without its comments, line by line; `cut`: where plain texts end that a comment may be a part of."""
    mark = source.yaml.mark
    if mark is None:
        return emit(mapping(()))
    return emit(_node(mark, Field(0, FieldKind.TEXT, model), cut))


def _node(mark: Mark, field: Field, cut: Collection[int]) -> Node:
    """A value whose field in the model is `field`, for the emitter."""
    if not isinstance(mark, Container):
        value, style = text_of(mark), mark.style or ""
        if value is None:
            return scalar(None, field.kind)
        may_be_cut = bool(cut) and not style and end_index(mark) in cut  # it stays plain, on one line
        kind = FieldKind.TYPED if may_be_cut else field.kind
        return scalar(settled(value, field.kind, style) if "\n" in value else value, kind, style)
    if isinstance(mark.parts, list):
        of_item = field._replace(kind=FieldKind.TEXT) if field.kind is FieldKind.LINES else field
        return sequence(_node(part, of_item, cut) for part in mark.parts)
    parts = [(part_of(field, name), name, part) for name, (_, part) in mark.parts.items()]
    parts.sort(key=lambda part: part[0].place)
    return mapping((key(name), _node(part, inner, cut)) for inner, name, part in parts)


class _Comments:
    """Comments and blank lines put between the lines of a text that has none, each at the place of its entry."""

    def __init__(self, bare: str, lines: list[str]) -> None:
        self.bare, self.lines = bare, lines
        self.starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self.above: dict[int, list[str]] = {}
        """By the number of the line that they stand above."""

    def text(self) -> str:
        """The lines with the comments."""
        numbered = enumerate([*self.lines, None])
        found = [part for number, line in numbered for part in (*self.above.get(number, ()), line)]
        return "\n".join(line for line in found if line is not None) + "\n"

    def put(self, number: int, column: int, lines: Iterable[str]) -> None:
        """Comments and blank lines above a line; those that are put later stand below."""
        self.above.setdefault(number, []).extend(" " * column + line if line else "" for line in lines)

    def branch(self, branch: YamlBranch, placed: YamlBranch, model: type | None) -> None:
        """The comments of a container, which now stands at `placed`."""
        for number, (entry, there) in enumerate(zip(_ordered(branch, model), placed.entries, strict=True)):
            before = entry.before if number else _without_blanks_first(entry.before)
            line = self._line(there.start)
            node = entry.node if isinstance(entry.node, YamlBranch) and entry.node.entries else None
            inner = model if branch.is_list else field_of(model, entry.key).model
            if node and branch.is_list:  # the first entry stands on the line of the dash
                first = _ordered(node, inner)[0]
                beside = [entry.beside] if entry.beside else []
                self.put(line, there.column, [*before, *beside, *_without_blanks_first(first.before)])
                first.before = []
            else:
                self.put(line, there.column, before)
                if entry.beside:
                    self.lines[line] += f"  {entry.beside}"
            if node and isinstance(there.node, YamlBranch):
                self.branch(node, there.node, inner)
                self.put(self._line_below(there.node), there.node.column, node.after)
        if branch.owner is None:
            self.put(len(self.lines), 0, branch.after)

    def _line(self, index: int) -> int:
        return bisect_right(self.starts, index) - 1

    def _line_below(self, placed: YamlBranch) -> int:
        """The number of the line below a container."""
        return self._line(last_in(placed).end - 1) + 1


def _without_blanks_first(lines: list[str]) -> list[str]:
    return list(dropwhile(lambda line: not line, lines))


def _is_same(document: Document, laid: FormattedText) -> bool:
    """Whether value, typed texts, remarks and comments are those of the old text, and a second run changes nothing."""
    content = laid.text.encode()
    after = read_content(content, "")
    return (
        after.value == document.value
        and len(content) <= LARGEST
        and _meaning(after.source.yaml.value) == _meaning(document.source.yaml.value)
        and _remarks(after) == _remarks(document)
        and write(after.source, type(document.value)) == laid
    )


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
    """The warnings of a document, without the one that fmt mends; of comments taken for text `write` knows more."""
    told_elsewhere = {NOT_NFC.code, CUT_BY_COMMENT.code}
    return Counter(remark.code for remark in document.diagnostics if remark.code not in told_elsewhere)


def _not_safe(name: str) -> Diagnostic:
    message = Message("this file can't be laid out without changing what it says; it was left as it is")
    return diagnose(name, LAYOUT_NOT_SAFE, message, hint=Message("please report it, with the file"))


def _changes(content: bytes, source: Source) -> list[Message]:
    found = []
    if content.startswith(BOM_UTF8):
        found.append(Message("byte order mark removed"))
    if "\r\n" in source.text:
        found.append(Message("line endings changed to LF"))
    if not source.is_composed:
        found.append(Message("letters are composed (Unicode NFC)"))
    return found
