"""Deadline phrases to deadlines: `understand_deadline("Quý I và quý III/2026", year(2026))`.

A phrase is read as a whole by the forms of `deadline_forms` and NESTED below; else a cell with several deadlines is cut
into pieces that are each understood. Bullets, labels and words that only say what is done (`Báo cáo trước ngày 15/12`)
are left off where a part is not understood with them. `Quý III năm 2026` goes: `whole` -> the row `{when}` of CALENDAR
-> `calendar_parse.read_when` -> `due_when`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.model.structured import DeadlineForm
from qmsplan.model.text import phrase, plain
from qmsplan.phrases.calendar_words import STRETCHES
from qmsplan.phrases.deadline import Deadline, DeadlineKind, DeadlineScope, deadline_of, read_deadline_form
from qmsplan.phrases.deadline_forms import CALENDAR, SLOTS, WORDED, Meaning
from qmsplan.phrases.tables import PhraseRow, PhraseWords, expression, fits, nearest

MOST_PIECES = 12
"""Phrases with more pieces are read as a whole only: the time for any text stays short."""
LONGEST_PIECE = 120
"""Characters up to which several pieces together are tried as one form without the user's own words."""

_DOING = (
    "báo cáo|gửi|nộp|trình|hoàn thành|hoàn thiện|sơ kết|tổng kết|tổ chức|triển khai|xong|thực hiện|xây dựng"
    "|ban hành|tổng hợp|đánh giá|rà soát|kiểm tra|họp|tiến hành|phê duyệt|định kỳ|cập nhật|công bố|lập|duy trì"
    "|kịp thời|đúng tiến độ|đầy đủ"
)
"""Words for what is done at a time, before or behind it: `Hoàn thành trước 30/6`."""
_DONE = "kế hoạch|kết quả|công tác|dự thảo|hồ sơ|nhiệm vụ|số liệu|và|việc|chương trình|đề án"
_DOES = rf"(?:{_DOING})(?!\w)(?:,? (?:{_DOING}|{_DONE})(?!\w))*"
_QUALITATIVE_WORDS = (
    "kịp thời|đúng thời hạn|đúng hạn|đúng tiến độ|đúng quy định|đúng thời gian quy định|ngay|sớm|sớm nhất"
    "|sớm nhất có thể|càng sớm càng tốt|khẩn trương|nhanh chóng|định kỳ|ngay lập tức"
    "|trong thời gian sớm nhất|đảm bảo tiến độ|bảo đảm tiến độ|đúng thời gian|đầy đủ|hiệu quả|kịp tiến độ"
    "|trong thời gian tới|chất lượng|thời gian tới|lâu dài|ngay sau đó|nếu có"
)
_QUALITATIVE = frozenset(_QUALITATIVE_WORDS.split("|"))
"""Words that say how something is done, and name no time."""
# Where a phrase may be cut. A comma before `sau khi` and `theo` is no end: what follows says more of the words before
# it. Brackets are among the separators so that `_pieces_of` can count them; it never cuts there.
_SEPARATOR = (
    r" ?; ?|, (?!(?:ngay )?sau khi |theo )(?:và )?| ?[&+] ?|\. (?=\w)| và "
    r"| (?:và/)?hoặc (?=(?:mỗi )?khi |đột xuất|theo yêu cầu|sau khi )|[()]"
)
_BULLET = r"(?:[-+*•]|[a-zđ]\)|[0-9]{1,2}[.)](?= )) ?(?P<rest>\S.*)"
_LABEL = r"(?P<label>[^:;\n]{1,120}): ?(?P<rest>\S.*)"
# A label that names a time itself (`Hàng năm: trước 15/12`) is no mere label; a remark that does is no mere remark.
_TIMED = r"(?:^|, )(?:quý|tháng|năm|ngày|trước|sau|khi|hàng|từ|đến|thường xuyên|liên tục|theo|định kỳ)\b"
_REMARK = r"(?P<rest>[^()]+?) ?\((?P<remark>[^()]*)\)"
_TIMES = r"[0-9]|\b(?:quý|tháng|năm|ngày|tuần|trước|sau|khi|hàng|trừ|không|từ|đến|thường xuyên|theo)\b"
_VARIANTS = (
    r"\b(?:mỗi|từng)(?= (?:[0-9]{1,2} )?(?:năm|quý|tháng|tuần|ngày)\b)|\bthường niên\b|\bsáu(?= tháng)|\bchín(?= tháng)"
    r"|\bt\.? ?(?=[0-9]{1,2}\b)"
)
_STANDARD = {"mỗi": "hàng", "từng": "hàng", "thường niên": "hàng năm", "sáu": "6", "chín": "9"}


def standard(text: str) -> str:
    """A calendar phrase with one spelling where plans have several: `hàng năm` for `mỗi năm`, `từng năm` and `thường
    niên`; `tháng 6` for `T6`."""
    return expression(_VARIANTS).sub(lambda match: _STANDARD.get(match[0].lower(), "tháng "), text)


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
        found += _pieces_of(phrase(line))  # a line's first piece is joined to the line before by its end
    return tuple(found)


def _pieces_of(line: str) -> Iterator[Piece]:
    depth, start, joint = 0, 0, "\n"
    for match in expression(_SEPARATOR).finditer(line):
        if match[0] in "()":
            depth = depth + 1 if match[0] == "(" else max(depth - 1, 0)
        elif depth == 0:
            if line[start : match.start()].strip():
                yield Piece(joint, line[start : match.start()].strip())
            start, joint = match.end(), match[0]
    if line[start:].strip():
        yield Piece(joint, line[start:].strip())


def joined(cut: Sequence[Piece]) -> str:
    """Some pieces put together again."""
    return cut[0].text + "".join(piece.joint + piece.text for piece in cut[1:])


def readings(text: str) -> Iterator[str]:
    """A part as it stands, then without what only says what is due: a bullet, a label, a remark in brackets."""
    bullet = expression(_BULLET).fullmatch(text)
    text = bullet["rest"] if bullet else text
    yield text
    yield from _without_doing(text)
    if label := expression(_LABEL).fullmatch(text):
        if not expression(_TIMED).search(label["label"]):
            yield label["rest"]
            yield from _without_doing(label["rest"])
        if not _names_time(label["rest"]):
            yield label["label"].strip()
    remark = expression(_REMARK).fullmatch(text)
    if remark and not _names_time(remark["remark"]):
        yield remark["rest"]


def _without_doing(text: str) -> Iterator[str]:
    before = expression(rf"{_DOES},?:? ").match(text)
    if before and before.end() < len(text):
        yield text[before.end() :]
    if after := expression(rf"(?P<rest>[^:]+?),? {_DOES}").fullmatch(text):
        yield after["rest"]


def _names_time(text: str) -> bool:
    return expression(_TIMES).search(text) is not None


LONGEST = 300
"""Characters of a phrase; longer ones are refused. No deadline needs more, and the forms stay fast."""


def _inside(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """What the inner words say of each time that the outer words name."""
    outer = DeadlineParse(scope).nested(words["outer"])
    if outer is None:
        return None
    if outer.kind in {DeadlineKind.CONTINUOUS, DeadlineKind.EVENT, DeadlineKind.COMBINED}:
        inner = DeadlineParse(scope).nested(words["inner"])
        if inner and inner.kind is DeadlineKind.REFERENCE and outer.kind is DeadlineKind.CONTINUOUS:
            return outer._replace(reference=inner.reference)
        return _together(outer, inner) if inner else None
    first, *others = (scope._replace(period=occurrence.period) for occurrence in outer.occurrences)
    reading = DeadlineParse(first)
    found = [reading.nested(words["inner"]), *(reading.again(other) for other in others)]
    return _of_each(outer, [inner for inner in found if inner]) if all(found) else None


def _of_each(outer: Deadline, found: Sequence[Deadline]) -> Deadline:
    is_timed = found[0].kind in {DeadlineKind.DATE, DeadlineKind.PERIOD, DeadlineKind.RECURRING}
    kind = outer.kind if is_timed and outer.kind is DeadlineKind.RECURRING else found[0].kind
    occurrences = (occurrence for deadline in found for occurrence in deadline.occurrences)
    return deadline_of(kind, occurrences)._replace(reference=found[0].reference)


def _together(*found: Deadline) -> Deadline:
    """All that is due in some deadlines."""
    if len(found) == 1:
        return found[0]
    kinds = {deadline.kind for deadline in found}
    occurrences = (occurrence for deadline in found for occurrence in deadline.occurrences)
    reference = next((deadline.reference for deadline in found if deadline.reference), None)
    kind = kinds.pop() if len(kinds) == 1 else DeadlineKind.COMBINED
    return deadline_of(kind, occurrences)._replace(reference=reference)


# fmt: off
NESTED: tuple[PhraseRow[Meaning], ...] = (
    PhraseRow("{outer} ?\\({inner}\\)", _inside,
              "Hàng năm (Sau khi UBND tỉnh ban hành Kế hoạch)",
              "For each time of the words before the brackets, what the words inside say."),
    PhraseRow("(?P<outer>.+?),? (?P<inner>(?:(?:ngay )?sau khi|theo) .+)", _inside,
              "Hàng năm theo văn bản, Kế hoạch của Sở Nội vụ",
              "For each time of the first words, after an event or as another document says."),
)
"""Forms of two deadlines, of which the second says more about the first."""

LABELLED: tuple[PhraseRow[Meaning], ...] = (
    PhraseRow("(?P<outer>[^:;]+): (?P<inner>[^:;]+)", _inside,
              "Hàng năm: trước ngày 15/12",
              "For each time of the words before the colon, what the words after it say."),
)
# fmt: on

FORMS: tuple[PhraseRow[Meaning], ...] = (*CALENDAR, *LABELLED, *WORDED, *NESTED)
_WITHOUT_WORDS = (*CALENDAR, *LABELLED)
_WITH_WORDS = (*WORDED, *NESTED)


class DeadlineParse:
    """One attempt to read a phrase. Faults of forms that fit are kept for the case that nothing else does."""

    def __init__(self, scope: DeadlineScope) -> None:
        self.scope = scope
        self.faults: list[UserError] = []
        self.fit: tuple[PhraseRow[Meaning], PhraseWords] | None = None
        """The form that fitted last, with what its slots caught."""

    def nested(self, text: str) -> Meaning:
        """What a phrase inside another one says; it can't hold a third one."""
        found = self.part(text, CALENDAR) or self.part(text, WORDED)
        if found is None and self.faults:
            raise self.faults[0]
        return found

    def again(self, scope: DeadlineScope) -> Meaning:
        """What the form that fitted last says for another period."""
        return self.fit[0].resolve(self.fit[1], scope) if self.fit else None

    def whole(self, typed: str) -> Meaning:
        """What a phrase says as a whole, else in parts. None if it is not understood."""
        text = phrase(typed)
        is_cell = "\n" in typed.strip()
        found = self._as_it_stands(text, _WITHOUT_WORDS) if is_cell else self.part(text, _WITHOUT_WORDS)
        if found:
            return found
        cut = pieces(typed)
        return self._in_parts(cut) if 1 < len(cut) <= MOST_PIECES else self.part(text, _WITH_WORDS)

    def part(self, text: str, forms: Sequence[PhraseRow[Meaning]]) -> Meaning:
        """What the first form that fits says of a part, if need be without the words that only say what is done."""
        if "\n" in text:
            return self._as_it_stands(text.replace("\n", " "), forms)
        attempts = (self._as_it_stands(reading, forms) for reading in readings(text))
        return next((found for found in attempts if found), None)

    def _as_it_stands(self, text: str, forms: Sequence[PhraseRow[Meaning]]) -> Meaning:
        read = text if forms is WORDED or forms is _WITH_WORDS else standard(text)
        for row, words in fits(forms, SLOTS, read):
            try:
                found = row.resolve(words, self.scope)
            except UserError as fault:
                self.faults.append(fault)
                continue
            if found:
                self.fit = row, words
                return found
        return None

    def _in_parts(self, cut: Sequence[Piece]) -> Meaning:
        """What the pieces say, put together so that each part is understood. `rests[n]` is what the pieces from n on
        say, worked out from the last piece backwards, so that each is looked at once."""
        rests: list[list[Deadline] | None] = [None] * len(cut) + [[]]
        for start in reversed(range(len(cut))):
            rests[start] = self._from(cut, start, rests)
        return _together(*rests[0]) if rests[0] else None

    def _from(self, cut: Sequence[Piece], start: int, rests: Sequence[list[Deadline] | None]) -> list[Deadline] | None:
        """What the pieces from `start` on say: the longest form without own words that leaves a rest which is
        understood, else the shortest form with own words."""
        ends = [end for end in range(start + 1, len(rests)) if rests[end] is not None]
        texts = [joined(cut[start:end]) for end in ends]
        short = [(text, end) for text, end in zip(texts, ends, strict=True) if len(text) <= LONGEST_PIECE]
        for forms, tried in ((_WITHOUT_WORDS, short[::-1]), (_WITH_WORDS, zip(texts, ends, strict=True))):
            for text, end in tried:
                found = self.part(text, forms)
                if found:
                    return [found, *(rests[end] or ())]
        return rests[start + 1] if is_qualitative(cut[start].text) else None


@lru_cache(maxsize=4096)
def understand_deadline(
    typed: str | DeadlineForm, period: Period, conventions: Conventions = CONVENTIONS
) -> Deadline | UserError:
    """A deadline over the plan's period; or the fault, with the forms that are nearest to the phrase."""
    try:
        return (
            _read(typed, DeadlineScope(period, conventions))
            if isinstance(typed, str)
            else read_deadline_form(typed, period)
        )
    except UserError as fault:
        return fault


def _read(typed: str, scope: DeadlineScope) -> Deadline:
    if len(typed) > LONGEST:
        raise UserError(
            Message("a deadline has at most {count} characters", count=LONGEST), Message("move the rest to the note")
        )
    reading = DeadlineParse(scope)
    found = reading.whole(typed)
    if found:
        return found._replace(phrase=typed)
    raise reading.faults[0] if reading.faults else _not_understood(typed)


def _not_understood(typed: str) -> UserError:
    cut = pieces(typed)
    if cut and all(is_qualitative(piece.text) for piece in cut):
        return UserError(
            Message("'{phrase}' names no time", phrase=typed),
            Message("name a day, such as 'trước 30/6/2026', or write 'thường xuyên' for what goes on all the time"),
        )
    return UserError(
        Message("the deadline '{phrase}' is not understood", phrase=typed),
        Message("forms that are: {forms}", forms="; ".join(nearest((*STRETCHES, *FORMS), typed))),
    )
