"""What all tests share: the flag that rewrites golden files, a Hypothesis profile without chance, required tools."""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from _pytest.capture import CaptureResult
from docx.document import Document
from hypothesis import settings
from pydantic import BaseModel
from typer.core import TyperCommand

from fixed_clock import stop_clock
from qmsplan.cli import app
from qmsplan.documents import fill, word_base
from qmsplan.documents.profile import Profile
from qmsplan.model.fields import FileModel

pytest.register_assert_rewrite("goldens")
import goldens  # noqa: E402

ROOT = Path(__file__).parents[1]
CI = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA", "GITHUB_WORKSPACE", "CI_PROJECT_URL", "CI_COMMIT_SHA")
"""What a CI tells of itself; reports link to its pages."""
FOREIGN = ("QMSPLAN_LANG", "NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "QMSPLAN_DEBUG", *CI)
"""What commands read from the environment of whoever started the tests."""
settings.register_profile("qmsplan", derandomize=True, deadline=None, max_examples=16)
settings.load_profile("qmsplan")


FREEZE = gc.freeze


def _make_commands_once() -> None:
    """A process of the tests runs thousands of command lines; what typer and pydantic make for one serves the next
    until help or a mistake puts it into a language. So do the programs that Jinja makes of templates, the schemas of
    the models, and what a base document says."""
    application, translate_help = app.application, app._translate_help
    groups: list[app.Commands] = []
    commands: dict[str, TyperCommand] = {}

    def known_application() -> app.Commands:
        if is_completing := any("_COMPLETE" in name for name in os.environ):  # a shell gets other options
            groups.clear()
        if not groups:
            commands.clear()
        made = groups[0] if groups else application()
        groups[:] = [] if is_completing else [made]
        return made

    def make_context(self: app.ListedCommand, info_name: str | None, args: list[str], **named: Any) -> Any:
        name = str(self.name)
        if name not in commands:
            commands[name] = app.load_command(name)
            commands[name].params.append(self.language_option)
        return commands[name].make_context(info_name, args, **named)

    def translate_and_forget(command: Any, context: Any) -> None:
        groups.clear()
        translate_help(command, context)

    app.application, app._translate_help = known_application, translate_and_forget
    app.ListedCommand.make_context = make_context
    fill._compiled = cache(fill._compiled.__wrapped__)
    FileModel.model_json_schema = classmethod(lambda model: json.loads(_schema_of(model)))
    word_base._described = _described_once(word_base._described)


@cache
def _schema_of(model: type[FileModel]) -> str:
    """What pydantic makes of a model, as text: who gets it adds to it."""
    return json.dumps(BaseModel.model_json_schema.__func__(model))


def _described_once(described: Callable[..., Any]) -> Callable[..., Any]:
    """What a base document says follows from its bytes and from the profile that it is held against."""
    known: dict[tuple[str, bytes, int], Any] = {}
    profiles: dict[int, Profile] = {}

    def found(file: str, content: bytes, document: Document, profile: Profile) -> Any:
        key = (file, content, id(profiles.setdefault(id(profile), profile)))  # kept, so no other one gets its id
        if key not in known:
            known[key] = described(file, content, document, profile)
        return known[key]

    return found


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write golden files anew; review them as a diff")


def pytest_configure() -> None:
    """Fixtures of a whole module are made before `plain_environment`: they too see nothing of the user's. And a
    command freezes what it has loaded, as its process ends with it; here the process goes on, and must free it.
    Programs that tests start find qmsplan compiled, as users do: compiling it each time takes longer than its work."""
    sys.dont_write_bytecode = False
    for name in (*FOREIGN, "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    gc.freeze = lambda: None
    gc.set_threshold(1_000_000)
    _make_commands_once()


def pytest_collection_finish() -> None:
    """All tests and what they import live to the end: looking through them again and again for dead objects, while they
    are collected and later, took a sixth of the time."""
    gc.collect()
    FREEZE()
    gc.set_threshold(10_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Goldens hold what a test tells; not the examples of a law, which another release of Hypothesis chooses."""
    goldens.forget()
    result = yield
    if not hasattr(pyfuncitem.obj, "hypothesis"):
        goldens.hold(pyfuncitem.path, pyfuncitem.name, rewrite=pyfuncitem.config.getoption("--rewrite"))
    return result


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite"))


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees the language, colours, width, CI, git settings or state folder of who has started it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "")  # help sets it in the process: a git that a later test runs spoke Vietnamese
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture(autouse=True)
def watchdog() -> Iterator[None]:
    """A test that hangs, even in C code, ends the run after three minutes and shows where."""
    faulthandler.dump_traceback_later(180, exit=True, file=sys.__stderr__ or sys.stderr)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture
def capsys(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> pytest.CaptureFixture[str]:
    """All that a test reads of what commands print is told, on a day that is always the same."""
    stop_clock(monkeypatch)
    read = capsys.readouterr

    def read_and_tell() -> CaptureResult[str]:
        said = read()
        goldens.tell_printed(said.out, said.err, tmp_path)
        return said

    monkeypatch.setattr(capsys, "readouterr", read_and_tell)
    return capsys


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the repository's own workspace, in which commands run."""
    for name in ("plans", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "qmsplan.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def need(tool: str) -> str:
    """The path of a program; without it the test skips and says so, or fails where all tools must be there."""
    found = shutil.which(tool) or shutil.which(tool, path=str(Path(sys.executable).parent))
    if found:
        return found
    if os.environ.get("QMSPLAN_ALL_TOOLS"):
        pytest.fail(f"{tool} is not installed, and QMSPLAN_ALL_TOOLS is set")
    pytest.skip(f"{tool} is not installed")
