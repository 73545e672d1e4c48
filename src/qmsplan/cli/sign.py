"""`qmsplan amend`: a signed plan is taken up again, as the draft of its next revision.

`qmsplan sign`: a plan gets its number, its day and its seal, or a reviewer and an approver.

The options of `qmsplan sign` and `qmsplan amend`."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Literal, NamedTuple

import typer

from qmsplan.cli.console import CLEAN, FINDINGS, CommandError, put, tell
from qmsplan.cli.find_plan import Opened, errors_of, open_plan, show, write_edited
from qmsplan.cli.workspace import today
from qmsplan.diagnostics import Message, sentence, translator
from qmsplan.load.files import find_forbidden
from qmsplan.model.fields import in_parts, read_date
from qmsplan.model.plan import Endorsement, Plan, Signatory, Signoff
from qmsplan.model.progress import Bundle, Named
from qmsplan.output.terminal import clean
from qmsplan.phrases.people import Register
from qmsplan.rules import documents, signing
from qmsplan.rules.base import Context
from qmsplan.seal import Role as SealRole
from qmsplan.seal import endorsement_holds
from qmsplan.yaml_edit.sign import amended, sealed, with_endorsement, with_signoff


def amend(name: str, reason: str, language: str, *, is_rehearsal: bool) -> int:
    """Opens the next revision of a signed plan; the exit code."""
    lines = [line.strip() for line in typed_text(reason, "--reason").split("\n") if line.strip()]
    with open_plan(name) as opened:
        plan = opened.plan
        if plan is None:
            show(opened.diagnostics, opened.place, language)
            return FINDINGS
        if plan.signoff is None:
            raise _not_signed(plan)
        after = amended(opened.before, plan, plan.signoff, lines, opened.file.name)
        write_edited(opened, after, is_rehearsal=is_rehearsal)
        if not is_rehearsal:
            told = Message(
                "{file}: draft of revision {count}; {number} is in force until it is signed",
                file=clean(opened.file.name),
                count=plan.revision + 1,
                number=clean(plan.signoff.number),
            )
            put(sentence(told, translator(language)) + "\n")
    return CLEAN


def _not_signed(plan: Plan) -> CommandError:
    if plan.earlier:
        message = Message("revision {count} of the plan is open already", count=plan.revision)
        return CommandError(message, Message("change it, then sign it: qmsplan sign {plan} --number …", plan=plan.id))
    hint = Message("a draft may be changed as it is; 'qmsplan amend' is for signed plans")
    return CommandError(Message("the plan is not signed"), hint)


ROLES: dict[str, SealRole] = {"reviewer": "reviewed", "approver": "approved"}
UNSEALED = "qmsplan-0:none:0000000000000000"
"""The digest of an entry that does not have one yet."""


class SignOptions(NamedTuple):
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


def sign(wish: SignOptions, language: str) -> int:
    """Signs a plan, or notes who reviewed or approved it; the exit code."""
    with open_plan(wish.plan) as opened:
        role = ROLES.get(wish.role)
        again = {signing.CHANGED_AFTER_REVIEW.code} if role else set()
        errors = [error for error in errors_of(opened, language) if error.code not in again]
        if errors or opened.plan is None:
            show(errors, opened.place, language)
            tell(sentence(Message("not signed: the errors have to be mended first"), translator(language)))
            return FINDINGS
        day = _day(wish.day, today(opened.place))
        if role:
            return _endorse(wish, role, opened, opened.plan, day, language)
        return _sign(wish, opened, opened.plan, day, language)


def _sign(wish: SignOptions, opened: Opened, plan: Plan, day: date, language: str) -> int:
    if wish.number is None:
        raise CommandError(Message("signing needs a number"), Message("add '--number', such as --number 51/KH-TGPL"))
    who = _who(wish, plan.signatory)
    signoff = Signoff(number=typed_text(wish.number, "--number"), date=day, signer=who.name, position=who.position)
    if plan.form:
        raise CommandError(
            Message("this is a blank form: nothing in it is promised"), Message("sign the plan that is made from it")
        )
    if plan.signoff:
        _check_again(plan, plan.signoff, signoff)
    signed = sealed(plan, signoff)
    _check_rules(opened, signed)
    after = with_signoff(opened.before, plan, signed, opened.file.name)
    write_edited(opened, after, is_rehearsal=wish.is_rehearsal)
    if not wish.is_rehearsal and signed.signoff:
        told = Message(
            "{file}: signed as {number}, {year}-{month}-{day}",
            file=clean(opened.file.name),
            number=signoff.number,
            **in_parts(day),
        )
        put(f"{sentence(told, translator(language))}\n{signed.signoff.digest}\n")
    return CLEAN


def _endorse(wish: SignOptions, role: SealRole, opened: Opened, plan: Plan, day: date, language: str) -> int:
    if wish.number is not None:
        raise CommandError(Message("only the signer gives a number"), Message("leave out '--number', or '--role'"))
    if wish.signer is None:
        raise CommandError(
            Message("who reviewed or approved it is not said"), Message("add '--signer', with the full name")
        )
    who = _who(wish, None)
    entry = Endorsement(name=who.name, position=who.position, date=day, digest=UNSEALED)
    for other in getattr(plan, role):
        if other.name == who.name and endorsement_holds(plan, role, other):
            message = Message(
                "{name} has done so already, {year}-{month}-{day}", name=other.name, **in_parts(other.date)
            )
            raise CommandError(message, Message("nothing has changed since; there is nothing to do"))
    after = with_endorsement(opened.before, plan, role, entry, opened.file.name)
    write_edited(opened, after, is_rehearsal=wish.is_rehearsal)
    if not wish.is_rehearsal:
        words = {
            "reviewed": Message(
                "{file}: reviewed by {name}, {year}-{month}-{day}",
                file=clean(opened.file.name),
                name=who.name,
                **in_parts(day),
            ),
            "approved": Message(
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
        message = Message(
            "the plan is signed already: {number}, {year}-{month}-{day}", number=old.number, **in_parts(old.date)
        )
        hint = Message("to change it, open a new revision: qmsplan amend {plan} --reason …", plan=plan.id)
        raise CommandError(message, hint)
    kept = new.replaced(signer=old.signer or new.signer, position=old.position or new.position)
    if kept != new or (old.number, old.date) != (new.number, new.date):
        message = Message(
            "the plan bears another sign-off already: {number}, {year}-{month}-{day}",
            number=old.number,
            **in_parts(old.date),
        )
        raise CommandError(message, Message("give the same number, date, signer and position to seal it"))


def _check_rules(opened: Opened, signed: Plan) -> None:
    """What would be wrong with the sign-off. Stop at the first."""
    context = Context(Bundle((Named(opened.file.name, signed),), ()), Register())
    for rule in (documents.number_form, signing.signed_out_of_order):
        for finding in rule(context):
            raise CommandError(finding.message, finding.hint)


def _who(wish: SignOptions, named: Signatory | None) -> Who:
    """The signer; the plan's own signatory if nobody is named. Stop if the two differ, or if there is neither."""
    name = typed_text(wish.signer, "--signer") if wish.signer is not None else named and named.name
    position = tuple(typed_text(line, "--position") for line in wish.position) or (named.position if named else ())
    if not name:
        hint = Message("add '--signer', or the name under 'signatory' in the plan")
        raise CommandError(Message("who signs is not said"), hint)
    if named and (name != (named.name or name) or position != named.position):
        has = ", ".join((*named.position, named.name or ""))
        message = Message("the plan is to be signed by another: {who}", who=has.rstrip(", "))
        raise CommandError(
            message, Message("correct 'signatory' in the plan, or leave out '--signer' and '--position'")
        )
    return Who(name, position)


def _day(typed: str | None, now: date) -> date:
    """The day of signing; today if none is given. Stop if it is still to come."""
    day = now if typed is None else read_date(typed)
    if day > now:
        raise CommandError(
            Message("{year}-{month}-{day} is still to come", **in_parts(day)), Message("give the day it was signed")
        )
    return day


def typed_text(text: str, option: str) -> str:
    """What stands behind an option, in the form that texts of plans have. Stop if it can't stand in one."""
    settled = unicodedata.normalize("NFC", text).strip()
    if not settled or find_forbidden(settled):
        message = Message("'{option}' is empty, or holds a character that can't stand in a plan", option=option)
        raise CommandError(message, Message("type it again"))
    return settled


Role = Literal["signer", "reviewer", "approver"]


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the commands to the application."""
    _add_sign(app, language, translate)
    _add_amend(app, language, translate)


def _add_sign(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    plan_help = translate("The plan, by file or id.")
    number_help = translate("Number and symbol, 51/KH-TGPL; reviewers and approvers give none.")
    date_help = translate("The day it was signed, 2026-02-09 or 09/02/2026; today if not given.")
    signer_help = translate("Full name of who signed; the plan's signatory if not given.")
    position_help = translate("Authority or post of who signed, a line; may be given several times.")
    role_help = translate("As what: signer, reviewer or approver.")
    dry_help = translate("Write nothing; show what would change in the file.")
    roles = "signer|reviewer|approver"

    @app.command("sign", help=translate("Sign a plan: give it number and day, and seal what it says."))
    def command(
        plan: Annotated[str, typer.Argument(metavar="PLAN", help=plan_help)],
        number: Annotated[str | None, typer.Option("--number", metavar="NUMBER", help=number_help)] = None,
        day: Annotated[str | None, typer.Option("--date", metavar="DATE", help=date_help)] = None,
        signer: Annotated[str | None, typer.Option("--signer", metavar="NAME", help=signer_help)] = None,
        position: Annotated[list[str] | None, typer.Option("--position", metavar="POST", help=position_help)] = None,
        role: Annotated[Role, typer.Option("--role", metavar=roles, help=role_help)] = "signer",
        dry_run: Annotated[bool, typer.Option("--dry-run", help=dry_help)] = False,  # noqa: FBT002
    ) -> None:

        wish = SignOptions(plan, role, number, day, signer, tuple(position or ()), dry_run)
        raise typer.Exit(sign(wish, language))


def _add_amend(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    plan_help = translate("The plan, by file or id.")
    reason_help = translate("Why it is amended.")
    dry_help = translate("Write nothing; show what would change in the file.")

    @app.command("amend", help=translate("Take up a signed plan again: open its next revision."))
    def command(
        plan: Annotated[str, typer.Argument(metavar="PLAN", help=plan_help)],
        reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=reason_help)],
        dry_run: Annotated[bool, typer.Option("--dry-run", help=dry_help)] = False,  # noqa: FBT002
    ) -> None:

        raise typer.Exit(amend(plan, reason, language, is_rehearsal=dry_run))
