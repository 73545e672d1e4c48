"""The plan, with its files and records, that something is recorded of: by an item or event as typed."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from qmsplan.cli.console import CommandError
from qmsplan.cli.find_plan import Meaning, files_about, look_up, nothing_called, open_amendments
from qmsplan.cli.in_force import NoticeKind, PlanNotice, PlansInForce
from qmsplan.cli.settings import OpenWorkspace
from qmsplan.cli.workspace import plan_files
from qmsplan.diagnostics import Message, UserError
from qmsplan.diff.plans import has_item
from qmsplan.load.files import File
from qmsplan.load.workspace import read_bundle
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Named
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.progress.occurrences import event_called
from qmsplan.record.target_file import RecordSubject
from qmsplan.rules.names import not_in_force

SubjectAndNotices: TypeAlias = tuple[RecordSubject, tuple[PlanNotice, ...]]
"""What is recorded of, and what is to be told of the revision that it is judged by."""


def find_subject(
    place: OpenWorkspace, day: date, item: str | None, event: str | None, plan: str | None
) -> SubjectAndNotices:
    """The one plan that has the item or event, as typed, with its files; `PLAN/ITEM` names both. Stop if there is none,
    or more than one, or if two plans are named."""
    typed, named = item, plan
    if item is not None and "/" in item:
        named, _, item = item.partition("/")
        if plan not in {None, named}:
            raise CommandError(Message("two plans are named: {plans}", plans=f"{named}, {plan}"), Message("name one"))
    files = plan_files(place)
    meanings = [Meaning(named, item, event, takes_forms=False)]
    if event:
        meanings.append(meanings[0]._replace(event=None, event_words=event))
    found = look_up(meanings, files)
    if found is None:  # what the draft of an amendment leaves out is there still
        drafts = [one for one in open_amendments(files) if item and named in {None, one.plan.id}]
        in_force = [_in_force(place, day, Named(one.file.name, one.plan))[0] for one in drafts]
        kept = (one for one, plan in zip(drafts, in_force, strict=True) if has_item(plan, item or ""))
        found = next(kept, None)
    if found is None:
        raise nothing_called(meanings, files, typed or event or "", versions=in_force)
    subject, notices = subject_of(place, day, tuple(file for _, file in files_about([found.plan.id], files)))
    node = next((node for node in subject.nodes if node.item.id == item), None)
    if item and node is None:  # it was found in the draft of an amendment
        raise CommandError(*not_in_force(item, subject.plan))
    called = event_called(subject.plan, event) if event else None
    return subject._replace(node=node, event=called.id if called else None), notices


def subject_of(place: OpenWorkspace, day: date, files: tuple[File, ...]) -> SubjectAndNotices:
    """The plan of files that belong together, with its items and what is recorded of it; no item is meant yet."""
    bundle, documents = read_bundle(files, place.root)
    nodes, notices = tuple[Node, ...](), tuple[PlanNotice, ...]()
    if bundle.plans:
        named = bundle.plans[0]
        plan, notices = _in_force(place, day, named)
        nodes = outline(plan, place.settings.deadlines)
        bundle = bundle._replace(plans=(named._replace(plan=plan), *bundle.plans[1:]))
    broken = tuple(document.source.name for document in documents if document.value is None)
    return RecordSubject(files, bundle, nodes, None, broken), notices


def _in_force(place: OpenWorkspace, day: date, named: Named) -> tuple[Plan, tuple[PlanNotice, ...]]:
    try:
        return PlansInForce(place, day)(named.plan, named.file)
    except UserError:  # a clone that is not whole is no reason not to record
        return named.plan, (PlanNotice(NoticeKind.NOT_FOUND, named.plan.id),)
