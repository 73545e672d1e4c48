"""`qmsplan sign`: a plan gets its number, its day and its seal, or a reviewer and an approver."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.choices import today
from qmsplan.cli.console import Stop, put, tell
from qmsplan.cli.edit_plan import Opened, errors_of, open_plan, show, write_edited
from qmsplan.cli.exits import CLEAN, FINDINGS
from qmsplan.diagnostic import say
from qmsplan.language import sentence, translator
from qmsplan.layout.signing import sealed, with_endorsement, with_signoff
from qmsplan.load.text import find_forbidden
from qmsplan.model.bundle import Bundle, Named
from qmsplan.model.people import Register
from qmsplan.model.plan import Endorsement, Signoff
from qmsplan.model.scalar import in_parts, read_date
from qmsplan.output.clean import clean
from qmsplan.rules import changed_after_review, number_form, signed_out_of_order
from qmsplan.rules.base import Context
from qmsplan.seal.digest import endorsement_holds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qmsplan.model.plan import Plan, Signatory
    from qmsplan.seal.digest import Role

ROLES: dict[str, Role] = {"reviewer": "reviewed", "approver": "approved"}
UNSEALED = "qmsplan-0:none:0000000000000000"
"""The digest of an entry that does not have one yet."""


class Wish(NamedTuple):
    """What a command line asks for, as typed."""

    plan: str
    role: str = "signer"
    number: str | None = None
    day: str | None = None
    signer: str | None = None
    position: Sequence[str] = ()
    is_rehearsal: bool = False


class Who(NamedTuple):
    """Who signs, and as what."""

    name: str
    position: tuple[str, ...]


def sign(wish: Wish, language: str) -> int:
    """Signs a plan, or notes who reviewed or approved it; the exit code."""
    with open_plan(wish.plan) as opened:
        role = ROLES.get(wish.role)
        again = {changed_after_review.RULE.code} if role else set()
        errors = [error for error in errors_of(opened, language) if error.code not in again]
        if errors or opened.plan is None:
            show(errors, opened.place, language)
            tell(sentence(say("not signed: the errors have to be mended first"), translator(language)))
            return FINDINGS
        day = _day(wish.day, today(opened.place))
        if role:
            return _endorse(wish, role, opened, opened.plan, day, language)
        return _sign(wish, opened, opened.plan, day, language)


def _sign(wish: Wish, opened: Opened, plan: Plan, day: date, language: str) -> int:
    if wish.number is None:
        raise Stop(say("signing needs a number"), say("add '--number', such as --number 51/KH-TGPL"))
    who = _who(wish, plan.signatory)
    signoff = Signoff(number=typed_text(wish.number, "--number"), date=day, signer=who.name, position=who.position)
    if plan.form:
        raise Stop(say("this is a blank form: nothing in it is promised"), say("sign the plan that is made from it"))
    if plan.signoff:
        _check_again(plan, plan.signoff, signoff)
    signed = sealed(plan, signoff)
    _check_rules(opened, signed)
    write_edited(opened, with_signoff(opened.before, plan, signed), is_rehearsal=wish.is_rehearsal)
    if not wish.is_rehearsal and signed.signoff:
        told = say(
            "{file}: signed as {number}, {year}-{month}-{day}",
            file=clean(opened.file.name),
            number=signoff.number,
            **in_parts(day),
        )
        put(f"{sentence(told, translator(language))}\n{signed.signoff.digest}\n")
    return CLEAN


def _endorse(wish: Wish, role: Role, opened: Opened, plan: Plan, day: date, language: str) -> int:
    if wish.number is not None:
        raise Stop(say("only the signer gives a number"), say("leave out '--number', or '--role'"))
    if wish.signer is None:
        raise Stop(say("who reviewed or approved it is not said"), say("add '--signer', with the full name"))
    who = _who(wish, None)
    entry = Endorsement(name=who.name, position=who.position, date=day, digest=UNSEALED)
    for other in getattr(plan, role):
        if other.name == who.name and endorsement_holds(plan, role, other):
            message = say("{name} has done so already, {year}-{month}-{day}", name=other.name, **in_parts(other.date))
            raise Stop(message, say("nothing has changed since; there is nothing to do"))
    write_edited(opened, with_endorsement(opened.before, plan, role, entry), is_rehearsal=wish.is_rehearsal)
    if not wish.is_rehearsal:
        words = {
            "reviewed": say(
                "{file}: reviewed by {name}, {year}-{month}-{day}",
                file=clean(opened.file.name),
                name=who.name,
                **in_parts(day),
            ),
            "approved": say(
                "{file}: approved by {name}, {year}-{month}-{day}",
                file=clean(opened.file.name),
                name=who.name,
                **in_parts(day),
            ),
        }
        put(sentence(words[role], translator(language)) + "\n")
    return CLEAN


def _check_again(plan: Plan, old: Signoff, new: Signoff) -> None:
    """A sign-off of the old form may be sealed as it is; nothing else is signed twice. Stop if it is."""
    if old.digest:
        message = say(
            "the plan is signed already: {number}, {year}-{month}-{day}", number=old.number, **in_parts(old.date)
        )
        hint = say("to change it, open a new revision: qmsplan amend {plan} --reason …", plan=plan.id)
        raise Stop(message, hint)
    kept = new.replaced(signer=old.signer or new.signer, position=old.position or new.position)
    if kept != new or (old.number, old.date) != (new.number, new.date):
        message = say(
            "the plan bears another sign-off already: {number}, {year}-{month}-{day}",
            number=old.number,
            **in_parts(old.date),
        )
        raise Stop(message, say("give the same number, date, signer and position to seal it"))


def _check_rules(opened: Opened, signed: Plan) -> None:
    """What would be wrong with the sign-off. Stop at the first."""
    context = Context(Bundle((Named(opened.file.name, signed),), ()), Register())
    for rule in (number_form, signed_out_of_order):
        for finding in rule.check(context):
            raise Stop(finding.message, finding.hint)


def _who(wish: Wish, named: Signatory | None) -> Who:
    """The signer; the plan's own signatory if nobody is named. Stop if the two differ, or if there is neither."""
    name = typed_text(wish.signer, "--signer") if wish.signer is not None else named and named.name
    position = tuple(typed_text(line, "--position") for line in wish.position) or (named.position if named else ())
    if not name:
        hint = say("add '--signer', or the name under 'signatory' in the plan")
        raise Stop(say("who signs is not said"), hint)
    if named and (name != (named.name or name) or position != named.position):
        has = ", ".join((*named.position, named.name or ""))
        message = say("the plan is to be signed by another: {who}", who=has.rstrip(", "))
        raise Stop(message, say("correct 'signatory' in the plan, or leave out '--signer' and '--position'"))
    return Who(name, position)


def _day(typed: str | None, now: date) -> date:
    """The day of signing; today if none is given. Stop if it is still to come."""
    day = now if typed is None else read_date(typed)
    if day > now:
        raise Stop(say("{year}-{month}-{day} is still to come", **in_parts(day)), say("give the day it was signed"))
    return day


def typed_text(text: str, option: str) -> str:
    """What stands behind an option, in the form that texts of plans have. Stop if it can't stand in one."""
    settled = unicodedata.normalize("NFC", text).strip()
    if not settled or find_forbidden(settled):
        message = say("'{option}' is empty, or holds a character that can't stand in a plan", option=option)
        raise Stop(message, say("type it again"))
    return settled
