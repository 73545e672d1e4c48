"""`qmsplan verify`: whether a plan is what was signed, and a Word file what its plan says. Nothing is written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.console import Stop, put, wants_colours
from qmsplan.cli.exits import CLEAN, FINDINGS
from qmsplan.cli.files import Place, require_workspace, shown
from qmsplan.cli.subject import Subject, find_subject, template_folder
from qmsplan.diagnostic import say
from qmsplan.language import translator
from qmsplan.load.faults import Broken
from qmsplan.load.text import read_bytes
from qmsplan.output.verify_words import Differing, Seal, Verified, verify_json, verify_text
from qmsplan.seal.digest import digest, endorsement_holds, holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.document.template import Template
    from qmsplan.document.word.texts import Word
    from qmsplan.model.people import Register
    from qmsplan.model.plan import Plan

PLAN_PROPERTY = "qmsplan-plan"
"""The property of a Word file that names its plan."""
_STAMP = datetime(2020, 3, 5, tzinfo=UTC)


class Wish(NamedTuple):
    """What the user asked for, as typed."""

    name: str
    plan: str | None
    revision: str | None
    form: str


def verify(wish: Wish, language: str) -> int:
    """Prints what holds and what does not; the exit code."""
    place = require_workspace()
    if wish.form == "digest":
        return _put_digest(find_subject(wish.name, place, wish.revision))
    is_word = wish.name.lower().endswith((".docx", ".doc", ".docm"))
    verified = _verify_word(wish, place) if is_word else _verify_plan(wish, place)
    if wish.form == "json":
        put(verify_json(verified))
    else:
        from qmsplan.output.text import painter

        put(verify_text(verified, language, translator(language), painter(colours=wants_colours())))
    return CLEAN if verified.is_proved else FINDINGS


def _verify_plan(wish: Wish, place: Place) -> Verified:
    subject = find_subject(wish.name, place, wish.revision)
    return Verified(subject.plan.id, subject.file, subject.commit, tuple(_seals(subject.plan)))


def _put_digest(subject: Subject) -> int:
    """The digest that a signature of somebody's can be over: that of the sign-off; of a draft, what it would be."""
    signed = subject.plan.signoff.digest if subject.plan.signoff else None
    if signed and not holds(subject.plan, signed):
        message = say("'{plan}' is not what was signed, so its digest is not told", plan=subject.plan.id)
        raise Stop(message, say("see what was changed: qmsplan log {plan}", plan=subject.plan.id), FINDINGS)
    put((signed or digest(subject.plan)) + "\n")
    return CLEAN


def _seals(plan: Plan) -> Iterator[Seal]:
    if plan.signoff:
        signed = plan.signoff
        yield Seal(
            "signed", signed.number, signed.date, signed.digest, holds(plan, signed.digest) if signed.digest else None
        )
    for entry in plan.reviewed:
        yield Seal("reviewed", entry.name, entry.date, entry.digest, endorsement_holds(plan, "reviewed", entry))
    for entry in plan.approved:
        yield Seal("approved", entry.name, entry.date, entry.digest, endorsement_holds(plan, "approved", entry))


def _verify_word(wish: Wish, place: Place) -> Verified:
    from qmsplan.document.word.package import LARGEST_FILE
    from qmsplan.document.word.texts import read_word

    path = Path(wish.name)
    try:
        word = read_word(read_bytes(path, LARGEST_FILE))
    except Broken as broken:
        raise Stop(broken.message, say("name a Word file that is there: {file}", file=shown(path))) from None
    name = wish.plan or word.properties.get(PLAN_PROPERTY)
    if not name:
        message = say("the Word file does not say which plan it was made from")
        raise Stop(message, say("name the plan: qmsplan verify {file} --plan ID", file=wish.name))
    subject = find_subject(name, place, wish.revision)
    own = tuple(sorted(pair for pair in word.properties.items() if pair[0].startswith("qmsplan-")))
    found = tuple(_differing(subject, word, place))
    return Verified(subject.plan.id, subject.file, subject.commit, tuple(_seals(subject.plan)), shown(path), own, found)


def _differing(subject: Subject, word: Word, place: Place) -> Iterator[Differing]:
    from qmsplan.document.profile import load_profile
    from qmsplan.document.render import render
    from qmsplan.document.template import TemplateFault
    from qmsplan.document.view import view_of
    from qmsplan.document.word.comparing import differences
    from qmsplan.document.word.origins import Origins
    from qmsplan.document.word.texts import read_word
    from qmsplan.model.people import Register

    register: Register = Register(subject.settings.units)
    try:
        printed = render(
            subject.plan, register, _template(subject, place), load_profile(subject.settings.profile), _STAMP
        )
    except TemplateFault as fault:
        raise Stop(fault.message, fault.hint) from None
    paragraphs = read_word(printed).paragraphs
    origins = Origins(view_of(subject.plan, register))
    for one in differences(paragraphs, word.paragraphs, lambda index: origins.of(paragraphs, index)):
        yield Differing(
            one.origin.owner if one.origin else "", one.origin.field if one.origin else (), one.plan, one.file
        )


def _template(subject: Subject, place: Place) -> Template:
    from qmsplan.document.template import Template, find_template

    name = subject.plan.template
    if subject.template:
        file, content = subject.template
        return Template(name, file, content.decode("utf-8", "replace"))
    found = find_template(name, None if subject.commit else template_folder(place))
    if found is None:
        raise Stop(say("there is no template '{name}'", name=name), say("see what is wrong with 'qmsplan validate'"))
    return found
