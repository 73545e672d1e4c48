"""The forms of deadlines that hold words of the user's own: an event to wait for, a document that sets the time.

A newcomer adds a row to `WORDED` and nothing else. A row whose slots hold something that it can't use resolves to
None: it does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.model.calendar_phrases import UNIT_DAYS, Found
from qmsplan.model.conventions import MOST_DAYS
from qmsplan.model.deadline import Kind, Occurrence, Wake, as_set_by, deadline_of
from qmsplan.model.phrases import Row, expression
from qmsplan.model.unfold import due_when
from qmsplan.model.when import read_when
from qmsplan.model.words import count

if TYPE_CHECKING:
    from qmsplan.model.deadline import Deadline, Scope
    from qmsplan.model.phrases import Words

_YEARLY = "hàng năm"
_REPEATING = "có|được|cần|phát sinh|xảy ra|nhận|xuất hiện|thấy|đến hạn|phát hiện"


def _after(wake: Wake, scope: Scope) -> Deadline:
    """Once; every year if the event's words say that it comes every year."""
    is_yearly = wake.event.lower().endswith(_YEARLY)
    periods = scope.period.years() if is_yearly else (scope.period,)
    return deadline_of(Kind.EVENT, (Occurrence(period, None, wake) for period in periods))


def _once(words: Words, scope: Scope) -> Found:
    return _after(Wake(words["words"]), scope)


def _repeating(words: Words, scope: Scope) -> Found:
    return _after(Wake(words["words"], repeats=True), scope)


def _in_days(words: Words, scope: Scope) -> Found:
    days = count(words["number"]) * UNIT_DAYS[words["days"]]
    if not 0 < days <= MOST_DAYS:
        return None
    return _after(Wake(words["words"], days, working=words["days"] == "ngày làm việc"), scope)


def _as_set_by(words: Words, scope: Scope) -> Found:
    document = words["words"]
    if not document.lower().endswith(_YEARLY):
        return as_set_by(document, scope.period)
    years = (Occurrence(year, year.end) for year in scope.period.years())
    return deadline_of(Kind.REFERENCE, years)._replace(reference=document)


def _as_set_by_when(words: Words, scope: Scope) -> Found:
    when = read_when(words["when"])
    found = due_when(when, scope) if when else None
    document = expression(" ngay$").sub("", words["words"])
    return found._replace(kind=Kind.REFERENCE, reference=document) if found else None


WORDED: tuple[Row[Found], ...] = (
    Row(
        "{within}{days},? {since} {words}",
        _in_days,
        "Chậm nhất 05 ngày làm việc kể từ khi nhận được văn bản",
        "So many working days or calendar days after an event.",
    ),
    Row(
        "(?:ngay )?(?:sau khi|kể từ khi) (?P<words>\\w.*?),? {within}{days}",
        _in_days,
        "Sau khi nhận được văn bản 05 ngày làm việc",
        "So many working days or calendar days after an event.",
    ),
    Row(
        "ngay (?:sau khi|khi|sau) {words}",
        lambda w, p: _after(Wake(w["words"], at_once=True), p),
        "Ngay sau khi Kế hoạch CCHC được ban hành",
        "At once after an event: within the working days that the settings name.",
    ),
    Row(
        "(?:sau|từ|kể từ|cho đến|đến) khi {words}",
        _once,
        "Sau khi có văn bản triển khai của Sở Nội vụ",
        "After an event that a progress file records.",
    ),
    Row(
        "trước khi {words}",
        lambda w, p: _after(Wake(w["words"], 0), p),
        "Trước khi Hội đồng họp",
        "Due on the day of the event.",
    ),
    Row(
        "(?:mỗi khi|mỗi lần|bất (?:cứ|kỳ) khi nào|trong trường hợp) {words}",
        _repeating,
        "Mỗi khi thay đổi nhân sự",
        "Anew after every happening of an event.",
    ),
    Row(
        f"khi (?P<words>(?:{_REPEATING})\\b.*)", _repeating, "Khi có yêu cầu", "Anew after every happening of an event."
    ),
    Row("khi {words}", _once, "Khi UBND tỉnh ban hành Kế hoạch", "After an event that a progress file records."),
    Row(
        "(?:(?:đột xuất|phát sinh),? )?theo (?P<words>yêu cầu.*)",
        _repeating,
        "Đột xuất theo yêu cầu",
        "Anew after every request.",
    ),
    Row("đột xuất,? khi {words}", _repeating, "Đột xuất khi có chỉ đạo", "Anew after every happening of an event."),
    Row("(?P<words>đột xuất|phát sinh)", _repeating, "Đột xuất", "Whenever it is asked for."),
    Row(
        "cùng (?:thời điểm|lúc|thời gian|dịp)(?: với)? {words}",
        _once,
        "Cùng thời điểm lập dự toán hằng năm",
        "With an event; every year, if its words say so.",
    ),
    Row(
        "sau (?!đó\\b|này\\b|khi\\b|ngày\\b|[0-9])(?P<words>\\w.*)",
        _once,
        "Sau Hội nghị sơ kết",
        "After an event that a progress file records.",
    ),
    Row(
        "(?:thực hiện )?theo {words},? (?P<when>(?:từ|trước|trong|vào|chậm nhất) .*)",
        _as_set_by_when,
        "Thực hiện theo các chương trình, kế hoạch ngay từ đầu năm",
        "As another document says, in a stretch of the calendar.",
    ),
    Row(
        "(?:thực hiện )?theo {words}",
        _as_set_by,
        "Theo Kế hoạch của tỉnh",
        "As another document says, at the latest by the end of the plan's period.",
    ),
)
"""Forms with words of the user's own."""
