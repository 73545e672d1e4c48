"""A Word file beside the document that its plan makes: the paragraphs that differ, and which field of the plan each of
them shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.documents.blocks import unmarked
from qmsplan.documents.plan_view import LISTS
from qmsplan.documents.profile import TextStyle
from qmsplan.word.paragraph import normal
from qmsplan.word.reader import Paragraph

_HEADS = (
    *("number", "dateline", "stamp", "type", "subject", "parent", "issuer"),
    *("recipient", "position", "instruction", "signatory"),
)
"""The components of head and end: what stands in them is the plan's, and no item's."""
_SHORTEST = 3
"""Letters of a text that is looked for inside a paragraph; a number alone stands in many."""


class Origin(NamedTuple):
    """A field, by the id of its item, or the number and title of its section; "" for the plan's own. Of what no field
    holds, such as a sum: the heading of its column, or the name of its component, `Địa danh - ngày tháng`."""

    owner: str
    field: tuple[str, ...]
    part: str = ""


class Origins:
    """What every line of a plan's texts stands for. `view` is the plan as templates see it, `styles` are those of its
    profile."""

    def __init__(self, view: Mapping[str, Any], styles: Mapping[str, TextStyle] = MappingProxyType({})) -> None:
        self.exact: dict[str, list[Origin]] = defaultdict(list)
        for text, origin in _lines(view, "", ()):
            for line in text.split("\n"):
                if key := _key(line):
                    self.exact[key].append(origin)
        self.heads = {styles[name].name for name in _HEADS if name in styles}
        self.headings = {styles[name].name for name in ("table-header",) if name in styles}

    def of(self, paragraphs: Sequence[Paragraph], index: int) -> Origin | None:
        """The field of one paragraph; None for words of the template. The others of its row tell which item it is: a
        figure that is no field of that item, a weight or a sum, is told by its column."""
        paragraph = paragraphs[index]
        found = self._candidates(paragraph.text)
        if paragraph.style in self.heads:  # a day of an item may stand in the day of the paper
            found = [origin for origin in found if not origin.owner]
            return found[0] if found else Origin("", (), paragraph.style)
        owner = self._owner(paragraphs, index)
        own = next((origin for origin in found if origin.owner == owner), None)
        heading = self._heading(paragraphs, index)
        if own or not heading:
            return own or (found[0] if found else None)
        return found[0] if owner is None and len(found) == 1 else Origin(owner or "", (), heading)

    def _heading(self, paragraphs: Sequence[Paragraph], index: int) -> str:
        """The heading of the column that a cell stands in; "" outside tables, and for headings."""
        cell = paragraphs[index]
        if not cell.row or cell.style in self.headings:
            return ""
        heads = [
            (one.column, one.row or 0, one.text)
            for one in paragraphs
            if one.table == cell.table and one.style in self.headings and one.column <= cell.column
        ]
        return max(heads, default=(0, 0, ""))[2]

    def _owner(self, paragraphs: Sequence[Paragraph], index: int) -> str | None:
        """The item that most paragraphs of the row are about; the row above decides nothing."""
        row = paragraphs[index].row
        start, end = index, index + 1
        while row and start and paragraphs[start - 1].row == row:
            start -= 1
        while row and end < len(paragraphs) and paragraphs[end].row == row:
            end += 1
        votes: Counter[str] = Counter()
        for paragraph in paragraphs[start:end]:
            owners = {origin.owner for origin in self.exact.get(_key(paragraph.text), ())}
            votes.update({owner: 1000 // len(owners) for owner in owners})
        return votes.most_common(1)[0][0] if votes else None

    def _candidates(self, text: str) -> list[Origin]:
        """The fields with this line; else those with the longest line that stands in the paragraph."""
        key = _key(text)
        if key in self.exact:
            return self.exact[key]
        inside = [line for line in self.exact if len(line) >= _SHORTEST and line in key and not line.isdecimal()]
        return self.exact[max(inside, key=len)] if inside else []


def _key(text: str) -> str:
    return normal(unmarked(text)).casefold()


def _lines(branch: Mapping[str, Any], owner: str, prefix: tuple[str, ...]) -> Iterator[tuple[str, Origin]]:
    for name, value in branch.items():
        if name in LISTS and isinstance(value, list):
            for entry in value:
                yield from _lines(entry, _name(entry), ())
        elif isinstance(value, dict):
            yield from _lines(value, owner, (*prefix, name))
        elif isinstance(value, str) and value and name not in {"label", "id", "kind"}:
            yield value, Origin(owner, (*prefix, name))


def _name(entry: Mapping[str, Any]) -> str:
    """The id of an item or event; of a section its number and title."""
    return str(entry["id"]) if "id" in entry else normal(f"{entry.get('label', '')}{unmarked(entry.get('title', ''))}")


MOST = 3000
"""Paragraphs between the first and the last difference; beyond, the file is that of another plan."""

ALIKE = 0.6
"""How much of two texts must be the same for one to have taken the place of the other."""
LOOKED_AT = 300
"""Letters of a text that this is decided by."""


class TextDifference(NamedTuple):
    """A paragraph that is another one, or only in one of the two; and the field that it shows, if it shows one."""

    origin: Origin | None
    plan: str | None
    file: str | None


def differences(
    plan: Sequence[Paragraph], file: Sequence[Paragraph], origin: Callable[[int], Origin | None]
) -> Iterator[TextDifference]:
    """Paragraphs that differ, in order. `origin` tells the field of a paragraph of the plan's by its index."""
    old, new = ([paragraph.text for paragraph in side] for side in (plan, file))
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - start
    end = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    middle, other = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(middle), len(other)) > MOST:
        raise UserError(
            Message("the Word file has little in common with the plan"),
            Message("name its plan with --plan, or a --rev"),
        )
    for kind, first, last, one, another in SequenceMatcher(None, middle, other).get_opcodes():
        if kind == "equal":
            continue
        for index, text in _pairs(range(first, last), middle, other[one:another]):
            known = None if index is None else origin(start + index)
            yield TextDifference(known, *_told(None if index is None else middle[index], text))


_LONGEST, _BEFORE = 1200, 200
"""Letters of a paragraph that are told, and how many of them before the first that differs."""


def _told(plan: str | None, file: str | None) -> tuple[str | None, str | None]:
    """Both texts, or of long ones the stretch where they begin to differ: a paragraph may hold a whole book."""
    if max(len(plan or ""), len(file or "")) <= _LONGEST:
        return plan, file
    pairs = enumerate(zip(plan or "", file or "", strict=False))
    first = next((place for place, (one, other) in pairs if one != other), min(len(plan or ""), len(file or "")))
    start = max(first - _BEFORE, 0)
    return _stretch(plan, start), _stretch(file, start)


def _stretch(text: str | None, start: int) -> str | None:
    if text is None:
        return None
    end = start + _LONGEST
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _pairs(indexes: range, old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, str | None]]:
    """As many for as many by their order; else what is most alike, and the rest alone."""
    if len(indexes) == len(new) or len(indexes) * len(new) > MOST:
        yield from zip_longest(indexes, new)
        return
    done = 0
    for index in indexes:
        likeness = [SequenceMatcher(None, old[index][:LOOKED_AT], text[:LOOKED_AT]).ratio() for text in new[done:]]
        best = max(likeness, default=0.0)
        if best < ALIKE:
            yield index, None
            continue
        found = done + likeness.index(best)
        yield from ((None, text) for text in new[done:found])
        yield index, new[found]
        done = found + 1
    yield from ((None, text) for text in new[done:])
