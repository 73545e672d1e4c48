"""Deadlines whose words speak against what was understood: `Thứ Hai, ngày 15/5/2026` is a Friday.

`deadline_parse` asks here once a phrase is understood, so that such a phrase is refused and not read by half."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from qmsplan.model.text import bare
from qmsplan.phrases.calendar_words import WEEKDAY
from qmsplan.phrases.deadline import Deadline, DeadlineKind
from qmsplan.phrases.tables import expression

_DAY = r"(?P<day>[0-9]{1,2})(?:[/.-]| tháng )(?P<month>[0-9]{1,2})(?![0-9])(?:(?:[/.-]| năm )(?P<year>[0-9]{4}))?"
_NAMED = (
    rf"(?P<name>{WEEKDAY}|(?<!\w)t[2-7])\)?,? ?\(?(?:ngày )?{_DAY}",  # Thứ Hai, ngày 15/5/2026; T2, 15/5/2026
    rf"(?<![0-9/]){_DAY},? ?\(?(?P<name>{WEEKDAY})",  # 15/5/2026 (Thứ Hai)
)
_WEEK = ("hai 2", "ba 3", "tư 4", "năm 5", "sáu 6", "bảy 7", "nhật")
_LATEST = "(?:chậm nhất|muộn nhất|trễ nhất|hạn cuối|hạn chót|gia hạn)"
_LAST_BESIDE = rf"(?P<first>[^,;()]*),? {_LATEST} [^,;()]*"
_YEARS_OF_EACH = (
    "(?:từ |(?:trong )?giai đoạn )?(?:năm )?20[0-9]{2} ?(?:-|đến) ?(?:năm )?20[0-9]{2}[,:]? .*(?:hàng|mỗi) năm.*"
)
_BETWEEN = r"(?<!\w)giữa (?P<part>tháng|quý) [0-9ivx]+ và (?P=part) [0-9ivx]"
"""A stretch between two others, which may be their middle days or all that lies between."""
_OPENED = r".*(?:lần|hàng (?:[0-9]+ )?(?:năm|quý|tháng)),? (?:bắt đầu |kể )?từ (?!.* (?:đến|tới) ).*"


def misnamed_day(text: str, found: Deadline) -> str:
    """The words that name a day by another day of the week than it is: `Thứ Hai, ngày 15/5/2026`; "" if none. Of a day
    without a year any year of the deadline will do."""
    years = {(entry.due or entry.period.end).year for entry in found.occurrences}
    for pattern in _NAMED:
        for match in expression(pattern).finditer(text):
            named = expression("^t(?=[2-7])").sub("", match["name"].lower().split()[-1])
            day, month = int(match["day"]), int(match["month"])
            known = {int(match["year"])} if match["year"] else years
            meant = [date(year, month, day) for year in sorted(known) if _is_day(year, month, day)]
            if meant and not any(named in _WEEK[one.weekday()].split() for one in meant):
                return match[0]
    return ""


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_TIME_WORDS = {bare(word): word for word in _split("trước không quý tháng ngày từ trừ đầu giữa cuối hết sau tuần nửa")}
_OTHER_WORDS = frozenset(
    _split(
        "khống khổng quỹ quy quỳ quỷ quỵ thang thẳng thắng thăng ngay ngây tư tự tử tứ tu tủ tụ tú trữ trù trụ trú"
        " đấu đậu đau đâu dầu dấu dâu dậu cưới cười cuội hét hệt sâu sáu sầu tuân tuấn nữa nứa"
    )
)
"""Words that differ from those by their marks alone, and are words themselves: `thi đấu`, `lưu trữ`, `quỹ`."""
_BEFORE_TIME = r"(?<!\w)(?P<word>[^\W\d_]+) (?=(?P<time>quý|tháng|năm|ngày|trước|khi)(?!\w)|[0-9]|(?:i{1,3}|iv)(?!\w))"


def misspelt(text: str) -> tuple[str, str] | None:
    """A word of a phrase that is a word for times but for its marks, and that word: `trươc` and `trước`. Of words that
    have a meaning of their own only the first of a phrase and those before a number: `Đấu quý III`, `Quỹ II`."""
    words = [match[0].lower() for match in expression(r"[^\W\d_]+").finditer(text)]
    before = list(expression(_BEFORE_TIME).finditer(text))
    first = {match["word"].lower() for match in before if match.start() == 0 and match["time"]}
    numbered = {match["word"].lower() for match in before if not match["time"]}
    for word in words:
        meant = _TIME_WORDS.get(bare(word))
        if meant is None or word in {meant, "sáu"} or (word == "ngay" and word not in numbered):
            continue
        is_numbered = word in numbered and meant in {"quý", "tháng", "ngày"}  # not `Thông tư 80/2021/TT-BTC`
        if word not in _OTHER_WORDS or word in first or is_numbered:
            return word, meant
    return None


def _is_day(year: int, month: int, day: int) -> bool:
    return year > 0 and 0 < month < 13 and 0 < day <= monthrange(year, month)[1]


def is_doubled(text: str, found: Deadline) -> bool:
    """True for two readings of one deadline that were taken for two: `dự kiến 15/6, chậm nhất 30/6`, of which only the
    second is due, `02 tháng/lần, bắt đầu từ tháng 3`, which moves the steps, and years with what is due in each of
    them."""
    if len(found.occurrences) < 2:
        return False
    if expression(_BETWEEN).search(text):
        return True
    if found.kind is DeadlineKind.COMBINED:
        return any(expression(pattern).fullmatch(text) for pattern in (_OPENED, _YEARS_OF_EACH))
    beside = expression(_LAST_BESIDE).fullmatch(text)
    is_once = found.kind in {DeadlineKind.DATE, DeadlineKind.PERIOD}
    return is_once and beside is not None and not expression(_LATEST).search(beside["first"])
