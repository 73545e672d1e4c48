"""Which field of a plan a printed paragraph shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from qmsplan.document.marks import unmarked
from qmsplan.document.view import LISTS
from qmsplan.document.word.texts import normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmsplan.document.word.texts import Paragraph

_SHORTEST = 3
"""Letters of a text that is looked for inside a paragraph; a number alone stands in many."""


class Origin(NamedTuple):
    """A field, by the id of its item, or the number and title of its section; "" for the plan's own."""

    owner: str
    field: tuple[str, ...]


class Origins:
    """What every line of a plan's texts stands for. `view` is the plan as templates see it."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        self.exact: dict[str, list[Origin]] = defaultdict(list)
        for text, origin in _lines(view, "", ()):
            for line in text.split("\n"):
                if key := _key(line):
                    self.exact[key].append(origin)

    def of(self, paragraphs: Sequence[Paragraph], index: int) -> Origin | None:
        """The field of one paragraph; None for words of the template. The others of its row tell which item it is."""
        found = self._candidates(paragraphs[index].text)
        if len(found) < 2:
            return found[0] if found else None
        owner = self._owner(paragraphs, index)
        return next((origin for origin in found if origin.owner == owner), found[0])

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
