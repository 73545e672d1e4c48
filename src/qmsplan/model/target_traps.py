"""Numbers that are no targets: passed over in a statement, told about where they stand alone; and what is a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Fault, Text, say
from qmsplan.model.phrases import Row
from qmsplan.model.target_values import without_unit

if TYPE_CHECKING:
    from qmsplan.model.period import Period
    from qmsplan.model.phrases import Words


TRAPS: tuple[Row[Text], ...] = (
    Row(
        "{except} [^{stop}{comma}{close}]*",
        lambda words, _period: say("'{words}' is no target: it sets something aside", words=words["words"]),
        "không thuộc trường hợp giảm 10% biên chế so với năm 2021",
    ),
    Row(
        "(?:{less}|{more}|{from}|{least}|{most})? {number} (?:{till} {number})? {age} (?:{up}|{down})?",
        lambda words, _period: say("'{words}' is no target: it is an age", words=words["words"]),
        "dưới 40 tuổi",
    ),
    Row(
        "(?:{label}|{place}) {number} (?![{percent}{up}]) (?!{words} {first})"
        " (?:[{comma}{and}] {number} (?!{unitword}))*",
        lambda words, _period: say("'{words}' is no target: it is a name", words=words["words"]),
        "mức độ 3",
    ),
    Row(
        "{time} {number} (?![{percent}{unit}])",
        lambda words, _period: say("'{words}' is no target: it is a time", words=words["words"]),
        "năm 2019",
    ),
    Row(
        "{number} {name}",
        lambda words, _period: say("'{words}' is no target: it is a name", words=words["words"]),
        "03 Chương trình mục tiêu quốc gia",
    ),
    Row(
        "{odd} (?![{percent}])",
        lambda words, _period: say(
            "'{words}' is no target: it is a date, a document's number or a code", words=words["words"]
        ),
        "Kế hoạch số 50/KH-TGPL",
    ),
)
"""Numbers that are no targets: passed over in a statement, told about where they stand alone."""


def _unreadable(words: Words, _period: Period) -> Fault:
    raise Fault(
        say("the number in '{words}' can't be read", words=words["words"]),
        say("the comma separates decimals and the point thousands: 98,5% and 1.000"),
    )


def _without_baseline(words: Words, _period: Period) -> Fault:
    raise Fault(
        say("'{words}' does not say with what", words=words["words"]),
        say("write 'so với năm trước' or 'so với cùng kỳ'"),
    )


def _behind(words: Words, _period: Period) -> Fault:
    raise Fault(
        say("the sign stands behind the number in '{words}'", words=words["words"]), say("write it before: '>= 95%'")
    )


def _fraction(words: Words, _period: Period) -> Fault:
    return Fault(say("'{words}' is not understood", words=words["words"]), say("write a fraction in per cent"))


def _time(words: Words, _period: Period) -> Fault:
    return Fault(
        say("'{words}' is a length of time: is it the most or the least?", words=words["words"]),
        say("write 'không quá 5 ngày' or 'ít nhất 5 ngày'"),
    )


def _limit(words: Words, _period: Period) -> Fault:
    return Fault(
        say("'{words}' limits a change, and can't be held against a reading", words=words["words"]),
        say("write the value that is not to be passed, such as 'không quá 12 vụ'"),
    )


FAULTS: tuple[Row[Fault], ...] = (
    Row("{odd} {percent}|{number} {percent} {percent}", _unreadable, "98.5%"),
    Row(
        "(?:{least}|{more}|{most}|{less}) {said} {number} (?!{unitword}|{age}|{till}|{name}|{half}|{open})",
        without_unit,
        "ít nhất 12",
    ),
    Row("{number} {unitword} {sign} (?!{number})", _behind, "95% ≤ tỷ lệ hài lòng"),
    Row("(?:{changing}|{least}|{more}|{most}|{less}) {said} {odd}", _fraction, "giảm 1/3 thời gian"),
    Row("{base} (?={stop}|$)", _without_baseline, "giảm 10% so với"),
    Row("{number} (?:{time}|{duration}) (?!{up}|{down}|{till}|{slash}|{each})", _time, "trong 5 ngày"),
    Row("{changing} {said} (?:{most}|{less}) {said} {amount}", _limit, "tăng không quá 5%"),
)
"""What can only be a slip is raised, wherever it stands. What is returned may be meant as a target and does not say
how: it is passed over beside others."""
