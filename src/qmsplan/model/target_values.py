"""The value that the words of a form name: comparator, number, unit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Fault, say
from qmsplan.model.structured import Baseline, Comparator
from qmsplan.model.target import PERIOD_MONTHS, Target
from qmsplan.model.target_words import DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qmsplan.model.period import Period
    from qmsplan.model.phrases import Words

NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,4})?|[0-9]{1,9}(?:,[0-9]{1,4})?"
"""A number as plans write it."""


def number(text: str) -> Decimal:
    """`98,5` as 98.5 and `1.000` as 1000: the comma is decimal, the point separates thousands; `mười`, `3/63`."""
    if text[0].isalpha():
        return Decimal(_in_words(text.split()))
    return Decimal(text.partition("/")[0].replace(".", "").replace(",", "."))


def _in_words(words: Sequence[str]) -> int:
    """`chín mươi lăm` as 95, `một trăm` as 100."""
    total, last = 0, 0
    for word in words:
        if word in {"mươi", "trăm"}:
            total, last = total + last * (10 if word == "mươi" else 100), 0
        else:
            total, last = total + last, DIGITS[word]
    return total + last


def _target(words: Words, comparator: Comparator) -> Target:
    value, upper = number(words["n"]), number(words["upper"]) if "upper" in words else None
    if upper is not None and upper < value:
        raise Fault(
            say("the range '{words}' runs backwards", words=words["words"]), say("write the smaller number first")
        )
    unit, per = _unit_and_per(words.get("unit", ""))
    if unit == f"{per}/lần":  # `6 tháng/lần` is once in every 6 months
        per = per if value == 1 else f"{value:f} {per}"
        return Target("", Comparator.AT_LEAST, Decimal(1), f"lần/{per}", per=per)
    return Target("", comparator, value, unit, upper=upper, per=per)


def _unit_and_per(typed: str) -> tuple[str, str]:
    unit, *rest = (part.strip() for part in typed.split("/"))
    per = next((part for part in (*rest, unit if rest else "") if part in PERIOD_MONTHS), "")
    unit = {"phần trăm": "%", "vụ việc": "vụ"}.get(unit, unit)
    return "/".join((unit, *rest)), per


def compared(words: Words, _period: Period) -> Target:
    """By the first comparing word; a bare value is what to attain at least."""
    kinds = {
        "least": Comparator.AT_LEAST,
        "more": Comparator.MORE,
        "most": Comparator.AT_MOST,
        "less": Comparator.LESS,
        "down": Comparator.AT_MOST,
    }
    bare = Comparator.EQUAL if number(words["n"]) == 0 else Comparator.AT_LEAST
    return _target(words, next((kinds[kind] for kind in words if kind in kinds), bare))


def signed(words: Words, _period: Period) -> Target:
    """By a sign."""
    signs = {"≥": ">=", "=>": ">=", "≤": "<=", "=<": "<="}
    sign = words["sign"].replace(" ", "")
    if signs.get(sign, sign) not in {">", "<", ">=", "<=", "="}:
        raise Fault(say("there is no sign '{sign}'", sign=sign), say("write >, <, >=, <= or ="))
    return _target(words, Comparator(signs.get(sign, sign)))


def changed(words: Words, _period: Period) -> Target:
    """By the changing word; `faster` is less of the time."""
    target = _target(words, Comparator.INCREASE if "increase" in words else Comparator.REDUCE)
    if target.quantity == "lần":
        raise Fault(
            say("'{words}' may be a factor or a number of times", words=words["words"]),
            say("write it in per cent, such as 'tăng 100%'"),
        )
    is_points = target.unit in {"điểm phần trăm", "điểm %", "điểm"}
    return target._replace(
        unit="%" if is_points and target.unit != "điểm" else target.unit,
        baseline=Baseline.UNSTATED,
        in_points=is_points,
        is_strict="more" in words,
    )


def exceeded(words: Words, _period: Period) -> Target:
    """More or less than something else, by an amount."""
    kind = "increase" if "more" in words else "reduce"
    return changed({key: words[key] for key in words if key != "more"} | {kind: ""}, _period)


def equal(words: Words, _period: Period) -> Target:
    """Exactly a number; only zero may go without a unit."""
    target = _target(words, Comparator.EQUAL)
    if target.value and not target.unit:
        without_unit(words, _period)
    return target


def reached(words: Words, _period: Period) -> Target:
    """Up to, or down to, the last number."""
    words = {**words, "n": words.get("upper", words["n"])}
    words.pop("upper", None)
    if "upto" in words:
        return _target(words, Comparator.AT_LEAST)
    return _target(words, Comparator.LESS if "less" in words else Comparator.AT_MOST)


def always(comparator: Comparator, unit: str = "", value: str = "") -> Callable[[Words, Period], Target]:
    """Always this comparator, with the unit or the value if the words give none; of ranks the last is asked for."""

    def resolve(words: Words, _period: Period) -> Target:
        target = _target({"n": value, **words} if value else words, comparator)
        is_rank = comparator is Comparator.RANK and target.upper is not None
        target = target._replace(value=target.upper, upper=None) if is_rank else target
        return target._replace(unit=unit) if unit else target

    return resolve


def half(words: Words, _period: Period) -> Target:
    """50 %."""
    return compared({**words, "n": "50", "unit": "%"}, _period)


def qualitative(_words: Words, _period: Period) -> Target:
    """A direction without a number."""
    return Target("", Comparator.QUALITATIVE, None, "")


def without_unit(words: Words, _period: Period) -> Fault:
    """Always the fault of a number that counts nothing."""
    raise Fault(
        say("'{words}' has no unit", words=words["words"]), say("write what is counted, such as 'ít nhất 12 vụ'")
    )
