"""Two values of a target phrase of which one only says more of the other: where a change begins (`từ 15 ngày xuống 10
ngày`), by how many is counted (`trên một ha đạt 72 triệu đồng`), which cases are meant (`không có hồ sơ quá hạn trên 30
ngày`)."""

from __future__ import annotations

from collections.abc import Sequence

from qmsplan.diagnostics import Message, UserError
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_patterns import ScannedText
from qmsplan.phrases.target_read import FoundTarget, letters_of


def take_in(reading: ScannedText, found: list[FoundTarget]) -> None:
    """Leaves the last of two targets where the other only says where the change begins. UserError for a change that
    goes the other way than its words say."""
    if _starts_from(reading, found):
        if _runs_backwards(found[-2].target, found[-1]):
            raise UserError(
                Message("the range '{words}' runs backwards", words=reading.words(found[-2].start, found[-1].end)),
                Message("write the smaller number first"),
            )
        del found[-2]


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
