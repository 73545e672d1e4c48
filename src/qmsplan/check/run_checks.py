"""Rules run over files: one plan with its records, the settings of a workspace, and what an edit would add: `news`
holds an edited file against what it was before. `workspace_checks` runs them over all files.

The plans that are read (`facts_of_kin`) are those of the same agency, and those that carry out one of them or are
carried out by one, step by step. Of all other files only the first fields are looked at (`load.workspace.head_of`). The
findings are those of a run over all files, unless one of the files that were not read is broken."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from qmsplan.check.catalogue import PLAN_RULES
from qmsplan.check.exact_place import narrow, typed_instead
from qmsplan.check.findings import IgnorePermit, faults_of_choice, let_pass, read_permits, unused
from qmsplan.check.revisions import in_force_of
from qmsplan.diagnostics import START, Diagnostic, Fix, Related, Span, diagnose
from qmsplan.load.document import BytesReader, Document, Source, read_content
from qmsplan.load.files import File, content_of
from qmsplan.load.workspace import FileHead, Workspace, head_of, read_bundle
from qmsplan.model.period import Period
from qmsplan.model.plan import REFERENCES, Plan
from qmsplan.model.progress import Bundle, Named
from qmsplan.model.settings import SETTINGS, Settings
from qmsplan.model.text import plain, shared_ends
from qmsplan.phrases.people import Register
from qmsplan.rules.base import NO_TEMPLATES, Context, KnownTemplates, Rule, SettingsContext, issuer_of
from qmsplan.rules.documents import issued_by
from qmsplan.rules.findings import Finding, Location, PlanFacts
from qmsplan.rules.iso9001_facts import iso_facts_of
from qmsplan.rules.settings import RULES as SETTINGS_RULES
from qmsplan.rules.targets import target_results_of


class Checked(NamedTuple):
    """What is wrong with the files about one plan, what other plans' rules need to know of it, and its ignores."""

    diagnostics: list[Diagnostic]
    facts: PlanFacts
    permits: tuple[IgnorePermit, ...] = ()
    used: frozenset[IgnorePermit] = frozenset()


def check_files(files: Iterable[File], scope: CheckScope, reading: BytesReader = read_content) -> Checked:
    """Everything that is wrong with the files about one plan."""
    return check_documents(*read_files(tuple(files), scope, reading))


def check_documents(context: Context, documents: tuple[Document, ...]) -> Checked:
    """Everything that is wrong with files that were read together."""
    sources = {document.source.name: document.source for document in documents}
    found = [diagnostic for document in documents for diagnostic in document.diagnostics]
    told = ((rule, finding) for rule in PLAN_RULES for finding in _findings_of_rule(rule, context))
    found += [placed(rule, finding, sources.__getitem__) for rule, finding in told]
    permits, faults = _permits_of(documents)
    kept, used = let_pass(found + faults, permits)
    if not context.is_whole:  # what a permit is for may only be seen once the other file is mended
        used = set(permits)
    kept.sort(key=lambda diagnostic: diagnostic.order)
    return Checked(kept, facts_of(context), tuple(permits), frozenset(used))


def _findings_of_rule(rule: Rule[Context], context: Context) -> Iterable[Finding]:
    """What a rule finds. What is recorded while an amendment is a draft is held against the revision in force, as the
    status holds it; the draft itself against everything."""
    if context.in_force is None:
        return rule.check(context)
    records = {record.file for record in context.records}
    of_plan = (found for found in rule.check(context) if found.place.file not in records)
    return *of_plan, *(found for found in rule.check(context.in_force) if found.place.file in records)


def read_files(
    files: tuple[File, ...], scope: CheckScope, reading: BytesReader = read_content
) -> tuple[Context, tuple[Document, ...]]:
    """The files about one plan as rules see them, and the documents they were read from."""
    bundle, documents = read_bundle(files, scope.root, reading)
    context = Context(
        bundle,
        scope.register,
        scope.settings,
        scope.templates,
        is_whole=all(document.value for document in documents),
        reported=scope.reported,
        unread=frozenset() if bundle.plans else _plans_named(files),
    )
    path = next((file.path for file in files if file.name == context.file), None)
    kept = in_force_of(context.plan, scope.root, path, context.file) if context.plan and path else None
    if kept:
        plans = (Named(context.file, kept), *bundle.plans[1:])
        in_force = replace(context, bundle=bundle._replace(plans=plans), drafted=frozenset(context.by_id))
        context = replace(context, in_force=in_force)
    return context, documents


def _plans_named(files: Iterable[File]) -> frozenset[str]:
    """The ids of plans that files are about by their first fields."""
    return frozenset(head.plan for head in map(head_of, files) if head.plan and head.is_plan)


def _permits_of(documents: Iterable[Document]) -> tuple[list[IgnorePermit], list[Diagnostic]]:
    permits: list[IgnorePermit] = []
    faults: list[Diagnostic] = []
    for more, wrong in (read_permits(document.source) for document in documents if document.value):
        permits += more
        faults += wrong
    return permits, faults


def placed(rule: Rule[Any], finding: Finding, source_of: Callable[[str], Source]) -> Diagnostic:
    """A finding with its place in the text."""
    firsts = (finding.first,) if finding.first else ()
    related = tuple(Related(first.file, _span_of(first, source_of), finding.first_says) for first in firsts)
    span = _span_of(finding.place, source_of, finding.words)
    fix = None if finding.instead is None else _fix_of(finding, finding.instead, span, source_of(finding.place.file))
    return diagnose(finding.place.file, rule, finding.message, span, finding.hint, related, fix)


def _fix_of(finding: Finding, instead: str, span: Span, source: Source) -> Fix | None:
    """The change that puts other words at the place of a finding; None where they can't be told apart in the text."""
    typed = typed_instead(source, finding.place.path, span, finding.words, instead)
    return None if typed is None else Fix(((span, typed),), is_sure=not finding.is_guess)


def _span_of(place: Location, source_of: Callable[[str], Source], words: str | None = None) -> Span:
    """The place in a text, or that of the words in it that are meant."""
    try:
        source = source_of(place.file)
    except KeyError:
        return START
    return narrow(source, place.path, words) if words else source.locate(place.path)


def facts_of(context: Context, as_of: date | None = None) -> PlanFacts:
    """What a plan tells the rules that look at the whole workspace, as of a day or of the last day recorded."""
    files = (*(plan.file for plan in context.bundle.plans), *(record.file for record in context.bundle.records))
    if context.plan is None:
        return PlanFacts(None, is_whole=context.is_whole, files=files, unread=context.unread)
    plan = context.plan
    return PlanFacts(
        plan.id,
        frozenset(context.by_id),
        tuple(_refs_of(context, plan)),
        issuer=issuer_of(plan, context.register)[0],
        period=plan.period,
        issued=issued_by(context),
        target_results=target_results_of(context),
        is_whole=context.is_whole,
        iso=iso_facts_of(context, as_of),
        files=files,
    )


def _refs_of(context: Context, plan: Plan) -> Iterator[tuple[Location, str]]:
    """Where the plan and its items refer to other plans."""
    for index, ref in enumerate(plan.implements):
        yield context.in_plan("implements", index), ref
    for node in context.nodes:
        for field in REFERENCES:
            for index, ref in enumerate(getattr(node.item, field)):
                yield context.at(node, field, index), ref


Group = tuple[File, ...]


class CheckScope(NamedTuple):
    """What all checks share, and which files were asked for (all, if none is named)."""

    root: Path
    register: Register
    templates: KnownTemplates = NO_TEMPLATES
    wanted: frozenset[str] = frozenset()
    settings: Settings = SETTINGS
    reported: Period | None = None
    """The period that a unit reports on with what is checked (`Context.reported`)."""


def read_with_kin(plans: Iterable[str], heads: Mapping[str | None, Heads], scope: CheckScope, as_of: date) -> Workspace:
    """The workspace of some plans and of those that answer a standard together with them, read as of a day."""
    bundles: list[Bundle] = []
    faults: list[Diagnostic] = []

    def read(heads: Heads) -> PlanFacts:
        context, documents = read_files(files_of(heads), scope)
        bundles.append(context.bundle)
        faults.extend(diagnostic for document in documents for diagnostic in document.diagnostics)
        return facts_of(context, as_of)

    left = dict(heads)
    asked = [read(left.pop(plan)) for plan in dict.fromkeys(plans)]
    list(facts_of_kin(asked, left, scope.register, read))
    return Workspace(scope.root, scope.settings, scope.register, tuple(bundles), tuple(faults))


def check_settings(
    document: Document, profiles: frozenset[str] = frozenset(), linked_outside: frozenset[str] = frozenset()
) -> tuple[Diagnostic, ...]:
    """The diagnostics of `qmsplan.yaml`, in order. `profiles` are the document formats it may name, `linked_outside`
    the settings whose folders are links that lead out of the workspace."""
    if document.value is None:
        return document.diagnostics
    permits, faults = read_permits(document.source)
    wrong = (*faults_of_choice(document), *_by_rules(document, profiles, linked_outside))
    kept, used = let_pass((*document.diagnostics, *wrong, *faults), permits)
    return tuple(sorted([*kept, *unused(permits, used)], key=lambda diagnostic: diagnostic.order))


def _by_rules(document: Document, profiles: frozenset[str], linked_outside: frozenset[str]) -> Iterator[Diagnostic]:
    source, settings = document.source, document.value
    if not isinstance(settings, Settings):
        return
    context = SettingsContext(source.name, settings, profiles, linked_outside)
    for rule in SETTINGS_RULES:
        yield from (placed(rule, finding, lambda _: source) for finding in rule.check(context))


class FileChange(NamedTuple):
    """A file that is to change, the other files about its plan, and its texts; `before` is None for a new file."""

    file: File
    others: tuple[File, ...]
    before: bytes | None
    after: bytes


def news(change: FileChange, scope: CheckScope) -> tuple[Diagnostic, ...]:
    """The findings after a change that were not there before it, in order; lines that only moved count as the same."""
    old_line = _old_lines((change.before or b"").splitlines(), change.after.splitlines())
    here = change.file.name
    content = () if change.before is None else (change.file._replace(content=change.before),)
    known = Counter(
        _mark_of_finding(found, found.span.line) for found in findings_of((*change.others, *content), scope)
    )
    fresh = []
    for found in findings_of((*change.others, change.file._replace(content=change.after)), scope):
        mark = _mark_of_finding(found, old_line(found.span.line) if found.file == here else found.span.line)
        known[mark] -= 1
        if known[mark] < 0:
            fresh.append(found)
    return tuple(fresh)


def findings_of(files: Sequence[File], scope: CheckScope) -> Iterator[Diagnostic]:
    """The findings of the files about one plan, in order, without those between plans."""
    checked = check_files(files, scope)
    found = (*checked.diagnostics, *unused(checked.permits, checked.used))
    return iter(sorted(found, key=lambda diagnostic: diagnostic.order))


def _mark_of_finding(found: Diagnostic, line: int) -> tuple[object, ...]:
    return found.code, found.message, found.file, line


def _old_lines(old: Sequence[bytes], new: Sequence[bytes]) -> Callable[[int], int]:
    """From a line's number to its number before the change; 0 for lines that are new or changed."""
    above, below = shared_ends(old, new)

    def old_line(number: int) -> int:
        if number <= above:
            return number
        return number - len(new) + len(old) if number > len(new) - below else 0

    return old_line


Heads = Sequence[FileHead]
"""The files about one plan."""


def by_plan(heads: Iterable[FileHead]) -> dict[str | None, Heads]:
    """Files by the plan they are about; those that can't be told stand together under None."""
    groups: dict[str | None, list[FileHead]] = defaultdict(list)
    for head in heads:
        groups[head.plan].append(head)
    return dict(groups)


def files_of(heads: Heads) -> Group:
    """The files with these heads."""
    return tuple(head.file for head in heads)


def facts_of_kin(
    facts: Sequence[PlanFacts],
    others: Mapping[str | None, Heads],
    register: Register,
    facts_of: Callable[[Heads], PlanFacts],
) -> Iterator[PlanFacts]:
    """The facts of the plans among `others` that rules look at together with the plans that `facts` are about. Files of
    which nobody can tell what they are about are read too: what seems to be missing may stand in them."""
    left = dict(others)
    if unknown := left.pop(None, ()):
        yield facts_of(unknown)
    # which plans carry out which concerns the rules on an edition of the standard only
    is_held = any(fact.iso and fact.iso.standard for fact in facts)
    is_held = is_held or any(head.has_standard for heads in left.values() for head in heads)
    known: set[str] = set()
    new = list(facts)
    while new and left:
        agencies = {_agency(fact.issuer, register) for fact in new if fact.issuer or fact.issued} - known
        carried, mention = _carried(new) if is_held else (frozenset(), None)
        near = [
            key
            for key, heads in left.items()
            if key in carried or any(_is_near(head, agencies, mention, register) for head in heads if head.is_plan)
        ]
        new = [facts_of(left.pop(key)) for key in near]
        yield from new
        known |= agencies
        if not is_held:
            return


def _carried(facts: Iterable[PlanFacts]) -> tuple[frozenset[str | None], re.Pattern[bytes] | None]:
    """The plans that some plans carry out; and what finds the ids of both in a file."""
    iso = [fact for fact in facts if fact.iso]
    carried = frozenset(plan for fact in iso if fact.iso for plan in fact.iso.carries)
    plans = carried.union(fact.plan for fact in iso if fact.plan)
    return carried, re.compile("|".join(map(re.escape, sorted(plans))).encode()) if plans else None


def _is_near(head: FileHead, agencies: set[str], mention: re.Pattern[bytes] | None, register: Register) -> bool:
    """Whether a plan is of one of some agencies, or may carry out one of the plans whose ids `mention` finds."""
    if _agency(head.issuer, register) in agencies:
        return True
    return bool(head.has_implements and mention and mention.search(content_of(head.file)))


def _agency(typed: str, register: Register) -> str:
    """One name for all spellings of an agency: the code of a registered one."""
    unit = register.by_code.get(typed) or (register.find(typed) if typed else None)
    return unit.code if unit else plain(typed)
