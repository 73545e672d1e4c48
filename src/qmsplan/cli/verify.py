"""`qmsplan verify`: whether a plan is what was signed, and a Word file what its plan says. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.console import CommandError, Exit, put, screen
from qmsplan.cli.find_plan import contents_at, find_plan, workspace_at
from qmsplan.cli.in_force import SealCheck
from qmsplan.cli.options import VerifyOptions
from qmsplan.cli.settings import OpenWorkspace, require_workspace
from qmsplan.cli.workspace import plan_files
from qmsplan.diagnostics import Message, ReadError, Translator
from qmsplan.documents.compare_word import Origins, differences
from qmsplan.documents.plan_view import LAYOUT, LAYOUT_PROPERTY, PLAN_PROPERTY, render, view_of
from qmsplan.documents.profile import load_profile
from qmsplan.documents.template import (
    BASE,
    BODY,
    BrokenTemplateError,
    Template,
    digest_of_letterhead,
    find_template,
    own_digest,
)
from qmsplan.documents.word_base import open_base
from qmsplan.load.files import read_bytes, shown
from qmsplan.model.plan import Plan
from qmsplan.model.settings import Settings
from qmsplan.output.verify import Seal, Verification, WordDifference, verify_json, verify_text
from qmsplan.phrases.people import Register
from qmsplan.rules.signing import faults_of_seal
from qmsplan.seal import OwnForms, digest, endorsement_holds, holds, is_sealed
from qmsplan.word.besides import Besides
from qmsplan.word.package import LARGEST_FILE
from qmsplan.word.reader import PlacedWord, read_word

_LONGEST_MARGIN = 300
"""Letters of a header that are told."""


_OTHER_KINDS = frozenset({".pdf", ".odt", ".rtf", ".txt", ".html", ".xlsx", ".xls", ".zip", ".png", ".jpg"})
"""Endings of files that people hold against a plan, and that can't be read back."""


def command(options: VerifyOptions, translate: Translator) -> int:
    """Prints what holds and what does not. The exit code is 1 if something does not."""
    place = require_workspace()
    is_word = options.name.lower().endswith((".docx", ".doc", ".docm"))
    if options.form == "digest":
        if is_word:
            message = Message(
                "'--format digest' is for plans, and '{file}' is a Word file", file=shown(Path(options.name))
            )
            raise CommandError(message, Message("name the plan, by its id or file"))
        _put_digest(find_subject(options.name, place, options.rev))
        return Exit.CLEAN
    if not is_word and Path(options.name).suffix.lower() in _OTHER_KINDS:
        message = Message("'{file}' is neither a plan nor a Word file", file=shown(Path(options.name)))
        raise CommandError(message, Message("name the .docx file that it was made from, or a plan by its id or file"))
    verified = (
        _verify_word(options.name, options.plan, options.rev, place)
        if is_word
        else _verify_plan(find_subject(options.name, place, options.rev), place)
    )
    if options.form == "json":
        put(verify_json(verified))
    else:
        put(verify_text(verified, screen(translate)))
    return Exit.CLEAN if verified.is_proved else Exit.FINDINGS


class VerifySubject(NamedTuple):
    """A plan, the settings it is printed with, and where it was taken from."""

    plan: Plan
    settings: Settings
    file: str
    template: tuple[str, bytes] | None
    """Name and content of the template at the revision; None for the one that is found now."""
    commit: str | None = None
    """None for the files as they are."""
    base: bytes | None = None
    """The workspace's own base document at the revision."""


def find_subject(name: str, place: OpenWorkspace, revision: str | None) -> VerifySubject:
    """What a plan's file or id names, now or at a revision. Stop if there is no such plan, or if it has errors."""
    if revision is None:
        found = find_plan(name, plan_files(place))
        return VerifySubject(found.plan, place.settings, found.file.name, None)
    past = workspace_at(revision, place)
    found = find_plan(name, past.files(), revision)
    folder = past.repository.inside(place.root / past.settings.templates)
    template = next(contents_at(past.repository, past.commit, f"{folder}/{found.plan.template}/{BODY}"), None)
    base = next(contents_at(past.repository, past.commit, f"{folder}/{BASE}"), None)
    told = (f"{revision}:{template[0]}", template[1]) if template else None
    return VerifySubject(found.plan, past.settings, found.file.name, told, past.commit, base[1] if base else None)


def _verify_plan(subject: VerifySubject, place: OpenWorkspace) -> Verification:
    """The seals of a plan, and where it is not what was signed."""
    changes = tuple(fault.message for fault in faults_of_seal(subject.plan, _own_forms(subject, place)))
    return Verification(subject.plan.id, subject.file, subject.commit, tuple(_seals(subject.plan)), changes=changes)


def _put_digest(subject: VerifySubject) -> None:
    """Prints what an outside signature (ssh, PGP) can be made over: the digest of the sign-off, or the one that a draft
    would get."""
    signed = subject.plan.signoff.digest if subject.plan.signoff else None
    if signed and not holds(subject.plan, signed):
        message = Message("'{plan}' is not what was signed, so its digest is not shown", plan=subject.plan.id)
        raise CommandError(
            message, Message("see what was changed: qmsplan log {plan}", plan=subject.plan.id), Exit.FINDINGS
        )
    put((signed or digest(subject.plan)) + "\n")


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


def _own_forms(subject: VerifySubject, place: OpenWorkspace) -> OwnForms:
    """The digests of what the workspace's own files print around a plan, now or at the revision."""
    if not subject.commit:
        return SealCheck(place).forms(subject.plan.template)
    source = subject.template[1].decode("utf-8", "replace") if subject.template else ""
    template = own_digest(subject.plan.template, source) if subject.template else ""
    return OwnForms(template, digest_of_letterhead(subject.base) if subject.base else "")


def _verify_word(file: str, plan: str | None, rev: str | None, place: OpenWorkspace) -> Verification:
    path = Path(file)
    try:
        word = read_word(read_bytes(path, LARGEST_FILE))
    except ReadError as broken:
        if path.exists():
            raise CommandError(broken.message, Message("check the name and the permissions")) from None
        message = Message("there is no file '{file}'", file=shown(path))
        raise CommandError(message, Message("check the spelling")) from None
    name = plan or word.properties.get(PLAN_PROPERTY)
    if not name:
        message = Message("the Word file does not say which plan it was made from")
        raise CommandError(message, Message("name the plan: qmsplan verify {file} --plan ID", file=file))
    subject = find_subject(name, place, rev)
    made, newer = _as_made_then(subject, place, word)
    return replace(
        _verify_plan(subject, place),
        word=shown(path),
        newer=newer,
        properties=tuple(sorted(pair for pair in word.properties.items() if pair[0].startswith("qmsplan-"))),
        differing=tuple(_differing(subject, word, made)),
        besides=tuple(_besides(word, made)),
    )


def _word_of_plan(subject: VerifySubject, place: OpenWorkspace, layout: int = LAYOUT) -> PlacedWord:
    """The Word file that the plan makes, or made when the program printed that layout."""
    try:
        template = _template(subject, place)
        folder = None if subject.commit and not subject.base else place.root / subject.settings.templates
        base = open_base(load_profile(subject.settings.profile), folder, subject.base)
        settings = subject.settings
        plan, register = _printed(subject), Register.of(settings)
        content = render(plan, register, template, base, conventions=settings.deadlines, layout=layout)
        return read_word(content)
    except BrokenTemplateError as fault:
        raise CommandError(fault.message, fault.hint) from None


def _as_made_then(subject: VerifySubject, place: OpenWorkspace, word: PlacedWord) -> tuple[PlacedWord, tuple[str, ...]]:
    """What a file is compared with, and the lines that the program would print today, and did not then, or otherwise.

    It is what the program printed in the layout that the file names; one without a name is taken for the layout that it
    is most like."""
    today, named = _word_of_plan(subject, place), word.properties.get(LAYOUT_PROPERTY, "")
    if named == str(LAYOUT) or not _unlikeness(today, word):
        return today, ()
    layouts = range(1, LAYOUT)
    own = [layout for layout in layouts if named == str(layout)]
    made = [_word_of_plan(subject, place, layout) for layout in own or layouts]
    found = min(made if own else [today, *made], key=lambda one: _unlikeness(one, word))
    newer = differences(today.paragraphs, found.paragraphs, lambda _: None)
    return found, tuple(dict.fromkeys(one.plan for one in newer if one.plan))


def _unlikeness(made: PlacedWord, word: PlacedWord) -> int:
    """How many paragraphs only one of two files has."""
    one, other = (Counter(paragraph.text for paragraph in side.paragraphs) for side in (made, word))
    return (one - other).total() + (other - one).total()


def _printed(subject: VerifySubject) -> Plan:
    """The plan as it is printed: without number and day if its sign-off has no seal."""
    return subject.plan if is_sealed(subject.plan.signoff) else subject.plan.replaced(signoff=None)


def _differing(subject: VerifySubject, word: PlacedWord, made: PlacedWord) -> Iterator[WordDifference]:
    paragraphs, register = made.paragraphs, Register.of(subject.settings)
    view = view_of(_printed(subject), register, subject.settings.deadlines)
    origins = Origins(view, load_profile(subject.settings.profile).styles)
    for one in differences(paragraphs, word.paragraphs, lambda index: origins.of(paragraphs, index)):
        owner, field, part = one.origin or ("", (), "")
        yield WordDifference(owner, field, one.plan, one.file, part, one.elsewhere, one.other)
    for text in dict.fromkeys(word.margins):
        if text not in made.margins:
            yield WordDifference("", (), None, text[:_LONGEST_MARGIN])


_BESIDES: dict[Besides, Message] = {
    "line": Message("drawn lines that the plan does not print: {count}"),
    "drawing": Message("drawings and text boxes that the plan does not print: {count}"),
    "picture": Message("pictures that the plan does not print: {count}"),
    "object": Message("charts and embedded objects that the plan does not print: {count}"),
    "placed": Message("paragraphs and tables that may lie over other text: {count}"),
    "squeezed": Message("words that are squeezed into a width: {count}"),
    "turned": Message("words that are set from right to left: {count}"),
    "hidden": Message("styles of lists and tables that hide letters: {count}"),
    "change": Message("tracked changes, of which Word may show the old words: {count}"),
    "note": Message("marks of notes that the plan does not print: {count}"),
    "comment": Message("comments, which Word prints beside the text: {count}"),
    "bound": Message("fields that Word fills from data of the file: {count}"),
    "font": Message("fonts with letters of their own in the file: {count}"),
}


def _besides(word: PlacedWord, made: PlacedWord) -> Iterator[Message]:
    """What a file shows besides text, and more of it than the plan's has: it may lie over the text, or change it."""
    for kind, message in _BESIDES.items():
        if (more := word.besides.get(kind, 0) - made.besides.get(kind, 0)) > 0:
            yield message.filled(count=more)
    if unseen := Counter(word.unseen) - Counter(made.unseen):
        words = "; ".join(unseen)[:_LONGEST_MARGIN]
        yield Message("words in the file that are hidden, white or struck through on paper: {words}", words=words)
    if others := sorted(name for name, count in word.settings.items() if count > made.settings.get(name, 0)):
        names = ", ".join(others)
        yield Message("settings that the plan's file has not, and that may change what is seen: {names}", names=names)


def _template(subject: VerifySubject, place: OpenWorkspace) -> Template:
    name = subject.plan.template
    if subject.template:
        file, content = subject.template
        source = content.decode("utf-8", "replace")
        return Template(name, file, source, own_digest(name, source))
    found = find_template(name, None if subject.commit else place.templates)
    if found is None:
        raise CommandError(
            Message("there is no template '{name}'", name=name), Message("see what is wrong with 'qmsplan validate'")
        )
    return found
