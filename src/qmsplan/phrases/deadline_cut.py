"""Deadline phrases cut into parts: pieces that are each a deadline, and a part without what only says what is done.

`Hoàn thành GPMB toàn bộ 75 ha trong Quý III/2026` is read as `trong Quý III/2026`; `Quý I: báo cáo; Quý II: họp` is two
pieces. `deadline_parse` tries what comes from here and knows what a part means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from qmsplan.model.text import ordinal, phrase, plain
from qmsplan.phrases.calendar_words import LUNAR, WEEKDAY
from qmsplan.phrases.tables import Expression, expression, filled_slots, table_beside

_PATTERNS = filled_slots(table_beside(__file__), {"weekday": WEEKDAY, "lunar": LUNAR})
_QUALITATIVE = frozenset(_PATTERNS["qualitative_words"].split("|"))
"""Words that say how something is done, and name no time."""


def _form(name: str) -> Expression:
    """An expression of `deadline_cut.toml` by its name."""
    return expression(_PATTERNS[name])


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
