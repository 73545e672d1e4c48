"""The language server itself: requests of an editor to a session of its workspace, over standard input and output.

Positions of the protocol count from 0, in the units that the editor asks for; spans of ours count characters from 1."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from qmsplan import __version__
from qmsplan.diagnostics import Diagnostic, Severity, Span, UserError
from qmsplan.load.files import find_workspace
from qmsplan.lsp.help import Suggestion, complete, hover
from qmsplan.lsp.places import Cursor, IdPlace, Symbol, cursor_at, folds, symbols
from qmsplan.lsp.session import (
    Action,
    Session,
    TextChange,
    actions,
    can_rename,
    completion,
    id_at,
    rename,
    text_there,
    unit_at,
)

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_KINDS = {
    "field": types.CompletionItemKind.Field,
    "unit": types.CompletionItemKind.Class,
    "id": types.CompletionItemKind.Reference,
    "phrase": types.CompletionItemKind.Text,
    "value": types.CompletionItemKind.Value,
}

Opener: TypeAlias = Callable[[Path], Session]
"""From the root of a workspace to a session on it."""


class PlanServer(LanguageServer):
    """A language server with a session for each workspace that files were opened of."""

    def __init__(self, open_session: Opener) -> None:
        # whole texts: of a part pygls counts other lines than editors
        super().__init__("qmsplan", __version__, types.TextDocumentSyncKind.Full)
        self._open_session = open_session
        self._sessions: dict[Path, Session] = {}
        self._addresses: dict[str, str] = {}

    def remember(self, uri: str) -> None:
        """Keeps how the editor writes the address of an open file: `file:///C%3A/…` and `file:///c:/…` are one file,
        and not every editor knows that."""
        self._addresses[from_fs_path(to_fs_path(uri) or "") or ""] = uri

    def session_of(self, uri: str) -> tuple[Session, str] | None:
        """The session of the nearest workspace around a file, and the file's name in it; None for a file of none."""
        path = Path(to_fs_path(uri) or "")
        root = find_workspace(path.parent)
        if root is None or not path.is_relative_to(root):
            return None
        if root not in self._sessions:
            self._sessions[root] = self._open_session(root)
        return self._sessions[root], path.relative_to(root).as_posix()

    def uri_of(self, session: Session, name: str) -> str:
        """The address of a file by its name, as the editor writes it where it has opened the file."""
        uri = from_fs_path(os.fspath(session.folder.root / name)) or ""
        return self._addresses.get(uri, uri)

    def publish(self, session: Session) -> None:
        """Sends the findings of all open files."""
        for name in session.open_names:
            uri = self.uri_of(session, name)
            lines = self.lines_of(session, name)
            found = [self.diagnostic(session, lines, one) for one in session.diagnostics(name)]
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found))

    def lines_of(self, session: Session, name: str) -> list[str]:
        """The lines of a file, with their ends."""
        return _lines(session.document(name).source.text)

    def range_of(self, lines: Sequence[str], span: Span) -> types.Range:
        """A span in the units that the editor counts in."""
        codec = self.workspace.position_codec
        places = ((span.line, span.column), (span.end_line, span.end_column))
        start, end = (types.Position(line - 1, column - 1) for line, column in places)
        return types.Range(codec.position_to_client_units(lines, start), codec.position_to_client_units(lines, end))

    def place_of(self, lines: Sequence[str], position: types.Position) -> tuple[int, int]:
        """Line and column, from 0, of a position of the editor."""
        found = self.workspace.position_codec.position_from_client_units(lines, position)
        return found.line, found.character

    def diagnostic(self, session: Session, lines: Sequence[str], found: Diagnostic) -> types.Diagnostic:
        """A finding as the protocol has it; the hint stands below the message."""
        message = session.translate(found.message)
        if found.hint:
            message += "\n" + session.translate(found.hint)
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(
                    self.uri_of(session, other.file), self.range_of(self.lines_of(session, other.file), other.span)
                ),
                session.translate(other.message),
            )
            for other in found.related
        ]
        return types.Diagnostic(
            self.range_of(lines, found.span),
            message,
            severity=_SEVERITIES[found.severity],
            code=found.code,
            source="qmsplan",
            related_information=related or None,
        )

    def location(self, session: Session, name: str, span: Span) -> types.Location:
        """A place in a file."""
        return types.Location(self.uri_of(session, name), self.range_of(self.lines_of(session, name), span))

    def edit(self, session: Session, changes: Iterable[TextChange]) -> types.WorkspaceEdit:
        """Changes of files as the protocol has them."""
        found: dict[str, list[types.TextEdit]] = {}
        for change in changes:
            lines = self.lines_of(session, change.file)
            edit = types.TextEdit(self.range_of(lines, change.span), change.text)
            found.setdefault(self.uri_of(session, change.file), []).append(edit)
        return types.WorkspaceEdit(changes=found)

    def new_file(self, session: Session, name: str, changes: Iterable[TextChange]) -> types.WorkspaceEdit:
        """A file that is made, with its text."""
        uri, start = self.uri_of(session, name), types.Range(types.Position(0, 0), types.Position(0, 0))
        about = types.OptionalVersionedTextDocumentIdentifier(uri)
        edits = [types.TextEdit(start, change.text) for change in changes]
        return types.WorkspaceEdit(document_changes=[types.CreateFile(uri), types.TextDocumentEdit(about, edits)])

    @property
    def can_make_files(self) -> bool:
        """Whether the editor makes files where an answer asks for it."""
        workspace = self.client_capabilities.workspace
        edits = workspace.workspace_edit if workspace else None
        return types.ResourceOperationKind.Create in ((edits and edits.resource_operations) or ())


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends, as our spans and editors count them: `str.splitlines` knows more ends."""
    return [f"{line}\n" for line in text.split("\n")]


class Asked(NamedTuple):
    """What a request is about: a file of a session, its lines, and the place in it, from 0."""

    session: Session
    name: str
    lines: list[str]
    line: int
    column: int

    @property
    def cursor(self) -> Cursor:
        """The place in the file's fields."""
        return cursor_at([text.rstrip("\r\n") for text in self.lines] or [""], self.line, self.column)

    @property
    def text(self) -> str:
        """The whole text that stands there."""
        return text_there(self.session.document(self.name).source, self.line + 1, self.column + 1)

    @property
    def id(self) -> IdPlace | None:
        """The id that stands there."""
        return id_at(self.session.document(self.name).source, self.line + 1, self.column + 1)


def _is_own_fault(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], JsonRpcInvalidParams))


def make_server(open_session: Opener) -> PlanServer:
    """A server with everything that it answers. A request that is refused is no fault of the server's own, whose trace
    editors would show in its log."""
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_own_fault)
    server = PlanServer(open_session)
    for method in (types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE):
        server.feature(method)(partial(_on_change, server))
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(partial(_on_close, server))
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(partial(_on_save, server))
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(partial(_on_written, server))
    for method in (types.WORKSPACE_DID_RENAME_FILES, types.WORKSPACE_DID_DELETE_FILES):
        server.feature(method, _FILES_AND_FOLDERS)(partial(_on_moved, server))
    for method, (answer, options) in _ANSWERS.items():
        server.feature(method, options)(partial(_answer_request, server, answer))
    return server


def _on_change(server: PlanServer, params: Any) -> None:
    uri = params.text_document.uri
    found = server.session_of(uri)
    if found:
        server.remember(uri)
        session, name = found
        session.put(name, server.workspace.get_text_document(uri).source)
        server.publish(session)


def _on_close(server: PlanServer, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    found = server.session_of(uri)
    if found:
        found[0].close(found[1])
        server.publish(found[0])
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def _on_save(server: PlanServer, params: types.DidSaveTextDocumentParams) -> None:
    _look_again(server, params.text_document.uri)


def _on_written(server: PlanServer, params: types.DidChangeWatchedFilesParams) -> None:
    for change in params.changes:
        _look_again(server, change.uri)


_FILES_AND_FOLDERS = types.FileOperationRegistrationOptions(
    [types.FileOperationFilter(types.FileOperationPattern("**"))]
)


def _on_moved(server: PlanServer, params: types.RenameFilesParams | types.DeleteFilesParams) -> None:
    """Of a folder that somebody moves, editors do not tell the files in it."""
    for file in params.files:
        for uri in (file.old_uri, file.new_uri) if isinstance(file, types.FileRename) else (file.uri,):
            _look_again(server, uri)


def _look_again(server: PlanServer, uri: str) -> None:
    found = server.session_of(uri)
    if found:
        found[0].changed_on_disk(found[1])
        server.publish(found[0])


Answer: TypeAlias = Callable[[PlanServer, Asked, Any], Any]


def _answer_request(server: PlanServer, answer: Answer, params: Any) -> Any:
    """The answer to a request; None for a file of no workspace."""
    found = server.session_of(params.text_document.uri)
    if found is None:
        return None
    session, name = found
    lines = server.lines_of(session, name)
    marked = getattr(params, "range", None)
    position = marked.start if marked else getattr(params, "position", types.Position(0, 0))
    return answer(server, Asked(session, name, lines, *server.place_of(lines, position)), params)


def _to_complete(server: PlanServer, asked: Asked, _params: types.CompletionParams) -> types.CompletionList:
    offered = complete(asked.session, asked.name, asked.cursor)
    items = [_completion_item(server, asked, one, number) for number, one in enumerate(offered)]
    return types.CompletionList(is_incomplete=False, items=items)


def _completion_item(server: PlanServer, asked: Asked, offered: Suggestion, number: int) -> types.CompletionItem:
    span = Span(asked.line + 1, offered.start + 1, asked.line + 1, asked.column + 1)
    return types.CompletionItem(
        offered.label,
        kind=_KINDS[offered.kind],
        detail=offered.detail or None,
        documentation=offered.documentation or None,
        filter_text=offered.found_by or offered.text.split("\n")[0],
        sort_text=f"{number:05}",
        text_edit=types.TextEdit(server.range_of(asked.lines or [""], span), offered.text),
    )


def _to_hover(_server: PlanServer, asked: Asked, _params: types.HoverParams) -> types.Hover | None:
    told = hover(asked.session, asked.name, asked.cursor, asked.text)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, told)) if told else None


def _to_definition(server: PlanServer, asked: Asked, _params: types.DefinitionParams) -> list[types.Location]:
    return [place for place, other in _uses(server, asked) if other.is_given]


def _to_references(server: PlanServer, asked: Asked, params: types.ReferenceParams) -> list[types.Location]:
    with_given = params.context.include_declaration
    return [place for place, other in _uses(server, asked) if with_given or not other.is_given]


def _uses(server: PlanServer, asked: Asked) -> list[tuple[types.Location, IdPlace]]:
    """Everywhere that the id there, or the one unit that the text there names, is given or used."""
    session = asked.session
    place = asked.id or unit_at(session, asked.text)
    if place is None:
        return []
    return [(server.location(session, file, other.span), other) for file, other in session.places_of(place)]


def _to_symbols(server: PlanServer, asked: Asked, _params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    document = asked.session.last_good(asked.name)
    lines = _lines(document.source.text)
    return [_document_symbol(server, lines, one) for one in symbols(document)]


def _document_symbol(server: PlanServer, lines: Sequence[str], part: Symbol) -> types.DocumentSymbol:
    place = server.range_of(lines, part.span)
    below = [_document_symbol(server, lines, below) for below in part.parts]
    start, kind = types.Range(place.start, place.start), types.SymbolKind.Object
    return types.DocumentSymbol(part.name or "-", kind, place, start, detail=part.detail, children=below)


def _to_folds(_server: PlanServer, asked: Asked, _params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    source = asked.session.last_good(asked.name).source
    return [types.FoldingRange(first - 1, last - 1) for first, last in folds(source)]


def _to_prepare_rename(server: PlanServer, asked: Asked, _params: types.PrepareRenameParams) -> types.Range | None:
    place = asked.id
    return server.range_of(asked.lines, place.span) if place and can_rename(place) else None


def _to_rename(server: PlanServer, asked: Asked, params: types.RenameParams) -> types.WorkspaceEdit | None:
    place, session = asked.id, asked.session
    if place is None:
        return None
    try:
        return server.edit(session, rename(session, place, params.new_name))
    except UserError as fault:
        told = [session.translate(text) for text in (fault.message, fault.hint) if text]
        raise JsonRpcInvalidParams(". ".join(told)) from None


def _to_code_actions(server: PlanServer, asked: Asked, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Fixes of the findings in the lines that are marked; and the record that the item whose id is marked is done."""
    session, name = asked.session, asked.name
    wanted = range(params.range.start.line + 1, params.range.end.line + 2)
    near = tuple(found for found in session.diagnostics(name) if found.span.line in wanted)
    found = [_code_action(server, asked, action) for action in actions(session, name, near)]
    action = completion(session, asked.id) if asked.id else None
    if action and (not action.starts or server.can_make_files):
        found.append(_code_action(server, asked, action))
    return found


def _code_action(server: PlanServer, asked: Asked, action: Action) -> types.CodeAction:
    session, about = asked.session, action.diagnostic
    edit = server.edit(session, action.changes)
    if action.starts:
        edit = server.new_file(session, action.starts, action.changes)
    return types.CodeAction(
        action.title,
        kind=types.CodeActionKind.QuickFix if about else types.CodeActionKind.Refactor,
        diagnostics=[server.diagnostic(session, asked.lines, about)] if about else None,
        edit=edit,
    )


_ANSWERS: dict[str, tuple[Answer, Any]] = {
    types.TEXT_DOCUMENT_COMPLETION: (_to_complete, types.CompletionOptions(trigger_characters=[" ", ":", "-", "/"])),
    types.TEXT_DOCUMENT_HOVER: (_to_hover, None),
    types.TEXT_DOCUMENT_DEFINITION: (_to_definition, None),
    types.TEXT_DOCUMENT_REFERENCES: (_to_references, None),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (_to_symbols, None),
    types.TEXT_DOCUMENT_FOLDING_RANGE: (_to_folds, None),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (_to_prepare_rename, None),
    types.TEXT_DOCUMENT_RENAME: (_to_rename, types.RenameOptions(prepare_provider=True)),
    types.TEXT_DOCUMENT_CODE_ACTION: (_to_code_actions, None),
}
"""What is answered to each request, and what the editor is told of it beforehand."""
