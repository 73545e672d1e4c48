"""Deadlines in one spelling where plans have several, `hàng năm` for `mỗi năm` and `thường niên`, without hours; and
English ones in the words of the Vietnamese forms: `by the end of June 2026` is `đến cuối tháng 6/2026`.

The rows stand in `deadline_spellings.toml`. A phrase with a letter that English has not is left as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from qmsplan.diagnostics import Message, UserError
from qmsplan.phrases.calendar_words import LUNAR, WEEKDAY
from qmsplan.phrases.tables import Expression, filled, filled_slots, table_beside

_TABLE = table_beside(__file__)
_SLOTS = filled_slots(_TABLE["slots"], {"weekday": WEEKDAY, "lunar": LUNAR})
_SPELLINGS = tuple((Expression(filled(wanted, _SLOTS)), written) for wanted, written in _TABLE["spellings"])

_ENGLISH = _TABLE["english"]
_KNOWN: dict[str, dict[str, str]] = _ENGLISH["known"]
_MONTHS: list[str] = _ENGLISH["month_names"].split("|")
_ENGLISH_SLOTS = filled_slots(
    _ENGLISH["slots"],
    {"month_names": _ENGLISH["month_names"], **{name: "|".join(words) for name, words in _KNOWN.items()}},
)


def _date(found: re.Match[str]) -> str:
    typed = found["month"].lower().rstrip(".")
    month = next(number for number, name in enumerate(_MONTHS, 1) if re.fullmatch(name, typed))
    parts = found.groupdict()
    end = f"/{parts['year']}" if parts.get("year") else ""
    return f"{parts['day']}/{month}{end}" if parts.get("day") else f"tháng {month}{end}"


def _day_of_each(found: re.Match[str]) -> str:
    """`15 June and December` as `15 June and 15 December`."""
    return _MONTH.sub(lambda month: f"{found['day']} {month[0]}", found["months"])


_MONTH = Expression(_ENGLISH_SLOTS["month"])
_KNOWN_WORD = re.compile(r"\{([a-z]+):([0-9])\}")


def _written(template: str, found: re.Match[str]) -> str:
    """What stands for an expression: of groups what they caught, for `{units:1}` the word of a table for group 1."""

    def known(name: re.Match[str]) -> str:
        words = found[int(name[2])].lower()
        return _KNOWN[name[1]].get(words, words.split()[0])

    return _KNOWN_WORD.sub(known, found.expand(template))


_FUNCTIONS: dict[str, Callable[[re.Match[str]], str]] = {"date": _date, "day_of_each": _day_of_each}
_IN_VIETNAMESE = tuple(
    (
        Expression(rf"(?<!\w)(?:{filled(wanted, _ENGLISH_SLOTS)})"),
        _FUNCTIONS.get(written) or partial(_written, written),
    )
    for wanted, written in _ENGLISH["rows"]
)
_OWN_WORDS = filled(_ENGLISH["own_words"], _ENGLISH_SLOTS)
_WORDS, _EVENT, _OWN = (
    Expression(filled(words, {**_ENGLISH_SLOTS, "own_words": _OWN_WORDS}))
    for words in (_ENGLISH["words"], _ENGLISH["event"], _OWN_WORDS)
)


def are_own_words(event: str, typed: str) -> bool:
    """True for the words of an event as an English phrase has them; not for `every Friday`, which is a time."""
    return event.lower() in typed.lower() and _OWN.fullmatch(event) is not None


def fault_in_english(fault: UserError, typed: str) -> UserError:
    """A fault of an English phrase with that in place of the Vietnamese words that it was read as, and with a hint of
    English forms: `after Q3` in place of `quý 3`."""
    read = {name: typed for name, value in fault.message.values if isinstance(value, str) and not value.isascii()}
    is_hint_english = fault.hint and f"{fault.hint.template} {dict(fault.hint.values)}".isascii()
    hint = Message("forms that are understood: {forms}", forms=_ENGLISH["examples"])
    return UserError(fault.message.filled(**read), fault.hint if is_hint_english else hint)


def is_english(text: str) -> bool:
    """True for a phrase with English words, and with no letter that English has not: `by June 2026`."""
    return text.isascii() and _WORDS.search(text) is not None


def in_vietnamese(text: str) -> str:
    """An English deadline in the words of the Vietnamese forms, but for the user's own words of an event: `sau khi
    approval by the board`; any other phrase as it is."""
    if not is_english(text):
        return text
    held = _EVENT.fullmatch(text)
    read, event = (held["before"], held["event"]) if held else (text, "")
    for wanted, written in _IN_VIETNAMESE:
        read = wanted.sub(written, read)
    return " ".join(f"{read} {event}".split())


def standard(text: str) -> str:
    """A calendar phrase with one spelling where plans have several: `hàng năm` for `từng năm`; without its hours."""
    for wanted, written in _SPELLINGS:
        text = wanted.sub(written, text)
    return text.strip()
