"""What the words around a target say of it: population, baseline, period, condition, commitment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.model.structured import Baseline, Comparator
from qmsplan.model.target import Target
from qmsplan.model.target_parts import STOP, SUBSET, Found, Part, letters_of, parts_of
from qmsplan.model.target_words import LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmsplan.model.target_scan import Reading

BASE, CONDITION, EACH, STRIVE, UP = (LETTERS[kind] for kind in ("base", "condition", "each", "strive", "up"))
_SEPARATORS = letters_of("comma", "and", "dash", "stop", "mark", "subset")
_HEAD = _SEPARATORS + letters_of("aim", "strive", "each", "odd", "number", "close", "reduce", "increase")
_TAIL = _SEPARATORS + letters_of("aim", "strive", "each", "share", "open", "from", "purpose", "slash")
_BASE_ENDS = letters_of("comma", "open", "close", "condition", "stop")
_CHANGING = letters_of("reduce", "increase", "faster")
_COMPARING = "N" + letters_of("least", "more", "less", "most", "from", "upto", "downto")
_LEAD_IN = letters_of("aim", "strive", "comma", "verb", "share", "link")
_LINKS = {"trong", "với", "tại", "cho", "ở", "thì", "đối với", "phải", "cần", "sẽ", "của"}
_GRADES = {"giỏi", "trung bình", "đạt", "loại", "khá", "tốt", "xuất sắc"}
_PLANNED = re.compile(r"(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)\b", re.IGNORECASE)
_BASES = (
    (_PLANNED, Baseline.PLAN),
    (re.compile(r".*(?:quy|luật) định"), Baseline.STATUTORY),
    (re.compile(r".*cùng kỳ"), Baseline.SAME_PERIOD),
    (re.compile(r".*năm (?:trước|ngoái|liền)"), Baseline.PREVIOUS_YEAR),
    (re.compile(r"(?:.*năm )?(?:19|20)[0-9]{2}\b"), Baseline.YEAR),
)
"""What baselines are called, in this order."""
_STATUTORY = re.compile(r"(?:thời gian|thời hạn)(?: theo)? (?:quy|luật) định\b", re.IGNORECASE)
_PRESCRIBED = re.compile(rf"{_STATUTORY.pattern}|quy định\b", re.IGNORECASE)
_PERIOD = re.compile(r"(?:6 )?(?:tháng|quý|năm)$", re.IGNORECASE)


class _Around(NamedTuple):
    """The words around a target, and the first and last token of those before and behind it (`end` exclusive)."""

    before: tuple[int, int]
    after: tuple[int, int]
    inner: str
    """Between a changing word and its number."""
    base: str
    """Behind `so với`."""


def targets_of(reading: Reading, found: Sequence[Found], typed: str) -> tuple[Target, ...]:
    """The targets that a text holds, with what its other words say of them."""
    parts = parts_of(reading, found)
    targets = _with_shared(parts, [_told(reading, part) for part in parts])
    return tuple(targets) if len(targets) > 1 else (targets[0]._replace(phrase=typed),)


def direction_of(reading: Reading, typed: str) -> Target:
    """A text that names a direction and no number."""
    strives, text = STRIVE in reading.letters, reading.text
    return Target(typed, Comparator.QUALITATIVE, None, "", population=text, is_commitment=strives)


def _with_shared(parts: Sequence[Part], targets: list[Target]) -> list[Target]:
    """One baseline at the end is that of both changes; one `hàng năm` at the beginning is that of both counts."""
    for index in range(len(parts) - 1, 0, -1):
        one, other = targets[index - 1 : index + 1]
        if parts[index].found.is_shared and one.baseline is Baseline.UNSTATED:
            targets[index - 1] = one._replace(baseline=other.baseline, baseline_text=other.baseline_text)
    for index, other in enumerate(targets[1:], 1):
        one = targets[index - 1]
        if one.per and not other.per and one.quantity == other.quantity != "%":
            targets[index] = other._replace(per=one.per, unit=one.unit)
    return targets


def _told(reading: Reading, part: Part) -> Target:
    found, begin = part.found, part.found.start if part.begin < 0 else part.begin
    around = _around(reading, part, begin)
    target = _with_period(reading, _with_unit(reading, _with_baseline(reading, found, around), around, found), around)
    sentence = reading.letters.rfind(STOP, 0, found.start) + 1
    return target._replace(
        phrase=_trimmed(reading, begin, _end(part), _SEPARATORS + LETTERS["odd"]),
        population=_population(reading, target, around),
        is_commitment=part.begin >= 0 and STRIVE in reading.letters[sentence : found.start],
        is_conditional=CONDITION in reading.letters[begin : part.close],
        is_subset=SUBSET in reading.letters[begin : found.start],
        criterion=_told(reading, part.criterion) if part.criterion else None,
    )


def _end(part: Part) -> int:
    return _end(part.criterion) if part.criterion else part.close


def _around(reading: Reading, part: Part, begin: int) -> _Around:
    found, letters = part.found, reading.letters
    before, after, base = (begin, found.start), (found.end, _without_up(reading, part)), ""
    index = letters.find(BASE, *after)
    if index >= 0:
        base, after = reading.words(index + 1, _first(letters, _BASE_ENDS, index, after[1])), (found.end, index)
    elif (index := letters.find(BASE, *before)) >= 0:
        base, before = reading.words(index + 1, _first(letters, _BASE_ENDS, index, found.start)), (begin, index)
    return _Around(before, after, _inner(reading, found), base)


def _first(letters: str, wanted: str, start: int, end: int) -> int:
    """The place of the first of some letters, or the end."""
    return next((index for index in range(start, end) if letters[index] in wanted), end)


def _inner(reading: Reading, found: Found) -> str:
    """What changes, where it stands between the changing word and the number."""
    if reading.letters[found.start] not in _CHANGING:
        return ""
    end = _first(reading.letters, _COMPARING, found.start + 1, found.end)
    return _trimmed(reading, found.start + 1, end, _HEAD)


def _without_up(reading: Reading, part: Part) -> int:
    """Where the words behind a target end; `trở lên` goes with `từ 90%`, but stays in `loại khá, tốt trở lên`."""
    close = part.close
    is_last = close > part.found.end and reading.letters[close - 1] == UP
    if is_last and "from" in part.found.words and reading.words(close - 2, close - 1).lower() not in _GRADES:
        return close - 1
    return close


def _population(reading: Reading, target: Target, around: _Around) -> str:
    after = _trimmed(reading, *around.after, _SEPARATORS + EACH)
    if target.baseline_text and target.baseline_text in {after, around.inner}:
        after = ""
    inner = "" if around.inner == target.baseline_text else around.inner
    start, end = around.before
    is_verb = not reading.letters[start:end].strip(_HEAD + _TAIL + letters_of("verb", "time", "to"))
    return inner or after or ("" if is_verb else _trimmed(reading, start, end, _HEAD)) or _title(reading, start)


def _title(reading: Reading, start: int) -> str:
    """The words before a colon: `Tỷ lệ hài lòng: 95%`."""
    if not start or reading.tokens[start - 1].words != ":":
        return ""
    return _trimmed(reading, reading.letters.rfind(STOP, 0, start - 1) + 1, start - 1, _HEAD)


def _with_baseline(reading: Reading, found: Found, around: _Around) -> Target:
    target, after = found.target, _trimmed(reading, *around.after, _SEPARATORS)
    more, less = found.words.get("more", ""), found.words.get("less", "")
    if not target.is_relative and (more.endswith("hơn") or more.startswith("vượt")):
        is_planned = more.startswith("vượt") and not around.base and bool(_PLANNED.match(after))
        around = around._replace(base=after) if is_planned else around
        target = _as_change(target, Comparator.INCREASE) if around.base else target
    if not target.is_relative and less.endswith("hơn") and around.base:
        target = _as_change(target, Comparator.REDUCE)
    if not target.is_relative:
        return target
    prescribed = _PRESCRIBED if "faster" in found.words else _STATUTORY
    base = (
        around.base
        or found.words.get("earlier", "")
        or next((words for words in (around.inner, after) if prescribed.match(words)), "")
    )
    return target._replace(baseline=_kind(base), baseline_text=base)


def _as_change(target: Target, comparator: Comparator) -> Target:
    return target._replace(comparator=comparator, in_points=target.unit == "điểm")


def _kind(base: str) -> Baseline:
    """What sort of baseline some words name."""
    if not base:
        return Baseline.UNSTATED
    return next((kind for pattern, kind in _BASES if pattern.match(base.lower())), Baseline.OTHER)


def _with_unit(reading: Reading, target: Target, around: _Around, found: Found) -> Target:
    """Zero is counted in what there is none of, or in per cent of a rate."""
    if target.unit or target.value != 0:
        return target
    if "none" in found.words and around.after[0] < around.after[1]:
        is_unit = reading.letters[around.after[0]] == LETTERS["unit"]
        unit = reading.words(around.after[0], around.after[0] + 1).lower() if is_unit else ""
        return target._replace(unit=unit.removesuffix(" việc"))
    return target._replace(unit="%") if LETTERS["share"] in reading.letters[slice(*around.before)] else target


def _with_period(reading: Reading, target: Target, around: _Around) -> Target:
    """`mỗi năm`, `hàng năm` right beside a value, or anywhere before a count: the value is meant for each."""
    if target.per or not (words := _each(reading, target, around)):
        return target
    period = _PERIOD.search(words)
    per = period[0].lower() if period else ""
    return target._replace(per=per, unit=f"{target.unit}/{per}" if target.unit and per else target.unit)


def _each(reading: Reading, target: Target, around: _Around) -> str:
    letters, (start, end) = reading.letters, around.after
    while end > start and letters[end - 1] in _SEPARATORS + CONDITION + letters_of("open", "close"):
        end -= 1
    near = [index for index in (start, end - 1) if start <= index < end and letters[index] == EACH]
    if letters[start:end].endswith(LETTERS["slash"] + LETTERS["time"]):
        near.append(end - 1)
    before = letters[slice(*around.before)]
    index = before.rfind(EACH)
    is_beside = index >= 0 and not before[index + 1 :].strip(_LEAD_IN)
    if index >= 0 and (is_beside or STRIVE in before or target.quantity != "%"):
        near.append(around.before[0] + index)
    return reading.words(near[0], near[0] + 1) if near else ""


def _trimmed(reading: Reading, start: int, end: int, head: str) -> str:
    """The words from one token to another, without what leads in, what leads on, and `(nếu có)`."""
    letters = reading.letters
    while start < end and letters[start] in head:
        start += 1
    while start < end and (letters[end - 1] in _TAIL or reading.words(end - 1, end).lower() in _LINKS):
        end -= 1
    index = letters.find(CONDITION, start, end)
    if index < 0:
        return reading.words(start, end)
    left = index - 1 if index > start and letters[index - 1] == LETTERS["open"] else index
    right = index + 2 if index + 1 < end and letters[index + 1] == LETTERS["close"] else index + 1
    return " ".join(filter(None, (reading.words(start, left), _trimmed(reading, right, end, ""))))
