"""How targets and people are understood, as text and as JSON (docs/json.md): `qmsplan target` and `people`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qmsplan.diagnostics import Message, Translator, UserError
from qmsplan.model.structured import Baseline, Comparator
from qmsplan.model.text import number_text
from qmsplan.output.deadline import VERSION, fault_value
from qmsplan.output.safe_text import clean
from qmsplan.phrases.people_words import EITHER, GROUP, PERSON, ROLE, UNIT, Mention
from qmsplan.phrases.target import Target


def people_value(
    typed: str, mentions: Sequence[Mention], fault: UserError | None, translate: Translator
) -> dict[str, object]:
    """Whom a phrase names. The kind is null if any mention is not understood, with the reason and the hint."""
    found = [
        {
            "text": mention.text,
            "kind": mention.kind,
            "unit": mention.unit.code if mention.unit else None,
            "person": mention.person.name if mention.person else None,
            "role": mention.role,
            "meant": mention.meant,
            "scope": mention.scope,
            "remark": mention.remark,
        }
        for mention in mentions
    ]
    if fault:
        return {**fault_value(typed, fault, translate), "mentions": found}
    return {"version": VERSION, "phrase": typed, "kind": "people", "message": None, "hint": None, "mentions": found}


def people_text(typed: str, mentions: Sequence[Mention], translate: Translator) -> str:
    """The phrase, and below it a line for each mention: its kind, the unit's code, its words, the role if the phrase
    says it."""
    kinds = {UNIT: translate("unit"), PERSON: translate("person"), GROUP: translate("group"), ROLE: translate("post")}
    kinds[EITHER] = translate("one of two")
    roles = {"lead": translate("leads"), "support": translate("supports"), "monitor": translate("monitors")}
    lines = [clean(typed)]
    for mention in mentions:
        code = mention.unit.code if mention.unit else "-"
        kind, role = kinds.get(mention.kind, mention.kind), roles.get(mention.role or "", "")
        lines.append("  " + clean(f"{kind}  {code}  «{mention.text}»  {role}".rstrip()))
    return "\n".join(lines) + "\n"


def targets_value(typed: str, targets: Sequence[Target]) -> dict[str, object]:
    """Targets as they stand in JSON. Numbers are text, so that no digit is lost."""
    found = [_target_data(target) for target in targets]
    return {"version": VERSION, **found[0], "phrase": typed, "targets": found}


def _target_data(target: Target) -> dict[str, object]:
    return {
        "phrase": target.phrase,
        "comparator": target.comparator.value,
        "value": _number_data(target.value),
        "upper": _number_data(target.upper),
        "excludes_value": target.excludes_value,
        "excludes_upper": target.excludes_upper,
        "unit": target.unit,
        "per": target.per or None,
        "time": target.time or None,
        "in_points": target.in_points,
        "baseline": target.baseline.value if target.baseline else None,
        "baseline_text": target.baseline_text or None,
        "population": target.population or None,
        "subset": target.is_subset,
        "commitment": "strive" if target.is_striven_for else None,
        "conditional": target.is_conditional,
        "criterion": _target_data(target.criterion) if target.criterion else None,
    }


def _number_data(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def targets_text(typed: str, targets: Sequence[Target], translate: Translator) -> str:
    """The phrase; below it for each target comparator, value and unit, and what else is said of it."""
    lines = [clean(typed)]
    for target in targets:
        lines += [f"  {line}" for line in target_lines(target, translate)]
    return "\n".join(lines) + "\n"


def target_lines(target: Target, translate: Translator) -> list[str]:
    """One target: what is asked for, and below it what else is said of it."""
    notes = (
        translate("not measurable: no number is named") if target.value is None else _asked_words(target, translate),
        translate("only for the time «{what}»", what=clean(target.time)) if target.time else "",
        _baseline_words(target, translate),
        f"«{clean(target.population)}»" if target.population else "",
        translate("of the cases of the target before it") if target.is_subset else "",
        translate("the lower value itself does not count")
        if target.excludes_value and target.comparator is Comparator.BETWEEN
        else "",
        translate("the upper value itself does not count") if target.excludes_upper else "",
        translate("striven for rather than promised") if target.is_striven_for else "",
        translate("only if a case arises") if target.is_conditional else "",
    )
    lines = [note for note in notes if note]
    if target.criterion:
        lines.append(translate("each case: {what}", what="; ".join(target_lines(target.criterion, translate))))
    return lines


def _without_tail(value: Decimal) -> Decimal:
    """A number as typed; two thirds in per cent, which nobody types, with four decimals."""
    return round(value, 4) if value.as_tuple().exponent < -_TYPED else value  # type: ignore[operator]


_TYPED = 9
"""Decimals that somebody may type."""


def _asked_words(target: Target, translate: Translator) -> str:
    words = {
        Comparator.AT_LEAST: translate("at least"),
        Comparator.MORE: translate("more than"),
        Comparator.AT_MOST: translate("at most"),
        Comparator.LESS: translate("less than"),
        Comparator.EQUAL: translate("exactly"),
        Comparator.ABOUT: translate("about (not measurable)"),
        Comparator.REDUCE: translate("reduce by more than") if target.excludes_value else translate("reduce by"),
        Comparator.INCREASE: translate("increase by more than") if target.excludes_value else translate("increase by"),
        Comparator.BETWEEN: translate("between"),
    }
    value = "" if target.value is None else number_text(_without_tail(target.value), translate.language)
    if target.upper is not None:
        both = Message("{low} and {high}") if target.comparator is Comparator.BETWEEN else Message("{low} to {high}")
        value = translate(both, low=value, high=number_text(target.upper, translate.language))
    if target.comparator is Comparator.RANK:
        return translate("rank {value} or better", value=value) + clean(target.unit.removeprefix("hạng"))
    unit = clean(target.unit)
    periods = {"năm": translate("year"), "quý": translate("quarter"), "tháng": translate("month")}
    if target.phrase.isascii() and target.per in periods:  # `3 incidents per year`
        unit = unit.removesuffix(target.per) + periods[target.per]
    if target.in_points and target.quantity == "%":
        unit = unit.replace("%", translate("percentage points"), 1)
    return f"{words[target.comparator]} {value} {unit}".rstrip()


def _baseline_words(target: Target, translate: Translator) -> str:
    named = {
        Baseline.PREVIOUS_YEAR: translate("against the previous year"),
        Baseline.SAME_PERIOD: translate("against the same period of the previous year"),
        Baseline.STATUTORY: translate("against the statutory value"),
        Baseline.UNSTATED: translate("against a baseline that is not stated"),
    }
    if target.baseline is None:
        return ""
    return named.get(target.baseline) or translate("against {what}", what=clean(target.baseline_text))
