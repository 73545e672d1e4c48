"""The server as an editor meets it: requests over standard input and output, each with the answer it must have."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.client import LanguageClient

from lsp.workspaces import FILES, make, session_in
from qmsplan.lsp.server import make_server

PLAN, BEFORE, PROGRESS = "plans/KH-2026.yaml", "plans/KH-2025.yaml", "plans/progress/KH-2026.NV.yaml"


class Editor:
    """An editor with a server of its own and some files open. Places are told by a piece of text and what is before
    the cursor in it: `ite|m` is a cursor behind `ite`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.loop = folder, asyncio.new_event_loop()
        self.client = LanguageClient("editor", "1")
        self.texts: dict[str, str] = {}
        self.told: dict[str, list[types.Diagnostic]] = {}
        self.version = 0
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._keep(params))  # noqa: PLW0108  pygls marks it
        command = (sys.executable, "-m", "qmsplan", "--lang", "en", "lsp")
        self.wait(self.client.start_io(*command, cwd=os.fspath(folder)))
        edits = types.WorkspaceEditClientCapabilities(resource_operations=[types.ResourceOperationKind.Create])
        capabilities = types.ClientCapabilities(types.WorkspaceClientCapabilities(workspace_edit=edits))
        params = types.InitializeParams(capabilities, root_uri=folder.as_uri())
        self.initialized = self.wait(self.client.initialize_async(params))
        self.client.initialized(types.InitializedParams())

    def _keep(self, params: types.PublishDiagnosticsParams) -> None:
        self.told[self.name(params.uri)] = list(params.diagnostics)

    def wait(self, answer: Any) -> Any:
        return self.loop.run_until_complete(answer)

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def name(self, uri: str) -> str:
        return uri.removeprefix(self.folder.as_uri() + "/")

    def open(self, name: str) -> None:
        self.texts[name] = (self.folder / name).read_text("utf-8")
        item = types.TextDocumentItem(self.uri(name), "yaml", 1, self.texts[name])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, name: str, text: str) -> None:
        """The whole file is now this text."""
        self.version += 1
        self.texts[name] = text
        about = types.VersionedTextDocumentIdentifier(self.version, self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(about, [change]))

    def close(self) -> None:
        self.wait(self.client.shutdown_async(None))
        self.client.exit(None)
        self.wait(self.client.stop())
        self.loop.close()

    def place(self, name: str, marked: str) -> dict[str, Any]:
        """The place of the one `|` in a piece of the file's text, which is there once."""
        text, piece = self.texts[name], marked.replace("|", "")
        assert text.count(piece) == 1, piece
        before = text[: text.index(piece) + marked.index("|")]
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        units = len(before[len(before) - column :].encode("utf-16-le")) // 2
        return {
            "text_document": types.TextDocumentIdentifier(self.uri(name)),
            "position": types.Position(line, units),
        }

    def ask(self, name: str, marked: str, question: str, **more: Any) -> Any:
        """The answer of the client's method of that name, about a place."""
        kind = {
            "completion": types.CompletionParams,
            "hover": types.HoverParams,
            "definition": types.DefinitionParams,
            "references": types.ReferenceParams,
            "prepare_rename": types.PrepareRenameParams,
            "rename": types.RenameParams,
        }[question]
        answer = getattr(self.client, f"text_document_{question}_async")
        return self.wait(answer(kind(**self.place(name, marked), **more)))

    def offered(self, name: str, marked: str, word: str) -> list[types.CodeAction]:
        """The changes that are offered at a place, with a word in their titles."""
        place = self.place(name, marked)
        where = types.Range(place["position"], place["position"])
        params = types.CodeActionParams(place["text_document"], where, types.CodeActionContext([]))
        return [
            action
            for action in self.wait(self.client.text_document_code_action_async(params))
            if word in action.title and "today" in action.title
        ]

    def actions(self, name: str) -> list[types.CodeAction]:
        """All changes that are offered in a file."""
        about, end = types.TextDocumentIdentifier(self.uri(name)), types.Position(self.texts[name].count("\n"), 0)
        params = types.CodeActionParams(about, types.Range(types.Position(0, 0), end), types.CodeActionContext([]))
        return list(self.wait(self.client.text_document_code_action_async(params)))

    def settle(self) -> None:
        """Waits until the server has answered all that was said before."""
        about = types.TextDocumentIdentifier(self.uri(next(iter(self.texts))))
        self.wait(self.client.text_document_folding_range_async(types.FoldingRangeParams(about)))

    def labels(self, name: str, marked: str) -> list[str]:
        """What is offered at a place."""
        return [item.label for item in self.ask(name, marked, "completion").items]

    def shown(self, name: str, marked: str) -> str:
        """What is told about a place."""
        found = self.ask(name, marked, "hover")
        return found.contents.value if found else ""

    def found(self, name: str, marked: str, question: str, **more: Any) -> list[str]:
        """The places that an answer gives, as `file:line`."""
        places = self.ask(name, marked, question, **more) or []
        return sorted(f"{self.name(place.uri)}:{place.range.start.line + 1}" for place in places)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    editor = Editor(make(tmp_path_factory.mktemp("workspace")))
    for name in FILES:
        editor.open(name)
    yield editor
    editor.close()


@pytest.fixture
def editor(started: Editor) -> Editor:
    """One editor for all tests; each finds the files as they are on the disk."""
    for name, text in FILES.items():
        if started.texts[name] != text:
            started.type(name, text)
    return started


def test_fields_and_values_are_offered(editor: Editor) -> None:
    offered = editor.labels
    assert {"measures", "tasks", "weight"} <= set(offered(PLAN, "    lead|: Phòng Hành chính"))
    assert "id" not in offered(PLAN, "    lead|: Phòng Hành chính")  # the item has one
    assert {"closing", "annexes"} <= set(offered(PLAN, "prio|d: 2026\n".replace("prio", "perio")))
    assert "Phòng Hành chính" in offered(PLAN, "lead: |Phòng Nghiệp vụ")
    assert offered(PLAN, "issuer: |SO") == ["SO", "NV", "HC"]
    assert {"KH-2025", "KH-2025/MT01", "KH-2026/NV01"} <= set(offered(PLAN, "refs: [|KH-2025/MT01]"))
    assert "work-plan" in offered(PLAN, "template: |work-plan")
    assert {"2026", "2026-Q3", "2026-12"} <= set(offered(PLAN, "period: |2026\n"))
    assert "Trước 30/6/2026" in offered(PLAN, "deadline: |Quý IV năm 2026")
    assert ">98%" in offered(PLAN, 'target: |"≥ 98%"')
    assert offered(PROGRESS, "- item: |MT01") == ["MT01"]  # a task is not measured
    assert offered(PROGRESS, "- item: |NV01") == ["MT01", "NV01"]
    assert offered(PROGRESS, "unit: |NV") == ["SO", "NV", "HC"]
    assert offered(PROGRESS, "plan: |KH-2026") == ["KH-2025", "KH-2026"]
    assert {"vi", "en"} == set(offered("qmsplan.yaml", "language: |vi"))
    assert offered(PLAN, "kind: |plan") == ["plan"]


def test_half_typed_text_is_understood(editor: Editor) -> None:
    text = FILES[PLAN]
    editor.type(PLAN, text.replace("    deadline: Trước 30/6/2026\n", "    dead\n    \n"))
    assert "deadline" in editor.labels(PLAN, "    dead|\n")
    assert "deadline" in editor.labels(PLAN, "    dead\n    |\n")
    editor.type(PLAN, text.replace("lead: Phòng Hành chính", "lead: Phòng Nghiệp vụ 😀; "))
    assert "Phòng Hành chính" in editor.labels(PLAN, "Phòng Nghiệp vụ 😀; |")
    editor.type(PLAN, text.replace("    lead: Phòng Nghiệp vụ\n", "    frequency: \n", 1))
    assert "half-year" in editor.labels(PLAN, "    frequency: |\n")
    editor.type(PLAN, text.replace("    lead: Phòng Nghiệp vụ\n", "    aggregation: \n", 1))
    assert editor.labels(PLAN, "    aggregation: |\n") == ["sum", "cumulative", "latest", "final"]
    editor.type(PLAN, text.replace("lead: Phòng Hành chính", "lead: Phòng Nghiệp vụ 😀; "))
    item = next(i for i in editor.ask(PLAN, "Phòng Nghiệp vụ 😀; |", "completion").items if "Hành" in i.label)
    start = item.text_edit.range.start.character
    assert start == len("    lead: Phòng Nghiệp vụ 😀; ".encode("utf-16-le")) // 2
    editor.type(PLAN, text + "annexes:\n  - \n")
    assert "title" in editor.labels(PLAN, "annexes:\n  - |\n")
    editor.type(PROGRESS, FILES[PROGRESS] + "  - {item: }\n")
    assert editor.labels(PROGRESS, "{item: |}") == ["MT01", "NV01"]


def test_a_new_field_brings_no_null(editor: Editor) -> None:
    offered = editor.ask(PLAN, "    lead|: Phòng Hành chính", "completion").items
    items = {item.label: item.text_edit.new_text for item in offered}
    assert items["note"] == "note: "
    assert items["activities"] == "activities:\n      - "
    assert not any("null" in text for text in items.values())


def test_meanings_are_shown(editor: Editor) -> None:
    shown = editor.shown
    assert "31 December 2026" in shown(PLAN, "deadline: Quý| IV năm 2026") or "2026-12-31" in shown(
        PLAN, "deadline: Quý| IV năm 2026")  # fmt: skip
    assert "98" in shown(PLAN, 'target: "≥| 98%"')
    assert "**NV** Phòng Nghiệp vụ" in shown(PLAN, "lead: Phòng| Nghiệp vụ")
    assert "**SO** Sở Tư pháp" in shown(PLAN, "issuer: S|O")
    assert "Giải quyết hồ sơ đúng hạn đạt ≥ 95%" in shown(PLAN, "refs: [KH-2025/|MT01]")
    assert "Họp giao ban" in shown(PROGRESS, "item: NV|01")
    assert "done" in shown(PROGRESS, "item: NV|01")  # its state today
    assert "Cải cách hành chính năm 2026" in shown(PROGRESS, "plan: KH|-2026")
    assert shown(PLAN, "    dead|line: Quý IV năm 2026")  # what the field is for
    assert shown(PLAN, "text: Họp| giao ban")


def test_ids_are_found_across_files(editor: Editor) -> None:
    assert editor.found(PLAN, "refs: [KH-2025/M|T01]", "definition") == [f"{BEFORE}:9"]
    assert editor.found(PLAN, "refs: [KH|-2025/MT01]", "definition") == [f"{BEFORE}:2"]
    assert editor.found(PROGRESS, "plan: K|H-2026", "definition") == [f"{PLAN}:2"]
    assert editor.found(PROGRESS, "item: NV|01", "definition") == [f"{PLAN}:16"]
    assert editor.found(PLAN, "lead: Phòng| Nghiệp vụ", "definition") == ["qmsplan.yaml:5"]
    context = types.ReferenceContext(include_declaration=True)
    assert editor.found(PLAN, "- id: NV|01", "references", context=context) == [f"{PLAN}:16", f"{PROGRESS}:11"]
    context = types.ReferenceContext(include_declaration=False)
    assert editor.found(BEFORE, "- id: MT|01", "references", context=context) == [f"{PLAN}:20"]


def test_an_id_is_renamed_everywhere(editor: Editor) -> None:
    edit = editor.ask(PLAN, "- id: NV|01", "rename", new_name="NV09")
    assert {editor.name(uri): len(edits) for uri, edits in edit.changes.items()} == {PLAN: 1, PROGRESS: 1}
    assert {one.new_text for edits in edit.changes.values() for one in edits} == {"NV09"}
    edit = editor.ask(BEFORE, "id: KH|-2025", "rename", new_name="KH-NAM-2025")
    assert {editor.name(uri) for uri in edit.changes} == {BEFORE, PLAN}
    assert editor.ask(PLAN, "- id: NV|01", "prepare_rename") is not None
    assert editor.ask(PLAN, "text: Họp| giao ban", "prepare_rename") is None
    for name, why in (("NV 09", "can't be an id"), ("MT01", "there already")):
        with pytest.raises(JsonRpcException, match=why):
            editor.ask(PLAN, "- id: NV|01", "rename", new_name=name)


def test_what_is_refused_leaves_no_trace_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    make_server(session_in)
    for fault in (JsonRpcInvalidParams("no"), ValueError("no")):
        logging.getLogger("pygls.protocol.json_rpc").error("refused", exc_info=fault)
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ValueError]


def test_a_file_belongs_to_the_nearest_workspace_whichever_was_opened_first(tmp_path: Path) -> None:
    outer, inner = make(tmp_path / "outer") / PLAN, make(tmp_path / "outer" / "inner") / PLAN
    for opened in ((outer, inner), (inner, outer)):
        server = make_server(session_in)
        found = {path: server.session_of(path.as_uri()) for path in opened}
        roots = {path: session.folder.root / name for path, (session, name) in found.items()}
        assert roots == {path: path for path in opened}
    assert server.session_of((tmp_path / "a.yaml").as_uri()) is None


def test_what_is_offered_is_what_may_stand_there(editor: Editor) -> None:
    """An empty line is none of the value above it; a unit of measure is no agency; a plan carries out others."""
    editor.type(PLAN, "kind: plan\nid: KH-2026\n")
    assert {"template", "period", "head"} <= set(editor.labels(PLAN, "id: KH-2026\n|"))
    text = FILES[PLAN].replace("    lead: Phòng Hành chính", "    lead:\n      - x\n    unit: y\n    implements: z")
    editor.type(PLAN, text)
    assert {"Phòng Hành chính", "unit", "scope"} <= set(editor.labels(PLAN, "      - |x"))
    assert "HC" not in editor.labels(PLAN, "    unit: |y")
    assert {name.partition("/")[0] for name in editor.labels(PLAN, "    implements: |z")} == {"KH-2025"}


def test_a_signed_plan_keeps_its_ids(editor: Editor) -> None:
    """Also where it only names what another plan gives, and where it has an error; nothing is written into it."""
    signed = FILES[PLAN] + "signoff:\n  number: 12/KH-STP\n  date: 2026-01-15\n"
    for text in (signed, f"{signed}oops: 1\n", signed.replace("Phòng Hành chính", "Phòng Hành chánh")):
        editor.type(PLAN, text)
        for name, marked in ((PLAN, "- id: NV|01"), (BEFORE, "- id: MT|01"), (PROGRESS, "item: NV|01")):
            with pytest.raises(JsonRpcException, match=r"KH-2026\.yaml is signed"):
                editor.ask(name, marked, "rename", new_name="NV09")
        assert {action.title[:3] for action in editor.actions(PLAN)} <= {"let"}


def test_what_cannot_be_read_is_not_renamed_in_part(editor: Editor) -> None:
    editor.type(PROGRESS, FILES[PROGRESS] + '    note: "half\n')
    with pytest.raises(JsonRpcException, match=f"'NV01' stands in {PROGRESS}, which can't be read now"):
        editor.ask(PLAN, "- id: NV|01", "rename", new_name="NV09")


@pytest.mark.parametrize("sign", ["\u200b", "\u2028", "\v"])
def test_a_sign_that_no_plan_holds_is_told_and_deleted_at_its_place(editor: Editor, sign: str) -> None:
    """Editors end a line at other signs than Python does."""
    editor.type(PLAN, FILES[PLAN].replace("KẾ HOẠCH", f"KẾ{sign} HOẠCH").replace("giao ban", f"giao{sign} ban"))
    editor.settle()
    (found,) = editor.told[PLAN]
    assert (found.code, found.range.start) == ("QP003", types.Position(5, 10))
    for action in editor.actions(PLAN):
        ((edit,),) = action.edit.changes.values()
        assert (edit.range, edit.new_text) == (found.range, "")
    kind = editor.initialized.capabilities.text_document_sync.change
    assert kind is types.TextDocumentSyncKind.Full  # parts of a text would be put where Python counts the lines


def test_plans_of_a_folder_that_moves_are_found_again(tmp_path: Path) -> None:
    editor = Editor(make(tmp_path))
    editor.open(PLAN)
    where = editor.folder / "plans" / "x"
    where.mkdir()
    (editor.folder / BEFORE).rename(where / "B.yaml")
    moved = types.FileRename(editor.uri(BEFORE), editor.uri("plans/x/B.yaml"))
    editor.client.workspace_did_rename_files(types.RenameFilesParams([moved]))
    assert editor.found(PLAN, "refs: [KH-2025/MT|01]", "definition") == ["plans/x/B.yaml:9"]
    where.rename(where.with_name("y"))
    moved = types.FileRename(editor.uri("plans/x"), editor.uri("plans/y"))
    editor.client.workspace_did_rename_files(types.RenameFilesParams([moved]))
    assert editor.found(PLAN, "refs: [KH-2025/MT|01]", "definition") == ["plans/y/B.yaml:9"]
    (where.with_name("y") / "B.yaml").unlink()
    where.with_name("y").rmdir()
    editor.client.workspace_did_delete_files(types.DeleteFilesParams([types.FileDelete(editor.uri("plans/y"))]))
    editor.settle()
    assert [found.code for found in editor.told[PLAN]] == ["QP107"]
    editor.close()


def test_findings_are_told_as_they_come_and_go(editor: Editor) -> None:
    editor.type(PLAN, FILES[PLAN].replace("Quý IV năm 2026", "Quý IV năm 2027"))
    editor.settle()
    assert [found.code for found in editor.told[PLAN] if found.severity is types.DiagnosticSeverity.Error] == ["QP201"]
    editor.type(PLAN, FILES[PLAN])
    editor.type(BEFORE, FILES[BEFORE].replace("id: MT01", "id: MT02"))
    editor.settle()
    (found,) = (found for found in editor.told[PLAN] if found.code == "QP107")  # a finding in one file, made in another
    assert found.range.start.line == 19
    about = types.TextDocumentIdentifier(editor.uri(BEFORE))
    editor.client.text_document_did_close(types.DidCloseTextDocumentParams(about))  # and not saved
    editor.settle()
    assert "QP107" not in {found.code for found in editor.told[PLAN]}
    editor.open(BEFORE)


def test_an_address_is_written_as_the_editor_writes_it(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    before = "plans/KH%2D2025.yaml"  # the same file as `BEFORE`
    with monkeypatch.context() as patch:
        patch.setattr(editor, "uri", lambda name: f"{editor.folder.as_uri()}/{name.replace('-', '%2D')}")
        editor.type(BEFORE, FILES[BEFORE].replace("id: MT01", "id: MT02"))
    editor.settle()
    assert before in editor.told
    editor.type(BEFORE, FILES[BEFORE])
    editor.told.clear()
    editor.settle()
    assert BEFORE in editor.told


def test_a_finding_may_be_let_pass(editor: Editor) -> None:
    editor.type(PLAN, FILES[PLAN].replace("refs: [KH-2025/MT01]", "refs: [KH-2024]"))
    editor.settle()
    about = types.TextDocumentIdentifier(editor.uri(PLAN))
    whole = types.Range(types.Position(19, 0), types.Position(19, 5))
    params = types.CodeActionParams(about, whole, types.CodeActionContext([]))
    actions = editor.wait(editor.client.text_document_code_action_async(params))
    (edits,) = next(action for action in actions if "QP107" in action.title).edit.changes.values()
    assert edits[0].new_text == "    # qmsplan: ignore[QP107] \n"
    assert edits[0].range.start == types.Position(19, 0)


def test_a_finding_may_be_mended(editor: Editor) -> None:
    editor.type(PROGRESS, FILES[PROGRESS].replace("item: NV01", "item: NV1"))
    editor.settle()
    about = types.TextDocumentIdentifier(editor.uri(PROGRESS))
    line = types.Range(types.Position(10, 0), types.Position(10, 5))
    actions = editor.wait(
        editor.client.text_document_code_action_async(types.CodeActionParams(about, line, types.CodeActionContext([])))
    )
    ((edit,),) = actions[0].edit.changes.values()
    assert (edit.new_text, edit.range.start, edit.range.end) == ("NV01", types.Position(10, 10), types.Position(10, 13))


def test_a_completion_is_recorded_where_record_would_put_it(editor: Editor) -> None:
    """Into the open file of the unit that leads the item, below what is typed there; or into a new file of its own."""
    typed = FILES[PROGRESS] + "    note: not saved yet\n"
    editor.type(PROGRESS, typed)
    editor.type(PLAN, FILES[PLAN].replace("lead: Phòng Hành chính", "lead: Phòng Nghiệp vụ").replace("NV01", "NV02"))
    (action,) = editor.offered(PLAN, "- id: NV|02", "NV02")
    ((uri, (edit,)),) = action.edit.changes.items()
    assert editor.name(uri) == PROGRESS
    assert edit.range.start == edit.range.end == types.Position(typed.count("\n"), 0)
    assert re.fullmatch(r"  - item: NV02\n    done: 20\d\d-\d\d-\d\d\n", edit.new_text)

    editor.type(PLAN, FILES[PLAN].replace("NV01", "NV02"))
    (action,) = editor.offered(PLAN, "- id: NV|02", "NV02")
    made, written = action.edit.document_changes
    assert editor.name(made.uri) == editor.name(written.text_document.uri) == "plans/progress/KH-2026-HC.yaml"
    assert "unit: HC\n\ncompletions:\n  - item: NV02\n    done: " in written.edits[0].new_text


@pytest.mark.parametrize("marked", ["- id: MT|01", "- id: NV|01", "text: Họp| giao ban"])
def test_what_is_no_task_or_done_already_is_not_recorded(editor: Editor, marked: str) -> None:
    assert editor.offered(PLAN, marked, "today") == []


def test_the_outline_and_the_folds(editor: Editor) -> None:
    about = types.TextDocumentIdentifier(editor.uri(PLAN))
    symbols = editor.wait(editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(about)))
    assert [symbol.name for symbol in symbols] == ["MT01", "NV01"]
    assert symbols[1].detail == "Họp giao ban"
    folds = editor.wait(editor.client.text_document_folding_range_async(types.FoldingRangeParams(about)))
    assert (4, 7) in {(fold.start_line, fold.end_line) for fold in folds}  # the head


def test_a_file_of_no_workspace_is_left_alone(editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> None:
    alone = tmp_path_factory.mktemp("alone") / "a.yaml"
    item = types.TextDocumentItem(alone.as_uri(), "yaml", 1, "kind: plan\n")
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    about = types.TextDocumentIdentifier(alone.as_uri())
    assert editor.wait(editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(about))) is None
