"""A Word file beside the document that its plan makes: the paragraphs that differ, and which field of the plan each of
them shows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain, groupby, zip_longest
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from qmsplan.diagnostics import Message, UserError
from qmsplan.documents.blocks import unmarked
from qmsplan.documents.plan_view import FACTS, LISTS
from qmsplan.documents.profile import TextStyle
from qmsplan.model.table import COLUMNS
from qmsplan.word.paragraph import normal
from qmsplan.word.reader import Paragraph

_HEADS = (
    *("number", "dateline", "stamp", "type", "subject", "parent", "issuer"),
    *("recipient", "position", "instruction", "signatory"),
)
"""The components of head and end: what stands in them is the plan's, and no item's."""
_NUMBER = re.compile(r"\(\d+\)$")
"""The number of a column, `(4)`, below its heading."""
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
        if paragraph.style in self.heads:  # a day of an item, or the place alone, may stand in the day of the paper
            whole = (origin for origin in self.exact.get(_key(paragraph.text), ()) if not origin.owner)
            return next(whole, Origin("", (), paragraph.style))
        found = self._candidates(paragraph.text)
        owner = self._owner(paragraphs, index) if paragraph.row else self._owner_above(paragraphs, index, found)
        own = next((origin for origin in found if origin.owner == owner), None)
        heading = self._heading(paragraphs, index)
        if own or not heading:
            return own or (found[0] if found else None)
        return found[0] if owner is None and len(found) == 1 else Origin(owner or "", (), heading)

    def _heading(self, paragraphs: Sequence[Paragraph], index: int) -> str:
        """The headings above a cell, `Kinh phí, Năm 2026`; "" outside tables, and for headings."""
        cell = paragraphs[index]
        if not cell.row or cell.style in self.headings:
            return ""
        heads = (one for one in paragraphs if one.table == cell.table and one.style in self.headings)
        rows: dict[int, Paragraph] = {}
        for one in heads:
            if one.column <= cell.column and not _NUMBER.match(one.text):
                rows[one.row or 0] = one
        return ", ".join(one.text for one in rows.values() if one.text)

    def _owner_above(self, paragraphs: Sequence[Paragraph], index: int, found: Sequence[Origin]) -> str | None:
        """Of the items that may be meant outside of tables, the one that the nearest line above is surely about."""
        owners = {origin.owner for origin in found}
        for above in reversed(paragraphs[:index] if len(owners) > 1 else ()):
            if len(said := owners & {origin.owner for origin in self._candidates(above.text)}) == 1:
                return said.pop()
        return None

    def _owner(self, paragraphs: Sequence[Paragraph], index: int) -> str | None:
        """The item that most paragraphs of the row are about; the row above decides nothing."""
        place = paragraphs[index][1:3]
        votes: Counter[str] = Counter()
        for paragraph in (one for one in paragraphs if one[1:3] == place):
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
        elif name == "facts":
            yield from ((text, _origin_of(text, branch, owner)) for text in value)
        elif isinstance(value, str) and value and name not in {"label", "id", "kind"}:
            yield value, Origin(owner, (*prefix, name))


def _origin_of(fact: str, branch: Mapping[str, Any], owner: str) -> Origin:
    """The field of an item that a fact of it shows; of a value, a sum or an own field what stands before it."""
    title = fact.partition(":")[0]
    field = _TITLES.get(title, "")
    return Origin(owner, (field,)) if branch.get(field) else Origin(owner, (), title)


_TITLES = {COLUMNS[name].title: name for name in FACTS}
"""What stands before the facts of an item that are fields of their own: `Nguồn số liệu: …`; others are values of
periods, sums of money and own fields."""


def _name(entry: Mapping[str, Any]) -> str:
    """The id of an item or event; of a section its number and title."""
    return str(entry["id"]) if "id" in entry else normal(f"{entry.get('label', '')}{unmarked(entry.get('title', ''))}")


MOST = 3000
"""Rows between two that both sides have once; beyond, the file is that of another plan."""

ALIKE = 0.6
"""How much of two texts must be the same for one to have taken the place of the other."""
LOOKED_AT = 300
"""Letters of a text that this is decided by."""

Elsewhere: TypeAlias = Literal["", "moved", "again", "gone", "added", "joined", "swapped", "merged", "exchanged"]
"""Where a row of the plan's stands in the file: in its place, in another one, there as well, or nowhere; `added` is one
of the file's, `joined` has more or fewer cells. `swapped`: a cell that has changed places with others of its row;
`merged`: one that shares a cell with others in one of the two only; `exchanged`: cells that stand in the row of
another item, and those of that row here."""


class TextDifference(NamedTuple):
    """A paragraph that is another one, or only in one of the two; and the field that it shows, if it shows one. Of a
    row that stands elsewhere, all its texts: `1 | Ban hành kế hoạch | Quý I`."""

    origin: Origin | None
    plan: str | None
    file: str | None
    elsewhere: Elsewhere = ""
    other: str = ""
    """The item that cells were exchanged with."""


_Row: TypeAlias = tuple[str, ...]
"""The texts of a row of a table, or the one of a paragraph outside of tables."""


_GOES_ON, _GOES_DOWN = "\v", "\f"
"""Stand before a text that shares the cell of the one before it, or of the row above: cells that were merged say the
same otherwise."""


def _marked(paragraphs: Sequence[Paragraph], index: int, *, is_first: bool) -> str:
    one = paragraphs[index]
    goes_on = one.row and not is_first and one.column == paragraphs[index - 1].column
    return (_GOES_ON if goes_on else "") + (_GOES_DOWN if one.goes_down else "") + one.text


def _unmarked(text: str) -> str:
    return text.replace(_GOES_ON, "").replace(_GOES_DOWN, "")


class _Rows:
    """The rows of a file, and where each begins among its paragraphs."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.texts: list[_Row] = []
        self.starts: list[int] = []
        keys = ((one.table, one.row) if one.row else (0, -index) for index, one in enumerate(paragraphs))
        for _, group in groupby(enumerate(keys), itemgetter(1)):
            indexes = [index for index, _ in group]
            if any(paragraphs[index].text for index in indexes):
                self.starts.append(first := indexes[0])
                self.texts.append(tuple(_marked(paragraphs, index, is_first=index == first) for index in indexes))

    def indexes(self, row: int) -> range:
        """The paragraphs of a row."""
        return range(self.starts[row], self.starts[row] + len(self.texts[row]))


def differences(
    plan: Sequence[Paragraph], file: Sequence[Paragraph], origin: Callable[[int], Origin | None]
) -> Iterator[TextDifference]:
    """Paragraphs that differ, in order. `origin` tells the field of a paragraph of the plan's by its index. Cells that
    two rows have exchanged are one difference."""
    found = list(_Comparison(plan, file, origin).differences())
    rows: dict[tuple[str, str], list[TextDifference]] = defaultdict(list)
    told: set[int] = set()
    for first, second in _exchanged(found):
        rows[_owner(found[first]), _owner(found[second])].append(found[first])
        told |= {first, second}
    firsts = {id(cells[0]): (*owners, cells) for owners, cells in rows.items()}
    for at, one in enumerate(found):
        if id(one) in firsts:
            owner, other, cells = firsts[id(one)]
            was, now = map(" | ".join, zip(*((cell.plan or "–", cell.file or "–") for cell in cells), strict=True))
            place = Origin(owner, ()) if cells[1:] else one.origin
            yield TextDifference(place, *_told(was, now), "exchanged", other)
        elif at not in told:
            yield one


def _exchanged(found: Sequence[TextDifference]) -> Iterator[tuple[int, int]]:
    """The places of two differences of which each says what the other did, in the same field of another item."""
    waiting: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(found):
        if one.elsewhere in {"", "swapped"} and one.origin and (owner := _owner(one)):
            field = one.origin[1:]
            mirrored = waiting[*field, one.file, one.plan]
            if (first := next((other for other in mirrored if _owner(found[other]) != owner), None)) is None:
                waiting[*field, one.plan, one.file].append(at)
            else:
                mirrored.remove(first)
                yield first, at


def _owner(one: TextDifference) -> str:
    return one.origin.owner if one.origin else ""


_FEWEST = 3
"""Cells of a row that is known again though some of them say something else."""
_MORE = 0.01
"""How much more like a row a second one must be than the one that stands in its place."""


class _Comparison:
    """Two files row by row. Rows are compared first, so that one that stands elsewhere is told as that; then the cells
    of those that are left."""

    def __init__(
        self, plan: Sequence[Paragraph], file: Sequence[Paragraph], origin: Callable[[int], Origin | None]
    ) -> None:
        self.old, self.new, self.origin = _Rows(plan), _Rows(file), origin
        self.blocks = list(_blocks(self.old.texts, self.new.texts))
        self.retyped = [block for block in self.blocks if self._is_retyped(*block)]
        """Lines outside of tables in the place of lines much like them, which may stand elsewhere as well."""
        texts = reversed(list(enumerate(self.old.texts)))
        self.places = {text: row for row, text in texts if len("".join(text)) >= _SHORTEST}
        sides = enumerate((self.old, self.new))
        others = [block for block in self.blocks if block not in self.retyped]
        gone, came = (Counter(side.texts[row] for block in others for row in block[n]) for n, side in sides)
        self.leaving = Counter({text: count for text, count in (gone & came).items() if text in self.places})
        self.arriving = self.leaving.copy()
        self.partners = self._partners()
        """Rows of the file that stand in another stretch than the row of the plan's which most of their cells are
        from."""

    def differences(self) -> Iterator[TextDifference]:
        """What differs, in order."""
        for rows, others in self.blocks:
            if (rows, others) in self.retyped:
                yield from self._replaced(rows, others)
                continue
            partners = self.partners.values()
            left = [row for row in rows if not _took(self.leaving, self.old.texts[row]) and row not in partners]
            added: list[int] = []
            for number in others:
                told = list(self._elsewhere(number))
                yield from told
                added += [] if told else [number]
            if left and added:
                yield from self._replaced(left, added)
            else:
                yield from self._alone(left, added)

    def _is_retyped(self, rows: range, others: range) -> bool:
        pairs = [(self.old.texts[row], self.new.texts[other]) for row, other in zip(rows, others, strict=False)]
        is_paired = len(rows) == len(others) and all(len(one) == len(other) == 1 for one, other in pairs)
        return is_paired and all(_is_alike(one[0], other[0]) for one, other in pairs)

    def _elsewhere(self, number: int) -> Iterator[TextDifference]:
        """A row of the file that is one of the plan's in another place, or there as well; and what differs in it."""
        text = self.new.texts[number]
        row = self.partners.get(number, self.places.get(text))
        if row is not None:
            is_moved = number in self.partners or _took(self.arriving, text)
            was = _shown(self.old.texts[row]) if is_moved else ""
            yield self._whole(row, was, text, "moved" if is_moved else "again")
            if number in self.partners:
                yield from self._within([row], [number])

    def _replaced(self, left: Sequence[int], added: Sequence[int]) -> Iterator[TextDifference]:
        """Rows in the place of others: each against its own where both are as many, with as many cells."""
        is_paired = [len(self.old.texts[row]) for row in left] == [len(self.new.texts[row]) for row in added]
        pairs = [([row], [other]) for row, other in zip(left, added, strict=True)] if is_paired else [(left, added)]
        found = [one for rows, others in pairs for one in self._within(rows, others)]
        yield from found
        for row in left if not found else ():  # only cells without a text are more or fewer
            text = self.old.texts[row]
            yield self._whole(row, _shown(text), text, "joined")

    def _alone(self, left: Iterable[int], added: Iterable[int]) -> Iterator[TextDifference]:
        """Rows of one side that nothing stands for at the other: each is told as one."""
        for row in left:
            text, first = self.old.texts[row], self.old.starts[row]
            if len(text) > 1:
                yield self._whole(row, _shown(text), (), "gone")
            else:
                yield TextDifference(self.origin(first), *_told(_shown(text), ""))
        for number in added:
            text = self.new.texts[number]
            yield TextDifference(None, *_told("", _shown(text)), "added" if len(text) > 1 else "")

    def _whole(self, row: int, plan: str, file: _Row, elsewhere: Elsewhere) -> TextDifference:
        """What is told of a whole row of the plan's, with the item that it is about."""
        return TextDifference(self._owner_of([row]), *_told(plan, _shown(file)), elsewhere)

    def _owner_of(self, rows: Sequence[int]) -> Origin | None:
        """The item that one row is about."""
        known = (self.origin(index) for row in rows if len(rows) == 1 for index in self.old.indexes(row))
        return next((Origin(one.owner, ()) for one in known if one and one.owner), None)

    def _partners(self) -> dict[int, int]:
        gone = [(block, row) for block, (rows, _) in enumerate(self.blocks) for row in rows]
        came = [(block, row) for block, (_, rows) in enumerate(self.blocks) for row in rows]
        came = [(block, row) for block, row in came if self.new.texts[row] not in self.places]
        found: dict[int, int] = {}
        if len(gone) * len(came) > MOST:
            return found
        standing = set(self.new.texts)
        for block, row in came:
            text, rows = self.new.texts[row], self.blocks[block]
            is_placed = tuple(map(len, rows)) == (1, 1)
            least = _likeness(self.old.texts[rows[0][0]], text) + _MORE if is_placed else 0.0
            for other, known in gone:
                told = self.old.texts[known]
                is_free = other != block and known not in found.values() and told not in standing
                if len(text) >= _FEWEST and is_free and _likeness(told, text) >= max(ALIKE, least):
                    found[row] = known
                    break
        return found

    def _within(self, rows: Sequence[int], others: Sequence[int]) -> Iterator[TextDifference]:
        """The paragraphs that differ among those of a few rows: place by place, if that does not tell more of them."""
        indexes = [index for row in rows for index in self.old.indexes(row)]
        old = [text for row in rows for text in self.old.texts[row]]
        new = [text for row in others for text in self.new.texts[row]]
        changes = [change[1:] for change in SequenceMatcher(None, old, new).get_opcodes() if change[0] != "equal"]
        changed = [at for at, (was, now) in enumerate(zip(old, new, strict=False)) if was != now]
        most = sum(max(last - first, other - one) for first, last, one, other in changes)
        is_by_place = len(old) == len(new) and len(changed) <= most
        how: Elsewhere = "swapped" if is_by_place and sorted(old) == sorted(new) else ""
        in_place: list[tuple[int | None, str]] = [(at, new[at]) for at in changed] if is_by_place else []
        paired = (_pairs(range(first, last), old, new[one:other]) for first, last, one, other in changes)
        for place, now in in_place or chain.from_iterable(paired):
            was = "" if place is None else old[place]
            if was or now:
                known = self._owner_of(rows) if place is None else self.origin(indexes[place])
                is_merged = is_by_place and _unmarked(was) == _unmarked(now)
                yield TextDifference(known, *_told(was, now), "merged" if is_merged else how)


def _likeness(one: _Row, other: _Row) -> float:
    """The share of cells that two rows have in common, in their order."""
    return SequenceMatcher(None, one, other).ratio()


def _is_alike(one: str, other: str) -> bool:
    """Whether a text may have taken the place of another one."""
    return SequenceMatcher(None, one[:LOOKED_AT], other[:LOOKED_AT]).ratio() >= ALIKE


def _took(counts: Counter[_Row], text: _Row) -> bool:
    """Takes one away; whether one was left."""
    is_left = counts[text] > 0
    counts[text] -= is_left
    return is_left


def _shown(row: _Row) -> str:
    return " | ".join(filter(None, map(_unmarked, row)))


def _blocks(old: Sequence[_Row], new: Sequence[_Row]) -> Iterator[tuple[range, range]]:
    """The stretches of rows that differ. Long ones are parted at rows that both sides have once, in the same order."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - start
    end = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    first, second = start, start
    kept = set(old) & set(new)
    for one, other in [*_anchors(old, new, start, end), (len(old) - end, len(new) - end)]:
        if max(one - first, other - second) > MOST:
            raise UserError(
                Message("the Word file has little in common with the plan"),
                Message("name its plan with --plan, or a --rev"),
            )
        for kind, a, b, c, d in SequenceMatcher(None, old[first:one], new[second:other]).get_opcodes():
            if kind != "equal":
                yield from _parted(old, new, range(first + a, first + b), range(second + c, second + d), kept)
        first, second = one, other


def _parted(
    old: Sequence[_Row], new: Sequence[_Row], rows: range, others: range, kept: set[_Row]
) -> Iterator[tuple[range, range]]:
    """A stretch that differs, parted at rows of tables of which most cells are the same in both."""
    start, first = rows.start, others.start
    for number in others if len(rows) * len(others) <= MOST else ():
        cells = Counter(new[number])
        shared = {
            place: (cells & Counter(old[place])).total()
            for place in range(start, rows.stop)
            if len(old[place]) == len(new[number]) and not {old[place], new[number]} & kept
        }
        row = max(shared, key=shared.__getitem__, default=start)
        if shared.get(row, 0) * 2 > len(new[number]):
            yield range(start, row), range(first, number)
            yield range(row, row + 1), range(number, number + 1)
            start, first = row + 1, number + 1
    yield range(start, rows.stop), range(first, others.stop)


def _anchors(old: Sequence[_Row], new: Sequence[_Row], start: int, end: int) -> list[tuple[int, int]]:
    """Places of rows that both sides have once, as many as stand in the same order; none where it is short anyway."""
    if max(len(old), len(new)) - start - end <= MOST:
        return []
    counts, others = Counter(old), Counter(new)
    places = {text: place for place, text in enumerate(new) if others[text] == 1}
    pairs = [(place, places[text]) for place, text in enumerate(old) if counts[text] == 1 and text in places]
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    chain: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in pairs:  # the longest rising sequence
        at = bisect_left(ends, pair[1])
        ends[at : at + 1], best[at : at + 1] = [pair[1]], [pair]
        chain[pair] = best[at - 1] if at else None
    found, last = [], best[-1] if best else None
    while last:
        found.append(last)
        last = chain[last]
    return [pair for pair in reversed(found) if start <= pair[0] < len(old) - end]


_LONGEST, _BEFORE = 1200, 200
"""Letters of a paragraph that are told, and how many of them before the first that differs."""


def _told(plan: str, file: str) -> tuple[str | None, str | None]:
    """Both texts, None for nothing; of long ones the stretch where they begin to differ: a paragraph may hold a whole
    book."""
    plan, file = map(_unmarked, (plan, file))
    if max(len(plan), len(file)) <= _LONGEST:
        return plan or None, file or None
    pairs = enumerate(zip(plan, file, strict=False))
    first = next((place for place, (one, other) in pairs if one != other), min(len(plan), len(file)))
    start = max(first - _BEFORE, 0)
    return _stretch(plan, start), _stretch(file, start)


def _stretch(text: str, start: int) -> str | None:
    end = start + _LONGEST
    return (("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")) if text else None


def _pairs(indexes: range, old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, str]]:
    """As many for as many by their order; else what is most alike, and the rest alone."""
    if len(indexes) == len(new) or len(indexes) * len(new) > MOST:
        yield from ((at, now or "") for at, now in zip_longest(indexes, new))
        return
    done = 0
    for index in indexes:
        likeness = [SequenceMatcher(None, old[index][:LOOKED_AT], text[:LOOKED_AT]).ratio() for text in new[done:]]
        best = max(likeness, default=0.0)
        if best < ALIKE:
            yield index, ""
            continue
        found = done + likeness.index(best)
        yield from ((None, text) for text in new[done:found])
        yield index, new[found]
        done = found + 1
    yield from ((None, text) for text in new[done:])
