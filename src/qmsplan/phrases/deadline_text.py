"""Deadline phrases as texts: in one spelling, cut into parts, and what in them speaks against a day.

Where plans have several spellings, `hàng năm` stands for `mỗi năm` and `thường niên`; English ones are put into the
words of the Vietnamese forms: `by the end of June 2026` is `đến cuối tháng 6/2026`. A phrase with a letter that English
has not is left as it is. `Hoàn thành GPMB toàn bộ 75 ha trong Quý III/2026` is read as `trong Quý III/2026`; `Quý I:
báo cáo; Quý II: họp` is two pieces, which `deadline_parse` tries and whose meaning it knows. It asks `objection` once a
phrase is understood, so that `Thứ Hai, ngày 15/5/2026`, a Friday, is refused and not read by half."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period, no_such_day, real_day
from qmsplan.model.text import bare, ordinal, phrase, plain
from qmsplan.phrases.calendar_parse import read_when
from qmsplan.phrases.calendar_words import LUNAR, WEEKDAY, weekday_number
from qmsplan.phrases.deadline import Deadline, DeadlineKind, apart
from qmsplan.phrases.tables import Expression, expression, filled, filled_slots, table_beside

_TABLE = table_beside(__file__)
_PATTERNS = filled_slots(_TABLE["parts"] | _TABLE["against"], {"weekday": WEEKDAY, "lunar": LUNAR})
_SLOTS = filled_slots(_TABLE["slots"], {"weekday": WEEKDAY, "lunar": LUNAR})

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


def _counted_list(found: re.Match[str]) -> str:
    """`trong tháng 5, 6` for `trong 2 tháng 5, 6`, whose number says how many there are. Where it may be a day as well
    (`3 tháng 6, 7, 8`), or says another number, a question mark stands for it, which no form reads."""
    is_count = len(_MEMBERS.split(found["listed"])) == int(found["count"])
    if not found["led"]:
        return found[0].replace(found["count"], "?", 1) if is_count else found[0]
    return f"trong {'' if is_count else '? '}{found['unit']} {found['listed']}{found['year'] or ''}"


_MEMBERS = re.compile(",? và |, ?")
_FUNCTIONS: dict[str, Callable[[re.Match[str]], str]] = {
    "date": _date,
    "day_of_each": _day_of_each,
    "counted_list": _counted_list,
}
_SPELLINGS = tuple(
    (Expression(filled(wanted, _SLOTS)), _FUNCTIONS.get(written) or written) for wanted, written in _TABLE["spellings"]
)
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


def _form(name: str) -> Expression:
    """An expression of `parts` or `against` in `deadline_text.toml` by its name."""
    return expression(_PATTERNS[name])


# Parts of a phrase.

_QUALITATIVE = frozenset(_PATTERNS["qualitative_words"].split("|"))
"""Words that say how something is done, and name no time."""


def rounds_apart(typed: str) -> str:
    """A phrase with a semicolon between rounds that only a dash parts."""
    return _form("rounds").sub("; ", typed)


def is_qualitative(text: str) -> bool:
    """True for words such as `kịp thời`, which say how something is done and name no time."""
    return plain(text) in _QUALITATIVE


class Piece(NamedTuple):
    """A piece of a phrase, and the separator that stood before it."""

    joint: str
    text: str


def pieces(typed: str) -> tuple[Piece, ...]:
    """A phrase cut at line ends, semicolons, commas, `và`, but never inside brackets."""
    found: list[Piece] = []
    for line in typed.split("\n"):
        found += (
            piece for piece in _pieces_of(phrase(line)) if piece.text
        )  # a line's first piece is joined to the line before by its end
    return tuple(found)


def _pieces_of(line: str) -> Iterator[Piece]:
    depth, start, joint = 0, 0, "\n"
    for match in _form("separator").finditer(line):
        if match[0] in "()":
            depth = max(depth + (1 if match[0] == "(" else -1), 0)
        elif depth == 0 and not _says_by_when(line, match.start()):
            yield Piece(joint, line[start : match.start()].strip())
            start, joint = match.end(), match[0]
    yield Piece(joint, line[start:].strip())


def _says_by_when(line: str, comma: int) -> bool:
    """True for the comma of `theo kế hoạch, chậm nhất 30/6`."""
    latest = expression(", (?:chậm nhất|muộn nhất|trước) ").match(line, comma)
    return latest is not None and line[:5].lower() == "theo "


def joined(cut: Sequence[Piece]) -> str:
    """Some pieces put together again."""
    return cut[0].text + "".join(piece.joint + piece.text for piece in cut[1:])


def readings(text: str) -> Iterator[str]:
    """A part as it stands, then without what only says what is due: a bullet, a label, a remark in brackets. Each is
    looked for once those before it were not understood."""
    told: set[str] = set()
    for reading in _readings(text):
        if reading not in told:
            told.add(reading)
            yield reading


def _readings(text: str) -> Iterator[str]:
    bullet = _form("bullet").fullmatch(text)
    text = bullet["rest"] if bullet else text
    yield text
    yield from _without_doing(text)
    if label := _form("label").fullmatch(text):
        if not _form("timed").search(label["label"]):
            yield label["rest"]
            yield from _without_doing(label["rest"])
        if not _names_time(label["rest"]):
            yield _of_year(label["label"].strip())
    whose = expression(r"(?P<rest>.+?),? đối với (?P<whose>[^0-9(),;:]+)").fullmatch(text)
    if whose and not _names_time(whose["whose"]):  # `trước 30/6 đối với cấp xã`
        yield whose["rest"]
    remark = _form("remark").fullmatch(text)
    if remark and _says_no_time(remark["remark"], remark["rest"]):
        yield remark["rest"]
        yield from _without_doing(remark["rest"])
    hurried = _form("hurried").fullmatch(text)
    if hurried and not _form("not_hurried").search(hurried["words"]):
        yield hurried["rest"]
    place = _form("place").fullmatch(text)
    if place and not _form("no_place").search(place["place"]):
        yield place["rest"]


_LONGEST_DEED = 100
_MOST_VERBS = 3
"""Verbs in a phrase before which its time is looked for."""
_LAST_QUARTER = 9
"""A result so many months later is that of the year before: `tháng 01, báo cáo quý IV`."""


def _of_year(text: str) -> str:
    """A number that can only be a year as one: `2028` of `Sơ kết 2028`."""
    return f"năm {text}" if expression("20[0-9]{2}").fullmatch(text) else text


def _without_doing(text: str) -> Iterator[str]:
    before = _form("done_before").match(text)
    if before and before.end() < len(text):
        yield _of_year(text[before.end() :])
    if after := _form("done_behind").fullmatch(text):
        yield after["rest"]
    yield from _without_deed(text)
    if expression(r"[^\W\d_]|[0-9]{1,3} ?%").match(text):
        yield from _from_its_time_on(text)


def _from_its_time_on(text: str) -> Iterator[str]:
    """A part from each word on that may begin its time, behind words for what is done."""
    for bound in _form("begun_behind").finditer(text, 1, _LONGEST_DEED):
        if _form("no_deed").search(text, 0, bound.start()):
            break
        is_mere = bound[0] == "ngày" or bound[0][0].isdecimal()
        if is_mere and _form("no_deed_day").search(text, 0, bound.start()):
            continue
        if bound[0][0].isdecimal() and not expression(r"\w+[ -]\w").match(text[: bound.start()]):
            continue  # `Quá 30/6/2026`
        yield text[bound.start() :]


def _without_deed(text: str) -> Iterator[str]:
    """A time without the words behind it for what is done in it, which may be about another time, as papers are. A
    paper's year may be the year of the time too, unless that names its own."""
    for verb in islice(_form("deed").finditer(text, 1), _MOST_VERBS):
        time, deed = text[: verb.start()].rstrip(",:"), text[verb.start() :]
        if _form("all_year").fullmatch(time) and _form("again").fullmatch(deed):
            return
        paper = _form("of_paper").search(deed)
        is_plan = paper and _form("plan").search(paper["paper"])
        if paper and not is_plan and _is_later(time, deed[paper.end("paper") :]):
            return
        if paper and paper["year"] and not expression("20[0-9]{2}").search(time):
            return
        deed = deed[: paper.end("paper")] if paper else deed
        is_own = expression(r"(?<!\w)(?:theo|khi|sau|nếu)(?!\w)").search(time)
        if _names_time(time) and not is_own and not _form("no_deed").search(deed):
            yield time


def _is_later(time: str, other: str) -> bool:
    """True for the time of a result that can't be what this is about, for it is later than the one before it: `Xong
    trong quý I, báo cáo trong quý II`, `Giai đoạn 2026 - 2030, sơ kết năm 2028`."""
    begun = expression("(20[0-9]{2}) ?(?:-|đến) ?(?:năm )?20[0-9]{2}$").search(time)
    other = expression("(?<=20[0-9]{2}) ?- ?20[0-9]{2}$").sub("", other)
    first, last = _form("stretch").search(time), _form("stretch").search(other)
    if first is None or last is None:
        return False
    if first["year"] and last["year"] and (begun or first["year"] != last["year"]):
        return (begun[1] <= last["year"] < first["year"]) if begun else (last["year"] > first["year"])
    if not (first["part"] and last["part"]):
        return False
    months = _last_month(last) - _last_month(first)
    return 0 < months < (12 if expression("(?:trong|vào) ").match(other.strip(", ")) else _LAST_QUARTER)


def _last_month(stretch: re.Match[str]) -> int:
    return (ordinal(stretch["number"]) or 0) * (3 if stretch["part"].lower() == "quý" else 1)


def names_deed(text: str) -> bool:
    """True for words that can be what is done, for they say nothing of the time: `tổ chức hội nghị`."""
    return not _form("no_deed").search(text)


class DatedPaper(NamedTuple):
    """A plan or a result beside whose own time another one says when it is due: `dự toán năm 2027` of `Xây dựng dự
    toán năm 2027 trong tháng 7`."""

    rest: str
    """The phrase without the paper's time."""
    time: str
    is_result: bool
    """True for what is made when its time is over."""


def dated_paper(text: str) -> DatedPaper | None:
    """The first paper of a text that names its own year; None if there is none."""
    found = _form("dated_paper").search(text)
    if found is None:
        return None
    is_result = _form("result").search(text, 0, found.end("paper")) is not None
    return DatedPaper(text[: found.end("paper")] + text[found.end() :], found["time"], is_result)


def _says_no_time(remark: str, rest: str) -> bool:
    """True for a remark that sets no time of its own beside the one that stands before it."""
    if _form("otherwise").search(remark):
        return False
    called = _form("called").fullmatch(remark)
    if called and not _names_time(called["words"]):
        return all(found[0] in rest for found in expression("[0-9]{4}").finditer(called["years"]))
    return not _names_time(remark) or any(_form(name).fullmatch(remark) for name in ("named_day", "cited", "carried"))


def _names_time(text: str) -> bool:
    return _form("times").search(text) is not None


# What speaks against a deadline.


def _misnamed_day(text: str, found: Deadline) -> str:
    """The words that name a day by another day of the week than it is: `Thứ Hai, ngày 15/5/2026`; "" if none. Of a day
    without a year any year of the deadline will do."""
    years = {(entry.due or entry.period.end).year for entry in found.occurrences}
    for name in ("named_before", "named_behind"):
        for match in _form(name).finditer(text):
            named = weekday_number(match["name"])
            day, month = int(match["day"]), int(match["month"])
            known = {int(match["year"])} if match["year"] else years
            meant = [one for year in known if (one := real_day(year, month, day))]
            if meant and not any(one.weekday() == named for one in meant):
                return match[0]
    return ""


_TIME_WORDS = {bare(word): word for word in _PATTERNS["time_words"].split()}
_OTHER_WORDS = frozenset(_PATTERNS["other_words"].split())


def misspelt(text: str) -> UserError | None:
    """The fault of a word that is one for times but for its marks: `trươc` for `trước`. Of words that have a meaning of
    their own only the first of a phrase and those before a number: `Đấu quý III`, `Quỹ II`."""
    words = [match[0].lower() for match in expression(r"[^\W\d_]+").finditer(text)]
    before = list(_form("before_time").finditer(text))
    first = {match["word"].lower() for match in before if match.start() == 0 and match["time"]}
    numbered = {match["word"].lower() for match in before if not match["time"]}
    for word in words:
        meant = _TIME_WORDS.get(bare(word))
        if meant is None or word in {meant, "sáu"} or (word == "ngay" and word not in numbered):
            continue
        is_numbered = word in numbered and meant in {"quý", "tháng", "ngày"}  # not `Thông tư 80/2021/TT-BTC`
        if word not in _OTHER_WORDS or word in first or is_numbered:
            return UserError(
                Message("'{words}' may be '{word}' with other marks", words=word, word=meant),
                Message("did you mean '{name}'?", name=meant),
            )
    return None


def _is_doubled(text: str, found: Deadline) -> bool:
    """True for two readings of one deadline that were taken for two: `dự kiến 15/6, chậm nhất 30/6`, of which only the
    second is due, `02 tháng/lần, bắt đầu từ tháng 3`, which moves the steps, and years with what is due in each of
    them."""
    if expression("24/(?:7|24)").fullmatch(text):  # a day, or all the time?
        return True
    if any(_form(name).search(text) for name in ("focus", "between", "lost_length")):
        return True
    if len(found.occurrences) < 2:
        return False
    if found.kind is DeadlineKind.COMBINED:
        return any(_form(name).fullmatch(text) for name in ("opened", "years_of_each"))
    beside = _form("last_beside").fullmatch(text)
    is_once = found.kind in {DeadlineKind.DATE, DeadlineKind.PERIOD}
    return is_once and beside is not None and not _form("latest").search(beside["first"])


def expected_time(text: str) -> str:
    """The time before the last day that something is due on: `quý III` of `Dự kiến quý III, chậm nhất 30/9`."""
    found = _form("expected").fullmatch(text)
    return standard(found["time"]) if found else ""


def objection(typed: str, text: str, found: Deadline, plan: Period) -> UserError | None:
    """What speaks against that a phrase is due as it was understood; `text` is the phrase as the forms have read it."""
    if slip := misspelt(text):
        return slip
    if misnamed := _misnamed_day(text, found):
        return no_such_day(misnamed)
    if half := _form("half_lunar").search(text):
        return UserError(
            Message("'{day}' may be a day of the lunar calendar like the one behind it, or not", day=half["day"]),
            Message("write 'âm lịch' behind each day of the lunar calendar, and the year behind the others"),
        )
    if found.kind is DeadlineKind.COMBINED and _form("step_before").fullmatch(text):  # `thường xuyên; trước 15/6`
        return UserError(
            Message("'{words}' may be the last day of what goes on, or the day of something else", words=typed),
            Message("write 'thường xuyên đến 15/6', 'ngày 15 hàng tháng' or 'thường xuyên; báo cáo trước 15/6'"),
        )
    when = read_when(standard(text))
    if when and (when.goes_on or (len(plan.years()) > 1 and (when.is_turned or when.is_over_new_year))):
        return UserError(
            Message("'{phrase}' may go on in the next year, or not", phrase=typed),
            Message("write the year behind each time"),
        )
    return apart(typed) if _is_doubled(text, found) else None


_WRITTEN_DAY, _LUNAR = _form("written_day"), _form("behind_day")
_LEAP = 2024


def impossible_days(text: str) -> Iterator[str]:
    """The days that a text names and that do not exist, as typed: `ngày 31/02/2026`."""
    if "/" not in text and "ngày" not in text.lower():  # most lines
        return
    for match in _WRITTEN_DAY.finditer(text):
        told = [match[name] for name in match.re.groupindex]
        day, month, year = next(told[start : start + 3] for start in range(0, 12, 3) if told[start] is not None)
        if _LUNAR.match(text, match.end()):
            continue
        if not real_day(int(year or _LEAP), int(month), int(day)):
            yield match[0]
