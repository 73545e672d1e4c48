"""What is to be kept small: a bare `tỷ lệ nợ xấu 2%` or `có 05 trường hợp nộp muộn` is no "at least", it may be the
most."""

from __future__ import annotations

import re

from qmsplan.model.structured import Comparator
from qmsplan.phrases.tables import Expression
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_parts import COMPARED, FoundTarget
from qmsplan.phrases.target_tokens import ScannedText
from qmsplan.phrases.target_vocabulary import LETTERS, letters_of

_ENDS = letters_of("stop", "comma", "open", "close")
_SHARE, _AIM, _UNKNOWN = LETTERS["share"], LETTERS["aim"], LETTERS["word"]
_MENDS = (
    "thu|đòi|vay|nộp|giải ngân|hỗ trợ|tặng|giúp|xử lý|thu hồi|giải quyết|phát hiện|khắc phục|điều trị|kiểm soát|phòng"
    "|chống|bao phủ|dự phòng|trả|(?<!thất )thoát|xóa|báo cáo|được"
    "|handled|settled|resolved|answered|closed|processed|addressed|investigated|reported|corrected|prevented"
)
_ADVERSE = Expression(
    rf"(?:(?:tỷ|tỉ) lệ|tỷ suất|suất|định mức|số|(?:tổng )?(?:số )?lượng|mức|tổng số)? ?"
    rf"(?!(?:\w+ ){{0,8}}(?:{_MENDS})\b)(?P<far>(?:\w+ ){{0,5}}?)"
    "(?:(?:vụ|ca|hộ|người|hồ sơ|văn bản|đơn|đơn hàng|sản phẩm|trẻ em|trẻ|học sinh|sinh viên|hssv|hs|dư nợ|giao dịch"
    "|lần|mẫu) )?(?:bị )?"
    "(?:sĩ số|(?:không|chưa) (?:hài lòng|đạt|đúng|hoàn thành|tham gia|có|đủ|đáp ứng)|chi phí|giá thành(?! công)|tồn kho"
    "|kinh phí(?! (?:xã hội hóa|huy động|vận động|tài trợ|thu|đóng góp|công đoàn|nghiên cứu|đào tạo))"
    r"|tổng mức đầu tư|nợ\b|nợ xấu|xấu|nghèo|cận nghèo|tái nghèo|trễ|quá hạn|chậm|thất nghiệp|tử vong|chết|bỏ học"
    "|lưu ban|ở lại lớp|suy dinh dưỡng|tai nạn|sự cố|lỗi|phế phẩm|khiếu nại|tố cáo|vi phạm|tồn đọng|thất thoát|hao hụt"
    "|nghỉ việc|thôi việc|vắng|nhiễm khuẩn|sai sót|thấp còi|mù chữ|tội phạm|cháy|hỏng|trả lại|thất thu|mắc bệnh"
    "|tái nhập viện|biến chứng|sinh con thứ|hủy|yếu|thôi học|nghiện|ly hôn|tảo hôn|ô nhiễm|kỷ luật|tai biến|ngộ độc"
    r"|tiêu hao|tiêu thụ (?:điện|nước|nhiên liệu|năng lượng|xăng|dầu)|phát thải|khí thải|tiếng ồn|độ ồn"
    r"|nồng độ(?! oxy| ô xy)|dư lượng|bỏ sót|gián đoạn|mất điện|tổn thất|sai số|sai lệch|dung sai|sai phạm"
    r"|công nợ|(?:dừng|ngừng|hỏng) máy|thời gian (?:\w+ ){0,4}?chờ"
    r"|complaints?|incidents?|accidents?|injur(?:y|ies)|deaths?|errors?|defects?|violations?|nonconformit(?:y|ies)"
    r"|delays?|overdue|late|absences?|rejects?|infections?)(?!\w)",
)
"""What is to be kept small: `tỷ lệ nợ xấu 2%` is no "at least"."""


def is_adverse(reading: ScannedText, entry: FoundTarget, target: Target, begin: int) -> bool:
    """True for a bare share or number of what is to be kept small, for a temperature, and for a small bare rate of
    anything: it may be the most."""
    if target.comparator is not Comparator.AT_LEAST or target.value == 0 or COMPARED & entry.words.keys() - {"upto"}:
        return False
    if target.quantity.lower() in {"°c", "°f"}:
        return True
    start = begin
    while start > 0 and reading.tokens[start - 1].words == ":":  # `Tỷ lệ nợ xấu: 2%`
        start = reading.begin(start - 1, letters_of("stop", "comma"))
    while start < entry.start and reading.letters[start] in letters_of("strive", "aim", "each", "and"):
        start += 1
    is_small = (
        "upto" not in entry.words
        and target.quantity in {"%", "‰"}
        and target.value is not None
        and target.value <= _SMALL
    )
    is_last = entry.end >= len(reading.letters) or reading.letters[entry.end] in _ENDS
    is_bare = is_last and begin == 0 and reading.letters[entry.start - 1] in (_UNKNOWN, LETTERS["single"])
    if (
        is_small
        and entry.start > begin
        and (is_bare or (reading.letters[start] == _SHARE and reading.letters[entry.start - 1] != _AIM))
    ):
        return True
    adverse = _ADVERSE.match(reading.words(start, entry.start))
    if adverse is None or (target.quantity == "%" and adverse[0].lower().endswith("sĩ số")):  # of those on the roll
        return False
    return not adverse["far"] or target.quantity == "%"


_HAPPENING = re.compile(r"\b(?:có|còn|xảy ra|phát sinh|ghi nhận)$")
_HARM = Expression(
    r"(?<!phòng )(?<!chống )(?<!chữa )(?<!xử lý )(?<!không )(?<!giải quyết )(?<!\w)"
    "(?:vi phạm|muộn|chậm|trễ|quá hạn|cháy|nổ|tai nạn|chết|tử vong|ngộ độc|sai phạm|sai sót|sự cố|khiếu nại|tố cáo"
    r"|kỷ luật|bỏ học|tái nghiện|tham nhũng|đình công|tồn đọng|rò rỉ)(?!\w)",
)
_CASES = ("vụ", "trường hợp", "ca", "hồ sơ", "sự cố", "người", "đơn")


def happens(reading: ScannedText, entry: FoundTarget, begin: int, end: int) -> bool:
    """True for a bare number of cases of what nobody strives for: `năm 2025 có 05 trường hợp nộp báo cáo muộn`."""
    if COMPARED & entry.words.keys() or entry.target.value == 0 or not entry.target.quantity.startswith(_CASES):
        return False
    before = reading.words(begin, entry.start).lower()
    return _HAPPENING.search(before) is not None and _HARM.search(reading.words(entry.start, end)) is not None


_SMALL = 15
"""Per cent up to which a bare rate (`tỷ lệ sinh viên nước ngoài 5%`) may as well be a limit."""
