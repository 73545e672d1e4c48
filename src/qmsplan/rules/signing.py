"""Rules on signatures: plans changed after signing or review, revisions not signed, missing seals, odd days (QP801 to
QP806)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from qmsplan.diagnostics import Message, Path, Severity, listed
from qmsplan.model.plan import Earlier, Plan, Signoff
from qmsplan.model.text import PeriodWords, plain
from qmsplan.rules.base import ITEM_LISTS, Context, Rule, of_plan
from qmsplan.rules.findings import Finding
from qmsplan.seal import (
    OwnForms,
    Role,
    SealDifference,
    differences,
    endorsement_holds,
    foreign_form,
    holds,
    is_sealed,
    scheme_of,
)


def changed_after_signing(context: Context, plan: Plan) -> Iterator[Finding]:
    """Plans that are not what was signed, reported at the first place that differs (ISO 9001:2015, 7.5.3)."""
    own = OwnForms(context.templates.digests.get(plan.template, ""), context.templates.letterhead)
    for fault in islice(faults_of_seal(plan, own), 1):
        yield Finding(context.in_plan(*fault.path), fault.message, fault.hint)


class SealFault(NamedTuple):
    """Where a plan is not what was signed: the path, what differs, and what to do."""

    path: Path
    message: Message
    hint: Message


def faults_of_seal(plan: Plan, own: OwnForms) -> Iterator[SealFault]:
    """Where a sealed plan differs from what was signed, in its words, then in what the workspace prints it with,
    `own`."""
    signoff = plan.signoff
    if signoff is None or not is_sealed(signoff):
        return
    if signoff.digest is None:
        hint = Message("take it back from an earlier version of the file")
        yield SealFault(("signoff",), Message("the digest of the sign-off was taken out"), hint)
        return
    path, kept = ("signoff", "digest"), holds(plan, signoff.digest)
    if kept is None:
        yield SealFault(path, _unknown_seal(signoff.digest), Message("update qmsplan"))
    elif not kept:
        found = differences(plan, signoff.parts)
        hint = _hint_to_amend(plan, max(len(found), 1))
        yield from (SealFault(one.path, _told_difference(one), hint) for one in found)
        if not found:
            yield SealFault(path, Message("the plan is not what was signed"), hint)
    if foreign := foreign_form(signoff, own):
        yield SealFault(("template",) if foreign == "template" else ("signoff",), *_told_form(foreign, plan))


def _hint_to_amend(plan: Plan, count: int) -> Message:
    if count == 1:
        return Message("undo it, or open a new revision: qmsplan amend {plan} --reason …", plan=plan.id)
    return Message(
        "{count} places differ; undo it, or open a new revision: qmsplan amend {plan} --reason …",
        count=count,
        plan=plan.id,
    )


def _told_difference(difference: SealDifference) -> Message:
    """A place where a plan differs from what was signed, in words: `'deadline' of 'MT01' is not what was signed`."""
    part, field = difference.part, difference.field
    name = part if part[0] != "/" else part[1:].replace("/", ".")
    if difference.kind == "changed" and part[0] != "/":
        return Message("'{field}' of '{item}' is not what was signed", field=field, item=name)
    return _DIFFERENCES[difference.kind].filled(name=name or "plan", field=f"{name}.{field}" if name else field)


_DIFFERENCES = {
    "changed": Message("'{field}' is not what was signed"),
    "added": Message("'{name}' was not there when the plan was signed"),
    "gone": Message("'{name}' was in the signed plan but is now missing"),
    "order": Message("'{field}' has not the entries, or not the order, that were signed"),
    "taken": Message("something was taken out of '{name}' after it was signed"),
}


def _told_form(foreign: str, plan: Plan) -> tuple[Message, Message]:
    """A form of the workspace that a plan was not signed with, in words, and what to do."""
    if foreign == "template":
        message = Message("the template '{name}' is not the one that the plan was signed with", name=plan.template)
        return message, Message("bring the template back, or give the new one another name and open a new revision")
    message = Message("the letterhead of base.docx is not the one that the plan was signed with")
    return message, Message("bring its header and footer back, or open a new revision")


def changed_after_review(context: Context, plan: Plan) -> Iterator[Finding]:
    """Plans that are not what somebody reviewed or approved (ISO 9001:2015, 7.5.2 c)."""
    signed = plan.signoff.digest if plan.signoff else None
    if not (plan.reviewed or plan.approved) or (signed and not holds(plan, signed)):
        return
    for role, told in _CHANGED.items():
        for index, entry in enumerate(getattr(plan, role)):
            kept = endorsement_holds(plan, role, entry)
            message = told.filled(name=entry.name)
            if kept is None:
                message = _unknown_seal(entry.digest)
            if not kept:
                hint = Message("show it to them again, then: qmsplan sign {plan} --role …", plan=plan.id)
                yield Finding(context.in_plan(role, index, "digest"), message, hint)


_CHANGED: dict[Role, Message] = {
    "reviewed": Message("the plan is not what {name} reviewed"),
    "approved": Message("the plan is not what {name} approved"),
}


def _unknown_seal(digest: str) -> Message:
    return Message("this seal is of a kind not known here: {scheme}", scheme=scheme_of(digest))


def not_signed_again(context: Context, plan: Plan) -> Iterator[Finding]:
    """Amended plans that nobody has signed yet; until then the earlier revision is in force (Decree 30/2020/NĐ-CP,
    article 18.3)."""
    if plan.earlier and not plan.signoff:
        before = plan.earlier[-1]
        replacing = Message("the plan was amended and is not signed yet; in force is {number}")
        partly = Message("what amends the plan in part is not signed yet; in force is {number}")
        message = (partly if before.partly else replacing).filled(number=before.number)
        hint = Message("once it is as it should be: qmsplan sign {plan} --number …", plan=plan.id)
        place = context.in_plan("earlier", len(plan.earlier) - 1, "number")
        yield Finding(place, message, hint)
        if lost := _left_behind(context):
            message = Message("the amendment has no item {ids}, of which something is recorded", ids=listed(lost))
            hint = Message("keep the id if it is the same item; else give its records the new id once this is signed")
            yield Finding(place, message, hint)


def _left_behind(context: Context) -> list[str]:
    """The items with records that an amendment leaves out: once it is signed, their records are about nothing."""
    told = {getattr(found.entry, "item", None) for found in context.entries(*ITEM_LISTS)}
    items = context.in_force.by_id if context.in_force else ()
    return [name for name in items if name in told and name not in context.by_id]


_EARLIER = Message("the earlier revision")


def signed_out_of_order(context: Context, plan: Plan) -> Iterator[Finding]:
    """Sign-offs that can't follow the one before: an earlier day, or a number used already in the year (Decree
    30/2020/NĐ-CP, articles 15 and 18)."""
    chain = _chain(plan)
    for index, (path, given) in enumerate(chain):
        before = chain[index - 1] if index else None
        if before and given.date < before[1].date:
            message = Message("this is before the day of the revision it replaces, {day}", day=before[1].date)
            hint = Message("check both days; a revision is signed after the one before it")
            place = context.in_plan(*before[0], "date")
            yield Finding(context.in_plan(*path, "date"), message, hint, place, first_says=_EARLIER)
        used = {(other.number, other.date.year): place for place, other in reversed(chain[:index])}
        if path_before := used.get((given.number, given.date.year)):
            message = Message("an earlier revision has the number {number} already", number=given.number)
            hint = Message("a document that replaces another has a number of its own")
            place = context.in_plan(*path_before, "number")
            yield Finding(context.in_plan(*path, "number"), message, hint, place, first_says=_EARLIER)


def _chain(plan: Plan) -> list[tuple[Path, Earlier | Signoff]]:
    """All sign-offs of a plan, in the order of its revisions."""
    chain: list[tuple[Path, Earlier | Signoff]] = [(("earlier", index), e) for index, e in enumerate(plan.earlier)]
    return [*chain, (("signoff",), plan.signoff)] if plan.signoff else chain


def signed_outside_period(context: Context, plan: Plan) -> Iterator[Finding]:
    """Sign-offs of years that have nothing to do with the plan's: after its end, or before the year in front of it. A
    report on a period is signed when it is over, in the year after it at the latest."""
    if plan.signoff is None or plan.period is None:
        return
    day = plan.signoff.date
    end = plan.period.end
    last = date(end.year + 1, 12, 31) if plain(plan.head.type).startswith("báo cáo") else end
    if not date(plan.period.start.year - 1, 1, 1) <= day <= last:
        message = Message("a plan for {period} is not signed in {year}", period=PeriodWords(plan.period), year=day.year)
        hint = Message("check the day of signing and the plan's 'period'")
        yield Finding(context.in_plan("signoff", "date"), message, hint)


def not_sealed(context: Context, plan: Plan) -> Iterator[Finding]:
    """Sign-offs without a digest, typed by hand: nothing proves that the plan is what was signed, so it prints as a
    draft."""
    if plan.signoff and not is_sealed(plan.signoff) and not plan.form:
        yield Finding(context.in_plan("signoff"), _UNSEALED, sealing(plan, plan.signoff))


_UNSEALED = Message("the sign-off was typed without a seal: the document is printed as a draft")


def sealing(plan: Plan, signoff: Signoff) -> Message:
    """How a sign-off that was typed by hand is sealed: the command with its number and day."""
    day = signoff.date.isoformat()
    return Message(
        "seal it: qmsplan sign {plan} --number {number} --date {day}", plan=plan.id, number=signoff.number, day=day
    )


CHANGED_AFTER_REVIEW = Rule("QP802", "changed-after-review", Severity.ERROR, of_plan(changed_after_review))
CHANGED_AFTER_SIGNING = Rule("QP801", "changed-after-signing", Severity.ERROR, of_plan(changed_after_signing))
NOT_SEALED = Rule("QP805", "not-sealed", Severity.WARNING, of_plan(not_sealed))
RULES = (
    CHANGED_AFTER_SIGNING,
    CHANGED_AFTER_REVIEW,
    Rule("QP803", "not-signed-again", Severity.WARNING, of_plan(not_signed_again)),
    Rule("QP804", "signed-out-of-order", Severity.ERROR, of_plan(signed_out_of_order)),
    NOT_SEALED,
    Rule("QP806", "signed-outside-period", Severity.ERROR, of_plan(signed_outside_period)),
)
