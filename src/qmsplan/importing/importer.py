"""One file to a draft that loads: the draft as the text of a plan file in the canonical layout, with a comment above
what was guessed; the account of its words; and what an import tells: what came of it, what to look at, what found no
place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, Translator, UserError
from qmsplan.diagnostics import Path as FieldPath
from qmsplan.documents.plan_view import render
from qmsplan.documents.profile import load_profile
from qmsplan.documents.template import BrokenTemplateError, find_template
from qmsplan.documents.word_base import open_base
from qmsplan.importing.account import WordAccount, account
from qmsplan.importing.draft import ImportDraft, ImportOptions, draft_of
from qmsplan.importing.excel import WORKBOOKS, read_workbook, workbook_paper
from qmsplan.importing.follow_up import happened, not_read, take
from qmsplan.importing.making import IN_LINES, REVIEW, Branch, branches, leaves
from qmsplan.importing.paper import read_paper, refuse_other_than
from qmsplan.importing.table_rows import SumDifference
from qmsplan.importing.units import UnknownUnits, register_block, unknown_units
from qmsplan.load.document import Source, read_content
from qmsplan.load.files import LARGEST as LARGEST_PLAN
from qmsplan.load.files import LONGEST_SCALAR
from qmsplan.load.pydantic_errors import validate
from qmsplan.model.fields import FileModel
from qmsplan.model.plan import Annex, Plan, Section
from qmsplan.model.progress import Progress
from qmsplan.model.text import shortened
from qmsplan.output.safe_text import dump
from qmsplan.phrases.item_tree import outline, unread_deadlines
from qmsplan.word.package import OTHER_FORMS, as_word, as_workbook, open_word
from qmsplan.word.paragraph import normal
from qmsplan.word.reader import Paragraph, PlacedWord, WordContent, read_paragraphs, read_word
from qmsplan.yaml_edit.edit import as_typed
from qmsplan.yaml_edit.emit import Field, FieldKind, Value, emit, node_of

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
_FEWEST = 30
"""Words that a file with pictures has at least, if it was not scanned."""


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
    sums: tuple[SumDifference, ...]
    """Sums of tables that their rows don't add up to."""
    happened: Mapping[str, int]
    """How many entries of a progress file say what happened, by their list: `{"readings": 3}`."""
    progress: bytes
    """A progress file with the readings that were taken out of the plan; nothing if there are none."""
    notes: Mapping[str, Sequence[str]]
    """Texts to look at, by the names of `NOTES`: `{"days": ("C7: 1/2",)}`."""
    source: tuple[Paragraph, ...]
    printed: tuple[Paragraph, ...]


NOTES = {
    "not_read": Message(
        "said of what happened, but not surely a figure or a day; it stays in the plan, record it by hand:"
    ),
    "deadlines": Message("deadlines that are kept as typed, but not understood:"),
    "free_tables": Message("tables whose rows are printed as they are and are no objectives or tasks:"),
    "duties": Message("lines with a time or a unit that nothing follows; make tasks with 'lead' and 'deadline':"),
    "changed": Message("tracked changes, taken as accepted; look at them in Word:"),
    "commented": Message("comments that are not taken over, at:"),
    "days": Message("cells that hold a day where others hold none; Excel makes days of '1/2', look what was meant:"),
    "summed": Message(
        "what is planned for periods as the sum of their parts, left out; the document adds it up again:"
    ),
    "hidden": Message("rows and columns that are hidden, taken over; delete what is not meant:"),
    "left_out": Message("struck out or hidden, not taken over; show it in the file if it is meant:"),
    "more_papers": Message("the file holds more papers; import each with '--paper' and the number before it:"),
}
"""What stands above the lists of texts to look at, by their names. Of Word files `changed` and `commented` are
paragraphs, of workbooks `commented` are cells; `more_papers` say place, number and symbol: `2: 05/KH-SX`."""


def import_file(content: bytes, ending: str, options: ImportOptions, head: str = "") -> Imported:
    """The draft that a file makes. `ending` is that of its name: `.docx`; `head` are first lines for the plan file.
    UserError if the file can't be read."""
    types = load_profile(options.profile).types
    if ending in WORKBOOKS or ending in OLD_WORKBOOKS:
        refuse_other_than(1, options.paper)
        book = read_workbook(as_workbook(content, ending) if ending in OLD_WORKBOOKS else content)
        notes = {"commented": book.comments, "hidden": book.hidden, "left_out": book.left_out}
        return _finished(draft_of(workbook_paper(book.blocks, types), options), book.paragraphs, notes, options, head)
    if ending not in WORD_FILES | CONVERTED:
        raise UserError(
            Message("files of this kind can't be imported"),
            Message("name a .docx, .docm, .doc, .odt, .rtf, .html, .xlsx or .xls file"),
        )
    if ending in {".html", ".htm"}:
        content = _LINKS.sub(b"", content)
    word = read_paragraphs(open_word(as_word(content, ending) if ending in CONVERTED else content))
    paper = read_paper(word, types, options.paper)
    found = _paragraphs(word)
    if any(one.has_picture for one in word.paragraphs) and sum(len(text.split()) for _, text in found) < _FEWEST:
        raise UserError(
            Message("the file holds pictures and hardly any text: it was scanned"),
            Message("ask for the file that it was printed from, or let a program read its text and check that"),
        )
    if options.paper:
        found = [one for one in found if one[0] in {0, *paper.paragraphs}]
    own = [one for one in word.paragraphs if one.number in paper.paragraphs]
    hidden = ("".join(run.text for run in one.runs if run.look.hidden).strip() for one in own)
    notes = {
        "changed": [one.plain for one in own if one.has_changes],
        "commented": [one.plain for one in own if one.has_comment],
        "left_out": list(filter(None, hidden)),
    }
    return _finished(draft_of(paper, options), found, notes, options, head)


def _paragraphs(word: WordContent) -> list[tuple[int, str]]:
    """All paragraphs that the account counts: of the text, the notes, headers and footers, without page numbers."""
    found = [(one.number, one.text) for one in (*word.paragraphs, *word.notes)]
    for part in word.margins.values():
        found += [(0, one.text) for one in part if any(map(str.isalpha, one.text))]
    return [(number, text) for number, text in found if text.strip()]


def _finished(
    draft: ImportDraft,
    paragraphs: Sequence[tuple[int, str]],
    notes: Mapping[str, Sequence[str]],
    options: ImportOptions,
    head: str,
) -> Imported:
    """A draft with its account. `notes` are those that reading the file has made, by the names of `NOTES`."""
    if not any(text for _, text in paragraphs):
        raise UserError(Message("there is no text in the file"), Message("check that it is the right one"))
    _cut_long(draft.plan)
    plan = _loadable(draft.plan)
    text = draft_text(draft.plan, head)
    if read_content(text, "").value is None:
        raise _no_plan()
    printed = _printed(plan, options)
    words = account(paragraphs, [*(one.text for one in printed.paragraphs), *printed.margins], draft.plan)
    progress = b""
    told = list(happened(draft.plan, plan, draft.making))
    if options.recorded and told:
        progress = draft_text(take(told, draft.plan, options.recorded), head, Progress)
        plan = _loadable(draft.plan)
        text = draft_text(draft.plan, head)
        printed = _printed(plan, options)  # what moved is in the plan's document no more
    unread = (one.deadline for one in unread_deadlines(plan) if isinstance(one.deadline, str))
    of_draft = {
        "not_read": list(not_read(draft.plan, draft.making, told)) if options.recorded else [],
        "deadlines": list(dict.fromkeys(unread)),
        "free_tables": draft.making.free_tables,
        "duties": list(_duties(plan)),
        "summed": draft.making.summed,
        "days": draft.making.days,
        "more_papers": draft.others,
    }
    return Imported(
        text=text,
        plan=plan,
        branch=draft.plan,
        words=words,
        units=unknown_units(draft.plan, options.register, draft.issuer, draft.parent),
        guesses=tuple(guess for _, _, guess in _marks(draft.plan)),
        sums=tuple(draft.making.sums),
        happened=Counter(one.list for one in told),
        progress=progress,
        notes={name: tuple({**of_draft, **notes}.get(name, ())) for name in NOTES},
        source=tuple(Paragraph(normal(one)) for _, one in paragraphs if normal(one)),
        printed=printed.paragraphs,
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
    with suppress(KeyError, IndexError, TypeError):  # pydantic names steps, such as a way it tried, that are no places
        for step in above:
            if not isinstance(branch[step], (dict, list)):
                last = step
                break
            branch = branch[step]
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
        return read_word(render(plan, options.register, template, base))
    except BrokenTemplateError as fault:
        hint = fault.hint or Message("choose another template with '--template'")
        raise UserError(fault.message, hint) from None


def _marks(value: Any, path: FieldPath = (), where: str = "") -> Iterator[tuple[FieldPath, str, Guess]]:
    """The marks of a draft: the path of what each stands above, its text, and what it says was guessed."""
    fields: Branch = value if isinstance(value, dict) else {}
    where = str(fields.get("id") or fields.get("number") or where)
    for name, part in list(fields.items()) or enumerate(value):
        if name in fields and name.startswith("#"):
            if name[1:] in fields or (path and not name[1:]):
                yield (*path, name[1:]) if name[1:] else path, part, Guess(where, name[1:])
        elif isinstance(part, (dict, list)):
            yield from _marks(part, (*path, name), where or str(name))


_EACH = r"(?:(?:mỗi|hằng|hàng|từng|theo|định kỳ) )+(?:\d+ )?(?:tuần|tháng|quý|năm)\b"
_TIME = (
    r"(?:ngày |hết |vào |trong )?(?:\d{1,2}/\d|tháng \d|quý [ivx\d]|\d{1,2} tháng \d|năm 20\d\d"
    rf"|\d{{1,2}} (?:{_EACH}|(?:của )?tháng\b))"
)
_DUE = re.compile(
    r"\b(?:(?:trước|chậm nhất)(?: là| vào)?|thời (?:gian|hạn)(?: hoàn thành| thực hiện)?:|sơ kết|tổng kết|"
    rf"(?:hoàn thành|xong)\b[^.;]{{0,40}}?\b(?:trong|vào|đến|trước)) {_TIME}|"
    rf"\((?:từ |trong |trước )?{_TIME}|\b(?:trong|vào) (?:tháng|quý) [ivx\d]|"
    r"\b(?:giao|do) [^.;:]{3,80}? (?:chủ trì|phụ trách|thực hiện)\b|"
    r"\bchủ trì:|(?<=\w )(?<!đơn vị )(?<!cơ quan )chủ trì[.;]?$|"
    rf"\bbáo cáo\b[^.;]{{0,60}}? {_EACH}",
    re.IGNORECASE,
)
"""What says in a sentence by when something is done, or by whom: `báo cáo trước ngày 15/12/2026`, `do Văn phòng thực
hiện`."""


def _duties(plan: Plan) -> Iterator[str]:
    """Lines of sections, and texts of items without a deadline, that say by when something is done."""
    yield from (line for line in plan.closing if _DUE.search(line))
    parts: list[Section | Annex] = [*plan.sections, *plan.annexes]
    for part in parts:
        parts += part.sections
        yield from (line for line in part.text if _DUE.search(line))
    for node in outline(plan):
        if node.deadline is None and not node.is_objective:
            yield from (line for line in node.item.text if _DUE.search(line))


def draft_text(plan: Branch, head: str = "", model: type[FileModel] = Plan) -> bytes:
    """The bytes of the file; `head` are comments for its first lines, `model` is the class of what it holds. UserError
    if it is larger than a plan may be."""
    if sum(len(text) for _, text in leaves(plan)) > LARGEST_PLAN:
        raise _too_large()  # not even tried
    whole = Field(0, FieldKind.TEXT, model)
    bare = "\n".join(emit(node_of(as_typed(values_of(plan), whole), whole))) + "\n"
    if len(bare.encode()) > LARGEST_PLAN:
        raise _too_large()
    lines = bare.split("\n")
    source = Source("", bare)
    above: dict[int, str] = {}
    for path, text, _ in _marks(plan):
        locate = source.locate_key if isinstance(path[-1], str) else source.locate
        above[locate(path).line - 1] = text
    for line, text in sorted(above.items(), reverse=True):
        indent = len(lines[line]) - len(lines[line].lstrip())
        lines.insert(line, f"{' ' * indent}# {text}")
    return (head + "\n".join(lines)).encode()


def _too_large() -> UserError:
    return UserError(
        Message("the plan of this file would be larger than a plan may be"),
        Message("import it in parts: save each annex as a file of its own"),
    )


def values_of(value: Any) -> Value:
    """The fields without comments, and without what is empty."""
    if isinstance(value, dict):
        kept = {name: values_of(part) for name, part in value.items() if not name.startswith("#")}
        return {name: part for name, part in kept.items() if part or name == "position"}
    if isinstance(value, list):
        return [values_of(part) for part in value]
    return str(value)


_MOST = 30
"""Entries of a list that are told."""
_SHOWN = 110
"""Letters of a paragraph that are told."""
VERSION = 1


def count_items(branch: Branch) -> int:
    """The objectives, tasks and activities of a draft."""
    return sum(name in {"objectives", "tasks", "activities"} for name, _ in branches(branch))


def report_lines(
    found: Imported, file: str, translate: Translator, *, wrote_units: UnknownUnits | None
) -> Iterator[str]:
    """The report of one file, line by line. `wrote_units` are those that were put into the register on the way."""
    yield translate("{file}: {count} item(s)", file=file, count=count_items(found.branch))
    for message, lines in _told(found, wrote_units):
        yield translate(message)
        yield from lines
    words = found.words
    placed = Message(
        "placed {share}% of {count} word(s); paragraphs left: {left}",
        share=words.placed * 100 // words.total if words.total else 100,  # rounded down, so that 100 means all
        count=words.total,
        left=len(words.left),
    )
    yield translate(placed)


def _told(found: Imported, wrote_units: UnknownUnits | None) -> Iterator[tuple[Message, Iterable[str]]]:
    """What is told of a draft, each with the lines below it."""
    if count := len(found.guesses):
        yield Message("places to look at, marked '# {mark}' in the file: {count}", mark=REVIEW, count=count), ()
    if signoff := found.plan.signoff:
        message = Message(
            "the file has number and day: {number}, {day}; when the draft is right, seal it with "
            "'qmsplan sign {plan} --number {number} --date {day}'",
            plan=found.plan.id,
            number=signoff.number,
            day=signoff.date.isoformat(),
        )
        yield message, ()
    if found.happened and not found.progress:
        message = Message(
            "what happened in the plan's own time: {readings} result(s), {completions} done, "
            "{actions} corrective action(s); '--progress' writes it into a progress file",
            readings=found.happened.get("readings", 0),
            completions=found.happened.get("completions", 0),
            actions=found.happened.get("corrective_actions", 0),
        )
        yield message, ()
    yield from ((NOTES[name], _listed(texts)) for name, texts in found.notes.items() if texts)
    if found.sums:
        message = Message("sums that the rows do not add up to; the document will print the sum of the rows:")
        yield message, _listed(f"{one.row}: {one.typed} ≠ {one.added}" for one in found.sums)
    yield from _of_units(found.units, wrote_units)
    if left := found.words.left:
        message = Message("paragraphs that found no place, in full or in part:")
        yield message, (f"  {one.number}: {shortened(one.text, _SHOWN)}" for one in left)


def _of_units(found: UnknownUnits, wrote: UnknownUnits | None) -> Iterator[tuple[Message, Iterable[str]]]:
    """What is told of units and persons that the register does not know, or did not until they were put into it."""
    if wrote and wrote.near:
        message = Message("spellings put into 'aliases' in qmsplan.yaml; check that these units are meant:")
        yield message, _listed(f"{one.spelling} → {one.code}" for one in wrote.near)
    if found.near:
        message = Message("names that come close to registered ones; add them to 'aliases' in qmsplan.yaml:")
        yield message, _listed(f"{one.spelling} → {one.code}" for one in found.near)
    if (found.units or found.people) and not wrote:
        message = Message("units and persons that are not registered; '--write-units' puts them into qmsplan.yaml:")
        yield message, register_block(found)
    if wrote and (wrote.units or wrote.people):
        message = Message("put into qmsplan.yaml; check names and whom each belongs to ('parent', 'unit'):")
        yield message, register_block(wrote)
    if found.unnamed:
        message = Message(
            "said to lead or support, but neither known nor surely a unit or a person; register them by hand:"
        )
        yield message, _listed(found.unnamed)
    if guessed := (wrote or found).guessed:
        yield Message("names that the file has in capitals; check their small letters:"), _listed(guessed)


def _listed(texts: Iterable[str]) -> Iterator[str]:
    entries = [f"  {shortened(' '.join(text.split()), _SHOWN)}" for text in texts]
    yield from entries[:_MOST]
    if len(entries) > _MOST:
        yield "  …"


def report_data(found: Imported, source: str, file: str, differences: list[dict[str, str | None]]) -> dict[str, object]:
    """The report of one file as data."""
    return {
        "source": source,
        "file": file,
        "plan": found.plan.id,
        "template": found.plan.template,
        "items": count_items(found.branch),
        "words": {
            "total": found.words.total,
            "placed": found.words.placed,
            "reported": found.words.reported,
            "left": [{"paragraph": one.number, "text": one.text, "words": one.missing} for one in found.words.left],
        },
        "guesses": [guess._asdict() for guess in found.guesses],
        **found.notes,
        "happened": dict(found.happened),
        "sums": [one._asdict() for one in found.sums],
        "units": [unit._asdict() for unit in found.units.units],
        "people": [person._asdict() for person in found.units.people],
        "near": [unit._asdict() for unit in found.units.near],
        "unnamed": list(found.units.unnamed),
        "differences": differences,
    }


def report_json(files: list[dict[str, object]]) -> str:
    """All reports as one JSON document."""
    return dump({"version": VERSION, "files": files})
