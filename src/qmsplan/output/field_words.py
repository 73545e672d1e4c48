"""Fields of a plan and their values in words, for `diff`, `log` and `verify`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from qmsplan.model.fields import FileModel
from qmsplan.model.period import Period
from qmsplan.model.plan import Earlier, Endorsement, Signoff
from qmsplan.model.register import Assignment
from qmsplan.model.structured import DeadlineForm, TargetForm
from qmsplan.model.text import period_text, short_date
from qmsplan.output.safe_text import Translate
from qmsplan.output.words import number_text


def field_word(field: Sequence[str], translate: Translate) -> str:
    """A field in words: `head.title` is `title`; one without a word is named as in files."""
    words = {
        "text": translate("text"),
        "target": translate("target"),
        "deadline": translate("deadline"),
        "lead": translate("lead"),
        "support": translate("support"),
        "measures": translate("measures"),
        "deliverables": translate("deliverables"),
        "evaluation": translate("evaluation"),
        "funding": translate("funding"),
        "note": translate("remark"),
        "number": translate("ordinal"),
        "title": translate("title"),
        "refs": translate("references"),
        "weight": translate("weight"),
        "clauses": translate("clauses of the standard"),
        "period": translate("period"),
        "basis": translate("legal basis"),
        "preamble": translate("preamble"),
        "closing": translate("closing"),
        "policy": translate("quality policy"),
        "recipients": translate("recipients"),
        "signatory": translate("signatory"),
        "signatory.name": translate("name of the signatory"),
        "signatory.position": translate("post of the signatory"),
        "signoff": translate("sign-off"),
        "signoff.number": translate("number"),
        "signoff.date": translate("day of issue"),
        "signoff.digest": translate("digest"),
        "signoff.signer": translate("name of the signatory"),
        "signoff.position": translate("post of the signatory"),
        "earlier": translate("earlier sign-offs"),
        "reviewed": translate("reviews"),
        "approved": translate("approvals"),
        "head.title": translate("title"),
        "head.type": translate("type of document"),
        "head.issuer": translate("issuing agency"),
        "head.symbol": translate("symbol"),
        "head.place": translate("place"),
        "id": translate("id"),
        "template": translate("template"),
        "events": translate("events"),
    }
    name = ".".join(field)
    return words.get(name, name)


def kind_word(kind: str, translate: Translate) -> str:
    """A kind of part in words."""
    words = {
        "plan": translate("plan"),
        "groups": translate("group"),
        "objectives": translate("objective"),
        "tasks": translate("task"),
        "activities": translate("activity"),
        "sections": translate("section"),
        "annexes": translate("annex"),
        "events": translate("event"),
    }
    return words.get(kind, kind)


def value_lines(value: Any, language: str, translate: Translate) -> list[str]:
    """A value in words, one line for each of its parts; no line for nothing."""
    if value is None or value in _NOTHING:
        return []
    if isinstance(value, tuple) and not isinstance(value, Period):
        return [line for part in value for line in value_lines(part, language, translate)]
    return [_one_line(value, language, translate)]


_NOTHING: tuple[object, ...] = ((), "")


def _one_line(value: Any, language: str, translate: Translate) -> str:
    if isinstance(value, bool):
        return translate("yes") if value else translate("no")
    if write := _WRITERS.get(type(value)):
        return write(value, language)
    if isinstance(value, DeadlineForm) and value.text:
        return value.text
    return _fields(value, language, translate) if isinstance(value, FileModel) else str(value)


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


def _fields(value: Any, language: str, translate: Translate) -> str:
    """The values of a structured value, without the names of its fields."""
    found = [part for _, part in value]
    parts = [value_lines(part, language, translate) for part in found if part is not False]
    return "; ".join(", ".join(lines) for lines in parts if lines)
