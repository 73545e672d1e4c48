"""Text to a plan, a progress file or settings: the same call for a file, a git blob, an import and a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from qmsplan.diagnostic import Diagnostic, Path, Related, Text, say
from qmsplan.load.explain import validate
from qmsplan.load.faults import (
    CUT_BY_COMMENT,
    MISSING_FIELD,
    NOT_NFC,
    UNKNOWN_FIELD,
    UNKNOWN_KIND,
    Broken,
    Code,
    diagnose,
)
from qmsplan.load.lint import first_not_nfc, texts_cut_by_comment
from qmsplan.load.source import Source
from qmsplan.load.text import decode, find_forbidden, fitting, forbidden, read_bytes, span_at
from qmsplan.load.tree import read_tree
from qmsplan.model.plan import Plan
from qmsplan.model.record import Progress
from qmsplan.model.settings import Settings
from qmsplan.model.shape import FileModel

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from qmsplan.load.tree import Tree

MODELS: dict[str, type[FileModel]] = {"plan": Plan, "progress": Progress, "workspace": Settings}
"""The class of each kind of file."""
Value: TypeAlias = "Plan | Progress | Settings"


class Document(NamedTuple):
    """One file as read: its text, its value if it has one, and what is wrong with it."""

    source: Source
    value: Value | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_file(path: FilePath, name: str) -> Document:
    """The document in a file; `name` is what users are shown."""
    try:
        content = read_bytes(path)
    except Broken as broken:
        return Document(Source(name, ""), None, (as_diagnostic(name, broken),))
    return read_content(content, name)


def read_content(content: bytes, name: str) -> Document:
    """The document in the bytes of a file."""
    try:
        text = decode(fitting(content))
    except Broken as broken:
        return Document(Source(name, ""), None, (as_diagnostic(name, broken),))
    return _read(Source(name, text))


def read_document(source: Source, expected: str | None = None) -> Document:
    """The document in a text. Every fault is a diagnostic; nothing is raised."""
    if found := find_forbidden(source.text):
        broken = forbidden(found[0], span_at(source.text, found.start(), 1))
        return Document(source, None, (as_diagnostic(source.name, broken),))
    return _read(source, expected)


def _read(source: Source, expected: str | None = None) -> Document:
    """The document in a text whose characters may all stand in a plan."""
    try:
        tree = read_tree(source.text)
    except Broken as broken:
        return Document(source, None, (as_diagnostic(source.name, broken),))
    remarks = tuple(_remarks(source))
    kind = tree.get("kind") if isinstance(tree, dict) else None
    if not isinstance(kind, str) or kind not in MODELS or (expected and kind != expected):
        return Document(source, None, (_unknown_kind(source, tree, expected), *remarks))
    value, diagnostics = explain(MODELS[kind], tree, source)
    return Document(source, value, (*diagnostics, *remarks))


def explain(model: type[FileModel], tree: object, source: Source) -> tuple[Any, list[Diagnostic]]:
    """`validate`, with each path turned into a place in the source."""
    value, faults = validate(model, tree)
    return value, [_diagnostic(source, *fault) for fault in faults]


def _diagnostic(source: Source, path: Path, code: Code, message: Text, hint: Text | None) -> Diagnostic:
    if code is UNKNOWN_FIELD:
        span = source.locate_key(path)
    else:
        span = source.locate(path[:-1] if code is MISSING_FIELD else path)
    return diagnose(source.name, code, message, span, hint)


def _unknown_kind(source: Source, tree: Tree, expected: str | None) -> Diagnostic:
    hint = say("start the file with 'kind: {kind}'", kind=expected or "plan")
    if tree is None:
        return diagnose(source.name, UNKNOWN_KIND, say("the file is empty"), hint=hint)
    if not isinstance(tree, dict):
        return diagnose(source.name, UNKNOWN_KIND, say("the file holds no fields"), hint=hint)
    path: Path = ("kind",) if "kind" in tree else ()
    message: Text = say("the file does not say what it holds")
    if isinstance(tree.get("kind"), str):
        message = say("'{kind}' is not a kind of file expected here", kind=tree["kind"])
    return diagnose(source.name, UNKNOWN_KIND, message, source.locate(path), hint)


def _remarks(source: Source) -> list[Diagnostic]:
    found = []
    if not source.is_composed:
        span = first_not_nfc(source.text)
        message = say("the text is not in Unicode normal form C; it is read as if it were")
        hint = say("type Vietnamese with a keyboard set to precomposed Unicode (dựng sẵn)")
        found.append(diagnose(source.name, NOT_NFC, message, span, hint))
    for span in texts_cut_by_comment(source.text):
        message = say("the text ends here: ' #' starts a comment")
        found.append(diagnose(source.name, CUT_BY_COMMENT, message, span, say("put the whole text in quotes")))
    return found


def as_diagnostic(name: str, broken: Broken) -> Diagnostic:
    """What ended the reading of a file, as a diagnostic."""
    related = (Related(name, broken.first, say("first used here")),) if broken.first else ()
    return diagnose(name, broken.code, broken.message, broken.span, broken.hint, related)
