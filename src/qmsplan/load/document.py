"""A text and the places in it. Positions are made only when something is wrong: a clean file never builds any.

What a text says about itself that no value shows any more: its Unicode form, comments that cut text off, letters of
old fonts, quotation marks that YAML does not know.

Text to a plan, a progress file or settings: the same call for a file, a git blob, an import and a test."""

from __future__ import annotations

import json
import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path as FilePath
from typing import Any, NamedTuple, TypeAlias

from qmsplan.diagnostics import (
    CUT_BY_COMMENT,
    MISSING_FIELD,
    NOT_NFC,
    ODD_SIGNS,
    START,
    UNKNOWN_FIELD,
    UNKNOWN_KIND,
    Diagnostic,
    Fix,
    Message,
    Path,
    ReadError,
    Related,
    Span,
    diagnose,
)
from qmsplan.load.files import LARGEST, MARK, File, decode, fitting, read_bytes, span_at
from qmsplan.load.pydantic_errors import DID_YOU_MEAN, KEY, TAKEN_FOR_A_FIELD, FieldFault, validate
from qmsplan.load.yaml import Container, Mark, Tree, Yaml, read_yaml, report_part, span_of, style_of, texts_in, walk
from qmsplan.model.fields import FileModel
from qmsplan.model.old_letters import ODD, old_words
from qmsplan.model.plan import Plan
from qmsplan.model.progress import LISTS, Progress
from qmsplan.model.settings import Settings

_RARE_ENDS = ("\r", "\x85", "\u2028", "\u2029")
LINE_END = re.compile("|".join(("\r\n", "\n", *_RARE_ENDS)))
"""What ends a line, as the parser counts them. With a set of letters it would take three times as long."""
BLOCKS = ("|", ">")
"""The styles of texts that stand on lines of their own."""


class Source:
    """The text of one file and the name it is shown under."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    @cached_property
    def is_composed(self) -> bool:
        """Whether the text is in Unicode normal form C, as keyboards set to dựng sẵn type it."""
        return unicodedata.is_normalized("NFC", self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines without their ends."""
        if any(end in self.text for end in _RARE_ENDS):
            return LINE_END.split(self.text)
        return self.text.split("\n")  # nearly every file, in a sixth of the time

    @cached_property
    def yaml(self) -> Yaml:
        """The values of the text and their places. ReadError at the first fault."""
        return read_yaml(self.text, is_composed=self.is_composed)

    @cached_property
    def texts(self) -> tuple[Any, ...]:
        """The events of all texts, keys too, in order; nothing if the text is no YAML."""
        return tuple(texts_in(self._mark)) if self._mark else ()

    @cached_property
    def _mark(self) -> Mark | None:
        try:
            return self.yaml.mark
        except ReadError:
            return None

    def locate(self, path: Path) -> Span:
        """The place of the value at a path, or of the nearest value around it; containers are told by their key."""
        (key, mark), rest = self._nearest(path)
        if mark is None:
            return START
        span, style = span_of(mark), style_of(mark)
        index = rest[0] if rest else 0 if style == ">" else None
        if style in BLOCKS and isinstance(index, int):
            return self._line_of_block(span, index, style)
        is_told_by_key = key is not None and span.line != span.end_line and style != "|"
        return self._first_line(span_of(key) if is_told_by_key else span)

    def locate_key(self, path: Path) -> Span:
        """The place of the key at a path; of the value where there is no key."""
        (key, mark), rest = self._nearest(path)
        if mark is None or rest:
            return self.locate(path)
        return self._first_line(span_of(mark if key is None else key))

    def text_at(self, path: Path) -> Any:
        """The event of the text at a path, or of the block that holds it, of which `locate` tells the place; None of a
        container, and of a text of several lines that is told by its key."""
        (_, mark), _ = self._nearest(path)
        is_told = style_of(mark) in BLOCKS or (mark is not None and span_of(mark) == self.locate(path))
        return None if not is_told or isinstance(mark, Container) else mark

    def _nearest(self, path: Path) -> tuple[tuple[Any, Mark | None], Path]:
        """The key and the mark that a path leads to, or the last ones on the way, and what is left of the path.

        A value may stand alone where a list could: an index of 0 on the way that leads nowhere is passed over."""
        key, mark = None, self._mark
        for place, name in enumerate(path):
            part = report_part(mark, name) if mark is not None else None
            if part is not None:
                key, mark = part
            elif name != 0 or place == len(path) - 1:
                return (key, mark), path[place:]
        return (key, mark), ()

    def _first_line(self, span: Span) -> Span:
        if span.end_line == span.line:
            return span
        end = len(self.lines[span.line - 1].rstrip()) + 1
        return Span(span.line, span.column, span.line, max(end, span.column + 1))

    def _line_of_block(self, block: Span, index: int, style: str) -> Span:
        """The line where the paragraph with this index starts; folded ones are parted by blank lines."""
        after = block.end_line - (block.end_column == 1)  # a last line without a line end belongs to the block
        filled = [n for n in range(block.line, after) if self.lines[n].strip()]
        if style == ">":
            filled = [n for n in filled if n == filled[0] or not self.lines[n - 1].strip()]
        if index >= len(filled):
            return self._first_line(block)
        line = self.lines[filled[index]]
        return Span(filled[index] + 1, len(line) - len(line.lstrip()) + 1, filled[index] + 1, len(line.rstrip()) + 1)


IGNORE = "qmsplan: ignore"
"""The words of comments that let a finding pass (`check.findings`)."""

_SIGN = rf"#(?=[^\s#!]| (?:số|[Nn]o\.?) ?\d)(?!{IGNORE}\b)"
"""A `#` that starts no comment in the usual form, though the parser takes it for one."""


def first_not_nfc(text: str) -> Span:
    """The first character of a text that is not in normal form C."""
    composed = unicodedata.normalize("NFC", text) + "\0"
    index = next(i for i, (old, new) in enumerate(zip(text, composed, strict=False)) if old != new)
    return span_at(text, index)


def composed(source: Source) -> Fix:
    """The change that writes a text in normal form C, line by line."""
    edits = []
    for number, line in enumerate(source.lines, 1):
        if not unicodedata.is_normalized("NFC", line):
            edits.append((Span(number, 1, number, len(line) + 1), unicodedata.normalize("NFC", line)))
    return Fix(tuple(edits))


def _in_quotes(source: Source, cut: Span) -> Fix | None:
    """The change that puts quotes around a text and what was taken for a comment; None if it has quotes of its own."""
    line = source.lines[cut.line - 1]
    start = next(
        (span.column for span in map(span_of, source.texts) if span.end_line == cut.line == span.line
         and span.end_column == len(line[: cut.column - 1].rstrip()) + 1),
        None,
    )  # fmt: skip
    if start is None:
        return None
    whole = Span(cut.line, start, cut.line, len(line.rstrip()) + 1)
    return Fix(((whole, json.dumps(line[start - 1 :].rstrip(), ensure_ascii=False)),))


def texts_cut_by_comment(source: Source) -> Iterator[Span]:
    """Places where ` #x` right behind plain text was meant as text: `Phòng #1`, `Sổ # số 3`. A comment has a space
    after # and tells no number."""
    if not re.search(" " + _SIGN, source.text):
        return
    lines = source.text.split("\n")
    for event in source.texts:
        if event.implicit[0]:
            _, _, line, column = span_of(event)
            if match := re.match(" +" + _SIGN, lines[line - 1][column - 1 :]):
                start = column + match.end() - 1
                yield Span(line, start, line, start + 1)


MODELS: dict[str, type[FileModel]] = {"plan": Plan, "progress": Progress, "workspace": Settings}
"""The class of each kind of file."""
Value: TypeAlias = "Plan | Progress | Settings"


class Document(NamedTuple):
    """One file as read: its text, its value if it has one, and what is wrong with it."""

    source: Source
    value: Value | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Whether this is a signed plan. Of one that can't be read now, a sign-off in its text says so."""
        if self.value is None:
            return re.search("(?m)^signoff:", self.source.text) is not None
        return isinstance(self.value, Plan) and self.value.signoff is not None


@lru_cache(maxsize=8)
def read_content(content: bytes, name: str) -> Document:
    """The document in the bytes of a file. The last few are kept: a command that finds a plan, checks it and writes to
    it asks for the same bytes several times."""
    return read_once(content, name)


def read_once(content: bytes, name: str) -> Document:
    """The document in the bytes of a file that nobody will ask for again: of many files one after the other, keeping
    the last few costs a tenth, because their memory is not used anew."""
    try:
        text = decode(fitting(content))
    except ReadError as broken:  # an editor shows it at its place in the text
        text = content[:LARGEST].removeprefix(BOM_UTF8).decode("utf-8", "replace")
        return Document(Source(name, text), None, (as_diagnostic(name, broken),))
    return _read_document(Source(name, text))


BytesReader: TypeAlias = Callable[[bytes, str], Document]
"""`read_content`, or `read_once` where many files are read one after the other."""


def read_file(path: FilePath, name: str, reading: BytesReader = read_content) -> Document:
    """The document in a file; `name` is what users are shown."""
    try:
        content = read_bytes(path)
    except ReadError as broken:
        return Document(Source(name, ""), None, (as_diagnostic(name, broken),))
    return reading(content, name)


def read_source(path: FilePath, name: str) -> Source:
    """The text in a file, nothing if it can't be read: to find places in what `read_file` has judged before."""
    try:
        return Source(name, decode(read_bytes(path)))
    except ReadError:
        return Source(name, "")


def read(file: File, reading: BytesReader = read_content) -> Document:
    """The document in a file, or in what is read instead of it."""
    if file.content is None:
        return read_file(file.path, file.name, reading)
    return reading(file.content, file.name)


def _read_document(source: Source) -> Document:
    """The document in a text whose characters may all stand in a plan."""
    try:
        tree = source.yaml.value
    except ReadError as broken:
        return Document(source, None, (as_diagnostic(source.name, broken),))
    remarks = tuple(_remarks(source))
    kind = tree.get("kind") if isinstance(tree, dict) else None
    if not isinstance(kind, str) or kind not in MODELS:
        return Document(source, None, (_unknown_kind(source, tree), *remarks))
    value, diagnostics = explain(MODELS[kind], tree, source)
    return Document(source, value, (*diagnostics, *remarks))


def explain(model: type[FileModel], tree: object, source: Source) -> tuple[Any, list[Diagnostic]]:
    """`validate`, with each path turned into a place in the source."""
    value, faults = validate(model, tree)
    return value, [_diagnostic(source, fault) for fault in faults]


def _diagnostic(source: Source, fault: FieldFault) -> Diagnostic:
    path, code, message, hint = fault
    if code is UNKNOWN_FIELD or path[-1:] == (KEY,):
        span = source.locate_key(path if code is UNKNOWN_FIELD else path[:-1])
    else:
        span = source.locate(path[:-1] if code is MISSING_FIELD else path)
    meant = str(dict(hint.values)["name"]) if hint and hint.template == DID_YOU_MEAN else None
    fix = Fix(((span, meant),), is_sure=False) if meant else None
    if hint is TAKEN_FOR_A_FIELD and span.line == span.end_line:
        text = source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        fix = Fix(((span, json.dumps(text, ensure_ascii=False)),))
    return diagnose(source.name, code, message, span, hint, fix=fix)


def _unknown_kind(source: Source, tree: Tree) -> Diagnostic:
    fields: frozenset[str] = frozenset(tree) if isinstance(tree, dict) else frozenset()
    likely = "workspace" if FilePath(source.name).name == MARK else "progress" if fields & LISTS.keys() else "plan"
    hint = Message("start the file with 'kind: {kind}'", kind=likely)
    if tree is None:
        return diagnose(source.name, UNKNOWN_KIND, Message("the file is empty"), hint=hint)
    if not isinstance(tree, dict):
        return diagnose(source.name, UNKNOWN_KIND, Message("the file holds no fields"), hint=hint)
    path: Path = ("kind",) if "kind" in tree else ()
    message: Message = Message("the file does not say what it holds")
    if isinstance(tree.get("kind"), str):
        message = Message("'{kind}' is not a kind of file expected here", kind=tree["kind"])
    return diagnose(source.name, UNKNOWN_KIND, message, source.locate(path), hint)


def _remarks(source: Source) -> list[Diagnostic]:
    found = []
    if not source.is_composed:
        span = first_not_nfc(source.text)
        message = Message("the text is not in Unicode normal form C; it is read as if it were")
        hint = Message("type Vietnamese with a keyboard set to precomposed Unicode (dựng sẵn)")
        found.append(diagnose(source.name, NOT_NFC, message, span, hint, fix=composed(source)))
    for span in texts_cut_by_comment(source):
        message = Message("the text ends here: ' #' starts a comment")
        hint = Message("put the whole text in quotes")
        found.append(diagnose(source.name, CUT_BY_COMMENT, message, span, hint, fix=_in_quotes(source, span)))
    return [*found, *_old_letters(source), *_typeset_quotes(source)]


def _old_letters(source: Source) -> Iterator[Diagnostic]:
    """Words typed for a font from before Unicode; told once, with a fix for all."""
    if not ODD.search(source.text):
        return
    found = [(number, word) for number, line in enumerate(source.lines, 1) for word in old_words(line)]
    edits = []
    for number, word in found:
        span = Span(number, word.start + 1, number, word.start + 1 + len(word.typed))
        edits.append((span, word.meant))
    for number, (span, meant) in enumerate(edits[:1]):
        word = found[number][1]
        message = Message("'{typed}' is typed for an old font ({code}); read as Unicode it is no word",
            typed=word.typed, code=word.code)  # fmt: skip
        hint = Message("write '{text}'; convert the text to Unicode", text=meant)
        fix = Fix(tuple(edits), is_sure=len({word.typed for _, word in found}) > 1)  # one may be a name: `Loïc`
        yield diagnose(source.name, ODD_SIGNS, message, span, hint, fix=fix)


_READ = frozenset(
    {"id", "item", "plan", "period", "target", "deadline", "lead", "support", "start", "unit", "base", "threshold"}
    | {"frequency", "aggregation", "template", "implements", "supports", "issuer", "value", "done", "date", "recorded"}
)
"""Fields whose values are read as something; in others, which are printed, a whole text may be quoted."""
_TYPESET = re.compile("[“”„‘’](?P<text>[^“”„‘’]+)[“”‘’]")


def _typeset_quotes(source: Source) -> Iterator[Diagnostic]:
    """Values within the quotation marks of a word processor, which become a part of them."""
    mark = source.yaml.mark
    if mark is None or not any(sign in source.text for sign in "“”„‘’"):
        return
    for path, placed in walk(mark):
        field = next((part for part in reversed(path) if isinstance(part, str)), "")
        if isinstance(placed.mark, Container) or style_of(placed.mark) or field not in _READ:
            continue
        if match := _TYPESET.fullmatch(placed.mark.value):
            span, typed = span_of(placed.mark), json.dumps(match["text"], ensure_ascii=False)
            message = Message("'{sign}' is no quotation mark of YAML and becomes a part of the value",
                sign=placed.mark.value[0])  # fmt: skip
            hint = Message("write {text}, with the mark of the keyboard", text=typed)
            yield diagnose(source.name, ODD_SIGNS, message, span, hint, fix=Fix(((span, typed),)))


def as_diagnostic(name: str, broken: ReadError) -> Diagnostic:
    """What ended the reading of a file, as a diagnostic."""
    related = (Related(name, broken.first, Message("first used here")),) if broken.first else ()
    return diagnose(name, broken.code, broken.message, broken.span, broken.hint, related, broken.fix)
