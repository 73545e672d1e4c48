"""What the words around a target say of it: population, baseline, period, condition and commitment.

The letters are those of `target_vocabulary.LETTERS`; a text is looked at as a string of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qmsplan.model.structured import Baseline, Comparator
from qmsplan.phrases.tables import Expression, table_beside
from qmsplan.phrases.target import NO_CHANGE, PER_MANY, Target
from qmsplan.phrases.target_forms import as_change, shortest
from qmsplan.phrases.target_parts import BASE, COMMA, EACH, STOP, SUBSET, FoundTarget, TargetPart, parts_of
from qmsplan.phrases.target_tokens import ScannedText
from qmsplan.phrases.target_vocabulary import LETTERS, letters_of

CONDITION, STRIVE, UP = (LETTERS[kind] for kind in ("condition", "strive", "up"))
_PER = LETTERS["slash"] + LETTERS["time"]
_SEPARATORS = letters_of("comma", "and", "dash", "stop", "mark", "subset", "aside")
_HEAD = _SEPARATORS + letters_of("aim", "strive", "each", "odd", "number", "close", "reduce", "increase")
_TAIL = _SEPARATORS + letters_of("aim", "strive", "each", "share", "open", "from", "purpose", "slash")
_BASE_ENDS = letters_of("comma", "open", "close", "condition", "stop", "aside")
_CHANGING = letters_of("reduce", "increase", "faster")
_COMPARING_KINDS = "N" + letters_of("sign", "least", "more", "less", "most", "from", "upto", "downto")
_LEAD_IN_KINDS = letters_of("aim", "strive", "comma", "verb", "share", "link", "inside")
_LINKS = {"trong", "với", "tại", "cho", "ở", "thì", "đối với", "phải", "cần", "sẽ", "của"}
_GRADES = {"giỏi", "trung bình", "đạt", "loại", "khá", "tốt", "xuất sắc"}
_PLANNED = Expression(r"(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)\b")
_TABLE = table_beside(__file__)
_BASES = tuple((Expression(words), Baseline(kind)) for kind, words in _TABLE["bases"])
"""What baselines are called; the first that fits counts."""
_STATUTORY = Expression(r"(?:thời gian|thời hạn)(?: theo)? (?:quy|luật) định\b")
_PRESCRIBED = Expression(rf"{_STATUTORY.pattern}|quy định\b")
_PERIOD = Expression(r"(?:6 )?(?:tháng|quý|học kỳ|năm học|năm|tuần|ngày)$")


EARLIER = Expression(_TABLE["earlier"])
"""What a value may be held against: an earlier time."""


class _Around(NamedTuple):
    """The words around a target, as the first and last token before and behind it (`end` exclusive)."""

    before: tuple[int, int]
    after: tuple[int, int]
    inner: str
    """The words between a changing word and its number: `tỷ lệ khiếu nại` of `giảm tỷ lệ khiếu nại 10%`."""
    base: str
    """The words behind `so với`."""


def targets_of(reading: ScannedText, found: Sequence[FoundTarget], typed: str) -> tuple[Target, ...]:
    """The targets of a text, with what its other words say of them."""
    parts = parts_of(reading, found)
    targets = _with_shared_parts(parts, [_described(reading, part) for part in parts])
    return tuple(targets) if len(targets) > 1 else (targets[0]._replace(phrase=typed),)


def direction_of(reading: ScannedText, typed: str) -> Target:
    """The target of a text that names a direction and no number."""
    strives, text = STRIVE in reading.letters, reading.text
    return Target(typed, Comparator.QUALITATIVE, None, "", population=text, is_striven_for=strives)


def _with_shared_parts(parts: Sequence[TargetPart], targets: list[Target]) -> list[Target]:
    """One baseline at the end is that of both changes; one `hàng năm` at the beginning is that of both counts."""
    for index in range(len(parts) - 1, 0, -1):
        one, other = targets[index - 1 : index + 1]
        if parts[index].found.is_shared and one.baseline is Baseline.UNSTATED:
            targets[index - 1] = one._replace(baseline=other.baseline, baseline_text=other.baseline_text)
    for index, other in enumerate(targets[1:], 1):
        one = targets[index - 1]
        is_alike = one.quantity == other.quantity != "%" and not _WHOLE_YEAR.search(other.population)
        if one.per and not other.per and is_alike:
            targets[index] = other._replace(per=one.per, unit=one.unit)
    return targets


_WHOLE_YEAR = Expression(r"\b(?:(?:cả|trong|toàn) năm|cả (?:nhiệm kỳ|giai đoạn))\b")
"""What a count is over that is not one for each quarter: `mỗi quý 5 lớp, cả năm 20 lớp`."""


def _described(reading: ScannedText, part: TargetPart) -> Target:
    found, begin = part.found, part.found.start if part.begin < 0 else part.begin
    around = _around(reading, part, begin)
    target = _with_unit(reading, _with_baseline(reading, found, around), around, found)
    target = _with_period(reading, target, around, found)
    sentence = reading.letters.rfind(STOP, 0, found.start) + 1
    return target._replace(
        phrase=_trimmed(reading, begin, _end(part), _SEPARATORS + LETTERS["odd"]),
        population=_with_base(reading, part, target, _population(reading, target, around)),
        is_striven_for=part.begin >= 0 and STRIVE in reading.letters[sentence : found.start],
        is_conditional=CONDITION in reading.letters[begin : part.close],
        is_subset=SUBSET in reading.letters[begin : found.start],
        criterion=_described(reading, part.criterion) if part.criterion else None,
    )


def _end(part: TargetPart) -> int:
    return _end(part.criterion) if part.criterion else part.close


def _around(reading: ScannedText, part: TargetPart, begin: int) -> _Around:
    found, letters = part.found, reading.letters
    before, after, base = (begin, found.start), (found.end, _without_up(reading, part)), ""
    index = letters.find(BASE, *after)
    if index >= 0:
        base, after = reading.words(index + 1, reading.first(_BASE_ENDS, index, after[1])), (found.end, index)
    elif (index := letters.find(BASE, *before)) >= 0:
        base, before = reading.words(index + 1, reading.first(_BASE_ENDS, index, found.start)), (begin, index)
    return _Around(before, after, _inner(reading, found), base)


def _inner(reading: ScannedText, found: FoundTarget) -> str:
    """What changes, where it stands between the changing word and the number."""
    if reading.letters[found.start] not in _CHANGING:
        return ""
    end = reading.first(_COMPARING_KINDS, found.start + 1, found.end)
    return _trimmed(reading, found.start + 1, end, _HEAD)


def _without_up(reading: ScannedText, part: TargetPart) -> int:
    """Where the words behind a target end. `trở lên` belongs to `từ 90%`, but not to `loại khá, tốt trở lên`."""
    close = part.close
    is_last = close > part.found.end and reading.letters[close - 1] == UP
    if is_last and "from" in part.found.words and reading.words(close - 2, close - 1).lower() not in _GRADES:
        return close - 1
    return close


def _population(reading: ScannedText, target: Target, around: _Around) -> str:
    first, end = around.after
    if target.per and reading.letters[first:end].endswith(_PER):
        end -= len(_PER)
    after = _trimmed(reading, first, end, _SEPARATORS + EACH)
    if "(" in after and ")" not in after:
        after = after[: after.index("(")].rstrip()
    is_range_of = target.comparator is Comparator.BETWEEN and EARLIER.match(after)  # `bằng 105 - 110% năm trước`
    if is_range_of or _SCALE.match(after):
        after = ""
    if target.baseline_text and target.baseline_text in {after, around.inner}:
        after = ""
    inner = "" if around.inner == target.baseline_text else around.inner
    start, end = around.before
    is_verb = not reading.letters[start:end].strip(_HEAD + _TAIL + letters_of("verb", "time", "to"))
    if LETTERS["case"] in reading.letters[start:end]:  # `xử lý trong 48 giờ đối với 90% trường hợp`
        after = f"{after} {_trimmed(reading, start, end, _HEAD)}".strip()
    before = ("" if is_verb else _trimmed(reading, start, end, _HEAD)) or _title(reading, start)
    if after.startswith("(") and after.find(")") == len(after) - 1:  # `Điểm PCI 68,5 (năm 2025: 66,9)`
        before, after = f"{before} {after}", ""
    found = inner or after or before.strip()
    return found if "(" in found else found.replace(")", "").strip()


def _with_base(reading: ScannedText, part: TargetPart, target: Target, population: str) -> str:
    """What is counted, with by how many it is: `trên một vạn dân` of `Có 35 giường bệnh trên một vạn dân`."""
    sentence = reading.letters.rfind(STOP, 0, part.found.start) + 1
    base = PER_MANY.search(reading.words(sentence, part.close)) if "/" not in target.quantity else None
    return population if base is None or base[0] in population else f"{population} {base[0]}".strip()


_SCALE = Expression(r"\(?(?:(?:trên|theo) )?thang (?:điểm|đo|likert|đánh giá)\b")


def _title(reading: ScannedText, start: int) -> str:
    """The words before a colon that a target follows: `Tỷ lệ hài lòng: 95%`."""
    if not start or reading.tokens[start - 1].words != ":":
        return ""
    begin = reading.letters.rfind(STOP, 0, start - 1) + 1
    number = reading.letters.rfind("N", begin, start - 1)
    if number >= 0:  # `Giỏi: 20%, Khá: 45%`
        begin = max(begin, reading.letters.find(COMMA, number, start - 1) + 1)
    return _trimmed(reading, begin, start - 1, _HEAD)


def _with_baseline(reading: ScannedText, found: FoundTarget, around: _Around) -> Target:
    target, after = found.target, _trimmed(reading, *around.after, _SEPARATORS)
    base = around.base
    if not target.is_relative:
        target, base = _as_passed(target, found, base, after)
    earlier = base or (after if "equal" in found.words else "")
    if not target.is_relative and EARLIER.match(earlier) and (rise := _rise(target)):
        target, base = rise, earlier
    if not target.is_relative:
        return target
    prescribed = _PRESCRIBED if "faster" in found.words else _STATUTORY
    said = next((words for words in (around.inner, after) if prescribed.match(words)), "")
    base = base or target.baseline_text or found.words.get("earlier", "") or said
    return target._replace(baseline=_kind(base), baseline_text=base)


def _as_passed(target: Target, found: FoundTarget, base: str, after: str) -> tuple[Target, str]:
    """The change that a value is which is passed (`vượt 5% dự toán`, `cao hơn 5% so với …`), and from what; else the
    value itself."""
    more, less = found.words.get("more", ""), found.words.get("less", "")
    is_level = more == "vượt mức" and target.value is not None and target.value >= NO_CHANGE
    if more.startswith("vượt") and not (is_level or base) and _PLANNED.match(after):
        base = after
    if base and more.endswith("hơn") | more.startswith("vượt"):
        return as_change(target, Comparator.INCREASE), base
    return (as_change(target, Comparator.REDUCE) if base and less.endswith("hơn") else target), base


def _rise(target: Target) -> Target | None:
    """The increase that more than the whole of an earlier time is: by 12% of `bằng 112%`, by 50% of `bằng 1,5 lần`."""
    whole = {"%": 100, "lần": 1}.get(target.quantity)
    is_limit = target.comparator in {Comparator.AT_MOST, Comparator.LESS, Comparator.ABOUT}
    if whole is None or is_limit or target.value is None or target.upper is not None or target.value <= whole:
        return None
    by = shortest((target.value / whole - 1) * 100)
    return target._replace(comparator=Comparator.INCREASE, value=by, unit="%", per="")


def _kind(base: str) -> Baseline:
    """The kind of baseline that some words name."""
    if not base:
        return Baseline.UNSTATED
    return next((kind for pattern, kind in _BASES if pattern.match(base.lower())), Baseline.OTHER)


def _with_unit(reading: ScannedText, target: Target, around: _Around, found: FoundTarget) -> Target:
    """Zero is counted in what there is none of (`không có vụ`), or in per cent of a rate."""
    if target.unit or target.value != 0:
        return target
    if "none" in found.words and around.after[0] < around.after[1]:
        first = reading.tokens[around.after[0]]
        is_unit = first.letter in letters_of("unit", "single", "label") and first.words != "số"
        unit = reading.words(around.after[0], around.after[0] + 1).lower() if is_unit else ""
        return target._replace(unit=unit.removesuffix(" việc"))
    return target._replace(unit="%") if LETTERS["share"] in reading.letters[slice(*around.before)] else target


def _with_period(reading: ScannedText, target: Target, around: _Around, found: FoundTarget) -> Target:
    """`mỗi năm` or `hàng năm` right beside a value, or anywhere before a count, means it for each year."""
    if target.per or not (words := _each(reading, target, around) or found.words.get("each", "")):
        return target
    period = _PERIOD.search(words)
    each = period[0].lower() if period else ""
    unit = f"{target.unit}/{each}" if target.unit and each else target.unit
    if each not in {"tuần", "ngày"}:
        return target._replace(per=each, unit=unit)
    return target if target.counts_shares else target._replace(unit=unit)  # no period of a plan: `25 lượt/tuần`


def _each(reading: ScannedText, target: Target, around: _Around) -> str:
    letters, (start, end) = reading.letters, around.after
    end = reading.back(end, _SEPARATORS + CONDITION + letters_of("open", "close"), start)
    near = [index for index in (start, end - 1) if start <= index < end and letters[index] == EACH]
    if (at := letters.find(_PER, start, end)) >= 0:  # `10 buổi biểu diễn/quý`
        near.append(at + 1)
    before = letters[slice(*around.before)]
    index = before.rfind(EACH)
    is_beside = index >= 0 and not before[index + 1 :].strip(_LEAD_IN_KINDS)
    if index >= 0 and (is_beside or STRIVE in before or target.quantity != "%"):
        near.append(around.before[0] + index)
    return reading.words(near[0], near[0] + 1) if near else ""


def _trimmed(reading: ScannedText, start: int, end: int, head: str) -> str:
    """The words from one token to another, without those that lead in or on, and without `(nếu có)`."""
    letters = reading.letters
    start = reading.ahead(start, head, end)
    end = _without_links(reading, start, end)
    index = letters.find(CONDITION, start, end)
    if index < 0:
        return reading.words(start, end)
    left = index - 1 if index > start and letters[index - 1] == LETTERS["open"] else index
    right = index + 2 if index + 1 < end and letters[index + 1] == LETTERS["close"] else index + 1
    return " ".join(filter(None, (reading.words(start, left), _trimmed(reading, right, end, ""))))


def _without_links(reading: ScannedText, start: int, end: int) -> int:
    """Where words end but for those that lead on to others; `số học sinh chưa đạt` ends with one of its own."""
    while start < end and (reading.letters[end - 1] in _TAIL or reading.words(end - 1, end).lower() in _LINKS):
        if end > start + 1 and reading.words(end - 2, end - 1).lower() in {"chưa", "không", "bên"}:
            break
        end -= 1
    return end
