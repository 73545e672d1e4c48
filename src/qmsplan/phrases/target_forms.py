"""What a target may look like, and what is none: the rows of `target_forms.toml`, each with what it means and a phrase
that has it.

A pattern is one of `target_tokens`; the functions here, which the rows name, make a `Target` with comparator, number
and unit of what it caught."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import Any

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period
from qmsplan.model.structured import Baseline, Comparator
from qmsplan.phrases.tables import Expression, PhraseRow, PhraseWords, table_beside
from qmsplan.phrases.target import PERIOD_MONTHS, Target
from qmsplan.phrases.target_cues import CUE_SLOTS
from qmsplan.phrases.target_vocabulary import number


def _target(words: PhraseWords, comparator: Comparator) -> Target:
    value, upper = number(words["n"]), number(words["upper"]) if "upper" in words else None
    if upper is not None and upper < value:
        raise _backwards(words)
    unit, per = _unit_and_per(words.get("unit", ""))
    if unit == f"{per}/lần":  # `6 tháng/lần` is once in every 6 months
        per = per if value == 1 else f"{value:f} {per}"
        return Target("", Comparator.AT_LEAST, Decimal(1), f"lần/{per}", per=per)
    return Target("", comparator, value, unit, upper=upper, per=per)


def _backwards(words: PhraseWords) -> UserError:
    hint, amount = Message("write the smaller number first"), _AMOUNT_LAST.search(words["words"])
    if "place" in words and "from" in words:
        hint = Message("in ranks the smaller number is the better one, as in 'tăng từ hạng 15 lên hạng 12'")
    elif "reduce" in words and amount and number(words.get("upper", words["n"])) < number(words["n"]):
        hint = Message("write 'giảm còn {amount}' for the value that is reached", amount=amount[0].strip())
    return UserError(Message("the range '{words}' runs backwards", words=words["words"]), hint)


_EVERY = re.compile(rf"(?:[1-9][0-9]? )?(?:{'|'.join(PERIOD_MONTHS)})")


def _unit_and_per(typed: str) -> tuple[str, str]:
    unit, *rest = (part.strip().lstrip("0") for part in typed.split("/"))
    per = next((part for part in (*rest, unit if rest else "") if _EVERY.fullmatch(part)), "")
    if (few := re.fullmatch("([0-9]+) tháng", per)) and 12 % int(few[1]):
        raise UserError(
            Message("no year is made of times of '{per}'", per=per),
            Message("write how often in a year, such as '2 lần/năm'"),
        )
    unit = {"phần trăm": "%", "phần nghìn": "‰", "vụ việc": "vụ"}.get(unit, unit)
    if unit in {"%", "‰"}:  # `2%/tổng dư nợ` is a share of what is named, `5%/năm` one of each year
        rest = [part for part in rest if part in PERIOD_MONTHS]
    return "/".join((unit, *rest)), per


def compared(words: PhraseWords, _period: Period) -> Target:
    """By the first comparing word (`ít nhất`, `dưới`); a number without one is to be attained at least, 0 exactly,
    and one behind `khoảng` about."""
    kinds = {
        "least": Comparator.AT_LEAST,
        "more": Comparator.MORE,
        "most": Comparator.AT_MOST,
        "less": Comparator.LESS,
        "down": Comparator.AT_MOST,
        "roughly": Comparator.ABOUT,
    }
    bare = Comparator.EQUAL if number(words["n"]) == 0 else Comparator.AT_LEAST
    return _target(words, next((kinds[kind] for kind in words if kind in kinds), bare))


_ENDS = {"least", "more", "most", "less", "down", "up", "from"}
_LENGTHS = {"giây", "phút", "giờ", "giờ làm việc", "ngày", "ngày làm việc"}


def at_beginning(words: PhraseWords, period: Period) -> Target:
    """A number at the beginning of a sentence; a fault for a length of time of each case, such as `15 phút/hồ sơ`,
    which may be the most or the least. `40 giờ/năm` and `6 tháng/lần` are counts."""
    target = compared(words, period)
    unit, _, case = target.unit.partition("/")
    if unit in _LENGTHS and case and not target.per and case not in {"ngày", "tuần"} and not _ENDS & words.keys():
        raise unclear_length(words["words"])
    return target


LENGTH = Message("'{words}' is a length of time: is it the most or the least?")
_LENGTH_IN = Expression(
    rf"\d[\d.,]*\s*(?:{'|'.join(sorted(_LENGTHS, key=len, reverse=True))}|tuần|tháng|năm)",
)
_AMOUNT_LAST = Expression(r"(?<![\w.,/-])\d[\d.,]*(?:\s*[%‰]|\s(?:°|[^\W\d])[^\d,;:.()]{0,40})?$")


def length_hint(words: str) -> Message:
    """How to say what a length of time or a number means, by its own number: `không quá 48 giờ`, `không quá 2%`."""
    words = re.sub(r"\bnửa\b", "0,5", words, flags=re.IGNORECASE)
    length = _LENGTH_IN.search(words) or _AMOUNT_LAST.search(words)
    return Message("write 'không quá {length}' or 'ít nhất {length}'", length=length[0].strip() if length else "5 ngày")


MOST_OR_LEAST = Message("'{words}' may be the most or the least")
BY_OR_TO = Message("'{words}' may be the change, or the value that is reached by it")


def change_hint(words: str) -> Message:
    """How to say which of the two is meant, by its own number: `giảm 5%`, `còn 5%`."""
    amount = _AMOUNT_LAST.search(words)
    return Message(
        "write 'giảm {amount}' or 'tăng {amount}' for the change, 'còn {amount}' or 'đạt {amount}' for the value",
        amount=amount[0].strip() if amount else "5%",
    )


def unclear_length(words: str) -> UserError:
    """The fault of a length of time that may be the most or the least: `48 giờ`."""
    return UserError(Message(LENGTH.template, words=words), length_hint(words))


def within(words: PhraseWords, _period: Period) -> Target:
    """The most of a length of time: `trong vòng 48 giờ`. A fault for months and years, which are a time of the plan."""
    if words["unit"].partition("/")[0] not in _LENGTHS:
        raise unclear_length(words["words"])
    return _target(words, Comparator.AT_MOST)


def composed(words: PhraseWords, period: Period) -> Target:
    """A length of time in two units, counted in the smaller one: 150 minutes of `không quá 2 giờ 30 phút`."""
    large, small = number(words["n"]), words["upper"]
    many = {"phút": 60, "tháng": 12}.get(words["unit"])
    if not many or large % 1 or not re.search(rf"{words['n']} (?:giờ|năm)\b", words["words"].lower()):
        raise unclear_length(words["words"])
    whole = {kind: typed for kind, typed in words.items() if kind != "upper"}
    whole["n"] = f"{large * many + number(small):f}"
    if "sign" in whole:
        return signed(whole, period)
    return changed(whole, period) if {"reduce", "increase"} & whole.keys() else compared(whole, period)


def signed(words: PhraseWords, _period: Period) -> Target:
    """By a sign: `>98%`."""
    signs = {"≥": ">=", "=>": ">=", "≤": "<=", "=<": "<="}
    sign = words["sign"].replace(" ", "")
    if signs.get(sign, sign) not in {">", "<", ">=", "<=", "="}:
        raise UserError(Message("there is no sign '{sign}'", sign=sign), Message("write >, <, >=, <= or ="))
    return _target(words, Comparator(signs.get(sign, sign)))


def shortest(value: Decimal) -> Decimal:
    """A number without zeros at its end: 50 for 50.0, and 100 for 1E+2."""
    return Decimal(f"{value.normalize():f}")


def _factor(words: PhraseWords) -> UserError:
    return UserError(
        Message("'{words}' may be a factor or a number of times", words=words["words"]),
        Message("write it in per cent, such as 'tăng 100%'"),
    )


def changed(words: PhraseWords, _period: Period) -> Target:
    """A reduction or an increase; `nhanh hơn 10%` is a reduction of time."""
    target = _target(words, Comparator.INCREASE if "increase" in words else Comparator.REDUCE)
    if target.quantity == "lần" and "increase" in words and target.value and target.value % 1 and target.upper is None:
        part = (
            target.value - 1 if target.value > 1 else target.value
        )  # `tăng 1,5 lần` is to one and a half times as much
        target = target._replace(value=shortest(part * 100), unit="%")
    if target.quantity == "lần":
        raise _factor(words)
    if target.value and "more" not in words and target.value % _FINEST:
        target = target._replace(value=target.value.quantize(Decimal("0.01"), ROUND_DOWN))  # 33.33 of `một phần ba`
    return as_change(target, target.comparator)._replace(excludes_value="more" in words)


_FINEST = Decimal("0.0001")
"""The last decimal that a number is typed with."""


def as_change(target: Target, comparator: Comparator) -> Target:
    """A change from a baseline that is not known yet; `điểm phần trăm` are points of a percentage."""
    is_share = target.quantity in {"điểm phần trăm", "điểm %"}
    return target._replace(
        comparator=comparator,
        unit=target.unit.replace(target.quantity, "%", 1) if is_share else target.unit,
        baseline=Baseline.UNSTATED,
        in_points=is_share or target.quantity == "điểm",
    )


def shortened(words: PhraseWords, period: Period) -> Target:
    """A length of time that is made shorter by an amount. `giảm thời gian chờ 15 phút` may be by it or down to it."""
    if words["reduce"] in {"giảm", "hạ"}:
        raise unclear_length(words["words"])
    return changed(words, period)


def sooner(words: PhraseWords, period: Period) -> Target:
    """Less time than the baseline (`nhanh hơn 10%`); `trước hạn 30%` is a share of the cases."""
    is_share = words["faster"] == "trước hạn" and words.get("unit", "").startswith(("%", "phần trăm"))
    return compared(words, period) if is_share else changed(words, period)


def changed_by_sign(words: PhraseWords, period: Period) -> Target:
    """A change by at least so much (`tiết kiệm điện ≥ 5%`); with `≤` or `<` a level (`giảm tỷ lệ lỗi ≤ 1%`)."""
    level = signed(words, period)
    if level.comparator not in {Comparator.AT_LEAST, Comparator.MORE}:
        return level
    return changed(words, period)._replace(excludes_value=level.comparator is Comparator.MORE)


def exceeded(words: PhraseWords, _period: Period) -> Target:
    """More or less than in another year by an amount: `cao hơn năm trước 5%`, `cao hơn năm 2025 là 5%`."""
    kind = "increase" if "more" in words else "reduce"
    kept = {key: words[key] for key in words if key != "more"} | {kind: ""}
    if "time" in words and len(words["n"]) == 4 and "upper" in words:
        year, kept["n"] = words["n"], kept.pop("upper")
        return changed(kept, _period)._replace(baseline_text=f"{words['time']} {year}")
    named = _NAMED_BASE.search(words["words"])  # `cao hơn mặt bằng chung 0,3 điểm`
    return changed(kept, _period)._replace(baseline_text=named[1] if named and "earlier" not in words else "")


_NAMED_BASE = re.compile(r"hơn (\D+?) (?:(?:từ|ít nhất|tối thiểu) )?\d", re.IGNORECASE)


def surpassed(words: PhraseWords, period: Period) -> Target:
    """More than planned by an amount: `vượt kế hoạch 3%`. A fault for what is no plan."""
    if not words["more"].startswith("vượt") or not _PLANS.search(words["tokens"]):
        without_unit(words, period)
    found = exceeded(words, period)
    return found._replace(baseline=Baseline.PLAN, baseline_text="kế hoạch")


_PLANS = re.compile(r"kế hoạch|chỉ tiêu|dự toán|mục tiêu")


def equal(words: PhraseWords, _period: Period) -> Target:
    """Exactly a number; only zero may go without a unit."""
    target = _target(words, Comparator.EQUAL)
    if target.value and not target.unit:
        without_unit(words, _period)
    return target


def bare(words: PhraseWords, period: Period) -> Target:
    """A value alone, without a unit; a fault for what may be a year."""
    if len(words["n"]) == 4 and words["n"][:2] in {"19", "20", "21"}:
        without_unit(words, period)
    return compared(words, period)


def reached_index(words: PhraseWords, period: Period) -> Target:
    """A value behind `đạt`, without a unit; a fault for what may be a year or a grade (`mức 4`, not `mức 3,75`)."""
    if "mức" in words["tokens"] and "," not in words["n"]:
        without_unit(words, period)
    return bare(words, period)


def improved(words: PhraseWords, period: Period) -> Target:
    """An increase behind a word that names no change itself: `cải thiện 5 bậc`."""
    return changed({**words, "increase": ""}, period)


def bounded(words: PhraseWords, period: Period) -> Target:
    """At least, or at most, a range: `tối thiểu 1-2 mô hình` is at least one, `không quá 2-3 vụ` at most three."""
    if number(words["upper"]) < number(words["n"]):
        return _target(words, Comparator.BETWEEN)
    is_upper = not {"least", "more"} & words.keys() and not set(words.get("sign", "")) & set(">≥")
    kept = {key: value for key, value in words.items() if key != "upper"}
    kept["n"] = words["upper"] if is_upper else words["n"]
    return signed(kept, period) if "sign" in words else compared(kept, period)


def either_sign(words: PhraseWords, _period: Period) -> Target:
    """By two signs: `< hoặc = 5%` is at most 5%."""
    signs = "".join(sorted(set(words["words"]) & set("<>=")))
    return signed({**words, "sign": {"<=": "<=", "=>": ">="}.get(signs, signs)}, _period)


def multiplied(words: PhraseWords, _period: Period) -> Target:
    """An increase to so many times the baseline: `gấp đôi` is by 100%, `gấp 3 lần` by 200%."""
    times = number(words["n"]) if "n" in words else _TIMES[words["words"].lower().rpartition("gấp ")[2]]
    if times <= 1 or words.get("unit", "lần") not in {"lần", ""}:
        without_unit(words, _period)
    return Target(
        "",
        Comparator.INCREASE,
        shortest((times - 1) * 100),
        "%",
        baseline=Baseline.UNSTATED,
        excludes_value="more" in words,
    )


_TIMES = {"rưỡi": Decimal("1.5"), "đôi": Decimal(2), "ba": Decimal(3), "bốn": Decimal(4), "năm": Decimal(5)}


def halved(words: PhraseWords, _period: Period) -> Target:
    """A change by half of the baseline."""
    return changed({**words, "n": "50", "unit": "%"}, _period)


def reached(words: PhraseWords, _period: Period) -> Target:
    """A change up to or down to a value: `giảm còn 5%` is at most 5%."""
    is_rank = not words["unit"] and words.get("place", "bậc") != "bậc"  # `tăng hạng từ 15 lên 12`
    if _is_turned(words, is_rank=is_rank):
        raise _backwards(words)
    words = {**words, "n": words.get("upper", words["n"])}
    words.pop("upper", None)
    if is_rank and "from" in words:
        return ranked(words, _period)
    if not words["unit"]:
        return bare({**words, "least": ""} if "upto" in words else {**words, "most": ""}, _period)
    if "sign" in words:
        return signed(words, _period)
    if "roughly" in words and not {"less", "more", "least"} & words.keys():
        return _target(words, Comparator.ABOUT)
    if "upto" in words and "most" not in words:
        return _target(words, Comparator.MORE if words["upto"].endswith(" trên") else Comparator.AT_LEAST)
    return _target(words, Comparator.LESS if "less" in words else Comparator.AT_MOST)


def _is_turned(words: PhraseWords, *, is_rank: bool) -> bool:
    """True for `giảm từ 5% lên 8%` and for a rank that gets worse."""
    if not {"upper", "from"} <= words.keys():
        return False
    rises = not is_rank and ("increase" in words or ("upto" in words and "reduce" not in words))
    return (number(words["upper"]) < number(words["n"])) == rises


def always(comparator: Comparator, unit: str = "", value: str = "") -> Callable[[PhraseWords, Period], Target]:
    """A resolver with a fixed comparator, and with a unit or value for words that have none; of two ranks the last is
    asked for."""

    def resolve(words: PhraseWords, _period: Period) -> Target:
        target = _target({"n": value, **words} if value else words, comparator)
        if comparator is Comparator.BETWEEN:
            excludes_upper = "less" in words or words.get("to") == "đến dưới"
            target = target._replace(excludes_value="more" in words, excludes_upper=excludes_upper)
        is_rank = comparator is Comparator.RANK and target.upper is not None
        target = target._replace(value=target.upper, upper=None) if is_rank else target
        return target._replace(unit=unit) if unit else target

    return resolve


between, about, at_most, less_than = map(
    always, (Comparator.BETWEEN, Comparator.ABOUT, Comparator.AT_MOST, Comparator.LESS)
)
ranked = always(Comparator.RANK, "hạng")
none, whole = always(Comparator.EQUAL, value="0"), always(Comparator.AT_LEAST, "%", "100")


def risen(words: PhraseWords, period: Period) -> Target:
    """A place to come up to, from another one or not: `lên hạng 10`; a step of a scale (`lên bậc 3`) is none."""
    return qualitative(words, period) if words["place"] == "bậc" else ranked(words, period)


def half(words: PhraseWords, _period: Period) -> Target:
    """50%."""
    return compared({**words, "n": "50", "unit": "%"}, _period)


def qualitative(_words: PhraseWords, _period: Period) -> Target:
    """A direction without a number."""
    return Target("", Comparator.QUALITATIVE, None, "")


COUNTED = Message("write what is counted, such as 'ít nhất 12 vụ'")


def without_unit(words: PhraseWords, _period: Period) -> UserError:
    """Raises the fault of a number that does not say what it counts."""
    raise UserError(
        Message("'{words}' has no unit", words=words["words"]),
        COUNTED,
    )


def index_or_nothing(words: PhraseWords, period: Period) -> Target:
    """An index if the number has decimals (`ít nhất 0,85`), for what is counted in has none; else without a unit."""
    if not number(words["n"]) % 1:
        without_unit(words, period)
    return compared(words, period)


# What is no target, and why: a message for a number that is passed over beside real targets, a fault for what may be
# meant as one, and a fault that is raised for what is wrong wherever it stands.


def _no_target(why: Message) -> Callable[[PhraseWords, Period], Message]:
    return lambda words, _period: why.filled(words=words["words"])


def _unclear(message: Message, hint: Message) -> Callable[[PhraseWords, Period], UserError]:
    return lambda words, _period: UserError(message.filled(words=words["words"]), hint)


def _slip(message: Message, hint: Message) -> Callable[[PhraseWords, Period], UserError]:
    def resolve(words: PhraseWords, _period: Period) -> UserError:
        raise UserError(message.filled(words=words["words"]), hint)

    return resolve


_SIGNS = Message("the number in '{words}' can't be read")
SIGNS_HINT = Message("the comma separates decimals and the point thousands: 98,5% and 1.000")
_UNKNOWN = Message("'{words}' is not understood")
_PASSED = Message("write the value that is not to be passed, such as 'không quá 12 vụ'")
_FRACTION_HINT = Message(
    "a share is written in per cent (66,67%), a count as one number (2 tiêu chí), a thousand as 1.000"
)
compares = _no_target(Message("'{words}' is no target: it compares"))
by_how_many = _no_target(Message("'{words}' is no target: it says by how many the value is counted"))
most_or_least = _no_target(MOST_OR_LEAST)
set_aside = _no_target(Message("'{words}' is no target: it sets something aside"))
an_age = _no_target(Message("'{words}' is no target: it is an age"))
a_name = _no_target(Message("'{words}' is no target: it is a name"))
no_number = _slip(_SIGNS, COUNTED)
passed = _slip(_UNKNOWN, _PASSED)
share_of_best = _slip(
    Message("'{words}' is a share of a ranking, and no rank"), Message("write the rank: 'hạng 5 trở lên'")
)
sign_behind = _slip(Message("the sign stands behind the number in '{words}'"), Message("write it before: '>= 95%'"))
no_base = _slip(Message("'{words}' does not say with what"), Message("write 'so với năm trước' or 'so với cùng kỳ'"))
unclear_fraction = _unclear(_UNKNOWN, _FRACTION_HINT)
limited_change = _unclear(Message("'{words}' limits a change, and can't be held against a reading"), _PASSED)


def unclear_time(words: PhraseWords, _period: Period) -> UserError:
    """The fault of `trong 5 ngày`."""
    return unclear_length(words["words"])


def misread(words: PhraseWords, _period: Period) -> UserError:
    """What is told of `≥ 95.5.1%`, and of figures with letters between them: `9O`, `<48h`."""
    has_letter = re.search(r"[0-9][^\W\d_]|[^\W\d_][0-9]", words["words"])
    return UserError(_SIGNS.filled(words=words["words"]), Message("write 98 or 98,5") if has_letter else SIGNS_HINT)


def misread_at_once(words: PhraseWords, period: Period) -> UserError:
    """Raises the fault of `1.2.3%`, which is wrong wherever it stands."""
    raise misread(words, period)


def fraction(words: PhraseWords, period: Period) -> Message | UserError:
    """What `2/3` before a counted noun is: raises the fault of a fraction, for it may be two of three or a share."""
    part = re.fullmatch("([0-9])/([2-5])", words["words"])
    if part and int(part[1]) < int(part[2]):
        raise unclear_fraction(words, period)
    return a_code(words, period)


def a_code(words: PhraseWords, period: Period) -> Message | UserError:
    """What a date or a code is; the fault of `1,200`, which may be twelve hundred or a little more than one."""
    if re.fullmatch("[1-9][0-9]{0,2},[0-9]{3}|[.,][0-9]+", words["words"]):
        return misread(words, period)
    return Message("'{words}' is no target: it is a date, a document's number or a code", words=words["words"])


def name_of_rate(words: PhraseWords, period: Period) -> Message | UserError:
    """What a number or a rate counts (`Số xã không còn hộ nghèo`); the fault of other names, such as `Tổ hòa giải`."""
    if words["words"].lower().startswith(("số ", "tỷ lệ", "tỉ lệ")):
        return a_name(words, period)
    return UserError(_UNKNOWN.filled(words=words["words"]), length_hint(words["words"]))


def a_time(words: PhraseWords, _period: Period) -> Message | UserError:
    """What a year, a quarter or a month by its number is; the fault of any other: `bình quân quý 120.000 tấn`."""
    if number(words["n"]) > _LAST_WEEK and len(words["n"]) != len("2026"):
        return UserError(_SIGNS.filled(words=words["words"]), COUNTED)
    return Message("'{words}' is no target: it is a time", words=words["words"])


_LAST_WEEK = 53


_TABLE = table_beside(__file__)
SLOTS: dict[str, str] = {name: CUE_SLOTS[name] for name in ("unitword", "said")} | _TABLE["slots"]


def _rows(name: str) -> tuple[PhraseRow[Any], ...]:
    """The rows of one part of the table."""
    return tuple(
        PhraseRow(row["pattern"], globals()[row["meaning"]], row["example"], row.get("means", ""))
        for row in _TABLE[name]
    )


NO_TARGETS = _rows("traps") + _rows("faults")
"""Numbers that are no targets (`dưới 40 tuổi` is an age, `mức độ 3` a name) and slips (`giảm 10% so với`), which come
before all forms."""
WITHIN, LONE, DIRECTION = _rows("last")
"""A length of time, an amount and a direction that count only where nothing else is asked for."""
FORMS: tuple[PhraseRow[Target], ...] = (*_rows("forms"), WITHIN, LONE, DIRECTION)
"""What a target may look like. The first row that fits at a place counts."""

ASKING = frozenset(row.pattern for row in FORMS[:-3])
"""The forms that ask for something by their own words."""
