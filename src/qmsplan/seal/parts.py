"""Short digests of a plan's parts: a whole digest only tells that something changed, these tell where."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from qmsplan.model.plan import Item
from qmsplan.model.shape import FileModel
from qmsplan.seal.canonical import canonical, told
from qmsplan.seal.digest import bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmsplan.diagnostic import Path
    from qmsplan.model.plan import Plan

WIDTH = 96
"""Characters of a line of parts."""
MARK = 4
"""Characters of a short digest: 24 bits. It only shows the place; that nothing changed, the whole digest says."""


class Part(NamedTuple):
    """The plan, an item by its id, or something else by its fields (`/head`, `/sections.0`), and a mark a field."""

    name: str
    path: Path
    marks: dict[str, str]
    lists: frozenset[str]
    """The fields that hold parts of their own: their mark tells which these are, and their order."""


class Difference(NamedTuple):
    """A place where a plan differs from the sealed one."""

    kind: str
    """`changed` field, `added` or `gone` part, `order` of a list, `taken`: something out of a part."""
    path: Path
    part: str
    field: str = ""


def parts_of(plan: Plan) -> tuple[str, ...]:
    """The lines that a sign-off keeps: `name:marks` for each part, as many on a line as fit."""
    lines = [""]
    for part in _walk(bound(plan), "", ()):
        word = f"{part.name or '/'}:{''.join(part.marks.values())}"
        if lines[-1] and len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".lstrip()
    return tuple(lines)


def differences(plan: Plan, sealed: Iterable[str]) -> list[Difference]:
    """Where the plan differs, what can be named best first; nothing if the kept marks show nothing."""
    known = {name: _cut(marks) for name, _, marks in (word.partition(":") for line in sealed for word in line.split())}
    parts = [part._replace(name=part.name or "/") for part in _walk(bound(plan), "", ())]
    found = [difference for part in parts for difference in _compared(part, known)] if known else []
    lists = [difference.path for difference in found if difference.kind == "order"]
    here = {part.name for part in parts}
    found += [Difference("gone", lists[0] if lists else (), name) for name in known if name not in here]
    return sorted(found, key=lambda difference: _RANKS[difference.kind])


_RANKS = {"changed": 0, "added": 0, "gone": 1, "order": 2, "taken": 3}


def _compared(part: Part, known: dict[str, frozenset[str]]) -> Iterator[Difference]:
    if part.name not in known:
        yield Difference("added", part.path, part.name)
        return
    new = [field for field, mark in part.marks.items() if mark not in known[part.name]]
    for field in new:
        yield Difference("order" if field in part.lists else "changed", (*part.path, field), part.name, field)
    if len(known[part.name] - set(part.marks.values())) > len(new):
        yield Difference("taken", part.path, part.name)


def _cut(marks: str) -> frozenset[str]:
    return frozenset(marks[start : start + MARK] for start in range(0, len(marks), MARK))


def _walk(value: Any, name: str, path: Path) -> Iterator[Part]:
    """The part that a value is, and those in it, in the order of the fields."""
    marks: dict[str, str] = {}
    inner: list[tuple[Any, str, Path]] = []
    lists = []
    for field, held in told(value).items():
        if isinstance(held, FileModel):
            inner.append((held, f"{name}/{field}", (*path, field)))
        elif isinstance(held, tuple) and all(isinstance(part, FileModel) for part in held):
            names = _names(held, f"{name}/{field}")
            inner += [(part, names[index], (*path, field, index)) for index, part in enumerate(held)]
            marks[field] = _mark(name, field, names)
            lists.append(field)
        else:
            marks[field] = _mark(name, field, held)
    yield Part(name, path, marks, frozenset(lists))
    for part in inner:
        yield from _walk(*part)


def _names(parts: Sequence[Any], name: str) -> tuple[str, ...]:
    """Items go by their ids, so that a moved one is still itself; the rest by id or place."""
    return tuple(
        part.id if isinstance(part, Item) else f"{name}.{getattr(part, 'id', index)}"
        for index, part in enumerate(parts)
    )


def _mark(name: str, field: str, value: object) -> str:
    content = sha256(canonical((name, field, value))).digest()
    return urlsafe_b64encode(content[: MARK * 3 // 4]).decode()
