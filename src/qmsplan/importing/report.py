"""What an import tells: what came of it, what to look at, what found no place. Its last line is the account of
words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from qmsplan.diagnostics import Message, sentence
from qmsplan.importing.importer import Imported
from qmsplan.importing.making import REVIEW, Branch, branches
from qmsplan.importing.units import UnknownUnits, register_block
from qmsplan.output.safe_text import dump

_MOST = 30
"""Entries of a list that are told."""
_SHOWN = 110
"""Letters of a paragraph that are told."""
VERSION = 1

Translator = Callable[[str], str]


def count_items(branch: Branch) -> int:
    """The objectives, tasks and activities of a draft."""
    return sum(name in {"objectives", "tasks", "activities"} for name, _ in branches(branch))


def report_lines(
    found: Imported, file: str, translate: Translator, *, wrote_units: UnknownUnits | None
) -> Iterator[str]:
    """The report of one file, line by line. `wrote_units` are those that were put into the register on the way."""
    yield sentence(Message("{file}: {count} item(s)", file=file, count=count_items(found.branch)), translate)
    for message, lines in _told(found, wrote_units):
        yield sentence(message, translate)
        yield from lines
    placed = Message(
        "placed {share}% of {count} word(s); paragraphs left: {left}",
        share=share_text(found),
        count=found.words.total,
        left=len(found.words.left),
    )
    yield sentence(placed, translate)


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
    if found.deadlines:
        yield Message("deadlines that are kept as typed, but not understood:"), _listed(found.deadlines)
    if found.others:
        message = Message("the file holds more papers; save each as a file of its own and import it:")
        yield message, _listed(found.others)
    if found.sums:
        message = Message("sums that the rows do not add up to; the document will print the sum of the rows:")
        yield message, _listed(f"{one.row}: {one.typed} ≠ {one.added}" for one in found.sums)
    yield from _of_units(found.units, wrote_units)
    if left := found.words.left:
        message = Message("paragraphs that found no place, in full or in part:")
        yield message, (f"  {one.number}: {_short(one.text)}" for one in left)


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
    if guessed := (wrote or found).guessed:
        yield Message("names that the file has in capitals; check their small letters:"), _listed(guessed)


def share_text(found: Imported) -> str:
    """The share of words that were placed, rounded down so that 100 means all: `99`."""
    return f"{found.words.placed * 100 // found.words.total if found.words.total else 100}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _listed(texts: Iterable[str]) -> Iterator[str]:
    entries = [f"  {_short(' '.join(text.split()))}" for text in texts]
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
        "deadlines": list(found.deadlines),
        "more_papers": list(found.others),
        "sums": [one._asdict() for one in found.sums],
        "units": [unit._asdict() for unit in found.units.units],
        "people": [person._asdict() for person in found.units.people],
        "near": [unit._asdict() for unit in found.units.near],
        "differences": differences,
    }


def report_json(files: list[dict[str, object]]) -> str:
    """All reports as one JSON document."""
    return dump({"version": VERSION, "files": files})
