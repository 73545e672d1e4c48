"""Whether a plan is what was signed, and whether a Word file says what its plan says: as text and as JSON
(docs/json.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qmsplan.diagnostics import ENGLISH, Message, Translator
from qmsplan.model.text import short_date
from qmsplan.output.diff import field_word, kind_word, parted
from qmsplan.output.safe_text import Screen, clean, dump, harmless

VERSION = 1


class Seal(NamedTuple):
    """A sign-off, review or approval, and whether its digest is that of the plan; None if that can't be said."""

    role: str
    """`signed`, `reviewed` or `approved`."""
    name: str
    date: date
    digest: str | None
    holds: bool | None


class WordDifference(NamedTuple):
    """A paragraph that differs: its item or section, its field, what the plan and the Word file say."""

    owner: str
    field: tuple[str, ...]
    plan: str | None
    file: str | None
    part: str = ""
    """Without a field: the heading of the column, or the component, as `Origin` has it."""
    elsewhere: str = ""
    """Of a whole row of the plan's: `moved` if it stands in another place, `again` if it stands there as well."""
    other: str = ""
    """The item that cells were exchanged with."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was verified: a Word file against its plan, or without one the plan's seals."""

    plan: str
    source: str
    """The plan's file, with its revision."""
    commit: str | None
    seals: tuple[Seal, ...]
    word: str | None = None
    properties: tuple[tuple[str, str], ...] = ()
    differing: tuple[WordDifference, ...] = ()
    changes: tuple[Message, ...] = ()
    """Where the plan is not what was signed, as `'deadline' of 'MT01' is not what was signed`."""
    newer: tuple[str, ...] = ()
    """Lines that the program prints today, and did not yet, or otherwise, when the Word file was made."""
    besides: tuple[Message, ...] = ()
    """What the Word file shows besides text, and the plan's does not, as `pictures that the plan does not print: 1`."""

    @property
    def is_proved(self) -> bool:
        """True if the Word file says what the plan says, and the plan is what was signed or has no seal; without a
        file, if the plan is what was signed."""
        if self.changes:
            return False
        if self.word is not None:
            return not self.differing and not self.besides
        is_signed = any(seal.role == "signed" for seal in self.seals)
        return is_signed and all(seal.holds is True for seal in self.seals)


def verify_json(verified: Verification) -> str:
    """The result as JSON."""
    return dump(
        {
            "version": VERSION,
            "plan": verified.plan,
            "source": verified.source,
            "commit": verified.commit,
            "proved": verified.is_proved,
            "changes": [ENGLISH(change) for change in verified.changes],
            "seals": [seal._asdict() for seal in verified.seals],
            "word": verified.word,
            "properties": dict(verified.properties),
            "besides": [ENGLISH(one) for one in verified.besides],
            "newer": list(verified.newer),
            "differences": [
                one._asdict()
                | {"owner": one.owner or None, "field": ".".join(one.field) or None}
                | {"part": one.part or None, "elsewhere": one.elsewhere or None, "other": one.other or None}
                for one in verified.differing
            ],
        }
    )


def verify_text(verified: Verification, screen: Screen) -> str:
    """A line for each seal; or the differences of the Word file, field by field."""
    is_plan = verified.word is None
    lines = _seal_lines(verified, screen) if is_plan else _word_lines(verified, screen)
    return harmless("\n".join((*lines, *_change_lines(verified, screen))) + "\n")


MOST_DIFFERENCES = 200
"""Paragraphs that differ which are told one by one in text; JSON has all."""
LONGEST_SHOWN = 600
"""Characters of a paragraph that are shown."""
MOST_CHANGES = 20
"""Changes of a signed plan that are told one by one."""


def _change_lines(verified: Verification, screen: Screen) -> Iterator[str]:
    """Where the plan is not what was signed; its Word file is not what was signed either."""
    translate, paint = screen.translate, screen.paint
    if not verified.changes:
        return
    if verified.word is not None:
        yield paint("  " + translate("THE PLAN WAS CHANGED SINCE"), "31")
    for change in verified.changes[:MOST_CHANGES]:
        yield paint(f"    - {clean(translate(change))}", "31")
    if len(verified.changes) > MOST_CHANGES:
        yield "    - " + translate("and {count} more", count=len(verified.changes) - MOST_CHANGES)


def _seal_lines(verified: Verification, screen: Screen) -> Iterator[str]:
    translate, paint = screen.translate, screen.paint
    yield f"{paint(clean(verified.plan), '1')}  {clean(verified.source)}"
    if not any(seal.role == "signed" for seal in verified.seals):
        yield paint("  " + translate("not signed yet: there is no signed text to compare it with"), "33")
    for seal in verified.seals:
        is_kept = seal.holds and not verified.changes
        colour = "32" if is_kept else "31" if seal.holds is not None else "33"
        yield paint(f"  {_seal_line(seal, translate, is_kept=is_kept)}", colour)


def _seal_line(seal: Seal, translate: Translator, *, is_kept: bool | None) -> str:
    """A line for a seal. Text and promises of a plan may be kept, and what is printed around them not."""
    roles = {"signed": translate("signed"), "reviewed": translate("reviewed"), "approved": translate("approved")}
    head = f"{roles[seal.role]}: {clean(seal.name)}, {short_date(seal.date, translate.language)}"
    if is_kept:
        told = translate("the plan is what was signed, to the letter")
    elif seal.holds:
        told = translate("the plan says what was signed, but it is printed otherwise")
    elif seal.holds is False:
        told = translate("THE PLAN WAS CHANGED SINCE")
    elif seal.digest is None:
        told = translate("without a digest, so nothing can be proved")
    else:
        told = translate("its digest was made by a newer qmsplan; update yours")
    return f"{head}; {told}" + (f"\n    {seal.digest}" if seal.holds else "")


def _word_lines(verified: Verification, screen: Screen) -> Iterator[str]:
    translate, paint = screen.translate, screen.paint
    names = {"file": verified.word or "", "plan": verified.plan, "source": verified.source}
    about = translate("{file} against {plan}, {source}", **names)
    yield from (paint(line, "1") for line in screen.folded(clean(about), 2))
    yield from (paint(f"  {clean(translate(one))}", "31") for one in verified.besides)
    for text in verified.newer:
        yield "  " + clean(
            translate("a line that an earlier qmsplan did not print as this one would: {text}", text=text)
        )
    if not verified.differing:
        if not verified.besides:
            yield paint("  " + translate("the Word file says what the plan says"), "32")
        return
    yield paint("  " + translate("differences: {count}", count=len(verified.differing)), "31")
    for one in verified.differing[:MOST_DIFFERENCES]:
        owner, field = _owner_name(verified.plan, one.owner, translate), _field_name(one, translate)
        yield f"\n  {paint(clean(owner), '1')} {clean(field)}"
        yield from _texts_of(one, screen)
    if len(verified.differing) > MOST_DIFFERENCES:
        yield "  " + translate("and {count} more", count=len(verified.differing) - MOST_DIFFERENCES)


def _texts_of(one: WordDifference, screen: Screen) -> Iterator[str]:
    """What the plan and the Word file say where they differ."""
    if one.elsewhere in _ROWS:
        yield from screen.folded("    " + clean(shortened(one.file or one.plan or "")), 4)
        return
    plan, file = parted(one.plan, one.file) if one.plan and one.file else (one.plan, one.file)
    labels = screen.translate("the plan says"), screen.translate("the Word file says")
    longest = max(map(len, labels))
    for label, text, colour in zip(labels, (plan, file), ("32", "31"), strict=True):
        head = f"    {label.ljust(longest)}  "
        words = shortened(text) if text else screen.translate("(nothing)")
        first, *more = screen.folded(" " * len(head) + clean(words), len(head))
        yield head + screen.paint(first.lstrip(), colour)
        yield from (screen.paint(line, colour) for line in more)


def shortened(text: str) -> str:
    """The start of a text that is longer than anybody reads on a terminal."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]} …"


def _owner_name(plan: str, owner: str, translate: Translator) -> str:
    """The item a difference is in. Ids have no spaces; a name with spaces is a section's number and title."""
    if " " in owner:
        return f"{plan}, {kind_word('sections', translate)} {owner}"
    return f"{plan}/{owner}" if owner else plan


_ROWS = {
    "moved": Message("stands in another place"),
    "again": Message("stands there once more"),
    "gone": Message("is not in the Word file"),
    "added": Message("is not in the plan"),
    "joined": Message("has cells that were merged, parted or taken away"),
}
"""What is said of a whole row."""
_CELLS = {
    "swapped": Message("has changed places with others of its row"),
    "merged": Message("its cell was merged or parted"),
    "exchanged": Message("exchanged with {other}"),
}
"""What is said of a cell."""


def _field_name(one: WordDifference, translate: Translator) -> str:
    if one.elsewhere in _ROWS:
        return translate(_ROWS[one.elsewhere])
    name = field_word(one.field, translate) if one.field else f"'{one.part}'" if one.part else ""
    if one.elsewhere:
        return ": ".join(filter(None, (name, translate(_CELLS[one.elsewhere].filled(other=one.other)))))
    return name or (translate("not in the plan") if one.plan is None else translate("words of the template"))
