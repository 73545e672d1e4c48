"""Seals: the digest of what a plan prints and promises, written when it is signed, and short marks that show where it
was changed.

A value becomes the same bytes for the same meaning and other bytes for another (docs/decisions/0015-seals.md): a letter
for its kind, the length of what follows, `:` and that. Fields go by name, and not at all when they hold their default,
so neither their order in a class nor a field that a later version adds changes what is sealed.

Two schemes are known: `qmsplan-1` seals every field, `qmsplan-2` what is printed or promised
(docs/decisions/0026-what-a-seal-covers.md). Every scheme that was ever used stays: a plan signed years ago still
verifies."""

from __future__ import annotations

import re
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from operator import is_
from typing import Any, Literal, NamedTuple, TypeAlias

from qmsplan.diagnostics import Path
from qmsplan.model.fields import FileModel
from qmsplan.model.period import Period
from qmsplan.model.plan import Annex, Endorsement, Event, Item, Plan, Section, Signoff
from qmsplan.model.structured import DeadlineForm
from qmsplan.model.table import KINDS, names_of
from qmsplan.model.table import parts_of as fields_of


def canonical(value: object) -> bytes:
    """The canonical bytes of a text, number, day, period, list, table, or instance of a class of the file format."""
    if isinstance(value, str):
        return _text_bytes(value)
    if isinstance(value, tuple | list) and not isinstance(value, Period):
        return _framed(b"l", b"".join(map(canonical, value)))
    if isinstance(value, dict):
        return _pair_bytes(value)
    if isinstance(value, FileModel):
        given = value.model_fields_set
        parts = [
            told + canonical(part)
            for name, told, default in _in_order(type(value))
            if name in given and (part := getattr(value, name)) != default
        ]
        return _framed(b"m", b"".join(parts))
    return _atom_bytes(value)


def given_fields(value: FileModel) -> dict[str, object]:
    """The fields of an instance that do not hold their default, in their order."""
    given = value.model_fields_set  # of an item's forty fields it is given six
    defaults = _defaults(type(value))
    return {name: part for name in defaults if name in given and (part := getattr(value, name)) != defaults[name]}


@cache
def _defaults(kind: type[FileModel]) -> dict[str, object]:
    return {name: field.default for name, field in kind.model_fields.items()}


@cache
def _in_order(kind: type[FileModel]) -> list[tuple[str, bytes, object]]:
    """The fields of a class in the order of the bytes of their names, with these bytes and their defaults."""
    return sorted(
        ((name, _text_bytes(name), default) for name, default in _defaults(kind).items()), key=lambda row: row[1]
    )


def _pair_bytes(values: dict[Any, Any]) -> bytes:
    """Names (or periods) and values in the order of the names' bytes."""
    pairs = sorted([(canonical(name), canonical(part)) for name, part in values.items()])
    return _framed(b"m", b"".join(name + part for name, part in pairs))


def _text_bytes(value: str) -> bytes:
    return _framed(b"s", unicodedata.normalize("NFC", value).encode())


def _atom_bytes(value: object) -> bytes:
    if isinstance(value, bool):
        return _framed(b"b", b"1" if value else b"0")
    if isinstance(value, int | Decimal):
        return _framed(b"n", _number_bytes(Decimal(value)))
    if isinstance(value, Period):
        return _framed(b"p", f"{value.start.isoformat()}/{value.end.isoformat()}".encode())
    if isinstance(value, date):
        return _framed(b"d", value.isoformat().encode())
    if value is None:
        return _framed(b"z", b"")
    raise TypeError(type(value))


def _number_bytes(value: Decimal) -> bytes:
    """A number without an exponent and without zeros at the end: 98.50 as 98.5."""
    text = f"{value:f}"
    shortened = text.rstrip("0").rstrip(".") if "." in text else text
    return (shortened if value else "0").encode()


def _framed(letter: bytes, content: bytes) -> bytes:
    return b"%b%d:%b" % (letter, len(content), content)


Role: TypeAlias = Literal["reviewed", "approved"]

FIRST_SCHEME = "qmsplan-1:sha256"
"""Seals every field that says something, also those that no reader of the document sees."""
SCHEME = "qmsplan-2:sha256"
"""The scheme of new seals. Older ones stay in `_SCHEMES` for ever: a plan signed years ago still verifies."""


BOOKKEEPING: dict[type[FileModel], frozenset[str]] = {
    Plan: frozenset({"standard", "implements", "policy", "reviewed", "approved"}),
    Item: frozenset({"refs", "implements", "supports", "clauses", "weight"}),
    Signoff: frozenset({"digest", "parts"}),
}
"""What no reader of the document sees; all else is printed or gives a promise its meaning (a test lists it). It may be
added or changed after signing, and `diff` tells it. Reviews and approvals have digests of their own. Sealed all the
same is what this one document prints: events that a structured deadline prints (`_printed_events`), fields that a table
has a column for (`_fields_in_tables`), and where a workspace's own template prints the plan, all but `digest`, `parts`,
reviews and approvals."""


def digest(plan: Plan) -> str:
    """The digest of a plan with its scheme: `qmsplan-2:sha256:3f…`; that of its sign-off, or else the newest. Number,
    day, signer and post of a sign-off are part of it; reviews and approvals are not."""
    return _digest_under(_own_scheme(plan), plan)


def endorsed(plan: Plan, role: Role, entry: Endorsement) -> str:
    """The digest of a reviewer's or approver's entry: of the content, and of who, when and in which role."""
    return _endorsed(SCHEME, plan, role, entry)


def holds(plan: Plan, sealed: str) -> bool | None:
    """Whether a sealed plan is still what was signed; None if the seal's scheme is not known to this version."""
    scheme = scheme_of(sealed)
    return _digest_under(scheme, plan) == sealed if scheme in _SCHEMES else None


def endorsement_holds(plan: Plan, role: Role, entry: Endorsement) -> bool | None:
    """Whether the content is still what was reviewed or approved; None if the scheme is not known to this version."""
    scheme = scheme_of(entry.digest)
    return _endorsed(scheme, plan, role, entry) == entry.digest if scheme in _SCHEMES else None


def scheme_of(sealed: str) -> str:
    """The scheme of a digest, without the hexadecimal digits: `qmsplan-2:sha256`."""
    return sealed.rpartition(":")[0]


class OwnForms(NamedTuple):
    """What a workspace's own files print around the words of a plan: the digests of its template and of its letterhead;
    "" where it has none of its own."""

    template: str = ""
    letterhead: str = ""


def is_sealed(signoff: Signoff | None) -> bool:
    """Whether a sign-off has a seal, or had one that was taken out; one that was typed by hand has none."""
    return bool(signoff and (signoff.digest or signoff.parts))


def prints_as_sealed(plan: Plan, own: OwnForms) -> bool:
    """Whether a plan may be printed as it is: it is a draft, or its seal holds and the workspace prints it with the
    template and the letterhead that it was signed with. A sign-off that was typed by hand proves nothing."""
    signoff = plan.signoff
    if signoff is None:
        return True
    return bool(signoff.digest and holds(plan, signoff.digest)) and not foreign_form(signoff, own)


def foreign_form(signoff: Signoff, own: OwnForms) -> Literal["template", "letterhead"] | None:
    """What a sealed plan is printed with that it was not signed with; `qmsplan-1` sealed neither."""
    if not signoff.digest or scheme_of(signoff.digest) == FIRST_SCHEME:
        return None
    if (signoff.template or "") != own.template:
        return "template"
    return "letterhead" if (signoff.letterhead or "") != own.letterhead else None


def _own_scheme(plan: Plan) -> str:
    """The scheme of the plan's sign-off, if it has one that is known here; else that of new seals."""
    scheme = scheme_of(plan.signoff.digest) if plan.signoff and plan.signoff.digest else SCHEME
    return scheme if scheme in _SCHEMES else SCHEME


def sealed_content(plan: Plan, scheme: str | None = None) -> Plan:
    """The plan as a scheme covers it, that of its own sign-off if none is given: without the seal itself, the reviews
    and approvals, and (since `qmsplan-2`) the bookkeeping."""
    return _SCHEMES[scheme or _own_scheme(plan)](plan)


def _every_field(plan: Plan) -> Plan:
    signoff = plan.signoff and plan.signoff.replaced(digest=None, parts=())
    return plan.replaced(signoff=signoff, reviewed=(), approved=())


def _printed_and_promised(plan: Plan) -> Plan:
    annexes = tuple(
        annex.replaced(info=()) if is_made_line(annex.info, plan.head.type) else annex for annex in plan.annexes
    )
    content = _every_field(plan).replaced(annexes=annexes)
    if plan.signoff and plan.signoff.template:
        return content  # a workspace's own template may print any field
    waited_for: set[str] = set()
    hidden = dict(BOOKKEEPING)
    hidden[Item] = BOOKKEEPING[Item].difference(_fields_in_tables(plan))
    stripped: Plan = _without(hidden, content, waited_for)
    return stripped.replaced(events=_printed_events(plan, waited_for))


def _fields_in_tables(part: Plan | Section | Annex) -> Iterator[str]:
    """The fields that the tables of a part, and of those below it, have columns for: `text`, `weight`."""
    if table := part.table:
        usual = KINDS.get(table.kind or "")
        for column in names_of(table) or (usual.columns.split() if usual else ()):
            yield from fields_of(column)
    inside: tuple[Section | Annex, ...] = (*part.sections, *(part.annexes if isinstance(part, Plan) else ()))
    for inner in inside:
        yield from _fields_in_tables(inner)


def _without(hidden: Mapping[type[FileModel], frozenset[str]], value: Any, waited_for: set[str]) -> Any:
    """A part with those below it, its hidden fields at their defaults; the very same part where nothing is hidden.
    `waited_for` gathers the ids of events whose text a deadline prints."""
    if isinstance(value, tuple):
        parts = tuple(_without(hidden, part, waited_for) if isinstance(part, FileModel) else part for part in value)
        return value if all(map(is_, parts, value)) else parts
    if not isinstance(value, FileModel):
        return value
    if isinstance(value, DeadlineForm) and value.event and not value.text:
        waited_for.add(value.event)
    kind: type[FileModel] = type(value)
    defaults, names = _defaults(kind), hidden.get(kind, frozenset())
    changes = {}
    for name in value.model_fields_set:
        part = getattr(value, name)
        shown = defaults[name] if name in names else _without(hidden, part, waited_for)
        if shown is not part:
            changes[name] = shown
    return value.replaced(**changes) if changes else value


def _printed_events(plan: Plan, ids: set[str]) -> tuple[Event, ...]:
    """Of each event that a deadline prints its first line; the others only say how deadlines call it."""
    return tuple(event.replaced(text=event.text[:1]) for event in plan.events if event.id in ids)


_MADE_LINE = re.compile(r"\W*(?:ban hành )?kèm theo (?P<type>.+?) số\b", re.IGNORECASE)


def is_made_line(info: Sequence[str], kind: str) -> bool:
    """Whether the line under an annex's title names the plan that it belongs to, `(Kèm theo Kế hoạch số …)`. It is then
    made from the sign-off when the plan is printed, so what is typed is neither printed nor sealed."""
    match = _MADE_LINE.match(info[0]) if len(info) == 1 else None
    return bool(match and unicodedata.normalize("NFC", match["type"]).casefold() == kind.casefold())


def _digest_under(scheme: str, plan: Plan) -> str:
    return f"{scheme}:{_sha256(sealed_content(plan, scheme))}"


def _endorsed(scheme: str, plan: Plan, role: Role, entry: Endorsement) -> str:
    said = {"content": sealed_content(plan.replaced(signoff=None), scheme), "role": role, **given_fields(entry)}
    said.pop("digest")
    return f"{scheme}:{_sha256(said)}"


def _sha256(value: object) -> str:
    return sha256(canonical(value)).hexdigest()


_SCHEMES: dict[str, Callable[[Plan], Plan]] = {FIRST_SCHEME: _every_field, SCHEME: _printed_and_promised}
"""Every scheme with what it covers of a plan. None is ever taken out."""


WIDTH = 96
"""Characters of a line of marks in the sign-off."""
MARK = 4
"""Characters of a short digest: 24 bits. Enough to show the place; the whole digest proves that nothing else
changed."""


class SealedPart(NamedTuple):
    """A part of a plan and the short digest of each of its fields. Its name is an item's id, or the way to it:
    `/head`."""

    name: str
    path: Path
    marks: dict[str, str]
    lists: frozenset[str]
    """The fields that hold parts of their own; their mark covers which parts these are and their order."""


class SealDifference(NamedTuple):
    """A place where a plan differs from the sealed one."""

    kind: str
    """`changed` field; `added` or `gone` part; `order` of a list; `taken`: a field was emptied."""
    path: Path
    part: str
    field: str = ""


def parts_of(plan: Plan) -> tuple[str, ...]:
    """The lines of marks that a sign-off keeps: `id:marks` for each part, as many on a line as fit."""
    lines = [""]
    for part in _walk_parts(sealed_content(plan), "", ()):
        word = f"{part.name or '/'}:{''.join(part.marks.values())}"
        if lines[-1] and len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".lstrip()
    return tuple(lines)


def differences(plan: Plan, sealed: Iterable[str]) -> list[SealDifference]:
    """Where the plan differs from the kept marks, what can be named best first; nothing if there are no marks."""
    known = {
        name: _marks_in(marks) for name, _, marks in (word.partition(":") for line in sealed for word in line.split())
    }
    parts = [part._replace(name=part.name or "/") for part in _walk_parts(sealed_content(plan), "", ())]
    found = [difference for part in parts for difference in _differences_of_part(part, known)] if known else []
    lists = [difference.path for difference in found if difference.kind == "order"]
    here = {part.name for part in parts}
    found += [SealDifference("gone", lists[0] if lists else (), name) for name in known if name not in here]
    return sorted(found, key=lambda difference: _RANKS[difference.kind])


_RANKS = {"changed": 0, "added": 0, "gone": 1, "order": 2, "taken": 3}


def _differences_of_part(part: SealedPart, known: dict[str, frozenset[str]]) -> Iterator[SealDifference]:
    if part.name not in known:
        yield SealDifference("added", part.path, part.name)
        return
    new = [field for field, mark in part.marks.items() if mark not in known[part.name]]
    for field in new:
        yield SealDifference("order" if field in part.lists else "changed", (*part.path, field), part.name, field)
    if len(known[part.name] - set(part.marks.values())) > len(new):
        yield SealDifference("taken", part.path, part.name)


def _marks_in(marks: str) -> frozenset[str]:
    return frozenset(marks[start : start + MARK] for start in range(0, len(marks), MARK))


def _walk_parts(value: Any, name: str, path: Path) -> Iterator[SealedPart]:
    """A part and those below it, in the order of the fields."""
    marks: dict[str, str] = {}
    inner: list[tuple[Any, str, Path]] = []
    lists = []
    for field, held in given_fields(value).items():
        if isinstance(held, FileModel):
            inner.append((held, f"{name}/{field}", (*path, field)))
        elif isinstance(held, tuple) and all(isinstance(part, FileModel) for part in held):
            names = _part_names(held, f"{name}/{field}")
            inner += [(part, names[index], (*path, field, index)) for index, part in enumerate(held)]
            marks[field] = _short_digest(name, field, names)
            lists.append(field)
        else:
            marks[field] = _short_digest(name, field, held)
    yield SealedPart(name, path, marks, frozenset(lists))
    for part in inner:
        yield from _walk_parts(*part)


def _part_names(parts: Sequence[Any], name: str) -> tuple[str, ...]:
    """The names of the parts in a list: an item's is its id, so that a moved one is still known; others go by id or
    index."""
    return tuple(
        part.id if isinstance(part, Item) else f"{name}.{getattr(part, 'id', index)}"
        for index, part in enumerate(parts)
    )


def _short_digest(name: str, field: str, value: object) -> str:
    content = sha256(canonical((name, field, value))).digest()
    return urlsafe_b64encode(content[: MARK * 3 // 4]).decode()
