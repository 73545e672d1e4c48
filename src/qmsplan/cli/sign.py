"""`qmsplan sign`: a plan gets its number, its day and its seal, or a reviewer and an approver; `qmsplan amend`: a
signed plan is opened again, as its next revision."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from qmsplan.check.findings import weigh, weights_of
from qmsplan.cli.checking import CheckRequest, survey
from qmsplan.cli.console import CommandError, Exit, put, put_line, put_message, tell_message
from qmsplan.cli.find_plan import find_plan, is_no_plan
from qmsplan.cli.in_force import SealCheck
from qmsplan.cli.options import AmendOptions, SignOptions
from qmsplan.cli.parameters import typed_text
from qmsplan.cli.settings import OpenWorkspace, open_workspace, refuse_outside, require_workspace, today
from qmsplan.cli.workspace import all_plans, plan_files, tell_findings
from qmsplan.cli.write import held, replace_unchanged
from qmsplan.diagnostics import Diagnostic, Message, Severity, Translator
from qmsplan.documents.plan_view import printed_names
from qmsplan.documents.template import UNREADABLE
from qmsplan.load.document import read_content
from qmsplan.load.files import File, decode, read_bytes, shown
from qmsplan.model.fields import read_date
from qmsplan.model.plan import Endorsement, Plan, Signatory, Signoff
from qmsplan.model.progress import Bundle, Named
from qmsplan.output.record import unified
from qmsplan.output.safe_text import harmless
from qmsplan.rules import components, documents, signing
from qmsplan.rules.base import Context
from qmsplan.rules.findings import IssuedNumber
from qmsplan.seal import Role as SealRole
from qmsplan.seal import endorsement_holds
from qmsplan.yaml_edit.edit import amended, sealed, with_endorsement, with_signoff

ROLES: dict[str, SealRole] = {"reviewer": "reviewed", "approver": "approved"}
UNSEALED = "qmsplan-0:none:0000000000000000"
"""Stands for the digest of an endorsement until it is computed."""


def command(options: SignOptions, translate: Translator) -> int:
    """Signs a plan, or notes who reviewed or approved it. The exit code is 1 if its errors forbid that."""
    with open_plan(options.plan) as opened:
        role = ROLES.get(options.role)
        again = {signing.CHANGED_AFTER_REVIEW.code} if role else set()
        errors = [error for error in errors_of(opened, translate) if error.code not in again]
        if errors or opened.plan is None:
            tell_findings(errors, opened.place, translate)
            tell_message(Message("not signed: the errors have to be fixed first"), translate)
            return Exit.FINDINGS
        day = _day_of_signing(options.day, today(opened.place))
        if role:
            return _endorse_plan(options, role, opened, opened.plan, day, translate)
        return _sign_plan(options, opened, opened.plan, day, translate)


def _sign_plan(options: SignOptions, opened: Opened, plan: Plan, day: date, translate: Translator) -> int:
    if (old := plan.signoff) and old.digest:
        message = Message("the plan is signed already: {number}, {day}", number=old.number, day=old.date)
        hint = Message("to change it, open a new revision: qmsplan amend {plan} --reason …", plan=plan.id)
        raise CommandError(message, hint)
    if options.number is None:
        raise CommandError(Message("signing needs a number"), Message("add '--number', such as --number 51/KH-TGPL"))
    name, position = _signer_and_posts(options, plan.signatory)
    signoff = Signoff(number=typed_text(options.number, "--number"), date=day, signer=name, position=position)
    if plan.form:
        raise CommandError(
            Message("this is a blank form: nothing in it is promised"), Message("sign the plan that is made from it")
        )
    if plan.signoff:
        _check_again(plan.signoff, signoff)
    signoff = _as_printed(opened.place, plan, signoff)
    signed = sealed(plan, signoff)
    _check_rules(opened, plan, signed)
    after = with_signoff(opened.before, plan, signed, opened.file.name)
    told = Message("{file}: signed as {number}, {day}", file=opened.file.name, number=signoff.number, day=day)
    write_back(opened, after, told, translate, is_rehearsal=options.dry_run)
    if not options.dry_run and signed.signoff:
        put_line(signed.signoff.digest or "")
    return Exit.CLEAN


def _as_printed(place: OpenWorkspace, plan: Plan, signoff: Signoff) -> Signoff:
    """The sign-off with what the document takes from elsewhere: names of the register, the workspace's own template and
    letterhead."""
    names = printed_names(plan, place.register)
    own = SealCheck(place).forms(plan.template)
    for form, name in zip(own, (plan.template, "base.docx"), strict=True):
        if form == UNREADABLE:
            raise CommandError(
                Message("the template '{name}' can't be read", name=name),
                Message("see what is wrong with it: qmsplan render {plan}", plan=plan.id),
            )
    return signoff.replaced(**names._asdict(), template=own.template or None, letterhead=own.letterhead or None)


def _endorse_plan(
    options: SignOptions, role: SealRole, opened: Opened, plan: Plan, day: date, translate: Translator
) -> int:
    if options.number is not None:
        raise CommandError(Message("only the signer gives a number"), Message("leave out '--number', or '--role'"))
    if options.signer is None:
        raise CommandError(
            Message("who reviewed or approved it is not said"), Message("add '--signer', with the full name")
        )
    name, position = _signer_and_posts(options, None)
    entry = Endorsement(name=name, position=position, date=day, digest=UNSEALED)
    for other in getattr(plan, role):
        if other.name == name and endorsement_holds(plan, role, other):
            message = Message("{name} has done so already, {day}", name=other.name, day=other.date)
            raise CommandError(message, Message("nothing has changed since; there is nothing to do"))
    after = with_endorsement(opened.before, plan, role, entry, opened.file.name)
    told = Message("{file}: approved by {name}, {day}")
    if role == "reviewed":
        told = Message("{file}: reviewed by {name}, {day}")
    told = told.filled(file=opened.file.name, name=name, day=day)
    write_back(opened, after, told, translate, is_rehearsal=options.dry_run)
    return Exit.CLEAN


def _check_again(old: Signoff, new: Signoff) -> None:
    """A sign-off of the old form, which has no digest, may be sealed as it is and not otherwise. Stop if it is."""
    kept = new.replaced(signer=old.signer or new.signer, position=old.position or new.position)
    if kept != new or (old.number, old.date) != (new.number, new.date):
        message = Message("the plan bears another sign-off already: {number}, {day}", number=old.number, day=old.date)
        raise CommandError(message, Message("give the same number, date, signer and position to seal it"))


def _check_rules(opened: Opened, plan: Plan, signed: Plan) -> None:
    """Stop if the rules on numbers and on days of signing would find fault with the signed plan, or if it lacks what
    the decree demands of a document. A plan that bears a sign-off was issued already: it is sealed as it is."""
    context = Context(Bundle((Named(opened.file.name, signed),), ()), opened.place.register)
    demanded = () if plan.signoff else components.DEMANDED
    for rule in (documents.number_form, signing.signed_out_of_order, signing.signed_outside_period, *demanded):
        for finding in rule(context, signed):
            raise CommandError(finding.message, finding.hint)
    if not plan.signoff:
        _check_number(opened.place, documents.issued_by(context), plan.id)


def _check_number(place: OpenWorkspace, issued: IssuedNumber | None, own: str) -> None:
    """Stop if another plan of the agency bears the number already (the numbers of an agency count within a year:
    Decree 30/2020/NĐ-CP, Annex I, Part I, Section II, item 3)."""
    for other in all_plans(place) if issued else ():
        theirs = documents.issued_by(Context(Bundle((Named("", other),), ()), place.register))
        if other.id != own and theirs and issued and theirs._replace(place=issued.place) == issued:
            raise CommandError(
                Message("{number} was already issued in {year}", number=issued.number, year=issued.year),
                Message(
                    "it is the number of {plan}; look in the register of outgoing documents for yours", plan=other.id
                ),
            )


def _signer_and_posts(options: SignOptions, named: Signatory | None) -> tuple[str, tuple[str, ...]]:
    """Name and posts of the signer; the plan's own signatory if nobody is named. Stop if the two differ, or if there
    is neither."""
    name = typed_text(options.signer, "--signer") if options.signer is not None else named and named.name
    position = tuple(typed_text(line, "--position") for line in options.position or ()) or (
        named.position if named else ()
    )
    if not name:
        hint = Message("add '--signer', or the name under 'signatory' in the plan")
        raise CommandError(Message("who signs is not said"), hint)
    if named and (name != (named.name or name) or position != named.position):
        has = ", ".join((*named.position, named.name or ""))
        message = Message("the plan is to be signed by another: {who}", who=has.rstrip(", "))
        raise CommandError(
            message, Message("correct 'signatory' in the plan, or leave out '--signer' and '--position'")
        )
    return name, position


def _day_of_signing(typed: str | None, now: date) -> date:
    """The day of signing; today if none is given. Stop if it is still to come."""
    day = now if typed is None else read_date(typed)
    if day > now:
        raise CommandError(Message("{day} is in the future", day=day), Message("give the day it was signed"))
    return day


class Opened(NamedTuple):
    """A plan to be edited: where it stands, its bytes, what they say (None if it has errors), and what is wrong."""

    place: OpenWorkspace
    file: File
    before: bytes
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]


@contextmanager
def open_plan(name: str) -> Iterator[Opened]:
    """The plan that a file or an id names, for one writer at a time. Stop if there is none."""
    place, file = _find_file(name)
    with held(place.root):
        before = read_bytes(file.path)
        document = read_content(before, file.name)
        plan = document.value if isinstance(document.value, Plan) else None
        if document.value and not plan:
            raise is_no_plan(file.name)
        yield Opened(place, file, before, plan, document.diagnostics)


def _find_file(name: str) -> tuple[OpenWorkspace, File]:
    if os.path.isfile(name) or os.path.islink(name):  # noqa: PTH113, PTH114  it may have errors, which are told then
        place = open_workspace(Path(name))
        refuse_outside(place)
        return place, File(Path(name), shown(Path(name)))
    place = require_workspace()
    return place, find_plan(name, plan_files(place)).file


def write_back(opened: Opened, after: bytes, told: Message, translate: Translator, *, is_rehearsal: bool) -> None:
    """Replaces the file and says so, or shows what would change in it. Stop if another program changed it meanwhile."""
    if is_rehearsal:
        put(harmless(unified(opened.file.name, decode(opened.before), decode(after))))
    else:
        replace_unchanged(opened.file.path, opened.before, after)
        put_message(told, translate)


def errors_of(opened: Opened, translate: Translator) -> list[Diagnostic]:
    """The errors of the plan's own file, as `validate` finds them."""
    seen = survey(CheckRequest(opened.place, (opened.file.path,), translate))
    found = weigh(seen.diagnostics, weights_of(opened.place.settings))
    return [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]


def amend(options: AmendOptions, translate: Translator) -> int:
    """Opens the next revision of a signed plan. The exit code is 1 if the plan can't be read."""
    lines = [line.strip() for line in typed_text(options.reason, "--reason", is_line=False).split("\n") if line.strip()]
    with open_plan(options.plan) as opened:
        signed = opened.plan
        if signed is None:
            tell_findings(opened.diagnostics, opened.place, translate)
            return Exit.FINDINGS
        if signed.signoff is None:
            raise _not_signed(signed)
        after = amended(opened.before, signed, signed.signoff, lines, opened.file.name, partly=options.partly)
        replacing = Message("{file}: draft of revision {count}; {number} is in force until it is signed")
        partly = Message(
            "{file}: draft of revision {count}, which amends {number} in part; that is in force until then"
        )
        told = (partly if options.partly else replacing).filled(
            file=opened.file.name, count=signed.revision + 1, number=signed.signoff.number
        )
        write_back(opened, after, told, translate, is_rehearsal=options.dry_run)
    return Exit.CLEAN


def _not_signed(plan: Plan) -> CommandError:
    if plan.earlier:
        message = Message("revision {count} of the plan is open already", count=plan.revision)
        return CommandError(message, Message("change it, then sign it: qmsplan sign {plan} --number …", plan=plan.id))
    hint = Message("a draft may be changed as it is; 'qmsplan amend' is for signed plans")
    return CommandError(Message("the plan is not signed"), hint)
