"""Numbers of a target phrase that are no targets (`dưới 40 tuổi` is an age, `mức độ 3` a name) and slips (`giảm 10% so
với`): the rows of TRAPS and FAULTS, which come before all forms."""

from __future__ import annotations

import re
from collections.abc import Callable

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period
from qmsplan.phrases.tables import PhraseRow, PhraseWords
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_meanings import (
    COUNTED,
    MOST_OR_LEAST,
    index_or_nothing,
    length_hint,
    unclear_length,
)
from qmsplan.phrases.target_vocabulary import number


def _no_target(why: Message) -> Callable[[PhraseWords, Period], Message]:
    """A resolver for a number that is no target, and says why of `{words}`."""
    return lambda words, _period: Message(why.template, words=words["words"])


def _raising(fault: Callable[[PhraseWords, Period], UserError]) -> Callable[[PhraseWords, Period], UserError]:
    def resolve(words: PhraseWords, period: Period) -> UserError:
        raise fault(words, period)

    return resolve


def _slip(message: Message, hint: Message) -> Callable[[PhraseWords, Period], UserError]:
    """A resolver for what is wrong wherever it stands: it raises."""
    return _raising(_unclear(message, hint))


def _unclear(message: Message, hint: Message) -> Callable[[PhraseWords, Period], UserError]:
    """A resolver for what may be meant as a target, but does not say how: it is passed over beside real targets."""
    return lambda words, _period: UserError(Message(message.template, words=words["words"]), hint)


def _misread(words: PhraseWords, _period: Period) -> UserError:
    """What is told of `≥ 95.5.1%`, and of figures with letters between them: `9O`, `<48h`."""
    has_letter = re.search(r"[0-9][^\W\d_]|[^\W\d_][0-9]", words["words"])
    return UserError(_SIGNS.filled(words=words["words"]), Message("write 98 or 98,5") if has_letter else SIGNS_HINT)


_FRACTION = re.compile(r"([0-9])/([2-5])")
_FRACTION_HINT = Message("write thousands with a point, such as 1.200, and a fraction in per cent")


def _fraction(words: PhraseWords, _period: Period) -> Message | UserError:
    """What `2/3` before a counted noun is: raises the fault of a fraction, for it may be two of three or a share."""
    part = _FRACTION.fullmatch(words["words"])
    if part and int(part[1]) < int(part[2]):
        raise UserError(Message("'{words}' is not understood", words=words["words"]), _FRACTION_HINT)
    return _code(words, _period)


def _code(words: PhraseWords, _period: Period) -> Message | UserError:
    """What a date or a code is; the fault of `1,200`, which may be twelve hundred or a little more than one."""
    if _EITHER.fullmatch(words["words"]):
        return _misread(words, _period)
    return Message("'{words}' is no target: it is a date, a document's number or a code", words=words["words"])


_EITHER = re.compile("[1-9][0-9]{0,2},[0-9]{3}|[.,][0-9]+")
SIGNS_HINT = Message("the comma separates decimals and the point thousands: 98,5% and 1.000")


def _rate(words: PhraseWords, _period: Period) -> Message | UserError:
    """What a number or a rate counts (`Số xã không còn hộ nghèo`); the fault of other names, such as `Tổ hòa giải`."""
    if words["words"].lower().startswith(("số ", "tỷ lệ", "tỉ lệ")):
        return Message("'{words}' is no target: it is a name", words=words["words"])
    return UserError(Message("'{words}' is not understood", words=words["words"]), length_hint(words["words"]))


def _time(words: PhraseWords, period: Period) -> Message | UserError:
    """What a year, a quarter or a month by its number is; the fault of any other: `bình quân quý 120.000 tấn`."""
    if number(words["n"]) > _LAST_WEEK and len(words["n"]) != len("2026"):
        return UserError(Message(_SIGNS.template, words=words["words"]), COUNTED)
    return _no_target(Message("'{words}' is no target: it is a time"))(words, period)


_LAST_WEEK = 53
_COMPARES = _no_target(Message("'{words}' is no target: it compares"))
_OF_MANY = _no_target(Message("'{words}' is no target: it says by how many the value is counted"))
_LIMIT = _no_target(MOST_OR_LEAST)
_EXCEPTED = _no_target(Message("'{words}' is no target: it sets something aside"))
_AGE = _no_target(Message("'{words}' is no target: it is an age"))
_NAME = _no_target(Message("'{words}' is no target: it is a name"))

# fmt: off
TRAPS: tuple[PhraseRow[Message | UserError], ...] = (
    PhraseRow("{open} (?!{reduce,increase,equal}) {counts} (?={^close}*{base,now,earlier})"
              " (?!{^close}*{subset,most,least})"
              " {^close}* {close}",
              _COMPARES, "(hiện nay 3%)"),
    PhraseRow("{open} {time} {value} {stop,aim,equal,dash}* {value} {^close}* {close}",
              _COMPARES, "(năm 2025: 92%)"),
    PhraseRow("{alarm} {stop,aim,link,dash}{0,2} {sign,least,more,most,less,upto,downto}? {amount}",
              _COMPARES, "ngưỡng cảnh báo < 90%"),
    PhraseRow("(?:^|(?<={stop})) {link} (?!{value}{time}) {value} {unitword} {timed} {comma} "
              "(?={aim,link,verb}{0,2}{least,more,most,less}{value})",
              _OF_MANY, "Trong 40 hồ sơ, ít nhất 38 hồ sơ đạt yêu cầu"),
    PhraseRow("(?:{=trong số}|{=trong tổng số}|{=trên tổng số}|{=trong tổng}|{=trên tổng}) {value} {unitword} "
              "(?!{words}{first,highest})", _OF_MANY, "Trong tổng số 45 nhiệm vụ, hoàn thành ít nhất 43 nhiệm vụ"),
    PhraseRow("{=cứ} {value} {unbroken} {link,aim}", _OF_MANY, "Cứ 100 ca phẫu thuật thì không quá 2 ca phải mổ lại"),
    PhraseRow("(?:^|(?<={stop})) {unbroken} {open} {remark} {value} {unitword} {close} "
              "(?={aim,link,verb}{0,3}{least,more,most,less,sign}{value})",
              _COMPARES, "Kết quả khảo sát (phát ra 400 phiếu) có ít nhất 360 phiếu hài lòng"),
    PhraseRow("(?:^|(?<={stop})) {unbroken} {open} {remark} {more,less,from,over,sign} {value} {time,duration} {up}? "
              "{close} (?={aim,link,verb}{0,3}{least,more,most,less,sign}{value})",
              _COMPARES, "Nợ quá hạn (trên 90 ngày) dưới 0,8%"),
    PhraseRow("(?:^|(?<={stop})) {label,share} {^number,stop,comma,none}{1,6} {none} {^number,stop,comma,aim}{1,6} "
              "(?={stop,aim}{1,2}{least,more,most,less,sign}?{value})",
              _rate, "Số xã không còn hộ nghèo: tối thiểu 11 xã"),
    PhraseRow("(?:^|(?<={unit,single,noun,label,stop})) {most=tối đa|maximum} (?!{=hóa}) "
              "{^number,stop,comma,aim,share}{1,6} {stop=:}? {value}", _LIMIT,
              "số học viên tối đa mỗi lớp: 35"),
    PhraseRow("{value} {percent} {word}? {more,less} {earlier}", _COMPARES, "10% more than last year"),
    PhraseRow("{condition} {word,verb}{0,2} {value} {unitword}", _COMPARES, "nếu có 3 kỹ thuật"),
    PhraseRow("{except} {^stop,comma,close}*", _EXCEPTED, "không thuộc trường hợp giảm 10% biên chế so với năm 2021"),
    PhraseRow("(?<!{aim}) {less,more,from,least,most}? {value} (?:{till} {value})? {age} {up,down}?",
              _AGE, "dưới 40 tuổi"),
    PhraseRow("{label,place} {value} (?!{percent,up,scale}) (?!{till}{value}{percent})"
        " (?!{words} {first,highest}) (?:{comma,and,dash,to}? "
              "{value} (?!{unitword}))*", _NAME, "mức độ 3"),
    PhraseRow("{time} {value} (?!{percent,unit})", _time, "năm 2019"),
    PhraseRow("{open}? {link,more}? (?:{=thang điểm}|{=thang đo}|{=thang likert}|{=thang đánh giá}) {words} (?:{from}? "
              "{value} {till})? {value} {unit,place,aim}? {close}?", _NAME, "(thang điểm 10)"),
    PhraseRow("(?:{=khung năng lực}|{=khung trình độ}|{=khung tham chiếu}) {words} {value} {place}",
              _NAME, "Khung năng lực ngoại ngữ 6 bậc"),
    PhraseRow("{value} {name}", _NAME, "03 Chương trình mục tiêu quốc gia"),
    PhraseRow("{odd} (?={unit,single,noun,label})", _fraction, "2/3 chỉ tiêu"),
    PhraseRow("(?<={single}) {place} {value} {up}?", _NAME, "tỷ lệ sinh con thứ 3 trở lên"),
    PhraseRow("{over} {value} (?!{percent}) {unitword}?", _COMPARES, "quá 01 lần"),
    PhraseRow("{odd} (?!{percent})", _code, "Kế hoạch số 50/KH-TGPL"),
)
# fmt: on
"""Numbers that are no targets: passed over in a statement, reported where they stand alone."""

_SIGNS = Message("the number in '{words}' can't be read")
_PASSED = Message("write the value that is not to be passed, such as 'không quá 12 vụ'")
_UNKNOWN = Message("'{words}' is not understood")

# fmt: off
FAULTS: tuple[PhraseRow[Target | UserError], ...] = (
    PhraseRow("{odd} {percent}|{value} {percent} {percent}", _raising(_misread), "1.2.3%"),
    PhraseRow("(?<!{close,each}) (?<!{thing}) (?<!{thing}{aim}) {least,more,most,less} {said} {value}"
              " (?!{unitword}|{age}|{till}|{name}|{half}|{open})", index_or_nothing, "ít nhất 12"),
    PhraseRow("(?:{aim=đạt|là|có|chiếm}|{least,more,most,less,sign}) {=…}"
              "|{word}? (?<!{single}) {=chục|mươi|dăm|tá} {unit,single,scale,percent}",
              _slip(_SIGNS, COUNTED), "trồng vài chục cây"),
    PhraseRow("{=…|.|_|x|y|n} {percent}", _slip(_SIGNS, COUNTED), "đạt …%"),
    PhraseRow("{over} {percentage}", _slip(_UNKNOWN, _PASSED), "tỷ lệ nợ quá 5%"),
    PhraseRow("{value} {unitword} {sign} (?!{value})",
              _slip(Message("the sign stands behind the number in '{words}'"), Message("write it before: '>= 95%'")),
              "95% ≤ tỷ lệ hài lòng"),
    PhraseRow("(?:{changing}|{least,more,most,less,sign}) {said} {odd=/}", _unclear(_UNKNOWN, _FRACTION_HINT),
              "giảm 2/7 thời gian"),
    PhraseRow("(?:{changing}|{least,more,most,less,sign}) {said} {odd}", _misread, "≥ 95.5.1%"),
    PhraseRow("{base} (?={stop}|$)",
              _slip(Message("'{words}' does not say with what"),
                    Message("write 'so với năm trước' or 'so với cùng kỳ'")), "giảm 10% so với"),
    PhraseRow("{value} {time,duration} (?!{up}|{down}|{till}|{slash}|{each})",
              lambda words, _period: unclear_length(words["words"]), "trong 5 ngày"),
    PhraseRow("{changing} {said} {most,less} {said} {amount}|{changing} {within} {most} {said} {value} {percent}",
              _unclear(Message("'{words}' limits a change, and can't be held against a reading"), _PASSED),
              "tăng không quá 5%"),
)
# fmt: on
"""What is wrong with a target: a slip (`_slip`), or something that may be meant as a target (`_unclear`)."""
