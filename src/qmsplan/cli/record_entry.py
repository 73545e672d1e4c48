"""From the options of `qmsplan record` to entries: the kind of record that they make, and its fields as typed.

What a record still lacks is asked for on a terminal, and named everywhere else. What can be recorded is listed there:
the plans, the items of one with their words, and one item by itself. All talk goes to stderr: stdout may be a file that
waits for the answer."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from typer import Abort

from qmsplan.cli.console import CommandError, is_terminal, say_error, screen_width, shown, tell
from qmsplan.cli.items import items_of
from qmsplan.cli.settings import OpenWorkspace
from qmsplan.cli.workspace import SEE_VALIDATE, all_plans, no_such_plan, plan_files
from qmsplan.diagnostics import MOST_LISTED, Message, Translator, UserError, listed
from qmsplan.forms.values import ACTION, COMPLETION, EVENT, FIELDS, FINDING, READING
from qmsplan.load.files import refuse_forbidden
from qmsplan.load.pydantic_errors import build
from qmsplan.model.fields import FileModel, read_count, read_date, read_measured, ungrouped_count
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period
from qmsplan.model.progress import LISTS, ProgressEntry
from qmsplan.model.text import short_date, shortened
from qmsplan.output.safe_text import clean, harmless
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node, names_text, outline
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import measurable
from qmsplan.progress.occurrences import periods_naming
from qmsplan.rules.deadlines import is_unclear

Typed: TypeAlias = "str | list[str]"
"""What stands behind a key of an entry: a text as typed, or a list of texts."""
Options: TypeAlias = "dict[str, str | list[str]]"
"""The options that were given, by their names: `{"num": "38", "evidence": ["Sổ theo dõi"]}`."""

_OF_SEVERAL = {"period", "recorded", "evidence", "file", "note"}
_MARKS = {kind: fields.keys() - _OF_SEVERAL for kind, fields in FIELDS.items()}
_MARKS[FINDING] -= _MARKS[ACTION]  # what is done about it is told as of any fault
"""The options that only one kind of record has, so that they tell which is meant."""


class Made(NamedTuple):
    """An entry: the list it belongs to, its fields as typed, and its value."""

    name: str
    fields: dict[str, Typed]
    value: ProgressEntry
    replaces: bool = False
    """It corrects an entry that is there: what it has changes, the rest stays."""
    at: int | None = None
    """Which entry of the list it corrects, where that is known; else the one on the same thing is looked for."""
    is_day_given: bool = False
    """The day of record was typed (`--recorded`), and is not that of the run."""


def kinds_of(options: Options, *, is_objective: bool) -> tuple[str, ...]:
    """What is recorded: one kind, or a reading with the corrective action it calls for. Stop if options do not fit."""
    kinds = [kind for kind, marks in _MARKS.items() if marks & options.keys()]
    if FINDING in kinds:  # what is done about it belongs to the finding
        kinds = [kind for kind in kinds if kind != ACTION]
    if not kinds:
        kinds = [READING if is_objective else COMPLETION]
    if len(kinds) > 1 and kinds != [READING, ACTION]:
        told = " ".join(f"--{name}" for name in sorted(set().union(*_MARKS.values()) & options.keys()))
        is_action = COMPLETION in kinds and {ACTION, FINDING} & {*kinds}
        hint = Message("the day on which a corrective action was done is '--action-done'") if is_action else _SEPARATELY
        raise CommandError(Message("these options make records of several kinds: {options}", options=told), hint)
    foreign = sorted(options.keys() - set().union(*(FIELDS[kind] for kind in kinds)))
    if foreign:
        told = " ".join(f"--{name}" for name in foreign)
        raise CommandError(Message("these options do not go with the others: {options}", options=told), SEE_HELP)
    return tuple(kinds)


_SEPARATELY = Message("record them one after the other; only a reading and its corrective action go together")
SEE_HELP = Message("'qmsplan record --help' says which options belong together")


class Maker(NamedTuple):
    """What the entries of one run share: their item, the day they are recorded on, and the folder of their file."""

    subject: dict[str, str]
    day: date
    folder: Path
    is_part: bool = False
    """They correct entries that are there (`--replace`), and may lack fields that a new one needs."""


def _read_count(text: str) -> int:
    return read_count(ungrouped_count(text))


def make_entry(kind: str, options: Options, maker: Maker) -> Made:
    """The entry of a kind from its options. UserError if a value can't be read."""
    names = _fields_of(LISTS[kind])
    given = {field: options[name] for name, field in FIELDS[kind].items() if name in options}
    about = {name: text for name, text in maker.subject.items() if name in names}
    fields: dict[str, Any] = {name: _settled_text(value) for name, value in (about | given).items()}
    fields |= {name: ungrouped_count(fields[name]) for name in ("numerator", "denominator") if name in fields}
    if "files" in fields:
        fields["files"] = [_evidence_path(name, maker.folder) for name in fields["files"]]
    if maker.is_part and "effective" in fields:  # the day of record stays, so the check has a day of its own
        fields.setdefault("verified_on", fields.get("recorded", maker.day.isoformat()))
    if "evidence" in fields:
        fields["evidence"] = "\n".join(fields["evidence"])
    is_closing = maker.is_part and (kind == FINDING or given.keys() <= (CLOSING if kind == ACTION else _BESIDE))
    if not is_closing and not _is_of_the_day(kind, fields, maker.day):
        fields.setdefault("recorded", maker.day.isoformat())
    needed = {name: text for name, text in _FILLERS.items() if maker.is_part and name in names}
    value = build(LISTS[kind], needed | fields)
    typed = {name: _as_written(fields[name], getattr(value, name)) for name in names if name in fields}
    return Made(kind, typed, value, maker.is_part, is_day_given="recorded" in given)


CLOSING = frozenset({"period", "done", "evidence", "files", "verified_on", "verified_by", "effective"})
"""Fields that tell how a corrective action went on. It keeps its day of record, as a finding always does: it was known
from then on, and each of these fields says itself from which day it counts."""


_BESIDE = frozenset({"period", "target", "event", "evidence", "files", "note"})
"""Fields that change nothing of what an entry says: proof that comes later does not make it known later."""


def refuse_future(value: ProgressEntry, today: date) -> None:
    """Stop if a day on which something happened or was recorded is still to come: it would count from that day only,
    and no status would show it."""
    days = {getattr(value, name, None) for name in ("recorded", "done", "date", "verified_on")}
    later = [day for day in days if day and day > today]
    if later:
        message = Message("{day} is in the future", day=min(later))
        raise CommandError(message, Message("give the day on which it happened or was recorded"))


_FILLERS = {
    **dict.fromkeys(("cause", "action", "unit", "finding"), "…"),
    **dict.fromkeys(("done", "date", "recorded"), "2000-01-01"),
    "clause": "10.2",
}
"""Stand for the fields that the command line of a correction need not repeat."""


def _fields_of(model: type[FileModel]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def _is_of_the_day(kind: str, fields: dict[str, Any], day: date) -> bool:
    """Whether `recorded` may be left out: a completion or an event is taken as recorded on its own day."""
    told = fields.get({COMPLETION: "done", EVENT: "date"}.get(kind, ""))
    return told is not None and read_date(told) == day


def _settled_text(value: str | list[str]) -> str | list[str]:
    """Text in normal form C without white space at its ends. Stop if a character in it can't stand in a plan."""
    if isinstance(value, list):
        return [str(_settled_text(text)) for text in value]
    text = unicodedata.normalize("NFC", value).strip()
    refuse_forbidden(text)
    return text


def _as_written(typed: Typed, value: object) -> Typed:
    """How a value is written to the file: dates, periods and counts in their one form (`2026-07-14`, `2026-Q2`, `38`),
    a list of one as that one, everything else as it was typed."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return value.code
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return typed[0] if isinstance(typed, list) and len(typed) == 1 else typed


def _evidence_path(name: str, folder: Path) -> str:
    with suppress(OSError):  # a name that is too long for any file
        if Path(name).is_dir():
            raise CommandError(Message("'{name}' is a folder", name=name), Message("name the files that are in it"))
    return shown(Path(name), folder)


class RecordQuestion(NamedTuple):
    """An option that is missing: how it is asked for, and what reads the answer."""

    option: str
    text: Message
    read: Callable[[str], Any] = str
    is_needed: bool = True


class About(NamedTuple):
    """What questions are about: the item (None for an event), the day that a period without a year is looked for from,
    and the language they are asked in."""

    node: Node | None
    as_of: date
    translate: Translator

    def read_period(self, typed: str) -> Period:
        """A period in codes or words: `2026-Q3`, `Quý III`. UserError if it is none."""
        return asked_period(typed, self.as_of).period


def can_ask() -> bool:
    """Whether somebody at a terminal can answer."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def lacks(options: Options, kinds: Sequence[str], about: About, *, is_part: bool) -> list[str]:
    """The names of the options that are missing."""
    return [question.option for question in (_questions_which if is_part else _questions)(options, kinds, about)]


def complete(options: Options, kinds: Sequence[str], about: About, *, is_part: bool) -> None:
    """Puts the answers beside the options; of a part of an entry only what says which one is meant.

    Stop with the names of what is missing if there is nobody to ask."""
    missing = lacks(options, kinds, about, is_part=is_part)
    if not missing:
        return
    if not can_ask():
        told = " ".join(f"--{name}" for name in missing)
        raise CommandError(
            Message("options are missing: {options}", options=told), _hint_on_missing(missing, kinds, about)
        )
    find = _questions_which if is_part else _questions
    for question in chain(find(options, kinds, about), () if is_part else _left_of(_OFFERS, options, kinds)):
        answer = ask(question, about.translate)
        if answer:
            options[question.option] = [answer] if question.option == "evidence" else answer


def _hint_on_missing(missing: Sequence[str], kinds: Sequence[str], about: About) -> Message:
    """What helps with options that are missing: which times a period could name, what takes the place of counts."""
    deadline = about.node.deadline if about.node else None
    if "period" in missing and COMPLETION in kinds and isinstance(deadline, Deadline):
        names = [
            f"{period.code} ({short_date(due, about.translate.language)})" if due else period.code
            for period, due in islice(periods_naming(deadline.occurrences), MOST_LISTED + 1)
        ]
        if names:
            return Message("write --period with one of: {periods}", periods=listed(names))
    if "num" in missing:
        return Message("--value takes the place of --num and --den where nothing is counted")
    return SEE_HELP


def ask(question: RecordQuestion, translate: Translator) -> str:
    """The answer, asked for again until it can be read; "" for what is not needed."""
    text = translate(question.text)
    while True:
        answer = _answer_to(text)
        if not answer and not question.is_needed:
            return answer
        try:
            if answer:
                question.read(answer)
                return answer
        except UserError as fault:
            say_error(fault.message, fault.hint, translate)


def _answer_to(text: str) -> str:
    """A line from the terminal. The question goes to stderr: stdout may be a file."""
    sys.stderr.write(f"{text}: ")
    sys.stderr.flush()
    try:
        return input().strip()
    except EOFError:
        raise Abort from None


def _questions(options: Options, kinds: Sequence[str], about: About) -> Iterator[RecordQuestion]:
    """The questions on what is needed and not there, each made when those before it are answered: it may depend on
    them."""
    yield from _questions_which(options, kinds, about)
    if READING in kinds:
        yield from _questions_on_numbers(options, about.node)
    yield from _left_of(_needed(about.node), options, kinds)


def _left_of(
    table: Mapping[RecordQuestion, tuple[str, ...]], options: Options, kinds: Sequence[str]
) -> Iterator[RecordQuestion]:
    """The questions of a table that are not answered yet, of those kinds of records that are made."""
    return (one for one, of in table.items() if one.option not in options and not set(of).isdisjoint(kinds))


def _needed(node: Node | None) -> dict[RecordQuestion, tuple[str, ...]]:
    """What some kinds of records can't go without."""
    return {
        RecordQuestion("done", Message("Day it was done (2026-02-09 or 9/2/2026)"), read_date): (COMPLETION,),
        RecordQuestion("on", Message("Day it happened (2026-02-09 or 9/2/2026)"), read_date): (EVENT,),
        RecordQuestion("audited", Message("Unit that was audited")): (FINDING,),
        RecordQuestion("finding", Message("What was found")): (FINDING,),
        RecordQuestion("cause", _why(node)): (ACTION,),
        RecordQuestion("action", Message("What is done so that it does not happen again")): (ACTION,),
    }


_OFFERS = {
    RecordQuestion("lead", Message("Who does it (may be left out)"), is_needed=False): (ACTION, FINDING),
    RecordQuestion("due", Message("By when (may be left out)"), read_date, is_needed=False): (ACTION, FINDING),
    RecordQuestion("evidence", Message("Document that proves it (may be left out)"), is_needed=False): (
        READING,
        COMPLETION,
    ),
}
"""What may be left out, asked only where something else was missing."""


def _why(node: Node | None) -> Message:
    return Message("Why the target was missed") if node and node.is_objective else Message("Why it is late")


def only_period(node: Node | None) -> Period | None:
    """The period of the one time that a task is due; None for an objective, and for what is due several times."""
    deadline = node.deadline if node and not node.is_objective else None
    occurrences = deadline.occurrences if isinstance(deadline, Deadline) else ()
    return occurrences[0].period if len(occurrences) == 1 else None


def _questions_which(options: Options, kinds: Sequence[str], about: About) -> Iterator[RecordQuestion]:
    """The questions that say which entry is meant: its period, and which of several targets."""
    node = about.node
    count = len(node.targets) if node else 0
    if READING in kinds and count > 1 and "target" not in options:
        yield RecordQuestion("target", Message("Which of its {count} targets, from 1", count=count), read_count)
    is_needed = READING in kinds or (COMPLETION in kinds and _needs_period(node))
    is_needed |= (ACTION in kinds or FINDING in kinds) and only_period(node) is None
    if is_needed and "period" not in options:
        yield RecordQuestion("period", Message("Period (2026-Q3, 2026-09, 2026 …)"), about.read_period)
    if FINDING in kinds and "clause" not in options:
        yield RecordQuestion("clause", Message("Clause that is not met (9.1.1)"))


def _questions_on_numbers(options: Options, node: Node | None) -> Iterator[RecordQuestion]:
    if options.keys() & {"value", "change"}:
        return
    if not options.keys() & {"num", "den"} and not _counts_shares(options, node):
        yield RecordQuestion("value", Message("Measured value (98,7% or 12)"), read_measured)
        return
    if "num" not in options:
        yield RecordQuestion("num", Message("Numerator: cases that the target counts"), _read_count)
    if "den" not in options:
        yield RecordQuestion("den", Message("Denominator: all cases, 0 if none arose"), _read_count)


def _counts_shares(options: Options, node: Node | None) -> bool:
    targets = dict(measurable(node)) if node else {}
    typed = str(options.get("target", ""))
    chosen = targets.get(int(typed) - 1) if typed.isdecimal() else next(iter(targets.values()), None)
    return chosen is not None and chosen.counts_shares


def _needs_period(node: Node | None) -> bool:
    deadline = node.deadline if node else None
    return isinstance(deadline, Deadline) and is_unclear(None, deadline.occurrences)


_MARGIN = 2
"""Columns between an id and its words, and before both."""


def choose_item(place: OpenWorkspace, plan: str | None, unit: str | None, translate: Translator) -> str:
    """`PLAN/ITEM` as somebody at a terminal chooses it from lists: first the plan if there are several, then the item.

    `plan` and `unit` are what the command line named: only that plan, and only items that the unit leads or supports.
    Stop if nothing is left to choose from."""
    keep = items_of(place.register, unit)
    plans = {found.id: found for found in all_plans(place) if not found.form}
    if plan is not None and plan not in plans:
        raise no_such_plan([plan], plans, plan_files(place))
    items = {
        name: [node for node in outline(found, place.settings.deadlines) if node.item.text and keep.has(node)]
        for name, found in plans.items()
        if plan in {None, name}
    }
    items = {name: nodes for name, nodes in items.items() if nodes}
    if not items:
        raise CommandError(Message("no plan has an item that could be recorded"), SEE_VALIDATE)
    chosen = next(iter(items))
    if len(items) > 1:
        _show_list((name, plain_text(plans[name].head.full_title)) for name in items)
        chosen = _ask_for(Message("Which plan"), list(items), translate)
    _show_list((_indented(node), node.words) for node in items[chosen])
    item = _ask_for(Message("Which item"), [node.item.id for node in items[chosen]], translate)
    return f"{chosen}/{item}"


def _indented(node: Node) -> str:
    return " " * _MARGIN * node.depth + node.item.id


def _show_list(rows: Iterable[tuple[str, str]]) -> None:
    """Names in a column, and beside each as much of its words as fits into the line."""
    lines = list(rows)
    width = max(len(name) for name, _ in lines)
    room = screen_width() - width - 2 * _MARGIN
    for name, text in lines:
        margin = " " * _MARGIN
        tell(harmless(clean(f"{margin}{name:{width}}{margin}{shortened(text, room, whole_words=True)}")))


def _ask_for(text: Message, names: Sequence[str], translate: Translator) -> str:
    """One of some names, in whatever case it is typed."""
    known = {name.lower(): name for name in reversed(names)}

    def read(typed: str) -> str:
        if typed.lower() not in known:
            raise UserError(Message("'{text}' is not in the list", text=typed), Message("type what stands on the left"))
        return known[typed.lower()]

    return read(ask(RecordQuestion("item", text, read), translate))


def show_item(node: Node, translate: Translator) -> None:
    """An item before questions on it are asked: what it says, its targets, its deadline and who leads it."""
    targets = dict.fromkeys(target.phrase for target in node.targets if isinstance(target, Target))
    facts = {
        Message("target: {text}"): "; ".join(targets),
        Message("deadline: {text}"): _deadline_of(node),
        Message("lead: {text}"): names_text(node.lead),
    }
    tell(harmless(clean(shortened(f"{node.item.id}: {node.words}", 3 * screen_width(), whole_words=True))))
    for fact, text in facts.items():
        if text:
            tell(harmless(clean("  " + translate(fact, text=text))))


def _deadline_of(node: Node) -> str:
    """The deadline as typed, the item's own or an inherited one; "" where there is none in words."""
    at = node.holder("deadline")
    typed = at.item.deadline if at else None
    return plain_text(typed) if isinstance(typed, str) else (typed.text or "" if typed else "")
