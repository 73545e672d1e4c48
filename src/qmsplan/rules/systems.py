"""Plans that answer the standard together: those of an agency and a year, and those derived from them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Text, say
from qmsplan.model.standards import load_standard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmsplan.model.standards import Standard
    from qmsplan.rules.base import Answer, Facts, Place, Quality


class System(NamedTuple):
    """The quality management system of an agency in a year. `own` are the agency's yearly plans that have an edition,
    those that plan most of the work first; `plans` all that answer with them, each with its id."""

    year: int
    own: tuple[Quality, ...]
    plans: tuple[tuple[str, Quality], ...]
    earlier_audits: tuple[str, ...] = ()
    """The days on which the agency's audits of the year before are due, ISO 8601."""

    @property
    def name(self) -> str:
        """The agency's name."""
        return self.own[0].name or self.own[0].issuer

    @property
    def place(self) -> Place:
        """Where to tell what is missing in all plans together."""
        return self.own[0].place

    @property
    def standard(self) -> Standard:
        """The edition it is held to."""
        return load_standard(self.own[0].standard or "")

    def answers(self, point: str) -> tuple[Answer, ...]:
        """The items that are marked as answering a point in the year."""
        return tuple(answer for answer in self._about(point) if answer.is_marked)

    def likely(self, point: str) -> tuple[Answer, ...]:
        """The items that only read as if they did."""
        return tuple(answer for answer in self._about(point) if not answer.is_marked)

    def _about(self, point: str) -> Iterator[Answer]:
        for _, quality in self.plans:
            yield from (answer for answer in quality.answers if answer.point == point and self.year in answer.years)


def systems(everything: Iterable[Facts]) -> tuple[System, ...]:
    """The systems of all years for which an agency has a plan of the whole year. None if a file can't be read: what
    seems to be missing may stand in it."""
    facts = tuple(everything)
    if not all(fact.is_whole for fact in facts):
        return ()
    known = sorted((fact.plan, fact.quality) for fact in facts if fact.plan and fact.quality)
    years = sorted({quality.years[0] for _, quality in known if quality.is_yearly})
    return tuple(system for year in years for system in _in_year(year, known))


def _in_year(year: int, known: Sequence[tuple[str, Quality]]) -> Iterator[System]:
    plans = [(plan, quality) for plan, quality in known if quality.years[0] <= year <= quality.years[1]]
    issuers = {plan: quality.issuer for plan, quality in plans if quality.is_yearly}
    for joined in together(plans):
        by_issuer: dict[str, list[Quality]] = defaultdict(list)
        for _, quality in joined:
            above = {issuers.get(plan, quality.issuer) for plan in quality.carries}
            if quality.is_yearly and above <= {quality.issuer}:
                by_issuer[quality.issuer].append(quality)
        for own in by_issuer.values():
            audits = tuple(_audits(own[0].issuer, year - 1, known))
            yield System(year, tuple(sorted(own, key=_by_work)), tuple(joined), audits)


def _audits(issuer: str, year: int, known: Sequence[tuple[str, Quality]]) -> Iterator[str]:
    answers = (answer for _, quality in known if quality.issuer == issuer for answer in quality.answers)
    for answer in answers:
        if answer.point == "audit" and answer.is_marked:
            yield from (day for day in answer.due if int(day[:4]) == year)


def _by_work(quality: Quality) -> tuple[int, str]:
    return (-quality.tasks, quality.place.file)


def together(plans: Sequence[tuple[str, Quality]]) -> Iterator[list[tuple[str, Quality]]]:
    """Plans of one issuer, and plans that one is derived from, belong together."""
    head: dict[str, str] = {}

    def find(name: str) -> str:
        while head.setdefault(name, name) != name:
            head[name] = name = head[head[name]]
        return name

    for plan, quality in plans:
        for other in (f"issuer {quality.issuer}", *(f"plan {name}" for name in sorted(quality.carries))):
            head[find(other)] = find(f"plan {plan}")
    groups: dict[str, list[tuple[str, Quality]]] = defaultdict(list)
    for plan, quality in plans:
        groups[find(f"plan {plan}")].append((plan, quality))
    yield from groups.values()


def cure(system: System, point: str) -> Text:
    """What to do about a point that no item is marked as answering."""
    clause, cited = system.standard.by_name[point].clauses[0], system.standard.cite(point)
    likely = system.likely(point)
    if likely:
        item = likely[0].item
        return say("if it is '{id}', write 'clauses: {clause}' there ({cited})", id=item, clause=clause, cited=cited)
    return say("add an item with 'clauses: {clause}', who leads it and when ({cited})", clause=clause, cited=cited)
