"""The server started as the extension in editors/vscode starts it: its command and settings, the messages that VS Code
sends first, byte for byte over standard input and output, and the end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lsp.workspaces import FILES, make

EXTENSION = Path(__file__).parents[2] / "editors" / "vscode"
CAPABILITIES = {
    "workspace": {
        "applyEdit": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]},
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True},
        "configuration": True,
        "workspaceFolders": True,
    },
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": False, "tagSupport": {"valueSet": [1, 2]}},
        "synchronization": {"dynamicRegistration": True, "willSave": True, "didSave": True},
        "codeAction": {"dynamicRegistration": True, "isPreferredSupport": True, "dataSupport": True},
    },
    "general": {"positionEncodings": ["utf-16"]},
}
"""Of what vscode-languageclient 9 sends, the parts that a server may look at."""


def command(language: str) -> list[str]:
    """The command line that `start` in extension.ts makes from the settings, as its source is today."""
    source = (EXTENSION / "src" / "extension.ts").read_text("utf-8")
    assert '[...(language ? ["--lang", language] : []), "lsp"]' in source
    assert 'settings.get<string>("command", "qmsplan")' in source
    settings = json.loads((EXTENSION / "package.json").read_text("utf-8"))["contributes"]["configuration"]["properties"]
    assert settings["qmsplan.command"]["default"] == "qmsplan"
    assert language in settings["qmsplan.language"]["enum"]
    return [sys.executable, "-m", "qmsplan", *(["--lang", language] if language else []), "lsp"]


class Pipe:
    """A started server; messages with the headers that the protocol asks for."""

    def __init__(self, line: list[str], folder: Path) -> None:
        self.process = subprocess.Popen(line, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.asked = 0

    def tell(self, method: str, params: Any, number: int | None = None) -> None:
        about = {} if number is None else {"id": number}
        content = json.dumps({"jsonrpc": "2.0", **about, "method": method, "params": params}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()

    def ask(self, method: str, params: Any) -> Any:
        self.asked += 1
        self.tell(method, params, self.asked)
        return self.until(lambda message: message.get("id") == self.asked and "method" not in message)["result"]

    def until(self, is_wanted: Any) -> dict[str, Any]:
        """The next message of a kind; others are passed over."""
        while True:
            message = self.read()
            if is_wanted(message):
                return message

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            if found := re.fullmatch(rb"Content-Length: (\d+)", line):
                length = int(found[1])
        assert length, "the server has ended"
        return json.loads(self.process.stdout.read(length))  # type: ignore[no-any-return]


@pytest.mark.parametrize(("language", "words"), [("", "không có đơn vị"), ("en", "no unit is called")])
def test_it_answers_and_ends_as_vs_code_asks(tmp_path: Path, language: str, words: str) -> None:
    folder = make(tmp_path)
    plan = (folder / "plans" / "KH-2026.yaml").as_uri()
    pipe = Pipe(command(language), folder)
    root = {"uri": folder.as_uri(), "name": folder.name}
    about = {"name": "Visual Studio Code", "version": "1.91.0"}
    started = pipe.ask(
        "initialize",
        {
            "processId": os.getpid(),
            "clientInfo": about,
            "locale": "en",
            "rootPath": os.fspath(folder),
            "rootUri": folder.as_uri(),
            "capabilities": CAPABILITIES,
            "trace": "off",
            "workspaceFolders": [root],
        },
    )
    assert started["capabilities"]["codeActionProvider"]
    pipe.tell("initialized", {})
    pipe.tell("workspace/didChangeConfiguration", {"settings": None})
    text = FILES["plans/KH-2026.yaml"].replace("lead: Phòng Hành chính", "lead: Phòng Xyzt")
    item = {"uri": plan, "languageId": "yaml", "version": 1, "text": text}
    pipe.tell("textDocument/didOpen", {"textDocument": item})
    told = pipe.until(lambda message: message.get("method") == "textDocument/publishDiagnostics")["params"]
    assert (told["uri"], [one["code"] for one in told["diagnostics"] if words in one["message"]]) == (plan, ["QP105"])
    change = {"textDocument": {"uri": plan, "version": 2}, "contentChanges": [{"text": FILES["plans/KH-2026.yaml"]}]}
    pipe.tell("textDocument/didChange", change)
    told = pipe.until(lambda message: message.get("method") == "textDocument/publishDiagnostics")["params"]
    assert [one for one in told["diagnostics"] if one["code"] == "QP105"] == []
    pipe.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": plan, "type": 2}]})
    pipe.tell("textDocument/didClose", {"textDocument": {"uri": plan}})
    assert pipe.ask("shutdown", None) is None
    pipe.tell("exit", None)
    pipe.process.communicate(timeout=30)
    assert pipe.process.returncode == 0
