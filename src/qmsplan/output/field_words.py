"""Fields of a plan and their values as their readers call them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qmsplan.model.period import Period
from qmsplan.model.plan import Earlier, Endorsement, Signoff
from qmsplan.model.shape import FileModel
from qmsplan.model.structured import DeadlineForm, TargetForm
from qmsplan.model.units import Assignment
from qmsplan.output.dates import period_text, short_date
from qmsplan.output.words import number_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def field_word(field: Sequence[str], say: Callable[[str], str]) -> str:
    """A field in words; what has none is told as files call it: `head.caption`."""
    words = {
        "text": say("text"),
        "target": say("target"),
        "deadline": say("deadline"),
        "lead": say("lead"),
        "support": say("support"),
        "measures": say("measures"),
        "deliverables": say("deliverables"),
        "evaluation": say("evaluation"),
        "funding": say("funding"),
        "note": say("remark"),
        "number": say("ordinal"),
        "title": say("title"),
        "refs": say("references"),
        "weight": say("weight"),
        "clauses": say("clauses of the standard"),
        "period": say("period"),
        "basis": say("legal basis"),
        "preamble": say("preamble"),
        "closing": say("closing"),
        "policy": say("quality policy"),
        "recipients": say("recipients"),
        "signatory": say("signatory"),
        "signatory.name": say("name of the signatory"),
        "signatory.position": say("post of the signatory"),
        "signoff": say("sign-off"),
        "signoff.number": say("number"),
        "signoff.date": say("day of issue"),
        "signoff.digest": say("digest"),
        "signoff.signer": say("name of the signatory"),
        "signoff.position": say("post of the signatory"),
        "earlier": say("earlier sign-offs"),
        "reviewed": say("reviews"),
        "approved": say("approvals"),
        "head.title": say("title"),
        "head.type": say("type of document"),
        "head.issuer": say("issuing agency"),
        "head.symbol": say("symbol"),
        "head.place": say("place"),
        "id": say("id"),
        "template": say("template"),
        "events": say("events"),
    }
    name = ".".join(field)
    return words.get(name, name)


def kind_word(kind: str, say: Callable[[str], str]) -> str:
    """A kind of part in words."""
    words = {
        "plan": say("plan"),
        "groups": say("group"),
        "objectives": say("objective"),
        "tasks": say("task"),
        "activities": say("activity"),
        "sections": say("section"),
        "annexes": say("annex"),
        "events": say("event"),
    }
    return words.get(kind, kind)


def value_lines(value: Any, language: str, say: Callable[[str], str]) -> list[str]:
    """A value, a line for each of its parts; nothing has no lines."""
    if value is None or value in _NOTHING:
        return []
    if isinstance(value, tuple) and not isinstance(value, Period):
        return [line for part in value for line in value_lines(part, language, say)]
    return [_one_line(value, language, say)]


_NOTHING: tuple[object, ...] = ((), "")


def _one_line(value: Any, language: str, say: Callable[[str], str]) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if write := _WRITERS.get(type(value)):
        return write(value, language)
    if isinstance(value, DeadlineForm) and value.text:
        return value.text
    return _fields(value, language, say) if isinstance(value, FileModel) else str(value)


_WRITERS: dict[type, Callable[[Any, str], str]] = {
    Period: period_text,
    date: short_date,
    Decimal: number_text,
    Signoff: lambda value, language: f"{value.number}, {short_date(value.date, language)}",
    Earlier: lambda value, language: f"{value.number}, {short_date(value.date, language)}",
    Endorsement: lambda value, language: f"{value.name}, {short_date(value.date, language)}",
    Assignment: lambda value, _: f"{value.unit} ({value.scope})" if value.scope else value.unit,
    TargetForm: lambda value, language: (
        value.text or f"{value.comparator} {number_text(value.value, language)} {value.unit}"
    ),
}


def _fields(value: Any, language: str, say: Callable[[str], str]) -> str:
    """What a structured value says, without the words for it."""
    found = [part for _, part in value]
    told = [value_lines(part, language, say) for part in found if part is not False]
    return "; ".join(", ".join(lines) for lines in told if lines)
