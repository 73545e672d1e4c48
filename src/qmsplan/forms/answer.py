"""What came of forms that were read, in words and as data (docs/json.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, Severity, sentence
from qmsplan.forms.reading import ReadForm
from qmsplan.forms.values import FormFault
from qmsplan.output.findings import severity_word
from qmsplan.output.record import WrittenEntry, entry_data, written_line
from qmsplan.output.safe_text import Translate, clean, dump, harmless

VERSION = 1


class TakenEntry(NamedTuple):
    """An entry that goes into the files, with the sheet and the cell it came from."""

    sheet: str
    cell: str
    written: WrittenEntry


class FormAnswer(NamedTuple):
    """What came of one form. `form` is None for a file that is none."""

    name: str
    form: ReadForm | None
    faults: tuple[FormFault, ...] = ()
    entries: tuple[TakenEntry, ...] = ()
    unchanged: int = 0
    diffs: tuple[str, ...] = ()
    """The changes of each file, where nothing was to be written."""

    @property
    def is_refused(self) -> bool:
        """True if something is wrong, so that nothing was taken from it."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)


def answers_text(answers: Sequence[FormAnswer], language: str, translate: Translate, *, is_dry_run: bool) -> str:
    """Lines on each form: what was taken, what is wrong with its cell, and what it came to."""
    return harmless("".join(line for answer in answers for line in _lines(answer, language, translate, is_dry_run)))


def _lines(answer: FormAnswer, language: str, translate: Translate, is_dry_run: bool) -> Iterator[str]:  # noqa: FBT001
    for fault in answer.faults:
        place = f"{answer.name}: {fault.place}" if fault.place else answer.name
        word = severity_word(fault.severity, translate)
        yield clean(f"{place}: {word}[{fault.code}]: {sentence(fault.message, translate)}") + "\n"
        if fault.hint:
            yield clean(f"  {translate('hint')}: {sentence(fault.hint, translate)}") + "\n"
    if answer.is_refused:
        count = sum(fault.severity is Severity.ERROR for fault in answer.faults)
        told = Message("{file}: nothing was taken over, {count} fault(s)", file=answer.name, count=count)
        yield clean(sentence(told, translate)) + "\n"
        return
    if is_dry_run:
        yield from answer.diffs
    else:
        yield from (written_line(entry.written, language, translate) for entry in answer.entries)
    facts = {"file": answer.name, "count": len(answer.entries), "same": answer.unchanged}
    told = Message("{file}: {count} entry(ies) taken over, {same} recorded already", **facts)
    if is_dry_run:
        told = Message("{file}: {count} entry(ies) would be taken over, {same} recorded already", **facts)
    yield clean(sentence(told, translate)) + "\n"


def answers_json(answers: Sequence[FormAnswer], translate: Translate, *, is_dry_run: bool) -> str:
    """The same as data."""
    return dump({"version": VERSION, "forms": [_data(answer, translate, is_dry_run) for answer in answers]})


def _data(answer: FormAnswer, translate: Translate, is_dry_run: bool) -> dict[str, Any]:  # noqa: FBT001
    identity = answer.form.identity if answer.form else {}
    is_written = bool(answer.entries) and not is_dry_run and not answer.is_refused
    return {
        "file": answer.name,
        "unit": identity.get("unit"),
        "period": identity.get("period"),
        "written": is_written,
        "entries": [
            {"sheet": entry.sheet, "cell": entry.cell, **entry_data(entry.written)} for entry in answer.entries
        ],
        "unchanged": answer.unchanged,
        "faults": [_fault(fault, translate) for fault in answer.faults],
        "diff": "".join(answer.diffs) or None,
    }


def _fault(fault: FormFault, translate: Translate) -> dict[str, Any]:
    return {
        "code": fault.code,
        "severity": fault.severity.value,
        "sheet": fault.sheet or None,
        "cell": fault.cell or None,
        "message": sentence(fault.message, translate),
        "hint": sentence(fault.hint, translate) if fault.hint else None,
    }
