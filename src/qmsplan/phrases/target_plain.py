"""A target phrase in the one spelling that the grammar knows: `Hơn 4/5 công chức` as `Hơn 80% công chức`.

What plans write in several ways and what means the same wherever it stands is made alike here, before a text is cut
into words. What has to look at the words around it is a row of the grammar instead (`target_parse`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from qmsplan.model.text import phrase
from qmsplan.phrases.target_lexicon import WORDS

_SIGNS = {"＜": "<", "＞": ">", "＝": "=", "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "≮": "≥", "≯": "≤", "％": "%"}
_SIGNS |= {"&lt;": "<", "&gt;": ">", "&le;": "≤", "&ge;": "≥", "&amp;": "&", "→": " đến ", "+/-": "±"}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_PARTS = {"hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "mười": 10}
_COUNTS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4}
_COMPARED = "(?:hơn|trên|dưới|ít nhất|tối thiểu|không dưới|không quá|tối đa|tăng|giảm|tăng thêm)(?: có)?"
_WHOLE = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,4})"
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,4}(?:,[0-9]{1,2})?"


def _share(count: int, whole: int) -> str:
    """A fraction in per cent, to two decimals: `66,67%` for two of three."""
    percent = (Decimal(100) * count / whole).quantize(Decimal("0.01")).normalize()
    return f"{percent:f}%".replace(".", ",")


def _fraction(found: re.Match[str]) -> str:
    count, whole = int(found["count"]), int(found["whole"])
    return f"{found['led']} {_share(count, whole)}" if 0 < count < whole else found[0]


def _in_words(found: re.Match[str]) -> str:
    count, whole = _COUNTS[found["count"].lower()], _PARTS[found["whole"].lower()]
    return _share(count, whole) if count < whole else found[0]


def _among(found: re.Match[str]) -> str:
    """`9/10` for `9 trong số 10`; what is counted by a hundred or a thousand is a rate."""
    count, whole = (int(found[name].replace(".", "")) for name in ("count", "whole"))
    is_rate = whole in {100, 1000, 10000} or count > whole
    return found[0] if is_rate else f"{found['count']}/{found['whole']}"


def _with_share(found: re.Match[str]) -> str:
    """`42/45 trường` for `42/45 trường (93,3%)`, and `100%` for `100% (52/52)`, where both are the same."""
    count, whole = (Decimal(found[name].replace(".", "")) for name in ("count", "whole"))
    share = Decimal(found["share"].replace(",", "."))
    is_same = whole > 0 and abs(100 * count / whole - share) < Decimal("0.06" if "," in found["share"] else "0.6")
    return found["kept"] if is_same else found[0]


def _tolerance(found: re.Match[str]) -> str:
    """`từ 18 đến 22` for `20 ± 2`; a value that may fall below zero stays as it is, and one with another unit than what
    it may differ by: `95% ± 2`."""
    if found["unit"] and not found.string[found.end() :].lstrip().startswith(found["unit"]):
        return found[0]
    middle, by = (Decimal(found[name].replace(".", "").replace(",", ".")) for name in ("middle", "by"))
    ends = (f"{end.normalize():f}".replace(".", ",") for end in (middle - by, middle + by))
    return "từ " + " đến ".join(ends) if by < middle else found[0]


def _chain(found: re.Match[str]) -> str:
    """`tỷ lệ từ 95% đến 98%` for `95% ≤ tỷ lệ ≤ 98%`, and for `98% ≥ tỷ lệ ≥ 95%`."""
    ends = [(found["one"], found["sign"]), (found["other"], found["last"])]
    if found["sign"] in ">≥":
        ends.reverse()
    (low, low_sign), (high, high_sign) = ends
    begin, till = "trên" if low_sign in "<>" else "từ", "đến dưới" if high_sign in "<>" else "đến"
    is_chain = (found["sign"] in ">≥") == (found["last"] in ">≥")
    return f"{found['what'].strip()} {begin} {low} {till} {high}" if is_chain else found[0]


def _but_not_above(found: re.Match[str]) -> str:
    """`trên 80% đến 95%` for `trên 80% nhưng không quá 95%`."""
    return f"trên {found['one']} {'đến dưới' if found['high'].lower() == 'dưới' else 'đến'} "


_SHORTER = (
    "nằm viện|điều trị|chờ|xử lý|giải quyết|khắc phục|phản hồi|trả lời|tiếp cận|tiếp nhận|có mặt|xuất phát|xuất quân"
    "|xuất xe|gián đoạn|mất điện|mất nước|ngừng|dừng|thông quan|cấp|phản ứng|đáp ứng|trả kết quả|trả hồ sơ|thẩm định"
    "|phê duyệt|sửa chữa|khôi phục|luân chuyển|giao hàng|bàn giao|lưu kho|đến hiện trường|thực hiện thủ tục|hoàn trả"
)
_SAYS_MORE = re.compile(
    r"\b(?:ít|tối|không|dưới|trên|hơn|giảm|tăng|rút|từ|đến|trong|vượt|nhanh|chậm|khoảng|gần)\b", re.IGNORECASE
)


def _at_most(found: re.Match[str]) -> str:
    """`thời gian nằm viện trung bình không quá 6,5 ngày` without the two words: of such times shorter is better."""
    return found[0] if _SAYS_MORE.search(found["what"]) else f"{found['what']} không quá {found['length']}"


def _of_so_many(found: re.Match[str]) -> str:
    """`có 95% hộ` for `cứ 100 hộ có 95 hộ`."""
    count, whole = (int(found[name].replace(".", "")) for name in ("count", "whole"))
    return f"{found['led']}{_share(count, whole)} {found['what']}" if 0 < count < whole else found[0]


_BEFORE_COUNT = "|".join(WORDS[kind] for kind in ("aim", "verb", "least", "more", "most", "less", "roughly", "upto"))
_COUNTED = re.compile(rf"(?:^|(?<!\w)(?:{_BEFORE_COUNT}|cho|thu hút|cấp|phát|đón|khám) )$", re.IGNORECASE)


def _thousands(found: re.Match[str]) -> str:
    """`1.500` for `1 500` behind words that a count stands behind, and for three groups: `1 250 500`. Any other stays,
    and is asked about: `Khu phố 3 120 hộ` has 120."""
    is_count = found[0].count(" ") > 1 or _COUNTED.search(found.string[: found.start()])
    return found[0].replace(" ", ".") if is_count else found[0]


_WAYS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"(?<![0-9.,])([0-9]{1,4}) tỷ(?: đồng)? ([0-9]{1,3}) triệu",  # 24 tỷ 350 triệu đồng
     lambda found: f"{int(found[1]) * 1000 + int(found[2])} triệu"),
    (r"(?<![0-9.,/:-])[1-9][0-9]{0,2}(?: [0-9]{3}){1,3}(?= [^\W\d_]|$)", _thousands),  # 1 500 học sinh
    (r"([<>=≥≤] ?)\+(?=[0-9])", r"\1"),  # NPS ≥ +40
    (r"(?<=[0-9])h(?=/[^\W\d_])|(?<=[<>=][0-9])h\b|(?<=[<>=] [0-9])h\b", " giờ"),  # 2h/tháng, < 2h
    (r"(?<=[0-9]\.[0-9]{3})đ(?!\w)", " đ"),  # 450.000đ
    (rf"({_COMPARED}|trong vòng|trong|quá|[≥≤]) ?([0-9]+(?:,[0-9]+)?) ?h(?!\w)", r"\1 \2 giờ"),  # tối đa 2h
    (r"(?<!≈)≈(?!≈)|(?<![0-9%] )(?<![0-9%~])~(?= ?[0-9])", " khoảng "),  # ≈ 80%, ~80%, not 80~90%
    (r"(không quá|tối đa|dưới|≤|<) ?±", r"\1 "),  # không quá ±2%
    (rf"(?P<led>\b{_COMPARED}) 0?(?P<count>[1-4])/0?(?P<whole>[2-5])(?![0-9/.,-])", _fraction),  # hơn 4/5 công chức
    (r"(?P<led>\b(?:hơn|tăng|giảm|tăng ít nhất|giảm ít nhất)) (?P<count>[1-9])/(?P<whole>10)(?![0-9/.,-])", _fraction),
    (r"(?P<led>\bchiếm) (?P<count>[1-4])/(?P<whole>[2-5])(?= [^\W\d])", _fraction),  # chiếm 1/4 dân số
    (rf"(?P<count>{'|'.join(_COUNTS)}) phần (?P<whole>{'|'.join(_PARTS)})\b(?! (?:19|20)[0-9]{{2}})", _in_words),
    ((r"(?<![0-9.,/])(?<!lớp )(?<!khối )(?P<count>[0-9]{1,4}) (?:trong số|trong tổng số|trên|trên tổng số)"
     r" (?P<whole>[0-9]{1,3}(?:\.[0-9]{3})?)(?= [^\W\d])(?!.{1,40}(?:đầu|nhất))"), _among),  # 9 trong số 10 khách hàng
    ((rf"(?P<kept>(?<![0-9/])(?P<count>{_WHOLE})/(?P<whole>{_WHOLE})(?: [^\W\d]+){{0,4}}) ?"
      r"\((?:(?:đạt|chiếm|bằng|tỷ lệ) )*(?P<share>[0-9]{1,3}(?:,[0-9]{1,2})?) ?%\)"), _with_share),  # 42/45 (93,3%)
    ((r"(?P<kept>(?P<share>[0-9]{1,3}(?:,[0-9]{1,2})?) ?%) ?"
      rf"\((?P<count>{_WHOLE})/(?P<whole>{_WHOLE})(?: [^()0-9]*)?\)"), _with_share),  # 100% (52/52 trạm)
    ((rf"(?P<one>(?:{_NUMBER}) ?%?) ?(?P<sign>[<>≤≥]) ?(?P<what>[^<>≤≥=0-9;,]{{1,60}}?) ?(?P<last>[<>≤≥])"
     rf" ?(?P<other>(?:{_NUMBER}) ?(?:%|°C)?)"), _chain),
    (r"(?<!\w)thang (?=[0-9])", "thang điểm "),  # (thang 5)
    (r"(?<!\w)khung (?=[0-9]{1,2} bậc)", "khung trình độ "),
    (r"(?<= trên )mỗi (?=[0-9])", ""),  # 2 lỗi trên mỗi 100 hồ sơ
    (r"(?<=[0-9]) ?(sao|điểm)/([0-9]+) ?\1\b", r"/\2 \1"),  # 4,5 sao/5 sao
    (r" ?\((?:24/7|24h?/24h?|24/24 ?giờ)\)", ""),  # at all hours
    (r"(?<![0-9./])(?:0[0-9]{2,3}|1[89]00)[ .][0-9]{3,4}(?:[ .][0-9]{2,4}){0,2}(?![0-9./])", ""),  # 0236 3881 888
    (r" ?\((?:ước )?tương (?:ứng|đương) [^()]*\)", ""),  # 96% (tương ứng 480/500 trẻ): the same once more
    ((r"(?:^|(?<=; )|(?<=\. ))((?:(?:kết quả|ước thực hiện|thực hiện) )?năm (?:19|20)[0-9]{2}"
     r"(?:[^;.,]|[.,](?=[0-9])){2,80})[;,] (?=(?:kế hoạch|mục tiêu|chỉ tiêu|phấn đấu)(?: đến)? năm"
     r"|năm (?:19|20)[0-9]{2} (?:phấn đấu|kế hoạch|dự kiến))"),
     r"(hiện có \1), "),  # năm 2025 thực hiện 87%, năm 2026 phấn đấu 90%
    ((r"(?:^|(?<=[;:.] ))((?:hiện trạng|hiện nay|hiện tại|thực trạng|năm trước|năm ngoái)(?!\w))(?: là|:)?"
      r"(?! (?:phấn đấu|giảm|tăng))((?:[^;.,:()]|[.,](?=[0-9])){2,80})[;,] "
      r"(?=(?:năm nay |đến |năm 20[0-9]{2} )*(?:kế hoạch|mục tiêu|chỉ tiêu|phấn đấu)(?!\w))"),
     r"(hiện có \1\2), "),  # hiện trạng 62%, mục tiêu 75%
)  # fmt: skip
"""Ways to write something, and the one that is read instead."""
_READY = tuple((re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in _WAYS)


_LIMIT = "tối đa|tối thiểu|max|min|nhiều nhất|ít nhất|cao nhất|thấp nhất|chậm nhất|muộn nhất"
_COMPARING = "|".join(WORDS[kind] for kind in ("least", "more", "most", "less", "highest"))
_RARE: tuple[tuple[str, str, str | Callable[[re.Match[str]], str]], ...] = (
    ("hông ", (rf"\bkhông (?:để xảy ra|để phát sinh|để|xảy ra|phát sinh)\b(?! (?:xảy ra|phát sinh)\b)"
     rf"(?P<what>(?:(?! nào\b)[^0-9;.,()]){{2,60}}?)"
     rf" (?:vượt quá|vượt|quá|trên|hơn) (?=(?:{_NUMBER}) "
     r"(?:vụ|trường hợp|ca|sự cố|đơn|khiếu nại|cuộc|(?:nghìn|triệu|tỷ|tỉ)(?: đồng)?|đồng|vnđ)(?!\w))"),
     lambda found: f"{found['what'].strip()} không quá "),  # không để xảy ra cháy vượt quá 3 vụ
    ("hông ", (r"\bkhông (?:để|cho) "
     r"(?P<what>(?:thời gian|thời hạn|mức|chi phí|tổng|giá|tỷ suất|tỷ lệ|lượng)\b[^0-9;.,()]{0,60}?)"
     rf" (?:vượt quá|vượt|quá|trên|hơn|dài hơn|cao hơn) (?=(?:{_NUMBER}) [^\W\d])"),
     lambda found: f"{found['what'].strip()} không quá "),  # không để thời gian chờ trên 30 phút
    ("hông ", (r"\bkhông (?:để|cho) (?P<what>(?:điểm|mức|tỷ suất|tỷ lệ|lượng|số|tổng)\b[^0-9;.,()]{0,60}?)"
     rf" (?:xuống dưới|dưới|thấp hơn|kém hơn|ít hơn) (?=(?:{_NUMBER}) [^\W\d])"),
     lambda found: f"{found['what'].strip()} không dưới "),  # không để điểm hài lòng thấp hơn 4 điểm
    ("ứ ", (rf"\bcứ (?P<whole>{_WHOLE}) (?P<what>[^0-9;.,()]+?) (?:thì )?(?P<led>(?:có|đạt)(?: [^0-9;.,()]+?)? )"
     rf"(?P<count>{_WHOLE}) (?P=what)(?!\w)"), _of_so_many),  # cứ 100 hộ có 95 hộ dùng nước sạch
    (" ", (rf"(?:^|(?<=; ))(?P<what>(?:thời gian|(?:số )?ngày|số giờ) (?:{_SHORTER})(?!\w)[^0-9;.,():<>≤≥=±]*?)"
     rf"(?:(?: (?:đạt|là|còn|ở mức))+|:)? (?P<length>(?:{_NUMBER}) (?:ngày làm việc|ngày|giờ|phút|giây)\b)(?! ?[/-])"),
     _at_most),  # thời gian nằm viện trung bình 6,5 ngày
    ("±", rf"(?<![0-9.,])(?P<middle>{_NUMBER}) ?(?P<unit>%|°?[^\W\d_]{{1,5}})? ?± ?(?P<by>{_NUMBER})(?![0-9.,])",
     _tolerance),  # 20 ± 2 °C
    ("chục ", r"(?<![\w.,/-])([0-9]{1,3}) chục(?= )", lambda found: f"{int(found[1]) * 10}"),  # 2 chục suất quà
    (" tá ", r"(?<![\w.,/-])([0-9]{1,3}) tá(?! (?:dược|điền))(?= )", lambda found: f"{int(found[1]) * 12}"),
    ("1/2", r"(?<![\w/.,-])0?1/2(?= (?:ngày|giờ|buổi)\b)", "0,5"),  # trong 1/2 ngày làm việc
    ("nửa", r"(?<!\w)(?<!một )nửa(?= (?:ngày|giờ|buổi)\b)", "0,5"),
    (" trong ", (r"(?<= )trong (?=[0-9,]+ (?:giờ|phút|giây|ngày làm việc|ngày),? (?:kể từ|tính từ"
     r"|từ khi|sau khi|từ lúc)(?!\w))"), "trong vòng "),  # có mặt trong 15 phút kể từ khi nhận tin
    (" trong ", (r"^((?:trả|xử lý|giải quyết|khắc phục|phản hồi|cấp|công bố|thông báo|chứng thực|phê duyệt|cung cấp)\b"
     r"[^0-9;.,()]*) trong (?=[0-9,]+ (?:giờ|phút|ngày làm việc)\b)"), r"\1 trong vòng "),  # trả kết quả trong 2 giờ
    ("(", (r"\((?:kết quả|ư?th|kq|(?:ước )?thực hiện|số liệu|hiện trạng|thực trạng)(?: thực hiện| đạt được)?"
     r" (?:năm )?(?=20[0-9]{2}\b)"), "(năm "),  # (kết quả năm 2025: 76%)
    (" giao ", (r"^((dự toán|kế hoạch|chỉ tiêu)\b[^;:.,()0-9]* giao (?:[^;.,()]|[.,](?=[0-9]))+), "
     r"([^;.,()0-9]*)\bvượt (?:ít nhất |tối thiểu )?(?=[0-9,]+ ?%)"), r"(hiện có \1), \3vượt \2 "),  # vượt 5%
    (" giao ", (r"^((?:dự toán|kế hoạch|chỉ tiêu)\b[^;:.,()0-9]* giao (?:[^;.,()]|[.,](?=[0-9]))+), "
     r"(?=[^;.,()0-9]*(?:đạt|thực hiện|hoàn thành|giải ngân)\b[^;.,()0-9]* [0-9,]+ ?%)"), r"(hiện có \1), "),
    ("quá ", (r"(không (?:chậm|muộn|trễ) quá [0-9]+ (?:phút|giờ|ngày làm việc|ngày)) so với "
     r"(?=giờ|lịch|hạn|thời)"), r"\1 sau "),  # không chậm quá 10 phút so với giờ đã hẹn
    ("+", r"(?:^|(?<=: ))\+(?=[0-9][0-9.,]* ?(?:%|điểm\b)(?: (?:%|phần trăm))?(?:$| so với))", "tăng "),  # +3% so với
    *((held, (rf"(?<![0-9.,-])((?:{_NUMBER})(?: ?%| [^;:.,()0-9<>≤≥]{{2,20}}?))(?: là (?:mức )?| ?\(|, )({_LIMIT})\)?$"
      ), r"\2 \1") for held in (" là ", "(", ", ")),  # 5% là tối đa, 5% (max)
    *((held, rf"(?<!\w)({_COMPARING})(?: ?[:=]|(?<=max|min)\.) ?(?=[0-9])", r"\1 ") for held in ":=."),  # tối đa: 5%
    (": ", rf"^((?:tổng )?số [^:;.,()0-9]+): (?=(?:{_COMPARING}|[<>≤≥]=?) ?[0-9]+$)", r"\1 "),  # Số vụ: tối đa 3
    ("%o", r"%o(?!\w)", "‰"),
    ("gấp ", (r"\b(gấp (?:đôi|rưỡi|ba|bốn|[0-9,]+ lần)) (?=cùng kỳ\b|năm (?:20[0-9]{2}|trước|ngoái)\b)"),
     r"\1 so với "),  # gấp đôi năm 2025
    (": ", r"(?:^|(?<=[;,] ))t(?=(?:0?[1-9]|1[0-2]): [^;,]*[0-9])", "tháng "),  # T6: 50%
    ("(-)", r"\(-\) ?(?=[0-9])", "-"),  # below zero, and no bullet
    ("tr", r"(?<=[0-9]) ?tr(?:\.? ?đ|\.? ?đồng)(?!\w)", " triệu đồng"),  # 2,5 tr.đ/người
    ("nâng ", r"\bnâng (?:hạng |cấp )?([0-9]{1,4} [^\W\d][^0-9;:.,()]{1,40}?) lên (?=[0-9] sao\b|chuẩn\b|mức độ\b)",
     r"\1 đạt "),  # nâng 12 sản phẩm lên 4 sao: the products count
    ("so với ", (r"(so với (?:cùng kỳ )?(?:năm )?(?:20[0-9]{2}|trước))"
     rf" \((?:(?:là|đạt|có) )?(?:{_NUMBER})[^()0-9]*\)"), r"\1"),  # giảm 2 vụ so với 2025 (7 vụ)
    ("(20", r"\((?=20[0-9]{2} ?:)", "(năm "),  # (2025: 7)
    ("(riêng ", r" ?\((riêng [^()]*[0-9][^()]*)\)", r"; \1"),  # đạt 97% (riêng về hóa đơn: 100%)
    (" nhưng ", (rf"\b(?:trên|hơn|cao hơn)"
     rf" (?P<one>(?:{_NUMBER})(?: ?%| [^\W\d_]+)?),? nhưng (?P<high>không quá|không vượt quá|tối đa|dưới|không cao hơn)"
     rf" (?=(?:{_NUMBER}))"), _but_not_above),  # trên 80% nhưng không quá 95%
    ("ượt ", r"\bvượt (?:ít nhất|tối thiểu) (?=[0-9,]+ ?% (?:dự toán|kế hoạch|chỉ tiêu)\b)", "vượt "),
    (")", rf"\(({_COMPARING}|[<>≤≥]=?)\):? ?(?=[0-9])", r"\1 "),  # tỷ lệ nợ xấu (tối đa): 2%
    ("ừ ", (rf"\btừ (?:dưới|trên|hơn|gần|khoảng) (?=(?:{_NUMBER}) ?%(?: (?:năm|của) [^;:.,%]*)? (?:nâng |tăng |giảm )?"
     r"(?:lên|xuống|còn)\b)"), "từ "),  # từ dưới 50% năm 2025 nâng lên tối thiểu 60%
    (" đối với ", (r"^([^0-9;.,()]+) trong (?:vòng )?([0-9,]+ (?:giây|giờ|phút|ngày làm việc|ngày)) đối với"
     r" ((?:ít nhất|tối thiểu|trên|không dưới) [0-9,]+ ?% [^0-9;.,()%]+)$"), r"\3 \1 trong vòng \2"),
    ("uối năm ", r"(?:^|(?<=[;.] ))cuối (?=năm 20[0-9]{2}\b(?:[^;.,]|[.,](?=[0-9]))+[,;] năm 20[0-9]{2} phấn đấu)", ""),
    ("% (", (r"(?<=%) \((?:cỡ mẫu|số mẫu|mẫu|khảo sát|quan sát|phỏng vấn|lấy ý kiến|chọn ngẫu nhiên|chọn mẫu|n =)"
     r"(?!\w)[^()%]*\)"), ""),  # ≥ 90% (cỡ mẫu 200 người bệnh)
    ("(", (r"((?:không thấp hơn|không dưới|không cao hơn|không quá|bằng hoặc cao hơn) )(?:mức )?"
     r"(?:bình quân\b|trung bình\b|năm (?:[0-9]{4}|trước))"
     rf"[^()0-9;,]*\(((?:{_NUMBER}) ?[^()0-9]{{0,15}})\)"), r"\1\2"),  # không thấp hơn bình quân cả nước (71,2%)
    (" về ", r"\b((?:đưa|kéo|hạ)\b[^0-9;:.,()]{3,80}) về (?=[0-9])", r"\1 về mức "),  # đưa tỷ lệ thất thoát về 12%
    ("mỗi ", r"\bmỗi (ngày|tuần) ([0-9]{1,2} lần)\b", r"\2/\1"),  # mỗi ngày 01 lần
    (" thêm ", r"\b(tăng|nâng|giảm) ([^0-9,;.:()]{2,40}?) thêm (?:được )?(?=(?:ít nhất |tối thiểu )?[0-9])",
     r"\2 \1 thêm "),  # tăng thu dịch vụ thêm 8 tỷ đồng
    (" giao ", r"(?<= )\((?:kế hoạch|chỉ tiêu|dự toán)(?: được)? giao (?=[0-9])", "(hiện có "),
    (" một ", r"\b(bình quân|trung bình) một (?!năm|quý|tháng)(?=\w)", r"\1 mỗi "),
)  # fmt: skip
"""Ways of writing that few phrases have: what such a phrase holds, the expression, and what is read instead."""


_ASIDE = "(hiện có "
"""How a base value is marked for the grammar, which reads no target in it."""


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def respelt(typed: str) -> str:
    """A text in the spelling of the grammar: without invisible letters, `<` for the wide `＜` of input methods and for
    `&lt;`, lines parted by `;`, fractions in per cent."""
    seen = "".join(letter for letter in typed if unicodedata.category(letter) != "Cf")
    seen = phrase(_SIGN.sub(lambda sign: _SIGNS[sign[0]], seen).replace("\n", "; "))
    lowered = seen.lower()
    for held, wanted, written in _RARE:
        if held in lowered:
            seen = _expression(wanted).sub(written, seen)
            lowered = seen.lower()
    for pattern, instead in _READY:
        seen = pattern.sub(instead, seen)
    return phrase(seen)


def as_typed(words: str, typed: str) -> str:
    """Words of a respelt text without the brackets that were put around a base value: `Hiện trạng 62%, mục tiêu`."""
    return words if _ASIDE in typed or _ASIDE not in words else _expression(r"\(hiện có ([^()]*)\)").sub(r"\1", words)
