"""The forms of target phrases. A newcomer adds a row to `FORMS` and nothing else; synonyms stand in `target_words`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Fault, Text, say
from qmsplan.model.period import year
from qmsplan.model.phrases import Row, nearest
from qmsplan.model.structured import Comparator, TargetForm
from qmsplan.model.target import Target, read_target_form
from qmsplan.model.target_values import (
    NUMBER,
    always,
    changed,
    compared,
    equal,
    exceeded,
    half,
    qualitative,
    reached,
    signed,
)
from qmsplan.model.words import phrase

if TYPE_CHECKING:
    from qmsplan.model.target_parts import Found
    from qmsplan.model.target_scan import Grammar, Reading

LONGEST = 2000
"""Longer phrases are refused; whole statements are shorter."""

MOST = 50
"""Targets that one phrase may hold."""

_PLAIN = re.compile(rf"(?P<sign>>=|<=|>|<|≥|≤|=)? ?(?P<n>{NUMBER}) ?%")
"""Most targets are nothing more; they are read without the grammar."""

SLOTS = {
    "number": "N(?:{open}[^N{open}{close}]{1,5}{close})?",
    "amount": "{number}{unitword}(?:{slash}{unitword})*{again}",
    "unitword": "[{percent}{points}{unit}{word}{time}{duration}{place}{noun}{label}]",
    "percentage": "{number}[{percent}{points}](?:{slash}{unitword})*{again}(?![{percent}])",
    "again": "(?:{open}N{unitword}?{close})?",
    "said": "[{aim}{link}{from}]{0,2}",
    "by": "[{aim}{least}{more}{from}]{0,3}",
    "till": "(?:{to}|{dash}){less}?",
    "changing": "[{reduce}{increase}]",
    "about": "[^N{stop}{reduce}{increase}{up}{upto}{downto}{most}{less}]{1,60}?",
    "thing": "[{word}{unit}{quality}{noun}{verb}]",
    "words": "[^N{stop}{comma}]{0,12}?",
    "beginning": "[{aim}{verb}{strive}{each}{stop}{comma}{and}{odd}{dash}]",
    "direction": "[{quality}{aim}{reduce}{increase}{strive}{first}{up}{verb}{earlier}]",
    "end": "(?={base}|{stop}|{comma}|{close}|{and}|{condition}|{open}|$)",
}
"""Kinds of words that rows name together."""


DIRECTION = Row(
    "{direction}",
    qualitative,
    "nâng cao chất lượng",
    "a direction without a number: understood, but not measurable",
)
"""Only counts where no other form fits."""

FORMS: tuple[Row[Target], ...] = (
    Row("{sign} {amount} {up}?", signed, ">98%", "a sign: >, <, >= or ≥, <= or ≤, ="),
    Row("{sign} {number}", signed, ">= 4", "a sign and a number without unit"),
    Row(
        "{changing} {about}? {from} {number} {unitword}? (?:{upto}|{downto}) {said} {less}? {amount}",
        reached,
        "tăng từ 80% lên 90%",
        "a change from one value to another: the second is the target",
    ),
    Row(
        "{changing} {by} {number} {unitword}? {till} {amount}",
        changed,
        "giảm từ 10% đến 15% so với năm trước",
        "a change between two values; to pass the upper one is no miss",
    ),
    Row(
        "{changing} {by} {more}? {number} {points} {up}?",
        changed,
        "tăng 2 điểm phần trăm so với năm 2025",
        "a change by percentage points, or by points of a score",
    ),
    Row(
        "{reduce} {by} {more}? {amount} {up}?",
        changed,
        "giảm ít nhất 10% so với năm trước",
        "a reduction by per cent of the baseline",
    ),
    Row(
        "{increase} {by} {more}? {amount} {up}?",
        changed,
        "tăng 5% so với cùng kỳ",
        "an increase by per cent of the baseline",
    ),
    Row(
        "{changing} {about}? {thing} {mark}? (?:{least}|{more})? {number} [{percent}{points}] {end}",
        changed,
        "giảm tỷ lệ khiếu nại 10% so với năm trước",
        "a change of what stands between",
    ),
    Row(
        "{faster} (?:{about}? {thing})? {by} {more}? {amount}",
        changed,
        "nhanh hơn 10% so với thời gian quy định",
        "less time than the baseline by per cent of it",
    ),
    Row(
        "(?:{more}|{less}) {earlier} {said} {amount}",
        exceeded,
        "cao hơn năm trước 5%",
        "more or less than in an earlier year, by per cent of it",
    ),
    Row(
        "{reduce} {about}? (?:{downto} {said} {less}?|{less}) {amount}",
        reached,
        "giảm còn 5%",
        "a value to come down to",
    ),
    Row("{upto} {said} {amount}", reached, "nâng lên 90%", "a value to come up to"),
    Row(
        "{rank} {said} {number} (?:{till} {number})? (?![{percent}{time}]) {up}?",
        always(Comparator.RANK, "hạng"),
        "top 5",
        "a rank or a better one",
    ),
    Row("{place} {number} {up}", always(Comparator.RANK, "hạng"), "hạng 5 trở lên", "a rank or a better one"),
    Row(
        "(?:trong số|{rank}|{label}|{link}) {number} (?={words}{first})",
        always(Comparator.RANK, "hạng"),
        "trong số 10 tỉnh dẫn đầu",
        "among so many best ones",
    ),
    Row("{equal} {said} {amount}", equal, "bằng 0%", "exactly that value"),
    Row("{equal} {said} {number}", equal, "bằng không", "exactly zero"),
    Row(
        "{none} (?={thing}|{link}|{place}|{label})",
        always(Comparator.EQUAL, value="0"),
        "không có hồ sơ quá hạn",
        "none of them",
    ),
    Row(
        "{from}? {number} {unitword}? {till} {amount}",
        always(Comparator.BETWEEN),
        "từ 80% đến 90%",
        "between two values, both included",
    ),
    Row("{least} {said} {more}? {amount} {up}?", compared, "ít nhất 01 lần/năm", "at least; here in each year"),
    Row("{more} {said} {amount} {up}?", compared, "trên 80%", "more than"),
    Row("{most} {said} {amount}", compared, "không quá 12 vụ", "at most"),
    Row("{less} {said} {amount}", compared, "dưới 5%", "less than"),
    Row("{from}? {amount} {words} {down}", compared, "từ 5 vụ trở xuống", "at most"),
    Row("{from} {number} {up}", compared, "từ 8 trở lên", "at least so much of an index without unit"),
    Row("{from} {said} {amount} {up}?", compared, "từ 90% trở lên", "at least"),
    Row("(?:{least}|{more}|{most}|{less})? {half}", half, "ít nhất một nửa", "half of them"),
    Row("{all} (?={thing}|{link})", always(Comparator.AT_LEAST, "%", "100"), "toàn bộ hồ sơ", "all of them: 100%"),
    Row("{percentage} {up}?", compared, "100%", "a percentage: at least so much"),
    Row(
        "(?:^|(?<={beginning})) (?!{number}(?:{time}|{duration})(?!{slash})) {amount} {up}?",
        compared,
        "03 lớp tập huấn",
        "a number at the beginning of a sentence, or after words such as `đạt`, `có`, `tổ chức`: at least so many",
    ),
    Row("{amount} (?:{up}|(?={each}))", compared, "tập huấn cho 50 người trở lên", "at least so many"),
    DIRECTION,
)
"""What a target may look like. The first row that fits at a place wins."""


@cache
def _grammar() -> Grammar:
    from qmsplan.model.target_scan import grammar
    from qmsplan.model.target_traps import FAULTS, TRAPS

    return grammar((*TRAPS, *FAULTS, *FORMS), SLOTS)


@lru_cache(maxsize=4096)
def understand_targets(typed: str | TargetForm) -> tuple[Target, ...] | Fault:
    """All targets of a phrase or a statement in order, or the fault that says why it holds none."""
    try:
        return _read(typed) if isinstance(typed, str) else (read_target_form(typed),)
    except Fault as fault:
        return fault


def understand_target(typed: str | TargetForm) -> Target | Fault:
    """The first target of a phrase, or the fault that says why it holds none."""
    found = understand_targets(typed)
    return found if isinstance(found, Fault) else found[0]


def _read(typed: str) -> tuple[Target, ...]:
    if len(typed) > LONGEST:
        raise Fault(say("a target has at most {count} characters", count=LONGEST), say("move the rest to the text"))
    if plain := _PLAIN.fullmatch(typed):
        resolve = signed if plain["sign"] else compared
        return (resolve({**plain.groupdict(), "unit": "%"}, year(2000))._replace(phrase=typed),)
    from qmsplan.model.target_scan import read
    from qmsplan.model.target_sense import direction_of, targets_of

    reading = read(phrase(typed.replace("\n", "; ")), _grammar())
    found, doubts, reasons = _resolved(reading)
    if found:
        return targets_of(reading, found, typed)
    if doubts:
        raise doubts[0]
    unread = _unread(reading)
    if not unread and any(match.row is DIRECTION for match in reading.matches):
        return (direction_of(reading, typed),)
    message = next(iter(reasons), unread) or say("the target '{phrase}' is not understood", phrase=typed)
    raise Fault(message, say("forms that are: {forms}", forms="; ".join(nearest((*_typical(), *FORMS), typed))))


def _typical() -> tuple[Row[Target], ...]:
    """What is shown where no form is near."""
    shown = {">98%", "ít nhất 01 lần/năm", "giảm ít nhất 10% so với năm trước"}
    return tuple(row for row in FORMS if row.example in shown)


def _unread(reading: Reading) -> Text | None:
    """Why a number that no row takes makes no target."""
    taken = {index for match in reading.matches for index in range(match.start, match.end)}
    for index, letter in enumerate(reading.letters):
        if letter == "N" and index not in taken:
            words = reading.words(index, index + 2)
            return say("the number in '{words}' does not say what is to be attained", words=words)
    return None


def _resolved(reading: Reading) -> tuple[list[Found], list[Fault], list[Text]]:
    """What the rows say: targets, what may be meant as one, and why other numbers are none."""
    from qmsplan.model.target_parts import Found
    from qmsplan.model.target_scan import caught

    found: list[Found] = []
    doubts: list[Fault] = []
    reasons: list[Text] = []
    for match in reading.matches:
        if match.row is DIRECTION:
            continue
        words = caught(reading, match)
        resolved = match.row.resolve(words, year(2000))
        if isinstance(resolved, Target):
            found.append(Found(resolved, match.start, match.end, words))
        elif isinstance(resolved, Fault):
            doubts.append(resolved)
        else:
            reasons.append(resolved)
        if len(found) > MOST:
            raise Fault(say("a phrase has at most {count} targets", count=MOST), say("give each item its own targets"))
    return found, doubts, reasons
