"""`qmsplan people`: whom a phrase on responsibility names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal, NamedTuple

from qmsplan.cli.console import argument
from qmsplan.cli.phrase import FORM, PhraseAnswer, print_answer
from qmsplan.cli.workspace import open_workspace, refuse_broken_settings
from qmsplan.diagnostics import Message, Translator, UserError
from qmsplan.output.phrases import people_text, people_value
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_words import UNKNOWN, Mention


class PeopleOptions(NamedTuple):
    """What the user asked for, as typed."""

    phrase: str = argument("PHRASE", "Who leads or supports, as you would write it in a plan.", needed=True)
    form: Literal["text", "json"] = FORM


def command(options: PeopleOptions, translate: Translator) -> int:
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
