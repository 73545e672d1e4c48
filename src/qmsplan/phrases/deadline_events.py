"""The forms of deadlines that hold words of the user's own: an event to wait for (`sau khi …`), or a document that sets
the time (`theo Kế hoạch …`). Add one as a row of WORDED.

The slots are those of `deadline_forms`."""

from __future__ import annotations

from functools import partial

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.settings import MOST_DAYS
from qmsplan.model.text import count
from qmsplan.phrases.calendar_parse import due_when, read_when
from qmsplan.phrases.deadline import (
    Deadline,
    DeadlineKind,
    DeadlineScope,
    EventTrigger,
    Occurrence,
    as_set_by,
    deadline_of,
)
from qmsplan.phrases.deadline_days import HOURS, UNIT_DAYS, UNIT_MONTHS, Meaning
from qmsplan.phrases.deadline_forms import SLOTS
from qmsplan.phrases.tables import PhraseRow, PhraseWords, expression

_MOST_MONTHS = 60  # after an event, as long as the longest plans are
_YEARLY = "hàng năm"
_REPEATING = "có|được|cần|phát sinh|xảy ra|nhận|xuất hiện|thấy|đến hạn|phát hiện"


def _after(trigger: EventTrigger, scope: DeadlineScope) -> Deadline:
    """Due after an event, or before it; every year, if the event's words end with `hàng năm`, and again after each
    occurrence of `mỗi đợt`."""
    _refuse_times(trigger.event)
    if expression("(?:mỗi|từng) ").match(trigger.event):
        trigger = trigger._replace(repeats=True)
    is_yearly = trigger.event.lower().endswith(_YEARLY)
    periods = scope.period.years() if is_yearly else (scope.period,)
    return deadline_of(DeadlineKind.EVENT, (Occurrence(period, None, trigger) for period in periods))


_NO_EVENT = (
    "khi|ngày|hạn|thời hạn|thời gian|thời điểm|kế hoạch|tiến độ|lịch|mắt|tiên|hết|đây|đó|này|kia|nay|sau|lúc"
    "|(?:mỗi|từng) (?:quý|tháng|năm|tuần|ngày|học kỳ|kỳ)"
    "|hoặc|và|trong|đến|tết|dịp|quý|tháng|năm|tuần|giờ|định kỳ"
)
"""What stands behind `trước` and is no event to wait for: `trước hạn`, `trước mắt`, `trước quý`."""
_BEGUN = (
    "đưa vào|đi vào|triển khai|thực hiện|vận hành|hoạt động|áp dụng|sử dụng|khai thác|thí điểm|thử nghiệm|có hiệu lực"
    "|ban hành|khai giảng|khởi công|nghiệm thu|thành lập|sáp nhập|phê duyệt"
)
"""With what the words for an event begin from which `sau 3 tháng` is counted."""
_NO_START = (
    "(?:hạn|thời hạn|tiến độ|lịch|đó|này|kia|đây)$|[0-9]|(?:và|hoặc|sau|trong|kế hoạch|quý|tháng|năm|tuần|mùa)(?!\\w)"
)
"""What days can't be counted back from: `10 ngày trước kế hoạch`."""
_NO_DAY = (
    "(?:làm việc|thứ|chủ nhật|đầu|cuối|giữa|quy định|nói|này|đó|kia|nghỉ|mùng|mồng|rằm|tết|mai|trên|hàng|mỗi)(?!\\w)"
)
"""What names a day of the calendar behind `trước ngày`, and no event."""
_DATED = r".*\D[0-9]{1,2}/(?:0?[1-9]|1[0-2])(?:/[0-9]{4})?"
"""An event with its day."""
_LASTING = "(?:đợt|khóa|lớp|chuyến|kỳ nghỉ|tập huấn|cuộc|trại|tuần|nghỉ)(?!\\w)"
"""What lasts some days itself: `sau đợt tập huấn 3 ngày`."""
_LENGTH = "(?:.* )?[0-9]{1,3}(?: ?- ?[0-9]{1,3})? (?:ngày làm việc|ngày|tuần|tháng|năm|giờ)"
_UNTIMED_WORDS = (
    "giai đoạn|tiến độ|quy định|thực tế|tình hình|nhu cầu|thời gian|thời điểm|khả năng|điều kiện|phân kỳ|lộ trình|đợt"
    "|mùa vụ|thời vụ|từng|thời hạn|định kỳ|kỳ|quý|tháng|năm|tuần|ngày|mùa|chu kỳ|tính chất|khối lượng|nhiệm kỳ"
)
_UNTIMED = rf"(?:{_UNTIMED_WORDS})(?!\w)(?! (?:tại|của|trong|theo) )(?!.*[0-9]/).*"
"""What sets no time though `theo` stands before it, unless the document that does is named behind it."""
_TET = "(?:dịp )?" + SLOTS["tet"]
_ENDED = "(?:(?:khi )?(?:kết thúc|hết|qua|xong|bắt đầu|vào|bước vào|sang) )?"
_OF_SCHOOL = "(?:năm học|học kỳ)(?: mới| sau| tới| này| i{1,2}| [12])?"


def _refuse_times(event: str) -> None:
    """UserError if the words of an event are a time of the calendar, for which nobody will record an event."""
    rest = expression(_ENDED).sub("", event, count=1)
    bound = expression(r".* (?P<when>(?:đến|tới|trước|chậm nhất) .*[0-9].*)").fullmatch(rest)
    if bound and read_when(bound["when"]):  # `có yêu cầu đến hết năm 2026`
        rest = bound["when"]
    if expression(_LENGTH).fullmatch(rest):
        raise UserError(
            Message("'{words}' ends with a length of time that may be a part of the event", words=event),
            Message("write it first, such as 'trong vòng 5 ngày sau khi kết thúc đợt kiểm tra'"),
        )
    named = expression("^(?:(?:mỗi|từng|hàng|và|ngày)(?: |$))+").sub("", rest.lower())
    is_unit = named in {"", *UNIT_MONTHS, *UNIT_DAYS} or expression(f"{_TET}|{_OF_SCHOOL}").fullmatch(named)
    if read_when(named.split(",")[0]) or is_unit:
        raise UserError(
            Message("'{words}' is a time and no event", words=event),
            Message("write the day by which it is done, such as 'trước 30/6/2026'"),
        )


def _waits(words: PhraseWords, scope: DeadlineScope, *, repeats: bool = False) -> Meaning:
    return _after(EventTrigger(words["words"], repeats=repeats), scope)


def _repeating(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    return _waits(words, scope, repeats=True)


def _counted(words: PhraseWords, scope: DeadlineScope, sign: int, unless: str = "$") -> Meaning:
    """So many days or months after an event, or before it (`sign` -1). None for some words: `sau đợt tập huấn 3 ngày`
    may be how long that is."""
    if expression(unless).match(words["words"]):
        return None
    number = count(words["number"])
    if words["days"] in UNIT_MONTHS:
        months = number * UNIT_MONTHS[words["days"]]
        trigger = EventTrigger(words["words"], months=sign * months)
        return _after(trigger, scope) if 0 < months <= _MOST_MONTHS else None
    days = -(-number // 24) if words["days"] in HOURS else number * UNIT_DAYS[words["days"]]
    if not 0 < days <= MOST_DAYS:
        return None
    return _after(EventTrigger(words["words"], sign * days, working=words["days"] == "ngày làm việc"), scope)


_in_days, _in_days_behind = partial(_counted, sign=1), partial(_counted, sign=1, unless=_LASTING)
_ahead = partial(_counted, sign=-1, unless=_NO_START)


def _before(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """Before an event; None if its day stands behind it, for nobody would wait for it: `trước Quốc khánh 2/9`."""
    return None if expression(_DATED).fullmatch(words["words"]) else _after(EventTrigger(words["words"], 0), scope)


def _before_day(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    """By the day of an event; None for a day of the calendar that no row knows."""
    return None if expression(_NO_DAY).match(words["words"]) else _after(EventTrigger(words["words"], 0), scope)


def _as_set_by(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    document = words["words"]
    if expression(_UNTIMED).fullmatch(document):
        raise UserError(
            Message("'{words}' names no document that sets the time", words=document),
            Message("name the document, such as 'theo Kế hoạch số 15/KH-UBND', or write the day"),
        )
    if not document.lower().endswith(_YEARLY):
        return as_set_by(document, scope.period)
    years = (Occurrence(year, year.end) for year in scope.period.years())
    return deadline_of(DeadlineKind.REFERENCE, years)._replace(reference=document)


def _as_set_by_when(words: PhraseWords, scope: DeadlineScope) -> Meaning:
    when = read_when(words["when"])
    found = due_when(when, scope) if when else None
    document = expression(",?(?: ngay)?$").sub("", words["words"])
    return found._replace(kind=DeadlineKind.REFERENCE, reference=document) if found else None


# fmt: off
WORDED: tuple[PhraseRow[Meaning], ...] = (
    PhraseRow("{within}{days},? {since} {words}", _in_days,
              "Chậm nhất 05 ngày làm việc kể từ khi nhận được văn bản",
              "A number of working days or calendar days after an event."),
    PhraseRow(f"{{within}}sau {{days}} (?:kể từ )?(?P<words>(?:{_BEGUN})(?!\\w).*)", _in_days,
              "Sau 3 tháng đưa vào vận hành", "A number of working days or calendar days after an event."),
    PhraseRow("(?:ngay )?(?:sau khi|kể từ khi|khi(?=.*,)) (?P<words>\\w.*?),? {within}{days}", _in_days,
              "Sau khi nhận được văn bản 05 ngày làm việc",
              "A number of working days or calendar days after an event."),
    PhraseRow("sau (?!đó\\b|này\\b|khi\\b|ngày\\b|[0-9])(?P<words>\\w.*?)(?P<comma>,)? {within}{days}", _in_days_behind,
              "Sau mỗi đợt kiểm tra 5 ngày",
              "A number of working days or calendar days after an event."),
    PhraseRow("{ahead}{days},? trước (?:(?:khi|ngày|thời điểm|lúc) )*{words}", _ahead,
              "Chậm nhất 05 ngày trước ngày họp", "A number of working days or calendar days before an event."),
    PhraseRow("trước {ahead}{days} (?:so với|tính đến|(?=khi)) ?(?:(?:khi|ngày|thời điểm|lúc) )*{words}", _ahead,
              "Trước 05 ngày so với ngày thi đấu", "A number of working days or calendar days before an event."),
    PhraseRow("trước (?:(?:khi|ngày|thời điểm|lúc) )*(?P<words>[^\\W\\d_].*?)(?:,? | ?\\(){ahead}{days}\\)?", _ahead,
              "Trước khi khai giảng 10 ngày", "A number of working days or calendar days before an event."),
    PhraseRow("ngay (?:sau khi|khi|sau) {words}", lambda w, p: _after(EventTrigger(w["words"], at_once=True), p),
              "Ngay sau khi Kế hoạch CCHC được ban hành",
              "At once after an event: within the working days that the settings name."),
    PhraseRow("(?:sau|từ|kể từ|cho đến|đến) khi {words}", _waits,
              "Sau khi có văn bản triển khai của Sở Nội vụ", "After an event that a progress file records."),
    PhraseRow("trước khi {words}", _before,
              "Trước khi Hội đồng họp", "Due on the day of the event."),
    PhraseRow("(?:mỗi khi|mỗi lần|bất (?:cứ|kỳ) khi nào|trong trường hợp) {words}", _repeating,
              "Mỗi khi thay đổi nhân sự", "Again after each occurrence of an event."),
    PhraseRow(f"khi (?P<words>(?:{_REPEATING})\\b.*)", _repeating,
              "Khi có yêu cầu", "Again after each occurrence of an event."),
    PhraseRow("khi {words}", _waits, "Khi UBND tỉnh ban hành Kế hoạch", "After an event that a progress file records."),
    PhraseRow("(?:(?:đột xuất|phát sinh),? )?theo (?P<words>yêu cầu.*)", _repeating,
              "Đột xuất theo yêu cầu", "Again after each request."),
    PhraseRow("đột xuất,? khi {words}", _repeating,
              "Đột xuất khi có chỉ đạo", "Again after each occurrence of an event."),
    PhraseRow("(?P<words>(?:đột xuất|phát sinh)(?:,? theo (?:chỉ đạo|đề nghị|phân công|điều động))?)", _repeating,
              "Đột xuất", "Whenever it is asked for."),
    PhraseRow("cùng (?:thời điểm|lúc|thời gian|dịp)(?: với)? {words}", _waits,
              "Cùng thời điểm lập dự toán hằng năm", "With an event; every year, if its words say so."),
    PhraseRow("sau (?!đó\\b|này\\b|khi\\b|ngày\\b|[0-9])(?P<words>\\w.*)", _waits,
              "Sau Hội nghị sơ kết", "After an event that a progress file records."),
    PhraseRow(f"trước (?!(?:{_NO_EVENT})\\b|[0-9])(?P<words>[^\\W\\d_].*)",
              _before,
              "Trước kỳ họp của Hội đồng nhân dân", "Due on the day of the event."),
    PhraseRow("trước ngày (?P<words>[^\\W\\d_][^0-9]*)", _before_day,
              "Trước ngày bầu cử", "Due on the day of the event."),
    PhraseRow("(?:thực hiện )?theo {words},? (?P<when>(?:từ|trước|trong|vào|chậm nhất) .*)", _as_set_by_when,
              "Thực hiện theo các chương trình, kế hoạch ngay từ đầu năm",
              "As another document says, in a stretch of the calendar."),
    PhraseRow("(?:đột xuất,? )?(?:thực hiện )?theo {words}", _as_set_by,
              "Theo Kế hoạch của tỉnh", "As another document says, at the latest by the end of the plan's period."),
)
"""Forms with words of the user's own."""
# fmt: on
