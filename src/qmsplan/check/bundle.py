"""One plan with its records: rules are run, findings become diagnostics."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.check.ignores import Permit, let_pass, read_permits
from qmsplan.diagnostic import START, Diagnostic, Related, Span, say
from qmsplan.load.bundle import read_bundle
from qmsplan.load.document import read_file
from qmsplan.model.conventions import CONVENTIONS, Conventions
from qmsplan.rules import RULES
from qmsplan.rules.base import Context, Facts, Finding, Place, Rule
from qmsplan.rules.number_issued_twice import issued_by, issuer_of
from qmsplan.rules.quality import quality_of
from qmsplan.rules.target_below_result import aims_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from qmsplan.load.document import Document
    from qmsplan.load.file import File
    from qmsplan.load.source import Source
    from qmsplan.model.people import Register
    from qmsplan.model.plan import Plan


class Checked(NamedTuple):
    """What is wrong with the files about one plan, what other plans' rules need to know of it, and its ignores."""

    diagnostics: list[Diagnostic]
    facts: Facts
    permits: tuple[Permit, ...] = ()
    used: frozenset[Permit] = frozenset()


def check_files(
    files: Iterable[File],
    root: Path,
    register: Register,
    templates: frozenset[str],
    conventions: Conventions = CONVENTIONS,
) -> Checked:
    """Everything that is wrong with the files about one plan."""
    files = tuple(files)
    bundle, documents = read_bundle(files, root)
    is_whole = all(document.value for document in documents)
    context = Context(bundle, register, templates, is_whole=is_whole, conventions=conventions)
    sources = {document.source.name: document.source for document in documents}
    found = [diagnostic for document in documents for diagnostic in document.diagnostics]
    for rule in RULES:
        if rule.check:
            findings = rule.check(context)
            found += [diagnose(rule, finding, sources.__getitem__) for finding in findings]
    permits, faults = _permits(documents)
    kept, used = let_pass(found + faults, permits)
    if not is_whole:  # what a permit is for may only be seen once the other file is mended
        used = set(permits)
    kept.sort(key=lambda diagnostic: diagnostic.order)
    return Checked(kept, facts_of(context), tuple(permits), frozenset(used))


def _permits(documents: Iterable[Document]) -> tuple[list[Permit], list[Diagnostic]]:
    permits: list[Permit] = []
    faults: list[Diagnostic] = []
    for document in documents:
        if document.value:
            more, wrong = read_permits(document.source)
            permits += more
            faults += wrong
    return permits, faults


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
        _meant(finding, source_of),
        finding.hint,
        related,
    )


def _meant(finding: Finding, source_of: Callable[[str], Source]) -> Span:
    """The place of a finding, or of the words in it that are meant."""
    span = _span(finding.place, source_of)
    if not finding.words or span == START:
        return span
    from qmsplan.check.narrow import narrow  # a clean plan does without the parser

    return narrow(source_of(finding.place.file), span, finding.words)


def _span(place: Place, source_of: Callable[[str], Source]) -> Span:
    try:
        return source_of(place.file).locate(place.path)
    except KeyError:
        return START


def facts_of(context: Context, as_of: date | None = None) -> Facts:
    """What a plan tells the rules that look at the whole workspace, as of a day or of the last day recorded."""
    if context.plan is None:
        return Facts(None, is_whole=context.is_whole)
    plan = context.plan.plan
    return Facts(
        plan.id,
        frozenset(context.by_id),
        tuple(_refs(context, plan)),
        issuer=issuer_of(context),
        period=plan.period.code if plan.period else None,
        issued=issued_by(context),
        aims=aims_of(context),
        is_whole=context.is_whole,
        quality=quality_of(context, as_of),
    )


def _refs(context: Context, plan: Plan) -> Iterator[tuple[Place, str]]:
    """Where the plan and its items refer to other plans."""
    for index, ref in enumerate(plan.implements):
        yield context.in_plan("implements", index), ref
    for node in context.nodes:
        item = node.item
        for field, refs in (("refs", item.refs), ("implements", item.implements), ("supports", item.supports)):
            for index, ref in enumerate(refs):
                yield context.at(node, field, index), ref


def sources_of(files: Mapping[str, Path]) -> Callable[[str], Source]:
    """Texts by the names of their files, each read again when first asked for."""
    return cache(lambda name: read_file(files[name], name).source)
