"""Rules run over all files of a workspace, once for `validate` and again after each change in an editor.

Files of a plan are checked apart, in two processes where it pays; then what joins them: other plans of the agency are
read for what they say of ISO 9001, not checked again."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from qmsplan.check.catalogue import RULES_BETWEEN_PLANS, RULES_ON_SYSTEMS
from qmsplan.check.findings import let_pass, unused
from qmsplan.check.run_checks import (
    Checked,
    CheckScope,
    Group,
    Heads,
    by_plan,
    check_documents,
    check_files,
    facts_of,
    facts_of_kin,
    files_of,
    placed,
    read_files,
)
from qmsplan.check.workers import in_two
from qmsplan.diagnostics import MOST_LISTED, Diagnostic
from qmsplan.load.document import Document, Source, read, read_once
from qmsplan.load.files import File
from qmsplan.load.workspace import group, head_of, key_of
from qmsplan.rules.base import Rule
from qmsplan.rules.findings import Finding, PlanFacts
from qmsplan.rules.iso9001_facts import systems_of


def check_workspace(files: Sequence[File], scope: CheckScope, advance: Callable[[int], None]) -> tuple[Diagnostic, ...]:
    """Every diagnostic of the wanted files, in the order of files and lines. `advance` is told of files done."""
    return KeptChecks(files, scope, advance).all(scope.wanted)


class KeptChecks:
    """All findings of some files, or of the wanted ones among them. After a change only the plan that the file is about
    is checked again; the rules between plans run again if what they know of that plan changed."""

    def __init__(
        self, files: Iterable[File], scope: CheckScope, advance: Callable[[int], None] = lambda _: None
    ) -> None:
        self._scope = scope
        everything = by_plan(map(head_of, files)) if scope.wanted else {}
        others = {
            key: heads for key, heads in everything.items() if not any(head.file.name in scope.wanted for head in heads)
        }
        chosen = {key: files_of(heads) for key, heads in everything.items() if key not in others}
        chosen = chosen if scope.wanted else group(files)
        self._groups = {key: {file.name: file for file in together} for key, together in chosen.items()}
        self._key = {name: key for key, together in self._groups.items() for name in together}
        self._checked: dict[str | None, Checked] = {}
        for key, checked in zip(chosen, check_groups(tuple(chosen.values()), scope), strict=True):
            self._checked[key] = checked
            advance(len(chosen[key]))
        self._elsewhere = {head.file.name: head.file for heads in others.values() for head in heads}
        self._of_others = list(_facts_of_others(others, self._facts(), scope))
        self._between: dict[str, list[tuple[Rule[Any], Finding]]] | None = None
        self.opened: dict[str, Document] = {}
        """The files whose text was given, as they were read last."""

    @property
    def names(self) -> frozenset[str]:
        """The names of all files that are checked."""
        return frozenset(self._key)

    def plans(self) -> Iterator[str]:
        """The ids of all plans."""
        return (checked.facts.plan for checked in self._checked.values() if checked.facts.plan)

    def plan_of(self, name: str) -> str:
        """The id of the plan that the first fields of a file name, whatever is wrong behind them; "" if there is none
        such."""
        return self._key.get(name) or ""

    def about(self, plan: str) -> tuple[File, ...]:
        """The files about a plan, by its id."""
        return tuple(self._groups.get(plan, {}).values())

    def put(self, file: File) -> None:
        """A file that is new or has changed."""
        key = key_of(file)
        if file.name in self._key and self._key[file.name] != key:
            self.drop(file.name)
        self._key[file.name] = key
        self._groups.setdefault(key, {})[file.name] = file
        self._check(key)

    def drop(self, name: str) -> None:
        """A file that is no longer there."""
        if name not in self._key:
            return
        key = self._key.pop(name)
        del self._groups[key][name]
        if self._groups[key]:
            self._check(key)
        else:
            del self._groups[key], self._checked[key]
            self._between = None

    def _check(self, key: str | None) -> None:
        before = self._checked.get(key)
        files = self._groups[key] = dict(sorted(self._groups[key].items(), key=lambda entry: _walked(entry[0])))
        context, documents = read_files(tuple(files.values()), self._scope)
        self.opened |= {d.source.name: d for d in documents if files[d.source.name].content is not None}
        checked = self._checked[key] = check_documents(context, documents)
        if before is None or before.facts != checked.facts:
            self._between = None

    def all(self, wanted: Iterable[str] = ()) -> tuple[Diagnostic, ...]:
        """The findings of the named files, or of all if none is named, in order."""
        source_of = cache(self._source)
        found = (one for name in wanted or self._key for one in self._of(name, source_of))
        return tuple(sorted(found, key=lambda one: one.order))

    def of(self, name: str) -> tuple[Diagnostic, ...]:
        """The findings of one file, in order."""
        return self.all((name,))

    def _of(self, name: str, source_of: Callable[[str], Source]) -> Iterator[Diagnostic]:
        if name not in self._key:
            return
        checked = self._checked[self._key[name]]
        permits = [permit for permit in checked.permits if permit.file == name]
        between = [placed(rule, finding, source_of) for rule, finding in self._found_between().get(name, ())]
        found, used = let_pass(between, permits)
        yield from found
        yield from (one for one in checked.diagnostics if one.file == name)
        yield from unused(permits, used | checked.used)

    def _found_between(self) -> dict[str, list[tuple[Rule[Any], Finding]]]:
        """What the rules between plans find, by the file that it is found in."""
        if self._between is None:
            self._between = defaultdict(list)
            for rule, finding in between_plans([*self._facts(), *self._of_others]):
                self._between[finding.place.file].append((rule, finding))
        return self._between

    def _facts(self) -> list[PlanFacts]:
        order = sorted(self._groups, key=lambda key: _walked(next(iter(self._groups[key]))))
        return [self._checked[key].facts for key in order]

    def _source(self, name: str) -> Source:
        file = self._groups[self._key[name]][name] if name in self._key else self._elsewhere[name]
        return read(file).source


def _walked(name: str) -> tuple[tuple[bool, str], ...]:
    """Sorts names as a folder is read: its files before its folders. Of two plans with one id the first counts."""
    *folders, file = name.split("/")
    return (*((True, folder) for folder in folders), (False, file))


def check_groups(groups: Sequence[Group], scope: CheckScope) -> Iterator[Checked]:
    """What is wrong with each of some groups of files, in their order; many files are checked by two processes."""
    one = partial(check_files, scope=scope._replace(wanted=frozenset()), reading=read_once)
    return in_two(one, groups, sum(map(len, groups)))


def _facts_of_others(
    others: Mapping[str | None, Heads], facts: list[PlanFacts], scope: CheckScope
) -> Iterator[PlanFacts]:
    """What plans that were not asked for tell: those that are referred to, and the kin of those that were asked for.
    Their own rules are not run: what they would find is not asked for."""

    def read_facts(heads: Heads) -> PlanFacts:
        return facts_of(read_files(files_of(heads), scope)[0])

    left, plans = dict(others), sorted(key for key in others if key)
    referred = {ref.partition("/")[0] for fact in facts for _, ref in fact.refs}
    found = [read_facts(left.pop(plan)) for plan in plans if plan in referred]
    known = sorted(fact.plan for fact in (*facts, *found) if fact.plan)
    if not referred.issubset(known):  # the answer names the first plans that there are
        for plan in plans:
            if plan in left and bisect_left(known, plan) <= MOST_LISTED:  # one more shows that there are more
                found.append(read_facts(left.pop(plan)))
                known = sorted(fact.plan for fact in (*facts, *found) if fact.plan)
    yield from found
    yield from facts_of_kin(facts + found, left, scope.register, read_facts)


def between_plans(facts: Sequence[PlanFacts]) -> Iterator[tuple[Rule[Any], Finding]]:
    """What the rules that look at several plans find."""
    yield from ((rule, finding) for rule in RULES_BETWEEN_PLANS for finding in rule.check(facts))
    systems = systems_of(facts)
    yield from ((rule, finding) for rule in RULES_ON_SYSTEMS for finding in rule.check(systems))
