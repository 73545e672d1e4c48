"""Which findings are told and how much they weigh: `rules:` of the settings, `--select` and `--ignore`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from qmsplan.diagnostic import Diagnostic, Fault, Severity, say
from qmsplan.load.faults import MOST_SUGGESTIONS, STOPPERS, UNKNOWN_FIELD, WRONG_VALUE, diagnose
from qmsplan.model.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qmsplan.load.document import Document

Weights: TypeAlias = "Mapping[str, Severity | None]"
"""How much codes weigh that do not weigh what they usually do; None is not told at all."""


def weights_of(settings: Settings, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Weights:
    """The weights of a run. A Fault if `select` or `ignore` names no code. What is off in the settings stays off."""
    if not (settings.rules or select or ignore):
        return {}
    from qmsplan.check.catalogue import entries

    weights = dict(_weights_of_settings(settings))
    if select:
        chosen = frozenset[str]().union(*map(_codes, _listed(select)))
        weights |= {entry.code: None for entry in entries() if entry.code not in chosen | STOPPERS}
    for wish in _listed(ignore):
        weights |= dict.fromkeys(_ignorable(wish))
    return weights


def weigh(found: Iterable[Diagnostic], weights: Weights) -> Iterator[Diagnostic]:
    """The findings that are told, with the weight they are given."""
    for diagnostic in found:
        severity = weights.get(diagnostic.code, diagnostic.severity)
        if severity is diagnostic.severity:
            yield diagnostic
        elif severity:
            yield diagnostic._replace(severity=severity)


def _listed(values: Iterable[str]) -> Iterator[str]:
    """Names parted by commas, in any number of values."""
    for value in values:
        yield from (name.strip() for name in value.split(","))


def _codes(wish: str) -> frozenset[str]:
    """The codes that a code, the start of codes (`QP1`) or a name stands for."""
    from qmsplan.check.catalogue import codes_starting, find_entry, spelling

    entry = find_entry(wish)
    if entry:
        return frozenset({entry.code})
    found = frozenset(codes_starting(wish))
    if not found:
        raise Fault(say("there is no code '{code}'", code=wish), spelling(wish))
    return found


def _ignorable(wish: str) -> frozenset[str]:
    codes = _codes(wish)
    if codes <= STOPPERS:
        code = ", ".join(sorted(codes))
        raise Fault(say("'{code}' can't be ignored", code=code), say("it keeps files from being read at all"))
    return codes - STOPPERS


def _weights_of_settings(settings: Settings) -> Iterator[tuple[str, Severity | None]]:
    from qmsplan.check.catalogue import find_entry

    for name, weight in (settings.rules or {}).items():
        entry = find_entry(name)
        if entry and entry.code not in STOPPERS:
            yield entry.code, None if weight == "off" else Severity(weight)


def faults_of_choice(document: Document) -> Iterator[Diagnostic]:
    """What is wrong with `rules:` in the settings: codes that there are not, codes that nothing can be done about."""
    source, settings = document.source, document.value
    if not isinstance(settings, Settings) or not settings.rules:
        return
    from qmsplan.check.catalogue import find_entry, spelling

    seen: set[str] = set()
    for number, name in enumerate(settings.rules):
        entry, place = find_entry(name), source.locate_key(("rules", name))
        if entry is None:
            message = say("there is no code '{code}'", code=name)
            yield diagnose(
                source.name, UNKNOWN_FIELD, message, place, spelling(name) if number < MOST_SUGGESTIONS else None
            )
        elif entry.code in STOPPERS:
            message = say("'{code}' always is an error", code=name)
            yield diagnose(source.name, WRONG_VALUE, message, place, say("it keeps files from being read at all"))
        elif entry.code in seen:
            message = say("'{code}' stands here twice, by its code and by its name", code=name)
            yield diagnose(source.name, WRONG_VALUE, message, place, say("keep one of them"))
        seen.add(entry.code if entry else name)
