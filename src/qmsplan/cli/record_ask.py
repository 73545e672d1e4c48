"""What a record still lacks: asked for on a terminal, named everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from typer import Abort

from qmsplan.cli.console import CommandError, is_terminal, say_error
from qmsplan.cli.record_entry import ACTION, COMPLETION, EVENT, READING, SEE_HELP, Options
from qmsplan.diagnostics import Message, UserError, sentence, translator
from qmsplan.model.fields import read_count, read_date, read_measured
from qmsplan.model.period import parse_period
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import measurable
from qmsplan.rules.deadlines import is_unclear


class RecordQuestion(NamedTuple):
    """An option that is missing: how it is asked for, and what reads the answer."""

    option: str
    text: Message
    read: Callable[[str], Any] = str
    is_needed: bool = True


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def complete(options: Options, kinds: Sequence[str], node: Node | None, language: str, *, is_part: bool) -> Options:
    """The options with the answers; of a part of an entry only what says which one is meant.

    Stop with the names of what is missing if there is nobody to ask."""
    find = _which if is_part else _questions
    missing = [question.option for question in find(options, kinds, node)]
    if not missing:
        return options
    if not can_ask():
        told = " ".join(f"--{name}" for name in missing)
        hint = (
            Message("--value takes the place of --num and --den where nothing is counted") if "num" in missing else None
        )
        raise CommandError(Message("options are missing: {options}", options=told), hint or SEE_HELP)
    found = dict(options)
    for question in chain(find(found, kinds, node), () if is_part else _offers(found, kinds)):
        answer = ask(question, language)
        if answer:
            found[question.option] = [answer] if question.option == "evidence" else answer
    return found


def ask(question: RecordQuestion, language: str) -> str:
    """The answer, asked for until it can be read; nothing for what is not needed."""
    translate = translator(language)
    text = sentence(question.text, translate)
    while True:
        answer = _typed(text)
        if not answer and not question.is_needed:
            return answer
        try:
            if answer:
                question.read(answer)
                return answer
        except UserError as fault:
            say_error(fault.message, fault.hint, translate)


def _typed(text: str) -> str:
    """A line from the terminal. The question goes where talk goes: stdout may be a file."""
    sys.stderr.write(f"{text}: ")
    sys.stderr.flush()
    try:
        return input().strip()
    except EOFError:
        raise Abort from None


def _questions(options: Options, kinds: Sequence[str], node: Node | None) -> Iterator[RecordQuestion]:
    """What is needed and not there. Each question is made when the ones before it are answered."""
    yield from _which(options, kinds, node)
    if READING in kinds:
        yield from _numbers(options, node)
    texts: dict[tuple[str, str], tuple[Message, Callable[[str], Any]]] = {
        ("done", COMPLETION): (Message("Day it was done (2026-02-09 or 9/2/2026)"), read_date),
        ("on", EVENT): (Message("Day it happened (2026-02-09 or 9/2/2026)"), read_date),
        ("cause", ACTION): (Message("Why the target was missed"), str),
        ("action", ACTION): (Message("What is done so that it does not happen again"), str),
    }
    for (name, kind), (text, read) in texts.items():
        if kind in kinds and name not in options:
            yield RecordQuestion(name, text, read)


def _which(options: Options, kinds: Sequence[str], node: Node | None) -> Iterator[RecordQuestion]:
    """What says which entry is meant: the period, and the target of several."""
    count = len(node.targets) if node else 0
    if READING in kinds and count > 1 and "target" not in options:
        yield RecordQuestion("target", Message("Which of its {count} targets, from 1", count=count), read_count)
    is_needed = READING in kinds or ACTION in kinds or (COMPLETION in kinds and _needs_period(node))
    if is_needed and "period" not in options:
        yield RecordQuestion("period", Message("Period (2026-Q3, 2026-09, 2026 …)"), parse_period)


def _numbers(options: Options, node: Node | None) -> Iterator[RecordQuestion]:
    if options.keys() & {"value", "change"}:
        return
    if not options.keys() & {"num", "den"} and not _counts_shares(options, node):
        yield RecordQuestion("value", Message("Measured value (98,7% or 12)"), read_measured)
        return
    if "num" not in options:
        yield RecordQuestion("num", Message("Numerator: cases that meet the target"), read_count)
    if "den" not in options:
        yield RecordQuestion("den", Message("Denominator: all cases, 0 if none arose"), read_count)


def _counts_shares(options: Options, node: Node | None) -> bool:
    targets = dict(measurable(node)) if node else {}
    typed = str(options.get("target", ""))
    chosen = targets.get(int(typed) - 1) if typed.isdecimal() else next(iter(targets.values()), None)
    return chosen is not None and chosen.counts_shares


def _needs_period(node: Node | None) -> bool:
    deadline = node.deadline if node else None
    return isinstance(deadline, Deadline) and is_unclear(None, deadline.occurrences)


def _offers(options: Options, kinds: Sequence[str]) -> Iterator[RecordQuestion]:
    """What may be told besides; asked for only where something was missing anyway."""
    if ACTION in kinds and "lead" not in options:
        yield RecordQuestion("lead", Message("Who does it (may be left out)"), is_needed=False)
    if ACTION in kinds and "due" not in options:
        yield RecordQuestion("due", Message("By when (may be left out)"), read_date, is_needed=False)
    if (READING in kinds or COMPLETION in kinds) and "evidence" not in options:
        yield RecordQuestion("evidence", Message("Document that proves it (may be left out)"), is_needed=False)
