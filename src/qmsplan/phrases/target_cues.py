"""Cues: what the words around a number of a target phrase make of it, before its forms are read.

`không để … vượt quá 3 vụ` is a limit of three, `5% (max)` at most 5%, `(kết quả năm 2025: 76%)` no target. A new way to
say a thing is a row of `CUES`; its example is its test. `target_rewriting` says what the groups of a pattern do."""

from __future__ import annotations

import re
from itertools import pairwise

from qmsplan.model.text import ROMAN
from qmsplan.phrases.target_numbers import KINDS, NUMBER_SLOTS, NUMERALS, has_same_share
from qmsplan.phrases.target_tokens import Cue, Matched, Token, is_year
from qmsplan.phrases.target_vocabulary import LETTERS, QUALIFYING, letters_of, number

_SIZES = {"thời gian", "thời hạn", "mức", "chi phí", "tổng", "giá", "tỷ suất", "tỷ lệ", "tỉ lệ", "lượng", "điểm", "số"}
_CASES = ("vụ", "trường hợp", "ca", "sự cố", "đơn", "khiếu nại", "cuộc")
_MONEY = ("nghìn", "triệu", "tỷ", "tỉ", "đồng", "vnđ")
_MAP = re.compile(r"1/(?:[25]00|(?:1|2|5|10|25|50)\.?000)")
"""The scale of a map: `quy hoạch chi tiết tỷ lệ 1/500`."""
_HAPPENS = {"không để", "không để xảy ra", "không để phát sinh", "không xảy ra", "không phát sinh"}


def _is_limit(found: Matched) -> bool:
    """True for a value that is not to be passed: one of each (`nào`), of what has a size, or of what happens. `không có
    hồ sơ quá hạn trên 5 ngày` says which cases there are to be none of."""
    what = found["what"]
    words = " ".join(token.words for token in what)
    is_passed = "most" in found and found["most"][0].words.startswith("vượt")
    counted = found["counted"][0].words
    is_each = "nào" in words.split() and not counted.startswith(_MONEY)
    if not words or is_passed or is_each or found["counted"][0].letter == LETTERS["percent"]:
        return True
    if words.startswith(tuple(_SIZES)):
        return found["deny"][0].words == "không để"
    if counted.startswith(_MONEY):  # each of some cases, or the sum: `vụ cháy trên 500 triệu đồng`, `thất thoát …`
        return not words.startswith(_CASES)
    is_counted = counted.startswith(_CASES) or (counted.startswith("lần") and _happens(what[0]))
    return "most" in found and found["deny"][0].words in _HAPPENS and is_counted


def _happens(what: Token) -> bool:
    """True for `mất điện` and `sự cố`, which are counted by times; not for `hồ sơ`, each of which comes so often."""
    return what.letter not in LETTERS["unit"] + LETTERS["single"] or what.words.startswith(_CASES)


def _adds_up(found: Matched) -> bool:
    """True for the parts in brackets of a number before them: `1.320 học viên (cao đẳng 780, trung cấp 540)`, `16 lớp
    (khối 10: 8 lớp; khối 11: 8 lớp)`."""
    (whole, unit), *parts = (pair for pair in pairwise(found[""]) if pair[0].letter == LETTERS["number"])
    counted = [part for part, behind in parts if behind.words == unit.words] or [part for part, _ in parts]
    return sum(number(part.words) for part in counted) == number(whole.words)


_TOTAL = re.compile(r"\b(?:tổng|thêm|công suất|sản lượng|dung lượng|mức)\b")
"""What says that a size is an amount, and no name of the thing: `xây dựng tổng công suất 500 kVA`."""
_QUOTA = re.compile(r"(?:chỉ tiêu|kế hoạch|dự toán|nhu cầu|số được giao)\b")
_PEOPLE = re.compile(r"(?:người|đồng chí|cán bộ|công chức|viên chức|học sinh|sinh viên|cháu|trẻ)\b")


def _is_amount_of_it(found: Matched) -> bool:
    """True for what a share comes to: of a quota (`100% chỉ tiêu nhập ngũ (18 thanh niên)`), or counted in what it is a
    share of (`95% hộ dân (1.200 hộ)`, `80% công chức (24 người)`)."""
    what, of = (" ".join(token.words for token in found[name]) for name in ("what", "of"))
    return of.partition(" ")[0] in what.split() or bool(_PEOPLE.match(of) or _QUOTA.search(what))


def _is_named(found: Matched) -> bool:
    """True for a number that names which thing is meant, beside another number: the 10 of `thi vào lớp 10 đạt 6,5
    điểm`, the 12 of `97% học sinh lớp 12 đỗ`. `số vụ 3` counts."""
    words, led = found["word"][0].words, found["led"]
    others = "".join(token.letter for token in (*led, *found["rest"]))
    sums = {token.words for token in (*led[:1], *led[-1:])} & {"số", "tổng số", "số lượng"}
    is_short = words.isdecimal() and len(words) <= (3 if found["what"][0].letter != LETTERS["word"] else 2)
    is_counted = (
        bool(sums) or re.match("[0-9]{3}$", found["rest"][0].words if found["rest"] else "") is not None
    )  # 2 150
    is_counted = is_counted or (bool(led) and led[-1].letter in {LETTERS["number"], LETTERS["scale"]})
    return is_short and not is_counted and "N" in others


def _are_parts(found: Matched) -> bool:
    """True for bare numbers behind `trong đó` that add up to what stands before it."""
    parts = [token.words for token in found["made"] if token.letter == LETTERS["number"]]
    whole = next(token.words for token in found[""] if token.letter == LETTERS["number"])
    are_bare = not _COUNTING.intersection(token.letter for token in found["made"]) and not any(
        one.letter == LETTERS["number"] and behind.letter in letters_of("unit", "single")  # `gồm 12 lớp và 8 lớp`
        for one, behind in pairwise(found["made"])
    )
    return len(parts) > 1 and are_bare and sum(map(number, parts)) == number(whole)


def _with_units(found: Matched) -> list[Token]:
    """Numbers with the unit of their whole behind each."""
    unit = found["same"][0]
    put = ([token, unit._replace(start=token.end, end=token.end)] for token in found["made"])
    return [one for pair in put for one in (pair if pair[0].letter == LETTERS["number"] else pair[:1])]


def _passes_plan(found: Matched) -> bool:
    """False for what falls short of the plan in brackets, which may be what was attained: `85% (chỉ tiêu 90%)`."""
    plan = found.get("gone", found.get("gone2", ()))
    told = [token.words for token in (*found[""], *found.get("behind", ())) if token.letter == LETTERS["number"]]
    planned = next(token.words for token in plan if token.letter == LETTERS["number"])
    return all(number(words) >= number(planned) for words in told)


def _is_of_same_kind(found: Matched) -> bool:
    """True where what is said of each counts in the same as the whole: `05 mô hình (mỗi xã 01 mô hình)`."""
    counted, same = found["counted"][0].words, found["same"][0].words
    return counted.startswith(same) or same.startswith(f"{counted} ")


def _are_its_times(found: Matched) -> bool:
    """True for as many times in brackets as are counted before: `02 hội nghị (quý II và quý IV/2026)`."""
    times = [token for token in found["times"] if token.letter not in _BESIDE_TIMES and not is_year(token)]
    are_read = all(token.letter != LETTERS["word"] or token.words in ROMAN for token in times)
    return are_read and len(times) == number(found[""][0].words)


def _are_in_a_row(found: Matched) -> bool:
    """True for classes or groups by their numbers, each one more than the one before (`khối 3, 4, 5`) or with the same
    name (`lớp 1, lớp 6`)."""
    named = [number(token.words) for token in found["row"] if token.letter == LETTERS["number"]]
    told = (token for token in found["row"] if token.letter not in _BESIDE_TIMES + LETTERS["number"])
    names = [token.words.removeprefix("ở ") for token in told]
    if any(one % 1 for one in named):
        return False
    is_each = len(names) == len(named) and len(set(names)) == 1
    return is_each or (len(names) == 1 and all(other - one == 1 for one, other in pairwise(named)))


def _is_name_at_end(found: Matched) -> bool:
    """True for the figure of `Ngoại ngữ 1`; not for what `còn lại 5` may leave."""
    return re.fullmatch("[1-9]", found["case"][0].words) is not None and found["what"][0].words not in QUALIFYING


def _is_no_money(found: Matched) -> bool:
    """False for what is itself asked for: `doanh thu trên 5 tỷ đồng đạt 90% kế hoạch`."""
    case = found.get("case", found.get("case2", ()))
    return not set(_MONEY) & {token.words.rpartition(" ")[2] for token in case}


def _says_which(found: Matched) -> bool:
    """False for an amount that may be asked for itself: what a change comes to (`giảm 10% số vụ 45 vụ`), a second
    limit (`không quá 5 vụ làm chết 3 người`)."""
    is_led = found["case"][0].letter in letters_of("less", "more", "from")
    return is_led or not {"change", "limit"} & found.keys()


def _is_rate_of_it(found: Matched) -> bool:
    """True for what a number comes to in a part of a year: `24 phiên (02 phiên/tháng)`."""
    whole, *_, part = (token.words for token in found[""] if token.letter == LETTERS["number"])
    times = _PARTS_OF_YEAR.get(found["period"][0].words, 0)
    return number(part) * times == number(whole) and _is_of_same_kind(found)


_COUNTING = frozenset(LETTERS[kind] for kind in ("percent", "points"))
_HIGH = 30
"""Per cent below which a level that goes down is one that is to go down."""
_BESIDE_TIMES = letters_of("time", "comma", "and", "slash")
_PARTS_OF_YEAR = {"tháng": 12, "quý": 4, "tuần": 52}

CUE_SLOTS = {
    **NUMBER_SLOTS,
    "said": "{aim,link,inside,from,roughly,each}{0,2}",
    "unitword": "(?:{scale}{1,2}(?:{unit,single,time,label,noun}|{word}{word,single}?)?|{word}{word,single}?"
    "|{percent,points,unit,single,time,duration,place,noun,label,age})",
    "begin": "(?:^|(?<={stop}))",
    "till": "{to,dash}{less}?",
    "end": "(?={stop}|$)",
    "clause": "(?:^|(?<={stop,comma}))",
    "part": "{^close,number,least,more,most,less,sign,except,roughly,up,down}",
    "free": "(?:{label,place}{number}|{^number,stop,comma,open})",
    "done": "(?:{verb,quality,aim,increase}|{=mua|thay|bảo dưỡng|bảo trì|vận hành|phủ sóng|phát sóng|xây|đầu tư"
    "|thi công|đấu nối|trang bị})",
    "days": "(?:{duration}|{=ngày})",
    "size": "{=mhz|khz|ghz|hz|kv|v|kva|mva|kw|mm|inch|hp|w|btu}",
    "what": "(?P<what>{^number,stop,comma,most,less,least,more,sign,over}{0,40}?)",
    # an amount by which a share says what it is of
    "casual": "(?<!{=đạt|là|chiếm|còn|trong})(?:{least,more,most,less,sign,highest,from,inside}{number}|{link=trong}?"
    "{number}(?!{=tháng|quý|năm}(?!{slash})))(?!{percent}){unitword}(?:{slash}{unitword})?{word}?{up,down}?",
    # what was attained, and what is asked for
    "past": "{=kết quả|kq|th|ưth|thực hiện|ước thực hiện|số liệu|hiện trạng|thực trạng|đầu năm|đầu kỳ|đầu nhiệm kỳ}",
    "asked": "{=kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|dự kiến}",
    "quota": "{=kế hoạch|chỉ tiêu|dự toán}",
    # how many were asked, the same in another unit, what is not counted
    "note": "{=cỡ mẫu|số mẫu|mẫu|khảo sát|quan sát|phỏng vấn|lấy ý kiến|chọn ngẫu nhiên|chọn mẫu|tương ứng|tương đương"
    "|ước tương đương|ước tương ứng|chưa gồm|chưa bao gồm|chưa tính|đã gồm|đã bao gồm}",
    # what is done in a length of time, and is better done in less of it
    "quick": "{=trả|xử lý|giải quyết|khắc phục|phản hồi|cấp|công bố|thông báo|chứng thực|phê duyệt|cung cấp|gửi"
    "|hồi đáp|kiểm soát chi|thẩm định|thanh toán|chi trả|tiếp nhận|trả lời|hoàn trả|phản ánh|nằm viện"
    "|điều trị|chờ|tiếp cận|có mặt|xuất phát|xuất quân|xuất xe|gián đoạn|mất điện|mất nước|ngừng|dừng"
    "|thông quan|phản ứng|đáp ứng|trả kết quả|trả hồ sơ|sửa chữa|khôi phục|luân chuyển|giao hàng|bàn giao"
    "|lưu kho|đến hiện trường|thực hiện thủ tục}",
}
"""Patterns that cues use by name, beside the kinds of words."""

# fmt: off
CUES: tuple[Cue, ...] = (
    *KINDS,
    *NUMERALS,
    Cue("(?P<deny>(?P<aim>{none})){what}(?<!{open})(?:(?P<most>{more,over,most})|(?P<least>{less}|{=xuống}{=dưới}))"
        "(?={said}{number}(?P<counted>{any}))", "không để xảy ra cháy vượt quá 3 vụ", _is_limit),
    Cue("{more}{aim}?{number}{unitword}?(?:(?P<gone>{comma}?)(?P<to>{=nhưng|but})|(?P<to2>{comma,and}|{=and})"
        "(?={most,less}{number}{unitword}?{end}))(?={most,less})(?P<gone2>{most}?)"
        "(?={less}?{number})", "trên 80% nhưng không quá 95% thiết kế"),
    Cue("(?<!{least,more,most,less,sign,highest,dash,to,from})(?P<put>){number}{unitword}{0,4}?(?P<gone>{=là|ở}?"
        "{=mức|là mức}?|{open}|{comma})(?P<moved>{least,most,highest})(?P<gone2>{close}?)$",
        "5% (max)", lambda found: bool(found["gone"])),
    Cue("{least,more,most,less,highest}(?P<gone>{stop=:|.}|{sign==})(?={number})", "tối đa: 5%"),
    Cue("(?P<gone>{open}){cmp}(?P<gone2>{close}{stop=:}?)(?={number})", "tỷ lệ nợ xấu (tối đa): 2%"),
    Cue("^{=tổng}?{=số|tổng số}{^number,stop,comma}+(?P<gone>{stop=:})(?={cmp}{number}$)",
        "Số dự án chậm tiến độ: tối đa 3"),
    Cue("(?:{reduce}|{=đưa|kéo}){^number,stop,comma,open}{0,12}(?P<downto>{=về})(?={number})",
        "đưa tỷ lệ thất thoát về 12%"),
    Cue("(?P<moved>{reduce=giảm})(?P<what>{^number,stop,comma,open}{1,9})(?P<put>)(?={number}(?P<same>{any})"
        "(?:{comma}|{open}){downto}{number}(?P<counted>{any}))", "giảm tồn kho 200 tấn, còn 350 tấn", _is_of_same_kind),
    Cue("{reduce,increase}{least,more}{0,2}{number}(?P<same>{any}){^number,stop,open}{0,6}(?P<gone>{open}{from}{number}"
        "(?P<counted>{any}){close})", "tăng 20 giường (từ 180 giường)", _is_of_same_kind),
    Cue("(?P<more>{more=vượt})(?P<gone>{least})(?={number}{percent}{=dự toán|kế hoạch|chỉ tiêu})",
        "vượt tối thiểu 5% dự toán"),
    Cue("{from}(?P<gone>{less,more,roughly})(?={number}{percent}{^stop,comma,percent}{0,6}{upto,downto})",
        "từ dưới 50% năm 2025 nâng lên 60%"),
    Cue("(?P<moved>{cmp}){=mức}?(?:{=bình quân|trung bình}|{=năm}{number}|{earlier}){^number,comma,stop}{0,8}?"
        "(?P<gone>{open})(?P<put>){number}{^number,close}{0,4}(?P<gone2>{close})",
        "không thấp hơn bình quân cả nước (71,2%)"),
    Cue("(?P<moved>{increase=tăng|nâng}|{reduce=giảm})(?P<what>{^number,stop,comma,open}{1,9}?)(?P<gone>{=thêm}"
        "{=được}?)(?P<put>)(?={least}?{number})", "tăng thu dịch vụ thêm 8 tỷ đồng"),
    Cue("(?P<verb>{increase=nâng})(?P<gone>{=hạng|cấp}?)(?={number}{^number,stop,comma}{1,8}(?:{from}{number}{=sao})?{=lên}"
        "(?:{number}{=sao}|{=chuẩn|cấp|hạng|loại}))", "nâng 12 sản phẩm lên 4 sao"),
    Cue("{from}{number}{unitword}(?P<gone>{open}{time=năm}?{number}{close})(?={upto,downto})",
        "tăng từ 55% (năm 2025) lên 70%"),
    Cue("{number}(?P<counted>{any}){^number,stop,comma}{0,8}{comma}(?P<case>{=mỗi}(?P<same>{any}){word,single}?{number}"
        "(?:{to,dash}{number})?{duration})", "52 chương trình, mỗi chương trình 15 phút", _is_of_same_kind),
    Cue("{clause}(?:{=tuổi|độ tuổi}|{=độ}{age=tuổi}){free}{0,6}?(?P<aim>)(?={cmp}?{number}{age})",
        "tuổi thọ trung bình 75 tuổi"),
    Cue("{clause}(?:{share}{free}{1,20}?(?P<case>{casual}|(?<={=có}){more,least,from}{number}{percent})|(?!{verb}){free}"
        "{1,20}?(?<!{verb,upto,downto,reduce,increase,each})(?<!{=cho|với})(?P<case2>{casual}))(?={^number,stop,comma,open,"
        "and}{0,14}(?:{=đạt|là|chiếm|còn|giảm|tăng}|{stop=:}|{cmp}|{link=đối với}){1,2}{number}{percent})",
        "trường có trên 10 lớp được trang bị phòng máy: 80%", _is_no_money),
    Cue("{number}{unit,single,word}{1,4}{comma}?(?P<case>(?:{comma,and}?{=dài|rộng|sâu|cao|dày|đường kính|khẩu độ"
        "|công suất|dung tích|sức chứa}{number}(?:{size}|{scale}?{single}(?:{slash}{unitword})?)){1,3})",
        "xây 2 cầu dài 45 m, rộng 5 m"),
    Cue("(?:{begin}|{open})(?P<increase>{mark=+})(?={number}(?:{percent,points}|{=điểm}){percent}?(?:{base}|$))",
        "+3% so với năm 2025"),
    Cue("(?:{=gấp đôi|gấp rưỡi|gấp ba|gấp bốn}|{=gấp}{number}{=lần})(?P<base>)(?={earlier}|{time=năm}{number})",
        "gấp đôi năm 2025"),
    Cue("(?:{most}|{=chậm|trễ|muộn|chậm trễ|sai lệch|chênh lệch}{free}{0,4}{most,less}){number}{duration,time}"
        "(?P<link>{base})(?={=giờ|lịch|hạn|thời hạn|thời gian|hợp đồng|kế hoạch|tiến độ|quy định})",
        "không chậm quá 10 phút so với giờ đã hẹn"),
    Cue("{base}{^number,stop,comma}{0,4}(?P<case>{number}(?:{earlier}|{time}{=trước|liền kề|gần nhất|gần đây|qua}))",
        "giảm 10% so với bình quân 03 năm trước"),
    Cue("(?P<case>{less,more,from,least,most,sign}?{number}(?:{to,dash}{number})?{age}{up,down}?)"
        "(?={^number,stop,comma,label}{0,10}{number})", "giảm suy dinh dưỡng ở trẻ dưới 5 tuổi xuống còn 17,8%"),
    Cue("{begin}{=số|tổng số}{^number,stop,comma}{1,12}?(?P<case>(?:{from}{number}{^number,stop,comma}{1,5}{up}"
        "|{more,less,over}{number}{^number,stop,comma}{1,4}))(?={stop=:}{^stop}*{number})", "số ca chờ quá 30 phút: 0"),
    Cue("(?P<gone>{least}(?={sign=≥|>=})|{most}(?={sign=≤|<=}))", "tỷ lệ an toàn vốn tối thiểu ≥ 8%"),
    Cue("(?P<case>{share}{odd,number=/})", "lập quy hoạch tỷ lệ 1/500",
        lambda found: _MAP.fullmatch(found["case"][1].words) is not None),
    Cue("(?:{begin}|(?<={comma})){=riêng|đối với}{^number,stop,comma}{1,12}(?P<case>{more,less,from}{number}"
        "{time,duration}{up}?)(?={=phải|được|cần})", "riêng đơn kéo dài trên 12 tháng phải giải quyết dứt điểm"),
    Cue("{number}(?P<same>{unit,single,word}){^number,stop,open}{0,6}?{comma}?(?:{subset}|{=gồm|bao gồm})"
        "(?P<gone>{stop=:}?)(?P<made>{^stop}+)(?={stop}|$)",
        "tuyển sinh 1.150 sinh viên, trong đó hệ cao đẳng 420, trung cấp 730", _are_parts, _with_units),
    Cue("{cmp}{number}{duration}(?P<case>{open}{=có|kèm|gồm|thêm|có thêm}{1,2}{number}{^number,close}+{close})",
        "không quá 2,5 giờ (có 01 kỹ thuật cận lâm sàng)"),
    Cue("(?P<case>(?:{begin}{=có}|{clause}{=có}?{=thêm|có thêm}){number}{^number,stop,comma,least,more,most,less,sign}"
        "{1,5}|{clause}{from}{number}{unit,single,word}{1,3}{up})(?={cmp}{number}{duration,time})",
        "dưới 2 giờ; có thêm 01 kỹ thuật xét nghiệm dưới 3 giờ"),
    Cue("(?P<inside>{link=trong})(?={number}{duration,time}{comma}?{=kể từ|tính từ|từ khi|sau khi|từ lúc})",
        "có mặt trong 15 phút kể từ khi nhận tin"),
    Cue("(?:{begin}|(?<={comma})){free}{0,6}?{quick}{free}{0,30}?(?P<inside>{link=trong})(?={number}{duration})",
        "trả kết quả trong 2 giờ"),
    Cue("(?:{clause}{free}{0,12}?(?P<most2>{inside}){number}{days}{free}{0,3}{comma}|(?<={comma})){free}{0,3}?{quick}"
        "{free}{0,6}?(?P<most>{inside})(?={number}{days}(?:{comma}|{end}))",
        "thiết bị hỏng không quá 3%, khắc phục trong vòng 24 giờ"),
    Cue("{most}{number}(?P<same>{duration}){^number,stop,comma}{1,8}(?:{comma}|{and})(?P<most>)"
        "(?={number}(?P<counted>{duration}){link})", "tối đa 35 phút đối với xe con và 50 phút đối với xe tải",
        _is_of_same_kind),
    Cue("(?:{quick}{free}{0,6}|{percent}{free}{1,12}(?:{inside}|{link=trong}){number}{days}{comma}){number}{percent}(?P<case>(?:{inside}|{link=trong}){number}{days})"
        "(?={comma,stop}|$)", "xử lý 100% trong 48 giờ"),
    Cue("{number}(?P<counted>{any}){^number,stop,open}{0,5}(?P<case>{open}(?:{=mỗi}{word,unit,single,label}{1,3}|{each})"
        "{number}(?P<same>{any}){^number,close}{0,3}{close})", "05 mô hình (mỗi xã 01 mô hình)", _is_of_same_kind),
    Cue("{begin}(?!{^comma}{0,8}{percent})(?P<case>{=với}{^number,stop,comma,least,more,most,less,sign}{0,6}{number}{unitword})"
        "(?={comma}{^stop}*{number})", "với 12 biên chế, giải quyết 8.000 hồ sơ"),
    Cue("{number}{unit,single,word}{1,3}{open}(?P<subset>)(?={number}{percent}{=là|thuộc})",
        "khen thưởng 350 cá nhân (60% là người lao động trực tiếp)"),
    Cue("{inside,most}{number}{duration}{^number,stop,open}*{comma}{=riêng}?{free}{0,12}?(?P<inside>{link=trong})"
        "(?={number}{duration})", "trong vòng 24 giờ, riêng ca nặng trong 2 giờ"),
    Cue("(?P<reduce>{=giảm nghèo})(?={aim,mean,from,least}{1,2}{number}{percent,points})", "giảm nghèo bình quân 1,5%"),
    Cue("{=nộp|gửi|trình|báo cáo|xin}(?P<noun>{=cấp}{more=trên})", "nộp cấp trên 100%"),
    Cue("{=đào tạo|tập huấn|bồi dưỡng|phát thanh|truyền hình|phát sóng|học|tự học|tiếp công dân}{free}{0,8}?(?P<aim>)"
        "(?={number}{duration}(?:{slash}{unitword})?{slash}{time=năm|tháng|quý})",
        "đào tạo nội bộ 16 giờ/người/năm"),
    Cue("{=phát thanh|truyền hình|phát sóng|thời lượng|tiếp công dân}{free}{0,8}?(?P<aim>)"
        "(?={number}{duration}{slash}{time})", "phát sóng 18 giờ/ngày"),
    Cue("{=bình quân|trung bình}(?P<each>{time=tuần|ngày})(?={number}{unit,single,scale,word})", "bình quân tuần 5 ca"),
    Cue("{reduce}(?P<case>{number}{=tiêu chí|mặt})(?={^number,stop,comma}{0,6}{number}(?:{till}{number})?{percent})",
        "giảm 3 tiêu chí tai nạn giao thông từ 5-10%"),
    Cue("(?P<link>{more=trên})(?={word,unit,single,noun,label,verb,quality,all})", "giảm trên cả 3 tiêu chí"),
    Cue("{begin}{=thời gian|thời hạn|số ngày|ngày|số giờ}(?!{=tiếp nhận|cung cấp|gửi|thông báo|công bố}){quick}"
        "{^number,stop,comma,open,sign,least,more,most,less,reduce,increase,from,roughly,faster,over}{0,20}?"
        "(?P<gone>(?:{=đạt|là|còn|ở mức}{1,2}|{stop=:})?)(?P<most>)(?={number}{days}"
        "(?:{^slash,dash,number}*{end}|(?:{open}|{comma}){reduce}))", "thời gian nằm viện trung bình 6,5 ngày"),
    Cue("{begin}{^number,stop,comma,open}{1,20}(?P<case>(?:{link=trong}|{inside}){number}{days})"
        "{link=đối với}(?={least,more}{number}{percent}{^number,stop,comma,open}+{end})",
        "xử lý phản ánh trong 48 giờ đối với ít nhất 90% trường hợp"),
    Cue("{begin}(?:{number}{duration,time}|{^number,stop,comma,open,cmp,verb}){1,20}(?P<case>{cmp}{number})"
        "{=ở|đối với|trên|tại}(?={least,more}?{number}{percent}{^number,stop,comma,open}+{end})",
        "thị lực sau mổ ≥ 5/10 ở 90% số mắt"),
    Cue("{number}(?P<gone>{=số})(?={unit,single})", "giảm về 0 số vụ cháy", lambda found: found[""][0].words == "0"),
    Cue("{begin}{^number,stop,comma,open}{1,20}(?:{link=trong}|{inside}){number}{days}{=cho|với|đối với}"
        "{^number,stop,comma,open}{1,8}?(?P<case>{cmp,from}{number}(?!{percent}){unitword}{up,down}?){end}",
        "hoàn thuế trong 6 ngày cho hồ sơ dưới 500 triệu đồng"),
    Cue("{number}{days}(?P<case>{open}{none=không có}{^close,number}{1,6}{close})",
        "chờ khám không quá 120 phút (không có cận lâm sàng)"),
    Cue("{clause}{^number,stop,comma,cmp}{1,15}(?<={unit,single,word,noun})(?P<case>{number}{to,dash}{number}"
        "{unit,single,word})(?={aim,from,least,more,most,less,sign}{1,2}{number}{percent})",
        "công suất phòng khách sạn 3-5 sao từ 62% trở lên"),
    Cue("{number}(?P<unit>{duration=giờ|phút})(?={=chương trình|lý thuyết|thực hành|giảng|giảng dạy|dạy|học|phát sóng"
        "|phát thanh|truyền hình|lao động|tình nguyện|bay|vận hành}{^number,stop,comma,slash}{0,4}{slash}{unitword})",
        "sản xuất 5.475 giờ chương trình/năm"),
    Cue("{number}(?P<same>{unit,single,label,word}){^number,stop,open}{0,6}(?P<case>{open}{^close,number}{0,3}{number}"
        "{scale}?{=đồng|nghìn đồng|triệu đồng|đ|vnđ}{slash}(?P<counted>{any}){^close}*{close})",
        "tặng 40 suất quà (500.000 đồng/suất)", _is_of_same_kind),
    Cue("{number}{unit,single}{^number,stop,open}{0,6}(?P<comma>{open})(?={number}{=lần|vụ|đợt|kỳ|lượt}{slash}{time}"
        "{close})(?P<what>{^close}*)(?P<gone>{close})", "bảo dưỡng 45 km (2 lần/năm)"),
    Cue("(?P<led>{least,more,most,less}){said}{number}(?P<same>{any}){open}{^close,number}+{close}(?P<made>{comma,and})"
        "(?={number}(?P<counted>{any}){open}{^close,number}+{close})", "không quá 1 phút (ban ngày), 2 phút (ban đêm)",
        _is_of_same_kind,
        lambda found: [*found["made"], found["led"][0]._replace(start=found["made"][0].end, end=found["made"][0].end)]),
    Cue("{begin}{=thời gian|thời lượng|số ngày|số giờ}{^number,stop,comma,open,cmp,from,reduce,increase}{0,3}?"
        "{=lưu trú|phát sóng|phát thanh|bảo hành|vận hành|cấp nước}{^number,stop,comma,open,cmp,from,reduce,"
        "increase,roughly}{0,8}?(?P<gone>(?:{=đạt|là|ở mức}|{stop=:})?)(?P<least>)(?={number}{days}"
        "(?:{slash}|{end}|{open}))", "thời gian lưu trú bình quân 2,4 ngày"),
    Cue("{clause}{=chỉ số|điểm|điểm số|hệ số}{^number,stop,comma,open,cmp,from,aim,label,place,rank,roughly}{1,9}"
        "(?<={word,unit,single,noun,mean,quality})(?P<aim>)(?=(?P<n>{number})(?:{end}|{comma}|{open}))",
        "điểm PCI 68,5", lambda found: re.fullmatch("[0-9]+,[0-9]+", found["n"][0].words) is not None),
    Cue("(?:{begin}|(?<={comma}))(?:{=lũy kế}|{=cả}{=nhiệm kỳ|giai đoạn}){free}{0,8}(?P<aim>)"
        "(?={number}{unitword}(?:{comma}|{end}))",
        "tối thiểu 1.850 căn, lũy kế cả giai đoạn 6.200 căn"),
    Cue("{begin}{share,word,noun}{^number,stop,comma,open,sign,least,more,most,less,reduce,increase,from,roughly}{1,20}"
        "(?P<most>)(?=(?P<level>{number}){percent}{comma}{=giảm}{least}?{number}{percent,points}(?:{base}|{end}))",
        "tổn thất điện năng 3,95%, giảm 0,12% so với năm trước",
        lambda found: number(found["level"][0].words) < _HIGH),
    Cue("{=chênh lệch|sai số|sai lệch|độ lệch|dung sai}{free}{0,8}(?P<most>{mark=±})(?={number})",
        "chênh lệch kiểm kê kho ±0,5%"),
    Cue("{number}{percent}{^number,stop,comma,open}{0,9}?(?P<case>{more=trên}(?:{=một|mỗi}|{scale=1}){unit,single,word}"
        "{unit,single,word}{0,2}){end}", "ít nhất 5% chi phí điện năng trên một đơn vị sản phẩm"),
    Cue("{number}{^number,stop,open}{1,12}(?P<gone>{open}{part}*{number}(?:{part}*{number})+{part}*{close})",
        "1.320 học viên (cao đẳng 780, trung cấp 540)", _adds_up),
    Cue("{number}(?P<counted>{any}){^number,stop,open}{0,5}?(?P<gone>(?:{open}|{comma}){=bình quân|trung bình}?{number}"
        "(?P<same>{any}){^number,close}{0,3}{slash}(?P<period>{time})(?:{close}|{end}))",
        "24 phiên giao dịch việc làm (02 phiên/tháng)", _is_rate_of_it),
    Cue("{clause}{done}(?P<what>{^number,stop,comma}{1,20})(?P<case>{number}{size})", "xây dựng trạm biến áp 110 kV",
        lambda found: not _TOTAL.search(" ".join(token.words for token in found["what"]))),
    Cue("{percent}(?P<what>{^number,stop,comma,open}{1,20})(?P<case>{open}{aim,unit,single,word}?(?P<n>{number})"
        "(?P<of>{aim,unit,single,word,scale}{1,4}){close})", "95% hộ dân được cấp nước sạch (1.200 hộ)",
        _is_amount_of_it),
    Cue("(?:{number}{^number,stop,comma}{1,20}?|{clause}(?=(?:{^stop,comma}|{comma}){1,30}{number}{percent})"
        "{^number,stop,comma}{0,9}?)(?P<case>(?P<row>(?:{label}|{=lớp|mức|ở mức}){number}"
        "(?:{comma,and}(?:{label}|{=lớp|mức})?{number}){1,5}))(?!{percent,points,unit,single,label,noun,scale,time,duration,age}|{comma,and}{number})",
        "90% học sinh khối 3, 4, 5", _are_in_a_row),
    Cue("{clause}(?P<led>{^stop,comma}{0,30}?)(?P<what>{unit,single}|{word}(?={number}{stop,aim,least,more,most,less,sign}))"
        "(?P<word>{number})(?!{percent,points,unit,single,scale,dash,to}|{time,duration}{slash})(?=(?P<rest>(?:{^stop,comma}|{stop=:}){0,30}))",
        "thi vào lớp 10 đạt 6,5 điểm", _is_named),
    Cue("{number}{^number,stop,comma}{0,10}?(?<={unit,single,word})(?P<case>{number}{=sao})(?!{up})",
        "3 sản phẩm OCOP 5 sao"),
    Cue("{clause}{=chỉ số|hệ số|tỷ số|tỉ số|trị số|điểm số|điểm trung bình|điểm bình quân|điểm đánh giá}"
        "{^number,stop,comma,from,more,less,least,most,sign,aim,label,place,rank}{0,12}(?P<from>)(?={number}{up})",
        "hệ số sử dụng đất 0,9 trở lên"),
    Cue("{reduce}{number}(?P<same>{any}){^number,stop,open}{0,8}{open}(?P<downto>{=đạt})(?={number}(?P<counted>{any}))",
        "giảm 3 ngày (đạt 5 ngày)", _is_of_same_kind),
    Cue("(?P<case>{number}{=trong}{=1|một})(?!{time,duration})", "tiêm vắc xin 5 trong 1 cho 90% trẻ"),
    Cue("{begin}{=số|tổng số}?(?P<same>{unit,single}){^number,stop,comma,from,more,less,least,most}{0,6}"
        "(?P<case>{number}{unit,single,word,place,label}){^number,stop,comma}{0,4}{stop=:}{cmp}?{number}(?P<counted>{any})",
        "xã đạt 19 tiêu chí: 5 xã",
        _is_of_same_kind),
    Cue("(?P<gone>{open}{note}{^close}*{close})", "96% (tương ứng 480/500 trẻ)"),
    Cue("{number}{^number,stop}{0,8}(?P<gone>{open}{mean,aim,noun,word=bình quân|trung bình|mặt bằng|mặt bằng chung}"
        "(?:(?!{aim}){part})*{number}(?:(?!{aim}){part})*{close})", "3.500 ca (bình quân 14 ca/ngày)"),
    Cue("(?P<case>{=d|dn|đk|phi|ø|φ}{sign}{number}{size}?)(?={^stop}*{number})", "vỡ ống D≤200 trong vòng 8 giờ"),
    Cue("{number}{unit,single,word}{^number,stop,comma,open}{0,8}(?P<comma>{=trị giá|tổng trị giá|tổng giá trị})"
        "(?={number}{unitword})", "tặng 50 suất quà trị giá 500.000 đồng/suất"),
    Cue("{number}{percent}(?P<comma>{=nhờ|thông qua})(?={^number,stop}{1,6}{number}{unit,single,word})",
        "giảm 12% nhờ thay thế 3.200 bộ đèn"),
    Cue("(?P<gone>{open}(?:{past}{=thực hiện|đạt được}?(?:{time=năm}?{number})?{^close,number}*{number}|{number}"
        "{stop=:}{number,odd}){^close}*{close})", "(kết quả năm 2025: 76%)"),
    Cue("(?P<from>{=between}){number}{^number}{0,2}(?P<to>{=and}){number}", "between 80% and 90%"),
    Cue("(?P<put>){number}{percent}(?P<moved>{=reduction|decrease|drop|fewer|increase|growth})",
        "10% reduction in complaints"),
    Cue("(?:{increase}{from}{number}{^number}{0,2}(?P<upto>{=to})|{reduce}{from}{number}{^number}{0,2}(?P<downto>{=to}))"
        "{number}", "increase from 80% to 90%"),
    Cue("(?P<gone>{open}?{=thang|khung}{number}{=điểm|bậc}?{close}?)", "(thang 4)"),
    Cue("{base}{time,earlier}{0,2}{number}?(?P<gone>{open}{=là|đạt|có}?{number}{^close,number}*{close})",
        "giảm 2 vụ so với 2025 (7 vụ)"),
    Cue("{number}{^number,stop}{0,8}(?P<gone>{open}{quota}(?:{free}{0,6}{=giao})?{number}{^close}*{close})"
        "|(?P<gone2>{open}{quota}{number}{^close}*{close})(?=(?P<behind>{^stop,comma,number}{0,4}{number}))",
        "(kế hoạch 80%) 85%", _passes_plan),
    Cue("(?:(?P<number>{odd,number=/}){^number,open,stop}{0,6}(?P<gone>{open}{=đạt|chiếm|bằng|tỷ lệ}{0,2}{number}"
        "{percent}{close})|{number}{percent}(?P<gone2>{open}{number,odd=/}{^close,number}*{close}))",
        "42/45 trường (93,3%)", has_same_share),
    Cue("(?P<stop>{open})(?={=riêng}{^close}*{number})(?P<what>{^close}*)(?P<gone>{close})",
        "đạt 97% (riêng về hóa đơn: 100%)"),
    Cue("{begin}(?P<aside>(?:{=cuối}?{past}?{time=năm}{number}|{now}|{earlier})(?!{strive}){=là|:}?"
        "{^stop,comma,strive}{1,24}?)(?:{stop=;|.}|{comma})(?=(?:{=đến|năm nay}|{time=năm}{number}){0,3}(?:{asked}|"
        "{=dự kiến}))", "năm 2025 thực hiện 87%, năm 2026 phấn đấu 90%"),
    Cue("{begin}(?P<aside>{now}{^stop,comma,strive}{1,24}?)(?:{stop=;|.}|{comma})(?={to,strive}{^stop,comma}{1,8}{number})",
        "hiện có 12 hợp tác xã, đến cuối năm có 15 hợp tác xã"),
    Cue("{number}{unit,single}{^number,stop,comma}{0,9}?(?:(?P<case>{from}{word,label,quality}{1,4}{up})(?={comma,stop}|$)"
        "|{=có}(?P<case2>{from}{number}{unitword}{word,label}?{up}))",
        "không quá 2 trường hợp bị kỷ luật từ khiển trách trở lên"),
    Cue("{begin}{quota}{stop=:}?{number}(?P<counted>{any}){^number,stop}{0,7}(?:{stop=;|.}|{comma})"
        "(?P<aside>{past}{stop=:}?{number}(?P<same>{any})?){end}", "kế hoạch: 120 lớp; thực hiện: 118 lớp",
        lambda found: "same" not in found or _is_of_same_kind(found)),
    Cue('(?<!{mark}){number}{^number,stop,mark}{1,9}(?P<case>{mark="|“}{number}(?:{link,word,label}|{=có}){1,6}(?:{comma}{number}'
        '(?:{link,word,label}|{=có}){1,6}){0,5}{mark="|”})', 'duy trì 18 câu lạc bộ "5 không, 3 sạch"'),
    Cue("{number}{unit,single,word,label}{^number,stop,comma}{0,9}?(?P<case>{=nhân}(?:{=dịp}{^number,stop,comma}{0,6}?)?"
        "{time=ngày}?{odd})", "hiến 350 đơn vị máu nhân ngày 07/4"),
    Cue("{number}{^number,stop,comma}{1,9}{comma}?(?P<subset>{link=gồm|bao gồm})(?=(?:{stop=:})?{number}{unitword}"
        "{^number,stop}{0,8}{number}{unitword})", "20 hoạt động, gồm 12 lớp và 8 hội nghị"),
    Cue("{clause}(?P<aim>{link=gồm|bao gồm})(?={number}{unitword})", "gồm 12 lớp và 8 hội nghị"),
    Cue("^(?P<aside>(?P<moved>{quota}){^stop,comma,number}*{=giao}{^stop,comma}+){comma}{^stop,comma,number}*"
        "{more=vượt}(?P<gone>{least}?)(?P<put>)(?={number}{unitword})",
        "dự toán được giao 2.140 tỷ đồng, phấn đấu thu vượt 5%"),
    Cue("^(?P<aside>{quota}{^stop,comma,number}*{=giao}{^stop,comma}+){comma}(?={^stop,comma,number}*"
        "{=đạt|thực hiện|hoàn thành|giải ngân}{^stop,comma,number}*{number}{percent})",
        "dự toán giao 500 tỷ đồng, thực hiện đạt 105%"),
    Cue("(?:{begin}|(?<={comma,and,aim,strive,verb,quality})){none}{^number,stop,comma,and,open,least,more,most,less,sign,"
        "from}{1,20}(?P<case>{open}?{least,more,most,less,from}{said}{number}{unitword}{up,down}?{close}?)",
        "không có hồ sơ quá hạn trên 30 ngày"),
    Cue("{number}{^number,stop,comma,and,open}{1,20}(?P<case>{all}(?={word,unit,single,quality,noun,verb,link}))",
        "kiểm tra 02 lần đối với toàn bộ kho"),
    Cue("(?:(?P<change>{reduce,increase}{^number,stop,comma}{0,3})?{number}{percent}|(?P<limit>{most,less}|{sign=<|≤|<=})"
        "{said}{number}{^percent,to,dash}){^number,stop,comma,and,open,least,more,most,less,sign,from,reduce,increase,"
        "equal}{1,20}?(?<!{=đạt|là|với|cho|còn|lên|xuống|chiếm|giảm|tăng|trong|tại|ở|có})"
        "(?P<case>(?:{less,more,from}{said})?{number}(?!{percent}){unitword}(?:{slash}{unitword})?{up,down}?)"
        "(?={^number,stop,comma}{0,6}(?:{comma,and}|{end}))", "trên 95% trẻ được tiêm đủ 8 loại vắc xin", _says_which),
    Cue("(?<!{reduce,increase,most,less,more,sign}){number}{unit,single,label,word}{^number,stop,open}{0,8}(?P<case>{open}"
        "{=dự kiến|trong|vào}?(?P<times>{time}(?:{time,number,word,odd}(?:{slash}{number})?{comma,and}{0,2}){1,9})"
        "{close})", "mở 2 lớp (quý II, quý IV/2026)", _are_its_times),
    Cue("{percent}{^number,stop,comma,open,least,more,most,less,sign}{1,20}{=học|môn|thi|ôn}"
        "{^number,stop,comma,open,least,more,most,less,sign}{0,8}(?P<what>{word})(?P<case>{number})$",
        "100% học sinh học Ngoại ngữ 1", _is_name_at_end),
    Cue("(?<={word,unit,single,noun})(?P<case>{more}{number}(?!{percent}){scale}?{unit,single,word,time,duration}?)"
        "(?=(?:{^number,stop,comma}|{time}{number}){0,9}{aim,sign,least,more,less,most,stop}{number})",
        "số giường bệnh trên một vạn dân đạt 43 giường", _is_no_money),
    Cue("(?:{begin}|(?<={comma})){=thời gian|thời lượng}{^number,stop,comma,least,more,most,less,sign}{0,12}"
        "(?P<case>{number}{unit,single,word})"
        "{^number,stop,comma}{0,8}(?={least,more,most,less,sign}{number}{time,duration})",
        "thời gian khám có 2 xét nghiệm dưới 3 giờ"),
)
# fmt: on
"""Which of several comes first does not matter, but that limits are found before what is set aside."""
