"""One file to a draft that loads, with the account of its words and what the user has to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.documents.plan_view import render
from qmsplan.documents.profile import load_profile
from qmsplan.documents.template import BrokenTemplateError, find_template
from qmsplan.documents.word_base import open_base
from qmsplan.documents.word_package import STAMP
from qmsplan.importing.account import WordAccount, account
from qmsplan.importing.draft import DraftOptions, ImportDraft, draft_of, draft_of_paper
from qmsplan.importing.excel import WORKBOOKS, read_workbook
from qmsplan.importing.group_rows import SumDifference
from qmsplan.importing.making import IN_LINES, Branch, ItemKind
from qmsplan.importing.units import UnknownUnits, unknown_units
from qmsplan.importing.write_draft import draft_text, take_readings, values_of
from qmsplan.load.document import read_content
from qmsplan.load.files import LONGEST_SCALAR
from qmsplan.load.pydantic_errors import validate
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.phrases.item_tree import outline
from qmsplan.phrases.people import Register
from qmsplan.word.package import OTHER_FORMS, as_word, as_workbook, open_word
from qmsplan.word.paragraph import normal
from qmsplan.word.reader import Paragraph, PlacedWord, WordContent, read_paragraphs, read_word

LARGEST = 32 * 1024 * 1024
"""Bytes of a file that is imported."""
WORD_FILES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
CONVERTED = frozenset({*OTHER_FORMS, ".html", ".htm"})
OLD_WORKBOOKS = frozenset({".xls", ".ods"})
_LINKS = re.compile(
    rb"""\b(?:src|href|background|data)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)|@import[^;]*;|url\([^)]*\)|<(?:link|iframe|object)[^>]*>""",
    re.IGNORECASE,
)
"""What would let LibreOffice fetch something from elsewhere while it reads a page."""
_MOST_FAULTS = 200


class ImportOptions(NamedTuple):
    """What the user says, and the workspace: its register, the name of its official format, its folder of templates."""

    id: str
    year: int
    register: Register
    profile: str
    templates: Path
    template: str | None = None
    kind: ItemKind | None = None
    recorded: str = ""
    """The day on which results of the plan's own time are recorded as readings, `2026-04-14`; "" leaves them in the
    plan."""


class Guess(NamedTuple):
    """What was guessed: the id of the item, or the part of the plan, and the field."""

    where: str
    field: str


class Imported(NamedTuple):
    """A draft: its text, its plan as read again, what the account of words says, and what to look at."""

    text: bytes
    plan: Plan
    branch: Branch
    words: WordAccount
    units: UnknownUnits
    guesses: tuple[Guess, ...]
    deadlines: tuple[str, ...]
    """Deadlines that no reader understands, as typed."""
    source: tuple[Paragraph, ...]
    printed: tuple[Paragraph, ...]
    progress: bytes = b""
    """A progress file with the readings that were taken out of the plan; nothing if there are none."""
    sums: tuple[SumDifference, ...] = ()
    """Sums of tables that their rows don't add up to."""
    others: tuple[str, ...] = ()
    """Number and symbol of more papers in the same file."""


def import_file(content: bytes, ending: str, options: ImportOptions, head: str = "") -> Imported:
    """The draft that a file makes. `ending` is that of its name: `.docx`; `head` are first lines for the plan file.
    UserError if the file can't be read."""
    known = DraftOptions(
        options.id, options.year, tuple(load_profile(options.profile).types), options.template, options.kind
    )
    if ending in WORKBOOKS or ending in OLD_WORKBOOKS:
        book = read_workbook(as_workbook(content, ending) if ending in OLD_WORKBOOKS else content)
        draft = draft_of_paper(book.paper(known.types), options.register, known)
        return _finished(draft, book.paragraphs, options, head)
    if ending not in WORD_FILES | CONVERTED:
        raise UserError(
            Message("files of this kind can't be imported"),
            Message("name a .docx, .docm, .doc, .odt, .rtf, .html, .xlsx or .xls file"),
        )
    if ending in {".html", ".htm"}:
        content = _LINKS.sub(b"", content)
    word = read_paragraphs(open_word(as_word(content, ending) if ending in CONVERTED else content))
    return _finished(draft_of(word, options.register, known), _paragraphs(word), options, head)


def _paragraphs(word: WordContent) -> list[tuple[int, str]]:
    """All paragraphs that the account counts: of the text, the notes, headers and footers, without page numbers."""
    found = [(one.number, one.text) for one in (*word.paragraphs, *word.notes)]
    for part in word.margins.values():
        found += [(0, one.text) for one in part if any(map(str.isalpha, one.text))]
    return [(number, text) for number, text in found if text.strip()]


def _finished(draft: ImportDraft, paragraphs: Sequence[tuple[int, str]], options: ImportOptions, head: str) -> Imported:
    _cut_long(draft.plan)
    plan = _loadable(draft.plan)
    text = draft_text(draft.plan, head)
    if read_content(text, "").value is None:
        raise _no_plan()
    printed = _printed(plan, options)
    words = account(paragraphs, [*(one.text for one in printed.paragraphs), *printed.margins], draft.plan)
    progress = b""
    if options.recorded and (readings := take_readings(draft.plan, options.recorded, draft.own_periods)):
        plan = _loadable(draft.plan)
        text = draft_text(draft.plan, head)
        progress = draft_text({"kind": "progress", "plan": plan.id, "readings": readings}, head, Progress)
    units = unknown_units(draft.plan, options.register, draft.issuer, draft.parent)
    source = tuple(Paragraph(normal(one)) for _, one in paragraphs if normal(one))
    return Imported(
        text,
        plan,
        draft.plan,
        words,
        units,
        tuple(_guesses(draft.plan, "")),
        tuple(_unread_deadlines(plan)),
        source,
        printed.paragraphs,
        progress,
        draft.sums,
        draft.others,
    )


def _loadable(branch: Branch) -> Plan:
    """The plan of a draft. What the file format refuses is taken out of the draft: the account then reports it."""
    for _ in range(_MOST_FAULTS):
        plan, faults = validate(Plan, values_of(branch))
        if plan is not None:
            assert isinstance(plan, Plan)  # noqa: S101
            return plan
        for path in {fault[0] for fault in faults}:
            _drop(branch, path)
    raise _no_plan()


def _no_plan() -> UserError:
    return UserError(
        Message("no plan can be made of this file"), Message("check that it is a plan, and save it in Word again")
    )


def _cut_long(value: Any) -> None:
    """Takes out texts that are longer than one field may be; the account reports them. Paragraphs are never so long."""
    for name, part in list(value.items() if isinstance(value, dict) else enumerate(value)):
        if isinstance(part, (dict, list)):
            _cut_long(part)
        elif isinstance(part, str) and len(part) > LONGEST_SCALAR and name not in IN_LINES:
            value[name] = ""


def _drop(branch: Any, path: Sequence[str | int]) -> None:
    """Takes the value at a path out, or the nearest around it that is no list of parts."""
    *above, last = path
    for step in above:
        try:
            inner = branch[step]
        except (KeyError, IndexError, TypeError):
            last = step
            break
        if not isinstance(inner, (dict, list)):
            last = step
            break
        branch = inner
    if isinstance(branch, dict):
        branch.pop(last, None)
    elif isinstance(branch, list) and isinstance(last, int) and last < len(branch):
        del branch[last]


def _printed(plan: Plan, options: ImportOptions) -> PlacedWord:
    """What the document of a draft says."""
    template = find_template(plan.template, options.templates)
    if template is None:
        raise UserError(
            Message("there is no template '{name}'", name=plan.template),
            Message("see the names with 'qmsplan new plan --help'"),
        )
    try:
        base = open_base(load_profile(options.profile), options.templates)
        return read_word(render(plan, options.register, template, base, STAMP))
    except BrokenTemplateError as fault:
        hint = fault.hint or Message("choose another template with '--template'")
        raise UserError(fault.message, hint) from None


def _guesses(value: Any, where: str) -> Iterator[Guess]:
    if isinstance(value, dict):
        where = str(value.get("id") or value.get("number") or where)
        for name, part in value.items():
            if name.startswith("#"):
                yield Guess(where, name[1:])
            else:
                yield from _guesses(part, where or name)
    elif isinstance(value, list):
        for part in value:
            yield from _guesses(part, where)


def _unread_deadlines(plan: Plan) -> Iterator[str]:
    seen = set()
    for node in outline(plan):
        typed = node.item.deadline
        if isinstance(node.deadline, UserError) and isinstance(typed, str) and typed not in seen:
            seen.add(typed)
            yield typed
