"""What commands ask about the sign-offs of plans: what the workspace's own files print around them, which plans are not
what was signed, and which revision of a plan was in force on a day."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from qmsplan.check.revisions import Revisions
from qmsplan.cli.console import Exit, say_error
from qmsplan.cli.settings import OpenWorkspace
from qmsplan.cli.workspace import no_such_plan, plan_by_plan, tell_broken, workspace_now
from qmsplan.diagnostics import Diagnostic, Message, Translator, few, listed
from qmsplan.diff.plans import has_item
from qmsplan.documents.template import letterhead_digest, template_digests
from qmsplan.git import lacking
from qmsplan.load.document import Source, read, read_once
from qmsplan.load.files import File
from qmsplan.load.workspace import Workspace, gather
from qmsplan.model.period import Period
from qmsplan.model.plan import Earlier, Plan
from qmsplan.model.progress import Progress, entries_of, is_of_earlier_revision
from qmsplan.phrases.item_tree import outline, unread_deadlines
from qmsplan.progress.reading_faults import left_out
from qmsplan.seal import OwnForms, is_sealed, prints_as_sealed

Result = TypeVar("Result")


class SealCheck:
    """Whether a plan is not what was signed, in its words or in the form that prints it. The forms are read once, and
    only if a plan has a seal."""

    def __init__(self, place: OpenWorkspace) -> None:
        self._folder = place.templates

    def __call__(self, plan: Plan) -> bool:
        """Whether the plan has a seal that does not hold."""
        return is_sealed(plan.signoff) and not prints_as_sealed(plan, self.forms(plan.template))

    def forms(self, template: str) -> OwnForms:
        """The digests of the workspace's own template of a name and of its letterhead."""
        return OwnForms(self._digests.get(template, ""), self._letterhead)

    @cached_property
    def _digests(self) -> dict[str, str]:
        return template_digests(self._folder)

    @cached_property
    def _letterhead(self) -> str:
        return letterhead_digest(self._folder)


class NoticeKind(StrEnum):
    """What is to be told of the plan behind some figures, in the order in which it is told."""

    CHANGED = "changed"
    """It is not what was signed."""
    EARLIER = "earlier"
    """Its figures are those of an earlier revision, which was in force on the day."""
    FIRST = "first"
    """Nothing was signed by the day, and its figures are those of the first revision."""
    NOT_CLONED = "not cloned"
    """As NOT_FOUND, in a clone that holds only the last commits."""
    NOT_FOUND = "not found"
    """Another revision was in force on the day, and its text is not at hand: the figures are those of today's plan."""
    AMENDED = "amended"
    """It was amended after the period that is looked at."""
    WITHDRAWN = "withdrawn"
    """An amendment left out items of which something is recorded: the figures are without them."""
    UNREAD = "unread"
    """Deadlines of some of its items are not understood: nothing of them is ever due."""
    FAULTY = "faulty"
    """Readings on it, or values that it plans by period, have errors: the figures are without them."""


class PlanNotice(NamedTuple):
    """What is to be told of one plan; `about` is the number of the revision (`15/KH-CCTL`), or names the items, or
    the readings with why they do not count."""

    kind: NoticeKind
    plan: str
    about: str | tuple[object, ...] = ""


class PlansInForce:
    """The revision of each plan that was in force on a day. An amendment counts from the day of its sign-off; what was
    in force before is taken from git, and proven by the digest that the plan keeps of it."""

    def __init__(self, place: OpenWorkspace, as_of: date, window: Period | None = None) -> None:
        self.is_changed = SealCheck(place)
        self._conventions = place.settings.deadlines
        self.as_of, self._revisions, self._window = as_of, Revisions(place.root), window
        self.sources: dict[str, Source] = {}
        """The texts of earlier revisions that are judged by, by the names of their files."""

    def __call__(self, plan: Plan, file: str, records: Iterable[Progress] = ()) -> tuple[Plan, tuple[PlanNotice, ...]]:
        """The revision to judge by of a plan that stands in a file, and what is to be told of it and its records."""
        (found, notices), known = self._revision(plan, file), tuple(records)
        if found.form:
            return found, notices
        unread = [one.id for one in unread_deadlines(found, self._conventions)]
        faulty = left_out(outline(found, self._conventions), known)
        names: dict[NoticeKind, str | tuple[Message, ...]] = {
            NoticeKind.UNREAD: listed(unread),
            NoticeKind.FAULTY: faulty,
        }
        told = (PlanNotice(kind, found.id, of_kind) for kind, of_kind in names.items() if of_kind)
        return found, (*notices, *told, *_withdrawn(found, known))

    def _revision(self, plan: Plan, file: str) -> tuple[Plan, tuple[PlanNotice, ...]]:
        ended = plan.revision_on(self.as_of)
        if isinstance(ended, Earlier):
            kept = self._from_git(plan, ended, file)
            in_force = NoticeKind.EARLIER if ended.date <= self.as_of else NoticeKind.FIRST
            is_cut_off = not kept and self._revisions.is_cut_off
            kind = in_force if kept else NoticeKind.NOT_CLONED if is_cut_off else NoticeKind.NOT_FOUND
            return kept or plan, (PlanNotice(kind, plan.id, ended.number), *self._changed(plan, kept))
        return plan, (*self._changed(plan, None), *self._amended(plan))

    def _changed(self, plan: Plan, kept: Plan | None) -> Iterator[PlanNotice]:
        if kept is None and self.is_changed(plan):
            yield PlanNotice(NoticeKind.CHANGED, plan.id)

    def _amended(self, plan: Plan) -> Iterator[PlanNotice]:
        if plan.earlier and plan.signoff and self._window and self._window.end < plan.signoff.date:
            yield PlanNotice(NoticeKind.AMENDED, plan.id, plan.signoff.number)

    def _from_git(self, plan: Plan, ended: Earlier, file: str) -> Plan | None:
        """A revision as it was committed; None if there is no such commit."""
        found = self._revisions.of(plan, ended, Path(file).absolute(), file)
        if found is None or not isinstance(found.value, Plan):
            return None
        self.sources[file] = found.source
        return found.value


@dataclass(frozen=True)
class PlansRead(Generic[Result]):
    """What some work makes of plan after plan, each in the revision to judge by; what is to be told of them is kept
    until all are read. The plans are not kept: thousands need too much memory."""

    place: OpenWorkspace
    work: Callable[[Plan, list[Progress]], Result]
    in_force: PlansInForce | None
    """None where plans are taken as they are: in a revision."""
    translate: Translator
    notices: list[PlanNotice] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def each(
        self, files: Sequence[File], plans: frozenset[str], *, reads_all: bool = False, is_quiet: bool = False
    ) -> Iterator[Result]:
        """What is made of the plans that are asked for by their ids, or of all. CommandError, once all are read, if one
        of them is not there. With `reads_all` the others are read too."""
        known: list[str] = []
        wanted = frozenset[str]() if reads_all else plans
        for found, wrong in plan_by_plan(files, self._read, self.translate, is_quiet=is_quiet, plans=wanted):
            self.diagnostics.extend(wrong)
            for plan, notices, result in found:
                known.append(plan)
                self.notices.extend(notices)
                yield result
        if missing := plans.difference(known):
            raise no_such_plan(sorted(missing), known, files)

    def _read(
        self, files: tuple[File, ...]
    ) -> tuple[list[tuple[str, tuple[PlanNotice, ...], Result]], tuple[Diagnostic, ...]]:
        """The work on the plan in some files, with its id; and what is wrong with them. Also in a second process."""
        read_now = gather((read(file, read_once) for file in files), self.place.root, self.place.settings)
        seen = []
        for named, kept in read_now.plans():
            records = [record.progress for record in kept]
            plan, notices = self.in_force(named.plan, named.file, records) if self.in_force else (named.plan, ())
            seen.append((plan.id, notices, self.work(plan, records)))
        return seen, read_now.diagnostics

    def tell_last(self, as_of: date, code: int = Exit.CLEAN) -> int:
        """The exit code of a command that has shown them, once what is to be told of them is told."""
        return tell_last(self.place, self.notices, self.diagnostics, as_of, self.translate, code)


class PlansOnDay(NamedTuple):
    """The plans of a workspace with their records, each in the revision to judge by on a day, and what is to be told of
    them."""

    place: OpenWorkspace
    as_of: date
    translate: Translator
    workspace: Workspace
    notices: tuple[PlanNotice, ...]

    def tell_last(self, code: int = Exit.CLEAN) -> int:
        """The exit code of a command that has shown them, once what is to be told of them is told."""
        return tell_last(self.place, self.notices, self.workspace.diagnostics, self.as_of, self.translate, code)


def judged(workspace: Workspace, plans: PlansInForce, place: OpenWorkspace, translate: Translator) -> PlansOnDay:
    """The plans of a workspace as they are to be judged."""
    found = {
        named.plan.id: plans(named.plan, named.file, (record.progress for record in records))
        for named, records in workspace.plans()
    }
    notices = tuple(notice for _, told in found.values() for notice in told)
    in_force = workspace.with_plans({name: plan for name, (plan, _) in found.items()})
    return PlansOnDay(place, plans.as_of, translate, in_force, notices)


def plans_on(
    day: date,
    place: OpenWorkspace,
    translate: Translator,
    *,
    window: Period | None = None,
    is_quiet: bool = False,
    plans: Iterable[str] = (),
) -> PlansOnDay:
    """All plans of the workspace, or those that are named by their ids, as they are to be judged on a day; `window` is
    the period that is looked at."""
    workspace = workspace_now(place, translate, is_quiet=is_quiet, plans=plans)
    return judged(workspace, PlansInForce(place, day, window), place, translate)


def _withdrawn(plan: Plan, records: Iterable[Progress]) -> Iterator[PlanNotice]:
    """The items of an earlier revision of which something is recorded, where figures are those of a later one."""
    if plan.earlier:
        old = {getattr(e, "item", "") for one in records for e in entries_of(one) if is_of_earlier_revision(plan, e)}
        if names := [name for name in sorted(old) if name and not has_item(plan, name)]:
            yield PlanNotice(NoticeKind.WITHDRAWN, plan.id, listed(names))


def tell_notices(notices: Iterable[PlanNotice], as_of: date, translate: Translator) -> None:
    """Says on stderr, a line for each kind, what is to be told of the plans behind some figures."""
    for text, hint in notice_lines(notices, as_of):
        sys.stdout.flush()
        say_error(text, hint, translate)


def tell_last(
    place: OpenWorkspace,
    notices: Iterable[PlanNotice],
    diagnostics: Iterable[Diagnostic],
    as_of: date,
    translate: Translator,
    code: int = Exit.CLEAN,
) -> int:
    """Says on stderr what is to be told of the plans behind some figures, and which files were left out for their
    errors: then the exit code is BROKEN."""
    tell_notices(notices, as_of, translate)
    return Exit.BROKEN if tell_broken(place, diagnostics, translate) else code


def notice_lines(notices: Iterable[PlanNotice], as_of: date) -> Iterator[tuple[Message, Message | None]]:
    """What is to be told of some plans, with a hint where something is wrong: `not as they were signed: KHCL-2026`."""
    found = tuple(notices)
    for kind, (text, hint) in _TOLD.items():
        of_kind = [one for one in found if one.kind is kind]
        if of_kind:
            names = few(map(_named, of_kind))
            yield text.filled(day=as_of, names=names), hint and hint.filled(plan=of_kind[0].plan)


def _named(notice: PlanNotice) -> str | Message:
    if not notice.about:
        return notice.plan
    about = few(notice.about) if isinstance(notice.about, tuple) else notice.about
    return Message("{plan} ({about})", plan=notice.plan, about=about)


_SEE = Message("see what is wrong: qmsplan validate")
_BY_TODAY = Message("judged by the text of today, not by the revision in force on {day}: {names}")
_TOLD: dict[NoticeKind, tuple[Message, Message | None]] = {
    NoticeKind.CHANGED: (
        Message("not as they were signed: {names}"),
        Message("see what was changed: qmsplan verify {plan}"),
    ),
    NoticeKind.EARLIER: (Message("judged by the revision in force on {day}: {names}"), None),
    NoticeKind.FIRST: (Message("judged by the first revision, signed after {day}: {names}"), None),
    NoticeKind.NOT_CLONED: (_BY_TODAY, lacking()),
    NoticeKind.NOT_FOUND: (
        _BY_TODAY,
        Message("git keeps the text of a revision if the plan is committed when it is signed"),
    ),
    NoticeKind.AMENDED: (Message("amended after this period, and judged by the text of today: {names}"), None),
    NoticeKind.WITHDRAWN: (
        Message("an amendment left out items with records, which these figures are without: {names}"),
        Message("'status --as-of' a day before the amendment shows them"),
    ),
    NoticeKind.UNREAD: (Message("deadlines that are not understood, so that nothing is ever due: {names}"), _SEE),
    NoticeKind.FAULTY: (
        Message("figures and planned values that can't be right, and do not count here: {names}"),
        Message("they count only once they are corrected, even where 'rules' turns their errors off"),
    ),
}
"""What is told of plans, and a hint; in this order."""
