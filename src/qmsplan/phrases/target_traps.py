"""Numbers that are no targets, and slips: what rows of a target phrase take before a form may take it.

`dưới 40 tuổi` is an age, `mức độ 3` a name, `(hiện nay 3%)` compares; `giảm 10% so với` breaks off."""

from __future__ import annotations

import re
from collections.abc import Callable

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period
from qmsplan.phrases.tables import PhraseRow, PhraseWords
from qmsplan.phrases.target_meanings import length_hint, unclear_length, without_unit


def _no_target(why: Message) -> Callable[[PhraseWords, Period], Message]:
    """A resolver for a number that is no target, and says why of `{words}`."""
    return lambda words, _period: Message(why.template, words=words["words"])


def _slip(message: Message, hint: Message) -> Callable[[PhraseWords, Period], UserError]:
    """A resolver for what is wrong wherever it stands: it raises."""

    def resolve(words: PhraseWords, _period: Period) -> UserError:
        raise UserError(Message(message.template, words=words["words"]), hint)

    return resolve


def _unclear(message: Message, hint: Message) -> Callable[[PhraseWords, Period], UserError]:
    """A resolver for what may be meant as a target, but does not say how: it is passed over beside real targets."""
    return lambda words, _period: UserError(Message(message.template, words=words["words"]), hint)


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
        return UserError(Message("the number in '{words}' can't be read", words=words["words"]), SIGNS_HINT)
    return Message("'{words}' is no target: it is a date, a document's number or a code", words=words["words"])


_EITHER = re.compile("[1-9][0-9]{0,2},[0-9]{3}")
SIGNS_HINT = Message("the comma separates decimals and the point thousands: 98,5% and 1.000")


def _rate(words: PhraseWords, _period: Period) -> Message | UserError:
    """What a number or a rate counts (`Số xã không còn hộ nghèo`); the fault of other names, such as `Tổ hòa giải`."""
    if words["words"].lower().startswith(("số ", "tỷ lệ", "tỉ lệ")):
        return Message("'{words}' is no target: it is a name", words=words["words"])
    return UserError(Message("'{words}' is not understood", words=words["words"]), length_hint(words["words"]))


_COMPARES = _no_target(Message("'{words}' is no target: it compares"))
_OF_MANY = _no_target(Message("'{words}' is no target: it says by how many the value is counted"))
_EXCEPTED = _no_target(Message("'{words}' is no target: it sets something aside"))
_AGE = _no_target(Message("'{words}' is no target: it is an age"))
_NAME = _no_target(Message("'{words}' is no target: it is a name"))
_TIME = _no_target(Message("'{words}' is no target: it is a time"))

# fmt: off
TRAPS: tuple[PhraseRow[Message | UserError], ...] = (
    PhraseRow("{open} {counts} (?={^close}*{base,now,earlier}) (?!{^close}*{subset}) {^close}* {close}",
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
    PhraseRow("(?:^|(?<={stop})) {unbroken} {open} {more,less,from,over} {value} {time,duration} {up}? "
              "{close} (?={aim,link,verb}{0,3}{least,more,most,less,sign}{value})",
              _COMPARES, "Nợ quá hạn (trên 90 ngày) dưới 0,8%"),
    PhraseRow("(?:^|(?<={stop})) {label,share} {^number,stop,comma,none}{1,6} {none} {^number,stop,comma,aim}{1,6} "
              "(?={stop,aim}{1,2}{least,more,most,less,sign}?{value})",
              _rate, "Số xã không còn hộ nghèo: tối thiểu 11 xã"),
    PhraseRow("{condition} {word,verb}{0,2} {value} {unitword}", _COMPARES, "nếu có 3 kỹ thuật"),
    PhraseRow("{except} {^stop,comma,close}*", _EXCEPTED, "không thuộc trường hợp giảm 10% biên chế so với năm 2021"),
    PhraseRow("(?<!{aim}) {less,more,from,least,most}? {value} (?:{till} {value})? {age} {up,down}?",
              _AGE, "dưới 40 tuổi"),
    PhraseRow("{label,place} {value} (?!{percent,up,scale}) (?!{words} {first,highest}) (?:{comma,and,dash,to}? "
              "{value} (?!{unitword}))*", _NAME, "mức độ 3"),
    PhraseRow("{time} {value} (?!{percent,unit})", _TIME, "năm 2019"),
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
FAULTS: tuple[PhraseRow[UserError], ...] = (
    PhraseRow("{odd} {percent}|{value} {percent} {percent}", _slip(_SIGNS, SIGNS_HINT), "1.2.3%"),
    PhraseRow("(?<!{close,each}) (?<!{thing}) (?<!{thing}{aim}) {least,more,most,less} {said} {value}"
              " (?!{unitword}|{age}|{till}|{name}|{half}|{open})", without_unit, "ít nhất 12"),
    PhraseRow("{over} {percentage}", _slip(_UNKNOWN, _PASSED), "tỷ lệ nợ quá 5%"),
    PhraseRow("{value} {unitword} {sign} (?!{value})",
              _slip(Message("the sign stands behind the number in '{words}'"), Message("write it before: '>= 95%'")),
              "95% ≤ tỷ lệ hài lòng"),
    PhraseRow("(?:{changing}|{least,more,most,less,sign}) {said} {odd}", _unclear(_UNKNOWN, _FRACTION_HINT),
              "giảm 2/7 thời gian"),
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
