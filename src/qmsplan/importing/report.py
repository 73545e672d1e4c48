"""What an import tells: what came of it, what to look at, what found no place. Its last line is the account of
words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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

    def say(message: Message) -> str:
        return sentence(message, translate)

    yield say(Message("{file}: {count} item(s)", file=file, count=count_items(found.branch)))
    if found.guesses:
        yield say(
            Message("places to look at, marked '# {mark}' in the file: {count}", mark=REVIEW, count=len(found.guesses))
        )
    yield from _told(found, say)
    if wrote_units and wrote_units.near:
        yield say(Message("spellings put into 'aliases' in qmsplan.yaml; check that these units are meant:"))
        yield from _listed(f"{one.spelling} → {one.code}" for one in wrote_units.near)
    if found.units.near:
        yield say(Message("names that come close to registered ones; add them to 'aliases' in qmsplan.yaml:"))
        yield from _listed(f"{one.spelling} → {one.code}" for one in found.units.near)
    if (found.units.units or found.units.people) and not wrote_units:
        yield say(Message("units and persons that are not registered; '--write-units' puts them into qmsplan.yaml:"))
        yield from register_block(found.units)
    if wrote_units and (wrote_units.units or wrote_units.people):
        yield say(Message("put into qmsplan.yaml; check names and whom each belongs to ('parent', 'unit'):"))
        yield from register_block(wrote_units)
    if guessed := (wrote_units or found.units).guessed:
        yield say(Message("names that the file has in capitals; check their small letters:"))
        yield from _listed(guessed)
    if found.words.left:
        yield say(Message("paragraphs that found no place, in full or in part:"))
        for one in found.words.left:
            yield f"  {one.number}: {_short(one.text)}"
    yield say(
        Message(
            "placed {share}% of {count} word(s); paragraphs left: {left}",
            share=share_text(found),
            count=found.words.total,
            left=len(found.words.left),
        )
    )


def _told(found: Imported, say: Callable[[Message], str]) -> Iterator[str]:
    """What the draft holds otherwise than the file says it, or can't be read."""
    if signoff := found.plan.signoff:
        number, day = signoff.number, signoff.date.isoformat()
        yield say(
            Message(
                "the file has number and day: {number}, {day}; when the draft is right, seal it with "
                "'qmsplan sign {plan} --number {number} --date {day}'",
                plan=found.plan.id,
                number=number,
                day=day,
            )
        )
    if found.deadlines:
        yield say(Message("deadlines that are kept as typed, but not understood:"))
        yield from _listed(found.deadlines)
    if found.others:
        yield say(Message("the file holds more papers; save each as a file of its own and import it:"))
        yield from _listed(found.others)
    if found.sums:
        yield say(Message("sums that the rows do not add up to; the document will print the sum of the rows:"))
        yield from _listed(f"{one.row}: {one.typed} ≠ {one.added}" for one in found.sums)


def share_text(found: Imported) -> str:
    """The share of words that were placed, rounded down so that 100 means all: `99`."""
    return f"{found.words.placed * 100 // found.words.total if found.words.total else 100}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _listed(texts: object) -> Iterator[str]:
    assert hasattr(texts, "__iter__")  # noqa: S101
    entries = [f"  {_short(' '.join(str(text).split()))}" for text in texts]
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
