"""`qmsplan target` and `people`: how a phrase is understood, printed as `deadline` does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from qmsplan.cli.deadline import MANY, PhraseAnswer, print_answer
from qmsplan.cli.options import PeopleOptions, TargetOptions
from qmsplan.cli.settings import open_workspace, refuse_broken_settings
from qmsplan.diagnostics import Message, Translator, UserError
from qmsplan.output.deadline import fault_value
from qmsplan.output.phrases import (
    people_text,
    people_value,
    targets_text,
    targets_value,
)
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_words import UNKNOWN, Mention
from qmsplan.phrases.target_parse import understand_targets


def target(options: TargetOptions, translate: Translator) -> int:
    """Prints what values attain the targets in the phrase. Stop with 1 if it is not understood."""

    def answer(phrase: str, fault: UserError | None) -> PhraseAnswer:
        found = fault or understand_targets(phrase)
        if isinstance(found, UserError):
            return PhraseAnswer(fault_value(phrase, found, translate), str, found)
        kind = {"kind": "target"} if options.phrase == MANY else {}
        return PhraseAnswer({**kind, **targets_value(phrase, found)}, partial(targets_text, phrase, found, translate))

    return print_answer(options.phrase, options.form, answer)


def people(options: PeopleOptions, translate: Translator) -> int:
    """Prints whom the phrase names: units and persons of the register, open groups, posts, each with its role. Stop
    with 1 if it is not understood."""
    place = open_workspace()
    refuse_broken_settings(place)

    def answer(phrase: str, fault: UserError | None) -> PhraseAnswer:
        found = place.register.mentions(phrase)
        fault = fault or _fault(found, place.register)
        value = people_value(phrase, found, fault, translate)
        return PhraseAnswer(value, partial(people_text, phrase, found, translate), fault)

    return print_answer(options.phrase, options.form, answer)


def _fault(found: Sequence[Mention], register: Register) -> UserError | None:
    """What is wrong with the first mention that is not understood; None if all are."""
    if not found:
        return UserError(Message("the phrase names nobody"), Message("write the name of a unit or person"))
    unknown = next((mention.text for mention in found if mention.kind == UNKNOWN), None)
    return UserError(*register.unregistered(unknown)[:2]) if unknown is not None else None
