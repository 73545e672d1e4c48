"""Rules on qmsplan.yaml: the register of units and persons, the time zone, the document format, the folders (QP921
to QP928)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from qmsplan.diagnostics import Message, Path, Severity, UserError, reads
from qmsplan.model.settings import FOLDERS, Person, Settings, Unit, leads_out, names_of_units, read_zone
from qmsplan.model.text import closest, plain
from qmsplan.rules.base import Rule, SettingsContext, repeated
from qmsplan.rules.findings import Finding


def duplicate_unit(context: SettingsContext) -> Iterator[Finding]:
    """The second and later units and persons with one code, whatever its letter case."""
    for (path, known), (first, _) in repeated(_register(context), lambda one: one[1].code and plain(one[1].code)):
        yield Finding(
            context.at(*path, "code"),
            Message("another unit or person already has the code '{code}'", code=known.code),
            Message("give this one a code of its own, or remove it if it is the same"),
            context.at(*first, "code"),
        )


def shared_spelling(context: SettingsContext) -> Iterator[Finding]:
    """Names and aliases that are also the code, name or alias of an earlier unit or person."""
    seen: dict[str, tuple[Unit | Person, Path]] = {}
    names = names_of_units(context.settings.units)
    for place, known in _register(context):
        for path, spelling in _spellings(place, known, names):
            other, first = seen.setdefault(plain(spelling), (known, path))
            if other is not known and not (other.code and plain(other.code) == plain(known.code or "")):
                yield Finding(
                    context.at(*path),
                    Message("'{name}' is also what {other} is called", name=spelling, other=other.code or other.name),
                    Message("keep it with one of them; plans that say it mean the first"),
                    context.at(*first),
                )


def _register(context: SettingsContext) -> Iterator[tuple[Path, Unit | Person]]:
    """The units and persons of the register with their places."""
    yield from ((("units", index), unit) for index, unit in enumerate(context.settings.units))
    yield from ((("people", index), person) for index, person in enumerate(context.settings.people))


def _spellings(place: Path, known: Unit | Person, names: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    if known.code:
        yield (*place, "code"), known.code
    yield (*place, "name"), names[known.code] if isinstance(known, Unit) else known.name
    for number, alias in enumerate(known.aliases):
        yield (*place, "aliases", number), alias


def unknown_parent(context: SettingsContext) -> Iterator[Finding]:
    """Codes under `parent`, `members`, `succeeded_by` and `unit` that nobody has in this letter case."""
    codes = {unit.code for unit in context.settings.units}
    people = {person.code for person in context.settings.people if person.code}
    for path, code in _named_codes(context.settings):
        known = codes | people if "members" in path else codes
        if code not in known:
            yield _unknown_code(context, path, code, known)


def _named_codes(settings: Settings) -> Iterator[tuple[Path, str]]:
    """Each code that a unit or person names, with its place."""
    for index, unit in enumerate(settings.units):
        if unit.parent:
            yield ("units", index, "parent"), unit.parent
        for field in ("members", "succeeded_by"):
            yield from ((("units", index, field, at), code) for at, code in enumerate(getattr(unit, field)))
    yield from ((("people", index, "unit"), person.unit) for index, person in enumerate(settings.people))


def _unknown_code(context: SettingsContext, path: Path, code: str, codes: set[str]) -> Finding:
    folded = {known.lower(): known for known in sorted(codes)}
    hint = Message("write the code of a unit, not its name, or add that unit")
    if near := folded.get(closest(code.lower(), folded) or ""):
        hint = Message("did you mean '{name}'?", name=near)
    message = Message("no unit has the code '{code}'", code=code)
    return Finding(context.at(*path), message, hint, instead=near, is_guess=True)


_CIRCLES = {
    "parent": (
        Message("these units belong to each other in a circle: {codes}"),
        Message("remove 'parent' from the one that stands highest"),
    ),
    "succeeded_by": (
        Message("these units take over each other's work in a circle: {codes}"),
        Message("remove 'succeeded_by' from the one that there still is"),
    ),
}
"""What is said where a field leads from unit to unit and back to the first."""


def circle_of_units(context: SettingsContext) -> Iterator[Finding]:
    """Units that belong to each other or succeed each other in a circle, once at the first of them; groups that are
    their own member."""
    units = context.settings.units
    for field, (message, hint) in _CIRCLES.items():
        named = ((unit.code, getattr(unit, field)) for unit in units)
        for way in _circles({code: [found] if isinstance(found, str) else found for code, found in named if found}):
            first = next(index for index, unit in enumerate(units) if unit.code == way[0])
            yield Finding(context.at("units", first, field), message.filled(codes=" → ".join(way[:12])), hint)
    for index, unit in enumerate(units):
        for number in (at for at, member in enumerate(unit.members) if member == unit.code):
            message = Message("the group '{code}' has itself as a member", code=unit.code)
            yield Finding(context.at("units", index, "members", number), message, Message("remove it from 'members'"))


def _circles(links: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The circles in which codes lead to each other: each once, from its first code on and back to it."""
    back: dict[str, list[str]] = defaultdict(list)
    for code, others in links.items():
        for other in others:
            back[other].append(code)
    left = _without_ends(links) & _without_ends(back)  # a long way in or out is not walked again from each of its codes
    for code in links:
        if code in left and (way := _way_back(code, links)):
            left.difference_update(way)
            yield way


def _without_ends(links: Mapping[str, Sequence[str]]) -> set[str]:
    """The codes that lead on for ever: into a circle."""
    sorter, left = TopologicalSorter(links), set(links)
    with suppress(CycleError):
        sorter.prepare()
    while ready := sorter.get_ready():
        sorter.done(*ready)
        left.difference_update(ready)
    return left


def _way_back(code: str, links: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest way from a code back to itself; empty if there is none."""
    before: dict[str, str] = {}
    for step in (waiting := [code]):  # it grows as it is walked
        for other in links.get(step, ()):
            if other not in before:
                before[other] = step
                waiting.append(other)
    way = [code] if code in before else []
    while way and (len(way) == 1 or way[-1] != code):
        way.append(before[way[-1]])
    return way[::-1]


def successor_without_end(context: SettingsContext) -> Iterator[Finding]:
    """Units whose work others took over, and nobody knows from when."""
    for index, unit in enumerate(context.settings.units):
        if unit.succeeded_by and unit.until is None:
            yield Finding(
                context.at("units", index, "succeeded_by"),
                Message("the unit '{code}' has successors and no last day", code=unit.code),
                Message("add 'until' with the last day on which there was this unit"),
            )


def unknown_time_zone(context: SettingsContext) -> Iterator[Finding]:
    """A time zone that there is not; nothing is reported where the computer knows no time zones at all."""
    if reads(read_zone, "UTC"):
        try:
            read_zone(context.settings.timezone)
        except UserError as fault:
            yield Finding(context.at("timezone"), fault.message, fault.hint)


def unknown_profile(context: SettingsContext) -> Iterator[Finding]:
    """A document format that there is not."""
    name = context.settings.profile
    if context.profiles and name not in context.profiles:
        hint = Message("the formats are: {names}", names=", ".join(sorted(context.profiles)))
        yield Finding(context.at("profile"), Message("there is no document format '{name}'", name=name), hint)


def folder_outside(context: SettingsContext) -> Iterator[Finding]:
    """Folders that lie outside the workspace: absolute ones, and those that `..` or a link leads out of it."""
    for name in FOLDERS:
        folder = getattr(context.settings, name)
        if leads_out(folder) or name in context.linked_outside:
            yield Finding(
                context.at(name),
                Message("the folder '{folder}' lies outside the workspace", folder=folder),
                Message("name a folder inside it, relative to qmsplan.yaml"),
            )


FOLDER_OUTSIDE = Rule("QP927", "folder-outside", Severity.ERROR, folder_outside)
RULES = (
    Rule("QP921", "duplicate-unit", Severity.ERROR, duplicate_unit),
    Rule("QP922", "shared-spelling", Severity.ERROR, shared_spelling),
    Rule("QP923", "unknown-parent", Severity.ERROR, unknown_parent),
    Rule("QP924", "circle-of-units", Severity.ERROR, circle_of_units),
    Rule("QP925", "unknown-time-zone", Severity.ERROR, unknown_time_zone),
    Rule("QP926", "unknown-profile", Severity.ERROR, unknown_profile),
    Rule("QP928", "successor-without-end", Severity.WARNING, successor_without_end),
    FOLDER_OUTSIDE,
)
