"""What the readings on a target come to over the parts of its time: they add up, the last one stands, or each is a
level of its own.

The field `aggregation` of an item says so; else the words of its target and its statement, where they are sure (a row
of `CUES`, whose example is its test); else the unit (`adds_up`). Where neither is sure `is_unsure` says so. Of a change
(`giảm 10%`) all this is asked of what changes: of tỷ lệ lỗi, of vụ tai nạn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qmsplan.model.structured import Aggregation, Comparator
from qmsplan.phrases.tables import Expression
from qmsplan.phrases.target import Target

_LENGTHS = {"giây", "phút", "giờ", "giờ làm việc", "tiết", "ngày", "ngày làm việc", "tuần", "tháng", "năm"}
_LEVELS = _LENGTHS - {"tiết"} | {"", "%", "‰", "điểm", "sao", "độ", "độ c", "°c", "°f", "oc", "db", "dba", "db(a)"}
_LEVELS |= {"lux", "v", "kv", "hz", "bar", "pa", "kpa", "mpa", "mmhg", "ppm", "ppb", "ntu", "mm", "cm"}
"""Units of what is measured anew each time, so that two readings do not add up; "" is a number without a unit."""

MEAN = re.compile(r"\b(?:bình quân|trung bình)\b", re.IGNORECASE)
_KEPT = re.compile(
    r"\b(?:duy trì|giữ vững|giữ nguyên|ổn định)\s+(?:ở mức\s+|ít nhất\s+|tối thiểu\s+)?\d", re.IGNORECASE
)
_TIMES = {"lần", "lượt", "cuộc", "buổi", "kỳ", "phiên", "đợt", "số"}
"""Units of what happens again: `duy trì 4 cuộc họp` is four in all."""
_EVENTS = _TIMES | {"vụ", "việc", "lớp", "hồ sơ", "văn bản", "bài", "tin", "ca", "trường hợp", "sự cố", "đơn", "ý kiến"}
_EVENTS |= {"đề tài", "sáng kiến", "báo cáo", "khóa", "hội nghị", "hội thảo", "đoàn", "chuyến", "lỗi", "tai nạn", "cây"}
_EVENTS |= {"phản ánh", "khiếu nại", "kiến nghị", "quyết định", "nghị quyết", "kế hoạch", "chương trình", "chuyên đề"}
_EVENTS |= {"tiết", "ngày công", "giờ công", "công", "kwh", "mwh"}
"""Units of what arises and is over, so that what two quarters count adds up."""
_SCALE = re.compile(r"^(?:(?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ) )+")
_CHANGING = re.compile(
    r"\b(?:giảm|tăng|nâng|hạ|rút ngắn|tiết kiệm|cải thiện|reduc(?:e|ing)|cut|lower|decrease|increase|raise|improve)"
    r"(?: (?:thêm|ít nhất|tối thiểu|từ|trên|khoảng|bình quân|the))*"
    r"(?: \d[\d.,–-]*(?: ?%)?(?:(?: \w+){1,3}?(?= (?:số|tỷ lệ|tỉ lệ)\b))?)? ",
    re.IGNORECASE,
)
"""A change, up to what changes: `Giảm ít nhất 10% `, `giảm 5 vụ ` before `số vụ tai nạn`."""
_UNIT_BEHIND = re.compile(
    r"(?<![\w.,/-])(?<!năm )(?<!năm học )\d[\d.,]*\s*(?P<unit>[%‰]|(?!năm \d|là\b)[^\W\d][^\d(),;:]*)", re.IGNORECASE
)
_COUNTED = Expression(
    rf"\b(?:số|lượng) (?:lượng )?(?P<unit>{'|'.join(sorted(_EVENTS | {'người', 'hộ', 'xã'}, key=len, reverse=True))})\b"
)


class AggregationCue(NamedTuple):
    """Words that surely say what readings come to."""

    example: str
    """A statement or a target with them, and its target behind a bar."""
    aggregation: Aggregation | None
    """None of a level: a rate, a mean, a price, which is measured anew each time and never added up."""
    words: Expression
    of: str
    """The targets that they are about: `count`, `share`, `length` (of time), `change`, or `any`."""


_DOING = (
    r"khảo sát|trồng|đào tạo|bồi dưỡng|tập huấn|tuyển|xây dựng|tổ chức|hỗ trợ|giải quyết|xử lý|thu(?! nhập)|tư vấn|tiếp"
    r"|cấp (?:giấy|phép|đổi|mới|phát|thẻ)|kiểm tra|thanh tra|giám sát|giới thiệu|kết nạp|phát hành|sản xuất|tiêu thụ"
    r"|khám|điều trị|tiêm|vận động|huy động|ban hành|lắp đặt|sửa chữa|nâng cấp|cải tạo|làm mới|tặng|trao|mua|bán"
    r"|tuyên truyền|công nhận|thẩm định|phê duyệt|giải ngân|tiết kiệm|quyên góp|thực hiện|hoàn thành|triển khai|rà soát"
    r"|số hóa|cập nhật|lập|phỏng vấn|đón|phục vụ"
)
"""Verbs of what is done anew in each period."""
_ANEW = (
    r"đào tạo|bồi dưỡng|tập huấn|hỗ trợ|tư vấn|khám|điều trị|tiêm|tuyên truyền|giới thiệu|giải quyết việc làm|kiểm tra"
)
_TO_NUMBER = r"[^\d;:.]*"
TURNOVER = Expression(
    r"^\W*(?:tổng )?(?:giá trị )?(?:doanh thu|doanh số|lợi nhuận|sản lượng|kim ngạch|xuất khẩu|sản xuất|số thu"
    r"|nộp ngân sách|số tiền (?:thu|tiết kiệm|vận động))\b(?!.*\b(?:tồn|còn lại|cuối (?:kỳ|năm))\b)"
)
"""What adds up within a year, and is told anew for each."""
_POOR = r"(?:hộ|người) (?:(?:cận )?nghèo|thất nghiệp)\b(?!.*\b(?:được|đã|thoát|tham gia|vay|nhận|có|hỗ trợ)\b)"
_LEFT = r"(?:hồ sơ|đơn(?: thư| hàng)?|văn bản|vụ(?: án| việc)?|án|(?:công )?việc|nhiệm vụ|khiếu nại|kiến nghị|ca) "
CUES = (
    AggregationCue("Lũy kế thu ngân sách | ít nhất 300 tỷ đồng", Aggregation.CUMULATIVE,
        Expression(r"\b(?:lũy|luỹ) kế\b|\bcộng dồn từ đầu (?:năm|kỳ)\b"), "any"),
    AggregationCue("Tỷ lệ hộ nghèo giảm | giảm 1,5% so với năm trước", Aggregation.LATEST,
        Expression(rf"^\W*(?:tỷ lệ|tỉ lệ) {_POOR}"), "change"),
    AggregationCue("Giảm chi phí bình quân 5% | giảm 5% so với năm trước", None,
        Expression(
            r"(?<!giảm )(?<!tăng )(?<!trưởng )(?<!\w)(?:bình quân|trung bình)\b"
            r"(?! (?:mỗi|hằng|hàng|một) (?:năm|quý|tháng)\b)"
            r"|\b(?:average|mean)\b"
        ), "change"),
    AggregationCue("Giải quyết thủ tục | nhanh hơn 10% so với thời gian quy định", None,
        Expression(r"\b(?:nhanh|sớm|ngắn) hơn\b|\brút ngắn\b|\b(?:so với|về) thời (?:gian|hạn)\b"), "change"),
    AggregationCue("Tăng số giờ giảng | tăng 10% so với năm trước", Aggregation.SUM,
        Expression(
            r"^\W*(?:tổng )?số (?:ngày|giờ|tiết) (?:công|giảng|dạy|học|bay|lao động|làm|đào tạo|tập huấn|phát|vận hành"
            r"|nghỉ)\b"
        ), "change"),
    AggregationCue("Giảm tỷ lệ lỗi 10% | giảm 10% so với năm trước", None,
        Expression(
            r"^\W*(?:tỷ lệ|tỉ lệ|tỷ suất|mức(?! tiêu)|chỉ số|điểm|thời (?:gian|hạn)(?! (?:dừng|ngừng))|số (?:ngày|giờ)"
            r"|thu nhập|hạng(?! mục)|thứ hạng|xếp hạng|chất lượng|độ|tốc độ|nhiệt độ|nồng độ|cường độ)\b"
        ), "change"),
    AggregationCue("Reduce the error rate by 10% | reduce by 10% compared with 2025", None,
        Expression(
            r"^(?!.*\bnumber of\b).*(?<!on )(?<!on-)\b(?:rate|ratio|share|percentage|score|index|time|duration"
            r"|productivity|yield|price|cost per)\b"
        ), "change"),
    AggregationCue("Năng suất lao động | ít nhất 40 sản phẩm", None,
        Expression(r"^\W*(?:năng suất|đơn giá|giá (?:bán|thành)|định mức|mật độ|hiệu suất|hệ số)\b"), "count"),
    AggregationCue("Tỷ lệ giải ngân vốn đầu tư công | ít nhất 95%", Aggregation.CUMULATIVE,
        Expression(r"^\W*(?:tỷ lệ |tỉ lệ )?giải ngân\b"), "share"),
    AggregationCue("Tiến độ hoàn thành công trình | đạt 100%", Aggregation.CUMULATIVE,
        Expression(
            r"^\W*(?:tiến độ|khối lượng (?:hoàn thành|thực hiện))\b(?!.*\b(?:đúng|kịp|(?:bảo|đảm) bảo|hồ sơ|văn bản)\b)"
        ), "share"),
    AggregationCue("Tỷ lệ dân số dùng nước sạch | đến cuối năm đạt ít nhất 95%", Aggregation.FINAL,
        Expression(r"^\W*(?:tính )?(?:đến|tới|vào) (?:hết |cuối )?(?:năm|quý|tháng|kỳ)\b[^%;]*\d\s?%\W*$"), "share"),
    AggregationCue("Giảm số hộ nghèo | còn 120 hộ", Aggregation.FINAL,
        Expression(r"^\W*(?:giảm )?(?:xuống )?còn (?!lại)(?:(?:không quá|dưới|tối đa|ít nhất) )?\d"), "count"),
    AggregationCue("Số sinh viên có mặt cuối năm | ít nhất 2.000 sinh viên", Aggregation.FINAL,
        Expression(rf"^\W*(?:tổng )?số\b{_TO_NUMBER}\b(?:có mặt|hiện có|còn(?: lại)?|đang học)[^\d;:.]*\bcuối năm\b"),
        "count"),
    AggregationCue("Số hộ nghèo còn lại không quá 120 hộ | không quá 120 hộ", Aggregation.LATEST,
        Expression(
            rf"^\W*(?:(?:tổng )?số|lượng|giá trị|diện tích)\b{_TO_NUMBER}\b(?:còn lại|hiện có|có mặt|tồn đọng|tồn kho"
            r"|cuối (?:mỗi )?(?:kỳ|quý|tháng)"
            r"|đang (?:làm việc|hoạt động|quản lý|theo dõi|điều trị|theo học|có hiệu lực))"
            rf"(?! (?:được|đã|tham gia|{_DOING})\b)"
        ), "count"),
    AggregationCue("Hàng tồn kho không quá 20 tỷ đồng | không quá 20 tỷ đồng", Aggregation.LATEST,
        Expression(
            r"^\W*(?:giá trị |tổng )?(?:hàng tồn kho|tồn kho|tồn quỹ|dư nợ"
            r"|nợ (?:quá hạn|xấu|đọng|phải thu|phải trả|thuế)"
            r"|số dư|biên chế|quy mô|công suất)\b(?!.*\b(?:thu (?:hồi|được)|giải quyết|xử lý|thanh lý|tinh giản)\b)"
        ), "count"),
    AggregationCue("Tồn đọng hồ sơ | không quá 10 hồ sơ", Aggregation.LATEST,
        Expression(
            rf"^\W*(?:số )?(?:{_LEFT})?(?:còn tồn|tồn đọng|tồn)\b(?!.*\b(?:được|đã|{_DOING})\b)"
            r"|^\W*(?:number of )?(?:backlog|(?:open|pending|outstanding|remaining|unsettled)\b|inventory|headcount)\b"
        ), "count"),
    AggregationCue("Số hộ nghèo | giảm 50 hộ so với năm trước", Aggregation.LATEST,
        Expression(rf"^\W*(?:tổng )?(?:số )?(?:{_POOR}|(?:quy mô )?dân số\b|số dân\b|tổng đàn\b)"), "count"),
    AggregationCue("Tăng số thành viên | tăng 10% so với năm 2025", Aggregation.LATEST,
        Expression(r"^\W*(?:tổng )?số (?:lượng )?(?:thành|hội|đoàn|đảng) viên\b(?!.*\b(?:mới|tham gia|được|dự|đã)\b)"),
        "change"),
    AggregationCue("Số giường bệnh đạt 300 giường | ít nhất 300 giường", Aggregation.LATEST,
        Expression(r"^\W*(?:tổng )?số giường\b(?!.*\b(?:tăng thêm|bổ sung|mua|mới)\b)"), "count"),
    AggregationCue("Tổng số giờ dạy thêm | không quá 200 giờ", Aggregation.SUM,
        Expression(r"^\W*tổng (?:số )?(?:giây|phút|giờ|tiết|ngày|tuần|tháng|thời gian)\b"), "length"),
    AggregationCue("Doanh thu bán hàng | ít nhất 12 tỷ đồng", Aggregation.SUM,
        TURNOVER, "count"),
    AggregationCue("Số người được đào tạo nghề | ít nhất 200 người", Aggregation.SUM,
        Expression(
            rf"^\W*(?:(?:tổng )?số|lượng|diện tích)\b{_TO_NUMBER}\b(?:(?:được|đã) (?:{_ANEW})"
            r"|(?:thành lập|tuyển|trồng|cấp|kết nạp|mở|đăng ký|xây|làm) mới|(?:mới )?phát sinh)\b"
        ), "count"),
    AggregationCue("Khảo sát ý kiến người dân | ít nhất 100 người", Aggregation.SUM,
        Expression(rf"^\W*(?:{_DOING})\b(?!.*\b(?:duy trì|biên chế)\b)(?! kính\b)"), "count"),
)  # fmt: skip
"""The first row that fits decides."""


def with_aggregation(
    target: Target, statement: str, given: Aggregation | None = None, unit: str = "", base: str = ""
) -> Target:
    """A target with what its readings come to, as its item says, or else as its words surely do, and with the unit of
    what changes.

    `statement` is what the item says of this target alone, `unit` and `base` are its fields."""
    if target.is_relative and not target.is_difference:
        target = target._replace(changed_unit=_changed_unit(target, statement, unit, base))
    if target.is_rank:
        return target._replace(aggregation=given)
    cue = next(_cues(target, statement), None)
    if cue is None:
        is_each = counts_time(target) and target.per and not target.is_relative and not MEAN.search(target.phrase)
        return target._replace(aggregation=given or (Aggregation.SUM if is_each else None))  # `40 giờ/người/năm`
    return target._replace(aggregation=given or cue.aggregation, is_level=cue.aggregation is None)


def _cues(target: Target, statement: str) -> Iterator[AggregationCue]:
    """The rows that fit, the first one first."""
    kinds = {"any", "share" if target.counts_shares else "count" if counts(target) else ""}
    texts = [text for text in (target.phrase, statement) if text]
    kinds |= {"length"} if counts_time(target) else set()
    if target.is_relative:
        kinds.add("change")
        texts = [piece for text in texts for piece in _changing(text)]
    else:
        texts = [text for text in texts if not MEAN.search(text)]
    return (cue for cue in CUES if cue.of in kinds and any(map(cue.words.search, texts)))


def _changing(text: str) -> Iterator[str]:
    """What a text says from the word on that changes: behind each change, and from its beginning, unless there it says
    what is done about it (`Xây dựng giải pháp giảm …`)."""
    ends = [found.end() for found in _CHANGING.finditer(text)]
    yield from (text[end:] for end in ends)
    if not ends or not _BEGINS_DOING.search(text):
        yield text


_BEGINS_DOING = Expression(rf"^\W*(?:{_DOING})\b")


def _changed_unit(target: Target, statement: str, unit: str, base: str) -> str:
    """The unit of what changes by so many per cent: as `unit` says, or `base` (`20 ngày (năm 2025)`), or the words
    (`số vụ`); "" if none does. `%` as `unit` may be that of the change."""
    if unit and unit.strip("() ") not in {"%", "‰"}:
        return unit.strip("() ")
    found = _UNIT_BEHIND.search(base) or _COUNTED.search(target.population) or _COUNTED.search(statement)
    return found["unit"].partition(" năm")[0].strip() if found else ""


def counts(target: Target) -> bool:
    """True for counts by their unit: those of several units add up, those of a year's quarters if they tell of what
    arose. Shares, ranks, rates, scores, lengths of time, degrees, means (`thu nhập bình quân 60 triệu đồng`) and what
    is kept (`duy trì 12 phòng`) are none. What changes in a unit that nobody names is one."""
    unit = _EACH_TIME.sub("", target.measured_unit.lower())
    if target.is_rank or target.in_points or target.is_level or "/" in unit:
        return False
    if target.is_relative:
        return not unit or unit not in _LEVELS
    is_kept = target.aggregation is None and unit not in _TIMES and _KEPT.search(target.phrase)
    is_mean = MEAN.search(target.phrase) and not target.per
    return unit not in _LEVELS and not (target.is_per_many or is_kept or is_mean)


_EACH_TIME = re.compile(r"/(?:năm|quý|tháng|kỳ)$")
"""For which time a count is: `120 vụ/năm`, which is no rate."""


def counts_time(target: Target) -> bool:
    """True for lengths of time, also for each of something: `giờ`, `giờ/người`."""
    return target.measured_unit.lower().partition("/")[0] in _LENGTHS


def adds_up(target: Target) -> bool:
    """True if the figures of a year are those of its quarters together: as `aggregation` says, else for counts."""
    return target.aggregation is Aggregation.SUM if target.aggregation else counts(target)


def takes_last(target: Target) -> bool:
    """True if `aggregation` says that the last reading stands for the whole."""
    return target.aggregation not in {None, Aggregation.SUM}


def plan_adds_up(target: Target) -> bool:
    """True if the values that are planned by period are parts of a sum: `{2026-Q1: 20, 2026-Q2: 25}` of counts, also
    where the readings are running totals."""
    return adds_up(target) or (target.aggregation is Aggregation.CUMULATIVE and counts(target))


def is_unsure(target: Target) -> bool:
    """Whether nothing surely says if readings add up: counts of what may stay (`giường`, `ha`, `tỷ đồng`), also where a
    change of them is asked for, and lengths of time that are to be reached (`ít nhất 12.000 giờ`, `40 giờ/người`)."""
    unit = target.measured_unit.lower()
    if target.aggregation or target.time or (target.per and not target.is_relative):
        return False
    if adds_up(target):
        unit = _SCALE.sub("", unit)
        return unit not in _EVENTS and unit.partition(" ")[0] not in _EVENTS
    if target.is_relative:
        return False
    is_reached = target.comparator in {Comparator.AT_LEAST, Comparator.MORE, Comparator.EQUAL}
    return counts_time(target) and is_reached and not MEAN.search(target.phrase)
