"""Deadlines whose words speak against what was understood: `Thứ Hai, ngày 15/5/2026` is a Friday.

`deadline_parse` asks here once a phrase is understood, so that such a phrase is refused and not read by half. And days
in prose that no calendar has: `ngày 31/02/2026`, `ngày 35 tháng 01 năm 2026`."""

from __future__ import annotations

from collections.abc import Iterator

from qmsplan.model.period import real_day
from qmsplan.model.text import bare
from qmsplan.phrases.calendar_words import LUNAR, WEEKDAY, weekday_number
from qmsplan.phrases.deadline import Deadline, DeadlineKind
from qmsplan.phrases.tables import Expression, expression

_DAY = r"(?P<day>[0-9]{1,2})(?:[/.-]| tháng )(?P<month>[0-9]{1,2})(?![0-9])(?:(?:[/.-]| năm )(?P<year>[0-9]{4}))?"
_NAMED = (
    rf"(?P<name>{WEEKDAY}|(?<!\w)t[2-7])\)?,? ?\(?(?:ngày )?{_DAY}",  # Thứ Hai, ngày 15/5/2026; T2, 15/5/2026
    rf"(?<![0-9/]){_DAY},? ?\(?(?P<name>{WEEKDAY})",  # 15/5/2026 (Thứ Hai)
)
_LATEST = "(?:chậm nhất|muộn nhất|trễ nhất|hạn cuối|hạn chót|gia hạn)"
_LAST_BESIDE = rf"(?P<first>[^,;()]*)(?:,? {_LATEST}|; gia hạn) [^,;()]*"
_YEARS_OF_EACH = (
    "(?:từ |(?:trong )?giai đoạn )?(?:năm )?20[0-9]{2} ?(?:-|đến) ?(?:năm )?20[0-9]{2}[,:]? .*(?:hàng|mỗi) năm.*"
)
_BETWEEN = r"(?<!\w)giữa (?P<part>tháng|quý) [0-9ivx]+ và (?P=part) [0-9ivx]"
"""A stretch between two others, which may be their middle days or all that lies between."""
_FOCUS = (
    r"[,;:(–-] ?(?:(?:vào|đợt|nhất là|chủ yếu|đặc biệt|trong đó|có|là) )*(?:cao điểm|trọng tâm|trọng điểm|tập trung"
    r"|nhất là|chủ yếu|đặc biệt là)(?!\w)[^;]*(?:(?<!\w)(?:quý|tháng|năm|tuần|ngày)(?!\w)|[0-9]/)"
)
"""Words for where in a time most is done, which is no second day on which it is due: `Cả năm, cao điểm tháng 5`."""
_OPENED = r".*(?:lần|hàng (?:[0-9]+ )?(?:năm|quý|tháng)),? (?:bắt đầu |kể )?từ (?!.* (?:đến|tới) ).*"


def misnamed_day(text: str, found: Deadline) -> str:
    """The words that name a day by another day of the week than it is: `Thứ Hai, ngày 15/5/2026`; "" if none. Of a day
    without a year any year of the deadline will do."""
    years = {(entry.due or entry.period.end).year for entry in found.occurrences}
    for pattern in _NAMED:
        for match in expression(pattern).finditer(text):
            named = weekday_number(match["name"])
            day, month = int(match["day"]), int(match["month"])
            known = {int(match["year"])} if match["year"] else years
            meant = [one for year in known if (one := real_day(year, month, day))]
            if meant and not any(one.weekday() == named for one in meant):
                return match[0]
    return ""


_SOME_DAY = "[0-9]{1,2}(?:/| tháng )[0-9]{1,2}"
_HALF_LUNAR = (
    rf"(?<![0-9/])(?P<day>{_SOME_DAY})(?: ?[-,;&+] ?(?:và )?| và | (?:đến|tới) (?:hết )?)(?:(?:ngày|mùng|mồng) )*"
    rf"{_SOME_DAY},? \(?{LUNAR}(?!\w)"
)


def half_lunar(text: str) -> str:
    """The day before one of the lunar calendar, which may be one too: `10/3` of `từ 10/3 đến 12/3 âm lịch`; "" if
    there is none."""
    found = expression(_HALF_LUNAR).search(text)
    return found["day"] if found else ""


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


def is_doubled(text: str, found: Deadline) -> bool:
    """True for two readings of one deadline that were taken for two: `dự kiến 15/6, chậm nhất 30/6`, of which only the
    second is due, `02 tháng/lần, bắt đầu từ tháng 3`, which moves the steps, and years with what is due in each of
    them."""
    if expression("24/(?:7|24)").fullmatch(text) or expression(_FOCUS).search(text):  # a day, or all the time?
        return True
    if len(found.occurrences) < 2:
        return False
    if expression(_BETWEEN).search(text):
        return True
    if found.kind is DeadlineKind.COMBINED:
        return any(expression(pattern).fullmatch(text) for pattern in (_OPENED, _YEARS_OF_EACH))
    beside = expression(_LAST_BESIDE).fullmatch(text)
    is_once = found.kind in {DeadlineKind.DATE, DeadlineKind.PERIOD}
    return is_once and beside is not None and not expression(_LATEST).search(beside["first"])


_WRITTEN_DAY = Expression(
    r"\bngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})(?!\d)(?:\s+năm\s+(?P<year>\d{4}))?"
    r"|\bngày\s+(?P<day2>\d{1,2})\s?[/.-]\s?(?P<month2>\d{1,2})\s?[/.-]\s?(?P<year2>\d{4})(?![\d/.-]*\d)"
    r"|(?<!mỗi )\bngày\s+(?P<day3>\d{1,2})\s?/\s?(?P<month3>0?[1-9]|1[0-2])(?P<year3>)(?![\d/.-]*\d)"
    r"|(?<![\d/.,-])(?<!số )(?P<day4>[0-3]?\d)/(?P<month4>0?[1-9]|1[0-2])/(?P<year4>(?:19|20)\d\d)(?![\d/-])",
)
"""A day. Without a year figures are one only by `/` and a month: `ngày 24-28 tháng 6` is a span, `các ngày 24/24
giờ` and `mỗi ngày 2.0 ca` count something."""
_LUNAR = Expression(rf"\s*[(,]?\s*(hằng năm )?{LUNAR}\b|\s+năm\s+(giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý)\b")
"""What says of the day before it that it is one of the lunar calendar, where February has 30 days."""
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
