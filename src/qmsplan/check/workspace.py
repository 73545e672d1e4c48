"""All files of a workspace: groups are checked apart, in two processes where it pays, then what joins them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.check.bundle import Checked, check_files, diagnose, sources_of
from qmsplan.check.ignores import let_pass, unused
from qmsplan.check.limit import at_most, code_in_file
from qmsplan.check.workers import in_two
from qmsplan.load.bundle import group
from qmsplan.load.faults import MOST
from qmsplan.model.deadline import CONVENTIONS, Conventions
from qmsplan.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from qmsplan.check.memory import Memory
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
    most: int = MOST
    """Findings of one code that are kept of a file."""


def check_workspace(
    files: Sequence[File], scope: Scope, advance: Callable[[int], None], memory: Memory | None = None
) -> tuple[Diagnostic, ...]:
    """Every diagnostic of the wanted files, in the order of files and lines. `advance` is told of files done."""
    everything = group(files, memory.about) if memory else group(files)
    chosen = [files for files in everything.values() if not scope.wanted or _is_wanted(files, scope)]
    results: list[Checked] = []
    for together, checked in zip(chosen, _results(chosen, scope, memory), strict=True):
        results.append(checked)
        advance(len(together))
    permits = [permit for checked in results for permit in checked.permits]
    joined, used = let_pass(_joined(everything, [checked.facts for checked in results], scope), permits)
    found = [diagnostic for checked in results for diagnostic in checked.diagnostics] + joined
    found += unused(permits, used.union(*(checked.used for checked in results)))
    if scope.wanted:
        found = [diagnostic for diagnostic in found if diagnostic.file in scope.wanted]
    return tuple(at_most(found, scope.most, code_in_file))


def _is_wanted(files: Group, scope: Scope) -> bool:
    return any(file.name in scope.wanted for file in files)


def _results(groups: Sequence[Group], scope: Scope, memory: Memory | None) -> Iterator[Checked]:
    """What is known of each group, or is found now."""
    if memory is None:
        yield from _fresh(groups, scope)
        return
    known = [memory.find(together) for together in groups]
    fresh = _fresh([together for together, checked in zip(groups, known, strict=True) if checked is None], scope)
    for together, remembered in zip(groups, known, strict=True):
        if remembered is None:
            checked = next(fresh)
            memory.keep(together, checked)
            yield checked
        else:
            yield remembered


def _fresh(groups: Sequence[Group], scope: Scope) -> Iterator[Checked]:
    one = partial(_check, scope=scope._replace(wanted=frozenset()))
    return in_two(one, groups, sum(map(len, groups)))


def _check(group: Group, scope: Scope) -> Checked:
    return check_files(group, scope.root, scope.register, scope.templates, scope.conventions, scope.most)


def _joined(everything: Mapping[str | None, Group], facts: list[Facts], scope: Scope) -> Iterator[Diagnostic]:
    """Findings of the rules that look at several plans; plans that are only referred to are read here."""
    known = {fact.plan for fact in facts if fact.plan}
    referred = {ref.partition("/")[0] for fact in facts for _, ref in fact.refs} - known
    if referred:
        others = (everything[plan] for plan in sorted(referred & everything.keys()))
        facts = facts + [_check(files, scope).facts for files in others]
    source_of = sources_of({file.name: file.path for group in everything.values() for file in group})
    for rule in RULES:
        if rule.check_all:
            for finding in rule.check_all(facts):
                yield diagnose(rule, finding, source_of)
