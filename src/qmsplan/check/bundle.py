"""One plan with its records: rules are run, findings become diagnostics."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qmsplan.diagnostic import START, Diagnostic, Related, Span, say
from qmsplan.load.bundle import File, read_bundle
from qmsplan.load.document import read_file
from qmsplan.load.faults import MOST
from qmsplan.model.deadline import CONVENTIONS, Conventions
from qmsplan.rules import RULES
from qmsplan.rules.base import Context, Facts, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from qmsplan.load.source import Source
    from qmsplan.model.people import Register


def check_files(
    files: Iterable[File],
    root: Path,
    register: Register,
    templates: frozenset[str],
    conventions: Conventions = CONVENTIONS,
) -> tuple[list[Diagnostic], Facts]:
    """Everything that is wrong with the files about one plan, and what other plans' rules need to know of it."""
    bundle, documents = read_bundle(files, root)
    is_whole = all(document.value for document in documents)
    context = Context(bundle, register, templates, is_whole, conventions)
    sources = {document.source.name: document.source for document in documents}
    found = [diagnostic for document in documents for diagnostic in document.diagnostics]
    for rule in RULES:
        if rule.check:
            findings = rule.check(context)
            found += [diagnose(rule, finding, sources.__getitem__) for finding in findings]
    return _at_most(found, MOST), _facts(context)


def diagnose(rule: Rule, finding: Finding, source_of: Callable[[str], Source]) -> Diagnostic:
    """A finding with its place in the text."""
    related: tuple[Related, ...] = ()
    if finding.first:
        first = finding.first
        related = (Related(first.file, _span(first, source_of), say("first used here")),)
    return Diagnostic(
        rule.code,
        rule.name,
        rule.severity,
        finding.message,
        finding.place.file,
        _span(finding.place, source_of),
        finding.hint,
        related,
    )


def _span(place: Place, source_of: Callable[[str], Source]) -> Span:
    try:
        return source_of(place.file).locate(place.path)
    except KeyError:
        return START


def _facts(context: Context) -> Facts:
    if context.plan is None:
        return Facts(None)
    refs = tuple(
        (context.at(node, "refs", index), ref) for node in context.nodes for index, ref in enumerate(node.item.refs)
    )
    return Facts(context.plan.plan.id, frozenset(context.by_id), refs)


def _at_most(found: list[Diagnostic], most: int) -> list[Diagnostic]:
    kept: dict[str, int] = {}
    result = []
    for diagnostic in sorted(found, key=lambda diagnostic: diagnostic.order):
        kept[diagnostic.file] = kept.get(diagnostic.file, 0) + 1
        if kept[diagnostic.file] <= most:
            result.append(diagnostic)
    return result


def sources_of(files: Mapping[str, Path]) -> Callable[[str], Source]:
    """Texts by the names of their files, each read again when first asked for."""
    return cache(lambda name: read_file(files[name], name).source)
