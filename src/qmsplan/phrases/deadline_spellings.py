"""Deadlines in one spelling where plans have several, `hàng năm` for `mỗi năm` and `thường niên`, without hours; and
English ones in the words of the Vietnamese forms: `by the end of June 2026` is `đến cuối tháng 6/2026`.

A row of ENGLISH is an expression and what stands for it; the rows are applied one after the other. A phrase with a
letter that English has not is left as it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from qmsplan.diagnostics import Message, UserError
from qmsplan.phrases.calendar_words import LUNAR, WEEKDAY
from qmsplan.phrases.tables import Expression, filled, filled_slots, table_beside

_NAMES = "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)?"
_MONTHS = (*_NAMES.split(), "nov(?:ember)?", "dec(?:ember)?")
_ANY_MONTH = rf"(?:{'|'.join(_MONTHS)})(?!\w)\.?"
_NAME = Expression(_ANY_MONTH)
_MONTH = f"(?P<month>{_ANY_MONTH})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?!\w)"
_YEAR = r"(?:,?[ -](?P<year>20[0-9]{2}))?(?!\w)"
_DAYS = {"monday": "hai", "tuesday": "ba", "wednesday": "tư", "thursday": "năm", "friday": "sáu", "saturday": "bảy"}
_ANY_WEEKDAY = "|".join((*_DAYS, "sunday"))
_TIMES = {"once": "1", "twice": "2", "three times": "3", "four times": "4", "six times": "6"}
_ORDER = {"first": "1", "second": "2", "third": "3", "fourth": "4", "1st": "1", "2nd": "2", "3rd": "3", "4th": "4"}
_UNITS = {"year": "năm", "quarter": "quý", "month": "tháng", "week": "tuần", "day": "ngày"}
_LY = {"annual": "năm", "year": "năm", "quarter": "quý", "month": "tháng", "week": "tuần", "dai": "ngày"}


def _date(found: re.Match[str]) -> str:
    month = next(
        number for number, name in enumerate(_MONTHS, 1) if re.fullmatch(name, found["month"].lower().rstrip("."))
    )
    parts = found.groupdict()
    end = f"/{parts['year']}" if parts.get("year") else ""
    return f"{parts['day']}/{month}{end}" if parts.get("day") else f"tháng {month}{end}"


def _day_of_each(found: re.Match[str]) -> str:
    """`15 June and December` as `15 June and 15 December`."""
    return _NAME.sub(lambda month: f"{found['day']} {month[0]}", found["months"])


def _weekday(found: re.Match[str]) -> str:
    name = _DAYS.get(found["name"].lower())
    return f"{f'thứ {name}' if name else 'chủ nhật'} hàng tuần"


# fmt: off
ENGLISH: tuple[tuple[Expression, str | Callable[[re.Match[str]], str]], ...] = tuple(
    (Expression(rf"(?<!\w)(?:{pattern})"), written) for pattern, written in (
        (rf"(?:the )?{_DAY}(?: of)? (?P<months>{_ANY_MONTH}(?:(?:,| and|, and) {_ANY_MONTH})+)(?! [0-9]{{1,2}}(?!\w))",
         _day_of_each),
        (rf"(?:the )?{_DAY}(?: of)?[ -]{_MONTH}{_YEAR}", _date),
        (rf"{_MONTH} {_DAY}{_YEAR}", _date),
        (rf"(?!may(?! [0-9]|$)){_MONTH}{_YEAR}", _date),
        (rf"(?:every|each|on) (?P<name>{_ANY_WEEKDAY})s?(?!\w)", _weekday),
        (r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)(?: day)? of (?=(?:each|every|the) )", r"ngày \1 "),
        (r"h1(?!\w)|(?:the )?first half(?: of)?(?!\w)", "6 tháng đầu năm"),
        (r"h2(?!\w)|(?:the )?second half(?: of)?(?!\w)", "6 tháng cuối năm"),
        (r"6 tháng (đầu|cuối) năm (?:the )?year", r"6 tháng \1 năm"),
        (rf"(?:the )?({'|'.join(_ORDER)}) quarter(?: of)?(?!\w)", lambda found: f"quý {_ORDER[found[1].lower()]}"),
        (r"quarter ([1-4]|i{1,3}|iv)(?!\w)", r"quý \1"),
        (r"(?:the )?(?:end of (?:the )?year|year[ -]end)(?!\w)", "cuối năm"),
        (r"after (?:the )?end of (?:(?:each|every|the) )?", "sau khi kết thúc "),
        (r"(?:starting|beginning|starts?|begins?) (?:in|from|on)(?!\w)|(?:starting|begins?)(?!\w)", "bắt đầu từ"),
        (r"(?:the )?(?:early|beginning|start)(?: in| of)?(?!\w)(?: the)?", "đầu"),
        (r"(?:the )?(?:mid|middle)(?: of)?(?!\w)(?:-| the)?", "giữa"),
        (r"(?:the )?(?:late|end)(?! of (?:the )?next)(?: in| of)?(?!\w)(?: the)?", "cuối"),
        (rf"({'|'.join(_TIMES)}|[0-9]{{1,2}} times?)(?: a| per| each| every)? (year|quarter|month|week)(?!\w)",
         lambda found: f"{_TIMES.get(found[1].lower()) or found[1].split()[0]} lần/{_UNITS[found[2].lower()]}"),
        (r"once (?=each |every )", ""),
        (rf"({'|'.join(_LY)})ly(?!\w)|annually(?!\w)", lambda found: f"hàng {_LY[(found[1] or 'annual').lower()]}"),
        (rf"(?:the )?(?:next|following) ({'|'.join(_UNITS)})(?!\w)", lambda found: f"{_UNITS[found[1].lower()]} sau"),
        (r"(?:the )?(?:last|previous) working day of", "ngày làm việc cuối cùng của"),
        (r"(?:working|business) days?(?!\w)", "ngày làm việc"),
        (rf"(?:each|every) ([0-9]{{1,2}}) ({'|'.join(_UNITS)})s?(?!\w)",
         lambda found: f"mỗi {found[1]} {_UNITS[found[2].lower()]}"),
        (rf"(?:each|every) ({'|'.join(_UNITS)})(?!\w)", lambda found: f"hàng {_UNITS[found[1].lower()]}"),
        (rf"(?<=[0-9] )({'|'.join(_UNITS)})s?(?!\w)", lambda found: _UNITS[found[1].lower()]),
        (r"(?<=[0-9] )hours?(?!\w)", "giờ"),
        (rf"(đầu|giữa|cuối|kết thúc|của) (?:the )?({'|'.join(_UNITS)})(?!\w)",
         lambda found: f"{found[1]} {_UNITS[found[2].lower()]}"),
        (r"(?:on-?going|continuous(?:ly)?|at all times|permanent(?:ly)?|all the time)(?!\w)", "thường xuyên"),
        (r"(?:on|upon) request(?!\w)|(?:when|if|as) (?:required|requested)(?!\w)", "khi có yêu cầu"),
        (r"(?:when|if|as|where) (?:needed|necessary)(?!\w)", "khi cần thiết"),
        (r"by (?=ngày)", "chậm nhất "),
        (r"(?:no|not) later than(?!\w)", "chậm nhất"),
        (r"until(?!\w)|till(?!\w)|by(?!\w)", "đến"),
        (r"(?:before|prior to)(?!\w)(?: the(?!\w))?", "trước"),
        (r"(giờ|ngày làm việc|ngày|tuần|tháng) of (?:an?|the) ", r"\1 sau khi "),
        (r"(?:after|following|upon) (?=[0-9])", "sau "),
        (r"(?:after|following|upon|once) (?!in (?:20|q[1-4]|quý|tháng))(?:the )?", "sau khi "),
        (r"when (?:the )?", "khi "),
        (r"(?:from|since)(?!\w)", "từ"),
        (r"(?:within|during)(?!\w)|in (?=20|q[1-4]|quý|tháng|[0-9])", "trong "),
        (r"throughout(?!\w)", "suốt"),
        (r"(?:except|but not)(?!\w)", "trừ"),
        (r"not(?!\w)", "không"),
        (r"(?<=[0-9] )(?:to|through) (?=[0-9qt])", "đến "),
        (r"(?:đến|trong|trước) +(?=20[0-9]{2}(?![\w-]))", lambda found: f"{found[0].strip()} năm "),
        (r"(?:on|the) (?=[0-9]|tháng|quý|q[1-4])", ""),
        (r"and(?= (?:q[1-4]|[0-9]|tháng|quý|hàng|cuối|đầu))", "và"),
    )
)
# fmt: on
"""Expressions and what stands for them."""
_WORDS = Expression(
    rf"(?<!\w)(?:{_ANY_WEEKDAY}|{'|'.join(_MONTHS)}|h[12]|by|before|after|upon|from|since|until|within|during|throughout|in|on|the|of"
    r"|and|q[1-4]|early|late|mid|end|start|beginning|each|every|once|twice|times|days?|weeks?|months?|quarter|years?|hours?"
    r"|annually|yearly|quarterly|monthly|weekly|daily|ongoing|on-going|continuous(?:ly)?|permanent(?:ly)?|when|where|if|as|no"
    r"|not|except|first|second|half|following|prior)(?!\w)"
)
EXAMPLES = ("30 June 2026", "by the end of Q3 2026", "Q1 and Q3 2026", "every month", "twice a year", "ongoing")
"""English deadlines as a hint shows them."""


def fault_in_english(fault: UserError, typed: str) -> UserError:
    """A fault of an English phrase with that in place of the Vietnamese words that it was read as, and with a hint of
    English forms: `after Q3` in place of `quý 3`."""
    read = {name: typed for name, value in fault.message.values if isinstance(value, str) and not value.isascii()}
    is_hint_english = fault.hint and f"{fault.hint.template} {dict(fault.hint.values)}".isascii()
    hint = Message("forms that are understood: {forms}", forms="; ".join(EXAMPLES))
    return UserError(fault.message.filled(**read), fault.hint if is_hint_english else hint)


def is_english(text: str) -> bool:
    """True for a phrase with English words, and with no letter that English has not: `by June 2026`."""
    return text.isascii() and _WORDS.search(text) is not None


def in_vietnamese(text: str) -> str:
    """An English deadline in the words of the Vietnamese forms; any other phrase as it is."""
    if not is_english(text):
        return text
    for wanted, written in ENGLISH:
        text = wanted.sub(written, text)
    return " ".join(text.split())


_TABLE = table_beside(__file__)
_SLOTS = filled_slots(_TABLE["slots"], {"weekday": WEEKDAY, "lunar": LUNAR})
_SPELLINGS = tuple((Expression(filled(wanted, _SLOTS)), written) for wanted, written in _TABLE["spellings"])


def standard(text: str) -> str:
    """A calendar phrase with one spelling where plans have several: `hàng năm` for `từng năm`; without its hours."""
    for wanted, written in _SPELLINGS:
        text = wanted.sub(written, text)
    return text.strip()
