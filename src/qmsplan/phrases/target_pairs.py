"""Two values of a target phrase of which one only says more of the other: where a change begins (`từ 15 ngày xuống 10
ngày`), by how many is counted (`trên một ha đạt 72 triệu đồng`), which cases are meant (`không có hồ sơ quá hạn trên 30
ngày`)."""

from __future__ import annotations

from collections.abc import Sequence

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.structured import Comparator
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_patterns import ScannedText
from qmsplan.phrases.target_read import COMMA, COMPARED, STOP, FoundTarget, letters_of, measures_time


def take_in(reading: ScannedText, found: list[FoundTarget]) -> None:
    """Leaves one of the last two targets where the other only says more of it: which ones are counted, where a change
    begins. UserError for a change that goes the other way than its words say."""
    if _qualifies(reading, found):
        entry = found.pop()
        if _is_limit(found[-1], entry):
            found[-1] = entry._replace(target=entry.target._replace(comparator=Comparator.AT_MOST))
    elif _starts_from(reading, found) or _is_base(reading, found):
        if _runs_backwards(found[-2].target, found[-1]):
            raise UserError(
                Message("the range '{words}' runs backwards", words=reading.words(found[-2].start, found[-1].end)),
                Message("write the smaller number first"),
            )
        del found[-2]


def _qualifies(reading: ScannedText, found: Sequence[FoundTarget]) -> bool:
    """True for the last target if it only says which ones there are to be none of, or few (`trên 30 ngày` of `không có
    hồ sơ quá hạn trên 30 ngày`, `trên 4 giờ` of `không quá 1 sự cố gián đoạn trên 4 giờ`), or for whom the value before
    it is: `toàn bộ kho` of `kiểm tra 02 lần đối với toàn bộ kho`."""
    if len(found) < 2:
        return False
    before, entry = found[-2:]
    between = reading.letters[before.end : entry.start]
    is_tied = bool(between) and not set(between) & set(letters_of("stop", "comma", "and", "open"))
    is_limit = before.target.comparator in {Comparator.AT_MOST, Comparator.LESS} and before.target.quantity != "%"
    is_length = "more" in entry.words and reading.letters[entry.end - 1] in letters_of("time", "duration")
    return is_tied and ("none" in before.words or "all" in entry.words or (is_limit and is_length))


def _is_limit(none: FoundTarget, entry: FoundTarget) -> bool:
    """True for a value that is not to be passed: `không để chi phí vượt quá 5%` is at most 5%, not none at all."""
    return none.words.get("none", "").lower() == "không để" and entry.words.get("more", "").lower().startswith("vượt")


def _is_base(reading: ScannedText, found: Sequence[FoundTarget]) -> bool:
    """True if the target before the last only says by how many the value is counted (`trên một ha` of `giá trị sản
    phẩm trên một ha đất trồng trọt đạt 72 triệu đồng`), or which cases are (`án thụ lý dưới 4 tháng được giải quyết
    đạt 85%`)."""
    if len(found) < 2:
        return False
    before, entry = found[-2:]
    value = before.target.value
    is_per = before.words.get("more") == "trên" and before.target.quantity != "%" and value is not None
    is_per = is_per and value in {1, 10, 100, 1000, 10000, 100000}
    passive = reading.tokens[before.end].words in {"được", "đã được", "bị"} and entry.target.quantity == "%"
    is_length = passive and reading.letters[before.end - 1] in letters_of("time", "duration", "up")
    is_case = is_length and entry.start > before.end + 1 and bool({"more", "less", "from"} & before.words.keys())
    is_one_part = not set(reading.letters[before.end : entry.start]) & {STOP, COMMA}
    return is_one_part and (is_per or is_case or _is_of_time(reading, before, entry))


def _is_of_time(reading: ScannedText, before: FoundTarget, entry: FoundTarget) -> bool:
    """True for the two tests of `thời gian khám có 2 xét nghiệm dưới 3 giờ`: a time is no number of them."""
    is_time = measures_time(reading, reading.begin(before.start, STOP + COMMA))
    is_length = reading.letters[entry.end - 1] in letters_of("time", "duration")
    is_compared = bool(COMPARED & entry.words.keys()) and not COMPARED & before.words.keys()
    return is_time and is_length and is_compared and before.target.quantity != "%"


def _starts_from(reading: ScannedText, found: Sequence[FoundTarget]) -> bool:
    """True if the target before the last only says where the change begins: `từ 15 ngày` of `từ 15 ngày xuống 10
    ngày` and of `từ 60% năm 2025 lên 75%`."""
    if len(found) < 2:
        return False
    before, entry = found[-2:]
    between = reading.letters[before.end : entry.end]
    reaches = set(letters_of("upto", "downto")) & set(between)
    is_tied = not set(letters_of("stop", "comma", "and")) & set(between)
    return bool(reaches) and is_tied and "from" in before.words and "up" not in before.words


def _runs_backwards(start: Target, entry: FoundTarget) -> bool:
    """True for a change that goes the other way than its words say: `từ 12% tăng lên 9%`."""
    if start.quantity != entry.target.quantity or start.value is None or entry.target.value is None:
        return False
    falls = entry.target.value < start.value
    return ("upto" in entry.words and falls and not entry.target.is_rank) or ("downto" in entry.words and not falls)
