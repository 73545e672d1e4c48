"""Which words of a text belong to which of its targets, and what each case of one has to attain itself (a criterion);
and why two of them may be one.

The letters are those of `target_vocabulary.LETTERS`; a text is looked at as a string of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from qmsplan.diagnostics import Message
from qmsplan.model.structured import Comparator
from qmsplan.phrases.tables import PhraseWords
from qmsplan.phrases.target import LOWER_LIMITS, NO_CHANGE, UPPER_LIMITS, Target
from qmsplan.phrases.target_tokens import ScannedText
from qmsplan.phrases.target_vocabulary import ADVERSE, ENDS, LETTERS, NAMING, letters_of

STOP, COMMA, AND, SUBSET, SHARE, EACH, BASE = (
    LETTERS[kind] for kind in ("stop", "comma", "and", "subset", "share", "each", "base")
)
_LEAD_IN = letters_of(
    "aim", "verb", "strive", "share", "each", "and", "subset", "comma", "dash", "odd", "number", "place"
)
_DIRECT = re.compile(f"[{COMMA}{AND}][{_LEAD_IN}]*$")
"""A comma or `và` right before a target, but for words that lead in to it."""
_AFTER = letters_of("stop", "comma", "close", "condition", "base", "and")
_LISTED = UPPER_LIMITS | {Comparator.REDUCE, Comparator.INCREASE}
_SHARED = _LISTED | {Comparator.MORE}
COMPARED = {"sign", "least", "more", "most", "less", "equal", "from", "up", "down", "upto", "downto", "rank", "none"}
COMPARING = letters_of("least", "more", "most", "less", "highest", "near", "roughly", "curb", "none")
"""Kinds of words that compare a number behind them."""
_CASE_WORDS = letters_of("link", "inside", "unit", "single", "label")
_LISTED_UNITS = re.compile(f"{COMMA}[{letters_of('unit', 'single', 'label', 'word')}]{{1,2}}$")
"""The end of a list of what is counted: `, phường` of `xã, phường không có ma túy`."""
_CASES = {"có", "đạt", "được", "trong", "đạt được"}
"""Words right before a value that each case is to have: `hồ sơ đạt …`."""


class FoundTarget(NamedTuple):
    """A target where it stands: its tokens (`end` exclusive), and what the row caught."""

    target: Target
    start: int
    end: int
    words: PhraseWords
    is_shared: bool = False
    """True if the comparator is that of the target before it: `giảm 20% quy định và 20% chi phí`."""

    @property
    def compared(self) -> set[str]:
        """The kinds of words that compare it: `{"least"}` of `ít nhất 5%`."""
        return COMPARED & self.words.keys()


class TargetPart(NamedTuple):
    """A target with the tokens that speak of it: from `begin` to its start, and from its end to `close`. A criterion
    has `begin` -1 until it is hung below its target."""

    found: FoundTarget
    begin: int
    close: int
    criterion: TargetPart | None = None


class _Joint(NamedTuple):
    """Where the words of one target end and those of the next begin, or that the next is a criterion of the first."""

    close: int
    begin: int
    is_criterion: bool = False


def parts_of(reading: ScannedText, found: Sequence[FoundTarget]) -> list[TargetPart]:
    """The targets of a text in order, criteria below what they belong to."""
    found = list(with_shared(reading, found))
    letters = reading.letters
    stop = letters.find(STOP, found[-1].end)
    close = len(letters) if stop < 0 else stop
    parts: list[TargetPart] = []
    for index in range(len(found) - 1, 0, -1):
        joint = _joint(reading, found[index - 1], found[index])
        part = TargetPart(found[index], joint.begin, close, parts.pop() if _hangs(parts) else None)
        parts.append(part._replace(begin=-1) if joint.is_criterion else part)
        close = joint.close
    first = letters.rfind(STOP, 0, found[0].start) + 1
    parts.append(TargetPart(found[0], first, close, parts.pop() if _hangs(parts) else None))
    return parts[::-1]


def _hangs(parts: Sequence[TargetPart]) -> bool:
    return bool(parts) and parts[-1].begin < 0


def with_shared(reading: ScannedText, found: Sequence[FoundTarget]) -> Iterator[FoundTarget]:
    """A bare value behind `và` is compared like the one before it."""
    before: FoundTarget | None = None
    for entry in found:
        if before and _shares(reading, before, entry):
            one, other = entry.target, before.target
            target = one._replace(
                comparator=other.comparator,
                baseline=other.baseline,
                in_points=other.in_points,
                excludes_value=other.excludes_value,
            )
            entry = entry._replace(target=target, is_shared=True)  # noqa: PLW2901
        yield entry
        before = entry


_LIMIT_JOINTS = frozenset({",", "-", "đến", "tới", "và", "nhưng", "mà", "but", "and"})


def with_ranges(reading: ScannedText, found: Sequence[FoundTarget]) -> list[FoundTarget]:
    """Targets, two limits of one value as a range: `> 90% và < 95%`, `không quá 8,5 và không dưới 6,5`."""
    joined: list[FoundTarget] = []
    for entry in found:
        whole = _range(reading, joined[-1], entry) if joined else None
        joined[-1:] = [whole] if whole else [*joined[-1:], entry]
    return joined


def _range(reading: ScannedText, one: FoundTarget, other: FoundTarget) -> FoundTarget | None:
    """The range between two limits; None unless they are of the same and nothing but a joint stands between them."""
    low, high = (one, other) if one.target.comparator in LOWER_LIMITS else (other, one)
    lower, upper = low.target, high.target
    joints = {token.words for token in reading.tokens[one.end : other.start]}
    are_signs = joints == {";"} and "sign" in low.words.keys() & high.words.keys() and lower.unit == upper.unit
    is_end = "nhưng" in joints or "but" in joints or reading.is_at_or_end(other.end, _PART_ENDS)
    are_limits = lower.comparator in LOWER_LIMITS and upper.comparator in UPPER_LIMITS and lower.upper is None
    are_said = (
        {"least", "more", "sign", "from"} & low.words.keys() and joints and (joints <= _LIMIT_JOINTS or are_signs)
    )
    if not (are_limits and are_said and is_end) or lower.value is None or upper.value is None:
        return None
    if lower.value >= upper.value or (lower.unit and upper.unit and lower.unit != upper.unit):
        return None
    target = lower._replace(
        comparator=Comparator.BETWEEN,
        upper=upper.value,
        unit=lower.unit or upper.unit,
        per=lower.per or upper.per,
        excludes_value=lower.comparator is Comparator.MORE,
        excludes_upper=upper.comparator is Comparator.LESS,
    )
    return FoundTarget(target, one.start, other.end, {**high.words, **low.words})


def _shares(reading: ScannedText, before: FoundTarget, entry: FoundTarget) -> bool:
    value, unit = entry.target.value, entry.target.quantity
    before_it = reading.letters[entry.start - 1]
    if before.target.is_relative and SUBSET in reading.letters[before.end : entry.start] and value:
        return is_of_kind(unit, before.target.quantity) and value < (before.target.value or 0)
    is_listed = before_it == COMMA and (
        (before.target.is_relative and BASE in reading.letters[entry.end :]) or _is_like(reading, before, entry)
    )
    is_plain = not entry.compared
    if before.target.is_relative and entry.compared == {"least"} and BASE in reading.letters[entry.end :]:
        is_plain = True  # `giảm 10% số vụ và ít nhất 5% số người chết so với năm 2025`
    return (
        is_plain
        and (before_it == AND or is_listed)
        and STOP not in reading.letters[before.end : entry.start]
        and before.target.comparator in _SHARED
        and (
            is_of_kind(unit, before.target.quantity)
            or counts_adverse(reading, entry)
            or (before.target.is_relative and BASE in reading.letters[entry.end :])
        )
        and (unit != "%" or (value is not None and value < 100))
        and not entry.target.is_relative
        and entry.target.comparator is Comparator.AT_LEAST
    )


def is_of_kind(unit: str, other: str) -> bool:
    """True for one unit, and for two kinds of a thing: `lỗi nhẹ` and `lỗi nặng/lô`."""
    return unit == other or unit.partition("/")[0].split()[:1] == other.partition("/")[0].split()[:1] != []


_PREDICATES = letters_of("aim", "verb", "quality", "link", "inside", "least", "more", "most", "less")
_PART_ENDS = letters_of("stop", "comma", "and", "open", "close")
_MOST_SHARED = 60


def _is_like(reading: ScannedText, before: FoundTarget, entry: FoundTarget) -> bool:
    """True for a small share that a comma sets beside a reduction or an upper limit, if nothing else is said of it:
    `Giảm 5% biên chế công chức, 10% viên chức`, not `giảm 10% chi phí, 95% hồ sơ được số hóa`."""
    value = entry.target.value
    end = reading.first(STOP + COMMA, entry.end)
    also = reading.letters.find(AND + "N", entry.end, end)  # `5% số người chết và 5% số người bị thương`
    end = end if also < 0 else also
    cases = _names_cases(reading, before.end) and _names_cases(reading, entry.end)
    is_bare = not reading.holds(_PREDICATES, entry.end + cases, end)
    is_small = value is not None and (value < _MOST_SHARED or cases > 0)
    is_alike = cases > 0 or counts_adverse(reading, entry)
    is_alike = is_alike or (before.target.is_relative and _share_word(reading, before, entry))
    return before.target.comparator in _LISTED and is_bare and is_small and is_alike


def _share_word(reading: ScannedText, before: FoundTarget, entry: FoundTarget) -> bool:
    """True for amounts of things that have a word in common: `5% biên chế công chức, 10% viên chức`."""
    ends = (before.end, entry.end)
    one, other = ({*reading.words(end, reading.first(_PART_ENDS, end)).lower().split()} for end in ends)
    return not one.isdisjoint(other)


def counts_adverse(reading: ScannedText, entry: FoundTarget) -> bool:
    """True for an amount of what is to be kept small: `20 hộ cận nghèo`, not `20 hộ thoát nghèo`."""
    number = reading.letters.find("N", entry.start, entry.end)
    return ADVERSE.match(reading.words(number + 1, reading.first(_PART_ENDS, entry.end)).lstrip("%‰ ")) is not None


def _names_cases(reading: ScannedText, end: int) -> int:
    """How many letters behind a value lead to the cases that it is for: `1,5% đối với đường RS`, `1,5% (cho RS)`."""
    size = int(reading.letters[end : end + 1] == LETTERS["open"])
    return size + 1 if reading.letters[end + size : end + size + 1] == LETTERS["link"] else 0


def _joint(reading: ScannedText, one: FoundTarget, other: FoundTarget) -> _Joint:
    between = reading.letters[one.end : other.start]
    if STOP in between:
        first = between.index(STOP)
        is_title = COMMA in between[:first] and reading.tokens[one.end + first].words == ":"  # `Giỏi: 20%, Khá: 45%`
        close = between.rindex(COMMA, 0, first) if is_title else first
        return _Joint(one.end + close, one.end + between.rindex(STOP) + 1)
    if _is_criterion(reading, between, one, other):
        return _Joint(other.start, other.start, is_criterion=True)
    cut = one.end + _cut(between, reading.letters[other.end : other.end + 1])
    return _Joint(cut, cut)


_DIRECT_KINDS = letters_of("stop", "comma", "and", "open", "number", "subset")
_ATTAINED = frozenset({"đạt", "đạt được", "công nhận", "được công nhận", "xếp hạng", "được xếp hạng"})
"""Words before what each case attains: `45 sản phẩm đạt từ 3 sao trở lên`, `… được công nhận 4 sao`."""


def _is_criterion(reading: ScannedText, between: str, one: FoundTarget, other: FoundTarget) -> bool:
    """Whether a value behind a share says what each case has to attain."""
    target = other.target
    is_plain = not set(between) & {*_DIRECT_KINDS}
    if target.quantity == "sao" and one.target.quantity != "%" and is_plain:  # `3 sản phẩm từ 5 sao trở lên`
        return True
    is_listed = "none" in other.words and (not between or _LISTED_UNITS.search(between) is not None)
    if is_listed:
        between = _LISTED_UNITS.sub("", between)
    if "equal" in other.words or not (between or is_listed) or not _is_of_cases(reading, between, one, other):
        return False
    if _is_of_its_own(reading.words(one.end, other.start).lower(), between, target):
        return False
    if "faster" in other.words or not _is_parted(between):
        return True
    before = reading.words(other.start - 1, other.start).lower()
    tail = between[max(between.rfind(COMMA), between.rfind(AND)) + 1 :]
    is_of_each = not tail.strip(_LEAD_IN + _CASE_WORDS) or EACH in tail
    return is_of_each and target.quantity != "%" and not target.is_relative and before in _CASES


def _is_of_its_own(words: str, between: str, target: Target) -> bool:
    """True for a value that the words between, or their letters, set beside the one before it."""
    is_change = between == LETTERS["open"] and target.is_relative  # `còn 1,2% (giảm 0,3%)`
    is_part = words.endswith(" với") and target.counts_shares  # `100% kế hoạch, với ít nhất 22% số cơ quan`
    is_given = words.split()[-1:] == ["cho"] and target.quantity != "%"  # `3%/năm cho 250 hộ`
    is_beside = not {SUBSET, SHARE, LETTERS["purpose"]}.isdisjoint(between) or _DIRECT.search(between)
    return bool(is_change or is_part or is_given or is_beside or words.startswith("nhưng"))  # `80% nhưng không quá 95%`


def _is_of_cases(reading: ScannedText, between: str, one: FoundTarget, other: FoundTarget) -> bool:
    """Whether a value counts cases of which each may have to attain something: a share, or so many that attain it."""
    target = other.target
    if one.target.counts_shares or "/" in one.words.get("n", ""):
        return True
    if one.target.is_relative or _is_parted(between) or target.quantity == "%" or STOP in between:
        return False
    is_attained = bool(between) and reading.words(other.start - 1, other.start).lower() in _ATTAINED
    return is_attained or (between.startswith(LETTERS["aim"]) and not target.unit)  # `có chứng chỉ từ 6.5 trở lên`


def _is_parted(between: str) -> bool:
    return COMMA in between or AND in between


def _cut(between: str, following: str) -> int:
    """Where the words of one target end: at `trong đó`, or at the separator before the words of the next."""
    if SUBSET in between:
        return between.index(SUBSET)
    if direct := _DIRECT.search(between):
        return direct.start()
    if COMMA in between:
        return between.rindex(COMMA)
    looks_back = not following or following in _AFTER
    for kind in ("share", "noun", "purpose", "and"):
        letter = LETTERS[kind]
        if letter in between and (looks_back or kind not in {"share", "noun"}):
            return between.rindex(letter)
    return len(between)


_PARTING = letters_of("stop", "comma", "and", "subset", "open", "share", "each", "purpose", "link", "dash")
"""What stands between two targets that are not one below the other."""


def doubts_between(reading: ScannedText, found: Sequence[FoundTarget]) -> Iterator[Message]:
    """Why two targets beside each other may be one."""
    for before, behind in pairwise(parts_of(reading, found)):
        is_one = not reading.holds(_PARTING, before.found.end, behind.found.start)
        if is_one or _is_grade(reading, before.found, behind.found):
            yield reading.unclear(before.found.start, behind.found.end)
    for one, other in pairwise(found):
        is_unclear = _is_either(reading, one, other) or _is_contrary(reading, one, other)
        if is_unclear or _is_listed(reading, one, other) or _names_what(reading, one, other):
            yield reading.unclear(one.start, other.end)


def _is_contrary(reading: ScannedText, one: FoundTarget, other: FoundTarget) -> bool:
    """True for two limits of the same of which the lower one is above the upper (`tối thiểu 95%, tối đa 90%`), and for
    a change with a limit (`giảm không dưới 5% và không quá 10%`)."""
    between = reading.letters[one.end : other.start]
    are_others = reading.words(one.end, other.start).lower().endswith(("chưa đạt", "không đạt"))  # those who did not
    if COMMA in between and one.start > reading.begin(one.start, ENDS) and not one.target.is_relative:
        are_others |= reading.is_at(other.end, NAMING)  # `…, tối đa 1% hồ sơ trễ hẹn`
    if one.target.quantity != other.target.quantity or set(between) & _SAYING or are_others:
        return False
    if one.target.is_relative:
        return other.target.comparator in UPPER_LIMITS and "downto" not in other.words  # `giảm 312 hộ, còn 1.045 hộ`
    low, high = sorted((one.target, other.target), key=lambda target: target.comparator in UPPER_LIMITS)
    if low.comparator not in LOWER_LIMITS or high.comparator not in UPPER_LIMITS:
        return False
    return low.value is not None and high.value is not None and low.value > high.value


_SAYING = frozenset((*NAMING, *letters_of("share", "subset", "quality", "verb", "stop", "mean")))
"""What names a thing of its own between two values."""


def _is_either(reading: ScannedText, one: FoundTarget, other: FoundTarget) -> bool:
    """True for two values of which one is meant, or that are limits of the same: `85% hoặc 90%`, `85% (tối thiểu
    80%)`."""
    between = reading.letters[one.end : other.start]
    words = [token.words for token in reading.tokens[one.end : other.start]]
    if words[:1] == ["hoặc"] and len(words) < 4:
        return True
    is_bare = not other.compared and other.target.quantity != "%"
    if "none" in one.words and words[-1:] == ["và"] and is_bare:  # `không có vụ nào quá 5 triệu đồng và 3 người chết`
        return True
    is_same = one.target.quantity == other.target.quantity and one.target.is_relative == other.target.is_relative
    if (
        words[:1] == ["("]
        and is_same
        and not set(between) & {*NAMING, LETTERS["time"]}
        and LETTERS["subset"] not in between
    ):
        return True
    return between[:1] == LETTERS["to"] and len(words) < 4 and COMMA not in between


def _names_what(reading: ScannedText, one: FoundTarget, other: FoundTarget) -> bool:
    """True for a value before a colon that says what the other counts: `Số vụ từ 30 người trở lên: không quá 01`."""
    before_colon, colon, _ = reading.words(one.end, other.start).partition(":")
    is_grade = one.target.quantity in _GRADES or (other.target.quantity == "%" != one.target.quantity)
    are_compared = bool(one.compared) and (is_grade or bool(other.compared))
    return are_compared and bool(colon) and not _PARTS.search(before_colon)


def _is_grade(reading: ScannedText, one: FoundTarget, other: FoundTarget) -> bool:
    """True for a value that grades what another counts without a word that says so: `20 khách sạn từ 3 sao trở lên`."""
    is_one_part = not _PARTS.search(reading.words(one.end, other.start))
    return is_one_part and other.target.quantity in _GRADES and one.target.quantity != "%"


_PARTS = re.compile(r"[;,.:(]|\bvà\b")
_GRADES = frozenset({"sao", "bậc", "hạng", "cấp"})
"""Units of a class that a thing is in, which is no amount."""


def _is_listed(reading: ScannedText, one: FoundTarget, other: FoundTarget) -> bool:
    """True for a bare value behind a change, or of one kind with a limit, that may be one as well: `giảm số vụ 3%, số
    người chết 5%`, `không quá 12 hộ nghèo, 20 hộ khá`."""
    target, before, between = other.target, one.target, reading.letters[one.end : other.start]
    is_bare = not (other.is_shared or target.is_relative or other.compared)
    if not is_bare or target.comparator not in {Comparator.AT_LEAST, Comparator.BETWEEN}:
        return False
    is_row = reading.words(one.end, other.start) == ";"  # `giảm 2 phòng; 3 trung tâm`
    is_near = is_row or (LETTERS["stop"] not in between and (COMMA in between or AND in between))
    if not before.is_relative:
        is_like = before.comparator in UPPER_LIMITS and is_of_kind(target.quantity, before.quantity)
        is_near = is_like and between.endswith(COMMA)
    tail = between[max(between.rfind(COMMA), between.rfind(AND)) + 1 :]
    behind = reading.letters[other.end : reading.first(ENDS, other.end)]
    says_more = set(behind) & set(_SAID_OF_ITSELF) or set(tail) & {*_SAID_OF_ITSELF, *letters_of("open", "subset")}
    if not is_near or says_more:
        return False
    if target.quantity != before.quantity and "%" in (target.quantity, before.quantity) and AND not in between:
        return False
    return target.quantity != "%" or (target.value is not None and target.value < NO_CHANGE)


_SAID_OF_ITSELF = letters_of("aim", "verb", "quality", "link", "inside")
"""What says something of its own of a value."""
