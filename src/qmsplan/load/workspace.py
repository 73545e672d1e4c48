"""The plan that a file is about, read from its first fields and no further than needed.

Files that belong together: a plan and the progress files that report on it.

All plans of a folder, each with its records."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import yaml

from qmsplan.diagnostics import Diagnostic, Message, ReadError, UserError
from qmsplan.load.document import BytesReader, Document, read, read_content
from qmsplan.load.files import ABSENT, DEEPEST, EMPTY, HERE, OUTSIDE, File, content_of, find_evidence, on_disk
from qmsplan.load.yaml import events
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Bundle, Completion, CorrectiveAction, Named, Progress, Reading, Record
from qmsplan.model.settings import Settings
from qmsplan.phrases.people import Register

_FIELD = {"plan": "id", "progress": "plan"}
"""The field that names the plan, by kind of file."""
_ISSUERS = ("issuer", "issuer_text")
SEE_VALIDATE = Message("see what is wrong with 'qmsplan validate'")


def has_errors(file: str) -> UserError:
    """The answer to a name of a file that can't be read for its errors."""
    return UserError(Message("the file '{file}' has errors", file=file), SEE_VALIDATE)


class FileHead(NamedTuple):
    """What the first fields of a file say, read without the rest of it."""

    file: File
    plan: str | None = None
    """The id of the plan that it is about; None if that can't be told."""
    is_plan: bool = False
    """False for a progress file, and for a file of which it can't be told."""
    issuer: str = ""
    """Who issues the plan, as typed; "" if nobody is named."""
    has_standard: bool = False
    """Whether the word `standard` stands in it: only then it may belong to an edition of one."""
    has_implements: bool = False
    """Whether the word `implements` stands in it: only then it may carry out another plan."""


def head_of(file: File) -> FileHead:
    """The first fields of a file: what it is about, and who issues the plan."""
    content = content_of(file)
    try:
        plan, kind, issuer = _first_fields(content, with_issuer=True)
    except UnicodeDecodeError:
        return FileHead(file)
    return FileHead(file, plan, kind == "plan", issuer, b"standard" in content, b"implements" in content)


def key_of(file: File) -> str | None:
    """The plan id that a file is about; None if it can't be told."""
    return key_in(content_of(file))


def key_in(content: bytes) -> str | None:
    """The plan id that the bytes of a file are about."""
    try:
        return _first_fields(content, with_issuer=False).plan
    except UnicodeDecodeError:
        return None


def may_name(content: bytes, plans: Iterable[str]) -> bool:
    """Whether one of some plan ids may stand in a file: its letters do, or something that may spell them otherwise (an
    escape, another encoding). Of thousands of files few are worth a parser then."""
    is_other = not content or b"\\" in content or b"\0" in content
    return is_other or any(not plan.isascii() or plan.encode() in content for plan in plans)


class _FirstFields(NamedTuple):
    """The plan that a text is about, the kind of file and who issues the plan."""

    plan: str | None
    kind: str
    issuer: str


_BEGINNING = 1500
"""Characters that hold the first fields as a rule."""


def _first_fields(content: bytes, *, with_issuer: bool) -> _FirstFields:
    """The first fields of a file, the issuer if asked for. UnicodeDecodeError if it is no text.

    The parser takes in all that it is given before it says anything, which for thousands of files is most of the work:
    it is given the beginning, and all only where that is not enough."""
    text = content.removeprefix(BOM_UTF8).decode()
    cut = text.find("\n", _BEGINNING) + 1
    found, is_enough = _fields_in(text[:cut] or text, with_issuer=with_issuer)
    return found if is_enough or not cut else _fields_in(text, with_issuer=with_issuer)[0]


def _fields_in(text: str, *, with_issuer: bool) -> tuple[_FirstFields, bool]:
    """What the first fields of a text say, at a fault of the YAML what was found until there; and whether something
    stands behind them, so that they are whole in any text that begins so."""
    plan: str | None = None
    top: dict[str, str] = {}
    head: dict[str, list[str]] = {}
    is_passed = False
    try:
        for keys, value in _scalars(text):
            is_passed = bool(plan) and (
                not with_issuer or top.get("kind") != "plan" or (bool(head) and keys[0] != "head")
            )
            if is_passed:
                break
            if len(keys) == 1:
                top[keys[0] or ""] = value
                plan = plan or top.get(_FIELD.get(top.get("kind", ""), ""))
            elif keys[0] == "head":
                head.setdefault(keys[1] or "", []).append(value)
    except ReadError:
        pass
    issuer = next((" ".join(head[name]) for name in _ISSUERS if any(head.get(name, ()))), "")
    return _FirstFields(plan or None, top.get("kind", ""), issuer), is_passed


_IN_LIST = "\0"
"""Stands for a key above the entries of a list; no text holds it."""


def _scalars(text: str) -> Iterator[tuple[tuple[str | None, ...], str]]:
    """The scalars of a text, each with the keys above it: `("head", "issuer"), "TGPL"`."""
    keys: list[str | None] = []
    for event in events(text):
        match event:
            case yaml.MappingStartEvent():
                keys.append(None)
            case yaml.SequenceStartEvent():
                keys.append(_IN_LIST)
            case yaml.ScalarEvent() if keys and keys[-1] is None:
                keys[-1] = event.value
                continue
            case yaml.ScalarEvent() if keys:
                yield tuple(keys), event.value
            case yaml.CollectionEndEvent():
                keys.pop()
        if len(keys) > DEEPEST:  # refused anyway, and brackets cost the parser the square of their depth
            return
        is_value = not isinstance(event, yaml.CollectionStartEvent)
        if is_value and keys and keys[-1] != _IN_LIST:  # in a mapping a key follows a value
            keys[-1] = None


def group(files: Iterable[File]) -> dict[str | None, tuple[File, ...]]:
    """Files by the plan they are about, in a stable order; files that can't be told stand together under None."""
    groups: dict[str | None, list[File]] = defaultdict(list)
    for file in files:
        groups[key_of(file)].append(file)
    return {key: tuple(files) for key, files in groups.items()}


def read_bundle(
    files: Iterable[File], root: Path, reading: BytesReader = read_content
) -> tuple[Bundle, tuple[Document, ...]]:
    """The plans and records of a group of files, and all its documents with what is wrong with them."""
    documents = tuple((file, read(file, reading)) for file in files)
    plans = tuple(Named(file.name, d.value) for file, d in documents if d.value and d.value.kind == "plan")
    records = tuple(_record_of(file, d.value, root) for file, d in documents if d.value and d.value.kind == "progress")
    return Bundle(plans, records), tuple(document for _, document in documents)


def _record_of(file: File, progress: Progress, root: Path) -> Record:
    entries: tuple[Reading | Completion | CorrectiveAction, ...]
    entries = (*progress.readings, *progress.completions, *progress.corrective_actions, *progress.audit)
    named = frozenset(name for entry in entries for name in entry.files)
    if not named:
        return Record(file.name, progress)
    folder = str(file.path.parent)
    found = {name: find_evidence(folder, name, str(root)) for name in named}
    absent, outside, empty = (
        frozenset(name for name in named if found[name] == state) for state in (ABSENT, OUTSIDE, EMPTY)
    )
    near = tuple((name, other) for name in sorted(absent) if (other := _evidence_like(folder, name, str(root))))
    return Record(file.name, progress, absent, outside, empty, near)


def _evidence_like(folder: str, name: str, root: str) -> str | None:
    """An evidence file whose name differs from a name only in capitals or slashes."""
    path = on_disk(folder, name.replace("\\", "/"), str.casefold)
    other = Path(os.path.relpath(path, folder)).as_posix()
    return other if find_evidence(folder, other, root) in {HERE, EMPTY} else None


@dataclass(frozen=True)
class Workspace:
    """All plans of a folder with their records, the register and the settings."""

    root: Path
    settings: Settings
    register: Register
    bundles: tuple[Bundle, ...]
    diagnostics: tuple[Diagnostic, ...]

    def plans(self) -> Iterator[tuple[Named, tuple[Record, ...]]]:
        """Each plan with its records, by id; of plans with one id only the first."""
        for bundle in sorted((b for b in self.bundles if b.plans), key=lambda bundle: bundle.plans[0].plan.id):
            yield bundle.plans[0], bundle.records

    def with_plans(self, plans: Mapping[str, Plan]) -> Workspace:
        """The workspace with other revisions of its plans, by their ids."""
        bundles = tuple(
            bundle._replace(plans=tuple(one._replace(plan=plans.get(one.plan.id, one.plan)) for one in bundle.plans))
            for bundle in self.bundles
        )
        return replace(self, bundles=bundles)

    def plan_records(self) -> list[tuple[Plan, list[Progress]]]:
        """Each plan with what is recorded of it, without their files."""
        return [(named.plan, [record.progress for record in records]) for named, records in self.plans()]


def read_workspace(
    root: Path,
    settings: Settings,
    files: Iterable[File],
    keep: Callable[[str | None, tuple[File, ...]], bool] | None = None,
) -> Workspace:
    """The files of a workspace, or those about plans that `keep` admits. What is broken is told in `diagnostics`."""
    bundles, diagnostics = [], []
    for key, together in group(files).items():
        if keep and not keep(key, together):
            continue
        bundle, documents = read_bundle(together, root)
        bundles.append(bundle)
        diagnostics += [diagnostic for document in documents for diagnostic in document.diagnostics]
    return Workspace(root, settings, Register.of(settings), tuple(bundles), tuple(diagnostics))


def gather(documents: Iterable[Document], root: Path, settings: Settings) -> Workspace:
    """The workspace that documents make up, wherever they were read; its records know of no evidence."""
    plans: dict[str, list[Named]] = defaultdict(list)
    records: dict[str, list[Record]] = defaultdict(list)
    diagnostics: list[Diagnostic] = []
    for document in documents:
        value = document.value
        if value is not None and value.kind == "plan":
            plans[value.id].append(Named(document.source.name, value))
        elif value is not None and value.kind == "progress":
            records[value.plan].append(Record(document.source.name, value))
        diagnostics += document.diagnostics
    bundles = (Bundle(tuple(plans[name]), tuple(records[name])) for name in dict.fromkeys((*plans, *records)))
    return Workspace(root, settings, Register.of(settings), tuple(bundles), tuple(diagnostics))
