"""All files of a workspace: groups are checked apart, in two processes where it pays, then what joins them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.check.bundle import Checked, check_files, diagnose, sources_of
from qmsplan.check.ignores import let_pass, unused
from qmsplan.check.kin import facts_of_kin
from qmsplan.check.workers import in_two
from qmsplan.load.bundle import group
from qmsplan.model.conventions import CONVENTIONS, Conventions
from qmsplan.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from qmsplan.diagnostic import Diagnostic
    from qmsplan.load.file import File
    from qmsplan.model.people import Register
    from qmsplan.rules.base import Facts

    Group = tuple[File, ...]


class Scope(NamedTuple):
    """What all checks share, and which files were asked for (all, if none is named)."""

    root: Path
    register: Register
    templates: frozenset[str]
    wanted: frozenset[str] = frozenset()
    conventions: Conventions = CONVENTIONS


def check_workspace(files: Sequence[File], scope: Scope, advance: Callable[[int], None]) -> tuple[Diagnostic, ...]:
    """Every diagnostic of the wanted files, in the order of files and lines. `advance` is told of files done."""
    everything = group(files)
    chosen = [files for files in everything.values() if not scope.wanted or _is_wanted(files, scope)]
    results: list[Checked] = []
    for together, checked in zip(chosen, _results(chosen, scope), strict=True):
        results.append(checked)
        advance(len(together))
    permits = [permit for checked in results for permit in checked.permits]
    facts = [checked.facts for checked in results]
    facts += _facts_of_others(everything, facts, scope) if scope.wanted else []
    joined, used = let_pass(_joined(everything, facts), permits)
    found = [diagnostic for checked in results for diagnostic in checked.diagnostics] + joined
    found += unused(permits, used.union(*(checked.used for checked in results)))
    if scope.wanted:
        found = [diagnostic for diagnostic in found if diagnostic.file in scope.wanted]
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))


def _is_wanted(files: Group, scope: Scope) -> bool:
    return any(file.name in scope.wanted for file in files)


def _results(groups: Sequence[Group], scope: Scope) -> Iterator[Checked]:
    one = partial(_check, scope=scope._replace(wanted=frozenset()))
    return in_two(one, groups, sum(map(len, groups)))


def _check(group: Group, scope: Scope) -> Checked:
    return check_files(group, scope.root, scope.register, scope.templates, scope.conventions)


def _facts_of_others(everything: Mapping[str | None, Group], facts: list[Facts], scope: Scope) -> list[Facts]:
    """What plans that were not asked for tell: those that are referred to, and those that answer the standard with
    the ones that were."""

    def facts_of(group: Group) -> Facts:
        return _check(group, scope).facts

    others = {key: files for key, files in everything.items() if not _is_wanted(files, scope)}
    referred = {ref.partition("/")[0] for fact in facts for _, ref in fact.refs}
    found = [facts_of(others.pop(plan)) for plan in sorted(referred & {key for key in others if key})]
    return found + list(facts_of_kin(facts + found, others, scope.register, facts_of))


def _joined(everything: Mapping[str | None, Group], facts: list[Facts]) -> Iterator[Diagnostic]:
    """Findings of the rules that look at several plans."""
    source_of = sources_of({file.name: file.path for group in everything.values() for file in group})
    for rule in RULES:
        if rule.check_all:
            for finding in rule.check_all(facts):
                yield diagnose(rule, finding, source_of)
