"""What the options of `qmsplan record` stand for: the kinds of entries that they make, and the fields that they fill.

What an entry still lacks is asked for on a terminal, and named everywhere else. What can be recorded is listed there:
the plans, the items of one with their words, and one item by itself. All talk goes to stderr: stdout may be a file that
waits for the answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any, NamedTuple, TypeAlias

from typer import Abort

from qmsplan.cli.console import CommandError, is_terminal, say_error, screen_width, tell
from qmsplan.cli.items import items_of
from qmsplan.cli.settings import OpenWorkspace
from qmsplan.cli.workspace import all_plans, no_such_plan, plan_files
from qmsplan.diagnostics import MOST_LISTED, Message, Translator, UserError, listed
from qmsplan.load.workspace import SEE_VALIDATE
from qmsplan.model.fields import read_count, read_date, read_measured, ungrouped_count
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period
from qmsplan.model.text import short_date, shortened
from qmsplan.output.safe_text import clean, harmless
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node, names_text, outline
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import measurable
from qmsplan.progress.occurrences import periods_naming
from qmsplan.record.entry import ACTION, COMPLETION, EVENT, FINDING, READING, needs_period, only_period

Options: TypeAlias = "dict[str, str | list[str]]"
"""The options that were given, by their names: `{"num": "38", "evidence": ["Sổ theo dõi"]}`."""

_PROOF = frozenset({"recorded", "evidence", "file"})
_CHECK = frozenset({"verified-on", "verified-by", "effective"})
_FOLLOW_UP = _PROOF | _CHECK | {"period", "correction", "cause", "action", "lead", "due", "action-done"}
OPTIONS = {
    READING: _PROOF | {"target", "period", "num", "den", "value", "baseline", "change", "note"},
    COMPLETION: _PROOF | {"period", "done", "note"},
    EVENT: frozenset({"event", "on", "recorded", "note"}),
    ACTION: _FOLLOW_UP,
    FINDING: _FOLLOW_UP | {"clause", "audited", "finding"},
}
"""The options that each kind of entry takes."""
_COUNTS = {"num": "numerator", "den": "denominator"}
_FIELD_OF = {**_COUNTS, "on": "date", "audited": "unit", "action-done": "done", "file": "files"}
"""The fields that are not called like their options."""


def field_of(option: str) -> str:
    """The field of an entry that an option fills: `numerator` of `num`, `verified_on` of `verified-on`."""
    return _FIELD_OF.get(option, option.replace("-", "_"))


_OF_SEVERAL = _PROOF | {"period", "note"}
_MARKS = {kind: taken - _OF_SEVERAL for kind, taken in OPTIONS.items()}
_MARKS[FINDING] -= _FOLLOW_UP  # what is done about it is told as of any fault
"""The options that only one kind of record has, so that they tell which is meant."""


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
    foreign = sorted(options.keys() - set().union(*(OPTIONS[kind] for kind in kinds)))
    if foreign:
        told = " ".join(f"--{name}" for name in foreign)
        raise CommandError(Message("these options do not go with the others: {options}", options=told), SEE_HELP)
    return tuple(kinds)


_SEPARATELY = Message("record them one after the other; only a reading and its corrective action go together")
SEE_HELP = Message("'qmsplan record --help' says which options belong together")


def _read_count(text: str) -> int:
    return read_count(ungrouped_count(text))


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


def _questions_which(options: Options, kinds: Sequence[str], about: About) -> Iterator[RecordQuestion]:
    """The questions that say which entry is meant: its period, and which of several targets."""
    node = about.node
    count = len(node.targets) if node else 0
    if READING in kinds and count > 1 and "target" not in options:
        yield RecordQuestion("target", Message("Which of its {count} targets, from 1", count=count), read_count)
    is_needed = READING in kinds or (COMPLETION in kinds and needs_period(node))
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
