"""Deadline phrases cut into parts: pieces that are each a deadline, and a part without what only says what is done.

`Hoàn thành GPMB toàn bộ 75 ha trong Quý III/2026` is read as `trong Quý III/2026`; `Quý I: báo cáo; Quý II: họp` is two
pieces. `deadline_parse` tries what comes from here and knows what a part means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from qmsplan.model.text import ordinal, phrase, plain
from qmsplan.phrases.calendar_words import LUNAR, WEEKDAY
from qmsplan.phrases.tables import expression

_DOING = (
    "báo cáo|gửi|nộp|trình ký|ký ban hành|trình|hoàn thành|hoàn thiện|sơ kết|tổng kết|tổ chức|triển khai"
    "|xong|thực hiện|xây dựng"
    "|ban hành|tổng hợp|đánh giá|rà soát|kiểm tra|họp|tiến hành|phê duyệt|định kỳ|cập nhật|công bố|lập|duy trì"
    r"|kịp thời|đúng tiến độ|đầy đủ|cơ bản|(?:đạt )?[0-9]{1,3}(?:,[0-9]{1,2})? ?%|khối lượng|còn lại"
)
"""Words for what is done at a time, before or behind it: `Hoàn thành 50% trước 30/6`."""
_DONE = "kế hoạch|kết quả|công tác|dự thảo|hồ sơ|nhiệm vụ|số liệu|và|việc|chương trình|đề án"
_DOES = rf"(?:{_DOING})(?!\w)(?:,? (?:{_DOING}|{_DONE})(?!\w))*"
_QUALITATIVE_WORDS = (
    "kịp thời|đúng thời hạn|đúng hạn|đúng tiến độ|đúng quy định|đúng thời gian quy định|ngay|sớm|sớm nhất"
    "|sớm nhất có thể|càng sớm càng tốt|khẩn trương|nhanh chóng|định kỳ|ngay lập tức"
    "|trong thời gian sớm nhất|đảm bảo tiến độ|bảo đảm tiến độ|đúng thời gian|đầy đủ|hiệu quả|kịp tiến độ"
    "|trong thời gian tới|chất lượng|thời gian tới|lâu dài|ngay sau đó|nếu có"
)
_QUALITATIVE = frozenset(_QUALITATIVE_WORDS.split("|"))
"""Words that say how something is done, and name no time."""
# Where a phrase may be cut. A comma before `sau khi` and `theo` is no end: what follows says more of the words before
# it. Brackets are among the separators so that `_pieces_of` can count them; it never cuts there.
_SEPARATOR = (
    r" ?; ?|, (?!(?:ngay )?sau khi |ngay sau |theo )(?:và )?| ?[&+] ?|\. (?=\w)| và "
    r"| (?:và/)?hoặc (?=(?:mỗi )?khi |đột xuất|theo yêu cầu|sau khi |ngay (?:sau|khi) |ít nhất |tối thiểu |định kỳ "
    r"|hàng )|[()]"
)
_BULLET = (
    r"(?:[-+*•]|[a-zđ]\)|[0-9]{1,2}[.)](?= )|(?:lần|đợt|bước) (?:thứ )?(?:[0-9]|i{1,3}|một|nhất|hai|ba):?(?= )) ?"
    r"(?P<rest>\S.*)"
)
_LABEL = r"(?P<label>[^:;\n]{1,120}): ?(?P<rest>\S.*)"
# A label that names a time itself (`Hàng năm: trước 15/12`) is no mere label; a remark that does is no mere remark.
_TIMED = (
    r"(?:^|, )(?:(?:các|những|riêng|còn|từ) )*"
    r"(?:quý|tháng|năm|ngày|học kỳ|hk|trước|sau|khi|hàng|từ|đến|thường xuyên|liên tục|theo|định kỳ|đầu|giữa|cuối|nửa"
    r"|[0-9]{4}|[0-9]{1,2}/[0-9]|[0-9]{1,2} (?:tháng|quý|năm))\b|(?<!\w)học kỳ (?:i{1,2}|[12])(?!\w)"
)
_ROUNDS = r",? [-–+] (?=(?:đợt|lần|bước) (?:[0-9]|i{1,3})(?!\w)|(?:kỳ|giai đoạn) (?:[0-9]|i{1,3}):)"
"""A dash between rounds, which makes no range of their times: `Lần 1: quý I - Lần 2: quý III`."""
_REMARK = r"(?P<rest>[^()]+?) ?\((?P<remark>[^()]*)\)"
_NAMED_DAY = (
    r"(?:(?:nhân|dịp|kỷ niệm|chào mừng|hưởng ứng) )*(?:ngày|tuần lễ|tháng|tết) (?!.*(?<!\w)(?:quý|năm|tuần|tháng|ngày"
    r"|trước|sau|khi|hàng|trừ|không|từ|đến|theo|cuối|đầu|giữa|thứ|chủ nhật|làm việc|nghỉ|mỗi|kế|này|đó)(?!\w))[^0-9]+"
)
"""The name of a day or a week behind its date: `21/4/2026 (Ngày Sách và Văn hóa đọc Việt Nam)`."""
_CITED = (
    r"(?:(?:thay thế|bổ sung|điều chỉnh|sửa đổi|căn cứ|thực hiện) )?"
    r"(?:quyết định|nghị quyết|nghị định|thông tư|công văn|chỉ thị|kế hoạch|thông báo|tờ trình|văn bản|qđ|nq|nđ|tt|cv"
    r"|kh) (?:số )?[0-9]+/[^ ()]+(?:,? ngày [0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4})?(?: (?:của|do) [^0-9()]+)?"
)
"""A paper with its number and its day: `6/2026 (Quyết định số 12/QĐ-UBND ngày 30/6/2025)`."""
_CARRIED = (
    r"(?:chuyển tiếp|chuyển) (?:từ )?(?:năm )?20[0-9]{2}(?: sang| qua)?"
    r"|(?:đạt |hoàn thành |xong )?[0-9]{1,3}(?:,[0-9]+)? ?%(?: (?:kế hoạch|khối lượng))?"
)
"""Where work was begun, or how much of it is done: `Năm 2026 (chuyển tiếp từ 2025)`, `đến năm 2027 (50%)`."""
_CALLED = r"(?P<words>[^0-9()]*?)(?:năm )?(?P<years>20[0-9]{2}(?: ?[-/] ?20[0-9]{2})?)"
"""What a stretch is called, with its years: `từ 01/11/2026 đến 30/4/2027 (vụ ép 2026-2027)`."""
_OTHERWISE = rf"^âm$|(?<!\w)(?:{LUNAR}|hủy|huỷ|hoãn|dừng|lùi|dời|gia hạn)(?!\w)"
"""What a remark says that makes another day of the one before it, or none: `30/6 (âm lịch)`, `30/6 (hoãn)`."""
_HURRIED = r"(?P<rest>.+?[0-9)]),? không (?:chờ|đợi|để (?:chậm|kéo dài|tồn đọng)|kéo dài)(?P<words>[^0-9;:()]*)"
"""A time with words behind it that say only that it is kept: `Trong tháng 5/2026, không chờ kết luận kiểm tra`."""
_PLACE = r"(?P<rest>.+?[0-9)]),? (?:tại|ở|địa điểm:?) (?P<place>[^;:()]+)"
_NO_PLACE = (
    r"[0-9][/.-][0-9]|^(?:thời điểm|cuộc|phiên|kỳ)(?!\w)|(?<!\w)(?:quý|tháng|năm|ngày|trước|sau|khi|hàng|từ|đến"
    r"|lần|mỗi|trừ)(?!\w)"
)
"""What the words for a place can't hold, because it says something of the time."""
_TIMES = r"[0-9]|\b(?:quý|tháng|năm|ngày|tuần|trước|sau|khi|hàng|trừ|không|từ|đến|thường xuyên|liên tục|theo)\b"
# fmt: off




def rounds_apart(typed: str) -> str:
    """A phrase with a semicolon between rounds that only a dash parts."""
    return expression(_ROUNDS).sub("; ", typed)


def is_qualitative(text: str) -> bool:
    """True for words such as `kịp thời`, which say how something is done and name no time."""
    return plain(text) in _QUALITATIVE


class Piece(NamedTuple):
    """A piece of a phrase, and the separator that stood before it."""

    joint: str
    text: str


def pieces(typed: str) -> tuple[Piece, ...]:
    """A phrase cut at line ends, semicolons, commas, `và`, but never inside brackets."""
    found: list[Piece] = []
    for line in typed.split("\n"):
        found += (
            piece for piece in _pieces_of(phrase(line)) if piece.text
        )  # a line's first piece is joined to the line before by its end
    return tuple(found)


def _pieces_of(line: str) -> Iterator[Piece]:
    depth, start, joint = 0, 0, "\n"
    for match in expression(_SEPARATOR).finditer(line):
        if match[0] in "()":
            depth = max(depth + (1 if match[0] == "(" else -1), 0)
        elif depth == 0 and not _says_by_when(line, match.start()):
            yield Piece(joint, line[start : match.start()].strip())
            start, joint = match.end(), match[0]
    yield Piece(joint, line[start:].strip())


def _says_by_when(line: str, comma: int) -> bool:
    """True for the comma of `theo kế hoạch, chậm nhất 30/6`."""
    latest = expression(", (?:chậm nhất|muộn nhất|trước) ").match(line, comma)
    return latest is not None and line[:5].lower() == "theo "


def joined(cut: Sequence[Piece]) -> str:
    """Some pieces put together again."""
    return cut[0].text + "".join(piece.joint + piece.text for piece in cut[1:])


def readings(text: str) -> Iterator[str]:
    """A part as it stands, then without what only says what is due: a bullet, a label, a remark in brackets. Each is
    looked for once those before it were not understood."""
    told: set[str] = set()
    for reading in _readings(text):
        if reading not in told:
            told.add(reading)
            yield reading


def _readings(text: str) -> Iterator[str]:
    bullet = expression(_BULLET).fullmatch(text)
    text = bullet["rest"] if bullet else text
    yield text
    yield from _without_doing(text)
    if label := expression(_LABEL).fullmatch(text):
        if not expression(_TIMED).search(label["label"]):
            yield label["rest"]
            yield from _without_doing(label["rest"])
        if not _names_time(label["rest"]):
            yield _of_year(label["label"].strip())
    whose = expression(r"(?P<rest>.+?),? đối với (?P<whose>[^0-9(),;:]+)").fullmatch(text)
    if whose and not _names_time(whose["whose"]):  # `trước 30/6 đối với cấp xã`
        yield whose["rest"]
    remark = expression(_REMARK).fullmatch(text)
    if remark and _says_no_time(remark["remark"], remark["rest"]):
        yield remark["rest"]
        yield from _without_doing(remark["rest"])
    hurried = expression(_HURRIED).fullmatch(text)
    if hurried and not expression(f"{_NO_DEED}|{_OTHERWISE}|quá").search(hurried["words"]):
        yield hurried["rest"]
    place = expression(_PLACE).fullmatch(text)
    if place and not expression(_NO_PLACE).search(place["place"]):
        yield place["rest"]


_BOUND = (
    "trước|trong|vào|lúc|chậm nhất|muộn nhất|không muộn hơn|xong|đến hết|đến|hạn|quý|tháng|giai đoạn"
    rf"|(?:(?:sáng|chiều|tối) )?{WEEKDAY}(?=[^;()]* hàng tuần)"
    r"|liên tục(?= 24/|$)|từ(?= .* (?:đến|tới) )"
    r"|(?<![0-9] )(?<!bắt đầu )ngày(?= [0-9]{1,2}(?:/[0-9]| (?:hàng |tháng )))"
    r"|(?<![0-9] )[0-9]{1,2}/[0-9]{1,2}/20[0-9]{2}(?=$)"
)
"""Words at which the time begins, behind the words for what is done."""
_NO_DEED_DAY = (
    r"(?<!\w)(?:quyết định|nghị quyết|nghị định|thông tư|công văn|chỉ thị|luật|văn bản|kế hoạch|thông báo|hướng dẫn"
    r"|ký|bắt đầu|hiệu lực|chứng nhận|giấy phép|hợp đồng)(?!\w)"
)
"""What a mere `ngày` says the date of, before it: `Triển khai Nghị quyết của HĐND ngày 15/6/2026`."""
_NO_DEED = (
    r"(?<!\w)(?:quý|tháng|năm|ngày|tuần|trước|sau|khi|hàng|từ|kể|đến|thường xuyên|liên tục|theo|không|chưa|trừ|ngoài"
    r"|hoặc|đột xuất|nếu|để|ngay|đã|hủy|huỷ|hoãn|dừng|lùi|dời"
    r"|mỗi|ít nhất|tối thiểu|tối đa|trên|dưới|trở lên|giữa|đầu|cuối|suốt"
    r"|nửa|vài|mấy|rưỡi|rằm|after|before|not|no|except|until|unless|without|of|mid|late|early|about|around)(?!\w)"
    r"|[0-9][/.-][0-9]|[0-9] ?(?:lần|đợt|kỳ|lượt|vòng|giờ|h\b)"
    r"|(?<!giai đoạn )(?<!bước )(?<!phần )[0-9](?![0-9]| ?[^\W\d_]| ?%)|[():;]"
)
"""What the words for what is done can't hold, because it says something of the time: `không`, `ít nhất`, `2 lần`."""
_LONGEST_DEED = 100
_MOST_VERBS = 3
"""Verbs in a phrase before which its time is looked for."""
_NO_COMPOUND = "(?<!lộ)(?<!chương)(?<!công)(?<!quy)(?<!tờ)(?<!quá)"
"""What makes another word of `trình` behind it."""
_DEED = (
    rf"{_NO_COMPOUND} (?:{_DOING}|khai mạc|bế mạc|phát động|mở|nghiệm thu|thanh toán|quyết toán|công khai|niêm yết"
    "|trao|ký|bàn giao|khảo sát|diễn tập|huấn luyện|tập huấn|lấy ý kiến|thẩm định|xin ý kiến|chuyển|bổ sung"
    "|phát hành|vận hành|sửa chữa|nạo vét|thu hoạch|tham gia|tham mưu|đăng ký|đề xuất|hướng dẫn|kiểm kê|mua sắm"
    "|lắp đặt|bảo dưỡng|bảo trì|thông qua|hội nghị|bắt đầu(?! từ)|giao|phân bổ|cấp|chi trả|tiếp nhận|làm việc"
    r"|thông báo|đối chiếu|thi công|khởi công|khánh thành|chuẩn bị|điều tra|thống kê|lựa chọn|nghiên cứu|soạn thảo"
    r"|truyền thông|tuyên truyền|cấp phát|thành lập|kiện toàn|hội thảo|tọa đàm|sơ tuyển|chung kết"
    r"|có (?:kết quả|sản phẩm|báo cáo|dự thảo))(?!\w)"
)
"""Verbs behind a time with which the words for what is done in it begin: `Tháng 3 hàng năm tổ chức hội nghị`."""
_OF_PAPER = (
    r"(?P<paper> (?:báo cáo|quyết toán|dự toán|kế hoạch|kết quả|số liệu|tổng kết|sơ kết|đánh giá|công tác|chương trình"
    r"|nhiệm vụ|hoạt động|xếp loại|phân loại|thi đua)(?!\w)[^0-9]*?)"
    r"(?:,? (?:của |trong )?(?:quý(?: (?:[ivx]+|[1-4]))?|[69] tháng(?: (?:đầu|cuối) năm)?|tháng(?: [0-9]{1,2})?"
    r"|học kỳ [i12]+|năm học|năm))?"
    r"(?P<year>(?:,? năm | ?/ ?| )20[0-9]{2}(?: ?- ?20[0-9]{2})?)?$"
)
"""The time that a paper or a result is about, behind its name: `gửi quyết toán năm 2026`."""
_STRETCH = r"(?:(?<!\w)(?P<part>quý|tháng) (?P<number>[0-9ivx]+)(?!\w)(?:,? năm | ?/ ?| )?)?(?P<year>20[0-9]{2})?$"
"""The month, quarter or year with which words end."""
_LAST_QUARTER = 9
"""A result so many months later is that of the year before: `tháng 01, báo cáo quý IV`."""


def _of_year(text: str) -> str:
    """A number that can only be a year as one: `2028` of `Sơ kết 2028`."""
    return f"năm {text}" if expression("20[0-9]{2}").fullmatch(text) else text


def _without_doing(text: str) -> Iterator[str]:
    before = expression(rf"{_DOES},?:? ").match(text)
    if before and before.end() < len(text):
        yield _of_year(text[before.end() :])
    before_it = rf"(?P<rest>[^:]+?){_NO_COMPOUND},? {_DOES}"
    if after := expression(before_it).fullmatch(text):
        yield after["rest"]
    yield from _without_deed(text)
    if not expression(r"[^\W\d_]|[0-9]{1,3} ?%").match(text):
        return
    for bound in expression(rf"(?<= )(?:{_BOUND})(?!\w)").finditer(text, 1, _LONGEST_DEED):
        if expression(_NO_DEED).search(text, 0, bound.start()):
            break
        is_mere = bound[0] == "ngày" or bound[0][0].isdecimal()
        if is_mere and expression(_NO_DEED_DAY).search(text, 0, bound.start()):
            continue
        if bound[0][0].isdecimal() and not expression(r"\w+[ -]\w").match(text[: bound.start()]):
            continue  # `Quá 30/6/2026`
        yield text[bound.start() :]


def _without_deed(text: str) -> Iterator[str]:
    """A time without the words behind it for what is done in it, which may be about another time, as papers are. A
    paper's year may be the year of the time too, unless that names its own."""
    for verb in islice(expression(_DEED).finditer(text, 1), _MOST_VERBS):
        time, deed = text[: verb.start()].rstrip(",:"), text[verb.start() :]
        paper = expression(_OF_PAPER).search(deed)
        is_plan = paper and expression(rf"(?<!\w)(?:{_PLANS})(?!\w)").search(paper["paper"])
        if paper and not is_plan and _is_later(time, deed[paper.end("paper") :]):
            return
        if paper and paper["year"] and not expression("20[0-9]{2}").search(time):
            return
        deed = deed[: paper.end("paper")] if paper else deed
        is_own = expression(r"(?<!\w)(?:theo|khi|sau|nếu)(?!\w)").search(time)
        if _names_time(time) and not is_own and not expression(_NO_DEED).search(deed):
            yield time


def _is_later(time: str, other: str) -> bool:
    """True for the time of a result that can't be what this is about, for it is later than the one before it: `Xong
    trong quý I, báo cáo trong quý II`, `Giai đoạn 2026 - 2030, sơ kết năm 2028`."""
    begun = expression("(20[0-9]{2}) ?(?:-|đến) ?(?:năm )?20[0-9]{2}$").search(time)
    other = expression("(?<=20[0-9]{2}) ?- ?20[0-9]{2}$").sub("", other)
    first, last = expression(_STRETCH).search(time), expression(_STRETCH).search(other)
    if first is None or last is None:
        return False
    if first["year"] and last["year"] and (begun or first["year"] != last["year"]):
        return (begun[1] <= last["year"] < first["year"]) if begun else (last["year"] > first["year"])
    if not (first["part"] and last["part"]):
        return False
    months = _last_month(last) - _last_month(first)
    return 0 < months < (12 if expression("(?:trong|vào) ").match(other.strip(", ")) else _LAST_QUARTER)


def _last_month(stretch: re.Match[str]) -> int:
    return (ordinal(stretch["number"]) or 0) * (3 if stretch["part"].lower() == "quý" else 1)


def names_deed(text: str) -> bool:
    """True for words that can be what is done, for they say nothing of the time: `tổ chức hội nghị`."""
    return not expression(_NO_DEED).search(text)


_PLANS = "kế hoạch|dự toán|chương trình|phương án|nhiệm vụ|danh mục|chỉ tiêu|lịch"
_RESULTS = "báo cáo|quyết toán|kết quả|số liệu|tổng kết|sơ kết|đánh giá|xếp loại|phân loại|kiểm kê|thanh lý"
_DATED_PAPER = (
    rf"(?<!\w)(?P<paper>(?:{_PLANS}|{_RESULTS})(?!\w)(?: (?!(?:{_PLANS}|{_RESULTS}|{_BOUND}|ngày|từ|sau|khi|cuối|đầu"
    r"|hàng|năm|học kỳ)(?!\w))[^\W\d_]+){0,5})"
    r",? (?:của |trong )?(?P<time>(?:(?:[69] tháng(?: (?:đầu|cuối) năm)?|quý (?:[ivx]+|[1-4])|tháng [0-9]{1,2}"
    r"|học kỳ [i12]+)(?: năm | ?/ ?| )|(?:năm|giai đoạn|năm học) )20[0-9]{2}(?: ?- ?20[0-9]{2})?)(?![\w/])"
)
"""A plan or a result with the time that it is about: `dự toán năm 2027`, `báo cáo quý IV/2025`."""


class DatedPaper(NamedTuple):
    """A plan or a result beside whose own time another one says when it is due: `dự toán năm 2027` of `Xây dựng dự
    toán năm 2027 trong tháng 7`."""

    rest: str
    """The phrase without the paper's time."""
    time: str
    is_result: bool
    """True for what is made when its time is over."""


def dated_paper(text: str) -> DatedPaper | None:
    """The first paper of a text that names its own year; None if there is none."""
    found = expression(_DATED_PAPER).search(text)
    if found is None:
        return None
    is_result = expression(rf"(?<!\w)(?:{_RESULTS})(?!\w)").search(text, 0, found.end("paper")) is not None
    return DatedPaper(text[: found.end("paper")] + text[found.end() :], found["time"], is_result)


def _says_no_time(remark: str, rest: str) -> bool:
    """True for a remark that sets no time of its own beside the one that stands before it."""
    if expression(_OTHERWISE).search(remark):
        return False
    called = expression(_CALLED).fullmatch(remark)
    if called and not _names_time(called["words"]):
        return all(found[0] in rest for found in expression("[0-9]{4}").finditer(called["years"]))
    return not _names_time(remark) or any(expression(form).fullmatch(remark) for form in (_NAMED_DAY, _CITED, _CARRIED))


def _names_time(text: str) -> bool:
    return expression(_TIMES).search(text) is not None
