"""The forms of target phrases. A newcomer adds a row to `FORMS` and nothing else."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Fault, say
from qmsplan.model.period import year
from qmsplan.model.phrases import Row, find, nearest
from qmsplan.model.target import Baseline, Comparator, Target, TargetForm, read_target_form
from qmsplan.model.words import phrase

if TYPE_CHECKING:
    from qmsplan.model.phrases import Words

LONGEST = 500
"""Longer phrases are refused."""

_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9}(?:,[0-9]{1,4})?"
SLOTS = {
    "n": rf"(?P<n>{_NUMBER})",
    "unit": r"(?P<unit>%|phần trăm|sáng kiến|đơn vị|hồ sơ|lớp tập huấn|[^\W0-9_][\w/]*)",
    "pct": r"(?P<unit>%)",
    "sign": r"(?P<sign>>=|<=|=>|=<|≥|≤|>|<|=)",
    "least": r"(?:ít nhất|tối thiểu|không dưới|không thấp hơn|trở lên từ)",
    "more": r"(?:trên|hơn|cao hơn|lớn hơn)",
    "most": r"(?:không quá|tối đa|không vượt quá|nhiều nhất|dưới hoặc bằng)",
    "aim": r"(?:(?:phấn đấu|đảm bảo|bảo đảm|đạt|có|tỷ lệ|là) )*",
    "what": r"(?: (?!so với\b)(?P<what>[^\W0-9_].*))?",
    "base": r"(?P<base>năm trước|cùng kỳ(?: năm trước)?|thời gian quy định|năm [0-9]{4})",
    "subject": r"(?P<subject>\S.*?)",
}
_SIGNS = {"≥": ">=", "=>": ">=", "≤": "<=", "=<": "<="}
_BASES = {
    "năm trước": Baseline.PREVIOUS_YEAR,
    "cùng kỳ": Baseline.SAME_PERIOD,
    "cùng kỳ năm trước": Baseline.SAME_PERIOD,
    "thời gian quy định": Baseline.STATUTORY,
}


def number(text: str) -> Decimal:
    """`98,5` as 98.5 and `1.000` as 1000: the comma is decimal, the point separates thousands."""
    return Decimal(text.replace(".", "").replace(",", "."))


def _target(words: Words, comparator: Comparator) -> Target:
    unit = "%" if words.get("unit") == "phần trăm" else words.get("unit", "")
    return Target("", comparator, number(words["n"]), unit, population=words.get("what") or words.get("subject", ""))


def _signed(words: Words) -> Target:
    sign = words["sign"]
    return _target(words, Comparator(_SIGNS.get(sign, sign)))


def _change(words: Words, comparator: Comparator) -> Target:
    return _target(words, comparator)._replace(baseline=_BASES.get(words.get("base", ""), Baseline.UNSTATED))


def _none(words: Words) -> Target:
    subject = words.get("subject", "")
    unit = "%" if "tỷ lệ" in subject.lower() else words.get("unit", "")
    return Target("", Comparator.EQUAL, Decimal(0), unit, population=subject)


FORMS: tuple[Row[Target], ...] = (
    Row("{aim}{sign} ?{n} ?{unit}?{what}", lambda w, p: _signed(w), ">98%"),
    Row(
        "{aim}(?:cắt )?giảm (?:{subject} )?{n} ?{unit} so với {base}",
        lambda w, p: _change(w, Comparator.REDUCE),
        "giảm 10% so với năm trước",
    ),
    Row(
        "{aim}tăng (?:{subject} )?{n} ?{unit} so với {base}",
        lambda w, p: _change(w, Comparator.INCREASE),
        "tăng 5% so với cùng kỳ",
    ),
    Row(
        "{aim}(?:cắt )?giảm {n} ?{unit}{what}",
        lambda w, p: _change(w, Comparator.REDUCE),
        "cắt giảm 20% chi phí tuân thủ",
    ),
    Row("{aim}tăng {n} ?{unit}{what}", lambda w, p: _change(w, Comparator.INCREASE), "tăng 5%"),
    Row(
        "{aim}từ {n} ?{unit}(?: (?P<what>\\S.*?))? trở lên",
        lambda w, p: _target(w, Comparator.AT_LEAST),
        "từ 90% trở lên",
    ),
    Row("{aim}{n} ?{unit} trở lên", lambda w, p: _target(w, Comparator.AT_LEAST), "đạt 97% trở lên"),
    Row("{aim}{least} {n} ?{unit}{what}", lambda w, p: _target(w, Comparator.AT_LEAST), "ít nhất 01 lần/năm"),
    Row("{aim}{more} {n} ?{unit}{what}", lambda w, p: _target(w, Comparator.MORE), "trên 80%"),
    Row("{aim}{most} {n} ?{unit}{what}", lambda w, p: _target(w, Comparator.AT_MOST), "không quá 12 vụ"),
    Row("{aim}dưới {n} ?{unit}{what}", lambda w, p: _target(w, Comparator.LESS), "dưới 5%"),
    Row("{aim}top {n}{what}", lambda w, p: _target(w, Comparator.RANK)._replace(unit="hạng"), "top 5"),
    Row("(?:{subject} )?{aim}bằng (?:không|0)(?: ?{pct})?", lambda w, p: _none(w), "bằng không"),
    Row("không có {subject}", lambda w, p: _none(w), "không có hồ sơ quá hạn"),
    Row("{aim}{n} ?{unit}{what}", lambda w, p: _target(w, Comparator.AT_LEAST), "100%"),
)
_CONDITION = re.compile(r" ?\(?nếu có\)?$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def understand_target(typed: str | TargetForm) -> Target | Fault:
    """A target, or the fault that says why it is none and which forms are near."""
    try:
        return _read(typed) if isinstance(typed, str) else read_target_form(typed)
    except Fault as fault:
        return fault


def _read(typed: str) -> Target:
    if len(typed) > LONGEST:
        raise Fault(say("a target has at most {count} characters", count=LONGEST), say("move the rest to the text"))
    folded = phrase(typed)
    text = _CONDITION.sub("", folded)
    found = find(FORMS, SLOTS, text)
    if not found:
        raise Fault(
            say("the target '{phrase}' is not understood", phrase=typed),
            say("forms that are: {forms}", forms="; ".join(nearest(FORMS, typed))),
        )
    row, words = found
    target = row.resolve(words, year(2000))
    return target._replace(
        phrase=typed, is_commitment=folded.lower().startswith("phấn đấu"), is_conditional=text != folded
    )


_STATED = re.compile(rf"(?<![0-9.,])(?P<n>{_NUMBER})\s*%")
_BEFORE = re.compile(r"(>=|<=|≥|≤|>|<|từ|ít nhất|tối thiểu|không dưới|trên|không quá|tối đa|dưới|giảm|tăng)\s*$")
_LONGEST_WORD = 20


def percentages(statement: str) -> tuple[tuple[str, Decimal], ...]:
    """The percentages that a statement names, each with the comparator word before it, or ""."""
    if "%" not in statement:
        return ()
    text = statement.lower()
    found = []
    for match in _STATED.finditer(text):
        word = _BEFORE.search(text, max(match.start() - _LONGEST_WORD, 0), match.start())
        found.append((word[1] if word else "", number(match["n"])))
    return tuple(found)
