"""Vietnamese text: made comparable, numbers in words, days and periods as readers write them, documents that it cites.

`plain` and `phrase` are what names, deadlines and targets are compared by; `short_date`, `period_text` and
`decimal_text` are used by every output and document."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from qmsplan.diagnostics import day_text
from qmsplan.model.period import Period, month_count, real_day, school_time

CAPITALS = f"A-ZÀ-ÝĂĐĨŨƠƯ{''.join(map(chr, range(ord('Ạ'), ord('Ỹ') + 1, 2)))}"
"""Capital letters, for the brackets of a pattern: in `Ạ-Ỹ` the small ones stand between them."""
_DASHES = re.compile("[‐‑–—−]")
_SOFT_HYPHEN = "\u00ad"
_SYNONYMS = (
    (r"\bhằng\b", "hàng"),
    (r"\b(?:quí|qúy|qúi)\b", "quý"),
    (r"\bkì\b", "kỳ"),
    (r"\bq(?:\. ?(?=[ivx\d])|(?=[ivx]{1,4}\b|[0-9]{1,2}\b))", "quý "),
)
_TONE_PAIRS = (
    *("òa oà", "óa oá", "ỏa oả", "õa oã", "ọa oạ"),
    *("òe oè", "óe oé", "ỏe oẻ", "õe oẽ", "ọe oẹ"),
    *("ùy uỳ", "úy uý", "ủy uỷ", "ũy uỹ", "ụy uỵ"),
)
_TONES = {new: old for old, new in (pair.split() for pair in _TONE_PAIRS)}
_NEW_TONES = re.compile("(?:" + "|".join(_TONES) + ")(?<![qQ]..)")
"""A newer spelling that does not follow q. What stands before it is looked at last: at each letter of a text it would
take six times as long."""
_ONE_TO_TWELVE = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười_một", "mười_hai"]
NUMBERS = {word.replace("_", " "): number for number, word in enumerate(_ONE_TO_TWELVE, 1)} | {"tư": 4}
"""Numbers in words, as plans write them: `mười một` is 11."""
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def plain(text: str) -> str:
    """A text made comparable: lower case, NFC, single spaces, plain dashes, tone marks in the older place (`hoà` as
    `hòa`), no sign at its end."""
    return _tidy(text.lower())


def _tidy(text: str) -> str:
    dashed = _DASHES.sub("-", unicodedata.normalize("NFC", text).replace(_SOFT_HYPHEN, ""))
    return _NEW_TONES.sub(_older_tone, " ".join(dashed.split())).rstrip(" .;,:")


def _older_tone(match: re.Match[str]) -> str:
    """`oà` as `òa` at a word's end; before another letter (`hoàn`) or after q (`quý`) the mark has only one place."""
    following = match.string[match.end() : match.end() + 1]
    return match.group() if following.isalpha() else _TONES[match.group()]


def phrase(text: str) -> str:
    """The text of a deadline or target made comparable like `plain`, but in its own case, and with one spelling where
    plans have several: `hằng năm` as `hàng năm`, `Q3` as `quý 3`."""
    folded = _tidy(text)
    for variant, standard in _SYNONYMS:
        folded = re.sub(variant, standard, folded, flags=re.IGNORECASE)
    return folded


def bare(text: str) -> str:
    """A text in lower case without marks, as it is typed where the keyboard has no Vietnamese: `Quá hạn` as
    `qua han`."""
    letters = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def entries(text: str) -> list[str]:
    """The entries of a list that is parted by commas, over several lines maybe: `năm, quý, phụ lục`."""
    return " ".join(text.split()).split(", ")


def count(text: str) -> int:
    """A number in digits or words: 2 for `02`, `2` and `hai`; 0 if it is no number."""
    folded = text.lower()
    return int(folded) if folded.isascii() and folded.isdecimal() else NUMBERS.get(folded, 0)


def ordinal(text: str) -> int | None:
    """A number in Roman or Arabic numerals: 3 for `III`, `iii` and `3`; None if it is neither."""
    folded = text.lower()
    return int(folded) if folded.isascii() and folded.isdecimal() else ROMAN.get(folded)


def period_text(period: Period, language: str) -> str:
    """A period for readers: `quý III năm 2026` in Vietnamese; in English the period's code (`2026-Q3`), or `term I of
    the school year 2025-2026`."""
    if school := school_time(period):
        first, term = school
        if language != "vi":
            return f"{f'term {roman(term)} of the ' if term else ''}school year {first}-{first + 1}"
        return f"{f'học kỳ {roman(term)} ' if term else ''}năm học {first} - {first + 1}"
    if language != "vi":
        return period.code
    if period.start == period.end:
        return f"ngày {short_date(period.start, language)}"
    if "/" in period.code:
        return f"từ {short_date(period.start, language)} đến {short_date(period.end, language)}"
    return _code_in_words(period.code)


def short_period(period: Period, language: str) -> str:
    """A period where there is little room: `quý III/2026`, in English `2026-Q3`."""
    return re.sub(r"^(quý|tháng) (\w+) năm ", r"\1 \2/", period_text(period, language))


def short_periods(periods: Iterable[Period], language: str) -> str:
    """Periods in order where there is little room, three months or quarters of a year running in one: `tháng 1–6/2026,
    quý IV/2026`, in English `2026-01 to 2026-06, 2026-Q4`."""
    runs: list[list[Period]] = []
    for period in periods:
        last = runs[-1][-1] if runs else None
        is_next = last is not None and last.end + timedelta(1) == period.start and last.start.year == period.start.year
        if last and is_next and month_count(last) == month_count(period) < 6:
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(_run(run, language) for run in runs)


def _run(run: Sequence[Period], language: str) -> str:
    words = [short_period(period, language) for period in run]
    if len(run) < 3:
        return ", ".join(words)
    if language != "vi":
        return f"{words[0]} to {words[-1]}"
    return f"{words[0].partition('/')[0]}–{words[-1].partition(' ')[2]}"


class PeriodWords(NamedTuple):
    """A period in a message: `quý III năm 2026` in Vietnamese, its code in English. Where a code is to be typed, the
    code itself goes into the message."""

    period: Period

    def in_words(self, language: str) -> str:
        """What stands in a message of a language."""
        return period_text(self.period, language)


class Figures(NamedTuple):
    """A number in a message, or the range that it may lie in: `31.8`, `10–12.7`; in Vietnamese `31,8`."""

    low: float
    high: float | None = None

    def in_words(self, language: str) -> str:
        """What stands in a message of a language."""
        text = "–".join(f"{end:g}" for end in dict.fromkeys(self) if end is not None)
        return text.replace(".", ",") if language == "vi" else text


def _code_in_words(code: str) -> str:
    year, _, part = code.partition("-")
    if len(part) == 4:
        return f"giai đoạn {year} - {part}"
    names = {"": "", "H1": "6 tháng đầu ", "H2": "6 tháng cuối ", "9M": "9 tháng "}
    if part in names:
        return f"{names[part]}năm {year}"
    if part.startswith("Q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(part[1]) - 1]} năm {year}"
    return f"tháng {int(part)} năm {year}"


def short_date(day: date | None, language: str) -> str:
    """`09/02/2026` and `31/3/2026` in Vietnamese, ISO 8601 in English; "" if there is none."""
    return day_text(day, language) if day else ""


def shown_value(value: Decimal, bounds: Iterable[Decimal] = (), places: int = 2) -> Decimal:
    """A value as it is shown: rounded to two decimals, 97.826 to 97.83.

    `bounds` are what a reader holds it against, such as its target. Where rounding would carry the value over one of
    them or onto it, it gets as many decimals as keep it apart: 99.998 of a target of 100 stays 99.998, and 2.0004 of at
    most 2 is 2.0004."""
    held = tuple(bounds)
    has_places = -int(value.as_tuple().exponent)
    for count in range(places, max(places + 1, has_places)):
        rounded = value.quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP)
        if all(_side(rounded, _ended(bound, count)) == _side(value, bound) for bound in held):
            return rounded + 0
    return value


def _ended(bound: Decimal, places: int) -> Decimal:
    """A bound as people know it: two thirds, whose digits never end, with as many as the value is shown with."""
    is_endless = -int(bound.as_tuple().exponent) > _MOST_TYPED
    return bound.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if is_endless else bound


_MOST_TYPED = 10
"""Nobody types a target with more decimals; what has more was divided."""


def _side(value: Decimal, bound: Decimal) -> int:
    return (value > bound) - (value < bound)


def number_text(value: Decimal, language: str) -> str:
    """A number with all its decimals, as typed; with the comma in Vietnamese."""
    text = f"{value:f}"
    return text.replace(".", ",") if language == "vi" else text


def decimal_text(value: Decimal, language: str, bounds: Iterable[Decimal] = ()) -> str:
    """A value as it is shown (see `shown_value`), without zeros at its end; with the comma in Vietnamese: `96,92`."""
    text = f"{shown_value(value, bounds):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "vi" else text


_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")


def figure_text(value: Decimal, bounds: Iterable[Decimal] = ()) -> str:
    """A value as documents print it, with points between thousands: `1.357`, `98,5`. Not where it may be typed again:
    `1.357` could be read in two ways."""
    whole, comma, rest = decimal_text(value, "vi", bounds).partition(",")
    return _THOUSANDS.sub(".", whole) + comma + rest


def share_text(numerator: int | None, denominator: int) -> str:
    """A part and the whole as documents print them: `920/1.357`."""
    return f"{figure_text(Decimal(numerator or 0))}/{figure_text(Decimal(denominator))}"


_ROMAN_SIGNS = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def roman(number: int) -> str:
    """A number from 1 on in Roman numerals: `XIV` for 14."""
    text = ""
    for value, sign in _ROMAN_SIGNS:
        text += sign * (number // value)
        number %= value
    return text


def shortened(text: str, most: int, *, whole_words: bool = False) -> str:
    """A text of at most so many characters, the last of them `…` if some were cut off.

    With `whole_words` it is cut between two words, and the sign before the cut goes too: `một hai…`."""
    if len(text) <= most:
        return text
    if whole_words and (words := text[:most].rpartition(" ")[0].rstrip(" ,;:.-")):
        return words + "…"
    return text[: most - 1].rstrip() + "…"


def capitalized(text: str) -> str:
    """A text with a capital at its start, the rest as it is: `Quý IV năm 2026`."""
    return text[:1].upper() + text[1:]


def type_in_text(name: str) -> str:
    """The type of a document within a sentence: `Kế hoạch` of `KẾ HOẠCH`; one that is not in capitals as typed."""
    return name.capitalize() if name.isupper() else name


DAY_IN_WORDS = r"(?<!\d)(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>\d{4})(?!\d)"
"""The pattern of a day as the decree has it in the head of a paper: `05 tháng 02 năm 2026`."""
WRITTEN_DAY = DAY_IN_WORDS.replace("tháng", "(?:tháng|[/.-])").replace("năm", "(?:năm|[/.-])")
"""The pattern of a day in words or figures, also beside blanks: `5 tháng 6 năm 2026`, `5/6/2026`, `05.06. 2026`."""


def day_of(match: re.Match[str]) -> date | None:
    """The day of a match of such a pattern; None if the calendar does not have it: `31/02/2026`."""
    return real_day(int(match["year"]), int(match["month"]), int(match["day"]))


_DATED = re.compile(f"ngày {WRITTEN_DAY}")
_LONGEST = 80
"""Characters before the day in which `số` and the number have to stand."""
_NUMBER = re.compile(r"\d+/\S*[^\s,;.]")


def shared_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How many entries two sequences have in common at their beginning, and of the rest at their end."""
    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    left = shorter - first
    return first, next((at for at in range(left) if old[-1 - at] != new[-1 - at]), left)


class Citation(NamedTuple):
    """A document that a text cites: its number with its symbol (`35/BC-TGPL`), its day, and the words that say so from
    the number on."""

    number: str
    day: date
    words: str


@lru_cache(maxsize=4096)
def citations(text: str) -> tuple[Citation, ...]:
    """The documents that a text cites by number and day: `Báo cáo số 35/BC-TGPL ngày 14/4/2026`. A day without a number
    is none: it may be that of a meeting."""
    return tuple(_citations(text)) if "ngày" in text else ()


def _citations(text: str) -> Iterator[Citation]:
    for match in _DATED.finditer(text):
        before = text[max(0, match.start() - _LONGEST) : match.start()].rstrip(" ,").rsplit(None, 2)[-2:]
        is_numbered = len(before) == 2 and before[0].lower().endswith("số") and _NUMBER.fullmatch(before[1])
        if is_numbered and (day := day_of(match)):
            yield Citation(before[1], day, text[text.rindex(before[1], 0, match.start()) : match.end()])


def free_name(base: str, taken: Container[str], joint: str = "-") -> str:
    """A name that is not taken: `KH`, else `KH-2`, `KH-3` and so on."""
    names = (base if number == 1 else f"{base}{joint}{number}" for number in itertools.count(1))
    return next(name for name in names if name not in taken)


def closest(name: str, names: Iterable[str], least: float = 0.6) -> str | None:
    """The name most like another one, for a hint; None if none shares at least that part of its letters (0 to 1)."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, list(names), scorer=fuzz.ratio, score_cutoff=100 * least)
    return found[0] if found else None
