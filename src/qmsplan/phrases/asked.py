"""Periods and states as people type them at a command line: `2026-Q3`, `Quý III`, `Q3`, `quý này`, `quá hạn`.

Files hold codes alone (`model.period.parse_period`). Whoever types a command writes what stands in the plan, and often
no year: then the last such period that has begun is meant. In January, `Q4` is the fourth quarter of last year."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from qmsplan.diagnostics import LANGUAGES, Message, UserError
from qmsplan.model.period import Period, between, months, parse_period, quarter_of, school_term, year
from qmsplan.model.text import bare, ordinal, phrase, plain
from qmsplan.phrases.calendar_parse import When, read_when
from qmsplan.phrases.deadline_text import in_vietnamese
from qmsplan.phrases.tables import Expression

_MOST = 60
"""Characters of the longest words for a period; anything longer is none."""
_WHOLE_CODE = Expression(r"([0-9]{4})[ /.-]?(q[1-4]|h[12]|9m)")
_QUARTER_CODE = Expression(r"q[0-9]+")
_PART = Expression(r"(q[1-4]|h[12]|9m)(?:(?:[ /.-]| năm )?([0-9]{4}))?")
_QUARTER = Expression(r"(?:quarter )?(i|ii|iii|iv)(?:(?:[ /.-]| năm )([0-9]{4}))?")
_MONTH = Expression(r"(?:t|m)?([0-9]{1,2})[ /.-]([0-9]{4})|[tm]([0-9]{1,2})")
_FIRST_MONTHS = Expression(r"([0-9]{1,2} )(?:tháng|thang)(?: đầu| dau)?")
_RELATIVE = Expression(r"(thang|quy|nam) (nay|truoc|sau|ngoai)|(this|last|next) (month|quarter|year)")
"""Times named from the day that is asked for, without marks: `quý này`, `tháng trước`, `năm ngoái`, `last year`."""
_TERM_NAME = Expression(r"hoc ky (i{1,2}|[12])")
"""A term without its school year: the last one that has begun."""
_SCHOOL = Expression(r"(?:term (i{1,2}|[12]) of the )?school year")
_LENGTHS = {"thang": 1, "month": 1, "quy": 3, "quarter": 3, "nam": 12, "year": 12}
_SHIFTS = {"nay": 0, "this": 0, "truoc": -1, "ngoai": -1, "last": -1, "sau": 1, "next": 1}
_MARKED = {"quy": "quý", "thang": "tháng", "nam": "năm", "dau": "đầu", "cuoi": "cuối", "nua": "nửa"}
"""Words of periods as they are typed where the keyboard has no Vietnamese."""


class _StateName(NamedTuple):
    """A state in a message, by its code and what it means: `no_evidence (thường xuyên, chưa có minh chứng)`."""

    code: str
    words: Sequence[str]
    """Those of each language, in the order of `LANGUAGES`."""

    def in_words(self, language: str) -> str:
        """What stands in a message of a language."""
        word = self.words[LANGUAGES.index(language)]
        return self.code if _key(self.code) == _key(word) else f"{self.code} ({word})"


class AskedPeriod(NamedTuple):
    """The period that was meant, and whether its year was typed. If not, the answer has to say which year it took."""

    period: Period
    names_year: bool


def asked_period(typed: str, as_of: date) -> AskedPeriod:
    """The period of a code or of its words: `2026-Q3`, `Quý III/2026`, `Q3`, `T9`, `6 tháng đầu năm`, `năm 2026`; seen
    from the day `quý này`, `tháng trước`, `năm ngoái`.

    Without a year the last one that has begun by the day. UserError, with forms to write, if it is no period."""
    text = re.sub(r"\b(?:học kì|hk) ?", "học kỳ ", plain(typed))
    text = _SCHOOL.sub(lambda found: f"{'học kỳ ' + found[1] if found[1] else ''} năm học".strip(), text)
    text = in_vietnamese(text)
    for code in (typed.strip().upper(), _code(text)):
        try:
            return AskedPeriod(parse_period(code), names_year=True)
        except UserError:
            continue
    if relative := _relative(text, as_of):
        return AskedPeriod(relative, names_year=False)
    is_code = _QUARTER_CODE.fullmatch(text) and not _PART.fullmatch(text)
    when = None if len(text) > _MOST or is_code else read_when(_words(text))
    if when is None or not _is_one_stretch(when):
        raise UserError(
            Message("'{text}' is not a period", text=typed),
            Message(
                "write 2026-Q3, Q3 2026, Q3, September 2026, first half of 2026, first 9 months of 2026, 2026, "
                "this quarter or last month"
            ),
        )
    first, last = when.spans[0]
    if first.year is not None and last.year is not None:
        ends = (first.part(year(first.year)), last.part(year(last.year)))
        return AskedPeriod(between(*ends), names_year=True)
    found = between(first.part(year(as_of.year)), last.part(year(as_of.year)))
    if found.start > as_of and as_of.year > 1:
        found = between(first.part(year(as_of.year - 1)), last.part(year(as_of.year - 1)))
    return AskedPeriod(found, names_year=False)


def _relative(text: str, as_of: date) -> Period | None:
    """The month, quarter or year that a day lies in, the one before or the one after, or the last term of a number;
    None if it is named otherwise."""
    if (term := _TERM_NAME.fullmatch(bare(text))) and as_of.year > date.min.year + 1:
        first = min(as_of.year, date.max.year - 1)
        known = (school_term(2 if term[1] in {"ii", "2"} else 1, first - back) for back in range(3))
        return next(one for one in known if one.start <= as_of)
    found = _RELATIVE.fullmatch(bare(text))
    if found is None:
        return None
    length, shift = _LENGTHS[found[1] or found[4]], _SHIFTS[found[2] or found[3]]
    first = (12 * as_of.year + as_of.month - 1) // length * length + shift * length
    number = first // 12
    return months(number, first % 12 + 1, first % 12 + length) if date.min.year <= number <= date.max.year else None


def asked_quarter(typed: str, as_of: date) -> AskedPeriod:
    """A quarter as `asked_period` reads it, or its bare number: `III`, `3`. UserError if it is no quarter."""
    number = ordinal(plain(typed).removeprefix("q"))
    asked = asked_period(f"quý {number}" if number is not None and number <= _HIGHEST else typed, as_of)
    if asked.period != quarter_of(asked.period.start):
        hint = Message("write '--period {code}'", code=asked.period.code)
        raise UserError(Message("'{text}' is no quarter", text=typed), hint)
    return asked


_HIGHEST = 99
"""The highest number that is told to be no quarter; above it stand years."""


def _code(text: str) -> str:
    """A code whose parts are written in another way: `2026q3`, `Q3/2026` as `2026-Q3`, `T9/2026` as `2026-09`."""
    if whole := _WHOLE_CODE.fullmatch(text):
        return f"{whole[1]}-{whole[2]}".upper()
    if (part := _PART.fullmatch(text)) and part[2]:
        return f"{part[2]}-{part[1]}".upper()
    if (month := _MONTH.fullmatch(text)) and month[2]:
        return f"{month[2]}-{int(month[1]):02}"
    return text


def _words(text: str) -> str:
    """Short forms in the words of plans: `h1` is `6 tháng đầu năm`, `III` is `quý III`, `t9` is `tháng 9`."""
    names = {"h1": "6 tháng đầu năm", "h2": "6 tháng cuối năm", "9m": "9 tháng đầu năm"}
    if part := _PART.fullmatch(text):
        return names.get(part[1], phrase(text))
    if named := _QUARTER.fullmatch(text):
        return f"quý {named[1]}" + (f" năm {named[2]}" if named[2] else "")
    if (month := _MONTH.fullmatch(text)) and month[3]:
        return f"tháng {month[3]}"
    if months := _FIRST_MONTHS.fullmatch(text):
        return f"{months[1]}tháng đầu năm"
    marked = (_MARKED.get(word, word) for word in text.removeprefix("quarter ").split(" "))
    return phrase(" ".join(("quý", *marked) if text.startswith("quarter ") else marked))


def _is_one_stretch(when: When) -> bool:
    """Whether words name one stretch of days of some year, and not the time before it or something that recurs."""
    atoms = [atom for span in when.spans for atom in span]
    is_plain = not any(atom.is_before or atom.words.get("next") for atom in atoms)
    return len(when.spans) == 1 and is_plain and not when.is_open and not when.is_each


def asked_states(typed: Sequence[str], names: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The codes of states, given as codes or words, several parted by commas: `["quá hạn, missed"]`.

    `names` has for each code its words in all languages, in the order of `LANGUAGES`: `{"overdue": ("quá hạn",
    "overdue")}`. Capitals, marks and signs between words do not matter (`qua han`). UserError if there is no such
    state, with the nearest or all."""
    known: dict[str, set[str]] = {}
    for code, words in names.items():
        for word in (code, *words):
            for key in (_key(word), bare(_key(word))):
                known.setdefault(key, set()).add(code)
    return frozenset(code for text in typed for code in _states(text, known, names))


def _states(text: str, known: Mapping[str, set[str]], names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The states of a text; words of a state may hold a comma themselves, so the longest name counts."""
    parts = [part for part in text.split(",") if part.strip()]
    while parts:
        for size in range(len(parts), 0, -1):
            name = ",".join(parts[:size])
            found = known.get(_key(name)) or known.get(bare(_key(name))) or set()
            if len(found) == 1:
                yield from found
                del parts[:size]
                break
        else:
            raise _no_state(parts[0].strip(), known, names)


def _no_state(name: str, known: Mapping[str, set[str]], names: Mapping[str, Sequence[str]]) -> UserError:
    near = difflib.get_close_matches(_key(name), known, 1, cutoff=0.7)
    if near and len(known[near[0]]) == 1:
        hint = Message("did you mean '{name}'?", name=next(iter(known[near[0]])))
    else:
        hint = Message("the states are: {names}", names=tuple(_StateName(*one) for one in names.items()))
    return UserError(Message("there is no state '{name}'", name=name), hint)


def _key(text: str) -> str:
    """Words made comparable: lower case, single spaces, no signs (`no_data` as `no data`)."""
    return " ".join(re.findall(r"\w+", plain(text).replace("_", " ")))
