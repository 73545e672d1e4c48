"""What a target may look like: the rows of FORMS, each with what it means and a phrase that has it.

A pattern is one of `target_tokens`; the functions of `target_meanings` make a target of what it caught."""

from __future__ import annotations

from qmsplan.model.structured import Comparator
from qmsplan.phrases import target_meanings as meant
from qmsplan.phrases.tables import PhraseRow
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_cues import CUE_SLOTS

SLOTS = {
    "value": "{number}(?:{open}{^number,open,close}{1,5}{close})?",
    "amount": "{value}{unitword}(?:{slash}{unitword}|{more}{scale}{1,2}{unit,single,word}{1,2})*{again}",
    "unitword": CUE_SLOTS["unitword"],
    "percentage": "{value}{percent,points}(?:{slash}{unitword})*{again}(?!{percent})",
    "again": "(?:{open}{number}{unitword}?{close})?",
    "said": CUE_SLOTS["said"],
    "by": "{aim,least,more,from,mean,roughly}{0,3}",
    "till": "(?:{to}|{dash}){less}?",
    "until": "(?:{^number,stop,comma,and,upto,downto,reduce,increase,up}|{time}{number}){0,8}?{reduce,increase}?",
    "changing": "{reduce,increase}",
    "about": "{^number,stop,reduce,increase,up,upto,downto,most,less}{1,60}?",
    "unbroken": "{^number,stop,comma,reduce,increase,up,upto,downto,most,less,least,more,sign}{1,60}?",
    "within": "{^number,stop,comma,reduce,increase,up,upto,downto,most,less,least,more,sign,aim,share}{1,60}?",
    "remark": "{^number,close,least,more,most,less,sign,share,subset}{0,12}?",
    "held": "{^number,stop,comma,most,less,least,more,sign}{0,60}?",
    "thing": "{word,unit,single,quality,noun,verb,curb,mean}",
    "words": "{^number,stop,comma}{0,12}?",
    "beginning": "{aim,verb,strive,each,stop,comma,and,odd,dash}",
    "direction": "{quality,aim,reduce,increase,strive,first,highest,curb,up,verb,earlier}",
    "counts": "(?={^close}*{number})",
    "places": "{place,rank}{1,2}",
    "timed": "(?:{^number,stop,comma}|{time}{number}){0,9}?",
    "end": "(?={base,case,stop,comma,close,and,condition,open,purpose}|{link=tại|ở}|$)",
}
"""Patterns that rows use by name, beside the kinds of words."""


DIRECTION = PhraseRow(
    "{direction}",
    meant.qualitative,
    "nâng cao chất lượng",
    "a direction without a number: understood, but not measurable",
)
"""The last row: it counts only where no other form fits."""

LONE = PhraseRow(
    "{value} (?!{time}(?!{slash}{time})|{duration}|{age}) {unitword}(?:{slash}{unitword})* {again}",
    meant.compared,
    "thu nhập bình quân đầu người 51 triệu đồng",
    "the only amount of its sentence, or of the part before or behind a comma: at least so much",
)
"""Counts only if nothing else is asked for beside it; see `target_leftovers`."""

WITHIN = PhraseRow(
    "{inside} {value} {time,duration} (?:{slash}(?!{time}){unitword})* (?!{slash})",
    meant.within,
    "phản hồi kiến nghị trong vòng 48 giờ",
    "a length of time that nothing else stands beside: at most",
)
"""Counts only if nothing else is asked for in its sentence: `95% hồ sơ được xử lý trong vòng 2 ngày` is a share."""

# fmt: off
FORMS: tuple[PhraseRow[Target], ...] = (
    PhraseRow("(?:{changing}|{least}|{more}|{most}|{less}|{sign}) {by} (?<!{time}) {value} {time,duration}"
              " {value} {time,duration} (?!{value})", meant.composed,
              "không quá 2 giờ 30 phút", "a length of time in two units, counted in the smaller one"),
    PhraseRow("{from}? {more} {said} {value} {unitword}? {to} {less}? {amount}", meant.always(Comparator.BETWEEN),
              "trên 80% đến 90%", "between two values, without the first"),
    PhraseRow("{sign,least,more,most,less} {said} {value} {unitword}? {till} {amount}", meant.bounded,
              "tối thiểu 1-2 mô hình", "at least, or at most, a range: its end that is meant counts"),
    PhraseRow("{sign} {amount} {up}?", meant.signed, ">98%", "a sign: >, <, >= or ≥, <= or ≤, ="),
    PhraseRow("{sign} {value}", meant.signed, ">= 4", "a sign and a number without unit"),
    PhraseRow("{sign} {and} {sign} {value} {unitword}?", meant.either_sign, "< hoặc = 5%",
              "two signs that belong together"),
    PhraseRow("{roughly} {from}? {value} {unitword}? {till} {amount}", meant.always(Comparator.BETWEEN),
              "khoảng 85-90%", "between two values, both included"),
    PhraseRow("{roughly} {aim}? {amount}", meant.always(Comparator.ABOUT),
              "khoảng 80%", "about so much: no reading can be held against it"),
    PhraseRow("{roughly} {aim}? {value} (?={stop}|{comma}|{close}|$)", meant.always(Comparator.ABOUT),
              "khoảng 72,5", "about so much of an index without unit"),
    PhraseRow("(?:^|(?<={stop})) {value} (?={stop}|$)", meant.bare,
              "13,8", "a number alone, as in a column of values: at least so much"),
    PhraseRow("(?:^|(?<={stop})) {value} {till} {value} (?={stop}|$)", meant.always(Comparator.BETWEEN),
              "40 - 50", "a range alone, as in a column of values"),
    PhraseRow("{=ph} {words} {from}? {value} {till} {value}", meant.always(Comparator.BETWEEN),
              "pH từ 6,5 đến 8,5", "between two values, both included"),
    PhraseRow("{increase}? {said} (?:{=gấp đôi}|{=gấp rưỡi}|{=gấp ba}|{=gấp bốn})", meant.multiplied,
              "tăng gấp đôi so với năm 2025", "an increase to twice, one and a half times, three or four times"),
    PhraseRow("{increase}? {said} {=gấp} {more}? {value} {unit}", meant.multiplied,
              "tăng gấp 3 lần so với năm 2025", "an increase to so many times as much"),
    PhraseRow("{changing} {by} {half}", meant.halved, "giảm một nửa so với năm trước", "a change by half"),
    PhraseRow("(?:{changing} {about}?)? {from} {value} {unitword}? {until} {upto,downto}{1,2} {said}"
              " {less,least,most,sign}? (?:{amount}|{value}(?={stop}|{comma}|{close}|$))", meant.reached,
              "tăng từ 80% lên 90%", "a change from one value to another: the second is the target"),
    PhraseRow("(?<!{share}) (?:{reduce} {share}?|{increase}) {within} {from} {value} {percent,points} {up}",
              meant.changed, "kéo giảm tai nạn giao thông từ 5% trở lên",
              "a reduction of what stands between by at least so much"),
    PhraseRow("(?<!{share}) {increase} {within} {from}? {value} {percent,points}? {till} {value}"
              " {percent,points}", meant.changed,
              "tăng thu ngân sách 5-7% so với dự toán", "an increase of what stands between by a range"),
    PhraseRow("{changing} {by} {value} {unitword}? {till} {amount}", meant.changed,
              "giảm từ 10% đến 15% so với năm trước", "a change between two values; to pass the upper one is no miss"),
    PhraseRow("{quality} {by} {more}? {value} {place}", meant.improved,
              "cải thiện ít nhất 5 bậc so với năm trước", "so many places better in a ranking"),
    PhraseRow("{reduce} {by} {more}? {amount} {up}?", meant.changed,
              "giảm ít nhất 10% so với năm trước", "a reduction by per cent of the baseline"),
    PhraseRow("{increase} {by} {more}? {amount} {up}?", meant.changed,
              "tăng 5% so với cùng kỳ", "an increase by per cent of the baseline"),
    PhraseRow("(?<!{share}) {changing} {about}? {thing} {mark}? {least,more}? {value} {percent,points}"
              " (?:{slash}{time})? {up}? {end}",
              meant.changed,
              "giảm tỷ lệ khiếu nại 10% so với năm trước", "a change of what stands between"),
    PhraseRow("(?<!{share}) {changing} (?:{about}? {thing} {mark}? {sign} {value} {percent,points}"
              "|{sign=≥|>=|>} {amount})", meant.changed_by_sign,
              "tiết kiệm điện ≥ 5%", "a change by at least so much; with ≤ or < a level"),
    PhraseRow("(?<!{share}) {changing} {unbroken}? {thing} {least,more} {value} {time,duration,percent}",
              meant.changed,
              "giảm thời gian chờ ít nhất 15 phút", "a change of what stands between by at least so much"),
    PhraseRow("(?<!{share}) {reduce} {about}? (?:{thing}|{aim}) {value} {time,duration} {end}", meant.shortened,
              "rút ngắn thời gian xuất viện 30 phút", "a length of time that is made shorter by so much"),
    PhraseRow("(?<!{share}) {reduce} {unbroken} (?<!{aim}) {from}? {value} {percent,points}? {till} {value}"
              " {percent,points}", meant.changed,
              "giảm tai nạn giao thông từ 5-10% so với năm trước", "a reduction between two values"),
    PhraseRow("(?<!{share}) {reduce} {unbroken} {aim}{1,2} {from}? {value} {percent}? {till} {value}"
              " {percent}", meant.changed,
              "giảm tỷ lệ hộ nghèo bình quân 1-1,5%/năm", "a reduction that reaches a range"),
    PhraseRow("(?<!{share,link}) (?:{reduce}|(?<!{word}){increase=tăng trưởng}) {unbroken} {aim}{1,2}"
              " (?:{more}(?={value}{percent}{slash}{time}))? {value}"
              " {percent,points}", meant.changed,
              "giảm tỷ lệ hộ nghèo so với năm trước đạt 1,5%", "a reduction that reaches so much"),
    PhraseRow("{faster} (?:{about}? {thing})? {least,more,from,mean}{0,3} {amount}", meant.sooner,
              "nhanh hơn 10% so với thời gian quy định", "less time than the baseline by per cent of it"),
    PhraseRow("{more} (?:{unit}|{=dự toán}) {word,link,inside}{0,4} {said} {least}? (?:{value} {percent}? {till})?"
              " {percentage}",
              meant.surpassed,
              "vượt kế hoạch 3%", "more than planned, by per cent of it"),
    PhraseRow("{more,less} (?:{earlier}|{time} {value}) {said} {least}? {amount}", meant.exceeded,
              "cao hơn năm trước 5%", "more or less than in an earlier year, by per cent of it"),
    PhraseRow("{more=cao hơn|nhiều hơn|lớn hơn,less=thấp hơn|ít hơn} {word,unit,single,noun,link,quality,mean,aim}{1,8}"
              " (?:(?:{from}|{least}) (?:{value} {till})? {percentage}|{from}? {value} {unit=điểm})", meant.exceeded,
              "cao hơn đại trà từ 10-15%", "more or less than what is named, by per cent of it or by points"),
    PhraseRow("(?:(?:{reduce} {about}?)? {downto} {said} {less,sign}?|{reduce} {about}? {less})"
              " (?:{amount}|{value} (?={stop}|{comma}|{close}|$))",
              meant.reached, "giảm còn 5%", "a value to come down to"),
    PhraseRow("{upto} {said} (?:{amount}|{value} (?={stop}|{comma}|$))", meant.reached, "nâng lên 90%",
              "a value to come up to"),
    PhraseRow("{rank} {said} {value} (?:{till} {value})? (?!{percent,time}) (?:{words} {up})?",
              meant.always(Comparator.RANK, "hạng"),
              "top 5", "a rank or a better one"),
    PhraseRow("(?:(?:{rank}|{=đứng}|{=xếp}) {from}? {places}?|{aim} {from}? {places}) {value} {till} {places}? {value}",
              meant.always(Comparator.RANK, "hạng"), "đứng từ thứ 1 đến thứ 5", "a rank or a better one"),
    PhraseRow("{upto} {said} {place} {value}", meant.risen,
              "tăng từ hạng 15 lên hạng 10", "a rank or a better one"),
    PhraseRow("{rank}? {least} {place,rank=hạng|thứ hạng|vị trí|thứ} {value}", meant.always(Comparator.RANK, "hạng"),
              "xếp hạng không dưới thứ 8", "a rank or a better one"),
    PhraseRow("{place} {value} {up}", meant.always(Comparator.RANK, "hạng"), "hạng 5 trở lên",
              "a rank or a better one"),
    PhraseRow("(?:{=trong số}|{rank}|{label}|{link}) {value} (?={words}{first,highest})",
              meant.always(Comparator.RANK, "hạng"),
              "trong số 10 tỉnh dẫn đầu", "among so many best ones"),
    PhraseRow("{equal} {said} {value} {unitword}? {till} {amount}", meant.always(Comparator.BETWEEN),
              "bằng 105 - 110% năm trước", "between two values, both included"),
    PhraseRow("{equal} {said} {percentage} (?={label}|{thing}|{up}|{=dự toán})", meant.compared,
              "bằng 57,5% số trạm", "a share of what is named: at least so much"),
    PhraseRow("{equal} {said} {amount} (?!{up}|{down})", meant.equal, "bằng 0%", "exactly that value"),
    PhraseRow("{equal} {said} {value}", meant.equal, "bằng không", "exactly zero"),
    PhraseRow("{none} {said} {amount} {up}", meant.always(Comparator.LESS), "không có 2 đơn trở lên", "less than"),
    PhraseRow("{none} (?={thing}|{link}|{place}|{label})", meant.always(Comparator.EQUAL, value="0"),
              "không có hồ sơ quá hạn", "none of them"),
    PhraseRow("{from}? {value} {unitword}? {till} {amount}", meant.always(Comparator.BETWEEN),
              "từ 80% đến 90%", "between two values, both included"),
    PhraseRow("{least} {said} {more}? {amount} {up}?", meant.compared, "ít nhất 01 lần/năm",
              "at least; here in each year"),
    PhraseRow("{more} {said} {amount} {up}?", meant.compared, "trên 80%", "more than"),
    PhraseRow("{most} {said} {amount}", meant.compared, "không quá 12 vụ", "at most"),
    PhraseRow("{less} {said} {amount}", meant.compared, "dưới 5%", "less than"),
    PhraseRow("{highest} {said} {amount}", meant.always(Comparator.AT_MOST), "cao nhất 5%", "at most"),
    PhraseRow("{curb} {held} {said} {amount}", meant.always(Comparator.AT_MOST),
              "khống chế tỷ lệ quá hạn ở mức 5%", "what is to be held down: at most"),
    PhraseRow("{from}? {amount} {words} {down}", meant.compared, "từ 5 vụ trở xuống", "at most"),
    PhraseRow("{from} {value} {up}", meant.compared, "từ 8 trở lên", "at least so much of an index without unit"),
    PhraseRow("{from} {said} {amount} {up}?", meant.compared, "từ 90% trở lên", "at least"),
    PhraseRow("{least,more,most,less}? {half}", meant.half, "ít nhất một nửa", "half of them"),
    PhraseRow("{all} (?={thing}|{link})", meant.always(Comparator.AT_LEAST, "%", "100"),
              "toàn bộ hồ sơ", "all of them: 100%"),
    PhraseRow("{percentage} {up}?", meant.compared, "100%", "a percentage: at least so much"),
    PhraseRow("(?:^|(?<={beginning})) (?!{value}{time,duration}(?!{slash})) {amount} {up}?", meant.at_beginning,
              "03 lớp tập huấn",
              "a number at the beginning of a sentence, or after words such as `đạt`, `có`, `tổ chức`: at least so "
              "many"),
    PhraseRow("{least,more,most,less} {said} {value} (?={stop}|{comma}|{open}|{close}|{and}|$)", meant.compared,
              "Chỉ số HDI trên 0,8", "a comparison of an index or a number of things that is named before it"),
    PhraseRow("(?<={word,unit,single,noun,label,scale,close,case}) {aim}{1,2} {value} {up}?"
              " (?={stop}|{comma}|{open}|{close}|$)",
              meant.reached_index,
              "Chỉ số cải cách hành chính đạt 92,5", "a value of an index without unit: at least so much"),
    PhraseRow("(?<={word,unit,single,noun,quality,mean}) {number=/} (?={stop}|{comma}|{close}|$)", meant.bare,
              "Chỉ số hài lòng 4,5/5", "a value of an index without unit: at least so much"),
    PhraseRow("{amount} (?:{up}|(?={each}))|{value} {time} {slash} {=lần}", meant.compared,
              "tập huấn cho 50 người trở lên", "at least so many"),
    WITHIN,
    LONE,
    DIRECTION,
)
"""What a target may look like. The first row that fits at a place counts."""
# fmt: on

ASKING = frozenset(row.pattern for row in FORMS[:-3])
"""The forms that ask for something by their own words."""
